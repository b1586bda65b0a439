//! Which row or column of a table is which question: proposed, and corrected by
//! who knows the table.

use std::collections::BTreeMap;

use crate::answers::{Case, plain_digits, read_figure};
use crate::policy::Policy;

use super::above::Above;
use super::address::Address;
use super::assignments::{Assignment, assignment};
use super::cells::{Cell, Sheet};
use super::columns_below::read_columns_below;
use super::faults::CellFault;
use super::firm_names::{firm, identities};
use super::headings::{Certainty, Headings, Meant, Target, plain};
use super::layout::{Arrangement, heading, is_choice, is_note};
use super::marks::is_mark;
use super::other_figures::{Asked, is_correction, opposite};
use super::other_tables::other_table;
use super::pairs::{pairs_behind, pairs_in_cells};
use super::rivals::hold_rivals;
use super::row_labels::RowLabel;
use super::row_remarks::put_remark;
use super::row_units::find_row_units;
use super::second_headings::SecondHeadings;
use super::units;
use super::value_columns::Judge;

/// How many cells tell whether a column has figures.
const LOOKED_AT: usize = 200;

/// How a table is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matching {
    /// How it is arranged.
    pub arrangement: Arrangement,
    /// Its rows or columns that have a heading.
    pub assignments: Vec<Assignment>,
    /// The unit of the whole table, where one stands above it.
    pub unit: Option<String>,
    /// What is said of columns with figures that are not read.
    pub columns: Vec<(Address, CellFault)>,
    /// Where that unit stands, where it has a cell of its own.
    pub(super) unit_at: Option<Address>,
    /// Where another table begins below this one, and where its headings stand.
    pub(super) other_table: Option<(usize, Address)>,
    /// For when figures are asked.
    pub(super) asked: Option<Asked>,
}

impl Matching {
    /// How a sheet is probably meant for a case; `None` where nothing in it names a question.
    pub fn propose(policy: &Policy, sheet: &Sheet, case: &Case) -> Option<Self> {
        Self::asked(policy, sheet, Some(Asked::of(case)))
    }

    /// The same while only the questions are looked for that it names, for whatever time.
    pub(super) fn named(policy: &Policy, sheet: &Sheet) -> Option<Self> {
        Self::asked(policy, sheet, None)
    }

    fn asked(policy: &Policy, sheet: &Sheet, asked: Option<Asked>) -> Option<Self> {
        let headings = &Headings::of(policy);
        let judge = Judge {
            policy,
            headings,
            asked,
        };
        let mut arrangement = Arrangement::of(policy, headings, sheet)?;
        if let Some((end, at)) = other_table(policy, headings, sheet, arrangement) {
            let own = Self::asked(policy, &sheet.before(end), asked)?;
            return Some(Self {
                other_table: Some((end, at)),
                ..own
            });
        }
        let mut above = Above::of(judge, sheet, &mut arrangement);
        let second = SecondHeadings::of(policy, headings, sheet, arrangement);
        above.add_groups(second.as_ref());
        let has_units = second
            .as_ref()
            .is_some_and(|second| second.find_units(sheet, &mut arrangement));
        let mut assignments = match arrangement {
            Arrangement::Questions { .. } if sheet.is_of_lines => of_lines(headings, sheet),
            Arrangement::Questions { .. } => of_questions(headings, sheet, arrangement),
            Arrangement::Firms { .. } => of_firms(headings, sheet, arrangement, second.as_ref()),
        };
        let lines = unread_lines(sheet).filter(|(_, line)| units::of_all(line).is_none());
        assignments.extend(lines.map(|(at, line)| Assignment {
            answer: Some(at.column),
            ..assignment(at, line, None, None)
        }));
        assignments.sort_by_key(|assignment| assignment.at);
        find_row_units(policy, sheet, arrangement, &mut assignments);
        for assignment in &mut assignments {
            above.put_into_column(sheet, arrangement, assignment);
            above.give_unit_of_group(assignment);
            put_remark(headings, sheet, arrangement, assignment);
            heed_brackets(policy, headings, assignment);
            hold_hidden(sheet, arrangement, assignment);
            let cells = cells_of(sheet, arrangement, assignment);
            heed_figures(policy, headings, assignment, cells);
        }
        let is_second = second.is_some();
        let below = read_columns_below(judge, sheet, &mut arrangement, &mut assignments, is_second);
        if let (true, Arrangement::Firms { first, .. }) = (has_units, &mut arrangement) {
            *first += 1;
        }
        above.faults.extend(below);
        hold_other_figures(judge, &above, &mut assignments);
        heed_corrections(sheet, arrangement, &mut assignments);
        // In lines of a text both stay, and are told as the same question.
        if !sheet.is_of_lines {
            hold_rivals(judge, &mut assignments);
        }
        give_way(&mut assignments, sheet.is_of_lines);
        if let Some(second) = &second {
            second.name_unread(&mut assignments);
        }
        name_firms(policy, sheet, arrangement, &mut assignments);
        tell_unread_values(sheet, &mut assignments);
        let of_lines = || unread_lines(sheet).find_map(|(_, line)| units::of_all(line));
        let mut matching = Self {
            arrangement,
            assignments,
            unit_at: above.unit.as_ref().and_then(|(_, at)| *at),
            unit: match above.unit {
                _ if sheet.is_of_lines => of_lines(),
                unit => unit.map(|(unit, _)| unit),
            },
            columns: above.faults,
            other_table: None,
            asked,
        };
        for place in 0..matching.assignments.len() {
            matching.find_places(policy, place);
        }
        Some(matching)
    }

