//! What is opened: the case as the store has it, or as a window has noted it
//! that went on from there.

use core::cmp::Ordering;

use super::{Command, Desk, Frozen, Opened, Parcel, Purpose, blank};
use crate::desk::case_store::{Answer, Deed, Fault, UNKNOWN, unreadable_entry};
use crate::desk::journal::Noted;
use crate::desk::keys::{LAST, copy_key};
use crate::desk::reason::Reason;
use crate::desk::record::{CaseRecord, Stamp, Unreadable, Version, Writer};

/// In which state a case is: as the store has it, or as the last window has noted it
/// that went on from there. That it was deleted comes before what knows nothing of it.
pub(super) fn newest_of<'record>(
    kept: Option<&'record CaseRecord>,
    noted: &[&'record CaseRecord],
) -> Option<&'record CaseRecord> {
    let counts = |record: &&CaseRecord| {
        kept.is_none_or(|kept| {
            record.stamp.contains(&kept.stamp.version)
                || record.stamp.is_tombstone() && !kept.stamp.contains(&record.stamp.version)
        })
    };
    // The store's own comes last, and so before one that is the same.
    let states: Vec<_> = noted.iter().copied().filter(counts).chain(kept).collect();
    let is_alive = |record: &&&CaseRecord| {
        let mut others = states.iter();
        !record.stamp.is_tombstone() && !others.any(|other| other.stamp.buries(&record.stamp))
    };
    let revision = |record: &&&CaseRecord| record.stamp.version.revision;
    let alive = states.iter().filter(is_alive).max_by_key(revision);
    // Where nothing is alive all that counts are tombstones and what they bury.
    let tombstones = states.iter().filter(|record| record.stamp.is_tombstone());
    alive.or_else(|| tombstones.max_by_key(revision)).copied()
}

impl Desk {
    /// Begins with what was found on the desk.
    pub(super) fn start_with(
        &mut self,
        case: Option<String>,
        fresh: &str,
        is_first: bool,
        answer: Result<Answer, Fault>,
    ) {
        let is_partial = answer == Err(Fault::Failed);
        let (cases, record) = self.found(answer);
        if is_first && self.open.body.is_empty() {
            let is_there = |case: &String| {
                let is_kept = record.as_deref().map(CaseRecord::read);
                let is_kept = is_kept.is_some_and(|kept| kept.is_ok_and(|kept| !kept.body.is_empty()));
                is_kept || !self.journal.copies(case).is_empty()
            };
            // The list is there by now, and says which case was written last.
            let newest = self.newest(&cases).filter(|newest| case.as_ref() != Some(newest));
            if newest.is_some() && !case.as_ref().is_some_and(is_there) {
                return self.start(newest, fresh.to_owned(), false);
            }
        }
        self.settle_copies(&cases, case.as_deref());
        if !self.open.body.is_empty() {
            if self.frozen.is_some() {
                return;
            }
            // What was typed while nothing was kept is kept from now on.
            let CaseRecord { stamp, body } = self.open.clone();
            self.take(body, stamp.summary, stamp.at);
            if let Some(news) = self.news() {
                return self.stop_for(&news);
            }
            return self.note();
        }
        if let Some(case) = case {
            self.open_text(&case, record, is_partial);
        }
        let is_recovering = self
            .requests
            .iter()
            .any(|(_, purpose)| matches!(purpose, Purpose::Recover(..)));
        if self.open.body.is_empty() && self.frozen.is_none() && !is_recovering {
            self.take_up_case(fresh, None, Vec::new(), is_partial);
        }
    }

    pub(super) fn open_found(&mut self, case: &str, answer: Result<Answer, Fault>) {
        let is_partial = answer == Err(Fault::Failed);
        let was_stopped = self.frozen.is_some();
        let (_, record) = self.found(answer);
        if self.frozen.is_some() && !was_stopped {
            // It has learned by the same answer that what the page holds is kept nowhere:
            // nothing takes its place before its user has seen that.
            return;
        }
        if is_partial && self.journal.copies(case).is_empty() {
            // It cannot be had now; the page goes on with what it has.
            return self.show(Vec::new(), true);
        }
        self.open_text(case, record, is_partial);
    }

    /// What the store holds of this era.
    pub(super) fn found(&mut self, answer: Result<Answer, Fault>) -> (Vec<Stamp>, Option<String>) {
        let is_current = self.settle(&answer);
        match answer {
            Ok(Answer::Found { cases, record, .. }) if is_current => (cases, record),
            _ => (Vec::new(), None),
        }
    }

