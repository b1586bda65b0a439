//! Every figure of the scheme is watched: whoever changes one hears of it.

use labor_brand_assessment::json::Json;
use labor_brand_assessment::policy::Policy;
use labor_brand_assessment::policy_check::{
    Expectations, Side, moved_figures, read_golden_cases, stale_figures, watch,
};

use crate::support;

#[test]
fn every_figure_of_the_scheme_is_watched_by_a_case_or_a_boundary() {
    let watched = watch(
        support::policy(),
        &support::policy_json(),
        support::expectations(),
    );
    let unseen: Vec<_> = watched
        .unseen
        .iter()
        .map(|figure| format!("{} {}: {}", figure.place, figure.figure, figure.written))
        .collect();
    assert_eq!(unseen, [""; 0]);
    assert_eq!(watched.not_idle, [""; 0]);
    assert!(watched.tried > 700, "{} movements", watched.tried);
}

#[test]
fn the_golden_cases_alone_leave_only_what_a_chosen_reading_shows() {
    let alone = Expectations {
        cases: support::expectations().cases.clone(),
        ..Expectations::default()
    };
    let watched = watch(support::policy(), &support::policy_json(), &alone);
    let unseen: Vec<_> = watched
        .unseen
        .iter()
        .map(|figure| format!("{} {}", figure.about, figure.written))
        .collect();
    assert_eq!(unseen, ["2.3 100 → 101", "2.3 100 → 99", "2.3 100 → 90"]);
}

#[test]
fn a_figure_that_no_case_notices_is_named_with_its_place_and_both_values() {
    // As a scheme whose officer wrote no case near the line.
    let policy = support::policy();
    let watched = watch(policy, &support::policy_json(), &Expectations::default());
    let of_c3_2: Vec<_> = watched
        .unseen
        .iter()
        .filter(|figure| figure.about == "C3.2")
        .map(|figure| format!("{} {}：{}", figure.place, figure.figure, figure.written))
        .collect();
    assert_eq!(
        of_c3_2,
        [
            "条件 C3.2 if.at_least[1]：300 → 301",
            "条件 C3.2 if.at_least[1]：300 → 299",
            "条件 C3.2 if.at_least[1]：300 → 330",
            "条件 C3.2 if.at_least[1]：300 → 270",
        ]
    );
}

#[test]
fn a_condition_without_figures_that_nobody_expects_anything_of_is_named() {
    let mut tree = support::policy_tree();
    let rules = tree["rule"].as_array_mut().unwrap();
    let mut rule = rules.iter().find(|rule| rule["id"] == "S1").unwrap().clone();
    rule["id"] = "C5".into();
    rule["if"] = "law_abiding".into();
    // What the document leaves to an office is never met and never fails, and is not asked for.
    let mut left_open = rule.clone();
    left_open["id"] = "C6".into();
    left_open["if"] = serde_json::json!({ "not": { "decided": "unclear" } });
    rules.extend([rule, left_open]);
    let policy = Policy::from_json(&tree.to_string()).unwrap();
    let expectations = support::expectations();
    // The cases that speak of conditions leave this one out, and no line tells of it.
    let differences = expectations.differences(&policy);
    assert!(
        differences.contains(&String::from(
            "cases.json sample 等 60 个用例：条件 C5 没有写在 expected.eligibility 里"
        )),
        "{differences:?}"
    );
    for side in ["成立（\"pass\"）", "不成立（\"fail\"）"] {
        let line = format!("条件 C5：没有用例或边界写着它{side}");
        assert!(differences.iter().any(|one| one.starts_with(&line)), "{line}");
    }
    let of_c6 = differences.iter().filter(|line| line.starts_with("条件 C6"));
    assert_eq!(of_c6.count(), 0, "{differences:?}");
    // As a scheme whose officer wrote no case: what has no figure is taken away as a whole.
    let json = Json::parse(&tree.to_string()).unwrap();
    let watched = watch(&policy, &json, &Expectations::default());
    let of_c5 = watched.unseen.iter().filter(|one| one.about == "C5");
    let unseen: Vec<_> = of_c5
        .map(|one| (one.place.as_str(), one.figure.as_str(), one.written.as_str()))
        .collect();
    assert_eq!(unseen, [("条件 C5", "if", "整条去掉")]);
}

