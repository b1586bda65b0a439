//! How the page is shown.

/// How the questions are arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// 按材料填
    #[default]
    ByPapers,
    /// 按评分表看
    ByScoreSheet,
}

/// How large and in what contrast the page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// 大字版: text of 18 px and more, targets of 44 px and more.
    pub large: bool,
    /// 高对比度.
    pub contrast: bool,
}

impl Look {
    /// The text size as attributes and drafts name it.
    pub const fn text_size(self) -> &'static str {
        if self.large { "large" } else { "normal" }
    }

    /// The theme as attributes and drafts name it.
    pub const fn theme(self) -> &'static str {
        if self.contrast { "contrast" } else { "normal" }
    }
}
