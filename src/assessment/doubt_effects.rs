//! Which doubts bear on a case, and how far: every doubt switched alone, the
//! others at their default, and what some do only together.

use crate::numbers::Points;
use crate::order::order_by_key;
use crate::policy::{DoubtIdx, Inputs, Policy, Reading, RowIdx, Rule, RuleIdx, Slot, Verdict};
use crate::wording::quoted;

use super::eligibility::{self, Overall};
use super::evaluation::Evaluation;
use super::improvement_words::signed;
use super::jointly::{Jointly, jointly};
use super::readings::Readings;
use super::result::{Assessment, Cause};

/// What one doubt does to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtEffect {
    pub doubt: DoubtIdx,
    /// The reading chosen for the case.
    pub chosen: Reading,
    /// What its strict reading takes off the total, not above zero.
    pub strict: Points,
    /// What its lenient reading adds to the total, not below zero.
    pub lenient: Points,
    /// The rows it moves.
    pub rows: Vec<(RowIdx, Cause)>,
    /// What it does only together with other doubts.
    pub jointly: Vec<Jointly>,
    /// The conditions of entry it decides.
    pub rules: Vec<RuleEffect>,
    /// Whether one may apply, in the strict, the default and the lenient reading of this doubt.
    pub overall: [Overall; 3],
}

/// What one doubt does to a condition of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleEffect {
    /// The condition.
    pub rule: RuleIdx,
    /// What the rule comes to in the strict, the default and the lenient reading of this doubt.
    pub verdicts: [Verdict; 3],
    /// Whether the strict reading makes a rule bind that otherwise only warns.
    pub binds: bool,
}

impl DoubtEffect {
    /// How far apart the totals are, in points.
    pub const fn width(&self) -> Points {
        self.lenient.minus(self.strict)
    }

    /// Whether it moves anything here, be it only together with others.
    pub fn moves(&self) -> bool {
        self.width() > Points::ZERO || !self.rules.is_empty() || !self.jointly.is_empty()
    }

    /// What one reading of it does to this case, in words: rows with the points
    /// they move by, and conditions that come out otherwise.
    pub fn in_words(&self, policy: &Policy, reading: Reading) -> String {
        let mut shown = Vec::new();
        for (place, cause) in &self.rows {
            let moved = cause.moved(reading);
            if moved != Points::ZERO {
                let row = policy.row_at(*place);
                shown.push(format!("第{}项 {} 分", row.id, signed(moved)));
            }
        }
        let jointly = self.jointly.iter().filter(|jointly| jointly.reading == reading);
        shown.extend(jointly.map(|jointly| jointly.beside(policy, self.doubt)));
        let words = &policy.scheme.verdicts;
        let at = Reading::ALL.iter().position(|other| *other == reading);
        for rule in &self.rules {
            let [_, default, _] = rule.verdicts;
            let verdict = at
                .and_then(|at| rule.verdicts.get(at))
                .copied()
                .unwrap_or(default);
            let title = &policy.rules[rule.rule].title;
            if verdict != default {
                shown.push(format!("{}为{}", quoted(title), verdict.result_label(words)));
            } else if rule.binds && reading == Reading::Strict {
                shown.push(format!(
                    "{}成为条件，{}",
                    quoted(title),
                    verdict.result_label(words)
                ));
            }
        }
        if shown.is_empty() {
            String::from("不变")
        } else {
            shown.join("；")
        }
    }

    /// What a reading of it alone does to the total.
    pub const fn moved(&self, reading: Reading) -> Points {
        match reading {
            Reading::Strict => self.strict,
            Reading::Default => Points::ZERO,
            Reading::Lenient => self.lenient,
        }
    }
}

impl Cause {
    /// What a reading of its doubt alone does to the row.
    pub const fn moved(&self, reading: Reading) -> Points {
        match reading {
            Reading::Strict => self.strict,
            Reading::Default => Points::ZERO,
            Reading::Lenient => self.lenient,
        }
    }
}

/// Every doubt of the policy: those that move most points here first, then those
/// that decide a condition of entry, then the others in the policy's order.
pub fn doubt_effects(policy: &Policy, assessment: &Assessment) -> Vec<DoubtEffect> {
    let rules: Vec<Inputs> = policy
        .rules
        .iter()
        .map(|rule| Inputs::of_condition(policy, &rule.condition))
        .collect();
    let rows = policy.rows_enumerated();
    let together: Vec<Jointly> = rows
        .flat_map(|(place, _)| jointly(policy, assessment, place))
        .collect();
    let effects = policy.doubts.enumerated().map(|(doubt, _)| {
        let mine = together.iter().filter(|jointly| jointly.doubts.contains(&doubt));
        DoubtEffect {
            jointly: mine.cloned().collect(),
            ..effect_of(policy, assessment, &rules, doubt)
        }
    });
    let mut effects: Vec<_> = effects.collect();
    // The sort is stable, so equals keep the policy's order.
    order_by_key(&mut effects, |effect| {
        core::cmp::Reverse((
            effect.width(),
            !effect.rules.is_empty(),
            !effect.jointly.is_empty(),
        ))
    });
    effects
}

fn effect_of(policy: &Policy, assessment: &Assessment, inputs: &[Inputs], doubt: DoubtIdx) -> DoubtEffect {
    let cause_in = |causes: &[Cause]| causes.iter().find(|cause| cause.doubt == doubt).copied();
    let rows = assessment.rows.enumerated();
    let rows: Vec<(RowIdx, Cause)> = rows
        .filter_map(|(place, row)| Some((place, cause_in(&row.causes)?)))
        .collect();
    let readings = Reading::ALL.map(|reading| Readings::only(doubt, reading));
    let verdict = |rule: &Rule, readings: &Readings| {
        let facts = &assessment.facts;
        eligibility::evaluate(
            Evaluation {
                policy,
                facts,
                readings,
            },
            rule,
        )
    };
    let rules = policy.rules.enumerated().zip(inputs);
    let rules = rules.filter_map(|((place, rule), inputs)| {
        let binds = rule
            .binds
            .as_ref()
            .is_some_and(|name| name.slot == Slot::Doubt(doubt));
        if !binds && !inputs.doubts.contains(&doubt) {
            return None;
        }
        let verdicts = readings.each_ref().map(|readings| verdict(rule, readings));
        let [strict, default, lenient] = verdicts;
        let decides = strict != default || lenient != default || (binds && default != Verdict::Met);
        decides.then_some(RuleEffect {
            rule: place,
            verdicts,
            binds,
        })
    });
    let rules: Vec<RuleEffect> = rules.collect();
    let overall = if rules.is_empty() {
        [assessment.overall.default; 3]
    } else {
        readings.each_ref().map(|readings| {
            let verdicts = policy.rules.iter().map(|rule| verdict(rule, readings));
            eligibility::overall(policy, readings, verdicts)
        })
    };
    DoubtEffect {
        doubt,
        chosen: assessment.readings.of(doubt),
        strict: rows.iter().map(|(_, cause)| cause.strict).sum(),
        lenient: rows.iter().map(|(_, cause)| cause.lenient).sum(),
        rows,
        jointly: Vec::new(),
        rules,
        overall,
    }
}