    /// The sheet of a workbook in which the most questions are named, by its
    /// place, with how it is probably meant.
    pub fn of_sheets(policy: &Policy, sheets: &[Sheet], case: &Case) -> Option<(usize, Self)> {
        let matchings = sheets.iter().enumerate();
        let matchings =
            matchings.filter_map(|(place, sheet)| Some((place, Self::propose(policy, sheet, case)?)));
        matchings.max_by_key(|(place, matching)| {
            let named = matching.assignments.iter();
            let named = named.filter(|assignment| assignment.names_a_question());
            (named.count(), usize::MAX - place)
        })
    }

    /// Takes the row or column of a heading for another question, or passes it over.
    pub fn assign(&mut self, policy: &Policy, at: Address, target: Option<Target>) {
        let found = self.assignments.iter().position(|assignment| assignment.at == at);
        if let Some(place) = found
            && let Some(assignment) = self.assignments.get_mut(place)
        {
            assignment.target = target;
            assignment.certainty = None;
            assignment.held = None;
            self.find_places(policy, place);
        }
    }

    /// Takes the figures of a row or column in another unit: 千元.
    pub fn set_unit(&mut self, policy: &Policy, at: Address, unit: &str) {
        let found = self.assignments.iter().position(|assignment| assignment.at == at);
        if let Some(place) = found
            && let Some(assignment) = self.assignments.get_mut(place)
        {
            assignment.unit = Some(String::from(unit));
            assignment.unit_at = None;
            assignment.row_units = None;
            self.find_places(policy, place);
        }
    }

    /// The headings that are only much like the names of their questions, of which nothing is
    /// written before somebody says that they mean them.
    pub fn waiting(&self, policy: &Policy) -> Vec<&Assignment> {
        let all = self.assignments.iter();
        all.filter(|own| self.waits(policy, own)).collect()
    }

    /// Whether nothing of a heading is written until somebody says that it means its question.
    /// What names the firms of a table tells its rows apart, and stands beside each.
    pub fn waits(&self, policy: &Policy, own: &Assignment) -> bool {
        let is_of_firms = matches!(self.arrangement, Arrangement::Firms { .. });
        let names_firms = |target: Target| is_of_firms && identities(policy).contains(&target);
        own.certainty == Some(Certainty::Likely) && own.target.is_some_and(|target| !names_firms(target))
    }

    /// Says of a heading that it means the question it is taken for.
    pub fn confirm(&mut self, at: Address) {
        for own in self.assignments.iter_mut().filter(|own| own.at == at) {
            own.certainty = None;
        }
    }

    /// Passes over what is only likely, where nobody is there to say so.
    pub fn leave_out_likely(&mut self) {
        for assignment in &mut self.assignments {
            if assignment.certainty == Some(Certainty::Likely) {
                assignment.target = None;
            }
        }
    }

