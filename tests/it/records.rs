//! What the assessment says about some twenty cases, as a reviewer reads it: one file for each in `tests/it/records/`.
//! A test never writes them. Whoever changes what is said writes them anew with
//! `INSTA_UPDATE=always cargo test … records`, and reads the difference against the document.

use std::fmt::Write as _;

use insta::{Settings, assert_snapshot};
use labor_brand_assessment::answers::{Case, Lowered};
use labor_brand_assessment::assessment::{
    Assessment, Explanation, Readings, RowState, advise, assess, cross_checks, shown_value, signed,
};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::numbers::Points;
use labor_brand_assessment::policy::{Policy, Reading, Verdict};

use crate::support;

/// The most lines that a reviewer reads of one case.
const LINES: usize = 80;

/// The most advice that is recorded of one case, best first.
const ADVICE: usize = 6;

/// A case made from a golden one by answering some facts otherwise; `null` takes an answer back.
fn made(base: &str, changes: &str) -> Case {
    let mut facts = support::facts_of(base);
    facts.extend(support::facts(changes));
    support::case(facts)
}

/// What is recorded about a case that was made from the golden case `base`.
fn shown(base: &str, case: &Case) -> String {
    let policy = support::policy();
    let assessment = assess(policy, case);
    let parts = [
        inputs(policy, base, case),
        eligibility(policy, &assessment),
        scores(policy, &assessment),
        remarks(policy, case, &assessment),
        advice(policy, &assessment),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let text = parts.join("\n");
    let lines = text.lines().count();
    assert!(lines <= LINES, "{lines} lines are too many to read:\n{text}");
    text
}

/// How the answers differ from those of `base`, and what was chosen.
fn inputs(policy: &Policy, base: &str, case: &Case) -> String {
    let before = assess(policy, &support::case(support::facts_of(base)));
    let after = assess(policy, case);
    let mut text = format!("输入：同 {base}\n");
    for (place, fact) in policy.facts.enumerated() {
        let value = |assessment: &Assessment, facts: &Object| {
            shown_value(policy, place, assessment.facts.get(place))
                .or_else(|| facts.get(&fact.id).map(Json::to_line))
                .unwrap_or_else(|| "没有填".to_owned())
        };
        let (was, is) = (
            value(&before, &support::facts_of(base)),
            value(&after, &case.facts),
        );
        if was != is {
            writeln!(text, "  {}：{was} → {is}", fact.label).unwrap();
        }
    }
    for (doubt, chosen) in &case.readings {
        writeln!(text, "  {doubt} 选读法：{}", chosen.reading.label()).unwrap();
    }
    for (row, lowered) in &case.lowered {
        writeln!(text, "  {row} 调低为 {}：{}", lowered.score, lowered.reason).unwrap();
    }
    text
}

/// Whether the case may apply: a line for each condition, with the other readings where they differ.
fn eligibility(policy: &Policy, assessment: &Assessment) -> String {
    let verdicts = &policy.scheme.verdicts;
    let explanation = Explanation::new(policy, assessment);
    let overall = assessment.overall;
    let mut text = format!("资格：{}", overall.chosen.in_words(verdicts));
    if overall.strict != overall.lenient || overall.chosen != overall.default {
        let [strict, default, lenient] =
            [overall.strict, overall.default, overall.lenient].map(|overall| overall.in_words(verdicts));
        write!(text, "（从严 {strict} – 通常 {default} – 从宽 {lenient}）").unwrap();
    }
    text.push('\n');
    for (rule, result) in policy.rules.iter().zip(&assessment.rules) {
        let standing = if result.chosen == Verdict::Unmet || result.chosen == Verdict::Unclear {
            let (place, _) = policy
                .rules
                .enumerated()
                .find(|(_, other)| other.id == rule.id)
                .unwrap();
            assessment.standing(policy, place).label(verdicts)
        } else {
            result.chosen.result_label(verdicts)
        };
        let reason = explanation.rule(rule, result.chosen);
        writeln!(text, "  {} {standing}：{reason}", rule.id).unwrap();
        for (reading, verdict) in [
            (Reading::Strict, result.strict),
            (Reading::Lenient, result.lenient),
        ] {
            if verdict != result.chosen {
                let reason = explanation.rule_under(rule, verdict, &Readings::all(reading));
                writeln!(
                    text,
                    "    {} {}：{reason}",
                    reading.label(),
                    verdict.result_label(verdicts)
                )
                .unwrap();
            }
        }
    }
    text
}

/// The points of each row, as `从严/通常/从宽` where they differ, with the reason; what is open is named.
fn scores(policy: &Policy, assessment: &Assessment) -> String {
    let explanation = Explanation::new(policy, assessment);
    let total = assessment.total;
    let mut text = format!(
        "自评 {} 分（{}）\n",
        total.own,
        assessment.range(policy).readings()
    );
    for (row, result) in policy.rows().zip(&assessment.rows) {
        let figures = result.figures;
        let points = if figures.strict == figures.lenient {
            figures.default.to_string()
        } else {
            format!("{}/{}/{}", figures.strict, figures.default, figures.lenient)
        };
        let state = match result.state {
            RowState::Answered if figures.own != result.chosen => format!("，自评 {}", figures.own),
            RowState::Answered if result.chosen != figures.default => format!("，选定 {}", result.chosen),
            RowState::Answered => String::new(),
            RowState::Incomplete => format!("，缺：{}", explanation.labels(&result.missing)),
            RowState::Invalid => "，不能计算".to_owned(),
        };
        let reason = match result.state {
            RowState::Incomplete => String::new(),
            _ => format!("：{}", explanation.row(row, result)),
        };
        writeln!(text, "  {} {points}{state}{reason}", row.id).unwrap();
        for (reading, points) in [
            (Reading::Strict, figures.strict),
            (Reading::Lenient, figures.lenient),
        ] {
            if result.state == RowState::Answered && points != result.chosen {
                writeln!(
                    text,
                    "    {}：{}",
                    reading.label(),
                    explanation.row_under(row, reading)
                )
                .unwrap();
            }
        }
    }
    text
}

/// What is remarked about answers that do not fit each other.
fn remarks(policy: &Policy, case: &Case, assessment: &Assessment) -> String {
    let mut text = String::new();
    for remark in cross_checks(policy, case, assessment, support::today()) {
        writeln!(text, "  {}", remark.text).unwrap();
    }
    if text.is_empty() {
        text
    } else {
        format!("提醒：\n{text}")
    }
}

/// The best advice, a line each: what to do, and what it brings.
fn advice(policy: &Policy, assessment: &Assessment) -> String {
    let given = advise(policy, &assessment.facts, &Readings::default());
    let mut text = String::from("建议：\n");
    for one in given.gains.iter().take(ADVICE) {
        writeln!(text, "  {} {}", signed(one.gain), one.shown(policy)).unwrap();
    }
    if given.gains.len() > ADVICE {
        writeln!(text, "  另有 {} 条", given.gains.len() - ADVICE).unwrap();
    }
    for one in given.warnings.iter().take(ADVICE) {
        let outcome = [
            one.shown_rows(policy),
            one.shown_rules(policy, &Readings::default()),
        ]
        .concat()
        .join("，");
        writeln!(text, "  不要 {}：{outcome}", one.shown(policy)).unwrap();
    }
    text
}

/// Compares what is said about a case with its file.
fn compare(name: &str, base: &str, case: &Case) {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("records");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!(name, shown(base, case)));
}

