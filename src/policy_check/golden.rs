//! Golden cases: whole sets of answers with every result that is expected.

use std::collections::BTreeSet;

use crate::assessment::assess_facts;
use crate::documents::assessment_record;
use crate::json::{Excerpt, Json, NotJson, Object};
use crate::numbers::Decimal;
use crate::policy::{Policy, Reading};

use super::nearest::meant;

/// A case with what it must come to.
#[derive(Clone, Debug)]
pub struct GoldenCase {
    /// Its name in `cases.json`.
    pub id: String,
    /// The answers.
    pub facts: Object,
    /// The results, in the form that `cases.json` explains.
    pub expected: Json,
}

impl GoldenCase {
    /// Where its results are others than expected, a line each.
    pub fn differences(&self, policy: &Policy) -> Vec<String> {
        differences(
            &self.expected,
            &assessment_record(policy, &assess_facts(policy, &self.facts)),
        )
    }
}

/// Reads the text of a `cases.json`.
///
/// # Errors
/// When it is no such file, or names what the policy does not have: a misspelt question would
/// be one that nobody answered. The sentences name the case, a line each.
pub fn read_golden_cases(policy: &Policy, text: &str) -> Result<Vec<GoldenCase>, String> {
    let file = Json::parse(text).map_err(|fault| not_json(text, &fault))?;
    let cases = at(&file, "cases")
        .as_list()
        .ok_or("cases.json 里没有 cases 数组，请写成 {\"cases\": [ … ]}")?;
    let mut known = BTreeSet::new();
    let mut read = Vec::with_capacity(cases.len());
    let mut strangers = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let place = format!("cases.json 第 {} 个用例", number + 1);
        let id = at(case, "id")
            .as_text()
            .ok_or_else(|| format!("{place}没有 id，请给它一个名字"))?;
        if !known.insert(id) {
            return Err(format!("{place}的 id `{id}` 重复，请换一个名字"));
        }
        let (Some(facts), Some(_)) = (at(case, "facts").as_object(), at(case, "expected").as_object()) else {
            return Err(format!("{place}（{id}）缺 facts 或 expected，请补上"));
        };
        let found = unknown_names(policy, facts, at(case, "expected"));
        strangers.extend(found.into_iter().map(|line| format!("cases.json {id}：{line}")));
        read.push(GoldenCase {
            id: id.to_owned(),
            facts: facts.clone(),
            expected: at(case, "expected").clone(),
        });
    }
    if strangers.is_empty() {
        Ok(read)
    } else {
        Err(strangers.join("\n"))
    }
}

/// How many characters before and behind a fault are shown: a case is one long line.
const SHOWN_AROUND: usize = 24;

/// What is wrong with a text that is no JSON, and where.
fn not_json(text: &str, fault: &NotJson) -> String {
    let what = match fault {
        NotJson::CutShort => String::from("没有写完就到了文件末尾，请看 [、{ 或引号是不是都配了对"),
        NotJson::RepeatedKey(key) => {
            format!("`{}` 在同一个表里写了两次，请删去一个", Excerpt::name(key))
        }
        NotJson::TooDeep => String::from("一层套一层太深，请检查括号"),
        NotJson::Syntax { line, column } => {
            let whole: Vec<char> = text.lines().nth(line - 1).unwrap_or_default().chars().collect();
            let from = column.saturating_sub(1);
            let before = whole
                .get(from.saturating_sub(SHOWN_AROUND)..from)
                .unwrap_or_default();
            let behind: Vec<char> = whole.iter().skip(from).take(SHOWN_AROUND).copied().collect();
            format!(
                "第 {line} 行第 {column} 个字符起写得不对：…{}【这里】{}…，请看这里或前面是不是少了或多了逗号、引号、括号，或写成了全角",
                String::from_iter(before),
                String::from_iter(behind)
            )
        }
    };
    format!("cases.json 不是 JSON：{what}")
}

