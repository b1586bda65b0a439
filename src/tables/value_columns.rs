//! Which of several columns beside the names of questions holds the answer to each: 计划
//! beside 实际, one year beside another, quarters beside their total. Where it cannot be told
//! none is read, and nothing is added up here.

use std::collections::{BTreeMap, BTreeSet};

use crate::answers::{Date, plain_digits};
use crate::policy::{Period, Policy};

use super::address::Address;
use super::cells::{Cell, Sheet};
use super::faults::CellFault;
use super::headings::{Headings, Target, plain};
use super::layout::{ANSWERS, numbers_rows};
use super::marks::is_mark;
use super::other_figures::{Asked, other_figure, years};
use super::pairs::next_name;
use super::reading::{HeadingUnit, Taken, read};
use super::remark_columns::has_remarks;
use super::spans::{Sum, is_part_of_a_year, is_total};

/// How many rows tell which column has the answers.
const LOOKED_AT: usize = 400;
/// How many columns may have the names.
const NAMES_WITHIN: usize = 6;
/// How many columns beside the names may have answers.
const COLUMNS: usize = 60;

/// What a column is called beside others that has what really is.
pub(super) const REAL: [&str; 9] = [
    "实际", "完成", "实有", "实数", "实绩", "决算", "现有", "现状", "全年",
];
/// Which of these is of a year, so that it answers nothing else.
const WHOLE_YEAR: &str = "全年";

/// What a column of ticks is called, each of which says what stands above it: √ below 否.
const TICKED: [&str; 14] = [
    "是",
    "否",
    "有",
    "无",
    "没有",
    "符合",
    "不符合",
    "具备",
    "不具备",
    "达标",
    "未达标",
    "不达标",
    "√",
    "×",
];

/// A table of questions below each other.
#[derive(Clone, Copy)]
pub(super) struct Questions<'a> {
    pub judge: Judge<'a>,
    pub sheet: &'a Sheet,
    /// The first row of questions.
    pub first: usize,
    /// The column of units.
    pub units: Option<usize>,
}

/// Where the answer of a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OfRow {
    /// Its column; of one that is not read the one that comes nearest, where one does.
    pub column: Option<usize>,
    /// Why it is not read.
    pub fault: Option<CellFault>,
}

/// The columns of a table that may hold its answers.
pub(super) struct ValueColumns {
    /// The one that the most answers are read from, where the others tell.
    pub answers: Option<usize>,
    /// The columns in which the answers of rows stand, or why they are not read.
    pub rows: BTreeMap<usize, OfRow>,
    /// What is said of those that are not read.
    pub faults: Vec<(Address, CellFault)>,
}

/// What the name of a column or row says of the answer to a question in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// It is the one that is asked.
    Asked,
    /// Nothing of the kind.
    Nothing,
    /// It is another figure.
    Another(CellFault),
}

/// For which questions names are judged.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub policy: &'a Policy,
    pub headings: &'a Headings,
    pub asked: Option<Asked>,
}

impl Judge<'_> {
    /// Why a name says that something else stands below or beside it than the answer to a
    /// question: another figure, or a tick that is no answer by itself.
    pub(super) fn another(self, target: Target, name: &str) -> Option<CellFault> {
        if target.is_yes_or_no(self.policy) && TICKED.contains(&name.trim()) {
            return Some(CellFault::Ticked(name.trim().to_owned()));
        }
        other_figure(self.policy, self.headings, self.asked, target, name)
    }

    /// What a name says of the answer to a question, beside the other names.
    pub(super) fn says(self, target: Target, name: &str, beside: &[&str]) -> Says {
        if let Some(fault) = self.another(target, name) {
            return Says::Another(fault);
        }
        let period = match target {
            Target::Fact(place) => Some(self.policy.facts[place].period),
            _ => None,
        };
        let is_of_year = period == Some(Period::LastYear);
        if is_total(name) {
            let year = self.asked.map(Asked::last_year).unwrap_or_default();
            return match Sum::of(name, beside, year) {
                Sum::Parts => Says::Asked,
                Sum::Unknown => Says::Nothing,
                Sum::Year if is_of_year => Says::Asked,
                // Heads of several days come to nothing that is asked.
                Sum::Year | Sum::Times => Says::Another(CellFault::OtherFigure(name.trim().to_owned())),
            };
        }
        let is_real = REAL
            .iter()
            .any(|word| name.contains(word) && (is_of_year || *word != WHOLE_YEAR));
        if is_real || ANSWERS.contains(&plain(name).as_str()) || !years(&plain_digits(name)).is_empty() {
            Says::Asked
        } else {
            Says::Nothing
        }
    }
}

