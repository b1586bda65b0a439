//! What is held beside the open case: cases to compare, and what came back to be merged.

use crate::answers::Case;

/// A case that is compared with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedCase {
    /// What it is called beside the others.
    pub name: String,
    /// The case; `None` for the open one, as it is by now.
    pub case: Option<Case>,
}

/// What came back, to be merged into the open case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtCase {
    /// The id of the case that it is merged into, which has to be the open one.
    pub into: String,
    /// Whom it comes from, or what its file is called.
    pub name: String,
    /// When it was saved, as its file says; empty where it does not.
    pub saved_at: String,
    /// What both began with, where that is known.
    pub base: Option<Case>,
    /// The case that came back.
    pub case: Case,
    /// What of it is not taken, in words.
    pub left_out: Vec<String>,
}
