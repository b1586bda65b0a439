//! The way to the next question that wants an answer: one that is open, or one whose
//! answer is still rough, of last year or only planned.

use std::sync::Arc;

use leptos::prelude::*;

use crate::answers::FactState;
use crate::app::components::{Kind, button};
use crate::app::live::{live, on_press};
use crate::app::session::{Arrangement, Session};
use crate::assessment::{Assessment, CUTOFF, answers_in_state, open_facts};
use crate::browser::active_element;
use crate::policy::{FactIdx, Group, IdxVec, Inputs, Policy, RowIdx};
use crate::wording::messages;

/// 下一个未填, with how many there are.
pub fn next_open(session: Session) -> AnyView {
    let counted = Memo::new(move |_| {
        let open = open(session);
        let is_answered =
            |assessment: &Arc<Assessment>| open.iter().any(|at| assessment.facts.is_answered(*at));
        let asks = session
            .filing
            .progress
            .with(|progress| progress.is_cutoff_asked_about);
        let count = open.len() + usize::from(asks);
        (count, asks || session.filing.assessment.with(is_answered))
    });
    let label = move || match counted.get() {
        (0, _) => session.text(messages::questions::none_open()),
        (count, false) => session.say(messages::questions::next_open(&count)),
        // Something is asked about an answer.
        (count, true) => session.say(messages::questions::next_open_or_doubtful(&count)),
    };
    view! {
        <button
            type="button"
            class="mini"
            data-action="next-open"
            aria-keyshortcuts="Control+Enter"
            title="Ctrl+Enter"
            disabled=move || counted.get().0 == 0
            on:click=on_press(move |_| open_next_open(session))
        >
            {live(label)}
        </button>
    }
    .into_any()
}

/// The facts that are still to be answered.
pub fn open(session: Session) -> Vec<FactIdx> {
    let (policy, today) = (session.policy(), session.today());
    let assessment = session.filing.assessment.get();
    let mut open = session
        .filing
        .case
        .with(|case| open_facts(&policy, case, &assessment, today));
    open.retain(|place| session.filing.asks(&policy.facts[*place].id));
    open
}

/// Goes to the next fact that is still to be answered or, where there is none, to the day
/// that is asked about.
fn open_next_open(session: Session) {
    let open = untrack(|| open(session));
    if open.is_empty() {
        session.open_place(CUTOFF);
    } else {
        open_next(session, |place| open.contains(&place));
    }
}

/// Goes to the next such question: the first one behind that which has the
/// focus, or else behind the papers before the open one, or else of all.
fn open_next(session: Session, is_wanted: impl Fn(FactIdx) -> bool) {
    let policy = session.policy();
    let order = match session.page.arrangement.get_untracked() {
        Arrangement::One | Arrangement::All => by_papers(&policy),
        Arrangement::ByScoreSheet => by_rows(&policy).0,
    };
    let focused = session.page.main.get_untracked().and_then(|main| {
        let focused = active_element(&main)?.closest("[data-question]").ok()??;
        policy.fact(&focused.get_attribute("data-question")?)
    });
    let behind = match focused {
        Some((focused, _)) => order.iter().position(|place| *place == focused).map(|at| at + 1),
        None if session.page.arrangement.get_untracked() == Arrangement::One => {
            let open = policy.groups.get(session.page.paper.get_untracked());
            let first = open.and_then(|group| policy.fact(group.facts().next()?));
            order
                .iter()
                .position(|place| Some(*place) == first.map(|(place, _)| place))
        }
        None => None,
    };
    let (before, after) = order.split_at_checked(behind.unwrap_or(0)).unwrap_or_default();
    let next = after.iter().chain(before).find(|place| is_wanted(**place));
    if let Some(next) = next {
        session.open_fact(&policy.facts[*next].id);
    }
}

/// The facts in the order of the papers.
fn by_papers(policy: &Policy) -> Vec<FactIdx> {
    let ids = policy.groups.iter().flat_map(Group::facts);
    ids.filter_map(|id| policy.fact(id))
        .map(|(place, _)| place)
        .collect()
}

/// The facts in the order of the score sheet, those that only conditions of entry
/// use before all; and what each row uses.
pub fn by_rows(policy: &Policy) -> (Vec<FactIdx>, IdxVec<RowIdx, Vec<FactIdx>>) {
    let row_inputs: IdxVec<RowIdx, Vec<FactIdx>> = policy
        .rows()
        .map(|row| Inputs::of_score(policy, &row.score).facts.into_iter().collect())
        .collect();
    let in_rows: Vec<FactIdx> = row_inputs.iter().flatten().copied().collect();
    let only_rules = policy.facts.indices().filter(|place| !in_rows.contains(place));
    let mut order: Vec<FactIdx> = only_rules.collect();
    for place in in_rows {
        if !order.contains(&place) {
            order.push(place);
        }
    }
    (order, row_inputs)
}

/// How many answers are still rough, of last year or only planned, with a way to them.
pub fn unchecked(session: Session) -> AnyView {
    let notes = move || {
        let notes = FactState::UNCHECKED.map(|state| {
            let count = session.filing.case.with(|case| answers_in_state(case, state));
            let mark = state.mark().filter(|_| count > 0)?;
            let text = if state == FactState::Planned {
                session.say(messages::questions::planned(&count))
            } else {
                session.say(messages::questions::unchecked(&count, &mark))
            };
            let go = move |_| {
                let policy = session.policy();
                let details = session
                    .filing
                    .case
                    .with_untracked(|case| case.fact_details.clone());
                open_next(session, |place| {
                    let detail = details.get(&policy.facts[place].id);
                    detail.is_some_and(|detail| detail.is_in(state))
                });
            };
            Some(
                view! {
                    <p class="warn">
                        {text}
                        " "
                        {button(session, Kind::Link, "next-unchecked", messages::questions::go_look(), go)}
                    </p>
                }
                .into_any(),
            )
        });
        notes.into_iter().flatten().collect::<Vec<_>>()
    };
    view! { {live(notes)} }.into_any()
}
