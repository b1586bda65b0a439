//! The pass that ties each name in a policy file to what it names.

use super::every_expression::ExpressionPlace;
use super::index::{DoubtIdx, FactIdx, Idx, IdxVec, QuantityIdx};
use super::{Condition, Fact, Name, Policy, PolicyError, Quantity, Score, Slot, limits, weight};

/// Ties every name in every expression to its fact, quantity or doubt.
/// Returns an error for each name that stands for nothing, and one where the
/// expressions are too many to evaluate.
pub(super) fn link(policy: &mut Policy) -> Vec<PolicyError> {
    let mut linker = Linker::of(policy);
    for fact in &mut policy.facts {
        linker.place = ExpressionPlace::Fact(&fact.id).to_string();
        linker.fact(fact);
    }
    for (place, quantity) in policy.quantities.enumerated_mut() {
        linker.place = ExpressionPlace::Quantity(&quantity.id).to_string();
        // A quantity may use only those above it, so that none can use itself.
        linker.below = Some(place);
        linker.quantity(&mut quantity.is);
    }
    linker.below = None;
    for part in &mut policy.parts {
        linker.place = ExpressionPlace::PartOf(&part.id).to_string();
        linker.quantity(&mut part.part);
        linker.quantity(&mut part.whole);
    }
    for check in &mut policy.cross_checks {
        linker.place = ExpressionPlace::CrossCheck(&check.id).to_string();
        linker.condition(&mut check.condition);
    }
    for rule in &mut policy.rules {
        linker.place = ExpressionPlace::Rule(&rule.id).to_string();
        linker.condition(&mut rule.condition);
        if let Some(doubt) = &mut rule.binds {
            linker.doubt(doubt);
        }
    }
    for row in policy.sections.iter_mut().flat_map(|section| &mut section.rows) {
        linker.place = ExpressionPlace::Row(&row.id).to_string();
        linker.score(&mut row.score);
    }
    for document in &mut policy.evidence {
        linker.place = ExpressionPlace::Document(&document.id).to_string();
        if let Some(condition) = &mut document.moot_if {
            linker.condition(condition);
        }
    }
    for sentence in policy
        .paragraphs
        .iter_mut()
        .flat_map(|paragraph| &mut paragraph.sentences)
    {
        linker.place = ExpressionPlace::Sentence(&sentence.text).to_string();
        if let Some(condition) = &mut sentence.condition {
            linker.condition(condition);
        }
    }
    let mut errors = linker.errors;
    if errors.is_empty() {
        errors.extend(weight::overweight(policy));
    }
    errors
}

/// Where the entry of that id stands.
fn place_of<I: Idx>(ids: &IdxVec<I, String>, id: &str) -> Option<I> {
    let mut places = ids.enumerated();
    places.find(|(_, other)| *other == id).map(|(place, _)| place)
}

struct Linker {
    facts: IdxVec<FactIdx, String>,
    quantities: IdxVec<QuantityIdx, String>,
    /// The quantity from which on none may be named.
    below: Option<QuantityIdx>,
    doubts: IdxVec<DoubtIdx, String>,
    place: String,
    errors: Vec<PolicyError>,
}

impl Linker {
    fn of(policy: &Policy) -> Self {
        let quantities = policy.quantities.iter();
        Self {
            facts: policy.facts.iter().map(|fact| fact.id.clone()).collect(),
            quantities: quantities.map(|quantity| quantity.id.clone()).collect(),
            below: None,
            doubts: policy.doubts.iter().map(|doubt| doubt.id.clone()).collect(),
            place: String::new(),
            errors: Vec::new(),
        }
    }

    fn complain(&mut self, problem: String) {
        limits::note(&mut self.errors, &self.place, &problem);
    }

