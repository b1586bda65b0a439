//! Cells of a workbook that are one over several rows: the name of a firm over those of its
//! brands is that of each row, and a figure is of nobody knows which.

use crate::policy::Policy;

use super::address::Address;
use super::assignments::Assignment;
use super::cells::Sheet;
use super::firm_names::identities;

/// The sheet with what names a firm in each of the rows that it is written over once.
pub(super) fn with_names(
    policy: &Policy,
    sheet: &Sheet,
    kept: &[&Assignment],
    first: usize,
) -> Option<Sheet> {
    let identities = identities(policy);
    let names = |column: usize| {
        let mut own = kept.iter().filter(|own| own.at.column == column);
        own.any(|own| own.target.is_some_and(|own| identities.contains(&own)))
    };
    let below = below(sheet, first).filter(|(_, at)| names(at.column));
    let below: Vec<(Address, Address)> = below.collect();
    let mut named = (!below.is_empty()).then(|| sheet.clone())?;
    for (top, at) in below {
        if let Some(row) = named.rows.get_mut(at.row).filter(|row| !row.is_empty()) {
            row.resize(row.len().max(at.column + 1), super::cells::Cell::Empty);
            if let Some(cell) = row.get_mut(at.column) {
                *cell = sheet.cell(top).clone();
            }
        }
    }
    Some(named)
}

/// The cells below the first of those that are one, each with that first one.
pub(super) fn below(sheet: &Sheet, first: usize) -> impl Iterator<Item = (Address, Address)> {
    let merged = sheet.merged.iter().filter(move |(top, _)| top.row >= first);
    merged.flat_map(|(top, end)| {
        let rows = top.row + 1..(end.row + 1).min(sheet.rows.len());
        rows.map(|row| (*top, Address::of(row, top.column)))
    })
}
