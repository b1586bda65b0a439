//! The day on which heads are counted, as it is typed.

use super::entered::ENTERED_AT_CUTOFF;
use super::{Case, Date, NotADay, read_past_day};

/// The note that holds what was typed for the day and does not count.
pub const UNREAD_CUTOFF: &str = "unread:cutoff_date";

impl Case {
    /// Takes what is being typed for the day on which heads are counted. What is no
    /// day that has been is kept as it was typed, and so is a day that could be the
    /// beginning of another (`2026-06-3`); the day before it goes on to count.
    pub fn type_cutoff(&mut self, text: &str, today: Date) {
        match read_past_day(text, today) {
            Ok(date) if is_whole(text) => {
                self.change_cutoff(date);
                self.notes.remove(UNREAD_CUTOFF);
            }
            _ => drop(self.notes.insert(UNREAD_CUTOFF.to_owned(), text.to_owned())),
        }
    }

    /// Takes what was typed for the day, as nothing more comes behind it.
    pub fn leave_cutoff(&mut self, today: Date) {
        let typed = self.notes.get(UNREAD_CUTOFF);
        if let Some(date) = typed.and_then(|text| read_past_day(text, today).ok()) {
            self.change_cutoff(date);
            self.notes.remove(UNREAD_CUTOFF);
        }
    }

    /// Changes the day by hand: heads that are there were counted on another one. (A table
    /// brings its day with its figures.)
    fn change_cutoff(&mut self, date: Date) {
        if date != self.cutoff_date {
            let before = self.cutoff_date.to_string();
            self.note_entered(ENTERED_AT_CUTOFF, before, &date.to_string());
            self.cutoff_date = date;
        }
    }

    /// What the input for the day shows: what was typed, or the day that counts.
    pub fn cutoff_as_typed(&self) -> String {
        let unread = self.notes.get(UNREAD_CUTOFF);
        unread.map_or_else(|| self.cutoff_date.to_string(), Clone::clone)
    }

    /// Why what was typed for the day is not counted; `None` where it is.
    pub fn cutoff_fault(&self, today: Date) -> Option<NotADay> {
        read_past_day(self.notes.get(UNREAD_CUTOFF)?, today).err()
    }
}

/// Whether a day that was typed cannot become another one by more digits.
fn is_whole(text: &str) -> bool {
    let text = text.trim_end();
    let digits = text.chars().rev().take_while(|character| character.is_numeric());
    digits.count() != 1
}
