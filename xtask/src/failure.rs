//! What a command says when it cannot go on.

use std::fmt::{self, Display};

/// One sentence for the person at the terminal, which names the fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

/// The outcome of a step of a command.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure with this sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
