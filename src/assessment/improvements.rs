//! Changes of answers, what they do, and the smallest ones that do it.

use core::cell::RefCell;
use std::collections::BTreeMap;

use crate::answers::Value;
use crate::numbers::{Decimal, Points};
use crate::policy::{Better, ChangeWindow, Fact, FactIdx, FactKind, RowIdx, RuleIdx, Verdict};

use super::answer_change::AnswerChange;
use super::eligibility::Overall;
use super::evaluation::Evaluation;
use super::facts::{Facts, Known};
use super::incremental::{Baseline, Breakpoint, Incremental, Outcomes};

/// A change of one or several answers with all that it does under the readings of the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Improvement {
    /// Stable id: the ids of its facts.
    pub id: String,
    /// The changed answers, in the order of the register.
    pub changes: Vec<AnswerChange>,
    /// When it can be made: as soon as the last of its changes can.
    pub when: ChangeWindow,
    /// What it adds to the total; below zero where it costs.
    pub gain: Points,
    /// The total after it.
    pub total: Points,
    /// The rows that it moves, and by how much.
    pub rows: Vec<(RowIdx, Points)>,
    /// The conditions of entry that come out otherwise, and how.
    pub rules: Vec<(RuleIdx, Verdict)>,
    /// All conditions of entry together after it.
    pub overall: Overall,
    /// The facts that may grow along with it, and by how much at
    /// most. All of the above holds with this and without it.
    pub brings: Vec<(FactIdx, Decimal)>,
}

impl ChangeWindow {
    /// The id in results.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::NextPeriod => "next-period",
            Self::Never => "never",
        }
    }
}

/// The smallest difference between two answers of a kind: a person, an item, a 元.
pub(super) const fn unit(kind: FactKind) -> Decimal {
    match kind {
        FactKind::Money => Decimal::ten_thousandths(1),
        _ => Decimal::whole(1),
    }
}

/// A baseline, and the search for changes that improve on it.
#[derive(Clone, Copy)]
pub(super) struct Search<'a, 'p> {
    /// The policy, prepared.
    pub incremental: &'a Incremental<'p>,
    /// Where the changes start.
    pub base: &'a Baseline,
}

/// Figures that grow or fall together, a unit each at every step.
struct Line {
    /// Changes made already that are kept.
    fixed: Vec<AnswerChange>,
    figures: Vec<Figure>,
    /// How many steps lead to the end of what can be answered.
    most: i64,
}

/// A figure on a line.
struct Figure {
    /// What counts in the base, at the start of the line.
    change: AnswerChange,
    /// Where it starts on this line.
    start: Decimal,
    /// What a step adds to it.
    step: Decimal,
}

