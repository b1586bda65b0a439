//! What is to be done about a condition of entry.

use crate::policy::{Inputs, Policy, RuleIdx, Verdict};

use super::completeness::is_needed;
use super::facts::Known;
use super::result::Assessment;

/// What a condition of entry says is to be done under the readings chosen for
/// the case; nothing where it is met.
pub fn next_step<'p>(policy: &'p Policy, assessment: &Assessment, place: RuleIdx) -> Option<&'p str> {
    let rule = &policy.rules[place];
    match assessment.rules[place].chosen {
        Verdict::Met => None,
        Verdict::Unmet => Some(&rule.if_failed),
        Verdict::Unclear => {
            let mut facts = Inputs::of_condition(policy, &rule.condition).facts.into_iter();
            let is_open = facts.any(|fact| {
                let is_usable = matches!(assessment.facts.given(fact), Known::Value(_));
                !is_usable && is_needed(policy, assessment, fact)
            });
            Some(if is_open {
                &rule.if_unknown
            } else {
                rule.next_if_undecided()
            })
        }
    }
}
