//! Keeping: what happens on the page is told to the desk, and what the desk says
//! is carried out.

use core::pin::Pin;
use core::time::Duration;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::Function;
use leptos::prelude::*;

use super::autosave::{is_untouched, kept_in, kept_text, look_members};
use super::piece::Piece;
use super::seam::seam;
use super::session::{Awaited, DraftStatus, KeptDesk, Opening, Session};
use crate::browser::{
    FirstVersionPlaces, Keeping, WebCaseStore, WebJournal, clock_time, fetch_piece, new_case_id, now_millis,
};
use crate::desk::{
    Answer, CaseRecord, CaseStore, Command, Deed, Desk, Event, FirstVersion, Frozen, Opened, Request,
    Standing, take_over, taken_over,
};
use crate::json::{Json, Object};
use crate::wording::messages;

/// How soon the list of cases follows what another window writes.
const LISTED_WITHIN: Duration = Duration::from_millis(100);

/// The attribute of the root that names the open case.
const OPEN_CASE: &str = "data-open-case";

/// A desk that was just opened, with what is shown of it and what it wants done.
pub struct OpenedDesk {
    /// The desk.
    pub kept: KeptDesk,
    /// What is shown.
    pub opened: Opened,
    /// What is still to be done.
    pub commands: Vec<Command>,
}

/// Opens the desk of a key, as far as to know what is shown of it. `transact` does
/// what `web/desk.js` does; `load` fetches pieces, where not all are there.
pub async fn open_desk(
    keeping: Keeping,
    key: &str,
    transact: &Function,
    load: Option<Function>,
) -> OpenedDesk {
    let journal = Rc::new(WebJournal::open(keeping, key));
    let store = Rc::new(WebCaseStore::open(keeping, key, transact.clone()));
    let first_version = Rc::new(FirstVersionPlaces::new(keeping, key, transact));
    let found = first_version.read().await;
    // What does not come now is there the next time.
    if found != FirstVersion::default()
        && fetch_piece(load, Piece::Desk.id()).await.is_ok()
        && carry_over(found, Rc::clone(&journal), Rc::clone(&store)).await
    {
        // What is left of it is found again and brings nothing new.
        first_version.empty().await;
    }
    let mut desk = Desk::new(new_case_id(), Rc::<WebJournal>::clone(&journal));
    let mut commands = VecDeque::from(desk.handle(Event::Start(new_case_id()), now_millis()));
    let mut later = Vec::new();
    let mut shown = None;
    while shown.is_none()
        && let Some(command) = commands.pop_front()
    {
        match command {
            Command::Show(opened) => shown = Some(opened),
            Command::Ask(number, request) if matches!(request.deed, Deed::Look(_) | Deed::History(_)) => {
                let answer = store.transact(request).await;
                commands.extend(desk.handle(Event::Answered(number, answer), now_millis()));
            }
            _ => later.push(command),
        }
    }
    later.extend(commands);
    let opened = shown.unwrap_or_else(|| Opened {
        record: desk.open().clone(),
        look: None,
        raw: Vec::new(),
        is_partial: true,
    });
    let key = key.to_owned();
    OpenedDesk {
        kept: KeptDesk {
            desk,
            journal,
            store,
            first_version,
            keeping,
            key,
        },
        opened,
        commands: later,
    }
}

/// Whether something was done, once it is known.
type Outcome = Pin<Box<dyn Future<Output = bool>>>;

seam! {
    "desk" "1b" fn carry_over(found: FirstVersion, journal: Rc<WebJournal>, store: Rc<WebCaseStore>) -> Outcome {
        Box::pin(async move { bring_over(&found, &journal, &store).await })
    }
}

/// Puts what the first version kept on the desk: into the journal or, where that
/// has no room for it beside the other, into the store. Whether all of it is there.
async fn bring_over(first_version: &FirstVersion, journal: &WebJournal, store: &WebCaseStore) -> bool {
    if take_over(first_version, journal) {
        return true;
    }
    let mut era = 1;
    for record in taken_over(first_version) {
        let put = async |era| {
            let request = Request {
                era,
                is_first: true,
                deed: Deed::Put {
                    record: record.clone(),
                    enters: None,
                },
            };
            store.transact(request).await
        };
        let mut answer = put(era).await;
        if let Ok(Answer::OtherEra(Some(there))) = answer {
            era = there;
            answer = put(era).await;
        }
        if !matches!(answer, Ok(Answer::Done(_) | Answer::Another(_))) {
            return false;
        }
    }
    true
}

impl Session {
    /// Tells the desk what happened, and carries out what it says. Gives what is to
    /// be shown instead of the open case, if anything.
    pub fn tell_desk(self, event: Event) -> Option<Opened> {
        let commands = self
            .draft
            .with_desk(|kept| kept.desk.handle(event, now_millis()))?;
        self.carry_out(commands)
    }

