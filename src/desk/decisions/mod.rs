//! What one window decides: which case it opens, what it notes and writes, and
//! when it stops.

mod changes;
mod lists;
mod opening;
mod removal;
mod stopping;
mod writing;

use std::rc::Rc;

use crate::json::Object;

use super::case_store::{Answer, Deed, Fault, Request, UNKNOWN};
use super::journal::Journal;
use super::keys::{LAST, read_mark, write_mark};
use super::reason::Reason;
use super::record::{CaseRecord, HistoryEntry, Stamp, Version, Writer};
use removal::Deletion;

/// How far apart the entries are that come by themselves, in milliseconds.
const APART: u64 = 15 * 60 * 1000;
/// How long changes are gathered before they are written.
const PAUSE: u64 = 100;
/// How long it takes until what could not be written is tried again.
const RETRY: u64 = 3_000;

/// How the text begins by which a window tells of a wiping that it had decided before.
const BEFORE: &str = "before ";

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The page begins. Where the desk is empty it opens a case of that id.
    Start(String),
    /// The store answered the request of that number.
    Answered(u64, Result<Answer, Fault>),
    /// The time is up that was asked for.
    Woken,
    /// Another window told something.
    Heard(Told),
    /// The open case is another text by now, and the list shows this of it.
    Edited(String, Object),
    /// The page shows the open case in another way, which this line says. It is a matter
    /// of the window and no change of the case: no other window has to hear of it.
    Looked(String),
    /// The open case as it is goes into its history.
    Enter(Reason),
    /// A case of the desk is to be opened.
    Open(String),
    /// A case of that id that is begun anew takes the place of the open one, which
    /// stays on the desk. What the desk has under that id goes into its history.
    New(String),
    /// A case that is not open is put on the desk, with what the list shows of it;
    /// it was made from the state of that stamp, if from any.
    Put(String, String, Object, Option<Stamp>),
    /// That case, which is not open, gets another text, with what the list shows of
    /// it; what it was until then goes into its history for that reason.
    Replace(CaseRecord, String, Object, Reason),
    /// The text of a case is wanted.
    Read(String),
    /// The texts of all cases are wanted.
    Gather,
    /// What was opened cannot be understood, although it is as it was written:
    /// nothing of it may give way.
    LeaveAlone,
    /// The page was out of use for a while, in which it heard of nothing.
    CameBack,
    /// What is kept of the open case holds what shall no longer be kept, so that it
    /// does not go into the history when it gives way.
    HoldBack,
    /// The open case is to be opened as it is kept by now.
    Latest,
    /// The user wants the text kept although it was wiped.
    KeepAnyway(String, Object),
    /// A case that is not open is deleted, as it stands in the list.
    Delete(Stamp),
    /// The case that was deleted last comes back.
    TakeBack,
    /// All is wiped, and an empty case of that id opened.
    Wipe(String),
    /// From now on nothing is kept; what is kept is wiped, if so.
    KeepNothing(bool),
    /// From now on what the page holds is kept again; where it holds nothing,
    /// what is on the desk is opened, or a case of that id.
    KeepAgain(String),
    /// The list of cases is wanted.
    List,
    /// The history of a case is wanted.
    History(String),
    /// Entries are to be replaced by what they are without private numbers; those
    /// without a body go, and so do those that cannot be read, which may hold some.
    /// It is the one way in which an entry changes.
    Rewrite(Vec<HistoryEntry>),
}

