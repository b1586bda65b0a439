//! Many cases in, their assessments out: what `assess` reads and prints.

use crate::assessment::{Assessment, Improvement, Readings, advise, assess, assess_facts};
use crate::json::{Excerpt, Json, Object};
use crate::numbers::Points;
use crate::policy::Policy;

use super::assessment_json::result;
use super::case_file::CaseFile;

/// The assessments of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchOutcome {
    /// A JSON array with one entry per case, in the order they came.
    pub json: String,
    /// Whether some entry was no case and got an error in its place.
    pub any_bad: bool,
}

/// Assesses a JSON array of `{id, facts}` or case files, or one of them by
/// itself; a byte order mark before it is left out.
///
/// # Errors
/// When the text as a whole is neither; the sentence says why.
pub fn assess_batch(policy: &Policy, text: &str, with_advice: bool) -> Result<BatchOutcome, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let entries = if text.trim_start().starts_with('{') {
        vec![one_object(text)?]
    } else {
        split_array(text)?
    };
    let mut any_bad = false;
    let mut results = Vec::with_capacity(entries.len());
    for (place, entry) in entries.into_iter().enumerate() {
        match assess_entry(policy, entry, with_advice) {
            Ok(result) => results.push(result.to_line()),
            Err((id, problem)) => {
                any_bad = true;
                let error = Json::text(format!("entry {}: {problem}", place + 1));
                results.push(Json::object([("id", id), ("error", error)]).to_line());
            }
        }
    }
    Ok(BatchOutcome {
        json: format!("[\n{}\n]\n", results.join(",\n")),
        any_bad,
    })
}

/// What is wrong with a text that is no JSON. The reader's own words may repeat the whole input.
fn not_json(what: &str, error: &serde_json::Error) -> String {
    let error = error.to_string();
    let error = Excerpt {
        text: &error,
        most: 200,
    };
    format!("the input is not {what}: {error}")
}

/// One case by itself, which must be whole.
fn one_object(text: &str) -> Result<&str, String> {
    let whole: &serde_json::value::RawValue =
        serde_json::from_str(text).map_err(|error| not_json("a JSON array of cases or one case", &error))?;
    Ok(whole.get())
}

/// The entries of the array, each still as text, so that a fault in one leaves the others whole.
fn split_array(text: &str) -> Result<Vec<&str>, String> {
    let entries: Vec<&serde_json::value::RawValue> =
        serde_json::from_str(text).map_err(|error| not_json("a JSON array of cases", &error))?;
    Ok(entries
        .into_iter()
        .map(serde_json::value::RawValue::get)
        .collect())
}

/// The assessment of one entry, or its id (null where it has none) and what is wrong with it.
pub(super) fn assess_entry(policy: &Policy, text: &str, with_advice: bool) -> Result<Json, (Json, String)> {
    let entry = Json::parse(text).map_err(|fault| (loose_id(text), fault.to_string()))?;
    let Json::Object(entry) = entry else {
        return Err((
            Json::Null,
            String::from("not an object; write {\"id\": …, \"facts\": {…}}"),
        ));
    };
    if entry.contains_key("format") {
        let id = entry
            .get("case")
            .and_then(Json::as_object)
            .and_then(|case| case.get("id"))
            .filter(|id| is_id(id))
            .cloned();
        let case = CaseFile::from_object(policy, entry)
            .map_err(|fault| (id.unwrap_or(Json::Null), fault.to_string()))?
            .case;
        check_known(policy, &case.facts).map_err(|problem| (Json::text(&*case.id), problem))?;
        let mut result = advised(policy, Json::text(&*case.id), &assess(policy, &case), with_advice);
        // A choice that does not count is not passed over in silence.
        let idle = case.readings_without_reason(policy).into_iter();
        let idle = idle.map(|place| &policy.doubts[place]);
        let idle: Vec<Json> = idle.map(|doubt| Json::text(&*doubt.id)).collect();
        if let (false, Json::Object(members)) = (idle.is_empty(), &mut result) {
            members.insert(String::from("readings_without_reason"), Json::List(idle));
        }
        return Ok(result);
    }
    let id = match entry.get("id") {
        Some(id) if is_id(id) => id.clone(),
        Some(_) => {
            return Err((
                Json::Null,
                String::from("the id is neither a text nor a plain number"),
            ));
        }
        None => return Err((Json::Null, String::from("no id"))),
    };
    let Some(Json::Object(facts)) = entry.get("facts") else {
        return Err((id, String::from("no object of facts; write \"facts\": {…}")));
    };
    check_known(policy, facts).map_err(|problem| (id.clone(), problem))?;
    Ok(advised(policy, id, &assess_facts(policy, facts), with_advice))
}

