//! What the office answered on a doubt, entered once for cases of the desk.

use leptos::prelude::*;

use crate::answers::{Case, gives_reason};
use crate::app::note_change;
use crate::app::session::Session;
use crate::assessment::{Assessment, RowState, assess};
use crate::desk::{CaseRecord, Event};
use crate::documents::case_members;
use crate::json::{Json, Object};
use crate::policy::Reading;
use crate::wording::messages;

/// What the office answered: a doubt, the reading, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The id of the doubt.
    pub doubt: String,
    /// How it is read.
    pub reading: Reading,
    /// The reason that each case gives for it.
    pub reason: String,
}

impl Session {
    /// Enters what the office answered in cases of the desk.
    pub fn enter_ruling(self, cases: Vec<String>, ruling: Ruling) {
        if !gives_reason(&ruling.reason) {
            self.page
                .tell(true, self.text(messages::rulings::reason_wanted()));
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            let Ruling {
                doubt,
                reading,
                reason,
            } = ruling;
            let enter = |case: &mut Case| {
                case.take_ruling(&doubt, reading, &reason);
                true
            };
            if let Some(changed) = self.change_readings(cases, enter).await {
                let label = reading.label();
                let told = self.say(messages::rulings::entered(&changed.count, &doubt, &label));
                self.tell_changed(&changed, told, self.text(messages::rulings::none_entered()));
            }
        });
    }

    /// Takes back in cases of the desk what the office had answered on a doubt.
    pub fn take_ruling_back(self, cases: Vec<String>, doubt: String) {
        wasm_bindgen_futures::spawn_local(async move {
            let take_back = |case: &mut Case| case.take_back_ruling(&doubt);
            if let Some(changed) = self.change_readings(cases, take_back).await {
                let told = self.say(messages::rulings::taken_back(&changed.count, &doubt));
                let none = self.say(messages::rulings::none_taken_back(&doubt));
                self.tell_changed(&changed, told, none);
            }
        });
    }

    /// Tells what was changed, with the verdicts that moved, or that nothing was.
    fn tell_changed(self, changed: &ChangedReadings, told: String, none: String) {
        if changed.count == 0 {
            self.page.tell(true, none);
        } else {
            self.page.tell(false, told + &self.moved_words(changed));
        }
    }

    /// The sentence about the firms whose verdict is another one now.
    fn moved_words(self, changed: &ChangedReadings) -> String {
        if changed.moved.is_empty() {
            return String::new();
        }
        let names = changed.moved.join(&self.text(messages::common::list_comma()));
        self.say(messages::rulings::moved(&names))
    }

    /// Changes the readings in cases of the desk; nothing where the page is gone.
    async fn change_readings(
        self,
        cases: Vec<String>,
        change: impl Fn(&mut Case) -> bool,
    ) -> Option<ChangedReadings> {
        let mut changed = ChangedReadings::default();
        for id in cases {
            if self.draft.is_open(&id) {
                let mut case = self.filing.case.try_get_untracked()?;
                let before = self.filing.assessment.get_untracked().overall.chosen;
                if !untrack(|| self.draft.is_read_only()) && change(&mut case) {
                    self.close_change();
                    let name = self.name_of_case(&case);
                    self.filing.case.set(case);
                    self.keep_now(true);
                    let after = self.filing.assessment.get_untracked().overall.chosen;
                    changed.add(name, before != after);
                }
                continue;
            }
            let record = self.case_on_desk(id.clone()).await;
            if self.filing.is_gone() {
                return None;
            }
            let Some(record) = record else { continue };
            let Some((mut case, _)) = self.case_in(&record) else {
                continue;
            };
            let CaseRecord { stamp, body } = record;
            if let (true, Ok(Json::Object(mut members))) = (change(&mut case), Json::parse(&body)) {
                let readings = case_members(&case).remove("readings");
                members.extend(readings.map(|readings| (String::from("readings"), readings)));
                let mut summary = stamp.summary.clone();
                note_change(&mut summary);
                show_result(&mut summary, &assess(&self.policy(), &case));
                let eligibility = |summary: &Object| summary.get("eligibility").map(Json::to_line);
                let is_moved = eligibility(&stamp.summary) != eligibility(&summary);
                changed.add(self.name_in(&stamp), is_moved);
                let body = Json::Object(members).to_line();
                self.tell_desk(Event::Put(id, body, summary, Some(stamp)));
            }
        }
        self.list_cases();
        Some(changed)
    }
}

/// The cases whose readings were changed.
#[derive(Default)]
struct ChangedReadings {
    count: usize,
    /// The names of those whose verdict is another one now.
    moved: Vec<String>,
}

impl ChangedReadings {
    fn add(&mut self, name: String, is_moved: bool) {
        self.count += 1;
        self.moved.extend(is_moved.then_some(name));
    }
}

/// Has what a list shows of a case say what it comes to now.
fn show_result(summary: &mut Object, assessment: &Assessment) {
    let total = &assessment.total;
    let open = assessment.rows.iter();
    let open = open.filter(|row| row.state != RowState::Answered).count();
    let members = [
        ("total", Json::number(total.own)),
        ("strict", Json::number(total.strict)),
        ("lenient", Json::number(total.lenient)),
        ("eligibility", Json::text(assessment.overall.chosen.id())),
        ("open", Json::number(open)),
    ];
    summary.extend(members.map(|(member, value)| (member.to_owned(), value)));
}
