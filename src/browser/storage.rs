//! Where a draft is kept: a trait, its twin that keeps nothing, and the two
//! storages of browsers.
//!
//! `localStorage` is written at once, and reaches the disk when the browser
//! likes. IndexedDB takes a moment, and has it on the disk when it answers. The
//! one holds what the other does not hold yet, and a copy in case that is lost.

use core::cell::Cell;
use core::future::Future;
use core::pin::Pin;
use std::rc::Rc;

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::clock::now_millis;
use crate::documents::{Found, Outcome, Writing, head_of, revision_of, writer_of};
use crate::wording::Word;

/// What a store is doing.
pub type Working<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// How old the copy of the record may grow, in milliseconds.
const COPY_AFTER: u64 = 20_000;

/// Keeps one draft.
pub trait DraftStore {
    /// Everything that is kept.
    fn load(&self) -> Working<'_, Found>;
    /// Notes at once what the record does not hold yet, or that it holds all.
    fn note(&self, writer: &str, change: Option<&str>);
    /// Writes a record, if the one that is there is the one it expects.
    fn write(&self, writing: Writing) -> Working<'_, Outcome>;
    /// Keeps earlier states, each in its place, then takes away the changes
    /// that stand as they were found. Whether the states are kept.
    fn settle(&self, shelved: Vec<(usize, String)>, done_with: Vec<(String, String)>) -> Working<'_, bool>;
    /// Forgets everything, and looks whether it has.
    fn clear(&self) -> Working<'_, bool>;
    /// The key under which other pages learn what was written last.
    fn head_key(&self) -> String;
    /// Where the draft is kept, for the user to read; `None` where nothing is kept.
    fn place(&self) -> Option<Word>;
    /// Whether it is there after the browser is closed.
    fn lasts(&self) -> bool;
}

/// Keeps nothing: the draft is there as long as the page is.
#[derive(Default)]
pub struct NoDraftStore;

impl DraftStore for NoDraftStore {
    fn load(&self) -> Working<'_, Found> {
        Box::pin(async { Found::default() })
    }

    fn note(&self, _: &str, _: Option<&str>) {}

    fn write(&self, _: Writing) -> Working<'_, Outcome> {
        Box::pin(async { Outcome::Kept })
    }

    fn settle(&self, _: Vec<(usize, String)>, _: Vec<(String, String)>) -> Working<'_, bool> {
        Box::pin(async { true })
    }

    fn clear(&self) -> Working<'_, bool> {
        Box::pin(async { true })
    }

    fn head_key(&self) -> String {
        String::new()
    }

    fn place(&self) -> Option<Word> {
        None
    }

    fn lasts(&self) -> bool {
        false
    }
}

/// How long a draft is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// As long as the page is open.
    WhileOpen,
    /// As long as the tab is open.
    InTab,
    /// Until it is wiped.
    #[default]
    Lasting,
}

impl Keeping {
    /// The keeping that a host names `none`, `session` or `persistent`.
    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "none" => Some(Self::WhileOpen),
            "session" => Some(Self::InTab),
            "persistent" => Some(Self::Lasting),
            _ => None,
        }
    }
}

/// Keeps a draft in `sessionStorage` alone, or in `localStorage` and IndexedDB.
pub struct WebDraftStore {
    area: web_sys::Storage,
    keeping: Keeping,
    key: String,
    /// What does the deeds of web/records.js, as long as it can.
    records: Option<Function>,
    has_records: Cell<bool>,
    copied_at: Cell<u64>,
}

/// What web/records.js says where it waited for an answer in vain.
const NO_ANSWER: &str = "no answer";
const RECORD: &str = "record";
const HEAD: &str = "head";
const CHANGE: &str = "change/";

