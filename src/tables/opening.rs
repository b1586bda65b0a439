//! A file as the sheets that are in it, whatever its name says: names are
//! changed by chat programs and by hand.

use crate::documents::{Brought, Foreign, recognise};

use super::cells::Sheet;
use super::decoding::{NotATable, OtherEncoding, read_table_text};
use super::workbook::read_workbook;

/// The sheets of a workbook, or the one of a .csv.
///
/// # Errors
/// When it is no table, or none that can be read.
pub fn read_table(bytes: &[u8], other: OtherEncoding<'_>) -> Result<Vec<Sheet>, NotATable> {
    match recognise(bytes) {
        Brought::Foreign(Foreign::OtherOffice) | Brought::CutShort => read_workbook(bytes),
        _ => read_table_text(bytes, other).map(|sheet| vec![sheet]),
    }
}
