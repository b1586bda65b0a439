//! Counting the persons of rosters (花名册核数): how many there are, how many
//! stand in two lists, and which lines may be one person twice.
//!
//! Lists are counted in slices, so that a page stays at hand, and let go line by
//! line. Nothing of a person leaves: what comes out are totals, and the numbers
//! of the lines that somebody should look at.

use std::collections::BTreeMap;

use super::cells::{Cell, Sheet};
use super::identities::{Identity, name};

/// Where names and numbers stand in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterColumns {
    /// The column of the names, where there is one.
    pub name: Option<usize>,
    /// The columns of identity numbers and telephone numbers.
    pub digits: Vec<usize>,
    /// The first line of a person.
    pub first: usize,
}

/// How many lines tell where names and numbers stand.
const LOOKED_AT: usize = 200;
/// What a column of names is called.
const NAMES: [&str; 3] = ["姓名", "名字", "人员"];
/// Within how many lines the headings stand.
const HEADINGS: usize = 5;
/// How a line begins that adds the others up.
const TOTALS: [&str; 4] = ["合计", "总计", "共计", "小计"];

impl RosterColumns {
    /// Where names and numbers probably stand.
    pub fn of(list: &Sheet) -> Self {
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
        let first = first.unwrap_or_else(|| {
            usize::from(list.rows.first().is_some_and(|row| {
                row.iter().any(|cell| !cell.is_empty())
                    && !tells(row)
                    && list.rows.iter().skip(1).take(LOOKED_AT).any(tells)
            }))
        });
        let rows = || list.rows.iter().skip(first).take(LOOKED_AT);
        let mut digits = Vec::new();
        let mut names = Vec::new();
        for column in 0..list.width() {
            let cells = || {
                rows()
                    .filter_map(|row| row.get(column))
                    .filter(|cell| !cell.is_empty())
            };
            let all = cells().count();
            let told = cells().filter(|cell| {
                matches!(
                    Identity::of(cell),
                    Identity::Number { .. }
                        | Identity::Telephone(_)
                        | Identity::Masked
                        | Identity::LostDigits
                )
            });
            if all > 0 && told.count() * 2 > all {
                digits.push(column);
            } else {
                let called = list
                    .rows
                    .get(first.saturating_sub(1))
                    .and_then(|row| row.get(column))
                    .map(name)
                    .unwrap_or_default();
                let is_called = first > 0 && NAMES.iter().any(|name| called.contains(name));
                let like_names = cells().filter(|cell| is_like_a_name(&name(cell))).count();
                names.push((is_called, like_names, usize::MAX - column));
            }
        }
        let best = names
            .into_iter()
            .filter(|(called, count, _)| *called || *count > 0)
            .max();
        Self {
            name: best.map(|(_, _, column)| usize::MAX - column),
            digits,
            first,
        }
    }
}

fn is_like_a_name(text: &str) -> bool {
    (2..=30).contains(&text.chars().count())
        && text
            .chars()
            .all(|character| character.is_alphabetic() || character == '·')
}

/// How many: sure ones, and as many as there may be at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Between {
    /// So many at the least.
    pub least: usize,
    /// So many at the most.
    pub most: usize,
}

/// What makes lines doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubts {
    /// One name, with numbers that may be those of one person.
    OneNameOtherDigits,
    /// One name, with a number in one line and none that can be read in another.
    OneNameNoDigits,
    /// One number with two names.
    OneNumberOtherName,
}

/// Lines that somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubtful {
    pub why: Doubts,
    /// The lines: the list and the row in it, both counted from zero.
    pub lines: Vec<(usize, usize)>,
}

/// What one list comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListTotals {
    /// Its lines with a name or a number.
    pub lines: usize,
    pub persons: Between,
    /// Lines without any number.
    pub without_digits: usize,
    /// Lines whose number has stars in it.
    pub masked: usize,
    /// Lines whose number has lost its last digits.
    pub lost_digits: usize,
    /// Lines whose number is neither an identity nor a telephone number.
    pub neither: usize,
    /// Lines whose identity number does not agree with its own check.
    pub unsound: usize,
}

