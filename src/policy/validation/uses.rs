//! Nothing is in the register for nothing.

use std::collections::BTreeSet;

use super::{Faults, sentences};
use crate::policy::every_expression::deciding;
use crate::policy::{Expression, Inputs, Policy};

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    let mut used = Inputs::default();
    let mut slots = BTreeSet::new();
    for (_, expression) in deciding(policy) {
        add(&mut used, Inputs::of(policy, expression));
    }
    for part in &policy.parts {
        add(&mut used, Inputs::of_quantity(policy, &part.part));
        add(&mut used, Inputs::of_quantity(policy, &part.whole));
    }
    for sentence in sentences::all(policy) {
        if let Some(condition) = &sentence.condition {
            add(&mut used, Inputs::of_condition(policy, condition));
        }
        slots.extend(sentences::slots(&sentence.text).into_iter().flatten());
    }
    for (place, quantity) in policy.quantities.enumerated() {
        if slots.contains(quantity.id.as_str()) {
            used.quantities.insert(place);
            add(&mut used, Inputs::of(policy, Expression::Quantity(&quantity.is)));
        }
        faults.require(
            used.quantities.contains(&place),
            format_args!("quantity {}", quantity.id),
            "没有地方用到这个算出的数，请用在条件、行或句子里，或删去",
        );
    }
    for (place, fact) in policy.facts.enumerated() {
        faults.require(
            used.facts.contains(&place) || slots.contains(fact.id.as_str()),
            format_args!("fact {}", fact.id),
            "没有地方用到这个问题，请用在条件、行或句子里，或删去",
        );
    }
}

fn add(used: &mut Inputs, more: Inputs) {
    used.facts.extend(more.facts);
    used.quantities.extend(more.quantities);
}
