//! A link that shows something or hides it again, and says which of both it does.

use leptos::prelude::*;

use crate::app::live::{live, on_press};
use crate::app::session::Session;
use crate::wording::Text;

/// The link; its words are those of what a press does where it is off, and where it is on.
pub fn switch_link(
    session: Session,
    action: &'static str,
    [turn_on, turn_off]: [Text; 2],
    is_on: RwSignal<bool>,
) -> AnyView {
    let label = move || session.text(if is_on.get() { turn_off } else { turn_on });
    view! {
        <button
            type="button"
            class="link"
            data-action=action
            on:click=on_press(move |_| is_on.update(|is_on| *is_on = !*is_on))
        >
            {live(label)}
        </button>
    }
    .into_any()
}
