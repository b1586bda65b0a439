//! The only users of the browser: storage, clock, files, print, addresses.

mod clock;
mod files;
mod page;
mod storage;

pub use clock::{clock_time, now_iso, today};
pub use files::{download_text, read_picked_file};
pub use page::{announce_title, focus_on, new_case_id, print_page, scroll_to_top};
pub use storage::{DraftStore, Keeping, MemoryDraftStore, Parts, StorageFault, WebDraftStore, open_store};
