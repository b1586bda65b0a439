//! What must hold of a policy before anything is derived from it.
//!
//! One module per concern; each fault names its place and what would fix it.

mod bands;
mod citations;
mod doubts;
mod evidence;
mod expressions;
mod facts;
mod forms;
mod names;
mod questions;
mod sample;
mod scores;
mod sentences;
mod uses;

use core::fmt::Display;

use super::{Policy, PolicyError, limits};
use crate::numbers::Decimal;

/// Every fault of a linked policy.
pub(super) fn validate(policy: &Policy) -> Vec<PolicyError> {
    let mut faults = Faults::default();
    names::check(policy, &mut faults);
    citations::check(policy, &mut faults);
    facts::check(policy, &mut faults);
    expressions::check(policy, &mut faults);
    scores::check(policy, &mut faults);
    doubts::check(policy, &mut faults);
    uses::check(policy, &mut faults);
    questions::check(policy, &mut faults);
    evidence::check(policy, &mut faults);
    forms::check(policy, &mut faults);
    sentences::check(policy, &mut faults);
    sample::check(policy, &mut faults);
    faults.0
}

/// The faults that were found so far.
#[derive(Default)]
struct Faults(Vec<PolicyError>);

impl Faults {
    /// Notes a fault where something does not hold.
    fn require(&mut self, holds: bool, place: impl Display, problem: impl Display) {
        if !holds {
            limits::note(&mut self.0, &place.to_string(), &problem.to_string());
        }
    }
}

/// The bounds beyond which a figure is asked about must leave figures that are not.
fn asked_bounds(above: Option<Decimal>, below: Option<Decimal>, place: &str, faults: &mut Faults) {
    faults.require(
        above.is_none_or(|above| above > Decimal::ZERO) && below.is_none_or(|below| below > Decimal::ZERO),
        place,
        "`ask_above` 和 `ask_below` 要大于 0，请改正不是的那个，或删去",
    );
    if let (Some(above), Some(below)) = (above, below) {
        faults.require(
            below < above,
            place,
            format_args!("`ask_below` {below} 不小于 `ask_above` {above}，请改正其中一个"),
        );
    }
}

/// The first of some names that stands twice among them.
fn repeated<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut seen = std::collections::BTreeSet::new();
    names.into_iter().find(|name| !seen.insert(*name))
}
