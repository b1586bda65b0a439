//! A scheme's policy file: from the TOML that people write to the JSON that
//! the page loads.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use labor_brand_assessment::json::Json;
use labor_brand_assessment::policy::{Policy, PolicyError};
use sha2::{Digest, Sha256};
use toml::Value;

use crate::failure::{Failure, Result};
use crate::policy::places;
use crate::policy::source::{Source, why};
use crate::policy::syntax;

/// A policy as the page loads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanonicalPolicy {
    /// The JSON text: keys in order, no white space, no fractions as numbers.
    pub json: String,
    /// The SHA-256 of that text, in 64 hexadecimal digits.
    pub sha256: String,
}

impl CanonicalPolicy {
    /// What the page of the scheme is called.
    ///
    /// # Errors
    /// When the policy does not say it.
    pub fn page_title(&self) -> Result<String> {
        let tree = Json::parse(&self.json).ok();
        let scheme = tree
            .as_ref()
            .and_then(|tree| tree.as_object()?.get("scheme")?.as_object());
        let title = scheme.and_then(|scheme| scheme.get("page_title")?.as_text());
        title
            .map(str::to_owned)
            .ok_or_else(|| Failure::new("scheme.toml 没有 page_title，请写上页面的名称"))
    }
}

/// The TOML files of a policy's folder as they were written, of which each table is in one alone.
///
/// # Errors
/// When the folder or a file cannot be read, a file is not TOML, or two files hold the same table.
pub fn sources(folder: &Path) -> Result<Vec<Source>> {
    let mut sources: Vec<Source> = Vec::new();
    for path in files(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let source = Source::read(&path, name.into_owned())?;
        for (key, span, _) in source.root.members() {
            let holds = |other: &&Source| other.root.member(key).is_some();
            if let Some(owner) = sources.iter().find(holds) {
                return Err(Failure::new(format!(
                    "{} 第 {} 行：`{key}` 在 {} 里也有，请都放在其中一个文件里",
                    source.name,
                    source.line_of(span.start),
                    owner.name
                )));
            }
        }
        sources.push(source);
    }
    Ok(sources)
}

/// The canonical JSON of the tables of these files together.
///
/// # Errors
/// When they hold a value that has no exact form in JSON; each is a line.
pub fn canonical(sources: &[Source]) -> Result<CanonicalPolicy> {
    let mut whole = toml::Table::new();
    for source in sources {
        whole.extend(parsed(&source.text)?);
    }
    let mut inexact = Vec::new();
    let json = tree(Value::Table(whole), "", &mut inexact).to_line();
    if !inexact.is_empty() {
        return Err(Failure::new(places::told(sources, &inexact).join("\n")));
    }
    let sha256 = sha256(json.as_bytes());
    Ok(CanonicalPolicy { json, sha256 })
}

/// The TOML files of a policy's folder, in the order of their names.
///
/// # Errors
/// When the folder cannot be read, or holds no such file.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |error: io::Error| {
        Failure::new(format!(
            "{}：{}；市里的方案是 policies/urumqi-city",
            folder.display(),
            why(&error)
        ))
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(Failure::new(format!(
            "{} 里没有 .toml 文件，请写方案的文件夹，如 policies/urumqi-city",
            folder.display()
        )));
    }
    files.sort();
    Ok(files)
}

/// Reads and validates the policy of a folder; each error of the policy is
/// a line on standard error.
///
/// # Errors
/// As [`sources`], when a value has no exact form in JSON, and when the policy is not valid.
pub fn load(folder: &Path) -> Result<(CanonicalPolicy, Policy)> {
    let sources = sources(folder)?;
    let canonical = canonical(&sources)?;
    match Policy::from_json(&canonical.json) {
        Ok(policy) => Ok((canonical, policy)),
        Err(errors) => {
            let lines = places::told(&sources, &errors);
            for line in &lines {
                eprintln!("{line}");
            }
            Err(Failure::new(format!(
                "{} 无效，请改正上面列出的 {} 处",
                folder.display(),
                lines.len()
            )))
        }
    }
}

/// The SHA-256 of some bytes, in 64 hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What one TOML file of a scheme's folder holds, as a tree.
///
/// # Errors
/// When it holds a value that has no exact form; each is a line.
pub fn tree_of(source: &Source) -> Result<Json> {
    let mut inexact = Vec::new();
    let tree = tree(Value::Table(parsed(&source.text)?), "", &mut inexact);
    if inexact.is_empty() {
        return Ok(tree);
    }
    Err(Failure::new(
        places::told(std::slice::from_ref(source), &inexact).join("\n"),
    ))
}

/// The tables of the text of a policy file.
///
/// # Errors
/// When the text is not TOML; its line is named.
fn parsed(text: &str) -> Result<toml::Table> {
    toml::from_str(text).map_err(|error| Failure::new(syntax::told(text, error.span(), error.message())))
}

/// The tree of `value`, which is at `place`, as the readers of a policy name places. What is not
/// written as text and would not be exact is noted, and nothing stands in for it.
fn tree(value: Value, place: &str, inexact: &mut Vec<PolicyError>) -> Json {
    let mut note = |problem: String| {
        inexact.push(PolicyError {
            place: place.to_owned(),
            problem,
        });
        Json::Null
    };
    match value {
        Value::String(text) => Json::Text(text),
        Value::Integer(number) => Json::number(number),
        Value::Boolean(answer) => Json::Bool(answer),
        Value::Float(number) => note(fraction(place, number)),
        Value::Datetime(date) => note(format!("日期请写成文字 \"{date}\"")),
        Value::Array(items) => {
            let items = items.into_iter().enumerate().map(|(number, item)| {
                let id = item.get("id").and_then(Value::as_str);
                let which = id.map_or_else(|| (number + 1).to_string(), str::to_owned);
                tree(item, &format!("{place} {which}"), inexact)
            });
            Json::List(items.collect())
        }
        Value::Table(entries) => {
            let arrow = if place.is_empty() { "" } else { " > " };
            let entries = entries.into_iter().map(|(key, entry)| {
                let entry = tree(entry, &format!("{place}{arrow}{key}"), inexact);
                (key, entry)
            });
            Json::object(entries)
        }
    }
}

