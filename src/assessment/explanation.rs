//! Why a result is what it is, in words that name the figures and the band.

use std::borrow::Cow;

use crate::answers::Value;
use crate::numbers::{Decimal, Points};
use crate::policy::{
    Bands, Condition, FactIdx, FactKind, Inputs, Policy, Reading, Row, Rule, Score, Steps, Verdict,
};
use crate::wording::listed;

use super::evaluation::Evaluation;
use super::facts::{Facts, Known};
use super::needs::{RowState, conflicts_among, in_conflict, parts_among};
use super::readings::Readings;
use super::reason_words::{ReasonWords, joined, put, put_band, put_beside, time_in_words, written};
use super::result::{Assessment, RowResult};

/// Explains one assessment.
#[derive(Clone, Copy)]
pub struct Explanation<'a> {
    pub(super) policy: &'a Policy,
    pub(super) facts: &'a Facts,
    /// The readings chosen for the case.
    pub(super) readings: &'a Readings,
    /// Where the case is assessed as a whole: what its rules and rows come to.
    pub(super) whole: Option<&'a Assessment>,
}

/// A part of a row's score that is ticked off by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubCriterion {
    /// What it asks.
    pub label: String,
    /// What it gives when it is met.
    pub points: Points,
    /// Whether it is met.
    pub verdict: Verdict,
    /// Whether it is one of several of which only the highest counts, and another gives more.
    pub outdone: bool,
    /// Whether the division is the tool's own (本工具约定，非原文).
    pub by_tool: bool,
}

impl SubCriterion {
    /// What it adds to its row: nothing where it is not met, or where another one counts in its place.
    pub fn given(&self) -> Points {
        if self.verdict == Verdict::Met && !self.outdone {
            self.points
        } else {
            Points::ZERO
        }
    }
}

impl<'a> Explanation<'a> {
    /// Explains the assessment of a case under a policy.
    pub const fn new(policy: &'a Policy, assessment: &'a Assessment) -> Self {
        Self {
            policy,
            facts: &assessment.facts,
            readings: &assessment.readings,
            whole: Some(assessment),
        }
    }

    /// Explains single rules and rows, where nothing is assessed as a whole.
    pub const fn of_parts(policy: &'a Policy, facts: &'a Facts, readings: &'a Readings) -> Self {
        Self {
            policy,
            facts,
            readings,
            whole: None,
        }
    }

