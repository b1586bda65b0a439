//! A table that was brought into the page, before anything of it is written.

/// A table that was pasted or opened, or the place where one can be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BroughtTable {
    /// The name of its file; empty where it was pasted.
    pub name: String,
    /// What is in it.
    pub content: TableContent,
}

/// What is in a table that was brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TableContent {
    /// None was brought yet.
    #[default]
    Nothing,
    /// Cells that were copied in a spreadsheet.
    Pasted(String),
    /// The text of a .csv.
    Delimited(String),
    /// The sheets of a workbook, as the module that reads it hands them over.
    Workbook(String),
}
