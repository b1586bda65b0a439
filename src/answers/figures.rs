//! Figures as people write them.

use super::characters::is_dash;
use super::{Fault, numerals, plain_digits, plain_prose};
use crate::numbers::{Decimal, Points};

/// What a written figure comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The number in the form JSON writes it, `None` where nothing was written,
    /// or why it is not counted.
    pub number: Result<Option<String>, Fault>,
    /// Whether it is said to be approximate: 约, 左右.
    pub approximate: bool,
    /// What is in brackets behind it and is no unit.
    pub remark: String,
    /// For money: the unit it was written in, where one was written.
    pub unit: Option<MoneyUnit>,
    /// For money: whether 角 and 分 were dropped.
    pub cents_dropped: bool,
}

/// The unit in which the books hold an amount of money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MoneyUnit {
    /// 元
    Yuan,
    /// 万元
    #[default]
    TenThousandYuan,
}

/// What is before a figure and says that it is approximate.
const ABOUT: [&str; 13] = [
    "大约",
    "大概",
    "大致",
    "约为",
    "约计",
    "约",
    "将近",
    "接近",
    "近",
    "差不多",
    "估计",
    "≈",
    "~",
];
/// What is behind a figure and says so.
const OR_SO: [&str; 4] = ["左右", "上下", "前后", "许"];
/// What is before a figure and says nothing.
const LEADS: [&str; 11] = [
    "共计", "合计", "总计", "总共", "一共", "共有", "共", "计", "有", "大写", ":",
];
/// What says that an amount is money of this country.
const CURRENCY: [&str; 5] = ["人民币", "RMB", "CNY", "¥", "￥"];
/// What names money of another country.
const OTHER_CURRENCIES: [&str; 10] = [
    "美元", "港元", "港币", "欧元", "日元", "英镑", "USD", "HKD", "$", "€",
];
/// What makes a range of a figure, wherever it stands.
const RANGE: [&str; 19] = [
    "以上", "以下", "以内", "不到", "不足", "超", "于", "至少", "最多", "不止", "几", "数", "若干", "±", "≥",
    "≤", ">", "<", "+",
];
/// What joins two figures.
const JOINTS: [&str; 9] = ["-", "~", "至", "到", "/", "、", "或", "..", "…"];
/// What people count by and what else is behind figures.
const UNITS: [&str; 27] = [
    "人次", "个人", "人", "名", "位", "家", "户", "件", "份", "次", "篇", "项", "条", "场", "期", "批", "个",
    "个月", "年", "月", "天", "日", "岁", "元", "万元", "分", "块",
];

/// What people write where there is nothing, or where they do not know.
const NOTHING: [&str; 31] = [
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
pub(super) fn says_nothing(text: &str) -> bool {
    let plain = plain_digits(text).to_uppercase();
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
        return false;
    }
    let bare = UNITS.iter().find_map(|unit| plain.strip_suffix(unit));
    let words = plain.replace(['/', '.', ' '], "");
    plain.chars().all(is_stroke)
        || NOTHING.contains(&words.as_str())
        || bare.is_some_and(|bare| NOTHING.contains(&bare))
}

/// Reads a figure with its unit or without: `３５０`, `1,234`, `约350人`, `四百一十二`.
pub fn read_figure(text: &str, unit: &str) -> Figure {
    let words: &[&str] = match unit {
        "人" => &["个人", "名", "位", "个"],
        "人次" => &[],
        _ => &["个"],
    };
    let (mut figure, body) = Figure::around(text, &[unit]);
    if says_nothing(text) {
        figure.number = Err(Fault::SaysNothing);
        return figure;
    }
    let bare = words.iter().find_map(|word| body.strip_suffix(word));
    let bare = bare.or_else(|| body.strip_suffix(unit).filter(|_| !unit.is_empty()));
    figure.number = match written(bare.unwrap_or(&body).trim()) {
        _ if is_blank(text) => Ok(None),
        Ok(written) => Ok(Some(written.digits)),
        Err(fault) => Err(fault),
    };
    figure
}

/// Reads points, with 分 behind them or without.
pub fn read_points(text: &str) -> Option<Points> {
    let figure = read_figure(text, "分");
    if figure.approximate || !figure.remark.is_empty() {
        return None;
    }
    figure.number.ok()??.parse().ok()
}

/// Points as a case keeps them: the number where one was typed, otherwise what was typed.
pub fn points_as_typed(text: String) -> String {
    read_points(&text).map_or(text, |points| points.to_string())
}

