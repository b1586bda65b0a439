//! The way to 符合: for each condition of entry that does not stand, the shortest
//! honest way to it, or why there is none.

use crate::policy::{Change as When, Expression, Policy, Rule, Verdict};

use super::facts::{Facts, Known};
use super::moves::{Change, Move, Search};
use super::trial::{Standing, Trials, default_facts};

/// How many ways to one condition are told.
const TOLD: usize = 3;

/// What stands between a case and its application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The binding conditions that are not met, in the policy's order.
    pub rules: Vec<RuleEntry>,
    /// One move that meets all those that can be met; told where it is more than one.
    pub together: Option<Move>,
}

/// What stands between a case and one condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleEntry {
    /// The rule's place in the policy.
    pub rule: usize,
    /// What it comes to now.
    pub verdict: Verdict,
    /// The ways to meet it without spoiling another, the shortest first.
    pub ways: Vec<Move>,
    /// Why there is none.
    pub obstacle: Option<Obstacle>,
}

/// Why no change leads to a condition. Facts are told by their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// These answers are missing or cannot be used.
    Open(Vec<usize>),
    /// Figures conflict, or the document leaves it to an office to say.
    Unclear,
    /// It hangs on these facts, which are history or identity.
    Settled(Vec<usize>),
    /// No change that the policy file knows leads there.
    NoWay,
}

/// The way to 符合 from the answers of a case.
pub fn way_in(policy: &Policy, facts: &Facts) -> Entry {
    let trials = Trials::new(policy);
    let base = trials.standing(facts.clone());
    let search = Search {
        trials: &trials,
        base: &base,
    };
    let lacking = policy.rules.iter().enumerate();
    let lacking = lacking.filter(|(place, _)| trials.binds(*place) && base.rule(*place) != Verdict::Met);
    let rules: Vec<RuleEntry> = lacking
        .map(|(place, rule)| rule_entry(search, place, rule))
        .collect();
    let reachable: Vec<usize> = rules
        .iter()
        .filter(|entry| !entry.ways.is_empty())
        .map(|entry| entry.rule)
        .collect();
    Entry {
        together: (reachable.len() > 1)
            .then(|| together(search, &reachable))
            .flatten(),
        rules,
    }
}

fn rule_entry(search: Search<'_, '_>, place: usize, rule: &Rule) -> RuleEntry {
    let verdict = search.base.rule(place);
    let ways = if verdict == Verdict::Unmet {
        ways(search, place)
    } else {
        Vec::new()
    };
    RuleEntry {
        rule: place,
        verdict,
        obstacle: ways.is_empty().then(|| obstacle(search, verdict, rule)),
        ways,
    }
}

fn ways(search: Search<'_, '_>, place: usize) -> Vec<Move> {
    let holds = |after: &Standing| meets(search, &[place], after);
    let mut found: Vec<(i64, Move)> = Vec::new();
    for way in meeting(search, &[place], Vec::new()) {
        let Some(changes) = search.shrink(way, &holds) else {
            continue;
        };
        let effort = search.effort(&changes);
        let way = search.describe(changes);
        if found.iter().all(|(_, other)| other.id != way.id) {
            found.push((effort, way));
        }
    }
    found.sort_by_key(|(effort, way)| (way.when != When::Now, way.changes.len(), *effort));
    found.truncate(TOLD);
    found.into_iter().map(|(_, way)| way).collect()
}

/// Whether some rules are met and nothing is spoilt for it.
fn meets(search: Search<'_, '_>, rules: &[usize], after: &Standing) -> bool {
    rules.iter().all(|place| after.rule(*place) == Verdict::Met) && !search.trials.spoils(search.base, after)
}

/// The changes that go on from some others and meet rules one after the other,
/// then those rules that came out worse for it.
fn meeting(search: Search<'_, '_>, rules: &[usize], from: Vec<Change>) -> Vec<Vec<Change>> {
    let rule = |place: &usize| {
        search
            .trials
            .policy
            .rules
            .get(*place)
            .map(|rule| (&rule.condition, true))
    };
    let path: Vec<_> = rules.iter().filter_map(rule).collect();
    let mut ways = Vec::new();
    for way in search.open(&path, &from) {
        let after = search.after(&way);
        let spoilt: Vec<_> = (0..after.rules.len())
            .filter(|place| search.trials.binds(*place))
            .filter(|place| search.base.rule(*place) == Verdict::Met && after.rule(*place) != Verdict::Met)
            .collect();
        let mended: Vec<_> = spoilt.iter().filter_map(rule).collect();
        ways.extend(search.open(&mended, &way));
    }
    ways
}

/// One move that meets several rules.
fn together(search: Search<'_, '_>, rules: &[usize]) -> Option<Move> {
    let holds = |after: &Standing| meets(search, rules, after);
    let later = |changes: &[Change]| {
        let mut facts = changes
            .iter()
            .filter_map(|change| search.trials.policy.facts.get(change.fact));
        facts.any(|fact| fact.change != When::Now)
    };
    let ways = meeting(search, rules, Vec::new()).into_iter();
    let least = ways.filter_map(|way| search.shrink(way, &holds));
    let best = least.min_by_key(|changes| (later(changes), changes.len(), search.effort(changes)))?;
    Some(search.describe(best))
}

fn obstacle(search: Search<'_, '_>, verdict: Verdict, rule: &Rule) -> Obstacle {
    let policy = search.trials.policy;
    let facts = default_facts(policy, Expression::Condition(&rule.condition));
    let known = |place: &usize| search.base.facts.get(*place);
    if verdict == Verdict::Unclear {
        let evaluation = search.trials.evaluation(&search.base.facts);
        let needed = |place: &usize| {
            let fact = policy.facts.get(*place);
            fact.and_then(|fact| fact.needed_if.as_ref())
                .is_none_or(|condition| evaluation.condition(condition) == Verdict::Met)
        };
        let mut open = facts;
        open.retain(|place| !matches!(known(place), Known::Value(_)) && needed(place));
        return if open.is_empty() {
            Obstacle::Unclear
        } else {
            Obstacle::Open(open)
        };
    }
    let mut settled = facts;
    settled.retain(|place| {
        let fact = policy.facts.get(*place);
        fact.is_some_and(|fact| fact.change == When::Never)
    });
    if settled.is_empty() {
        Obstacle::NoWay
    } else {
        Obstacle::Settled(settled)
    }
}
