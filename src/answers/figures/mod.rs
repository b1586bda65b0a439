//! Figures as people write them.

mod blanks;
mod brackets;
mod labels;
mod money;
mod nothing;
mod obstacles;
mod remarks;
mod surroundings;
mod twice;
mod words;

pub use blanks::cells_apart;
pub(super) use labels::says_paid_in;
pub(super) use money::read_capital;
pub use money::read_money;
use nothing::denies;
pub use nothing::says_nothing;
pub use remarks::is_doubted;

use self::nothing::is_blank;
use self::obstacles::in_the_way;
use self::twice::written_twice;
use self::words::COUNTED;
use super::Fault;
use super::written_numbers::{has_thousands_points, written};
use crate::numbers::Points;

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

/// Reads a figure with its unit or without: `３５０`, `1,234`, `约350人`, `四百一十二`.
pub fn read_figure(text: &str, unit: &str) -> Figure {
    written_twice(text, |once| read_once(once, unit)).unwrap_or_else(|| read_once(text, unit))
}

/// Reads a figure of which nothing is written a second time.
fn read_once(text: &str, unit: &str) -> Figure {
    let words: &[&str] = match unit {
        "人" => &["个人", "名", "位", "个"],
        "人次" => &[],
        "件" => &["个", "起", "例", "宗", "桩"],
        "次" => &["个", "起", "场", "回"],
        "篇" => &["个", "条", "则"],
        "家" => &["个", "所"],
        "项" => &["个", "条", "本", "套", "册", "种", "份"],
        _ => &["个"],
    };
    let (mut figure, body) = Figure::around(text, false);
    if denies(text) {
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
        // A length of time and points may have any number of decimals.
        _ if !matches!(unit, "年" | "分") && has_thousands_points(bare) => Err(Fault::ThousandsPoint),
        Ok(written) => Ok(Some(written.digits)),
        Err(Fault::NotANumber) => Err(in_the_way(bare)),
        Err(fault) => Err(fault),
    };
    figure.heed_words(text);
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
            ("（350）人", "350"),
            ("（350）人（含外包）", "350"),
            ("3.5（百人）", "350"),
            ("350（单位：人）", "350"),
            ("350（人/年）", "350"),
            ("350.0000", "350"),
            ("0.000", "0"),
            ("1234.000", "1234"),
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
            (
                Fault::NotANumber,
                &[".5", "1e3", "--1", "约", "①", "（1）350"][..],
            ),
            (
                Fault::WordsBeside,
                &["新增员工350人", "去年350人", "350（单位：箱）"],
            ),
            (
                Fault::Planned,
                &["计划350人", "350人拟招", "350（计划）", "350（含拟招30人）"],
            ),
            (
                Fault::ThousandsPoint,
                &["1.000", "1.234人", "12.345.678", "4.510"],
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
                    "350（月均）",
                    "350（人次）",
                    "350人每月",
                    "每月350人",
                ],
            ),
            (Fault::Percentage, &["35%", "百分之八十", "35（%）"]),
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
                    "350（以上）",
                    "350（人以上）",
                    "350（不到）",
                    "350（至少）",
                    "十来个",
                    "350（340）",
                    "300/400",
                    "350→400",
                    "上百人",
                    "近百人",
                    "近 350 人",
                    "将近300",
                    "接近三百人",
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
    fn points_are_read_as_they_are_typed() {
        assert_eq!(read_points(" ８０．５ 分"), Some(Points::hundredths(80_50)));
        assert_eq!(read_points("八十"), Some(Points::hundredths(80_00)));
        assert_eq!(read_points("八十几"), None);
        assert_eq!(read_points(""), None);
    }
}
