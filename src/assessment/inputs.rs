//! Which facts a rule or a row is derived from, under any reading.

use std::collections::BTreeSet;

use crate::policy::{Award, Condition, Name, Policy, Quantity, Score, Slot};

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
        let mut inputs = Self::default();
        inputs.condition(policy, condition);
        inputs
    }

    /// The inputs of a score.
    pub fn of_score(policy: &Policy, score: &Score) -> Self {
        let mut inputs = Self::default();
        inputs.score(policy, score);
        inputs
    }

    /// The inputs of a quantity.
    pub fn of_quantity(policy: &Policy, quantity: &Quantity) -> Self {
        let mut inputs = Self::default();
        inputs.quantity(policy, quantity);
        inputs
    }

    fn name(&mut self, policy: &Policy, name: &Name) {
        match name.slot {
            Slot::Fact(place) => {
                self.facts.insert(place);
            }
            Slot::Quantity(place) => {
                self.quantities.insert(place);
                if let Some(quantity) = policy.quantities.get(place) {
                    self.quantity(policy, &quantity.is);
                }
            }
            Slot::Doubt(place) => {
                self.doubts.insert(place);
            }
            Slot::Nothing => {}
        }
    }

    fn quantity(&mut self, policy: &Policy, quantity: &Quantity) {
        match quantity {
            Quantity::Named(name) => self.name(policy, name),
            Quantity::Constant(_) => {}
            Quantity::Sum(parts) | Quantity::Min(parts) | Quantity::Max(parts) => {
                parts.iter().for_each(|part| self.quantity(policy, part));
            }
            Quantity::Count(conditions) => conditions.iter().for_each(|one| self.condition(policy, one)),
            Quantity::Choose { condition, then, otherwise } => {
                self.condition(policy, condition);
                self.quantity(policy, then);
                self.quantity(policy, otherwise);
            }
            Quantity::ByReading(by) => {
                self.name(policy, &by.doubt);
                by.branches().for_each(|branch| self.quantity(policy, branch));
            }
        }
    }

    fn condition(&mut self, policy: &Policy, condition: &Condition) {
        match condition {
            Condition::Yes(name) | Condition::OneOf { fact: name, .. } => self.name(policy, name),
            Condition::All(parts) | Condition::Any(parts) | Condition::InOrder(parts) => {
                parts.iter().for_each(|part| self.condition(policy, part));
            }
            Condition::Not(part) => self.condition(policy, part),
            Condition::AtLeast(left, right) | Condition::MoreThan(left, right) | Condition::AtMost(left, right) => {
                self.quantity(policy, left);
                self.quantity(policy, right);
            }
            Condition::Share(share) => {
                self.quantity(policy, &share.part);
                self.quantity(policy, &share.of);
            }
            Condition::Decided(_) => {}
            Condition::ByReading(by) => {
                self.name(policy, &by.doubt);
                by.branches().for_each(|branch| self.condition(policy, branch));
            }
        }
    }

    fn score(&mut self, policy: &Policy, score: &Score) {
        match score {
            Score::Award(Award { condition, .. }) => self.condition(policy, condition),
            Score::Sum(parts) | Score::Highest(parts) | Score::Scaled { of: parts, .. } | Score::Deduct { less: parts, .. } => {
                parts.iter().for_each(|part| self.score(policy, part));
            }
            Score::Capped { score, .. } => self.score(policy, score),
            Score::Bands(bands) => self.quantity(policy, &bands.of),
            Score::Steps(steps) => self.quantity(policy, &steps.of),
            Score::Gate { condition, then } => {
                self.condition(policy, condition);
                self.score(policy, then);
            }
            Score::Choose { condition, then, otherwise } => {
                self.condition(policy, condition);
                self.score(policy, then);
                self.score(policy, otherwise);
            }
            Score::ByReading(by) => {
                self.name(policy, &by.doubt);
                by.branches().for_each(|branch| self.score(policy, branch));
            }
        }
    }
}
