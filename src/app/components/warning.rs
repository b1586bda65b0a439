//! A warning, which the user fixes or, having looked, lets stand.

use leptos::prelude::*;

use super::{Kind, button, link};
use crate::answers::Case;
use crate::app::session::Session;
use crate::assessment::Remark;
use crate::wording::messages;

/// A remark at a fact, a form field or a question of the narrative, with the ways
/// that lead on. That an answer is not used nobody can let stand.
pub fn remark_note(session: Session, at: &str, remark: Remark, way: Option<AnyView>) -> AnyView {
    if remark.is_unused {
        return view! { <p class="warn">{remark.text} " " {way}</p> }.into_any();
    }
    // What was let stand at the other place is taken back there or here.
    let is_settled_here = |case: &Case| case.is_acknowledged(at, &remark.text);
    let settled_at = session.filing.case.with(|case| {
        let is_elsewhere = remark.is_settled(case) && !is_settled_here(case);
        remark.with.clone().filter(|_| is_elsewhere)
    });
    warning(session, settled_at.as_deref().unwrap_or(at), remark.text, way)
}

/// A warning at a fact or form field, with the way that fixes it and a button to let it stand.
pub fn warning(session: Session, at: &str, text: String, way: Option<AnyView>) -> AnyView {
    let (at, settled) = (
        at.to_owned(),
        session.filing.case.with(|case| case.is_acknowledged(at, &text)),
    );
    let words = text.clone();
    if settled {
        let withdraw = move |_| {
            session
                .filing
                .case
                .update(|case| case.withdraw_acknowledgement(&at, &text));
        };
        let take_back = messages::common::take_back();
        let take_back = button(
            session,
            Kind::Link,
            "withdraw-acknowledgement",
            take_back,
            withdraw,
        );
        return view! {
            <p class="warn is-settled">
                <span aria-hidden="true">"✓ "</span>
                {session.text(messages::warning::settled())} {words} " "
                {take_back}
            </p>
        }
        .into_any();
    }
    let acknowledge = move |_| session.filing.case.update(|case| case.acknowledge(&at, &text));
    view! {
        <p class="warn">
            {words} " " {way} " "
            {button(session, Kind::Link, "acknowledge", messages::warning::let_stand(), acknowledge)}
        </p>
    }
    .into_any()
}

/// A way to the answer or entry with which another one does not agree.
pub fn way_to_other(session: Session, other: String) -> AnyView {
    link(session.text(messages::common::see_other()), move |_| {
        session.open_place(&other);
    })
}
