//! All lines of an input on every core, and their results in the order of the lines.

use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::policy::Policy;

use super::case_line::{Lines, LinesOutcome, refuse};
use super::chunks::{Chunk, Chunks};

/// Assesses the lines of `input`, of which `read` was read before, on so many
/// threads, and writes a result for each in their order. Every thread has a
/// chunk in hand, one before it and one behind, and no more is held at a time.
///
/// # Errors
/// When the input cannot be read or the output not be written.
pub fn assess_lines(
    policy: &Policy,
    with_advice: bool,
    threads: usize,
    read: Vec<u8>,
    input: &mut (dyn Read + Send),
    output: &mut dyn Write,
) -> io::Result<LinesOutcome> {
    let mut chunks = Chunks::new(read, input)?;
    thread::scope(|scope| {
        let mut to = Vec::new();
        let mut from = Vec::new();
        for _ in 0..threads.max(1) {
            let (give, take) = sync_channel::<Chunk>(1);
            let (tell, hear) = sync_channel(1);
            scope.spawn(move || work(Lines::new(policy, with_advice), &take, &tell));
            to.push(give);
            from.push(hear);
        }
        let reading = scope.spawn(move || -> io::Result<()> {
            // Each thread in its turn, so that the results come in turn as well.
            for give in to.iter().cycle() {
                let Some(chunk) = chunks.next()? else { break };
                // A thread that takes no more has seen that nobody wants the results.
                if give.send(chunk).is_err() {
                    break;
                }
            }
            Ok(())
        });
        let mut all = LinesOutcome::default();
        for hear in from.iter().cycle() {
            let Ok((text, outcome)) = hear.recv() else {
                break;
            };
            let text: String = text;
            output.write_all(text.as_bytes())?;
            let LinesOutcome { cases, bad } = outcome;
            all.cases += cases;
            all.bad += bad;
        }
        output.flush()?;
        drop(from);
        match reading.join() {
            Ok(read) => read.map(|()| all),
            Err(_) => Err(io::Error::other(
                "the thread that reads the file ended in a fault",
            )),
        }
    })
}

/// Assesses chunks until there are no more, or nobody wants the results.
fn work(mut lines: Lines<'_>, take: &Receiver<Chunk>, tell: &SyncSender<(String, LinesOutcome)>) {
    while let Ok(chunk) = take.recv() {
        let mut out = String::with_capacity(chunk.lines.len() * 3);
        let outcome = if chunk.too_long {
            refuse(
                chunk.first,
                "longer than 16 MB; a case has a line of its own",
                &mut out,
            );
            LinesOutcome { cases: 1, bad: 1 }
        } else {
            lines.assess_all(&chunk.lines, chunk.first, &mut out)
        };
        if tell.send((out, outcome)).is_err() {
            return;
        }
    }
}
