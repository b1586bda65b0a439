//! What a table would change, cell by cell, before anything is written.

use core::fmt;
use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::answers::{Case, Date, Fault, Severity, check_field, points_elsewhere};
use crate::json::Json;
use crate::policy::Policy;

use super::address::Address;
use super::assignments::Assignment;
use super::cells::{Cell, Sheet};
use super::faults::CellFault;
use super::firm_names::{
    KnownFirms, Name, Own, Seen, called, firm, identities, is_of_another_firm, names_a_part, names_a_place,
};
use super::headings::{Certainty, Target};
use super::layout::{Arrangement, is_note};
use super::matching::Matching;
use super::merges::{below, with_names};
use super::reading::{HeadingUnit, Taken, is_past, read};
use super::row_remarks::{in_brackets, remarks_of_rows};
use super::row_units::in_row;
use super::same_firm_rows::{FirmRows, RowFate};

/// A cell that will be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Where it stands in the table.
    pub at: Address,
    /// The question.
    pub target: Target,
    /// What the question is called.
    pub label: String,
    /// What stands in the cell.
    pub written: String,
    /// How it will stand in the case.
    pub stands: String,
    /// What stands there now.
    pub before: Before,
    /// What is to be said of it though it is taken: 约数, a figure that may be a slip.
    pub remarks: Vec<String>,
    /// Whether it is not written before somebody says that its heading means the question.
    pub waits: bool,
    taken: Taken,
}

impl Planned {
    /// Whether it will be written and is not there already.
    pub fn changes(&self) -> bool {
        !self.waits && self.before != Before::Same
    }
}

/// What stands in the case already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing.
    Nothing,
    /// The same.
    Same,
    /// Something else, which would be changed.
    Other(String),
}

/// What the table has of one firm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firm {
    /// Its row; `None` where the whole table is of one firm.
    pub row: Option<usize>,
    /// What it is called; empty where the table does not say.
    pub name: String,
    /// The id that the table has for its case.
    pub id: Option<String>,
    /// Which of the cases is its own; `None` where none is.
    pub case: Option<usize>,
    /// Its cells that will be written, in the order of the table.
    pub values: Vec<Planned>,
}

/// Something that is wrong, by its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The place.
    pub at: Address,
    /// The heading it belongs to; empty for a whole row.
    pub heading: String,
    /// What stands there.
    pub written: String,
    /// What is wrong.
    pub fault: CellFault,
}

/// How much of a table is not taken for a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// A cell.
    Cell,
    /// A heading, and with it every cell that it is for.
    Heading,
    /// A whole row.
    Row,
}

impl Extent {
    /// Every one, from the smallest.
    pub const ALL: [Self; 3] = [Self::Cell, Self::Heading, Self::Row];
}

impl Located {
    /// How much is not taken for it.
    pub const fn extent(&self) -> Extent {
        match self.fault {
            CellFault::SameFirm(_)
            | CellFault::SameFirmOtherwise(_)
            | CellFault::OtherRow(..)
            | CellFault::SeveralCases(_)
            | CellFault::OutsideTable
            | CellFault::HiddenRow
            | CellFault::OtherHeadings
            | CellFault::NoName => Extent::Row,
            CellFault::Twice(_) | CellFault::OtherUnit(_) => Extent::Heading,
            _ => Extent::Cell,
        }
    }
}

impl fmt::Display for Located {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is no part of the table has no address in it.
        if self.fault != CellFault::OutsideTable {
            write!(out, "{}", self.at)?;
        }
        if !self.heading.is_empty() {
            write!(out, "（{}）", self.heading)?;
        }
        if !self.written.is_empty() {
            let short: String = self.written.chars().take(WRITTEN).collect();
            let more = if short.len() < self.written.len() {
                "…"
            } else {
                ""
            };
            write!(out, "写的是“{}{more}”", crate::wording::within_quotes(&short))?;
        }
        write!(out, "：{}", self.fault)
    }
}

/// How many characters of a cell are repeated where a fault is shown.
const WRITTEN: usize = 30;

