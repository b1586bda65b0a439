//! Very many cases, one a line: what `assess` reads and prints as JSON Lines.
//!
//! A million cases are assessed in seconds, on every core, in memory that does not
//! grow with them. Most of what an assessment costs is making and writing the
//! reasons, and most cases are like others in most parts: each rule and each row
//! hangs on a few facts, and what it came to for the same answers is kept with its
//! text. What is kept is found by the answers themselves, so that no result is ever
//! taken for another's; the whole assessment, case by case, is the oracle of the
//! tests.

mod case_line;
mod chunks;
mod kept;
mod scan;
mod workers;

pub use case_line::{Lines, LinesOutcome};
pub use chunks::is_case_a_line;
pub use workers::assess_lines;
