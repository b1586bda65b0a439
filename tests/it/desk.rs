//! What a window at the desk does, case by case; what many do at once is in
//! `desk_model`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use labor_brand_assessment::desk::{
    CaseRecord, Command, Deed, Desk, Event, Fault, FirstVersion, Frozen, Gathered, HistoryEntry, Journal,
    Opened, Reason, Request, Stamp, Standing, Told, UNNAMED_ENTRIES, Unreadable, take_over,
};
use labor_brand_assessment::json::{Json, Object};

use crate::desk_model::{MemoryJournal, MemoryStore};

const MINUTE: u64 = 60_000;
/// When the pages open.
const NOW: u64 = 30_000_000 * MINUTE;

/// A browser: what it keeps, and whether it has a place for the store, which may give no answer.
#[derive(Clone, Default)]
struct Browser {
    journal: Rc<MemoryJournal>,
    store: Rc<RefCell<MemoryStore>>,
    has_no_store: bool,
    is_silent: Rc<Cell<bool>>,
}

/// An open page, whose store answers at once.
struct Page {
    desk: Desk,
    browser: Browser,
    time: u64,
    shown: Vec<Opened>,
    cases: Vec<Stamp>,
    entries: Vec<HistoryEntry>,
    raw: Vec<String>,
    read: Option<CaseRecord>,
    gathered: Gathered,
    told: Vec<Told>,
    wiped: Vec<bool>,
}

impl Browser {
    fn open(&self, name: &str) -> Page {
        let journal = Rc::clone(&self.journal) as Rc<dyn Journal>;
        let mut page = Page {
            desk: Desk::new(name.to_owned(), journal),
            browser: self.clone(),
            time: NOW,
            shown: Vec::new(),
            cases: Vec::new(),
            entries: Vec::new(),
            raw: Vec::new(),
            read: None,
            gathered: Gathered::default(),
            told: Vec::new(),
            wiped: Vec::new(),
        };
        page.give(Event::Start(format!("case-of-{name}")));
        page
    }

    /// All that is kept, as one text.
    fn kept(&self) -> String {
        format!("{:?}{:?}", self.journal.texts.borrow(), self.store.borrow().texts)
    }
}

impl Page {
    fn give(&mut self, event: Event) {
        let mut commands = self.desk.handle(event, self.time);
        while !commands.is_empty() {
            match commands.remove(0) {
                Command::Ask(number, request) => {
                    let answer = match (self.browser.has_no_store, self.browser.is_silent.get()) {
                        (true, _) => Err(Fault::Refused),
                        (_, true) => Err(Fault::Failed),
                        _ => Ok(self.browser.store.borrow_mut().transact(request)),
                    };
                    commands.extend(self.desk.handle(Event::Answered(number, answer), self.time));
                }
                Command::Tell(told) => self.told.push(told),
                Command::Show(opened) => self.shown.push(opened),
                Command::Cases(cases) => self.cases = cases,
                Command::Entries(entries, raw) => (self.entries, self.raw) = (entries, raw),
                Command::Case(case) => self.read = case,
                Command::Gathered(gathered) => self.gathered = gathered,
                Command::Wiped(is_done) => self.wiped.push(is_done),
                Command::Wake(_) | Command::Rewritten(_) | Command::Compared => {}
            }
        }
    }

    /// What the desk asks of the store for that, which is left to who calls this.
    fn asks(&mut self, event: Event) -> (u64, Request) {
        let commands = self.desk.handle(event, self.time).into_iter();
        let mut asked = commands.filter_map(|command| match command {
            Command::Ask(number, request) => Some((number, request)),
            _ => None,
        });
        asked.next().expect("something is asked")
    }

    fn edit(&mut self, body: &str) {
        self.give(Event::Edited(body.to_owned(), Object::new()));
    }

    fn save(&mut self, body: &str) {
        self.edit(body);
        self.give(Event::Woken);
    }

    fn body(&self) -> &str {
        &self.desk.open().body
    }

    fn history(&mut self) -> Vec<(Option<Reason>, String)> {
        self.give(Event::History(self.desk.open().stamp.case.clone()));
        let entries = self.entries.iter();
        entries
            .map(|entry| (entry.stamp.reason.clone(), entry.body.clone()))
            .collect()
    }
}

#[test]
fn a_page_on_which_nothing_is_typed_leaves_no_trace() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.give(Event::Woken);
    page.give(Event::New("another".into()));
    assert_eq!(browser.kept(), "{}{}");
    assert_eq!(page.desk.standing(), Standing::Empty);
}

#[test]
fn what_is_typed_is_noted_within_the_key_press_and_stored_a_moment_later() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.edit("甲");
    assert_eq!(page.desk.standing(), Standing::Noted);
    assert_eq!(browser.open("b").body(), "甲", "the page may end within the key");
    page.give(Event::Woken);
    assert_eq!(page.desk.standing(), Standing::Stored);
    browser.journal.texts.borrow_mut().clear();
    assert_eq!(browser.open("c").body(), "甲", "the store has it alone");
}

