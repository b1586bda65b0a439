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
mod range;
mod readings;
mod register;
mod result;
mod scoring;
mod staircase;
mod trace;
mod wording;

pub use completeness::{
    Progress, Progresses, StepState, approximate_answers, claims_without_evidence, is_needed,
};
pub use cross_checks::{Remark, cross_checks, suggested_answer, suggestions};
pub use eligibility::{Overall, RuleResult, binds};
pub use evaluation::Evaluation;
pub use explanation::{Explanation, SubCriterion, told_value};
pub use facts::{FactWarning, Facts, Known};
pub use narrative::draft;
pub use range::Range;
pub use readings::Readings;
pub use register::{Bearing, RuleBearing, doubts_register, signed};
pub use result::{
    Assessment, Cause, Figures, OverallResult, RowResult, RowState, SectionResult, assess, assess_facts,
};
pub use staircase::{NextStair, Stair, Staircase};
pub use trace::{InputState, Reckoning, Trace, TraceInput, TraceLine, TraceMark, TraceResult};
