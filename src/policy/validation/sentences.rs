//! Sentences of the narrative: each slot can be filled, each says something
//! only where it is known.

use super::Faults;
use crate::policy::every_expression::ExpressionPlace;
use crate::policy::{FactKind, Policy, Sentence};

/// Every sentence of every paragraph.
pub(super) fn all(policy: &Policy) -> impl Iterator<Item = &Sentence> {
    policy
        .paragraphs
        .iter()
        .flat_map(|paragraph| &paragraph.sentences)
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
        let place = ExpressionPlace::Sentence(&sentence.text);
        let Some(slots) = slots(&sentence.text) else {
            faults.require(false, place, "花括号没有配对，请写成 {编号}");
            continue;
        };
        faults.require(
            !slots.is_empty() || sentence.condition.is_some(),
            place,
            "它不管怎样回答都会说，请用 `if` 写明什么时候说",
        );
        for slot in slots {
            if let Err(problem) = fill(policy, slot) {
                faults.require(false, place, format_args!("{{{slot}}} {problem}"));
            }
        }
    }
}

/// Why a slot cannot be filled.
fn fill(policy: &Policy, slot: &str) -> Result<(), &'static str> {
    if let Some(id) = slot.strip_suffix(".items") {
        return match policy.fact(id) {
            Some((_, fact)) if fact.items.is_some() => Ok(()),
            _ => Err("不是逐项列出的问题，请给该问题写 `items` 或改正编号"),
        };
    }
    if let Some((_, fact)) = policy.fact(slot) {
        return match fact.kind {
            FactKind::YesNo => Err("是是否问题，没有可填的文字，请写进 `if`"),
            _ => Ok(()),
        };
    }
    if let Some(field) = policy.field(slot) {
        return match field.private {
            true => Err("是不公开的填写项，句子里不能说，请删去"),
            false => Ok(()),
        };
    }
    let quantity = policy.quantities.iter().any(|quantity| quantity.id == slot);
    let narrative = policy.narrative_fields.iter().any(|field| field.id == slot);
    match quantity || narrative {
        true => Ok(()),
        false => Err("不是问题、算出的数、填写项或初稿另问的事，请改正编号"),
    }
}
