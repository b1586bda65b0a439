//! 提分建议: what would add points, what would not, the way to 符合, and a plan to a target.

use std::sync::Arc;

use leptos::prelude::*;

mod change;
mod path;
mod plan;
mod sheet;
mod tried_out;

use self::change::{item, led_links};
use self::path::eligibility_path_part;
use self::plan::{first_target, plan_part, planned_to};
use self::sheet::sheet_buttons;
use crate::app::idle::after_pause;
use crate::app::session::Session;
use crate::assessment::{Advice, EligibilityPath, Plan, advise, eligibility_path};
use crate::numbers::Points;
use crate::policy::{ChangeWindow, FactIdx, RowIdx};
use crate::wording::{Text, messages};

/// What is advised on the open case.
type Shown = ArcRwSignal<Option<Arc<(Advice, EligibilityPath)>>>;
/// The plan to the target that was named.
type Planned = ArcRwSignal<Option<Arc<Plan>>>;

/// The part: what would raise the score, then a plan to a target and both on a sheet.
pub fn view(session: Session) -> AnyView {
    let shown: Shown = after_pause(
        move || session.filing.assessment.track(),
        move || Arc::new(advised(session)),
    );
    let typed = session.page.plan_target.get_untracked();
    let target = RwSignal::new(typed.unwrap_or_else(|| first_target(session)));
    let planned: Planned = after_pause(
        move || {
            session.filing.assessment.track();
            target.track();
        },
        move || Arc::new(planned_to(session, &target.get_untracked())),
    );
    body(session, shown, target, planned)
}

fn advised(session: Session) -> (Advice, EligibilityPath) {
    let policy = session.policy();
    session.filing.assessment.with_untracked(|assessment| {
        let (facts, readings) = (&assessment.facts, &assessment.readings);
        (
            advise(&policy, facts, readings),
            eligibility_path(&policy, facts, readings),
        )
    })
}

/// The view of what was computed so far.
fn body(session: Session, shown: Shown, target: RwSignal<String>, planned: Planned) -> AnyView {
    let listed = {
        let shown = shown.clone();
        move || match shown.get() {
            None => view! {
                <p class="advice__wait" role="status">{session.text(messages::advice::waiting())}</p>
            }
            .into_any(),
            Some(words) => lists(session, &words.0, &words.1),
        }
    };
    view! {
        <div class="advice" data-view-part="advice">
            <p class="advice__intro">{session.text(messages::advice::intro())}</p>
            {lowered(session)}
            {listed}
            {plan_part(session, target, planned.clone())}
            {sheet_buttons(session, shown, planned)}
        </div>
    }
    .into_any()
}

/// Says where the case counts less than what advice starts from.
fn lowered(session: Session) -> AnyView {
    let shown = move || {
        let (own, from) = session.filing.assessment.with(|assessment| {
            let rows = assessment.rows.iter().map(|row| row.chosen);
            (assessment.total.own, rows.sum::<Points>())
        });
        (own != from).then(|| {
            let text = session.say(messages::advice::lowered(&from, &own));
            view! { <p class="note">{text}</p> }.into_any()
        })
    };
    view! { <div>{shown}</div> }.into_any()
}

fn lists(session: Session, advice: &Advice, path: &EligibilityPath) -> AnyView {
    let of_time = |when: ChangeWindow| -> Vec<AnyView> {
        let gains = advice.gains.iter().filter(|gain| gain.when == when);
        gains.map(|gain| item(session, gain)).collect()
    };
    let warnings: Vec<AnyView> = advice
        .warnings
        .iter()
        .map(|warning| item(session, warning))
        .collect();
    let cutoff = session.filing.case.with_untracked(|case| case.cutoff_date);
    let nothing = if advice.open.is_empty() {
        messages::advice::no_single_change()
    } else {
        messages::advice::fill_first()
    };
    view! {
        {eligibility_path_part(session, path)}
        {open_part(session, &advice.open)}
        {part(
            session,
            messages::advice::now(),
            session.text(messages::advice::now_note())
                + &session.say(messages::advice::cutoff_note(&cutoff.in_words())),
            of_time(ChangeWindow::Now),
            Some(nothing),
        )}
        {part(
            session,
            messages::advice::next_year(),
            session.text(messages::advice::next_year_note()),
            of_time(ChangeWindow::NextPeriod),
            None,
        )}
        {part(
            session,
            messages::advice::harmful(),
            session.text(messages::advice::harmful_note()),
            warnings,
            None,
        )}
    }
    .into_any()
}

/// A list under its heading; where it is empty, what is said instead.
fn part(session: Session, title: Text, intro: String, items: Vec<AnyView>, nothing: Option<Text>) -> AnyView {
    if items.is_empty() {
        return nothing.map_or_else(
            || ().into_any(),
            |text| {
                group(
                    session.text(title),
                    view! { <p class="advice__note">{session.text(text)}</p> }.into_any(),
                )
            },
        );
    }
    let body = view! {
        <p class="advice__note">{intro}</p>
        <ul class="advice__list">{items}</ul>
    };
    group(session.text(title), body.into_any())
}

