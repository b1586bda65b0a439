//! Assessing altered answers incrementally: only what the altered facts can move is
//! computed anew, and only under the readings that count.

use crate::answers::Value;
use crate::numbers::{Decimal, Points};
use crate::policy::{
    Bands, Condition, Expression, FactIdx, IdxSet, IdxVec, Inputs, Name, Policy, Quantity, Reading, Row,
    RowIdx, RuleIdx, Slot, Steps, Verdict,
};

use super::answer_change::AnswerChange;
use super::eligibility::{self, Overall};
use super::evaluation::Evaluation;
use super::facts::Facts;
use super::needs::{Needs, RowState, in_conflict};
use super::readings::Readings;

/// The answers after some changes, once as changed and once with all that may
/// come with the changes: new employees, for one, may enter the roster or not.
#[derive(Clone, Debug)]
pub(super) struct Outcomes {
    /// Nothing comes with the changes.
    pub alone: Facts,
    /// Everything that may come with them does; `None` where that is nothing.
    accompanied: Option<Facts>,
}

impl Outcomes {
    /// The answers with all that may come with the changes.
    pub fn accompanied(&self) -> &Facts {
        self.accompanied.as_ref().unwrap_or(&self.alone)
    }

    /// Each outcome once.
    pub fn each(&self) -> impl Iterator<Item = &Facts> {
        core::iter::once(&self.alone).chain(&self.accompanied)
    }

    /// Both outcomes, alike or not.
    pub fn both(&self) -> [&Facts; 2] {
        [&self.alone, self.accompanied()]
    }
}

/// What answers come to under the readings that count, whatever comes with the changes
/// that led to them: each row and each condition of entry at its worst.
#[derive(Clone, Debug)]
pub(super) struct Baseline {
    /// The answers.
    pub facts: Outcomes,
    /// The score of each row; `None` where it cannot be scored.
    pub rows: IdxVec<RowIdx, Option<Points>>,
    /// What each condition of entry comes to.
    pub rules: IdxVec<RuleIdx, Verdict>,
    /// The sum of the rows.
    pub total: Points,
}

impl Baseline {
    /// The score of a row.
    pub fn row(&self, row: RowIdx) -> Points {
        self.rows[row].unwrap_or_default()
    }

    /// What a condition of entry comes to.
    pub fn rule(&self, rule: RuleIdx) -> Verdict {
        self.rules[rule]
    }
}

