//! Maxima: none is below zero, rows add up to their section, sections to the
//! full score, and no row promises more than its score can give.

use super::Faults;
use crate::numbers::Points;
use crate::policy::Policy;

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    let full = policy.scheme.full_score;
    let sections: Points = policy.sections.iter().map(|section| section.max).sum();
    faults.require(
        sections == full,
        "scheme",
        format_args!("`full_score` 是 {full}，各项合计 {sections}，请改正其中一个"),
    );
    for section in &policy.sections {
        let rows: Points = section.rows.iter().map(|row| row.max).sum();
        faults.require(
            rows == section.max,
            format_args!("section {}", section.id),
            format_args!("`max` 是 {}，各行合计 {rows}，请改正其中一个", section.max),
        );
    }
    for row in policy.rows() {
        faults.require(
            row.max >= Points::ZERO,
            format_args!("row {}", row.id),
            format_args!("`max` 是 {}，没有哪一行倒扣分，请写 0 或更多", row.max),
        );
        let full = row.score.full().unwrap_or(row.max);
        faults.require(
            full >= row.max,
            format_args!("row {}", row.id),
            format_args!("`max` 是 {}，但 score 至多给 {full} 分，请改正其中一个", row.max),
        );
    }
}
