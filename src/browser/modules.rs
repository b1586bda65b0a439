//! Modules that are fetched only when they are asked for.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

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