/// Where a result can change while a figure grows or falls.
#[derive(Clone, Copy, Debug)]
pub(super) enum Breakpoint<'p> {
    /// At the ends of bands.
    Bands(&'p Bands),
    /// At the next step.
    Steps(&'p Steps),
    /// Where a comparison or a share is met or no longer met.
    Turn(&'p Condition),
}

/// A policy, prepared to assess many altered answers.
pub(super) struct Incremental<'p> {
    /// The scheme.
    pub policy: &'p Policy,
    /// The reading of every doubt.
    pub readings: &'p Readings,
    rows: IdxVec<RowIdx, (&'p Row, Needs)>,
    /// Whether each rule decides under the readings.
    binding: IdxVec<RuleIdx, bool>,
    /// Each breakpoint, with the facts that can bring it about or put it off.
    breakpoints: Vec<(Breakpoint<'p>, IdxSet<FactIdx>)>,
    /// What each fact can move.
    moved: IdxVec<FactIdx, Moved>,
    /// The facts that bear on a row or a rule together with each fact.
    neighbours: Neighbours,
    companions: Vec<Companion>,
    /// The facts that may come with others.
    brought: IdxSet<FactIdx>,
}

/// A figure that may grow along with another.
#[derive(Clone, Copy)]
struct Companion {
    fact: FactIdx,
    brings: FactIdx,
    present_first: bool,
}

/// The facts that bear on a row or a rule together with each fact.
type Neighbours = IdxVec<FactIdx, IdxSet<FactIdx>>;

/// What one fact can move.
#[derive(Clone, Debug, Default)]
struct Moved {
    rows: Vec<RowIdx>,
    rules: Vec<RuleIdx>,
    /// The optional facts that lean on it, and itself where it is one.
    completed: Vec<FactIdx>,
}

impl<'p> Incremental<'p> {
    /// Prepares a policy under some readings.
    pub fn new(policy: &'p Policy, readings: &'p Readings) -> Self {
        Self::with(policy, readings, companions(policy))
    }

    /// Prepares a policy as if nothing came with any change.
    pub fn without_company(policy: &'p Policy, readings: &'p Readings) -> Self {
        Self::with(policy, readings, Vec::new())
    }

    fn with(policy: &'p Policy, readings: &'p Readings, companions: Vec<Companion>) -> Self {
        let mut moved: IdxVec<FactIdx, Moved> = policy.facts.iter().map(|_| Moved::default()).collect();
        let mut breakpoints = Vec::new();
        let mut neighbours: Neighbours = policy.facts.iter().map(|_| IdxSet::default()).collect();
        let mut note = |facts: &IdxSet<FactIdx>, moves: &dyn Fn(&mut Moved)| {
            for fact in facts {
                moves(&mut moved[*fact]);
                neighbours[*fact].extend(facts.iter().copied());
            }
        };
        for (place, row) in policy.rows_enumerated() {
            let expression = Expression::Score(&row.score);
            let facts = leaned_on(policy, Inputs::of(policy, expression).facts);
            note(&facts, &|moved| moved.rows.push(place));
            collect_breakpoints(policy, readings, expression, &mut breakpoints);
        }
        for (place, rule) in policy.rules.enumerated() {
            let expression = Expression::Condition(&rule.condition);
            let facts = leaned_on(policy, Inputs::of(policy, expression).facts);
            note(&facts, &|moved| moved.rules.push(place));
            collect_breakpoints(policy, readings, expression, &mut breakpoints);
        }
        for (place, fact) in policy.facts.enumerated() {
            if fact.optional.is_some() {
                let facts = leaned_on(policy, IdxSet::from_iter([place]));
                note(&facts, &|moved| moved.completed.push(place));
            }
        }
        for companion in &companions {
            relate(&mut neighbours, *companion);
        }
        Self {
            brought: companions.iter().map(|companion| companion.brings).collect(),
            companions,
            policy,
            rows: policy.rows().map(|row| (row, Needs::of(policy, row))).collect(),
            binding: policy
                .rules
                .iter()
                .map(|rule| eligibility::binds(rule, readings))
                .collect(),
            readings,
            breakpoints,
            moved,
            neighbours,
        }
    }

    /// The facts that an expression names under the readings, in the order in which it names them.
    pub fn facts_of(&self, expression: Expression<'_>) -> Vec<FactIdx> {
        facts_under(self.policy, self.readings, expression)
    }

    /// An evaluation of some facts under the readings.
    pub fn evaluation<'a>(&'a self, facts: &'a Facts) -> Evaluation<'a> {
        Evaluation {
            policy: self.policy,
            facts,
            readings: self.readings,
        }
    }

    /// What facts come to.
    pub fn baseline(&self, facts: Facts) -> Baseline {
        let rows = self.rows.indices().map(|row| self.score(row, &facts));
        let rows: IdxVec<RowIdx, _> = rows.collect();
        let rules = self.policy.rules.iter();
        let rules = rules.map(|rule| eligibility::evaluate(self.evaluation(&facts), rule));
        Baseline {
            rules: rules.collect(),
            total: rows.iter().copied().flatten().sum(),
            rows,
            facts: Outcomes {
                alone: facts,
                accompanied: None,
            },
        }
    }

    fn score(&self, place: RowIdx, facts: &Facts) -> Option<Points> {
        let (row, needs) = &self.rows[place];
        let evaluation = self.evaluation(facts);
        (needs.gaps(evaluation).state == RowState::Answered).then(|| evaluation.row_score(row))
    }

    /// What a condition comes to at its worst, whatever comes with the changes.
    pub fn worst(&self, facts: &Outcomes, verdict: &dyn Fn(Evaluation<'_>) -> Verdict) -> Verdict {
        let verdicts = facts.each().map(|facts| verdict(self.evaluation(facts)));
        verdicts
            .min_by_key(|verdict| rank(*verdict))
            .unwrap_or(Verdict::Unclear)
    }

    /// The facts with some of them changed.
    pub fn facts_after(&self, facts: &Outcomes, changes: &[AnswerChange]) -> Outcomes {
        let alone = self.changed(&facts.alone, changes);
        let brought = self.brought(facts, changes);
        if brought.is_empty() && facts.accompanied.is_none() {
            return Outcomes {
                alone,
                accompanied: None,
            };
        }
        let before = facts.accompanied();
        let figure = |place: FactIdx| before.get(place).figure();
        // What came along before stays on top of what is changed now.
        let mut all: Vec<AnswerChange> = changes.to_vec();
        for change in &mut all {
            if let (Value::Figure(to), Some(alone), Some(now)) = (
                change.to,
                facts.alone.get(change.fact).figure(),
                figure(change.fact),
            ) {
                change.to = Value::Figure(to.plus(now.minus(alone)).min(Decimal::LARGEST));
            }
        }
        for (place, more) in brought {
            let changed = all.iter_mut().find(|change| change.fact == place);
            let now = match changed.as_ref().map(|change| change.to) {
                Some(Value::Figure(figure)) => Some(figure),
                _ => figure(place),
            };
            // A figure that is not known does not become known by what comes to it.
            let Some(now) = now else { continue };
            let to = Value::Figure(now.plus(more).min(Decimal::LARGEST));
            match changed {
                Some(change) => change.to = to,
                None => all.push(AnswerChange {
                    fact: place,
                    from: Value::Figure(now),
                    to,
                }),
            }
        }
        Outcomes {
            alone,
            accompanied: Some(self.changed(before, &all)),
        }
    }

    fn changed(&self, facts: &Facts, changes: &[AnswerChange]) -> Facts {
        let mut completed: Vec<FactIdx> = changes
            .iter()
            .flat_map(|change| &self.moved[change.fact].completed)
            .copied()
            .collect();
        completed.sort_unstable();
        completed.dedup();
        let answers = changes.iter().map(|change| (change.fact, change.to));
        facts.with(self.policy, answers, &completed)
    }

    /// The facts that may grow along with some changes, and by how much at most.
    pub fn brought(&self, facts: &Outcomes, changes: &[AnswerChange]) -> Vec<(FactIdx, Decimal)> {
        let mut brought: Vec<(FactIdx, Decimal)> = Vec::new();
        for companion in &self.companions {
            let change = changes.iter().find(|change| change.fact == companion.fact);
            let from = facts.alone.get(companion.fact).figure();
            let (Some(Value::Figure(to)), Some(from)) = (change.map(|change| change.to), from) else {
                continue;
            };
            let present = || facts.accompanied().get(companion.brings).figure();
            let enough = match companion.present_first.then(present).flatten() {
                Some(present) => present.minus(from).max(Decimal::ZERO),
                None => Decimal::ZERO,
            };
            let more = to.minus(from).minus(enough);
            if more <= Decimal::ZERO {
                continue;
            }
            match brought.iter_mut().find(|(place, _)| *place == companion.brings) {
                Some((_, sum)) => *sum = sum.plus(more),
                None => brought.push((companion.brings, more)),
            }
        }
        brought
    }

    /// What a baseline comes to with some facts changed.
    pub fn after(&self, before: &Baseline, changes: &[AnswerChange]) -> Baseline {
        let mut after = Baseline {
            rows: before.rows.clone(),
            rules: before.rules.clone(),
            total: before.total,
            facts: self.facts_after(&before.facts, changes),
        };
        let accompanied = after.facts.accompanied.as_ref();
        for (place, row) in after.rows.enumerated_mut() {
            let lists = |moved: &Moved| moved.rows.contains(&place);
            let apart = accompanied.filter(|_| self.is_moved(&self.brought, lists));
            if apart.is_some() || self.is_moved(changes.iter().map(|change| &change.fact), lists) {
                let alone = self.score(place, &after.facts.alone);
                // What cannot be scored is the least of all.
                *row = apart.map_or(alone, |facts| self.score(place, facts).min(alone));
            }
        }
        let rules = self.policy.rules.enumerated().zip(&mut after.rules);
        for ((place, rule), verdict) in rules {
            let lists = |moved: &Moved| moved.rules.contains(&place);
            if accompanied.is_some() && self.is_moved(&self.brought, lists)
                || self.is_moved(changes.iter().map(|change| &change.fact), lists)
            {
                *verdict = self.worst(&after.facts, &|evaluation| {
                    eligibility::evaluate(evaluation, rule)
                });
            }
        }
        after.total = after.rows.iter().copied().flatten().sum();
        after
    }

    /// Whether some facts move what is looked for.
    fn is_moved<'a>(
        &self,
        facts: impl IntoIterator<Item = &'a FactIdx>,
        lists: impl Fn(&Moved) -> bool,
    ) -> bool {
        facts.into_iter().any(|fact| lists(&self.moved[*fact]))
    }

    /// The breakpoints that some facts can reach or pass.
    pub fn breakpoints(&self, facts: &[FactIdx]) -> impl Iterator<Item = Breakpoint<'p>> {
        let touched = self.breakpoints.iter();
        let touched = touched.filter(|(_, moved_by)| facts.iter().any(|fact| moved_by.contains(fact)));
        touched.map(|(breakpoint, _)| *breakpoint)
    }

    /// The breakpoints that some facts, with what may come with them, reach or pass
    /// otherwise than by themselves.
    pub fn breakpoints_in_company(&self, facts: &Outcomes, changed: &[FactIdx]) -> Vec<Breakpoint<'p>> {
        let brings = self.companions.iter().filter(|one| changed.contains(&one.fact));
        let mut moving: Vec<FactIdx> = brings.map(|one| one.brings).collect();
        if moving.is_empty() && facts.accompanied.is_none() {
            return Vec::new();
        }
        moving.extend(changed);
        let touched = self.breakpoints.iter().filter(|(_, moved_by)| {
            moving.iter().any(|fact| moved_by.contains(fact))
                && self.brought.iter().any(|fact| moved_by.contains(fact))
        });
        touched.map(|(breakpoint, _)| *breakpoint).collect()
    }

    /// Whether what some facts do can depend on others.
    pub fn are_related(&self, facts: &[FactIdx], others: &[FactIdx]) -> bool {
        let near = |fact: &FactIdx| {
            let near = &self.neighbours[*fact];
            others.iter().any(|other| near.contains(other))
        };
        facts.iter().any(near)
    }

    /// Whether a rule decides.
    pub fn binds(&self, rule: RuleIdx) -> bool {
        self.binding[rule]
    }

    /// All conditions of entry together.
    pub fn overall(&self, baseline: &Baseline) -> Overall {
        eligibility::overall(self.policy, self.readings, baseline.rules.iter().copied())
    }

    /// Whether a change spoils something that stood: a binding condition of
    /// entry comes out worse, a row can no longer be scored, figures conflict.
    pub fn spoils(&self, before: &Baseline, after: &Baseline) -> bool {
        self.worsens(before, after) || self.confuses(before, after)
    }

    /// Whether a row that could be scored no longer can, as another answer is
    /// needed, or figures conflict that did not.
    pub fn confuses(&self, before: &Baseline, after: &Baseline) -> bool {
        let mut rows = before.rows.iter().zip(&after.rows);
        let mut parts = self.policy.parts.iter();
        rows.any(|(before, after)| before.is_some() && after.is_none())
            || parts.any(|part| {
                let conflicts = |facts| in_conflict(self.evaluation(facts), part);
                let mut outcomes = before.facts.both().into_iter().zip(after.facts.each());
                outcomes.any(|(before, after)| conflicts(after) && !conflicts(before))
            })
    }

    /// Whether a binding condition of entry comes out worse.
    pub fn worsens(&self, before: &Baseline, after: &Baseline) -> bool {
        let rules = before.rules.iter().zip(&after.rules).zip(&self.binding);
        let mut worse = rules.filter(|((before, after), binds)| **binds && rank(**after) < rank(**before));
        worse.next().is_some()
    }
}

/// The worse, the lower.
const fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Unmet => 0,
        Verdict::Unclear => 1,
        Verdict::Met => 2,
    }
}

