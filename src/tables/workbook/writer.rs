//! Writes sheets as a workbook: texts within their cells, a heading that stays
//! in sight, widths, and where one of some words is to be chosen.

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::answers::Date;
use crate::tables::address::Address;
use crate::tables::cells::{Cell, Filled, PART_SHEET, Sheet};
use crate::tables::delimited::begins_like_a_formula;

use super::parts::{TEXT_LENGTH, escaped};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The attribute of a column that names its format.
const FORMAT: &str = "style";

/// The formats of cells by their numbers in `styles`.
#[derive(Clone, Copy)]
enum Format {
    Plain = 0,
    Heading = 1,
    /// A text that may be taken for a formula when somebody edits its cell.
    Quoted = 2,
    Day = 3,
    /// What is typed stays as it is typed.
    AsTyped = 4,
}

/// Sheets as a workbook.
///
/// # Errors
/// When the package cannot be written.
pub fn write_workbook(sheets: &[Sheet]) -> ZipResult<Vec<u8>> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let names = names(sheets);
    let own = sheets.iter().enumerate();
    let own = own.map(|(place, sheet)| (format!("xl/worksheets/sheet{}.xml", place + 1), written(sheet)));
    let parts = [
        (String::from("[Content_Types].xml"), content_types(sheets.len())),
        (String::from("_rels/.rels"), package_relations()),
        (String::from("xl/workbook.xml"), workbook(&names)),
        (
            String::from("xl/_rels/workbook.xml.rels"),
            workbook_relations(sheets.len()),
        ),
        (String::from("xl/styles.xml"), styles()),
    ];
    for (name, content) in parts.into_iter().chain(own) {
        package.start_file(name, options)?;
        package.write_all(content.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

/// The names of sheets as workbooks take them: short, without some signs, and each once.
fn names(sheets: &[Sheet]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let plain: String = sheet
            .name
            .chars()
            .map(|character| match character {
                '[' | ']' | ':' | '*' | '?' | '/' | '\\' => ' ',
                character if character.is_control() => ' ',
                character => character,
            })
            .take(25)
            .collect();
        let plain = plain.trim_matches([' ', '\'']);
        let number = names.len() + 1;
        let is_taken = plain.is_empty() || names.iter().any(|name| name == plain);
        names.push(if is_taken {
            format!("{plain}{number}")
        } else {
            plain.to_owned()
        });
    }
    names
}

fn content_types(sheets: usize) -> String {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let part = |path: &str, kind: &str| {
        format!("<Override PartName=\"/xl/{path}\" ContentType=\"{KIND}.{kind}+xml\"/>")
    };
    let sheets: String = (1..=sheets)
        .map(|number| part(&format!("worksheets/sheet{number}.xml"), "worksheet"))
        .collect();
    format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}{}{sheets}</Types>",
        part("workbook.xml", "sheet.main"),
        part("styles.xml", "styles")
    )
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
}

fn package_relations() -> String {
    let workbook = relation("rId1", "officeDocument", "xl/workbook.xml");
    format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{workbook}</Relationships>")
}

fn workbook_relations(sheets: usize) -> String {
    let sheets: String = (1..=sheets)
        .map(|number| {
            relation(
                &format!("rId{number}"),
                "worksheet",
                &format!("worksheets/sheet{number}.xml"),
            )
        })
        .collect();
    let styles = relation("styles", "styles", "styles.xml");
    format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{sheets}{styles}</Relationships>")
}

fn workbook(names: &[String]) -> String {
    let sheets: String = names
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let number = place + 1;
            let hidden = if name == PART_SHEET {
                " state=\"veryHidden\""
            } else {
                ""
            };
            format!(
                "<sheet name=\"{}\"{hidden} sheetId=\"{number}\" r:id=\"rId{number}\"/>",
                escaped(name)
            )
        })
        .collect();
    format!(
        "{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{sheets}</sheets></workbook>"
    )
}

fn styles() -> String {
    let font = |inner: &str| format!("<font>{inner}<sz val=\"11\"/><name val=\"宋体\"/></font>");
    let wrap = "<alignment vertical=\"top\" wrapText=\"1\"/>";
    let format = |number: u32, font: u32, fill: u32, quoted: &str| {
        format!(
            "<xf numFmtId=\"{number}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\"{quoted} \
             applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\">{wrap}</xf>"
        )
    };
    format!(
        "{DECLARATION}<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
         <fonts count=\"2\">{}{}</fonts>\
         <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
         <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8EEF4\"/></patternFill></fill></fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"5\">{}{}{}{}{}</cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
        font(""),
        font("<b/>"),
        format(0, 0, 0, ""),
        format(0, 1, 2, ""),
        format(49, 0, 0, " quotePrefix=\"1\""),
        format(164, 0, 0, ""),
        format(49, 0, 0, ""),
    )
}

