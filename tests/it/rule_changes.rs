//! A case that was assessed under other rules: what it came to then and what it
//! comes to now are both kept, and shown row by row.

use crate::support;
use labor_brand_assessment::answers::Case;
use labor_brand_assessment::assessment::assess;
use labor_brand_assessment::documents::{
    CaseFile, RuleChanges, draft_record, mark_changes_seen, note_change_of_draft, note_change_of_file,
    rule_changes,
};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::Policy;

fn other_rules() -> Policy {
    let mut tree = support::policy_tree();
    tree["scheme"]["version"] = "1000.0.0".into();
    support::row(&mut tree, "4.3")["score"]["steps"]["points"] = "0.25".into();
    support::entry(&mut tree, "rule", "C3.2")["if"]["at_least"][1] = 800.into();
    Policy::from_json(&tree.to_string()).unwrap_or_else(|errors| panic!("{}", support::shown(&errors)))
}

fn sample() -> Case {
    support::case(support::facts_of("sample"))
}

fn written(policy: &Policy, sha256: &str, case: Case) -> String {
    let file = CaseFile::of(
        policy,
        sha256,
        case,
        Object::new(),
        String::from("2026-11-24T10:00:00Z"),
    );
    let assessment = assess(policy, &file.case);
    file.to_text(policy, &assessment)
}

/// What is said of a file, and what is kept beside its case.
fn opened(policy: &Policy, sha256: &str, text: &str) -> (Vec<RuleChanges>, Object) {
    let file = CaseFile::from_text(policy, text).unwrap();
    let mut beside = file.kept_beside();
    note_change_of_file(policy, sha256, &file, &mut beside);
    let shown = rule_changes(policy, &beside).into_iter();
    let shown = shown.map(|(change, _)| change).collect();
    (shown, beside)
}

#[test]
fn a_file_of_other_rules_is_shown_row_by_row_and_both_results_are_kept() {
    let (old, new) = (support::policy(), other_rules());
    let text = written(old, "old", sample());
    let (shown, beside) = opened(&new, "new", &text);
    let [change] = shown.as_slice() else {
        panic!("{shown:#?}")
    };
    assert_eq!(
        (change.from.as_str(), change.to.as_str()),
        (old.scheme.version.as_str(), "1000.0.0")
    );
    let totals = change.total.map(|total| total.unwrap().to_string());
    assert_eq!(totals, ["75.5", "74.75"]);
    assert!(!change.same_rules && !change.other_answers);
    let lines: Vec<String> = change
        .moved
        .iter()
        .map(|moved| {
            let result = |result: &Option<String>| result.clone().unwrap();
            format!(
                "{} {} → {}｜{}｜{}",
                moved.id,
                result(&moved.from),
                result(&moved.to),
                moved.reason_then,
                moved.reason_now
            )
        })
        .collect();
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert_eq!(
        lines[0],
        "4.3 1.5 → 0.75｜公益类活动次数 3 次 × 0.5 分 → 1.5 分｜公益类活动次数 3 次 × 0.25 分 → 0.75 分"
    );
    assert!(
        lines[1].starts_with("C3.2 符合 → 不符合｜从业人数 620 人，不少于 300 人｜"),
        "{lines:?}"
    );
    // The next file of the case carries the result as it was in the first one.
    let file = CaseFile::from_text(&new, &text).unwrap();
    let recorded = file.recorded.clone().unwrap();
    let next = CaseFile::of(&new, "new", file.case, beside, file.saved_at);
    let next = next.to_text(&new, &assess(&new, &next.case));
    let (shown_again, beside) = opened(&new, "new", &next);
    assert_eq!(shown_again, shown);
    let listed = beside.get("rule_changes").unwrap().as_list().unwrap();
    let before = listed[0].as_object().unwrap().get("before").unwrap();
    assert_eq!(before.as_object().unwrap().get("assessment"), Some(&recorded));
}

