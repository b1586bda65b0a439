//! Wiping: what the page holds, and what is kept.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::session::{Awaited, OpenCase, Session};
use crate::app::step::Step;
use crate::desk::Event;
use crate::wording::messages;

impl Session {
    /// Leaves nothing of the case on the page: neither in what is remembered of
    /// it nor in what is shown. Views and the inputs in them are drawn anew, as
    /// they hold what is being typed themselves. The desk is told by whoever does it.
    pub fn put_away(self) {
        self.filing.own_files.forget();
        self.put_case(OpenCase::empty(self.today()));
        self.page.replaced.set(None);
        self.page.notice.set(None);
        self.host.handed.set_value(None);
        self.draft.shown.set_value(String::new());
        self.draft.is_due.set_value(false);
        self.forget_found();
        self.page.open(Step::Precheck, None);
        self.take_off_the_page();
    }

    /// Leaves nothing of what was found where the draft is kept. When the case was
    /// exported last belongs to the case and goes with it.
    pub(super) fn forget_found(self) {
        self.draft.unreadable.set(Vec::new());
        self.draft.entries.set(None);
        self.draft.cases.set(None);
        self.draft.gathered.set_value(None);
        self.page.forget_arrivals();
    }

    /// Takes away what was printed last, and what the loader showed to be copied.
    fn take_off_the_page(self) {
        let Some(root) = self.host.root() else {
            return;
        };
        while let Ok(Some(printed)) = root.query_selector(".paper > *") {
            printed.remove();
        }
        // The loader shows files right before the page, in whatever tree that stands.
        let mut shown = root.previous_element_sibling();
        while let Some(beside) = shown {
            shown = beside.previous_element_sibling();
            if beside.get_attribute("data-outside").as_deref() == Some("file") {
                beside.remove();
            }
        }
    }

    /// Wipes everything: at once what the page holds, and by the time that the
    /// future is done what is kept. Where that could not be wiped, the future
    /// gives the sentence that the page shows.
    pub fn clear_all(self) -> impl Future<Output = Result<(), String>> + use<> {
        // What is wiped cannot be brought back.
        self.put_away();
        let look = self.page.look.get_untracked();
        self.draft.first_look.set_value(look);
        let fresh = self.filing.case.with_untracked(|case| case.id.clone());
        let wiping = self.wipe(Event::Wipe(fresh));
        async move {
            if wiping.await {
                self.page.tell(false, self.text(messages::actions::all_cleared()));
                Ok(())
            } else {
                let sentence = self.text(messages::actions::not_cleared());
                self.page.tell(true, sentence.clone());
                Err(sentence)
            }
        }
    }

    /// Has the desk wipe all that is kept, also what the first version kept. Whether
    /// nothing is left.
    pub(super) fn wipe(self, wiping: Event) -> impl Future<Output = bool> + use<> {
        let first_version = self.draft.with_desk(|kept| Rc::clone(&kept.first_version));
        let is_wiped = self.draft.wait_for(Awaited::Wiping);
        self.tell_desk(wiping);
        async move {
            let Some(first_version) = first_version else {
                return true;
            };
            is_wiped.await;
            first_version.empty().await && self.draft.is_wiped.try_get_value() == Some(true)
        }
    }
}
