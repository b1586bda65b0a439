//! Wiping all, and deleting a case and taking that back.

use super::{Command, Desk, Parcel, Purpose, Told, blank};
use crate::desk::case_store::{Deed, UNKNOWN};
use crate::desk::keys::copy_key;
use crate::desk::reason::Reason;
use crate::desk::record::{CaseRecord, Stamp, Version};
use crate::json::Object;

/// A case that was deleted, for as long as it can come back.
pub(super) struct Deletion {
    /// What took its place.
    pub(super) tombstone: Stamp,
    /// All that was taken away with it.
    pub(super) removed: Vec<CaseRecord>,
    /// Whether it is to come back as soon as the store has answered.
    comes_back: bool,
}

impl Deletion {
    /// Whether that is the tombstone of it.
    pub(super) fn is_by(&self, tombstone: &Stamp) -> bool {
        self.tombstone.version == tombstone.version
    }
}

impl Desk {
    /// What was deleted last and can come back.
    pub fn deleted(&self) -> Option<&Stamp> {
        let deletions = self.deletions.iter().rev();
        let mut waiting = deletions.filter(|deletion| !deletion.comes_back);
        waiting.next().map(|deletion| &deletion.tombstone)
    }

    pub(super) fn ask_to_wipe(&mut self) {
        self.owes_wiping = true;
        if !self.requests.iter().any(|(_, purpose)| *purpose == Purpose::Wipe) {
            self.ask(Purpose::Wipe, Deed::Wipe);
        }
    }

    /// Whether it has wiped all and does not know yet of which era that was.
    pub(super) const fn has_wiped_unheard(&self) -> bool {
        self.owes_wiping && self.era == UNKNOWN
    }

    /// Wipes both places.
    pub(super) fn wipe(&mut self) {
        if self.era != UNKNOWN {
            self.era = self
                .era
                .max(self.journal.era().unwrap_or_default())
                .saturating_add(1);
        }
        self.journal.forget_all();
        self.is_mark_due = !self.mark();
        self.is_marked_there = false;
        // What the page holds may be kept again, and is nowhere until then.
        self.stored = None;
        self.is_noted = false;
        self.outbox.clear();
        self.requests.clear();
        self.deletions.clear();
        self.commands.push(Command::Tell(Told::Wiped(self.era)));
        self.ask_to_wipe();
    }

    /// Deletes a case that is not open.
    pub(super) fn delete(&mut self, listed: Stamp, at: u64) {
        let case = listed.case.clone();
        if !self.keeps || case == self.open.stamp.case {
            return;
        }
        // A case that was deleted, put there again and deleted anew comes back once, as it was last.
        self.deletions
            .retain(|deletion| deletion.comes_back || deletion.tombstone.case != case);
        let mut removed = self.journal.take_out(&case, |_| true);
        let (of_case, others) = core::mem::take(&mut self.outbox)
            .into_iter()
            .partition(|parcel| parcel.record.stamp.case == case);
        self.outbox = others;
        let of_case: Vec<Parcel> = of_case;
        removed.extend(of_case.into_iter().map(|parcel| parcel.record));
        let noted = removed.iter().map(|record| &record.stamp);
        let noted = noted.filter(|stamp| stamp.reason.is_none() && stamp.contains(&listed.version));
        let last = noted.max_by_key(|stamp| stamp.version.revision).cloned();
        let stamp = last.unwrap_or(listed);
        let tombstone = self.bury(&stamp, at);
        self.deletions.push(Deletion {
            tombstone,
            removed,
            comes_back: false,
        });
    }

    /// Sends the tombstone that takes the place of a state of a case.
    pub(super) fn bury(&mut self, there: &Stamp, at: u64) -> Stamp {
        let mut tombstone = blank(there.case.clone());
        let stamp = &mut tombstone.stamp;
        stamp.version = Version {
            revision: there.version.revision.saturating_add(1),
            writer: self.new_writer(),
        };
        stamp.bases = there.line();
        stamp.era = self.era;
        stamp.at = at;
        let stamp = stamp.clone();
        self.send_case(tombstone);
        stamp
    }

