//! The lines of a roster: what a line says of a person, and which lines are no person's.

use super::cells::Cell;
use super::identities::{Identity, person};
use super::roster_columns::{RosterColumns, is_serial, is_told};
use super::roster_left::has_left;
use super::roster_names::{
    BETWEEN, BETWEEN_NAMES, NAMES, is_group, is_like_one_of_several, is_no_person, is_office,
};
use super::row_labels::{RowLabel, is_figure};

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
    /// Whether it says that this person has left.
    pub has_left: bool,
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
    /// What a row is, in each of the lists that stand beside each other in it.
    pub(super) fn all(cells: &[Cell], columns: &RosterColumns) -> Vec<Self> {
        let mut all = Vec::new();
        let (mut cells, mut columns) = (cells, columns);
        while let Some((begin, beside)) = &columns.beside {
            let (own, others) = cells.split_at_checked(*begin).unwrap_or((cells, &[]));
            all.push(Self::read(own, columns));
            (cells, columns) = (others, beside);
        }
        all.push(Self::read(cells, columns));
        all
    }

    fn read(cells: &[Cell], columns: &RosterColumns) -> Self {
        // Who was taken off the list has a line through the name, or through the number.
        let mut telling = columns.name.iter().chain(&columns.digits);
        if telling.any(|column| matches!(cells.get(*column), Some(Cell::Struck(_)))) {
            return Self::PassedOver;
        }
        let line = read(cells, columns);
        let is_group = || !columns.digits.is_empty() && is_group(&line.name);
        let is_none = !line.has_digits() && (is_no_person(&line.name) || is_group());
        if is_none || line.is_nobodys(cells, columns) {
            return Self::PassedOver;
        }
        if let Some((names, is_sure)) = names_in(cells, columns) {
            return Self::Persons { names, is_sure };
        }
        let beside = names_beside_number(cells, columns).or_else(|| names_with_numbers(cells, columns));
        if let Some(names) = beside {
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

/// The names of a line that has several, each with a number behind it, where nothing over them
/// says of whom the second one is: 张三 138… 李四 139….
fn names_with_numbers(cells: &[Cell], columns: &RosterColumns) -> Option<Vec<String>> {
    if columns.is_headed {
        return None;
    }
    let mut names = Vec::new();
    let mut last: Option<String> = None;
    for cell in cells.iter().filter(|cell| !cell.is_empty()) {
        if is_told(cell) {
            names.extend(last.take());
        } else {
            let named = person(cell);
            let is_name = is_like_one_of_several(&named) && !is_office(&named);
            last = is_name.then_some(named).or(last);
        }
    }
    (names.len() > 1).then_some(names)
}

fn read(cells: &[Cell], columns: &RosterColumns) -> Line {
    let cell = |column: usize| cells.get(column).unwrap_or(&Cell::Empty);
    let mut line = Line {
        name: columns
            .name
            .map(|column| person(cell(column)))
            .unwrap_or_default(),
        is_blank: true,
        has_left: has_left(cells, &columns.left, &columns.stays),
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
