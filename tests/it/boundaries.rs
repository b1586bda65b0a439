//! Both sides of every line that the scheme draws: the tables in `boundaries/`
//! beside the policy, by the runner that `policy check` uses, and here what is
//! no table. The expected figures are written by hand from the document.

use crate::support;
use std::collections::BTreeSet;

use crate::support::{date, facts, nothing_but, sample_but};
use labor_brand_assessment::answers::{Case, Fault, Lowered, LoweringFault, read_value};
use labor_brand_assessment::assessment::{Assessment, Explanation, RowState, assess, assess_facts};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::{FactKind, Policy, Reading, RowIdx, Verdict};
use labor_brand_assessment::policy_check::moved_figures;

/// The place of a row in the official order.
fn place_of(policy: &Policy, row: &str) -> RowIdx {
    policy
        .rows_enumerated()
        .find(|(_, known)| known.id == row)
        .unwrap()
        .0
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
    let place = policy
        .rules
        .enumerated()
        .find(|(_, known)| known.id == rule)
        .unwrap()
        .0;
    let assessment = assess_facts(policy, facts);
    let result = &assessment.rules[place];
    let shown = [result.strict, result.default, result.lenient].map(|verdict| verdict.result_id());
    match shown {
        [strict, default, lenient] if strict == default && default == lenient => default.to_owned(),
        shown => shown.join(" "),
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

// ── The tables ──────────────────────────────────────────────────────────────

#[test]
fn every_line_of_the_boundary_tables_comes_out_exactly() {
    let expectations = support::expectations();
    // As many as there were when the tables was here as code.
    assert!(
        expectations.boundaries.len() >= 338,
        "{} lines",
        expectations.boundaries.len()
    );
    let differences: Vec<_> = expectations
        .boundaries
        .iter()
        .flat_map(|boundary| {
            let lines = boundary.differences(support::policy());
            lines
                .into_iter()
                .map(|line| format!("{}: {line}", boundary.place))
        })
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_row_and_every_rule_with_a_figure_has_its_boundary_table() {
    let policy = support::policy();
    let about: BTreeSet<_> = support::expectations()
        .boundaries
        .iter()
        .map(|boundary| boundary.about.as_str())
        .collect();
    let rows = policy.rows().map(|row| row.id.as_str());
    let without: Vec<_> = rows.filter(|id| !about.contains(id)).collect();
    assert_eq!(without, [""; 0]);
    for figure in moved_figures(&support::policy_json()) {
        let is_rule = policy.rule(&figure.about).is_some();
        assert!(!is_rule || about.contains(figure.about.as_str()), "{figure:?}");
    }
}

// ── The score sheet ─────────────────────────────────────────────────────────

#[test]
fn an_answer_of_the_wrong_kind_is_shown_for_what_it_is() {
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
fn a_line_that_is_written_wrongly_says_how_to_write_it() {
    let refused = |line: &str| {
        let text = format!("row = '1.4'\n[[table]]\nfacts = ['annual_revenue_wan']\nlines = [{line}]\n");
        let table: toml::Table = toml::from_str(&text).unwrap();
        let tree = Json::parse(&serde_json::to_string(&table).unwrap()).unwrap();
        support::boundaries_of("row-1.4.toml", &tree, &[]).unwrap_err()
    };
    // The count is right: only the quotation marks are missing.
    assert_eq!(
        refused("[50, 1]"),
        "row-1.4.toml 第 1 个表第 1 行：结果写成文字 \"1\"，要加引号"
    );
    assert_eq!(
        refused("[50, 60, 1]"),
        "row-1.4.toml 第 1 个表第 1 行：一行应有 1 个答案，最后是 \"结果\""
    );
    assert!(refused("['1']").contains("一行应有 1 个答案"));
}

// ── Doubts, each switched alone ─────────────────────────────────────────────

#[test]
fn each_doubt_switches_alone() {
    let switches = &support::expectations().switches;
    // As many as there were when they were here as code.
    assert!(switches.len() >= 43, "{} switches", switches.len());
    let differences: Vec<_> = switches
        .iter()
        .flat_map(|switch| {
            let lines = switch.differences(support::policy());
            lines.into_iter().map(|line| format!("{}: {line}", switch.place))
        })
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_branch_of_the_doubts_of_the_score_sheet_is_tried() {
    use Reading::{Lenient, Strict};
    let switches = support::expectations().switches.iter();
    let tried: BTreeSet<_> = switches
        .filter(|switch| switch.is_of_a_row())
        .map(|switch| (switch.doubt.as_str(), switch.reading))
        .collect();
    let shown = support::policy()
        .doubts
        .iter()
        .filter(|doubt| doubt.id.starts_with('A') && doubt.id != "A20");
    let shown: BTreeSet<_> = shown
        .flat_map(|doubt| {
            let strict = doubt.strict.as_ref().map(|_| (doubt.id.as_str(), Strict));
            let lenient = doubt.lenient.as_ref().map(|_| (doubt.id.as_str(), Lenient));
            strict.into_iter().chain(lenient)
        })
        .collect();
    assert_eq!(tried, shown);
}

/// What is wrong with one entry of a file about a doubt.
fn switched(doubt: &str, entry: &str) -> Vec<String> {
    let text = format!("doubt = '{doubt}'\n[[switch]]\n{entry}");
    let table: toml::Table = toml::from_str(&text).unwrap();
    let tree = Json::parse(&serde_json::to_string(&table).unwrap()).unwrap();
    let cases = &support::expectations().cases;
    let file = support::boundaries_of("doubt.toml", &tree, cases).unwrap();
    file.switches[0].differences(support::policy())
}

#[test]
fn a_switch_that_comes_out_otherwise_is_named_with_what_it_came_to() {
    let of_a6 = |row: &str, default: &str, switched_to: &str| {
        let entry = format!(
            "row = '{row}'\nreading = 'strict'\nfacts = {{ annual_revenue_wan = 500 }}\n\
             default = '{default}'\nswitched = '{switched_to}'"
        );
        switched("A6", &entry).join("\n")
    };
    assert_eq!(of_a6("1.4", "5", "4"), "");
    assert!(
        of_a6("1.4", "4", "4").contains("按通常得出 5，应为 4"),
        "{}",
        of_a6("1.4", "4", "4")
    );
    let otherwise = of_a6("1.4", "5", "3");
    assert!(otherwise.contains("按从严得出 4，应为 3"), "{otherwise}");
    assert!(
        otherwise.contains("按三种读法的差别算得 4，应为 3"),
        "{otherwise}"
    );
    // A doubt that does not move the row is no cause of its range, and moves another one.
    let elsewhere = of_a6("1.1", "0", "0");
    assert!(elsewhere.contains("没有存疑 A6"), "{elsewhere}");
    assert!(elsewhere.contains("第 1.4 行也变了"), "{elsewhere}");
    let of_entry = |default: &str, switched_to: &str| {
        let entry = format!(
            "overall = true\nbase = 'sample'\nreading = 'strict'\nfacts = {{ recognized_level = 'none' }}\n\
             default = '{default}'\nswitched = '{switched_to}'"
        );
        switched("B4", &entry).len()
    };
    assert_eq!(of_entry("eligible", "ineligible"), 0);
    assert_eq!(of_entry("eligible", "eligible"), 1);
    assert_eq!(of_entry("unknown", "ineligible"), 2);
}

#[test]
fn a_lowered_score_is_the_applicants_own_and_never_above_the_rules() {
    let policy = support::policy();
    let own = |score: &str| {
        let mut case: Case = support::case(support::facts_of("sample"));
        let lowered = Lowered {
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
    assert_eq!(own("-1"), "12 75.5");
    assert_eq!(own("0"), "0 63.5");
    assert_eq!(own("十一"), "12 75.5");
    assert_eq!(own(""), "12 75.5");
}

#[test]
fn a_lowered_score_that_does_not_stand_as_typed_says_why() {
    let fault = |score: &str, reason: &str, computed: Option<&str>| {
        let lowered = Lowered {
            score: score.to_owned(),
            reason: reason.to_owned(),
            ..Lowered::default()
        };
        lowered.fault(computed.map(|points| points.parse().unwrap()))
    };
    let most = Some("12");
    assert_eq!(fault("", "", most), None);
    assert_eq!(fault("11", "材料未齐", most), None);
    assert_eq!(fault("12", "材料未齐", most), None);
    for nothing in [" \u{200b}", "无", "没有", "—", "/"] {
        assert_eq!(
            fault("11", nothing, most),
            Some(LoweringFault::NoReason),
            "{nothing}"
        );
    }
    assert_eq!(fault("", "材料未齐", most), Some(LoweringFault::NoScore));
    assert_eq!(fault("十一", "材料未齐", most), Some(LoweringFault::NotAScore));
    assert_eq!(fault("12.01", "材料未齐", most), Some(LoweringFault::TooHigh));
    assert_eq!(fault("-0.01", "材料未齐", most), Some(LoweringFault::Negative));
    assert_eq!(fault("5", "材料未齐", None), Some(LoweringFault::NotScored));
}

// ── Eligibility ─────────────────────────────────────────────────────────────

#[test]
fn rule_s4_ends_after_the_fifth_anniversary() {
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

// ── Optional facts ──────────────────────────────────────────────────────────

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
fn a_condition_on_an_answer_that_cannot_be_used_says_so_and_not_that_it_is_missing() {
    let policy = support::policy();
    let reasons = |answer: &str| {
        let facts = sample_but(&format!(r#"{{"brand_employees": {answer}}}"#));
        let assessment = assess_facts(policy, &facts);
        let explanation = Explanation::new(policy, &assessment);
        let of = |id: &str| {
            let place = policy.rules.enumerated().find(|(_, rule)| rule.id == id);
            let (place, rule) = place.unwrap();
            assert_eq!(assessment.rules[place].default, Verdict::Unclear);
            explanation.rule(rule, assessment.rules[place].default)
        };
        [of("C3.2"), of("C3.3")]
    };
    for reason in reasons(r#""300-400""#) {
        assert!(reason.starts_with("从业人数填写有误（"), "{reason}");
    }
    assert_eq!(reasons("null"), ["未填：从业人数", "未填：从业人数"]);
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
