//! 试算: figures tried out beside the real ones; nothing is kept until asked.

use std::sync::Arc;

use leptos::prelude::*;

use crate::answers::{MoneyUnit, read_answer, read_tried, read_value, usable_answers};
use crate::app::components::{Kind, button};
use crate::app::live::{entered, lines, on_change, on_press};
use crate::app::session::{Asking, Session};
use crate::assessment::{Assessment, Overall, RowState, shown_with_unit, signed, what_if};
use crate::json::{Json, Object};
use crate::numbers::Points;
use crate::policy::{Fact, FactIdx, FactKind, Policy};
use crate::wording::messages;

/// The part: the figures tried out, and what they would come to.
pub fn view(session: Session) -> AnyView {
    let chosen = Memo::new(move |_| {
        session
            .page
            .scratch
            .with(|scratch| scratch.keys().cloned().collect::<Vec<_>>())
    });
    let after = Memo::new(move |_| {
        let policy = session.policy();
        // What cannot be counted is not taken over either.
        let scratch = session.page.scratch.get();
        let scratch = usable_answers(&policy, &scratch, session.today());
        Arc::new(session.filing.case.with(|case| what_if(&policy, case, &scratch)))
    });
    let places = move || {
        let policy = session.policy();
        let facts = chosen.get().into_iter();
        let places = facts.filter_map(|id| policy.fact(&id).map(|(place, _)| place));
        let mut places: Vec<FactIdx> = places.collect();
        // In the order in which they are asked.
        places.sort();
        places
    };
    let is_empty = Memo::new(move |_| chosen.with(Vec::is_empty));
    let rows = move || {
        (!is_empty.get()).then(|| {
            view! {
                <div class="scratch__head" aria-hidden="true">
                    <span>{session.text(messages::what_if::fact())}</span>
                    <span>{session.text(messages::what_if::now())}</span>
                    <span>{session.text(messages::what_if::tried())}</span>
                </div>
                // Each row is that of one fact as long as it is there.
                <ul class="scratch">{lines(places, move |place| tried(session, place))}</ul>
            }
        })
    };
    let outcome = move || {
        if chosen.with(Vec::is_empty) {
            view! { <p class="advice__note">{session.text(messages::what_if::empty())}</p> }.into_any()
        } else {
            comparison(session, after)
        }
    };
    view! {
        <div class="advice what-if" data-what-if="">
            <p class="advice__intro">{session.text(messages::what_if::intro())}</p>
            <section class="group" aria-label=session.text(messages::what_if::facts())>
                <div class="group__head"><h3>{session.text(messages::what_if::facts())}</h3></div>
                {rows}
                {chooser(session, chosen)}
            </section>
            <section class="group" aria-label=session.text(messages::what_if::results())>
                <div class="group__head"><h3>{session.text(messages::what_if::before_and_after())}</h3></div>
                <div aria-live="polite">{outcome}</div>
                {buttons(session, chosen)}
            </section>
        </div>
    }
    .into_any()
}

/// What the figures tried out come to, beside what there is now.
fn comparison(session: Session, after: Memo<Arc<Assessment>>) -> AnyView {
    let policy = session.policy();
    let (before, after) = (session.filing.assessment.get(), after.get());
    let left_out = session.left_out_of_adoption();
    let left_out = (!left_out.is_empty()).then(|| {
        let words = session.left_out_words(&left_out);
        let said = session.say(messages::what_if::left_out(&words));
        // The table below counts it, as it is what is tried.
        view! { <p class="warn" data-left-out="">{said} {session.outcome_of_adoption()}</p> }
    });
    view! { {left_out} {outcome_view(session, &policy, &before, &after)} }.into_any()
}

/// What counts now, as a sentence has it.
fn now(session: Session, place: FactIdx) -> String {
    let policy = session.policy();
    session.filing.assessment.with(|assessment| {
        match shown_with_unit(&policy, place, assessment.facts.given(place)) {
            Some(shown) => shown,
            None if assessment.facts.is_answered(place) => session.text(messages::what_if::faulty()),
            None => session.text(messages::common::unanswered()),
        }
    })
}

