//! Keys for what is done often. None of them is one of a browser or a screen reader, but
//! those for undoing and saving, which every program has.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::app::export::Export;
use crate::app::live::on_window;
use crate::app::session::{Asking, Session, Way};
use crate::app::strays::{paste_table, target};
use crate::browser::{focus_on, is_in, is_typed_into, press_in};

/// The way to the next question that is open.
const NEXT_OPEN: &str = "[data-action='next-open']";

/// What a key does wherever the focus is in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    /// Undoes the last change, or does it again.
    Go(Way),
    /// Goes to the next question that is open.
    NextOpen,
    /// Saves into the case's own file.
    SaveFile,
    /// Exports the case file.
    Save,
    /// Prints the papers.
    Print,
    /// Opens the menu.
    OpenMenu,
    /// Shows what keys there are.
    ShowKeys,
}

impl Deed {
    /// What the keys say.
    fn of(event: &KeyboardEvent) -> Option<Self> {
        let is_command = event.ctrl_key() || event.meta_key();
        match (is_command, event.alt_key(), event.shift_key()) {
            (true, false, _) => Self::of_command(event),
            // A letter goes by its place: with these keys a Mac types another one.
            (false, true, true) => match event.code().as_str() {
                "KeyS" => Some(Self::Save),
                "KeyP" => Some(Self::Print),
                "KeyM" => Some(Self::OpenMenu),
                _ => None,
            },
            (false, false, _) => matches!(event.key().as_str(), "?" | "\u{ff1f}").then_some(Self::ShowKeys),
            _ => None,
        }
    }

    /// Ctrl+Enter, Ctrl+S, Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y, with ⌘ for Ctrl on a Mac.
    fn of_command(event: &KeyboardEvent) -> Option<Self> {
        match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
            ("enter", _) => Some(Self::NextOpen),
            ("s", false) => Some(Self::SaveFile),
            ("z", false) => Some(Self::Go(Way::Back)),
            ("z", true) | ("y", false) => Some(Self::Go(Way::Forth)),
            _ => None,
        }
    }

    /// Whether the key is the input's own while a text is edited.
    const fn is_of_text(self) -> bool {
        matches!(self, Self::Go(_) | Self::ShowKeys)
    }

    fn act(self, session: Session) {
        match self {
            Self::Go(way) => session.go(way),
            Self::NextOpen => {
                if let Some(root) = session.host.root() {
                    press_in(&root, NEXT_OPEN);
                }
            }
            Self::SaveFile => session.save_file(),
            Self::Save => session.begin_export(Export::Json),
            Self::Print => session.begin_export(Export::Print),
            Self::OpenMenu => {
                if let Some(root) = session.host.root() {
                    focus_on(&root, "[data-action='menu']");
                }
            }
            Self::ShowKeys => session.show_keys(),
        }
    }
}

/// Hears keys that are pressed while nothing has the focus: they are pressed for the page
/// that has the window. Cells that are pasted then are heard here as well.
pub fn hear_keys(session: Session) {
    // There is no window where the first screen is drawn, and no effect runs there.
    Effect::new(move |_| {
        on_window("keydown", move |event| {
            if !session.host.embedded.get_untracked() {
                act_by_key(session, event.unchecked_into());
            }
        });
        on_window("paste", move |event| {
            if !session.host.embedded.get_untracked() && !event.default_prevented() {
                paste_table(session, event.unchecked_ref());
            }
        });
    });
}

/// Does what the keys say, once, unless something is asked. In an input they change no
/// other than that, which is the browser's affair.
pub fn act_by_key(session: Session, event: KeyboardEvent) {
    let Some(deed) = Deed::of(&event) else { return };
    let is_edited = || target(&event).is_some_and(|target| is_typed_into(&target));
    let is_off = match deed {
        Deed::ShowKeys => !session.page.hears_question_mark.get_untracked(),
        // Where no questions are shown the key is the browser's.
        Deed::NextOpen => !session.host.root().is_some_and(|root| is_in(&root, NEXT_OPEN)),
        _ => false,
    };
    if event.default_prevented() || event.is_composing() || is_off || deed.is_of_text() && is_edited() {
        return;
    }
    if session.page.asking.with_untracked(Option::is_none) {
        event.prevent_default();
        deed.act(session);
    }
}

impl Session {
    /// Shows what keys there are.
    pub fn show_keys(self) {
        self.ask_first(Asking::Keys);
    }
}
