//! What the files of expectations say, as it is read out: columns with their answers, results
//! under their readings.

use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::Reading;
use labor_brand_assessment::policy_check::{Boundary, Switch};

/// A line of a boundary table: where it is, the answers, and the result.
pub fn line(boundary: &Boundary) -> String {
    let written = Json::parse(&boundary.written).ok();
    let cells = written.as_ref().and_then(Json::as_list).unwrap_or_default();
    let columns = boundary.head.written.get("facts").and_then(Json::as_list);
    let given = match (columns.unwrap_or_default(), cells) {
        ([], [changes, ..]) => answers(changes),
        (columns, cells) => {
            let columns = columns.iter().filter_map(Json::as_text);
            let cells = columns.zip(cells).map(|(column, cell)| answer(column, cell));
            cells.collect::<Vec<_>>().join("、")
        }
    };
    let given = if given.is_empty() { NO_CHANGE } else { &given };
    // The file stands above the lines of a table.
    let place = boundary.place.split_once(' ').map_or("", |(_, place)| place);
    format!("  {place}：{given} → {}", result(&boundary.expected))
}

/// What is said of a line without an answer of its own.
const NO_CHANGE: &str = "不另改答案";

/// What all lines of a table have in common.
pub fn head(boundary: &Boundary) -> Vec<String> {
    let table = &boundary.head.written;
    let title = text(table, "title").unwrap_or("（没有标题）");
    let mut lines = vec![format!("{} {title}", boundary.head.place)];
    let mut common = vec![base(table)];
    if let Some(with) = table.get("with") {
        common.push(format!("全表共用的答案：{}", answers(with)));
    }
    if let Some(readings) = table.get("readings").and_then(Json::as_object) {
        let readings = readings.iter().filter_map(|(doubt, reading)| {
            Some(format!(
                "{doubt} {}",
                Reading::from_id(reading.as_text()?)?.label()
            ))
        });
        let readings = readings.collect::<Vec<_>>().join("、");
        common.push(format!("另选读法：{readings}，结果是自评分"));
    }
    if table.contains_key("overall") {
        common.push(String::from("看的是能不能申报"));
    }
    if let Some(warned) = text(table, "warned") {
        common.push(format!("应提醒核对 {warned}"));
    }
    lines.push(format!("  {}", common.join("；")));
    lines
}

/// What a doubt moves when it alone is read otherwise.
pub fn switch(switch: &Switch) -> String {
    let written = Json::parse(&switch.written).ok();
    let nothing = Object::new();
    let table = written.as_ref().and_then(Json::as_object).unwrap_or(&nothing);
    let about = match text(table, "row") {
        Some(row) => format!("第 {row} 行"),
        None => String::from("能不能申报"),
    };
    let mut parts = vec![about, base(table)];
    if let Some(with) = table.get("with") {
        parts.push(answers(with));
    }
    if let Some(facts) = table.get("facts") {
        parts.push(answers(facts));
    }
    let (default, switched) = (text(table, "default"), text(table, "switched"));
    format!(
        "{}：存疑 {}，{}；通常 {}，改按{} {}",
        switch.place,
        switch.doubt,
        parts.join("，"),
        default.unwrap_or_default(),
        switch.reading.label(),
        switched.unwrap_or_default()
    )
}

/// What the answers begin with.
fn base(table: &Object) -> String {
    text(table, "base").map_or_else(
        || String::from("其余问题答“否”或 0"),
        |base| format!("从用例 {base} 改起"),
    )
}

fn text<'table>(table: &'table Object, key: &str) -> Option<&'table str> {
    table.get(key).and_then(Json::as_text)
}

/// Answers as a table of them, or as the list of what is answered with yes.
fn answers(written: &Json) -> String {
    let parts: Vec<String> = match written {
        Json::Object(answers) => answers.iter().map(|(id, given)| answer(id, given)).collect(),
        Json::List(ids) => {
            let ids = ids.iter().filter_map(Json::as_text);
            ids.map(|id| answer(id, &Json::Bool(true))).collect()
        }
        _ => Vec::new(),
    };
    parts.join("、")
}

/// One question with its answer.
pub fn answer(id: &str, given: &Json) -> String {
    let given = match given {
        Json::Bool(true) => "是",
        Json::Bool(false) => "否",
        Json::Null => "未答",
        Json::Number(text) | Json::Text(text) => text,
        _ => "？",
    };
    format!("{id} {given}")
}

/// One result, or those of the three readings.
fn result(expected: &str) -> String {
    let results: Vec<&str> = expected.split(' ').collect();
    match results.as_slice() {
        [_] => expected.to_owned(),
        three => {
            let named = Reading::ALL.into_iter().zip(three);
            let named = named.map(|(reading, result)| format!("{} {result}", reading.label()));
            named.collect::<Vec<_>>().join("、")
        }
    }
}
