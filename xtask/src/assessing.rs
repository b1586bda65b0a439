//! Assessing the cases of a file: a JSON array at once, or JSON Lines case by
//! case on every core, in memory that does not grow with the file.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::thread::available_parallelism;

use labor_brand_assessment::documents::{assess_batch, assess_lines, is_case_a_line};

use crate::failure::{Failure, Result};
use crate::policy::compile;
use crate::process::tell;

/// Assesses the cases of a file (`-` is standard input) and prints the results.
///
/// # Errors
/// When the policy or the file cannot be read, or some entry could not be assessed.
pub fn assess(policy: &Path, advice: bool, lines: bool, file: &Path) -> Result<()> {
    let (_, policy) = compile::load(policy)?;
    let unreadable = |error: io::Error| {
        Failure::new(format!(
            "{} cannot be read ({error}): check the path",
            file.display()
        ))
    };
    let input: Box<dyn Read + Send> = if file == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(file).map_err(unreadable)?)
    };
    let mut input = BufReader::with_capacity(1 << 17, input);
    let named = file.extension().and_then(|extension| extension.to_str());
    let named = named.is_some_and(|extension| ["jsonl", "ndjson"].contains(&extension));
    let mut head = Vec::new();
    let is_lines = lines || named || is_case_a_line(&mut head, &mut input).map_err(unreadable)?;
    let any_bad = if is_lines {
        let threads = available_parallelism().map_or(1, usize::from);
        let mut output = io::stdout().lock();
        match assess_lines(&policy, advice, threads, head, &mut input, &mut output) {
            Ok(outcome) => outcome.bad > 0,
            // Whoever reads the results has read enough, as `head` has.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => false,
            Err(error) => {
                return Err(Failure::new(format!(
                    "{} could not be assessed to its end ({error}): check the file and where the results go",
                    file.display()
                )));
            }
        }
    } else {
        input.read_to_end(&mut head).map_err(unreadable)?;
        let text = String::from_utf8(head).map_err(|_| {
            unreadable(io::Error::new(
                io::ErrorKind::InvalidData,
                "stream did not contain valid UTF-8",
            ))
        })?;
        let outcome = assess_batch(&policy, &text, advice)
            .map_err(|error| Failure::new(format!("{}: {error}", file.display())))?;
        tell(outcome.json.trim_end())?;
        outcome.any_bad
    };
    if any_bad {
        return Err(Failure::new(
            "some entries could not be assessed: correct those that carry `error`",
        ));
    }
    Ok(())
}
