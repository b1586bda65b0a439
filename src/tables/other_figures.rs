//! What the name of a row or column says that makes another figure of it than the one that
//! is asked: 计划, 人均, 2024年. Such a figure is not read until somebody says that it is meant.

use crate::answers::{Case, Date, plain_digits};
use crate::policy::{Period, Policy};

use super::faults::CellFault;
use super::headings::{Headings, Target};
use super::units;

/// What is planned, needed or hoped for, and not so yet.
const PLANNED: [&str; 16] = [
    "计划",
    "规划",
    "预算",
    "预计",
    "预期",
    "预测",
    "目标",
    "任务",
    "拟",
    "争取",
    "需求",
    "需要",
    "意向",
    "明年",
    "下年",
    "下一年",
];
/// What is a share, a change, a part of it, or something else beside it.
const OTHERS: [&str; 135] = [
    "应参",
    "应缴",
    "应收",
    "应有",
    "应到",
    "实缴",
    "实收",
    "率",
    "占",
    "比例",
    "比重",
    "比上年",
    "比去年",
    "百分",
    "%",
    "‰",
    "同比",
    "环比",
    "增",
    "减",
    "下降",
    "变动",
    "变化",
    "差额",
    "均",
    "最高",
    "最低",
    "峰值",
    "离职",
    "离岗",
    "退休",
    "辞",
    "流失",
    "缺",
    "空岗",
    "编制",
    "定员",
    "核定",
    "上限",
    "结案",
    "已结",
    "未",
    "非",
    "没有",
    "无合同",
    "无效",
    "不合格",
    "不及格",
    "不达标",
    "不符",
    "不足",
    "不在",
    "取消",
    "人次",
    "营业外",
    "成本",
    "利润",
    "支出",
    "费用",
    "同期",
    "前年",
    "以前年度",
    "以往年度",
    "欠缴",
    "断缴",
    "待缴",
    "补缴",
    "自缴",
    "代缴",
    "城乡居民",
    "灵活就业",
    "调离",
    "待岗",
    "转岗",
    "储备",
    "新招",
    "试用",
    "季节",
    "全日制",
    "被投诉",
    "负面",
    "短期",
    "咨询",
    "撤诉",
    "申报中",
    "申请",
    "报名",
    "提名",
    "撤销",
    "在编",
    "送审",
    "到期",
    "广告",
    "转载",
    "在训",
    "返回",
    "天数",
    "学时",
    "课时",
    "期数",
    "班次",
    "教师",
    "讲师",
    "时长",
    "慰问",
    "帮扶",
    "母公司",
    "总公司",
    "关联",
    "合作单位",
    "外单位",
    "亏损",
    "扣除",
    "折算",
    "最多",
    "行业",
    "全区",
    "全疆",
    "境外",
    "市外",
    "本地",
    "户籍",
    "大学生",
    "党员",
    "以下",
    "以上",
    "工伤",
    "病假",
    "休假",
    "个人",
    "结业",
    "失业",
    "参加人数",
    "参与人数",
    "受益人数",
];
/// What says that a part is among what is counted, and is told beside it.
const AMONG: &str = "其中";
/// A part of what is counted, unless it is said to be counted with the rest: 含外包.
const PARTS: [&str; 16] = [
    AMONG,
    "派遣",
    "外包",
    "兼职",
    "临时",
    "实习",
    "返聘",
    "男",
    "女",
    "少数民族",
    "外地",
    "疆外",
    "分公司",
    "子公司",
    "部分",
    "主营",
];

/// Whether a word says that a figure is a part of what is counted and stands beside the others,
/// as 外包 does, and not 其中.
pub(super) fn is_part(word: &str) -> bool {
    word != AMONG && PARTS.contains(&word)
}

/// What says that a part is counted with the rest, or left out of it.
const WITH: [&str; 3] = ["含", "包括", "合并"];
/// What is of another time than one whole year that is over.
const OTHER_TIMES: [&str; 10] = [
    "累计", "历年", "今年", "本年", "当年", "往年", "月", "季", "半年", "至今",
];
/// How a whole year is written by its months.
const WHOLE_YEAR: [&str; 4] = ["1-12月", "1至12月", "1~12月", "1到12月"];
/// What is of another day than the one on which heads are counted.
const OTHER_DAYS: [&str; 6] = ["年初", "期初", "上月", "历年", "累计", "上期"];
/// What is of the year before the one in which heads are counted.
const YEAR_BEFORE: [&str; 3] = ["上年", "去年", "上一年"];
/// What says that a time goes on from a year to today.
const SINCE: [&str; 3] = ["以来", "至今", "起"];

