//! The answers as figures to reckon with: checked, completed and bounded.

use crate::answers::{Fault, Value};
use crate::numbers::Decimal;

/// What is known of one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// A valid answer, or for an optional fact what counts instead.
    Value(Value),
    /// No answer.
    Missing,
    /// An answer that cannot be used.
    Invalid(Fault),
}

impl Known {
    /// The figure, where there is one.
    pub const fn figure(self) -> Option<Decimal> {
        match self {
            Self::Value(Value::Figure(figure)) => Some(figure),
            Self::Value(Value::YesNo(yes)) => Some(if yes { Decimal::whole(1) } else { Decimal::ZERO }),
            _ => None,
        }
    }
}

/// Something about an optional answer that is set right and told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactWarning {
    /// The fact's place in the register.
    pub fact: usize,
    /// What was done and what to look at.
    pub text: String,
}

/// All facts of a case, in the order of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The answers as they were given, right or wrong.
    pub(super) given: Vec<Known>,
    /// What counts.
    pub(super) known: Vec<Known>,
    /// What was set right.
    pub warnings: Vec<FactWarning>,
}

impl Facts {
    pub(super) fn set(&mut self, place: usize, known: Known) {
        if let Some(slot) = self.known.get_mut(place) {
            *slot = known;
        }
    }

    /// What is known of the fact at a place.
    pub fn get(&self, place: usize) -> Known {
        self.known.get(place).copied().unwrap_or(Known::Missing)
    }

    /// The answer to the fact at a place as it was given.
    pub fn given(&self, place: usize) -> Known {
        self.given.get(place).copied().unwrap_or(Known::Missing)
    }

    /// Whether the fact at a place was answered, rightly or wrongly.
    pub fn is_answered(&self, place: usize) -> bool {
        self.given(place) != Known::Missing
    }

    /// What is wrong with the answer at a place.
    pub fn fault(&self, place: usize) -> Option<Fault> {
        match self.given(place) {
            Known::Invalid(fault) => Some(fault),
            _ => None,
        }
    }
}
