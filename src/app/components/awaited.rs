//! What is in the place of a view until the piece of the page that it is in has come.

use leptos::prelude::*;

use super::{Kind, button, titled};
use crate::app::export::Export;
use crate::app::fetching::not_fetched;
use crate::app::live::live;
use crate::app::piece::Piece;
use crate::app::session::{PieceState, Session};
use crate::browser::active_element;
use crate::wording::messages;

/// What a piece of the page draws once it has come; until then, under the name of
/// the view, how far it is on its way.
pub fn once_there(
    session: Session,
    piece: Piece,
    name: String,
    draw: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    if session.host.piece(piece).get_untracked() == PieceState::There {
        return draw();
    }
    session.fetch(piece);
    let is_there = Memo::new(move |_| session.has(piece));
    let shown = move || {
        if is_there.get() {
            // The heading that stood here has the focus until now; its place is taken by another.
            let main = session.page.main.get_untracked();
            let active = main.and_then(|main| active_element(&main));
            let is_heading = active.is_some_and(|active| active.matches("h2") == Ok(true));
            if is_heading && !session.page.wants_focus() {
                session.page.focus("h2");
            }
            draw()
        } else {
            view(session, name.clone(), piece)
        }
    };
    view! { {live(shown)} }.into_any()
}

/// What stands in the place of a view until its piece has come, and the ways on where it does not.
fn view(session: Session, name: String, piece: Piece) -> AnyView {
    let state = move || session.host.piece(piece).get();
    let shown = move || match state() {
        PieceState::Absent | PieceState::Coming | PieceState::There => String::new(),
        PieceState::Late => session.text(messages::frame::fetching()),
        PieceState::NotFetched(why) => session.text(not_fetched(why)),
    };
    let ways = move || matches!(state(), PieceState::NotFetched(_)).then(|| ways_on(session, piece));
    view! {
        {titled(name, String::new())}
        <section class="group awaited" data-awaits=piece.id()>
            <div class="outcome__in">
                <p role="status">{live(shown)}</p>
                {live(ways)}
            </div>
        </section>
    }
    .into_any()
}

/// To try again, and to have all that was typed as a file whatever comes.
fn ways_on(session: Session, piece: Piece) -> AnyView {
    let fetch = move |_| session.fetch(piece);
    let save = move |_| session.begin_export(Export::Json);
    view! {
        <p class="buttons">
            {button(session, Kind::Main, "fetch-again", messages::frame::fetch_again(), fetch)}
            {button(session, Kind::Plain, "export-json", messages::frame::save_data(), save)}
        </p>
    }
    .into_any()
}
