//! A scheme's folder: compiled to what the page loads, checked, and shown entry by entry.

pub mod card;
pub mod check;
pub mod compile;
mod places;
mod shown;
mod source;
mod syntax;
