//! Entries as they stand within a sentence that others wrote around them.

use super::characters::{is_dash, plain_line, plain_prose};
use super::figures::says_nothing;
use super::pointers::points_elsewhere;

/// What begins an entry that says of something that there is none.
const THERE_IS_NONE: [&str; 11] = [
    "暂无",
    "尚无",
    "目前无",
    "并无",
    "暂时没有",
    "目前没有",
    "还没有",
    "没有",
    "尚未",
    "暂未",
    "还未",
];

/// What parts the name of what is asked from what is said of it.
const BEHIND_A_LABEL: [char; 5] = ['：', ':', '为', '是', '有'];

/// An entry as it is put into a sentence: in one line, without the marks that
/// the sentence has itself around it, and without the name of what was asked
/// where it is said again. `None` where it says that there is nothing to say:
/// 无, 暂无协作单位, 详见附件.
pub fn as_spoken(entry: &str, label: &str) -> Option<String> {
    spoken(&plain_line(entry), label, &[])
}

/// The same of what may be a list, and behind words that the sentence has itself: 主要输出到.
pub fn as_spoken_behind(entry: &str, label: &str, leads: &[String]) -> Option<String> {
    spoken(&listed_in_line(entry), label, leads)
}

fn spoken(line: &str, label: &str, leads: &[String]) -> Option<String> {
    let bare = without_marks(line);
    let again = bare.strip_prefix(label).filter(|_| !label.is_empty());
    let again = again.and_then(|behind| behind.strip_prefix(BEHIND_A_LABEL));
    let again = again.or_else(|| {
        let leads = leads.iter().filter_map(|lead| bare.strip_prefix(lead.as_str()));
        leads.min_by_key(|behind| behind.len())
    });
    let said = again.map_or(bare, without_marks);
    let none_of_it = || {
        let what = said.strip_prefix('无').unwrap_or_default();
        !what.is_empty() && label.contains(what)
    };
    let is_none = says_nothing(said)
        || points_elsewhere(said)
        || THERE_IS_NONE.iter().any(|word| said.starts_with(word))
        || none_of_it();
    (!said.is_empty() && !is_none).then(|| said.to_owned())
}

/// Marks that stand before the entries of a list wherever they are; others do so at the beginning of a line alone.
const BULLETS: [char; 13] = [
    '•', '●', '▪', '■', '◆', '◇', '▶', '►', '◦', '\u{f0b7}', '\u{f06c}', '★', '➢',
];

/// A text in one line in which the entries of a list have 、 between them: lines,
/// cells, and what has a bullet or a number before it. Other texts stay as they are.
pub fn listed_in_line(typed: &str) -> String {
    let mut line = entries_in_line(typed);
    // A number may stand behind a bullet. What was read once is not altered when it is read again.
    loop {
        let again = entries_in_line(&line);
        if again == line {
            return line;
        }
        line = again;
    }
}

fn entries_in_line(typed: &str) -> String {
    let prose = plain_prose(typed);
    let lines: Vec<&str> = prose.split(['\n', '\t']).collect();
    let is_mark = |character: char| BULLETS.contains(&character) || circled(character).is_some();
    let mut entries: Vec<String> = Vec::new();
    let mut is_list = false;
    let mut next = 1;
    for line in lines {
        let mut pieces: Vec<&str> = line.split(is_mark).collect();
        is_list |= pieces.len() > 1;
        if let [only] = pieces.as_slice() {
            pieces = numbered(only, &mut next);
            is_list |= pieces.len() > 1;
        }
        for piece in pieces {
            let bare = without_bullet(piece);
            is_list |= bare.len() < piece.trim_start().len();
            let bare = without_marks(bare);
            if !bare.is_empty() {
                entries.push(bare.to_owned());
            }
        }
    }
    if is_list || entries.len() > 1 {
        entries.join("、")
    } else {
        plain_line(typed)
    }
}

