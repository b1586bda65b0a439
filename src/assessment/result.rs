//! The assessment as a whole.

use crate::answers::Case;
use crate::json::Object;
use crate::numbers::Points;
use crate::policy::{DoubtIdx, FactIdx, IdxVec, Policy, Reading, Row, RowIdx, Rule, RuleIdx, Verdict};

use super::eligibility::{self, Overall, RuleResult, RuleStanding};
use super::evaluation::Evaluation;
use super::facts::Facts;
use super::needs::{Gaps, Needs, RowState};
use super::readings::Readings;

/// A score in each reading and as the applicant claims it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// In the severe reading.
    pub strict: Points,
    /// In the best founded reading.
    pub default: Points,
    /// In the generous reading.
    pub lenient: Points,
    /// 自评分: after the readings chosen for the case and what the applicant lowered.
    pub own: Points,
}

impl Figures {
    fn plus(self, other: Self) -> Self {
        Self {
            strict: self.strict.plus(other.strict),
            default: self.default.plus(other.default),
            lenient: self.lenient.plus(other.lenient),
            own: self.own.plus(other.own),
        }
    }
}

/// What a single doubt, switched alone, does to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    pub doubt: DoubtIdx,
    /// What its strict reading takes away, not above zero.
    pub strict: Points,
    /// What its lenient reading adds, not below zero.
    pub lenient: Points,
}

impl Cause {
    /// How far apart the readings are.
    pub const fn width(&self) -> Points {
        self.lenient.minus(self.strict)
    }
}

/// What one row comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowResult {
    /// Whether it can be scored; where not, all its figures are zero.
    pub state: RowState,
    /// Its scores.
    pub figures: Figures,
    /// What the readings chosen for the case give before anything is lowered.
    pub chosen: Points,
    /// Required facts without an answer.
    pub missing: Vec<FactIdx>,
    /// Required facts whose answer cannot be used.
    pub faulty: Vec<FactIdx>,
    /// Figures in conflict, by their place in the policy's part-of relations.
    pub conflicts: Vec<usize>,
    /// The doubts that move it here, the widest first.
    pub causes: Vec<Cause>,
}

/// What one section comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionResult {
    /// The sums of its rows.
    pub figures: Figures,
    /// The maxima of its rows that are incomplete or invalid.
    pub open: Points,
}

impl RowResult {
    /// Whether the applicant has lowered it below what the rules give.
    pub fn is_lowered(&self) -> bool {
        self.figures.own < self.chosen
    }
}

/// Everything that follows from a policy and the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The facts it was derived from.
    pub facts: Facts,
    /// The readings chosen for the case.
    pub readings: Readings,
    /// The conditions of entry in the policy's order.
    pub rules: IdxVec<RuleIdx, RuleResult>,
    /// All conditions together, in each reading.
    pub overall: OverallResult,
    /// The rows in the official order.
    pub rows: IdxVec<RowIdx, RowResult>,
    /// The sections in the official order.
    pub sections: Vec<SectionResult>,
    /// The sums of all rows.
    pub total: Figures,
    /// The own total and the maxima of all rows that are incomplete or invalid.
    pub ceiling: Points,
}

/// Whether one may apply, in each reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverallResult {
    /// In the severe reading.
    pub strict: Overall,
    /// In the best founded reading.
    pub default: Overall,
    /// In the generous reading.
    pub lenient: Overall,
    /// In the readings chosen for the case.
    pub chosen: Overall,
}

impl OverallResult {
    /// All conditions together, in each reading and in those chosen for the case.
    pub(super) fn of(
        policy: &Policy,
        chosen: &Readings,
        [strict, default, lenient]: &[Readings; 3],
        rules: &IdxVec<RuleIdx, RuleResult>,
    ) -> Self {
        Self {
            strict: eligibility::overall(policy, strict, rules.iter().map(|rule| rule.strict)),
            default: eligibility::overall(policy, default, rules.iter().map(|rule| rule.default)),
            lenient: eligibility::overall(policy, lenient, rules.iter().map(|rule| rule.lenient)),
            chosen: eligibility::overall(policy, chosen, rules.iter().map(|rule| rule.chosen)),
        }
    }
}

