//! How a row or a condition of entry comes to what it comes to, step by step, so
//! that one who doubts it can follow: answers, figures, conditions and bands.
//!
//! The points and verdicts of a trace are put together from its own lines, not
//! taken over from the assessment; that both agree is for tests to hold.

use crate::numbers::Points;
use crate::policy::{Award, Condition, DoubtIdx, Reading, Row, Rule, Score, Verdict};

use super::eligibility::RuleStanding;
use super::explanation::{Explanation, outdone};
use super::needs::RowState;
use super::reason_words::{ReasonWords, written};
use super::result::RowResult;
use super::staircase::Staircase;
use super::trace_inputs::{Computation, TraceInput, Used};

/// The way from the answers to a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The answers that were used, in the order of their use.
    pub inputs: Vec<TraceInput>,
    /// The figures that were computed from them.
    pub computations: Vec<Computation>,
    /// The steps, indented by depth.
    pub lines: Vec<TraceLine>,
    /// The staircases that lines point to.
    pub staircases: Vec<Staircase>,
    /// The doubts on the way, with the reading taken.
    pub readings: Vec<(DoubtIdx, Reading)>,
    /// Where it ends.
    pub result: TraceResult,
}

/// Where a trace ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TraceResult {
    /// The points of a row.
    Row {
        /// What the lines add up to.
        reached: Points,
        /// What remains of it within zero, the row's maximum and the lenient reading;
        /// nothing where the row cannot be scored yet.
        given: Option<Points>,
    },
    /// What a condition of entry comes to.
    Rule(RuleStanding),
}

/// A step of a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceLine {
    /// How deep it is below the lines before it.
    pub depth: usize,
    /// What it says.
    pub text: String,
    /// What kind of step it is.
    pub mark: TraceMark,
    /// The points it gives.
    pub points: Option<Points>,
    /// The most it can give, where that is one figure.
    pub full: Option<Points>,
    /// Whether this division of the points is the tool's own (本工具约定，非原文).
    pub by_tool: bool,
    /// Whether it counts: false behind a condition that is not met.
    pub counts: bool,
    /// Whether it is one of several of which only the highest counts, and another gives more.
    pub outdone: bool,
}

impl TraceLine {
    /// Whether what it leaves open no longer matters to conditions that came to this.
    fn is_idle(&self, decided: Verdict) -> bool {
        decided == Verdict::Met && self.mark == TraceMark::Check(Verdict::Unclear)
    }
}

/// What kind of step a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TraceMark {
    /// It puts the lines below it together.
    Together,
    /// A condition, and what it comes to.
    Check(Verdict),
    /// A figure on the staircase at this place.
    Stair(usize),
}

impl Explanation<'_> {
    /// How a row comes to its points in the readings of the case.
    pub fn trace_row(self, row: &Row, result: &RowResult) -> Trace {
        let mut tracer = Tracer::new(self.under(self.readings));
        let reached = tracer.score(&row.score, 0, Some(row.max));
        let within = reached.within(row.max);
        let within = if self.readings.has_single() {
            within.min(result.figures.lenient)
        } else {
            within
        };
        tracer.ends_in(TraceResult::Row {
            reached,
            given: (result.state == RowState::Answered).then_some(within),
        })
    }

    /// How a condition of entry comes to its verdict in the readings of the case.
    pub fn trace_rule(self, rule: &Rule) -> Trace {
        let mut tracer = Tracer::new(self.under(self.readings));
        let verdict = tracer.check(&rule.condition, 0, "", false);
        let mut standing = RuleStanding::of(rule, verdict, self.readings);
        if let Some(assessment) = self.whole {
            standing = assessment.unless_moot(self.policy, rule, standing, |result| result.chosen);
        }
        tracer.ends_in(TraceResult::Rule(standing))
    }
}

/// How the points of several parts become one figure.
#[derive(Clone, Copy)]
enum Together {
    Sum,
    Highest,
}

impl Together {
    const fn words(self) -> &'static str {
        match self {
            Self::Sum => "各项相加",
            Self::Highest => "只取最高的一项",
        }
    }

    fn of(self, points: &[Points]) -> Points {
        match self {
            Self::Sum => points.iter().copied().sum(),
            Self::Highest => points.iter().copied().max().unwrap_or_default(),
        }
    }
}

/// Writes a trace while it walks through an expression.
struct Tracer<'a> {
    words: ReasonWords<'a>,
    used: Used<'a>,
    lines: Vec<TraceLine>,
    staircases: Vec<Staircase>,
    /// Whether a condition is before what is walked through.
    gated: bool,
    /// Whether what is walked through counts.
    counts: bool,
    /// Whether its points are taken off.
    taken_off: bool,
}

