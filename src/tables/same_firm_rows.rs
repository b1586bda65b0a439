//! Several rows of one firm: which of them has the figures that are asked, where they say
//! what they have (计划, 实际, 2025年, 小计). Where nothing tells, none of them is read.

use std::collections::BTreeMap;

use crate::answers::Date;
use crate::policy::Policy;

use super::address::Address;
use super::assignments::Assignment;
use super::cells::{Cell, Sheet};
use super::faults::CellFault;
use super::firm_names::{Name, Seen, are_groups_numbered, identities, names_no_firm};
use super::headings::{Headings, Target};
use super::layout::{Arrangement, is_note};
use super::matching::Matching;
use super::other_tables::repeats;
use super::reading::{HeadingUnit, Taken, read};
use super::row_marks::RowMarks;
use super::row_units::in_row;
use super::value_columns::{Judge, Says};

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowFate {
    /// Nothing of it is read.
    NotRead(CellFault),
    /// What is read of it is read with another row of its firm.
    WithAnother,
    /// It stands for its firm: from which row each question is read, by its place among the
    /// columns, and why some of them are not.
    Firm {
        rows: BTreeMap<usize, usize>,
        faults: Vec<(Address, CellFault)>,
    },
}

/// The rows of a table of firms, with what tells those of one firm apart.
pub(super) struct FirmRows<'a> {
    policy: &'a Policy,
    sheet: &'a Sheet,
    matching: &'a Matching,
    kept: &'a [&'a Assignment],
    headings: Headings,
    marks: RowMarks,
    /// Whether what begins with a numeral names a group of firms.
    are_groups_numbered: bool,
    today: Date,
}

/// Which row has the answer to a question.
enum Found {
    Row(usize),
    /// No row has anything for it.
    Nowhere,
    /// It has other figures where it stands, by their rows.
    Another(Vec<(usize, CellFault)>),
    /// Several rows have something else each.
    Several,
}

