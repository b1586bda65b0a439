//! An entry of a case in words: what it is called, and what stands in it.

use crate::answers::{ENTERED_AT_CUTOFF, ENTERED_IN_YEAR, EvidenceState, UNREAD_CUTOFF, read_value};
use crate::assessment::{Known, shown_with_unit};
use crate::json::Json;
use crate::policy::{FieldKind, Policy, Reading};

use super::case_members::detail_in;
use super::merging::{EntryKey, Held};

/// How much of a long text is shown.
const SHOWN: usize = 200;

/// What an entry is called.
pub fn entry_label(policy: &Policy, key: &EntryKey) -> String {
    let id = key.id.as_deref().unwrap_or_default();
    let found = match key.member.as_str() {
        "title" => Some(String::from("档案名称")),
        "application_year" => Some(String::from("申报年度")),
        "cutoff_date" => Some(String::from("人数截止日")),
        "facts" => policy.fact(id).map(|(_, fact)| fact.label.clone()),
        "form" => policy.field(id).map(|field| field.label.clone()),
        "narrative" => {
            let mut fields = policy.narrative_fields.iter();
            fields
                .find(|field| field.id == id)
                .map(|field| field.label.clone())
        }
        "evidence" => policy.evidence(id).map(|paper| format!("材料：{}", paper.title)),
        "readings" => policy.doubt(id).map(|doubt| format!("读法 {id} {}", doubt.title)),
        "feedback" => policy.doubt(id).map(|doubt| format!("意见 {id} {}", doubt.title)),
        "lowered" => policy.row(id).map(|row| format!("调低 {id} {}", row.title)),
        "notes" if id == UNREAD_CUTOFF => Some(String::from("人数截止日（原文）")),
        "notes" if id == ENTERED_AT_CUTOFF => Some(String::from("按原来的人数截止日填的回答")),
        "notes" if id == ENTERED_IN_YEAR => Some(String::from("按原来的申报年度填的回答")),
        "notes" => {
            let at = id.rsplit_once(':').map_or(id, |(_, at)| at);
            let row = policy.row(at).map(|row| format!("{} {}", row.id, row.title));
            let fact = || policy.fact(at).map(|(_, fact)| fact.label.clone());
            let field = || policy.field(at).map(|field| field.label.clone());
            row.or_else(fact)
                .or_else(field)
                .map(|label| format!("{label}（备注）"))
        }
        _ => None,
    };
    found.unwrap_or_else(|| match id {
        "" => format!("其他内容（{}）", key.member),
        id => format!("其他内容（{} {id}）", key.member),
    })
}

/// What stands in an entry, with what is known about it.
pub fn entry_words(policy: &Policy, key: &EntryKey, held: &Held) -> String {
    let id = key.id.as_deref().unwrap_or_default();
    let entry = held.entry.as_ref();
    let mut words = match key.member.as_str() {
        "facts" => answer_words(policy, id, entry),
        "form" => {
            let place = policy.field(id).filter(|field| field.kind == FieldKind::Place);
            let place = place.and_then(|_| {
                let id = entry?.as_text()?;
                policy.places.iter().find(|place| place.id == id)
            });
            place.map_or_else(|| plain(entry), |place| place.name.clone())
        }
        "evidence" => {
            let state = member(entry, "state").and_then(|id| EvidenceState::from_id(&id));
            let state = state.map_or_else(|| plain(None), |state| state.label().to_owned());
            behind(state, member(entry, "note"))
        }
        "readings" | "feedback" => {
            let reading = member(entry, "reading").and_then(|id| Reading::from_id(&id));
            let reading = reading.map_or_else(|| plain(None), |reading| format!("{}读法", reading.label()));
            behind(reading, member(entry, "reason"))
        }
        "lowered" => {
            let score = member(entry, "score");
            let score = score.map_or_else(|| plain(None), |score| format!("{score} 分"));
            behind(score, member(entry, "reason"))
        }
        _ => plain(entry),
    };
    for (along, entry) in &held.along {
        match *along {
            "fact_details" => words = detail_words(words, entry),
            "notes" => words = behind(words, entry.as_text().map(str::to_owned)),
            _ => {}
        }
    }
    words
}

/// Who gave an answer, where that is said.
pub fn holder_in(held: &Held) -> Option<String> {
    let (_, detail) = held.along.iter().find(|(member, _)| *member == "fact_details")?;
    member(Some(detail), "holder")
}

/// An answer in words: the figure with its unit, the choice, 是 or 否; what cannot be read as it was typed.
fn answer_words(policy: &Policy, id: &str, answer: Option<&Json>) -> String {
    let Some((place, fact)) = policy.fact(id) else {
        return plain(answer);
    };
    let shown = match read_value(fact, answer) {
        Ok(Some(value)) => shown_with_unit(policy, place, Known::Value(value)),
        _ => None,
    };
    shown.unwrap_or_else(|| plain(answer))
}

/// An answer with how sure it is, the day it is of, and who gave it.
fn detail_words(words: String, detail: &Json) -> String {
    let marks = detail_in(detail).and_then(|detail| detail.marks());
    let listed = detail.as_object().and_then(|detail| detail.get("items"));
    let listed = listed.and_then(Json::as_list).filter(|items| !items.is_empty());
    let listed = listed.map(|items| format!("列出 {} 项", items.len()));
    let words = behind(words, marks);
    let words = behind(words, member(Some(detail), "date"));
    let words = behind(words, listed);
    behind(words, member(Some(detail), "holder"))
}

fn behind(words: String, more: Option<String>) -> String {
    match more.filter(|more| !more.trim().is_empty()) {
        Some(more) => format!("{words}（{}）", cut(&more)),
        None => words,
    }
}

fn member(entry: Option<&Json>, name: &str) -> Option<String> {
    let found = entry?.as_object()?.get(name)?;
    let text = match found {
        Json::Text(text) => text.clone(),
        other => other.to_line(),
    };
    (!text.is_empty()).then_some(text)
}

/// What stands in an entry as it is.
fn plain(entry: Option<&Json>) -> String {
    match entry {
        None | Some(Json::Null) => String::from("未填"),
        Some(Json::Text(text)) => cut(text),
        Some(Json::Bool(yes)) => String::from(if *yes { "是" } else { "否" }),
        Some(other) => cut(&other.to_line()),
    }
}

fn cut(text: &str) -> String {
    crate::json::Excerpt { text, most: SHOWN }.to_string()
}
