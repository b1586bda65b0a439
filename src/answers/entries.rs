//! Entries of the recommendation form by themselves: their normal form, and 同上.

use super::characters::{is_dash, plain_names, plain_organisations, trimmed};
use super::dates::has_remark;
use super::pointers::{bare, without_label};
use super::spoken::listed_in_line;
use super::{
    Date, figures, identifiers, numerals, plain_digits, plain_line, plain_prose, telephones, written_numbers,
};
use crate::numbers::Decimal;
use crate::policy::{Field, FieldKind, NarrativeField};

/// What is entered in a field, without what no form can show: in one
/// line, but for the long texts.
pub fn as_entered(field: &Field, typed: &str) -> String {
    match field.kind {
        FieldKind::LongText => plain_prose(typed),
        // Two amounts beside each other must not become one.
        FieldKind::Money => figures::cells_apart(&plain_prose(typed)),
        // Where a person is asked for, two may be named.
        FieldKind::Text if field.autocomplete == "name" => plain_names(typed),
        FieldKind::Text => plain_organisations(typed),
        _ => plain_line(typed),
    }
}

/// What is entered for the narrative, in one line; a list with 、 between its entries.
pub fn as_entered_for_narrative(field: &NarrativeField, typed: &str) -> String {
    if field.unit.is_empty() {
        listed_in_line(typed)
    } else {
        figures::cells_apart(&plain_prose(typed))
    }
}

/// The entry in its normal form: numbers half-width and without blanks, codes
/// in capitals, dates as `2019-03-05`. What cannot be read stays as typed.
pub fn normalise_field(field: &Field, typed: &str) -> String {
    let entered = as_entered(field, typed);
    let trimmed = match field.kind {
        FieldKind::Text | FieldKind::Address => without_own_label(field, trimmed(&entered)),
        _ => trimmed(&entered),
    };
    // 同上 and the like stay: the entry follows that of the other field.
    if let Some(words) = field.same_as.as_ref().and_then(|same| same.words.first())
        && says_the_same(field, trimmed)
    {
        return words.clone();
    }
    // In the number of an identity card of soldiers or of Hong Kong words and brackets are a part of it.
    let code = match field.kind {
        FieldKind::PostalCode => bare(bare_code(trimmed)),
        FieldKind::CreditCode | FieldKind::BankAccount => bare_code(trimmed),
        FieldKind::IdNumber if is_identity_number(&compact(bare_code(trimmed), None)) => bare_code(trimmed),
        _ => trimmed,
    };
    let spelled = match field.kind {
        FieldKind::BankAccount | FieldKind::PostalCode => spelled_out(trimmed),
        _ => None,
    };
    let trimmed = spelled.as_deref().unwrap_or(code);
    match field.kind {
        FieldKind::CreditCode => joined_if_sound(trimmed, identifiers::has_credit_code_form),
        FieldKind::IdNumber => joined_if_sound(trimmed, is_identity_number),
        FieldKind::BankAccount if are_several_accounts(field, trimmed) => trimmed.to_owned(),
        FieldKind::BankAccount => joined_if_sound(trimmed, |number| {
            number.len() <= 32 && number.bytes().all(|character| character.is_ascii_digit())
        }),
        FieldKind::PostalCode => joined_if_sound(trimmed, |number| number.len() == 6),
        FieldKind::Year => year(trimmed),
        FieldKind::Telephone => {
            let number = telephones::telephone(trimmed);
            let known = telephones::is_telephone(&number);
            if known { number } else { trimmed.to_owned() }
        }
        FieldKind::Trademark => trademark(trimmed),
        // What a remark says of a date (变更) would be lost.
        FieldKind::Date if has_remark(trimmed) => trimmed.to_owned(),
        FieldKind::Date => trimmed
            .parse()
            .map_or_else(|_| trimmed.to_owned(), |date: Date| date.to_string()),
        FieldKind::Money => capital(trimmed),
        FieldKind::LongText => entered.trim_end().to_owned(),
        FieldKind::Text | FieldKind::Address => bare_name(trimmed).to_owned(),
        FieldKind::Place | FieldKind::IdKind => trimmed.to_owned(),
    }
}

