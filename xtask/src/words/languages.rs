//! What the interface says, language by language: from the TOML that people
//! write to the JSON that the page loads and the sentences in its scripts.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use labor_brand_assessment::wording::{Texts, differences, in_order};
use serde_json::{Map, Value, json};

use crate::build::scripts::in_ascii;
use crate::failure::{Failure, Result};

/// The language of the first screen, and of a page that asks for one that is not there.
pub const FIRST: &str = "zh-CN";

/// The tables of sentences that are said before the module is there or without it.
const OF_SCRIPTS: [&str; 3] = ["start", "wechat", "rescue"];

/// The wording of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its tag, as the attribute `lang` has it.
    pub tag: String,
    /// The texts of the module, as a JSON array.
    pub json: String,
    direction: String,
    scripts: BTreeMap<String, Map<String, Value>>,
}

impl Language {
    /// The name of its texts among the files of the page.
    pub fn name(&self) -> String {
        format!("wording-{}", self.tag)
    }

    /// The name of what the loader says in it among the files of the page.
    pub fn name_of_start(&self) -> String {
        format!("start-{}", self.tag)
    }

    /// What the loader and the pages say before the module is there, as a JSON object.
    pub fn start(&self) -> String {
        let says = self.scripts.get("start").cloned().unwrap_or_default();
        Value::Object(says).to_string()
    }

    /// A sentence of the loader, to be in a page.
    ///
    /// # Errors
    /// When there is none of that id.
    pub fn of_start(&self, id: &str) -> Result<String> {
        let text = self.scripts.get("start").and_then(|table| table.get(id));
        let text = text.and_then(Value::as_str).ok_or_else(|| {
            Failure::new(format!(
                "wording/{}.toml has no {id} in [start]: add it",
                self.tag
            ))
        })?;
        Ok(text.replace('&', "&amp;").replace('<', "&lt;"))
    }
}

/// Reads and checks every language of a folder, the first one first; each
/// error is a line on standard error.
///
/// # Errors
/// When a file cannot be read, is not TOML, or two languages do not say the same.
pub fn load(folder: &Path) -> Result<Vec<Language>> {
    let unreadable = |error| Failure::new(format!("{} cannot be read: {error}", folder.display()));
    let mut tags: Vec<String> = fs::read_dir(folder)
        .map_err(unreadable)?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            name.strip_suffix(".toml").map(str::to_owned)
        })
        .collect();
    tags.sort_by_key(|tag| (tag != FIRST, tag.clone()));
    let mut model = None;
    let mut languages = Vec::new();
    for tag in tags {
        let text = fs::read_to_string(folder.join(format!("{tag}.toml"))).map_err(unreadable)?;
        let (language, texts) = read(&tag, &text, model.as_ref())?;
        model.get_or_insert(texts);
        languages.push(language);
    }
    match languages.first() {
        Some(first) if first.tag == FIRST => Ok(languages),
        _ => Err(Failure::new(format!(
            "{} has no {FIRST}.toml: bring it back",
            folder.display()
        ))),
    }
}

/// Reads a language and checks it, against the first one where it is another.
///
/// # Errors
/// When the text is not TOML, or does not say what it should.
pub fn read(tag: &str, text: &str, model: Option<&Texts>) -> Result<(Language, Texts)> {
    let table: toml::Table = toml::from_str(text)
        .map_err(|error| Failure::new(format!("wording/{tag}.toml: {}", error.message())))?;
    let mut errors = Vec::new();
    let (texts, direction) = texts_of(table, &mut errors);
    if direction.is_empty() {
        errors.push(String::from("direction: write \"ltr\" or \"rtl\""));
    }
    errors.extend(model.map_or_else(Vec::new, |model| differences(&texts, model)));
    let mut scripts: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    let mut of_module = Texts::new();
    for (place, text) in &texts {
        match place.split_once('.') {
            Some((table, id)) if OF_SCRIPTS.contains(&table) => {
                let table = scripts.entry(table.to_owned()).or_default();
                table.insert(id.to_owned(), Value::from(text.as_str()));
            }
            _ => {
                of_module.insert(place.clone(), text.clone());
            }
        }
    }
    let json = match in_order(&of_module) {
        Ok(texts) => json!(texts).to_string(),
        Err(faults) => {
            errors.extend(faults);
            String::new()
        }
    };
    if !errors.is_empty() {
        for error in &errors {
            eprintln!("wording/{tag}.toml: {error}");
        }
        return Err(Failure::new(format!(
            "wording/{tag}.toml is not complete: correct the {} places named above",
            errors.len()
        )));
    }
    let language = Language {
        tag: tag.to_owned(),
        json,
        direction,
        scripts,
    };
    Ok((language, texts))
}

