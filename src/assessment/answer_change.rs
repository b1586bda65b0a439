//! The change of one answer.

use crate::answers::Value;
use crate::json::Json;
use crate::numbers::Decimal;
use crate::policy::{FactIdx, Policy};

/// The change of one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerChange {
    pub fact: FactIdx,
    /// What counts now.
    pub from: Value,
    /// The new answer.
    pub to: Value,
}

impl AnswerChange {
    /// The new answer as a case file has it.
    pub fn answer(&self, policy: &Policy) -> Json {
        match self.to {
            Value::YesNo(yes) => Json::Bool(yes),
            Value::Figure(figure) => Json::number(figure),
            Value::Choice(chosen) => {
                let choice = policy.facts[self.fact].choices.get(chosen);
                choice.map_or(Json::Null, |choice| Json::text(&*choice.id))
            }
        }
    }

    /// By how much a figure changes, whichever way.
    pub fn difference(&self) -> Option<Decimal> {
        match (self.from, self.to) {
            (Value::Figure(from), Value::Figure(to)) if from > to => Some(from.minus(to)),
            (Value::Figure(from), Value::Figure(to)) => Some(to.minus(from)),
            _ => None,
        }
    }
}
