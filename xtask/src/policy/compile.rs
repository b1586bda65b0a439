//! A scheme's policy file: from the TOML that people write to the JSON that
//! the page loads.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use labor_brand_assessment::json::Json;
use labor_brand_assessment::policy::Policy;
use sha2::{Digest, Sha256};
use toml::Value;

use crate::failure::{Failure, Result};

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

/// Reads the policy of a folder, without judging what it says: the tables of
/// all its TOML files together, each of which one file holds alone.
///
/// # Errors
/// When the folder or a file cannot be read, a file is not TOML or holds a value
/// that has no exact form in JSON, or two files hold the same table.
pub fn read(folder: &Path) -> Result<CanonicalPolicy> {
    let mut whole = toml::Table::new();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for path in files(folder)? {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path)
            .map_err(|error| Failure::new(format!("{}：读不出来（{error}），请检查文件", path.display())))?;
        let tables =
            parsed(&text).map_err(|failure| Failure::new(format!("{}：{failure}", path.display())))?;
        for (key, value) in tables {
            if let Some(owner) = owners.insert(key.clone(), name.clone()) {
                return Err(Failure::new(format!(
                    "{}：`{key}` 在 {owner} 里也有，请都放在其中一个文件里",
                    path.display()
                )));
            }
            whole.insert(key, value);
        }
    }
    of_tables(whole).map_err(|failure| Failure::new(format!("{}：{failure}", folder.display())))
}

/// The TOML files of a policy's folder, in the order of their names.
///
/// # Errors
/// When the folder cannot be read, or holds no such file.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |error: io::Error| {
        Failure::new(format!(
            "{} 读不出来（{error}），请写方案的文件夹，如 policies/urumqi-city",
            folder.display()
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
/// As [`read`], and when the policy is not valid.
pub fn load(folder: &Path) -> Result<(CanonicalPolicy, Policy)> {
    let canonical = read(folder)?;
    match Policy::from_json(&canonical.json) {
        Ok(policy) => Ok((canonical, policy)),
        Err(errors) => {
            for error in &errors {
                eprintln!("{error}");
            }
            Err(Failure::new(format!(
                "{} 无效，请改正上面列出的 {} 处",
                folder.display(),
                errors.len()
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

/// One TOML file of a scheme's folder as a tree.
///
/// # Errors
/// When it cannot be read or is not TOML; the path and the line are named.
pub fn tree_of_file(path: &Path) -> Result<Json> {
    let named = |problem: String| Failure::new(format!("{}：{problem}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| named(format!("读不出来（{error}），请检查文件")))?;
    let tables = parsed(&text).map_err(|failure| named(failure.to_string()))?;
    tree(Value::Table(tables), "").map_err(|failure| named(failure.to_string()))
}

/// The tables of the text of a policy file.
///
/// # Errors
/// When the text is not TOML; the line is named.
fn parsed(text: &str) -> Result<toml::Table> {
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.get(..start).unwrap_or(text).matches('\n').count() + 1;
        Failure::new(format!("第 {line} 行：{}", error.message()))
    })
}

/// Turns the tables of a policy into canonical JSON.
///
/// # Errors
/// When they hold a fraction or a date that is not written as text; the key is named.
fn of_tables(tables: toml::Table) -> Result<CanonicalPolicy> {
    let json = tree(Value::Table(tables), "")?.to_line();
    let sha256 = sha256(json.as_bytes());
    Ok(CanonicalPolicy { json, sha256 })
}

/// The tree of `value`, which is at `place`.
fn tree(value: Value, place: &str) -> Result<Json> {
    Ok(match value {
        Value::String(text) => Json::Text(text),
        Value::Integer(number) => Json::number(number),
        Value::Boolean(answer) => Json::Bool(answer),
        Value::Float(number) => {
            return Err(Failure::new(format!(
                "{place}：小数请写成文字 \"{number}\"，只有文字是精确的"
            )));
        }
        Value::Datetime(date) => {
            return Err(Failure::new(format!("{place}：日期请写成文字 \"{date}\"")));
        }
        Value::Array(items) => {
            let items = items.into_iter().enumerate();
            let items = items.map(|(index, item)| tree(item, &format!("{place}[{index}]")));
            Json::List(items.collect::<Result<_>>()?)
        }
        Value::Table(entries) => {
            let dot = if place.is_empty() { "" } else { "." };
            let entries = entries.into_iter().map(|(key, entry)| {
                let entry = tree(entry, &format!("{place}{dot}{key}"))?;
                Ok((key, entry))
            });
            Json::Object(entries.collect::<Result<_>>()?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(text: &str) -> Result<CanonicalPolicy> {
        of_tables(parsed(text)?)
    }

    #[test]
    fn a_table_stands_in_one_file_alone() {
        let folder = std::env::temp_dir().join(format!("policy-in-two-files-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.toml"), "[scheme]\nid = 'a'\n").unwrap();
        fs::write(folder.join("b.toml"), "[[rule]]\nid = 'S1'\n").unwrap();
        let both = read(&folder).unwrap();
        fs::write(folder.join("b.toml"), "[[rule]]\nid = 'S1'\n[scheme]\nid = 'b'\n").unwrap();
        let failure = read(&folder).unwrap_err().to_string();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(both.json, r#"{"rule":[{"id":"S1"}],"scheme":{"id":"a"}}"#);
        assert!(failure.contains("`scheme` 在 a.toml 里也有"), "{failure}");
    }

    #[test]
    fn keys_are_sorted_and_white_space_is_left_out() {
        let policy = canonical("b = [1, true]\na = { d = '甲', c = \"0.5\" }\n").unwrap();
        assert_eq!(policy.json, r#"{"a":{"c":"0.5","d":"甲"},"b":[1,true]}"#);
        assert_eq!(policy.sha256, sha256(policy.json.as_bytes()));
    }

    #[test]
    fn a_fraction_is_refused_and_its_place_named() {
        let failure = canonical("[[rows]]\npoints = 0.5").unwrap_err();
        assert!(failure.to_string().starts_with("rows[0].points："));
    }

    #[test]
    fn an_error_of_syntax_names_its_line() {
        let failure = canonical("a = 1\nb = \n").unwrap_err();
        assert!(failure.to_string().starts_with("第 2 行："), "{failure}");
    }

    #[test]
    fn sha256_is_the_standard_one() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(b""), empty);
    }
}
