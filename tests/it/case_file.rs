//! Case files: what is written comes back, and what is none is told apart.

use crate::support;
use labor_brand_assessment::answers::{
    Case, EvidenceMark, EvidenceState, FactDetail, FactState, Feedback, ListedItem, Lowered, Origin,
};
use labor_brand_assessment::assessment::assess;
use labor_brand_assessment::documents::{CaseFile, Foreign, NotACaseFile, Problem, SIZE_LIMIT, is_garbled};
use labor_brand_assessment::json::{Json, NotJson, Object};
use labor_brand_assessment::policy::Reading;
use serde_json::{Value, json};

/// A case with something of everything in it.
fn full_case() -> Case {
    let mut case = support::filled_sample();
    let id = |id: &str| id.to_owned();
    case.facts.insert(id("annual_prejob_trained"), Json::text("很多"));
    case.fact_details.insert(
        id("brand_employees"),
        FactDetail {
            state: FactState::Approximate,
            holder: id("人事"),
            before: id("580"),
            items: vec![ListedItem {
                name: id("虚构的一项"),
                date: id("2024-05"),
                number: id("虚构〔2024〕1号"),
                others: Object::new(),
            }],
            ..FactDetail::default()
        },
    );
    case.evidence.insert(
        id("licence"),
        EvidenceMark {
            state: EvidenceState::Ready,
            note: id("正本在办公室"),
            ..EvidenceMark::default()
        },
    );
    case.notes.insert(id("3.1"), id("花名册截止10月"));
    case.readings.insert(id("A18"), support::chosen(Reading::Lenient));
    case.lowered.insert(
        id("4.1"),
        Lowered {
            score: id("3.5"),
            reason: id("记录不全"),
            ..Lowered::default()
        },
    );
    case.feedback.insert(
        id("A28"),
        Feedback {
            reading: Some(Reading::Lenient),
            reason: id("协议和合同足以证明"),
            ..Feedback::default()
        },
    );
    case
}

fn written(case: Case, others: Object) -> String {
    let policy = support::policy();
    let assessment = assess(policy, &case);
    CaseFile::of(
        policy,
        "c0ffee",
        case,
        others,
        String::from("2026-11-24T08:00:00Z"),
    )
    .to_text(policy, &assessment)
}

fn read(text: &str) -> Result<CaseFile, NotACaseFile> {
    CaseFile::from_text(support::policy(), text)
}

/// The text as a file reads it and writes it again.
fn read_and_written(text: &str) -> String {
    let file = read(text).unwrap();
    file.to_text(support::policy(), &assess(support::policy(), &file.case))
}

/// Reads an altered copy of a whole file.
fn altered(alter: impl FnOnce(&mut Value)) -> Result<CaseFile, NotACaseFile> {
    let mut file: Value = serde_json::from_str(&written(full_case(), Object::new())).unwrap();
    alter(&mut file);
    read(&file.to_string())
}

#[test]
fn a_file_has_the_members_of_the_contract() {
    let file: Value = serde_json::from_str(&written(full_case(), Object::new())).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        keys(&file),
        [
            "assessment",
            "case",
            "format",
            "format_version",
            "generator",
            "policy",
            "saved_at"
        ]
    );
    assert_eq!(file["format"], "labor-brand-assessment");
    assert_eq!(file["format_version"], 1);
    assert_eq!(
        file["policy"],
        json!({"id": "urumqi-city", "version": support::policy().scheme.version, "sha256": "c0ffee"})
    );
    assert_eq!(keys(&file["generator"]), ["name", "version"]);
    assert_eq!(
        keys(&file["case"]),
        [
            "application_year",
            "cutoff_date",
            "evidence",
            "fact_details",
            "facts",
            "feedback",
            "form",
            "id",
            "lowered",
            "narrative",
            "notes",
            "readings",
            "title"
        ]
    );
    assert_eq!(
        file["case"]["fact_details"]["brand_employees"]["state"],
        "approximate"
    );
    assert_eq!(file["case"]["evidence"]["licence"]["state"], "ready");
    assert_eq!(file["case"]["readings"]["A18"]["reading"], "lenient");
    assert_eq!(file["case"]["feedback"]["A28"]["reading"], "lenient");
    assert_eq!(file["case"]["lowered"]["4.1"]["score"], 3.5);
    // Digits that are too long for a number are text.
    assert_eq!(file["case"]["form"]["bank_account"], "3002 0112 0920 0012 345");
    assert_eq!(file["assessment"]["total"], 69);
    assert!(file["assessment"].get("id").is_none());
}