/// A column beside the names, with what it is called.
struct Column {
    at: Address,
    name: String,
}

/// A row of a question with the columns that have an answer to it.
struct Row {
    row: usize,
    target: Target,
    /// Those in which something stands.
    beside: Vec<usize>,
    /// Those of them that have an answer.
    filled: Vec<usize>,
}

impl Questions<'_> {
    /// What stands above a column, with its place: below a heading that stands over several
    /// columns its own one, with the former before it.
    pub(super) fn heading(&self, column: usize) -> (Address, String) {
        let shown = |at: Address| self.sheet.cell(at).shown().trim().to_owned();
        let above = (0..self.first).rev().map(|row| Address::of(row, column));
        let mut filled = above.filter(|at| !shown(*at).is_empty());
        let Some(at) = filled.next() else {
            return (Address::of(self.first, column), String::new());
        };
        let is_of_headings = |row: usize| {
            let cells = self.sheet.rows.get(row).into_iter().flatten();
            let mut filled = cells.filter(|cell| !cell.is_empty()).map(Cell::shown).peekable();
            // Who made the table, when and in which unit stands there as well.
            let has_several = filled.next().is_some() && filled.peek().is_some();
            has_several && !self.has_colon(row)
        };
        let mut name = shown(at);
        for row in (0..at.row).rev().take_while(|row| is_of_headings(*row)) {
            let mut left = (1..=column).rev().map(|column| shown(Address::of(row, column)));
            if let Some(over) = left.find(|text| !text.is_empty()) {
                name = format!("{over} {name}");
            }
        }
        (at, name)
    }

    fn has_colon(&self, row: usize) -> bool {
        let cells = self.sheet.rows.get(row).into_iter().flatten();
        cells.map(Cell::shown).any(|text| text.contains([':', '：']))
    }

    /// Which of several columns is read for each question, where `answers` is the one that is
    /// fullest; `None` where only one has answers and nothing beside it is left out.
    pub(super) fn value_columns(&self, answers: usize) -> Option<ValueColumns> {
        let (rows, beside) = self.rows();
        let filled: BTreeSet<usize> = rows.iter().flat_map(|row| row.filled.iter().copied()).collect();
        let columns: BTreeMap<usize, Column> = filled
            .iter()
            .chain(&beside)
            .map(|column| {
                let (at, name) = self.heading(*column);
                (*column, Column { at, name })
            })
            .collect();
        let left_out = beside.difference(&filled).copied();
        let left_out = left_out.filter(|column| self.is_left_out(&rows, &columns, *column));
        let left_out: Vec<usize> = left_out.collect();
        let filled: Vec<usize> = filled.into_iter().collect();
        match filled.as_slice() {
            [] => None,
            [only] if self.beside_asked(&rows, &columns, *only).is_some() => {
                let beside = self.beside_asked(&rows, &columns, *only);
                let both: Vec<usize> = core::iter::once(*only).chain(beside).collect();
                Some(self.chosen(&rows, &columns, &both, &left_out))
            }
            [_] if left_out.is_empty() => None,
            [only] => {
                // What nobody can read may be the answer all the same.
                let answers = if left_out.contains(&answers) {
                    *only
                } else {
                    answers
                };
                Some(ValueColumns {
                    answers: Some(answers),
                    rows: BTreeMap::new(),
                    faults: not_read(&columns, &left_out, &[answers], &[]),
                })
            }
            several => Some(self.chosen(&rows, &columns, several, &left_out)),
        }
    }

    /// The column that has what is asked beside the only one that can be read, which has
    /// another figure: 实际 with 三百多 in it, beside 计划.
    fn beside_asked(&self, rows: &[Row], columns: &BTreeMap<usize, Column>, only: usize) -> Option<usize> {
        let name = |column: usize| columns.get(&column).map_or("", |column| column.name.as_str());
        let says = |row: &Row, column: usize| self.judge.says(row.target, name(column), &[]);
        let is_another = |row: &Row| matches!(says(row, only), Says::Another(_));
        // Of 去年 and 今年 neither is another time than now by its name, and both are times.
        let are_times = |column: usize| is_time(name(only)) && is_time(name(column));
        let asked = rows.iter().flat_map(|row| {
            let is_state = !row.target.is_figure(self.judge.policy);
            let is_another = is_another(row);
            let beside = row.beside.iter().copied().filter(|column| *column != only);
            beside.filter(move |column| {
                is_another && says(row, *column) == Says::Asked || is_state && are_times(*column)
            })
        });
        asked.min()
    }

    /// The rows of questions for facts, and the columns in which something stands beside
    /// their names.
    fn rows(&self) -> (Vec<Row>, BTreeSet<usize>) {
        let today = self.judge.asked.map(Asked::cutoff);
        let (mut rows, mut beside) = (Vec::new(), BTreeSet::new());
        let numbers = (0..self.sheet.width()).filter(|column| numbers_rows(&self.heading(*column).1));
        let numbers: BTreeSet<usize> = numbers.collect();
        let looked_at = self.sheet.rows.iter().enumerate();
        for (row, cells) in looked_at.skip(self.first).take(LOOKED_AT) {
            let meant = |text: &str| self.judge.headings.meant(text).map(|meant| meant.target);
            let mut named = cells.iter().enumerate().take(NAMES_WITHIN);
            let named = named.find_map(|(column, cell)| Some((column, meant(&cell.shown())?)));
            let Some((name, target @ Target::Fact(_))) = named else {
                continue;
            };
            let end = next_name(self.judge.headings, self.sheet, Address::of(row, name));
            let columns = (name + 1..end.min(name + COLUMNS))
                .filter(|column| !numbers.contains(column))
                .filter(|column| Some(*column) != self.units && !self.sheet.hides_column(*column))
                .filter(|column| !has_remarks(self.sheet, self.first, *column))
                .filter(|column| !self.sheet.cell(Address::of(row, *column)).is_empty());
            let columns: Vec<usize> = columns.collect();
            beside.extend(&columns);
            let is_answer =
                |column: &usize| today.is_some_and(|today| self.taken(target, row, *column, today).is_some());
            rows.push(Row {
                row,
                target,
                filled: columns.iter().copied().filter(is_answer).collect(),
                beside: columns,
            });
        }
        // A column without a name in which hardly anything is an answer has sources or remarks.
        let is_of_words = |column: &usize| {
            let count = |of: fn(&Row) -> &[usize]| rows.iter().filter(|row| of(row).contains(column)).count();
            let (answers, all) = (count(|row| &row.filled), count(|row| &row.beside));
            answers * 2 < all && self.heading(*column).1.is_empty()
        };
        let of_words: Vec<usize> = beside.iter().copied().filter(is_of_words).collect();
        for row in &mut rows {
            row.filled.retain(|column| !of_words.contains(column));
            row.beside.retain(|column| !of_words.contains(column));
        }
        (rows, beside)
    }

    /// The answer to a question in a cell, where it is one and no remark beside one.
    fn taken(&self, target: Target, row: usize, column: usize, today: Date) -> Option<Taken> {
        let cell = self.sheet.cell(Address::of(row, column));
        read(self.judge.policy, target, cell, HeadingUnit::default(), today)
            .ok()
            .flatten()
    }

    /// Whether the name of a column without any answer says that it has another figure, such
    /// as 完成率, which is then said to be left out.
    fn is_left_out(&self, rows: &[Row], columns: &BTreeMap<usize, Column>, column: usize) -> bool {
        let name = columns.get(&column).map_or("", |column| column.name.as_str());
        let judge = self.judge;
        !name.is_empty()
            && rows
                .iter()
                .any(|row| matches!(judge.says(row.target, name, &[]), Says::Another(_)))
    }

    /// Which of the columns with answers is read for each row.
    fn chosen(
        &self,
        rows: &[Row],
        columns: &BTreeMap<usize, Column>,
        filled: &[usize],
        left_out: &[usize],
    ) -> ValueColumns {
        let of_rows: Vec<(usize, Result<usize, Unread>)> = rows
            .iter()
            .filter(|row| !row.filled.is_empty())
            .map(|row| (row.row, self.column_of(row, columns)))
            .collect();
        let mut chosen: BTreeMap<usize, usize> = BTreeMap::new();
        for column in of_rows.iter().filter_map(|(_, column)| column.as_ref().ok()) {
            *chosen.entry(*column).or_default() += 1;
        }
        let main = chosen
            .iter()
            .max_by_key(|(column, count)| (**count, usize::MAX - **column));
        // What has another figure in each column may still be meant, and is then read where
        // it was said to be another one.
        let all_another = || -> Option<usize> {
            let columns = of_rows.iter().map(|(_, own)| match own {
                Err(Unread::Another(column, _)) => Some(*column),
                _ => None,
            });
            columns.collect::<Option<Vec<usize>>>()?.first().copied()
        };
        let Some(answers) = main.map(|(column, _)| *column).or_else(all_another) else {
            return Self::none_chosen(&of_rows, self.called(columns, filled));
        };
        let others: Vec<usize> = filled.iter().chain(left_out).copied().collect();
        let read: Vec<usize> = chosen.into_keys().collect();
        let is_read = |row: &&Row| {
            of_rows
                .iter()
                .any(|(own, column)| *own == row.row && column.is_ok())
        };
        let labels = rows
            .iter()
            .filter(is_read)
            .map(|row| row.target.label(self.judge.policy));
        let mut labels: Vec<String> = labels.collect();
        if labels.len() == of_rows.len() {
            labels.clear();
        }
        let of_rows = of_rows.into_iter().map(|(row, column)| {
            let own = rows.iter().find(|own| own.row == row);
            let filled = own.map_or(filled, |own| own.filled.as_slice());
            let (column, fault) = match column {
                Ok(column) => (Some(column), None),
                Err(Unread::Another(column, fault)) => (Some(column), Some(fault)),
                Err(Unread::NoTotal) => (None, Some(CellFault::NoTotal(self.called(columns, filled)))),
                Err(Unread::Which) => (None, Some(CellFault::WhichColumn(self.called(columns, filled)))),
            };
            (row, OfRow { column, fault })
        });
        ValueColumns {
            answers: Some(answers),
            rows: of_rows.collect(),
            faults: if read.is_empty() {
                Vec::new()
            } else {
                not_read(columns, &others, &read, &labels)
            },
        }
    }

    /// What is said of columns of which none is read.
    fn none_chosen(
        of_rows: &[(usize, Result<usize, Unread>)],
        called: Vec<(Address, String)>,
    ) -> ValueColumns {
        let is_of_parts = |(_, own): &(usize, Result<usize, Unread>)| matches!(own, Err(Unread::NoTotal));
        let first = called.first().map(|(at, _)| *at).unwrap_or_default();
        let fault = if of_rows.iter().all(is_of_parts) {
            CellFault::NoTotal(called)
        } else {
            CellFault::WhichColumn(called)
        };
        ValueColumns {
            answers: None,
            rows: BTreeMap::new(),
            faults: vec![(first, fault)],
        }
    }

    /// The column in which the answer of a row stands.
    fn column_of(&self, row: &Row, columns: &BTreeMap<usize, Column>) -> Result<usize, Unread> {
        let name = |column: &usize| columns.get(column).map_or("", |column| column.name.as_str());
        let beside: Vec<&str> = row.beside.iter().map(name).collect();
        let says = |column: &usize| self.judge.says(row.target, name(column), &beside);
        let told = |columns: &[usize]| -> Vec<usize> {
            let told = columns.iter().filter(|column| says(column) == Says::Asked);
            told.copied().collect()
        };
        let today = self.judge.asked.map(Asked::cutoff);
        let answer = |column: usize| self.taken(row.target, row.row, column, today?);
        // A figure is read where there is one; 是 in a column holds only where what stands in the
        // others, such as 已关停, was heeded.
        let is_state = !row.target.is_figure(self.judge.policy);
        let heeded = if is_state { &row.beside } else { &row.filled };
        let asked = told(heeded);
        if let Some(last) = asked.last() {
            let is_same = asked.iter().all(|column| answer(*column) == answer(*last));
            return if is_same { Ok(*last) } else { Err(Unread::Which) };
        }
        // What is asked stands there and cannot be read, which is said where it stands.
        let are_others = row
            .filled
            .iter()
            .all(|column| matches!(says(column), Says::Another(_)));
        if let ([only], true) = (told(&row.beside).as_slice(), are_others) {
            return Ok(*only);
        }
        let judged = heeded.iter().map(|column| (*column, says(column)));
        let beside: Vec<&str> = heeded.iter().map(name).collect();
        let is_blank_time =
            |(place, column): (&usize, &Column)| !heeded.contains(place) && is_time(&column.name);
        // What is asked in words is the same at any time where the same stands in each column.
        if is_state
            && beside.iter().all(|name| is_mark(name))
            && !columns.iter().any(is_blank_time)
            && let Some(last) = heeded.last()
            && heeded.iter().all(|column| answer(*column) == answer(*last))
        {
            return Ok(*last);
        }
        if beside.iter().any(|name| is_part_of_a_year(name)) {
            return Err(Unread::NoTotal);
        }
        let faults = judged.map(|(column, says)| match says {
            Says::Another(fault) => Some((column, fault)),
            _ => None,
        });
        Err(faults
            .collect::<Option<Vec<_>>>()
            .and_then(another)
            .map_or(Unread::Which, |(column, fault)| Unread::Another(column, fault)))
    }

    /// What columns are called, or what stands first in those that are not.
    fn called(&self, columns: &BTreeMap<usize, Column>, places: &[usize]) -> Vec<(Address, String)> {
        let named = places.iter().filter_map(|place| columns.get(place));
        let named = named.map(|column| match column.name.as_str() {
            "" => (column.at, self.sheet.cell(column.at).shown()),
            name => (column.at, String::from(name)),
        });
        named.collect()
    }
}

