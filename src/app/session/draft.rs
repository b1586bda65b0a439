//! The draft: where it is kept, and what is known of that.

use std::rc::Rc;

use js_sys::{Function, Promise};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::{LastingSignal, Look};
use crate::answers::Case;
use crate::browser::{FirstVersionPlaces, Keeping, WebCaseStore, WebJournal, Windows, now_millis};
use crate::desk::{CaseRecord, Desk, Frozen, Gathered, HistoryEntry, Journal, Stamp, Told};
use crate::json::Object;

/// What is known about keeping the draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DraftStatus {
    /// What the page holds is kept or, right after the last change, about to be.
    #[default]
    Fresh,
    /// The last change could not be noted, so that no storage holds it yet.
    Unnoted,
    /// Kept, with place and time.
    Saved(String),
    /// Kept for as long as the page is open.
    Memory,
    /// 公用电脑模式: nothing is kept beyond the open page.
    Public,
    /// The last change could not be kept.
    Failed,
    /// No longer kept, with the reason and what was known when that began.
    Frozen(Frozen, Box<Self>),
}

impl DraftStatus {
    /// What is known apart from the draft being frozen.
    pub fn underneath(&self) -> &Self {
        match self {
            Self::Frozen(_, before) => before.underneath(),
            _ => self,
        }
    }

    fn underneath_mut(&mut self) -> &mut Self {
        match self {
            Self::Frozen(_, before) => before.underneath_mut(),
            _ => self,
        }
    }

    /// Why the draft is no longer kept, if so.
    pub fn frozen(&self) -> Option<Frozen> {
        match self {
            Self::Frozen(why, _) => Some(*why),
            _ => None,
        }
    }

    /// Whether the page is in 公用电脑模式.
    pub fn is_public(&self) -> bool {
        *self.underneath() == Self::Public
    }

    /// Whether all that the page holds is in a storage that lasts longer than the page.
    pub fn is_kept(&self) -> bool {
        let is_kept = matches!(self.underneath(), Self::Saved(_) | Self::Fresh);
        is_kept && self.frozen() != Some(Frozen::Wiped)
    }

    /// Says no longer when it was saved.
    pub fn forget_when(&mut self) {
        let known = self.underneath_mut();
        if matches!(known, Self::Saved(_)) {
            *known = Self::Fresh;
        }
    }

    /// The same, frozen for a reason or for none.
    pub fn freeze(&mut self, why: Option<Frozen>) {
        let before = core::mem::take(self.underneath_mut());
        *self = match why {
            Some(why) => Self::Frozen(why, Box::new(before)),
            None => before,
        };
    }

    /// Takes what came of writing the draft. In 公用电脑模式 that is nothing.
    pub fn settle(&mut self, status: Self) {
        let underneath = self.underneath_mut();
        if *underneath != Self::Public {
            *underneath = status;
        }
    }
}

/// A desk with the places that it keeps its cases in.
pub struct KeptDesk {
    /// Decides what is kept.
    pub desk: Desk,
    /// Where what is typed is noted.
    pub journal: Rc<WebJournal>,
    /// Where all cases and their histories are.
    pub store: Rc<WebCaseStore>,
    /// Where the first version kept its draft.
    pub first_version: Rc<FirstVersionPlaces>,
    /// How long what is on it is kept.
    pub keeping: Keeping,
    /// Its name.
    pub key: String,
}

impl KeptDesk {
    /// Whether the browser has no place at all for it.
    pub fn is_nowhere(&self) -> bool {
        !self.journal.is_there() && !self.desk.has_store()
    }
}

/// What the desk is waited for to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// Whether all is wiped.
    Wiping,
    /// Which cases are on it.
    Cases,
    /// The history of a case.
    History,
    /// A case that is not open.
    Case,
    /// All cases with their texts.
    Gathered,
}

/// Why another text is about to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The user wants the open case as it is kept by now.
    Latest,
    /// The user wants another case, which was open before.
    Earlier,
    /// The user wants another case of the desk.
    Case,
    /// The user wants the history of another case.
    History,
    /// The user wants what came back merged into another case.
    Merge,
}

