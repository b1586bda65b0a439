//! Sentences of the narrative: each slot can be filled, each says something
//! only where it is known.

use super::Faults;
use crate::policy::{FactKind, Policy, Sentence};

/// Every sentence of every paragraph.
pub(super) fn all(policy: &Policy) -> impl Iterator<Item = &Sentence> {
    policy
        .paragraphs
        .iter()
        .flat_map(|paragraph| &paragraph.sentences)
}

/// Where a sentence stands, as a fault names it.
pub(super) fn place(sentence: &Sentence) -> String {
    format!("sentence “{}”", sentence.text)
}

/// The names within `{…}` in a text, or `None` where a brace has no partner.
pub(super) fn slots(text: &str) -> Option<Vec<&str>> {
    let mut pieces = text.split('{');
    let before = pieces.next().unwrap_or_default();
    if before.contains('}') {
        return None;
    }
    pieces
        .map(|piece| {
            let (slot, after) = piece.split_once('}')?;
            (!after.contains('}')).then_some(slot)
        })
        .collect()
}

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    for sentence in all(policy) {
        let place = place(sentence);
        let Some(slots) = slots(&sentence.text) else {
            faults.require(false, &place, "a brace has no partner; write slots as {id}");
            continue;
        };
        faults.require(
            !slots.is_empty() || sentence.condition.is_some(),
            &place,
            "it says something whatever was answered; write when it is true as `if`",
        );
        for slot in slots {
            if let Err(problem) = fill(policy, slot) {
                faults.require(false, &place, format_args!("{{{slot}}} {problem}"));
            }
        }
    }
}

/// Why a slot cannot be filled.
fn fill(policy: &Policy, slot: &str) -> Result<(), &'static str> {
    if let Some(id) = slot.strip_suffix(".items") {
        return match policy.fact(id) {
            Some((_, fact)) if fact.items.is_some() => Ok(()),
            _ => Err("is no fact whose items are listed; give the fact `items` or correct the id"),
        };
    }
    if let Some((_, fact)) = policy.fact(slot) {
        return match fact.kind {
            FactKind::YesNo => Err("is a yes/no fact, which has no words; ask for it in `if`"),
            _ => Ok(()),
        };
    }
    if let Some(field) = policy.field(slot) {
        return match field.private {
            true => Err("is a private field, which no sentence may tell; drop it"),
            false => Ok(()),
        };
    }
    let quantity = policy.quantities.iter().any(|quantity| quantity.id == slot);
    let narrative = policy.narrative_fields.iter().any(|field| field.id == slot);
    match quantity || narrative {
        true => Ok(()),
        false => Err("is no fact, quantity, form field or narrative field; correct the id"),
    }
}
