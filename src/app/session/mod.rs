//! One open page: a constant scheme, one case that changes, what the page shows
//! of it, how its draft is kept, and what surrounds it.

mod arrival;
mod asking;
mod beside;
mod brought_table;
mod changes;
mod draft;
mod filing;
mod findings;
mod host;
mod lasting;
mod look;
mod open_case;
mod own_files;
mod page;
mod private_keeping;
mod scheme;
mod uses;

use core::fmt::Display;
use std::sync::Arc;

use leptos::prelude::*;

use crate::answers::{Case, Date};
use crate::assessment::CUTOFF;
use crate::browser::moment_in_words;
use crate::desk::Reason;
use crate::documents::NotACaseFile;
use crate::policy::{Policy, RowIdx};
use crate::wording::{Message, Part, Text, Wording, listed_by, messages, parts};

use super::step::Step;

pub use arrival::{Arrival, ArrivalResult, Met, Outcome, ReadCase, Written};
pub use asking::Asking;
pub use beside::{BroughtCase, ComparedCase};
pub use brought_table::{BroughtTable, TableContent};
pub use changes::{ChangedPart, Changes, Way, differences};
pub use draft::{Awaited, Draft, DraftStatus, KeptDesk, Opening};
pub use filing::Filing;
pub use host::{HandedOver, Host, Listener, PieceState, Printing};
pub use lasting::{LastingMemo, LastingSignal};
pub use look::{Arrangement, Look, Theme};
pub use open_case::OpenCase;
pub use own_files::{OwnFile, OwnFiles};
pub use page::{Aside, Notice, PageState, Passing};
pub use private_keeping::PrivateKeeping;
pub use scheme::OpenScheme;

/// One open page: handles to everything it holds.
#[derive(Clone, Copy)]
pub struct Session {
    /// The scheme, and the words in which the interface speaks of it.
    pub scheme: OpenScheme,
    /// The case, and what follows from it.
    pub filing: Filing,
    /// What was changed in it, to be undone.
    pub changes: Changes,
    /// What is shown beside the case.
    pub page: PageState,
    /// How the draft is kept.
    pub draft: Draft,
    /// What surrounds the page.
    pub host: Host,
}

impl Session {
    /// A session on a case. It keeps nothing until it is given a store.
    pub fn new(policy: Policy, sha256: String, wording: Wording, case: Case, today: Date) -> Self {
        let scheme = OpenScheme::new(policy, sha256, wording);
        Self {
            scheme,
            changes: Changes::new(&case),
            filing: Filing::new(scheme, case, today),
            page: PageState::new(),
            draft: Draft::new(),
            host: Host::new(),
        }
    }

    /// The scheme.
    pub fn policy(self) -> Arc<Policy> {
        self.scheme.policy()
    }

    /// The day it is now. What is shown by it is shown anew on the next day.
    pub fn today(self) -> Date {
        self.filing.day.get()
    }

    /// What a message says; nothing once the page was taken away.
    #[inline(never)]
    pub fn text(&self, text: Text) -> String {
        let says = |wording: &Arc<Wording>| wording.text(text).to_owned();
        self.scheme.wording.try_with_value(says).unwrap_or_default()
    }

    /// What a message says with its slots filled.
    pub fn say<const COUNT: usize>(&self, message: Message<&dyn Display, COUNT>) -> String {
        let filled = |wording: &Arc<Wording>| wording.fill(message);
        self.scheme.wording.try_with_value(filled).unwrap_or_default()
    }

    /// Names in a row, each to be told from the next.
    pub fn names_in_row<Name: AsRef<str>>(&self, names: &[Name]) -> String {
        listed_by(&self.text(messages::common::list_comma()), names)
    }

    /// What a message says with views in its slots.
    pub fn weave<const COUNT: usize>(&self, message: Message<AnyView, COUNT>) -> Vec<AnyView> {
        let mut slots = message.slots.map(Some);
        let text = self.text(message.text);
        let woven = parts(&text).into_iter().filter_map(|part| match part {
            Part::Text(text) => Some(text.to_owned().into_any()),
            Part::Slot(number) => slots.get_mut(number.parse::<usize>().ok()?)?.take(),
        });
        woven.collect()
    }

    /// Opens the place where a fact, a form field, a question of the narrative or
    /// the day on which heads are counted is asked.
    pub fn open_place(self, id: &str) {
        let policy = self.policy();
        if policy.field(id).is_some() {
            self.page.open_field(id);
        } else if policy.narrative_fields.iter().any(|field| field.id == id) {
            // Beside the score sheet these are not asked.
            if self.page.arrangement.get_untracked() == Arrangement::ByScoreSheet {
                self.page.arrangement.set(Arrangement::One);
            }
            self.show_paper_of(id);
            self.page
                .open(Step::Questions, Some(format!("[data-narrative=\"{id}\"]")));
        } else if id == CUTOFF {
            self.page
                .open(Step::Questions, Some(format!("[data-case=\"{CUTOFF}\"]")));
        } else {
            self.open_fact(id);
        }
    }

