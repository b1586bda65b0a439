//! 提分建议: what would add points, what would not, the way to 符合, and a plan to a target.

use std::sync::Arc;

use leptos::prelude::*;

use crate::answers::read_points;
use crate::app::idle::after_pause;
use crate::app::live::{entered, on_change, on_press};
use crate::app::session::Session;
use crate::assessment::{
    Advice, EligibilityGap, EligibilityPath, Improvement, Lack, Obstacle, Plan, Shortfall, advise,
    eligibility_path, plan, signed,
};
use crate::documents::{AdviceParts, advice_document};
use crate::json::Object;
use crate::numbers::Points;
use crate::policy::{ChangeWindow, FactIdx, Policy, RowIdx};
use crate::wording::{Text, messages};

/// What is advised on the open case.
type Shown = ArcRwSignal<Option<Arc<(Advice, EligibilityPath)>>>;
/// The plan to the target that was named.
type Planned = ArcRwSignal<Option<Arc<Plan>>>;

/// The view.
pub fn view(session: Session) -> AnyView {
    let shown: Shown = after_pause(
        move || session.filing.assessment.track(),
        move || Arc::new(advised(session)),
    );
    let target = RwSignal::new(first_target(session));
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
        let facts = &assessment.facts;
        (advise(&policy, facts), eligibility_path(&policy, facts))
    })
}

/// The plan to the target that was typed; to nothing where it is none.
fn planned_to(session: Session, typed: &str) -> Plan {
    let policy = session.policy();
    let target = named_target(&policy, typed).unwrap_or_default();
    session
        .filing
        .assessment
        .with_untracked(|assessment| plan(&policy, &assessment.facts, target))
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
            {other_readings(session)}
            {listed}
            {plan_part(session, target, planned.clone())}
            {sheet_buttons(session, shown, planned)}
        </div>
    }
    .into_any()
}

