//! What the page shows beside the case.

use std::sync::Arc;

use leptos::html::Main;
use leptos::prelude::*;

use super::{Arrangement, Asking, LastingSignal, Look, OpenCase};
use crate::answers::Adopted;
use crate::app::step::{ScorePart, Step};
use crate::assessment::Assessment;
use crate::browser::{focus_on, is_in};
use crate::documents::Paper;
use crate::json::Object;

/// Something to tell the user at the top of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Whether it is about something that went wrong.
    pub wrong: bool,
    /// What is said as long as it stands.
    pub text: String,
    /// What is said only as long as it holds.
    pub passing: Option<Passing>,
}

/// A sentence that quotes a figure or a state, and what it was said of: it goes
/// with the first change, for beside other figures it would be untrue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passing {
    /// What is said.
    pub text: String,
    /// What the case came to.
    pub assessment: Arc<Assessment>,
    /// What was tried out beside it.
    pub scratch: Object,
}

/// What the page shows.
#[derive(Clone, Copy)]
pub struct PageState {
    /// Where the view of the open step stands.
    pub main: NodeRef<Main>,
    /// The open step.
    pub step: LastingSignal<Step>,
    /// The open part of the score step.
    pub score_part: LastingSignal<ScorePart>,
    /// 专家模式: whether other readings can be chosen for the case.
    pub expert: LastingSignal<bool>,
    /// How the questions are arranged.
    pub arrangement: LastingSignal<Arrangement>,
    /// How the page is shown.
    pub look: LastingSignal<Look>,
    /// What is shown at the top.
    pub notice: LastingSignal<Option<Notice>>,
    /// The case that was replaced last, for as long as its notice stands.
    pub replaced: LastingSignal<Option<OpenCase>>,
    /// What is asked before something is done.
    pub asking: LastingSignal<Option<Asking>>,
    /// The papers that go into a print or a file, in the order they are bound.
    pub papers: LastingSignal<Vec<Paper>>,
    /// What the answers were that were adopted from a trial last, and the trial itself.
    pub adopted: LastingSignal<Option<(Vec<Adopted>, Object)>>,
    /// Answers that are tried out beside the case (试算), by fact id; null for none.
    pub scratch: LastingSignal<Object>,
    /// A selector of what shall have the focus once the view stands.
    wanted: StoredValue<Option<String>>,
}

impl PageState {
    pub(super) fn new() -> Self {
        Self {
            main: NodeRef::new(),
            step: LastingSignal::new(Step::default()),
            score_part: LastingSignal::new(ScorePart::default()),
            expert: LastingSignal::new(false),
            arrangement: LastingSignal::new(Arrangement::default()),
            look: LastingSignal::new(Look::default()),
            notice: LastingSignal::new(None),
            replaced: LastingSignal::new(None),
            asking: LastingSignal::new(None),
            papers: LastingSignal::new(Paper::OFFICIAL.to_vec()),
            adopted: LastingSignal::new(None),
            scratch: LastingSignal::new(Object::new()),
            wanted: StoredValue::new(None),
        }
    }

    /// Puts the focus where the selector says, once the view stands.
    pub fn focus(self, selector: impl Into<String>) {
        self.wanted.set_value(Some(selector.into()));
        self.put_focus();
    }

    /// Puts the focus where it is wanted, once the view stands. What is in a piece
    /// of the page that has not come is wanted until it has.
    pub fn put_focus(self) {
        // The effects that draw the view run before the next frame.
        request_animation_frame(move || {
            let wanted = self.wanted.try_get_value().flatten();
            if let (Some(selector), Some(main)) = (wanted, self.main.try_get_untracked().flatten())
                && (focus_on(&main, &selector) || !is_in(&main, "[data-awaits]"))
            {
                self.wanted.set_value(None);
            }
        });
    }

    /// Whether the next frame puts the focus somewhere.
    pub fn wants_focus(self) -> bool {
        self.wanted.with_value(Option::is_some)
    }

    /// Opens a step, and once it stands puts the focus where the selector says.
    pub fn open(self, step: Step, focus: Option<String>) {
        match focus {
            Some(selector) => self.focus(selector),
            None => self.wanted.set_value(None),
        }
        self.score_part.set(ScorePart::default());
        self.step.set(step);
    }

    /// Opens the place where a fact is asked.
    pub fn open_fact(self, id: &str) {
        self.open(Step::Questions, Some(format!("[data-fact=\"{id}\"]")));
    }

    /// Opens the place where a form field is entered.
    pub fn open_field(self, id: &str) {
        self.open(Step::Form, Some(format!("[data-field=\"{id}\"]")));
    }

    /// Opens the place where a row is explained.
    pub fn open_row(self, id: &str) {
        self.open(Step::Score, Some(format!("[data-row=\"{id}\"] h4")));
    }

    /// Opens the place where a condition of entry is explained.
    pub fn open_rule(self, id: &str) {
        self.open(Step::Eligibility, Some(format!("[data-rule=\"{id}\"] h3")));
    }

    /// Opens the place where a doubt is shown.
    pub fn open_doubt(self, id: &str) {
        self.open(Step::Score, Some(format!("[data-doubt=\"{id}\"] h4")));
        self.score_part.set(ScorePart::Doubts);
    }

    /// Tells something at the top of the page.
    pub fn tell(self, wrong: bool, text: impl Into<String>) {
        self.replaced.set(None);
        self.notice.set(Some(Notice {
            wrong,
            text: text.into(),
            passing: None,
        }));
    }
}