#[test]
fn a_case_that_gives_way_to_another_stays_on_the_desk() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.edit("甲");
    let first = page.desk.open().stamp.case.clone();
    page.give(Event::New("second".into()));
    page.save("乙");
    page.give(Event::List);
    assert_eq!(page.cases.len(), 2);
    page.give(Event::Open(first));
    assert_eq!(page.body(), "甲");
    // The one that was open last is opened by the next page.
    assert_eq!(browser.open("b").body(), "甲");
}

#[test]
fn of_two_windows_the_later_one_stops_and_what_it_had_is_in_the_history() {
    let browser = Browser::default();
    let mut first = browser.open("a");
    first.save("甲");
    let mut second = browser.open("b");
    first.save("甲一");
    second.edit("甲二");
    assert_eq!(second.desk.frozen(), Some(Frozen::Stale));
    second.give(Event::Woken);
    assert_eq!(first.desk.frozen(), None);
    assert_eq!(first.history(), [(Some(Reason::SetAside), "甲二".to_owned())]);
    second.give(Event::Latest);
    assert_eq!((second.body(), second.desk.frozen()), ("甲一", None));
}

#[test]
fn how_a_window_shows_a_case_is_no_change_of_it_and_the_next_one_shows_it_so() {
    let browser = Browser::default();
    let mut first = browser.open("a");
    first.save("甲");
    let mut second = browser.open("b");
    let version = second.desk.open().stamp.version.clone();
    second.give(Event::Looked("评分".into()));
    second.give(Event::Woken);
    assert_eq!(second.desk.open().stamp.version, version);
    assert!(!second.told.iter().any(|told| matches!(told, Told::Wrote(_))));
    // The first one writes on, and is told of nothing.
    first.give(Event::CameBack);
    assert_eq!(first.desk.frozen(), None);
    let look = |name: &str| browser.open(name).shown.remove(0).look;
    assert_eq!(look("c").as_deref(), Some("评分"));
    // Behind a change it is of another state, which says itself how it was shown.
    first.save("甲一");
    assert_eq!(first.desk.frozen(), None);
    assert_eq!(look("d"), None);
    // A change by the second one still stops it.
    second.give(Event::Latest);
    second.save("甲二");
    first.give(Event::CameBack);
    assert_eq!(first.desk.frozen(), Some(Frozen::Stale));
    first.give(Event::Looked("材料".into()));
    assert_eq!(look("e"), None, "who has stopped notes nothing");
    second.give(Event::Looked("材料".into()));
    second.give(Event::Wipe("fresh".into()));
    second.give(Event::Looked("材料".into()));
    let left: Vec<String> = browser.journal.texts.borrow().keys().cloned().collect();
    assert_eq!(left, ["mark"]);
}

#[test]
fn states_are_entered_by_themselves_a_quarter_of_an_hour_apart_and_fifty_of_them_kept() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("0");
    page.give(Event::Enter(Reason::Named("送审稿".into())));
    for minute in 1..=20 * 60 {
        page.time += MINUTE;
        page.save(&minute.to_string());
    }
    let history = page.history();
    assert_eq!(history[0], (Some(Reason::Named("送审稿".into())), "0".into()));
    assert_eq!(history.len(), 1 + UNNAMED_ENTRIES);
    // The newest is no older than a quarter of an hour, the oldest of 80 went first.
    assert_eq!(history[50], (Some(Reason::Automatic), "1199".into()));
    assert_eq!(history[1], (Some(Reason::Automatic), "464".into()));
}

#[test]
fn restoring_is_an_entry_itself_and_writes_over_none() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("甲");
    page.give(Event::Enter(Reason::Exported));
    page.save("乙");
    page.give(Event::Enter(Reason::BeforeRestoring));
    page.edit("甲");
    page.give(Event::Enter(Reason::Restored(NOW)));
    page.give(Event::Woken);
    let reasons = [Reason::Exported, Reason::BeforeRestoring, Reason::Restored(NOW)];
    let bodies = ["甲", "乙", "甲"];
    let wanted: Vec<_> = reasons
        .into_iter()
        .map(Some)
        .zip(bodies.map(str::to_owned))
        .collect();
    assert_eq!(page.history(), wanted);
}

#[test]
fn where_a_record_is_broken_the_newest_of_its_history_is_opened_and_the_broken_text_stays() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("甲");
    page.give(Event::Enter(Reason::Exported));
    page.give(Event::Woken);
    page.save("乙");
    let key = format!("case/{}", page.desk.open().stamp.case);
    let broken = browser.store.borrow().texts[&key].replace('乙', "丙");
    browser.store.borrow_mut().texts.insert(key, broken.clone());
    browser
        .journal
        .texts
        .borrow_mut()
        .retain(|key, _| !key.starts_with("case/"));
    let mut page = browser.open("b");
    let opened = page.shown.last().unwrap();
    assert_eq!(
        (&*opened.record.body, &*opened.raw),
        ("甲", &[broken.clone()][..])
    );
    page.save("甲一");
    page.history();
    assert_eq!(page.raw, [broken]);
    assert_eq!(browser.open("c").body(), "甲一");
}

