//! The rules of the structure, stated as absences.

use crate::circles::all_named;
use crate::support;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The modules in the order of src/lib.rs; each may use only those before it.
const ORDER: [&str; 15] = [
    "numbers",
    "id_map",
    "order",
    "json",
    "wording",
    "policy",
    "answers",
    "assessment",
    "documents",
    "tables",
    "desk",
    "policy_check",
    "browser",
    "app",
    "embed",
];

/// Whether a module is one of those before `browser`, which know none.
fn is_pure(module: &&str) -> bool {
    ORDER
        .iter()
        .take_while(|one| **one != "browser")
        .any(|one| one == module)
}

/// A source file of the library.
pub struct Source {
    /// Its path below src.
    pub path: String,
    /// The module of the crate's first level that it belongs to.
    pub module: String,
    /// The whole text.
    pub text: String,
    /// The text without comments and without its tests.
    pub code: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    collect(&root().join("src"), &mut paths);
    paths.sort();
    let sources = paths.into_iter().map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(root().join("src")).unwrap();
        let path = path.to_string_lossy().replace('\\', "/");
        let first = path.split('/').next().unwrap();
        Source {
            module: first.trim_end_matches(".rs").to_owned(),
            code: code_of(&text),
            path,
            text,
        }
    });
    sources.collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// The code alone: tests stand last in a file, comments on lines of their own.
