//! The draft: where it is kept, and what is known of that.

use std::rc::Rc;

use leptos::prelude::*;

use super::{LastingSignal, Look};
use crate::browser::{DraftStore, NoDraftStore};
use crate::documents::{Frozen, Keeper, State};

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

    /// Takes whether the last change is in a storage; as long as it is not, the page
    /// does not say so. Whether that is news.
    pub fn take_noted(&mut self, is_noted: bool) -> bool {
        let underneath = self.underneath_mut();
        match underneath {
            Self::Saved(_) | Self::Fresh if !is_noted => *underneath = Self::Unnoted,
            Self::Unnoted if is_noted => *underneath = Self::Fresh,
            _ => return false,
        }
        true
    }
}

/// Where the draft is kept.
struct Stores {
    store: Rc<dyn DraftStore>,
    /// The lasting one, while on a public machine nothing is kept.
    lasting: Option<Rc<dyn DraftStore>>,
}

/// The draft.
#[derive(Clone, Copy)]
pub struct Draft {
    stores: StoredValue<Stores, LocalStorage>,
    keeper: StoredValue<Keeper>,
    /// What is known about keeping it.
    pub status: LastingSignal<DraftStatus>,
    /// Records that could not be read, as they are.
    pub unreadable: LastingSignal<Vec<String>>,
    /// The earlier states, once they were asked for.
    pub earlier: LastingSignal<Option<Vec<State>>>,
    /// Whether a record is about to be written.
    pub is_under_way: StoredValue<bool>,
    /// Changes of pages that ended, until a record holds them.
    pub done_with: StoredValue<Vec<(String, String)>>,
    /// The look of a page on which nothing was done yet.
    pub first_look: StoredValue<Look>,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self {
            stores: StoredValue::new_local(Stores {
                store: Rc::new(NoDraftStore),
                lasting: None,
            }),
            keeper: StoredValue::new(Keeper::default()),
            status: LastingSignal::new(DraftStatus::default()),
            unreadable: LastingSignal::new(Vec::new()),
            earlier: LastingSignal::new(None),
            is_under_way: StoredValue::new(false),
            done_with: StoredValue::new(Vec::new()),
            first_look: StoredValue::new(Look::default()),
        }
    }

    /// Where it is kept.
    pub fn store(self) -> Rc<dyn DraftStore> {
        self.stores.with_value(|stores| Rc::clone(&stores.store))
    }

    /// Keeps it in another store from now on.
    pub fn set_store(self, store: Rc<dyn DraftStore>) {
        self.stores.set_value(Stores { store, lasting: None });
    }

    /// The store that was left when the page turned to keeping nothing; `None`
    /// while it keeps the draft.
    pub fn lasting_store(self) -> Option<Rc<dyn DraftStore>> {
        self.stores.with_value(|stores| stores.lasting.clone())
    }

    /// Keeps nothing from now on; gives the store that is left.
    pub fn leave_store(self) -> Rc<dyn DraftStore> {
        let store = self.store();
        self.stores.set_value(Stores {
            store: Rc::new(NoDraftStore),
            lasting: Some(Rc::clone(&store)),
        });
        store
    }

    /// Works with what decides when something is written, unless the page was taken away.
    pub fn with_keeper<Given>(self, work: impl FnOnce(&mut Keeper) -> Given) -> Option<Given> {
        self.keeper.try_update_value(work)
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

    #[test]
    fn a_change_that_no_storage_holds_is_not_said_to_be_saved() {
        let mut status = saved();
        assert!(status.take_noted(false));
        assert_eq!(status, DraftStatus::Unnoted);
        assert!(!status.is_kept() && !status.take_noted(false));
        assert!(status.take_noted(true));
        assert_eq!(status, DraftStatus::Fresh);
    }
}