    /// Whether a case can be put on the desk that was made from that state. Where all
    /// was wiped or the case was deleted since, nothing of it comes back.
    fn may_put(&mut self, case: &str, base: Option<&Stamp>) -> bool {
        self.keeps
            && case != self.open.stamp.case
            && self.is_of_this_era()
            && base.is_none_or(|base| {
                let is_of_era = [base.era, UNKNOWN].contains(&self.era) || base.era == UNKNOWN;
                is_of_era && !self.journal.is_buried(base)
            })
    }

    /// Puts a case on the desk that is not open.
    pub(super) fn put(&mut self, case: String, body: String, summary: Object, base: Option<&Stamp>, at: u64) {
        if !self.may_put(&case, base) {
            return;
        }
        let mut record = blank(case);
        let stamp = &mut record.stamp;
        stamp.version = Version {
            revision: base.map_or(0, |base| base.version.revision).saturating_add(1),
            writer: self.new_writer(),
        };
        stamp.bases = base.map(Stamp::line).unwrap_or_default();
        stamp.era = self.era;
        stamp.at = at;
        stamp.summary = summary;
        record.set_body(body);
        self.send_case(record);
    }

    /// Gives a case that is not open another text, and puts what it was into its history.
    pub(super) fn replace(
        &mut self,
        there: &CaseRecord,
        body: String,
        summary: Object,
        reason: Reason,
        at: u64,
    ) {
        let case = &there.stamp.case;
        if !self.may_put(case, Some(&there.stamp)) {
            return;
        }
        let mut entry = there.entered(reason);
        entry.stamp.at = at;
        let _ = self.send_entry(entry);
        self.put(case.clone(), body, summary, Some(&there.stamp), at);
    }

    /// Sends a case that is not open on its way into the store.
    pub(super) fn send_case(&mut self, record: CaseRecord) {
        let key = copy_key(&record.stamp.case, &record.stamp.version.writer);
        let _ = self.send(key, record);
    }

    /// Brings back what was deleted last, and with the next call what was
    /// deleted before it.
    pub(super) fn take_back(&mut self) {
        let deletions = self.deletions.iter_mut().rev();
        let mut waiting = deletions.filter(|deletion| !deletion.comes_back);
        if let Some(deletion) = waiting.next() {
            deletion.comes_back = true;
        }
        self.bring_back();
    }

    /// Brings back what is to come back and whose tombstone is in its place:
    /// before that, nobody knows what all was there.
    pub(super) fn bring_back(&mut self) {
        let deletions = core::mem::take(&mut self.deletions);
        let (ready, others) = deletions.into_iter().partition(|deletion| {
            let mut parcels = self.parcels();
            let is_waiting = parcels.any(|parcel| deletion.is_by(&parcel.record.stamp));
            deletion.comes_back && !(self.has_store && is_waiting)
        });
        self.deletions = others;
        let ready: Vec<Deletion> = ready;
        for deletion in ready {
            self.undo(deletion);
        }
    }

    fn undo(&mut self, deletion: Deletion) {
        let Deletion {
            tombstone, removed, ..
        } = deletion;
        self.journal
            .remove(&copy_key(&tombstone.case, &tombstone.version.writer));
        self.outbox
            .retain(|parcel| parcel.record.stamp.version != tombstone.version);
        let (entries, mut cases): (Vec<_>, Vec<_>) = removed
            .into_iter()
            .partition(|record| record.stamp.reason.is_some());
        let last = (0..)
            .zip(&cases)
            .max_by_key(|(_, record)| record.stamp.version.revision);
        let last: Option<usize> = last.map(|(place, _)| place);
        if let Some(place) = last {
            let mut last = cases.swap_remove(place);
            last.stamp.version = Version {
                revision: tombstone.version.revision.saturating_add(1),
                writer: self.new_writer(),
            };
            last.stamp.bases = tombstone.line();
            last.stamp.era = self.era;
            // When it was written stays: nobody has changed it.
            self.send_case(last);
        }
        for entry in entries {
            let _ = self.send_entry(entry);
        }
    }
}
