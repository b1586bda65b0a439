//! Identity numbers and telephone numbers of rosters, as what tells persons apart.

use crate::answers::{Date, plain_digits};

use super::cells::Cell;
use super::numerals;

/// What a cell says of who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Identity {
    /// An identity number, of which the last character agrees with the others or not.
    Number { key: u64, is_sound: bool },
    /// A telephone number.
    Telephone(u64),
    /// Digits with stars in place of some.
    Masked,
    /// A number of which a spreadsheet has dropped the last digits.
    LostDigits,
    /// Neither.
    Neither,
    /// Nothing.
    Nothing,
}

/// What stands between two numbers.
const BETWEEN: [char; 6] = ['/', '、', ';', ',', '|', '或'];

/// How many digits nobody writes who means no number of a person.
const MEANT: usize = 9;

/// How long a day is with strokes in it: 2025-03-01.
const DAY: usize = 10;

/// What stands between the digits of a day and of no number.
const fn is_dated(character: char) -> bool {
    matches!(character, '年' | '月' | '日' | '.')
}

impl Identity {
    /// Reads a cell.
    pub(super) fn of(cell: &Cell) -> Self {
        match cell {
            Cell::Empty => Self::Nothing,
            Cell::Number { digits, .. } if numerals::has_lost_digits(digits) => Self::LostDigits,
            Cell::Number { digits, .. } => Self::of_text(digits),
            Cell::Text(text) => Self::of_text(text),
            Cell::Day(_) | Cell::YesNo(_) | Cell::Error(_) | Cell::NoResult | Cell::Struck(_) => {
                Self::Neither
            }
        }
    }

    fn of_text(text: &str) -> Self {
        // Most cells are digits and nothing else.
        if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
            let read = number(text, None).or_else(|| telephone(text));
            return read.unwrap_or(Self::Neither);
        }
        if numerals::is_power(text) {
            return Self::LostDigits;
        }
        let plain = plain_digits(text);
        if plain.trim().is_empty() {
            return Self::Nothing;
        }
        let mut masked = false;
        for part in plain.split(BETWEEN) {
            let part = part.trim();
            // A day is no number of anybody: 2025-03-01.
            if part.contains('-') && part.len() <= DAY && part.parse::<Date>().is_ok() {
                continue;
            }
            let digits: String = part.chars().filter(char::is_ascii_digit).collect();
            if part.contains(['*', '•', '●', '○', '＊']) && digits.len() >= 3 {
                masked = true;
                continue;
            }
            let others = part.chars().filter(|character| !character.is_ascii_digit());
            let others: String = others
                .filter(|character| !matches!(character, ' ' | '-' | '(' | ')' | '+'))
                .collect();
            let number = match others.as_str() {
                "" => number(&digits, None).or_else(|| telephone(&digits)),
                "X" | "x" if part.ends_with(['X', 'x']) => number(&digits, Some(10)),
                // An extension tells nobody apart who has the number before it.
                _ => part.split_once(['转', 'e']).and_then(|(before, _)| {
                    // 张三 138… 转南疆公司 is a whole line, and no number of his.
                    let has_name = before.contains(char::is_alphabetic);
                    let digits: String = before.chars().filter(char::is_ascii_digit).collect();
                    (!has_name).then(|| telephone(&digits)).flatten()
                }),
            };
            if let Some(number) = number {
                return number;
            }
        }
        if masked { Self::Masked } else { Self::Neither }
    }

    /// Whether a cell has so many digits that somebody meant a number by it, be it no sound one.
    pub(super) fn is_meant(cell: &Cell) -> bool {
        let shown = cell.shown();
        shown.chars().filter(char::is_ascii_digit).count() >= MEANT
            && shown.chars().all(|character| !is_dated(character))
    }

    /// Whether it tells one person from another.
    pub(super) const fn tells(self) -> bool {
        matches!(self, Self::Number { .. } | Self::Telephone(_))
    }
}

/// What the last character stands for that agrees with 17 digits (GB 11643-1999): 10 is X.
fn check(digits: &str) -> u64 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let weighed = digits.bytes().zip(WEIGHTS);
    let sum: u32 = weighed
        .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight)
        .sum();
    u64::from((12 - sum % 11) % 11)
}