fn group(title: String, body: AnyView) -> AnyView {
    let label = title.clone();
    view! {
        <section class="group" aria-label=label>
            <div class="group__head"><h3>{title}</h3></div>
            {body}
        </section>
    }
    .into_any()
}

/// Rows that wait for an answer.
fn open_part(session: Session, open: &[RowIdx]) -> AnyView {
    let policy = session.policy();
    let items = open.iter().map(|place| {
        let row = policy.row_at(*place);
        let facts: Vec<FactIdx> = session.filing.assessment.with_untracked(|assessment| {
            let result = &assessment.rows[*place];
            result.missing.iter().chain(&result.faulty).copied().collect()
        });
        let reason = session.filing.row_reason(*place);
        view! {
            <li class="advice__item is-open" data-open-row=row.id.clone()>
                <p class="advice__do">
                    {session.say(messages::advice::open_row(&row.max, &row.id, &row.title))}
                </p>
                <ul class="advice__effects"><li>{reason}</li></ul>
                {(!facts.is_empty()).then(|| led_links(session, messages::common::go_answer(), &facts))}
            </li>
        }
        .into_any()
    });
    let items: Vec<AnyView> = items.collect();
    part(
        session,
        messages::advice::open_title(),
        session.text(messages::advice::open_note()),
        items,
        None,
    )
}

#[cfg(test)]
#[cfg(feature = "prerender")]
mod tests {
    use super::*;
    use crate::answers::Case;
    use crate::app::drawing::drawn;
    use crate::json::Json;

    /// The view with everything computed.
    fn computed(session: Session) -> AnyView {
        let target = RwSignal::new(first_target(session));
        let planned = planned_to(session, &target.get_untracked());
        body(
            session,
            ArcRwSignal::new(Some(Arc::new(advised(session)))),
            target,
            ArcRwSignal::new(Some(Arc::new(planned))),
        )
    }

    #[test]
    fn the_sample_shows_its_gains_its_warnings_and_a_plan() {
        let html = drawn(|_| {}, computed);
        for wanted in [
            r#"data-advice="annual_trained""#,
            "多开展职业技能培训 1 人（500 → 501 人）",
            "为 15 名员工缴纳城镇职工社会保险（236 → 251 人）",
            "经过特色职业培训的占比不低于50%：不符合",
            r#"data-plan-total="80""#,
        ] {
            assert!(html.contains(wanted), "{wanted} is missing");
        }
        assert!(!html.contains("data-entry"), "it meets every condition");
    }

    #[test]
    fn a_plan_without_steps_does_not_speak_of_doing_them() {
        let unlawful = |case: &mut Case| case.set_fact("law_abiding", Some(Json::Bool(false)));
        let planned = |target: &'static str| {
            move |session| {
                let plan = planned_to(session, target);
                body(
                    session,
                    ArcRwSignal::new(Some(Arc::new(advised(session)))),
                    RwSignal::new(target.to_owned()),
                    ArcRwSignal::new(Some(Arc::new(plan))),
                )
            }
        };
        let reached = drawn(unlawful, planned("20"));
        assert!(reached.contains("已经达到") && reached.contains("还不能申报，不符合的条件"));
        assert!(!reached.contains("做完这些步"));
        assert!(drawn(unlawful, planned("80")).contains("做完这些步，还不能申报"));
    }

    #[test]
    fn a_case_that_falls_short_shows_the_eligibility_path() {
        let few = |case: &mut Case| {
            case.set_fact("brand_employees", Some(Json::number(280)));
            case.set_fact("trained_employees", Some(Json::number(100)));
            case.set_fact("law_abiding", Some(Json::Bool(false)));
            case.set_fact("has_reputation", None);
        };
        let html = drawn(few, computed);
        for wanted in [
            r#"data-entry="C3.2 C3.3""#,
            r#"data-entry="C1.2""#,
            r#"data-entry="C2.4""#,
            r#"data-way="brand_employees+trained_employees""#,
        ] {
            assert!(html.contains(wanted), "{wanted} is missing");
        }
    }

    #[test]
    fn what_is_tried_out_stands_beside_what_is() {
        let html = drawn(
            |_| {},
            |session| {
                session.page.scratch.update(|scratch| {
                    scratch.insert(String::from("annual_trained"), Json::number(501));
                    scratch.insert(String::from("brand_employees"), Json::number(683));
                });
                super::super::what_if::view(session)
            },
        );
        for wanted in [
            r#"data-scratch="annual_trained""#,
            r#"data-what-if-eligibility="ineligible""#,
            "▲ +2",
            "▼ -12",
        ] {
            assert!(html.contains(wanted), "{wanted} is missing");
        }
    }
}
