//! What hands and programs do to any button and any input, whichever view it
//! is in: a second press that was none, a text that no key has typed, cells
//! of a table that are pasted into one figure. Each is listened for at the root.

use leptos::ev::{ClipboardEvent, Event, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::answers::{cells_apart, listed_in_line, plain_names, plain_organisations, plain_prose};
use crate::app::session::{BroughtTable, Session, TableContent};
use crate::browser::{entry_of, insert_text, is_typed_into, pasted_text, tell_of_entry};

/// What a figure is typed into.
const FIGURE: &str = "input[inputmode=decimal]";
/// What takes a list in one line.
const LIST: &str = "input[data-listed]";
/// What takes any other text in one line.
const LINE: &str = "input[type=text]:not([inputmode=decimal]):not([data-listed])";

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

/// Has cells that are pasted beside every input looked at as a table, and keeps
/// the figures of cells apart that are pasted into one input. By itself the
/// browser puts a blank between them, which parts thousands in other figures.
pub fn paste_cells(session: Session, event: ClipboardEvent) {
    paste_list(&event);
    paste_line(&event);
    if paste_table(session, &event) {
        return;
    }
    let is_figure = target(&event).is_some_and(|input| input.matches(FIGURE) == Ok(true));
    let Some(text) = pasted_text(&event).filter(|_| is_figure) else {
        return;
    };
    let apart = cells_apart(&text);
    if apart.contains('/') && !text.contains('/') && insert_text(&apart) {
        event.prevent_default();
    }
}

/// Puts 、 between the entries of a list that is pasted into one line. By itself
/// the browser puts blanks between its lines, or nothing.
fn paste_list(event: &ClipboardEvent) {
    let is_listed = target(event).is_some_and(|input| input.matches(LIST) == Ok(true));
    let Some(text) = pasted_text(event).filter(|_| is_listed) else {
        return;
    };
    let is_of_lines = text.trim().contains(['\n', '\r', '\t']);
    if is_of_lines && insert_text(&listed_in_line(&text)) {
        event.prevent_default();
    }
}

/// Joins the lines of a text that is pasted into one line as they belong
/// together. By itself the browser puts blanks between them, or nothing.
fn paste_line(event: &ClipboardEvent) {
    let is_line = |input: &Element| input.matches(LINE) == Ok(true) && !event.default_prevented();
    let Some(input) = target(event).filter(is_line) else {
        return;
    };
    let text = pasted_text(event).filter(|text| plain_prose(text).trim().contains(['\n', '\t']));
    let Some(text) = text else { return };
    let autocomplete = input.get_attribute("autocomplete").unwrap_or_default();
    let line = if autocomplete.split(' ').next_back() == Some("name") {
        plain_names(&text)
    } else {
        plain_organisations(&text)
    };
    if insert_text(line.trim()) {
        event.prevent_default();
    }
}

/// Opens cells as a table that are pasted where nothing is typed; whether they were.
pub fn paste_table(session: Session, event: &ClipboardEvent) -> bool {
    let is_for_input = target(event).is_some_and(|place| is_typed_into(&place));
    let text = pasted_text(event).filter(|text| !is_for_input && text.contains('\t'));
    let Some(text) = text.filter(|text| text.trim().contains('\n')) else {
        return false;
    };
    event.prevent_default();
    session.bring_table(BroughtTable {
        name: String::new(),
        content: TableContent::Pasted(text),
    });
    true
}

/// The element that an event is of.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