    /// Does what the desk wants done.
    pub fn carry_out(self, commands: Vec<Command>) -> Option<Opened> {
        let mut shown = None;
        let mut is_listed_anew = false;
        for command in commands {
            match command {
                Command::Ask(number, request) => self.ask(number, request),
                Command::Tell(told) => {
                    self.draft.tell(&told);
                    is_listed_anew = true;
                }
                Command::Wake(pause) => self.wake_in(pause),
                Command::Show(opened) => shown = Some(opened),
                Command::Cases(cases) => {
                    self.draft.cases.set(Some(cases));
                    self.draft.have(Awaited::Cases);
                }
                Command::Entries(entries, mut raw) => {
                    // What is whole and cannot be understood is given out as it is, too.
                    let odd = entries.iter().filter(|entry| self.case_in(entry).is_none());
                    raw.extend(odd.map(CaseRecord::to_text));
                    self.draft.entries.set(Some(entries));
                    self.draft.unreadable.update(|known| {
                        raw.retain(|text| !known.contains(text));
                        known.append(&mut raw);
                    });
                    self.draft.have(Awaited::History);
                }
                Command::Wiped(is_done) => {
                    self.draft.is_wiped.set_value(is_done);
                    self.draft.have(Awaited::Wiping);
                }
                Command::Case(case) => {
                    self.draft.read.set_value(case);
                    self.draft.have(Awaited::Case);
                }
                Command::Gathered(gathered) => {
                    self.draft.gathered.set_value(Some(gathered));
                    self.draft.have(Awaited::Gathered);
                }
                Command::Rewritten(true) => {}
                Command::Rewritten(false) => {
                    self.page.tell(true, self.text(messages::actions::not_cleared()));
                }
                Command::Compared => self.have_compared(),
            }
        }
        self.follow_standing();
        // Of many that are written one after the other, once the last one is.
        let is_last = || {
            let last = self
                .draft
                .with_desk(|kept| kept.desk.on_its_way().next().is_none());
            last == Some(true)
        };
        if is_listed_anew && untrack(|| self.shows_desk()) && is_last() {
            self.list_cases();
        }
        shown
    }

    /// Asks the store, and tells the desk what it answers.
    fn ask(self, number: u64, request: Request) {
        let Some(store) = self.draft.with_desk(|kept| Rc::clone(&kept.store)) else {
            return;
        };
        wasm_bindgen_futures::spawn_local(async move {
            let answer = store.transact(request).await;
            self.take(Event::Answered(number, answer));
        });
    }

    /// Wakes the desk after so many milliseconds, if it is not woken before.
    fn wake_in(self, pause: u64) {
        let now = now_millis();
        let due = now.saturating_add(pause);
        let is_waiting = |at: u64| (now..=due).contains(&at);
        if self.draft.wakes_at.get_value().is_some_and(is_waiting) {
            return;
        }
        self.draft.wakes_at.set_value(Some(due));
        let wake = move || {
            if self.draft.wakes_at.try_set_value(None).is_none() {
                self.take(Event::Woken);
            }
        };
        set_timeout(wake, Duration::from_millis(pause));
    }

    /// Tells the desk what happened without the user, who is shown what it opens for that.
    pub fn take(self, event: Event) {
        if self.filing.is_gone() || self.host.has_stopped() {
            return;
        }
        let is_heard = matches!(event, Event::Heard(_));
        let before = self
            .draft
            .with_desk(|kept| kept.desk.open().stamp.version.clone());
        if let Some(opened) = self.tell_desk(event) {
            self.show(opened, before.as_ref());
        }
        if is_heard {
            self.list_soon();
        }
    }

    /// Lists the cases anew where their list is shown, once for all that another window
    /// writes in a moment.
    pub fn list_soon(self) {
        let is_shown = untrack(|| self.shows_desk());
        if !is_shown || self.draft.is_listing_due.get_value() {
            return;
        }
        self.draft.is_listing_due.set_value(true);
        let list = move || {
            if self.draft.is_listing_due.try_set_value(false).is_none() {
                self.list_cases();
            }
        };
        set_timeout(list, LISTED_WITHIN);
    }

    /// Says how the open case is kept, by what the desk says of it.
    fn follow_standing(self) {
        let known = self.draft.with_desk(|kept| {
            let desk = &kept.desk;
            // Without a store, or while it takes nothing, the journal is what keeps it.
            let is_kept = match desk.standing() {
                Standing::Stored => true,
                Standing::Noted => !desk.waits_for_store(),
                _ => false,
            };
            let is_nowhere = kept.is_nowhere() || desk.frozen() == Some(Frozen::Newer);
            let place = match kept.keeping {
                Keeping::Lasting => messages::saving::in_browser(),
                _ => messages::saving::in_tab(),
            };
            (
                desk.standing(),
                desk.keeps(),
                is_nowhere,
                is_kept,
                desk.frozen(),
                place,
            )
        });
        self.name_open_case();
        let Some((standing, keeps, is_nowhere, is_kept, frozen, place)) = known else {
            return;
        };
        let is_due = self.draft.is_due.get_value();
        let before = self.draft.status.get_untracked();
        let status = match before.underneath() {
            _ if !keeps => DraftStatus::Public,
            _ if is_nowhere => DraftStatus::Memory,
            _ if is_kept && is_due => {
                self.draft.is_due.set_value(false);
                let place = self.text(place);
                DraftStatus::Saved(self.say(messages::saving::saved(&place, &clock_time())))
            }
            _ if standing == Standing::Failed => DraftStatus::Failed,
            _ if standing == Standing::OnPage && frozen.is_none() => DraftStatus::Unnoted,
            DraftStatus::Saved(text) => DraftStatus::Saved(text.clone()),
            _ => DraftStatus::Fresh,
        };
        let mut after = status;
        after.freeze(frozen);
        if before != after {
            self.draft.status.set(after);
        }
    }

