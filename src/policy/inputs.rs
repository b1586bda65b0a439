//! Which facts a rule or a row is derived from, under any reading.

use std::collections::BTreeSet;

use super::{Condition, Expression, Policy, Quantity, Score, Slot};

/// The places of facts and doubts that an expression names, directly or
/// through a named quantity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Facts, by their place in the register.
    pub facts: BTreeSet<usize>,
    /// Doubts, by their place in the list.
    pub doubts: BTreeSet<usize>,
    /// Named quantities, by their place in the list.
    pub quantities: BTreeSet<usize>,
}

impl Inputs {
    /// The inputs of a condition.
    pub fn of_condition(policy: &Policy, condition: &Condition) -> Self {
        Self::of(policy, Expression::Condition(condition))
    }

    /// The inputs of a score.
    pub fn of_score(policy: &Policy, score: &Score) -> Self {
        Self::of(policy, Expression::Score(score))
    }

    /// The inputs of a quantity.
    pub fn of_quantity(policy: &Policy, quantity: &Quantity) -> Self {
        Self::of(policy, Expression::Quantity(quantity))
    }

    /// The inputs of any expression.
    pub fn of(policy: &Policy, expression: Expression<'_>) -> Self {
        let mut inputs = Self::default();
        inputs.add(policy, expression);
        inputs
    }

    fn add(&mut self, policy: &Policy, expression: Expression<'_>) {
        match expression.name().map(|name| name.slot) {
            Some(Slot::Fact(place)) => {
                self.facts.insert(place);
            }
            Some(Slot::Doubt(place)) => {
                self.doubts.insert(place);
            }
            Some(Slot::Quantity(place)) => {
                self.quantities.insert(place);
                if let Some(quantity) = policy.quantities.get(place) {
                    self.add(policy, Expression::Quantity(&quantity.is));
                }
            }
            Some(Slot::Nothing) | None => {}
        }
        expression.each_part(&mut |part| self.add(policy, part));
    }
}
