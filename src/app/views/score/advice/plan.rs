//! The plan to a target: its steps, what it comes to, and why the rest is out of reach.

use leptos::prelude::*;

use super::change::{answers_of, cautions, later_badge};
use super::tried_out::{Tried, try_out};
use super::{Planned, group};
use crate::answers::read_points;
use crate::app::live::{entered, on_change};
use crate::app::session::Session;
use crate::assessment::{Assessment, Improvement, Lack, Plan, Shortfall, plan, signed};
use crate::json::Object;
use crate::numbers::Points;
use crate::policy::Policy;
use crate::wording::messages;

/// The plan to the target that was typed; to nothing where it is none.
pub(super) fn planned_to(session: Session, typed: &str) -> Plan {
    let policy = session.policy();
    let target = named_target(&policy, typed).unwrap_or_default();
    session
        .filing
        .assessment
        .with_untracked(|assessment| plan(&policy, &assessment.facts, &assessment.readings, target))
}

/// The next whole five above the total: somewhere to begin.
pub(super) fn first_target(session: Session) -> String {
    let policy = session.policy();
    let five = Points::hundredths(500);
    let total = session
        .filing
        .assessment
        .with_untracked(|assessment| assessment.rows.iter().map(|row| row.chosen).sum::<Points>());
    let steps = total.in_hundredths() / five.in_hundredths() + 1;
    five.times(steps).min(policy.scheme.full_score).to_string()
}

/// The target that was typed, where it is one.
fn named_target(policy: &Policy, typed: &str) -> Option<Points> {
    let target = read_points(typed)?;
    (target > Points::ZERO && target <= policy.scheme.full_score).then_some(target)
}

pub(super) fn plan_part(session: Session, target: RwSignal<String>, planned: Planned) -> AnyView {
    let policy = session.policy();
    let full = policy.scheme.full_score;
    let is_wrong = {
        let policy = policy.clone();
        move || {
            !target.with(|target| target.trim().is_empty())
                && target.with(|target| named_target(&policy, target).is_none())
        }
    };
    let wrong =
        {
            let is_wrong = is_wrong.clone();
            move || {
                is_wrong().then(|| view! {
                <p class="err" id="plan-error">{session.say(messages::advice::target_wanted(&full))}</p>
            })
            }
        };
    let steps = move || {
        let planned = planned.get()?;
        (planned.target > Points::ZERO).then(|| plan_steps(session, &planned))
    };
    // Whoever looks at another part comes back to the target that was typed.
    let typed = move |event| {
        target.set(event_target_value(&event));
        session.page.plan_target.set(Some(target.get_untracked()));
    };
    let body = view! {
        <div class="plan" data-plan="">
            <label class="plan__target">
                {session.weave(messages::advice::target(view! {
                    <input
                        type="text"
                        class="entry entry--short"
                        inputmode="decimal"
                        autocomplete="off"
                        data-plan-target=""
                        aria-describedby="plan-error"
                        aria-invalid=move || is_wrong().then_some("true")
                        prop:value=entered(move || target.get())
                        on:input=on_change(typed)
                    />
                }.into_any()))}
            </label>
            {wrong}
            <div aria-live="polite">{steps}</div>
        </div>
    };
    group(session.text(messages::advice::plan()), body.into_any())
}

fn plan_steps(session: Session, plan: &Plan) -> AnyView {
    let policy = session.policy();
    let steps = plan.steps.iter().map(|step| plan_step(session, &policy, step));
    let steps: Vec<AnyView> = steps.collect();
    let short = plan.short.iter();
    let short: Vec<AnyView> = short.map(|short| shortfall(session, &policy, short)).collect();
    let short = (!short.is_empty()).then(|| {
        view! {
            <p class="advice__note">{session.text(messages::advice::plan_rest())}</p>
            <ul class="advice__effects">{short}</ul>
        }
    });
    let followed = session
        .filing
        .case
        .with_untracked(|case| plan.followed(&policy, case));
    let own = plan.other_own_total(&followed);
    let own = own.map(|own| view! { <p class="note">{session.say(messages::advice::plan_own(&own))}</p> });
    let unmet = unmet_after(session, &followed, plan.steps.is_empty());
    view! {
        <p class="plan__verdict" data-plan-total=plan.total.to_string()>{plan_verdict(session, plan)}</p>
        {own}
        {unmet}
        <ol class="plan__steps">{steps}</ol>
        {short}
        {try_plan(session, &policy, plan)}
    }
    .into_any()
}

