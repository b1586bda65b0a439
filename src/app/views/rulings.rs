//! 统一读法: what the office answered on a doubt, entered once for cases of the desk.

use std::sync::Arc;

use leptos::ev::Event;
use leptos::prelude::*;

use crate::answers::plain_line;
use crate::app::actions::Ruling;
use crate::app::components::{Kind, button_saying};
use crate::app::live::{live, on_change};
use crate::app::session::Session;
use crate::policy::Reading;
use crate::wording::messages;

/// The cases for which an answer is entered.
type Cases = Arc<dyn Fn() -> Vec<String> + Send + Sync>;

/// The answer of the office as it is being entered.
#[derive(Clone, Copy)]
struct Entry {
    doubt: RwSignal<String>,
    reading: RwSignal<Reading>,
    reason: RwSignal<String>,
}

/// The fold. `cases` gives those for which an answer is entered.
pub fn rulings(session: Session, cases: impl Fn() -> Vec<String> + Send + Sync + 'static) -> AnyView {
    let first = session
        .policy()
        .doubts
        .iter()
        .next()
        .map(|doubt| doubt.id.clone());
    let entry = Entry {
        doubt: RwSignal::new(first.unwrap_or_default()),
        reading: RwSignal::new(Reading::Default),
        reason: RwSignal::new(String::new()),
    };
    let choose = move |event: Event| {
        entry.doubt.set(event_target_value(&event));
        entry.reading.set(Reading::Default);
    };
    let typed = move |event: Event| {
        let reason = plain_line(&event_target_value(&event)).trim().to_owned();
        entry.reason.set(reason);
    };
    let cases: Cases = Arc::new(cases);
    view! {
        <details class="fold" data-ruling="">
            <summary>{session.text(messages::rulings::title())}</summary>
            <p>{session.text(messages::rulings::intro())}</p>
            <label class="cases__wanted">
                <span>{session.text(messages::rulings::doubt())}</span>
                <select class="select" data-ruling-doubt="" on:change=on_change(choose)>
                    {doubt_options(session)}
                </select>
            </label>
            <fieldset class="choices">
                <legend>{session.text(messages::rulings::reading())}</legend>
                {live(move || reading_choices(session, entry))}
            </fieldset>
            <label class="cases__wanted">
                <span>{session.text(messages::rulings::reason())}</span>
                <input type="text" class="entry" data-ruling-reason="" on:input=on_change(typed) />
            </label>
            {live(move || buttons(session, entry, &cases))}
        </details>
    }
    .into_any()
}

/// Every doubt of the scheme, to choose from.
fn doubt_options(session: Session) -> Vec<AnyView> {
    let policy = session.policy();
    let options = policy.doubts.iter().map(|doubt| {
        let label = session.say(messages::common::with_code(&doubt.id, &doubt.title));
        view! { <option value=doubt.id.clone()>{label}</option> }.into_any()
    });
    options.collect()
}

/// The readings of the chosen doubt: not every doubt has each.
fn reading_choices(session: Session, entry: Entry) -> Vec<AnyView> {
    let policy = session.policy();
    let readings = policy.doubt(&entry.doubt.read()).into_iter();
    let readings = readings.flat_map(|doubt| doubt.readings().collect::<Vec<Reading>>());
    let radios = readings.map(|one| {
        view! {
            <label class="choice choice--inline">
                <input
                    type="radio"
                    name="ruling"
                    value=one.id()
                    data-ruling-reading=""
                    prop:checked=move || entry.reading.get() == one
                    on:change=on_change(move |_| entry.reading.set(one))
                />
                <span>{one.label()}</span>
            </label>
        }
        .into_any()
    });
    radios.collect()
}

/// What enters the answer and what takes it back. How many cases are changed stands on each.
fn buttons(session: Session, entry: Entry, cases: &Cases) -> AnyView {
    let count = cases().len();
    let enter = {
        let cases = Arc::clone(cases);
        move |_| {
            let ruling = Ruling {
                doubt: entry.doubt.get_untracked(),
                reading: entry.reading.get_untracked(),
                reason: entry.reason.get_untracked(),
            };
            session.enter_ruling(untrack(|| cases()), ruling);
        }
    };
    let take_back = {
        let cases = Arc::clone(cases);
        move |_| session.take_ruling_back(untrack(|| cases()), entry.doubt.get_untracked())
    };
    let enter = button_saying(
        Kind::Small,
        Some("enter-ruling"),
        session.say(messages::rulings::enter(&count)),
        enter,
    );
    let take_back = button_saying(
        Kind::Small,
        Some("take-back-ruling"),
        session.say(messages::rulings::take_back(&count)),
        take_back,
    );
    view! { <p class="buttons">{enter} {take_back}</p> }.into_any()
}