/// What one window tells the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A record was written.
    Wrote(Box<Stamp>),
    /// All was wiped; this is the era since.
    Wiped(u64),
    /// So it was by a window that knew of no era when that was decided, and the store has
    /// nothing of before by now.
    WipedBefore(u64),
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The store is to be asked; the answer comes with this number.
    Ask(u64, Request),
    /// The other windows are told.
    Tell(Told),
    /// In so many milliseconds the time is up.
    Wake(u64),
    /// The page shows another text.
    Show(Opened),
    /// These cases are on the desk.
    Cases(Vec<Stamp>),
    /// This is the history of the case that was asked for, and what of it cannot be read.
    Entries(Vec<HistoryEntry>, Vec<String>),
    /// Whether all is wiped.
    Wiped(bool),
    /// Whether the entries are replaced.
    Rewritten(bool),
    /// This is the case that was asked for, if it is there and can be read.
    Case(Option<CaseRecord>),
    /// These are all cases.
    Gathered(Gathered),
    /// What the page holds was compared with what is kept by now.
    Compared,
}

/// All cases of the desk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathered {
    /// Each as it is by now, and the tombstones of those that were deleted.
    pub cases: Vec<CaseRecord>,
    /// Records that cannot be read, as they are.
    pub raw: Vec<String>,
    /// Whether the store gave no answer, so that there may be more.
    pub is_partial: bool,
}

/// What is opened, and what has to be said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The case; an empty body where nothing is kept of it.
    pub record: CaseRecord,
    /// How a window has shown it since it was written, if that was noted.
    pub look: Option<String>,
    /// Texts that cannot be read, as they are.
    pub raw: Vec<String>,
    /// Whether the store gave no answer, so that there may be more.
    pub is_partial: bool,
}

impl Told {
    /// The text by which other windows are told. A copy in the journal and its
    /// mark begin with the same, so that writing them tells it as well.
    pub fn to_text(&self) -> String {
        match self {
            Self::Wrote(stamp) => stamp.to_line(),
            Self::Wiped(era) => write_mark(*era),
            Self::WipedBefore(era) => format!("{BEFORE}{}", write_mark(*era)),
        }
    }

    /// What another window has told by that text, if anything.
    pub fn read(text: &str) -> Option<Self> {
        if let Some(era) = read_mark(text) {
            return Some(Self::Wiped(era));
        }
        if let Some(mark) = text.strip_prefix(BEFORE) {
            return read_mark(mark).map(Self::WipedBefore);
        }
        let stamp = Stamp::read(text.split('\n').next()?).ok()?;
        stamp.reason.is_none().then(|| Self::Wrote(Box::new(stamp)))
    }
}

/// Why the window writes no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frozen {
    /// Another window has written the case meanwhile.
    Stale,
    /// It was wiped or deleted.
    Wiped,
    /// A newer version of the page wrote it.
    Newer,
}

/// Where the open text is by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is nothing to keep.
    Empty,
    /// In the store.
    Stored,
    /// In the journal.
    Noted,
    /// On the page alone, and about to be written.
    OnPage,
    /// On the page alone: it could not be written.
    Failed,
}

/// A record on its way to the store, with what the journal has of it.
#[derive(Clone, Debug, PartialEq)]
struct Parcel {
    key: String,
    text: String,
    is_noted: bool,
    record: CaseRecord,
}

/// What a request was for.
#[derive(Clone, Debug, PartialEq)]
enum Purpose {
    /// To open a case of the desk.
    Open(String),
    /// To open a case, or else an empty one of the other name; at first the one
    /// that was open last is looked for, and else the one that was written last.
    Start(Option<String>, String, bool),
    /// To find in the history of a case what stands in for a record that cannot
    /// be read.
    Recover(String, String),
    List,
    Gather,
    History(String),
    Rewrite,
    Wipe,
    Read(String),
    Compare,
    PutOpen(CaseRecord),
    PutParcel(Parcel),
}

impl Purpose {
    const fn puts(&self) -> bool {
        matches!(self, Self::PutOpen(_) | Self::PutParcel(_))
    }
}

