//! What is said around a figure: that it is approximate, one of a year, a remark, a label.

use super::Figure;
use super::blanks::{cells_apart, has_blanks};
use super::brackets::{first_brackets, without_outer_brackets};
use super::labels::without_label;
use super::words::{ABOUT, COUNTED, LEADS, OR_SO};
use crate::answers::characters::is_dash;
use crate::answers::written_numbers::without_stop;
use crate::answers::{numerals, plain_digits, plain_prose};

/// What is behind a figure and says nothing.
const TAILS: [&str; 16] = [
    "。", ";", "；", ",", "、", "!", "整", "吧", "啊", "呢", "呀", "哦", "哈", "了", "的", "哟",
];
/// What says that a figure is one of a year.
const OF_A_YEAR: [&str; 3] = ["/年", "/每年", "每年"];
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
/// How many brackets are read behind one figure; a text with more of them is none.
const MOST_BRACKETS: usize = 4;

impl Figure {
    /// What is said around a figure, and what remains of it.
    pub(super) fn around(text: &str, is_money: bool) -> (Self, String) {
        let mut apart = cells_apart(&plain_prose(text));
        // Around a number of persons or things brackets say nothing; an amount may be below zero.
        if !is_money {
            apart = without_outer_brackets(&apart);
        }
        let mut figure = Self {
            number: Ok(None),
            approximate: false,
            remark: String::new(),
            unit: None,
            cents_dropped: false,
            per_year: false,
            has_blanks: has_blanks(&apart),
        };
        for _ in 0..MOST_BRACKETS {
            let Some((before, within, behind)) = first_brackets(&apart) else {
                break;
            };
            let unit = figure.read_bracketed(within);
            let is_there =
                before.trim_end().ends_with(unit.as_str()) || behind.trim_start().starts_with(&unit);
            let unit = if is_there { "" } else { &unit };
            // A label may have brackets before the figure has come: 营业收入（千元）：320.
            apart = if before.contains(numerals::is_numeral) && !behind.starts_with([':', '：']) {
                format!("{before}{unit}{behind}")
            } else {
                format!("{before}{behind}{unit}")
            };
        }
        let mut body = joined(&plain_digits(&apart));
        if let Some((before, remark)) = remark_behind(&body) {
            let others = core::mem::take(&mut figure.remark);
            figure.add_remark(&remark);
            figure.add_remark(&others);
            body = before;
        }
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

#[cfg(test)]
mod tests {
    use crate::answers::{MoneyUnit, read_figure, read_money};

    #[test]
    fn what_is_said_around_a_figure_is_kept() {
        for text in [
            "约350",
            "350左右",
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
}
