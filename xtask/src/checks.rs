//! The tests of the project, and the checks that run no test.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::build::assembly;
use crate::failure::{Failure, Result};
use crate::process::{cargo, run, say};
use crate::tools;
use crate::words::lint;
use crate::workspace::{LIBRARY, Workspace};

/// The feature of the library with which views are drawn natively.
const PRERENDER: &str = "prerender";
/// The packages that only the browser runs.
const IN_BROWSER: [&str; 2] = ["page", "browser-tests"];
/// The package whose tests drive a browser through the built page.
const JOURNEYS: &str = "journeys";
/// The packages around the library whose tests need no browser. They are named, as any other
/// package beside them would have the library compiled once more for its own features.
const AROUND: [&str; 3] = ["xtask", "figures", "mutants"];
/// The feature with which the tests that take minutes are built.
const LONG: &str = "long";
/// The packages that have it.
const LONG_IN: &str = "xtask/long,journeys/long";
/// The package that changes the code to see whether the tests notice.
const MUTANTS: &str = "mutants";

/// Runs every test: native, in the browser, and through the built page. All
/// run even when one fails. `long` adds the campaigns: the tests behind the
/// feature `long`, which take minutes, more made-up cases, and every mutant.
///
/// # Errors
/// When something cannot be installed or any test fails.
pub fn test(workspace: &Workspace, long: bool) -> Result<()> {
    let mut steps = Steps::begin();
    steps.run("format", || format(workspace));
    // Packages come from the network while tools compile, and the page is linked on one core,
    // which leaves the other to the tests.
    steps.run_side_by_side(
        &[
            ("packages for the tests", &|| tools::ensure_for_tests(workspace)),
            ("native tests", &|| native(workspace, long)),
            ("tests in the browser", &|| in_browser(workspace)),
            ("journeys, compiled", &|| compiled_journeys(workspace, long)),
        ],
        &[
            ("tools of the build", &|| tools::ensure_for_build(workspace)),
            ("build", &|| assembly::build(workspace, &workspace.policy())),
        ],
    );
    steps.run("journeys", || journeys(workspace, long));
    if long {
        steps.run("mutants", || mutants(workspace, &[]));
    }
    steps.end("every test passed")
}

/// Checks format, lints, the words of the texts, the structure of the sources, licences, sources and
/// advisories of dependencies, and whether the tests notice mutants on the lines
/// that changed last.
///
/// # Errors
/// When something cannot be installed or any check fails.
pub fn check(workspace: &Workspace) -> Result<()> {
    let mut steps = Steps::begin();
    steps.needed("installing", || {
        tools::ensure_wasm_target(workspace)?;
        tools::ensure_cargo_deny(workspace)
    })?;
    steps.run("format", || format(workspace));
    steps.run("clippy", || lints(workspace));
    steps.run("clippy for WebAssembly", || lints_in_browser(workspace));
    steps.run("words", || lint::check(workspace));
    steps.run("structure", || architecture(workspace));
    steps.run("dependencies", || dependencies(workspace));
    steps.run("advisories", || advisories(workspace));
    steps.run("mutants", || mutants(workspace, &["--changed"]));
    steps.end("every check passed")
}

/// What was done, how long it took, and what failed.
struct Steps {
    began: Instant,
    took: Vec<(&'static str, Duration)>,
    failures: Vec<Failure>,
}

/// A step with what it is called.
type NamedStep<'a> = (&'static str, &'a (dyn Fn() -> Result<()> + Sync));

impl Steps {
    fn begin() -> Self {
        Self {
            began: Instant::now(),
            took: Vec::new(),
            failures: Vec::new(),
        }
    }

    /// Does a step without which the others make no sense.
    fn needed(&mut self, name: &'static str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        let began = Instant::now();
        let outcome = step();
        self.took.push((name, began.elapsed()));
        outcome
    }

    /// Does a step; the next ones are done whatever came of it.
    fn run(&mut self, name: &'static str, step: impl FnOnce() -> Result<()>) {
        let outcome = self.needed(name, step);
        self.failures.extend(outcome.err());
    }