#[test]
fn a_case_that_names_what_there_is_not_is_refused_with_the_nearest_name() {
    let text = r#"{"cases": [{"id": "min", "facts": {"brand_employee": 300}, "expected": {
        "rows": {"1.7": 1, "1.1": 0}, "sections": {"9": 1}, "eligibility": {"C3.20": "pass"}, "unknown_row": []}}]}"#;
    let refused = read_golden_cases(support::policy(), text).unwrap_err();
    let lines: Vec<&str> = refused.lines().collect();
    assert_eq!(
        lines,
        [
            "cases.json min：没有问题 `brand_employee`，请改正编号（是不是 `brand_employees`？）",
            "cases.json min：expected.rows 里的 1.7 不是计分的行，请改正编号或删去",
            "cases.json min：expected.sections 里的 9 不是计分的项，请改正编号或删去",
            "cases.json min：expected.eligibility 里的 C3.20 不是申报条件，请改正编号或删去（是不是 `C3.2`？）",
            "cases.json min：expected 里不认识 `unknown_row`，可以写的是 rows、rows_strict_if_different、\
             rows_lenient_if_different、unknown_rows、invalid_rows、sections、eligibility、overall、total、\
             strict_total、lenient_total",
        ]
    );
}

#[test]
fn both_sides_of_a_line_between_bands_move_together_and_a_gate_with_its_first_band() {
    let moved = moved_figures(&support::policy_json());
    let written = |about: &str, from: &str| {
        let moved = moved
            .iter()
            .filter(|figure| figure.about == about && figure.written.starts_with(from));
        moved.map(|figure| figure.written.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        written("3.2", "20/21"),
        ["20/21 → 21/22", "20/21 → 19/20", "20/21 → 22/23", "20/21 → 18/19"]
    );
    assert_eq!(
        written("3.1", "300/300 → 3"),
        ["300/300 → 301/301", "300/300 → 330/330"]
    );
    assert!(
        moved
            .iter()
            .any(|figure| figure.side == Side::Down && figure.written == "\"50%\" → \"45%\"")
    );
    assert!(moved.iter().any(|figure| figure.written == "\"0.5\" → \"0.55\""));
}

#[test]
fn changing_a_rule_alone_names_the_cases_and_the_words_that_still_say_the_old_figure() {
    let mut tree = support::policy_tree();
    support::entry(&mut tree, "rule", "C3.2")["if"]["at_least"][1] = 200.into();
    let policy = Policy::from_json(&tree.to_string()).unwrap();
    let differences = support::expectations().differences(&policy);
    assert!(
        differences
            .iter()
            .any(|line| line.contains("rule-C3.2") && line.contains("[299,\"fail\"] 得出 pass，应为 fail")),
        "{differences:?}"
    );
    let stale = stale_figures(&policy);
    let members: Vec<_> = stale.iter().filter_map(|line| line.split('：').next()).collect();
    assert_eq!(
        members,
        ["条件 C3.2 title", "条件 C3.2 words", "条件 C3.2 if_failed"]
    );
    assert!(stale[0].contains("写有 300"), "{stale:#?}");
}

#[test]
fn the_words_of_the_scheme_state_no_figure_that_the_rules_do_not_use() {
    assert_eq!(stale_figures(support::policy()), [""; 0]);
    let mut tree = support::policy_tree();
    support::row(&mut tree, "4.3")["score"]["steps"]["points"] = "0.25".into();
    support::row(&mut tree, "1.4")["standard"] = "400万以上得5分。".into();
    let policy = Policy::from_json_unvalidated(&tree.to_string()).unwrap();
    let stale = stale_figures(&policy);
    assert!(stale[0].starts_with("第 1.4 行 standard：写有 400"), "{stale:#?}");
    assert!(
        stale[1].starts_with("第 4.3 行 standard：写有 0.5，"),
        "{stale:#?}"
    );
}

/// What is said of a boundary file with that text.
fn refusal(text: &str) -> String {
    let table: toml::Table = toml::from_str(text).unwrap();
    let tree = Json::parse(&serde_json::to_string(&table).unwrap()).unwrap();
    let cases = &support::expectations().cases;
    support::boundaries_of("row-1.4.toml", &tree, cases).unwrap_err()
}

#[test]
fn a_boundary_file_that_cannot_be_read_names_the_file_the_table_and_the_fix() {
    let table = |text: &str| format!("row = '1.4'\n[[table]]\n{text}\n");
    let switch = |text: &str| format!("doubt = 'A6'\n[[switch]]\n{text}\n");
    for (text, wanted) in [
        (
            String::from("[[table]]\nlines = []"),
            "row-1.4.toml：请写明 row 或 rule",
        ),
        (String::from("row = '9.9'"), "`9.9` 不是计分的行"),
        (String::from("rule = 'C9'"), "`C9` 不是申报条件"),
        (String::from("row = '1.4'"), "没有 [[table]]"),
        (String::from("row = '1.4'\ncolour = 1"), "不认识 `colour`"),
        (table("lines = []"), "第 1 个表：没有 lines"),
        (
            table("base = 'nobody'\nlines = [[[], '0']]"),
            "base 写的 \"nobody\"",
        ),
        (
            table("lines = [[{ annual_revenu = 1 }, '0']]"),
            "第 1 个表第 1 行：没有问题 `annual_revenu`",
        ),
        (
            table("facts = ['annual_revenue_wan']\nlines = [[1, 2, '0']]"),
            "一行应有 1 个答案",
        ),
        (
            table("lines = [[{ annual_revenue_wan = 1 }, '0 1']]"),
            "从严、通常、从宽三个",
        ),
        (
            table("readings = { A6 = 'harsh' }\nlines = [[[], '0']]"),
            "readings 应写成",
        ),
        (
            table("lines = [[[], '0']]\n[[idle]]\nfigure = 'max'\nside = 'up'"),
            "why",
        ),
        (String::from("doubt = 'A99'"), "没有存疑 `A99`"),
        (String::from("doubt = 'A6'"), "没有 [[switch]]"),
        (String::from("doubt = 'A6'\nrow = '1.4'"), "不认识 `row`"),
        (
            switch("row = '1.4'\nreading = 'default'"),
            "第 1 个 [[switch]]：reading 应是",
        ),
        (
            switch("row = '1.4'\nreading = 'strict'\ndefault = '5'"),
            "switched",
        ),
        (
            switch("row = '9.9'\nreading = 'strict'\ndefault = '5'\nswitched = '4'"),
            "`9.9` 不是计分的行",
        ),
        (
            switch("reading = 'strict'\ndefault = '5'\nswitched = '4'"),
            "overall = true",
        ),
    ] {
        let shown = refusal(&text);
        assert!(shown.contains(wanted), "{shown}");
    }
}

#[test]
fn an_idle_figure_that_a_case_notices_is_named_too() {
    let text = "row = '4.3'\n[[table]]\nlines = [[{ charity_events = 1 }, '0.5']]\n\
        [[idle]]\nfigure = 'score.steps.points'\nside = 'down'\nwhy = '试试'\n";
    let table: toml::Table = toml::from_str(text).unwrap();
    let tree = Json::parse(&serde_json::to_string(&table).unwrap()).unwrap();
    let mut expectations = support::expectations().clone();
    expectations.add(support::boundaries_of("row-4.3.toml", &tree, &[]).unwrap());
    let watched = watch(support::policy(), &support::policy_json(), &expectations);
    assert_eq!(watched.not_idle, ["row-4.3.toml 第 1 个 [[idle]]"]);
}
