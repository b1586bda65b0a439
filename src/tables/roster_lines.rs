//! The lines of a roster: where names and numbers stand in it, what a line says of a
//! person, and which lines are no person's.

use super::cells::{Cell, Sheet};
use super::identities::{Identity, name, person};
use super::row_labels::{RowLabel, is_figure};

/// Where names and numbers stand in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterColumns {
    /// The column of the names, where there is one.
    pub name: Option<usize>,
    /// The columns of identity numbers and telephone numbers.
    pub digits: Vec<usize>,
    /// The column that numbers the lines, where there is one.
    pub serial: Option<usize>,
    /// The first line of a person.
    pub first: usize,
}

/// How many lines tell where names and numbers stand.
const LOOKED_AT: usize = 200;
/// What a column of names is called.
const NAMES: [&str; 3] = ["姓名", "名字", "人员"];
/// Within how many lines the headings stand.
const HEADINGS: usize = 5;
/// How many digits the number of a line has at the most.
const SERIAL: usize = 6;

impl RosterColumns {
    /// Where names and numbers probably stand.
    pub fn of(list: &Sheet) -> Self {
        let first = first_line(list);
        let rows = || list.rows.iter().skip(first).take(LOOKED_AT);
        let mut columns = Self {
            first,
            ..Self::default()
        };
        let mut names = Vec::new();
        for column in 0..list.width() {
            let cells = || {
                rows()
                    .filter_map(|row| row.get(column))
                    .filter(|cell| !cell.is_empty())
            };
            let all = cells().count();
            let told = cells().filter(|cell| {
                Identity::is_meant(cell)
                    || matches!(
                        Identity::of(cell),
                        Identity::Number { .. }
                            | Identity::Telephone(_)
                            | Identity::Masked
                            | Identity::LostDigits
                    )
            });
            if all > 0 && told.count() * 2 > all {
                columns.digits.push(column);
                continue;
            }
            let called = list
                .rows
                .get(first.saturating_sub(1))
                .and_then(|row| row.get(column))
                .map(name)
                .unwrap_or_default();
            let is_called = first > 0 && NAMES.iter().any(|name| called.contains(name));
            let like_names = cells().filter(|cell| is_like_a_name(&name(cell))).count();
            names.push((is_called, like_names, usize::MAX - column));
            if columns.serial.is_none() && cells().filter(|cell| is_serial(cell)).count() * 2 > all {
                columns.serial = Some(column);
            }
        }
        let best = names
            .into_iter()
            .filter(|(called, count, _)| *called || *count > 0)
            .max();
        columns.name = best.map(|(_, _, column)| usize::MAX - column);
        columns
    }
}

/// The first line of a list that may be a person's.
fn first_line(list: &Sheet) -> usize {
    // A title may stand over the row that says which column is which, and name 人员 as well:
    // the last such row before the first number is the one.
    let tells = |row: &Vec<Cell>| row.iter().any(|cell| Identity::of(cell).tells());
    let is_called = |row: &Vec<Cell>| {
        let mut names = row.iter().map(name);
        names.any(|cell| NAMES.iter().any(|called| cell.contains(called)))
    };
    let leading = list.rows.iter().take(HEADINGS).take_while(|row| !tells(row));
    let headings = leading.enumerate().filter(|(_, row)| is_called(row)).last();
    let first = headings.map(|(place, _)| place + 1);
    first.unwrap_or_else(|| {
        usize::from(list.rows.first().is_some_and(|row| {
            row.iter().any(|cell| !cell.is_empty())
                && !has_names_alone(row)
                && !row.iter().any(Identity::is_meant)
                && list.rows.iter().skip(1).take(LOOKED_AT).any(tells)
        }))
    })
}

/// Whether nothing stands in a row but one cell with the name of somebody or of several, as
/// no heading of columns has it.
fn has_names_alone(row: &[Cell]) -> bool {
    let mut filled = row.iter().filter(|cell| !cell.is_empty());
    let (Some(Cell::Text(text)), None) = (filled.next(), filled.next()) else {
        return false;
    };
    let parts = text.split(BETWEEN).filter(|part| !part.trim().is_empty());
    let mut names = parts.map(|part| person(&Cell::text(part)));
    names.all(|name| is_like_one_of_several(&name) && !is_office(&name))
}

