//! What the interface says is in the wording files alone, and all of it is used.

use crate::support;
use std::fs;
use std::path::PathBuf;

use crate::support::OF_SCRIPTS;
use labor_brand_assessment::wording::{Texts, differences, messages};

/// Where the interface speaks.
const INTERFACE: [&str; 5] = [
    "src/app",
    "src/browser",
    "src/embed",
    "src/desk",
    "src/documents/refusal.rs",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn first_language() -> Texts {
    support::texts(&root().join("wording/zh-CN.toml"))
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

/// Chinese, also its punctuation and full-width characters.
fn is_chinese(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff01}'..='\u{ffef}' | '“' | '”')
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
        // Beside the languages are the rules of the lint.
        if name.starts_with("wording/lint/") {
            continue;
        }
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
    // A name that is a word of Rust is written raw.
    let code = code.split_whitespace().collect::<String>().replace("::r#", "::");
    let idle: Vec<&str> = messages::CONTENTS
        .iter()
        .map(|(place, _)| *place)
        .filter(|place| !code.contains(&format!("messages::{}(", place.replace('.', "::"))))
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
