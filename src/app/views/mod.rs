//! One view for each step.

mod beginning;
mod cases;
mod chosen;
mod compare;
mod eligibility;
mod evidence;
mod form;
mod history;
mod merge;
mod origin;
mod parts;
mod precheck;
mod questions;
mod review;
mod rulings;
mod score;
mod tables;

use leptos::prelude::*;

use super::components::{once_there, titled};
use super::piece::Piece;
use super::seam::seam;
use super::session::{Aside, Session};
use super::step::Step;

pub use beginning::foot;

/// The view of a step, or what is there until the piece of the page that it is in has come.
pub fn view_of(session: Session, step: Step) -> AnyView {
    let Some(piece) = step.piece() else {
        return precheck::view(session);
    };
    let draw = match piece {
        Piece::Questions => questions_view,
        Piece::Score => score_view,
        // What is shown in place of a step is none.
        Piece::Papers | Piece::Tables | Piece::Desk | Piece::Actions => later_view,
    };
    once_there(session, piece, session.step_name(step), move || {
        draw(session, step)
    })
}

/// The view of what is shown in place of a step.
pub fn view_beside(session: Session, aside: Aside) -> AnyView {
    let name = session.aside_name(aside);
    match aside {
        Aside::Tables => once_there(session, Piece::Tables, name, move || tables_view(session)),
        _ => once_there(session, Piece::Desk, name, move || desk_view(session, aside)),
    }
}

seam! {
    "tables" "07" fn tables_view(session: Session) -> AnyView {
        tables::view(session)
    }
}

seam! {
    "desk" "09" fn desk_view(session: Session, aside: Aside) -> AnyView {
        match aside {
            Aside::History => history::view(session),
            Aside::Compare => compare::view(session),
            Aside::Merge => merge::view(session),
            Aside::Parts => parts::view(session),
            Aside::Desk | Aside::Tables => cases::view(session),
        }
    }
}

seam! {
    "questions" "04" fn questions_view(session: Session, _step: Step) -> AnyView {
        questions::view(session)
    }
}

seam! {
    "score" "05" fn score_view(session: Session, _step: Step) -> AnyView {
        score::view(session)
    }
}

seam! {
    "papers" "06" fn later_view(session: Session, step: Step) -> AnyView {
        match step {
            Step::Form => form::view(session),
            Step::Eligibility => eligibility::view(session),
            Step::Evidence => evidence::view(session),
            // What is not among them has a piece of its own.
            Step::Precheck | Step::Questions | Step::Score | Step::Review => review::view(session),
        }
    }
}

/// The heading of a view.
fn heading(session: Session, step: Step, intro: String) -> AnyView {
    titled(session.step_name(step), intro)
}
