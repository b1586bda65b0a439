//! What is listed: the cases, and the history of one.

use super::opening::newest_of;
use super::{Command, Desk, Gathered, Purpose};
use crate::desk::case_store::{Answer, Deed, Fault};
use crate::desk::keys::{history_key, history_of};
use crate::desk::reason::Reason;
use crate::desk::record::{CaseRecord, HistoryEntry, Unreadable};
use crate::id_map::IdMap;

impl Desk {
    /// Lists the cases of the desk, as the store or else the journal has them.
    pub(super) fn list(&mut self, answer: Result<Answer, Fault>) {
        let mut cases = match answer {
            Ok(Answer::Found { era, cases, .. }) if era == Some(self.era) => cases,
            _ => Vec::new(),
        };
        for noted in self.journal.all() {
            let Ok(CaseRecord { stamp, .. }) = noted.record else {
                continue;
            };
            if stamp.reason.is_some() {
                continue;
            }
            match cases.iter_mut().find(|kept| kept.case == stamp.case) {
                Some(kept) if stamp.contains(&kept.version) || stamp.buries(kept) => *kept = stamp,
                Some(_) => {}
                None => cases.push(stamp),
            }
        }
        cases.retain(|stamp| !stamp.is_tombstone());
        self.commands.push(Command::Cases(cases));
    }

    /// A case as the store or else the journal has it.
    pub(super) fn read(&mut self, case: &str, answer: Result<Answer, Fault>) {
        let (_, kept) = self.found(answer);
        let kept = kept.and_then(|text| CaseRecord::read(&text).ok());
        let noted = self.journal.copies(case).into_iter();
        let noted: Vec<CaseRecord> = noted.filter_map(|noted| noted.record.ok()).collect();
        let noted: Vec<&CaseRecord> = noted.iter().collect();
        let newest = newest_of(kept.as_ref(), &noted).filter(|record| !record.stamp.is_tombstone());
        let newest = newest.map(|record| self.of_now(record.clone()));
        self.commands.push(Command::Case(newest));
    }

    /// Every case as this window, the store or else the journal has it. Of a case that was deleted the tombstone is among them:
    /// what is put in its place goes on from it.
    pub(super) fn gather(&mut self, answer: Result<Answer, Fault>) {
        let is_partial = answer == Err(Fault::Failed);
        let is_current = self.settle(&answer);
        let kept = match answer {
            Ok(Answer::Gathered { records, .. }) if is_current => records,
            _ => Vec::new(),
        };
        let kept = kept.into_iter().map(|text| (CaseRecord::read(&text), text));
        let noted = self.journal.all().into_iter();
        let noted = noted.map(|noted| (noted.record, noted.text));
        let sent = self
            .on_its_way()
            .cloned()
            .map(|record| (Ok(record), String::new()));
        let sent: Vec<(Result<CaseRecord, Unreadable>, String)> = sent.collect();
        let mut newest: IdMap<CaseRecord> = IdMap::new();
        let mut raw = Vec::new();
        for (record, text) in kept.chain(noted).chain(sent) {
            match record {
                Ok(record) if record.stamp.reason.is_some() => {}
                Ok(record) => {
                    let known = newest.get(&record.stamp.case);
                    // What goes on from another is newer than that, whatever its clock said.
                    if known.is_none_or(|known| {
                        record.stamp.contains(&known.stamp.version) || record.stamp.buries(&known.stamp)
                    }) {
                        newest.insert(record.stamp.case.clone(), record);
                    }
                }
                Err(_) => raw.push(text),
            }
        }
        if self.open.stamp.version.revision > 0 && self.frozen.is_none() {
            newest.insert(self.open.stamp.case.clone(), self.open.clone());
        }
        let cases = newest
            .into_iter()
            .map(|(_, record)| self.of_now(record))
            .collect();
        self.commands.push(Command::Gathered(Gathered {
            cases,
            raw,
            is_partial,
        }));
    }

    /// A record that is given out says of which era it was then, whatever was known when
    /// it was written: what is made from it later may be of before a wiping.
    fn of_now(&self, mut record: CaseRecord) -> CaseRecord {
        record.stamp.era = self.era;
        record
    }

    /// The history of a case, as the store and the journal have it, oldest first.
    pub(super) fn history(&mut self, case: &str, answer: Result<Answer, Fault>) {
        let mut texts = match answer {
            Ok(Answer::Entries(texts)) => texts,
            _ => Vec::new(),
        };
        let keys = self.journal.keys(&history_of(case)).into_iter();
        let noted = keys.filter_map(|key| Some((key.clone(), self.journal.get(&key)?)));
        for entry in noted.collect::<Vec<_>>() {
            // The store's are in order. For the few beside them no sorting is brought along.
            let place = texts.iter().position(|(key, _)| *key >= entry.0);
            let place = place.unwrap_or(texts.len());
            if texts.get(place).is_none_or(|(key, _)| *key != entry.0) {
                texts.insert(place, entry);
            }
        }
        let (mut entries, mut raw) = (Vec::new(), Vec::new());
        self.unreadable.clear();
        for (key, text) in texts {
            match CaseRecord::read(&text) {
                Ok(entry) if entry.stamp.reason != Some(Reason::Unreadable) => entries.push(entry),
                read => {
                    self.unreadable.push(key);
                    raw.push(read.map_or(text, |entry| entry.body));
                }
            }
        }
        self.commands.push(Command::Entries(entries, raw));
    }

    pub(super) fn rewrite(&mut self, entries: Vec<HistoryEntry>) {
        self.drops_present = true;
        for noted in self.journal.copies(&self.open.stamp.case) {
            if noted.key != self.copy_key()
                && noted
                    .record
                    .is_ok_and(|copy| self.open.stamp.contains(&copy.stamp.version))
            {
                self.journal.remove(&noted.key);
            }
        }
        let mut texts: Vec<(String, String)> = Vec::new();
        for key in core::mem::take(&mut self.unreadable) {
            self.journal.remove(&key);
            self.outbox.retain(|parcel| parcel.key != key);
            texts.push((key, String::new()));
        }
        for entry in entries {
            let key = history_key(&entry);
            let text = if entry.body.is_empty() {
                String::new()
            } else {
                entry.to_text()
            };
            if self.journal.get(&key).is_some() {
                self.journal.remove(&key);
                if !text.is_empty() {
                    self.journal.put(&key, &text);
                }
            }
            for parcel in self.outbox.iter_mut().filter(|parcel| parcel.key == key) {
                parcel.text.clone_from(&text);
                parcel.record = entry.clone();
            }
            texts.push((key, text));
        }
        self.outbox.retain(|parcel| !parcel.text.is_empty());
        self.ask(Purpose::Rewrite, Deed::Rewrite(texts));
    }
}
