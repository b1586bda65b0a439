//! `cargo xtask policy check`, `new` and `export`: a scheme's folder as a whole.

use std::fs;
use std::path::Path;

use labor_brand_assessment::json::Json;
use labor_brand_assessment::policy::Policy;
use labor_brand_assessment::policy_check::{
    BoundarySource, Expectations, read_boundaries, read_golden_cases, stale_figures, watch,
};

use crate::failure::{Failure, Result};
use crate::policy::compile;
use crate::policy::source::{Source, text_of, why};
use crate::process::{say, tell};

/// The folder of the boundary tables beside a policy.
pub const BOUNDARIES: &str = "boundaries";

/// Reads the golden cases and the boundary tables beside a policy. A folder without them expects nothing.
///
/// # Errors
/// When a file is not what it should be; the sentence names it.
pub fn expectations(policy: &Policy, folder: &Path) -> Result<Expectations> {
    let path = folder.join("cases.json");
    let cases = if path.exists() {
        let text = text_of(&path, "cases.json")?;
        read_golden_cases(policy, &text).map_err(Failure::new)?
    } else {
        Vec::new()
    };
    let mut expectations = Expectations {
        cases,
        ..Expectations::default()
    };
    let tables = folder.join(BOUNDARIES);
    if tables.exists() {
        for path in compile::files(&tables)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = format!("{BOUNDARIES}/{name}");
            let source = Source::read(&path, name)?;
            let tree = compile::tree_of(&source)?;
            let lines = |list: &str, number: usize, item: Option<usize>| line_of(&source, list, number, item);
            let file = BoundarySource {
                file: &source.name,
                tree: &tree,
                lines: &lines,
            };
            expectations.add(read_boundaries(policy, &file, &expectations.cases).map_err(Failure::new)?);
        }
    }
    Ok(expectations)
}

/// The line of a table of a boundary file or, where there is one, of an item of its `lines`; all
/// numbers count from 1.
fn line_of(source: &Source, list: &str, number: usize, item: Option<usize>) -> Option<usize> {
    let table = source.root.member(list)?.items().get(number.checked_sub(1)?)?;
    let part = match item {
        Some(item) => table.member("lines")?.items().get(item.checked_sub(1)?)?,
        None => table,
    };
    Some(source.line_of(part.span.start))
}

/// Validates the policy of a folder, and wants its cases and boundaries met,
/// each of its figures watched, and its words to state no figure of yesterday.
///
/// # Errors
/// When something differs or is not watched; each is a line on standard output.
pub fn check(folder: &Path) -> Result<()> {
    let (canonical, policy) = compile::load(folder)?;
    tell(&format!("policy check：格式有效，sha256 {}", canonical.sha256))?;
    let expectations = expectations(&policy, folder)?;
    let differences = expectations.differences(&policy);
    for line in &differences {
        tell(line)?;
    }
    tell(&format!(
        "policy check：{} 个用例、{} 行边界、{} 处换读法，{} 处不符",
        expectations.cases.len(),
        expectations.boundaries.len(),
        expectations.switches.len(),
        differences.len()
    ))?;
    let stale = stale_figures(&policy);
    for line in &stale {
        tell(line)?;
    }
    let tree = Json::parse(&canonical.json)
        .map_err(|fault| Failure::new(format!("规范 JSON 读不出来（{fault}）")))?;
    if !differences.is_empty() {
        return Err(failure());
    }
    say("逐个改动规则里的数，看有没有用例或边界察觉");
    let watched = watch(&policy, &tree, &expectations);
    for figure in &watched.unseen {
        let wanted = match figure.is_taken_away() {
            true => "写上成立（得分）和不成立（不得分）的答案",
            false => "补上这条线两边的答案",
        };
        tell(&format!(
            "{} {}：{} 没有用例或边界察觉，请在 {BOUNDARIES} 里{wanted}",
            figure.place, figure.figure, figure.written
        ))?;
    }
    for place in &watched.not_idle {
        tell(&format!(
            "{place}：这个数改了有用例察觉，或已经没有这个数，请删去这一条"
        ))?;
    }
    tell(&format!(
        "policy check：试改 {} 次，{} 次没有察觉；文字里有 {} 个数与规则不符",
        watched.tried,
        watched.unseen.len(),
        stale.len()
    ))?;
    if stale.is_empty() && watched.unseen.is_empty() && watched.not_idle.is_empty() {
        tell(&format!(
            "policy check：版本 {}；规则与这一版已发布的不同时，请提高 scheme.toml 的 version",
            policy.scheme.version
        ))?;
        Ok(())
    } else {
        Err(failure())
    }
}

