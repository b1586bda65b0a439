//! Opening a case file.

use js_sys::Uint8Array;
use leptos::prelude::*;
use web_sys::{Blob, HtmlInputElement};

use crate::app::autosave::refresh_elapsed;
use crate::app::backup::Backup;
use crate::app::former::FormerTexts;
use crate::app::session::{OpenCase, Session};
use crate::browser::{Picked, millis_of, read_file, take_picked_file};
use crate::documents::{CaseFile, NotACaseFile, SIZE_LIMIT, note_change_of_file};
use crate::json::Excerpt;
use crate::wording::messages;

use super::word::NO_WORD;

impl Session {
    /// Opens the file that was picked in an input. What is no case file changes nothing.
    pub async fn import(self, input: HtmlInputElement) {
        let count = input.files().map_or(0, |files| files.length());
        let Some(file) = take_picked_file(&input) else {
            return;
        };
        if let Err(fault) = self.open_file(&file).await {
            // The page may have been taken away meanwhile.
            if self.filing.is_gone() {
                return;
            }
            self.page
                .tell(true, self.say(messages::actions::nothing_changed(&fault)));
        }
        if count > 1 {
            // Several can be dropped.
            let rest = self.text(messages::actions::one_at_a_time());
            self.page
                .notice
                .update(|notice| notice.iter_mut().for_each(|notice| notice.text.push_str(&rest)));
        }
    }

    /// Opens a file, whatever its name and type say of it.
    ///
    /// # Errors
    /// Where no case can be read from it, the sentence for the user; then nothing is changed.
    pub async fn open_file(self, file: &Blob) -> Result<(), String> {
        let mut is_reencoded = false;
        let text = match read_file(file, SIZE_LIMIT).await {
            Ok(Picked::Text(text)) => text,
            Ok(Picked::Reencoded(text)) => {
                is_reencoded = true;
                text
            }
            Ok(Picked::Package(package)) => {
                let read = self.ask_word("read", &[Uint8Array::new(&package).into()]).await;
                let read = read.map_err(|_| self.text(NO_WORD))?;
                read.as_string()
                    .ok_or_else(|| self.refused(&NotACaseFile::NoCaseInPaper))?
            }
            Ok(Picked::Refused(fault)) => return Err(self.refused(&fault)),
            Err(_) => return Err(self.text(messages::actions::file_unreadable())),
        };
        // The page may have been taken away meanwhile.
        if self.filing.is_gone() {
            return Ok(());
        }
        self.open_case_file(&text)?;
        if is_reencoded {
            let note = self.text(messages::actions::reencoded());
            self.page
                .notice
                .update(|notice| notice.iter_mut().for_each(|notice| notice.text.push_str(&note)));
        }
        Ok(())
    }

    /// Opens the text of a case file.
    ///
    /// # Errors
    /// Where it is none, the sentence for the user; then nothing is changed.
    pub fn open_case_file(self, text: &str) -> Result<(), String> {
        let policy = self.policy();
        let file = CaseFile::from_text(&policy, text).map_err(|fault| self.refused(&fault))?;
        let mut file_others = file.kept_beside();
        note_change_of_file(&policy, &self.scheme.sha256(), &file, &mut file_others);
        let mut case = file.case;
        refresh_elapsed(&policy, &mut case, self.today());
        let keeping = self.keeping_of(&case);
        let name = if case.title.is_empty() {
            case.field(&policy.scheme.title_field).to_owned()
        } else {
            case.title.clone()
        };
        let name = if name.is_empty() {
            self.text(messages::actions::unnamed_case())
        } else {
            Excerpt::name(&name).to_string()
        };
        // The file that it comes from is a backup, as old as the file.
        let backup = Backup::of_moment(&policy, &case, millis_of(&file.saved_at));
        let before = self.replace_case(OpenCase {
            case,
            file_others,
            keeping,
            backup,
            former: FormerTexts::new(),
        });
        let total = self.filing.assessment.get_untracked().total.own;
        let mut shown = self.say(messages::actions::case_opened(&name));
        let withheld = file.withheld.iter().filter_map(|id| policy.field(id));
        let withheld: Vec<&str> = withheld.map(|field| field.label.as_str()).collect();
        if !withheld.is_empty() {
            shown.push_str(&self.say(messages::actions::withheld(
                &withheld.join(&self.text(messages::common::list_comma())),
            )));
        }
        self.tell_for_now(false, shown, self.say(messages::actions::case_total(&total)));
        self.page.replaced.set(before);
        self.ask_for_roll_over();
        Ok(())
    }
}