#[test]
fn a_change_is_pointed_out_until_it_was_looked_at() {
    let new = other_rules();
    let (_, mut beside) = opened(&new, "new", &written(support::policy(), "old", sample()));
    assert!(!rule_changes(&new, &beside)[0].1);
    mark_changes_seen(&mut beside);
    assert!(rule_changes(&new, &beside)[0].1);
}

#[test]
fn under_the_same_rules_nothing_is_shown() {
    let policy = support::policy();
    let text = written(policy, "old", support::filled_sample());
    let (shown, beside) = opened(policy, "old", &text);
    assert_eq!((shown, beside), (vec![], Object::new()));
    // Nor where only the words of the rules are others.
    assert_eq!(opened(policy, "new", &text).0, []);
}

#[test]
fn a_new_version_that_changes_no_result_says_so() {
    let mut tree = support::policy_tree();
    tree["scheme"]["version"] = "0.1.1".into();
    let new = Policy::from_json(&tree.to_string()).unwrap();
    let (shown, _) = opened(&new, "new", &written(support::policy(), "old", sample()));
    assert_eq!(shown.len(), 1);
    assert_eq!((shown[0].moved.len(), shown[0].total[0]), (0, shown[0].total[1]));
}

#[test]
fn a_record_that_the_answers_of_its_file_do_not_explain_is_pointed_out_as_such() {
    let policy = support::policy();
    let text = written(policy, "old", sample()).replace("\"charity_events\": 3", "\"charity_events\": 2");
    let (shown, _) = opened(policy, "old", &text);
    assert!(shown[0].same_rules && shown[0].other_answers, "{shown:?}");
    assert_eq!(shown[0].moved.len(), 1);
    let (shown, _) = opened(&other_rules(), "new", &text);
    assert!(!shown[0].same_rules && shown[0].other_answers, "{shown:?}");
}

#[test]
fn a_file_without_a_result_or_with_nonsense_in_its_place_is_opened_all_the_same() {
    let new = other_rules();
    let text = written(support::policy(), "old", sample());
    let Json::Object(file) = Json::parse(&text).unwrap() else {
        panic!()
    };
    for nonsense in [
        "null",
        "7",
        "{}",
        "[1]",
        r#"{"rows":7,"total":"x","eligibility":{"C3.2":3}}"#,
        r#"{"rows":{"9.9":{"score":3}}}"#,
    ] {
        let mut file = file.clone();
        file.insert(String::from("assessment"), Json::parse(nonsense).unwrap());
        let text = Json::Object(file).to_line();
        let (shown, _) = opened(&new, "new", &text);
        assert_eq!(shown.len(), 1, "{nonsense}");
        assert_eq!(shown[0].total[0], None, "{nonsense}");
        let (shown, _) = opened(support::policy(), "old", &text);
        assert_eq!(shown, [], "{nonsense}");
    }
}

#[test]
fn a_draft_remembers_the_figures_it_was_last_seen_with() {
    let (old, new, case) = (support::policy(), other_rules(), sample());
    let record = draft_record(old, "old", &assess(old, &case));
    assert!(record.to_line().len() < 3_000, "{}", record.to_line().len());
    let mut beside = Object::new();
    note_change_of_draft(old, "old", &case, &record, &mut beside);
    assert!(beside.is_empty());
    note_change_of_draft(&new, "new", &case, &record, &mut beside);
    let shown = rule_changes(&new, &beside);
    let (change, is_seen) = &shown[0];
    assert!(!is_seen);
    assert_eq!(
        change.total.map(|total| total.unwrap().to_string()),
        ["75.5", "74.75"]
    );
    let moved: Vec<&str> = change.moved.iter().map(|moved| moved.id.as_str()).collect();
    assert_eq!(moved, ["4.3", "C3.2"]);
    // An empty draft has nothing to compare.
    let mut beside = Object::new();
    note_change_of_draft(&new, "new", &support::case(Object::new()), &record, &mut beside);
    assert!(beside.is_empty());
}
