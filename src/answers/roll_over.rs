//! A case that is opened in a later year than the one it was made for, or whose
//! year is changed by hand.

use super::entered::{ENTERED_AT_CUTOFF, ENTERED_IN_YEAR};
use super::{Case, Date, FactState};
use crate::json::Json;
use crate::policy::{FieldKind, Period, Policy};

/// The note that says for which year it was decided to keep the case as it is.
const KEPT_NOTE: &str = "kept-in-year";
/// The notes on the year of a case, which the page makes by itself.
pub const YEAR_NOTES: [&str; 2] = [KEPT_NOTE, ENTERED_IN_YEAR];

impl Case {
    /// Whether the case is of an earlier year than today and it was not yet
    /// decided this year what is to become of it.
    pub fn asks_for_roll_over(&self, today: Date) -> bool {
        let decided = self.notes.get(KEPT_NOTE).map(String::as_str);
        self.application_year < today.year && !self.is_empty() && decided != Some(&*today.year.to_string())
    }

    /// Keeps the case in its year; it is not asked again before the next year.
    pub fn keep_in_its_year(&mut self, today: Date) {
        self.notes.insert(KEPT_NOTE.to_owned(), today.year.to_string());
    }

    /// Changes the year by hand: figures of a period that are there are of another one.
    pub(super) fn change_year(&mut self, year: u16) {
        if year != self.application_year {
            let before = self.application_year.to_string();
            self.note_entered(ENTERED_IN_YEAR, before, &year.to_string());
            self.application_year = year;
        }
    }

    /// Whether it was taken over from an earlier year: figures of that year are still
    /// marked, or remembered beside those of this one.
    pub fn was_rolled_over(&self) -> bool {
        let mut details = self.fact_details.values();
        details.any(|detail| detail.state == FactState::CarriedOver || !detail.before.is_empty())
    }

    /// Takes the case over to this year: periods and the cutoff date follow,
    /// answers that belong to a period stay, marked as last year's until they
    /// are checked, and are remembered to compare the new figures with. What was 约数
    /// is no more exact for being a year old.
    pub fn roll_over(&mut self, policy: &Policy, today: Date) {
        self.application_year = today.year;
        self.cutoff_date = today.end_of_previous_month();
        self.notes.remove(KEPT_NOTE);
        self.notes.remove(ENTERED_IN_YEAR);
        self.notes.remove(ENTERED_AT_CUTOFF);
        for field in policy.fields.iter().filter(|field| field.kind == FieldKind::Year) {
            self.form.remove(&field.id);
        }
        for fact in policy.facts.iter().filter(|fact| fact.period != Period::Timeless) {
            let Some(answer) = self.facts.get(&fact.id).cloned() else {
                continue;
            };
            // What was only planned did not happen last year.
            let details = self.fact_details.get(&fact.id);
            if details.is_some_and(|detail| detail.state == FactState::Planned) {
                continue;
            }
            self.change_detail(&fact.id, |detail| {
                let is_about = detail.is_in(FactState::Approximate);
                detail.set_state(FactState::CarriedOver);
                detail.about = is_about;
                if let Json::Number(digits) = answer {
                    detail.before = digits;
                    detail.with_blanks.clear();
                }
            });
        }
    }
}
