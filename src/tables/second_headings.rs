//! Headings of firms in two rows where only some columns have a second one: 荣誉 over 国家级 and
//! 省部级, beside 从业人数 with nothing below it. Such a column is read by its second heading.

use std::collections::BTreeMap;

use crate::policy::Policy;

use super::address::Address;
use super::assignments::Assignment;
use super::cells::Sheet;
use super::firm_names::identities;
use super::headings::{Certainty, Headings, Meant};
use super::layout::{Arrangement, heading, is_name, is_row_of_units};
use super::units;

/// A second row of headings.
pub(super) struct SecondHeadings {
    /// Its row.
    pub row: usize,
    /// The columns that are read by it, with what stands over several of them.
    pub groups: BTreeMap<usize, String>,
}

impl SecondHeadings {
    /// The second row of headings of a table of firms, where it has one.
    pub(super) fn of(
        policy: &Policy,
        headings: &Headings,
        sheet: &Sheet,
        arrangement: Arrangement,
    ) -> Option<Self> {
        let Arrangement::Firms {
            headings: first,
            first: row,
            ..
        } = arrangement
        else {
            return None;
        };
        let names_firms = |at: Address| {
            let meant = heading(sheet.cell(at)).and_then(|name| headings.meant(name));
            meant.is_some_and(|meant| identities(policy).contains(&meant.target))
        };
        let is_named_below = |column: usize| {
            names_firms(Address::of(first, column)) && !sheet.cell(Address::of(row, column)).is_empty()
        };
        let mut columns = 0..sheet.width();
        let starts_empty = sheet.cell(Address::of(row, 0)).is_empty();
        let is_begun = starts_empty
            || columns
                .clone()
                .any(|column| names_firms(Address::of(row, column)));
        // The name of a firm stands in its row, and a row of headings is followed by one.
        let is_of_headings = is_begun
            && sheet
                .rows
                .get(row)?
                .iter()
                .all(|cell| cell.is_empty() || is_name(cell))
            && !columns.any(is_named_below)
            && sheet.rows.len() > row + 1;
        if !is_of_headings {
            return None;
        }
        let starts = (0..sheet.width()).filter(|column| !sheet.cell(Address::of(first, *column)).is_empty());
        let mut groups = BTreeMap::new();
        for start in starts {
            let columns = over(sheet, first, row, start);
            let Some(name) = heading(sheet.cell(Address::of(first, start))) else {
                continue;
            };
            // Over a single column only what means nothing is a group of what means something.
            let is_over_several = columns.iter().any(|column| *column != start);
            let is_over_one = || headings.meant(name).is_none() && !columns.is_empty();
            if is_over_several && is_group(headings, sheet, name, row, &columns)
                || is_over_one() && are_questions(headings, sheet, row, &columns)
            {
                groups.extend(columns.into_iter().map(|column| (column, name.trim().to_owned())));
            }
        }
        (!groups.is_empty()).then_some(Self { row, groups })
    }

    /// What a column is called in the second row and what that means, where it is read by it.
    pub(super) fn named(
        &self,
        headings: &Headings,
        sheet: &Sheet,
        column: usize,
    ) -> Option<(Address, String, Option<Meant>)> {
        let group = self.groups.get(&column)?;
        let at = Address::of(self.row, column);
        // A year may be kept as a number.
        let name = Some(sheet.cell(at)).filter(|cell| is_name(cell))?.shown();
        let meant = meant_below(headings, group, &name);
        Some((at, name, meant))
    }

    /// Takes the row below the second headings for that of the units, where it is one.
    pub(super) fn find_units(&self, sheet: &Sheet, arrangement: &mut Arrangement) -> bool {
        match arrangement {
            Arrangement::Firms {
                units: units @ None, ..
            } if is_row_of_units(sheet, self.row + 1) => {
                *units = Some(self.row + 1);
                true
            }
            _ => false,
        }
    }

    /// Calls what is not read by both its headings, since the second one alone does not tell
    /// which it is.
    pub(super) fn name_unread(&self, assignments: &mut [Assignment]) {
        let is_unread = |own: &&mut Assignment| own.at.row == self.row && !own.names_a_question();
        for own in assignments.iter_mut().filter(is_unread) {
            if let Some(group) = self.groups.get(&own.at.column) {
                own.heading = format!("{group} {}", own.heading);
            }
        }
    }
}

/// The columns with a second heading over which a first one stands, up to the next first one.
fn over(sheet: &Sheet, first: usize, row: usize, start: usize) -> Vec<usize> {
    let is_joined = |column: &usize| sheet.cell(Address::of(first, *column)).is_empty();
    let others = (start + 1..sheet.width()).take_while(is_joined);
    let columns = core::iter::once(start).chain(others);
    columns
        .filter(|column| !sheet.cell(Address::of(row, *column)).is_empty())
        .collect()
}

/// Whether a heading over several columns is no question itself, or each column below it is another.
fn is_group(headings: &Headings, sheet: &Sheet, name: &str, row: usize, columns: &[usize]) -> bool {
    headings.meant(name).is_none() || are_questions(headings, sheet, row, columns)
}

/// Whether each of some columns is called exactly as a question in a row.
fn are_questions(headings: &Headings, sheet: &Sheet, row: usize, columns: &[usize]) -> bool {
    let is_question = |column: &usize| {
        let below = heading(sheet.cell(Address::of(row, *column)));
        let meant = below.and_then(|below| headings.meant(below));
        meant.is_some_and(|meant| meant.certainty == Certainty::Exact)
    };
    columns.iter().all(is_question)
}

/// What a second heading means below another: by itself, or as one name with it. What is only
/// likely has to be so both ways, since 国家级 below 个人荣誉 is not what it would be alone.
fn meant_below(headings: &Headings, group: &str, name: &str) -> Option<Meant> {
    let (over, _) = units::divided(group);
    let (bare, behind) = units::divided(name);
    let alone = headings.meant(name);
    let joined = [format!("{bare}{over}"), format!("{over}{bare}")];
    let joined = joined.map(|joined| {
        headings.meant(&joined).map(|meant| Meant {
            behind: behind.clone(),
            ..meant
        })
    });
    let is_exact = |meant: &&Meant| meant.certainty == Certainty::Exact;
    let exact = alone.iter().chain(joined.iter().flatten()).find(is_exact);
    let is_joined_so = |alone: &&Meant| {
        let mut joined = joined.iter().flatten().peekable();
        joined.peek().is_some() && joined.all(|joined| joined.target == alone.target)
    };
    let likely = || alone.as_ref().filter(is_joined_so);
    exact.or_else(likely).cloned()
}
