//! The year of application and the cutoff date, from which every period follows.

use leptos::prelude::*;

use crate::answers::{Case, NotADay};
use crate::app::components::{remark_note, way_to_other};
use crate::app::live::{entered, live, on_change, on_press};
use crate::app::session::Session;
use crate::assessment::CUTOFF;
use crate::policy::{FieldKind, Policy};
use crate::wording::messages;

/// The year of application and the cutoff date, from which every period follows.
pub fn dates(session: Session, policy: &Policy) -> AnyView {
    view! { <div class="dates">{year(session, policy)} {cutoff(session)}</div> }.into_any()
}

/// The year of application, with a way to where it is entered.
fn year(session: Session, policy: &Policy) -> AnyView {
    let mut fields = policy.fields.iter();
    let field = fields.find(|field| field.kind == FieldKind::Year);
    let change = field.map(|field| {
        let (id, label) = (field.id.clone(), field.label.clone());
        view! {
            <button
                type="button"
                class="link"
                aria-label=session.say(messages::questions::change_of(&label))
                on:click=on_press(move |_| session.page.open_field(&id))
            >
                {session.text(messages::questions::change())}
            </button>
        }
        .into_any()
    });
    let year = move || session.filing.case.with(|case| case.application_year.to_string());
    view! {
        <span>
            {session.weave(messages::questions::year(view! { <b>{live(year)}</b> }.into_any()))}
            {change}
        </span>
    }
    .into_any()
}

/// The cutoff date. What is typed and is no day stays, and is told as long as it stands.
fn cutoff(session: Session) -> AnyView {
    let shown = move || session.filing.case.with(Case::cutoff_as_typed);
    let typed = move |event: leptos::ev::Event| {
        let (text, today) = (event_target_value(&event), session.today());
        session.filing.case.update(|case| case.type_cutoff(&text, today));
    };
    let left = move |_| {
        let today = session.today();
        session.filing.case.update(|case| case.leave_cutoff(today));
    };
    let wrong = move || {
        let words = cutoff_fault(session)?;
        Some(view! { <p class="err" id="cutoff-error">{words}</p> }.into_any())
    };
    let notes = move || {
        let notes = session.filing.remarks_at(CUTOFF).into_iter().map(|remark| {
            let way = remark.with.clone().map(|other| way_to_other(session, other));
            remark_note(session, CUTOFF, remark, way)
        });
        notes.collect::<Vec<_>>()
    };
    view! {
        <label class="dates__cutoff">
            {session.text(messages::questions::cutoff())}
            <input
                type="text"
                class="entry entry--date"
                data-case="cutoff_date"
                autocomplete="off"
                aria-describedby="cutoff-error"
                prop:value=entered(shown)
                on:input=on_change(typed)
                on:change=on_change(left)
            />
        </label>
        {live(wrong)}
        <div class="q__remarks">{live(notes)}</div>
    }
    .into_any()
}

/// Why what was typed for the cutoff date does not count, and which day does.
pub fn cutoff_fault(session: Session) -> Option<String> {
    let today = session.today();
    let (fault, cutoff) = session
        .filing
        .case
        .with(|case| (case.cutoff_fault(today), case.cutoff_date));
    let reason = match fault? {
        NotADay::NotADate(reason) => reason.to_string(),
        NotADay::InFuture => session.say(messages::questions::date_in_future(&today)),
    };
    Some(session.say(messages::questions::date_wanted(&cutoff, &reason)))
}
