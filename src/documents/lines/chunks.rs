//! The lines of an input, as many at a time as are handed to a thread at once.

use std::io::{self, BufRead, Read};

/// How much is handed from one thread to another at once, in bytes.
const CHUNK: usize = 1 << 17;
/// What some programs put before a text in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";
/// The longest line that is read: longer than any case file may be.
const LONGEST: usize = 1 << 24;

/// Whether a text holds a case in each of its lines: its first line that holds
/// something is a whole object by itself, and others follow. A JSON array or a
/// single case over several lines is none. What was read to tell is added to `head`.
///
/// # Errors
/// When the input cannot be read.
pub fn is_case_a_line(head: &mut Vec<u8>, input: &mut dyn BufRead) -> io::Result<bool> {
    let mut has_case = false;
    loop {
        let from = head.len();
        // A file that is one line beyond all measure is no file of lines.
        let read = input.take(LONGEST as u64).read_until(b'\n', head)?;
        let mut line = head.get(from..).unwrap_or_default();
        if from == 0 {
            line = line.strip_prefix(MARK).unwrap_or(line);
        }
        let line = line.trim_ascii();
        if line.is_empty() && read > 0 {
            continue;
        }
        match has_case {
            false if read == 0 || !is_object(line) => return Ok(false),
            false => has_case = true,
            true => return Ok(read > 0),
        }
    }
}

/// Whether some bytes are one whole JSON object.
fn is_object(line: &[u8]) -> bool {
    let text = core::str::from_utf8(line).unwrap_or_default();
    text.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Lines that are handed to a thread.
pub(super) struct Chunk {
    /// The number of the first one in the file.
    pub(super) first: u64,
    pub(super) lines: Vec<u8>,
    /// Whether it is the beginning of a line that is too long to be read.
    pub(super) too_long: bool,
}

/// Reads lines in chunks: as many whole ones as come together.
pub(super) struct Chunks<'input> {
    input: &'input mut (dyn Read + Send),
    rest: Vec<u8>,
    number: u64,
    ended: bool,
}

impl<'input> Chunks<'input> {
    /// What was read already, and what follows; without a byte order mark before it.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub(super) fn new(mut read: Vec<u8>, input: &'input mut (dyn Read + Send)) -> io::Result<Self> {
        if read.is_empty() {
            fill(input, &mut read)?;
        }
        if read.starts_with(MARK) {
            read.drain(..MARK.len());
        }
        Ok(Self {
            input,
            rest: read,
            number: 1,
            ended: false,
        })
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Chunk>> {
        let mut lines = std::mem::take(&mut self.rest);
        let mut searched = 0;
        loop {
            if lines.len() >= CHUNK || self.ended {
                let behind = lines.get(searched..).unwrap_or_default();
                let end = behind.iter().rposition(|byte| *byte == b'\n');
                if let Some(end) = end {
                    self.rest = lines.split_off(searched + end + 1);
                    return Ok(Some(self.chunk(lines, false)));
                }
                if self.ended {
                    return Ok((!lines.is_empty()).then(|| self.chunk(lines, false)));
                }
                if lines.len() > LONGEST {
                    self.skip_line()?;
                    lines.clear();
                    return Ok(Some(self.chunk(lines, true)));
                }
                searched = lines.len();
            }
            self.ended = fill(self.input, &mut lines)? == 0;
        }
    }

    fn chunk(&mut self, lines: Vec<u8>, too_long: bool) -> Chunk {
        let first = self.number;
        // By the few, so that a byte counts them and many are counted at once.
        let ends = lines.chunks(255).map(|few| {
            let ends: u8 = few.iter().map(|byte| u8::from(*byte == b'\n')).sum();
            u64::from(ends)
        });
        self.number += ends.sum::<u64>() + u64::from(too_long);
        Chunk {
            first,
            lines,
            too_long,
        }
    }

    /// Reads on to the end of the line.
    fn skip_line(&mut self) -> io::Result<()> {
        let mut passed = Vec::new();
        while fill(self.input, &mut passed)? > 0 {
            if let Some(end) = passed.iter().position(|byte| *byte == b'\n') {
                self.rest = passed.split_off(end + 1);
                return Ok(());
            }
            passed.clear();
        }
        self.ended = true;
        Ok(())
    }
}

/// Adds what can be read at once; 0 is the end.
fn fill(input: &mut (dyn Read + Send), into: &mut Vec<u8>) -> io::Result<usize> {
    input.take(CHUNK as u64).read_to_end(into)
}