fn code_of(text: &str) -> String {
    // Tests of views are compiled only where these can be drawn.
    let tests = ["#[cfg(test)]", "#[cfg(all(test, "];
    let end = tests.iter().filter_map(|mark| text.find(mark)).min();
    let before_tests = &text[..end.unwrap_or(text.len())];
    let lines = before_tests.lines().map(|line| {
        if line.trim_start().starts_with("//") {
            ""
        } else {
            line
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The place of each finding, as `path:line: what`.
fn findings(
    sources: &[Source],
    in_module: impl Fn(&str) -> bool,
    find: impl Fn(&str) -> Option<String>,
) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| in_module(&source.module)) {
        for (number, line) in source.code.lines().enumerate() {
            if let Some(what) = find(line) {
                found.push(format!("src/{}:{}: {what}", source.path, number + 1));
            }
        }
    }
    found
}

/// Whether a word is in a line by itself and not as a part of another.
fn has_word(line: &str, word: &str) -> bool {
    let part = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(part) && !line[at + word.len()..].starts_with(part))
}

#[track_caller]
fn none(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn the_modules_stand_in_the_order_of_dependency() {
    let sources = sources();
    let lib = sources.iter().find(|source| source.path == "lib.rs").unwrap();
    let declared: Vec<_> = lib
        .code
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    assert_eq!(declared, ORDER);
    none(out_of_order(&sources), "a module uses only those above it");
}

/// The files that use a module which stands below their own, or hand it on, by whatever path.
fn out_of_order(sources: &[Source]) -> Vec<String> {
    let place = |path: &str| {
        let module = path.split('/').next().unwrap().trim_end_matches(".rs");
        ORDER.iter().position(|one| *one == module)
    };
    let named = all_named(sources);
    let found = named.iter().flat_map(|(path, others)| {
        let later = others
            .iter()
            .filter(|other| place(path).is_some_and(|own| place(other) > Some(own)));
        later.map(move |other| format!("src/{path} uses src/{other}, which stands below it"))
    });
    found.collect()
}

#[test]
fn a_module_that_uses_a_later_one_is_named_whatever_its_path_looks_like() {
    let file = |path: &str, code: &str| Source {
        path: path.to_owned(),
        module: String::new(),
        text: String::new(),
        code: code.to_owned(),
    };
    let found = |policy: &str, index: &str| {
        out_of_order(&[
            file("lib.rs", "pub mod numbers;\npub mod policy;\npub mod answers;"),
            file("numbers.rs", "pub struct Points;"),
            file("policy/mod.rs", policy),
            file("policy/index.rs", index),
            file("answers.rs", "use crate::policy::Policy;\npub struct Case;"),
        ])
    };
    let own = "mod index;\npub struct Policy;";
    assert_eq!(
        found(own, "use crate::numbers::Points;\nuse super::Policy;"),
        [""; 0]
    );
    for later in [
        "use crate::{\n    answers::Case,\n    numbers::Points,\n};",
        "use super::super::answers;",
        "fn of(_: &crate::answers::Case) {}",
    ] {
        let line = "src/policy/index.rs uses src/answers.rs, which stands below it";
        assert_eq!(found(own, later), [line], "{later}");
    }
    for later in ["use super::answers::Case;", "pub use super::answers::Case;"] {
        let line = "src/policy/mod.rs uses src/answers.rs, which stands below it";
        assert_eq!(found(later, ""), [line], "{later}");
    }
    // Through what another file hands on, the one that uses it is named as well.
    let handed_on = found(
        "mod index;\npub use super::answers::Case as Known;",
        "use super::Known;",
    );
    assert_eq!(handed_on.len(), 2, "{handed_on:?}");
}

#[test]
fn what_is_derived_knows_no_browser() {
    let found = findings(
        &sources(),
        |module| is_pure(&module),
        |line| {
            let names = [
                "web_sys",
                "js_sys",
                "wasm_bindgen",
                "leptos",
                "gloo",
                "gloo_storage",
                "std::time",
                "SystemTime",
            ];
            names
                .into_iter()
                .find(|name| has_word(line, name))
                .map(str::to_owned)
        },
    );
    none(
        found,
        "policy, answers, assessment and documents know no browser and no clock",
    );
}

#[test]
fn a_policy_never_sees_answers() {
    let found = findings(
        &sources(),
        |module| module == "policy",
        |line| has_word(line, "answers").then(|| line.trim().to_owned()),
    );
    none(found, "policy names no answers");
}

#[test]
fn nothing_is_computed_with_floats() {
    let found = findings(
        &sources(),
        |module| is_pure(&module),
        |line| {
            ["f32", "f64"]
                .into_iter()
                .find(|float| has_word(line, float))
                .map(str::to_owned)
        },
    );
    none(found, "points, money and shares are exact");
}

#[test]
fn what_outlives_the_views_lets_go_of_them() {
    let lasting = "app/session/lasting.rs";
    let mut session = sources();
    session.retain(|source| source.path.starts_with("app/session/") && source.path != lasting);
    let found = findings(
        &session,
        |_| true,
        |line| {
            ["RwSignal", "ArcRwSignal", "Memo", "ArcMemo"]
                .into_iter()
                .find(|name| has_word(line, name))
                .map(str::to_owned)
        },
    );
    none(found, "the session holds signals and memos of lasting.rs alone");
}

#[test]
fn a_question_is_asked_once_the_piece_that_it_is_drawn_in_is_there() {
    let mut page = sources();
    page.retain(|source| source.path != "app/actions/replace.rs");
    let found = findings(
        &page,
        |module| module == "app",
        |line| line.contains("asking.set(Some").then(|| line.trim().to_owned()),
    );
    none(found, "`Session::ask_first` alone asks");
}

#[test]
fn no_state_is_shared_between_elements_of_a_page() {
    let found = findings(
        &sources(),
        |_| true,
        |line| {
            let declares = line
                .trim_start()
                .trim_start_matches("pub ")
                .trim_start_matches("pub(crate) ");
            let is_static = declares.starts_with("static ") || line.contains("thread_local!");
            is_static.then(|| line.trim().to_owned())
        },
    );
    none(found, "no static or thread-local state");
}

#[test]
fn no_style_stands_in_an_attribute() {
    let found = findings(
        &sources(),
        |_| true,
        |line| {
            let inline = line.contains(" style=") || line.contains("style:");
            inline.then(|| line.trim().to_owned())
        },
    );
    none(found, "the content security policy allows no inline style");
}

#[test]
fn every_file_says_what_it_is_for() {
    let sources = sources();
    assert!(sources.len() > 40);
    let silent = sources.iter().filter(|source| !source.text.starts_with("//! "));
    none(
        silent.map(|source| source.path.clone()).collect(),
        "a file begins with its purpose",
    );
}

#[test]
fn no_fact_rule_row_or_doubt_of_the_scheme_stands_in_the_program() {
    let policy = support::policy();
    let facts = policy.facts.iter().map(|fact| fact.id.as_str());
    let rules = policy.rules.iter().map(|rule| rule.id.as_str());
    let rows = policy.rows().map(|row| row.id.as_str());
    let doubts = policy.doubts.iter().map(|doubt| doubt.id.as_str());
    let quantities = policy.quantities.iter().map(|quantity| quantity.id.as_str());
    let evidence = policy.evidence.iter().map(|evidence| evidence.id.as_str());
    let groups = policy.groups.iter().map(|group| group.id.as_str());
    let narrative_fields = policy.narrative_fields.iter().map(|field| field.id.as_str());
    let places = policy.places.iter().map(|place| place.id.as_str());
    let fields = policy.fields.iter().map(|field| field.id.as_str());
    // These are kinds of fields, and a member of a case file, as well.
    let fields = fields.filter(|id| {
        ![
            "credit_code",
            "id_number",
            "bank_account",
            "postal_code",
            "application_year",
        ]
        .contains(id)
    });
    let ids: Vec<String> = facts
        .chain(rules)
        .chain(rows)
        .chain(doubts)
        .chain(quantities)
        .chain(evidence)
        .chain(groups)
        .chain(narrative_fields)
        .chain(places)
        .chain(fields)
        .map(|id| format!("\"{id}\""))
        .collect();
    let found = findings(
        &sources(),
        |_| true,
        |line| ids.iter().find(|id| line.contains(id.as_str())).cloned(),
    );
    none(found, "what the scheme names stands in its policy file alone");
}

#[test]
fn no_name_of_the_city_or_of_its_papers_stands_in_the_program() {
    let policy = support::policy();
    let (form, sheet) = (&policy.recommendation_form, &policy.score_sheet);
    let names = [
        "乌鲁木齐",
        "新疆",
        "urumqi",
        "6501",
        "劳务品牌评估打分表",
        &policy.scheme.page_title,
        &form.mark,
        &form.name,
        &sheet.mark,
        &sheet.name,
        &policy.other_papers.as_ref().unwrap().binder_title,
    ];
    let named = |line: &str| {
        names
            .into_iter()
            .find(|name| line.contains(*name))
            .map(str::to_owned)
    };
    let mut found = findings(&sources(), |_| true, named);
    for folder in ["wording", "web", "."] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let extension = path.extension().unwrap_or_default().to_string_lossy();
            if !["toml", "html", "js"].contains(&&*extension) {
                continue;
            }
            for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
                let line = line.trim_start();
                if let (Some(name), false) = (named(line), line.starts_with("//")) {
                    found.push(format!("{}:{}: {name}", path.display(), number + 1));
                }
            }
        }
    }
    none(found, "another city's policy file makes this that city's page");
}

