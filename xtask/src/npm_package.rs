//! The npm package that wasm-pack writes, made valid under the project's name.

use std::fs;
use std::io::ErrorKind;

use serde_json::json;

use crate::failure::{Failure, Result};
use crate::ways::{Dist, LOADER, Parts};
use crate::workspace::Workspace;

/// The name of the files in the package, as wasm-pack gives it.
pub const STEM: &str = "labor_brand_assessment";

/// The types of the element.
const ELEMENT_TYPES: &str = "labor-brand-assessment.d.ts";

/// What the root Cargo.toml says about the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The name, `labor-brand-assessment`.
    pub name: String,
    /// The version, as `0.1.0`.
    pub version: String,
    /// What it is, in one line.
    pub description: String,
    /// The licence as an SPDX expression.
    pub license: String,
}

/// Reads the text of the root Cargo.toml.
///
/// # Errors
/// When it is not TOML or one of the four is missing.
pub fn about(manifest: &str) -> Result<About> {
    let table: toml::Table = manifest
        .parse()
        .map_err(|error| Failure::new(format!("Cargo.toml cannot be read: {error}")))?;
    let own = |key: &str| table.get("package")?.get(key)?.as_str();
    let shared = |key: &str| table.get("workspace")?.get("package")?.get(key)?.as_str();
    let text = |key: &str| {
        own(key)
            .or_else(|| shared(key))
            .map(str::to_owned)
            .ok_or_else(|| Failure::new(format!("Cargo.toml must give the package's {key}")))
    };
    Ok(About {
        name: text("name")?,
        version: text("version")?,
        description: text("description")?,
        license: text("license")?,
    })
}

/// Writes `package.json` over the one that wasm-pack made from the member's
/// Cargo.toml, whose name is not the project's.
///
/// # Errors
/// When a file of the package is missing or cannot be written.
pub fn describe(workspace: &Workspace, about: &About) -> Result<()> {
    let files = [
        format!("{STEM}.js"),
        format!("{STEM}.d.ts"),
        format!("{STEM}_bg.wasm"),
        format!("{STEM}_bg.wasm.d.ts"),
    ];
    let folder = workspace.pkg();
    if let Some(missing) = files.iter().find(|file| !folder.join(file).is_file()) {
        return Err(Failure::new(format!(
            "wasm-pack wrote no {missing}: delete pkg/ and build again"
        )));
    }
    if folder.join("snippets").exists() {
        return Err(Failure::new(
            "a dependency of the page brings JavaScript snippets, each a request of its own: leave that dependency out",
        ));
    }
    let element = [LOADER.to_owned(), ELEMENT_TYPES.to_owned(), "assets".to_owned()];
    let packed: Vec<&String> = files.iter().chain(&element).collect();
    let manifest = json!({
        "name": about.name,
        "version": about.version,
        "description": about.description,
        "license": about.license,
        "type": "module",
        "main": LOADER,
        "types": ELEMENT_TYPES,
        "exports": {
            ".": {"types": format!("./{ELEMENT_TYPES}"), "default": format!("./{LOADER}")},
            "./module": {"types": format!("./{STEM}.d.ts"), "default": format!("./{STEM}.js")},
        },
        "files": packed,
        "sideEffects": [LOADER],
    });
    fs::write(folder.join("package.json"), format!("{manifest:#}\n"))
        .map_err(|error| Failure::new(format!("pkg/package.json cannot be written: {error}")))
}

/// Adds the element to the package: its loader as a module, its types, and the
/// files that the loader asks for, which must stay beside it.
///
/// # Errors
/// When a file cannot be written.
pub fn add_element(workspace: &Workspace, parts: &Parts, dist: &Dist) -> Result<()> {
    let folder = workspace.pkg();
    let put = |path: &str, bytes: &[u8]| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&folder))
            .and_then(|()| fs::write(&path, bytes))
            .map_err(|error| Failure::new(format!("{} cannot be written: {error}", path.display())))
    };
    if let Err(error) = fs::remove_dir_all(folder.join("assets"))
        && error.kind() != ErrorKind::NotFound
    {
        return Err(Failure::new(format!("pkg/assets cannot be replaced: {error}")));
    }
    put(LOADER, parts.module_loader(workspace, dist)?.as_bytes())?;
    put(ELEMENT_TYPES, workspace.text("web/element.d.ts")?.as_bytes())?;
    for asset in dist.of_the_element() {
        put(&asset.path, &asset.bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_fills_what_the_package_leaves_to_it() {
        let manifest = "[workspace.package]\nversion = \"1.2.3\"\nlicense = \"MIT\"\n\
                        [package]\nname = \"n\"\ndescription = \"d\"\nversion.workspace = true\n";
        let about = about(manifest).unwrap();
        assert_eq!((about.version.as_str(), about.license.as_str()), ("1.2.3", "MIT"));
    }
}