    /// Takes what an answer says of the era. Whether what it holds is of this one.
    pub(super) fn settle(&mut self, answer: &Result<Answer, Fault>) -> bool {
        let era = match answer {
            Ok(Answer::Found { era, .. } | Answer::Gathered { era, .. }) => Some(*era),
            Err(Fault::Refused) => Some(None),
            _ => None,
        };
        self.settle_era(era)
    }

    /// Takes how often all was wiped, by both places; `None` where the store
    /// gave no answer. Whether what it holds is of this era; else it is wiped.
    fn settle_era(&mut self, answer: Option<Option<u64>>) -> bool {
        if self.has_wiped_unheard() {
            // What is there is of before the wiping, whatever era that is.
            self.ask_to_wipe();
            return false;
        }
        let there = answer.flatten();
        let known = self.journal.era().max(there);
        let noted = self.journal.all().into_iter();
        let noted = noted.filter_map(|noted| Some(noted.record.ok()?.stamp.era)).max();
        let era = match known {
            Some(known) if self.owes_wiping || self.is_mark_due => known.max(self.era),
            // The store, which may be further, gave no answer.
            Some(known) if answer.is_none() && self.has_store => known.max(self.era),
            Some(known) => known,
            None if self.era != UNKNOWN => self.era,
            None if answer.is_some() => noted.unwrap_or_default().max(1),
            None => noted.unwrap_or(UNKNOWN),
        };
        if self.era != UNKNOWN {
            match era.cmp(&self.era) {
                Ordering::Greater => self.learn_wiped(era),
                // Nobody counts backwards: all was emptied, and others have begun anew.
                Ordering::Less => self.learn_emptied(era),
                Ordering::Equal => {}
            }
        }
        self.era = era;
        self.is_marked_there = there.is_some();
        if known.is_some() {
            self.mark();
            self.journal.forget_older(era);
        }
        let is_current = there.is_none_or(|there| there == era);
        if !is_current {
            self.ask_to_wipe();
        }
        is_current
    }

    /// The case that was written last, of those that are on the desk.
    pub(super) fn newest(&self, cases: &[Stamp]) -> Option<String> {
        let noted = self.journal.all().into_iter();
        let noted = noted.filter_map(|noted| Some(noted.record.ok()?.stamp));
        let stamps = noted
            .filter(|stamp| stamp.reason.is_none())
            .chain(cases.iter().cloned());
        let newest = stamps
            .filter(|stamp| !stamp.is_tombstone())
            .max_by_key(|stamp| stamp.at);
        newest.map(|stamp| stamp.case)
    }

    /// Sends on what windows that are gone have noted and not written. Where the
    /// window is there after all, it is what it would have written itself.
    pub(super) fn settle_copies(&mut self, cases: &[Stamp], opened: Option<&str>) {
        if self.has_wiped_unheard() {
            // Who wrote it may be there, and this window has to note anew what it sends on.
            return;
        }
        for noted in self.journal.all() {
            let Ok(record) = noted.record else { continue };
            let stamp = &record.stamp;
            let is_copy = stamp.reason.is_none();
            if is_copy && opened == Some(&*stamp.case) {
                continue;
            }
            let mut kept = cases.iter().filter(|kept| is_copy && kept.case == stamp.case);
            if kept.any(|kept| kept.contains(&stamp.version)) {
                self.journal.remove_same(&noted.key, &noted.text);
            } else {
                self.outbox.push(Parcel {
                    key: noted.key,
                    text: noted.text,
                    is_noted: true,
                    record,
                });
            }
        }
    }

    /// Opens a case as the store has it.
    pub(super) fn open_text(&mut self, case: &str, text: Option<String>, is_partial: bool) {
        match text.map(|text| (CaseRecord::read(&text), text)) {
            None => self.take_up_case(case, None, Vec::new(), is_partial),
            Some((Ok(record), _)) => self.take_up_case(case, Some(record), Vec::new(), is_partial),
            Some((Err(Unreadable::Broken), text)) => {
                self.ask(
                    Purpose::Recover(case.to_owned(), text),
                    Deed::History(case.to_owned()),
                );
            }
            Some((Err(Unreadable::Newer), text)) => {
                // Nothing of what is there may give way.
                self.leave();
                self.begin_line(case, Vec::new(), 0);
                self.frozen = Some(Frozen::Newer);
                self.show(vec![text], is_partial);
            }
        }
    }

