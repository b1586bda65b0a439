//! The files on the disk that cases were opened from or saved to. They are known in
//! this window alone, and only as long as it is open.

use leptos::prelude::*;

use crate::browser::{DiskFile, new_case_id};
use crate::documents::PrivateEntries;

/// The file on the disk that is a case's own.
#[derive(Clone)]
pub struct OwnFile {
    /// The id of the case.
    pub case: String,
    pub file: DiskFile,
    /// The digest of what was last read from it or written to it.
    pub known: String,
    /// What becomes of private entries in it, once that was asked.
    pub private: Option<PrivateEntries>,
}

/// The own files of the cases of this window.
#[derive(Clone, Copy)]
pub struct OwnFiles {
    files: StoredValue<Vec<OwnFile>, LocalStorage>,
    /// Whether one is being written.
    is_busy: StoredValue<bool>,
}

impl OwnFiles {
    pub(super) fn new() -> Self {
        Self {
            files: StoredValue::new_local(Vec::new()),
            is_busy: StoredValue::new(false),
        }
    }

    /// The file of a case.
    pub fn of(self, case: &str) -> Option<OwnFile> {
        let find = |files: &Vec<OwnFile>| files.iter().find(|own| own.case == case).cloned();
        self.files.try_with_value(find).flatten()
    }

    /// Has a file be that of its case, in place of the one before.
    pub fn keep(self, own: OwnFile) {
        let put = |files: &mut Vec<OwnFile>| {
            files.retain(|other| other.case != own.case);
            files.push(own);
        };
        self.files.try_update_value(put);
    }

    /// Notes a file whose case is not open yet. What is given stands for the id of the case.
    pub fn note(self, file: DiskFile, known: String) -> String {
        let case = new_case_id();
        self.keep(OwnFile {
            case: case.clone(),
            file,
            known,
            private: None,
        });
        case
    }

    /// Has a file that was noted be that of the case which was opened from it. One
    /// that was opened from elsewhere has none.
    pub fn belongs(self, noted: Option<&str>, case: &str) {
        let noted = noted.and_then(|noted| self.of(noted));
        self.files.update_value(|files| {
            files.retain(|own| own.case != case && noted.as_ref().is_none_or(|noted| own.case != noted.case));
        });
        if let Some(own) = noted {
            self.keep(OwnFile {
                case: case.to_owned(),
                ..own
            });
        }
    }

    /// Forgets all of them.
    pub fn forget(self) {
        self.files.set_value(Vec::new());
    }

    /// Begins to write one, unless one is being written.
    pub fn begin(self) -> bool {
        self.is_busy
            .try_update_value(|is_busy| !core::mem::replace(is_busy, true))
            == Some(true)
    }

    /// Nothing is being written any more.
    pub fn end(self) {
        self.is_busy.try_set_value(false);
    }
}
