//! Reads the sheets of a workbook, each cell as the file keeps it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::documents::{Brought, Foreign, Tag, decoded, recognise, tags};
use crate::tables::address::Address;
use crate::tables::cells::{CELLS_LIMIT, Cell, Form, PART_SHEET, Sheet};
use crate::tables::decoding::NotATable;
use crate::tables::numerals;
use crate::tables::serials::{self, Epoch, Shown};

use super::comments::{comments, path_of_comments, path_of_relations};
use super::parts::unescaped;

/// The largest workbook that is opened, in bytes.
const SIZE_LIMIT: usize = 50_000_000;
/// The most that may be in its parts together, in bytes.
const UNPACKED_LIMIT: usize = 200_000_000;
/// The most parts that a package may have.
const PARTS_LIMIT: usize = 10_000;
/// The most sheets that are read.
const SHEETS_LIMIT: usize = 100;

/// The sheets of a workbook that are shown and have something in them, and the one that
/// says which part of a case it is.
///
/// # Errors
/// When it is none, or cannot be read.
pub fn read_workbook(bytes: &[u8]) -> Result<Vec<Sheet>, NotATable> {
    refuse_foreign(bytes)?;
    let mut package = Package::open(bytes)?;
    let workbook = package.text("xl/workbook.xml").map_err(|fault| match fault {
        NotATable::Broken => NotATable::OtherWorkbook,
        fault => fault,
    })?;
    let relations = package.text("xl/_rels/workbook.xml.rels")?;
    let strings = match package.text("xl/sharedstrings.xml") {
        Ok(part) => shared_strings(&part),
        Err(NotATable::Broken) => Vec::new(),
        Err(fault) => return Err(fault),
    };
    let formats = match package.text("xl/styles.xml") {
        Ok(part) => formats(&part),
        Err(NotATable::Broken) => Vec::new(),
        Err(fault) => return Err(fault),
    };
    let (epoch, named) = named_sheets(&workbook);
    let mut sheets = Vec::new();
    for (name, relation) in named.into_iter().take(SHEETS_LIMIT) {
        let Some(path) = path_of_sheet(&relations, relation) else {
            continue;
        };
        let part = package.text(&path)?;
        let (rows, hidden, merged) = rows(&part, &strings, &formats, epoch)?;
        let hidden_columns = hidden_columns(&part, &rows);
        let comments = package.comments(&path)?;
        let sheet = Sheet {
            name,
            rows,
            hidden,
            hidden_columns,
            merged,
            comments,
            ..Sheet::default()
        };
        let sheet = sheet.trimmed();
        if !sheet.is_empty() {
            sheets.push(sheet);
        }
    }
    if sheets.is_empty() {
        Err(NotATable::Empty)
    } else {
        Ok(sheets)
    }
}

/// Refuses what is no workbook, and one that is too large.
fn refuse_foreign(bytes: &[u8]) -> Result<(), NotATable> {
    match recognise(bytes) {
        Brought::Foreign(Foreign::OtherOffice) if bytes.len() > SIZE_LIMIT => Err(NotATable::TooLarge),
        Brought::Foreign(Foreign::OtherOffice) => Ok(()),
        Brought::Foreign(Foreign::Empty) => Err(NotATable::Empty),
        Brought::Foreign(Foreign::OldOffice) => Err(NotATable::OldWorkbook),
        Brought::CutShort => Err(NotATable::CutShort),
        _ => Err(NotATable::Foreign),
    }
}

/// From when a workbook counts its days, and the names of the sheets that are read, each with its relation.
fn named_sheets(workbook: &str) -> (Epoch, Vec<(String, &str)>) {
    let mut epoch = Epoch::Of1900;
    let mut named = Vec::new();
    for tag in tags(workbook) {
        match tag.local_name() {
            "workbookPr" if matches!(tag.attribute("date1904"), Some("1" | "true")) => epoch = Epoch::Of1904,
            "sheet"
                if !matches!(tag.attribute("state"), Some("hidden" | "veryHidden"))
                    || tag.attribute("name") == Some(PART_SHEET) =>
            {
                // `sheetId` is a number of its own; the relation is the id with a prefix.
                let (name, relation) = (tag.attribute("name"), tag.attribute("id"));
                if let (Some(name), Some(relation)) = (name, relation) {
                    named.push((text_of(name), relation));
                }
            }
            _ => {}
        }
    }
    (epoch, named)
}

