//! 身份证号 and 银行账号: whether they go out, and what becomes of them here.

use leptos::prelude::*;

use crate::answers::Case;
use crate::app::export::Export;
use crate::app::session::{PrivateKeeping, Session};
use crate::documents::{Keeper, earlier_without};
use crate::wording::messages;

impl Session {
    /// Whether the case holds private entries that an export could carry.
    pub fn has_private_entries(self) -> bool {
        let policy = self.policy();
        self.filing.case.with_untracked(|case| {
            policy
                .fields
                .iter()
                .any(|field| field.private && !case.field(&field.id).is_empty())
        })
    }

    /// Whether private entries may go out. The result holds none, and what is shared never does.
    pub fn asks_about_private(self, export: Export) -> bool {
        let may_hold = matches!(export, Export::Json | Export::Html | Export::Word | Export::Print);
        may_hold && self.has_private_entries()
    }

    /// Takes what shall become of private entries from now on. Left to be
    /// written by hand, none is kept, not even in the open page. No longer kept,
    /// they are gone from the draft and from its earlier states.
    pub fn keep_private(self, keeping: PrivateKeeping) {
        let was_stored = self.filing.private_keeping.get_untracked() == PrivateKeeping::Stored;
        if was_stored && keeping != PrivateKeeping::Stored {
            self.draft.with_keeper(Keeper::drop_record);
            // Those that are listed hold them as well.
            self.draft.earlier.set(None);
            wasm_bindgen_futures::spawn_local(self.take_private_from_earlier());
        }
        self.filing.private_keeping.set(keeping);
        if keeping == PrivateKeeping::ByHand && self.has_private_entries() {
            self.filing
                .case
                .update(|case| case.remove_private(&self.policy()));
        }
    }

    async fn take_private_from_earlier(self) {
        let policy = self.policy();
        let private = policy.fields.iter().filter(|field| field.private);
        let private: Vec<&str> = private.map(|field| field.id.as_str()).collect();
        let store = self.draft.store();
        let found = store.load().await;
        let states = earlier_without(&found, &private);
        // What the first version left is in the record by now.
        let loose = found.loose.into_iter().collect();
        let is_taken = store.settle(states, loose).await && !found.is_partial;
        if !is_taken && !self.filing.is_gone() {
            self.page.tell(true, self.text(messages::actions::not_cleared()));
        }
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
