//! Text and files of somebody who means harm: what is kept stays text, what
//! cannot be kept is refused, and neither takes long.

use crate::support;
use labor_brand_assessment::answers::{
    Case, EvidenceMark, EvidenceState, Lowered, Origin, check_form, plain_line, plain_prose,
};
use labor_brand_assessment::assessment::{assess, draft};
use labor_brand_assessment::documents::{
    CaseFile, DocumentOptions, NotACaseFile, Paper, PrivateEntries, assess_batch, file_name, papers_document,
    to_html_file,
};
use labor_brand_assessment::json::{Json, NotJson, Object, turns_direction};
use labor_brand_assessment::policy::{POLICY_SIZE_LIMIT, Policy, Reading};
use serde_json::{Value, json};

/// What an attacker types, one of each kind.
const TEXTS: [&str; 16] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table><h1>x",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "<!--",
    "]]><?xml version=\"1.0\"?>",
    "javascript:alert(1)",
    "&lt;b&gt;&#60;i&#62;",
    "=cmd|'/c calc'!A1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "甲\u{202e}\u{2067}乙\u{2066}\u{202d}丙",
    "\u{0}\u{1}\u{8}\u{1b}[31m\u{7f}\u{85}\u{9b}",
    "\u{feff}\u{200b}\u{2028}\u{2029}\u{fffe}\u{ffff}",
    "{brand_name}{application_year}{{first_screen}}{",
    "\u{10ffff}\u{e0001}\u{1f469}\u{200d}\u{1f469}",
];

/// A case in which that text stands wherever a text can stand.
fn case_of(text: &str) -> Case {
    let policy = support::policy();
    let mut case = support::filled_sample();
    text.clone_into(&mut case.title);
    case.form = policy
        .fields
        .iter()
        .map(|field| (field.id.clone(), text.to_owned()))
        .collect();
    case.narrative = policy
        .narrative_fields
        .iter()
        .map(|field| (field.id.clone(), text.to_owned()))
        .collect();
    for row in policy.rows() {
        case.notes.insert(row.id.clone(), text.to_owned());
        let lowered = Lowered {
            score: text.to_owned(),
            reason: text.to_owned(),
            ..Lowered::default()
        };
        case.lowered.insert(row.id.clone(), lowered);
    }
    for document in &policy.evidence {
        let mark = EvidenceMark {
            state: EvidenceState::Ready,
            note: text.to_owned(),
            ..EvidenceMark::default()
        };
        case.evidence.insert(document.id.clone(), mark);
    }
    for doubt in &policy.doubts {
        let mut chosen = support::chosen(Reading::Lenient);
        text.clone_into(&mut chosen.reason);
        case.readings.insert(doubt.id.clone(), chosen);
    }
    case.facts
        .insert(String::from("annual_revenue_wan"), Json::text(text));
    case.facts.insert(text.to_owned(), Json::text(text));
    case.others.insert(text.to_owned(), Json::text(text));
    case
}

fn written(case: &Case) -> String {
    let policy = support::policy();
    let others = Object::new();
    let file = CaseFile::of(policy, "", case.clone(), others, String::from("2026-11-24"));
    file.to_text(policy, &assess(policy, case))
}

fn html(case: &Case) -> String {
    let policy = support::policy();
    let options = DocumentOptions {
        papers: &Paper::ALL,
        private: PrivateEntries::Full,
        today: support::today(),
    };
    to_html_file(&papers_document(policy, case, &assess(policy, case), options), "")
}

/// The tags of a page, without the text between them.
fn tags(html: &str) -> Vec<&str> {
    html.split('<')
        .skip(1)
        .map(|piece| piece.split('>').next().unwrap())
        .collect()
}

/// A case as it is once it was opened: without what no form can show.
fn shown(case: &Case) -> Case {
    let mut case = case.clone();
    case.read_texts(support::policy(), Origin::File);
    case
}

#[test]
fn hostile_text_comes_back_from_a_case_file_as_it_was_but_for_what_nothing_can_show() {
    for text in TEXTS {
        let case = case_of(text);
        let file = written(&case);
        assert!(
            !file.contains(|character: char| character.is_ascii_control()
                && character != '\n'
                && character != '\u{7f}'),
            "{text:?} is written by escapes"
        );
        let read = CaseFile::from_text(support::policy(), &file).unwrap();
        let shown = shown(&case);
        let is_shown = plain_prose(text) == text;
        assert_eq!(shown == case, is_shown, "{text:?}");
        assert_eq!(read.case, shown, "{text:?}");
        let again = CaseFile::from_text(support::policy(), &written(&read.case)).unwrap();
        assert_eq!(again.case, shown, "{text:?}");
    }
}