/// What a table would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The firms of the table, in its order.
    pub firms: Vec<Firm>,
    /// The cells that are not taken, in the order of the table.
    pub faults: Vec<Located>,
    /// Headings that are taken for nothing.
    pub passed_over: Vec<(Address, String)>,
    /// Rows that are taken for no firm: 合计, 填写说明, one with strokes alone.
    pub notes: Vec<usize>,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The cases that changed or are new: which of those given each was, and the case.
    pub cases: Vec<(Option<usize>, Case)>,
    /// Of which firm of the preview each of them is.
    pub firms: Vec<usize>,
    /// The one change that all of it is, for whoever may take it back.
    pub change: String,
}

/// What is read, by which policy, for whose cases and on which day.
#[derive(Clone, Copy)]
struct Source<'a> {
    policy: &'a Policy,
    sheet: &'a Sheet,
    cases: &'a [Case],
    today: Date,
}

impl Source<'_> {
    /// What stands beside the heading of a correction or of what it corrects, to be named with it.
    fn written(self, matching: &Matching, own: &Assignment) -> String {
        match (matching.arrangement, &own.held) {
            (Arrangement::Questions { answers, .. }, Some(_)) => {
                self.sheet.cell(own.answer_at(answers)).shown()
            }
            _ => String::new(),
        }
    }

    /// Whether two headings of one question have the same below or beside them, or one of them nothing.
    fn says_the_same(self, matching: &Matching, one: &Assignment, other: &Assignment) -> bool {
        let said = |own: &Assignment, at: Address| {
            let target = own.target?;
            let taken = in_row(self.policy, self.sheet, own, at.row).and_then(|own| {
                read(
                    self.policy,
                    target,
                    self.sheet.cell(at),
                    unit_of(&own),
                    self.today,
                )
            });
            match taken {
                Ok(taken) => taken.map(|taken| Ok((taken.shown(self.policy), taken.remarks(self.policy)))),
                Err(_) => Some(Err(at)),
            }
        };
        let is_same = |one_at: Address, other_at: Address| match (said(one, one_at), said(other, other_at)) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        match matching.arrangement {
            Arrangement::Questions { answers, .. } => {
                is_same(one.answer_at(answers), other.answer_at(answers))
            }
            Arrangement::Firms { first, .. } => (first..self.sheet.rows.len())
                .all(|row| is_same(Address::of(row, one.at.column), Address::of(row, other.at.column))),
        }
    }
}

/// A cell whose value can be taken.
struct TakenCell<'a> {
    at: Address,
    assignment: &'a Assignment,
    target: Target,
    taken: Taken,
    /// What is said of it beside it, over it or in a comment.
    remark: Option<String>,
    waits: bool,
}

impl Preview {
    /// Reads a sheet by a matching. A table of one firm is for the first of the cases;
    /// the rows of one with many find theirs by id, credit code, title or name.
    pub fn of(policy: &Policy, sheet: &Sheet, matching: &Matching, cases: &[Case], today: Date) -> Self {
        if let Some((end, at)) = matching.other_table
            && end < sheet.rows.len()
        {
            let mut preview = Self::of(policy, &sheet.before(end), matching, cases, today);
            preview.faults.push(Located {
                at,
                heading: String::new(),
                written: String::new(),
                fault: CellFault::OtherHeadings,
            });
            return preview;
        }
        let mut preview = Self {
            firms: Vec::new(),
            faults: Vec::new(),
            passed_over: Vec::new(),
            notes: Vec::new(),
        };
        let source = Source {
            policy,
            sheet,
            cases,
            today,
        };
        let mut kept = preview.headings(source, matching);
        preview.columns(source, matching, &mut kept);
        match matching.arrangement {
            Arrangement::Questions { answers, .. } => {
                let cells = kept.into_iter();
                let cells = cells.map(|assignment| (assignment.answer_at(answers), assignment));
                // What is of another firm goes into a case of its own.
                let own = |names: &[Name]| {
                    let open = cases.first()?;
                    (!is_of_another_firm(policy, names, open)).then_some(0)
                };
                let firm = preview.firm(source, matching, cells, None, own);
                preview.firms.push(firm);
            }
            Arrangement::Firms { first, .. } => {
                let named = with_names(policy, sheet, &kept, first);
                let sheet = named.as_ref().unwrap_or(sheet);
                preview.rows(Source { sheet, ..source }, matching, &kept, first);
                preview.merged_figures(sheet, &kept, first);
                preview.remarks_of_rows(sheet, first);
            }
        }
        preview.faults.sort_by_key(|fault| fault.at);
        preview.call_by_label(policy, matching);
        preview
    }

