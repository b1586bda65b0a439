//! Words that say which figures stand below or beside them, and nothing else: 计划, 2025年实际, 一季度.

use crate::answers::plain_digits;

use super::other_figures::years;
use super::spans::{is_part_of_a_year, without_year};

/// What a mark is put together from, beside a year and a part of it.
const WORDS: [&str; 58] = [
    "计划", "规划", "预算", "预计", "预期", "预测", "目标", "任务", "实际", "实有", "实绩", "完成", "决算",
    "执行", "现有", "现状", "全年", "上年", "本年", "去年", "今年", "当年", "上期", "本期", "同期", "年初",
    "年末", "期初", "期末", "年度", "合计", "总计", "累计", "同比", "环比", "增长", "增减", "增幅", "占比",
    "比例", "比重", "率", "差额", "变动", "变化", "调整", "后", "前", "数", "值", "情况", "数据", "指标",
    "额", "年", "度", "(", ")",
];

/// Whether a text says which figures a row or column has, and nothing else.
pub(super) fn is_mark(text: &str) -> bool {
    let plain: String = plain_digits(text)
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let has_year = !years(&plain).is_empty();
    let bare = without_year(&plain);
    if is_part_of_a_year(&bare) {
        return true;
    }
    let mut rest = bare.as_str();
    let is_bare_year = has_year && rest.is_empty();
    while let Some(behind) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = behind;
    }
    is_bare_year || rest.is_empty() && bare.chars().count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_says_which_figures_a_row_has_and_nothing_else() {
        for text in [
            "计划",
            "实际",
            "实际数",
            "年度计划",
            "2025",
            "2025年",
            "2025年度实际",
            "一季度",
            "12月",
            "全年",
            "目标任务",
            "完成情况",
        ] {
            assert!(is_mark(text), "{text}");
        }
        for text in [
            "销售部",
            "2025-12-31",
            "已完成",
            "未完成",
            "有限公司",
            "备注",
            "1",
            "312",
            "数",
            "计划内招聘",
            "",
        ] {
            assert!(!is_mark(text), "{text}");
        }
    }
}
