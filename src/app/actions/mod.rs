//! What the user can have done with a whole case.

mod clear;
mod export;
mod files;
mod import;
mod picture;
mod plan;
mod private;
mod public;
mod replace;
mod word;