    /// Opens the newest state in the history of a case whose record cannot be read.
    pub(super) fn recover(&mut self, case: &str, raw: String, answer: Result<Answer, Fault>) {
        let is_partial = answer.is_err();
        let entries = match answer {
            Ok(Answer::Entries(entries)) => entries,
            _ => Vec::new(),
        };
        let states = entries.iter().filter_map(|(_, text)| CaseRecord::read(text).ok());
        let states = states.filter(|entry| entry.stamp.reason != Some(Reason::Unreadable));
        let newest = states.max_by_key(|entry| entry.stamp.version.revision);
        let newest = newest.map(|mut entry| {
            entry.stamp.reason = None;
            entry
        });
        self.take_up_case(case, newest, vec![raw], is_partial);
    }

    /// Opens a case: as the store has it, or as a window has noted it that went
    /// on from there. What else is noted of it goes into its history.
    pub(super) fn take_up_case(
        &mut self,
        case: &str,
        kept: Option<CaseRecord>,
        mut raw: Vec<String>,
        is_partial: bool,
    ) {
        self.leave();
        self.begin_line(case, Vec::new(), 0);
        let copies = self.noted_of(case, &mut raw);
        let noted: Vec<&CaseRecord> = copies.iter().map(|(copy, _)| copy).collect();
        let newest = newest_of(kept.as_ref(), &noted);
        let seen = copies.iter().map(|(copy, _)| copy).chain(&kept);
        self.floor = seen
            .map(|record| record.stamp.version.revision)
            .max()
            .unwrap_or_default();
        self.stored = kept.as_ref().map(|kept| kept.stamp.version.clone());
        let is_deleted = newest.is_some_and(|newest| newest.stamp.is_tombstone());
        if let Some(newest) = newest.filter(|_| !is_deleted) {
            self.line = newest.stamp.line();
            self.open = newest.clone();
            // What was noted as of no known era is of this one from now on.
            self.open.stamp.era = self.open.stamp.era.max(self.era);
            self.is_noted = !copies.is_empty() && self.journal.put_copy(&self.writer, &self.open);
            if self.is_marked_here {
                self.journal.put(LAST, case);
            }
        }
        let newest = newest.map(|newest| newest.stamp.version.clone());
        for (record, noted) in copies {
            if let Some(noted) = noted {
                self.put_in_its_place(record, noted, newest.as_ref(), is_deleted);
            }
        }
        if is_deleted {
            // What is typed now is of another case, as that one may be deleted once more.
            self.begin_line(&format!("{}-new", self.writer), Vec::new(), 0);
        }
        self.show(raw, is_partial);
    }

    /// What windows have noted of a case, and then what was sent on of it and is on its way.
    /// What cannot be read goes into `raw`, and what is broken into the history as well.
    fn noted_of(&mut self, case: &str, raw: &mut Vec<String>) -> Vec<(CaseRecord, Option<Noted>)> {
        let mut copies = Vec::new();
        for noted in self.journal.copies(case) {
            match &noted.record {
                Ok(record) => copies.push((record.clone(), Some(noted))),
                Err(Unreadable::Newer) => raw.push(noted.text),
                Err(Unreadable::Broken) => {
                    raw.push(noted.text.clone());
                    self.outbox.push(Parcel {
                        record: unreadable_entry(case, self.era, &noted.text),
                        key: noted.key,
                        text: noted.text,
                        is_noted: true,
                    });
                }
            }
        }
        let of_case = |stamp: &Stamp| stamp.case == case && stamp.reason.is_none();
        let sent = self.parcels().filter(|parcel| of_case(&parcel.record.stamp));
        copies.extend(sent.map(|parcel| (parcel.record.clone(), None)));
        copies
    }