/// What a question without a figure asks, whatever its time.
const STATE: &str = "现在的情况";

/// What makes the opposite of a question for yes or no, or another one.
const OPPOSITES: [&str; 28] = [
    "不", "未", "无", "没", "非", "缺", "违", "取消", "停办", "停止", "拒", "较差", "很差", "失效", "过期",
    "丢失", "注销", "解除", "免除", "计划", "申请", "拟", "问题", "漏洞", "整改", "负面", "市外", "市内",
];
/// What only says that it is a question.
const ASKS: [&str; 5] = ["是否", "有无", "有没有", "是不是", "能不能"];

/// Why a name is the opposite of the question for yes or no that it is taken for:
/// 不具有独立法人资格, or 具有建设单位资格 for 曾被取消建设单位资格.
pub(super) fn opposite(
    policy: &Policy,
    headings: &Headings,
    target: Target,
    name: &str,
) -> Option<CellFault> {
    if !target.is_yes_or_no(policy) {
        return None;
    }
    let statement = |name: &str| {
        ASKS.iter()
            .fold(plain_digits(name), |name, word| name.replace(word, ""))
    };
    let name = statement(&units::divided(name).0);
    let label = statement(&target.label(policy));
    let is_said = |word: &&&str| name.contains(**word);
    let is_called = |word: &str| headings.has_name(target, |own| statement(own).contains(word));
    let mut words = OPPOSITES.iter();
    let word = words.find(|word| is_said(word) && !is_called(word));
    let only_asked = || {
        let asked = OPPOSITES.iter().find(|word| label.contains(**word));
        asked.filter(|_| !OPPOSITES.iter().any(|word| name.contains(word)))
    };
    let word = word.or_else(only_asked)?;
    Some(CellFault::Opposite(String::from(*word)))
}

/// For when a case asks its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    year: u16,
    cutoff: Date,
}

impl Asked {
    pub(super) const fn of(case: &Case) -> Self {
        Self {
            year: case.application_year,
            cutoff: case.cutoff_date,
        }
    }

    /// The day on which heads are counted.
    pub(super) const fn cutoff(self) -> Date {
        self.cutoff
    }

    /// The year of the data, which is the one before that of the application.
    pub(super) const fn last_year(self) -> u16 {
        self.year.saturating_sub(1)
    }

    /// Whether something of a year may be what is asked: its data, the heads of the day on
    /// which they are counted, or the application itself.
    pub(super) const fn may_be_of(self, year: u16) -> bool {
        year == self.year || year == self.last_year() || year == self.cutoff.year
    }

    /// The time of a question in words.
    fn in_words(self, period: Period) -> String {
        let last = self.last_year();
        match period {
            Period::LastYear => format!("{last} 年的数"),
            Period::SinceLastYear => format!("{last} 年初至今的数"),
            Period::Cutoff | Period::CutoffMonth => format!("{} 的数", self.cutoff),
            Period::Timeless => String::from("不限年份的数"),
        }
    }
}

/// Why a name that is taken for a question means another figure than it asks; `None` where
/// it says nothing of the kind. What the question itself is called is no such word.
pub(super) fn other_figure(
    policy: &Policy,
    headings: &Headings,
    asked: Option<Asked>,
    target: Target,
    name: &str,
) -> Option<CellFault> {
    if !target.is_figure(policy) {
        return other_state(headings, asked, target, name);
    }
    if target.is_money(policy) && says_other_currency(name) {
        return Some(CellFault::OtherUnit(String::from(name.trim())));
    }
    let plain = plain_digits(name);
    let says = |words: &[&str]| {
        let is_said = |word: &&&str| plain.contains(**word) && !headings.is_called(target, word);
        let found = words.iter().find(is_said)?;
        // Within a longer word it is none of its own: 前年 in 以前年度.
        let longer = words.iter().filter(is_said).filter(|word| word.contains(found));
        longer
            .max_by_key(|word| word.len())
            .map(|word| CellFault::OtherFigure(String::from(*word)))
    };
    let of_time = |asked| match target {
        Target::Fact(place) => other_time(policy.facts[place].period, asked, &plain, says),
        _ => None,
    };
    let of_part = || {
        (!WITH.iter().any(|word| plain.contains(word)))
            .then(|| says(&PARTS))
            .flatten()
    };
    says(&PLANNED)
        .or_else(|| says(&OTHERS))
        .or_else(of_part)
        .or_else(|| asked.and_then(of_time))
}

