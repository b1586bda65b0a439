//! Ways to questions, by the names of what they ask.

use leptos::prelude::*;

use super::link;
use crate::app::session::Session;
use crate::policy::FactIdx;

/// A way to the question of each fact.
pub fn fact_links(session: Session, facts: impl IntoIterator<Item = FactIdx>) -> Vec<AnyView> {
    let policy = session.policy();
    let links = facts.into_iter().map(|fact| {
        let fact = &policy.facts[fact];
        let id = fact.id.clone();
        let go = move |_| session.open_fact(&id);
        view! { {link(fact.label.clone(), go)} " " }.into_any()
    });
    links.collect()
}
