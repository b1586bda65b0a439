//! What hands and programs do to any button and any input, whichever view it
//! is in: a second press that was none, a text that no key has typed, cells
//! of a table that are pasted into one figure. Each is listened for at the root.

use leptos::ev::{ClipboardEvent, Event, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::answers::cells_apart;
use crate::browser::{entry_of, insert_text, pasted_text, tell_of_entry};

/// What a figure is typed into.
const FIGURE: &str = "input[inputmode=decimal]";

/// Stops the second press of a double click before a button hears of it: who
/// presses twice wants it done once, and another button may be there by then.
/// Presses by key and by programs are none of a row.
pub fn drop_second_press(event: MouseEvent) {
    let button = target(&event).and_then(|target| target.closest("button").ok().flatten());
    if event.detail() > 1 && button.is_some() {
        event.stop_propagation();
        event.prevent_default();
    }
}

/// The input that was typed into last, and what the views have heard of it.
pub type Heard = StoredValue<Option<(Element, String)>, LocalStorage>;

/// Remembers what was typed.
pub fn hear(heard: Heard, event: &Event) {
    let input = target(event);
    heard.set_value(input.and_then(|input| entry_of(&input).map(|entry| (input, entry))));
}

/// Has the views hear of a text that only a change tells of: the address book
/// of some browsers and some password managers fill inputs in without a word.
pub fn hear_change(heard: Heard, event: &Event) {
    let Some((input, entry)) = target(event).and_then(|input| entry_of(&input).map(|entry| (input, entry)))
    else {
        return;
    };
    let known = (input.clone(), entry);
    if heard.with_value(|heard| heard.as_ref() != Some(&known)) {
        tell_of_entry(&input);
    }
}

/// Keeps the figures of cells apart that are pasted into one input. By itself the
/// browser puts a blank between them, which parts thousands in other figures.
pub fn paste_cells(event: ClipboardEvent) {
    let is_figure = target(&event).is_some_and(|input| input.matches(FIGURE) == Ok(true));
    let Some(text) = pasted_text(&event).filter(|_| is_figure) else {
        return;
    };
    let apart = cells_apart(&text);
    if apart.contains('/') && !text.contains('/') && insert_text(&apart) {
        event.prevent_default();
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
