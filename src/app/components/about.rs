//! What is folded away under a question: the rest of its hint, what counts and what does not,
//! and where the answer comes from.

use leptos::prelude::*;

use super::question_state::{Asked, Shown};
use crate::app::live::{live, on_change};
use crate::app::session::Session;
use crate::policy::{Fact, FactIdx};
use crate::wording::{Text, messages};

/// How a view asks where an answer comes from.
#[derive(Clone, Copy)]
pub struct Origin {
    /// What was told of it, if anything was.
    pub told: fn(Session, &Fact, Shown) -> Option<String>,
    /// The entries for it.
    pub entries: fn(Session, &Fact, Shown) -> AnyView,
}

/// What ends a sentence in the texts of a scheme.
const FULL_STOP: char = '\u{3002}';

/// The first sentence of a hint, which stands under its question, and the rest.
pub fn first_sentence(hint: &str) -> (&str, &str) {
    match hint.find(FULL_STOP) {
        Some(end) => hint.split_at(end + FULL_STOP.len_utf8()),
        None => (hint, ""),
    }
}

/// The fold of a question, drawn when it is first opened: few are, and they are many.
pub fn about(
    session: Session,
    fact: &Fact,
    (place, asked, state): (FactIdx, Asked, Shown),
    origin: Option<Origin>,
) -> Option<AnyView> {
    let (_, rest) = first_sentence(&fact.hint);
    let has_examples = asked != Asked::Roughly && !(fact.counts.is_empty() && fact.counts_not.is_empty());
    if rest.is_empty() && !has_examples && origin.is_none() {
        return None;
    }
    let was_opened = RwSignal::new(false);
    let label = match (has_examples, origin.is_some()) {
        (true, _) => messages::question::about_examples(),
        (false, true) if rest.is_empty() => messages::origin::ask(),
        (false, true) => messages::question::about_origin(),
        (false, false) => messages::question::about(),
    };
    let summary = move || {
        let policy = session.policy();
        let told = origin.and_then(|origin| (origin.told)(session, &policy.facts[place], state));
        match told {
            Some(told) => session.say(messages::question::about_told(&told)),
            None => session.text(label),
        }
    };
    let rest = rest.to_owned();
    let body = move || {
        let policy = session.policy();
        let fact = &policy.facts[place];
        was_opened.get().then(|| {
            let rest = (!rest.is_empty()).then(|| view! { <p>{rest.clone()}</p> }.into_any());
            let examples = has_examples.then(|| examples(session, fact));
            let entries = origin.map(|origin| (origin.entries)(session, fact, state));
            view! { {rest} {examples} {entries} }.into_any()
        })
    };
    let name = session.say(messages::items::list_name(&fact.label));
    let fold = view! {
        <details
            class="about"
            data-origin=origin.map(|_| fact.id.clone())
            on:toggle=on_change(move |_| was_opened.set(true))
        >
            <summary><span class="is-spoken">{name}</span>{live(summary)}</summary>
            <div class="about__in">{live(body)}</div>
        </details>
    };
    Some(fold.into_any())
}

/// What a hint says after its first sentence, folded away.
pub fn rest_of_hint(session: Session, label: &str, rest: String) -> AnyView {
    folded_words(session, (label, messages::question::about()), rest, || false)
}

/// Words on what has that name, folded away behind what they are; they can be unfolded from elsewhere.
pub fn folded_words(
    session: Session,
    (name, what): (&str, Text),
    words: String,
    is_unfolded: impl Fn() -> bool + Send + 'static,
) -> AnyView {
    let name = session.say(messages::items::list_name(&name));
    view! {
        <details class="about" prop:open=live(is_unfolded)>
            <summary><span class="is-spoken">{name}</span>{session.text(what)}</summary>
            <div class="about__in"><p>{words}</p></div>
        </details>
    }
    .into_any()
}

/// What counts and what does not.
fn examples(session: Session, fact: &Fact) -> AnyView {
    let list = |items: &[String]| -> Vec<AnyView> {
        let items = items.iter();
        items
            .map(|item| view! { <li>{item.clone()}</li> }.into_any())
            .collect()
    };
    view! {
        <div class="about__examples">
            <div><b>{session.text(messages::question::counts())}</b><ul>{list(&fact.counts)}</ul></div>
            <div>
                <b>{session.text(messages::question::counts_not())}</b>
                <ul>{list(&fact.counts_not)}</ul>
            </div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_is_parted_after_its_first_sentence_and_loses_nothing() {
        for (hint, parts) in [
            ("", ("", "")),
            ("看执照。", ("看执照。", "")),
            ("看执照", ("看执照", "")),
            ("看执照。没有的不填。", ("看执照。", "没有的不填。")),
        ] {
            assert_eq!(first_sentence(hint), parts);
        }
    }
}
