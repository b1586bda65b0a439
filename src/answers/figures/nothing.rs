//! What people write where there is nothing, or where they do not know.

use crate::answers::characters::is_dash;
use crate::answers::written_numbers::UNITS;
use crate::answers::{numerals, plain_digits};

/// What people write where there is nothing, or where they do not know.
const NOTHING: [&str; 40] = [
    "无",
    "没有",
    "没",
    "暂无",
    "尚无",
    "均无",
    "都无",
    "皆无",
    "从无",
    "未有",
    "没有过",
    "从来没有",
    "从未",
    "否",
    "没有发生",
    "没发生",
    "未发生",
    "从未发生",
    "没有发生过",
    "没发生过",
    "未发生过",
    "不存在",
    "无此项",
    "无此情况",
    "无记录",
    "空",
    "空白",
    "不适用",
    "不涉及",
    "不详",
    "未知",
    "不清楚",
    "不知道",
    "不了解",
    "待定",
    "待查",
    "NA",
    "NONE",
    "NULL",
    "NIL",
];

/// Whether a text says that there is nothing, or that nobody knows; it is no
/// nought, which only the one who fills in can say.
pub fn says_nothing(text: &str) -> bool {
    let plain = plain_digits(text).to_ascii_uppercase();
    let is_around = |character: char| {
        character.is_whitespace()
            || matches!(
                character,
                '(' | ')' | '[' | ']' | '【' | '】' | '。' | '.' | '、' | ',' | ';' | '!'
            )
    };
    let plain = plain.trim_matches(is_around);
    let is_stroke =
        |character: char| is_dash(character) || matches!(character, '/' | '\\' | '×' | '✕' | '?' | '_' | '…');
    if plain.is_empty() {
        // Marks alone say as little as a stroke does.
        return !is_blank(text);
    }
    let bare = UNITS.iter().find_map(|unit| plain.strip_suffix(unit));
    let words = plain.replace(['/', '.', ' '], "");
    plain.chars().all(is_stroke)
        || NOTHING.contains(&words.as_str())
        || bare.is_some_and(|bare| NOTHING.contains(&bare))
}

/// Whether nothing is written that can be seen.
pub(super) fn is_blank(text: &str) -> bool {
    plain_digits(text).trim().is_empty()
}

/// Whether a text where a figure is asked says that there is nothing, or in a few words that
/// there is nothing of it: 无案事件, 没有争议, 一个都没有.
pub(super) fn denies(text: &str) -> bool {
    const MOST: usize = 10;
    let plain = plain_digits(text);
    let said = plain.trim();
    let is_denied = ["无", "没有", "未发生", "从未"]
        .iter()
        .any(|word| said.starts_with(word));
    let has_none = ["都没有", "也没有"].iter().any(|end| said.ends_with(end));
    let is_short = said.chars().count() <= MOST;
    says_nothing(text) || is_short && (has_none || is_denied && !said.contains(numerals::is_numeral))
}
