//! Files that leave the page and come back.

use js_sys::{Array, ArrayBuffer, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, File, FileList, HtmlAnchorElement, HtmlInputElement, Response, TextDecoder,
    TextDecoderOptions, Url,
};

use crate::documents::{Brought, Foreign, NotACaseFile, recognise};

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
    // A shell that keeps files in gives none, and would open this page in its place.
    if address.is_empty() {
        return Err(JsValue::NULL);
    }
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    // One that knows no downloads would open the file in place of the page.
    if Reflect::has(&anchor, &"download".into()) != Ok(true) {
        return Err(JsValue::NULL);
    }
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.set_class_name("is-hidden");
    let body = document.body().ok_or(JsValue::NULL)?;
    body.append_child(&anchor)?;
    // A shell that lets nothing out may have it throw.
    let click: Function = Reflect::get(&anchor, &"click".into())?.dyn_into()?;
    let clicked = click.call0(&anchor);
    anchor.remove();
    clicked?;
    let revoke = wasm_bindgen::closure::Closure::once_into_js(move || {
        let _ = Url::revoke_object_url(&address);
    });
    // It is under way by now, whether its address is freed later or not.
    let _ =
        window.set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), REVOKE_AFTER_MS);
    Ok(())
}

/// What a picked file holds.
pub enum Picked {
    /// A text.
    Text(String),
    /// A text that another program saved in the encoding of the country (GB18030).
    Reencoded(String),
    /// A package, as Word writes its files.
    Package(ArrayBuffer),
    /// A workbook or slides.
    Workbook(ArrayBuffer),
    /// Nothing that can be opened.
    Refused(NotACaseFile),
}

/// Takes the files that were picked out of an input, in their order.
pub fn take_picked_files(input: &HtmlInputElement) -> Vec<File> {
    let files = input.files();
    let places = 0..files.as_ref().map_or(0, FileList::length);
    let files = places.filter_map(|place| files.as_ref()?.get(place)).collect();
    // Emptied whatever becomes of them, so that picking the same file again is a change again.
    input.set_value("");
    files
}

/// How many bytes at each end of a file that is too large are looked at to tell its kind.
const LOOKED_AT: f64 = 65_536.0;

/// The bytes of a file.
async fn buffer_of(file: &Blob) -> Result<ArrayBuffer, JsValue> {
    // Older browsers can read a file in this way alone.
    let reading = Response::new_with_opt_blob(Some(file))?.array_buffer()?;
    JsFuture::from(reading).await?.dyn_into()
}

/// The bytes of a file.
///
/// # Errors
/// When it cannot be read: it was moved or changed since it was picked.
pub async fn bytes_of(file: &Blob) -> Result<Vec<u8>, JsValue> {
    let buffer = buffer_of(file).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// What a file holds. One above `limit` bytes is not read.
///
/// # Errors
/// When the file cannot be read: it was moved, or is a folder.
pub async fn read_file(file: &Blob, limit: usize) -> Result<Picked, JsValue> {
    let size = file.size() as usize;
    if size > limit {
        let start = buffer_of(&file.slice_with_f64_and_f64(0.0, LOOKED_AT)?).await?;
        let end = buffer_of(&file.slice_with_f64(file.size() - LOOKED_AT)?).await?;
        let [start, end] = [start, end].map(|buffer| Uint8Array::new(&buffer).to_vec());
        return Ok(Picked::Refused(NotACaseFile::of_large(&start, &end, size)));
    }
    let buffer = buffer_of(file).await?;
    let bytes = Uint8Array::new(&buffer);
    Ok(match recognise(&bytes.to_vec()) {
        Brought::Text(text) => Picked::Text(text),
        Brought::Package => Picked::Package(buffer),
        Brought::CutShort => Picked::Refused(NotACaseFile::CutShort),
        Brought::Foreign(Foreign::OtherOffice) => Picked::Workbook(buffer),
        Brought::Foreign(kind) => Picked::Refused(NotACaseFile::Foreign(kind)),
        Brought::OtherEncoding => match decode_as("gb18030", &bytes) {
            Some(text) => Picked::Reencoded(text),
            None => Picked::Refused(NotACaseFile::OtherEncoding),
        },
    })
}

/// The text of bytes in an encoding that the browser knows; `None` where they are not in it.
fn decode_as(encoding: &str, bytes: &Uint8Array) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(true);
    let decoder = TextDecoder::new_with_label_and_options(encoding, &options).ok()?;
    decoder.decode_with_buffer_source(bytes).ok()
}
