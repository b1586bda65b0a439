//! The whole desk as one file: JSON Lines, a case file in each line. So `assess`
//! reads it as it is, and each line is a case file by itself, too. Its member
//! `desk` says which of how many it is, so that lines that went missing are noticed.

use std::collections::BTreeSet;

use crate::assessment::Assessment;
use crate::json::{Json, Object};
use crate::policy::Policy;

use super::case_file::{CaseFile, DESK_PART};
use super::format::SIZE_LIMIT;
use super::refusal::NotACaseFile;

/// The largest file of a desk that is read, in bytes (100 MB).
pub const DESK_SIZE_LIMIT: usize = 100_000_000;

/// Which case of a desk it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeskPlace {
    /// Which one, from one.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// Whether it was put out of sight.
    pub is_archived: bool,
}

/// What stands in a line of the file of a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskLine {
    /// The number of the line, from one.
    pub line: usize,
    /// Its place among the cases, where it says so.
    pub place: DeskPlace,
    /// The case.
    pub file: Result<CaseFile, NotACaseFile>,
}

/// What is in the file of a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskFile {
    /// Its lines that hold something.
    pub lines: Vec<DeskLine>,
    /// How many cases it had when it was written, and has no more.
    pub missing: usize,
}

impl DeskPlace {
    fn to_json(self) -> Json {
        let mut members = Object::new();
        members.insert("number".into(), Json::number(self.number));
        members.insert("count".into(), Json::number(self.count));
        if self.is_archived {
            members.insert("archived".into(), Json::Bool(true));
        }
        Json::Object(members)
    }

    fn of(members: &Object) -> Self {
        let number = |member: &str| match members.get(member) {
            Some(Json::Number(digits)) => digits.parse().unwrap_or_default(),
            _ => 0,
        };
        Self {
            number: number("number"),
            count: number("count"),
            is_archived: matches!(members.get("archived"), Some(Json::Bool(true))),
        }
    }
}

/// A line of the file of a desk, ended by a line break.
pub fn desk_line(policy: &Policy, file: &CaseFile, assessment: &Assessment, place: DeskPlace) -> String {
    let mut members = file.members(policy, assessment);
    members.insert(DESK_PART.to_owned(), place.to_json());
    let mut line = Json::Object(members).to_line();
    line.push('\n');
    line
}

/// Whether a text is the file of a desk, or JSON Lines like it: its first line is a
/// whole object, and either says that it is of a desk or has another one behind it.
pub fn is_desk_file(text: &str) -> bool {
    let mut lines = lines_in(text).map(|(_, line)| line);
    let Some(first) = lines.next().filter(|first| first.starts_with('{')) else {
        return false;
    };
    let is_followed = lines.next().is_some_and(|next| next.starts_with('{'));
    if !is_followed && !first.contains("\"desk\"") {
        return false;
    }
    match Json::parse(first) {
        Ok(Json::Object(members)) => is_followed || members.get(DESK_PART).is_some(),
        _ => false,
    }
}

/// Reads the file of a desk, whatever it is called.
pub fn read_desk_file(policy: &Policy, text: &str) -> DeskFile {
    let mut count = 0;
    let mut seen = BTreeSet::new();
    let lines = lines_in(text).map(|(line, text)| {
        let (place, file) = read_line(policy, text);
        count = count.max(place.count);
        if place.number > 0 {
            seen.insert(place.number);
        }
        DeskLine { line, place, file }
    });
    let lines = lines.collect();
    DeskFile {
        lines,
        missing: count.saturating_sub(seen.len()),
    }
}

fn read_line(policy: &Policy, text: &str) -> (DeskPlace, Result<CaseFile, NotACaseFile>) {
    if text.len() > SIZE_LIMIT {
        return (DeskPlace::default(), Err(NotACaseFile::TooLarge(text.len())));
    }
    match Json::parse(text) {
        Ok(Json::Object(members)) => {
            let place = members.get(DESK_PART).and_then(Json::as_object);
            let place = place.map(DeskPlace::of).unwrap_or_default();
            (place, CaseFile::from_object(policy, members))
        }
        // What is wrong with it is said as of any other text.
        _ => (DeskPlace::default(), CaseFile::from_text(policy, text)),
    }
}

/// The lines of a text that hold something, each with its number.
fn lines_in(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_around =
        |character: char| character.is_whitespace() || matches!(character, '\u{feff}' | '\0' | '\u{1a}');
    let lines = text.split('\n').zip(1..);
    let lines = lines.map(move |(line, number)| (number, line.trim_matches(is_around)));
    lines.filter(|(_, line)| !line.is_empty())
}
