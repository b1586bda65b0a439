//! A trace, folded away: answers, figures, steps, and where it ends.

use leptos::prelude::*;

use super::link;
use crate::app::live::{live, on_change};
use crate::app::session::Session;
use crate::assessment::{
    Computation, InputState, RuleStanding, Trace, TraceInput, TraceLine, TraceMark, TraceResult,
};
use crate::numbers::Points;
use crate::policy::{DoubtIdx, Reading, Verdict};
use crate::wording::messages;

/// The trace, made only once it is unfolded. `words` are the document's own.
pub fn trace_fold(
    session: Session,
    id: &str,
    clause: String,
    words: Vec<String>,
    trace: impl Fn() -> Trace + Send + Sync + 'static,
) -> AnyView {
    let open = RwSignal::new(false);
    let toggled = move |event: leptos::ev::Event| {
        let details: web_sys::HtmlDetailsElement = event_target(&event);
        open.set(details.open());
    };
    let body = move || open.get().then(|| trace_view(session, &trace(), &clause, &words));
    view! {
        <details class="trace" data-trace=id.to_owned() on:toggle=on_change(toggled)>
            <summary>{session.text(messages::trace::check())}</summary>
            {live(body)}
        </details>
    }
    .into_any()
}

fn trace_view(session: Session, trace: &Trace, clause: &str, words: &[String]) -> AnyView {
    let words: Vec<AnyView> = words
        .iter()
        .map(|words| view! { <p>{words.clone()}</p> }.into_any())
        .collect();
    let inputs = trace.inputs.iter().map(|input| input_view(session, input));
    let inputs: Vec<AnyView> = inputs.collect();
    let computations = trace.computations.iter();
    let computations: Vec<AnyView> = computations
        .map(|computation| computation_view(session, computation))
        .collect();
    let computations = (!computations.is_empty()).then(|| {
        view! {
            <p class="trace__head">{session.text(messages::trace::computed())}</p>
            <ul>{computations}</ul>
        }
        .into_any()
    });
    let lines: Vec<AnyView> = trace.lines.iter().map(|line| line_view(session, line)).collect();
    let readings: Vec<AnyView> = trace
        .readings
        .iter()
        .map(|(doubt, reading)| {
            let policy = session.policy();
            let says = policy.doubts[*doubt].says(*reading).to_owned();
            view! { <li>{reading_link(session, *doubt, *reading)} " " {says}</li> }.into_any()
        })
        .collect();
    let readings = (!readings.is_empty()).then(|| {
        view! {
            <p class="trace__head">{session.text(messages::trace::readings_used())}</p>
            <ul>{readings}</ul>
        }
        .into_any()
    });
    let steps = match trace.result {
        TraceResult::Row { .. } => session.text(messages::trace::scoring()),
        TraceResult::Rule(_) => session.text(messages::trace::deciding()),
    };
    view! {
        <div class="trace__in">
            <p class="trace__head">{session.say(messages::trace::source(&clause))}</p>
            <blockquote>{words}</blockquote>
            <p class="trace__head">{session.text(messages::trace::answers())}</p>
            <ul>{inputs}</ul>
            {computations}
            <p class="trace__head">{steps}</p>
            <ul class="trace__lines">{lines}</ul>
            <p class="trace__end">{ending(session, trace.result)}</p>
            {readings}
        </div>
    }
    .into_any()
}

/// An answer that was used, with a way to it.
fn input_view(session: Session, input: &TraceInput) -> AnyView {
    let class = match input.state {
        InputState::Given => "",
        InputState::Assumed => "is-assumed",
        InputState::Missing | InputState::Faulty => "is-open",
    };
    let id = session.policy().facts[input.fact].id.clone();
    let go = move |_| session.open_fact(&id);
    view! {
        <li class=class>
            {link(input.label.clone(), go)}
            {session.text(messages::common::colon())}
            <b>{input.value.clone()}</b>
        </li>
    }
    .into_any()
}