/// Where the cells of a sheet are, by its relation; sheets of charts have none.
fn path_of_sheet(relations: &str, relation: &str) -> Option<String> {
    let related = tags(relations).find(|tag| tag.attribute("Id") == Some(relation));
    let target = related.and_then(|tag| tag.attribute("Target"))?;
    if !target.to_ascii_lowercase().contains("worksheets/") {
        return None;
    }
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    })
}

/// A package of which no more is unpacked than a workbook may have.
struct Package<'bytes> {
    parts: ZipArchive<Cursor<&'bytes [u8]>>,
    room: usize,
}

impl<'bytes> Package<'bytes> {
    fn open(bytes: &'bytes [u8]) -> Result<Self, NotATable> {
        let parts = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NotATable::Broken)?;
        if parts.len() > PARTS_LIMIT {
            return Err(NotATable::TooLarge);
        }
        Ok(Self {
            parts,
            room: UNPACKED_LIMIT,
        })
    }

    /// The comments on the cells of a sheet, which most have none of.
    fn comments(&mut self, sheet: &str) -> Result<Vec<(Address, String)>, NotATable> {
        let mut path = path_of_relations(sheet);
        for is_relations in [true, false] {
            let Some(part) = path else { break };
            match self.text(&part) {
                Ok(text) if is_relations => path = path_of_comments(sheet, &text),
                Ok(text) => return Ok(comments(&text)),
                Err(NotATable::Broken) => break,
                Err(fault) => return Err(fault),
            }
        }
        Ok(Vec::new())
    }

    /// The text of a part, by its path in whatever case.
    fn text(&mut self, path: &str) -> Result<String, NotATable> {
        let wanted = path.to_ascii_lowercase();
        let names = self.parts.file_names();
        let found = names.map(str::to_owned).find(|name| {
            let name = name.replace('\\', "/").to_ascii_lowercase();
            name.trim_start_matches('/') == wanted
        });
        let part = self
            .parts
            .by_name(&found.ok_or(NotATable::Broken)?)
            .map_err(|_| NotATable::Broken)?;
        let mut content = Vec::new();
        let limit = u64::try_from(self.room).unwrap_or(u64::MAX);
        part.take(limit.saturating_add(1))
            .read_to_end(&mut content)
            .map_err(|_| NotATable::Broken)?;
        self.room = self.room.checked_sub(content.len()).ok_or(NotATable::TooLarge)?;
        decoded(&content).ok_or(NotATable::Broken)
    }
}

/// The text of an attribute.
fn text_of(attribute: &str) -> String {
    crate::documents::unescaped(attribute).unwrap_or_default()
}

/// The texts that cells refer to by their numbers.
fn shared_strings(part: &str) -> Vec<RichText> {
    let mut strings: Vec<RichText> = Vec::new();
    for tag in tags(part) {
        if tag.local_name() == "si" {
            strings.push(RichText::default());
        } else if let Some(last) = strings.last_mut() {
            last.take(&tag);
        }
    }
    strings
}

/// A text in runs that may look different.
#[derive(Clone, Debug, Default)]
struct RichText {
    /// What stands in it without a line through it.
    stands: String,
    /// What has a line through it.
    struck: String,
    /// Whether its runs say for themselves how they look.
    has_runs: bool,
    is_struck: bool,
    is_pronunciation: bool,
}

impl RichText {
    /// Takes a tag of it: of several runs all texts, and none of what says how it is pronounced.
    fn take(&mut self, tag: &Tag<'_>) {
        match tag.local_name() {
            "rPh" => self.is_pronunciation = true,
            "r" => {
                self.has_runs = true;
                self.is_pronunciation = false;
                self.is_struck = false;
            }
            "strike" => self.is_struck = is_on(tag),
            // A raised digit is the number of a note.
            "vertAlign" => self.is_struck |= tag.attribute("val") == Some("superscript"),
            "t" if self.is_pronunciation => self.is_pronunciation = false,
            "t" => {
                let text = tag.text().unwrap_or_default();
                if self.is_struck {
                    self.struck.push_str(&text);
                    return;
                }
                // Two figures that look differently are not one: 380 and 360 in red.
                let is_figure = |text: &str| text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_digit());
                if is_figure(&self.stands) && is_figure(&text) {
                    self.stands.push('/');
                }
                self.stands.push_str(&text);
            }
            _ => {}
        }
    }

    /// The cell that has it. What was taken out of a text is no part of it; where nothing
    /// else is there, the cell keeps it as struck out.
    fn cell(&self, is_struck: bool) -> Cell {
        let stands = Cell::text(unescaped(&self.stands));
        match stands.is_empty() {
            true => Cell::text(unescaped(&self.struck)).struck(),
            false if is_struck && !self.has_runs => stands.struck(),
            false => stands,
        }
    }
}

