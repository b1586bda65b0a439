//! Characters that nobody sees or that only look otherwise: what a program, a
//! web page or an input method puts into a text that is copied.

use crate::json::turns_direction;

/// Whether nothing is seen of a character wherever it stands: format characters
/// (Cf), the fillers of Hangul and the selectors of variants.
const fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{8e2}'
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20e3}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{110bd}' | '\u{110cd}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// A digit of another script or style as its value.
fn other_digit(character: char) -> Option<char> {
    let zeros = ['\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];
    let from_zero = |zero: char| {
        u32::from(character)
            .checked_sub(u32::from(zero))
            .filter(|value| *value < 10)
    };
    let styled = || {
        u32::from(character)
            .checked_sub(0x1d7ce)
            .filter(|value| *value < 50)
    };
    let value = zeros
        .into_iter()
        .find_map(from_zero)
        .or_else(|| styled().map(|value| value % 10))?;
    char::from_digit(value, 10)
}

/// A text that is a figure, a date or an identifier in plain characters:
/// full-width digits, letters and signs in their plain forms, every blank a
/// space, and nothing in it that cannot be seen.
pub fn plain_digits(text: &str) -> String {
    let plain = |character: char| match character {
        character if is_invisible(character) => None,
        character if character.is_whitespace() || character == '\u{2800}' => Some(' '),
        character if character.is_control() => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0),
        character => Some(other_digit(character).unwrap_or(character)),
    };
    let plain: String = text.chars().filter_map(plain).collect();
    match without_text_marks(&plain) {
        Some(bare) => bare.to_owned(),
        None => plain,
    }
}

/// What stands within the marks by which spreadsheets and exports keep digits
/// from being taken for a number: `'830002`, `` `830002 ``, `="830002"`, `"830002"`.
fn without_text_marks(text: &str) -> Option<&str> {
    let quotes = ['\'', '\u{2018}', '\u{2019}', '`', '"', '\u{201c}', '\u{201d}'];
    let text = text.trim();
    let text = text.strip_prefix('=').map_or(text, str::trim_start);
    let bare = text.strip_prefix(quotes)?;
    Some(bare.strip_suffix(quotes).unwrap_or(bare))
}

/// A number of a certificate or paper without what cannot be seen; its brackets and letters stay as they are.
pub fn plain_visible(text: &str) -> String {
    let line = plain_line(text);
    line.chars()
        .filter(|character| !is_invisible(*character))
        .map(|character| if character.is_whitespace() { ' ' } else { character })
        .collect()
}

/// Whether a character is written for a hyphen or a minus sign.
pub(super) const fn is_dash(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{30fc}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
    )
}

/// A character of a running text as it can be shown and printed: what breaks a
/// line elsewhere breaks it here, and other control characters have no place.
pub const fn printable(character: char) -> Option<char> {
    match character {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some('\t'),
        '\u{2800}' => Some(' '),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => None,
        character => Some(character),
    }
}

/// Whether a character has no place in a running text: it turns the direction of
/// what is behind it, or nothing is seen of it though it parts a name for every
/// search. What joins or chooses the forms of a script or of a picture stays.
const fn is_foreign_to_prose(character: char) -> bool {
    turns_direction(character)
        || matches!(character,
            '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}')
}

/// A running text as it is shown and printed, without what turns the direction of other text or is not seen.
pub fn plain_prose(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let seen = text.chars().filter(|character| !is_foreign_to_prose(*character));
    seen.filter_map(printable).collect()
}

/// A text of one line as it is shown and printed: where it was broken stands a
/// blank, or nothing beside characters that are written without blanks.
pub fn plain_line(text: &str) -> String {
    in_line(text, stands_without_blanks)
}

/// A name or several in one line: where it was broken stands a blank, as the
/// browser sets one where lines are pasted, since what is there may be two names.
pub fn plain_names(text: &str) -> String {
    in_line(text, |character| {
        stands_without_blanks(character) && !character.is_alphanumeric()
    })
}

/// Names of firms and banks in one line: with 、 between two whole names, and
/// nothing where one was broken.
pub fn plain_organisations(text: &str) -> String {
    let prose = plain_prose(text);
    let mut names: Vec<String> = Vec::new();
    for part in prose.split(['\n', '\t']).filter(|part| !part.trim().is_empty()) {
        match names
            .last_mut()
            .filter(|before| !parts_organisations(before, part))
        {
            Some(before) => *before = plain_line(&format!("{before}\n{part}")),
            None => names.push(part.to_owned()),
        }
    }
    if names.len() < 2 {
        return plain_line(text);
    }
    let names = names.iter().map(|name| name.trim_matches(stands_between_names));
    names.collect::<Vec<_>>().join("、")
}

/// Whether a character stands between the entries of a list of names.
fn stands_between_names(character: char) -> bool {
    character.is_whitespace() || "、，,；;/".contains(character)
}

