//! Calling other programs, whose own output the person sees.

use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Result};
use crate::workspace::Workspace;

/// Says on standard error what is being done, so that standard output stays
/// free for results.
pub fn say(line: &str) {
    eprintln!("▸ {line}");
}

/// Writes a line of results to standard output. Whoever reads them and has read enough, as `head`
/// has, closes it: the rest is wanted by nobody, and that is no failure.
///
/// # Errors
/// When it cannot be written for another reason.
pub fn tell(line: &str) -> Result<()> {
    write_to(&mut std::io::stdout().lock(), line)
}

fn write_to(output: &mut impl Write, line: &str) -> Result<()> {
    match writeln!(output, "{line}").and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("结果写不出来（{error}），请检查它写到哪里")))
        }
        _ => Ok(()),
    }
}

/// The cargo that runs this command, in the folder of the repository.
pub fn cargo(workspace: &Workspace) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace.root());
    command
}

/// Runs a program to its end.
///
/// # Errors
/// When it cannot be started or ends with a failure; `fix` is the sentence then.
pub fn run(command: &mut Command, fix: &str) -> Result<()> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure::new(fix)),
        Err(error) => Err(not_started(command, &error, fix)),
    }
}

/// Runs a program to its end, and shows what it wrote only where it fails: for
/// what installs, whose every line is of no use to who waits for it.
///
/// # Errors
/// As [`run`].
pub fn run_quietly(command: &mut Command, fix: &str) -> Result<()> {
    let output = command
        .output()
        .map_err(|error| not_started(command, &error, fix))?;
    if output.status.success() {
        return Ok(());
    }
    let mut shown = std::io::stderr();
    // Where even that cannot be written, the sentence below says enough.
    let _ = shown
        .write_all(&output.stdout)
        .and_then(|()| shown.write_all(&output.stderr));
    Err(Failure::new(fix))
}

/// Runs a program to its end with `input` as its standard input, and gives
/// what it wrote to standard output.
///
/// # Errors
/// As [`run`], and when the output is not UTF-8.
pub fn output(command: &mut Command, input: &str, fix: &str) -> Result<String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error, fix))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ends without reading says by its status whether that was right.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child
        .wait_with_output()
        .map_err(|error| not_started(command, &error, fix))?;
    if !output.status.success() {
        return Err(Failure::new(fix));
    }
    String::from_utf8(output.stdout).map_err(|_| Failure::new(format!("{fix} (its output is not UTF-8)")))
}

/// The first line that a program writes when asked, if it is there and answers.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    let text = String::from_utf8(output.stdout).ok()?;
    text.lines().next().map(str::to_owned)
}

fn not_started(command: &Command, error: &std::io::Error, fix: &str) -> Failure {
    let program = command.get_program().to_string_lossy();
    if error.kind() == ErrorKind::NotFound {
        Failure::new(format!("{program} was not found: {fix}"))
    } else {
        Failure::new(format!("{program} could not be run ({error}): {fix}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed(ErrorKind);

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_has_read_enough_is_no_failure() {
        assert_eq!(write_to(&mut Closed(ErrorKind::BrokenPipe), "a"), Ok(()));
        assert!(write_to(&mut Closed(ErrorKind::StorageFull), "a").is_err());
        let mut written = Vec::new();
        assert_eq!(write_to(&mut written, "a"), Ok(()));
        assert_eq!(written, b"a\n");
    }
}