    fn fact_or_quantity(&mut self, name: &mut Name) {
        let fact = place_of(&self.facts, &name.id).map(Slot::Fact);
        let quantity = || {
            let place = place_of(&self.quantities, &name.id)?;
            let is_above = self.below.is_none_or(|below| place < below);
            is_above.then_some(Slot::Quantity(place))
        };
        match fact.or_else(quantity) {
            Some(slot) => name.slot = slot,
            None if name.id.parse::<u32>().is_ok() => {
                self.complain(format!("数不要加引号：{name}，现在是文字 `{name}`"));
            }
            None => self.complain(format!(
                "没有叫 `{name}` 的问题（fact）或写在前面的算出的数（quantity），请补上或改正编号"
            )),
        }
    }

    fn fact(&mut self, fact: &mut Fact) {
        if let Some(condition) = &mut fact.needed_if {
            self.condition(condition);
        }
        if let Some(optional) = &mut fact.optional {
            let quantities = optional.otherwise.iter_mut();
            quantities
                .chain(&mut optional.at_least)
                .chain(&mut optional.at_most)
                .for_each(|quantity| self.quantity(quantity));
        }
    }

    fn doubt(&mut self, name: &mut Name) {
        match place_of(&self.doubts, &name.id) {
            Some(place) => name.slot = Slot::Doubt(place),
            None => self.complain(format!("没有叫 `{name}` 的存疑，请补一条 [[doubt]] 或改正编号")),
        }
    }

    fn quantity(&mut self, quantity: &mut Quantity) {
        match quantity {
            Quantity::Named(name) => self.fact_or_quantity(name),
            Quantity::Constant(_) => {}
            Quantity::Sum(parts) | Quantity::Min(parts) | Quantity::Max(parts) => {
                parts.iter_mut().for_each(|part| self.quantity(part));
            }
            Quantity::Count(conditions) => conditions.iter_mut().for_each(|one| self.condition(one)),
            Quantity::Choose {
                condition,
                then,
                otherwise,
            } => {
                self.condition(condition);
                self.quantity(then);
                self.quantity(otherwise);
            }
            Quantity::ByReading(by) => {
                self.doubt(&mut by.doubt);
                by.branches_mut().for_each(|branch| self.quantity(branch));
            }
        }
    }

    fn condition(&mut self, condition: &mut Condition) {
        match condition {
            Condition::Yes(name) | Condition::OneOf { fact: name, .. } => {
                self.fact_or_quantity(name);
                if matches!(name.slot, Slot::Quantity(_)) {
                    self.complain(format!(
                        "`{name}` 是数，这里要的是是否问题或选择问题，请改用 at_least 等比较"
                    ));
                }
            }
            Condition::All(parts) | Condition::Any(parts) | Condition::InOrder(parts) => {
                parts.iter_mut().for_each(|part| self.condition(part))
            }
            Condition::Not(part) => self.condition(part),
            Condition::AtLeast(left, right)
            | Condition::MoreThan(left, right)
            | Condition::AtMost(left, right) => {
                self.quantity(left);
                self.quantity(right);
            }
            Condition::Share(share) => {
                self.quantity(&mut share.part);
                self.quantity(&mut share.of);
            }
            Condition::Decided(_) => {}
            Condition::ByReading(by) => {
                self.doubt(&mut by.doubt);
                by.branches_mut().for_each(|branch| self.condition(branch));
            }
        }
    }

    fn score(&mut self, score: &mut Score) {
        match score {
            Score::Award(award) => self.condition(&mut award.condition),
            Score::Sum(parts) | Score::Highest(parts) => parts.iter_mut().for_each(|part| self.score(part)),
            Score::Capped { cap: _, score } => self.score(score),
            Score::Bands(bands) => self.quantity(&mut bands.of),
            Score::Steps(steps) => self.quantity(&mut steps.of),
            Score::Gate { condition, then } => {
                self.condition(condition);
                self.score(then);
            }
            Score::Choose {
                condition,
                then,
                otherwise,
            } => {
                self.condition(condition);
                self.score(then);
                self.score(otherwise);
            }
            Score::Scaled { to: _, of } => of.iter_mut().for_each(|part| self.score(part)),
            Score::Deduct { from: _, less } => less.iter_mut().for_each(|part| self.score(part)),
            Score::ByReading(by) => {
                self.doubt(&mut by.doubt);
                by.branches_mut().for_each(|branch| self.score(branch));
            }
        }
    }
}