/// Reads an amount of money and gives it in 万元. What is written with its unit
/// is read by it, in numerals or digits, and a sign of currency is before 元.
/// Amounts in 元 may carry 角 and 分, which are dropped.
pub fn read_money(text: &str, unit: MoneyUnit) -> Figure {
    let (mut figure, body) = Figure::around(text, &["万元", "元"]);
    if says_nothing(text) {
        figure.number = Err(Fault::SaysNothing);
    } else if !is_blank(text) {
        figure.number = figure.money(&body, unit).map(Some);
    }
    figure
}

impl Figure {
    /// What is said around a figure, and what remains of it.
    fn around(text: &str, units: &[&str]) -> (Self, String) {
        let (body, bracketed) = without_brackets(&cells_apart(&plain_prose(text)));
        let mut figure = Self {
            number: Ok(None),
            approximate: false,
            remark: String::new(),
            unit: None,
            cents_dropped: false,
        };
        let mut body = joined(&plain_digits(&body));
        let bracketed = bracketed.trim();
        match bracketed {
            "" => {}
            "约" | "约数" | "估" | "估计" => figure.approximate = true,
            _ if units.contains(&bracketed) || UNITS.contains(&bracketed) => body.push_str(bracketed),
            // Two figures, of which nobody knows which one is meant.
            _ if number(&plain_digits(bracketed)).is_some() => body = format!("{body}/{bracketed}"),
            _ => bracketed.clone_into(&mut figure.remark),
        }
        let mut rest = body.trim();
        loop {
            let before = rest.len();
            let about = ABOUT.iter().find_map(|word| rest.strip_prefix(word));
            let or_so = OR_SO.iter().find_map(|word| rest.strip_suffix(word));
            figure.approximate |= about.is_some() || or_so.is_some();
            let lead = || LEADS.iter().find_map(|word| rest.strip_prefix(word));
            rest = about.or(or_so).or_else(lead).unwrap_or(rest).trim();
            rest = rest.trim_end_matches(['。', ';', '；', ',', '、']).trim_end();
            if rest.len() == before {
                break;
            }
        }
        let rest = rest.to_owned();
        (figure, rest)
    }

    /// The amount in 万元.
    fn money(&mut self, body: &str, unit: MoneyUnit) -> Result<String, Fault> {
        let upper = body.to_uppercase();
        if OTHER_CURRENCIES.iter().any(|name| upper.contains(name)) {
            return Err(Fault::OtherCurrency);
        }
        let mut rest = upper.as_str();
        let mut marked = false;
        let around = |rest: &str| -> Option<String> {
            let bare = CURRENCY
                .iter()
                .find_map(|word| rest.strip_prefix(word).or_else(|| rest.strip_suffix(word)));
            bare.map(|bare| bare.trim().to_owned())
        };
        let mut bare;
        while let Some(within) = around(rest) {
            bare = within;
            rest = &bare;
            marked = true;
        }
        // 约 may be behind the name of the currency.
        for lead in ABOUT.iter().chain(&LEADS) {
            if let Some(bare) = rest.strip_prefix(lead) {
                self.approximate |= ABOUT.contains(lead);
                rest = bare.trim();
            }
        }
        let rest = rest.trim_end_matches(['整', '正']).trim_end();
        let (rest, cents) = match rest.split_once(['元', '圆', '块']) {
            Some((before, behind)) => (before, Some(cents(behind)?)),
            None => (rest, None),
        };
        let written = written(rest.trim())?;
        let named = cents.is_some() || written.large;
        if written.ten_thousands && cents != Some(true) {
            self.unit = Some(MoneyUnit::TenThousandYuan);
            return Ok(shifted(&written.digits, -4));
        }
        if !named && !marked && unit == MoneyUnit::TenThousandYuan {
            return Ok(written.digits);
        }
        // ¥320 may be 320 元 and may be 320 万元.
        let small = || {
            written
                .digits
                .parse::<Decimal>()
                .is_ok_and(|amount| amount < Decimal::whole(10_000))
        };
        if !named && unit == MoneyUnit::TenThousandYuan && small() {
            return Err(Fault::NoMoneyUnit);
        }
        if named || marked {
            self.unit = Some(MoneyUnit::Yuan);
        }
        let (yuan, fraction) = written.digits.split_once('.').unwrap_or((&written.digits, ""));
        self.cents_dropped = cents == Some(true) || fraction.bytes().any(|digit| digit != b'0');
        Ok(shifted(yuan, -4))
    }
}

