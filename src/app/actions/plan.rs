//! Taking over what is tried out as a plan of the case, and taking it back.

use leptos::prelude::*;

use crate::answers::read_value;
use crate::app::session::{DraftStatus, Session};
use crate::browser::now_millis;
use crate::wording::messages;

impl Session {
    /// Takes what is tried out over as a plan, with the way back to what was.
    pub(super) fn adopt(self) {
        let policy = self.policy();
        let tried = self.page.scratch.get_untracked();
        let mut case = self.filing.case.get_untracked();
        let adopted = case.adopt(&policy, &tried);
        let count = adopted.len();
        // A second press at once has nothing to take over, and the way back is that of the first.
        if count == 0 {
            return;
        }
        // The way back below ends with the page; an earlier state lasts.
        self.draft
            .with_keeper(|keeper| keeper.replace(now_millis(), None));
        self.filing.case.set(case);
        // What cannot be counted is left to be corrected.
        self.page.scratch.update(|scratch| {
            scratch.retain(|id, answer| {
                let fact = policy.fact(id);
                fact.is_some_and(|(_, fact)| read_value(fact, Some(answer)).is_err())
            });
        });
        self.page.adopted.set(Some((adopted, tried)));
        self.page.focus("[data-action=\"take-back-plan\"]");
        let mut told = self.say(messages::what_if::adopted(&count));
        if untrack(|| self.draft.status.with(DraftStatus::is_kept)) {
            told.push_str(&self.text(messages::what_if::kept_before()));
        }
        self.page.tell(false, told);
    }

    /// Puts the answers back as they were before the last trial was adopted, and the trial as it was.
    pub fn take_back_plan(self) {
        let Some((adopted, tried)) = self.page.adopted.get_untracked() else {
            return;
        };
        self.filing.case.update(|case| case.take_back(&adopted));
        self.page.scratch.set(tried);
        self.page.adopted.set(None);
        self.page.focus("[data-action=\"adopt\"]");
        self.page.tell(false, self.text(messages::what_if::taken_back()));
    }
}
