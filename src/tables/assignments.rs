//! What a row or column of a table is taken for.

use super::address::Address;
use super::faults::CellFault;
use super::headings::{Certainty, Meant, Target};
use super::layout::Arrangement;
use super::units::Places;

/// What a row or column of a table is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Its heading, by its place.
    pub at: Address,
    /// What stands there.
    pub heading: String,
    /// The question; `None` where it is passed over.
    pub target: Option<Target>,
    /// How sure that is; `None` where somebody has said so.
    pub certainty: Option<Certainty>,
    /// The unit of its figures, where one is written.
    pub unit: Option<String>,
    /// By how many places its figures are moved; an error names a unit that is none of the question's.
    pub places: Result<Option<Places>, String>,
    /// Why it is passed over though it names a question, until somebody says that it means it.
    pub held: Option<CellFault>,
    /// The column of its answer where it is another than that of the table's answers.
    pub answer: Option<usize>,
    /// What stands beside its answer in a column of remarks.
    pub remark: Option<String>,
    /// Where its unit stands, where that is neither in its heading nor in a column of units.
    pub unit_at: Option<Address>,
    /// The column in which each row says the unit of its figure.
    pub row_units: Option<usize>,
}

impl Assignment {
    /// The number of the column, or of the row where questions stand below each other.
    pub const fn place(&self, arrangement: Arrangement) -> usize {
        match arrangement {
            Arrangement::Questions { .. } => self.at.row,
            Arrangement::Firms { .. } => self.at.column,
        }
    }

    /// Where its answer stands in a table of questions below each other with that column of answers.
    pub(super) fn answer_at(&self, answers: usize) -> Address {
        Address::of(self.at.row, self.answer.unwrap_or(answers))
    }

    /// Whether it names a question, be it one that is not to be read yet.
    pub(super) const fn names_a_question(&self) -> bool {
        self.target.is_some() || self.held.is_some()
    }

    /// With the unit that stands beside or below it, where one does.
    pub(super) fn with_unit(mut self, unit: Option<(String, Address)>) -> Self {
        if let Some((unit, at)) = unit {
            self.unit = Some(unit);
            self.unit_at = Some(at);
        }
        self
    }

    /// Passes it over for a reason.
    pub(super) fn hold(&mut self, fault: CellFault) {
        self.target = None;
        self.certainty = None;
        self.held = Some(fault);
    }
}

/// What a heading is taken for that means that, with the unit that stands below or beside it.
pub(super) fn assignment(
    at: Address,
    heading: &str,
    meant: Option<Meant>,
    unit: Option<String>,
) -> Assignment {
    let behind = meant.as_ref().and_then(|meant| meant.behind.clone());
    Assignment {
        at,
        heading: crate::answers::plain_line(heading).trim().to_owned(),
        target: meant.as_ref().map(|meant| meant.target),
        certainty: meant.map(|meant| meant.certainty),
        unit: unit.or(behind),
        places: Ok(None),
        held: None,
        answer: None,
        remark: None,
        unit_at: None,
        row_units: None,
    }
}
