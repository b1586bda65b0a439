//! 口径与疑义: every doubt of the scheme by what it moves in this case, other
//! readings chosen by experts, and what is asked of and shown to the office.

use leptos::prelude::*;

use crate::answers::{Case, ChosenReading, Feedback, plain_prose};
use crate::app::live::{entered, live, on_change, on_press};
use crate::app::session::Session;
use crate::assessment::{DoubtEffect, doubt_effects};
use crate::documents::{Document, feedback_form, questions_to_the_office};
use crate::json::Object;
use crate::numbers::Points;
use crate::policy::{Doubt, DoubtIdx, Reading};
use crate::wording::{Text, messages};

/// What the doubts do to the case: every doubt with what it moves.
type DoubtEffects = Memo<Vec<DoubtEffect>>;

/// The part.
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
    let entries = move |places: &[DoubtIdx]| -> Vec<AnyView> {
        let policy = session.policy();
        places
            .iter()
            .map(|place| doubt_view(session, effects, *place, &policy.doubts[*place]))
            .collect()
    };
    let moving = move || {
        order.with(|(moving, _)| {
            if moving.is_empty() {
                return view! { <p class="doubt note">{session.text(messages::doubts::none_moves())}</p> }
                    .into_any();
            }
            view! { <div>{entries(moving)}</div> }.into_any()
        })
    };
    let idle = move || {
        order.with(|(_, idle)| {
            (!idle.is_empty()).then(|| {
                view! {
                    <section class="group">
                        <details class="fold">
                            <summary>{session.say(messages::doubts::idle(&idle.len()))}</summary>
                            {entries(idle)}
                        </details>
                    </section>
                }
            })
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
        {papers(session)}
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
    let chosen = move || {
        let policy = session.policy();
        session.filing.case.with(|case| {
            let chosen =
                policy.doubts.iter().filter_map(|doubt| {
                    let chosen = case.readings.get(&doubt.id).filter(|chosen| chosen.departs())?;
                    let id = doubt.id.clone();
                    let label = format!("{id} {}", chosen.reading.label());
                    let idle = (!chosen.counts()).then(|| view! {
                    <span class="badge badge--care">{session.text(messages::doubts::not_counted())}</span>
                });
                    Some(
                        view! {
                            <li>
                                <button
                                    type="button"
                                    class="link"
                                    on:click=on_press(move |_| session.page.open_doubt(&id))
                                >
                                    {label}
                                </button>
                                " "
                                {doubt.title.clone()}
                                " "
                                {idle}
                            </li>
                        }
                        .into_any(),
                    )
                });
            let chosen: Vec<AnyView> = chosen.collect();
            (!chosen.is_empty()).then(|| {
                view! {
                    <p>{session.text(messages::doubts::chosen_for_case())}</p>
                    <ul>{chosen}</ul>
                }
            })
        })
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
            <div class="expert__chosen">{live(chosen)}</div>
        </section>
    }
    .into_any()
}

/// What a doubt is about, what hangs on it, and what can be said to it.
fn doubt_view(session: Session, effects: DoubtEffects, place: DoubtIdx, doubt: &Doubt) -> AnyView {
    let effect = move || effects.with(|effects| effects.iter().find(|one| one.doubt == place).cloned());
    let effect = Memo::new(move |_| effect());
    let moved = move || {
        effect.with(|effect| {
            let effect = effect.as_ref()?;
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
            let shown: Vec<&str> = [points.as_str(), eligibility.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
            Some(shown.join(" · "))
        })
    };
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
        .map(|reading| {
            let effect = move || {
                effect.with(|effect| {
                    let effect = effect.as_ref()?;
                    (reading != Reading::Default).then(|| effect.in_words(&session.policy(), reading))
                })
            };
            let taken = move || {
                (counted.get() == reading).then(|| {
                    view! {
                        <span class="badge">{session.text(messages::doubts::taken())}</span>
                    }
                    .into_any()
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
        })
        .collect();
    let same: Vec<&str> = [Reading::Strict, Reading::Lenient]
        .into_iter()
        .filter(|reading| !doubt.readings().any(|other| other == *reading))
        .map(Reading::label)
        .collect();
    let same = match same.as_slice() {
        [] => None,
        [one] => Some(session.say(messages::doubts::same_reading(&one))),
        _ => Some(session.text(messages::doubts::only_reading())),
    };
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
                <h4 tabindex="-1">{format!("{} {}", doubt.id, doubt.title)}</h4>
                <span class="doubt__moved">{live(moved)}</span>
            </div>
            <p class="doubt__words">
                <span class="clause">{doubt.clause.clone()} {session.text(messages::common::colon())}</span>
                {session.say(messages::doubts::words(&doubt.words))}
            </p>
            <dl class="readings">{readings}</dl>
            {same.map(|text| view! { <p class="note">{text}</p> }.into_any())}
            <p class="doubt__why"><b>{session.text(messages::doubts::why())}</b> {doubt.reason.clone()}</p>
            <p class="doubt__concerns">{session.text(messages::doubts::concerns())} {concerns}</p>
            {choice}
            {feedback(session, doubt, effect)}
        </article>
    }
    .into_any()
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
    Some(view! { <button type="button" class="link" on:click=on_press(go)>{label}</button> " " }.into_any())
}

/// Another reading for this case with its reason; in the expert mode it can be
/// changed, else what was chosen is shown.
fn reading_choice(session: Session, doubt: &Doubt, chosen: Memo<Reading>) -> AnyView {
    let id = doubt.id.clone();
    let change = move |change: &dyn Fn(&mut ChosenReading)| {
        session.filing.case.update(|case| {
            let entry = case.readings.entry(id.clone()).or_insert(ChosenReading {
                reading: Reading::Default,
                reason: String::new(),
                others: Object::new(),
            });
            change(entry);
            if !entry.departs() && entry.reason.is_empty() && entry.others.is_empty() {
                case.readings.remove(&id);
            }
        });
    };
    let reason = {
        let id = doubt.id.clone();
        move || {
            session.filing.case.with(|case| {
                let chosen = case.readings.get(&id);
                chosen.map(|chosen| chosen.reason.clone()).unwrap_or_default()
            })
        }
    };
    let trouble = {
        let (doubt, reason) = (doubt.clone(), reason.clone());
        move || {
            let reading = chosen.get();
            if reading == Reading::Default {
                None
            } else if !doubt.readings().any(|other| other == reading) {
                let label = reading.label();
                Some(session.say(messages::doubts::reading_missing(&label)))
            } else if reason().trim().is_empty() {
                Some(session.text(messages::doubts::reason_wanted()))
            } else {
                None
            }
        }
    };
    let group = format!("reading-{}", doubt.id);
    let options: Vec<(Reading, String)> = doubt.readings().map(|reading| (reading, group.clone())).collect();
    let (legend, doubt_id, title) = (
        session.say(messages::doubts::choice_legend(&doubt.id)),
        doubt.id.clone(),
        doubt.title.clone(),
    );
    let shown = move || {
        if !session.page.expert.get() {
            let departs = chosen.get() != Reading::Default;
            let reason = reason.clone();
            return departs.then(|| {
                let text = move || {
                    let reason = reason();
                    let reading = chosen.get().label();
                    match reason.trim() {
                        "" => session.say(messages::doubts::chosen_idle(&reading)),
                        reason => session.say(messages::doubts::chosen_shown(&reading, &reason)),
                    }
                };
                view! { <p class="doubt__chosen">{live(text)}</p> }.into_any()
            });
        }
        let radios: Vec<AnyView> = options
            .iter()
            .map(|(reading, group)| {
                let (reading, change) = (*reading, change.clone());
                let choose = move |_| change(&|chosen| chosen.reading = reading);
                view! {
                    <label class="choice choice--inline">
                        <input
                            type="radio"
                            name=group.clone()
                            value=reading.id()
                            data-reading=doubt_id.clone()
                            prop:checked=move || chosen.get() == reading
                            on:change=on_change(choose)
                        />
                        <span>{reading.label()}</span>
                    </label>
                }
                .into_any()
            })
            .collect();
        // Asked for only where another reading is chosen or something was typed; typing must not draw it anew.
        let wanted = {
            let reason = reason.clone();
            Memo::new(move |_| chosen.get() != Reading::Default || !reason().is_empty())
        };
        let reason_line = {
            let (reason, change) = (reason.clone(), change.clone());
            let (id, label) = (
                doubt_id.clone(),
                session.say(messages::doubts::reason_label(&title)),
            );
            move || {
                let (reason, change) = (reason.clone(), change.clone());
                let (id, label) = (id.clone(), label.clone());
                wanted.get().then(|| {
                    let set_reason = move |event: leptos::ev::Event| {
                        let text = plain_prose(&event_target_value(&event));
                        change(&|chosen| chosen.reason.clone_from(&text));
                    };
                    view! {
                        <label class="doubt__reason">
                            {session.text(messages::common::reason())}
                            <input
                                type="text"
                                class="entry"
                                autocomplete="off"
                                data-reading-reason=id
                                aria-label=label
                                prop:value=entered(reason)
                                on:input=on_change(set_reason)
                            />
                        </label>
                    }
                    .into_any()
                })
            }
        };
        let trouble = trouble.clone();
        Some(
            view! {
                <fieldset class="doubt__choice">
                    <legend>{legend.clone()}</legend>
                    {radios}
                    {live(reason_line)}
                    {move || trouble().map(|text| view! { <p class="err">{text}</p> }.into_any())}
                </fieldset>
            }
            .into_any(),
        )
    };
    view! { <div>{live(shown)}</div> }.into_any()
}

/// What the applicant would have as the rule, and why.
fn feedback(session: Session, doubt: &Doubt, effect: Memo<Option<DoubtEffect>>) -> AnyView {
    let id = doubt.id.clone();
    let entry = {
        let id = id.clone();
        move || {
            session
                .filing
                .case
                .with(|case| case.feedback.get(&id).cloned().unwrap_or_default())
        }
    };
    let change = {
        let id = id.clone();
        move |change: &dyn Fn(&mut Feedback)| {
            session.filing.case.update(|case| {
                let entry = case.feedback.entry(id.clone()).or_default();
                change(entry);
                if *entry == Feedback::default() {
                    case.feedback.remove(&id);
                }
            });
        }
    };
    let option = |reading: Option<Reading>, label: String| {
        let (entry, change) = (entry.clone(), change.clone());
        let checked = move || {
            let entry = entry();
            entry.reading == reading && (reading.is_some() || entry.is_said())
        };
        let choose = move |_| change(&|feedback| feedback.reading = reading);
        view! {
            <label class="choice choice--inline">
                <input
                    type="radio"
                    name=format!("feedback-{id}")
                    value=reading.map_or("", Reading::id)
                    data-feedback=id.clone()
                    prop:checked=live(checked)
                    on:change=on_change(choose)
                />
                <span>{label}</span>
            </label>
        }
        .into_any()
    };
    let mut options: Vec<AnyView> = doubt
        .readings()
        .map(|reading| option(Some(reading), reading.label().to_owned()))
        .collect();
    options.push(option(None, session.text(messages::doubts::other_proposal())));
    let summary = {
        let entry = entry.clone();
        move || {
            if entry().is_said() {
                messages::doubts::feedback_given()
            } else {
                messages::doubts::feedback()
            }
        }
    };
    let moved = {
        let entry = entry.clone();
        move || {
            let reading = entry().reading?;
            let policy = session.policy();
            effect.with(|effect| {
                Some(session.say(messages::doubts::effect(
                    &effect.as_ref()?.in_words(&policy, reading),
                    &reading.label(),
                )))
            })
        }
    };
    let trouble = {
        let entry = entry.clone();
        move || {
            let entry = entry();
            (entry.reading.is_some() && entry.reason.trim().is_empty())
                .then(|| session.text(messages::doubts::feedback_reason_wanted()))
        }
    };
    let set_reason = {
        let change = change.clone();
        move |event: leptos::ev::Event| {
            let text = plain_prose(&event_target_value(&event));
            change(&|feedback| feedback.reason.clone_from(&text));
        }
    };
    let said = {
        let entry = entry.clone();
        move || entry().is_said()
    };
    let clear = {
        let id = id.clone();
        move |_| {
            session.filing.case.update(|case| {
                case.feedback.remove(&id);
            })
        }
    };
    let clear = move || {
        let clear = clear.clone();
        said().then(|| {
            view! {
                <button type="button" class="link" on:click=on_press(clear)>
                    {session.text(messages::doubts::feedback_delete())}
                </button>
            }
            .into_any()
        })
    };
    view! {
        <details class="doubt__feedback">
            <summary>{move || session.text(summary())}</summary>
            <fieldset class="doubt__choice">
                <legend>{session.text(messages::doubts::feedback_legend())}</legend>
                {options}
                <label class="doubt__reason">
                    {session.text(messages::doubts::feedback_reason())}
                    <textarea
                        class="entry"
                        rows="2"
                        data-feedback-reason=doubt.id.clone()
                        aria-label=session.say(messages::doubts::feedback_reason_label(&doubt.title))
                        prop:value=entered(move || entry().reason)
                        on:input=on_change(set_reason)
                    ></textarea>
                </label>
                <p class="note">{session.text(messages::doubts::feedback_note())}</p>
                {move || moved().map(|text| view! { <p class="note">{text}</p> }.into_any())}
                {move || trouble().map(|text| view! { <p class="warn">{text}</p> }.into_any())}
                {live(clear)}
            </fieldset>
        </details>
    }
    .into_any()
}

fn questions_paper(session: Session) -> Document {
    questions_to_the_office(&session.policy(), &session.filing.assessment.get_untracked())
}

fn feedback_paper(session: Session) -> Document {
    let assessment = session.filing.assessment.get_untracked();
    session
        .filing
        .case
        .with_untracked(|case| feedback_form(&session.policy(), case, &assessment))
}

/// The papers for the office.
fn papers(session: Session) -> AnyView {
    let said = move || {
        session
            .filing
            .case
            .with(|case| case.feedback.values().filter(|entry| entry.is_said()).count())
    };
    let paper = move |make: fn(Session) -> Document,
                      label: Text,
                      print: &'static str,
                      export: &'static str,
                      hint: AnyView| {
        view! {
            <li>
                <div>
                    <button
                        type="button"
                        class="btn"
                        data-action=print
                        on:click=on_press(move |_| session.print_sheet(&make(session)))
                    >
                        {session.say(messages::doubts::print(&session.text(label)))}
                    </button>
                    <button
                        type="button"
                        class="btn"
                        data-action=export
                        on:click=on_press(
                            move |_| session.download_sheet(&make(session), &session.text(label))
                        )
                    >
                        {session.text(messages::doubts::download())}
                    </button>
                </div>
                <span>{hint}</span>
            </li>
        }
        .into_any()
    };
    let count = move || match said() {
        0 => session.text(messages::doubts::feedback_none()),
        count => session.say(messages::doubts::feedback_count(&count)),
    };
    let questions = session.say(messages::doubts::questions_hint(&session.policy().doubts.len()));
    view! {
        <section class="group" aria-label=session.text(messages::doubts::office())>
            <div class="group__head">
                <div>
                    <h3>{session.text(messages::doubts::office())}</h3>
                    <p>{session.text(messages::doubts::office_note())}</p>
                </div>
            </div>
            <ul class="exports">
                {paper(
                    questions_paper,
                    messages::doubts::questions_sheet(),
                    "print-questions",
                    "export-questions",
                    view! { {questions} }.into_any(),
                )}
                {paper(
                    feedback_paper,
                    messages::doubts::feedback_sheet(),
                    "print-feedback",
                    "export-feedback",
                    view! { {count} }.into_any(),
                )}
            </ul>
        </section>
    }
    .into_any()
}
