//! Entries as they stand within a sentence that others wrote around them.

use super::characters::plain_line;
use super::figures::says_nothing;

/// What begins an entry that says of something that there is none.
const THERE_IS_NONE: [&str; 11] = [
    "暂无",
    "尚无",
    "目前无",
    "并无",
    "暂时没有",
    "目前没有",
    "还没有",
    "没有",
    "尚未",
    "暂未",
    "还未",
];

/// What parts the name of what is asked from what is said of it.
const BEHIND_A_LABEL: [char; 5] = ['：', ':', '为', '是', '有'];

/// An entry as it is put into a sentence: in one line, without the marks that
/// the sentence has itself around it, and without the name of what was asked
/// where it is said again. `None` where it says that there is nothing to say:
/// 无, 暂无协作单位.
pub fn as_spoken(entry: &str, label: &str) -> Option<String> {
    let line = plain_line(entry);
    let bare = without_marks(&line);
    let again = bare.strip_prefix(label).filter(|_| !label.is_empty());
    let again = again.and_then(|behind| behind.strip_prefix(BEHIND_A_LABEL));
    let said = again.map_or(bare, without_marks);
    let none_of_it = || {
        let what = said.strip_prefix('无').unwrap_or_default();
        !what.is_empty() && label.contains(what)
    };
    let is_none =
        says_nothing(said) || THERE_IS_NONE.iter().any(|word| said.starts_with(word)) || none_of_it();
    (!said.is_empty() && !is_none).then(|| said.to_owned())
}

/// A text without the marks that part or close sentences around it. A point
/// behind a Latin letter is part of what it shortens.
fn without_marks(text: &str) -> &str {
    let is_mark = |character: char| {
        character.is_whitespace()
            || matches!(
                character,
                '。' | '．' | '｡' | '，' | ',' | '、' | '；' | ';' | '：' | ':' | '！' | '!'
            )
    };
    let mut rest = text.trim_matches(is_mark);
    while let Some(before) = rest.strip_suffix('.')
        && !before.ends_with(|character: char| character.is_ascii_alphabetic())
    {
        rest = before.trim_end_matches(is_mark);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_stands_in_a_sentence_without_what_the_sentence_has_itself() {
        for (entry, said) in [
            ("家政服务员、养老护理员。", "家政服务员、养老护理员"),
            ("家政服务员、养老护理员、", "家政服务员、养老护理员"),
            (" ，家政服务员；\u{b}", "家政服务员"),
            ("家政服务员.", "家政服务员"),
            ("Sample Co., Ltd.", "Sample Co., Ltd."),
            ("主要工种：家政服务员", "家政服务员"),
            ("主要工种为家政服务员", "家政服务员"),
            ("主要工种学校", "主要工种学校"),
            ("无锡、苏州", "无锡、苏州"),
        ] {
            assert_eq!(as_spoken(entry, "主要工种").as_deref(), Some(said), "{entry}");
        }
        for nothing in [
            "",
            "无",
            "无。",
            "没有",
            "—",
            "/",
            "暂无",
            "（无）",
            "暂无协作单位",
            "无协作单位",
            "没有固定的",
            "协作单位：无",
            "尚未确定",
        ] {
            assert_eq!(as_spoken(nothing, "协作单位"), None, "{nothing}");
        }
    }
}