/// What the lists come to together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterTotals {
    /// Each list.
    pub lists: Vec<ListTotals>,
    /// The persons of all lists.
    pub persons: Between,
    /// The persons who stand in each two lists, by the numbers of these.
    pub overlaps: Vec<(usize, usize, Between)>,
    /// How many names or numbers are doubtful.
    pub doubtful: usize,
    /// The first of them, by their lines.
    pub examples: Vec<Doubtful>,
}

/// How many doubtful names or numbers are given by their lines.
const EXAMPLES: usize = 200;
/// How many lines are given of one.
const LINES: usize = 20;

/// A person, as far as the lines tell.
#[derive(Clone, Debug)]
struct Person {
    /// Another person who turned out to be the same; its own place where none did.
    same_as: usize,
    number: Option<u64>,
    is_sound: bool,
    name: usize,
    /// In which lists the person stands, a bit each.
    lists: u32,
    lines: Vec<(usize, usize)>,
    other_name: bool,
}

/// Counts lists of persons, some lines at a time.
#[derive(Clone, Debug, Default)]
pub struct RosterCount {
    lists: Vec<(std::vec::IntoIter<Vec<Cell>>, RosterColumns, usize)>,
    at: usize,
    totals: Vec<ListTotals>,
    persons: Vec<Person>,
    names: BTreeMap<String, usize>,
    by_number: BTreeMap<u64, usize>,
    by_telephone: BTreeMap<(u64, usize), usize>,
    /// For each telephone number the first who has it, and whether another name has it too.
    of_telephone: BTreeMap<u64, (usize, Vec<(usize, usize)>)>,
}

/// The most lists that are held against each other.
const LISTS: usize = 8;

