//! The pieces that views are made of.

mod dialog;
mod field;
mod fill_rest;
mod header;
mod items;
mod paper;
mod privacy;
mod question;
mod question_state;
mod range_bar;
mod rule_changes;
mod score_panel;
mod source;
mod stale;
mod staircase;
mod task_list;
mod warning;
mod trace;

pub use dialog::dialogs;
pub use field::form_field;
pub use fill_rest::{FillIn, Offer, fill_rest};
pub use header::{export_raw, header, notice_bar};
pub use paper::{paper, preview};
pub use privacy::privacy_notice;
pub use question::{question, reference};
pub use question_state::Asked;
pub use range_bar::{range_bar, range_legend};
pub use rule_changes::{rule_change_bar, rule_change_history};
pub use score_panel::score_panel;
pub use source::source_note;
pub use staircase::staircase_view;
pub use stale::stale_list;
pub use task_list::{step_state, task_list};
pub use trace::trace_fold;
pub use warning::{warning, way_to_other};
