//! What follows from a policy and the answers: eligibility, scores, reasons,
//! what is open. Derived anew each time, never stored as truth, never failing:
//! gaps and conflicts are part of the result.

mod advice;
mod alternatives;
mod answer_change;
mod choices;
mod comparison;
mod completeness;
mod completion;
mod condition_solver;
mod cross_checks;
mod doubt_effects;
mod doubted_remarks;
mod eligibility;
mod eligibility_path;
mod evaluation;
mod evidence;
mod explanation;
mod facts;
mod improvement_words;
mod improvements;
mod incremental;
mod narrative;
mod jointly;
mod needs;
mod next_step;
mod part_by_part;
mod plan;
mod provisos;
mod question_needs;
mod range;
mod readings;
mod renewal;
mod rest;
mod unsettled;
mod result;
mod scoring;
mod staircase;
mod trace;
mod trace_inputs;
mod verdict_sentence;
mod what_if;
mod reason_words;

pub use advice::{Advice, advise};
pub use alternatives::alternatives;
pub use answer_change::AnswerChange;
pub use comparison::{
    Compared, ComparedFact, ComparedRow, ComparedRule, Comparison, differ, gap, range_words,
};
pub use completeness::{Progress, Progresses, StepState, answers_in_state, open_facts};
pub use cross_checks::{CUTOFF, Remark, cross_checks, open_remarks, suggested_answer, suggestions};
pub use doubt_effects::{DoubtEffect, RuleEffect, doubt_effects};
pub use eligibility::{ConditionCounts, Overall, RuleResult, RuleStanding, binds};
pub use eligibility_path::{EligibilityGap, EligibilityPath, Obstacle, eligibility_path};
pub use evaluation::Evaluation;
pub use evidence::{Papers, Unproved, claims_without_evidence};
pub use explanation::{Explanation, SubCriterion, shown_value, shown_with_unit};
pub use facts::{FactWarning, Facts, Known};
pub use improvement_words::signed;
pub use improvements::Improvement;
pub use jointly::{Jointly, jointly};
pub use narrative::{Silence, draft, drafted};
pub use needs::RowState;
pub use next_step::next_step;
pub use part_by_part::{PartByPart, RowPart, RulePart};
pub use plan::{Lack, Plan, Shortfall, plan};
pub use provisos::{provisos, provisos_among_others};
pub use question_needs::{counts_as_usual, fault_at, is_needed, is_needless};
pub use range::Range;
pub use readings::Readings;
pub use renewal::{ChangedValue, Renewed, StaleSentence, new_sentences, renewed, stale_sentences};
pub use rest::{Rest, deciding_facts};
pub use result::{
    Assessment, Cause, Figures, OverallResult, RowResult, SectionResult, Sums, assess, assess_facts,
};
pub use staircase::{NextStair, Stair, Staircase};
pub use trace::{Trace, TraceLine, TraceMark, TraceResult};
pub use trace_inputs::{Computation, InputState, TraceInput};
pub use unsettled::Unsettled;
pub use verdict_sentence::verdict_sentence;
pub use what_if::what_if;
