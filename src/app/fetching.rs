//! Fetching the pieces of the page: when they are wanted, or ahead of that.

use core::cell::Cell;
use core::time::Duration;
use std::rc::Rc;

use leptos::prelude::*;

use super::piece::Piece;
use super::session::{PieceState, Session};
use crate::browser::{NotFetched, fetch_piece};
use crate::wording::{Text, messages};

/// How long a piece may take until it is said that one has to wait.
const COMES_WITHIN: Duration = Duration::from_millis(300);

impl Session {
    /// Whether a piece is there. Who asks follows it, and so hears when it comes.
    pub fn has(self, piece: Piece) -> bool {
        self.host.piece(piece).get() == PieceState::There
    }

    /// Notes that these pieces are there: all of them in a page of one file from
    /// its start, those of the steps once the loader has fetched them ahead.
    pub fn has_all(self, pieces: &[Piece]) {
        for piece in pieces {
            self.host.piece(*piece).set(PieceState::There);
        }
    }

    /// Has a piece fetched, unless it is there or under way.
    pub fn fetch(self, piece: Piece) {
        let state = self.host.piece(piece);
        if !matches!(
            state.get_untracked(),
            PieceState::Absent | PieceState::NotFetched(_)
        ) {
            return;
        }
        state.set(PieceState::Coming);
        let tell = move || {
            if state.try_get_untracked() == Some(PieceState::Coming) {
                state.set(PieceState::Late);
            }
        };
        set_timeout(tell, COMES_WITHIN);
        wasm_bindgen_futures::spawn_local(async move {
            let outcome = fetch_piece(self.host.load_module.try_get_value().flatten(), piece.id()).await;
            // The page may have been taken away meanwhile.
            state.try_set(match outcome {
                Ok(()) => PieceState::There,
                Err(why) => PieceState::NotFetched(why),
            });
        });
    }

    /// Does something that needs a piece: at once where it is there, else when
    /// it has come. Where it does not come, that is said.
    pub fn once_there(self, piece: Piece, act: impl FnOnce() + 'static) {
        if self.host.piece(piece).get_untracked() == PieceState::There {
            act();
        } else {
            self.once_come(piece, Box::new(act));
        }
    }

    /// See [`Self::once_there`]: one function for whatever is to be done.
    fn once_come(self, piece: Piece, act: Box<dyn FnOnce()>) {
        wasm_bindgen_futures::spawn_local(async move {
            match self.have(piece).await {
                Ok(true) => act(),
                Ok(false) => {}
                Err(why) => self.page.tell(true, why),
            }
        });
    }

    /// Has a piece fetched, unless it is there, and says so where it takes long.
    /// Whether it can be used: not where the page was taken away meanwhile.
    ///
    /// # Errors
    /// The sentence for the user where it does not come.
    pub async fn have(self, piece: Piece) -> Result<bool, String> {
        if self.host.piece(piece).get_untracked() == PieceState::There {
            return Ok(true);
        }
        let is_awaited = Rc::new(Cell::new(true));
        let is_still_awaited = Rc::clone(&is_awaited);
        let tell = move || {
            if is_still_awaited.get() && !self.filing.is_gone() {
                self.page.tell(false, self.text(messages::frame::fetching()));
            }
        };
        set_timeout(tell, COMES_WITHIN);
        let outcome = fetch_piece(self.host.load_module.try_get_value().flatten(), piece.id()).await;
        is_awaited.set(false);
        if self.filing.is_gone() {
            return Ok(false);
        }
        outcome.map_err(|why| self.text(not_fetched(why)))?;
        self.page.notice.update(|notice| {
            let said = self.text(messages::frame::fetching());
            if notice.as_ref().is_some_and(|notice| notice.text == said) {
                *notice = None;
            }
        });
        self.host.piece(piece).set(PieceState::There);
        Ok(true)
    }
}

/// What is said where a piece does not come.
pub fn not_fetched(why: NotFetched) -> Text {
    match why {
        NotFetched::NoAnswer => messages::frame::not_fetched(),
        NotFetched::Replaced => messages::frame::replaced(),
    }
}
