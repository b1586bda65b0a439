//! Units in headings: 营业收入（万元）, 从业人数/人, 单位：千元.

use crate::answers::{Fault, MoneyUnit, plain_digits, read_money};
use crate::policy::{Fact, FactKind};

/// By how many places the point of a figure is moved to come to the unit in
/// which the question is asked: −4 for 元 where 万元 are asked.
pub type Places = i32;

/// Units of money, each by its places against 元.
const MONEY: [(&str, Places); 8] = [
    ("元", 0),
    ("百元", 2),
    ("千元", 3),
    ("万元", 4),
    ("十万元", 5),
    ("百万元", 6),
    ("千万元", 7),
    ("亿元", 8),
];
/// What money is asked in, by its places against 元.
const ASKED: Places = 4;
/// How the names of money of other countries end, beside those that amounts are known by.
const OTHER_MONEY: [&str; 22] = [
    "元",
    "币",
    "镑",
    "卢布",
    "坚戈",
    "索姆",
    "卢比",
    "法郎",
    "铢",
    "里拉",
    "迪拉姆",
    "EUR",
    "JPY",
    "GBP",
    "RUB",
    "KZT",
    "KGS",
    "KRW",
    "AUD",
    "CAD",
    "SGD",
    "CHF",
];
/// What is no number of anything but a share.
const SHARES: [&str; 4] = ["%", "‰", "百分比", "百分点"];
/// What is counted in, be it asked anywhere or not: 户 is none of heads.
const COUNTED: [&str; 23] = [
    "人",
    "人次",
    "项",
    "家",
    "件",
    "份",
    "次",
    "篇",
    "个",
    "年",
    "户",
    "所",
    "班",
    "场",
    "台",
    "套",
    "辆",
    "间",
    "亩",
    "平方米",
    "课时",
    "小时",
    "天",
];
/// What stands before the unit of what is counted.
const COUNTS: [(&str, Places); 4] = [("百", 2), ("千", 3), ("万", 4), ("亿", 8)];

/// A heading in two parts: the name, and the unit or remark behind it.
pub(super) fn divided(heading: &str) -> (String, Option<String>) {
    let plain = plain_digits(heading);
    let plain = plain.trim().trim_end_matches([':', '：']).trim_end();
    if let Some(bare) = plain.strip_suffix([')', ']', '】', '〕'])
        && let Some((name, within)) = bare.rsplit_once(['(', '[', '【', '〔'])
        && !name.trim().is_empty()
    {
        return (name.trim().to_owned(), Some(bare_unit(within)));
    }
    if let Some((name, behind)) = plain.rsplit_once(['/', '_', ' ', ',', '、', ':', '-'])
        && is_unit(&bare_unit(behind))
        && !name.trim().is_empty()
    {
        let name = name
            .trim_end()
            .trim_end_matches("单位")
            .trim_end_matches([',', ' ', ';']);
        return (name.to_owned(), Some(bare_unit(behind)));
    }
    (plain.to_owned(), None)
}

/// What is behind 单位：.
fn bare_unit(text: &str) -> String {
    let text = text.trim();
    // 金额：千元, 金额单位：千元
    let text = match text.strip_prefix("金额") {
        Some(behind) if behind.starts_with([':', '：', '单']) => behind,
        _ => text,
    };
    let text = text.strip_prefix("单位").unwrap_or(text);
    let text = text.trim_start_matches([':', '：', ' ']);
    text.strip_prefix("人民币").unwrap_or(text).to_owned()
}

/// Whether a text is money of another country, as many of it as may be: 万美元, USD.
pub(super) fn is_other_currency(text: &str) -> bool {
    let text = text.trim();
    let is_own = MONEY.iter().any(|(unit, _)| *unit == text) || text.contains("人民币");
    let names_one = || {
        let amount = read_money(&format!("1{text}"), MoneyUnit::default());
        // An amount is no unit, however it is written: 320万元, 三百多万元.
        let is_word = read_money(text, MoneyUnit::default()).number == Err(Fault::NotAnAmount);
        amount.number == Err(Fault::OtherCurrency)
            || is_word && OTHER_MONEY.iter().any(|end| text.ends_with(end))
    };
    !is_own && !text.contains(char::is_numeric) && names_one()
}

fn is_unit(text: &str) -> bool {
    let text = text.trim();
    if SHARES.contains(&text) || is_other_currency(text) {
        return true;
    }
    let times = |unit: &&str| -> bool {
        text.strip_suffix(*unit)
            .is_some_and(|before| before.is_empty() || COUNTS.iter().any(|(times, _)| *times == before))
    };
    MONEY.iter().any(|(unit, _)| *unit == text) || COUNTED.iter().any(times)
}

/// The unit of a table, as it stands above one: 单位：万元.
pub(super) fn of_table(text: &str) -> Option<String> {
    let plain = plain_digits(text);
    let (_, behind) = plain.rsplit_once("单位").or_else(|| plain.rsplit_once("币种"))?;
    let unit = bare_unit(
        behind
            .trim_start_matches([':', ' ', '均', '统', '一', '为', '是'])
            .trim_end_matches([')', ' ', '】', '。', '.', ';']),
    );
    are_units(&unit).then_some(unit)
}

