#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
mod support;
use labor_brand_assessment::assessment::*;

#[test]
fn show() {
    let policy = support::policy();
    let a = assess_facts(policy, &support::facts_of("sample"));
    let t = std::time::Instant::now();
    for _ in 0..100 {
        std::hint::black_box(assess_facts(policy, &support::facts_of("sample")));
    }
    println!("assess+read {:?}", t.elapsed() / 100);
    let f = support::facts_of("sample");
    let t = std::time::Instant::now();
    for _ in 0..100 {
        std::hint::black_box(assess_facts(policy, &f));
    }
    println!("assess {:?}", t.elapsed() / 100);
    let t = std::time::Instant::now();
    let adv = advise(policy, &a.facts);
    println!("{:?}", t.elapsed());
    let t = std::time::Instant::now();
    for _ in 0..100 {
        std::hint::black_box(advise(policy, &a.facts));
    }
    println!("{:?}", t.elapsed() / 100);
    for m in adv.gains.iter().chain(&adv.warnings) {
        let c: Vec<_> = m
            .changes
            .iter()
            .map(|c| format!("{}={}", policy.facts[c.fact].id, c.answer(policy).to_line()))
            .collect();
        let rows: Vec<_> = policy.rows().collect();
        let r: Vec<_> = m
            .rows
            .iter()
            .map(|(p, g)| format!("{} {}", rows[*p].id, g))
            .collect();
        println!(
            "{} {:?} gain {} total {} {:?} {:?} {}",
            m.id,
            c,
            m.gain,
            m.total,
            r,
            m.when,
            m.overall.id()
        );
    }
}
