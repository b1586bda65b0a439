//! The numbers that people type, read by the module as the browser runs it.
#![cfg(target_arch = "wasm32")]

use labor_brand_assessment::numbers::Decimal;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn trailing_zeros_do_not_change_a_figure() {
    assert_eq!("500.00".parse(), Ok(Decimal::whole(500)));
}
