//! Dates of the Gregorian calendar, read as people write them.
//!
//! The calendar itself is one function and the differences here; the crate
//! `time` saves no more than that, and reads none of these ways to write.

use core::fmt;
use core::str::FromStr;

use super::characters::is_dash;
use super::faults::NotADate;
use super::figures::says_nothing;
use super::{numerals, plain_digits};

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year, four digits.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl Date {
    /// The day, where there is one.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let date = Self { year, month, day };
        let real = (1000..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=date.days_in_month()).contains(&day);
        real.then_some(date)
    }

    const fn days_in_month(self) -> u8 {
        match self.month {
            2 if self.year.is_multiple_of(4)
                && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400)) =>
            {
                29
            }
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// The last day of the month before this one's.
    pub fn end_of_previous_month(self) -> Self {
        let (year, month) = if self.month == 1 {
            (self.year - 1, 12)
        } else {
            (self.year, self.month - 1)
        };
        let first = Self { year, month, day: 1 };
        Self {
            day: first.days_in_month(),
            ..first
        }
    }

    /// Whole years from this day to `later`: 5 on the fifth anniversary itself.
    /// The anniversary of a 29 February falls on 1 March in a common year.
    pub fn years_until(self, later: Self) -> u16 {
        let passed = (later.month, later.day) >= (self.month, self.day);
        later
            .year
            .saturating_sub(self.year)
            .saturating_sub(u16::from(!passed))
    }

    /// The time from this day to `later` in years as a fact carries it: whole
    /// on an anniversary, half a year over it for any other day between two,
    /// so that exactly the anniversary counts as exactly that many years.
    pub fn elapsed_years(self, later: Self) -> Option<String> {
        if later < self {
            return None;
        }
        let years = self.years_until(later);
        let exact = (later.month, later.day) == (self.month, self.day)
            || ((self.month, self.day) == (2, 29)
                && (later.month, later.day) == (3, 1)
                && later.days_of_february() == 28);
        Some(if exact {
            years.to_string()
        } else {
            format!("{years}.5")
        })
    }

    const fn days_of_february(self) -> u8 {
        Self {
            year: self.year,
            month: 2,
            day: 1,
        }
        .days_in_month()
    }

    /// `2026年11月24日`
    pub fn in_words(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }
}

impl fmt::Display for Date {
    /// `2026-11-24`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    /// Reads a day as people write it.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        match text.parse()? {
            DayOrMonth::Day(day) => Ok(day),
            DayOrMonth::Month { .. } => Err(NotADate::MonthOnly),
        }
    }
}

/// A day or, where that is all that a paper says, a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrMonth {
    /// A day.
    Day(Date),
    /// A month.
    Month {
        /// Year, four digits.
        year: u16,
        /// Month, from 1.
        month: u8,
    },
}

impl DayOrMonth {
    /// `2026年11月24日`, `2026年11月`
    pub fn in_words(self) -> String {
        match self {
            Self::Day(day) => day.in_words(),
            Self::Month { year, month } => format!("{year}年{month}月"),
        }
    }

    /// Whether none of it has come on a day.
    pub fn begins_after(self, day: Date) -> bool {
        match self {
            Self::Day(own) => own > day,
            Self::Month { year, month } => (year, month) > (day.year, day.month),
        }
    }
}

impl fmt::Display for DayOrMonth {
    /// `2026-11-24`, `2026-11`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(out),
            Self::Month { year, month } => write!(out, "{year:04}-{month:02}"),
        }
    }
}

impl FromStr for DayOrMonth {
    type Err = NotADate;

