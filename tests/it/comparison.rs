//! Cases beside each other: what differs, which answers make it, and what is the same.

use labor_brand_assessment::answers::{Case, FactState, Lowered};
use labor_brand_assessment::assessment::{Assessment, Compared, Comparison, RowState, assess};
use labor_brand_assessment::documents::{comparison_document, results_document, to_html_file};
use labor_brand_assessment::policy::Reading;
use labor_brand_assessment::tables::{Cell, comparison_table, write_delimited};
use proptest::prelude::*;

use crate::support::{self, made_up};

/// Holds cases beside each other, each under a letter.
fn compared(cases: &[Case]) -> Comparison {
    let assessments: Vec<Assessment> = cases.iter().map(|case| assess(support::policy(), case)).collect();
    let compared: Vec<Compared<'_>> = cases
        .iter()
        .zip(&assessments)
        .zip(["甲", "乙", "丙"])
        .map(|((case, assessment), name)| Compared {
            name,
            case,
            assessment,
        })
        .collect();
    Comparison::of(support::policy(), &compared)
}

fn sample_but(changes: &str) -> Case {
    support::case(support::sample_but(changes))
}

/// The ids of the rows that differ.
fn rows_apart(comparison: &Comparison) -> Vec<&'static str> {
    let rows = support::policy().rows().zip(&comparison.rows);
    let apart = rows.filter(|(_, row)| row.differs);
    apart.map(|(row, _)| row.id.as_str()).collect()
}

/// What is said of a row.
fn because(comparison: &Comparison, id: &str) -> Vec<String> {
    let mut rows = support::policy().rows().zip(&comparison.rows);
    let (_, row) = rows.find(|(row, _)| row.id == id).unwrap();
    row.because.clone()
}

#[test]
fn of_a_time_between_two_anniversaries_only_what_is_sure_is_said() {
    let cases = [
        r#""cancelled": true, "years_since_cancellation": 4.5"#,
        r#""cancelled": false"#,
    ]
    .map(|changes| sample_but(&format!("{{{changes}}}")));
    let comparison = compared(&cases);
    let said: Vec<&String> = comparison.facts.iter().flat_map(|fact| &fact.answers).collect();
    assert!(said.iter().any(|answer| *answer == "4 年多"), "{said:?}");
    assert!(!said.iter().any(|answer| answer.contains("4.5")), "{said:?}");
}

