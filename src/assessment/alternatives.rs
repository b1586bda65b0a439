//! Which changes that add points stand in place of each other: made together they
//! add less than each by itself promises.

use crate::policy::Policy;

use super::facts::Facts;
use super::improvements::Improvement;
use super::incremental::{Baseline, Incremental};
use super::readings::Readings;

/// Sorts changes into those that can be had beside each other; what stands together
/// in one list are alternatives. The order stays, each list in place of its first.
pub fn alternatives<'a>(
    policy: &Policy,
    facts: &Facts,
    readings: &Readings,
    gains: &'a [Improvement],
) -> Vec<Vec<&'a Improvement>> {
    let incremental = Incremental::new(policy, readings);
    let base = incremental.baseline(facts.clone());
    let mut sorted: Vec<Vec<&Improvement>> = Vec::new();
    for gain in gains {
        let stands_for = |other: &&Improvement| !add_up(&incremental, &base, gain, other);
        match sorted.iter_mut().find(|all| all.iter().all(stands_for)) {
            Some(all) => all.push(gain),
            None => sorted.push(vec![gain]),
        }
    }
    sorted
}

/// Whether two changes made together add what each adds by itself.
fn add_up(incremental: &Incremental<'_>, base: &Baseline, one: &Improvement, other: &Improvement) -> bool {
    let mut changes = one.changes.clone();
    for change in &other.changes {
        match changes.iter().find(|own| own.fact == change.fact) {
            Some(own) if own.to == change.to => {}
            Some(_) => return false,
            None => changes.push(*change),
        }
    }
    changes.sort_by_key(|change| change.fact);
    let together = incremental.after(base, &changes).total.minus(base.total);
    together >= one.gain.plus(other.gain)
}
