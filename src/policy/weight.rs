//! How many expressions a policy comes to. A file from a stranger may be made to
//! last for ever by quantities that name one another twice and so double with
//! each step.

use super::every_expression::{ExpressionPlace, expressions};
use super::index::Idx;
use super::{Expression, Policy, PolicyError, Slot};

/// How many expressions all rules and rows may come to with every named
/// quantity written out; many times what a city's scheme has.
const HEAVIEST: usize = 50_000;

/// Expressions of a linked policy that would take too long to evaluate.
pub(super) fn overweight(policy: &Policy) -> Option<PolicyError> {
    // A quantity names only those above it, so their weights are known before its own.
    let mut weights: Vec<usize> = Vec::new();
    for quantity in &policy.quantities {
        weights.push(weight(Expression::Quantity(&quantity.is), &weights));
    }
    let others = expressions(policy).filter(|(place, _)| !matches!(place, ExpressionPlace::Quantity(_)));
    let sum = others.fold(0, |sum: usize, (_, expression)| {
        sum.saturating_add(weight(expression, &weights))
    });
    is_too_heavy(sum).then(|| PolicyError {
        place: String::from("方案文件"),
        problem: format!("各条件和各行展开以后超过 {HEAVIEST} 个式子，请少让算出的数（quantity）互相引用"),
    })
}

const fn is_too_heavy(expressions: usize) -> bool {
    expressions > HEAVIEST
}

/// How many expressions one comes to.
fn weight(expression: Expression<'_>, quantities: &[usize]) -> usize {
    let mut sum: usize = 0;
    expression.walk(&mut |part| {
        let named = match part.name().map(|name| name.slot) {
            Some(Slot::Quantity(place)) => quantities.get(place.place()).copied().unwrap_or_default(),
            _ => 0,
        };
        sum = sum.saturating_add(1).saturating_add(named);
    });
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_at_the_limit_may_still_be_evaluated() {
        assert!(!is_too_heavy(HEAVIEST));
        assert!(is_too_heavy(HEAVIEST + 1));
    }
}
