//! Expressions: every name of the kind that is wanted, no figure out of its range.

use super::{Faults, bands, expressions};
use crate::numbers::{Decimal, Points};
use crate::policy::{Condition, Expression, Fact, FactKind, Name, Policy, Quantity, Score, Slot};

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    for (place, expression) in expressions(policy) {
        let floors = bands::floors(expression);
        expression.walk(&mut |part| match part {
            Expression::Quantity(quantity) => check_quantity(policy, quantity, &place, faults),
            Expression::Condition(condition) => check_condition(policy, condition, &place, faults),
            Expression::Score(score) => check_score(policy, score, &floors, &place, faults),
        });
    }
}

/// The fact a name stands for.
fn named<'a>(policy: &'a Policy, name: &Name) -> Option<&'a Fact> {
    match name.slot {
        Slot::Fact(place) => policy.facts.get(place),
        _ => None,
    }
}

fn check_quantity(policy: &Policy, quantity: &Quantity, place: &str, faults: &mut Faults) {
    match quantity {
        Quantity::Named(name) => {
            let is_choice = named(policy, name).is_some_and(|fact| fact.kind == FactKind::Choice);
            faults.require(
                !is_choice,
                place,
                format_args!("`{name}` is a choice and no figure; ask for it with one_of"),
            );
        }
        Quantity::Sum(parts) | Quantity::Min(parts) | Quantity::Max(parts) => {
            not_empty(parts.len(), place, faults);
        }
        Quantity::Count(parts) => not_empty(parts.len(), place, faults),
        Quantity::Constant(_) | Quantity::Choose { .. } | Quantity::ByReading(_) => {}
    }
}

fn not_empty(parts: usize, place: &str, faults: &mut Faults) {
    faults.require(parts > 0, place, "a list within it is empty; name its parts");
}

fn check_condition(policy: &Policy, condition: &Condition, place: &str, faults: &mut Faults) {
    match condition {
        Condition::Yes(name) => {
            let yes_no = named(policy, name).is_none_or(|fact| fact.kind == FactKind::YesNo);
            faults.require(
                yes_no,
                place,
                format_args!("`{name}` is no yes/no fact; compare it with at_least, at_most or one_of"),
            );
        }
        Condition::OneOf { fact: name, choices } => {
            not_empty(choices.len(), place, faults);
            let Some(fact) = named(policy, name) else { return };
            faults.require(
                fact.kind == FactKind::Choice,
                place,
                format_args!("`{name}` is no choice fact; one_of needs one"),
            );
            for choice in choices {
                faults.require(
                    fact.choices.iter().any(|known| known.id == *choice),
                    place,
                    format_args!("`{name}` has no choice `{choice}`; add it there or correct the id"),
                );
            }
        }
        Condition::All(parts) | Condition::Any(parts) | Condition::InOrder(parts) => {
            not_empty(parts.len(), place, faults);
        }
        Condition::Share(share) => {
            let least = share.at_least;
            faults.require(
                (1..=100).contains(&least.0),
                place,
                format_args!("a share of {least} is out of range; write 1% to 100%"),
            );
        }
        Condition::Not(_)
        | Condition::AtLeast(..)
        | Condition::MoreThan(..)
        | Condition::AtMost(..)
        | Condition::Decided(_)
        | Condition::ByReading(_) => {}
    }
}

fn check_score(
    policy: &Policy,
    score: &Score,
    floors: &[bands::Floor<'_>],
    place: &str,
    faults: &mut Faults,
) {
    let mut above_zero = |points: Points| {
        faults.require(
            points > Points::ZERO,
            place,
            format_args!("it gives {points} points; write more than zero"),
        );
    };
    match score {
        Score::Award(award) => above_zero(award.points),
        Score::Capped { cap, .. } => above_zero(*cap),
        Score::Deduct { from, .. } => above_zero(*from),
        Score::Scaled { to, of } => {
            above_zero(*to);
            faults.require(
                of.iter().all(|part| part.full().is_some()) && !of.is_empty(),
                place,
                "parts that are scaled must each have a largest score; cap the one that has none",
            );
        }
        Score::Steps(steps) => {
            above_zero(steps.points);
            faults.require(
                steps.every > Decimal::ZERO,
                place,
                format_args!("a step of {} leads nowhere; write more than zero", steps.every),
            );
        }
        Score::Bands(of) => bands::check(policy, of, floors, place, faults),
        Score::Highest(parts) => not_empty(parts.len(), place, faults),
        // An empty sum is how a reading gives nothing.
        Score::Sum(_) | Score::Gate { .. } | Score::Choose { .. } | Score::ByReading(_) => {}
    }
}