    /// The unit of the whole table for a question: of several the one of its kind.
    fn unit_of(&self, policy: &Policy, target: Option<Target>) -> Option<String> {
        let all = units::each_of(self.unit.as_deref()?);
        if let [only] = all.as_slice() {
            return Some(only.clone());
        }
        let is_own = |unit: &&String| match target {
            Some(Target::Fact(fact)) => matches!(units::places(&policy.facts[fact], unit), Ok(Some(_))),
            Some(target) if target.is_money(policy) => unit.ends_with('元'),
            _ => false,
        };
        all.iter().find(is_own).cloned()
    }

    fn find_places(&mut self, policy: &Policy, place: usize) {
        let target = self.assignments.get(place).and_then(|own| own.target);
        let of_table = self.unit_of(policy, target);
        let of_table_at = self.unit_at;
        let Some(assignment) = self.assignments.get_mut(place) else {
            return;
        };
        assignment.places = Ok(None);
        let unit = assignment.unit.as_ref().or(of_table.as_ref());
        if let (Some(unit), Some(target)) = (unit, assignment.target)
            && target.is_money(policy)
            && units::is_other_currency(unit)
        {
            assignment.places = Err(unit.clone());
            if assignment.unit.is_none() {
                assignment.unit_at = of_table_at;
            }
            return;
        }
        let Some(Target::Fact(fact)) = assignment.target else {
            let is_money = assignment.target.is_some_and(|target| target.is_money(policy));
            if is_money && assignment.unit.is_none() {
                assignment.unit = of_table.filter(|unit| unit.ends_with('元'));
            }
            let other = assignment
                .unit
                .as_ref()
                .filter(|unit| is_money && units::is_no_money(unit));
            if let Some(unit) = other {
                assignment.places = Err(unit.clone());
            }
            return;
        };
        let fact = &policy.facts[fact];
        assignment.places = match &assignment.unit {
            Some(unit) => units::places(fact, unit),
            None => Ok(None),
        };
        // The unit above a table is that of its money, and of nothing else in it.
        if assignment.places == Ok(None)
            && let Some(unit) = of_table
            && let Ok(Some(places)) = units::places(fact, &unit)
        {
            assignment.unit = Some(unit);
            assignment.places = Ok(Some(places));
        }
    }
}

fn of_firms(
    headings: &Headings,
    sheet: &Sheet,
    arrangement: Arrangement,
    second: Option<&SecondHeadings>,
) -> Vec<Assignment> {
    let Arrangement::Firms {
        headings: row,
        ids,
        units: unit_row,
        ..
    } = arrangement
    else {
        return Vec::new();
    };
    let below = |column: usize| {
        let at = Address::of(unit_row?, column);
        let text = heading(sheet.cell(at)).filter(|text| units::is_bare(text))?;
        Some((text.to_owned(), at))
    };
    let columns = (0..sheet.width()).filter_map(|column| {
        if let Some((at, name, meant)) = second.and_then(|second| second.named(headings, sheet, column)) {
            return Some(assignment(at, &name, meant, None).with_unit(below(column)));
        }
        let at = Address::of(row, column);
        // Beside headings over several columns one over a single one may stand in the row above.
        let over = || {
            let above = row.checked_sub(1).map(|above| Address::of(above, column))?;
            let cells = sheet.rows.get(above.row)?.iter().filter(|cell| !cell.is_empty());
            heading(sheet.cell(above)).filter(|_| cells.count() > 1)
        };
        let named = heading(sheet.cell(at)).or_else(over);
        let by_id = ids.and_then(|ids| heading(sheet.cell(Address::of(ids, column))));
        let meant = named.and_then(|named| headings.meant(named));
        // A name may have been changed; the id below it is still the same.
        let meant = by_id
            .and_then(|id| {
                let by_id = headings.meant(id)?;
                let behind = meant.as_ref().and_then(|meant| meant.behind.clone());
                let behind = behind.or_else(|| named.and_then(|named| units::divided(named).1));
                Some(Meant { behind, ..by_id })
            })
            .or(meant);
        Some(assignment(at, named.or(by_id)?, meant, None).with_unit(below(column)))
    });
    columns.collect()
}

