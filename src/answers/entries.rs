//! Entries of the recommendation form by themselves: their normal form, and 同上.

use super::characters::{is_dash, trimmed};
use super::{Date, MoneyUnit, figures, plain_digits, plain_prose, read_money, telephones};
use crate::policy::{Field, FieldKind};

/// The entry in its normal form: numbers half-width and without blanks, codes
/// in capitals, dates as `2019-03-05`. What cannot be read stays as typed.
pub fn normalise_field(field: &Field, typed: &str) -> String {
    let prose = plain_prose(typed);
    let trimmed = trimmed(&prose);
    let compact = |hyphen: Option<char>| -> String {
        let characters = plain_digits(trimmed);
        let characters = characters.chars().filter(|character| !character.is_whitespace());
        let plain = characters.filter_map(|character| {
            if is_dash(character) {
                hyphen
            } else {
                Some(character)
            }
        });
        plain.collect::<String>().to_uppercase()
    };
    match field.kind {
        FieldKind::CreditCode | FieldKind::IdNumber | FieldKind::BankAccount | FieldKind::PostalCode => {
            compact(None)
        }
        FieldKind::Year => year(&compact(None)),
        FieldKind::Telephone => {
            let number = telephones::telephone(trimmed);
            let known = telephones::is_telephone(&number);
            if known { number } else { trimmed.to_owned() }
        }
        FieldKind::Trademark => compact(Some('-')),
        FieldKind::Date => trimmed
            .parse()
            .map_or_else(|_| trimmed.to_owned(), |date: Date| date.to_string()),
        FieldKind::Money => {
            let figure = read_money(trimmed, MoneyUnit::TenThousandYuan);
            // A remark would be lost, and an approximate capital is none.
            let plain = figure.remark.is_empty() && !figure.approximate;
            let digits = figure.number.ok().flatten().filter(|_| plain);
            digits.unwrap_or_else(|| trimmed.to_owned())
        }
        FieldKind::LongText => prose.trim_end().to_owned(),
        FieldKind::Text | FieldKind::Address | FieldKind::Place | FieldKind::IdKind => trimmed.to_owned(),
    }
}

/// A year, with 年 or 年度 behind it or in numerals; what is none stays as it is.
fn year(entry: &str) -> String {
    let bare = entry.strip_suffix("年度").or_else(|| entry.strip_suffix('年'));
    let digits = figures::plain_number(bare.unwrap_or(entry));
    digits
        .filter(|digits| digits.len() == 4)
        .unwrap_or_else(|| entry.to_owned())
}

/// Whether an entry only says that it is the same as another field's: 同上.
pub(super) fn says_the_same(field: &Field, entry: &str) -> bool {
    let around = |character: char| character.is_whitespace() || "（）()“”\"。，.,：:".contains(character);
    let bare = entry.trim_matches(around);
    let same = field.same_as.as_ref();
    same.is_some_and(|same| same.words.iter().any(|word| word == bare))
}
