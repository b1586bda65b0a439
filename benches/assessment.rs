//! How long the assessment and the advice take, side by side: a table, no verdict.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use labor_brand_assessment::assessment::{Readings, advise, assess_facts, eligibility_path, plan, what_if};
use labor_brand_assessment::json::Object;
use labor_brand_assessment::numbers::Points;

/// How often each is run; what is shown is the run in the middle.
const ROUNDS: usize = 60;

fn main() {
    let policy = support::policy();
    let cases: [(&str, Object); 2] = [
        ("the sample", support::facts_of("sample")),
        ("all no and zero", support::nothing_but(policy, "{}")),
    ];
    println!("{ROUNDS} rounds; the middle run of each, and how many assessments that is");
    for (name, answers) in cases {
        let facts = assess_facts(policy, &answers).facts;
        let case = support::case(answers.clone());
        let other = support::facts(r#"{"brand_employees": 701}"#);
        let to = |points: i64| Points::hundredths(points * 100);
        let runs: [(&str, &dyn Fn()); 6] = [
            ("assess", &|| drop(black_box(assess_facts(policy, &answers)))),
            ("what if", &|| drop(black_box(what_if(policy, &case, &other)))),
            ("advice", &|| {
                drop(black_box(advise(policy, &facts, &Readings::default())))
            }),
            ("way in", &|| {
                drop(black_box(eligibility_path(policy, &facts, &Readings::default())))
            }),
            ("plan to 80", &|| {
                drop(black_box(plan(policy, &facts, &Readings::default(), to(80))))
            }),
            ("plan to 100", &|| {
                drop(black_box(plan(policy, &facts, &Readings::default(), to(100))))
            }),
        ];
        // One after the other in each round, so that a busy moment weighs on all alike.
        let mut times = vec![Vec::with_capacity(ROUNDS); runs.len()];
        for _ in 0..ROUNDS {
            for ((_, run), times) in runs.iter().zip(&mut times) {
                let start = Instant::now();
                run();
                times.push(start.elapsed());
            }
        }
        let middle = |times: &mut Vec<Duration>| {
            times.sort_unstable();
            times[ROUNDS / 2]
        };
        let times: Vec<Duration> = times.iter_mut().map(middle).collect();
        println!("\n{name}");
        for ((run, _), time) in runs.iter().zip(&times) {
            let ratio = time.as_nanos() as f64 / times[0].as_nanos() as f64;
            println!(
                "  {run:<12} {:>9.3} ms {ratio:>8.1} ×",
                time.as_secs_f64() * 1_000.0
            );
        }
    }
}
