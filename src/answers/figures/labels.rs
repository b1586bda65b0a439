//! Labels before a figure, and what they make of it.

use super::words::{ABOUT, CURRENCY, LEADS, OTHER_CURRENCIES};
use crate::answers::numerals;

/// What a label ends in that stands before a figure without a colon between them.
const LABEL_ENDS: [&str; 36] = [
    "人员",
    "员工",
    "职工",
    "学员",
    "人数",
    "总数",
    "数量",
    "用工",
    "劳动者",
    "从业者",
    "务工者",
    "现有",
    "实有",
    "目前",
    "在岗",
    "在册",
    "在职",
    "培训",
    "参训",
    "输出",
    "参保",
    "缴费",
    "吸纳",
    "安置",
    "就业",
    "录用",
    "收入",
    "营收",
    "营业额",
    "金额",
    "总额",
    "资金",
    "资本",
    "为",
    "是",
    "达",
];
/// What makes another figure of the one behind it than the label says: none of
/// it, a part of it, more or less than it, or one of another time.
const OTHERWISE: [&str; 46] = [
    "不", "非", "未", "无", "没", "负", "超", "多", "少", "逾", "于", "比", "增", "减", "差", "缺", "除",
    "另", "扣", "占", "率", "均", "拟", "预", "其中", "计划", "目标", "争取", "应有", "应当", "需要", "可以",
    "可容", "可培", "能够", "能培", "第", "季", "去年", "今年", "明年", "前年", "本年", "当年", "几", "折",
];
/// What says of an amount that it is the part of a capital that was paid in.
const PAID_IN: [&str; 2] = ["实缴", "实收资本"];

/// Whether a text says of an amount that it is what was paid in of a capital.
pub(in crate::answers) fn says_paid_in(text: &str) -> bool {
    PAID_IN.iter().any(|words| text.contains(words))
}

/// What stands before and behind the words for what was paid in of a capital.
pub(super) fn paid_in(text: &str) -> Option<(&str, &str)> {
    let (before, behind) = PAID_IN.iter().find_map(|words| text.split_once(words))?;
    let behind = ["注册资本", "资本", "出资", "金额"]
        .iter()
        .find_map(|word| behind.strip_prefix(word))
        .unwrap_or(behind);
    Some((before, behind))
}

/// A text without the label before its figure: 人数：350, 从业人员350人. A label
/// that makes another figure of it stays, so that nothing is guessed.
pub(super) fn without_label(text: &str, is_money: bool) -> &str {
    let is_otherwise = |label: &str| {
        if is_money && says_paid_in(label) {
            return true;
        }
        let mut words = OTHERWISE
            .iter()
            .chain(&OTHER_CURRENCIES)
            .chain(&["元", "人次", "%"]);
        words.any(|word| label.contains(word))
    };
    let has_digits = text.contains(|character: char| character.is_ascii_digit());
    if let Some((label, behind)) = text.rsplit_once(':') {
        let is_label = !label.contains(|character: char| character.is_ascii_digit());
        let is_figure = behind.contains(numerals::is_numeral);
        return if is_label && is_figure && !is_otherwise(label) {
            behind.trim()
        } else {
            text
        };
    }
    let first = text
        .find(|character: char| character.is_ascii_digit() || !has_digits && numerals::is_numeral(character));
    let Some((mut label, _)) = first.and_then(|first| text.split_at_checked(first)) else {
        return text;
    };
    // What is said of the figure itself is no part of its label.
    let of_figure = || {
        ABOUT
            .iter()
            .chain(&LEADS)
            .chain(&CURRENCY)
            .chain(&["-", "(", " "])
    };
    while let Some(shorter) = of_figure().find_map(|word| label.strip_suffix(word)) {
        label = shorter;
    }
    let is_label = LABEL_ENDS.iter().any(|end| label.ends_with(end)) && !is_otherwise(label);
    let behind = text.strip_prefix(label).filter(|_| is_label);
    behind.map_or(text, str::trim)
}