/// One window at the desk.
pub struct Desk {
    journal: Rc<dyn Journal>,
    /// What the writers of this window begin with.
    seed: String,
    sittings: u64,
    /// Whether anything is kept.
    keeps: bool,
    /// Whether there is a store, as far as is known.
    has_store: bool,
    /// How often all was wiped.
    era: u64,
    /// Whether the journal, and whether the store, has said so.
    is_marked_here: bool,
    is_marked_there: bool,
    /// Whether the journal is still to be marked for a wiping, and the store to be wiped.
    is_mark_due: bool,
    owes_wiping: bool,
    /// Whether the others are still to be told of a wiping, as of which era it was.
    is_wiping_untold: bool,
    writer: Writer,
    /// The open case as the page has it.
    open: CaseRecord,
    /// What a change of it goes back to.
    line: Vec<Version>,
    /// The last revision that was seen when it was opened: what another window
    /// writes later is higher.
    floor: u64,
    /// Which state of it the store has.
    stored: Option<Version>,
    /// Whether the journal has it as it is.
    is_noted: bool,
    /// Whether it was begun anew and the store has nothing of it yet.
    is_new: bool,
    /// Whether the record that gives way next holds what shall no longer be kept.
    drops_present: bool,
    frozen: Option<Frozen>,
    has_failed: bool,
    /// What goes into the store before the open case does.
    outbox: Vec<Parcel>,
    requests: Vec<(u64, Purpose)>,
    asked: u64,
    /// The era that the store has said to be of, and the last request by which it did.
    said: (u64, u64),
    /// The cases that were deleted and can come back, the last one last.
    deletions: Vec<Deletion>,
    /// The keys of the entries that could not be read when the history was looked up last.
    unreadable: Vec<String>,
    commands: Vec<Command>,
}

impl Desk {
    /// A window that has opened nothing yet. The seed is one that no other window has.
    pub fn new(seed: String, journal: Rc<dyn Journal>) -> Self {
        Self {
            journal,
            seed,
            sittings: 0,
            keeps: true,
            has_store: true,
            era: UNKNOWN,
            is_marked_here: false,
            is_marked_there: false,
            is_mark_due: false,
            owes_wiping: false,
            is_wiping_untold: false,
            writer: Writer::new(),
            open: blank(String::new()),
            line: Vec::new(),
            floor: 0,
            stored: None,
            is_noted: false,
            is_new: false,
            drops_present: false,
            frozen: None,
            has_failed: false,
            outbox: Vec::new(),
            requests: Vec::new(),
            asked: 0,
            said: (UNKNOWN, 0),
            deletions: Vec::new(),
            unreadable: Vec::new(),
            commands: Vec::new(),
        }
    }

    /// The open case as the page has it.
    pub const fn open(&self) -> &CaseRecord {
        &self.open
    }

    /// Why the window writes no more, if so.
    pub const fn frozen(&self) -> Option<Frozen> {
        self.frozen
    }

    /// How often all was wiped, as far as the window knows; 0 where it knows nothing of it.
    pub const fn era(&self) -> u64 {
        self.era
    }

    /// Whether anything is kept.
    pub const fn keeps(&self) -> bool {
        self.keeps
    }

    /// Whether there is a store, as far as is known; else the journal holds what it can.
    pub const fn has_store(&self) -> bool {
        self.has_store
    }

    /// Whether the store is about to have what only the journal has.
    pub const fn waits_for_store(&self) -> bool {
        self.has_store && !self.has_failed
    }

    /// What is on its way to the store beside the open case.
    pub fn on_its_way(&self) -> impl Iterator<Item = &CaseRecord> {
        self.parcels().map(|parcel| &parcel.record)
    }

    /// What waits for the store, and what was sent to it.
    fn parcels(&self) -> impl Iterator<Item = &Parcel> {
        let sent = self.requests.iter().filter_map(|(_, purpose)| match purpose {
            Purpose::PutParcel(parcel) => Some(parcel),
            _ => None,
        });
        self.outbox.iter().chain(sent)
    }

