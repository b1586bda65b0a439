//! The only users of the browser: storage, clock, files, print, addresses.

mod clock;
mod files;
mod modules;
mod page;
mod picture;
mod public_mark;
mod storage;

pub use clock::{clock_time, days_since, millis_of, moment_in_words, now_iso, now_millis, today};
pub use files::{Picked, download, download_text, read_picked_file};
pub use modules::call_module;
pub use page::{announce_title, focus_on, is_mirrored, new_case_id, print_page, show_dialog, shut_dialog};
pub use picture::draw_sheet;
pub use public_mark::{is_marked_public, mark_public, unmark_public};
pub use storage::{DraftStore, Keeping, NoDraftStore, WebDraftStore, open_store};