/// That points alone let nobody apply, where a condition is not met once the plan is
/// followed, or as it is where the plan has no steps.
fn unmet_after(session: Session, followed: &Assessment, has_no_steps: bool) -> Option<AnyView> {
    let policy = session.policy();
    let unmet = followed.unmet(&policy);
    (!unmet.is_empty()).then(|| {
        let rules = session.names_in_row(&unmet);
        let path = session.say(messages::advice::eligibility_path(
            &policy.scheme.verdicts.eligible,
        ));
        let words = if has_no_steps {
            session.say(messages::advice::plan_unmet_already(&path, &rules))
        } else {
            session.say(messages::advice::plan_unmet(&path, &rules))
        };
        view! { <p class="warn" data-plan-unmet="">{words}</p> }.into_any()
    })
}

/// Whether a plan reaches its target, and when.
fn plan_verdict(session: Session, plan: &Plan) -> String {
    let cutoff = session.filing.case.with(|case| case.cutoff_date.in_words());
    let until = session.say(messages::advice::cutoff_note(&cutoff));
    let until = if plan.steps.is_empty() { "" } else { until.as_str() };
    reached_words(session, plan) + until
}

fn reached_words(session: Session, plan: &Plan) -> String {
    if plan.total == plan.from && plan.is_reached() {
        session.say(messages::advice::plan_reached(&plan.from))
    } else if !plan.is_reached() && plan.steps.is_empty() {
        session.say(messages::advice::plan_without_steps(
            &plan.target.minus(plan.total),
            &plan.total,
        ))
    } else if !plan.is_reached() {
        session.say(messages::advice::plan_short(
            &plan.target.minus(plan.total),
            &plan.total,
        ))
    } else if plan.total_now >= plan.target {
        session.say(messages::advice::plan_now(
            &plan.from,
            &plan.steps.len(),
            &plan.total,
        ))
    } else {
        session.say(messages::advice::plan_later(
            &plan.total_now,
            &plan.steps.len(),
            &plan.total,
        ))
    }
}

fn plan_step(session: Session, policy: &Policy, step: &Improvement) -> AnyView {
    view! {
        <li data-plan-step=step.id.clone()>
            <div class="advice__head">
                <p class="advice__do">{step.shown(policy)} " " {later_badge(step)}</p>
                <p class="advice__gain">
                    <b>{session.say(messages::advice::points(&signed(step.gain)))}</b>
                    <small>{session.say(messages::advice::total(&step.total))}</small>
                </p>
            </div>
            <p class="advice__rows">
                {step.shown_rows(policy).join(&session.text(messages::common::comma()))}
            </p>
            {cautions(policy, step)}
        </li>
    }
    .into_any()
}

/// Tries all steps of a plan out together.
fn try_plan(session: Session, policy: &Policy, plan: &Plan) -> Option<AnyView> {
    let steps = plan.steps.iter();
    let all: Object = steps.flat_map(|step| answers_of(policy, step)).collect();
    (!all.is_empty()).then(|| view! { <p>{try_out(session, all, Tried::Plan)}</p> }.into_any())
}

fn shortfall(session: Session, policy: &Policy, short: &Shortfall) -> AnyView {
    let row = policy.row_at(short.row);
    let name = format!("{} {}", row.id, row.title);
    let why = match &short.why {
        Lack::Open => session.text(messages::advice::lack_open()),
        Lack::Settled(facts) => {
            let labels = facts.iter().map(|place| &policy.facts[*place]);
            let labels: Vec<&str> = labels.map(|fact| fact.label.as_str()).collect();
            session.say(messages::advice::lack_settled(&session.names_in_row(&labels)))
        }
        Lack::NoMove => session.text(messages::advice::lack_no_move()),
    };
    view! { <li>{session.say(messages::advice::lack(&name, &short.points, &why))}</li> }.into_any()
}