impl WebDraftStore {
    /// The store of that key, where the browser lets the page have one.
    /// `records` does the deeds of `web/records.js`.
    pub fn open(keeping: Keeping, key: &str, records: Option<Function>) -> Option<Self> {
        let window = web_sys::window()?;
        // Asking gloo-storage where storage is blocked would panic, so the window is asked first.
        let area = match keeping {
            Keeping::WhileOpen => None,
            Keeping::InTab => (window.session_storage().ok().flatten()).map(|_| SessionStorage::raw()),
            Keeping::Lasting => (window.local_storage().ok().flatten()).map(|_| LocalStorage::raw()),
        };
        let records = records.filter(|_| keeping == Keeping::Lasting);
        let store = Self {
            area: area?,
            keeping,
            // No key may look like the key of another with a part behind it.
            key: key.replace('%', "%25").replace('/', "%2F"),
            has_records: Cell::new(records.is_some()),
            records,
            copied_at: Cell::new(0),
        };
        // Some browsers give a storage that takes nothing; a full one still gives what it has.
        let is_there = store.area.length().unwrap_or(0) > 0 || store.put("probe", "1");
        store.take("probe");
        is_there.then_some(store)
    }

    fn prefix(&self) -> String {
        format!("labor-brand-assessment/{}/", self.key)
    }

    fn get(&self, part: &str) -> Option<String> {
        self.area.get_item(&(self.prefix() + part)).ok().flatten()
    }

    /// Writes a part and reads it back, as a full store can fail in silence.
    fn put(&self, part: &str, text: &str) -> bool {
        let key = self.prefix() + part;
        let _ = self.area.set_item(&key, text);
        matches!(self.area.get_item(&key), Ok(Some(kept)) if kept == text)
    }

    fn take(&self, part: &str) {
        // What could not be taken away is still listed, and that is told.
        let _ = self.area.remove_item(&(self.prefix() + part));
    }

    /// The parts that there are, without what stands before them in their keys.
    fn parts(&self) -> Vec<String> {
        let prefix = self.prefix();
        let count = self.area.length().unwrap_or(0);
        let keys = (0..count).filter_map(|place| self.area.key(place).ok().flatten());
        keys.filter_map(|key| Some(key.strip_prefix(&prefix)?.to_owned()))
            .collect()
    }

    /// Has `web/records.js` do a deed, for the draft of this key.
    async fn ask(&self, deed: &str, rest: &[JsValue]) -> Result<JsValue, JsValue> {
        let records = self.records.as_ref().ok_or(JsValue::NULL)?;
        let arguments: Array = [deed.into(), self.key.as_str().into()]
            .iter()
            .chain(rest)
            .collect();
        let promise: Promise = Reflect::apply(records, &JsValue::NULL, &arguments)?.dyn_into()?;
        JsFuture::from(promise).await
    }

    /// Writes the record here, where there is no better place or its copy belongs.
    fn put_record(&self, text: &str) -> bool {
        let done = self.put(RECORD, text);
        if done {
            self.copied_at.set(now_millis());
        }
        done
    }

    async fn write_record(&self, writing: Writing) -> Outcome {
        let Writing {
            expected,
            base,
            text,
            aside,
            replaces_all,
        } = writing;
        let nothing_there = || {
            if self.get(HEAD).is_some() {
                Outcome::Gone
            } else {
                Outcome::Wiped
            }
        };
        if !self.has_records.get() {
            let present = self.get(RECORD).unwrap_or_default();
            return match head_of(&present) {
                head if head == expected => {
                    // Without its head no other page would be told of it.
                    if self.put_record(&text) && self.put(HEAD, head_of(&text)) {
                        Outcome::Kept
                    } else {
                        Outcome::Failed
                    }
                }
                "" => nothing_there(),
                _ => Outcome::Another,
            };
        }
        let aside = aside.map_or(-1, |place| i32::try_from(place).unwrap_or(-1));
        let arguments = [expected.as_str().into(), text.as_str().into(), aside.into()];
        match self.ask("write", &arguments).await {
            Ok(other) => match other.as_string() {
                None => {
                    self.put(HEAD, head_of(&text));
                    // A tool that cleans may have taken the copy alone, or both.
                    let old = now_millis().saturating_sub(self.copied_at.get()) > COPY_AFTER;
                    if old || replaces_all || self.get(RECORD).is_none() {
                        self.put_record(&text);
                    }
                    Outcome::Kept
                }
                Some(head) if head.is_empty() => nothing_there(),
                Some(_) => Outcome::Another,
            },
            Err(_) if self.is_anothers(&base, &text) => Outcome::Another,
            Err(_) if self.put_record(&text) && self.put(HEAD, head_of(&text)) => Outcome::OnlyCopied,
            Err(_) => Outcome::Failed,
        }
    }