/// How the open case is kept.
#[derive(Clone, Copy)]
pub struct Draft {
    desk: StoredValue<Option<KeptDesk>, LocalStorage>,
    windows: StoredValue<Option<Windows>, LocalStorage>,
    /// Who waits for what the desk says.
    waiting: StoredValue<Vec<(Awaited, Function)>, LocalStorage>,
    /// What is known about keeping it.
    pub status: LastingSignal<DraftStatus>,
    /// Records that could not be read, as they are.
    pub unreadable: LastingSignal<Vec<String>>,
    /// The cases on the desk, once they were asked for.
    pub cases: LastingSignal<Option<Vec<Stamp>>>,
    /// The history of the case that was asked for last.
    pub entries: LastingSignal<Option<Vec<HistoryEntry>>>,
    /// The case that was asked for last.
    pub read: StoredValue<Option<CaseRecord>>,
    /// All cases, as they were gathered last.
    pub gathered: StoredValue<Option<Gathered>>,
    /// The text that the desk has of what the page shows.
    pub shown: StoredValue<String>,
    /// How the page was shown then.
    pub shown_look: StoredValue<Object>,
    /// Whether something is being kept and it is not said yet that it is.
    pub is_due: StoredValue<bool>,
    /// Whether the last wiping left nothing.
    pub is_wiped: StoredValue<bool>,
    /// Whether the cases are about to be listed anew.
    pub is_listing_due: StoredValue<bool>,
    /// When the desk is woken next.
    pub wakes_at: StoredValue<Option<u64>>,
    /// Why another text is about to be shown.
    pub opening: StoredValue<Option<Opening>>,
    /// Whether all was kept when the page came back into use.
    pub came_back_kept: StoredValue<bool>,
    /// The look of a page on which nothing was done yet.
    pub first_look: StoredValue<Look>,
    /// The open case as it was changed last, and when, in milliseconds since 1970.
    last_change: StoredValue<Option<(Case, u64)>>,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self {
            desk: StoredValue::new_local(None),
            windows: StoredValue::new_local(None),
            waiting: StoredValue::new_local(Vec::new()),
            status: LastingSignal::new(DraftStatus::default()),
            unreadable: LastingSignal::new(Vec::new()),
            cases: LastingSignal::new(None),
            entries: LastingSignal::new(None),
            read: StoredValue::new(None),
            gathered: StoredValue::new(None),
            shown: StoredValue::new(String::new()),
            shown_look: StoredValue::new(Object::new()),
            is_due: StoredValue::new(false),
            is_wiped: StoredValue::new(false),
            is_listing_due: StoredValue::new(false),
            wakes_at: StoredValue::new(None),
            opening: StoredValue::new(None),
            came_back_kept: StoredValue::new(false),
            first_look: StoredValue::new(Look::default()),
            last_change: StoredValue::new(None),
        }
    }

    /// Takes a case that is opened, which was changed then.
    pub fn begin_with(self, case: &Case, changed: u64) {
        self.last_change.set_value(Some((case.clone(), changed)));
    }

    /// When the case was changed last: the look of the page and the open step are kept with
    /// it and are no change of it.
    pub fn changed_at(self, case: &Case) -> u64 {
        let changed = self.last_change.try_update_value(|last| match last {
            Some((same, at)) if same == case => *at,
            _ => {
                let now = now_millis();
                *last = Some((case.clone(), now));
                now
            }
        });
        changed.unwrap_or_default()
    }

    /// Takes what the desk has of what the page shows from now on, and how it is shown.
    pub fn set_shown(self, text: String, look: Object) {
        self.shown.set_value(text);
        self.shown_look.set_value(look);
    }

    /// Keeps it on a desk from now on.
    pub fn set_desk(self, kept: KeptDesk) {
        self.desk.set_value(Some(kept));
    }

    /// Hears other windows from now on.
    pub fn set_windows(self, windows: Windows) {
        self.windows.set_value(Some(windows));
    }

    /// Tells other windows something.
    pub fn tell(self, told: &Told) {
        self.windows
            .with_value(|windows| windows.iter().for_each(|windows| windows.tell(told)));
    }

    /// Works with the desk, if there is one and the page was not taken away.
    pub fn with_desk<Given>(self, work: impl FnOnce(&mut KeptDesk) -> Given) -> Option<Given> {
        let work = |kept: &mut Option<KeptDesk>| kept.as_mut().map(work);
        self.desk.try_update_value(work).flatten()
    }

    /// Done when the desk says so.
    pub fn wait_for(self, awaited: Awaited) -> impl Future<Output = ()> + use<> {
        let promise = Promise::new(&mut |resolve, _| {
            self.waiting
                .update_value(|waiting| waiting.push((awaited, resolve)));
        });
        async move {
            // It is never broken.
            let _ = JsFuture::from(promise).await;
        }
    }

    /// Lets those go on who wait for that.
    pub fn have(self, awaited: Awaited) {
        let waiting = self.waiting.try_update_value(core::mem::take).unwrap_or_default();
        for (what, resolve) in waiting {
            if what == awaited {
                let _ = resolve.call0(&JsValue::NULL);
            } else {
                self.waiting.update_value(|waiting| waiting.push((what, resolve)));
            }
        }
    }

    /// Whether a case is the open one.
    pub fn is_open(self, case: &str) -> bool {
        self.with_desk(|kept| kept.desk.open().stamp.case == case) == Some(true)
    }

    /// Whether the desk has nothing of what the page shows.
    pub fn is_blank(self) -> bool {
        self.with_desk(|kept| kept.desk.open().body.is_empty()) == Some(true)
    }

    /// Takes what came of writing it.
    pub fn settle(self, status: DraftStatus) {
        self.status.update(|known| known.settle(status));
    }

    /// Why it is no longer kept, if so.
    pub fn frozen(self) -> Option<Frozen> {
        self.status.with(DraftStatus::frozen)
    }

    /// Whether the case may only be looked at.
    pub fn is_read_only(self) -> bool {
        matches!(self.frozen(), Some(Frozen::Stale | Frozen::Wiped))
    }

    /// Whether nothing is kept beyond the open page.
    pub fn is_public(self) -> bool {
        self.status.with(DraftStatus::is_public)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved() -> DraftStatus {
        DraftStatus::Saved(String::from("已保存"))
    }

    #[test]
    fn a_frozen_draft_stays_frozen_whatever_comes_of_writing_and_is_as_before_afterwards() {
        let mut status = saved();
        status.freeze(Some(Frozen::Stale));
        assert!(status.is_kept(), "{status:?}");
        status.settle(DraftStatus::Failed);
        assert_eq!(status.frozen(), Some(Frozen::Stale));
        assert!(!status.is_kept(), "{status:?}");
        status.freeze(Some(Frozen::Wiped));
        status.freeze(None);
        assert_eq!(status, DraftStatus::Failed);
    }

    #[test]
    fn a_wiped_draft_is_kept_nowhere() {
        let mut status = saved();
        status.freeze(Some(Frozen::Wiped));
        assert!(!status.is_kept(), "{status:?}");
    }

    #[test]
    fn on_a_public_machine_nothing_is_ever_said_to_be_saved() {
        let mut status = DraftStatus::Public;
        status.settle(saved());
        status.freeze(Some(Frozen::Wiped));
        assert!(status.is_public() && !status.is_kept(), "{status:?}");
    }
}
