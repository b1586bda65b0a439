//! What the conditions of entry rest on that is not settled: answers that are only
//! planned, and answers that are rough or of last year.

use crate::answers::{Case, FactState};
use crate::policy::{FactIdx, IdxSet, Inputs, Policy};

use super::eligibility::Overall;
use super::result::{Assessment, assess};

/// The answers that conditions of entry are decided by and that are not settled, by their
/// labels in the policy's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsettled<'policy> {
    /// Those that are to be done yet, where the conditions are not met without them.
    pub planned: Vec<&'policy str>,
    /// Those that are rough or of last year.
    pub unchecked: Vec<&'policy str>,
}

impl<'policy> Unsettled<'policy> {
    /// Reads what the conditions of a case rest on.
    pub fn of(policy: &'policy Policy, case: &Case, assessment: &Assessment) -> Self {
        let rules = policy.rules.iter();
        let inputs = rules.flat_map(|rule| Inputs::of_condition(policy, &rule.condition).facts);
        let inputs: IdxSet<FactIdx> = inputs.collect();
        let mut unsettled = Self::default();
        for place in inputs {
            if !assessment.facts.is_answered(place) {
                continue;
            }
            let fact = &policy.facts[place];
            let detail = case.fact_details.get(&fact.id);
            match detail.map_or(FactState::Exact, |detail| detail.state) {
                FactState::Exact => {}
                FactState::Planned => unsettled.planned.push(&fact.label),
                FactState::Approximate | FactState::CarriedOver => unsettled.unchecked.push(&fact.label),
            }
        }
        // What is planned beyond what the conditions ask keeps nobody from applying.
        if !unsettled.planned.is_empty() && is_eligible_without(policy, case) {
            unsettled.planned.clear();
        }
        unsettled
    }
}

/// Whether the conditions are met while no plan has come true.
fn is_eligible_without(policy: &Policy, case: &Case) -> bool {
    assess(policy, &case.without_plans()).overall.chosen == Overall::Eligible
}
