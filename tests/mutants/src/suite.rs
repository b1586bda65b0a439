//! The tests of the copy: how long each takes, which functions it comes to, and
//! whether one of them notices a mutant.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use xtask::failure::{Failure, Result};
use xtask::process::say;

use crate::WORKERS;
use crate::switched::{Tree, messages};

/// What runs longer than its tests do without the mutant by this factor, and by
/// [`GRACE`] more, never ends.
const PATIENCE: u32 = 10;

/// See [`PATIENCE`].
const GRACE: Duration = Duration::from_secs(10);

/// The modules of tests that are not run: they throw made-up texts at readers
/// and take long, or look at the sources, which a mutant does not change.
const LEFT_OUT: [&str; 6] = [
    "importer_fuzzing",
    "importer_limits",
    "keeping",
    "architecture",
    "stable_names",
    "wording",
];

/// KiB of memory that a test may take; a mutant may want all there is.
const MEMORY: &str = "4000000";

/// What came of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A test failed.
    Noticed,
    /// A test did not end.
    Late,
    /// All tests passed.
    Missed,
}

impl Outcome {
    /// The outcome as a word of the list.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Noticed => "noticed",
            Self::Late => "noticed by time",
            Self::Missed => "not noticed",
        }
    }
}

/// All tests, the fastest first.
pub struct Suite {
    root: PathBuf,
    tests: Vec<Test>,
    /// By function, the names of the tests that noticed a mutant of it, the last one first.
    noticed: Mutex<BTreeMap<usize, Vec<String>>>,
}

/// A test, as it is without any mutant.
struct Test {
    program: PathBuf,
    name: String,
    took: Duration,
    functions: BTreeSet<usize>,
}

impl Suite {
    /// Builds the tests, and runs each of them once without a mutant.
    ///
    /// # Errors
    /// When they do not compile, or one fails.
    pub fn of(tree: &Tree) -> Result<Self> {
        let mut suite = Self {
            root: tree.root().to_path_buf(),
            tests: Vec::new(),
            noticed: Mutex::default(),
        };
        for program in programs(tree, &targets(tree)?)? {
            for name in suite.names(&program)? {
                suite.tests.push(Test {
                    program: program.clone(),
                    name,
                    took: Duration::ZERO,
                    functions: BTreeSet::new(),
                });
            }
        }
        say(&format!(
            "running {} tests to see what they come to",
            suite.tests.len()
        ));
        suite.trace(&tree.folder().join("traces"))?;
        suite.tests.sort_by_key(|test| test.took);
        Ok(suite)
    }

    /// Runs the tests that come to its function with a mutant until one fails:
    /// at first the one that noticed the last mutant of the function, then
    /// others that noticed one, then a few, then more.
    pub fn try_mutant(&self, mutant: usize, function: Option<usize>) -> Outcome {
        let Some(function) = function else {
            return Outcome::Missed;
        };
        let known = self.noticed.lock().map_or_else(
            |_| Vec::new(),
            |noticed| noticed.get(&function).cloned().unwrap_or_default(),
        );
        let rank = |test: &&Test| known.iter().position(|name| *name == test.name);
        let mut waiting: Vec<&Test> = self
            .tests
            .iter()
            .filter(|test| test.functions.contains(&function))
            .collect();
        waiting.sort_by_key(|test| rank(test).unwrap_or(usize::MAX));
        let mut many = 1;
        while !waiting.is_empty() {
            let rest = waiting.split_off(many.min(waiting.len()));
            match self.run_together(mutant, &waiting) {
                (Outcome::Missed, _) => {}
                (noticed, failed) => {
                    self.remember(function, &failed);
                    return noticed;
                }
            }
            waiting = rest;
            many *= 4;
        }
        Outcome::Missed
    }

