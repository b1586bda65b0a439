//! The one model of a document that every writer renders.

/// A document of one or more sheets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its title, for a window or a file.
    pub title: String,
    /// Its sheets, each beginning on a page of its own.
    pub sheets: Vec<Sheet>,
}

/// A sheet: what begins on a page of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Stable id, for links and tests.
    pub id: String,
    /// The mark in its corner (附件2).
    pub mark: String,
    /// The title over it.
    pub title: String,
    /// Lines between title and body.
    pub lead: Vec<String>,
    /// The body.
    pub blocks: Vec<Block>,
    /// Small print at its foot.
    pub foot: Vec<String>,
}

/// A piece of a sheet's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A grid.
    Table(Table),
    /// A remark outside the grid.
    Note(String),
}

/// A grid of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Widths of the columns, in parts.
    pub columns: Vec<u32>,
    /// Rows that stand again at the top of each page.
    pub head: Vec<TableRow>,
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// A row of a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRow {
    /// The least height on paper, in millimetres.
    pub height_mm: u32,
    /// Its cells; a place that a cell above spans into has none.
    pub cells: Vec<TableCell>,
}

/// A cell of a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableCell {
    /// How many columns it spans.
    pub columns: u32,
    /// How many rows it spans.
    pub rows: u32,
    /// Whether it names what stands beside or below it.
    pub heading: bool,
    /// Whether its text stands in the middle.
    pub centred: bool,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Lines for seal, signature and date at its foot, always blank.
    pub signature: Vec<String>,
    /// The id of the field or row whose value it holds, for tests and styles.
    pub holds: String,
}

impl Default for TableCell {
    fn default() -> Self {
        Self {
            columns: 1,
            rows: 1,
            heading: false,
            centred: false,
            lines: Vec::new(),
            signature: Vec::new(),
            holds: String::new(),
        }
    }
}

/// A paragraph within a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Words of the form.
    Words(String),
    /// What the applicant entered.
    Entry(String),
    /// A remark on an entry that is wrong as it stands.
    Remark(String),
}
