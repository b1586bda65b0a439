//! The pieces of the page that do not come with its start.

/// A piece of the page that does not come with its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// 填报数据
    Questions,
    /// 自评打分 with all its parts.
    Score,
    /// The other steps, and the papers.
    Papers,
    /// 表格
    Tables,
    /// 全部档案, and the history of a case.
    Desk,
    /// What is done by a press: files are opened, and questions asked before something is done.
    Actions,
}

impl Piece {
    /// All pieces.
    pub const ALL: [Self; 6] = [
        Self::Questions,
        Self::Score,
        Self::Papers,
        Self::Tables,
        Self::Desk,
        Self::Actions,
    ];

    /// Those that every case needs, which the loader fetches ahead.
    pub const AHEAD: [Self; 4] = [Self::Actions, Self::Questions, Self::Score, Self::Papers];

    /// The name by which the loader knows it. `"foreign"` is one more, which the
    /// loader fetches itself.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Questions => "questions",
            Self::Score => "score",
            Self::Papers => "papers",
            Self::Tables => "tables",
            Self::Desk => "desk",
            Self::Actions => "actions",
        }
    }
}