    /// Puts tests that noticed a mutant of a function before the others that did.
    fn remember(&self, function: usize, failed: &[String]) {
        if let Ok(mut noticed) = self.noticed.lock() {
            let known = noticed.entry(function).or_default();
            known.retain(|name| !failed.contains(name));
            known.splice(0..0, failed.iter().cloned());
        }
    }

    /// Runs some tests with a mutant, those of one program in one process, and
    /// gives the names of those that failed.
    fn run_together(&self, mutant: usize, tests: &[&Test]) -> (Outcome, Vec<String>) {
        let mut programs: BTreeMap<&Path, Vec<&Test>> = BTreeMap::new();
        for test in tests {
            programs.entry(&test.program).or_default().push(test);
        }
        for (program, tests) in programs {
            let expected = tests.iter().map(|test| test.took).sum();
            let names = tests.iter().map(|test| test.name.as_str());
            let (outcome, failed) = self.run_program(program, names, expected, mutant);
            if outcome != Outcome::Missed {
                return (outcome, failed);
            }
        }
        (Outcome::Missed, Vec::new())
    }

    /// Compiles a mutant that no switch chooses, and runs all tests; none where it does not compile.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn try_alone(&self, tree: &Tree, mutant: usize) -> Result<Option<Outcome>> {
        tree.change_only(mutant)?;
        let expected = self.tests.iter().map(|test| test.took).sum();
        let Ok(programs) = programs(tree, &targets(tree)?) else {
            return Ok(None);
        };
        for program in &programs {
            let own = self.tests.iter().filter(|test| test.program == *program);
            let names = own.map(|test| test.name.as_str());
            let (outcome, _) = self.run_program(program, names, expected, mutant);
            if outcome != Outcome::Missed {
                return Ok(Some(outcome));
            }
        }
        Ok(Some(Outcome::Missed))
    }

    /// Runs tests of one program, or all of them where none is named, and gives
    /// the names of those that failed.
    fn run_program<'a>(
        &self,
        program: &Path,
        names: impl Iterator<Item = &'a str>,
        expected: Duration,
        mutant: usize,
    ) -> (Outcome, Vec<String>) {
        let limit = (expected * PATIENCE + GRACE).as_secs();
        let ended = Command::new("timeout")
            .args(["--signal", "KILL", &limit.to_string()])
            .args(["sh", "-c", &format!("ulimit -v {MEMORY}; exec \"$@\""), "sh"])
            .arg(program)
            .args(["--test-threads", "1", "--exact"])
            .args(names)
            .current_dir(&self.root)
            .envs(SETTINGS)
            .env("MUTANT", mutant.to_string())
            .stderr(Stdio::null())
            .output();
        // What could not be run has noticed nothing.
        let Ok(ended) = ended else {
            return (Outcome::Missed, Vec::new());
        };
        let outcome = match (ended.status.success(), ended.status.code()) {
            (true, _) | (_, Some(125..=127)) => Outcome::Missed,
            // So `timeout` ends after it has killed.
            (_, Some(137) | None) => Outcome::Late,
            _ => Outcome::Noticed,
        };
        let shown = String::from_utf8_lossy(&ended.stdout).into_owned();
        (outcome, failed_in(&shown))
    }

    /// Runs each test alone, and notes its time and the functions that it comes to.
    fn trace(&mut self, folder: &Path) -> Result<()> {
        let failed = |error: std::io::Error| Failure::new(format!("{}: {error}", folder.display()));
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).map_err(failed)?;
        let (next, broken) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let root = &self.root;
        let places: Vec<Mutex<&mut Test>> = self.tests.iter_mut().map(Mutex::new).collect();
        thread::scope(|scope| {
            for _ in 0..WORKERS {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some(Ok(mut test)) = places.get(number).map(Mutex::lock) else {
                            return;
                        };
                        let path = folder.join(number.to_string());
                        if !test.trace(root, &path)
                            && let Ok(mut broken) = broken.lock()
                        {
                            broken.push(test.name.clone());
                        }
                    }
                });
            }
        });
        let broken = broken.into_inner().unwrap_or_default();
        if broken.is_empty() {
            return Ok(());
        }
        Err(Failure::new(format!(
            "tests fail without a mutant: {}",
            broken.join(", ")
        )))
    }

    /// The names of the tests in a program.
    fn names(&self, program: &Path) -> Result<Vec<String>> {
        let output = Command::new(program)
            .args(["--list", "--format", "terse"])
            .current_dir(&self.root)
            .output()
            .map_err(|error| Failure::new(format!("{}: {error}", program.display())))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let names = text.lines().filter_map(|line| line.strip_suffix(": test"));
        let module = |name: &str| name.split("::").next().unwrap_or_default().to_owned();
        let names = names.filter(|name| !LEFT_OUT.contains(&module(name).as_str()));
        Ok(names.map(str::to_owned).collect())
    }
}

