//! How many cases a second one core assesses: a line each, and as an array; made up at random.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use labor_brand_assessment::documents::{Lines, assess_batch};

/// How many cases there are, of which no two are alike; so many that a tick of
/// the system's count is little beside what they take.
const CASES: usize = 25_000;
/// How often they are assessed. The quickest one is shown: what others do on the
/// machine makes a pass slower and never quicker.
const PASSES: u32 = 5;
/// How many lines are handed to a thread at once, about.
const IN_CHUNK: usize = 64;

fn main() {
    let policy = support::policy();
    let lines = support::random::lines_of_cases(policy, CASES as u64);
    let lines: Vec<&str> = lines.lines().collect();
    let chunks: Vec<String> = lines.chunks(IN_CHUNK).map(|some| some.join("\n")).collect();
    let mut by_line = Lines::new(policy, false);
    let mut out = String::new();
    let mut written = 0;
    measured("lines", &chunks, |chunk| {
        out.clear();
        by_line.assess_all(chunk.as_bytes(), 1, &mut out);
        written += out.len();
    });
    measured("array", &chunks, |chunk| {
        let array = format!("[{}]", chunk.replace('\n', ","));
        assess_batch(policy, &array, false).unwrap();
    });
    let read: usize = lines.iter().map(|line| line.len()).sum();
    println!(
        "{} bytes a case, {} a result",
        read / CASES,
        written / CASES / PASSES as usize
    );
}

/// Says what a case takes of a processor, which others on the machine lengthen
/// less than the time by the clock.
fn measured(name: &str, chunks: &[String], mut assess: impl FnMut(&str)) {
    let mut quickest = Duration::MAX;
    let (start, mut all) = (Instant::now(), Duration::ZERO);
    for _ in 0..PASSES {
        let before = processor_time();
        chunks.iter().for_each(|chunk| assess(chunk));
        let spent = processor_time() - before;
        quickest = quickest.min(spent);
        all += spent;
    }
    let a_case = quickest / CASES as u32;
    println!(
        "{name}: {a_case:?} a case, {} a second and core (a core was had for {}% of the time)",
        1_000_000_000 / a_case.as_nanos().max(1),
        all.as_nanos() * 100 / start.elapsed().as_nanos().max(1)
    );
}

/// How long this thread has had a processor; by the clock where the system does not say it.
fn processor_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|time| time.parse().ok());
    let by_the_clock = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    nanoseconds.map_or_else(by_the_clock, Duration::from_nanos)
}
