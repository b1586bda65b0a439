//! Entries of the recommendation form by themselves: their normal form, and 同上.

use super::characters::{is_dash, trimmed};
use super::{Date, MoneyUnit, figures, plain_digits, plain_line, plain_prose, read_money, telephones};
use crate::policy::{Field, FieldKind, NarrativeField};

/// What is entered in a field of a kind, without what no form can show: in one
/// line, but for the long texts.
pub fn as_entered(kind: FieldKind, typed: &str) -> String {
    match kind {
        FieldKind::LongText => plain_prose(typed),
        // Two amounts beside each other must not become one.
        FieldKind::Money => figures::cells_apart(&plain_prose(typed)),
        _ => plain_line(typed),
    }
}

/// What is entered for the narrative, in one line.
pub fn as_entered_for_narrative(field: &NarrativeField, typed: &str) -> String {
    if field.unit.is_empty() {
        plain_line(typed)
    } else {
        figures::cells_apart(&plain_prose(typed))
    }
}

/// The entry in its normal form: numbers half-width and without blanks, codes
/// in capitals, dates as `2019-03-05`. What cannot be read stays as typed.
pub fn normalise_field(field: &Field, typed: &str) -> String {
    let entered = as_entered(field.kind, typed);
    let trimmed = trimmed(&entered);
    // 同上 and the like stay: the entry follows that of the other field.
    if let Some(words) = field.same_as.as_ref().and_then(|same| same.words.first())
        && says_the_same(field, trimmed)
    {
        return words.clone();
    }
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
        FieldKind::LongText => entered.trim_end().to_owned(),
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
