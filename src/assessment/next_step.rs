//! What is to be done about a condition of entry.

use crate::policy::{Inputs, Policy, RuleIdx, Verdict};

use super::facts::Known;
use super::question_needs::is_needed;
use super::result::Assessment;

/// What a condition of entry says is to be done under the readings chosen for
/// the case; nothing where it is met.
pub fn next_step(policy: &Policy, assessment: &Assessment, place: RuleIdx) -> Option<String> {
    let rule = &policy.rules[place];
    match assessment.rules[place].chosen {
        Verdict::Met => None,
        Verdict::Unmet => Some(by_choice(policy, assessment, place) + &rule.if_failed),
        Verdict::Unclear => {
            let mut facts = Inputs::of_condition(policy, &rule.condition).facts.into_iter();
            let is_open = facts.any(|fact| {
                let is_usable = matches!(assessment.facts.given(fact), Known::Value(_));
                !is_usable && is_needed(policy, assessment, fact)
            });
            let next = if is_open {
                &rule.if_unknown
            } else {
                rule.next_if_undecided()
            };
            Some(next.to_owned())
        }
    }
}

/// What is said before the rest where a condition fails by the readings chosen
/// for the case alone: what they look at is not what the condition looks at by default.
fn by_choice(policy: &Policy, assessment: &Assessment, place: RuleIdx) -> String {
    let (rule, result) = (&policy.rules[place], &assessment.rules[place]);
    if result.default == Verdict::Unmet {
        return String::new();
    }
    let chosen = assessment.choices_of_rule(policy, rule, result).into_iter();
    let chosen = chosen.map(|place| {
        let (doubt, reading) = (&policy.doubts[place], assessment.readings.of(place));
        let says = doubt.says(reading).trim_end_matches('。');
        format!(
            "按为本案另选的读法不符合（{} 取{}：{says}）。",
            doubt.id,
            reading.label()
        )
    });
    chosen.collect()
}
