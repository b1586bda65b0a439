//! Numbers that public standards define: their form and their check characters.

use super::characters::is_dash;
use super::{Date, plain_digits};

/// The characters of a unified social credit code (GB 32100-2015), in the order of their values.
const CREDIT_CHARACTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Whether the text has the form of a credit code: 18 of its characters, digits in places 3 to 8.
pub(super) fn has_credit_code_form(code: &str) -> bool {
    let characters = code.len() == 18
        && code
            .bytes()
            .all(|character| CREDIT_CHARACTERS.contains(&character));
    characters
        && code
            .get(2..8)
            .is_some_and(|division| division.bytes().all(|character| character.is_ascii_digit()))
}

/// Whether the last character of a credit code agrees with the others:
/// weights 3^(i−1) mod 31, check = (31 − Σ mod 31) mod 31.
pub(super) fn credit_code_checks(code: &str) -> bool {
    let mut weight = 1_usize;
    let mut sum = 0_usize;
    for character in code.bytes().take(17) {
        let Some(value) = CREDIT_CHARACTERS.iter().position(|known| *known == character) else {
            return false;
        };
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    CREDIT_CHARACTERS.get((31 - sum % 31) % 31) == code.as_bytes().get(17)
}

/// Whether the organisation code (GB 11714) inside a credit code agrees with its own check character.
pub(super) fn organisation_code_checks(code: &str) -> bool {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let values = code
        .bytes()
        .skip(8)
        .map(|character| char::from(character).to_digit(36));
    let Some(sum) = values
        .zip(WEIGHTS)
        .map(|(value, weight)| Some(value? * weight))
        .sum::<Option<u32>>()
    else {
        return false;
    };
    let check = match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + digit as u8,
    };
    code.as_bytes().get(16) == Some(&check)
}

/// What an identity number (GB 11643-1999) comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IdentityNumber {
    /// Not 17 digits and a digit or X.
    WrongForm,
    /// The date of birth does not exist.
    WrongDate,
    /// The last character does not agree with the others.
    WrongCheck,
    /// Sound, of a person born on that day.
    Born(Date),
}

/// Judges an identity number in its normalised form.
pub(super) fn identity_number(number: &str) -> IdentityNumber {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8] = b"10X98765432";
    let (Some(digits), Some(check), 18) =
        (number.get(..17), number.as_bytes().get(17).copied(), number.len())
    else {
        return IdentityNumber::WrongForm;
    };
    if !digits.bytes().all(|character| character.is_ascii_digit())
        || !(check.is_ascii_digit() || check == b'X')
    {
        return IdentityNumber::WrongForm;
    }
    let Some(Ok(born)) = digits.get(6..14).map(str::parse) else {
        return IdentityNumber::WrongDate;
    };
    let sum: u32 = digits
        .bytes()
        .zip(WEIGHTS)
        .map(|(character, weight)| u32::from(character - b'0') * weight)
        .sum();
    if CHECKS.get(sum as usize % 11) == Some(&check) {
        IdentityNumber::Born(born)
    } else {
        IdentityNumber::WrongCheck
    }
}

/// Whether a bank account looks like a personal card: 16 to 19 digits that
/// begin with 62 and pass the Luhn check. Company accounts have no public
/// check digit and are never judged by it.
pub(super) fn looks_like_a_personal_card(digits: &str) -> bool {
    if !(16..=19).contains(&digits.len()) || !digits.starts_with("62") {
        return false;
    }
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, character)| {
            let digit = u32::from(character.wrapping_sub(b'0'));
            match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, doubled) if doubled > 9 => doubled - 9,
                (_, doubled) => doubled,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

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

