//! Where a draft is kept: a trait, its twin that keeps nothing, and the two
//! storages of browsers.
//!
//! `localStorage` is written at once, and reaches the disk when the browser
//! likes. IndexedDB takes a moment, and has it on the disk when it answers. The
//! one holds what the other does not hold yet, and a copy in case that is lost.

use core::cell::{Cell, RefCell};
use core::future::Future;
use core::pin::Pin;
use std::rc::Rc;

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::clock::now_millis;
use crate::documents::{
    EARLIER, Found, Frozen, Outcome, UNREADABLE, Writing, head_of, revision_of, writer_of,
};
use crate::wording::{Text, messages};

/// What a store is doing.
pub type Working<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// How old the copy of the record may grow, in milliseconds.
const COPY_AFTER: u64 = 20_000;

/// Keeps one draft.
pub trait DraftStore {
    /// Everything that is kept.
    fn load(&self) -> Working<'_, Found>;
    /// Notes at once what the record does not hold yet, or that it holds all.
    /// Whether it is noted.
    fn note(&self, writer: &str, change: Option<&str>) -> bool;
    /// Writes a record, if the one that is there is the one it expects.
    fn write(&self, writing: Writing) -> Working<'_, Outcome>;
    /// Keeps earlier states, each in its place, or with an empty text nothing
    /// there, then takes away the changes that stand as they were found.
    /// Whether the states are kept.
    fn settle(&self, shelved: Vec<(usize, String)>, done_with: Vec<(String, String)>) -> Working<'_, bool>;
    /// Forgets everything, and looks whether it has.
    fn clear(&self) -> Working<'_, bool>;
    /// The key under which other pages learn what was written last.
    fn head_key(&self) -> String;
    /// Whether it keeps anything in that storage of the browser.
    fn is_in(&self, area: &JsValue) -> bool;
    /// Takes it that the page no longer writes, and why: what is under way by
    /// then undoes nothing.
    fn stop(&self, frozen: Frozen);
    /// Takes it that the page begins with nothing that is kept: that nothing is
    /// there says nothing any more.
    fn begin_anew(&self);
    /// Where the draft is kept, for the user to read; `None` where nothing is kept.
    fn place(&self) -> Option<Text>;
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

    fn note(&self, _: &str, _: Option<&str>) -> bool {
        true
    }

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

    fn is_in(&self, _: &JsValue) -> bool {
        false
    }

    fn stop(&self, _: Frozen) {}

    fn begin_anew(&self) {}

