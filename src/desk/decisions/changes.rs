//! What is typed: noted within the key press, as far as nobody else has written.

use crate::json::Object;

use super::{Command, Desk, PAUSE, Parcel};
use crate::desk::case_store::UNKNOWN;
use crate::desk::keys::{LAST, copies_of, history_key};
use crate::desk::reason::Reason;
use crate::desk::record::{CaseRecord, HistoryEntry, Stamp, Version};

impl Desk {
    /// Whether the page holds what the store does not.
    pub(super) fn is_behind(&self) -> bool {
        self.open.stamp.version.revision > 0 && self.stored.as_ref() != Some(&self.open.stamp.version)
    }

    /// Takes what the page holds as the next state.
    pub(super) fn take(&mut self, body: String, summary: Object, at: u64) {
        let stamp = &mut self.open.stamp;
        stamp.version = Version {
            revision: stamp.version.revision.max(self.floor).saturating_add(1),
            writer: self.writer.clone(),
        };
        stamp.bases.clone_from(&self.line);
        stamp.era = self.era;
        stamp.at = at;
        stamp.summary = summary;
        self.open.set_body(body);
        self.is_noted = false;
    }

    pub(super) fn edit(&mut self, body: String, summary: Object, at: u64) {
        if self.frozen.is_some() || body.is_empty() {
            return;
        }
        if !self.keeps {
            return self.take(body, summary, at);
        }
        if !self.is_of_this_era() {
            return;
        }
        self.take(body, summary, at);
        if let Some(news) = self.news() {
            return self.stop_for(&news);
        }
        self.note();
        // What is nowhere yet does not wait.
        self.commands
            .push(Command::Wake(if self.is_noted { PAUSE } else { 0 }));
    }

    /// Whether nothing was wiped since, by what the journal says.
    pub(super) fn is_of_this_era(&mut self) -> bool {
        match self.journal.era() {
            // Who has wiped learns from the store alone what of: here stands what came after.
            Some(_) if self.has_wiped_unheard() => {}
            Some(era) if self.era == UNKNOWN => self.era = era,
            // It is of before a wiping that could not be marked, or all was emptied
            // and another window has begun anew: the store knows, if there is one.
            Some(era) if era < self.era && (self.is_mark_due || self.has_store) => {}
            Some(era) if era < self.era => self.learn_emptied(era),
            Some(era) if era != self.era => self.learn_wiped(era),
            // All was wiped by a tool that cleans, or only the journal was: the
            // store knows, if there is one.
            None if self.is_marked_here && !self.has_store => self.learn_emptied(self.era),
            _ => {}
        }
        self.frozen.is_none()
    }

    /// Has the journal say the era, where it is known, and hold nothing older.
    pub(super) fn mark(&mut self) -> bool {
        let is_new = self.journal.era() != Some(self.era) || !self.is_marked_here;
        self.is_marked_here = self.era != UNKNOWN && self.journal.set_era(self.era);
        self.is_mark_due &= !self.is_marked_here;
        if self.is_marked_here && is_new {
            self.journal.forget_older(self.era);
        }
        self.is_marked_here
    }

    /// Whether the journal is of this era, so that something can be noted in it.
    pub(super) fn may_note(&mut self) -> bool {
        let here = self.journal.era();
        let is_lost = self.is_marked_here && here != Some(self.era);
        let is_older = here.is_some_and(|here| here < self.era) && self.has_store && !self.is_mark_due;
        !is_lost && !is_older && (self.mark() || self.era == UNKNOWN)
    }

    /// Notes in the journal the open case and what is on its way.
    pub(super) fn note(&mut self) {
        if !self.keeps || !self.may_note() {
            return;
        }
        for parcel in core::mem::take(&mut self.outbox) {
            self.post(parcel);
        }
        if self.frozen.is_none() && !self.open.body.is_empty() {
            // After a former state of it that is on its way from the same place.
            self.is_noted = self.journal.put_copy(&self.writer, &self.open);
            let case = &self.open.stamp.case;
            if self.journal.get(LAST).as_ref() != Some(case) {
                self.journal.put(LAST, case);
            }
        }
    }

