//! The text in which a draft is kept: one line that says which state it is,
//! and the state behind it. Whatever became of the text, it is either read as
//! it was written or not at all.

use crate::id_map::IdMap;
use crate::json::{Json, Object};

/// The parts of a draft by name, each the text of a JSON value.
pub type Parts = IdMap<String>;

/// The version of what is behind the first line. The first line itself
/// stays as it is in every version to come, so that a newer record is shown
/// from a broken one.
const VERSION: u64 = 1;

/// Which state of a draft a record holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Rises with every change.
    pub revision: u64,
    /// The open page that wrote it; another one each time a page is opened.
    pub writer: String,
    /// When, in milliseconds since 1970.
    pub at: u64,
}

/// Why a record cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not as it was written.
    Broken,
    /// A newer version of the page wrote it.
    Newer,
}

/// Writes a record of a kind; the kind is one word.
pub fn write_record(kind: &str, stamp: &Stamp, body: &str) -> String {
    let Stamp { revision, writer, at } = stamp;
    seal(format!("{kind} {VERSION} {revision} {writer} {at} "), body)
}

fn seal(mut head: String, body: &str) -> String {
    let sum = checksum(head.bytes().chain(body.bytes()));
    head.push_str(&sum);
    head.push('\n');
    head.push_str(body);
    head
}

/// Reads a record of a kind: which state it is, and the state.
///
/// # Errors
/// Where a single bit of it differs from what was written, or where what
/// is in it is of a version to come.
pub fn read_record<'text>(kind: &str, text: &'text str) -> Result<(Stamp, &'text str), Unreadable> {
    let (head, body) = text.split_once('\n').ok_or(Unreadable::Broken)?;
    let (before, sum) = head.rsplit_once(' ').ok_or(Unreadable::Broken)?;
    let summed = before.bytes().chain([b' ']).chain(body.bytes());
    if checksum(summed) != sum {
        return Err(Unreadable::Broken);
    }
    let (version, stamp) = parse_head(kind, before).ok_or(Unreadable::Broken)?;
    if version > VERSION {
        return Err(Unreadable::Newer);
    }
    Ok((stamp, body))
}

fn parse_head(kind: &str, head: &str) -> Option<(u64, Stamp)> {
    let mut words = head.split(' ');
    let of_kind = words.next()? == kind;
    let version = words.next()?.parse().ok()?;
    let stamp = Stamp {
        revision: words.next()?.parse().ok()?,
        writer: words.next()?.to_owned(),
        at: words.next()?.parse().ok()?,
    };
    of_kind.then_some((version, stamp))
}

/// The line by which a record is told from every other; all of the text where it has no lines.
pub fn head_of(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

/// What a head says, without a check against what is behind it.
pub fn stamp_of(kind: &str, head: &str) -> Option<Stamp> {
    parse_head(kind, head.rsplit_once(' ')?.0).map(|(_, stamp)| stamp)
}

/// How many changes a record holds, by its head; zero where it says nothing.
pub fn revision_of(head: &str) -> u64 {
    let revision = head.split(' ').nth(2);
    revision
        .and_then(|revision| revision.parse().ok())
        .unwrap_or_default()
}

/// The open page that wrote a record, by its head.
pub fn writer_of(head: &str) -> Option<&str> {
    head.split(' ').nth(3)
}

/// The parts as one JSON object.
pub fn body_of(parts: &Parts) -> String {
    let mut body = String::from("{");
    for (part, text) in parts {
        if body.len() > 1 {
            body.push(',');
        }
        body.push_str(&Json::text(&**part).to_line());
        body.push(':');
        body.push_str(text);
    }
    body.push('}');
    body
}

/// The members of a JSON object as parts.
pub fn parts_of(members: &Object) -> Parts {
    let mut parts = Parts::new();
    for (part, value) in members {
        parts.insert(part.clone(), value.to_line());
    }
    parts
}

/// CRC-32 (ISO-HDLC) in eight hexadecimal digits. It finds every flipped bit;
/// against a forger it would be of no use, and none can reach the storage of a page.
fn checksum(bytes: impl Iterator<Item = u8>) -> String {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            let low = sum & 1;
            sum = sum >> 1 ^ 0xEDB8_8320 & low.wrapping_neg();
        }
    }
    format!("{:08x}", !sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_common_one() {
        assert_eq!(checksum("123456789".bytes()), "cbf43926");
    }

    #[test]
    fn a_record_of_a_version_to_come_is_told_from_a_broken_one() {
        let newer = seal(String::from("draft 2 7 w 1 "), "who knows");
        assert_eq!(read_record("draft", &newer), Err(Unreadable::Newer));
        let broken = newer.replacen("who", "wha", 1);
        assert_eq!(read_record("draft", &broken), Err(Unreadable::Broken));
    }
}
