//! How far a case has come, step by step.

use crate::answers::{Case, Date, EvidenceState, FactState, Severity, check_form};
use crate::numbers::Points;
use crate::policy::{Document, Inputs, Policy, Verdict};

use super::eligibility::Overall;
use super::evaluation::Evaluation;
use super::readings::Readings;
use super::result::{Assessment, RowState};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Answered and needed.
    pub done: usize,
    /// Needed.
    pub all: usize,
    /// Answers that cannot be used or conflict.
    pub faults: usize,
}

impl Progress {
    /// The state it amounts to.
    pub const fn state(self) -> StepState {
        if self.faults > 0 {
            StepState::Faulty
        } else if self.done == 0 {
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
        let groups: Vec<_> = policy
            .groups
            .iter()
            .map(|group| {
                of_facts(
                    policy,
                    assessment,
                    group.blocks.iter().flat_map(|block| &block.facts),
                )
            })
            .collect();
        let questions = groups.iter().fold(
            Progress {
                done: 0,
                all: 0,
                faults: 0,
            },
            |sum, group| Progress {
                done: sum.done + group.done,
                all: sum.all + group.all,
                faults: sum.faults + group.faults,
            },
        );
        let findings = check_form(policy, case, today);
        // A warning is settled once it was looked at.
        let is_questioned = |id: &str| {
            let mut warnings = findings
                .iter()
                .filter(|(at, finding)| at == id && finding.severity == Severity::Warning);
            warnings.any(|(at, finding)| !case.is_acknowledged(at, &finding.text))
        };
        let wanted_fields = policy.fields.iter().filter(|field| !field.private);
        let form = Progress {
            done: wanted_fields
                .clone()
                .filter(|field| !case.entry(field).trim().is_empty() && !is_questioned(&field.id))
                .count(),
            all: wanted_fields.count(),
            faults: findings
                .iter()
                .filter(|(id, finding)| {
                    finding.severity == Severity::Error && !case.field(id).trim().is_empty()
                })
                .count(),
        };
        let decided = assessment
            .rules
            .iter()
            .filter(|rule| rule.chosen != Verdict::Unclear)
            .count();
        let eligibility = Progress {
            done: decided,
            all: assessment.rules.len(),
            faults: usize::from(assessment.overall.chosen == Overall::Ineligible),
        };
        let score = Progress {
            done: assessment
                .rows
                .iter()
                .filter(|row| row.state == RowState::Answered)
                .count(),
            all: assessment.rows.len(),
            faults: assessment
                .rows
                .iter()
                .filter(|row| row.state == RowState::Invalid)
                .count(),
        };
        let evidence = of_evidence(policy, case, assessment);
        Self {
            precheck: of_facts(policy, assessment, policy.precheck.facts.iter()),
            questions,
            groups,
            form,
            eligibility,
            score,
            evidence,
        }
    }
}

/// Whether the fact at a place is asked for in this case: not optional and not
/// made needless by another answer.
pub fn is_needed(policy: &Policy, assessment: &Assessment, place: usize) -> bool {
    let readings = Readings::default();
    let evaluation = Evaluation {
        policy,
        facts: &assessment.facts,
        readings: &readings,
    };
    policy.facts.get(place).is_some_and(|fact| {
        fact.optional.is_none()
            && fact
                .needed_if
                .as_ref()
                .is_none_or(|condition| evaluation.condition(condition) == Verdict::Met)
    })
}

fn of_facts<'a>(policy: &Policy, assessment: &Assessment, ids: impl Iterator<Item = &'a String>) -> Progress {
    let places: Vec<usize> = ids
        .filter_map(|id| policy.fact(id))
        .map(|(place, _)| place)
        .collect();
    let needed: Vec<usize> = places
        .iter()
        .copied()
        .filter(|place| is_needed(policy, assessment, *place))
        .collect();
    let faulty = |place: &&usize| assessment.facts.fault(**place).is_some();
    let in_conflict = policy.parts.iter().enumerate().filter(|(conflict, part)| {
        let inputs = Inputs::of_quantity(policy, &part.part).facts;
        assessment.rows.iter().any(|row| row.conflicts.contains(conflict))
            && inputs.iter().any(|place| places.contains(place))
    });
    Progress {
        done: needed
            .iter()
            .filter(|place| assessment.facts.is_answered(**place))
            .count(),
        all: needed.len(),
        faults: places.iter().filter(faulty).count() + in_conflict.count(),
    }
}

/// Whether a paper is wanted: some row that it serves claims points.
fn claims(policy: &Policy, assessment: &Assessment, document: &Document) -> bool {
    let rows = policy.rows().zip(&assessment.rows);
    rows.into_iter()
        .any(|(row, result)| document.rows.contains(&row.id) && result.figures.own > Points::ZERO)
}

fn of_evidence(policy: &Policy, case: &Case, assessment: &Assessment) -> Progress {
    let state = |document: &Document| {
        case.evidence
            .get(&document.id)
            .map_or(EvidenceState::Open, |mark| mark.state)
    };
    let wanted: Vec<_> = policy
        .documents
        .iter()
        .filter(|document| claims(policy, assessment, document) || state(document) != EvidenceState::Open)
        .collect();
    Progress {
        done: wanted
            .iter()
            .filter(|document| {
                matches!(
                    state(document),
                    EvidenceState::Ready | EvidenceState::NotApplicable
                )
            })
            .count(),
        all: wanted.len(),
        faults: 0,
    }
}

/// The places (in the official order) of rows that claim points although no
/// paper that serves them is at hand, or one lacks that the document itself
/// names for them and that was not said to be of no concern.
pub fn claims_without_evidence(policy: &Policy, case: &Case, assessment: &Assessment) -> Vec<usize> {
    let state = |document: &Document| {
        let mark = case.evidence.get(&document.id);
        mark.map_or(EvidenceState::Open, |mark| mark.state)
    };
    let ready = |id: &String| {
        let mut serving = policy
            .documents
            .iter()
            .filter(|document| document.rows.contains(id));
        let mut named = policy
            .documents
            .iter()
            .filter(|document| document.named_for.contains(id));
        serving.any(|document| state(document) == EvidenceState::Ready)
            && named.all(|document| {
                matches!(
                    state(document),
                    EvidenceState::Ready | EvidenceState::NotApplicable
                )
            })
    };
    let rows = policy.rows().zip(&assessment.rows).enumerate();
    rows.filter(|(_, (row, result))| result.figures.own > Points::ZERO && !ready(&row.id))
        .map(|(place, _)| place)
        .collect()
}

/// How many answers are still to be checked in this state: the rough figures
/// of the pre-check, or last year's.
pub fn answers_in_state(case: &Case, state: FactState) -> usize {
    let details = case.fact_details.values();
    details.filter(|detail| detail.state == state).count()
}
