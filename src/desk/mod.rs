//! The desk: all cases of this browser, kept so that nothing that was typed is
//! lost and nothing that was wiped comes back.
//!
//! All that is decided about keeping is decided here: which case is opened, who
//! may write, what goes into a history, what was wiped. It knows no browser and
//! does nothing by itself: [`Desk::handle`] takes what happened and says what is
//! to be asked of the store. There are two places. The store ([`CaseStore`])
//! holds all cases and their histories; each transaction compares what is there
//! with what is to take its place. The journal ([`Journal`]) is written within
//! the key press; what it holds goes into the store, and is all there is where
//! there is no store.
//!
//! Three rules carry the rest. A record takes the place of another only where it
//! was made from it, which its stamp says; what was not made from each other
//! ends in the history. What was wiped or deleted leaves a number that is higher
//! than what was there, since an absence could not be compared. And whatever is
//! asked of the store may be asked again: the same record twice is one.

mod case_store;
mod decisions;
mod first_version;
mod journal;
mod keys;
mod reason;
mod record;

pub use case_store::{
    Answer, CaseStore, Change, Deed, Fault, Read, Reading, Request, UNNAMED_ENTRIES, Working,
};
pub use decisions::{Command, Desk, Event, Frozen, Gathered, Opened, Standing, Told};
pub use first_version::{FirstVersion, take_over, taken_over};
pub use journal::Journal;
pub use reason::Reason;
pub use record::{CaseRecord, HistoryEntry, Revision, Stamp, Unreadable, Version, Writer};
