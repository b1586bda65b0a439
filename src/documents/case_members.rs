//! The members of a case in a case file: each read with its place and written
//! again, with whatever else stands among them.

use crate::answers::{
    Case, ChosenReading, Date, Drafted, DraftedSentence, EvidenceMark, EvidenceState, FactDetail, FactState,
    Feedback, ListedItem, Lowered, points_as_typed,
};
use crate::id_map::IdMap;
use crate::json::{Json, Object};
use crate::numbers::Points;
use crate::policy::Reading;

use super::refusal::{NotACaseFile, Problem};

/// The member of a case that is absent where it would be empty.
const FEEDBACK_PART: &str = "feedback";
/// Another one.
const DRAFTED_PART: &str = "drafted";
/// The year of application in a case.
pub(super) const YEAR: &str = "application_year";
/// The day on which heads are counted, in a case.
pub(super) const CUTOFF: &str = "cutoff_date";

/// What reading comes to.
pub(super) type Read<T> = Result<T, NotACaseFile>;

/// That something at a place is no part of a case file.
pub(super) fn broken<T>(place: impl Into<String>, problem: Problem) -> Read<T> {
    Err(NotACaseFile::Broken(place.into(), problem))
}

/// Takes a text out of an object; an absent one is empty.
pub(super) fn take_text(object: &mut Object, place: &str, key: &str) -> Read<String> {
    text_of(object.remove(key).unwrap_or(Json::Null), place, key)
}

/// The text that a member of an object holds.
fn text_of(value: Json, place: &str, key: &str) -> Read<String> {
    match value {
        Json::Null => Ok(String::new()),
        Json::Text(text) => Ok(text),
        // Digits that another program wrote as a number are kept as they stand.
        Json::Number(digits) => Ok(digits),
        _ => broken(join(place, key), Problem::Text),
    }
}

fn join(place: &str, key: &str) -> String {
    if place.is_empty() {
        key.to_owned()
    } else {
        format!("{place}.{key}")
    }
}

fn take_object(object: &mut Object, place: &str, key: &str) -> Read<Object> {
    match object.remove(key) {
        None | Some(Json::Null) => Ok(Object::new()),
        Some(Json::Object(members)) => Ok(members),
        Some(_) => broken(join(place, key), Problem::Group),
    }
}

fn take_texts(object: &mut Object, key: &str) -> Read<IdMap<String>> {
    let members = take_object(object, "case", key)?;
    let place = join("case", key);
    let mut texts = IdMap::new();
    // Each once: to take them out one by one would move all the others every time.
    for (id, value) in members {
        let text = text_of(value, &place, &id)?;
        texts.insert(id, text);
    }
    Ok(texts)
}

/// Takes a table of objects, each read by `read` with its place.
fn take_map<T>(object: &mut Object, key: &str, read: impl Fn(Object, &str) -> Read<T>) -> Read<IdMap<T>> {
    let members = take_object(object, "case", key)?;
    let mut table = IdMap::new();
    for (id, entry) in members {
        let place = format!("case.{key}.{id}");
        match entry {
            Json::Object(entry) => table.insert(id, read(entry, &place)?),
            _ => return broken(place, Problem::Group),
        };
    }
    Ok(table)
}

/// Takes the list of what an answer counts; an absent one is empty.
fn take_items(object: &mut Object, place: &str) -> Read<Vec<ListedItem>> {
    let place = join(place, "items");
    let items = match object.remove("items") {
        None | Some(Json::Null) => return Ok(Vec::new()),
        Some(Json::List(items)) => items,
        Some(_) => return broken(place, Problem::List),
    };
    let mut read = Vec::new();
    for (at, item) in items.into_iter().enumerate() {
        let place = join(&place, &at.to_string());
        let Json::Object(mut item) = item else {
            return broken(place, Problem::Group);
        };
        read.push(ListedItem {
            name: take_text(&mut item, &place, "name")?,
            date: take_text(&mut item, &place, "date")?,
            number: take_text(&mut item, &place, "number")?,
            others: item,
        });
    }
    Ok(read)
}

