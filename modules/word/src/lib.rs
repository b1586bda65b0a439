//! Word documents, in a module of their own: what JavaScript may call, and nothing more.

use labor_brand_assessment::documents::{from_transfer, read_word, to_word};
use wasm_bindgen::prelude::*;

/// The bytes of a Word file of the document that the page handed over, which
/// carries the text of the case file.
///
/// # Errors
/// When the document is not one that the page of this build hands over.
#[wasm_bindgen]
pub fn write(document: &str, case_file: &str) -> Result<Vec<u8>, JsError> {
    let document = from_transfer(document).ok_or_else(|| JsError::new("not a document"))?;
    Ok(to_word(&document, case_file)?)
}

/// The text of the case file that a Word file carries, if it carries one.
#[wasm_bindgen]
pub fn read(bytes: &[u8]) -> Option<String> {
    read_word(bytes)
}