/// The id of an entry that cannot be read as a whole, where it can still be made out.
fn loose_id(text: &str) -> Json {
    #[derive(serde::Deserialize)]
    struct Loose<'text> {
        #[serde(borrow)]
        id: Option<&'text serde_json::value::RawValue>,
    }
    let loose: Option<Loose<'_>> = serde_json::from_str(text).ok();
    let id = loose.and_then(|loose| Json::parse(loose.id?.get()).ok());
    id.filter(is_id).unwrap_or(Json::Null)
}

/// Whether a value can name an entry. A number beyond all bounds cannot: it
/// would make the whole list of results unreadable for others.
fn is_id(value: &Json) -> bool {
    match value {
        Json::Text(_) => true,
        Json::Number(digits) => digits.len() <= 40 && !digits.contains(['e', 'E']),
        _ => false,
    }
}

fn check_known(policy: &Policy, facts: &Object) -> Result<(), String> {
    let unknown = facts.keys().find(|id| policy.fact(id).is_none());
    unknown.map_or(Ok(()), |id| {
        Err(format!(
            "unknown fact `{}`; see the register of the policy file",
            Excerpt::name(id)
        ))
    })
}

/// One assessment, with what would gain points and what would cost some where that is wanted.
fn advised(policy: &Policy, id: Json, assessment: &Assessment, with_advice: bool) -> Json {
    let mut shown = result(policy, id, assessment);
    if let (true, Json::Object(members)) = (with_advice, &mut shown) {
        let advice = advise(policy, &assessment.facts, &Readings::default());
        let gains = advice.gains.iter().map(|gain| gain_json(policy, gain));
        members.insert(String::from("advice"), Json::List(gains.collect()));
        // What bars from applying without costing a point is shown in the page alone.
        let costly = advice
            .warnings
            .iter()
            .filter(|warning| warning.gain < Points::ZERO);
        let warnings = costly.map(|warning| {
            Json::object([
                ("id", Json::text(&*warning.id)),
                ("changes", changes_json(policy, warning)),
                ("gain", Json::number(warning.gain)),
                ("eligibility", Json::text(warning.overall.id())),
            ])
        });
        members.insert(String::from("warnings"), Json::List(warnings.collect()));
    }
    shown
}

fn gain_json(policy: &Policy, gain: &Improvement) -> Json {
    let moved = gain.rows.iter().map(|(place, change)| {
        let row = policy.row_at(*place);
        (row.id.clone(), Json::number(*change))
    });
    Json::object([
        ("id", Json::text(&*gain.id)),
        ("changes", changes_json(policy, gain)),
        ("gain", Json::number(gain.gain)),
        ("total", Json::number(gain.total)),
        ("rows", Json::object(moved)),
        ("when", Json::text(gain.when.id())),
    ])
}

fn changes_json(policy: &Policy, of: &Improvement) -> Json {
    let changes = of.changes.iter().map(|change| {
        let fact = &policy.facts[change.fact];
        (fact.id.clone(), change.answer(policy))
    });
    Json::object(changes)
}
