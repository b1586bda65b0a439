//! Which kind of file was brought, recognised by what is in it: names and types
//! are changed by chat programs and by hand.

use super::csv::COLUMNS;

/// The bytes of a file as they are to be read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brought {
    /// A text.
    Text(String),
    /// A package in which papers for Word, or for office programs like it, may stand.
    Package,
    /// A package that ends before it is complete.
    CutShort,
    /// Perhaps a text, but in none of the encodings of Unicode.
    OtherEncoding,
    /// A file that holds no case.
    Foreign(Foreign),
}

/// A kind of file from which no case can be read any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Nothing is in it.
    Empty,
    /// A page that a browser saved with its pictures in one file (.mhtml, .webarchive).
    WebArchive,
    /// The page of this tool itself, saved by the browser.
    OwnPage,
    /// A list of this tool that carries no case: what is missing, the advice, a comparison.
    OwnList,
    /// A screenshot, a photograph, the picture of the result.
    Picture,
    /// What was printed into a file.
    Pdf,
    /// A file of an older office program (.doc, .xls, .wps), or one with a password.
    OldOffice,
    /// A workbook or slides.
    OtherOffice,
    /// Files packed together.
    Archive,
    /// A text with formats (.rtf).
    RichText,
    /// The result as a table (.csv).
    Table,
    /// A link to a page or a file.
    Link,
    /// A text of any other kind.
    PlainText,
    /// Anything else.
    Unknown,
}

impl Foreign {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Empty,
        Self::WebArchive,
        Self::OwnPage,
        Self::OwnList,
        Self::Picture,
        Self::Pdf,
        Self::OldOffice,
        Self::OtherOffice,
        Self::Archive,
        Self::RichText,
        Self::Table,
        Self::Link,
        Self::PlainText,
        Self::Unknown,
    ];
}

/// How many bytes at the start of a file tell its kind.
const START: usize = 4096;

