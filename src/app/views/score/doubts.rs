//! 读法与疑义: every doubt of the scheme by what it moves in this case.

use leptos::prelude::*;

use super::feedback::feedback;
use super::office_papers::office_papers;
use super::reading_choice::reading_choice;
use crate::answers::Case;
use crate::app::components::link;
use crate::app::live::{lines, live, on_change};
use crate::app::session::Session;
use crate::assessment::{DoubtEffect, doubt_effects};
use crate::numbers::Points;
use crate::policy::{Doubt, DoubtIdx, Reading};
use crate::wording::messages;

/// What the doubts do to the case: every doubt with what it moves.
type DoubtEffects = Memo<Vec<DoubtEffect>>;

/// The part: each doubt with what it moves and the choice of its reading.
pub fn view(session: Session) -> AnyView {
    let effects: DoubtEffects = Memo::new(move |_| {
        session
            .filing
            .assessment
            .with(|assessment| doubt_effects(&session.policy(), assessment))
    });
    // The order changes only with the case's figures, so that nothing moves under the hand that chooses a reading.
    let order = Memo::new(move |_| {
        effects.with(|effects| {
            let (moving, idle): (Vec<_>, Vec<_>) = effects.iter().partition(|effect| effect.moves());
            let places = |effects: Vec<&DoubtEffect>| -> Vec<DoubtIdx> {
                effects.into_iter().map(|effect| effect.doubt).collect()
            };
            (places(moving), places(idle))
        })
    });
    // Each doubt is drawn once, and kept where others come before it: one may be typing in it.
    let drawn = move |place: DoubtIdx| doubt_view(session, effects, place, &session.policy().doubts[place]);
    let none_moves = Memo::new(move |_| order.with(|(moving, _)| moving.is_empty()));
    let moving = move || {
        if none_moves.get() {
            return view! { <p class="doubt note">{session.text(messages::doubts::none_moves())}</p> }
                .into_any();
        }
        let places = move || order.with(|(moving, _)| moving.clone());
        view! { <div>{lines(places, drawn)}</div> }.into_any()
    };
    let none_idle = Memo::new(move |_| order.with(|(_, idle)| idle.is_empty()));
    let idle_count = move || order.with(|(_, idle)| idle.len());
    let idle = move || {
        (!none_idle.get()).then(|| {
            let places = move || order.with(|(_, idle)| idle.clone());
            view! {
                <section class="group">
                    <details class="fold">
                        <summary>{move || session.say(messages::doubts::idle(&idle_count()))}</summary>
                        {lines(places, drawn)}
                    </details>
                </section>
            }
        })
    };
    let count = move || order.with(|(moving, _)| moving.len());
    view! {
        {expert_switch(session)}
        <section class="group" aria-label=session.text(messages::doubts::moving())>
            <div class="group__head">
                <div>
                    <h3>{move || session.say(messages::doubts::moving_title(&count()))}</h3>
                    <p>{session.text(messages::doubts::moving_note())}</p>
                </div>
            </div>
            {live(moving)}
        </section>
        {live(idle)}
        {office_papers(session)}
    }
    .into_any()
}

/// The switch of the expert mode, and what has been chosen.
fn expert_switch(session: Session) -> AnyView {
    let toggled = move |event: leptos::ev::Event| session.page.expert.set(event_target_checked(&event));
    let hint = move || {
        session
            .page
            .expert
            .get()
            .then(|| session.say(messages::doubts::expert_hint(&session.policy().score_sheet.name)))
    };
    view! {
        <section class="expert" aria-label=session.text(messages::doubts::expert())>
            <label class="choice">
                <input
                    type="checkbox"
                    role="switch"
                    data-action="expert-mode"
                    prop:checked=move || session.page.expert.get()
                    on:change=on_change(toggled)
                />
                <span>
                    <b>{session.text(messages::doubts::expert())}</b>
                    {session.text(messages::doubts::expert_for_case())}
                </span>
            </label>
            {move || hint().map(|text| view! { <p class="note">{text}</p> }.into_any())}
            <div class="expert__chosen">{live(move || readings_chosen(session))}</div>
        </section>
    }
    .into_any()
}

/// The readings chosen for the case, each with a way to its doubt.
fn readings_chosen(session: Session) -> Option<AnyView> {
    let policy = session.policy();
    let behind = session
        .filing
        .assessment
        .with(|assessment| assessment.choices(&policy));
    let chosen: Vec<AnyView> = session.filing.case.with(|case| {
        let chosen = policy.doubts.enumerated().filter_map(|(place, doubt)| {
            let chosen = case.readings.get(&doubt.id).filter(|chosen| chosen.departs())?;
            let id = doubt.id.clone();
            let label = format!("{id} {}", chosen.reading.label());
            let idle = (!behind.contains(&place)).then(|| {
                let text = session.text(if chosen.counts() {
                    messages::doubts::moves_nothing()
                } else {
                    messages::doubts::not_counted()
                });
                view! { <span class="badge badge--care">{text}</span> }
            });
            let go = move |_| session.page.open_doubt(&id);
            Some(
                view! {
                    <li>
                        {link(label, go)}
                        " "
                        {doubt.title.clone()}
                        " "
                        {idle}
                    </li>
                }
                .into_any(),
            )
        });
        chosen.collect()
    });
    (!chosen.is_empty()).then(|| {
        view! {
            <p>{session.text(messages::doubts::chosen_for_case())}</p>
            <ul>{chosen}</ul>
        }
        .into_any()
    })
}

