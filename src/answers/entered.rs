//! Answers that were entered while the case was of another year, or while heads were counted
//! on another day: they stay as they are and are of the new one from then on, so that it is
//! noted which they are until they are entered anew.

use super::Case;

/// The note on the answers that were entered while the case was of another year.
pub const ENTERED_IN_YEAR: &str = "entered-in-year";
/// The note on the answers that were entered while heads were counted on another day.
pub const ENTERED_AT_CUTOFF: &str = "entered-at-cutoff";

/// Answers that were entered for another year or day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteredFor {
    /// The year or day that they were entered for.
    pub at: String,
    /// The facts that they answer; all, where the note of an older version names none.
    facts: Vec<String>,
}

impl EnteredFor {
    /// Whether the answer to a fact is among them.
    pub fn has(&self, fact: &str) -> bool {
        self.facts.is_empty() || self.facts.iter().any(|id| id == fact)
    }

    /// A line of a note: the year or day, and the ids of the facts behind it.
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ').map(str::to_owned);
        let at = words.next().filter(|at| !at.is_empty())?;
        let facts = words.collect();
        Some(Self { at, facts })
    }

    fn to_line(&self) -> String {
        let ids = self.facts.iter().map(|id| format!(" {id}"));
        format!("{}{}", self.at, ids.collect::<String>())
    }
}

impl Case {
    /// The answers that were entered for another year or day than the case is of, by a note on
    /// them; none where none is left.
    pub fn entered_for(&self, note: &str) -> Vec<EnteredFor> {
        let lines = self.notes.get(note).map_or("", String::as_str).lines();
        lines.filter_map(EnteredFor::read).collect()
    }

    /// Notes that the answers which are there were entered `before`, where it is not noted when,
    /// as the case is of `now` from here on; those that were entered for that are in their place again.
    pub(super) fn note_entered(&mut self, note: &str, before: String, now: &str) {
        let mut entered = self.entered_for(note);
        let is_noted = |id: &&String| entered.iter().any(|of| of.has(id));
        let facts: Vec<String> = self.facts.keys().filter(|id| !is_noted(id)).cloned().collect();
        match entered.iter_mut().find(|of| of.at == before) {
            Some(of) => of.facts.extend(facts),
            None if facts.is_empty() => {}
            None => entered.push(EnteredFor { at: before, facts }),
        }
        entered.retain(|of| of.at != now);
        self.put_entered(note, &entered);
    }

    /// Takes an answer out of what was entered for another year or day: it is given anew.
    pub(super) fn enter_anew(&mut self, fact: &str) {
        for note in [ENTERED_IN_YEAR, ENTERED_AT_CUTOFF] {
            let mut entered = self.entered_for(note);
            if !entered.iter().any(|of| of.facts.iter().any(|id| id == fact)) {
                continue;
            }
            entered.iter_mut().for_each(|of| of.facts.retain(|id| id != fact));
            // A line that names none any more would stand for all.
            entered.retain(|of| !of.facts.is_empty());
            self.put_entered(note, &entered);
        }
    }

    fn put_entered(&mut self, note: &str, entered: &[EnteredFor]) {
        if entered.is_empty() {
            self.notes.remove(note);
            return;
        }
        let lines: Vec<String> = entered.iter().map(EnteredFor::to_line).collect();
        self.notes.insert(note.to_owned(), lines.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::Date;
    use super::*;
    use crate::json::Json;

    #[test]
    fn each_answer_is_of_what_it_was_entered_for_until_it_is_entered_anew() {
        let mut case = Case::new(String::from("one"), Date::new(2026, 11, 24).unwrap());
        let told = |case: &Case| case.notes.get("day").cloned().unwrap_or_default();
        case.note_entered("day", String::from("first"), "second");
        assert_eq!(told(&case), "", "nothing was answered");
        case.set_fact("a", Some(Json::number(1_u8)));
        case.note_entered("day", String::from("first"), "second");
        assert_eq!(told(&case), "first a");
        case.set_fact("b", Some(Json::number(2_u8)));
        case.note_entered("day", String::from("second"), "third");
        assert_eq!(told(&case), "first a\nsecond b");
        case.note_entered("day", String::from("third"), "second");
        assert_eq!(told(&case), "first a");
        case.note_entered("day", String::from("second"), "first");
        assert_eq!(told(&case), "second b");
    }

    #[test]
    fn a_note_that_names_no_answers_is_of_all_of_them() {
        let mut case = Case::new(String::from("one"), Date::new(2026, 11, 24).unwrap());
        case.notes
            .insert(ENTERED_IN_YEAR.to_owned(), String::from("2025"));
        case.set_fact("a", Some(Json::number(1_u8)));
        let entered = case.entered_for(ENTERED_IN_YEAR);
        assert!(entered.len() == 1 && entered[0].has("a"), "{entered:?}");
    }
}
