//! One of the papers: its questions, and what else it answers.

use std::sync::Arc;

use leptos::prelude::*;

use super::contents::{group_progress, progress_words};
use super::rest_zero::fill_zero;
use crate::answers::as_entered_for_narrative;
use crate::app::components::{link, remark_note};
use crate::app::live::{entered, live, on_change};
use crate::app::session::Session;
use crate::assessment::StepState;
use crate::policy::{FactIdx, Group, IdxSet, NarrativeField, Policy};
use crate::wording::messages;

/// A paper with its questions in their blocks, and what else it answers. Where only
/// open questions are shown, the rest stays away.
pub fn paper_view(
    session: Session,
    policy: &Policy,
    deciding: &Arc<IdxSet<FactIdx>>,
    place: usize,
    group: &Group,
    blocks: Vec<AnyView>,
    only_open: bool,
) -> AnyView {
    let narrative = group.narrative.iter().filter(|_| !only_open);
    let narrative: Vec<AnyView> = narrative
        .filter_map(|id| policy.narrative_fields.iter().find(|field| field.id == *id))
        .map(|field| narrative_question(session, field))
        .collect();
    let narrative = (!narrative.is_empty()).then(|| {
        view! { <h4 class="block__title">{session.text(messages::questions::narrative())}</h4> {narrative} }
            .into_any()
    });
    let keeper = group.keeper.clone();
    // That it is done is marked in the list of papers above.
    let note = move || {
        let progress = group_progress(session, place);
        match progress.state() {
            StepState::Done => session.say(messages::questions::usually_answered_by(&keeper)),
            _ => session.say(messages::questions::answered_by(
                &keeper,
                &progress_words(session, progress),
            )),
        }
    };
    let intro = (!group.intro.is_empty()).then(|| view! { <p>{group.intro.clone()}</p> }.into_any());
    view! {
        <section class="group" id=format!("g-{}", group.id) aria-label=group.title.clone()>
            <div class="group__head">
                <div>
                    <h3 tabindex="-1">{group.title.clone()}</h3>
                    " "
                    <span class="note">{live(note)}</span>
                    {intro}
                </div>
                {fill_zero(session, group, deciding)}
            </div>
            {blocks}
            {narrative}
            {(!only_open).then(|| form_part(session, policy, group))}
        </section>
    }
    .into_any()
}

/// Form fields that the same papers answer: what is entered, and a way to the form.
fn form_part(session: Session, policy: &Policy, group: &Group) -> Option<AnyView> {
    let fields: Vec<_> = group
        .fields
        .iter()
        .filter_map(|id| policy.field(id))
        .cloned()
        .collect();
    let first = fields.first()?.id.clone();
    let filled = {
        let fields = fields.clone();
        move || {
            session.filing.case.with(|case| {
                fields
                    .iter()
                    .filter(|field| !case.entry(field).trim().is_empty())
                    .count()
            })
        }
    };
    let all = fields.len();
    let form = session.policy().recommendation_form.name.clone();
    let names = fields
        .iter()
        .map(|field| field.label.as_str())
        .collect::<Vec<_>>()
        .join(&session.text(messages::common::list_comma()));
    // Where all of it is filled in there is nothing to go for.
    let has_more = Memo::new({
        let filled = filled.clone();
        move |_| filled() < all
    });
    let shown = move || {
        let (names, form, first, filled) = (names.clone(), form.clone(), first.clone(), filled.clone());
        let said = move || session.say(messages::questions::form_fields(&all, &filled(), &names, &form));
        let fill = move |_| session.page.open_field(&first);
        has_more.get().then(|| {
            view! {
                <p class="reference">{said} {link(session.text(messages::questions::go_fill()), fill)}</p>
            }
            .into_any()
        })
    };
    Some(view! { <div>{live(shown)}</div> }.into_any())
}

/// Writes what is typed for the narrative; where nothing is, its entry goes.
fn enter_narrative(session: Session, field: &NarrativeField, typed: &str) {
    let text = as_entered_for_narrative(field, typed);
    session.filing.case.update(|case| {
        if text.is_empty() {
            case.narrative.remove(&field.id);
        } else {
            case.narrative.insert(field.id.clone(), text);
        }
    });
}

fn narrative_question(session: Session, field: &NarrativeField) -> AnyView {
    let id = field.id.clone();
    let shown = {
        let id = id.clone();
        move || {
            session
                .filing
                .case
                .with(|case| case.narrative.get(&id).cloned().unwrap_or_default())
        }
    };
    let typed = {
        let field = field.clone();
        move |event: leptos::ev::Event| enter_narrative(session, &field, &event_target_value(&event))
    };
    let unit = (!field.unit.is_empty())
        .then(|| view! { <span class="in__unit">{field.unit.clone()}</span> }.into_any());
    let notes = {
        let id = id.clone();
        move || {
            let remarks = session.filing.remarks_at(&id).into_iter();
            let notes = remarks.map(|remark| remark_note(session, &id, remark, None));
            notes.collect::<Vec<_>>()
        }
    };
    let class = if field.unit.is_empty() {
        "in in--text"
    } else {
        "in"
    };
    view! {
        <div class="q" id=format!("n-{id}")>
            <div class="q__ask">
                <label class="q__label" for=format!("{id}-narrative")>{field.label.clone()}</label>
                <span class="q__hint">{field.hint.clone()}</span>
            </div>
            <div class="q__input">
                <div class=class>
                    <input
                        id=format!("{id}-narrative")
                        type="text"
                        data-narrative=id.clone()
                        data-listed=field.unit.is_empty()
                        autocomplete="off"
                        prop:value=entered(shown)
                        on:input=on_change(typed)
                    />
                    {unit}
                </div>
            </div>
            <div class="q__remarks">{live(notes)}</div>
        </div>
    }
    .into_any()
}
