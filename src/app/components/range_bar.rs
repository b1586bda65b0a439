//! A score as a bar from nothing to its maximum: what every reading gives, what
//! depends on the reading, what is not answered yet, and where the own score stands.

use leptos::prelude::*;

use crate::app::live::live;
use crate::app::session::Session;
use crate::assessment::Range;
use crate::numbers::Points;
use crate::wording::messages;

/// How many hatches mark the part that is not answered yet.
const HATCHES: i64 = 12;

/// Where points are in the picture. It is drawn in hundredths of a point, so that
/// nothing is rounded; by attributes only, as the page allows no inline styles.
fn at(points: Points) -> i64 {
    points.in_hundredths().max(0)
}

/// The strokes over the part that is not answered yet.
fn hatches(range: Range) -> String {
    let (from, open) = (at(range.figures.lenient), at(range.open));
    let places = (0..HATCHES).filter(|_| open > 0);
    let strokes: Vec<String> = places
        .map(|place| format!("M{} 200V800", from + open * (2 * place + 1) / (2 * HATCHES)))
        .collect();
    strokes.concat()
}

/// The bar. It is a picture of figures that are beside it as text.
pub fn range_bar(range: Signal<Range>) -> AnyView {
    let full = move || at(range.get().max).max(1);
    let part = move |class: &'static str, from: fn(&Range) -> Points, to: fn(&Range) -> Points| {
        let from = move || at(from(&range.get()));
        let width = move || (at(to(&range.get())) - from()).max(0);
        view! {
            <rect
                class=class
                x=move || from().to_string()
                y="200"
                width=move || width().to_string()
                height="600"
            ></rect>
        }
        .into_any()
    };
    // The mark stays within the bar at both ends.
    let mark = move || {
        let most = full() - full() / 60;
        (at(range.get().figures.own) - full() / 120)
            .clamp(0, most)
            .to_string()
    };
    view! {
        <svg
            class="range"
            viewBox=move || format!("0 0 {} 1000", full())
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
        >
            <rect class="range__ground" x="0" y="200" width=move || full().to_string() height="600"></rect>
            {part("range__sure", |_| Points::ZERO, |range| range.figures.strict)}
            {part("range__span", |range| range.figures.strict, |range| range.figures.lenient)}
            {part(
                "range__open",
                |range| range.figures.lenient,
                |range| range.figures.lenient.plus(range.open),
            )}
            <path class="range__hatch" d=live(move || hatches(range.get()))></path>
            <rect
                class="range__mark"
                x=live(mark)
                y="0"
                width=move || (full() / 60).to_string()
                height="1000"
            ></rect>
        </svg>
    }
    .into_any()
}

/// What the parts of a bar mean.
pub fn range_legend(session: Session) -> AnyView {
    let entries = [
        ("key key--sure", messages::range::sure()),
        ("key key--span", messages::range::span()),
        ("key key--open", messages::range::open()),
        ("key key--mark", messages::range::mark()),
    ]
    .map(|(class, label)| {
        view! { <li><span class=class aria-hidden="true"></span> {session.text(label)}</li> }.into_any()
    });
    view! { <ul class="legend">{entries.into_iter().collect::<Vec<_>>()}</ul> }.into_any()
}