    /// Reads `2019-03-05`, `2019.3.5`, `2019/3/5`, `2019年3月5日`, `20190305`,
    /// `二〇一九年三月五日`, `2019年3月`; a time of day that a table wrote behind it is left out.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let text = plain_digits(text);
        let text = without_remark(&text);
        let text = without_label(without_label(without_time(text.trim())));
        if says_nothing(text) {
            return Err(NotADate::SaysNothing);
        }
        // 营业期限：自2015年6月18日 has two of them.
        let text = begin(text)?;
        let text = without_event(text);
        let mut parts = parts_of(text);
        if let [only] = parts.as_slice()
            && is_digits(&only.text)
        {
            parts = run_together(&only.text)?;
        }
        if let [_, _, third, ..] = parts.as_slice()
            && is_digits(&third.text)
            && third.behind.starts_with('月')
        {
            return Err(NotADate::Range);
        }
        let is_one = one_day(&parts);
        let is_month = |month: &str| month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
        let is_year = |year: &str| {
            year.len() == 4 && (year.starts_with("19") || year.starts_with("20")) && is_digits(year)
        };
        let parts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        match parts.as_slice() {
            [year] | [year, "度"] if is_year(year) => Err(NotADate::YearOnly),
            [year, month] | [year, month, "底" | "初" | "末" | "上旬" | "中旬" | "下旬" | "份"]
                if is_year(year) && is_month(month) =>
            {
                let read = (year.parse(), month.parse());
                let (Ok(year), Ok(month)) = read else {
                    return Err(NotADate::Form);
                };
                Ok(Self::Month { year, month })
            }
            [year, month, day]
                if is_digits(year)
                    && is_digits(month)
                    && is_digits(day)
                    && month.len() <= 2
                    && day.len() <= 2 =>
            {
                match (year.len(), year.parse(), month.parse(), day.parse()) {
                    (4, Ok(year), Ok(month), Ok(of_month)) => is_one.and_then(|()| {
                        let date = Date::new(year, month, of_month);
                        date.map(Self::Day).ok_or(NotADate::NoSuchDay)
                    }),
                    (2, _, Ok(1..=12_u8), Ok(1..=31_u8)) => Err(NotADate::ShortYear),
                    _ => Err(NotADate::Form),
                }
            }
            parts if parts.iter().filter(|part| is_year(part)).count() > 1 => Err(NotADate::Range),
            _ => Err(NotADate::Form),
        }
    }
}

/// Whether something is said of a date in brackets behind it: 2019年3月5日（变更）.
pub(super) fn has_remark(text: &str) -> bool {
    let text = plain_digits(text);
    let is_within = text.trim().starts_with(['(', '[', '【', '〔']);
    !is_within && without_remark(&text) != text.trim()
}

const OPEN: [char; 4] = ['(', '[', '【', '〔'];
const CLOSED: [char; 4] = [')', ']', '】', '〕'];
/// What a remark says that another day is of: 2020-12-05（2021年发文）.
const OF_ANOTHER_DAY: [&str; 30] = [
    "发文", "印发", "下发", "文件", "公示", "公布", "公告", "发布", "领证", "领取", "发证", "换证", "换发",
    "补发", "补证", "换照", "年检", "年审", "备案", "变更", "更名", "改名", "迁址", "送达", "收到", "到期",
    "打印", "导出", "上报", "统计",
];
/// What a remark says that makes another day of the one before it, or leaves it open.
const CONTESTS: [&str; 15] = [
    "应", "实际", "实为", "正", "改为", "改成", "或", "不", "准", "错", "误", "还是", "才", "?", "待",
];

/// Whether a remark with figures says of them that they are of something else than the day before it.
fn is_of_another_day(remark: &str) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| remark.contains(word));
    says(&OF_ANOTHER_DAY) && !says(&CONTESTS)
}

/// What is said of a date in brackets behind it, and not in it.
pub(super) fn remark_of(text: &str) -> Option<String> {
    let plain = plain_digits(text);
    let (before, behind) = plain.split_once(OPEN)?;
    let (remark, _) = behind.split_once(CLOSED)?;
    (has_remark(text) && !before.trim().is_empty()).then(|| remark.trim().to_owned())
}