#[test]
fn the_library_without_its_views_needs_no_browser_crate() {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "labor-brand-assessment",
            "--edges",
            "normal",
            "--no-default-features",
        ])
        .args([
            "--target",
            "wasm32-unknown-unknown",
            "--prefix",
            "none",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let listed = String::from_utf8(tree.stdout).unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    assert!(listed.contains("serde_json"), "{listed}");
    for browser in ["web-sys", "js-sys", "wasm-bindgen", "leptos", "gloo"] {
        assert!(!listed.contains(browser), "{browser} in\n{listed}");
    }
}

/// The modules of a test binary that hold no tests of their own.
const HELPERS: [&str; 3] = ["fuzzing", "second_evaluator", "support"];

#[test]
fn each_module_of_the_tests_stands_in_its_table_and_each_line_has_its_module() {
    let told = fs::read_to_string(root().join("docs/testing.md")).unwrap();
    for (main, head) in [
        ("tests/it/main.rs", "| Tests | What they hold |"),
        ("tests/journeys/tests/it/main.rs", "| Journeys | What they hold |"),
    ] {
        let main = fs::read_to_string(root().join(main)).unwrap();
        let modules = main
            .lines()
            .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
        let mut modules: Vec<&str> = modules.filter(|name| !HELPERS.contains(name)).collect();
        modules.sort_unstable();
        let table = told
            .lines()
            .skip_while(|line| *line != head)
            .skip(2)
            .take_while(|line| line.starts_with('|'));
        // What stands there with a path is no module of this binary.
        let names = table.flat_map(|line| {
            let cell = line.split('|').nth(1).unwrap();
            cell.split('`').skip(1).step_by(2)
        });
        let mut named: Vec<&str> = names.filter(|name| !name.contains('/')).collect();
        named.sort_unstable();
        assert_eq!(
            named, modules,
            "docs/testing.md names each module once below {head}"
        );
    }
}