/// What to write for a fraction, which stands at that place.
fn fraction(place: &str, number: f64) -> String {
    let key = place.rsplit(" > ").next().unwrap_or_default();
    if place.ends_with(" > share > at_least") {
        return format!("比例写成文字，如 \"{}%\"", (number * 100.0).round());
    }
    if key == "version" {
        return format!("版本写成文字 \"{number}.0\"");
    }
    let compared = ["at_least ", "more_than ", "at_most "];
    if compared.iter().any(|begin| key.starts_with(begin)) {
        return format!("这里只能写整数，不能写 {number}；要比占比，请用 share");
    }
    format!("小数请写成文字 \"{number}\"，只有文字是精确的")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is made of a folder with one such file.
    fn made(text: &str) -> Result<CanonicalPolicy> {
        let folder = tempfile_of(text.as_bytes());
        let made = sources(&folder).and_then(|sources| canonical(&sources));
        fs::remove_dir_all(&folder).unwrap();
        made
    }

    /// A new folder with one file of these bytes.
    fn tempfile_of(bytes: &[u8]) -> PathBuf {
        let name = format!("policy-of-one-file-{}-{}", std::process::id(), sha256(bytes));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.toml"), bytes).unwrap();
        folder
    }

    #[test]
    fn a_table_stands_in_one_file_alone() {
        let folder = std::env::temp_dir().join(format!("policy-in-two-files-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.toml"), "[scheme]\nid = 'a'\n").unwrap();
        fs::write(folder.join("b.toml"), "[[rule]]\nid = 'S1'\n").unwrap();
        let both = canonical(&sources(&folder).unwrap()).unwrap();
        fs::write(folder.join("b.toml"), "[[rule]]\nid = 'S1'\n[scheme]\nid = 'b'\n").unwrap();
        let failure = sources(&folder).unwrap_err().to_string();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(both.json, r#"{"rule":[{"id":"S1"}],"scheme":{"id":"a"}}"#);
        assert!(
            failure.starts_with("b.toml 第 3 行：`scheme` 在 a.toml 里也有"),
            "{failure}"
        );
    }

    #[test]
    fn keys_are_sorted_and_white_space_is_left_out() {
        let policy = made("b = [1, true]\na = { d = '甲', c = \"0.5\" }\n").unwrap();
        assert_eq!(policy.json, r#"{"a":{"c":"0.5","d":"甲"},"b":[1,true]}"#);
        assert_eq!(policy.sha256, sha256(policy.json.as_bytes()));
    }

    #[test]
    fn a_fraction_is_refused_and_told_how_it_is_written_there() {
        for (text, told) in [
            (
                "[[rows]]\npoints = 0.5\n",
                "a.toml 第 2 行，rows 第 1 个 > points：小数请写成文字 \"0.5\"",
            ),
            (
                "[[rule]]\nid = 'C1'\nif = { share = { part = 'a', of = 'b', at_least = 0.8 } }\n",
                "a.toml 第 3 行，条件 C1 > if > share > at_least：比例写成文字，如 \"80%\"",
            ),
            (
                "[scheme]\nversion = 0.2\n",
                "a.toml 第 2 行，scheme > version：版本写成文字 \"0.2.0\"",
            ),
            (
                "[[rule]]\nid = 'C1'\nif = { at_least = [\n 'a',\n 0.8] }\n",
                "a.toml 第 5 行，条件 C1 > if > at_least 第 2 个：这里只能写整数，不能写 0.8",
            ),
            (
                "[scheme]\nday = 2020-01-02\n",
                "scheme > day：日期请写成文字 \"2020-01-02\"",
            ),
        ] {
            let failure = made(text).unwrap_err().to_string();
            assert!(failure.contains(told), "{failure}");
        }
        // All of them at once.
        let failure = made("[scheme]\na = 0.5\nb = 0.5\n").unwrap_err().to_string();
        assert_eq!(failure.lines().count(), 2, "{failure}");
    }

    #[test]
    fn an_error_of_syntax_names_its_file_and_line() {
        let failure = made("a = 1\nb = \n").unwrap_err().to_string();
        assert!(
            failure.starts_with("a.toml 第 2 行第 5 列：等号后面是空的"),
            "{failure}"
        );
    }

    #[test]
    fn a_file_in_another_encoding_is_named_with_the_mend() {
        // 品牌 in GBK.
        let folder = tempfile_of(b"[scheme]\ntitle = \"\xc6\xb7\xc5\xc6\"\n");
        let failure = sources(&folder).unwrap_err().to_string();
        fs::remove_dir_all(&folder).unwrap();
        assert!(failure.starts_with("a.toml 读不出来"), "{failure}");
        assert!(failure.contains("另存为 UTF-8"), "{failure}");
        let failure = files(&folder).unwrap_err().to_string();
        assert!(
            failure.contains("没有这个文件或文件夹") && failure.contains("policies/urumqi-city"),
            "{failure}"
        );
    }

    #[test]
    fn sha256_is_the_standard_one() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(b""), empty);
    }
}
