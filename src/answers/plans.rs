//! Answers that are only planned (计划): taken over from a trial, shown as such
//! until they are confirmed, and taken back in one step.

use super::{Case, FactDetail, FactState, read_value};
use crate::json::{Json, Object};
use crate::policy::{FactKind, Policy};

/// What an answer was before a planned one took its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopted {
    fact: String,
    before: (Option<Json>, Option<FactDetail>),
    planned: Option<Json>,
}

impl Adopted {
    /// The id of the fact.
    pub fn fact(&self) -> &str {
        &self.fact
    }

    /// Its answer before; none where there was none.
    pub fn before(&self) -> Option<&Json> {
        self.before.0.as_ref()
    }
}

impl Case {
    /// Those of some tried answers that can be counted and are others than those given; null takes one back.
    pub fn adoptable(&self, policy: &Policy, tried: &Object) -> Object {
        let mut adoptable = Object::new();
        for (id, answer) in tried {
            let Some((_, fact)) = policy.fact(id) else {
                continue;
            };
            let (now, then) = (self.facts.get(id), Some(answer));
            let (now, then) = (read_value(fact, now), read_value(fact, then));
            if then.is_ok() && now != then {
                adoptable.insert(id.clone(), answer.clone());
            }
        }
        adoptable
    }

    /// Takes tried answers over as planned ones; what is not [adoptable](Self::adoptable) stays out.
    pub fn adopt(&mut self, policy: &Policy, tried: &Object) -> Vec<Adopted> {
        let mut adopted = Vec::new();
        for (id, answer) in &self.adoptable(policy, tried) {
            let planned = (*answer != Json::Null).then(|| answer.clone());
            adopted.push(Adopted {
                fact: id.clone(),
                before: (self.facts.get(id).cloned(), self.fact_details.get(id).cloned()),
                planned: planned.clone(),
            });
            let state = if planned.is_some() {
                FactState::Planned
            } else {
                FactState::Exact
            };
            let is_dated = policy
                .fact(id)
                .is_some_and(|(_, fact)| fact.kind == FactKind::Years);
            self.change_detail(id, |detail| {
                detail.state = state;
                if is_dated {
                    // The day that the answer before stood for would bring that back.
                    detail.date.clear();
                }
            });
            self.set_fact(id, planned);
        }
        adopted
    }

    /// Puts answers back exactly as they were before they were adopted, and gives
    /// those that stay as they are, since they were changed or confirmed since.
    pub fn take_back<'a>(&mut self, adopted: &'a [Adopted]) -> Vec<&'a Adopted> {
        let mut staying = Vec::new();
        for one in adopted {
            let state = self.fact_details.get(&one.fact).map(|detail| detail.state);
            let confirmed = one.planned.is_some() && state != Some(FactState::Planned);
            if confirmed || self.facts.get(&one.fact) != one.planned.as_ref() {
                if self.facts.get(&one.fact) != one.before.0.as_ref() {
                    staying.push(one);
                }
                continue;
            }
            let (answer, detail) = one.before.clone();
            self.set_fact(&one.fact, answer);
            match detail {
                Some(detail) => self.fact_details.insert(one.fact.clone(), detail),
                None => self.fact_details.remove(&one.fact),
            };
        }
        staying
    }
}
