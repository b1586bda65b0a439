//! 公用电脑模式: nothing is kept beyond the open page.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::autosave::keep_again;
use crate::app::session::{Asking, DraftStatus, Session};
use crate::browser::{DraftStore, is_marked_public, mark_public, new_case_id, unmark_public};
use crate::documents::{Found, Keeper, open_draft};
use crate::wording::messages;

impl Session {
    /// Turns 公用电脑模式 on or off; asks first where a draft would be wiped,
    /// also one of another window, of which this page need not have heard.
    pub fn begin_public(self) {
        if untrack(|| self.draft.is_public()) {
            self.leave_public();
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            let found = self.draft.store().load().await;
            if self.filing.is_gone() {
                return;
            }
            let is_frozen = untrack(|| self.draft.frozen()).is_some();
            if is_frozen || found != Found::default() {
                self.page.asking.set(Some(Asking::PublicMachine));
            } else {
                self.go_public();
            }
        });
    }

    /// Keeps nothing from now on beyond the open page, and wipes what is kept.
    pub(super) fn go_public(self) {
        // Nobody wipes the store that stands in for one.
        if untrack(|| self.draft.is_public()) {
            return;
        }
        // A case that was open before is another's on a machine for everyone.
        self.page.replaced.set(None);
        let store = self.keep_nothing();
        mark_public(&store.head_key());
        wasm_bindgen_futures::spawn_local(async move {
            if !store.clear().await {
                self.page.tell(true, self.text(messages::actions::not_cleared()));
            }
        });
    }

    /// Stays in 公用电脑模式 where this tab was in it before the page was loaded
    /// anew. What another window has kept meanwhile is neither shown nor wiped.
    pub fn stay_public(self) {
        if !is_marked_public(&self.draft.store().head_key()) {
            return;
        }
        if self.draft.with_keeper(|keeper| keeper.is_new()) != Some(true) {
            self.put_away();
        }
        self.keep_nothing();
    }

    /// Has the page keep nothing; gives the store that it leaves.
    fn keep_nothing(self) -> Rc<dyn DraftStore> {
        let store = self.draft.leave_store();
        self.draft.with_keeper(Keeper::forget);
        self.draft.status.set(DraftStatus::Public);
        self.forget_found();
        store
    }

    /// Keeps the draft again.
    fn leave_public(self) {
        let Some(store) = self.draft.lasting_store() else {
            return;
        };
        wasm_bindgen_futures::spawn_local(async move {
            store.begin_anew();
            let found = store.load().await;
            if self.filing.is_gone() {
                return;
            }
            let opened = open_draft(&found, new_case_id());
            unmark_public(&store.head_key());
            self.draft.set_store(store);
            self.draft.status.set(DraftStatus::Memory);
            self.forget_found();
            keep_again(self, opened);
        });
    }
}
