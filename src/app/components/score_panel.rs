//! The running result, always in sight: one figure first, then the range, what
//! is open, a bar for each section, and eligibility.

use core::time::Duration;

use leptos::prelude::*;

use super::link;
use crate::answers::FactState;
use crate::app::components::{range_bar, together};
use crate::app::live::{live, on_press};
use crate::app::session::Session;
use crate::app::step::Step;
use crate::assessment::{
    ConditionCounts, Overall, RowState, RuleStanding, answers_in_state, verdict_sentence,
};
use crate::numbers::Points;
use crate::policy::{Fact, Section};
use crate::wording::messages;

/// How long the result must rest before it is announced, in milliseconds.
const ANNOUNCE_AFTER: Duration = Duration::from_millis(1000);

/// The panel.
pub fn score_panel(session: Session) -> AnyView {
    let policy = session.policy();
    let full = policy.scheme.full_score;
    let total = move || session.filing.assessment.with(|assessment| assessment.total);
    let range = move || {
        session
            .filing
            .assessment
            .with(|assessment| assessment.range(&session.policy()))
    };
    let sections = policy.sections.iter().enumerate();
    let bars: Vec<AnyView> = sections
        .map(|(place, section)| section_bar(session, place, section))
        .collect();
    // A part of a case comes to no result of its own.
    let is_part = Memo::new(move |_| session.open_part().is_some());
    let class = move || if is_part.get() { "score is-part" } else { "score" };
    view! {
        <aside class=live(class) part="result" aria-label=session.text(messages::result::label())>
            <p class="score__sentence" data-verdict="">{move || together(&verdict_words(session))}</p>
            <div class="score__main">
                <h2>{session.text(messages::result::total())}</h2>
                <p class="score__total">
                    <span data-total="">{move || total().own.to_string()}</span>
                    <small>{format!("/ {full}")}</small>
                </p>
            </div>
            {verdict(session)}
            <div class="score__range">
                {range_bar(Signal::derive(range))}
                <p class="score__readings" hidden=move || !range().tells_apart()>
                    {session.weave(messages::result::readings(view! {
                        <b>{move || total().default.to_string()}</b>
                    }.into_any(), view! {
                        <b data-total-lenient="">{move || total().lenient.to_string()}</b>
                    }.into_any(), view! {
                        <b data-total-strict="">{move || total().strict.to_string()}</b>
                    }.into_any()))}
                </p>
                {notes(session)}
            </div>
            <ul class="bars">{bars}</ul>
            <p class="note score__note">{policy.scheme.score_note.clone()}</p>
            {announcer(session)}
        </aside>
    }
    .into_any()
}

/// What the case comes to, in a sentence; of a part of a case, what it is a part of.
pub fn verdict_words(session: Session) -> String {
    if let Some(part) = session.open_part() {
        return session.part_words(&part);
    }
    let (policy, assessment) = (session.policy(), session.filing.assessment.get());
    let progress = session.filing.progress.get();
    session
        .filing
        .case
        .with(|case| verdict_sentence(&policy, case, &assessment, &progress))
}

/// What the range comes from: the reading, the applicant's own choices, what is planned and what is open.
fn notes(session: Session) -> AnyView {
    view! {
        {move || by_reading(session).map(|text| view! { <p class="note">{together(&text)}</p> })}
        {move || adjusted(session).map(|text| view! { <p class="note">{together(&text)}</p> })}
        {move || without_reason(session).map(|(text, id)| {
            let way = way_to(text, move || session.page.open_doubt(&id));
            view! { <p class="note">{way}</p> }.into_any()
        })}
        {move || planned(session).map(|(text, id)| {
            let way = way_to(text, move || session.open_fact(&id));
            view! { <p class="note" data-planned="">{way}</p> }.into_any()
        })}
        {move || open_rows(session).map(|(text, id)| {
            let way = way_to(text, move || session.page.open_row(&id));
            view! { <p class="note">{way}</p> }.into_any()
        })}
    }
    .into_any()
}

