//! The figures that tests leave in the target folder, as a table in docs/assurance.md.

use std::fs;

use crate::failure::{Failure, Result};
use crate::process::say;
use crate::workspace::Workspace;

/// Where the table stands.
const TABLE: &str = "docs/assurance.md";

/// What stands above the rows.
const HEAD: &str = "\
# Figures of the tests that count

Written by `cargo xtask figures` from what the last runs of `cargo xtask test` (short) and `cargo xtask test --long` (long) left in the target folder. A long run stands beside the short one.

| What was done | Run | How many | What came of it | Seconds |
| --- | --- | ---: | --- | ---: |
";

/// Writes the table from all figures that are there. Rows whose figures are
/// not in the target folder of this checkout stay as they were.
///
/// # Errors
/// When there are no figures, or the table cannot be written.
pub fn write_table(workspace: &Workspace) -> Result<()> {
    let folder = workspace.target().join("tmp/figures");
    let missing = |_| Failure::new("there are no figures yet: run `cargo xtask test` first");
    let mut rows: Vec<String> = Vec::new();
    for entry in fs::read_dir(&folder).map_err(missing)?.flatten() {
        let text = fs::read_to_string(entry.path())
            .map_err(|error| Failure::new(format!("{}: {error}", entry.path().display())))?;
        rows.extend(text.lines().filter_map(row));
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

/// A line of a figure as a row.
fn row(line: &str) -> Option<String> {
    let cells: Vec<&str> = line.split('\t').collect();
    (cells.len() == 5).then(|| format!("| {} |", cells.join(" | ")))
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
        let row = row("kills of Chromium\tshort\t3\tnone lost\t12").unwrap();
        assert_eq!(row, "| kills of Chromium | short | 3 | none lost | 12 |");
        assert_eq!(key(&row), ["kills of Chromium", "short"]);
        assert_ne!(
            key(&row),
            key("| kills of Chromium | long | 50 | none lost | 200 |")
        );
    }

    #[test]
    fn what_is_no_figure_is_no_row() {
        assert_eq!(row("half a\tline"), None);
    }
}
