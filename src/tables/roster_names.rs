//! How the names of persons are written in rosters, alone and several in one line.

use super::cells::Cell;
use super::identities::person;

/// What a column of names is called.
pub(super) const NAMES: [&str; 3] = ["姓名", "名字", "人员"];
/// What parts names in one line, beside blanks.
pub(super) const BETWEEN: [char; 5] = ['、', '，', '；', ',', ';'];
/// What parts names and nothing else: behind a comma there may be an office.
pub(super) const BETWEEN_NAMES: [char; 3] = ['、', '；', ';'];
/// How many characters the name of a person has that stands beside others.
const NAME: core::ops::RangeInclusive<usize> = 2..=4;
/// How the names of offices and of lists end, which stand beside names as well.
const OFFICES: &str = "部科组班室店员工师区县族籍册单表";

/// Whether nothing stands in a row but one cell with the name of somebody or of several, as
/// no heading of columns has it.
pub(super) fn has_names_alone(row: &[Cell]) -> bool {
    let mut filled = row.iter().filter(|cell| !cell.is_empty());
    let (Some(Cell::Text(text)), None) = (filled.next(), filled.next()) else {
        return false;
    };
    let parts = text.split(BETWEEN).filter(|part| !part.trim().is_empty());
    let mut names = parts.map(|part| person(&Cell::text(part)));
    names.all(|name| is_like_one_of_several(&name) && !is_office(&name))
}

/// Whether a text is like the name of a person that stands beside others.
pub(super) fn is_like_one_of_several(name: &str) -> bool {
    (NAME.contains(&name.chars().count()) || name.contains('·')) && is_like_a_name(name)
}

/// Whether a text ends as the names of offices and of lists do.
pub(super) fn is_office(name: &str) -> bool {
    name.ends_with(|character: char| OFFICES.contains(character))
}

pub(super) fn is_like_a_name(text: &str) -> bool {
    (2..=30).contains(&text.chars().count())
        && text
            .chars()
            .all(|character| character.is_alphabetic() || character == '·')
}
