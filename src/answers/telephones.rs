//! Telephone numbers: the forms in use, and how people type them.

use super::characters::is_dash;
use super::plain_digits;

/// What stands between two telephone numbers.
const BETWEEN: [char; 8] = ['/', '、', '；', ';', ',', '，', '|', '或'];

/// What says of a number beside it that it is none to call.
const NOT_TO_CALL: [&str; 9] = ["传真", "FAX", "停用", "停机", "空号", "作废", "不用", "已换", "@"];

/// Telephone numbers in their normal form: plain hyphens, no blanks, a slash
/// between two of them, and without the label, the name or the remark beside a number.
pub(super) fn telephone(text: &str) -> String {
    let text = with_extensions(&plain_digits(text.trim()).to_ascii_uppercase());
    let alone = without_words(&text);
    if is_telephone(&alone) {
        return alone;
    }
    among_words(&text).unwrap_or(alone)
}

/// A text with 转 before each extension and nothing around it: ext. 801, 分机：801.
fn with_extensions(text: &str) -> String {
    const LEADS: [&str; 4] = ["分机号", "分机", "EXT", "转"];
    const AROUND: [char; 5] = [' ', ':', '.', '-', ','];
    let marked = LEADS
        .iter()
        .fold(text.to_owned(), |text, lead| text.replace(lead, "\n"));
    let mut parts = marked.split('\n');
    let mut joined = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let bare = part.trim_start_matches(AROUND);
        let is_number = bare.starts_with(|character: char| character.is_ascii_digit());
        let before = if is_number {
            joined.trim_end_matches(AROUND)
        } else {
            &joined
        };
        joined = format!("{before}转{}", if is_number { bare } else { part });
    }
    joined
}

/// Numbers with nothing but what parts them, in their normal form.
fn without_words(text: &str) -> String {
    let several: Vec<String> = text
        .split(BETWEEN)
        .map(compact)
        .filter(|number| !number.is_empty())
        .collect();
    if let [_] = several.as_slice() {
        // Two numbers may have nothing but blanks between them.
        let blanks: Vec<String> = text.split_whitespace().map(compact).collect();
        if blanks.len() > 1 && blanks.iter().all(|number| is_one_telephone(number)) {
            return blanks.join("/");
        }
    }
    several.join("/")
}

/// One number without blanks, with plain hyphens. Where it has hyphens already
/// its blanks become some as well, so that it is parted in one way alone.
fn compact(text: &str) -> String {
    let joined = without_blanks(text);
    let evenly = without_blanks(&text.split_whitespace().collect::<Vec<_>>().join("-"));
    // 0991-123 4567 has its blank within the number.
    let is_parted = joined.contains('-') && joined != evenly && !evenly.contains(")-");
    if is_parted && is_one_telephone(&evenly) {
        evenly
    } else {
        joined
    }
}

