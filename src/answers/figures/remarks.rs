//! What is in brackets behind a figure: what belongs to it, and what makes another one of it or none.

use super::words::{CURRENCY, OF_EACH, OR_SO, OTHER_CURRENCIES};
use super::{Fault, Figure};
use crate::answers::written_numbers::{UNITS, is_limit, number};
use crate::answers::{numerals, plain_digits};

/// What says that a figure is approximate and nothing else.
const ONLY_ABOUT: &str = "约 约数 概数 大约 大概 估 估计 估算 暂估 粗估";
/// What says in a remark that the figure before it is not sure.
const UNSURE: &str = "? ？ 待核 待查 待定 待确认 存疑 不确定 不准 未核 概数 暂估 预估 估计 估算 \
    概算 初步 快报 大概";
/// What says that a figure is one of what is still to be done.
const PLANNED: &str = "计划 规划 预算 承诺 目标 预计 预期 预定 拟 意向 争取 力争 即将 将达 将有 有望 打算 \
    到年底 年底前 待招 待签 申报中 申请中 筹备 筹建 明年 下一年";
/// What says that something planned was done.
const DONE: &str = "完成";
/// What says that it is still to be done, whatever follows: 拟于12月完成.
const TO_BE_DONE: &str = "拟于 将于 计划于 预计于";
/// What denies a figure, or makes one of another time or of other things of it.
const DOUBTED: &str = "不 未 没 非 在编 编制 在建 待 过期 到期 失效 作废 撤 取消 注销 转让 停 离 辞 退出 退保 解除 \
    调出 重复 亏 外单位 介绍 转介 挂靠 挂名 代缴 集团 合并 另 还有 外加 加上 占比 比例 折 外币 平均 累计 \
    去年 今年 上年 前年 往年 本年 当年 历年 近年 上一年 年均 年合计 年初 年底 年末 半年 季 月 \
    同期 分公司 子公司 分支 征求意见 报批 立项 报名 招生 预约 缺 试行 \
    短期 无资料 无材料 无照片 无记录 无证";
/// Words that have some of the words above in them and say nothing of the kind.
const HARMLESS: &str = "未含 不含 不包括 不包含 未包括 非全日制 不重复 离退休 无固定期限 统一 模拟 虚拟 \
    承诺书 其中 集中 高中 初中 月嫂 非遗 待遇 接待 招待";
/// Units of brackets beside those that stand behind figures.
const OTHER_UNITS: [&str; 11] = [
    "%", "‰", "圆", "圓", "月均", "日均", "周均", "季均", "人均", "W", "K",
];

impl Figure {
    /// Reads what is in brackets behind a figure. What could stand there without
    /// them is given back, to be read as if it did; the rest is a remark.
    pub(super) fn read_bracketed(&mut self, bracketed: &str) -> String {
        // Two figures, of which nobody knows which one is meant.
        if number(&plain_digits(bracketed)).is_some() {
            return format!("/{bracketed}");
        }
        let mut behind = String::new();
        let mut remarks = Vec::new();
        let parts: Vec<&str> = bracketed.split(['，', ',', '；', ';']).map(str::trim).collect();
        for part in &parts {
            let plain = plain_digits(part);
            let word = plain.trim();
            if words_of(ONLY_ABOUT).any(|about| about == word) {
                self.approximate = true;
            } else if let Some(unit) = behind_a_figure(word) {
                behind.push_str(&unit);
            } else {
                remarks.push(*part);
            }
        }
        if remarks.len() < parts.len() {
            self.add_remark(&remarks.join("，"));
        } else {
            self.add_remark(bracketed.trim());
        }
        behind
    }

    /// Puts a remark behind those that are there.
    pub(super) fn add_remark(&mut self, remark: &str) {
        let comma = if self.remark.is_empty() || remark.is_empty() {
            ""
        } else {
            "，"
        };
        self.remark = format!("{}{comma}{remark}", self.remark);
        self.approximate |= says_any(remark, UNSURE);
    }

    /// Refuses a figure of which the remark says that it is below zero, or the remark or
    /// the words beside it that it is only planned: that is none of what has been done.
    pub(super) fn heed_words(&mut self, text: &str) {
        let is_negative = || self.remark.split('，').any(|said| matches!(said, "负" | "负数"));
        let fault = match self.number {
            Ok(Some(_)) if is_negative() => Fault::Negative,
            Ok(Some(_)) if tells_plan(&self.remark) => Fault::Planned,
            Err(Fault::WordsBeside | Fault::WordsBesideAmount) if tells_plan(text) => Fault::Planned,
            _ => return,
        };
        self.number = Err(fault);
    }
}

/// What could stand behind a figure without brackets, as it is put there: a unit,
/// `单位：千元`, a limit or that the figure is approximate.
fn behind_a_figure(word: &str) -> Option<String> {
    if let Some(named) = named_as_unit(word) {
        return Some(named.to_owned());
    }
    let ends = OR_SO.iter().copied().find(|end| word.ends_with(end));
    let ends = ends.unwrap_or_else(|| {
        // Single characters may end another word: 人数.
        let ends = word.char_indices().filter_map(|(at, _)| word.get(at..));
        let mut limits = ends.filter(|end| is_limit(end) && (*end == word || end.chars().count() > 1));
        limits.next().unwrap_or_default()
    });
    let unit = word.strip_suffix(ends).unwrap_or(word).trim_end();
    if unit.is_empty() {
        return (!ends.is_empty()).then(|| ends.to_owned());
    }
    unit_of(unit).map(|unit| format!("{unit}{ends}"))
}