    /// Whether what was written last is later than the record of that head and
    /// not by the page whose record is given.
    fn is_anothers(&self, base: &str, text: &str) -> bool {
        let last = self.get(HEAD).unwrap_or_default();
        revision_of(&last) > revision_of(base) && writer_of(&last) != writer_of(head_of(text))
    }

    async fn find(&self) -> Found {
        let mut found = Found::default();
        for part in self.parts() {
            let Some(text) = self.get(&part) else { continue };
            match part.as_str() {
                RECORD => found.copy = Some(text),
                HEAD => found.head = Some(text),
                _ if part.starts_with(CHANGE) => found.changes.push((part, text)),
                _ => drop(found.loose.insert(part, text)),
            }
        }
        match self.ask("read", &[]).await {
            Ok(records) => {
                let records = Array::from(&records);
                let mut records = records.iter().map(|record| record.as_string());
                found.now = records.next().flatten();
                for (place, record) in found.earlier.iter_mut().zip(records) {
                    *place = record;
                }
            }
            Err(_) => {
                self.has_records.set(false);
                found.now = found.copy.take();
            }
        }
        found
    }
}

impl DraftStore for WebDraftStore {
    fn load(&self) -> Working<'_, Found> {
        Box::pin(self.find())
    }

    fn note(&self, writer: &str, change: Option<&str>) {
        let part = format!("{CHANGE}{writer}");
        match change {
            // Where it does not fit the record is all the sooner there.
            Some(change) => drop(self.put(&part, change)),
            None => self.take(&part),
        }
    }

    fn write(&self, writing: Writing) -> Working<'_, Outcome> {
        Box::pin(self.write_record(writing))
    }

    fn settle(&self, shelved: Vec<(usize, String)>, done_with: Vec<(String, String)>) -> Working<'_, bool> {
        Box::pin(async move {
            for (place, text) in shelved {
                let place = i32::try_from(place).unwrap_or(0);
                if self.ask("shelve", &[place.into(), text.into()]).await.is_err() {
                    return false;
                }
            }
            for (part, text) in done_with {
                if self.get(&part).as_ref() == Some(&text) {
                    self.take(&part);
                }
            }
            true
        })
    }

    fn clear(&self) -> Working<'_, bool> {
        Box::pin(async {
            // First what other pages watch, so that none of them writes on.
            self.take(HEAD);
            let left = match self.records {
                Some(_) => self.ask("clear", &[]).await.map(|left| left.as_f64()),
                None => Ok(Some(0.0)),
            };
            self.parts().iter().for_each(|part| self.take(part));
            let has_none = match left {
                Ok(left) => left == Some(0.0),
                // Where the browser refuses the place nothing can be in it; one
                // that does not answer may hold anything.
                Err(fault) => !self.has_records.get() && !is_silence(&fault),
            };
            has_none && self.parts().is_empty()
        })
    }

    fn head_key(&self) -> String {
        self.prefix() + HEAD
    }

    fn place(&self) -> Option<Word> {
        Some(match self.keeping {
            Keeping::Lasting => Word::SavingInBrowser,
            _ => Word::SavingInTab,
        })
    }

    fn lasts(&self) -> bool {
        self.keeping == Keeping::Lasting
    }
}

/// Whether web/records.js waited for an answer in vain.
fn is_silence(fault: &JsValue) -> bool {
    let fault = fault.dyn_ref::<js_sys::Error>();
    fault.is_some_and(|fault| fault.message() == NO_ANSWER)
}

/// The store of that key: where the browser has it and it is wanted, else none.
pub fn open_store(keeping: Keeping, key: &str, records: Function) -> Rc<dyn DraftStore> {
    match WebDraftStore::open(keeping, key, Some(records)) {
        Some(store) => Rc::new(store),
        None => Rc::new(NoDraftStore),
    }
}
