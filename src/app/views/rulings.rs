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

/// The fold. `cases` gives those for which an answer is entered.
pub fn rulings(session: Session, cases: impl Fn() -> Vec<String> + Send + Sync + 'static) -> AnyView {
    let policy = session.policy();
    let first = policy.doubts.iter().next().map(|doubt| doubt.id.clone());
    let doubt = RwSignal::new(first.unwrap_or_default());
    let reading = RwSignal::new(Reading::Default);
    let reason = RwSignal::new(String::new());
    let doubts = policy.doubts.iter().map(|doubt| {
        let label = session.say(messages::common::with_code(&doubt.id, &doubt.title));
        view! { <option value=doubt.id.clone()>{label}</option> }.into_any()
    });
    let doubts: Vec<AnyView> = doubts.collect();
    // Not every doubt has each reading.
    let readings = {
        let policy = session.policy();
        move || {
            let readings = policy.doubt(&doubt.read()).into_iter();
            let readings = readings.flat_map(|doubt| doubt.readings().collect::<Vec<Reading>>());
            let radios = readings.map(|one| {
                view! {
                    <label class="choice choice--inline">
                        <input
                            type="radio"
                            name="ruling"
                            value=one.id()
                            data-ruling-reading=""
                            prop:checked=move || reading.get() == one
                            on:change=on_change(move |_| reading.set(one))
                        />
                        <span>{one.label()}</span>
                    </label>
                }
                .into_any()
            });
            radios.collect::<Vec<AnyView>>()
        }
    };
    let choose = move |event: Event| {
        doubt.set(event_target_value(&event));
        reading.set(Reading::Default);
    };
    let typed = move |event: Event| reason.set(plain_line(&event_target_value(&event)).trim().to_owned());
    let cases = Arc::new(cases);
    let enter = {
        let cases = Arc::clone(&cases);
        move |_| {
            let ruling = Ruling {
                doubt: doubt.get_untracked(),
                reading: reading.get_untracked(),
                reason: reason.get_untracked(),
            };
            session.enter_ruling(untrack(|| cases()), ruling);
        }
    };
    let count = {
        let cases = Arc::clone(&cases);
        move || cases().len()
    };
    let take_back = move |_| session.take_ruling_back(untrack(|| cases()), doubt.get_untracked());
    // How many cases are changed stands on what changes them.
    let buttons = move || {
        let count = count();
        let enter = button_saying(
            Kind::Small,
            Some("enter-ruling"),
            session.say(messages::rulings::enter(&count)),
            enter.clone(),
        );
        let take_back = button_saying(
            Kind::Small,
            Some("take-back-ruling"),
            session.say(messages::rulings::take_back(&count)),
            take_back.clone(),
        );
        view! { <p class="buttons">{enter} {take_back}</p> }.into_any()
    };
    view! {
        <details class="fold" data-ruling="">
            <summary>{session.text(messages::rulings::title())}</summary>
            <p>{session.text(messages::rulings::intro())}</p>
            <label class="cases__wanted">
                <span>{session.text(messages::rulings::doubt())}</span>
                <select class="select" data-ruling-doubt="" on:change=on_change(choose)>{doubts}</select>
            </label>
            <fieldset class="choices">
                <legend>{session.text(messages::rulings::reading())}</legend>
                {live(readings)}
            </fieldset>
            <label class="cases__wanted">
                <span>{session.text(messages::rulings::reason())}</span>
                <input type="text" class="entry" data-ruling-reason="" on:input=on_change(typed) />
            </label>
            {live(buttons)}
        </details>
    }
    .into_any()
}