    /// The headings of which the cells are read; the others become faults or are passed over.
    fn headings<'m>(&mut self, source: Source<'_>, matching: &'m Matching) -> Vec<&'m Assignment> {
        let is_of_rows = matches!(matching.arrangement, Arrangement::Questions { .. });
        let is_hidden = |own: &Assignment| is_of_rows && sheet_hides(source.sheet, own.at.row);
        let mut kept = Vec::new();
        if let Some(several) = several_firms(source, matching) {
            self.faults.push(several);
            return kept;
        }
        for assignment in &matching.assignments {
            let fault = match (&assignment.places, assignment.target) {
                (_, None) => match assignment.held.clone() {
                    Some(fault) => Some(fault),
                    None => {
                        self.passed_over.push((assignment.at, assignment.heading.clone()));
                        continue;
                    }
                },
                (_, Some(_)) if is_hidden(assignment) => Some(CellFault::HiddenRow),
                (Err(unit), Some(_)) => Some(CellFault::OtherUnit(unit.clone())),
                (Ok(_), target) => {
                    let others = matching.assignments.iter();
                    let mut others =
                        others.filter(|other| other.target == target && other.at != assignment.at);
                    // The same figure twice is one figure.
                    let other = others.find(|other| !source.says_the_same(matching, assignment, other));
                    other.map(|other| CellFault::Twice(other.at))
                }
            };
            match fault {
                None => kept.push(assignment),
                Some(fault) => self.faults.push(Located {
                    at: match fault {
                        CellFault::OtherUnit(_) => assignment.unit_at.unwrap_or(assignment.at),
                        _ => assignment.at,
                    },
                    heading: assignment.heading.clone(),
                    written: source.written(matching, assignment),
                    fault,
                }),
            }
        }
        kept
    }

    /// What is said of columns that are not read, and of what is no part of the table.
    fn columns(&mut self, source: Source<'_>, matching: &Matching, kept: &mut Vec<&Assignment>) {
        for (at, fault) in &matching.columns {
            // Where it is not known which column is the one, none of it is read.
            if matches!(fault, CellFault::WhichColumn(_) | CellFault::NoTotal(_)) {
                kept.clear();
            }
            self.faults.push(Located {
                at: *at,
                heading: match fault {
                    CellFault::OtherColumn(..) | CellFault::HiddenColumn => source.sheet.cell(*at).shown(),
                    _ => String::new(),
                },
                written: String::new(),
                fault: fault.clone(),
            });
        }
        for (place, text) in source.sheet.outside.iter().enumerate() {
            self.faults.push(Located {
                at: Address::of(source.sheet.rows.len() + place, 0),
                heading: String::new(),
                written: text.clone(),
                fault: CellFault::OutsideTable,
            });
        }
    }

    /// Calls the questions of the faults by their labels where the table does so by their
    /// ids, which say nothing to whoever filled it in.
    fn call_by_label(&mut self, policy: &Policy, matching: &Matching) {
        for fault in &mut self.faults {
            let mut assigned = matching
                .assignments
                .iter()
                .filter_map(|assignment| assignment.target);
            if let Some(target) = assigned.find(|target| target.id(policy) == fault.heading) {
                fault.heading = target.label(policy);
            }
        }
    }

