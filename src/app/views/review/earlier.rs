//! 找回: the history of the open case, and the other cases of the desk.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::answers::{Case, FactState};
use crate::app::components::{Kind, button, export_raw};
use crate::app::live::{live, on_change};
use crate::app::session::{Opening, Session};
use crate::assessment::{answers_in_state, assess};
use crate::browser::moment_in_words;
use crate::desk::{HistoryEntry, Reason, Stamp};
use crate::json::{Excerpt, Json};
use crate::wording::messages;

/// 找回: the history of the open case, and the other cases of the desk.
pub(super) fn earlier_states(session: Session) -> AnyView {
    let is_open = RwSignal::new(false);
    let found = move || {
        let entries = session.draft.entries.get().filter(|_| is_open.get())?;
        // The newest state without the plans that the case holds now.
        let planned = session
            .filing
            .case
            .with_untracked(|open| answers_in_state(open, FactState::Planned));
        let mut is_wanted = planned > 0;
        let entries = entries.into_iter().rev().filter_map(|entry| {
            let (case, _) = session.case_in(&entry)?;
            let is_before_plan = is_wanted && answers_in_state(&case, FactState::Planned) < planned;
            is_wanted &= !is_before_plan;
            Some(earlier_state(session, entry, &case, is_before_plan))
        });
        let mut lines: Vec<AnyView> = entries.collect();
        let mut cases = session.draft.cases.get().unwrap_or_default();
        cases.retain(|stamp| !session.draft.is_open(&stamp.case));
        cases.sort_by_key(|stamp| core::cmp::Reverse(stamp.at));
        lines.extend(cases.into_iter().map(|stamp| other_case(session, stamp)));
        let raw = session.draft.unreadable.with(Vec::len);
        let unreadable = (raw > 0).then(|| {
            let shown = session.say(messages::saving::draft_parts_unreadable(&raw));
            view! { <p class="earlier__none">{shown} " " {export_raw(session)}</p> }.into_any()
        });
        let readable = if lines.is_empty() {
            view! { <p class="earlier__none">{session.text(messages::review::no_earlier())}</p> }.into_any()
        } else {
            view! { <ul class="exports">{lines}</ul> }.into_any()
        };
        Some(view! { {readable} {unreadable} }.into_any())
    };
    let toggled = move |event: leptos::ev::Event| {
        let details: web_sys::HtmlDetailsElement = event_target(&event);
        is_open.set(details.open());
        if details.open() {
            session.find_earlier();
        }
    };
    view! {
        <details class="group earlier" data-earlier="" on:toggle=on_change(toggled)>
            <summary>{session.text(messages::review::earlier())}</summary>
            {live(found)}
        </details>
    }
    .into_any()
}

/// A state that was kept: whose case it is, of when, what it scores, and why it is there.
fn earlier_state(session: Session, entry: HistoryEntry, case: &Case, is_before_plan: bool) -> AnyView {
    let policy = session.policy();
    // Where the reason says so, no badge says it again.
    let is_said = entry.stamp.reason == Some(Reason::BeforeAdopting);
    let mark = (is_before_plan && !is_said).then(|| {
        view! { <span class="badge">{session.text(messages::review::before_plan())}</span> }.into_any()
    });
    let total = assess(&policy, case).total.own.to_string();
    let shown = line_of(session, case.name(&policy), entry.stamp.at, &total);
    let reason = session.reason(entry.stamp.reason.as_ref());
    bringing(
        session,
        view! { {shown} " " {reason} " " {mark} }.into_any(),
        move |_| {
            session.bring_earlier(&entry);
        },
    )
}

/// Another case of the desk.
fn other_case(session: Session, stamp: Stamp) -> AnyView {
    let member = |name: &str| stamp.summary.get(name);
    let name = member("name").and_then(Json::as_text).unwrap_or_default();
    let total = member("total").map(Json::to_line).unwrap_or_default();
    let shown = line_of(session, name, stamp.at, &total);
    bringing(session, shown.into_any(), move |_| {
        session.open_from_desk(stamp.case.clone(), Opening::Earlier);
    })
}

fn line_of(session: Session, name: &str, at: u64, total: &str) -> String {
    let name = if name.is_empty() {
        session.text(messages::actions::unnamed_case())
    } else {
        Excerpt::name(name).to_string()
    };
    session.say(messages::review::earlier_state(
        &name,
        &moment_in_words(at),
        &total,
    ))
}

/// A line with the way to have it back.
fn bringing(session: Session, shown: AnyView, bring: impl FnMut(MouseEvent) + 'static) -> AnyView {
    view! {
        <li>
            {button(session, Kind::Plain, "bring-earlier", messages::review::bring_earlier(), bring)}
            <span>{shown}</span>
        </li>
    }
    .into_any()
}
