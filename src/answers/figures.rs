//! Figures as people type them.

use crate::numbers::{Decimal, Points};

/// What a typed figure comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Nothing was typed.
    Nothing,
    /// A number in the form JSON writes it.
    Number(String),
    /// Something else; kept as it is.
    Wrong(String),
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

/// Turns full-width digits, letters and signs into their plain forms.
pub fn plain_digits(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
            other => other,
        })
        .collect()
}

/// Reads a figure that may carry full-width digits, separators of thousands,
/// 约 before it and its unit behind it: `３５０`, `1,234`, `约350人`, `2家`.
pub fn read_figure(text: &str, unit: &str) -> Typed {
    let plain = plain_digits(text);
    let trimmed = plain.trim();
    if trimmed.is_empty() {
        return Typed::Nothing;
    }
    let without_lead = trimmed.trim_start_matches(['约', '共', '计']).trim_start();
    let bare = without_lead.strip_suffix(unit).unwrap_or(without_lead).trim_end();
    match number(bare) {
        Some(digits) => Typed::Number(digits),
        None => Typed::Wrong(text.to_owned()),
    }
}

/// Reads points that may carry full-width digits and 分 behind them.
pub fn read_points(text: &str) -> Option<Points> {
    let plain = plain_digits(text);
    plain.trim().trim_end_matches('分').trim_end().parse().ok()
}

/// Reads an amount of money and gives it in 万元. Amounts in 元 may carry 角 and
/// 分, which are dropped; the second value says whether some were.
pub fn read_money(text: &str, unit: MoneyUnit) -> (Typed, bool) {
    let plain = plain_digits(text);
    let trimmed = plain.trim().trim_start_matches(['约', '¥', '￥', '共']).trim();
    if trimmed.is_empty() {
        return (Typed::Nothing, false);
    }
    let (bare, unit) = match (
        trimmed
            .strip_suffix("万元")
            .or_else(|| trimmed.strip_suffix('万')),
        trimmed.strip_suffix('元'),
    ) {
        (Some(bare), _) => (bare.trim_end(), MoneyUnit::TenThousandYuan),
        (None, Some(bare)) => (bare.trim_end(), MoneyUnit::Yuan),
        (None, None) => (trimmed, unit),
    };
    let Some(digits) = number(bare) else {
        return (Typed::Wrong(text.to_owned()), false);
    };
    match unit {
        MoneyUnit::TenThousandYuan => (Typed::Number(digits), false),
        MoneyUnit::Yuan => {
            let (yuan, rest) = digits
                .split_once('.')
                .map_or((digits.as_str(), ""), |(yuan, rest)| (yuan, rest));
            let dropped = rest.bytes().any(|digit| digit != b'0');
            (Typed::Number(shift_four(yuan)), dropped)
        }
    }
}

/// Moves the point of a whole number four places to the left.
fn shift_four(yuan: &str) -> String {
    let (sign, digits) = yuan.strip_prefix('-').map_or(("", yuan), |digits| ("-", digits));
    let padded = format!("{digits:0>5}");
    let (whole, fraction) = padded.split_at(padded.len() - 4);
    let fraction = fraction.trim_end_matches('0');
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
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
            ("-0", "0"),
            ("-3", "-3"),
            ("3.25", "3.25"),
        ] {
            assert_eq!(read_figure(text, "人"), Typed::Number(digits.into()), "{text}");
        }
        assert_eq!(read_figure("  ", "人"), Typed::Nothing);
        for text in [
            "三百",
            "1,5",
            "1,2345",
            "12,34",
            "1234,567",
            "1.",
            ".5",
            "350 家",
            "1e3",
            "３５００人次",
            ",123",
            "--1",
        ] {
            assert_eq!(read_figure(text, "人"), Typed::Wrong(text.into()), "{text}");
        }
    }

    #[test]
    fn points_are_read_as_they_are_typed() {
        assert_eq!(read_points(" ８０．５ 分"), Some(Points::hundredths(80_50)));
        assert_eq!(read_points("八十"), None);
    }

    #[test]
    fn money_is_given_in_ten_thousands_and_cut_to_whole_yuan() {
        let number = |digits: &str| Typed::Number(digits.into());
        assert_eq!(
            read_money("500", MoneyUnit::TenThousandYuan),
            (number("500"), false)
        );
        assert_eq!(read_money("5000000", MoneyUnit::Yuan), (number("500"), false));
        assert_eq!(
            read_money("4,999,999.99", MoneyUnit::Yuan),
            (number("499.9999"), true)
        );
        assert_eq!(
            read_money("4999999.00元", MoneyUnit::TenThousandYuan),
            (number("499.9999"), false)
        );
        assert_eq!(read_money("500万元", MoneyUnit::Yuan), (number("500"), false));
        assert_eq!(read_money("1", MoneyUnit::Yuan), (number("0.0001"), false));
        assert_eq!(read_money("0.5", MoneyUnit::Yuan), (number("0"), true));
        assert_eq!(read_money("-10000", MoneyUnit::Yuan), (number("-1"), false));
        assert_eq!(
            read_money("五百万", MoneyUnit::Yuan),
            (Typed::Wrong("五百万".into()), false)
        );
    }
}
