//! The places of a desk, in a real browser: they keep the promises that the model
//! of the desk holds its own to.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use js_sys::Function;
use labor_brand_assessment::browser::{FirstVersionPlaces, Keeping, WebCaseStore, WebJournal};
use labor_brand_assessment::desk::{
    Answer, CaseRecord, CaseStore, Deed, Fault, FirstVersion, Journal, Reason, Request, Version,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const SCRIPT: &str = include_str!("../../../web/desk.js");

/// What does what web/desk.js does, as the loader hands it over.
fn desk() -> Function {
    js_sys::eval(SCRIPT).unwrap().unchecked_into()
}

/// The same where the browser's IndexedDB is another.
fn desk_with(indexed_db: &str) -> Function {
    let script = SCRIPT.trim_end();
    let run = format!(
        "const self = {{indexedDB: {indexed_db}}}; const {{indexedDB}} = self; return (\n{script}\n);"
    );
    let made = Function::new_no_args(&run).call0(&JsValue::NULL).unwrap();
    made.unchecked_into()
}

fn record(revision: u64, writer: &str, bases: &[(u64, &str)], body: &str) -> CaseRecord {
    let version = |revision, writer: &str| Version {
        revision,
        writer: writer.to_owned(),
    };
    let mut record = CaseRecord::new("甲/1".to_owned(), 1, version(revision, writer));
    record.stamp.bases = bases
        .iter()
        .map(|(revision, writer)| version(*revision, writer))
        .collect();
    record.set_body(body.to_owned());
    record
}

fn put(record: &CaseRecord, enters: Option<Reason>) -> Request {
    Request {
        era: 1,
        is_first: true,
        deed: Deed::Put {
            record: record.clone(),
            enters,
        },
    }
}

fn asking(deed: Deed) -> Request {
    Request {
        era: 9,
        is_first: false,
        deed,
    }
}

#[wasm_bindgen_test]
async fn the_store_compares_writes_and_wipes_in_one_transaction() {
    let store = WebCaseStore::open(Keeping::Lasting, "browser-test/1", desk());
    let beside = WebCaseStore::open(Keeping::Lasting, "browser-test", desk());
    for store in [&store, &beside] {
        assert!(matches!(
            store.transact(asking(Deed::Wipe)).await,
            Ok(Answer::Done(_))
        ));
    }
    let wiped = |era| Request {
        era,
        is_first: false,
        deed: Deed::Wipe,
    };
    // The mark of the wiping is of a later era than what is written here.
    let first = record(1, "a", &[], "{\"名\":\"甲𠮷\\u0000\"}");
    assert_eq!(
        store.transact(put(&first, None)).await,
        Ok(Answer::OtherEra(Some(9)))
    );
    let in_era = |mut request: Request| {
        request.era = 9;
        request
    };
    assert_eq!(
        store.transact(in_era(put(&first, None))).await,
        Ok(Answer::Done(vec![]))
    );
    // Twice is once, and only what was made from it takes its place.
    assert_eq!(
        store.transact(in_era(put(&first, None))).await,
        Ok(Answer::Done(vec![]))
    );
    let other = record(2, "b", &[], "{}");
    assert!(matches!(
        store.transact(in_era(put(&other, None))).await,
        Ok(Answer::Another(there)) if there.version == first.stamp.version
    ));
    let next = record(2, "b", &[(1, "a")], "{}");
    let automatic = Some(Reason::Automatic);
    assert_eq!(
        store.transact(in_era(put(&next, automatic))).await,
        Ok(Answer::Done(vec![]))
    );
    let Ok(Answer::Found { cases, record, .. }) =
        store.transact(asking(Deed::Look(Some("甲/1".to_owned())))).await
    else {
        panic!("the desk is found");
    };
    assert_eq!(cases.len(), 1);
    assert_eq!(CaseRecord::read(&record.unwrap()), Ok(next));
    let Ok(Answer::Entries(entries)) = store.transact(asking(Deed::History("甲/1".to_owned()))).await else {
        panic!("the history is found");
    };
    let entry = CaseRecord::read(&entries[0].1).unwrap();
    assert_eq!((entries.len(), entry.body), (1, first.body));
    // Another desk has nothing of it.
    assert!(matches!(
        beside.transact(asking(Deed::Look(None))).await,
        Ok(Answer::Found { cases, .. }) if cases.is_empty()
    ));
    assert_eq!(store.transact(wiped(10)).await, Ok(Answer::Done(vec![])));
    assert!(matches!(
        store.transact(asking(Deed::Look(Some("甲/1".to_owned())))).await,
        Ok(Answer::Found { era: Some(10), cases, record: None }) if cases.is_empty()
    ));
}

#[wasm_bindgen_test]
async fn only_a_place_that_is_refused_counts_as_none() {
    for (indexed_db, fault) in [
        ("undefined", Fault::Refused),
        (
            "({open() { throw new DOMException('no', 'SecurityError'); }})",
            Fault::Refused,
        ),
        (
            "({open() { throw new DOMException('A mutation operation was attempted on a database that did not allow mutations.', 'InvalidStateError'); }})",
            Fault::Refused,
        ),
        (
            "({open() { throw new DOMException('no', 'UnknownError'); }})",
            Fault::Failed,
        ),
        (
            "({open() { throw new DOMException('closing', 'InvalidStateError'); }})",
            Fault::Failed,
        ),
    ] {
        let desk = desk_with(indexed_db);
        let store = WebCaseStore::open(Keeping::Lasting, "browser-test-refused", desk.clone());
        assert_eq!(
            store.transact(asking(Deed::Look(None))).await,
            Err(fault),
            "{indexed_db}"
        );
        let former = FirstVersionPlaces::new(Keeping::Lasting, "browser-test-refused", &desk);
        assert_eq!(former.empty().await, fault == Fault::Refused, "{indexed_db}");
    }
    let in_tab = WebCaseStore::open(Keeping::InTab, "browser-test-refused", desk());
    assert_eq!(
        in_tab.transact(asking(Deed::Look(None))).await,
        Err(Fault::Refused)
    );
}

#[wasm_bindgen_test]
fn a_journal_has_what_is_its_own_and_says_what_was_not_written() {
    for keeping in [Keeping::Lasting, Keeping::InTab] {
        let journal = WebJournal::open(keeping, "browser-test/1");
        let beside = WebJournal::open(keeping, "browser-test");
        assert!(journal.is_there());
        assert!(journal.put("case/甲/w", "一"));
        assert_eq!(journal.get("case/甲/w").as_deref(), Some("一"));
        assert_eq!(journal.keys("case/"), ["case/甲/w"]);
        assert_eq!(beside.keys(""), [""; 0]);
        let much = "字".repeat(12_000_000);
        assert!(!journal.put("case/甲/w", &much), "there is no room for it");
        assert_eq!(journal.get("case/甲/w").as_deref(), Some("一"));
        journal.remove("case/甲/w");
        assert_eq!(journal.keys(""), [""; 0]);
    }
    assert!(!WebJournal::open(Keeping::WhileOpen, "browser-test").is_there());
}

#[wasm_bindgen_test]
async fn what_the_first_version_kept_is_read_and_emptied_and_no_place_is_made_for_it() {
    let window = web_sys::window().unwrap();
    let storage = window.local_storage().unwrap().unwrap();
    let databases =
        "indexedDB.databases().then(all => all.some(one => one.name === 'labor-brand-assessment'))";
    let is_made = async || {
        let promise: js_sys::Promise = js_sys::eval(databases).unwrap().unchecked_into();
        JsFuture::from(promise).await.unwrap()
    };
    let former = FirstVersionPlaces::new(Keeping::Lasting, "browser-test", &desk());
    assert_eq!(former.read().await, FirstVersion::default());
    assert!(former.empty().await);
    assert_eq!(is_made().await, false);

    let made = "new Promise(done => { const request = indexedDB.open('labor-brand-assessment', 1); \
         request.onupgradeneeded = () => request.result.createObjectStore('drafts'); \
         request.onsuccess = () => { const change = request.result.transaction('drafts', 'readwrite'); \
           const store = change.objectStore('drafts'); \
           store.put('record', 'browser-test/now'); store.put('earlier', 'browser-test/0'); \
           store.put('of another', 'browser-test-2/now'); \
           change.oncomplete = () => { request.result.close(); done(); }; }; })";
    let made: js_sys::Promise = js_sys::eval(made).unwrap().unchecked_into();
    JsFuture::from(made).await.unwrap();
    let prefix = "labor-brand-assessment/browser-test/";
    for (part, text) in [("record", "copy"), ("head", "head"), ("change/w", "change")] {
        storage.set_item(&format!("{prefix}{part}"), text).unwrap();
    }
    let mut found = former.read().await;
    found.records.sort_unstable();
    assert_eq!(found.records, ["copy", "earlier", "record"]);
    assert_eq!(found.changes, ["change"]);
    assert!(former.empty().await);
    assert_eq!(former.read().await, FirstVersion::default());
    assert_eq!(storage.get_item(&format!("{prefix}head")).unwrap(), None);
    let other = FirstVersionPlaces::new(Keeping::Lasting, "browser-test-2", &desk());
    assert_eq!(other.read().await.records, ["of another"]);
    assert!(other.empty().await);
}
