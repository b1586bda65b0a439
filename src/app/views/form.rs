//! 申报信息（附件2）: the fields of the recommendation form.

use leptos::prelude::*;

use crate::app::components::{Kind, button, form_field, new_sentences_note, stale_list};
use crate::app::live::{live, on_change, on_press};
use crate::app::session::{PrivateKeeping, Session};
use crate::app::step::Step;
use crate::assessment::{draft, drafted};
use crate::policy::{Field, FieldKind};
use crate::wording::{Text, messages};

/// The lengths of a first draft that are offered, in characters.
const LENGTHS: [u32; 3] = [300, 600, 1000];

/// The step: the fields of the form in their order, before the first private one what becomes of such.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let intro = session.say(messages::form::intro(&policy.recommendation_form.name));
    let first_private = policy
        .fields
        .iter()
        .position(|field| field.private || field.kind == FieldKind::IdKind);
    let fields: Vec<AnyView> = policy
        .fields
        .iter()
        .enumerate()
        .map(|(place, field)| {
            let keeping = (Some(place) == first_private).then(|| keeping_choice(session));
            let more = match field.kind {
                FieldKind::Place => Some(office(session, field)),
                FieldKind::LongText => Some(drafts(session, field)),
                _ => None,
            };
            view! { {keeping} {form_field(session, field)} {more} }.into_any()
        })
        .collect();
    view! {
        {super::heading(session, Step::Form, intro)}
        <section class="group" aria-label=policy.recommendation_form.name.clone()>{fields}</section>
    }
    .into_any()
}

/// What becomes of 身份证号 and 银行账号 while one works.
fn keeping_choice(session: Session) -> AnyView {
    let option = |keeping: PrivateKeeping, hint: Text| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="private-keeping"
                    value=keeping.id()
                    prop:checked=move || session.filing.private_keeping.get() == keeping
                    on:change=on_change(move |_| session.keep_private(keeping))
                />
                <span><b>{session.text(keeping.label())}</b> " " {session.text(hint)}</span>
            </label>
        }
        .into_any()
    };
    let [by_hand, this_time, stored] = PrivateKeeping::ALL;
    view! {
        <fieldset class="choices choices--boxed">
            <legend>{session.text(messages::form::private_legend())}</legend>
            {option(by_hand, messages::form::by_hand_hint())}
            {option(this_time, messages::form::this_time_hint())}
            {option(stored, messages::form::stored_hint())}
        </fieldset>
    }
    .into_any()
}

/// The office that takes the papers.
fn office(session: Session, field: &Field) -> AnyView {
    let id = field.id.clone();
    let shown = move || {
        let policy = session.policy();
        let chosen = session.filing.case.with(|case| case.field(&id).to_owned());
        policy
            .places
            .iter()
            .find(|place| place.id == chosen)
            .map(|place| {
                let is_known = !place.address.is_empty() && !place.telephone.is_empty();
                let way_there = if is_known {
                    session.say(messages::form::address(&place.address, &place.telephone))
                } else {
                    session.text(messages::form::no_address())
                };
                view! {
                    <div class="info">
                        <p><b>{session.text(messages::form::office())}</b> {place.office.clone()}</p>
                        <p>{way_there}</p>
                    </div>
                }
                .into_any()
            })
    };
    view! { <div class="info-place">{live(shown)}</div> }.into_any()
}

/// First drafts of the narrative, in three lengths, and a way back; and what in
/// the text no longer holds.
fn drafts(session: Session, field: &Field) -> AnyView {
    let buttons = LENGTHS.map(|length| draft_button(session, field, length));
    let ways = [
        (true, messages::form::undo_draft(), "undo-draft"),
        (false, messages::form::redo_draft(), "redo-draft"),
    ];
    let ways = ways.map(|(is_back, label, action)| way_back(session, field, is_back, label, action));
    view! {
        <div class="info">
            <p class="buttons">
                <b>{session.text(messages::form::draft_lead())}</b> " "
                {buttons.into_iter().collect::<Vec<_>>()}
                " "
                {ways.into_iter().collect::<Vec<_>>()}
            </p>
            <p>{session.text(messages::form::draft_note())}</p>
        </div>
        {stale_note(session, field)}
    }
    .into_any()
}

/// Writes a draft of a length.
fn draft_button(session: Session, field: &Field, length: u32) -> AnyView {
    let field = field.clone();
    let write = move |_| {
        let policy = session.policy();
        let assessment = session.filing.assessment.get_untracked();
        let (text, made_from) = session.filing.case.with_untracked(|case| {
            (
                draft(&policy, case, &assessment, length),
                drafted(&policy, case, &assessment, length),
            )
        });
        if text.is_empty() {
            session
                .page
                .tell(true, session.text(messages::form::nothing_to_draft()));
            return;
        }
        session.filing.draft_into(&field, text, made_from);
    };
    view! {
        <button
            type="button"
            class="btn btn--small"
            data-draft=length.to_string()
            on:click=on_press(write)
        >
            {session.say(messages::form::draft_length(&length))}
        </button>
    }
    .into_any()
}

/// Back to the text before a draft, or forward again, where there is one.
fn way_back(session: Session, field: &Field, is_back: bool, label: Text, action: &'static str) -> AnyView {
    let field = field.clone();
    let way = move || {
        let is_open = session.filing.earlier_texts.with(|texts| {
            texts.get(&field.id).is_some_and(|texts| {
                if is_back {
                    texts.has_earlier()
                } else {
                    texts.has_later()
                }
            })
        });
        let field = field.clone();
        is_open.then(move || {
            button(session, Kind::Link, action, label, move |_| {
                session.filing.go_back_in(&field, is_back)
            })
        })
    };
    view! { {live(way)} " " }.into_any()
}

/// What in a drafted text no longer holds, sentence by sentence, with one press that renews it.
fn stale_note(session: Session, field: &Field) -> AnyView {
    let id = field.id.clone();
    let field = field.clone();
    let note = {
        let field = field.clone();
        move || {
            let stale = session.filing.stale_in(Some(&field.id));
            let new = new_sentences_note(session, &field);
            let stale = (!stale.is_empty()).then(|| stale_list(session, &stale, Some(&field)));
            (stale.is_some() || new.is_some()).then(|| view! { {stale} {new} }.into_any())
        }
    };
    view! { <div class="q__remarks" role="status" data-stale=id>{live(note)}</div> }.into_any()
}
