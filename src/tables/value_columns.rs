//! Which of several columns beside the names of questions holds the answer to each: 计划
//! beside 实际, one year beside another, quarters beside their total. Where it cannot be told
//! none is read, and nothing is added up here.

use std::collections::{BTreeMap, BTreeSet};

use crate::answers::{Date, plain_digits};
use crate::policy::{FactKind, Period, Policy};

use super::address::Address;
use super::cells::Sheet;
use super::faults::CellFault;
use super::headings::{Headings, Target, plain};
use super::other_figures::{Asked, other_figure, years};
use super::reading::{HeadingUnit, Taken, read};
use super::row_marks::is_mark;
use super::spans::{Sum, is_part_of_a_year, is_total};

/// How many rows tell which column has the answers.
const LOOKED_AT: usize = 400;
/// How many columns may have the names.
const NAMES_WITHIN: usize = 6;
/// How many columns beside the names may have answers.
const COLUMNS: usize = 60;

/// What a column of answers is called.
pub(super) const ANSWERS: [&str; 12] = [
    "填写",
    "填写内容",
    "填报",
    "填报内容",
    "数值",
    "答案",
    "数据",
    "值",
    "回答",
    "结果",
    "金额",
    "数量",
];
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

/// The columns of a table that may hold its answers.
pub(super) struct ValueColumns {
    /// The one that the most answers are read from, where the others tell.
    pub answers: Option<usize>,
    /// The rows whose answer stands in another one, or why none of it is read.
    pub rows: BTreeMap<usize, Result<usize, CellFault>>,
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
        let is_asked_for_yes = match target {
            Target::Fact(place) => self.policy.facts[place].kind == FactKind::YesNo,
            _ => false,
        };
        if is_asked_for_yes && TICKED.contains(&name.trim()) {
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
                Sum::OfParts => Says::Asked,
                Sum::OfYear if is_of_year => Says::Asked,
                Sum::OfYear | Sum::OfTimes => Says::Nothing,
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
        let own = shown(at);
        let is_of_headings = |row: usize| {
            let cells = self.sheet.rows.get(row).into_iter().flatten();
            cells.filter(|cell| !cell.is_empty()).count() > 1
        };
        let mut name = own;
        for row in (0..at.row).rev().take_while(|row| is_of_headings(*row)) {
            let mut left = (1..=column).rev().map(|column| shown(Address::of(row, column)));
            if let Some(over) = left.find(|text| !text.is_empty()) {
                name = format!("{over} {name}");
            }
        }
        (at, name)
    }