#[test]
fn what_a_newer_version_wrote_is_neither_opened_nor_written_over() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("甲");
    let key = format!("case/{}", page.desk.open().stamp.case);
    let newer = browser.store.borrow().texts[&key].replacen("case 2", "case 3", 1);
    assert_eq!(CaseRecord::read(&newer), Err(Unreadable::Newer));
    browser
        .store
        .borrow_mut()
        .texts
        .insert(key.clone(), newer.clone());
    browser
        .journal
        .texts
        .borrow_mut()
        .retain(|key, _| !key.starts_with("case/"));
    let mut later = browser.open("b");
    assert_eq!(later.desk.frozen(), Some(Frozen::Newer));
    later.save("乙");
    page.save("丙");
    assert_eq!(page.desk.frozen(), Some(Frozen::Newer));
    assert_eq!(browser.store.borrow().texts[&key], newer);
}

#[test]
fn without_a_store_the_journal_holds_the_cases_and_all_goes_home_once_there_is_one() {
    let mut browser = Browser {
        has_no_store: true,
        ..Browser::default()
    };
    let mut page = browser.open("a");
    page.save("甲");
    assert!(!page.desk.has_store());
    assert_eq!(page.desk.standing(), Standing::Noted);
    page.give(Event::New("second".into()));
    page.save("乙");
    page.give(Event::Enter(Reason::Exported));
    assert_eq!(browser.open("b").body(), "乙");
    browser.has_no_store = false;
    let mut page = browser.open("c");
    page.give(Event::Woken);
    page.give(Event::List);
    assert_eq!((page.cases.len(), page.body()), (2, "乙"));
    browser.journal.texts.borrow_mut().clear();
    let mut page = browser.open("d");
    page.give(Event::List);
    assert_eq!((page.cases.len(), page.body()), (2, "乙"));
    assert_eq!(page.history(), [(Some(Reason::Exported), "乙".to_owned())]);
}

#[test]
fn where_nothing_takes_anything_it_is_said_and_all_is_written_once_there_is_room() {
    let browser = Browser::default();
    browser.journal.is_full.set(true);
    let mut page = browser.open("a");
    page.browser.has_no_store = true;
    page.save("甲");
    assert_eq!(page.desk.standing(), Standing::Failed);
    browser.journal.is_full.set(false);
    page.edit("甲一");
    assert_eq!(page.desk.standing(), Standing::Noted);
}

#[test]
fn all_that_is_wiped_leaves_is_a_number_and_other_windows_stop() {
    let browser = Browser::default();
    let mut other = browser.open("a");
    other.save("甲");
    let mut page = browser.open("b");
    page.give(Event::Wipe("fresh".into()));
    assert!(page.told.contains(&Told::Wiped(2)));
    let left: Vec<String> = browser.journal.texts.borrow().keys().cloned().collect();
    let there: Vec<String> = browser.store.borrow().texts.keys().cloned().collect();
    assert_eq!((left, there), (vec!["mark".to_owned()], vec!["mark".to_owned()]));
    other.save("甲一");
    assert_eq!(other.desk.frozen(), Some(Frozen::Wiped));
    assert!(!browser.kept().contains('甲'));
    // Only when its user says so.
    other.give(Event::KeepAnyway("甲一".into(), Object::new()));
    other.give(Event::Woken);
    assert_eq!(browser.open("c").body(), "甲一");
}

/// A page of a browser whose store gives no answer, so that it knows of no era; it has wiped
/// all, and has put a case on the desk since.
fn page_that_wiped_unheard(browser: &Browser) -> Page {
    browser.is_silent.set(true);
    let mut page = browser.open("a");
    page.give(Event::Wipe("fresh".into()));
    assert_eq!(page.wiped, [false]);
    page.give(Event::Put("later".into(), "乙".into(), Object::new(), None));
    assert_eq!(page.desk.standing(), Standing::Empty, "it is noted");
    browser.is_silent.set(false);
    page
}

