//! What is folded away on a narrow page, and stands there on a wide one.

use leptos::prelude::*;

use crate::app::live::{live, on_press};

/// The button that unfolds what follows it, which a wide page leaves out. The element
/// around both bears [`folded`] as its class, by which the style folds on a narrow page.
pub fn unfold(
    action: &'static str,
    label: impl FnMut() -> String + Send + 'static,
    is_unfolded: RwSignal<bool>,
) -> AnyView {
    view! {
        <button
            type="button"
            class="unfold"
            data-action=action
            aria-expanded=move || if is_unfolded.get() { "true" } else { "false" }
            on:click=on_press(move |_| is_unfolded.update(|is_unfolded| *is_unfolded = !*is_unfolded))
        >
            {live(label)}
        </button>
    }
    .into_any()
}

/// The classes of what is folded on a narrow page until it is unfolded.
pub fn folded(class: &'static str, is_unfolded: RwSignal<bool>) -> String {
    let unfolded = if is_unfolded.get() { " is-unfolded" } else { "" };
    format!("{class} folds{unfolded}")
}
