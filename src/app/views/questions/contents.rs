//! The list of the papers, with how far each has come.

use leptos::prelude::*;

use super::is_asked;
use crate::app::components::{folded, unfold};
use crate::app::live::{live, on_press};
use crate::app::session::{Arrangement, Session};
use crate::assessment::{Progress, StepState};
use crate::policy::Group;
use crate::wording::messages;

/// The papers with how far each has come. On a narrow page the list is unfolded by a button.
pub fn contents(session: Session) -> AnyView {
    let policy = session.policy();
    let part = session.open_part();
    let groups = policy.groups.iter().enumerate();
    let entries: Vec<AnyView> = groups
        .filter(|(_, group)| is_asked(part.as_ref(), group))
        .map(|(place, group)| contents_entry(session, place, group))
        .collect();
    let is_unfolded = RwSignal::new(false);
    let count = policy.groups.len();
    let now = move || {
        if session.page.arrangement.get() == Arrangement::All {
            return session.text(messages::questions::contents());
        }
        let place = session.page.paper.get();
        let title = session
            .policy()
            .groups
            .get(place)
            .map(|group| group.title.clone());
        session.say(messages::questions::paper_of(
            &count,
            &(place + 1),
            &progress_words(session, group_progress(session, place)),
            &title.unwrap_or_default(),
        ))
    };
    // Whoever has chosen a paper wants to see it, not the list.
    let chosen = move |_| is_unfolded.set(false);
    view! {
        <nav
            class=move || folded("contents", is_unfolded)
            aria-label=session.text(messages::questions::contents())
        >
            {unfold("papers", now, is_unfolded)}
            <ul on:click=on_press(chosen)>{entries}</ul>
        </nav>
    }
    .into_any()
}

pub fn group_progress(session: Session, place: usize) -> Progress {
    session
        .filing
        .progress
        .with(|progress| progress.groups.get(place).copied().unwrap_or_default())
}

pub fn progress_words(session: Session, progress: Progress) -> String {
    match progress.state() {
        StepState::Untouched => session.text(messages::common::not_begun()),
        StepState::Underway => format!("{}/{}", progress.done, progress.all),
        StepState::Done => session.text(messages::common::done()),
        StepState::Faulty => session.say(messages::common::faults(&progress.faults)),
    }
}

fn contents_entry(session: Session, place: usize, group: &Group) -> AnyView {
    let current = move || {
        let is_open = session.page.paper.get() == place && session.page.arrangement.get() == Arrangement::One;
        is_open.then_some("true")
    };
    let class = move || match group_progress(session, place).state() {
        StepState::Done => "contents__state is-done",
        StepState::Faulty => "contents__state is-bad",
        _ => "contents__state",
    };
    // What is done has a mark in place of the word, which is read aloud.
    let state = move || {
        let progress = group_progress(session, place);
        let words = progress_words(session, progress);
        match progress.state() {
            StepState::Done => view! {
                <span aria-hidden="true">"✓"</span>
                <span class="is-spoken">{words}</span>
            }
            .into_any(),
            StepState::Untouched => view! { <span class="is-spoken">{words}</span> }.into_any(),
            StepState::Underway | StepState::Faulty => words.into_any(),
        }
    };
    view! {
        <li>
            <a
                href=format!("#questions/{}", group.id)
                data-paper=group.id.clone()
                aria-current=live(current)
                on:click=on_press(move |event| {
                    event.prevent_default();
                    session.open_paper(place);
                })
            >
                {group.title.clone()}
            </a>
            " "
            <span class=live(class)>{live(state)}</span>
        </li>
    }
    .into_any()
}
