//! Golden cases of a scheme, compared with what the library's `assess` writes,
//! so that what is tested is what others read.

use std::collections::BTreeSet;

use labor_brand_assessment::documents::assess_batch;
use labor_brand_assessment::policy::Policy;
use serde_json::{Map, Value, json};

use crate::failure::{Failure, Result};

/// What came of running the cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseReport {
    /// How many cases were run.
    pub cases: usize,
    /// One line for each difference, led by the id of its case.
    pub differences: Vec<String>,
    /// How many cases differ.
    pub differing: usize,
}

/// Runs the cases of the text of a `cases.json`.
///
/// # Errors
/// When the text is not such a file, or the library refuses the batch.
pub fn run(policy: &Policy, cases: &str) -> Result<CaseReport> {
    let malformed = |reason: String| Failure::new(format!("cases.json is not a list of cases: {reason}"));
    let file: Value = serde_json::from_str(cases).map_err(|error| malformed(error.to_string()))?;
    let cases = file
        .get("cases")
        .and_then(Value::as_array)
        .ok_or_else(|| malformed("it has no array `cases`".to_owned()))?;
    let entries: Vec<Value> = cases
        .iter()
        .map(|case| json!({"id": case.get("id"), "facts": case.get("facts")}))
        .collect();
    let outcome = assess_batch(policy, &Value::Array(entries).to_string(), false).map_err(Failure::new)?;
    let results: Vec<Value> = serde_json::from_str(&outcome.json)
        .map_err(|error| Failure::new(format!("assess wrote no JSON array: {error}")))?;
    if results.len() != cases.len() {
        return Err(Failure::new(format!(
            "assess gave {} results for {} cases: each must have one",
            results.len(),
            cases.len()
        )));
    }
    let mut report = CaseReport {
        cases: cases.len(),
        differences: Vec::new(),
        differing: 0,
    };
    for (case, result) in cases.iter().zip(&results) {
        let expected = case.get("expected").unwrap_or(&Value::Null);
        let lines = compare_result(expected, result);
        if !lines.is_empty() {
            report.differing += 1;
        }
        let id = case.get("id").and_then(Value::as_str).unwrap_or("?");
        report
            .differences
            .extend(lines.into_iter().map(|line| format!("{id}: {line}")));
    }
    Ok(report)
}

/// Where the result of one case, as a case file records it, differs from what
/// the case expects, a line each.
pub fn compare_result(expected: &Value, result: &Value) -> Vec<String> {
    let mut lines = differences(expected, result);
    lines.extend(disorders(result));
    lines
}

/// The three readings, as the results name them. The default one of a score is
/// called `score` and of a rule `result`.
const READINGS: [&str; 3] = ["strict", "default", "lenient"];

/// Where a result differs from what its case expects, a line each.
fn differences(expected: &Value, result: &Value) -> Vec<String> {
    if let Some(error) = result.get("error") {
        return vec![format!("assess refused it: {error}")];
    }
    let mut lines = Vec::new();
    for total in ["total", "strict_total", "lenient_total"] {
        compare(&mut lines, total, &expected[total], &result[total]);
    }
    for (section, score) in object(&expected["sections"]) {
        compare(
            &mut lines,
            &format!("section {section}"),
            score,
            at(&result["sections"], section),
        );
    }
    for (row, score) in object(&expected["rows"]) {
        let found = at(&result["rows"], row);
        compare(&mut lines, &format!("row {row}"), score, &found["score"]);
        for reading in ["strict", "lenient"] {
            let wanted = at(at(expected, &format!("rows_{reading}_if_different")), row);
            let wanted = if wanted.is_null() { score } else { wanted };
            compare(
                &mut lines,
                &format!("row {row} {reading}"),
                wanted,
                &found[reading],
            );
        }
        let lists = |list: &str| array(&expected[list]).iter().any(|id| id == row.as_str());
        let state = match (lists("unknown_rows"), lists("invalid_rows")) {
            (_, true) => "invalid",
            (true, _) => "incomplete",
            _ => "answered",
        };
        compare(
            &mut lines,
            &format!("row {row} state"),
            &json!(state),
            &found["state"],
        );
    }
    for (rule, wanted) in object(&expected["eligibility"]) {
        for (index, (reading, key)) in READINGS.iter().zip(["strict", "result", "lenient"]).enumerate() {
            // One result for all readings, or one for each.
            let wanted = wanted.get(index).unwrap_or(wanted);
            let found = at(at(&result["eligibility"], rule), key);
            compare(&mut lines, &format!("rule {rule} {reading}"), wanted, found);
        }
    }
    for (reading, wanted) in object(&expected["overall"]) {
        compare(
            &mut lines,
            &format!("overall {reading}"),
            wanted,
            at(&result["overall"], reading),
        );
    }
    let rows: BTreeSet<&String> = object(&expected["rows"]).map(|(row, _)| row).collect();
    let more = object(&result["rows"]).filter(|(row, _)| !rows.contains(row));
    lines.extend(more.map(|(row, _)| format!("row {row} is not expected")));
    lines
}

