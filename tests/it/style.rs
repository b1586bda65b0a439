//! The style sheets: one for each component, drawn with the tokens alone.

use std::fs;
use std::path::{Path, PathBuf};

/// Sheets with colours of their own: the papers are black on white in every look and in other programs, and what says
/// that the page cannot start is seen by browsers that know no custom properties.
const WITH_COLOURS: [&str; 3] = ["tokens", "paper", "rescue"];

/// Pieces that many components share and that have no file in the source.
const SHARED: [&str; 4] = ["badge", "button", "choice", "fold"];

/// Properties whose lengths are spaces.
const SPACES: [&str; 3] = ["margin", "padding", "grid-gap"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All sheets, each with its name as `components/field`, without comments.
fn sheets() -> Vec<(String, String)> {
    let style = root().join("style");
    let mut found = Vec::new();
    let mut folders = vec![style.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&style).unwrap().with_extension("");
            let text = fs::read_to_string(&path).unwrap();
            found.push((name.to_string_lossy().into_owned(), without_comments(&text)));
        }
    }
    assert!(found.len() > 30, "only {} sheets", found.len());
    found
}

fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text += part.split_once("*/").expect("a comment is closed").1;
    }
    text
}

/// The declarations of a sheet, each with its property.
fn declarations(css: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = css.lines().map(str::trim);
    lines.filter_map(|line| line.strip_suffix(';')?.split_once(": "))
}

/// Whether a value holds a colour that is no token: by its number, as a function, or by its name.
fn names_a_colour(value: &str) -> bool {
    let hexadecimal = |word: &str| {
        word.strip_prefix('#')
            .is_some_and(|digits| digits.len() >= 3 && digits.chars().all(|digit| digit.is_ascii_hexdigit()))
    };
    let words =
        value.split(|character: char| character.is_whitespace() || matches!(character, '(' | ')' | ','));
    let plain = [
        "white", "black", "red", "green", "blue", "gray", "grey", "orange", "yellow", "rgb", "rgba", "hsl",
        "hsla",
    ];
    words
        .into_iter()
        .any(|word| hexadecimal(word) || plain.contains(&word))
}

#[test]
fn colours_stand_among_the_tokens() {
    for (name, css) in sheets() {
        if WITH_COLOURS.contains(&name.as_str()) {
            continue;
        }
        for (property, value) in declarations(&css) {
            assert!(
                !names_a_colour(value),
                "style/{name}.css: `{property}: {value}` names a colour; name it in tokens.css and use it from there"
            );
        }
    }
    assert!(
        names_a_colour("1px solid #fff")
            && names_a_colour("0 0 4px rgba(0, 0, 0, .1)")
            && names_a_colour("white")
    );
    assert!(!names_a_colour("var(--main)") && !names_a_colour("Canvas") && !names_a_colour("transparent"));
}

#[test]
fn spaces_are_of_the_scale() {
    let sheets = sheets();
    let tokens = &sheets.iter().find(|(name, _)| name == "tokens").unwrap().1;
    let scale: Vec<&str> = declarations(tokens)
        .filter(|(property, _)| property.starts_with("--space-"))
        .map(|(_, value)| value)
        .collect();
    assert!(scale.contains(&"8px"));
    for (name, css) in &sheets {
        if WITH_COLOURS.contains(&name.as_str()) {
            continue;
        }
        for (property, value) in declarations(css) {
            if !SPACES.iter().any(|space| property.starts_with(space)) {
                continue;
            }
            let off = value
                .split([' ', '(', ')'])
                .find(|length| scale.contains(&length.trim_start_matches('-')));
            assert_eq!(
                off, None,
                "style/{name}.css: `{property}: {value}`: use the token of this space"
            );
        }
    }
}

#[test]
fn each_token_that_is_used_is_defined() {
    let sheets = sheets();
    let defined: Vec<&str> = sheets
        .iter()
        .flat_map(|(_, css)| declarations(css))
        .map(|(property, _)| property)
        .filter(|property| property.starts_with("--"))
        .collect();
    for (name, css) in &sheets {
        for used in css.split("var(").skip(1) {
            let token = used.split([',', ')']).next().unwrap();
            // What comes from outside has something to fall back to.
            let outside = used.split(')').next().unwrap().contains(',');
            assert!(
                outside || defined.contains(&token),
                "style/{name}.css uses {token}, which nothing defines"
            );
        }
    }
}

#[test]
fn a_declaration_has_a_line_of_its_own() {
    for (name, css) in sheets() {
        for line in css.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let whole = line.ends_with(';') && line.matches(';').count() == 1 && !line.contains('{');
            let other = line == "}" || line.ends_with('{') || line.ends_with(',');
            assert!(
                whole || (other && !line.contains(';')),
                "style/{name}.css: `{line}`"
            );
        }
    }
}

#[test]
fn a_line_is_indented_by_what_is_open() {
    for (name, css) in sheets() {
        let mut open = 0;
        for line in css.lines().filter(|line| !line.trim().is_empty()) {
            let bare = line.trim_start();
            let depth = open - usize::from(bare.starts_with('}'));
            assert_eq!(line.len() - bare.len(), 2 * depth, "style/{name}.css: `{line}`");
            open = open + bare.matches('{').count() - bare.matches('}').count();
        }
        assert_eq!(open, 0, "style/{name}.css leaves something open");
    }
}

#[test]
fn the_dark_theme_is_the_same_by_choice_and_by_the_systems_wish() {
    let sheets = sheets();
    let tokens = &sheets.iter().find(|(name, _)| name == "tokens").unwrap().1;
    let rule = |mark: &str| -> Vec<(&str, &str)> {
        let behind = tokens.split_once(mark).expect("the rule is there").1;
        let body = behind.split_once('{').unwrap().1.split_once('}').unwrap().0;
        declarations(body).collect()
    };
    let chosen = rule(".app[data-theme=\"dark\"]");
    assert_eq!(chosen, rule(".app[data-theme=\"auto\"]"));
    // What the dark theme forgets would be dark on dark.
    let first = rule(":root");
    let colours = first
        .iter()
        .filter(|(_, value)| value.contains('#') || value.contains("rgba"));
    let mut count = 0;
    for (name, _) in colours {
        assert!(
            chosen.iter().any(|(other, _)| other == name),
            "{name} has no dark colour"
        );
        count += 1;
    }
    assert!(count > 20, "only {count} colours");
}

/// A class on the page stands for itself: were the resets stronger than one, each component would have to shout.
#[test]
fn no_rule_is_made_stronger_by_the_class_of_the_page() {
    for (name, css) in sheets() {
        let component = name.contains('/') || ["base", "frame"].contains(&name.as_str());
        let raised = css
            .lines()
            .map(str::trim)
            .find(|line| line.starts_with(".app ") && *line != ".app {");
        assert!(
            !component || raised.is_none(),
            "style/{name}.css raises a rule by the class of the page: {raised:?}"
        );
        let loud = css.contains("!important");
        assert!(
            !loud || ["looks", "element"].contains(&name.as_str()),
            "style/{name}.css says !important"
        );
    }
}

#[test]
fn a_sheet_is_named_after_what_it_draws() {
    for (name, _) in sheets() {
        let Some((folder, own)) = name.split_once('/') else {
            continue;
        };
        let source = root().join(Path::new("src/app").join(format!("{name}.rs")));
        let shared = folder == "components" && SHARED.contains(&own);
        assert!(
            shared || source.is_file(),
            "style/{name}.css draws nothing of {}",
            source.display()
        );
    }
}
