//! All screens on one sheet: which of them are wanted, and calling what draws them.
//! The driver is a program of the journeys' package, which alone knows a browser, so
//! that the other commands wait for none of its crates.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::process::{cargo, run, say};
use crate::tools::{CHROMEDRIVER, CHROMIUM};
use crate::workspace::Workspace;

/// Which pictures are taken; what is not named is taken of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// The ids of views.
    pub views: Vec<String>,
    /// What the case is like.
    pub states: Vec<String>,
    /// How wide the window is, in CSS pixels.
    pub widths: Vec<u32>,
    /// How the page looks.
    pub looks: Vec<String>,
    /// Where the sheet is written, where it is not `screens/` in the target folder.
    pub folder: Option<PathBuf>,
}

impl Choice {
    /// The options that [`commands::parse`](crate::commands::parse) understands as this.
    fn options(&self) -> Vec<OsString> {
        let named = |name: &str, values: &[String]| -> Vec<OsString> {
            let pairs = values.iter().flat_map(|value| [name.into(), value.into()]);
            pairs.collect()
        };
        let widths: Vec<String> = self.widths.iter().map(u32::to_string).collect();
        let mut options = named("--only", &self.views);
        options.extend(named("--state", &self.states));
        options.extend(named("--width", &widths));
        options.extend(named("--look", &self.looks));
        if let Some(folder) = &self.folder {
            options.extend(["--into".into(), folder.into()]);
        }
        options
    }

    /// The folder that the sheet is written into.
    pub fn into_folder(&self, workspace: &Workspace) -> PathBuf {
        let usual = || workspace.target().join("screens");
        self.folder.clone().unwrap_or_else(usual)
    }
}

/// Drives the built page through its views and writes the sheet.
///
/// # Errors
/// When the page was not built, the browser is missing, or a view does not open.
pub fn draw(workspace: &Workspace, choice: &Choice) -> Result<()> {
    if !workspace.dist().join("index.html").is_file() {
        return Err(Failure::new(
            "there is no built page to picture: run `cargo xtask build` first",
        ));
    }
    if let Some(missing) = [CHROMIUM, CHROMEDRIVER]
        .into_iter()
        .find(|program| !Path::new(program).is_file())
    {
        return Err(Failure::new(format!(
            "{missing} is missing: tests/install-packages.sh installs it on Debian"
        )));
    }
    say("driving Chromium through the views of dist/");
    run(
        cargo(workspace)
            .args([
                "run",
                "--quiet",
                "--package",
                "journeys",
                "--bin",
                "screens",
                "--",
            ])
            .args(choice.options()),
        "the sheet is not whole: see the lines above",
    )?;
    let folder = choice.into_folder(workspace);
    say(&format!(
        "the screens are at {}, the wording by place at {}",
        folder.join("index.html").display(),
        folder.join("wording.html").display()
    ));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::{Command, parse};

    #[test]
    fn what_is_chosen_reaches_the_program_that_takes_the_pictures() {
        let choice = Choice {
            views: vec!["form".into(), "desk".into()],
            states: vec!["wrong".into()],
            widths: vec![390, 768],
            looks: vec!["dark".into()],
            folder: Some("sheet".into()),
        };
        let arguments = [OsString::from("screens")].into_iter().chain(choice.options());
        assert_eq!(parse(arguments), Ok(Command::Screens(choice)));
    }
}
