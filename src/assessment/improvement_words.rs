//! What a change of answers says in words: what to do, by the verbs of the
//! policy file, and what comes of it.

use crate::answers::Value;
use crate::numbers::{Decimal, Points};
use crate::policy::{ChangeWindow, Fact, Policy};

use super::answer_change::AnswerChange;
use super::eligibility::RuleStanding;
use super::improvements::Improvement;
use super::readings::Readings;

impl ChangeWindow {
    /// The words for the time of a change.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Now => "本次申报前可做",
            Self::NextPeriod => "下一申报年度的目标",
            Self::Never => "不能改变",
        }
    }
}

impl Improvement {
    /// What to do, and in brackets the figures as they are and as they shall be:
    /// `多开展职业技能培训 1 人（500 → 501 人）`. Where there are several, each has its name.
    pub fn shown(&self, policy: &Policy) -> String {
        self.shown_with(policy, "；")
    }

    /// The same with these words between its steps.
    pub fn shown_with(&self, policy: &Policy, between: &str) -> String {
        let what = self.by_tie(policy).unwrap_or_else(|| {
            let parts = self
                .changes
                .iter()
                .filter_map(|change| shown_alone(policy, change));
            parts.collect::<Vec<_>>().join(between)
        });
        let figures: Vec<String> = self
            .changes
            .iter()
            .filter_map(|change| {
                let fact = &policy.facts[change.fact];
                let figures = figures(fact, change)?;
                Some(match self.changes.len() {
                    1 => figures,
                    _ => format!("{} {figures}", fact.label),
                })
            })
            .collect();
        if figures.is_empty() {
            what
        } else {
            format!("{what}（{}）", figures.join("，"))
        }
    }

    /// The words of the tie that moves just these facts.
    fn by_tie(&self, policy: &Policy) -> Option<String> {
        let ids: Vec<&String> = self
            .changes
            .iter()
            .map(|change| &policy.facts[change.fact].id)
            .collect();
        let tie = policy
            .ties
            .iter()
            .find(|tie| tie.facts.len() == ids.len() && ids.iter().all(|id| tie.facts.contains(id)))?;
        let mut words = tie.advice.clone();
        for (id, change) in ids.iter().zip(&self.changes) {
            words = words.replace(&format!("{{{id}}}"), &change.difference()?.to_string());
        }
        Some(words)
    }

    /// What to mind besides, where the policy file has something to say.
    pub fn cautions<'p>(&self, policy: &'p Policy) -> Vec<&'p str> {
        let facts = || self.changes.iter().map(|change| &policy.facts[change.fact]);
        let moves = |id: &String| facts().any(|fact| fact.id == *id);
        let brought = |id: &String| {
            let mut brings = self.brings.iter().map(|(place, _)| &policy.facts[*place]);
            brings.any(|fact| fact.id == *id)
        };
        let minded = |id: &String| {
            let mut ties = policy.ties.iter().filter(|tie| tie.facts.contains(id));
            let mut companions = policy.companions.iter().filter(|one| one.fact == *id).peekable();
            // What may come with a fact is minded where it comes; facts that one
            // and the same step moves mind each other.
            match companions.peek() {
                Some(_) => !companions.any(|one| brought(&one.brings)),
                None => ties.any(|tie| tie.facts.iter().all(moves)),
            }
        };
        let unminded = facts().filter(|fact| !minded(&fact.id));
        unminded.filter_map(|fact| fact.caution.as_deref()).collect()
    }

    /// What may come with it, and that it holds all the same: `从业人数可能随之增加 50 人`.
    pub fn shown_company(&self, policy: &Policy) -> Option<String> {
        let brings = self.brings.iter().map(|(place, more)| {
            let fact = &policy.facts[*place];
            format!("{}可能随之增加 {more} {}", fact.label, fact.unit)
        });
        let brings: Vec<String> = brings.collect();
        (!brings.is_empty()).then(|| format!("{}：不论是否随之增加，都能得到所写的结果。", brings.join("，")))
    }

    /// What it does row by row: `2.3 年培训人数与自用输出占比 +2 分`.
    pub fn shown_rows(&self, policy: &Policy) -> Vec<String> {
        let moved = self.rows.iter().map(|(place, change)| {
            let row = policy.row_at(*place);
            format!("{} {} {} 分", row.id, row.title, signed(*change))
        });
        moved.collect()
    }

    /// The conditions of entry that come out otherwise, under the readings that the case
    /// counts by: `经过特色职业培训的占比不低于50%：不符合`.
    pub fn shown_rules(&self, policy: &Policy, readings: &Readings) -> Vec<String> {
        let binding = self.rules.iter().map(|(place, verdict)| {
            let rule = &policy.rules[*place];
            let standing = RuleStanding::of(rule, *verdict, readings);
            format!("{}：{}", rule.title, standing.label(&policy.scheme.verdicts))
        });
        binding.collect()
    }
}

/// Points with their sign: `+2`, `-12`.
pub fn signed(points: Points) -> String {
    if points > Points::ZERO {
        format!("+{points}")
    } else {
        points.to_string()
    }
}

fn shown_alone(policy: &Policy, change: &AnswerChange) -> Option<String> {
    let fact = &policy.facts[change.fact];
    let value = match change.to {
        Value::Figure(figure) => figure.to_string(),
        Value::Choice(chosen) => fact
            .choices
            .get(chosen)
            .map_or_else(String::new, |choice| choice.label.clone()),
        Value::YesNo(_) => String::new(),
    };
    let difference = change.difference().unwrap_or(Decimal::ZERO).to_string();
    let words = fact.advice.as_ref()?;
    Some(words.replace("{n}", &difference).replace("{value}", &value))
}

/// A figure as it is and as it shall be. What is asked as yes or no needs none.
fn figures(fact: &Fact, change: &AnswerChange) -> Option<String> {
    match (change.from, change.to) {
        (Value::Figure(from), Value::Figure(to)) if !fact.asked_as_yes_no => {
            Some(format!("{from} → {to} {}", fact.unit))
        }
        _ => None,
    }
}