/// A date without a remark in brackets behind it: 2021年11月28日（文件日期）. One with figures
/// in it stays, unless it says of what else they are.
fn without_remark(text: &str) -> String {
    let text = text.trim();
    if let Some(within) = text.strip_prefix(OPEN).and_then(|text| text.strip_suffix(CLOSED))
        && !within.contains(OPEN)
    {
        return within.to_owned();
    }
    let parts = text.split_once(OPEN).and_then(|(before, behind)| {
        let (remark, after) = behind.split_once(CLOSED)?;
        let is_remark =
            !remark.contains(|character: char| character.is_ascii_digit()) || is_of_another_day(remark);
        (is_remark && !before.trim().is_empty()).then(|| format!("{before}{after}"))
    });
    parts.unwrap_or_else(|| text.to_owned())
}

/// A date without what says before it which one it is: 成立日期：2015年06月18日.
fn without_label(text: &str) -> &str {
    const ENDS: [&str; 6] = ["日期", "时间", "日", "于", "自", "从"];
    // A date that only bounds the one that is asked is not that one.
    const BOUNDS: [char; 6] = ['不', '早', '晚', '约', '未', '前'];
    let has_digits = |text: &str| text.contains(|character: char| character.is_ascii_digit());
    let is_label = |label: &str| !has_digits(label) && !label.contains(BOUNDS);
    if let Some((label, behind)) = text.split_once(':') {
        return if is_label(label) { behind.trim() } else { text };
    }
    let first = text.find(|character: char| {
        character.is_ascii_digit() || !has_digits(text) && matches!(character, '一' | '二')
    });
    let (label, behind) = first
        .and_then(|first| text.split_at_checked(first))
        .unwrap_or(("", text));
    let ends = ENDS.iter().any(|end| label.trim_end().ends_with(end));
    if ends && is_label(label) { behind } else { text }
}

/// The first day of a time without end, as a licence has it: 2015年06月18日至长期.
///
/// # Errors
/// Where a day is told on which it ends.
fn begin(text: &str) -> Result<&str, NotADate> {
    const TO: [char; 4] = ['至', '到', '~', '\u{301c}'];
    const WITHOUT_END: [&str; 9] = [
        "长期",
        "今",
        "永久",
        "永续",
        "无固定期限",
        "无限期",
        "不约定期限",
        "不定期",
        "现在",
    ];
    let Some((from, to)) = text.split_once(TO) else {
        let from = WITHOUT_END.iter().find_map(|word| text.strip_suffix(word));
        let from =
            from.map(|from| from.trim_end_matches(|character: char| is_dash(character) || character == ' '));
        return Ok(from.filter(|from| !from.is_empty()).unwrap_or(text));
    };
    let to = to.trim();
    if WITHOUT_END.contains(&to) || to.is_empty() {
        return Ok(from.trim());
    }
    let is_day = |text: &str| text.contains(|character: char| numerals::is_numeral(character));
    if is_day(from) && is_day(to) {
        return Err(NotADate::Range);
    }
    Ok(text)
}

/// A date without what happened on it: 2015年6月18日成立.
fn without_event(text: &str) -> &str {
    const EVENTS: [&str; 16] = [
        "登记成立",
        "注册成立",
        "成立",
        "登记",
        "注册",
        "设立",
        "核准",
        "发文",
        "印发",
        "颁发",
        "发证",
        "发布",
        "被取消",
        "取消",
        "起",
        "开始",
    ];
    let bare = EVENTS
        .iter()
        .find_map(|event| text.trim_end().strip_suffix(event));
    bare.map_or(text, str::trim_end)
}

fn is_digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// A part of a date.
#[derive(Default)]
struct Part {
    /// What it is, numerals as digits.
    text: String,
    /// What separates it from the next one, but for blanks; every dash is a hyphen.
    behind: String,
}

