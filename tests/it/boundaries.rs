//! Both sides of every line that the scheme draws. The expected figures are
//! written by hand from the document, never taken from the policy file.

use crate::support;
use std::collections::BTreeSet;

use crate::support::{date, facts, nothing_but, sample_but};
use labor_brand_assessment::answers::{Case, Fault, read_value};
use labor_brand_assessment::assessment::{Assessment, Overall, RowState, assess, assess_facts};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::{FactKind, Policy, Reading};

/// The place of a row in the official order.
fn place_of(policy: &Policy, row: &str) -> usize {
    policy.rows().position(|known| known.id == row).unwrap()
}

/// A row's state where it is not answered, else its three scores: `0 2 2` or, where all agree, `2`.
fn row_in(policy: &Policy, assessment: &Assessment, row: &str) -> String {
    let result = &assessment.rows[place_of(policy, row)];
    let figures = result.figures;
    match result.state {
        RowState::Answered if figures.strict == figures.lenient => figures.default.to_string(),
        RowState::Answered => format!("{} {} {}", figures.strict, figures.default, figures.lenient),
        state => state.id().to_owned(),
    }
}

fn row_of(policy: &Policy, facts: &Object, row: &str) -> String {
    row_in(policy, &assess_facts(policy, facts), row)
}

/// A rule's result, or where readings differ all three.
fn rule_of(policy: &Policy, facts: &Object, rule: &str) -> String {
    let place = policy.rules.iter().position(|known| known.id == rule).unwrap();
    let result = assess_facts(policy, facts).rules[place];
    let told = [result.strict, result.default, result.lenient].map(|verdict| verdict.result_id());
    match told {
        [strict, default, lenient] if strict == default && default == lenient => default.to_owned(),
        told => told.join(" "),
    }
}

/// Checks a row for several sets of answers, everything else answered no or zero.
#[track_caller]
fn row_gives(row: &str, cases: &[(&str, &str)]) {
    let policy = support::policy();
    for (changes, expected) in cases {
        let facts = nothing_but(policy, changes);
        assert_eq!(row_of(policy, &facts, row), *expected, "row {row} of {changes}");
    }
}

/// Checks a rule in the same way.
#[track_caller]
fn rule_gives(rule: &str, cases: &[(&str, &str)]) {
    let policy = support::policy();
    for (changes, expected) in cases {
        let facts = nothing_but(policy, changes);
        assert_eq!(
            rule_of(policy, &facts, rule),
            *expected,
            "rule {rule} of {changes}"
        );
    }
}

// ── The score sheet ─────────────────────────────────────────────────────────

#[test]
fn an_answer_of_the_wrong_kind_is_told_for_what_it_is() {
    let fault = |id: &str, answer: &str| {
        let policy = support::policy();
        let fact = policy.facts.iter().find(|fact| fact.id == id).unwrap();
        read_value(fact, Some(&Json::parse(answer).unwrap())).unwrap_err()
    };
    let policy = support::policy();
    let of_kind = |kind: FactKind| policy.facts.iter().find(|fact| fact.kind == kind).unwrap();
    let (choice, count) = (&*of_kind(FactKind::Choice).id, &*of_kind(FactKind::Count).id);
    for answer in ["1", "true", "\"no such\""] {
        assert_eq!(fault(choice, answer), Fault::NotAChoice, "{answer}");
    }
    assert_eq!(fault(count, "1.0000000000000000000000001"), Fault::NotWhole);
    assert_eq!(fault(count, "-1e30"), Fault::Negative);
    assert_eq!(fault(count, "1e30"), Fault::TooLarge);
    assert_eq!(fault(count, "\"1\""), Fault::NotANumber);
}