/// An identity number of 18 characters, or of 15 as they were given until 1999.
fn number(digits: &str, last: Option<u64>) -> Option<Identity> {
    let (seventeen, last) = match (digits.len(), last) {
        (17, Some(last)) => (digits.to_owned(), last),
        (18, None) => {
            let (digits, last) = digits.split_at(17);
            (digits.to_owned(), last.parse().ok()?)
        }
        (15, None) => {
            let (place, rest) = digits.split_at(6);
            let longer = format!("{place}19{rest}");
            // Fifteen digits may as well be a telephone number with the code of the country.
            born(&longer).filter(|_| !digits.starts_with('0'))?;
            let last = check(&longer);
            (longer, last)
        }
        _ => return None,
    };
    let key: u64 = seventeen.parse().ok()?;
    Some(Identity::Number {
        key: key * 11 + last,
        is_sound: born(&seventeen).is_some() && check(&seventeen) == last,
    })
}

/// The day of birth in an identity number.
fn born(digits: &str) -> Option<Date> {
    let part = |from: usize, to: usize| digits.get(from..to);
    Date::new(
        part(6, 10)?.parse().ok()?,
        part(10, 12)?.parse().ok()?,
        part(12, 14)?.parse().ok()?,
    )
}

/// A telephone number without the code of the country.
fn telephone(digits: &str) -> Option<Identity> {
    let bare = digits.strip_prefix("0086").unwrap_or(digits);
    let bare = if bare.len() > 11 {
        bare.strip_prefix("86").unwrap_or(bare)
    } else {
        bare
    };
    if !(7..=12).contains(&bare.len()) {
        return None;
    }
    // A one before it, so that noughts at its start count.
    format!("1{bare}").parse().ok().map(Identity::Telephone)
}

/// The name of a person by which lines are held against each other. What stands in
/// brackets behind it is no part of it: 赵六（班长） is 赵六.
pub(super) fn person(cell: &Cell) -> String {
    let mut whole = name(cell);
    let is_opening = |character| matches!(character, '(' | '[' | '{' | '【' | '〔' | '〈' | '《');
    if let Some(end) = whole.find(is_opening).filter(|end| *end > 0) {
        whole.truncate(end);
    }
    whole
}

/// A text as a name is written: 张 三 is 张三.
pub(super) fn name(cell: &Cell) -> String {
    let text = match cell {
        Cell::Text(text) => plain_digits(text),
        _ => return String::new(),
    };
    let kept = text.chars().filter(|character| !character.is_whitespace());
    let one_dot = |character| match character {
        '•' | '・' | '.' | '∙' | '．' | '‧' => '·',
        character => character,
    };
    kept.map(one_dot).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Identity {
        Identity::of(&Cell::text(text))
    }

    #[test]
    fn what_is_in_brackets_behind_a_name_is_no_part_of_it() {
        for text in [
            "赵六",
            "赵 六",
            "赵六（离职）",
            "赵六(已退休)",
            "赵六【组长】",
            "赵六（离职",
        ] {
            assert_eq!(person(&Cell::text(text)), "赵六", "{text}");
        }
        assert_eq!(person(&Cell::text("（空缺）")), "(空缺)");
    }

    #[test]
    fn one_number_is_one_number_however_it_is_written() {
        let sound = of("11010519491231002X");
        assert!(matches!(sound, Identity::Number { is_sound: true, .. }));
        for text in [
            "11010519491231002x",
            " １１０１０５１９４９１２３１００２Ｘ",
            "110105 19491231 002X",
            "'11010519491231002X",
        ] {
            assert_eq!(of(text), sound, "{text}");
        }
        // The same person's number of 15 digits.
        assert_eq!(of("110105491231002"), sound);
        assert!(matches!(
            of("110105194912310021"),
            Identity::Number { is_sound: false, .. }
        ));
        let mobile = of("13800138000");
        for text in [
            "138-0013-8000",
            "138 0013 8000",
            "+86 13800138000",
            "008613800138000",
            "8613800138000",
            "13800138000/0991-1234567",
        ] {
            assert_eq!(of(text), mobile, "{text}");
        }
        assert_eq!(Identity::of(&Cell::number("13800138000")), mobile);
        assert_eq!(of("0991-1234567"), of("（0991）1234567转801"));
        assert_ne!(of("0991-1234567"), of("991-1234567"));
        for (text, other) in [
            ("138****8000", Identity::Masked),
            ("6501**********1234", Identity::Masked),
            ("6.50102E+17", Identity::LostDigits),
            ("张三", Identity::Neither),
            ("12345", Identity::Neither),
            ("", Identity::Nothing),
        ] {
            assert_eq!(of(text), other, "{text}");
        }
        assert_eq!(
            Identity::of(&Cell::number("650102199003071000")),
            Identity::LostDigits
        );
    }
}