    /// Sends a state that a window has noted of the case that was opened to where it belongs;
    /// `newest` is the one that was opened. It stays where it is until there is another place for it.
    fn put_in_its_place(
        &mut self,
        record: CaseRecord,
        noted: Noted,
        newest: Option<&Version>,
        is_deleted: bool,
    ) {
        let Noted { key, text, .. } = noted;
        let version = &record.stamp.version;
        let is_newest = newest == Some(version);
        let is_in_newest = self.open.stamp.contains(version) || record.body.is_empty();
        let is_stored = self.stored.as_ref() == newest;
        let has_place = if is_deleted && is_newest && !is_stored {
            self.outbox.push(Parcel {
                key: key.clone(),
                text: text.clone(),
                is_noted: true,
                record,
            });
            false
        } else if is_deleted {
            true
        } else if is_in_newest {
            // The entry of what it gave way to may have found no room yet: until then this
            // is the only place that has it.
            let is_entry = |parcel: &Parcel| parcel.record.stamp.reason.is_some();
            let mut entries = self.parcels().filter(|parcel| is_entry(parcel));
            let is_due = entries.any(|entry| !entry.is_noted && entry.record.stamp.version == *version);
            (self.is_noted || is_stored) && !is_due
        } else {
            self.send_entry(record.entered(Reason::SetAside))
        };
        if has_place {
            self.journal.remove_same(&key, &text);
        }
    }

    /// Begins a case anew. What a window has noted of that id goes into its history;
    /// whether the store has it is seen when this one gets there.
    pub(super) fn begin_anew(&mut self, case: &str, at: u64) {
        // Who begins another has given up what was to be opened.
        self.requests
            .retain(|(_, purpose)| !matches!(purpose, Purpose::Open(_) | Purpose::Recover(..)));
        self.leave();
        self.begin_line(case, Vec::new(), 0);
        if self.keeps {
            // Who learns only afterwards that all was wiped would take what another
            // window has noted since for a thing of before.
            let _ = self.is_of_this_era();
        }
        self.take_up_case(case, None, Vec::new(), false);
        self.is_new = true;
        self.enter(Reason::BeforeOpening, at);
    }

    /// Leaves what was opened as it is: it cannot be understood.
    pub(super) fn leave_alone(&mut self) {
        self.requests
            .retain(|(_, purpose)| !matches!(purpose, Purpose::PutOpen(_)));
        let case = self.open.stamp.case.clone();
        self.begin_line(&case, Vec::new(), 0);
        self.frozen = Some(Frozen::Newer);
    }

    /// Compares what the page holds with what is kept by now.
    pub(super) fn compare(&mut self, answer: Result<Answer, Fault>) {
        let (cases, _) = self.found(answer);
        if self.keeps && self.frozen.is_none() && self.is_of_this_era() {
            // What the store has of a case that was begun anew gives way when this one
            // gets there.
            let stored = cases
                .into_iter()
                .filter(|stamp| !self.is_new && self.is_news(stamp));
            if let Some(news) = stored.chain(self.news()).next() {
                self.stop_for(&news);
            }
        }
        self.commands.push(Command::Compared);
    }

    pub(super) fn show(&mut self, raw: Vec<String>, is_partial: bool) {
        self.commands.push(Command::Show(Opened {
            record: self.open.clone(),
            look: self.journal.look(&self.open.stamp.version),
            raw,
            is_partial,
        }));
    }

    /// The name of a writer that has written nothing yet.
    pub(super) fn new_writer(&mut self) -> Writer {
        self.sittings = self.sittings.wrapping_add(1);
        format!("{}-{}", self.seed, self.sittings)
    }

    /// Begins a line of states of a case that goes back to these.
    pub(super) fn begin_line(&mut self, case: &str, line: Vec<Version>, floor: u64) {
        self.writer = self.new_writer();
        self.open = blank(case.to_owned());
        self.line = line;
        self.floor = floor;
        self.stored = None;
        self.is_noted = false;
        self.is_new = false;
        self.drops_present = false;
        self.frozen = None;
    }

    /// Leaves the open case on the desk.
    pub(super) fn leave(&mut self) {
        self.requests
            .retain(|(_, purpose)| !matches!(purpose, Purpose::PutOpen(_)));
        if !self.keeps || self.frozen.is_some() || self.open.stamp.version.revision == 0 {
            return;
        }
        let key = self.copy_key();
        if self.is_behind() {
            if self.drops_present {
                self.open.stamp.displaces = None;
            }
            self.outbox.push(Parcel {
                key,
                text: self.open.to_text(),
                is_noted: self.is_noted,
                record: self.open.clone(),
            });
        } else {
            self.journal.remove(&key);
        }
    }

    /// Where the journal has the open case.
    pub(super) fn copy_key(&self) -> String {
        copy_key(&self.open.stamp.case, &self.writer)
    }
}