/// The questions, rows, sections and conditions that a case names and the policy does not have.
fn unknown_names(policy: &Policy, facts: &Object, expected: &Json) -> Vec<String> {
    let mut lines = Vec::new();
    let questions = || policy.facts.iter().map(|fact| fact.id.as_str());
    for id in facts.keys().filter(|id| policy.fact(id).is_none()) {
        lines.push(format!("没有问题 `{id}`，请改正编号{}", meant(id, questions())));
    }
    let rows: Vec<_> = policy.rows().map(|row| row.id.as_str()).collect();
    let sections: Vec<_> = policy
        .sections
        .iter()
        .map(|section| section.id.as_str())
        .collect();
    let rules: Vec<_> = policy.rules.iter().map(|rule| rule.id.as_str()).collect();
    for (list, known, kind) in [
        ("rows", &rows, "计分的行"),
        ("rows_strict_if_different", &rows, "计分的行"),
        ("rows_lenient_if_different", &rows, "计分的行"),
        ("unknown_rows", &rows, "计分的行"),
        ("invalid_rows", &rows, "计分的行"),
        ("sections", &sections, "计分的项"),
        ("eligibility", &rules, "申报条件"),
    ] {
        let list_of_names = at(expected, list).as_list().unwrap_or_default();
        let names = entries(at(expected, list)).map(|(name, _)| name);
        let names = names.chain(list_of_names.iter().filter_map(Json::as_text));
        for name in names.filter(|name| !known.contains(name)) {
            lines.push(format!(
                "expected.{list} 里的 {name} 不是{kind}，请改正编号或删去{}",
                meant(name, known.iter().copied())
            ));
        }
    }
    let results = [
        "rows",
        "rows_strict_if_different",
        "rows_lenient_if_different",
        "unknown_rows",
        "invalid_rows",
        "sections",
        "eligibility",
        "overall",
        "total",
        "strict_total",
        "lenient_total",
    ];
    for (key, _) in entries(expected).filter(|(key, _)| !results.contains(key)) {
        lines.push(format!(
            "expected 里不认识 `{key}`，可以写的是 {}",
            results.join("、")
        ));
    }
    lines
}

/// What is said of a row or condition that a case leaves out.
pub(super) const LEFT_OUT: &str = "没有写在 expected.";

/// Where a result, as a case file records it, differs from what a golden case
/// expects, and where its readings are out of order, a line each.
pub fn differences(expected: &Json, result: &Json) -> Vec<String> {
    if let Some(error) = member(result, "error") {
        return vec![format!("没有评估，因为 {}", error.to_line())];
    }
    let mut lines = Vec::new();
    totals(&mut lines, expected, result);
    rows(&mut lines, expected, result);
    eligibility(&mut lines, expected, result);
    out_of_order(&mut lines, result);
    lines
}

fn totals(lines: &mut Vec<String>, expected: &Json, result: &Json) {
    for (key, name) in [
        ("total", "总分"),
        ("strict_total", "从严总分"),
        ("lenient_total", "从宽总分"),
    ] {
        compare(lines, name, at(expected, key), at(result, key));
    }
    for (section, score) in entries(at(expected, "sections")) {
        let found = at(at(result, "sections"), section);
        compare(lines, &format!("第 {section} 项"), score, found);
    }
}

fn rows(lines: &mut Vec<String>, expected: &Json, result: &Json) {
    let rows = at(expected, "rows");
    for (row, score) in entries(rows) {
        let found = at(at(result, "rows"), row);
        compare(lines, &format!("第 {row} 行通常"), score, at(found, "score"));
        for reading in [Reading::Strict, Reading::Lenient] {
            let differing = at(expected, &format!("rows_{}_if_different", reading.id()));
            let wanted = member(differing, row).unwrap_or(score);
            let place = format!("第 {row} 行{}", reading.label());
            compare(lines, &place, wanted, at(found, reading.id()));
        }
        let lists = |list: &str| {
            let mut ids = at(expected, list).as_list().unwrap_or_default().iter();
            ids.any(|id| id.as_text() == Some(row))
        };
        let state = match (lists("unknown_rows"), lists("invalid_rows")) {
            (_, true) => "invalid",
            (true, _) => "incomplete",
            _ => "answered",
        };
        let place = format!("第 {row} 行状态");
        compare(lines, &place, &Json::text(state), at(found, "state"));
    }
    let unexpected = entries(at(result, "rows")).filter(|(row, _)| member(rows, row).is_none());
    lines.extend(unexpected.map(|(row, _)| format!("第 {row} 行{LEFT_OUT}rows 里")));
}

