//! All that is told about the sample is as it was recorded, word by word
//! (`tests/recorded/sample.txt`). Whoever changes what is told records it anew
//! with `RECORD=write` in the environment and reads the difference.

use crate::support;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use labor_brand_assessment::answers::{Case, FactState};
use labor_brand_assessment::assessment::{
    Assessment, Explanation, Improvement, Progress, Progresses, Readings, advise, answers_in_state, assess,
    claims_without_evidence, cross_checks, doubt_effects, draft, eligibility_path, is_needed, plan,
    suggested_answer, suggestions, told_value,
};
use labor_brand_assessment::documents::{DocumentOptions, Paper, PrivateEntries, papers_document, to_csv};
use labor_brand_assessment::numbers::Points;
use labor_brand_assessment::policy::{Policy, Reading};

/// One kind of thing that is told about a case.
type Topic = fn(&Policy, &Case, &Assessment) -> String;

const TOPICS: [(&str, Topic); 8] = [
    ("progress", progress),
    ("reasons", reasons),
    ("traces", traces),
    ("remarks", remarks),
    ("doubts", doubts),
    ("advice", advice),
    ("narrative", narrative),
    ("papers", papers),
];

fn progress(policy: &Policy, case: &Case, assessment: &Assessment) -> String {
    let all = Progresses::of(policy, case, assessment, support::today());
    let mut text = String::new();
    let mut add = |name: &str, progress: Progress| {
        let Progress { done, all, faults } = progress;
        writeln!(
            text,
            "{name}: {done} of {all}, {faults} wrong, {:?}",
            progress.state()
        )
        .unwrap();
    };
    add("precheck", all.precheck);
    add("questions", all.questions);
    for (place, group) in all.groups.iter().enumerate() {
        add(&format!("group {place}"), *group);
    }
    add("form", all.form);
    add("eligibility", all.eligibility);
    add("score", all.score);
    add("evidence", all.evidence);
    let needed = policy
        .facts
        .indices()
        .filter(|place| is_needed(policy, assessment, *place));
    writeln!(text, "needed: {:?}", needed.collect::<Vec<_>>()).unwrap();
    let claims = claims_without_evidence(policy, case, assessment);
    writeln!(text, "without evidence: {claims:?}").unwrap();
    for state in [FactState::Exact, FactState::Approximate, FactState::CarriedOver] {
        writeln!(text, "{state:?}: {}", answers_in_state(case, state)).unwrap();
    }
    text
}

fn reasons(policy: &Policy, _: &Case, assessment: &Assessment) -> String {
    let told = Explanation::new(policy, assessment);
    let mut text = format!(
        "{:?}\n{:?}\n{:?}\nceiling {}\n",
        assessment.total, assessment.overall, assessment.sections, assessment.ceiling
    );
    for (row, result) in policy.rows().zip(&assessment.rows) {
        writeln!(text, "{} {}", row.id, told.row(row, result)).unwrap();
        for reading in [Reading::Strict, Reading::Default, Reading::Lenient] {
            writeln!(text, "  {reading:?}: {}", told.row_under(row, reading)).unwrap();
        }
        writeln!(text, "  {:?}\n  {:?}", result, told.sub_criteria(row)).unwrap();
    }
    for (rule, result) in policy.rules.iter().zip(&assessment.rules) {
        writeln!(text, "{} {}", rule.id, told.rule(rule, result.chosen)).unwrap();
        for reading in [Reading::Strict, Reading::Lenient] {
            let other = told.rule_under(rule, result.chosen, &Readings::all(reading));
            writeln!(text, "  {reading:?}: {other}").unwrap();
        }
    }
    for place in policy.facts.indices() {
        let value = told_value(policy, place, assessment.facts.get(place));
        let fault = assessment.facts.fault(place).map(|fault| fault.to_string());
        writeln!(
            text,
            "{place:?}: {value:?} {fault:?} {:?}",
            told.conflicts_at(place)
        )
        .unwrap();
    }
    text + &to_csv(policy, assessment)
}

fn traces(policy: &Policy, _: &Case, assessment: &Assessment) -> String {
    let told = Explanation::new(policy, assessment);
    let mut text = String::new();
    for (row, result) in policy.rows().zip(&assessment.rows) {
        let trace = told.trace_row(row, result);
        writeln!(text, "{trace:#?}").unwrap();
        for staircase in &trace.staircases {
            writeln!(text, "{} {:?}", staircase.standing(), staircase.ahead()).unwrap();
            writeln!(text, "{:?} {}", staircase.stair(), staircase.with_unit(7)).unwrap();
        }
    }
    for rule in &policy.rules {
        writeln!(text, "{:#?}", told.trace_rule(rule)).unwrap();
    }
    text
}

