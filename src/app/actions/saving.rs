//! Saving the open case into its own file on the disk. All that writes is in the
//! piece of the desk.
//!
//! The bytes are made first. A file that another program has changed since it was last
//! read or written here is not written before the user says so. What was written is
//! read back, and only what is the same is called saved.

use leptos::prelude::*;
use web_sys::Blob;

use crate::app::export::Export;
use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::{Asking, OwnFile, Session};
use crate::browser::{DiskFault, DiskFile, bytes_of, clock_time, writes_files};
use crate::documents::{CaseFile, PrivateEntries};
use crate::policy::sha256;
use crate::wording::{Text, messages};

const MIME: &str = "application/json";

seam! {
    "desk" "16" fn save_now(session: Session, private: PrivateEntries, is_elsewhere: bool) -> () {
        wasm_bindgen_futures::spawn_local(session.save_once(private, is_elsewhere));
    }
}

/// Why a file is not saved.
enum NotSaved {
    /// The disk or the browser did not do it.
    Fault(DiskFault),
    /// Another program has changed it: what is in it now.
    Changed(Vec<u8>),
    /// It does not hold what was written.
    Differs,
}

impl From<DiskFault> for NotSaved {
    fn from(fault: DiskFault) -> Self {
        Self::Fault(fault)
    }
}

impl Session {
    /// Saves the open case into its own file, which is chosen first where it has none.
    /// Where the browser writes no files it is a download, and so it is where the case
    /// may only be looked at: what is in the file may be newer.
    pub fn save_file(self) {
        self.leave_inputs();
        let is_download =
            !writes_files() || self.host.shows_files.get_untracked() || untrack(|| self.draft.is_read_only());
        let private = self.own_file().and_then(|own| own.private);
        match private {
            _ if is_download => self.begin_export(Export::Json),
            Some(private) => self.save_with(private),
            None => self.begin_export(Export::Save),
        }
    }

    /// Saves the case, once it is known what becomes of private entries.
    pub(super) fn save_with(self, private: PrivateEntries) {
        self.once_there(Piece::Desk, move || save_now(self, private, false));
    }

    /// Saves the case into another file than its own.
    pub fn save_elsewhere(self) {
        self.page.asking.set(None);
        let private = self.private_in_file();
        self.once_there(Piece::Desk, move || save_now(self, private, true));
    }

    /// Saves the case over what another program wrote into its file.
    pub(super) fn save_over(self) {
        let seen = self.page.seen_on_disk.get_value();
        if let Some(own) = self.own_file() {
            // What is written meanwhile is asked about again.
            self.filing.own_files.keep(OwnFile { known: seen, ..own });
        }
        self.save_with(self.private_in_file());
    }

    /// Notes the file on the disk that a picked file is, where the browser gave it along.
    pub(super) async fn note_own_file(self, file: &Blob) -> Option<String> {
        let disk = DiskFile::of_opened(file).await?;
        let bytes = bytes_of(file).await.ok()?;
        Some(self.filing.own_files.note(disk, sha256(&bytes)))
    }

    fn own_file(self) -> Option<OwnFile> {
        let case = self.filing.case.with_untracked(|case| case.id.clone());
        self.filing.own_files.of(&case)
    }

    /// What becomes of private entries in the file that is being saved.
    fn private_in_file(self) -> PrivateEntries {
        let asked = self.page.private_in_file.get_value();
        self.own_file().and_then(|own| own.private).unwrap_or(asked)
    }

    async fn save_once(self, private: PrivateEntries, is_elsewhere: bool) {
        if self.filing.own_files.begin() {
            self.page.private_in_file.set_value(private);
            self.save(private, is_elsewhere).await;
            self.filing.own_files.end();
        } else {
            // The window in which a file is chosen may be out of sight, or never come.
            self.page.tell(true, self.text(messages::actions::save_waits()));
        }
    }