fn write_items(items: &[ListedItem]) -> Json {
    let items = items.iter().map(|item| {
        let mut object = item.others.clone();
        let members = [
            ("name", &item.name),
            ("date", &item.date),
            ("number", &item.number),
        ];
        object.extend(members.map(|(key, text)| (key.to_owned(), Json::text(&**text))));
        Json::Object(object)
    });
    Json::List(items.collect())
}

/// Reads what a drafted text was made from.
///
/// # Errors
/// [`NotACaseFile::Broken`] with the place and what is wrong there.
pub fn read_drafted(mut entry: Object, place: &str) -> Result<Drafted, NotACaseFile> {
    let listed = match entry.remove("sentences") {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::List(listed)) => listed,
        Some(_) => return broken(join(place, "sentences"), Problem::List),
    };
    let mut sentences = Vec::new();
    for (at, sentence) in listed.into_iter().enumerate() {
        let place = join(&join(place, "sentences"), &at.to_string());
        let Json::Object(mut sentence) = sentence else {
            return broken(place, Problem::Group);
        };
        let values = match sentence.remove("values") {
            None | Some(Json::Null) => Object::new(),
            Some(Json::Object(values)) => values,
            Some(_) => return broken(join(&place, "values"), Problem::Group),
        };
        let values = values.into_iter().map(|(id, value)| {
            let value = text_of(value, &join(&place, "values"), &id)?;
            Ok((id, value))
        });
        sentences.push(DraftedSentence {
            values: values.collect::<Read<_>>()?,
            pattern: take_text(&mut sentence, &place, "pattern")?,
            others: sentence,
        });
    }
    // A length that is none asks for the shortest draft.
    let length = take_text(&mut entry, place, "length")?;
    Ok(Drafted {
        length: length.parse().unwrap_or_default(),
        sentences,
        others: entry,
    })
}

/// Writes what a drafted text was made from.
pub fn write_drafted(drafted: &Drafted) -> Json {
    let sentences = drafted.sentences.iter().map(|sentence| {
        let mut members = sentence.others.clone();
        members.insert(String::from("pattern"), Json::text(&*sentence.pattern));
        if !sentence.values.is_empty() {
            members.insert(String::from("values"), write_texts(&sentence.values));
        }
        Json::Object(members)
    });
    let mut members = drafted.others.clone();
    members.insert(String::from("sentences"), Json::List(sentences.collect()));
    members.insert(String::from("length"), Json::number(drafted.length));
    Json::Object(members)
}

/// Reads the members of a case.
///
/// # Errors
/// [`NotACaseFile::Broken`] with the place and what is wrong there.
pub fn read_case(mut case: Object) -> Result<Case, NotACaseFile> {
    let id = take_text(&mut case, "case", "id")?;
    let title = take_text(&mut case, "case", "title")?;
    let application_year = match take_text(&mut case, "case", YEAR)?.parse() {
        Ok(year @ 1000..=9999) => year,
        _ => return broken("case.application_year", Problem::Year),
    };
    let Ok(cutoff_date) = take_text(&mut case, "case", CUTOFF)?.parse::<Date>() else {
        return broken("case.cutoff_date", Problem::Date);
    };
    let facts = take_object(&mut case, "case", "facts")?;
    let fact_details = take_map(&mut case, "fact_details", read_detail)?;
    let form = take_texts(&mut case, "form")?;
    let narrative = take_texts(&mut case, "narrative")?;
    let evidence = take_map(&mut case, "evidence", read_mark)?;
    let notes = take_texts(&mut case, "notes")?;
    let readings = take_map(&mut case, "readings", read_reading)?;
    let lowered = take_map(&mut case, "lowered", read_lowered)?;
    let feedback = take_map(&mut case, FEEDBACK_PART, read_feedback)?;
    let drafted = take_map(&mut case, DRAFTED_PART, read_drafted)?;
    let mut read = Case {
        id,
        title,
        application_year,
        cutoff_date,
        facts,
        fact_details,
        form,
        narrative,
        evidence,
        notes,
        readings,
        lowered,
        feedback,
        drafted,
        others: case,
    };
    read.clear_states_without_answer();
    Ok(read)
}

