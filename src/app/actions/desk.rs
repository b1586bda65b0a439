//! What is done with the cases of the desk.

use leptos::prelude::*;

use crate::answers::Case;
use crate::app::session::{Aside, Awaited, OpenCase, Opening, Session};
use crate::app::{changed_at, note_change, note_changed_at};
use crate::browser::{focus_on, new_case_id};
use crate::desk::{CaseRecord, Event, HistoryEntry, Reason, Stamp};
use crate::json::{Excerpt, Json, Object};
use crate::wording::messages;

impl Session {
    /// Shows all cases of this browser.
    pub fn open_desk(self) {
        self.leave_inputs();
        self.keep_now(false);
        self.page.open_aside(Aside::Desk, "h2");
        self.list_cases();
    }

    /// Whether all cases of this browser are shown.
    pub fn shows_desk(self) -> bool {
        self.page.aside.get() == Some(Aside::Desk)
    }

    /// Looks up what is on the desk by now.
    pub fn list_cases(self) {
        self.tell_desk(Event::List);
    }

    /// What a case is called in a list.
    pub fn name_in(self, stamp: &Stamp) -> String {
        let name = stamp.summary.get("name").and_then(Json::as_text);
        self.shown_name(name.unwrap_or_default())
    }

    /// What a case is called wherever it is named.
    pub fn name_of_case(self, case: &Case) -> String {
        self.shown_name(case.name(&self.policy()))
    }

    fn shown_name(self, name: &str) -> String {
        match name {
            "" => self.text(messages::actions::unnamed_case()),
            name => Excerpt::name(name).to_string(),
        }
    }

    /// A name that no case of the list has: that name, or else with a number behind it.
    pub fn unlike_others(self, name: String) -> String {
        let listed = self.draft.cases.get_untracked().unwrap_or_default();
        let is_taken = |name: &String| listed.iter().any(|stamp| self.name_in(stamp) == *name);
        let numbered =
            (2_usize..=listed.len() + 1).map(|number| self.say(messages::cases::numbered(&name, &number)));
        let found = core::iter::once(name.clone())
            .chain(numbered)
            .find(|name| !is_taken(name));
        found.unwrap_or(name)
    }

    /// Opens a case from the list.
    pub fn open_case_of_desk(self, case: String) {
        if self.draft.is_open(&case) {
            self.page.open(self.page.step.get_untracked(), None);
        } else {
            self.open_from_desk(case, Opening::Case);
        }
    }

    /// Shows the history of a case, which is opened for it.
    pub fn open_history(self, case: String) {
        if self.draft.is_open(&case) {
            self.show_history();
        } else {
            self.open_from_desk(case, Opening::History);
        }
    }

    /// Shows the history of the open case.
    pub(in crate::app) fn show_history(self) {
        self.draft.entries.set(None);
        self.page.open_aside(Aside::History, "h2");
        self.find_history();
    }

    /// Makes another case of one, for another firm or another year.
    pub fn duplicate(self, case: String) {
        wasm_bindgen_futures::spawn_local(async move {
            let Some(CaseRecord { stamp, body }) = self.case_on_desk(case).await else {
                return;
            };
            let name = self.unlike_others(self.say(messages::cases::copy_of(&self.name_in(&stamp))));
            let id = new_case_id();
            let Some(body) = changed(&body, |members| {
                members.insert("id".to_owned(), Json::text(&*id));
                members.insert("title".to_owned(), Json::text(&*name));
                if let Some(Json::Object(page)) = members.get_mut("page") {
                    // No export was made of it.
                    page.remove("backup");
                    page.remove("backup_of");
                }
            }) else {
                return;
            };
            let mut summary = stamp.summary;
            summary.insert("name".to_owned(), Json::text(&*name));
            note_change(&mut summary);
            summary.remove("exported");
            summary.remove("archived");
            self.tell_desk(Event::Put(id, body, summary, None));
            self.list_cases();
            self.page
                .tell(false, self.say(messages::cases::duplicated(&name)));
            // The list is drawn anew, with the new case in it.
            self.page.focus("h2");
        });
    }

