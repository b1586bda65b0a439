//! Mutation testing of what decides points: the code is changed, one place at a
//! time, and for each change (a mutant) a test has to fail.
//!
//! cargo-mutants says what is changed, and `.cargo/mutants.toml` what is left
//! out and why. It compiles each mutant anew, which takes hours for all of them.
//! Here one build holds them all, each behind a switch, and one variable of the
//! environment chooses which one runs; and of the tests only those run that come
//! to the function that is changed.

mod listed;
mod suite;
mod switched;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use lexopt::prelude::*;
use xtask::failure::{Failure, Result};
use xtask::process::say;
use xtask::tools;
use xtask::workspace::Workspace;

use suite::{Outcome, Suite};
use switched::Tree;

/// How many mutants are tried at once.
const WORKERS: usize = 2;

/// What came of the mutants, in the order of `.cargo/mutants.toml`'s list.
const FOUND: &str = "mutants.txt";

/// Which mutants are tried.
#[derive(Debug, PartialEq, Eq)]
struct Choice {
    /// Every so many of the list, from the first one on.
    every: NonZeroUsize,
    /// Only those whose names have this in them.
    matching: String,
    /// Only those on lines that differ from the last commit, or that it changed.
    changed: bool,
}

impl Choice {
    /// Reads it from the arguments of the command.
    fn parse(arguments: impl IntoIterator<Item = OsString>) -> std::result::Result<Self, lexopt::Error> {
        let mut choice = Self {
            every: NonZeroUsize::MIN,
            matching: String::new(),
            changed: false,
        };
        let mut parser = lexopt::Parser::from_args(arguments);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("every") => choice.every = parser.value()?.parse()?,
                Long("matching") => choice.matching = parser.value()?.string()?,
                Long("changed") => choice.changed = true,
                other => return Err(other.unexpected()),
            }
        }
        Ok(choice)
    }

    /// Whether all mutants are tried.
    fn is_whole(&self) -> bool {
        self.every == NonZeroUsize::MIN && self.matching.is_empty() && !self.changed
    }
}

fn main() -> ExitCode {
    let outcome = Choice::parse(std::env::args_os().skip(1))
        .map_err(|error| Failure::new(format!("{error}: tests/mutants/README.md shows the options")))
        .and_then(|choice| run(&Workspace::find()?, &choice));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// Tries the chosen mutants. What came of each is in
/// `target/mutants/mutants.txt` afterwards.
///
/// # Errors
/// When the mutants cannot be listed or compiled, when a test fails without any
/// of them, and when no test notices one.
fn run(workspace: &Workspace, choice: &Choice) -> Result<()> {
    tools::ensure_cargo_mutants(workspace)?;
    let start = Instant::now();
    let all = listed::list(workspace, choice.changed)?;
    let count = all.len();
    let chosen = all.into_iter().step_by(choice.every.get());
    let chosen: Vec<_> = chosen
        .filter(|mutant| mutant.name.contains(&choice.matching))
        .collect();
    if chosen.is_empty() {
        say("there is no mutant to try");
        return Ok(());
    }
    say(&format!(
        "trying {} of {count} mutants in one build",
        chosen.len()
    ));
    let tree = Tree::plant(workspace, chosen)?;
    let suite = Suite::of(&tree)?;
    let mut outcomes = try_each(&tree, &suite);
    say("compiling those alone that no switch can choose");
    for mutant in tree.apart() {
        if let Some(outcome) = suite.try_alone(&tree, mutant)? {
            tell_missed(&tree, mutant, outcome);
            outcomes.insert(mutant, outcome);
        }
    }
    let shown = tell(&tree, &outcomes);
    let place = tree.folder().join(FOUND);
    fs::write(&place, &shown.list)
        .map_err(|error| Failure::new(format!("{} cannot be written: {error}", place.display())))?;
    let figure = format!(
        "Mutants of policy, answers, assessment and numbers\t{}\t{}\t{}\t{}\n",
        if choice.is_whole() { "long" } else { "short" },
        tree.mutants().len(),
        shown.counts,
        start.elapsed().as_secs()
    );
    if choice.matching.is_empty() && !choice.changed {
        record(workspace, choice, &figure)?;
    }
    say(&format!("{} mutants: {}", tree.mutants().len(), shown.counts));
    if shown.missed.is_empty() {
        return Ok(());
    }
    eprintln!("not noticed by any test:\n{}", shown.missed.join("\n"));
    Err(Failure::new(
        "a mutant was not noticed: add a test for it, or list it in .cargo/mutants.toml with the reason why it changes nothing",
    ))
}

/// Tells of a mutant that no test noticed, at once: the rest may take an hour.
fn tell_missed(tree: &Tree, mutant: usize, outcome: Outcome) {
    if outcome == Outcome::Missed
        && let Some(mutant) = tree.mutants().get(mutant)
    {
        say(&format!("not noticed: {}", mutant.name));
    }
}

/// What came of each mutant that a switch chooses, by its place in the list.
fn try_each(tree: &Tree, suite: &Suite) -> BTreeMap<usize, Outcome> {
    let waiting: Vec<usize> = tree.switched().collect();
    let (next, outcomes) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(&mutant) = waiting.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = suite.try_mutant(mutant, tree.function_of(mutant));
                    tell_missed(tree, mutant, outcome);
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes.insert(mutant, outcome);
                        if outcomes.len() % 100 == 0 {
                            say(&format!("{} of {} tried", outcomes.len(), waiting.len()));
                        }
                    }
                }
            });
        }
    });
    outcomes.into_inner().unwrap_or_default()
}

/// What is said of a run.
struct Findings {
    /// All mutants, one on a line, each behind what came of it.
    list: String,
    /// How many came out how.
    counts: String,
    /// Those that no test noticed.
    missed: Vec<String>,
}

fn tell(tree: &Tree, outcomes: &BTreeMap<usize, Outcome>) -> Findings {
    let (mut list, mut missed) = (String::new(), Vec::new());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, mutant) in tree.mutants().iter().enumerate() {
        let word = outcomes.get(&place).map_or("does not compile", Outcome::word);
        let _ = writeln!(list, "{word}\t{}", mutant.name);
        *counts.entry(word).or_default() += 1;
        if matches!(outcomes.get(&place), Some(Outcome::Missed)) {
            missed.push(mutant.name.clone());
        }
    }
    let count = |word: &str| counts.get(word).copied().unwrap_or_default();
    let counts = format!(
        "{} noticed, {} by the time that they took; {} not noticed; {} do not compile",
        count(Outcome::Noticed.word()) + count(Outcome::Late.word()),
        count(Outcome::Late.word()),
        missed.len(),
        count("does not compile")
    );
    Findings { list, counts, missed }
}

fn record(workspace: &Workspace, choice: &Choice, figure: &str) -> Result<()> {
    let length = if choice.is_whole() { "long" } else { "short" };
    let folder = workspace.target().join("tmp/figures");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join(format!("mutants-{length}.tsv")), figure))
        .map_err(|error| Failure::new(format!("the figures of the mutants cannot be written: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> std::result::Result<Choice, lexopt::Error> {
        Choice::parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn without_options_all_mutants_are_tried() {
        assert!(parse("").unwrap().is_whole());
        assert!(!parse("--changed").unwrap().is_whole());
        let choice = parse("--every 5 --matching scoring.rs").unwrap();
        assert_eq!(choice.every.get(), 5);
        assert_eq!(choice.matching, "scoring.rs");
    }

    #[test]
    fn what_is_no_option_is_refused() {
        assert!(parse("--every 0").is_err());
        assert!(parse("all").is_err());
    }
}
