//! Why a file is not opened: for the user in the words of the interface, for
//! developers and command lines in short ones of its own.

use core::fmt;

use crate::json::{Excerpt, NotJson};
use crate::wording::{Text, Wording, messages};

use super::brought::{Brought, Foreign, foreign_text, recognise};
use super::format::{FORMAT_VERSION, SIZE_LIMIT};

/// Why a text is not a case file that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotACaseFile {
    /// Larger than the limit, in bytes.
    TooLarge(usize),
    /// Papers for Word that are larger than the limit, in bytes: pictures are in them.
    PaperTooLarge(usize),
    /// The file was cut short.
    CutShort,
    /// Not JSON.
    NotJson(NotJson),
    /// JSON, but of another kind.
    OtherFormat,
    /// A file of another kind altogether.
    Foreign(Foreign),
    /// A text in none of the encodings of Unicode.
    OtherEncoding,
    /// A page or a Word document that carries no case.
    NoCaseInPaper,
    /// Written by a newer version of this format.
    Newer(String),
    /// A case of another scheme.
    OtherPolicy(String),
    /// A case file with a fault: the place and what is wrong there.
    Broken(String, Problem),
}

/// What is wrong at a place of a case file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is no version of the format.
    Version,
    /// It is not there.
    Missing,
    /// It is no text.
    Text,
    /// It is no object.
    Group,
    /// It is no list.
    List,
    /// It is no year of four digits.
    Year,
    /// It is no date.
    Date,
    /// It is none of these.
    OneOf(&'static [&'static str]),
}

/// What a part of a case file is called.
pub fn part_name(part: &str) -> Option<Text> {
    Some(match part {
        "facts" => messages::parts::facts(),
        "fact_details" => messages::parts::fact_details(),
        "form" => messages::parts::form(),
        "narrative" => messages::parts::narrative(),
        "evidence" => messages::parts::evidence(),
        "notes" => messages::parts::notes(),
        "readings" => messages::parts::readings(),
        "lowered" => messages::parts::lowered(),
        "feedback" => messages::parts::feedback(),
        "drafted" => messages::parts::drafted(),
        "application_year" => messages::parts::application_year(),
        "cutoff_date" => messages::parts::cutoff_date(),
        "case" => messages::parts::case(),
        "policy" => messages::parts::policy(),
        "format" => messages::parts::format(),
        "format_version" => messages::parts::format_version(),
        "saved_at" => messages::parts::saved_at(),
        _ => return None,
    })
}

impl NotACaseFile {
    /// Why a file is not opened that is larger than the limit, by its first and
    /// its last bytes: what it is weighs more than how large it is.
    pub fn of_large(start: &[u8], end: &[u8], bytes: usize) -> Self {
        // The list of what is in a package stands at its end.
        let recognised = if start.starts_with(b"PK") {
            recognise(&[start, end].concat())
        } else {
            recognise(start)
        };
        match recognised {
            Brought::Package => Self::PaperTooLarge(bytes),
            Brought::Foreign(Foreign::OtherOffice | Foreign::Empty) => Self::TooLarge(bytes),
            Brought::Foreign(kind) => Self::Foreign(kind),
            Brought::Text(text) => match foreign_text(&text) {
                Foreign::PlainText | Foreign::Table | Foreign::Empty => Self::TooLarge(bytes),
                kind => Self::Foreign(kind),
            },
            Brought::CutShort | Brought::OtherEncoding => Self::TooLarge(bytes),
        }
    }

    /// The sentence for the user: what is wrong, where, and the fix.
    pub fn shown(&self, wording: &Wording) -> String {
        match self {
            Self::TooLarge(bytes) => wording.fill(messages::refusal::too_large(
                &(SIZE_LIMIT / 1_000_000),
                &(bytes / 1_000_000),
            )),
            Self::PaperTooLarge(bytes) => wording.fill(messages::refusal::paper_too_large(
                &(SIZE_LIMIT / 1_000_000),
                &(bytes / 1_000_000),
            )),
            Self::CutShort => wording.text(messages::refusal::cut_short()).to_owned(),
            Self::NotJson(reason) => {
                let reason = not_json(reason, wording);
                wording.fill(messages::refusal::not_json(&reason))
            }
            Self::OtherFormat => wording.text(messages::refusal::other_format()).to_owned(),
            Self::Foreign(kind) => wording.text(kind.shown()).to_owned(),
            Self::OtherEncoding => wording.text(messages::refusal::other_encoding()).to_owned(),
            Self::NoCaseInPaper => wording.text(messages::refusal::no_case_in_paper()).to_owned(),
            Self::Newer(version) => wording.fill(messages::refusal::newer(&FORMAT_VERSION, version)),
            Self::OtherPolicy(id) => wording.fill(messages::refusal::other_policy(&Excerpt::name(id))),
            Self::Broken(place, problem) => {
                let problem = problem.shown(wording);
                let part = place.strip_prefix("case.").unwrap_or(place).split('.').next();
                let part = part.and_then(part_name).map_or("", |part| wording.text(part));
                wording.fill(messages::refusal::broken(&part, &Excerpt::name(place), &problem))
            }
        }
    }
}

