//! The papers: previewed on the screen, and what a print of the page prints.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::app::state::{Printing, Session};
use crate::browser::print_page;
use crate::documents::PrivateEntries;
use crate::wording::Word;

/// The attribute of the paper while a print of it is made.
const PRINTING: &str = "data-printing";

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
        // Where the page is a part of another's, its loader hides the other around the marked paper.
        if let Some(place) = place.get_untracked() {
            let _ = place.set_attribute(PRINTING, "");
            print_page();
            let _ = place.remove_attribute(PRINTING);
        }
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

/// The chosen papers as they will be printed, folded until it is asked for.
pub fn preview(session: Session) -> AnyView {
    let place: NodeRef<leptos::html::Div> = NodeRef::new();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        let (true, Some(place)) = (open.get(), place.get()) else {
            return;
        };
        session.papers.track();
        session.case.track();
        place.set_inner_html(&session.papers_html(PrivateEntries::Blank));
    });
    let toggled = move |event: leptos::ev::Event| {
        let details: web_sys::HtmlDetailsElement = event_target(&event);
        open.set(details.open());
    };
    view! {
        <details class="fold preview" data-preview="" on:toggle=toggled>
            <summary>{session.text(Word::PreviewSummary)}</summary>
            <div class="preview__desk" tabindex="0" role="region" aria-label=session.text(Word::PreviewLabel) node_ref=place></div>
        </details>
    }
    .into_any()
}
