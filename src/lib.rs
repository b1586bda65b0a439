//! Guides a firm through a city's labour brand scheme: a policy file and the
//! applicant's answers go in, an assessment is derived, views and documents
//! read it.
//!
//! The modules are in dependency order: each may use only those above it,
//! and a test holds that. Nothing above `browser` knows that browsers exist.

pub mod numbers;
pub mod id_map;
pub mod order;
pub mod json;
pub mod wording;

pub mod policy;
pub mod answers;
pub mod assessment;
pub mod documents;
pub mod tables;
pub mod desk;
pub mod policy_check;

#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "ui")]
pub mod app;
#[cfg(feature = "ui")]
pub mod embed;
