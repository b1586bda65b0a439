//! What the rows of a table with a firm in each say of themselves in a column that answers no
//! question: 计划 beside 实际, one year below another, 一季度 below 全年.

use crate::answers::DayOrMonth;

use super::assignments::Assignment;
use super::cells::{Cell, Sheet};
use super::layout::{heading, is_note};
use super::marks::is_mark;
use super::row_labels::RowLabel;
use super::spans::is_total;

/// How many rows tell what a column says.
const LOOKED_AT: usize = 400;
/// The columns of a table of firms that say something of its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RowMarks {
    /// Those in which every row says which figures it has: 计划, 2025年.
    kinds: Vec<usize>,
    /// Those with other words, by which rows of one firm may be told apart: 销售部.
    words: Vec<usize>,
}

impl RowMarks {
    /// The columns of a sheet that are no question, by what stands in the rows from `first`.
    pub(super) fn of(sheet: &Sheet, assignments: &[Assignment], first: usize) -> Self {
        let taken = |column: &usize| {
            let mut assignments = assignments.iter();
            assignments.any(|own| own.at.column == *column && own.names_a_question())
        };
        let mut marks = Self::default();
        for column in (0..sheet.width()).filter(|column| !taken(column)) {
            let rows = sheet.rows.iter().skip(first).take(LOOKED_AT);
            let cells = rows.filter(|row| !is_note(row)).filter_map(|row| row.get(column));
            let mut filled = cells.filter(|cell| !cell.is_empty()).peekable();
            if filled.peek().is_none() {
                continue;
            }
            let (mut are_marks, mut has_words) = (true, false);
            for cell in filled {
                are_marks &= matches!(cell, Cell::Text(_) | Cell::Number { .. }) && is_mark(&cell.shown());
                let is_word =
                    |text: &str| text.contains(char::is_alphabetic) || text.parse::<DayOrMonth>().is_ok();
                has_words |= matches!(cell, Cell::Day(_)) || heading(cell).is_some_and(is_word);
            }
            if are_marks {
                marks.kinds.push(column);
            } else if has_words {
                marks.words.push(column);
            }
        }
        marks
    }

    /// Whether no column says anything.
    pub(super) fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.words.is_empty()
    }

    /// Which figures a row says that it has; empty where it does not.
    pub(super) fn kind(&self, row: &[Cell]) -> String {
        shown(row, &self.kinds)
    }

    /// What a row says of itself beside that.
    pub(super) fn words(&self, row: &[Cell]) -> String {
        shown(row, &self.words)
    }

    /// Whether a row says in such a column that it adds others up: 小计 beside 销售部.
    pub(super) fn adds_up(&self, row: &[Cell]) -> bool {
        let mut texts = self.words.iter().filter_map(|column| heading(row.get(*column)?));
        texts.any(|text| is_total(text) && RowLabel::of(text) == Some(RowLabel::Total))
    }
}

/// What stands in some columns of a row, with a blank between.
fn shown(row: &[Cell], columns: &[usize]) -> String {
    let texts = columns
        .iter()
        .filter_map(|column| row.get(*column))
        .map(Cell::shown);
    let texts: Vec<String> = texts
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    texts.join(" ")
}