fn companions(policy: &Policy) -> Vec<Companion> {
    let place = |id: &str| policy.fact(id).map(|(place, _)| place);
    let companions = policy.companions.iter().filter_map(|companion| {
        Some(Companion {
            fact: place(&companion.fact)?,
            brings: place(&companion.brings)?,
            present_first: companion.present_first,
        })
    });
    companions.collect()
}

/// Makes a fact a neighbour of all that depends on what it brings.
fn relate(neighbours: &mut Neighbours, companion: Companion) {
    let mut near = neighbours[companion.brings].clone();
    near.extend([companion.fact, companion.brings]);
    for place in &near {
        neighbours[*place].insert(companion.fact);
    }
    neighbours[companion.fact].extend(near);
}

/// The facts, and those by which they are completed or needed.
pub(super) fn leaned_on(policy: &Policy, mut facts: IdxSet<FactIdx>) -> IdxSet<FactIdx> {
    let mut waiting: Vec<FactIdx> = facts.iter().copied().collect();
    while let Some(place) = waiting.pop() {
        let fact = &policy.facts[place];
        let needed = fact.needed_if.iter().map(Expression::Condition);
        let bounds = fact.optional.iter().flat_map(|optional| {
            let quantities = optional.otherwise.iter();
            quantities.chain(&optional.at_least).chain(&optional.at_most)
        });
        for expression in needed.chain(bounds.map(Expression::Quantity)) {
            for other in Inputs::of(policy, expression).facts {
                if facts.insert(other) {
                    waiting.push(other);
                }
            }
        }
    }
    facts
}

