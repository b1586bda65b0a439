//! Building `dist/`: the static files that make the page on any server.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::build::assets::{Asset, table, table_of_targets};
use crate::build::division;
use crate::build::npm_package::{self, describe};
use crate::build::targets::{self, BuildInputs, DistFiles};
use crate::failure::{Failure, Result};
use crate::policy::compile::{self, CanonicalPolicy, sha256};
use crate::process::{cargo, output, run, say};
use crate::project::{Project, STEM};
use crate::tools;
use crate::words::languages::{self, Language};
use crate::workspace::Workspace;

/// The most that may be loaded until the first question can be answered, in
/// bytes after brotli. The first screen is drawn when the page is built and takes
/// answers before the module is there, so these are the bytes of index.html and
/// the style.
const FIRST_QUESTION_BYTES: usize = 150_000;
/// The most that the whole start may weigh, in bytes after brotli: a little above what is
/// reached, so that nothing grows unseen. What it holds is in docs/developing.md.
const WHOLE_START_BYTES: usize = 406_000;
/// The most that each part of the module that is fetched later may weigh, in
/// bytes after brotli.
const PIECE_BYTES: [(&str, usize); 8] = [
    ("piece-shared", 79_000),
    ("piece-questions", 31_700),
    ("piece-score", 116_500),
    ("piece-papers", 77_500),
    ("piece-tables", 168_000),
    ("piece-foreign", 22_000),
    ("piece-desk", 89_500),
    ("piece-actions", 16_000),
];
/// The most that the loader may weigh, which a host has on its page before
/// anybody asks for ours, in bytes after brotli and after gzip. What is pressed or
/// dropped before the module is there, nothing else can remember.
const LOADER_BYTES: usize = 6_250;
/// The most requests that the whole start may take.
const FIRST_LOAD_REQUESTS: usize = 8;

/// Builds the page of a scheme into `dist/` and prints the bytes of its files.
///
/// # Errors
/// When a tool is missing and cannot be installed, a source does not build, or
/// the first load is heavier than allowed.
pub fn build(workspace: &Workspace, scheme: &Path) -> Result<()> {
    tools::ensure_for_build(workspace)?;
    let _turn = wait_for_turn(workspace)?;
    say("reading and validating the policy and the wording");
    let (policy, _) = compile::load(scheme)?;
    let languages = languages::load(&workspace.wording())?;
    let project = Project::read(&workspace.text("Cargo.toml")?)?;
    say("compiling the page to WebAssembly (release)");
    let division = division::divide(workspace, &remapping()?)?;
    describe(workspace, &project)?;
    // The twin takes one core a minute, and what else is to be compiled the other.
    let compiled = || {
        say("compiling the module for Word to WebAssembly (release)");
        compile(workspace, "word", &workspace.word_pkg(), "word")?;
        say("drawing the first screen");
        first_screen(workspace, &policy, &languages)
    };
    say("making the twin without WebAssembly");
    let (twin, first_screen) = rayon::join(|| twin(workspace, &division.whole), compiled);
    let (twin, first_screen) = (twin?, first_screen?);
    say("writing dist/");
    let inputs = BuildInputs::gather(
        workspace,
        &project,
        policy,
        languages,
        division,
        &twin,
        first_screen,
    )?;
    let dist = targets::dist(workspace, &inputs)?;
    write(workspace, &project, &inputs, &dist)?;
    npm_package::add_element(workspace, &inputs, &dist)?;
    print!("{}", table("first load", &dist.first_load()));
    print!("{}", table_of_targets(&dist.others()));
    pieces_within_budget(&dist.others())?;
    within_budget(&dist.first_load())
}

/// Lets one build at a time write `pkg/` and `dist/`; the next one waits until
/// the file given here is closed.
fn wait_for_turn(workspace: &Workspace) -> Result<File> {
    let failed = |error| Failure::new(format!("the target folder cannot be written: {error}"));
    fs::create_dir_all(workspace.target()).map_err(failed)?;
    let turn = File::create(workspace.target().join("xtask.lock")).map_err(failed)?;
    if turn.try_lock().is_err() {
        say("waiting for another build to end");
        turn.lock().map_err(failed)?;
    }
    Ok(turn)
}

/// Compiles a member of `modules/` into a folder.
fn compile(workspace: &Workspace, member: &str, into: &Path, name: &str) -> Result<()> {
    run(
        Command::new("wasm-pack")
            .current_dir(workspace.root())
            .env("PATH", tools::search_path(workspace)?)
            // Either would replace the flags of .cargo/config.toml, without
            // which older browsers refuse the module.
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .args(["build", &format!("modules/{member}")])
            .args(["--target", "web", "--release"])
            .args(["--mode", "no-install", "--out-dir"])
            .arg(into)
            .args(["--out-name", name, "--", "--config"])
            .arg(remapping()?),
        "a module did not compile: correct the errors above",
    )
}

/// A setting for cargo that keeps the places of crates on this machine out of
/// the module, so that every machine builds the same bytes. It is added to the
/// flags of .cargo/config.toml, which RUSTFLAGS would replace.
fn remapping() -> Result<String> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
        .unwrap_or_default();
    // One folder per registry; its name tells which.
    let registries = fs::read_dir(home.join("registry/src"))
        .map_err(|error| Failure::new(format!("cargo's registry cannot be read: {error}")))?;
    let mut flags: Vec<Value> = registries
        .flatten()
        .map(|folder| format!("--remap-path-prefix={}=crates", folder.path().display()).into())
        .collect();
    flags.sort_by_key(Value::to_string);
    // A JSON array of strings is one of TOML, too.
    Ok(format!(
        "target.wasm32-unknown-unknown.rustflags={}",
        Value::Array(flags)
    ))
}

