//! Figures as people write them.

use super::characters::is_dash;
use super::written_numbers::{UNITS, number, shifted, without_stop, written};
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
    /// Whether it is said to be one of a year: 350人/年.
    pub per_year: bool,
    /// Whether blanks as the space bar makes them part its thousands, which may part two figures.
    pub has_blanks: bool,
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
const OR_SO: [&str; 6] = ["左右", "上下", "前后", "许", "的样子", "样子"];
/// What is before a figure and says nothing.
const LEADS: [&str; 11] = [
    "共计", "合计", "总计", "总共", "一共", "共有", "共", "计", "有", "大写", ":",
];
/// What is behind a figure and says nothing.
const TAILS: [&str; 16] = [
    "。", ";", "；", ",", "、", "!", "整", "吧", "啊", "呢", "呀", "哦", "哈", "了", "的", "哟",
];
/// What says that a figure is one of a year.
const OF_A_YEAR: [&str; 3] = ["/年", "/每年", "每年"];
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
/// What is counted, behind its measure word.
const COUNTED: [&str; 26] = [
    "从业人员",
    "务工人员",
    "工作人员",
    "人员",
    "员工",
    "职工",
    "学员",
    "工人",
    "劳动者",
    "从业者",
    "务工者",
    "培训机构",
    "机构",
    "协作单位",
    "单位",
    "企业",
    "标准",
    "教材",
    "培训包",
    "荣誉",
    "证书",
    "公益活动",
    "活动",
    "案件",
    "争议",
    "报道",
];
/// What says that an amount is money of this country.
const CURRENCY: [&str; 5] = ["人民币", "RMB", "CNY", "¥", "￥"];
/// What names money of another country.
const OTHER_CURRENCIES: [&str; 10] = [
    "美元", "港元", "港币", "欧元", "日元", "英镑", "USD", "HKD", "$", "€",
];
/// What begins a remark that stands behind a figure without brackets.
const REMARKS: [&str; 9] = [
    "含",
    "不含",
    "未含",
    "已含",
    "内含",
    "包含",
    "包括",
    "不包括",
    "其中",
];
/// What says in a remark that the figure before it is not sure.
const UNSURE: [&str; 9] = [
    "?",
    "？",
    "待核",
    "待查",
    "待定",
    "待确认",
    "存疑",
    "不确定",
    "不准",
];
/// What says of an amount that it is the part of a capital that was paid in.
const PAID_IN: [&str; 2] = ["实缴", "实收资本"];
/// Other times and things than a year of which a figure may be one.
const OF_EACH: [&str; 7] = ["季度", "季", "周", "星期", "班", "旬", "半年"];
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

/// Reads a figure with its unit or without: `３５０`, `1,234`, `约350人`, `四百一十二`.
pub fn read_figure(text: &str, unit: &str) -> Figure {
    let words: &[&str] = match unit {
        "人" => &["个人", "名", "位", "个"],
        "人次" => &[],
        "件" | "次" => &["个", "起", "例", "宗", "桩"],
        _ => &["个"],
    };
    let (mut figure, body) = Figure::around(text, &[unit]);
    if says_nothing(text) {
        figure.number = Err(Fault::SaysNothing);
        return figure;
    }
    if matches!(text.trim().trim_end_matches('。'), "有" | "有的" | "是" | "是的") {
        figure.number = Err(Fault::NotCounted);
        return figure;
    }
    // Behind a measure word may stand what is counted: 350 名员工.
    let measured = COUNTED.iter().find_map(|noun| body.strip_suffix(noun));
    let body = measured.map_or(body.as_str(), str::trim_end);
    let bare = words.iter().find_map(|word| body.strip_suffix(word));
    let bare = bare.or_else(|| body.strip_suffix(unit).filter(|_| !unit.is_empty()));
    let bare = bare.unwrap_or(body).trim();
    figure.number = match written(bare) {
        _ if is_blank(text) => Ok(None),
        Ok(written) => Ok(Some(written.digits)),
        Err(Fault::NotANumber) => Err(in_the_way(bare)),
        Err(fault) => Err(fault),
    };
    figure
}

