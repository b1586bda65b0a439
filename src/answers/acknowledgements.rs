//! Warnings that the applicant has looked at and found right as they are.
//!
//! They stand among the notes of the case, word by word: a warning with other
//! words, such as another figure, is a new one and asks anew.

use super::Case;

/// What begins the id of a note that holds acknowledged warnings, one a line.
const PREFIX: &str = "acknowledged:";

impl Case {
    /// Whether the warning at a fact or form field was acknowledged.
    pub fn is_acknowledged(&self, at: &str, warning: &str) -> bool {
        let note = self.notes.get(&note_id(at));
        note.is_some_and(|note| note.lines().any(|line| line == warning))
    }

    /// Acknowledges the warning at a fact or form field.
    pub fn acknowledge(&mut self, at: &str, warning: &str) {
        if self.is_acknowledged(at, warning) {
            return;
        }
        let note = self.notes.entry(note_id(at)).or_default();
        if !note.is_empty() {
            note.push('\n');
        }
        note.push_str(warning);
    }

    /// Takes an acknowledgement back.
    pub fn withdraw_acknowledgement(&mut self, at: &str, warning: &str) {
        let id = note_id(at);
        let Some(note) = self.notes.remove(&id) else {
            return;
        };
        let rest: Vec<&str> = note.lines().filter(|line| *line != warning).collect();
        if !rest.is_empty() {
            self.notes.insert(id, rest.join("\n"));
        }
    }

    /// Forgets every acknowledgement at a fact or form field: its answer has changed.
    pub fn forget_acknowledgements(&mut self, at: &str) {
        self.notes.remove(&note_id(at));
    }
}

/// Whether the note of that id holds acknowledged warnings.
pub fn is_acknowledgement(note: &str) -> bool {
    acknowledged_at(note).is_some()
}

/// The fact or form field of which the note of that id holds acknowledged warnings.
pub fn acknowledged_at(note: &str) -> Option<&str> {
    note.strip_prefix(PREFIX)
}

fn note_id(at: &str) -> String {
    format!("{PREFIX}{at}")
}
