//! Tables in and out: what is pasted from a spreadsheet or opened as .csv or
//! .xlsx becomes answers, templates go out to be filled in and results to be
//! worked with, and rosters are counted.
//!
//! A table is read into sheets of cells as they are kept in the file; nothing
//! in it is a number, a day or an answer by guess. A matching says which row or
//! column is which question, and can be corrected. A preview reads each cell by
//! the reading that a typed answer has (`answers`), and lists what it will
//! stand for and what is wrong, by the addresses that spreadsheets show. Only
//! applying the preview changes a case.
//!
//! What is said of cells are checks of answers, so that it stands here, in the
//! language of the scheme, and comes with the module that needs it.

mod above;
mod address;
mod assignments;
mod cells;
mod columns_below;
mod comparison;
mod counting;
mod decoding;
mod delimited;
mod faults;
mod firm_names;
mod firms;
mod headings;
mod identities;
mod layout;
mod lines;
mod numerals;
mod other_figures;
mod other_tables;
#[cfg(feature = "packages")]
mod opening;
mod pairs;
mod parts;
mod markdown;
mod marks;
mod matching;
mod merges;
mod preview;
mod reading;
mod remark_columns;
mod results;
mod rivals;
mod roster_asides;
mod roster_columns;
mod roster_left;
mod roster_lines;
mod roster_names;
mod roster_text;
mod roster_totals;
mod row_labels;
mod row_marks;
mod row_remarks;
mod row_units;
mod same_firm_rows;
mod same_persons;
mod second_headings;
#[cfg(feature = "packages")]
mod serials;
mod spans;
mod templates;
mod transfer;
mod units;
mod value_columns;
#[cfg(feature = "packages")]
mod workbook;

pub use address::Address;
pub use assignments::Assignment;
pub use cells::{Cell, Filled, Form, Sheet};
pub use comparison::comparison_table;
pub use counting::RosterCount;
pub use decoding::{NotATable, OtherEncoding, read_table_text};
pub use delimited::{read_delimited, read_pasted, write_delimited};
pub use faults::CellFault;
pub use firms::FirmPart;
pub use headings::{Certainty, Target};
pub use layout::Arrangement;
pub use lines::read_for_questions;
pub use matching::Matching;
#[cfg(feature = "packages")]
pub use opening::read_table;
pub use parts::{ReturnedPart, part_sheets, returned_part, take_part};
pub use preview::{Applied, Before, Extent, Firm, Located, Planned, Preview};
pub use results::{Results, results};
pub use roster_asides::RosterAside;
pub use roster_columns::RosterColumns;
pub use roster_text::read_roster;
pub use roster_totals::{Between, Doubtful, Doubts, ListTotals, RosterTotals, Rows, counts_of_persons};
pub use templates::{Template, template};
pub use transfer::{sheets_from_transfer, sheets_to_transfer};
#[cfg(feature = "packages")]
pub use workbook::{read_workbook, write_workbook};
