//! Modules that are fetched only when they are asked for.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Why a piece of the page did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFetched {
    /// Nothing answered, or not in full.
    NoAnswer,
    /// The server has another page by now, without that piece.
    Replaced,
}

/// Has the loader fetch a piece of the page, if it is not there yet. A page that
/// was given no loader has all of them.
///
/// # Errors
/// Why it did not come.
pub async fn fetch_piece(load: Option<Function>, piece: &str) -> Result<(), NotFetched> {
    let Some(load) = load else { return Ok(()) };
    let fetch = async {
        let promise: Promise = load.call1(&JsValue::NULL, &piece.into())?.dyn_into()?;
        JsFuture::from(promise).await
    };
    let Err(error) = fetch.await else { return Ok(()) };
    let is_gone = Reflect::get(&error, &"gone".into()).is_ok_and(|gone| gone.is_truthy());
    Err(if is_gone {
        NotFetched::Replaced
    } else {
        NotFetched::NoAnswer
    })
}

/// Calls a function of the module of that name, which the loader fetches when
/// it is first asked for.
///
/// # Errors
/// What the loader or the function threw, as when there is no network.
pub async fn call_module(
    load: &Function,
    module: &str,
    function: &str,
    arguments: &[JsValue],
) -> Result<JsValue, JsValue> {
    let promise: Promise = load.call1(&JsValue::NULL, &module.into())?.dyn_into()?;
    let module = JsFuture::from(promise).await?;
    let function: Function = Reflect::get(&module, &function.into())?.dyn_into()?;
    let list: Array = arguments.iter().collect();
    Reflect::apply(&function, &module, &list)
}
