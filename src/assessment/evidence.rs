//! Which papers are at hand, which are missing and with whom, and which claims
//! nothing shows.

use crate::answers::{Case, EvidenceState};
use crate::numbers::Points;
use crate::policy::{Evidence, Need, Policy, RowIdx, Verdict};

use super::evaluation::Evaluation;
use super::readings::Readings;
use super::result::Assessment;

/// The papers of a case as they stand: by their marks and by the answers.
#[derive(Clone, Copy, Debug)]
pub struct Papers<'a> {
    policy: &'a Policy,
    case: &'a Case,
    assessment: &'a Assessment,
}

/// A row that claims points although what proves it is not at hand.
#[derive(Clone, Debug)]
pub struct Unproved<'a> {
    /// The row.
    pub place: RowIdx,
    /// The points that it claims.
    pub claimed: Points,
    /// What it would take, each as a choice of papers of which one suffices; nothing
    /// where every paper of the row was said not to apply.
    pub lacks: Vec<Vec<&'a Evidence>>,
}

impl<'a> Papers<'a> {
    /// The papers of a case.
    pub const fn of(policy: &'a Policy, case: &'a Case, assessment: &'a Assessment) -> Self {
        Self {
            policy,
            case,
            assessment,
        }
    }

    /// Whether an answer leaves no room for such a paper.
    pub fn is_moot(self, document: &Evidence) -> bool {
        let readings = Readings::default();
        let evaluation = Evaluation {
            policy: self.policy,
            facts: &self.assessment.facts,
            readings: &readings,
        };
        let condition = document.moot_if.as_ref();
        condition.is_some_and(|condition| evaluation.condition(condition) == Verdict::Met)
    }

    /// Whether a paper was marked as being at hand, and an answer says that there is none.
    pub fn is_denied(self, document: &Evidence) -> bool {
        self.marked(document) == EvidenceState::Ready && self.is_moot(document)
    }

    /// The papers that are [denied](Self::is_denied), in the policy's order. Until
    /// the mark or the answer is put right they are in no list.
    pub fn denied(self) -> Vec<&'a Evidence> {
        let documents = self.policy.evidence.iter();
        documents.filter(|document| self.is_denied(document)).collect()
    }

    /// How it was marked.
    fn marked(self, document: &Evidence) -> EvidenceState {
        let mark = self.case.evidence.get(&document.id);
        mark.map_or(EvidenceState::Open, |mark| mark.state)
    }

    /// How a paper stands: as it was marked, or not applicable where an answer makes it moot.
    pub fn state(self, document: &Evidence) -> EvidenceState {
        if self.is_moot(document) {
            EvidenceState::NotApplicable
        } else {
            self.marked(document)
        }
    }

    /// Whether a paper is wanted: some row that it serves claims points.
    pub fn is_claimed(self, document: &Evidence) -> bool {
        let rows = self.policy.rows().zip(&self.assessment.rows);
        rows.into_iter()
            .any(|(row, result)| document.rows.contains(&row.id) && result.figures.own > Points::ZERO)
    }

    /// The papers that are wanted and were not marked, in the policy's order.
    pub fn unmarked(self) -> Vec<&'a Evidence> {
        let documents = self.policy.evidence.iter();
        documents
            .filter(|document| self.is_claimed(document) && self.state(document) == EvidenceState::Open)
            .collect()
    }

    /// The papers that are marked as missing, by who keeps them; both in the policy's order.
    pub fn missing_by_keeper(self) -> Vec<(&'a str, Vec<&'a Evidence>)> {
        let mut keepers: Vec<(&str, Vec<&Evidence>)> = Vec::new();
        for group in &self.policy.groups {
            let missing = self.policy.evidence.iter().filter(|document| {
                document.group == group.id && self.state(document) == EvidenceState::Lacking
            });
            for document in missing {
                match keepers.iter_mut().find(|(keeper, _)| *keeper == group.keeper) {
                    Some((_, documents)) => documents.push(document),
                    None => keepers.push((&group.keeper, vec![document])),
                }
            }
        }
        keepers
    }

    /// The rows that claim points although what proves them is not at hand, in the official order.
    pub fn unproved(self) -> Vec<Unproved<'a>> {
        let rows = self.policy.rows_enumerated().zip(&self.assessment.rows);
        let claiming = rows.filter(|(_, result)| result.figures.own > Points::ZERO);
        let unproved = claiming.filter_map(|((place, row), result)| {
            let proof = self.policy.proofs.iter().find(|proof| proof.id == row.id)?;
            let lacks = self.lacks(&proof.needs);
            let is_proved = lacks.as_ref().is_some_and(Vec::is_empty);
            (!is_proved).then(|| Unproved {
                place,
                claimed: result.figures.own,
                lacks: lacks.unwrap_or_default(),
            })
        });
        unproved.collect()
    }

    /// What a need would still take, each as a choice of papers of which one
    /// suffices; `None` where none of its papers applies, so that nothing proves the row.
    fn lacks(self, need: &Need) -> Option<Vec<Vec<&'a Evidence>>> {
        let mut applies = false;
        let mut lacks: Vec<Vec<&Evidence>> = Vec::new();
        for choice in need.choices() {
            let papers = choice.iter().filter_map(|id| self.policy.evidence(id));
            let papers: Vec<&Evidence> = papers
                .filter(|paper| self.state(paper) != EvidenceState::NotApplicable)
                .collect();
            applies |= !papers.is_empty();
            if papers
                .iter()
                .all(|paper| self.state(paper) != EvidenceState::Ready)
                && !papers.is_empty()
            {
                lacks.push(papers);
            }
        }
        // A paper that is needed for itself decides the choices in which it stands.
        let alone: Vec<&str> = lacks
            .iter()
            .filter_map(|choice| match choice.as_slice() {
                [only] => Some(only.id.as_str()),
                _ => None,
            })
            .collect();
        let mut shown: Vec<Vec<&Evidence>> = Vec::new();
        for choice in lacks {
            let is_decided =
                choice.len() > 1 && choice.iter().any(|paper| alone.contains(&paper.id.as_str()));
            let is_shown = shown.iter().any(|other| {
                other
                    .iter()
                    .map(|paper| &paper.id)
                    .eq(choice.iter().map(|paper| &paper.id))
            });
            if !is_decided && !is_shown {
                shown.push(choice);
            }
        }
        applies.then_some(shown)
    }
}

/// The rows that claim points although the papers that prove them are not at hand.
pub fn claims_without_evidence(policy: &Policy, case: &Case, assessment: &Assessment) -> Vec<RowIdx> {
    let unproved = Papers::of(policy, case, assessment).unproved();
    unproved.into_iter().map(|row| row.place).collect()
}
