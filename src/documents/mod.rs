//! What leaves the page and comes back: case files, forms, tables.
//!
//! One model of a document is rendered by several writers, so that what is
//! printed, downloaded and stored is the same.

mod advice_sheet;
mod batch;
mod case_file;
mod feedback;
mod file_names;
mod forms;
mod html;
mod model;

pub use advice_sheet::{AdviceParts, advice_document};
pub use batch::{BatchOutcome, assess_batch};
pub use case_file::{
    CaseFile, FEEDBACK_PART, Generator, NotACaseFile, PolicyRef, SIZE_LIMIT, case_members, read_case,
};
pub use feedback::{feedback_form, questions_to_the_office};
pub use file_names::file_name;
pub use forms::{DocumentOptions, PrivateEntries, forms_document, recommendation_form, score_sheet};
pub use html::{PAPER_CSS, to_html_body, to_html_file};
pub use model::{Block, Document, Line, Table, TableCell, TableRow};
