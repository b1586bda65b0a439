//! Why a state of a case is in its history.

use crate::json::{Json, Object};
use crate::wording::{Wording, messages};

/// Why a state of a case is in its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Some time had passed since the last one.
    Automatic,
    /// A file of the same case was about to be opened.
    BeforeOpening,
    /// What was tried out was about to be adopted.
    BeforeAdopting,
    /// What came back was about to be merged into it.
    BeforeMerging,
    /// The case was about to be taken over to another year.
    BeforeRollOver,
    /// Another state was about to be restored.
    BeforeRestoring,
    /// It is a state of that moment, restored.
    Restored(u64),
    /// It went into a file.
    Exported,
    /// Another window wrote the case first.
    SetAside,
    /// It cannot be read; it is here as it was found.
    Unreadable,
    /// The first version of the page kept it.
    Former,
    /// The user gave it a name.
    Named(String),
}

impl Reason {
    /// What the reason is called in a record.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::BeforeOpening => "before-opening",
            Self::BeforeAdopting => "before-adopting",
            Self::BeforeMerging => "before-merging",
            Self::BeforeRollOver => "before-roll-over",
            Self::BeforeRestoring => "before-restoring",
            Self::Restored(_) => "restored",
            Self::Exported => "exported",
            Self::SetAside => "set-aside",
            Self::Unreadable => "unreadable",
            Self::Former => "former",
            Self::Named(_) => "named",
        }
    }

    /// Whether the entry stays however many come after it.
    pub const fn stays(&self) -> bool {
        matches!(self, Self::Named(_))
    }

    /// The reason in words; a moment is put in words by `moment`.
    pub fn text(&self, wording: &Wording, moment: impl Fn(u64) -> String) -> String {
        let text = match self {
            Self::Automatic => messages::history::automatic(),
            Self::BeforeOpening => messages::history::before_opening(),
            Self::BeforeAdopting => messages::history::before_adopting(),
            Self::BeforeMerging => messages::history::before_merging(),
            Self::BeforeRollOver => messages::history::before_roll_over(),
            Self::BeforeRestoring => messages::history::before_restoring(),
            Self::Exported => messages::history::exported(),
            Self::SetAside => messages::history::set_aside(),
            Self::Unreadable => messages::history::unreadable(),
            Self::Former => messages::history::former(),
            Self::Restored(at) => return wording.fill(messages::history::restored(&moment(*at))),
            Self::Named(name) => return name.clone(),
        };
        wording.text(text).to_owned()
    }

    pub(super) fn to_json(&self) -> Json {
        let mut members = Object::new();
        members.insert("id".into(), Json::text(self.id()));
        match self {
            Self::Restored(at) => drop(members.insert("at".into(), Json::number(at))),
            Self::Named(name) => drop(members.insert("name".into(), Json::text(&**name))),
            _ => {}
        }
        Json::Object(members)
    }

    /// The reason that a record says; one that nobody knows counts as automatic.
    pub(super) fn of(members: &Object) -> Self {
        let text = |member: &str| members.get(member).and_then(Json::as_text).unwrap_or_default();
        match text("id") {
            "before-opening" => Self::BeforeOpening,
            "before-adopting" => Self::BeforeAdopting,
            "before-merging" => Self::BeforeMerging,
            "before-roll-over" => Self::BeforeRollOver,
            "before-restoring" => Self::BeforeRestoring,
            "restored" => Self::Restored(number(members, "at").unwrap_or_default()),
            "exported" => Self::Exported,
            "set-aside" => Self::SetAside,
            "unreadable" => Self::Unreadable,
            "former" => Self::Former,
            "named" => Self::Named(text("name").to_owned()),
            _ => Self::Automatic,
        }
    }
}

/// A number among the members of an object.
pub(super) fn number(members: &Object, member: &str) -> Option<u64> {
    match members.get(member)? {
        Json::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}