/// A figure that was computed on the way.
fn computation_view(session: Session, computation: &Computation) -> AnyView {
    let doubt = computation
        .doubt
        .map(|(doubt, reading)| reading_link(session, doubt, reading));
    view! {
        <li>
            {computation.label.clone()}
            " "
            <b>{computation.figure.clone()}</b>
            {session.text(messages::trace::equals())}
            {computation.how.clone()}
            " "
            {doubt}
        </li>
    }
    .into_any()
}

/// A way to the doubt whose reading was taken.
pub fn reading_link(session: Session, doubt: DoubtIdx, reading: Reading) -> AnyView {
    let id = session.policy().doubts[doubt].id.clone();
    let text = format!("{id} {}", reading.label());
    let go = move |_| session.page.open_doubt(&id);
    link(text, go)
}

fn line_view(session: Session, line: &TraceLine) -> AnyView {
    let (mark, spoken) = match line.mark {
        TraceMark::Check(Verdict::Met) => ("✓", session.text(messages::trace::is_met())),
        TraceMark::Check(Verdict::Unmet) => ("✕", session.text(messages::trace::is_unmet())),
        TraceMark::Check(Verdict::Unclear) => ("?", session.text(messages::trace::is_unclear())),
        TraceMark::Together | TraceMark::Stair(_) => ("", String::new()),
    };
    let state = match line.mark {
        _ if !line.counts || line.outdone => "is-idle",
        TraceMark::Check(Verdict::Met) => "is-good",
        TraceMark::Check(Verdict::Unmet) => "is-bad",
        TraceMark::Check(Verdict::Unclear) => "is-open",
        TraceMark::Together | TraceMark::Stair(_) => "",
    };
    let class = format!("trace__line depth-{} {state}", line.depth.min(4));
    // A line about a stair says its points itself.
    let points = line.points.filter(|_| !matches!(line.mark, TraceMark::Stair(_)));
    let points = points.map(|points| match line.full {
        Some(full) => session.say(messages::trace::points_of_full(&full, &points)),
        None => session.say(messages::trace::points(&points)),
    });
    let points = points.map(|text| view! { <span class="figure">{text}</span> }.into_any());
    let by_tool = line
        .by_tool
        .then(|| view! { <span class="badge">{session.text(messages::common::by_tool())}</span> }.into_any());
    let idle = match line {
        TraceLine { counts: false, .. } => Some(session.text(messages::trace::does_not_count())),
        TraceLine { outdone: true, .. } => Some(session.text(messages::trace::outdone())),
        _ => None,
    };
    view! {
        <li class=class>
            <span class="trace__mark" aria-hidden="true">{mark}</span>
            <span>
                <span class="is-spoken">{spoken}</span>
                {line.text.clone()}
                {idle}
                " "
                {points}
                " "
                {by_tool}
            </span>
        </li>
    }
    .into_any()
}

/// Where a trace ends, in a sentence.
fn ending(session: Session, result: TraceResult) -> String {
    match result {
        TraceResult::Row { given: None, .. } => session.text(messages::trace::row_open()),
        TraceResult::Row {
            reached,
            given: Some(given),
        } if reached > given => session.say(messages::trace::row_capped(&given, &reached)),
        TraceResult::Row {
            given: Some(given), ..
        } if given == Points::ZERO => session.text(messages::trace::row_nothing()),
        TraceResult::Row {
            given: Some(given), ..
        } => session.say(messages::trace::row_given(&given)),
        TraceResult::Rule(RuleStanding::Reminder) => session.text(messages::trace::rule_reminds()),
        TraceResult::Rule(RuleStanding::OpenReminder) => session.text(messages::trace::rule_may_remind()),
        TraceResult::Rule(RuleStanding::Moot) => session.text(messages::trace::rule_is_moot()),
        TraceResult::Rule(standing) => {
            let policy = session.policy();
            session.say(messages::trace::rule_result(
                &standing.label(&policy.scheme.verdicts),
            ))
        }
    }
}
