//! The same sources give the same bytes, whichever folder they lie in.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::Command;

use xtask::workspace::Workspace;

/// Builds the page from a copy of the sources in another folder, with nothing
/// compiled before, and compares the list of files, which holds the SHA-256 of
/// each. It takes as long as two first builds.
#[test]
#[ignore = "takes minutes: run by `cargo xtask test --long`"]
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
    let list = |root: &Path| {
        let built = Command::new(env!("CARGO"))
            .current_dir(root)
            .args(["xtask", "build"])
            .env_remove("CARGO_TARGET_DIR")
            .status()
            .unwrap();
        assert!(built.success(), "the build in {} failed", root.display());
        fs::read_to_string(root.join("dist/manifest.json")).unwrap()
    };
    let (one, other) = (list(here.root()), list(&there));
    assert_eq!(one, other);
    fs::remove_dir_all(&there).unwrap();
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
