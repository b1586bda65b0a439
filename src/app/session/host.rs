//! What surrounds the page: its root, its loader, and a host that listens.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::Element;

use super::LastingSignal;
use crate::answers::Case;
use crate::app::export::Export;
use crate::app::piece::Piece;
use crate::browser::NotFetched;
use crate::documents::PrivateEntries;

/// A file for the loader, which shows or shares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    pub name: String,
    /// Its type, `text/html`.
    pub mime: &'static str,
    /// What is in it.
    pub text: String,
    /// Whether it is to be shared rather than shown.
    pub share: bool,
}

/// What is to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printing {
    /// The papers to hand in, with what becomes of private entries.
    Papers(PrivateEntries),
    /// Another document, as HTML.
    Sheet(String),
}

/// What is known about a piece of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceState {
    /// Nobody has asked for it.
    Absent,
    /// It is on its way.
    Coming,
    /// It is on its way, and longer than one does not notice.
    Late,
    /// It can be used.
    There,
    /// It did not come.
    NotFetched(NotFetched),
}

/// What is known about each piece when the page begins.
const AT_FIRST: PieceState = if cfg!(all(feature = "divided", target_family = "wasm")) {
    PieceState::Absent
} else {
    PieceState::There
};

/// Who does for the page what it cannot do itself.
pub trait Listener {
    /// Shows or shares a file.
    fn hand_over(&self, file: HandedOver);
    /// Hears that an export was made.
    fn exported(&self, export: Export);
    /// Leaves the page for the one before it in the history.
    fn leave(&self);
}

/// What prints for the page.
type Printer = Rc<dyn Fn(Printing)>;

/// What surrounds the page.
#[derive(Clone, Copy)]
pub struct Host {
    /// Where the page is drawn; the loader marks it when the page has stopped.
    pub root: StoredValue<Option<Element>, LocalStorage>,
    /// Whether the page is a part of another's, whose title it must leave alone.
    pub embedded: LastingSignal<bool>,
    /// The address of 使用说明, where it lies beside the page.
    pub guide: LastingSignal<Option<String>>,
    /// Whether files are shown by the loader, where the browser cannot download.
    pub shows_files: LastingSignal<bool>,
    /// Whether the loader can share files with other programs of the device.
    pub shares_files: LastingSignal<bool>,
    /// What fetches a module by its name, where the page was given any.
    pub load_module: StoredValue<Option<js_sys::Function>, LocalStorage>,
    /// What is known about each piece of the page, in the order of [`Piece::ALL`].
    pieces: [LastingSignal<PieceState>; Piece::ALL.len()],
    /// An export that counts once the loader says that the user has it.
    pub handed: StoredValue<Option<(Export, Case)>>,
    listener: StoredValue<Option<Rc<dyn Listener>>, LocalStorage>,
    printer: StoredValue<Option<Printer>, LocalStorage>,
}

impl Host {
    pub(super) fn new() -> Self {
        Self {
            root: StoredValue::new_local(None),
            embedded: LastingSignal::new(false),
            guide: LastingSignal::new(None),
            shows_files: LastingSignal::new(false),
            shares_files: LastingSignal::new(false),
            load_module: StoredValue::new_local(None),
            pieces: Piece::ALL.map(|_| LastingSignal::new(AT_FIRST)),
            handed: StoredValue::new(None),
            listener: StoredValue::new_local(None),
            printer: StoredValue::new_local(None),
        }
    }

    /// The root, unless the page was taken away.
    pub fn root(self) -> Option<Element> {
        self.root.try_get_value().flatten()
    }

    /// Whether the page has stopped after a fault: what it holds may be half changed.
    pub fn has_stopped(self) -> bool {
        self.root().is_some_and(|root| root.has_attribute("data-stopped"))
    }

    /// What is known about a piece of the page.
    pub fn piece(self, piece: Piece) -> LastingSignal<PieceState> {
        let [questions, score, papers, tables, desk, actions] = self.pieces;
        match piece {
            Piece::Questions => questions,
            Piece::Score => score,
            Piece::Papers => papers,
            Piece::Tables => tables,
            Piece::Desk => desk,
            Piece::Actions => actions,
        }
    }

    /// Has a listener hear of files and exports from now on.
    pub fn listen(self, listener: impl Listener + 'static) {
        self.listener.set_value(Some(Rc::new(listener)));
    }

    /// Hands a file over to the loader.
    pub fn hand_over(self, file: HandedOver) {
        self.call(move |listener| listener.hand_over(file));
    }

    /// Has the page be left for the one before it in the history.
    pub fn leave(self) {
        self.call(|listener| listener.leave());
    }

    /// Tells a host that an export was made.
    pub fn tell_export(self, export: Export) {
        self.call(move |listener| listener.exported(export));
    }

    /// Calls the listener once what is being done is done: it may take the page away.
    fn call(self, order: impl FnOnce(&dyn Listener) + 'static) {
        queue_microtask(move || {
            if let Some(listener) = self.listener.try_get_value().flatten() {
                order(&*listener);
            }
        });
    }

    /// Has the papers print what they are asked for from now on.
    pub fn print_by(self, print: impl Fn(Printing) + 'static) {
        self.printer.set_value(Some(Rc::new(print)));
    }

    /// Prints, once a dialogue that asked about it is shut.
    pub fn print(self, what: Printing) {
        queue_microtask(move || {
            if let Some(print) = self.printer.try_get_value().flatten() {
                print(what);
            }
        });
    }
}
