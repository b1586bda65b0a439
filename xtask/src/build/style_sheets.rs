//! The style sheets as the page loads them: one file for each component in
//! `style/`, put together in an order of their own and made smaller.

use std::fs;
use std::path::{Path, PathBuf};

use crate::build::element_style;
use crate::failure::{Failure, Result};

/// What comes before the components, which use or overrule it.
const FIRST: [&str; 3] = ["tokens", "base", "frame"];

/// What comes after the components, as it overrules them.
const LAST: [&str; 6] = ["in_frame", "paper", "rescue", "looks", "direction", "print"];

/// Of what stands between, what the first screen does not show; it comes with
/// the pieces of the page.
const LATER: [&str; 6] = [
    "components/field",
    "components/items",
    "components/paper",
    "components/staircase",
    "components/trace",
    "guide",
];

/// The views, of which the first screen is one.
const VIEWS: &str = "views/";
/// What of the views the first screen shows.
const FIRST_VIEWS: [&str; 2] = ["views/beginning", "views/precheck"];

/// What no first screen needs, though it overrules the others.
const ON_PAPER: [&str; 2] = ["paper", "print"];

/// What only the element has.
const OF_ELEMENT: &str = "element";

/// What every way to load the page takes of its style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleSheets {
    /// For a page of our own, all of it.
    pub page: String,
    /// Of that, what the first screen shows.
    pub first: String,
    /// The rest of it, which is put behind what the first screen shows: what
    /// overrules the components stands in both.
    pub rest: String,
    /// For the element in another's page.
    pub element: String,
    /// The widths in CSS pixels at which the element's style changes.
    pub widths: Vec<u32>,
    /// The geometry of a printed page.
    pub page_rule: String,
}

impl StyleSheets {
    /// Reads the sheets below `folder`.
    ///
    /// # Errors
    /// When one cannot be read, or is written in a way that the element cannot follow.
    pub fn read(folder: &Path) -> Result<Self> {
        let [mut page, mut first, mut rest, mut beyond] = [const { String::new() }; 4];
        for (name, path) in sheets(folder)? {
            let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            if name == OF_ELEMENT {
                beyond += &text;
                continue;
            }
            page += &text;
            let is_later = is_later(&name);
            if !is_later {
                first += &text;
            }
            if is_later || LAST.contains(&name.as_str()) {
                rest += &text;
            }
        }
        let (element, widths) = element_style::for_element(&page)?;
        Ok(Self {
            page_rule: minified(&element_style::page_rule(&page)?)?,
            page: for_any_server(&page)?,
            first: for_any_server(&first)?,
            rest: for_any_server(&rest)?,
            element: for_any_server(&(element + &beyond))?,
            widths,
        })
    }
}

/// The sheet made smaller, behind its encoding: a server that names none leaves
/// it to the first line.
fn for_any_server(css: &str) -> Result<String> {
    Ok(format!("@charset \"utf-8\";{}", minified(css)?))
}

/// The same rules without comments and spaces. What a rule says is not touched,
/// as the fallbacks for old browsers look like repetitions.
fn minified(css: &str) -> Result<String> {
    minifier::css::minify(css)
        .map(|small| small.to_string())
        .map_err(|error| Failure::new(format!("the style cannot be made smaller: {error}")))
}

/// The sheets below a folder in their order, each with its name as `components/field`.
fn sheets(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    let mut folders = vec![(String::new(), folder.to_owned())];
    while let Some((within, folder)) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let name = format!("{within}{stem}");
            if path.is_dir() {
                folders.push((format!("{name}/"), path));
            } else if path.extension().is_some_and(|extension| extension == "css") {
                found.push((name, path));
            }
        }
    }
    found.sort_by_key(|(name, _)| rank(name));
    Ok(found)
}

/// Whether nothing of a sheet is seen before a piece of the page has come.
fn is_later(name: &str) -> bool {
    LATER.contains(&name)
        || ON_PAPER.contains(&name)
        || name.starts_with(VIEWS) && !FIRST_VIEWS.contains(&name)
}

/// The place of a sheet: those between the first and the last go by their names.
fn rank(name: &str) -> (usize, String) {
    let among = |names: &[&str]| names.iter().position(|named| *named == name);
    let place = among(&FIRST)
        .or_else(|| Some(FIRST.len() + 1 + among(&LAST)?))
        .unwrap_or(FIRST.len());
    (place, name.to_owned())
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} cannot be read: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../style")
    }

    #[test]
    fn tokens_come_first_and_print_last() {
        let names: Vec<String> = sheets(&own())
            .unwrap()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        let place = |name: &str| names.iter().position(|other| other == name).unwrap();
        assert_eq!(place("tokens"), 0);
        assert!(place("base") < place("components/field"));
        assert!(place("components/field") < place("views/review/mod"));
        assert!(place("views/score/rows") < place("looks"));
        assert_eq!(place("print"), names.len() - 1);
    }

    #[test]
    fn fallbacks_for_old_browsers_stay() {
        let css = "/* a */\n.a {\n  position: -webkit-sticky;\n  position: sticky;\n  width: calc(100% - (2px + 1px));\n}\n\
                   .b > :not([open])::before {\n  content: \"→ a : b\";\n}\n@supports not (-webkit-text-security: disc) {\n  .c { color: red; }\n}\n";
        let small = minified(css).unwrap();
        for kept in [
            "position:-webkit-sticky;position:sticky",
            "calc(100% - (2px + 1px))",
            "content:\"→ a : b\"",
            "@supports not (-webkit-text-security",
            ".b>:not([open])::before",
        ] {
            assert!(small.contains(kept), "{kept} is not in {small}");
        }
        assert!(!small.contains("/*"));
    }

    #[test]
    fn the_element_has_what_the_page_has_and_more() {
        let style = StyleSheets::read(&own()).unwrap();
        assert!(style.page.starts_with("@charset \"utf-8\";"));
        assert!(style.element.starts_with("@charset \"utf-8\";"));
        assert!(style.page.contains(".row__score") && style.element.contains(".row__score"));
        assert!(style.element.contains(":host") && !style.page.contains(":host"));
        assert_eq!(style.widths, [1120, 720, 960]);
        assert!(style.page_rule.starts_with("@page"));
    }

    #[test]
    fn every_rule_of_the_page_is_in_its_first_part_or_in_the_rest() {
        let style = StyleSheets::read(&own()).unwrap();
        let names: Vec<String> = sheets(&own())
            .unwrap()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        for name in LATER.iter().chain(&ON_PAPER).chain(&FIRST_VIEWS) {
            assert!(names.iter().any(|known| known == name), "there is no {name}");
        }
        for (mark, in_first, in_rest) in [
            (".dialog__buttons", true, false),
            (".row__reason", false, true),
            ("data-theme=\"contrast\"", true, true),
        ] {
            assert!(style.page.contains(mark), "{mark}");
            assert_eq!(
                (style.first.contains(mark), style.rest.contains(mark)),
                (in_first, in_rest),
                "{mark}"
            );
        }
        assert!(style.first.len() + style.rest.len() >= style.page.len());
        assert!(style.first.len() * 3 < style.page.len() * 2);
    }
}
