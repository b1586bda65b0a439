//! The native tests of the library, one module for each thing they hold.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod fuzzing;
mod second_evaluator;
mod support;

mod advice;
mod advice_in_own_readings;
mod architecture;
mod batch;
mod boundaries;
mod case_file;
mod circles;
mod comparison;
mod desk;
mod desk_file;
mod desk_model;
mod documents;
mod evidence;
mod explanation;
mod fields;
mod golden;
mod hostile;
mod importer_fuzzing;
mod importer_limits;
mod independent_evaluator;
mod narrative;
mod papers;
mod part_tables;
mod parts;
mod plans;
mod plausibility;
mod policy_faults;
mod policy_numbers;
mod policy_schema;
mod properties;
mod real_inputs;
mod records;
mod renewal;
mod rule_changes;
mod saved_anew;
mod stable_names;
mod style;
mod tables;
mod verdict_sentence;
mod warnings;
mod watched;
mod wording;
