//! Changing the page and looking at it: `serve --dev`. A whole build takes minutes
//! because its module is made as small as it can be, and made five times over for
//! every way to embed it. Here the last whole build is taken as it stands, and what
//! was changed is put in the place of its files: the module compiled without
//! optimisation and not divided, scripts, styles, policy and wording as they are. The open page
//! asks once a second whether there is something new, and loads itself anew.
//!
//! What this does not show is a change of the loader, the first screen as it is
//! drawn at build time, the twin, the single file and the other ways in: `cargo xtask build` makes these.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;

use crate::build::assembly;
use crate::build::scripts;
use crate::build::style_sheets::StyleSheets;
use crate::build::targets::LOADER;
use crate::failure::{Failure, Result};
use crate::policy::compile::{self, CanonicalPolicy};
use crate::process::{cargo, run, say};
use crate::project::STEM;
use crate::serving::{self, RunningServer};
use crate::tools;
use crate::words::languages;
use crate::workspace::Workspace;

/// What the page is made of.
const SOURCES: [&str; 9] = [
    "src",
    "modules/page",
    "build.rs",
    "Cargo.toml",
    "Cargo.lock",
    "style",
    "web",
    "wording",
    "policies",
];

/// How long it may take until a change is seen.
const LOOK_AGAIN: Duration = Duration::from_millis(400);

/// The profile of Cargo.toml in which the module is compiled.
const PROFILE: &str = "page-dev";

/// Asks for something new, and loads the page anew when there is; it waits out a server that is away.
const RELOADER: &str = "let built;setInterval(async()=>{try{\
const now=await(await fetch(\"dev-build.txt\",{cache:\"no-store\"})).text();\
if(built!==undefined&&built!==now)location.reload();built=now}catch{}},1000);\n";

/// Serves the page of a scheme from a folder of its own, and builds it anew at every change.
///
/// # Errors
/// When there is no whole build to begin with and none can be made, or the server
/// cannot start. A change that does not compile is shown, and the next one awaited.
pub fn serve(workspace: &Workspace, scheme: &Path, port: u16, csp: &str) -> Result<()> {
    let listener = serving::reserve(port)?;
    tools::ensure_for_build(workspace)?;
    if !workspace.dist().join("index.html").is_file() {
        say("making the whole build that this begins with (once)");
        assembly::build(workspace, scheme)?;
    }
    let mut seen = latest_change(workspace.root());
    let mut count = 0;
    assemble(workspace, scheme, count)?;
    let server = RunningServer::start(listener, serving::site(&folder(workspace), csp)?)?;
    say(&format!(
        "the page is at http://{}/ and follows every change (Ctrl+C ends this)",
        server.address()
    ));
    loop {
        sleep(LOOK_AGAIN);
        let latest = latest_change(workspace.root());
        if latest == seen {
            continue;
        }
        seen = latest;
        count += 1;
        let start = Instant::now();
        match assemble(workspace, scheme, count) {
            Ok(()) => say(&format!("built anew in {:.1} s", start.elapsed().as_secs_f64())),
            Err(failure) => eprintln!("{failure}"),
        }
    }
}

/// Where the page is put together.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target().join("dev-dist")
}

/// The time of the latest change to a source, and how many there are: one that was
/// taken away is a change as well.
fn latest_change(root: &Path) -> (Option<SystemTime>, usize) {
    let mut open: Vec<PathBuf> = SOURCES.iter().map(|source| root.join(source)).collect();
    let (mut latest, mut files) = (None, 0);
    while let Some(path) = open.pop() {
        if let Ok(entries) = fs::read_dir(&path) {
            open.extend(entries.flatten().map(|entry| entry.path()));
        } else if let Ok(about) = fs::metadata(&path) {
            latest = latest.max(about.modified().ok());
            files += 1;
        }
    }
    (latest, files)
}

