//! The addresses of the page's places: a step, a paper or another arrangement of
//! the questions, a part of the score step. The loader holds them against the
//! history of the browser where it may (`addresses` in web/aid.js).

use leptos::prelude::*;

use super::session::{Arrangement, Aside, Asking, DraftStatus, Session};
use super::step::{ScorePart, Step};
use crate::wording::messages;

impl Session {
    /// The address of the open place, as `questions/payroll`.
    pub fn address(self) -> String {
        if let Some(aside) = self.page.aside.get() {
            return aside.id().to_owned();
        }
        let step = self.page.step.get();
        let part = match step {
            Step::Questions => match self.page.arrangement.get() {
                Arrangement::One => self.open_paper_id(),
                other => other.id().to_owned(),
            },
            Step::Score if self.page.score_part.get() != ScorePart::default() => {
                self.page.score_part.get().id().to_owned()
            }
            _ => return step.id().to_owned(),
        };
        format!("{}/{part}", step.id())
    }

    /// Opens the place of an address; one that names none leaves the open one.
    pub fn open_address(self, address: &str) {
        let (step, part) = address.split_once('/').unwrap_or((address, ""));
        if untrack(|| self.address()) == address {
            return;
        }
        // What is asked is asked of the place that is left.
        self.page.asking.set(None);
        if let Some(aside) = Aside::ALL.into_iter().find(|aside| aside.id() == address) {
            self.show_aside(aside);
            return;
        }
        let Some(step) = Step::from_id(step) else {
            return;
        };
        // Before the page is drawn there is nothing to have the focus.
        let is_drawn = self.page.main.get_untracked().is_some();
        let policy = self.policy();
        let mut heading = None;
        if step == Step::Questions {
            let paper = policy.groups.iter().position(|group| group.id == part);
            let arrangement = Arrangement::from_id(part).or(paper.map(|_| Arrangement::One));
            if let Some(place) = paper {
                self.page.paper.set(place);
                heading = Some(format!("#g-{part} h3"));
            }
            if let Some(arrangement) = arrangement {
                self.page.arrangement.set(arrangement);
            }
        }
        let is_other = step != self.page.step.get_untracked() || self.page.aside.get_untracked().is_some();
        match heading {
            Some(heading) if is_drawn => self.page.open(step, Some(heading)),
            // A step that is opened has its heading focused, or what is wrong in it.
            _ if is_other => self.page.open(step, None),
            _ if is_drawn => self.page.focus("h2"),
            _ => {}
        }
        if step == Step::Score {
            let part = ScorePart::ALL.into_iter().find(|one| one.id() == part);
            self.page.score_part.set(part.unwrap_or_default());
        }
    }

    /// Shows what stands in place of a step.
    fn show_aside(self, aside: Aside) {
        match aside {
            Aside::Tables => self.page.open_aside(aside, "h2"),
            Aside::Desk => self.open_desk(),
            Aside::History => self.show_history(),
            // What was not chosen or did not come cannot be shown.
            Aside::Compare if self.page.compared.with_untracked(Vec::is_empty) => self.open_desk(),
            Aside::Merge if self.page.brought.with_untracked(Option::is_none) => self.open_desk(),
            Aside::Compare | Aside::Merge | Aside::Parts => self.page.open_aside(aside, "h2"),
        }
    }

    /// What a view that stands in place of a step is called.
    pub fn aside_name(self, aside: Aside) -> String {
        self.text(match aside {
            Aside::Tables => messages::tables::title(),
            Aside::Desk => messages::cases::title(),
            Aside::History => messages::cases::history_title(),
            Aside::Compare => messages::compare::title(),
            Aside::Merge => messages::merge::title(),
            Aside::Parts => messages::handing::title(),
        })
    }

    /// Whether the page has no storage that outlasts it.
    pub fn keeps_nothing(self) -> bool {
        self.draft.status.with(|status| {
            let kept_in = status.underneath();
            matches!(
                kept_in,
                DraftStatus::Memory | DraftStatus::Public | DraftStatus::Failed
            )
        })
    }

    /// Asks before the page is left, where what it holds is kept nowhere.
    pub fn ask_to_leave(self) {
        if self.would_lose() {
            self.ask_first(Asking::Leave);
        } else {
            self.host.leave();
        }
    }
}

/// Has a case that takes the place of another begin with the first of its papers. What is
/// newer of the same case is looked at where its older state was.
pub fn begin_with_the_first_paper(session: Session) {
    Effect::new(move |before: Option<String>| {
        session.filing.opened.track();
        let id = session.filing.case.with_untracked(|case| case.id.clone());
        if before.is_some_and(|before| before != id) {
            let asked = session.first_paper();
            session.page.paper.set(asked);
        }
        id
    });
}
