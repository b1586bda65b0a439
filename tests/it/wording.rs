//! What the interface says stands in the wording files alone, all of it is
//! used, and each text has the slots that the views fill.

use crate::support;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use crate::support::OF_SCRIPTS;
use labor_brand_assessment::wording::{Texts, Word, differences, in_order, slots};

/// Where the interface speaks.
const INTERFACE: [&str; 4] = ["src/app", "src/browser", "src/embed", "src/documents/refusal.rs"];
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn first_language() -> Texts {
    support::texts(&root().join("wording/zh-CN.toml"))
}

/// The texts that the module holds, by the names of their words.
fn of_the_module() -> BTreeMap<&'static str, String> {
    let mut texts = first_language();
    texts.retain(|place, _| {
        !OF_SCRIPTS
            .iter()
            .any(|table| place.starts_with(&format!("{table}.")))
    });
    let ordered: Vec<String> = in_order(&texts).unwrap().into_iter().map(str::to_owned).collect();
    Word::NAMES.iter().copied().zip(ordered).collect()
}

/// The files of some folders that end so, with their texts.
fn files(folders: &[&str], ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.to_string_lossy().ends_with(ending) {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push((name, fs::read_to_string(path).unwrap()));
        }
    }
    found.sort();
    found
}

/// The code alone: tests stand last in a file, comments on lines of their own.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let code = code.split("#[cfg(all(test").next().unwrap();
    let lines = code.lines().map(|line| {
        if line.trim_start().starts_with("//") {
            ""
        } else {
            line
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Chinese, also its punctuation and full-width signs.
fn is_chinese(sign: char) -> bool {
    matches!(sign, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff01}'..='\u{ffef}' | '“' | '”')
}

#[test]
fn no_sentence_of_the_interface_stands_in_the_code() {
    let sources = files(&INTERFACE, ".rs");
    let scripts = files(&["web"], ".js");
    let pages = [files(&["web"], ".html"), files(&["index.html"], ".html")].concat();
    assert!(sources.len() > 30 && scripts.len() > 3 && pages.len() > 4);
    let mut found = Vec::new();
    for (name, text) in [sources, scripts, pages].concat() {
        for (number, line) in code_of(&text).lines().enumerate() {
            // The title is the scheme's; the page sets it anew.
            if line.contains(is_chinese) && !line.starts_with("<title>") {
                found.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(
        found.is_empty(),
        "what is said stands in wording/:\n{}",
        found.join("\n")
    );
}

#[test]
fn every_language_says_the_same_with_the_same_slots() {
    let model = first_language();
    for (name, _) in files(&["wording"], ".toml") {
        let found = differences(&support::texts(&root().join(&name)), &model);
        assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
    }
}

#[test]
fn every_text_is_used() {
    let code: String = files(&INTERFACE, ".rs")
        .iter()
        .map(|(_, text)| code_of(text))
        .collect();
    let named: BTreeSet<&str> = uses(&code).into_iter().map(|found| found.name).collect();
    let idle: Vec<&&str> = Word::NAMES
        .iter()
        .filter(|name| !named.contains(**name))
        .collect();
    assert!(idle.is_empty(), "nothing says {idle:?}");
    let web: String = [files(&["web"], ".js"), files(&["web"], ".html")]
        .concat()
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    for place in first_language().keys() {
        let (table, id) = place.split_once('.').unwrap();
        if OF_SCRIPTS.contains(&table) {
            let ways = [format!(".{id}"), format!("\"{id}\""), format!("says_{id}")];
            assert!(ways.iter().any(|way| web.contains(way)), "nothing says {place}");
        }
    }
}

#[test]
fn each_text_has_the_slots_that_are_filled() {
    let texts = of_the_module();
    let mut wrong = Vec::new();
    for (name, text) in files(&INTERFACE, ".rs") {
        let code = code_of(&text);
        for found in uses(&code) {
            let text = texts.get(found.name).unwrap();
            if slots(text) != found.slots {
                wrong.push(format!(
                    "{name}: {} is filled with {:?}, and its text is {text:?}",
                    found.name, found.slots
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A place in the code that says a word.
struct Use<'a> {
    name: &'a str,
    /// What it fills.
    slots: BTreeSet<&'a str>,
}

/// Every place that says a word: its slots are the pairs in the list behind it.
fn uses(code: &str) -> Vec<Use<'_>> {
    let ends = |sign: char| !sign.is_alphanumeric();
    let places = code.match_indices("Word::").filter_map(|(at, mark)| {
        let rest = &code[at + mark.len()..];
        let name = &rest[..rest.find(ends)?];
        let list = rest[name.len()..]
            .trim_start()
            .strip_prefix(',')
            .map(str::trim_start)
            .map(|list| list.strip_prefix('&').unwrap_or(list))
            .filter(|list| list.starts_with('['));
        let slots = list.map_or_else(BTreeSet::new, slots_in);
        Some(Use { name, slots })
    });
    places.collect()
}

/// The names in a list of pairs `("name", value)`.
fn slots_in(list: &str) -> BTreeSet<&str> {
    let mut depth = 0;
    let mut slots = BTreeSet::new();
    for (at, sign) in list.char_indices() {
        match sign {
            '[' | '(' | '{' => depth += 1,
            ']' | ')' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if sign == '('
            && depth == 2
            && let Some(name) = list[at + 1..].trim_start().strip_prefix('"')
        {
            slots.insert(&name[..name.find('"').unwrap()]);
        }
    }
    slots
}
