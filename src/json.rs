//! JSON as it was written: numbers keep their digits, repeated keys are an
//! error, and objects are written in the order of their keys.
//!
//! `serde_json` reads and writes the text; this module adds what its own tree
//! does without: exact numbers and the refusal of repeated keys.

use core::fmt;
use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

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
pub type Object = BTreeMap<String, Json>;

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

impl fmt::Display for NotJson {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CutShort => out.write_str("内容不完整，文件可能在保存或传送时被截断"),
            Self::RepeatedKey(key) => write!(out, "“{key}”重复出现，无法判断以哪一个为准"),
            Self::TooDeep => out.write_str("嵌套层数过多，不是本工具生成的文件"),
            Self::Syntax { line, column } => write!(out, "第 {line} 行第 {column} 个字符处不是有效的 JSON"),
        }
    }
}

/// An object one level deep, its values still as text.
struct Members<'text>(BTreeMap<String, &'text RawValue>);

const REPEATED: &str = "repeated key ";

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members<'de>, A::Error> {
                let mut members = BTreeMap::new();
                while let Some((key, value)) = access.next_entry::<String, &RawValue>()? {
                    if members.contains_key(&key) {
                        return Err(A::Error::custom(format_args!("{REPEATED}{key}")));
                    }
                    members.insert(key, value);
                }
                Ok(Members(members))
            }
        }
        source.deserialize_map(Reader)
    }
}

impl Json {
    /// Reads one JSON value.
    ///
    /// # Errors
    /// When the text is cut short, is no JSON, nests too deeply or repeats a key.
    pub fn parse(text: &str) -> Result<Self, NotJson> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| {
            if ends_within_number(text, &error) {
                NotJson::CutShort
            } else {
                not_json(&error)
            }
        })?;
        from_raw(raw.get(), 0)
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

fn write_text(text: &str, out: &mut String) {
    // Writing a text cannot fail; an empty one stands in rather than a panic.
    out.push_str(&serde_json::to_string(text).unwrap_or_else(|_| String::from("\"\"")));
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

fn from_raw(text: &str, depth: usize) -> Result<Json, NotJson> {
    if depth > DEEPEST {
        return Err(NotJson::TooDeep);
    }
    match text.as_bytes().first() {
        Some(b'{') => {
            let Members(members) = serde_json::from_str(text).map_err(|error| not_json(&error))?;
            let mut object = Object::new();
            for (key, value) in members {
                object.insert(key, from_raw(value.get(), depth + 1)?);
            }
            Ok(Json::Object(object))
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| not_json(&error))?;
            let items = items.into_iter().map(|item| from_raw(item.get(), depth + 1));
            Ok(Json::List(items.collect::<Result<_, NotJson>>()?))
        }
        Some(b'"') => serde_json::from_str(text)
            .map(Json::Text)
            .map_err(|error| not_json(&error)),
        Some(b't') => Ok(Json::Bool(true)),
        Some(b'f') => Ok(Json::Bool(false)),
        Some(b'n') => Ok(Json::Null),
        _ => Ok(Json::Number(text.to_owned())),
    }
}

/// Whether the text was cut behind the sign, point or exponent of a number,
/// which `serde_json` does not tell from a number that is wrong.
fn ends_within_number(text: &str, error: &serde_json::Error) -> bool {
    let end = (text.lines().count(), text.lines().last().map_or(0, str::len));
    (error.line(), error.column()) == end && error.to_string().starts_with("invalid number")
}

fn not_json(error: &serde_json::Error) -> NotJson {
    let message = error.to_string();
    if let Some(rest) = message.strip_prefix(REPEATED) {
        // The message ends in " at line …", which is not part of the key.
        let key = rest.rsplit_once(" at line ").map_or(rest, |(key, _)| key);
        return NotJson::RepeatedKey(key.to_owned());
    }
    if error.is_eof() {
        NotJson::CutShort
    } else {
        NotJson::Syntax {
            line: error.line(),
            column: error.column(),
        }
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
}