    /// Which of several columns is read for each question; `None` where only one has answers
    /// and nothing stands beside it that is left out.
    pub(super) fn value_columns(&self) -> Option<ValueColumns> {
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
            [_] if left_out.is_empty() => None,
            [only] => Some(ValueColumns {
                answers: Some(*only),
                rows: BTreeMap::new(),
                faults: not_read(&columns, &left_out, &[*only]),
            }),
            several => Some(self.chosen(&rows, &columns, several, &left_out)),
        }
    }

    /// The rows of questions for facts, and the columns in which something stands beside
    /// their names.
    fn rows(&self) -> (Vec<Row>, BTreeSet<usize>) {
        let today = self.judge.asked.map(Asked::cutoff);
        let (mut rows, mut beside) = (Vec::new(), BTreeSet::new());
        let looked_at = self.sheet.rows.iter().enumerate();
        for (row, cells) in looked_at.skip(self.first).take(LOOKED_AT) {
            let meant = |text: &str| self.judge.headings.meant(text).map(|meant| meant.target);
            let mut named = cells.iter().enumerate().take(NAMES_WITHIN);
            let named = named.find_map(|(column, cell)| Some((column, meant(&cell.shown())?)));
            let Some((name, target @ Target::Fact(_))) = named else {
                continue;
            };
            let columns = (name + 1..cells.len().min(name + COLUMNS))
                .filter(|column| Some(*column) != self.units)
                .filter(|column| !self.sheet.cell(Address::of(row, *column)).is_empty());
            let columns: Vec<usize> = columns.collect();
            beside.extend(&columns);
            let is_answer =
                |column: &usize| today.is_some_and(|today| self.taken(target, row, *column, today).is_some());
            rows.push(Row {
                row,
                target,
                filled: columns.into_iter().filter(is_answer).collect(),
            });
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
            let is_of_parts = |(_, own): &(usize, Result<usize, Unread>)| matches!(own, Err(Unread::NoTotal));
            let all = self.called(columns, filled);
            let first = all.first().map(|(at, _)| *at).unwrap_or_default();
            let fault = if of_rows.iter().all(is_of_parts) {
                CellFault::NoTotal(all)
            } else {
                CellFault::WhichColumn(all)
            };
            return ValueColumns {
                answers: None,
                rows: BTreeMap::new(),
                faults: vec![(first, fault)],
            };
        };
        let others: Vec<usize> = filled.iter().chain(left_out).copied().collect();
        let read: Vec<usize> = chosen.into_keys().collect();
        let of_rows = of_rows.into_iter().map(|(row, column)| {
            let own = rows.iter().find(|own| own.row == row);
            let filled = own.map_or(filled, |own| own.filled.as_slice());
            (
                row,
                column.map_err(|unread| match unread {
                    Unread::Another(_, fault) => fault,
                    Unread::NoTotal => CellFault::NoTotal(self.called(columns, filled)),
                    Unread::Which => CellFault::WhichColumn(self.called(columns, filled)),
                }),
            )
        });
        ValueColumns {
            answers: Some(answers),
            rows: of_rows.collect(),
            faults: if read.is_empty() {
                Vec::new()
            } else {
                not_read(columns, &others, &read)
            },
        }
    }

    /// The column in which the answer of a row stands.
    fn column_of(&self, row: &Row, columns: &BTreeMap<usize, Column>) -> Result<usize, Unread> {
        let name = |column: &usize| columns.get(column).map_or("", |column| column.name.as_str());
        let beside: Vec<&str> = row.filled.iter().map(name).collect();
        let judge = self.judge;
        let judged: Vec<(usize, Says)> = row
            .filled
            .iter()
            .map(|column| (*column, judge.says(row.target, name(column), &beside)))
            .collect();
        let asked: Vec<usize> = judged
            .iter()
            .filter(|(_, says)| *says == Says::Asked)
            .map(|(column, _)| *column)
            .collect();
        let today = self.judge.asked.map(Asked::cutoff);
        let answer = |column: usize| self.taken(row.target, row.row, column, today?);
        if let Some(first) = asked.first() {
            let is_same = asked.iter().all(|column| answer(*column) == answer(*first));
            return if is_same { Ok(*first) } else { Err(Unread::Which) };
        }
        // What is asked in words is the same at any time where the same stands in each column.
        if !row.target.is_figure(self.judge.policy)
            && beside.iter().all(|name| is_mark(name))
            && let Some(first) = row.filled.first()
            && row.filled.iter().all(|column| answer(*column) == answer(*first))
        {
            return Ok(*first);
        }
        if beside.iter().any(|name| is_part_of_a_year(name)) {
            return Err(Unread::NoTotal);
        }
        let faults = judged.into_iter().map(|(column, says)| match says {
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

/// Why no column is read for a row.
enum Unread {
    /// Each has another figure; the column that is told and what is said of it.
    Another(usize, CellFault),
    /// Parts of a year stand there without what they come to.
    NoTotal,
    /// It cannot be told which.
    Which,
}

/// Which of several columns with another figure each is told: the only one, the last of
/// another year, or the first with a tick. Of others nobody knows which comes nearest.
fn another(faults: Vec<(usize, CellFault)>) -> Option<(usize, CellFault)> {
    let is_of_year = |(_, fault): &(usize, CellFault)| matches!(fault, CellFault::OtherYear(..));
    let is_ticked = |(_, fault): &(usize, CellFault)| matches!(fault, CellFault::Ticked(_));
    let of_year = faults.iter().rposition(is_of_year);
    let ticked = || faults.iter().position(is_ticked);
    let only = || (faults.len() == 1).then_some(0);
    let place = of_year.or_else(ticked).or_else(only)?;
    faults.into_iter().nth(place)
}

/// What is said of the columns that are not read while others are.
fn not_read(columns: &BTreeMap<usize, Column>, all: &[usize], read: &[usize]) -> Vec<(Address, CellFault)> {
    let named = read.iter().filter_map(|place| columns.get(place));
    let named: Vec<(Address, String)> = named.map(|column| (column.at, column.name.clone())).collect();
    let others = all.iter().filter(|place| !read.contains(place));
    let others = others.filter_map(|place| columns.get(place));
    let faults = others.map(|column| (column.at, CellFault::OtherColumn(named.clone())));
    faults.collect()
}
