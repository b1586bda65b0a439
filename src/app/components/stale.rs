//! Sentences of a drafted text that no longer hold.

use leptos::prelude::*;

use super::{Kind, button};
use crate::app::session::Session;
use crate::assessment::{StaleSentence, new_sentences};
use crate::browser::focus_on;
use crate::policy::{Field, FieldKind};
use crate::wording::messages;

/// The sentences one by one, with one press that renews what the user has not
/// rewritten: of a field, or of all of them.
pub fn stale_list(session: Session, stale: &[StaleSentence], of: Option<&Field>) -> AnyView {
    let lines = stale.iter().map(|sentence| {
        let rewritten = sentence.rewritten.to_string();
        view! { <li data-rewritten=rewritten>{sentence.shown()}</li> }.into_any()
    });
    let lines: Vec<AnyView> = lines.collect();
    let of = of.cloned();
    let renew = move |_| {
        let policy = session.policy();
        let long = policy
            .fields
            .iter()
            .filter(|field| field.kind == FieldKind::LongText);
        let wanted = long.filter(|field| of.as_ref().is_none_or(|of| of.id == field.id));
        let wanted: Vec<Field> = wanted.cloned().collect();
        for field in wanted {
            if !session.filing.stale_in(Some(&field.id)).is_empty() {
                session.filing.renew_draft(&field);
            }
        }
        go_on_behind(session, of.as_ref());
    };
    let renewal = stale.iter().any(StaleSentence::is_renewable).then(|| {
        button(
            session,
            Kind::Small,
            "renew-draft",
            messages::form::renew_draft(),
            renew,
        )
    });
    view! {
        <div class="warn">
            <p>{session.say(messages::form::stale(&stale.len()))} " " {renewal}</p>
            <ul>{lines}</ul>
        </div>
    }
    .into_any()
}

/// What a draft would say by now and the text does not: what went when it could not be said
/// comes back so.
pub fn new_sentences_note(session: Session, field: &Field) -> Option<AnyView> {
    let policy = session.policy();
    let assessment = session.filing.assessment.get();
    let new = session
        .filing
        .case
        .with(|case| new_sentences(&policy, case, &assessment, &field.id));
    let lines = new
        .iter()
        .map(|sentence| view! { <li>{sentence.clone()}</li> }.into_any());
    let lines: Vec<AnyView> = lines.collect();
    let of = field.clone();
    let renew = move |_| {
        session.filing.renew_draft(&of);
        go_on_behind(session, Some(&of));
    };
    (!lines.is_empty()).then(|| {
        view! {
            <div class="info" data-new-sentences="">
                <p>
                    {session.say(messages::form::new_sentences(&lines.len()))}
                    " "
                    {button(session, Kind::Small, "add-sentences", messages::form::renew_draft(), renew)}
                </p>
                <ul>{lines}</ul>
            </div>
        }
        .into_any()
    })
}

/// Puts the focus where one goes on once the button is gone with what it renewed: into the
/// field or, since a question that is asked keeps it out of reach, on the title of that.
fn go_on_behind(session: Session, field: Option<&Field>) {
    let is_asked = session.page.asking.with_untracked(Option::is_some);
    match (field, session.host.root()) {
        (Some(field), _) if !is_asked => session.page.focus(format!("#f-{}", field.id)),
        (_, Some(root)) => {
            focus_on(&root, "#dialog-title");
        }
        _ => {}
    }
}