/// Whether a tag that switches a look on does so.
fn is_on(tag: &Tag<'_>) -> bool {
    !matches!(tag.attribute("val"), Some("0" | "false"))
}

/// How a format of cells shows what is in them.
#[derive(Clone, Debug)]
struct Look {
    number: Shown,
    is_struck: bool,
}

/// How each format of cells looks, by its number.
fn formats(part: &str) -> Vec<Look> {
    let mut codes: Vec<(u32, Shown)> = Vec::new();
    let mut shown = Vec::new();
    let mut is_of_cells = false;
    // Of each font, whether it draws a line through.
    let mut fonts: Vec<bool> = Vec::new();
    let mut is_of_fonts = false;
    for tag in tags(part) {
        match tag.local_name() {
            "fonts" => is_of_fonts = true,
            "fills" => is_of_fonts = false,
            "font" if is_of_fonts => fonts.push(false),
            "strike" if is_of_fonts => {
                if let Some(font) = fonts.last_mut() {
                    *font = is_on(&tag);
                }
            }
            "numFmt" => {
                let id = tag.attribute("numFmtId").and_then(|id| id.parse().ok());
                let code = tag.attribute("formatCode").map(text_of);
                if let (Some(id), Some(code)) = (id, code) {
                    codes.push((id, serials::of_code(&code)));
                }
            }
            "cellStyleXfs" | "cellStyles" | "dxfs" => is_of_cells = false,
            "cellXfs" => is_of_cells = true,
            "xf" if is_of_cells => {
                let id = tag
                    .attribute("numFmtId")
                    .and_then(|id| id.parse().ok())
                    .unwrap_or_default();
                let own = codes.iter().find(|(known, _)| *known == id);
                let font = tag.attribute("fontId").and_then(|font| font.parse().ok());
                shown.push(Look {
                    number: own.map_or_else(|| serials::of_known(id), |(_, shown)| shown.clone()),
                    is_struck: font.and_then(|font: usize| fonts.get(font).copied()) == Some(true),
                });
            }
            _ => {}
        }
    }
    shown
}

/// A cell while its parts are read.
#[derive(Default)]
struct Open<'part> {
    at: Address,
    kind: &'part str,
    format: usize,
    is_formula: bool,
    value: Option<String>,
    text: RichText,
}

/// How many cells that are one are kept of a sheet.
const MERGED: usize = 10_000;

/// The rows of a sheet, those that are not shown, and cells that are one.
type SheetRows = (Vec<Vec<Cell>>, Vec<usize>, Vec<(Address, Address)>);

/// The rows of a sheet, which of them are not shown, and which cells over several are one.
fn rows(part: &str, strings: &[RichText], formats: &[Look], epoch: Epoch) -> Result<SheetRows, NotATable> {
    let mut rows = Rows::default();
    let mut hidden = Vec::new();
    let mut merged = Vec::new();
    let mut open: Option<Open<'_>> = None;
    // Where the next cell stands that does not say so itself.
    let mut next = Address::default();
    let mut begun = false;
    for tag in tags(part) {
        match tag.local_name() {
            "row" => {
                rows.close(open.take(), strings, formats, epoch)?;
                let number = tag.attribute("r").and_then(|row| row.parse::<usize>().ok());
                let row = match number.and_then(|row| row.checked_sub(1)) {
                    Some(row) => row,
                    None if begun => next.row + 1,
                    None => 0,
                };
                begun = true;
                next = Address::of(row, 0);
                if matches!(tag.attribute("hidden"), Some("1" | "true")) {
                    hidden.push(row);
                }
            }
            "c" => {
                rows.close(open.take(), strings, formats, epoch)?;
                let at = tag.attribute("r").and_then(Address::read).unwrap_or(next);
                next = Address::of(at.row, at.column + 1);
                open = Some(Open {
                    at,
                    kind: tag.attribute("t").unwrap_or("n"),
                    format: tag
                        .attribute("s")
                        .and_then(|format| format.parse().ok())
                        .unwrap_or_default(),
                    ..Open::default()
                });
            }
            "mergeCell" => {
                let range = tag.attribute("ref").and_then(|range| range.split_once(':'));
                let range = range.and_then(|(top, end)| Some((Address::read(top)?, Address::read(end)?)));
                merged.extend(range.filter(|(top, end)| top.row < end.row && merged.len() < MERGED));
            }
            name => {
                let Some(open) = open.as_mut() else { continue };
                match name {
                    "f" => open.is_formula = true,
                    "v" => open.value = tag.text(),
                    _ => open.text.take(&tag),
                }
            }
        }
    }
    rows.close(open, strings, formats, epoch)?;
    hidden.sort_unstable();
    Ok((rows.rows, hidden, merged))
}

