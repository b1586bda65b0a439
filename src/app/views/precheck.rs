//! 快速预检: the scheme's few questions and a useful end.

use leptos::prelude::*;

use super::eligibility::missing;
use crate::app::components::{Asked, question};
use crate::app::live::live;
use crate::app::session::Session;
use crate::app::step::Step;
use crate::assessment::{ConditionCounts, RuleStanding, is_needed, next_step};
use crate::policy::{FactIdx, Inputs, Policy, RuleIdx};
use crate::wording::messages;

/// The step: how to begin, then the questions and what they come to.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let questions: Vec<AnyView> = asked(&policy)
        .iter()
        .map(|place| asked_if_needed(session, &policy, *place))
        .collect();
    view! {
        {super::heading(session, Step::Precheck, policy.precheck.intro.clone())}
        {super::beginning::beginning(session)}
        <section class="group" aria-label=session.text(messages::precheck::questions())>{questions}</section>
        {outcome(session)}
    }
    .into_any()
}

/// A question; one that hangs on another answer is there once that asks for it.
fn asked_if_needed(session: Session, policy: &Policy, place: FactIdx) -> AnyView {
    let question = move || question(session, place, Asked::Roughly, None);
    if policy.facts[place].needed_if.is_none() {
        return question();
    }
    let is_needed = Memo::new(move |_| {
        let policy = session.policy();
        session
            .filing
            .assessment
            .with(|assessment| is_needed(&policy, assessment, place))
    });
    view! { {live(move || is_needed.get().then(question))} }.into_any()
}

/// The facts that the pre-check asks.
fn asked(policy: &Policy) -> Vec<FactIdx> {
    let facts = policy.precheck.facts.iter().filter_map(|id| policy.fact(id));
    facts.map(|(place, _)| place).collect()
}

/// The rules that the pre-check's facts can decide.
fn decidable(policy: &Policy) -> Vec<RuleIdx> {
    let asked = asked(policy);
    let required = |place: &FactIdx| {
        let fact = &policy.facts[*place];
        fact.optional.is_none() && fact.needed_if.is_none()
    };
    let rules = policy.rules.enumerated().filter(|(_, rule)| {
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
        let found: Vec<Found> = session.filing.assessment.with(|assessment| {
            let of = |rule: &RuleIdx| Found {
                rule: *rule,
                standing: assessment.standing(&policy, *rule),
            };
            rules.iter().map(of).collect()
        });
        let words = &policy.scheme.verdicts;
        let has_begun = session.filing.progress.get().precheck.done > 0;
        let counts = ConditionCounts::of(found.iter().map(|found| found.standing));
        let part = |standings: &[RuleStanding], title: String, class: &'static str| {
            let of_standing = found.iter().filter(|found| standings.contains(&found.standing));
            let items: Vec<AnyView> = of_standing.map(|found| found.view(session, &policy)).collect();
            (!items.is_empty())
                .then(|| view! { <div class=class><h4>{title}</h4><ul>{items}</ul></div> }.into_any())
        };
        let open_part = |standings: &[RuleStanding], title| {
            has_begun
                .then(|| part(standings, title, "outcome__part is-open"))
                .flatten()
        };
        view! {
            <p class="outcome__summary">{summary(session, counts)}</p>
            {part(&[RuleStanding::Unmet], words.ineligible.clone(), "outcome__part is-bad")}
            {open_part(&[RuleStanding::Reminder], session.text(messages::precheck::reminders()))}
            {open_part(&[RuleStanding::Unclear, RuleStanding::OpenReminder], words.unknown.clone())}
            {met_part(session, &policy, &found, &words.eligible)}
            {(counts.unmet > 0).then(|| ways_on(session, &policy))}
        }
        .into_any()
    };
    view! {
        <section class="group outcome" aria-label=session.text(messages::precheck::result())>
            <div class="group__head"><h3>{session.text(messages::precheck::result())}</h3></div>
            <div class="outcome__in">
                {live(shown)}
                <p class="note">{session.text(messages::precheck::carried())}</p>
            </div>
        </section>
    }
    .into_any()
}

/// The conditions that are met, folded behind their number: nothing is to be done about them.
fn met_part(session: Session, policy: &Policy, found: &[Found], title: &str) -> Option<AnyView> {
    let met = found.iter().filter(|found| found.standing == RuleStanding::Met);
    let items: Vec<AnyView> = met.map(|found| found.view(session, policy)).collect();
    (!items.is_empty()).then(|| {
        let title = session.say(messages::precheck::met_part(&items.len(), &title));
        view! {
            <details class="outcome__part is-good">
                <summary><h4>{title}</h4></summary>
                <ul>{items}</ul>
            </details>
        }
        .into_any()
    })
}

/// How a condition comes out.
struct Found {
    rule: RuleIdx,
    standing: RuleStanding,
}

impl Found {
    /// The condition with its reason and what to do next.
    fn view(&self, session: Session, policy: &Policy) -> AnyView {
        let rule = &policy.rules[self.rule];
        // What is not answered yet is asked above, under a name that is nearly the same.
        let is_open = matches!(self.standing, RuleStanding::Unclear | RuleStanding::OpenReminder);
        let is_unanswered = is_open && !missing(session, self.rule).is_empty();
        let reason = (!is_unanswered).then(|| {
            let colon = session.text(messages::common::colon());
            format!("{colon}{}", session.filing.rule_reason(self.rule))
        });
        let next = session
            .filing
            .assessment
            .with(|assessment| next_step(policy, assessment, self.rule));
        view! {
            <li>
                <b>{rule.title.clone()}</b>
                {reason}
                {next.map(|next| view! { <span class="outcome__next">{next}</span> }.into_any())}
            </li>
        }
        .into_any()
    }
}

/// What the pre-check comes to, in a sentence.
fn summary(session: Session, counts: ConditionCounts) -> String {
    let progress = session.filing.progress.get().precheck;
    if progress.done == 0 {
        session.text(messages::precheck::begin())
    } else if counts.unmet > 0 {
        session.text(messages::precheck::failing())
    } else if counts.unclear > 0 {
        session.say(messages::precheck::open(&progress.all, &progress.done))
    } else if counts.reminders > 0 {
        session.text(messages::precheck::met_with_reminders())
    } else if counts.open_reminders > 0 {
        session.text(messages::precheck::met_with_open_reminders())
    } else {
        session.text(messages::precheck::met())
    }
}

/// Where to turn when a condition is not met.
fn ways_on(session: Session, policy: &Policy) -> AnyView {
    let mark = &policy.precheck.ways_on_mark;
    let ways =
        policy.precheck.ways_on.iter().map(|way| {
            view! { <li>{way.clone()} " " <span class="badge">{mark.clone()}</span></li> }.into_any()
        });
    let ways: Vec<AnyView> = ways.collect();
    view! {
        <div class="outcome__ways">
            <h4>{session.text(messages::precheck::ways_on())}</h4>
            <ul>{ways}</ul>
        </div>
    }
    .into_any()
}
