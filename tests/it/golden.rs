//! The golden cases of the scheme: rows, sections, three totals, states, eligibility.

use crate::support;
use labor_brand_assessment::answers::check_form;
use labor_brand_assessment::assessment::{assess, assess_facts};
use labor_brand_assessment::json::Json;

#[test]
fn every_golden_case_comes_out_exactly() {
    let policy = support::policy();
    let cases = &support::expectations().cases;
    assert!(cases.len() >= 181, "{} cases", cases.len());
    for case in cases {
        assert_eq!(case.differences(policy), [""; 0], "{}", case.id);
        // Nothing is chosen or lowered, so the applicant's own figures are the default ones.
        let result = assess_facts(policy, &case.facts);
        for row in &result.rows {
            assert_eq!(row.figures.own, row.figures.default, "{}", case.id);
        }
    }
}

#[test]
fn no_golden_case_leaves_a_row_or_a_reading_unsaid() {
    let policy = support::policy();
    for case in &support::expectations().cases {
        let expected = case.expected.as_object().unwrap();
        let rows = expected.get("rows").unwrap().as_object().unwrap();
        assert!(policy.rows().all(|row| rows.contains_key(&row.id)), "{}", case.id);
        let sections = expected.get("sections").unwrap().as_object().unwrap();
        assert!(
            policy
                .sections
                .iter()
                .all(|section| sections.contains_key(&section.id)),
            "{}",
            case.id
        );
        for total in ["total", "strict_total", "lenient_total"] {
            assert!(expected.contains_key(total), "{}", case.id);
        }
        if let Some(rules) = expected.get("eligibility").and_then(Json::as_object) {
            assert!(
                policy.rules.iter().all(|rule| rules.contains_key(&rule.id)),
                "{}",
                case.id
            );
        }
    }
}

#[test]
fn the_sample_that_the_page_offers_is_the_golden_one() {
    let policy = support::policy();
    let sample = support::offered_sample(policy);
    assert_eq!(sample.facts, support::facts_of("sample"));
    let total = assess(policy, &sample).total;
    let shown = [total.own, total.strict, total.default, total.lenient].map(|points| points.to_string());
    assert_eq!(shown, ["75.5", "59.5", "75.5", "84.5"]);
    let findings = check_form(policy, &sample, support::today());
    assert_eq!(findings, [], "its form is without fault");
}
