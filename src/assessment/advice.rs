//! What would add points, what would cost some although it looks good, and
//! what is still open: all in the default reading.

use crate::numbers::Points;
use crate::policy::{Change as When, Policy};

use super::facts::Facts;
use super::moves::{Change, Move, Search};
use super::trial::{Standing, Trials};

/// All advice on a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// Changes that add points and spoil nothing, best first.
    pub gains: Vec<Move>,
    /// Changes that look good but cost points or a condition of entry.
    pub warnings: Vec<Move>,
    /// The rows that cannot be scored yet, by their places in the official
    /// order: an answer to give is no change to make.
    pub open: Vec<usize>,
}

/// Advises on the answers of a case. Every advice is as small as it can be: with
/// a unit less, or without one of its parts, it gains less.
pub fn advise(policy: &Policy, facts: &Facts) -> Advice {
    let trials = Trials::new(policy);
    let base = trials.standing(facts.clone());
    let search = Search {
        trials: &trials,
        base: &base,
    };
    let rows = base.rows.iter().enumerate();
    Advice {
        gains: gains(search),
        warnings: warnings(search),
        open: rows
            .filter(|(_, row)| row.is_none())
            .map(|(place, _)| place)
            .collect(),
    }
}

/// The changes that add points and spoil nothing, best first.
pub(super) fn gains(search: Search<'_, '_>) -> Vec<Move> {
    let mut found: Vec<Vec<Change>> = Vec::new();
    for place in 0..search.trials.policy.facts.len() {
        found.extend(single(search, place));
    }
    let singles = found.len();
    for changes in joint(search) {
        let same = |other: &Vec<Change>| {
            other.len() == changes.len()
                && changes
                    .iter()
                    .all(|change| other.iter().any(|other| other.fact == change.fact))
        };
        if !found.iter().skip(singles).any(same) {
            found.push(changes);
        }
    }
    let mut moves: Vec<(i64, Move)> = found
        .into_iter()
        .map(|changes| (search.effort(&changes), search.describe(changes)))
        .collect();
    moves.sort_by_key(|(effort, found)| {
        (
            core::cmp::Reverse(found.gain),
            found.when != When::Now,
            found.changes.len(),
            *effort,
        )
    });
    moves.into_iter().map(|(_, found)| found).collect()
}

/// Whether a standing has more points and nothing spoilt.
fn improves(search: Search<'_, '_>, after: &Standing) -> bool {
    after.total > search.base.total && !search.trials.spoils(search.base, after)
}

/// Whether changes improve on a standing, and less than them gains less.
pub(super) fn is_sound(search: Search<'_, '_>, changes: &[Change]) -> bool {
    let after = search.after(changes);
    improves(search, &after) && search.is_least(changes, &|less| less.total >= after.total)
}

/// The nearest changes of one fact that add points.
fn single(search: Search<'_, '_>, place: usize) -> Vec<Vec<Change>> {
    let switches = search.switches(place).into_iter().map(|change| vec![change]);
    let mut found: Vec<Vec<Change>> = switches.collect();
    found.extend(search.nearest(&[], &[place], &|after| improves(search, after)));
    found.retain(|changes| is_sound(search, changes));
    found
}

/// The nearest joint changes that add more than their parts do by themselves.
fn joint(search: Search<'_, '_>) -> Vec<Vec<Change>> {
    let policy = search.trials.policy;
    let mut candidates = Vec::new();
    for places in search.ties() {
        candidates.extend(search.nearest(&[], &places, &|after| improves(search, after)));
    }
    for (place, row) in policy.rows().enumerate() {
        if search
            .base
            .rows
            .get(place)
            .copied()
            .flatten()
            .is_some_and(|score| score < row.max)
        {
            candidates.extend(search.raise(&row.score));
        }
    }
    let least = |changes: Vec<Change>| {
        let wanted = search.after(&changes).total;
        let holds = |after: &Standing| after.total >= wanted && improves(search, after);
        let changes = search.shrink(changes, &holds)?;
        (changes.len() > 1 && is_sound(search, &changes) && is_more_than_its_parts(search, &changes))
            .then_some(changes)
    };
    candidates.into_iter().filter_map(least).collect()
}

/// Whether joint changes add more than any two halves of them by themselves.
fn is_more_than_its_parts(search: Search<'_, '_>, changes: &[Change]) -> bool {
    /// The halves are tried one by one; joint changes of more facts than this are no short advice.
    const MOST: usize = 6;
    if changes.len() > MOST {
        return false;
    }
    let gain = |chosen: &dyn Fn(usize) -> bool| {
        let part = changes.iter().enumerate();
        let part: Vec<Change> = part
            .filter(|(place, _)| chosen(*place))
            .map(|(_, change)| *change)
            .collect();
        let gain = search.after(&part).total.minus(search.base.total);
        gain.max(Points::ZERO)
    };
    let whole = gain(&|_| true);
    // Each number below stands for a choice of parts: its binary digits. The last part is never chosen.
    let choices = 1_usize << (changes.len() - 1);
    (1..choices).all(|choice| {
        let chosen = |place: usize| choice >> place & 1 == 1;
        whole > gain(&chosen).plus(gain(&|place| !chosen(place)))
    })
}

/// For each figure that one would like to see grow, the first step by which it costs.
fn warnings(search: Search<'_, '_>) -> Vec<Move> {
    let costs = |after: &Standing| after.total < search.base.total;
    let bars = |after: &Standing| search.trials.worsens(search.base, after);
    let mut found = Vec::new();
    for place in 0..search.trials.policy.facts.len() {
        let mut ways = search.switches(place).into_iter().map(|change| vec![change]);
        let switch = ways.find(|changes| {
            let after = search.after(changes);
            (costs(&after) || bars(&after)) && !search.trials.confuses(search.base, &after)
        });
        let nearest = switch
            .or_else(|| search.nearest(&[], &[place], &costs))
            .or_else(|| search.nearest(&[], &[place], &bars));
        found.extend(nearest.map(|changes| search.describe(changes)));
    }
    found.sort_by_key(|found| found.gain);
    found
}
