//! Reads a policy as JSON from standard input and writes the HTML of the first screen.

use std::io::{Read, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    match first_screen() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the first screen could not be drawn: {error}");
            ExitCode::FAILURE
        }
    }
}

fn first_screen() -> Result<(), String> {
    let mut policy = String::new();
    std::io::stdin()
        .read_to_string(&mut policy)
        .map_err(|error| error.to_string())?;
    let html = labor_brand_assessment::app::first_screen(&policy)?;
    std::io::stdout()
        .write_all(html.as_bytes())
        .map_err(|error| error.to_string())
}