/// Reads points, with 分 behind them or without.
pub fn read_points(text: &str) -> Option<Points> {
    let figure = read_figure(text, "分");
    if figure.approximate || figure.per_year || !figure.remark.is_empty() {
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
        figure.number = match figure.money(&body, unit) {
            Err(Fault::NotANumber) => Err(match in_the_way(&body) {
                Fault::NotANumber => Fault::NotAnAmount,
                fault => fault,
            }),
            read => read.map(Some),
        };
    }
    figure
}

/// Reads the capital of a register, which is the one that its owners undertook
/// to pay in: 认缴500万元.
pub(super) fn read_capital(text: &str) -> Figure {
    let plain = plain_digits(text);
    let undertaken = plain.split_once("认缴").filter(|(label, behind)| {
        !label.contains(numerals::is_numeral) && behind.contains(numerals::is_numeral)
    });
    let mut figure = match undertaken {
        Some((label, behind)) => read_money(&format!("{label}{behind}"), MoneyUnit::TenThousandYuan),
        None => read_money(text, MoneyUnit::TenThousandYuan),
    };
    if figure.remark == "认缴" {
        figure.remark.clear();
    }
    figure
}

/// Whether a text says of an amount that it is what was paid in of a capital.
pub(super) fn says_paid_in(text: &str) -> bool {
    PAID_IN.iter().any(|words| text.contains(words))
}

