//! Where the answer to a fact is used.

use crate::policy::{FactIdx, Group, IdxVec, Inputs, Policy, RowIdx, RuleIdx};

/// Which rows and rules each fact bears on.
pub struct Uses {
    rows: IdxVec<FactIdx, Vec<RowIdx>>,
    rules: IdxVec<FactIdx, Vec<RuleIdx>>,
    /// The questions that stand under the one for a fact, in its paper.
    later: IdxVec<FactIdx, Vec<FactIdx>>,
    /// Those that stand under it in the pre-check.
    later_in_precheck: IdxVec<FactIdx, Vec<FactIdx>>,
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
            later: later_questions(policy, policy.groups.iter().map(Group::facts)),
            later_in_precheck: later_in_precheck(policy),
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

    /// The same of a rule, among the questions that are answered, and among those of the
    /// pre-check where it is asked there.
    pub fn closes_rule(
        &self,
        fact: FactIdx,
        rule: RuleIdx,
        is_precheck: bool,
        is_answered: impl Fn(FactIdx) -> bool,
    ) -> bool {
        let later = if is_precheck {
            &self.later_in_precheck
        } else {
            &self.later
        };
        let mut later = later[fact].iter();
        !later.any(|later| self.rules(*later).contains(&rule) && is_answered(*later))
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

/// The questions under each one of the pre-check. One that hangs on another answer may not be there.
fn later_in_precheck(policy: &Policy) -> IdxVec<FactIdx, Vec<FactIdx>> {
    let is_always_there = |id: &&String| policy.fact(id).is_some_and(|(_, fact)| fact.needed_if.is_none());
    later_questions(
        policy,
        core::iter::once(policy.precheck.facts.iter().filter(is_always_there)),
    )
}

/// The questions under each one, for some rows of questions. Optional ones are folded away, so
/// that none of the others is told by them.
fn later_questions<'p, Asked: Iterator<Item = &'p String>>(
    policy: &Policy,
    asked: impl Iterator<Item = Asked>,
) -> IdxVec<FactIdx, Vec<FactIdx>> {
    let mut later: IdxVec<FactIdx, Vec<FactIdx>> = policy.facts.iter().map(|_| Vec::new()).collect();
    for ids in asked {
        let facts = ids.filter_map(|id| policy.fact(id));
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
