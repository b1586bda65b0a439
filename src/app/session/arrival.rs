//! Cases that come from files or tables, before and after they are put on the desk.

use super::OpenCase;
use crate::answers::Case;
use crate::desk::CaseRecord;

/// A case that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadCase {
    /// The case, and what is known about it.
    pub next: OpenCase,
    /// What it is called; never empty.
    pub name: String,
    /// When its file was saved, in milliseconds since 1970, where it says so.
    pub saved_at: Option<u64>,
    /// What has to be said of it beside its name.
    pub notes: String,
    /// The file on the disk that it was read from, as it was noted.
    pub own_file: Option<String>,
    /// Whether it was out of sight on the desk that it comes from.
    pub is_archived: bool,
}

/// A case that was read and that the desk has otherwise: what becomes of it is asked.
/// Whoever merges the two has both here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// The case as it was read.
    pub read: ReadCase,
    /// The case as the desk has it.
    pub kept: CaseRecord,
    /// Whether the one of the desk is known to be the newer one.
    pub is_kept_newer: bool,
    /// Whose case it is, which one is newer, and in what they differ.
    pub words: Vec<String>,
}

/// One of several cases that come onto the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// What it comes from: a file, a line of one, a row of a table.
    pub label: String,
    /// The case, or why there is none.
    pub read: Result<ReadCase, String>,
    /// The case of the desk that it is another state of, as a table changes it.
    pub over: Option<CaseRecord>,
}

/// What came of one of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on the desk as a case of its own.
    Put,
    /// It changed a case of the desk.
    Changed,
    /// The desk has it already, as it is.
    Same,
    /// The desk has it otherwise, and both are there now.
    Both,
    /// It could not be kept.
    NotKept,
    /// It could not be read.
    Refused,
}

impl Outcome {
    /// The id in attributes.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Put => "put",
            Self::Changed => "changed",
            Self::Same => "same",
            Self::Both => "both",
            Self::NotKept => "not-kept",
            Self::Refused => "refused",
        }
    }

    /// Whether it is not on the desk.
    pub const fn is_bad(self) -> bool {
        matches!(self, Self::NotKept | Self::Refused)
    }
}

/// What is said of one of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrivalResult {
    /// What it comes from.
    pub label: String,
    /// What came of it.
    pub outcome: Outcome,
    /// The same in words.
    pub words: String,
}

/// What was written last by one press, to be taken back by another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Cases of the desk: the text that was written, and what was there before.
    pub cases: Vec<(String, String, Option<CaseRecord>)>,
    /// The open case before it and after it.
    pub open: Option<(Case, Case)>,
}

impl Written {
    /// How many cases they are.
    pub const fn count(&self) -> usize {
        self.cases.len() + self.open.is_some() as usize
    }
}
