//! The store of all cases and their history: what one transaction reads, and
//! what it writes for that. Whoever has a store carries out the reading, the
//! deciding and the writing in one, and knows nothing of cases.

use core::future::Future;
use core::pin::Pin;

use crate::id_map::IdMap;

use super::keys::{CASES, LINES, stays_in_history};
use super::keys::{MARK, case_key, history_key, history_of, line_key, read_mark, write_mark};
use super::reason::Reason;
use super::record::{CaseRecord, Stamp, Unreadable, Version, checksum};

/// How many entries that nobody named the history of a case holds.
pub const UNNAMED_ENTRIES: usize = 50;

/// The era of a window that could not learn of it yet.
pub const UNKNOWN: u64 = 0;

/// What a store is doing.
pub type Working<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Keeps the cases of one desk and their history, under keys.
pub trait CaseStore {
    /// Carries out a request in one transaction: reads what it wants, has it
    /// decide, and writes what that comes to. Done when the disk has it.
    fn transact(&self, request: Request) -> Working<'_, Result<Answer, Fault>>;
}

/// Why a transaction did not come to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no such store, and never was for this page.
    Refused,
    /// It is full, or gave no answer: what was asked may be done all the same.
    Failed,
}

/// What is asked of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// How often all had been wiped, as far as the window knows.
    pub era: u64,
    /// Whether the store may say nothing of that yet.
    pub is_first: bool,
    /// What is asked.
    pub deed: Deed,
}

/// What is asked of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
// Where addresses are short, the variants are not that far apart.
#[cfg_attr(
    target_pointer_width = "64",
    expect(
        clippy::large_enum_variant,
        reason = "One or two are on their way at a time, and most of them put a record."
    )
)]
pub enum Deed {
    /// What the desk holds, and one case of it.
    Look(Option<String>),
    /// Every case with its text, and the tombstones.
    Gather,
    /// The history of a case.
    History(String),
    /// To put a record in its place, as far as that may give way to it; an
    /// entry into the history of its case.
    Put {
        /// The record.
        record: CaseRecord,
        /// Why the record that gives way goes into the history, if it does.
        enters: Option<Reason>,
    },
    /// To put other texts in place of entries of the history of a case, by
    /// their keys; empty ones take them away.
    Rewrite(Vec<(String, String)>),
    /// To take away all that was written before that era.
    Wipe,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// What the desk holds.
    Found {
        /// How often all had been wiped; `None` where nothing was ever kept.
        era: Option<u64>,
        /// Every case, and the tombstones.
        cases: Vec<Stamp>,
        /// The record that was asked for, as it is.
        record: Option<String>,
    },
    /// The records of all cases, and the tombstones, as they are.
    Gathered {
        /// How often all had been wiped; `None` where nothing was ever kept.
        era: Option<u64>,
        /// The records.
        records: Vec<String>,
    },
    /// The entries of a history with their keys, as they are, oldest first.
    Entries(Vec<(String, String)>),
    /// It is done. What a tombstone took away is given back, the record first.
    Done(Vec<String>),
    /// Another record of the case is there, and this one did not come from it.
    Another(Stamp),
    /// All was wiped since, or something newer is here than this store has
    /// heard of; `None` where it has nothing.
    OtherEra(Option<u64>),
    /// A newer version of the page wrote what is there.
    Newer,
}

/// What a transaction reads: keys, and beginnings of keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Keys whose texts are read.
    pub texts: Vec<String>,
    /// Beginnings of keys whose texts are read.
    pub ranges: Vec<String>,
    /// Beginnings of keys that are listed.
    pub lists: Vec<String>,
}

/// What a transaction has read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The texts under their keys.
    pub texts: IdMap<String>,
    /// The keys that were listed, in order.
    pub keys: Vec<String>,
}

/// What a transaction writes: a text under a key, or nothing there any more.
pub type Change = (String, Option<String>);

impl Request {
    /// What has to be read for it.
    pub fn reading(&self) -> Reading {
        let mut reading = Reading {
            texts: vec![MARK.to_owned()],
            ..Reading::default()
        };
        match &self.deed {
            Deed::Look(case) => {
                reading.ranges.push(LINES.to_owned());
                reading.texts.extend(case.as_deref().map(case_key));
            }
            Deed::Gather => reading.ranges.push(CASES.to_owned()),
            Deed::History(case) => reading.ranges.push(history_of(case)),
            Deed::Put { record, enters } => {
                let case = &record.stamp.case;
                reading.texts.push(case_key(case));
                if record.stamp.is_tombstone() {
                    reading.ranges.push(history_of(case));
                } else if enters.is_some()
                    || record.stamp.displaces.is_some()
                    || record.stamp.reason.is_some()
                {
                    reading.lists.push(history_of(case));
                }
            }
            Deed::Rewrite(_) => {}
            Deed::Wipe => reading.lists.push(String::new()),
        }
        reading
    }

