//! Another's site: some of the examples, and the built page beside them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use xtask::workspace::Workspace;

use crate::Outcome;
use crate::server::{RunningServer, ServeOptions};

/// A folder with some of the examples and the built page beside them, under `lba/`.
#[derive(Debug)]
pub struct Site {
    /// Where it lies.
    pub folder: PathBuf,
}

impl Site {
    /// A site with a first page and the built page, in the target folder.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn new() -> Outcome<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("journeys/site-{}-{number}", std::process::id());
        let workspace = Workspace::find()?;
        let folder = workspace.target().join(name);
        fs::create_dir_all(&folder)?;
        std::os::unix::fs::symlink(workspace.dist(), folder.join("lba"))?;
        fs::write(folder.join("index.html"), "<!DOCTYPE html><title>首页</title>")?;
        Ok(Self { folder })
    }

    /// Takes over an example, with other words in the place of some of its own.
    ///
    /// # Errors
    /// When there is no such example.
    pub fn example(&self, name: &str, words: &[(&str, &str)]) -> Outcome<&Self> {
        let mut text = fs::read_to_string(Workspace::find()?.root().join("examples").join(name))?;
        for (old, new) in words {
            text = text.replace(old, new);
        }
        let path = Path::new(name).file_name().ok_or("an example has a name")?;
        fs::write(self.folder.join(path), text)?;
        Ok(self)
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&self, name: &str, text: &str) -> Outcome<&Self> {
        fs::write(self.folder.join(name), text)?;
        Ok(self)
    }

    /// Serves it under a policy; `None` stands for the strict one.
    ///
    /// # Errors
    /// When the server cannot start.
    pub fn serve(&self, csp: Option<&str>) -> Outcome<RunningServer> {
        RunningServer::start(ServeOptions {
            dist: self.folder.clone(),
            csp: csp.map(str::to_owned),
            ..ServeOptions::default()
        })
    }
}

/// Copies a folder with all that is in it.
///
/// # Errors
/// When a file cannot be read or written.
pub fn copy_folder(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