fn of_questions(headings: &Headings, sheet: &Sheet, arrangement: Arrangement) -> Vec<Assignment> {
    let Arrangement::Questions {
        first,
        answers,
        units: unit_column,
    } = arrangement
    else {
        return Vec::new();
    };
    let rows = (first..sheet.rows.len()).filter_map(|row| {
        let named = (0..answers).filter(|column| Some(*column) != unit_column);
        let named = named.filter_map(|column| {
            let at = Address::of(row, column);
            Some((at, heading(sheet.cell(at))?))
        });
        let named: Vec<(Address, &str)> = named.collect();
        let meant = named
            .iter()
            .filter_map(|(at, text)| Some((*at, *text, headings.meant(text)?)));
        let best = meant.max_by_key(|(at, _, meant)| (meant.certainty, usize::MAX - at.column));
        let unit_at = |column: usize| {
            let at = Address::of(row, column);
            let text = heading(sheet.cell(at))?;
            units::is_bare(text).then(|| (units::bare_of(text), at))
        };
        // A unit may stand beside a single answer.
        let below = match unit_column {
            Some(column) => unit_at(column),
            None => unit_at(answers + 1),
        };
        match best {
            Some((at, text, meant)) => {
                let behind = named.iter().find_map(|(_, text)| units::divided(text).1);
                let meant = Meant {
                    behind: meant.behind.clone().or(behind),
                    ..meant
                };
                Some(assignment(at, text, Some(meant), None).with_unit(below))
            }
            // A heading between the questions has no answer beside it.
            None if sheet.cell(Address::of(row, answers)).is_empty() => None,
            None => {
                // 是 in the column of another year is an answer and no name.
                let is_of_words =
                    |(_, text): &&(Address, &str)| text.contains(char::is_alphabetic) && !is_choice(text);
                let named = named.iter().rev().find(is_of_words).or(named.last());
                named.map(|(at, text)| assignment(*at, text, None, None).with_unit(below))
            }
        }
    });
    let mut rows: Vec<Assignment> = rows.collect();
    let pairs = other_pairs(headings, sheet, &rows, answers);
    rows.retain(|own| !pairs.iter().any(|pair| pair.at == own.at));
    rows.extend(pairs);
    rows
}

/// The names that stand with their answers beside the first ones of their rows, or alone.
fn other_pairs(headings: &Headings, sheet: &Sheet, rows: &[Assignment], answers: usize) -> Vec<Assignment> {
    let mut pairs = Vec::new();
    for row in 0..sheet.rows.len() {
        let own = rows.iter().find(|own| own.at.row == row && own.target.is_some());
        let is_answered =
            |own: &&Assignment| !sheet.cell(Address::of(row, answers)).is_empty() || own.at.column > answers;
        match own.filter(is_answered) {
            Some(own) => pairs.extend(pairs_behind(headings, sheet, own.at)),
            None => pairs.extend(pairs_in_cells(headings, sheet, row)),
        }
    }
    let pairs = pairs.into_iter().map(|pair| Assignment {
        answer: Some(pair.answer),
        ..assignment(pair.at, &pair.name, Some(pair.meant), None)
    });
    pairs.collect()
}

/// The names in the lines of a text, each with its value right behind it.
fn of_lines(headings: &Headings, sheet: &Sheet) -> Vec<Assignment> {
    let mut all = Vec::new();
    for (row, cells) in sheet.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().step_by(2) {
            let (at, value) = (Address::of(row, column), Address::of(row, column + 1));
            let Some(text) = heading(cell) else { continue };
            let meant = headings.meant(text).map(|meant| Meant {
                behind: meant.behind.clone().or_else(|| units::divided(text).1),
                ..meant
            });
            if meant.is_some() || !sheet.cell(value).is_empty() {
                all.push(Assignment {
                    answer: Some(value.column),
                    ..assignment(at, text, meant, None)
                });
            }
        }
    }
    all
}

/// Puts what stands behind a name in a line of a text beside it where it is not read, since
/// nothing else shows it there.
fn tell_unread_values(sheet: &Sheet, assignments: &mut [Assignment]) {
    let unread = assignments
        .iter_mut()
        .filter(|own| sheet.is_of_lines && !own.names_a_question());
    for own in unread {
        let value = own.answer.filter(|column| *column != own.at.column);
        let value = value.map(|column| sheet.cell(Address::of(own.at.row, column)).shown());
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            own.heading = format!("{}：{value}", own.heading);
        }
    }
}

