//! Where the answer to a fact is used.

use crate::policy::{FactIdx, IdxVec, Inputs, Policy, RowIdx, RuleIdx};

/// Which rows and rules each fact bears on.
pub struct Uses {
    rows: IdxVec<FactIdx, Vec<RowIdx>>,
    rules: IdxVec<FactIdx, Vec<RuleIdx>>,
    /// The question that stands under the one for a fact, in the papers.
    next: IdxVec<FactIdx, Option<FactIdx>>,
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
            next: next_questions(policy),
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

    /// Whether the reasons of a row stand under the question for a fact: of several
    /// questions one under the other they stand under the last, and not again under each.
    pub fn closes_row(&self, fact: FactIdx, row: RowIdx) -> bool {
        self.next[fact].is_none_or(|next| !self.rows(next).contains(&row))
    }

    /// The same of a rule.
    pub fn closes_rule(&self, fact: FactIdx, rule: RuleIdx) -> bool {
        self.next[fact].is_none_or(|next| !self.rules(next).contains(&rule))
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

/// The question under each one. Optional ones are folded away, so that none of the others
/// is told by them.
fn next_questions(policy: &Policy) -> IdxVec<FactIdx, Option<FactIdx>> {
    let mut next: IdxVec<FactIdx, Option<FactIdx>> = policy.facts.iter().map(|_| None).collect();
    for group in &policy.groups {
        let facts = group.facts().filter_map(|id| policy.fact(id));
        let mut before: Option<FactIdx> = None;
        for (place, _) in facts.filter(|(_, fact)| fact.optional.is_none()) {
            if let Some(before) = before.replace(place) {
                next[before] = Some(place);
            }
        }
    }
    next
}