impl Figure {
    /// What is said around a figure, and what remains of it.
    fn around(text: &str, units: &[&str]) -> (Self, String) {
        let apart = cells_apart(&plain_prose(text));
        let is_money = units.contains(&"万元");
        // Around a number of persons or things brackets say nothing; an amount may be below zero.
        let (body, bracketed) = without_brackets(if is_money { &apart } else { within_brackets(&apart) });
        let mut figure = Self {
            number: Ok(None),
            approximate: false,
            remark: String::new(),
            unit: None,
            cents_dropped: false,
            per_year: false,
            has_blanks: has_blanks(&apart),
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
        if let Some((before, remark)) = remark_behind(&body) {
            let others = core::mem::take(&mut figure.remark);
            let comma = if others.is_empty() { "" } else { "，" };
            figure.remark = format!("{remark}{comma}{others}");
            body = before;
        }
        figure.approximate |= UNSURE.iter().any(|word| figure.remark.contains(word));
        if figure
            .remark
            .chars()
            .all(|character| matches!(character, '?' | '？'))
        {
            figure.remark.clear();
        }
        let mut rest = without_stop(body.trim());
        loop {
            let before = rest.len();
            let about = ABOUT.iter().find_map(|word| rest.strip_prefix(word));
            let or_so = || OR_SO.iter().find_map(|word| rest.strip_suffix(word));
            let or_so = or_so()
                .or_else(|| or_so_before_counted(rest))
                .or_else(|| asked_back(rest));
            figure.approximate |= about.is_some() || or_so.is_some();
            let lead = || LEADS.iter().find_map(|word| rest.strip_prefix(word));
            rest = about.or(or_so).or_else(lead).unwrap_or(rest).trim();
            let of_a_year = OF_A_YEAR
                .iter()
                .find_map(|word| rest.strip_suffix(word))
                .or_else(|| rest.strip_prefix("每年"));
            figure.per_year |= of_a_year.is_some();
            rest = of_a_year.unwrap_or(rest).trim();
            let tail = TAILS.iter().find_map(|word| rest.strip_suffix(word));
            rest = without_label(tail.unwrap_or(rest).trim(), is_money);
            if rest.len() == before {
                break;
            }
        }
        let rest = rest.to_owned();
        (figure, rest)
    }

    /// The amount in 万元.
    fn money(&mut self, body: &str, unit: MoneyUnit) -> Result<String, Fault> {
        let upper = body.to_ascii_uppercase();
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

/// What is within the brackets that are around all of a text.
fn within_brackets(text: &str) -> &str {
    let within = text.trim().strip_prefix(['(', '（', '[', '［', '【', '〔']);
    let within = within.and_then(|within| within.strip_suffix([')', '）', ']', '］', '】', '〕']));
    let within = within.filter(|within| {
        within
            .chars()
            .all(|character| character.is_whitespace() || character.is_alphanumeric())
    });
    within.unwrap_or(text)
}

/// A figure and the remark behind it that has no brackets around it: 320万元 含税.
/// What has figures of its own may be what is asked.
fn remark_behind(text: &str) -> Option<(String, String)> {
    let begins = REMARKS.iter().filter_map(|word| text.find(word)).min()?;
    let (before, remark) = text.split_at_checked(begins)?;
    let before = before.trim_end_matches([' ', ',', '，', ';', '；', '、', '。', ':']);
    let is_figure = before.contains(numerals::is_numeral);
    let has_figure = |character: char| {
        character.is_ascii_digit() || numerals::unit(character).is_some() || character == '%'
    };
    (is_figure && !remark.contains(has_figure)).then(|| (before.to_owned(), remark.trim().to_owned()))
}

/// A figure that is approximate, without what is counted behind that: 350名左右员工.
fn or_so_before_counted(text: &str) -> Option<&str> {
    let counted = COUNTED.iter().find_map(|noun| text.strip_suffix(noun))?;
    let counted = counted.trim_end().trim_end_matches('的').trim_end();
    OR_SO.iter().find_map(|word| counted.strip_suffix(word))
}

/// A figure without the mark of a question behind its unit: 350人？. Behind a
/// digit it may stand for another digit.
fn asked_back(text: &str) -> Option<&str> {
    let asked = text.strip_suffix('?')?.trim_end_matches('?').trim_end();
    let is_unit = |character: char| !character.is_ascii_digit();
    asked.ends_with(is_unit).then_some(asked)
}

/// What keeps a text from being read in which no number was found.
fn in_the_way(text: &str) -> Fault {
    let is_digit = |character: char| character.is_ascii_digit();
    if !text.contains(numerals::is_numeral) {
        return Fault::NotANumber;
    }
    let is_of_each = |thing: &str| UNITS.contains(&thing) || OF_EACH.contains(&thing);
    let of_each = text
        .rsplit_once(['/', '每'])
        .is_some_and(|(before, thing)| before.contains(numerals::is_numeral) && is_of_each(thing.trim()));
    let each = || {
        text.strip_prefix('每')
            .is_some_and(|behind| behind.contains(is_digit))
    };
    if of_each || each() {
        return Fault::OtherUnit;
    }
    let is_sign = |character: char| {
        let is_of_a_number = matches!(character, '.' | ',' | '\'' | '-' | '(' | ')' | '%' | '$');
        !character.is_alphanumeric() && !character.is_whitespace() && !is_of_a_number
    };
    if let Some((before, behind)) = text.split_once([':', ';', '|', '=', '&', '#'])
        && before.contains(is_digit)
        && behind.contains(is_digit)
    {
        return Fault::SeveralFigures;
    }
    if let Some(sign) = text.chars().find(|character| is_sign(*character)) {
        return Fault::Sign(sign);
    }
    let is_word = |character: char| {
        matches!(character, '\u{4e00}'..='\u{9fff}')
            && !numerals::is_numeral(character)
            && !"元圆块角分钱整正点".contains(character)
    };
    if text.contains(is_word) && text.contains(is_digit) {
        return Fault::WordsBeside;
    }
    Fault::NotANumber
}

/// A text without the label before its figure: 人数：350, 从业人员350人. A label
/// that makes another figure of it stays, so that nothing is guessed.
fn without_label(text: &str, is_money: bool) -> &str {
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

/// Whether blanks as the space bar makes them stand between two digits. Other
/// blanks are set by programs, between the thousands of one figure.
fn has_blanks(text: &str) -> bool {
    let mut before = false;
    let mut blank = false;
    for character in text.chars() {
        match character {
            ' ' | '\u{3000}' => blank = true,
            character if character.is_numeric() => {
                if before && blank {
                    return true;
                }
                (before, blank) = (true, false);
            }
            character if character.is_whitespace() => {}
            _ => (before, blank) = (false, false),
        }
    }
    false
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

/// Whether nothing is written that can be seen.
fn is_blank(text: &str) -> bool {
    plain_digits(text).trim().is_empty()
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
            ("0起", "0"),
            ("零人次", "0"),
            ("350（含外包）", "350"),
            ("350(人)", "350"),
            ("八十五点五", "85.5"),
            ("共350人。", "350"),
            ("350 名员工", "350"),
            ("350名", "350"),
            ("350人员", "350"),
            ("350人整", "350"),
            ("人数：350", "350"),
            ("员工总数为 350 人", "350"),
            ("一线员工350人", "350"),
            ("（350）", "350"),
            ("(500)", "500"),
            ("从业人员350人", "350"),
            ("现有员工三百五十名", "350"),
            ("350人/年", "350"),
            ("每年350人", "350"),
            ("500,000", "500000"),
            ("1.", "1"),
        ] {
            assert_eq!(read_figure(text, "人").number, Ok(Some(digits.into())), "{text}");
        }
        assert_eq!(read_figure("2起", "件").number, Ok(Some("2".into())));
        assert_eq!(read_figure("2起", "人").number, Err(Fault::OtherUnit));
        assert_eq!(read_figure("  ", "人").number, Ok(None));
        assert_eq!(read_figure("\u{200b}", "人").number, Ok(None));
        for (fault, texts) in [
            (Fault::NotANumber, &[".5", "1e3", "--1", "约", "①"][..]),
            (
                Fault::WordsBeside,
                &["计划350人", "新增员工350人", "去年350人", "350人拟招"],
            ),
            (Fault::Sign('→'), &["350→", "→350"]),
            (Fault::Sign('?'), &["350？", "？350人"]),
            (
                Fault::Grouping,
                &[
                    "1,5",
                    "1,2345",
                    "12,34",
                    "1234,567",
                    ",123",
                    "500,0000",
                    "1,2345人",
                ],
            ),
            (
                Fault::SeveralFigures,
                &[
                    "2025年350人",
                    "2025年：350人",
                    "3个班350人",
                    "2025：350",
                    "12#350",
                ],
            ),
            (
                Fault::OtherUnit,
                &[
                    "350 家",
                    "３５００人次",
                    "350元",
                    "350 人/月",
                    "350人/季度",
                    "350人每月",
                    "每月350人",
                ],
            ),
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
                    "350→400",
                    "上百人",
                    "近百人",
                    "成千上万",
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
            "350人左右吧",
            "人数：约350",
            "从业人员约350人",
            "350人左右的样子",
            "350名左右员工",
            "350人左右的员工",
            "350（？）",
            "350人？",
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
        for (text, remark, approximate) in [
            ("350人含外包", "含外包", false),
            ("350 人，不含实习生", "不含实习生", false),
            ("约350人 含外包（待核）", "含外包，待核", true),
            ("350（人事待核）", "人事待核", true),
            ("350（含外包？）", "含外包？", true),
        ] {
            let figure = read_figure(text, "人");
            let said = (figure.remark.as_str(), figure.approximate);
            assert_eq!(figure.number, Ok(Some("350".into())), "{text}");
            assert_eq!(said, (remark, approximate), "{text}");
        }
        let figure = read_money("320 万元 含税", MoneyUnit::Yuan);
        assert_eq!(
            (figure.number, figure.remark.as_str()),
            (Ok(Some("320".into())), "含税")
        );
    }

    #[test]
    fn blanks_of_the_space_bar_are_known_from_those_that_programs_set() {
        for text in ["350 412", "1 234", "1\u{3000}234", "3 200 500", "３５０ ４１２"] {
            assert!(read_figure(text, "人").has_blanks, "{text:?}");
        }
        for text in [
            "1\u{a0}234",
            "1\u{202f}234",
            "1,234",
            "350 人",
            "12万 3千",
            " 350 ",
        ] {
            assert!(!read_figure(text, "人").has_blanks, "{text:?}");
        }
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
            ("一个亿", TenThousandYuan, "10000", false),
            ("1.2个亿", TenThousandYuan, "12000", false),
            ("500万/年", TenThousandYuan, "500", false),
            ("上一年度营业收入：500万元", TenThousandYuan, "500", false),
            ("营业收入500万元", TenThousandYuan, "500", false),
            ("500,000元", TenThousandYuan, "50", false),
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
            ("320k", Fault::NotAnAmount),
            ("元", Fault::NotAnAmount),
            ("(500)", Fault::NotAnAmount),
            ("500,0000", Fault::Grouping),
            ("500,0000元", Fault::Grouping),
            ("2025年500万元", Fault::SeveralFigures),
            ("实缴500万元", Fault::WordsBeside),
            ("实缴注册资本500万元", Fault::WordsBeside),
            ("3万元/月", Fault::OtherUnit),
        ] {
            assert_eq!(read_money(text, TenThousandYuan).number, Err(fault), "{text}");
        }
        assert!(read_money("约320万元", TenThousandYuan).approximate);
    }
}