fn eligibility(lines: &mut Vec<String>, expected: &Json, result: &Json) {
    let rules = at(expected, "eligibility");
    for (rule, wanted) in entries(rules) {
        let found = at(at(result, "eligibility"), rule);
        for (place, reading) in Reading::ALL.into_iter().enumerate() {
            // One result for all readings, or one for each.
            let three = wanted.as_list().and_then(|three| three.get(place));
            let key = if reading == Reading::Default {
                "result"
            } else {
                reading.id()
            };
            let place = format!("条件 {rule} {}", reading.label());
            compare(lines, &place, three.unwrap_or(wanted), at(found, key));
        }
    }
    // A case that is about points alone says nothing of the conditions; one that speaks of them
    // speaks of all.
    if rules.as_object().is_some() {
        let found = entries(at(result, "eligibility"));
        let unexpected = found.filter(|(rule, _)| member(rules, rule).is_none());
        lines.extend(unexpected.map(|(rule, _)| format!("条件 {rule} {LEFT_OUT}eligibility 里")));
    }
    for reading in Reading::ALL {
        if let Some(wanted) = member(at(expected, "overall"), reading.id()) {
            let place = format!("全部条件{}", reading.label());
            compare(lines, &place, wanted, at(at(result, "overall"), reading.id()));
        }
    }
}

/// Strict never gives more than default, default never more than lenient.
fn out_of_order(lines: &mut Vec<String>, result: &Json) {
    let mut ordered = |place: String, values: [&Json; 3]| {
        if !values.map(figure).is_sorted() {
            let [strict, default, lenient] = values.map(Json::to_line);
            lines.push(format!("{place}三种读法次序颠倒：{strict}、{default}、{lenient}"));
        }
    };
    let totals = ["strict_total", "total", "lenient_total"].map(|total| at(result, total));
    ordered(String::from("总分"), totals);
    for (row, found) in entries(at(result, "rows")) {
        let scores = ["strict", "score", "lenient"].map(|score| at(found, score));
        ordered(format!("第 {row} 行"), scores);
    }
    // What the strict reading allows, the others allow, too.
    let mut kept = |place: String, good: &str, values: [&Json; 3]| {
        if !values.map(|value| value.as_text() == Some(good)).is_sorted() {
            let [strict, default, lenient] = values.map(Json::to_line);
            lines.push(format!("{place}三种读法次序颠倒：{strict}、{default}、{lenient}"));
        }
    };
    for (rule, found) in entries(at(result, "eligibility")) {
        let results = ["strict", "result", "lenient"].map(|reading| at(found, reading));
        kept(format!("条件 {rule}"), "pass", results);
    }
    let overall = Reading::ALL.map(|reading| at(at(result, "overall"), reading.id()));
    kept(String::from("全部条件"), "eligible", overall);
}

fn compare(lines: &mut Vec<String>, place: &str, expected: &Json, found: &Json) {
    let equal = match (figure(expected), figure(found)) {
        (Some(expected), Some(found)) => expected == found,
        _ => expected == found,
    };
    if !equal {
        lines.push(format!(
            "{place}是 {}，应为 {}",
            found.to_line(),
            expected.to_line()
        ));
    }
}

/// A score by its value: 75.5 and 75.50 are the same one.
fn figure(value: &Json) -> Option<Decimal> {
    match value {
        Json::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}

const NOTHING: &Json = &Json::Null;

fn member<'value>(value: &'value Json, key: &str) -> Option<&'value Json> {
    value.as_object()?.get(key)
}

/// The member of that key; null where there is none.
fn at<'value>(value: &'value Json, key: &str) -> &'value Json {
    member(value, key).unwrap_or(NOTHING)
}

