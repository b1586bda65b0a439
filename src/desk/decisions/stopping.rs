//! When a window stops: another one has written, or all was wiped.

use crate::json::Object;

use super::{Command, Desk, Frozen, Purpose, Told};
use crate::desk::case_store::UNKNOWN;
use crate::desk::reason::Reason;
use crate::desk::record::{Stamp, Version};

impl Desk {
    pub(super) fn hear(&mut self, told: &Told) {
        match told {
            // Where the journal says which era it is, that comes first: what is told may be old.
            Told::Wiped(_) | Told::WipedBefore(_) if self.keeps && self.journal.era().is_some() => {
                let _ = self.is_of_this_era();
            }
            // What is held by who knows of no era either may have been typed since it was decided.
            Told::WipedBefore(_) if self.era == UNKNOWN => {}
            Told::WipedBefore(era) if self.keeps && *era > self.era => self.learn_wiped(*era),
            Told::Wiped(era) if self.keeps && *era > self.era => {
                self.learn_wiped(*era);
                // Who told it may be gone before the store is wiped.
                self.owes_wiping = true;
            }
            Told::Wrote(stamp) if self.keeps && self.frozen.is_none() && self.is_news(stamp) => {
                self.stop_for(stamp);
            }
            Told::Wrote(_) | Told::Wiped(_) | Told::WipedBefore(_) => {}
        }
    }

    /// Stops for a record of another window. What only this one has is put aside.
    pub(super) fn stop_for(&mut self, there: &Stamp) {
        self.requests
            .retain(|(_, purpose)| !matches!(purpose, Purpose::PutOpen(_)));
        let deleted = self.news().filter(Stamp::is_tombstone);
        let there = deleted.as_ref().unwrap_or(there);
        if there.is_tombstone() {
            return self.stop_wiped(there.line(), there.version.revision);
        }
        let is_elsewhere = self.open.body.is_empty() || there.contains(&self.open.stamp.version);
        if self.is_behind() && !is_elsewhere {
            let _ = self.send_entry(self.open.entered(Reason::SetAside));
        }
        self.journal.remove(&self.copy_key());
        self.is_noted = true;
        self.frozen = Some(Frozen::Stale);
    }

    /// Takes it that all was wiped; nothing of before is kept any more. A page
    /// that holds nothing goes on.
    pub(super) fn learn_wiped(&mut self, era: u64) {
        self.requests.retain(|(_, purpose)| !purpose.puts());
        self.outbox.clear();
        self.deletions.clear();
        if self.journal.era() == Some(era) {
            self.journal.forget_older(era);
        }
        self.is_mark_due = self.journal.era().is_some_and(|here| here < era);
        self.era = era;
        self.is_marked_there = false;
        self.is_marked_here = false;
        self.stop_if_it_was_kept();
    }

    /// Takes it that every place was emptied, as by a tool that cleans, and maybe
    /// begun anew by others. What is on its way was nowhere yet, and goes on.
    pub(super) fn learn_emptied(&mut self, era: u64) {
        self.is_marked_there = false;
        self.is_marked_here = false;
        self.carry_over(era);
        self.stop_if_it_was_kept();
    }

    /// Begins the next era with a wiping that was decided while none was known. What was put
    /// since then is of this one, and has to be noted anew: what other windows have taken
    /// over of it and put into the store goes with what was there before the wiping.
    pub(super) fn begin_next_era(&mut self) {
        self.outbox.retain(|parcel| parcel.record.stamp.era == UNKNOWN);
        self.carry_over(self.era.saturating_add(1));
        if self.frozen.is_some() || self.open.stamp.era != UNKNOWN {
            // So does the state for which this one has stopped, or which it has opened.
            self.stop_if_it_was_kept();
        }
        self.open.stamp.era = self.era;
        // When it was decided nobody could be told of which era it was.
        self.is_wiping_untold = true;
        self.ask_to_wipe();
    }

    /// Tells the others of a wiping that was decided while no era was known, once the store
    /// is of that era: who holds what was wiped would call it kept for good. Told before, they
    /// would let go what they have typed since it was decided, also where it is never done.
    pub(super) fn tell_of_wiping(&mut self) {
        if core::mem::take(&mut self.is_wiping_untold) {
            self.commands.push(Command::Tell(Told::WipedBefore(self.era)));
        }
    }

    /// Takes what is on its way along into that era, noted nowhere yet.
    fn carry_over(&mut self, era: u64) {
        self.era = era;
        let sent = self.requests.iter_mut();
        let sent = sent.filter_map(|(_, purpose)| match purpose {
            Purpose::PutParcel(parcel) => Some(parcel),
            _ => None,
        });
        for parcel in self.outbox.iter_mut().chain(sent) {
            parcel.is_noted = false;
            // Noted as of an era that is yet to come it would outlast the next wiping.
            let is_own = parcel.text == parcel.record.to_text();
            parcel.record.stamp.era = era;
            if is_own {
                parcel.text = parcel.record.to_text();
            }
        }
    }

    /// Stops since what was kept of the open case is wiped. Of what a page holds that
    /// keeps nothing, nothing was.
    fn stop_if_it_was_kept(&mut self) {
        if self.keeps && !self.open.body.is_empty() {
            self.stop_wiped(Vec::new(), 0);
        }
    }

    /// Stops since the open case is wiped. If the user wants it kept anyway, it
    /// begins a line that goes back to these.
    pub(super) fn stop_wiped(&mut self, line: Vec<Version>, floor: u64) {
        // What the page holds is nowhere else: no other case takes its place unasked.
        self.requests
            .retain(|(_, purpose)| !matches!(purpose, Purpose::Open(_) | Purpose::Start(..)));
        self.journal.remove(&self.copy_key());
        self.line = line;
        self.floor = floor.max(self.open.stamp.version.revision);
        self.stored = None;
        self.is_noted = false;
        self.frozen = Some(Frozen::Wiped);
    }

    pub(super) fn keep_anyway(&mut self, body: String, summary: Object, at: u64) {
        if self.frozen != Some(Frozen::Wiped) {
            return;
        }
        let case = self.open.stamp.case.clone();
        let line = core::mem::take(&mut self.line);
        self.begin_line(&case, line, self.floor);
        self.edit(body, summary, at);
    }
}
