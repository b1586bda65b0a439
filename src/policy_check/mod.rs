//! What a scheme's own folder says its rules must come to: golden cases, the
//! two sides of every line, what each doubt moves, and that no figure can be changed unseen.
//!
//! `cargo xtask policy check`, the native tests and the journeys all judge by
//! what is here, so that there is one comparer of results.

mod boundaries;
mod figures;
mod golden;
mod met_and_unmet;
mod nearest;
mod stated;
mod switches;
mod written;

pub use boundaries::{Boundary, BoundaryFile, IdleFigure, Side, TableHead, read_boundaries};
pub use figures::{MovedFigure, NoticingCases, Watched, moved_figures, noticing_cases, watch};
pub use golden::{GoldenCase, differences, read_golden_cases};
pub use nearest::nearest;
pub use stated::stale_figures;
pub use switches::Switch;
pub use written::BoundarySource;

use std::collections::BTreeMap;

use crate::policy::Policy;

/// Everything that a scheme's folder expects of its rules.
#[derive(Clone, Debug, Default)]
pub struct Expectations {
    /// Whole cases with all their results.
    pub cases: Vec<GoldenCase>,
    /// Lines of the boundary tables.
    pub boundaries: Vec<Boundary>,
    /// Figures that another one hides, so that nothing can watch them.
    pub idle: Vec<IdleFigure>,
    /// What each doubt moves when it alone is read otherwise.
    pub switches: Vec<Switch>,
}

impl Expectations {
    /// Adds what one boundary file says.
    pub fn add(&mut self, file: BoundaryFile) {
        self.boundaries.extend(file.boundaries);
        self.idle.extend(file.idle);
        self.switches.extend(file.switches);
    }

    /// Where the policy does not come to what is expected, a line each, led by the place of the
    /// expectation.
    pub fn differences(&self, policy: &Policy) -> Vec<String> {
        let cases = self.of_cases(policy).into_iter();
        let boundaries = self.boundaries.iter().flat_map(|boundary| {
            let lines = boundary.differences(policy);
            lines
                .into_iter()
                .map(|line| format!("{}：{line}", boundary.place))
        });
        let switches = self.switches.iter().flat_map(|switch| {
            let lines = switch.differences(policy);
            lines.into_iter().map(|line| format!("{}：{line}", switch.place))
        });
        let one_sided = met_and_unmet::one_sided(policy, self);
        cases.chain(boundaries).chain(switches).chain(one_sided).collect()
    }

    /// Where the cases come to something else, a line each. What many of them leave out, as a rule
    /// that is new, is said once, with the first of those cases.
    fn of_cases(&self, policy: &Policy) -> Vec<String> {
        let mut lines = Vec::new();
        let mut left_out: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for case in &self.cases {
            for line in case.differences(policy) {
                if line.contains(golden::LEFT_OUT) {
                    left_out.entry(line).or_default().push(&case.id);
                } else {
                    lines.push(format!("cases.json {}：{line}", case.id));
                }
            }
        }
        lines.extend(left_out.into_iter().map(|(line, cases)| match cases.as_slice() {
            [first, _, ..] => format!("cases.json {first} 等 {} 个用例：{line}", cases.len()),
            few => format!("cases.json {}：{line}", few.join("、")),
        }));
        lines
    }
}