/// What is known about an answer, in the members that a case file has of it.
pub(super) fn detail_in(detail: &Json) -> Option<FactDetail> {
    read_detail(detail.as_object()?.clone(), "").ok()
}

fn read_detail(mut entry: Object, place: &str) -> Read<FactDetail> {
    let state = take_text(&mut entry, place, "state")?;
    let state = if state.is_empty() {
        Some(FactState::default())
    } else {
        FactState::from_id(&state)
    };
    let Some(state) = state else {
        return broken(
            join(place, "state"),
            Problem::OneOf(&["exact", "approximate", "carried-over", "planned"]),
        );
    };
    Ok(FactDetail {
        state,
        holder: take_text(&mut entry, place, "holder")?,
        date: take_text(&mut entry, place, "date")?,
        before: take_text(&mut entry, place, "before")?,
        with_blanks: take_text(&mut entry, place, "with_blanks")?,
        about: take_about(&mut entry, state),
        before_plan: take_before_plan(&mut entry, state),
        items: take_items(&mut entry, place)?,
        others: entry,
    })
}

/// Whether an answer that is planned or of last year is only about right; of another
/// one it says nothing.
fn take_about(entry: &mut Object, state: FactState) -> bool {
    let member = about_member(state);
    let is_about = |member: &&str| entry.get(member) == Some(&Json::Bool(true));
    let member = member.filter(is_about);
    member.is_some_and(|member| entry.remove(member).is_some())
}

/// The answer that a planned one took the place of; of another one it says nothing.
fn take_before_plan(entry: &mut Object, state: FactState) -> Option<Json> {
    (state == FactState::Planned)
        .then(|| entry.remove(BEFORE_PLAN))
        .flatten()
}

/// The member that tells of an answer in a state that it is only about right, where it
/// is not the state itself that says so.
const fn about_member(state: FactState) -> Option<&'static str> {
    match state {
        FactState::Planned => Some("planned_about"),
        FactState::CarriedOver => Some("carried_about"),
        FactState::Exact | FactState::Approximate => None,
    }
}

/// The member that holds what is so until a plan comes true.
const BEFORE_PLAN: &str = "before_plan";

fn read_mark(mut entry: Object, place: &str) -> Read<EvidenceMark> {
    let Some(state) = EvidenceState::from_id(&take_text(&mut entry, place, "state")?) else {
        return broken(
            join(place, "state"),
            Problem::OneOf(&["open", "ready", "lacking", "not-applicable"]),
        );
    };
    Ok(EvidenceMark {
        state,
        note: take_text(&mut entry, place, "note")?,
        others: entry,
    })
}

fn read_reading(mut entry: Object, place: &str) -> Read<ChosenReading> {
    let Some(reading) = Reading::from_id(&take_text(&mut entry, place, "reading")?) else {
        return broken(
            join(place, "reading"),
            Problem::OneOf(&["strict", "default", "lenient"]),
        );
    };
    Ok(ChosenReading {
        reading,
        reason: take_text(&mut entry, place, "reason")?,
        others: entry,
    })
}

fn read_lowered(mut entry: Object, place: &str) -> Read<Lowered> {
    let score = take_text(&mut entry, place, "score")?;
    Ok(Lowered {
        // As the file is written: 9.500 and 9.5 are the same points.
        score: points_as_typed(score),
        reason: take_text(&mut entry, place, "reason")?,
        others: entry,
    })
}

fn read_feedback(mut entry: Object, place: &str) -> Read<Feedback> {
    let text = take_text(&mut entry, place, "reading")?;
    let reading = Reading::from_id(&text);
    if reading.is_none() && !text.is_empty() {
        return broken(
            join(place, "reading"),
            Problem::OneOf(&["strict", "default", "lenient", "\"\""]),
        );
    }
    Ok(Feedback {
        reading,
        reason: take_text(&mut entry, place, "reason")?,
        others: entry,
    })
}

fn write_texts(texts: &IdMap<String>) -> Json {
    Json::object(texts.iter().map(|(id, text)| (id.clone(), Json::text(&**text))))
}

