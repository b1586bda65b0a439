//! The only users of the browser: storage, clock, files, print, addresses.

mod clock;
mod desk;
mod disk_file;
mod files;
mod first_version;
mod modules;
mod page;
mod picture;
mod public_mark;

pub use clock::{clock_time, days_since, iso_of, millis_of, moment_in_words, now_iso, now_millis, today};
pub use desk::{Keeping, WebCaseStore, WebJournal, Windows};
pub use disk_file::{DiskFault, DiskFile, writes_files};
pub use files::{Picked, bytes_of, download, download_text, read_file, take_picked_files};
pub use first_version::FirstVersionPlaces;
pub use modules::{NotFetched, call_module, fetch_piece};
pub use page::{
    active_element, announce_title, entry_of, focus_in_place, focus_on, has_focus, insert_text, is_in,
    is_mirrored, is_typed_into, leave_input, new_case_id, order_of_names, pasted_text, press_in, print_page,
    set_entry, show_dialog, shut_dialog, tell_of_entry, when_left,
};
pub use picture::draw_sheet;
pub use public_mark::{is_marked_public, mark_public, unmark_public};
