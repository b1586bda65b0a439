//! What quantities and conditions come to.

use crate::answers::Value;
use crate::numbers::Decimal;
use crate::policy::{ByReading, Condition, Name, Policy, Quantity, Reading, Share, Slot, Verdict};

use super::facts::{Facts, Known};
use super::readings::Readings;

/// A policy, the facts of a case and a reading of every doubt.
#[derive(Clone, Copy)]
pub struct Evaluation<'a> {
    /// The scheme.
    pub policy: &'a Policy,
    /// What is known.
    pub facts: &'a Facts,
    /// How doubts are read.
    pub readings: &'a Readings,
}

impl Evaluation<'_> {
    /// The reading given to a doubt.
    pub fn reading(&self, doubt: &Name) -> Reading {
        match doubt.slot {
            Slot::Doubt(place) => self.readings.of(place),
            _ => Reading::Default,
        }
    }

    /// The form that the reading of its doubt selects.
    pub fn form<'p, Form>(&self, by: &'p ByReading<Form>) -> &'p Form {
        by.under(self.reading(&by.doubt))
    }

    /// What is known of the fact a name stands for.
    pub fn known(&self, name: &Name) -> Known {
        match name.slot {
            Slot::Fact(place) => self.facts.get(place),
            _ => Known::Missing,
        }
    }

    /// The figure, or `None` where something it is computed from is open.
    #[inline]
    pub fn quantity(&self, quantity: &Quantity) -> Option<Decimal> {
        match quantity {
            Quantity::Constant(figure) => Some(*figure),
            Quantity::Named(Name {
                slot: Slot::Fact(place),
                ..
            }) => self.facts.get(*place).figure(),
            composed => self.composed(composed),
        }
    }

    /// The figure of what is made of others.
    fn composed(&self, quantity: &Quantity) -> Option<Decimal> {
        let all = |parts: &[Quantity], join: fn(Decimal, Decimal) -> Decimal| {
            let mut figures = parts.iter().map(|part| self.quantity(part));
            let first = figures.next()??;
            figures.try_fold(first, |so_far, figure| Some(join(so_far, figure?)))
        };
        match quantity {
            Quantity::Named(name) => match name.slot {
                Slot::Fact(place) => self.facts.get(place).figure(),
                Slot::Quantity(place) => self.quantity(&self.policy.quantities[place].is),
                _ => None,
            },
            Quantity::Constant(figure) => Some(*figure),
            Quantity::Sum(parts) if parts.is_empty() => Some(Decimal::ZERO),
            Quantity::Sum(parts) => all(parts, Decimal::plus),
            Quantity::Min(parts) => all(parts, Decimal::min),
            Quantity::Max(parts) => all(parts, Decimal::max),
            Quantity::Count(conditions) => {
                let mut count = 0;
                for condition in conditions {
                    match self.condition(condition) {
                        Verdict::Met => count += 1,
                        Verdict::Unmet => {}
                        Verdict::Unclear => return None,
                    }
                }
                Some(Decimal::whole(count))
            }
            Quantity::Choose {
                condition,
                then,
                otherwise,
            } => match self.condition(condition) {
                Verdict::Met => self.quantity(then),
                Verdict::Unmet => self.quantity(otherwise),
                Verdict::Unclear => None,
            },
            Quantity::ByReading(by) => self.quantity(self.form(by)),
        }
    }

    /// Whether the condition is met.
    pub fn condition(&self, condition: &Condition) -> Verdict {
        let shown = |met: bool| if met { Verdict::Met } else { Verdict::Unmet };
        let compared = |left: &Quantity, right: &Quantity, holds: fn(&Decimal, &Decimal) -> bool| match (
            self.quantity(left),
            self.quantity(right),
        ) {
            (Some(left), Some(right)) => shown(holds(&left, &right)),
            _ => Verdict::Unclear,
        };
        match condition {
            Condition::Yes(name) => match self.known(name) {
                Known::Value(Value::YesNo(yes)) => shown(yes),
                _ => Verdict::Unclear,
            },
            Condition::All(parts) => self.all_or_any(parts, Verdict::Unmet, Verdict::Met),
            Condition::Any(parts) => self.all_or_any(parts, Verdict::Met, Verdict::Unmet),
            Condition::InOrder(parts) => {
                let verdicts = parts.iter().map(|part| self.condition(part));
                verdicts
                    .into_iter()
                    .find(|verdict| *verdict != Verdict::Met)
                    .unwrap_or(Verdict::Met)
            }
            Condition::Not(part) => match self.condition(part) {
                Verdict::Met => Verdict::Unmet,
                Verdict::Unmet => Verdict::Met,
                Verdict::Unclear => Verdict::Unclear,
            },
            Condition::AtLeast(left, right) => compared(left, right, Decimal::ge),
            Condition::MoreThan(left, right) => compared(left, right, Decimal::gt),
            Condition::AtMost(left, right) => compared(left, right, Decimal::le),
            Condition::Share(share) => self.share(share),
            Condition::OneOf { fact, choices } => match (self.known(fact), fact.slot) {
                (Known::Value(Value::Choice(chosen)), Slot::Fact(place)) => {
                    let choice = self.policy.facts[place].choices.get(chosen);
                    let id = choice.map(|choice| &choice.id);
                    shown(id.is_some_and(|id| choices.contains(id)))
                }
                _ => Verdict::Unclear,
            },
            Condition::Decided(verdict) => *verdict,
            Condition::ByReading(by) => self.condition(self.form(by)),
        }
    }

    /// One part that decides is enough; short of that, one that is unclear leaves all unclear.
    fn all_or_any(&self, parts: &[Condition], deciding: Verdict, otherwise: Verdict) -> Verdict {
        let mut verdict = otherwise;
        for part in parts {
            match self.condition(part) {
                decided if decided == deciding => return deciding,
                Verdict::Unclear => verdict = Verdict::Unclear,
                _ => {}
            }
        }
        verdict
    }

    /// A share of nothing is not reached, whatever else is open; a part larger
    /// than its whole is a conflict between figures and tells nothing.
    fn share(&self, share: &Share) -> Verdict {
        let whole = self.quantity(&share.of);
        if whole == Some(Decimal::ZERO) {
            return Verdict::Unmet;
        }
        match (self.quantity(&share.part), whole) {
            (Some(part), Some(whole)) if part <= whole => {
                if part.times(100) >= whole.times(share.at_least.0) {
                    Verdict::Met
                } else {
                    Verdict::Unmet
                }
            }
            _ => Verdict::Unclear,
        }
    }
}