/// What a doubt is about, what hangs on it, and what can be said to it.
fn doubt_view(session: Session, effects: DoubtEffects, place: DoubtIdx, doubt: &Doubt) -> AnyView {
    let effect = move || effects.with(|effects| effects.iter().find(|one| one.doubt == place).cloned());
    let effect = Memo::new(move |_| effect());
    let moved = move || effect.with(|effect| effect.as_ref().map(|effect| moved_by(session, effect)));
    let chosen = {
        let id = doubt.id.clone();
        Memo::new(move |_| {
            session
                .filing
                .case
                .with(|case| case.readings.get(&id).map(|chosen| chosen.reading))
                .unwrap_or_default()
        })
    };
    // Without its reason a choice does not count.
    let counted = {
        let id = doubt.id.clone();
        Memo::new(move |_| {
            let counting = |case: &Case| {
                let chosen = case.readings.get(&id).filter(|chosen| chosen.counts());
                chosen.map(|chosen| chosen.reading)
            };
            session.filing.case.with(counting).unwrap_or_default()
        })
    };
    let readings: Vec<AnyView> = doubt
        .readings()
        .map(|reading| reading_line(session, doubt, reading, effect, counted))
        .collect();
    let concerns: Vec<AnyView> = doubt
        .concerns
        .iter()
        .filter_map(|id| concern(session, id))
        .collect();
    let choice = doubt
        .has_branches()
        .then(|| reading_choice(session, doubt, chosen));
    view! {
        <article class="doubt" data-doubt=doubt.id.clone()>
            <div class="doubt__head">
                <h4 tabindex="-1">{session.say(messages::common::with_code(&doubt.id, &doubt.title))}</h4>
                <span class="doubt__moved">{live(moved)}</span>
            </div>
            <p class="doubt__words">
                <span class="clause">{doubt.clause.clone()} {session.text(messages::common::colon())}</span>
                {session.say(messages::doubts::words(&doubt.words))}
            </p>
            <dl class="readings">{readings}</dl>
            {same_readings(session, doubt).map(|text| view! { <p class="note">{text}</p> }.into_any())}
            <p class="doubt__why"><b>{session.text(messages::doubts::why())}</b> {doubt.reason.clone()}</p>
            <p class="doubt__concerns">{session.text(messages::doubts::concerns())} {concerns}</p>
            {choice}
            {feedback(session, doubt, effect)}
        </article>
    }
    .into_any()
}

/// What a doubt moves in this case, in one line.
fn moved_by(session: Session, effect: &DoubtEffect) -> String {
    let points = match (effect.strict < Points::ZERO, effect.lenient > Points::ZERO) {
        (true, true) => session.say(messages::doubts::moved_both(&effect.lenient, &effect.strict)),
        (true, false) => session.say(messages::doubts::moved_strict(&effect.strict)),
        (false, true) => session.say(messages::doubts::moved_lenient(&effect.lenient)),
        (false, false) => String::new(),
    };
    let eligibility = if effect.rules.is_empty() {
        String::new()
    } else {
        session.text(messages::doubts::moves_eligibility())
    };
    let jointly = if points.is_empty() && !effect.jointly.is_empty() {
        session.text(messages::doubts::moves_jointly())
    } else {
        String::new()
    };
    let shown: Vec<&str> = [points.as_str(), jointly.as_str(), eligibility.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    shown.join(" · ")
}

/// A reading of a doubt with what it does to this case.
fn reading_line(
    session: Session,
    doubt: &Doubt,
    reading: Reading,
    effect: Memo<Option<DoubtEffect>>,
    counted: Memo<Reading>,
) -> AnyView {
    let effect = move || {
        effect.with(|effect| {
            let effect = effect.as_ref()?;
            (reading != Reading::Default).then(|| effect.in_words(&session.policy(), reading))
        })
    };
    let taken = move || {
        (counted.get() == reading).then(|| {
            view! { <span class="badge">{session.text(messages::doubts::taken())}</span> }.into_any()
        })
    };
    let says = doubt.says(reading).to_owned();
    view! {
        <div class="reading">
            <dt>{reading.label()} " " {live(taken)}</dt>
            <dd>
                {says}
                " "
                {move || effect().map(|text| view! {
                    <span class="reading__effect">
                        {session.text(messages::doubts::in_this_case())}
                        {text}
                    </span>
                }.into_any())}
            </dd>
        </div>
    }
    .into_any()
}

/// Which readings of a doubt do not differ from the default one.
fn same_readings(session: Session, doubt: &Doubt) -> Option<String> {
    let same: Vec<&str> = [Reading::Strict, Reading::Lenient]
        .into_iter()
        .filter(|reading| !doubt.readings().any(|other| other == *reading))
        .map(Reading::label)
        .collect();
    match same.as_slice() {
        [] => None,
        [one] => Some(session.say(messages::doubts::same_reading(&one))),
        _ => Some(session.text(messages::doubts::only_reading())),
    }
}

/// A way to a row or a rule that a doubt concerns.
fn concern(session: Session, id: &str) -> Option<AnyView> {
    let policy = session.policy();
    let is_row = policy.row(id).is_some();
    let title = match policy.row(id) {
        Some(row) => row.title.clone(),
        None => policy.rule(id)?.title.clone(),
    };
    let label = format!("{id} {title}");
    let id = id.to_owned();
    let go = move |_| {
        if is_row {
            session.page.open_row(&id);
        } else {
            session.page.open_rule(&id);
        }
    };
    Some(view! { {link(label, go)} " " }.into_any())
}