/// Assesses a case.
pub fn assess(policy: &Policy, case: &Case) -> Assessment {
    let readings = Readings::chosen(policy, &case.readings);
    let mut assessment = assess_with(policy, &case.facts, readings);
    let rows: Vec<_> = policy.rows().collect();
    for (row, result) in rows.iter().zip(&mut assessment.rows) {
        let lowered = case
            .lowered
            .get(&row.id)
            .and_then(|lowered| lowered.score.parse::<Points>().ok())
            // A slip lowers nothing.
            .filter(|lowered| *lowered >= Points::ZERO);
        if let Some(lowered) = lowered {
            result.figures.own = lowered.within(result.chosen);
        }
    }
    assessment.add_up(policy);
    assessment
}

/// Assesses facts alone, without chosen readings or lowered scores.
pub fn assess_facts(policy: &Policy, answers: &Object) -> Assessment {
    let mut assessment = assess_with(policy, answers, Readings::default());
    assessment.add_up(policy);
    assessment
}

fn assess_with(policy: &Policy, answers: &Object, readings: Readings) -> Assessment {
    let facts = Facts::read(policy, answers);
    let by_reading = Reading::ALL.map(Readings::all);
    let [strict, default, lenient] = &by_reading;
    let under = |readings| Evaluation {
        policy,
        facts: &facts,
        readings,
    };
    let rules = policy.rules.iter().map(|rule| {
        let chosen = eligibility::evaluate(under(&readings), rule);
        RuleResult {
            strict: eligibility::evaluate(under(strict), rule),
            default: eligibility::evaluate(under(default), rule),
            lenient: eligibility::evaluate(under(lenient), rule),
            chosen,
        }
    });
    let rules: IdxVec<RuleIdx, RuleResult> = rules.collect();
    let overall = OverallResult::of(policy, &readings, &by_reading, &rules);
    let rows = policy
        .rows()
        .map(|row| assess_row(under(&readings), &by_reading, row, &Needs::of(policy, row)))
        .collect();
    Assessment {
        facts,
        readings,
        rules,
        overall,
        rows,
        sections: Vec::new(),
        total: Figures::default(),
        ceiling: Points::ZERO,
    }
}

fn assess_row(evaluation: Evaluation<'_>, by_reading: &[Readings; 3], row: &Row, needs: &Needs) -> RowResult {
    let mut result = row_without_causes(evaluation, by_reading, row, needs);
    let Figures {
        strict,
        default,
        lenient,
        ..
    } = result.figures;
    if strict != lenient {
        let alone = |doubt, reading| {
            let readings = Readings::only(doubt, reading);
            Evaluation {
                readings: &readings,
                ..evaluation
            }
            .row_score(row)
            .minus(default)
        };
        for doubt in &needs.doubts {
            let cause = Cause {
                doubt: *doubt,
                strict: alone(*doubt, Reading::Strict).min(Points::ZERO),
                lenient: alone(*doubt, Reading::Lenient).max(Points::ZERO),
            };
            if cause.width() > Points::ZERO {
                // The widest first; put in place, as a sort would weigh more than all of this.
                let wider = |other: &Cause| other.width() >= cause.width();
                let place = result.causes.partition_point(wider);
                result.causes.insert(place, cause);
            }
        }
    }
    result
}

/// What a row comes to, without the doubts that move it. The evaluation is under
/// the readings chosen for the case.
pub(super) fn row_without_causes(
    evaluation: Evaluation<'_>,
    by_reading: &[Readings; 3],
    row: &Row,
    needs: &Needs,
) -> RowResult {
    let readings = evaluation.readings;
    let under = |readings| Evaluation {
        readings,
        ..evaluation
    };
    let [strict_readings, default_readings, lenient_readings] = by_reading;
    let Gaps {
        state,
        missing,
        faulty,
        conflicts,
    } = needs.gaps(under(default_readings));
    if state != RowState::Answered {
        return RowResult {
            state,
            figures: Figures::default(),
            chosen: Points::ZERO,
            missing,
            faulty,
            conflicts,
            causes: Vec::new(),
        };
    }
    let default = under(default_readings).row_score(row);
    // What hangs on no doubt comes to the same in every reading.
    let [strict, lenient] = [strict_readings, lenient_readings].map(|readings| {
        if needs.doubts.is_empty() {
            default
        } else {
            under(readings).row_score(row)
        }
    });
    // A choice of single readings could in principle lift a row above the generous one; it may not.
    let chosen = if readings.has_single() {
        under(readings).row_score(row).min(lenient)
    } else {
        default
    };
    let figures = Figures {
        strict,
        default,
        lenient,
        own: chosen,
    };
    RowResult {
        state,
        figures,
        chosen,
        missing,
        faulty,
        conflicts,
        causes: Vec::new(),
    }
}