fn written(sheet: &Sheet) -> String {
    let mut out = format!("{DECLARATION}<worksheet xmlns=\"{MAIN}\">");
    if sheet.headings > 0 {
        let rows = sheet.headings;
        out.push_str(&format!(
            "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{rows}\" topLeftCell=\"{}\" \
             activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>",
            Address::of(rows, 0)
        ));
    }
    columns(sheet, &mut out);
    out.push_str("<sheetData>");
    let filled = sheet.texts.iter().filter_map(|filled| match filled {
        Filled::Cell(at) => Some(*at),
        Filled::Column(_) => None,
    });
    let filled: Vec<Address> = filled.collect();
    for (row, cells) in sheet.rows.iter().enumerate() {
        out.push_str(&format!("<row r=\"{}\">", row + 1));
        for (column, cell) in cells.iter().enumerate() {
            let at = Address::of(row, column);
            write_cell(cell, at, row < sheet.headings, filled.contains(&at), &mut out);
        }
        // What is to be filled in may stand behind the last cell of its row.
        for at in filled
            .iter()
            .filter(|at| at.row == row && at.column >= cells.len())
        {
            write_cell(&Cell::Empty, *at, false, true, &mut out);
        }
        out.push_str("</row>");
    }
    out.push_str("</sheetData>");
    choices(sheet, &mut out);
    out.push_str("</worksheet>");
    out
}

/// The widths of the columns, and which of them keep what is typed.
fn columns(sheet: &Sheet, out: &mut String) {
    let kept = |column: usize| sheet.texts.contains(&Filled::Column(column));
    let widest = sheet.texts.iter().filter_map(|filled| match filled {
        Filled::Column(column) => Some(column + 1),
        Filled::Cell(_) => None,
    });
    let count = sheet.width().max(widest.max().unwrap_or_default());
    let Some(last) = sheet.widths.last().filter(|_| count > 0) else {
        return;
    };
    out.push_str("<cols>");
    for column in 0..count {
        let width = sheet.widths.get(column).unwrap_or(last);
        let format = if kept(column) {
            Format::AsTyped
        } else {
            Format::Plain
        } as u8;
        let number = column + 1;
        out.push_str(&format!(
            "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\" {FORMAT}=\"{format}\"/>"
        ));
    }
    out.push_str("</cols>");
}

fn write_cell(cell: &Cell, at: Address, is_heading: bool, is_filled: bool, out: &mut String) {
    let format = |other: Format| {
        let format = if is_heading {
            Format::Heading
        } else if is_filled {
            Format::AsTyped
        } else {
            other
        };
        format as u8
    };
    match cell {
        Cell::Empty if is_filled || is_heading => {
            out.push_str(&format!("<c r=\"{at}\" s=\"{}\"/>", format(Format::Plain)));
        }
        Cell::Empty | Cell::NoResult => {}
        Cell::Text(text) | Cell::Error(text) | Cell::Struck(text) => {
            let other = if begins_like_a_formula(text) {
                Format::Quoted
            } else {
                Format::Plain
            };
            out.push_str(&format!(
                "<c r=\"{at}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                format(other),
                escaped(&cut(text))
            ));
        }
        Cell::Number { digits, .. } => {
            out.push_str(&format!(
                "<c r=\"{at}\" s=\"{}\"><v>{digits}</v></c>",
                format(Format::Plain)
            ));
        }
        Cell::YesNo(yes) => {
            out.push_str(&format!(
                "<c r=\"{at}\" s=\"{}\" t=\"b\"><v>{}</v></c>",
                format(Format::Plain),
                u8::from(*yes)
            ));
        }
        Cell::Day(day) => match serial(*day) {
            Some(serial) => {
                out.push_str(&format!(
                    "<c r=\"{at}\" s=\"{}\"><v>{serial}</v></c>",
                    Format::Day as u8
                ));
            }
            None => write_cell(&Cell::text(day.to_string()), at, is_heading, is_filled, out),
        },
    }
}

/// A text that is no longer than a workbook takes it.
fn cut(text: &str) -> String {
    let mut room = TEXT_LENGTH;
    let fits = |character: &char| {
        let left = room.checked_sub(character.len_utf16());
        room = left.unwrap_or_default();
        left.is_some()
    };
    text.chars().take_while(fits).collect()
}

/// The number that stands for a day, found by asking which day it is; `None` before 1900.
fn serial(day: Date) -> Option<u64> {
    let since = u64::from(day.year.checked_sub(1900)?);
    // No day is further from this guess than a month and a half.
    let guess = since * 365 + since / 4 + u64::from(day.month - 1) * 30 + u64::from(day.day);
    let day = Some(day);
    (guess.saturating_sub(60)..guess + 60).find(|serial| {
        crate::tables::serials::day(&serial.to_string(), crate::tables::serials::Epoch::Of1900) == day
    })
}

/// Where one of some words is to be chosen.
fn choices(sheet: &Sheet, out: &mut String) {
    let lists = sheet.choices.iter().filter_map(|(filled, words)| {
        let list = words.join(",");
        // A list that has no room in a cell is left to the words of the heading.
        let fits = list.encode_utf16().count() <= 255 && words.iter().all(|word| !word.contains([',', '"']));
        let place = match filled {
            Filled::Cell(at) => at.to_string(),
            Filled::Column(column) => {
                let letters = Address::letters(*column);
                format!("{letters}{}:{letters}10000", sheet.headings + 1)
            }
        };
        fits.then(|| {
            format!(
                "<dataValidation type=\"list\" allowBlank=\"1\" sqref=\"{place}\"><formula1>\"{}\"</formula1></dataValidation>",
                escaped(&list)
            )
        })
    });
    let lists: Vec<String> = lists.collect();
    if !lists.is_empty() {
        out.push_str(&format!(
            "<dataValidations count=\"{}\">{}</dataValidations>",
            lists.len(),
            lists.concat()
        ));
    }
}
