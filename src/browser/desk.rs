//! The two places of a desk in a browser: the journal in `localStorage` or
//! `sessionStorage`, and the store in IndexedDB.

use core::cell::RefCell;
use std::rc::Rc;

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageEvent;

use crate::desk::{Answer, CaseStore, Deed, Fault, Journal, Read, Request, Told, Working};

/// How long what is on a desk is kept.
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

/// The storage of the browser that lasts as long as is wanted, where the page has one.
pub(super) fn area_of(keeping: Keeping) -> Option<web_sys::Storage> {
    let window = web_sys::window()?;
    // Asking gloo-storage where storage is blocked would panic, so the window is asked first.
    match keeping {
        Keeping::WhileOpen => None,
        Keeping::InTab => (window.session_storage().ok().flatten()).map(|_| SessionStorage::raw()),
        Keeping::Lasting => (window.local_storage().ok().flatten()).map(|_| LocalStorage::raw()),
    }
}

/// What is behind a beginning in the keys that have it.
pub(super) fn keys_in(area: &web_sys::Storage, beginning: &str) -> Vec<String> {
    let places = 0..area.length().unwrap_or(0);
    let keys = places.filter_map(|place| area.key(place).ok().flatten());
    keys.filter_map(|key| key.strip_prefix(beginning).map(str::to_owned))
        .collect()
}

/// The name of a desk as a part of a key: none looks like another with a part behind it.
pub(super) fn part(key: &str) -> String {
    key.replace('%', "%25").replace('/', "%2F")
}

/// The journal of the desk of that key.
pub struct WebJournal {
    area: Option<web_sys::Storage>,
    prefix: String,
}

impl WebJournal {
    /// The journal in the storage that lasts as long as is wanted; one that takes
    /// nothing where the browser has none for the page.
    pub fn open(keeping: Keeping, key: &str) -> Self {
        let mut journal = Self {
            area: area_of(keeping),
            prefix: prefix_of(key),
        };
        // Some browsers give a storage that takes nothing; a full one still gives what it has.
        let is_used = journal.area.as_ref().and_then(|area| area.length().ok()) > Some(0);
        if !is_used && !journal.put("probe", "1") {
            journal.area = None;
        }
        journal.remove("probe");
        journal
    }

    /// Whether an event of the browser's storage tells of a change of this desk.
    pub fn is_changed_by(&self, event: &JsValue) -> bool {
        let member = |name: &str| Reflect::get(event, &name.into()).ok();
        let key = member("key").and_then(|key| key.as_string());
        // Another storage may have a desk of the same key, which is none of ours.
        let area = self.area.as_ref().map(AsRef::<JsValue>::as_ref);
        area == member("storageArea").as_ref() && key.is_some_and(|key| key.starts_with(&self.prefix))
    }

    /// What another window has told by an event of the browser's storage, if it is
    /// one of this desk.
    pub fn told_by(&self, event: &JsValue) -> Option<Told> {
        let text = Reflect::get(event, &"newValue".into()).ok()?.as_string()?;
        Told::read(&text).filter(|_| self.is_changed_by(event))
    }
}

/// What the keys of a desk begin with.
fn prefix_of(key: &str) -> String {
    format!("labor-brand-desk/{}/", part(key))
}

impl Journal for WebJournal {
    fn is_there(&self) -> bool {
        self.area.is_some()
    }

    fn get(&self, key: &str) -> Option<String> {
        let area = self.area.as_ref()?;
        area.get_item(&format!("{}{key}", self.prefix)).ok().flatten()
    }

    fn put(&self, key: &str, text: &str) -> bool {
        let Some(area) = &self.area else { return false };
        // A full store can fail in silence, so what is there is read back.
        let _ = area.set_item(&format!("{}{key}", self.prefix), text);
        self.get(key).as_deref() == Some(text)
    }

    fn remove(&self, key: &str) {
        if let Some(area) = &self.area {
            // What could not be taken away is still listed, and that is shown.
            let _ = area.remove_item(&format!("{}{key}", self.prefix));
        }
    }

    fn keys(&self, beginning: &str) -> Vec<String> {
        let Some(area) = &self.area else {
            return Vec::new();
        };
        let keys = keys_in(area, &format!("{}{beginning}", self.prefix)).into_iter();
        keys.map(|rest| format!("{beginning}{rest}")).collect()
    }
}

