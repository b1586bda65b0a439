//! A staircase of points: every step, where the figure stands, where the next begins.

use leptos::prelude::*;

use crate::app::session::Session;
use crate::assessment::{Stair, Staircase};
use crate::numbers::Points;
use crate::wording::messages;

/// The least height of a stair, in hundredths, so that one of no points is seen as well.
const LOWEST: i64 = 4;

/// The staircase as a list that is drawn as one: columns where there is room,
/// bars on a telephone. `wants_more` is false where the row has its maximum
/// already, so that a next step would add nothing.
pub fn staircase_view(session: Session, staircase: &Staircase, wants_more: bool) -> AnyView {
    let highest = staircase
        .stairs
        .iter()
        .map(|stair| stair.points.in_hundredths())
        .max()
        .unwrap_or_default()
        .max(1);
    let next = staircase.next.filter(|_| wants_more).map(|next| next.place);
    let places = 0..staircase.stairs.len();
    let stairs = places
        .zip(&staircase.stairs)
        .map(|(place, stair)| stair_view(session, staircase, place, stair, highest, next));
    let stairs: Vec<AnyView> = stairs.collect();
    let ahead = staircase.ahead().filter(|_| wants_more).map(|ahead| {
        let ahead = if staircase.gated {
            session.say(messages::staircase::ahead_if(&ahead))
        } else {
            session.say(messages::staircase::ahead(&ahead))
        };
        view! { <span class="stairs__ahead">{ahead}</span> }.into_any()
    });
    let idle = if !staircase.counts {
        session.text(messages::staircase::idle_premise())
    } else if staircase.outdone {
        session.text(messages::staircase::idle_outdone())
    } else {
        String::new()
    };
    let unit = (!staircase.unit.is_empty()).then(|| session.say(messages::staircase::unit(&staircase.unit)));
    let analogy = staircase.stairs.iter().any(|stair| stair.by_analogy).then(|| {
        view! { <p class="note">{session.text(messages::staircase::analogy_note())}</p> }.into_any()
    });
    let class = if idle.is_empty() {
        "stairs"
    } else {
        "stairs is-idle"
    };
    view! {
        <div class=class data-staircase="">
            <p class="stairs__told">
                {session.say(messages::staircase::standing(&staircase.standing()))}
                {ahead}
                <span class="stairs__idle">{idle}</span>
            </p>
            <p class="stairs__unit" aria-hidden="true">{staircase.label.clone()} {unit}</p>
            <ol class="stairs__list">{stairs}</ol>
            {analogy}
        </div>
    }
    .into_any()
}

/// A stair, at its place among those of the staircase.
fn stair_view(
    session: Session,
    staircase: &Staircase,
    place: usize,
    stair: &Stair,
    highest: i64,
    next: Option<usize>,
) -> AnyView {
    let here = match (staircase.figure, staircase.hit) {
        (Some(figure), Some(hit)) if hit == place => {
            Some(session.say(messages::staircase::now(&staircase.with_unit(figure))))
        }
        _ if next == Some(place) => Some(session.text(messages::staircase::next())),
        _ => None,
    };
    let class = match staircase.hit {
        Some(hit) if hit == place => "stair is-hit",
        Some(hit) if place < hit => "stair is-below",
        _ if next == Some(place) => "stair is-next",
        _ => "stair",
    };
    let points = if staircase.taken_off {
        session.say(messages::staircase::points_off(&stair.points))
    } else {
        session.say(messages::staircase::points(&stair.points))
    };
    let analogy = stair.by_analogy.then(|| {
        view! {
            <small>{session.text(messages::staircase::by_analogy())}</small>
        }
        .into_any()
    });
    view! {
        <li class=class>
            <span class="stair__range">
                <span class="is-spoken">
                    {stair.name.clone()}
                    {session.text(messages::common::colon())}
                </span>
                <span aria-hidden="true">{stair.range.clone()}</span>
                {analogy}
            </span>
            {stair_bar(stair.points, highest)}
            <span class="stair__points">{points}</span>
            <span class="stair__here">{here}</span>
        </li>
    }
    .into_any()
}

/// A stair's height beside the highest: upright where there is room, lying on a telephone.
fn stair_bar(points: Points, highest: i64) -> AnyView {
    let size = (points.in_hundredths() * 100 / highest).clamp(LOWEST, 100);
    view! {
        <svg
            class="stair__bar"
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
        >
            <rect
                class="stair__tall"
                x="0"
                y=(100 - size).to_string()
                width="100"
                height=size.to_string()
            ></rect>
            <rect class="stair__long" x="0" y="0" width=size.to_string() height="100"></rect>
        </svg>
    }
    .into_any()
}
