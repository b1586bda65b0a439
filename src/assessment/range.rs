//! How sure a score is: the part that every reading gives, the part that depends
//! on the reviewer's reading, and the part that is not answered yet.

use crate::numbers::Points;
use crate::policy::{Policy, RowIdx};

use super::needs::RowState;
use super::result::{Assessment, Figures};

/// A score between its strict and its lenient reading, out of its maximum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// The maximum.
    pub max: Points,
    /// The score in each reading, and as the applicant claims it.
    pub figures: Figures,
    /// The maxima of rows that cannot be scored yet.
    pub open: Points,
}

impl Range {
    /// The points that depend on how the reviewer reads the document.
    pub const fn by_reading(&self) -> Points {
        self.figures.lenient.minus(self.figures.strict)
    }

    /// Whether every reading gives the same and nothing is open.
    pub fn is_sure(&self) -> bool {
        self.by_reading() == Points::ZERO && self.open == Points::ZERO
    }

    /// Whether none of it can be scored yet.
    pub fn is_all_open(&self) -> bool {
        self.open == self.max
    }

    /// Whether any reading gives a point yet.
    pub fn is_begun(&self) -> bool {
        self.figures.lenient > Points::ZERO
    }

    /// Whether the readings come to other points: three times the same, or noughts before
    /// anything is counted, say nothing.
    pub fn tells_apart(&self) -> bool {
        self.is_begun() && self.by_reading() > Points::ZERO
    }

    /// The three readings in a line.
    pub fn readings(&self) -> String {
        let Figures {
            strict,
            default,
            lenient,
            ..
        } = self.figures;
        format!("从严 {strict} – 通常 {default} – 从宽 {lenient}")
    }

    /// How much cannot be scored yet, where anything is; a sentence without its end.
    pub fn open_words(&self) -> Option<String> {
        (self.open > Points::ZERO).then(|| format!("满分共 {} 分的行还算不出，暂未计入", self.open))
    }

    /// What is not sure yet, and why; a sentence without its end.
    pub fn shown(&self) -> String {
        let by_reading = self.by_reading();
        let depends = (by_reading > Points::ZERO).then(|| format!("{by_reading} 分取决于评审采用哪种读法"));
        match (depends, self.open_words()) {
            (Some(depends), Some(open)) => format!("{depends}；{open}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => format!("三种读法都是 {} 分", self.figures.default),
        }
    }
}

impl Assessment {
    /// The range of the total.
    pub fn range(&self, policy: &Policy) -> Range {
        Range {
            max: policy.scheme.full_score,
            figures: self.total,
            open: self.sections.iter().map(|section| section.open).sum(),
        }
    }

    /// The range of the section at a place.
    pub fn section_range(&self, policy: &Policy, place: usize) -> Range {
        let section = self.sections.get(place);
        Range {
            max: policy
                .sections
                .get(place)
                .map(|section| section.max)
                .unwrap_or_default(),
            figures: section.map(|section| section.figures).unwrap_or_default(),
            open: section.map(|section| section.open).unwrap_or_default(),
        }
    }

    /// The range of a row.
    pub fn row_range(&self, policy: &Policy, place: RowIdx) -> Range {
        let max = policy.row_at(place).max;
        let row = &self.rows[place];
        let is_open = row.state != RowState::Answered;
        Range {
            max,
            figures: row.figures,
            open: if is_open { max } else { Points::ZERO },
        }
    }
}
