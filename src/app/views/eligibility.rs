//! 资格自查: each condition of entry with its result, its reason and what to do next.

use leptos::prelude::*;

use crate::app::components::{source_note, trace_fold};
use crate::app::live::{live, on_press};
use crate::app::state::Session;
use crate::app::step::Step;
use crate::assessment::{Explanation, Overall, binds};
use crate::policy::{Inputs, Policy, Rule, RuleKind, Verdict};
use crate::wording::Word;

/// The view.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let rules: Vec<AnyView> = policy
        .rules
        .iter()
        .enumerate()
        .map(|(place, rule)| rule_view(session, &policy, place, rule))
        .collect();
    let summary = move || match session.assessment.with(|assessment| assessment.overall.chosen) {
        Overall::Eligible => ("banner is-good", Word::EligibilityAllMet),
        Overall::Ineligible => ("banner is-bad", Word::EligibilitySomeUnmet),
        Overall::Unknown => ("banner is-open", Word::EligibilitySomeOpen),
    };
    let by_reading = move || {
        session.assessment.with(|assessment| {
            let overall = assessment.overall;
            (overall.strict != overall.lenient).then(|| {
                let word = |overall: Overall| match overall {
                    Overall::Eligible => session.text(Word::CommonMet),
                    Overall::Ineligible => session.text(Word::CommonUnmet),
                    Overall::Unknown => session.text(Word::CommonUnclear),
                };
                session.say(
                    Word::EligibilityByReadings,
                    &[
                        ("strict", &word(overall.strict)),
                        ("default", &word(overall.default)),
                        ("lenient", &word(overall.lenient)),
                    ],
                )
            })
        })
    };
    let guidance: Vec<AnyView> = policy
        .guidance
        .iter()
        .map(|passage| {
            let items: Vec<AnyView> = passage.items.iter().map(|item| view! { <li>{item.clone()}</li> }.into_any()).collect();
            view! { <details class="guidance"><summary>{passage.title.clone()} <span class="clause">{passage.clause.clone()}</span></summary><ul>{items}</ul></details> }.into_any()
        })
        .collect();
    let intro = session.say(
        Word::EligibilityIntro,
        &[
            ("rules", &policy.rules.len()),
            ("authority", &policy.scheme.authority),
        ],
    );
    view! {
        {super::heading(session, Step::Eligibility, intro)}
        <div class=move || summary().0><p>{move || session.text(summary().1)}</p>{move || by_reading().map(|text| view! { <p class="banner__readings">{text}</p> }.into_any())}</div>
        <section class="group" aria-label=session.text(Word::EligibilityConditions)>{rules}</section>
        <section class="group" aria-label=session.text(Word::EligibilityGuidanceLabel)><div class="group__head"><h3>{session.text(Word::EligibilityGuidance)}</h3></div><div class="guidances">{guidance}</div></section>
    }
    .into_any()
}

fn rule_view(session: Session, policy: &Policy, place: usize, rule: &Rule) -> AnyView {
    let result = move || {
        session
            .assessment
            .with(|assessment| assessment.rules.get(place).copied())
    };
    let verdict = move || result().map_or(Verdict::Unclear, |result| result.chosen);
    let class = move || match verdict() {
        Verdict::Met => "rule is-good",
        Verdict::Unmet => "rule is-bad",
        Verdict::Unclear => "rule is-open",
    };
    let kind = match rule.kind {
        RuleKind::Hard => None,
        RuleKind::Judgement => Some(session.text(Word::EligibilityJudgement)),
        RuleKind::Soft => Some(session.text(Word::EligibilitySoft)),
    };
    let kind = kind.map(|text| view! { <span class="badge">{text}</span> }.into_any());
    let next = {
        let (failed, unknown) = (rule.if_failed.clone(), rule.if_unknown.clone());
        let rule = rule.clone();
        move || {
            let soft = session
                .assessment
                .with(|assessment| !binds(&rule, &assessment.readings));
            let lead = if soft {
                session.text(Word::EligibilityReminder)
            } else {
                String::new()
            };
            match verdict() {
                Verdict::Met => None,
                Verdict::Unmet => Some(format!("{lead}{failed}")),
                Verdict::Unclear => Some(format!("{lead}{unknown}")),
            }
        }
    };
    let readings = move || {
        result()
            .filter(|result| result.strict != result.lenient)
            .map(|result| {
                session.say(
                    Word::EligibilityByReadings,
                    &[
                        ("strict", &result.strict.result_label()),
                        ("default", &result.default.result_label()),
                        ("lenient", &result.lenient.result_label()),
                    ],
                )
            })
    };
    let trace = {
        let rule = rule.clone();
        move || {
            let policy = session.policy();
            session
                .assessment
                .with(|assessment| Some(Explanation::new(&policy, assessment).trace_rule(&rule)))
        }
    };
    let inputs: Vec<usize> = Inputs::of_condition(policy, &rule.condition)
        .facts
        .into_iter()
        .collect();
    let ways: Vec<AnyView> = inputs
        .into_iter()
        .filter_map(|fact| policy.facts.get(fact))
        .filter(|fact| fact.optional.is_none())
        .map(|fact| {
            let id = fact.id.clone();
            view! { <button type="button" class="link" on:click=on_press(move |_| session.open_fact(&id))>{fact.label.clone()}</button> " " }.into_any()
        })
        .collect();
    view! {
        <div class=live(class) data-rule=rule.id.clone() data-result=move || verdict().result_id()>
            <div class="rule__head">
                <h3 class="rule__title" tabindex="-1">{rule.title.clone()} " " {kind}</h3>
                <span class="rule__result">{move || verdict().result_label()}</span>
            </div>
            <p class="rule__reason">{move || session.rule_reason(place)}</p>
            {move || next().map(|text| view! { <p class="rule__next">{text}</p> })}
            {move || readings().map(|text| view! { <p class="rule__readings">{text}</p> })}
            {trace_fold(session, &rule.id, rule.clause.clone(), vec![rule.words.clone()], trace)}
            <div class="rule__foot">{source_note(session, &rule.clause, vec![rule.words.clone()])} <span class="rule__ways">{session.text(Word::EligibilityWhereToAnswer)} {ways}</span></div>
        </div>
    }
    .into_any()
}
