//! What a host is shown: figures and states, never who applies.

use std::rc::Rc;

use leptos::prelude::{Effect, Get, With};

use crate::app::{Export, HandedOver, Listener, Session, Step};
use crate::assessment::{Progress, Progresses};
use crate::json::Json;

/// The name of the event that tells the result.
const CHANGE: &str = "assessment-change";
/// The name of the event that tells an export.
const EXPORT: &str = "assessment-export";
/// The name of the event that tells what went wrong.
const ERROR: &str = "assessment-error";
/// The name by which the loader is handed a file; it is no event.
const HAND_OVER: &str = "hand-over";
/// The name by which the loader is told the open place, and whether nothing is kept.
const PLACE: &str = "place";
/// The name by which the loader is told that the page may be left.
const LEAVE: &str = "leave";

/// Calls `tell` with the name of an event and its detail as JSON whenever the
/// result, the progress or the step changes, and after each export.
pub(super) fn keep_telling(session: Session, tell: impl Fn(&str, String) + 'static) {
    let tell = Rc::new(tell);
    let tell_change = Rc::clone(&tell);
    Effect::new(move |shown: Option<String>| {
        let detail = result(session);
        if shown.as_ref() != Some(&detail) {
            tell_change(CHANGE, detail.clone());
        }
        detail
    });
    let tell_place = Rc::clone(&tell);
    Effect::new(move |_| {
        let detail = Json::object([
            ("address", Json::text(session.address())),
            ("unkept", Json::Bool(session.keeps_nothing())),
        ]);
        tell_place(PLACE, detail.to_line());
    });
    session.host.listen(Teller(tell));
}

/// Tells the host, by the name of an event and its detail.
struct Teller<Tell>(Rc<Tell>);

impl<Tell: Fn(&str, String) + 'static> Listener for Teller<Tell> {
    fn hand_over(&self, file: HandedOver) {
        let detail = Json::object([
            ("name", Json::text(file.name)),
            ("mime", Json::text(file.mime)),
            ("text", Json::text(file.text)),
            ("share", Json::Bool(file.share)),
        ]);
        (self.0)(HAND_OVER, detail.to_line());
    }

    fn exported(&self, export: Export) {
        let detail = Json::object([("kind", Json::text(export.id()))]);
        (self.0)(EXPORT, detail.to_line());
    }

    fn leave(&self) {
        (self.0)(LEAVE, String::from("null"));
    }
}

/// Calls `tell` where the page stands without the case file that it was given.
pub(super) fn tell_refused_case(tell: impl Fn(&str, String), sentence: &str) {
    let detail = Json::object([
        ("reason", Json::text("case")),
        ("message", Json::text(sentence)),
        ("cause", Json::text(sentence)),
    ]);
    tell(ERROR, detail.to_line());
}

/// The result in figures. Names, numbers of identity and accounts have no place in it.
fn result(session: Session) -> String {
    let step = session.page.step.get();
    let progress = session.filing.progress.with(|progress| steps(progress));
    session.filing.assessment.with(|assessment| {
        let total = assessment.total;
        let range = Json::object([
            ("strict", Json::number(total.strict)),
            ("lenient", Json::number(total.lenient)),
        ]);
        Json::object([
            ("total", Json::number(total.own)),
            ("range", range),
            ("ceiling", Json::number(assessment.ceiling)),
            ("eligibility", Json::text(assessment.overall.chosen.id())),
            ("step", Json::text(step.id())),
            ("progress", progress),
        ])
        .to_line()
    })
}

/// How far each step has come, by its id.
fn steps(progress: &Progresses) -> Json {
    let of = |step: Step, progress: &Progress| {
        let counts = Json::object([
            ("done", Json::number(progress.done)),
            ("all", Json::number(progress.all)),
            ("faults", Json::number(progress.faults)),
        ]);
        (step.id(), counts)
    };
    Json::object([
        of(Step::Precheck, &progress.precheck),
        of(Step::Questions, &progress.questions),
        of(Step::Form, &progress.form),
        of(Step::Eligibility, &progress.eligibility),
        of(Step::Score, &progress.score),
        of(Step::Evidence, &progress.evidence),
    ])
}