/// The lines of a text that were not understood, with their places: each stands where the
/// value of another does, so that it is read as one once somebody says of what.
fn unread_lines(sheet: &Sheet) -> impl Iterator<Item = (Address, &str)> {
    let rows = sheet.rows.iter().enumerate().filter(|_| sheet.is_of_lines);
    rows.flat_map(|(row, cells)| {
        let pairs = cells.chunks(2).enumerate();
        pairs.filter_map(move |(pair, cells)| match cells {
            [Cell::Empty, line] => Some((Address::of(row, pair * 2 + 1), heading(line)?)),
            _ => None,
        })
    })
}

/// The cells whose question a heading names.
fn cells_of(sheet: &Sheet, arrangement: Arrangement, assignment: &Assignment) -> Vec<Cell> {
    let at = assignment.at;
    match arrangement {
        Arrangement::Questions { answers, .. } => vec![sheet.cell(assignment.answer_at(answers)).clone()],
        Arrangement::Firms { first, .. } => {
            let rows = sheet.rows.iter().skip(first.max(at.row + 1));
            let rows = rows.filter(|row| !is_note(row));
            let cells = rows.filter_map(|row| row.get(at.column));
            cells.take(LOOKED_AT).cloned().collect()
        }
    }
}

/// Has what is in brackets behind a name be said of its answer: of a figure it is a remark, and a
/// question for yes or no is another one with it, 注册商标（申请中）. When, in which unit and how
/// it is to be answered are heeded elsewhere.
fn heed_brackets(policy: &Policy, headings: &Headings, own: &mut Assignment) {
    /// How an entry is to be written, which says nothing of it.
    const HOW: [&str; 10] = ["/", "是否", "有无", "填", "选", "必", "附件", "见", "如", "例"];
    /// When it is asked.
    const WHEN: &str = "年月日季期度时";
    let Some(target) = own.target else { return };
    let Some(within) = units::divided(&own.heading).1 else {
        return;
    };
    let says_how = HOW.iter().any(|word| within.contains(word)) || units::is_bare(&within);
    if says_how || headings.is_whole_name(&own.heading) {
        return;
    }
    let says_when = |character: char| WHEN.contains(character) || character.is_ascii_digit();
    if target.is_yes_or_no(policy) {
        own.hold(CellFault::OtherFigure(within));
    } else if target.is_figure(policy) && own.remark.is_none() && !within.contains(says_when) {
        own.remark = Some(within);
    }
}

/// Holds what has its answers in a column that the workbook does not show.
fn hold_hidden(sheet: &Sheet, arrangement: Arrangement, own: &mut Assignment) {
    let column = match arrangement {
        Arrangement::Questions { answers, .. } => own.answer_at(answers).column,
        Arrangement::Firms { .. } => own.at.column,
    };
    if own.target.is_some() && sheet.hides_column(column) {
        own.hold(CellFault::HiddenColumn);
    } else if own.target.is_some() && matches!(sheet.cell(own.at), Cell::Struck(_)) {
        own.hold(CellFault::Struck);
    }
}

/// A heading that is only much like the name of a question for words does not mean it where
/// nothing but figures stand under it: 输出, with 51 beside it, is no place. It means the
/// question for a figure that is called so, or none.
fn heed_figures(policy: &Policy, headings: &Headings, assignment: &mut Assignment, cells: Vec<Cell>) {
    let is_likely = assignment.certainty == Some(Certainty::Likely);
    if !is_likely || !assignment.target.is_some_and(|target| target.is_words(policy)) {
        return;
    }
    let is_figure = |cell: &Cell| match cell {
        Cell::Number { .. } => true,
        // 无 is a figure as well, and says as much of a place.
        Cell::Text(text) => {
            let has_digit = plain_digits(text).contains(|character: char| character.is_ascii_digit());
            has_digit && read_figure(text, "人").number.is_ok()
        }
        _ => false,
    };
    let mut filled = cells.iter().filter(|cell| !cell.is_empty()).peekable();
    // A text that begins with a count of heads is no place either: 60人到喀什.
    let counts = |cell: &Cell| {
        let text = plain_digits(&cell.shown());
        let behind = text
            .trim_start()
            .trim_start_matches(|character: char| character.is_ascii_digit());
        behind.len() < text.trim_start().len() && behind.trim_start().starts_with(['人', '名'])
    };
    let mut is_read = true;
    let are_figures = filled.peek().is_some()
        && filled.all(|cell| {
            is_read &= is_figure(cell);
            is_figure(cell) || counts(cell)
        });
    if are_figures {
        let meant = || headings.figure_meant(policy, &assignment.heading);
        assignment.target = if is_read { meant() } else { None };
        assignment.certainty = assignment.target.map(|_| Certainty::Likely);
    }
}