    /// Gives a case another title, or none, and tells what it was called before: the way
    /// back is to give it that one again.
    pub fn rename(self, case: String, title: String) {
        if self.draft.is_open(&case) {
            let before = self.filing.case.with_untracked(|open| self.name_of_case(open));
            self.filing.case.update(|open| open.title = title);
            self.keep_now(true);
            self.list_cases();
            let name = self.filing.case.with_untracked(|open| self.name_of_case(open));
            self.tell_renamed(&case, &before, &name);
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            let Some(record) = self.case_on_desk(case.clone()).await else {
                return;
            };
            let Some((mut read, _)) = self.case_in(&record) else {
                return;
            };
            let CaseRecord { stamp, body } = record;
            read.title.clone_from(&title);
            let body = changed(&body, |members| {
                members.insert("title".to_owned(), Json::text(title));
            });
            let Some(body) = body else { return };
            let (before, name) = (self.name_in(&stamp), self.name_of_case(&read));
            let mut summary = stamp.summary.clone();
            note_change(&mut summary);
            summary.insert("name".to_owned(), Json::text(read.name(&self.policy())));
            self.tell_desk(Event::Put(case.clone(), body, summary, Some(stamp)));
            self.list_cases();
            self.tell_renamed(&case, &before, &name);
        });
    }

    /// Tells what a case was called and what it is called now, and whether another one is
    /// called the same, which nobody is kept from.
    fn tell_renamed(self, case: &str, before: &str, name: &str) {
        let mut said = self.say(messages::cases::renamed(&before, &name));
        let is_taken = self.draft.cases.with_untracked(|cases| {
            let mut others = cases.iter().flatten().filter(|stamp| stamp.case != case);
            others.any(|stamp| self.name_in(stamp) == name)
        });
        if is_taken {
            said.push_str(&self.say(messages::cases::name_taken(&name)));
        }
        self.page.tell(false, said);
    }

    /// Puts a case out of sight, or back. It comes back by itself when it is changed.
    pub fn archive(self, case: String) {
        let listed = self.listed(&case);
        let was_open = self.leave_open(&case);
        wasm_bindgen_futures::spawn_local(async move {
            let Some(CaseRecord { stamp, body }) = self.case_on_desk(case.clone()).await else {
                return;
            };
            let mut summary = stamp.summary.clone();
            // To put it out of sight is no change of it.
            note_changed_at(&mut summary, changed_at(&stamp));
            if summary.remove("archived").is_none() {
                summary.insert("archived".to_owned(), Json::Bool(true));
            }
            self.tell_desk(Event::Put(case, body, summary, Some(stamp)));
            self.list_cases();
        });
        if let Some(listed) = listed {
            let name = self.name_in(&listed);
            let said = if listed.summary.contains_key("archived") {
                self.say(messages::cases::unarchived(&name))
            } else {
                self.say(messages::cases::archived(&name))
            };
            let blank = if was_open {
                self.text(messages::cases::now_blank())
            } else {
                String::new()
            };
            self.page.tell(false, said + &blank);
        }
    }

    /// What the desk says of a case, where it is listed.
    fn listed(self, case: &str) -> Option<Stamp> {
        self.draft.cases.with_untracked(|cases| {
            let mut cases = cases.iter().flatten();
            cases.find(|stamp| stamp.case == case).cloned()
        })
    }

    /// Deletes a case with its history; the way back is in the notice.
    pub fn delete(self, case: String) {
        let Some(listed) = self.listed(&case) else {
            return;
        };
        let was_open = self.leave_open(&case);
        let name = self.name_in(&listed);
        self.tell_desk(Event::Delete(listed));
        self.list_cases();
        let mut said = self.say(messages::cases::deleted(&name));
        if was_open {
            said.push_str(&self.text(messages::cases::now_blank()));
        }
        self.page.tell(false, said);
        self.page.deleted.set(true);
        // Whoever presses the same key again deletes no other, and sees the way back.
        request_animation_frame(move || {
            if let Some(root) = self.host.root() {
                focus_on(&root, "[data-action='undelete-case']");
            }
        });
    }

    /// Brings back the case that was deleted last; the notice offers the one before it.
    pub fn undelete(self) {
        self.tell_desk(Event::TakeBack);
        self.page.tell(false, self.text(messages::cases::undeleted()));
        let is_more = self.draft.with_desk(|kept| kept.desk.deleted().is_some());
        self.page.deleted.set(is_more.unwrap_or_default());
        self.list_cases();
        // The button that was pressed goes, or is for another case by now.
        self.page.focus("h2");
    }

    /// Names the state that the open case is in, so that it stays in the history.
    pub fn name_state(self, name: &str) {
        if name.is_empty() {
            self.page.focus("[data-state-name]");
            return;
        }
        self.keep_now(true);
        self.tell_desk(Event::Enter(Reason::Named(name.to_owned())));
        self.find_history();
        self.page
            .tell(false, self.say(messages::cases::state_kept(&Excerpt::name(name))));
    }

    /// Restores a state from the history, which is an entry itself.
    pub fn restore(self, entry: &HistoryEntry) {
        if untrack(|| self.draft.is_read_only()) {
            return;
        }
        self.bring_earlier(entry);
        self.find_history();
    }

    fn find_history(self) {
        let case = self.filing.case.with_untracked(|case| case.id.clone());
        self.tell_desk(Event::History(case));
    }

    /// Leaves the open case for an empty one, where it is that one; whether it was.
    pub(super) fn leave_open(self, case: &str) -> bool {
        let is_open = self.draft.is_open(case);
        if is_open {
            self.leave_inputs();
            self.keep_now(false);
            self.put_case(OpenCase::empty(self.today()));
            self.page.replaced.set(None);
            self.begin_blank();
            self.forget_when_saved();
        }
        is_open
    }

    /// A case of the desk as it is by now.
    pub(super) async fn case_on_desk(self, case: String) -> Option<CaseRecord> {
        self.keep_now(false);
        let open = self.draft.with_desk(|kept| kept.desk.open().clone())?;
        if open.stamp.case == case {
            return (!open.body.is_empty()).then_some(open);
        }
        let read = self.draft.wait_for(Awaited::Case);
        self.tell_desk(Event::Read(case));
        read.await;
        self.draft.read.try_update_value(Option::take).flatten()
    }
}

/// The text of a case after a change of its members; `None` where it cannot be read.
fn changed(body: &str, change: impl FnOnce(&mut Object)) -> Option<String> {
    let Ok(Json::Object(mut members)) = Json::parse(body) else {
        return None;
    };
    change(&mut members);
    Some(Json::Object(members).to_line())
}
