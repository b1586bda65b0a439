//! Bringing what came back into the open case.

use leptos::prelude::*;

use crate::answers::Case;
use crate::app::autosave::refresh_elapsed;
use crate::app::session::{Aside, Awaited, BroughtCase, Opening, Session};
use crate::app::step::Step;
use crate::browser::moment_in_words;
use crate::desk::{Event, Reason, Stamp};
use crate::documents::{CasePart, Difference, Merge, merge};
use crate::json::Object;
use crate::wording::messages;

impl Session {
    /// Shows what a case that came back brings to the open one. Nothing is written before consent.
    pub fn begin_merging(self, mut brought: BroughtCase) {
        let (policy, today) = (self.policy(), self.today());
        // Lengths of time are as long on both sides as today.
        refresh_elapsed(&policy, &mut brought.case, today);
        if let Some(base) = &mut brought.base {
            refresh_elapsed(&policy, base, today);
        }
        self.page.brought.set(Some(brought));
        self.page.open_aside(Aside::Merge, "h2");
    }

    /// Where a case that was read from a file is a part of a case of the desk, opens
    /// that case and shows what the part brings. Whether it is.
    pub(super) async fn takes_part(self, case: &Case, beside: &Object, saved_at: Option<u64>) -> bool {
        let Some(part) = CasePart::in_file(beside) else {
            return false;
        };
        if !self.is_wanted(&part).await {
            return false;
        }
        if !self.filing.is_gone() {
            let brought = BroughtCase {
                into: part.case.clone(),
                base: part.base(&self.policy()),
                name: part.name,
                saved_at: saved_at.map_or_else(String::new, moment_in_words),
                case: case.clone(),
                left_out: Vec::new(),
            };
            self.bring_part(brought);
        }
        true
    }

    /// Whether a part is of a case that is here. Who works on the part has its own case open.
    pub(super) async fn is_wanted(self, part: &CasePart) -> bool {
        self.draft.is_open(&part.case) || self.has_on_desk(&part.case).await
    }

    /// Opens the case that a part is of, and shows what the part brings.
    pub(super) fn bring_part(self, mut brought: BroughtCase) {
        // What a part is called is none of the whole.
        for part in brought.base.iter_mut().chain([&mut brought.case]) {
            part.title.clear();
        }
        if self.draft.is_open(&brought.into) {
            self.begin_merging(brought);
        } else {
            let into = brought.into.clone();
            self.page.brought.set(Some(brought));
            self.open_from_desk(into, Opening::Merge);
        }
    }

    /// Shows what was brought to the case that was opened for it.
    pub(in crate::app) fn go_on_merging(self) {
        if let Some(brought) = self.page.brought.get_untracked() {
            self.begin_merging(brought);
        }
    }

    /// Whether a case is on the desk.
    pub(super) async fn has_on_desk(self, case: &str) -> bool {
        // Without a desk nobody answers.
        if self.draft.with_desk(|_| ()).is_none() {
            return false;
        }
        let cases = self.draft.wait_for(Awaited::Cases);
        self.list_cases();
        cases.await;
        let has = |cases: &Option<Vec<Stamp>>| {
            let mut cases = cases.iter().flatten();
            cases.any(|stamp| stamp.case == case)
        };
        self.draft.cases.try_with_untracked(has) == Some(true)
    }

    /// What was brought, held against the open case as it is by now.
    pub fn merging(self) -> Option<(BroughtCase, Merge)> {
        let brought = self.page.brought.get()?;
        if self.filing.case.with(|ours| ours.id != brought.into) {
            return None;
        }
        let merge = self
            .filing
            .case
            .with(|ours| merge(brought.base.as_ref(), ours, &brought.case));
        Some((brought, merge))
    }

    /// Takes over what was brought, wherever it is wanted. All of it is one change,
    /// and the case as it was goes into its history.
    pub fn merge_brought(self, wants: impl Fn(&Difference) -> bool) {
        if untrack(|| self.draft.is_read_only()) {
            return;
        }
        let Some((brought, merge)) = untrack(|| self.merging()) else {
            return;
        };
        let taken = merge.differences.iter().filter(|one| wants(one)).count();
        match merge.merged(wants) {
            Ok(case) => {
                self.close_change();
                self.keep_now(false);
                self.tell_desk(Event::Enter(Reason::BeforeMerging));
                let before = self.filing.assessment.get_untracked();
                self.filing.case.set(case);
                self.page.brought.set(None);
                self.page.open(Step::Questions, Some(String::from("h2")));
                let after = self.filing.assessment.get_untracked();
                self.tell_for_now(
                    false,
                    self.say(messages::merge::merged(&taken, &brought.name)),
                    self.outcome_words(Some(&before), &after),
                );
            }
            Err(fault) => self.page.tell(true, self.refused(&fault)),
        }
    }

    /// Leaves what was brought without taking anything.
    pub fn leave_merging(self) {
        self.page.brought.set(None);
        self.page.close_aside();
    }
}
