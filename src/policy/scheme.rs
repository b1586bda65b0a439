//! The head of a policy file, and what it tells without ruling.

use super::decode::members;

use crate::numbers::Points;

/// What the scheme is called, its standing and its full score.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Stable id, as case files name it.
    pub id: String,
    /// Version of the rules in this file.
    pub version: String,
    /// Full title of the document in book-title marks.
    pub title: String,
    /// What the page is called.
    pub page_title: String,
    /// Standing of the document, such as 征求意见稿.
    pub status: String,
    /// Standing of the score sheet, such as 试行.
    pub score_sheet_status: String,
    /// Who decides.
    pub authority: String,
    /// What a score means and does not mean, shown wherever one is.
    pub score_note: String,
    /// What the page is not, shown at the start and at the exports.
    pub disclaimer: String,
    /// What is said of a condition that is met and of an applicant who meets all, and of others.
    pub verdicts: Verdicts,
    /// The form field by whose entry a case is called: in file names, titles and messages.
    pub title_field: String,
    /// The sum of all rows as the document states it, in points.
    pub full_score: Points,
}

members!(Scheme:
    id, version, title, title_field, page_title, status, score_sheet_status, authority, score_note, disclaimer,
    verdicts, full_score
);

/// The words for the outcome of the conditions of entry, of one and of all together.
#[derive(Clone, Debug)]
pub struct Verdicts {
    /// The condition is met, or all are.
    pub eligible: String,
    /// The condition is not met, or some is not.
    pub ineligible: String,
    /// The condition is open, or none fails and some is open.
    pub unknown: String,
}

members!(Verdicts: eligible, ineligible, unknown);

/// A passage about procedure or support, with its source.
#[derive(Clone, Debug)]
pub struct Guidance {
    /// Stable id.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Where it is in the document.
    pub clause: String,
    /// What it says, one item each.
    pub items: Vec<String>,
}

members!(Guidance: id, title, clause, items);
