//! The journeys: one module for each thing that a browser is driven through the built page for.
//! One binary, so that a machine's cores have work to the last of them.

#[path = "../../../it/support/mod.rs"]
mod support;

mod advice;
mod axe;
mod changes;
mod compare;
mod day;
mod desk;
mod desk_files;
mod engines;
mod everywhere;
mod explanation;
mod hands;
mod journeys;
mod kept_true;
mod keyboard;
mod looks;
mod memory;
mod nginx;
mod nothing_lost;
mod old_browsers;
mod papers;
mod parts;
mod pieces;
mod saving;
mod screens;
mod smoke;
mod tables;
mod way;
mod ways;
mod ways_out;
mod wording;
