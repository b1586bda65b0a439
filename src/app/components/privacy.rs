//! The privacy notice, at the end of every view.

use leptos::prelude::*;

use crate::app::session::Session;
use crate::wording::{Text, messages};

/// The notice, folded until it is asked for. It needs no script to be read. What is shown,
/// each under a heading of its own, is what the law on personal information (个人信息保护法,
/// article 17, and 30 for what is sensitive) wants said before anything is typed.
pub fn privacy_notice(session: Session) -> AnyView {
    let policy = session.policy();
    let form = &policy.recommendation_form.name;
    let parts: [(Text, String); 8] = [
        (
            messages::privacy::who_head(),
            session.text(messages::privacy::who()),
        ),
        (
            messages::privacy::what_head(),
            session.say(messages::privacy::what(form)),
        ),
        (
            messages::privacy::sensitive_head(),
            session.say(messages::privacy::sensitive(form)),
        ),
        (
            messages::privacy::where_head(),
            session.text(messages::privacy::r#where()),
        ),
        (
            messages::privacy::kept_head(),
            session.text(messages::privacy::kept()),
        ),
        (
            messages::privacy::files_head(),
            session.text(messages::privacy::files()),
        ),
        (
            messages::privacy::erasing_head(),
            session.text(messages::privacy::erasing()),
        ),
        (
            messages::privacy::site_head(),
            session.text(messages::privacy::site()),
        ),
    ];
    let parts: Vec<AnyView> = parts
        .into_iter()
        .map(|(head, text)| view! { <dt>{session.text(head)}</dt><dd>{text}</dd> }.into_any())
        .collect();
    view! {
        <div class="privacy">
            <details data-privacy="">
                <summary>{session.text(messages::privacy::summary())}</summary>
                <dl>{parts}</dl>
            </details>
        </div>
    }
    .into_any()
}