/// Whether the text is a mobile number (1, 3–9, nine digits), a landline with
/// its area code, seven or eight digits and an optional extension, a number
/// for the whole country (400, 800 and seven digits) or a short one of a
/// service (95 or 96 and three to six digits).
fn is_one_telephone(text: &str) -> bool {
    let bare = text.strip_prefix("+86").or_else(|| text.strip_prefix("0086"));
    let bare = bare
        .or_else(|| text.strip_prefix("(+86)"))
        .unwrap_or(text)
        .trim_start_matches('-');
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|character| character.is_ascii_digit());
    let joined = bare.replace('-', "");
    let mobile = |number: &str| {
        let second = number.as_bytes().get(1);
        digits(number)
            && number.len() == 11
            && number.starts_with('1')
            && second.is_some_and(|second| (b'3'..=b'9').contains(second))
    };
    if mobile(&joined) || joined.strip_prefix("86").is_some_and(mobile) {
        return true;
    }
    let (number, extension) = match bare.split_once('转') {
        Some((number, extension)) => (number.trim_end_matches('-'), Some(extension)),
        None => (bare, None),
    };
    if extension.is_some_and(|extension| !digits(extension) || extension.len() > 6) {
        return false;
    }
    let joined = number.replace('-', "");
    let whole_country = joined.len() == 10 && (joined.starts_with("400") || joined.starts_with("800"));
    let service = (5..=8).contains(&joined.len()) && (joined.starts_with("95") || joined.starts_with("96"));
    if digits(&joined) && !number.ends_with('-') && (whole_country || service) {
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
    if extension.is_some_and(|extension| !digits(extension) || extension.len() > 6) {
        return false;
    }
    let number = number
        .trim_start_matches('(')
        .replace(")-", "-")
        .replace(')', "-");
    let (area, local) = match number.split_once('-') {
        Some((area, local)) => (area.to_owned(), local.to_owned()),
        // Three-digit area codes are 010 and 02x; all others have four digits.
        None => {
            let length = if number.starts_with("010") || number.starts_with("02") {
                3
            } else {
                4
            };
            match (number.get(..length), number.get(length..)) {
                (Some(area), Some(local)) => (area.to_owned(), local.to_owned()),
                _ => return false,
            }
        }
    };
    // With the code of the country before it the area code has no nought.
    let area = if bare.len() < text.len() && !area.starts_with('0') {
        format!("0{area}")
    } else {
        area
    };
    digits(&area)
        && area.starts_with('0')
        && (3..=4).contains(&area.len())
        && digits(&local)
        && (7..=8).contains(&local.len())
}

/// Whether the text is a trademark registration number: one to nine digits with
/// an optional letter before or behind them.
pub(super) fn is_trademark_number(text: &str) -> bool {
    let letter = |character: char| character.is_ascii_uppercase();
    let text = text.strip_prefix('第').unwrap_or(text);
    let text = text.strip_suffix('号').unwrap_or(text);
    let bare = match text.strip_prefix(letter) {
        Some(rest) => rest,
        None => text.strip_suffix(letter).unwrap_or(text),
    };
    (1..=9).contains(&bare.len()) && bare.bytes().all(|character| character.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credit_codes_of_the_standard_check() {
        for code in [
            "91350100M000100Y43",
            "91110000600037341L",
            "911101066976941872",
            "91350200MA31E12PXF",
            "123502001549897397",
            "91650102PDY001688N",
            "93650109PDY00001X6",
            "51650100PDY00001XE",
            "92650103PDY00001XJ",
            "91650102PDY0003350",
        ] {
            assert!(has_credit_code_form(code), "{code}");
            assert!(credit_code_checks(code), "{code}");
            assert!(organisation_code_checks(code), "{code}");
        }
        for code in ["91350211M0000XUF46", "91350100M0001TGQXM", "91350203M0001FUE2P"] {
            assert!(has_credit_code_form(code) && !credit_code_checks(code), "{code}");
        }
        for code in ["91310115MA1H8R7C6D", "91310115MA1G4L1WXK", "91440300MA5DA8QK3X"] {
            assert!(!credit_code_checks(code), "{code}");
        }
        assert!(!has_credit_code_form("9165O102PDY001688N"));
        assert!(!has_credit_code_form("91650102PDY001688"));
    }

    #[test]
    fn a_changed_character_fails_the_check() {
        let sound = "91650102PDY001688N";
        for place in 0..18 {
            for character in CREDIT_CHARACTERS {
                let mut changed = sound.as_bytes().to_vec();
                changed[place] = *character;
                let changed = String::from_utf8(changed).unwrap();
                assert_eq!(credit_code_checks(&changed), changed == sound, "{changed}");
            }
        }
    }

    #[test]
    fn identity_numbers_of_the_standard_check() {
        assert_eq!(
            identity_number("11010519491231002X"),
            IdentityNumber::Born(Date::new(1949, 12, 31).unwrap())
        );
        assert_eq!(
            identity_number("440524188001010014"),
            IdentityNumber::Born(Date::new(1880, 1, 1).unwrap())
        );
        assert_eq!(identity_number("110105194912310021"), IdentityNumber::WrongCheck);
        assert_eq!(identity_number("11010519490231002X"), IdentityNumber::WrongDate);
        assert_eq!(identity_number("1101051949123100"), IdentityNumber::WrongForm);
        assert_eq!(identity_number("11010519491231002x"), IdentityNumber::WrongForm);
    }

    #[test]
    fn telephones_cards_and_trademarks_are_shown() {
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
        assert!(looks_like_a_personal_card("6222021234567894"));
        assert!(!looks_like_a_personal_card("6222021234567890"));
        assert!(!looks_like_a_personal_card("1022021234567892"));
        for (text, sound) in [
            ("12345678", true),
            ("G123456", true),
            ("123456A", true),
            ("第12345678号", true),
            ("1234567890", false),
            ("AB12", false),
            ("", false),
        ] {
            assert_eq!(is_trademark_number(text), sound, "{text}");
        }
    }
}
