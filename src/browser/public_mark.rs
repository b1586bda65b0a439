//! The mark of 公用电脑模式: a tab that is in it stays in it when the page is
//! loaded anew. It holds no data and goes with the tab.

use web_sys::Storage;

use super::desk::part;

/// What the mark holds.
const MARK: &str = "1";

/// The storage of the tab and the mark's key in it, for the desk of that key;
/// `None` where the browser has no such storage for the page.
fn place(key: &str) -> Option<(Storage, String)> {
    let storage = web_sys::window()?.session_storage().ok().flatten()?;
    // As it was when one draft was kept: what begins otherwise is no part of one.
    let key = format!("public-machine/labor-brand-assessment/{}/head", part(key));
    Some((storage, key))
}

/// Marks the tab. A browser that refuses has the page forget the mode with the page.
pub fn mark_public(key: &str) {
    if let Some((storage, mark)) = place(key) {
        let _ = storage.set_item(&mark, MARK);
    }
}

/// Takes the mark away.
pub fn unmark_public(key: &str) {
    if let Some((storage, mark)) = place(key) {
        let _ = storage.remove_item(&mark);
    }
}

/// Whether the tab is marked.
pub fn is_marked_public(key: &str) -> bool {
    place(key).is_some_and(|(storage, mark)| matches!(storage.get_item(&mark), Ok(Some(_))))
}
