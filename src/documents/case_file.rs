//! Case files: a whole case as JSON, with its derived assessment as a record.

use crate::id_map::IdMap;

use crate::answers::{
    Case, ChosenReading, Date, Drafted, DraftedSentence, EvidenceMark, EvidenceState, FactDetail, FactState,
    Feedback, ListedItem, Lowered, Origin, points_as_typed,
};
use crate::assessment::Assessment;
use crate::json::{Json, NotJson, Object};
use crate::numbers::Points;
use crate::policy::{Policy, Reading};

use super::assessment_json::record_of;
use super::brought::{Foreign, foreign_text, is_cut_page, is_link, is_own_page, is_rich_text};
use super::format::{FORMAT, FORMAT_VERSION, Generator, PolicyRef, SIZE_LIMIT};
use super::html::carried_case;
use super::refusal::{NotACaseFile, Problem};

/// The member of a case that is absent where it would be empty.
const FEEDBACK_PART: &str = "feedback";
/// Another one.
const DRAFTED_PART: &str = "drafted";
/// The member of a file that says which case of a desk it is.
pub(super) const DESK_PART: &str = "desk";
/// The member of a file that names what was left out of it.
const WITHHELD: &str = "withheld";

/// A case file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// The rules it was written under.
    pub policy: PolicyRef,
    /// When it was saved, in ISO 8601.
    pub saved_at: String,
    /// The case.
    pub case: Case,
    /// The assessment it carried when it was written; a record, never trusted.
    pub recorded: Option<Json>,
    /// Form fields whose entries were left out when it was written, and that stand empty.
    pub withheld: Vec<String>,
    /// The parts of a case that every file has and that one has not: somebody cut them out.
    pub missing: Vec<&'static str>,
    /// What heads a case and was not written in the file, with what it was opened as.
    pub guessed: Vec<(&'static str, String)>,
    /// Members that this version does not use; they survive a round trip.
    pub others: Object,
}

type Read<T> = Result<T, NotACaseFile>;

fn broken<T>(place: impl Into<String>, problem: Problem) -> Read<T> {
    Err(NotACaseFile::Broken(place.into(), problem))
}

impl CaseFile {
    /// A file of a case as it stands now. What is kept beside an open case of the
    /// file that it came from ([`kept_beside`](Self::kept_beside)) goes along.
    pub fn of(policy: &Policy, sha256: &str, case: Case, mut others: Object, saved_at: String) -> Self {
        let withheld = take_withheld(&mut others, &case);
        let policy = PolicyRef {
            id: policy.scheme.id.clone(),
            version: policy.scheme.version.clone(),
            sha256: sha256.to_owned(),
        };
        Self {
            policy,
            saved_at,
            case,
            recorded: None,
            withheld,
            missing: Vec::new(),
            guessed: Vec::new(),
            others,
        }
    }

    /// What an open case keeps of its file beside itself: what this version does
    /// not use, and which entries were left out, so that the next file says so
    /// too. It counts no longer for a field that was filled meanwhile.
    pub fn kept_beside(&self) -> Object {
        let mut kept = self.others.clone();
        if !self.withheld.is_empty() {
            let withheld = self.withheld.iter().map(|field| Json::text(&**field));
            kept.insert(String::from(WITHHELD), Json::List(withheld.collect()));
        }
        kept
    }

    /// The file without private entries; it says which ones it had.
    pub fn without_private(mut self, policy: &Policy) -> Self {
        for field in policy.fields.iter().filter(|field| field.private) {
            if !self.case.field(&field.id).is_empty() {
                self.withheld.push(field.id.clone());
            }
        }
        self.case.remove_private(policy);
        self
    }

    /// Reads a case file, or the HTML file of papers that carries one.
    ///
    /// # Errors
    /// What is wrong with it, told apart so that each gets its own sentence.
    pub fn from_text(policy: &Policy, text: &str) -> Read<Self> {
        if text.len() > SIZE_LIMIT {
            return Err(NotACaseFile::TooLarge(text.len()));
        }
        let text = text.trim_start_matches(is_around).trim_end_matches(is_around);
        // Other kinds of text begin with the marks of JSON as well, and may hold a case as prose.
        if is_rich_text(text) {
            return Err(NotACaseFile::Foreign(Foreign::RichText));
        }
        if text.starts_with(['{', '[']) && !is_link(text) {
            return Self::from_json(policy, text);
        }
        // Papers carry a case and no other papers, of which one within the other had no end.
        if let Some(carried) = carried_case(text) {
            return match Self::from_json(policy, &carried) {
                // An editor may have broken the lines of what it took for prose.
                Err(NotACaseFile::NotJson(_)) => Self::from_json(policy, &unbroken(&carried)),
                read => read,
            };
        }
        if text.starts_with('<') {
            return Err(if is_own_page(text) {
                NotACaseFile::Foreign(Foreign::OwnPage)
            } else if is_cut_page(text) {
                NotACaseFile::CutShort
            } else {
                NotACaseFile::NoCaseInPaper
            });
        }
        // What a chat program writes around it holds no case of its own.
        match text.split_once('{') {
            Some((before, _)) if text.contains(FORMAT) && before.len() < AROUND => {
                Self::from_json(policy, text.get(before.len()..).unwrap_or_default())
            }
            _ if Json::parse(text).is_ok() => Err(NotACaseFile::OtherFormat),
            _ => Err(NotACaseFile::Foreign(foreign_text(text))),
        }
    }

