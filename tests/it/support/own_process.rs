//! Tests that measure memory, of which a process has one figure, so that each
//! needs a process of its own.

use std::env;
use std::fs;
use std::process::Command;

/// Set in the process that runs one test alone.
const ALONE: &str = "RUNS_ONE_TEST_ALONE";

/// Runs the test of that name in a process of its own and wants it to pass.
/// False in that process, where the test is to be done.
pub fn is_left_to_another(test: &str) -> bool {
    if env::var_os(ALONE).is_some() {
        return false;
    }
    let status = Command::new(env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(ALONE, "yes")
        .status()
        .unwrap();
    assert!(status.success(), "{test} failed in its own process");
    true
}

/// The most memory that this process ever had, in bytes, where the system tells.
pub fn memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes << 10)
}