/// Puts what the sources give in the place of the files of the last whole build.
fn assemble(workspace: &Workspace, scheme: &Path, count: usize) -> Result<()> {
    let unwritten =
        |error: std::io::Error| Failure::new(format!("target/dev-dist cannot be written: {error}"));
    let packed = compile(workspace)?;
    let (policy, _) = compile::load(scheme)?;
    let manifest: Value = serde_json::from_str(&dist_text(workspace, "manifest.json")?)
        .map_err(|error| Failure::new(format!("dist/manifest.json is not JSON ({error}): build anew")))?;
    let text_of = |place: &str| {
        manifest
            .pointer(place)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let new = new_files(workspace, &packed, &policy, text_of("/build"))?;
    let folder = folder(workspace);
    // Nothing of an earlier time is left; who loads right now asks again in a second.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("assets")).map_err(unwritten)?;
    let mut names = Vec::new();
    for path in listed(&manifest) {
        let replaced = new.iter().find(|(name, _)| stands_for(name, path));
        match replaced {
            Some((name, bytes)) => {
                // A name of its own each time, since what is in assets/ is kept for ever.
                let name = format!("assets/dev{count}-{name}");
                fs::write(folder.join(&name), bytes).map_err(unwritten)?;
                names.push((path.to_owned(), name));
            }
            None if path.starts_with("assets/") => {
                fs::copy(workspace.dist().join(path), folder.join(path)).map_err(unwritten)?;
            }
            None => {}
        }
    }
    for page in ["index.html", LOADER] {
        let mut text = dist_text(workspace, page)?;
        for (before, now) in &names {
            text = text.replace(before, now);
        }
        text = without_pieces(&text.replace(text_of("/policy/sha256"), &policy.sha256));
        text = text.replace(
            "</head>",
            "<script src=\"dev-reload.js\" defer></script>\n</head>",
        );
        fs::write(folder.join(page), text).map_err(unwritten)?;
    }
    fs::write(folder.join("dev-reload.js"), RELOADER).map_err(unwritten)?;
    // Last, so that who sees it finds all the rest.
    let stamp = format!("{count} {:?}", SystemTime::now());
    fs::write(folder.join("dev-build.txt"), stamp).map_err(unwritten)
}

/// What the sources give, by the names of the files that it stands for.
fn new_files(
    workspace: &Workspace,
    packed: &Path,
    policy: &CanonicalPolicy,
    build: &str,
) -> Result<Vec<(String, Vec<u8>)>> {
    let unread = |error: std::io::Error| Failure::new(format!("the module cannot be read: {error}"));
    let languages = languages::load(&workspace.wording())?;
    let style = StyleSheets::read(&workspace.root().join("style"))?;
    let glue = fs::read_to_string(packed.join(format!("{STEM}.js"))).map_err(unread)?;
    let mut script = scripts::glue(build, "glue", &glue)?;
    for name in ["aid", "desk", "rescue"] {
        let source = workspace.text(&format!("web/{name}.js"))?;
        let source = source.replace("{{sentences}}", &languages::for_script(name, &languages));
        script += &format!("{}\n{};\n", scripts::handing_over(build, name), source.trim_end());
    }
    let mut new = vec![
        (
            "page.wasm".to_owned(),
            fs::read(packed.join(format!("{STEM}_bg.wasm"))).map_err(unread)?,
        ),
        ("page.css".to_owned(), style.page.into_bytes()),
        ("rest.css".to_owned(), style.rest.into_bytes()),
        ("element.css".to_owned(), style.element.into_bytes()),
        ("glue.js".to_owned(), script.into_bytes()),
        ("policy.json".to_owned(), policy.json.clone().into_bytes()),
    ];
    let spoken = languages.iter();
    new.extend(spoken.map(|language| {
        (
            format!("{}.json", language.name()),
            language.json.clone().into_bytes(),
        )
    }));
    Ok(new)
}

/// Compiles the module as fast as it can be compiled; gives the folder of what came out.
fn compile(workspace: &Workspace) -> Result<PathBuf> {
    let target = "wasm32-unknown-unknown";
    let failed = "the page did not compile: correct the errors above, and it is tried again";
    run(
        cargo(workspace)
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .args([
                "build",
                "--quiet",
                "--package",
                "page",
                "--lib",
                "--target",
                target,
            ])
            .args(["--profile", PROFILE]),
        failed,
    )?;
    let into = workspace.target().join("page-dev-pkg");
    run(
        Command::new("wasm-bindgen")
            .env("PATH", tools::search_path(workspace)?)
            .args([
                "--target",
                "web",
                "--no-typescript",
                "--out-name",
                STEM,
                "--out-dir",
            ])
            .arg(&into)
            .arg(workspace.target().join(target).join(PROFILE).join("page.wasm")),
        failed,
    )?;
    Ok(into)
}

fn dist_text(workspace: &Workspace, path: &str) -> Result<String> {
    fs::read_to_string(workspace.dist().join(path)).map_err(|error| {
        Failure::new(format!(
            "dist/{path} cannot be read ({error}): run `cargo xtask build`"
        ))
    })
}

/// The paths of the files of a whole build, without their compressed twins.
fn listed(manifest: &Value) -> impl Iterator<Item = &str> {
    let files = manifest.get("files").and_then(Value::as_array);
    let paths = files.into_iter().flatten();
    paths
        .filter_map(|file| file.get("path")?.as_str())
        .filter(|path| !path.ends_with(".br") && !path.ends_with(".gz"))
}

/// A loader that fetches nothing for any piece, since the module that is compiled
/// here is not divided: in its table each piece is a list of files.
fn without_pieces(loader: &str) -> String {
    let mut lists = loader.split("[\"piece-");
    let mut whole = lists.next().unwrap_or_default().to_owned();
    for list in lists {
        whole.push_str("[]");
        whole.push_str(list.split_once(']').map_or("", |(_, behind)| behind));
    }
    whole
}

/// Whether `page.css` is what is in `assets/page-0123456789ab.css`.
fn stands_for(name: &str, path: &str) -> bool {
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let hash = path
        .strip_prefix("assets/")
        .and_then(|path| path.strip_prefix(stem)?.strip_prefix('-'))
        .and_then(|rest| rest.strip_suffix(extension)?.strip_suffix('.'));
    hash.is_some_and(|hash| hash.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stands_for_the_one_of_its_name_alone() {
        assert!(stands_for("page.css", "assets/page-ac4515ee6e1c.css"));
        assert!(stands_for(
            "wording-zh-CN.json",
            "assets/wording-zh-CN-c0ac008b2cc8.json"
        ));
        for path in [
            "assets/page-4ac0f16e2701.wasm",
            "assets/wording-zh-CN-start-c0ac.json",
            "cms/lba-page-ac4515ee6e1c.css",
            "assets/page.css",
        ] {
            assert!(!stands_for("page.css", path), "{path}");
        }
    }

    #[test]
    fn no_piece_is_fetched_for_a_module_that_is_not_divided() {
        let loader = r#"const f={"piece-score":"assets/piece-score-1.wasm"},p={score:["piece-shared","piece-score"],papers:["piece-papers"]},o=[1,2];"#;
        assert_eq!(
            without_pieces(loader),
            r#"const f={"piece-score":"assets/piece-score-1.wasm"},p={score:[],papers:[]},o=[1,2];"#
        );
        assert_eq!(without_pieces("let a=[1];"), "let a=[1];");
    }

    #[test]
    fn a_change_is_seen_and_so_is_what_goes() {
        let root = std::env::temp_dir().join(format!("xtask-developing-{}", std::process::id()));
        fs::create_dir_all(root.join("src/app")).unwrap();
        fs::write(root.join("src/app/a.rs"), "").unwrap();
        let first = latest_change(&root);
        assert_eq!(latest_change(&root), first);
        fs::write(root.join("src/app/b.rs"), "").unwrap();
        let second = latest_change(&root);
        assert_ne!(first, second);
        fs::remove_file(root.join("src/app/a.rs")).unwrap();
        assert_ne!(latest_change(&root), second);
        fs::remove_dir_all(&root).unwrap();
    }
}