#[test]
fn row_1_1_wants_all_four_conditions_and_generously_splits_them() {
    row_gives(
        "1.1",
        &[
            (r#"{}"#, "0"),
            (
                r#"{"is_independent_legal_person":true,"law_abiding":true,"has_internal_mgmt_rules":true,"has_finance_rules":true}"#,
                "2",
            ),
            (
                r#"{"is_independent_legal_person":true,"law_abiding":true,"has_internal_mgmt_rules":true}"#,
                "0 0 1",
            ),
            (
                r#"{"law_abiding":true,"has_internal_mgmt_rules":true,"has_finance_rules":true}"#,
                "0 0 1",
            ),
            (r#"{"law_abiding":true,"has_finance_rules":true}"#, "0"),
        ],
    );
}

#[test]
fn row_1_2_adds_name_marks_and_origin() {
    row_gives(
        "1.2",
        &[
            (r#"{"has_brand_name_or_mark":true}"#, "0"),
            (
                r#"{"has_brand_name_or_mark":true,"brand_ownership_clear":true}"#,
                "1",
            ),
            (r#"{"has_logo":true,"has_trademark":true}"#, "0"),
            (r#"{"brand_distinctive":true,"has_logo":true}"#, "0 1 2"),
            (r#"{"brand_distinctive":true,"has_trademark":true}"#, "0 1 2"),
            (
                r#"{"brand_distinctive":true,"has_logo":true,"has_trademark":true}"#,
                "2",
            ),
            (r#"{"has_history":true}"#, "0 0 1"),
            (r#"{"has_complete_brand_plan":true}"#, "0 0 1"),
            (r#"{"has_history":true,"has_complete_brand_plan":true}"#, "1"),
        ],
    );
}

#[test]
fn row_1_3_takes_the_highest_honour_and_generously_adds_the_levels() {
    row_gives(
        "1.3",
        &[
            (r#"{}"#, "0"),
            (r#"{"honors_local":1}"#, "1"),
            (r#"{"honors_local":9}"#, "1"),
            (r#"{"honors_provincial":1}"#, "2"),
            (r#"{"honors_provincial":2,"honors_local":1}"#, "2 2 3"),
            (r#"{"honors_national":1}"#, "3"),
            (
                r#"{"honors_national":1,"honors_provincial":1,"honors_local":1}"#,
                "3",
            ),
        ],
    );
}

#[test]
fn row_1_4_gives_a_shared_end_point_to_the_higher_band_and_strictly_to_the_lower() {
    let expected = [
        ("0", "0"),
        ("49.9999", "0"),
        ("50", "1"),
        ("50.0001", "1"),
        ("99.9999", "1"),
        ("100", "1 2 2"),
        ("100.0001", "2"),
        ("199.9999", "2"),
        ("200", "2 3 3"),
        ("200.0001", "3"),
        ("299.9999", "3"),
        ("300", "3 4 4"),
        ("300.0001", "4"),
        ("499.9999", "4"),
        ("500", "4 5 5"),
        ("500.0001", "5"),
        ("1000000000000000", "5"),
    ];
    for (revenue, expected) in expected {
        row_gives(
            "1.4",
            &[(&format!(r#"{{"annual_revenue_wan":{revenue}}}"#), expected)],
        );
    }
}

#[test]
fn row_1_5_scales_the_two_sets_of_rules_where_no_fund_was_received() {
    row_gives(
        "1.5",
        &[
            (r#"{}"#, "0"),
            (r#"{"has_internal_mgmt_rules":true}"#, "0 1.5 3"),
            (r#"{"has_finance_rules":true}"#, "0 1.5 3"),
            (
                r#"{"has_internal_mgmt_rules":true,"has_finance_rules":true}"#,
                "2 3 3",
            ),
            (r#"{"fund_received":true}"#, "0"),
            (r#"{"fund_received":true,"has_finance_rules":true}"#, "0 1 3"),
            (r#"{"fund_received":true,"fund_use_compliant":true}"#, "0"),
            (
                r#"{"fund_received":true,"fund_use_compliant":true,"fund_effective":true}"#,
                "0 1 3",
            ),
            (
                r#"{"fund_received":true,"has_internal_mgmt_rules":true,"has_finance_rules":true,"fund_effective":true}"#,
                "0 2 3",
            ),
            (
                r#"{"fund_received":true,"has_internal_mgmt_rules":true,"has_finance_rules":true,"fund_use_compliant":true,"fund_effective":true}"#,
                "3",
            ),
        ],
    );
}

#[test]
fn row_1_6_is_lost_by_one_dispute_and_generously_costs_a_point_each() {
    row_gives(
        "1.6",
        &[
            (r#"{}"#, "0"),
            (r#"{"labor_disputes":1}"#, "0"),
            (r#"{"contracts_spotcheck_ok":true}"#, "3"),
            (r#"{"contracts_spotcheck_ok":true,"labor_disputes":1}"#, "0 0 2"),
            (r#"{"contracts_spotcheck_ok":true,"export_incidents":1}"#, "0 0 2"),
            (
                r#"{"contracts_spotcheck_ok":true,"labor_disputes":1,"export_incidents":1}"#,
                "0 0 1",
            ),
            (r#"{"contracts_spotcheck_ok":true,"labor_disputes":3}"#, "0"),
            (r#"{"contracts_spotcheck_ok":true,"labor_disputes":4}"#, "0"),
            (
                r#"{"contracts_spotcheck_ok":true,"labor_disputes":4,"labor_disputes_liable":0}"#,
                "0 0 3",
            ),
            (
                r#"{"contracts_spotcheck_ok":true,"labor_disputes":4,"labor_disputes_liable":1,"export_incidents":1}"#,
                "0 0 1",
            ),
        ],
    );
}

#[test]
fn row_2_1_counts_full_fifties_and_generously_begun_ones() {
    let with_base = [
        (0, "1"),
        (1, "1 1 2"),
        (49, "1 1 2"),
        (50, "2"),
        (51, "2 2 3"),
        (99, "2 2 3"),
        (100, "3"),
        (299, "6 6 7"),
        (300, "7"),
        (349, "7 7 8"),
        (350, "8"),
        (351, "8"),
        (400, "8"),
    ];
    for (trained, expected) in with_base {
        for base in [r#""has_training_base":true"#, r#""training_partners":1"#] {
            row_gives(
                "2.1",
                &[(&format!(r#"{{{base},"annual_trained":{trained}}}"#), expected)],
            );
        }
    }
    row_gives(
        "2.1",
        &[
            // Strictly, persons count only where there is a base or a partner.
            (r#"{"annual_trained":49}"#, "0 0 1"),
            (r#"{"annual_trained":50}"#, "0 1 1"),
            (r#"{"annual_trained":400}"#, "0 8 8"),
            // The three kinds add up; strictly a person counts once, generously each time.
            (
                r#"{"training_partners":1,"annual_trained":30,"annual_prejob_trained":30,"annual_refresher_trained":40}"#,
                "1 3 3",
            ),
            (
                r#"{"training_partners":1,"annual_trained":60,"annual_prejob_trained":60,"annual_refresher_trained":30,"trained_distinct":100}"#,
                "3 4 4",
            ),
            (
                r#"{"training_partners":1,"annual_trained":60,"annual_prejob_trained":60,"annual_refresher_trained":30,"training_person_times":201}"#,
                "2 4 6",
            ),
        ],
    );
}

#[test]
fn row_2_2_gives_three_for_leading_one_for_joining_and_five_at_most() {
    row_gives(
        "2.2",
        &[
            (r#"{"standards_joined":1}"#, "1"),
            (r#"{"standards_joined":4}"#, "4"),
            (r#"{"standards_joined":5}"#, "5"),
            (r#"{"standards_joined":6}"#, "5"),
            (r#"{"standards_led":1}"#, "3"),
            (r#"{"standards_led":1,"standards_joined":1}"#, "4"),
            (r#"{"standards_led":1,"standards_joined":2}"#, "5"),
            (r#"{"standards_led":2}"#, "5"),
            (r#"{"materials_led":1}"#, "0 3 3"),
            (r#"{"materials_joined":1}"#, "0 1 1"),
            (r#"{"standards_joined":1,"materials_joined":3}"#, "1 4 4"),
            (r#"{"other_standards_led":1}"#, "0 0 3"),
            (r#"{"other_standards_joined":1}"#, "0 0 1"),
            (r#"{"standards_led":1,"other_standards_led":1}"#, "3 3 5"),
        ],
    );
}

#[test]
fn row_2_3_opens_at_a_hundred_and_at_eighty_per_cent() {
    let expected = [
        // trained, placed
        (99, 99, "0"),
        (100, 79, "0 0 2"),
        (100, 80, "0 0 2"),
        (101, 80, "0 0 2"),
        (101, 81, "2"),
        (200, 160, "2"),
        (200, 159, "0 0 2"),
        (201, 161, "4"),
        (300, 240, "4"),
        (301, 241, "6"),
        (400, 320, "6"),
        (401, 321, "8"),
        (500, 400, "8 8 10"),
        (500, 399, "0 0 10"),
        (501, 401, "10"),
        (10_000, 7_999, "0 0 10"),
        (10_000, 8_000, "10"),
        (10_000, 10_000, "10"),
        (10_000, 10_001, "invalid"),
    ];
    for (trained, placed, expected) in expected {
        let (own, exported) = (placed / 2, placed - placed / 2);
        let changes = format!(
            r#"{{"annual_trained":{trained},"trained_self_used":{own},"trained_exported":{exported}}}"#
        );
        row_gives("2.3", &[(&changes, expected)]);
    }
    // Strictly the worst year sets the band, while the share stays that of last year.
    for (worst, expected) in [
        (99, "0 10 10"),
        (100, "0 10 10"),
        (101, "2 10 10"),
        (200, "2 10 10"),
        (300, "4 10 10"),
        (400, "6 10 10"),
        (500, "8 10 10"),
        (501, "10"),
    ] {
        let changes =
            format!(r#"{{"annual_trained":501,"trained_self_used":401,"annual_trained_min":{worst}}}"#);
        row_gives("2.3", &[(&changes, expected)]);
    }
}

#[test]
fn row_3_1_opens_at_three_hundred_and_at_half_and_rises_by_two_hundreds() {
    let expected = [
        // employees, trained
        (299, 299, "0"),
        (300, 149, "0"),
        (300, 150, "10"),
        (301, 150, "0"),
        (301, 151, "11"),
        (500, 250, "11"),
        (501, 251, "12"),
        (700, 350, "12"),
        (701, 351, "13"),
        (900, 450, "13"),
        (901, 451, "14"),
        (1_100, 550, "14"),
        (1_101, 551, "15"),
        (10_000, 4_999, "0"),
        (10_000, 5_000, "15"),
        (300, 301, "invalid"),
    ];
    for (employees, trained, expected) in expected {
        let changes = format!(r#"{{"brand_employees":{employees},"trained_employees":{trained}}}"#);
        row_gives("3.1", &[(&changes, expected)]);
    }
    // Strictly those with a contract must reach number and share too.
    let contracted = [
        (299, 150, "0 12 12"),
        (300, 149, "0 12 12"),
        (300, 150, "10 12 12"),
        (301, 151, "11 12 12"),
        (500, 250, "11 12 12"),
        (501, 251, "12"),
        (620, 309, "0 12 12"),
        (620, 310, "12"),
    ];
    for (signed, trained, expected) in contracted {
        let changes = format!(
            r#"{{"brand_employees":620,"trained_employees":341,"brand_employees_contracted":{signed},"trained_employees_contracted":{trained}}}"#
        );
        row_gives("3.1", &[(&changes, expected)]);
    }
    // Nothing said of their training: the smaller of those trained and those signed.
    row_gives(
        "3.1",
        &[(
            r#"{"brand_employees":1200,"trained_employees":600,"brand_employees_contracted":400}"#,
            "11 15 15",
        )],
    );
}

#[test]
fn row_3_2_rises_by_its_bands() {
    let expected = [
        (0, "0"),
        (4, "0"),
        (5, "1"),
        (20, "1"),
        (21, "2"),
        (50, "2"),
        (51, "3"),
        (100, "3"),
        (101, "4"),
        (150, "4"),
        (151, "5"),
        (200, "5"),
        (201, "6"),
        (250, "6"),
        (251, "7"),
        (1_000, "7"),
    ];
    for (hired, expected) in expected {
        row_gives("3.2", &[(&format!(r#"{{"hardship_hired":{hired}}}"#), expected)]);
    }
    row_gives(
        "3.2",
        &[
            (r#"{"hardship_hired":50,"hardship_hired_certified":20}"#, "1 2 2"),
            (r#"{"hardship_hired":50,"hardship_hired_certified":4}"#, "0 2 2"),
            (r#"{"hardship_hired":50,"hardship_placed":1}"#, "2 2 3"),
            (r#"{"hardship_placed":5}"#, "0 0 1"),
        ],
    );
}

#[test]
fn row_3_3_gives_nothing_for_nobody_and_rises_by_fifties() {
    row_gives("3.3", &[(r#"{"insured_employees":0}"#, "0")]);
    for points in 1..=10 {
        let first = (points - 1) * 50 + 1;
        let last = if points == 10 { 100_000 } else { points * 50 };
        for insured in [first, last] {
            let changes = format!(r#"{{"insured_employees":{insured}}}"#);
            row_gives("3.3", &[(&changes, &points.to_string())]);
        }
    }
    row_gives(
        "3.3",
        &[
            (r#"{"insured_employees":236,"insured_with_contract":50}"#, "1 5 5"),
            (r#"{"insured_employees":236,"insured_with_contract":51}"#, "2 5 5"),
            (r#"{"insured_employees":236,"insured_with_contract":0}"#, "0 5 5"),
        ],
    );
}

#[test]
fn row_3_4_counts_its_five_parts() {
    row_gives(
        "3.4",
        &[
            (r#"{}"#, "0"),
            (r#"{"export_roster":true}"#, "0 1 1"),
            (
                r#"{"export_roster":true,"export_long_term":true,"export_destination_brand":true}"#,
                "0 3 3",
            ),
            (r#"{"export_agreement":true}"#, "0 1 5"),
            (r#"{"export_worker_contracts":true}"#, "0 1 5"),
            (
                r#"{"export_agreement":true,"export_long_term":true,"export_roster":true,"export_worker_contracts":true}"#,
                "0 4 5",
            ),
            (
                r#"{"export_agreement":true,"export_long_term":true,"export_roster":true,"export_worker_contracts":true,"export_destination_brand":true}"#,
                "5",
            ),
        ],
    );
}

#[test]
fn row_4_1_counts_its_five_parts() {
    row_gives(
        "4.1",
        &[
            (r#"{}"#, "0"),
            (r#"{"culture_defined":true}"#, "0 1 1"),
            (r#"{"party_activities":true,"team_activities":true}"#, "0 2 2"),
            (r#"{"culture_defined":true,"festival_condolence":true}"#, "0 2 5"),
            (
                r#"{"party_activities":true,"team_activities":true,"union_activities":true,"festival_condolence":true}"#,
                "0 4 4",
            ),
            (
                r#"{"culture_defined":true,"party_activities":true,"team_activities":true,"union_activities":true,"festival_condolence":true}"#,
                "5",
            ),
        ],
    );
}

#[test]
fn row_4_2_takes_the_highest_certificate_and_generously_adds_them_all() {
    row_gives(
        "4.2",
        &[
            (r#"{}"#, "0"),
            (r#"{"person_honors_local":1}"#, "1"),
            (r#"{"person_honors_local":2}"#, "1 1 2"),
            (r#"{"person_honors_local":3}"#, "1 1 3"),
            (r#"{"person_honors_local":4}"#, "1 1 3"),
            (r#"{"person_honors_provincial":1}"#, "2"),
            (r#"{"person_honors_provincial":2}"#, "2 2 3"),
            (
                r#"{"person_honors_provincial":1,"person_honors_local":1}"#,
                "2 2 3",
            ),
            (r#"{"person_honors_national":1}"#, "3"),
        ],
    );
}

#[test]
fn row_4_3_gives_half_a_point_for_each_of_four_events() {
    for (events, expected) in [(0, "0"), (1, "0.5"), (2, "1"), (3, "1.5"), (4, "2"), (5, "2")] {
        row_gives("4.3", &[(&format!(r#"{{"charity_events":{events}}}"#), expected)]);
    }
}

#[test]
fn row_5_1_adds_channels_media_and_content() {
    row_gives(
        "5.1",
        &[
            (r#"{"channels_used_well":true}"#, "0"),
            (r#"{"has_website":true}"#, "0 0 3"),
            (r#"{"has_website":true,"channels_used_well":true}"#, "0 3 3"),
            (r#"{"has_other_channel":true,"channels_used_well":true}"#, "0 3 3"),
            (r#"{"has_website":true,"has_wechat":true}"#, "0 0 3"),
            (
                r#"{"has_website":true,"has_wechat":true,"channels_used_well":true}"#,
                "3",
            ),
            (r#"{"media_local":1}"#, "1"),
            (r#"{"media_provincial":1}"#, "2"),
            (r#"{"media_national":1}"#, "3"),
            (r#"{"media_provincial":1,"media_local":5}"#, "2 2 3"),
            (
                r#"{"media_national":1,"media_provincial":1,"media_local":1}"#,
                "3 3 6",
            ),
            (r#"{"content_story":true}"#, "0 1 1"),
            (r#"{"content_story":true,"content_service":true}"#, "0 2 4"),
            (
                r#"{"content_story":true,"content_service":true,"content_standard":true}"#,
                "0 3 4",
            ),
            (
                r#"{"content_story":true,"content_service":true,"content_standard":true,"content_progress":true}"#,
                "4",
            ),
            // Ten is the most, however generously levels are added.
            (
                r#"{"has_website":true,"has_wechat":true,"channels_used_well":true,"media_national":1,"media_provincial":1,"media_local":1,"content_story":true,"content_service":true,"content_standard":true,"content_progress":true}"#,
                "10",
            ),
        ],
    );
}

// ── Doubts, each switched alone ─────────────────────────────────────────────

#[test]
fn each_doubt_of_the_score_sheet_switches_alone() {
    use Reading::{Lenient, Strict};
    let policy = support::policy();
    // doubt, reading, answers, row, score by default, score with this doubt switched
    let switched = [
        (
            "A1",
            Lenient,
            r#"{"is_independent_legal_person":true}"#,
            "1.1",
            "0",
            "1",
        ),
        (
            "A2",
            Strict,
            r#"{"brand_distinctive":true,"has_logo":true}"#,
            "1.2",
            "1",
            "0",
        ),
        (
            "A2",
            Lenient,
            r#"{"brand_distinctive":true,"has_logo":true}"#,
            "1.2",
            "1",
            "2",
        ),
        ("A3", Lenient, r#"{"has_history":true}"#, "1.2", "0", "1"),
        (
            "A5",
            Lenient,
            r#"{"honors_provincial":1,"honors_local":1}"#,
            "1.3",
            "2",
            "3",
        ),
        ("A6", Strict, r#"{"annual_revenue_wan":500}"#, "1.4", "5", "4"),
        (
            "A8",
            Strict,
            r#"{"fund_received":true,"has_finance_rules":true}"#,
            "1.5",
            "1",
            "0",
        ),
        (
            "A8",
            Lenient,
            r#"{"fund_received":true,"has_finance_rules":true}"#,
            "1.5",
            "1",
            "3",
        ),
        (
            "A9",
            Strict,
            r#"{"has_finance_rules":true,"has_internal_mgmt_rules":true}"#,
            "1.5",
            "3",
            "2",
        ),
        ("A9", Lenient, r#"{"has_finance_rules":true}"#, "1.5", "1.5", "3"),
        (
            "A10",
            Lenient,
            r#"{"contracts_spotcheck_ok":true,"labor_disputes":1}"#,
            "1.6",
            "0",
            "2",
        ),
        (
            "A12",
            Strict,
            r#"{"annual_trained":50,"annual_prejob_trained":50}"#,
            "2.1",
            "2",
            "1",
        ),
        (
            "A12",
            Lenient,
            r#"{"annual_trained":50,"training_person_times":150}"#,
            "2.1",
            "1",
            "3",
        ),
        ("A13", Lenient, r#"{"annual_trained":51}"#, "2.1", "1", "2"),
        ("A14", Strict, r#"{"annual_trained":200}"#, "2.1", "4", "0"),
        (
            "A16",
            Strict,
            r#"{"materials_led":1,"standards_joined":1}"#,
            "2.2",
            "4",
            "1",
        ),
        (
            "A16",
            Lenient,
            r#"{"other_standards_led":1,"standards_joined":1}"#,
            "2.2",
            "1",
            "4",
        ),
        (
            "A17",
            Lenient,
            r#"{"annual_trained":100,"trained_exported":80}"#,
            "2.3",
            "0",
            "2",
        ),
        (
            "A18",
            Lenient,
            r#"{"annual_trained":500,"trained_exported":400}"#,
            "2.3",
            "8",
            "10",
        ),
        ("A19", Lenient, r#"{"annual_trained":350}"#, "2.3", "0", "6"),
        (
            "A21",
            Strict,
            r#"{"annual_trained":350,"trained_exported":350,"annual_trained_min":150}"#,
            "2.3",
            "6",
            "2",
        ),
        (
            "A22",
            Strict,
            r#"{"brand_employees":620,"trained_employees":341,"brand_employees_contracted":300}"#,
            "3.1",
            "12",
            "10",
        ),
        (
            "A24",
            Strict,
            r#"{"hardship_hired":48,"hardship_hired_certified":20}"#,
            "3.2",
            "2",
            "1",
        ),
        (
            "A24",
            Lenient,
            r#"{"hardship_hired":48,"hardship_placed":3}"#,
            "3.2",
            "2",
            "3",
        ),
        (
            "A26",
            Strict,
            r#"{"insured_employees":236,"insured_with_contract":100}"#,
            "3.3",
            "5",
            "2",
        ),
        ("A28", Strict, r#"{"export_agreement":true}"#, "3.4", "1", "0"),
        ("A28", Lenient, r#"{"export_agreement":true}"#, "3.4", "1", "5"),
        (
            "A30",
            Strict,
            r#"{"culture_defined":true,"party_activities":true}"#,
            "4.1",
            "2",
            "0",
        ),
        (
            "A30",
            Lenient,
            r#"{"culture_defined":true,"party_activities":true}"#,
            "4.1",
            "2",
            "5",
        ),
        ("A32", Lenient, r#"{"person_honors_local":2}"#, "4.2", "1", "2"),
        (
            "A34",
            Strict,
            r#"{"has_website":true,"channels_used_well":true}"#,
            "5.1",
            "3",
            "0",
        ),
        ("A34", Lenient, r#"{"has_website":true}"#, "5.1", "0", "3"),
        (
            "A35",
            Lenient,
            r#"{"media_provincial":1,"media_local":1}"#,
            "5.1",
            "2",
            "3",
        ),
        (
            "A36",
            Strict,
            r#"{"content_story":true,"content_service":true}"#,
            "5.1",
            "2",
            "0",
        ),
        (
            "A36",
            Lenient,
            r#"{"content_story":true,"content_service":true}"#,
            "5.1",
            "2",
            "4",
        ),
    ];
    for (doubt, reading, changes, row, default, expected) in switched {
        let facts = nothing_but(policy, changes);
        let plain = assess_facts(policy, &facts);
        let mut case = support::case(facts);
        case.readings.insert(doubt.to_owned(), support::chosen(reading));
        let chosen = assess(policy, &case);
        let place = place_of(policy, row);
        assert_eq!(
            plain.rows[place].figures.own.to_string(),
            default,
            "{row} of {changes}"
        );
        assert_eq!(
            chosen.rows[place].figures.own.to_string(),
            expected,
            "{row} of {changes} where {doubt} is read {}",
            reading.id()
        );
        let cause = plain.rows[place]
            .causes
            .iter()
            .find(|cause| policy.doubts[cause.doubt].id == doubt)
            .unwrap_or_else(|| panic!("{doubt} is no cause of the range of {row} for {changes}"));
        let moved = if reading == Strict {
            cause.strict
        } else {
            cause.lenient
        };
        assert_eq!(
            plain.rows[place].figures.default.plus(moved).to_string(),
            expected,
            "cause {doubt}"
        );
        // The three readings for everybody, and all other rows, are not touched by the choice.
        for (other, (before, after)) in plain.rows.iter().zip(&chosen.rows).enumerate() {
            assert_eq!(before.figures.strict, after.figures.strict);
            assert_eq!(before.figures.default, after.figures.default);
            assert_eq!(before.figures.lenient, after.figures.lenient);
            assert!(
                other == place || before == after,
                "{doubt} moves row {other} as well"
            );
        }
    }
    let tried: BTreeSet<_> = switched
        .iter()
        .map(|(doubt, reading, ..)| (*doubt, *reading))
        .collect();
    let told = policy
        .doubts
        .iter()
        .filter(|doubt| doubt.id.starts_with('A') && doubt.id != "A20");
    let told: BTreeSet<_> = told
        .flat_map(|doubt| {
            let strict = doubt.strict.as_ref().map(|_| (doubt.id.as_str(), Strict));
            let lenient = doubt.lenient.as_ref().map(|_| (doubt.id.as_str(), Lenient));
            strict.into_iter().chain(lenient)
        })
        .collect();
    assert_eq!(tried, told, "every branch of the score sheet's doubts is tried");
}

#[test]
fn doubts_of_entry_switch_alone_and_change_whether_one_may_apply() {
    use Reading::{Lenient, Strict};
    let policy = support::policy();
    let switched = [
        (
            "A20",
            Lenient,
            r#"{"annual_trained":520,"annual_qualified":500}"#,
            Overall::Ineligible,
            Overall::Eligible,
        ),
        (
            "A21",
            Strict,
            r#"{"annual_trained_min":99}"#,
            Overall::Eligible,
            Overall::Ineligible,
        ),
        (
            "A22",
            Strict,
            r#"{"brand_employees_contracted":299}"#,
            Overall::Eligible,
            Overall::Ineligible,
        ),
        (
            "B1",
            Strict,
            r#"{"entity_type":"other"}"#,
            Overall::Unknown,
            Overall::Ineligible,
        ),
        (
            "B1",
            Lenient,
            r#"{"entity_type":"other"}"#,
            Overall::Unknown,
            Overall::Eligible,
        ),
        (
            "B2",
            Strict,
            r#"{"unit_has_other_recognized_brand":true}"#,
            Overall::Eligible,
            Overall::Ineligible,
        ),
        (
            "B3",
            Lenient,
            r#"{"ever_cancelled":true,"years_since_cancellation":5}"#,
            Overall::Ineligible,
            Overall::Eligible,
        ),
        (
            "B4",
            Strict,
            r#"{"recognized_level":"none"}"#,
            Overall::Eligible,
            Overall::Ineligible,
        ),
    ];
    for (doubt, reading, changes, default, expected) in switched {
        let mut case = support::case(sample_but(changes));
        assert_eq!(assess(policy, &case).overall.chosen, default, "{changes}");
        case.readings.insert(doubt.to_owned(), support::chosen(reading));
        let assessment = assess(policy, &case);
        assert_eq!(assessment.overall.chosen, expected, "{doubt} {}", reading.id());
        assert_eq!(
            assessment.overall.default, default,
            "{doubt} leaves the default reading alone"
        );
    }
}

#[test]
fn a_lowered_score_is_the_applicants_own_and_never_above_the_rules() {
    let policy = support::policy();
    let own = |score: &str| {
        let mut case: Case = support::case(support::facts_of("sample"));
        let lowered = labor_brand_assessment::answers::Lowered {
            score: score.to_owned(),
            ..Default::default()
        };
        case.lowered.insert(String::from("3.1"), lowered);
        let assessment = assess(policy, &case);
        let row = &assessment.rows[place_of(policy, "3.1")];
        assert_eq!(row.figures.default.to_string(), "12");
        assert_eq!(assessment.total.default.to_string(), "75.5");
        format!("{} {}", row.figures.own, assessment.total.own)
    };
    assert_eq!(own("11"), "11 74.5");
    assert_eq!(own("0.5"), "0.5 64");
    assert_eq!(own("12.5"), "12 75.5");
    assert_eq!(own("-1"), "0 63.5");
    assert_eq!(own("十一"), "12 75.5");
    assert_eq!(own(""), "12 75.5");
}

// ── Eligibility ─────────────────────────────────────────────────────────────

#[test]
fn rule_s2_leaves_other_kinds_to_the_district() {
    rule_gives(
        "S2",
        &[
            (r#"{"entity_type":"enterprise"}"#, "pass"),
            (r#"{"entity_type":"agri_cooperative"}"#, "pass"),
            (r#"{"entity_type":"other"}"#, "fail unknown pass"),
            (r#"{"entity_type":null}"#, "unknown"),
            (r#"{"entity_type":"bank"}"#, "unknown"),
        ],
    );
}

#[test]
fn rule_s3_asks_for_the_level_before_anything_else() {
    rule_gives(
        "S3",
        &[
            (r#"{"recognized_level":"none"}"#, "pass"),
            (r#"{"recognized_level":"district"}"#, "pass"),
            (r#"{"recognized_level":"city"}"#, "fail"),
            (r#"{"recognized_level":"region"}"#, "fail"),
            (
                r#"{"recognized_level":"none","unit_has_other_recognized_brand":true}"#,
                "fail pass pass",
            ),
            (
                r#"{"recognized_level":null,"unit_has_other_recognized_brand":true}"#,
                "unknown",
            ),
        ],
    );
}

#[test]
fn rule_s4_ends_after_the_fifth_anniversary() {
    rule_gives(
        "S4",
        &[
            (r#"{"ever_cancelled":false}"#, "pass"),
            (
                r#"{"ever_cancelled":false,"years_since_cancellation":-1}"#,
                "pass",
            ),
            (
                r#"{"ever_cancelled":null,"years_since_cancellation":9}"#,
                "unknown",
            ),
            (
                r#"{"ever_cancelled":true,"years_since_cancellation":null}"#,
                "unknown",
            ),
            (
                r#"{"ever_cancelled":true,"years_since_cancellation":4.99}"#,
                "fail",
            ),
            (
                r#"{"ever_cancelled":true,"years_since_cancellation":5}"#,
                "fail fail pass",
            ),
            (
                r#"{"ever_cancelled":true,"years_since_cancellation":5.01}"#,
                "pass",
            ),
        ],
    );
    // The page asks for the date and fills the years.
    let cancelled = date("2021-11-24");
    for (applied, expected) in [
        ("2026-11-23", "fail"),
        ("2026-11-24", "fail fail pass"),
        ("2026-11-25", "pass"),
    ] {
        let years = cancelled.elapsed_years(date(applied)).unwrap();
        let changes = format!(r#"{{"ever_cancelled":true,"years_since_cancellation":{years}}}"#);
        rule_gives("S4", &[(&changes, expected)]);
    }
    // Cancelled on 29 February: the anniversary of a common year falls on 1 March.
    let leap = date("2024-02-29");
    for (applied, expected) in [
        ("2029-02-28", "fail"),
        ("2029-03-01", "fail fail pass"),
        ("2029-03-02", "pass"),
    ] {
        let years = leap.elapsed_years(date(applied)).unwrap();
        let changes = format!(r#"{{"ever_cancelled":true,"years_since_cancellation":{years}}}"#);
        rule_gives("S4", &[(&changes, expected)]);
    }
}

#[test]
fn rule_s5_only_warns_except_in_the_strict_reading() {
    let policy = support::policy();
    for (level, overall) in [
        (r#""district""#, ["eligible"; 3]),
        (r#""none""#, ["ineligible", "eligible", "eligible"]),
        (r#"null"#, ["unknown"; 3]),
    ] {
        let facts = sample_but(&format!(r#"{{"recognized_level":{level}}}"#));
        let result = assess_facts(policy, &facts).overall;
        let told = [result.strict, result.default, result.lenient].map(Overall::id);
        assert_eq!(told, overall, "{level}");
    }
}

#[test]
fn rules_with_several_parts_fail_before_they_are_unknown() {
    rule_gives(
        "C1.3",
        &[
            (
                r#"{"has_internal_mgmt_rules":true,"has_finance_rules":true}"#,
                "pass",
            ),
            (
                r#"{"has_internal_mgmt_rules":true,"has_finance_rules":null}"#,
                "unknown",
            ),
            (
                r#"{"has_internal_mgmt_rules":null,"has_finance_rules":false}"#,
                "fail",
            ),
        ],
    );
    rule_gives(
        "C4.0",
        &[
            (
                r#"{"has_training_qualification":true,"has_qualified_partner":null}"#,
                "pass",
            ),
            (
                r#"{"has_training_qualification":null,"has_qualified_partner":true}"#,
                "pass",
            ),
            (
                r#"{"has_training_qualification":false,"has_qualified_partner":false}"#,
                "fail",
            ),
            (
                r#"{"has_training_qualification":false,"has_qualified_partner":null}"#,
                "unknown",
            ),
        ],
    );
}

#[test]
fn rule_c3_2_wants_three_hundred() {
    rule_gives(
        "C3.2",
        &[
            (r#"{"brand_employees":299}"#, "fail"),
            (r#"{"brand_employees":300}"#, "pass"),
            (r#"{"brand_employees":300.0}"#, "pass"),
            (r#"{"brand_employees":null}"#, "unknown"),
            (r#"{"brand_employees":-1}"#, "unknown"),
            (
                r#"{"brand_employees":300,"brand_employees_contracted":299}"#,
                "fail pass pass",
            ),
        ],
    );
}

#[test]
fn rule_c3_3_wants_half_and_fails_for_nobody_before_anything_else() {
    rule_gives(
        "C3.3",
        &[
            (r#"{"brand_employees":10000,"trained_employees":4999}"#, "fail"),
            (r#"{"brand_employees":10000,"trained_employees":5000}"#, "pass"),
            (r#"{"brand_employees":301,"trained_employees":150}"#, "fail"),
            (r#"{"brand_employees":301,"trained_employees":151}"#, "pass"),
            (r#"{"brand_employees":0,"trained_employees":null}"#, "fail"),
            (r#"{"brand_employees":0,"trained_employees":5}"#, "fail"),
            (r#"{"brand_employees":10,"trained_employees":null}"#, "unknown"),
            (r#"{"brand_employees":10,"trained_employees":11}"#, "unknown"),
            (
                r#"{"brand_employees":620,"trained_employees":341,"brand_employees_contracted":400,"trained_employees_contracted":199}"#,
                "fail pass pass",
            ),
            (
                r#"{"brand_employees":620,"trained_employees":341,"brand_employees_contracted":0}"#,
                "fail pass pass",
            ),
        ],
    );
}

#[test]
fn rule_c4_1_wants_a_hundred_a_year() {
    rule_gives(
        "C4.1",
        &[
            (r#"{"annual_trained":99}"#, "fail"),
            (r#"{"annual_trained":100}"#, "pass"),
            (
                r#"{"annual_trained":100,"annual_trained_min":99}"#,
                "fail pass pass",
            ),
            (r#"{"annual_trained":null,"annual_trained_min":99}"#, "unknown"),
        ],
    );
}

#[test]
fn rule_c4_2_wants_eighty_per_cent_of_those_trained_or_generously_of_those_who_passed() {
    rule_gives(
        "C4.2",
        &[
            (r#"{"annual_trained":10000,"trained_exported":7999}"#, "fail"),
            (r#"{"annual_trained":10000,"trained_exported":8000}"#, "pass"),
            (
                r#"{"annual_trained":10000,"trained_self_used":4000,"trained_exported":4000}"#,
                "pass",
            ),
            (r#"{"annual_trained":0,"trained_exported":null}"#, "fail"),
            (r#"{"annual_trained":100,"trained_exported":null}"#, "unknown"),
            (r#"{"annual_trained":100,"trained_exported":101}"#, "unknown"),
            (
                r#"{"annual_trained":100,"trained_exported":72,"annual_qualified":90}"#,
                "fail fail pass",
            ),
            (
                r#"{"annual_trained":100,"trained_exported":72,"annual_qualified":91}"#,
                "fail",
            ),
            // Fewer passed than were placed, or more than were trained: those trained count.
            (
                r#"{"annual_trained":100,"trained_exported":72,"annual_qualified":71}"#,
                "fail",
            ),
            (
                r#"{"annual_trained":100,"trained_exported":90,"annual_qualified":101}"#,
                "pass",
            ),
            (
                r#"{"annual_trained":100,"trained_exported":0,"annual_qualified":0}"#,
                "fail",
            ),
        ],
    );
}

// ── Optional facts ──────────────────────────────────────────────────────────

#[test]
fn an_optional_figure_is_held_to_its_bounds_with_a_warning() {
    let policy = support::policy();
    // the fact, answers, the row it moves, its scores
    let bounded = [
        (
            "labor_disputes_liable",
            r#"{"contracts_spotcheck_ok":true,"labor_disputes":1,"labor_disputes_liable":2}"#,
            "1.6",
            "0 0 2",
        ),
        (
            "trained_distinct",
            r#"{"training_partners":1,"annual_trained":100,"annual_prejob_trained":50,"trained_distinct":99}"#,
            "2.1",
            "3 4 4",
        ),
        (
            "trained_distinct",
            r#"{"training_partners":1,"annual_trained":100,"annual_prejob_trained":50,"trained_distinct":151}"#,
            "2.1",
            "4",
        ),
        (
            "training_person_times",
            r#"{"training_partners":1,"annual_trained":100,"annual_prejob_trained":50,"training_person_times":149}"#,
            "2.1",
            "3 4 4",
        ),
        (
            "annual_trained_min",
            r#"{"annual_trained":250,"trained_exported":250,"annual_trained_min":251}"#,
            "2.3",
            "4",
        ),
        (
            "brand_employees_contracted",
            r#"{"brand_employees":500,"trained_employees":250,"brand_employees_contracted":501}"#,
            "3.1",
            "11",
        ),
        (
            "trained_employees_contracted",
            r#"{"brand_employees":500,"trained_employees":250,"trained_employees_contracted":251}"#,
            "3.1",
            "11",
        ),
        (
            "trained_employees_contracted",
            r#"{"brand_employees":500,"trained_employees":450,"brand_employees_contracted":400,"trained_employees_contracted":401}"#,
            "3.1",
            "11",
        ),
        (
            "hardship_hired_certified",
            r#"{"hardship_hired":50,"hardship_hired_certified":51}"#,
            "3.2",
            "2",
        ),
        (
            "insured_with_contract",
            r#"{"insured_employees":50,"insured_with_contract":51}"#,
            "3.3",
            "1",
        ),
    ];
    for (fact, changes, row, expected) in bounded {
        let assessment = assess_facts(policy, &nothing_but(policy, changes));
        assert_eq!(row_in(policy, &assessment, row), expected, "{changes}");
        let warned: Vec<_> = assessment
            .facts
            .warnings
            .iter()
            .map(|warning| policy.facts[warning.fact].id.as_str())
            .collect();
        assert_eq!(warned, [fact], "{changes}");
    }
}

#[test]
fn an_optional_figure_at_its_bound_gives_no_warning() {
    let policy = support::policy();
    let facts = nothing_but(
        policy,
        r#"{"labor_disputes":1,"labor_disputes_liable":1,"annual_trained":100,"annual_prejob_trained":50,
        "trained_distinct":100,"training_person_times":150,"annual_trained_min":100,"annual_qualified":500,
        "brand_employees":500,"trained_employees":250,"brand_employees_contracted":500,"trained_employees_contracted":250,
        "hardship_hired":50,"hardship_hired_certified":50,"hardship_placed":900,
        "insured_employees":50,"insured_with_contract":50}"#,
    );
    assert_eq!(assess_facts(policy, &facts).facts.warnings, []);
}

#[test]
fn an_optional_answer_that_cannot_be_used_counts_as_left_out() {
    let policy = support::policy();
    let plain = assess_facts(policy, &support::facts_of("sample"));
    let optional = policy.facts.iter().filter(|fact| fact.optional.is_some());
    let mut tried = 0;
    for fact in optional {
        for answer in [r#""many""#, "-1", "0.5", "1e16", "[]", r#"{"n":1}"#, "null"] {
            let facts = sample_but(&format!(r#"{{"{}":{answer}}}"#, fact.id));
            let assessment = assess_facts(policy, &facts);
            assert_eq!(assessment.rows, plain.rows, "{} {answer}", fact.id);
            assert_eq!(assessment.rules, plain.rules, "{} {answer}", fact.id);
            tried += 1;
        }
    }
    assert_eq!(tried, 14 * 7, "fourteen facts are optional");
}

// ── States ──────────────────────────────────────────────────────────────────

#[test]
fn a_row_without_one_of_its_answers_is_open_and_scores_nothing() {
    row_gives(
        "1.6",
        &[
            (
                r#"{"contracts_spotcheck_ok":true,"export_incidents":null}"#,
                "incomplete",
            ),
            (
                r#"{"contracts_spotcheck_ok":false,"export_incidents":null}"#,
                "incomplete",
            ),
        ],
    );
    row_gives(
        "3.1",
        &[(
            r#"{"brand_employees":299,"trained_employees":null}"#,
            "incomplete",
        )],
    );
    row_gives("5.1", &[(r#"{"content_story":null}"#, "incomplete")]);
}

#[test]
fn a_row_with_an_answer_that_cannot_be_used_is_invalid_even_where_another_is_missing() {
    for (answer, expected) in [
        ("350", "11"),
        ("350.0", "11"),
        ("3.5e2", "11"),
        ("350.5", "invalid"),
        ("-1", "invalid"),
        ("-0", "invalid"),
        (r#""350""#, "invalid"),
        ("true", "invalid"),
        ("[350]", "invalid"),
        (r#"{"n":350}"#, "invalid"),
        ("1000000000000000", "0"),
        ("1000000000000001", "invalid"),
        ("1e15", "0"),
        ("1e16", "invalid"),
        ("1e400", "invalid"),
        ("350.00000000000000000001", "invalid"),
        ("null", "incomplete"),
    ] {
        let changes = format!(r#"{{"brand_employees":{answer},"trained_employees":180}}"#);
        row_gives("3.1", &[(&changes, expected)]);
    }
    row_gives(
        "3.1",
        &[(
            r#"{"brand_employees":"many","trained_employees":null}"#,
            "invalid",
        )],
    );
    row_gives(
        "1.1",
        &[
            (r#"{"law_abiding":1}"#, "invalid"),
            (r#"{"law_abiding":"true"}"#, "invalid"),
        ],
    );
}

#[test]
fn money_has_four_decimals_at_most() {
    row_gives(
        "1.4",
        &[
            (r#"{"annual_revenue_wan":99.9999}"#, "1"),
            (r#"{"annual_revenue_wan":99.99990}"#, "1"),
            (r#"{"annual_revenue_wan":99.99999}"#, "invalid"),
            (r#"{"annual_revenue_wan":-0.0001}"#, "invalid"),
            (r#"{"annual_revenue_wan":1000000000000000}"#, "5"),
            (r#"{"annual_revenue_wan":1000000000000000.0001}"#, "invalid"),
            (r#"{"annual_revenue_wan":"500"}"#, "invalid"),
        ],
    );
}

#[test]
fn a_part_above_its_whole_makes_its_rows_invalid_once_all_is_answered() {
    row_gives(
        "3.1",
        &[
            (r#"{"brand_employees":300,"trained_employees":300}"#, "10"),
            (r#"{"brand_employees":300,"trained_employees":301}"#, "invalid"),
        ],
    );
    row_gives(
        "2.3",
        &[
            (
                r#"{"annual_trained":100,"trained_self_used":60,"trained_exported":41}"#,
                "invalid",
            ),
            (
                r#"{"annual_trained":100,"trained_self_used":101,"trained_exported":null}"#,
                "incomplete",
            ),
        ],
    );
    // Row 2.1 uses the same figure and is not harmed.
    row_gives(
        "2.1",
        &[(r#"{"annual_trained":100,"trained_self_used":101}"#, "0 2 2")],
    );
}

#[test]
fn fund_questions_are_needed_only_where_a_fund_was_received() {
    row_gives(
        "1.5",
        &[
            (
                r#"{"fund_received":false,"fund_use_compliant":null,"fund_effective":null}"#,
                "0",
            ),
            (
                r#"{"fund_received":false,"fund_use_compliant":7,"fund_effective":"?"}"#,
                "0",
            ),
            (
                r#"{"fund_received":true,"fund_use_compliant":null}"#,
                "incomplete",
            ),
            (r#"{"fund_received":true,"fund_effective":null}"#, "incomplete"),
            (r#"{"fund_received":true,"fund_effective":7}"#, "invalid"),
            (r#"{"fund_received":null}"#, "incomplete"),
        ],
    );
}

#[test]
fn channels_are_judged_only_where_there_is_one() {
    row_gives(
        "5.1",
        &[
            (r#"{"channels_used_well":null}"#, "0"),
            (r#"{"has_website":true,"channels_used_well":null}"#, "incomplete"),
            (r#"{"has_wechat":true,"channels_used_well":null}"#, "incomplete"),
            (
                r#"{"has_other_channel":true,"channels_used_well":null}"#,
                "incomplete",
            ),
            (r#"{"has_website":null,"has_other_channel":true}"#, "incomplete"),
        ],
    );
}

#[test]
fn the_ceiling_adds_the_maxima_of_open_and_invalid_rows() {
    let policy = support::policy();
    let of = |facts: &Object| {
        let assessment = assess_facts(policy, facts);
        format!("{} {}", assessment.total.own, assessment.ceiling)
    };
    assert_eq!(of(&Object::new()), "0 100");
    assert_eq!(of(&support::facts_of("sample")), "75.5 75.5");
    // Row 3.3 gave 5 of 10 and is open, row 1.4 gave 5 of 5 and is invalid.
    assert_eq!(of(&sample_but(r#"{"insured_employees":null}"#)), "70.5 80.5");
    assert_eq!(
        of(&sample_but(
            r#"{"insured_employees":null,"annual_revenue_wan":-1}"#
        )),
        "65.5 80.5"
    );
    assert_eq!(of(&facts(r#"{"charity_events":1}"#)), "0.5 98.5");
}
