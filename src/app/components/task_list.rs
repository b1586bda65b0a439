//! The task list: every step with its state, none locked.

use leptos::prelude::*;

use crate::app::live::{live, on_press};
use crate::app::state::Session;
use crate::app::step::Step;
use crate::assessment::{Overall, Progress, StepState};
use crate::wording::Word;

/// The words and the class for how far a step has come.
pub fn state_of(session: Session, progress: Progress) -> (String, &'static str) {
    match progress.state() {
        StepState::Untouched => (session.text(Word::CommonNotBegun), ""),
        StepState::Underway => (
            session.say(
                Word::TaskListUnderway,
                &[("done", &progress.done), ("all", &progress.all)],
            ),
            "",
        ),
        StepState::Done => (session.text(Word::CommonDone), "is-done"),
        StepState::Faulty => (
            session.say(Word::CommonFaults, &[("faults", &progress.faults)]),
            "is-bad",
        ),
    }
}

/// The words and the class for the state of a step.
pub fn step_state(session: Session, step: Step) -> (String, &'static str) {
    let progress = session.progress.get();
    match step {
        Step::Precheck => state_of(session, progress.precheck),
        Step::Questions => state_of(session, progress.questions),
        Step::Form => state_of(session, progress.form),
        Step::Eligibility => match session.assessment.with(|assessment| assessment.overall.chosen) {
            Overall::Ineligible => (session.text(Word::TaskListUnmet), "is-bad"),
            Overall::Eligible => (session.text(Word::TaskListDoneAndEligible), "is-done"),
            Overall::Unknown => state_of(session, progress.eligibility),
        },
        Step::Score => state_of(session, progress.score),
        Step::Evidence => state_of(session, progress.evidence),
        Step::Review => {
            let whole = [progress.questions, progress.form, progress.score];
            if whole.iter().any(|part| part.faults > 0) {
                (session.text(Word::TaskListFaulty), "is-bad")
            } else if whole.iter().all(|part| part.done == part.all) {
                (session.text(Word::TaskListCanExport), "is-done")
            } else if whole.iter().all(|part| part.done == 0) {
                (session.text(Word::CommonNotBegun), "")
            } else {
                (session.text(Word::TaskListIncomplete), "")
            }
        }
    }
}

/// The task list.
pub fn task_list(session: Session) -> AnyView {
    let entry = |step: Step| {
        let current = move || (session.step.get() == step).then_some("step");
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
                        session.open(step, None);
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
        let step = session.step.get();
        let number = Step::ALL.iter().position(|other| *other == step).unwrap_or(0) + 1;
        session.say(
            Word::TaskListPlace,
            &[
                ("number", &number),
                ("all", &(Step::ALL.len())),
                ("step", &session.step_name(step)),
            ],
        )
    };
    view! {
        <nav class="steps-box" part="steps" aria-label=session.text(Word::TaskListLabel)>
            <p class="steps-place" aria-hidden="true">{live(place)}</p>
            <ol class="steps">{Step::ALL.map(entry).into_iter().collect::<Vec<_>>()}</ol>
        </nav>
    }
    .into_any()
}
