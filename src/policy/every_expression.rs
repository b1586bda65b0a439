//! Every expression of a policy with the place where it stands.

use core::fmt::{self, Display};

use super::{Expression, Policy};

/// Where an expression stands, by the id of what it belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) enum ExpressionPlace<'policy> {
    Fact(&'policy str),
    Quantity(&'policy str),
    PartOf(&'policy str),
    CrossCheck(&'policy str),
    Rule(&'policy str),
    Row(&'policy str),
    Document(&'policy str),
    /// A sentence has no id, and is named by its text.
    Sentence(&'policy str),
}

/// As a fault names it.
impl Display for ExpressionPlace<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, id) = match self {
            Self::Fact(id) => ("fact", id),
            Self::Quantity(id) => ("quantity", id),
            Self::PartOf(id) => ("part_of", id),
            Self::CrossCheck(id) => ("cross_check", id),
            Self::Rule(id) => ("rule", id),
            Self::Row(id) => ("row", id),
            Self::Document(id) => ("document", id),
            Self::Sentence(text) => return write!(out, "sentence “{text}”"),
        };
        write!(out, "{kind} {id}")
    }
}

type Placed<'policy> = (ExpressionPlace<'policy>, Expression<'policy>);

/// Every expression of the policy.
pub(super) fn expressions(policy: &Policy) -> impl Iterator<Item = Placed<'_>> {
    use ExpressionPlace as At;
    let facts = policy.facts.iter().flat_map(|fact| {
        let needed = fact.needed_if.iter().map(Expression::Condition);
        let bounds = fact.optional.iter().flat_map(|optional| {
            let quantities = optional.otherwise.iter();
            quantities.chain(&optional.at_least).chain(&optional.at_most)
        });
        let all = needed.chain(bounds.map(Expression::Quantity));
        all.map(|expression| (At::Fact(&fact.id), expression))
    });
    let quantities = policy.quantities.iter();
    let quantities =
        quantities.map(|quantity| (At::Quantity(&quantity.id), Expression::Quantity(&quantity.is)));
    let parts = policy.parts.iter().flat_map(|part| {
        [&part.part, &part.whole].map(|quantity| (At::PartOf(&part.id), Expression::Quantity(quantity)))
    });
    let checks = policy.cross_checks.iter();
    let checks = checks.map(|check| (At::CrossCheck(&check.id), Expression::Condition(&check.condition)));
    let documents = policy.evidence.iter().filter_map(|document| {
        let moot = document.moot_if.as_ref()?;
        Some((At::Document(&document.id), Expression::Condition(moot)))
    });
    let sentences = policy
        .paragraphs
        .iter()
        .flat_map(|paragraph| &paragraph.sentences);
    let sentences = sentences.filter_map(|sentence| {
        let condition = sentence.condition.as_ref()?;
        Some((At::Sentence(&sentence.text), Expression::Condition(condition)))
    });
    facts
        .chain(quantities)
        .chain(parts)
        .chain(checks)
        .chain(deciding(policy))
        .chain(documents)
        .chain(sentences)
}

/// What decides: the rules' conditions and the rows' scores.
pub(super) fn deciding(policy: &Policy) -> impl Iterator<Item = Placed<'_>> {
    let rules = policy.rules.iter().map(|rule| {
        let place = ExpressionPlace::Rule(&rule.id);
        (place, Expression::Condition(&rule.condition))
    });
    let rows = policy.rows().map(|row| {
        let place = ExpressionPlace::Row(&row.id);
        (place, Expression::Score(&row.score))
    });
    rules.chain(rows)
}
