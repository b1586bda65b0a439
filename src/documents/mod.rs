//! What leaves the page and comes back: case files, drafts, papers, tables.
//!
//! One model of a document is rendered by several writers, so that what is
//! printed, downloaded and stored is the same.

mod advice_sheet;
mod assessment_json;
mod batch;
mod binder;
mod brought;
mod case_file;
mod case_members;
mod comparison_sheet;
mod csv;
mod desk_file;
mod entry_words;
mod feedback;
mod file_names;
mod format;
mod forms;
mod garbled;
mod html;
mod lines;
mod listed_names;
mod markup;
mod merging;
mod missing;
mod model;
mod paper;
mod paper_source;
mod papers;
mod parts;
mod reasons;
mod refusal;
mod result_sheet;
mod rule_changes;
mod transfer;
#[cfg(feature = "word")]
mod word;
#[cfg(feature = "word")]
mod word_case;

pub use advice_sheet::{AdviceParts, advice_document};
pub use assessment_json::assessment_record;
pub use batch::{BatchOutcome, assess_batch};
pub use binder::rows_served;
pub use brought::{Brought, Foreign, decoded, is_markup, is_tabular, recognise};
pub use case_file::CaseFile;
pub use case_members::{case_members, read_case, read_drafted, write_drafted};
pub use comparison_sheet::{comparison_document, fact_decides, results_document};
pub use csv::{reason_of_row, to_csv, unchecked_answers};
pub use desk_file::{
    DESK_SIZE_LIMIT, DeskFile, DeskLine, DeskPlace, desk_line, is_desk_file, read_desk_file,
};
pub use entry_words::{entry_label, entry_words, holder_in};
pub use feedback::{feedback_form, questions_to_the_office};
pub use file_names::file_name;
pub use format::{Generator, PolicyRef, SIZE_LIMIT};
pub use garbled::is_garbled;
pub use html::{PAPER_CSS, carried_case, to_html_body, to_html_file};
pub use lines::{Lines, LinesOutcome, assess_lines, is_case_a_line};
pub use listed_names::ListedNames;
#[cfg(feature = "packages")]
pub(crate) use markup::{Tag, tags, unescaped};
pub use merging::{ChangedBy, Difference, EntryKey, Held, Merge, merge};
pub use missing::{givers, missing_document, papers_at_hand};
pub use model::{Block, Document, Grid, GridCell, GridRow, Keep, Line, SEAL_MM, Sheet, places};
pub use paper::{Paper, papers_label};
pub use paper_source::{DocumentOptions, PrivateEntries};
pub use papers::papers_document;
pub use parts::CasePart;
pub use refusal::{NotACaseFile, Problem, part_name};
pub use rule_changes::{
    Moved, RuleChanges, draft_record, has_rule_changes, mark_changes_seen, note_change_of_draft,
    note_change_of_file, rule_changes,
};
pub use transfer::{from_transfer, to_transfer};
#[cfg(feature = "word")]
pub use word::to_word;
#[cfg(feature = "word")]
pub use word_case::read_word;
