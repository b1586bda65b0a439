//! Why a result is what it is, in words that name the figures and the band.

use std::borrow::Cow;

use crate::answers::Value;
use crate::numbers::{Decimal, Points};
use crate::policy::{Bands, Condition, FactIdx, Inputs, Policy, Reading, Row, Rule, Score, Steps, Verdict};

use super::evaluation::Evaluation;
use super::facts::{Facts, Known};
use super::needs::{RowState, in_conflict};
use super::readings::Readings;
use super::result::{Assessment, RowResult};
use super::wording::{Wording, band_label, beside};

/// Explains one assessment.
#[derive(Clone, Copy)]
pub struct Explanation<'a> {
    pub(super) policy: &'a Policy,
    pub(super) facts: &'a Facts,
    /// The readings chosen for the case.
    pub(super) readings: &'a Readings,
    /// Where the case is assessed as a whole: what its rules and rows come to.
    pub(super) whole: Option<&'a Assessment>,
}

/// A part of a row's score that is ticked off by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubCriterion {
    /// What it asks.
    pub label: String,
    /// What it gives when it is met.
    pub points: Points,
    /// Whether it is met.
    pub verdict: Verdict,
    /// Whether the division is the tool's own (本工具约定，非原文).
    pub by_tool: bool,
}

impl<'a> Explanation<'a> {
    /// Explains the assessment of a case under a policy.
    pub const fn new(policy: &'a Policy, assessment: &'a Assessment) -> Self {
        Self {
            policy,
            facts: &assessment.facts,
            readings: &assessment.readings,
            whole: Some(assessment),
        }
    }

    /// Explains single rules and rows, where nothing is assessed as a whole.
    pub const fn of_parts(policy: &'a Policy, facts: &'a Facts, readings: &'a Readings) -> Self {
        Self {
            policy,
            facts,
            readings,
            whole: None,
        }
    }

