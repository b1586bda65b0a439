//! The project's commands, and the parts of them that the end-to-end tests
//! use as a library (the server above all).
//!
//! Every command says what it does, installs what it needs and only that, and
//! fails with one sentence that names the fix.

pub mod assembly;
pub mod assessing;
pub mod assets;
pub mod bill_of_materials;
pub mod checks;
pub mod commands;
pub mod developing;
pub mod division;
pub mod element_style;
pub mod failure;
pub mod firm_tables;
pub mod guide;
pub mod import_names;
pub mod npm_package;
pub mod plain_words;
pub mod policies;
pub mod policy_card;
pub mod policy_folder;
pub mod process;
pub mod project;
pub mod screens;
pub mod scripts;
pub mod serving;
pub mod style_sheets;
pub mod targets;
pub mod texts;
pub mod tools;
pub mod wordings;
pub mod workspace;
