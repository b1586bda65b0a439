//! Setting up what the commands need, each tool only when it is missing.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::process::{answer, cargo, run, run_quietly, say};
use crate::workspace::Workspace;

/// For tools that only call others or wait for them: without optimisation they
/// are compiled in a third of the time.
const QUICKLY: &str = "--debug";

/// The profile for what runs once, and so is compiled without optimisation.
pub const QUICK: &str = "quick";
/// What the page is compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
const WASM_PACK: &str = "0.15.1";
const WASM_SPLIT: &str = "0.2.3";
const GECKODRIVER: &str = "0.37.1";
const CARGO_CYCLONEDX: &str = "0.5.9";
const CARGO_MUTANTS: &str = "27.1.0";

/// Where Debian puts the browser that the tests drive.
pub const CHROMIUM: &str = "/usr/bin/chromium";
/// Where Debian puts the same browser without anything around its pages.
pub const HEADLESS_SHELL: &str = "/usr/bin/chromium-headless-shell";
/// Where Debian puts the driver of that browser.
pub const CHROMEDRIVER: &str = "/usr/bin/chromedriver";
/// Where Debian puts Firefox.
pub const FIREFOX: &str = "/usr/bin/firefox-esr";
/// Where Debian puts WebKitGTK's driver, its browser, and a screen for both.
pub const WEBKIT_DRIVER: &str = "/usr/bin/WebKitWebDriver";
/// See [`WEBKIT_DRIVER`].
pub const MINI_BROWSER: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
/// See [`WEBKIT_DRIVER`].
pub const XVFB_RUN: &str = "/usr/bin/xvfb-run";
/// Where Debian puts nginx.
pub const NGINX: &str = "/usr/sbin/nginx";
/// Where Debian puts OpenSSL, which signs the certificate of a test.
pub const OPENSSL: &str = "/usr/bin/openssl";
/// The folder of the old browsers, and of the script that drives them.
pub const OLD_BROWSERS: &str = "tests/old-browsers";
/// The folder of axe-core, and of the scripts that look for barriers.
pub const ACCESSIBILITY: &str = "tests/accessibility";
/// The folder of publint, which looks at the npm package.
pub const NPM: &str = "tests/npm";

/// What the module may use of WebAssembly: what Chromium 80 has.
pub const WASM_FEATURES: [&str; 5] = [
    "--mvp-features",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
];

/// Where Debian puts LibreOffice, which opens the Word documents.
pub const SOFFICE: &str = "/usr/bin/soffice";
/// Where Debian puts the Chinese font whose text Firefox writes into a PDF as it is.
pub const UKAI: &str = "/usr/share/fonts/truetype/arphic/ukai.ttc";

/// Installs what the build of the page needs: the WebAssembly target,
/// wasm-pack, the wasm-bindgen of Cargo.lock, wasm-split-cli, and wasm-opt.
///
/// # Errors
/// When one of them cannot be installed.
pub fn ensure_for_build(workspace: &Workspace) -> Result<()> {
    ensure_wasm_target(workspace)?;
    ensure_wasm_pack(workspace)?;
    ensure_wasm_bindgen(workspace)?;
    ensure_wasm_split(workspace)?;
    ensure_npm_tools(workspace)
}

/// Installs what the tests need beyond the build: browsers with their drivers,
/// Chinese fonts, LibreOffice, the tools that look into a PDF, and nginx.
///
/// # Errors
/// When a package cannot be installed.
pub fn ensure_for_tests(workspace: &Workspace) -> Result<()> {
    run(
        &mut Command::new(workspace.root().join("tests/install-packages.sh")),
        "the packages for the tests could not be installed: see the lines above",
    )?;
    ensure_geckodriver(workspace)?;
    ensure_npm_folder(workspace, OLD_BROWSERS)?;
    ensure_npm_folder(workspace, ACCESSIBILITY)?;
    ensure_npm_folder(workspace, NPM)
}

fn ensure_geckodriver(workspace: &Workspace) -> Result<()> {
    if installed(workspace, "geckodriver").as_deref() == Some(GECKODRIVER) {
        return Ok(());
    }
    cargo_install(
        workspace,
        &[&format!("geckodriver@{GECKODRIVER}"), "--locked", QUICKLY],
    )
}

/// The driver of Firefox, where it was installed.
pub fn geckodriver(workspace: &Workspace) -> PathBuf {
    workspace.tools().join("bin/geckodriver")
}