impl<'a> Tracer<'a> {
    const fn new(words: ReasonWords<'a>) -> Self {
        Self {
            words,
            used: Used::new(words),
            lines: Vec::new(),
            staircases: Vec::new(),
            gated: false,
            counts: true,
            taken_off: false,
        }
    }

    /// The trace, with where it ends.
    fn ends_in(self, result: TraceResult) -> Trace {
        let Used {
            inputs,
            computations,
            readings,
            ..
        } = self.used;
        Trace {
            inputs,
            computations,
            lines: self.lines,
            staircases: self.staircases,
            readings,
            result,
        }
    }

    /// Adds a line and gives its place.
    fn line(&mut self, depth: usize, text: String, mark: TraceMark) -> usize {
        self.lines.push(TraceLine {
            depth,
            text,
            mark,
            points: None,
            full: None,
            by_tool: false,
            counts: self.counts,
            outdone: false,
        });
        self.lines.len() - 1
    }

    /// Says what the line at a place gives.
    fn gives(&mut self, place: usize, points: Points) -> Points {
        if let Some(line) = self.lines.get_mut(place) {
            line.points = Some(points);
        }
        points
    }

    fn score(&mut self, score: &Score, depth: usize, bound: Option<Points>) -> Points {
        match score {
            Score::Award(award) => self.award(award, depth),
            Score::Sum(parts) => self.together(parts, depth, bound, Together::Sum),
            Score::Highest(parts) => self.together(parts, depth, bound, Together::Highest),
            Score::Capped { cap, score } => {
                let line = self.line(depth, format!("最多 {cap} 分"), TraceMark::Together);
                let within = bound.map_or(*cap, |bound| bound.min(*cap));
                let points = self.score(score, depth + 1, Some(within)).min(*cap);
                self.gives(line, points)
            }
            Score::Bands(bands) => {
                self.used.quantity(&bands.of);
                self.staircase(self.words.staircase_of_bands(bands), depth)
            }
            Score::Steps(steps) => {
                self.used.quantity(&steps.of);
                self.staircase(self.words.staircase_of_steps(steps, bound), depth)
            }
            Score::Gate { condition, then } => self.gate(condition, then, depth, bound),
            Score::Choose {
                condition,
                then,
                otherwise,
            } => {
                let met = self.check(condition, depth, "先看", false) == Verdict::Met;
                self.score(if met { then } else { otherwise }, depth, bound)
            }
            Score::Scaled { to, of } => {
                let full = of.iter().filter_map(Score::full).sum();
                let line = self.line(
                    depth,
                    format!("各项相加，再按满分 {to} 分折算"),
                    TraceMark::Together,
                );
                let sum: Points = of.iter().map(|part| self.score(part, depth + 1, None)).sum();
                self.gives(line, sum.scaled(full, *to))
            }
            Score::Deduct { from, less } => self.deduct(*from, less, depth),
            Score::ByReading(by) => {
                let form = self.used.form(by);
                self.score(form, depth, bound)
            }
        }
    }

    /// Points for a condition, on the line of what decides it.
    fn award(&mut self, award: &Award, depth: usize) -> Points {
        let place = self.lines.len();
        let verdict = self.check(&award.condition, depth, "", false);
        let checks = self.lines.len() - place;
        if checks == 0 {
            // Only the reading decides, so there is nothing to look at.
            let label = match self.words.award_label(award) {
                label if !label.is_empty() => label,
                _ if verdict == Verdict::Met => "按所取的读法给分".into(),
                _ => "按所取的读法不给分".into(),
            };
            self.line(depth, label.into_owned(), TraceMark::Check(verdict));
        }
        if let Some(line) = self.lines.get_mut(place) {
            if checks > 1 {
                line.text = format!("{}（{}）", self.words.award_label(award), line.text);
            }
            line.full = Some(award.points);
            line.by_tool = award.by_tool;
        }
        let met = verdict == Verdict::Met;
        self.gives(place, if met { award.points } else { Points::ZERO })
    }

    /// A score behind a premise.
    fn gate(&mut self, condition: &Condition, then: &Score, depth: usize, bound: Option<Points>) -> Points {
        let before = self.lines.len();
        let met = self.check(condition, depth, "前提", false) == Verdict::Met;
        let (gated, counts) = (self.gated, self.counts);
        // A premise with nothing to say is none.
        self.gated = gated || self.lines.len() > before;
        self.counts = counts && met;
        let points = self.score(then, depth, bound);
        (self.gated, self.counts) = (gated, counts);
        if met { points } else { Points::ZERO }
    }