/// What is named as the unit, be it one or not: 单位：千元.
fn named_as_unit(word: &str) -> Option<&str> {
    let (before, behind) = word.split_once("单位")?;
    let named = behind.trim_start_matches([' ', ':', '为', '是']);
    let is_named = behind.trim_start().starts_with(':') || unit_of(named).is_some();
    (is_named && !named.is_empty() && matches!(before.trim(), "" | "金额" | "计量" | "货币")).then_some(named)
}

/// The unit that a text is and nothing else, without the name of our own currency: 百人, 万元/月, %, 万美元.
fn unit_of(text: &str) -> Option<String> {
    let upper = text.to_ascii_uppercase();
    let around = CURRENCY
        .iter()
        .find_map(|name| upper.strip_prefix(name).or_else(|| upper.strip_suffix(name)));
    let bare = around.map(str::trim).filter(|bare| !bare.is_empty());
    let bare = bare.unwrap_or(&upper);
    if CURRENCY.contains(&bare) {
        return Some(bare.to_owned());
    }
    let one = bare.trim_start_matches(|character| character == ' ' || numerals::unit(character).is_some());
    let (unit, each) = one.split_once(['/', '每']).unwrap_or((one, ""));
    let each = each.trim_start_matches('每');
    let is_each = each.is_empty() || UNITS.contains(&each) || OF_EACH.contains(&each);
    let mut known = UNITS.iter().chain(&OTHER_CURRENCIES).chain(&OTHER_UNITS);
    let is_unit = unit.is_empty() || known.any(|known| *known == unit);
    let says_any = one.len() < bare.len() || !unit.is_empty() || !each.is_empty();
    (is_each && is_unit && says_any).then(|| bare.to_owned())
}

fn words_of(table: &str) -> core::str::SplitWhitespace<'_> {
    table.split_whitespace()
}

/// Whether a text has one of the words of a table in it.
fn says_any(text: &str, table: &str) -> bool {
    words_of(table).any(|word| text.contains(word))
}

/// A text without the words of a table.
fn without(text: &str, table: &str) -> String {
    words_of(table).fold(text.to_owned(), |text, word| text.replace(word, " "))
}

/// Whether a text says that a figure is one of what is still to be done.
fn tells_plan(text: &str) -> bool {
    let said = without(text, HARMLESS);
    says_any(&said, TO_BE_DONE) || says_any(&said, PLANNED) && !said.contains(DONE)
}

/// Whether a remark makes it doubtful that the figure before it is the one that is
/// asked: it denies it, tells of another time, or has figures of its own. What of
/// it is the time that is asked must be left out of it before. That a figure is not
/// sure is marked and not asked about again.
pub fn is_doubted(remark: &str, of_nothing: bool) -> bool {
    let plain = plain_digits(remark);
    let said = without(&without(&plain, UNSURE), HARMLESS);
    let is_part = plain.trim().starts_with("其中") && !of_nothing;
    says_any(&said, PLANNED)
        || says_any(&said, DOUBTED)
        || said.ends_with('中')
        || !is_part && has_figure(&said)
}

/// Whether figures are in a remark. A share is none, and the number of a paper neither.
fn has_figure(said: &str) -> bool {
    const COUNTED_BY: &str = "人名件起家个次篇项位例年万元";
    if said.contains('号') {
        return false;
    }
    let is_of_share = |character: char| character.is_ascii_digit() || character == '.';
    let mut outside = said.split_inclusive('%').map(|part| {
        part.strip_suffix('%')
            .map_or(part, |part| part.trim_end_matches(is_of_share))
    });
    let is_figure = |part: &str| {
        let behind = part.chars().skip(1);
        let mut pairs = part.chars().zip(behind);
        part.contains(|character: char| character.is_ascii_digit())
            || pairs.any(|(numeral, by)| numerals::is_numeral(numeral) && COUNTED_BY.contains(by))
    };
    outside.any(is_figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_known_by_themselves() {
        for text in [
            "元",
            "千元",
            "百万元",
            "亿",
            "万元/月",
            "人/年",
            "USD",
            "万美元",
            "%",
            "月均",
            "百人",
            "人民币",
        ] {
            assert_eq!(unit_of(text).as_deref(), Some(text), "{text}");
        }
        assert_eq!(unit_of("人民币万元").as_deref(), Some("万元"));
        for text in ["", "/", "本单位", "本年", "含税", "外单位", "12万元"] {
            assert_eq!(unit_of(text), None, "{text}");
        }
    }

    #[test]
    fn remarks_that_leave_the_figure_as_it_is_are_not_asked_about() {
        for remark in [
            "含外包",
            "不含实习生",
            "其中女性 200 人",
            "女性占60%",
            "乌人社发〔2025〕3号",
            "高中",
            "人事",
            "统一人员编号",
            "非全日制",
        ] {
            assert!(!is_doubted(remark, false), "{remark}");
        }
        for remark in [
            "含外包12",
            "另有一起在侦",
            "仲裁中",
            "未签合同",
            "近三年平均",
            "十月底",
            "亏损",
            "已离职",
            "二〇二四年",
            "列入计划并完成",
        ] {
            assert!(is_doubted(remark, false), "{remark}");
        }
        assert!(is_doubted("其中2件在审", true));
        assert!(!tells_plan("列入计划并完成") && !tells_plan("模拟考试") && tells_plan("拟招"));
    }
}