/// Whether 角 and 分 that are more than nothing are behind 元.
fn cents(behind: &str) -> Result<bool, Fault> {
    let known = |character: char| {
        numerals::is_numeral(character) || matches!(character, '角' | '分' | '钱' | '整' | '正' | ' ')
    };
    if !behind.chars().all(known) {
        return Err(Fault::NotANumber);
    }
    Ok(behind
        .chars()
        .any(|character| numerals::is_numeral(character) && !matches!(character, '0' | '零' | '〇' | '○')))
}

/// A text without what is in brackets behind something else, and that.
/// Brackets around everything stay, since they may mean a figure below zero.
fn without_brackets(text: &str) -> (String, String) {
    let Some(open) = text
        .find(['(', '（', '[', '［', '【', '〔'])
        .filter(|open| !text.get(..*open).is_none_or(|before| before.trim().is_empty()))
    else {
        return (text.to_owned(), String::new());
    };
    let (before, rest) = text.split_at(open);
    let within = rest.trim_start_matches(['(', '（', '[', '［', '【', '〔']);
    let (within, behind) = within
        .split_once([')', '）', ']', '］', '】', '〕'])
        .unwrap_or((within, ""));
    (format!("{before}{behind}"), within.to_owned())
}

/// A text in which cells of a table that were copied together, with a figure in
/// each, have a stroke between them: a blank there would be read as the one
/// that parts thousands, and two figures as one.
pub fn cells_apart(text: &str) -> String {
    let cells = text.split(['\t', '\n', '\r']).map(str::trim);
    let mut apart = String::new();
    for cell in cells.filter(|cell| !cell.is_empty()) {
        let meet = apart.ends_with(char::is_numeric) && cell.starts_with(char::is_numeric);
        if !apart.is_empty() {
            apart.push(if meet { '/' } else { ' ' });
        }
        apart.push_str(cell);
    }
    apart
}

