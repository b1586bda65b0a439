//! 公用电脑模式: nothing is kept beyond the open page.

use leptos::prelude::*;

use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::{Asking, Awaited, Session};
use crate::browser::{is_marked_public, mark_public, new_case_id, unmark_public};
use crate::desk::Event;
use crate::wording::messages;

seam! {
    "actions" "1f" fn begin(session: Session) -> () {
        session.ask_whether_to_wipe();
    }
}

impl Session {
    /// Turns 公用电脑模式 on or off; asks first where something would be wiped,
    /// also of another window, of which this page need not have heard.
    pub fn begin_public(self) {
        if untrack(|| self.draft.is_public()) {
            self.leave_public();
            return;
        }
        self.once_there(Piece::Actions, move || begin(self));
    }

    fn ask_whether_to_wipe(self) {
        let cases = self.draft.wait_for(Awaited::Cases);
        self.tell_desk(Event::List);
        wasm_bindgen_futures::spawn_local(async move {
            cases.await;
            if self.filing.is_gone() {
                return;
            }
            let is_frozen = untrack(|| self.draft.frozen()).is_some();
            let is_there = |cases: &Option<Vec<_>>| cases.as_ref().is_some_and(|cases| !cases.is_empty());
            let has_raw = self.draft.unreadable.with_untracked(|raw| !raw.is_empty());
            if is_frozen || has_raw || self.draft.cases.with_untracked(is_there) {
                self.ask_first(Asking::PublicMachine);
            } else {
                self.go_public();
            }
        });
    }

    /// Keeps nothing from now on beyond the open page, and wipes what is kept.
    pub(super) fn go_public(self) {
        // What keeps nothing has nothing to wipe.
        if untrack(|| self.draft.is_public()) {
            return;
        }
        // A case that was open before is another's on a machine for everyone.
        self.page.replaced.set(None);
        self.forget_found();
        self.keep_now(false);
        self.with_key(mark_public);
        let wiping = self.wipe(Event::KeepNothing(true));
        wasm_bindgen_futures::spawn_local(async move {
            if !wiping.await {
                self.page.tell(true, self.text(messages::actions::not_cleared()));
            }
        });
    }

    /// Stays in 公用电脑模式 where this tab was in it before the page was loaded
    /// anew. What another window has kept meanwhile is neither shown nor wiped.
    pub fn stay_public(self) {
        let mut is_marked = false;
        self.with_key(|key| is_marked = is_marked_public(key));
        if !is_marked {
            return;
        }
        let is_blank = self.draft.is_blank();
        self.tell_desk(Event::KeepNothing(false));
        self.forget_found();
        if !is_blank {
            self.put_away();
            self.begin_blank();
        }
    }

    /// Keeps the open case again, or opens what is kept where nothing is open.
    fn leave_public(self) {
        self.with_key(unmark_public);
        self.forget_found();
        self.draft.is_due.set_value(true);
        self.tell_desk(Event::KeepAgain(new_case_id()));
    }

    /// Works with the key of the desk, where what is on it is kept at all.
    fn with_key(self, work: impl FnOnce(&str)) {
        let key = self
            .draft
            .with_desk(|kept| (!kept.is_nowhere()).then(|| kept.key.clone()));
        if let Some(key) = key.flatten() {
            work(&key);
        }
    }
}