    /// What is written, and what came of the request, for what was read.
    pub fn decide(self, read: &Read) -> (Vec<Change>, Answer) {
        let era = read.texts.get(MARK).and_then(|text| read_mark(text));
        match self.deed {
            Deed::Look(case) => {
                let lines = read.texts.iter().filter(|(key, _)| key.starts_with(LINES));
                let cases: Vec<Stamp> = lines.filter_map(|(_, line)| Stamp::read(line).ok()).collect();
                let era = era.or_else(|| cases.iter().map(|stamp| stamp.era).max());
                let record = case.and_then(|case| read.texts.get(&case_key(&case)).cloned());
                (Vec::new(), Answer::Found { era, cases, record })
            }
            Deed::Gather => {
                let records = read.texts.iter().filter(|(key, _)| key.starts_with(CASES));
                let records = records.map(|(_, text)| text.clone()).collect();
                (Vec::new(), Answer::Gathered { era, records })
            }
            Deed::History(_) => {
                let entries = read.texts.iter().filter(|(key, _)| *key != MARK);
                let entries = entries.map(|(key, text)| (key.clone(), text.clone()));
                (Vec::new(), Answer::Entries(entries.collect()))
            }
            Deed::Wipe if self.era == UNKNOWN => (Vec::new(), Answer::OtherEra(era)),
            // Whoever wiped later than that has done it, too.
            Deed::Wipe if era.is_some_and(|era| era >= self.era) => (Vec::new(), Answer::Done(Vec::new())),
            Deed::Wipe => {
                let mut changes: Vec<Change> = read.keys.iter().map(|key| (key.clone(), None)).collect();
                changes.push((MARK.to_owned(), Some(write_mark(self.era))));
                (changes, Answer::Done(Vec::new()))
            }
            _ if self.era == UNKNOWN || era != Some(self.era) && !(era.is_none() && self.is_first) => {
                (Vec::new(), Answer::OtherEra(era))
            }
            Deed::Rewrite(texts) => {
                let changes = texts.into_iter();
                let changes = changes.map(|(key, text)| (key, Some(text).filter(|text| !text.is_empty())));
                (changes.collect(), Answer::Done(Vec::new()))
            }
            Deed::Put { record, enters } => {
                let (mut changes, answer) = put(&record, enters, read);
                if era.is_none() && !changes.is_empty() {
                    changes.push((MARK.to_owned(), Some(write_mark(self.era))));
                }
                (changes, answer)
            }
        }
    }
}

/// Puts a record in its place.
fn put(record: &CaseRecord, enters: Option<Reason>, read: &Read) -> (Vec<Change>, Answer) {
    let stamp = &record.stamp;
    let present = read.texts.get(&case_key(&stamp.case));
    let mut changes = Vec::new();
    let mut removed = Vec::new();
    match present.map(|text| (text, CaseRecord::read(text))) {
        Some((_, Err(Unreadable::Newer))) => return (Vec::new(), Answer::Newer),
        Some((_, Ok(there))) if stamp.reason.is_some() => {
            // Of a case that was deleted no history comes back.
            if there.stamp.is_tombstone() && !stamp.contains(&there.stamp.version) {
                return (Vec::new(), Answer::Another(there.stamp));
            }
        }
        _ if stamp.reason.is_some() => {}
        Some((_, Ok(there))) if there.stamp.version == stamp.version => {
            return (Vec::new(), Answer::Done(Vec::new()));
        }
        Some((_, Ok(there))) if !stamp.contains(&there.stamp.version) => {
            return (Vec::new(), Answer::Another(there.stamp));
        }
        Some((text, Ok(_))) if stamp.is_tombstone() => removed.push(text.clone()),
        Some((_, Ok(there))) if !there.stamp.is_tombstone() => {
            // Its own writer's states are known to who goes on with them.
            let displaces = stamp.displaces.clone();
            let displaces = displaces.filter(|_| there.stamp.version.writer != stamp.version.writer);
            let enters = enters.or(displaces);
            changes.extend(enters.map(|reason| entry(&there.entered(reason))));
        }
        Some((text, Err(Unreadable::Broken))) => {
            changes.push(entry(&unreadable_entry(&stamp.case, stamp.era, text)));
        }
        Some(_) | None => {}
    }
    if stamp.reason.is_some() {
        changes.push(entry(record));
    } else {
        changes.push((line_key(&stamp.case), Some(stamp.to_line())));
        changes.push((case_key(&stamp.case), Some(record.to_text())));
    }
    if stamp.is_tombstone() {
        for (key, text) in &read.texts {
            // What came after the deletion, as its user kept the case anyway, stays.
            let is_later = CaseRecord::read(text).is_ok_and(|entry| entry.stamp.contains(&stamp.version));
            if key.starts_with(&history_of(&stamp.case)) && !is_later {
                removed.push(text.clone());
                changes.push((key.clone(), None));
            }
        }
    }
    let too_many = overflow(&read.keys, &changes);
    changes.extend(too_many.into_iter().map(|key| (key, None)));
    (changes, Answer::Done(removed))
}

fn entry(entry: &CaseRecord) -> Change {
    (history_key(entry), Some(entry.to_text()))
}

/// What was found in the place of a case and cannot be read, as an entry.
pub(super) fn unreadable_entry(case: &str, era: u64, text: &str) -> CaseRecord {
    let version = Version {
        revision: 0,
        writer: checksum(text),
    };
    let mut record = CaseRecord::new(case.to_owned(), era, version);
    record.set_body(text.to_owned());
    record.entered(Reason::Unreadable)
}

/// The entries that nobody named which give way to those that come: the oldest.
fn overflow(kept: &[String], changes: &[Change]) -> Vec<String> {
    let unnamed = kept.iter().filter(|key| !stays_in_history(key));
    let unnamed: Vec<&String> = unnamed.collect();
    let coming = changes
        .iter()
        .filter(|(key, text)| text.is_some() && is_unnamed_entry(key) && !unnamed.contains(&key));
    let too_many = (unnamed.len() + coming.count()).saturating_sub(UNNAMED_ENTRIES);
    unnamed.into_iter().take(too_many).cloned().collect()
}

fn is_unnamed_entry(key: &str) -> bool {
    super::keys::is_in_history(key) && !stays_in_history(key)
}
