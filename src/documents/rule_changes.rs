//! What a case came to under other rules than today's, and what it comes to now.
//!
//! A case file carries the result that it was written with, and a draft the
//! figures it was last seen with. Where today's rules give another result, both
//! are kept beside the case, so that nobody has to wonder which was handed in.

use crate::answers::Case;
use crate::assessment::{Assessment, assess};
use crate::json::{Json, Object};
use crate::numbers::Points;
use crate::policy::{Policy, Verdict, Verdicts};

use super::assessment_json::{ANSWERS, record_of};
use super::case_file::CaseFile;
use super::format::PolicyRef;

/// The member, of a file and of what is kept beside an open case, that lists the changes.
const CHANGES: &str = "rule_changes";
/// The member that says that a change was looked at.
const SEEN: &str = "seen";
/// How long a recorded result may be; what is longer is none of ours.
const RECORD_LIMIT: usize = 300_000;

/// A change of the rules between two results of a case, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChanges {
    /// The version of the rules then.
    pub from: String,
    /// Their version now.
    pub to: String,
    /// Whether the rules are the same, so that they do not explain the difference.
    pub same_rules: bool,
    /// Whether the answers are others than those of the result then.
    pub other_answers: bool,
    /// The total then, where one was recorded, and now.
    pub total: [Option<Points>; 2],
    /// Rows and conditions of entry whose result is another one.
    pub moved: Vec<Moved>,
}

/// A row or a condition of entry with another result than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub id: String,
    /// What it is called; empty where the rules have it no more.
    pub title: String,
    /// Its result then; `None` where there was none.
    pub from: Option<String>,
    /// Its result now; `None` where there is none.
    pub to: Option<String>,
    /// Why it was so then, where that was recorded.
    pub reason_then: String,
    /// Why it is so now.
    pub reason_now: String,
}

/// The figures of a result without their reasons, for a draft, with the rules they follow from.
pub fn draft_record(policy: &Policy, policy_sha256: &str, assessment: &Assessment) -> Json {
    let rules = policy.rules.iter().zip(&assessment.rules);
    let rules = rules.map(|(rule, result)| {
        let result = Json::text(result.default.result_id());
        (rule.id.clone(), Json::object([("result", result)]))
    });
    let rows = policy.rows().zip(&assessment.rows);
    let rows = rows.map(|(row, result)| {
        let score = Json::number(result.figures.own);
        (row.id.clone(), Json::object([("score", score)]))
    });
    let assessment = Json::object([
        ("eligibility", Json::object(rules)),
        ("rows", Json::object(rows)),
        ("total", Json::number(assessment.total.own)),
    ]);
    let rules = reference(&policy.scheme.version, &policy.scheme.id, policy_sha256);
    Json::object([("policy", rules), ("assessment", assessment)])
}

fn reference(version: &str, id: &str, sha256: &str) -> Json {
    Json::object([
        ("id", Json::text(id)),
        ("version", Json::text(version)),
        ("sha256", Json::text(sha256)),
    ])
}

/// Notes in what is kept beside the case of a file where the file's own result
/// is not what today's rules give.
pub fn note_change_of_file(policy: &Policy, policy_sha256: &str, file: &CaseFile, beside: &mut Object) {
    let PolicyRef { id, version, sha256 } = &file.policy;
    let recorded = file
        .recorded
        .clone()
        .filter(|record| record.to_line().len() < RECORD_LIMIT);
    let mut before = Object::new();
    before.insert(String::from("policy"), reference(version, id, sha256));
    before.insert(String::from("saved_at"), Json::text(&*file.saved_at));
    before.extend(recorded.map(|record| (String::from("assessment"), record)));
    note_change(policy, policy_sha256, &file.case, Json::Object(before), beside);
}

/// Notes in what is kept beside the case of a draft where the figures that it
/// was last seen with are not what today's rules give. Drafts of before say no figures.
pub fn note_change_of_draft(
    policy: &Policy,
    policy_sha256: &str,
    case: &Case,
    record: &Json,
    beside: &mut Object,
) {
    let is_same = text_at(record, &["policy", "sha256"]) == policy_sha256;
    if !is_same && !case.is_empty() {
        note_change(policy, policy_sha256, case, record.clone(), beside);
    }
}

fn note_change(policy: &Policy, policy_sha256: &str, case: &Case, before: Json, beside: &mut Object) {
    let after = Json::object([
        (
            "policy",
            reference(&policy.scheme.version, &policy.scheme.id, policy_sha256),
        ),
        ("assessment", record_of(policy, case, &assess(policy, case))),
    ]);
    let entry = Json::object([("before", before), ("after", after)]);
    let Some(changes) = read(policy, &entry) else {
        return;
    };
    // Where only words of the rules changed there is nothing to tell.
    let is_other_version = !changes.same_rules && changes.from != changes.to;
    let [then, now] = changes.total;
    let is_moved = !changes.moved.is_empty() || then.is_some_and(|then| Some(then) != now);
    if !is_moved && !is_other_version {
        return;
    }
    let mut listed = match beside.remove(CHANGES) {
        Some(Json::List(listed)) => listed,
        _ => Vec::new(),
    };
    listed.push(entry);
    beside.insert(String::from(CHANGES), Json::List(listed));
}

