//! What the conditions of entry rest on that is not settled: answers that are only
//! planned, and answers that are rough or of last year.

use crate::answers::{Case, FactState};
use crate::policy::{FactIdx, IdxSet, Inputs, Policy};

use super::result::Assessment;

/// The facts that conditions of entry are decided by and that are not settled, in the
/// policy's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestingOn {
    /// Those that are to be done yet.
    pub planned: Vec<FactIdx>,
    /// Those that are rough or of last year.
    pub unchecked: Vec<FactIdx>,
}

impl RestingOn {
    /// Reads what the conditions of a case rest on.
    pub fn of(policy: &Policy, case: &Case, assessment: &Assessment) -> Self {
        let rules = policy.rules.iter();
        let inputs = rules.flat_map(|rule| Inputs::of_condition(policy, &rule.condition).facts);
        let inputs: IdxSet<FactIdx> = inputs.collect();
        let mut resting = Self::default();
        for place in inputs {
            if !assessment.facts.is_answered(place) {
                continue;
            }
            let detail = case.fact_details.get(&policy.facts[place].id);
            match detail.map_or(FactState::Exact, |detail| detail.state) {
                FactState::Exact => {}
                FactState::Planned => resting.planned.push(place),
                _ => resting.unchecked.push(place),
            }
        }
        resting
    }
}
