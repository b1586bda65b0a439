//! What would add points, what would cost some although it looks good, and
//! what is still open: all under the readings that the case counts by.

use crate::numbers::Points;
use crate::policy::{ChangeWindow, Expression, FactIdx, Policy, Row, RowIdx};

use super::answer_change::AnswerChange;
use super::facts::Facts;
use super::improvements::{Improvement, Search};
use super::incremental::{Baseline, Incremental};
use super::readings::Readings;

/// All advice on a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// Changes that add points and spoil nothing, best first.
    pub gains: Vec<Improvement>,
    /// Changes that look good but cost points or a condition of entry.
    pub warnings: Vec<Improvement>,
    /// The rows that cannot be scored yet: an answer to give is no change to make.
    pub open: Vec<RowIdx>,
}

/// Advises on the answers of a case under some readings. Every advice is as
/// small as it can be: with a unit less, or without one of its parts, it gains
/// less.
pub fn advise(policy: &Policy, facts: &Facts, readings: &Readings) -> Advice {
    let incremental = Incremental::new(policy, readings);
    let base = incremental.baseline(facts.clone());
    let search = Search {
        incremental: &incremental,
        base: &base,
    };
    let rows = base.rows.enumerated();
    // A warning is of what a change does for certain; of what may come with it a caution speaks.
    let certain = Incremental::without_company(policy, readings);
    Advice {
        gains: gains(search),
        warnings: warnings(Search {
            incremental: &certain,
            base: &base,
        }),
        open: rows
            .filter(|(_, row)| row.is_none())
            .map(|(place, _)| place)
            .collect(),
    }
}

/// The changes that add points and spoil nothing, best first.
pub(super) fn gains(search: Search<'_, '_>) -> Vec<Improvement> {
    let pool = Pool::fill(search, true);
    pool.best_first()
        .into_iter()
        .map(|found| search.describe(found.changes.clone()))
        .collect()
}

/// Where advice comes from.
#[derive(Clone, Copy)]
enum Source<'p> {
    /// One fact by itself.
    Fact(FactIdx),
    /// A tie, by its place among the ties.
    Tie(usize),
    /// The parts of a row that are still to be had.
    Row(RowIdx, &'p Row),
}

/// Changes that add points.
#[derive(Clone)]
pub(super) struct Found {
    pub changes: Vec<AnswerChange>,
    /// What they add.
    pub gain: Points,
    /// Whether some of them can be made in the next period only.
    pub later: bool,
    effort: i64,
}

impl Found {
    fn has(&self, fact: FactIdx) -> bool {
        self.changes.iter().any(|change| change.fact == fact)
    }

    /// Whether another one does as much with some of the same facts, or the same with all of them.
    fn is_outdone_by(&self, other: &Self) -> bool {
        other.gain >= self.gain && other.changes.iter().all(|change| self.has(change.fact))
    }
}

/// All changes that add points, by the sources they come from, so that after a
/// step only those are searched anew that the step bears on.
pub(super) struct Pool<'p> {
    sources: Vec<(Source<'p>, Vec<FactIdx>, Vec<Found>)>,
    /// Whether changes that have to wait for the next period are looked for as well.
    with_later: bool,
}

impl<'p> Pool<'p> {
    /// Searches all sources, with changes that have to wait for the next period or without them.
    pub fn fill(search: Search<'_, 'p>, with_later: bool) -> Self {
        let policy = search.incremental.policy;
        let facts = policy
            .facts
            .enumerated()
            .map(|(place, _)| (Source::Fact(place), vec![place]));
        let ties = search.ties().enumerate();
        let ties = ties.map(|(place, facts)| (Source::Tie(place), facts));
        let rows = policy.rows_enumerated().map(|(place, row)| {
            let facts = search.incremental.facts_of(Expression::Score(&row.score));
            (Source::Row(place, row), facts)
        });
        let later = |facts: &[FactIdx]| {
            let mut facts = facts.iter().map(|place| &policy.facts[*place]);
            facts.any(|fact| fact.change != ChangeWindow::Now)
        };
        let moved = facts.chain(ties).filter(|(_, facts)| with_later || !later(facts));
        let all = moved.chain(rows);
        Self {
            sources: all
                .map(|(source, facts)| (source, facts, found_in(search, source)))
                .collect(),
            with_later,
        }
    }

    /// Searches anew, after a step, what depends on the facts that it changed.
    pub fn refresh(&mut self, search: Search<'_, 'p>, changes: &[AnswerChange]) {
        let changed: Vec<FactIdx> = changes.iter().map(|change| change.fact).collect();
        for (source, facts, found) in &mut self.sources {
            if search.incremental.are_related(facts, &changed) {
                *found = found_in(search, *source);
            }
        }
    }

