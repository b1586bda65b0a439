//! Questions that are asked before something is done.

use leptos::prelude::*;

use super::stale_list;
use crate::app::export::Export;
use crate::app::live::{live, on_change, on_press};
use crate::app::session::{Asking, Session};
use crate::browser::{focus_on, show_dialog, shut_dialog};
use crate::documents::PrivateEntries;
use crate::wording::{Text, messages};

/// The answer that does nothing.
const HARMLESS: &str = "[data-action='cancel']";

/// The open dialogue, if there is one.
pub fn dialogs(session: Session) -> AnyView {
    let place: NodeRef<leptos::html::Dialog> = NodeRef::new();
    let private = RwSignal::new(PrivateEntries::Blank);
    Effect::new(move |_| {
        let Some(dialog) = place.get() else { return };
        match session.page.asking.get() {
            Some(asking) => {
                if !dialog.has_attribute("open") {
                    private.set(PrivateEntries::Blank);
                    show_dialog(&dialog);
                }
                if asking.is_destructive() {
                    // Whoever presses Enter without reading destroys nothing. The buttons
                    // of this question stand only after this round of effects.
                    queue_microtask(move || {
                        focus_on(&dialog, HARMLESS);
                    });
                }
            }
            None if dialog.has_attribute("open") => shut_dialog(&dialog),
            _ => {}
        }
    });
    let body = move || {
        session
            .page
            .asking
            .get()
            .map(|asking| dialog_body(session, asking, private))
    };
    // It is announced a moment later, when the next question may be there already.
    let closed = move |event: leptos::ev::Event| {
        let dialog: web_sys::Element = event_target(&event);
        if !dialog.has_attribute("open") {
            session.page.asking.set(None);
        }
    };
    view! {
        <dialog class="dialog" node_ref=place aria-labelledby="dialog-title" on:close=on_change(closed)>
            {live(body)}
        </dialog>
    }
    .into_any()
}

/// The title of a question, what it says, and what its answer is called.
const fn words_of(asking: Asking) -> (Text, Text, Text) {
    match asking {
        Asking::Export(Export::Print) => (
            messages::dialog::print_title(),
            messages::dialog::private_entered(),
            messages::dialog::print(),
        ),
        Asking::Export(_) => (
            messages::dialog::export_title(),
            messages::dialog::private_entered(),
            messages::dialog::export(),
        ),
        Asking::PublicMachine => (
            messages::dialog::public_title(),
            messages::dialog::public_text(),
            messages::dialog::public(),
        ),
        Asking::ClearAll => (
            messages::dialog::clear_title(),
            messages::dialog::clear_text(),
            messages::dialog::clear(),
        ),
        Asking::NewCase => (
            messages::dialog::new_title(),
            messages::dialog::new_text(),
            messages::dialog::new(),
        ),
        Asking::Adopt => (
            messages::dialog::adopt_title(),
            messages::dialog::adopt_text(),
            messages::dialog::adopt(),
        ),
        Asking::RollOver => (
            messages::dialog::year_title(),
            messages::dialog::year_text(),
            messages::dialog::year_go(),
        ),
        Asking::LoadSample => (
            messages::dialog::sample_title(),
            messages::dialog::sample_text(),
            messages::dialog::sample(),
        ),
    }
}

fn dialog_body(session: Session, asking: Asking, private: RwSignal<PrivateEntries>) -> AnyView {
    let (title, text, go) = words_of(asking);
    // Papers go out with what they say now, or renewed.
    let stale = move || {
        let is_asked = matches!(asking, Asking::Export(export) if session.asks_about_stale(export));
        let stale = session.filing.stale_in(None);
        (is_asked && !stale.is_empty()).then(|| stale_list(session, &stale, None))
    };
    let has_private = matches!(asking, Asking::Export(export) if session.asks_about_private(export));
    // Asked of an export without private entries, only what is stale is shown.
    let says = has_private || !matches!(asking, Asking::Export(_));
    view! {
        <div class="dialog__in">
            <h2 id="dialog-title">{session.text(title)}</h2>
            {says.then(|| view! { <p>{session.text(text)}</p> }.into_any())}
            {live(stale)}
            {has_private.then(|| private_choices(session, asking, private))}
            {(asking == Asking::Adopt).then(|| changes(session))}
            {dialog_buttons(session, asking, go, private)}
        </div>
    }
    .into_any()
}

/// What becomes of the private entries in an export.
fn private_choices(session: Session, asking: Asking, private: RwSignal<PrivateEntries>) -> AnyView {
    let option = |value: PrivateEntries, label: Text| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="private-entries"
                    prop:checked=move || private.get() == value
                    on:change=on_change(move |_| private.set(value))
                />
                <span>{session.text(label)}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="choices">
            <legend>{session.text(messages::dialog::private_legend())}</legend>
            {option(PrivateEntries::Blank, messages::dialog::private_blank())}
            {(asking != Asking::Export(Export::Json)).then(
                || option(PrivateEntries::Masked, messages::dialog::private_masked())
            )}
            {option(PrivateEntries::Full, messages::dialog::private_full())}
        </fieldset>
    }
    .into_any()
}

/// The answers of a question, the one that does nothing last.
fn dialog_buttons(session: Session, asking: Asking, go: Text, private: RwSignal<PrivateEntries>) -> AnyView {
    let class = if asking == Asking::ClearAll {
        "btn btn--bad"
    } else {
        "btn btn--main"
    };
    view! {
        <div class="dialog__buttons">
            <button
                type="button"
                class=class
                data-action="confirm"
                on:click=on_press(move |_| session.confirm(asking, private.get_untracked()))
            >
                {session.text(go)}
            </button>
            {(asking == Asking::RollOver).then(|| view! {
                <button
                    type="button"
                    class="btn"
                    data-action="keep-year"
                    on:click=on_press(move |_| session.keep_in_its_year())
                >
                    {session.text(messages::dialog::keep_year())}
                </button>
            }.into_any())}
            <button
                type="button"
                class="btn"
                data-action="cancel"
                on:click=on_press(move |_| session.page.asking.set(None))
            >
                {if asking == Asking::RollOver {
                    session.text(messages::dialog::later())
                } else {
                    session.text(messages::dialog::cancel())
                }}
            </button>
        </div>
    }
    .into_any()
}

/// What is adopted: each answer as it is and as it shall be.
fn changes(session: Session) -> AnyView {
    let policy = session.policy();
    let tried = session.page.scratch.get_untracked();
    let case = session.filing.case.get_untracked();
    let adoptable = case.adoptable(&policy, &tried);
    let lines = adoptable.iter().filter_map(|(id, answer)| {
        let (place, fact) = policy.fact(id)?;
        let words = |answer| session.answer_words(&policy, place, answer);
        let (old, new) = (words(case.facts.get(id)), words(Some(answer)));
        let text = session.say(messages::dialog::adopt_line(&fact.label, &new, &old));
        Some(view! { <li data-change=id.clone()>{text}</li> }.into_any())
    });
    let lines: Vec<AnyView> = lines.collect();
    view! { <ul class="dialog__changes">{lines}</ul> }.into_any()
}
