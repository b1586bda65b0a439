//! What the rows of a table with a firm in each say of themselves in a column that answers no
//! question: 计划 beside 实际, one year below another, 一季度 below 全年.

use crate::answers::plain_digits;

use super::cells::{Cell, Sheet};
use super::layout::{heading, is_note};
use super::matching::Assignment;
use super::other_figures::years;
use super::row_labels::RowLabel;
use super::spans::{is_part_of_a_year, is_total, without_year};

/// How many rows tell what a column says.
const LOOKED_AT: usize = 400;
/// What a mark is put together from, beside a year and a part of it.
const WORDS: [&str; 58] = [
    "计划", "规划", "预算", "预计", "预期", "预测", "目标", "任务", "实际", "实有", "实绩", "完成", "决算",
    "执行", "现有", "现状", "全年", "上年", "本年", "去年", "今年", "当年", "上期", "本期", "同期", "年初",
    "年末", "期初", "期末", "年度", "合计", "总计", "累计", "同比", "环比", "增长", "增减", "增幅", "占比",
    "比例", "比重", "率", "差额", "变动", "变化", "调整", "后", "前", "数", "值", "情况", "数据", "指标",
    "额", "年", "度", "(", ")",
];

/// Whether a text says which figures a row has, and nothing else.
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

/// The columns of a table of firms that say something of its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RowMarks {
    /// Those in which every row says which figures it has: 计划, 2025年.
    kinds: Vec<usize>,
    /// Those with other words, by which rows of one firm may be told apart: 销售部.
    words: Vec<usize>,
}

impl RowMarks {
    /// The columns of a sheet that are no question, by what stands in the rows from `first`.
    pub(super) fn of(sheet: &Sheet, assignments: &[Assignment], first: usize) -> Self {
        let taken = |column: &usize| {
            let mut assignments = assignments.iter();
            assignments.any(|own| own.at.column == *column && own.names_a_question())
        };
        let mut marks = Self::default();
        for column in (0..sheet.width()).filter(|column| !taken(column)) {
            let rows = sheet.rows.iter().skip(first).take(LOOKED_AT);
            let cells = rows.filter(|row| !is_note(row)).filter_map(|row| row.get(column));
            let mut filled = cells.filter(|cell| !cell.is_empty()).peekable();
            if filled.peek().is_none() {
                continue;
            }
            let (mut are_marks, mut has_words) = (true, false);
            for cell in filled {
                are_marks &= matches!(cell, Cell::Text(_) | Cell::Number { .. }) && is_mark(&cell.shown());
                has_words |= heading(cell).is_some_and(|text| text.contains(char::is_alphabetic));
            }
            if are_marks {
                marks.kinds.push(column);
            } else if has_words {
                marks.words.push(column);
            }
        }
        marks
    }

    /// Whether no column says anything.
    pub(super) fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.words.is_empty()
    }

    /// Which figures a row says that it has; empty where it does not.
    pub(super) fn kind(&self, row: &[Cell]) -> String {
        shown(row, &self.kinds)
    }

    /// What a row says of itself beside that.
    pub(super) fn words(&self, row: &[Cell]) -> String {
        shown(row, &self.words)
    }

    /// Whether a row says in such a column that it adds others up: 小计 beside 销售部.
    pub(super) fn adds_up(&self, row: &[Cell]) -> bool {
        let mut texts = self.words.iter().filter_map(|column| heading(row.get(*column)?));
        texts.any(|text| is_total(text) && RowLabel::of(text) == Some(RowLabel::Total))
    }
}

/// What stands in some columns of a row, with a blank between.
fn shown(row: &[Cell], columns: &[usize]) -> String {
    let texts = columns
        .iter()
        .filter_map(|column| row.get(*column))
        .map(Cell::shown);
    let texts: Vec<String> = texts
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    texts.join(" ")
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
