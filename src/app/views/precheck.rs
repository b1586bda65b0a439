//! 快速预检: twelve questions and a useful end.

use leptos::prelude::*;

use crate::app::components::{Asked, question};
use crate::app::live::{live, on_press};
use crate::app::state::Session;
use crate::app::step::Step;
use crate::policy::{Inputs, Policy, RuleKind, Verdict};

/// The view.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let questions: Vec<AnyView> = asked(&policy)
        .iter()
        .map(|place| question(session, *place, Asked::Roughly))
        .collect();
    view! {
        {super::heading("快速预检", policy.precheck.intro.clone())}
        <section class="group" aria-label="预检问题">{questions}</section>
        {outcome(session)}
    }
    .into_any()
}

/// The facts that the pre-check asks, by their places in the register.
fn asked(policy: &Policy) -> Vec<usize> {
    let facts = policy.precheck.facts.iter().filter_map(|id| policy.fact(id));
    facts.map(|(place, _)| place).collect()
}

/// The rules that the pre-check's facts can decide.
fn decidable(policy: &Policy) -> Vec<usize> {
    let asked = asked(policy);
    let required = |place: &usize| {
        policy
            .facts
            .get(*place)
            .is_some_and(|fact| fact.optional.is_none() && fact.needed_if.is_none())
    };
    let rules = policy.rules.iter().enumerate().filter(|(_, rule)| {
        let inputs = Inputs::of_condition(policy, &rule.condition);
        inputs
            .facts
            .iter()
            .filter(|place| required(place))
            .all(|place| asked.contains(place))
    });
    rules.map(|(place, _)| place).collect()
}

/// What the answers so far come to: what is met, what is missing and by how
/// much, and the ways on.
fn outcome(session: Session) -> AnyView {
    let policy = session.policy();
    let rules = decidable(&policy);
    let shown = move || {
        let policy = session.policy();
        let verdicts: Vec<(usize, Verdict)> = session.assessment.with(|assessment| {
            rules
                .iter()
                .filter_map(|place| assessment.rules.get(*place).map(|result| (*place, result.chosen)))
                .collect()
        });
        let progress = session.progress.get().precheck;
        let list = |verdict: Verdict| -> Vec<AnyView> {
            let of_verdict = verdicts.iter().filter(|(_, found)| *found == verdict);
            let items = of_verdict.filter_map(|(place, _)| {
                let rule = policy.rules.get(*place)?;
                let reason = session.rule_reason(*place);
                let next = match verdict {
                    Verdict::Met => None,
                    Verdict::Unmet => Some(rule.if_failed.clone()),
                    Verdict::Unclear => Some(rule.if_unknown.clone()),
                };
                Some(view! { <li><b>{rule.title.clone()}</b> "：" {reason} {next.map(|next| view! { <span class="outcome__next">{next}</span> }.into_any())}</li> }.into_any())
            });
            items.collect()
        };
        let failing = verdicts.iter().any(|(place, verdict)| {
            *verdict == Verdict::Unmet
                && policy
                    .rules
                    .get(*place)
                    .is_some_and(|rule| rule.kind != RuleKind::Soft)
        });
        let open = verdicts.iter().any(|(_, verdict)| *verdict == Verdict::Unclear);
        let summary = if progress.done == 0 {
            String::from("回答上面的问题，这里随即说明符合哪些条件、还差多少。")
        } else if failing {
            String::from("按目前的回答，有条件还没有达到。下面写明差在哪里；您仍然可以继续填写和自评。")
        } else if open {
            format!(
                "已答 {} / {}。目前没有发现不符合的条件，还有几项待确认。",
                progress.done, progress.all
            )
        } else {
            String::from("预检涉及的条件都符合，可以接着填报数据。其余条件在“资格自查”中逐项核对。")
        };
        let part = |title: &'static str, class: &'static str, items: Vec<AnyView>| {
            (!items.is_empty())
                .then(|| view! { <div class=class><h4>{title}</h4><ul>{items}</ul></div> }.into_any())
        };
        let ways = failing.then(|| {
            let mark = policy.precheck.ways_on_mark.clone();
            let ways: Vec<AnyView> = policy
                .precheck
                .ways_on
                .iter()
                .map(|way| {
                    view! { <li>{way.clone()} " " <span class="badge">{mark.clone()}</span></li> }.into_any()
                })
                .collect();
            view! { <div class="outcome__ways"><h4>"可以考虑的办法"</h4><ul>{ways}</ul></div> }.into_any()
        });
        view! {
            <p class="outcome__summary">{summary}</p>
            {part("不符合", "outcome__part is-bad", list(Verdict::Unmet))}
            {(progress.done > 0).then(|| part("待确认", "outcome__part is-open", list(Verdict::Unclear)))}
            {part("符合", "outcome__part is-good", list(Verdict::Met))}
            {ways}
        }
        .into_any()
    };
    view! {
        <section class="group outcome" aria-label="预检结果">
            <div class="group__head"><h3>"预检结果"</h3></div>
            <div class="outcome__in">
                {live(shown)}
                <p><button type="button" class="btn btn--main" on:click=on_press(move |_| session.open(Step::Questions, None))>"继续填报数据"</button></p>
                <p class="note">"预检的回答会带到后面，人数标为“约数”，届时按材料核实。"</p>
            </div>
        </section>
    }
    .into_any()
}
