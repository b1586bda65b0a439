//! An assessment part by part: each rule and each row by itself, with the facts
//! that it hangs on and no others. Of many cases those that are alike in these
//! come to the same in that part, so that it need not be computed anew.

use crate::policy::{FactIdx, IdxSet, IdxVec, Inputs, Policy, Reading, Row, RowIdx, Rule, RuleIdx};

use super::eligibility::{self, RuleResult};
use super::evaluation::Evaluation;
use super::explanation::Explanation;
use super::facts::Facts;
use super::needs::{Needs, RowState, parts_among};
use super::readings::Readings;
use super::result::{Figures, OverallResult, RowResult, Sums, row_without_causes};

/// The parts of a policy, with what each is derived from. No reading is chosen:
/// this is for facts alone.
pub struct PartByPart<'p> {
    policy: &'p Policy,
    rules: IdxVec<RuleIdx, RulePart<'p>>,
    rows: IdxVec<RowIdx, RowPart<'p>>,
    /// The optional facts, which are completed.
    completed: Vec<FactIdx>,
    default: Readings,
    by_reading: [Readings; 3],
}

/// A condition of entry.
pub struct RulePart<'p> {
    /// The condition.
    pub rule: &'p Rule,
    /// The facts that its result and its reason hang on.
    pub facts: IdxSet<FactIdx>,
    /// Whether some doubt may move it.
    is_doubtful: bool,
    /// The part-of relations among its figures.
    relations: Vec<usize>,
}

/// A row of the score sheet.
pub struct RowPart<'p> {
    pub row: &'p Row,
    /// The facts that its result and its reason hang on.
    pub facts: IdxSet<FactIdx>,
    needs: Needs,
}

impl<'p> PartByPart<'p> {
    /// The parts of a policy.
    pub fn of(policy: &'p Policy) -> Self {
        let rules = policy.rules.iter().map(|rule| {
            let inputs = Inputs::of_condition(policy, &rule.condition);
            RulePart {
                rule,
                is_doubtful: inputs.doubts.iter().next().is_some(),
                relations: parts_among(policy, &inputs.facts),
                facts: inputs.facts,
            }
        });
        let rows = policy.rows().map(|row| {
            let needs = Needs::of(policy, row);
            let mut facts = Inputs::of_score(policy, &row.score).facts;
            // Whether a fact is needed hangs on others.
            let needed_if = needs
                .facts
                .iter()
                .filter_map(|place| policy.facts[*place].needed_if.as_ref());
            needed_if.for_each(|condition| facts.extend(Inputs::of_condition(policy, condition).facts));
            RowPart { row, facts, needs }
        });
        Self {
            policy,
            rules: rules.collect(),
            rows: rows.collect(),
            completed: Facts::completed(policy).collect(),
            default: Readings::default(),
            by_reading: Reading::ALL.map(Readings::all),
        }
    }

    /// The conditions of entry in the policy's order.
    pub fn rules(&self) -> &IdxVec<RuleIdx, RulePart<'p>> {
        &self.rules
    }

    /// The rows in the official order.
    pub fn rows(&self) -> &IdxVec<RowIdx, RowPart<'p>> {
        &self.rows
    }

    fn under<'a>(&'a self, facts: &'a Facts, readings: &'a Readings) -> Evaluation<'a> {
        Evaluation {
            policy: self.policy,
            facts,
            readings,
        }
    }

    /// Gives each fact the value that counts, by the answers that were given.
    pub fn complete(&self, facts: &mut Facts) {
        facts.complete_these(self.policy, &self.completed);
    }

    fn explanation<'a>(&'a self, facts: &'a Facts) -> Explanation<'a> {
        Explanation::of_parts(self.policy, facts, &self.default)
    }

    /// Adds to a text why a condition of entry comes to what it comes to.
    pub fn explain_rule(&self, part: &RulePart<'_>, facts: &Facts, result: &RuleResult, out: &mut String) {
        let explanation = self.explanation(facts);
        explanation.write_rule(part.rule, &part.relations, result.default, out);
    }

    /// Adds to a text why a row scores what it scores.
    pub fn explain_row(&self, part: &RowPart<'_>, facts: &Facts, result: &RowResult, out: &mut String) {
        self.explanation(facts).write_row(part.row, result, out);
    }

    /// What a condition of entry comes to.
    pub fn rule(&self, part: &RulePart<'_>, facts: &Facts) -> RuleResult {
        let under = |readings| eligibility::evaluate(self.under(facts, readings), part.rule);
        let default = under(&self.default);
        let [strict, _, lenient] = self.by_reading.each_ref().map(|readings| {
            if part.is_doubtful {
                under(readings)
            } else {
                default
            }
        });
        RuleResult {
            strict,
            default,
            lenient,
            chosen: default,
        }
    }

    /// What a row comes to, but for the doubts that move it.
    pub fn row(&self, part: &RowPart<'_>, facts: &Facts) -> RowResult {
        let evaluation = self.under(facts, &self.default);
        row_without_causes(evaluation, &self.by_reading, part.row, &part.needs)
    }

    /// All conditions of entry together, in the policy's order.
    pub fn overall(&self, rules: &IdxVec<RuleIdx, RuleResult>) -> OverallResult {
        OverallResult::of(self.policy, &self.default, &self.by_reading, rules)
    }

    /// What the rows add up to, in the official order.
    pub fn sums(&self, rows: impl Iterator<Item = (RowState, Figures)>) -> Sums {
        Sums::of(self.policy, rows)
    }
}