    pub(super) fn under(self, readings: &'a Readings) -> ReasonWords<'a> {
        ReasonWords(Evaluation {
            policy: self.policy,
            facts: self.facts,
            readings,
        })
    }

    /// Why a row scores what it scores, in one line: inputs → band or condition → points.
    pub fn row(self, row: &Row, result: &RowResult) -> String {
        written(|out| self.write_row(row, result, out))
    }

    /// The same, added to a text.
    pub(super) fn write_row(self, row: &Row, result: &RowResult, out: &mut String) {
        match result.state {
            RowState::Answered => {
                // What lies between nothing and the maximum is what the parts gave, and was not cut.
                let is_cut = result.chosen <= Points::ZERO || result.chosen >= row.max;
                let may_be_cut = is_cut || self.readings.has_single();
                self.answered_row(row, self.readings, (!may_be_cut).then_some(result.chosen), out);
            }
            RowState::Incomplete => {
                out.push_str("还缺：");
                out.push_str(&self.labels(&result.missing));
            }
            RowState::Invalid if !result.faulty.is_empty() => {
                let faults = result.faulty.iter().filter_map(|place| {
                    let fact = &self.policy.facts[*place];
                    Some((&fact.label, self.facts.fault(*place)?))
                });
                out.push_str("填写有误：");
                joined(faults, "；", out, |(label, fault), out| {
                    put(out, format_args!("{label}（{fault}）"));
                });
            }
            RowState::Invalid => {
                joined(&result.conflicts, "；", out, |place, out| {
                    self.write_conflict(*place, out)
                });
            }
        }
    }

    /// Why an answered row scores what it scores under one reading of every doubt.
    pub fn row_under(self, row: &Row, reading: Reading) -> String {
        written(|out| self.answered_row(row, &Readings::all(reading), None, out))
    }

    /// `given` is what its parts give, where that is known.
    fn answered_row(self, row: &Row, readings: &Readings, given: Option<Points>, out: &mut String) {
        let wording = ReasonWords(Evaluation {
            policy: self.policy,
            facts: self.facts,
            readings,
        });
        let given = given.unwrap_or_else(|| wording.0.score(&row.score));
        wording.given_score(&row.score, given, out);
        if given > row.max {
            put(out, format_args!("，满分 {} 分封顶", row.max));
        }
    }

    /// What is said where a part is larger than its whole.
    pub fn conflict(self, place: usize) -> String {
        written(|out| self.write_conflict(place, out))
    }

    fn write_conflict(self, place: usize, out: &mut String) {
        let Some(part) = self.policy.parts.get(place) else {
            return;
        };
        let readings = Readings::default();
        let ReasonWords(evaluation) = self.under(&readings);
        for (number, piece) in part.conflict.split('{').enumerate() {
            let figures = [("part}", &part.part), ("whole}", &part.whole)];
            let mut slots = figures.into_iter().filter(|_| number > 0);
            let slot = slots.find_map(|(slot, quantity)| Some((piece.strip_prefix(slot)?, quantity)));
            match slot {
                Some((behind, quantity)) => {
                    if let Some(figure) = evaluation.quantity(quantity) {
                        figure.push_to(out);
                    }
                    out.push_str(behind);
                }
                None => {
                    out.push_str(if number > 0 { "{" } else { "" });
                    out.push_str(piece);
                }
            }
        }
    }

    /// What is said at the fact at a place, where figures that it is part of exceed their whole.
    pub fn conflicts_at(self, place: FactIdx) -> Vec<String> {
        let Some(Assessment { rows, .. }) = self.whole else {
            return Vec::new();
        };
        let parts = self.policy.parts.iter().enumerate();
        let conflicting = parts.filter(|(conflict, part)| {
            rows.iter().any(|row| row.conflicts.contains(conflict))
                && Inputs::of_quantity(self.policy, &part.part)
                    .facts
                    .contains(&place)
        });
        conflicting.map(|(conflict, _)| self.conflict(conflict)).collect()
    }

    /// The conflicts among the figures of a rule.
    fn conflicts_of(self, condition: &Condition) -> Vec<usize> {
        let readings = Readings::default();
        let evaluation = Evaluation {
            policy: self.policy,
            facts: self.facts,
            readings: &readings,
        };
        if !self.policy.parts.iter().any(|part| in_conflict(evaluation, part)) {
            return Vec::new();
        }
        let inputs = Inputs::of_condition(self.policy, condition).facts;
        conflicts_among(evaluation, &parts_among(self.policy, &inputs))
    }

    /// Why a condition of entry comes to what it comes to, with the figures.
    pub fn rule(self, rule: &Rule, verdict: Verdict) -> String {
        self.rule_under(rule, verdict, self.readings)
    }

    /// The same, added to a text, where the part-of relations among its figures are known.
    pub(super) fn write_rule(self, rule: &Rule, relations: &[usize], verdict: Verdict, out: &mut String) {
        let evaluation = self.under(self.readings).0;
        let conflicts = || conflicts_among(evaluation, relations);
        self.write_rule_under(rule, verdict, self.readings, conflicts, out);
    }

    /// The same under other readings than the case's.
    pub fn rule_under(self, rule: &Rule, verdict: Verdict, readings: &Readings) -> String {
        let conflicts = || self.conflicts_of(&rule.condition);
        written(|out| self.write_rule_under(rule, verdict, readings, conflicts, out))
    }

    fn write_rule_under(
        self,
        rule: &Rule,
        verdict: Verdict,
        readings: &Readings,
        conflicts: impl FnOnce() -> Vec<usize>,
        out: &mut String,
    ) {
        let wording = ReasonWords(Evaluation {
            policy: self.policy,
            facts: self.facts,
            readings,
        });
        if verdict == Verdict::Unclear {
            let conflicts = conflicts();
            if !conflicts.is_empty() {
                return joined(conflicts, "；", out, |place, out| {
                    self.write_conflict(place, out)
                });
            }
        }
        wording.condition(&rule.condition, verdict, out);
    }

    /// The ticked parts of a row in the readings of the case, where it has several.
    pub fn sub_criteria(self, row: &Row) -> Vec<SubCriterion> {
        let mut found = Vec::new();
        self.under(self.readings).sub_criteria(&row.score, &mut found);
        if found.len() < 2 { Vec::new() } else { found }
    }

    /// Whether the ticked parts of a row say all that its reasons say.
    pub fn is_told_by_parts(self, row: &Row) -> bool {
        self.under(self.readings).is_of_awards(&row.score) && !self.sub_criteria(row).is_empty()
    }

    /// The names of facts.
    pub fn labels(self, places: &[FactIdx]) -> String {
        let labels = places
            .iter()
            .map(|place| self.policy.facts[*place].label.as_str());
        listed(&labels.collect::<Vec<_>>())
    }
}

/// Before the points of a part that gives them.
const GIVES: &str = "得 ";

/// Before the points of a part that takes them away.
const TAKES: &str = "扣 ";

impl ReasonWords<'_> {
    /// Why a score is what it is.
    fn score(&self, score: &Score, out: &mut String) {
        self.given_score(score, self.0.score(score), out);
    }