    /// Does some steps in their order and others in theirs at the same time; the next
    /// ones are done whatever came of them.
    fn run_side_by_side(&mut self, here: &[NamedStep<'_>], there: &[NamedStep<'_>]) {
        let timed = |step: &NamedStep<'_>| {
            let began = Instant::now();
            let outcome = step.1();
            (step.0, began.elapsed(), outcome)
        };
        let in_order = |steps: &[NamedStep<'_>]| steps.iter().map(timed).collect::<Vec<_>>();
        let done = std::thread::scope(|scope| {
            let other = scope.spawn(|| in_order(there));
            let mut done = in_order(here);
            let stopped = || {
                let stopped = Failure::new("a step stopped: see the lines above");
                vec![("what stopped", Duration::ZERO, Err(stopped))]
            };
            done.extend(other.join().unwrap_or_else(|_| stopped()));
            done
        });
        for (name, took, outcome) in done {
            self.took.push((name, took));
            self.failures.extend(outcome.err());
        }
    }

    /// Says where the time went, and all failures in one sentence.
    fn end(self, all_good: &str) -> Result<()> {
        let seconds = |time: &Duration| time.as_secs_f64().round();
        for (name, took) in &self.took {
            say(&format!("{:>6} s  {name}", seconds(took)));
        }
        say(&format!("{:>6} s  in all", seconds(&self.began.elapsed())));
        if self.failures.is_empty() {
            say(all_good);
            return Ok(());
        }
        let failures: Vec<String> = self.failures.iter().map(Failure::to_string).collect();
        Err(Failure::new(failures.join("; ")))
    }
}

/// Measures the assessment and the advice in a release build, a table.
///
/// # Errors
/// When the benchmark does not compile or stops.
pub fn bench(workspace: &Workspace) -> Result<()> {
    say("measuring in a release build");
    run(
        cargo(workspace).args(["bench", "--no-default-features", "--bench", "assessment"]),
        "the benchmark stopped: see the lines above",
    )?;
    say("measuring lines by the ten thousand, compiled for speed");
    run(
        cargo(workspace).args([
            "bench",
            "--no-default-features",
            "--profile",
            "native",
            "--bench",
            "batch",
        ]),
        "the benchmark stopped: see the lines above",
    )?;
    if !workspace.dist().join("index.html").is_file() {
        say("the page is not measured, as it is not built: `cargo xtask build` does so");
        return Ok(());
    }
    say("measuring the page of dist/ in Chromium");
    run(
        // What is measured is the browser; what drives it need not be fast.
        cargo(workspace).args([
            "bench",
            "--package",
            "journeys",
            "--profile",
            "dev",
            "--bench",
            "page",
        ]),
        "the benchmark stopped: see the lines above",
    )
}

fn format(workspace: &Workspace) -> Result<()> {
    say("checking the format");
    run(
        cargo(workspace).args(["fmt", "--all", "--check"]),
        "the format differs: run `cargo fmt --all`",
    )
}

fn native(workspace: &Workspace, long: bool) -> Result<()> {
    say("running the native tests");
    let wanted = "native tests failed: see the lines above that say FAILED";
    // What the views are made of takes minutes to compile, and none of these tests needs it.
    let of_rules = |what: &str| {
        let mut tests = cargo(workspace);
        tests.args(["test", "--package", LIBRARY, what, "--no-default-features"]);
        tests.args(["--features", "word", "--no-fail-fast"]);
        run(lengthen(&mut tests, long), wanted)
    };
    let outcome = of_rules("--test=it").and(of_rules("--doc"));
    // Views can be drawn natively only as the first screen is: their own tests run with what
    // draws it, so that the build finds that compiled.
    let mut modules = cargo(workspace);
    modules.args(["test", "--package", LIBRARY, "--lib", "--no-fail-fast"]);
    modules.args(["--profile", tools::QUICK, "--features", PRERENDER]);
    let outcome = outcome.and(run(lengthen(&mut modules, long), wanted));
    let mut others = cargo(workspace);
    others.args(["test", "--no-fail-fast"]);
    for package in AROUND {
        others.args(["--package", package]);
    }
    if long {
        others.args(["--features", "xtask/long"]);
    }
    outcome.and(run(lengthen(&mut others, long), wanted))
}

/// Changes the code that decides points, one place at a time, and wants a test
/// to notice each change (tests/mutants).
fn mutants(workspace: &Workspace, options: &[&str]) -> Result<()> {
    say("changing the code to see whether the tests notice");
    run(
        cargo(workspace)
            .args(["run", "--quiet", "--package", MUTANTS, "--"])
            .args(options),
        "a mutant was not noticed: see the lines above",
    )
}

fn in_browser(workspace: &Workspace) -> Result<()> {
    // Where they are still being installed, cargo waits for that.
    tools::ensure_for_build(workspace)?;
    say("running the tests inside the browser");
    run(
        Command::new("wasm-pack")
            .current_dir(workspace.root())
            .env("PATH", tools::search_path(workspace)?)
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .args(["test", "--headless", "--chrome"])
            .args(["--mode", "no-install", "--chromedriver", tools::CHROMEDRIVER])
            .args(["tests/browser", "--profile", tools::QUICK]),
        "in-browser tests failed: see the lines above",
    )
}

/// Compiles what drives the browsers, while the page is built.
fn compiled_journeys(workspace: &Workspace, long: bool) -> Result<()> {
    say("compiling the journeys");
    run(
        of_journeys(workspace, long).args(["--quiet", "--no-run"]),
        "the journeys did not compile: correct the errors above",
    )
}

/// The call of cargo that compiles the journeys and runs them.
fn of_journeys(workspace: &Workspace, long: bool) -> Command {
    let mut command = cargo(workspace);
    command.args(["test", "--package", JOURNEYS, "--profile", tools::QUICK]);
    if long {
        command.args(["--features", LONG]);
    }
    command
}

fn journeys(workspace: &Workspace, long: bool) -> Result<()> {
    say("driving a browser through the built page");
    let mut command = of_journeys(workspace, long);
    command.arg("--no-fail-fast");
    // They wait for a browser most of the time: a core has time for two of them.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    command.env("RUST_TEST_THREADS", (2 * cores).to_string());
    run(
        lengthen(&mut command, long),
        "end-to-end tests failed: see the lines above that say FAILED",
    )
}

/// Gives more cases to the tests that make up their own.
fn lengthen(command: &mut Command, long: bool) -> &mut Command {
    if long {
        command.env("CAMPAIGNS", "long").env("PROPTEST_CASES", "20000");
    }
    command
}

fn lints(workspace: &Workspace) -> Result<()> {
    say("running clippy");
    let mut command = cargo(workspace);
    command.args(["clippy", "--workspace", "--all-targets", "--features", LONG_IN]);
    for package in IN_BROWSER {
        command.args(["--exclude", package]);
    }
    run(
        command.args(["--", "-D", "warnings"]),
        "clippy has objections: correct the lines above",
    )
}

fn lints_in_browser(workspace: &Workspace) -> Result<()> {
    say("running clippy for WebAssembly");
    let mut command = cargo(workspace);
    command.args(["clippy", "--all-targets", "--target", "wasm32-unknown-unknown"]);
    for package in IN_BROWSER {
        command.args(["--package", package]);
    }
    run(
        command.args(["--", "-D", "warnings"]),
        "clippy has objections: correct the lines above",
    )
}

/// The native tests that hold how the sources are built up.
const STRUCTURE: [&str; 5] = [
    "architecture::",
    "circles::",
    "stable_names::",
    "style::",
    "wording::",
];

fn architecture(workspace: &Workspace) -> Result<()> {
    say("checking the structure of the sources");
    run(
        // None of these tests needs the views, which take minutes to compile.
        cargo(workspace)
            .args(["test", "--package", LIBRARY, "--no-default-features"])
            .args(["--features", "word", "--test", "it", "--"])
            .args(STRUCTURE),
        "the structure of the sources is broken: see the lines above that say FAILED",
    )
}

fn dependencies(workspace: &Workspace) -> Result<()> {
    say("checking licences, bans and sources of dependencies");
    run(
        deny(workspace)?.args(["check", "--hide-inclusion-graph", "licenses", "bans", "sources"]),
        "a dependency is not allowed by deny.toml: see the lines above",
    )
}

/// Advisories need a database from the network, which a build machine may not
/// reach; that is shown and is no failure.
fn advisories(workspace: &Workspace) -> Result<()> {
    say("checking advisories");
    let fetched = deny(workspace)?
        .args(["fetch", "db"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !fetched {
        println!("advisories not checked");
        return Ok(());
    }
    run(
        deny(workspace)?.args(["check", "--disable-fetch", "advisories"]),
        "a dependency has an advisory: see the lines above",
    )
}

fn deny(workspace: &Workspace) -> Result<Command> {
    let mut command = Command::new("cargo-deny");
    command
        .current_dir(workspace.root())
        .env("PATH", tools::search_path(workspace)?)
        .arg("--workspace");
    Ok(command)
}
