//! Conditions of entry that are expected to come out one way only: one that no case and no line
//! sees fail could as well not be there.

use crate::json::{Json, Object};
use crate::policy::{Condition, Policy, RuleIdx, Verdict};

use super::Expectations;

/// A line for each condition that no case and no boundary expects to be met, or to be not met.
/// A folder that expects nothing at all has chosen so, and is told nothing.
pub(super) fn one_sided(policy: &Policy, expectations: &Expectations) -> Vec<String> {
    let mut lines = Vec::new();
    if expectations.cases.is_empty() && expectations.boundaries.is_empty() {
        return lines;
    }
    for (place, rule) in policy.rules.enumerated() {
        let expected = results(expectations, place, &rule.id);
        for (verdict, side) in [(Verdict::Met, "成立"), (Verdict::Unmet, "不成立")] {
            if can_come_to(&rule.condition, verdict) && !expected.contains(&verdict.result_id()) {
                lines.push(format!(
                    "条件 {}：没有用例或边界写着它{side}（\"{}\"），请在 boundaries/rule-{}.toml 里补一行",
                    rule.id,
                    verdict.result_id(),
                    rule.id
                ));
            }
        }
    }
    lines
}

/// Whether some answers can bring a condition there: one that the document leaves to an office
/// under every reading is never met and never fails.
fn can_come_to(condition: &Condition, verdict: Verdict) -> bool {
    let one = |parts: &[Condition]| parts.iter().any(|part| can_come_to(part, verdict));
    let each = |parts: &[Condition]| parts.iter().all(|part| can_come_to(part, verdict));
    match condition {
        Condition::All(parts) | Condition::InOrder(parts) if verdict == Verdict::Met => each(parts),
        Condition::All(parts) | Condition::InOrder(parts) => one(parts),
        Condition::Any(parts) if verdict == Verdict::Unmet => each(parts),
        Condition::Any(parts) => one(parts),
        Condition::Not(part) => {
            let opposite = match verdict {
                Verdict::Met => Verdict::Unmet,
                Verdict::Unmet => Verdict::Met,
                Verdict::Unclear => Verdict::Unclear,
            };
            can_come_to(part, opposite)
        }
        Condition::Decided(decided) => *decided == verdict,
        Condition::ByReading(by) => by.branches().any(|branch| can_come_to(branch, verdict)),
        Condition::Yes(_)
        | Condition::AtLeast(..)
        | Condition::MoreThan(..)
        | Condition::AtMost(..)
        | Condition::Share(_)
        | Condition::OneOf { .. } => true,
    }
}

/// What the cases and lines expect of a condition, in any reading.
fn results<'written>(expectations: &'written Expectations, place: RuleIdx, id: &str) -> Vec<&'written str> {
    let of_cases = expectations.cases.iter().filter_map(|case| {
        let expected = case
            .expected
            .as_object()
            .and_then(|expected| expected.get("eligibility"));
        expected
            .and_then(Json::as_object)
            .and_then(|rules: &Object| rules.get(id))
    });
    let of_cases = of_cases.flat_map(|result| {
        let three = result
            .as_list()
            .unwrap_or_default()
            .iter()
            .filter_map(Json::as_text);
        three.chain(result.as_text())
    });
    let lines = expectations.boundaries.iter();
    let lines = lines.filter(|line| line.rule() == Some(place));
    of_cases
        .chain(lines.flat_map(|line| line.expected.split(' ')))
        .collect()
}
