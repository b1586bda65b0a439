//! Which questions a case asks for, as far as its other answers go.

use crate::answers::Fault;
use crate::policy::{Expression, FactIdx, Policy, Verdict};

use super::evaluation::Evaluation;
use super::incremental::facts_under;
use super::readings::Readings;
use super::result::Assessment;

/// Whether the other answers ask for the fact at a place, as far as they are given.
fn need(policy: &Policy, assessment: &Assessment, place: FactIdx) -> Verdict {
    let readings = Readings::default();
    let evaluation = Evaluation {
        policy,
        facts: &assessment.facts,
        readings: &readings,
    };
    let condition = policy.facts[place].needed_if.as_ref();
    condition.map_or(Verdict::Met, |condition| evaluation.condition(condition))
}

/// Whether another answer makes the fact at a place needless.
pub fn is_needless(policy: &Policy, assessment: &Assessment, place: FactIdx) -> bool {
    need(policy, assessment, place) == Verdict::Unmet
}

/// What is wrong with the answer at a place; nothing is where another answer makes it needless.
pub fn fault_at(policy: &Policy, assessment: &Assessment, place: FactIdx) -> Option<Fault> {
    let fault = assessment.facts.fault(place);
    fault.filter(|_| !is_needless(policy, assessment, place))
}

/// Whether the fact at a place is asked for in this case: not optional and not
/// made needless by another answer.
pub fn is_needed(policy: &Policy, assessment: &Assessment, place: FactIdx) -> bool {
    policy.facts[place].optional.is_none() && need(policy, assessment, place) == Verdict::Met
}

/// Whether a row or condition looks at a fact where every doubt is read as usual (通常). Of the
/// facts that may be left out most are only looked at in the strict or the lenient reading.
pub fn counts_as_usual(policy: &Policy, place: FactIdx) -> bool {
    let rules = policy
        .rules
        .iter()
        .map(|rule| Expression::Condition(&rule.condition));
    let rows = policy.rows().map(|row| Expression::Score(&row.score));
    let readings = Readings::default();
    rules
        .chain(rows)
        .any(|expression| facts_under(policy, &readings, expression).contains(&place))
}