/// Exports a case without its private entries, as the page does by default.
fn exported_blank(case: Case, others: Object) -> String {
    let policy = support::policy();
    let file = CaseFile::of(
        policy,
        "c0ffee",
        case,
        others,
        String::from("2026-11-24T08:00:00Z"),
    );
    let file = file.without_private(policy);
    file.to_text(policy, &assess(policy, &file.case))
}

#[test]
fn what_an_export_left_out_the_next_one_names_too_until_it_is_filled() {
    let first = exported_blank(support::filled_sample(), Object::new());
    let file = read(&first).unwrap();
    assert_eq!(file.withheld, ["id_number", "bank_account"]);
    let again = exported_blank(file.case.clone(), file.kept_beside());
    assert_eq!(again, first);

    // Filled, it is named no longer, neither in a whole file nor in what is opened of it.
    let mut case = file.case.clone();
    case.form
        .insert(String::from("id_number"), String::from("11010519491231002X"));
    let whole = read(&written(case.clone(), file.kept_beside())).unwrap();
    assert_eq!(whole.withheld, ["bank_account"]);
    let mut stale: Value = serde_json::from_str(&first).unwrap();
    stale["case"]["form"]["id_number"] = json!("11010519491231002X");
    assert_eq!(read(&stale.to_string()).unwrap().withheld, ["bank_account"]);
    // Left out once more, it comes last.
    let blank = read(&exported_blank(case, file.kept_beside())).unwrap();
    assert_eq!(blank.withheld, ["bank_account", "id_number"]);
}

#[test]
fn export_import_export_is_byte_identical() {
    let empty = support::case(Object::new());
    for case in [empty, support::filled_sample(), full_case()] {
        let text = written(case.clone(), Object::new());
        assert_eq!(read(&text).unwrap().case, case);
        assert_eq!(read_and_written(&text), text);
    }
}