    /// The same where it is known what it gives.
    fn given_score(&self, score: &Score, given: Points, out: &mut String) {
        match score {
            Score::Award(award) => {
                self.condition(&award.condition, self.0.condition(&award.condition), out);
                points_behind(" → ", given, out);
            }
            Score::Sum(parts) => match parts.as_slice() {
                [only] => self.given_score(only, given, out),
                parts => {
                    self.parts(parts, Some(GIVES), out);
                    points_behind(" → ", given, out);
                }
            },
            Score::Highest(parts) => self.highest(parts, given, out),
            Score::Capped { score, cap } => {
                self.score(score, out);
                points_behind("，最多 ", *cap, out);
            }
            Score::Bands(bands) => self.bands(bands, given, out),
            Score::Steps(steps) => self.steps(steps, given, out),
            Score::Gate { condition, then } => match self.0.condition(condition) {
                Verdict::Met => {
                    let before = out.len();
                    self.condition(condition, Verdict::Met, out);
                    if out.len() > before {
                        out.push('；');
                    }
                    self.given_score(then, given, out);
                }
                verdict => {
                    self.condition(condition, verdict, out);
                    points_behind(" → ", Points::ZERO, out);
                }
            },
            Score::Choose {
                condition,
                then,
                otherwise,
            } => match self.0.condition(condition) {
                Verdict::Met => self.given_score(then, given, out),
                verdict => {
                    self.condition(condition, verdict, out);
                    out.push('，');
                    self.given_score(otherwise, given, out);
                }
            },
            Score::Scaled { to, of } => {
                // What each gives before it is scaled would contradict the ticked parts.
                self.parts(of, None, out);
                points_behind("，按 ", *to, out);
                points_behind("折算 → ", given, out);
            }
            Score::Deduct { from, less } => {
                from.push_to(out);
                out.push_str(" 分，");
                self.parts(less, Some(TAKES), out);
                points_behind(" → ", given, out);
            }
            Score::ByReading(by) => self.given_score(self.0.form(by), given, out),
        }
    }

