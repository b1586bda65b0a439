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
use std::fmt::Write as _;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use crate::failure::{Failure, Result};
use crate::process::say;
use crate::tools;
use crate::workspace::Workspace;

use suite::{Outcome, Suite};
use switched::Tree;

/// How many mutants are tried at once.
const WORKERS: usize = 2;

/// What came of the mutants, in the order of `.cargo/mutants.toml`'s list.
const FOUND: &str = "mutants.txt";

/// Tries every `share`th mutant, from the first one on: with 1 all of them; of
/// these only such whose names have `matching` in them. What came of each
/// stands in `target/mutants/mutants.txt` afterwards.
///
/// # Errors
/// When the mutants cannot be listed or compiled, when a test fails without any
/// of them, and when no test notices one.
pub fn run(workspace: &Workspace, share: usize, matching: &str) -> Result<()> {
    tools::ensure_cargo_mutants(workspace)?;
    let start = Instant::now();
    let all = listed::list(workspace)?;
    let count = all.len();
    let chosen = all.into_iter().step_by(share);
    let chosen: Vec<_> = chosen.filter(|mutant| mutant.name.contains(matching)).collect();
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
    let told = tell(&tree, &outcomes);
    let place = tree.folder().join(FOUND);
    fs::write(&place, &told.list)
        .map_err(|error| Failure::new(format!("{} cannot be written: {error}", place.display())))?;
    let figure = format!(
        "Mutants of policy, answers, assessment and numbers\t{}\t{}\t{}\t{}\n",
        if share == 1 { "long" } else { "short" },
        tree.mutants().len(),
        told.counts,
        start.elapsed().as_secs()
    );
    if matching.is_empty() {
        record(workspace, share, &figure)?;
    }
    say(&format!("{} mutants: {}", tree.mutants().len(), told.counts));
    if told.missed.is_empty() {
        return Ok(());
    }
    eprintln!("not noticed by any test:\n{}", told.missed.join("\n"));
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

/// What is told of a run.
struct Told {
    /// All mutants, one on a line, each behind what came of it.
    list: String,
    /// How many came out how.
    counts: String,
    /// Those that no test noticed.
    missed: Vec<String>,
}

fn tell(tree: &Tree, outcomes: &BTreeMap<usize, Outcome>) -> Told {
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
    Told { list, counts, missed }
}

fn record(workspace: &Workspace, share: usize, figure: &str) -> Result<()> {
    let length = if share == 1 { "long" } else { "short" };
    let folder = workspace.target().join("tmp/figures");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join(format!("mutants-{length}.tsv")), figure))
        .map_err(|error| Failure::new(format!("the figures of the mutants cannot be written: {error}")))
}
