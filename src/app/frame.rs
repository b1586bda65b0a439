//! The frame around the open view: head, task list, running result, paper.

use leptos::prelude::*;

use super::actions::{act_by_key, hear_keys, keep_changes};
use super::addresses::begin_with_the_first_paper;
use super::live::{live, on_change, on_leave, on_press};
use crate::browser::{announce_title, focus_on};
use crate::json::Excerpt;
use crate::wording::messages;

use super::components::{
    Kind, button_saying, dialogs, header, notice_bar, paper, privacy_notice, score_panel, step_state,
    task_list,
};
use super::session::{Arrangement, Aside, Session};
use super::step::Step;
use super::strays::{drop_second_press, hear, hear_change, paste_cells};
use super::views;

/// The heading of the summary of errors, where there is one.
const SUMMARY: &str = "#summary-title";

/// The whole page of a session.
pub fn frame(session: Session) -> AnyView {
    let view = move || match session.page.aside.get() {
        Some(aside) => views::view_beside(session, aside),
        None => views::view_of(session, session.page.step.get()),
    };
    let view_id = move || match session.page.aside.get() {
        Some(aside) => aside.id(),
        None => session.page.step.get().id(),
    };
    // What is not of the open case is not shut with it.
    let is_shut = move || session.draft.is_read_only() && session.page.aside.get().is_none();
    keep_focus_with_the_step(session);
    name_the_window(session);
    let to_main = move |_| {
        if let Some(place) = session.page.main.get_untracked() {
            focus_on(&place, "h2");
        }
    };
    let heard = StoredValue::new_local(None);
    keep_changes(session);
    hear_keys(session);
    begin_with_the_first_paper(session);
    view! {
        <div
            class="app"
            on:click:capture=drop_second_press
            on:input=on_change(move |event| hear(heard, &event))
            on:change=on_change(move |event| hear_change(heard, &event))
            on:focusout=on_leave(move |_| session.close_change())
            on:keydown=move |event| act_by_key(session, event)
            on:paste=move |event| paste_cells(session, event)
            data-text-size=move || session.page.look.get().text_size()
            data-theme=move || session.page.look.get().theme.id()
        >
            {header(session, on_press(to_main))}
            {notice_bar(session)}
            <div class="desk" class:is-of-all=move || session.page.aside.get().is_some_and(Aside::is_of_all)>
                {task_list(session)}
                <main
                    class="main"
                    part="main"
                    id="main"
                    node_ref=session.page.main
                    data-view=view_id
                >
                    <fieldset class="desk__view" disabled=is_shut>
                        {live(view)}
                    </fieldset>
                    {live(move || session.page.aside.with(Option::is_none).then(|| way_on(session)))}
                    {views::foot(session)}
                    {privacy_notice(session)}
                </main>
                {score_panel(session)}
            </div>
            {dialogs(session)}
        </div>
        {paper(session)}
    }
    .into_any()
}

/// Puts the focus into the view of a step that was opened.
fn keep_focus_with_the_step(session: Session) {
    Effect::new(move |before: Option<Step>| {
        let step = session.page.step.get();
        // Until the piece that a view is in has come, another is in its place.
        let is_there = step.piece().is_none_or(|piece| session.has(piece));
        let is_other = before.is_some_and(|before| before != step);
        if is_other && is_there && session.page.wants_focus() {
            session.page.put_focus();
        } else if is_other {
            // The view stands only after this round of effects.
            request_animation_frame(move || {
                if let Some(main) = session.page.main.try_get_untracked().flatten() {
                    // What is to be fixed comes before all else.
                    let _ = focus_on(&main, SUMMARY) || focus_on(&main, "h2");
                }
            });
        }
        if is_there { step } else { before.unwrap_or(step) }
    });
}

/// Names the window after the step, where the page has it to itself.
fn name_the_window(session: Session) {
    let title = session.policy().scheme.page_title.clone();
    Effect::new(move |_| {
        if session.host.embedded.get_untracked() {
            return;
        }
        let step = session.page.step.get();
        let aside = session.page.aside.get();
        let name = session
            .filing
            .case
            .with(|case| case.name(&session.policy()).to_owned());
        // The browser keeps titles in its list of visited pages.
        let is_public = session.draft.is_public();
        let title = match name.as_str() {
            "" => title.clone(),
            _ if is_public => title.clone(),
            name => format!("{} · {title}", Excerpt::name(name)),
        };
        let view = aside.map_or_else(|| session.step_name(step), |aside| session.aside_name(aside));
        let title = format!("{view} · {title}");
        announce_title(&match step_state(session, step) {
            (state, "is-bad") if aside.is_none() => format!("{state} · {title}"),
            _ => title,
        });
    });
}

/// Where one goes on.
#[derive(Clone, Copy)]
enum Way {
    /// To a step.
    Step(Step),
    /// To a paper of the questions.
    Paper(usize),
}

/// What leads on, or back.
fn led(session: Session, way: Way, is_next: bool) -> AnyView {
    let (text, action) = match (way, is_next) {
        // Where one comes from one knows.
        (Way::Step(_), false) => (session.text(messages::frame::previous()), "previous-step"),
        (Way::Paper(_), false) => (session.text(messages::frame::previous_paper()), "previous-paper"),
        (Way::Step(step), true) => (
            session.say(messages::frame::next(&session.step_name(step))),
            "next-step",
        ),
        (Way::Paper(place), true) => {
            let policy = session.policy();
            let title = policy.groups.get(place).map_or("", |group| &group.title);
            (session.say(messages::frame::next_paper(&title)), "next-paper")
        }
    };
    let go = move |_| match way {
        Way::Step(step) => session.page.open(step, None),
        Way::Paper(place) => session.open_paper(place),
    };
    let kind = if is_next { Kind::Main } else { Kind::Plain };
    button_saying(kind, Some(action), text, go)
}

/// The way to the steps or papers before and after.
fn way_on(session: Session) -> AnyView {
    // Papers that are shown one at a time come before the step that follows.
    let paper = move || {
        let is_one =
            session.page.step.get() == Step::Questions && session.page.arrangement.get() == Arrangement::One;
        is_one.then(|| session.page.paper.get())
    };
    // A part of a case asks its own papers alone.
    let is_asked = move |place: &usize| {
        let policy = session.policy();
        let asked = session.filing.asked_groups();
        let group = policy.groups.get(*place);
        group.is_some_and(|group| asked.is_none_or(|asked| asked.contains(&group.id)))
    };
    let previous = move || {
        let paper = paper().and_then(|place| (0..place).rev().find(is_asked));
        let step = || session.page.step.get().previous();
        let way = paper.map(Way::Paper).or_else(|| step().map(Way::Step))?;
        Some(led(session, way, false))
    };
    let next = move || {
        let papers = session.policy().groups.len();
        let paper = paper().and_then(|place| (place + 1..papers).find(is_asked));
        // Once its papers are answered a part is sent back.
        let is_part =
            || session.page.step.get() == Step::Questions && session.filing.asked_groups().is_some();
        let step = || {
            if is_part() {
                Some(Step::Review)
            } else {
                session.page.step.get().next()
            }
        };
        let way = paper.map(Way::Paper).or_else(|| step().map(Way::Step))?;
        Some(led(session, way, true))
    };
    view! {
        <div class="way-on">
            {live(previous)}
            {live(next)}
        </div>
    }
    .into_any()
}
