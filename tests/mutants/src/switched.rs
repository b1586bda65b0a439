//! A copy of the repository in which each function chooses by a switch which of
//! its mutants it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use xtask::failure::{Failure, Result};
use xtask::process::say;
use xtask::workspace::{LIBRARY, Workspace};

use crate::listed::Mutant;

/// The file that the switch is added to.
const ROOT_FILE: &str = "src/lib.rs";

/// More rounds than the compiler needs to find all mutants that it refuses.
const ROUNDS: usize = 20;

/// The module that is added to the library: which mutant runs, and, where a
/// file for it is named, which functions were come to.
const SWITCH: &str = r#"

#[doc(hidden)]
pub mod mutant_switch {
    use std::io::Write;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::OnceLock;

    static CHOSEN: OnceLock<usize> = OnceLock::new();
    static SEEN: [AtomicBool; FUNCTIONS] = [const { AtomicBool::new(false) }; FUNCTIONS];

    pub fn at(function: usize) -> usize {
        let chosen = *CHOSEN.get_or_init(|| match std::env::var("MUTANT") {
            Ok(number) => number.parse().unwrap_or(usize::MAX),
            Err(_) => usize::MAX - 1,
        });
        if chosen == usize::MAX - 1 && !SEEN[function].swap(true, Ordering::Relaxed) {
            if let Ok(path) = std::env::var("MUTANT_TRACE") {
                let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
                let _ = file.and_then(|mut file| writeln!(file, "{function}"));
            }
        }
        chosen
    }
}
"#;

/// The copy, which compiles.
pub struct Tree {
    root: PathBuf,
    build: PathBuf,
    /// The files that have mutants, as they are in the repository.
    texts: BTreeMap<String, String>,
    mutants: Vec<Mutant>,
    /// The functions of all files, each with its mutants.
    functions: Vec<Function>,
    /// Mutants that the compiler refuses.
    refused: BTreeSet<usize>,
    /// Mutants that no switch can choose: outside of functions, in functions that
    /// have to be constant, and where each arm would be of a type of its own.
    apart: BTreeSet<usize>,
}

/// A function that has mutants.
struct Function {
    file: String,
    /// Signature and body in the file, in bytes.
    signature: usize,
    body: Range<usize>,
    /// Places in the list.
    mutants: Vec<usize>,
    /// The name of a function that is `const`: where others want it to be so, it
    /// cannot read a switch.
    constant: Option<String>,
}

impl Tree {
    /// Copies the repository, puts the mutants in, and leaves out those that do
    /// not compile.
    ///
    /// # Errors
    /// When the copy cannot be written, or does not compile for another reason
    /// than a mutant.
    pub fn plant(workspace: &Workspace, mutants: Vec<Mutant>) -> Result<Self> {
        let place = workspace.target().join("mutants");
        let texts = texts(workspace, &mutants)?;
        let functions = functions(&texts, &mutants)?;
        let switched: BTreeSet<usize> = functions.iter().flat_map(|one| one.mutants.clone()).collect();
        let apart = (0..mutants.len()).filter(|number| !switched.contains(number));
        let mut tree = Self {
            root: place.join("tree"),
            build: place.join("build"),
            apart: apart.collect(),
            refused: BTreeSet::new(),
            texts,
            mutants,
            functions,
        };
        tree.copy(workspace)?;
        for round in 1..=ROUNDS {
            let arms = tree.write()?;
            let errors = tree.errors()?;
            if errors.is_empty() {
                return Ok(tree);
            }
            say(&format!(
                "round {round}: the compiler refuses {} places",
                errors.len()
            ));
            tree.refuse(&errors, &arms)?;
        }
        Err(Failure::new(
            "the mutants do not compile, however many are left out",
        ))
    }

    /// The folder of what a run leaves.
    pub fn folder(&self) -> PathBuf {
        self.root.parent().map(Path::to_path_buf).unwrap_or_default()
    }

    /// The copied repository.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// All mutants.
    pub fn mutants(&self) -> &[Mutant] {
        &self.mutants
    }

    /// The places in the list of those that a switch chooses.
    pub fn switched(&self) -> impl Iterator<Item = usize> {
        (0..self.mutants.len()).filter(|place| !self.refused.contains(place) && !self.apart.contains(place))
    }

