//! The journal: what is written within the key press. It holds the newest text
//! of the case that each window has open, and the entries of histories that the
//! store does not have yet. Where there is no store, it is all that is kept.

use super::case_store::UNKNOWN;
use super::keys::{
    COPIES, ENTRIES, LAST, LOOK, MARK, copies_of, copy_key, history_key, history_of, read_mark, write_mark,
};
use super::record::{CaseRecord, Stamp, Unreadable, Version};

/// Texts under keys that are there at once, and shared by all windows.
pub trait Journal {
    /// Whether there is such a place at all.
    fn is_there(&self) -> bool;
    /// The text under a key.
    fn get(&self, key: &str) -> Option<String>;
    /// Writes a text and reads it back. Whether it is there.
    fn put(&self, key: &str, text: &str) -> bool;
    /// Takes a text away.
    fn remove(&self, key: &str);
    /// The keys that begin so.
    fn keys(&self, beginning: &str) -> Vec<String>;
}

/// What the journal holds under a key: a copy of a case or an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Noted {
    pub key: String,
    pub text: String,
    pub record: Result<CaseRecord, Unreadable>,
}

impl dyn Journal + '_ {
    /// How often all was wiped, by what stands here.
    pub(super) fn era(&self) -> Option<u64> {
        read_mark(&self.get(MARK)?).filter(|era| *era != UNKNOWN)
    }

    pub(super) fn set_era(&self, era: u64) -> bool {
        self.era() == Some(era) || self.put(MARK, &write_mark(era))
    }

    /// What begins so.
    fn noted(&self, beginning: &str) -> Vec<Noted> {
        let keys = self.keys(beginning).into_iter();
        let noted = keys.filter_map(|key| {
            let text = self.get(&key)?;
            let record = CaseRecord::read(&text);
            Some(Noted { key, text, record })
        });
        noted.collect()
    }

    /// The copies of a case.
    pub(super) fn copies(&self, case: &str) -> Vec<Noted> {
        self.noted(&copies_of(case))
    }

    /// The entries, and the copies of all cases. Who sends them on in that order has
    /// what gives way to a copy in the history before it does.
    pub(super) fn all(&self) -> Vec<Noted> {
        let mut all = self.noted(ENTRIES);
        all.append(&mut self.noted(COPIES));
        all
    }

    /// Notes the copy that a writer has of a case.
    pub(super) fn put_copy(&self, writer: &str, record: &CaseRecord) -> bool {
        self.put(&copy_key(&record.stamp.case, writer), &record.to_text())
    }

    pub(super) fn put_entry(&self, entry: &CaseRecord) -> bool {
        self.put(&history_key(entry), &entry.to_text())
    }

    /// Notes how a state of a case was shown.
    pub(super) fn put_look(&self, look: &str, of: &Version) -> bool {
        self.put(LOOK, &format!("{look}\n{} {}", of.revision, of.writer))
    }

    /// How that state was shown last, where it was in another way than it says itself.
    pub(super) fn look(&self, of: &Version) -> Option<String> {
        let text = self.get(LOOK)?;
        let (look, version) = text.split_once('\n')?;
        (version == format!("{} {}", of.revision, of.writer)).then(|| look.to_owned())
    }

    /// Takes a text away, if it is still the one.
    pub(super) fn remove_same(&self, key: &str, text: &str) {
        if self.get(key).as_deref() == Some(text) {
            self.remove(key);
        }
    }

    /// Whether a case was deleted, by what stands here, and that state knows nothing of it.
    pub(super) fn is_buried(&self, stamp: &Stamp) -> bool {
        let copies = self.copies(&stamp.case).into_iter();
        let mut copies = copies.filter_map(|noted| noted.record.ok());
        copies.any(|copy| copy.stamp.buries(stamp))
    }

    /// Takes out what is noted of a case, copies and entries, whose stamp is so.
    pub(super) fn take_out(&self, case: &str, is_so: impl Fn(&Stamp) -> bool) -> Vec<CaseRecord> {
        let mut out = Vec::new();
        for beginning in [copies_of(case), history_of(case)] {
            for Noted { key, record, .. } in self.noted(&beginning) {
                if let Ok(record) = record
                    && is_so(&record.stamp)
                {
                    self.remove(&key);
                    out.push(record);
                }
            }
        }
        out
    }

    /// Takes away what is of older eras. What a window noted that knew of none
    /// may be of this one.
    pub(super) fn forget_older(&self, era: u64) {
        for noted in self.all() {
            let of = noted.record.map(|record| record.stamp.era);
            if of.is_ok_and(|of| of < era && of != UNKNOWN) {
                self.remove(&noted.key);
            }
        }
    }

    /// Whether nothing of older eras is left, as far as can be read.
    pub(super) fn holds_nothing_but_of(&self, era: u64) -> bool {
        let is_of = |noted: &Noted| {
            let of = noted.record.as_ref().map(|record| record.stamp.era);
            of.is_ok_and(|of| of == era || of == UNKNOWN)
        };
        self.all().iter().all(is_of)
    }

    /// Takes away everything but the mark.
    pub(super) fn forget_all(&self) {
        let keys = [COPIES, ENTRIES, LAST, LOOK]
            .into_iter()
            .flat_map(|beginning| self.keys(beginning));
        keys.for_each(|key| self.remove(&key));
    }
}
