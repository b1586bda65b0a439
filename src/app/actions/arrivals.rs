//! Cases that come onto the desk, several at once or one that it has otherwise. All
//! of it is in the piece of the desk.

use core::time::Duration;

use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

use crate::answers::Case;
use crate::app::autosave::{changed_at, text_of};
use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::{
    Arrival, ArrivalResult, Asking, Awaited, BroughtCase, Met, OpenCase, Opening, Outcome, PrivateKeeping,
    ReadCase, Session, Written,
};
use crate::assessment::{Overall, assess, cross_checks, open_remarks};
use crate::browser::{moment_in_words, new_case_id, now_millis};
use crate::desk::{CaseRecord, Event, Gathered, Reason, Version};
use crate::documents::{CasePart, case_members, read_desk_file};
use crate::id_map::IdMap;
use crate::json::{Excerpt, Json, Object};
use crate::policy::sha256;
use crate::wording::messages;

use super::import::InFile;

/// After how many cases the page may show what it has to show.
const AT_ONCE: usize = 20;
/// How often it is looked whether all is kept, in milliseconds.
const LOOK: u64 = 50;
/// How often it is looked until it is told that it is not.
const LOOKS: usize = 600;

seam! {
    "desk" "10" fn put_files(session: Session, files: Vec<File>) -> () {
        spawn_local(session.put_files(files));
    }
}

seam! {
    "desk" "11" fn put_desk(session: Session, text: String) -> () {
        session.put_arrivals(session.in_desk(&text));
    }
}

seam! {
    "desk" "12" fn put_all(session: Session, arrivals: Vec<Arrival>) -> () {
        session.put_arrivals(arrivals);
    }
}

seam! {
    "desk" "13" fn meet(session: Session, read: ReadCase) -> () {
        spawn_local(session.compare_and_ask(read));
    }
}

seam! {
    "desk" "14" fn take_back(session: Session) -> () {
        spawn_local(session.take_back_written());
    }
}

/// What the desk has, by the ids of the cases.
struct OnDesk {
    records: IdMap<CaseRecord>,
    /// What each case says, and its id.
    said: IdMap<String>,
}

/// A case as it is written onto the desk, and where it stands among the results.
struct Planned {
    place: usize,
    case: String,
    body: String,
    before: Option<CaseRecord>,
}

impl Session {
    /// Puts files on the desk, each as a case of its own.
    pub(super) fn bring_files(self, files: Vec<File>) {
        self.once_there(Piece::Desk, move || put_files(self, files));
    }

    /// Puts the cases of a whole desk on this one.
    pub(super) fn bring_desk(self, text: String) {
        self.once_there(Piece::Desk, move || put_desk(self, text));
    }

    /// Puts cases on the desk.
    pub(super) fn bring_all(self, arrivals: Vec<Arrival>) {
        self.once_there(Piece::Desk, move || put_all(self, arrivals));
    }

    /// Asks what becomes of a case that the desk has as well.
    pub(super) fn meet(self, read: ReadCase) {
        self.once_there(Piece::Desk, move || meet(self, read));
    }

    /// Takes back what was written onto the desk last.
    pub fn take_back(self) {
        self.once_there(Piece::Desk, move || take_back(self));
    }

    /// Opens the file that was asked about: in place of the case of the desk, which
    /// goes into its history, or beside it.
    pub fn open_met(self, is_beside: bool) {
        self.page.asking.set(None);
        let met = self.page.met.get_untracked();
        self.page.met.set(None);
        let Some(Met { mut read, .. }) = met else { return };
        if is_beside {
            self.make_another(&mut read);
        }
        self.place(read);
        // What asked is gone, and so may be what had the focus before it.
        self.page.focus_heading();
    }

    /// Shows what the file that was asked about brings to the case of the desk.
    pub fn merge_met(self) {
        self.page.asking.set(None);
        let met = self.page.met.get_untracked();
        self.page.met.set(None);
        let Some(Met { read, .. }) = met else { return };
        let into = read.next.case.id.clone();
        let brought = BroughtCase {
            into: into.clone(),
            name: read.name,
            saved_at: read.saved_at.map_or_else(String::new, moment_in_words),
            base: None,
            case: read.next.case,
            left_out: Vec::new(),
        };
        if self.draft.is_open(&into) {
            self.begin_merging(brought);
        } else {
            self.page.brought.set(Some(brought));
            self.open_from_desk(into, Opening::Merge);
        }
    }