/// Whether a break parts two names: each is whole. A branch belongs to the name before it.
fn parts_organisations(before: &str, behind: &str) -> bool {
    /// Where the name of a bank and that of its branch meet.
    const BANKS: [&str; 2] = ["银行", "信用社"];
    /// How the name of a firm, a society or a school ends.
    const ENDS: [&str; 12] = [
        "公司",
        "合作社",
        "联合社",
        "协会",
        "商会",
        "学会",
        "学校",
        "学院",
        "技校",
        "中心",
        "工厂",
        "工作室",
    ];
    let is_bank = |name: &str| BANKS.iter().any(|bank| name.contains(bank));
    if is_bank(before) || is_bank(behind) {
        return is_bank(before) && is_bank(behind);
    }
    let (before, behind) = (
        before.trim_matches(stands_between_names),
        behind.trim_matches(stands_between_names),
    );
    let is_whole = |name: &str| ENDS.iter().any(|end| name.ends_with(end));
    let is_branch = ["分公司", "分校", "分会", "分中心"]
        .iter()
        .any(|branch| behind.ends_with(branch));
    is_whole(before) && is_whole(behind) && !is_branch
}

/// A text in one line, with a blank where it was broken, but for beside
/// characters that want none.
fn in_line(text: &str, wants_no_blank: fn(char) -> bool) -> String {
    let prose = plain_prose(text);
    let mut line = String::new();
    for (number, part) in prose.split(['\n', '\t']).enumerate() {
        if number == 0 {
            line.push_str(part);
            continue;
        }
        let part = part.trim_start();
        if part.is_empty() {
            continue;
        }
        line.truncate(line.trim_end().len());
        let beside = line.chars().next_back().into_iter().chain(part.chars().next());
        if !line.is_empty() && !beside.clone().any(wants_no_blank) {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

/// Whether a character is of a script that is written without blanks, or a mark of it.
const fn stands_without_blanks(character: char) -> bool {
    matches!(character,
        '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}' | '\u{2e80}'..='\u{303f}' | '\u{3040}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3fffd}')
}

/// A name or other short text without blanks and invisible characters around it.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|character: char| {
        character.is_whitespace() || character.is_control() || is_invisible(character)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_goes_from_figures_and_identifiers() {
        for (text, plain) in [
            ("\u{202d}620\u{202c}", "620"),
            ("\u{feff}３５０\u{ad}", "350"),
            ("1\u{a0}234\u{202f}567", "1 234 567"),
            ("\u{661}\u{662}\u{1d7d9}\u{1d7f6}", "1210"),
            ("3\u{fe0f}\u{20e3}5\u{0}", "35"),
        ] {
            assert_eq!(plain_digits(text), plain, "{text:?}");
        }
    }

    #[test]
    fn prose_keeps_what_is_written_and_breaks_where_it_broke() {
        assert_eq!(
            plain_prose("甲\u{b}乙\u{c}丙\r\n丁\r戊\u{85}己\u{2028}庚\u{2029}辛"),
            "甲\n乙\n丙\n丁\n戊\n己\n庚\n辛"
        );
        assert_eq!(
            plain_prose("甲\u{202e}乙\u{0}\u{1b}丙\t\u{1f469}\u{200d}\u{1f469}"),
            "甲乙丙\t\u{1f469}\u{200d}\u{1f469}"
        );
        // What joins and chooses forms of a script or a picture stays.
        let joined = "\u{6a9}\u{200c}\u{6af}\u{1f3f4}\u{e0067}\u{2764}\u{fe0f}\u{845b}\u{e0100}";
        assert_eq!(plain_prose(joined), joined);
        assert_eq!(
            plain_prose("天\u{200b}山\u{feff}示\u{ad}例\u{2060}\u{200e}\u{3164}"),
            "天山示例"
        );
        assert_eq!(trimmed(" \u{200b}甲\u{200b}乙\u{feff}\u{3000}"), "甲\u{200b}乙");
    }

    #[test]
    fn names_in_one_line_stay_apart() {
        for (text, line) in [
            ("张三\u{b}李四", "张三 李四"),
            ("张三\u{c}\r\n李四\n", "张三 李四"),
            ("张三、\u{b}李四", "张三、李四"),
            ("张三\u{b}（经理）", "张三（经理）"),
        ] {
            assert_eq!(plain_names(text), line, "{text:?}");
        }
    }

    #[test]
    fn names_of_firms_and_banks_are_not_glued_together() {
        for (text, line) in [
            (
                "示例银行天山支行\n样本银行沙区营业部",
                "示例银行天山支行、样本银行沙区营业部",
            ),
            ("示例银行\n天山支行", "示例银行天山支行"),
            (
                "甲家政\n有限公司\n乙劳务有限公司；\n丙合作社",
                "甲家政有限公司、乙劳务有限公司、丙合作社",
            ),
            ("甲有限公司\n天山分公司", "甲有限公司天山分公司"),
            ("乌鲁木齐天山\n家政护理员", "乌鲁木齐天山家政护理员"),
            (" 甲公司 ", " 甲公司 "),
        ] {
            assert_eq!(plain_organisations(text), line, "{text:?}");
            assert_eq!(plain_organisations(line), line, "{line:?} again");
        }
    }

    #[test]
    fn what_stands_in_one_line_is_not_broken() {
        for (text, line) in [
            ("示例银行\u{b}天山支行", "示例银行天山支行"),
            ("示例银行\u{c}\r\n天山支行\r\n", "示例银行天山支行"),
            (
                "Sample Bank \u{b} Urumqi\u{85}Branch",
                "Sample Bank Urumqi Branch",
            ),
            ("A\n\n家政，\t2024", "A家政，2024"),
            ("人社发\n〔2024〕1 号 ", "人社发〔2024〕1 号 "),
            ("\n甲", "甲"),
        ] {
            assert_eq!(plain_line(text), line, "{text:?}");
        }
    }
}
