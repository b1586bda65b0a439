//! A case with what the page knows about it.

use crate::answers::{Case, Date};
use crate::app::backup::Backup;
use crate::app::earlier_texts::EarlierTextsByField;
use crate::browser::new_case_id;
use crate::json::Object;

use super::PrivateKeeping;

/// A case that is opened, or that gave way to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCase {
    pub case: Case,
    /// When it was changed last, in milliseconds since 1970; `None` where that is only now.
    pub changed: Option<u64>,
    /// Members of its file that this version does not use.
    pub file_others: Object,
    /// What becomes of its private entries.
    pub keeping: PrivateKeeping,
    /// When and of what its last export was.
    pub backup: Backup,
    /// What was in its long texts before drafts took their place.
    pub earlier_texts: EarlierTextsByField,
}

impl OpenCase {
    /// A case in which nothing was said yet.
    pub fn empty(today: Date) -> Self {
        Self {
            case: Case::new(new_case_id(), today),
            changed: None,
            file_others: Object::new(),
            keeping: PrivateKeeping::ByHand,
            backup: Backup::default(),
            earlier_texts: EarlierTextsByField::new(),
        }
    }
}
