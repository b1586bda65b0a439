//! The scheme of the page, and the words in which the interface speaks of it.

use std::sync::Arc;

use leptos::prelude::*;

use super::uses::Uses;
use crate::policy::Policy;
use crate::wording::Wording;

/// The scheme and the wording: they stay as they are while the page is open.
#[derive(Clone, Copy)]
pub struct OpenScheme {
    policy: StoredValue<Arc<Policy>>,
    uses: StoredValue<Arc<Uses>>,
    sha256: StoredValue<String>,
    pub(super) wording: StoredValue<Arc<Wording>>,
}

impl OpenScheme {
    pub(super) fn new(policy: Policy, sha256: String, wording: Wording) -> Self {
        let policy = Arc::new(policy);
        Self {
            uses: StoredValue::new(Arc::new(Uses::of(&policy))),
            policy: StoredValue::new(policy),
            sha256: StoredValue::new(sha256),
            wording: StoredValue::new(Arc::new(wording)),
        }
    }

    /// The scheme.
    pub fn policy(self) -> Arc<Policy> {
        self.policy.get_value()
    }

    /// The wording of the interface.
    pub fn wording(self) -> Arc<Wording> {
        self.wording.get_value()
    }

    /// SHA-256 of the scheme's canonical JSON.
    pub fn sha256(self) -> String {
        self.sha256.get_value()
    }

    /// Which rows and rules each fact bears on.
    pub fn uses(self) -> Arc<Uses> {
        self.uses.get_value()
    }
}