fn remarks(policy: &Policy, case: &Case, assessment: &Assessment) -> String {
    let remarks = cross_checks(policy, case, assessment, support::today());
    let mut text = format!("{remarks:#?}\n");
    for (field, suggestion) in suggestions(policy, case, support::today()) {
        writeln!(text, "{}: {:?}", field.id, suggested_answer(suggestion)).unwrap();
    }
    text
}

fn doubts(policy: &Policy, _: &Case, assessment: &Assessment) -> String {
    let mut text = String::new();
    for bearing in doubt_effects(policy, assessment) {
        let (width, moves) = (bearing.width(), bearing.moves());
        writeln!(text, "{bearing:?} {width} {moves}").unwrap();
        for reading in [Reading::Strict, Reading::Default, Reading::Lenient] {
            writeln!(text, "  {}", bearing.effect(policy, reading)).unwrap();
        }
    }
    text
}

fn told_move(policy: &Policy, told: &Improvement, text: &mut String) {
    let (rows, rules) = (told.told_rows(policy), told.told_rules(policy));
    let cautions = told.cautions(policy);
    writeln!(
        text,
        "{}\n  {rows:?} {rules:?} {cautions:?}\n  {told:?}",
        told.told(policy)
    )
    .unwrap();
}

fn advice(policy: &Policy, _: &Case, assessment: &Assessment) -> String {
    let facts = &assessment.facts;
    let mut text = String::new();
    let given = advise(policy, facts);
    writeln!(text, "{given:?}").unwrap();
    for one in given.gains.iter().chain(&given.warnings) {
        told_move(policy, one, &mut text);
    }
    writeln!(text, "{:#?}", eligibility_path(policy, facts)).unwrap();
    for target in [
        Points::hundredths(60_00),
        Points::hundredths(80_00),
        policy.scheme.full_score,
    ] {
        let plan = plan(policy, facts, target);
        writeln!(text, "to {target}, {}: {plan:?}", plan.is_reached()).unwrap();
    }
    text
}

fn narrative(policy: &Policy, case: &Case, assessment: &Assessment) -> String {
    let drafts = [200, 400, 600].map(|length| draft(policy, case, assessment, length));
    drafts.join("\n")
}

fn papers(policy: &Policy, case: &Case, assessment: &Assessment) -> String {
    let options = DocumentOptions {
        papers: &Paper::ALL,
        private: PrivateEntries::Masked,
        today: support::today(),
    };
    format!("{:#?}\n", papers_document(policy, case, assessment, options))
}

/// Compares line by line with what was recorded, or records. A few lines that
/// differ are enough to see what happened.
fn compare(file: &str, lines: impl Iterator<Item = String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/recorded")
        .join(file);
    if std::env::var("RECORD").is_ok_and(|wish| wish == "write") {
        let lines: Vec<String> = lines.collect();
        return fs::write(&path, lines.join("\n") + "\n").unwrap();
    }
    let recorded = fs::read_to_string(&path).unwrap();
    let mut recorded = recorded.lines();
    let differing = lines.filter_map(|line| {
        let before = recorded.next().unwrap_or_default();
        (line != before).then(|| format!("- {before}\n+ {line}"))
    });
    let differing: Vec<String> = differing.take(5).collect();
    assert!(
        differing.is_empty() && recorded.next().is_none(),
        "{file} was recorded otherwise; if the change is meant, record anew with RECORD=write:\n{}",
        differing.join("\n")
    );
}

#[test]
fn the_sample_is_told_of_as_it_was_recorded() {
    let policy = support::policy();
    let case = support::filled_sample();
    let assessment = assess(policy, &case);
    // Papers and traces are long, and stand among the digests.
    let topics = TOPICS
        .iter()
        .filter(|(topic, _)| !matches!(*topic, "papers" | "traces"));
    let parts = topics.map(|(topic, tell)| format!("# {topic}\n\n{}", tell(policy, &case, &assessment)));
    let text = parts.collect::<Vec<_>>().join("\n");
    compare("sample.txt", text.lines().map(str::to_owned));
}
