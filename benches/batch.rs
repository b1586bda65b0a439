//! How many cases a second one core assesses: a line each, made up at random.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::time::Instant;

use labor_brand_assessment::documents::{Lines, assess_batch};

fn main() {
    let policy = support::policy();
    let lines = support::random::lines_of_cases(policy, 20_000);
    for _ in 0..2 {
        let mut by_line = Lines::new(policy, false);
        let mut out = String::new();
        let start = Instant::now();
        for _ in 0..5 {
            out.clear();
            by_line.assess_all(lines.as_bytes(), 1, &mut out);
        }
        let spent = start.elapsed();
        println!("lines {:?} a case", spent / 100_000);
        let whole = assess_batch(
            policy,
            &format!("[{}]", lines.trim_end().replace('\n', ",")),
            false,
        )
        .unwrap()
        .json;
        let whole = whole
            .trim_start_matches("[\n")
            .trim_end_matches("]\n")
            .replace(",\n", "\n");
        println!("equal {}", whole == out);
    }
    let array = format!("[{}]", lines.trim_end().replace('\n', ","));
    let start = Instant::now();
    let outcome = assess_batch(policy, &array, false).unwrap();
    let spent = start.elapsed();
    println!(
        "array {:?} a case, {} bytes a result, {} a case",
        spent / 20_000,
        outcome.json.len() / 20_000,
        lines.len() / 20_000
    );
}
