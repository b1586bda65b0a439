//! What the user can have done with a whole case.

mod archive;
mod arrivals;
mod clear;
mod compare;
mod desk;
mod export;
mod files;
mod import;
mod keys;
mod merge;
mod part_tables;
mod parts;
mod picture;
mod plan;
mod private;
mod public;
mod replace;
mod rulings;
mod saving;
mod tables;
mod undo;
mod word;

pub use compare::ResultsForm;
pub use keys::{act_by_key, hear_keys};
pub use rulings::Ruling;
pub use tables::{KnownCases, TableFormat};
pub use undo::keep_changes;
