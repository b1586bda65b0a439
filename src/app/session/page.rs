//! What the page shows beside the case.

use std::sync::Arc;

use leptos::html::Main;
use leptos::prelude::*;

use super::{
    Arrangement, Arrival, ArrivalResult, Asking, BroughtCase, BroughtTable, ComparedCase, LastingSignal,
    Look, Met, OpenCase, Written,
};
use crate::answers::Adopted;
use crate::app::step::{ScorePart, Step};
use crate::assessment::Assessment;
use crate::browser::{focus_in_place, focus_on, is_in};
use crate::documents::{Paper, PrivateEntries};
use crate::json::Object;

/// What is shown in place of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// 表格
    Tables,
    /// 全部档案
    Desk,
    /// 历史 of the open case.
    History,
    /// 对比
    Compare,
    /// 合并 of what came back into the open case.
    Merge,
    /// 分给同事填
    Parts,
}

impl Aside {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Tables,
        Self::Desk,
        Self::History,
        Self::Compare,
        Self::Merge,
        Self::Parts,
    ];

    /// The id in attributes and in the address.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Tables => "tables",
            Self::Desk => "desk",
            Self::History => "history",
            Self::Compare => "compare",
            Self::Merge => "merge",
            Self::Parts => "parts",
        }
    }

    /// Whether it is of all cases, beside which the result of the open one says nothing.
    pub const fn is_of_all(self) -> bool {
        matches!(self, Self::Desk | Self::Compare)
    }
}

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
    /// What is shown in its place.
    pub aside: LastingSignal<Option<Aside>>,
    /// Whether what was deleted last can be brought back, for as long as its notice stands.
    pub deleted: LastingSignal<bool>,
    /// The open part of the score step.
    pub score_part: LastingSignal<ScorePart>,
    /// 专家模式: whether other readings can be chosen for the case.
    pub expert: LastingSignal<bool>,
    /// How the questions are arranged.
    pub arrangement: LastingSignal<Arrangement>,
    /// Which of the papers is open where the questions are shown paper by paper: its place among the groups.
    pub paper: LastingSignal<usize>,
    /// How the page is shown.
    pub look: LastingSignal<Look>,
    /// Whether `?` shows what keys there are: whoever speaks to the machine may want it off.
    pub hears_question_mark: LastingSignal<bool>,
    /// What is shown at the top.
    pub notice: LastingSignal<Option<Notice>>,
    /// Whether the view was left in which that was said.
    pub is_notice_left: LastingSignal<bool>,
    /// The case that was replaced last, for as long as its notice stands.
    pub replaced: LastingSignal<Option<OpenCase>>,
    /// What is asked before something is done.
    pub asking: LastingSignal<Option<Asking>>,
    /// Which file was not written, and why, in words.
    pub not_saved: LastingSignal<Vec<String>>,
    /// The digest of what another program wrote into that file.
    pub seen_on_disk: StoredValue<String>,
    /// What becomes of private entries in that file.
    pub private_in_file: StoredValue<PrivateEntries>,
    /// The file that is asked about.
    pub met: LastingSignal<Option<Met>>,
    /// What is about to come onto the desk, as long as something is asked of it.
    pub arrivals: LastingSignal<Vec<Arrival>>,
    /// What came of each that came onto the desk last.
    pub results: LastingSignal<Vec<ArrivalResult>>,
    /// What was written onto the desk last, for as long as its notice stands.
    pub written: LastingSignal<Written>,
    /// What was brought into the view of tables.
    pub table: LastingSignal<BroughtTable>,
    /// The cases that are ticked in the list, in the order in which they were.
    pub chosen: LastingSignal<Vec<String>>,
    /// What is compared; nothing before it is chosen.
    pub compared: LastingSignal<Vec<ComparedCase>>,
    /// What is to be merged into the open case.
    pub brought: LastingSignal<Option<BroughtCase>>,
    /// The papers that go into a print or a file, in the order they are bound.
    pub papers: LastingSignal<Vec<Paper>>,
    /// What the answers were that were adopted from a trial last, and the trial itself.
    pub adopted: LastingSignal<Option<(Vec<Adopted>, Object)>>,
    /// The target of the plan, once one was typed.
    pub plan_target: LastingSignal<Option<String>>,
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
            aside: LastingSignal::new(None),
            deleted: LastingSignal::new(false),
            score_part: LastingSignal::new(ScorePart::default()),
            expert: LastingSignal::new(false),
            arrangement: LastingSignal::new(Arrangement::default()),
            paper: LastingSignal::new(0),
            look: LastingSignal::new(Look::default()),
            hears_question_mark: LastingSignal::new(true),
            notice: LastingSignal::new(None),
            is_notice_left: LastingSignal::new(false),
            replaced: LastingSignal::new(None),
            asking: LastingSignal::new(None),
            not_saved: LastingSignal::new(Vec::new()),
            seen_on_disk: StoredValue::new(String::new()),
            private_in_file: StoredValue::new(PrivateEntries::Blank),
            met: LastingSignal::new(None),
            arrivals: LastingSignal::new(Vec::new()),
            results: LastingSignal::new(Vec::new()),
            written: LastingSignal::new(Written::default()),
            table: LastingSignal::new(BroughtTable::default()),
            chosen: LastingSignal::new(Vec::new()),
            compared: LastingSignal::new(Vec::new()),
            brought: LastingSignal::new(None),
            papers: LastingSignal::new(Paper::OFFICIAL.to_vec()),
            adopted: LastingSignal::new(None),
            plan_target: LastingSignal::new(None),
            scratch: LastingSignal::new(Object::new()),
            wanted: StoredValue::new(None),
        }
    }

    /// Forgets what came from files or tables, and was asked about or told.
    pub fn forget_arrivals(self) {
        self.met.set(None);
        self.arrivals.set(Vec::new());
        self.results.set(Vec::new());
        self.written.set(Written::default());
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

    /// Puts the focus on the heading of the view without going there: what had it is gone.
    pub fn focus_heading(self) {
        request_animation_frame(move || {
            if let Some(main) = self.main.try_get_untracked().flatten() {
                focus_in_place(&main, "h2");
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
        if self.step.get_untracked() != step || self.aside.with_untracked(Option::is_some) {
            self.leave_said();
        }
        self.leave_aside();
        self.step.set(step);
    }

    /// Opens what is shown in place of a step.
    pub fn open_aside(self, aside: Aside, focus: &str) {
        if self.aside.get_untracked() != Some(aside) {
            self.leave_said();
        }
        self.aside.set(Some(aside));
        self.focus(focus);
    }

    /// Closes what is shown in place of the step.
    pub fn close_aside(self) {
        self.leave_aside();
        self.focus("h2");
    }

    /// Leaves what was said in the view that is left, unless it went wrong or offers a way back.
    fn leave_said(self) {
        let offers_way_back = self.deleted.get_untracked()
            || self.replaced.with_untracked(Option::is_some)
            || self.written.with_untracked(Written::count) > 0;
        let is_wrong = |notice: &Option<Notice>| notice.as_ref().is_none_or(|notice| notice.wrong);
        if !offers_way_back && !self.notice.with_untracked(is_wrong) {
            self.notice.set(None);
        } else {
            self.is_notice_left.set(true);
        }
    }

    /// To set what is not set would draw the step anew.
    fn leave_aside(self) {
        if self.aside.with_untracked(Option::is_some) {
            self.aside.set(None);
        }
    }

    /// Opens the place where a form field is entered.
    pub fn open_field(self, id: &str) {
        self.open(Step::Form, Some(format!("[data-field=\"{id}\"]")));
    }

    /// Opens the place where a row is explained.
    pub fn open_row(self, id: &str) {
        self.open(Step::Score, Some(format!("[data-row=\"{id}\"] summary")));
    }

    /// Opens the place where a condition of entry is explained.
    pub fn open_rule(self, id: &str) {
        self.open(Step::Eligibility, Some(format!("[data-rule=\"{id}\"] summary")));
    }

    /// Opens the place where a doubt is shown.
    pub fn open_doubt(self, id: &str) {
        self.open(Step::Score, Some(format!("[data-doubt=\"{id}\"] h4")));
        self.score_part.set(ScorePart::Doubts);
    }

    /// Tells something at the top of the page. What failed replaced nothing, and has no
    /// way back beside it.
    pub fn tell(self, wrong: bool, text: impl Into<String>) {
        if !wrong {
            self.replaced.set(None);
            self.deleted.set(false);
            // What is still listed as written can still be taken back.
            if self.results.with_untracked(Vec::is_empty) {
                self.written.set(Written::default());
            }
        }
        self.is_notice_left.set(false);
        self.notice.set(Some(Notice {
            wrong,
            text: text.into(),
            passing: None,
        }));
    }
}