    /// Notes how the open case is shown, where it is the one that the next window opens.
    /// Beside another state of it, which says itself how it was shown, that counts no more.
    pub(super) fn note_look(&self, look: &str) {
        let is_last = || self.journal.get(LAST).as_ref() == Some(&self.open.stamp.case);
        if self.keeps && self.frozen.is_none() && !self.open.body.is_empty() && is_last() {
            // Where there is no room for it, what is opened says where it was changed last.
            let _ = self.journal.put_look(look, &self.open.stamp.version);
        }
    }

    /// What another window has noted of the open case since it was opened.
    pub(super) fn news(&self) -> Option<Stamp> {
        let own = self.copy_key();
        // Read by their first lines alone, as this is done with every key.
        let keys = self.journal.keys(&copies_of(&self.open.stamp.case)).into_iter();
        let texts = keys
            .filter(|key| *key != own)
            .filter_map(|key| self.journal.get(&key));
        let stamps = texts.filter_map(|text| Stamp::read(text.split('\n').next()?).ok());
        let news = stamps.filter(|stamp| self.is_news(stamp));
        // That it was deleted comes before all else.
        news.max_by_key(Stamp::is_tombstone)
    }

    /// Whether a record of the open case is one that this window knows nothing of, and
    /// that is there: what is of before a wiping is wiped, also where it is told only now.
    pub(super) fn is_news(&self, stamp: &Stamp) -> bool {
        let is_wiped = stamp.era != UNKNOWN && stamp.era < self.era;
        !is_wiped
            && stamp.case == self.open.stamp.case
            && (stamp.version.revision > self.floor || stamp.is_tombstone())
            && !self.open.stamp.contains(&stamp.version)
    }

    pub(super) fn enter(&mut self, reason: Reason, at: u64) {
        if !self.keeps || self.frozen.is_some() || self.open.body.is_empty() || !self.is_of_this_era() {
            return;
        }
        if let Some(news) = self.news() {
            return self.stop_for(&news);
        }
        let mut entry = self.open.entered(reason);
        entry.stamp.at = at;
        let _ = self.send_entry(entry);
    }

    /// Sends an entry on its way into the history of its case.
    /// Whether the journal has it until then.
    pub(super) fn send_entry(&mut self, record: HistoryEntry) -> bool {
        self.send(history_key(&record), record)
    }

    /// Sends a record on its way into the store. Whether the journal has it until then.
    pub(super) fn send(&mut self, key: String, record: CaseRecord) -> bool {
        self.commands.push(Command::Wake(0));
        let parcel = Parcel {
            key,
            text: record.to_text(),
            is_noted: false,
            record,
        };
        if self.may_note() {
            return self.post(parcel);
        }
        self.outbox.push(parcel);
        false
    }

    /// Takes a parcel along that the journal is to have until the store does. Whether
    /// it has it. Of a tombstone and what knows nothing of it only the tombstone stays
    /// there: where there is no store, nobody else would decide so.
    fn post(&mut self, mut parcel: Parcel) -> bool {
        let stamp = &parcel.record.stamp;
        if !parcel.is_noted {
            if !stamp.is_tombstone() && self.journal.is_buried(stamp) {
                return true;
            }
            parcel.is_noted = self.journal.put(&parcel.key, &parcel.text);
            if parcel.is_noted && !stamp.is_tombstone() && stamp.reason.is_none() {
                // It goes back to fewer states the longer its case is kept, so that a
                // tombstone that is left would bury it one day.
                let is_over = |noted: &Stamp| noted.is_tombstone() && stamp.contains(&noted.version);
                drop(self.journal.take_out(&stamp.case, is_over));
            } else if parcel.is_noted && stamp.is_tombstone() {
                let removed = self.journal.take_out(&stamp.case, |noted| stamp.buries(noted));
                let mut deletions = self.deletions.iter_mut();
                if let Some(deletion) = deletions.find(|deletion| deletion.is_by(stamp)) {
                    deletion.removed.extend(removed);
                }
            }
        }
        let is_noted = parcel.is_noted;
        self.outbox.push(parcel);
        is_noted
    }
}