    /// Puts what was asked about on the desk, with its private entries or without.
    pub fn put_asked(self, keeps_private: bool) {
        self.page.asking.set(None);
        let mut arrivals = self.page.arrivals.get_untracked();
        self.page.arrivals.set(Vec::new());
        let keeping = if keeps_private {
            PrivateKeeping::Stored
        } else {
            PrivateKeeping::ByHand
        };
        let read = arrivals
            .iter_mut()
            .filter_map(|arrival| arrival.read.as_mut().ok());
        for read in read.filter(|read| read.next.keeping == PrivateKeeping::ThisTime) {
            read.next.keeping = keeping;
        }
        self.once_there(Piece::Desk, move || put_all(self, arrivals));
    }

    /// Makes another case of one, which the desk has as well.
    fn make_another(self, read: &mut ReadCase) {
        read.next.case.id = new_case_id();
        let name = self.say(messages::cases::from_file(&read.name));
        read.next.case.title = self.unlike_others(name);
        read.name.clone_from(&read.next.case.title);
    }

    async fn put_files(self, files: Vec<File>) {
        let mut arrivals = Vec::new();
        for file in files {
            let label = Excerpt::name(&file.name()).to_string();
            let found = self.read_picked(&file).await;
            if self.filing.is_gone() {
                return;
            }
            let read = match found {
                Ok(InFile::Desk(text)) => {
                    let lines = self.in_desk(&text).into_iter().map(|arrival| Arrival {
                        label: self.say(messages::cases::of_file(&label, &arrival.label)),
                        ..arrival
                    });
                    arrivals.extend(lines);
                    continue;
                }
                Ok(InFile::Case(read)) => self.no_part_of_desk(*read).await,
                Ok(InFile::Workbook(_) | InFile::Table(_)) => Err(self.text(messages::cases::is_table())),
                Err(fault) => Err(fault),
            };
            arrivals.push(Arrival {
                label,
                read,
                over: None,
            });
        }
        self.put_arrivals(arrivals);
    }

    /// A case that was read, unless it is a part of one of the desk, which is looked
    /// at before anything of it is taken.
    async fn no_part_of_desk(self, read: ReadCase) -> Result<ReadCase, String> {
        match CasePart::in_file(&read.next.file_others) {
            Some(part) if self.draft.is_open(&part.case) || self.has_on_desk(&part.case).await => {
                Err(self.text(messages::cases::is_part()))
            }
            _ => Ok(read),
        }
    }

    /// The cases in the file of a whole desk, and what is wrong with it.
    fn in_desk(self, text: &str) -> Vec<Arrival> {
        let found = read_desk_file(&self.policy(), text);
        let arrivals = found.lines.into_iter().map(|line| {
            let read = line
                .file
                .map_err(|fault| self.refused(&fault))
                .map(|file| ReadCase {
                    is_archived: line.place.is_archived,
                    ..self.read_case_of(file)
                });
            Arrival {
                label: self.say(messages::cases::line(&line.line)),
                read,
                over: None,
            }
        });
        let mut arrivals: Vec<Arrival> = arrivals.collect();
        if found.missing > 0 {
            arrivals.push(Arrival {
                label: self.text(messages::cases::whole_file()),
                read: Err(self.say(messages::cases::missing_lines(&found.missing))),
                over: None,
            });
        }
        arrivals
    }

    /// Puts cases on the desk. Where private entries came with any, it is asked first
    /// whether they are kept: only the open case could hold them without.
    fn put_arrivals(self, arrivals: Vec<Arrival>) {
        let is_private = |arrival: &Arrival| {
            let read = arrival.read.as_ref();
            read.is_ok_and(|read| {
                read.next.keeping == PrivateKeeping::ThisTime && self.holds_private(&read.next.case)
            })
        };
        if arrivals.iter().any(is_private) {
            self.page.arrivals.set(arrivals);
            self.ask_first(Asking::KeepPrivate);
        } else {
            spawn_local(self.put_now(arrivals));
        }
    }

