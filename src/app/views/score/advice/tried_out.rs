//! 放进试算: takes changes into the scratch copy, and says so beside the button with the way on.

use leptos::prelude::*;

use crate::app::components::{Kind, button};
use crate::app::live::live;
use crate::app::session::Session;
use crate::app::step::{ScorePart, Step};
use crate::json::Object;
use crate::wording::messages;

/// What is tried out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tried {
    /// One change, beside what is tried out already.
    Change,
    /// A whole plan, in place of what was tried out before.
    Plan,
}

/// The button that tries answers out, and once they are in the scratch copy the way there.
pub(super) fn try_out(session: Session, answers: Object, tried: Tried) -> AnyView {
    let (kind, action, label, done) = match tried {
        Tried::Change => (
            Kind::Link,
            "try-out",
            messages::advice::try_out(),
            messages::advice::tried_out(),
        ),
        Tried::Plan => (
            Kind::Small,
            "try-plan",
            messages::advice::try_plan(),
            messages::advice::plan_tried_out(),
        ),
    };
    let take = {
        let answers = answers.clone();
        move |_| {
            session.page.scratch.update(|scratch| {
                if tried == Tried::Plan {
                    *scratch = Object::new();
                }
                scratch.extend(answers.clone());
            });
            session.page.tell(false, session.text(done));
        }
    };
    let is_there = Memo::new(move |_| {
        session.page.scratch.with(|scratch| {
            let mut there = answers.iter();
            let is_alone = tried == Tried::Change || scratch.iter().len() == answers.iter().len();
            is_alone && there.all(|(fact, answer)| scratch.get(fact) == Some(answer))
        })
    });
    let go = move |_| {
        let tab = String::from("[data-score-part='what-if']");
        session.page.open(Step::Score, Some(tab));
        session.page.score_part.set(ScorePart::WhatIf);
    };
    let way_on = move || {
        is_there.get().then(|| {
            view! {
                <span class="advice__tried" data-tried="">
                    {session.text(messages::advice::is_tried_out())}
                    " "
                    {button(session, Kind::Link, "open-what-if", messages::advice::open_what_if(), go)}
                </span>
            }
            .into_any()
        })
    };
    view! {
        {button(session, kind, action, label, take)}
        " "
        {live(way_on)}
    }
    .into_any()
}