/// What is between the separators of a date.
fn parts_of(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut is_within = false;
    for character in text.chars() {
        let separator = if is_dash(character) { '-' } else { character };
        if !['-', '.', '/', '年', '月', '日', '号', '。', '、', ',', ' '].contains(&separator) {
            if !is_within {
                parts.push(Part::default());
            }
            is_within = true;
            if let Some(part) = parts.last_mut() {
                part.text.push(character);
            }
            continue;
        }
        is_within = false;
        if let Some(part) = parts.last_mut()
            && separator != ' '
            && !part.behind.ends_with(separator)
        {
            part.behind.push(separator);
        }
    }
    for part in &mut parts {
        // 元月 is January.
        if part.text == "元" && part.behind.starts_with('月') {
            part.text = String::from("1");
        }
        if !is_digits(&part.text)
            && let Some(digits) = numerals::whole(&part.text)
                .ok()
                .or_else(|| numerals::year(&part.text))
        {
            part.text = digits;
        }
    }
    parts
}

/// Whether year, month and day are parted as those of one day are: each by its own
/// word or all alike. Other strokes may stand between two months: 2021年10-12月, 2020/5-8.
fn one_day(parts: &[Part]) -> Result<(), NotADate> {
    match parts {
        [year, month, _] if month.behind != "月" && month.behind != year.behind => {
            Err(if month.behind.contains(['-', '、', '月']) {
                NotADate::Range
            } else {
                NotADate::Form
            })
        }
        _ => Ok(()),
    }
}

/// The year, month and day of digits without a separator between them.
fn run_together(digits: &str) -> Result<Vec<Part>, NotADate> {
    let places: &[(usize, usize)] = match digits.len() {
        8 => &[(0, 4), (4, 6), (6, 8)],
        6 => &[(0, 4), (4, 6)],
        4 | 7 => &[(0, 4)],
        5 => return Err(NotADate::SerialNumber),
        _ => return Err(NotADate::Form),
    };
    let parts = places.iter().filter_map(|(from, to)| digits.get(*from..*to));
    let parts = parts.map(|part| Part {
        text: part.to_owned(),
        ..Part::default()
    });
    Ok(parts.collect())
}