    pub(super) fn under(self, readings: &'a Readings) -> Wording<'a> {
        Wording(Evaluation {
            policy: self.policy,
            facts: self.facts,
            readings,
        })
    }

    /// Why a row scores what it scores, in one line: inputs → band or condition → points.
    pub fn row(self, row: &Row, result: &RowResult) -> String {
        match result.state {
            RowState::Answered => self.answered_row(row, self.readings),
            RowState::Incomplete => format!("还缺：{}", self.labels(&result.missing)),
            RowState::Invalid if !result.faulty.is_empty() => {
                let faults = result.faulty.iter().filter_map(|place| {
                    let fact = &self.policy.facts[*place];
                    Some(format!("{}（{}）", fact.label, self.facts.fault(*place)?))
                });
                format!("填写有误：{}", faults.collect::<Vec<_>>().join("；"))
            }
            RowState::Invalid => {
                let conflicts = result.conflicts.iter().filter_map(|place| self.conflict(*place));
                conflicts.collect::<Vec<_>>().join("；")
            }
        }
    }

    /// Why an answered row scores what it scores under one reading of every doubt.
    pub fn row_under(self, row: &Row, reading: Reading) -> String {
        self.answered_row(row, &Readings::all(reading))
    }

    fn answered_row(self, row: &Row, readings: &Readings) -> String {
        let wording = Wording(Evaluation {
            policy: self.policy,
            facts: self.facts,
            readings,
        });
        let line = wording.score(&row.score);
        if wording.0.score(&row.score) > row.max {
            format!("{line}，满分 {} 分封顶", row.max)
        } else {
            line
        }
    }

    /// What is said where a part is larger than its whole.
    pub fn conflict(self, place: usize) -> Option<String> {
        let part = self.policy.parts.get(place)?;
        let readings = Readings::default();
        let wording = Wording(Evaluation {
            policy: self.policy,
            facts: self.facts,
            readings: &readings,
        });
        let figure = |quantity| {
            wording
                .0
                .quantity(quantity)
                .map_or_else(String::new, |figure| figure.to_string())
        };
        Some(
            part.conflict
                .replace("{part}", &figure(&part.part))
                .replace("{whole}", &figure(&part.whole)),
        )
    }

    /// What is said at the fact at a place, where figures that it is part of exceed their whole.
    pub fn conflicts_at(self, place: FactIdx) -> Vec<String> {
        let Some(Assessment { rows, .. }) = self.whole else {
            return Vec::new();
        };
        let parts = self.policy.parts.iter().enumerate();
        let conflicting = parts.filter(|(conflict, part)| {
            rows.iter().any(|row| row.conflicts.contains(conflict))
                && Inputs::of_quantity(self.policy, &part.part)
                    .facts
                    .contains(&place)
        });
        conflicting
            .filter_map(|(conflict, _)| self.conflict(conflict))
            .collect()
    }

    /// The conflicts among the figures of a rule.
    fn conflicts_of(self, condition: &Condition) -> Vec<String> {
        let readings = Readings::default();
        let evaluation = Evaluation {
            policy: self.policy,
            facts: self.facts,
            readings: &readings,
        };
        let parts = self.policy.parts.iter().enumerate();
        let mut conflicting = parts.filter(|(_, part)| in_conflict(evaluation, part)).peekable();
        if conflicting.peek().is_none() {
            return Vec::new();
        }
        let inputs = Inputs::of_condition(self.policy, condition).facts;
        let belongs = |quantity| {
            Inputs::of_quantity(self.policy, quantity)
                .facts
                .is_subset(&inputs)
        };
        conflicting
            .filter(|(_, part)| belongs(&part.part) && belongs(&part.whole))
            .filter_map(|(place, _)| self.conflict(place))
            .collect()
    }

    /// Why a condition of entry comes to what it comes to, with the figures.
    pub fn rule(self, rule: &Rule, verdict: Verdict) -> String {
        self.rule_under(rule, verdict, self.readings)
    }

    /// The same under other readings than the case's.
    pub fn rule_under(self, rule: &Rule, verdict: Verdict, readings: &Readings) -> String {
        let wording = Wording(Evaluation {
            policy: self.policy,
            facts: self.facts,
            readings,
        });
        if verdict == Verdict::Unclear {
            let conflicts = self.conflicts_of(&rule.condition);
            if !conflicts.is_empty() {
                return conflicts.join("；");
            }
        }
        wording.condition(&rule.condition, verdict)
    }

    /// The ticked parts of a row in the readings of the case, where it has several.
    pub fn sub_criteria(self, row: &Row) -> Vec<SubCriterion> {
        let mut found = Vec::new();
        self.under(self.readings).sub_criteria(&row.score, &mut found);
        if found.len() < 2 { Vec::new() } else { found }
    }

    /// The names of facts.
    pub fn labels(self, places: &[FactIdx]) -> String {
        let labels = places
            .iter()
            .map(|place| self.policy.facts[*place].label.as_str());
        labels.collect::<Vec<_>>().join("、")
    }
}

impl Wording<'_> {
    fn score(&self, score: &Score) -> String {
        let given = self.0.score(score);
        match score {
            Score::Award(award) => {
                format!(
                    "{} → {given} 分",
                    self.condition(&award.condition, self.0.condition(&award.condition))
                )
            }
            Score::Sum(parts) => match parts.as_slice() {
                [only] => self.score(only),
                parts => format!("{} → {given} 分", self.parts(parts)),
            },
            Score::Highest(parts) => self.highest(parts, given),
            Score::Capped { score, cap } => format!("{}，最多 {cap} 分", self.score(score)),
            Score::Bands(bands) => self.bands(bands, given),
            Score::Steps(steps) => self.steps(steps, given),
            Score::Gate { condition, then } => match self.0.condition(condition) {
                Verdict::Met => match self.condition(condition, Verdict::Met) {
                    empty if empty.is_empty() => self.score(then),
                    met => format!("{met}；{}", self.score(then)),
                },
                verdict => format!("{} → 0 分", self.condition(condition, verdict)),
            },
            Score::Choose {
                condition,
                then,
                otherwise,
            } => match self.0.condition(condition) {
                Verdict::Met => self.score(then),
                verdict => {
                    let why = self.condition(condition, verdict);
                    format!("{why}，{}", self.score(otherwise))
                }
            },
            Score::Scaled { to, of } => format!("{}，按 {to} 分折算 → {given} 分", self.parts(of)),
            Score::Deduct { from, less } => {
                format!("{from} 分，{} → {given} 分", beside("扣减", &self.parts(less)))
            }
            Score::ByReading(by) => self.score(self.0.form(by)),
        }
    }

    /// The part that gives most; where none gives anything, the bands it may come from.
    fn highest(&self, parts: &[Score], given: Points) -> String {
        let best = parts
            .iter()
            .max_by_key(|part| (self.0.score(part), !matches!(part, Score::ByReading(_))));
        match best {
            Some(best) if given > Points::ZERO || matches!(best, Score::Bands(_)) => self.score(best),
            _ => match parts.iter().find(|part| matches!(part, Score::Bands(_))) {
                Some(bands) => self.score(bands),
                None => format!("{} → 0 分", self.nothing_of(parts)),
            },
        }
    }