    fn place(&self) -> Option<Text> {
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
    /// Whether that had the record when it was asked first, or ever since;
    /// `None` before it is asked. Where it had, a page that cannot reach it
    /// once must not go on beside it.
    has_records: Cell<Option<bool>>,
    copied_at: Cell<u64>,
    /// How often everything was forgotten, which what comes late must not undo.
    wipes: Cell<u32>,
    /// How often that was when what is there was looked up last.
    wipes_before: Cell<u32>,
    /// The head that was there when the page began, or that it wrote here last;
    /// `None` where there was none, as where there is no room for one.
    known_head: RefCell<Option<String>>,
    /// Why the page stopped writing since it last began, if it did.
    stopped: Cell<Option<Frozen>>,
}

/// What web/records.js says where the browser has no such place or lets nobody into it.
const REFUSED: &str = "refused";
const RECORD: &str = "record";
const HEAD: &str = "head";
/// The head of nothing.
const WIPED: &str = "wiped";
const CHANGE: &str = "change/";
const PLACE: &str = "earlier/";

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
            has_records: Cell::new(records.is_none().then_some(false)),
            records,
            copied_at: Cell::new(0),
            wipes: Cell::new(0),
            wipes_before: Cell::new(0),
            known_head: RefCell::default(),
            stopped: Cell::new(None),
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
        // What could not be taken away is still listed, and that is shown.
        let _ = self.area.remove_item(&(self.prefix() + part));
    }

    /// The parts that there are, without what is before them in their keys.
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

    fn put_head(&self, text: &str) -> bool {
        let done = self.put(HEAD, head_of(text));
        if done {
            *self.known_head.borrow_mut() = Some(head_of(text).to_owned());
        }
        done
    }

    /// Whether a head that there was is gone, as when all is wiped.
    fn is_wiped_here(&self) -> bool {
        // A page that has stopped has heard of one.
        (self.known_head.borrow().is_some() || self.stopped.get().is_some()) && self.has_no_head()
    }

    /// Whether there is no head, as far as the storage answers.
    fn has_no_head(&self) -> bool {
        matches!(self.area.get_item(&self.head_key()), Ok(None))
    }

    /// Whether what was found can still be gone on from.
    fn is_still_there(&self) -> bool {
        let is_gone = self.known_head.borrow().is_some() && self.has_no_head();
        self.wipes.get() == self.wipes_before.get() && !is_gone
    }

    /// Keeps an earlier state here, or with an empty text nothing in its place.
    fn put_earlier(&self, place: usize, text: &str) -> bool {
        let part = format!("{PLACE}{place}");
        if text.is_empty() {
            self.take(&part);
            return true;
        }
        self.put(&part, text)
    }

    /// Writes record and head here, and as far as there is room the earlier states.
    fn put_all(&self, writing: &Writing) -> bool {
        let before = self.get(RECORD);
        // Without its head no other page would hear of it.
        let is_kept = self.put_record(&writing.text) && self.put_head(&writing.text);
        for (place, text) in writing.aside.iter().filter(|_| is_kept) {
            if let Some(text) = text.as_ref().or(before.as_ref()) {
                // The record comes first: what is short of room is what is older.
                let _ = self.put_earlier(*place, text);
            }
        }
        is_kept
    }

    /// What an empty place of the record means.
    fn nothing_there(&self, writing: &Writing) -> Outcome {
        match self.get(HEAD) {
            // What a page holds that has kept nothing yet was not wiped.
            None if writing.expected.is_empty() && writing.base.is_empty() => Outcome::Gone,
            None => Outcome::Wiped,
            Some(head) if self.is_news(&head, writing) => Outcome::Another,
            Some(_) => Outcome::Gone,
        }
    }

    async fn write_record(&self, writing: Writing) -> Outcome {
        self.stopped.set(None);
        if self.is_wiped_beside(&writing) {
            return Outcome::Wiped;
        }
        // Another page may write here alone, as the place of the record gave it no answer.
        let is_anothers = self.is_anothers(&writing);
        if self.has_records.get() == Some(false) {
            let present = self.get(RECORD).unwrap_or_default();
            return match head_of(&present) {
                "" if !writing.expected.is_empty() => self.nothing_there(&writing),
                present if present != writing.expected => Outcome::Another,
                _ if is_anothers => Outcome::Another,
                _ if self.put_all(&writing) => Outcome::Kept,
                _ => Outcome::Failed,
            };
        }
        if is_anothers {
            return Outcome::Another;
        }
        let mut arguments: Vec<JsValue> =
            vec![writing.expected.as_str().into(), writing.text.as_str().into()];
        for (place, text) in &writing.aside {
            arguments.push(number_of(*place));
            arguments.push(text.as_deref().map_or(JsValue::NULL, JsValue::from));
        }
        let wipes = self.wipes.get();
        let answer = self.ask("write", &arguments).await;
        let answer = answer.map(|other| other.as_string());
        let mut refusal = match &answer {
            Ok(None) => self.come_between(&writing).await,
            Ok(Some(head)) if head.is_empty() => Some(self.nothing_there(&writing)),
            Ok(Some(_)) => Some(Outcome::Another),
            Err(_) => self.is_no_longer(&writing),
        };
        if self.wipes.get() != wipes || self.stopped.get() == Some(Frozen::Wiped) {
            refusal = Some(Outcome::Wiped);
        }
        match refusal {
            Some(refusal) => {
                // Nothing was there before that would be lost with it.
                if answer == Ok(None) && writing.expected.is_empty() {
                    self.withdraw(&writing).await;
                }
                refusal
            }
            None if answer.is_ok() => {
                self.have_written(&writing);
                Outcome::Kept
            }
            None if self.put_all(&writing) => Outcome::OnlyCopied,
            None => Outcome::Failed,
        }
    }

    /// Takes a record away again that came to its place too late, and what came
    /// with it.
    async fn withdraw(&self, writing: &Writing) {
        let mut arguments: Vec<JsValue> = vec!["now".into(), writing.text.as_str().into()];
        for (place, text) in &writing.aside {
            if let Some(text) = text {
                arguments.extend([number_of(*place), text.into()]);
            }
        }
        // Where there is no answer there is nothing more to do.
        let _ = self.ask("withdraw", &arguments).await;
    }

    /// Says here what the place of the record holds by now.
    fn have_written(&self, writing: &Writing) {
        let copy = self.get(RECORD);
        if let Some(copy) = copy.as_ref().filter(|_| self.is_anothers(writing)) {
            // The other page wrote here alone meanwhile, and goes on from there.
            self.put_beside(copy);
        }
        self.put_head(&writing.text);
        // A tool that cleans may have taken the copy alone, or both.
        let now = now_millis();
        let copied_at = self.copied_at.get();
        // A copy that is yet to come was made while the clock was wrong.
        let old = now < copied_at || now - copied_at > COPY_AFTER;
        if old || writing.replaces_all || copy.is_none() {
            self.put_record(&writing.text);
        }
    }

    /// What came between a record that was written and the answer, if anything:
    /// all may have been wiped, or wiped and written anew.
    async fn come_between(&self, writing: &Writing) -> Option<Outcome> {
        let Ok(records) = self.ask("read", &[]).await else {
            return self.is_no_longer(writing);
        };
        match Array::from(&records).get(0).as_string().as_deref().map(head_of) {
            None => Some(self.nothing_there(writing)),
            Some(there) if there != head_of(&writing.text) => Some(Outcome::Another),
            Some(_) if self.is_wiped_beside(writing) => Some(Outcome::Wiped),
            // A stale page that found the place empty may have come after a wiping.
            Some(_) => (self.has_gone_stale() && writing.expected.is_empty()).then_some(Outcome::Another),
        }
    }

    /// Whether all was wiped although the place of the record is as expected:
    /// empty, as it was before.
    fn is_wiped_beside(&self, writing: &Writing) -> bool {
        writing.expected.is_empty() && self.is_wiped_here()
    }

    /// What became, as far as can be seen here, of what the page goes on from.
    fn is_no_longer(&self, writing: &Writing) -> Option<Outcome> {
        if self.is_wiped_here() {
            return Some(Outcome::Wiped);
        }
        let is_news = self.get(HEAD).is_some_and(|head| self.is_news(&head, writing));
        (is_news || self.has_gone_stale() || self.is_anothers(writing)).then_some(Outcome::Another)
    }

    /// Whether another page has written since this one sent its record.
    fn has_gone_stale(&self) -> bool {
        self.stopped.get() == Some(Frozen::Stale)
    }

    /// Whether a head is another page's that was not there when this one began:
    /// a draft that was begun after wiping is new, however few changes it has.
    fn is_news(&self, head: &str, writing: &Writing) -> bool {
        is_foreign(head, writing) && self.known_head.borrow().as_deref() != Some(head)
    }

    /// Whether what was written last is another page's, and not what this one
    /// goes on from nor before it.
    fn is_anothers(&self, writing: &Writing) -> bool {
        let last = self.get(HEAD).unwrap_or_default();
        is_foreign(&last, writing) && revision_of(&last) >= revision_of(&writing.base)
    }

    /// Keeps a record of another page here as an earlier state.
    fn put_beside(&self, text: &str) {
        let is_free = |place: &usize| self.get(&format!("{PLACE}{place}")).is_none();
        let place = (0..EARLIER).find(is_free);
        // Without room for it there is nothing more to do.
        let _ = self.put_earlier(place.unwrap_or_default(), text);
    }

    async fn find(&self) -> Found {
        let wipes = self.wipes.get();
        let mut found = Found::default();
        for part in self.parts() {
            let Some(text) = self.get(&part) else { continue };
            let place = part.strip_prefix(PLACE).and_then(|place| place.parse().ok());
            let place = place.and_then(|place: usize| found.earlier.get_mut(place));
            match part.as_str() {
                RECORD => found.copy = Some(text),
                HEAD => found.head = Some(text),
                _ if part.starts_with(CHANGE) => found.changes.push((part, text)),
                _ => match place {
                    Some(place) => *place = Some(text),
                    None => drop(found.loose.insert(part, text)),
                },
            }
        }
        if self.known_head.borrow().is_none() {
            self.known_head.borrow_mut().clone_from(&found.head);
        }
        let records = self.ask("read", &[]).await;
        if self.wipes.get() != wipes {
            // Nothing of what was there is.
            return Found::default();
        }
        self.wipes_before.set(wipes);
        match records {
            Ok(records) => {
                self.has_records.set(Some(true));
                let here = core::mem::take(&mut found.earlier);
                let records = Array::from(&records);
                let mut records = records.iter().map(|record| record.as_string());
                found.now = records.next().flatten();
                if let Some(now) = found.now.as_ref().filter(|_| self.has_no_head()) {
                    // The page that wrote it could not say so, or a tool that cleans took it.
                    self.put_head(now);
                    found.head = self.get(HEAD);
                }
                for (place, record) in found.earlier.iter_mut().zip(records) {
                    *place = record;
                }
                self.bring_home(here, &mut found).await;
            }
            Err(fault) => {
                found.is_partial = self.records.is_some() && !is_refusal(&fault);
                if self.has_records.get().is_none() {
                    self.has_records.set(Some(false));
                }
                if self.has_records.get() == Some(false) {
                    found.now = found.copy.take();
                }
            }
        }
        found
    }

    /// Brings earlier states that were kept here, while the place of the record
    /// could not be had, to the others: each in the place of the oldest.
    async fn bring_home(&self, here: [Option<String>; EARLIER + 1], found: &mut Found) {
        let revision = |text: &Option<String>| text.as_deref().map_or(0, revision_of);
        for (place, text) in here.into_iter().enumerate() {
            let Some(text) = text else { continue };
            let places = found.earlier.iter().enumerate().take(EARLIER);
            let oldest = places.min_by_key(|(_, there)| revision(there));
            let home = oldest.map_or(place, |(oldest, _)| oldest);
            let home = if place == UNREADABLE { place } else { home };
            let Some(there) = found.earlier.get_mut(home) else {
                continue;
            };
            let is_later = there.is_none() || revision_of(&text) > revision(there);
            if !is_later || self.shelve(home, &text).await {
                self.put_earlier(place, "");
            }
            if is_later {
                *there = Some(text);
            }
        }
    }

    /// Keeps an earlier state beside the record.
    async fn shelve(&self, place: usize, text: &str) -> bool {
        // What was found before a wiping must not come back after it.
        self.is_still_there() && self.ask("shelve", &[number_of(place), text.into()]).await.is_ok()
    }
}

