//! The register of facts: each of a kind that its other members agree with.

use super::{Faults, repeated};
use crate::policy::{Change, Expression, Fact, FactKind, Policy, Slot};

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    for (number, fact) in policy.facts.iter().enumerate() {
        let place = format!("fact {}", fact.id);
        choices(fact, &place, faults);
        optional(policy, number, fact, &place, faults);
        advice(fact, &place, faults);
        faults.require(
            !fact.asked_as_yes_no || fact.kind == FactKind::Count,
            &place,
            "only a count can be asked as yes or no; drop `asked_as_yes_no`",
        );
        let figure = matches!(fact.kind, FactKind::Count | FactKind::Money | FactKind::Years);
        faults.require(
            figure || (fact.ask_above.is_none() && fact.ask_below.is_none()),
            &place,
            "only a figure can be asked about; drop `ask_above` and `ask_below`",
        );
        super::asked_bounds(fact.ask_above, fact.ask_below, &place, faults);
        faults.require(
            fact.items.is_none() || fact.kind == FactKind::Count,
            &place,
            "only what is counted can be listed one by one; drop `items`",
        );
    }
}

fn choices(fact: &Fact, place: &str, faults: &mut Faults) {
    if fact.kind == FactKind::Choice {
        faults.require(
            fact.choices.len() > 1,
            place,
            "a choice fact needs at least two `choices`",
        );
    } else {
        faults.require(
            fact.choices.is_empty(),
            place,
            "it has `choices` but is no choice fact; drop them or write kind = \"choice\"",
        );
    }
    if let Some(id) = repeated(fact.choices.iter().map(|choice| choice.id.as_str())) {
        faults.require(
            false,
            place,
            format_args!("the choice `{id}` stands twice; give one of them another id"),
        );
    }
}

/// A fact that can change says how; one that cannot must not invite to it.
fn advice(fact: &Fact, place: &str, faults: &mut Faults) {
    let slot = match fact.kind {
        FactKind::YesNo => None,
        FactKind::Choice => Some("{value}"),
        FactKind::Count | FactKind::Money | FactKind::Years => (!fact.asked_as_yes_no).then_some("{n}"),
    };
    match (&fact.advice, fact.change) {
        (Some(_), Change::Never) => faults.require(
            false,
            place,
            "it never changes, so no change can be advised; drop `advice` or correct `change`",
        ),
        (None, Change::Now | Change::NextPeriod) => faults.require(
            false,
            place,
            "it can change but has no `advice`; write how the change is made",
        ),
        (Some(advice), _) => faults.require(
            slot.is_none_or(|slot| advice.contains(slot)),
            place,
            format_args!(
                "`advice` has no {} for the change; write where it stands",
                slot.unwrap_or_default()
            ),
        ),
        (None, Change::Never) => {}
    }
    faults.require(
        fact.caution.is_none() || fact.advice.is_some(),
        place,
        "`caution` goes with an `advice`, of which there is none; drop it",
    );
}

fn optional(policy: &Policy, number: usize, fact: &Fact, place: &str, faults: &mut Faults) {
    let Some(optional) = &fact.optional else { return };
    faults.require(
        fact.needed_if.is_none(),
        place,
        "an optional fact is never needed; drop `needed_if` or `optional`",
    );
    faults.require(
        fact.kind != FactKind::Choice,
        place,
        "a choice fact cannot be optional, as no choice counts instead; drop `optional`",
    );
    let quantities = || {
        let quantities = optional.otherwise.iter();
        quantities.chain(&optional.at_least).chain(&optional.at_most)
    };
    faults.require(
        fact.kind != FactKind::YesNo || quantities().next().is_none(),
        place,
        "an optional yes/no fact counts as no; drop `otherwise`, `at_least` and `at_most`",
    );
    // Optional facts are completed in the order of the register.
    let mut leans_on_later = None;
    for quantity in quantities() {
        Expression::Quantity(quantity).walk(&mut |part| {
            let named = part.name().map(|name| name.slot);
            if let Some(Slot::Fact(other)) = named
                && let Some(later) = policy.facts.get(other)
                && later.optional.is_some()
                && other >= number
            {
                leans_on_later = Some(&later.id);
            }
        });
    }
    if let Some(later) = leans_on_later {
        faults.require(
            false,
            place,
            format_args!("it leans on the optional fact `{later}`, which must stand before it; move it up"),
        );
    }
}