    /// Where what the page holds is by now, with all that is on its way.
    pub fn standing(&self) -> Standing {
        let is_all_noted = self.parcels().all(|parcel| parcel.is_noted);
        if self.open.body.is_empty() && is_all_noted {
            return Standing::Empty;
        }
        if self.frozen == Some(Frozen::Wiped) || !self.keeps {
            return Standing::OnPage;
        }
        match is_all_noted {
            true if !self.is_behind() => Standing::Stored,
            true if self.is_noted => Standing::Noted,
            _ if self.has_failed || !self.has_store => Standing::Failed,
            _ => Standing::OnPage,
        }
    }

    /// Takes what happened, and says what is to be done.
    pub fn handle(&mut self, event: Event, at: u64) -> Vec<Command> {
        match event {
            Event::Start(fresh) => self.start(self.journal.get(LAST), fresh, true),
            Event::Answered(number, answer) => self.answered(number, answer, at),
            Event::Woken => self.flush(at),
            Event::Heard(told) => self.hear(&told),
            Event::Edited(body, summary) => self.edit(body, summary, at),
            Event::Looked(look) => self.note_look(&look),
            Event::Enter(reason) => self.enter(reason, at),
            Event::Open(case) => self.ask(Purpose::Open(case.clone()), Deed::Look(Some(case))),
            Event::New(case) => self.begin_anew(&case, at),
            Event::Put(case, body, summary, base) => self.put(case, body, summary, base.as_ref(), at),
            Event::Replace(there, body, summary, reason) => self.replace(&there, body, summary, reason, at),
            Event::Read(case) => self.ask(Purpose::Read(case.clone()), Deed::Look(Some(case))),
            Event::Gather => self.ask(Purpose::Gather, Deed::Gather),
            Event::LeaveAlone => self.leave_alone(),
            Event::CameBack => {
                let case = self.open.stamp.case.clone();
                self.ask(Purpose::Compare, Deed::Look(Some(case)));
            }
            Event::HoldBack => self.drops_present = true,
            Event::Latest => {
                let case = self.open.stamp.case.clone();
                self.ask(Purpose::Open(case.clone()), Deed::Look(Some(case)));
            }
            Event::KeepAnyway(body, summary) => self.keep_anyway(body, summary, at),
            Event::Delete(stamp) => self.delete(stamp, at),
            Event::TakeBack => self.take_back(),
            Event::Wipe(fresh) => {
                self.wipe();
                self.open = blank(fresh.clone());
                self.take_up_case(&fresh, None, Vec::new(), false);
            }
            Event::KeepNothing(wipes) => {
                if wipes {
                    self.wipe();
                }
                self.keeps = false;
                self.requests.retain(|(_, purpose)| !purpose.puts());
                self.outbox.clear();
                self.frozen = None;
            }
            Event::KeepAgain(fresh) => {
                self.keeps = true;
                self.start(self.journal.get(LAST), fresh, true);
            }
            Event::List => self.ask(Purpose::List, Deed::Look(None)),
            Event::History(case) => self.ask(Purpose::History(case.clone()), Deed::History(case)),
            Event::Rewrite(entries) => self.rewrite(entries),
        }
        core::mem::take(&mut self.commands)
    }

    fn ask(&mut self, purpose: Purpose, mut deed: Deed) {
        self.asked = self.asked.wrapping_add(1);
        self.requests.push((self.asked, purpose));
        if let Deed::Put { record, .. } = &mut deed {
            record.stamp.era = self.era;
        }
        let request = Request {
            era: self.era,
            is_first: !self.is_marked_there,
            deed,
        };
        self.commands.push(Command::Ask(self.asked, request));
    }

    /// Asks anew, where what was answered says less than the answer of a later request has
    /// said before: that came first, and what it would have this one do is wrong by now.
    fn ask_again(&mut self, purpose: Purpose) {
        let deed = match &purpose {
            Purpose::PutParcel(parcel) => return self.outbox.insert(0, parcel.clone()),
            Purpose::Start(case, ..) => Deed::Look(case.clone()),
            Purpose::Open(case) | Purpose::Read(case) => Deed::Look(Some(case.clone())),
            Purpose::Compare => Deed::Look(Some(self.open.stamp.case.clone())),
            Purpose::List => Deed::Look(None),
            Purpose::Gather => Deed::Gather,
            // The open case is put again by itself; what else is asked says of no era.
            _ => return,
        };
        self.ask(purpose, deed);
    }