/// Whether a column is called by a time alone: 去年, 2025, 本期. 同比 is none.
fn is_time(name: &str) -> bool {
    is_mark(name) && (name.contains(['年', '期']) || !years(&plain_digits(name)).is_empty())
}

/// Why no column is read for a row.
enum Unread {
    /// Each has another figure; the column that is told and what is said of it.
    Another(usize, CellFault),
    /// Parts of a year stand there without what they come to.
    NoTotal,
    /// It cannot be told which.
    Which,
}

/// Which of several columns with another figure each is told: the only one, that of the last
/// year, or the first with a tick. Of others nobody knows which comes nearest.
fn another(faults: Vec<(usize, CellFault)>) -> Option<(usize, CellFault)> {
    let year = |fault: &CellFault| match fault {
        CellFault::OtherYear(year, _) => Some(*year),
        _ => None,
    };
    let years = faults.iter().enumerate();
    let years = years.filter_map(|(place, (_, fault))| Some((year(fault)?, place)));
    let of_year = years.max().map(|(_, place)| place);
    let is_ticked = |(_, fault): &(usize, CellFault)| matches!(fault, CellFault::Ticked(_));
    let ticked = || faults.iter().position(is_ticked);
    let only = || (faults.len() == 1).then_some(0);
    let place = of_year.or_else(ticked).or_else(only)?;
    faults.into_iter().nth(place)
}

/// What is said of the columns that are not read while others are, be it for some questions alone.
fn not_read(
    columns: &BTreeMap<usize, Column>,
    all: &[usize],
    read: &[usize],
    labels: &[String],
) -> Vec<(Address, CellFault)> {
    let named = read.iter().filter_map(|place| columns.get(place));
    let named: Vec<(Address, String)> = named.map(|column| (column.at, column.name.clone())).collect();
    let others = all.iter().filter(|place| !read.contains(place));
    let others = others.filter_map(|place| columns.get(place));
    let faults = others.map(|column| (column.at, CellFault::OtherColumn(named.clone(), labels.to_vec())));
    faults.collect()
}
