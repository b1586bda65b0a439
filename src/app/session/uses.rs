//! Where the answer to a fact is used.

use crate::policy::{FactIdx, IdxVec, Inputs, Policy, RowIdx, RuleIdx};

/// Which rows and rules each fact bears on.
pub struct Uses {
    rows: IdxVec<FactIdx, Vec<RowIdx>>,
    rules: IdxVec<FactIdx, Vec<RuleIdx>>,
    /// The questions that stand under the one for a fact, in its paper.
    later: IdxVec<FactIdx, Vec<FactIdx>>,
}

impl Uses {
    pub(super) fn of(policy: &Policy) -> Self {
        let rows = policy.rows_enumerated();
        let rows = rows.map(|(place, row)| (place, Inputs::of_score(policy, &row.score)));
        let rules = policy.rules.enumerated();
        let rules = rules.map(|(place, rule)| (place, Inputs::of_condition(policy, &rule.condition)));
        Self {
            rows: users(policy, &rows.collect::<Vec<_>>()),
            rules: users(policy, &rules.collect::<Vec<_>>()),
            later: later_questions(policy),
        }
    }

    /// The rows that use a fact.
    pub fn rows(&self, fact: FactIdx) -> &[RowIdx] {
        &self.rows[fact]
    }

    /// The rules that use a fact.
    pub fn rules(&self, fact: FactIdx) -> &[RuleIdx] {
        &self.rules[fact]
    }

    /// Whether the reasons of a row stand under the question for a fact: of the questions of a
    /// paper they stand under the last that bears on it, and not again under each.
    pub fn closes_row(&self, fact: FactIdx, row: RowIdx) -> bool {
        let mut later = self.later[fact].iter();
        !later.any(|later| self.rows(*later).contains(&row))
    }

    /// The same of a rule.
    pub fn closes_rule(&self, fact: FactIdx, rule: RuleIdx) -> bool {
        let mut later = self.later[fact].iter();
        !later.any(|later| self.rules(*later).contains(&rule))
    }
}

/// For each fact, those among `all` that use it.
fn users<I: Copy>(policy: &Policy, all: &[(I, Inputs)]) -> IdxVec<FactIdx, Vec<I>> {
    let of = |fact: FactIdx| {
        let users = all.iter().filter(|(_, inputs)| inputs.facts.contains(&fact));
        users.map(|(user, _)| *user).collect()
    };
    policy.facts.indices().map(of).collect()
}

/// The questions under each one. Optional ones are folded away, so that none of the others
/// is told by them.
fn later_questions(policy: &Policy) -> IdxVec<FactIdx, Vec<FactIdx>> {
    let mut later: IdxVec<FactIdx, Vec<FactIdx>> = policy.facts.iter().map(|_| Vec::new()).collect();
    for group in &policy.groups {
        let facts = group.facts().filter_map(|id| policy.fact(id));
        let asked = facts.filter(|(_, fact)| fact.optional.is_none());
        let asked: Vec<FactIdx> = asked.map(|(place, _)| place).collect();
        let mut after: Vec<FactIdx> = Vec::new();
        for place in asked.into_iter().rev() {
            later[place].clone_from(&after);
            after.push(place);
        }
    }
    later
}
