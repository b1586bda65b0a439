//! What is written when, and what comes of it.

use super::{APART, Command, Desk, Frozen, Parcel, Purpose, RETRY, Told};
use crate::desk::case_store::{Answer, Deed, Fault, UNKNOWN};
use crate::desk::reason::Reason;
use crate::desk::record::{CaseRecord, Stamp};

impl Desk {
    /// Sends what is next, if nothing is on its way.
    pub(super) fn flush(&mut self, at: u64) {
        let is_busy = |(_, purpose): &(u64, Purpose)| purpose.puts() || *purpose == Purpose::Wipe;
        if !self.keeps || !self.has_store || self.requests.iter().any(is_busy) {
            return;
        }
        if !self.outbox.is_empty() {
            let parcel = self.outbox.remove(0);
            let record = parcel.record.clone();
            let enters = None;
            self.ask(Purpose::PutParcel(parcel), Deed::Put { record, enters });
        } else if self.is_behind() && self.frozen.is_none() {
            let mut record = self.open.clone();
            let entered = &mut record.stamp.entered;
            // One that is yet to come was entered while the clock was wrong.
            let is_due = at < *entered || at - *entered >= APART;
            // What another window noted is written as it was.
            let is_due = is_due && record.stamp.version.writer == self.writer;
            if is_due {
                *entered = at;
            }
            let is_wanted = is_due && self.stored.is_some();
            let enters = is_wanted.then_some(Reason::Automatic);
            let enters = enters.filter(|_| !self.drops_present);
            if self.drops_present {
                record.stamp.displaces = None;
            }
            self.ask(Purpose::PutOpen(record.clone()), Deed::Put { record, enters });
        }
    }

    pub(super) fn have_put_open(&mut self, record: &CaseRecord, answer: Result<Answer, Fault>) {
        match answer {
            Ok(Answer::Done(_)) => {
                self.stored = Some(record.stamp.version.clone());
                self.open.stamp.entered = record.stamp.entered;
                self.has_failed = false;
                self.is_new = false;
                self.open.stamp.displaces = None;
                self.drops_present = false;
                self.is_marked_there = true;
                if !self.is_noted && self.mark() {
                    // The journal may have been wiped alone.
                    self.note();
                }
                self.commands
                    .push(Command::Tell(Told::Wrote(Box::new(record.stamp.clone()))));
            }
            // Another window has sent on what this one had noted since. It goes on from there.
            Ok(Answer::Another(there)) if self.open.stamp.contains(&there.version) => {}
            Ok(Answer::Another(_)) if self.open.stamp.version.writer != self.writer => {
                // It was opened while the store gave no answer, and nothing was typed into it.
                let case = self.open.stamp.case.clone();
                self.ask(Purpose::Open(case.clone()), Deed::Look(Some(case)));
            }
            Ok(Answer::Another(there)) if self.is_new => self.go_on_from(&there),
            Ok(Answer::Another(there)) => self.stop_for(&there),
            Ok(Answer::OtherEra(there)) => self.learn_era(there),
            Ok(Answer::Newer) => self.frozen = Some(Frozen::Newer),
            Ok(_) => {}
            Err(_) => self.fail(),
        }
    }

    /// Goes on from what the store has of a case that was begun anew.
    fn go_on_from(&mut self, there: &Stamp) {
        self.line = there.line();
        self.floor = self.floor.max(there.version.revision);
        self.open.stamp.displaces = Some(Reason::BeforeOpening);
        let CaseRecord { stamp, body } = self.open.clone();
        self.take(body, stamp.summary, stamp.at);
        self.note();
    }

    pub(super) fn have_put_parcel(&mut self, parcel: Parcel, answer: Result<Answer, Fault>, at: u64) {
        let stamp = &parcel.record.stamp;
        match answer {
            Ok(Answer::Done(removed)) => {
                // Where all was wiped since it goes from the store, and what was noted as of
                // no known era may be of after that.
                if self.journal.era() <= Some(self.era) {
                    self.journal.remove_same(&parcel.key, &parcel.text);
                }
                self.has_failed = false;
                self.is_marked_there = true;
                if stamp.reason.is_none() {
                    self.commands
                        .push(Command::Tell(Told::Wrote(Box::new(stamp.clone()))));
                    self.look_up_again(&stamp.case);
                }
                let mut deletions = self.deletions.iter_mut();
                if let Some(deletion) = deletions.find(|deletion| deletion.is_by(stamp)) {
                    let removed = removed.iter().filter_map(|text| CaseRecord::read(text).ok());
                    deletion.removed.extend(removed);
                    self.bring_back();
                }
            }
            Ok(Answer::Another(there)) => {
                // It was deleted, or is kept already.
                let is_done = there.is_tombstone() || there.contains(&stamp.version);
                if is_done || stamp.is_tombstone() {
                    self.journal.remove_same(&parcel.key, &parcel.text);
                }
                if !is_done && stamp.is_tombstone() {
                    // What was written meanwhile is deleted as well.
                    let tombstone = self.bury(&there, at);
                    let mut deletions = self.deletions.iter_mut();
                    if let Some(deletion) = deletions.find(|deletion| deletion.is_by(stamp)) {
                        deletion.tombstone = tombstone;
                    }
                } else if !is_done && self.send_entry(parcel.record.entered(Reason::SetAside)) {
                    self.journal.remove_same(&parcel.key, &parcel.text);
                }
            }
            Ok(Answer::OtherEra(there)) => {
                self.outbox.insert(0, parcel);
                self.learn_era(there);
            }
            Ok(_) => {}
            Err(_) => {
                self.outbox.insert(0, parcel);
                self.fail();
            }
        }
    }

    /// Looks a case up again that is about to be opened: it was put into the store after
    /// that was asked, and is on its way no more.
    fn look_up_again(&mut self, case: &str) {
        let asked = self.requests.len();
        self.requests
            .retain(|(_, purpose)| !matches!(purpose, Purpose::Open(opened) if opened == case));
        if self.requests.len() < asked {
            self.ask(Purpose::Open(case.to_owned()), Deed::Look(Some(case.to_owned())));
        }
    }

    pub(super) fn fail(&mut self) {
        self.has_failed = true;
        if self.has_store {
            self.commands.push(Command::Wake(RETRY));
        }
    }

    /// Takes it that the store is of another era.
    pub(super) fn learn_era(&mut self, there: Option<u64>) {
        let here = self.journal.era().filter(|here| *here != UNKNOWN);
        match there {
            _ if self.era == UNKNOWN => {
                self.era = here.max(there).unwrap_or(1);
                self.is_marked_there = there.is_some();
                if self.owes_wiping {
                    self.begin_next_era();
                }
                self.mark();
                // Another window may have taken over what is open and be wiped by now.
                self.note();
            }
            // It was asked before more was known.
            None if !self.is_marked_there => {}
            Some(there) if there == self.era => self.is_marked_there = true,
            // A browser short of room has emptied the store alone.
            None if here == Some(self.era) => self.is_marked_there = false,
            Some(there) if there < self.era && (here == Some(self.era) || self.owes_wiping) => {
                self.ask_to_wipe();
            }
            // All was emptied, and others may have begun anew.
            there if there.max(here) < Some(self.era) => {
                self.learn_emptied(there.max(here).unwrap_or(self.era));
            }
            _ => self.learn_wiped(here.max(there).unwrap_or(self.era)),
        }
    }
}
