//! The page around the application: focus, scrolling, title, print.

use std::cmp::Ordering;

use js_sys::Intl::Collator;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AddEventListenerOptions, Document, Element, Event, EventInit, HtmlDialogElement, HtmlElement, ShadowRoot,
};

/// A new id for a case: 128 random bits in hexadecimal digits. `getRandomValues`
/// exists also over plain http, where `randomUUID` does not.
pub fn new_case_id() -> String {
    let mut bytes = [0_u8; 16];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok());
    if filled.is_none() {
        // Without a source of chance the moment has to do; an id needs no secrecy.
        let millis = js_sys::Date::now().to_bits().to_be_bytes();
        bytes.iter_mut().zip(millis).for_each(|(byte, part)| *byte = part);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Asks the browser to print this page. Whether it was asked: some, as those
/// within other programs, have no way to print, and some refuse.
pub fn print_page() -> bool {
    web_sys::window().is_some_and(|window| window.print().is_ok())
}

/// Whether the selector finds anything inside `root`.
pub fn is_in(root: &Element, selector: &str) -> bool {
    root.query_selector(selector).is_ok_and(|found| found.is_some())
}

/// Presses the first element inside `root` that the selector finds.
pub fn press_in(root: &Element, selector: &str) {
    let found = root.query_selector(selector).ok().flatten();
    if let Some(found) = found.as_ref().and_then(|found| found.dyn_ref::<HtmlElement>()) {
        found.click();
    }
}

/// Puts the focus on the first element inside `root` that the selector finds, and moves
/// nothing.
pub fn focus_in_place(root: &Element, selector: &str) {
    let found = root.query_selector(selector).ok().flatten();
    if let Some(found) = found.as_ref().and_then(|found| found.dyn_ref::<HtmlElement>()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = found.focus_with_options(&options);
    }
}

/// Puts the focus on the first element inside `root` that the selector finds,
/// and brings it into sight. Returns whether there was one.
pub fn focus_on(root: &Element, selector: &str) -> bool {
    let Ok(Some(found)) = root.query_selector(selector) else {
        return false;
    };
    // What is folded away has to be opened first.
    let mut fold = found.closest("details").ok().flatten();
    while let Some(details) = fold {
        let _ = details.set_attribute("open", "");
        fold = details
            .parent_element()
            .and_then(|parent| parent.closest("details").ok().flatten());
    }
    let Ok(element) = found.dyn_into::<HtmlElement>() else {
        return false;
    };
    let _ = element.focus();
    let options = web_sys::ScrollIntoViewOptions::new();
    // What is higher than the window is read from its beginning.
    let window = element
        .owner_document()
        .and_then(|document| document.document_element());
    let is_high = window.is_some_and(|window| element.offset_height() > window.client_height() * 3 / 4);
    options.set_block(if is_high {
        web_sys::ScrollLogicalPosition::Start
    } else {
        web_sys::ScrollLogicalPosition::Center
    });
    element.scroll_into_view_with_scroll_into_view_options(&options);
    true
}

/// What has the focus in the document or shadow tree that `element` is in.
pub fn active_element(element: &Element) -> Option<Element> {
    let tree = element.get_root_node();
    match tree.dyn_ref::<ShadowRoot>() {
        Some(tree) => tree.active_element(),
        None => tree.dyn_ref::<Document>()?.active_element(),
    }
}

/// Whether an element has the focus, be it that the window has not.
pub fn has_focus(element: &Element) -> bool {
    active_element(element).as_ref() == Some(element)
}

/// What is typed into.
const TYPED_INTO: &str = "textarea,input:not([type=radio]):not([type=checkbox]):not([type=file])";

/// Takes the focus from an input inside `root` that is typed into.
pub fn leave_input(root: &Element) {
    let active = active_element(root).filter(|active| root.contains(Some(active)));
    let active = active.filter(|active| active.matches(TYPED_INTO) == Ok(true));
    if let Some(active) = active.as_ref().and_then(|active| active.dyn_ref::<HtmlElement>()) {
        let _ = active.blur();
    }
}

/// Puts a text into an input, where another is there.
pub fn set_entry(input: &Element, text: &str) {
    let key = "value".into();
    let text = JsValue::from_str(text);
    if Reflect::get(input, &key).as_ref() != Ok(&text) {
        let _ = Reflect::set(input, &key, &text);
    }
}

/// Whether text is typed into an element.
pub fn is_typed_into(element: &Element) -> bool {
    element.matches(TYPED_INTO) == Ok(true)
}

/// What is in what is typed into; `None` where nothing is.
pub fn entry_of(input: &Element) -> Option<String> {
    let entry = Reflect::get(input, &"value".into()).ok();
    entry.filter(|_| is_typed_into(input))?.as_string()
}

/// Tells an input that something was typed into it.
pub fn tell_of_entry(input: &Element) {
    let options = EventInit::new();
    options.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict("input", &options) {
        let _ = input.dispatch_event(&event);
    }
}

/// The text that is about to be pasted.
pub fn pasted_text(event: &Event) -> Option<String> {
    let data = Reflect::get(event, &"clipboardData".into()).ok()?;
    let read: Function = Reflect::get(&data, &"getData".into()).ok()?.dyn_into().ok()?;
    read.call1(&data, &"text/plain".into()).ok()?.as_string()
}

/// Puts a text where the caret stands, as if it were typed, so that it can be
/// taken back as well. Whether the browser did so.
pub fn insert_text(text: &str) -> bool {
    let insert = || {
        let document = web_sys::window()?.document()?;
        let act: Function = Reflect::get(&document, &"execCommand".into())
            .ok()?
            .dyn_into()
            .ok()?;
        act.call3(&document, &"insertText".into(), &false.into(), &text.into())
            .ok()?
            .as_bool()
    };
    insert().unwrap_or(false)
}

/// Does something once, when the focus leaves an element.
pub fn when_left(element: &Element, act: impl FnOnce() + 'static) {
    let options = AddEventListenerOptions::new();
    options.set_once(true);
    let act = Closure::once_into_js(act);
    let _ = element.add_event_listener_with_callback_and_add_event_listener_options(
        "blur",
        act.unchecked_ref(),
        &options,
    );
}

/// Shows a dialogue before the rest of the page. Firefox before 98 and Safari
/// before 15.4 have none: there it is an element like any other, and stands over
/// the page by its style.
pub fn show_dialog(dialog: &HtmlDialogElement) {
    if dialog.show_modal().is_err() {
        let _ = dialog.class_list().add_1("dialog--plain");
        let _ = dialog.set_attribute("open", "");
    }
}

/// Shuts a dialogue that is shown.
pub fn shut_dialog(dialog: &HtmlDialogElement) {
    // Where there are no dialogues, to ask one to close would stop the page.
    if js_sys::Reflect::has(dialog, &"close".into()) == Ok(true) {
        dialog.close();
    } else {
        let _ = dialog.remove_attribute("open");
    }
}

/// Whether an element stands where the script runs from right to left.
pub fn is_mirrored(element: &Element) -> bool {
    let turned = element.closest("[dir]").ok().flatten();
    turned.and_then(|turned| turned.get_attribute("dir")).as_deref() == Some("rtl")
}

/// Sets the title of the page.
pub fn announce_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// The places of names in a list as its readers expect them: Chinese ones by their sound,
/// with the figures in them as numbers.
pub fn order_of_names<'name>(names: impl Iterator<Item = &'name str>) -> Vec<usize> {
    let options = Object::new();
    let _ = Reflect::set(&options, &"numeric".into(), &true.into());
    let collator = Collator::new(&Array::of1(&"zh-CN".into()), &options);
    let compare = collator.compare();
    let mut names: Vec<(usize, JsValue)> = names.map(JsValue::from_str).enumerate().collect();
    names.sort_by(|(_, one), (_, other)| {
        let order = compare.call2(&JsValue::UNDEFINED, one, other);
        let order = order.ok().and_then(|order| order.as_f64()).unwrap_or_default();
        order.partial_cmp(&0.0).unwrap_or(Ordering::Equal)
    });
    names.into_iter().map(|(place, _)| place).collect()
}
