//! 评分明细: every row in the official order with its score, its reason and how sure it is.

use leptos::prelude::*;

use crate::app::components::{
    fact_links, link, lowering, range_bar, source_note, staircase_view, switch_link, together, trace_fold,
};
use crate::app::live::{live, on_press};
use crate::app::session::Session;
use crate::assessment::{Cause, Explanation, Jointly, Range, RowState, Trace, jointly, signed};
use crate::numbers::Points;
use crate::policy::{DoubtIdx, FactIdx, IdxSet, Inputs, Policy, Row, RowIdx, Section, Verdict};
use crate::wording::messages;

/// The part: the rows section by section.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let mut all_rows = policy.rows_enumerated();
    let is_unfolded = RwSignal::new(false);
    let sections: Vec<AnyView> = policy
        .sections
        .iter()
        .enumerate()
        .map(|(at, section)| {
            let rows = all_rows.by_ref().take(section.rows.len());
            let rows = rows.map(|(place, row)| row_view(session, place, row, is_unfolded));
            section_view(session, at, section, rows.collect())
        })
        .collect();
    view! { <div>{unfold_all(session, is_unfolded)} {sections}</div> }.into_any()
}

/// The button that unfolds every row, or folds all of them again.
fn unfold_all(session: Session, is_unfolded: RwSignal<bool>) -> AnyView {
    let labels = [messages::rows::unfold_all(), messages::rows::fold_all()];
    view! { <p class="rows__all">{switch_link(session, "unfold-rows", labels, is_unfolded)}</p> }.into_any()
}

/// A section with its points and its rows.
fn section_view(session: Session, at: usize, section: &Section, rows: Vec<AnyView>) -> AnyView {
    let range = move || {
        let assessment = session.filing.assessment.get();
        assessment.section_range(&session.policy(), at)
    };
    let words = move || {
        let range = range();
        match (range.is_sure(), range.by_reading() > Points::ZERO) {
            (true, _) => String::new(),
            (false, true) => {
                let said = [Some(range.readings()), range.open_words()].into_iter();
                said.flatten()
                    .collect::<Vec<_>>()
                    .join(&session.text(messages::common::semicolon()))
            }
            (false, false) => range.shown(),
        }
    };
    view! {
        <section class="group" aria-label=section.title.clone()>
            <div class="group__head section__head">
                <h3>{format!("{} {}", section.id, section.title)}</h3>
                <span class="note">{move || together(&words())}</span>
                {range_bar(Signal::derive(range))}
                <span class="figure">
                    <b data-section-score=section.id.clone()>{move || range().figures.own.to_string()}</b>
                    {session.say(messages::common::of_full(&section.max))}
                </span>
            </div>
            {rows}
        </section>
    }
    .into_any()
}