    /// The part that gives most; where none gives anything, the bands it may come from.
    fn highest(&self, parts: &[Score], given: Points, out: &mut String) {
        let scores = parts.iter().map(|part| (part, self.0.score(part)));
        let best = scores.max_by_key(|(part, score)| (*score, !matches!(part, Score::ByReading(_))));
        match best {
            Some((best, score)) if given > Points::ZERO || matches!(best, Score::Bands(_)) => {
                self.given_score(best, score, out);
            }
            _ => match parts.iter().find(|part| matches!(part, Score::Bands(_))) {
                Some(bands) => self.score(bands, out),
                None => {
                    self.nothing_of(parts, out);
                    points_behind(" → ", Points::ZERO, out);
                }
            },
        }
    }

    fn bands(&self, bands: &Bands, given: Points, out: &mut String) {
        let (figure, unit) = (self.0.quantity(&bands.of), self.unit(&bands.of));
        let label = out.len();
        out.push_str(&self.label(&bands.of));
        put_beside(label, out, |out| self.figure_of(&bands.of, figure, unit, out));
        out.push_str(" → ");
        match figure.and_then(|figure| bands.table.iter().find(|band| band.holds(figure))) {
            Some(band) => {
                put_band(band, unit, out);
                out.push('档');
            }
            None => out.push_str("不在任何档"),
        }
        points_behind(" → ", given, out);
    }

    fn steps(&self, steps: &Steps, given: Points, out: &mut String) {
        self.labelled(&self.steps_label(steps), &steps.of, out);
        if steps.every == Decimal::whole(1) {
            points_behind(" × ", steps.points, out);
        } else {
            out.push_str("，每 ");
            steps.every.push_to(out);
            out.push(' ');
            out.push_str(self.unit(&steps.of));
            out.push_str(if steps.begun { "（不足也计）" } else { "" });
            points_behind(" ", steps.points, out);
        }
        points_behind(" → ", given, out);
    }

    fn steps_label<'b>(&'b self, steps: &'b Steps) -> Cow<'b, str> {
        match &steps.label {
            Some(label) => Cow::Borrowed(label),
            None => self.label(&steps.of),
        }
    }

    /// The parts of a sum, each with the points that it gives or takes; without a verb
    /// whether each is had.
    fn parts(&self, parts: &[Score], verb: Option<&str>, out: &mut String) {
        let mut is_first = true;
        for part in parts {
            let before = out.len();
            if !is_first {
                out.push('，');
            }
            let start = out.len();
            self.part(part, verb, out);
            // A reading by which nothing counts is an empty sum.
            if out.len() == start {
                out.truncate(before);
            } else {
                is_first = false;
            }
        }
    }

    fn part(&self, part: &Score, verb: Option<&str>, out: &mut String) {
        let figure_behind = |given: Points, out: &mut String| match verb {
            Some(verb) => points_behind(verb, given, out),
            None => out.push_str(if given > Points::ZERO { "：是" } else { "：否" }),
        };
        match part {
            Score::Award(award) => {
                out.push_str(&self.award_label(award));
                figure_behind(self.0.score(part), out);
            }
            Score::Sum(parts) => self.parts(parts, verb, out),
            Score::Highest(parts) => {
                let scores = parts.iter().map(|part| (part, self.0.score(part)));
                match scores.max_by_key(|(_, score)| *score) {
                    Some((best, score)) if score > Points::ZERO => self.part(best, verb, out),
                    _ => {
                        self.nothing_of(parts, out);
                        figure_behind(Points::ZERO, out);
                    }
                }
            }
            Score::ByReading(by) => self.part(self.0.form(by), verb, out),
            Score::Gate { condition, then } => match self.0.condition(condition) {
                Verdict::Met => self.part(then, verb, out),
                verdict => {
                    self.condition(condition, verdict, out);
                    figure_behind(Points::ZERO, out);
                }
            },
            Score::Steps(steps) => {
                self.labelled(&self.steps_label(steps), &steps.of, out);
                figure_behind(self.0.score(part), out);
            }
            other => self.score(other, out),
        }
    }

