//! The same sources give the same bytes, whichever folder they lie in.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use xtask::workspace::Workspace;

/// Builds the page from a copy of the sources in another folder, with nothing
/// compiled before, and compares every file of `dist/` and of `pkg/`. It takes
/// as long as two first builds.
#[test]
fn a_build_in_another_folder_gives_the_same_bytes() {
    let here = Workspace::find().unwrap();
    let there = std::env::temp_dir().join("another folder of the sources");
    let _ = fs::remove_dir_all(&there);
    copy_sources(here.root(), &there);
    // The tools are no sources; to compile them again would show nothing.
    fs::create_dir_all(there.join("target")).unwrap();
    for tools in ["target/tools", "node_modules"] {
        std::os::unix::fs::symlink(here.root().join(tools), there.join(tools)).unwrap();
    }
    let built = |root: &Path| {
        let outcome = Command::new(env!("CARGO"))
            .current_dir(root)
            .args(["xtask", "build"])
            .env_remove("CARGO_TARGET_DIR")
            .status()
            .unwrap();
        assert!(outcome.success(), "the build in {} failed", root.display());
        // Sums that matched their own folder alone would prove nothing.
        let checked = Command::new("sha256sum")
            .current_dir(root.join("dist"))
            .args(["--check", "--strict", "--quiet", "SHA256SUMS"])
            .status()
            .unwrap();
        assert!(checked.success(), "the sums in {} are wrong", root.display());
        let mut files = BTreeMap::new();
        for folder in ["dist", "pkg"] {
            gather(&root.join(folder), folder, &mut files);
        }
        files
    };
    let (one, other) = (built(here.root()), built(&there));
    assert!(one.contains_key("dist/manifest.json.br") && one.contains_key("pkg/package.json"));
    let paths: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differing: Vec<_> = paths
        .into_iter()
        .filter(|path| one.get(*path) != other.get(*path))
        .collect();
    assert!(differing.is_empty(), "other bytes: {differing:?}");
    fs::remove_dir_all(&there).unwrap();
}

/// The bytes of every file below a folder, by its path.
fn gather(folder: &Path, name: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            gather(&entry.path(), &path, files);
        } else {
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}

/// Copies every file that git knows, as it is now, or that is new and not ignored.
fn copy_sources(from: &Path, to: &Path) {
    let listed = Command::new("git")
        .current_dir(from)
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .output()
        .unwrap();
    for path in String::from_utf8(listed.stdout).unwrap().split_terminator('\0') {
        let (source, target) = (from.join(path), to.join(path));
        if source.is_file() {
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(source, target).unwrap();
        }
    }
}
