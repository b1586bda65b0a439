//! Slips and contradictions are asked about, what is said of all conditions
//! agrees with what is said of each, and a chosen reading counts with its reason.

use crate::support;
use crate::support::made_up::{answers, near_the_sample};
use labor_brand_assessment::answers::{
    Case, FactState, Feedback, ListedItem, Lowered, MoneyUnit, Severity, check_field, normalise_field,
    read_answer,
};
use labor_brand_assessment::assessment::{
    Assessment, CUTOFF, Explanation, Overall, Progresses, Remark, Rest, RuleStanding, TraceResult, assess,
    assess_facts, cross_checks, deciding_facts, next_step, open_remarks,
};
use labor_brand_assessment::documents::{
    CaseFile, DocumentOptions, Paper, PrivateEntries, assess_batch, papers_document, to_csv, to_html_body,
};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::{FactKind, FieldKind, Policy, Reading, Verdict};
use proptest::prelude::*;
use serde_json::json;

fn remarks(case: &Case) -> Vec<Remark> {
    let policy = support::policy();
    cross_checks(policy, case, &assess(policy, case), support::today())
}

fn remarks_at(case: &Case, at: &str) -> Vec<String> {
    let remarks = remarks(case).into_iter().filter(|remark| remark.at == at);
    remarks.map(|remark| remark.text).collect()
}

