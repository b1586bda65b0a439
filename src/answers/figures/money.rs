//! Amounts of money.

use super::labels::paid_in;
use super::nothing::{denies, is_blank};
use super::obstacles::in_the_way;
use super::twice::written_twice;
use super::words::{ABOUT, CURRENCY, LEADS, OTHER_CURRENCIES};
use super::{Figure, MoneyUnit};
use crate::answers::written_numbers::{has_thousands_points, is_limit, shifted, written};
use crate::answers::{Fault, numerals, plain_digits};
use crate::numbers::Decimal;

/// Reads an amount of money and gives it in 万元. What is written with its unit
/// is read by it, in numerals or digits, and a sign of currency is before 元.
/// Amounts in 元 may carry 角 and 分, which are dropped.
pub fn read_money(text: &str, unit: MoneyUnit) -> Figure {
    written_twice(text, |once| read_once(once, unit)).unwrap_or_else(|| read_once(text, unit))
}

/// Reads an amount of which nothing is written a second time.
fn read_once(text: &str, unit: MoneyUnit) -> Figure {
    let (mut figure, body) = Figure::around(text, true);
    if denies(text) {
        figure.number = Err(Fault::SaysNothing);
    } else if !is_blank(text) {
        figure.number = match figure.money(&body, unit) {
            Err(Fault::NotANumber) => Err(match in_the_way(&body) {
                Fault::NotANumber => Fault::NotAnAmount,
                Fault::WordsBeside => Fault::WordsBesideAmount,
                fault => fault,
            }),
            read => read.map(Some),
        };
    }
    figure.heed_words(text);
    figure
}

/// Reads the capital of a register, which is the one that its owners undertook
/// to pay in: 认缴500万元.
pub(in crate::answers) fn read_capital(text: &str) -> Figure {
    let plain = without_paid_in(&plain_digits(text));
    let text = plain.as_str();
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

/// A capital without what was paid in of it, where that stands behind it: 500（实缴200）.
fn without_paid_in(text: &str) -> String {
    let parts = paid_in(text).and_then(|(before, behind)| {
        let bare = before
            .trim_end()
            .trim_end_matches(['已', '其'])
            .trim_end_matches("其中");
        let bare = bare.trim_end();
        let (capital, is_within) = match bare.strip_suffix(['(', '[', '【', '〔']) {
            Some(capital) => (capital, true),
            None => (bare.strip_suffix([',', ';', '/', '、', '。'])?, false),
        };
        let (amount, unit) = match behind.split_once([')', ']', '】', '〕']) {
            Some((amount, unit)) if is_within => (amount, unit),
            _ => (behind, ""),
        };
        let amount = read_money(amount.trim_start_matches([':', '为']), MoneyUnit::TenThousandYuan);
        let is_known = matches!(amount.number, Ok(Some(_))) && capital.contains(numerals::is_numeral);
        is_known.then(|| format!("{capital}{unit}"))
    });
    parts.unwrap_or_else(|| text.to_owned())
}

impl Figure {
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
        let (rest, cents) = match rest.split_once(['元', '圆', '圓', '块']) {
            Some((before, behind)) => (before, Some(cents(behind)?)),
            None => (rest, None),
        };
        // Nobody writes a nought behind the decimals of an amount, and a thousand ends in noughts.
        let figure = rest.trim_end_matches(|character: char| !character.is_ascii_digit());
        if figure.ends_with('0') && has_thousands_points(figure) {
            return Err(Fault::ThousandsPointOfAmount);
        }
        let written = written(rest.trim())?;
        let named = cents.is_some() || written.large;
        if written.ten_thousands && cents != Some(true) {
            self.unit = Some(MoneyUnit::TenThousandYuan);
            return Ok(shifted(&written.digits, -4));
        }
        // 320千 may be one of 元 and one of 万元.
        let is_scaled = rest.contains(|character: char| character.is_ascii_digit())
            && rest.ends_with(|character| numerals::unit(character).is_some());
        if !named && is_scaled && unit == MoneyUnit::TenThousandYuan {
            return Err(Fault::NoMoneyUnit);
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
    if is_limit(behind) {
        return Err(Fault::Range);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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
            ("320（千元）", TenThousandYuan, "32", false),
            ("320（百万元）", Yuan, "32000", false),
            ("320（单位：千元）（含税）", TenThousandYuan, "32", false),
            ("营业收入（千元）：320", TenThousandYuan, "32", false),
            ("叁佰贰拾萬圓整", TenThousandYuan, "320", false),
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
            ("实缴500万元", Fault::WordsBesideAmount),
            ("实缴注册资本500万元", Fault::WordsBesideAmount),
            ("3万元/月", Fault::OtherUnit),
            ("3（万元/月）", Fault::OtherUnit),
            ("500（负）", Fault::Negative),
            ("月均收入3万元", Fault::OtherUnit),
            ("500（万美元）", Fault::OtherCurrency),
            ("500（usd）", Fault::OtherCurrency),
            ("500千", Fault::NoMoneyUnit),
            ("500（千）", Fault::NoMoneyUnit),
            ("500（人民币）", Fault::NoMoneyUnit),
            ("500万元以上", Fault::Range),
            ("500（万元以上）", Fault::Range),
        ] {
            assert_eq!(read_money(text, TenThousandYuan).number, Err(fault), "{text}");
        }
        assert!(read_money("约320万元", TenThousandYuan).approximate);
    }
}