/// Whether changes are kept beside a case.
pub fn has_rule_changes(beside: &Object) -> bool {
    let listed = beside.get(CHANGES).and_then(Json::as_list);
    listed.is_some_and(|listed| !listed.is_empty())
}

/// The changes that are kept beside a case, the latest first, each with whether it was looked at.
pub fn rule_changes(policy: &Policy, beside: &Object) -> Vec<(RuleChanges, bool)> {
    let listed = beside.get(CHANGES).and_then(Json::as_list).unwrap_or_default();
    let read = listed.iter().rev().filter_map(|entry| {
        let is_seen = entry.as_object()?.get(SEEN) == Some(&Json::Bool(true));
        Some((read(policy, entry)?, is_seen))
    });
    read.collect()
}

/// Marks all changes that are kept beside a case as looked at.
pub fn mark_changes_seen(beside: &mut Object) {
    if let Some(Json::List(listed)) = beside.get_mut(CHANGES) {
        for entry in listed {
            if let Json::Object(entry) = entry {
                entry.insert(String::from(SEEN), Json::Bool(true));
            }
        }
    }
}

/// A change as it is shown, from what is kept of it.
fn read(policy: &Policy, entry: &Json) -> Option<RuleChanges> {
    let entry = entry.as_object()?;
    let (before, after) = (entry.get("before")?, entry.get("after")?);
    let [then, now] = [before, after].map(|of| text_at(of, &["policy", "sha256"]));
    let [from, to] = [before, after].map(|of| text_at(of, &["policy", "version"]));
    let [answers_then, answers_now] = [before, after].map(|of| text_at(of, &["assessment", ANSWERS]));
    let rows = policy.rows().map(|row| (row.id.as_str(), row.title.as_str()));
    let rules = policy.rules.iter();
    let rules = rules.map(|rule| (rule.id.as_str(), rule.title.as_str()));
    let mut moved = Vec::new();
    let mut compare = |part: &str, titles: Vec<(&str, &str)>, result: &dyn Fn(&Json) -> Option<String>| {
        if at(before, &["assessment", part]).is_some() {
            moved.extend(moved_in(part, &titles, [before, after], result));
        }
    };
    compare("rows", rows.collect(), &score);
    compare("eligibility", rules.collect(), &|of_rule| {
        verdict(of_rule, &policy.scheme.verdicts)
    });
    let same_rules = then == now;
    // A record with gaps says nothing of what it does not name.
    moved.retain(|moved| !same_rules || (moved.from.is_some() && moved.to.is_some()));
    Some(RuleChanges {
        from: from.to_owned(),
        to: to.to_owned(),
        same_rules,
        other_answers: !answers_then.is_empty() && answers_then != answers_now,
        total: [before, after].map(|of| points(at(of, &["assessment", "total"])?)),
        moved,
    })
}

/// The rows or the conditions whose result is another one, those that are no more at the end.
fn moved_in(
    part: &str,
    titles: &[(&str, &str)],
    of: [&Json; 2],
    result: &dyn Fn(&Json) -> Option<String>,
) -> Vec<Moved> {
    let [before, _] = of;
    let before = at(before, &["assessment", part]).and_then(Json::as_object);
    let gone = before.into_iter().flat_map(Object::keys).map(String::as_str);
    let gone = gone.filter(|id| !titles.iter().any(|(known, _)| known == id));
    let all = titles.iter().copied().chain(gone.map(|id| (id, "")));
    let moved = all.filter_map(|(id, title)| {
        let [from, to] = of.map(|of| at(of, &["assessment", part, id]).and_then(result));
        let [reason_then, reason_now] =
            of.map(|of| text_at(of, &["assessment", part, id, "reason"]).to_owned());
        (from != to).then(|| Moved {
            id: id.to_owned(),
            title: title.to_owned(),
            from,
            to,
            reason_then,
            reason_now,
        })
    });
    moved.collect()
}

fn at<'j>(json: &'j Json, path: &[&str]) -> Option<&'j Json> {
    path.iter().try_fold(json, |json, key| json.as_object()?.get(key))
}

fn text_at<'j>(json: &'j Json, path: &[&str]) -> &'j str {
    at(json, path).and_then(Json::as_text).unwrap_or_default()
}

fn points(json: &Json) -> Option<Points> {
    match json {
        Json::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}

fn score(of_row: &Json) -> Option<String> {
    points(at(of_row, &["score"])?).map(|points| points.to_string())
}

fn verdict(of_rule: &Json, words: &Verdicts) -> Option<String> {
    let id = text_at(of_rule, &["result"]);
    let verdicts = [Verdict::Met, Verdict::Unmet, Verdict::Unclear];
    let found = verdicts.into_iter().find(|verdict| verdict.result_id() == id);
    found.map(|verdict| verdict.result_label(words).to_owned())
}