    async fn put_now(self, arrivals: Vec<Arrival>) {
        if arrivals.len() > AT_ONCE {
            self.page
                .tell(false, self.say(messages::cases::putting(&arrivals.len())));
        }
        let Some(mut there) = self.on_desk().await else {
            self.page.tell(true, self.text(messages::saving::no_answer()));
            return;
        };
        let mut results = Vec::new();
        let mut planned = Vec::new();
        let mut written = Written::default();
        for (place, Arrival { label, read, over }) in arrivals.into_iter().enumerate() {
            if place % AT_ONCE == AT_ONCE - 1 {
                pause(0).await;
                if self.filing.is_gone() {
                    return;
                }
            }
            let (outcome, words) = match read {
                Err(fault) => (Outcome::Refused, fault),
                Ok(read)
                    if over
                        .as_ref()
                        .is_some_and(|over| self.draft.is_open(&over.stamp.case)) =>
                {
                    let before = self.filing.case.get_untracked();
                    let words = self.say(messages::cases::changed_open(&read.name)) + &read.notes;
                    self.filing.case.set(read.next.case.clone());
                    written.open = Some((before, read.next.case));
                    (Outcome::Changed, words)
                }
                Ok(read) => {
                    let (outcome, words, plan) = self.plan(read, over, &mut there, place);
                    planned.extend(plan);
                    (outcome, words)
                }
            };
            results.push(ArrivalResult {
                label,
                outcome,
                words,
            });
        }
        self.keep_now(false);
        let not_kept = self.all_kept(&planned).await;
        if self.filing.is_gone() {
            return;
        }
        for plan in planned {
            if !not_kept.contains(&plan.case) {
                written.cases.push((plan.case, plan.body, plan.before));
            } else if let Some(result) = results.get_mut(plan.place) {
                result.outcome = Outcome::NotKept;
                result.words = self.text(messages::cases::not_kept());
            }
        }
        self.tell_results(results, written);
    }

    /// Shows on the desk what came of each, with the way back.
    fn tell_results(self, results: Vec<ArrivalResult>, written: Written) {
        let bad = results.iter().filter(|result| result.outcome.is_bad()).count();
        let mut said = self.say(messages::cases::came(&written.count()));
        if bad > 0 {
            said.push_str(&self.say(messages::cases::came_not(&bad)));
        }
        said.push_str(&self.text(messages::cases::came_listed()));
        self.page.results.set(results);
        self.open_desk();
        self.page.tell(bad > 0 && written.count() == 0, said);
        self.page.written.set(written);
    }

    /// What becomes of a case beside what the desk has, in words as well, and in whose place it comes.
    fn becomes(
        self,
        read: &mut ReadCase,
        over: Option<CaseRecord>,
        there: &OnDesk,
    ) -> (Outcome, String, Option<CaseRecord>) {
        if let Some(over) = over {
            let words = self.say(messages::cases::changed_one(&read.name));
            return (Outcome::Changed, words, Some(over));
        }
        let is_there = |read: &ReadCase| there.said.contains_key(&self.said(&read.next.case));
        let same = |read: &ReadCase| {
            (
                Outcome::Same,
                self.say(messages::cases::is_there(&read.name)),
                None,
            )
        };
        if is_there(read) {
            return same(read);
        }
        let base = there.records.get(&read.next.case.id).cloned();
        match base {
            Some(kept) if !kept.stamp.is_tombstone() => {
                let compared = self.compared(&kept, read).concat();
                self.make_another(read);
                if is_there(read) {
                    return same(read);
                }
                let words = self.say(messages::cases::both_kept(&read.name)) + &compared;
                (Outcome::Both, words, None)
            }
            base => {
                if base.is_none() && self.draft.is_open(&read.next.case.id) {
                    // An empty case has that id, which is on the page and not on the desk.
                    read.next.case.id = new_case_id();
                }
                (Outcome::Put, self.say(messages::cases::put(&read.name)), base)
            }
        }
    }

    /// Decides what becomes of a case beside what the desk has, and writes it.
    fn plan(
        self,
        mut read: ReadCase,
        over: Option<CaseRecord>,
        there: &mut OnDesk,
        place: usize,
    ) -> (Outcome, String, Option<Planned>) {
        let (outcome, mut words, base) = self.becomes(&mut read, over, there);
        if outcome == Outcome::Same {
            return (outcome, words, None);
        }
        words.push_str(&read.notes);
        let assessment = assess(&self.policy(), &read.next.case);
        let (body, mut summary) = {
            let case = &read.next.case;
            let remarks = cross_checks(&self.policy(), case, &assessment, self.today());
            let asked = open_remarks(&remarks, case).len();
            text_of(self, read.next.clone(), &assessment, asked)
        };
        if read.is_archived {
            summary.insert("archived".to_owned(), Json::Bool(true));
        }
        let case = read.next.case.id.clone();
        there.said.insert(self.said(&read.next.case), case.clone());
        there
            .records
            .insert(case.clone(), written_now(&case, &body, &summary));
        let before = base.clone().filter(|kept| !kept.stamp.is_tombstone());
        self.tell_desk(match before.clone() {
            Some(kept) => Event::Replace(kept, body.clone(), summary, Reason::BeforeOpening),
            None => Event::Put(case.clone(), body.clone(), summary, base.map(|kept| kept.stamp)),
        });
        let planned = Planned {
            place,
            case,
            body,
            before,
        };
        (outcome, words, Some(planned))
    }

