//! Opening files: one, which is open then, or several, which go onto the desk.

use core::pin::Pin;

use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::*;
use web_sys::{Blob, File, HtmlInputElement};

use crate::app::autosave::refresh_elapsed;
use crate::app::backup::Backup;
use crate::app::earlier_texts::EarlierTextsByField;
use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::{OpenCase, ReadCase, Session};
use crate::app::step::Step;
use crate::browser::{Picked, millis_of, new_case_id, read_file, take_picked_files};
use crate::desk::Reason;
use crate::documents::{
    CaseFile, CasePart, DESK_SIZE_LIMIT, NotACaseFile, SIZE_LIMIT, is_desk_file, is_garbled, is_tabular,
    note_change_of_file, part_name,
};
use crate::json::Excerpt;
use crate::wording::messages;

use super::word::NO_WORD;

/// How many answers that nobody asks for are named.
const NAMED: usize = 5;

/// What is in a file.
pub(super) enum InFile {
    /// A case.
    Case(Box<ReadCase>),
    /// The text of a whole desk.
    Desk(String),
    /// A workbook.
    Workbook(ArrayBuffer),
    /// The text of a table.
    Table(String),
}

/// The file is opened when it is done, or the sentence for the user is there.
type Opening = Pin<Box<dyn Future<Output = Result<(), String>>>>;

seam! {
    "actions" "17" fn open_picked(session: Session, files: Vec<File>) -> () {
        wasm_bindgen_futures::spawn_local(session.open_first(files));
    }
}

seam! {
    "actions" "18" fn open_blob(session: Session, file: Blob) -> Opening {
        Box::pin(async move {
            let found = session.read_picked(&file).await?;
            session.open_found(found, &file, false).await
        })
    }
}

seam! {
    "actions" "19" fn open_text(session: Session, text: &str) -> Result<(), String> {
        if is_desk_file(text) {
            session.bring_desk(text.to_owned());
        } else {
            session.place(session.read_case_text(text)?);
        }
        Ok(())
    }
}

impl Session {
    /// Opens the file that was picked in an input, or puts several on the desk. What
    /// is no case file changes nothing.
    pub fn import(self, input: &HtmlInputElement) {
        let files = take_picked_files(input);
        if files.len() > 1 && self.has_desk() {
            self.bring_files(files);
        } else if !files.is_empty() {
            self.once_there(Piece::Actions, move || open_picked(self, files));
        }
    }

