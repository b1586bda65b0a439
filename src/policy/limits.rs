//! How much a policy may ask of whoever loads it. A file from a stranger may be
//! made to last for ever by its size or by faults that repeat long names.

use super::PolicyError;
use crate::json::Excerpt;

/// The largest policy that is read, in bytes (1 MB).
pub const POLICY_SIZE_LIMIT: usize = 1_000_000;
/// How many faults are shown; nobody fixes more at once.
const MOST_FAULTS: usize = 1_000;
/// A size beyond the limit.
pub(super) fn oversized(text: &str) -> Option<PolicyError> {
    (text.len() > POLICY_SIZE_LIMIT).then(|| PolicyError {
        place: String::from("方案文件"),
        problem: format!(
            "有 {} 字节，超过 {POLICY_SIZE_LIMIT}；方案的文件远比这小，请检查是不是选错了文件",
            text.len()
        ),
    })
}

/// Notes a fault, of which there may be very many with very long names.
pub(super) fn note(faults: &mut Vec<PolicyError>, place: &str, problem: &str) {
    if faults.len() < MOST_FAULTS {
        let cut = |text, most| Excerpt { text, most }.to_string();
        faults.push(PolicyError {
            place: cut(place, 160),
            problem: cut(problem, 600),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_at_the_limit_may_still_be_read() {
        assert!(oversized(&" ".repeat(POLICY_SIZE_LIMIT)).is_none());
        assert!(oversized(&" ".repeat(POLICY_SIZE_LIMIT + 1)).is_some());
    }
}
