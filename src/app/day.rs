//! The page while time passes: the day it is, renewed under an open page, and a
//! page that the browser brings back from its history.

use core::time::Duration;

use leptos::prelude::*;

use crate::answers::{Case, Date};
use crate::browser::today;

use super::autosave::{compare_with_store, refresh_elapsed};
use super::live::on_window;
use super::session::{DraftStatus, Session};

/// How long an untouched page may go on with the day before, at the most.
const LOOK_AGAIN: Duration = Duration::from_secs(20);

/// After any of these the day may be another: timers stand still while the
/// machine sleeps or the page lies in the history, and a person who comes back
/// acts at once.
const MOMENTS: [&str; 5] = ["visibilitychange", "pageshow", "focus", "pointerdown", "keydown"];

/// Keeps the day true from now on, and what follows from it.
pub fn keep_day(session: Session) {
    let look = move || renew(session, today());
    for moment in MOMENTS {
        on_window(moment, move |_| look());
    }
    if let Ok(timer) = set_interval_with_handle(look, LOOK_AGAIN) {
        on_cleanup(move || timer.clear());
    }
    on_window("pageshow", move |event| {
        let is_from_history = js_sys::Reflect::get(&event, &"persisted".into());
        if is_from_history.is_ok_and(|is_so| is_so.is_truthy()) {
            compare_with_store(session);
        }
    });
}

/// Takes it that it is this day: a length of time has grown, an empty case is one
/// of this day, and one of an earlier year is asked about.
fn renew(session: Session, now: Date) {
    let before = session.filing.day.get_untracked();
    if before == now || session.host.has_stopped() {
        return;
    }
    session.filing.day.set(now);
    if let DraftStatus::Saved(text) = session.draft.status.get_untracked().underneath()
        && !text.starts_with(char::is_numeric)
    {
        // The time alone would be read as one of this day.
        session
            .draft
            .settle(DraftStatus::Saved(format!("{before} {text}")));
    }
    if untrack(|| session.draft.is_read_only()) {
        return;
    }
    let mut case = session.filing.case.get_untracked();
    if case.is_as_made(before) {
        session.filing.case.set(Case::new(case.id, now));
        return;
    }
    refresh_elapsed(&session.policy(), &mut case, now);
    if session.filing.case.with_untracked(|open| *open != case) {
        session.filing.case.set(case);
    }
    if session.page.asking.get_untracked().is_none() {
        untrack(|| session.ask_for_roll_over());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::FactState;
    use crate::app::samples::{sample, wording};
    use crate::json::Json;
    use crate::policy::FactKind;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    /// Works with a page that was opened on New Year's Eve.
    fn opened(work: impl FnOnce(Session)) {
        let (policy, _) = sample();
        let eve = day("2026-12-31");
        Owner::new().with(|| {
            let case = Case::new(String::from("a"), eve);
            work(Session::new(policy, String::new(), wording(), case, eve));
        });
    }

    #[test]
    fn at_new_year_an_empty_case_under_an_open_page_is_one_of_the_new_year() {
        opened(|session| {
            renew(session, day("2027-01-01"));
            let case = session.filing.case.get_untracked();
            assert!(case.is_as_made(day("2027-01-01")), "{case:?}");
            assert_eq!(session.page.asking.get_untracked(), None);
        });
    }

    #[test]
    fn at_new_year_a_case_that_is_filled_in_stays_and_its_year_is_asked_about() {
        opened(|session| {
            session.filing.case.update(|case| case.title = String::from("某"));
            renew(session, day("2027-01-01"));
            assert_eq!(session.filing.case.get_untracked().application_year, 2026);
            assert_eq!(
                session.page.asking.get_untracked(),
                Some(super::super::session::Asking::RollOver)
            );
        });
    }

    #[test]
    fn a_length_of_time_grows_over_midnight() {
        opened(|session| {
            let policy = session.policy();
            let fact = policy.facts.iter().find(|fact| fact.kind == FactKind::Years);
            let fact = fact.expect("a length of time");
            let began = day("2024-01-01");
            session.filing.answer(
                fact,
                began.elapsed_years(day("2026-12-31")).map(Json::Number),
                FactState::Exact,
            );
            session.filing.case.update(|case| {
                case.change_detail(&fact.id, |detail| detail.date = began.to_string());
            });
            let before = session.filing.case.get_untracked().facts.get(&fact.id).cloned();
            renew(session, day("2027-01-01"));
            let after = session.filing.case.get_untracked().facts.get(&fact.id).cloned();
            assert_ne!(before, after);
            assert_eq!(after, began.elapsed_years(day("2027-01-01")).map(Json::Number));
        });
    }

    #[test]
    fn a_time_of_yesterday_is_shown_with_its_day() {
        opened(|session| {
            session
                .draft
                .settle(DraftStatus::Saved(String::from("已保存 23:59")));
            renew(session, day("2027-01-01"));
            renew(session, day("2027-01-02"));
            assert_eq!(
                session.draft.status.get_untracked(),
                DraftStatus::Saved(String::from("2026-12-31 已保存 23:59"))
            );
        });
    }
}
