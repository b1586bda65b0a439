//! One change that is advised: what it does, what to mind, and the ways to where it is made.

use leptos::prelude::*;

use super::tried_out::{Tried, try_out};
use crate::app::components::fact_links;
use crate::app::session::Session;
use crate::assessment::{Improvement, signed};
use crate::json::Object;
use crate::numbers::Points;
use crate::policy::{ChangeWindow, FactIdx, Policy, Verdict};
use crate::wording::{Text, messages};

/// One change with what it does, and the ways to where its answers are given.
pub(super) fn item(session: Session, shown: &Improvement) -> AnyView {
    let policy = session.policy();
    let costs =
        shown.gain < Points::ZERO || shown.rules.iter().any(|(_, verdict)| *verdict == Verdict::Unmet);
    let class = if costs {
        "advice__item is-bad"
    } else {
        "advice__item"
    };
    let mut effects = shown.shown_rows(&policy);
    let assessment = session.filing.assessment;
    effects.extend(assessment.with_untracked(|assessment| shown.shown_rules(&policy, &assessment.readings)));
    let effects = effects
        .into_iter()
        .map(|text| view! { <li>{text}</li> }.into_any());
    let effects: Vec<AnyView> = effects.collect();
    let cautions = (!costs).then(|| cautions(&policy, shown));
    view! {
        <li class=class data-advice=shown.id.clone() data-when=shown.when.id()>
            <div class="advice__head">
                <p class="advice__do">{shown.shown(&policy)}</p>
                <p class="advice__gain">
                    <b>{session.say(messages::advice::points(&signed(shown.gain)))}</b>
                    <small>{session.say(messages::advice::total(&shown.total))}</small>
                </p>
            </div>
            <ul class="advice__effects">{effects}</ul>
            {cautions}
            {ways(session, shown)}
        </li>
    }
    .into_any()
}

/// What to mind where a change is made, and what may come with it.
pub(super) fn cautions(policy: &Policy, shown: &Improvement) -> AnyView {
    let cautions = shown.cautions(policy).into_iter().map(str::to_owned);
    let all = cautions.map(|text| view! { <p class="warn">{text}</p> }.into_any());
    let company = shown.shown_company(policy);
    let company = company.map(|text| view! { <p class="advice__note">{text}</p> }.into_any());
    all.chain(company).collect::<Vec<_>>().into_any()
}

/// Ways to the questions of a change, and into the scratch copy.
fn ways(session: Session, shown: &Improvement) -> AnyView {
    let policy = session.policy();
    let links = fact_links(session, shown.changes.iter().map(|change| change.fact));
    let answers = answers_of(&policy, shown);
    view! {
        <p class="advice__ways">
            <span>{session.text(messages::advice::where_to_answer())}</span> {links}
            {try_out(session, answers, Tried::Change)}
        </p>
    }
    .into_any()
}

/// What the facts of a change are answered with once it is made.
pub(super) fn answers_of(policy: &Policy, shown: &Improvement) -> Object {
    let mut answers = Object::new();
    for change in &shown.changes {
        let fact = &policy.facts[change.fact];
        answers.insert(fact.id.clone(), change.answer(policy));
    }
    answers
}

/// Marks what cannot be done at once.
pub(super) fn later_badge(shown: &Improvement) -> Option<AnyView> {
    (shown.when != ChangeWindow::Now)
        .then(|| view! { <span class="badge badge--care">{shown.when.label()}</span> }.into_any())
}

/// One of several ways to a condition that is not met yet.
pub(super) fn way_item(session: Session, way: &Improvement) -> AnyView {
    let policy = session.policy();
    let later = later_badge(way);
    view! {
        <li data-way=way.id.clone()>
            {way.shown(&policy)}
            " "
            {later}
            {cautions(&policy, way)}
            {ways(session, way)}
        </li>
    }
    .into_any()
}

/// Ways to the questions of some facts, and what they are for.
pub(super) fn led_links(session: Session, lead: Text, facts: &[FactIdx]) -> AnyView {
    let links = fact_links(session, facts.iter().copied());
    view! { <p class="advice__ways"><span>{session.text(lead)}</span> {links}</p> }.into_any()
}
