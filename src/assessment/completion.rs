//! What completes facts: the value of an optional one follows from others,
//! so that it takes an evaluation of those to complete it.

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
        let mut facts = Self {
            given: given.collect(),
            ..Self::default()
        };
        let optional: Vec<_> = Self::completed(policy).collect();
        facts.complete_these(policy, &optional);
        facts
    }

    /// Takes all answers away, and keeps the room that they had.
    pub fn clear(&mut self, policy: &Policy) {
        self.given.refill(policy.facts.iter().map(|_| Known::Missing));
    }

    /// Takes an answer, before all are completed.
    pub fn give(&mut self, place: FactIdx, answer: Known) {
        self.given[place] = answer;
    }

    /// The optional facts in the order of the register, which are completed.
    pub(super) fn completed(policy: &Policy) -> impl Iterator<Item = FactIdx> {
        let facts = policy.facts.enumerated();
        facts.filter_map(|(place, fact)| fact.optional.is_some().then_some(place))
    }

    /// Gives each fact the value that counts, by the answers that were given.
    pub(super) fn complete_these(&mut self, policy: &Policy, optional: &[FactIdx]) {
        self.warnings.clear();
        self.known.refill(self.given.iter().copied());
        for place in optional {
            self.complete(policy, *place);
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
        let otherwise = optional
            .otherwise
            .as_ref()
            .map_or(Some(Decimal::ZERO), |quantity| evaluation.quantity(quantity));
        let bounded = |figure: Decimal| {
            let bound = |figure, of: &[Quantity], join: fn(Decimal, Decimal) -> Decimal| {
                let mut bounds = of.iter();
                bounds.try_fold(figure, |figure, bound| {
                    Some(join(figure, evaluation.quantity(bound)?))
                })
            };
            let raised = bound(figure, &optional.at_least, Decimal::max)?;
            bound(raised, &optional.at_most, Decimal::min)
        };
        let given = match self.get(place) {
            Known::Value(Value::Figure(given)) => Some(given),
            _ => None,
        };
        let counts = match (otherwise, bounded(given.unwrap_or_default())) {
            (Some(otherwise), Some(bounded)) => given.map_or(otherwise, |_| bounded),
            _ => return self.set(place, Known::Missing),
        };
        if let Some(given) = given.filter(|given| *given != counts) {
            self.warnings.push(FactWarning {
                fact: place,
                given,
                counts,
            });
        }
        self.set(place, Known::Value(Value::Figure(counts)));
    }
}
