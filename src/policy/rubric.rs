//! What decides: the conditions of entry, the rows of the score sheet, and the
//! papers that prove what is claimed.

use super::reading::{choices, members};

use super::{Condition, Name, Score};
use crate::numbers::Points;

/// A condition of entry.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Stable id.
    pub id: String,
    /// The condition in a few words.
    pub title: String,
    /// How it decides.
    pub kind: RuleKind,
    /// Where it stands in the document.
    pub clause: String,
    /// The document's words.
    pub words: String,
    /// What meets it.
    pub condition: Condition,
    /// For a soft rule: the doubt whose strict reading makes it bind.
    pub binds: Option<Name>,
    /// What to do where it is not met.
    pub if_failed: String,
    /// What to do where it is open.
    pub if_unknown: String,
    /// What would show that it is met.
    pub evidence: String,
}

members!(Rule: id, title, kind, clause, words, condition = "if", if_failed, if_unknown; binds, evidence);

/// How a condition of entry decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Facts decide it.
    Hard,
    /// The applicant declares it with papers; a reviewer judges.
    Judgement,
    /// It only warns.
    Soft,
}

choices!(RuleKind: "hard" => Hard, "judgement" => Judgement, "soft" => Soft);

/// A section of the score sheet.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its number (序号).
    pub id: String,
    /// Its name (项目).
    pub title: String,
    /// Its maximum as the document states it, in points.
    pub max: Points,
    /// Its rows in the official order.
    pub rows: Vec<Row>,
}

members!(Section: id, title, max, rows = "row");

/// A row of the score sheet.
#[derive(Clone, Debug)]
pub struct Row {
    /// Stable id: section and place.
    pub id: String,
    /// Its name in a few words.
    pub title: String,
    /// Its maximum in points; no score goes above it.
    pub max: Points,
    /// Where it stands in the document.
    pub clause: String,
    /// The official words of 内容.
    pub content: String,
    /// The official words of 评分标准.
    pub standard: String,
    /// How it is scored.
    pub score: Score,
}

members!(Row: id, title, max, clause, content, standard, score);

/// A paper that proves what is claimed.
#[derive(Clone, Debug)]
pub struct Document {
    /// Stable id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The question group whose papers it belongs to.
    pub group: String,
    /// The rows it serves.
    pub rows: Vec<String>,
    /// The rows for which the document itself names it.
    pub named_for: Vec<String>,
    /// The facts whose listed items it shows, one by one.
    pub items_of: Vec<String>,
    /// What to look out for.
    pub hint: String,
}

members!(Document: id, title, group, rows; named_for, items_of, hint);