#[test]
fn a_figure_that_crosses_a_band_is_named_with_the_points_it_makes() {
    // 320 is in the band from 300, 299.99 in the one below.
    let comparison = compared(&[
        sample_but(r#"{"annual_revenue_wan": 299.99}"#),
        sample_but(r#"{"annual_revenue_wan": 300}"#),
    ]);
    assert_eq!(rows_apart(&comparison), ["1.4"]);
    assert_eq!(
        because(&comparison, "1.4"),
        ["营业收入：甲 299.99 万元，乙 300 万元"]
    );
    let deciding: Vec<usize> = comparison.facts_that(true).map(|fact| fact.rows.len()).collect();
    assert_eq!(deciding, [1]);
    assert!(comparison.gap().starts_with('+'), "{}", comparison.gap());
    assert!(
        comparison.sentence().contains("1 个评分项不同"),
        "{}",
        comparison.sentence()
    );
}

#[test]
fn a_figure_within_the_same_band_differs_and_makes_no_difference() {
    let comparison = compared(&[
        sample_but(r#"{"annual_revenue_wan": 300.01}"#),
        sample_but(r#"{"annual_revenue_wan": 499.99}"#),
    ]);
    assert_eq!(rows_apart(&comparison), Vec::<&str>::new());
    assert_eq!(comparison.rules_apart(), 0);
    assert_eq!(comparison.facts_that(true).count(), 0);
    let idle: Vec<&[String]> = comparison.facts_that(false).map(|fact| &*fact.answers).collect();
    assert_eq!(idle, [["300.01 万元", "499.99 万元"]]);
    assert_eq!(comparison.gap(), "0");
    assert!(
        comparison.sentence().contains("总分相同"),
        "{}",
        comparison.sentence()
    );
}

#[test]
fn a_figure_that_only_another_reading_tells_apart_makes_a_difference_and_no_points() {
    // Read severely, 300 is at the end of the band below.
    let comparison = compared(&[
        sample_but(r#"{"annual_revenue_wan": 300}"#),
        sample_but(r#"{"annual_revenue_wan": 300.01}"#),
    ]);
    assert_eq!(rows_apart(&comparison), ["1.4"]);
    assert_eq!(comparison.gap(), "0（读法范围不同）");
    assert!(
        comparison.sentence().contains("总分相同"),
        "{}",
        comparison.sentence()
    );
}

#[test]
fn the_same_case_differs_in_nothing() {
    let case = support::filled_sample();
    let comparison = compared(&[case.clone(), case]);
    assert_eq!(rows_apart(&comparison), Vec::<&str>::new());
    assert_eq!((comparison.rules_apart(), comparison.facts.len()), (0, 0));
}

#[test]
fn a_row_that_cannot_be_scored_differs_from_one_that_comes_to_nothing() {
    let comparison = compared(&[
        sample_but(r#"{"annual_revenue_wan": null}"#),
        sample_but(r#"{"annual_revenue_wan": 0}"#),
    ]);
    let place = support::policy()
        .rows_enumerated()
        .find(|(_, row)| row.id == "1.4")
        .unwrap()
        .0;
    let row = &comparison.rows[place];
    assert_eq!(row.states, [RowState::Incomplete, RowState::Answered]);
    assert!(row.differs);
    assert_eq!(because(&comparison, "1.4"), ["营业收入：甲 未填，乙 0 万元"]);
}

#[test]
fn a_chosen_reading_and_a_lowered_score_are_said_beside_the_answers() {
    let plain = support::case(support::facts_of("sample"));
    let mut other = plain.clone();
    let policy = support::policy();
    // A doubt that moves a row of the sample.
    let assessment = assess(policy, &plain);
    let (place, cause) = policy
        .rows_enumerated()
        .find_map(|(place, _)| {
            let causes = &assessment.rows[place].causes;
            let cause = causes.iter().find(|cause| cause.strict.in_hundredths() < 0)?;
            Some((place, *cause))
        })
        .unwrap();
    let doubt = &policy.doubts[cause.doubt];
    other
        .readings
        .insert(doubt.id.clone(), support::chosen(Reading::Strict));
    let row = &policy.row_at(place).id;
    let comparison = compared(&[plain.clone(), other]);
    assert!(
        because(&comparison, row)
            .iter()
            .any(|said| said.contains(&format!("读法 {}", doubt.id)) && said.contains("乙 从严读法")),
        "{:?}",
        because(&comparison, row)
    );
    let mut lowered = plain.clone();
    lowered.lowered.insert(
        String::from("1.4"),
        Lowered {
            score: String::from("1"),
            reason: String::from("审计未完"),
            ..Lowered::default()
        },
    );
    let comparison = compared(&[plain, lowered]);
    assert_eq!(rows_apart(&comparison), ["1.4"]);
    assert_eq!(
        because(&comparison, "1.4"),
        ["自评分：甲 没有调低，乙 自行调低为 1 分（审计未完）"]
    );
}

#[test]
fn what_is_not_settled_is_marked_at_the_figure_and_beside_the_total() {
    let mut planned = sample_but(r#"{"annual_revenue_wan": 500}"#);
    planned
        .fact_details
        .entry("annual_revenue_wan".into())
        .or_default()
        .state = FactState::Planned;
    let mut rough = sample_but(r#"{"annual_revenue_wan": 400}"#);
    rough
        .fact_details
        .entry("annual_revenue_wan".into())
        .or_default()
        .state = FactState::Approximate;
    let without = assess(support::policy(), &planned.without_plans()).total.own;
    let comparison = compared(&[sample_but(r#"{"annual_revenue_wan": 299}"#), planned, rough]);
    let said = "营业收入：甲 299 万元，乙 500 万元（计划），丙 400 万元（约数）";
    assert_eq!(because(&comparison, "1.4"), [said]);
    let beside = [
        String::new(),
        format!("1 项还是计划（不计这些 {without} 分）"),
        String::from("1 项约数"),
    ];
    assert_eq!(comparison.provisos, beside);
    let sheet = comparison_table(support::policy(), &comparison);
    let row = sheet
        .rows
        .iter()
        .find(|row| row[2] == Cell::text("备注"))
        .unwrap();
    assert_eq!(
        [&row[6], &row[9]],
        [&Cell::text(&*beside[1]), &Cell::text(&*beside[2])]
    );
    let paper = comparison_document(support::policy(), &comparison, support::today());
    let paper = to_html_file(&paper, "");
    assert!(
        paper.contains(&beside[1]) && paper.contains("500 万元（计划）"),
        "{paper}"
    );
}

#[test]
fn cases_of_other_years_and_days_say_so_beside_the_total() {
    let policy = support::policy();
    let mut later = support::filled_sample();
    let same = later.clone();
    assert_eq!(compared(&[same.clone(), later.clone()]).provisos, ["", ""]);
    let year = policy.field("application_year").unwrap();
    later.set_entry(year, "2027".into());
    let told = compared(&[same.clone(), later.clone()]).provisos;
    assert_eq!(told, ["按 2026 年度申报", "按 2027 年度申报"]);
    later.type_cutoff("2026-09-30", support::today());
    let told = compared(&[same.clone(), later]).provisos;
    assert_eq!(told[1], "按 2027 年度申报；人数截至 2026-09-30");
    assert!(
        told[0].ends_with(&format!("人数截至 {}", same.cutoff_date)),
        "{told:?}"
    );
}

#[test]
fn a_condition_that_stands_alike_and_differs_says_that_other_readings_tell_it_apart() {
    let comparison = compared(&[
        sample_but(r#"{"unit_has_other_recognized_brand": false}"#),
        sample_but(r#"{"unit_has_other_recognized_brand": true}"#),
    ]);
    let rule = comparison.rules.iter().find(|rule| !rule.gap().is_empty());
    let rule = rule.expect("the strict reading alone looks at the other brand");
    assert_eq!(rule.gap(), "（读法范围不同）");
    assert_eq!(rule.standings[0], rule.standings[1]);
    let sheet = comparison_table(support::policy(), &comparison);
    let is_said = |row: &Vec<Cell>| {
        row.last()
            .is_some_and(|cell| cell.shown().contains("（读法范围不同）"))
    };
    assert!(sheet.rows.iter().any(is_said));
    let paper = comparison_document(support::policy(), &comparison, support::today());
    assert!(to_html_file(&paper, "").contains("（读法范围不同）"));
}

#[test]
fn a_condition_that_only_one_meets_is_named_with_the_answer_that_makes_it() {
    let comparison = compared(&[
        sample_but(r#"{"registered_in_urumqi": true}"#),
        sample_but(r#"{"registered_in_urumqi": false}"#),
    ]);
    let rules = support::policy().rules.iter().zip(&comparison.rules);
    let apart: Vec<&Vec<String>> = rules
        .filter(|(_, rule)| rule.differs)
        .map(|(_, rule)| &rule.because)
        .collect();
    assert!(!apart.is_empty());
    for because in apart {
        assert!(
            because.iter().any(|said| said.contains("甲 是，乙 否")),
            "{because:?}"
        );
    }
}

#[test]
fn three_cases_stand_beside_each_other_on_paper_and_in_a_table() {
    let cases = [
        sample_but(r#"{"annual_revenue_wan": 299}"#),
        sample_but(r#"{"annual_revenue_wan": 500}"#),
        sample_but(r#"{"annual_revenue_wan": 2000, "registered_in_urumqi": false}"#),
    ];
    let comparison = compared(&cases);
    let policy = support::policy();
    let html = to_html_file(&comparison_document(policy, &comparison, support::today()), "");
    for said in [
        "甲 与 乙 与 丙",
        "≠",
        "营业收入：甲 299 万元，乙 500 万元，丙 2000 万元",
    ] {
        assert!(html.contains(said), "{said}");
    }
    let sheet = comparison_table(policy, &comparison);
    let width = sheet.rows[0].len();
    assert_eq!(width, 3 + 3 * 3 + 2);
    assert!(sheet.rows.iter().all(|row| row.len() == width));
    let total = sheet
        .rows
        .iter()
        .find(|row| row[2] == Cell::text("自评总分"))
        .unwrap();
    let figures: Vec<Cell> = comparison
        .total
        .iter()
        .map(|range| Cell::number(range.figures.own))
        .collect();
    assert_eq!(
        [&total[3], &total[6], &total[9]],
        [&figures[0], &figures[1], &figures[2]]
    );
    assert!(write_delimited(&sheet).contains("不同"));
    let results: Vec<(Case, Assessment)> = cases
        .into_iter()
        .map(|case| {
            let assessment = assess(policy, &case);
            (case, assessment)
        })
        .collect();
    let html = to_html_file(&results_document(policy, &results, support::today()), "");
    assert!(html.contains("共 3 个档案"), "{html}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_differs_always_has_an_answer_that_makes_it(
        one in made_up::near_the_sample(),
        other in made_up::near_the_sample(),
    ) {
        let comparison = compared(&[support::case(one), support::case(other)]);
        for (row, of) in support::policy().rows().zip(&comparison.rows) {
            prop_assert_eq!(of.differs, !of.because.is_empty(), "row {}", row.id);
        }
        for (rule, of) in support::policy().rules.iter().zip(&comparison.rules) {
            prop_assert_eq!(of.differs, !of.because.is_empty(), "rule {}", rule.id);
        }
    }
}
