//! 自评打分（附件3）: the total with its range, and the parts of the step.

mod advice;
mod doubts;
mod feedback;
mod office_papers;
mod reading_choice;
mod rows;
mod what_if;

use leptos::prelude::*;

use crate::app::components::{range_bar, range_legend, together};
use crate::app::live::{live, on_press};
use crate::app::session::Session;
use crate::app::step::{ScorePart, Step};
use crate::browser::is_mirrored;
use crate::wording::messages;

/// The step: the total, and the part that its tab chooses.
pub fn view(session: Session) -> AnyView {
    let intro = session.say(messages::score::intro(&(session.policy().scheme.score_note)));
    let part = move || part_view(session, session.page.score_part.get());
    let tab = move || format!("score-tab-{}", session.page.score_part.get().id());
    view! {
        {super::heading(session, Step::Score, intro)}
        {total(session)}
        {tabs(session)}
        <div class="part" role="tabpanel" id="score-part" aria-labelledby=live(tab)>{live(part)}</div>
    }
    .into_any()
}

/// The view of a part. A part that is added to [`ScorePart`] gets its line here.
fn part_view(session: Session, part: ScorePart) -> AnyView {
    match part {
        ScorePart::Rows => rows::view(session),
        ScorePart::Advice => advice::view(session),
        ScorePart::WhatIf => what_if::view(session),
        ScorePart::Doubts => doubts::view(session),
    }
}

/// The total, how sure it is, and why.
fn total(session: Session) -> AnyView {
    let range = move || {
        session
            .filing
            .assessment
            .with(|assessment| assessment.range(&session.policy()))
    };
    view! {
        <section class="whole" aria-label=session.text(messages::score::range_label())>
            <div class="whole__figures">
                <b>{move || session.say(messages::score::own(&(range().figures.own)))}</b>
                " "
                // Before anything is counted three noughts say nothing.
                <span>{move || range().tells_apart().then(|| together(&range().readings()))}</span>
            </div>
            {range_bar(Signal::derive(range))}
            {range_legend(session)}
            <p class="note">{move || together(&session.say(messages::score::range(&range().shown())))}</p>
        </section>
    }
    .into_any()
}

/// The tabs: one of them in the order of the keyboard, the arrows move among them.
fn tabs(session: Session) -> AnyView {
    let list: NodeRef<leptos::html::Div> = NodeRef::new();
    let go_to = move |part: ScorePart| {
        session.page.score_part.set(part);
        if let Some(list) = list.get_untracked() {
            crate::browser::focus_on(&list, &format!("[data-score-part=\"{}\"]", part.id()));
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        // The next tab stands to the left where the script runs so.
        let mirrored = list.get_untracked().is_some_and(|list| is_mirrored(&list));
        let open = session.page.score_part.get_untracked();
        if let Some(part) = wanted_tab(open, &event.key(), mirrored) {
            event.prevent_default();
            go_to(part);
        }
    };
    let tab = move |part: ScorePart| {
        let open = move || session.page.score_part.get() == part;
        view! {
            <button
                type="button"
                class="tab"
                role="tab"
                id=format!("score-tab-{}", part.id())
                data-score-part=part.id()
                aria-selected=live(move || if open() { "true" } else { "false" })
                aria-controls="score-part"
                tabindex=live(move || if open() { "0" } else { "-1" })
                on:click=on_press(move |_| session.page.score_part.set(part))
            >
                {session.text(part.label())}
            </button>
        }
        .into_any()
    };
    let tabs: Vec<AnyView> = ScorePart::ALL.map(tab).into_iter().collect();
    view! {
        <div
            class="tabs"
            role="tablist"
            aria-label=session.text(messages::score::parts())
            node_ref=list
            on:keydown=key
        >
            {tabs}
        </div>
    }
    .into_any()
}

/// The tab that a key goes to from the open one.
fn wanted_tab(open: ScorePart, key: &str, mirrored: bool) -> Option<ScorePart> {
    let parts = ScorePart::ALL;
    let at = parts.iter().position(|part| *part == open).unwrap_or_default();
    let last = parts.len() - 1;
    let (next, before) = ((at + 1) % parts.len(), at.checked_sub(1).unwrap_or(last));
    let wanted = match key {
        "ArrowRight" if mirrored => before,
        "ArrowLeft" if mirrored => next,
        "ArrowRight" => next,
        "ArrowLeft" => before,
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    parts.get(wanted).copied()
}
