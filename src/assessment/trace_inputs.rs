//! The answers and figures that a trace makes use of, gathered on its way through
//! an expression, each once.

use crate::policy::{
    ByReading, Condition, DoubtIdx, FactIdx, FactKind, Name, Quantity, Reading, Slot, Verdict,
};
use crate::wording::{listed, quoted};

use super::explanation::shown_with_unit;
use super::reason_words::{ReasonWords, beside, joined, written};

/// An answer that was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceInput {
    pub fact: FactIdx,
    /// Its name.
    pub label: String,
    /// The answer in words, with its unit.
    pub value: String,
    /// Where it comes from.
    pub state: InputState,
}

/// Where an answer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputState {
    /// The applicant gave it.
    Given,
    /// An optional one was left out or cannot be used; what the policy says counts instead.
    Assumed,
    /// It is missing.
    Missing,
    /// It cannot be used.
    Faulty,
}

/// A figure that was computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computation {
    /// Its name.
    pub label: String,
    /// The figure with its unit.
    pub figure: String,
    /// What it was made of.
    pub how: String,
    /// The doubt that decided how, and the reading taken.
    pub doubt: Option<(DoubtIdx, Reading)>,
}

/// What a trace has made use of so far.
pub(super) struct Used<'a> {
    words: ReasonWords<'a>,
    /// The answers, in the order of their use.
    pub(super) inputs: Vec<TraceInput>,
    /// The figures that were computed from them.
    pub(super) computations: Vec<Computation>,
    /// The doubts on the way, with the reading taken.
    pub(super) readings: Vec<(DoubtIdx, Reading)>,
}

impl<'a> Used<'a> {
    /// Nothing yet.
    pub(super) const fn new(words: ReasonWords<'a>) -> Self {
        Self {
            words,
            inputs: Vec::new(),
            computations: Vec::new(),
            readings: Vec::new(),
        }
    }