#[test]
fn hostile_text_is_text_in_the_forms() {
    // An identifier is set otherwise than other entries.
    let plain = html(&case_of("甲")) + &html(&case_of("A1")) + &html(&case_of(""));
    for text in TEXTS {
        let page = html(&case_of(text));
        // The tags are those of a harmless text; only the number of paragraphs may follow the text.
        let kinds = |page: &str| {
            let mut kinds: Vec<String> = tags(page).into_iter().map(str::to_owned).collect();
            kinds.sort_unstable();
            kinds.dedup();
            kinds
        };
        let known = kinds(&plain);
        for tag in kinds(&page) {
            assert!(known.contains(&tag), "{text:?} makes the tag <{tag}>");
        }
        let loose = |character: char| {
            (character.is_control() && !matches!(character, '\n' | '\t')) || turns_direction(character)
        };
        assert!(
            !page.contains(loose),
            "{text:?}: a sign that is obeyed stands in the page"
        );
    }
}

#[test]
fn hostile_text_moves_no_score_and_fills_no_slot() {
    let policy = support::policy();
    let mut harmless = case_of("甲");
    harmless.lowered = Default::default();
    let with_reasons = assess(policy, &harmless).total;
    // A reading counts by its reason, of which something must be seen.
    harmless.readings = Default::default();
    let without_reasons = assess(policy, &harmless).total;
    for text in TEXTS {
        let mut case = case_of(text);
        case.lowered = Default::default();
        let expected = if plain_line(text).trim().is_empty() {
            without_reasons
        } else {
            with_reasons
        };
        assert_eq!(assess(policy, &case).total, expected, "{text:?}");
        let assessment = assess(policy, &case);
        let draft = draft(policy, &case, &assessment, 500);
        // What is in a sentence's slot is not searched for slots again.
        if text.contains("{brand_name}") {
            assert!(draft.contains("{application_year}"), "{draft}");
        }
        for (_, finding) in check_form(policy, &case, support::today()) {
            assert!(finding.text.chars().count() < 200, "{text:?}");
        }
    }
}

#[test]
fn hostile_names_make_plain_file_names() {
    for text in TEXTS {
        let name = file_name(text, "推荐表", support::today(), "html");
        let refused = |character: char| {
            character.is_control() || turns_direction(character) || "<>:\"/\\|?*".contains(character)
        };
        assert!(!name.contains(refused), "{name:?}");
        assert!(name.ends_with("_推荐表_2026-11-24.html") && !name.starts_with('.'));
    }
}

#[test]
fn half_a_character_is_refused_and_a_whole_pair_is_read() {
    let file = written(&support::filled_sample());
    let with = |escape: &str| file.replacen("\"title\": \"示例\"", &format!("\"title\": \"{escape}\""), 1);
    for half in [
        "\\ud800",
        "\\udc00",
        "\\udc00\\ud800",
        "\\ud83dx",
        "\\ud83d\\u0041",
    ] {
        let read = CaseFile::from_text(support::policy(), &with(half));
        assert!(
            matches!(read, Err(NotACaseFile::NotJson(NotJson::Syntax { .. }))),
            "{half}: {read:?}"
        );
        let policy = format!("{{\"scheme\": {{\"id\": \"{half}\"}}}}");
        assert!(
            Policy::from_json(&policy).unwrap_err()[0]
                .problem
                .contains("不是 JSON")
        );
    }
    let read = CaseFile::from_text(support::policy(), &with("\\ud83d\\ude00\\u0000")).unwrap();
    assert_eq!(read.case.title, "\u{1f600}");
}

#[test]
fn a_megabyte_in_every_place_is_read_printed_and_written() {
    let long = "长<&\u{202e}".repeat(130_000);
    assert!(long.len() > 1_000_000);
    let mut case = support::filled_sample();
    case.title.clone_from(&long);
    case.form.insert(String::from("brand_name"), long.clone());
    case.form
        .insert(String::from("credit_code"), "9".repeat(1_000_000));
    case.form.insert(String::from("id_number"), "1".repeat(1_000_000));
    case.facts.insert(
        String::from("charity_events"),
        Json::Number("9".repeat(1_000_000)),
    );
    case.facts.insert(
        String::from("annual_revenue_wan"),
        Json::Number(format!("0.{}1", "0".repeat(1_000_000))),
    );
    let file = written(&case);
    let read = CaseFile::from_text(support::policy(), &file).unwrap();
    assert_eq!(read.case, shown(&case));
    assert_eq!(read.case.title, plain_prose(&long));
    let assessment = assess(support::policy(), &case);
    assert_eq!(
        assessment.total.own.to_string(),
        "69",
        "two rows are invalid, no more"
    );
    let page = html(&case);
    assert!(!page.contains("长<") && !page.contains('\u{202e}'));
    for (_, finding) in check_form(support::policy(), &case, support::today()) {
        assert!(finding.text.chars().count() < 200, "{}", finding.text.len());
    }
}