/// What counts something, as a way to the first of it.
fn way_to(text: String, go: impl Fn() + 'static) -> AnyView {
    link(text, move |_| go())
}

/// How many points depend on the reading.
fn by_reading(session: Session) -> Option<String> {
    let range = session
        .filing
        .assessment
        .with(|assessment| assessment.range(&session.policy()));
    let points = range.by_reading();
    (points > Points::ZERO).then(|| session.say(messages::result::by_reading(&points)))
}

/// How many rows are not answered yet, and what they can add; and the first of them.
fn open_rows(session: Session) -> Option<(String, String)> {
    let policy = session.policy();
    let (open, points) = session.filing.assessment.with(|assessment| {
        let rows = policy.rows_enumerated();
        let open = rows.filter(|(at, _)| assessment.rows[*at].state != RowState::Answered);
        let open: Vec<String> = open.map(|(_, row)| row.id.clone()).collect();
        (open, assessment.ceiling.minus(assessment.total.own))
    });
    let first = open.first()?.clone();
    Some((
        session.say(messages::result::open_rows(&points, &open.len())),
        first,
    ))
}

/// The bar of a section, at its place among all.
fn section_bar(session: Session, place: usize, section: &Section) -> AnyView {
    let range = move || {
        let assessment = session.filing.assessment.get();
        assessment.section_range(&session.policy(), place)
    };
    let max = section.max;
    view! {
        <li>
            <div>
                <span>{section.title.clone()}</span>
                <span class="figure">
                    {move || range().figures.own.to_string()}
                    " / "
                    {max.to_string()}
                </span>
            </div>
            {range_bar(Signal::derive(range))}
        </li>
    }
    .into_any()
}

/// What the applicant has set otherwise than the default: readings chosen for the case, scores lowered.
fn adjusted(session: Session) -> Option<String> {
    let policy = session.policy();
    let (chosen, lowered) = session.filing.assessment.with(|assessment| {
        let lowered = assessment.rows.iter().filter(|row| row.is_lowered());
        (assessment.choices(&policy).iter().count(), lowered.count())
    });
    match (chosen, lowered) {
        (0, 0) => None,
        (chosen, 0) => Some(session.say(messages::result::chosen_counted(&chosen))),
        (0, lowered) => Some(session.say(messages::result::lowered_counted(&lowered))),
        (chosen, lowered) => Some(session.say(messages::result::both_counted(&chosen, &lowered))),
    }
}

/// How many of the answers that count are only planned, and the first of them.
fn planned(session: Session) -> Option<(String, String)> {
    let policy = session.policy();
    session.filing.case.with(|case| {
        let is_planned = |fact: &&Fact| {
            let detail = case.fact_details.get(&fact.id);
            detail.is_some_and(|detail| detail.state == FactState::Planned)
        };
        let first = policy.facts.iter().find(is_planned)?.id.clone();
        let count = answers_in_state(case, FactState::Planned);
        Some((session.say(messages::result::planned(&count)), first))
    })
}

/// The readings that were chosen without a reason, and so do not count; and the first of them.
fn without_reason(session: Session) -> Option<(String, String)> {
    let policy = session.policy();
    let idle = session
        .filing
        .case
        .with(|case| case.readings_without_reason(&policy));
    let first = policy.doubts[*idle.first()?].id.clone();
    Some((session.say(messages::result::without_reason(&idle.len())), first))
}

