//! Expressions: every name of the kind that is wanted, no figure out of its range.

use super::{Faults, bands};
use crate::numbers::{Decimal, Points};
use crate::policy::every_expression::expressions;
use crate::policy::{Condition, Expression, Fact, FactKind, Name, Policy, Quantity, Score, Slot};

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    for (place, expression) in expressions(policy) {
        let place = place.to_string();
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
        Slot::Fact(place) => Some(&policy.facts[place]),
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
                format_args!("`{name}` 是选择问题，不是数，请用 one_of"),
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
    faults.require(parts > 0, place, "其中有一个列表是空的，请写上各项");
}

fn check_condition(policy: &Policy, condition: &Condition, place: &str, faults: &mut Faults) {
    match condition {
        Condition::Yes(name) => {
            let yes_no = named(policy, name).is_none_or(|fact| fact.kind == FactKind::YesNo);
            faults.require(
                yes_no,
                place,
                format_args!("`{name}` 不是是否问题，请用 at_least、at_most 或 one_of 比较"),
            );
        }
        Condition::OneOf { fact: name, choices } => {
            not_empty(choices.len(), place, faults);
            let Some(fact) = named(policy, name) else { return };
            faults.require(
                fact.kind == FactKind::Choice,
                place,
                format_args!("`{name}` 不是选择问题，one_of 只用于选择问题，请改正"),
            );
            for choice in choices {
                faults.require(
                    fact.choices.iter().any(|known| known.id == *choice),
                    place,
                    format_args!("`{name}` 没有选项 `{choice}`，请在该问题里补上或改正编号"),
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
                format_args!("比例 {least} 超出范围，请写 1% 到 100%"),
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
            format_args!("这里给 {points} 分，请写大于 0 的数"),
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
                "scaled 的各部分都要有最高分，请给没有上限的加上 capped",
            );
        }
        Score::Steps(steps) => {
            above_zero(steps.points);
            faults.require(
                steps.every > Decimal::ZERO,
                place,
                format_args!("每 {} 一步走不下去，请写大于 0 的数", steps.every),
            );
        }
        Score::Bands(of) => bands::check(policy, of, floors, place, faults),
        Score::Highest(parts) => not_empty(parts.len(), place, faults),
        // An empty sum is how a reading gives nothing.
        Score::Sum(_) | Score::Gate { .. } | Score::Choose { .. } | Score::ByReading(_) => {}
    }
}
