//! Days as workbooks keep them: as numbers, of which a format says that they are days.

use crate::answers::Date;

use super::cells::{Cell, Form};

/// From which day a workbook counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Epoch {
    /// From 1 January 1900, with a 29 February in that year that never was.
    #[default]
    Of1900,
    /// From 1 January 1904.
    Of1904,
}

/// The days from 1 January of year 0 to 1 January of a year, as if the calendar had always been this one.
const fn days_before(year: u64) -> u64 {
    let before = year - 1;
    year * 365 + before / 4 - before / 100 + before / 400 + 1
}

/// The day of a number; `None` where there is none.
pub(super) fn day(serial: &str, epoch: Epoch) -> Option<Date> {
    let whole: u64 = serial.split('.').next()?.parse().ok()?;
    let days = match (epoch, whole) {
        (_, 3_000_000..) | (Epoch::Of1900, 0 | 60) => return None,
        // Before the day that never was, the count is one behind.
        (Epoch::Of1900, 1..60) => days_before(1900) + whole - 1,
        (Epoch::Of1900, _) => days_before(1900) + whole - 2,
        (Epoch::Of1904, _) => days_before(1904) + whole,
    };
    let mut year = days / 366;
    while days_before(year + 1) <= days {
        year += 1;
    }
    let mut rest = days - days_before(year);
    let year = u16::try_from(year).ok()?;
    for month in 1..=12 {
        // The last day of a month is found by asking for it.
        let last = (28..=31)
            .rev()
            .find(|day| Date::new(year, month, *day).is_some())?;
        if rest < u64::from(last) {
            return Date::new(year, month, u8::try_from(rest + 1).ok()?);
        }
        rest -= u64::from(last);
    }
    None
}

/// What a format shows a number as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    As(Form),
    /// Digit by digit, with a word behind it that counts as if it were typed: 元, 千元, 人.
    WithUnit(String),
    Day,
}

/// What the formats show that every workbook knows by their numbers.
pub(super) const fn of_known(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::As(Form::Percent),
        11 | 48 => Shown::As(Form::Power),
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=54 | 57 | 58 => Shown::Day,
        18..=21 | 32 | 33 | 45..=47 | 55 | 56 => Shown::As(Form::Time),
        _ => Shown::As(Form::Plain),
    }
}

/// What a format of the workbook's own shows, by its code: `yyyy"年"m"月"`, `0.00%`, `0!.0,`.
pub(super) fn of_code(code: &str) -> Shown {
    let code = code.to_lowercase();
    // The section for numbers above zero stands first.
    let mut bare = String::new();
    let mut is_elapsed = false;
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            ';' => break,
            '"' => {
                characters
                    .by_ref()
                    .take_while(|character| *character != '"')
                    .for_each(drop);
            }
            '\\' | '!' | '_' | '*' => drop(characters.next()),
            '[' => {
                let within: String = characters
                    .by_ref()
                    .take_while(|character| *character != ']')
                    .collect();
                is_elapsed |= matches!(within.trim_matches(['h', 'm', 's']), "") && !within.is_empty();
            }
            character => bare.push(character),
        }
    }
    let plain = |code: &str| unit_behind(code).map_or(Shown::As(Form::Plain), Shown::WithUnit);
    if bare.contains("general") || bare.contains("通用格式") {
        return plain(&code.replace("g/通用格式", "0").replace("general", "0"));
    }
    let is_power = bare.contains("e+") || bare.contains("e-");
    let is_clock = bare.contains(['h', 's']) || is_elapsed;
    let last = bare.rfind(['0', '#', '?']);
    let is_scaled = last
        .and_then(|last| bare.get(last + 1..))
        .is_some_and(|behind| behind.starts_with(','));
    if bare.contains(['y', 'd']) || bare.contains('m') && !is_clock {
        Shown::Day
    } else if is_clock {
        Shown::As(Form::Time)
    } else if bare.contains('%') {
        Shown::As(Form::Percent)
    } else if is_power {
        Shown::As(Form::Power)
    } else if is_scaled {
        Shown::As(Form::Scaled)
    } else {
        plain(&code)
    }
}