    fn bands(&self, bands: &Bands, given: Points) -> String {
        let label = self.label(&bands.of);
        let band = self
            .0
            .quantity(&bands.of)
            .and_then(|figure| bands.table.iter().find(|band| band.holds(figure)));
        let band = band.map_or_else(
            || String::from("不在任何档"),
            |band| band_label(band, self.unit(&bands.of)),
        );
        let figure = beside(&label, &self.figure(&bands.of));
        format!("{figure} → {band} → {given} 分")
    }

    fn steps(&self, steps: &Steps, given: Points) -> String {
        let label = self.steps_label(steps);
        let figure = beside(&label, &self.figure(&steps.of));
        if steps.every == Decimal::whole(1) {
            format!("{figure} × {} 分 → {given} 分", steps.points)
        } else {
            let begun = if steps.begun { "（不足也计）" } else { "" };
            let unit = self.unit(&steps.of);
            format!(
                "{figure}，每 {} {unit}{begun} {} 分 → {given} 分",
                steps.every, steps.points
            )
        }
    }

    fn steps_label<'b>(&'b self, steps: &'b Steps) -> Cow<'b, str> {
        match &steps.label {
            Some(label) => Cow::Borrowed(label),
            None => self.label(&steps.of),
        }
    }

    /// The parts of a sum, each with its points.
    fn parts(&self, parts: &[Score]) -> String {
        let shown = parts.iter().map(|part| self.part(part));
        // A reading by which nothing counts is an empty sum.
        shown
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("，")
    }

    fn part(&self, part: &Score) -> String {
        let given = self.0.score(part);
        match part {
            Score::Award(award) => format!("{} {given}", self.award_label(award)),
            Score::Sum(parts) => self.parts(parts),
            Score::Highest(parts) => {
                let best = parts.iter().max_by_key(|part| self.0.score(part));
                match best {
                    Some(best) if given > Points::ZERO => self.part(best),
                    _ => format!("{} 0", self.nothing_of(parts)),
                }
            }
            Score::ByReading(by) => self.part(self.0.form(by)),
            Score::Gate { condition, then } => match self.0.condition(condition) {
                Verdict::Met => self.part(then),
                verdict => format!("{} 0", self.condition(condition, verdict)),
            },
            Score::Steps(steps) => {
                let label = self.steps_label(steps);
                format!("{} {given}", beside(&label, &self.figure(&steps.of)))
            }
            other => self.score(other),
        }
    }

    fn sub_criteria(&self, score: &Score, found: &mut Vec<SubCriterion>) {
        match score {
            Score::Award(award) => found.push(SubCriterion {
                label: self.award_label(award).into_owned(),
                points: award.points,
                verdict: self.0.condition(&award.condition),
                by_tool: award.by_tool,
            }),
            Score::Sum(parts) => parts.iter().for_each(|part| self.sub_criteria(part, found)),
            Score::Highest(parts) => parts.iter().for_each(|part| self.sub_criteria(part, found)),
            Score::Scaled { of, to } => {
                let full: Points = of.iter().filter_map(Score::full).sum();
                let from = found.len();
                of.iter().for_each(|part| self.sub_criteria(part, found));
                found
                    .iter_mut()
                    .skip(from)
                    .for_each(|part| part.points = part.points.scaled(full, *to));
            }
            Score::Capped { score, .. } | Score::Gate { then: score, .. } => self.sub_criteria(score, found),
            Score::Choose {
                condition,
                then,
                otherwise,
            } => {
                let branch = if self.0.condition(condition) == Verdict::Met {
                    then
                } else {
                    otherwise
                };
                self.sub_criteria(branch, found);
            }
            Score::Bands(_) | Score::Steps(_) | Score::Deduct { .. } => {}
            Score::ByReading(by) => self.sub_criteria(self.0.form(by), found),
        }
    }
}

/// The value of a fact as a sentence has it: figure, choice, 是 or 否; `None` where it is open.
pub fn shown_value(policy: &Policy, place: FactIdx, known: Known) -> Option<String> {
    let fact = &policy.facts[place];
    match known {
        Known::Value(Value::Figure(figure)) => Some(figure.to_string()),
        Known::Value(Value::YesNo(yes)) => Some(String::from(if yes { "是" } else { "否" })),
        Known::Value(Value::Choice(chosen)) => fact.choices.get(chosen).map(|choice| choice.label.clone()),
        _ => None,
    }
}
