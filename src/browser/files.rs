//! Files that leave the page and come back.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlInputElement, Url};

/// How long the address of a download stays valid, in milliseconds: some
/// browsers begin to read it late.
const REVOKE_AFTER_MS: i32 = 60_000;

/// Hands the text to the browser as a download.
///
/// # Errors
/// When the browser refuses; the value says why.
pub fn download_text(name: &str, mime: &str, text: &str) -> Result<(), JsValue> {
    download(name, mime, &JsValue::from_str(text))
}

/// Hands a text, a blob or an array of bytes to the browser as a download.
///
/// # Errors
/// When the browser refuses; the value says why.
pub fn download(name: &str, mime: &str, content: &JsValue) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let document = window.document().ok_or(JsValue::NULL)?;
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let blob = Blob::new_with_blob_sequence_and_options(&Array::of1(content), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.set_class_name("is-hidden");
    let body = document.body().ok_or(JsValue::NULL)?;
    body.append_child(&anchor)?;
    anchor.click();
    anchor.remove();
    let revoke = wasm_bindgen::closure::Closure::once_into_js(move || {
        let _ = Url::revoke_object_url(&address);
    });
    window.set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), REVOKE_AFTER_MS)?;
    Ok(())
}

/// What a picked file holds.
pub enum Picked {
    /// A text.
    Text(String),
    /// Neither a package nor a text in UTF-8.
    Other,
    /// A package, as Word writes its files.
    Package(ArrayBuffer),
}

/// The file that was picked in an input, and its size in bytes; `None` where
/// none was picked. A file above `limit` bytes is not read.
///
/// # Errors
/// When the file cannot be read.
pub async fn read_picked_file(
    input: &HtmlInputElement,
    limit: usize,
) -> Result<Option<(usize, Picked)>, JsValue> {
    let Some(file) = input.files().and_then(|files| files.get(0)) else {
        return Ok(None);
    };
    // Emptied, so that picking the same file again is a change again.
    let size = file.size() as usize;
    if size > limit {
        input.set_value("");
        return Ok(Some((size, Picked::Text(String::new()))));
    }
    let buffer: ArrayBuffer = JsFuture::from(file.array_buffer()).await?.dyn_into()?;
    let bytes = Uint8Array::new(&buffer).to_vec();
    let picked = if bytes.starts_with(b"PK\x03\x04") {
        Picked::Package(buffer)
    } else {
        // Read strictly: names in another encoding would come in garbled.
        match String::from_utf8(bytes) {
            Ok(text) => Picked::Text(text.trim_start_matches('\u{feff}').to_owned()),
            Err(_) => Picked::Other,
        }
    };
    input.set_value("");
    Ok(Some((size, picked)))
}