    fn is_of_awards(&self, score: &Score) -> bool {
        match score {
            Score::Award(_) => true,
            Score::Sum(parts) | Score::Highest(parts) => parts.iter().all(|part| self.is_of_awards(part)),
            Score::ByReading(by) => self.is_of_awards(self.0.form(by)),
            _ => false,
        }
    }

    fn sub_criteria(&self, score: &Score, found: &mut Vec<SubCriterion>) {
        match score {
            Score::Award(award) => found.push(SubCriterion {
                label: self.award_label(award).into_owned(),
                points: award.points,
                verdict: self.0.condition(&award.condition),
                outdone: false,
                by_tool: award.by_tool,
            }),
            Score::Sum(parts) => parts.iter().for_each(|part| self.sub_criteria(part, found)),
            Score::Highest(parts) => {
                let points: Vec<Points> = parts.iter().map(|part| self.0.score(part)).collect();
                for (part, outdone) in parts.iter().zip(outdone(&points)) {
                    let from = found.len();
                    self.sub_criteria(part, found);
                    found
                        .iter_mut()
                        .skip(from)
                        .for_each(|part| part.outdone |= outdone);
                }
            }
            Score::Scaled { of, to } => {
                let full: Points = of.iter().filter_map(Score::full).sum();
                let from = found.len();
                of.iter().for_each(|part| self.sub_criteria(part, found));
                found
                    .iter_mut()
                    .skip(from)
                    .for_each(|part| part.points = part.points.scaled(full, *to));
            }
            Score::Capped { score, .. } | Score::Gate { then: score, .. } => self.sub_criteria(score, found),
            Score::Choose {
                condition,
                then,
                otherwise,
            } => {
                let branch = if self.0.condition(condition) == Verdict::Met {
                    then
                } else {
                    otherwise
                };
                self.sub_criteria(branch, found);
            }
            Score::Bands(_) | Score::Steps(_) | Score::Deduct { .. } => {}
            Score::ByReading(by) => self.sub_criteria(self.0.form(by), found),
        }
    }
}

/// Which parts give way where only the highest counts: all but the first that gives most, where
/// any gives something.
pub(super) fn outdone(points: &[Points]) -> Vec<bool> {
    let best = points.iter().copied().max().unwrap_or_default();
    let counting = points.iter().position(|points| *points == best);
    let gives_way = |place| best > Points::ZERO && Some(place) != counting;
    (0..points.len()).map(gives_way).collect()
}

/// Points behind what gives them.
fn points_behind(sign: &str, points: Points, out: &mut String) {
    out.push_str(sign);
    points.push_to(out);
    out.push_str(" 分");
}

/// The value of a fact as a sentence has it: figure, choice, 是 or 否; `None` where it is open.
pub fn shown_value(policy: &Policy, place: FactIdx, known: Known) -> Option<String> {
    let fact = &policy.facts[place];
    match known {
        Known::Value(Value::Figure(figure)) => Some(figure.to_string()),
        Known::Value(Value::YesNo(yes)) => Some(String::from(if yes { "是" } else { "否" })),
        Known::Value(Value::Choice(chosen)) => fact.choices.get(chosen).map(|choice| choice.label.clone()),
        _ => None,
    }
}

/// A value with its unit: `412 人`, `是`; of a time between two anniversaries, which is
/// kept as half a unit, only what is sure: `4 年多`.
pub fn shown_with_unit(policy: &Policy, place: FactIdx, known: Known) -> Option<String> {
    let fact = &policy.facts[place];
    if let Known::Value(Value::Figure(time)) = known
        && fact.kind == FactKind::Years
        && !time.is_whole()
    {
        return Some(time_in_words(time, &fact.unit));
    }
    let value = shown_value(policy, place, known)?;
    Some(if fact.unit.is_empty() {
        value
    } else {
        format!("{value} {}", fact.unit)
    })
}
