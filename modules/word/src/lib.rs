//! Word documents and workbooks, in a module of their own: what JavaScript may call, and nothing more.

use labor_brand_assessment::documents::{from_transfer, read_word, to_word};
use labor_brand_assessment::json::Json;
use labor_brand_assessment::tables;
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

/// The sheets of a workbook as the page takes them over, or why there are none, as a JSON text.
#[wasm_bindgen]
pub fn read_workbook(bytes: &[u8]) -> String {
    match tables::read_workbook(bytes) {
        Ok(sheets) => tables::sheets_to_transfer(&sheets),
        Err(fault) => Json::text(fault.to_string()).to_line(),
    }
}

/// The bytes of a workbook of the sheets that the page handed over.
///
/// # Errors
/// When they are not what the page of this build hands over.
#[wasm_bindgen]
pub fn write_workbook(sheets: &str) -> Result<Vec<u8>, JsError> {
    let sheets = tables::sheets_from_transfer(sheets).ok_or_else(|| JsError::new("not sheets"))?;
    Ok(tables::write_workbook(&sheets)?)
}
