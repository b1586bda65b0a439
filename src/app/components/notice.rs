//! What is said above the page, of what was done and of the draft, and the ways on from it.

use leptos::prelude::*;

use super::{Kind, button, button_saying, rule_change_bar};
use crate::app::export::Export;
use crate::app::live::live;
use crate::app::session::{Notice, Session, Written};
use crate::desk::Frozen;
use crate::documents::has_rule_changes;
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
    // What is known of the draft changes with each save, and why it is frozen seldom.
    let frozen = Memo::new(move |_| session.draft.frozen());
    let shown = move || {
        let notice = session.page.notice.get().filter(|_| !is_over.get());
        // Where nothing can be changed any more, what was done before it is over.
        let notice = notice.filter(|notice| notice.wrong || frozen.get().is_none());
        notice.map(|notice| notice_view(session, notice, holds))
    };
    // What moved by other rules is a list, and what was said in another view is known by
    // now: both would lie over what one works on.
    let class = move || {
        let has_list = session.filing.file_others.with(has_rule_changes);
        if has_list || session.page.is_notice_left.get() {
            "notice-place"
        } else {
            "notice-place is-in-sight"
        }
    };
    view! {
        <div class=live(class) role="alert" data-notice="">{live(shown)} {rule_change_bar(session)}</div>
        <div class="notice-place is-in-sight" role="alert" data-frozen="">
            {move || frozen.get().map(|why| frozen_bar(session, why))}
        </div>
    }
    .into_any()
}

/// A notice, with what still holds of it and the ways back from what it reports.
fn notice_view(session: Session, notice: Notice, holds: Memo<Option<String>>) -> AnyView {
    let class = if notice.wrong { "notice is-bad" } else { "notice" };
    // What failed replaced nothing: a way back beside it would be one from something else.
    let way_back = move || {
        let is_offered = !notice.wrong && session.page.replaced.with(Option::is_some);
        is_offered.then(|| {
            let act = move |_| session.bring_back();
            // What stands in the place of a state of the same case is put away by it.
            let label = if session.has_replaced_state() {
                messages::header::bring_back_state()
            } else {
                messages::header::bring_back()
            };
            button(session, Kind::Link, "bring-back", label, act)
        })
    };
    let undelete = move || {
        // Beside what went wrong elsewhere it would seem to be of that.
        (session.page.deleted.get() && (!notice.wrong || session.shows_desk())).then(|| {
            let act = move |_| session.undelete();
            button(
                session,
                Kind::Small,
                "undelete-case",
                messages::header::undelete(),
                act,
            )
        })
    };
    let take_back = move || {
        // What was listed is taken back beside the list: here it would stand beside what
        // else is said meanwhile, and seem to be of that.
        let is_listed = session.page.results.with(|results| !results.is_empty());
        (!is_listed && session.page.written.with(Written::count) > 0).then(|| {
            let act = move |_| session.take_back();
            button(
                session,
                Kind::Small,
                "take-back",
                messages::header::take_back(),
                act,
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
        session.page.focus_heading();
    };
    let understood = session.text(messages::header::understood());
    view! {
        <div class=class>
            <p>
                {notice.text} {move || holds.get()} " "
                {live(way_back)} {live(undelete)} {live(take_back)} {live(raw)}
            </p>
            {button_saying(Kind::Quiet, None, understood, put_away)}
        </div>
    }
    .into_any()
}

/// Why the page no longer keeps the draft, and what can be done.
fn frozen_bar(session: Session, why: Frozen) -> AnyView {
    let way = |action: &'static str, label: Text, act: fn(Session)| {
        button(session, Kind::Small, action, label, move |_| act(session))
    };
    let save_copy = || {
        way("save-copy", messages::header::save_copy(), |session| {
            session.begin_export(Export::Json);
        })
    };
    let load_latest = || {
        way(
            "load-latest",
            messages::header::load_latest(),
            Session::load_latest,
        )
    };
    let save_again = || way("save-again", messages::header::save_again(), Session::save_again);
    let (text, ways) = match why {
        Frozen::Stale => (messages::header::stale(), vec![load_latest(), save_copy()]),
        Frozen::Wiped => (messages::header::wiped(), vec![save_again(), save_copy()]),
        Frozen::Newer => (messages::header::newer(), vec![export_raw(session)]),
    };
    view! { <div class="notice is-bad"><p>{session.text(text)}</p><div>{ways}</div></div> }.into_any()
}

/// The way to what could not be read, as it is.
pub fn export_raw(session: Session) -> AnyView {
    let act = move |_| session.export_raw();
    button(
        session,
        Kind::Small,
        "export-raw",
        messages::header::export_raw(),
        act,
    )
}
