//! Columns of a table of firms that say in each row in which unit its figures are:
//! 营业收入 | 金额单位.

use std::borrow::Cow;

use crate::policy::Policy;

use super::address::Address;
use super::assignments::Assignment;
use super::cells::Sheet;
use super::faults::CellFault;
use super::headings::{Target, plain};
use super::layout::{Arrangement, heading, is_note};
use super::units;

/// A column of units, and whether they are those of money.
#[derive(Clone, Copy)]
struct UnitColumn {
    column: usize,
    is_of_money: bool,
}

/// Has figures read in the units of their rows. A column of units is that of the money before
/// it up to the one before, or of all money where it stands first; units of what is counted
/// are those of the column right before them.
pub(super) fn find_row_units(
    policy: &Policy,
    sheet: &Sheet,
    arrangement: Arrangement,
    assignments: &mut Vec<Assignment>,
) {
    let Arrangement::Firms { first, .. } = arrangement else {
        return;
    };
    let called = assignments
        .iter()
        .filter(|own| units::names_units(&plain(&own.heading)));
    let columns = called.filter_map(|own| unit_column(sheet, first, own.at.column));
    let columns: Vec<UnitColumn> = columns.collect();
    if columns.is_empty() {
        return;
    }
    let is_money = |own: &Assignment| own.target.is_some_and(|target| target.is_money(policy));
    let first_money = assignments
        .iter()
        .find(|own| is_money(own))
        .map(|own| own.at.column);
    for own in assignments.iter_mut() {
        let (at, is_money) = (own.at.column, is_money(own));
        let of_kind = || columns.iter().filter(|units| units.is_of_money == is_money);
        let behind = of_kind().map(|units| units.column).find(|column| *column > at);
        let found = if is_money {
            let before = of_kind().map(|units| units.column).next_back();
            behind.or_else(|| before.filter(|column| Some(*column) < first_money))
        } else {
            behind.filter(|column| *column == at + 1)
        };
        let has_own = own.unit.as_deref().is_some_and(units::is_bare);
        own.row_units = found.filter(|_| own.target.is_some() && !has_own);
    }
    assignments.retain(|own| !columns.iter().any(|units| units.column == own.at.column));
}

/// The units of a column, where nothing much else stands in it.
fn unit_column(sheet: &Sheet, first: usize, column: usize) -> Option<UnitColumn> {
    let rows = sheet.rows.iter().skip(first).filter(|row| !is_note(row));
    let texts = rows.filter_map(|row| heading(row.get(column)?));
    let (mut of_units, mut of_money, mut all) = (0, 0, 0);
    for text in texts {
        let unit = units::bare_of(text);
        let is_unit = units::is_bare(&unit);
        of_units += usize::from(is_unit);
        of_money += usize::from(is_unit && !units::is_counted(&unit));
        all += 1;
    }
    (of_units > 0 && of_units * 2 >= all).then_some(UnitColumn {
        column,
        is_of_money: of_money > 0,
    })
}

/// A column as it is read in a row: with the unit that stands there.
///
/// # Errors
/// When a figure stands in the row and no unit of its question.
pub(super) fn in_row<'own>(
    policy: &Policy,
    sheet: &Sheet,
    own: &'own Assignment,
    row: usize,
) -> Result<Cow<'own, Assignment>, CellFault> {
    let Some(column) = own.row_units else {
        return Ok(Cow::Borrowed(own));
    };
    let figure = sheet.cell(Address::of(row, own.at.column));
    if figure.is_empty() || figure.says_nothing() {
        return Ok(Cow::Borrowed(own));
    }
    let at = Address::of(row, column);
    let unit = units::bare_of(&sheet.cell(at).shown());
    let places = match own.target {
        _ if !units::is_bare(&unit) => return Err(CellFault::NoUnit(at)),
        Some(Target::Fact(fact)) => units::places(&policy.facts[fact], &unit),
        _ if units::is_no_money(&unit) => Err(unit.clone()),
        _ => Ok(None),
    };
    Ok(Cow::Owned(Assignment {
        places: Ok(places.map_err(|_| CellFault::NoUnit(at))?),
        unit: Some(unit),
        ..own.clone()
    }))
}
