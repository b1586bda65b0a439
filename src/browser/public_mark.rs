//! The mark of 公用电脑模式: a tab that is in it stays in it when the page is
//! loaded anew. It holds no data and goes with the tab.

use web_sys::Storage;

/// What the mark holds.
const MARK: &str = "1";

/// The storage of the tab and the mark's key in it, for the draft whose pages
/// learn of each other by `head_key`; `None` where nothing can be kept anyway,
/// or where the browser has no such storage for the page.
fn place(head_key: &str) -> Option<(Storage, String)> {
    if head_key.is_empty() {
        return None;
    }
    let storage = web_sys::window()?.session_storage().ok().flatten()?;
    // What begins otherwise is no part of a draft that is kept in the tab.
    Some((storage, format!("public-machine/{head_key}")))
}

/// Marks the tab. A browser that refuses has the page forget the mode with the page.
pub fn mark_public(head_key: &str) {
    if let Some((storage, key)) = place(head_key) {
        let _ = storage.set_item(&key, MARK);
    }
}

/// Takes the mark away.
pub fn unmark_public(head_key: &str) {
    if let Some((storage, key)) = place(head_key) {
        let _ = storage.remove_item(&key);
    }
}

/// Whether the tab is marked.
pub fn is_marked_public(head_key: &str) -> bool {
    place(head_key).is_some_and(|(storage, key)| matches!(storage.get_item(&key), Ok(Some(_))))
}
