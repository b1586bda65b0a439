//! Where the answer to a fact is used.

use crate::policy::{FactIdx, IdxVec, Inputs, Policy, RowIdx, RuleIdx};

/// Which rows and rules each fact bears on.
pub struct Uses {
    rows: IdxVec<FactIdx, Vec<RowIdx>>,
    rules: IdxVec<FactIdx, Vec<RuleIdx>>,
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
}

/// For each fact, those among `all` that use it.
fn users<I: Copy>(policy: &Policy, all: &[(I, Inputs)]) -> IdxVec<FactIdx, Vec<I>> {
    let of = |fact: FactIdx| {
        let users = all.iter().filter(|(_, inputs)| inputs.facts.contains(&fact));
        users.map(|(user, _)| *user).collect()
    };
    policy.facts.indices().map(of).collect()
}
