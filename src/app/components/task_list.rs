//! The task list: every step with its state, none locked.

use leptos::prelude::*;

use super::{folded, unfold};
use crate::app::live::{live, on_press};
use crate::app::session::Session;
use crate::app::step::Step;
use crate::assessment::{Overall, Progress, StepState};
use crate::wording::messages;

/// The words and the class for how far a step has come.
pub fn state_of(session: Session, progress: Progress) -> (String, &'static str) {
    match progress.state() {
        StepState::Untouched => (session.text(messages::common::not_begun()), ""),
        StepState::Underway => (
            session.say(messages::task_list::underway(&progress.all, &progress.done)),
            "",
        ),
        StepState::Done => (session.text(messages::common::done()), "is-done"),
        StepState::Faulty => (session.say(messages::common::faults(&progress.faults)), "is-bad"),
    }
}

/// The words and the class for the state of a step.
pub fn step_state(session: Session, step: Step) -> (String, &'static str) {
    let progress = session.filing.progress.get();
    let is_part = session.filing.asked_groups().is_some();
    match step {
        // A part is checked and scored where the whole is.
        Step::Precheck | Step::Eligibility | Step::Score if is_part => (String::new(), ""),
        Step::Precheck => state_of(session, progress.precheck),
        Step::Questions => state_of(session, progress.questions),
        Step::Form => state_of(session, progress.form),
        Step::Eligibility => match session
            .filing
            .assessment
            .with(|assessment| assessment.overall.chosen)
        {
            Overall::Ineligible => (session.text(messages::task_list::unmet()), "is-bad"),
            Overall::Eligible => (session.text(messages::task_list::done_and_eligible()), "is-done"),
            Overall::Unknown => state_of(session, progress.eligibility),
        },
        Step::Score => state_of(session, progress.score),
        Step::Evidence => state_of(session, progress.evidence),
        Step::Review => {
            let score = (!is_part).then_some(progress.score);
            let whole = [Some(progress.questions), Some(progress.form), score];
            let whole: Vec<Progress> = whole.into_iter().flatten().collect();
            if whole.iter().any(|part| part.faults > 0) {
                (session.text(messages::task_list::faulty()), "is-bad")
            } else if whole.iter().all(|part| part.done == part.all) {
                (session.text(messages::task_list::can_export()), "is-done")
            } else if whole.iter().all(|part| part.done == 0) {
                (session.text(messages::common::not_begun()), "")
            } else {
                (session.text(messages::task_list::incomplete()), "")
            }
        }
    }
}

/// The task list. On a narrow page it is unfolded by a button.
pub fn task_list(session: Session) -> AnyView {
    let entry = |step: Step| {
        let is_current = move || session.page.step.get() == step && session.page.aside.with(Option::is_none);
        let current = move || is_current().then_some("step");
        let state = move || step_state(session, step).0;
        let class = move || format!("steps__state {}", step_state(session, step).1);
        view! {
            <li>
                <a
                    href=format!("#{}", step.id())
                    data-step=step.id()
                    aria-current=live(current)
                    on:click=on_press(move |event| {
                        event.prevent_default();
                        session.page.open(step, None);
                    })
                >
                    <span class="steps__label">{session.step_name(step)}</span>
                    <span class=live(class)>{live(state)}</span>
                </a>
            </li>
        }
        .into_any()
    };
    let place = move || {
        if let Some(aside) = session.page.aside.get() {
            return session.aside_name(aside);
        }
        let step = session.page.step.get();
        let number = Step::ALL.iter().position(|other| *other == step).unwrap_or(0) + 1;
        session.say(messages::task_list::place(
            &(Step::ALL.len()),
            &number,
            &session.step_name(step),
        ))
    };
    let is_unfolded = RwSignal::new(false);
    // Whoever has chosen a step wants to see it, not the list.
    let chosen = move |_| is_unfolded.set(false);
    view! {
        <nav
            class=move || folded("steps-box", is_unfolded)
            part="steps"
            aria-label=session.text(messages::task_list::label())
        >
            {unfold("steps", place, is_unfolded)}
            <ol class="steps" on:click=on_press(chosen)>
                {Step::ALL.map(entry).into_iter().collect::<Vec<_>>()}
            </ol>
        </nav>
    }
    .into_any()
}
