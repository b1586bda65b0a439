//! Whole numbers in Chinese numerals, and in numerals and digits mixed:
//! 四百一十二, 伍佰万, 三千五, 一亿二千万, 12万3千.

use super::Fault;

/// A piece of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// One of 一 to 九.
    Numeral(u128),
    /// 零, which stands for a place left out.
    Zero,
    /// Digits.
    Digits(String),
    /// 十, 百, 千, 万 or 亿, as the number of noughts it stands for.
    Unit(u32),
}

/// Reads a whole number. Two numerals side by side before a unit (三四百) mean
/// “three or four hundred”, which is no number but a range.
///
/// # Errors
/// When the text is no such number, or is a range.
pub(super) fn whole(text: &str) -> Result<String, Fault> {
    let pieces = pieces(text).ok_or(Fault::NotANumber)?;
    if pieces
        .iter()
        .all(|piece| matches!(piece, Piece::Numeral(_) | Piece::Zero))
    {
        return digit_by_digit(&pieces);
    }
    let side_by_side = pieces
        .windows(2)
        .any(|pair| matches!(pair, [Piece::Numeral(_), Piece::Numeral(_)]));
    if side_by_side {
        return Err(Fault::Range);
    }
    below(&pieces, 16)
        .map(|value| value.to_string())
        .ok_or(Fault::NotANumber)
}

/// Whether a character is a numeral or a unit of numerals.
pub(super) fn is_numeral(character: char) -> bool {
    character.is_ascii_digit()
        || numeral(character).is_some()
        || unit(character).is_some()
        || matches!(character, '廿' | '卅')
}

fn numeral(character: char) -> Option<Piece> {
    Some(Piece::Numeral(match character {
        '零' | '〇' | '○' => return Some(Piece::Zero),
        '一' | '壹' | '弌' | '幺' => 1,
        '二' | '贰' | '貳' | '两' | '兩' => 2,
        '三' | '叁' | '叄' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    }))
}

/// How many noughts a unit stands for.
pub(super) const fn unit(character: char) -> Option<u32> {
    Some(match character {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut before = '\0';
    for character in text.chars() {
        match character {
            ' ' => {}
            character if character.is_ascii_digit() => match pieces.last_mut() {
                // Digits with a blank between them are two numbers.
                Some(Piece::Digits(_)) if before == ' ' => return None,
                Some(Piece::Digits(digits)) => digits.push(character),
                _ => pieces.push(Piece::Digits(character.to_string())),
            },
            '廿' => pieces.extend([Piece::Numeral(2), Piece::Unit(1)]),
            '卅' => pieces.extend([Piece::Numeral(3), Piece::Unit(1)]),
            character => pieces.push(numeral(character).or_else(|| unit(character).map(Piece::Unit))?),
        }
        before = character;
    }
    (!pieces.is_empty()).then_some(pieces)
}

/// Numerals or digits that each stand for one digit, as behind 点.
pub(super) fn one_by_one(text: &str) -> Option<String> {
    let digits = pieces(text)?.into_iter().map(|piece| match piece {
        Piece::Numeral(value) => Some(value.to_string()),
        Piece::Zero => Some(String::from("0")),
        Piece::Digits(digits) => Some(digits),
        Piece::Unit(_) => None,
    });
    digits.collect()
}

/// The four digits of a year in numerals, of which noughts may be typed as 0 or as a letter: 二0一九.
pub(super) fn year(text: &str) -> Option<String> {
    one_by_one(&text.replace(['O', 'o'], "0")).filter(|digits| text.chars().count() == 4 && digits.len() == 4)
}

/// Numerals without a unit, one for each digit: 二〇一五. Two of them without a nought could be a range (三五个).
fn digit_by_digit(pieces: &[Piece]) -> Result<String, Fault> {
    if pieces.len() == 2 && !pieces.contains(&Piece::Zero) {
        return Err(Fault::Range);
    }
    let digits = pieces.iter().map(|piece| match piece {
        Piece::Numeral(value) => value.to_string(),
        _ => String::from("0"),
    });
    Ok(digits.collect())
}

/// A number of less than so many noughts.
fn below(pieces: &[Piece], noughts: u32) -> Option<u128> {
    let largest = pieces.iter().filter_map(|piece| match piece {
        Piece::Unit(unit) => Some(*unit),
        _ => None,
    });
    let Some(largest) = largest.max() else {
        return plain(pieces, noughts);
    };
    if largest >= noughts {
        return None;
    }
    let at = pieces.iter().rposition(|piece| *piece == Piece::Unit(largest))?;
    let (before, rest) = pieces.split_at(at);
    let after = rest.get(1..)?;
    let factor = match before {
        // 十五 is fifteen; no other unit stands for itself.
        [] | [Piece::Zero] if largest == 1 => 1,
        [] => return None,
        _ => below(before, if largest == 8 { 8 } else { largest })?,
    };
    if factor == 0 {
        return None;
    }
    let rest = match after {
        [] => 0,
        [Piece::Zero, rest @ ..] => below(rest, largest)?,
        // 三千五 is 3500, 一万二 is 12000, but 二十五 is 25.
        [Piece::Numeral(value)] => value.checked_mul(10_u128.checked_pow(largest - 1)?)?,
        [Piece::Digits(digits)] if digits.len() == 1 => digits
            .parse::<u128>()
            .ok()?
            .checked_mul(10_u128.checked_pow(largest - 1)?)?,
        // 3千500, 12万3000: every place must be there.
        [Piece::Digits(digits)] if digits.len() != largest as usize => return None,
        rest => below(rest, largest)?,
    };
    factor
        .checked_mul(10_u128.checked_pow(largest)?)?
        .checked_add(rest)
}

/// A number without a unit.
fn plain(pieces: &[Piece], noughts: u32) -> Option<u128> {
    match pieces {
        [Piece::Numeral(value)] => Some(*value),
        [Piece::Zero, Piece::Numeral(value)] => Some(*value),
        [Piece::Digits(digits)] if digits.len() <= noughts.max(4) as usize => digits.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_as_they_are_spoken() {
        for (text, value) in [
            ("七", "7"),
            ("十", "10"),
            ("十五", "15"),
            ("二十五", "25"),
            ("廿八", "28"),
            ("卅一", "31"),
            ("两百", "200"),
            ("三百五", "350"),
            ("四百一十二", "412"),
            ("五百零三", "503"),
            ("一百一十", "110"),
            ("三千五", "3500"),
            ("三千零五", "3005"),
            ("三千零五十", "3050"),
            ("一万二", "12000"),
            ("一万零二", "10002"),
            ("三万零五百", "30500"),
            ("伍佰万", "5000000"),
            ("叁佰贰拾萬", "3200000"),
            ("一亿二千万", "120000000"),
            ("一亿二", "120000000"),
            ("一万二千亿", "1200000000000"),
            ("二〇一五", "2015"),
            ("五〇", "50"),
            ("3百", "300"),
            ("5千", "5000"),
            ("3百5", "350"),
            ("12万3千", "123000"),
            ("1万2", "12000"),
            ("3千500", "3500"),
            ("12万3000", "123000"),
        ] {
            assert_eq!(whole(text), Ok(value.into()), "{text}");
        }
        for text in ["三四百", "五六十", "三五", "二三十"] {
            assert_eq!(whole(text), Err(Fault::Range), "{text}");
        }
        for text in [
            "百",
            "万",
            "零百",
            "三百百",
            "百三千",
            "12万30",
            "三万四万",
            "人",
            "",
            "十十",
            "一百零",
        ] {
            assert_eq!(whole(text), Err(Fault::NotANumber), "{text}");
        }
    }
}
