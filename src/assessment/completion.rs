//! What completes facts: the value of an optional one follows from others,
//! so that it takes an evaluation of those to complete it.

use core::cmp::Ordering;

use crate::answers::{Value, read_value};
use crate::json::Object;
use crate::numbers::Decimal;
use crate::policy::{FactIdx, FactKind, Policy, Quantity};

use super::evaluation::Evaluation;
use super::facts::{FactWarning, Facts, Known};
use super::readings::Readings;

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
        let mut facts = Self::default();
        facts.refill(policy, given);
        facts
    }

    /// Takes the place of what was there: what is known of each fact as it was
    /// given, in the order of the register. It keeps the room it has for them.
    pub fn refill(&mut self, policy: &Policy, given: impl Iterator<Item = Known>) {
        self.warnings.clear();
        self.given.refill(given);
        self.known.refill(self.given.iter().copied());
        for place in policy.facts.indices() {
            self.complete(policy, place);
        }
    }

    /// The facts with other answers to some of them. `completed` are the optional
    /// facts that lean on those, in the order of the register. What is set right
    /// is not shown.
    pub(super) fn with(
        &self,
        policy: &Policy,
        answers: impl Iterator<Item = (FactIdx, Value)>,
        completed: &[FactIdx],
    ) -> Self {
        let mut facts = Self {
            given: self.given.clone(),
            known: self.known.clone(),
            warnings: Vec::new(),
        };
        for (place, value) in answers {
            facts.set(place, Known::Value(value));
            facts.given[place] = Known::Value(value);
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
    fn complete(&mut self, policy: &Policy, place: FactIdx) {
        let fact = &policy.facts[place];
        let Some(optional) = &fact.optional else {
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
}