/// The number that a character in a circle or in brackets stands for.
fn circled(character: char) -> Option<u32> {
    let from = |first: char, last: char| {
        (first..=last)
            .contains(&character)
            .then(|| u32::from(character) - u32::from(first) + 1)
    };
    from('①', '⑳')
        .or_else(|| from('⑴', '⒇'))
        .or_else(|| from('⒈', '⒛'))
}

/// A line without the bullet before it. A stroke or a point that begins a word
/// has a blank behind it or a word of another script.
fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    let mut characters = line.chars();
    let Some(first) = characters.next() else {
        return line;
    };
    let rest = characters.as_str();
    let begins_word = rest.starts_with(|character: char| !character.is_ascii_digit() && character != first);
    if (is_dash(first) || matches!(first, '*' | '·' | '・' | '+' | '>')) && begins_word {
        return rest.trim_start();
    }
    line
}

/// The entries of a line that begins with the number that comes next, and goes
/// on with the numbers behind it.
fn numbered<'line>(line: &'line str, next: &mut u32) -> Vec<&'line str> {
    let mut entries = Vec::new();
    let mut rest = line;
    while let Some((before, behind)) = at_number(rest, *next) {
        // What is before the first of them is no part of the list.
        let is_first = entries.is_empty();
        if is_first && !before.trim().is_empty() {
            return vec![line];
        }
        entries.push(before);
        rest = behind;
        *next += 1;
    }
    entries.push(rest);
    entries
}

/// What is before and behind a number of a list.
fn at_number(text: &str, number: u32) -> Option<(&str, &str)> {
    text.char_indices().find_map(|(at, _)| {
        let (before, from) = text.split_at_checked(at)?;
        let (found, behind) = number_before(from)?;
        let is_apart = !before.ends_with(|character: char| character.is_ascii_digit());
        (found == number && is_apart).then_some((before, behind))
    })
}

/// The number before an entry and what is behind it: 1、, 1., （1）, 一、.
fn number_before(text: &str) -> Option<(u32, &str)> {
    const NUMERALS: &str = "一二三四五六七八九";
    let bracketed = text.strip_prefix(['（', '(']);
    let from = bracketed.unwrap_or(text);
    let end = from.find(|character: char| !character.is_ascii_digit())?;
    let (digits, behind) = from.split_at_checked(end)?;
    let (number, behind) = if digits.is_empty() {
        let first = from.chars().next()?;
        let value = NUMERALS.chars().position(|numeral| numeral == first)?;
        (u32::try_from(value).ok()? + 1, from.strip_prefix(first)?)
    } else {
        (digits.parse().ok()?, behind)
    };
    let behind = if bracketed.is_some() {
        behind.strip_prefix(['）', ')'])?
    } else {
        let behind = behind.strip_prefix(['、', '.', '．', '）', ')'])?;
        // 1.5 is a figure, and 三、四级 two degrees.
        let goes_on =
            |character: char| character.is_ascii_digit() || digits.is_empty() && NUMERALS.contains(character);
        if behind.starts_with(goes_on) {
            return None;
        }
        behind
    };
    (number < 100).then_some((number, behind.trim_start()))
}