    /// All that was found, best first: what adds most, can be made soonest, and goes least far.
    pub fn best_first(&self) -> Vec<&Found> {
        let mut best: Vec<&Found> = Vec::new();
        let found = self.sources.iter().flat_map(|(_, _, found)| found);
        for found in found.filter(|found| self.with_later || !found.later) {
            // The first of several that outdo each other stays.
            if !best.iter().any(|other| found.is_outdone_by(other)) {
                best.retain(|other| !other.is_outdone_by(found));
                best.push(found);
            }
        }
        best.sort_by_key(|found| {
            (
                core::cmp::Reverse(found.gain),
                found.later,
                found.changes.len(),
                found.effort,
            )
        });
        best
    }
}

fn found_in(search: Search<'_, '_>, source: Source<'_>) -> Vec<Found> {
    let changes = match source {
        Source::Fact(place) => single(search, place),
        Source::Tie(place) => {
            let places = search.ties().nth(place).unwrap_or_default();
            let nearest = search.nearest(&[], &places, &|after| improves(search, after));
            joint(search, nearest.into_iter().collect())
        }
        Source::Row(place, row) => match search.base.rows[place] {
            Some(score) if score < row.max => joint(search, search.raise(&row.score)),
            _ => Vec::new(),
        },
    };
    let found = changes.into_iter().map(|changes| Found {
        gain: search.after(&changes).total.minus(search.base.total),
        later: search.later(&changes) > 0,
        effort: search.effort(&changes),
        changes,
    });
    found.collect()
}

/// Whether a baseline has more points and nothing spoilt.
fn improves(search: Search<'_, '_>, after: &Baseline) -> bool {
    after.total > search.base.total && !search.incremental.spoils(search.base, after)
}

/// Whether changes improve on a baseline, and less than them gains less.
pub(super) fn is_sound(search: Search<'_, '_>, changes: &[AnswerChange]) -> bool {
    let after = search.after(changes);
    improves(search, &after) && search.is_least(changes, &|less| less.total >= after.total)
}

/// The nearest changes of one fact that add points.
fn single(search: Search<'_, '_>, place: FactIdx) -> Vec<Vec<AnswerChange>> {
    let switches = search.switches(place).into_iter().map(|change| vec![change]);
    let mut found: Vec<Vec<AnswerChange>> = switches.collect();
    found.extend(search.nearest(&[], &[place], &|after| improves(search, after)));
    found.retain(|changes| is_sound(search, changes));
    found
}

/// Those joint changes among some that add more than their parts do by themselves, made as small as they can be.
fn joint(search: Search<'_, '_>, candidates: Vec<Vec<AnswerChange>>) -> Vec<Vec<AnswerChange>> {
    let least = |changes: Vec<AnswerChange>| {
        let wanted = search.after(&changes).total;
        let holds = |after: &Baseline| after.total >= wanted && improves(search, after);
        let changes = search.shrink(changes, &holds)?;
        let joint =
            changes.len() > 1 && is_sound(search, &changes) && is_more_than_its_parts(search, &changes);
        joint.then_some(changes)
    };
    candidates.into_iter().filter_map(least).collect()
}

/// Whether joint changes add more than any two halves of them by themselves.
fn is_more_than_its_parts(search: Search<'_, '_>, changes: &[AnswerChange]) -> bool {
    /// The halves are tried one by one; joint changes of more facts than this are no short advice.
    const MOST: usize = 6;
    if changes.len() > MOST {
        return false;
    }
    let gain = |chosen: &dyn Fn(usize) -> bool| {
        let part = changes.iter().enumerate();
        let part: Vec<AnswerChange> = part
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
fn warnings(search: Search<'_, '_>) -> Vec<Improvement> {
    let costs = |after: &Baseline| after.total < search.base.total;
    let bars = |after: &Baseline| search.incremental.worsens(search.base, after);
    let mut found = Vec::new();
    for place in search.incremental.policy.facts.indices() {
        let mut ways = search.switches(place).into_iter().map(|change| vec![change]);
        let switch = ways.find(|changes| {
            let after = search.after(changes);
            (costs(&after) || bars(&after)) && !search.incremental.confuses(search.base, &after)
        });
        let nearest = switch
            .or_else(|| search.nearest(&[], &[place], &costs))
            .or_else(|| search.nearest(&[], &[place], &bars));
        found.extend(nearest.map(|changes| search.describe(changes)));
    }
    found.sort_by_key(|found| found.gain);
    found
}
