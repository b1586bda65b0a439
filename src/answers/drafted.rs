//! What a drafted text was made from.

use crate::id_map::IdMap;
use crate::json::Object;
use crate::wording::put_into;

/// What a drafted text was made from, sentence by sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drafted {
    /// The length that was asked for, in characters.
    pub length: u32,
    /// Its sentences in the order they were written.
    pub sentences: Vec<DraftedSentence>,
    /// Members that this version does not know.
    pub others: Object,
}

/// One sentence of a draft: its pattern and what was in the slots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftedSentence {
    /// The words, with `{id}` where a value stands.
    pub pattern: String,
    /// The values by the id of their slot, as they were written.
    pub values: IdMap<String>,
    /// Members that this version does not know.
    pub others: Object,
}

impl DraftedSentence {
    /// The sentence as it was written.
    pub fn text(&self) -> String {
        let value = |id: &str| self.values.get(id).cloned();
        fill(&self.pattern, value).unwrap_or_default()
    }
}

/// A pattern with its slots filled; `None` where one of them has no value.
pub fn fill(pattern: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = pattern;
    while let Some((before, slot)) = rest.split_once('{') {
        let (id, after) = slot.split_once('}')?;
        filled.push_str(before);
        let value = put_into(&filled, value(id)?);
        filled.push_str(&value);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}