    fn rows(&mut self, source: Source<'_>, matching: &Matching, kept: &[&Assignment], first: usize) {
        let policy = source.policy;
        let of_firms = FirmRows::of(policy, source.sheet, matching, kept, first, source.today);
        let fates = of_firms.fates(first);
        let mut known = KnownFirms::of(policy, source.cases);
        let is_named = kept.iter().any(|assignment| {
            assignment
                .target
                .is_some_and(|target| identities(policy).contains(&target))
        });
        // Figures without a name are those of the open case where no others are there.
        let is_open = !is_named && self.is_single(source, kept, first, &fates);
        let mut seen = Seen::default();
        let mut is_part = false;
        for (row, cells) in source.sheet.rows.iter().enumerate().skip(first) {
            if cells.iter().all(Cell::is_empty) {
                continue;
            }
            let fate = fates.get(&row);
            is_part = names_a_part(policy, kept, cells, is_part);
            if self.is_passed_over(source, &of_firms, kept, row, fate) {
                continue;
            }
            if is_part {
                self.notes.push(row);
                continue;
            }
            let faults = self.faults.len();
            let cells = kept.iter().enumerate().filter_map(|(place, assignment)| {
                let row = match fate {
                    Some(RowFate::Firm { rows, .. }) => *rows.get(&place)?,
                    _ => row,
                };
                Some((Address::of(row, assignment.at.column), *assignment))
            });
            if let Some(RowFate::Firm { faults, .. }) = fate {
                for (at, fault) in faults {
                    let own = kept.iter().find(|own| own.at.column == at.column);
                    if let Some(own) = own {
                        self.fault(source.sheet, *at, own, fault.clone());
                    }
                }
            }
            let mut rivals = Vec::new();
            let own = |names: &[Name]| match known.find(names) {
                Own::New if is_open && !source.cases.is_empty() => Some(0),
                Own::New => None,
                Own::Case(case) => Some(case),
                Own::OneOf(cases) => {
                    rivals = known.called(&cases);
                    None
                }
            };
            let firm = self.firm(source, matching, cells, Some(row), own);
            let names = names_in_table(policy, &firm);
            let fault = match (names.first(), firm.case) {
                _ if !rivals.is_empty() => Some(CellFault::SeveralCases(rivals)),
                (_, Some(case)) => known.take(case, row).map(CellFault::SameFirm),
                // Whatever else they have in common, what names them first tells them apart.
                (Some(_), None) => seen.before(policy, &names, row).map(CellFault::SameFirm),
                (None, None) if !is_open && !firm.values.is_empty() => Some(CellFault::NoName),
                (None, None) => None,
            };
            match fault {
                Some(fault) => {
                    // What is wrong with the row as a whole stands in place of what is in it.
                    self.faults.truncate(faults);
                    self.fault_of_row(source.sheet, row, firm.name, fault);
                }
                None if firm.values.is_empty() && self.faults.len() == faults => {}
                None => self.firms.push(firm),
            }
        }
    }

    /// What is said of figures that stand over the rows of several firms.
    fn merged_figures(&mut self, sheet: &Sheet, kept: &[&Assignment], first: usize) {
        for (top, at) in below(sheet, first) {
            let is_firm = self.firms.iter().any(|firm| firm.row == Some(at.row));
            let own = kept.iter().find(|own| own.at.column == at.column);
            if let Some(own) = own.filter(|_| is_firm && sheet.cell(at).is_empty()) {
                self.fault(sheet, at, own, CellFault::Merged(top));
            }
        }
    }

    /// What is said of remarks of whole rows that are of their figures, which are read as they stand.
    fn remarks_of_rows(&mut self, sheet: &Sheet, first: usize) {
        let unread = self.faults.iter().filter(|fault| fault.extent() == Extent::Row);
        let unread: Vec<usize> = unread
            .map(|fault| fault.at.row)
            .chain(self.notes.clone())
            .collect();
        for (heading, at, written) in remarks_of_rows(sheet, &self.passed_over, first) {
            if !unread.contains(&at.row) {
                self.faults.push(Located {
                    at,
                    heading,
                    written,
                    fault: CellFault::RemarkOfRow,
                });
            }
        }
    }

