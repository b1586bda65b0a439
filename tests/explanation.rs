//! Traces: every step from the answers to a result, and that it is true.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use labor_brand_assessment::assessment::*;

#[test]
fn dump() {
    let policy = support::policy();
    let case = support::offered_sample(policy);
    let assessment = assess(policy, &case);
    let explanation = Explanation::new(policy, &assessment);
    let show = |trace: &Trace| {
        for input in &trace.inputs {
            println!("   . {} {} {:?}", input.label, input.value, input.state);
        }
        for r in &trace.reckonings {
            println!("   = {} {} : {} {:?}", r.label, r.figure, r.how, r.doubt);
        }
        for line in &trace.lines {
            println!(
                "   {}{} [{:?}] {:?}/{:?} {}",
                "    ".repeat(line.depth),
                line.text,
                line.mark,
                line.points.map(|p| p.to_string()),
                line.full.map(|p| p.to_string()),
                if line.counts { "" } else { "idle" }
            );
        }
        for s in &trace.staircases {
            println!("   # {} | {:?} hit {:?}", s.standing(), s.ahead(), s.hit);
            println!(
                "     {}",
                s.stairs
                    .iter()
                    .map(|x| format!("{}:{}", x.range, x.points))
                    .collect::<Vec<_>>()
                    .join(" | ")
            );
        }
        println!("   -> {:?} {:?}", trace.result, trace.readings);
    };
    for (row, result) in policy.rows().zip(&assessment.rows) {
        println!("{} {} {}", row.id, row.title, explanation.row(row, result));
        show(&explanation.trace_row(row, result));
    }
    for (rule, result) in policy.rules.iter().zip(&assessment.rules) {
        println!(
            "{} {} {}",
            rule.id,
            rule.title,
            explanation.rule(rule, result.chosen)
        );
        show(&explanation.trace_rule(rule));
    }
}
