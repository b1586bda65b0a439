//! Another reading of a doubt, chosen for the case with its reason.

use leptos::prelude::*;

use crate::answers::{ChosenReading, gives_reason, plain_line};
use crate::app::live::{entered, live, on_change};
use crate::app::session::Session;
use crate::json::Object;
use crate::policy::{Doubt, Reading};
use crate::wording::messages;

/// Another reading for this case with its reason; in the expert mode it can be
/// changed, else what was chosen is shown.
pub fn reading_choice(session: Session, doubt: &Doubt, chosen: Memo<Reading>) -> AnyView {
    let doubt = doubt.clone();
    let shown = move || {
        if session.page.expert.get() {
            return Some(reading_fields(session, &doubt, chosen));
        }
        (chosen.get() != Reading::Default).then(|| chosen_reading(session, &doubt.id, chosen))
    };
    view! { <div>{live(shown)}</div> }.into_any()
}

/// The reason given for the reading of a doubt.
fn reason_of(session: Session, id: &str) -> String {
    session.filing.case.with(|case| {
        let chosen = case.readings.get(id);
        chosen.map(|chosen| chosen.reason.clone()).unwrap_or_default()
    })
}

/// Changes the reading chosen for the case; where nothing is left of it, the case does not name it.
fn change_reading(session: Session, id: &str, change: impl Fn(&mut ChosenReading)) {
    session.filing.case.update(|case| {
        let entry = case.readings.entry(id.to_owned()).or_insert(ChosenReading {
            reading: Reading::Default,
            reason: String::new(),
            others: Object::new(),
        });
        change(entry);
        if !entry.departs() && entry.reason.is_empty() && entry.others.is_empty() {
            case.readings.remove(id);
        }
    });
}

/// What was chosen, where it cannot be changed.
fn chosen_reading(session: Session, id: &str, chosen: Memo<Reading>) -> AnyView {
    let id = id.to_owned();
    let text = move || {
        let reason = reason_of(session, &id);
        let reading = chosen.get().label();
        if gives_reason(&reason) {
            session.say(messages::doubts::chosen_shown(&reading, &reason.trim()))
        } else {
            session.say(messages::doubts::chosen_idle(&reading))
        }
    };
    view! { <p class="doubt__chosen">{live(text)}</p> }.into_any()
}

/// The radios of the readings, the reason, and what is wrong with the choice.
fn reading_fields(session: Session, doubt: &Doubt, chosen: Memo<Reading>) -> AnyView {
    let radio = |reading: Reading| {
        let id = doubt.id.clone();
        let choose = move |_| change_reading(session, &id, |chosen| chosen.reading = reading);
        view! {
            <label class="choice choice--inline">
                <input
                    type="radio"
                    name=format!("reading-{}", doubt.id)
                    value=reading.id()
                    data-reading=doubt.id.clone()
                    prop:checked=move || chosen.get() == reading
                    on:change=on_change(choose)
                />
                <span>{reading.label()}</span>
            </label>
        }
        .into_any()
    };
    let radios: Vec<AnyView> = doubt.readings().map(radio).collect();
    // Asked for only where another reading is chosen or something was typed; typing must not draw it anew.
    let wanted = {
        let id = doubt.id.clone();
        Memo::new(move |_| chosen.get() != Reading::Default || !reason_of(session, &id).is_empty())
    };
    let reason = {
        let doubt = doubt.clone();
        move || wanted.get().then(|| reading_reason(session, &doubt))
    };
    let trouble = {
        let doubt = doubt.clone();
        move || reading_trouble(session, &doubt, chosen.get())
    };
    view! {
        <fieldset class="doubt__choice">
            <legend>{session.say(messages::doubts::choice_legend(&doubt.id))}</legend>
            {radios}
            {live(reason)}
            {move || trouble().map(|text| view! { <p class="err">{text}</p> }.into_any())}
        </fieldset>
    }
    .into_any()
}

/// The input for the reason of a reading.
fn reading_reason(session: Session, doubt: &Doubt) -> AnyView {
    let shown = {
        let id = doubt.id.clone();
        move || reason_of(session, &id)
    };
    let typed = {
        let id = doubt.id.clone();
        move |event: leptos::ev::Event| {
            let text = plain_line(&event_target_value(&event));
            change_reading(session, &id, |chosen| chosen.reason.clone_from(&text));
        }
    };
    view! {
        <label class="doubt__reason">
            {session.text(messages::common::reason())}
            <input
                type="text"
                class="entry"
                autocomplete="off"
                data-reading-reason=doubt.id.clone()
                aria-label=session.say(messages::doubts::reason_label(&doubt.title))
                prop:value=entered(shown)
                on:input=on_change(typed)
            />
        </label>
    }
    .into_any()
}

/// Why a chosen reading does not count.
fn reading_trouble(session: Session, doubt: &Doubt, reading: Reading) -> Option<String> {
    if reading == Reading::Default {
        None
    } else if !doubt.readings().any(|other| other == reading) {
        let label = reading.label();
        Some(session.say(messages::doubts::reading_missing(&label)))
    } else if !gives_reason(&reason_of(session, &doubt.id)) {
        Some(session.text(messages::doubts::reason_wanted()))
    } else {
        None
    }
}