/// Installs cargo-cyclonedx, which lists the crates that are shipped.
///
/// # Errors
/// When it cannot be compiled or fetched.
pub fn ensure_cargo_cyclonedx(workspace: &Workspace) -> Result<()> {
    // As a part of cargo it wants its name first.
    let program = workspace.tools().join("bin/cargo-cyclonedx");
    let line = answer(Command::new(program).args(["cyclonedx", "--version"]));
    if line.is_some_and(|line| line.ends_with(&format!(" {CARGO_CYCLONEDX}"))) {
        return Ok(());
    }
    cargo_install(
        workspace,
        &[&format!("cargo-cyclonedx@{CARGO_CYCLONEDX}"), "--locked", QUICKLY],
    )
}

/// Installs cargo-deny, which checks licences, sources and advisories.
///
/// # Errors
/// When it cannot be compiled or fetched.
pub fn ensure_cargo_deny(workspace: &Workspace) -> Result<()> {
    if installed(workspace, "cargo-deny").is_some() {
        return Ok(());
    }
    cargo_install(workspace, &["cargo-deny", "--locked", QUICKLY])
}

/// Installs cargo-mutants, which changes the code to see whether a test notices.
///
/// # Errors
/// When it cannot be compiled or fetched.
pub fn ensure_cargo_mutants(workspace: &Workspace) -> Result<()> {
    // As a part of cargo it wants its name first.
    let program = workspace.tools().join("bin/cargo-mutants");
    let line = answer(Command::new(program).args(["mutants", "--version"]));
    if line.is_some_and(|line| line.ends_with(&format!(" {CARGO_MUTANTS}"))) {
        return Ok(());
    }
    cargo_install(
        workspace,
        &[&format!("cargo-mutants@{CARGO_MUTANTS}"), "--locked", QUICKLY],
    )
}

/// The PATH on which the tools are before everything else.
///
/// # Errors
/// When a folder on it holds the character that separates folders.
pub fn search_path(workspace: &Workspace) -> Result<OsString> {
    let mut folders = vec![
        workspace.tools().join("bin"),
        workspace.root().join("node_modules/.bin"),
    ];
    if let Some(path) = env::var_os("PATH") {
        folders.extend(env::split_paths(&path));
    }
    env::join_paths(folders).map_err(|error| {
        Failure::new(format!(
            "move the project to a folder that can stand on PATH: {error}"
        ))
    })
}

/// Installs the WebAssembly target of the pinned toolchain. rustup does so by
/// itself, but not where its automatic installation is switched off.
///
/// # Errors
/// When rustup is missing or cannot fetch it.
pub fn ensure_wasm_target(workspace: &Workspace) -> Result<()> {
    let fix = format!(
        "`rustup target add {WASM_TARGET}` must succeed: install rustup if it is missing, and check the network"
    );
    let listed = Command::new("rustc")
        .current_dir(workspace.root())
        .args(["--print", "target-libdir", "--target", WASM_TARGET])
        .output();
    let there = listed.is_ok_and(|output| {
        output.status.success() && Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir()
    });
    if there {
        return Ok(());
    }
    say(&format!("adding the Rust target {WASM_TARGET}"));
    run_quietly(
        Command::new("rustup")
            .current_dir(workspace.root())
            .args(["target", "add", WASM_TARGET]),
        &fix,
    )
}

fn ensure_wasm_pack(workspace: &Workspace) -> Result<()> {
    if installed(workspace, "wasm-pack").as_deref() == Some(WASM_PACK) {
        return Ok(());
    }
    cargo_install(
        workspace,
        &[&format!("wasm-pack@{WASM_PACK}"), "--locked", QUICKLY],
    )
}

fn ensure_wasm_bindgen(workspace: &Workspace) -> Result<()> {
    let version = locked_version(&workspace.text("Cargo.lock")?, "wasm-bindgen")?;
    if installed(workspace, "wasm-bindgen").as_deref() == Some(version.as_str()) {
        return Ok(());
    }
    // Without --locked: the lock file of this tool names a withdrawn package.
    cargo_install(workspace, &[&format!("wasm-bindgen-cli@{version}")])
}

fn ensure_wasm_split(workspace: &Workspace) -> Result<()> {
    // The program itself does not say its version; cargo keeps it beside the programs.
    let crates = fs::read_to_string(workspace.tools().join(".crates.toml")).unwrap_or_default();
    if crates.contains(&format!("\"wasm_split_cli_support {WASM_SPLIT} ")) {
        return Ok(());
    }
    let package = format!("wasm_split_cli_support@{WASM_SPLIT}");
    cargo_install(workspace, &[&package, "--locked", "--features", "build-binary"])
}

/// Installs the tools of package.json, unless their versions are there already.
///
/// # Errors
/// When Node or npm is missing, or a package cannot be fetched.
pub fn ensure_npm_tools(workspace: &Workspace) -> Result<()> {
    ensure_npm_folder(workspace, ".")
}

