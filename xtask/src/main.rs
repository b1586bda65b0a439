//! `cargo xtask`: the project's commands; `cargo xtask help` lists them.

use std::process::ExitCode;

use xtask::commands;

fn main() -> ExitCode {
    match commands::parse(std::env::args_os().skip(1)).and_then(commands::run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
