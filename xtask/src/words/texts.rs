//! Every text that people read, with the file and the key it stands under: of the
//! wording and of a scheme. What lints them and what shows them all on one page use it.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::workspace::Workspace;

/// A text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedText {
    /// The file, from the folder of the repository.
    pub file: String,
    /// The key, as `result.total` or `fact[entity_type].hint`.
    pub key: String,
    /// What is said.
    pub words: String,
}

impl PlacedText {
    /// The last name of the key: what kind of text it is.
    pub fn kind(&self) -> &str {
        let name = self.key.rsplit('.').next().unwrap_or_default();
        name.split('[').next().unwrap_or_default()
    }
}

/// The texts of every language of the interface and of the scheme it is built for,
/// file by file, each in the order of its keys.
///
/// # Errors
/// When a file cannot be read or is not TOML.
pub fn all(workspace: &Workspace) -> Result<Vec<PlacedText>> {
    let mut texts = Vec::new();
    for folder in [workspace.root().join("wording"), workspace.policy()] {
        let unreadable = |error| Failure::new(format!("{} cannot be read: {error}", folder.display()));
        let entries = fs::read_dir(&folder).map_err(unreadable)?.flatten();
        let mut paths: Vec<_> = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
            .collect();
        paths.sort();
        for path in paths {
            let text = fs::read_to_string(&path).map_err(unreadable)?;
            let name = path.strip_prefix(workspace.root()).unwrap_or(&path);
            texts.extend(of_file(name, &text)?);
        }
    }
    Ok(texts)
}

/// The Chinese texts of a file, and those that only put slots together; ids, kinds and other words for the machine are none.
///
/// # Errors
/// When it is not TOML.
pub fn of_file(name: &Path, text: &str) -> Result<Vec<PlacedText>> {
    let table: toml::Table = toml::from_str(text)
        .map_err(|error| Failure::new(format!("{}: {}", name.display(), error.message())))?;
    let mut found = Vec::new();
    gather(&toml::Value::Table(table), "", &mut |key, words| {
        if words.contains('{') || words.chars().any(is_han) {
            found.push(PlacedText {
                file: name.display().to_string(),
                key: key.to_owned(),
                words: words.to_owned(),
            });
        }
    });
    Ok(found)
}

/// Whether it is a Chinese character.
pub fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}')
}

fn gather(value: &toml::Value, key: &str, take: &mut impl FnMut(&str, &str)) {
    match value {
        toml::Value::String(words) => take(key, words),
        toml::Value::Array(entries) => {
            for (place, entry) in entries.iter().enumerate() {
                let id = entry.get("id").and_then(toml::Value::as_str);
                let place = id.map_or_else(|| (place + 1).to_string(), str::to_owned);
                gather(entry, &format!("{key}[{place}]"), take);
            }
        }
        toml::Value::Table(entries) => {
            for (name, entry) in entries {
                let dot = if key.is_empty() { "" } else { "." };
                gather(entry, &format!("{key}{dot}{name}"), take);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_under_the_ids_that_lead_to_it() {
        let file = "direction = \"ltr\"\n[[fact]]\nid = \"staff\"\nhint = \"人数\"\n\
                    choices = [{ id = \"one\", label = \"一\" }]\nexamples = [\"甲\", \"乙\"]\n";
        let texts = of_file(Path::new("policies/x/questions.toml"), file).unwrap();
        let places: Vec<(&str, &str, &str)> = texts
            .iter()
            .map(|text| (text.key.as_str(), text.kind(), text.words.as_str()))
            .collect();
        assert_eq!(
            places,
            [
                ("fact[staff].choices[one].label", "label", "一"),
                ("fact[staff].examples[1]", "examples", "甲"),
                ("fact[staff].examples[2]", "examples", "乙"),
                ("fact[staff].hint", "hint", "人数"),
            ]
        );
    }
}
