//! What stands above the questions of a table and says something of their answers: which
//! column has them, in which unit, and whether the whole table is of another year or planned.

use std::collections::BTreeMap;

use crate::answers::plain_digits;
use crate::policy::Period;

use super::address::Address;
use super::assignments::Assignment;
use super::cells::{Cell, Sheet};
use super::faults::CellFault;
use super::firm_names::identities;
use super::headings::Target;
use super::layout::{Arrangement, heading};
use super::other_figures::years;
use super::second_headings::SecondHeadings;
use super::units;
use super::value_columns::{Judge, OfRow, Questions, REAL};

/// How the name of a table ends that has what is planned and not what is.
const PLANS: [&str; 14] = [
    "计划",
    "计划表",
    "计划数",
    "预算",
    "预算表",
    "目标",
    "目标表",
    "目标任务表",
    "任务表",
    "任务分解表",
    "指标分解表",
    "规划",
    "规划表",
    "预测表",
];

/// How many rows at the end of a table may say its unit.
const BELOW: usize = 10;

/// What stands above the questions of a table.
pub(super) struct Above {
    /// What stands above the column of the answers.
    pub answers: String,
    /// The columns in which the answers of rows stand, or why they are not read.
    rows: BTreeMap<usize, OfRow>,
    /// What stands above the columns of these.
    names: BTreeMap<usize, String>,
    /// What is said of columns that are not read.
    pub faults: Vec<(Address, CellFault)>,
    /// What stands over several headings of firms: 2025年 over 营业收入 and 从业人数.
    groups: BTreeMap<usize, String>,
    /// The name of the table where it says that all in it is of another year or planned.
    title: Option<Title>,
    /// The unit of the whole table, and where it stands above it.
    pub unit: Option<(String, Option<Address>)>,
}

/// What the name of a table says of all figures in it.
enum Title {
    OtherYear(String),
    Planned(String),
}

impl Above {
    /// What stands above the questions of a sheet; the column of the answers is put right.
    pub(super) fn of(judge: Judge<'_>, sheet: &Sheet, arrangement: &mut Arrangement) -> Self {
        let mut above = Self {
            answers: String::new(),
            rows: BTreeMap::new(),
            names: BTreeMap::new(),
            faults: Vec::new(),
            groups: BTreeMap::new(),
            title: None,
            unit: None,
        };
        if sheet.is_of_lines {
            return above;
        }
        if let Arrangement::Questions {
            first,
            answers,
            units,
        } = arrangement
        {
            let questions = Questions {
                judge,
                sheet,
                first: *first,
                units: *units,
            };
            above.find_columns(questions, answers);
            let hidden = sheet.hidden_columns.iter().filter(|column| *column != answers);
            above
                .faults
                .extend(hidden.map(|column| (questions.heading(*column).0, CellFault::HiddenColumn)));
        }
        let headings = match *arrangement {
            Arrangement::Questions { first, .. } => first,
            Arrangement::Firms { headings, .. } => headings,
        };
        if matches!(arrangement, Arrangement::Firms { .. }) {
            above.groups = groups(sheet, headings);
        }
        let rows = || sheet.rows.iter().take(headings);
        above.title = rows().find_map(|row| title(judge, row));
        // What stands above the answers may have it as well: 金额（元）.
        above.unit = rows()
            .enumerate()
            .flat_map(|(row, cells)| (0..cells.len()).map(move |column| Address::of(row, column)))
            .find_map(|at| Some((units::of_table(heading(sheet.cell(at))?)?, Some(at))))
            .or_else(|| Some((units::divided(&above.answers).1?, None)))
            .or_else(|| unit_of_firms(judge, sheet, *arrangement))
            .or_else(|| unit_below(sheet, headings + 1));
        above
    }

    fn find_columns(&mut self, questions: Questions<'_>, answers: &mut usize) {
        let found = questions.value_columns(*answers);
        let is_told = found.as_ref().is_none_or(|found| found.answers.is_some());
        if let Some(found) = found {
            *answers = found.answers.unwrap_or(*answers);
            let columns = found.rows.values().filter_map(|own| own.column);
            self.names = columns
                .map(|column| (column, questions.heading(column).1))
                .collect();
            self.faults = found.faults;
            self.rows = found.rows;
        }
        if is_told {
            self.answers = questions.heading(*answers).1;
        }
    }