impl<'a> FirmRows<'a> {
    pub(super) fn of(
        policy: &'a Policy,
        sheet: &'a Sheet,
        matching: &'a Matching,
        kept: &'a [&'a Assignment],
        first: usize,
        today: Date,
    ) -> Self {
        Self {
            policy,
            sheet,
            matching,
            kept,
            headings: Headings::of(policy),
            marks: RowMarks::of(sheet, &matching.assignments, first),
            are_groups_numbered: are_groups_numbered(
                policy,
                kept,
                sheet.rows.get(first..).unwrap_or_default(),
            ),
            today,
        }
    }

    /// What becomes of the rows of which more is to be said than that each is a firm.
    pub(super) fn fates(&self, first: usize) -> BTreeMap<usize, RowFate> {
        let mut fates = BTreeMap::new();
        if self.marks.is_empty() {
            return fates;
        }
        for rows in self.groups(first) {
            let has_kind = rows.iter().any(|row| !self.kind(*row).is_empty());
            if has_kind || rows.len() > 1 && self.are_told_apart(&rows) {
                self.decide(&rows, &mut fates);
            }
        }
        fates
    }

    /// What the firm of a row is called in the table.
    pub(super) fn name(&self, row: usize) -> String {
        let identities = identities(self.policy);
        let named = identities.iter().find_map(|identity| {
            let mut kept = self.kept.iter();
            let own = kept.find(|own| own.target == Some(*identity))?;
            let shown = self.sheet.cell(Address::of(row, own.at.column)).shown();
            (!shown.is_empty()).then_some(shown)
        });
        named.unwrap_or_default()
    }

    /// Whether a row names no firm: 平均, 一、家政类企业.
    pub(super) fn names_no_firm(&self, row: usize) -> bool {
        let repeats_headings = match self.matching.arrangement {
            Arrangement::Firms { headings, .. } => repeats(self.sheet, headings, row),
            Arrangement::Questions { .. } => false,
        };
        repeats_headings || names_no_firm(self.policy, self.kept, self.row(row), self.are_groups_numbered)
    }

    fn row(&self, row: usize) -> &[Cell] {
        self.sheet.rows.get(row).map_or(&[], Vec::as_slice)
    }

    fn kind(&self, row: usize) -> String {
        self.marks.kind(self.row(row))
    }

    fn value(&self, own: &Assignment, row: usize) -> Result<Option<Taken>, CellFault> {
        let own = &*in_row(self.policy, self.sheet, own, row)?;
        let unit = HeadingUnit {
            places: own.places.clone().unwrap_or_default(),
            name: own.unit.as_deref().unwrap_or_default(),
            remark: "",
        };
        let Some(target) = own.target else { return Ok(None) };
        read(
            self.policy,
            target,
            self.sheet.cell(Address::of(row, own.at.column)),
            unit,
            self.today,
        )
    }

    /// The rows of each firm. One without a name below another is of the same firm where it
    /// says what it has, as the cells of names are often joined; where no column has names
    /// all rows are of one firm.
    fn groups(&self, first: usize) -> Vec<Vec<usize>> {
        let identities = identities(self.policy);
        let named: Vec<&Assignment> = identities
            .iter()
            .filter_map(|identity| {
                self.kept
                    .iter()
                    .copied()
                    .find(|own| own.target == Some(*identity))
            })
            .collect();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut places = Seen::default();
        let mut last = None;
        for (row, cells) in self.sheet.rows.iter().enumerate().skip(first) {
            if self.sheet.hidden.binary_search(&row).is_ok() {
                continue;
            }
            let mut own = self.kept.iter().filter_map(|own| cells.get(own.at.column));
            if own.all(|cell| cell.is_empty() || cell.says_nothing()) {
                continue;
            }
            // Without names a total may be the answer: 一季度 … 四季度, 合计.
            let is_answer = named.is_empty() && !self.kind(row).is_empty();
            if (is_note(cells) || self.names_no_firm(row)) && !is_answer {
                continue;
            }
            let names = named.iter().filter_map(|own| {
                let taken = self.value(own, row).ok().flatten()?;
                Some((own.target?, taken.shown(self.policy)))
            });
            let names: Vec<Name> = names.collect();
            let says = !self.kind(row).is_empty() || !self.marks.words(cells).is_empty();
            let place = if !names.is_empty() {
                let before = places.before(self.policy, &names, groups.len());
                before.unwrap_or(groups.len())
            } else if is_answer {
                last.unwrap_or(groups.len())
            } else {
                match last {
                    Some(place) if !named.is_empty() && says => place,
                    _ => continue,
                }
            };
            last = Some(place);
            if place == groups.len() {
                groups.push(Vec::new());
            }
            if let Some(group) = groups.get_mut(place) {
                group.push(row);
            }
        }
        groups
    }

    /// Whether rows of one firm say different things of themselves and have different figures.
    fn are_told_apart(&self, rows: &[usize]) -> bool {
        let words = |row: &usize| self.marks.words(self.row(*row));
        let mut said = rows.iter().map(words);
        let first = said.next().unwrap_or_default();
        let has_total = || rows.iter().any(|row| self.marks.adds_up(self.row(*row)));
        said.any(|said| said != first)
            && (has_total()
                || self
                    .kept
                    .iter()
                    .any(|own| matches!(self.found(own, rows), Found::Several)))
    }

    /// What a row says of the answer to a question.
    fn says(&self, target: Target, row: usize, rows: &[usize]) -> Says {
        if target.is_figure(self.policy) && self.marks.adds_up(self.row(row)) {
            return Says::Asked;
        }
        let kind = self.kind(row);
        if kind.is_empty() {
            return Says::Nothing;
        }
        let beside: Vec<String> = rows.iter().map(|row| self.kind(*row)).collect();
        let beside: Vec<&str> = beside.iter().map(String::as_str).collect();
        let judge = Judge {
            policy: self.policy,
            headings: &self.headings,
            asked: self.matching.asked,
        };
        judge.says(target, &kind, &beside)
    }

    /// Which row of a firm has the answer to a question.
    fn found(&self, own: &Assignment, rows: &[usize]) -> Found {
        let Some(target) = own.target else {
            return Found::Nowhere;
        };
        let filled = rows
            .iter()
            .copied()
            .filter(|row| !self.sheet.cell(Address::of(*row, own.at.column)).is_empty());
        let judged: Vec<(usize, Says)> = filled.map(|row| (row, self.says(target, row, rows))).collect();
        let of = |wanted: &Says| -> Vec<usize> {
            let of = judged.iter().filter(|(_, says)| says == wanted);
            of.map(|(row, _)| *row).collect()
        };
        let asked = of(&Says::Asked);
        let candidates = if asked.is_empty() {
            of(&Says::Nothing)
        } else {
            asked
        };
        let Some(first) = candidates.first() else {
            let others = judged.into_iter().filter_map(|(row, says)| match says {
                Says::Another(fault) => Some((row, fault)),
                _ => None,
            });
            let others: Vec<(usize, CellFault)> = others.collect();
            return if others.is_empty() {
                Found::Nowhere
            } else {
                Found::Another(others)
            };
        };
        let value = self.value(own, *first);
        if candidates.iter().all(|row| self.value(own, *row) == value) {
            Found::Row(*first)
        } else {
            Found::Several
        }
    }

    /// Decides for the rows of one firm.
    fn decide(&self, rows: &[usize], fates: &mut BTreeMap<usize, RowFate>) {
        let (mut of_places, mut others) = (BTreeMap::new(), Vec::new());
        let (mut figures, mut has_words) = (BTreeMap::<usize, usize>::new(), false);
        for (place, own) in self.kept.iter().enumerate() {
            match self.found(own, rows) {
                Found::Row(row) => {
                    of_places.insert(place, row);
                    if own.target.is_some_and(|target| target.is_figure(self.policy)) {
                        *figures.entry(row).or_default() += 1;
                    } else {
                        has_words |= !self.names_the_firm(own);
                    }
                }
                Found::Another(of_rows) => others.push((own.at.column, of_rows)),
                Found::Nowhere => {}
                // None of it is read, since what tells the one may as well tell the other.
                Found::Several => return self.leave_all(rows, fates),
            }
        }
        let most = figures
            .iter()
            .max_by_key(|(row, count)| (**count, usize::MAX - **row));
        // A row of names or words alone is still a firm.
        let is_firm = has_words || others.is_empty();
        let first = || is_firm.then(|| rows.first().copied()).flatten();
        let base = most.map(|(row, _)| *row).or_else(first);
        let read: Vec<(usize, String)> = figures.keys().map(|row| (*row, self.called(*row))).collect();
        for row in rows.iter().filter(|row| Some(**row) != base) {
            let fate = if figures.contains_key(row) {
                RowFate::WithAnother
            } else {
                RowFate::NotRead(CellFault::OtherRow(self.called(*row), read.clone()))
            };
            fates.insert(*row, fate);
        }
        let Some(base) = base else { return };
        // What is told of a row that is not read at all is not told of each of its cells.
        let faults = others.into_iter().filter_map(|(column, of_rows)| {
            let mut of_rows = of_rows.into_iter();
            let (row, fault) = of_rows.find(|(row, _)| *row == base || figures.contains_key(row))?;
            let fault = CellFault::NotOfRow(self.called(row), Box::new(fault));
            Some((Address::of(row, column), fault))
        });
        let faults = faults.collect();
        let rows = of_places;
        fates.insert(base, RowFate::Firm { rows, faults });
    }

    /// Whether a column has what names the firm of a row.
    fn names_the_firm(&self, own: &Assignment) -> bool {
        own.target
            .is_some_and(|target| identities(self.policy).contains(&target))
    }

    /// Reads none of the rows, each told with the others.
    fn leave_all(&self, rows: &[usize], fates: &mut BTreeMap<usize, RowFate>) {
        for row in rows {
            let others = rows.iter().copied().filter(|other| other != row);
            let fault = CellFault::SameFirmOtherwise(others.collect());
            fates.insert(*row, RowFate::NotRead(fault));
        }
    }

    /// What a row says of itself.
    fn called(&self, row: usize) -> String {
        match self.kind(row) {
            kind if kind.is_empty() => self.marks.words(self.row(row)),
            kind => kind,
        }
    }
}
