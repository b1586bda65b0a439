//! 其余均为 0, 其余均已备: what is left is filled in at one press, after it was
//! shown, and taken back at another.

use std::sync::Arc;

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;

use super::{Kind, button_saying};
use crate::app::live::{live, on_press};
use crate::app::session::Session;
use crate::wording::messages;

/// What is left of a list, and what filling it in does.
pub trait FillIn: Send + Sync {
    /// What would be filled in; `None` where nothing is left.
    fn offer(&self) -> Option<Offer>;

    /// Fills in what is left.
    fn fill(&self);

    /// What is said where something was filled in and can be taken back.
    fn done(&self) -> Option<String>;

    /// Takes back what was filled in.
    fn take_back(&self);
}

/// What would be filled in, and the words for it.
#[derive(Clone, PartialEq, Eq)]
pub struct Offer {
    /// On the button that shows what it would be.
    pub button: String,
    /// Before the list.
    pub lead: String,
    /// Each thing that would be filled in.
    pub items: Vec<String>,
    /// What is left out, and why.
    pub left_out: Option<String>,
    /// On the button that fills it in.
    pub go: String,
    /// On the button that does not.
    pub not: String,
}

/// The `data-action` of the button that shows the list, of the one that fills it in and of the one that takes it back.
pub type Actions = [Option<&'static str>; 3];

/// The buttons within an element that has that selector.
pub fn fill_rest(session: Session, selector: &str, actions: Actions, rest: Arc<dyn FillIn>) -> AnyView {
    let open = RwSignal::new(false);
    // Each press puts other buttons in the place of the pressed one: the focus goes on to the first of them.
    let first_button = StoredValue::new(format!("{selector} button"));
    let goes_on = move || session.page.focus(first_button.get_value());
    let list = StoredValue::new(format!("{selector} .fill"));
    let turn = move |is_open| {
        on_press(move |_| {
            open.set(is_open);
            if is_open {
                // The list is read before it is agreed to.
                session.page.focus(list.get_value());
            } else {
                goes_on();
            }
        })
    };
    let [show, confirm, undo] = actions;
    // Drawn anew only where it is another one.
    let state = {
        let rest = Arc::clone(&rest);
        Memo::new(move |_| {
            let done = rest.done();
            let offer = done.is_none().then(|| rest.offer()).flatten();
            (done, offer)
        })
    };
    let panel = move || {
        let (done, offer) = state.get();
        if let Some(done) = done {
            let rest = Arc::clone(&rest);
            let take_back = move |_| {
                rest.take_back();
                goes_on();
            };
            return Some(filled_in(session, done, undo, on_press(take_back)));
        }
        let offer = offer?;
        if !open.get() {
            return Some(button_saying(Kind::Small, show, offer.button, turn(true)));
        }
        let rest = Arc::clone(&rest);
        let fill = move |_| {
            rest.fill();
            open.set(false);
            goes_on();
        };
        let escape = move |event: KeyboardEvent| {
            if event.key() == "Escape" && !event.is_composing() {
                open.set(false);
                goes_on();
            }
        };
        Some(offered(offer, confirm, on_press(fill), turn(false), escape))
    };
    live(panel).into_any()
}

/// What would be filled in, with the button that does it and the one that does not.
fn offered(
    offer: Offer,
    action: Option<&'static str>,
    fill: Box<dyn FnMut(MouseEvent)>,
    close: Box<dyn FnMut(MouseEvent)>,
    escape: impl FnMut(KeyboardEvent) + 'static,
) -> AnyView {
    let label = offer.lead.clone();
    let items = offer.items.into_iter();
    let items: Vec<AnyView> = items.map(|item| view! { <li>{item}</li> }.into_any()).collect();
    let left_out = offer.left_out;
    let left_out = left_out.map(|text| view! { <p class="fill__left-out">{text}</p> }.into_any());
    view! {
        <div class="fill buttons" role="group" tabindex="-1" on:keydown=escape>
            <p>{offer.lead}</p>
            // A long list scrolls by itself, also by the keyboard, so that the buttons stay in sight.
            <div class="fill__list" role="group" aria-label=label tabindex="0">
                <ul>{items}</ul>
            </div>
            {left_out}
            <button type="button" class="btn btn--main btn--small" data-action=action on:click=fill>
                {offer.go}
            </button>
            {button_saying(Kind::Small, None, offer.not, close)}
        </div>
    }
    .into_any()
}

/// What is said of what was filled in, with the button that takes it back.
fn filled_in(
    session: Session,
    done: String,
    action: Option<&'static str>,
    take_back: Box<dyn FnMut(MouseEvent)>,
) -> AnyView {
    let text = session.text(messages::common::take_back());
    view! {
        <p class="fill__done" role="status">
            {done}
            {button_saying(Kind::Link, action, text, take_back)}
        </p>
    }
    .into_any()
}