#[test]
fn what_is_put_after_a_wiping_of_no_known_era_does_not_go_with_what_was_there_before() {
    let browser = Browser::default();
    let mut page = page_that_wiped_unheard(&browser);
    page.edit("丁");
    // Another window takes over what was noted, as of an era that the wiping does not spare.
    let mut other = browser.open("b");
    other.give(Event::Woken);
    assert!(browser.store.borrow().texts.contains_key("case/later"));
    let noted = |beginning: &str| browser.journal.keys(beginning).len();
    assert_eq!(noted("case/later/"), 0);
    // The page ends when the store has heard of the wiping, and before it says so.
    let (number, put) = page.asks(Event::Woken);
    let answer = browser.store.borrow_mut().transact(put);
    let (_, wiping) = page.asks(Event::Answered(number, Ok(answer)));
    assert_eq!((wiping.era, &wiping.deed), (2, &Deed::Wipe));
    browser.store.borrow_mut().transact(wiping);
    assert_eq!(page.desk.standing(), Standing::Noted);
    assert_eq!(noted("case/later/"), 1);
    let mut next = browser.open("c");
    next.give(Event::Woken);
    assert_eq!(next.body(), "丁");
    assert!(browser.store.borrow().texts["case/later"].contains('乙'));
}

#[test]
fn a_wiping_of_no_known_era_is_done_however_the_era_is_learned() {
    let ways: [fn(&mut Page); 3] = [
        |page| page.give(Event::Woken),
        |page| page.give(Event::Gather),
        |page| page.edit("丙"),
    ];
    for way in ways {
        let browser = Browser::default();
        let mut page = page_that_wiped_unheard(&browser);
        let mut other = browser.open("b");
        other.save("甲");
        way(&mut page);
        page.give(Event::Woken);
        assert_eq!(page.wiped, [false, true]);
        assert!(!browser.kept().contains('甲'), "{}", browser.kept());
        assert!(browser.kept().contains('乙'), "{}", browser.kept());
        other.save("甲一");
        assert_eq!(other.desk.frozen(), Some(Frozen::Wiped));
    }
}

#[test]
fn of_a_wiping_of_no_known_era_others_are_told_once_it_is_known() {
    let browser = Browser::default();
    browser.journal.is_denied.set(true);
    browser.is_silent.set(true);
    let mut page = browser.open("a");
    let mut unknowing = browser.open("b");
    page.give(Event::Wipe("fresh".into()));
    assert!(page.told.contains(&Told::Wiped(0)), "which says of no era");
    unknowing.edit("乙");
    browser.is_silent.set(false);
    let mut other = browser.open("c");
    other.save("甲");
    assert_eq!(other.desk.standing(), Standing::Stored);
    page.give(Event::Gather);
    let told = Told::WipedBefore(2);
    assert!(page.told.contains(&told), "{:?}", page.told);
    assert_eq!(Told::read(&told.to_text()), Some(told.clone()));
    assert!(!browser.kept().contains('甲'), "{}", browser.kept());
    // What it holds is kept nowhere any more, and it says so without being typed into.
    other.give(Event::Heard(told.clone()));
    assert_eq!(other.desk.frozen(), Some(Frozen::Wiped));
    assert_eq!(other.desk.standing(), Standing::OnPage);
    // Who knows of no era may have typed since: nothing of that is let go.
    unknowing.give(Event::Heard(told));
    unknowing.give(Event::Woken);
    unknowing.give(Event::Woken);
    assert_eq!((unknowing.desk.frozen(), unknowing.body()), (None, "乙"));
    assert!(browser.kept().contains('乙'), "{}", browser.kept());
}

#[test]
fn what_is_told_late_of_before_a_wiping_stops_nobody() {
    let browser = Browser::default();
    let mut page = page_that_wiped_unheard(&browser);
    page.edit("丁");
    // Another window takes that over and goes on from it, as of the era that is wiped.
    let mut other = browser.open("b");
    other.save("丁一");
    let told = other.told.pop().expect("it has told of that");
    page.give(Event::Woken);
    assert_eq!(page.wiped, [false, true]);
    page.give(Event::Heard(told));
    page.give(Event::Woken);
    assert_eq!(page.desk.frozen(), None);
    assert_eq!(browser.open("c").body(), "丁");
}

#[test]
fn an_answer_of_before_a_wiping_that_comes_after_that_of_the_wiping_is_asked_for_anew() {
    let browser = Browser::default();
    browser.journal.is_denied.set(true);
    browser.open("a").save("甲");
    let mut page = browser.open("b");
    page.give(Event::New("fresh".into()));
    page.give(Event::Heard(Told::Wiped(2)));
    page.desk
        .handle(Event::Put("later".into(), "乙".into(), Object::new(), None), NOW);
    let (number, put) = page.asks(Event::Woken);
    let overtaken = browser.store.borrow_mut().transact(put);
    // What is gathered is of before the wiping, which is done for that.
    page.give(Event::Gather);
    assert_eq!(page.wiped, [true]);
    page.edit("丙");
    page.give(Event::Answered(number, Ok(overtaken)));
    page.give(Event::Woken);
    assert_eq!((page.desk.era(), page.desk.frozen()), (2, None));
    let kept = browser.kept();
    assert!(kept.contains('乙') && kept.contains('丙'), "{kept}");
    assert!(!kept.contains('甲'), "{kept}");
}

