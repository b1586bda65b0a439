//! A plan: a short list of changes that leads from the total to a target.

use crate::answers::Case;
use crate::numbers::Points;
use crate::policy::{ChangeWindow, Expression, FactIdx, Policy, RowIdx};

use super::advice::{Pool, is_sound};
use super::answer_change::AnswerChange;
use super::facts::Facts;
use super::improvements::{Improvement, Search, set};
use super::incremental::{Baseline, Incremental};
use super::readings::Readings;
use super::result::Assessment;
use super::what_if::what_if;

/// A short list of changes towards a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The total that was asked for.
    pub target: Points,
    /// The total at the start.
    pub from: Points,
    /// The changes in order, each with what it adds to those before it and the total after it.
    pub steps: Vec<Improvement>,
    /// The total at the end.
    pub total: Points,
    /// How far the changes that can be made now lead by themselves.
    pub total_now: Points,
    /// Where the target is out of reach: the rows that stay below their maximum, and why.
    pub short: Vec<Shortfall>,
}

impl Plan {
    /// Whether the target is reached.
    pub fn is_reached(&self) -> bool {
        self.total >= self.target
    }

    /// What the case comes to once the plan is followed.
    pub fn followed(&self, policy: &Policy, case: &Case) -> Assessment {
        let changes = self.steps.iter().flat_map(|step| &step.changes);
        let answers = changes.map(|change| {
            let id = policy.facts[change.fact].id.clone();
            (id, change.answer(policy))
        });
        what_if(policy, case, &answers.collect())
    }

    /// The own total of the case once the plan is followed, where that is another
    /// one than the plan's: a plan knows no lowered scores.
    pub fn other_own_total(&self, followed: &Assessment) -> Option<Points> {
        let own = followed.total.own;
        (own != self.total).then_some(own)
    }
}

/// A row that stays below its maximum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortfall {
    pub row: RowIdx,
    /// What it lacks.
    pub points: Points,
    /// Why nothing more can be advised.
    pub why: Lack,
}

/// Why nothing more can be advised for a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// It cannot be scored: answers are missing, wrong or in conflict.
    Open,
    /// It hangs on these facts, which are history or identity.
    Settled(Vec<FactIdx>),
    /// No change that the policy file knows adds to it.
    NoMove,
}

/// How many steps a plan can have before what belongs together is joined; a
/// plan of more is no short list.
const STEPS: usize = 60;

/// Plans from the answers of a case to a total under some readings. Changes
/// that can be made now are preferred; goals of the next period come in where
/// those do not lead there.
pub fn plan(policy: &Policy, facts: &Facts, readings: &Readings, target: Points) -> Plan {
    let incremental = Incremental::new(policy, readings);
    let base = incremental.baseline(facts.clone());
    let now = climb(&incremental, &base, target, false);
    let total_now = end(&base, &now);
    let steps = if total_now >= target {
        now
    } else {
        climb(&incremental, &base, target, true)
    };
    let steps = tidy(&incremental, &base, target, steps);
    let total = end(&base, &steps);
    let short = if total >= target {
        Vec::new()
    } else {
        shortfalls(&incremental, &base, &steps)
    };
    Plan {
        target,
        from: base.total,
        steps,
        total,
        total_now,
        short,
    }
}

fn end(base: &Baseline, steps: &[Improvement]) -> Points {
    steps.last().map_or(base.total, |step| step.total)
}

/// Takes the best change there is, and again from there, until the target is reached.
fn climb(
    incremental: &Incremental<'_>,
    base: &Baseline,
    target: Points,
    with_later: bool,
) -> Vec<Improvement> {
    let mut steps: Vec<Improvement> = Vec::new();
    let mut at = base.clone();
    let mut pool = Pool::fill(
        Search {
            incremental,
            base: &at,
        },
        with_later,
    );
    while at.total < target && steps.len() < STEPS {
        let found = pool.best_first();
        // The smallest change that is enough, and the best of its size; where none is, the largest.
        let enough = found.iter().filter(|found| at.total.plus(found.gain) >= target);
        let gain = enough.map(|found| found.gain).min();
        let mut chosen = found
            .iter()
            .filter(|found| gain.is_none_or(|gain| found.gain == gain));
        let Some(changes) = chosen.next().map(|found| found.changes.clone()) else {
            break;
        };
        let step = Search {
            incremental,
            base: &at,
        }
        .describe(changes);
        at = incremental.after(&at, &step.changes);
        pool.refresh(
            Search {
                incremental,
                base: &at,
            },
            &step.changes,
        );
        steps.push(step);
    }
    steps
}

/// The same plan without steps that later ones made needless, and with steps
/// of the same facts made one, wherever each step stays as small as it can be.
fn tidy(
    incremental: &Incremental<'_>,
    base: &Baseline,
    target: Points,
    steps: Vec<Improvement>,
) -> Vec<Improvement> {
    let wanted = end(base, &steps).min(target);
    let facts = |step: &Improvement| step.changes.iter().map(|change| change.fact).collect::<Vec<_>>();
    let reshown = |sets: &[Vec<AnswerChange>]| {
        retell(incremental, base, sets).filter(|steps| end(base, steps) >= wanted)
    };
    let mut shown = steps;
    let mut at = 0;
    while let Some(step) = shown.get(at) {
        let mine = facts(step);
        let same = shown.iter().take(at).position(|earlier| facts(earlier) == mine);
        let mut fewer: Vec<Vec<AnswerChange>> = shown.iter().map(|step| step.changes.clone()).collect();
        let dropped = fewer.remove(at);
        let joined = || {
            let mut joined = fewer.clone();
            let earlier = joined.get_mut(same?)?;
            dropped.iter().for_each(|change| set(earlier, *change));
            reshown(&joined)
        };
        match reshown(&fewer).or_else(joined) {
            Some(better) => shown = better,
            None => at += 1,
        }
    }
    shown
}

/// The steps of some changes made one after the other; `None` where one of them
/// no longer adds anything or could be smaller.
fn retell(
    incremental: &Incremental<'_>,
    base: &Baseline,
    sets: &[Vec<AnswerChange>],
) -> Option<Vec<Improvement>> {
    let mut at = base.clone();
    let mut steps = Vec::with_capacity(sets.len());
    for changes in sets {
        let search = Search {
            incremental,
            base: &at,
        };
        // A step may follow other steps than when it was found, and begins where these end.
        let changes: Vec<AnswerChange> = changes.iter().map(|change| search.rebased(*change)).collect();
        if !is_sound(search, &changes) {
            return None;
        }
        let after = incremental.after(&at, &changes);
        steps.push(search.describe(changes));
        at = after;
    }
    Some(steps)
}

fn shortfalls(incremental: &Incremental<'_>, base: &Baseline, steps: &[Improvement]) -> Vec<Shortfall> {
    let policy = incremental.policy;
    let steps = steps.iter();
    let after = steps.fold(base.clone(), |at, step| incremental.after(&at, &step.changes));
    let rows = policy.rows_enumerated().map(|(place, row)| {
        let why = match after.rows[place] {
            None => Lack::Open,
            Some(_) => {
                let mut facts = incremental.facts_of(Expression::Score(&row.score));
                facts.retain(|fact| policy.facts[*fact].change == ChangeWindow::Never);
                if facts.is_empty() {
                    Lack::NoMove
                } else {
                    Lack::Settled(facts)
                }
            }
        };
        Shortfall {
            row: place,
            points: row.max.minus(after.row(place)),
            why,
        }
    });
    rows.filter(|short| short.points > Points::ZERO).collect()
}
