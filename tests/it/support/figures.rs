//! Figures that a test leaves for the table of docs/assurance.md, which
//! `cargo run --package figures` collects.

use std::fs;
use std::path::Path;
use std::time::Duration;

/// Leaves a figure: what was done, how often, and what came of it. A run of at
/// least `long` times is kept beside the short one.
pub fn record(name: &str, what: &str, times: u64, long: u64, outcome: &str, took: Duration) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("figures");
    let length = if times >= long { "long" } else { "short" };
    let took = took.as_secs();
    let line = format!("{what}\t{length}\t{times}\t{outcome}\t{took}\n");
    // A figure that cannot be written is missing in the table; the test is right all the same.
    let _ = fs::create_dir_all(&folder);
    let _ = fs::write(folder.join(format!("{name}-{length}.tsv")), line);
}
