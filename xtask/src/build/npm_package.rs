//! The npm package that wasm-pack writes, made valid under the project's name.

use std::fs;
use std::io::ErrorKind;

use serde_json::json;

use crate::build::targets::{BuildInputs, DistFiles, LOADER};
use crate::failure::{Failure, Result};
use crate::project::{Project, STEM};
use crate::workspace::Workspace;

/// The types of the element.
const ELEMENT_TYPES: &str = "labor-brand-assessment.d.ts";

/// What the package says of itself, and the licences, each with where it stands in the project.
const PAPERS: [(&str, &str); 3] = [
    ("README.md", "web/npm.md"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
];

/// Writes `package.json` over the one that wasm-pack made from the member's
/// Cargo.toml, whose name is not the project's.
///
/// # Errors
/// When a file of the package is missing or cannot be written.
pub fn describe(workspace: &Workspace, project: &Project) -> Result<()> {
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
    let papers = PAPERS.map(|(name, _)| name.to_owned());
    let packed: Vec<&String> = files.iter().chain(&element).chain(&papers).collect();
    let manifest = json!({
        "name": project.name,
        "version": project.version,
        "description": project.description,
        "license": project.license,
        "type": "module",
        "main": LOADER,
        "types": ELEMENT_TYPES,
        // The types stand beside each script under its name, where they are looked for.
        "exports": {".": format!("./{LOADER}"), "./module": format!("./{STEM}.js")},
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
pub fn add_element(workspace: &Workspace, inputs: &BuildInputs, dist: &DistFiles) -> Result<()> {
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
    put(LOADER, inputs.module_loader(workspace, dist)?.as_bytes())?;
    put(ELEMENT_TYPES, workspace.text("web/element.d.ts")?.as_bytes())?;
    for (name, path) in PAPERS {
        put(name, workspace.text(path)?.as_bytes())?;
    }
    for asset in dist.of_the_element() {
        put(&asset.path, &asset.bytes)?;
    }
    Ok(())
}