#[test]
fn no_case_takes_the_place_of_what_is_learned_to_be_wiped_by_the_answer_that_brings_it() {
    let browser = Browser::default();
    browser.journal.is_denied.set(true);
    let mut page = browser.open("a");
    page.save("甲");
    let first = page.desk.open().stamp.case.clone();
    page.give(Event::New("second".into()));
    page.save("乙");
    let (number, look) = page.asks(Event::Open(first.clone()));
    browser.open("b").give(Event::Wipe("fresh".into()));
    let answer = browser.store.borrow_mut().transact(look);
    page.give(Event::Answered(number, Ok(answer)));
    assert_eq!((page.body(), page.desk.frozen()), ("乙", Some(Frozen::Wiped)));
    // Who has seen that may leave it.
    page.give(Event::Open(first));
    assert_eq!(page.body(), "");
}

#[test]
fn the_only_copy_of_a_state_stays_until_its_entry_has_found_room() {
    let browser = Browser {
        has_no_store: true,
        ..Browser::default()
    };
    let put = Event::Put("one".into(), "甲".into(), Object::new(), None);
    browser.open("a").give(put);
    let mut page = browser.open("b");
    page.give(Event::New("fresh".into()));
    page.give(Event::Read("one".into()));
    let there = page.read.take().expect("it is on the desk");
    browser.journal.is_full.set(true);
    page.give(Event::Replace(
        there,
        "乙".into(),
        Object::new(),
        Reason::BeforeOpening,
    ));
    browser.journal.is_full.set(false);
    page.give(Event::Open("one".into()));
    assert_eq!(page.body(), "乙");
    assert!(browser.kept().contains('甲'), "{}", browser.kept());
}

#[test]
fn on_a_public_machine_nothing_is_noted_when_the_era_is_learned_of_what_was_wiped() {
    let browser = Browser::default();
    browser.is_silent.set(true);
    let mut page = browser.open("a");
    page.edit("甲");
    browser.is_silent.set(false);
    page.give(Event::KeepNothing(true));
    assert_eq!(page.wiped, [true]);
    assert!(!browser.kept().contains('甲'), "{}", browser.kept());
    assert_eq!(page.body(), "甲");
}

#[test]
fn on_a_public_machine_nothing_is_kept_and_afterwards_what_the_page_holds() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("甲");
    page.give(Event::KeepNothing(true));
    page.save("甲一");
    page.give(Event::Enter(Reason::Exported));
    assert!(!browser.kept().contains('甲'));
    assert_eq!(page.body(), "甲一");
    page.give(Event::KeepAgain("fresh".into()));
    page.give(Event::Woken);
    assert_eq!(browser.open("b").body(), "甲一");
}

#[test]
fn a_case_that_was_deleted_comes_back_whole_and_else_never() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("甲");
    page.give(Event::Enter(Reason::Exported));
    page.save("甲一");
    page.give(Event::New("second".into()));
    page.save("乙");
    page.give(Event::List);
    let first = page
        .cases
        .iter()
        .find(|stamp| stamp.case != "second")
        .unwrap()
        .clone();
    page.give(Event::Delete(first.clone()));
    page.give(Event::Woken);
    page.give(Event::List);
    assert_eq!(page.cases.len(), 1);
    assert!(!browser.kept().contains('甲'));
    page.time += MINUTE;
    page.give(Event::TakeBack);
    page.give(Event::Woken);
    page.give(Event::List);
    let back = page.cases.iter().find(|stamp| stamp.case == first.case);
    assert_eq!(
        back.map(|stamp| stamp.at),
        Some(first.at),
        "nobody has changed it"
    );
    page.give(Event::Open(first.case));
    assert_eq!(page.body(), "甲一");
    assert_eq!(page.history(), [(Some(Reason::Exported), "甲".to_owned())]);
}

#[test]
fn of_several_cases_that_were_deleted_each_comes_back_the_last_one_first() {
    for has_no_store in [false, true] {
        let browser = Browser {
            has_no_store,
            ..Browser::default()
        };
        let mut page = browser.open("a");
        for body in ["甲", "乙", "丙"] {
            page.save(body);
            page.give(Event::New(format!("after-{body}")));
        }
        page.give(Event::List);
        let mut listed = page.cases.clone();
        assert_eq!(listed.len(), 3, "{has_no_store}");
        listed.sort_by(|one, other| one.case.cmp(&other.case));
        for stamp in &listed {
            page.give(Event::Delete(stamp.clone()));
        }
        page.give(Event::Woken);
        page.give(Event::List);
        assert_eq!(page.cases, [], "{has_no_store}");
        for stamp in listed.iter().rev() {
            assert_eq!(
                page.desk.deleted().map(|deleted| &deleted.case),
                Some(&stamp.case)
            );
            page.give(Event::TakeBack);
        }
        assert_eq!(page.desk.deleted(), None);
        page.give(Event::TakeBack);
        page.give(Event::Woken);
        page.give(Event::List);
        assert_eq!(page.cases.len(), 3, "{has_no_store}");
        page.give(Event::Open("after-甲".into()));
        assert_eq!(page.body(), "乙", "{has_no_store}");
    }
}