    /// Has an answer read in the column where it stands.
    pub(super) fn put_into_column(&self, sheet: &Sheet, arrangement: Arrangement, own: &mut Assignment) {
        let Arrangement::Questions { answers, units, .. } = arrangement else {
            return;
        };
        // A name behind another one has its answer beside it.
        if own.answer.is_some() {
            return;
        }
        if let Some(column) = self.rows.get(&own.at.row).and_then(|own| own.column) {
            own.answer = Some(column);
            let unit = self.names.get(&column).and_then(|name| units::divided(name).1);
            own.unit = own.unit.take().or(unit);
        }
        // An entry in words that stands in a single one of several columns is read there.
        let is_entry = matches!(own.target, Some(Target::Field(_) | Target::Narrative(_)));
        if self.rows.is_empty() || !is_entry || !sheet.cell(own.answer_at(answers)).is_empty() {
            return;
        }
        let beside = (own.at.column + 1..sheet.width()).filter(|column| Some(*column) != units);
        let mut filled = beside.filter(|column| !sheet.cell(Address::of(own.at.row, *column)).is_empty());
        if let (Some(only), None) = (filled.next(), filled.next()) {
            own.answer = Some(only);
        }
    }

    /// Adds what stands over the columns that a second row of headings names.
    pub(super) fn add_groups(&mut self, second: Option<&SecondHeadings>) {
        for (column, name) in second.into_iter().flat_map(|second| &second.groups) {
            let own = self.groups.entry(*column).or_default();
            *own = format!("{own} {name}").trim().to_owned();
        }
    }

    /// Has the figures below a heading over several columns in its unit, where a column has no
    /// unit of its own: 财务（千元） over 营业收入.
    pub(super) fn give_unit_of_group(&self, own: &mut Assignment) {
        let group = self.groups.get(&own.at.column);
        // What stands above a table for all of it is no group: its title, 单位：千元.
        let is_of_some = |name: &&String| {
            let is_over_all = self.groups.get(&0) == Some(*name);
            !is_over_all && (name.ends_with([')', '）']) || units::of_table(name).is_none())
        };
        let unit = group.filter(is_of_some).and_then(|name| units::divided(name).1);
        let unit = unit.filter(|unit| units::is_bare(unit));
        let has_own = own.unit.as_deref().is_some_and(units::is_bare);
        if !has_own && unit.is_some() {
            own.unit = unit;
        }
    }

    /// What stands over several columns and says that a figure below it is another one, though
    /// its own name says nothing of it.
    pub(super) fn telling_group(&self, judge: Judge<'_>, own: &Assignment, target: Target) -> Option<&str> {
        let group = self.groups.get(&own.at.column)?;
        let tells = |name: &str| judge.another(target, name).is_some();
        (!tells(&own.heading) && tells(group)).then_some(group)
    }

    /// Why what is taken for a question is another figure than the one that is asked.
    pub(super) fn fault(&self, judge: Judge<'_>, own: &Assignment, target: Target) -> Option<CellFault> {
        let other = |name: &str| judge.another(target, name);
        // What stands above the column of a row has been heeded where it was chosen.
        let of_column = || match self.rows.get(&own.at.row) {
            Some(found) if own.answer == found.column => found.fault.clone(),
            Some(_) => None,
            None => other(&self.answers),
        };
        let of_group = || self.groups.get(&own.at.column).and_then(|name| other(name));
        other(&own.heading)
            .or_else(of_column)
            .or_else(of_group)
            .or_else(|| self.fault_of_title(judge, own, target))
    }

