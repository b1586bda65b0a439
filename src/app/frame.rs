//! The frame around the open view: head, task list, running result, paper.

use leptos::prelude::*;

use super::live::{live, on_change, on_press};
use crate::browser::{announce_title, focus_on};
use crate::wording::messages;

use super::components::{
    dialogs, header, notice_bar, paper, privacy_notice, score_panel, step_state, task_list,
};
use super::session::Session;
use super::step::Step;
use super::strays::{drop_second_press, hear, hear_change, paste_cells};
use super::views;

/// The heading of the summary of errors, where there is one.
const SUMMARY: &str = "#summary-title";

/// The whole page of a session.
pub fn frame(session: Session) -> AnyView {
    let view = move || views::view_of(session, session.page.step.get());
    keep_focus_with_the_step(session);
    name_the_window(session);
    let to_main = move |_| {
        if let Some(place) = session.page.main.get_untracked() {
            focus_on(&place, "h2");
        }
    };
    let heard = StoredValue::new_local(None);
    view! {
        <div
            class="app"
            on:click:capture=drop_second_press
            on:input=on_change(move |event| hear(heard, &event))
            on:change=on_change(move |event| hear_change(heard, &event))
            on:paste=paste_cells
            data-text-size=move || session.page.look.get().text_size()
            data-theme=move || session.page.look.get().theme()
        >
            {header(session, on_press(to_main))}
            {notice_bar(session)}
            <div class="desk">
                {task_list(session)}
                <main
                    class="main"
                    part="main"
                    id="main"
                    node_ref=session.page.main
                    data-view=move || session.page.step.get().id()
                >
                    <fieldset class="desk__view" disabled=move || session.draft.is_read_only()>
                        {live(view)}
                    </fieldset>
                    {way_on(session)}
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
        let title = format!("{} · {title}", session.step_name(step));
        announce_title(&match step_state(session, step) {
            (state, "is-bad") => format!("{state} · {title}"),
            _ => title,
        });
    });
}

/// The way to the steps before and after.
fn way_on(session: Session) -> AnyView {
    let button = move |step: Step, text: String, class: &'static str| {
        view! {
            <button type="button" class=class on:click=on_press(move |_| session.page.open(step, None))>
                {text}
            </button>
        }
        .into_any()
    };
    let previous = move || {
        let step = session.page.step.get().previous()?;
        let text = session.say(messages::frame::previous(&session.step_name(step)));
        Some(button(step, text, "btn"))
    };
    let next = move || {
        let step = session.page.step.get().next()?;
        let text = session.say(messages::frame::next(&session.step_name(step)));
        Some(button(step, text, "btn btn--main"))
    };
    view! {
        <div class="way-on">
            {live(previous)}
            {live(next)}
        </div>
    }
    .into_any()
}
