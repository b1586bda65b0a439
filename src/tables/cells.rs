//! A table as it is kept, before anybody says what it means.

use crate::answers::Date;

use super::address::Address;

/// What is in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing that can be seen.
    #[default]
    Empty,
    /// A text, as it was written.
    Text(String),
    /// A number that a workbook keeps as one: its digits as JSON writes them.
    Number {
        /// The digits, without a power of ten.
        digits: String,
        /// How the cell shows it.
        form: Form,
    },
    /// A day: a number that the cell shows as one.
    Day(Date),
    /// `TRUE` or `FALSE`.
    YesNo(bool),
    /// What a spreadsheet shows where it cannot compute: `#REF!`.
    Error(String),
    /// A formula of which the file keeps no result.
    NoResult,
    /// What somebody has drawn a line through: how it is shown.
    Struck(String),
}

/// How a cell shows its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Digit by digit, perhaps with separators or rounded. With a word behind it, 元, it is a text.
    #[default]
    Plain,
    /// As so many hundredths.
    Percent,
    /// As a power of ten.
    Power,
    /// As a time of day, or as a day that does not exist.
    Time,
    /// Divided by a thousand or more: 3200000 is shown as 320.0.
    Scaled,
}

impl Cell {
    /// A number in its plain form.
    pub fn number(digits: impl core::fmt::Display) -> Self {
        Self::Number {
            digits: digits.to_string(),
            form: Form::Plain,
        }
    }

    /// A text; nothing where nothing is in it that can be seen.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if crate::answers::plain_visible(&text).trim().is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// The same with a line through it.
    #[must_use]
    pub fn struck(self) -> Self {
        match self {
            Self::Empty | Self::NoResult => self,
            cell => Self::Struck(cell.shown()),
        }
    }

    /// Whether nothing is in it.
    pub const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// Whether only a stroke, a mark or a word is in it that stands for nothing: —, /, ※, 无.
    pub(super) fn says_nothing(&self) -> bool {
        match self {
            Self::Text(text) => {
                let is_marks = !text.contains(|character: char| character.is_alphanumeric());
                is_marks || crate::answers::says_nothing(text)
            }
            _ => false,
        }
    }

    /// What the cell is called where it is spoken of, much as it is shown.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty | Self::NoResult => String::new(),
            Self::Text(text) | Self::Error(text) | Self::Struck(text) => text.clone(),
            Self::Number { digits, .. } => digits.clone(),
            Self::Day(day) => day.to_string(),
            Self::YesNo(yes) => String::from(if *yes { "TRUE" } else { "FALSE" }),
        }
    }
}

/// The most cells of a sheet, counted over the width of its rows, so that a
/// single cell in the last column of every row fills no memory.
pub(super) const CELLS_LIMIT: usize = 4_000_000;

/// The name of the sheet of a workbook that says which part of a case it is. No
/// spreadsheet shows it, and of hidden sheets it alone is read.
pub(super) const PART_SHEET: &str = "lba-part";

/// A sheet of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; empty where it has none.
    pub name: String,
    /// Its rows from the top, each as far as something is in it.
    pub rows: Vec<Vec<Cell>>,
    /// Whether its rows are lines of a text, each its names with their values behind them, or
    /// else only what was not understood in place of a value.
    pub is_of_lines: bool,
    /// Lines of a text before and behind the table in it, which are no part of it.
    pub outside: Vec<String>,
    /// Rows that the workbook does not show, as those that a filter leaves out.
    pub hidden: Vec<usize>,
    /// Columns that the workbook does not show.
    pub hidden_columns: Vec<usize>,
    /// Cells over several rows that the workbook shows as one, from the first to the last.
    pub merged: Vec<(Address, Address)>,
    /// What somebody says of a cell in a comment that hangs on it, in the order of the cells.
    pub comments: Vec<(Address, String)>,
    /// For a sheet that is written: how many rows at the top are headings.
    pub headings: usize,
    /// For a sheet that is written: how wide its columns are, in characters; the last one goes on.
    pub widths: Vec<u32>,
    /// For a sheet that is written: where entries keep their digits as they are typed.
    pub texts: Vec<Filled>,
    /// For a sheet that is written: where one of some words is to be chosen.
    pub choices: Vec<(Filled, Vec<String>)>,
}

/// Where something is filled in by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// In a cell.
    Cell(Address),
    /// In a column below the headings.
    Column(usize),
}

impl Sheet {
    /// A sheet of that name to be written.
    pub fn named(name: &str, headings: usize, widths: Vec<u32>) -> Self {
        Self {
            name: String::from(name),
            rows: Vec::new(),
            headings,
            widths,
            ..Self::default()
        }
    }

    /// The cell at a place.
    pub fn cell(&self, at: Address) -> &Cell {
        let row = self.rows.get(at.row);
        row.and_then(|row| row.get(at.column)).unwrap_or(&Cell::Empty)
    }

    /// The comment that hangs on a cell.
    pub(super) fn comment(&self, at: Address) -> Option<&str> {
        let found = self.comments.binary_search_by_key(&at, |(own, _)| *own).ok()?;
        self.comments.get(found).map(|(_, text)| text.as_str())
    }

    /// Whether the workbook does not show a column.
    pub(super) fn hides_column(&self, column: usize) -> bool {
        self.hidden_columns.binary_search(&column).is_ok()
    }

    /// How many columns the widest row has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// The sheet as far as a row.
    pub(super) fn before(&self, end: usize) -> Self {
        let mut sheet = self.clone();
        sheet.rows.truncate(end);
        sheet
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().flatten().all(Cell::is_empty)
    }

    /// The sheet without empty cells at the ends of its rows and empty rows below them.
    pub(super) fn trimmed(mut self) -> Self {
        for row in &mut self.rows {
            let end = row.iter().rposition(|cell| !cell.is_empty());
            row.truncate(end.map_or(0, |end| end + 1));
        }
        let end = self.rows.iter().rposition(|row| !row.is_empty());
        self.rows.truncate(end.map_or(0, |end| end + 1));
        self
    }
}
