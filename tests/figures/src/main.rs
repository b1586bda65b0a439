//! `cargo run --package figures`: the figures that the tests leave in the target
//! folder (cases, inputs, crashes, kills, mutants), as the table docs/assurance.md.

use std::fs;
use std::process::{Command, ExitCode};

use time::OffsetDateTime;
use xtask::failure::{Failure, Result};
use xtask::process::{answer, say};
use xtask::workspace::Workspace;

/// Where the table stands.
const TABLE: &str = "docs/assurance.md";

/// What is above the rows.
const HEAD: &str = "\
# Figures of the tests that count

Written by `cargo run --package figures` from what the last runs of `cargo xtask test` (short) and `cargo xtask test --long` (long) left in the target folder. A long run is beside the short one. Each row says on which day it was counted, and which commit was the newest one then; rows that the last runs did not count stay, with the day of theirs. How many a run takes is in its test (`SHORT` and `LONG`) and was changed after some of these days: a row tells of its own day, and not of what a run takes now.

| What was done | Run | How many | What came of it | Seconds | Counted |
| --- | --- | ---: | --- | ---: | --- |
";

fn main() -> ExitCode {
    match Workspace::find().and_then(|workspace| write_table(&workspace)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the table from all figures that are there. Rows whose figures are
/// not in the target folder of this checkout stay as they were.
///
/// # Errors
/// When there are no figures, or the table cannot be written.
fn write_table(workspace: &Workspace) -> Result<()> {
    let folder = workspace.target().join("tmp/figures");
    let missing = |_| Failure::new("there are no figures yet: run `cargo xtask test` first");
    let mut rows: Vec<String> = Vec::new();
    for entry in fs::read_dir(&folder).map_err(missing)?.flatten() {
        let failed = |error| Failure::new(format!("{}: {error}", entry.path().display()));
        let text = fs::read_to_string(entry.path()).map_err(failed)?;
        let written = entry
            .metadata()
            .and_then(|about| about.modified())
            .map_err(failed)?;
        let counted = counted(workspace, OffsetDateTime::from(written));
        rows.extend(text.lines().filter_map(|line| row(line, &counted)));
    }
    let before = workspace.text(TABLE).unwrap_or_default();
    let kept = before
        .lines()
        .filter(|line| line.starts_with("| ") && !HEAD.contains(line));
    for line in kept {
        if !rows.iter().any(|row| key(row) == key(line)) {
            rows.push(line.to_owned());
        }
    }
    rows.sort();
    let table = format!("{HEAD}{}\n", rows.join("\n"));
    fs::write(workspace.root().join(TABLE), table)
        .map_err(|error| Failure::new(format!("{TABLE} cannot be written: {error}")))?;
    say(&format!("{} rows are in {TABLE}", rows.len()));
    Ok(())
}

/// When a figure was counted: the day in universal time, and the newest commit
/// of that moment where git knows one.
fn counted(workspace: &Workspace, written: OffsetDateTime) -> String {
    let mut git = Command::new("git");
    git.current_dir(workspace.root())
        .args(["rev-list", "--max-count=1", "--abbrev-commit", "HEAD"])
        .arg(format!("--before={}", written.unix_timestamp()));
    let commit = answer(&mut git).unwrap_or_default();
    format!("{} {}", written.date(), commit.trim())
        .trim_end()
        .to_owned()
}

/// A line of a figure as a row, with when it was counted.
fn row(line: &str, counted: &str) -> Option<String> {
    let cells: Vec<&str> = line.split('\t').collect();
    (cells.len() == 5).then(|| format!("| {} | {counted} |", cells.join(" | ")))
}

/// What a row is about: what was done, and in which run.
fn key(row: &str) -> Vec<&str> {
    row.split('|').skip(1).take(2).map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_becomes_a_row_and_is_known_again() {
        let row = row("kills of Chromium\tshort\t3\tnone lost\t12", "2026-11-25 cef4bf2").unwrap();
        assert_eq!(
            row,
            "| kills of Chromium | short | 3 | none lost | 12 | 2026-11-25 cef4bf2 |"
        );
        assert_eq!(key(&row), ["kills of Chromium", "short"]);
        assert_ne!(
            key(&row),
            key("| kills of Chromium | long | 50 | none lost | 200 |")
        );
    }

    #[test]
    fn what_is_no_figure_is_no_row() {
        assert_eq!(row("half a\tline", ""), None);
    }
}
