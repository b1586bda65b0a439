//! The frame around the open view: head, task list, running result, paper.

use leptos::prelude::*;

use super::live::{live, on_press};
use crate::browser::{announce_title, focus_on};

use super::components::{dialogs, header, notice_bar, paper, score_panel, task_list};
use super::state::Session;
use super::step::Step;
use super::views;

/// The whole page of a session.
pub fn frame(session: Session) -> AnyView {
    let main: NodeRef<leptos::html::Main> = NodeRef::new();
    let view = move || views::view_of(session, session.step.get());
    let title = session.policy().scheme.page_title.clone();
    Effect::new(move |before: Option<Step>| {
        let step = session.step.get();
        let wanted = session.focus.get();
        let Some(place) = main.get() else { return step };
        if !session.embedded.get_untracked() {
            announce_title(&format!("{} · {title}", step.label()));
        }
        // The view stands only after this round of effects.
        request_animation_frame(move || {
            if let Some(selector) = wanted {
                session.focus.try_set(None);
                focus_on(&place, &selector);
            } else if before.is_some_and(|before| before != step) {
                focus_on(&place, "h2");
            }
        });
        step
    });
    view! {
        <div class="app" data-text-size=live(move || session.look.get().text_size()) data-theme=live(move || session.look.get().theme())>
            <a class="skip" href="#main" on:click=on_press(move |event| { event.prevent_default(); if let Some(place) = main.get_untracked() { focus_on(&place, "h2"); } })>"跳到正文"</a>
            {header(session)}
            {notice_bar(session)}
            <div class="desk">
                {task_list(session)}
                <main class="main" part="main" id="main" node_ref=main data-view=move || session.step.get().id()>
                    <fieldset class="desk__view" disabled=live(move || session.is_read_only())>{live(view)}</fieldset>
                    {way_on(session)}
                </main>
                {score_panel(session)}
            </div>
            {dialogs(session)}
        </div>
        {paper(session)}
    }
    .into_any()
}

/// The way to the steps before and after.
fn way_on(session: Session) -> AnyView {
    let button = move |step: Option<Step>, lead: &'static str, class: &'static str| {
        step.map(|step| {
            view! {
                <button type="button" class=class on:click=on_press(move |_| session.open(step, None))>{lead} {step.label()}</button>
            }.into_any()
        })
    };
    view! {
        <div class="way-on">
            {move || button(session.step.get().previous(), "上一步：", "btn")}
            {move || button(session.step.get().next(), "下一步：", "btn btn--main")}
        </div>
    }
    .into_any()
}