impl<'p> Search<'_, 'p> {
    /// The fact at a place with what counts now, where a change of it can be advised.
    /// An answer that is needed and missing, or that cannot be used, comes first: it is open.
    pub fn movable(&self, place: FactIdx) -> Option<(&'p Fact, Value)> {
        let fact = &self.incremental.policy.facts[place];
        if fact.change == ChangeWindow::Never || fact.advice.is_none() {
            return None;
        }
        let facts = &self.base.facts.alone;
        let value = match (facts.given(place), facts.get(place)) {
            (Known::Invalid(_), _) => return None,
            (_, Known::Value(value)) => value,
            (Known::Missing, _) => {
                let evaluation = self.incremental.evaluation(facts);
                let needless = fact.needed_if.as_ref();
                needless.filter(|condition| evaluation.condition(condition) == Verdict::Unmet)?;
                match fact.kind {
                    FactKind::YesNo => Value::YesNo(fact.better == Better::Less),
                    FactKind::Choice => return None,
                    _ => Value::Figure(Decimal::ZERO),
                }
            }
            _ => return None,
        };
        Some((fact, value))
    }

    /// The changes by which a yes/no or choice fact gets another answer that can be advised.
    pub fn switches(&self, place: FactIdx) -> Vec<AnswerChange> {
        let Some((fact, from)) = self.movable(place) else {
            return Vec::new();
        };
        let to: Vec<Value> = match from {
            Value::YesNo(yes) => {
                let good = fact.better == Better::More;
                if yes == good {
                    Vec::new()
                } else {
                    vec![Value::YesNo(good)]
                }
            }
            Value::Choice(chosen) => {
                let others = (0..fact.choices.len()).filter(|other| *other != chosen);
                others.map(Value::Choice).collect()
            }
            Value::Figure(_) => Vec::new(),
        };
        let change = |to| AnswerChange {
            fact: place,
            from,
            to,
        };
        to.into_iter().map(change).collect()
    }

    /// What facts come to with some changes.
    pub fn after(&self, changes: &[AnswerChange]) -> Baseline {
        self.incremental.after(self.base, changes)
    }

    /// The line along which figures move, on top of changes made already.
    fn line(&self, fixed: &[AnswerChange], places: &[FactIdx]) -> Option<Line> {
        let mut most = i64::MAX;
        let mut figures = Vec::with_capacity(places.len());
        for place in places {
            let (fact, from) = self.movable(*place)?;
            let moved = fixed.iter().find(|change| change.fact == *place);
            let Value::Figure(start) = moved.map_or(from, |change| change.to) else {
                return None;
            };
            let unit = unit(fact.kind);
            let (step, room) = match fact.better {
                Better::More => (unit, Decimal::LARGEST.minus(start)),
                Better::Less => (Decimal::ZERO.minus(unit), start),
            };
            most = most.min(room.steps_down(unit));
            let change = AnswerChange {
                fact: *place,
                from,
                to: from,
            };
            figures.push(Figure { change, start, step });
        }
        (most > 0).then(|| Line {
            fixed: fixed.to_vec(),
            figures,
            most,
        })
    }

    /// The changes after so many steps of a line.
    fn at(&self, line: &Line, steps: i64) -> Vec<AnswerChange> {
        let mut changes = line.fixed.clone();
        for figure in &line.figures {
            let to = Value::Figure(figure.start.plus(figure.step.times(steps)));
            set(&mut changes, AnswerChange { to, ..figure.change });
        }
        changes
    }

    /// The numbers of steps at which something can turn.
    fn turns(&self, line: &Line) -> Vec<i64> {
        let places: Vec<FactIdx> = line.figures.iter().map(|figure| figure.change.fact).collect();
        let step = line.figures.first().map_or(Decimal::ZERO, |figure| figure.step);
        let unit = step.max(Decimal::ZERO.minus(step));
        let start = self.incremental.facts_after(&self.base.facts, &line.fixed);
        let alone: Vec<Breakpoint<'_>> = self.incremental.breakpoints(&places).collect();
        let accompanied = self.incremental.breakpoints_in_company(&start, &places);
        type Outcome = fn(&Outcomes) -> &Facts;
        let outcomes: [(Vec<Breakpoint<'_>>, Outcome); 2] = [
            (alone, |outcomes| &outcomes.alone),
            (accompanied, Outcomes::accompanied),
        ];
        // Most breakpoints are looked for at the same numbers of steps.
        let seen: RefCell<BTreeMap<i64, Outcomes>> = RefCell::default();
        let mut turns = Vec::new();
        for (breakpoints, outcome) in outcomes {
            let before = self.incremental.evaluation(outcome(&start));
            let mut turn = |guess: i64, holds: Side<'_>| {
                let now = holds(before);
                let turned = |steps| {
                    let mut seen = seen.borrow_mut();
                    let new = || {
                        self.incremental
                            .facts_after(&self.base.facts, &self.at(line, steps))
                    };
                    let facts = seen.entry(steps).or_insert_with(new);
                    holds(self.incremental.evaluation(outcome(facts))) != now
                };
                turns.extend(first(&turned, guess, line.most));
            };
            for breakpoint in breakpoints {
                sides(breakpoint, before, unit, &mut turn);
            }
        }
        turns.sort_unstable();
        turns.dedup();
        turns
    }

    /// The first changes along the line of some figures that are accepted: one
    /// step less is not. Nothing beyond a conflict of figures is looked at.
    pub fn nearest(
        &self,
        fixed: &[AnswerChange],
        places: &[FactIdx],
        accepts: &dyn Fn(&Baseline) -> bool,
    ) -> Option<Vec<AnswerChange>> {
        let line = self.line(fixed, places)?;
        let mut refused = 0;
        for steps in self.turns(&line) {
            let baseline = self.after(&self.at(&line, steps));
            if self.incremental.confuses(self.base, &baseline) {
                return None;
            }
            if accepts(&baseline) {
                let accepted = |steps| accepts(&self.after(&self.at(&line, steps)));
                return Some(self.at(&line, between(&accepted, refused, steps)));
            }
            refused = steps;
        }
        None
    }

    /// The first changes along the line of some figures at which something holds.
    pub fn turning(
        &self,
        fixed: &[AnswerChange],
        places: &[FactIdx],
        holds: &dyn Fn(&Outcomes) -> bool,
    ) -> Option<Vec<AnswerChange>> {
        let line = self.line(fixed, places)?;
        let turned = |steps| {
            holds(
                &self
                    .incremental
                    .facts_after(&self.base.facts, &self.at(&line, steps)),
            )
        };
        let steps = first(&turned, 0, line.most)?;
        Some(self.at(&line, steps))
    }

    /// The changes without anything that they can do without: no part can be
    /// left out, no figure can move by a unit less, alone or with the others.
    /// `None` where they do not come to rest, or not as wanted to begin with.
    pub fn shrink(
        &self,
        mut changes: Vec<AnswerChange>,
        holds: &dyn Fn(&Baseline) -> bool,
    ) -> Option<Vec<AnswerChange>> {
        if !holds(&self.after(&changes)) {
            return None;
        }
        // A figure that shrank can make room for another to shrink as well.
        const ROUNDS: usize = 4;
        for _ in 0..ROUNDS {
            let before = changes.clone();
            for change in &before {
                self.shrink_one(&mut changes, *change, holds);
            }
            if changes == before {
                return self.is_least(&changes, holds).then_some(changes);
            }
        }
        None
    }

    fn shrink_one(
        &self,
        changes: &mut Vec<AnswerChange>,
        change: AnswerChange,
        holds: &dyn Fn(&Baseline) -> bool,
    ) {
        let without: Vec<AnswerChange> = changes
            .iter()
            .filter(|other| other.fact != change.fact)
            .copied()
            .collect();
        if holds(&self.after(&without)) {
            *changes = without;
            return;
        }
        let (Value::Figure(from), Value::Figure(to)) = (change.from, change.to) else {
            return;
        };
        let unit = self.unit_of(change.fact);
        let step = if to < from {
            Decimal::ZERO.minus(unit)
        } else {
            unit
        };
        let at = |steps: i64| {
            let to = Value::Figure(from.plus(step.times(steps)));
            let mut changes = without.clone();
            set(&mut changes, AnswerChange { to, ..change });
            changes
        };
        let most = to.minus(from).max(from.minus(to)).steps_down(unit);
        *changes = at(between(&|steps| holds(&self.after(&at(steps))), 0, most));
    }

    fn unit_of(&self, place: FactIdx) -> Decimal {
        unit(self.incremental.policy.facts[place].kind)
    }

    /// Whether nothing less will do: neither without one of its parts, nor with
    /// one figure or all of them a unit less.
    pub fn is_least(&self, changes: &[AnswerChange], holds: &dyn Fn(&Baseline) -> bool) -> bool {
        let one_less = |change: &AnswerChange| {
            let (Value::Figure(from), Value::Figure(to)) = (change.from, change.to) else {
                return *change;
            };
            let unit = self.unit_of(change.fact);
            let to = if to < from { to.plus(unit) } else { to.minus(unit) };
            AnswerChange {
                to: Value::Figure(to),
                ..*change
            }
        };
        let fails = |changes: &[AnswerChange]| !holds(&self.after(changes));
        let alone = |place: usize| {
            let less = changes.iter().enumerate();
            let less = less.map(|(other, change)| if other == place { one_less(change) } else { *change });
            less.collect::<Vec<_>>()
        };
        let without = |place: usize| {
            let others = changes.iter().enumerate();
            let others = others.filter(|(other, _)| *other != place);
            others.map(|(_, change)| *change).collect::<Vec<_>>()
        };
        let all: Vec<AnswerChange> = changes.iter().map(one_less).collect();
        let figures = changes.iter().any(|change| change.difference().is_some());
        (0..changes.len()).all(|place| {
            let is_figure = changes
                .get(place)
                .is_some_and(|change| change.difference().is_some());
            fails(&without(place)) && (!is_figure || fails(&alone(place)))
        }) && (!figures || fails(&all))
    }

    /// The change from what counts in the base.
    pub fn rebased(&self, change: AnswerChange) -> AnswerChange {
        let from = self.movable(change.fact).map_or(change.from, |(_, value)| value);
        AnswerChange { from, ..change }
    }

    /// The move that some changes make, with all that it does.
    pub fn describe(&self, mut changes: Vec<AnswerChange>) -> Improvement {
        changes.sort_by_key(|change| change.fact);
        let policy = self.incremental.policy;
        let after = self.after(&changes);
        let facts = || changes.iter().map(|change| &policy.facts[change.fact]);
        let rows = after
            .rows
            .enumerated()
            .map(|(place, _)| (place, after.row(place).minus(self.base.row(place))));
        let rules = after.rules.enumerated().map(|(place, verdict)| (place, *verdict));
        Improvement {
            id: facts().map(|fact| fact.id.as_str()).collect::<Vec<_>>().join("+"),
            when: if self.later(&changes) > 0 {
                ChangeWindow::NextPeriod
            } else {
                ChangeWindow::Now
            },
            gain: after.total.minus(self.base.total),
            total: after.total,
            rows: rows.filter(|(_, change)| *change != Points::ZERO).collect(),
            rules: rules
                .filter(|(place, verdict)| self.base.rule(*place) != *verdict)
                .collect(),
            overall: self.incremental.overall(&after),
            brings: self.incremental.brought(&self.base.facts, &changes),
            changes,
        }
    }
}