/// Tells by the bytes of a file what it is.
pub fn recognise(bytes: &[u8]) -> Brought {
    // Some systems leave a file of zeros where a write was cut off.
    if bytes.iter().all(|byte| *byte == 0) {
        return Brought::Foreign(Foreign::Empty);
    }
    let begins = |starts: &[&[u8]]| starts.iter().any(|start| bytes.starts_with(start));
    if begins(&[b"PK\x03\x04", b"PK\x05\x06"]) {
        return package(bytes);
    }
    let kind = if bytes.get(4..8) == Some(b"ftyp")
        || bytes.get(8..12) == Some(b"WEBP")
        || begins(&[b"BM"]) && bytes.get(6..10) == Some(&[0; 4])
        || begins(&[b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"])
    {
        Foreign::Picture
    } else if begins(&[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]) {
        Foreign::OldOffice
    } else if begins(&[b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b"]) {
        Foreign::Archive
    } else if begins(&[b"bplist00"]) {
        Foreign::WebArchive
    } else if begins(&[b"L\0\0\0\x01\x14\x02\0"]) {
        Foreign::Link
    } else if holds(bytes.get(..START).unwrap_or(bytes), b"%PDF-") {
        Foreign::Pdf
    } else {
        return match decoded(bytes) {
            // Texts hold no such character; what does is none, whatever its bytes may mean.
            Some(text) if text.trim_end_matches(['\0', '\u{1a}']).contains('\0') => {
                Brought::Foreign(Foreign::Unknown)
            }
            Some(text) => Brought::Text(text),
            None if bytes.contains(&0) => Brought::Foreign(Foreign::Unknown),
            None => Brought::OtherEncoding,
        };
    };
    Brought::Foreign(kind)
}

/// A package by the names of its parts, which are never packed.
fn package(bytes: &[u8]) -> Brought {
    let is_office = holds(bytes, b"word/") || holds(bytes, b"application/vnd.oasis.opendocument.text");
    if !holds(bytes, b"PK\x05\x06") {
        Brought::CutShort
    } else if is_office {
        Brought::Package
    } else if holds(bytes, b"xl/") || holds(bytes, b"ppt/") || holds(bytes, b"application/vnd.oasis.") {
        Brought::Foreign(Foreign::OtherOffice)
    } else {
        Brought::Foreign(Foreign::Archive)
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|piece| piece == wanted)
}

/// The text of bytes in UTF-8 or UTF-16, with or without a mark in front;
/// `None` where they are in another encoding, in which it would come in garbled.
pub fn decoded(bytes: &[u8]) -> Option<String> {
    let (units, is_little) = match bytes {
        [0xff, 0xfe, units @ ..] => (units, true),
        [0xfe, 0xff, units @ ..] => (units, false),
        // All that is ours begins with a mark of ASCII, which in UTF-16 is half empty.
        [first, 0, ..] if first.is_ascii_graphic() => (bytes, true),
        [0, first, ..] if first.is_ascii_graphic() => (bytes, false),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            return match core::str::from_utf8(bytes) {
                Ok(text) => Some(text.to_owned()),
                // A file that was cut short may end within a character.
                Err(fault) if fault.error_len().is_none() => {
                    let whole = bytes.get(..fault.valid_up_to())?;
                    String::from_utf8(whole.to_vec()).ok()
                }
                Err(_) => None,
            };
        }
    };
    // The half of a unit at the end is all that is left of a character.
    let (pairs, _) = units.as_chunks::<2>();
    let unit = if is_little {
        u16::from_le_bytes
    } else {
        u16::from_be_bytes
    };
    let mut units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    units.pop_if(|unit| (0xd800..0xdc00).contains(unit));
    String::from_utf16(&units).ok()
}

/// The kind of a text that is neither JSON nor papers that carry a case.
pub(super) fn foreign_text(text: &str) -> Foreign {
    let start: String = text.chars().take(START).collect();
    let start = start.trim_start();
    let lowered = start.to_ascii_lowercase();
    if start.is_empty() {
        Foreign::Empty
    } else if is_rich_text(start) {
        Foreign::RichText
    } else if start.contains("%PDF-") {
        Foreign::Pdf
    } else if lowered.contains("mime-version:") && lowered.contains("content-type:") {
        Foreign::WebArchive
    } else if start
        .replace('"', "")
        .starts_with(COLUMNS.get(..3).unwrap_or_default().join(",").as_str())
    {
        Foreign::Table
    } else if is_link(start) {
        Foreign::Link
    } else {
        Foreign::PlainText
    }
}

/// Whether a text that is no case file may be a table of answers: its first lines are
/// parted in cells by the same character. The result as a table is none.
pub fn is_tabular(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{feff}', '\r', '\n', ' ']);
    if text.starts_with(['{', '[']) || is_markup(text) || foreign_text(text) != Foreign::PlainText {
        return false;
    }
    let text = text.strip_prefix("sep=").map_or(text, |text| {
        text.split_once('\n').map_or("", |(_, behind)| behind)
    });
    // Within quotation marks a line goes on behind its end: "单位⏎名称",从业人数.
    let first_two = |heeds_quotes: bool| {
        let mut is_quoted = false;
        let is_end = move |character: char| {
            is_quoted ^= heeds_quotes && character == '"';
            character == '\n' && !is_quoted
        };
        let lines = text.split(is_end).filter(|line| !line.trim().is_empty());
        lines.take(2).collect::<Vec<_>>()
    };
    let are_parted = |lines: &[&str]| {
        let mut separators = ['\t', ',', ';', '，'].into_iter();
        lines.len() > 1 && separators.any(|separator| lines.iter().all(|line| line.contains(separator)))
    };
    [true, false]
        .into_iter()
        .any(|heeds_quotes| are_parted(&first_two(heeds_quotes)))
}

/// Whether a text is that of a page, be it with its marks as they stand in another page, and
/// no table.
pub fn is_markup(text: &str) -> bool {
    let start: String = text.chars().take(START).collect();
    let start = start.replace("&lt;", "<");
    start.trim_start().starts_with('<') || start.contains("</")
}

/// Whether a text is one with formats (.rtf).
pub(super) fn is_rich_text(text: &str) -> bool {
    text.starts_with("{\\rtf")
}

/// Whether a text is a link that Windows keeps as a file.
pub(super) fn is_link(text: &str) -> bool {
    text.starts_with("[InternetShortcut]")
}

/// Whether a text is a page that ends before it is complete: what writes one
/// writes its end as well.
pub(super) fn is_cut_page(text: &str) -> bool {
    let lowered = text.to_ascii_lowercase();
    let is_page = ["<!doctype html", "<html"]
        .iter()
        .any(|start| lowered.starts_with(start) || start.starts_with(lowered.as_str()));
    let is_page = is_page || lowered.starts_with("<?xml") && lowered.contains("<html");
    is_page && !lowered.contains("</html")
}

/// The sheets of this tool that go out without the case.
const LISTS: [&str; 7] = [
    "missing-papers",
    "papers-at-hand",
    "advice-sheet",
    "comparison",
    "results",
    "questions-to-the-office",
    "feedback-form",
];

/// Whether a page is a list of this tool, which carries no case.
pub(super) fn is_own_list(page: &str) -> bool {
    let mut sheets = page.split("data-sheet=").skip(1);
    sheets.any(|behind| {
        let behind = behind.trim_start_matches(['"', '\'']);
        LISTS.iter().any(|sheet| behind.starts_with(sheet))
    })
}

/// Whether a page is that of this tool and not papers of it.
pub(super) fn is_own_page(page: &str) -> bool {
    ["id=\"labor-brand-assessment\"", "<labor-brand-assessment"]
        .iter()
        .any(|mark| page.contains(mark))
}