/// Why a name means another time than now, of which is asked what a firm is or has: 2024年, 计划.
/// What is entered in words stands as it is, whatever stands above it.
fn other_state(headings: &Headings, asked: Option<Asked>, target: Target, name: &str) -> Option<CellFault> {
    if !matches!(target, Target::Fact(_)) {
        return None;
    }
    let plain = plain_digits(name);
    let is_said = |word: &&&str| plain.contains(**word) && !headings.is_called(target, word);
    if let Some(word) = PLANNED.iter().find(is_said) {
        return Some(CellFault::OtherFigure(String::from(*word)));
    }
    let (asked, named) = (asked?, years(&plain));
    let may_be_now = named.iter().any(|year| asked.may_be_of(*year));
    let year = named.last().filter(|_| !may_be_now)?;
    Some(CellFault::OtherYear(*year, String::from(STATE)))
}

/// Whether a name ends in money of another country without brackets: 营业收入美元.
fn says_other_currency(name: &str) -> bool {
    let (bare, unit) = units::divided(name);
    unit.is_none() && units::is_other_currency(&bare)
}

/// Why a name says another time than a question asks.
fn other_time(
    period: Period,
    asked: Asked,
    plain: &str,
    says: impl Fn(&[&str]) -> Option<CellFault>,
) -> Option<CellFault> {
    let last = asked.last_year();
    let years = years(plain);
    let is_since = SINCE.iter().any(|word| plain.contains(word)) && years.contains(&last);
    let is_whole_year = WHOLE_YEAR.iter().any(|months| plain.contains(months));
    let is_asked = |year: &u16| match period {
        Period::LastYear => *year == last,
        Period::SinceLastYear => is_since || years.contains(&last) && years.contains(&asked.year),
        Period::Cutoff | Period::CutoffMonth => *year == asked.cutoff.year,
        Period::Timeless => false,
    };
    if let Some(year) = years.iter().find(|year| !is_asked(year)) {
        return Some(CellFault::OtherYear(*year, asked.in_words(period)));
    }
    match period {
        Period::SinceLastYear if is_since => None,
        Period::LastYear | Period::SinceLastYear if !is_whole_year => says(&OTHER_TIMES),
        Period::Cutoff | Period::CutoffMonth => says(&OTHER_DAYS)
            .or_else(|| other_month(plain, asked.cutoff))
            .or_else(|| {
                (asked.cutoff.year >= asked.year)
                    .then(|| says(&YEAR_BEFORE))
                    .flatten()
            }),
        _ => None,
    }
}

/// Why a name says another month than the one in which heads are counted: 6月底.
fn other_month(plain: &str, cutoff: Date) -> Option<CellFault> {
    let mut named = plain.match_indices('月').filter_map(|(end, _)| {
        let before = plain.get(..end)?;
        let digits = before.trim_end_matches(|character: char| character.is_ascii_digit());
        let month = before.get(digits.len()..)?;
        let number: u8 = month.parse().ok()?;
        (1..=12).contains(&number).then_some((number, month))
    });
    let (number, month) = named.next_back()?;
    (number != cutoff.month).then(|| CellFault::OtherFigure(format!("{month}月")))
}

/// The years that a text names: 2024, 24年.
pub(super) fn years(plain: &str) -> Vec<u16> {
    let mut years = Vec::new();
    let mut rest = plain;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let behind = rest.get(start..).unwrap_or_default();
        let end = behind.find(|character: char| !character.is_ascii_digit());
        let (digits, after) = behind.split_at(end.unwrap_or(behind.len()));
        rest = after;
        let year = match digits.len() {
            4 if digits.starts_with("19") || digits.starts_with("20") => digits.parse().ok(),
            2 if after.starts_with('年') => digits.parse().ok().map(|year: u16| 2000 + year),
            _ => None,
        };
        years.extend(year);
    }
    years
}

/// What says that a figure was wrong and another one is right.
const CORRECTIONS: [&str; 22] = [
    "更正",
    "改正",
    "改为",
    "改成",
    "修改",
    "更改",
    "修正",
    "订正",
    "纠正",
    "应为",
    "应该是",
    "应是",
    "不对",
    "错了",
    "写错",
    "填错",
    "打错",
    "说错",
    "作废",
    "以此为准",
    "以这个为准",
    "以这条为准",
];
/// What says before such a word that nothing has been corrected yet: 如不对，请致电.
const IF: [char; 2] = ['如', '若'];

/// Whether a text corrects what was said before it.
pub(super) fn is_correction(text: &str) -> bool {
    let mut words = CORRECTIONS.iter().filter_map(|word| text.split_once(word));
    words.any(|(before, _)| !before.contains(IF))
}
