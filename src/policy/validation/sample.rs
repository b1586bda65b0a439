//! The sample: it says nothing that the policy does not ask for.

use super::Faults;
use crate::json::{Json, Object};
use crate::policy::Policy;

pub(super) fn check(policy: &Policy, faults: &mut Faults) {
    let mut known = |member: &str, exists: &dyn Fn(&str) -> bool| {
        let entries = policy.sample.get(member).and_then(Json::as_object);
        for id in entries.into_iter().flat_map(Object::keys) {
            faults.require(
                exists(id),
                "sample",
                format_args!("`{member}` 里的 `{id}` 不存在，请改正编号"),
            );
        }
    };
    known("facts", &|id| policy.fact(id).is_some());
    known("form", &|id| policy.field(id).is_some());
    known("narrative", &|id| {
        policy.narrative_fields.iter().any(|field| field.id == id)
    });
    known("evidence", &|id| {
        policy.evidence.iter().any(|document| document.id == id)
    });
}
