//! How far a case has come, step by step.

use crate::answers::{Case, Date, EvidenceState, FactState, Finding, Severity, check_form};
use crate::policy::{FactIdx, Field, FieldKind, Group, Inputs, Policy, Verdict};

use super::cross_checks::{CUTOFF, cross_checks};
use super::eligibility::Overall;
use super::evidence::Papers;
use super::needs::RowState;
use super::question_needs::{fault_at, is_needed};
use super::result::Assessment;

/// How far one step has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// 未开始
    Untouched,
    /// 进行中
    Underway,
    /// 已完成
    Done,
    /// 有问题
    Faulty,
}

/// How far one step or group has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Answered and needed.
    pub done: usize,
    /// Needed.
    pub all: usize,
    /// Answers that cannot be used or conflict.
    pub faults: usize,
    /// Whether something was said though nothing of it counts as done: a paper is missing,
    /// an answer is asked about.
    pub is_begun: bool,
}

impl Progress {
    /// The state it amounts to.
    pub const fn state(self) -> StepState {
        if self.faults > 0 {
            StepState::Faulty
        } else if self.done == 0 && !self.is_begun {
            StepState::Untouched
        } else if self.done < self.all {
            StepState::Underway
        } else {
            StepState::Done
        }
    }
}

/// How far the whole case has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progresses {
    /// The pre-check.
    pub precheck: Progress,
    /// All questions.
    pub questions: Progress,
    /// Whether something is asked about the day on which heads are counted, which is one of
    /// them and of no group.
    pub is_cutoff_asked_about: bool,
    /// The question groups in the policy's order.
    pub groups: Vec<Progress>,
    /// The recommendation form.
    pub form: Progress,
    /// The conditions of entry: those that are decided, and those that fail.
    pub eligibility: Progress,
    /// The rows that can be scored, and those that cannot for a fault.
    pub score: Progress,
    /// The papers that are marked, of those that are wanted.
    pub evidence: Progress,
}

impl Progresses {
    /// Reads the progress of a case.
    pub fn of(policy: &Policy, case: &Case, assessment: &Assessment, today: Date) -> Self {
        Self::of_asked(policy, case, assessment, today, None)
    }

    /// Reads the progress of a case of which only some groups of questions are asked, by
    /// their ids; of all of them where none are named. What follows from the answers is
    /// that of the whole.
    pub fn of_asked(
        policy: &Policy,
        case: &Case,
        assessment: &Assessment,
        today: Date,
        asked: Option<&[String]>,
    ) -> Self {
        let is_asked = |group: &Group| asked.is_none_or(|asked| asked.contains(&group.id));
        let is_entered = |field: &Field| {
            let mut groups = policy.groups.iter().filter(|group| is_asked(group));
            asked.is_none() || groups.any(|group| group.fields.contains(&field.id))
        };
        let remarks = cross_checks(policy, case, assessment, today);
        let open = remarks.iter().filter(|remark| !remark.is_settled(case));
        let open: Vec<&str> = open.map(|remark| remark.at.as_str()).collect();
        let groups: Vec<_> = policy
            .groups
            .iter()
            .map(|group| {
                let facts = of_facts(
                    policy,
                    assessment,
                    &open,
                    group.blocks.iter().flat_map(|block| &block.facts),
                );
                // What is told for the narrative is no answer that counts, but may be asked about.
                let told = group.narrative.iter();
                let asked_about = told.filter(|id| open.contains(&id.as_str())).count();
                Progress {
                    all: facts.all + asked_about,
                    ..facts
                }
            })
            .collect();
        // The day on which heads are counted belongs to no group.
        let is_cutoff_asked_about = open.contains(&CUTOFF);
        let of_asked = policy.groups.iter().zip(&groups);
        let of_asked = of_asked.filter(|(group, _)| is_asked(group));
        let questions = of_asked.fold(
            Progress {
                done: 0,
                all: usize::from(is_cutoff_asked_about),
                faults: usize::from(case.cutoff_fault(today).is_some()),
                ..Progress::default()
            },
            |sum, (_, group)| Progress {
                done: sum.done + group.done,
                all: sum.all + group.all,
                faults: sum.faults + group.faults,
                is_begun: sum.is_begun || group.is_begun,
            },
        );
        Self {
            precheck: of_facts(policy, assessment, &open, policy.precheck.facts.iter()),
            questions,
            is_cutoff_asked_about,
            groups,
            form: of_form(policy, case, &open, today, is_entered),
            eligibility: of_rules(assessment),
            score: of_rows(assessment),
            evidence: of_evidence(policy, case, assessment),
        }
    }
}

