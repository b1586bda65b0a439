//! Telephone numbers: the forms in use, and how people type them.

use super::characters::is_dash;
use super::plain_digits;

/// What stands between two telephone numbers.
const BETWEEN: [char; 8] = ['/', '、', '；', ';', ',', '，', '|', '或'];

/// Telephone numbers in their normal form: plain hyphens, no blanks, a slash between two of them.
pub(super) fn telephone(text: &str) -> String {
    let text = plain_digits(text.trim()).to_uppercase();
    let text = text
        .replace("分机", "转")
        .replace("EXT.", "转")
        .replace("EXT", "转");
    let one = |text: &str| -> String {
        let mut number = String::new();
        for character in text.chars().filter(|character| !character.is_whitespace()) {
            // 一 is what one gets for a hyphen in a Chinese font, and a dash is often typed as two.
            match if is_dash(character) || character == '一' {
                '-'
            } else {
                character
            } {
                '-' if number.ends_with('-') => {}
                character => number.push(character),
            }
        }
        number
    };
    let several: Vec<String> = text
        .split(BETWEEN)
        .map(one)
        .filter(|number| !number.is_empty())
        .collect();
    if let [_] = several.as_slice() {
        // Two numbers may have nothing but blanks between them.
        let blanks: Vec<String> = text.split_whitespace().map(one).collect();
        if blanks.len() > 1 && blanks.iter().all(|number| is_one_telephone(number)) {
            return blanks.join("/");
        }
    }
    several.join("/")
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
    let joined = bare.replace('-', "");
    if is_mobile(&joined) || joined.strip_prefix("86").is_some_and(is_mobile) {
        return true;
    }
    let (number, extension) = match bare.split_once('转') {
        Some((number, extension)) => (number.trim_end_matches('-'), Some(extension)),
        None => (bare, None),
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
    extension.is_none_or(is_extension) && is_landline(number, bare.len() < text.len())
}

fn is_digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|character| character.is_ascii_digit())
}

fn is_extension(part: &str) -> bool {
    is_digits(part) && part.len() <= 6
}

/// A mobile number: 1, one of 3 to 9, nine digits.
fn is_mobile(number: &str) -> bool {
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
    let number = number
        .trim_start_matches('(')
        .replace(")-", "-")
        .replace(')', "-");
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
            ("0991-1234567分机801", "0991-1234567转801"),
            ("0991-1234567 ext. 801", "0991-1234567转801"),
        ] {
            assert_eq!(telephone(typed), normal, "{typed}");
            assert!(is_telephone(&telephone(typed)), "{typed}");
        }
    }
}
