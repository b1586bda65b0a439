//! The module for Word, fetched when a file of Word is written or read.

use core::cell::Cell;
use core::time::Duration;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::app::export::Export;
use crate::app::session::Session;
use crate::browser::{call_module, download};
use crate::documents::PrivateEntries;
use crate::wording::{Text, messages};

const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// What is said where the module for Word cannot be had.
pub(super) const NO_WORD: Text = messages::actions::no_word();
/// How long the module for Word may take until it is said that one has to wait.
const WORD_COMES_WITHIN: Duration = Duration::from_secs(2);

impl Session {
    /// Has the module for Word write the document, and downloads it.
    pub(super) async fn export_word(self, name: String, document: String, private: PrivateEntries) {
        let arguments = [document.into(), self.case_file_text(private).into()];
        // What is typed while it is made is not in it.
        let case = self.filing.case.get_untracked();
        let written = self.ask_word("write", &arguments).await;
        if self.filing.is_gone() {
            return;
        }
        match written {
            Ok(bytes) => self.done(Export::Word, case, download(&name, WORD_TYPE, &bytes).is_ok()),
            Err(_) => self.page.tell(true, self.text(NO_WORD)),
        }
    }

    /// Has a function of the module for Word called.
    pub(super) async fn ask_word(self, function: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
        let load = self.host.load_module.get_value().ok_or(JsValue::NULL)?;
        let is_awaited = Rc::new(Cell::new(true));
        let is_still_awaited = Rc::clone(&is_awaited);
        let wait = move || {
            if is_still_awaited.get() && !self.filing.is_gone() {
                // Nothing came of it yet, so that the way back still stands.
                let replaced = self.page.replaced.get_untracked();
                self.page
                    .tell(false, self.text(messages::actions::word_loading()));
                self.page.replaced.set(replaced);
            }
        };
        set_timeout(wait, WORD_COMES_WITHIN);
        let answer = call_module(&load, "word", function, arguments).await;
        is_awaited.set(false);
        answer
    }
}
