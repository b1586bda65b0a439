//! The result as a picture.

use core::cell::Cell;
use core::time::Duration;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::app::export::Export;
use crate::app::session::Session;
use crate::browser::{download, draw_sheet};
use crate::documents::Document;
use crate::wording::messages;

/// How long a picture may take; some browsers never say that they make none.
const PICTURE_COMES_WITHIN: Duration = Duration::from_secs(15);

impl Session {
    /// Draws the first sheet of a document and gives it to the user.
    pub(super) fn export_picture(self, name: String, document: &Document) {
        let drawn = document.sheets.first().map(draw_sheet);
        if self.host.shows_files.get_untracked() {
            let picture = drawn.and_then(|canvas| canvas.ok()?.to_data_url().ok());
            // A canvas that cannot be written gives an address of nothing.
            match picture.filter(|picture| picture.starts_with("data:image/png")) {
                Some(picture) => self.hand_over(name, "image/png", picture, false),
                None => self
                    .page
                    .tell(true, self.text(messages::actions::picture_refused())),
            }
            return;
        }
        // Shown once: when the picture comes, or when it has not.
        let is_shown = Rc::new(Cell::new(false));
        let is_late = Rc::clone(&is_shown);
        let refused = move || {
            if !is_late.replace(true) && !self.filing.is_gone() {
                self.page
                    .tell(true, self.text(messages::actions::picture_refused()));
            }
        };
        let none_came = refused.clone();
        let saved = Closure::once_into_js(move |picture: JsValue| {
            // One of no bytes is none.
            if picture
                .dyn_ref::<Blob>()
                .is_none_or(|picture| picture.size() == 0.0)
            {
                return none_came();
            }
            if is_shown.replace(true) || self.filing.is_gone() {
                return;
            }
            self.done(
                Export::Picture,
                self.filing.case.get_untracked(),
                download(&name, "image/png", &picture).is_ok(),
            );
        });
        match drawn {
            Some(Ok(canvas)) if canvas.to_blob(saved.unchecked_ref()).is_ok() => {
                set_timeout(refused, PICTURE_COMES_WITHIN);
            }
            _ => refused(),
        }
    }
}
