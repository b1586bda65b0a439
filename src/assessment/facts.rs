//! The answers as figures to compute with: checked, completed and bounded.

use crate::answers::{Fault, Value};
use crate::numbers::Decimal;
use crate::policy::{FactIdx, IdxVec, Policy};

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

/// An optional answer that does not go with the figures it is part of, and is set right and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactWarning {
    pub fact: FactIdx,
    /// What was answered.
    pub given: Decimal,
    /// What counts in its place.
    pub counts: Decimal,
}

impl FactWarning {
    /// What was done and what to look at.
    pub fn text(&self, policy: &Policy) -> String {
        let Self { fact, given, counts } = self;
        let fact = &policy.facts[*fact];
        let unit = &fact.unit;
        let side = if given > counts { "多于" } else { "少于" };
        format!(
            "{} {given} {unit}{side}相关的 {counts} {unit}，{}，请核对其中一项。",
            fact.label,
            self.counted(policy)
        )
    }

    /// What counts for now, to stand beside what was answered.
    pub fn counted(&self, policy: &Policy) -> String {
        format!("暂按 {} {}计", self.counts, policy.facts[self.fact].unit)
    }
}

/// All facts of a case, in the order of the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The answers as they were given, right or wrong.
    pub(super) given: IdxVec<FactIdx, Known>,
    /// What counts.
    pub(super) known: IdxVec<FactIdx, Known>,
    /// What was set right.
    pub warnings: Vec<FactWarning>,
}

impl Facts {
    pub(super) fn set(&mut self, fact: FactIdx, known: Known) {
        self.known[fact] = known;
    }

    /// What is known of a fact.
    pub fn get(&self, fact: FactIdx) -> Known {
        self.known[fact]
    }

    /// The answer to a fact as it was given.
    pub fn given(&self, fact: FactIdx) -> Known {
        self.given[fact]
    }

    /// Whether a fact was answered, rightly or wrongly.
    pub fn is_answered(&self, fact: FactIdx) -> bool {
        self.given(fact) != Known::Missing
    }

    /// What was set right of the answer to a fact.
    pub fn warning(&self, fact: FactIdx) -> Option<&FactWarning> {
        self.warnings.iter().find(|warning| warning.fact == fact)
    }

    /// What is wrong with the answer to a fact.
    pub fn fault(&self, fact: FactIdx) -> Option<Fault> {
        match self.given(fact) {
            Known::Invalid(fault) => Some(fault),
            _ => None,
        }
    }
}