    /// Waits until what was written is kept; which cases are not.
    async fn all_kept(self, planned: &[Planned]) -> Vec<String> {
        if planned.is_empty() {
            return Vec::new();
        }
        for _ in 0..LOOKS + planned.len() {
            let is_done = self.draft.with_desk(|kept| {
                let desk = &kept.desk;
                desk.on_its_way().next().is_none() || !desk.waits_for_store()
            });
            if is_done != Some(false) {
                break;
            }
            pause(LOOK).await;
        }
        let gathered = self.gather().await;
        let cases = gathered.map(|gathered| gathered.cases).unwrap_or_default();
        let is_kept = |plan: &&Planned| {
            let mut cases = cases.iter();
            // By now it may be open, and changed again.
            self.draft.is_open(&plan.case)
                || cases.any(|record| record.stamp.case == plan.case && record.body == plan.body)
        };
        let lost = planned.iter().filter(|plan| !is_kept(plan));
        lost.map(|plan| plan.case.clone()).collect()
    }

    /// All cases of the desk as they are by now; `None` where there is none, or it
    /// gave no answer.
    pub(super) async fn gather(self) -> Option<Gathered> {
        self.keep_now(false);
        self.draft.with_desk(|_| ())?;
        let gathered = self.draft.wait_for(Awaited::Gathered);
        self.tell_desk(Event::Gather);
        gathered.await;
        let gathered = self.draft.gathered.try_update_value(Option::take).flatten();
        gathered.filter(|gathered| !gathered.is_partial)
    }

    async fn on_desk(self) -> Option<OnDesk> {
        let gathered = self.gather().await?;
        let mut there = OnDesk {
            records: IdMap::new(),
            said: IdMap::new(),
        };
        for record in gathered.cases {
            if let Some((mut case, _)) = self.case_in(&record).filter(|_| !record.stamp.is_tombstone()) {
                case.id.clone_from(&record.stamp.case);
                there.said.insert(self.said(&case), case.id);
            }
            there.records.insert(record.stamp.case.clone(), record);
        }
        Some(there)
    }

    /// What a case says, whichever its id is: two that say the same are one. What is
    /// private may be kept nowhere and does not count.
    fn said(self, case: &Case) -> String {
        let mut case = case.clone();
        case.remove_private(&self.policy());
        case.id = String::new();
        sha256(Json::Object(case_members(&case)).to_line().as_bytes())
    }

    /// Opens a case that the desk has as well: at once where it says the same, else
    /// it is asked what becomes of the two.
    async fn compare_and_ask(self, read: ReadCase) {
        let kept = self.case_on_desk(read.next.case.id.clone()).await;
        if self.filing.is_gone() {
            return;
        }
        let there = kept.as_ref().and_then(|kept| self.open_case_in(kept));
        let (Some(kept), Some(there)) = (kept, there) else {
            return self.place(read);
        };
        if self.said(&there.case) == self.said(&read.next.case) {
            return self.place(read);
        }
        let mut words = vec![self.say(messages::cases::met_case(&self.name_in(&kept.stamp)))];
        words.extend(self.compared(&kept, &read));
        let is_kept_newer = read.next.changed.is_some_and(|at| at <= changed_at(&kept.stamp));
        self.page.met.set(Some(Met {
            read,
            kept,
            is_kept_newer,
            words,
        }));
        self.ask_first(Asking::SameCase);
    }

