//! The stores of drafts, in a real browser: whatever they keep drafts in, they
//! keep the same promises.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use js_sys::Function;
use labor_brand_assessment::browser::{DraftStore, Keeping, NoDraftStore, WebDraftStore};
use labor_brand_assessment::documents::{Found, Outcome, Writing};
use wasm_bindgen::{JsCast, JsValue};
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
        aside: aside.map(|place| (place, None)).into_iter().collect(),
        replaces_all: false,
    }
}

/// What does the deeds of `web/records.js` in another way: a script that is
/// given the real one as `real`, and the name and the rest of a deed.
fn records_that(script: &str) -> Function {
    let make = Function::new_with_args("real", &format!("return async (name, ...rest) => {{ {script} }}"));
    make.call1(&JsValue::NULL, &records()).unwrap().unchecked_into()
}

fn local_storage() -> web_sys::Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

/// What every store must do that keeps anything.
async fn keeps_its_promises(store: &dyn DraftStore) {
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
    assert_eq!(found.earlier[1].as_deref(), Some(first));
    let third = "draft 1 third\n{}".to_owned();
    assert!(store.settle(vec![(2, third.clone())], Vec::new()).await);
    assert_eq!(store.load().await.earlier[2], Some(third));
    assert!(store.settle(vec![(2, String::new())], Vec::new()).await);
    assert_eq!(store.load().await.earlier[2], None, "an empty text is none");
    // A text that is given goes there in place of the record before.
    let given = Writing {
        aside: vec![(0, Some("draft 1 given\n{}".into())), (3, None)],
        ..writing("draft 1 second", "draft 1 fourth\n{}", None)
    };
    assert_eq!(store.write(given).await, Outcome::Kept);
    let earlier = store.load().await.earlier;
    let earlier = earlier.each_ref().map(Option::as_deref);
    assert_eq!(
        earlier,
        [Some("draft 1 given\n{}"), Some(first), None, Some(second)]
    );

    assert!(store.note("w", Some("change 1 w\n{}")));
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
    keeps_its_promises(&store).await;
}

#[wasm_bindgen_test]
async fn a_lasting_draft_is_kept_and_cleared() {
    let store = WebDraftStore::open(Keeping::Lasting, "browser-test", Some(records())).unwrap();
    assert!(store.lasts());
    keeps_its_promises(&store).await;
}

#[wasm_bindgen_test]
async fn a_lasting_draft_without_indexed_db_is_kept_and_cleared() {
    let broken = Function::new_no_args("return Promise.reject(new Error('refused'))");
    let store = WebDraftStore::open(Keeping::Lasting, "browser-test-local", Some(broken)).unwrap();
    store.load().await;
    keeps_its_promises(&store).await;
}

#[wasm_bindgen_test]
async fn where_the_answer_was_lost_a_record_that_is_sent_again_is_there_already() {
    let store = WebDraftStore::open(Keeping::Lasting, "browser-test-again", Some(records())).unwrap();
    store.clear().await;
    let first = writing("", "draft 1 1 w 1 0\n{}", None);
    assert_eq!(store.write(first.clone()).await, Outcome::Kept);
    assert_eq!(store.write(first).await, Outcome::Kept);
    assert!(store.clear().await);
}

#[wasm_bindgen_test]
async fn only_the_first_load_decides_that_there_is_no_better_place() {
    // The first record looks whether it is there; the read after that fails.
    let flaky = records_that(
        "real.reads = (real.reads || 0) + (name === 'read'); \
         if (name === 'read' && real.reads === 3) throw new Error('slow'); \
         return real(name, ...rest);",
    );
    let store = WebDraftStore::open(Keeping::Lasting, "browser-test-flaky", Some(flaky)).unwrap();
    let other = WebDraftStore::open(Keeping::Lasting, "browser-test-flaky", Some(records())).unwrap();
    other.clear().await;
    assert!(!store.load().await.is_partial);
    assert_eq!(
        store.write(writing("", "draft 1 1 w 1 0\n{}", None)).await,
        Outcome::Kept
    );
    let found = store.load().await;
    assert!(found.is_partial);
    assert_eq!(found.now, None, "the copy is not taken for the record");
    let next = writing("draft 1 1 w 1 0", "draft 1 2 w 2 0\n{}", None);
    assert_eq!(store.write(next).await, Outcome::Kept);
    assert_eq!(other.load().await.now.as_deref(), Some("draft 1 2 w 2 0\n{}"));
    assert!(other.clear().await);
}