fn first_screen(workspace: &Workspace, policy: &CanonicalPolicy, languages: &[Language]) -> Result<String> {
    let wording = languages.first().map_or("", |language| language.json.as_str());
    output(
        cargo(workspace).args([
            "run",
            "--quiet",
            "--profile",
            tools::QUICK,
            "--package",
            "prerender",
        ]),
        // Neither has an end of line within it.
        &format!("{}\n{wording}\n", policy.json),
        "the first screen could not be drawn: correct the errors above",
    )
}

/// The module as JavaScript, for browsers and sites that refuse WebAssembly.
/// It is made anew only where the module has changed, as that takes a while.
fn twin(workspace: &Workspace, wasm: &[u8]) -> Result<String> {
    let module = workspace.pkg().join(format!("{STEM}_bg.wasm"));
    let digits: String = sha256(wasm).chars().take(16).collect();
    let made = workspace.target().join(format!("twin-{digits}.js"));
    if !made.is_file() {
        run(
            Command::new("wasm2js")
                .env("PATH", tools::search_path(workspace)?)
                .args(tools::WASM_FEATURES)
                .arg("-Oz")
                .arg(&module)
                .arg("-o")
                .arg(&made),
            "the module could not be turned into JavaScript: see the lines above",
        )?;
    }
    fs::read_to_string(&made)
        .map_err(|error| Failure::new(format!("{} cannot be read: {error}", made.display())))
}

/// Replaces `dist/` by these files, their list, and their sums.
fn write(workspace: &Workspace, project: &Project, inputs: &BuildInputs, dist: &DistFiles) -> Result<()> {
    let folder = workspace.dist();
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .map_err(|error| Failure::new(format!("dist/ cannot be replaced: {error}")))?;
    }
    let mut files: Vec<&Asset> = dist.files.iter().collect();
    files.sort_by_key(|asset| &asset.path);
    let manifest = json!({
        "name": project.name,
        "version": project.version,
        "build": inputs.build,
        "policy": {"id": policy_id(&inputs.policy), "sha256": inputs.policy.sha256},
        "files": files.iter().map(|asset| asset.entry()).collect::<Vec<_>>(),
    });
    let mut manifest = Asset::stable("manifest.json", format!("{manifest:#}\n").into_bytes());
    manifest.compress()?;
    let mut sums = Vec::new();
    for asset in dist.files.iter().chain([&manifest]) {
        asset.write(&folder)?;
        sums.extend(asset.sums());
    }
    sums.sort_by(|one, other| {
        one.split_whitespace()
            .last()
            .cmp(&other.split_whitespace().last())
    });
    Asset::stable("SHA256SUMS", sums.concat().into_bytes()).write(&folder)
}

fn policy_id(policy: &CanonicalPolicy) -> Value {
    serde_json::from_str::<Value>(&policy.json)
        .ok()
        .and_then(|json| json.pointer("/scheme/id").cloned())
        .unwrap_or_default()
}

fn pieces_within_budget(others: &[&Asset]) -> Result<()> {
    for asset in others {
        let Some(name) = asset.path.strip_prefix("assets/piece-") else {
            continue;
        };
        let name = name.split('-').next().unwrap_or_default();
        let budget = PIECE_BYTES
            .iter()
            .find(|(piece, _)| piece.strip_prefix("piece-") == Some(name));
        let weight = asset.sizes()[1];
        let Some((_, most)) = budget else {
            return Err(Failure::new(format!(
                "the piece {name} has no entry in PIECE_BYTES in xtask/src/build/assembly.rs: add \"piece-{name}\" with a little more than the {weight} bytes after brotli that it weighs"
            )));
        };
        if weight > *most {
            return Err(Failure::new(format!(
                "the piece {name} weighs {weight} bytes after brotli and may weigh {most} by PIECE_BYTES in xtask/src/build/assembly.rs: make it smaller"
            )));
        }
    }
    Ok(())
}

fn within_budget(first_load: &[&Asset]) -> Result<()> {
    let weigh = |assets: &[&Asset]| assets.iter().map(|asset| asset.sizes()[1]).sum::<usize>();
    // index.html comes first and the style second.
    let (first_question, whole) = (weigh(first_load.get(..2).unwrap_or_default()), weigh(first_load));
    let requests = first_load.len();
    // Many a server sends gzip alone.
    let loaders = first_load.iter().filter(|asset| asset.path == targets::LOADER);
    let loader = loaders.flat_map(|asset| asset.sizes().into_iter().skip(1)).max();
    let loader = loader.unwrap_or_default();
    if loader > LOADER_BYTES {
        return Err(Failure::new(format!(
            "the loader weighs {loader} bytes and may weigh {LOADER_BYTES}: move what only a page that stands needs to web/aid.js"
        )));
    }
    println!(
        "to the first editable question {first_question} bytes after brotli, the whole start {whole} in {requests} requests"
    );
    if first_question > FIRST_QUESTION_BYTES || whole > WHOLE_START_BYTES || requests > FIRST_LOAD_REQUESTS {
        return Err(Failure::new(format!(
            "the start is heavier than {FIRST_QUESTION_BYTES} bytes to the first question, {WHOLE_START_BYTES} in all or {FIRST_LOAD_REQUESTS} requests: make it smaller"
        )));
    }
    Ok(())
}
