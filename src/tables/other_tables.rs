//! Another table below a table of firms, with headings of its own: what stands there is said
//! of other questions, and is no part of the first one.

use crate::policy::Policy;

use super::address::Address;
use super::cells::{Cell, Sheet};
use super::firm_names::identities;
use super::headings::{Certainty, Headings};
use super::layout::{Arrangement, heading};

/// Within how many columns the heading of the firms stands.
const NAMED_WITHIN: usize = 3;
/// How many characters a heading of firms may have.
const SHORT: usize = 16;
/// How many rows of headings, ids and units a table may have.
const HEADINGS: usize = 3;

/// Where another table begins below the first one, and where its headings stand.
pub(super) fn other_table(
    policy: &Policy,
    headings: &Headings,
    sheet: &Sheet,
    arrangement: Arrangement,
) -> Option<(usize, Address)> {
    let Arrangement::Firms {
        headings: own, first, ..
    } = arrangement
    else {
        return None;
    };
    let is_of_headings = |row: usize| names_firms(policy, headings, sheet.rows.get(row));
    // The headings that name the most may be those of the second table.
    let before = (0..own.saturating_sub(HEADINGS)).find(|row| is_of_headings(*row));
    let others =
        || (first + 1..sheet.rows.len()).find(|row| is_of_headings(*row) && !repeats(sheet, own, *row));
    let row = match before {
        Some(before) if !repeats(sheet, before, own) => own,
        _ => others()?,
    };
    // A single cell above headings is the name of their table.
    let is_name = |row: usize| {
        let cells = sheet.rows.get(row).into_iter().flatten();
        cells.filter(|cell| !cell.is_empty()).count() == 1
    };
    let end = if is_name(row - 1) { row - 1 } else { row };
    Some((end, Address::of(row, 0)))
}

/// Whether a row has the headings of another one once more, as on each page of a long table.
pub(super) fn repeats(sheet: &Sheet, headings: usize, row: usize) -> bool {
    sheet.rows.get(headings) == sheet.rows.get(row)
}

/// Whether a row has exactly the name of what names a firm, and more than half of it are such
/// names of questions.
fn names_firms(policy: &Policy, headings: &Headings, row: Option<&Vec<Cell>>) -> bool {
    let texts = row.into_iter().flatten().filter_map(heading);
    let exact = |text: &str| {
        let meant = headings.meant(text)?;
        (meant.certainty == Certainty::Exact).then_some(meant.target)
    };
    let mut first = texts.clone().take(NAMED_WITHIN);
    let is_named = first.any(|text| {
        text.chars().count() <= SHORT && exact(text).is_some_and(|own| identities(policy).contains(&own))
    });
    let exact = || texts.clone().filter(|text| exact(text).is_some()).count();
    is_named && exact() > 1 && exact() * 2 > row.map_or(0, Vec::len)
}
