//! What a count is made of, one by one, where the applicant listed it.

use super::faults::Fault;
use super::figures::says_nothing;
use super::spoken::as_spoken;
use super::{Date, DayOrMonth, plain_digits, plain_visible};
use crate::json::Object;

/// One honour, report or the like that a count is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedItem {
    /// What it is called.
    pub name: String,
    /// Its date, as typed.
    pub date: String,
    /// The number of its certificate or paper.
    pub number: String,
    /// Members that this version does not know.
    pub others: Object,
}

impl ListedItem {
    /// Whether nothing was entered for it, or only that there is nothing.
    pub fn is_empty(&self) -> bool {
        let entries = [&self.name, &self.date, &self.number];
        let said = |entry: &str| !plain_visible(entry).trim().is_empty() && !says_nothing(entry);
        !entries.into_iter().any(|entry| said(entry))
    }

    /// Whether it counts as one: what has no name is none yet.
    pub fn counts(&self) -> bool {
        self.name_in_words().is_some()
    }

    /// What it is called, as it is put into a sentence; `None` where it has no name.
    pub fn name_in_words(&self) -> Option<String> {
        as_spoken(&self.name, "")
    }

    /// What it is called, with date and number where they are known.
    pub fn in_words(&self) -> String {
        let number = as_spoken(&plain_visible(&self.number), "");
        let about: Vec<String> = self.date_in_words().into_iter().chain(number).collect();
        let name = self.name_in_words().unwrap_or_default();
        if about.is_empty() {
            name
        } else {
            format!("{name}（{}）", about.join("，"))
        }
    }

    /// Its date in words; what is no date stands as it was typed.
    fn date_in_words(&self) -> Option<String> {
        let read = self.date.parse::<DayOrMonth>();
        read.map_or_else(
            |_| as_spoken(&plain_visible(&self.date), ""),
            |date| Some(date.in_words()),
        )
    }

    /// What is wrong with its date, if anything is.
    pub fn date_fault(&self, today: Date) -> Option<Fault> {
        let date = plain_digits(&self.date);
        if date.trim().is_empty() || says_nothing(&date) {
            return None;
        }
        match date.parse::<DayOrMonth>() {
            Ok(date) if date.begins_after(today) => Some(Fault::InFuture),
            Ok(_) => None,
            Err(reason) => Some(Fault::NotADate(reason)),
        }
    }
}

/// The date of an item in its normal form; what is none stays as it was typed.
pub fn normalise_listed_date(typed: &str) -> String {
    typed
        .parse::<DayOrMonth>()
        .map_or_else(|_| typed.to_owned(), |date| date.to_string())
}
