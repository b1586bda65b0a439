//! The page as one WebAssembly module: what JavaScript may call, and nothing more.

use std::sync::atomic::{AtomicBool, Ordering};

use js_sys::Function;
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// Draws the page into `root` for the policy given as canonical JSON, whose
/// SHA-256 (64 hexadecimal digits) is written into exported files.
/// `load_module` gives a promise of the module whose name it is called with.
#[wasm_bindgen]
pub fn mount(
    root: Element,
    policy_json: String,
    policy_sha256: String,
    load_module: Function,
) -> Result<(), JsError> {
    labor_brand_assessment::embed::mount(root, &policy_json, &policy_sha256, load_module)
        .map_err(|error| JsError::new(&error))
}

/// Has `callback` called once, with the message, when the module panics. The
/// module must not be called again after that: only the first panic tells
/// what went wrong, and the state behind it may be half changed.
#[wasm_bindgen]
pub fn set_panic_handler(callback: Function) {
    let callback = SendWrapper::new(callback);
    let told = AtomicBool::new(false);
    std::panic::set_hook(Box::new(move |info| {
        if !told.swap(true, Ordering::Relaxed) {
            let message = JsValue::from_str(&info.to_string());
            // A callback that throws has nobody left to be told.
            let _ = callback.call1(&JsValue::NULL, &message);
        }
    }));
}
