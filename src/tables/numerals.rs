//! Numbers as the files of spreadsheets keep them: `6.50102199003071E+17`,
//! `320.00000000000006`. Their digits are moved, never computed with.

use crate::answers::shifted;

/// The digits that a spreadsheet keeps of a number: what is behind them is noise.
const KEPT_DIGITS: usize = 15;

/// A number as JSON writes it, without a power of ten; `None` where the text is
/// none. A fraction beyond the digits that a spreadsheet keeps and shows is
/// rounded to them, as it does itself: 0.1 + 0.2 is 0.3 there.
pub(super) fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    let (mantissa, power) = match text.split_once(['e', 'E']) {
        Some((mantissa, power)) => (
            mantissa,
            power.strip_prefix('+').unwrap_or(power).parse::<i32>().ok()?,
        ),
        None => (text, 0),
    };
    if power.unsigned_abs() > 400 || mantissa.len() > 400 {
        return None;
    }
    let bare = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let sign = if bare.len() < mantissa.len() { "-" } else { "" };
    let number = shifted(&format!("{sign}{whole}.{fraction}"), power);
    Some(rounded(&number))
}

/// A number whose fraction is cut to the digits that count, the last one rounded.
fn rounded(number: &str) -> String {
    let (sign, bare) = number.strip_prefix('-').map_or(("", number), |bare| ("-", bare));
    let Some((whole, fraction)) = bare.split_once('.') else {
        return number.to_owned();
    };
    let leading = if whole == "0" {
        fraction.bytes().take_while(|byte| *byte == b'0').count()
    } else {
        0
    };
    let of_whole = if whole == "0" { 0 } else { whole.len() };
    let room = KEPT_DIGITS.saturating_sub(of_whole) + leading;
    let Some((kept, dropped)) = fraction
        .split_at_checked(room)
        .filter(|(_, dropped)| !dropped.is_empty())
    else {
        return number.to_owned();
    };
    let mut digits: Vec<u8> = whole.bytes().chain(kept.bytes()).collect();
    if dropped.as_bytes().first().is_some_and(|digit| *digit >= b'5') {
        let nines = digits.iter().rev().take_while(|digit| **digit == b'9').count();
        let end = digits.len() - nines;
        let (raised, last) = digits.split_at_mut(end);
        last.fill(b'0');
        match raised.last_mut() {
            Some(digit) => *digit += 1,
            None => digits.insert(0, b'1'),
        }
    }
    let digits: String = digits.into_iter().map(char::from).collect();
    let places = i32::try_from(kept.len()).unwrap_or_default();
    shifted(&format!("{sign}{digits}"), -places)
}

/// How many digits of a whole number a spreadsheet has surely lost: those
/// behind the ones that it keeps.
pub(super) fn has_lost_digits(digits: &str) -> bool {
    let whole = digits.split('.').next().unwrap_or_default();
    whole.trim_start_matches('-').len() > KEPT_DIGITS
}

/// Whether the end of a long code of digits are zeros, which is where a spreadsheet has lost them.
pub(super) fn has_zeros_for_digits(code: &str) -> bool {
    let is_digits = code.bytes().all(|byte| byte.is_ascii_digit());
    is_digits && code.len() > KEPT_DIGITS + 2 && code.ends_with("000")
}

/// Whether a text is a number shown as a power of ten: `6.50102E+17`.
pub(super) fn is_power(text: &str) -> bool {
    // A full-width letter is one as well.
    if !text.contains(['e', 'E', 'ｅ', 'Ｅ']) {
        return false;
    }
    let text = crate::answers::plain_digits(text);
    plain(&text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_workbooks_are_read_digit_by_digit() {
        for (kept, digits) in [
            ("350", "350"),
            ("-1.5", "-1.5"),
            ("0", "0"),
            ("-0", "0"),
            (".5", "0.5"),
            ("3.2E+6", "3200000"),
            ("3.2e6", "3200000"),
            ("1.25E-4", "0.000125"),
            ("6.50102199003071E+17", "650102199003071000"),
            ("0.30000000000000004", "0.3"),
            ("320.00000000000006", "320"),
            ("0.99999999999999989", "1"),
            ("99.999999999999986", "100"),
            ("-99.999999999999986", "-100"),
            ("499.9999", "499.9999"),
            ("1.2345678901234567E-3", "0.00123456789012346"),
            ("123456789012345678", "123456789012345678"),
        ] {
            assert_eq!(plain(kept).as_deref(), Some(digits), "{kept}");
        }
        for text in ["", "-", ".", "e5", "1e", "1e999", "0x10", "1,5", "NaN", "１"] {
            assert_eq!(plain(text), None, "{text}");
        }
        assert!(has_lost_digits("650102199003071000") && !has_lost_digits("13800138000.5"));
        assert!(is_power("6.50102E+17") && is_power("1e3") && !is_power("1350") && !is_power("E"));
    }
}
