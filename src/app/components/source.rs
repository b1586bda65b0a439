//! The words of the document, folded away beside what they decide.

use leptos::prelude::*;

/// The clause and, unfolded, its words.
pub fn source_note(clause: String, words: Vec<String>) -> AnyView {
    let words: Vec<_> = words
        .into_iter()
        .map(|words| view! { <p>{words}</p> }.into_any())
        .collect();
    view! {
        <details class="source">
            <summary>"原文 · " {clause}</summary>
            <blockquote>{words}</blockquote>
        </details>
    }
    .into_any()
}
