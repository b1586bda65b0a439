//! Where a cell stands, as spreadsheets name it.

use core::fmt;

/// The place of a cell, counted from zero: `B7` is column 1 of row 6.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    pub row: usize,
    pub column: usize,
}

impl Address {
    /// The place of that row and column.
    pub const fn of(row: usize, column: usize) -> Self {
        Self { row, column }
    }

    /// Reads `B7` or `$B$7`; `None` where the text is no address.
    pub fn read(text: &str) -> Option<Self> {
        let mut column = 0_usize;
        let mut row = 0_usize;
        let mut letters = 0;
        for byte in text.bytes().filter(|byte| *byte != b'$') {
            if byte.is_ascii_alphabetic() && row == 0 && letters < 3 {
                letters += 1;
                column = column * 26 + usize::from(byte.to_ascii_uppercase() - b'A') + 1;
            } else if byte.is_ascii_digit() && letters > 0 && row < 10_000_000 {
                row = row * 10 + usize::from(byte - b'0');
            } else {
                return None;
            }
        }
        Some(Self::of(row.checked_sub(1)?, column.checked_sub(1)?))
    }

    /// The letters of a column: `A`, `Z`, `AA`.
    pub fn letters(column: usize) -> String {
        let mut letters = Vec::new();
        let mut rest = column + 1;
        while rest > 0 {
            let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
            letters.push(char::from(b'A' + digit));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", Self::letters(self.column), self.row + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_spreadsheets() {
        for (text, row, column) in [
            ("A1", 0, 0),
            ("Z26", 25, 25),
            ("AA10", 9, 26),
            ("XFD1048576", 1_048_575, 16_383),
        ] {
            assert_eq!(Address::read(text), Some(Address::of(row, column)), "{text}");
            assert_eq!(Address::of(row, column).to_string(), text);
        }
        assert_eq!(Address::read("$B$7"), Some(Address::of(6, 1)));
        for text in ["", "A", "7", "A0", "7A", "A1B", "AAAA1", "A12345678901234567890"] {
            assert_eq!(Address::read(text), None, "{text}");
        }
    }
}