    /// Points that are taken off from some to begin with.
    fn deduct(&mut self, from: Points, less: &[Score], depth: usize) -> Points {
        let line = self.line(
            depth,
            format!("从 {from} 分里扣减，扣完为止"),
            TraceMark::Together,
        );
        let taken_off = core::mem::replace(&mut self.taken_off, true);
        let sum: Points = less
            .iter()
            .map(|part| self.score(part, depth + 1, Some(from)))
            .sum();
        self.taken_off = taken_off;
        self.gives(line, from.minus(sum).max(Points::ZERO))
    }

    /// Parts that are put together; one alone stands for itself.
    fn together(&mut self, parts: &[Score], depth: usize, bound: Option<Points>, how: Together) -> Points {
        let head = self.line(depth, how.words().to_owned(), TraceMark::Together);
        let points: Vec<Points> = match how {
            Together::Sum => parts
                .iter()
                .map(|part| self.score(part, depth + 1, bound))
                .collect(),
            Together::Highest => self.rivals(parts, depth, bound),
        };
        let points = how.of(&points);
        let below = self.lines.iter().skip(head + 1);
        if below.filter(|line| line.depth == depth + 1).count() < 2 {
            self.lines.remove(head);
            self.shift(head);
            points
        } else {
            self.gives(head, points)
        }
    }

    /// Parts of which only the highest counts; what another one outdoes is marked so.
    fn rivals(&mut self, parts: &[Score], depth: usize, bound: Option<Points>) -> Vec<Points> {
        let mut points = Vec::new();
        let mut written = Vec::new();
        for part in parts {
            let (line, staircase) = (self.lines.len(), self.staircases.len());
            points.push(self.score(part, depth + 1, bound));
            written.push((line..self.lines.len(), staircase..self.staircases.len()));
        }
        let outdone = outdone(&points);
        for ((lines, staircases), _) in written.into_iter().zip(outdone).filter(|(_, outdone)| *outdone) {
            let lines = self.lines.get_mut(lines).unwrap_or_default();
            let given = lines
                .iter_mut()
                .filter(|line| line.points.is_some_and(|points| points > Points::ZERO));
            given.for_each(|line| line.outdone = true);
            let staircases = self.staircases.get_mut(staircases).unwrap_or_default();
            staircases
                .iter_mut()
                .for_each(|staircase| staircase.outdone = true);
        }
        points
    }

    fn staircase(&mut self, staircase: Staircase, depth: usize) -> Points {
        let staircase = Staircase {
            taken_off: self.taken_off,
            gated: self.gated,
            counts: self.counts,
            ..staircase
        };
        let points = staircase.points;
        let place = self.staircases.len();
        let line = self.line(depth, staircase.standing(), TraceMark::Stair(place));
        self.staircases.push(staircase);
        self.gives(line, points)
    }

    /// Moves the lines from a place on up by one depth.
    fn shift(&mut self, from: usize) {
        let lines = self.lines.iter_mut().skip(from);
        lines.for_each(|line| line.depth = line.depth.saturating_sub(1));
    }

    /// A condition with everything it is made of; what it comes to, or where it
    /// is `negated` what its opposite comes to.
    fn check(&mut self, condition: &Condition, depth: usize, lead: &str, negated: bool) -> Verdict {
        let verdict = match condition {
            Condition::Not(part) => return self.check(part, depth, lead, !negated),
            Condition::ByReading(by) => {
                let form = self.used.form(by);
                return self.check(form, depth, lead, negated);
            }
            Condition::All(parts) => return self.checks(parts, depth, lead, negated, Joined::All),
            Condition::Any(parts) => return self.checks(parts, depth, lead, negated, Joined::Any),
            Condition::InOrder(parts) => {
                let parts = self.asked(parts);
                return self.checks(parts, depth, lead, negated, Joined::InOrder);
            }
            single => self.words.0.condition(single),
        };
        self.used.condition(condition);
        let shown = written(|out| self.words.condition(condition, verdict, out));
        let verdict = if negated { not(verdict) } else { verdict };
        if !shown.is_empty() {
            let text = if lead.is_empty() {
                shown
            } else {
                format!("{lead}：{shown}")
            };
            self.line(depth, text, TraceMark::Check(verdict));
        }
        verdict
    }

