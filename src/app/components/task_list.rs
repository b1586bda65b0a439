//! The task list: every step with its state, none locked.

use leptos::prelude::*;

use crate::app::live::{live, on_press};
use crate::app::state::Session;
use crate::app::step::Step;
use crate::assessment::{Overall, Progress, StepState};

/// The words and the class for how far a step has come.
pub fn state_of(progress: Progress) -> (String, &'static str) {
    match progress.state() {
        StepState::Untouched => (String::from("未开始"), ""),
        StepState::Underway => (format!("进行中 {}/{}", progress.done, progress.all), ""),
        StepState::Done => (String::from("已完成"), "is-done"),
        StepState::Faulty => (format!("有问题 {}", progress.faults), "is-bad"),
    }
}

/// The words and the class for the state of a step.
pub fn step_state(session: Session, step: Step) -> (String, &'static str) {
    let progress = session.progress.get();
    match step {
        Step::Precheck => state_of(progress.precheck),
        Step::Questions => state_of(progress.questions),
        Step::Form => state_of(progress.form),
        Step::Eligibility => match session.assessment.with(|assessment| assessment.overall.chosen) {
            Overall::Ineligible => (String::from("有不符合项"), "is-bad"),
            Overall::Eligible => (String::from("已完成 · 符合"), "is-done"),
            Overall::Unknown => state_of(progress.eligibility),
        },
        Step::Score => state_of(progress.score),
        Step::Evidence => state_of(progress.evidence),
        Step::Review => {
            let whole = [progress.questions, progress.form, progress.score];
            if whole.iter().any(|part| part.faults > 0) {
                (String::from("有问题"), "is-bad")
            } else if whole.iter().all(|part| part.done == part.all) {
                (String::from("可以导出"), "is-done")
            } else if whole.iter().all(|part| part.done == 0) {
                (String::from("未开始"), "")
            } else {
                (String::from("有未填项"), "")
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
                    <span class="steps__label">{step.label()}</span>
                    <span class=live(class)>{live(state)}</span>
                </a>
            </li>
        }
        .into_any()
    };
    let place = move || {
        let step = session.step.get();
        let number = Step::ALL.iter().position(|other| *other == step).unwrap_or(0) + 1;
        format!("第 {number} 步，共 {} 步：{}", Step::ALL.len(), step.label())
    };
    view! {
        <nav class="steps-box" part="steps" aria-label="步骤">
            <p class="steps-place" aria-hidden="true">{live(place)}</p>
            <ol class="steps">{Step::ALL.map(entry).into_iter().collect::<Vec<_>>()}</ol>
        </nav>
    }
    .into_any()
}
