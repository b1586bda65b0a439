//! Which facts a rule or a row is derived from, under any reading.

use super::{Condition, Expression, Policy, Quantity, Score, Slot};

/// Places in a list, each once and from the first to the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(Vec<usize>);

impl Places {
    /// Adds a place and tells whether it was not there yet.
    pub fn insert(&mut self, place: usize) -> bool {
        let found = self.0.binary_search(&place);
        if let Err(at) = found {
            self.0.insert(at, place);
        }
        found.is_err()
    }

    /// Whether the place is among them.
    pub fn contains(&self, place: &usize) -> bool {
        self.0.binary_search(place).is_ok()
    }

    /// Whether all of them are among the others, too.
    pub fn is_subset(&self, others: &Self) -> bool {
        self.0.iter().all(|place| others.contains(place))
    }

    /// The places.
    pub fn iter(&self) -> core::slice::Iter<'_, usize> {
        self.0.iter()
    }
}

impl IntoIterator for Places {
    type Item = usize;
    type IntoIter = std::vec::IntoIter<usize>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'places> IntoIterator for &'places Places {
    type Item = &'places usize;
    type IntoIter = core::slice::Iter<'places, usize>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl Extend<usize> for Places {
    fn extend<T: IntoIterator<Item = usize>>(&mut self, places: T) {
        for place in places {
            self.insert(place);
        }
    }
}

impl FromIterator<usize> for Places {
    fn from_iter<T: IntoIterator<Item = usize>>(places: T) -> Self {
        let mut all = Self::default();
        all.extend(places);
        all
    }
}

/// The places of facts and doubts that an expression names, directly or
/// through a named quantity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Facts, by their place in the register.
    pub facts: Places,
    /// Doubts, by their place in the list.
    pub doubts: Places,
    /// Named quantities, by their place in the list.
    pub quantities: Places,
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
