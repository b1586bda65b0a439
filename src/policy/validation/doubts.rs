//! Doubts: what an expression makes of a reading is shown in words, what is shown
//! is made, and `concerns` says what it moves.

use std::collections::BTreeSet;

use super::Faults;
use crate::policy::every_expression::{deciding, expressions};
use crate::policy::{Condition, DoubtIdx, Score};
use crate::policy::{Doubt, Expression, Inputs, Name, Policy, Quantity, Reading, RuleKind, Slot};

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    soft_rules(policy, faults);
    let branches = branches(policy);
    let moved = moved(policy);
    for (number, doubt) in policy.doubts.enumerated() {
        let place = format!("doubt {}", doubt.id);
        texts(doubt, number, &branches, &place, faults);
        faults.require(
            !doubt.concerns.is_empty(),
            &place,
            "`concerns` 是空的，请写上它涉及的行和条件",
        );
        for id in &doubt.concerns {
            faults.require(
                policy.row(id).is_some() || policy.rule(id).is_some(),
                &place,
                format_args!("`concerns` 里的 `{id}` 不是行也不是条件，请改正编号"),
            );
        }
        if !doubt.has_branches() {
            continue;
        }
        let moves = |id: &str| moved.contains(&(number, id));
        for id in &doubt.concerns {
            faults.require(
                moves(id),
                &place,
                format_args!("`concerns` 里的 `{id}` 不受它影响，请从中删去"),
            );
        }
        for (_, id) in moved.iter().filter(|(moving, _)| *moving == number) {
            faults.require(
                doubt.concerns.iter().any(|named| named == id),
                &place,
                format_args!("它影响 `{id}`，请写进 `concerns`"),
            );
        }
    }
}

fn soft_rules(policy: &Policy, faults: &mut Faults) {
    for rule in &policy.rules {
        faults.require(
            (rule.kind == RuleKind::Soft) == rule.binds.is_some(),
            format_args!("rule {}", rule.id),
            "kind = \"soft\" 的条件，也只有这种条件，要在 `binds` 里写明从严时使它生效的存疑",
        );
        let Some(other) = &rule.moot_if_failed else {
            continue;
        };
        faults.require(
            rule.kind == RuleKind::Soft,
            format_args!("rule {}", rule.id),
            "只有 kind = \"soft\" 的条件可以写 `moot_if_failed`，请删去",
        );
        let is_known = policy
            .rules
            .iter()
            .any(|known| known.id == *other && known.kind != RuleKind::Soft);
        faults.require(
            is_known,
            format_args!("rule {}", rule.id),
            format_args!("`moot_if_failed` 写的 `{other}` 不是别的、能判不符合的条件，请改正编号"),
        );
    }
}

/// The words of a doubt, against the branches that are written for it.
fn texts(
    doubt: &Doubt,
    number: DoubtIdx,
    branches: &BTreeSet<(DoubtIdx, Reading)>,
    place: &str,
    faults: &mut Faults,
) {
    for (reading, text) in [
        (Reading::Strict, &doubt.strict),
        (Reading::Lenient, &doubt.lenient),
    ] {
        let id = reading.id();
        let branch = branches.contains(&(number, reading));
        faults.require(
            !branch || text.is_some(),
            place,
            format_args!("{id} 读法影响结果，但 `{id}` 没有写明怎样读，请补上"),
        );
        faults.require(
            branch || text.is_none(),
            place,
            format_args!("写了 `{id}`，但没有 by_reading 或 binds 用到它的 {id} 读法，请补上或删去"),
        );
    }
}

/// Every reading other than the default that some expression has a branch for, by doubt.
fn branches(policy: &Policy) -> BTreeSet<(DoubtIdx, Reading)> {
    let mut found = BTreeSet::new();
    let mut note = |doubt: &Name, strict: bool, lenient: bool| {
        if let Slot::Doubt(number) = doubt.slot {
            found.extend(strict.then_some((number, Reading::Strict)));
            found.extend(lenient.then_some((number, Reading::Lenient)));
        }
    };
    for doubt in policy.rules.iter().filter_map(|rule| rule.binds.as_ref()) {
        note(doubt, true, false);
    }
    for (_, expression) in expressions(policy) {
        expression.walk(&mut |part| match part {
            Expression::Quantity(Quantity::ByReading(by)) => {
                note(&by.doubt, by.strict.is_some(), by.lenient.is_some());
            }
            Expression::Condition(Condition::ByReading(by)) => {
                note(&by.doubt, by.strict.is_some(), by.lenient.is_some());
            }
            Expression::Score(Score::ByReading(by)) => {
                note(&by.doubt, by.strict.is_some(), by.lenient.is_some());
            }
            _ => {}
        });
    }
    found
}

/// Every doubt with the rules and rows that it can move.
fn moved(policy: &Policy) -> BTreeSet<(DoubtIdx, &str)> {
    let ids = policy.rules.iter().map(|rule| rule.id.as_str());
    let ids = ids.chain(policy.rows().map(|row| row.id.as_str()));
    let mut moved: BTreeSet<_> = ids
        .zip(deciding(policy))
        .flat_map(|(id, (_, expression))| {
            let doubts = Inputs::of(policy, expression).doubts;
            doubts.into_iter().map(move |doubt| (doubt, id))
        })
        .collect();
    for rule in &policy.rules {
        if let Some(Slot::Doubt(number)) = rule.binds.as_ref().map(|doubt| doubt.slot) {
            moved.insert((number, &rule.id));
        }
    }
    moved
}
