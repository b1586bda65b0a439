//! Tables as text: pasted from a spreadsheet, or as .csv (RFC 4180).
//!
//! The one rule of quotes is written by hand, as in the result table of
//! `documents`: the crate `csv` weighs more than all of this and knows neither
//! how spreadsheets paste nor the marks against formulas.

use crate::json::turns_direction;

use super::cells::{CELLS_LIMIT, Cell, Sheet};
use super::markdown::read_markdown;

/// What parts the cells of a row, in the order in which it is looked for.
const SEPARATORS: [char; 4] = ['\t', ',', ';', '，'];

/// How many rows tell what parts the cells.
const LOOKED_AT: usize = 20;

/// A sheet of what was pasted: by tabs, where one is in it, otherwise as .csv.
pub fn read_pasted(text: &str) -> Sheet {
    read_delimited(text)
}

/// A sheet of a text with cells parted by tabs, commas or semicolons, whichever
/// parts its first rows most evenly.
pub fn read_delimited(text: &str) -> Sheet {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // What a file of zeros, or a program of old, left behind the end.
    let text = text.trim_end_matches(['\0', '\u{1a}']);
    if let Some(sheet) = read_of_strokes(text) {
        return sheet;
    }
    let (text, declared) = match text.strip_prefix("sep=") {
        Some(rest) => {
            let separator = rest
                .chars()
                .next()
                .filter(|character| !character.is_control() || *character == '\t');
            let behind = rest.split_once('\n').map_or("", |(_, behind)| behind);
            (behind, separator)
        }
        None => (text, None),
    };
    let separator = declared.unwrap_or_else(|| separator_of(text));
    let mut sheet = Sheet::default();
    let mut cells = 0;
    for row in Records::of(text, separator) {
        cells += row.len().max(1);
        if cells > CELLS_LIMIT {
            break;
        }
        sheet.rows.push(row.iter().map(|text| cell_of(text)).collect());
    }
    sheet.trimmed()
}

/// A sheet of a text with a table in it whose cells are parted by strokes.
pub(super) fn read_of_strokes(text: &str) -> Option<Sheet> {
    let table = read_markdown(text)?;
    let rows = table.rows.iter();
    let rows = rows.map(|row| row.iter().map(|text| cell_of(text)).collect());
    let sheet = Sheet {
        rows: rows.collect(),
        outside: table.outside,
        ..Sheet::default()
    };
    Some(sheet.trimmed())
}

/// Whether a text is so large that it was not read to its end.
pub(super) fn is_beyond_limit(sheet: &Sheet) -> bool {
    let cells: usize = sheet.rows.iter().map(|row| row.len().max(1)).sum();
    cells >= CELLS_LIMIT
}

/// What parts the cells: the separator that the most rows have equally often.
fn separator_of(text: &str) -> char {
    let mut best = (0, ',');
    for separator in SEPARATORS {
        let mut records = Records::of(text, separator);
        let counts = records.by_ref().take(LOOKED_AT).map(|row| row.len());
        let counts: Vec<usize> = counts.filter(|cells| *cells > 1).collect();
        let widest = counts.iter().copied().max().unwrap_or_default();
        let even = counts.iter().filter(|count| **count == widest).count();
        // A tab is in a cell by chance far less often than a comma.
        let mut weight = even * 4 + counts.len() + usize::from(separator == '\t' && even > 0) * 1_000;
        // What stands behind a closing quotation mark is parted by something else.
        if records.is_broken {
            weight = weight.min(1);
        }
        if weight > best.0 {
            best = (weight, separator);
        }
    }
    best.1
}

/// The rows of a text, each as the texts of its cells.
struct Records<'text> {
    rest: Option<&'text str>,
    separator: char,
    /// Whether something but a separator stood behind a closing quotation mark.
    is_broken: bool,
}

impl<'text> Records<'text> {
    const fn of(text: &'text str, separator: char) -> Self {
        Self {
            rest: if text.is_empty() { None } else { Some(text) },
            separator,
            is_broken: false,
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        let mut rest = self.rest.take()?;
        let mut row = Vec::new();
        loop {
            let (text, behind, is_broken) = field(rest, self.separator);
            self.is_broken |= is_broken;
            row.push(text);
            let mut characters = behind.chars();
            match characters.next() {
                Some(character) if character == self.separator => rest = characters.as_str(),
                // The end of the row: a line break, or of the text.
                Some('\r') => {
                    let behind = characters.as_str();
                    self.rest = Some(behind.strip_prefix('\n').unwrap_or(behind));
                    break;
                }
                Some(_) => {
                    self.rest = Some(characters.as_str());
                    break;
                }
                None => break,
            }
        }
        self.rest = self.rest.filter(|rest| !rest.is_empty());
        Some(row)
    }
}

/// The text of the cell at the start, what is behind it, and whether something
/// stands between its closing quotation mark and its end. A quotation mark
/// at its start holds together what stands up to the next single one; one that
/// is never closed stands for itself, as for the spreadsheets.
fn field(text: &str, separator: char) -> (String, &str, bool) {
    let ends = |character: char| character == separator || matches!(character, '\r' | '\n');
    if let Some((mut within, behind)) = text.strip_prefix('"').and_then(quoted) {
        let end = behind.find(ends).unwrap_or(behind.len());
        let (more, behind) = behind.split_at(end);
        within.push_str(more);
        return (within, behind, !more.trim().is_empty());
    }
    let (own, behind) = text.split_at(text.find(ends).unwrap_or(text.len()));
    (own.to_owned(), behind, false)
}

/// What stands between quotation marks, behind the first of them.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut within = String::new();
    let mut rest = text;
    loop {
        let (before, behind) = rest.split_once('"')?;
        within.push_str(before);
        match behind.strip_prefix('"') {
            Some(behind) => {
                within.push('"');
                rest = behind;
            }
            None => return Some((within.replace("\r\n", "\n"), behind)),
        }
    }
}

