//! What rosters come to: totals, and the numbers of the lines that somebody should look at.

use crate::policy::{Fact, FactKind, Policy};

use super::roster_asides::RosterAside;

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
    /// One line with several names, or with something else beside a name.
    OneLineSeveralNames,
    /// A line says that who stands in it has left, or did not come.
    HasLeft,
}

/// Lines that somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubtful {
    pub why: Doubts,
    /// The lines: the list and the row in it, both counted from zero.
    pub lines: Vec<(usize, usize)>,
}

/// Some rows of a list: how many, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// How many there are.
    pub count: usize,
    /// The first of them, counted from zero.
    pub first: Vec<usize>,
}

/// What one list comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListTotals {
    /// Its lines with a name or a number.
    pub lines: usize,
    pub persons: Between,
    /// Lines without any number.
    pub without_digits: Rows,
    /// Lines whose number has stars in it.
    pub masked: Rows,
    /// Lines whose number has lost its last digits.
    pub lost_digits: Rows,
    /// Lines whose number is neither an identity nor a telephone number.
    pub neither: Rows,
    /// Lines whose identity number does not agree with its own check.
    pub unsound: Rows,
    /// Rows that are taken for nobody's: titles, headings, totals, what stands below.
    pub passed_over: Rows,
    /// Columns that are not read and in which people differ.
    pub asides: Vec<RosterAside>,
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
    /// How many names or numbers are doubtful. Where none is, every number above is sure.
    pub doubtful: usize,
    /// The first of them, by their lines.
    pub examples: Vec<Doubtful>,
}

/// How many doubtful names or numbers are given by their lines.
const EXAMPLES: usize = 200;
/// How many rows of one kind are named.
const FIRST: usize = 50;

impl Between {
    pub(super) const fn add(&mut self, other: Self) {
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

impl Rows {
    pub(super) fn add(&mut self, row: usize) {
        self.count += 1;
        if self.first.len() < FIRST {
            self.first.push(row);
        }
    }
}

impl RosterTotals {
    /// Totals of these lists, with nobody counted yet.
    pub(super) fn of(lists: Vec<ListTotals>) -> Self {
        let count = lists.len();
        let pairs = (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other)));
        Self {
            overlaps: pairs
                .map(|(one, other)| (one, other, Between::default()))
                .collect(),
            lists,
            ..Self::default()
        }
    }

    pub(super) fn add_doubtful(&mut self, why: Doubts, lines: impl FnOnce() -> Vec<(usize, usize)>) {
        self.doubtful += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(Doubtful { why, lines: lines() });
        }
    }
}

/// The unit of what counts persons.
const PERSONS: &str = "人";

/// The facts that a count of persons can answer: those in 人, then those in 人次 and the like.
pub fn counts_of_persons(policy: &Policy) -> Vec<&Fact> {
    let counts = policy.facts.iter();
    let counts = counts.filter(|fact| fact.kind == FactKind::Count && fact.unit.starts_with(PERSONS));
    let (mut persons, others): (Vec<&Fact>, Vec<&Fact>) = counts.partition(|fact| fact.unit == PERSONS);
    persons.extend(others);
    persons
}