/// What stands in place of a unit where the answer is yes or no, one of several, or a day.
pub(super) const YES_OR_NO: &str = "是/否";
/// See [`YES_OR_NO`].
pub(super) const ONE_OF: &str = "选一项";
/// See [`YES_OR_NO`].
pub(super) const DAY: &str = "年-月-日";

/// Whether a text stands in place of a unit.
pub(super) fn is_in_place_of_one(text: &str) -> bool {
    let others = [
        "是否",
        "有/无",
        "有无",
        "年月日",
        "年/月/日",
        "日期",
        "文字",
        "文本",
    ];
    [YES_OR_NO, ONE_OF, DAY].contains(&text.trim()) || others.contains(&text.trim())
}

/// What the unit of all figures is called where it has a line of its own.
const OF_ALL: [&str; 6] = ["单位", "金额单位", "计量单位", "货币单位", "填写单位", "币种"];

/// Whether a column is called so whose cells are units.
pub(super) fn names_units(name: &str) -> bool {
    OF_ALL.contains(&name)
}

/// Whether a unit is one of what is counted.
pub(super) fn is_counted(unit: &str) -> bool {
    is_no_money(unit) && !is_other_currency(unit)
}

/// The unit of all figures, where a line says it and nothing else: 单位：万元.
pub(super) fn of_all(line: &str) -> Option<String> {
    let (name, unit) = line.split_once([':', '：'])?;
    let name: String = name
        .chars()
        .filter(|character| character.is_alphabetic())
        .collect();
    let unit = bare_of(unit);
    let is_of_all = OF_ALL.contains(&name.as_str()) && are_units(&unit);
    is_of_all.then_some(unit)
}

/// What parts the units of a table that has several: 人、元.
const BETWEEN: [char; 5] = ['、', ',', '，', ';', ' '];

/// Each of the units of a table.
pub(super) fn each_of(units: &str) -> Vec<String> {
    let parts = units.split(BETWEEN).map(bare_unit);
    parts.filter(|unit| !unit.is_empty()).collect()
}

/// Whether a text is one unit or several, and nothing else.
fn are_units(text: &str) -> bool {
    let all = each_of(text);
    !all.is_empty() && all.iter().all(|unit| is_unit(unit))
}

/// The unit that a text is: 单位：元, （人）.
pub(super) fn bare_of(text: &str) -> String {
    let plain = plain_digits(text);
    let plain = plain.trim();
    let within = plain.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    bare_unit(within.unwrap_or(plain))
}

/// Whether a text is a unit and nothing else.
pub(super) fn is_bare(text: &str) -> bool {
    is_unit(&bare_of(text))
}

/// Whether a text is a unit, and none of money.
pub(super) fn is_no_money(unit: &str) -> bool {
    is_unit(unit) && !MONEY.iter().any(|(name, _)| *name == unit)
}

/// By how many places figures of a unit are moved for a fact.
///
/// # Errors
/// When it is a unit, and another one than the fact's.
pub(super) fn places(fact: &Fact, unit: &str) -> Result<Option<Places>, String> {
    let other = || {
        if is_unit(unit) {
            Err(unit.to_owned())
        } else {
            Ok(None)
        }
    };
    match fact.kind {
        FactKind::Money => {
            let known = MONEY.iter().find(|(name, _)| *name == unit);
            known.map_or_else(other, |(_, places)| Ok(Some(places - ASKED)))
        }
        FactKind::Count | FactKind::Years => {
            let before = unit
                .strip_suffix(fact.unit.as_str())
                .filter(|_| !fact.unit.is_empty());
            match before {
                Some("") => Ok(Some(0)),
                Some(before) => {
                    let known = COUNTS.iter().find(|(times, _)| *times == before);
                    known.map_or_else(other, |(_, places)| Ok(Some(*places)))
                }
                None => other(),
            }
        }
        FactKind::YesNo | FactKind::Choice => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_found_however_it_is_written() {
        for (heading, name, unit) in [
            ("营业收入（万元）", "营业收入", Some("万元")),
            ("营业收入(单位：千元)", "营业收入", Some("千元")),
            ("营业收入【人民币元】：", "营业收入", Some("元")),
            ("从业人数/人", "从业人数", Some("人")),
            ("从业人数_万人", "从业人数", Some("万人")),
            ("营业收入，单位：元", "营业收入", Some("元")),
            ("从业人数（含外包）", "从业人数", Some("含外包")),
            ("微信公众号", "微信公众号", None),
            ("（万元）", "(万元)", None),
            ("市级/自治区级", "市级/自治区级", None),
        ] {
            let (found, of) = divided(heading);
            assert_eq!((found.as_str(), of.as_deref()), (name, unit), "{heading}");
        }
    }
}
