//! One view for each step.

mod awaited;
mod eligibility;
mod evidence;
mod form;
mod precheck;
mod questions;
mod review;
mod score;

use leptos::prelude::*;

use super::live::live;
use super::seam::seam;
use super::session::{PieceState, Session};
use super::step::{Piece, Step};

/// The view of a step, or what is there until the piece of the page that it is in has come.
pub fn view_of(session: Session, step: Step) -> AnyView {
    let Some(piece) = step.piece() else {
        return precheck::view(session);
    };
    let draw = match piece {
        Piece::Questions => questions_view,
        Piece::Score => score_view,
        Piece::Papers => later_view,
    };
    if session.host.piece(piece).get_untracked() == PieceState::There {
        return draw(session, step);
    }
    session.fetch(piece);
    let is_there = Memo::new(move |_| session.has(piece));
    let shown = move || {
        if is_there.get() {
            draw(session, step)
        } else {
            awaited::view(session, step, piece)
        }
    };
    view! { {live(shown)} }.into_any()
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
    view! {
        <div class="view-head">
            <h2 tabindex="-1">{session.step_name(step)}</h2>
            <p>{intro}</p>
        </div>
    }
    .into_any()
}
