//! The golden cases of the scheme: rows, sections, three totals, states, eligibility.

use crate::support;
use labor_brand_assessment::answers::check_form;
use labor_brand_assessment::assessment::{RowState, assess, assess_facts};
use labor_brand_assessment::json::Json;
use labor_brand_assessment::policy::Verdict;

#[test]
fn every_golden_case_comes_out_exactly() {
    let policy = support::policy();
    let cases = support::golden_cases();
    assert!(cases.len() >= 147, "{} cases", cases.len());
    let mut differences = Vec::new();
    for (id, facts, expected) in &cases {
        let result = assess_facts(policy, facts);
        let mut compare = |what: String, got: String, wanted: String| {
            if got != wanted {
                differences.push(format!("{id}: {what} is {got}, expected {wanted}"));
            }
        };
        let figure = |object: &Json, key: &str| match &object.as_object().unwrap()[key] {
            Json::Number(digits) => digits
                .parse::<labor_brand_assessment::numbers::Points>()
                .unwrap()
                .to_string(),
            other => panic!("{other:?}"),
        };
        for (row, got) in policy.rows().zip(&result.rows) {
            let default = figure(&expected["rows"], &row.id);
            let other = |key: &str| {
                let differing = expected[key].as_object().unwrap();
                if differing.contains_key(&row.id) {
                    figure(&expected[key], &row.id)
                } else {
                    default.clone()
                }
            };
            compare(
                format!("row {}", row.id),
                got.figures.default.to_string(),
                default.clone(),
            );
            compare(
                format!("row {} own", row.id),
                got.figures.own.to_string(),
                default.clone(),
            );
            compare(
                format!("row {} strict", row.id),
                got.figures.strict.to_string(),
                other("rows_strict_if_different"),
            );
            compare(
                format!("row {} lenient", row.id),
                got.figures.lenient.to_string(),
                other("rows_lenient_if_different"),
            );
            let listed = |key: &str| {
                expected[key]
                    .as_list()
                    .unwrap()
                    .iter()
                    .any(|id| id.as_text() == Some(&row.id))
            };
            let state = if listed("invalid_rows") {
                RowState::Invalid
            } else if listed("unknown_rows") {
                RowState::Incomplete
            } else {
                RowState::Answered
            };
            compare(
                format!("state of row {}", row.id),
                got.state.id().to_owned(),
                state.id().to_owned(),
            );
        }
        for (section, got) in policy.sections.iter().zip(&result.sections) {
            compare(
                format!("section {}", section.id),
                got.figures.default.to_string(),
                figure(&expected["sections"], &section.id),
            );
        }
        let whole = Json::Object(expected.clone());
        compare(
            "total".into(),
            result.total.default.to_string(),
            figure(&whole, "total"),
        );
        compare(
            "strict total".into(),
            result.total.strict.to_string(),
            figure(&whole, "strict_total"),
        );
        compare(
            "lenient total".into(),
            result.total.lenient.to_string(),
            figure(&whole, "lenient_total"),
        );
        if let Some(overall) = expected.get("overall").and_then(Json::as_object) {
            let got = [
                ("strict", result.overall.strict),
                ("default", result.overall.default),
                ("lenient", result.overall.lenient),
            ];
            for (reading, got) in got {
                compare(
                    format!("overall {reading}"),
                    got.id().to_owned(),
                    overall[reading].as_text().unwrap().to_owned(),
                );
            }
        }
        let Some(eligibility) = expected.get("eligibility").and_then(Json::as_object) else {
            continue;
        };
        for (rule, got) in policy.rules.iter().zip(&result.rules) {
            let wanted = match &eligibility[&rule.id] {
                Json::Text(one) => [one.as_str(); 3].map(str::to_owned),
                Json::List(three) => [0, 1, 2].map(|place| three[place].as_text().unwrap().to_owned()),
                other => panic!("{other:?}"),
            };
            let got = [got.strict, got.default, got.lenient].map(Verdict::result_id);
            compare(
                format!("rule {}", rule.id),
                format!("{got:?}"),
                format!("{wanted:?}"),
            );
        }
    }
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

#[test]
fn the_sample_that_the_page_offers_is_the_golden_one() {
    let policy = support::policy();
    let sample = support::offered_sample(policy);
    assert_eq!(sample.facts, support::facts_of("sample"));
    let total = assess(policy, &sample).total;
    let told = [total.own, total.strict, total.default, total.lenient].map(|points| points.to_string());
    assert_eq!(told, ["75.5", "59.5", "75.5", "84.5"]);
    let findings = check_form(policy, &sample, support::today());
    assert_eq!(findings, [], "its form is without fault");
}
