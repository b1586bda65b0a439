//! Headings that are only much like the names of their questions: nothing of them is written
//! before the user says of each that it is the one.

use leptos::prelude::*;

use crate::app::components::{Kind, button, button_saying};
use crate::app::session::Session;
use crate::tables::{Address, Matching, Preview, Target};
use crate::wording::messages;

/// How many of the values of a heading are shown.
const EXAMPLES: usize = 3;

/// How many headings of a matching wait to be confirmed.
pub fn count(session: Session, matching: RwSignal<Option<Matching>>) -> usize {
    let waiting = |matching: &Matching| matching.waiting(&session.policy()).len();
    matching.with(|matching| matching.as_ref().map_or(0, waiting))
}

/// The headings that wait, each with what it is taken for and what stands below or beside it.
pub fn view(session: Session, matching: RwSignal<Option<Matching>>, preview: &Preview) -> Option<AnyView> {
    let policy = session.policy();
    let waiting: Vec<(Address, String, Target)> = matching.with(|matching| {
        let waiting = matching.iter().flat_map(|matching| matching.waiting(&policy));
        let waiting = waiting.filter_map(|own| Some((own.at, own.heading.clone(), own.target?)));
        waiting.collect()
    });
    if waiting.is_empty() {
        return None;
    }
    let all: Vec<Address> = waiting.iter().map(|(at, ..)| *at).collect();
    let count = all.len();
    let lines: Vec<AnyView> = waiting
        .into_iter()
        .map(|(at, heading, target)| {
            let label = target.label(&policy);
            let values = examples(session, preview, target);
            let line = session.say(messages::tables::waiting_line(&at.to_string(), &heading, &label, &values));
            let confirm = move |_| confirm(session, matching, &[at]);
            let pass = move |_| {
                matching.update(|matching| {
                    if let Some(matching) = matching {
                        matching.assign(&session.policy(), at, None);
                    }
                });
                focus_next(session, matching);
            };
            view! {
                <li data-import-waiting=at.to_string()>
                    {line}
                    <p class="buttons">
                        {button(session, Kind::Small, "confirm-heading", messages::tables::is_meant(), confirm)}
                        {button(session, Kind::Link, "pass-heading", messages::tables::is_not_meant(), pass)}
                    </p>
                </li>
            }
            .into_any()
        })
        .collect();
    let confirm_all = (count > 1).then(|| {
        let words = session.say(messages::tables::all_meant(&count));
        let confirm = move |_| confirm(session, matching, &all);
        let confirm = button_saying(Kind::Small, Some("confirm-headings"), words, confirm);
        view! { <p class="buttons">{confirm}</p> }.into_any()
    });
    Some(
        view! {
            <div class="banner is-open" data-import-waits="">
                <h4>{session.text(messages::tables::waiting())}</h4>
                <p>{session.text(messages::tables::waiting_hint())}</p>
                <ul>{lines}</ul>
                {confirm_all}
            </div>
        }
        .into_any(),
    )
}

/// The first values of a question, as they would stand.
fn examples(session: Session, preview: &Preview, target: Target) -> String {
    let values = preview.firms.iter().flat_map(|firm| &firm.values);
    let mut values = values
        .filter(|value| value.target == target)
        .map(|value| &value.stands);
    let shown: Vec<String> = values.by_ref().take(EXAMPLES).cloned().collect();
    let comma = session.text(messages::common::list_comma());
    match (shown.is_empty(), values.next()) {
        (true, _) => String::new(),
        (false, None) => session.say(messages::tables::waiting_values(&shown.join(&comma))),
        (false, Some(_)) => session.say(messages::tables::waiting_values_and_more(&shown.join(&comma))),
    }
}

fn confirm(session: Session, matching: RwSignal<Option<Matching>>, all: &[Address]) {
    matching.update(|matching| {
        for at in all {
            if let Some(matching) = matching {
                matching.confirm(*at);
            }
        }
    });
    focus_next(session, matching);
}

/// The button that was pressed is gone: the next one gets the focus, or the one that writes.
fn focus_next(session: Session, matching: RwSignal<Option<Matching>>) {
    let is_left = count(session, matching) > 0;
    session.page.focus(String::from(if is_left {
        "[data-import-waiting] button"
    } else {
        ".tables__in > .buttons button"
    }));
}