/// A row: a line with its score, and unfolded why it is so and what would be more.
fn row_view(session: Session, place: RowIdx, row: &Row, is_unfolded: RwSignal<bool>) -> AnyView {
    let result = move || {
        session
            .filing
            .assessment
            .with(|assessment| assessment.rows[place].clone())
    };
    let state = move || result().state;
    let own = move || result().figures.own;
    let class = move || match state() {
        RowState::Answered => "row",
        RowState::Incomplete => "row is-open",
        RowState::Invalid => "row is-bad",
    };
    let state_words = move || match state() {
        RowState::Answered => session.lowered_words(place),
        RowState::Incomplete => Some(session.text(messages::rows::incomplete())),
        RowState::Invalid => Some(session.text(messages::rows::invalid())),
    };
    let range = move || {
        session
            .filing
            .assessment
            .with(|assessment| assessment.row_range(&session.policy(), place))
    };
    // What is drawn of a row changes only with the row's own figures.
    let trace = {
        let row = row.clone();
        Memo::new(move |_| {
            let policy = session.policy();
            session.filing.assessment.with(|assessment| {
                Explanation::new(&policy, assessment).trace_row(&row, &assessment.rows[place])
            })
        })
    };
    let is_told_by_parts = {
        let row = row.clone();
        move || {
            let policy = session.policy();
            session.filing.assessment.with(|assessment| {
                let result = &assessment.rows[place];
                result.state == RowState::Answered
                    && !result.is_lowered()
                    && Explanation::new(&policy, assessment).is_told_by_parts(&row)
            })
        }
    };
    let is_told_by_parts = Memo::new(move |_| is_told_by_parts());
    let has_a_step = Memo::new(move |_| has_a_step(session, place));
    // What is missing is said by the ways to it.
    let is_said_elsewhere = Memo::new(move |_| is_told_by_parts.get() || state() == RowState::Incomplete);
    let reason = move || {
        (!is_said_elsewhere.get()).then(|| {
            view! { <p class="row__reason">{move || together(&session.row_words(place))}</p> }.into_any()
        })
    };
    let is_open = move || is_unfolded.get();
    view! {
        <div class=live(class) data-row=row.id.clone()>
            <details class="row__fold" prop:open=is_open>
                <summary class="fold-head row__head">
                    <h4 class="fold-head__title">{format!("{} {}", row.id, row.title)}</h4>
                    {range_bar(Signal::derive(range))}
                    <span class="row__score">
                        <b data-row-score="">{move || own().to_string()}</b>
                        {format!(" / {}", row.max)}
                    </span>
                </summary>
                <div class="row__in">
                    {live(reason)}
                    {row_range(session, Signal::derive(range))}
                    {live(move || staircases(session, has_a_step, trace))}
                    {sub_criteria(session, place, row)}
                    {row_foot(session, place, row, (has_a_step, trace))}
                </div>
            </details>
            {move || state_words().map(|words| view! { <p class="row__state">{words}</p> }.into_any())}
            {ways_to_missing(session, place)}
            {chosen_readings(session, place, row)}
        </div>
    }
    .into_any()
}

/// What can be unfolded, in one line: why the readings differ, the trace, the document's
/// words, and the score lowered by hand.
fn row_foot(
    session: Session,
    place: RowIdx,
    row: &Row,
    (has_a_step, trace): (Memo<bool>, Memo<Trace>),
) -> AnyView {
    let standard = vec![row.standard.clone()];
    let words = vec![
        session.say(messages::rows::content(&row.content)),
        session.say(messages::rows::standard(&row.standard)),
    ];
    view! {
        <div class="row__foot fold-line">
            {live(move || folded_staircases(session, has_a_step, trace))}
            {causes(session, place)}
            {trace_fold(session, &row.id, row.clause.clone(), standard, move || trace.get())}
            {source_note(session, &row.clause, words)}
            {lowering(session, place, row)}
        </div>
    }
    .into_any()
}

/// A way to each answer that is missing or cannot be used; what was lowered is said before.
fn ways_to_missing(session: Session, place: RowIdx) -> AnyView {
    let ways = move || {
        let (facts, is_incomplete) = session.filing.assessment.with(|assessment| {
            let row = &assessment.rows[place];
            let facts: Vec<FactIdx> = row.missing.iter().chain(&row.faulty).copied().collect();
            (facts, row.state == RowState::Incomplete)
        });
        let lead = if is_incomplete {
            session.text(messages::rows::missing())
        } else {
            session.text(messages::common::go_answer())
        };
        let lowered = is_incomplete.then(|| session.lowered_words(place)).flatten();
        let buttons = fact_links(session, facts);
        (!buttons.is_empty())
            .then(|| view! { <p class="row__ways">{lead} {buttons} {lowered}</p> }.into_any())
    };
    view! { <div>{live(ways)}</div> }.into_any()
}

