//! The points of a row.

use crate::numbers::Points;
use crate::policy::{Row, Score, Steps, Verdict};

use super::evaluation::Evaluation;

impl Evaluation<'_> {
    /// What an answered row scores under these readings: never below zero nor
    /// above its maximum.
    pub fn row_score(&self, row: &Row) -> Points {
        self.score(&row.score).within(row.max)
    }

    /// What a score expression gives; something open gives nothing.
    pub fn score(&self, score: &Score) -> Points {
        match score {
            Score::Award(award) if self.condition(&award.condition) == Verdict::Met => award.points,
            Score::Award(_) => Points::ZERO,
            Score::Sum(parts) => parts.iter().map(|part| self.score(part)).sum(),
            Score::Highest(parts) => parts
                .iter()
                .map(|part| self.score(part))
                .max()
                .unwrap_or_default(),
            Score::Capped { cap, score } => self.score(score).min(*cap),
            Score::Bands(bands) => {
                let figure = self.quantity(&bands.of);
                let band = figure.and_then(|figure| bands.table.iter().find(|band| band.holds(figure)));
                band.map_or(Points::ZERO, |band| band.points)
            }
            Score::Steps(steps) => steps.points.times(self.steps(steps)),
            Score::Gate { condition, then } => match self.condition(condition) {
                Verdict::Met => self.score(then),
                _ => Points::ZERO,
            },
            Score::Choose {
                condition,
                then,
                otherwise,
            } => match self.condition(condition) {
                Verdict::Met => self.score(then),
                _ => self.score(otherwise),
            },
            Score::Scaled { to, of } => {
                let full = of.iter().filter_map(Score::full).sum();
                of.iter()
                    .map(|part| self.score(part))
                    .sum::<Points>()
                    .scaled(full, *to)
            }
            Score::Deduct { from, less } => {
                let less = less.iter().map(|part| self.score(part)).sum();
                from.minus(less).max(Points::ZERO)
            }
            Score::ByReading(by) => self.score(self.form(by)),
        }
    }

    /// How many steps the figure reaches.
    pub fn steps(&self, steps: &Steps) -> i64 {
        let figure = self.quantity(&steps.of).unwrap_or_default();
        if steps.begun {
            figure.steps_up(steps.every)
        } else {
            figure.steps_down(steps.every)
        }
    }
}