/// What the rows add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// The sections in the official order.
    pub sections: Vec<SectionResult>,
    /// The sums of all rows.
    pub total: Figures,
    /// The own total and the maxima of all rows that are incomplete or invalid.
    pub ceiling: Points,
}

impl Sums {
    /// Adds up the rows, which come in the official order.
    pub(super) fn of(policy: &Policy, mut rows: impl Iterator<Item = (RowState, Figures)>) -> Self {
        let sections = policy.sections.iter().map(|section| {
            let mut sum = SectionResult {
                figures: Figures::default(),
                open: Points::ZERO,
            };
            for (row, (state, figures)) in section.rows.iter().zip(rows.by_ref()) {
                sum.figures = sum.figures.plus(figures);
                if state != RowState::Answered {
                    sum.open = sum.open.plus(row.max);
                }
            }
            sum
        });
        let sections: Vec<SectionResult> = sections.collect();
        let total = sections
            .iter()
            .fold(Figures::default(), |sum, section| sum.plus(section.figures));
        let ceiling = sections
            .iter()
            .fold(total.own, |sum, section| sum.plus(section.open));
        Self {
            sections,
            total,
            ceiling,
        }
    }
}

impl Assessment {
    /// How each condition of entry is under the readings chosen for the case, in the policy's order.
    pub fn standings(&self, policy: &Policy) -> IdxVec<RuleIdx, RuleStanding> {
        let rules = policy.rules.iter().zip(&self.rules);
        rules
            .map(|(rule, result)| {
                let standing = RuleStanding::of(rule, result.chosen, &self.readings);
                self.unless_moot(policy, rule, standing, |result| result.chosen)
            })
            .collect()
    }

    /// How a condition of entry is under the readings chosen for the case.
    pub fn standing(&self, policy: &Policy, place: RuleIdx) -> RuleStanding {
        let rule = &policy.rules[place];
        let standing = RuleStanding::of(rule, self.rules[place].chosen, &self.readings);
        self.unless_moot(policy, rule, standing, |result| result.chosen)
    }

    /// The titles of the conditions that are not met and bind.
    pub fn unmet<'policy>(&self, policy: &'policy Policy) -> Vec<&'policy str> {
        let standings = self.standings(policy);
        let rules = policy.rules.enumerated();
        rules
            .filter(|(place, _)| standings[*place] == RuleStanding::Unmet)
            .map(|(_, rule)| rule.title.as_str())
            .collect()
    }

    /// The conditions that do not fail as the case is read and fail under the strict
    /// readings, beside those that fail anyway: to say that all are met would hide them.
    pub fn unmet_only_if_strict(&self, policy: &Policy) -> Vec<RuleIdx> {
        let strict = Readings::all(Reading::Strict);
        let depends = |place: &RuleIdx| {
            let (rule, result) = (&policy.rules[*place], &self.rules[*place]);
            RuleStanding::of(rule, result.chosen, &self.readings) != RuleStanding::Unmet
                && RuleStanding::of(rule, result.strict, &strict) == RuleStanding::Unmet
        };
        policy.rules.indices().filter(depends).collect()
    }

    /// How a condition stands beside the others, where `verdict` gives what each
    /// comes to: a reminder has nothing to add to a failure that covers it.
    pub fn unless_moot(
        &self,
        policy: &Policy,
        rule: &Rule,
        standing: RuleStanding,
        verdict: fn(&RuleResult) -> Verdict,
    ) -> RuleStanding {
        let fails = |id: &String| {
            let mut others = policy.rules.iter().zip(&self.rules);
            others.any(|(other, result)| other.id == *id && verdict(result) == Verdict::Unmet)
        };
        let only_reminds = matches!(standing, RuleStanding::Reminder | RuleStanding::OpenReminder);
        if only_reminds && rule.moot_if_failed.as_ref().is_some_and(fails) {
            RuleStanding::Moot
        } else {
            standing
        }
    }

    fn add_up(&mut self, policy: &Policy) {
        let rows = self.rows.iter().map(|row| (row.state, row.figures));
        let sums = Sums::of(policy, rows);
        self.sections = sums.sections;
        self.total = sums.total;
        self.ceiling = sums.ceiling;
    }
}
