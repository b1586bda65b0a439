//! The steps of the task list.

use super::piece::Piece;
use crate::wording::{Text, messages};

/// A step; each is a view of its own, and none locks another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// 快速预检
    #[default]
    Precheck,
    /// 填报数据
    Questions,
    /// 申报信息
    Form,
    /// 资格自查
    Eligibility,
    /// 自评打分
    Score,
    /// 佐证材料
    Evidence,
    /// 检查与导出
    Review,
}

impl Step {
    /// All steps in their order.
    pub const ALL: [Self; 7] = [
        Self::Precheck,
        Self::Questions,
        Self::Form,
        Self::Eligibility,
        Self::Score,
        Self::Evidence,
        Self::Review,
    ];

    /// The id in attributes, addresses and drafts.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Precheck => "precheck",
            Self::Questions => "questions",
            Self::Form => "form",
            Self::Eligibility => "eligibility",
            Self::Score => "score",
            Self::Evidence => "evidence",
            Self::Review => "review",
        }
    }

    /// The step of that id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.id() == id)
    }

    /// The piece of the page that its view is in; `None` where it comes with the start.
    pub const fn piece(self) -> Option<Piece> {
        match self {
            Self::Precheck => None,
            Self::Questions => Some(Piece::Questions),
            Self::Score => Some(Piece::Score),
            Self::Form | Self::Eligibility | Self::Evidence | Self::Review => Some(Piece::Papers),
        }
    }

    /// The step after this one.
    pub fn next(self) -> Option<Self> {
        let place = Self::ALL.iter().position(|step| *step == self)?;
        Self::ALL.get(place + 1).copied()
    }

    /// The step before this one.
    pub fn previous(self) -> Option<Self> {
        let place = Self::ALL.iter().position(|step| *step == self)?;
        Self::ALL.get(place.checked_sub(1)?).copied()
    }
}

/// A part of the score step; the first one is open until another is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScorePart {
    /// 评分明细
    #[default]
    Rows,
    /// 提分建议
    Advice,
    /// 试算
    WhatIf,
    /// 读法与疑义
    Doubts,
}

impl ScorePart {
    /// All parts in their order.
    pub const ALL: [Self; 4] = [Self::Rows, Self::Advice, Self::WhatIf, Self::Doubts];

    /// The id in attributes.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Advice => "advice",
            Self::WhatIf => "what-if",
            Self::Doubts => "doubts",
        }
    }

    /// The name on its tab.
    pub const fn label(self) -> Text {
        match self {
            Self::Rows => messages::score_part::rows(),
            Self::Advice => messages::score_part::advice(),
            Self::WhatIf => messages::score_part::what_if(),
            Self::Doubts => messages::score_part::doubts(),
        }
    }
}
