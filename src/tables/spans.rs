//! Times that columns or rows say beside each other, 一季度 … 四季度 or 1月 … 12月, and whether
//! they are a whole year together, so that what adds them up is that of a year.

use crate::answers::plain_digits;

use super::other_figures::years;

/// What adds others up.
const TOTALS: [&str; 6] = ["合计", "总计", "总数", "合 计", "累计", "小计"];
/// What says that something is of some time, though not of which.
const TIMES: [&str; 7] = ["月", "季", "上期", "本期", "上年", "本年", "半年"];
/// What parts of one firm's figure are called, which add up to it.
const PARTS: [&str; 36] = [
    "男", "女", "正式", "合同", "派遣", "外包", "兼职", "全职", "临时", "其他", "其它", "民族", "汉", "城镇",
    "农村", "户籍", "本地", "外地", "疆", "部", "科", "组", "班", "车间", "期", "线上", "线下", "专科",
    "本科", "高中", "初中", "岁", "类", "级", "自用", "输出",
];
/// What firms are called, whose figures add up to that of none.
const FIRMS: [&str; 8] = ["公司", "合作社", "学校", "中心", "协会", "企业", "单位", "集团"];
/// Numerals of months and quarters.
const NUMERALS: [&str; 12] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二",
];

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Span {
    Month(usize),
    Quarter(usize),
    Half(usize),
}

/// A name without its year and without blanks: 2025年一季度 is 一季度.
pub(super) fn without_year(name: &str) -> String {
    let plain: String = plain_digits(name)
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    years(&plain).iter().fold(plain.clone(), |text, year| {
        let (whole, short) = (year.to_string(), format!("{:02}年", year % 100));
        let bare = if text.contains(&whole) {
            text.replacen(&whole, "", 1)
        } else {
            text.replacen(&short, "", 1)
        };
        bare.trim_start_matches(['年', '度', '-', '.', '/']).to_owned()
    })
}

/// Whether a name says that it adds others up.
pub(super) fn is_total(name: &str) -> bool {
    TOTALS.iter().any(|word| name.contains(word))
}

/// Whether a name says that it is of a part of a year.
pub(super) fn is_part_of_a_year(name: &str) -> bool {
    span(name).is_some()
}

/// The part of a year that a name says and nothing else: 一季度, 第2季度, Q3, 4月, 十二月份, 上半年.
fn span(name: &str) -> Option<Span> {
    let name = without_year(name);
    let name = name.trim_start_matches('第').trim_end_matches(['份', '度', '数']);
    let numbered = |text: &str| {
        let by_word = NUMERALS.iter().position(|numeral| *numeral == text);
        let number = by_word
            .map(|place| place + 1)
            .or_else(|| text.trim_start_matches('0').parse().ok());
        number.filter(|number| (1..=12).contains(number))
    };
    let quarter = |text: &str| numbered(text).filter(|number| *number <= 4).map(Span::Quarter);
    match name {
        "上半年" => Some(Span::Half(1)),
        "下半年" => Some(Span::Half(2)),
        _ => {
            let by_letter = name.strip_prefix(['Q', 'q']).and_then(quarter);
            let by_season = || name.strip_suffix('季').and_then(quarter);
            let by_month = || name.strip_suffix('月').and_then(numbered).map(Span::Month);
            by_letter.or_else(by_season).or_else(by_month)
        }
    }
}

/// Whether the names beside a total are parts of a year that are the whole of it.
fn is_whole_year(names: &[&str]) -> bool {
    let spans: Vec<Span> = names.iter().filter_map(|name| span(name)).collect();
    let all = |count: usize, of: fn(usize) -> Span| (1..=count).all(|number| spans.contains(&of(number)));
    all(12, Span::Month) || all(4, Span::Quarter) || all(2, Span::Half)
}

/// What a total adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sum {
    /// Parts of what is counted: 男, 女.
    Parts,
    /// What may be no parts of it: several firms beside each other.
    Unknown,
    /// The parts of one year, which is that of the data or is not named.
    Year,
    /// Times that are no such year together: 1月 … 3月, 2024年 and 2025年.
    Times,
}

impl Sum {
    /// What a total adds up that stands beside other names; `year` is that of the data.
    pub(super) fn of(total: &str, beside: &[&str], year: u16) -> Self {
        let own = years(&plain_digits(total));
        let is_of_own = |name: &&&str| own.is_empty() || years(&plain_digits(name)) == own;
        let parts: Vec<&str> = beside
            .iter()
            .filter(|name| !is_total(name))
            .filter(is_of_own)
            .copied()
            .collect();
        let of_years = |name: &&str| years(&plain_digits(name));
        let is_time = |name: &&str| {
            let bare = without_year(name);
            own.is_empty() && !of_years(name).is_empty()
                || TIMES.iter().any(|word| bare.contains(word))
                || is_part_of_a_year(name)
        };
        let is_part = |name: &&str| {
            let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
            says(&PARTS) && !says(&FIRMS)
        };
        if !parts.iter().any(is_time) {
            if parts.iter().all(is_part) {
                Self::Parts
            } else {
                Self::Unknown
            }
        } else if is_whole_year(&parts)
            && parts
                .iter()
                .all(|part| of_years(part).iter().all(|own| *own == year))
        {
            Self::Year
        } else {
            Self::Times
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_year_are_known_and_are_one_together_or_not() {
        for name in [
            "一季度",
            "第2季度",
            "Q3",
            "四季",
            "4月",
            "12月份",
            "十一月",
            "上半年",
            "2025年一季度",
            "2025年3月",
        ] {
            assert!(is_part_of_a_year(name), "{name}");
        }
        for name in ["全年", "2025年", "月均", "合计", "季节工", "13月", "男"] {
            assert!(!is_part_of_a_year(name), "{name}");
        }
        let quarters = ["一季度", "二季度", "三季度", "四季度", "合计"];
        assert_eq!(Sum::of("合计", &quarters, 2025), Sum::Year);
        assert_eq!(Sum::of("合计", &quarters[1..], 2025), Sum::Times);
        assert_eq!(Sum::of("合计", &["男", "女"], 2025), Sum::Parts);
        assert_eq!(Sum::of("合计", &["2024年", "2025年"], 2025), Sum::Times);
        assert_eq!(Sum::of("合计", &["示例甲", "示例乙"], 2025), Sum::Unknown);
        assert_eq!(Sum::of("合计", &["本公司", "分公司"], 2025), Sum::Unknown);
        assert_eq!(
            Sum::of("合计", &["2024年上半年", "2024年下半年"], 2025),
            Sum::Times
        );
        assert_eq!(
            Sum::of("合计", &["2025年上半年", "2025年下半年"], 2025),
            Sum::Year
        );
        assert_eq!(
            Sum::of("2025年 合计", &["2025年 男", "2025年 女"], 2025),
            Sum::Parts
        );
    }
}
