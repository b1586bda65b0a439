//! The way to 符合, condition by condition.

use leptos::prelude::*;

use super::change::{item, later_badge, led_links, way_item};
use super::group;
use crate::app::session::Session;
use crate::assessment::{EligibilityGap, EligibilityPath, Obstacle, Overall};
use crate::wording::messages;

/// The way to 符合, where some condition does not stand.
pub(super) fn eligibility_path_part(session: Session, path: &EligibilityPath) -> AnyView {
    if path.gaps.is_empty() {
        return ().into_any();
    }
    let policy = session.policy();
    let gaps: Vec<AnyView> = path.gaps.iter().map(|gap| gap_item(session, gap)).collect();
    let together = path.together.as_ref().map(|together| {
        let outcome = match together.overall {
            Overall::Eligible => session.text(messages::advice::all_reached()),
            _ => session.text(messages::advice::some_reached()),
        };
        view! {
            <div class="advice__together">
                <p class="advice__note">{outcome} " " {later_badge(together)}</p>
                <ul class="advice__list">{item(session, together)}</ul>
            </div>
        }
    });
    let title = session.say(messages::advice::eligibility_path(
        &policy.scheme.verdicts.eligible,
    ));
    let body = view! { <ul class="advice__list">{gaps}</ul> {together} };
    group(title, body.into_any())
}

fn gap_item(session: Session, gap: &EligibilityGap) -> AnyView {
    let policy = session.policy();
    let rules: Vec<_> = gap.rules.iter().map(|place| &policy.rules[*place]).collect();
    let names: Vec<String> = rules
        .iter()
        .map(|rule| session.say(messages::common::with_code(&rule.id, &rule.title)))
        .collect();
    let ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    let reasons: Vec<AnyView> = gap
        .rules
        .iter()
        .map(|place| view! { <li>{session.filing.rule_reason(*place)}</li> }.into_any())
        .collect();
    let unknown = matches!(gap.obstacle, Some(Obstacle::Open(_) | Obstacle::Unclear));
    let class = if unknown {
        "advice__item is-open"
    } else {
        "advice__item is-bad"
    };
    let next: Vec<AnyView> = rules
        .iter()
        .map(|rule| view! { <p class="rule__next">{gap.next_step(rule).to_owned()}</p> }.into_any())
        .collect();
    let body = match &gap.obstacle {
        None => {
            let lead = if gap.ways.len() > 1 {
                session.text(messages::advice::any_of())
            } else {
                session.text(messages::advice::shortest())
            };
            let ways: Vec<AnyView> = gap.ways.iter().map(|way| way_item(session, way)).collect();
            view! { <p class="advice__note">{lead}</p> <ul class="advice__choices">{ways}</ul> }.into_any()
        }
        Some(Obstacle::Open(facts)) => led_links(session, messages::advice::answer_first(), facts),
        Some(Obstacle::Unclear) => ().into_any(),
        Some(Obstacle::Settled(_)) => {
            view! { <p class="advice__note">{session.text(messages::advice::settled())}</p> }.into_any()
        }
        Some(Obstacle::NoWay) => {
            view! { <p class="advice__note">{session.text(messages::advice::no_way())}</p> }.into_any()
        }
    };
    view! {
        <li class=class data-entry=ids.join(" ")>
            <p class="advice__do">{names.join(&session.text(messages::common::comma()))}</p>
            <ul class="advice__effects">{reasons}</ul>
            {body}
            {next}
        </li>
    }
    .into_any()
}