/// The ticked parts of a row; the tool's own divisions are marked as such.
fn sub_criteria(session: Session, place: RowIdx, row: &Row) -> AnyView {
    let row = row.clone();
    let shown = move || {
        let policy = session.policy();
        session.filing.assessment.with(|assessment| {
            if assessment.rows[place].state != RowState::Answered {
                return None;
            }
            let parts = Explanation::new(&policy, assessment).sub_criteria(&row);
            if parts.is_empty() {
                return None;
            }
            let by_tool = parts.iter().any(|part| part.by_tool);
            let items: Vec<AnyView> = parts
                .into_iter()
                .map(|part| {
                    let met = part.verdict == Verdict::Met;
                    let given = part.given();
                    let mark = if given > Points::ZERO { "✓" } else { "–" };
                    let class = if given > Points::ZERO { "is-met" } else { "" };
                    let outdone = (met && part.outdone).then(|| session.text(messages::trace::outdone()));
                    let own = part.by_tool.then(|| {
                        view! {
                            <span class="badge">{session.text(messages::common::by_tool())}</span>
                        }
                        .into_any()
                    });
                    view! {
                        <li class=class>
                            <span aria-hidden="true">{mark}</span>
                            " "
                            {part.label}
                            " "
                            <span class="figure">{format!("{given} / {}", part.points)}</span>
                            {outdone}
                            " "
                            {own}
                        </li>
                    }
                    .into_any()
                })
                .collect();
            Some(
                view! {
                    <ul class="parts">{items}</ul>
                    {by_tool.then(|| view! {
                        <p class="note">{session.text(messages::rows::divisions_note())}</p>
                    }.into_any())}
                }
                .into_any(),
            )
        })
    };
    view! { <div>{live(shown)}</div> }.into_any()
}

/// The figures of the bar in a row's line, where something is not sure about them. Where
/// nothing of the row is scored yet, its state says as much.
fn row_range(session: Session, range: Signal<Range>) -> AnyView {
    let is_told = Memo::new(move |_| range.with(|range| !range.is_sure() && !range.is_all_open()));
    let words = move || {
        range.with(|range| {
            if range.by_reading() > Points::ZERO {
                session.say(messages::rows::range(&range.readings(), &range.shown()))
            } else {
                range.shown()
            }
        })
    };
    let line = move || {
        is_told
            .get()
            .then(|| view! { <p class="note">{live(words)}</p> }.into_any())
    };
    live(line).into_any()
}

/// Whether a row has a step to take: it is scored, and below its maximum.
fn has_a_step(session: Session, place: RowIdx) -> bool {
    let max = session.policy().row_at(place).max;
    session.filing.assessment.with(|assessment| {
        let row = &assessment.rows[place];
        row.state == RowState::Answered && row.chosen != max
    })
}

/// The staircases of a row, drawn.
fn drawn_staircases(session: Session, trace: Memo<Trace>, has_a_step: bool) -> Vec<AnyView> {
    let trace = trace.get();
    let staircases = trace.staircases.iter();
    staircases
        .map(|staircase| staircase_view(session, staircase, has_a_step))
        .collect()
}

/// The staircases of a row that has a step to take.
fn staircases(session: Session, has_a_step: Memo<bool>, trace: Memo<Trace>) -> Option<AnyView> {
    has_a_step
        .get()
        .then(|| view! { <div>{drawn_staircases(session, trace, true)}</div> }.into_any())
}

/// The staircases of any other row, folded away.
fn folded_staircases(session: Session, has_a_step: Memo<bool>, trace: Memo<Trace>) -> Option<AnyView> {
    if has_a_step.get() {
        return None;
    }
    let drawn = drawn_staircases(session, trace, false);
    (!drawn.is_empty()).then(|| {
        view! {
            <details class="stairs-fold">
                <summary>{session.text(messages::rows::see_stairs())}</summary>
                {drawn}
            </details>
        }
        .into_any()
    })
}

