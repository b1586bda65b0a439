//! A file on the disk that the page may write to, where the browser has the File
//! System Access API. It is reached by the names of its methods: that interface is
//! no standard yet, and the crates bind it for builds of another kind only.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::files::bytes_of;

/// The function of a window that has a place for a file chosen.
const CHOOSE: &str = "showSaveFilePicker";

/// What the loader's helper (`web/aid.js`) calls the handle that came with a file.
const HANDLE: &str = "handle";

/// A file on the disk, by the handle that the browser gave for it.
#[derive(Clone, Debug)]
pub struct DiskFile(JsValue);

/// Why nothing could be done with a file on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskFault {
    /// The user chose none.
    Cancelled,
    /// This page may have none chosen, as in a frame of another site.
    NotOffered,
    /// The user or the browser does not allow it.
    Denied,
    /// It is no longer where it was.
    Gone,
    /// There is no room for it.
    Full,
    /// Another program holds it, or the disk fails.
    Other,
}

impl DiskFault {
    fn of(error: &JsValue) -> Self {
        let name = Reflect::get(error, &"name".into()).ok();
        match name.and_then(|name| name.as_string()).as_deref() {
            Some("AbortError") => Self::Cancelled,
            Some("SecurityError") => Self::NotOffered,
            Some("NotAllowedError") => Self::Denied,
            Some("NotFoundError") => Self::Gone,
            Some("QuotaExceededError") => Self::Full,
            _ => Self::Other,
        }
    }
}

/// Whether the browser can have a place for a file chosen and write there.
pub fn writes_files() -> bool {
    web_sys::window().is_some_and(|window| Reflect::has(&window, &CHOOSE.into()) == Ok(true))
}

impl DiskFile {
    /// Has the user choose where a file of that name is written.
    ///
    /// # Errors
    /// Where none is chosen; the value says why.
    pub async fn choose(name: &str, mime: &str, extension: &str) -> Result<Self, DiskFault> {
        let window = web_sys::window().ok_or(DiskFault::NotOffered)?;
        let accept = record([(mime, Array::of1(&extension.into()).into())]);
        let options = record([
            ("suggestedName", name.into()),
            ("types", Array::of1(&record([("accept", accept)])).into()),
        ]);
        let chosen = ask(&window, CHOOSE, &[options]).await;
        chosen.map(Self).map_err(|error| DiskFault::of(&error))
    }

    /// The file that was opened, where the browser gave a handle along with it.
    pub async fn of_opened(file: &Blob) -> Option<Self> {
        let handle = Reflect::get(file, &HANDLE.into()).ok()?;
        let handle = match handle.dyn_into::<Promise>() {
            Ok(coming) => JsFuture::from(coming).await.ok()?,
            Err(there) => there,
        };
        handle.is_object().then_some(Self(handle))
    }

    /// What it is called.
    pub fn name(&self) -> String {
        let name = Reflect::get(&self.0, &"name".into()).ok();
        name.and_then(|name| name.as_string()).unwrap_or_default()
    }

    /// Has the user allow that it is written to, unless that is allowed already.
    ///
    /// # Errors
    /// Where it is not.
    pub async fn allow_writing(&self) -> Result<(), DiskFault> {
        let mode = [record([("mode", "readwrite".into())])];
        for question in ["queryPermission", "requestPermission"] {
            let answer = ask(&self.0, question, &mode).await;
            let answer = answer.map_err(|error| DiskFault::of(&error))?;
            if answer.as_string().as_deref() == Some("granted") {
                return Ok(());
            }
        }
        Err(DiskFault::Denied)
    }

    /// The bytes in it.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub async fn read(&self) -> Result<Vec<u8>, DiskFault> {
        let read = async {
            let file: Blob = ask(&self.0, "getFile", &[]).await?.dyn_into()?;
            bytes_of(&file).await
        };
        read.await.map_err(|error| DiskFault::of(&error))
    }

    /// Writes a text in place of all that is in it: all of it, or nothing.
    ///
    /// # Errors
    /// Where it is as it was before.
    pub async fn write(&self, text: &str) -> Result<(), DiskFault> {
        let write = async {
            let stream = ask(&self.0, "createWritable", &[]).await?;
            let written = async {
                ask(&stream, "write", &[text.into()]).await?;
                ask(&stream, "close", &[]).await
            };
            let written = written.await;
            if written.is_err() {
                // What was written so far lies beside the file and goes.
                let _ = ask(&stream, "abort", &[]).await;
            }
            written
        };
        write.await.map(drop).map_err(|error| DiskFault::of(&error))
    }
}

/// An object of some members.
fn record<const COUNT: usize>(members: [(&str, JsValue); COUNT]) -> JsValue {
    let record = Object::new();
    for (name, value) in members {
        // A new object takes every member.
        let _ = Reflect::set(&record, &name.into(), &value);
    }
    record.into()
}

/// Calls a method that gives a promise, and waits for that.
async fn ask(of: &JsValue, method: &str, given: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(of, &method.into())?.dyn_into()?;
    let given: Array = given.iter().collect();
    let promise: Promise = Reflect::apply(&function, of, &given)?.dyn_into()?;
    JsFuture::from(promise).await
}
