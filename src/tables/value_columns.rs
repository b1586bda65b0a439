//! Which of several columns beside the names of questions holds their answers: 计划 beside
//! 实际, one year beside another. Where it cannot be told none is read.

use std::collections::BTreeMap;

use crate::answers::{Date, plain_digits};
use crate::policy::Policy;

use super::address::Address;
use super::cells::Sheet;
use super::faults::CellFault;
use super::headings::{Headings, Target, plain};
use super::other_figures::{Asked, other_figure, years};
use super::reading::{HeadingUnit, read};

/// How many rows tell which column has the answers.
const LOOKED_AT: usize = 400;
/// How many columns may have the names.
const NAMES_WITHIN: usize = 6;
/// How many columns beside the names may have answers.
const COLUMNS: usize = 60;

/// What a column of answers is called.
pub(super) const ANSWERS: [&str; 11] = [
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
];
/// What a column is called beside others that has what really is.
const REAL: [&str; 8] = ["实际", "完成", "实有", "实数", "决算", "现有", "现状", "全年"];
/// What a column is called that adds the others up.
const TOTALS: [&str; 4] = ["合计", "总计", "总数", "合 计"];
/// What is said of a column that is of some time; those of several times add up to no answer.
const TIMES: [&str; 5] = ["年", "月", "季", "上期", "本期"];

/// A table of questions below each other.
#[derive(Clone, Copy)]
pub(super) struct Questions<'a> {
    pub policy: &'a Policy,
    pub headings: &'a Headings,
    pub sheet: &'a Sheet,
    /// The first row of questions.
    pub first: usize,
    /// The column of units.
    pub units: Option<usize>,
    /// For when figures are asked.
    pub asked: Option<Asked>,
}

/// The columns of a table that may hold its answers.
pub(super) struct ValueColumns {
    /// The one that is read, where the others tell.
    pub answers: Option<usize>,
    /// What is said of those that are not read.
    pub faults: Vec<(Address, CellFault)>,
}

impl Questions<'_> {
    /// What stands above a column, with its place.
    pub(super) fn heading(&self, column: usize) -> (Address, String) {
        let above = (0..self.first).rev().map(|row| Address::of(row, column));
        let mut above = above.map(|at| (at, self.sheet.cell(at).shown()));
        let found = above.find(|(_, text)| !text.trim().is_empty());
        found.unwrap_or((Address::of(self.first, column), String::new()))
    }

    /// Which of several columns is read; `None` where only one has answers.
    pub(super) fn value_columns(&self) -> Option<ValueColumns> {
        let today = self.asked?.cutoff();
        let mut targets = Vec::new();
        let mut filled: BTreeMap<usize, usize> = BTreeMap::new();
        for (row, cells) in self
            .sheet
            .rows
            .iter()
            .enumerate()
            .skip(self.first)
            .take(LOOKED_AT)
        {
            let meant = |text: &str| self.headings.meant(text).map(|meant| meant.target);
            let mut named = cells.iter().enumerate().take(NAMES_WITHIN);
            let named = named.find_map(|(column, cell)| Some((column, meant(&cell.shown())?)));
            let Some((name, target @ Target::Fact(_))) = named else {
                continue;
            };
            targets.push(target);
            let columns =
                (name + 1..cells.len().min(name + COLUMNS)).filter(|column| Some(*column) != self.units);
            for column in columns.filter(|column| self.is_answer(target, Address::of(row, *column), today)) {
                *filled.entry(column).or_default() += 1;
            }
        }
        if filled.len() < 2 {
            return None;
        }
        let columns: Vec<usize> = filled.into_keys().collect();
        let names: Vec<(Address, String)> = columns.iter().map(|column| self.heading(*column)).collect();
        // How many of the questions each column is told to answer by what stands above it.
        let is_of_times = names
            .iter()
            .any(|(_, name)| TIMES.iter().any(|word| name.contains(word)));
        let told = names.iter().map(|(_, name)| {
            let is_total = !is_of_times && TOTALS.iter().any(|word| name.contains(word));
            let is_told = is_total
                || ANSWERS.contains(&plain(name).as_str())
                || REAL.iter().any(|word| name.contains(word))
                || !years(&plain_digits(name)).is_empty();
            let is_asked = |target: &&Target| {
                other_figure(self.policy, self.headings, self.asked, **target, name).is_none()
            };
            if is_told {
                targets.iter().filter(is_asked).count()
            } else {
                0
            }
        });
        let told: Vec<usize> = told.collect();
        let most = told.iter().copied().max().unwrap_or_default();
        let mut best = told
            .iter()
            .enumerate()
            .filter(|(_, count)| **count == most && most > 0);
        let best = best
            .next()
            .filter(|_| best.next().is_none())
            .map(|(place, _)| place);
        let Some((at, name)) = best.and_then(|best| names.get(best)) else {
            let shown = names.iter().map(|(at, name)| match name.as_str() {
                "" => (*at, self.sheet.cell(*at).shown()),
                name => (*at, String::from(name)),
            });
            let first = names.first().map(|(at, _)| *at).unwrap_or_default();
            return Some(ValueColumns {
                answers: None,
                faults: vec![(first, CellFault::WhichColumn(shown.collect()))],
            });
        };
        let others = names.iter().filter(|(other, _)| other.column != at.column);
        let others = others.map(|(other, _)| (*other, CellFault::OtherColumn(*at, name.clone())));
        Some(ValueColumns {
            answers: Some(at.column),
            faults: others.collect(),
        })
    }

    /// Whether a cell is an answer to a question, and no remark beside one.
    fn is_answer(&self, target: Target, at: Address, today: Date) -> bool {
        let taken = read(
            self.policy,
            target,
            self.sheet.cell(at),
            HeadingUnit::default(),
            today,
        );
        matches!(taken, Ok(Some(_)))
    }
}
