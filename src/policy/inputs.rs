//! Which facts a rule or a row is derived from, under any reading.

use super::{Condition, DoubtIdx, Expression, FactIdx, Policy, Quantity, QuantityIdx, Score, Slot};

/// Some indices of one list, each once and from the first to the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdxSet<I>(Vec<I>);

impl<I> Default for IdxSet<I> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<I: Copy + Ord> IdxSet<I> {
    /// Adds an index and says whether it was not there yet.
    pub fn insert(&mut self, place: I) -> bool {
        let found = self.0.binary_search(&place);
        if let Err(at) = found {
            self.0.insert(at, place);
        }
        found.is_err()
    }

    /// Whether the index is among them.
    pub fn contains(&self, place: &I) -> bool {
        self.0.binary_search(place).is_ok()
    }

    /// Whether all of them are among the others, too.
    pub fn is_subset(&self, others: &Self) -> bool {
        self.0.iter().all(|place| others.contains(place))
    }

    /// The indices.
    pub fn iter(&self) -> core::slice::Iter<'_, I> {
        self.0.iter()
    }
}

impl<I> IntoIterator for IdxSet<I> {
    type Item = I;
    type IntoIter = std::vec::IntoIter<I>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'set, I> IntoIterator for &'set IdxSet<I> {
    type Item = &'set I;
    type IntoIter = core::slice::Iter<'set, I>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<I: Copy + Ord> Extend<I> for IdxSet<I> {
    fn extend<T: IntoIterator<Item = I>>(&mut self, places: T) {
        for place in places {
            self.insert(place);
        }
    }
}

impl<I: Copy + Ord> FromIterator<I> for IdxSet<I> {
    fn from_iter<T: IntoIterator<Item = I>>(places: T) -> Self {
        let mut all = Self::default();
        all.extend(places);
        all
    }
}

/// The facts and doubts that an expression names, directly or
/// through a named quantity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    pub facts: IdxSet<FactIdx>,
    pub doubts: IdxSet<DoubtIdx>,
    /// Named quantities.
    pub quantities: IdxSet<QuantityIdx>,
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
                self.add(policy, Expression::Quantity(&policy.quantities[place].is));
            }
            Some(Slot::Nothing) | None => {}
        }
        expression.each_part(&mut |part| self.add(policy, part));
    }
}
