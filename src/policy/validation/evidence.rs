//! The papers that prove what is claimed, and what each row needs of them.

use super::{Faults, repeated};
use crate::policy::{Policy, Proof};

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    documents(policy, faults);
    for proof in &policy.proofs {
        needs(policy, proof, faults);
    }
    for row in policy.rows() {
        let count = policy.proofs.iter().filter(|proof| proof.id == row.id).count();
        faults.require(
            count == 1,
            format_args!("row {}", row.id),
            format_args!("有 {count} 条 [[proof]] 写了它，应恰好一条，写明它需要的材料"),
        );
    }
}

/// What a row needs are papers that serve it, and those that the document names for it among them.
fn needs(policy: &Policy, proof: &Proof, faults: &mut Faults) {
    let place = format!("proof {}", proof.id);
    faults.require(policy.row(&proof.id).is_some(), &place, "编号 id 不是行，请改正");
    let choices = proof.needs.choices();
    faults.require(
        !choices.is_empty() && choices.iter().all(|choice| !choice.is_empty()),
        &place,
        "`needs` 里有空的列表，请写上材料或删去",
    );
    for id in choices.iter().copied().flatten() {
        let serves = policy
            .evidence(id)
            .is_some_and(|document| document.rows.contains(&proof.id));
        faults.require(
            serves,
            &place,
            format_args!("`needs` 里的 `{id}` 不是用于这一行的材料，请改正编号，或把这一行写进它的 `rows`"),
        );
    }
    let needed: Vec<&str> = choices
        .iter()
        .filter_map(|choice| match choice {
            [only] => Some(only.as_str()),
            _ => None,
        })
        .collect();
    if let Some(id) = repeated(needed.iter().copied()) {
        faults.require(
            false,
            &place,
            format_args!("`needs` 里的 `{id}` 出现两次，请删去一个"),
        );
    }
    for document in &policy.evidence {
        faults.require(
            !document.named_for.contains(&proof.id) || needed.contains(&document.id.as_str()),
            &place,
            format_args!(
                "原文要求这一行提供 `{}`（`named_for`），`needs` 却可以没有它，请写进 `all`",
                document.id
            ),
        );
    }
}

fn documents(policy: &Policy, faults: &mut Faults) {
    for document in &policy.evidence {
        let place = format!("document {}", document.id);
        let group = &document.group;
        faults.require(
            policy.groups.iter().any(|known| known.id == *group),
            &place,
            format_args!("没有 group `{group}`，请改正编号"),
        );
        faults.require(
            document
                .items_of
                .iter()
                .all(|id| policy.fact(id).is_some_and(|(_, fact)| fact.items.is_some())),
            &place,
            "`items_of` 里有不逐项列出的问题，请给该问题写 `items` 或改正编号",
        );
        faults.require(
            !document.rows.is_empty(),
            &place,
            "它不用于任何一行，请写在 `rows` 里或删去",
        );
        for row in &document.rows {
            faults.require(
                policy.row(row).is_some(),
                &place,
                format_args!("它用于的 `{row}` 不是行，请改正编号"),
            );
        }
        for row in &document.named_for {
            faults.require(
                document.rows.contains(row),
                &place,
                format_args!("`named_for` 里的 `{row}` 不在 `rows` 里，请补进去"),
            );
        }
    }
    for row in policy.rows() {
        faults.require(
            policy
                .evidence
                .iter()
                .any(|document| document.rows.contains(&row.id)),
            format_args!("row {}", row.id),
            "没有佐证材料，请写进一份 document 的 `rows`",
        );
    }
}