/// Characters that stand for the point, for thousands and for a minus, in their plain forms.
fn joined(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| {
        at.and_then(|at| characters.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let plain = characters
        .iter()
        .enumerate()
        .map(|(at, character)| match *character {
            '。' | '\u{b7}' | '\u{66b}' if is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) => '.',
            '\u{2018}' | '\u{2019}' | '\u{2bc}' => '\'',
            '\u{66c}' => ',',
            '\u{301c}' | '\u{223c}' => '~',
            character if is_dash(character) => '-',
            character => character,
        });
    plain.collect()
}

/// A whole number in digits or in numerals, with nothing around it.
pub(super) fn plain_number(text: &str) -> Option<String> {
    number(text).or_else(|| numerals::whole(text).ok())
}

/// Whether nothing is written that can be seen.
fn is_blank(text: &str) -> bool {
    plain_digits(text).trim().is_empty()
}

/// A number as it was written.
struct Written {
    /// Its value in the form JSON writes it.
    digits: String,
    /// Whether it is written as a number of ten thousands (万).
    ten_thousands: bool,
    /// Whether 万 or 亿 is in it, so that an amount of money is one in 元.
    large: bool,
}

/// Reads a number in digits, in numerals or in both.
fn written(text: &str) -> Result<Written, Fault> {
    if let Some(digits) = number(text) {
        return Ok(Written {
            digits,
            ten_thousands: false,
            large: false,
        });
    }
    if text.contains(['%', '‰']) || text.contains("百分之") {
        return Err(Fault::Percentage);
    }
    if is_range(text) {
        return Err(Fault::Range);
    }
    let bare = UNITS.iter().find_map(|unit| text.strip_suffix(unit));
    if bare.is_some_and(|bare| written(bare.trim()).is_ok()) {
        return Err(Fault::OtherUnit);
    }
    // 320w is how keyboards write 320万.
    let text = match text.strip_suffix(['w', 'W']) {
        Some(bare) => format!("{bare}万"),
        None => text.to_owned(),
    };
    let digits = match with_units(&text) {
        Some(digits) => digits,
        None => numerals::whole(&text)?,
    };
    let very_large = text.contains(['亿', '億']);
    Ok(Written {
        digits,
        ten_thousands: text.ends_with(['万', '萬']) && !very_large,
        large: very_large || text.contains(['万', '萬']),
    })
}

/// Digits, or numerals with a point, and units of numerals behind them: 1.2亿, 5百万, 三点五万.
fn with_units(text: &str) -> Option<String> {
    let (mut mantissa, mut noughts, mut last) = (text, 0, u32::MAX);
    while let Some(character) = mantissa.chars().next_back()
        && let Some(more) = numerals::unit(character)
    {
        if more > last {
            return None;
        }
        (last, noughts) = (more, noughts + more);
        mantissa = mantissa.strip_suffix(character)?.trim_end();
    }
    let value = match mantissa.split_once('点') {
        Some((whole, fraction)) => {
            let whole = numerals::whole(whole).ok()?;
            let fraction = numerals::one_by_one(fraction)?;
            number(&format!("{whole}.{fraction}"))?
        }
        None => number(mantissa)?,
    };
    (noughts <= 16).then(|| shifted(&value, noughts.cast_signed()))
}

/// Whether a text tells from where to where a figure may lie, or leaves it open.
fn is_range(text: &str) -> bool {
    let shown = |part: &str| part.chars().any(numerals::is_numeral);
    let open = |word: &str| {
        let ends = text.split_once(word).map(|(before, _)| before);
        ends.is_some_and(|before| before.chars().next_back().is_some_and(numerals::is_numeral))
    };
    let blanks: Vec<&str> = text.split_whitespace().collect();
    let side_by_side = blanks.windows(2).any(|pair| match pair {
        [before, behind] => {
            before.ends_with(|character: char| character.is_ascii_digit())
                && behind.starts_with(|character: char| character.is_ascii_digit())
        }
        _ => false,
    });
    side_by_side
        || shown(text) && RANGE.iter().any(|word| text.contains(word))
        || text.starts_with(['几', '数', '上'])
        || ["多", "余", "来"].iter().any(|word| open(word))
        || JOINTS
            .iter()
            .filter_map(|joint| text.split_once(joint))
            .any(|(before, behind)| shown(before) && shown(behind))
}

/// Moves the point of a number in its JSON form, to the left where `places` is below zero.
fn shifted(number: &str, places: i32) -> String {
    let (sign, digits) = number
        .strip_prefix('-')
        .map_or(("", number), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (whole, fraction) = if places < 0 {
        let places = places.unsigned_abs() as usize;
        let padded = format!("{whole:0>width$}", width = places + 1);
        let (left, right) = padded.split_at(padded.len() - places);
        (left.to_owned(), format!("{right}{fraction}"))
    } else {
        let places = places.unsigned_abs() as usize;
        let padded = format!("{fraction:0<places$}");
        let (left, right) = padded.split_at(places);
        (format!("{whole}{left}"), right.to_owned())
    };
    let fraction = fraction.trim_end_matches('0');
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match (whole, fraction) {
        ("0", "") => String::from("0"),
        (whole, "") => format!("{sign}{whole}"),
        (whole, fraction) => format!("{sign}{whole}.{fraction}"),
    }
}

/// The number in its JSON form, where the text is one: separators of thousands
/// must stand where thousands are, so that “1,5” is not read as 15.
fn number(text: &str) -> Option<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, Some(fraction)),
        Some(_) => return None,
        None => (digits, None),
    };
    let whole = if whole.contains([',', ' ', '\'']) {
        let groups: Vec<&str> = whole.split([',', ' ', '\'']).collect();
        let (first, others) = groups.split_first()?;
        if first.is_empty() || first.len() > 3 || others.iter().any(|group| group.len() != 3) {
            return None;
        }
        groups.concat()
    } else {
        whole.to_owned()
    };
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(&whole) || fraction.is_some_and(|part| !all_digits(part)) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let written = match fraction.map(|part| part.trim_end_matches('0')) {
        None | Some("") => format!("{sign}{whole}"),
        Some(fraction) => format!("{sign}{whole}.{fraction}"),
    };
    // What reads as a number but is too large or too fine keeps its digits; the fact's own check says so.
    let zero = written.parse::<Decimal>() == Ok(Decimal::ZERO);
    Some(if zero { String::from("0") } else { written })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_have_them() {
        for (text, digits) in [
            ("350", "350"),
            ("３５０", "350"),
            ("1,234", "1234"),
            ("１，２３４人", "1234"),
            ("约350人", "350"),
            (" 350 人 ", "350"),
            ("007", "7"),
            ("300.0", "300"),
            ("12 345", "12345"),
            ("123,456", "123456"),
            ("1’234", "1234"),
            ("-0", "0"),
            ("-3", "-3"),
            ("−3", "-3"),
            ("3.25", "3.25"),
            ("3。25", "3.25"),
            ("三百", "300"),
            ("1.2万人", "12000"),
            ("350名", "350"),
            ("350（含外包）", "350"),
            ("350(人)", "350"),
            ("八十五点五", "85.5"),
            ("共350人。", "350"),
        ] {
            assert_eq!(read_figure(text, "人").number, Ok(Some(digits.into())), "{text}");
        }
        assert_eq!(read_figure("  ", "人").number, Ok(None));
        assert_eq!(read_figure("\u{200b}", "人").number, Ok(None));
        for (fault, texts) in [
            (
                Fault::NotANumber,
                &[
                    "1,5", "1,2345", "12,34", "1234,567", "1.", ".5", "1e3", ",123", "--1", "约", "①",
                    "(500)",
                ][..],
            ),
            (Fault::OtherUnit, &["350 家", "３５００人次", "350元"]),
            (Fault::Percentage, &["35%", "百分之八十"]),
            (
                Fault::Range,
                &[
                    "300-400",
                    "300~400",
                    "300至400",
                    "三四百",
                    "三百多",
                    "300余人",
                    "300以上",
                    "几百",
                    "350+",
                    "十来个",
                    "350（340）",
                    "300/400",
                    "上百人",
                ],
            ),
        ] {
            for text in texts {
                assert_eq!(read_figure(text, "人").number, Err(fault), "{text}");
            }
        }
    }

    #[test]
    fn what_is_said_around_a_figure_is_kept() {
        for text in [
            "约350",
            "350左右",
            "近 350 人",
            "~350",
            "350人左右",
            "大约三百五",
            "350（约）",
        ] {
            let figure = read_figure(text, "人");
            assert_eq!(
                (figure.number, figure.approximate),
                (Ok(Some("350".into())), true),
                "{text}"
            );
        }
        let figure = read_figure("350（含 外包）人", "人");
        assert_eq!((figure.remark.as_str(), figure.approximate), ("含 外包", false));
    }

    #[test]
    fn points_are_read_as_they_are_typed() {
        assert_eq!(read_points(" ８０．５ 分"), Some(Points::hundredths(80_50)));
        assert_eq!(read_points("八十"), Some(Points::hundredths(80_00)));
        assert_eq!(read_points("八十几"), None);
        assert_eq!(read_points(""), None);
    }

    #[test]
    fn money_is_given_in_ten_thousands_and_cut_to_whole_yuan() {
        use MoneyUnit::{TenThousandYuan, Yuan};
        for (text, unit, amount, dropped) in [
            ("500", TenThousandYuan, "500", false),
            ("5000000", Yuan, "500", false),
            ("4,999,999.99", Yuan, "499.9999", true),
            ("4999999.00元", TenThousandYuan, "499.9999", false),
            ("500万元", Yuan, "500", false),
            ("1", Yuan, "0.0001", false),
            ("0.5", Yuan, "0", true),
            ("-10000", Yuan, "-1", false),
            ("五百万", Yuan, "500", false),
            ("伍佰万元整", TenThousandYuan, "500", false),
            ("1.2亿", TenThousandYuan, "12000", false),
            ("一亿二千万元", TenThousandYuan, "12000", false),
            ("320w", TenThousandYuan, "320", false),
            ("1,234.5万元", TenThousandYuan, "1234.5", false),
            ("500.00001万元", TenThousandYuan, "500.00001", false),
            ("￥3200000.00", TenThousandYuan, "320", false),
            ("RMB 320万", TenThousandYuan, "320", false),
            ("人民币约叁佰贰拾万元整", TenThousandYuan, "320", false),
            ("12万3千", TenThousandYuan, "12.3", false),
            ("叁元伍角", TenThousandYuan, "0.0003", true),
            ("320（万元）", Yuan, "320", false),
        ] {
            let figure = read_money(text, unit);
            assert_eq!(
                (figure.number, figure.cents_dropped),
                (Ok(Some(amount.into())), dropped),
                "{text}"
            );
        }
        for (text, fault) in [
            ("￥320", Fault::NoMoneyUnit),
            ("500美元", Fault::OtherCurrency),
            ("$500", Fault::OtherCurrency),
            ("300-400万", Fault::Range),
            ("320k", Fault::NotANumber),
            ("元", Fault::NotANumber),
        ] {
            assert_eq!(read_money(text, TenThousandYuan).number, Err(fault), "{text}");
        }
        assert!(read_money("约320万元", TenThousandYuan).approximate);
    }
}
