//! Spoilt inputs, made up for the readers of files and policies.

pub mod inputs;
pub mod policies;
