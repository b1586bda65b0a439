//! No files of the library import each other, neither two by themselves nor a
//! chain that comes back to its start.
//!
//! What is followed are the names of modules: `use` and paths within the code,
//! through what a `mod.rs` hands on to the file that the name is in. A file
//! may use what the `mod.rs` above it holds: that is the folder it belongs to.

use std::collections::{BTreeMap, BTreeSet};

use crate::architecture::{Source, sources};

/// A module by the names that lead to it from the root of the crate.
type Module = Vec<String>;

/// Which files each file imports.
type Imports = BTreeMap<String, BTreeSet<String>>;

/// What a file says about names.
#[derive(Default)]
struct Names {
    path: String,
    /// Each imported name and where it comes from.
    imported: BTreeMap<String, Vec<String>>,
    /// Every path in it that can lead to another file; what it only hands on is none of them.
    used: Vec<Vec<String>>,
}

struct Library {
    files: BTreeMap<Module, Names>,
}

impl Library {
    fn of(sources: &[Source]) -> Self {
        let files = sources.iter().map(|source| {
            let names = source.path.trim_end_matches(".rs").split('/');
            let mut module: Module = names.map(str::to_owned).collect();
            if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
                module.pop();
            }
            (module, names_of(&source.path, &source.code))
        });
        Self {
            files: files.collect(),
        }
    }

    /// The module in whose file a path ends, as seen from a module.
    fn resolve(&self, from: &Module, path: &[String], hops: usize) -> Option<Module> {
        let mut names = path.iter().map(String::as_str).peekable();
        let mut module = match names.peek()? {
            &"crate" => Module::new(),
            _ => from.clone(),
        };
        let is_relative = !matches!(names.peek()?, &("crate" | "self" | "super"));
        if is_relative && !self.files.contains_key(&below(&module, path.first()?)) {
            return None;
        }
        while let Some(name) = names.next() {
            match name {
                "crate" | "self" => {}
                "super" => {
                    module.pop();
                }
                name => {
                    let deeper = below(&module, name);
                    if self.files.contains_key(&deeper) {
                        module = deeper;
                        continue;
                    }
                    let handed_on = self.files.get(&module)?.imported.get(name);
                    return match handed_on {
                        Some(origin) if hops > 0 => {
                            let rest = names.map(str::to_owned);
                            let path: Vec<String> = origin.iter().cloned().chain(rest).collect();
                            self.resolve(&module, &path, hops - 1)
                        }
                        _ => Some(module),
                    };
                }
            }
        }
        Some(module)
    }

    fn imports(&self) -> Imports {
        self.files_by(|names| names.used.iter())
    }

    /// The files that each file comes to by some of its paths.
    fn files_by<'a, P: Iterator<Item = &'a Vec<String>>>(
        &'a self,
        paths_of: impl Fn(&'a Names) -> P,
    ) -> Imports {
        let files = self.files.iter().map(|(module, names)| {
            let imported = paths_of(names).filter_map(|path| self.resolve(module, path, 8));
            let imported = imported.filter(|other| !module.starts_with(other));
            let paths = imported.map(|other| self.files[&other].path.clone());
            (names.path.clone(), paths.collect())
        });
        files.collect()
    }
}

/// Which other files each of these names by their paths below src, what it only hands on as well.
pub fn all_named(sources: &[Source]) -> BTreeMap<String, BTreeSet<String>> {
    Library::of(sources).files_by(|names| names.used.iter().chain(names.imported.values()))
}

