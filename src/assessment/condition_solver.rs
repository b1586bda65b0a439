//! The ways in which a condition can be reached, read off its form: which
//! answers to change, and how far.

use crate::answers::Value;
use crate::policy::{ChangeWindow, Condition, Expression, FactIdx, Name, Score, Slot, Verdict};

use super::answer_change::AnswerChange;
use super::improvements::{Search, set};
use super::incremental::Outcomes;

/// How many ways to one condition are followed up; a scheme that offers more
/// alternatives than that has its others left out.
const WAYS: usize = 8;

/// What must be met, or must not be, for a part of a score to count.
pub(super) type Path<'p> = Vec<(&'p Condition, bool)>;

impl<'p> Search<'_, 'p> {
    /// The changes that go on from `from` and make a condition met, or unmet.
    pub fn reach(
        &self,
        condition: &'p Condition,
        met: bool,
        from: &[AnswerChange],
    ) -> Vec<Vec<AnswerChange>> {
        let wanted = if met { Verdict::Met } else { Verdict::Unmet };
        let now = self.verdicts(condition, &self.incremental.facts_after(&self.base.facts, from));
        if now == [wanted; 2] {
            return vec![from.to_vec()];
        }
        let mut ways = match condition {
            Condition::All(parts) | Condition::InOrder(parts) if met => self.reach_all(parts, met, from),
            Condition::Any(parts) if !met => self.reach_all(parts, met, from),
            Condition::All(parts) | Condition::InOrder(parts) | Condition::Any(parts) => parts
                .iter()
                .flat_map(|part| self.reach(part, met, from))
                .collect(),
            Condition::Not(part) => self.reach(part, !met, from),
            Condition::ByReading(by) => self.reach(&by.default, met, from),
            Condition::Decided(_) => Vec::new(),
            Condition::Yes(name) | Condition::OneOf { fact: name, .. } => self.switched(name, from),
            Condition::AtLeast(..)
            | Condition::MoreThan(..)
            | Condition::AtMost(..)
            | Condition::Share(_) => self.moved(condition, wanted, now, from),
        };
        ways.retain(|way| {
            let facts = self.incremental.facts_after(&self.base.facts, way);
            self.verdicts(condition, &facts) == [wanted; 2]
        });
        ways.truncate(WAYS);
        ways
    }

    /// What a condition comes to by itself, and with all that may come with the changes.
    fn verdicts(&self, condition: &Condition, facts: &Outcomes) -> [Verdict; 2] {
        let outcomes = facts.both();
        outcomes.map(|facts| self.incremental.evaluation(facts).condition(condition))
    }

    /// The other answers of a question with few of them.
    fn switched(&self, name: &Name, from: &[AnswerChange]) -> Vec<Vec<AnswerChange>> {
        let Slot::Fact(place) = name.slot else {
            return Vec::new();
        };
        let switched = |change: AnswerChange| {
            let mut changes = from.to_vec();
            set(&mut changes, change);
            changes
        };
        self.switches(place).into_iter().map(switched).collect()
    }

    /// The figures of a comparison moved until it turns; together where none of them does it by itself.
    fn moved(
        &self,
        condition: &'p Condition,
        wanted: Verdict,
        now: [Verdict; 2],
        from: &[AnswerChange],
    ) -> Vec<Vec<AnswerChange>> {
        let turned = |facts: &Outcomes| {
            let mut both = self.verdicts(condition, facts).into_iter().zip(now);
            both.all(|(verdict, now)| verdict != now || now == wanted)
        };
        let places = self.incremental.facts_of(Expression::Condition(condition));
        let alone = places.iter().map(|place| vec![*place]);
        let together = self
            .ties()
            .filter(|tie| tie.iter().any(|place| places.contains(place)));
        let ways = |lines: &mut dyn Iterator<Item = Vec<FactIdx>>| -> Vec<Vec<AnswerChange>> {
            lines
                .filter_map(|line| self.turning(from, &line, &turned))
                .collect()
        };
        let found = ways(&mut alone.into_iter());
        if found.is_empty() {
            ways(&mut together.into_iter())
        } else {
            found
        }
    }

    /// The facts that one and the same step moves, tie by tie.
    pub fn ties(&self) -> impl Iterator<Item = Vec<FactIdx>> {
        let policy = self.incremental.policy;
        policy.ties.iter().map(|tie| {
            let places = tie.facts.iter().filter_map(|id| policy.fact(id));
            places.map(|(place, _)| place).collect()
        })
    }

    /// Each part in turn, on top of what the parts before it took.
    fn reach_all(&self, parts: &'p [Condition], met: bool, from: &[AnswerChange]) -> Vec<Vec<AnswerChange>> {
        let mut ways = vec![from.to_vec()];
        for part in parts {
            ways = ways
                .iter()
                .flat_map(|way| self.reach(part, met, way))
                .take(WAYS)
                .collect();
        }
        ways
    }

    /// The changes that go on from `from` and open every condition of a path.
    pub fn open(&self, path: &[(&'p Condition, bool)], from: &[AnswerChange]) -> Vec<Vec<AnswerChange>> {
        let mut ways = vec![from.to_vec()];
        for (condition, met) in path {
            ways = ways
                .iter()
                .flat_map(|way| self.reach(condition, *met, way))
                .take(WAYS)
                .collect();
        }
        ways
    }

    /// The joint changes that could raise a score: for each part of it the ways
    /// to open all that is before it, and for bands and steps also the ways
    /// to raise their figure from there.
    pub fn raise(&self, score: &'p Score) -> Vec<Vec<AnswerChange>> {
        let mut found = Vec::new();
        each_part(score, &mut Vec::new(), &mut |path, of| {
            for way in self.open(path, &[]) {
                let Some(of) = of else {
                    found.push(way);
                    continue;
                };
                for place in self.incremental.facts_of(of) {
                    let points = |facts: &Outcomes| {
                        let Expression::Score(part) = of else {
                            return Default::default();
                        };
                        let outcomes = facts.each();
                        let points = outcomes.map(|facts| self.incremental.evaluation(facts).score(part));
                        points.min().unwrap_or_default()
                    };
                    let now = points(&self.incremental.facts_after(&self.base.facts, &way));
                    let higher = |facts: &Outcomes| points(facts) > now;
                    if let Some(raised) = self.turning(&way, &[place], &higher) {
                        found.extend(self.open(path, &raised));
                    }
                }
                found.push(way);
            }
        });
        found.retain(|changes| changes.len() > 1);
        found
    }

    /// How many of some changes can be made in the next period only.
    pub fn later(&self, changes: &[AnswerChange]) -> usize {
        let facts = changes
            .iter()
            .map(|change| &self.incremental.policy.facts[change.fact]);
        facts.filter(|fact| fact.change != ChangeWindow::Now).count()
    }

    /// How far a move goes, to put nearer ones before farther ones among equals:
    /// the thousandths that its figures change by.
    pub fn effort(&self, changes: &[AnswerChange]) -> i64 {
        let parts = changes.iter().map(|change| {
            let (Some(difference), Value::Figure(from)) = (change.difference(), change.from) else {
                return 0;
            };
            let whole = from.max(crate::numbers::Decimal::whole(1));
            difference.times(1_000).steps_up(whole)
        });
        parts.fold(0, i64::saturating_add)
    }
}

/// Shows each part that gives points by itself, with the path to it. For bands
/// and steps the part is shown, too, as it can be raised further.
fn each_part<'p>(
    score: &'p Score,
    path: &mut Path<'p>,
    visit: &mut dyn FnMut(&Path<'p>, Option<Expression<'p>>),
) {
    let mut behind = |condition: &'p Condition, met: bool, then: &'p Score, path: &mut Path<'p>| {
        path.push((condition, met));
        each_part(then, path, visit);
        path.pop();
    };
    match score {
        Score::Award(award) => {
            path.push((&award.condition, true));
            visit(path, None);
            path.pop();
        }
        Score::Sum(parts) | Score::Highest(parts) | Score::Scaled { of: parts, .. } => {
            parts.iter().for_each(|part| each_part(part, path, visit));
        }
        Score::Capped { score, .. } => each_part(score, path, visit),
        Score::Bands(_) | Score::Steps(_) => visit(path, Some(Expression::Score(score))),
        Score::Gate { condition, then } => behind(condition, true, then, path),
        Score::Choose {
            condition,
            then,
            otherwise,
        } => {
            behind(condition, true, then, path);
            behind(condition, false, otherwise, path);
        }
        // What is taken off falls by itself once its facts are better.
        Score::Deduct { .. } => {}
        Score::ByReading(by) => each_part(&by.default, path, visit),
    }
}