/// A fact that is tried out: its name, what counts now, what is tried.
fn tried(session: Session, place: FactIdx) -> AnyView {
    let policy = session.policy();
    let fact = policy.facts[place].clone();
    let id = fact.id.clone();
    let label = fact.label.clone();
    let input = tried_input(session, &fact);
    let fault = {
        let fact = fact.clone();
        move || {
            let answer = session
                .page
                .scratch
                .with(|scratch| scratch.get(&fact.id).cloned());
            let typed = read_tried(&fact, &answer?, session.today());
            Some(match read_value(&fact, typed.answer.as_ref()) {
                Err(fault) => view! { <p class="err">{fault.in_trial()}</p> }.into_any(),
                Ok(_) if typed.approximate || !typed.remark.is_empty() => {
                    let words = session.tried_words(&session.policy(), place, &typed);
                    view! { <p class="note">{session.say(messages::what_if::read_as(&words))}</p> }.into_any()
                }
                Ok(_) => return None,
            })
        }
    };
    let drop = {
        let id = id.clone();
        move |_| {
            session.page.scratch.update(|scratch| {
                scratch.remove(&id);
            });
            session.page.focus("[data-action=\"try-fact\"]");
        }
    };
    view! {
        <li class="scratch__row">
            <label class="scratch__label" for=format!("scratch-{id}")>{label.clone()}</label>
            <span class="scratch__now">
                <span class="is-spoken">{session.text(messages::what_if::now_lead())}</span>
                {move || now(session, place)}
            </span>
            <span class="scratch__in">
                {input}
                <span class="scratch__unit">{fact.unit.clone()}</span>
                {fault}
            </span>
            <button
                type="button"
                class="link"
                aria-label=session.say(messages::what_if::drop_label(&label))
                on:click=on_press(drop)
            >
                {session.text(messages::what_if::drop())}
            </button>
        </li>
    }
    .into_any()
}

/// What a fact is tried out by.
fn tried_input(session: Session, fact: &Fact) -> AnyView {
    match fact.kind {
        FactKind::YesNo => {
            let yes = (String::from("true"), session.text(messages::common::yes()));
            let no = (String::from("false"), session.text(messages::common::no()));
            options(session, fact, vec![yes, no])
        }
        FactKind::Choice => {
            let choices = fact.choices.iter();
            let choices = choices.map(|choice| (choice.id.clone(), choice.label.clone()));
            options(session, fact, choices.collect())
        }
        _ => figure(session, fact),
    }
}

fn try_out(session: Session, id: &str, answer: Json) {
    session.page.scratch.update(|scratch| {
        scratch.insert(id.to_owned(), answer);
    });
}

fn options(session: Session, fact: &Fact, options: Vec<(String, String)>) -> AnyView {
    let id = fact.id.clone();
    let tried = {
        let id = id.clone();
        move || match session.page.scratch.with(|scratch| scratch.get(&id).cloned()) {
            Some(Json::Bool(yes)) => yes.to_string(),
            Some(Json::Text(choice)) => choice,
            _ => String::new(),
        }
    };
    let items: Vec<AnyView> = options
        .into_iter()
        .map(|(value, label)| {
            let selected = {
                let (tried, value) = (tried.clone(), value.clone());
                move || tried() == value
            };
            view! { <option value=value prop:selected=selected>{label}</option> }.into_any()
        })
        .collect();
    let kind = fact.kind;
    let change = {
        let id = id.clone();
        move |event: leptos::ev::Event| {
            let value = event_target_value(&event);
            let answer = match (kind, value.as_str()) {
                (_, "") => Json::Null,
                (FactKind::YesNo, yes) => Json::Bool(yes == "true"),
                (_, choice) => Json::text(choice),
            };
            try_out(session, &id, answer);
        }
    };
    view! {
        <select
            class="select"
            id=format!("scratch-{id}")
            data-scratch=id.clone()
            autocomplete="off"
            on:change=on_change(change)
        >
            <option value="" prop:selected=move || tried().is_empty()>
                {session.text(messages::common::unanswered())}
            </option>
            {items}
        </select>
    }
    .into_any()
}