#[test]
fn what_was_deleted_does_not_come_back_after_everything_was_wiped() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("甲");
    page.give(Event::New("second".into()));
    page.give(Event::List);
    let first = page.cases.first().unwrap().clone();
    page.give(Event::Delete(first));
    page.give(Event::Wipe("fresh".into()));
    page.give(Event::TakeBack);
    page.give(Event::Woken);
    assert_eq!(page.desk.deleted(), None);
    assert!(!browser.kept().contains('甲'));
}

#[test]
fn all_cases_are_gathered_as_they_are_by_now_wherever_they_are() {
    for has_no_store in [false, true] {
        let browser = Browser {
            has_no_store,
            ..Browser::default()
        };
        let mut page = browser.open("a");
        page.save("甲");
        let first = page.desk.open().stamp.case.clone();
        page.give(Event::New("second".into()));
        page.save("乙");
        // Not in the store yet.
        page.edit("乙一");
        page.give(Event::Put("third".into(), "丙".into(), Object::new(), None));
        page.give(Event::Gather);
        let bodies: Vec<(&str, &str)> = page
            .gathered
            .cases
            .iter()
            .map(|record| (&*record.stamp.case, &*record.body))
            .collect();
        assert_eq!(bodies, [(&*first, "甲"), ("second", "乙一"), ("third", "丙")]);
        assert!(!page.gathered.is_partial && page.gathered.raw.is_empty());
    }
}

#[test]
fn a_case_that_is_replaced_goes_into_its_history_and_one_that_was_deleted_can_be_put_again() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("甲");
    let first = page.desk.open().stamp.case.clone();
    page.give(Event::New("second".into()));
    page.save("乙");
    let find = |page: &mut Page| {
        page.give(Event::Gather);
        let mut cases = page.gathered.cases.iter();
        cases.find(|record| record.stamp.case == first).unwrap().clone()
    };
    let there = find(&mut page);
    page.give(Event::Replace(
        there,
        "甲一".into(),
        Object::new(),
        Reason::BeforeOpening,
    ));
    page.give(Event::Woken);
    page.give(Event::History(first.clone()));
    let entry = &page.entries[0];
    assert_eq!(
        (&*entry.body, entry.stamp.reason.as_ref()),
        ("甲", Some(&Reason::BeforeOpening))
    );
    let there = find(&mut page);
    assert_eq!(there.body, "甲一");

    page.give(Event::Delete(there.stamp));
    page.give(Event::Woken);
    let tombstone = find(&mut page);
    assert!(tombstone.stamp.is_tombstone());
    page.give(Event::Put(
        first.clone(),
        "甲二".into(),
        Object::new(),
        Some(tombstone.stamp),
    ));
    page.give(Event::Woken);
    assert_eq!(find(&mut page).body, "甲二");
    page.give(Event::Open(first.clone()));
    assert_eq!(page.body(), "甲二");
}

#[test]
fn what_shall_no_longer_be_kept_is_in_no_entry_and_in_no_record() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("甲 6222");
    page.give(Event::Enter(Reason::Exported));
    page.give(Event::Woken);
    page.time += 20 * MINUTE;
    page.history();
    let mut entries = page.entries.clone();
    for entry in &mut entries {
        entry.set_body(entry.body.replace("6222", ""));
    }
    page.give(Event::Rewrite(entries));
    page.save("甲 ");
    assert!(!browser.kept().contains("6222"), "{}", browser.kept());
    assert_eq!(page.history(), [(Some(Reason::Exported), "甲 ".to_owned())]);
}

#[test]
fn where_the_store_alone_was_emptied_it_is_written_again_and_where_all_was_the_user_decides() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("甲");
    browser.store.borrow_mut().texts.clear();
    page.save("甲一");
    assert_eq!(page.desk.standing(), Standing::Stored);
    browser.store.borrow_mut().texts.clear();
    browser.journal.texts.borrow_mut().clear();
    page.save("甲二");
    assert_eq!(page.desk.frozen(), Some(Frozen::Wiped));
    assert_eq!(browser.kept(), "{}{}");
}

#[test]
fn what_was_read_before_all_was_wiped_puts_nothing_back() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("甲");
    let first = page.desk.open().stamp.case.clone();
    page.give(Event::New("second".into()));
    page.give(Event::Read(first.clone()));
    let read = page.read.take().expect("the first case is on the desk");
    browser.open("b").give(Event::Wipe("fresh".into()));
    let summary = Object::new;
    page.give(Event::Put(
        first.clone(),
        "甲一".into(),
        summary(),
        Some(read.stamp.clone()),
    ));
    page.give(Event::Replace(
        read,
        "甲二".into(),
        summary(),
        Reason::BeforeOpening,
    ));
    page.give(Event::Woken);
    assert_eq!(page.desk.on_its_way().count(), 0);
    assert!(!browser.kept().contains('甲'), "{}", browser.kept());
    // What was made from nothing is put all the same.
    page.give(Event::Put(first, "乙".into(), summary(), None));
    page.give(Event::Woken);
    assert!(browser.kept().contains('乙'));
}

