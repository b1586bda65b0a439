//! What a print of the page prints: the forms, or another paper that was asked for.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::app::state::{Printing, Session};
use crate::browser::print_page;
use crate::documents::PrivateEntries;

/// The print-only paper. It is filled right before a print, also when the user
/// prints by the browser's own menu, so that what prints is what is true.
pub fn paper(session: Session) -> AnyView {
    let place: NodeRef<leptos::html::Div> = NodeRef::new();
    let fill = move |what: Printing| {
        if let Some(place) = place.get_untracked() {
            place.set_inner_html(&match what {
                Printing::Papers(private) => session.papers_html(private),
                Printing::Sheet(html) => html,
            });
        }
    };
    Effect::new(move |_| {
        let Some(what) = session.print_request.get() else {
            return;
        };
        fill(what);
        print_page();
        session.print_request.set(None);
    });
    let listener: StoredValue<Option<Closure<dyn Fn()>>, LocalStorage> = StoredValue::new_local(None);
    Effect::new(move |_| {
        let Some(window) = web_sys::window() else { return };
        let closure = Closure::<dyn Fn()>::new(move || {
            // By the browser's own menu nothing was asked, so private entries stay blank.
            if session.print_request.get_untracked().is_none() {
                fill(Printing::Papers(PrivateEntries::Blank));
            }
        });
        let _ = window.add_event_listener_with_callback("beforeprint", closure.as_ref().unchecked_ref());
        listener.set_value(Some(closure));
    });
    on_cleanup(move || {
        listener.try_update_value(|listener| {
            // Where nothing was put in place, as when the page is built, there is no window to ask.
            if let Some(closure) = listener.take()
                && let Some(window) = web_sys::window()
            {
                let _ = window
                    .remove_event_listener_with_callback("beforeprint", closure.as_ref().unchecked_ref());
            }
        });
    });
    view! { <div class="paper" node_ref=place aria-hidden="true"></div> }.into_any()
}
