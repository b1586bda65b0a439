//! Where the first version of the page kept its one draft: `localStorage` or
//! `sessionStorage`, and a database of its own. It is read and emptied, and never
//! written.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::desk::{Keeping, area_of, keys_in, part};
use crate::desk::FirstVersion;

/// The places of the draft of one key.
pub struct FirstVersionPlaces {
    area: Option<web_sys::Storage>,
    /// Reads or empties the database; the function of `web/desk.js`.
    database: Option<Function>,
    key: String,
}

impl FirstVersionPlaces {
    /// The places of that key; `desk` does the deeds of `web/desk.js`.
    pub fn new(keeping: Keeping, key: &str, desk: &Function) -> Self {
        let database = Reflect::get(desk, &"former".into()).ok();
        let database = database.and_then(|database| database.dyn_into().ok());
        Self {
            area: area_of(keeping),
            database: database.filter(|_| keeping == Keeping::Lasting),
            key: part(key),
        }
    }

    fn prefix(&self) -> String {
        format!("labor-brand-assessment/{}/", self.key)
    }

    /// What is kept there.
    pub async fn read(&self) -> FirstVersion {
        let mut former = FirstVersion::default();
        if let Some(area) = &self.area {
            let prefix = self.prefix();
            for key in keys_in(area, &prefix) {
                let Some(text) = area.get_item(&format!("{prefix}{key}")).ok().flatten() else {
                    continue;
                };
                if key.starts_with("change/") {
                    former.changes.push(text);
                } else if key == "record" || key.starts_with("earlier/") {
                    former.records.push(text);
                }
            }
        }
        let records = self.ask(false).await.unwrap_or_default();
        let records = records.iter().filter_map(|record| record.as_string());
        former.records.extend(records);
        former
    }

    /// Empties them. Whether nothing is left.
    pub async fn empty(&self) -> bool {
        let Some(area) = &self.area else {
            return self.ask(true).await.is_some();
        };
        let prefix = self.prefix();
        for key in keys_in(area, &prefix) {
            let _ = area.remove_item(&format!("{prefix}{key}"));
        }
        self.ask(true).await.is_some() && keys_in(area, &prefix).is_empty()
    }

    /// What the database holds, or holds after it was emptied; `None` where it gave no answer.
    async fn ask(&self, empties: bool) -> Option<Array> {
        let Some(database) = &self.database else {
            return Some(Array::new());
        };
        let promise = database.call2(&JsValue::NULL, &self.key.as_str().into(), &empties.into());
        let promise: Promise = promise.ok()?.dyn_into().ok()?;
        JsFuture::from(promise).await.ok()?.dyn_into().ok()
    }
}