    /// Opens the first of these files.
    async fn open_first(self, mut files: Vec<File>) {
        let is_several = files.len() > 1;
        let file = files.swap_remove(0);
        let outcome = match self.read_picked(&file).await {
            Ok(found) => self.open_found(found, &file, true).await,
            Err(fault) => Err(fault),
        };
        // The page may have been taken away meanwhile.
        if self.filing.is_gone() {
            return;
        }
        if let Err(fault) = outcome {
            self.page
                .tell(true, self.say(messages::actions::nothing_changed(&fault)));
        }
        if is_several {
            // Nothing is kept beyond what is open.
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
    pub async fn open_file(self, file: Blob) -> Result<(), String> {
        if self.have(Piece::Actions).await? {
            open_blob(self, file).await?;
        }
        Ok(())
    }

    /// Opens the text of a case file.
    ///
    /// # Errors
    /// Where it is none, the sentence for the user; then nothing is changed.
    pub async fn open_case_file(self, text: String) -> Result<(), String> {
        if self.have(Piece::Actions).await? {
            open_text(self, &text)?;
        }
        Ok(())
    }

    /// See [`Self::open_case_file`]; the piece has to be there.
    ///
    /// # Errors
    /// See [`Self::open_case_file`].
    pub fn open_text(self, text: &str) -> Result<(), String> {
        open_text(self, text)
    }

    /// Does with what is in a file what is done with its kind. What becomes of a case
    /// that the desk has otherwise is asked, or it goes into the history.
    async fn open_found(self, found: InFile, file: &Blob, asks: bool) -> Result<(), String> {
        if self.filing.is_gone() {
            return Ok(());
        }
        match found {
            InFile::Workbook(bytes) => return self.open_workbook(file, &bytes).await,
            InFile::Table(text) => self.open_delimited(file, text),
            InFile::Desk(text) => self.bring_desk(text),
            InFile::Case(read)
                if self
                    .takes_part(&read.next.case, &read.next.file_others, read.saved_at)
                    .await => {}
            InFile::Case(read) if asks && self.is_on_desk(&read.next.case.id).await => self.meet(*read),
            InFile::Case(read) => self.place(*read),
        }
        Ok(())
    }

    /// Reads a file, whatever its name and type say of it.
    pub(super) async fn read_picked(self, file: &Blob) -> Result<InFile, String> {
        let size = file.size() as usize;
        let too_large = || self.refused(&NotACaseFile::TooLarge(size));
        let mut is_reencoded = false;
        let text = match read_file(file, DESK_SIZE_LIMIT).await {
            Ok(Picked::Text(text)) => text,
            Ok(Picked::Reencoded(text)) => {
                is_reencoded = true;
                text
            }
            // Only a whole desk may be larger than a case.
            Ok(Picked::Package(_) | Picked::Workbook(_)) if size > SIZE_LIMIT => return Err(too_large()),
            Ok(Picked::Package(package)) => {
                let read = self.ask_word("read", &[Uint8Array::new(&package).into()]).await;
                let read = read.map_err(|_| self.text(NO_WORD))?;
                read.as_string()
                    .ok_or_else(|| self.refused(&NotACaseFile::NoCaseInPaper))?
            }
            Ok(Picked::Workbook(bytes)) => return Ok(InFile::Workbook(bytes)),
            Ok(Picked::Refused(fault)) => return Err(self.refused(&fault)),
            Err(_) => return Err(self.text(messages::actions::file_unreadable())),
        };
        Ok(if is_desk_file(&text) {
            InFile::Desk(text)
        } else if size > SIZE_LIMIT {
            return Err(too_large());
        } else if is_tabular(&text) {
            InFile::Table(text)
        } else {
            let mut read = self.read_case_text(&text)?;
            // What is written back is a case file, and nothing else that carried one.
            if !is_reencoded && text.trim_start().starts_with('{') {
                read.own_file = self.note_own_file(file).await;
            }
            if is_reencoded {
                read.notes.push_str(&self.text(messages::actions::reencoded()));
            }
            InFile::Case(Box::new(read))
        })
    }

    /// Reads the text of a case file.
    fn read_case_text(self, text: &str) -> Result<ReadCase, String> {
        let file = CaseFile::from_text(&self.policy(), text).map_err(|fault| self.refused(&fault))?;
        let mut read = self.read_case_of(file);
        if is_garbled(text) {
            read.notes.push_str(&self.text(messages::actions::garbled()));
        }
        Ok(read)
    }

    /// The case of a file as it can be opened, with what has to be said of it.
    pub(super) fn read_case_of(self, file: CaseFile) -> ReadCase {
        let policy = self.policy();
        let mut file_others = file.kept_beside();
        note_change_of_file(&policy, &self.scheme.sha256(), &file, &mut file_others);
        let notes = self.notes_on(&file);
        let mut case = file.case;
        if case.id.is_empty() {
            case.id = new_case_id();
        }
        refresh_elapsed(&policy, &mut case, self.today());
        let keeping = self.keeping_of(&case);
        let name = self.name_of_case(&case);
        let saved_at = millis_of(&file.saved_at);
        let backup = if CasePart::in_file(&file_others).is_some() {
            // Whoever opens a part that was sent to them has exported nothing yet, and can have it again.
            Backup::needless(&policy, &case)
        } else {
            // The file that it comes from is a backup, as old as the file.
            Backup::of_moment(&policy, &case, saved_at)
        };
        ReadCase {
            next: OpenCase {
                case,
                changed: millis_of(&file.changed_at).or(saved_at),
                file_others,
                keeping,
                backup,
                earlier_texts: EarlierTextsByField::new(),
            },
            name,
            saved_at,
            notes,
            own_file: None,
            is_archived: false,
        }
    }

    /// What has to be said of a file: what was left out of it, is missing, or is unknown here.
    fn notes_on(self, file: &CaseFile) -> String {
        let policy = self.policy();
        let unknown = file.case.unknown_ids(&policy);
        let comma = self.text(messages::common::list_comma());
        let mut notes = String::new();
        let withheld = file.withheld.iter().filter_map(|id| policy.field(id));
        let withheld: Vec<&str> = withheld.map(|field| field.label.as_str()).collect();
        if !withheld.is_empty() {
            notes.push_str(&self.say(messages::actions::withheld(&withheld.join(&comma))));
        }
        if !file.missing.is_empty() {
            let missing = file
                .missing
                .iter()
                .map(|part| part_name(part).map_or_else(String::new, |part| self.text(part)));
            let missing: Vec<String> = missing.collect();
            notes.push_str(&self.say(messages::actions::parts_missing(&missing.join(&comma))));
        }
        if !file.guessed.is_empty() {
            let name = |part: &&str| part_name(part).map_or_else(String::new, |part| self.text(part));
            let parts: Vec<String> = file.guessed.iter().map(|(part, _)| name(part)).collect();
            let guessed: Vec<&str> = file.guessed.iter().map(|(_, guessed)| guessed.as_str()).collect();
            notes.push_str(&self.say(messages::actions::heads_missing(
                &guessed.join(&comma),
                &parts.join(&comma),
            )));
        }
        if !unknown.is_empty() {
            let count = unknown.len();
            let named = unknown.iter().take(NAMED).map(|(part, id)| {
                let part = part_name(part).map_or_else(String::new, |part| self.text(part));
                self.say(messages::actions::unknown_id(&Excerpt::name(id), &part))
            });
            let named: Vec<String> = named.collect();
            notes.push_str(&self.say(messages::actions::unknown_answers(&count, &named.join(&comma))));
        }
        notes
    }

    /// Opens a case that was read, and says so. What the desk has of it goes into its history.
    pub(super) fn place(self, read: ReadCase) {
        self.filing
            .own_files
            .belongs(read.own_file.as_deref(), &read.next.case.id);
        let before = self.replace_case(read.next, Reason::BeforeOpening);
        self.page.aside.set(None);
        let total = self.filing.assessment.get_untracked().total.own;
        let shown = self.say(messages::actions::case_opened(&read.name)) + &read.notes;
        if untrack(|| self.open_part()).is_some() {
            // What is asked of whoever answers it stands there, and a total of a few answers is none.
            self.page.open(Step::Questions, None);
            self.page.tell(false, shown);
        } else {
            self.tell_for_now(false, shown, self.say(messages::actions::case_total(&total)));
        }
        self.page.replaced.set(before);
        self.ask_for_roll_over();
    }

    /// Whether there is a desk on which more than the open case is kept.
    pub fn has_desk(self) -> bool {
        let has_desk = self
            .draft
            .with_desk(|kept| kept.desk.keeps() && !kept.is_nowhere());
        has_desk == Some(true)
    }

    /// Whether the desk has a case, be it otherwise.
    async fn is_on_desk(self, case: &str) -> bool {
        if self.draft.is_open(case) {
            return !self.draft.is_blank();
        }
        self.has_desk() && self.has_on_desk(case).await
    }
}
