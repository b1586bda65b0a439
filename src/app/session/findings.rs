//! The sentences about an assessment that more than one view shows.

use crate::answers::{Case, Date};
use crate::assessment::{Assessment, Explanation, Remark, cross_checks};
use crate::policy::{IdxVec, Policy, Row, RowIdx, Rule, RuleIdx};

/// What is said about an assessment, made once for every view that shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The reason of each row.
    pub rows: IdxVec<RowIdx, String>,
    /// The reason of each rule.
    pub rules: IdxVec<RuleIdx, String>,
    /// Remarks on answers that do not agree.
    pub remarks: Vec<Remark>,
}

impl Findings {
    pub(super) fn of(policy: &Policy, case: &Case, assessment: &Assessment, today: Date) -> Self {
        let explanation = Explanation::new(policy, assessment);
        let rows = policy.rows().zip(&assessment.rows);
        let rules = policy.rules.iter().zip(&assessment.rules);
        Self {
            rows: rows
                .map(|(row, result): (&Row, _)| explanation.row(row, result))
                .collect(),
            rules: rules
                .map(|(rule, result): (&Rule, _)| explanation.rule(rule, result.chosen))
                .collect(),
            remarks: cross_checks(policy, case, assessment, today),
        }
    }
}
