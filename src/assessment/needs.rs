//! What a row needs before it can be scored, and what of it is lacking.

use crate::policy::{DoubtIdx, FactIdx, IdxSet, Inputs, PartOf, Policy, Row, Verdict};

use super::evaluation::Evaluation;
use super::facts::Known;

/// Whether a row can be scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowState {
    /// All inputs are present and valid.
    Answered,
    /// A required input is missing.
    Incomplete,
    /// A required input cannot be used, or figures conflict.
    Invalid,
}

impl RowState {
    /// The id in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Incomplete => "incomplete",
            Self::Invalid => "invalid",
        }
    }
}

/// What a row is derived from.
#[derive(Clone, Debug)]
pub(super) struct Needs {
    /// The facts it names under any reading and cannot do without.
    pub facts: Vec<FactIdx>,
    /// The part-of relations that hold among its figures, by their places.
    pub parts: Vec<usize>,
    /// The doubts that it depends on.
    pub doubts: Vec<DoubtIdx>,
}

/// What keeps a row from being scored.
pub(super) struct Gaps {
    /// What that amounts to.
    pub state: RowState,
    /// Required facts without an answer.
    pub missing: Vec<FactIdx>,
    /// Required facts whose answer cannot be used.
    pub faulty: Vec<FactIdx>,
    /// Part-of relations that do not hold.
    pub conflicts: Vec<usize>,
}

impl Needs {
    /// What a row of the policy needs.
    pub fn of(policy: &Policy, row: &Row) -> Self {
        let inputs = Inputs::of_score(policy, &row.score);
        let required = |place: &FactIdx| policy.facts[*place].optional.is_none();
        Self {
            parts: parts_among(policy, &inputs.facts),
            facts: inputs.facts.iter().copied().filter(required).collect(),
            doubts: inputs.doubts.into_iter().collect(),
        }
    }

    /// What is lacking. A fact that another answer makes needless is not; an
    /// answer that cannot be used weighs more than one that is missing, and
    /// figures conflict only once all of them are there.
    pub fn gaps(&self, evaluation: Evaluation<'_>) -> Gaps {
        let needed = self.facts.iter().copied().filter(|place| {
            let condition = evaluation.policy.facts[*place].needed_if.as_ref();
            condition.is_none_or(|condition| evaluation.condition(condition) == Verdict::Met)
        });
        let (mut missing, mut faulty) = (Vec::new(), Vec::new());
        for place in needed {
            match evaluation.facts.get(place) {
                Known::Value(_) => {}
                Known::Missing => missing.push(place),
                Known::Invalid(_) => faulty.push(place),
            }
        }
        let conflicts = conflicts_among(evaluation, &self.parts);
        let state = if !faulty.is_empty() {
            RowState::Invalid
        } else if !missing.is_empty() {
            RowState::Incomplete
        } else if !conflicts.is_empty() {
            RowState::Invalid
        } else {
            RowState::Answered
        };
        Gaps {
            state,
            missing,
            faulty,
            conflicts,
        }
    }
}

/// The part-of relations among some figures, by their places.
pub(super) fn parts_among(policy: &Policy, facts: &IdxSet<FactIdx>) -> Vec<usize> {
    let belongs = |quantity| Inputs::of_quantity(policy, quantity).facts.is_subset(facts);
    let parts = policy.parts.iter().enumerate();
    let parts = parts.filter(|(_, part)| belongs(&part.part) && belongs(&part.whole));
    parts.map(|(place, _)| place).collect()
}

/// Those of some part-of relations that do not hold.
pub(super) fn conflicts_among(evaluation: Evaluation<'_>, parts: &[usize]) -> Vec<usize> {
    let conflicting = |place: &usize| {
        let part = evaluation.policy.parts.get(*place);
        part.is_some_and(|part| in_conflict(evaluation, part))
    };
    parts.iter().copied().filter(conflicting).collect()
}

/// Whether a part is larger than its whole.
pub(super) fn in_conflict(evaluation: Evaluation<'_>, part: &PartOf) -> bool {
    match (evaluation.quantity(&part.part), evaluation.quantity(&part.whole)) {
        (Some(part), Some(whole)) => part > whole,
        _ => false,
    }
}