/// Shows an expression and everything within it that counts under some readings,
/// through named quantities.
fn walk_under<'p>(
    policy: &'p Policy,
    readings: &Readings,
    expression: Expression<'p>,
    visit: &mut dyn FnMut(Expression<'p>),
) {
    use crate::policy::Score;
    visit(expression);
    let reading = |doubt: &Name| match doubt.slot {
        Slot::Doubt(place) => readings.of(place),
        _ => Reading::Default,
    };
    let within = match expression {
        Expression::Quantity(Quantity::ByReading(by)) => Expression::Quantity(by.under(reading(&by.doubt))),
        Expression::Condition(Condition::ByReading(by)) => {
            Expression::Condition(by.under(reading(&by.doubt)))
        }
        Expression::Score(Score::ByReading(by)) => Expression::Score(by.under(reading(&by.doubt))),
        Expression::Quantity(Quantity::Named(Name {
            slot: Slot::Quantity(place),
            ..
        })) => Expression::Quantity(&policy.quantities[*place].is),
        Expression::Quantity(Quantity::Named(_)) => return,
        _ => return expression.each_part(&mut |part| walk_under(policy, readings, part, visit)),
    };
    walk_under(policy, readings, within, visit);
}

/// The facts that an expression names under some readings, in the order in which it names them.
pub(super) fn facts_under(policy: &Policy, readings: &Readings, expression: Expression<'_>) -> Vec<FactIdx> {
    let mut facts = Vec::new();
    walk_under(policy, readings, expression, &mut |part| {
        if let Some(Slot::Fact(place)) = part.name().map(|name| name.slot)
            && !facts.contains(&place)
        {
            facts.push(place);
        }
    });
    facts
}

fn collect_breakpoints<'p>(
    policy: &'p Policy,
    readings: &Readings,
    expression: Expression<'p>,
    breakpoints: &mut Vec<(Breakpoint<'p>, IdxSet<FactIdx>)>,
) {
    use crate::policy::Score;
    walk_under(policy, readings, expression, &mut |part| {
        let breakpoint = match part {
            Expression::Score(Score::Bands(bands)) => Breakpoint::Bands(bands),
            Expression::Score(Score::Steps(steps)) => Breakpoint::Steps(steps),
            Expression::Condition(
                condition @ (Condition::AtLeast(..)
                | Condition::MoreThan(..)
                | Condition::AtMost(..)
                | Condition::Share(_)),
            ) => Breakpoint::Turn(condition),
            _ => return,
        };
        let facts = facts_under(policy, readings, part).into_iter().collect();
        breakpoints.push((breakpoint, leaned_on(policy, facts)));
    });
}