    /// Why a figure is another one by the name of the table, where its own name and that of
    /// its column do not say otherwise.
    fn fault_of_title(&self, judge: Judge<'_>, own: &Assignment, target: Target) -> Option<CellFault> {
        let is_figure = target.is_figure(judge.policy);
        if !is_figure && !matches!(target, Target::Fact(_)) {
            return None;
        }
        let column = own.answer.and_then(|column| self.names.get(&column));
        let column = column.or_else(|| self.groups.get(&own.at.column));
        let names = [&own.heading, column.unwrap_or(&self.answers)];
        let period = match target {
            Target::Fact(place) => judge.policy.facts[place].period,
            _ => Period::Timeless,
        };
        let says_year = || names.iter().any(|name| !years(&plain_digits(name)).is_empty());
        let says_real = || {
            names
                .iter()
                .any(|name| REAL.iter().any(|word| name.contains(word)))
        };
        match self.title.as_ref()? {
            Title::OtherYear(title) if (period != Period::Timeless || !is_figure) && !says_year() => {
                Some(CellFault::OtherTable(title.clone()))
            }
            Title::Planned(title) if !says_real() => Some(CellFault::OtherTable(title.clone())),
            _ => None,
        }
    }
}

/// What stands in the row above headings over several of them, by their columns. What stands
/// there alone at its beginning is the name of the table.
fn groups(sheet: &Sheet, headings: usize) -> BTreeMap<usize, String> {
    let above = headings.checked_sub(1).and_then(|above| sheet.rows.get(above));
    let filled = above.into_iter().flatten().enumerate();
    let filled = filled.filter_map(|(column, cell)| Some((column, heading(cell)?.trim())));
    // The unit of the whole table is beside its name and over no column.
    let filled = filled.filter(|(_, text)| units::of_all(text).is_none());
    let filled: Vec<(usize, &str)> = filled.collect();
    if filled.len() < 2 && filled.first().is_none_or(|(column, _)| *column == 0) {
        return BTreeMap::new();
    }
    let over = |column: usize| filled.iter().rev().find(|(start, _)| *start <= column);
    let columns = (0..sheet.width()).filter_map(|column| Some((column, String::from(over(column)?.1))));
    columns.collect()
}

/// The unit of money that the heading of the firms says, which have none: 单位名称（金额：千元）.
fn unit_of_firms(
    judge: Judge<'_>,
    sheet: &Sheet,
    arrangement: Arrangement,
) -> Option<(String, Option<Address>)> {
    let Arrangement::Firms { headings: row, .. } = arrangement else {
        return None;
    };
    let identities = identities(judge.policy);
    let cells = (0..sheet.width()).map(|column| Address::of(row, column));
    let mut named = cells.filter_map(|at| Some((at, judge.headings.meant(heading(sheet.cell(at))?)?)));
    let (at, unit) = named.find_map(|(at, meant)| {
        let unit = meant
            .behind
            .filter(|unit| units::is_bare(unit) && !units::is_counted(unit))?;
        identities.contains(&meant.target).then_some((at, unit))
    })?;
    Some((unit, Some(at)))
}

/// The unit of the whole table that stands alone in a row below it: 注：金额单位为千元。
fn unit_below(sheet: &Sheet, first: usize) -> Option<(String, Option<Address>)> {
    let rows = sheet.rows.iter().enumerate().skip(first).rev().take(BELOW);
    let mut found = rows.filter_map(|(row, cells)| {
        let mut filled = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let (Some((column, only)), None) = (filled.next(), filled.next()) else {
            return None;
        };
        Some((units::of_table(heading(only)?)?, Some(Address::of(row, column))))
    });
    found.next()
}

/// What a row above the headings says of the whole table, where it is its name.
fn title(judge: Judge<'_>, row: &[Cell]) -> Option<Title> {
    let asked = judge.asked?;
    let is_unit = |cell: &Cell| heading(cell).is_some_and(|text| units::of_all(text).is_some());
    let mut filled = row.iter().filter(|cell| !cell.is_empty() && !is_unit(cell));
    let (Some(only), None) = (filled.next(), filled.next()) else {
        return None;
    };
    let text = heading(only)?.trim();
    let (name, _) = units::divided(text);
    let named = years(&plain_digits(text));
    if !named.is_empty() && !named.iter().any(|year| asked.may_be_of(*year)) {
        return Some(Title::OtherYear(text.to_owned()));
    }
    let is_plan = PLANS.iter().any(|word| name.ends_with(word));
    is_plan.then(|| Title::Planned(text.to_owned()))
}