    /// The places in the list of those that are to be compiled each alone.
    pub fn apart(&self) -> impl Iterator<Item = usize> {
        self.apart.iter().copied()
    }

    /// Makes the copy the repository itself but for one mutant.
    ///
    /// # Errors
    /// When a file of the copy cannot be written.
    pub fn change_only(&self, mutant: usize) -> Result<()> {
        let mutant = self.mutants.get(mutant);
        for (name, text) in &self.texts {
            let changed = mutant.filter(|mutant| mutant.file == *name);
            let changed = changed.and_then(|mutant| mutant.within(text, &(0..text.len())));
            put(&self.root.join(name), &changed.unwrap_or_else(|| text.clone()))?;
        }
        Ok(())
    }

    /// The function that a mutant changes.
    pub fn function_of(&self, mutant: usize) -> Option<usize> {
        self.functions
            .iter()
            .position(|function| function.mutants.contains(&mutant))
    }

    /// A cargo command in the copy, with the library's features for tests. It
    /// writes what it does as JSON.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.build)
            .env("RUSTFLAGS", "--cap-lints=allow")
            .args(arguments)
            .args(["--profile", "mutants", "--message-format", "json"])
            .args([
                "--package",
                LIBRARY,
                "--no-default-features",
                "--features",
                "word",
            ])
            .stderr(Stdio::null());
        command
    }

    /// Copies what git knows.
    fn copy(&self, workspace: &Workspace) -> Result<()> {
        let failed = |what: &str, error: String| Failure::new(format!("{what} cannot be copied: {error}"));
        let listed = Command::new("git")
            .current_dir(workspace.root())
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .output()
            .map_err(|error| failed("the repository", error.to_string()))?;
        // What an earlier run left may be gone from the repository.
        let _ = fs::remove_dir_all(&self.root);
        for name in String::from_utf8_lossy(&listed.stdout).split_terminator('\0') {
            let (from, to) = (workspace.root().join(name), self.root.join(name));
            if !from.is_file() {
                continue;
            }
            let folder = to.parent().unwrap_or(&self.root);
            fs::create_dir_all(folder)
                .and_then(|()| fs::copy(&from, &to))
                .map_err(|error| failed(name, error.to_string()))?;
        }
        Ok(())
    }

    /// Writes the files with the mutants that are not refused, and gives the
    /// lines that each one fills.
    fn write(&self) -> Result<Vec<Arm>> {
        let mut arms = Vec::new();
        for (name, text) in &self.texts {
            let mut out = Page::default();
            let mut done = 0;
            let own = self
                .functions
                .iter()
                .enumerate()
                .filter(|(_, one)| one.file == *name);
            for (number, function) in own {
                let kept: Vec<usize> = function.kept(&self.refused).collect();
                if kept.is_empty() {
                    continue;
                }
                let part = |range: Range<usize>| text.get(range).unwrap_or_default();
                out.put(part(done..function.signature));
                let signature = part(function.signature..function.body.start);
                // What reads a switch is not constant.
                out.put(&signature.replace("const fn ", "fn "));
                out.put(&format!("{{ match crate::mutant_switch::at({number}) {{\n"));
                for mutant in kept {
                    let Some(changed) = self
                        .mutants
                        .get(mutant)
                        .and_then(|one| one.within(text, &function.body))
                    else {
                        continue;
                    };
                    let first = out.line;
                    out.put(&format!("{mutant} => {{ {changed} }}\n"));
                    arms.push(Arm {
                        file: name.clone(),
                        lines: first..out.line,
                        mutant,
                    });
                }
                out.put(&format!("_ => {} }} }}", part(function.body.clone())));
                done = function.body.end;
            }
            out.put(text.get(done..).unwrap_or_default());
            if name == ROOT_FILE {
                out.put(&SWITCH.replace("FUNCTIONS", &self.functions.len().to_string()));
            }
            put(&self.root.join(name), &out.text)?;
        }
        Ok(arms)
    }

    /// What the compiler refuses.
    fn errors(&self) -> Result<Vec<Value>> {
        let output = self
            .cargo(&["check", "--tests"])
            .output()
            .map_err(|error| Failure::new(format!("cargo cannot be run: {error}")))?;
        let errors: Vec<Value> = messages(&output.stdout)
            .filter_map(|mut line| line.get_mut("message").map(Value::take))
            .filter(|message| message.get("level").and_then(Value::as_str) == Some("error"))
            .filter(|message| {
                message
                    .get("spans")
                    .and_then(Value::as_array)
                    .is_some_and(|spans| !spans.is_empty())
            })
            .collect();
        if errors.is_empty() && !output.status.success() {
            return Err(Failure::new(
                "the copy with the mutants does not compile: run `cargo check`",
            ));
        }
        Ok(errors)
    }

    /// Leaves out the mutants in whose lines an error stands, and leaves functions
    /// constant that are wanted so.
    fn refuse(&mut self, errors: &[Value], arms: &[Arm]) -> Result<()> {
        let before = self.refused.len() + self.apart.len();
        for error in errors {
            let places = places_of(error);
            let hit = arms.iter().find(|arm| {
                let inside = |(file, line): &(String, usize)| *file == arm.file && arm.lines.contains(line);
                places.iter().any(inside)
            });
            if let Some(arm) = hit {
                self.refused.insert(arm.mutant);
                continue;
            }
            let wanted = error.get("message").and_then(Value::as_str).unwrap_or_default();
            let name = wanted
                .split('`')
                .nth(1)
                .and_then(|path| path.rsplit("::").next())
                .unwrap_or_default();
            let constant = self
                .functions
                .iter_mut()
                .filter(|one| one.constant.as_deref() == Some(name));
            for function in constant {
                self.apart.extend(function.mutants.drain(..));
            }
        }
        if self.refused.len() + self.apart.len() > before {
            return Ok(());
        }
        let shown = errors
            .first()
            .and_then(|error| error.get("rendered"))
            .and_then(Value::as_str);
        Err(Failure::new(format!(
            "the copy with the mutants does not compile:\n{}",
            shown.unwrap_or_default()
        )))
    }
}

