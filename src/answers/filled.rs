//! Questions answered together with no and zero, and the way back from that.

use crate::json::Json;
use crate::policy::{Fact, FactKind};

use super::case::Case;

/// What was filled in at one press, with what was in its places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    answers: Vec<FilledAnswer>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct FilledAnswer {
    fact: String,
    before: Option<Json>,
    after: Json,
}

impl Case {
    /// Answers facts with zero where they count and with no elsewhere.
    pub fn fill_in(&mut self, facts: &[Fact]) -> Filled {
        let answers = facts.iter().map(|fact| {
            let after = if fact.kind == FactKind::Count {
                Json::number(0)
            } else {
                Json::Bool(false)
            };
            let before = self.facts.get(&fact.id).cloned();
            self.set_fact(&fact.id, Some(after.clone()));
            FilledAnswer {
                fact: fact.id.clone(),
                before,
                after,
            }
        });
        Filled {
            answers: answers.collect(),
        }
    }

    /// Whether some answer still stands as it was filled in.
    pub fn has_filled(&self, filled: &Filled) -> bool {
        filled.answers.iter().any(|one| self.stands_as_filled(one))
    }

    /// Takes out what was filled in, all but what was answered otherwise since;
    /// what was said elsewhere meanwhile stays.
    pub fn take_filled_out(&mut self, filled: &Filled) {
        for one in &filled.answers {
            if self.stands_as_filled(one) {
                self.set_fact(&one.fact, one.before.clone());
            }
        }
    }

    fn stands_as_filled(&self, one: &FilledAnswer) -> bool {
        self.facts.get(&one.fact) == Some(&one.after)
    }
}
