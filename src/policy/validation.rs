//! What must hold of a policy before anything is derived from it.

use super::{Policy, PolicyError};

/// Every fault of a linked policy.
pub(super) fn validate(_policy: &Policy) -> Vec<PolicyError> {
    Vec::new()
}
