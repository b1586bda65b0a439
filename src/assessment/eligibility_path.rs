//! The way to 符合: for each condition of entry that does not stand, the shortest
//! honest way to it, or why there is none.

use crate::policy::{ChangeWindow, Expression, FactIdx, Policy, Rule, RuleIdx, Verdict};

use super::answer_change::AnswerChange;
use super::facts::{Facts, Known};
use super::improvements::{Improvement, Search};
use super::incremental::{Baseline, Incremental};
use super::readings::Readings;

/// How many ways to one condition are shown.
const TOLD: usize = 3;

/// What stands between a case and its application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EligibilityPath {
    /// The binding conditions that are not met, in the policy's order; those
    /// that hang on the same facts stand together.
    pub gaps: Vec<EligibilityGap>,
    /// One move that meets all those that can be met; shown where it is more than one.
    pub together: Option<Improvement>,
}

/// What stands between a case and one condition, or several that hang on the same facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EligibilityGap {
    /// The rules' places in the policy.
    pub rules: Vec<RuleIdx>,
    /// The ways to meet them without spoiling another, the shortest first.
    pub ways: Vec<Improvement>,
    /// Why there is none.
    pub obstacle: Option<Obstacle>,
}

/// Why no change leads to a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// These answers are missing or cannot be used.
    Open(Vec<FactIdx>),
    /// Figures conflict, or the document leaves it to an office to say.
    Unclear,
    /// It hangs on these facts, which are history or identity.
    Settled(Vec<FactIdx>),
    /// No change that the policy file knows leads there.
    NoWay,
}

impl EligibilityGap {
    /// What one of its rules says is to be done, where no change leads to it.
    pub fn next_step<'p>(&self, rule: &'p Rule) -> &'p str {
        match &self.obstacle {
            Some(Obstacle::Open(_)) => &rule.if_unknown,
            Some(Obstacle::Unclear) => rule.next_if_undecided(),
            _ => &rule.if_failed,
        }
    }
}

/// The way to 符合 from the answers of a case under some readings.
pub fn eligibility_path(policy: &Policy, facts: &Facts, readings: &Readings) -> EligibilityPath {
    let incremental = Incremental::new(policy, readings);
    let base = incremental.baseline(facts.clone());
    let search = Search {
        incremental: &incremental,
        base: &base,
    };
    let lacking: Vec<RuleIdx> = policy
        .rules
        .indices()
        .filter(|place| incremental.binds(*place) && base.rule(*place) != Verdict::Met)
        .collect();
    let gaps: Vec<EligibilityGap> = grouped(search, &lacking)
        .into_iter()
        .flat_map(|rules| gaps_of(search, rules))
        .collect();
    let open = gaps.iter().filter(|gap| !gap.ways.is_empty());
    let reachable: Vec<RuleIdx> = open.clone().flat_map(|gap| gap.rules.clone()).collect();
    EligibilityPath {
        together: (open.count() > 1).then(|| together(search, &reachable)).flatten(),
        gaps,
    }
}

/// The rules, those together that are not met and hang on the same facts.
fn grouped(search: Search<'_, '_>, rules: &[RuleIdx]) -> Vec<Vec<RuleIdx>> {
    let facts = |place: &RuleIdx| {
        let rule = &search.incremental.policy.rules[*place];
        search
            .incremental
            .facts_of(Expression::Condition(&rule.condition))
    };
    let mut groups: Vec<Vec<RuleIdx>> = Vec::new();
    for place in rules {
        let mine = facts(place);
        let group = groups.iter_mut().find(|group| {
            let unmet = |place: &RuleIdx| search.base.rule(*place) == Verdict::Unmet;
            unmet(place)
                && group
                    .iter()
                    .any(|other| unmet(other) && facts(other).iter().any(|fact| mine.contains(fact)))
        });
        match group {
            Some(group) => group.push(*place),
            None => groups.push(vec![*place]),
        }
    }
    groups
}

