//! What a total rests on beside settled answers and the default readings, in few words
//! for whoever reads the total alone, in a table or beside others.

use crate::answers::{Case, Date, FactState};
use crate::policy::Policy;

use super::completeness::answers_in_state;
use super::cross_checks::{cross_checks, open_remarks};
use super::result::{Assessment, assess};

/// How many answers are only planned, with the total without them, how many are rough or
/// of last year, which readings were chosen and how many rows lowered; empty where none is.
pub fn provisos(policy: &Policy, case: &Case, assessment: &Assessment) -> String {
    let mut said = Vec::new();
    for state in FactState::UNCHECKED.into_iter().rev() {
        let count = answers_in_state(case, state);
        if let (Some(mark), true) = (state.mark(), count > 0) {
            said.push(match state {
                FactState::Planned => {
                    let own = assess(policy, &case.without_plans()).total.own;
                    format!("{count} 项还是{mark}（不计这些 {own} 分）")
                }
                _ => format!("{count} 项{mark}"),
            });
        }
    }
    let chosen = assessment.choices(policy).into_iter().filter_map(|doubt| {
        let id = &policy.doubts[doubt].id;
        let chosen = case.readings.get(id)?;
        Some(format!("{id} {}", chosen.reading.label()))
    });
    let chosen: Vec<String> = chosen.collect();
    if !chosen.is_empty() {
        said.push(format!("另选读法 {}", chosen.join("、")));
    }
    let lowered = assessment.rows.iter().filter(|row| row.is_lowered()).count();
    if lowered > 0 {
        said.push(format!("调低 {lowered} 行"));
    }
    said.join("；")
}

/// For which year a case applies, where that is not the one of those around it.
pub(super) fn in_year(case: &Case) -> String {
    format!("按 {} 年度申报", case.application_year)
}

/// The same for a table of many firms: that a case is of another year than this one, and how
/// much is still asked about it, stands before it.
pub fn provisos_among_others(policy: &Policy, case: &Case, assessment: &Assessment, today: Date) -> String {
    let mut said = Vec::new();
    if case.application_year != today.year {
        said.push(in_year(case));
    }
    let remarks = cross_checks(policy, case, assessment, today);
    let open = open_remarks(&remarks, case).len();
    if open > 0 {
        said.push(format!("{open} 处待核对"));
    }
    let rest = provisos(policy, case, assessment);
    if !rest.is_empty() {
        said.push(rest);
    }
    said.join("；")
}
