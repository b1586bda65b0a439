//! The stores of drafts, in a real browser: both twins keep the same promises.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use labor_brand_assessment::browser::{DraftStore, Keeping, MemoryDraftStore, Parts, WebDraftStore};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn parts(entries: &[(&str, &str)]) -> Parts {
    let owned = entries
        .iter()
        .map(|(part, text)| (String::from(*part), String::from(*text)));
    owned.collect()
}

/// What every store must do, whatever it keeps drafts in.
async fn keeps_its_promises(store: &dyn DraftStore) {
    assert_eq!(store.load().await, Ok(Parts::new()), "a new store holds nothing");
    store.save("facts".into(), "{\"a\":1}".into()).await.unwrap();
    store
        .save("form".into(), "{\"名\":\"甲𠮷\\u0000\"}".into())
        .await
        .unwrap();
    store.save("facts".into(), "{\"a\":2}".into()).await.unwrap();
    let kept = parts(&[("facts", "{\"a\":2}"), ("form", "{\"名\":\"甲𠮷\\u0000\"}")]);
    assert_eq!(store.load().await, Ok(kept), "the last text of each part is kept");
    store.clear().await.unwrap();
    assert_eq!(
        store.load().await,
        Ok(Parts::new()),
        "nothing is left after clearing"
    );
}

#[wasm_bindgen_test]
async fn a_draft_in_memory_is_kept_and_cleared() {
    keeps_its_promises(&MemoryDraftStore::default()).await;
}

#[wasm_bindgen_test]
async fn a_draft_in_local_storage_is_kept_and_cleared() {
    let store = WebDraftStore::open(Keeping::Lasting, "browser-test").unwrap();
    keeps_its_promises(&store).await;
}

#[wasm_bindgen_test]
async fn two_keys_do_not_see_each_other() {
    let first = WebDraftStore::open(Keeping::Lasting, "browser-test-one").unwrap();
    let second = WebDraftStore::open(Keeping::Lasting, "browser-test-two").unwrap();
    first.save("facts".into(), "1".into()).await.unwrap();
    second.save("facts".into(), "2".into()).await.unwrap();
    second.clear().await.unwrap();
    assert_eq!(first.load().await, Ok(parts(&[("facts", "1")])));
    first.clear().await.unwrap();
}

#[wasm_bindgen_test]
async fn a_text_that_does_not_fit_is_reported_and_leaves_the_rest() {
    let store = WebDraftStore::open(Keeping::Lasting, "browser-test-full").unwrap();
    store.save("facts".into(), "1".into()).await.unwrap();
    let too_large = "长".repeat(12_000_000);
    assert!(store.save("form".into(), too_large).await.is_err());
    assert_eq!(store.load().await, Ok(parts(&[("facts", "1")])));
    store.clear().await.unwrap();
}

#[wasm_bindgen_test]
fn ids_of_cases_are_long_and_differ() {
    let ids = [
        labor_brand_assessment::browser::new_case_id(),
        labor_brand_assessment::browser::new_case_id(),
    ];
    assert!(
        ids.iter()
            .all(|id| id.len() == 32 && id.bytes().all(|sign| sign.is_ascii_hexdigit()))
    );
    assert_ne!(ids[0], ids[1]);
}