/// Installs the packages that the package.json of a folder names.
fn ensure_npm_folder(workspace: &Workspace, folder: &str) -> Result<()> {
    let wanted = npm_versions(&workspace.text(&format!("{folder}/package.json"))?)?;
    let there = wanted.iter().all(|(name, version)| {
        let manifest = format!("{folder}/node_modules/{name}/package.json");
        let found = workspace.text(&manifest).ok();
        // A package under another name, as `npm:chrome-aws-lambda@2.1.1`, ends in its version.
        let version = version.rsplit('@').next().unwrap_or_default();
        found.and_then(|text| npm_version(&text)).as_deref() == Some(version)
    });
    let no_node = "install Node 20 or newer, which brings npm, then run the command again";
    if answer(Command::new("node").arg("--version")).is_none() {
        return Err(Failure::new(format!("Node was not found: {no_node}")));
    }
    if there {
        return Ok(());
    }
    say(&format!(
        "installing the npm packages of {folder}/package.json (npm ci)"
    ));
    if answer(Command::new("npm").arg("--version")).is_none() {
        return Err(Failure::new(format!("npm was not found: {no_node}")));
    }
    run_quietly(
        Command::new("npm")
            .current_dir(workspace.root().join(folder))
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]),
        "npm ci failed: check that the npm registry can be reached, then run the command again",
    )
}

/// The version that a tool in the tools folder says it has, if it is there.
fn installed(workspace: &Workspace, program: &str) -> Option<String> {
    let path = workspace.tools().join("bin").join(program);
    let line = answer(Command::new(path).arg("--version"))?;
    // Such a line reads "wasm-pack 0.15.1".
    line.split_whitespace().nth(1).map(str::to_owned)
}

fn cargo_install(workspace: &Workspace, arguments: &[&str]) -> Result<()> {
    let name = arguments.first().copied().unwrap_or_default();
    say(&format!(
        "installing {name} into the target folder (once, a few minutes)"
    ));
    run_quietly(
        cargo(workspace)
            // They run for seconds; to compile them well takes minutes.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .args(["install", "--quiet", "--root"])
            .arg(workspace.tools())
            // What several of them need is compiled once.
            .arg("--target-dir")
            .arg(workspace.tools().join("build"))
            .args(arguments),
        &format!(
            "{name} could not be installed: check that the crate registry can be reached and that a C linker is installed, then run the command again"
        ),
    )
}

/// The version of a package in the text of a Cargo.lock.
///
/// # Errors
/// When the text is not TOML or does not list the package.
pub fn locked_version(lock: &str, package: &str) -> Result<String> {
    let table: toml::Table = lock
        .parse()
        .map_err(|_| Failure::new("Cargo.lock cannot be read: restore it with `git checkout Cargo.lock`"))?;
    table
        .get("package")
        .and_then(|packages| packages.as_array())
        .into_iter()
        .flatten()
        .find(|entry| entry.get("name").and_then(|name| name.as_str()) == Some(package))
        .and_then(|entry| entry.get("version")?.as_str())
        .map(str::to_owned)
        .ok_or_else(|| {
            Failure::new(format!(
                "Cargo.lock does not list {package}: run `cargo update --workspace`"
            ))
        })
}

/// The exact versions that the text of package.json asks for.
fn npm_versions(manifest: &str) -> Result<Vec<(String, String)>> {
    let manifest: serde_json::Value = serde_json::from_str(manifest)
        .map_err(|error| Failure::new(format!("package.json is not JSON: {error}")))?;
    Ok(manifest
        .get("devDependencies")
        .and_then(|tools| tools.as_object())
        .into_iter()
        .flatten()
        .filter_map(|(name, version)| Some((name.clone(), version.as_str()?.to_owned())))
        .collect())
}

fn npm_version(manifest: &str) -> Option<String> {
    let manifest: serde_json::Value = serde_json::from_str(manifest).ok()?;
    manifest.get("version")?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\
                        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";

    #[test]
    fn the_lock_file_gives_the_version_of_exactly_that_package() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Ok("0.2.130".to_owned()));
    }

    #[test]
    fn a_package_that_is_not_locked_is_named() {
        let failure = locked_version(LOCK, "leptos").unwrap_err();
        assert!(failure.to_string().contains("leptos"));
    }

    #[test]
    fn npm_tools_are_listed_with_their_versions() {
        let manifest = r#"{"devDependencies": {"binaryen": "132.0.0"}}"#;
        assert_eq!(
            npm_versions(manifest),
            Ok(vec![("binaryen".to_owned(), "132.0.0".to_owned())])
        );
    }
}