/// A date without the time of day or the day of the week behind it.
fn without_time(text: &str) -> &str {
    let is_time = |text: &str| {
        text.contains(':')
            && text
                .chars()
                .all(|character| character.is_ascii_digit() || matches!(character, ':' | '.'))
    };
    let is_weekday = |text: &str| {
        let day = text.strip_prefix("星期").or_else(|| text.strip_prefix('周'));
        day.is_some_and(|day| ["一", "二", "三", "四", "五", "六", "日", "天"].contains(&day))
    };
    match text.rsplit_once([' ', 'T', '日']) {
        Some((day, rest)) if is_time(rest.trim()) || is_weekday(rest.trim()) => day.trim(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = Date::new(2019, 3, 5).unwrap();
        for text in [
            "2019-03-05",
            "2019.3.5",
            "2019/3/5",
            "2019年3月5日",
            "20190305",
            "２０１９．３．５",
            " 2019 3 5 ",
            "2019年3月5号",
            "2019—3—5",
            "\u{202d}2019-03-05\u{202c}",
            "2019/3/5 0:00:00",
            "2019-03-05T00:00:00",
            "2019年3月5日 星期二",
            "二〇一九年三月五日",
            "二○一九年三月五号",
            "成立日期：2019年03月05日",
            "成立日期 2019年03月05日",
            "2019年3月5日（文件日期）",
            "（2019年3月5日）",
            "2019年03月05日至长期",
            "2019年03月05日至今",
            "2019-03-05 至 长期",
            "2019-03-05-长期",
            "营业期限：2019年03月05日至长期",
            "自2019年03月05日起",
            "2019年3月5日成立",
            "成立日期：二〇一九年三月五日",
            "于二〇一九年三月五日登记",
            "二0一九年三月五日",
            "二O一九年三月五日",
            "2019 年 3 月 5 日",
            "2019——3——5",
            "2019-3月5日",
        ] {
            assert_eq!(text.parse(), Ok(day), "{text}");
        }
        assert_eq!("2019-02-29".parse::<Date>(), Err(NotADate::NoSuchDay));
        assert_eq!("2000-02-29".parse::<Date>().unwrap().to_string(), "2000-02-29");
        assert_eq!("1900-02-29".parse::<Date>(), Err(NotADate::NoSuchDay));
        for (text, day) in [
            ("二〇一五年六月十八日", "2015-06-18"),
            ("二零一五年十二月廿八日", "2015-12-28"),
            ("二〇二〇年十月三十一日", "2020-10-31"),
            ("二〇一五年六月卅日", "2015-06-30"),
        ] {
            assert_eq!(
                text.parse::<Date>().map(|day| day.to_string()),
                Ok(day.into()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_date_is_named_for_what_it_is() {
        for (reason, texts) in [
            (
                NotADate::Form,
                &[
                    "2019-011-1",
                    "2019-1-011",
                    "去年",
                    "不晚于2019-03-05",
                    "2019-03-05前",
                    "2019-03-05（2020-03-05）",
                    "5/3/2019",
                    "2019-3/5",
                    "2019年3.5",
                    "6",
                    "5.5",
                ][..],
            ),
            (
                NotADate::Range,
                &[
                    "2019-03-05至2020-03-05",
                    "2015年06月18日至2035年06月17日",
                    "2015.6.18-2035.6.17",
                    "2015-06-18 2035-06-17",
                    "2015年6月至8月",
                    "2021年10月-12月",
                    "2021年10–12月",
                    "2021.10-12",
                    "2020/5-8",
                    "2020年5-6月",
                    "2020年5月、6月",
                    "2020年5月/6月",
                    "2020年5月 6月",
                    "2020年12月13月",
                    "2020年5-6月份",
                    "二〇二一年十、十二月",
                    "2020年5月-2020年6月",
                    "2024.5-2024.6",
                    "营业期限：2015年06月18日至2035年06月17日",
                ],
            ),
            (NotADate::YearOnly, &["2024", "2024年", "二〇二四年", "2024年度"]),
            (
                NotADate::MonthOnly,
                &[
                    "2019-3",
                    "2015年6月",
                    "201506",
                    "二〇一五年六月",
                    "2015年6月底",
                    "2015.06",
                ],
            ),
            (NotADate::ShortYear, &["19-1-1", "15年6月18日"]),
            (NotADate::SerialNumber, &["45000"]),
        ] {
            for text in texts {
                assert_eq!(text.parse::<Date>(), Err(reason), "{text}");
            }
        }
    }

    #[test]
    fn the_anniversary_itself_is_a_whole_number_of_years() {
        let from: Date = "2021-11-24".parse().unwrap();
        let elapsed = |to: &str| from.elapsed_years(to.parse().unwrap());
        assert_eq!(elapsed("2026-11-23").unwrap(), "4.5");
        assert_eq!(elapsed("2026-11-24").unwrap(), "5");
        assert_eq!(elapsed("2026-11-25").unwrap(), "5.5");
        assert_eq!(elapsed("2021-11-23"), None);
        assert_eq!(elapsed("2021-11-24").unwrap(), "0");
        let leap: Date = "2024-02-29".parse().unwrap();
        assert_eq!(leap.elapsed_years("2029-02-28".parse().unwrap()).unwrap(), "4.5");
        assert_eq!(leap.elapsed_years("2029-03-01".parse().unwrap()).unwrap(), "5");
        assert_eq!(
            "2026-03-31"
                .parse::<Date>()
                .unwrap()
                .end_of_previous_month()
                .to_string(),
            "2026-02-28"
        );
        assert_eq!(
            "2026-01-01"
                .parse::<Date>()
                .unwrap()
                .end_of_previous_month()
                .to_string(),
            "2025-12-31"
        );
    }
}