/// Puts a change among others; one of the same fact goes on from where that one began.
pub(super) fn set(changes: &mut Vec<AnswerChange>, change: AnswerChange) {
    match changes.iter_mut().find(|other| other.fact == change.fact) {
        Some(other) => other.to = change.to,
        None => changes.push(change),
    }
}

/// What holds on one side of a breakpoint only.
type Side<'a> = &'a dyn Fn(Evaluation<'_>) -> bool;

/// Passes on what holds on one side of a breakpoint only, and the step at which
/// it is likely to turn.
fn sides(
    breakpoint: Breakpoint<'_>,
    before: Evaluation<'_>,
    unit: Decimal,
    turn: &mut dyn FnMut(i64, Side<'_>),
) {
    match breakpoint {
        Breakpoint::Bands(bands) => {
            let Some(figure) = before.quantity(&bands.of) else {
                return;
            };
            for band in &bands.table {
                // A band begins at its lower end; the upper one is where the next begins.
                let (end, beyond) = match (band.from, band.above) {
                    (Some(end), _) => (end, false),
                    (_, Some(end)) => (end, true),
                    _ => continue,
                };
                turn(likely_turn(figure, end, unit, beyond), &|evaluation| {
                    let figure = evaluation.quantity(&bands.of);
                    figure.is_some_and(|figure| figure > end || !beyond && figure == end)
                });
            }
        }
        Breakpoint::Steps(steps) => {
            let now = before.steps(steps);
            let Some(figure) = before.quantity(&steps.of) else {
                return;
            };
            let end = steps
                .every
                .times(if steps.begun { now } else { now.saturating_add(1) });
            let guess = likely_turn(figure, end, unit, steps.begun);
            turn(guess, &|evaluation| evaluation.steps(steps) == now);
        }
        Breakpoint::Turn(condition) => {
            let now = before.condition(condition);
            turn(0, &|evaluation| evaluation.condition(condition) == now);
        }
    }
}

/// The step at which a figure is likely to reach an end, or to pass it, where a
/// unit is added at each step. Only a guess: other figures can hold it back.
fn likely_turn(figure: Decimal, end: Decimal, unit: Decimal, beyond: bool) -> i64 {
    let far = end.minus(figure).max(figure.minus(end));
    far.steps_up(unit).saturating_add(i64::from(beyond))
}

/// The least number of steps up to `most` at which something holds that does
/// not hold at the start; where it comes and goes, some place at which it comes.
/// A good guess saves assessments. A bad one changes nothing of what holds from some
/// step on, as most does; of what comes and goes it may find another place.
fn first(holds: &dyn Fn(i64) -> bool, guess: i64, most: i64) -> Option<i64> {
    if (1..=most).contains(&guess) && holds(guess) && (guess == 1 || !holds(guess - 1)) {
        return Some(guess);
    }
    if holds(1) {
        return Some(1);
    }
    // What does not hold at the far end is not looked for on the way there.
    if !holds(most) {
        return None;
    }
    let (mut refused, mut held) = (1, 1_i64);
    // Twice as far each time, which comes to the end of all numbers by as many bits as they have.
    for _ in 0..i64::BITS {
        held = held.saturating_mul(2).min(most);
        if holds(held) {
            return Some(between(holds, refused, held));
        }
        refused = held;
    }
    None
}

/// The place between one where something does not hold and one where it does,
/// at which it comes to hold.
fn between(holds: &dyn Fn(i64) -> bool, mut refused: i64, mut held: i64) -> i64 {
    // Most often it is the last one.
    if held - refused > 1 {
        if !holds(held - 1) {
            return held;
        }
        held -= 1;
    }
    // Half of what is between each time.
    for _ in 0..i64::BITS {
        if held - refused <= 1 {
            break;
        }
        let middle = refused + (held - refused) / 2;
        if holds(middle) {
            held = middle;
        } else {
            refused = middle;
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn the_first_step_is_found_from_any_guess() {
        for most in 1..=40 {
            for turn in 1..=most + 1 {
                for guess in -1..=most + 2 {
                    let found = first(&|step| step >= turn, guess, most);
                    assert_eq!(
                        found,
                        (turn <= most).then_some(turn),
                        "{turn} of {most} from {guess}"
                    );
                }
            }
        }
        let far = i64::MAX / 2 + 7;
        assert_eq!(first(&|step| step >= far, 0, i64::MAX), Some(far));
        assert_eq!(first(&|step| step >= far, 0, far - 1), None);
    }

    #[test]
    fn a_figure_is_likely_to_turn_as_many_units_away_as_the_end_is() {
        let likely = |figure, end, beyond| {
            likely_turn(
                Decimal::whole(figure),
                Decimal::whole(end),
                Decimal::whole(2),
                beyond,
            )
        };
        assert_eq!((likely(3, 9, false), likely(3, 9, true)), (3, 4));
        // Half a step is a whole one, and downwards it is as far as upwards.
        assert_eq!((likely(3, 10, false), likely(10, 3, false)), (4, 4));
        assert_eq!((likely(3, 3, false), likely(3, 3, true)), (0, 1));
    }

    #[test]
    fn of_what_comes_and_goes_a_place_is_found_at_which_it_comes() {
        let holds = |step: i64| matches!(step, 3..=5 | 9..);
        assert_eq!(first(&holds, 9, 20), Some(9));
        assert_eq!(first(&holds, 0, 20), Some(3));
    }

    #[test]
    fn a_good_guess_saves_trials() {
        let trials = |turn: i64, guess: i64, most: i64| {
            let count = Cell::new(0);
            let holds = |step: i64| {
                count.set(count.get() + 1);
                step >= turn
            };
            first(&holds, guess, most);
            count.get()
        };
        assert_eq!(trials(70, 70, 100), 2, "at the guess, and right before it");
        assert_eq!(trials(1, 1, 100), 1, "nothing is right before the first step");
        assert_eq!(trials(3, 0, 100), 5, "1, the far end, 2, 4, and right before it");
        assert_eq!(
            trials(200, 0, 100),
            2,
            "what does not hold at the far end is not looked for"
        );
        assert_eq!(
            trials(9, 0, 1_000),
            9,
            "1, the far end, 2 to 16, 15, and by halves: 11, 9"
        );
        assert_eq!(trials(16, 0, 1_000), 7, "1, the far end, 2 to 16, and 15");
    }

    #[test]
    fn the_place_between_is_where_it_comes_to_hold() {
        for refused in -3..=3 {
            for turn in refused + 1..=refused + 20 {
                for held in turn..=refused + 20 {
                    assert_eq!(between(&|step| step >= turn, refused, held), turn);
                }
            }
        }
    }
}
