//! What follows from a policy and the answers: eligibility, scores, reasons,
//! what is open. Derived anew each time, never stored as truth, never failing:
//! gaps and conflicts are part of the result.

mod completeness;
mod cross_checks;
mod eligibility;
mod evaluation;
mod explanation;
mod facts;
mod narrative;
mod readings;
mod result;
mod scoring;

pub use completeness::{
    Progress, Progresses, StepState, answers_in_state, claims_without_evidence, is_needed,
};
pub use cross_checks::{Remark, cross_checks, suggested_answer, suggestions};
pub use eligibility::{Overall, RuleResult, binds};
pub use evaluation::Evaluation;
pub use explanation::{Explanation, SubCriterion, told_value};
pub use facts::{FactWarning, Facts, Known};
pub use narrative::draft;
pub use readings::Readings;
pub use result::{
    Assessment, Cause, Figures, OverallResult, RowResult, RowState, SectionResult, assess, assess_facts,
};
