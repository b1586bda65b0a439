//! The grammar of written numbers: digits, numerals, units of numerals, and what
//! looks like a number and is none. What people say around one is read in `figures`.

use super::{Fault, numerals};
use crate::numbers::Decimal;

/// What makes a range of a figure, wherever it stands.
const RANGE: [&str; 21] = [
    "以上", "以下", "以内", "不到", "不足", "近", "超", "于", "至少", "最少", "最多", "不止", "几", "数",
    "若干", "±", "≥", "≤", ">", "<", "+",
];
/// Whether a word is one of those that make a range of the figure beside them: 以上.
pub(super) fn is_limit(word: &str) -> bool {
    const OTHERS: [&str; 9] = [
        "多",
        "余",
        "超过",
        "将近",
        "接近",
        "多于",
        "少于",
        "不少于",
        "不低于",
    ];
    RANGE.contains(&word) || OTHERS.contains(&word)
}

/// What joins two figures.
const JOINTS: [&str; 10] = ["-", "~", "至", "到", "/", "、", "或", "..", "…", "→"];
/// What people count by and what else is behind figures.
pub(super) const UNITS: [&str; 37] = [
    "人次", "个人", "人", "名", "位", "家", "户", "件", "份", "次", "篇", "项", "条", "场", "期", "批", "个",
    "个月", "年", "月", "天", "日", "岁", "元", "万元", "分", "块", "起", "例", "宗", "桩", "笔", "张", "本",
    "处", "所", "届",
];

/// A whole number in digits or in numerals, with nothing around it.
pub(super) fn plain_number(text: &str) -> Option<String> {
    number(text).or_else(|| numerals::whole(text).ok())
}

/// A number as it was written.
pub(super) struct Written {
    /// Its value in the form JSON writes it.
    pub(super) digits: String,
    /// Whether it is written as a number of ten thousands (万).
    pub(super) ten_thousands: bool,
    /// Whether 万 or 亿 is in it, so that an amount of money is one in 元.
    pub(super) large: bool,
}

/// A figure without the full stop behind it, which is no point of a number that has none: `620.`
pub(super) fn without_stop(text: &str) -> &str {
    let bare = text.strip_suffix('.');
    let bare = bare.filter(|bare| !bare.contains('.') && bare.ends_with(|last: char| last.is_ascii_digit()));
    bare.unwrap_or(text)
}

/// Whether the points of a number are where others part its thousands: `1.000` may be one and may be a thousand.
pub(super) fn has_thousands_points(text: &str) -> bool {
    let mut groups = text.split('.');
    let first = groups.next().unwrap_or_default();
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let others: Vec<&str> = groups.collect();
    matches!(first.len(), 1..=3)
        && is_digits(first)
        && !first.starts_with('0')
        && !others.is_empty()
        && others.iter().all(|group| group.len() == 3 && is_digits(group))
}

/// Reads a number in digits, in numerals or in both.
pub(super) fn written(text: &str) -> Result<Written, Fault> {
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
    if let Some(counted) = bare.and_then(|bare| written(bare.trim()).ok()) {
        // Nothing is nothing, whatever it is counted by.
        return if counted.digits == "0" {
            Ok(counted)
        } else {
            Err(Fault::OtherUnit)
        };
    }
    if is_grouped_otherwise(text) {
        return Err(Fault::Grouping);
    }
    // 一个亿 is how people say 一亿.
    let text = &text.replace("个亿", "亿").replace("个万", "万");
    // 320w is how keyboards write 320万.
    let text = match text.strip_suffix(['w', 'W']) {
        Some(bare) => format!("{bare}万"),
        None => text.to_owned(),
    };
    let digits = match with_units(&text) {
        Some(digits) => digits,
        None => numerals::whole(&text).map_err(|fault| match fault {
            Fault::NotANumber if has_several(&text) => Fault::SeveralFigures,
            fault => fault,
        })?,
    };
    let very_large = text.contains(['亿', '億']);
    Ok(Written {
        digits,
        ten_thousands: text.ends_with(['万', '萬']) && !very_large,
        large: very_large || text.contains(['万', '萬']),
    })
}

/// Whether commas part a number otherwise than into thousands: 500,0000.
fn is_grouped_otherwise(text: &str) -> bool {
    let bare = text.trim_end_matches(|character| numerals::unit(character).is_some());
    bare.contains(',')
        && bare
            .chars()
            .all(|character| character.is_ascii_digit() || matches!(character, ',' | '.' | '-'))
        && number(bare).is_none()
}

/// Whether words part two numbers: 2025年350人.
fn has_several(text: &str) -> bool {
    let mut parts = text.split(|character: char| character.is_ascii_digit());
    let _ = parts.next();
    let mut between = parts.filter(|part| !part.is_empty());
    let is_word = |character: char| character.is_alphabetic() && !character.is_ascii();
    let parts_words =
        |part: &str| part.contains(|character| is_word(character) && !numerals::is_numeral(character));
    // What is behind the last digit parts nothing.
    let ends_in_digit = text.ends_with(|character: char| character.is_ascii_digit());
    let mut words: Vec<bool> = between.by_ref().map(parts_words).collect();
    if !ends_in_digit {
        words.pop();
    }
    words.contains(&true)
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
        || is_size(text)
        || ["多", "余", "来"].iter().any(|word| open(word))
        || JOINTS
            .iter()
            .filter_map(|joint| text.split_once(joint))
            .any(|(before, behind)| shown(before) && shown(behind))
}

/// Whether a text tells how large a figure is that it does not give: 百, 成千上万. 十 is ten.
fn is_size(text: &str) -> bool {
    let size = text.trim_end_matches(['人', '名', '个', '位', '元']);
    if size.trim_end_matches(['万', '亿']) == "十" {
        return false;
    }
    let says_size = |character| numerals::unit(character).is_some() || matches!(character, '成' | '上');
    !size.is_empty() && size.chars().all(says_size)
}

/// Moves the point of a number in its JSON form, to the left where `places` is below zero.
pub fn shifted(number: &str, places: i32) -> String {
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
pub(super) fn number(text: &str) -> Option<String> {
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
