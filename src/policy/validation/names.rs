//! Ids: every thing has one, and no two things that can be mixed up share one.

use std::collections::BTreeSet;

use super::Faults;
use crate::policy::Policy;

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    macro_rules! ids {
        ($kind:literal, $things:expr) => {
            $things.into_iter().map(|thing| ($kind, thing.id.as_str()))
        };
    }
    // A sentence can carry any of these by its name alone.
    let carried = ids!("fact", &policy.facts)
        .chain(ids!("quantity", &policy.quantities))
        .chain(ids!("field", &policy.fields))
        .chain(ids!("narrative", &policy.narrative_fields));
    // A doubt can concern any of these.
    let concerned = ids!("rule", &policy.rules).chain(ids!("row", policy.rows()));
    unique(carried, faults);
    unique(concerned, faults);
    unique(ids!("section", &policy.sections), faults);
    unique(ids!("doubt", &policy.doubts), faults);
    unique(ids!("part_of", &policy.parts), faults);
    unique(ids!("cross_check", &policy.cross_checks), faults);
    unique(ids!("tie", &policy.ties), faults);
    unique(ids!("companion", &policy.companions), faults);
    unique(ids!("document", &policy.evidence), faults);
    unique(ids!("group", &policy.groups), faults);
    unique(ids!("place", &policy.places), faults);
    unique(ids!("guidance", &policy.guidance), faults);
}

fn unique<'a>(things: impl Iterator<Item = (&'static str, &'a str)>, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for (kind, id) in things {
        let place = format_args!("{kind} {id}");
        faults.require(!id.is_empty(), place, "编号 id 是空的，请写上");
        faults.require(seen.insert(id), place, "编号与另一条重复，请给其中一条换编号");
    }
}
