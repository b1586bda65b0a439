//! The one model of a document that every writer renders.

/// The clear height for a seal, in millimetres: a seal is 38 to 42 mm across.
pub const SEAL_MM: u32 = 42;

/// A document of one or more sheets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its title, for a window or a file.
    pub title: String,
    /// Standing and version of the rules, small at the foot of its pages.
    pub standing: String,
    /// Its sheets, each beginning on a page of its own.
    pub sheets: Vec<Sheet>,
}

/// A sheet: what begins on a page of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Stable id, for links and tests.
    pub id: String,
    /// Whether it is a cover or a divider: its title is in the middle of the page.
    pub cover: bool,
    /// Whether it is printed across the page, as a table of many columns is. Word has no
    /// such sheet: every paper that it gets stands upright.
    pub wide: bool,
    /// The mark in its corner (附件2).
    pub mark: String,
    /// The title over it.
    pub title: String,
    /// Lines between title and body.
    pub lead: Vec<String>,
    /// The body.
    pub blocks: Vec<Block>,
    /// Small print at its end.
    pub foot: Vec<String>,
}

/// A piece of a sheet's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A grid.
    Grid(Grid),
    /// A heading over what follows.
    Heading(String),
    /// A paragraph outside a grid.
    Paragraph(Line),
    /// Room for a seal and the lines below it, as in a cell.
    Signature(Vec<String>),
}

/// A grid of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Widths of the columns, in parts.
    pub columns: Vec<u32>,
    /// Whether it holds long texts, which are set smaller.
    pub dense: bool,
    /// Rows that stand again at the top of each page.
    pub head: Vec<GridRow>,
    pub rows: Vec<GridRow>,
}

/// A row of a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridRow {
    /// The least height on paper, in millimetres.
    pub height_mm: u32,
    /// How it may meet the end of a page.
    pub keep: Keep,
    /// Its cells; a place that a cell above spans into has none.
    pub cells: Vec<GridCell>,
}

/// How a row may meet the end of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// It stands whole on one page where it fits on one.
    #[default]
    Whole,
    /// It stands whole and on the same page as the row below it.
    WithNext,
    /// It may go on over pages.
    Cut,
}

/// A cell of a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridCell {
    /// How many columns it spans.
    pub columns: u32,
    /// How many rows it spans.
    pub rows: u32,
    /// Whether it names what is beside or below it.
    pub heading: bool,
    /// Whether its text is in the middle.
    pub centred: bool,
    /// Whether it holds running text: set from the top, each paragraph indented.
    pub prose: bool,
    pub lines: Vec<Line>,
    /// The line of the seal, then those of signature and date, always blank:
    /// what is before a tab is set left, what is behind it right.
    pub signature: Vec<String>,
    /// The id of the field or row whose value it holds, for tests and styles.
    pub holds: String,
}

impl Default for GridCell {
    fn default() -> Self {
        Self {
            columns: 1,
            rows: 1,
            heading: false,
            centred: false,
            prose: false,
            lines: Vec::new(),
            signature: Vec::new(),
            holds: String::new(),
        }
    }
}

impl GridCell {
    /// A cell of words.
    pub fn words(text: impl Into<String>) -> Self {
        Self {
            lines: vec![Line::Words(text.into())],
            ..Self::default()
        }
    }

    /// A cell of what the applicant entered.
    pub fn entry(text: impl Into<String>) -> Self {
        Self {
            lines: vec![Line::Entry(text.into())],
            ..Self::default()
        }
    }

    /// The same with its text in the middle.
    pub fn in_the_middle(self) -> Self {
        Self {
            centred: true,
            ..self
        }
    }

    /// A cell at the head of a column.
    pub fn head(text: impl Into<String>) -> Self {
        Self {
            heading: true,
            ..Self::words(text).in_the_middle()
        }
    }
}

/// A paragraph.
///
/// Within words, an entry that could run from right to left stands between
/// U+2068 and U+2069; entries themselves hold no marks of direction, so that
/// none can turn what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Words of the form.
    Words(String),
    /// What the applicant entered.
    Entry(String),
    /// An identifier that the applicant entered: set small enough to be on one line.
    Code(String),
    /// A remark, set small.
    Remark(String),
    /// A bar, filled in thousandths of its length.
    Bar(u32),
    /// A figure that the sheet is about, set large.
    Figure(String),
}

/// Each row's places in a grid, in order: how many columns a place takes, and
/// its cell; a place that a cell above spans into has none.
pub fn places(rows: &[GridRow], columns: usize) -> Vec<Vec<(usize, Option<&GridCell>)>> {
    // For each column at which a cell begins, how many rows below it still takes and how wide it is.
    let mut taken: Vec<(u32, usize)> = vec![(0, 1); columns];
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let mut places = Vec::new();
        let mut cells = row.cells.iter();
        let mut at = 0;
        while let Some((left, wide)) = taken.get_mut(at) {
            let cell = if *left > 0 {
                *left -= 1;
                None
            } else {
                let Some(cell) = cells.next() else { break };
                *left = cell.rows.saturating_sub(1);
                *wide = (cell.columns as usize).clamp(1, columns - at);
                Some(cell)
            };
            places.push((*wide, cell));
            at += *wide;
        }
        all.push(places);
    }
    all
}