    async fn save(self, private: PrivateEntries, is_elsewhere: bool) {
        // What is typed while it is written is not in it.
        let case = self.filing.case.get_untracked();
        let text = self.case_file_text(private);
        let was_asked = self.asks_about_private(Export::Save);
        let own = self.own_file().filter(|_| !is_elsewhere);
        let (file, known) = match own {
            Some(own) => (own.file, Some(own.known)),
            None => {
                let name = self.name_of_file(&self.text(messages::actions::case_file_name()), "json");
                match DiskFile::choose(&name, MIME, ".json").await {
                    Ok(file) => (file, None),
                    Err(_) if self.filing.is_gone() => return,
                    Err(DiskFault::Cancelled) => {
                        return self
                            .page
                            .tell(false, self.text(messages::saving_file::none_chosen()));
                    }
                    // In a frame of another site it is a download.
                    Err(DiskFault::NotOffered) => return self.export(Export::Json, private),
                    Err(fault) => return self.tell_not_saved("", &NotSaved::Fault(fault)),
                }
            }
        };
        let written = write(&file, known.as_deref(), &text).await;
        if self.filing.is_gone() {
            return;
        }
        let name = file.name();
        match written {
            Ok(()) => {
                self.filing.own_files.keep(OwnFile {
                    case: case.id.clone(),
                    file,
                    known: sha256(text.as_bytes()),
                    private: was_asked.then_some(private),
                });
                self.mark_exported(Export::Save, case);
                let told = self.say(messages::saving_file::saved(&name, &clock_time()));
                self.page.tell(false, told);
            }
            Err(fault) => self.tell_not_saved(&name, &fault),
        }
    }

    /// Says that a file was not saved, and asks what is done instead.
    fn tell_not_saved(self, name: &str, fault: &NotSaved) {
        let mut words = Vec::new();
        if !name.is_empty() {
            words.push(self.say(messages::saving_file::file(&name)));
        }
        let asking = if let NotSaved::Changed(there) = fault {
            self.page.seen_on_disk.set_value(sha256(there));
            words.extend(self.told_of_disk(there));
            Asking::FileChanged
        } else {
            words.push(self.text(fault.words()));
            Asking::NotSaved
        };
        self.page.not_saved.set(words);
        self.ask_first(asking);
    }

    /// In what the case in a file differs from the open one, where it can be read.
    fn told_of_disk(self, there: &[u8]) -> Option<String> {
        let text = core::str::from_utf8(there).ok()?;
        let file = CaseFile::from_text(&self.policy(), text).ok()?;
        let named = self
            .filing
            .case
            .with_untracked(|case| self.named_differences(case, &file.case));
        (!named.is_empty()).then(|| self.say(messages::saving_file::on_disk(&named)))
    }
}

impl NotSaved {
    const fn words(&self) -> Text {
        match self {
            Self::Changed(_) => messages::saving_file::changed_title(),
            Self::Differs => messages::saving_file::differs(),
            Self::Fault(DiskFault::Denied | DiskFault::NotOffered) => messages::saving_file::denied(),
            Self::Fault(DiskFault::Gone) => messages::saving_file::gone(),
            Self::Fault(DiskFault::Full) => messages::saving_file::full(),
            Self::Fault(DiskFault::Cancelled | DiskFault::Other) => messages::saving_file::failed(),
        }
    }
}

/// Writes a text into a file that holds what is `known`, or whatever it holds where
/// nothing is, and reads it back.
async fn write(file: &DiskFile, known: Option<&str>, text: &str) -> Result<(), NotSaved> {
    file.allow_writing().await?;
    if let Some(known) = known {
        let there = file.read().await?;
        if sha256(&there) != known {
            return Err(NotSaved::Changed(there));
        }
    }
    file.write(text).await?;
    let back = file.read().await?;
    if back == text.as_bytes() {
        Ok(())
    } else {
        Err(NotSaved::Differs)
    }
}
