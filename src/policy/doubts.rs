//! The points where the wording leaves room, with their readings.

use super::decode::members;

/// How severely a doubtful wording is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// 从严: as a severe reviewer would.
    Strict,
    /// 通常: the best founded.
    #[default]
    Default,
    /// 从宽: as a generous reviewer would.
    Lenient,
}

impl Reading {
    /// All three, from severe to generous.
    pub const ALL: [Self; 3] = [Self::Strict, Self::Default, Self::Lenient];

    /// The id in files and attributes.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Default => "default",
            Self::Lenient => "lenient",
        }
    }

    /// The reading of that id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reading| reading.id() == id)
    }

    /// The name on screen and on paper.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Strict => "从严",
            Self::Default => "通常",
            Self::Lenient => "从宽",
        }
    }
}

/// A doubtful point of the document.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// Stable id: A for the score sheet, B for the conditions of entry.
    pub id: String,
    /// What is in doubt, in a few words.
    pub title: String,
    /// Where the words stand.
    pub clause: String,
    /// The words in doubt, as the document has them.
    pub words: String,
    /// What the best founded reading says.
    pub default: String,
    /// What a severe reviewer could say, where that differs.
    pub strict: Option<String>,
    /// What a generous reviewer could say, where that differs.
    pub lenient: Option<String>,
    /// Why the default is the default.
    pub reason: String,
    /// The rows and rules it can move or whose inputs it defines.
    pub concerns: Vec<String>,
}

members!(Doubt: id, title, clause, words, default, reason, concerns; strict, lenient);

impl Doubt {
    /// What the given reading says; the default where it does not differ.
    pub fn says(&self, reading: Reading) -> &str {
        match reading {
            Reading::Strict => self.strict.as_deref(),
            Reading::Default => None,
            Reading::Lenient => self.lenient.as_deref(),
        }
        .unwrap_or(&self.default)
    }

    /// The readings it tells apart, the default first.
    pub fn readings(&self) -> impl Iterator<Item = Reading> {
        let strict = self.strict.is_some().then_some(Reading::Strict);
        let lenient = self.lenient.is_some().then_some(Reading::Lenient);
        [Some(Reading::Default), strict, lenient].into_iter().flatten()
    }

    /// Whether another reading than the default can be chosen.
    pub const fn has_branches(&self) -> bool {
        self.strict.is_some() || self.lenient.is_some()
    }
}