/// An entry without the name of its field before it: 法人代表：张三.
fn without_own_label<'entry>(field: &Field, entry: &'entry str) -> &'entry str {
    let Some((label, behind)) = entry.split_once([':', '：']) else {
        return entry;
    };
    let label = label.trim();
    // People shorten it: 名称, 地址.
    let mut names = field.aliases.iter().chain([&field.label]);
    let is_own = label.chars().count() > 1 && names.any(|name| name.ends_with(label));
    let is_of_person = field.autocomplete == "name" && label == "姓名";
    match trimmed(behind) {
        behind if !behind.is_empty() && (is_own || is_of_person) => without_own_label(field, behind),
        _ => entry,
    }
}

/// A name or an address without the stop of a sentence and the place of a stamp behind it:
/// 示例有限公司（盖章）.
fn bare_name(entry: &str) -> &str {
    const SIGNED: [&str; 3] = ["章", "签字", "签名"];
    let bare = trimmed(entry.trim_end_matches(['。', '；', ';', '，', ',', '、', ' ']));
    let named = bare.strip_suffix(['）', ')']);
    let named = named.and_then(|bare| bare.rsplit_once(['（', '(']));
    match named.filter(|(_, within)| SIGNED.iter().any(|end| within.trim().ends_with(end))) {
        Some((name, _)) if !name.trim().is_empty() => bare_name(name),
        _ if bare.is_empty() => entry,
        _ => bare,
    }
}

fn is_identity_number(number: &str) -> bool {
    identifiers::identity_number(number) != identifiers::IdentityNumber::WrongForm
}

/// A code in capitals and half-width, without blanks, each dash in it as `hyphen` or not at all.
fn compact(entry: &str, hyphen: Option<char>) -> String {
    let characters = plain_digits(entry);
    let characters = characters.chars().filter(|character| !character.is_whitespace());
    let plain = characters.filter_map(|character| {
        if is_dash(character) {
            hyphen
        } else {
            Some(character)
        }
    });
    plain.collect::<String>().to_ascii_uppercase().replace('×', "X")
}

/// A number without the blanks and strokes in it. What comes to no such number stays as it
/// was typed: they may part two of them.
fn joined_if_sound(entry: &str, is_sound: fn(&str) -> bool) -> String {
    let joined = compact(entry, None);
    let is_altered = entry.contains(parts_numbers);
    if is_altered && !is_sound(&joined) {
        entry.to_owned()
    } else {
        joined
    }
}

/// The number of a trademark; what may be several of them stays as it was typed.
fn trademark(entry: &str) -> String {
    let joined = compact(entry, Some('-'));
    let is_altered = entry.contains(char::is_whitespace);
    if is_altered && joined.len() > 9 && joined.bytes().all(|character| character.is_ascii_digit()) {
        entry.to_owned()
    } else {
        joined
    }
}

/// A capital in 万元. One with a remark, which would be lost, or that is only approximate,
/// which no capital is, stays as it was typed.
fn capital(entry: &str) -> String {
    let figure = figures::read_capital(entry);
    let plain = figure.remark.is_empty() && !figure.approximate && !figure.per_year && !figure.has_blanks;
    let digits = figure.number.ok().flatten().filter(|_| plain);
    digits.unwrap_or_else(|| entry.to_owned())
}

/// What the usual form of an entry is made of instead of being left out of it: units, and what
/// goes before an extension.
const PARTS_OF_A_FORM: &str = "万亿元圆圓角分整正年月日号度转机币民人EXT";

/// Whether the usual form of an entry leaves out words, such as the name beside a
/// telephone number or 认缴 before an amount, of which the user is to be told.
pub fn leaves_words_out(typed: &str, normal: &str) -> bool {
    let kept = normal.to_ascii_uppercase();
    let typed = plain_digits(typed).to_ascii_uppercase();
    let is_left_out = |character: char| {
        let of_the_form = numerals::is_numeral(character) || PARTS_OF_A_FORM.contains(character);
        // The tables of all letters of the world would weigh more than all of this.
        let is_of_a_word = character.is_ascii_alphabetic() || matches!(character, '\u{4e00}'..='\u{9fff}');
        is_of_a_word && !of_the_form && !kept.contains(character)
    };
    typed.contains(is_left_out)
}