    /// Passes a row over that is no firm or not read, which is told.
    fn is_passed_over(
        &mut self,
        source: Source<'_>,
        of_firms: &FirmRows<'_>,
        kept: &[&Assignment],
        row: usize,
        fate: Option<&RowFate>,
    ) -> bool {
        let cells = source.sheet.rows.get(row).map_or(&[] as &[Cell], Vec::as_slice);
        // A row that was struck out has nothing in any column that is read.
        let mut own = kept.iter().filter_map(|own| cells.get(own.at.column));
        let mut filled = own.by_ref().filter(|cell| !cell.is_empty()).peekable();
        let is_struck_out = filled.peek().is_some() && filled.all(Cell::says_nothing);
        let is_of_all = || of_firms.names_no_firm(row);
        let is_none =
            || is_struck_out || is_note(cells) || is_of_all() || names_a_place(source.policy, kept, cells);
        match fate {
            _ if sheet_hides(source.sheet, row) => {
                self.fault_of_row(source.sheet, row, of_firms.name(row), CellFault::HiddenRow);
            }
            Some(RowFate::NotRead(fault)) => {
                self.fault_of_row(source.sheet, row, of_firms.name(row), fault.clone())
            }
            Some(RowFate::WithAnother) => {}
            None if is_none() => self.notes.push(row),
            Some(RowFate::Firm { .. }) | None => return false,
        }
        true
    }

    /// What is wrong with a row as a whole.
    fn fault_of_row(&mut self, sheet: &Sheet, row: usize, written: String, fault: CellFault) {
        // What the row is called is repeated from where it stands.
        let mut cells = sheet.rows.get(row).into_iter().flatten();
        let column = cells.position(|cell| !written.is_empty() && cell.shown().trim() == written.trim());
        self.faults.push(Located {
            at: Address::of(row, column.unwrap_or_default()),
            heading: String::new(),
            written,
            fault,
        });
    }

    /// Whether a table without names has a single row of a firm.
    fn is_single(
        &self,
        source: Source<'_>,
        kept: &[&Assignment],
        first: usize,
        fates: &BTreeMap<usize, RowFate>,
    ) -> bool {
        let rows = source.sheet.rows.iter().enumerate().skip(first);
        let rows = rows.filter(|(row, _)| !sheet_hides(source.sheet, *row));
        let rows = rows.filter(|(row, cells)| match fates.get(row) {
            Some(RowFate::Firm { .. }) => true,
            Some(RowFate::NotRead(_) | RowFate::WithAnother) => false,
            None => {
                let mut own = kept.iter().filter_map(|own| cells.get(own.at.column));
                own.any(|cell| !cell.is_empty() && !cell.says_nothing()) && !is_note(cells)
            }
        });
        rows.count() == 1
    }

    /// Reads the cells of one firm; `own` finds its case by what names it.
    fn firm<'a>(
        &mut self,
        source: Source<'_>,
        matching: &Matching,
        cells: impl Iterator<Item = (Address, &'a Assignment)>,
        row: Option<usize>,
        own: impl FnOnce(&[Name]) -> Option<usize>,
    ) -> Firm {
        let policy = source.policy;
        let cells = self.taken(source, matching, cells);
        let names = names_of_cells(policy, &cells);
        let mut firm = Firm {
            row,
            name: called(policy, &names),
            id: cells.iter().find_map(|cell| match &cell.taken {
                Taken::CaseId(id) => Some(id.clone()),
                _ => None,
            }),
            case: own(&names),
            values: Vec::new(),
        };
        let blank = Case::new(String::new(), source.today);
        let known = firm.case.and_then(|place| source.cases.get(place));
        let before = known.unwrap_or(&blank);
        // Entries are checked beside each other, as the form has them.
        let mut after = before.clone();
        for cell in &cells {
            cell.taken.write(policy, &mut after);
        }
        for cell in cells {
            if matches!(cell.taken, Taken::CaseId(_)) {
                continue;
            }
            let Some(remarks) = self.remarks(source, &cell, &after) else {
                continue;
            };
            let stands = cell.taken.shown(policy);
            let was = cell.taken.before(policy, before);
            firm.values.push(Planned {
                at: cell.at,
                target: cell.target,
                label: cell.target.label(policy),
                written: source.sheet.cell(cell.at).shown(),
                before: match was {
                    _ if firm.case.is_none() => Before::Nothing,
                    was if was.is_empty() => Before::Nothing,
                    was if was == stands => Before::Same,
                    was => Before::Other(was),
                },
                stands,
                remarks,
                waits: cell.waits,
                taken: cell.taken,
            });
        }
        firm
    }