    /// Which of the two is newer, and in what they differ.
    fn compared(self, kept: &CaseRecord, read: &ReadCase) -> Vec<String> {
        let policy = self.policy();
        let total = kept
            .stamp
            .summary
            .get("total")
            .map(Json::to_line)
            .unwrap_or_default();
        let verdicts = &policy.scheme.verdicts;
        let kept_verdict = kept.stamp.summary.get("eligibility").and_then(Json::as_text);
        let kept_verdict = kept_verdict.and_then(Overall::by_id).unwrap_or(Overall::Unknown);
        let assessment = assess(&policy, &read.next.case);
        let (own, verdict) = (assessment.total.own, assessment.overall.chosen.in_words(verdicts));
        let changed = changed_at(&kept.stamp);
        let at = moment_in_words(changed);
        let kept_verdict = kept_verdict.in_words(verdicts);
        let mut words = vec![self.say(messages::cases::kept_one(&at, &total, &kept_verdict))];
        words.push(match read.next.changed {
            // A file of an earlier version of the page says only when it was saved.
            Some(at) if read.saved_at == Some(at) => {
                self.say(messages::cases::file_one(&moment_in_words(at), &own, &verdict))
            }
            Some(at) => self.say(messages::cases::file_changed(
                &moment_in_words(at),
                &own,
                &verdict,
            )),
            None => self.say(messages::cases::file_undated(&own, &verdict)),
        });
        if let Some(at) = read.next.changed {
            words.push(self.text(if at > changed {
                messages::cases::file_is_newer()
            } else {
                messages::cases::kept_is_newer()
            }));
        }
        if let Some(OpenCase { case, .. }) = self.open_case_in(kept) {
            let named = self.named_differences(&case, &read.next.case);
            if !named.is_empty() {
                words.push(self.say(messages::cases::differ_in(&named)));
            }
        }
        words
    }

    /// Puts a case back to what it was before it was written; one that was not there goes.
    fn take_back_one(self, record: &CaseRecord, before: Option<CaseRecord>) {
        let case = &record.stamp.case;
        match before {
            None => {
                self.leave_open(case);
                self.tell_desk(Event::Delete(record.stamp.clone()));
            }
            Some(before) if self.draft.is_open(case) => {
                if let Some(next) = self.open_case_in(&before) {
                    self.replace_case(next, Reason::BeforeRestoring);
                }
            }
            Some(before) => {
                let summary = before.stamp.summary.clone();
                self.tell_desk(Event::Replace(
                    record.clone(),
                    before.body,
                    summary,
                    Reason::BeforeRestoring,
                ));
            }
        }
    }

    /// Takes back what was written last, where it is still as it was written.
    async fn take_back_written(self) {
        let written = self.page.written.get_untracked();
        self.page.written.set(Written::default());
        // What could not be read is as it was.
        self.page
            .results
            .update(|results| results.retain(|result| result.outcome.is_bad()));
        let gathered = self.gather().await;
        if self.filing.is_gone() {
            return;
        }
        let cases = gathered.map(|gathered| gathered.cases).unwrap_or_default();
        let mut done = 0;
        let mut left = Vec::new();
        for (case, body, before) in written.cases {
            let record = cases.iter().find(|record| record.stamp.case == case);
            let Some(record) = record.filter(|record| !record.stamp.is_tombstone()) else {
                continue;
            };
            if record.body != body {
                left.push(self.name_in(&record.stamp));
                continue;
            }
            done += 1;
            self.take_back_one(record, before);
        }
        if let Some((before, after)) = written.open {
            if self.filing.case.with_untracked(|case| *case == after) {
                self.filing.case.set(before);
                done += 1;
            } else {
                left.push(self.text(messages::cases::is_open()));
            }
        }
        self.page.results.set(Vec::new());
        self.list_cases();
        let mut said = self.say(messages::cases::taken_back(&done));
        if !left.is_empty() {
            let names = left.join(&self.text(messages::common::list_comma()));
            said.push_str(&self.say(messages::cases::left_as_changed(&names)));
        }
        self.page.tell(false, said);
        // The button that was pressed is gone.
        self.page.focus("h2");
    }
}

/// What the desk is about to have of a case, beside which the next of the same id comes.
fn written_now(case: &str, body: &str, summary: &Object) -> CaseRecord {
    let version = Version {
        revision: 1,
        writer: String::new(),
    };
    let mut record = CaseRecord::new(case.to_owned(), 0, version);
    record.stamp.at = now_millis();
    record.stamp.summary = summary.clone();
    record.set_body(body.to_owned());
    record
}

/// Done in so many milliseconds.
async fn pause(millis: u64) {
    let promise = Promise::new(&mut |resolve, _| {
        let resolve = move || drop(resolve.call0(&wasm_bindgen::JsValue::NULL));
        set_timeout(resolve, Duration::from_millis(millis));
    });
    // It is never broken.
    let _ = JsFuture::from(promise).await;
}