fn figure(session: Session, fact: &Fact) -> AnyView {
    let id = fact.id.clone();
    let shown = {
        let id = id.clone();
        move || {
            session.page.scratch.with(|scratch| match scratch.get(&id) {
                Some(Json::Number(text) | Json::Text(text)) => text.clone(),
                _ => String::new(),
            })
        }
    };
    let typed = {
        let fact = fact.clone();
        move |event: leptos::ev::Event| {
            let text = event_target_value(&event);
            let read = read_answer(&fact, &text, MoneyUnit::TenThousandYuan, session.today());
            // What says more than the figure is kept as it was typed.
            let is_plain = !read.approximate && read.remark.is_empty() && read.date.is_none();
            let answer = read.answer.filter(|_| is_plain || text.trim().is_empty());
            let answer = answer.or_else(|| (!text.trim().is_empty()).then(|| Json::text(text)));
            try_out(session, &fact.id, answer.unwrap_or(Json::Null));
        }
    };
    view! {
        <input
            type="text"
            class="entry entry--short"
            id=format!("scratch-{id}")
            data-scratch=id.clone()
            inputmode="decimal"
            autocomplete="off"
            prop:value=entered(shown)
            on:input=on_change(typed)
        />
    }
    .into_any()
}

/// Chooses a further fact, by the papers that tell it.
fn chooser(session: Session, chosen: Memo<Vec<String>>) -> AnyView {
    let groups = move || {
        let policy = session.policy();
        let taken = chosen.get();
        let groups = policy.groups.iter().map(|group| {
            let ids = group.blocks.iter().flat_map(|block| &block.facts);
            let facts = ids
                .filter(|id| !taken.contains(id))
                .filter_map(|id| policy.fact(id));
            let options: Vec<AnyView> = facts
                .map(|(_, fact)| {
                    view! { <option value=fact.id.clone()>{fact.label.clone()}</option> }.into_any()
                })
                .collect();
            view! { <optgroup label=group.title.clone()>{options}</optgroup> }.into_any()
        });
        groups.collect::<Vec<AnyView>>()
    };
    let add = move |event: leptos::ev::Event| {
        let id = event_target_value(&event);
        if id.is_empty() {
            return;
        }
        let now = session
            .filing
            .case
            .with_untracked(|case| case.facts.get(&id).cloned());
        try_out(session, &id, now.unwrap_or(Json::Null));
        session.page.focus(format!("[data-scratch=\"{id}\"]"));
    };
    view! {
        <p class="scratch__add">
            <label for="scratch-add">{session.text(messages::what_if::add())}</label>
            <select
                class="select"
                id="scratch-add"
                data-action="try-fact"
                autocomplete="off"
                on:change=on_change(add)
            >
                <option value="" prop:selected=move || { chosen.track(); true }>
                    {session.text(messages::what_if::choose())}
                </option>
                {groups}
            </select>
        </p>
    }
    .into_any()
}

/// Two figures beside each other, with what is between them.
fn beside(session: Session, before: Points, after: Points) -> AnyView {
    let change = after.minus(before);
    let (class, words) = if change == Points::ZERO {
        ("", session.text(messages::what_if::unchanged()))
    } else if change > Points::ZERO {
        ("is-up", format!("▲ {}", signed(change)))
    } else {
        ("is-down", format!("▼ {}", signed(change)))
    };
    view! {
        <td class="figure">{before.to_string()}</td>
        <td class="figure"><b>{after.to_string()}</b></td>
        <td class="figure"><span class=class>{words}</span></td>
    }
    .into_any()
}

/// A line of the table: a total or a row, before and after.
fn outcome_line(session: Session, id: &str, name: String, [before, after]: [Points; 2]) -> AnyView {
    let class = if id == "total" { "is-total" } else { "" };
    view! {
        <tr class=class data-what-if-row=id.to_owned()>
            <th scope="row">{name}</th>
            {beside(session, before, after)}
        </tr>
    }
    .into_any()
}