/// Whether a text is like the name of a person that stands beside others.
fn is_like_one_of_several(name: &str) -> bool {
    (NAME.contains(&name.chars().count()) || name.contains('·')) && is_like_a_name(name)
}

/// Whether a text ends as the names of offices and of lists do.
fn is_office(name: &str) -> bool {
    name.ends_with(|character: char| OFFICES.contains(character))
}

fn is_like_a_name(text: &str) -> bool {
    (2..=30).contains(&text.chars().count())
        && text
            .chars()
            .all(|character| character.is_alphabetic() || character == '·')
}

fn is_serial(cell: &Cell) -> bool {
    let shown = cell.shown();
    let digits = shown.trim();
    !digits.is_empty() && digits.len() <= SERIAL && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a line says.
#[derive(Default)]
pub(super) struct Line {
    pub name: String,
    /// The key of its identity number, and whether that agrees with its own check.
    pub number: Option<(u64, bool)>,
    pub telephone: Option<u64>,
    pub masked: bool,
    pub lost: bool,
    /// Whether nothing stands in the columns of numbers.
    pub is_blank: bool,
}

/// What a row of a roster is.
pub(super) enum RosterRow {
    /// Somebody's line.
    Person(Line),
    /// Several names in one line: those of so many persons where signs part them and no number
    /// is there, while what stands in columns may as well be something else of one.
    Persons { names: Vec<String>, is_sure: bool },
    /// A total, a heading, what stands below the list: nobody's, and said to be so.
    PassedOver,
    /// Nothing, or the number of a line and nothing more.
    Blank,
}

impl RosterRow {
    pub(super) fn read(cells: &[Cell], columns: &RosterColumns) -> Self {
        // Who was taken off the list has a line through the name, or through the number.
        let mut telling = columns.name.iter().chain(&columns.digits);
        if telling.any(|column| matches!(cells.get(*column), Some(Cell::Struck(_)))) {
            return Self::PassedOver;
        }
        let line = read(cells, columns);
        if line.is_nobodys(cells, columns) {
            return Self::PassedOver;
        }
        if let Some((names, is_sure)) = names_in(cells, columns) {
            return Self::Persons { names, is_sure };
        }
        if let Some(names) = names_beside_number(cells, columns) {
            return Self::Persons {
                names,
                is_sure: false,
            };
        }
        if !line.name.is_empty() || !line.is_blank {
            return Self::Person(line);
        }
        let says = |cell: &Cell| !cell.is_empty() && !is_serial(cell);
        if cells.iter().any(says) {
            Self::PassedOver
        } else {
            Self::Blank
        }
    }
}

impl Line {
    /// Whether it has what a number of somebody is, be it spoilt.
    const fn has_digits(&self) -> bool {
        self.number.is_some() || self.telephone.is_some() || self.masked || self.lost
    }

    /// Whether the row is a total, a heading once more or what stands below the list. Who is
    /// called 合计 and has a number is a person, and so is who has an office for a remark.
    fn is_nobodys(&self, cells: &[Cell], columns: &RosterColumns) -> bool {
        let label = |cell: &Cell| match cell {
            Cell::Text(text) => RowLabel::of(text),
            _ => None,
        };
        let has_digits = self.has_digits();
        let in_name = columns.name.and_then(|column| cells.get(column));
        match in_name.and_then(label) {
            Some(RowLabel::Total) if !has_digits => return true,
            Some(RowLabel::Below | RowLabel::BelowAlone) => return true,
            _ => {}
        }
        if !has_digits && NAMES.contains(&self.name.as_str()) {
            return true;
        }
        let mut filled = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let first = filled.next();
        let at_first = first.and_then(|(column, cell)| Some((column, label(cell)?)));
        let is_named = !self.name.is_empty() && !is_figure(&self.name);
        match at_first {
            Some((_, RowLabel::Total)) if !(is_named && has_digits) => true,
            Some((_, RowLabel::Below)) => true,
            // 负责人 before a name is an office, but not in place of a line's number.
            Some((column, RowLabel::BelowAlone)) if !is_named || columns.serial == Some(column) => true,
            _ if is_named || has_digits => false,
            _ => filled.any(|(_, cell)| label(cell).is_some()),
        }
    }
}

/// What parts names in one line, beside blanks.
const BETWEEN: [char; 5] = ['、', '，', '；', ',', ';'];
/// What parts names and nothing else: behind a comma there may be an office.
pub(super) const BETWEEN_NAMES: [char; 3] = ['、', '；', ';'];
/// How many characters the name of a person has that stands beside others.
const NAME: core::ops::RangeInclusive<usize> = 2..=4;
/// How the names of offices and of lists end, which stand beside names as well.
const OFFICES: &str = "部科组班室店员工师区县族籍册单表";

/// The names in a line that has several and nothing else, and whether signs part them. In
/// columns, or with blanks between, they are only looked for in a list that has neither
/// headings nor numbers.
fn names_in(cells: &[Cell], columns: &RosterColumns) -> Option<(Vec<String>, bool)> {
    let filled: Vec<&Cell> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    let is_bare = columns.first == 0 && columns.digits.is_empty();
    let is_alone = filled.len() == 1;
    if !is_alone && !is_bare {
        return None;
    }
    let mut names = Vec::new();
    let mut is_parted = is_alone;
    for cell in filled {
        let Cell::Text(text) = cell else { return None };
        let has_signs = text.contains(BETWEEN);
        is_parted &= has_signs;
        let ends = |character: char| {
            BETWEEN.contains(&character) || is_bare && !has_signs && character.is_whitespace()
        };
        let parts = text.split(ends).map(Cell::text).filter(|part| !part.is_empty());
        names.extend(parts.map(|part| person(&part)));
    }
    let is_name = |text: &String| {
        let is_other = !is_parted && is_office(text) || NAMES.contains(&text.as_str());
        is_like_one_of_several(text) && !is_other
    };
    let are_names = names.len() > 1 && (is_parted || is_bare) && names.iter().all(is_name);
    are_names.then_some((names, is_parted))
}

/// The names in a line that has a number as well, where signs part them: whether the
/// number is that of all of them or of one nobody can tell.
fn names_beside_number(cells: &[Cell], columns: &RosterColumns) -> Option<Vec<String>> {
    let is_of_number = |character: char| {
        !character.is_alphabetic() && character != '·' && !BETWEEN_NAMES.contains(&character)
    };
    let mut filled = cells.iter().enumerate();
    filled.find_map(|(column, cell)| {
        let may_name = columns.name.is_none_or(|name| name == column) || columns.digits.contains(&column);
        let Cell::Text(text) = cell else { return None };
        let text = Some(text).filter(|_| may_name)?;
        let parts = text
            .split(BETWEEN_NAMES)
            .map(|part| part.trim_matches(is_of_number));
        let parts = parts.filter(|part| !part.is_empty());
        let names: Vec<String> = parts.map(|part| person(&Cell::text(part))).collect();
        let are_names = names.len() > 1 && names.iter().all(|name| is_like_one_of_several(name));
        are_names.then_some(names)
    })
}

fn read(cells: &[Cell], columns: &RosterColumns) -> Line {
    let cell = |column: usize| cells.get(column).unwrap_or(&Cell::Empty);
    let mut line = Line {
        name: columns
            .name
            .map(|column| person(cell(column)))
            .unwrap_or_default(),
        is_blank: true,
        ..Line::default()
    };
    for column in &columns.digits {
        let identity = Identity::of(cell(*column));
        line.is_blank &= identity == Identity::Nothing;
        match identity {
            Identity::Number { key, is_sound } => line.number = line.number.or(Some((key, is_sound))),
            Identity::Telephone(number) => line.telephone = line.telephone.or(Some(number)),
            Identity::Masked => line.masked = true,
            Identity::LostDigits => line.lost = true,
            Identity::Neither | Identity::Nothing => {}
        }
    }
    line
}