    fn start(&mut self, case: Option<String>, fresh: String, is_first: bool) {
        self.ask(Purpose::Start(case.clone(), fresh, is_first), Deed::Look(case));
    }

    fn answered(&mut self, number: u64, answer: Result<Answer, Fault>, at: u64) {
        // What was asked before all was wiped, or another case opened, says nothing any more.
        let Some(place) = self.requests.iter().position(|(asked, _)| *asked == number) else {
            return;
        };
        let (_, purpose) = self.requests.remove(place);
        if answer == Err(Fault::Refused) {
            self.has_store = false;
        }
        let has_failed = answer == Err(Fault::Failed) && purpose.puts();
        let there = self.era_said(&answer);
        let is_overtaken = there.is_some_and(|there| there < Some(self.era))
            && self.said.0 == self.era
            && self.said.1 > number;
        match purpose {
            purpose if is_overtaken => self.ask_again(purpose),
            Purpose::Start(case, fresh, is_first) if self.keeps => {
                self.start_with(case, &fresh, is_first, answer);
            }
            Purpose::Open(case) if self.keeps => self.open_found(&case, answer),
            Purpose::Recover(case, raw) if self.keeps => self.recover(&case, raw, answer),
            Purpose::Start(..) | Purpose::Open(_) | Purpose::Recover(..) => {}
            Purpose::Read(case) => self.read(&case, answer),
            Purpose::Compare => self.compare(answer),
            Purpose::List => self.list(answer),
            Purpose::Gather => self.gather(answer),
            Purpose::History(case) => self.history(&case, answer),
            Purpose::Rewrite => {
                let is_done = matches!(answer, Ok(Answer::Done(_)) | Err(Fault::Refused));
                self.commands.push(Command::Rewritten(is_done));
            }
            Purpose::Wipe => match answer {
                // Only now it is known what has to be wiped.
                Ok(Answer::OtherEra(there)) => {
                    self.learn_era(there);
                    self.ask_to_wipe();
                }
                // Where there never was a store nothing can be in it.
                _ => {
                    let is_done = matches!(answer, Ok(_) | Err(Fault::Refused));
                    self.owes_wiping = !is_done;
                    let is_done = is_done && self.journal.holds_nothing_but_of(self.era);
                    self.is_marked_there |= answer.is_ok();
                    self.commands.push(Command::Wiped(is_done));
                }
            },
            Purpose::PutOpen(record) => self.have_put_open(&record, answer),
            Purpose::PutParcel(parcel) => self.have_put_parcel(parcel, answer, at),
        }
        if there == Some(Some(self.era)) {
            let before = if self.said.0 == self.era { self.said.1 } else { 0 };
            self.said = (self.era, before.max(number));
            self.tell_of_wiping();
        }
        if !has_failed {
            self.flush(at);
        }
    }

    /// The era that the store is of by that answer, if that says so; `Some(None)` where it
    /// has nothing.
    const fn era_said(&self, answer: &Result<Answer, Fault>) -> Option<Option<u64>> {
        match answer {
            Ok(Answer::Found { era, .. } | Answer::Gathered { era, .. } | Answer::OtherEra(era)) => {
                Some(*era)
            }
            Ok(Answer::Done(_)) => Some(Some(self.era)),
            _ => None,
        }
    }
}

/// A case that nothing is kept of.
fn blank(case: String) -> CaseRecord {
    let nobody = Version {
        revision: 0,
        writer: String::new(),
    };
    CaseRecord::new(case, UNKNOWN, nobody)
}
