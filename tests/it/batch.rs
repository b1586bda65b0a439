//! Many cases in one text: each gets its result or its error in its own place.

use crate::support;
use labor_brand_assessment::documents::{CaseFile, Lines, assess_batch, assess_lines, is_case_a_line};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::Reading;
use proptest::prelude::*;
use serde_json::Value;
use std::io::{BufReader, Read};

/// The results of a batch, and whether some entry was bad.
fn assessed(text: &str) -> (Vec<Value>, bool) {
    let outcome = assess_batch(support::policy(), text, false).unwrap();
    (serde_json::from_str(&outcome.json).unwrap(), outcome.any_bad)
}

/// The result of one entry.
fn assessed_one(entry: &str) -> Value {
    let (mut results, _) = assessed(&format!("[{entry}]"));
    results.pop().unwrap()
}

/// The facts as JSON text.
fn text(facts: Object) -> String {
    Json::Object(facts).to_line()
}

/// The sample as a case file.
fn case_file(alter: impl FnOnce(&mut labor_brand_assessment::answers::Case)) -> String {
    let policy = support::policy();
    let mut case = support::filled_sample();
    alter(&mut case);
    let assessment = labor_brand_assessment::assessment::assess(policy, &case);
    CaseFile::of(policy, "", case, Object::new(), String::new()).to_text(policy, &assessment)
}

