//! Counting the persons of rosters (花名册核数): how many there are, how many
//! stand in two lists, and which lines may be one person twice.
//!
//! Lists are counted in slices, so that a page stays at hand, and let go line by
//! line. Nothing of a person leaves: what comes out are totals, and the numbers
//! of the lines that somebody should look at.

use std::collections::BTreeMap;

use super::cells::{Cell, Sheet};
use super::roster_columns::RosterColumns;
use super::roster_lines::{Line, RosterRow};
use super::roster_totals::{ListTotals, RosterTotals};
use super::same_persons::{LINES, Person, Persons};

/// Counts lists of persons, some lines at a time.
#[derive(Clone, Debug, Default)]
pub struct RosterCount {
    lists: Vec<(std::vec::IntoIter<Vec<Cell>>, RosterColumns, usize)>,
    at: usize,
    totals: Vec<ListTotals>,
    persons: Persons,
    names: BTreeMap<String, usize>,
    /// Who has an identity number under a name.
    by_number: BTreeMap<(u64, usize), usize>,
    /// Who has a telephone number under a name.
    by_telephone: BTreeMap<(u64, usize), usize>,
}

/// The most lists that are held against each other.
const LISTS: usize = 8;

impl RosterCount {
    /// Counts these lists, the first eight of them.
    pub fn of(lists: Vec<(Sheet, RosterColumns)>) -> Self {
        let mut totals = Vec::new();
        let lists: Vec<_> = lists
            .into_iter()
            .take(LISTS)
            .map(|(list, columns)| {
                let first = columns.first;
                let mut rows = list.rows.into_iter();
                let mut own = ListTotals::default();
                for (row, cells) in rows.by_ref().take(first).enumerate() {
                    if !cells.iter().all(Cell::is_empty) {
                        own.passed_over.add(row);
                    }
                }
                totals.push(own);
                (rows, columns, first)
            })
            .collect();
        Self {
            totals,
            lists,
            ..Self::default()
        }
    }

    /// Reads so many lines more; whether all are read.
    pub fn step(&mut self, lines: usize) -> bool {
        for _ in 0..lines {
            let list = self.at;
            let Some((rows, columns, row)) = self.lists.get_mut(list) else {
                return true;
            };
            match rows.next() {
                Some(cells) => {
                    let read = RosterRow::all(&cells, columns);
                    if columns.beside.is_none()
                        && let [RosterRow::Person(_)] = read.as_slice()
                    {
                        columns.asides.iter_mut().for_each(|aside| aside.take(&cells));
                    }
                    let place = (list, *row);
                    *row += 1;
                    self.take_row(read, place);
                }
                None => {
                    let asides = core::mem::take(&mut columns.asides).into_iter();
                    if let Some(own) = self.totals.get_mut(list) {
                        own.asides = asides.filter_map(|aside| aside.told(own.lines)).collect();
                    }
                    self.at += 1;
                }
            }
        }
        self.at >= self.lists.len()
    }

    /// Takes what a row says, in each of the lists that stand beside each other in it.
    fn take_row(&mut self, mut read: Vec<RosterRow>, place: (usize, usize)) {
        let (list, _) = place;
        let lines = self.totals.get(list).map_or(0, |totals| totals.lines);
        // A title or total is one row, however many lists are below or above it.
        if read
            .iter()
            .all(|row| !matches!(row, RosterRow::Person(_) | RosterRow::Persons { .. }))
        {
            read.sort_by_key(|row| !matches!(row, RosterRow::PassedOver));
            read.truncate(1);
        }
        for row in read {
            self.take(row, place);
        }
        if let Some(totals) = self.totals.get_mut(list) {
            totals.lines = totals.lines.min(lines + 1);
        }
    }

