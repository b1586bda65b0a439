//! Tables in and out: what is brought is looked at first, and templates and results go out.

use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use leptos::prelude::*;
use web_sys::Blob;

use crate::answers::Case;
use crate::app::piece::Piece;
use crate::app::session::{
    Arrival, Aside, BroughtTable, OpenCase, PrivateKeeping, ReadCase, Session, TableContent,
};
use crate::app::step::Step;
use crate::assessment::{Assessment, assess};
use crate::browser::{download, new_case_id};
use crate::desk::{CaseRecord, Event, Reason};
use crate::documents::file_name;
use crate::tables::{Preview, Sheet, sheets_to_transfer, write_delimited};
use crate::wording::messages;

const WORKBOOK_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The cases of the desk beside the open one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownCases {
    others: Vec<(Case, CaseRecord)>,
}

impl KnownCases {
    /// The open case with all others behind it.
    pub fn beside(&self, open: Case) -> Vec<Case> {
        let others = self.others.iter().map(|(case, _)| case.clone());
        core::iter::once(open).chain(others).collect()
    }
}

/// In which format a table goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// .xlsx
    Workbook,
    /// .csv
    Delimited,
}

impl Session {
    /// Opens the view of tables, with what was brought into it.
    pub fn bring_table(self, table: BroughtTable) {
        let is_empty = table.content == TableContent::Nothing;
        self.page.notice.set(None);
        self.page.table.set(table);
        self.page
            .open_aside(Aside::Tables, if is_empty { "[data-paste]" } else { "h2" });
        self.fetch(Piece::Tables);
    }

    /// Leaves the view of tables without writing anything.
    pub fn leave_tables(self) {
        self.page.close_aside();
    }

    /// Has the module for office packages read a workbook, and shows what is in it.
    ///
    /// # Errors
    /// Where the module cannot be had, the sentence for the user.
    pub(super) async fn open_workbook(self, file: &Blob, bytes: &ArrayBuffer) -> Result<(), String> {
        let read = self
            .ask_word("read_workbook", &[Uint8Array::new(bytes).into()])
            .await;
        if self.filing.is_gone() {
            return Ok(());
        }
        let sheets = read.ok().and_then(|sheets| sheets.as_string());
        let sheets = sheets.ok_or_else(|| self.text(messages::tables::no_module()))?;
        self.bring_workbook(BroughtTable {
            name: name_of(file),
            content: TableContent::Workbook(sheets),
        });
        Ok(())
    }

    /// Shows what is in the text of a table.
    pub(super) fn open_delimited(self, file: &Blob, text: String) {
        self.bring_table(BroughtTable {
            name: name_of(file),
            content: TableContent::Delimited(text),
        });
    }

    /// Writes what one firm of a preview has into the open case, or into a new
    /// one where the table is of another firm. All of it is one change.
    pub fn take_from_table(self, preview: &Preview) {
        let policy = self.policy();
        let (open, today) = (self.filing.case.get_untracked(), self.today());
        let applied = preview.apply(&policy, core::slice::from_ref(&open), today, &mut new_case_id);
        let mut before = None;
        let assessed = self.filing.assessment.get_untracked();
        let mut changed = None;
        for (known, case) in applied.cases {
            if known.is_some() {
                // What is undone only until the page is left is found again in the history.
                self.tell_desk(Event::Enter(Reason::BeforeOpening));
                self.filing.case.set(case);
                changed = Some(&*assessed);
            } else {
                let next = OpenCase {
                    case,
                    ..OpenCase::empty(today)
                };
                before = self.replace_case(next, Reason::BeforeOpening);
            }
        }
        self.page.open(Step::Questions, Some(String::from("h2")));
        let passing = self.outcome_words(changed, &self.filing.assessment.get_untracked());
        self.tell_for_now(false, self.say(messages::tables::taken(&applied.change)), passing);
        self.page.replaced.set(before);
    }

    /// The open case and all others of the desk, which a table of firms is held
    /// against; `None` where the desk gives no answer.
    pub async fn known_cases(self) -> Option<KnownCases> {
        let gathered = self.gather().await?;
        let mut known = KnownCases::default();
        for record in gathered.cases {
            let is_open = self.draft.is_open(&record.stamp.case);
            if let Some(open) = (!is_open).then(|| self.open_case_in(&record)).flatten() {
                known.others.push((open.case, record));
            }
        }
        Some(known)
    }