/// The fields that are filled in, and that nothing is asked about any more.
fn of_form(
    policy: &Policy,
    case: &Case,
    open: &[&str],
    today: Date,
    is_entered: impl Fn(&Field) -> bool,
) -> Progress {
    let mut findings = check_form(policy, case, today);
    findings.retain(|(id, _)| policy.field(id).is_none_or(&is_entered));
    // A warning is settled once it was looked at.
    let is_questioned = |id: &str| {
        let mut warnings = findings
            .iter()
            .filter(|(at, finding)| at == id && finding.severity == Severity::Warning);
        open.contains(&id) || warnings.any(|(at, finding)| !case.is_acknowledged(at, &finding.text))
    };
    // What kind of document a private number is of is written by hand with it.
    let is_of_private = |field: &Field| field.private || field.kind == FieldKind::IdKind;
    // The year stands there by itself, and is neither asked for nor an answer.
    let is_given = |field: &Field| field.kind == FieldKind::Year && case.field(&field.id).is_empty();
    let wanted = policy
        .fields
        .iter()
        .filter(|field| !is_of_private(field) && !is_given(field) && is_entered(field));
    let is_error = |(id, finding): &&(String, Finding)| {
        finding.severity == Severity::Error && !case.field(id).trim().is_empty()
    };
    Progress {
        done: wanted
            .clone()
            .filter(|field| !case.entry(field).trim().is_empty() && !is_questioned(&field.id))
            .count(),
        all: wanted.count(),
        faults: findings.iter().filter(is_error).count(),
        is_begun: policy
            .fields
            .iter()
            .any(|field| is_entered(field) && !is_given(field) && !case.field(&field.id).trim().is_empty()),
    }
}

/// The conditions of entry that are decided.
fn of_rules(assessment: &Assessment) -> Progress {
    let rules = assessment.rules.iter();
    Progress {
        done: rules.filter(|rule| rule.chosen != Verdict::Unclear).count(),
        all: assessment.rules.len(),
        faults: usize::from(assessment.overall.chosen == Overall::Ineligible),
        ..Progress::default()
    }
}

/// The rows that can be scored.
fn of_rows(assessment: &Assessment) -> Progress {
    let in_state = |state| assessment.rows.iter().filter(|row| row.state == state).count();
    Progress {
        done: in_state(RowState::Answered),
        all: assessment.rows.len(),
        faults: in_state(RowState::Invalid),
        ..Progress::default()
    }
}

/// The facts that are still to be answered, in the policy's order: needed and without
/// an answer, or with one that cannot be used or that something is asked about.
pub fn open_facts(policy: &Policy, case: &Case, assessment: &Assessment, today: Date) -> Vec<FactIdx> {
    let remarks = cross_checks(policy, case, assessment, today);
    let open = remarks.iter().filter(|remark| !remark.is_settled(case));
    let open: Vec<&str> = open.map(|remark| remark.at.as_str()).collect();
    let is_open = |place: &FactIdx| {
        let is_asked_about = || open.contains(&policy.facts[*place].id.as_str());
        let is_missing = !assessment.facts.is_answered(*place);
        let is_faulty = || fault_at(policy, assessment, *place).is_some();
        is_asked_about() || is_faulty() || (is_missing && is_needed(policy, assessment, *place))
    };
    policy.facts.indices().filter(is_open).collect()
}

/// How far some facts have come. One that something is asked about is not done before that is settled.
fn of_facts<'a>(
    policy: &Policy,
    assessment: &Assessment,
    open: &[&str],
    ids: impl Iterator<Item = &'a String>,
) -> Progress {
    let places: Vec<FactIdx> = ids
        .filter_map(|id| policy.fact(id))
        .map(|(place, _)| place)
        .collect();
    let is_asked_about = |place: &FactIdx| open.contains(&policy.facts[*place].id.as_str());
    let is_faulty = |place: &FactIdx| fault_at(policy, assessment, *place).is_some();
    let is_to_settle = |place: &FactIdx| is_asked_about(place) || is_faulty(place);
    // An answer that nobody had to give wants to be settled as well once it is asked about or wrong.
    let needed: Vec<FactIdx> = places
        .iter()
        .copied()
        .filter(|place| is_needed(policy, assessment, *place) || is_to_settle(place))
        .collect();
    let in_conflict = policy.parts.iter().enumerate().filter(|(conflict, part)| {
        let inputs = Inputs::of_quantity(policy, &part.part).facts;
        assessment.rows.iter().any(|row| row.conflicts.contains(conflict))
            && inputs.iter().any(|place| places.contains(place))
    });
    Progress {
        done: needed
            .iter()
            .filter(|place| assessment.facts.is_answered(**place) && !is_to_settle(place))
            .count(),
        all: needed.len(),
        faults: places.iter().filter(|place| is_faulty(place)).count() + in_conflict.count(),
        // What is asked about was answered all the same.
        is_begun: needed.iter().any(|place| assessment.facts.is_answered(*place)),
    }
}

fn of_evidence(policy: &Policy, case: &Case, assessment: &Assessment) -> Progress {
    let papers = Papers::of(policy, case, assessment);
    // What an answer made moot is no work that was done.
    let wanted = policy.evidence.iter().filter(|document| {
        !papers.is_moot(document)
            && (papers.is_claimed(document) || papers.state(document) != EvidenceState::Open)
    });
    let wanted: Vec<EvidenceState> = wanted.map(|document| papers.state(document)).collect();
    Progress {
        done: wanted
            .iter()
            .filter(|state| matches!(state, EvidenceState::Ready | EvidenceState::NotApplicable))
            .count(),
        all: wanted.len(),
        faults: 0,
        is_begun: wanted.iter().any(|state| *state != EvidenceState::Open),
    }
}

/// How many answers are still to be checked in this state: the rough figures
/// of the pre-check, or last year's.
pub fn answers_in_state(case: &Case, state: FactState) -> usize {
    let details = case.fact_details.values();
    details.filter(|detail| detail.is_in(state)).count()
}