#[test]
fn without_a_store_a_tombstone_for_which_there_was_no_room_buries_what_was_noted_meanwhile() {
    let browser = Browser {
        has_no_store: true,
        ..Browser::default()
    };
    let mut page = browser.open("a");
    page.save("甲");
    let mut other = browser.open("b");
    assert_eq!(other.body(), "甲");
    page.give(Event::New("second".into()));
    page.save("乙");
    page.give(Event::List);
    let listed = page.cases.iter().find(|stamp| stamp.case != "second");
    let listed = listed.expect("the first case is listed").clone();
    browser.journal.is_full.set(true);
    page.give(Event::Delete(listed.clone()));
    browser.journal.is_full.set(false);
    // Nobody can know of it yet.
    other.edit("甲一");
    assert_eq!(other.desk.standing(), Standing::Noted);
    page.edit("乙一");
    assert!(!browser.kept().contains('甲'), "{}", browser.kept());
    other.edit("甲二");
    assert_eq!(other.desk.frozen(), Some(Frozen::Wiped));
    // It comes back as it was noted last.
    page.give(Event::TakeBack);
    page.give(Event::Open(listed.case));
    assert_eq!(page.body(), "甲一");
}

#[test]
fn a_case_that_was_deleted_and_put_again_stays_however_often_it_is_changed_without_being_opened() {
    for has_no_store in [false, true] {
        let browser = Browser {
            has_no_store,
            ..Browser::default()
        };
        let mut page = browser.open("a");
        page.save("甲");
        page.give(Event::Put("put".into(), "0".into(), Object::new(), None));
        page.give(Event::Read("put".into()));
        let first = page.read.take().expect("it was put").stamp;
        page.give(Event::Delete(first));
        page.give(Event::Gather);
        let mut cases = page.gathered.cases.iter();
        let tombstone = cases.find(|record| record.stamp.case == "put");
        let mut base = tombstone.expect("it was deleted").stamp.clone();
        assert!(base.is_tombstone());
        for time in 1..40 {
            let text = time.to_string();
            page.give(Event::Put("put".into(), text.clone(), Object::new(), Some(base)));
            page.give(Event::Woken);
            page.give(Event::Read("put".into()));
            let read = page.read.take().expect("it was put again");
            assert_eq!(read.body, text, "{has_no_store}");
            base = read.stamp;
        }
    }
}

/// A record as the first version wrote it.
fn former_record(kind: &str, revision: u64, writer: &str, body: &str) -> String {
    let head = format!("{kind} 1 {revision} {writer} {} ", NOW + revision);
    let mut sum = u32::MAX;
    for byte in head.bytes().chain(body.bytes()) {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = sum >> 1 ^ 0xEDB8_8320 & (sum & 1).wrapping_neg();
        }
    }
    format!("{head}{:08x}\n{body}", !sum)
}

#[test]
fn a_case_begun_anew_under_an_id_that_is_kept_takes_its_place_and_the_other_is_in_its_history() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("{of one}");
    let one = page.desk.open().stamp.case.clone();
    page.give(Event::New("two".into()));
    page.save("{of two}");
    page.give(Event::New(one.clone()));
    page.save("{of a file}");
    assert_eq!(page.desk.standing(), Standing::Stored);
    assert_eq!(page.desk.frozen(), None);
    let kept = (Some(Reason::BeforeOpening), "{of one}".to_owned());
    assert_eq!(page.history(), [kept]);
    // What is typed next puts nothing more into the history.
    page.save("{of a file, changed}");
    assert_eq!(page.history().len(), 1);
    // A window that has it open learns of it as of any other change.
    let mut other = browser.open("b");
    assert_eq!(other.body(), "{of a file, changed}");
    page.give(Event::New("two".into()));
    page.give(Event::New(one));
    page.save("{of another file}");
    other.edit("{typed}");
    assert_eq!(other.desk.frozen(), Some(Frozen::Stale));
    let bodies: Vec<String> = page.history().into_iter().map(|(_, body)| body).collect();
    assert!(bodies.contains(&"{typed}".to_owned()) || browser.kept().contains("{typed}"));
}

#[test]
fn what_is_whole_and_cannot_be_understood_is_neither_written_over_nor_lost() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("{of a later version}");
    let mut later = browser.open("b");
    let before = browser.kept();
    later.give(Event::LeaveAlone);
    later.save("{typed}");
    assert_eq!(later.desk.frozen(), Some(Frozen::Newer));
    assert!(!browser.kept().contains("{typed}"));
    assert!(before.contains("{of a later version}") && browser.kept().contains("{of a later version}"));
}

