//! Dates of the Gregorian calendar, read as people write them.

use core::fmt;
use core::str::FromStr;

use super::plain_digits;

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year, four digits.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADate {
    /// It has not the form of a date.
    Form,
    /// There is no such day.
    NoSuchDay,
}

impl Date {
    /// The day, where there is one.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let date = Self { year, month, day };
        let real = (1000..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=date.days_in_month()).contains(&day);
        real.then_some(date)
    }

    const fn days_in_month(self) -> u8 {
        match self.month {
            2 if self.year.is_multiple_of(4)
                && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400)) =>
            {
                29
            }
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// The last day of the month before this one's.
    pub fn end_of_previous_month(self) -> Self {
        let (year, month) = if self.month == 1 {
            (self.year - 1, 12)
        } else {
            (self.year, self.month - 1)
        };
        let first = Self { year, month, day: 1 };
        Self {
            day: first.days_in_month(),
            ..first
        }
    }

    /// Whole years from this day to `later`: 5 on the fifth anniversary itself.
    /// The anniversary of a 29 February falls on 1 March in a common year.
    pub fn years_until(self, later: Self) -> u16 {
        let passed = (later.month, later.day) >= (self.month, self.day);
        later
            .year
            .saturating_sub(self.year)
            .saturating_sub(u16::from(!passed))
    }

    /// The time from this day to `later` in years as a fact carries it: whole
    /// on an anniversary, half a year over it for any other day between two,
    /// so that exactly the anniversary counts as exactly that many years.
    pub fn elapsed_years(self, later: Self) -> Option<String> {
        if later < self {
            return None;
        }
        let years = self.years_until(later);
        let exact = (later.month, later.day) == (self.month, self.day)
            || ((self.month, self.day) == (2, 29)
                && (later.month, later.day) == (3, 1)
                && later.days_of_february() == 28);
        Some(if exact {
            years.to_string()
        } else {
            format!("{years}.5")
        })
    }

    const fn days_of_february(self) -> u8 {
        Self {
            year: self.year,
            month: 2,
            day: 1,
        }
        .days_in_month()
    }

    /// `2026年11月24日`
    pub fn in_words(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }
}

impl fmt::Display for Date {
    /// `2026-11-24`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    /// Reads `2019-03-05`, `2019.3.5`, `2019/3/5`, `2019年3月5日`, `20190305`.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let text = plain_digits(text.trim());
        let parts: Vec<&str> = if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            [text.get(..4), text.get(4..6), text.get(6..)]
                .into_iter()
                .flatten()
                .collect()
        } else {
            let separators = ['-', '.', '/', '年', '月', '日', '－', '．', '。', '、', ' '];
            text.split(separators).filter(|part| !part.is_empty()).collect()
        };
        let [year, month, day] = parts.as_slice() else {
            return Err(NotADate::Form);
        };
        let digits = parts
            .iter()
            .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        if !digits || year.len() != 4 || month.len() > 2 || day.len() > 2 {
            return Err(NotADate::Form);
        }
        match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => Self::new(year, month, day).ok_or(NotADate::NoSuchDay),
            _ => Err(NotADate::Form),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = Date::new(2019, 3, 5).unwrap();
        for text in [
            "2019-03-05",
            "2019.3.5",
            "2019/3/5",
            "2019年3月5日",
            "20190305",
            "２０１９．３．５",
            " 2019 3 5 ",
        ] {
            assert_eq!(text.parse(), Ok(day), "{text}");
        }
        assert_eq!("2019-02-29".parse::<Date>(), Err(NotADate::NoSuchDay));
        assert_eq!("2000-02-29".parse::<Date>().unwrap().to_string(), "2000-02-29");
        assert_eq!("1900-02-29".parse::<Date>(), Err(NotADate::NoSuchDay));
        for text in ["2019-3", "2019-011-1", "2019-1-011", "19-1-1"] {
            assert_eq!(text.parse::<Date>(), Err(NotADate::Form), "{text}");
        }
        assert_eq!("去年".parse::<Date>(), Err(NotADate::Form));
    }

    #[test]
    fn the_anniversary_itself_is_a_whole_number_of_years() {
        let from: Date = "2021-11-24".parse().unwrap();
        let elapsed = |to: &str| from.elapsed_years(to.parse().unwrap());
        assert_eq!(elapsed("2026-11-23").unwrap(), "4.5");
        assert_eq!(elapsed("2026-11-24").unwrap(), "5");
        assert_eq!(elapsed("2026-11-25").unwrap(), "5.5");
        assert_eq!(elapsed("2021-11-23"), None);
        assert_eq!(elapsed("2021-11-24").unwrap(), "0");
        let leap: Date = "2024-02-29".parse().unwrap();
        assert_eq!(leap.elapsed_years("2029-02-28".parse().unwrap()).unwrap(), "4.5");
        assert_eq!(leap.elapsed_years("2029-03-01".parse().unwrap()).unwrap(), "5");
        assert_eq!(
            "2026-03-31"
                .parse::<Date>()
                .unwrap()
                .end_of_previous_month()
                .to_string(),
            "2026-02-28"
        );
        assert_eq!(
            "2026-01-01"
                .parse::<Date>()
                .unwrap()
                .end_of_previous_month()
                .to_string(),
            "2025-12-31"
        );
    }
}
