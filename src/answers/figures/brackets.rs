//! Brackets behind a figure and around it.

/// A text without what is in brackets behind something else, and that.
/// Brackets around everything stay, since they may mean a figure below zero.
pub(super) fn without_brackets(text: &str) -> (String, String) {
    let Some(open) = text
        .find(['(', '（', '[', '［', '【', '〔'])
        .filter(|open| !text.get(..*open).is_none_or(|before| before.trim().is_empty()))
    else {
        return (text.to_owned(), String::new());
    };
    let (before, rest) = text.split_at(open);
    let within = rest.trim_start_matches(['(', '（', '[', '［', '【', '〔']);
    let (within, behind) = within
        .split_once([')', '）', ']', '］', '】', '〕'])
        .unwrap_or((within, ""));
    (format!("{before}{behind}"), within.to_owned())
}

/// What is within the brackets that are around all of a text.
pub(super) fn within_brackets(text: &str) -> &str {
    let within = text.trim().strip_prefix(['(', '（', '[', '［', '【', '〔']);
    let within = within.and_then(|within| within.strip_suffix([')', '）', ']', '］', '】', '〕']));
    let within = within.filter(|within| {
        within
            .chars()
            .all(|character| character.is_whitespace() || character.is_alphanumeric())
    });
    within.unwrap_or(text)
}
