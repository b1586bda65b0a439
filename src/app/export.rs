//! What can be exported.

use crate::wording::{Text, messages};

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// The case file.
    Json,
    /// The case file, written into the file on the disk that is the case's own.
    Save,
    /// The papers as a file that any browser opens.
    Html,
    /// The papers as a file for Word.
    Word,
    /// The result as a table for spreadsheets.
    Csv,
    /// The result as a picture.
    Picture,
    /// The papers on paper.
    Print,
    /// The papers as a file for another program of the device, without private entries.
    Share,
    /// All cases of the desk in one file.
    Desk,
}

impl Export {
    /// Whether it is the papers that go out.
    pub const fn is_paper(self) -> bool {
        matches!(self, Self::Print | Self::Html | Self::Word | Self::Share)
    }

    /// What a host is shown.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Json | Self::Save => "json",
            Self::Html => "html",
            Self::Print => "print",
            Self::Word => "docx",
            Self::Csv => "csv",
            Self::Picture => "png",
            Self::Share => "share",
            Self::Desk => "desk",
        }
    }

    /// What it is called when it is done.
    pub const fn label(self) -> Text {
        match self {
            Self::Json | Self::Save => messages::actions::export_json(),
            Self::Html => messages::actions::export_html(),
            Self::Word => messages::actions::export_word(),
            Self::Csv => messages::actions::export_csv(),
            Self::Picture => messages::actions::export_picture(),
            Self::Print => messages::actions::export_print(),
            Self::Share => messages::actions::export_html(),
            Self::Desk => messages::cases::export_desk(),
        }
    }
}