/// Where the readings of a result are not in order: strict never gives more
/// than default, default never more than lenient.
fn disorders(result: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    let mut ordered = |place: String, values: [&Value; 3]| {
        let points = values.map(|value| hundredths(value).unwrap_or(i64::MIN));
        if !points.is_sorted() {
            let [strict, default, lenient] = values;
            lines.push(format!("{place} is out of order: {strict}, {default}, {lenient}"));
        }
    };
    ordered(
        "total".to_owned(),
        [
            &result["strict_total"],
            &result["total"],
            &result["lenient_total"],
        ],
    );
    for (row, found) in object(&result["rows"]) {
        ordered(
            format!("row {row}"),
            [&found["strict"], &found["score"], &found["lenient"]],
        );
    }
    let mut kept = |place: String, good: &str, values: [&Value; 3]| {
        // What the strict reading allows, the others allow, too.
        if !values.map(|value| value == good).is_sorted() {
            let [strict, default, lenient] = values;
            lines.push(format!("{place} is out of order: {strict}, {default}, {lenient}"));
        }
    };
    for (rule, found) in object(&result["eligibility"]) {
        kept(
            format!("rule {rule}"),
            "pass",
            [&found["strict"], &found["result"], &found["lenient"]],
        );
    }
    kept(
        "overall".to_owned(),
        "eligible",
        READINGS.map(|reading| at(&result["overall"], reading)),
    );
    lines
}

/// The member of that key; null where there is none.
fn at<'value>(value: &'value Value, key: &str) -> &'value Value {
    value.get(key).unwrap_or(&Value::Null)
}

fn compare(lines: &mut Vec<String>, place: &str, expected: &Value, found: &Value) {
    let equal = match (hundredths(expected), hundredths(found)) {
        (Some(expected), Some(found)) => expected == found,
        _ => expected == found,
    };
    if !equal {
        lines.push(format!("{place} is {found}, expected {expected}"));
    }
}

/// A number of at most two decimals as a whole number of hundredths, read from
/// its digits: 75.5 and 75.50 are the same score.
fn hundredths(value: &Value) -> Option<i64> {
    let text = value.as_number()?.to_string();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 2 {
        return None;
    }
    let hundredths: i64 = format!("{fraction:0<2}").parse().ok()?;
    Some(sign * (whole.parse::<i64>().ok()?.checked_mul(100)? + hundredths))
}

fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result() -> Value {
        json!({
            "id": "a",
            "overall": {"strict": "unknown", "default": "eligible", "lenient": "eligible"},
            "eligibility": {"S1": {"result": "pass", "strict": "unknown", "lenient": "pass"}},
            "rows": {"1.1": {"score": 1.5, "strict": 1, "lenient": 2.0, "state": "answered"}},
            "sections": {"1": 1.5}, "total": 1.5, "strict_total": 1, "lenient_total": 2,
        })
    }

    fn expected() -> Value {
        json!({
            "overall": {"strict": "unknown", "default": "eligible", "lenient": "eligible"},
            "eligibility": {"S1": ["unknown", "pass", "pass"]},
            "rows": {"1.1": 1.5},
            "rows_strict_if_different": {"1.1": 1}, "rows_lenient_if_different": {"1.1": 2},
            "unknown_rows": [], "invalid_rows": [],
            "sections": {"1": 1.50}, "total": 1.5, "strict_total": 1, "lenient_total": 2,
        })
    }

    #[test]
    fn a_result_as_expected_gives_no_line() {
        assert_eq!(differences(&expected(), &result()), [""; 0]);
        assert_eq!(disorders(&result()), [""; 0]);
    }

    #[test]
    fn a_wrong_score_state_or_rule_gives_a_line_each() {
        let mut wrong = result();
        wrong["rows"]["1.1"]["strict"] = json!(0);
        wrong["rows"]["1.1"]["state"] = json!("incomplete");
        wrong["eligibility"]["S1"]["lenient"] = json!("fail");
        let lines = differences(&expected(), &wrong);
        assert_eq!(
            lines,
            [
                "row 1.1 strict is 0, expected 1",
                "row 1.1 state is \"incomplete\", expected \"answered\"",
                "rule S1 lenient is \"fail\", expected \"pass\"",
            ]
        );
    }

    #[test]
    fn a_missing_score_is_a_difference() {
        let mut wrong = result();
        wrong["rows"] = json!({});
        assert!(!differences(&expected(), &wrong).is_empty());
    }

    #[test]
    fn a_strict_reading_that_gives_more_is_out_of_order() {
        let mut wrong = result();
        wrong["rows"]["1.1"]["strict"] = json!(1.75);
        wrong["overall"] = json!({"strict": "eligible", "default": "unknown", "lenient": "eligible"});
        assert_eq!(disorders(&wrong).len(), 2);
    }

    #[test]
    fn scores_are_compared_by_their_digits() {
        assert_eq!(hundredths(&json!(75.5)), Some(7550));
        assert_eq!(hundredths(&json!(-3)), Some(-300));
        assert_eq!(hundredths(&json!(0.125)), None);
        assert_eq!(hundredths(&json!("1")), None);
    }
}
