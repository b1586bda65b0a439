//! The parts of an expression, whatever its kind, so that one walk serves
//! everyone who asks what an expression names.

use super::{Condition, Name, Quantity, Score};

/// An expression of any kind.
#[derive(Clone, Copy, Debug)]
pub enum Expression<'a> {
    /// A figure.
    Quantity(&'a Quantity),
    /// A condition.
    Condition(&'a Condition),
    /// The points of a row.
    Score(&'a Score),
}

impl<'a> Expression<'a> {
    /// The fact, named quantity or doubt that the expression itself names; its parts may name more.
    pub fn name(self) -> Option<&'a Name> {
        match self {
            Self::Quantity(Quantity::Named(name)) => Some(name),
            Self::Condition(Condition::Yes(name) | Condition::OneOf { fact: name, .. }) => Some(name),
            Self::Quantity(Quantity::ByReading(by)) => Some(&by.doubt),
            Self::Condition(Condition::ByReading(by)) => Some(&by.doubt),
            Self::Score(Score::ByReading(by)) => Some(&by.doubt),
            _ => None,
        }
    }

    /// Shows each part one level below.
    pub fn each_part(self, visit: &mut dyn FnMut(Self)) {
        match self {
            Self::Quantity(quantity) => quantity_parts(quantity, visit),
            Self::Condition(condition) => condition_parts(condition, visit),
            Self::Score(score) => score_parts(score, visit),
        }
    }

    /// Shows the expression and everything within it.
    pub fn walk(self, visit: &mut dyn FnMut(Self)) {
        visit(self);
        self.each_part(&mut |part| part.walk(visit));
    }
}

fn quantity_parts<'a>(quantity: &'a Quantity, visit: &mut dyn FnMut(Expression<'a>)) {
    use Expression::Quantity as Part;
    match quantity {
        Quantity::Named(_) | Quantity::Constant(_) => {}
        Quantity::Sum(parts) | Quantity::Min(parts) | Quantity::Max(parts) => {
            parts.iter().for_each(|part| visit(Part(part)));
        }
        Quantity::Count(parts) => parts.iter().for_each(|part| visit(Expression::Condition(part))),
        Quantity::Choose {
            condition,
            then,
            otherwise,
        } => {
            visit(Expression::Condition(condition));
            visit(Part(then));
            visit(Part(otherwise));
        }
        Quantity::ByReading(by) => by.branches().for_each(|branch| visit(Part(branch))),
    }
}

fn condition_parts<'a>(condition: &'a Condition, visit: &mut dyn FnMut(Expression<'a>)) {
    use Expression::Condition as Part;
    match condition {
        Condition::Yes(_) | Condition::OneOf { .. } | Condition::Decided(_) => {}
        Condition::All(parts) | Condition::Any(parts) | Condition::InOrder(parts) => {
            parts.iter().for_each(|part| visit(Part(part)));
        }
        Condition::Not(part) => visit(Part(part)),
        Condition::AtLeast(left, right)
        | Condition::MoreThan(left, right)
        | Condition::AtMost(left, right) => {
            visit(Expression::Quantity(left));
            visit(Expression::Quantity(right));
        }
        Condition::Share(share) => {
            visit(Expression::Quantity(&share.part));
            visit(Expression::Quantity(&share.of));
        }
        Condition::ByReading(by) => by.branches().for_each(|branch| visit(Part(branch))),
    }
}

fn score_parts<'a>(score: &'a Score, visit: &mut dyn FnMut(Expression<'a>)) {
    use Expression::Score as Part;
    match score {
        Score::Award(award) => visit(Expression::Condition(&award.condition)),
        Score::Sum(parts)
        | Score::Highest(parts)
        | Score::Scaled { of: parts, .. }
        | Score::Deduct { less: parts, .. } => parts.iter().for_each(|part| visit(Part(part))),
        Score::Capped { score, .. } => visit(Part(score)),
        Score::Bands(bands) => visit(Expression::Quantity(&bands.of)),
        Score::Steps(steps) => visit(Expression::Quantity(&steps.of)),
        Score::Gate { condition, then } => {
            visit(Expression::Condition(condition));
            visit(Part(then));
        }
        Score::Choose {
            condition,
            then,
            otherwise,
        } => {
            visit(Expression::Condition(condition));
            visit(Part(then));
            visit(Part(otherwise));
        }
        Score::ByReading(by) => by.branches().for_each(|branch| visit(Part(branch))),
    }
}
