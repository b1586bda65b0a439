//! The module of the page, divided: a start that every page loads, and pieces
//! that are fetched when they are wanted. wasm-pack has no place for the step
//! that divides, so that its other steps are called here one by one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::build::import_names::{put_number, renamed_glue, renamed_module, short_names};
use crate::failure::{Failure, Result};
use crate::process::{cargo, run, run_quietly};
use crate::project::STEM;
use crate::tools;
use crate::workspace::Workspace;

/// What the start calls itself where the pieces import from it, as the tool that divides has it.
const START: &str = "__wasm_split";
/// The part that holds what several pieces use.
const SHARED: &str = "piece-shared";

/// What makes a module smaller without changing what it does. No address below
/// 1024 is in use, as Rust's stack begins there, and memory is zero where
/// nothing was put.
const SMALLER: [&str; 6] = [
    "-Oz",
    "--strip-debug",
    "--strip-producers",
    "--low-memory-unused",
    "--zero-filled-memory",
    "--one-caller-inline-max-function-size=20",
];

/// The pieces call each other through the table of functions, which nothing
/// changes; in the whole module these calls are made direct.
const JOINED: [&str; 1] = ["--pass-arg=directize-initial-contents-immutable"];

/// The module of the page.
#[derive(Debug)]
pub struct Division {
    /// What every page loads at its start.
    pub start: Vec<u8>,
    /// What is fetched later, by name: each a module that does nothing and holds
    /// the modules that are to be added in sections named `piece`.
    pub parts: BTreeMap<String, Vec<u8>>,
    /// The parts that each piece needs, by its name.
    pub pieces: Value,
    /// All in one, for the same glue.
    pub whole: Vec<u8>,
    /// The glue, as wasm-bindgen writes it.
    pub glue: String,
}

/// Compiles and divides the module, and writes what is to be the npm package of
/// it, undivided, into `pkg/`.
///
/// # Errors
/// When the page does not compile or a tool fails.
pub fn divide(workspace: &Workspace, remapping: &str) -> Result<Division> {
    let folder = workspace.target().join("pieces");
    let failed = |error| Failure::new(format!("{} cannot be written: {error}", folder.display()));
    for path in [&folder, &workspace.pkg()] {
        if path.exists() {
            fs::remove_dir_all(path).map_err(failed)?;
        }
        fs::create_dir_all(path).map_err(failed)?;
    }
    let compiled = compile(workspace, remapping)?;
    let cut = folder.join("cut");
    call(
        workspace,
        Command::new("wasm-split-cli")
            .args([&compiled, &cut])
            .args(["--out-name", "page"]),
        "the module could not be divided: see the lines above",
    )?;
    let bound = bind(workspace, &cut.join("page.wasm"))?;
    let cuts = cuts(&cut)?;
    let merged = folder.join("merged.wasm");
    merge(workspace, &bound, &cuts, &merged)?;
    let start = || smaller(workspace, &bound, &[]);
    let whole = || smaller(workspace, &merged, &JOINED);
    let ((start, whole), parts) = rayon::join(|| rayon::join(start, whole), || parts(workspace, &cuts));
    let (start, whole, parts) = (start?, whole?, parts?);
    // The smaller ones import less than the glue gives.
    let written = fs::read(&bound)
        .map_err(|error| Failure::new(format!("{} cannot be read: {error}", bound.display())))?;
    let names = short_names(&written)?;
    let start = renamed_module(&start, &names)?;
    let whole = renamed_module(&whole, &names)?;
    fs::write(&bound, &whole).map_err(failed)?;
    let glue = workspace.pkg().join(format!("{STEM}.js"));
    let text = fs::read_to_string(&glue)
        .map_err(|error| Failure::new(format!("{} cannot be read: {error}", glue.display())))?;
    let text = renamed_glue(&text, &names)?;
    fs::write(&glue, &text).map_err(failed)?;
    Ok(Division {
        start,
        pieces: pieces(&parts),
        parts,
        whole,
        glue: text,
    })
}

/// Compiles the module so that it can be divided, and says where it is.
fn compile(workspace: &Workspace, remapping: &str) -> Result<PathBuf> {
    run(
        cargo(workspace)
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .arg("rustc")
            .args(["--package", "page", "--lib", "--features", "divided"])
            .args(["--target", tools::WASM_TARGET, "--release", "--config", remapping])
            // The tool moves code and data by what the linker says of their addresses.
            .args(["--", "-Clink-arg=--emit-relocs"]),
        "the page did not compile: correct the errors above",
    )?;
    let folder = workspace.target().join(tools::WASM_TARGET);
    Ok(folder.join("release/page.wasm"))
}

/// Makes the glue of the start, and the module that goes with it, and says where that is.
fn bind(workspace: &Workspace, start: &Path) -> Result<PathBuf> {
    call(
        workspace,
        Command::new("wasm-bindgen")
            .arg(start)
            // What the pieces import of the start is what the linker exports.
            .args([
                "--keep-lld-exports",
                "--target",
                "web",
                "--out-name",
                STEM,
                "--out-dir",
            ])
            .arg(workspace.pkg()),
        "wasm-bindgen could not read the module: see the lines above",
    )?;
    Ok(workspace.pkg().join(format!("{STEM}_bg.wasm")))
}

