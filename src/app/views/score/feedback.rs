//! What an applicant would have as the rule where a doubt is, and why.

use leptos::prelude::*;

use crate::answers::{Feedback, gives_reason, plain_prose};
use crate::app::components::link;
use crate::app::live::{entered, live, on_change};
use crate::app::session::Session;
use crate::assessment::DoubtEffect;
use crate::policy::{Doubt, Reading};
use crate::wording::messages;

/// The feedback on a doubt.
fn feedback_on(session: Session, id: &str) -> Feedback {
    session
        .filing
        .case
        .with(|case| case.feedback.get(id).cloned().unwrap_or_default())
}

/// Changes the feedback on a doubt; where nothing is left of it, the case does not name it.
fn change_feedback(session: Session, id: &str, change: impl Fn(&mut Feedback)) {
    session.filing.case.update(|case| {
        let entry = case.feedback.entry(id.to_owned()).or_default();
        change(entry);
        if *entry == Feedback::default() {
            case.feedback.remove(id);
        }
    });
}

/// What the applicant would have as the rule, and why.
pub fn feedback(session: Session, doubt: &Doubt, effect: Memo<Option<DoubtEffect>>) -> AnyView {
    let id = doubt.id.clone();
    let entry = move || feedback_on(session, &id);
    let mut options: Vec<AnyView> = doubt
        .readings()
        .map(|reading| feedback_option(session, &doubt.id, Some(reading), reading.label().to_owned()))
        .collect();
    let other = session.text(messages::doubts::other_proposal());
    options.push(feedback_option(session, &doubt.id, None, other));
    let summary = {
        let entry = entry.clone();
        move || {
            if entry().is_said() {
                messages::doubts::feedback_given()
            } else {
                messages::doubts::feedback()
            }
        }
    };
    let moved = {
        let entry = entry.clone();
        move || {
            let reading = entry().reading?;
            let policy = session.policy();
            effect.with(|effect| {
                Some(session.say(messages::doubts::effect(
                    &effect.as_ref()?.in_words(&policy, reading),
                    &reading.label(),
                )))
            })
        }
    };
    let trouble = move || {
        let entry = entry();
        (entry.reading.is_some() && !gives_reason(&entry.reason))
            .then(|| session.text(messages::doubts::feedback_reason_wanted()))
    };
    view! {
        <details class="doubt__feedback">
            <summary>{move || session.text(summary())}</summary>
            <fieldset class="doubt__choice">
                <legend>{session.text(messages::doubts::feedback_legend())}</legend>
                {options}
                {feedback_reason(session, doubt)}
                <p class="note">{session.text(messages::doubts::feedback_note())}</p>
                {move || moved().map(|text| view! { <p class="note">{text}</p> }.into_any())}
                {move || trouble().map(|text| view! { <p class="warn">{text}</p> }.into_any())}
                {feedback_deletion(session, doubt)}
            </fieldset>
        </details>
    }
    .into_any()
}

/// The radio for a reading, or for a proposal of one's own.
fn feedback_option(session: Session, id: &str, reading: Option<Reading>, label: String) -> AnyView {
    let checked = {
        let id = id.to_owned();
        move || {
            let entry = feedback_on(session, &id);
            entry.reading == reading && (reading.is_some() || entry.is_said())
        }
    };
    let choose = {
        let id = id.to_owned();
        move |_| change_feedback(session, &id, |feedback| feedback.reading = reading)
    };
    view! {
        <label class="choice choice--inline">
            <input
                type="radio"
                name=format!("feedback-{id}")
                value=reading.map_or("", Reading::id)
                data-feedback=id.to_owned()
                prop:checked=live(checked)
                on:change=on_change(choose)
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// The text of the feedback.
fn feedback_reason(session: Session, doubt: &Doubt) -> AnyView {
    let shown = {
        let id = doubt.id.clone();
        move || feedback_on(session, &id).reason
    };
    let typed = {
        let id = doubt.id.clone();
        move |event: leptos::ev::Event| {
            let text = plain_prose(&event_target_value(&event));
            change_feedback(session, &id, |feedback| feedback.reason.clone_from(&text));
        }
    };
    view! {
        <label class="doubt__reason">
            {session.text(messages::doubts::feedback_reason())}
            <textarea
                class="entry"
                rows="2"
                data-feedback-reason=doubt.id.clone()
                aria-label=session.say(messages::doubts::feedback_reason_label(&doubt.title))
                prop:value=entered(shown)
                on:input=on_change(typed)
            ></textarea>
        </label>
    }
    .into_any()
}

/// The button that takes the feedback away, where something was said.
fn feedback_deletion(session: Session, doubt: &Doubt) -> AnyView {
    let id = doubt.id.clone();
    let button = move || {
        let clear = {
            let id = id.clone();
            move |_| {
                session.filing.case.update(|case| {
                    case.feedback.remove(&id);
                })
            }
        };
        feedback_on(session, &id)
            .is_said()
            .then(|| link(session.text(messages::doubts::feedback_delete()), clear))
    };
    live(button).into_any()
}