/// What spreadsheets show where they cannot compute, in the languages that are met.
const ERRORS: [&str; 11] = [
    "#REF!",
    "#N/A",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    "#BUSY!",
];

/// Whether a text is what a spreadsheet shows where it cannot compute. An error
/// of LibreOffice has a number: `Err:502`.
pub(super) fn is_error(text: &str) -> bool {
    let numbered = text.strip_prefix("Err:").or_else(|| text.strip_prefix("错误:"));
    ERRORS.iter().any(|error| text.eq_ignore_ascii_case(error))
        || numbered
            .is_some_and(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A cell of a text.
pub(super) fn cell_of(text: &str) -> Cell {
    let bare = text.trim();
    if is_error(bare) {
        return Cell::Error(bare.to_owned());
    }
    // The mark against formulas is none of the text.
    match text.strip_prefix('\'') {
        Some(bare) if needs_mark(bare) => Cell::text(bare),
        _ => Cell::text(text),
    }
}

/// Whether a text has a mark before it where it is written: one that begins like
/// a formula, or like one with marks before it.
fn needs_mark(text: &str) -> bool {
    begins_like_a_formula(text.trim_start_matches('\''))
}

/// Whether a spreadsheet may compute with a text, or read on in the next cell.
pub(super) fn begins_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// A sheet as .csv. It begins with a byte order mark, without which
/// spreadsheets take the text for one of an older code page. A text that begins
/// like a formula has an apostrophe before it; a number never has one, so that
/// a figure below zero stays a figure.
pub fn write_delimited(sheet: &Sheet) -> String {
    let mut text = String::from("\u{feff}");
    for row in &sheet.rows {
        for (place, cell) in row.iter().enumerate() {
            if place > 0 {
                text.push(',');
            }
            match cell {
                Cell::Text(own) => write_text(&mut text, own),
                cell => text.push_str(&cell.shown()),
            }
        }
        text.push_str("\r\n");
    }
    text
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    if needs_mark(text) {
        out.push('\'');
    }
    for character in text.chars() {
        match character {
            '"' => out.push_str("\"\""),
            '\n' | '\t' => out.push(character),
            _ if character.is_control() || turns_direction(character) => out.push(' '),
            _ => out.push(character),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<Vec<String>> {
        let rows = read_delimited(text).rows.into_iter();
        rows.map(|row| row.iter().map(Cell::shown).collect()).collect()
    }

    #[test]
    fn what_parts_the_cells_is_found_outside_quotation_marks() {
        for text in [
            "甲\t1,234\r\n乙\t\"第一行\n第二行\"\r\n",
            "甲,\"1,234\"\n乙,\"第一行\r\n第二行\"",
            "\u{feff}甲;1,234\n乙;\"第一行\n第二行\"\n\n",
            "sep=|\r\n甲|1,234\r\n乙|\"第一行\n第二行\"\u{1a}",
        ] {
            assert_eq!(
                texts(text),
                [["甲", "1,234"], ["乙", "第一行\n第二行"]],
                "{text:?}"
            );
        }
    }

    #[test]
    fn quotation_marks_are_read_as_spreadsheets_write_them() {
        assert_eq!(texts("\"a\"\"b\",5\" 管,\"c\"d"), [["a\"b", "5\" 管", "cd"]]);
        // One that is never closed holds nothing together.
        assert_eq!(texts("\"甲,1\n乙,2"), [["\"甲", "1"], ["乙", "2"]]);
        assert_eq!(texts(""), Vec::<Vec<String>>::new());
        assert_eq!(texts("\n\n,,\n"), Vec::<Vec<String>>::new());
    }

    #[test]
    fn no_text_is_taken_for_a_formula_and_no_figure_for_a_text() {
        let row = vec![
            Cell::text("=1+1"),
            Cell::text("-2.5"),
            Cell::number("-2.5"),
            Cell::text("\t@"),
            Cell::text("a\u{202e}b\u{7}"),
        ];
        let sheet = Sheet {
            rows: vec![row],
            ..Sheet::default()
        };
        assert_eq!(
            write_delimited(&sheet),
            "\u{feff}\"'=1+1\",\"'-2.5\",-2.5,\"'\t@\",\"a b \"\r\n"
        );
        assert_eq!(
            texts(&write_delimited(&sheet)),
            [["=1+1", "-2.5", "-2.5", "\t@", "a b "]]
        );
    }
}