/// Holds what is taken for a question and is another figure than the one that is asked.
fn hold_other_figures(judge: Judge<'_>, above: &Above, assignments: &mut [Assignment]) {
    let mut held = Vec::new();
    for assignment in &mut *assignments {
        let Some(target) = assignment.target else { continue };
        // What is its own name turns no sense.
        let is_likely = assignment.certainty == Some(Certainty::Likely);
        let turned = || opposite(judge.policy, judge.headings, target, &assignment.heading);
        let fault = above.fault(judge, assignment, target);
        if let Some(fault) = fault.or_else(|| turned().filter(|_| is_likely)) {
            // What only stands over several columns is told, since their own names do not say it.
            match above.telling_group(judge, assignment, target) {
                Some(group) => assignment.heading = format!("{group} {}", assignment.heading),
                None => held.push((assignment.at, target)),
            }
            assignment.hold(fault);
        }
    }
    hold_other_parts(assignments);
    // Beside the figure that is asked another one is nothing to be told.
    for (at, target) in held {
        let is_exact =
            |own: &Assignment| own.target == Some(target) && own.certainty == Some(Certainty::Exact);
        if assignments.iter().any(is_exact)
            && let Some(own) = assignments.iter_mut().find(|own| own.at == at)
        {
            own.held = None;
        }
    }
}

/// Holds what is left of several names that differ in their brackets alone where one of them is
/// another figure: 从业人数（签约） beside 从业人数（未签约） is a part as well.
fn hold_other_parts(assignments: &mut [Assignment]) {
    let bare = |own: &Assignment| {
        let (name, within) = units::divided(&own.heading);
        within
            .filter(|within| !units::is_bare(within))
            .map(|_| plain(&name))
    };
    let held = assignments
        .iter()
        .filter(|own| matches!(own.held, Some(CellFault::OtherFigure(_))));
    let parts: Vec<(String, Address, String)> = held
        .filter_map(|own| Some((bare(own)?, own.at, own.heading.clone())))
        .collect();
    for own in assignments.iter_mut().filter(|own| own.target.is_some()) {
        let Some(name) = bare(own) else { continue };
        let others = parts.iter().filter(|(other, ..)| *other == name);
        let others: Vec<(Address, String)> = others.map(|(_, at, heading)| (*at, heading.clone())).collect();
        if !others.is_empty() {
            let all = core::iter::once((own.at, own.heading.clone())).chain(others);
            own.hold(CellFault::WhichName(all.collect()));
        }
    }
}

/// Holds what a text corrects, and the correction: which of the two counts nobody can tell
/// for whoever wrote them. One that names no question is of what it has characters in common
/// with, or may be of all that stands before it.
fn heed_corrections(sheet: &Sheet, arrangement: Arrangement, assignments: &mut [Assignment]) {
    let text_of = |own: &Assignment| match arrangement {
        Arrangement::Questions { answers, .. } if own.at < own.answer_at(answers) => {
            let cell = sheet.cell(own.answer_at(answers)).shown();
            format!("{}：{cell}", own.heading)
        }
        _ => own.heading.clone(),
    };
    let mut held: BTreeMap<Address, CellFault> = BTreeMap::new();
    for own in assignments.iter() {
        let text = text_of(own);
        let is_of_column = matches!(arrangement, Arrangement::Firms { .. });
        let others = assignments
            .iter()
            .filter(|other| other.at != own.at && other.target.is_some());
        let corrected: Vec<&Assignment> = match own.target {
            Some(target) if is_correction(&own.heading) => {
                others.filter(|other| other.target == Some(target)).collect()
            }
            None if !is_of_column && is_correction(&text) => {
                let before: Vec<&Assignment> = others.filter(|other| other.at < own.at).collect();
                // What it names was not read of anything.
                let is_unread = |other: &Assignment| other.target.is_none() && other.at != own.at;
                let mut unread = assignments.iter().filter(|other| is_unread(other));
                if unread.any(|other| text.contains(&other.heading)) {
                    continue;
                }
                let of = |is_meant: &dyn Fn(&str) -> bool| -> Vec<&Assignment> {
                    let meant = before.iter().filter(|other| is_meant(&other.heading));
                    meant.copied().collect()
                };
                let called = of(&|heading| text.contains(heading));
                let named = of(&|heading| has_in_common(heading, &text));
                match (called.is_empty(), text.contains(is_numeral), named.is_empty()) {
                    (false, ..) => called,
                    // Without a figure it may as well be said of what is nowhere here.
                    (true, false, _) => continue,
                    (true, true, false) => named,
                    (true, true, true) => before,
                }
            }
            _ => continue,
        };
        for other in &corrected {
            held.entry(other.at)
                .or_insert_with(|| CellFault::Corrected(own.at, text.clone()));
        }
        if own.target.is_some()
            && let Some(other) = corrected.first()
        {
            held.insert(own.at, CellFault::Corrected(other.at, text_of(other)));
        }
    }
    for own in assignments {
        if let Some(fault) = held.remove(&own.at) {
            own.hold(fault);
        }
    }
}

