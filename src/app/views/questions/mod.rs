//! 填报数据: every question, by the papers at hand or by the score sheet.

mod arrangements;
mod contents;
mod dates;
mod next_question;
mod paper;
mod rest_zero;

use std::sync::Arc;

use leptos::prelude::*;

pub use self::dates::cutoff_fault;

use self::arrangements::Wanted;
use self::contents::contents;
use self::dates::dates;
use self::next_question::{next_open, open, unchecked};
use crate::app::components::{folded, unfold};
use crate::app::live::{live, on_press};
use crate::app::session::{Arrangement, BroughtTable, Session};
use crate::app::step::Step;
use crate::documents::CasePart;
use crate::policy::{Group, Policy};
use crate::wording::{Text, messages};

/// The step: how its questions are arranged, then the papers or rows with them.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let only_open = RwSignal::new(false);
    let body = move || {
        // What is answered meanwhile stays until the view is drawn anew.
        let wanted = only_open.get().then(|| Arc::new(untrack(|| open(session))));
        let asked = Wanted { session, wanted };
        match session.page.arrangement.get() {
            Arrangement::One => asked.one_paper(session.page.paper.get()),
            Arrangement::All => asked.all_papers(),
            Arrangement::ByScoreSheet => asked.by_score_sheet(),
        }
    };
    let list = move || {
        let is_shown = session.page.arrangement.get() != Arrangement::ByScoreSheet;
        is_shown.then(|| contents(session))
    };
    view! {
        <div class="questions">
            {super::heading(session, Step::Questions, String::new())}
            {live(move || part_note(session))}
            {tools(session, only_open, &policy)}
            {unchecked(session)}
            {live(list)}
            {live(body)}
        </div>
    }
    .into_any()
}

/// Where the case is a part of another one: which, and what becomes of it.
fn part_note(session: Session) -> Option<AnyView> {
    let part = session.open_part()?;
    let says = session.part_words(&part);
    Some(view! { <div class="banner" data-part-of=part.case><p>{says}</p></div> }.into_any())
}

/// Whether the papers of a group are asked: a part of a case asks its own alone.
fn is_asked(part: Option<&CasePart>, group: &Group) -> bool {
    part.is_none_or(|part| part.groups.contains(&group.id))
}

/// How the questions are arranged, which of them are shown, and the way to the next one.
fn tools(session: Session, only_open: RwSignal<bool>, policy: &Policy) -> AnyView {
    let switch = |value: Arrangement, label: Text| {
        view! {
            <button
                type="button"
                class="mini"
                data-arrangement=value.id()
                aria-pressed=move || if session.page.arrangement.get() == value { "true" } else { "false" }
                on:click=on_press(move |_| session.page.arrangement.set(value))
            >
                {session.text(label)}
            </button>
        }
        .into_any()
    };
    // Whoever has answered half of it knows how it goes.
    let is_new = session
        .filing
        .progress
        .with_untracked(|progress| progress.questions.done * 2 < progress.questions.all);
    let is_filtered = move || if only_open.get() { "true" } else { "false" };
    // Where nothing is open there is nothing to choose, but a choice can be taken back.
    let is_choice = Memo::new(move |_| only_open.get() || !open(session).is_empty());
    let choice = move || {
        is_choice.get().then(|| {
            view! {
                <button
                    type="button"
                    class="mini"
                    data-action="only-open"
                    aria-pressed=live(is_filtered)
                    on:click=on_press(move |_| only_open.update(|only_open| *only_open = !*only_open))
                >
                    {session.text(messages::questions::only_open())}
                </button>
            }
            .into_any()
        })
    };
    let is_unfolded = RwSignal::new(false);
    let label = move || session.text(messages::questions::tools());
    view! {
        <div class=move || folded("arrange", is_unfolded)>
            {unfold("arrange", label, is_unfolded)}
            {is_new.then(|| view! {
                <p class="arrange__intro">{session.text(messages::questions::intro())}</p>
            }.into_any())}
            {dates(session, policy)}
            <div class="arrange__switches">
            <div class="minis" role="group" aria-label=session.text(messages::questions::arrangement())>
                {switch(Arrangement::One, messages::questions::one_paper())}
                {switch(Arrangement::All, messages::questions::all_papers())}
                {switch(Arrangement::ByScoreSheet, messages::questions::by_score_sheet())}
            </div>
            <div
                class="minis"
                role="group"
                aria-label=session.text(messages::questions::unanswered())
            >
                {live(choice)}
                {next_open(session)}
                <button
                    type="button"
                    class="mini"
                    data-action="paste-table"
                    title=session.text(messages::tables::open_hint())
                    on:click=on_press(move |_| session.bring_table(BroughtTable::default()))
                >
                    {session.text(messages::tables::open())}
                </button>
            </div>
            </div>
        </div>
    }
    .into_any()
}