    /// The parts that are asked in their order: none after the one that decides.
    fn asked<'c>(&self, parts: &'c [Condition]) -> &'c [Condition] {
        let decides = |part: &Condition| self.words.0.condition(part) != Verdict::Met;
        let asked = parts
            .iter()
            .position(decides)
            .map_or(parts.len(), |place| place + 1);
        parts.get(..asked).unwrap_or(parts)
    }

    /// Several conditions under a line that says how they count together.
    fn checks(
        &mut self,
        parts: &[Condition],
        depth: usize,
        lead: &str,
        negated: bool,
        joined: Joined,
    ) -> Verdict {
        let how = joined.words(negated);
        let text = if lead.is_empty() {
            how.to_owned()
        } else {
            format!("{lead}（{how}）")
        };
        let head = self.line(depth, text, TraceMark::Together);
        let verdicts: Vec<Verdict> = parts.iter().map(|part| self.words.0.condition(part)).collect();
        let decided = joined.decide(&verdicts);
        for part in parts {
            let (lines, readings) = (self.lines.len(), self.used.readings.len());
            let verdict = self.check(part, depth + 1, "", false);
            let stays = match self.lines.get(lines..).unwrap_or_default() {
                [] => false,
                [line] => !line.is_idle(decided),
                _ => true,
            };
            if !stays && verdict != decided && joined.settled_by() == Some(decided) {
                // Another part settles it, so that the readings of this one are not used.
                self.used.readings.truncate(readings);
            }
        }
        let verdict = if negated { not(decided) } else { decided };
        let count = self.tidy(head, decided);
        let nested = self.lines.iter().skip(head).any(|line| line.depth > depth + 1);
        // One condition stands for itself, unless its opposite is wanted of something compound.
        if count == 0 || (count == 1 && !(negated && nested)) {
            self.lines.remove(head);
            self.shift(head);
        }
        let single = self
            .lines
            .get(head)
            .is_some_and(|line| line.mark != TraceMark::Together);
        if let Some(line) = self.lines.get_mut(head) {
            if single && !lead.is_empty() {
                line.text = format!("{lead}：{}", line.text);
            }
            if !single || negated {
                line.mark = TraceMark::Check(verdict);
            }
        }
        verdict
    }

    /// Leaves out what says nothing more below the line at `head`: what another
    /// line says already, and what is open where that no longer matters. Gives
    /// how many lines stand right below it then.
    fn tidy(&mut self, head: usize, decided: Verdict) -> usize {
        let below = self.lines.split_off(head + 1);
        let depth = self.lines.get(head).map_or(0, |line| line.depth + 1);
        let mut kept: Vec<TraceLine> = Vec::new();
        let mut lines = below.into_iter().peekable();
        while let Some(line) = lines.next() {
            let single = line.depth == depth && lines.peek().is_none_or(|next| next.depth <= depth);
            if single && line.is_idle(decided) {
                continue;
            }
            let same = |other: &&mut TraceLine| single && other.depth == depth && other.text == line.text;
            match kept.iter_mut().find(same) {
                Some(other) if line.mark == TraceMark::Check(decided) => other.mark = line.mark,
                Some(_) => {}
                None => kept.push(line),
            }
        }
        let count = kept.iter().filter(|line| line.depth == depth).count();
        self.lines.extend(kept);
        count
    }
}

/// How several conditions come to one.
#[derive(Clone, Copy)]
enum Joined {
    All,
    Any,
    InOrder,
}

impl Joined {
    const fn words(self, negated: bool) -> &'static str {
        match (self, negated) {
            (Self::All, false) => "须全部成立",
            (Self::All, true) => "不能全部成立",
            (Self::Any, false) => "有其一即可",
            (Self::Any, true) => "一项都不能成立",
            (Self::InOrder, false) => "依次都要成立",
            (Self::InOrder, true) => "不能依次都成立",
        }
    }

    /// What one of them makes of the whole, whatever the others come to.
    const fn settled_by(self) -> Option<Verdict> {
        match self {
            Self::All => Some(Verdict::Unmet),
            Self::Any => Some(Verdict::Met),
            Self::InOrder => None,
        }
    }

    fn decide(self, verdicts: &[Verdict]) -> Verdict {
        match self {
            Self::All => first_of(verdicts, [Verdict::Unmet, Verdict::Unclear], Verdict::Met),
            Self::Any => first_of(verdicts, [Verdict::Met, Verdict::Unclear], Verdict::Unmet),
            Self::InOrder => {
                let decides = verdicts.iter().find(|verdict| **verdict != Verdict::Met);
                decides.copied().unwrap_or(Verdict::Met)
            }
        }
    }
}

fn first_of(verdicts: &[Verdict], order: [Verdict; 2], otherwise: Verdict) -> Verdict {
    let found = order.into_iter().find(|verdict| verdicts.contains(verdict));
    found.unwrap_or(otherwise)
}

const fn not(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Met => Verdict::Unmet,
        Verdict::Unmet => Verdict::Met,
        Verdict::Unclear => Verdict::Unclear,
    }
}