    fn from_json(policy: &Policy, text: &str) -> Read<Self> {
        match Json::parse(text) {
            Ok(Json::Object(object)) => Self::from_object(policy, object),
            Ok(_) => Err(NotACaseFile::OtherFormat),
            Err(NotJson::CutShort) if text.trim_start().starts_with('{') => Err(NotACaseFile::CutShort),
            Err(reason) => match Json::parse_before(text) {
                // A second one behind it, or the rest of one that a bracket too many
                // closed too soon, would be left out unseen.
                Ok((Json::Object(object), behind)) if is_ours(&object) && !behind.contains(['{', '}']) => {
                    Self::from_object(policy, object)
                }
                _ => Err(NotACaseFile::NotJson(reason)),
            },
        }
    }

    /// Reads a case file that has been parsed.
    ///
    /// # Errors
    /// As [`CaseFile::from_text`].
    pub fn from_object(policy: &Policy, mut file: Object) -> Read<Self> {
        if !is_ours(&file) {
            // One that somebody cut by hand is named for what it lacks.
            if !file.contains_key("format") && file.contains_key("case") && file.contains_key("policy") {
                return broken("format", Problem::Missing);
            }
            return Err(NotACaseFile::OtherFormat);
        }
        file.remove("format");
        let version = match file.remove("format_version") {
            Some(Json::Number(digits)) => digits,
            _ => return broken("format_version", Problem::Version),
        };
        match version.parse::<u64>() {
            Ok(version) if (1..=FORMAT_VERSION).contains(&version) => {}
            Ok(0) | Err(_) => return broken("format_version", Problem::Version),
            Ok(_) => return Err(NotACaseFile::Newer(version)),
        }
        let mut guessed = Vec::new();
        let mut reference = PolicyRef {
            id: policy.scheme.id.clone(),
            version: policy.scheme.version.clone(),
            sha256: String::new(),
        };
        match file.remove("policy") {
            // Somebody cut it out; what it opens as is told.
            None | Some(Json::Null) => guessed.push(("policy", policy.scheme.version.clone())),
            Some(Json::Object(mut under)) => {
                reference.id = take_text(&mut under, "policy", "id")?;
                reference.version = take_text(&mut under, "policy", "version")?;
                reference.sha256 = take_text(&mut under, "policy", "sha256")?;
            }
            Some(_) => return broken("policy", Problem::Group),
        }
        if reference.id != policy.scheme.id {
            return Err(NotACaseFile::OtherPolicy(reference.id));
        }
        let Some(Json::Object(mut case)) = file.remove("case") else {
            return broken("case", Problem::Missing);
        };
        let saved_at = take_text(&mut file, "", "saved_at")?;
        guess_heads(&mut case, &saved_at, &mut guessed);
        let is_missing = |part: &&str| !case.contains_key(part);
        let missing = PARTS.into_iter().filter(is_missing).collect();
        let mut case = read_case(case)?;
        case.read_texts(policy, Origin::File);
        file.remove("generator");
        // Taken out of the file of a desk, it is of none any more.
        file.remove(DESK_PART);
        let recorded = file.remove("assessment");
        let withheld = take_withheld(&mut file, &case);
        Ok(Self {
            policy: reference,
            saved_at,
            case,
            recorded,
            withheld,
            missing,
            guessed,
            others: file,
        })
    }

    /// Writes the file, with the assessment derived from it as a record.
    pub fn to_text(&self, policy: &Policy, assessment: &Assessment) -> String {
        let file = Json::Object(self.members(policy, assessment));
        let text = file.to_lines();
        // What is read easily may be larger than what is read at all.
        if text.len() > SIZE_LIMIT {
            file.to_line()
        } else {
            text
        }
    }

