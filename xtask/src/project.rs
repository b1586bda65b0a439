//! What the project says about itself, for the packages and lists that name it.

use crate::failure::{Failure, Result};

/// The name of the module's files, as wasm-pack gives it.
pub const STEM: &str = "labor_brand_assessment";

/// What the root Cargo.toml says about the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The name, `labor-brand-assessment`.
    pub name: String,
    /// The version, as `0.1.0`.
    pub version: String,
    /// What it is, in one line.
    pub description: String,
    /// The licence as an SPDX expression.
    pub license: String,
}

impl Project {
    /// Reads the text of the root Cargo.toml.
    ///
    /// # Errors
    /// When it is not TOML or one of the four is missing.
    pub fn read(manifest: &str) -> Result<Self> {
        let table: toml::Table = manifest
            .parse()
            .map_err(|error| Failure::new(format!("Cargo.toml cannot be read: {error}")))?;
        let own = |key: &str| table.get("package")?.get(key)?.as_str();
        let shared = |key: &str| table.get("workspace")?.get("package")?.get(key)?.as_str();
        let text = |key: &str| {
            own(key)
                .or_else(|| shared(key))
                .map(str::to_owned)
                .ok_or_else(|| Failure::new(format!("Cargo.toml must give the package's {key}")))
        };
        Ok(Self {
            name: text("name")?,
            version: text("version")?,
            description: text("description")?,
            license: text("license")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_fills_what_the_package_leaves_to_it() {
        let manifest = "[workspace.package]\nversion = \"1.2.3\"\nlicense = \"MIT\"\n\
                        [package]\nname = \"n\"\ndescription = \"d\"\nversion.workspace = true\n";
        let project = Project::read(manifest).unwrap();
        assert_eq!(
            (project.version.as_str(), project.license.as_str()),
            ("1.2.3", "MIT")
        );
    }
}
