//! What is said above the page, of what was done and of the draft, and the ways on from it.

use leptos::prelude::*;

use super::rule_change_bar;
use crate::app::export::Export;
use crate::app::live::{live, on_press};
use crate::app::session::{Aside, Notice, Session, Written};
use crate::desk::Frozen;
use crate::wording::{Text, messages};

/// What is shown at the top, until it is put away.
pub fn notice_bar(session: Session) -> AnyView {
    let holds = Memo::new(move |_| {
        session.page.notice.with(|notice| {
            let passing = notice.as_ref()?.passing.as_ref()?;
            let is_so = *passing.assessment == *session.filing.assessment.get()
                && session.page.scratch.with(|scratch| *scratch == passing.scratch);
            is_so.then(|| passing.text.clone())
        })
    });
    let is_over = Memo::new(move |_| {
        let is_passing = |notice: &Notice| notice.text.is_empty() && holds.get().is_none();
        session
            .page
            .notice
            .with(|notice| notice.as_ref().is_some_and(is_passing))
    });
    let shown = move || {
        let notice = session.page.notice.get().filter(|_| !is_over.get());
        notice.map(|notice| notice_view(session, notice, holds))
    };
    // What is known of the draft changes with each save, and why it is frozen seldom.
    let frozen = Memo::new(move |_| session.draft.frozen());
    view! {
        <div class="notice-place" role="alert" data-notice="">{live(shown)} {rule_change_bar(session)}</div>
        <div class="notice-place" role="alert" data-frozen="">
            {move || frozen.get().map(|why| frozen_bar(session, why))}
        </div>
    }
    .into_any()
}

/// A notice, with what still holds of it and the ways back from what it reports.
fn notice_view(session: Session, notice: Notice, holds: Memo<Option<String>>) -> AnyView {
    let class = if notice.wrong { "notice is-bad" } else { "notice" };
    let way_back = move || {
        session.page.replaced.with(Option::is_some).then(|| {
            view! {
                <button
                    type="button"
                    class="link"
                    data-action="bring-back"
                    on:click=on_press(move |_| session.bring_back())
                >
                    {session.text(messages::header::bring_back())}
                </button>
            }
            .into_any()
        })
    };
    let undelete = move || {
        session.page.deleted.get().then(|| {
            action(
                session,
                "undelete-case",
                messages::header::undelete(),
                Session::undelete,
            )
        })
    };
    let take_back = move || {
        // On the desk it stands beside the list of what was written.
        let is_listed = session.page.aside.get() == Some(Aside::Desk)
            && session.page.results.with(|results| !results.is_empty());
        (!is_listed && session.page.written.with(Written::count) > 0).then(|| {
            action(
                session,
                "take-back",
                messages::header::take_back(),
                Session::take_back,
            )
        })
    };
    let raw = move || {
        let is_shown = notice.wrong && session.draft.unreadable.with(|texts| !texts.is_empty());
        is_shown.then(|| export_raw(session))
    };
    let put_away = move |_| {
        session.page.notice.set(None);
        session.page.replaced.set(None);
        session.page.deleted.set(false);
        session.page.written.set(Written::default());
    };
    view! {
        <div class=class>
            <p>
                {notice.text} {move || holds.get()} " "
                {live(way_back)} {live(undelete)} {live(take_back)} {live(raw)}
            </p>
            <button type="button" class="btn btn--quiet" on:click=on_press(put_away)>
                {session.text(messages::header::understood())}
            </button>
        </div>
    }
    .into_any()
}

/// A button that has the session do something, beside what is said.
pub fn action(session: Session, name: &'static str, label: Text, act: fn(Session)) -> AnyView {
    view! {
        <button
            type="button"
            class="btn btn--small"
            data-action=name
            on:click=on_press(move |_| act(session))
        >
            {session.text(label)}
        </button>
    }
    .into_any()
}

/// Why the page no longer keeps the draft, and what can be done.
fn frozen_bar(session: Session, why: Frozen) -> AnyView {
    let save_copy = || {
        action(session, "save-copy", messages::header::save_copy(), |session| {
            session.begin_export(Export::Json);
        })
    };
    let load_latest = || {
        action(
            session,
            "load-latest",
            messages::header::load_latest(),
            Session::load_latest,
        )
    };
    let save_again = || {
        action(
            session,
            "save-again",
            messages::header::save_again(),
            Session::save_again,
        )
    };
    let (text, ways) = match why {
        Frozen::Stale => (messages::header::stale(), vec![load_latest(), save_copy()]),
        Frozen::Wiped => (messages::header::wiped(), vec![save_again(), save_copy()]),
        Frozen::Newer => (messages::header::newer(), vec![export_raw(session)]),
    };
    view! { <div class="notice is-bad"><p>{session.text(text)}</p><div>{ways}</div></div> }.into_any()
}

/// The way to what could not be read, as it is.
pub fn export_raw(session: Session) -> AnyView {
    action(
        session,
        "export-raw",
        messages::header::export_raw(),
        Session::export_raw,
    )
}