#[wasm_bindgen_test]
async fn a_page_that_has_the_copy_alone_writes_beside_no_other() {
    let key = "browser-test-alone";
    let other = WebDraftStore::open(Keeping::Lasting, key, Some(records())).unwrap();
    other.clear().await;
    // The copy is older than the record, as it is for twenty seconds.
    assert_eq!(
        other.write(writing("", "draft 1 1 w 1 0\n{}", None)).await,
        Outcome::Kept
    );
    let newer = writing("draft 1 1 w 1 0", "draft 1 2 w 2 0\n{}", None);
    assert_eq!(other.write(newer).await, Outcome::Kept);
    let slow = records_that(
        "real.count = (real.count || 0) + 1; if (real.count === 1) throw new Error('slow'); return real(name, ...rest);",
    );
    let store = WebDraftStore::open(Keeping::Lasting, key, Some(slow)).unwrap();
    let found = store.load().await;
    assert_eq!(
        (found.now.as_deref(), found.is_partial),
        (Some("draft 1 1 w 1 0\n{}"), true)
    );
    let beside = writing("draft 1 1 w 1 0", "draft 1 3 v 3 0\n{}", None);
    assert_eq!(store.write(beside.clone()).await, Outcome::Another);
    // Once it answers it is the place of the record again.
    assert_eq!(store.load().await.now.as_deref(), Some("draft 1 2 w 2 0\n{}"));
    assert_eq!(store.write(beside).await, Outcome::Another);
    let seen = writing("draft 1 2 w 2 0", "draft 1 3 v 3 0\n{}", None);
    assert_eq!(store.write(seen).await, Outcome::Kept);
    assert!(other.clear().await);
}

#[wasm_bindgen_test]
async fn what_is_kept_here_while_the_better_place_is_out_of_reach_comes_to_the_others() {
    let key = "browser-test-home";
    let out = records_that("throw new Error('slow');");
    let store = WebDraftStore::open(Keeping::Lasting, key, Some(out)).unwrap();
    store.load().await;
    assert_eq!(
        store.write(writing("", "draft 1 1 w 1 0\n{}", None)).await,
        Outcome::Kept
    );
    let next = writing("draft 1 1 w 1 0", "draft 1 2 w 2 0\n{}", Some(0));
    assert_eq!(store.write(next).await, Outcome::Kept);
    assert!(!store.clear().await, "nobody knows what is in the other place");
    assert_eq!(
        store.load().await,
        Found {
            is_partial: true,
            ..Found::default()
        }
    );

    assert_eq!(
        store.write(writing("", "draft 1 3 w 3 0\n{}", None)).await,
        Outcome::Kept
    );
    let next = writing("draft 1 3 w 3 0", "draft 1 4 w 4 0\n{}", Some(0));
    assert_eq!(store.write(next).await, Outcome::Kept);
    let other = WebDraftStore::open(Keeping::Lasting, key, Some(records())).unwrap();
    let found = other.load().await;
    assert_eq!(found.copy.as_deref(), Some("draft 1 4 w 4 0\n{}"));
    assert_eq!(found.earlier[0].as_deref(), Some("draft 1 3 w 3 0\n{}"));
    let here = format!("labor-brand-assessment/{key}/earlier/0");
    assert_eq!(local_storage().get_item(&here).unwrap(), None);
    assert_eq!(
        other.load().await.earlier[0].as_deref(),
        Some("draft 1 3 w 3 0\n{}")
    );
    assert!(other.clear().await);
}