fn is_numeral(character: char) -> bool {
    character.is_numeric() || "一二三四五六七八九十百千".contains(character)
}

/// Whether two characters of a name stand side by side in a text as well.
fn has_in_common(name: &str, text: &str) -> bool {
    let name: Vec<char> = name
        .chars()
        .filter(|character| character.is_alphabetic())
        .collect();
    name.windows(2)
        .any(|pair| text.contains(&String::from_iter(pair)))
}

/// What a column of firms is called that is known by no name of theirs.
const FIRMS: [&str; 8] = [
    "单位",
    "企业",
    "公司",
    "名称",
    "机构",
    "合作社",
    "商户",
    "企业单位",
];

/// Takes a column of words for the names of the firms where nothing else names them.
fn name_firms(policy: &Policy, sheet: &Sheet, arrangement: Arrangement, assignments: &mut Vec<Assignment>) {
    let Arrangement::Firms {
        headings: row, first, ..
    } = arrangement
    else {
        return;
    };
    // The corner above the names may be empty.
    let first_is_name = || {
        let named = heading(sheet.cell(Address::of(first, 0)));
        named.is_some_and(|name| {
            name.starts_with(char::is_alphabetic) && RowLabel::of(name).is_none() && !is_mark(name)
        })
    };
    let names_it = |own: &Assignment| own.target.is_some_and(|own| identities(policy).contains(&own));
    if assignments.iter().any(names_it) {
        return;
    }
    let is_of_words = |own: &&mut Assignment| {
        let cells = sheet
            .rows
            .iter()
            .skip(first)
            .filter_map(|row| row.get(own.at.column));
        let mut texts = cells.filter_map(heading);
        let first = texts.next();
        FIRMS.contains(&plain(&own.heading).as_str()) && first.is_some_and(|text| !units::is_bare(text))
    };
    let mut unknown = assignments.iter_mut().filter(|own| own.target.is_none());
    if let Some(own) = unknown.find(is_of_words) {
        own.target = firm(policy);
        own.certainty = own.target.map(|_| Certainty::Likely);
    } else if !assignments.iter().any(|own| own.at.column == 0) && first_is_name() {
        let mut own = assignment(Address::of(row, 0), "", None, None);
        own.target = firm(policy);
        own.certainty = own.target.map(|_| Certainty::Likely);
        assignments.insert(0, own);
    }
}

/// Of two headings that are taken for one question, the one that is only likely gives way.
/// Of two likely ones for words the first is kept, as the columns of a table have what matters
/// first; in lines of a text the second may be another's answer or a correction, so that both stay
/// and are told as the same question.
fn give_way(assignments: &mut [Assignment], is_of_lines: bool) {
    let exact: Vec<Target> = assignments
        .iter()
        .filter(|assignment| assignment.certainty == Some(Certainty::Exact))
        .filter_map(|assignment| assignment.target)
        .collect();
    let mut seen = Vec::new();
    for assignment in assignments {
        if assignment.certainty != Some(Certainty::Likely) {
            continue;
        }
        let Some(target) = assignment.target else { continue };
        if exact.contains(&target) || !is_of_lines && seen.contains(&target) {
            assignment.target = None;
            assignment.certainty = None;
        } else {
            seen.push(target);
        }
    }
}