/// A test for each record: its name in the field's terms, the golden case it was made from, and what differs.
macro_rules! records {
    ($($test:ident: $base:literal, $changes:literal;)*) => {
        $(#[test] fn $test() { compare(stringify!($test), $base, &made($base, $changes)); })*
    };
}

records! {
    nothing_answered: "empty", "{}";
    everything_known_and_zero: "zero", "{}";
    every_condition_exactly: "min", "{}";
    sample: "sample", "{}";
    full_marks: "full", "{}";
    only_the_company_known: "empty", r#"{"registered_in_urumqi": true, "entity_type": "enterprise",
        "is_independent_legal_person": true, "annual_revenue_wan": 299.99, "honors_provincial": 1}"#;
    registered_elsewhere: "sample", r#"{"registered_in_urumqi": false}"#;
    other_kind_of_entity: "sample", r#"{"entity_type": "other"}"#;
    recognised_by_the_city: "sample", r#"{"recognized_level": "city"}"#;
    cancelled_three_years_ago: "sample", r#"{"ever_cancelled": true, "years_since_cancellation": 3}"#;
    revenue_on_a_shared_end: "sample", r#"{"annual_revenue_wan": 300}"#;
    revenue_is_no_figure: "sample", r#"{"annual_revenue_wan": -1}"#;
    fund_without_effect: "sample", r#"{"fund_received": true, "fund_use_compliant": true, "fund_effective": false}"#;
    one_dispute_not_liable: "sample", r#"{"labor_disputes": 1, "labor_disputes_liable": 0}"#;
    no_place_to_train: "sample", r#"{"has_training_base": false, "training_partners": 0}"#;
    trained_below_the_line: "sample", r#"{"annual_trained": 99, "annual_trained_min": 99, "trained_self_used": 60,
        "trained_exported": 19}"#;
    more_placed_than_trained: "sample", r#"{"annual_trained": 300, "trained_self_used": 200, "trained_exported": 150}"#;
    half_of_the_employees_trained: "sample", r#"{"brand_employees": 401, "trained_employees": 200}"#;
    honours_of_persons: "sample", r#"{"person_honors_national": 1, "person_honors_local": 4}"#;
    no_channel_at_all: "sample", r#"{"has_website": false, "has_wechat": false, "has_other_channel": false}"#;
}

#[test]
fn readings_chosen() {
    let mut case = made("sample", "{}");
    for (doubt, reading) in [("A6", Reading::Strict), ("A18", Reading::Lenient)] {
        case.readings.insert(doubt.to_owned(), support::chosen(reading));
    }
    compare("readings_chosen", "sample", &case);
}

#[test]
fn a_row_lowered() {
    let mut case = made("sample", "{}");
    let lowered = Lowered {
        score: "1.5".to_owned(),
        reason: "证书还在办理".to_owned(),
        ..Lowered::default()
    };
    case.lowered.insert("1.1".to_owned(), lowered);
    assert!(assess(support::policy(), &case).total.own < Points::hundredths(75_50));
    compare("a_row_lowered", "sample", &case);
}
