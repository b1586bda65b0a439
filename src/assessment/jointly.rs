//! What readings of several doubts do only together: each of them alone leaves the row as it is.

use crate::numbers::Points;
use crate::policy::{DoubtIdx, Inputs, Policy, Reading, RowIdx};

use super::evaluation::Evaluation;
use super::improvement_words::signed;
use super::needs::RowState;
use super::readings::Readings;
use super::result::Assessment;

/// Doubts that move a row in one reading, and of which at least one moves nothing alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jointly {
    pub row: RowIdx,
    /// The reading that all of them take.
    pub reading: Reading,
    /// The doubts, in the policy's order: two or more.
    pub doubts: Vec<DoubtIdx>,
    /// What that reading of every doubt does to the row.
    pub moved: Points,
}

impl Jointly {
    /// What one of the doubts does with the others, in words.
    pub(super) fn beside(&self, policy: &Policy, doubt: DoubtIdx) -> String {
        let others = self.doubts.iter().filter(|other| **other != doubt);
        let others: Vec<&str> = others.map(|other| policy.doubts[*other].id.as_str()).collect();
        format!(
            "与 {} 同时取{}，第{}项 {} 分",
            others.join("、"),
            self.reading.label(),
            policy.row_at(self.row).id,
            signed(self.moved)
        )
    }
}

/// What moves an answered row only where several doubts are read otherwise at once.
pub fn jointly(policy: &Policy, assessment: &Assessment, place: RowIdx) -> Vec<Jointly> {
    let row = policy.row_at(place);
    let result = &assessment.rows[place];
    if result.state != RowState::Answered || result.figures.strict == result.figures.lenient {
        return Vec::new();
    }
    let score = |readings: &Readings| {
        let facts = &assessment.facts;
        let evaluation = Evaluation {
            policy,
            facts,
            readings,
        };
        evaluation.row_score(row)
    };
    let doubts = Inputs::of_score(policy, &row.score).doubts;
    let ends = [
        (Reading::Strict, result.figures.strict),
        (Reading::Lenient, result.figures.lenient),
    ];
    let found = ends.into_iter().filter_map(|(reading, end)| {
        let moves_alone = |doubt: &DoubtIdx| {
            let mut causes = result.causes.iter();
            causes.any(|cause| cause.doubt == *doubt && cause.moved(reading) != Points::ZERO)
        };
        let counts = |doubt: &&DoubtIdx| score(&Readings::all_but(reading, **doubt)) != end;
        let together: Vec<DoubtIdx> = doubts.iter().filter(counts).copied().collect();
        let is_joint = together.len() > 1 && !together.iter().all(moves_alone);
        is_joint.then(|| Jointly {
            row: place,
            reading,
            doubts: together,
            moved: end.minus(result.figures.default),
        })
    });
    found.collect()
}