impl Function {
    /// Its mutants that are not refused.
    fn kept<'a>(&'a self, refused: &'a BTreeSet<usize>) -> impl Iterator<Item = usize> + 'a {
        self.mutants
            .iter()
            .copied()
            .filter(|mutant| !refused.contains(mutant))
    }
}

impl Mutant {
    /// A part of its file, with the change in it.
    fn within(&self, text: &str, part: &Range<usize>) -> Option<String> {
        let (start, end) = (self.span.start.offset(text)?, self.span.end.offset(text)?);
        let (before, after) = (text.get(part.start..start)?, text.get(end..part.end)?);
        Some(format!("{before}{}{after}", self.replacement))
    }
}

fn put(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text)
        .map_err(|error| Failure::new(format!("{} cannot be written: {error}", path.display())))
}

/// The text of each file that has mutants, and of the one with the switch.
fn texts(workspace: &Workspace, mutants: &[Mutant]) -> Result<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    for name in mutants
        .iter()
        .map(|mutant| mutant.file.as_str())
        .chain([ROOT_FILE])
    {
        if !texts.contains_key(name) {
            texts.insert(name.to_owned(), workspace.text(name)?);
        }
    }
    Ok(texts)
}

/// A text that grows, and the line that it has come to.
struct Page {
    text: String,
    line: usize,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            text: String::new(),
            line: 1,
        }
    }
}

impl Page {
    fn put(&mut self, more: &str) {
        self.text.push_str(more);
        self.line += more.matches('\n').count();
    }
}

/// The lines of a written file that a mutant fills.
struct Arm {
    file: String,
    lines: Range<usize>,
    mutant: usize,
}