/// Eligibility in one line, with what is behind it.
fn verdict(session: Session) -> AnyView {
    let policy = session.policy();
    let words = policy.scheme.verdicts.clone();
    let overall = move || {
        session
            .filing
            .assessment
            .with(|assessment| assessment.overall.chosen)
    };
    let counts = move || {
        session.filing.assessment.with(|assessment| {
            let standings = assessment.standings(&session.policy()).into_iter();
            ConditionCounts::of(standings)
        })
    };
    let class = move || match overall() {
        Overall::Eligible => "verdict is-good",
        Overall::Ineligible => "verdict is-bad",
        Overall::Unknown => "verdict is-open",
    };
    let word = move || overall().in_words(&words).to_owned();
    let detail = move || {
        let policy = session.policy();
        let strict = session
            .filing
            .assessment
            .with(|assessment| assessment.unmet_only_if_strict(&policy).len());
        let counted = counted(session, counts());
        if strict > 0 {
            counted + &session.say(messages::result::unmet_if_strict(&strict))
        } else {
            counted
        }
    };
    view! {
        <p class=live(class) data-eligibility=move || overall().id()>
            <a
                href="#eligibility"
                on:click=on_press(move |event| {
                    event.prevent_default();
                    open_conditions(session);
                })
            >
                {session.text(messages::result::eligibility())} {live(word)}
            </a>
            <small>{live(detail)}</small>
        </p>
    }
    .into_any()
}

/// Opens the conditions, at the first one that is not met, or else at the first that is not clear.
fn open_conditions(session: Session) {
    let policy = session.policy();
    let standings = session
        .filing
        .assessment
        .with_untracked(|assessment| assessment.standings(&policy));
    let at = |wanted: RuleStanding| standings.iter().position(|standing| *standing == wanted);
    let first = at(RuleStanding::Unmet).or_else(|| at(RuleStanding::Unclear));
    match first.and_then(|place| policy.rules.iter().nth(place)) {
        Some(rule) => session.page.open_rule(&rule.id),
        None => session.page.open(Step::Eligibility, None),
    }
}

/// How many conditions are met, not met, unclear and reminded of.
fn counted(session: Session, counts: ConditionCounts) -> String {
    let others = counts.unmet + counts.unclear + counts.reminders + counts.open_reminders + counts.moot;
    if others == 0 {
        return session.say(messages::result::all_met(&counts.met));
    }
    let some = |count: usize, shown: String| (count > 0).then_some(shown);
    let ConditionCounts {
        met,
        unmet,
        unclear,
        reminders,
        open_reminders,
        moot,
    } = counts;
    let parts = [
        Some(session.say(messages::result::counted_met(&met))),
        some(unmet, session.say(messages::result::counted_unmet(&unmet))),
        some(unclear, session.say(messages::result::counted_unclear(&unclear))),
        some(
            reminders,
            session.say(messages::result::counted_reminders(&reminders)),
        ),
        some(
            open_reminders,
            session.say(messages::result::counted_open_reminders(&open_reminders)),
        ),
        some(moot, session.say(messages::result::counted_moot(&moot))),
    ];
    let shown: Vec<String> = parts.into_iter().flatten().collect();
    shown.join(&session.text(messages::common::comma()))
}

/// One polite line for screen readers: whole sentences, at most once a second,
/// and only when the result has changed.
fn announcer(session: Session) -> AnyView {
    let said = RwSignal::new(String::new());
    let waiting: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
    Effect::new(move |before: Option<String>| {
        // A part of a case comes to no result of its own, which is not spoken either.
        if session.open_part().is_some() {
            return String::new();
        }
        let (total, overall) = session
            .filing
            .assessment
            .with(|assessment| (assessment.total, assessment.overall.chosen));
        let words = session.policy().scheme.verdicts.clone();
        let word = overall.in_words(&words);
        let sentence = session.say(messages::result::announced(
            &total.lenient,
            &total.own,
            &total.strict,
            &word,
        ));
        if before.as_ref().is_some_and(|before| *before != sentence) {
            waiting.with_value(|handle| handle.as_ref().map(TimeoutHandle::clear));
            let next = sentence.clone();
            waiting.set_value(set_timeout_with_handle(move || said.set(next), ANNOUNCE_AFTER).ok());
        }
        sentence
    });
    on_cleanup(move || {
        waiting.try_with_value(|handle| handle.as_ref().map(TimeoutHandle::clear));
    });
    view! { <p class="is-spoken" role="status" aria-live="polite">{said}</p> }.into_any()
}
