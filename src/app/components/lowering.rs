//! Lowering the own score of a row, with a reason.

use leptos::prelude::*;

use crate::answers::{Lowered, LoweringFault, plain_line};
use crate::app::live::{entered, live, on_change};
use crate::app::session::Session;
use crate::assessment::RowState;
use crate::numbers::Points;
use crate::policy::{Row, RowIdx};
use crate::wording::messages;

/// The part of a row in which its own score is lowered.
pub fn lowering(session: Session, place: RowIdx, row: &Row) -> AnyView {
    let summary = move || {
        let lowered = session.lowered_words(place);
        lowered.unwrap_or_else(|| session.text(messages::rows::lower()))
    };
    let trouble = {
        let id = row.id.clone();
        move || lowering_trouble(session, place, &lowered_of(session, &id))
    };
    view! {
        <details class="lowering">
            <summary>{live(summary)}</summary>
            <div class="lowering__in">
                <label>
                    {session.weave(messages::rows::lower_to(lowered_score(session, row)))}
                </label>
                <label class="lowering__reason">
                    {session.text(messages::common::reason())}
                    {lowered_reason(session, row)}
                </label>
                {move || trouble().map(|text| view! { <p class="err">{text}</p> }.into_any())}
            </div>
        </details>
    }
    .into_any()
}

/// What the case says of lowering a row.
fn lowered_of(session: Session, id: &str) -> Lowered {
    session
        .filing
        .case
        .with(|case| case.lowered.get(id).cloned().unwrap_or_default())
}

/// Changes how a row is lowered; where nothing is left of it, the case does not name it.
fn change_lowered(session: Session, id: &str, change: impl Fn(&mut Lowered)) {
    session.filing.case.update(|case| {
        let lowered = case.lowered.entry(id.to_owned()).or_default();
        change(lowered);
        if *lowered == Lowered::default() {
            case.lowered.remove(id);
        }
    });
}

/// What is wrong with how a row was lowered, in words; none where it stands as typed.
pub fn lowering_trouble(session: Session, place: RowIdx, entry: &Lowered) -> Option<String> {
    let computed = session.filing.assessment.with(|assessment| {
        let row = &assessment.rows[place];
        (row.state == RowState::Answered).then_some(row.chosen)
    });
    let most = computed.unwrap_or(Points::ZERO);
    Some(match entry.fault(computed)? {
        LoweringFault::NoScore => session.text(messages::rows::lowered_wanted()),
        LoweringFault::NotAScore => session.say(messages::rows::lowered_wrong(&entry.score)),
        LoweringFault::NotScored => session.text(messages::rows::lowered_not_scored()),
        LoweringFault::Negative => session.text(messages::rows::lowered_negative()),
        LoweringFault::TooHigh => session.say(messages::rows::lowered_too_high(&most)),
        LoweringFault::NoReason => session.text(messages::rows::lowered_reason_wanted()),
    })
}

/// The input for the lower score.
fn lowered_score(session: Session, row: &Row) -> AnyView {
    let shown = {
        let id = row.id.clone();
        move || lowered_of(session, &id).score
    };
    let typed = {
        let id = row.id.clone();
        move |event: leptos::ev::Event| {
            let text = crate::answers::points_as_typed(event_target_value(&event));
            change_lowered(session, &id, |lowered| lowered.score.clone_from(&text));
        }
    };
    view! {
        <input
            type="text"
            class="entry entry--short"
            inputmode="decimal"
            autocomplete="off"
            data-lowered=row.id.clone()
            aria-label=session.say(messages::rows::lower_label(&row.title))
            prop:value=entered(shown)
            on:input=on_change(typed)
        />
    }
    .into_any()
}

/// The input for the reason.
fn lowered_reason(session: Session, row: &Row) -> AnyView {
    let shown = {
        let id = row.id.clone();
        move || lowered_of(session, &id).reason
    };
    let typed = {
        let id = row.id.clone();
        move |event: leptos::ev::Event| {
            let text = plain_line(&event_target_value(&event));
            change_lowered(session, &id, |lowered| lowered.reason.clone_from(&text));
        }
    };
    view! {
        <input
            type="text"
            class="entry"
            autocomplete="off"
            data-lowered-reason=row.id.clone()
            aria-label=session.say(messages::rows::lower_reason_label(&row.title))
            prop:value=entered(shown)
            on:input=on_change(typed)
        />
    }
    .into_any()
}
