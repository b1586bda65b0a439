//! What becomes of private entries while one works.

use crate::json::{Json, Object};
use crate::wording::{Text, messages};

/// What becomes of 身份证号 and 银行账号 while one works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrivateKeeping {
    /// 手填留空: not entered, written by hand on the printed form.
    #[default]
    ByHand,
    /// 仅本次: in this tab alone.
    ThisTime,
    /// 保存在本机: in the draft.
    Stored,
}

impl PrivateKeeping {
    /// All of them in the order they are offered.
    pub const ALL: [Self; 3] = [Self::ByHand, Self::ThisTime, Self::Stored];

    /// The id in drafts.
    pub const fn id(self) -> &'static str {
        match self {
            Self::ByHand => "by-hand",
            Self::ThisTime => "this-time",
            Self::Stored => "stored",
        }
    }

    /// What became of them in a draft, by what is kept beside the case.
    pub fn in_draft(page: &Object) -> Self {
        let id = page.get("private").and_then(Json::as_text);
        let found = Self::ALL.into_iter().find(|keeping| Some(keeping.id()) == id);
        found.unwrap_or_default()
    }

    /// What is shown.
    pub const fn label(self) -> Text {
        match self {
            Self::ByHand => messages::form::keeping_by_hand(),
            Self::ThisTime => messages::form::keeping_this_time(),
            Self::Stored => messages::form::keeping_stored(),
        }
    }
}
