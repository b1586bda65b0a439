//! What is written where a row is neither a person nor a firm: totals, and what
//! stands below a table about whoever made, checked or sealed it.

use crate::answers::plain_digits;

/// What stands before the word for a total.
const OF: [&str; 9] = [
    "本页", "本表", "全部", "以上", "人员", "全市", "全区", "全县", "全疆",
];
/// How a row is called that adds the others up.
const TOTALS: [&str; 15] = [
    "总数",
    "汇总",
    "平均",
    "其余单位",
    "备查",
    "两家",
    "Total",
    "合计",
    "总计",
    "共计",
    "小计",
    "累计",
    "总人数",
    "过次页",
    "承前页",
];
/// What may stand behind that word, beside figures.
const COUNTED: [&str; 16] = [
    "人", "人数", "名", "位", "人次", "家", "家数", "户", "户数", "行", "项", "个", "数", "元", "万元",
    "金额",
];
/// What stands below a table beside a name, a day or a seal.
const BELOW: [&str; 44] = [
    "制表",
    "制表人",
    "制表单位",
    "制表日期",
    "制表时间",
    "填表",
    "填表人",
    "填表单位",
    "填表日期",
    "填表时间",
    "填报人",
    "填报单位",
    "填报日期",
    "填报时间",
    "审核",
    "审核人",
    "审核日期",
    "审批人",
    "复核",
    "复核人",
    "经办人",
    "负责人",
    "单位负责人",
    "部门负责人",
    "单位法定代表人",
    "主管领导",
    "分管领导",
    "统计人",
    "统计日期",
    "统计时间",
    "报送日期",
    "上报日期",
    "日期",
    "盖章",
    "单位盖章",
    "单位公章",
    "公章",
    "申报单位",
    "联系人",
    "联系电话",
    "联系方式",
    "注",
    "备注",
    "说明",
];

/// How all of these begin.
const BEGINNINGS: &str = "本全以人合总汇平其两T共小累过承制填审复经负单部主分统报上日盖公申联注备说";

/// What a text says of the row that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowLabel {
    /// The row adds the others up: 合计, 共 299 人.
    Total,
    /// It stands below the table, and the text says of whom or when: 制表人：李四.
    Below,
    /// The same word with nothing behind it, which may as well be somebody's office: 负责人.
    BelowAlone,
}

impl RowLabel {
    /// Reads a text; `None` where it is no such label.
    pub(super) fn of(text: &str) -> Option<Self> {
        // Most cells begin otherwise than any label.
        let first = text.chars().find(|character| character.is_alphanumeric())?;
        if !BEGINNINGS.contains(first) {
            return None;
        }
        let text = plain_digits(text);
        let text = text.trim();
        if is_total(text) {
            return Some(Self::Total);
        }
        if is_below(text) {
            return Some(Self::BelowAlone);
        }
        let ends = text.char_indices().filter(|(_, character)| {
            matches!(character, ':' | '：') || character.is_whitespace() || character.is_ascii_digit()
        });
        let mut labels = ends.filter_map(|(end, _)| text.get(..end));
        labels.any(is_below).then_some(Self::Below)
    }
}

/// The letters, digits and characters of a text alone.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .collect()
}

fn is_below(text: &str) -> bool {
    BELOW.contains(&bare(text).as_str())
}

fn is_total(text: &str) -> bool {
    let bare = bare(text);
    let bare = OF
        .iter()
        .find_map(|word| bare.strip_prefix(word))
        .unwrap_or(&bare);
    let behind = TOTALS.iter().find_map(|word| bare.strip_prefix(word));
    // 共 299 人 has a figure right behind its word, which no name has.
    let behind = behind.or_else(|| {
        let behind = bare.strip_prefix('共')?;
        behind
            .starts_with(|character: char| character.is_ascii_digit())
            .then_some(behind)
    });
    behind.is_some_and(|behind| {
        let words: String = behind
            .chars()
            .filter(|character| !character.is_ascii_digit())
            .collect();
        words.is_empty() || COUNTED.contains(&words.as_str())
    })
}

/// Whether a text is a figure, perhaps with 人 behind it: what stands beside 合计.
pub(super) fn is_figure(text: &str) -> bool {
    let text = plain_digits(text);
    let bare = text.trim().trim_end_matches(['人', '名', '位', '个']);
    let bare = bare.trim_end();
    bare.starts_with(|character: char| character.is_ascii_digit())
        && bare
            .chars()
            .all(|character| character.is_ascii_digit() || matches!(character, ',' | '.' | ' ' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_known_by_its_label_and_a_name_is_none() {
        for (text, label) in [
            ("合计", Some(RowLabel::Total)),
            ("合 计：", Some(RowLabel::Total)),
            ("总计 299 人", Some(RowLabel::Total)),
            ("本页小计（人）", Some(RowLabel::Total)),
            ("共２９９人", Some(RowLabel::Total)),
            ("制表人：李四", Some(RowLabel::Below)),
            ("审核人: 王五", Some(RowLabel::Below)),
            ("制 表 人：", Some(RowLabel::BelowAlone)),
            ("填表日期 2026年10月30日", Some(RowLabel::Below)),
            ("填表日期2026-10-30", Some(RowLabel::Below)),
            ("单位（盖章）：示例公司", Some(RowLabel::Below)),
            ("单位负责人", Some(RowLabel::BelowAlone)),
            ("合计明", None),
            ("小计算机服务部", None),
            ("共享家政公司", None),
            ("张三", None),
            ("紧急联系人：李四", None),
            ("负责人张三", None),
            ("示例1号", None),
            ("", None),
        ] {
            assert_eq!(RowLabel::of(text), label, "{text}");
        }
        for word in OF.iter().chain(&TOTALS).chain(&BELOW) {
            assert!(
                word.starts_with(|character| BEGINNINGS.contains(character)),
                "{word}"
            );
        }
        for (text, is) in [
            ("299", true),
            ("1,299 人", true),
            ("张三", false),
            ("", false),
            ("人", false),
        ] {
            assert_eq!(is_figure(text), is, "{text}");
        }
    }
}