fn not_json(reason: &NotJson, wording: &Wording) -> String {
    match reason {
        NotJson::CutShort => wording.text(messages::refusal::json_cut_short()).to_owned(),
        NotJson::RepeatedKey(key) => wording.fill(messages::refusal::json_repeated_key(&Excerpt::name(key))),
        NotJson::TooDeep => wording.text(messages::refusal::json_too_deep()).to_owned(),
        NotJson::Syntax { line, column } => wording.fill(messages::refusal::json_syntax(column, line)),
    }
}

impl Foreign {
    /// The sentence that says what the file is and what to do instead.
    const fn shown(self) -> Text {
        match self {
            Self::Empty => messages::refusal::empty(),
            Self::WebArchive => messages::refusal::web_archive(),
            Self::OwnPage => messages::refusal::own_page(),
            Self::OwnList => messages::refusal::own_list(),
            Self::Picture => messages::refusal::picture(),
            Self::Pdf => messages::refusal::pdf(),
            Self::OldOffice => messages::refusal::old_office(),
            Self::OtherOffice => messages::refusal::other_office(),
            Self::Archive => messages::refusal::archive(),
            Self::RichText => messages::refusal::rich_text(),
            Self::Table => messages::refusal::table(),
            Self::Link => messages::refusal::link(),
            Self::PlainText => messages::refusal::plain_text(),
            Self::Unknown => messages::refusal::unknown(),
        }
    }

    const fn in_short(self) -> &'static str {
        match self {
            Self::Empty => "the file is empty",
            Self::WebArchive => "a web archive",
            Self::OwnPage => "the page of this tool itself",
            Self::OwnList => "a list of this tool, which carries no case",
            Self::Picture => "a picture",
            Self::Pdf => "a PDF",
            Self::OldOffice => "a file of an older office program, or one with a password",
            Self::OtherOffice => "a workbook or slides",
            Self::Archive => "an archive of files",
            Self::RichText => "a text with formats (RTF)",
            Self::Table => "the result as a table",
            Self::Link => "a link",
            Self::PlainText => "a text, but no case file",
            Self::Unknown => "a file of an unknown kind",
        }
    }
}

impl Problem {
    fn shown(self, wording: &Wording) -> String {
        let word = match self {
            Self::Version => messages::refusal::version(),
            Self::Missing => messages::refusal::missing(),
            Self::Text => messages::refusal::text(),
            Self::Group => messages::refusal::group(),
            Self::List => messages::refusal::list(),
            Self::Year => messages::refusal::year(),
            Self::Date => messages::refusal::date(),
            Self::OneOf(choices) => {
                let choices = choices.join(wording.text(messages::common::list_comma()));
                return wording.fill(messages::refusal::one_of(&choices));
            }
        };
        wording.text(word).to_owned()
    }
}

impl fmt::Display for NotACaseFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(bytes) | Self::PaperTooLarge(bytes) => write!(
                out,
                "{bytes} bytes are more than the {SIZE_LIMIT} that a case file may have"
            ),
            Self::CutShort => out.write_str("the file was cut short"),
            Self::NotJson(reason) => write!(out, "no case file: {reason}"),
            Self::OtherFormat => out.write_str("JSON, but no case file"),
            Self::Foreign(kind) => out.write_str(kind.in_short()),
            Self::OtherEncoding => out.write_str("the text is not in UTF-8 or UTF-16"),
            Self::NoCaseInPaper => out.write_str("no case in this document"),
            Self::Newer(version) => write!(
                out,
                "version {version} of the format is newer than {FORMAT_VERSION}"
            ),
            Self::OtherPolicy(id) => write!(out, "a case of the scheme \"{}\"", Excerpt::name(id)),
            Self::Broken(place, problem) => write!(out, "{}: {problem}", Excerpt::name(place)),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Version => "write a version of the format",
            Self::Missing => "it is not there",
            Self::Text => "write a text",
            Self::Group => "write an object",
            Self::List => "write a list",
            Self::Year => "write a year of four digits",
            Self::Date => "write a date such as 2026-10-31",
            Self::OneOf(choices) => return write!(out, "write one of {}", choices.join(", ")),
        })
    }
}
