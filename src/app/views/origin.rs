//! Where an answer comes from: who gave it or has its proof, and which day it is of.
//! It stands in the fold under its question, and counts for nothing.

use leptos::prelude::*;

use crate::answers::{Date, DayOrMonth, FactDetail, normalise_listed_date, plain_digits, plain_line};
use crate::app::components::{Origin, Shown};
use crate::app::live::{entered, live, on_change, on_leave};
use crate::app::session::Session;
use crate::policy::{Fact, FactKind};
use crate::wording::{Text, messages};

/// An entry of a detail: how to reach it for reading and for writing.
type Reach = fn(&mut FactDetail) -> &mut String;

/// How what is typed for an entry is kept while it is typed, and when it is left.
type Read = fn(&str) -> String;

/// Where the answer to a fact comes from.
pub const ORIGIN: Origin = Origin { told, entries };

/// The day of the answer, as it was typed. That of a length of time is its answer, and is
/// asked as that.
fn date_of(fact: &Fact, state: Shown) -> String {
    if fact.kind == FactKind::Years {
        return String::new();
    }
    state.with(|state| state.date.clone())
}

/// Who gave the answer and of which day it is, in words.
fn told(session: Session, fact: &Fact, state: Shown) -> Option<String> {
    let (holder, date) = (state.with(|state| state.holder.clone()), date_of(fact, state));
    match (holder.as_str(), date.as_str()) {
        ("", "") => None,
        (holder, "") => Some(session.say(messages::origin::by(&holder))),
        ("", date) => Some(session.say(messages::origin::of(&date))),
        (holder, date) => Some(session.say(messages::origin::by_of(&date, &holder))),
    }
}

/// The entries for it.
fn entries(session: Session, fact: &Fact, state: Shown) -> AnyView {
    let fault = {
        let fact = fact.clone();
        move || {
            let words = date_fault(&date_of(&fact, state), session.today())?;
            Some(view! { <p class="q__remark">{session.text(words)}</p> }.into_any())
        }
    };
    let date = (fact.kind != FactKind::Years).then(|| {
        entry(
            session,
            fact,
            "date",
            messages::origin::date(),
            [plain_digits, normalise_listed_date],
            |detail| &mut detail.date,
        )
    });
    view! {
        <div class="origin__in">
            {entry(
                session,
                fact,
                "holder",
                messages::origin::holder(),
                [plain_line, plain_line],
                |detail| &mut detail.holder,
            )}
            {date}
            {live(fault)}
        </div>
    }
    .into_any()
}

/// What is wrong with the day that was typed, if anything is.
fn date_fault(date: &str, today: Date) -> Option<Text> {
    if date.trim().is_empty() {
        return None;
    }
    match date.parse::<DayOrMonth>() {
        Ok(day) if day.begins_after(today) => Some(messages::origin::in_future()),
        Ok(_) => None,
        Err(_) => Some(messages::origin::no_date()),
    }
}

fn entry(
    session: Session,
    fact: &Fact,
    name: &'static str,
    label: Text,
    [read, leave]: [Read; 2],
    reach: Reach,
) -> AnyView {
    let put = {
        let id = fact.id.clone();
        move |text: String| {
            let put = |detail: &mut FactDetail| *reach(detail) = text;
            session.filing.case.update(|case| case.change_detail(&id, put));
        }
    };
    let shown = {
        let id = fact.id.clone();
        move || {
            session.filing.case.with(|case| {
                let detail = case.fact_details.get(&id).cloned();
                detail
                    .map(|mut detail| reach(&mut detail).clone())
                    .unwrap_or_default()
            })
        }
    };
    let left = {
        let (put, shown) = (put.clone(), shown.clone());
        move |_| {
            let typed = untrack(&shown);
            let normal = leave(&typed);
            if normal != typed {
                put(normal);
            }
        }
    };
    let typed = move |event: leptos::ev::Event| put(read(&event_target_value(&event)));
    view! {
        <label class="origin__entry">
            <span>{session.text(label)}</span>
            <input
                class="entry"
                type="text"
                data-origin-entry=name
                autocomplete="off"
                prop:value=entered(shown)
                on:input=on_change(typed)
                on:blur=on_leave(left)
            />
        </label>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_an_answer_is_a_day_or_month_that_has_come() {
        let today = Date::new(2026, 11, 24).unwrap();
        for (typed, fault) in [
            ("", None),
            ("2026-10-31", None),
            ("2026年10月", None),
            ("上月底", Some(messages::origin::no_date())),
            ("2026-11-25", Some(messages::origin::in_future())),
        ] {
            assert_eq!(date_fault(typed, today), fault, "{typed}");
        }
    }
}
