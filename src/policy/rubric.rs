//! What decides: the conditions of entry, the rows of the score sheet, and the
//! papers that prove what is claimed.

use super::decode::{FromJson, Reader, choices, forms, members};
use super::shapes::{Shapes, any_of, form};

use super::{Condition, Name, Score};
use crate::json::Json;
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
    /// Where it is in the document.
    pub clause: String,
    /// The document's words.
    pub words: String,
    /// What meets it.
    pub condition: Condition,
    /// For a soft rule: the doubt whose strict reading makes it bind.
    pub binds: Option<Name>,
    /// For a soft rule: the rule that, where it fails, leaves this one nothing to remind of.
    pub moot_if_failed: Option<String>,
    /// What to do where it is not met.
    pub if_failed: String,
    /// What to do where it is open.
    pub if_unknown: String,
    /// What to do where all is answered and an office has to say; the same as
    /// where it is open, where nothing is written here.
    pub if_undecided: String,
    /// What an office has to say where it only reminds or where all is answered and
    /// it is open, in a few words: 能否推荐.
    pub office_says: String,
    /// What would show that it is met.
    pub evidence: String,
}

members!(Rule: id, title, kind, clause, words, condition = "if", if_failed, if_unknown; if_undecided, office_says, binds, moot_if_failed, evidence);

impl Rule {
    /// What to do where all is answered and it is open all the same.
    pub fn next_if_undecided(&self) -> &str {
        if self.if_undecided.is_empty() {
            &self.if_unknown
        } else {
            &self.if_undecided
        }
    }
}

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
    /// Where it is in the document.
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
pub struct Evidence {
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
    /// The answers by which there is no such paper.
    pub moot_if: Option<Condition>,
    /// What to look out for.
    pub hint: String,
}

members!(Evidence: id, title, group, rows; named_for, items_of, moot_if, hint);

/// What has to be at hand to prove a row.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The id of the row.
    pub id: String,
    /// The papers that it takes.
    pub needs: Need,
}

members!(Proof: id, needs);

/// Which papers are needed.
#[derive(Clone, Debug)]
pub enum Need {
    /// One paper: `"licence"`.
    Paper(String),
    /// All of some needs: `{ all = [ … ] }`
    All(Vec<Need>),
    /// One of some papers: `{ any = [ … ] }`
    Any(Vec<String>),
}

impl Need {
    /// What is needed, each as a choice of papers of which one suffices, in order.
    pub fn choices(&self) -> Vec<&[String]> {
        match self {
            Self::Paper(id) => vec![core::slice::from_ref(id)],
            Self::All(parts) => parts.iter().flat_map(Self::choices).collect(),
            Self::Any(ids) => vec![ids],
        }
    }
}

impl FromJson for Need {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        match value {
            Json::Text(id) => Self::Paper(id),
            _ => forms!(
                value, reader, "材料的编号或表，如 { all = [ … ] }";
                "all" => All,
                "any" => Any;
                Self::All(Vec::new())
            ),
        }
    }

    fn describe(shapes: &mut Shapes) -> Json {
        shapes.named("Need", |shapes| {
            let all = Vec::<Self>::describe(shapes);
            any_of([
                String::describe(shapes),
                form("all", all),
                form("any", Vec::<String>::describe(shapes)),
            ])
        })
    }
}
