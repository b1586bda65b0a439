//! The stores of drafts, in a real browser: whatever they keep drafts in, they
//! keep the same promises.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use js_sys::Function;
use labor_brand_assessment::browser::{DraftStore, Keeping, NoDraftStore, WebDraftStore};
use labor_brand_assessment::documents::{Found, Outcome, Writing};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// What does the deeds in IndexedDB, as the loader hands it over.
fn records() -> Function {
    let script = include_str!("../../../web/records.js");
    js_sys::eval(script).unwrap().unchecked_into()
}

fn writing(expected: &str, text: &str, aside: Option<usize>) -> Writing {
    Writing {
        expected: expected.into(),
        base: expected.into(),
        text: text.into(),
        aside,
        replaces_all: false,
    }
}

/// What every store must do that keeps anything.
async fn keeps_its_promises(store: &dyn DraftStore, has_states: bool) {
    assert!(store.clear().await);
    assert_eq!(
        store.load().await,
        Found::default(),
        "an empty store holds nothing"
    );
    let first = "draft 1 first\n{\"名\":\"甲𠮷\\u0000\"}";
    assert_eq!(store.write(writing("", first, None)).await, Outcome::Kept);
    let found = store.load().await;
    assert_eq!(found.now.as_deref(), Some(first));
    assert_eq!(found.head.as_deref(), Some("draft 1 first"));

    // Only the one that is there may be written over.
    let second = "draft 1 second\n{}";
    assert_eq!(store.write(writing("", second, None)).await, Outcome::Another);
    assert_eq!(
        store.write(writing("draft 1 none", second, None)).await,
        Outcome::Another
    );
    assert_eq!(store.load().await.now.as_deref(), Some(first));
    assert_eq!(
        store.write(writing("draft 1 first", second, Some(1))).await,
        Outcome::Kept
    );
    let found = store.load().await;
    assert_eq!(found.now.as_deref(), Some(second));
    if has_states {
        assert_eq!(found.earlier[1].as_deref(), Some(first));
        // Where the answer was lost and it is sent again, it is there already.
        assert_eq!(
            store.write(writing("draft 1 first", second, Some(1))).await,
            Outcome::Kept
        );
        let third = "draft 1 third\n{}".to_owned();
        assert!(store.settle(vec![(2, third.clone())], Vec::new()).await);
        assert_eq!(store.load().await.earlier[2], Some(third));
    }

    store.note("w", Some("change 1 w\n{}"));
    let changes = store.load().await.changes;
    assert_eq!(changes, [("change/w".to_owned(), "change 1 w\n{}".to_owned())]);
    // What has changed since it was found stays.
    let other = vec![("change/w".to_owned(), "other".to_owned())];
    store.settle(Vec::new(), other).await;
    assert_eq!(store.load().await.changes.len(), 1);
    store.settle(Vec::new(), changes).await;
    assert_eq!(store.load().await.changes, []);

    store.note("w", Some("change 1 w\n{}"));
    assert!(store.clear().await);
    assert_eq!(
        store.load().await,
        Found::default(),
        "nothing is left after clearing"
    );
}

#[wasm_bindgen_test]
async fn a_draft_in_the_tab_is_kept_and_cleared() {
    let store = WebDraftStore::open(Keeping::InTab, "browser-test", Some(records())).unwrap();
    assert!(!store.lasts());
    keeps_its_promises(&store, false).await;
}

#[wasm_bindgen_test]
async fn a_lasting_draft_is_kept_and_cleared() {
    let store = WebDraftStore::open(Keeping::Lasting, "browser-test", Some(records())).unwrap();
    assert!(store.lasts());
    keeps_its_promises(&store, true).await;
}

#[wasm_bindgen_test]
async fn a_lasting_draft_without_indexed_db_is_kept_and_cleared() {
    let broken = Function::new_no_args("return Promise.reject(new Error('there is none'))");
    let store = WebDraftStore::open(Keeping::Lasting, "browser-test-local", Some(broken)).unwrap();
    store.load().await;
    keeps_its_promises(&store, false).await;
}

#[wasm_bindgen_test]
async fn what_was_wiped_is_told_from_what_was_emptied_for_room() {
    let records = records();
    let store = WebDraftStore::open(Keeping::Lasting, "browser-test-gone", Some(records)).unwrap();
    store.clear().await;
    let text = "draft 1 first\n{}";
    assert_eq!(store.write(writing("", text, None)).await, Outcome::Kept);
    let other = WebDraftStore::open(Keeping::Lasting, "browser-test-gone", Some(self::records())).unwrap();
    other.clear().await;
    let next = writing("draft 1 first", "draft 1 second\n{}", None);
    assert_eq!(store.write(next.clone()).await, Outcome::Wiped);
    let area = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    area.set_item(&store.head_key(), "draft 1 first").unwrap();
    assert_eq!(store.write(next).await, Outcome::Gone);
    store.clear().await;
}

#[wasm_bindgen_test]
async fn a_store_that_keeps_nothing_says_so() {
    let store = NoDraftStore;
    assert_eq!(store.write(writing("", "draft", None)).await, Outcome::Kept);
    assert_eq!(store.load().await, Found::default());
    assert_eq!((store.place(), store.lasts()), (None, false));
}

#[wasm_bindgen_test]
async fn two_keys_do_not_see_each_other() {
    let first = WebDraftStore::open(Keeping::Lasting, "browser-test/one", Some(records())).unwrap();
    let second = WebDraftStore::open(Keeping::Lasting, "browser-test", Some(records())).unwrap();
    first.write(writing("", "draft 1 first\n{}", None)).await;
    second.write(writing("", "draft 1 second\n{}", None)).await;
    second.clear().await;
    assert_eq!(first.load().await.now.as_deref(), Some("draft 1 first\n{}"));
    first.clear().await;
}

#[wasm_bindgen_test]
async fn a_text_that_does_not_fit_is_reported_and_leaves_the_rest() {
    let store = WebDraftStore::open(Keeping::InTab, "browser-test-full", None).unwrap();
    store.clear().await;
    store.write(writing("", "draft 1 first\n{}", None)).await;
    let too_large = format!("draft 1 second\n{}", "长".repeat(12_000_000));
    let outcome = store.write(writing("draft 1 first", &too_large, None)).await;
    assert_eq!(outcome, Outcome::Failed);
    assert_eq!(store.load().await.now.as_deref(), Some("draft 1 first\n{}"));
    store.clear().await;
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