    /// The members of the file, with the assessment derived from it as a record.
    pub(super) fn members(&self, policy: &Policy, assessment: &Assessment) -> Object {
        let generator = Generator::default();
        // A file that holds everything says nothing of it.
        let mut file = self.kept_beside();
        let members = [
            ("format", Json::text(FORMAT)),
            ("format_version", Json::number(FORMAT_VERSION)),
            (
                "policy",
                Json::object([
                    ("id", Json::text(&*self.policy.id)),
                    ("version", Json::text(&*self.policy.version)),
                    ("sha256", Json::text(&*self.policy.sha256)),
                ]),
            ),
            (
                "generator",
                Json::object([
                    ("name", Json::text(generator.name)),
                    ("version", Json::text(generator.version)),
                ]),
            ),
            ("saved_at", Json::text(&*self.saved_at)),
            ("case", Json::Object(case_members(&self.case))),
            ("assessment", record_of(policy, &self.case, assessment)),
        ];
        file.extend(members.into_iter().map(|(key, value)| (key.to_owned(), value)));
        file
    }
}

/// The parts of a case that are in every file, though nothing may be in them.
const PARTS: [&str; 8] = [
    "facts",
    "fact_details",
    "form",
    "narrative",
    "evidence",
    "notes",
    "readings",
    "lowered",
];

/// Puts the year of application and the day of counting heads into a case that
/// lacks them, as far as the other one of them, or the day on which the file was
/// saved, tells.
fn guess_heads(case: &mut Object, saved_at: &str, guessed: &mut Vec<(&'static str, String)>) {
    let read = |case: &Object, key: &str| match case.get(key) {
        Some(Json::Text(text)) if !text.trim().is_empty() => Some(text.clone()),
        Some(Json::Number(digits)) => Some(digits.clone()),
        None | Some(Json::Null | Json::Text(_)) => None,
        // What is there and cannot be read is a fault of its own.
        Some(_) => Some(String::new()),
    };
    let saved: Option<Date> = saved_at.split('T').next().and_then(|day| day.parse().ok());
    let (year, cutoff) = (read(case, YEAR), read(case, CUTOFF));
    if year.is_none() {
        let of_cutoff = cutoff.as_ref().and_then(|cutoff| cutoff.parse::<Date>().ok());
        if let Some(day) = of_cutoff.or(saved) {
            let year = day.year.to_string();
            case.insert(String::from(YEAR), Json::Number(year.clone()));
            guessed.push((YEAR, year));
        }
    }
    if cutoff.is_none() {
        let of_year = || {
            let year = year.as_ref()?.parse().ok()?;
            let beginning = Date {
                year,
                month: 1,
                day: 1,
            };
            Some(beginning.end_of_previous_month())
        };
        let of_saved = saved.map(Date::end_of_previous_month);
        let of_saved = of_saved.filter(|day| year.as_ref().is_none_or(|year| *year == day.year.to_string()));
        if let Some(day) = of_saved.or_else(of_year) {
            case.insert(String::from(CUTOFF), Json::text(day.to_string()));
            guessed.push((CUTOFF, day.to_string()));
        }
    }
}

/// The year of application in a case.
const YEAR: &str = "application_year";
/// The day on which heads are counted, in a case.
const CUTOFF: &str = "cutoff_date";

/// Whether an object says that it is a case file.
fn is_ours(file: &Object) -> bool {
    file.get("format").and_then(Json::as_text) == Some(FORMAT)
}

/// How many bytes may be before a case file in what a chat program wrote.
const AROUND: usize = 1_000;

/// Whether a character stands around a text and not in it: blanks, marks of the
/// order of bytes, zeros that fill a file up, and what has no width.
fn is_around(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\0' | '\u{1a}' | '\u{feff}' | '\u{200b}')
}

/// A text in which a blank stands where a line was broken. Within a text of
/// JSON no line may break, and between them it makes no difference.
fn unbroken(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join(" ")
}

/// Takes out of the members of a file which fields it left out, as far as they stand empty.
fn take_withheld(file: &mut Object, case: &Case) -> Vec<String> {
    let named = match file.remove(WITHHELD) {
        Some(Json::List(fields)) => fields,
        _ => Vec::new(),
    };
    let named = named.iter().filter_map(Json::as_text);
    let empty = named.filter(|field| case.field(field).is_empty());
    empty.map(str::to_owned).collect()
}

/// Takes a text out of an object; an absent one is empty.
fn take_text(object: &mut Object, place: &str, key: &str) -> Read<String> {
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
    Ok(Case {
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
    })
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
        planned_about: take_planned_about(&mut entry, state),
        items: take_items(&mut entry, place)?,
        others: entry,
    })
}

/// Whether a planned answer is only about right; of another one it says nothing.
fn take_planned_about(entry: &mut Object, state: FactState) -> bool {
    let is_about = state == FactState::Planned && entry.get(PLANNED_ABOUT) == Some(&Json::Bool(true));
    if is_about {
        entry.remove(PLANNED_ABOUT);
    }
    is_about
}

/// The member that tells of a planned answer that it is only about right.
const PLANNED_ABOUT: &str = "planned_about";

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
        if self.planned_about {
            members.push((PLANNED_ABOUT, Json::Bool(true)));
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
