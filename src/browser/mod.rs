//! The only users of the browser: storage, clock, files, print, addresses.

mod clock;
mod files;
mod modules;
mod page;
mod picture;
mod public_mark;
mod storage;

pub use clock::{clock_time, days_since, millis_of, moment_in_words, now_iso, now_millis, today};
pub use files::{Picked, download, download_text, read_file, take_picked_file};
pub use modules::{NotFetched, call_module, fetch_piece};
pub use page::{
    active_element, announce_title, entry_of, focus_on, has_focus, insert_text, is_in, is_mirrored,
    leave_input, new_case_id, pasted_text, print_page, set_entry, show_dialog, shut_dialog, tell_of_entry,
    when_left,
};
pub use picture::draw_sheet;
pub use public_mark::{is_marked_public, mark_public, unmark_public};
pub use storage::{DraftStore, Keeping, NoDraftStore, WebDraftStore, open_store};
