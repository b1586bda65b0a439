//! Names with their answers beside the first ones of a row, as forms have them, and in a cell
//! of their own: `注册资金 | 500万元 | 从业人数 | 620`, `单位名称：示例甲`.

use super::address::Address;
use super::cells::Sheet;
use super::headings::{Certainty, Headings, Meant};
use super::layout::heading;

/// What stands between a name and its value in one cell.
const COLONS: [char; 2] = [':', '：'];

/// A name with the column of its answer.
pub(super) struct Pair {
    pub at: Address,
    pub name: String,
    pub meant: Meant,
    pub answer: usize,
}

/// Whether a cell has exactly the name of a question.
fn exact(headings: &Headings, sheet: &Sheet, at: Address) -> Option<Meant> {
    let meant = headings.meant(heading(sheet.cell(at))?)?;
    (meant.certainty == Certainty::Exact).then_some(meant)
}

/// Where the next name of a row begins behind a name and its answer; the end of the row
/// where none does. Names side by side are one name, as an id beside its words is.
pub(super) fn next_name(headings: &Headings, sheet: &Sheet, name: Address) -> usize {
    let end = sheet.rows.get(name.row).map_or(0, Vec::len);
    let mut has_answer = false;
    for column in name.column + 1..end {
        let at = Address::of(name.row, column);
        if exact(headings, sheet, at).is_some() {
            if has_answer
                && first_filled(sheet, at).is_some_and(|next| exact(headings, sheet, next).is_none())
            {
                return column;
            }
        } else {
            has_answer |= !sheet.cell(at).is_empty();
        }
    }
    end
}

/// The first cell behind another one in its row in which something stands.
fn first_filled(sheet: &Sheet, at: Address) -> Option<Address> {
    let end = sheet.rows.get(at.row).map_or(0, Vec::len);
    let mut behind = (at.column + 1..end).map(|column| Address::of(at.row, column));
    behind.find(|at| !sheet.cell(*at).is_empty())
}

/// The pairs of a row behind its first name, which stands there with its answer.
pub(super) fn pairs_behind(headings: &Headings, sheet: &Sheet, first: Address) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let end = sheet.rows.get(first.row).map_or(0, Vec::len);
    let mut column = next_name(headings, sheet, first);
    while column < end {
        let at = Address::of(first.row, column);
        if let (Some(meant), Some(answer)) = (exact(headings, sheet, at), first_filled(sheet, at)) {
            pairs.push(Pair {
                at,
                name: sheet.cell(at).shown(),
                meant,
                answer: answer.column,
            });
        }
        column = next_name(headings, sheet, at);
    }
    pairs
}

/// The pairs of a row that stand in one cell each, with nothing beside them that is their
/// answer. Who reads them is asked to look, since they may be said of somebody else.
pub(super) fn pairs_in_cells(headings: &Headings, sheet: &Sheet, row: usize) -> Vec<Pair> {
    let cells = sheet.rows.get(row).into_iter().flatten().enumerate();
    let pairs = cells.filter_map(|(column, cell)| {
        let at = Address::of(row, column);
        let (name, value) = heading(cell)?.split_once(COLONS)?;
        // A time of day has a colon as well.
        let name = Some(name).filter(|name| name.contains(char::is_alphabetic))?;
        let meant = headings.meant(name)?;
        let is_alone = |next: Address| heading(sheet.cell(next)).is_some_and(|text| text.contains(COLONS));
        let next = Address::of(row, column + 1);
        let is_pair = meant.certainty == Certainty::Exact
            && !value.trim().is_empty()
            && (sheet.cell(next).is_empty() || is_alone(next));
        is_pair.then(|| Pair {
            at,
            name: name.trim().to_owned(),
            meant: Meant {
                certainty: Certainty::Likely,
                behind: None,
                ..meant
            },
            answer: column,
        })
    });
    pairs.collect()
}
