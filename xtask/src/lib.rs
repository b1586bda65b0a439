//! The project's commands, and the parts of them that the end-to-end tests
//! use as a library (the server above all).
//!
//! Every command says what it does, installs what it needs and only that, and
//! fails with one sentence that names the fix.

pub mod assessing;
pub mod build;
pub mod checks;
pub mod commands;
pub mod developing;
pub mod failure;
pub mod firm_tables;
pub mod guide;
pub mod policy;
pub mod process;
pub mod project;
pub mod screens;
pub mod serving;
pub mod tools;
pub mod words;
pub mod workspace;