/// The sample with one answer otherwise.
fn sample_with(fact: &str, answer: &str) -> Case {
    Case {
        facts: support::sample_but(&format!(r#"{{"{fact}": {answer}}}"#)),
        ..support::filled_sample()
    }
}

fn paper(case: &Case, paper: Paper) -> String {
    let policy = support::policy();
    let options = DocumentOptions {
        papers: &[paper],
        private: PrivateEntries::Full,
        today: support::today(),
    };
    to_html_body(&papers_document(policy, case, &assess(policy, case), options))
}

#[test]
fn an_amount_ten_thousand_times_off_is_asked_about_and_one_press_fixes_it() {
    let policy = support::policy();
    let (revenue_row, _) = policy.rows_enumerated().find(|(_, row)| row.id == "1.4").unwrap();
    for (typed, question, fixed) in [
        (
            "3200000",
            "营业收入填的是 3200000 万元，即 320 亿元，偏大，是 320 万元吗？",
            Some("320"),
        ),
        (
            "500000",
            "营业收入填的是 500000 万元，即 50 亿元，偏大，是 50 万元吗？",
            Some("50"),
        ),
        (
            "0.032",
            "营业收入填的是 0.032 万元，即 320 元，偏小，是 320 万元吗？",
            Some("320"),
        ),
        ("999999999999", "偏大，请核对。", None),
        ("1234567.8", "偏大，请核对。", None),
    ] {
        let case = sample_with("annual_revenue_wan", typed);
        let found = remarks(&case);
        let [remark] = found.as_slice() else {
            panic!("{typed}: {found:?}")
        };
        assert!(remark.text.contains(question), "{}", remark.text);
        assert_eq!(remark.fixed.map(|figure| figure.to_string()).as_deref(), fixed);
        assert_eq!(
            assess(policy, &case).rows[revenue_row].chosen.to_string(),
            if typed.starts_with("0.") { "0" } else { "5" },
            "it counts as it stands until it is corrected"
        );
    }
    for plain in ["0", "1", "320", "50000"] {
        assert_eq!(remarks(&sample_with("annual_revenue_wan", plain)), [], "{plain}");
    }
}

#[test]
fn each_fact_with_a_figure_is_asked_about_where_it_is_ten_times_too_large() {
    let policy = support::policy();
    let figures = policy
        .facts
        .iter()
        .filter(|fact| matches!(fact.kind, FactKind::Count | FactKind::Money | FactKind::Years));
    for fact in figures {
        let bound = fact
            .ask_above
            .unwrap_or_else(|| panic!("{} has no bound", fact.id));
        let case = support::case(support::facts(&format!(
            r#"{{"{}": {}}}"#,
            fact.id,
            bound.times(10)
        )));
        let asked = remarks_at(&case, &fact.id);
        assert!(
            asked.iter().any(|text| text.contains("偏大")),
            "{}: {asked:?}",
            fact.id
        );
    }
}

#[test]
fn a_question_stays_open_until_it_is_answered() {
    let policy = support::policy();
    let mut case = sample_with("annual_revenue_wan", "3200000");
    let done = |case: &Case| {
        let assessment = assess(policy, case);
        Progresses::of(policy, case, &assessment, support::today())
            .questions
            .done
    };
    let open = |case: &Case| open_remarks(&remarks(case), case).len();
    let whole = done(&support::filled_sample());
    assert_eq!((open(&case), done(&case)), (1, whole - 1));
    assert!(paper(&case, Paper::Result).contains("有 1 处填报数据待核对"));
    let text = remarks(&case)[0].text.clone();
    case.acknowledge("annual_revenue_wan", &text);
    assert_eq!((open(&case), done(&case)), (0, whole));
    assert!(!paper(&case, Paper::Result).contains("待核对"));
    case.set_fact("annual_revenue_wan", Some(Json::number(4_200_000)));
    assert_eq!(open(&case), 1, "another figure asks anew");
}

#[test]
fn entries_of_the_form_that_are_open_stand_among_what_is_to_be_done() {
    let open = |case: &Case| {
        let paper = paper(case, Paper::Result);
        let (_, behind) = paper.split_once("要交的表还有 ")?;
        behind.split(' ').next()?.parse::<usize>().ok()
    };
    let mut case = support::filled_sample();
    let before = open(&case).unwrap_or_default();
    case.form.remove("contact_person");
    assert_eq!(open(&case), Some(before + 1));
}

#[test]
fn the_registered_capital_is_asked_about_on_the_form() {
    let policy = support::policy();
    let field = policy.field("registered_capital_wan").unwrap();
    let mut case = support::filled_sample();
    case.set_entry(field, String::from("2000000"));
    let found = check_field(policy, field, &case, support::today());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Warning);
    assert_eq!(found[0].suggestion.as_deref(), Some("200"));
    assert!(found[0].text.contains("是 200 万元吗？"), "{}", found[0].text);
}

#[test]
fn answers_that_hardly_go_together_are_shown_at_both_places_and_move_nothing() {
    let policy = support::policy();
    for (changes, one, other) in [
        (r#"{"hardship_hired": 621}"#, "hardship_hired", "brand_employees"),
        (
            r#"{"annual_qualified": 501}"#,
            "annual_qualified",
            "annual_trained",
        ),
        (
            r#"{"annual_qualified": 411}"#,
            "annual_qualified",
            "trained_self_used",
        ),
        (
            r#"{"has_brand_name_or_mark": false}"#,
            "has_brand_name_or_mark",
            "has_trademark",
        ),
        (
            r#"{"export_agreement": false}"#,
            "export_long_term",
            "export_agreement",
        ),
    ] {
        let case = support::case(support::sample_but(changes));
        let found = remarks(&case);
        let pairs: Vec<_> = found
            .iter()
            .map(|remark| (remark.at.as_str(), remark.with.as_deref().unwrap_or_default()))
            .collect();
        assert_eq!(pairs, [(one, other), (other, one)], "{changes}");
        assert!(!found[0].text.contains('{'), "{}", found[0].text);
        let scored = assess(policy, &case);
        assert!(
            scored.rows.iter().all(|row| row.conflicts.is_empty()),
            "{changes}"
        );
    }
    let equal = support::case(support::sample_but(
        r#"{"hardship_hired": 620, "annual_qualified": 412}"#,
    ));
    assert_eq!(remarks(&equal), []);
}

/// The texts of what the form says of places, each once.
fn places_at_odds(entries: &[(&str, &str)]) -> Vec<String> {
    let mut case = support::filled_sample();
    for (field, entry) in entries {
        case.form.insert((*field).to_owned(), (*entry).to_owned());
    }
    let remarks = remarks(&case);
    let open = open_remarks(&remarks, &case).into_iter();
    // What a code tells of the kind of firm is no place.
    let of_places =
        open.filter(|remark| remark.at != "entity_type" && remark.with.as_deref() != Some("entity_type"));
    of_places.map(|remark| remark.text.clone()).collect()
}

#[test]
fn the_places_that_the_form_tells_are_held_against_each_other() {
    assert_eq!(places_at_odds(&[]), [""; 0]);
    let other_code = places_at_odds(&[("credit_code", "93650109PDY00001X6")]);
    assert_eq!(other_code.len(), 2, "{other_code:?}");
    assert!(
        other_code[0].contains("统一社会信用代码第 3–8 位 650109 是米东区")
            && other_code[0].contains("注册地点选的是天山区"),
        "{other_code:?}"
    );
    let other_place = places_at_odds(&[("registered_place", "650103")]);
    assert_eq!(other_place.len(), 2, "{other_place:?}");
    let other_address = places_at_odds(&[("registered_address", "新疆乌鲁木齐市高新区（新市区）示例街1号")]);
    assert_eq!(other_address.len(), 2);
    assert!(
        other_address[1].contains("注册地址写的是新市区（高新区）"),
        "{other_address:?}"
    );
    // Another name of the same place, a code of the whole city, an address without a district.
    for fine in [
        [
            ("registered_place", "650106"),
            ("credit_code", "51650100PDY00001XE"),
            ("registered_address", "乌鲁木齐经济技术开发区示例路1号"),
        ],
        [
            ("registered_place", "ganquanpu"),
            ("credit_code", "93650109PDY00001X6"),
            ("registered_address", "乌鲁木齐市甘泉堡经开区示例路1号"),
        ],
        [
            ("registered_place", "650102"),
            ("credit_code", "91650102PDY001688N"),
            ("registered_address", "乌鲁木齐市示例路1号"),
        ],
    ] {
        assert_eq!(places_at_odds(&fine), [""; 0], "{fine:?}");
    }
}

#[test]
fn what_was_looked_at_at_one_place_is_settled_at_the_other() {
    let mut case = support::filled_sample();
    case.form
        .insert(String::from("registered_place"), String::from("650103"));
    case.form
        .insert(String::from("registered_address"), String::new());
    let found = remarks(&case);
    assert_eq!(found.len(), 2);
    case.acknowledge(&found[1].at, &found[1].text);
    assert_eq!(open_remarks(&remarks(&case), &case), Vec::<&Remark>::new());
}

#[test]
fn the_same_as_above_is_the_address_that_it_stands_for() {
    let policy = support::policy();
    let field = policy.field("business_address").unwrap();
    assert_eq!(field.kind, FieldKind::Address);
    for typed in ["同上", " 同上。", "（同上）", "同注册地址", "与注册地址相同"] {
        let mut case = support::filled_sample();
        case.form.insert(field.id.clone(), typed.to_owned());
        assert_eq!(case.entry(field), "乌鲁木齐市天山区示例路1号", "{typed}");
        assert_eq!(check_field(policy, field, &case, support::today()), [], "{typed}");
        let form = paper(&case, Paper::Form);
        assert_eq!(form.matches("乌鲁木齐市天山区示例路1号").count(), 2, "{typed}");
        assert!(!form.contains(typed.trim()), "{typed}");
        case.form.remove("registered_address");
        let found = check_field(policy, field, &case, support::today());
        assert_eq!(found[0].severity, Severity::Error);
        assert!(found[0].text.contains("请先填写注册地址"), "{}", found[0].text);
    }
    let mut own = support::filled_sample();
    own.form.insert(field.id.clone(), String::from("同上街道 3 号"));
    assert_eq!(own.entry(field), "同上街道 3 号");
}

#[test]
fn the_same_as_above_follows_the_other_address_until_another_is_written() {
    let policy = support::policy();
    let [field, registered] = ["business_address", "registered_address"].map(|id| policy.field(id).unwrap());
    let mut case = support::filled_sample();
    for typed in ["同上", "（与注册地址相同）"] {
        case.set_entry(field, typed.to_owned());
        // As it is when the field is left.
        case.set_entry(field, normalise_field(field, case.field(&field.id)));
        for address in ["乌鲁木齐市天山区示例路5号", "乌鲁木齐市米东区示例路6号"] {
            case.set_entry(registered, address.to_owned());
            assert!(case.follows_other(field));
            assert_eq!(case.entry(field), address);
            assert_eq!(paper(&case, Paper::Form).matches(address).count(), 2);
        }
    }
    // What is shown for it is not made an entry of its own by passing through the field.
    case.set_entry(field, case.entry(field).into_owned());
    assert!(case.follows_other(field));
    case.set_entry(field, format!("{}3室", case.entry(field)));
    assert!(!case.follows_other(field));
    case.set_entry(registered, String::from("乌鲁木齐市天山区示例路7号"));
    assert_eq!(case.entry(field), "乌鲁木齐市米东区示例路6号3室");
}

#[test]
fn a_day_of_counting_heads_in_another_year_than_that_of_the_application_is_pointed_out() {
    let remarks = |year: u16, cutoff: &str| {
        let mut case = support::filled_sample();
        case.application_year = year;
        case.cutoff_date = cutoff.parse().unwrap();
        let remarks = remarks(&case).into_iter();
        remarks
            .filter(|remark| remark.text.contains("人数截止日"))
            .map(|remark| remark.at)
            .collect::<Vec<_>>()
    };
    for (year, cutoff) in [(2026, "2026-10-31"), (2026, "2026-01-01"), (2026, "2025-12-31")] {
        assert_eq!(remarks(year, cutoff), Vec::<String>::new(), "{year} {cutoff}");
    }
    for (year, cutoff) in [(2027, "2026-10-31"), (2025, "2026-10-31"), (2026, "2025-11-30")] {
        assert_eq!(
            remarks(year, cutoff),
            [CUTOFF, "application_year"],
            "{year} {cutoff}"
        );
    }
}

#[test]
fn a_chosen_reading_counts_only_with_its_reason() {
    let policy = support::policy();
    let with = |reason: &str| {
        let mut case = support::filled_sample();
        let mut chosen = support::chosen(Reading::Lenient);
        chosen.reason = reason.to_owned();
        case.readings.insert(String::from("A18"), chosen);
        case
    };
    for reason in ["", " ", "\u{200B}\u{3000}"] {
        let case = with(reason);
        assert_eq!(assess(policy, &case).total.own.to_string(), "75.5", "{reason:?}");
        assert!(!paper(&case, Paper::ScoreSheet).contains("读法自评"));
        assert!(paper(&case, Paper::Reasons).contains("A18 另选了从宽读法，没有写明理由，按通常读法计"));
        assert!(paper(&case, Paper::Result).contains("另选的读法没有写明理由，按通常读法计：A18"));
    }
    let case = with("市人社局 2026-10-08 答复");
    assert_eq!(assess(policy, &case).total.own.to_string(), "77.5");
    assert!(paper(&case, Paper::ScoreSheet).contains("理由：市人社局 2026-10-08 答复"));
    assert!(!paper(&case, Paper::Result).contains("没有写明理由"));
}

#[test]
fn a_chosen_reading_that_moves_nothing_is_not_said_to_have_given_points() {
    let policy = support::policy();
    let with = |trained: &str| {
        let mut case = sample_with("annual_trained", trained);
        let mut chosen = support::chosen(Reading::Lenient);
        chosen.reason = String::from("区人社局书面答复");
        case.readings.insert(String::from("A18"), chosen);
        case
    };
    // 500 is what the doubt is about; 501 is as it is however it is read.
    for (trained, moves) in [("500", true), ("501", false)] {
        let case = with(trained);
        let assessment = assess(policy, &case);
        assert_eq!(
            assessment.total.own != assessment.total.default,
            moves,
            "{trained}: {:?}",
            assessment.total
        );
        let said = [
            paper(&case, Paper::ScoreSheet).contains("按从宽读法自评"),
            paper(&case, Paper::Reasons).contains("A18 取从宽"),
            paper(&case, Paper::Result).contains("（A18）取从宽读法"),
            to_csv(policy, &case, &assessment, support::today()).contains("A18 取从宽"),
        ];
        assert_eq!(said, [moves; 4], "{trained}");
    }
}

#[test]
fn of_chosen_readings_those_are_said_to_count_without_which_it_would_be_otherwise() {
    let policy = support::policy();
    // One by one and some two by two: what comes out otherwise than by default names a reading.
    let doubts: Vec<&str> = policy.doubts.iter().map(|doubt| doubt.id.as_str()).collect();
    for (at, first) in doubts.iter().enumerate() {
        for second in doubts.iter().skip(at).step_by(13) {
            for reading in [Reading::Strict, Reading::Lenient] {
                let mut case = support::filled_sample();
                for doubt in [first, second] {
                    case.readings
                        .insert((*doubt).to_owned(), support::chosen(reading));
                }
                let assessment = assess(policy, &case);
                let rows = policy.rows().zip(&assessment.rows);
                for (row, result) in rows {
                    let named = assessment.choices_of_row(policy, row, result);
                    let moved = result.chosen != result.figures.default;
                    let is_named = named.iter().next().is_some();
                    assert!(is_named || !moved, "{first} {second} {reading:?} {}", row.id);
                    // Of a single one it is plain whether it moves the row.
                    assert!(
                        moved || !is_named || first != second,
                        "{first} {reading:?} {}",
                        row.id
                    );
                }
                let rules = policy.rules.iter().zip(&assessment.rules);
                for (rule, result) in rules.filter(|(_, result)| result.chosen != result.default) {
                    let named = assessment.choices_of_rule(policy, rule, result);
                    assert!(
                        named.iter().next().is_some(),
                        "{first} {second} {reading:?} {}",
                        rule.id
                    );
                }
            }
        }
    }
}

#[test]
fn a_word_that_gives_no_reason_is_none() {
    for reason in ["无", "没有", "—", "/", "——", " 无。", "、"] {
        let mut case = support::filled_sample();
        let mut chosen = support::chosen(Reading::Lenient);
        chosen.reason = reason.to_owned();
        case.readings.insert(String::from("A18"), chosen);
        let lowered = Lowered {
            score: String::from("0"),
            reason: reason.to_owned(),
            ..Lowered::default()
        };
        case.lowered.insert(String::from("4.1"), lowered);
        assert!(!case.readings.get("A18").unwrap().counts(), "{reason}");
        let reasons = paper(&case, Paper::Reasons);
        let (sheet, result) = (paper(&case, Paper::ScoreSheet), paper(&case, Paper::Result));
        for (paper, words) in [
            (&reasons, "自行调低为 0 分。没有写明理由"),
            (&sheet, "自行调低为 0 分。没有写明理由"),
            (&result, "调低自评分没有写明理由：4.1"),
        ] {
            assert!(paper.contains(words), "{reason}: {words}");
            assert!(!paper.contains(&format!("理由：{reason}")), "{reason}");
        }
        let mut feedback = Feedback {
            reading: None,
            reason: reason.to_owned(),
            ..Feedback::default()
        };
        assert!(!feedback.is_said(), "{reason}");
        feedback.reason = String::from("请写明");
        assert!(feedback.is_said());
    }
}

#[test]
fn assess_names_the_readings_that_have_no_reason() {
    let policy = support::policy();
    let result = |reason: &str| {
        let mut case = support::filled_sample();
        let mut chosen = support::chosen(Reading::Lenient);
        chosen.reason = reason.to_owned();
        case.readings.insert(String::from("A18"), chosen);
        let assessment = assess(policy, &case);
        let file =
            labor_brand_assessment::documents::CaseFile::of(policy, "", case, Object::new(), String::new());
        let text = format!("[{}]", file.to_text(policy, &assessment));
        let outcome = assess_batch(policy, &text, false).unwrap();
        let results: serde_json::Value = serde_json::from_str(&outcome.json).unwrap();
        results[0].clone()
    };
    let without = result("");
    assert_eq!(without["total"], 75.5);
    assert_eq!(without["readings_without_reason"], serde_json::json!(["A18"]));
    let with = result("书面答复");
    assert_eq!(with["total"], 77.5);
    assert_eq!(with.get("readings_without_reason"), None);
}

#[test]
fn a_rule_that_does_not_bind_reminds_everywhere() {
    let policy = support::policy();
    let mut case = sample_with("recognized_level", r#""none""#);
    let assessment = assess(policy, &case);
    assert_eq!(assessment.overall.chosen, Overall::Eligible);
    let result = paper(&case, Paper::Result);
    assert!(
        result.contains("提醒：S5") && !result.contains("不符合：S5"),
        "{result}"
    );
    // Read strictly it fails, which is said beside that.
    assert!(result.contains("从严读法下另有不符合（1 项）：S5"), "{result}");
    let reasons = paper(&case, Paper::Reasons);
    assert!(reasons.contains("提醒") && !reasons.contains("不符合"));
    let csv = to_csv(policy, &case, &assessment, support::today());
    let line = r#""S5","已认定为区（县）级劳务品牌","提醒","","不符合","提醒","提醒","#;
    assert!(csv.contains(line), "{csv}");
    let rule = policy.rule("S5").unwrap();
    assert_eq!(
        Explanation::new(policy, &assessment).trace_rule(rule).result,
        TraceResult::Rule(RuleStanding::Reminder)
    );
    // Where its doubt is read strictly, with a reason, it binds and fails.
    case.readings
        .insert(String::from("B4"), support::chosen(Reading::Strict));
    assert!(paper(&case, Paper::Result).contains("不符合：S5"));
}

#[test]
fn a_condition_under_a_chosen_reading_names_what_it_counts() {
    let policy = support::policy();
    let mut case = sample_with("brand_employees_contracted", "299");
    case.readings
        .insert(String::from("A22"), support::chosen(Reading::Strict));
    let assessment = assess(policy, &case);
    let rule = policy.rule("C3.2").unwrap();
    let reason = Explanation::new(policy, &assessment).rule(rule, Verdict::Unmet);
    assert!(reason.contains("签约从业人数 299 人"), "{reason}");
    let csv = to_csv(policy, &case, &assessment, support::today());
    let line = csv.lines().find(|line| line.contains("\"C3.2\"")).unwrap();
    assert!(
        line.contains("A22 取从严") && line.contains("理由："),
        "the reading and its reason: {line}"
    );
}

#[test]
fn what_fails_only_under_the_strict_readings_is_counted_beside_what_fails_anyway() {
    let policy = support::policy();
    // C3.2 fails strictly; S1 fails anyway.
    let mut case = sample_with("brand_employees_contracted", "299");
    let only_strict = |case: &Case| {
        let assessment = assess(policy, case);
        let places = assessment.unmet_only_if_strict(policy).into_iter();
        places
            .map(|place| policy.rules[place].id.clone())
            .collect::<Vec<_>>()
    };
    let before = only_strict(&case);
    assert!(before.contains(&String::from("C3.2")), "{before:?}");
    case.set_fact("registered_in_urumqi", Some(Json::Bool(false)));
    assert_eq!(only_strict(&case), before, "what fails anyway is not counted");
    // Chosen for the case, it fails anyway as well.
    case.readings
        .insert(String::from("A22"), support::chosen(Reading::Strict));
    assert!(!only_strict(&case).contains(&String::from("C3.2")));
}

#[test]
fn an_answer_that_another_makes_needless_is_on_no_paper() {
    let mut case = sample_with("fund_received", "true");
    case.set_fact("fund_effective", Some(Json::Bool(true)));
    assert!(paper(&case, Paper::Reasons).contains("支持资金成效明显：是"));
    case.set_fact("fund_received", Some(Json::Bool(false)));
    assert!(!paper(&case, Paper::Reasons).contains("支持资金成效明显"));
}

#[test]
fn a_year_that_is_none_is_marked_where_the_form_says_it() {
    let mut case = support::filled_sample();
    let field = support::policy().field("application_year").unwrap();
    let mark = "※ 申报年度应为四位数字";
    assert!(!paper(&case, Paper::Form).contains(mark));
    case.set_entry(field, String::from("26"));
    assert!(paper(&case, Paper::Form).contains(mark));
}

#[test]
fn a_score_lowered_to_what_the_rules_give_needs_no_reason() {
    use labor_brand_assessment::answers::{Lowered, LoweringFault};
    let lowered = |score: &str| Lowered {
        score: score.into(),
        ..Lowered::default()
    };
    let computed = "5".parse().ok();
    assert_eq!(lowered("5").fault(computed), None);
    assert_eq!(lowered("4.99").fault(computed), Some(LoweringFault::NoReason));
    assert_eq!(lowered("5.01").fault(computed), Some(LoweringFault::TooHigh));
}

#[test]
fn what_another_condition_has_failed_for_is_not_reminded_of_again() {
    let policy = support::policy();
    let mut case = sample_with("recognized_level", r#""city""#);
    let assessment = assess(policy, &case);
    let standing = |assessment: &Assessment| {
        let standings = policy.rules.iter().zip(assessment.standings(policy));
        standings
            .filter(|(rule, _)| rule.id == "S5")
            .map(|(_, standing)| standing)
            .next()
            .unwrap()
    };
    assert_eq!(standing(&assessment), RuleStanding::Moot);
    let result = paper(&case, Paper::Result);
    assert!(
        result.contains("不符合：S3") && !result.contains("提醒"),
        "{result}"
    );
    assert!(!paper(&case, Paper::Reasons).contains("提醒"));
    let csv = to_csv(policy, &case, &assessment, support::today());
    assert!(
        csv.contains(r#""S5","已认定为区（县）级劳务品牌","不适用""#),
        "{csv}"
    );
    let rule = policy.rule("S5").unwrap();
    assert_eq!(
        Explanation::new(policy, &assessment).trace_rule(rule).result,
        TraceResult::Rule(RuleStanding::Moot)
    );
    // Where it binds it bars by itself, and says so.
    case.readings
        .insert(String::from("B4"), support::chosen(Reading::Strict));
    assert_eq!(standing(&assess(policy, &case)), RuleStanding::Unmet);
}

#[test]
fn the_words_of_the_scheme_for_the_outcome_are_those_for_each_condition() {
    let mut tree = support::policy_tree();
    tree["scheme"]["verdicts"] = json!({"eligible": "合格", "ineligible": "不合格", "unknown": "待核"});
    let policy = Policy::from_json(&tree.to_string()).unwrap();
    let mut case = sample_with("brand_employees", "1");
    case.facts.remove("annual_trained");
    let assessment = assess(&policy, &case);
    let csv = to_csv(&policy, &case, &assessment, support::today());
    for cell in ["合格", "不合格", "待核"] {
        assert!(csv.contains(&format!("\"{cell}\"")), "{cell} is not in {csv}");
    }
    for cell in ["符合", "不符合", "待确认"] {
        assert!(!csv.contains(&format!("\"{cell}\"")), "{cell} is in {csv}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_is_pointed_out_all_conditions_agrees_with_what_is_pointed_out_each(
        facts in prop_oneof![answers(), near_the_sample()],
        strict in any::<bool>(),
    ) {
        let policy = support::policy();
        let mut case = support::case(facts);
        if strict {
            case.readings.insert(String::from("B4"), support::chosen(Reading::Strict));
        }
        let assessment = assess(policy, &case);
        let standings = assessment.standings(policy);
        let some = |wanted| standings.iter().any(|standing| *standing == wanted);
        let expected = match (some(RuleStanding::Unmet), some(RuleStanding::Unclear)) {
            (true, _) => Overall::Ineligible,
            (false, true) => Overall::Unknown,
            (false, false) => Overall::Eligible,
        };
        prop_assert_eq!(assessment.overall.chosen, expected);
        let verdicts = &policy.scheme.verdicts;
        let summary = expected.in_words(verdicts);
        let csv = to_csv(policy, &case, &assessment, support::today());
        let result = paper(&case, Paper::Result);
        let reasons = paper(&case, Paper::Reasons);
        prop_assert!(result.contains(summary));
        for (rule, standing) in policy.rules.iter().zip(&standings) {
            let line = format!("\"申报条件\",\"{}\",\"{}\",\"{}\"", rule.id, rule.title, standing.label(verdicts));
            prop_assert!(csv.contains(&line), "{} in {}", line, csv);
        }
        // A line that says 不符合 or 待确认 stands only below a summary that knows of it.
        for (label, standing) in [("不符合", RuleStanding::Unmet), ("待确认", RuleStanding::Unclear)] {
            if !some(standing) {
                // Behind 结果 is 满分, which a condition has none of.
                prop_assert!(!csv.contains(&format!("\"{label}\",\"\",")), "{}", csv);
                prop_assert!(!result.contains(&format!("{label}：")), "{}", result);
                prop_assert!(!reasons.contains(&format!(">{label}<")), "{}", reasons);
            } else {
                prop_assert!(result.contains(&format!("{label}：")), "{}", result);
            }
        }
    }

    #[test]
    fn filling_the_rest_of_a_group_with_no_and_zero_never_changes_who_may_apply(
        facts in prop_oneof![answers(), near_the_sample()],
    ) {
        let policy = support::policy();
        let before = assess_facts(policy, &facts);
        let deciding = deciding_facts(policy);
        for group in &policy.groups {
            let rest = Rest::of(policy, &deciding, &before, group);
            let mut filled = facts.clone();
            for place in rest.fillable {
                let fact = &policy.facts[place];
                let answer = if fact.kind == FactKind::Count { Json::number(0) } else { Json::Bool(false) };
                filled.insert(fact.id.clone(), answer);
            }
            let after = assess_facts(policy, &filled);
            prop_assert_eq!(after.overall, before.overall, "{}", group.id);
            prop_assert_eq!(after.rules, before.rules.clone(), "{}", group.id);
        }
    }
}

#[test]
fn what_decides_who_may_apply_is_left_out_and_named() {
    let policy = support::policy();
    let empty = assess_facts(policy, &Object::new());
    let deciding = deciding_facts(policy);
    let ids = |group: &str| {
        let group = policy.groups.iter().find(|known| known.id == group).unwrap();
        let rest = Rest::of(policy, &deciding, &empty, group);
        [rest.fillable, rest.deciding].map(|places| {
            let ids = places.into_iter().map(|place| policy.facts[place].id.as_str());
            ids.collect::<Vec<_>>()
        })
    };
    let [fillable, deciding] = ids("compliance");
    assert_eq!(fillable, ["contracts_spotcheck_ok", "labor_disputes"]);
    assert_eq!(deciding, ["has_internal_mgmt_rules", "law_abiding"]);
    let [fillable, deciding] = ids("licence");
    assert_eq!(fillable, [""; 0]);
    assert_eq!(deciding, ["registered_in_urumqi", "is_independent_legal_person"]);
}

#[test]
fn what_was_filled_in_goes_out_alone_and_never_touches_what_was_answered_since() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    case.set_fact("labor_disputes", None);
    case.set_fact("contracts_spotcheck_ok", None);
    let facts = ["labor_disputes", "contracts_spotcheck_ok"].map(|id| policy.fact(id).unwrap().1.clone());
    let before = case.clone();
    let filled = case.fill_in(&facts);
    assert_eq!(case.facts.get("labor_disputes"), Some(&Json::number(0)));
    assert_eq!(case.facts.get("contracts_spotcheck_ok"), Some(&Json::Bool(false)));
    assert!(case.has_filled(&filled));

    // One of them is answered otherwise, and another question too.
    case.set_fact("contracts_spotcheck_ok", Some(Json::Bool(true)));
    case.set_fact("insured_employees", Some(Json::number(251)));
    case.take_filled_out(&filled);
    assert_eq!(case.facts.get("labor_disputes"), None);
    assert_eq!(case.facts.get("contracts_spotcheck_ok"), Some(&Json::Bool(true)));
    assert_eq!(case.facts.get("insured_employees"), Some(&Json::number(251)));
    assert!(!case.has_filled(&filled));

    let mut untouched = before.clone();
    let filled = untouched.fill_in(&facts);
    untouched.take_filled_out(&filled);
    assert_eq!(untouched, before);
}

/// The remarks that stand at a place although each was said to be right.
fn standing(mut case: Case, at: &str) -> Vec<String> {
    for remark in remarks(&case) {
        case.acknowledge(&remark.at, &remark.text);
    }
    let remarks = remarks(&case);
    let open = open_remarks(&remarks, &case).into_iter();
    let open = open.filter(|remark| remark.at == at || remark.with.as_deref() == Some(at));
    open.map(|remark| remark.text.clone()).collect()
}

#[test]
fn that_an_answer_is_not_used_cannot_be_let_stand() {
    let mut unspoken = support::filled_sample();
    unspoken
        .narrative
        .insert("exported_yearly".into(), "二百六十余人".into());
    assert!(standing(unspoken.clone(), "exported_yearly")[0].contains("没有写进基本情况"));
    // Mended or emptied, it is gone.
    for entry in ["260", "约260人", ""] {
        unspoken.narrative.insert("exported_yearly".into(), entry.into());
        assert_eq!(standing(unspoken.clone(), "exported_yearly"), [""; 0], "{entry}");
    }
    let faulty = sample_with("brand_employees_contracted", r#""三百多""#);
    assert!(standing(faulty, "brand_employees_contracted")[0].contains("暂按未填处理"));
    let more = sample_with("brand_employees_contracted", "621");
    assert!(standing(more, "brand_employees_contracted")[0].contains("暂按 620 人计"));
    let qualified = sample_with("annual_qualified", "501");
    assert!(standing(qualified, "annual_qualified")[0].contains("核对以前不用"));
    let mut nameless = support::filled_sample();
    nameless.change_detail("honors_provincial", |detail| {
        detail.items.push(ListedItem {
            date: "2024-05-06".into(),
            ..ListedItem::default()
        });
    });
    assert!(standing(nameless, "honors_provincial")[0].contains("不计入"));
    // What is used and only looks odd can be right.
    for odd in [
        sample_with("annual_revenue_wan", "3200000"),
        sample_with("hardship_hired", "621"),
        sample_with("brand_employees", "3410"),
    ] {
        let remarks = remarks(&odd);
        assert!(!remarks.is_empty());
        assert_eq!(
            remarks
                .iter()
                .flat_map(|remark| standing(odd.clone(), &remark.at))
                .collect::<Vec<_>>(),
            [""; 0]
        );
    }
}

#[test]
fn a_figure_with_blanks_is_asked_about_until_it_is_let_stand_or_typed_anew() {
    let policy = support::policy();
    let typed = |text: &str| {
        let mut case = support::filled_sample();
        let (_, fact) = policy.fact("annual_qualified").unwrap();
        let read = read_answer(fact, text, MoneyUnit::default(), support::today());
        case.take(fact, read, FactState::Exact);
        case
    };
    let blanks = typed("350 412");
    let asked = |case: &Case| {
        let asked = remarks_at(case, "annual_qualified").into_iter();
        asked.filter(|text| text.contains("两个数")).collect::<Vec<_>>()
    };
    assert_eq!(
        asked(&blanks),
        ["“350 412”按一个数读作 350412 人，对吗？是两个数的，请只填其中一个。"]
    );
    // It is kept in a file, and gone when the figure is another.
    let file = support::papers::file_text(&support::papers::case_file(&blanks));
    let opened = CaseFile::from_text(policy, &file).unwrap().case;
    assert_eq!(asked(&opened), asked(&blanks));
    let mut changed = opened;
    changed.set_fact("annual_qualified", Some(Json::Number("350".into())));
    assert_eq!(asked(&changed), [""; 0]);
    for text in ["350412", "350,412", "350\u{a0}412", "350 人"] {
        assert_eq!(asked(&typed(text)), [""; 0], "{text:?}");
    }
    let mut spoken = support::filled_sample();
    spoken.narrative.insert("exported_yearly".into(), "1 234".into());
    assert_eq!(
        remarks_at(&spoken, "exported_yearly"),
        ["“1 234”按一个数读作 1234 人，对吗？是两个数的，请只填其中一个。"]
    );
    assert_eq!(standing(spoken, "exported_yearly"), [""; 0]);
}

#[test]
fn nothing_is_counted_or_cancelled_before_the_firm_was_there() {
    let founded = |day: &str| {
        let mut case = support::filled_sample();
        case.form.insert("registered_on".into(), day.into());
        case
    };
    for (day, words) in [
        ("2026-03-01", "2025 年单位还没有成立"),
        ("2026-01-01", "2025 年单位还没有成立"),
        ("2025-12-31", "只能是成立以后的数"),
        ("2025-01-02", "只能是成立以后的数"),
    ] {
        let case = founded(day);
        assert!(remarks_at(&case, "registered_on")[0].contains(words), "{day}");
        assert_eq!(remarks_at(&case, "annual_revenue_wan").len(), 1, "{day}");
        assert_eq!(standing(case.clone(), "registered_on"), [""; 0]);
        let none = Case {
            facts: support::nothing_but(support::policy(), "{}"),
            ..case
        };
        assert_eq!(remarks_at(&none, "registered_on"), [""; 0], "{day}");
    }
    for day in ["2025-01-01", "2019-03-05", ""] {
        assert_eq!(remarks_at(&founded(day), "registered_on"), [""; 0], "{day}");
    }
    let cancelled = |day: &str, ever: bool| {
        let mut case = sample_with("ever_cancelled", if ever { "true" } else { "false" });
        let (_, fact) = support::policy().fact("years_since_cancellation").unwrap();
        let read = read_answer(fact, day, MoneyUnit::default(), support::today());
        case.take(fact, read, FactState::Exact);
        remarks_at(&case, "years_since_cancellation")
    };
    assert!(cancelled("2019-03-04", true)[0].contains("早于注册时间 2019-03-05"));
    assert_eq!(cancelled("2019-03-05", true), [""; 0]);
    assert_eq!(cancelled("2019-03-04", false), [""; 0]);
}

#[test]
fn the_kind_of_firm_agrees_with_its_credit_code() {
    let policy = support::policy();
    let is_at_odds = |begin: &str, kind: &str| {
        let mut case = sample_with("entity_type", &format!("{kind:?}"));
        case.form
            .insert("credit_code".into(), format!("{begin}650102PDY001688N"));
        remarks_at(&case, "entity_type")
            .iter()
            .any(|text| text.contains(begin))
    };
    let (_, fact) = policy.fact("entity_type").unwrap();
    for (begin, fitting) in [
        (
            "91",
            &["enterprise", "training_institution", "hr_service", "other"][..],
        ),
        ("92", &["other"]),
        ("93", &["agri_cooperative"]),
        ("51", &["industry_association", "other"]),
        ("52", &["training_institution", "hr_service", "other"]),
        ("53", &["other"]),
    ] {
        for choice in &fact.choices {
            let fits = fitting.contains(&choice.id.as_str());
            assert_eq!(is_at_odds(begin, &choice.id), !fits, "{begin} {}", choice.id);
        }
    }
    assert!(!is_at_odds("12", "enterprise"));
}

#[test]
fn support_goes_to_recognised_brands() {
    let at_odds = |changes: &str| {
        let case = support::case(support::sample_but(changes));
        remarks_at(&case, "fund_received").len()
    };
    assert_eq!(at_odds(r#"{"fund_received":true,"recognized_level":"none"}"#), 1);
    for changes in [
        r#"{"fund_received":true,"recognized_level":"district"}"#,
        r#"{"fund_received":false,"recognized_level":"none"}"#,
        r#"{"fund_received":true,"recognized_level":"none","ever_cancelled":true,"years_since_cancellation":6}"#,
        r#"{"fund_received":true,"recognized_level":"none","unit_has_other_recognized_brand":true}"#,
    ] {
        assert_eq!(at_odds(changes), 0, "{changes}");
    }
}

#[test]
fn where_nobody_is_employed_nobody_is_said_to_be_trained_first() {
    let policy = support::policy();
    let case = sample_with("brand_employees", "0");
    let place = policy
        .rules
        .indices()
        .find(|place| policy.rules[*place].id == "C3.3")
        .unwrap();
    let next = next_step(policy, &assess(policy, &case), place).unwrap();
    assert!(next.contains("还没有从业人员的，先达到申报条件的人数"), "{next}");
}

#[test]
fn where_a_chosen_reading_fails_a_condition_the_way_leads_to_what_that_reading_looks_at() {
    let policy = support::policy();
    let mut case = sample_with("brand_employees_contracted", "299");
    let place = policy
        .rules
        .indices()
        .find(|place| policy.rules[*place].id == "C3.2")
        .unwrap();
    let ways = |case: &Case| {
        let facts = assess(policy, case).answers_behind(policy, &policy.rules[place]);
        let ids = facts.iter().map(|fact| policy.facts[*fact].id.as_str());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(ways(&case), ["brand_employees"]);
    assert_eq!(next_step(policy, &assess(policy, &case), place), None);
    case.readings
        .insert(String::from("A22"), support::chosen(Reading::Strict));
    assert_eq!(ways(&case), ["brand_employees_contracted", "brand_employees"]);
    let next = next_step(policy, &assess(policy, &case), place).unwrap();
    assert!(
        next.starts_with("按为本案另选的读法不符合（A22 取从严：与本单位签订劳动合同"),
        "{next}"
    );
}