    /// Says on the root which case is open, for the rescue after a fault.
    fn name_open_case(self) {
        let case = self.draft.with_desk(|kept| kept.desk.open().stamp.case.clone());
        if let (Some(root), Some(case)) = (self.host.root(), case)
            && root.get_attribute(OPEN_CASE).as_ref() != Some(&case)
        {
            let _ = root.set_attribute(OPEN_CASE, &case);
        }
    }

    /// Keeps what the page holds, where the desk does not have it yet. A page on
    /// which nothing was done leaves no trace, unless the user began it.
    pub fn keep(self, (body, summary): (String, Object), is_begun: bool) {
        let is_traceless = !is_begun && self.draft.is_blank() && untrack(|| is_untouched(self));
        let is_kept = self.draft.shown.with_value(|shown| *shown == body);
        if is_traceless || is_kept || self.host.has_stopped() {
            return;
        }
        let look = untrack(|| look_members(self));
        if self.is_only_look(&look) {
            self.draft.set_shown(body, look.clone());
            self.tell_desk(Event::Looked(Json::Object(look).to_line()));
            return;
        }
        self.draft.set_shown(body.clone(), look);
        self.draft.is_due.set_value(true);
        self.tell_desk(Event::Edited(body, summary));
    }

    /// Whether the page differs from what the desk has of it by its look alone.
    fn is_only_look(self, look: &Object) -> bool {
        let before = self.draft.shown_look.get_value();
        // The text is made once more only where the look is another one.
        before != *look && {
            let text = untrack(|| kept_in(self, &before).0);
            self.draft.shown.with_value(|shown| *shown == text)
        }
    }

    /// Keeps at once what the page holds.
    pub fn keep_now(self, is_begun: bool) {
        self.keep(untrack(|| kept_text(self)), is_begun);
    }

    /// Opens what is kept by now, in place of what the page holds; that can be brought back.
    pub fn load_latest(self) {
        self.draft.opening.set_value(Some(Opening::Latest));
        self.tell_desk(Event::Latest);
    }

    /// Opens another case of the desk, on which the open one stays.
    pub fn open_from_desk(self, case: String, opening: Opening) {
        self.leave_inputs();
        self.keep_now(false);
        self.draft.opening.set_value(Some(opening));
        self.tell_desk(Event::Open(case));
    }

    /// Keeps what the page holds again, after all that was kept was wiped.
    pub fn save_again(self) {
        let (body, summary) = untrack(|| kept_text(self));
        let look = untrack(|| look_members(self));
        self.draft.set_shown(body.clone(), look);
        self.draft.is_due.set_value(true);
        self.tell_desk(Event::KeepAnyway(body, summary));
    }

    /// Looks up the history of the open case, and the other cases of the desk.
    pub fn find_earlier(self) {
        self.draft.entries.set(None);
        self.draft.cases.set(None);
        let case = self.draft.with_desk(|kept| kept.desk.open().stamp.case.clone());
        if let Some(case) = case {
            self.tell_desk(Event::History(case));
            self.tell_desk(Event::List);
        }
    }

    /// Compares a page that the browser brings back from its history with what is
    /// kept by now, of which it was shown nothing meanwhile. It shows what a new page
    /// would; only where it holds what nobody else has, the user decides.
    pub fn compare_with_store(self, is_kept: bool) {
        self.draft.came_back_kept.set_value(is_kept);
        self.tell_desk(Event::CameBack);
    }

    fn have_compared(self) {
        let frozen = self.draft.with_desk(|kept| kept.desk.frozen()).flatten();
        match frozen {
            _ if !self.draft.came_back_kept.get_value() => {}
            Some(Frozen::Stale) => self.load_latest(),
            Some(Frozen::Wiped) => {
                self.put_away();
                self.begin_blank();
                self.page.tell(false, self.text(messages::actions::all_cleared()));
            }
            _ => {}
        }
    }

    /// Has the desk go on with the empty case that the page shows.
    pub fn begin_blank(self) {
        self.draft.shown.set_value(String::new());
        let case = self.filing.case.with_untracked(|case| case.id.clone());
        self.tell_desk(Event::New(case));
    }
}