/// Which of the columns that have something in these rows are not shown.
fn hidden_columns(part: &str, rows: &[Vec<Cell>]) -> Vec<usize> {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut hidden = Vec::new();
    // What says how columns look stands before the rows.
    for tag in tags(part).take_while(|tag| tag.local_name() != "row") {
        let is_hidden = matches!(tag.attribute("hidden"), Some("1" | "true"));
        let number = |name| tag.attribute(name)?.parse::<usize>().ok();
        if tag.local_name() == "col"
            && is_hidden
            && let (Some(first), Some(last)) = (number("min"), number("max"))
        {
            hidden.extend(first.saturating_sub(1)..last.min(width));
        }
    }
    hidden.sort_unstable();
    hidden
}

#[derive(Default)]
struct Rows {
    rows: Vec<Vec<Cell>>,
    cells: usize,
}

impl Rows {
    /// Puts a cell whose parts are read in its place.
    fn close(
        &mut self,
        open: Option<Open<'_>>,
        strings: &[RichText],
        formats: &[Look],
        epoch: Epoch,
    ) -> Result<(), NotATable> {
        let Some(open) = open else { return Ok(()) };
        let at = open.at;
        let cell = cell(open, strings, formats, epoch);
        if cell.is_empty() {
            return Ok(());
        }
        if self.rows.len() <= at.row {
            self.cells += at.row + 1 - self.rows.len();
            if self.cells > CELLS_LIMIT {
                return Err(NotATable::TooLarge);
            }
            self.rows.resize(at.row + 1, Vec::new());
        }
        let Some(row) = self.rows.get_mut(at.row) else {
            return Ok(());
        };
        if row.len() <= at.column {
            self.cells += at.column + 1 - row.len();
            if self.cells > CELLS_LIMIT {
                return Err(NotATable::TooLarge);
            }
            row.resize(at.column + 1, Cell::Empty);
        }
        if let Some(place) = row.get_mut(at.column) {
            *place = cell;
        }
        Ok(())
    }
}

fn cell(open: Open<'_>, strings: &[RichText], formats: &[Look], epoch: Epoch) -> Cell {
    let value = open.value.filter(|value| !value.is_empty());
    let look = formats.get(open.format);
    let is_struck = look.is_some_and(|look| look.is_struck);
    let cell = match (open.kind, value) {
        ("inlineStr", _) => return open.text.cell(is_struck),
        ("str", None) => Cell::Empty,
        ("str", Some(text)) => Cell::text(unescaped(&text)),
        (_, None) if open.is_formula => Cell::NoResult,
        (_, None) => Cell::Empty,
        ("s", Some(number)) => {
            let text = number
                .trim()
                .parse()
                .ok()
                .and_then(|number: usize| strings.get(number));
            return text.map_or(Cell::Empty, |text| text.cell(is_struck));
        }
        ("b", Some(value)) => Cell::YesNo(matches!(value.trim(), "1" | "true")),
        ("e", Some(error)) => Cell::Error(error),
        ("d", Some(day)) => match day.parse() {
            Ok(day) => Cell::Day(day),
            Err(_) => Cell::text(day),
        },
        (_, Some(value)) => match numerals::plain(&value) {
            Some(digits) => {
                let plain = Shown::As(Form::Plain);
                serials::cell(digits, look.map_or(&plain, |look| &look.number), epoch)
            }
            None => Cell::text(value),
        },
    };
    if is_struck { cell.struck() } else { cell }
}
