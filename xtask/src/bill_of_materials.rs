//! The bill of materials: every crate that stands in the modules of the page,
//! as CycloneDX 1.5, with the checksum under which Cargo.lock holds it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::failure::{Failure, Result};
use crate::npm_package::About;
use crate::process::{cargo, output};
use crate::workspace::Workspace;

/// The file's name in `dist/`.
pub const FILE: &str = "sbom.cdx.json";

/// The members whose modules are shipped.
const SHIPPED: [&str; 2] = ["page", "word"];

/// What cargo is asked to say of each crate: name and version, licence, home.
const LINE: &str = "{p}|{l}|{r}";

/// The bill of materials as text. It holds no time and no number of its own,
/// so that the same sources give the same text.
///
/// # Errors
/// When cargo cannot list the crates or Cargo.lock does not hold one of them.
pub fn bill_of_materials(workspace: &Workspace, about: &About) -> Result<String> {
    let mut tree = cargo(workspace);
    tree.args(["tree", "--edges", "normal,no-proc-macro", "--prefix", "none"]);
    tree.args(["--target", "wasm32-unknown-unknown", "--format", LINE]);
    for member in SHIPPED {
        tree.args(["--package", member]);
    }
    let listed = output(
        &mut tree,
        "",
        "cargo could not list the crates of the page: see the lines above",
    )?;
    let checksums = checksums(&workspace.text("Cargo.lock")?)?;
    let components = components(&listed, &checksums)?;
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {
            "type": "application",
            "bom-ref": about.name,
            "name": about.name,
            "version": about.version,
            "licenses": [{"expression": about.license}],
        }},
        "components": components,
    });
    Ok(format!("{bill:#}\n"))
}

/// One component for each crate that is not the project's own.
fn components(listed: &str, checksums: &BTreeMap<(String, String), String>) -> Result<Vec<Value>> {
    let mut components = BTreeMap::new();
    for line in listed.lines().filter(|line| !line.is_empty()) {
        // Repeated crates end in a mark; a member of the workspace tells its folder.
        let mut parts = line.trim_end_matches(" (*)").splitn(3, '|');
        let (package, license) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let home = parts.next().unwrap_or_default();
        let mut words = package.split_whitespace();
        let (Some(name), Some(version)) = (words.next(), words.next()) else {
            return Err(Failure::new(format!(
                "cargo listed a crate as `{line}`, which has no version"
            )));
        };
        let own = |place: &str| place.starts_with('(') && !place.starts_with("(http");
        if words.next().is_some_and(own) {
            continue;
        }
        let version = version.trim_start_matches('v');
        let key = (name.to_owned(), version.to_owned());
        let Some(checksum) = checksums.get(&key) else {
            return Err(Failure::new(format!(
                "Cargo.lock has no checksum for {name} {version}: take the crate from a registry"
            )));
        };
        let address = format!("pkg:cargo/{name}@{version}");
        let mut component = json!({
            "type": "library",
            "bom-ref": address,
            "name": name,
            "version": version,
            "purl": address,
            "hashes": [{"alg": "SHA-256", "content": checksum}],
            "licenses": [{"expression": license.replace('/', " OR ")}],
        });
        if let (Some(members), false) = (component.as_object_mut(), home.is_empty()) {
            members.insert(
                "externalReferences".to_owned(),
                json!([{"type": "vcs", "url": home}]),
            );
        }
        components.insert(key, component);
    }
    Ok(components.into_values().collect())
}

/// The checksums of the text of a Cargo.lock, by name and version.
fn checksums(lock: &str) -> Result<BTreeMap<(String, String), String>> {
    let table: toml::Table = lock
        .parse()
        .map_err(|_| Failure::new("Cargo.lock cannot be read: restore it with `git checkout Cargo.lock`"))?;
    let packages = table.get("package").and_then(|packages| packages.as_array());
    let text = |package: &toml::Value, key: &str| Some(package.get(key)?.as_str()?.to_owned());
    let all = packages.into_iter().flatten().filter_map(|package| {
        let key = (text(package, "name")?, text(package, "version")?);
        Some((key, text(package, "checksum")?))
    });
    Ok(all.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n[[package]]\nname = \"page\"\nversion = \"0.1.0\"\n\
                        [[package]]\nname = \"either\"\nversion = \"1.19.0\"\nchecksum = \"ab\"\n";

    #[test]
    fn each_crate_is_listed_once_and_the_members_are_not() {
        let listed = "page v0.1.0 (/somewhere/modules/page)|MIT OR Apache-2.0|\n\
                      either v1.19.0|MIT/Apache-2.0|https://example.org/either\n\n\
                      either v1.19.0|MIT/Apache-2.0|https://example.org/either (*)\n";
        let components = components(listed, &checksums(LOCK).unwrap()).unwrap();
        assert_eq!(components.len(), 1);
        let either = components.first().unwrap();
        assert_eq!(either.pointer("/purl").unwrap(), "pkg:cargo/either@1.19.0");
        assert_eq!(either.pointer("/hashes/0/content").unwrap(), "ab");
        assert_eq!(
            either.pointer("/licenses/0/expression").unwrap(),
            "MIT OR Apache-2.0"
        );
        assert_eq!(
            either.pointer("/externalReferences/0/url").unwrap(),
            "https://example.org/either"
        );
    }

    #[test]
    fn a_crate_without_a_checksum_is_refused() {
        let failure = components("other v1.0.0|MIT|", &checksums(LOCK).unwrap()).unwrap_err();
        assert!(failure.to_string().contains("other 1.0.0"));
    }

    #[test]
    fn what_is_shipped_is_in_the_bill() {
        let workspace = Workspace::find().unwrap();
        let about = crate::npm_package::about(&workspace.text("Cargo.toml").unwrap()).unwrap();
        let bill = bill_of_materials(&workspace, &about).unwrap();
        let bill: Value = serde_json::from_str(&bill).unwrap();
        let names: Vec<&str> = bill
            .pointer("/components")
            .and_then(Value::as_array)
            .unwrap()
            .iter()
            .filter_map(|component| component.get("name")?.as_str())
            .collect();
        for shipped in ["leptos", "wasm-bindgen", "serde_json", "zip", "gloo-storage"] {
            assert!(names.contains(&shipped), "{shipped} is missing");
        }
        for tool in ["axum", "proptest", "thirtyfour", "labor-brand-assessment"] {
            assert!(!names.contains(&tool), "{tool} is not shipped as a crate");
        }
    }
}