#[test]
fn depth_and_repeated_keys_are_refused_wherever_they_stand() {
    let small = |inner: &str| format!(r#"{{"format": "labor-brand-assessment", "later": {inner}}}"#);
    // One level is the file itself.
    for (depth, deep) in [
        (31, false),
        (32, false),
        (33, true),
        (1_000, true),
        (1_000_000, true),
    ] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let inner = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            let read = CaseFile::from_text(support::policy(), &small(&inner));
            let too_deep = read == Err(NotACaseFile::NotJson(NotJson::TooDeep));
            assert_eq!(too_deep, deep || depth == 32, "{depth} of {open}");
            let batch = format!(
                r#"[{{"id": 1, "facts": {{"annual_trained": {inner}}}}}, {{"id": 2, "facts": {{}}}}]"#
            );
            let results: Value = match assess_batch(support::policy(), &batch, false) {
                Ok(outcome) => serde_json::from_str(&outcome.json).unwrap(),
                Err(refusal) => panic!("{refusal}"),
            };
            assert_eq!(results[1]["id"], 2, "the other entry is assessed");
            let policy = Policy::from_json(&small(&inner));
            assert!(policy.is_err());
        }
    }
    for text in [
        r#"{"format": "labor-brand-assessment", "format": "labor-brand-assessment"}"#,
        r#"{"format": "labor-brand-assessment", "\u0066ormat": 1}"#,
        r#"{"later": [{"a": {"b": 1, "b": 1}}]}"#,
    ] {
        let read = CaseFile::from_text(support::policy(), text);
        assert!(
            matches!(read, Err(NotACaseFile::NotJson(NotJson::RepeatedKey(_)))),
            "{text}"
        );
    }
}

#[test]
fn a_refusal_repeats_no_more_than_a_name_of_the_file() {
    let evil = "\u{202e}\u{1b}[2J".repeat(100_000);
    let key = serde_json::to_string(&evil).unwrap();
    let mut file: Value = serde_json::from_str(&written(&support::filled_sample())).unwrap();
    file["policy"]["id"] = json!(evil);
    let mut broken: Value = serde_json::from_str(&written(&support::filled_sample())).unwrap();
    broken["case"]["form"][&evil] = json!([]);
    for text in [
        file.to_string(),
        broken.to_string(),
        format!("{{{key}: 1, {key}: 2}}"),
    ] {
        let shown = CaseFile::from_text(support::policy(), &text)
            .unwrap_err()
            .to_string();
        assert!(shown.chars().count() < 200, "{} signs", shown.chars().count());
        assert!(!shown.contains(|character: char| character.is_control() || turns_direction(character)));
    }
    let batch = format!(r#"[{{"id": 1, "facts": {{{key}: 1}}}}]"#);
    let outcome = assess_batch(support::policy(), &batch, false).unwrap();
    assert!(outcome.any_bad && outcome.json.len() < 1_000);
    let not_a_list = assess_batch(support::policy(), &key, false).unwrap_err();
    assert!(not_a_list.len() < 1_000);
}

#[test]
fn a_number_beyond_all_bounds_names_no_entry() {
    let batch = r#"[{"id": 1e999, "facts": {}}, {"id": 7, "facts": {}}, {"id": 18.0, "facts": {}}]"#;
    let outcome = assess_batch(support::policy(), batch, false).unwrap();
    let results: Value = serde_json::from_str(&outcome.json).expect("other readers take the results");
    assert!(results[0]["id"].is_null() && results[0]["error"].as_str().unwrap().contains("the id"));
    assert_eq!((&results[1]["id"], &results[2]["id"]), (&json!(7), &json!(18.0)));
}

#[test]
fn a_policy_that_is_too_large_is_not_even_read() {
    let errors = Policy::from_json(&" ".repeat(POLICY_SIZE_LIMIT + 1)).unwrap_err();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].problem.contains("1000001 字节"), "{}", errors[0]);
}

#[test]
fn a_policy_cannot_double_itself_into_an_endless_computation() {
    // The first is too heavy by little, so that even where it is let in the test comes to its end.
    for steps in [17, 70] {
        let mut tree = support::policy_tree();
        let quantities = tree["quantity"].as_array_mut().unwrap();
        let mut earlier = String::from("annual_trained");
        for step in 0..steps {
            let id = format!("doubled_{step}");
            quantities.push(json!({"id": id, "label": "x", "unit": "人", "is": {"sum": [earlier, earlier]}}));
            earlier = id;
        }
        support::row(&mut tree, "2.3")["score"] =
            json!({"capped": {"cap": 10, "score": {"steps": {"of": earlier, "every": 50, "points": 1}}}});
        for read in [Policy::from_json, Policy::from_json_unvalidated] {
            let errors = read(&tree.to_string()).unwrap_err();
            assert!(errors[0].problem.contains("展开以后"), "{}", errors[0]);
        }
    }
}

#[test]
fn a_policy_with_endless_faults_is_refused_shortly() {
    let id = "長".repeat(100_000);
    let members: Vec<String> = (0..40_000).map(|number| format!("\"x{number}\":0")).collect();
    let text = format!("{{\"fact\":[{{\"id\":\"{id}\",{}}}]}}", members.join(","));
    assert!(text.len() < POLICY_SIZE_LIMIT);
    let errors = Policy::from_json(&text).unwrap_err();
    assert_eq!(errors.len(), 1_000);
    assert!(errors.iter().all(|error| error.to_string().chars().count() < 800));
}
