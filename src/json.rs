//! JSON as it was written: numbers keep their digits, repeated keys are an
//! error, and objects are written in the order of their keys.
//!
//! The page reads its policy and every case file through this module alone, so
//! it is written by hand: exact numbers and the refusal of repeated keys are
//! what other readers do without, and it weighs a tenth of them.

use crate::id_map::IdMap;
use core::fmt;

/// How deeply a text may nest; deeper ones are refused, not followed.
const DEEPEST: usize = 32;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// The digits of a number, as they were written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Object),
}

/// The members of an object in the order of their keys.
pub type Object = IdMap<Json>;

/// Why a text is not JSON that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotJson {
    /// The text ends before the value does: the file was cut short.
    CutShort,
    /// A key stands twice in one object.
    RepeatedKey(String),
    /// Nested more than 32 deep.
    TooDeep,
    /// Anything else, with the line and column where reading stopped.
    Syntax { line: usize, column: usize },
}

/// A text out of a file as a sentence may repeat it: not more than `most` characters
/// of it, and none that a terminal would obey or that turns the direction of
/// what follows. Whoever wrote the file does not write the sentence.
#[derive(Clone, Copy, Debug)]
pub struct Excerpt<'text> {
    /// The whole text.
    pub text: &'text str,
    /// How many characters are shown.
    pub most: usize,
}

/// How many characters of the end of a long text are shown.
const ENDING: usize = 8;

impl<'text> Excerpt<'text> {
    /// A name, an id or a key, of which 60 characters are shown.
    pub const fn name(text: &'text str) -> Self {
        Self { text, most: 60 }
    }
}

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        let all = self.text.chars().count();
        // By its end a name is told from others that begin alike: …（副本）.
        let (head, tail) = if all > self.most && self.most > ENDING * 2 {
            (self.most - ENDING - 1, ENDING)
        } else {
            (self.most, 0)
        };
        for (count, character) in self.text.chars().enumerate() {
            if count == head && all > self.most {
                out.write_char('…')?;
            }
            if count >= head && count + tail < all {
                continue;
            }
            // What only parts words is a blank; what else a terminal would obey is shown as such.
            let obeyed = character.is_control() || turns_direction(character);
            out.write_char(match character {
                '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' => ' ',
                _ if obeyed => char::REPLACEMENT_CHARACTER,
                character => character,
            })?;
        }
        Ok(())
    }
}

/// Whether a character is one of those that override or isolate the direction of the text behind them.
pub const fn turns_direction(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl fmt::Display for NotJson {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CutShort => out.write_str("it ends before it is complete"),
            Self::RepeatedKey(key) => write!(out, "\"{}\" stands in it twice", Excerpt::name(key)),
            Self::TooDeep => out.write_str("it is nested too deeply"),
            Self::Syntax { line, column } => write!(out, "line {line}, sign {column} is not JSON"),
        }
    }
}

impl Json {
    /// Reads one JSON value.
    ///
    /// # Errors
    /// When the text is cut short, is no JSON, nests too deeply or repeats a key.
    pub fn parse(text: &str) -> Result<Self, NotJson> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(0)?;
        reader.skip_space();
        if reader.at < text.len() {
            return Err(reader.fault());
        }
        Ok(value)
    }

    /// Reads one JSON value, behind which other text may stand; gives that as well.
    ///
    /// # Errors
    /// As [`parse`](Self::parse), but for what is behind.
    pub fn parse_before(text: &str) -> Result<(Self, &str), NotJson> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(0)?;
        Ok((value, text.get(reader.at..).unwrap_or_default()))
    }

    /// The text of a text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The members of an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Json]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// A number from anything that writes itself as one.
    pub fn number(value: impl fmt::Display) -> Self {
        Self::Number(value.to_string())
    }

    /// A text.
    pub fn text(value: impl Into<String>) -> Self {
        Self::Text(value.into())
    }

    /// An object of the given members.
    pub fn object<K: Into<String>>(members: impl IntoIterator<Item = (K, Json)>) -> Self {
        // Put in one by one: to collect them would sort first, with code of its own for each caller.
        let mut object = Object::new();
        for (key, value) in members {
            object.insert(key.into(), value);
        }
        Self::Object(object)
    }

    /// Writes the value on one line.
    pub fn to_line(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, None);
        out
    }

    /// Writes the value over indented lines, ended by a line break.
    pub fn to_lines(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, Some(0));
        out.push('\n');
        out
    }

    fn write(&self, out: &mut String, indent: Option<usize>) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(digits) => out.push_str(digits),
            Self::Text(text) => write_text(text, out),
            Self::List(items) => {
                write_items(items.iter(), ('[', ']'), out, indent, |item, out, indent| {
                    item.write(out, indent)
                });
            }
            Self::Object(members) => {
                write_items(
                    members.iter(),
                    ('{', '}'),
                    out,
                    indent,
                    |(key, value), out, indent| {
                        write_text(key, out);
                        out.push_str(if indent.is_some() { ": " } else { ":" });
                        value.write(out, indent);
                    },
                );
            }
        }
    }
}