    /// The cells whose values can be taken; the others become faults.
    fn taken<'a>(
        &mut self,
        source: Source<'_>,
        matching: &Matching,
        cells: impl Iterator<Item = (Address, &'a Assignment)>,
    ) -> Vec<TakenCell<'a>> {
        let (sheet, today) = (source.sheet, source.today);
        let mut all = Vec::new();
        for (at, assignment) in cells {
            let Some(target) = assignment.target else { continue };
            if all.iter().any(|own: &TakenCell<'_>| own.target == target) {
                continue;
            }
            let own = in_row(source.policy, sheet, assignment, at.row);
            let own = own.map(|own| with_comment(sheet, at, own));
            let remark = own.as_ref().ok().and_then(|own| own.remark.clone());
            let taken = own.and_then(|own| read(source.policy, target, sheet.cell(at), unit_of(&own), today));
            match taken {
                // What points to the name above says of nobody who it is.
                Ok(Some(Taken::Entry(_, text)))
                    if points_elsewhere(&text) && identities(source.policy).contains(&target) =>
                {
                    self.fault(sheet, at, assignment, CellFault::Ditto);
                }
                Ok(None) => {}
                Ok(Some(Taken::Cutoff(day))) if !is_past(day, today) => {
                    self.fault(sheet, at, assignment, CellFault::Answer(Fault::InFuture));
                }
                Ok(Some(taken)) => all.push(TakenCell {
                    at,
                    assignment,
                    target,
                    taken,
                    remark,
                    waits: matching.waits(source.policy, assignment),
                }),
                Err(fault) => self.fault(sheet, at, assignment, fault),
            }
        }
        all
    }

    /// What there is to say of a value beside the other entries; `None` where an entry is wrong, which is a fault.
    fn remarks(&mut self, source: Source<'_>, cell: &TakenCell<'_>, after: &Case) -> Option<Vec<String>> {
        let policy = source.policy;
        let mut remarks = cell.taken.remarks(policy);
        let written = source.sheet.cell(cell.at);
        if let Taken::Answer(_, typed) = &cell.taken
            && let Some(Json::Number(digits)) = &typed.answer
            && written.says_nothing()
        {
            let written = written.shown();
            remarks.push(format!("写的是“{}”，按 {digits} 读取，请核对。", written.trim()));
        }
        if let (Some(remark), Taken::Entry(..) | Taken::Narrative(..)) = (&cell.remark, &cell.taken) {
            remarks.push(format!("旁边的备注“{remark}”没有写入，请核对是否影响这一项。"));
        }
        if let Taken::Entry(place, _) = &cell.taken
            && let Some(field) = policy.fields.get(*place)
        {
            let findings = check_field(policy, field, after, source.today);
            let mut wrong = findings
                .iter()
                .filter(|finding| finding.severity == Severity::Error);
            if let Some(wrong) = wrong.next() {
                let fault = CellFault::Entry(wrong.text.clone());
                self.fault(source.sheet, cell.at, cell.assignment, fault);
                return None;
            }
            remarks.extend(findings.into_iter().map(|finding| finding.text));
        }
        Some(remarks)
    }

    fn fault(&mut self, sheet: &Sheet, at: Address, assignment: &Assignment, fault: CellFault) {
        self.faults.push(Located {
            at,
            heading: assignment.heading.clone(),
            written: match &with_comment(sheet, at, Cow::Borrowed(assignment)).remark {
                Some(remark) => in_brackets(&sheet.cell(at).shown(), remark),
                None => sheet.cell(at).shown(),
            },
            fault,
        });
    }

    /// How many values would be written that are not there already.
    pub fn changes(&self) -> usize {
        let values = self.firms.iter().flat_map(|firm| &firm.values);
        values.filter(|value| value.changes()).count()
    }

    /// Writes what is in the preview, and nothing else, into the cases, as one
    /// change. A firm without a case gets one, with the id that the table has for
    /// it or else a new one.
    pub fn apply(
        &self,
        policy: &Policy,
        cases: &[Case],
        today: Date,
        new_id: &mut dyn FnMut() -> String,
    ) -> Applied {
        let mut changed = Vec::new();
        let mut firms = Vec::new();
        let mut values = 0;
        for (place, firm) in self.firms.iter().enumerate() {
            let new = || Case::new(firm.id.clone().unwrap_or_default(), today);
            let known = firm.case.and_then(|place| cases.get(place));
            let mut case = known.cloned().unwrap_or_else(new);
            let written = firm.values.iter().filter(|value| value.changes());
            let before = values;
            for value in written {
                value.taken.write(policy, &mut case);
                values += 1;
            }
            if values == before {
                continue;
            }
            if case.id.is_empty() {
                case.id = new_id();
            }
            changed.push((firm.case, case));
            firms.push(place);
        }
        let change = match (self.firms.as_slice(), changed.len()) {
            ([Firm { row: None, .. }], _) => format!("从表格填入 {values} 项"),
            (_, firms) => format!("从表格填入 {firms} 家，共 {values} 项"),
        };
        Applied {
            cases: changed,
            firms,
            change,
        }
    }
}

