//! The pieces that views are made of.

mod dialog;
mod field;
mod header;
mod items;
mod paper;
mod question;
mod score_panel;
mod source;
mod task_list;
mod warning;

pub use dialog::dialogs;
pub use field::form_field;
pub use header::{header, notice_bar};
pub use paper::{paper, preview};
pub use question::{Asked, question, reference};
pub use score_panel::score_panel;
pub use source::source_note;
pub use task_list::task_list;