#[wasm_bindgen_test]
async fn only_a_place_that_is_refused_counts_as_cleared() {
    for (fault, is_cleared) in [
        ("new Error('refused')", true),
        ("new Error('no answer')", false),
        ("new DOMException('backing store', 'InternalError')", false),
        ("new DOMException('newer', 'VersionError')", false),
        ("new DOMException('closing', 'InvalidStateError')", false),
    ] {
        let broken = Function::new_no_args(&format!("return Promise.reject({fault})"));
        let store = WebDraftStore::open(Keeping::Lasting, "browser-test-refused", Some(broken)).unwrap();
        store.load().await;
        assert_eq!(store.clear().await, is_cleared, "{fault}");
    }
    // Of the real one, what a browser says that lets nobody in.
    for (what, is_refused) in [
        ("undefined", true),
        (
            "({open() { throw new DOMException('no', 'SecurityError'); }})",
            true,
        ),
        (
            "({open() { throw new DOMException('A mutation operation was attempted on a database that did not allow mutations.', 'InvalidStateError'); }})",
            true,
        ),
        (
            "({open() { throw new DOMException('no', 'UnknownError'); }})",
            false,
        ),
    ] {
        let script = include_str!("../../../web/records.js").trim_end();
        let run =
            format!("const self = {{indexedDB: {what}}}; const {{indexedDB}} = self; return (\n{script}\n);");
        let broken = Function::new_no_args(&run)
            .call0(&JsValue::NULL)
            .unwrap()
            .unchecked_into();
        let store = WebDraftStore::open(Keeping::Lasting, "browser-test-refused", Some(broken)).unwrap();
        store.load().await;
        assert_eq!(store.clear().await, is_refused, "{what}");
    }
}

#[wasm_bindgen_test]
async fn what_another_page_wipes_while_a_record_is_kept_does_not_come_back() {
    let key = "browser-test-late";
    let late = records_that(
        "const done = await real(name, ...rest); \
         if (name === 'write' && window.wipesLate) { \
           for (const kept of Object.keys(localStorage)) if (kept.includes('browser-test-late')) localStorage.removeItem(kept); \
           await real('clear', rest[0]); \
         } \
         return done;",
    );
    let store = WebDraftStore::open(Keeping::Lasting, key, Some(late)).unwrap();
    store.clear().await;
    let wipes = |wipes: bool| {
        let window = web_sys::window().unwrap();
        js_sys::Reflect::set(&window, &"wipesLate".into(), &wipes.into()).unwrap();
    };
    let next = writing("draft 1 1 w 1 0", "draft 1 2 w 2 0\n{}", None);
    for seen in [true, false] {
        wipes(false);
        if seen {
            assert_eq!(
                store.write(writing("", "draft 1 1 w 1 0\n{}", None)).await,
                Outcome::Kept
            );
        }
        wipes(true);
        let writing = if seen {
            next.clone()
        } else {
            writing("", "draft 1 1 w 1 0\n{}", None)
        };
        assert_eq!(store.write(writing).await, Outcome::Wiped);
        assert_eq!(store.load().await, Found::default());
    }
    wipes(false);
}

#[wasm_bindgen_test]
fn a_change_that_does_not_fit_is_shown() {
    let store = WebDraftStore::open(Keeping::InTab, "browser-test-note", None).unwrap();
    assert!(store.note("w", Some("change")));
    assert!(!store.note("w", Some(&"长".repeat(12_000_000))));
    assert!(store.note("w", None));
}

#[wasm_bindgen_test]
fn a_store_knows_the_storage_that_it_is_in() {
    let window = web_sys::window().unwrap();
    let in_tab = WebDraftStore::open(Keeping::InTab, "browser-test-area", None).unwrap();
    let lasting = WebDraftStore::open(Keeping::Lasting, "browser-test-area", None).unwrap();
    let session = window.session_storage().unwrap().unwrap();
    assert_eq!(in_tab.head_key(), lasting.head_key());
    assert!(in_tab.is_in(&session) && !lasting.is_in(&session));
    assert!(lasting.is_in(&local_storage()) && !in_tab.is_in(&local_storage()));
    assert!(!NoDraftStore.is_in(&session));
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
            .all(|id| id.len() == 32 && id.bytes().all(|character| character.is_ascii_hexdigit()))
    );
    assert_ne!(ids[0], ids[1]);
}
