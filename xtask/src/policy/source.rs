//! The files of a scheme as they were written: their texts, and where in them each value stands.

use std::fs;
use std::io::{Error, ErrorKind};
use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::failure::{Failure, Result};
use crate::policy::syntax::{self, line_and_column};

/// One file.
#[derive(Debug)]
pub struct Source {
    /// Its name, as a person is shown it: `score-sheet.toml`, `boundaries/row-1.1.toml`.
    pub name: String,
    /// All of it.
    pub text: String,
    /// What it holds.
    pub root: Written,
}

/// A value where it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where it begins and ends, in bytes; of a table with a header, where the header does.
    pub span: Range<usize>,
    /// What it is.
    pub content: Content,
}

/// What a value is, as far as places go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The members of a table, with the places of their keys.
    Table(Vec<(String, Range<usize>, Written)>),
    /// The items of a list.
    List(Vec<Written>),
    /// A text.
    Text(String),
    /// Anything else.
    Other,
}

impl Source {
    /// Reads a file, and what it holds.
    ///
    /// # Errors
    /// When it cannot be read or is not TOML; the file is named by `name`, and the line with it.
    pub fn read(path: &Path, name: String) -> Result<Self> {
        let text = text_of(path, &name)?;
        let tables = DeTable::parse(&text);
        let root = match tables {
            Ok(tables) => written_table(tables.get_ref(), tables.span()),
            Err(error) => {
                let told = syntax::told(&text, error.span(), error.message());
                return Err(Failure::new(format!("{name} {told}")));
            }
        };
        Ok(Self { name, text, root })
    }

    /// The line of a place in the text, from 1.
    pub fn line_of(&self, place: usize) -> usize {
        line_and_column(&self.text, place).0
    }

    /// The text of an entry with its header, to its last line of data.
    pub fn entry(&self, entry: &Written) -> &str {
        let start = self.start_of_line(entry.span.start);
        let end = entry.end();
        let behind = self.text.get(end..).unwrap_or_default();
        let end = end + behind.find('\n').unwrap_or(behind.len());
        self.text.get(start..end).unwrap_or_default().trim_end()
    }

    fn start_of_line(&self, place: usize) -> usize {
        let before = self.text.get(..place).unwrap_or_default();
        before.rfind('\n').map_or(0, |end| end + 1)
    }
}

impl Written {
    /// The member of that key.
    pub fn member(&self, key: &str) -> Option<&Self> {
        self.members()
            .iter()
            .find(|(name, ..)| name == key)
            .map(|(_, _, value)| value)
    }

    /// Where the key of a member stands.
    pub fn key(&self, key: &str) -> Option<Range<usize>> {
        let found = self.members().iter().find(|(name, ..)| name == key);
        found.map(|(_, span, _)| span.clone())
    }

    /// The members of a table; none of what is no table.
    pub fn members(&self) -> &[(String, Range<usize>, Self)] {
        match &self.content {
            Content::Table(members) => members,
            _ => &[],
        }
    }

    /// The items of a list; none of what is no list.
    pub fn items(&self) -> &[Self] {
        match &self.content {
            Content::List(items) => items,
            _ => &[],
        }
    }

    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is an entry of that id.
    pub fn has_id(&self, id: &str) -> bool {
        self.member("id").and_then(Self::as_text) == Some(id)
    }

    /// Where the last of what it holds ends.
    pub fn end(&self) -> usize {
        let members = self.members().iter().map(|(_, _, value)| value.end());
        let items = self.items().iter().map(Self::end);
        members.chain(items).max().unwrap_or(0).max(self.span.end)
    }
}

fn written_table(table: &DeTable<'_>, span: Range<usize>) -> Written {
    let members = table.iter().map(|(key, value)| {
        let name = key.get_ref().clone().into_owned();
        (name, key.span(), written(value.get_ref(), value.span()))
    });
    Written {
        span,
        content: Content::Table(members.collect()),
    }
}

fn written(value: &DeValue<'_>, span: Range<usize>) -> Written {
    let content = match value {
        DeValue::Table(table) => return written_table(table, span),
        DeValue::Array(items) => {
            let items = items.iter().map(|item| written(item.get_ref(), item.span()));
            Content::List(items.collect())
        }
        DeValue::String(text) => Content::Text(text.clone().into_owned()),
        _ => Content::Other,
    };
    Written { span, content }
}

/// The text of a file, without the mark that some editors put before it.
///
/// # Errors
/// When it cannot be read, or is in another encoding than UTF-8; the file is named by `name`.
pub fn text_of(path: &Path, name: &str) -> Result<String> {
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("{name} 读不出来：{}", why(&error))))?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// Why a file or folder could not be read or written, and the mend.
pub fn why(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => String::from("没有这个文件或文件夹，请检查名称和位置"),
        ErrorKind::PermissionDenied => String::from("没有读写它的权限，请检查权限"),
        ErrorKind::InvalidData => String::from("它不是 UTF-8 编码（可能是 GBK），请在编辑器里另存为 UTF-8"),
        ErrorKind::NotADirectory => String::from("这是文件，不是文件夹，请写方案的文件夹"),
        ErrorKind::IsADirectory => String::from("这是文件夹，不是文件，请检查名称"),
        _ => error.to_string(),
    }
}
