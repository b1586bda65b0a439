//! The mutants, as cargo-mutants lists them.

use std::process::Stdio;

use serde::Deserialize;

use crate::failure::{Failure, Result};
use crate::process::cargo;
use crate::tools;
use crate::workspace::{LIBRARY, Workspace};

/// A change of the code at one place.
#[derive(Debug, Clone, Deserialize)]
pub struct Mutant {
    /// Where it is and what it changes, as it is listed in `.cargo/mutants.toml`.
    pub name: String,
    /// The file, from the root of the repository.
    pub file: String,
    /// The function that is changed. Mutants outside of one are not switched.
    pub function: Option<Function>,
    /// What is replaced.
    pub span: Span,
    /// What stands there instead.
    pub replacement: String,
}

/// A function with its signature and its body.
#[derive(Debug, Clone, Deserialize)]
pub struct Function {
    /// From its attributes to the end of its body.
    pub span: Span,
}

/// A stretch of a file, without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Span {
    /// Where it begins.
    pub start: Place,
    /// What stands right behind it.
    pub end: Place,
}

/// A character of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

impl Place {
    /// The place in bytes, or none where the text has no such place.
    pub fn offset(self, text: &str) -> Option<usize> {
        let before: usize = text
            .split_inclusive('\n')
            .take(self.line.checked_sub(1)?)
            .map(str::len)
            .sum();
        let line = text.get(before..)?;
        let mut characters = line.char_indices().map(|(at, _)| at).chain([line.len()]);
        Some(before + characters.nth(self.column.checked_sub(1)?)?)
    }
}

/// All mutants but those that `.cargo/mutants.toml` leaves out.
///
/// # Errors
/// When cargo-mutants cannot be run, or its list is not understood.
pub fn list(workspace: &Workspace) -> Result<Vec<Mutant>> {
    let failed = |error: String| Failure::new(format!("the mutants cannot be listed: {error}"));
    let output = cargo(workspace)
        .env("PATH", tools::search_path(workspace)?)
        .args(["mutants", "--list", "--json", "--no-shuffle"])
        .args(["--package", LIBRARY])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed("see the lines above".to_owned()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_behind_lines_and_wide_characters() {
        let text = "一行\n劳务 x\n";
        let at = |line, column| Place { line, column }.offset(text);
        assert_eq!(at(1, 1), Some(0));
        assert_eq!(at(1, 3), Some(6), "the end of the line");
        assert_eq!(at(2, 4), Some(14));
        assert_eq!(at(0, 1), None);
        assert_eq!(at(9, 9), None);
    }
}
