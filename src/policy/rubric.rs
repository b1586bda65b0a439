//! What decides: the conditions of entry, the rows of the score sheet, and the
//! papers that prove what is claimed.

use serde::Deserialize;

use super::{Condition, Name, Score};
use crate::numbers::Points;

/// A condition of entry.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
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
    #[serde(rename = "if")]
    pub condition: Condition,
    /// For a soft rule: the doubt whose strict reading makes it bind.
    pub binds: Option<Name>,
    /// What to do where it is not met.
    pub if_failed: String,
    /// What to do where it is open.
    pub if_unknown: String,
    /// What would show that it is met.
    #[serde(default)]
    pub evidence: String,
}

/// How a condition of entry decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// Facts decide it.
    Hard,
    /// The applicant declares it with papers; a reviewer judges.
    Judgement,
    /// It only warns.
    Soft,
}

/// A section of the score sheet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its number (序号).
    pub id: String,
    /// Its name (项目).
    pub title: String,
    /// Its maximum as the document states it, in points.
    pub max: Points,
    /// Its rows in the official order.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
}

/// A row of the score sheet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
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

/// A paper that proves what is claimed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
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
    #[serde(default)]
    pub named_for: Vec<String>,
    /// The facts whose listed items it shows, one by one.
    #[serde(default)]
    pub items_of: Vec<String>,
    /// What to look out for.
    #[serde(default)]
    pub hint: String,
}
