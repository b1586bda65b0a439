//! The heading of a view.

use leptos::prelude::*;

/// The heading of a view of that name.
pub fn titled(name: String, intro: String) -> AnyView {
    view! {
        <div class="view-head">
            <h2 tabindex="-1">{name}</h2>
            {(!intro.is_empty()).then(|| view! { <p>{intro}</p> }.into_any())}
        </div>
    }
    .into_any()
}