impl RosterCount {
    /// Counts these lists, the first eight of them.
    pub fn of(lists: Vec<(Sheet, RosterColumns)>) -> Self {
        let lists: Vec<_> = lists
            .into_iter()
            .take(LISTS)
            .map(|(list, columns)| {
                let first = columns.first;
                let mut rows = list.rows.into_iter();
                rows.by_ref().take(first).for_each(drop);
                (rows, columns, first)
            })
            .collect();
        Self {
            totals: vec![ListTotals::default(); lists.len()],
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
                    let line = read(&cells, columns);
                    let place = (list, *row);
                    *row += 1;
                    self.take(line, place);
                }
                None => self.at += 1,
            }
        }
        self.at >= self.lists.len()
    }

    /// The person that another turned out to be.
    fn root(&mut self, mut place: usize) -> usize {
        let mut root = place;
        while let Some(person) = self.persons.get(root)
            && person.same_as != root
        {
            root = person.same_as;
        }
        // The way is made shorter for the next time.
        while let Some(person) = self.persons.get_mut(place)
            && person.same_as != root
        {
            place = core::mem::replace(&mut person.same_as, root);
        }
        root
    }

    fn take(&mut self, line: Line, place: (usize, usize)) {
        let (list, _) = place;
        if line.name.is_empty() && line.is_blank {
            return;
        }
        let has_digits = line.number.is_some() || line.telephone.is_some() || line.masked || line.lost;
        if !has_digits && TOTALS.iter().any(|total| line.name.starts_with(total)) {
            return;
        }
        if let Some(totals) = self.totals.get_mut(list) {
            totals.lines += 1;
            let has_none = line.number.is_none() && line.telephone.is_none();
            totals.without_digits += usize::from(has_none && line.is_blank);
            totals.masked += usize::from(has_none && line.masked);
            totals.lost_digits += usize::from(has_none && line.lost);
            totals.neither += usize::from(has_none && !line.is_blank && !line.masked && !line.lost);
            totals.unsound += usize::from(line.number.is_some_and(|(_, is_sound)| !is_sound));
        }
        let count = self.names.len();
        let name = *self.names.entry(line.name).or_insert(count);
        let by_number = line.number.and_then(|(key, _)| self.by_number.get(&key).copied());
        let by_number = by_number.map(|person| self.root(person));
        let by_telephone = line
            .telephone
            .and_then(|number| self.by_telephone.get(&(number, name)).copied());
        let by_telephone = by_telephone.map(|person| self.root(person));
        let key = line.number.map(|(key, _)| key);
        // Somebody with the same name and telephone but another identity number is somebody else.
        let by_telephone = by_telephone.filter(|place| {
            let known = self.persons.get(*place).and_then(|person| person.number);
            key.is_none() || known.is_none() || known == key
        });
        let own = match (by_number, by_telephone) {
            (Some(own), Some(other)) if own != other => {
                self.unite(own, other);
                own
            }
            (Some(own), _) | (None, Some(own)) => own,
            (None, None) => {
                let own = self.persons.len();
                self.persons.push(Person {
                    same_as: own,
                    number: None,
                    is_sound: true,
                    name,
                    lists: 0,
                    lines: Vec::new(),
                    other_name: false,
                });
                own
            }
        };
        if let Some(person) = self.persons.get_mut(own) {
            if let Some((key, is_sound)) = line.number {
                person.number = Some(key);
                person.is_sound = is_sound;
            }
            person.lists |= 1 << list;
            person.other_name |= person.name != name;
            if person.lines.len() < LINES {
                person.lines.push(place);
            }
        }
        if let Some((key, _)) = line.number {
            self.by_number.insert(key, own);
        }
        if let Some(number) = line.telephone {
            self.by_telephone.insert((number, name), own);
            let (first, others) = self.of_telephone.entry(number).or_insert((name, Vec::new()));
            if (*first != name || others.is_empty()) && others.len() < LINES {
                others.push(place);
            }
        }
    }

    fn unite(&mut self, own: usize, other: usize) {
        let Some(gone) = self.persons.get_mut(other) else {
            return;
        };
        gone.same_as = own;
        let (lists, lines, name) = (gone.lists, core::mem::take(&mut gone.lines), gone.name);
        if let Some(person) = self.persons.get_mut(own) {
            person.lists |= lists;
            person.other_name |= person.name != name;
            person.lines.extend(lines);
            person.lines.truncate(LINES);
        }
    }

    /// What all lines come to that were read. What was read of persons ends with it.
    pub fn totals(self) -> RosterTotals {
        let mut totals = RosterTotals {
            lists: self.totals,
            ..RosterTotals::default()
        };
        let count = totals.lists.len();
        let pairs = (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other)));
        totals.overlaps = pairs
            .map(|(one, other)| (one, other, Between::default()))
            .collect();
        let mut by_name: BTreeMap<usize, Vec<&Person>> = BTreeMap::new();
        let nameless = self.names.get("").copied();
        let telephones: std::collections::BTreeSet<usize> = self.by_telephone.values().copied().collect();
        let persons = self.persons.iter().enumerate();
        let mut has_telephone = Vec::with_capacity(self.persons.len());
        for (place, person) in persons {
            has_telephone.push(telephones.contains(&place));
            if person.same_as == place {
                by_name.entry(person.name).or_default().push(person);
            }
        }
        for (name, persons) in &by_name {
            let namesakes = Namesakes {
                persons,
                is_nameless: Some(*name) == nameless,
            };
            namesakes.count_into(&mut totals);
            if let Some(why) = namesakes.doubt(&has_telephone) {
                let lines = persons.iter().flat_map(|person| person.lines.iter().copied());
                totals.add_doubtful(why, lines.take(LINES).collect());
            }
            for person in persons.iter().filter(|person| person.other_name) {
                totals.add_doubtful(Doubts::OneNumberOtherName, person.lines.clone());
            }
        }
        for (_, lines) in self
            .of_telephone
            .into_values()
            .filter(|(_, lines)| lines.len() > 1)
        {
            totals.add_doubtful(Doubts::OneNumberOtherName, lines);
        }
        totals
            .examples
            .sort_by_key(|doubtful| doubtful.lines.first().copied());
        totals
    }
}

