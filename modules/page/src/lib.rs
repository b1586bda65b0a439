//! The page as one WebAssembly module: what JavaScript may call, and nothing more.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};

use js_sys::{Function, Promise};
use labor_brand_assessment::embed;
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{Blob, Element};

/// One page in its root.
#[wasm_bindgen]
pub struct Page(embed::Page);

/// Draws a page into `root` for the policy given as canonical JSON, whose
/// SHA-256 (64 hexadecimal digits) is written into exported files, in the
/// language of a wording, a JSON array of texts. `settings`
/// is a JSON object of texts named as the attributes of the element.
/// `load_module` gives a promise of the module whose name it is called with.
/// `tell` is called with the name of an event and its detail as JSON.
/// `desk` does what `web/desk.js` does.
#[wasm_bindgen]
// JavaScript gives them one by one; to unpack them from an object would be code in every start.
#[allow(clippy::too_many_arguments)]
pub async fn mount(
    root: Element,
    policy_json: String,
    policy_sha256: String,
    wording_json: String,
    settings: String,
    load_module: Function,
    tell: Function,
    desk: Function,
) -> Result<Page, JsError> {
    let settings = embed::Settings::from_json(&settings);
    let tell = move |name: &str, detail: String| {
        // A listener that throws must not stop the page.
        let _ = tell.call2(
            &JsValue::NULL,
            &JsValue::from_str(name),
            &JsValue::from_str(&detail),
        );
    };
    let texts = embed::Texts {
        policy: &policy_json,
        policy_sha256: &policy_sha256,
        wording: &wording_json,
    };
    embed::mount(root, texts, settings, load_module, tell, desk)
        .await
        .map(Page)
        .map_err(|error| JsError::new(&error))
}

#[wasm_bindgen]
impl Page {
    /// The case file, without the numbers of identity and account.
    pub fn case_file(&self) -> String {
        self.0.case_file()
    }

    /// What nobody else keeps, as members of the settings for drawing the page anew.
    pub fn hand_on(&self) -> String {
        self.0.hand_on()
    }

    /// Opens a file as one that is picked; where it is none that can be opened
    /// the promise is broken with a sentence for the user and nothing has changed.
    pub fn open_file(&self, file: Blob) -> Promise {
        promised(self.0.open_file(file))
    }

    /// Opens the text of a case file; where it is none, the promise is broken
    /// with a sentence for the user and nothing has changed.
    pub fn open_case_file(&self, text: String) -> Promise {
        promised(self.0.open_case_file(text))
    }

    /// Prints the forms.
    pub fn print(&self) {
        self.0.print();
    }

    /// Wipes the case and what is kept of it; the promise is kept when that is
    /// gone, and broken with the sentence for the user where it could not be wiped.
    pub fn reset(&self) -> Promise {
        promised(self.0.reset())
    }

    /// Takes what became of a file that was handed over: `copied`, `not-shared` or `not-shown`.
    pub fn answer(&self, answer: &str) {
        self.0.answer(answer);
    }

    /// The key that its draft is kept under.
    pub fn draft_key(&self) -> String {
        self.0.draft_key().to_owned()
    }

    /// Takes a changed setting: `step`, `text-size` or `theme`; `whole` when every piece is there.
    pub fn set(&self, name: &str, value: &str) {
        self.0.set(name, value);
    }

    /// Takes the page away.
    pub fn unmount(self) {
        self.0.unmount();
    }
}

/// A promise that is kept when something is done, and broken with the sentence for the user.
fn promised(done: impl Future<Output = Result<(), String>> + 'static) -> Promise {
    let done: Pin<Box<dyn Future<Output = Result<(), String>>>> = Box::pin(done);
    future_to_promise(async {
        let outcome = done.await;
        outcome
            .map(|()| JsValue::UNDEFINED)
            .map_err(|sentence| JsError::new(&sentence).into())
    })
}

/// Validates a policy that does not come with the page, and gives its SHA-256.
/// The error names every fault.
#[wasm_bindgen]
pub fn validate(policy_json: &str) -> Result<String, JsError> {
    embed::validate(policy_json).map_err(|faults| JsError::new(&faults))
}

/// Has `callback` called once, with the place in the sources, when the module
/// panics. What the panic says is not shown, as it may repeat what was typed,
/// and the console and the host hear of it. The module must not be called again
/// after that: only the first panic tells what went wrong, and the state behind
/// it may be half changed.
#[wasm_bindgen]
pub fn set_panic_handler(callback: Function) {
    let callback = SendWrapper::new(callback);
    let shown = AtomicBool::new(false);
    std::panic::set_hook(Box::new(move |info| {
        if !shown.swap(true, Ordering::Relaxed) {
            let place = info.location().map_or_else(String::new, ToString::to_string);
            // A callback that throws has nobody left to be told.
            let _ = callback.call1(&JsValue::NULL, &JsValue::from_str(&place));
        }
    }));
}