fn outcome_view(session: Session, policy: &Policy, before: &Assessment, after: &Assessment) -> AnyView {
    let line = |id: &str, name: String, figures: [Points; 2]| outcome_line(session, id, name, figures);
    let (old, new) = (before.total, after.total);
    let named = |name| session.text(name);
    let mut lines = vec![
        line("total", named(messages::what_if::total()), [old.own, new.own]),
        line(
            "strict",
            named(messages::what_if::strict()),
            [old.strict, new.strict],
        ),
        line(
            "lenient",
            named(messages::what_if::lenient()),
            [old.lenient, new.lenient],
        ),
    ];
    let rows = policy.rows().zip(before.rows.iter().zip(&after.rows));
    let (mut moved, mut same) = (Vec::new(), Vec::new());
    for (row, (old, new)) in rows {
        let mut name = format!("{} {}", row.id, row.title);
        if old.state == RowState::Answered && new.state != RowState::Answered {
            name += &session.text(messages::what_if::not_scored());
        }
        let list = if old.figures == new.figures {
            &mut same
        } else {
            &mut moved
        };
        list.push(line(&row.id, name, [old.figures.own, new.figures.own]));
    }
    let unmoved = same.len();
    lines.extend(moved);
    let head = || {
        view! {
            <thead>
                <tr>
                    <th scope="col">{session.text(messages::what_if::row())}</th>
                    <th scope="col">{session.text(messages::what_if::now())}</th>
                    <th scope="col">{session.text(messages::what_if::tried())}</th>
                    <th scope="col">{session.text(messages::what_if::change())}</th>
                </tr>
            </thead>
        }
    };
    view! {
        {verdict_line(session, policy, before.overall.chosen, after.overall.chosen)}
        {rule_lines(session, policy, before, after)}
        <table class="beside">{head()}<tbody>{lines}</tbody></table>
        <details class="beside__rest">
            <summary>{session.say(messages::what_if::unmoved(&unmoved))}</summary>
            <table class="beside">{head()}<tbody>{same}</tbody></table>
        </details>
    }
    .into_any()
}

fn verdict_line(session: Session, policy: &Policy, before: Overall, after: Overall) -> AnyView {
    let words = |overall: Overall| overall.in_words(&policy.scheme.verdicts);
    let class = match after {
        Overall::Eligible => "verdict is-good",
        Overall::Ineligible => "verdict is-bad",
        Overall::Unknown => "verdict is-open",
    };
    let text = if before == after {
        session.say(messages::what_if::verdict_same(&words(after)))
    } else {
        session.say(messages::what_if::verdict_changed(&words(after), &words(before)))
    };
    view! { <p class=class data-what-if-eligibility=after.id()>{text}</p> }.into_any()
}

/// The conditions of entry that come out otherwise.
fn rule_lines(session: Session, policy: &Policy, before: &Assessment, after: &Assessment) -> AnyView {
    let words = &policy.scheme.verdicts;
    let standings = before.standings(policy).into_iter().zip(after.standings(policy));
    let rules = policy.rules.iter().zip(standings);
    let items: Vec<AnyView> = rules
        .filter(|(_, (old, new))| old != new)
        .map(|(rule, (old, new))| {
            let (old, new) = (old.label(words), new.label(words));
            view! {
                <li>{session.say(messages::what_if::rule_changed(&new, &old, &rule.id, &rule.title))}</li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="advice__effects">{items}</ul> }.into_any()
}

fn buttons(session: Session, chosen: Memo<Vec<String>>) -> AnyView {
    let adopt = move |_| {
        let policy = session.policy();
        let tried = session.page.scratch.get_untracked();
        let adoption = session
            .filing
            .case
            .with_untracked(|case| case.adoption(&policy, &tried, session.today()));
        if adoption.changes.is_empty() {
            let mut nothing = session.text(messages::what_if::nothing_to_adopt());
            if !adoption.left_out.is_empty() {
                let words = session.left_out_words(&adoption.left_out);
                nothing.push_str(&session.say(messages::what_if::left_out(&words)));
            }
            session.tell_for_now(true, "", nothing);
        } else {
            session.ask_first(Asking::Adopt);
        }
    };
    let clear = move |_| session.page.scratch.set(Object::new());
    let none = move || chosen.with(Vec::is_empty);
    let take_back = move || {
        let adopted = session.page.adopted.with(Option::is_some);
        adopted.then(|| {
            let act = move |_| session.take_back_plan();
            button(
                session,
                Kind::Plain,
                "take-back-plan",
                messages::what_if::take_back(),
                act,
            )
        })
    };
    view! {
        <div class="advice__sheet">
            <button
                type="button"
                class="btn btn--main"
                data-action="adopt"
                prop:disabled=none
                on:click=on_press(adopt)
            >
                {session.text(messages::what_if::adopt())}
            </button>
            <button
                type="button"
                class="btn"
                data-action="clear-scratch"
                prop:disabled=none
                on:click=on_press(clear)
            >
                {session.text(messages::what_if::clear())}
            </button>
            {take_back}
        </div>
    }
    .into_any()
}