    /// The form that the reading of its doubt selects, and the doubt noted.
    pub(super) fn form<'p, Form>(&mut self, by: &'p ByReading<Form>) -> &'p Form {
        if let Slot::Doubt(place) = by.doubt.slot
            && !self.readings.iter().any(|(noted, _)| *noted == place)
        {
            let reading = self.words.0.reading(&by.doubt);
            self.readings.push((place, reading));
        }
        self.words.0.form(by)
    }

    /// The answers and figures that a single condition looks at.
    pub(super) fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Yes(name) | Condition::OneOf { fact: name, .. } => self.name(name),
            Condition::Not(part) => self.condition(part),
            Condition::AtLeast(left, right)
            | Condition::MoreThan(left, right)
            | Condition::AtMost(left, right) => {
                self.quantity(left);
                self.quantity(right);
            }
            Condition::Share(share) => {
                self.quantity(&share.part);
                self.quantity(&share.of);
            }
            Condition::All(parts) | Condition::Any(parts) | Condition::InOrder(parts) => {
                parts.iter().for_each(|part| self.condition(part));
            }
            Condition::ByReading(by) => {
                let form = self.form(by);
                self.condition(form);
            }
            Condition::Decided(_) => {}
        }
    }

    pub(super) fn quantity(&mut self, quantity: &Quantity) {
        match quantity {
            Quantity::Named(name) => self.name(name),
            Quantity::Constant(_) => {}
            Quantity::Sum(parts) | Quantity::Min(parts) | Quantity::Max(parts) => {
                parts.iter().for_each(|part| self.quantity(part));
            }
            Quantity::Count(conditions) => conditions.iter().for_each(|one| self.condition(one)),
            Quantity::Choose {
                condition,
                then,
                otherwise,
            } => {
                self.condition(condition);
                let met = self.words.0.condition(condition) == Verdict::Met;
                self.quantity(if met { then } else { otherwise });
            }
            Quantity::ByReading(by) => {
                let form = self.form(by);
                self.quantity(form);
            }
        }
    }

    fn name(&mut self, name: &Name) {
        match name.slot {
            Slot::Fact(place) => self.input(place),
            Slot::Quantity(place) => {
                let named = &self.words.0.policy.quantities[place];
                if self.computations.iter().any(|done| done.label == named.label) {
                    return;
                }
                self.quantity(&named.is);
                let doubt = match &named.is {
                    Quantity::ByReading(by) => match by.doubt.slot {
                        Slot::Doubt(place) => Some((place, self.words.0.reading(&by.doubt))),
                        _ => None,
                    },
                    _ => None,
                };
                let figure = written(|out| self.words.figure_with(&named.is, &named.unit, out));
                let how = written(|out| self.words.made_of(&named.is, out));
                // Another name for an answer is shown only where a reading chose that answer.
                let alias = how == beside(&named.label, &figure);
                if !alias || doubt.is_some_and(|(_, reading)| reading != Reading::Default) {
                    self.computations.push(Computation {
                        label: named.label.clone(),
                        figure,
                        how,
                        doubt,
                    });
                }
            }
            _ => {}
        }
    }

    fn input(&mut self, place: FactIdx) {
        let evaluation = self.words.0;
        let fact = &evaluation.policy.facts[place];
        if self.inputs.iter().any(|input| input.fact == place) {
            return;
        }
        let shown = shown_with_unit(evaluation.policy, place, evaluation.facts.get(place));
        let fault = evaluation.facts.fault(place);
        let set_right = || {
            evaluation.facts.warning(place)?;
            shown_with_unit(evaluation.policy, place, evaluation.facts.given(place))
        };
        let (value, state) = match (shown, fault) {
            (Some(value), None) if evaluation.facts.is_answered(place) => match set_right() {
                Some(given) => (assumed(&given, fact.kind, &value), InputState::Assumed),
                None => (value, InputState::Given),
            },
            (Some(value), None) => (assumed("未填", fact.kind, &value), InputState::Assumed),
            (Some(value), Some(fault)) => (
                assumed(&fault.to_string(), fact.kind, &value),
                InputState::Assumed,
            ),
            (None, Some(fault)) => (fault.to_string(), InputState::Faulty),
            (None, None) => (String::from("未填"), InputState::Missing),
        };
        let needless = || {
            let needed = fact.needed_if.as_ref();
            needed.is_some_and(|condition| evaluation.condition(condition) != Verdict::Met)
        };
        if state == InputState::Missing && needless() {
            return;
        }
        self.inputs.push(TraceInput {
            fact: place,
            label: fact.label.clone(),
            value,
            state,
        });
    }
}

/// What counts in place of an answer that is not there or cannot be used.
fn assumed(why: &str, kind: FactKind, value: &str) -> String {
    match kind {
        FactKind::YesNo | FactKind::Choice => format!("{why}，按{}计", quoted(value)),
        _ => format!("{why}，{}", beside(&beside("按", value), "计")),
    }
}

impl ReasonWords<'_> {
    /// What a figure is made of, with the figures of its parts.
    fn made_of(&self, quantity: &Quantity, out: &mut String) {
        let join = |parts: &[Quantity], with: &str, out: &mut String| {
            joined(parts, with, out, |part, out| self.made_of(part, out));
        };
        match quantity {
            Quantity::Named(name) => self.labelled(&self.name_label(name), quantity, out),
            Quantity::Constant(figure) => figure.push_to(out),
            Quantity::Sum(parts) => join(parts, " ＋ ", out),
            Quantity::Min(parts) => {
                join(parts, "与 ", out);
                out.push_str("中较小的");
            }
            Quantity::Max(parts) => {
                join(parts, "与 ", out);
                out.push_str("中较大的");
            }
            Quantity::Count(conditions) => {
                let met = conditions
                    .iter()
                    .filter(|one| self.0.condition(one) == Verdict::Met);
                out.push_str("成立的有：");
                let labels: Vec<_> = met.map(|one| self.condition_label(one)).collect();
                out.push_str(&listed(&labels));
            }
            Quantity::Choose {
                condition,
                then,
                otherwise,
            } => {
                let verdict = self.0.condition(condition);
                self.condition(condition, verdict, out);
                out.push_str("，所以取");
                self.made_of(if verdict == Verdict::Met { then } else { otherwise }, out);
            }
            Quantity::ByReading(by) => self.made_of(self.0.form(by), out),
        }
    }
}
