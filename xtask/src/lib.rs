//! The project's commands, and the parts of them that the end-to-end tests
//! use as a library (the server above all).
//!
//! Every command says what it does, installs what it needs and only that, and
//! fails with one sentence that names the fix.

pub mod failure;
pub mod workspace;

pub mod process;
pub mod tools;

pub mod policies;
pub mod scripts;
pub mod wordings;

pub mod policy_folder;
pub mod policy_card;

pub mod assets;
pub mod project;

pub mod division;

pub mod bill_of_materials;

pub mod element_style;
pub mod style_sheets;
pub mod targets;

pub mod npm_package;

pub mod assembly;

pub mod serving;

pub mod assessing;

pub mod developing;

pub mod checks;

pub mod commands;