fn without_blanks(text: &str) -> String {
    let characters: Vec<char> = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let is_digit = |at: Option<usize>| {
        at.and_then(|at| characters.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let mut number = String::new();
    for (at, character) in characters.iter().enumerate() {
        let is_between = || is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        let is_hyphen = match character {
            // 一 is what one gets for a hyphen in a Chinese font.
            '一' => true,
            '.' | '·' | '・' | '•' | '。' | '_' => is_between(),
            character => is_dash(*character),
        };
        match if is_hyphen { '-' } else { *character } {
            // A dash is often typed as two.
            '-' if number.ends_with('-') => {}
            character => number.push(character),
        }
    }
    number
}

/// The numbers among words: 张三 13800138000, 0991-1234567（办公室）. `None` where
/// there is none, or where other digits are beside them, of which nobody knows
/// whether they belong to a number.
fn among_words(text: &str) -> Option<String> {
    if NOT_TO_CALL.iter().any(|word| text.contains(word)) {
        return None;
    }
    let text = without_remarks(text);
    let is_of_a_number = |character: char| {
        character.is_ascii_digit()
            || character.is_whitespace()
            || is_dash(character)
            || matches!(
                character,
                '+' | '(' | ')' | '转' | '.' | '·' | '・' | '•' | '。' | '_'
            )
    };
    let runs = text.split(|character: char| !is_of_a_number(character));
    let runs = runs.filter(|run| run.contains(|character: char| character.is_ascii_digit()));
    let mut numbers = Vec::new();
    for run in runs {
        let number = without_words(within_brackets(trimmed(run)));
        if !is_telephone(&number) {
            return None;
        }
        numbers.push(number);
    }
    (!numbers.is_empty()).then(|| numbers.join("/"))
}

/// A run of characters without what belongs to the words around it.
fn trimmed(run: &str) -> &str {
    let run = run
        .trim_start_matches(|character: char| !character.is_ascii_digit() && !matches!(character, '+' | '('));
    let run = run.trim_end_matches(|character: char| !character.is_ascii_digit() && character != ')');
    // A bracket that is opened or closed among the words.
    let unclosed = run.matches('(').count() > run.matches(')').count();
    let unopened = run.matches(')').count() > run.matches('(').count();
    match (unclosed, unopened) {
        (true, _) => run.strip_prefix('(').unwrap_or(run),
        (_, true) => run.strip_suffix(')').unwrap_or(run),
        _ => run,
    }
    .trim()
}

/// What is within the brackets around all of a text; the text itself where there are none.
fn within_brackets(text: &str) -> &str {
    let within = text
        .strip_prefix('(')
        .and_then(|behind| behind.strip_suffix(')'))
        .filter(|within| !within.contains(['(', ')']));
    within.map_or(text, str::trim)
}

/// A text without the remarks in brackets in which no number is: （微信同号）,
/// （8:00-18:00）. Seven digits in a row could be one.
fn without_remarks(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, behind)) = rest.split_once(['(', '[', '【', '〔']) {
        let Some((within, after)) = behind.split_once([')', ']', '】', '〕']) else {
            break;
        };
        kept.push_str(before);
        let digits = |character: char| character.is_ascii_digit();
        let longest = within.split(|character| !digits(character)).map(str::len).max();
        let has_words = within.chars().any(char::is_alphabetic) || within.contains(':');
        if has_words && longest.is_none_or(|longest| longest < 7) && !within.trim().starts_with('转') {
            // What was apart stays apart.
            kept.push('、');
        } else if within.trim().starts_with('转') {
            kept.push_str(within);
        } else {
            kept.push('(');
            kept.push_str(within);
            kept.push(')');
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// Whether the text is one telephone number or several with a slash between them, in their normal form.
pub(super) fn is_telephone(text: &str) -> bool {
    text.split('/').all(is_one_telephone)
}

/// Whether the text is a mobile number, a landline, a number for the whole country or one of a service.
fn is_one_telephone(text: &str) -> bool {
    let bare = text.strip_prefix("+86").or_else(|| text.strip_prefix("0086"));
    let bare = bare
        .or_else(|| text.strip_prefix("(+86)"))
        .unwrap_or(text)
        .trim_start_matches('-');
    let has_country_code = bare.len() < text.len();
    // (0991)1234567-801 is 0991-1234567-801.
    let bare = &bare.trim_start_matches('(').replace(")-", "-").replace(')', "-");
    let joined = bare.replace('-', "");
    if is_mobile(&joined) || joined.strip_prefix("86").is_some_and(is_mobile) {
        return true;
    }
    let (number, extension) = match bare.split_once('转') {
        Some((number, extension)) => (number.trim_end_matches('-'), Some(extension)),
        None => (bare.as_str(), None),
    };
    if !extension.is_none_or(is_extension) {
        return false;
    }
    if is_of_the_whole_country(number) {
        return true;
    }
    // Behind a second hyphen stands an extension, too.
    let (number, extension) = match number.splitn(3, '-').collect::<Vec<_>>().as_slice() {
        [_, _, behind] if extension.is_none() => (
            number
                .strip_suffix(behind)
                .map_or(number, |rest| rest.trim_end_matches('-')),
            Some(*behind),
        ),
        _ => (number, extension),
    };
    extension.is_none_or(is_extension) && is_landline(number, has_country_code)
}

fn is_digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|character| character.is_ascii_digit())
}

fn is_extension(part: &str) -> bool {
    is_digits(part) && part.len() <= 6
}

/// A mobile number: 1, one of 3 to 9, nine digits.
pub(super) fn is_mobile(number: &str) -> bool {
    let second = number.as_bytes().get(1);
    is_digits(number)
        && number.len() == 11
        && number.starts_with('1')
        && second.is_some_and(|second| (b'3'..=b'9').contains(second))
}

/// A number for the whole country (400, 800 and seven digits) or a short one
/// of a service (95 or 96 and three to six digits).
fn is_of_the_whole_country(number: &str) -> bool {
    let joined = number.replace('-', "");
    let long = joined.len() == 10 && (joined.starts_with("400") || joined.starts_with("800"));
    let short = (5..=8).contains(&joined.len()) && (joined.starts_with("95") || joined.starts_with("96"));
    is_digits(&joined) && !number.ends_with('-') && (long || short)
}

/// A landline: its area code and seven or eight digits. With the code of the
/// country before it the area code has no nought.
fn is_landline(number: &str, has_country_code: bool) -> bool {
    let (area, local) = match number.split_once('-') {
        Some(parts) => parts,
        None => {
            // Three-digit area codes are 010 and 02x; all others have four digits.
            let is_short = number.starts_with("010") || number.starts_with("02");
            match number.split_at_checked(if is_short { 3 } else { 4 }) {
                Some(parts) => parts,
                None => return false,
            }
        }
    };
    let area = if has_country_code && !area.starts_with('0') {
        format!("0{area}")
    } else {
        area.to_owned()
    };
    is_digits(&area)
        && area.starts_with('0')
        && (3..=4).contains(&area.len())
        && is_digits(local)
        && (7..=8).contains(&local.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_in_use_are_telephone_numbers_and_no_others() {
        for text in [
            "13800138000",
            "19912345678",
            "0991-1234567",
            "09911234567",
            // Seven digits behind a code of three.
            "0101234567",
            "0211234567",
            "010-12345678-801",
            "(0991)1234567",
            "09911234567转12",
            "+86-13800138000",
            "8613800138000",
            "008613800138000",
            "138-0013-8000",
            "+86-991-1234567",
            "400-123-4567",
            "4001234567",
            "800-810-1234",
            "95588",
            "96335",
            "13800138000/0991-1234567",
        ] {
            assert!(is_telephone(text), "{text}");
        }
        for text in [
            "12345678901",
            "1380013800",
            "1234567",
            "0991-123456",
            // Six digits behind a code of four.
            "0991123456",
            "0991-1234567-",
            "991-1234567",
            "0991-1234567-1234567",
            "电话",
            "",
            "13800138000/",
            "400-123-456",
            "9512",
            "0991-1234567转",
        ] {
            assert!(!is_telephone(text), "{text}");
        }
    }

    #[test]
    fn a_number_is_read_however_it_is_typed() {
        for (typed, normal) in [
            ("0991—1234567", "0991-1234567"),
            ("0991——1234567", "0991-1234567"),
            ("0991–1234567", "0991-1234567"),
            ("0991\u{2011}1234567", "0991-1234567"),
            ("0991−1234567", "0991-1234567"),
            ("0991一1234567", "0991-1234567"),
            ("（0991）1234567", "(0991)1234567"),
            ("138 0013 8000", "13800138000"),
            ("0991-1234567 / 13800138000", "0991-1234567/13800138000"),
            ("13800138000、13900139000", "13800138000/13900139000"),
            ("13800138000；13900139000；", "13800138000/13900139000"),
            ("13800138000 13900139000", "13800138000/13900139000"),
            ("+86 138-0013-8000", "+86-138-0013-8000"),
            ("138 0013-8000", "138-0013-8000"),
            ("400 123-4567", "400-123-4567"),
            ("0991 1234567-801", "0991-1234567-801"),
            ("0991-123 4567", "0991-1234567"),
            ("0991 - 1234567", "0991-1234567"),
            ("+86 138 0013 8000", "+8613800138000"),
            ("(0991) 1234567-801", "(0991)1234567-801"),
            ("0991-1234567 转 801", "0991-1234567转801"),
            ("0991-1234567分机801", "0991-1234567转801"),
            ("0991-1234567 ext. 801", "0991-1234567转801"),
            ("0991-1234567 ext.801", "0991-1234567转801"),
            ("0991-1234567，EXT：801", "0991-1234567转801"),
            ("0991-1234567-转801", "0991-1234567转801"),
            ("0991-1234567（分机号：801）", "0991-1234567转801"),
            ("0991·1234567", "0991-1234567"),
            ("0991.1234567", "0991-1234567"),
            ("138.0013.8000", "138-0013-8000"),
            ("0991-1234567（办公室）", "0991-1234567"),
            ("13800138000（微信同号）", "13800138000"),
            ("0991-1234567（8:00-18:00）", "0991-1234567"),
            ("0991-1234567（转801）", "0991-1234567转801"),
            ("(0991)1234567(办公室)", "(0991)1234567"),
            ("张三 13800138000", "13800138000"),
            ("张一 138 0013 8000", "13800138000"),
            ("张三（13800138000）", "13800138000"),
            ("办公室（0991-1234567）", "0991-1234567"),
            ("13800138000张三", "13800138000"),
            ("手机：13800138000", "13800138000"),
            ("Tel: 0991-1234567", "0991-1234567"),
            (
                "手机：13800138000，座机：0991-1234567",
                "13800138000/0991-1234567",
            ),
            ("张三13800138000 李四（13900139000）", "13800138000/13900139000"),
            ("客服电话 400-123-4567", "400-123-4567"),
        ] {
            assert_eq!(telephone(typed), normal, "{typed}");
            assert!(is_telephone(&telephone(typed)), "{typed}");
        }
    }

    #[test]
    fn other_digits_among_words_are_not_left_out() {
        for text in [
            "张三 1380013800",
            "13800138000 工号 12",
            "13800138000（手机1390013900）",
            "传真：0991-1234567",
            "13800138000（停用）",
            "13800138000@163.com",
            "张三",
            "2026年11月24日",
            "13800138000-13900139000",
        ] {
            assert!(!is_telephone(&telephone(text)), "{text}");
        }
    }
}