/// The functions that the mutants change, in the order of their files.
fn functions(texts: &BTreeMap<String, String>, mutants: &[Mutant]) -> Result<Vec<Function>> {
    let mut found: BTreeMap<(&str, usize), Function> = BTreeMap::new();
    for (place, mutant) in mutants.iter().enumerate() {
        let Some(function) = &mutant.function else {
            continue;
        };
        let text = texts.get(&mutant.file).map(String::as_str).unwrap_or_default();
        let unknown = || Failure::new(format!("the place of a mutant is not found: {}", mutant.name));
        let signature = function.span.start.offset(text).ok_or_else(unknown)?;
        let end = function.span.end.offset(text).ok_or_else(unknown)?;
        let start = body_start(text, signature)
            .filter(|start| *start < end)
            .ok_or_else(unknown)?;
        let head = text.get(signature..start).unwrap_or_default();
        // Its arms would be of as many types as it has mutants.
        if head.contains("-> impl") {
            continue;
        }
        let one = found
            .entry((&mutant.file, signature))
            .or_insert_with(|| Function {
                file: mutant.file.clone(),
                signature,
                body: start..end,
                mutants: Vec::new(),
                constant: name_of_constant(head),
            });
        one.mutants.push(place);
    }
    // A function inside of another one would be changed in one of the other's arms only.
    let mut functions: Vec<Function> = Vec::new();
    for function in found.into_values() {
        let inside = |other: &Function| other.file == function.file && other.body.end > function.signature;
        if !functions.last().is_some_and(inside) {
            functions.push(function);
        }
    }
    Ok(functions)
}

/// Where the body of a function begins: comments and attributes before its
/// signature may hold a brace, and the signature has none.
fn body_start(text: &str, signature: usize) -> Option<usize> {
    let mut at = signature;
    for line in text.get(signature..)?.split_inclusive('\n') {
        let code = line.trim_start();
        if !code.starts_with("//")
            && !code.starts_with('#')
            && let Some(brace) = line.find('{')
        {
            return Some(at + brace);
        }
        at += line.len();
    }
    None
}

/// The name of a function that is constant.
fn name_of_constant(signature: &str) -> Option<String> {
    let (_, behind) = signature.split_once("const fn ")?;
    let name: String = behind
        .chars()
        .take_while(|one| one.is_alphanumeric() || *one == '_')
        .collect();
    Some(name)
}

/// The lines of JSON that cargo writes.
pub fn messages(output: &[u8]) -> impl Iterator<Item = Value> {
    let text = String::from_utf8_lossy(output).into_owned();
    let lines: Vec<Value> = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    lines.into_iter()
}

/// The places of an error: where it stands, and where the macros that it came
/// out of were called.
fn places_of(error: &Value) -> Vec<(String, usize)> {
    let mut places = Vec::new();
    let spans = error.get("spans").and_then(Value::as_array).into_iter().flatten();
    let (primary, others): (Vec<&Value>, Vec<&Value>) =
        spans.partition(|span| span.get("is_primary").and_then(Value::as_bool) == Some(true));
    for span in primary.into_iter().chain(others) {
        let mut at = Some(span);
        while let Some(span) = at {
            let file = span.get("file_name").and_then(Value::as_str).unwrap_or_default();
            let line = span.get("line_start").and_then(Value::as_u64).unwrap_or_default();
            places.push((file.to_owned(), usize::try_from(line).unwrap_or_default()));
            at = span
                .get("expansion")
                .and_then(|one| one.get("span"))
                .filter(|one| !one.is_null());
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "/// Some {thing}.\n#[must_use]\npub const fn more(one: u8) -> u8 {\n    one + 1\n}\n";

    #[test]
    fn the_body_begins_behind_comments_and_attributes() {
        assert_eq!(body_start(TEXT, 0), TEXT.find("{\n"));
        assert_eq!(name_of_constant(TEXT), Some("more".to_owned()));
    }

    #[test]
    fn a_change_stands_in_the_place_of_what_it_replaces() {
        let mutant: Mutant = serde_json::from_value(serde_json::json!({
            "name": "", "file": "", "function": null, "replacement": "-",
            "span": {"start": {"line": 4, "column": 9}, "end": {"line": 4, "column": 10}},
        }))
        .unwrap();
        let start = TEXT.find("{\n").unwrap();
        let body = mutant.within(TEXT, &(start..TEXT.len() - 1)).unwrap();
        assert_eq!(body, "{\n    one - 1\n}");
    }

    #[test]
    fn an_error_in_a_macro_belongs_to_the_line_that_calls_it() {
        let error = serde_json::json!({"spans": [{
            "is_primary": true, "file_name": "core/macros.rs", "line_start": 3,
            "expansion": {"span": {"file_name": "src/json.rs", "line_start": 7, "expansion": null}},
        }]});
        let places = places_of(&error);
        assert!(places.contains(&("src/json.rs".to_owned(), 7)), "{places:?}");
    }
}