fn entries(value: &Json) -> impl Iterator<Item = (&str, &Json)> {
    let entries = value.as_object().into_iter().flatten();
    entries.map(|(key, value)| (key.as_str(), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESULT: &str = r#"{"id": "a",
        "overall": {"strict": "unknown", "default": "eligible", "lenient": "eligible"},
        "eligibility": {"S1": {"result": "pass", "strict": "unknown", "lenient": "pass"}},
        "rows": {"1.1": {"score": 1.5, "strict": 1, "lenient": 2.0, "state": "answered"}},
        "sections": {"1": 1.5}, "total": 1.5, "strict_total": 1, "lenient_total": 2}"#;
    const EXPECTED: &str = r#"{
        "overall": {"strict": "unknown", "default": "eligible", "lenient": "eligible"},
        "eligibility": {"S1": ["unknown", "pass", "pass"]},
        "rows": {"1.1": 1.5},
        "rows_strict_if_different": {"1.1": 1}, "rows_lenient_if_different": {"1.1": 2},
        "unknown_rows": [], "invalid_rows": [],
        "sections": {"1": 1.50}, "total": 1.5, "strict_total": 1, "lenient_total": 2}"#;

    /// The differences of the result with some of its text replaced.
    fn differing(from: &str, to: &str) -> Vec<String> {
        assert!(RESULT.contains(from), "{from}");
        let parsed = |text: &str| Json::parse(text).unwrap();
        differences(&parsed(EXPECTED), &parsed(&RESULT.replace(from, to)))
    }

    #[test]
    fn a_result_as_expected_gives_no_line() {
        assert_eq!(differing("1.5", "1.50"), [""; 0]);
    }

    #[test]
    fn a_wrong_score_state_or_rule_gives_a_line_each() {
        assert_eq!(
            differing(r#""strict": 1, "lenient": 2.0"#, r#""strict": 0, "lenient": 2"#),
            ["第 1.1 行从严是 0，应为 1"]
        );
        assert_eq!(
            differing("answered", "incomplete"),
            ["第 1.1 行状态是 \"incomplete\"，应为 \"answered\""]
        );
        assert_eq!(
            differing(r#""lenient": "pass""#, r#""lenient": "fail""#),
            [
                "条件 S1 从宽是 \"fail\"，应为 \"pass\"",
                "条件 S1三种读法次序颠倒：\"unknown\"、\"pass\"、\"fail\""
            ]
        );
        assert_eq!(
            differing("\"total\": 1.5", "\"total\": 1.75"),
            ["总分是 1.75，应为 1.5"]
        );
    }

    #[test]
    fn a_missing_score_and_one_too_many_are_differences() {
        assert!(!differing("\"1.1\"", "\"1.2\"").is_empty());
        assert_eq!(
            differing(
                "\"rows\": {",
                r#""rows": {"9.9": {"score": 0, "strict": 0, "lenient": 0}, "#
            ),
            ["第 9.9 行没有写在 expected.rows 里"]
        );
    }

    #[test]
    fn a_condition_that_a_case_forgets_is_a_difference_where_it_speaks_of_the_others() {
        let more = r#""eligibility": {"C5": {"result": "pass", "strict": "pass", "lenient": "pass"}, "#;
        assert_eq!(
            differing("\"eligibility\": {", more),
            ["条件 C5 没有写在 expected.eligibility 里"]
        );
        // A case about points alone.
        let points = Json::parse(&EXPECTED.replace(
            "\"eligibility\": {\"S1\": [\"unknown\", \"pass\", \"pass\"]},",
            "",
        ));
        let result = Json::parse(&RESULT.replace("\"eligibility\": {", more)).unwrap();
        assert_eq!(differences(&points.unwrap(), &result), [""; 0]);
    }

    #[test]
    fn a_text_that_is_no_json_is_told_with_its_line_and_what_stands_there() {
        let told = |text: &str| not_json(text, &Json::parse(text).unwrap_err());
        let line = told("{\"cases\": [\n{\"id\": \"min\" “facts\": {}}\n]}");
        assert!(
            line.starts_with("cases.json 不是 JSON：第 2 行第 14 个字符起"),
            "{line}"
        );
        assert!(line.contains("\"id\": \"min\" 【这里】“facts"), "{line}");
        let line = told("{\"a\": 1, \"a\": 2}");
        assert!(line.contains("`a` 在同一个表里写了两次"), "{line}");
        assert!(told("{\"a\": 1").contains("到了文件末尾"));
    }

    #[test]
    fn a_strict_reading_that_gives_more_is_out_of_order() {
        let lines = differing(
            r#""strict": 1, "lenient": 2.0"#,
            r#""strict": 1.75, "lenient": 2.0"#,
        );
        assert!(
            lines.contains(&String::from("第 1.1 行三种读法次序颠倒：1.75、1.5、2.0")),
            "{lines:?}"
        );
    }

    #[test]
    fn a_refused_case_tells_why() {
        assert_eq!(
            differing("\"id\": \"a\"", "\"error\": \"unknown fact\""),
            ["没有评估，因为 \"unknown fact\""]
        );
    }
}