/// The readings chosen for the case that decide this row, with their reasons.
fn chosen_readings(session: Session, place: RowIdx, row: &Row) -> AnyView {
    let doubts = Inputs::of_score(&session.policy(), &row.score).doubts;
    let shown = move || {
        let policy = session.policy();
        let moved = |doubt: DoubtIdx, reading| {
            session.filing.assessment.with(|assessment| {
                let mut causes = assessment.rows[place].causes.iter();
                let cause = causes.find(|cause| cause.doubt == doubt);
                cause.map_or(Points::ZERO, |cause| cause.moved(reading))
            })
        };
        session.filing.case.with(|case| {
            let chosen = doubts.iter().filter_map(|place| {
                let doubt = &policy.doubts[*place];
                let chosen = case.readings.get(&doubt.id).filter(|chosen| chosen.departs())?;
                let points = moved(*place, chosen.reading);
                let effect = if points == Points::ZERO {
                    session.text(messages::rows::unmoved())
                } else {
                    session.say(messages::rows::moved(&signed(points)))
                };
                let (says, reason) = (doubt.says(chosen.reading), chosen.reason.trim());
                let text = if chosen.counts() {
                    session.say(messages::rows::chosen(&effect, &says, &reason))
                } else {
                    session.say(messages::rows::chosen_idle(&says))
                };
                let label = session.say(messages::rows::chosen_label(&doubt.id, &chosen.reading.label()));
                let id = doubt.id.clone();
                Some(
                    view! {
                        <p class="row__chosen" data-chosen-reading=doubt.id.clone()>
                            <button
                                type="button"
                                class="badge badge--care"
                                on:click=on_press(move |_| session.page.open_doubt(&id))
                            >
                                {label}
                            </button>
                            " "
                            {text}
                        </p>
                    }
                    .into_any(),
                )
            });
            chosen.collect::<Vec<_>>()
        })
    };
    view! { <div>{live(shown)}</div> }.into_any()
}

/// The doubts that move the row, folded, the widest first.
fn causes(session: Session, place: RowIdx) -> AnyView {
    let shown = move || {
        let policy = session.policy();
        session.filing.assessment.with(|assessment| {
            let result = &assessment.rows[place];
            let together = jointly(&policy, assessment, place);
            let mut doubts = IdxSet::default();
            let alone = result.causes.iter().map(|cause| cause.doubt);
            for doubt in alone.chain(together.iter().flat_map(|jointly| jointly.doubts.iter().copied())) {
                doubts.insert(doubt);
            }
            let count = doubts.iter().len();
            let causes = result
                .causes
                .iter()
                .map(|cause| cause_view(session, &policy, *cause));
            let together = together
                .iter()
                .map(|jointly| jointly_view(session, &policy, jointly));
            let causes: Vec<AnyView> = causes.chain(together).collect();
            (!causes.is_empty()).then(|| {
                view! {
                    <details class="row__range">
                        <summary>{session.say(messages::rows::why_differs(&count))}</summary>
                        <ul>{causes}</ul>
                    </details>
                }
            })
        })
    };
    view! { {live(shown)} }.into_any()
}

/// Doubts that move the row only together, each with a way to it.
fn jointly_view(session: Session, policy: &Policy, jointly: &Jointly) -> AnyView {
    let doubts: Vec<AnyView> = jointly
        .doubts
        .iter()
        .map(|doubt| {
            let doubt = &policy.doubts[*doubt];
            let id = doubt.id.clone();
            let go = move |_| session.page.open_doubt(&id);
            let label = session.say(messages::common::with_code(&doubt.id, &doubt.title));
            view! { {link(label, go)} " " }.into_any()
        })
        .collect();
    let text = session.say(messages::rows::jointly(
        &signed(jointly.moved),
        &jointly.reading.label(),
    ));
    view! { <li>{doubts} {text}</li> }.into_any()
}

fn cause_view(session: Session, policy: &Policy, cause: Cause) -> AnyView {
    let doubt = &policy.doubts[cause.doubt];
    let mut moves = Vec::new();
    if let Some(words) = doubt.strict.as_ref().filter(|_| cause.strict < Points::ZERO) {
        moves.push(session.say(messages::rows::strict(&cause.strict, &words)));
    }
    if let Some(words) = doubt.lenient.as_ref().filter(|_| cause.lenient > Points::ZERO) {
        moves.push(session.say(messages::rows::lenient(&cause.lenient, &words)));
    }
    let text = session.say(messages::rows::cause(
        &doubt.default,
        &moves.join(&session.text(messages::common::semicolon())),
        &doubt.title,
    ));
    let id = doubt.id.clone();
    let go = {
        let id = id.clone();
        move |_| session.page.open_doubt(&id)
    };
    view! { <li>{link(id, go)} " " {text}</li> }.into_any()
}
