//! What is asked before something is done.

use crate::app::export::Export;

/// A question that has to be answered before something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// What becomes of private entries in an export.
    Export(Export),
    /// Whether everything is to be wiped.
    ClearAll,
    /// Whether the case may be replaced by an empty one.
    NewCase,
    /// Whether the case may be replaced by the sample.
    LoadSample,
    /// Whether the draft is to be wiped, as nothing shall be kept on this machine.
    PublicMachine,
    /// Whether what is tried out becomes the plan of the case.
    Adopt,
    /// Whether the page is left although what it holds is kept nowhere.
    Leave,
    /// What becomes of a file whose case the desk has otherwise.
    SameCase,
    /// What becomes of the case's own file, which another program changed since.
    FileChanged,
    /// Where else the case goes, as its own file could not be written.
    NotSaved,
    /// Whether private entries of the cases that come onto the desk are kept there.
    KeepPrivate,
    /// Whether a case of an earlier year stays in it or is taken over to this one.
    RollOver,
    /// Nothing: it is shown what keys there are.
    Keys,
}

impl Asking {
    /// Whether what is on the page is gone, or another, once it is done.
    pub const fn is_destructive(self) -> bool {
        !matches!(self, Self::Export(_) | Self::NotSaved | Self::Keys)
    }
}