#[test]
fn a_page_that_comes_back_into_use_learns_what_was_written_and_wiped_meanwhile() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("{one}");
    page.give(Event::CameBack);
    assert_eq!(page.desk.frozen(), None);
    let mut other = browser.open("b");
    other.save("{two}");
    // The other one has gone on to another case, so that only the store knows.
    other.give(Event::New("c".into()));
    page.give(Event::CameBack);
    assert_eq!(page.desk.frozen(), Some(Frozen::Stale));
    page.give(Event::Latest);
    assert_eq!((page.desk.frozen(), page.body()), (None, "{two}"));
    other.give(Event::Wipe("d".into()));
    page.give(Event::CameBack);
    assert_eq!(page.desk.frozen(), Some(Frozen::Wiped));
}

#[test]
fn a_case_that_is_not_open_is_put_on_the_desk_and_changed_there() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.save("{open}");
    page.give(Event::Put("copy".into(), "{copy}".into(), Object::new(), None));
    page.give(Event::Woken);
    page.give(Event::Read("copy".into()));
    let copy = page.read.take().expect("the copy is on the desk");
    assert_eq!(copy.body, "{copy}");
    let renamed = Event::Put("copy".into(), "{renamed}".into(), Object::new(), Some(copy.stamp));
    page.give(renamed);
    page.give(Event::Woken);
    page.give(Event::List);
    assert_eq!(page.cases.len(), 2);
    page.give(Event::Open("copy".into()));
    assert_eq!(page.body(), "{renamed}");
    // The open case is changed by its own window alone.
    page.give(Event::Put("copy".into(), "{other}".into(), Object::new(), None));
    page.give(Event::Woken);
    assert_eq!(page.body(), "{renamed}");
}

#[test]
fn a_case_that_was_put_while_it_was_looked_up_is_opened_as_it_was_put() {
    let browser = Browser::default();
    let mut page = browser.open("a");
    page.give(Event::Put("second".into(), "乙".into(), Object::new(), None));
    let (put_number, put) = page.asks(Event::Woken);
    let (look_number, look) = page.asks(Event::Open("second".into()));
    // The store comes to the later one first.
    let nothing = browser.store.borrow_mut().transact(look);
    let done = browser.store.borrow_mut().transact(put);
    let (again_number, again) = page.asks(Event::Answered(put_number, Ok(done)));
    page.give(Event::Answered(look_number, Ok(nothing)));
    assert_eq!(page.body(), "");
    let found = browser.store.borrow_mut().transact(again);
    page.give(Event::Answered(again_number, Ok(found)));
    assert_eq!(page.body(), "乙");
}

#[test]
fn what_the_first_version_kept_is_on_the_desk_afterwards() {
    let earlier = former_record("draft", 3, "a", r#"{"id":"one","facts":{"x":1}}"#);
    let other = former_record("draft", 2, "a", r#"{"id":"two","facts":{}}"#);
    let now = former_record("draft", 7, "a", r#"{"id":"one","facts":{"x":2},"notes":{}}"#);
    let base = Json::text(now.split('\n').next().unwrap()).to_line();
    let change = format!(r#"{{"base":{base},"gone":["notes"],"parts":{{"id":"one","facts":{{"x":3}}}}}}"#);
    let change = former_record("change", 8, "b", &change);
    let former = FirstVersion {
        records: vec![now.clone(), now, earlier, other, "draft 1 broken".into()],
        changes: vec![change],
    };
    let browser = Browser::default();
    // Twice, as when the page ends before the former places are emptied.
    for name in ["c", "d"] {
        assert!(take_over(&former, &*browser.journal));
        let mut page = browser.open(name);
        page.give(Event::Woken);
        assert_eq!(page.body(), r#"{"facts":{"x":3},"id":"one"}"#);
        assert_eq!(page.desk.standing(), Standing::Stored);
        let bodies: Vec<String> = page.history().into_iter().map(|(_, body)| body).collect();
        let wanted = [
            r#"{"facts":{"x":1},"id":"one"}"#,
            r#"{"facts":{"x":2},"id":"one","notes":{}}"#,
        ];
        assert_eq!(
            (bodies, &*page.raw),
            (
                wanted.map(str::to_owned).to_vec(),
                &["draft 1 broken".to_owned()][..]
            )
        );
        page.give(Event::List);
        assert_eq!(page.cases.len(), 2);
    }
}

#[test]
fn each_reason_is_said_in_words() {
    let wording = crate::support::wording();
    let moment = |at: u64| format!("{at} 时");
    assert_eq!(Reason::Automatic.text(&wording, moment), "自动");
    assert_eq!(Reason::Restored(7).text(&wording, moment), "从 7 时 恢复");
    assert_eq!(Reason::Named("送审稿".into()).text(&wording, moment), "送审稿");
}
