//! Brackets behind a figure and around it.

use crate::answers::numerals::is_numeral;

const OPEN: [char; 6] = ['(', '（', '[', '［', '【', '〔'];
const CLOSED: [char; 6] = [')', '）', ']', '］', '】', '〕'];

/// What is before, within and behind the first brackets behind something else.
/// Those around everything stay, since they may mean a figure below zero.
pub(super) fn first_brackets(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find(OPEN)?;
    let (before, rest) = text.split_at_checked(open)?;
    let within = rest.trim_start_matches(OPEN);
    let (within, behind) = within.split_once(CLOSED).unwrap_or((within, ""));
    (!before.trim().is_empty()).then_some((before, within, behind))
}

/// A text without the brackets that are around all of it, or around its figure alone: （620）人.
pub(super) fn without_outer_brackets(text: &str) -> String {
    let parts = text
        .trim()
        .strip_prefix(OPEN)
        .and_then(|rest| rest.split_once(CLOSED));
    let parts = parts.filter(|(within, behind)| {
        let is_plain = |character: char| character.is_whitespace() || character.is_alphanumeric();
        let unit = behind.split(OPEN).next().unwrap_or_default();
        within.chars().all(is_plain)
            && (behind.is_empty() || within.contains(is_numeral) && !unit.contains(is_numeral))
    });
    parts.map_or_else(|| text.to_owned(), |(within, behind)| format!("{within}{behind}"))
}