fn failure() -> Failure {
    Failure::new("policy check：规则与用例、边界或文字不一致，请按上面各行改正其中一方")
}

/// Writes a scheme as the JSON that the element's attribute `policy` takes.
///
/// # Errors
/// When the scheme is not valid, or the file cannot be written.
pub fn export(folder: &Path, file: &Path) -> Result<()> {
    let (canonical, _) = compile::load(folder)?;
    fs::write(file, &canonical.json)
        .map_err(|error| Failure::new(format!("{} 写不进去：{}", file.display(), why(&error))))?;
    tell(&format!(
        "policy export：已写到 {}，sha256 {}",
        file.display(),
        canonical.sha256
    ))?;
    Ok(())
}

/// The JSON Schema of a policy within the repository.
pub const SCHEMA: &str = "docs/policy.schema.json";

/// Writes the JSON Schema of a policy, made from the types that read it.
///
/// # Errors
/// When the file cannot be written.
pub fn write_schema(root: &Path) -> Result<()> {
    fs::write(root.join(SCHEMA), Policy::json_schema())
        .map_err(|error| Failure::new(format!("{SCHEMA} 写不进去：{}", why(&error))))?;
    tell(&format!("policy schema：已写到 {SCHEMA}"))?;
    Ok(())
}

/// The files of a minimal scheme.
const NEW_SCHEME: [(&str, &str); 11] = [
    ("scheme.toml", include_str!("../../new-scheme/scheme.toml")),
    (
        "eligibility.toml",
        include_str!("../../new-scheme/eligibility.toml"),
    ),
    (
        "score-sheet.toml",
        include_str!("../../new-scheme/score-sheet.toml"),
    ),
    ("questions.toml", include_str!("../../new-scheme/questions.toml")),
    ("evidence.toml", include_str!("../../new-scheme/evidence.toml")),
    ("forms.toml", include_str!("../../new-scheme/forms.toml")),
    ("narrative.toml", include_str!("../../new-scheme/narrative.toml")),
    ("sample.toml", include_str!("../../new-scheme/sample.toml")),
    ("cases.json", include_str!("../../new-scheme/cases.json")),
    (
        "boundaries/row-1.1.toml",
        include_str!("../../new-scheme/boundaries/row-1.1.toml"),
    ),
    (
        "boundaries/rule-C1.toml",
        include_str!("../../new-scheme/boundaries/rule-C1.toml"),
    ),
];

/// Writes a minimal scheme that is valid as it stands, to be changed bit by bit.
///
/// # Errors
/// When something is there already, or the folder cannot be written.
pub fn begin(folder: &Path) -> Result<()> {
    if folder.exists() {
        return Err(Failure::new(format!(
            "{} 已经存在，为免覆盖没有写入，请另起一个名字",
            folder.display()
        )));
    }
    let failed =
        |error: std::io::Error| Failure::new(format!("{} 写不进去：{}", folder.display(), why(&error)));
    fs::create_dir_all(folder.join(BOUNDARIES)).map_err(failed)?;
    for (name, text) in NEW_SCHEME {
        fs::write(folder.join(name), text).map_err(failed)?;
    }
    tell(&format!(
        "policy new：已写好 {}，从 scheme.toml 看起",
        folder.display()
    ))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_scheme_is_valid_watched_and_can_be_exported() {
        let folder = std::env::temp_dir().join(format!("new-scheme-{}", std::process::id()));
        begin(&folder).unwrap();
        let again = begin(&folder).unwrap_err().to_string();
        let checked = check(&folder);
        let file = folder.join("policy.json");
        let exported = export(&folder, &file);
        let read = Policy::from_json(&fs::read_to_string(&file).unwrap());
        // A rule that is changed alone is not.
        let rules = fs::read_to_string(folder.join("eligibility.toml")).unwrap();
        let changed = rules.replace("\"brand_employees\", 100", "\"brand_employees\", 60");
        fs::write(folder.join("eligibility.toml"), changed).unwrap();
        let differing = check(&folder);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!((checked, exported), (Ok(()), Ok(())));
        assert!(again.contains("已经存在"), "{again}");
        assert_eq!(read.unwrap().scheme.id, "new-scheme");
        assert!(differing.is_err());
    }
}
