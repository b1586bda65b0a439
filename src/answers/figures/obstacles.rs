//! What keeps a text from being read in which no number was found.

use super::words::OF_EACH;
use crate::answers::written_numbers::UNITS;
use crate::answers::{Fault, numerals};

/// What says of a figure that it is one of each of several times or persons.
const MEANS: [&str; 5] = ["月均", "日均", "周均", "季均", "人均"];

/// What keeps a text from being read in which no number was found.
pub(super) fn in_the_way(text: &str) -> Fault {
    let is_digit = |character: char| character.is_ascii_digit();
    if !text.contains(numerals::is_numeral) {
        return Fault::NotANumber;
    }
    let is_of_each = |thing: &str| UNITS.contains(&thing) || OF_EACH.contains(&thing);
    let of_each = text
        .rsplit_once(['/', '每'])
        .is_some_and(|(before, thing)| before.contains(numerals::is_numeral) && is_of_each(thing.trim()));
    let each = || {
        text.strip_prefix('每')
            .is_some_and(|behind| behind.contains(is_digit))
    };
    if of_each || each() || MEANS.iter().any(|word| text.contains(word)) {
        return Fault::OtherUnit;
    }
    let is_sign = |character: char| {
        let is_of_a_number = matches!(character, '.' | ',' | '\'' | '-' | '(' | ')' | '%' | '$');
        !character.is_alphanumeric() && !character.is_whitespace() && !is_of_a_number
    };
    if let Some((before, behind)) = text.split_once([':', ';', '|', '=', '&', '#'])
        && before.contains(is_digit)
        && behind.contains(is_digit)
    {
        return Fault::SeveralFigures;
    }
    if let Some(sign) = text.chars().find(|character| is_sign(*character)) {
        return Fault::Sign(sign);
    }
    let is_word = |character: char| {
        matches!(character, '\u{4e00}'..='\u{9fff}')
            && !numerals::is_numeral(character)
            && !"元圆圓块角分钱整正点".contains(character)
    };
    if text.contains(is_word) && text.contains(is_digit) {
        return Fault::WordsBeside;
    }
    Fault::NotANumber
}
