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
            format_args!("{count} [[proof]] entries name it; write one that names the documents it needs"),
        );
    }
}

/// What a row needs are papers that serve it, and those that the document names for it among them.
fn needs(policy: &Policy, proof: &Proof, faults: &mut Faults) {
    let place = format!("proof {}", proof.id);
    faults.require(
        policy.row(&proof.id).is_some(),
        &place,
        "its id names no row; correct it",
    );
    let choices = proof.needs.choices();
    faults.require(
        !choices.is_empty() && choices.iter().all(|choice| !choice.is_empty()),
        &place,
        "`needs` has an empty list; name a document in it or drop it",
    );
    for id in choices.iter().copied().flatten() {
        let serves = policy
            .document(id)
            .is_some_and(|document| document.rows.contains(&proof.id));
        faults.require(
            serves,
            &place,
            format_args!(
                "`needs` names `{id}`, which is no document that serves the row; correct the id or add the row to its `rows`"
            ),
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
            format_args!("`needs` names `{id}` twice; once is enough"),
        );
    }
    for document in &policy.documents {
        faults.require(
            !document.named_for.contains(&proof.id) || needed.contains(&document.id.as_str()),
            &place,
            format_args!(
                "the text names `{}` for the row (`named_for`), and `needs` does without it; name it in `all`",
                document.id
            ),
        );
    }
}

fn documents(policy: &Policy, faults: &mut Faults) {
    for document in &policy.documents {
        let place = format!("document {}", document.id);
        let group = &document.group;
        faults.require(
            policy.groups.iter().any(|known| known.id == *group),
            &place,
            format_args!("its group `{group}` does not exist; correct the id"),
        );
        faults.require(
            document
                .items_of
                .iter()
                .all(|id| policy.fact(id).is_some_and(|(_, fact)| fact.items.is_some())),
            &place,
            "`items_of` names a fact whose items are not listed; give the fact `items` or correct the id",
        );
        faults.require(
            !document.rows.is_empty(),
            &place,
            "it serves no row; name one in `rows` or drop it",
        );
        for row in &document.rows {
            faults.require(
                policy.row(row).is_some(),
                &place,
                format_args!("it serves `{row}`, which is no row; correct the id"),
            );
        }
        for row in &document.named_for {
            faults.require(
                document.rows.contains(row),
                &place,
                format_args!("`named_for` has `{row}`, which is not among its `rows`; add it there"),
            );
        }
    }
    for row in policy.rows() {
        faults.require(
            policy
                .documents
                .iter()
                .any(|document| document.rows.contains(&row.id)),
            format_args!("row {}", row.id),
            "no document proves it; name it in the `rows` of one",
        );
    }
}
