//! Slips and contradictions are asked about, what is said of all conditions
//! agrees with what is said of each, and a chosen reading counts with its reason.

use crate::support;
use crate::support::made_up::{answers, near_the_sample};
use labor_brand_assessment::answers::{Case, Severity, check_field, normalise_field};
use labor_brand_assessment::assessment::{
    Assessment, CUTOFF, Explanation, Overall, Progresses, Remark, Rest, RuleStanding, TraceResult, assess,
    assess_facts, cross_checks, deciding_facts, open_remarks,
};
use labor_brand_assessment::documents::{
    DocumentOptions, Paper, PrivateEntries, assess_batch, papers_document, to_csv, to_html_body,
};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::{FactKind, FieldKind, Idx, Reading, RowIdx};
use proptest::prelude::*;

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
            assess(support::policy(), &case).rows[RowIdx::at(3)]
                .chosen
                .to_string(),
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
    open.map(|remark| remark.text.clone()).collect()
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
            .filter(|remark| remark.text.contains("人数截止日期"))
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
        result.contains("提醒：S5") && !result.contains("不符合"),
        "{result}"
    );
    let reasons = paper(&case, Paper::Reasons);
    assert!(reasons.contains("提醒") && !reasons.contains("不符合"));
    let csv = to_csv(policy, &case, &assessment);
    assert!(
        csv.contains(r#""S5","已认定为区（县）级劳务品牌","提醒""#) && !csv.contains("不符合"),
        "{csv}"
    );
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
    let csv = to_csv(policy, &case, &assessment);
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
        let summary = match expected {
            Overall::Eligible => &verdicts.eligible,
            Overall::Ineligible => &verdicts.ineligible,
            Overall::Unknown => &verdicts.unknown,
        };
        let csv = to_csv(policy, &case, &assessment);
        let result = paper(&case, Paper::Result);
        let reasons = paper(&case, Paper::Reasons);
        prop_assert!(result.contains(summary.as_str()));
        for (rule, standing) in policy.rules.iter().zip(&standings) {
            let line = format!("\"申报条件\",\"{}\",\"{}\",\"{}\"", rule.id, rule.title, standing.label());
            prop_assert!(csv.contains(&line), "{} in {}", line, csv);
        }
        // A line that says 不符合 or 待确认 stands only below a summary that knows of it.
        for (label, standing) in [("不符合", RuleStanding::Unmet), ("待确认", RuleStanding::Unclear)] {
            if !some(standing) {
                prop_assert!(!csv.contains(&format!("\"{label}\"")), "{}", csv);
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