/// A place among the earlier states for web/records.js.
fn number_of(place: usize) -> JsValue {
    u32::try_from(place).unwrap_or_default().into()
}

impl DraftStore for WebDraftStore {
    fn load(&self) -> Working<'_, Found> {
        Box::pin(self.find())
    }

    fn note(&self, writer: &str, change: Option<&str>) -> bool {
        let part = format!("{CHANGE}{writer}");
        if change.is_none() {
            self.take(&part);
        }
        change.is_none_or(|change| self.put(&part, change))
    }

    fn write(&self, writing: Writing) -> Working<'_, Outcome> {
        Box::pin(self.write_record(writing))
    }

    fn settle(&self, shelved: Vec<(usize, String)>, done_with: Vec<(String, String)>) -> Working<'_, bool> {
        Box::pin(async move {
            for (place, text) in shelved {
                let is_kept = match self.has_records.get() {
                    Some(false) => self.is_still_there() && self.put_earlier(place, &text),
                    _ => self.shelve(place, &text).await,
                };
                if !is_kept {
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
            self.wipes.set(self.wipes.get().wrapping_add(1));
            self.begin_anew();
            // First what other pages watch, so that none of them writes on; they are
            // told what there was.
            self.put(HEAD, WIPED);
            self.take(HEAD);
            let left = match self.records {
                Some(_) => self.ask("clear", &[]).await.map(|left| left.as_f64()),
                None => Ok(Some(0.0)),
            };
            self.parts().iter().for_each(|part| self.take(part));
            let has_none = match left {
                Ok(left) => left == Some(0.0),
                // Where the browser has always refused the place nothing can be in
                // it; one that fails in any other way may hold anything.
                Err(fault) => self.has_records.get() != Some(true) && is_refusal(&fault),
            };
            has_none && self.parts().is_empty()
        })
    }

    fn head_key(&self) -> String {
        self.prefix() + HEAD
    }

    fn is_in(&self, area: &JsValue) -> bool {
        let own: &JsValue = self.area.as_ref();
        own == area
    }

    fn stop(&self, frozen: Frozen) {
        self.stopped.set(Some(frozen));
    }

    fn begin_anew(&self) {
        *self.known_head.borrow_mut() = None;
    }

    fn place(&self) -> Option<Text> {
        Some(match self.keeping {
            Keeping::Lasting => messages::saving::in_browser(),
            _ => messages::saving::in_tab(),
        })
    }

    fn lasts(&self) -> bool {
        self.keeping == Keeping::Lasting
    }
}

/// Whether a head is another page's, and not of what this one goes on from.
fn is_foreign(head: &str, writing: &Writing) -> bool {
    let writer = writer_of(head);
    head != writing.expected && head != writing.base && writer.is_some() && writer != writer_of(&writing.text)
}

/// Whether the browser has no such place as web/records.js wants, or lets nobody into it.
fn is_refusal(fault: &JsValue) -> bool {
    let fault = fault.dyn_ref::<js_sys::Error>();
    fault.is_some_and(|fault| fault.message() == REFUSED)
}

/// The store of that key: where the browser has it and it is wanted, else none.
pub fn open_store(keeping: Keeping, key: &str, records: Function) -> Rc<dyn DraftStore> {
    match WebDraftStore::open(keeping, key, Some(records)) {
        Some(store) => Rc::new(store),
        None => Rc::new(NoDraftStore),
    }
}