/// A group of rules with its ways; where there is none to all of them, each by itself.
fn gaps_of(search: Search<'_, '_>, rules: Vec<RuleIdx>) -> Vec<EligibilityGap> {
    let unmet = rules
        .iter()
        .all(|place| search.base.rule(*place) == Verdict::Unmet);
    let ways = if unmet { ways(search, &rules) } else { Vec::new() };
    match rules.as_slice() {
        [only] if ways.is_empty() => {
            let rule = &search.incremental.policy.rules[*only];
            let obstacle = obstacle(search, search.base.rule(*only), rule);
            vec![EligibilityGap {
                rules,
                ways,
                obstacle: Some(obstacle),
            }]
        }
        several if ways.is_empty() => several
            .iter()
            .flat_map(|place| gaps_of(search, vec![*place]))
            .collect(),
        _ => vec![EligibilityGap {
            rules,
            ways,
            obstacle: None,
        }],
    }
}

fn ways(search: Search<'_, '_>, rules: &[RuleIdx]) -> Vec<Improvement> {
    let holds = |after: &Baseline| meets(search, rules, after);
    let mut found: Vec<Vec<AnswerChange>> = Vec::new();
    for way in meeting(search, rules) {
        let Some(changes) = search.shrink(way, &holds) else {
            continue;
        };
        let has =
            |other: &[AnswerChange], fact| other.iter().any(|change: &AnswerChange| change.fact == fact);
        // A way with all the facts of another and more is no shorter one.
        if !found
            .iter()
            .any(|other| other.iter().all(|change| has(&changes, change.fact)))
        {
            found.retain(|other| !changes.iter().all(|change| has(other, change.fact)));
            found.push(changes);
        }
    }
    found.sort_by_key(|changes| length(search, changes));
    found.truncate(TOLD);
    found
        .into_iter()
        .map(|changes| search.describe(changes))
        .collect()
}

/// How long a way is: what has to wait weighs most, then the number of changes, then their size.
fn length(search: Search<'_, '_>, changes: &[AnswerChange]) -> (usize, usize, i64) {
    (search.later(changes), changes.len(), search.effort(changes))
}

/// Whether some rules are met and nothing is spoilt for it.
fn meets(search: Search<'_, '_>, rules: &[RuleIdx], after: &Baseline) -> bool {
    rules.iter().all(|place| after.rule(*place) == Verdict::Met)
        && !search.incremental.spoils(search.base, after)
}

/// The changes that meet rules one after the other, then those rules that came out worse for it.
fn meeting(search: Search<'_, '_>, rules: &[RuleIdx]) -> Vec<Vec<AnswerChange>> {
    let rule = |place: &RuleIdx| {
        let rule = &search.incremental.policy.rules[*place];
        (&rule.condition, true)
    };
    let path: Vec<_> = rules.iter().map(rule).collect();
    let mut ways = Vec::new();
    for way in search.open(&path, &[]) {
        let after = search.after(&way);
        let spoilt: Vec<_> = after
            .rules
            .indices()
            .filter(|place| search.incremental.binds(*place))
            .filter(|place| search.base.rule(*place) == Verdict::Met && after.rule(*place) != Verdict::Met)
            .collect();
        let repaired: Vec<_> = spoilt.iter().map(rule).collect();
        ways.extend(search.open(&repaired, &way));
    }
    ways
}

/// One move that meets several rules.
fn together(search: Search<'_, '_>, rules: &[RuleIdx]) -> Option<Improvement> {
    let holds = |after: &Baseline| meets(search, rules, after);
    let ways = meeting(search, rules).into_iter();
    let least = ways.filter_map(|way| search.shrink(way, &holds));
    let best = least.min_by_key(|changes| length(search, changes))?;
    Some(search.describe(best))
}

fn obstacle(search: Search<'_, '_>, verdict: Verdict, rule: &Rule) -> Obstacle {
    let policy = search.incremental.policy;
    let facts = search
        .incremental
        .facts_of(Expression::Condition(&rule.condition));
    let known = |place: &FactIdx| search.base.facts.alone.get(*place);
    if verdict == Verdict::Unclear {
        let evaluation = search.incremental.evaluation(&search.base.facts.alone);
        let needed = |place: &FactIdx| {
            let condition = policy.facts[*place].needed_if.as_ref();
            condition.is_none_or(|condition| evaluation.condition(condition) == Verdict::Met)
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
    settled.retain(|place| policy.facts[*place].change == ChangeWindow::Never);
    if settled.is_empty() {
        Obstacle::NoWay
    } else {
        Obstacle::Settled(settled)
    }
}
