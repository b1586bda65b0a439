//! What the files of expectations write: answers, what they begin with, and the readings that
//! are chosen for them.

use crate::answers::{Case, ChosenReading, Date};
use crate::json::{Json, Object};
use crate::numbers::Decimal;
use crate::policy::{FactKind, Policy, Reading};

use super::golden::GoldenCase;
use super::nearest::meant;

/// What a table writes for a question that is not answered.
const NOT_ANSWERED: &str = "未答";

/// The day of a case that is only scored: no rule looks at it.
const ANY_DAY: Date = Date {
    year: 2000,
    month: 1,
    day: 1,
};

/// What tells the line of an entry of a list, or of an item of it.
pub type Lines<'file> = dyn Fn(&str, usize, Option<usize>) -> Option<usize> + 'file;

/// A file of expectations.
pub struct BoundarySource<'file> {
    /// Its name, as it is shown.
    pub file: &'file str,
    /// Its TOML as JSON.
    pub tree: &'file Json,
    /// The line in the file of an entry of a list of tables, by its number from 1, or of one item
    /// of the `lines` of it; where that is not known, entries are counted instead.
    pub lines: &'file Lines<'file>,
}

impl BoundarySource<'_> {
    /// Where an entry of a list of tables is, or an item of its `lines`.
    pub(super) fn place(&self, list: &str, number: usize, item: Option<usize>) -> String {
        let file = self.file;
        let within = item.map_or_else(String::new, |item| format!("第 {item} 行"));
        match ((self.lines)(list, number, item), list) {
            (Some(line), _) => format!("{file} 第 {line} 行"),
            (None, "table") => format!("{file} 第 {number} 个表{within}"),
            (None, _) => format!("{file} 第 {number} 个 [[{list}]]{within}"),
        }
    }
}

/// A case of these answers, with readings chosen for the reason that is given: without one they
/// would not count.
pub(super) fn case_of(facts: &Object, readings: &[(String, Reading)], reason: &str) -> Case {
    let mut case = Case::new(String::new(), ANY_DAY);
    case.facts = facts.clone();
    for (doubt, reading) in readings {
        let chosen = ChosenReading {
            reading: *reading,
            reason: reason.to_owned(),
            others: Object::new(),
        };
        case.readings.insert(doubt.clone(), chosen);
    }
    case
}

/// The table, whose keys are all known.
pub(super) fn known<'tree>(tree: &'tree Json, place: &str, keys: &[&str]) -> Result<&'tree Object, String> {
    let table = tree
        .as_object()
        .ok_or_else(|| format!("{place}：这里应是一个表"))?;
    match table.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => Err(format!("{place}：不认识 `{key}`，可以写的是 {}", keys.join("、"))),
        None => Ok(table),
    }
}

/// What every line starts from: a golden case or nothing, with what the table sets for all.
pub(super) fn base_of(
    policy: &Policy,
    table: &Object,
    place: &str,
    cases: &[GoldenCase],
) -> Result<Object, String> {
    let mut base = match table.get("base") {
        None => nothing(policy),
        Some(id) => cases
            .iter()
            .find(|case| id.as_text() == Some(&case.id))
            .map(|case| case.facts.clone())
            .ok_or_else(|| {
                format!(
                    "{place}：base 写的 {} 不是 cases.json 里的用例，请改正，或删去 base 从全部答“否”和 0 开始",
                    id.to_line()
                )
            })?,
    };
    if let Some(with) = table.get("with") {
        let answers = answers(policy, with).map_err(|problem| format!("{place} with：{problem}"))?;
        base.extend(answers);
    }
    Ok(base)
}

/// Every required question answered with no, zero or its first choice.
fn nothing(policy: &Policy) -> Object {
    let required = policy.facts.iter().filter(|fact| fact.optional.is_none());
    let answers = required.map(|fact| {
        let answer = match fact.kind {
            FactKind::YesNo => Json::Bool(false),
            FactKind::Choice => fact
                .choices
                .first()
                .map_or(Json::Null, |choice| Json::text(&*choice.id)),
            FactKind::Count | FactKind::Money | FactKind::Years => Json::number(0),
        };
        (fact.id.clone(), answer)
    });
    answers.collect()
}

/// Answers as a table of them, or as the list of what is answered with yes.
pub(super) fn answers(policy: &Policy, written: &Json) -> Result<Object, String> {
    match written {
        Json::Object(answers) => answers
            .iter()
            .map(|(id, given)| answer(policy, id, given))
            .collect(),
        Json::List(ids) => ids
            .iter()
            .map(|id| {
                let id = id.as_text().ok_or("答“是”的列表里只能写问题编号")?;
                answer(policy, id, &Json::Bool(true))
            })
            .collect(),
        _ => Err(String::from("答案应写成 { 编号 = 答案 }，或答“是”的编号列表")),
    }
}

/// One answer. A fraction stands as text, as everywhere in a policy's files.
pub(super) fn answer(policy: &Policy, id: &str, written: &Json) -> Result<(String, Json), String> {
    let (_, fact) = policy.fact(id).ok_or_else(|| {
        let questions = policy.facts.iter().map(|fact| fact.id.as_str());
        format!("没有问题 `{id}`，请改正编号{}", meant(id, questions))
    })?;
    let is_figure = matches!(fact.kind, FactKind::Count | FactKind::Money | FactKind::Years);
    let answer = match written {
        Json::Text(text) if text == NOT_ANSWERED => Json::Null,
        Json::Text(text) if is_figure && text.parse::<Decimal>().is_ok() => Json::Number(text.clone()),
        other => other.clone(),
    };
    Ok((id.to_owned(), answer))
}