    fn take(&mut self, read: RosterRow, place: (usize, usize)) {
        let (list, row) = place;
        let Some(totals) = self.totals.get_mut(list) else {
            return;
        };
        match read {
            RosterRow::Blank => {}
            RosterRow::PassedOver => totals.passed_over.add(row),
            RosterRow::Person(line) => {
                line.count_into(totals, row);
                let has_left = line.has_left;
                let own = self.take_person(line, place);
                if has_left {
                    self.persons.left.push((place, own));
                }
            }
            RosterRow::Persons { names, is_sure } => {
                let lines: Vec<Line> = names.into_iter().map(Line::of_name).collect();
                // They are one line without a number.
                if let Some(first) = lines.first() {
                    first.count_into(totals, row);
                }
                let own = lines.into_iter().map(|line| self.take_person(line, place));
                let own: Vec<usize> = own.collect();
                if !is_sure {
                    self.persons.in_one_line.push((place, own));
                }
            }
        }
    }

    /// Takes what a line says of somebody; the place of that person among all.
    fn take_person(&mut self, line: Line, place: (usize, usize)) -> usize {
        let count = self.names.len();
        let name = *self.names.entry(line.name).or_insert(count);
        let key = line.number.map(|(key, _)| key);
        let own = self.known(key, line.telephone, name).unwrap_or_else(|| {
            let own = self.persons.all.len();
            self.persons.all.push(Person {
                same_as: own,
                number: None,
                is_sound: true,
                name,
                lists: 0,
                lines: Vec::new(),
                may_be_out: false,
            });
            own
        });
        if let Some(person) = self.persons.all.get_mut(own) {
            if let Some((key, is_sound)) = line.number {
                person.number = Some(key);
                person.is_sound = is_sound;
            }
            let (list, _) = place;
            person.lists |= 1 << list;
            if person.lines.len() < LINES {
                person.lines.push(place);
            }
        }
        if let Some(key) = key {
            self.by_number.insert((key, name), own);
        }
        if let Some(number) = line.telephone {
            self.by_telephone.insert((number, name), own);
            self.persons.telephones.push((number, own));
        }
        own
    }

    /// Who is known under a name by one of these numbers.
    fn known(&mut self, number: Option<u64>, telephone: Option<u64>, name: usize) -> Option<usize> {
        let by_number = number.and_then(|number| self.by_number.get(&(number, name)).copied());
        let by_number = by_number.map(|person| self.persons.root(person));
        let by_telephone = telephone.and_then(|number| self.by_telephone.get(&(number, name)).copied());
        let by_telephone = by_telephone.map(|person| self.persons.root(person));
        // Somebody with the same name and telephone but another identity number is somebody else.
        let by_telephone = by_telephone.filter(|place| {
            let known = self.persons.all.get(*place).and_then(|person| person.number);
            number.is_none() || known.is_none() || known == number
        });
        if let (Some(own), Some(other)) = (by_number, by_telephone)
            && own != other
        {
            self.persons.unite(own, other);
        }
        by_number.or(by_telephone)
    }

    /// What all lists come to that were read. What was read of persons ends with it.
    pub fn totals(self) -> RosterTotals {
        let mut totals = RosterTotals::of(self.totals);
        let nameless = self.names.get("").copied();
        self.persons.count_into(nameless, &mut totals);
        totals
    }
}

impl Line {
    /// The line of somebody of whom only the name is known.
    fn of_name(name: String) -> Self {
        Self {
            name,
            is_blank: true,
            ..Self::default()
        }
    }

    fn count_into(&self, totals: &mut ListTotals, row: usize) {
        let has_none = self.number.is_none() && self.telephone.is_none();
        totals.lines += 1;
        for (is_there, rows) in [
            (has_none && self.is_blank, &mut totals.without_digits),
            (has_none && self.masked, &mut totals.masked),
            (has_none && self.lost, &mut totals.lost_digits),
            (
                has_none && !self.is_blank && !self.masked && !self.lost,
                &mut totals.neither,
            ),
            (
                self.number.is_some_and(|(_, is_sound)| !is_sound),
                &mut totals.unsound,
            ),
        ] {
            if is_there {
                rows.add(row);
            }
        }
    }
}
