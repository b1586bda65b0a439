//! A line read once from its beginning to its end, without copies.

use crate::answers::Scalar;

/// A value that has no parts.
pub(super) enum Plain<'text> {
    Null,
    Scalar(Scalar<'text>),
}

/// A line and how far it was read. Whatever is not plain ends the reading with `None`.
pub(super) struct Scan<'text> {
    text: &'text str,
    at: usize,
}

impl<'text> Scan<'text> {
    pub(super) const fn of(text: &'text str) -> Self {
        Self { text, at: 0 }
    }

    /// Whether nothing but space is left.
    pub(super) fn is_at_the_end(&mut self) -> bool {
        self.skip_space();
        self.at == self.text.len()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn is_next(&mut self, character: u8) -> bool {
        self.skip_space();
        self.peek() == Some(character)
    }

    fn expect(&mut self, character: u8) -> Option<()> {
        let here = self.is_next(character);
        self.at += 1;
        here.then_some(())
    }

    /// Goes past the beginning of an object; whether it has members.
    pub(super) fn begin(&mut self) -> Option<bool> {
        self.expect(b'{')?;
        let empty = self.is_next(b'}');
        self.at += usize::from(empty);
        Some(!empty)
    }

    /// Whether another member comes; goes past the comma or the end.
    pub(super) fn another(&mut self) -> Option<bool> {
        self.skip_space();
        let character = self.peek()?;
        self.at += 1;
        match character {
            b',' => Some(true),
            b'}' => Some(false),
            _ => None,
        }
    }

    /// Whether that text comes next, as the name of a member with its colon; goes past it if so.
    pub(super) fn is_next_text(&mut self, text: &str) -> bool {
        self.skip_space();
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let here = rest.starts_with(text.as_bytes());
        if here {
            self.at += text.len();
        }
        here
    }

    /// The name of a member; goes past the colon.
    pub(super) fn name(&mut self) -> Option<&'text str> {
        self.skip_space();
        let name = self.string()?;
        self.expect(b':')?;
        Some(name)
    }

    /// A text in which nothing is escaped.
    fn string(&mut self) -> Option<&'text str> {
        if self.peek() != Some(b'"') {
            return None;
        }
        let start = self.at + 1;
        let rest = self.text.as_bytes().get(start..)?;
        let length = rest
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\' | 0..b' '))?;
        self.at = start + length + 1;
        (rest.get(length) == Some(&b'"')).then(|| self.text.get(start..start + length))?
    }

    pub(super) fn value(&mut self) -> Option<Plain<'text>> {
        self.skip_space();
        Some(match self.peek()? {
            b'"' => Plain::Scalar(Scalar::Text(self.string()?)),
            b't' => self.word("true", Plain::Scalar(Scalar::YesNo(true)))?,
            b'f' => self.word("false", Plain::Scalar(Scalar::YesNo(false)))?,
            b'n' => self.word("null", Plain::Null)?,
            _ => Plain::Scalar(Scalar::Number(self.number()?)),
        })
    }

    fn word(&mut self, word: &str, value: Plain<'text>) -> Option<Plain<'text>> {
        let here = self.text.get(self.at..)?.starts_with(word);
        self.at += word.len();
        here.then_some(value)
    }

    /// The digits of a number without an exponent.
    fn number(&mut self) -> Option<&'text str> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        self.text.get(start..self.at)
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|character| character.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}