impl RosterTotals {
    fn add_doubtful(&mut self, why: Doubts, lines: Vec<(usize, usize)>) {
        self.doubtful += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(Doubtful { why, lines });
        }
    }
}

/// The persons of one name, of whom some may be one person.
struct Namesakes<'a> {
    persons: &'a [&'a Person],
    /// Whether it is the name of those who have none: they have only their numbers.
    is_nameless: bool,
}

impl Namesakes<'_> {
    /// Whether a person is certainly none of the others.
    const fn is_sure(&self, person: &Person) -> bool {
        self.is_nameless || person.number.is_some() && person.is_sound
    }

    /// How many of some of them there are.
    fn between(&self, persons: &[&Person]) -> Between {
        let sure = persons.iter().filter(|person| self.is_sure(person)).count();
        Between {
            least: sure.max(usize::from(!persons.is_empty())),
            most: persons.len(),
        }
    }

    /// Those who stand in a list.
    fn in_list(&self, list: usize) -> Vec<&Person> {
        let own = self.persons.iter().filter(|person| person.is_in(list));
        own.copied().collect()
    }

    fn count_into(&self, totals: &mut RosterTotals) {
        totals.persons.add(self.between(self.persons));
        for (list, own) in totals.lists.iter_mut().enumerate() {
            own.persons.add(self.between(&self.in_list(list)));
        }
        for (one, other, overlap) in &mut totals.overlaps {
            overlap.add(self.overlap(*one, *other));
        }
    }

    /// How many stand in both lists.
    fn overlap(&self, one: usize, other: usize) -> Between {
        let both = |person: &Person| person.is_in(one) && person.is_in(other);
        let shared = self.persons.iter().filter(|person| both(person)).count();
        let alone = |list: usize| {
            let own = self.in_list(list);
            let own: Vec<&Person> = own.into_iter().filter(|person| !both(person)).collect();
            let unsure = own.iter().filter(|person| !self.is_sure(person)).count();
            (own.len(), unsure)
        };
        let ((ones, unsure_ones), (others, unsure_others)) = (alone(one), alone(other));
        // Of two who may be one person at least one is unsure.
        let may_be = ones.min(others).min(unsure_ones + unsure_others);
        Between {
            least: shared,
            most: shared + may_be,
        }
    }

    /// What makes it doubtful how many they are; `has_telephone` says it of each person by its place.
    fn doubt(&self, has_telephone: &[bool]) -> Option<Doubts> {
        let is_unsure = self.persons.iter().any(|person| !self.is_sure(person));
        if self.persons.len() < 2 || !is_unsure {
            return None;
        }
        let tells = |person: &Person| {
            person.number.is_some() || has_telephone.get(person.same_as).copied().unwrap_or_default()
        };
        Some(if self.persons.iter().all(|person| tells(person)) {
            Doubts::OneNameOtherDigits
        } else {
            Doubts::OneNameNoDigits
        })
    }
}

impl Person {
    const fn is_in(&self, list: usize) -> bool {
        self.lists & 1 << list != 0
    }
}

impl Between {
    const fn add(&mut self, other: Self) {
        self.least += other.least;
        self.most += other.most;
    }

    /// The number, where it is sure.
    pub const fn sure(self) -> Option<usize> {
        if self.least == self.most {
            Some(self.least)
        } else {
            None
        }
    }
}

/// What a line says.
#[derive(Default)]
struct Line {
    name: String,
    number: Option<(u64, bool)>,
    telephone: Option<u64>,
    masked: bool,
    lost: bool,
    is_blank: bool,
}

fn read(cells: &[Cell], columns: &RosterColumns) -> Line {
    let cell = |column: usize| cells.get(column).unwrap_or(&Cell::Empty);
    let mut line = Line {
        name: columns.name.map(|column| name(cell(column))).unwrap_or_default(),
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