/// What is said of questions below each other where another firm is named among them, so that
/// nothing tells of which firm the others are.
fn several_firms(source: Source<'_>, matching: &Matching) -> Option<Located> {
    let Arrangement::Questions { answers, .. } = matching.arrangement else {
        return None;
    };
    let firm = firm(source.policy)?;
    let names = matching
        .assignments
        .iter()
        .filter(|own| own.target == Some(firm) && own.certainty == Some(Certainty::Exact));
    let named = names.filter_map(|own| {
        let name = source
            .sheet
            .cell(own.answer_at(answers))
            .shown()
            .trim()
            .to_owned();
        (!name.is_empty()).then_some((own, name))
    });
    let mut named = named.collect::<Vec<_>>().into_iter();
    let (_, first) = named.next()?;
    // With its seal or a remark behind it, it is still the same name.
    let (own, other) = named.find(|(_, name)| !name.contains(&first) && !first.contains(name))?;
    Some(Located {
        at: own.at,
        heading: own.heading.clone(),
        written: String::new(),
        fault: CellFault::SeveralFirms(vec![first, other]),
    })
}

/// Whether a workbook does not show a row.
fn sheet_hides(sheet: &Sheet, row: usize) -> bool {
    sheet.hidden.binary_search(&row).is_ok()
}

/// A heading as it is for a cell: with the comments that hang on both, as remarks.
fn with_comment<'own>(sheet: &Sheet, at: Address, own: Cow<'own, Assignment>) -> Cow<'own, Assignment> {
    let mut said: Vec<&str> = own.remark.iter().map(String::as_str).collect();
    let comments = [sheet.comment(own.at), sheet.comment(at)];
    let before = said.len();
    said.extend(comments.into_iter().flatten());
    if said.len() == before {
        return own;
    }
    let remark = said.join("，");
    Cow::Owned(Assignment {
        remark: Some(remark),
        ..own.into_owned()
    })
}

/// The unit that a heading says.
fn unit_of(assignment: &Assignment) -> HeadingUnit<'_> {
    HeadingUnit {
        places: assignment.places.clone().unwrap_or_default(),
        name: assignment.unit.as_deref().unwrap_or_default(),
        remark: assignment.remark.as_deref().unwrap_or_default(),
    }
}

/// What names the firm of some cells, by each of its identities.
fn names_of_cells(policy: &Policy, cells: &[TakenCell<'_>]) -> Vec<Name> {
    let names = identities(policy).into_iter().filter_map(|identity| {
        let mut certain = cells.iter().filter(|cell| !cell.waits);
        let named = certain.find(|cell| cell.target == identity)?;
        Some((identity, named.taken.shown(policy)))
    });
    names.collect()
}

/// What a row calls its firm by each of these.
fn names_in_table(policy: &Policy, firm: &Firm) -> Vec<Name> {
    let by_id = firm.id.iter().map(|id| (Target::CaseId, id.clone()));
    let others = identities(policy).into_iter().filter_map(|target| {
        let named = firm.values.iter().find(|value| value.target == target)?;
        Some((target, named.stands.clone()))
    });
    by_id.chain(others).collect()
}
