//! Which column of a table has remarks: 备注, 说明.

use super::address::Address;
use super::cells::{Cell, Sheet};
use super::headings::plain;
use super::units;

/// What a column of remarks is called.
const NAMES: [&str; 10] = [
    "备注",
    "状态",
    "说明",
    "备考",
    "附注",
    "注",
    "备注说明",
    "备注及说明",
    "情况说明",
    "数据说明",
];

/// Whether a column that is called so has remarks: 备注（单位等）.
pub(super) fn is_of_remarks(name: &str) -> bool {
    let name = plain(&units::divided(name).0);
    name.ends_with("备注") || NAMES.contains(&name.as_str())
}

/// What stands right above the first row of questions in a column; empty where nothing does.
pub(super) fn called(sheet: &Sheet, first: usize, column: usize) -> String {
    let above = (0..first).rev().map(|row| sheet.cell(Address::of(row, column)));
    let mut filled = above.filter(|cell| !cell.is_empty());
    filled.next().map(Cell::shown).unwrap_or_default()
}

/// Whether a column beside questions has remarks by what stands above it.
pub(super) fn has_remarks(sheet: &Sheet, first: usize, column: usize) -> bool {
    is_of_remarks(&called(sheet, first, column))
}