/// An entry of a case that may carry members of its own, which are kept.
trait Entry {
    fn others(&self) -> &Object;

    fn members(&self) -> Vec<(&'static str, Json)>;
}

impl Entry for FactDetail {
    fn others(&self) -> &Object {
        &self.others
    }

    fn members(&self) -> Vec<(&'static str, Json)> {
        let mut members = vec![
            ("state", Json::text(self.state.id())),
            ("holder", Json::text(&*self.holder)),
            ("date", Json::text(&*self.date)),
        ];
        if !self.before.is_empty() {
            members.push(("before", Json::text(&*self.before)));
        }
        if !self.with_blanks.is_empty() {
            members.push(("with_blanks", Json::text(&*self.with_blanks)));
        }
        if let Some(member) = about_member(self.state).filter(|_| self.about) {
            members.push((member, Json::Bool(true)));
        }
        if let Some(before_plan) = &self.before_plan {
            members.push((BEFORE_PLAN, before_plan.clone()));
        }
        if !self.items.is_empty() {
            members.push(("items", write_items(&self.items)));
        }
        members
    }
}

impl Entry for EvidenceMark {
    fn others(&self) -> &Object {
        &self.others
    }

    fn members(&self) -> Vec<(&'static str, Json)> {
        vec![
            ("state", Json::text(self.state.id())),
            ("note", Json::text(&*self.note)),
        ]
    }
}

impl Entry for ChosenReading {
    fn others(&self) -> &Object {
        &self.others
    }

    fn members(&self) -> Vec<(&'static str, Json)> {
        vec![
            ("reading", Json::text(self.reading.id())),
            ("reason", Json::text(&*self.reason)),
        ]
    }
}

impl Entry for Lowered {
    fn others(&self) -> &Object {
        &self.others
    }

    fn members(&self) -> Vec<(&'static str, Json)> {
        let score = self.score.parse::<Points>();
        let score = score.map_or_else(|_| Json::text(&*self.score), Json::number);
        vec![("score", score), ("reason", Json::text(&*self.reason))]
    }
}

impl Entry for Feedback {
    fn others(&self) -> &Object {
        &self.others
    }

    fn members(&self) -> Vec<(&'static str, Json)> {
        vec![
            ("reading", Json::text(self.reading.map_or("", Reading::id))),
            ("reason", Json::text(&*self.reason)),
        ]
    }
}

fn write_map<T: Entry>(table: &IdMap<T>) -> Json {
    let entries = table.iter().map(|(id, entry)| {
        let mut object = entry.others().clone();
        let members = entry.members().into_iter();
        object.extend(members.map(|(key, value)| (key.to_owned(), value)));
        (id.clone(), Json::Object(object))
    });
    Json::object(entries)
}

/// The members of a case, each a part that can be kept by itself.
pub fn case_members(case: &Case) -> Object {
    let mut members = case.others.clone();
    let known = [
        ("id", Json::text(&*case.id)),
        ("title", Json::text(&*case.title)),
        ("application_year", Json::number(case.application_year)),
        ("cutoff_date", Json::text(case.cutoff_date.to_string())),
        ("facts", Json::Object(case.facts.clone())),
        ("fact_details", write_map(&case.fact_details)),
        ("form", write_texts(&case.form)),
        ("narrative", write_texts(&case.narrative)),
        ("evidence", write_map(&case.evidence)),
        ("notes", write_texts(&case.notes)),
        ("readings", write_map(&case.readings)),
        ("lowered", write_map(&case.lowered)),
    ];
    members.extend(known.into_iter().map(|(key, value)| (key.to_owned(), value)));
    // Most cases have none, and files of before had no such member.
    if !case.feedback.is_empty() {
        members.insert(String::from(FEEDBACK_PART), write_map(&case.feedback));
    }
    if !case.drafted.is_empty() {
        let drafted = case.drafted.iter();
        let drafted = drafted.map(|(id, entry)| (id.clone(), write_drafted(entry)));
        members.insert(String::from(DRAFTED_PART), Json::object(drafted));
    }
    members
}