/// The files that released versions wrote, one for each version of the format.
/// What was released is never changed here: a version to come reads them all.
#[test]
fn a_file_of_every_released_version_opens_and_loses_nothing() {
    let policy = support::policy();
    let written: Value = serde_json::from_str(&written(full_case(), Object::new())).unwrap();
    let newest = written["format_version"].as_u64().unwrap();
    for version in 1..=newest {
        let path = format!(
            "{}/tests/case_files/version-{version}.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|_| panic!("version {version} of the case file was released: {path} holds one"));
        let before: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(before["format_version"], version);
        let file = CaseFile::from_text(policy, &text).unwrap();
        assert_eq!(file.case.field("brand_name"), "乌鲁木齐示例家政护工");
        let assessment = assess(policy, &file.case);
        let after: Value = serde_json::from_str(&file.to_text(policy, &assessment)).unwrap();
        // Everything in it is written again, what this version does not know included.
        for member in ["case", "saved_at", "later"] {
            assert_eq!(after[member], before[member], "{member} of version {version}");
        }
    }
}

#[test]
fn a_case_without_feedback_has_no_such_member() {
    let file: Value = serde_json::from_str(&written(support::filled_sample(), Object::new())).unwrap();
    assert!(file["case"].get("feedback").is_none());
}

#[test]
fn the_recorded_assessment_is_never_trusted() {
    let mut file: Value = serde_json::from_str(&written(support::filled_sample(), Object::new())).unwrap();
    file["assessment"]["total"] = json!(100);
    let read = read(&file.to_string()).unwrap();
    assert!(read.recorded.is_some());
    let policy = support::policy();
    let again: Value = serde_json::from_str(&read.to_text(policy, &assess(policy, &read.case))).unwrap();
    assert_eq!(again["assessment"]["total"], 75.5);
}

#[test]
fn members_that_this_version_does_not_know_survive_at_every_level() {
    let later = || json!({"甲": [1.50, null, {"b": "c"}]});
    let mut file: Value = serde_json::from_str(&written(full_case(), Object::new())).unwrap();
    file["district"] = later();
    file["reviews"] = json!([{"score": 7}]);
    file["case"]["later"] = later();
    file["case"]["facts"]["later"] = later();
    file["case"]["form"]["later"] = json!("字");
    file["case"]["narrative"]["later"] = json!("字");
    file["case"]["notes"]["later"] = json!("字");
    for (table, id) in [
        ("fact_details", "brand_employees"),
        ("evidence", "licence"),
        ("readings", "A18"),
        ("lowered", "4.1"),
        ("feedback", "A28"),
    ] {
        file["case"][table][id]["later"] = later();
        file["case"][table]["later"] = file["case"][table][id].clone();
    }
    let again: Value = serde_json::from_str(&read_and_written(&file.to_string())).unwrap();
    assert_eq!(again, file);
}

#[test]
fn digits_keep_the_form_in_which_they_were_typed() {
    let text = written(full_case(), Object::new());
    for digits in [
        "500.00",
        "5e2",
        "-0",
        "1000000000000000000000000",
        "0.30000000000000004",
    ] {
        let changed = text.replace(
            "\"annual_revenue_wan\": 500,",
            &format!("\"annual_revenue_wan\": {digits},"),
        );
        assert_ne!(changed, text);
        assert!(
            read_and_written(&changed).contains(&format!("\"annual_revenue_wan\": {digits},")),
            "{digits}"
        );
    }
}

#[test]
fn a_file_from_another_editor_is_read_all_the_same() {
    let text = written(full_case(), Object::new());
    let case = full_case();
    assert_eq!(
        read(&format!("\u{feff}{text}")).unwrap().case,
        case,
        "a byte order mark"
    );
    assert_eq!(
        read(&text.replace('\n', "\r\n")).unwrap().case,
        case,
        "line ends of Windows"
    );
    let line = serde_json::from_str::<Value>(&text).unwrap().to_string();
    assert_eq!(read(&line).unwrap().case, case, "one line");
    let read = altered(|file| {
        let case = file["case"].as_object_mut().unwrap();
        case.retain(|key, _| ["application_year", "cutoff_date"].contains(&key.as_str()));
        file.as_object_mut().unwrap().remove("generator");
        file.as_object_mut().unwrap().remove("assessment");
    });
    let case = read.unwrap().case;
    assert!(case.is_empty() && case.id.is_empty(), "what is absent is empty");
}

#[test]
fn a_file_cut_short_at_any_byte_is_shown_and_never_opened() {
    let text = written(full_case(), Object::new());
    let whole = text.trim_end();
    for end in (1..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        assert_eq!(
            read(&whole[..end]),
            Err(NotACaseFile::CutShort),
            "cut after {end} bytes"
        );
    }
    assert!(read(whole).is_ok());
}

#[test]
fn a_huge_file_is_not_even_read() {
    let huge = "{".repeat(SIZE_LIMIT + 1);
    assert_eq!(read(&huge), Err(NotACaseFile::TooLarge(10_000_001)));
    let mut case = support::filled_sample();
    let room = SIZE_LIMIT - written(case.clone(), Object::new()).len();
    case.form
        .insert(String::from("basic_situation"), "a".repeat(room));
    let text = written(case, Object::new());
    assert!(text.len() <= SIZE_LIMIT && text.len() > SIZE_LIMIT - 100);
    assert!(read(&text).is_ok(), "a file of just under ten megabytes is read");
}

#[test]
fn what_is_no_json_is_shown() {
    for text in ["", "  ", "PK\u{3}\u{4}", "{'format': 1}", "档案", "[1,2", "{}x"] {
        assert!(
            matches!(
                read(text),
                Err(NotACaseFile::NotJson(_) | NotACaseFile::Foreign(_))
            ),
            "{text}: {:?}",
            read(text)
        );
    }
    let text = written(full_case(), Object::new());
    let twice = text.replacen("\"title\"", "\"id\"", 1);
    assert_eq!(
        read(&twice),
        Err(NotACaseFile::NotJson(NotJson::RepeatedKey(String::from("id"))))
    );
    let deep = format!("{{\"format\":{}1{}}}", "[".repeat(40), "]".repeat(40));
    assert_eq!(read(&deep), Err(NotACaseFile::NotJson(NotJson::TooDeep)));
    let very_deep = format!("{{\"format\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(read(&very_deep), Err(NotACaseFile::NotJson(_))));
}

#[test]
fn json_of_another_kind_is_shown() {
    for text in [
        "[]",
        "7",
        "null",
        "\"档案\"",
        "{}",
        r#"{"format":1}"#,
        r#"{"format":"other","format_version":9}"#,
    ] {
        assert_eq!(read(text), Err(NotACaseFile::OtherFormat), "{text}");
    }
}

#[test]
fn a_newer_version_is_told_from_a_broken_one() {
    for (version, digits) in [(json!(2), "2"), (json!(99), "99")] {
        let read = altered(|file| file["format_version"] = version);
        assert_eq!(read, Err(NotACaseFile::Newer(digits.to_owned())));
    }
    for version in [
        json!(0),
        json!(-1),
        json!(1.5),
        json!("1"),
        json!(null),
        json!([1]),
    ] {
        let read = altered(|file| file["format_version"] = version.clone());
        assert!(
            matches!(&read, Err(NotACaseFile::Broken(place, _)) if place == "format_version"),
            "{version}: {read:?}"
        );
    }
    // Whatever else a newer version may have changed, it is shown as a newer version.
    let read = read(r#"{"format":"labor-brand-assessment","format_version":7,"cases":[]}"#);
    assert_eq!(read, Err(NotACaseFile::Newer(String::from("7"))));
}

#[test]
fn a_case_of_another_scheme_is_shown() {
    let read = altered(|file| file["policy"]["id"] = json!("turpan-city"));
    assert_eq!(read, Err(NotACaseFile::OtherPolicy(String::from("turpan-city"))));
    let older = altered(|file| file["policy"]["version"] = json!("0.0.9")).unwrap();
    assert_eq!(
        older.policy.version, "0.0.9",
        "other versions of this scheme are opened"
    );
}

#[test]
fn a_fault_within_a_case_is_shown_with_its_place() {
    let broken = |place: &str, alter: &dyn Fn(&mut Value)| {
        let read = altered(alter);
        match &read {
            Err(fault @ NotACaseFile::Broken(named, _)) => {
                assert_eq!(named, place);
                let shown = fault.shown(&support::wording());
                assert!(
                    shown.starts_with("档案文件中")
                        && shown.contains(&format!("“{place}”有误："))
                        && shown.contains("请在文件里改正后再打开"),
                    "{shown}"
                );
                assert!(fault.to_string().starts_with(place), "{fault}");
            }
            other => panic!("{place}: {other:?}"),
        }
    };
    broken("policy", &|file| file["policy"] = json!("urumqi-city"));
    broken("policy.id", &|file| file["policy"]["id"] = json!(true));
    broken("saved_at", &|file| file["saved_at"] = json!([]));
    broken("case", &|file| file["case"] = json!([]));
    broken("case.id", &|file| file["case"]["id"] = json!({}));
    broken("case.application_year", &|file| {
        file["case"]["application_year"] = json!("明年")
    });
    broken("case.application_year", &|file| {
        file["case"]["application_year"] = json!(26)
    });
    broken("case.cutoff_date", &|file| {
        file["case"]["cutoff_date"] = json!("2026-02-30")
    });
    broken("case.facts", &|file| file["case"]["facts"] = json!([]));
    broken("case.form", &|file| file["case"]["form"] = json!("表"));
    broken("case.form.brand_name", &|file| {
        file["case"]["form"]["brand_name"] = json!({})
    });
    broken("case.narrative.main_trades", &|file| {
        file["case"]["narrative"]["main_trades"] = json!([])
    });
    broken("case.notes", &|file| file["case"]["notes"] = json!(1));
    broken("case.fact_details.brand_employees", &|file| {
        file["case"]["fact_details"]["brand_employees"] = json!("exact");
    });
    broken("case.fact_details.brand_employees.state", &|file| {
        file["case"]["fact_details"]["brand_employees"]["state"] = json!("rough");
    });
    broken("case.evidence.licence.state", &|file| {
        file["case"]["evidence"]["licence"]["state"] = json!("lost");
    });
    broken("case.evidence.licence.note", &|file| {
        file["case"]["evidence"]["licence"]["note"] = json!(false);
    });
    broken("case.feedback.A28.reading", &|file| {
        file["case"]["feedback"]["A28"]["reading"] = json!("mild");
    });
    broken("case.readings.A18.reading", &|file| {
        file["case"]["readings"]["A18"]["reading"] = json!("mild");
    });
    broken("case.lowered.4.1.score", &|file| {
        file["case"]["lowered"]["4.1"]["score"] = json!([]);
    });
}

#[test]
fn every_refusal_has_a_sentence_of_its_own() {
    let not_json = [
        NotJson::CutShort,
        NotJson::RepeatedKey(String::from("facts")),
        NotJson::TooDeep,
        NotJson::Syntax { line: 1, column: 2 },
    ];
    let problems = [
        Problem::Version,
        Problem::Missing,
        Problem::Text,
        Problem::Group,
        Problem::List,
        Problem::Year,
        Problem::Date,
        Problem::OneOf(&["open", "ready"]),
    ];
    let mut refusals = vec![
        NotACaseFile::TooLarge(12_345_678),
        NotACaseFile::PaperTooLarge(23_456_789),
        NotACaseFile::CutShort,
        NotACaseFile::OtherFormat,
        NotACaseFile::NoCaseInPaper,
        NotACaseFile::Newer(String::from("2")),
        NotACaseFile::OtherPolicy(String::from("turpan-city")),
    ];
    refusals.extend(not_json.map(NotACaseFile::NotJson));
    refusals.extend(problems.map(|problem| NotACaseFile::Broken(String::from("case.id"), problem)));
    let words = [
        "12 MB",
        "去掉图片",
        "截断",
        "JSON 文件",
        "没有档案数据",
        "第 2 版",
        "turpan-city",
        "截断",
        "“facts”",
        "嵌套",
        "第 1 行第 2 个字符",
        "版本号",
        "缺少内容",
        "应为文字",
        "一组",
        "一列",
        "年度",
        "2026-10-31",
        "open、ready",
    ];
    assert_eq!(refusals.len(), words.len());
    let wording = support::wording();
    let mut sentences = std::collections::BTreeSet::new();
    let mut short = std::collections::BTreeSet::new();
    for (refusal, words) in refusals.iter().zip(words) {
        let shown = refusal.shown(&wording);
        assert!(
            shown.contains(words) && shown.ends_with('。'),
            "{refusal}: {shown}"
        );
        assert!(
            sentences.insert(shown) && short.insert(refusal.to_string()),
            "{refusal}"
        );
    }
}

#[test]
fn a_file_that_is_too_large_is_named_for_what_it_is_before_its_size() {
    let end = b"word/document.xml PK\x05\x06".as_slice();
    let sheet = b"xl/workbook.xml PK\x05\x06".as_slice();
    let (much, foreign) = (20_000_000, NotACaseFile::Foreign);
    for (start, end, named) in [
        (b"PK\x03\x04".as_slice(), end, NotACaseFile::PaperTooLarge(much)),
        (b"PK\x03\x04", sheet, NotACaseFile::TooLarge(much)),
        (b"PK\x03\x04", b"a.txt PK\x05\x06", foreign(Foreign::Archive)),
        (b"\xff\xd8\xff\xe0", b"", foreign(Foreign::Picture)),
        (b"%PDF-1.7", b"%%EOF", foreign(Foreign::Pdf)),
        (
            b"MIME-Version: 1.0\r\nContent-Type: text/html",
            b"",
            foreign(Foreign::WebArchive),
        ),
        (b"{\"format\":", b"}", NotACaseFile::TooLarge(much)),
        (b"<!doctype html>", b"</html>", NotACaseFile::TooLarge(much)),
    ] {
        assert_eq!(NotACaseFile::of_large(start, end, much), named);
    }
}

#[test]
fn what_the_scheme_does_not_know_is_named_wherever_it_stands() {
    let policy = support::policy();
    let file = altered(|file| {
        let case = &mut file["case"];
        case["facts"]["no_fact"] = json!(1);
        case["form"]["nofield"] = json!("甲");
        case["narrative"]["no_question"] = json!("甲");
        case["evidence"]["nosuch"] = json!({"state": "ready", "note": ""});
        case["readings"]["Z9"] = json!({"reading": "strict", "reason": "答复"});
        case["lowered"]["9.9"] = json!({"score": 1, "reason": "核减"});
        case["feedback"]["Z8"] = json!({"reading": "strict", "reason": "宜明确"});
    });
    let unknown = file.unwrap().case.unknown_ids(policy);
    let unknown: Vec<String> = unknown.iter().map(|(part, id)| format!("{part} {id}")).collect();
    assert_eq!(
        unknown,
        [
            "facts no_fact",
            "form nofield",
            "narrative no_question",
            "evidence nosuch",
            "readings Z9",
            "lowered 9.9",
            "feedback Z8",
        ]
    );
    assert_eq!(full_case().unknown_ids(policy), []);
}

#[test]
fn a_case_is_empty_only_where_nothing_of_any_kind_was_said() {
    let empty = support::case(Object::new());
    assert!(empty.is_empty());
    let filled = full_case();
    type Part = fn(&mut Case, &Case);
    let parts: [Part; 8] = [
        |case, from| case.facts.clone_from(&from.facts),
        |case, from| case.form.clone_from(&from.form),
        |case, from| case.narrative.clone_from(&from.narrative),
        |case, from| case.evidence.clone_from(&from.evidence),
        |case, from| case.notes.clone_from(&from.notes),
        |case, from| case.readings.clone_from(&from.readings),
        |case, from| case.lowered.clone_from(&from.lowered),
        |case, from| case.feedback.clone_from(&from.feedback),
    ];
    for (place, set) in parts.into_iter().enumerate() {
        let mut case = empty.clone();
        set(&mut case, &filled);
        assert!(case != empty && !case.is_empty(), "part {place}");
    }
}

#[test]
fn a_lowered_score_with_idle_zeros_is_the_same_after_a_round_trip() {
    let policy = support::policy();
    let file = CaseFile::of(
        policy,
        "0",
        full_case(),
        Object::new(),
        String::from("2026-11-24T10:00:00Z"),
    );
    let mut tree: Value = serde_json::from_str(&file.to_text(policy, &assess(policy, &file.case))).unwrap();
    tree["case"]["lowered"] = json!({});
    let text = tree.to_string().replace(
        "\"lowered\":{}",
        "\"lowered\":{\"3.1\":{\"score\":9.500,\"reason\":\"r\"}}",
    );
    let read = CaseFile::from_text(policy, &text).unwrap();
    let again = read.to_text(policy, &assess(policy, &read.case));
    assert_eq!(CaseFile::from_text(policy, &again).unwrap().case, read.case);
}

#[test]
fn what_no_paper_can_show_goes_from_every_text_of_a_case_that_is_opened() {
    let policy = support::policy();
    let dirty = "甲\u{b}乙\u{202e}丙\u{1b}";
    let mut case = full_case();
    let text = || String::from(dirty);
    case.title = text();
    case.form.insert(String::from("basic_situation"), text());
    case.narrative.insert(String::from("industry"), text());
    case.notes.insert(String::from("3.1"), text());
    case.evidence.values_mut().for_each(|mark| mark.note = text());
    case.readings
        .values_mut()
        .for_each(|chosen| chosen.reason = text());
    case.lowered
        .values_mut()
        .for_each(|lowered| lowered.reason = text());
    case.feedback
        .values_mut()
        .for_each(|feedback| feedback.reason = text());
    case.fact_details.values_mut().for_each(|detail| {
        detail.holder = text();
        detail.items.iter_mut().for_each(|item| item.name = text());
    });
    let file = CaseFile::of(policy, "c0ffee", case, Object::new(), String::new());
    let written = file.to_text(policy, &assess(policy, &file.case));
    let read = CaseFile::from_text(policy, &written).unwrap_or_else(|_| panic!("it is refused"));
    let shown = format!("{:?}", read.case);
    for trace in ["\\u{b}", "\\u{202e}", "\\u{1b}"] {
        assert!(!shown.contains(trace), "{trace} in {shown}");
    }
    // A long text, notes, what is said to the office and what the scheme does not know have lines.
    assert!(shown.matches("甲\\n乙丙").count() >= 4, "{shown}");
    assert!(shown.matches("\"甲乙丙\"").count() >= 6, "{shown}");
}

#[test]
fn answers_that_an_older_version_kept_as_texts_in_a_draft_are_read_unless_the_page_asked_otherwise() {
    let policy = support::policy();
    for (id, text, right) in [
        ("brand_employees", "四百一十二", Json::number(412)),
        ("brand_employees", "300-400", Json::text("300-400")),
        ("annual_revenue_wan", "伍佰万元整", Json::number(500)),
        // It may have been asked in 元.
        ("annual_revenue_wan", "三百", Json::text("三百")),
        // The page asks for the day.
        ("years_since_cancellation", "6", Json::text("6")),
    ] {
        let mut case = support::filled_sample();
        case.set_fact(id, Some(Json::text(text)));
        case.read_texts(policy, Origin::Draft);
        assert_eq!(case.facts.get(id), Some(&right), "{text}");
    }
}

#[test]
fn a_file_that_was_saved_in_the_wrong_encoding_is_known_and_no_other_is() {
    let case = support::filled_sample();
    let file = support::papers::file_text(&support::papers::case_file(&case));
    let (as_gbk, _, _) = encoding_rs::GBK.decode(file.as_bytes());
    let as_latin: String = file.bytes().map(char::from).collect();
    let (as_windows, _, _) = encoding_rs::WINDOWS_1252.decode(file.as_bytes());
    for garbled in [
        &*as_gbk,
        &*as_latin,
        &*as_windows,
        "{\"title\":\"绀轰緥瀹舵斂鏈嶅姟鏈夐檺鍏徃\"}",
    ] {
        assert!(
            is_garbled(garbled),
            "{}",
            garbled.chars().take(200).collect::<String>()
        );
    }
    let guide = std::fs::read_to_string("docs/使用说明.md").unwrap();
    let wording = std::fs::read_to_string("wording/zh-CN.toml").unwrap();
    let named = "{\"title\":\"张璇家政\",\"legal\":\"李琛\",\"contact\":\"王宸\",\"note\":\"Café “é” — é… 示例公司，从业人员\"}";
    for sound in [&*file, &*guide, &*wording, named] {
        assert!(
            !is_garbled(sound),
            "{}",
            sound.chars().take(200).collect::<String>()
        );
    }
}