/// Writes a text between quotation marks.
pub fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    if is_plain(text) {
        rest = "";
        out.push_str(text);
    }
    while let Some((before, character, behind)) = split_at_escape(rest) {
        out.push_str(before);
        rest = behind;
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            _ => {
                let code = u32::from(character);
                out.push_str("\\u");
                let digits = [12, 8, 4, 0].map(|bits| char::from_digit(code >> bits & 0xf, 0x10));
                out.extend(digits.into_iter().flatten());
            }
        }
    }
    out.push_str(rest);
    out.push('"');
}

/// Writes a text between quotation marks that is made right there.
pub fn write_made_text(out: &mut String, make: impl FnOnce(&mut String)) {
    let before = out.len();
    out.push('"');
    make(out);
    let made = out.get(before + 1..).unwrap_or_default();
    if is_plain(made) {
        out.push('"');
    } else {
        let made = made.to_owned();
        out.truncate(before);
        write_text(&made, out);
    }
}

/// Whether no character of a text is written as an escape. This looks at bytes
/// and at all of them, since so a processor takes many at a time.
fn is_plain(text: &str) -> bool {
    let single = |byte: u8| (byte < b' ') | (byte == b'"') | (byte == b'\\') | (byte == 0x7f);
    let bytes = text.as_bytes();
    let behind = |count: usize| bytes.get(count..).unwrap_or_default();
    let windows = bytes.iter().zip(behind(1)).zip(behind(2));
    // Some others begin like those beyond ASCII: what looks like one is looked at closely.
    let may_be = windows.fold(0, |found, ((first, second), third)| {
        let separator = (*first == 0xe2) & (third.wrapping_sub(0xa6) < 9);
        let no_character = (*first == 0xef) & (*second == 0xbf);
        found | u8::from(single(*first) | (*first == 0xc2) | separator | no_character)
    });
    let last = behind(bytes.len().saturating_sub(2));
    let may_end = last.iter().any(|byte| single(*byte) | (*byte == 0xc2));
    (may_be == 0 && !may_end) || split_at_escape(text).is_none()
}

/// The first character that is written as an escape, with what is before and behind it.
fn split_at_escape(text: &str) -> Option<(&str, char, &str)> {
    // The first JSON does not allow; the others not every format carries
    // as they are that has a case within.
    let place = text.find(|character| {
        matches!(
            character,
            '\0'..' '
                | '"'
                | '\\'
                | '\u{7f}'..='\u{9f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
                | '\u{fffe}'
                | '\u{ffff}'
        )
    })?;
    let (before, from) = text.split_at_checked(place)?;
    let mut behind = from.chars();
    Some((before, behind.next()?, behind.as_str()))
}

fn write_items<Item>(
    items: impl ExactSizeIterator<Item = Item>,
    (open, close): (char, char),
    out: &mut String,
    indent: Option<usize>,
    write: impl Fn(Item, &mut String, Option<usize>),
) {
    let inner = indent.map(|depth| depth + 1);
    let new_line = |out: &mut String, depth: Option<usize>| {
        if let Some(depth) = depth {
            out.push('\n');
            for _ in 0..depth {
                out.push_str("  ");
            }
        }
    };
    let empty = items.len() == 0;
    out.push(open);
    for (place, item) in items.enumerate() {
        if place > 0 {
            out.push(',');
        }
        new_line(out, inner);
        write(item, out, inner);
    }
    if !empty {
        new_line(out, indent);
    }
    out.push(close);
}

