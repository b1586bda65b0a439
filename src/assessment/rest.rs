//! The rest of a group, to be answered with no and zero at one press: what that
//! may fill, and what it must not, since it decides whether one may apply.

use crate::policy::{Expression, FactIdx, FactKind, Group, IdxSet, Inputs, Policy};

use super::incremental::leaned_on;
use super::question_needs::is_needed;
use super::result::Assessment;

/// The questions of a group that are open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rest {
    /// Those that no or zero can be filled in for.
    pub fillable: Vec<FactIdx>,
    /// Those that some condition of entry hangs on in some reading: each is answered by itself.
    pub deciding: Vec<FactIdx>,
}

impl Rest {
    /// What is open in a group and can be answered with no or zero, where these are
    /// the [`deciding_facts`] of the policy.
    pub fn of(policy: &Policy, deciding: &IdxSet<FactIdx>, assessment: &Assessment, group: &Group) -> Self {
        let facts = group.blocks.iter().flat_map(|block| &block.facts);
        let open = facts.filter_map(|id| policy.fact(id)).filter(|(place, fact)| {
            matches!(fact.kind, FactKind::YesNo | FactKind::Count)
                && !assessment.facts.is_answered(*place)
                && is_needed(policy, assessment, *place)
        });
        let places = open.map(|(place, _)| place);
        let (deciding, fillable) = places.partition(|place| deciding.contains(place));
        Self { fillable, deciding }
    }
}

/// The facts that conditions of entry hang on in any reading, by themselves or
/// through others that are completed or needed by them. They are the same for every case.
pub fn deciding_facts(policy: &Policy) -> IdxSet<FactIdx> {
    let rules = policy.rules.iter();
    let named = rules.flat_map(|rule| Inputs::of(policy, Expression::Condition(&rule.condition)).facts);
    leaned_on(policy, named.collect())
}
