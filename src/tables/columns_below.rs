//! Headings of firms that stand over several columns, with 计划 and 实际 or years below them:
//! the column is read that has what is asked, and where it cannot be told none is.

use super::address::Address;
use super::assignments::Assignment;
use super::cells::{Cell, Sheet};
use super::faults::CellFault;
use super::headings::Target;
use super::layout::{Arrangement, heading};
use super::marks::is_mark;
use super::other_figures::years;
use super::value_columns::{Judge, Says};

/// Puts headings over several columns to the one of them that is asked, and holds those of
/// which it cannot be told; what is said of the columns that are not read. `is_second` says
/// that the row below the headings is known to be one of headings.
pub(super) fn read_columns_below(
    judge: Judge<'_>,
    sheet: &Sheet,
    arrangement: &mut Arrangement,
    assignments: &mut [Assignment],
    is_second: bool,
) -> Vec<(Address, CellFault)> {
    let Arrangement::Firms {
        headings: row, first, ..
    } = arrangement
    else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    let mut is_of_headings = is_second || is_of_marks(sheet, *first);
    let below_headings = *first;
    // What is called by the row below has been read by it.
    for own in assignments.iter_mut().filter(|own| own.at.row < below_headings) {
        let Some(target) = own.target else { continue };
        let columns = below(sheet, *row, *first, own.at.column);
        if columns.len() < 2 {
            let name = sheet.cell(Address::of(*first, own.at.column)).shown();
            let another = judge.another(target, &name).filter(|_| is_of_headings);
            if let Some(another) = another {
                own.hold(another);
            }
            continue;
        }
        if let Some(ticked) = ticked(judge, target, &columns) {
            is_of_headings = true;
            own.hold(ticked);
            continue;
        }
        let is_told = |(_, name): &(Address, String)| is_mark(name) || judge.another(target, name).is_some();
        if !target.is_figure(judge.policy) && !columns.iter().all(is_told) {
            continue;
        }
        let names: Vec<&str> = columns.iter().map(|(_, name)| name.as_str()).collect();
        let asked = columns
            .iter()
            .filter(|(_, name)| judge.says(target, name, &names) == Says::Asked);
        let asked: Vec<&(Address, String)> = asked.collect();
        let [only] = asked.as_slice() else {
            own.hold(CellFault::WhichColumn(columns));
            continue;
        };
        is_of_headings = true;
        let others = columns.iter().filter(|(at, _)| at != &only.0);
        faults.extend(others.map(|(at, _)| (*at, CellFault::OtherColumn(vec![(*only).clone()], Vec::new()))));
        own.at.column = only.0.column;
        own.heading = format!("{}（{}）", own.heading, only.1);
    }
    if is_of_headings {
        *first += 1;
    }
    faults
}

/// What is said of columns in which ticks stand.
fn ticked(judge: Judge<'_>, target: Target, columns: &[(Address, String)]) -> Option<CellFault> {
    let faults = columns.iter().filter_map(|(_, name)| judge.another(target, name));
    let mut ticked = faults.filter(|fault| matches!(fault, CellFault::Ticked(_)));
    ticked.next()
}

/// Whether a row has no name of a firm and says which figures stand below: 2025年, 2026年1-10月.
fn is_of_marks(sheet: &Sheet, row: usize) -> bool {
    let cells = sheet.rows.get(row).map_or(&[] as &[_], Vec::as_slice);
    let mut filled = cells.iter().filter(|cell| !cell.is_empty()).peekable();
    cells.first().is_some_and(Cell::is_empty)
        && filled.peek().is_some()
        && filled.all(|cell| heading(cell).is_some_and(|text| is_mark(text) || !years(text).is_empty()))
}

/// The columns over which a heading stands, with what they are called below it; only itself
/// where it stands over one.
fn below(sheet: &Sheet, row: usize, first: usize, column: usize) -> Vec<(Address, String)> {
    let below = |column: usize| sheet.cell(Address::of(first, column));
    let is_below =
        |other: &usize| sheet.cell(Address::of(row, *other)).is_empty() && heading(below(*other)).is_some();
    let others = (column + 1..sheet.width()).take_while(is_below);
    let columns = core::iter::once(column)
        .chain(others)
        .map(|column| (Address::of(first, column), below(column).shown()));
    let columns: Vec<(Address, String)> = columns.collect();
    // A row of headings has no name of a firm: only there a year without a word is no figure.
    let is_of_headings = sheet.cell(Address::of(first, 0)).is_empty();
    let is_called = |(_, name): &(Address, String)| {
        name.contains(char::is_alphabetic) || is_of_headings && !years(name).is_empty()
    };
    if columns.iter().all(is_called) {
        columns
    } else {
        Vec::new()
    }
}
