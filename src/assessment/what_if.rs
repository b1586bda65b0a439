//! What if: the case beside a scratch copy of it with some answers changed.

use crate::answers::Case;
use crate::json::{Json, Object};
use crate::policy::Policy;

use super::result::{Assessment, assess};

/// A case with other answers to some facts; null takes an answer back. Nothing else is changed.
fn scratch_copy(case: &Case, answers: &Object) -> Case {
    let mut copy = case.clone();
    for (id, answer) in answers {
        copy.set_fact(id, (*answer != Json::Null).then(|| answer.clone()));
    }
    copy
}

/// What a case would come to with other answers to some facts; null takes an answer back.
pub fn what_if(policy: &Policy, case: &Case, answers: &Object) -> Assessment {
    assess(policy, &scratch_copy(case, answers))
}