/// Puts the start and its pieces together again.
fn merge(
    workspace: &Workspace,
    start: &Path,
    cuts: &BTreeMap<String, Vec<PathBuf>>,
    merged: &Path,
) -> Result<()> {
    let mut merge = Command::new("wasm-merge");
    merge.args(tools::WASM_FEATURES).arg(start).arg(START);
    for (number, path) in cuts.values().flatten().enumerate() {
        merge.arg(path).arg(format!("cut{number}"));
    }
    call(
        workspace,
        merge.arg("-o").arg(merged),
        "the pieces could not be put together: see the lines above",
    )
}

fn call(workspace: &Workspace, command: &mut Command, fix: &str) -> Result<()> {
    run_quietly(command.env("PATH", tools::search_path(workspace)?), fix)
}

/// The files that the tool wrote beside the start, by the part that each goes
/// into. What two pieces or more use goes into one for all, so that each piece
/// comes with two requests at most.
fn cuts(folder: &Path) -> Result<BTreeMap<String, Vec<PathBuf>>> {
    let unreadable = |error| Failure::new(format!("{} cannot be read: {error}", folder.display()));
    let mut cuts: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(unreadable)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix(".wasm") else {
            continue;
        };
        let part = match name.strip_prefix("split_") {
            Some(piece) => format!("piece-{piece}"),
            None if name.starts_with("chunk_") => SHARED.to_owned(),
            None => continue,
        };
        cuts.entry(part).or_default().push(entry.path());
    }
    for paths in cuts.values_mut() {
        paths.sort();
    }
    if cuts.is_empty() {
        return Err(Failure::new(
            "the module was not divided: src/app/seam.rs and the tool no longer agree on names",
        ));
    }
    Ok(cuts)
}

/// What is fetched later, by name, made small.
fn parts(workspace: &Workspace, cuts: &BTreeMap<String, Vec<PathBuf>>) -> Result<BTreeMap<String, Vec<u8>>> {
    let part = |(name, paths): (&String, &Vec<PathBuf>)| {
        let modules = paths.par_iter().map(|path| smaller(workspace, path, &[]));
        let modules: Vec<Vec<u8>> = modules.collect::<Result<_>>()?;
        Ok((name.clone(), boxed(&modules)))
    };
    cuts.par_iter().map(part).collect()
}

/// The parts that each piece needs.
fn pieces(parts: &BTreeMap<String, Vec<u8>>) -> Value {
    let shared = parts.contains_key(SHARED).then_some(SHARED);
    let pieces = parts.keys().filter(|part| *part != SHARED).map(|part| {
        let files: Vec<&str> = shared.into_iter().chain([part.as_str()]).collect();
        (part.trim_start_matches("piece-").to_owned(), json!(files))
    });
    Value::Object(pieces.collect())
}

fn smaller(workspace: &Workspace, module: &Path, beyond: &[&str]) -> Result<Vec<u8>> {
    let made = module.with_extension("small");
    call(
        workspace,
        Command::new("wasm-opt")
            .args(tools::WASM_FEATURES)
            .args(SMALLER)
            .args(beyond)
            .arg(module)
            .arg("-o")
            .arg(&made),
        "wasm-opt failed: see the lines above",
    )?;
    let bytes = fs::read(&made)
        .map_err(|error| Failure::new(format!("{} cannot be read: {error}", made.display())))?;
    // It may not lie among what is packed.
    fs::remove_file(&made)
        .map_err(|error| Failure::new(format!("{} cannot be removed: {error}", made.display())))?;
    Ok(bytes)
}

/// A module of WebAssembly with nothing in it but these modules, each in a
/// section of its own: one file, and one that servers know the type of.
fn boxed(modules: &[Vec<u8>]) -> Vec<u8> {
    const NAME: &[u8] = b"piece";
    let mut bytes = b"\0asm\x01\0\0\0".to_vec();
    for module in modules {
        bytes.push(0);
        put_number(&mut bytes, 1 + NAME.len() + module.len());
        put_number(&mut bytes, NAME.len());
        bytes.extend(NAME);
        bytes.extend(module);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_a_module_of_sections_that_hold_the_modules() {
        let module = vec![7; 200];
        let boxed = boxed(&[module.clone(), vec![9]]);
        assert_eq!(boxed[..8], *b"\0asm\x01\0\0\0");
        // 206 bytes follow: the name with its length, and the module.
        assert_eq!(boxed[8..17], [0, 0xce, 0x01, 5, b'p', b'i', b'e', b'c', b'e']);
        assert_eq!(boxed[17..217], module);
        assert_eq!(boxed[217..], [0, 7, 5, b'p', b'i', b'e', b'c', b'e', 9]);
    }

    #[test]
    fn each_piece_needs_what_is_shared_and_its_own() {
        let names = [SHARED, "piece-score"].map(|name| (name.to_owned(), Vec::new()));
        assert_eq!(
            pieces(&names.into()),
            json!({"score": ["piece-shared", "piece-score"]})
        );
    }
}
