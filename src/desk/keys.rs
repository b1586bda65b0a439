//! Under which keys a desk keeps what it keeps. In both storages they begin
//! with the desk's own prefix, which is none of this module's.

use super::record::{CaseRecord, checksum};

/// The mark that says how often all was wiped. It holds no data, and stays.
pub(super) const MARK: &str = "mark";
/// Which case was opened last.
pub(super) const LAST: &str = "last";
/// How the case that was opened last was shown by the window that showed it last.
pub(super) const LOOK: &str = "look";
/// The first lines of all cases, for the list.
pub(super) const LINES: &str = "line/";
/// The cases themselves.
pub(super) const CASES: &str = "case/";
const HISTORY: &str = "history/";
/// How the key of an entry ends that the user named.
const NAMED: &str = "/named";

/// A part of a key that holds none of the marks that keys are made of, whatever is in it.
fn part(text: &str) -> String {
    text.replace('%', "%25").replace('/', "%2F")
}

/// The first line of a case.
pub(super) fn line_key(case: &str) -> String {
    format!("{LINES}{}", part(case))
}

/// A case, in the store.
pub(super) fn case_key(case: &str) -> String {
    format!("{CASES}{}", part(case))
}

/// Where copies of a case begin, in the journal.
pub(super) fn copies_of(case: &str) -> String {
    format!("{CASES}{}/", part(case))
}

/// Where copies of all cases begin, in the journal.
pub(super) const COPIES: &str = CASES;

/// The copy that a writer has of a case, in the journal.
pub(super) fn copy_key(case: &str, writer: &str) -> String {
    copies_of(case) + &part(writer)
}

/// Where the entries of a history begin.
pub(super) fn history_of(case: &str) -> String {
    format!("{HISTORY}{}/", part(case))
}

/// Where the entries of all histories begin.
pub(super) const ENTRIES: &str = HISTORY;

/// An entry of a history. By revision, which knows no clock that was wrong.
pub(super) fn history_key(entry: &CaseRecord) -> String {
    let version = &entry.stamp.version;
    let reason = entry.stamp.reason.as_ref().map_or("", |reason| reason.id());
    let (case, revision, writer) = (
        history_of(&entry.stamp.case),
        version.revision,
        part(&version.writer),
    );
    format!("{case}{revision:020}/{writer}/{reason}")
}

/// Whether it is the key of an entry.
pub(super) fn is_in_history(key: &str) -> bool {
    key.starts_with(HISTORY)
}

/// Whether it is the key of an entry that stays however many come after it.
pub(super) fn stays_in_history(key: &str) -> bool {
    key.ends_with(NAMED)
}

/// The text of a mark.
pub(super) fn write_mark(era: u64) -> String {
    let era = era.to_string();
    format!("{era} {}", checksum(&era))
}

/// The era that a mark says; `None` where it is broken.
pub(super) fn read_mark(text: &str) -> Option<u64> {
    let (era, sum) = text.split_once(' ')?;
    (checksum(era) == sum).then(|| era.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_case_has_the_keys_of_another_whatever_it_is_called() {
        let cases = ["a", "a/b", "a%2Fb", "a/", ""];
        for (place, case) in cases.iter().enumerate() {
            for other in &cases[place + 1..] {
                assert_ne!(case_key(case), case_key(other));
                assert!(!copy_key(case, "w").starts_with(&copies_of(other)));
                assert!(!copy_key(other, "w").starts_with(&copies_of(case)));
            }
        }
    }

    #[test]
    fn a_mark_is_read_as_it_was_written_or_not_at_all() {
        assert_eq!(read_mark(&write_mark(12)), Some(12));
        assert_eq!(read_mark(&write_mark(12).replacen('1', "3", 1)), None);
        assert_eq!(read_mark(""), None);
    }
}
