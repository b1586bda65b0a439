//! One view for each step.

mod eligibility;
mod evidence;
mod form;
mod precheck;
mod questions;
mod review;
mod score;

use leptos::prelude::*;

use super::session::Session;
use super::step::Step;

/// The view of a step.
pub fn view_of(session: Session, step: Step) -> AnyView {
    match step {
        Step::Precheck => precheck::view(session),
        Step::Questions => questions::view(session),
        Step::Form => form::view(session),
        Step::Eligibility => eligibility::view(session),
        Step::Score => score::view(session),
        Step::Evidence => evidence::view(session),
        Step::Review => review::view(session),
    }
}

/// The heading of a view.
fn heading(session: Session, step: Step, intro: String) -> AnyView {
    view! {
        <div class="view-head">
            <h2 tabindex="-1">{session.step_name(step)}</h2>
            <p>{intro}</p>
        </div>
    }
    .into_any()
}
