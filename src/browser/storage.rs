//! Where a draft is kept: a trait, its in-memory twin, and localStorage.

use crate::table::Table;
use core::cell::RefCell;
use core::future::Future;
use core::pin::Pin;
use std::rc::Rc;

use gloo_storage::{LocalStorage, Storage};

/// The parts of a draft by name, each a text. They are small, as browsers
/// limit how much a page may write at a time.
pub type Parts = Table<String>;

/// What a store is doing.
pub type Working<'a, T> = Pin<Box<dyn Future<Output = Result<T, StorageFault>> + 'a>>;

/// Why a draft could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageFault {
    /// The browser keeps nothing for this page.
    Unavailable,
    /// What was written could not be read back: the space is used up.
    Full,
}

/// Keeps the parts of one draft.
pub trait DraftStore {
    /// Every part that is kept.
    fn load(&self) -> Working<'_, Parts>;
    /// Keeps a part.
    fn save(&self, part: String, text: String) -> Working<'_, ()>;
    /// Forgets every part.
    fn clear(&self) -> Working<'_, ()>;
    /// Where the draft is kept, for the user to read.
    fn place(&self) -> &'static str;
    /// Whether it is there after the page is closed.
    fn outlives_the_page(&self) -> bool;
}

/// Keeps a draft as long as the page is open.
#[derive(Default)]
pub struct MemoryDraftStore(RefCell<Parts>);

impl DraftStore for MemoryDraftStore {
    fn load(&self) -> Working<'_, Parts> {
        Box::pin(async { Ok(self.0.borrow().clone()) })
    }

    fn save(&self, part: String, text: String) -> Working<'_, ()> {
        Box::pin(async move {
            self.0.borrow_mut().insert(part, text);
            Ok(())
        })
    }

    fn clear(&self) -> Working<'_, ()> {
        Box::pin(async {
            *self.0.borrow_mut() = Parts::new();
            Ok(())
        })
    }

    fn place(&self) -> &'static str {
        "本页内存"
    }

    fn outlives_the_page(&self) -> bool {
        false
    }
}

/// Keeps a draft in localStorage, each part under a key of its own.
pub struct LocalDraftStore {
    prefix: String,
}

impl LocalDraftStore {
    /// The store of that key, where the browser lets the page have one.
    ///
    /// # Errors
    /// When storage is blocked or refuses a first small part.
    pub fn open(key: &str) -> Result<Self, StorageFault> {
        // Asking gloo-storage where storage is blocked would panic, so the window is asked first.
        let allowed = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        if allowed.is_none() {
            return Err(StorageFault::Unavailable);
        }
        let store = Self {
            prefix: format!("labor-brand-assessment/{key}/"),
        };
        store.write("probe", "1")?;
        LocalStorage::delete(store.key("probe"));
        Ok(store)
    }

    fn key(&self, part: &str) -> String {
        format!("{}{part}", self.prefix)
    }

    /// Writes a part and reads it back, as a full store can fail in silence.
    fn write(&self, part: &str, text: &str) -> Result<(), StorageFault> {
        let raw = LocalStorage::raw();
        let key = self.key(part);
        raw.set_item(&key, text).map_err(|_| StorageFault::Full)?;
        match raw.get_item(&key) {
            Ok(Some(kept)) if kept == text => Ok(()),
            _ => Err(StorageFault::Full),
        }
    }

    fn keys(&self) -> Vec<String> {
        let raw = LocalStorage::raw();
        let count = raw.length().unwrap_or(0);
        let keys = (0..count).filter_map(|place| raw.key(place).ok().flatten());
        keys.filter(|key| key.starts_with(&self.prefix)).collect()
    }
}

impl DraftStore for LocalDraftStore {
    fn load(&self) -> Working<'_, Parts> {
        Box::pin(async {
            let raw = LocalStorage::raw();
            let parts = self.keys().into_iter().filter_map(|key| {
                let text = raw.get_item(&key).ok().flatten()?;
                Some((key.strip_prefix(&self.prefix)?.to_owned(), text))
            });
            let mut kept = Parts::new();
            kept.extend(parts);
            Ok(kept)
        })
    }

    fn save(&self, part: String, text: String) -> Working<'_, ()> {
        Box::pin(async move { self.write(&part, &text) })
    }

    fn clear(&self) -> Working<'_, ()> {
        Box::pin(async {
            self.keys().iter().for_each(LocalStorage::delete);
            if self.keys().is_empty() {
                Ok(())
            } else {
                Err(StorageFault::Unavailable)
            }
        })
    }

    fn place(&self) -> &'static str {
        "本浏览器"
    }

    fn outlives_the_page(&self) -> bool {
        true
    }
}

/// The store of that key: localStorage where the browser has it, memory elsewhere.
pub fn open_store(key: &str) -> Rc<dyn DraftStore> {
    match LocalDraftStore::open(key) {
        Ok(store) => Rc::new(store),
        Err(_) => Rc::new(MemoryDraftStore::default()),
    }
}
