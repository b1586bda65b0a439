#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
mod support;
use labor_brand_assessment::assessment::*;
use labor_brand_assessment::numbers::Points;
fn tell(m: &Move) {
    let policy = support::policy();
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
        "  {:?} gain {} total {} {:?} {:?} {}",
        c,
        m.gain,
        m.total,
        r,
        m.when,
        m.overall.id()
    );
}
#[test]
fn show() {
    let policy = support::policy();
    let mut times = vec![];
    for (id, facts, _) in support::golden_cases() {
        let a = assess_facts(policy, &facts);
        let t = std::time::Instant::now();
        let adv = advise(policy, &a.facts);
        let t1 = t.elapsed();
        let t = std::time::Instant::now();
        let way = way_in(policy, &a.facts);
        let t2 = t.elapsed();
        let t = std::time::Instant::now();
        let p = plan(policy, &a.facts, Points::hundredths(9000));
        let t3 = t.elapsed();
        times.push((t1, t2, t3));
        if !way.gaps.is_empty() && times.len() % 9 == 0 || id == "sample" {
            println!("=== {id} {} {}", a.total.default, a.overall.default.id());
            println!(" gains {}", adv.gains.len());
            adv.gains.iter().filter(|g| g.changes.len() > 1).for_each(tell);
            println!(" warnings");
            adv.warnings.iter().for_each(tell);
            println!(" way in");
            for r in &way.gaps {
                println!(
                    "  {:?} {:?}",
                    r.rules
                        .iter()
                        .map(|r| policy.rules[*r].id.as_str())
                        .collect::<Vec<_>>(),
                    r.obstacle
                );
                r.ways.iter().for_each(tell);
            }
            if let Some(t) = &way.together {
                println!(" together");
                tell(t);
            }
            println!(" plan to 90 from {} -> {} (now {})", p.from, p.total, p.total_now);
            p.steps.iter().for_each(tell);
            for s in &p.short {
                println!(
                    "   short {} {} {:?}",
                    policy.rows().nth(s.row).unwrap().id,
                    s.points,
                    s.why
                );
            }
        }
    }
    println!(
        "{:?} {:?} {:?}",
        times.iter().map(|t| t.0).max(),
        times.iter().map(|t| t.1).max(),
        times.iter().map(|t| t.2).max()
    );
}