#[test]
fn a_result_has_the_form_of_the_contract() {
    let sample = text(support::facts_of("sample"));
    let result = assessed_one(&format!(r#"{{"id":"sample","facts":{sample}}}"#));
    assert_eq!(result["id"], "sample");
    for reading in ["default", "strict", "lenient"] {
        assert_eq!(result["overall"][reading], "eligible");
    }
    assert_eq!(result["total"], 75.5);
    assert_eq!(result["strict_total"], 59.5);
    assert_eq!(result["lenient_total"], 84.5);
    assert_eq!(result["ceiling"], 75.5);
    let sections: Vec<_> = ["1", "2", "3", "4", "5"]
        .map(|id| result["sections"][id].as_f64().unwrap())
        .into();
    assert_eq!(sections, [18.0, 20.0, 23.0, 6.5, 8.0]);
    assert_eq!(result["eligibility"].as_object().unwrap().len(), 18);
    for (id, rule) in result["eligibility"].as_object().unwrap() {
        for member in ["result", "strict", "lenient"] {
            assert!(
                ["pass", "fail", "unknown"].contains(&rule[member].as_str().unwrap()),
                "{id}"
            );
        }
        assert!(!rule["reason"].as_str().unwrap().is_empty(), "{id}");
    }
    assert_eq!(result["rows"].as_object().unwrap().len(), 17);
    let row = &result["rows"]["2.3"];
    assert_eq!(row["score"], 8);
    assert_eq!(row["strict"], 8);
    assert_eq!(row["lenient"], 10);
    assert_eq!(row["state"], "answered");
    let reason = row["reason"].as_str().unwrap();
    assert!(
        reason.contains("412") && reason.contains("500") && reason.contains("401–500"),
        "{reason}"
    );
    let members: Vec<_> = result.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        members,
        [
            "ceiling",
            "eligibility",
            "id",
            "lenient_total",
            "overall",
            "rows",
            "sections",
            "strict_total",
            "total"
        ]
    );
}

#[test]
fn scores_are_numbers_with_at_most_two_decimals() {
    let cases = support::golden_cases();
    let entries: Vec<_> = cases
        .into_iter()
        .map(|(id, facts, _)| format!(r#"{{"id":"{id}","facts":{}}}"#, text(facts)))
        .collect();
    let outcome = assess_batch(support::policy(), &format!("[{}]", entries.join(",")), false).unwrap();
    let Json::List(results) = Json::parse(&outcome.json).unwrap() else {
        panic!("no list")
    };
    fn check(json: &Json, numbers: &mut usize) {
        match json {
            Json::Number(digits) => {
                let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                assert!(decimals <= 2 && !digits.contains(['e', 'E']), "{digits}");
                *numbers += 1;
            }
            Json::List(items) => items.iter().for_each(|item| check(item, numbers)),
            Json::Object(members) => members.values().for_each(|member| check(member, numbers)),
            Json::Null | Json::Bool(_) | Json::Text(_) => {}
        }
    }
    let mut numbers = 0;
    results.iter().for_each(|result| check(result, &mut numbers));
    assert_eq!(numbers, results.len() * (17 * 3 + 5 + 4));
}

#[test]
fn a_bad_entry_has_its_error_in_its_place_and_the_rest_go_on() {
    let good = r#"{"id":"good","facts":{"charity_events":3}}"#;
    let bad = [
        // entry, its id in the answer, what is said
        ("7", Value::Null, "not an object"),
        (r#""sample""#, Value::Null, "not an object"),
        ("null", Value::Null, "not an object"),
        (r#"[{"id":"a"}]"#, Value::Null, "not an object"),
        (r#"{"facts":{}}"#, Value::Null, "no id"),
        (r#"{"id":null,"facts":{}}"#, Value::Null, "the id is neither"),
        (r#"{"id":["a"],"facts":{}}"#, Value::Null, "the id is neither"),
        (r#"{"id":"a"}"#, "a".into(), "no object of facts"),
        (r#"{"id":"a","facts":[]}"#, "a".into(), "no object of facts"),
        (
            r#"{"id":"a","facts":{"charity_event":1}}"#,
            "a".into(),
            "unknown fact `charity_event`",
        ),
        (
            r#"{"id":"a","facts":{"charity_events":1,"charity_events":2}}"#,
            "a".into(),
            "charity_events",
        ),
        (
            r#"{"id":5,"facts":{"charity_events":1,"charity_events":2}}"#,
            5.into(),
            "charity_events",
        ),
        (r#"{"id":"a","facts":{},"facts":{}}"#, "a".into(), "facts"),
        (r#"{"id":"a","id":"b","facts":{}}"#, Value::Null, "id"),
    ];
    for (entry, id, words) in bad {
        let (results, any_bad) = assessed(&format!("[{good},{entry},{good}]"));
        assert!(any_bad, "{entry}");
        assert_eq!(results.len(), 3, "{entry}");
        assert_eq!(results[1]["id"], id, "{entry}");
        let error = results[1]["error"].as_str().unwrap();
        assert!(
            error.starts_with("entry 2: ") && error.contains(words),
            "{entry}: {error}"
        );
        assert_eq!(results[1].as_object().unwrap().len(), 2, "{entry}");
        for other in [&results[0], &results[2]] {
            assert_eq!(other["total"], 1.5, "{entry}");
        }
    }
}

#[test]
fn a_wrong_value_only_makes_its_rows_invalid() {
    let facts =
        support::sample_but(r#"{"annual_revenue_wan":"很多","charity_events":-1,"insured_employees":null}"#);
    let (results, any_bad) = assessed(&format!(r#"[{{"id":1,"facts":{}}}]"#, text(facts)));
    assert!(!any_bad);
    let result = &results[0];
    assert_eq!(result["id"], 1);
    assert_eq!(result["rows"]["1.4"]["state"], "invalid");
    assert_eq!(result["rows"]["4.3"]["state"], "invalid");
    assert_eq!(result["rows"]["3.3"]["state"], "incomplete");
    for row in ["1.4", "4.3", "3.3"] {
        for score in ["score", "strict", "lenient"] {
            assert_eq!(result["rows"][row][score], 0, "{row}");
        }
    }
    // 75.5 without 5, 1.5 and 5; then the maxima 5, 2 and 10 may still come.
    assert_eq!(result["total"], 64.0);
    assert_eq!(result["ceiling"], 81.0);
}

#[test]
fn a_case_file_is_assessed_with_its_chosen_readings_and_lowered_scores() {
    let file = case_file(|case| {
        case.readings
            .insert(String::from("A18"), support::chosen(Reading::Lenient));
        let lowered = labor_brand_assessment::answers::Lowered {
            score: String::from("11"),
            ..Default::default()
        };
        case.lowered.insert(String::from("3.1"), lowered);
    });
    let (results, any_bad) = assessed(&format!("[{file}]"));
    assert!(!any_bad);
    let result = &results[0];
    assert_eq!(result["id"], "case");
    assert_eq!(result["rows"]["2.3"]["score"], 10);
    assert_eq!(result["rows"]["3.1"]["score"], 11);
    assert_eq!(result["total"], 76.5);
    assert_eq!(result["strict_total"], 59.5);
    assert_eq!(result["lenient_total"], 84.5);
}

#[test]
fn a_broken_case_file_is_reported_with_its_id() {
    let file = case_file(|_| {});
    for (from, to) in [
        ("\"urumqi-city\"", "\"another-city\""),
        ("\"format_version\": 1", "\"format_version\": 2"),
        ("\"charity_events\"", "\"charity_event\""),
        (
            "\"cutoff_date\": \"2026-10-31\"",
            "\"cutoff_date\": \"2026-02-30\"",
        ),
    ] {
        let broken = file.replace(from, to);
        assert_ne!(broken, file, "{from}");
        let (results, any_bad) = assessed(&format!("[{broken}]"));
        assert!(any_bad);
        assert_eq!(results[0]["id"], "case", "{to}");
        assert!(!results[0]["error"].as_str().unwrap().is_empty());
    }
}

#[test]
fn a_text_that_is_no_array_is_refused_as_a_whole() {
    for text in [
        "",
        "[",
        "[{]",
        "[{},]",
        "档案",
        "{",
        r#"{"id":"a"} {"id":"b"}"#,
        "\"a\"",
    ] {
        let error = assess_batch(support::policy(), text, false).unwrap_err();
        assert!(
            error.starts_with("the input is not a JSON array of cases"),
            "{text}: {error}"
        );
    }
    assert_eq!(assessed("[]"), (Vec::new(), false));
}

#[test]
fn ten_thousand_cases_are_read_at_once() {
    let sample = text(support::facts_of("sample"));
    let entries: Vec<_> = (0..10_000)
        .map(|number| format!(r#"{{"id":{number},"facts":{sample}}}"#))
        .collect();
    let outcome = assess_batch(support::policy(), &format!("[{}]", entries.join(",")), false).unwrap();
    assert!(!outcome.any_bad);
    assert_eq!(outcome.json.matches("\"total\":75.5").count(), 10_000);
}

#[test]
fn advice_has_the_form_of_the_contract() {
    let sample = text(support::facts_of("sample"));
    let batch = format!(r#"[{{"id":"sample","facts":{sample}}},{}]"#, case_file(|_| {}));
    let outcome = assess_batch(support::policy(), &batch, true).unwrap();
    let results: Vec<Value> = serde_json::from_str(&outcome.json).unwrap();
    assert_eq!(results[0]["advice"], results[1]["advice"]);
    let advice = results[0]["advice"].as_array().unwrap();
    let of = |id: &str| advice.iter().find(|gain| gain["id"] == id).unwrap();
    let training = serde_json::json!({
        "id": "annual_trained", "changes": {"annual_trained": 501}, "gain": 2, "total": 77.5,
        "rows": {"2.3": 2}, "when": "next-period",
    });
    assert_eq!(advice[0], training, "best first");
    let insurance = serde_json::json!({
        "id": "insured_employees", "changes": {"insured_employees": 251}, "gain": 1, "total": 76.5,
        "rows": {"3.3": 1}, "when": "now",
    });
    assert_eq!(*of("insured_employees"), insurance);
    assert_eq!(
        of("export_destination_brand")["changes"]["export_destination_brand"],
        true
    );
    let hiring = serde_json::json!({
        "id": "brand_employees", "changes": {"brand_employees": 683}, "gain": -12, "eligibility": "ineligible",
    });
    assert_eq!(results[0]["warnings"][0], hiring);
    let (plain, _) = assessed(&batch);
    assert!(plain[0].get("advice").is_none() && plain[0].get("warnings").is_none());
}

/// The results of lines, one a line, and how many were bad; on so many threads.
fn lines_assessed(text: &[u8], threads: usize) -> (String, u64) {
    let mut output = Vec::new();
    let mut input = text;
    let outcome = assess_lines(
        support::policy(),
        false,
        threads,
        Vec::new(),
        &mut input,
        &mut output,
    )
    .unwrap();
    let output = String::from_utf8(output).unwrap();
    assert_eq!(outcome.cases, output.lines().count() as u64);
    (output, outcome.bad)
}

/// The same cases as an array, assessed whole and one by one, one result a line.
fn assessed_whole<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let array = format!("[{}]", lines.collect::<Vec<_>>().join(","));
    let whole = assess_batch(support::policy(), &array, false).unwrap().json;
    let whole = whole.strip_prefix("[\n").unwrap().strip_suffix("\n]\n").unwrap();
    whole.replace("},\n{", "}\n{") + "\n"
}

#[test]
fn a_case_a_line_comes_to_what_it_comes_to_in_an_array_in_the_same_order() {
    let lines = support::random::lines_of_cases(support::policy(), 2_000);
    let whole = assessed_whole(lines.lines());
    for threads in [1, 2, 5] {
        assert_eq!(
            lines_assessed(lines.as_bytes(), threads),
            (whole.clone(), 0),
            "{threads}"
        );
    }
}

#[test]
fn the_golden_cases_come_to_the_same_as_lines_and_whole() {
    let lines: Vec<String> = support::golden_cases()
        .into_iter()
        .map(|(id, facts, _)| format!(r#"{{"id":"{id}","facts":{}}}"#, text(facts)))
        .collect();
    // Twice, so that the second time what was kept is written.
    let twice = [lines.join("\n"), lines.join("\n")].join("\n");
    let whole = assessed_whole(twice.lines());
    assert_eq!(lines_assessed(twice.as_bytes(), 1), (whole, 0));
}

#[test]
fn what_is_kept_of_one_case_is_never_taken_for_anothers() {
    // One memory sees them all, the same figures come again in other cases, and whole assessment judges.
    let kept = std::cell::RefCell::new(Lines::new(support::policy(), false));
    let cases = prop_oneof![support::made_up::answers(), support::made_up::near_the_sample()];
    let mut runner = proptest::test_runner::TestRunner::default();
    let judged = runner.run(&(cases, any::<bool>()), |(facts, in_order)| {
        let mut facts: Vec<String> = facts
            .iter()
            .map(|(id, answer)| format!("{:?}: {}", id, answer.to_line()))
            .collect();
        if !in_order {
            facts.reverse();
        }
        let line = format!(r#"{{"id":"甲 1", "facts":{{{}}}}}"#, facts.join(" ,"));
        let mut out = String::new();
        let good = kept.borrow_mut().assess(&line, 1, &mut out);
        prop_assert!(good);
        prop_assert_eq!(out, assessed_whole(std::iter::once(line.as_str())));
        Ok(())
    });
    judged.unwrap();
}

#[test]
fn a_bad_line_has_its_error_and_spoils_nothing() {
    let good = r#"{"id":"good","facts":{"charity_events":3}}"#;
    let bad = [
        ("7", "null", "not an object"),
        ("{", "null", "it ends before it is complete"),
        (r#"{"id":"a","facts":{}"#, "null", "it ends before it is complete"),
        (r#"{"id":"a","facts":{}} {}"#, "null", "is not JSON"),
        (r#"{"id":"a","facts":{}},"#, "null", "is not JSON"),
        (r#"{"facts":{}}"#, "null", "no id"),
        (r#"{"id":"a"}"#, "\"a\"", "no object of facts"),
        (r#"{"id":1e5,"facts":{}}"#, "null", "the id is neither"),
        (
            r#"{"id":"a","facts":{"charity_event":1}}"#,
            "\"a\"",
            "unknown fact `charity_event`",
        ),
        (
            r#"{"id":"a","facts":{"charity_events":1,"charity_events":1}}"#,
            "\"a\"",
            "stands in it twice",
        ),
        (
            r#"{"id":"a","facts":{"charity_events":01}}"#,
            "\"a\"",
            "is not JSON",
        ),
        (
            r#"{"id":"a","facts":{"charity_events":+1}}"#,
            "\"a\"",
            "is not JSON",
        ),
        (
            r#"{"id":"a","facts":{"charity_events":1.}}"#,
            "\"a\"",
            "is not JSON",
        ),
    ];
    for (line, id, words) in bad {
        let (results, bad) = lines_assessed(format!("{good}\n{line}\n{good}\n").as_bytes(), 2);
        assert_eq!(bad, 1, "{line}");
        let results: Vec<Value> = results
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(results.len(), 3, "{line}");
        let error = results[1]["error"].as_str().unwrap();
        assert!(
            error.starts_with("line 2: ") && error.contains(words),
            "{line}: {error}"
        );
        let shown = results[1]["id"].to_string();
        // Where the whole is no JSON, its id cannot be made out.
        assert!(
            shown == id || (words == "is not JSON" && shown == "null"),
            "{line}: {shown}"
        );
        assert_eq!(
            (&results[0]["total"], &results[2]["total"]),
            (&1.5.into(), &1.5.into()),
            "{line}"
        );
    }
    let (results, bad) = lines_assessed(
        &[good.as_bytes(), b"\n{\"id\":\"\xff\"}\n", good.as_bytes()].concat(),
        2,
    );
    assert_eq!(bad, 1);
    let second = results.lines().nth(1).unwrap();
    assert!(second.contains("line 2: not UTF-8"), "{second}");
}

#[test]
fn a_line_beyond_all_measure_is_passed_over() {
    let good = r#"{"id":"good","facts":{"charity_events":3}}"#;
    let endless = "x".repeat(40 << 20);
    let (results, bad) = lines_assessed(format!("{good}\n{endless}\n{good}\n7\n").as_bytes(), 2);
    let results: Vec<&str> = results.lines().collect();
    assert_eq!((results.len(), bad), (4, 2));
    assert!(results[1].contains("line 2: longer than 16 MB"), "{}", results[1]);
    assert!(results[3].contains("line 4: not an object"), "{}", results[3]);
    assert_eq!(results[0], results[2]);
}

#[test]
fn lines_may_end_as_any_program_ends_them() {
    let first = r#"{"id":1,"facts":{"charity_events":3}}"#;
    let second = r#"{"id":2,"facts":{"charity_events":1}}"#;
    let plain = lines_assessed(format!("{first}\n{second}\n").as_bytes(), 1);
    assert_eq!((plain.0.lines().count(), plain.1), (2, 0));
    for text in [
        format!("{first}\r\n{second}\r\n"),
        format!("\u{feff}{first}\n{second}"),
        format!("\u{feff}{first}\r\n\r\n{second}\r\n\r\n"),
        format!("\n{first}\n \n{second}\n\n"),
    ] {
        assert_eq!(lines_assessed(text.as_bytes(), 2), plain, "{text:?}");
    }
    assert_eq!(lines_assessed(b"", 2), (String::new(), 0));
}

#[test]
fn a_case_file_on_a_line_is_assessed_with_all_that_it_chose() {
    let file = case_file(|case| {
        case.readings
            .insert(String::from("A18"), support::chosen(Reading::Lenient));
    });
    let line = Json::parse(&file).unwrap().to_line();
    let (results, bad) = lines_assessed(format!("{line}\n{line}\n").as_bytes(), 2);
    assert_eq!(bad, 0);
    assert_eq!(
        results,
        assessed_whole([line.as_str(), line.as_str()].into_iter())
    );
}

#[test]
fn a_file_of_lines_is_told_from_an_array_and_from_one_case() {
    let shown = |text: &str| {
        let mut head = Vec::new();
        let mut input = BufReader::with_capacity(16, text.as_bytes());
        let is_lines = is_case_a_line(&mut head, &mut input).unwrap();
        input.read_to_end(&mut head).unwrap();
        assert_eq!(head, text.as_bytes(), "nothing is lost");
        is_lines
    };
    for lines in [
        "{\"id\":1}\n{\"id\":2}",
        "\u{feff}{\"id\":1}\r\n{\"id\":2}\r\n",
        "\n{}\n\n{broken\n",
    ] {
        assert!(shown(lines), "{lines:?}");
    }
    for other in [
        "",
        "\n",
        "{}",
        "{\"id\":1}\n",
        "{\"id\":1}\n\n",
        "{\n\"id\": 1\n}\n",
        "[\n{\"id\":1},\n{\"id\":2}\n]\n",
        "\u{feff}[{}]\n{}\n",
        "{} {}\n{}\n",
        "7\n8\n",
    ] {
        assert!(!shown(other), "{other:?}");
    }
}

#[test]
fn who_no_longer_listens_ends_the_work() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    // An input without an end: only giving up ends the test.
    let mut input = std::io::repeat(b'\n').chain(std::io::empty());
    let line = b"{\"id\":1,\"facts\":{}}\n".to_vec();
    let outcome = assess_lines(support::policy(), false, 2, line, &mut input, &mut Closed);
    assert_eq!(outcome.unwrap_err().kind(), std::io::ErrorKind::BrokenPipe);
}
