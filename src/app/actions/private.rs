//! 身份证号 and 银行账号: whether they go out, and what becomes of them here.

use leptos::prelude::*;

use crate::answers::Case;
use crate::app::export::Export;
use crate::app::session::{Awaited, PrivateKeeping, Session};
use crate::desk::{Event, HistoryEntry};
use crate::json::Json;

impl Session {
    /// Whether the case holds private entries that an export could carry.
    pub fn has_private_entries(self) -> bool {
        self.filing.case.with_untracked(|case| self.holds_private(case))
    }

    /// Whether a case holds private entries.
    pub(super) fn holds_private(self, case: &Case) -> bool {
        let policy = self.policy();
        let mut private = policy.fields.iter().filter(|field| field.private);
        private.any(|field| !case.field(&field.id).is_empty())
    }

    /// Whether private entries may go out. The result holds none, and what is shared never does.
    pub fn asks_about_private(self, export: Export) -> bool {
        // Of the desk it is asked only where a case of it has any.
        if export == Export::Desk {
            return true;
        }
        let may_hold = matches!(
            export,
            Export::Json | Export::Save | Export::Html | Export::Word | Export::Print
        );
        may_hold && self.has_private_entries()
    }

    /// Takes what shall become of private entries from now on. Left to be
    /// written by hand, none is kept, not even in the open page. No longer kept,
    /// they are gone from the draft and from its earlier states.
    pub fn keep_private(self, keeping: PrivateKeeping) {
        let was_stored = self.filing.private_keeping.get_untracked() == PrivateKeeping::Stored;
        if was_stored && keeping != PrivateKeeping::Stored {
            self.tell_desk(Event::HoldBack);
            wasm_bindgen_futures::spawn_local(self.take_private_from_history());
        }
        self.filing.private_keeping.set(keeping);
        if keeping == PrivateKeeping::ByHand && self.has_private_entries() {
            self.filing
                .case
                .update(|case| case.remove_private(&self.policy()));
            // Nor shall any way back bring them.
            self.filing
                .case
                .with_untracked(|case| self.changes.begin_anew(case));
        }
    }

    /// Takes private entries out of the history of the open case.
    async fn take_private_from_history(self) {
        let policy = self.policy();
        let private = policy.fields.iter().filter(|field| field.private);
        let private: Vec<&str> = private.map(|field| field.id.as_str()).collect();
        let case = self.filing.case.with_untracked(|case| case.id.clone());
        let history = self.draft.wait_for(Awaited::History);
        self.tell_desk(Event::History(case));
        history.await;
        if self.filing.is_gone() {
            return;
        }
        let entries = self.draft.entries.get_untracked().unwrap_or_default();
        let entries = entries.into_iter().filter_map(|entry| without(entry, &private));
        self.tell_desk(Event::Rewrite(entries.collect()));
        // Those that are listed hold them as well.
        self.forget_found();
    }

    /// What becomes of the private entries of a case that comes from elsewhere.
    pub(super) fn keeping_of(self, case: &Case) -> PrivateKeeping {
        let policy = self.policy();
        let mut private = policy.fields.iter().filter(|field| field.private);
        if private.any(|field| !case.field(&field.id).is_empty()) {
            PrivateKeeping::ThisTime
        } else {
            PrivateKeeping::ByHand
        }
    }
}

/// An entry without these fields, where it holds any; one that cannot be read gives way.
fn without(mut entry: HistoryEntry, fields: &[&str]) -> Option<HistoryEntry> {
    let Ok(Json::Object(mut members)) = Json::parse(&entry.body) else {
        entry.set_body(String::new());
        return Some(entry);
    };
    let Some(Json::Object(form)) = members.get_mut("form") else {
        return None;
    };
    let taken = fields.iter().filter(|field| form.remove(field).is_some()).count();
    entry.set_body(Json::Object(members).to_line());
    (taken > 0).then_some(entry)
}