/// The word that a format without days and shares puts behind a number: `#,##0"千元"`, `0\人`.
/// Brackets around it are left out.
fn unit_behind(code: &str) -> Option<String> {
    let mut behind: Option<String> = None;
    let mut is_quoted = false;
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        let literal = match character {
            '"' => {
                is_quoted = !is_quoted;
                None
            }
            _ if is_quoted => Some(character),
            ';' => break,
            '[' => {
                characters
                    .by_ref()
                    .take_while(|within| *within != ']')
                    .for_each(drop);
                None
            }
            '0' | '#' | '?' => {
                behind = Some(String::new());
                None
            }
            '\\' | '!' => characters.next(),
            '_' | '*' => characters.next().and(None),
            other => Some(other),
        };
        if let Some(behind) = behind.as_mut() {
            behind.extend(literal);
        }
    }
    let unit = behind?;
    let unit = unit.trim_matches(|character: char| !character.is_alphanumeric());
    let is_of_word = |character: char| character.is_alphabetic() && !character.is_ascii();
    (!unit.is_empty() && unit.chars().all(is_of_word)).then(|| unit.to_owned())
}

/// A number with the format that its cell has.
pub(super) fn cell(digits: String, shown: &Shown, epoch: Epoch) -> Cell {
    match shown {
        Shown::As(form) => Cell::Number { digits, form: *form },
        Shown::WithUnit(unit) => Cell::text(format!("{digits}{unit}")),
        Shown::Day => match day(&digits, epoch) {
            Some(day) => Cell::Day(day),
            None => Cell::Number {
                digits,
                form: Form::Time,
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_workbooks_count_them() {
        for (serial, epoch, shown) in [
            ("1", Epoch::Of1900, Some("1900-01-01")),
            ("59", Epoch::Of1900, Some("1900-02-28")),
            ("60", Epoch::Of1900, None),
            ("61", Epoch::Of1900, Some("1900-03-01")),
            ("43529", Epoch::Of1900, Some("2019-03-05")),
            ("43529.75", Epoch::Of1900, Some("2019-03-05")),
            ("36585", Epoch::Of1900, Some("2000-02-29")),
            ("46022", Epoch::Of1900, Some("2025-12-31")),
            ("42067", Epoch::Of1904, Some("2019-03-05")),
            ("0", Epoch::Of1904, Some("1904-01-01")),
            ("0.5", Epoch::Of1900, None),
            ("-3", Epoch::Of1900, None),
            ("9999999", Epoch::Of1900, None),
        ] {
            assert_eq!(
                day(serial, epoch).map(|day| day.to_string()).as_deref(),
                shown,
                "{serial}"
            );
        }
    }

    #[test]
    fn a_format_is_known_by_its_code() {
        let unit = |unit: &str| Shown::WithUnit(String::from(unit));
        for (code, shown) in [
            ("General", Shown::As(Form::Plain)),
            ("G/通用格式", Shown::As(Form::Plain)),
            ("0_);[Red]\\(0\\)", Shown::As(Form::Plain)),
            ("#,##0.00\"万元\"", unit("万元")),
            ("0\"人\"", unit("人")),
            ("\"共\"0 \"元\";-0\"千元\"", unit("元")),
            ("0_ \\元", unit("元")),
            ("0(万元)", unit("万元")),
            ("General\"人\"", unit("人")),
            ("G/通用格式\"元\"", unit("元")),
            ("[>=10000]0\"元\"", unit("元")),
            ("\"¥\"#,##0.00", Shown::As(Form::Plain)),
            ("0\"m2\"", Shown::As(Form::Plain)),
            ("0.00%", Shown::As(Form::Percent)),
            ("0.00E+00", Shown::As(Form::Power)),
            ("0!.0,", Shown::As(Form::Scaled)),
            ("0\\.0,\"万\"", Shown::As(Form::Scaled)),
            ("#,##0,,", Shown::As(Form::Scaled)),
            ("yyyy-mm-dd", Shown::Day),
            ("yyyy\"年\"m\"月\"d\"日\";@", Shown::Day),
            ("[$-804]yyyy/m/d hh:mm", Shown::Day),
            ("m/d", Shown::Day),
            ("hh:mm:ss", Shown::As(Form::Time)),
            ("[h]:mm", Shown::As(Form::Time)),
            ("@", Shown::As(Form::Plain)),
        ] {
            assert_eq!(of_code(code), shown, "{code}");
        }
    }
}
