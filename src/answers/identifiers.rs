//! Numbers that public standards define: their form and their check characters.

use super::Date;

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
    fn cards_and_trademarks_are_recognised() {
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