/// A text and how far it has been read.
struct Reader<'text> {
    text: &'text str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes past the character, where it comes next.
    fn eat(&mut self, character: u8) -> bool {
        let here = self.peek() == Some(character);
        self.at += usize::from(here);
        here
    }

    fn expect(&mut self, character: u8) -> Result<(), NotJson> {
        if self.eat(character) {
            Ok(())
        } else {
            Err(self.fault())
        }
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// What is wrong with the character that comes next: it cannot be there, or there is none.
    fn fault(&self) -> NotJson {
        let Some((read, _)) = self
            .text
            .split_at_checked(self.at)
            .filter(|(_, rest)| !rest.is_empty())
        else {
            return NotJson::CutShort;
        };
        let (mut line, mut column) = (1, 1);
        for character in read.chars() {
            column += 1;
            if character == '\n' {
                line += 1;
                column = 1;
            }
        }
        NotJson::Syntax { line, column }
    }

    fn value(&mut self, depth: usize) -> Result<Json, NotJson> {
        if depth > DEEPEST {
            return Err(NotJson::TooDeep);
        }
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.string().map(Json::Text),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, NotJson> {
        let mut members = Vec::new();
        self.at += 1;
        while self.another(members.is_empty(), b'}')? {
            self.skip_space();
            let key = self.string()?;
            self.skip_space();
            self.expect(b':')?;
            let value = self.value(depth + 1)?;
            members.push((key, value));
        }
        Object::of(members)
            .map(Json::Object)
            .map_err(NotJson::RepeatedKey)
    }

    fn list(&mut self, depth: usize) -> Result<Json, NotJson> {
        let mut items = Vec::new();
        self.at += 1;
        while self.another(items.is_empty(), b']')? {
            items.push(self.value(depth + 1)?);
        }
        Ok(Json::List(items))
    }

    /// Whether another item comes before the end; goes past the comma or the end.
    fn another(&mut self, first: bool, end: u8) -> Result<bool, NotJson> {
        self.skip_space();
        if self.eat(end) {
            return Ok(false);
        }
        if !first {
            self.expect(b',')?;
        }
        Ok(true)
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, NotJson> {
        for character in word.bytes() {
            self.expect(character)?;
        }
        Ok(value)
    }

    fn number(&mut self) -> Result<Json, NotJson> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            if !self.eat(b'+') {
                self.eat(b'-');
            }
            self.digits()?;
        }
        Ok(Json::Number(self.since(start).to_owned()))
    }

    fn digits(&mut self) -> Result<(), NotJson> {
        let start = self.at;
        while self.peek().is_some_and(|character| character.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > start {
            Ok(())
        } else {
            Err(self.fault())
        }
    }

    fn since(&self, start: usize) -> &str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn string(&mut self) -> Result<String, NotJson> {
        self.expect(b'"')?;
        let mut text = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), None | Some(b'"' | b'\\' | 0..b' ')) {
                self.at += 1;
            }
            text.push_str(self.since(start));
            if self.eat(b'"') {
                return Ok(text);
            }
            self.expect(b'\\')?;
            text.push(self.escaped()?);
        }
    }

    /// The character for which the characters behind a backslash stand.
    fn escaped(&mut self) -> Result<char, NotJson> {
        let character = match self.peek() {
            Some(character @ (b'"' | b'\\' | b'/')) => char::from(character),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.coded(),
            _ => return Err(self.fault()),
        };
        self.at += 1;
        Ok(character)
    }

    /// The character of `u` and four digits; one beyond U+FFFF is written as two such halves.
    fn coded(&mut self) -> Result<char, NotJson> {
        let first = self.code()?;
        if let Some(character) = char::from_u32(u32::from(first)) {
            return Ok(character);
        }
        self.expect(b'\\')?;
        let halves = [first, self.code()?];
        let character = char::decode_utf16(halves).next().and_then(Result::ok);
        character.ok_or_else(|| self.fault())
    }

    fn code(&mut self) -> Result<u16, NotJson> {
        self.expect(b'u')?;
        let mut code = 0;
        for _ in 0..4 {
            let digit = self
                .peek()
                .and_then(|character| char::from(character).to_digit(0x10));
            code = code * 0x10 + digit.ok_or_else(|| self.fault())? as u16;
            self.at += 1;
        }
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again() {
        let text = r#"{"a":[1,2.50,-3e4,{}],"b":"甲\n\"乙\"","c":null,"d":{"e":true,"f":[]}}"#;
        let json = Json::parse(text).unwrap();
        assert_eq!(json.to_line(), text);
        assert_eq!(Json::parse(&json.to_lines()).unwrap(), json);
        assert_eq!(json.to_lines().lines().nth(2), Some("    1,"));
    }

    #[test]
    fn faults_are_told_apart() {
        assert_eq!(Json::parse("{\"a\": 1"), Err(NotJson::CutShort));
        assert_eq!(Json::parse(""), Err(NotJson::CutShort));
        for cut in [
            "{\"a\":\n -",
            "{\"a\": 1.",
            "{\"a\": 1e",
            "{\"a\": 1e+",
            "{\"a\": tr",
        ] {
            assert_eq!(Json::parse(cut), Err(NotJson::CutShort), "{cut}");
        }
        assert!(matches!(Json::parse("{\"a\": 1.x}"), Err(NotJson::Syntax { .. })));
        assert_eq!(
            Json::parse(r#"{"a":{"b":1,"b":2}}"#),
            Err(NotJson::RepeatedKey("b".into()))
        );
        assert!(matches!(Json::parse("{a}"), Err(NotJson::Syntax { line: 1, .. })));
        let deep = format!("{}1{}", "[".repeat(40), "]".repeat(40));
        assert_eq!(Json::parse(&deep), Err(NotJson::TooDeep));
    }

    #[test]
    fn an_excerpt_is_short_and_obeys_nobody() {
        assert_eq!(Excerpt::name("甲 a").to_string(), "甲 a");
        assert_eq!(
            Excerpt::name("a\u{202e}b\u{1b}[31m\n\u{2067}").to_string(),
            "a\u{fffd}b\u{fffd}[31m \u{fffd}"
        );
        let sixty = "长".repeat(60);
        assert_eq!(Excerpt::name(&sixty).to_string(), sixty);
        assert_eq!(
            Excerpt::name(&"长".repeat(61)).to_string(),
            format!("{}…{}", "长".repeat(51), "长".repeat(8))
        );
        // Copies of one name are told apart by their end.
        let copy = format!("{sixty}（副本）");
        assert!(Excerpt::name(&copy).to_string().ends_with("（副本）"));
    }

    /// Texts on both sides of what JSON allows.
    #[test]
    fn another_reader_takes_the_same_texts_for_json() {
        let texts = [
            "0",
            "-0",
            "01",
            "-",
            "+1",
            "1.",
            ".5",
            "1.0",
            "1e5",
            "1E-05",
            "1e",
            "0x1",
            "1 2",
            "NaN",
            "true",
            "truth",
            "TRUE",
            "nul",
            "[]",
            "[1]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1",
            "]",
            "{}",
            "{\"a\":1}",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "{a:1}",
            "{1:1}",
            "{\"a\"}",
            "\"",
            "\"a",
            "\"a\nb\"",
            "\"\u{1}\"",
            "\"\u{7f}\"",
            r#""\n\r\t\b\f\/\\\"""#,
            r#""\a""#,
            r#""\u00e9\u4E2d""#,
            r#""\ud83d\ude00""#,
            r#""\ud83d""#,
            r#""\ud83dx""#,
            r#""\ude00\ud83d""#,
            r#""\ud83d\u0041""#,
            r#""\u12""#,
            r#""\u12g4""#,
            "\"甲乙😀\"",
            " \t\r\n[ 1 , 2 ] \n",
            "\u{a0}1",
            "\u{feff}1",
            "'a'",
            "// 1",
        ];
        for text in texts {
            let theirs = serde_json::from_str::<serde_json::Value>(text).ok();
            let ours = Json::parse(text).ok();
            assert_eq!(ours.is_some(), theirs.is_some(), "{text}");
            if let (Some(Json::Text(ours)), Some(theirs)) = (&ours, &theirs) {
                assert_eq!(Some(ours.as_str()), theirs.as_str(), "{text}");
                let written = serde_json::from_str::<serde_json::Value>(&Json::text(&**ours).to_line()).ok();
                assert_eq!(written.as_ref(), Some(theirs), "{text}");
            }
        }
        let every: String = (0..0x3000).filter_map(char::from_u32).collect();
        let theirs = serde_json::Value::from(every.as_str()).to_string();
        let ours = Json::text(&*every).to_line();
        assert_eq!(serde_json::from_str::<String>(&ours).ok(), Some(every.clone()));
        let unsafe_to_carry = |character: char| character.is_control() || turns_direction(character);
        assert_eq!(ours.find(unsafe_to_carry), None, "it is written as its number");
        assert_eq!(Json::parse(&theirs), Ok(Json::text(every)));
    }
}