/// The store of the desk of that key; `transact` is the function of `web/desk.js`.
pub struct WebCaseStore {
    transact: Option<Function>,
    prefix: String,
}

/// What web/desk.js says where the browser has no such place or lets nobody into it.
const REFUSED: &str = "refused";

impl WebCaseStore {
    /// The store of that key, where what is on the desk is to last; `transact`
    /// does what `web/desk.js` does.
    pub fn open(keeping: Keeping, key: &str, transact: Function) -> Self {
        Self {
            transact: Some(transact).filter(|_| keeping == Keeping::Lasting),
            prefix: prefix_of(key),
        }
    }
}

fn array_of(texts: &[String]) -> Array {
    texts.iter().map(|text| JsValue::from(&**text)).collect()
}

/// What web/desk.js has read.
fn read_of(texts: &Array, keys: &Array) -> Read {
    let mut read = Read::default();
    for pair in texts.iter() {
        let pair = Array::from(&pair);
        if let (Some(key), Some(text)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            read.texts.insert(key, text);
        }
    }
    read.keys = keys.iter().filter_map(|key| key.as_string()).collect();
    read
}

impl CaseStore for WebCaseStore {
    fn transact(&self, request: Request) -> Working<'_, Result<Answer, Fault>> {
        Box::pin(async move {
            let transact = self.transact.as_ref().ok_or(Fault::Refused)?;
            let reading = request.reading();
            let writes = !matches!(request.deed, Deed::Look(_) | Deed::Gather | Deed::History(_));
            let answer = Rc::new(RefCell::new(None));
            let decided = Rc::clone(&answer);
            // It is asked once more where the first try gave no answer. What is
            // asked after the last one finds it gone, and its transaction is undone.
            let decide =
                Closure::<dyn FnMut(Array, Array) -> Array>::new(move |texts: Array, keys: Array| {
                    let (changes, answer) = request.clone().decide(&read_of(&texts, &keys));
                    *decided.borrow_mut() = Some(answer);
                    let changes = changes.into_iter().map(|(key, text)| {
                        let text = text.map_or(JsValue::NULL, JsValue::from);
                        Array::of2(&key.into(), &text)
                    });
                    changes.collect()
                });
            let arguments: Array = [
                self.prefix.as_str().into(),
                writes.into(),
                array_of(&reading.texts).into(),
                array_of(&reading.ranges).into(),
                array_of(&reading.lists).into(),
                decide.as_ref().clone(),
            ]
            .iter()
            .collect();
            let promise = Reflect::apply(transact, &JsValue::NULL, &arguments);
            let promise: Promise = promise
                .and_then(|promise| promise.dyn_into())
                .map_err(|_| Fault::Failed)?;
            match JsFuture::from(promise).await {
                Ok(_) => answer.borrow_mut().take().ok_or(Fault::Failed),
                Err(fault) if is_refusal(&fault) => Err(Fault::Refused),
                Err(_) => Err(Fault::Failed),
            }
        })
    }
}

fn is_refusal(fault: &JsValue) -> bool {
    let fault = fault.dyn_ref::<js_sys::Error>();
    fault.is_some_and(|fault| fault.message() == REFUSED)
}

/// The other windows at the same desk, where the browser lets windows speak to
/// each other; what is written into `localStorage` they hear of without.
pub struct Windows {
    channel: Option<web_sys::BroadcastChannel>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Windows {
    /// Hears what windows at the desk of that key tell, where it is kept for all of them.
    pub fn hear(keeping: Keeping, key: &str, mut hear: impl FnMut(Told) + 'static) -> Self {
        let channel = (keeping == Keeping::Lasting)
            .then(|| web_sys::BroadcastChannel::new(&prefix_of(key)).ok())
            .flatten();
        let heard = Closure::new(move |event: MessageEvent| {
            let text = event.data().as_string();
            if let Some(told) = text.and_then(|text| Told::read(&text)) {
                hear(told);
            }
        });
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
        Self {
            channel,
            _heard: heard,
        }
    }

    /// Tells them something.
    pub fn tell(&self, told: &Told) {
        if let Some(channel) = &self.channel {
            // Who hears nothing learns of it when it writes.
            let _ = channel.post_message(&told.to_text().into());
        }
    }
}

impl Drop for Windows {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}
