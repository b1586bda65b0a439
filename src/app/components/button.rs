//! A button, as every view has it. What has more to it than a look, a name, words and
//! what it does (a state, a place that it is of) is written where it stands.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::together;
use crate::app::live::on_press;
use crate::app::session::Session;
use crate::wording::Text;

/// What a button looks like, by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What one came for.
    Main,
    /// Another way on.
    Plain,
    /// One among lines, or beside what is said.
    Small,
    /// What only puts something away or shows more of the same.
    Quiet,
    /// What cannot be taken back.
    Bad,
    /// Words of a sentence that lead on.
    Link,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Main => "btn btn--main",
            Self::Plain => "btn",
            Self::Small => "btn btn--small",
            Self::Quiet => "btn btn--quiet",
            Self::Bad => "btn btn--bad",
            Self::Link => "link",
        }
    }
}

/// A button with its `data-action`, by which a host, a key and a test press it.
pub fn button(
    session: Session,
    kind: Kind,
    action: &'static str,
    label: Text,
    act: impl FnMut(MouseEvent) + 'static,
) -> AnyView {
    drawn(kind, Some(action), session.text(label), on_press(act))
}

/// A button whose words have a figure or a name in them. Without a `data-action` it is
/// known by these alone.
pub fn button_saying(
    kind: Kind,
    action: Option<&'static str>,
    words: String,
    act: impl FnMut(MouseEvent) + 'static,
) -> AnyView {
    drawn(kind, action, words, on_press(act))
}

/// Words that lead on, to the place that they name.
pub fn link(words: String, go: impl FnMut(MouseEvent) + 'static) -> AnyView {
    let words = together(&words);
    view! { <button type="button" class=Kind::Link.class() on:click=on_press(go)>{words}</button> }.into_any()
}

fn drawn(
    kind: Kind,
    action: Option<&'static str>,
    words: String,
    act: Box<dyn FnMut(MouseEvent)>,
) -> AnyView {
    view! {
        <button type="button" class=kind.class() data-action=action on:click=act>
            {words}
        </button>
    }
    .into_any()
}
