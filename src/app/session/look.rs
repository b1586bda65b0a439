//! How the page is shown.

/// How the questions are arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// 逐份: the questions of one paper at a time.
    #[default]
    One,
    /// 一页: every paper, one under the other.
    All,
    /// 按评分表
    ByScoreSheet,
}

impl Arrangement {
    /// All of them, in the order of their switches.
    pub const ALL: [Self; 3] = [Self::One, Self::All, Self::ByScoreSheet];

    /// The id in attributes, addresses and drafts.
    pub const fn id(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::All => "all",
            Self::ByScoreSheet => "score-sheet",
        }
    }

    /// The arrangement of that id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|arrangement| arrangement.id() == id)
    }
}

/// The colours of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the place has it: by itself the page follows the system, within another's page it is light.
    #[default]
    Usual,
    /// 随系统
    Auto,
    /// 浅色
    Light,
    /// 深色
    Dark,
    /// 高对比度
    Contrast,
}

impl Theme {
    /// All of them.
    const ALL: [Self; 5] = [Self::Usual, Self::Auto, Self::Light, Self::Dark, Self::Contrast];

    /// The id in attributes and drafts.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Usual => "normal",
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    /// The theme of that id; the usual one where there is none.
    pub fn from_id(id: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|theme| theme.id() == id).unwrap_or_default()
    }
}

/// How large and in what colours the page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// 大字版: text of 18 px and more, targets of 44 px and more.
    pub large: bool,
    /// Its colours.
    pub theme: Theme,
}

impl Look {
    /// The text size as attributes and drafts name it.
    pub const fn text_size(self) -> &'static str {
        if self.large { "large" } else { "normal" }
    }
}
