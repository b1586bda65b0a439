//! Where things are: the folders of the repository and of the build.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// The package of everything that is tested natively.
pub const LIBRARY: &str = "labor-brand-assessment";

/// The repository on this machine, and the folder that cargo builds into.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Finds the repository that the command was called in.
    ///
    /// # Errors
    /// When neither the package that cargo runs nor the current folder lies in it.
    pub fn find() -> Result<Self> {
        let here = env::current_dir()
            .map_err(|error| Failure::new(format!("the current folder cannot be read: {error}")))?;
        // Asked at run time, not compiled in: a target folder may serve several clones.
        let start = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| here.clone(), PathBuf::from);
        let root = start
            .ancestors()
            .find(|folder| folder.join("xtask/Cargo.toml").is_file())
            .ok_or_else(|| Failure::new("call this command inside the project's folder"))?
            .to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => here.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The folder of the repository.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that cargo builds into.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The folder that tools are installed into; programs are in its `bin`.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// The folder of the built page.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The folder of the npm package that wasm-pack writes.
    pub fn pkg(&self) -> PathBuf {
        self.root.join("pkg")
    }

    /// The folder that wasm-pack writes the module for Word into.
    pub fn word_pkg(&self) -> PathBuf {
        self.target.join("pkg-word")
    }

    /// The folder of the scheme that the page is built for.
    pub fn policy(&self) -> PathBuf {
        self.root.join("policies/urumqi-city")
    }

    /// The folder of what the interface says, one file for each language.
    pub fn wording(&self) -> PathBuf {
        self.root.join("wording")
    }

    /// Reads a text file of the repository by its path in it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn text(&self, path: &str) -> Result<String> {
        fs::read_to_string(self.root.join(path))
            .map_err(|error| Failure::new(format!("{path} cannot be read: {error}")))
    }
}
