//! Case files: a whole case as JSON, with its derived assessment as a record.

use crate::answers::{Case, Date, Origin};
use crate::assessment::Assessment;
use crate::json::{Json, NotJson, Object};
use crate::policy::Policy;

use super::assessment_json::record_of;
use super::brought::{Foreign, foreign_text, is_cut_page, is_link, is_own_list, is_own_page, is_rich_text};
use super::case_members::{CUTOFF, Read, YEAR, broken, case_members, read_case, take_text};
use super::format::{FORMAT, FORMAT_VERSION, Generator, PolicyRef, SIZE_LIMIT};
use super::html::carried_case;
use super::refusal::{NotACaseFile, Problem};

/// The member of a file that says which case of a desk it is.
pub(super) const DESK_PART: &str = "desk";
/// The member of a file that says when its case was changed last.
const CHANGED_AT: &str = "changed_at";
/// The member of a file that names what was left out of it.
const WITHHELD: &str = "withheld";

/// A case file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// The rules it was written under.
    pub policy: PolicyRef,
    /// When it was saved, in ISO 8601.
    pub saved_at: String,
    /// When the case was changed last, in ISO 8601; empty where nobody knows. What is saved again
    /// without a change is no newer for it.
    pub changed_at: String,
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
            changed_at: String::new(),
            case,
            recorded: None,
            withheld,
            missing: Vec::new(),
            guessed: Vec::new(),
            others,
        }
    }

    /// The file of a case that was changed last at that time, in ISO 8601.
    #[must_use]
    pub fn changed_last(mut self, at: String) -> Self {
        self.changed_at = at;
        self
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
            } else if is_own_list(text) {
                NotACaseFile::Foreign(Foreign::OwnList)
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
        let changed_at = take_text(&mut file, "", CHANGED_AT)?;
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
            changed_at,
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
        if !self.changed_at.is_empty() {
            file.insert(CHANGED_AT.to_owned(), Json::text(&*self.changed_at));
        }
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
