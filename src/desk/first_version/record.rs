//! The text in which the first version kept a draft: one line that says which
//! state it is, and the state behind it.

use crate::desk::record::checksum;

const VERSION: &str = "1";

/// Which state of a draft a record holds.
pub struct Stamp {
    /// Rises with every change.
    pub revision: u64,
    /// The open page that wrote it.
    pub writer: String,
    /// When, in milliseconds since 1970.
    pub at: u64,
}

/// Reads a record of a kind; nothing where a single bit of it differs from what
/// was written.
pub fn read_record<'text>(kind: &str, text: &'text str) -> Option<(Stamp, &'text str)> {
    let (head, body) = text.split_once('\n')?;
    let (before, sum) = head.rsplit_once(' ')?;
    if checksum(&format!("{before} {body}")) != sum {
        return None;
    }
    let mut words = before.split(' ');
    let is_of_kind = words.next()? == kind && words.next()? == VERSION;
    let stamp = Stamp {
        revision: words.next()?.parse().ok()?,
        writer: words.next()?.to_owned(),
        at: words.next()?.parse().ok()?,
    };
    is_of_kind.then_some((stamp, body))
}

/// The line by which a record is told from every other.
pub fn head_of(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

/// How many changes a record holds, by its head; zero where it says nothing.
pub fn revision_of(head: &str) -> u64 {
    let revision = head.split(' ').nth(2);
    revision
        .and_then(|revision| revision.parse().ok())
        .unwrap_or_default()
}