/// A text without the marks that part or close sentences around it. A point
/// behind a Latin letter is part of what it shortens.
fn without_marks(text: &str) -> &str {
    let is_mark = |character: char| {
        character.is_whitespace()
            || matches!(
                character,
                '。' | '．' | '｡' | '，' | ',' | '、' | '；' | ';' | '：' | ':' | '！' | '!'
            )
    };
    let mut rest = text.trim_matches(is_mark);
    while let Some(before) = rest.strip_suffix('.')
        && !before.ends_with(|character: char| character.is_ascii_alphabetic())
    {
        rest = before.trim_end_matches(is_mark);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_put_in_a_line() {
        for (list, line) in [
            ("• 家政服务员\n• 养老护理员", "家政服务员、养老护理员"),
            ("• 家政服务员 • 养老护理员", "家政服务员、养老护理员"),
            ("家政服务员\n养老护理员\n", "家政服务员、养老护理员"),
            ("家政服务员，\r\n养老护理员；", "家政服务员、养老护理员"),
            ("家政服务员\t养老护理员", "家政服务员、养老护理员"),
            ("- 家政服务员\n- 养老护理员", "家政服务员、养老护理员"),
            ("-家政服务员\n-养老护理员", "家政服务员、养老护理员"),
            ("* 家政服务员", "家政服务员"),
            ("· 家政服务员\n· 养老护理员", "家政服务员、养老护理员"),
            ("●家政服务员●养老护理员", "家政服务员、养老护理员"),
            ("1、家政服务员 2、养老护理员", "家政服务员、养老护理员"),
            ("1、家政服务员\n2、养老护理员", "家政服务员、养老护理员"),
            ("1. 家政服务员\n2. 养老护理员", "家政服务员、养老护理员"),
            ("（1）家政服务员；（2）养老护理员。", "家政服务员、养老护理员"),
            ("①家政服务员②养老护理员", "家政服务员、养老护理员"),
            ("一、家政服务员\n二、养老护理员", "家政服务员、养老护理员"),
            (
                "\u{f0b7}\t家政服务员\n\u{f0b7}\t养老护理员",
                "家政服务员、养老护理员",
            ),
            // What is no list stays as it is.
            ("家政服务员、养老护理员。", "家政服务员、养老护理员。"),
            ("买买提·艾力家政", "买买提·艾力家政"),
            ("Wi-Fi 安装员", "Wi-Fi 安装员"),
            ("乌鲁木齐-昌吉", "乌鲁木齐-昌吉"),
            ("1.5 级护理员", "1.5 级护理员"),
            ("120急救员、119消防员", "120急救员、119消防员"),
            ("-5 度冷库工", "-5 度冷库工"),
            ("三、四级焊工", "三、四级焊工"),
            ("一、二级焊工", "一、二级焊工"),
            ("焊工1、焊工2、焊工", "焊工1、焊工2、焊工"),
            ("• 1、家政服务员\n• 2、养老护理员", "家政服务员、养老护理员"),
            ("", ""),
        ] {
            assert_eq!(listed_in_line(list), line, "{list:?}");
        }
    }

    #[test]
    fn words_of_the_sentence_are_not_said_again() {
        let leads = ["主要输出到", "输出到"].map(String::from);
        let said = |entry| as_spoken_behind(entry, "输出地", &leads);
        assert_eq!(
            said("主要输出到北京、上海等地").as_deref(),
            Some("北京、上海等地")
        );
        assert_eq!(said("输出到北京").as_deref(), Some("北京"));
        assert_eq!(said("北京").as_deref(), Some("北京"));
    }

    #[test]
    fn an_entry_stands_in_a_sentence_without_what_the_sentence_has_itself() {
        for (entry, said) in [
            ("家政服务员、养老护理员。", "家政服务员、养老护理员"),
            ("家政服务员、养老护理员、", "家政服务员、养老护理员"),
            (" ，家政服务员；\u{b}", "家政服务员"),
            ("家政服务员.", "家政服务员"),
            ("Sample Co., Ltd.", "Sample Co., Ltd."),
            ("主要工种：家政服务员", "家政服务员"),
            ("主要工种为家政服务员", "家政服务员"),
            ("主要工种学校", "主要工种学校"),
            ("无锡、苏州", "无锡、苏州"),
        ] {
            assert_eq!(as_spoken(entry, "主要工种").as_deref(), Some(said), "{entry}");
        }
        for nothing in [
            "",
            "无",
            "无。",
            "没有",
            "—",
            "/",
            "暂无",
            "（无）",
            "暂无协作单位",
            "无协作单位",
            "没有固定的",
            "协作单位：无",
            "尚未确定",
        ] {
            assert_eq!(as_spoken(nothing, "协作单位"), None, "{nothing}");
        }
    }
}
