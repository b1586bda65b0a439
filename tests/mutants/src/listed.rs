//! The mutants, as cargo-mutants lists them.

use std::fs;
use std::process::{Command, Stdio};

use serde::Deserialize;

use xtask::failure::{Failure, Result};
use xtask::process::cargo;
use xtask::tools;
use xtask::workspace::{LIBRARY, Workspace};

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
    /// What is there instead.
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

/// All mutants but those that `.cargo/mutants.toml` leaves out; with `changed`
/// only those on lines that differ from the last commit, or where none does, on
/// those that the last commit changed.
///
/// # Errors
/// When git or cargo-mutants cannot be run, or their answer is not understood.
pub fn list(workspace: &Workspace, changed: bool) -> Result<Vec<Mutant>> {
    let failed = |error: String| Failure::new(format!("the mutants cannot be listed: {error}"));
    let mut command = cargo(workspace);
    command
        .env("PATH", tools::search_path(workspace)?)
        .args(["mutants", "--list", "--json", "--no-shuffle"])
        .args(["--package", LIBRARY]);
    if changed {
        let difference = difference(workspace)?;
        if difference.is_empty() {
            return Ok(Vec::new());
        }
        let file = workspace.target().join("mutants.diff");
        fs::write(&file, difference).map_err(|error| failed(error.to_string()))?;
        command.arg("--in-diff").arg(file);
    }
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed("see the lines above".to_owned()));
    }
    // Where the difference touches nothing that can be changed, nothing is written.
    if output.stdout.trim_ascii().is_empty() {
        return Ok(Vec::new());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| failed(error.to_string()))
}

/// What differs from the last commit, or where nothing does, what that changed.
fn difference(workspace: &Workspace) -> Result<Vec<u8>> {
    let since = |revisions: &[&str]| {
        let output = Command::new("git")
            .current_dir(workspace.root())
            .args(["diff", "--no-color", "--no-ext-diff"])
            .args(revisions)
            .args(["--", "src"])
            .output();
        output
            .map(|output| output.stdout)
            .map_err(|error| Failure::new(format!("git is needed to see what changed: {error}")))
    };
    let uncommitted = since(&["HEAD"])?;
    if uncommitted.is_empty() {
        since(&["HEAD~1", "HEAD"])
    } else {
        Ok(uncommitted)
    }
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
