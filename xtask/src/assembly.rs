//! Building `dist/`: the static files that make the page on any server.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::assets::{Asset, table};
use crate::failure::{Failure, Result};
use crate::npm_package::{About, STEM, about, describe};
use crate::policies::{self, CanonicalPolicy};
use crate::process::{cargo, output, run, say};
use crate::tools;
use crate::workspace::Workspace;

/// The most that may be loaded until the first question can be answered, in
/// bytes after brotli. The first screen is drawn when the page is built and takes
/// answers before the module is there, so these are the bytes of index.html and
/// the style.
const FIRST_QUESTION_BYTES: usize = 150_000;
/// The most that the whole start may weigh, in bytes after brotli. It stands
/// a little above what is reached, so that nothing grows unseen; the aim is 150 kB.
const WHOLE_START_BYTES: usize = 370_000;
/// The most requests that the whole start may take.
const FIRST_LOAD_REQUESTS: usize = 8;

/// Builds the page into `dist/` and prints the bytes of its files.
///
/// # Errors
/// When a tool is missing and cannot be installed, a source does not build, or
/// the first load is heavier than allowed.
pub fn build(workspace: &Workspace) -> Result<()> {
    tools::ensure_for_build(workspace)?;
    let _turn = wait_for_turn(workspace)?;
    say("reading and validating the policy");
    let (policy, _) = policies::load(&workspace.policy())?;
    let about = about(&workspace.text("Cargo.toml")?)?;
    say("compiling the page to WebAssembly (release)");
    compile(workspace, "page", &workspace.pkg(), STEM)?;
    describe(workspace, &about)?;
    say("compiling the module for Word to WebAssembly (release)");
    compile(workspace, "word", &word_pkg(workspace), "word")?;
    say("drawing the first screen");
    let first_screen = first_screen(workspace, &policy)?;
    say("writing dist/");
    let word = word_module(workspace)?;
    let first_load = first_load(workspace, &policy, &first_screen, &word)?;
    write(workspace, &about, &policy, first_load.iter().chain(&word))?;
    let first_load: Vec<&Asset> = first_load.iter().collect();
    print!("{}", table("first load", &first_load));
    print!("{}", table("for Word, when asked for", &word.each_ref()));
    within_budget(&first_load)
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

/// Where wasm-pack puts the module for Word.
fn word_pkg(workspace: &Workspace) -> PathBuf {
    workspace.target().join("pkg-word")
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
        "a module did not compile: mend the errors above",
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

fn first_screen(workspace: &Workspace, policy: &CanonicalPolicy) -> Result<String> {
    output(
        cargo(workspace).args([
            "run",
            "--quiet",
            "--profile",
            "prerender",
            "--package",
            "prerender",
        ]),
        &policy.json,
        "the first screen could not be drawn: mend the errors above",
    )
}

/// The module for Word: its script and its wasm, fetched only when it is asked for.
fn word_module(workspace: &Workspace) -> Result<[Asset; 2]> {
    let packed = |file| packed(&word_pkg(workspace), file);
    Ok([
        Asset::hashed("word", "js", packed("word.js")?)?,
        Asset::hashed("word", "wasm", packed("word_bg.wasm")?)?,
    ])
}

/// The files of the first load, index.html first.
fn first_load(
    workspace: &Workspace,
    policy: &CanonicalPolicy,
    first_screen: &str,
    word: &[Asset; 2],
) -> Result<Vec<Asset>> {
    let [word_glue, word_wasm] = word;
    let packed = |file: &str| packed(&workspace.pkg(), file);
    let css = Asset::hashed("page", "css", stylesheet(&workspace.root().join("style"))?)?;
    let glue = Asset::hashed("page", "js", packed(&format!("{STEM}.js"))?)?;
    let wasm = Asset::hashed("page", "wasm", packed(&format!("{STEM}_bg.wasm"))?)?;
    let rules = Asset::hashed("policy", "json", policy.json.clone().into_bytes())?;
    let addresses = [
        ("{{stylesheet}}", css.path.as_str()),
        ("{{glue}}", glue.path.as_str()),
        ("{{wasm}}", wasm.path.as_str()),
        ("{{word_glue}}", word_glue.path.as_str()),
        ("{{word_wasm}}", word_wasm.path.as_str()),
        ("{{policy}}", rules.path.as_str()),
        ("{{policy_sha256}}", policy.sha256.as_str()),
    ];
    let loader = fill(&workspace.text("web/loader.js")?, &addresses)?;
    // The drawn screen goes in last: its text is not searched for marks.
    let page = fill(
        &workspace.text("index.html")?.replace(FIRST_SCREEN, "\0"),
        &addresses,
    )?
    .replace('\0', first_screen.trim());
    Ok(vec![
        Asset::stable("index.html", page.into_bytes())?,
        css,
        Asset::stable("labor-brand-assessment.js", loader.into_bytes())?,
        glue,
        wasm,
        rules,
    ])
}

const FIRST_SCREEN: &str = "{{first_screen}}";

/// Puts values in the place of the marks in a template.
fn fill(template: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut text = template.to_owned();
    for (mark, value) in values {
        text = text.replace(mark, value);
    }
    match text.split_once("{{") {
        Some((_, rest)) => {
            let mark = rest.split("}}").next().unwrap_or_default();
            Err(Failure::new(format!(
                "a template names {{{{{mark}}}}}, which the build does not know: correct the mark"
            )))
        }
        None => Ok(text),
    }
}

/// All style sheets as one: the tokens first, as the others use them, and
/// print last, as it overrules them.
fn stylesheet(folder: &Path) -> Result<Vec<u8>> {
    let unreadable = |error| Failure::new(format!("style/ cannot be read: {error}"));
    let mut sheets: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(unreadable)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        .collect();
    sheets.sort_by_key(|path| {
        let name = path.file_name().unwrap_or_default().to_os_string();
        (sheet_rank(&name.to_string_lossy()), name)
    });
    let mut css = Vec::new();
    for sheet in sheets {
        css.extend(fs::read(sheet).map_err(unreadable)?);
        css.push(b'\n');
    }
    Ok(css)
}

fn sheet_rank(name: &str) -> u8 {
    match name {
        "tokens.css" => 0,
        "print.css" => 2,
        _ => 1,
    }
}

fn packed(folder: &Path, file: &str) -> Result<Vec<u8>> {
    fs::read(folder.join(file)).map_err(|error| Failure::new(format!("{file} cannot be read: {error}")))
}

/// Replaces `dist/` by these files and their list.
fn write<'a>(
    workspace: &Workspace,
    about: &About,
    policy: &CanonicalPolicy,
    assets: impl Iterator<Item = &'a Asset>,
) -> Result<()> {
    let dist = workspace.dist();
    if dist.exists() {
        fs::remove_dir_all(&dist)
            .map_err(|error| Failure::new(format!("dist/ cannot be replaced: {error}")))?;
    }
    let mut files: Vec<&Asset> = assets.collect();
    files.sort_by_key(|asset| &asset.path);
    let manifest = json!({
        "name": about.name,
        "version": about.version,
        "policy": {"id": policy_id(policy), "sha256": policy.sha256},
        "files": files.iter().map(|asset| asset.entry()).collect::<Vec<_>>(),
    });
    for asset in files {
        asset.write(&dist)?;
    }
    Asset::stable("manifest.json", format!("{manifest:#}\n").into_bytes())?.write(&dist)
}

fn policy_id(policy: &CanonicalPolicy) -> Value {
    serde_json::from_str::<Value>(&policy.json)
        .ok()
        .and_then(|json| json.pointer("/scheme/id").cloned())
        .unwrap_or_default()
}

fn within_budget(first_load: &[&Asset]) -> Result<()> {
    let weigh = |assets: &[&Asset]| assets.iter().map(|asset| asset.sizes()[1]).sum::<usize>();
    // index.html comes first and the style second.
    let (first_question, whole) = (weigh(first_load.get(..2).unwrap_or_default()), weigh(first_load));
    let requests = first_load.len();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_first_and_print_last() {
        let mut names = ["print.css", "rows.css", "tokens.css", "banner.css"];
        names.sort_by_key(|name| (sheet_rank(name), *name));
        assert_eq!(names, ["tokens.css", "banner.css", "rows.css", "print.css"]);
    }

    #[test]
    fn every_mark_of_a_template_is_filled() {
        let values = [("{{glue}}", "assets/a.js")];
        assert_eq!(fill("x {{glue}} y", &values), Ok("x assets/a.js y".to_owned()));
    }

    #[test]
    fn a_mark_that_nothing_fills_is_named() {
        let failure = fill("{{glu}}", &[("{{glue}}", "a")]).unwrap_err();
        assert!(failure.to_string().contains("{{glu}}"));
    }
}
