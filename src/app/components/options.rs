//! The options of a list to choose one from.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::live::live;
use crate::app::session::Session;
use crate::wording::messages;

/// What can be chosen, each with its label, and that nothing is yet; `current` is what is chosen.
pub fn options(
    session: Session,
    choices: Vec<(String, String)>,
    current: impl Fn() -> String + Send + Sync + 'static,
) -> AnyView {
    let current: Arc<dyn Fn() -> String + Send + Sync> = Arc::new(current);
    let options = choices.into_iter().map(|(value, label)| {
        let selected = {
            let (current, value) = (Arc::clone(&current), value.clone());
            move || current() == value
        };
        view! { <option value=value prop:selected=live(selected)>{label}</option> }.into_any()
    });
    let options: Vec<AnyView> = options.collect();
    view! {
        <option value="" prop:selected=move || current().is_empty()>
            {session.text(messages::common::choose())}
        </option>
        {options}
    }
    .into_any()
}