/// Notes where the case is scored or decided otherwise than advice is computed.
fn other_readings(session: Session) -> AnyView {
    let shown = move || {
        let assessment = session.filing.assessment.get();
        let (total, overall) = (assessment.total, assessment.overall);
        let other_total = (total.own != total.default)
            .then(|| session.say(messages::advice::other_readings(&total.default, &total.own)));
        let other_verdict = (overall.chosen != overall.default).then(|| {
            let policy = session.policy();
            let verdicts = &policy.scheme.verdicts;
            session.say(messages::advice::other_verdict(
                &overall.default.in_words(verdicts),
                &overall.chosen.in_words(verdicts),
            ))
        });
        let notes = other_verdict.into_iter().chain(other_total);
        let notes = notes.map(|text| view! { <p class="note">{text}</p> }.into_any());
        notes.collect::<Vec<_>>()
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
            session.say(messages::advice::now_note(&cutoff.in_words())),
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

/// One change with what it does, and the ways to where its answers are given.
fn item(session: Session, shown: &Improvement) -> AnyView {
    let policy = session.policy();
    let costs = shown.gain < Points::ZERO
        || shown
            .rules
            .iter()
            .any(|(_, verdict)| *verdict == crate::policy::Verdict::Unmet);
    let class = if costs {
        "advice__item is-bad"
    } else {
        "advice__item"
    };
    let mut effects = shown.shown_rows(&policy);
    effects.extend(shown.shown_rules(&policy));
    let effects = effects
        .into_iter()
        .map(|text| view! { <li>{text}</li> }.into_any());
    let effects: Vec<AnyView> = effects.collect();
    let cautions = (!costs).then(|| cautions(&policy, shown));
    view! {
        <li class=class data-advice=shown.id.clone() data-when=shown.when.id()>
            <div class="advice__head">
                <p class="advice__do">{shown.shown(&policy)}</p>
                <p class="advice__gain">
                    <b>{session.say(messages::advice::points(&signed(shown.gain)))}</b>
                    <small>{session.say(messages::advice::total(&shown.total))}</small>
                </p>
            </div>
            <ul class="advice__effects">{effects}</ul>
            {cautions}
            {ways(session, shown)}
        </li>
    }
    .into_any()
}

/// What to mind where a change is made, and what may come with it.
fn cautions(policy: &Policy, shown: &Improvement) -> AnyView {
    let cautions = shown.cautions(policy).into_iter().map(str::to_owned);
    let all = cautions.map(|text| view! { <p class="warn">{text}</p> }.into_any());
    let company = shown.shown_company(policy);
    let company = company.map(|text| view! { <p class="advice__note">{text}</p> }.into_any());
    all.chain(company).collect::<Vec<_>>().into_any()
}

/// Ways to the questions of a change, and into the scratch copy.
fn ways(session: Session, shown: &Improvement) -> AnyView {
    let policy = session.policy();
    let facts = shown.changes.iter().map(|change| &policy.facts[change.fact]);
    let links: Vec<AnyView> = facts
        .map(|fact| {
            let id = fact.id.clone();
            view! {
                <button type="button" class="link" on:click=on_press(move |_| session.open_fact(&id))>
                    {fact.label.clone()}
                </button>
            }
            .into_any()
        })
        .collect();
    let answers = answers_of(&policy, shown);
    let try_out = move |_| {
        session
            .page
            .scratch
            .update(|scratch| scratch.extend(answers.clone()));
        session
            .page
            .tell(false, session.text(messages::advice::tried_out()));
    };
    view! {
        <p class="advice__ways">
            <span>{session.text(messages::advice::where_to_answer())}</span> {links}
            <button type="button" class="link" data-action="try-out" on:click=on_press(try_out)>
                {session.text(messages::advice::try_out())}
            </button>
        </p>
    }
    .into_any()
}

fn answers_of(policy: &Policy, shown: &Improvement) -> Object {
    let mut answers = Object::new();
    for change in &shown.changes {
        let fact = &policy.facts[change.fact];
        answers.insert(fact.id.clone(), change.answer(policy));
    }
    answers
}

/// The way to 符合, where some condition does not stand.
fn eligibility_path_part(session: Session, path: &EligibilityPath) -> AnyView {
    if path.gaps.is_empty() {
        return ().into_any();
    }
    let policy = session.policy();
    let gaps: Vec<AnyView> = path.gaps.iter().map(|gap| gap_item(session, gap)).collect();
    let together = path.together.as_ref().map(|together| {
        let outcome = match together.overall {
            crate::assessment::Overall::Eligible => session.text(messages::advice::all_reached()),
            _ => session.text(messages::advice::some_reached()),
        };
        view! {
            <div class="advice__together">
                <p class="advice__note">{outcome} " " {later_badge(together)}</p>
                <ul class="advice__list">{item(session, together)}</ul>
            </div>
        }
    });
    let title = session.say(messages::advice::eligibility_path(
        &policy.scheme.verdicts.eligible,
    ));
    let body = view! { <ul class="advice__list">{gaps}</ul> {together} };
    group(title, body.into_any())
}

fn gap_item(session: Session, gap: &EligibilityGap) -> AnyView {
    let policy = session.policy();
    let rules: Vec<_> = gap.rules.iter().map(|place| &policy.rules[*place]).collect();
    let names: Vec<String> = rules
        .iter()
        .map(|rule| session.say(messages::common::with_code(&rule.id, &rule.title)))
        .collect();
    let ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    let reasons: Vec<AnyView> = gap
        .rules
        .iter()
        .map(|place| view! { <li>{session.filing.rule_reason(*place)}</li> }.into_any())
        .collect();
    let unknown = matches!(gap.obstacle, Some(Obstacle::Open(_) | Obstacle::Unclear));
    let class = if unknown {
        "advice__item is-open"
    } else {
        "advice__item is-bad"
    };
    let next: Vec<AnyView> = rules
        .iter()
        .map(|rule| view! { <p class="rule__next">{gap.next_step(rule).to_owned()}</p> }.into_any())
        .collect();
    let body = match &gap.obstacle {
        None => {
            let lead = if gap.ways.len() > 1 {
                session.text(messages::advice::any_of())
            } else {
                session.text(messages::advice::shortest())
            };
            let ways: Vec<AnyView> = gap.ways.iter().map(|way| way_item(session, way)).collect();
            view! { <p class="advice__note">{lead}</p> <ul class="advice__choices">{ways}</ul> }.into_any()
        }
        Some(Obstacle::Open(facts)) => fact_links(session, messages::advice::answer_first(), facts),
        Some(Obstacle::Unclear) => ().into_any(),
        Some(Obstacle::Settled(_)) => {
            view! { <p class="advice__note">{session.text(messages::advice::settled())}</p> }.into_any()
        }
        Some(Obstacle::NoWay) => {
            view! { <p class="advice__note">{session.text(messages::advice::no_way())}</p> }.into_any()
        }
    };
    view! {
        <li class=class data-entry=ids.join(" ")>
            <p class="advice__do">{names.join(&session.text(messages::common::comma()))}</p>
            <ul class="advice__effects">{reasons}</ul>
            {body}
            {next}
        </li>
    }
    .into_any()
}

/// Marks what cannot be done at once.
fn later_badge(shown: &Improvement) -> Option<AnyView> {
    (shown.when != ChangeWindow::Now)
        .then(|| view! { <span class="badge badge--care">{shown.when.label()}</span> }.into_any())
}

fn way_item(session: Session, way: &Improvement) -> AnyView {
    let policy = session.policy();
    let later = later_badge(way);
    view! {
        <li data-way=way.id.clone()>
            {way.shown(&policy)}
            " "
            {later}
            {cautions(&policy, way)}
            {ways(session, way)}
        </li>
    }
    .into_any()
}

fn fact_links(session: Session, lead: Text, facts: &[FactIdx]) -> AnyView {
    let policy = session.policy();
    let links: Vec<AnyView> = facts
        .iter()
        .map(|place| &policy.facts[*place])
        .map(|fact| {
            let id = fact.id.clone();
            view! {
                <button type="button" class="link" on:click=on_press(move |_| session.open_fact(&id))>
                    {fact.label.clone()}
                </button>
            }
            .into_any()
        })
        .collect();
    view! { <p class="advice__ways"><span>{session.text(lead)}</span> {links}</p> }.into_any()
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
                {(!facts.is_empty()).then(|| fact_links(session, messages::common::go_answer(), &facts))}
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

/// The next whole five above the total: somewhere to begin.
fn first_target(session: Session) -> String {
    let policy = session.policy();
    let five = Points::hundredths(500);
    let total = session
        .filing
        .assessment
        .with_untracked(|assessment| assessment.total.default);
    let steps = total.in_hundredths() / five.in_hundredths() + 1;
    five.times(steps).min(policy.scheme.full_score).to_string()
}

/// The target that was typed, where it is one.
fn named_target(policy: &Policy, typed: &str) -> Option<Points> {
    let target = read_points(typed)?;
    (target > Points::ZERO && target <= policy.scheme.full_score).then_some(target)
}

fn plan_part(session: Session, target: RwSignal<String>, planned: Planned) -> AnyView {
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
                        on:input=on_change(move |event| target.set(event_target_value(&event)))
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
    let own = session
        .filing
        .case
        .with_untracked(|case| plan.other_own_total(&policy, case));
    let own = own.map(|own| view! { <p class="note">{session.say(messages::advice::plan_own(&own))}</p> });
    view! {
        <p class="plan__verdict" data-plan-total=plan.total.to_string()>{plan_verdict(session, plan)}</p>
        {own}
        <ol class="plan__steps">{steps}</ol>
        {short}
        {try_plan(session, &policy, plan)}
    }
    .into_any()
}

/// Whether a plan reaches its target, and when.
fn plan_verdict(session: Session, plan: &Plan) -> String {
    if plan.total == plan.from && plan.is_reached() {
        session.say(messages::advice::plan_reached(&plan.from))
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
    (!all.is_empty()).then(|| {
        let take = move |_| {
            session.page.scratch.set(all.clone());
            session
                .page
                .tell(false, session.text(messages::advice::plan_tried_out()));
        };
        view! {
            <p>
                <button type="button" class="btn btn--small" data-action="try-plan" on:click=on_press(take)>
                    {session.text(messages::advice::try_plan())}
                </button>
            </p>
        }
        .into_any()
    })
}

fn shortfall(session: Session, policy: &Policy, short: &Shortfall) -> AnyView {
    let row = policy.row_at(short.row);
    let name = format!("{} {}", row.id, row.title);
    let why = match &short.why {
        Lack::Open => session.text(messages::advice::lack_open()),
        Lack::Settled(facts) => {
            let labels = facts.iter().map(|place| &policy.facts[*place]);
            let labels: Vec<&str> = labels.map(|fact| fact.label.as_str()).collect();
            session.say(messages::advice::lack_settled(
                &labels.join(&session.text(messages::common::list_comma())),
            ))
        }
        Lack::NoMove => session.text(messages::advice::lack_no_move()),
    };
    view! { <li>{session.say(messages::advice::lack(&name, &short.points, &why))}</li> }.into_any()
}

/// The advice sheet, printed or downloaded.
fn sheet_buttons(session: Session, shown: Shown, planned: Planned) -> AnyView {
    let document = move || {
        let policy = session.policy();
        let words = shown.get_untracked()?;
        let plan = planned.get_untracked();
        let parts = AdviceParts {
            advice: &words.0,
            entry: &words.1,
            plan: plan.as_deref().filter(|plan| plan.target > Points::ZERO),
        };
        let assessment = session.filing.assessment.get_untracked();
        Some(
            session
                .filing
                .case
                .with_untracked(|case| advice_document(&policy, case, &assessment, parts, session.today())),
        )
    };
    let print = {
        let document = document.clone();
        move |_| {
            if let Some(document) = document() {
                session.print_sheet(&document);
            }
        }
    };
    let export = move |_| {
        if let Some(document) = document() {
            session.download_applicant_sheet(&document, &session.text(messages::advice::sheet_name()));
        }
    };
    view! {
        <div class="advice__sheet">
            <button type="button" class="btn" data-action="print-advice" on:click=on_press(print)>
                {session.text(messages::advice::print_sheet())}
            </button>
            <button type="button" class="btn" data-action="export-advice" on:click=on_press(export)>
                {session.text(messages::advice::download_sheet())}
            </button>
        </div>
    }
    .into_any()
}

#[cfg(all(test, feature = "prerender"))]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
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
            "经过特色职业培训的占比不低于50%（C3.3）：不符合",
            r#"data-plan-total="80""#,
        ] {
            assert!(html.contains(wanted), "{wanted} is missing");
        }
        assert!(!html.contains("data-entry"), "it meets every condition");
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
