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
        format_args!(
            "`full_score` is {full}, but the sections add up to {sections}; correct the one that is wrong"
        ),
    );
    for section in &policy.sections {
        let rows: Points = section.rows.iter().map(|row| row.max).sum();
        faults.require(
            rows == section.max,
            format_args!("section {}", section.id),
            format_args!(
                "`max` is {}, but its rows add up to {rows}; correct the one that is wrong",
                section.max
            ),
        );
    }
    for row in policy.rows() {
        faults.require(
            row.max >= Points::ZERO,
            format_args!("row {}", row.id),
            format_args!("`max` is {}; no row takes points away, give 0 or more", row.max),
        );
        let full = row.score.full().unwrap_or(row.max);
        faults.require(
            full >= row.max,
            format_args!("row {}", row.id),
            format_args!(
                "`max` is {}, but its score gives {full} at most; correct the one that is wrong",
                row.max
            ),
        );
    }
}
