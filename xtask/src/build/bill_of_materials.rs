//! The bill of materials: every crate that is in the modules of the page, as
//! cargo-cyclonedx writes it, one bill for both modules.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::failure::{Failure, Result};
use crate::process::{cargo, run_quietly};
use crate::project::Project;
use crate::tools;
use crate::workspace::Workspace;

/// The file's name in `dist/`.
pub const FILE: &str = "sbom.cdx.json";

/// The members whose modules are shipped.
const SHIPPED: [&str; 2] = ["page", "word"];

/// The name of the files that cargo-cyclonedx writes beside each manifest, without `.json`.
const WRITTEN: &str = "sbom.cdx";

/// The bill of materials as text. It holds no time, no number of its own and no
/// place on this machine, so that the same sources give the same text.
///
/// # Errors
/// When cargo-cyclonedx cannot be installed or run, or its bills are not understood.
pub fn bill_of_materials(workspace: &Workspace, project: &Project) -> Result<String> {
    tools::ensure_cargo_cyclonedx(workspace)?;
    let outcome = run_quietly(
        cargo(workspace)
            .env("PATH", tools::search_path(workspace)?)
            .args(["cyclonedx", "--format", "json", "--spec-version", "1.5"])
            .args(["--target", "wasm32-unknown-unknown", "--no-build-deps"])
            .args(["--override-filename", WRITTEN]),
        "cargo-cyclonedx could not list the crates of the page: see the lines above",
    );
    let bills = SHIPPED.map(|member| {
        let path = workspace.root().join(format!("modules/{member}/{WRITTEN}.json"));
        fs::read_to_string(path)
    });
    // It writes one beside every member's manifest; none of them is a source.
    for member in members(workspace)? {
        let _ = fs::remove_file(member.join(format!("{WRITTEN}.json")));
    }
    outcome?;
    let mut parsed = Vec::new();
    for bill in bills {
        let unreadable = |reason: String| Failure::new(format!("a bill of materials is missing: {reason}"));
        let text = bill.map_err(|error| unreadable(error.to_string()))?;
        // Its references to members of the workspace hold the folder of the sources.
        let text = text.replace(&format!("file://{}", workspace.root().display()), "file:");
        parsed.push(serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?);
    }
    Ok(format!("{:#}\n", merged(&parsed, project)))
}

/// The folders of the workspace that hold a manifest.
fn members(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let manifest: toml::Table = workspace
        .text("Cargo.toml")?
        .parse()
        .map_err(|error| Failure::new(format!("Cargo.toml cannot be read: {error}")))?;
    let members = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("members")?.as_array())
        .into_iter()
        .flatten();
    let folders = members.filter_map(|member| Some(workspace.root().join(member.as_str()?)));
    Ok(folders.chain([workspace.root().to_path_buf()]).collect())
}

/// One bill of several: each crate and what it depends on once.
fn merged(bills: &[Value], project: &Project) -> Value {
    let (mut components, mut dependencies) = (BTreeMap::new(), BTreeMap::new());
    for bill in bills {
        for (list, key, into) in [
            ("components", "bom-ref", &mut components),
            ("dependencies", "ref", &mut dependencies),
        ] {
            for entry in bill.get(list).and_then(Value::as_array).into_iter().flatten() {
                let name = entry.get(key).and_then(Value::as_str).unwrap_or_default();
                into.insert(name.to_owned(), entry.clone());
            }
        }
    }
    let list = |entries: BTreeMap<String, Value>| entries.into_values().collect::<Vec<_>>();
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {
            "type": "application",
            "bom-ref": project.name,
            "name": project.name,
            "version": project.version,
            "licenses": [{"expression": project.license}],
        }},
        "components": list(components),
        "dependencies": list(dependencies),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_of_two_bills_is_listed_once() {
        let bill = |name: &str| {
            json!({
                "components": [{"bom-ref": "either", "name": "either"}, {"bom-ref": name, "name": name}],
                "dependencies": [{"ref": name, "dependsOn": ["either"]}],
            })
        };
        let project = Project {
            name: "project".into(),
            version: "1.0.0".into(),
            description: String::new(),
            license: "MIT".into(),
        };
        let merged = merged(&[bill("page"), bill("word")], &project);
        let names: Vec<&str> = merged["components"]
            .as_array()
            .unwrap()
            .iter()
            .map(|component| component["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["either", "page", "word"]);
        assert_eq!(merged["dependencies"].as_array().unwrap().len(), 2);
    }
}
