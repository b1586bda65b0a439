//! What a host mounts: the page of one session in any root.

mod first_screen;

use js_sys::Function;
use leptos::mount::mount_to;
use leptos::prelude::{Set, SetValue};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::answers::Case;
use crate::app::{SaveState, Session, frame, keep_saving, restore};
use crate::browser::{new_case_id, open_store, today};
use crate::policy::Policy;

/// The key of the draft where the host names none.
const DEFAULT_STORAGE_KEY: &str = "default";

/// Draws the page into `root`, in place of the first screen that stands there.
/// What was typed into that screen before is taken over. `load_module` gives a
/// promise of the module whose name it is called with.
///
/// # Errors
/// When the policy cannot be used, or `root` is no HTML element.
pub fn mount(
    root: Element,
    policy_json: &str,
    policy_sha256: &str,
    load_module: Function,
) -> Result<(), String> {
    // The build has validated this very text; its hash is in the file's name.
    let policy = Policy::from_json_unvalidated(policy_json).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })?;
    let root: HtmlElement = root
        .dyn_into()
        .map_err(|_| String::from("the root is not an HTML element"))?;
    let sha256 = policy_sha256.to_owned();
    let store = open_store(DEFAULT_STORAGE_KEY);
    wasm_bindgen_futures::spawn_local(async move {
        let parts = store.load().await;
        let typed = first_screen::take(&root);
        root.set_inner_html("");
        let handle = mount_to(root.clone(), move || {
            let today = today();
            let session = Session::new(policy, sha256, Case::new(new_case_id(), today), today);
            match parts {
                Ok(parts) => {
                    restore(session, &parts, today);
                    session.kept.set_value(parts);
                }
                Err(_) => session.saved.set(SaveState::Failed),
            }
            if !store.outlives_the_page() {
                session.saved.set(SaveState::Memory);
            }
            session.set_store(store);
            session.load_module.set_value(Some(load_module));
            typed.put_back(session);
            keep_saving(session);
            frame(session)
        });
        first_screen::restore_focus(&root);
        handle.forget();
    });
    Ok(())
}
