//! What can be done with cases that are chosen in the list: compared, and their results taken out.

use std::sync::Arc;

use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::rulings::rulings;
use crate::app::actions::{ResultsForm, TableFormat};
use crate::app::components::{Kind, button};
use crate::app::live::{live, on_press};
use crate::app::session::{LastingSignal, Session};
use crate::app::strays::target;
use crate::wording::{Text, messages};

/// The cases that are chosen, in the order in which they were.
#[derive(Clone, Copy)]
pub struct Chosen(LastingSignal<Vec<String>>);

impl Chosen {
    /// Those that are chosen by now: whoever comes back to the list finds them so.
    pub fn of(session: Session) -> Self {
        Self(session.page.chosen)
    }

    /// Takes a press on the box of a line; other changes in the table are none of it.
    pub fn hear(self, event: &Event) {
        let Some(place) = target(event) else { return };
        let Some(case) = place.get_attribute("data-case-chosen") else {
            return;
        };
        let is_chosen = place
            .dyn_into::<HtmlInputElement>()
            .is_ok_and(|input| input.checked());
        self.0.update(|chosen| {
            chosen.retain(|other| *other != case);
            if is_chosen {
                chosen.push(case);
            }
        });
    }

    /// Leaves out those that are no longer there, as they were deleted.
    pub fn keep(self, is_there: impl Fn(&str) -> bool) {
        if self
            .0
            .with_untracked(|chosen| !chosen.iter().all(|case| is_there(case)))
        {
            self.0.update(|chosen| chosen.retain(|case| is_there(case)));
        }
    }

    /// The box of a line.
    pub fn choice(self, session: Session, case: &str, name: &str) -> AnyView {
        let id = case.to_owned();
        let is_chosen = move || self.0.with(|chosen| chosen.contains(&id));
        view! {
            <label class="cases__choice">
                <input
                    type="checkbox"
                    data-case-chosen=case.to_owned()
                    aria-label=session.say(messages::compare::choose(&name))
                    prop:checked=is_chosen
                />
            </label>
        }
        .into_any()
    }

    /// What is done with those that are chosen; with all that `shown` gives, where none is.
    pub fn tools(self, session: Session, shown: impl Fn() -> Vec<String> + Send + Sync + 'static) -> AnyView {
        let cases = move || {
            let chosen = self.0.get();
            if chosen.is_empty() { shown() } else { chosen }
        };
        let cases = Arc::new(cases);
        let counted = move || match self.0.with(Vec::len) {
            0 => session.text(messages::compare::none_chosen()),
            count => session.say(messages::compare::chosen(&count)),
        };
        let compare = move |_| session.compare_cases(self.0.get_untracked());
        let give = |action: &'static str, label: Text, form: ResultsForm| {
            let cases = Arc::clone(&cases);
            let give = move |_| session.give_results(untrack(|| cases()), form);
            button(session, Kind::Small, action, label, give)
        };
        let of_rulings = Arc::clone(&cases);
        let is_too_few = move || !(2..=3).contains(&self.0.with(Vec::len));
        view! {
            <div
                class="cases__chosen buttons"
                role="group"
                aria-label=session.text(messages::compare::with_chosen())
            >
                <span role="status">{live(counted)}</span>
                " "
                <button
                    type="button"
                    class="btn btn--small"
                    data-action="compare-cases"
                    disabled=is_too_few
                    on:click=on_press(compare)
                >
                    {session.text(messages::compare::compare())}
                </button>
                {give(
                    "export-table-xlsx",
                    messages::compare::results_xlsx(),
                    ResultsForm::Table(TableFormat::Workbook),
                )}
                {give(
                    "export-table-csv",
                    messages::compare::results_csv(),
                    ResultsForm::Table(TableFormat::Delimited),
                )}
                {give("print-results", messages::compare::print_results(), ResultsForm::Print)}
            </div>
            {rulings(session, move || of_rulings())}
        }
        .into_any()
    }
}
