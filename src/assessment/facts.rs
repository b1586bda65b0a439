//! The answers as figures to reckon with: checked, completed and bounded.

use core::cmp::Ordering;

use crate::answers::{Fault, Value, read_value};
use crate::json::Object;
use crate::numbers::Decimal;
use crate::policy::{FactKind, Policy, Quantity};

use super::evaluation::Evaluation;
use super::readings::Readings;

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
    given: Vec<Known>,
    /// What counts.
    known: Vec<Known>,
    /// What was set right.
    pub warnings: Vec<FactWarning>,
}

impl Facts {
    /// Reads the answers by the policy's register.
    pub fn read(policy: &Policy, answers: &Object) -> Self {
        let given = policy
            .facts
            .iter()
            .map(|fact| match read_value(fact, answers.get(&fact.id)) {
                Ok(Some(value)) => Known::Value(value),
                Ok(None) => Known::Missing,
                Err(fault) => Known::Invalid(fault),
            });
        let given: Vec<_> = given.collect();
        let mut facts = Self {
            known: given.clone(),
            given,
            warnings: Vec::new(),
        };
        for place in 0..policy.facts.len() {
            facts.complete(policy, place);
        }
        facts
    }

    /// The facts with other answers to some of them. `completed` are the optional
    /// facts that lean on those, in the order of the register. What is set right
    /// is not told.
    pub(super) fn with(
        &self,
        policy: &Policy,
        answers: impl Iterator<Item = (usize, Value)>,
        completed: &[usize],
    ) -> Self {
        let mut facts = Self {
            given: self.given.clone(),
            known: self.known.clone(),
            warnings: Vec::new(),
        };
        for (place, value) in answers {
            facts.set(place, Known::Value(value));
            if let Some(given) = facts.given.get_mut(place) {
                *given = Known::Value(value);
            }
        }
        for place in completed {
            facts.set(*place, facts.given(*place));
            facts.complete(policy, *place);
        }
        facts
    }

    /// Gives an optional fact the value that counts. An optional figure says
    /// something only beside the figures it is part of, so where one of those
    /// is open, it is open too.
    fn complete(&mut self, policy: &Policy, place: usize) {
        let Some((fact, optional)) = policy
            .facts
            .get(place)
            .and_then(|fact| Some((fact, fact.optional.as_ref()?)))
        else {
            return;
        };
        if fact.kind == FactKind::YesNo {
            if !matches!(self.get(place), Known::Value(_)) {
                self.set(place, Known::Value(Value::YesNo(false)));
            }
            return;
        }
        let readings = Readings::default();
        let evaluation = Evaluation {
            policy,
            facts: self,
            readings: &readings,
        };
        let figures = |of: &[Quantity]| {
            of.iter()
                .map(|quantity| evaluation.quantity(quantity))
                .collect::<Option<Vec<_>>>()
        };
        let otherwise = optional
            .otherwise
            .as_ref()
            .map_or(Some(Decimal::ZERO), |quantity| evaluation.quantity(quantity));
        let (Some(otherwise), Some(least), Some(most)) =
            (otherwise, figures(&optional.at_least), figures(&optional.at_most))
        else {
            self.set(place, Known::Missing);
            return;
        };
        let Known::Value(Value::Figure(given)) = self.get(place) else {
            self.set(place, Known::Value(Value::Figure(otherwise)));
            return;
        };
        let raised = least.into_iter().fold(given, Decimal::max);
        let bounded = most.into_iter().fold(raised, Decimal::min);
        let side = match given.cmp(&bounded) {
            Ordering::Equal => return,
            Ordering::Greater => "多于",
            Ordering::Less => "少于",
        };
        let unit = &fact.unit;
        let text = format!(
            "{} {given} {unit}{side}相关的 {bounded} {unit}，暂按 {bounded} {unit}计，请核对其中一项。",
            fact.label
        );
        self.warnings.push(FactWarning { fact: place, text });
        self.set(place, Known::Value(Value::Figure(bounded)));
    }

    fn set(&mut self, place: usize, known: Known) {
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