    /// Opens the place where a fact is asked; where one of the items that are listed for it
    /// has no name or a date that is none, the entry of that.
    pub fn open_fact(self, id: &str) {
        self.show_paper_of(id);
        let today = self.today();
        let wrong = self.filing.case.with_untracked(|case| {
            let mut items = (1_usize..).zip(&case.fact_details.get(id)?.items);
            items.find_map(|(row, item)| {
                let is_nameless = !item.is_empty() && !item.counts();
                let entry = if is_nameless {
                    Some(1)
                } else {
                    item.date_fault(today).map(|_| 2)
                };
                Some((row, entry?))
            })
        });
        let place = match wrong {
            Some((row, entry)) => format!(
                "[data-items=\"{id}\"] .items__row:nth-child({row}) .items__entry:nth-child({entry}) input"
            ),
            None => format!("[data-fact=\"{id}\"]"),
        };
        self.page.open(Step::Questions, Some(place));
    }

    /// Has the paper that answers a fact or a question of the narrative be the one that is shown.
    fn show_paper_of(self, id: &str) {
        let policy = self.policy();
        if let Some(place) = policy.groups.iter().position(|group| group.asks(id)) {
            self.page.paper.set(place);
        }
    }

    /// The id of the paper that is open where they are shown one at a time.
    pub fn open_paper_id(self) -> String {
        let policy = self.policy();
        let group = policy.groups.get(self.page.paper.get());
        group.map_or_else(String::new, |group| group.id.clone())
    }

    /// Opens one of the papers, which are shown one at a time or one under the other.
    pub fn open_paper(self, place: usize) {
        let policy = self.policy();
        let Some(group) = policy.groups.get(place) else {
            return;
        };
        self.page.paper.set(place);
        self.page
            .open(Step::Questions, Some(format!("#g-{} h3", group.id)));
    }

    /// Tells something at the top of the page, with a sentence that goes when
    /// the case or what is tried out beside it changes.
    pub fn tell_for_now(self, wrong: bool, text: impl Into<String>, passing: String) {
        self.page.tell(wrong, text);
        let passing = Passing {
            text: passing,
            assessment: self.filing.assessment.get_untracked(),
            scratch: self.page.scratch.get_untracked(),
        };
        self.page.notice.update(|notice| {
            notice
                .iter_mut()
                .for_each(|notice| notice.passing = Some(passing.clone()))
        });
    }

    /// The reason of the row at a place, and to what it was lowered from there.
    pub fn row_words(self, place: RowIdx) -> String {
        let reason = self.filing.row_reason(place);
        match self.lowered_words(place) {
            Some(lowered) => reason + &self.text(messages::common::semicolon()) + &lowered,
            None => reason,
        }
    }

    /// To what the row at a place was lowered: what counts, and not what was typed.
    pub fn lowered_words(self, place: RowIdx) -> Option<String> {
        let own = self.filing.assessment.with(|assessment| {
            let row = &assessment.rows[place];
            row.is_lowered().then_some(row.figures.own)
        })?;
        Some(self.say(messages::rows::lowered(&own)))
    }

    /// What a step is called in the task list. The papers go by the scheme's own marks.
    pub fn step_name(self, step: Step) -> String {
        let policy = self.policy();
        match step {
            Step::Precheck => self.text(messages::steps::precheck()),
            Step::Questions => self.text(messages::steps::questions()),
            Step::Form => self.say(messages::steps::form(&policy.recommendation_form.mark)),
            Step::Eligibility => self.text(messages::steps::eligibility()),
            Step::Score => self.say(messages::steps::score(&policy.score_sheet.mark)),
            Step::Evidence => self.text(messages::steps::evidence()),
            Step::Review => self.text(messages::steps::review()),
        }
    }

    /// Why a state is in the history of its case, for the user.
    pub fn reason(self, reason: Option<&Reason>) -> String {
        let text = |wording: &Arc<Wording>| Some(reason?.text(wording, moment_in_words));
        self.scheme
            .wording
            .try_with_value(text)
            .flatten()
            .unwrap_or_default()
    }

    /// Why a file is not opened, for the user.
    #[inline(never)]
    pub fn refused(&self, fault: &NotACaseFile) -> String {
        let shown = |wording: &Arc<Wording>| fault.shown(wording);
        self.scheme.wording.try_with_value(shown).unwrap_or_default()
    }
}
