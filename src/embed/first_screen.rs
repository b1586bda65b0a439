//! What was typed into the first screen before the module was there.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::answers::{FactState, MoneyUnit, read_answer};
use crate::app::Session;
use crate::browser::{active_element, focus_on};
use crate::json::Json;
use crate::policy::FactKind;

/// Answers typed so far, by fact id, and the input that has the focus.
pub struct TypedSoFar {
    answers: Vec<(String, String)>,
}

/// The attribute on the root that remembers the focused input across the change.
const FOCUS_MARK: &str = "data-focus";

/// Takes what was typed into `root`.
pub fn take(root: &HtmlElement) -> TypedSoFar {
    let mut answers = Vec::new();
    let inputs = root.query_selector_all("[data-fact]").ok();
    let count = inputs.as_ref().map_or(0, web_sys::NodeList::length);
    let nodes = (0..count).filter_map(|place| inputs.as_ref()?.get(place));
    for node in nodes {
        let (id, value) = if let Some(input) = node.dyn_ref::<HtmlInputElement>() {
            let chosen = input.type_() != "radio" || input.checked();
            (
                input.get_attribute("data-fact"),
                if chosen { input.value() } else { String::new() },
            )
        } else if let Some(select) = node.dyn_ref::<HtmlSelectElement>() {
            (select.get_attribute("data-fact"), select.value())
        } else {
            continue;
        };
        if let Some(id) = id.filter(|_| !value.is_empty()) {
            answers.push((id, value));
        }
    }
    let active = active_element(root).filter(|active| root.contains(Some(active)));
    if let Some(active) = active {
        let value = if active.get_attribute("type").as_deref() == Some("radio") {
            active.get_attribute("value")
        } else {
            None
        };
        if let Some(id) = active.get_attribute("data-fact") {
            let value = value.map_or_else(String::new, |value| format!("[value=\"{value}\"]"));
            let _ = root.set_attribute(FOCUS_MARK, &format!("[data-fact=\"{id}\"]{value}"));
        }
    }
    TypedSoFar { answers }
}

impl TypedSoFar {
    /// Gives the answers to the session, as if they had been typed there.
    pub fn put_back(self, session: Session) {
        let policy = session.policy();
        for (id, text) in self.answers {
            let Some((_, fact)) = policy.fact(&id) else {
                continue;
            };
            match fact.kind {
                FactKind::YesNo => {
                    session
                        .filing
                        .answer(fact, Some(Json::Bool(text == "true")), FactState::Exact)
                }
                FactKind::Choice => session
                    .filing
                    .answer(fact, Some(Json::Text(text)), FactState::Exact),
                FactKind::Money | FactKind::Count | FactKind::Years => {
                    let typed = read_answer(fact, &text, MoneyUnit::default(), session.today());
                    session.filing.take(fact, typed, FactState::Approximate);
                }
            }
        }
    }
}

/// Puts the focus back on the input that had it.
pub fn restore_focus(root: &HtmlElement) {
    if let Some(selector) = root.get_attribute(FOCUS_MARK) {
        let _ = root.remove_attribute(FOCUS_MARK);
        focus_on(root, &selector);
    }
}
