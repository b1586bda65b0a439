//! Which of the readings chosen for a case it hangs on. One that moves nothing
//! here has given no points, and nothing says that it has.

use crate::policy::{DoubtIdx, Expression, FactIdx, IdxSet, Inputs, Policy, Row, Rule};

use super::RuleResult;
use super::eligibility::{self, RuleStanding};
use super::evaluation::Evaluation;
use super::incremental::facts_under;
use super::needs::RowState;
use super::readings::Readings;
use super::result::{Assessment, RowResult};

impl Assessment {
    /// The chosen readings that a row or a condition of entry hangs on.
    pub fn choices(&self, policy: &Policy) -> IdxSet<DoubtIdx> {
        let mut all = IdxSet::default();
        for (row, result) in policy.rows().zip(&self.rows) {
            all.extend(self.choices_of_row(policy, row, result));
        }
        for (rule, result) in policy.rules.iter().zip(&self.rules) {
            all.extend(self.choices_of_rule(policy, rule, result));
        }
        all
    }

    /// The chosen readings without which a row would have other points.
    pub fn choices_of_row(&self, policy: &Policy, row: &Row, result: &RowResult) -> IdxSet<DoubtIdx> {
        if result.state != RowState::Answered {
            return IdxSet::default();
        }
        let points = |readings: &Readings| {
            let score = self.under(policy, readings).row_score(row);
            score.min(result.figures.lenient)
        };
        let inputs = || Inputs::of_score(policy, &row.score).doubts;
        self.choices_behind(points, (result.chosen, result.figures.default), inputs)
    }

    /// The chosen readings without which a condition of entry would stand otherwise.
    pub fn choices_of_rule(&self, policy: &Policy, rule: &Rule, result: &RuleResult) -> IdxSet<DoubtIdx> {
        let standing = |readings: &Readings| {
            let verdict = eligibility::evaluate(self.under(policy, readings), rule);
            RuleStanding::of(rule, verdict, readings)
        };
        let now = RuleStanding::of(rule, result.chosen, &self.readings);
        let default = RuleStanding::of(rule, result.default, &Readings::default());
        let inputs = || Inputs::of_condition(policy, &rule.condition).doubts;
        self.choices_behind(standing, (now, default), inputs)
    }

    /// The answers by which a condition of entry is decided: first those that only
    /// a reading chosen for the case looks at, then all that it cannot do without.
    pub fn answers_behind(&self, policy: &Policy, rule: &Rule) -> Vec<FactIdx> {
        let condition = Expression::Condition(&rule.condition);
        let default = facts_under(policy, &Readings::default(), condition);
        let mut facts = facts_under(policy, &self.readings, condition);
        facts.retain(|place| !default.contains(place));
        let required = Inputs::of_condition(policy, &rule.condition).facts.into_iter();
        let required = required.filter(|place| policy.facts[*place].optional.is_none());
        let required: Vec<FactIdx> = required.filter(|place| !facts.contains(place)).collect();
        facts.extend(required);
        facts
    }

    fn under<'a>(&'a self, policy: &'a Policy, readings: &'a Readings) -> Evaluation<'a> {
        Evaluation {
            policy,
            facts: &self.facts,
            readings,
        }
    }

    /// The chosen readings without which an outcome would be another one; of those
    /// of which one suffices, each that comes to it by itself.
    fn choices_behind<Outcome: PartialEq>(
        &self,
        outcome: impl Fn(&Readings) -> Outcome,
        (now, default): (Outcome, Outcome),
        inputs: impl Fn() -> IdxSet<DoubtIdx>,
    ) -> IdxSet<DoubtIdx> {
        let moves = |doubt: &DoubtIdx| {
            let alone = || Readings::only(*doubt, self.readings.of(*doubt));
            outcome(&self.readings.without(*doubt)) != now || (now != default && outcome(&alone()) == now)
        };
        let behind: IdxSet<DoubtIdx> = self.readings.chosen_doubts().filter(moves).collect();
        if now == default || behind.iter().next().is_some() {
            return behind;
        }
        // No one of them is needed and none suffices: all that it asks share in it.
        let inputs = inputs();
        let chosen = self.readings.chosen_doubts();
        chosen.filter(|doubt| inputs.contains(doubt)).collect()
    }
}