/// What a mutant gets wrong shows in few made-up cases, or in the fixed ones; and
/// they are the same in each run, so that what was noticed once is noticed again.
const SETTINGS: [(&str, &str); 5] = [
    ("PROPTEST_CASES", "64"),
    ("PROPTEST_RNG_SEED", "20261124"),
    ("PROPTEST_MAX_SHRINK_ITERS", "0"),
    ("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1"),
    ("INDEPENDENT_CASES", "5000"),
];

impl Test {
    /// Runs it without a mutant; returns whether it passed.
    fn trace(&mut self, root: &Path, path: &Path) -> bool {
        let start = Instant::now();
        let ended = Command::new(&self.program)
            .args(["--test-threads", "1", "--exact", &self.name])
            .current_dir(root)
            .envs(SETTINGS)
            .env_remove("MUTANT")
            .env("MUTANT_TRACE", path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        self.took = start.elapsed();
        // One that is left out comes to nothing.
        let seen = fs::read_to_string(path).unwrap_or_default();
        self.functions = seen.lines().filter_map(|line| line.parse().ok()).collect();
        ended.is_ok_and(|status| status.success())
    }
}

/// The names of the tests that a program tells as failed.
fn failed_in(shown: &str) -> Vec<String> {
    let lines = shown.lines().filter_map(|line| line.strip_prefix("test "));
    let names = lines.filter_map(|line| line.strip_suffix(" ... FAILED"));
    names.map(str::to_owned).collect()
}

/// The tests that `.cargo/mutants.toml` names, as arguments of cargo.
fn targets(tree: &Tree) -> Result<Vec<String>> {
    let unreadable = |error: String| Failure::new(format!(".cargo/mutants.toml cannot be read: {error}"));
    let text = fs::read_to_string(tree.root().join(".cargo/mutants.toml"))
        .map_err(|error| unreadable(error.to_string()))?;
    let settings: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| unreadable(error.to_string()))?;
    let named = settings
        .get("additional_cargo_test_args")
        .and_then(toml::Value::as_array);
    let named = named.into_iter().flatten().filter_map(toml::Value::as_str);
    Ok(named.map(str::to_owned).collect())
}

/// Builds some tests, and gives their programs.
fn programs(tree: &Tree, targets: &[String]) -> Result<Vec<PathBuf>> {
    let output = tree
        .cargo(&["test", "--no-run"])
        .args(targets)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Failure::new(format!("cargo cannot be run: {error}")))?;
    if !output.status.success() {
        return Err(Failure::new(
            "the tests with the mutants do not compile: see the lines above",
        ));
    }
    let programs = messages(&output.stdout).filter_map(|line| {
        let program = line.get("executable").and_then(Value::as_str)?;
        let is_test = line.pointer("/profile/test").and_then(Value::as_bool) == Some(true);
        is_test.then(|| PathBuf::from(program))
    });
    Ok(programs.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_is_read_off_what_a_program_tells() {
        let shown = "running 2 tests\ntest a::one ... FAILED\ntest two ... ok\n\nfailures:\n";
        assert_eq!(failed_in(shown), ["a::one"]);
    }
}
