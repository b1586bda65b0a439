//! The words of the document, folded away beside what they decide.

use leptos::prelude::*;

use crate::app::session::Session;
use crate::wording::messages;

/// The clause and, unfolded, its words.
pub fn source_note(session: Session, clause: &str, words: Vec<String>) -> AnyView {
    let words: Vec<_> = words
        .into_iter()
        .map(|words| view! { <p>{words}</p> }.into_any())
        .collect();
    view! {
        <details class="source">
            <summary>{session.say(messages::source::summary(&clause))}</summary>
            <blockquote>{words}</blockquote>
        </details>
    }
    .into_any()
}
