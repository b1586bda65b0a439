//! Views drawn for tests: the sample of the page, altered, as HTML.
#![allow(clippy::unwrap_used)]

// Nothing of this file is in the program.
#[cfg(all(test, feature = "prerender"))]
use leptos::prelude::*;

use crate::answers::{Case, Date};
use crate::app::samples::{sample, wording};
use crate::app::session::Session;

fn day() -> Date {
    Date::new(2026, 11, 24).unwrap()
}

/// A view of the sample, altered, as HTML.
pub fn drawn(alter: impl FnOnce(&mut Case), draw: impl FnOnce(Session) -> AnyView) -> String {
    let (policy, mut case) = sample();
    alter(&mut case);
    let owner = Owner::new();
    owner.with(|| draw(Session::new(policy, String::new(), wording(), case, day())).to_html())
}