/// The digits of a code that is written in numerals, behind its name or alone:
/// `邮编：八三〇〇〇〇`. Of several codes none is left out.
fn spelled_out(entry: &str) -> Option<String> {
    let code = match entry.split_once([':', '：']) {
        Some((label, _)) if label.contains(numerals::is_numeral) => return None,
        Some((_, code)) => code.trim(),
        None => entry,
    };
    numerals::one_by_one(code)
}

/// A code without its name before it and a remark in brackets behind it:
/// `邮编：830000`, `91…（正本）`. What has other words in it stays as it is.
fn bare_code(entry: &str) -> &str {
    let is_word = |character: char| matches!(character, '\u{4e00}'..='\u{9fff}');
    let is_before =
        |character: char| is_word(character) || character.is_whitespace() || "：:，,·•".contains(character);
    let code = entry.trim_start_matches(is_before);
    let code = match code
        .strip_suffix(['）', ')'])
        .and_then(|code| code.rsplit_once(['（', '(']))
    {
        Some((code, _)) => code.trim_end(),
        None => code,
    };
    if code.is_empty() || code.contains(is_word) {
        entry
    } else {
        code
    }
}

/// Whether a character that goes from a number may have parted two of them.
fn parts_numbers(character: char) -> bool {
    character.is_whitespace() || is_dash(character)
}

/// Whether there are two accounts in an entry, each long enough to be one.
pub(super) fn are_several_accounts(field: &Field, entry: &str) -> bool {
    let shortest = field.from.unwrap_or_default();
    let entry = plain_digits(entry);
    let parts = entry.split(parts_numbers).filter(|part| !part.is_empty());
    let parts = parts.filter(|part| part.bytes().all(|character| character.is_ascii_digit()));
    let lengths: Vec<Decimal> = parts
        .map(|part| Decimal::whole(i64::try_from(part.len()).unwrap_or(i64::MAX)))
        .collect();
    lengths.len() > 1 && lengths.iter().all(|length| *length >= shortest)
}

/// A year, with 年 or 年度 behind it or in numerals; what is none stays as it is.
fn year(entry: &str) -> String {
    let plain = plain_digits(entry);
    let plain = plain.trim();
    let bare = plain.strip_suffix("年度").or_else(|| plain.strip_suffix('年'));
    let bare_year = bare.unwrap_or(plain).trim_end();
    let digits = written_numbers::plain_number(bare_year).or_else(|| numerals::year(bare_year));
    // Of a figure with thousands apart nobody means a year.
    let is_apart = plain.contains([',', '\'', '.', ' ']) && bare.is_none();
    digits
        .filter(|digits| digits.len() == 4 && !is_apart)
        .unwrap_or_else(|| entry.to_owned())
}

/// Whether an entry only says that it is the same as another field's: 同上.
pub(super) fn says_the_same(field: &Field, entry: &str) -> bool {
    let entry = bare(entry);
    let same = field.same_as.as_ref();
    same.is_some_and(|same| {
        let mut words = same.words.iter();
        words.any(|word| word == entry || word == without_label(entry))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_usual_form_leaves_out_is_told_and_what_it_writes_otherwise_is_not() {
        for (typed, normal) in [
            ("张三 13800138000", "13800138000"),
            ("13800138000（微信同号）", "13800138000"),
            ("认缴500万元", "500"),
            ("邮编：830000", "830000"),
        ] {
            assert!(leaves_words_out(typed, normal), "{typed}");
        }
        for (typed, normal) in [
            ("伍佰万元整", "500"),
            ("500 万元人民币", "500"),
            ("二〇一五年六月十八日", "2015-06-18"),
            ("0991-1234567 ext. 801", "0991-1234567转801"),
            ("0991—1234567", "0991-1234567"),
            ("91650102pdy001688n", "91650102PDY001688N"),
        ] {
            assert!(!leaves_words_out(typed, normal), "{typed}");
        }
    }
}
