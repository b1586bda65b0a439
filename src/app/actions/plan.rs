//! Taking over what is tried out as a plan of the case, and taking it back.

use leptos::prelude::*;

use crate::answers::{LeftOut, TypedAnswer, read_value};
use crate::app::session::{DraftStatus, Session};
use crate::assessment::{Known, assess, shown_with_unit};
use crate::desk::{Event, Reason};
use crate::json::Json;
use crate::policy::{FactIdx, Policy};
use crate::wording::messages;

impl Session {
    /// Takes what is tried out over as a plan, with the way back to what was.
    pub(super) fn adopt(self) {
        let policy = self.policy();
        let tried = self.page.scratch.get_untracked();
        let mut case = self.filing.case.get_untracked();
        let adopted = case.adopt(&policy, &tried, self.today());
        let count = adopted.len();
        // A second press at once has nothing to take over, and the way back is that of the first.
        if count == 0 {
            return;
        }
        // The way back below ends with the page; an earlier state lasts.
        self.keep_now(false);
        self.tell_desk(Event::Enter(Reason::BeforeAdopting));
        self.close_change();
        self.filing.case.set(case);
        self.name_change(self.say(messages::undo::adopted(&count)));
        // What was left out is left to be corrected.
        let left_out = self.left_out_of_adoption();
        let is_left = |id: &str| left_out.iter().any(|(left, _)| left == id);
        self.page
            .scratch
            .update(|scratch| scratch.retain(|id, _| is_left(id)));
        self.page.adopted.set(Some((adopted, tried)));
        self.page.focus("[data-action=\"take-back-plan\"]");
        let mut told = self.say(messages::what_if::adopted(&count));
        if untrack(|| self.draft.status.with(DraftStatus::is_kept)) {
            told.push_str(&self.text(messages::what_if::kept_before()));
        }
        if !left_out.is_empty() {
            told.push_str(&self.say(messages::what_if::left_out(&self.left_out_words(&left_out))));
        }
        self.page.tell(false, told);
    }

    /// What of the trial is not taken over, and why.
    pub fn left_out_of_adoption(self) -> Vec<(String, LeftOut)> {
        let (policy, today) = (self.policy(), self.today());
        let tried = self.page.scratch.get();
        let case = self.filing.case;
        case.with(|case| case.adoption(&policy, &tried, today).left_out)
    }

    /// What the case comes to once the trial is taken over. What is left out of that is in the
    /// comparison of the trial, but in no case.
    pub fn outcome_of_adoption(self) -> String {
        let policy = self.policy();
        let tried = self.page.scratch.get();
        let mut after = self.filing.case.get();
        after.adopt(&policy, &tried, self.today());
        let after = assess(&policy, &after);
        let verdict = after.overall.chosen.in_words(&policy.scheme.verdicts);
        self.say(messages::dialog::adopt_outcome(&after.total.own, &verdict))
    }

    /// What is left out, fact by fact, in one line.
    pub fn left_out_words(self, left_out: &[(String, LeftOut)]) -> String {
        let policy = self.policy();
        let words = left_out.iter().filter_map(|(id, why)| {
            let (_, fact) = policy.fact(id)?;
            Some(self.say(messages::what_if::left_out_one(&fact.label, &why.words())))
        });
        let words: Vec<String> = words.collect();
        words.join(&self.text(messages::common::semicolon()))
    }

    /// A tried answer as the user reads it: with its unit, that it is only about right, and its remark.
    pub fn tried_words(self, policy: &Policy, place: FactIdx, typed: &TypedAnswer) -> String {
        let words = self.answer_words(policy, place, typed.answer.as_ref());
        let about = if typed.approximate {
            self.text(messages::what_if::about())
        } else {
            String::new()
        };
        let remark = if typed.remark.is_empty() {
            String::new()
        } else {
            self.say(messages::what_if::remark(&typed.remark))
        };
        format!("{about}{words}{remark}")
    }

    /// Puts the answers back as they were before the last trial was adopted, and the trial as it was.
    pub fn take_back_plan(self) {
        let Some((adopted, tried)) = self.page.adopted.get_untracked() else {
            return;
        };
        let mut case = self.filing.case.get_untracked();
        let staying = case.take_back(&adopted);
        self.close_change();
        self.filing.case.set(case);
        let count = adopted.len() - staying.len();
        if count > 0 {
            self.name_change(self.say(messages::undo::taken_back(&count)));
        }
        self.page.scratch.set(tried);
        self.page.adopted.set(None);
        self.page.focus("[data-action=\"adopt\"]");
        if staying.is_empty() {
            self.page.tell(false, self.text(messages::what_if::taken_back()));
            return;
        }
        // What the user has confirmed or typed since is the user's own: it is left, and named.
        let policy = self.policy();
        let left = staying.into_iter().filter_map(|one| {
            let (place, fact) = policy.fact(one.fact())?;
            let before = self.answer_words(&policy, place, one.before());
            Some(self.say(messages::what_if::left(&before, &fact.label)))
        });
        let left: Vec<String> = left.collect();
        let left = left.join(&self.text(messages::common::semicolon()));
        self.page
            .tell(false, self.say(messages::what_if::taken_back_in_part(&left)));
    }

    /// An answer as the user reads it, with its unit.
    pub fn answer_words(self, policy: &Policy, place: FactIdx, answer: Option<&Json>) -> String {
        let fact = &policy.facts[place];
        let known = match read_value(fact, answer) {
            Ok(Some(value)) => Known::Value(value),
            Ok(None) => Known::Missing,
            Err(_) => return self.text(messages::what_if::faulty()),
        };
        shown_with_unit(policy, place, known).unwrap_or_else(|| self.text(messages::common::unanswered()))
    }
}