    /// Puts the firms of a preview onto the desk: each changes the case that is its
    /// own, or becomes one. The preview was made beside the open case and these.
    pub fn take_firms(self, preview: &Preview, known: &KnownCases) {
        let policy = self.policy();
        let open = self.filing.case.get_untracked();
        let cases = known.beside(open);
        let applied = preview.apply(&policy, &cases, self.today(), &mut new_case_id);
        let mut written: Vec<Option<Case>> = vec![None; preview.firms.len()];
        for (place, (_, case)) in applied.firms.iter().zip(applied.cases) {
            if let Some(one) = written.get_mut(*place) {
                *one = Some(case);
            }
        }
        let (parts, others) = preview.by_firm();
        let firms = parts.iter().zip(written).map(|(part, case)| {
            let record = part.firm.case.and_then(|place| self.record_of(place, known));
            let there = part.firm.case.and_then(|place| cases.get(place)).cloned();
            let is_changed = case.is_some();
            let assessed = there.as_ref().map(|there| assess(&policy, there));
            let case = case
                .or(there)
                .unwrap_or_else(|| Case::new(new_case_id(), self.today()));
            let mut next = match &record {
                Some(record) if !self.draft.is_open(&record.stamp.case) => self.open_case_in(record),
                _ => None,
            };
            let mut next = next.take().unwrap_or_else(|| OpenCase::empty(self.today()));
            if next.keeping == PrivateKeeping::ByHand {
                next.keeping = self.keeping_of(&case);
            }
            next.case = case;
            if is_changed {
                next.changed = None;
            }
            let mut notes = self.say(messages::cases::values_written(&part.values));
            notes.push_str(&self.outcome_words(assessed.as_ref(), &assess(&policy, &next.case)));
            if !part.faults.is_empty() {
                let faults: Vec<String> = part.faults.iter().map(ToString::to_string).collect();
                notes.push_str(&self.say(messages::cases::cells_left_out(&faults.join(""))));
            }
            let row = part.firm.row.unwrap_or_default() + 1;
            Arrival {
                label: self.say(messages::tables::firm_row(&part.firm.name, &row)),
                read: Ok(ReadCase {
                    name: self.name_of_case(&next.case),
                    next,
                    saved_at: None,
                    notes,
                    own_file: None,
                    is_archived: false,
                }),
                over: record.filter(|_| is_changed),
            }
        });
        let mut arrivals: Vec<Arrival> = firms.collect();
        arrivals.extend(others.into_iter().map(|fault| Arrival {
            label: self.text(messages::cases::left_out_row()),
            read: Err(fault.to_string()),
            over: None,
        }));
        self.bring_all(arrivals);
    }

    /// What comes of a change that was made of many answers at once: the total, and the
    /// verdict where it is another one.
    pub fn outcome_words(self, before: Option<&Assessment>, after: &Assessment) -> String {
        let total = after.total.own;
        let is_other =
            |before: &&Assessment| before.total.own != total || before.overall.chosen != after.overall.chosen;
        let Some(before) = before.filter(is_other) else {
            return self.say(messages::actions::case_total(&total));
        };
        let mut words = self.say(messages::actions::case_total_moved(&total, &before.total.own));
        if before.overall.chosen != after.overall.chosen {
            let verdicts = &self.policy().scheme.verdicts;
            let [was, is] =
                [before, after].map(|assessment| assessment.overall.chosen.in_words(verdicts).to_owned());
            words.push_str(&self.say(messages::actions::case_verdict_moved(&is, &was)));
        }
        words
    }

    /// The record of a case that a preview was made beside: the open one comes first.
    fn record_of(self, place: usize, known: &KnownCases) -> Option<CaseRecord> {
        match place.checked_sub(1) {
            None => self.draft.with_desk(|kept| kept.desk.open().clone()),
            Some(place) => known.others.get(place).map(|(_, record)| record.clone()),
        }
    }

    /// Gives sheets of the open case to the user in a file.
    pub fn give_table(self, what: &str, format: TableFormat, sheets: &[Sheet]) {
        let field = self.policy().scheme.title_field.clone();
        let name = self
            .filing
            .case
            .with_untracked(|case| case.field(&field).to_owned());
        self.give_table_of(&name, what, format, sheets);
    }

    /// Gives sheets to the user in a file of that name: all of them in a workbook, else the first.
    pub fn give_table_of(self, name: &str, what: &str, format: TableFormat, sheets: &[Sheet]) {
        if self.host.shows_files.get_untracked() {
            self.have_loader_tell();
            return;
        }
        let name = |extension: &str| file_name(name, what, self.today(), extension);
        match format {
            TableFormat::Delimited => {
                let text = sheets.first().map(write_delimited).unwrap_or_default();
                self.give(what, name("csv"), "text/csv", text);
            }
            TableFormat::Workbook => {
                let (what, name) = (what.to_owned(), name("xlsx"));
                let sheets = sheets_to_transfer(sheets);
                wasm_bindgen_futures::spawn_local(async move {
                    let written = self.ask_word("write_workbook", &[sheets.into()]).await;
                    if self.filing.is_gone() {
                        return;
                    }
                    match written {
                        Ok(bytes) => self.report(&what, download(&name, WORKBOOK_TYPE, &bytes).is_ok()),
                        Err(_) => self.page.tell(true, self.text(messages::tables::no_module())),
                    }
                });
            }
        }
    }
}

/// The name of a file, where it has one.
fn name_of(file: &Blob) -> String {
    let name = Reflect::get(file, &"name".into()).ok();
    name.and_then(|name| name.as_string()).unwrap_or_default()
}