/// The texts of a language by their places, and the direction in which it is written.
fn texts_of(table: toml::Table, errors: &mut Vec<String>) -> (Texts, String) {
    let mut texts = Texts::new();
    let mut direction = String::new();
    for (name, value) in table {
        match value {
            toml::Value::String(text) if name == "direction" && ["ltr", "rtl"].contains(&text.as_str()) => {
                direction = text;
            }
            toml::Value::Table(entries) => {
                for (id, entry) in entries {
                    match entry {
                        toml::Value::String(text) => {
                            texts.insert(format!("{name}.{id}"), text);
                        }
                        _ => errors.push(format!("{name}.{id}: it is no text")),
                    }
                }
            }
            _ => errors.push(format!("{name}: it is no table of texts")),
        }
    }
    (texts, direction)
}

/// What the loader knows of the languages, the first one first: tags,
/// directions, and what it says itself in the first one. The others' sentences
/// are files of their own, so that the loader stays as small as it is. All of
/// it is in ASCII.
pub fn for_the_loader(languages: &[Language]) -> String {
    let known = languages.iter().enumerate().map(|(place, language)| {
        let start = language.scripts.get("start").filter(|_| place == 0);
        // Those that are in the pages are not said by the script.
        let of_loader = start
            .into_iter()
            .flatten()
            .filter(|(id, _)| !OF_PAGES.contains(&id.as_str()));
        // In the order of their names, whoever makes the list.
        let mut says: BTreeMap<&str, Value> =
            of_loader.map(|(id, text)| (id.as_str(), text.clone())).collect();
        says.insert("lang", json!(language.tag));
        says.insert("dir", json!(language.direction));
        json!(says)
    });
    in_ascii(&Value::Array(known.collect()).to_string())
}

/// The sentences of `[start]` that are in the pages.
pub const OF_PAGES: [&str; 3] = ["no_script", "late", "frame_note"];

/// What a script says that is fetched only where it is needed, by language.
pub fn for_script(name: &str, languages: &[Language]) -> String {
    let said = languages.iter().map(|language| {
        let says = language.scripts.get(name).cloned().unwrap_or_default();
        (language.tag.clone(), Value::Object(says))
    });
    Value::Object(said.collect()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    fn first() -> String {
        Workspace::find().unwrap().text("wording/zh-CN.toml").unwrap()
    }

    #[test]
    fn every_language_is_complete() {
        let folder = Workspace::find().unwrap().root().join("wording");
        let languages = load(&folder).unwrap();
        assert_eq!(languages.first().unwrap().tag, FIRST);
    }

    #[test]
    fn a_language_that_lacks_a_text_or_a_slot_is_refused() {
        let (_, model) = read(FIRST, &first(), None).unwrap();
        let points = "points = \"{gain} 分\"";
        assert!(first().contains(points));
        for wrong in ["", "points = \"分\"", "points = 1"] {
            let text = first().replace(points, wrong);
            assert!(read("ug", &text, Some(&model)).is_err(), "{wrong}");
        }
        let right = first().replace(points, "points = \"nomur {gain}\"");
        assert!(read("ug", &right, Some(&model)).is_ok());
    }

    #[test]
    fn a_direction_is_one_of_two() {
        let text = first().replace("direction = \"ltr\"", "direction = \"down\"");
        assert!(read(FIRST, &text, None).is_err());
    }
}
