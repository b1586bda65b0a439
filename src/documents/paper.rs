//! Which papers there are, and what they are called.

use crate::policy::Policy;

/// A paper that can be printed alone or with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// The recommendation form (附件2).
    Form,
    /// The score sheet (附件3).
    ScoreSheet,
    /// The result on one page, not official.
    Result,
    /// Why each row scores what it scores.
    Reasons,
    /// The evidence binder: cover, list, dividers.
    Binder,
    /// What is open about the papers, for the firm alone.
    Check,
}

impl Paper {
    /// All papers in the order they are bound.
    pub const ALL: [Self; 6] = [
        Self::Form,
        Self::ScoreSheet,
        Self::Reasons,
        Self::Binder,
        Self::Check,
        Self::Result,
    ];

    /// Those that are handed in.
    pub const OFFICIAL: [Self; 2] = [Self::Form, Self::ScoreSheet];

    /// The id in attributes.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::ScoreSheet => "score-sheet",
            Self::Result => "result",
            Self::Reasons => "reasons",
            Self::Binder => "binder",
            Self::Check => "papers-check",
        }
    }

    /// The name on screen and in file names.
    pub fn label(self, policy: &Policy) -> &str {
        match self {
            Self::Form => &policy.recommendation_form.name,
            Self::ScoreSheet => &policy.score_sheet.name,
            Self::Result => "自评结果",
            Self::Reasons => "自评说明",
            Self::Binder => "佐证材料目录",
            Self::Check => "材料核对单",
        }
    }
}

/// What the file of some papers is called: by one name, by two, or as a whole.
pub fn papers_label(policy: &Policy, papers: &[Paper]) -> String {
    match papers {
        [only] => only.label(policy).to_owned(),
        [first, second] => format!("{}与{}", first.label(policy), second.label(policy)),
        _ => String::from("申报材料"),
    }
}
