//! Where a draft is kept: a trait, its in-memory twin, and the two storages of browsers.

use crate::table::Table;
use crate::wording::Word;
use core::cell::RefCell;
use core::future::Future;
use core::pin::Pin;
use std::rc::Rc;

use gloo_storage::{LocalStorage, SessionStorage, Storage};

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
    fn place(&self) -> Word;
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

    fn place(&self) -> Word {
        Word::SavingInMemory
    }

    fn outlives_the_page(&self) -> bool {
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

/// Keeps a draft in sessionStorage or localStorage, each part under a key of its own.
pub struct WebDraftStore {
    area: web_sys::Storage,
    keeping: Keeping,
    prefix: String,
}

impl WebDraftStore {
    /// The store of that key, where the browser lets the page have one.
    ///
    /// # Errors
    /// When storage is blocked, is not wanted, or refuses a first small part.
    pub fn open(keeping: Keeping, key: &str) -> Result<Self, StorageFault> {
        let window = web_sys::window().ok_or(StorageFault::Unavailable)?;
        // Asking gloo-storage where storage is blocked would panic, so the window is asked first.
        let area = match keeping {
            Keeping::WhileOpen => None,
            Keeping::InTab => (window.session_storage().ok().flatten()).map(|_| SessionStorage::raw()),
            Keeping::Lasting => (window.local_storage().ok().flatten()).map(|_| LocalStorage::raw()),
        };
        // No key may look like the key of another with a part behind it.
        let key = key.replace('%', "%25").replace('/', "%2F");
        let store = Self {
            area: area.ok_or(StorageFault::Unavailable)?,
            keeping,
            prefix: format!("labor-brand-assessment/{key}/"),
        };
        store.write("probe", "1")?;
        store.remove(&store.key("probe"));
        Ok(store)
    }

    fn key(&self, part: &str) -> String {
        format!("{}{part}", self.prefix)
    }

    /// Writes a part and reads it back, as a full store can fail in silence.
    fn write(&self, part: &str, text: &str) -> Result<(), StorageFault> {
        let key = self.key(part);
        self.area.set_item(&key, text).map_err(|_| StorageFault::Full)?;
        match self.area.get_item(&key) {
            Ok(Some(kept)) if kept == text => Ok(()),
            _ => Err(StorageFault::Full),
        }
    }

    fn remove(&self, key: &str) {
        // What could not be removed is still listed, and that is told.
        let _ = self.area.remove_item(key);
    }

    fn keys(&self) -> Vec<String> {
        let count = self.area.length().unwrap_or(0);
        let keys = (0..count).filter_map(|place| self.area.key(place).ok().flatten());
        keys.filter(|key| key.starts_with(&self.prefix)).collect()
    }
}

impl DraftStore for WebDraftStore {
    fn load(&self) -> Working<'_, Parts> {
        Box::pin(async {
            let parts = self.keys().into_iter().filter_map(|key| {
                let text = self.area.get_item(&key).ok().flatten()?;
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
            self.keys().iter().for_each(|key| self.remove(key));
            if self.keys().is_empty() {
                Ok(())
            } else {
                Err(StorageFault::Unavailable)
            }
        })
    }

    fn place(&self) -> Word {
        match self.keeping {
            Keeping::Lasting => Word::SavingInBrowser,
            _ => Word::SavingInTab,
        }
    }

    fn outlives_the_page(&self) -> bool {
        true
    }
}

/// The store of that key: where the browser has it and it is wanted, else memory.
pub fn open_store(keeping: Keeping, key: &str) -> Rc<dyn DraftStore> {
    match WebDraftStore::open(keeping, key) {
        Ok(store) => Rc::new(store),
        Err(_) => Rc::new(MemoryDraftStore::default()),
    }
}
