//! The page: state, autosave, views and their components.

mod actions;
mod addresses;
mod autosave;
mod backup;
mod components;
mod day;
#[cfg(all(test, feature = "prerender"))]
mod drawing;
mod export;
mod fetching;
mod earlier_texts;
mod frame;
mod idle;
mod keeping;
mod live;
mod piece;
mod samples;
pub(crate) mod seam;
mod session;
mod step;
mod strays;
mod views;

use autosave::{changed_at, note_change, note_changed_at};
pub use autosave::{keep_saving, resume, scheme_of_draft, take_over, unkept_draft};
pub use day::keep_day;
pub use export::Export;
pub use fetching::not_fetched;
pub use frame::frame;
pub use keeping::{OpenedDesk, open_desk};
pub use piece::Piece;
pub use session::{DraftStatus, HandedOver, Listener, PrivateKeeping, Session, Theme};
pub use step::Step;

/// The first screen as HTML, from the same views that run in the browser: an
/// empty case at its first step. Made when the page is built.
///
/// # Errors
/// When the policy or the wording cannot be used; every fault on a line of its own.
#[cfg(feature = "prerender")]
pub fn first_screen(policy_json: &str, wording_json: &str) -> Result<String, String> {
    use leptos::prelude::*;

    use crate::policy::Policy;
    use crate::wording::Wording;

    let policy = Policy::from_json(policy_json).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })?;
    let wording = Wording::from_json(wording_json)?;
    // The day is not known when the page is built; the browser's own takes its place at once.
    let day = crate::answers::Date {
        year: 2026,
        month: 1,
        day: 1,
    };
    let owner = Owner::new();
    let html = owner.with(|| {
        let session = Session::new(
            policy,
            String::new(),
            wording,
            crate::answers::Case::new(String::new(), day),
            day,
        );
        frame(session).to_html()
    });
    Ok(html)
}
