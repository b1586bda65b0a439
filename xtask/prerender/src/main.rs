//! Reads a policy and a wording as JSON from standard input, each a line, and
//! writes the HTML of the first screen.

use std::io::Write;
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
    let mut lines = std::io::stdin().lines();
    let mut line = || {
        lines
            .next()
            .ok_or("a line is missing")?
            .map_err(|error| error.to_string())
    };
    let (policy, wording) = (line()?, line()?);
    let html = labor_brand_assessment::app::first_screen(&policy, &wording)?;
    std::io::stdout()
        .write_all(html.as_bytes())
        .map_err(|error| error.to_string())
}