fn below(module: &Module, name: &str) -> Module {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

fn names_of(path: &str, code: &str) -> Names {
    let mut names = Names {
        path: path.to_owned(),
        ..Names::default()
    };
    let mut rest = String::new();
    let mut statement: Option<(bool, String)> = None;
    for line in code.lines() {
        let trimmed = line.trim();
        if statement.is_none() {
            let words = trimmed.split_once("use ");
            match words {
                Some((before, after))
                    if before.is_empty() || before.starts_with("pub") && before.ends_with([' ', ')']) =>
                {
                    statement = Some((!before.is_empty(), after.to_owned()));
                }
                _ => {
                    rest.push_str(line);
                    rest.push('\n');
                }
            }
        } else if let Some((_, text)) = &mut statement {
            text.push_str(trimmed);
        }
        if let Some((handed_on, text)) = statement.take_if(|(_, text)| text.ends_with(';')) {
            let mut paths = Vec::new();
            expand(&[], text.trim_end_matches(';'), &mut paths);
            for (name, path) in paths {
                if !handed_on {
                    names.used.push(path.clone());
                }
                names.imported.insert(name, path);
            }
        }
    }
    names.used.extend(paths_within(&rest));
    names
}

/// Every path of a tree of imports, with the name it gets.
fn expand(before: &[String], tree: &str, paths: &mut Vec<(String, Vec<String>)>) {
    let tree = tree.trim();
    if let Some((path, branches)) = tree.split_once('{') {
        let path = path.split("::").map(str::trim).filter(|name| !name.is_empty());
        let before: Vec<String> = before.iter().cloned().chain(path.map(str::to_owned)).collect();
        let branches = branches.trim_end().trim_end_matches('}');
        let mut depth = 0;
        let apart = branches.split(|character| {
            depth += i32::from(character == '{') - i32::from(character == '}');
            character == ',' && depth == 0
        });
        for branch in apart.filter(|branch| !branch.trim().is_empty()) {
            expand(&before, branch, paths);
        }
        return;
    }
    let (path, name) = match tree.split_once(" as ") {
        Some((path, name)) => (path, Some(name.trim().to_owned())),
        None => (tree, None),
    };
    let names = path.split("::").map(|name| name.trim().to_owned());
    let mut path: Vec<String> = before.iter().cloned().chain(names).collect();
    if path.len() > 1 && path.last().is_some_and(|last| last == "self" || last == "*") {
        path.pop();
    }
    let name = name.or_else(|| path.last().cloned()).unwrap_or_default();
    paths.push((name, path));
}

/// The paths from `crate` and `super` that stand within code.
fn paths_within(code: &str) -> Vec<Vec<String>> {
    let is_part = |character: char| character.is_alphanumeric() || character == '_' || character == ':';
    let paths = code.split(|character| !is_part(character));
    let paths = paths.map(|path| path.trim_end_matches(':'));
    let paths = paths.filter(|path| path.starts_with("crate::") || path.starts_with("super::"));
    paths
        .map(|path| path.split("::").map(str::to_owned).collect())
        .collect()
}

/// The circles among files, each as the imports that make it.
fn circles(imports: &Imports) -> Vec<String> {
    let reached: Imports = imports
        .keys()
        .map(|file| (file.clone(), reached_from(imports, file)))
        .collect();
    let mut left: BTreeSet<&String> = imports.keys().collect();
    let mut circles = Vec::new();
    while let Some(file) = left.pop_first() {
        if !reached[file].contains(file) {
            continue;
        }
        let circle: BTreeSet<&String> = reached[file]
            .iter()
            .filter(|other| reached[*other].contains(file))
            .collect();
        left.retain(|other| !circle.contains(other));
        let arrows = circle.iter().flat_map(|from| {
            let within = imports[*from].iter().filter(|to| circle.contains(to));
            within.map(move |to| format!("  src/{from} uses src/{to}"))
        });
        circles.push(arrows.collect::<Vec<_>>().join("\n"));
    }
    circles
}

/// The files that a file imports, by itself or through others.
fn reached_from(imports: &Imports, file: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![file];
    while let Some(file) = waiting.pop() {
        for other in &imports[file] {
            if reached.insert(other.clone()) {
                waiting.push(other);
            }
        }
    }
    reached
}

#[test]
fn no_files_of_the_library_import_each_other() {
    let imports = Library::of(&sources()).imports();
    assert!(imports.values().map(BTreeSet::len).sum::<usize>() > 300);
    let circles = circles(&imports);
    assert!(
        circles.is_empty(),
        "{} circles; what both need belongs in a file of its own:\n{}",
        circles.len(),
        circles.join("\n\n")
    );
}

#[test]
fn a_circle_is_named_through_what_a_folder_hands_on_and_through_paths_within_code() {
    let file = |path: &str, code: &str| Source {
        path: path.to_owned(),
        module: String::new(),
        text: String::new(),
        code: code.to_owned(),
    };
    let library = |last: &str| {
        Library::of(&[
            file("lib.rs", "pub mod rooms;\npub mod guests;"),
            file(
                "rooms/mod.rs",
                "mod door;\nmod key;\npub use door::{\n    Door, Hinge as Joint,\n};\npub struct Room;",
            ),
            file(
                "rooms/door.rs",
                "use super::{Room, key::{self, Key}};\npub struct Door;",
            ),
            file("rooms/key.rs", last),
            file("guests.rs", "use crate::rooms::Door;"),
        ])
    };
    let circle = "  src/rooms/door.rs uses src/rooms/key.rs\n  src/rooms/key.rs uses src/rooms/door.rs";
    let none: [String; 0] = [];
    assert_eq!(circles(&library("use super::Room;").imports()), none);
    for last in [
        "use super::Joint;",
        "fn turn(of: &crate::rooms::Door) {}",
        "use crate::rooms::door;",
    ] {
        assert_eq!(circles(&library(last).imports()), [circle], "{last}");
    }
    let longer = circles(&library("use crate::guests;").imports());
    assert_eq!(longer.len(), 1);
    assert_eq!(longer[0].lines().count(), 3, "{}", longer[0]);
}
