//! What people read: where each text stands, the languages of the interface, and the lint.

pub mod languages;
pub mod lint;
pub mod texts;
