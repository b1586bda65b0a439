//! 对比: some cases, or two states of one, beside each other.

use leptos::prelude::*;

use crate::app::actions::TableFormat;
use crate::app::components::{Kind, button, range_bar, together};
use crate::app::live::{live, on_change};
use crate::app::session::Session;
use crate::assessment::{
    ComparedFact, ComparedRow, ComparedRule, Comparison, Range, RowState, differ, gap, range_words,
};
use crate::documents::fact_decides;
use crate::policy::{Policy, Row, Rule};
use crate::wording::{Text, messages};

/// What stands beside each other, from the total down to the answers.
pub fn view(session: Session) -> AnyView {
    let comparison = Memo::new(move |_| session.comparison());
    let only_differing = RwSignal::new(false);
    let body = move || match comparison.get() {
        Some(comparison) => beside(session, &comparison, only_differing),
        None => view! { <p>{session.text(messages::compare::how_many())}</p> }.into_any(),
    };
    view! {
        {super::titled(session.text(messages::compare::title()), session.text(messages::compare::intro()))}
        <section class="group compare">
            {tools(session, only_differing)}
            {live(body)}
        </section>
    }
    .into_any()
}

/// What can be done with the comparison.
fn tools(session: Session, only_differing: RwSignal<bool>) -> AnyView {
    let print = move |_| {
        if let Some(paper) = session.comparison_paper() {
            session.print_sheet(&paper);
        }
    };
    let html = move |_| {
        if let Some(paper) = session.comparison_paper() {
            session.download_sheet(&paper, &session.text(messages::compare::title()));
        }
    };
    let desk = move |_| session.open_desk();
    let csv = move |_| session.give_comparison(TableFormat::Delimited);
    let workbook = move |_| session.give_comparison(TableFormat::Workbook);
    view! {
        <div class="cases__tools">
            {button(session, Kind::Plain, "open-desk", messages::cases::title(), desk)}
            {button(session, Kind::Plain, "print-comparison", messages::compare::print(), print)}
            {button(session, Kind::Plain, "export-comparison", messages::compare::html(), html)}
            {button(session, Kind::Plain, "export-table-csv", messages::tables::csv(), csv)}
            {button(session, Kind::Plain, "export-table-xlsx", messages::tables::xlsx(), workbook)}
            <label class="choice">
                <input
                    type="checkbox"
                    data-only-differing=""
                    on:change=on_change(move |_| only_differing.update(|is_only| *is_only = !*is_only))
                />
                <span>{session.text(messages::compare::only_differing())}</span>
            </label>
        </div>
    }
    .into_any()
}

/// Everything that is compared.
fn beside(session: Session, comparison: &Comparison, only_differing: RwSignal<bool>) -> AnyView {
    let policy = session.policy();
    let deciding: Vec<&ComparedFact> = comparison.facts_that(true).collect();
    let idle: Vec<&ComparedFact> = comparison.facts_that(false).collect();
    let rows = policy.rows().zip(&comparison.rows);
    let rows: Vec<AnyView> = rows
        .map(|(of, compared)| row(session, &comparison.names, of, compared, only_differing))
        .collect();
    let rules = policy.rules.iter().zip(&comparison.rules);
    let rules: Vec<AnyView> = rules
        .map(|(of, compared)| {
            rule(
                session,
                (&policy, &comparison.names),
                of,
                compared,
                only_differing,
            )
        })
        .collect();
    let sections = sections(session, &policy, comparison);
    let in_table = |first: Text, lines| table(session, comparison, first, messages::compare::apart(), lines);
    view! {
        <p class="compare__sentence" role="status" data-comparison="">{together(&comparison.sentence())}</p>
        <h3>{session.text(messages::compare::sections())}</h3>
        {in_table(messages::compare::section(), sections)}
        <h3>{session.text(messages::compare::deciding())}</h3>
        {facts(session, &policy, comparison, &deciding, messages::compare::none_decides())}
        <h3>{session.text(messages::compare::rows())}</h3>
        {in_table(messages::compare::row(), rows)}
        <h3>{session.text(messages::compare::rules())}</h3>
        {in_table(messages::compare::rule(), rules)}
        <h3>{session.text(messages::compare::idle())}</h3>
        {facts(session, &policy, comparison, &idle, messages::compare::none_idle())}
    }
    .into_any()
}

/// A table with a column for each of what is compared.
fn table(session: Session, comparison: &Comparison, first: Text, last: Text, lines: Vec<AnyView>) -> AnyView {
    let names = comparison.names.iter();
    let names: Vec<AnyView> = names
        .map(|name| view! { <th scope="col">{together(name)}</th> }.into_any())
        .collect();
    view! {
        <div class="compare__table">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{session.text(first)}</th>
                        {names}
                        <th scope="col">{session.text(last)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The mark of what differs, and how far apart it is: words beside the colour.
fn apart(session: Session, differs: bool, words: &str) -> AnyView {
    let label = session.text(messages::compare::apart());
    if differs {
        let said = session
            .say(messages::compare::differs(&words))
            .trim_end()
            .to_owned();
        view! { <td class="compare__apart is-apart" data-label=label><b>{said}</b></td> }.into_any()
    } else {
        view! { <td class="compare__apart" data-label=label>{session.text(messages::compare::same())}</td> }
            .into_any()
    }
}

/// The total and the sections, each with its bar.
fn sections(session: Session, policy: &Policy, comparison: &Comparison) -> Vec<AnyView> {
    let line = |label: String, id: String, ranges: &[Range]| {
        let cells = comparison.names.iter().zip(ranges);
        let cells: Vec<AnyView> = cells.map(|(name, range)| bar(name, range)).collect();
        let differs = differ(ranges);
        view! {
            <tr data-compare-section=id data-differs=differs.to_string()>
                <th scope="row">{together(&label)}</th>
                {cells}
                {apart(session, differs, &gap(ranges))}
            </tr>
        }
        .into_any()
    };
    let total = session.say(messages::compare::of_max(
        &policy.scheme.full_score,
        &session.text(messages::cases::total()),
    ));
    let total = line(total, String::from("total"), &comparison.total);
    let sections = policy.sections.iter().zip(&comparison.sections);
    let sections = sections.map(|(section, ranges)| {
        let label = session.say(messages::compare::of_max(&section.max, &section.title));
        line(label, section.id.clone(), ranges)
    });
    core::iter::once(eligibility(session, policy, comparison))
        .chain([total])
        .chain(provisos(session, comparison))
        .chain(sections)
        .collect()
}

fn eligibility(session: Session, policy: &Policy, comparison: &Comparison) -> AnyView {
    let verdicts = &policy.scheme.verdicts;
    let words = comparison
        .overall
        .iter()
        .map(|overall| overall.in_words(verdicts));
    in_words(
        session,
        comparison,
        "eligibility",
        messages::cases::eligibility(),
        words.collect(),
    )
}

/// What the totals rest on beside settled answers, where any does.
fn provisos(session: Session, comparison: &Comparison) -> Option<AnyView> {
    let words: Vec<&str> = comparison.provisos.iter().map(String::as_str).collect();
    let is_any = words.iter().any(|words| !words.is_empty());
    is_any.then(|| {
        let label = messages::compare::provisos();
        in_words(session, comparison, "provisos", label, words)
    })
}

/// A line of words.
fn in_words(
    session: Session,
    comparison: &Comparison,
    id: &'static str,
    label: Text,
    words: Vec<&str>,
) -> AnyView {
    let differs = differ(&words);
    let cells = comparison.names.iter().zip(words);
    let cells: Vec<AnyView> = cells
        .map(|(name, words)| view! { <td data-label=name.clone()>{words.to_owned()}</td> }.into_any())
        .collect();
    view! {
        <tr data-compare-section=id data-differs=differs.to_string()>
            <th scope="row">{session.text(label)}</th>
            {cells}
            {apart(session, differs, "")}
        </tr>
    }
    .into_any()
}

/// Points with their bar.
fn bar(name: &str, range: &Range) -> AnyView {
    let words = range_words(range, RowState::Answered);
    view! { <td class="compare__bar" data-label=name.to_owned()><span>{words}</span> {range_bar(Signal::stored(*range))}</td> }.into_any()
}

/// A row of the score sheet; why it differs stands below its name.
fn row(
    session: Session,
    names: &[String],
    of: &Row,
    compared: &ComparedRow,
    only_differing: RwSignal<bool>,
) -> AnyView {
    let ComparedRow { ranges, states, .. } = compared;
    let cells = names.iter().zip(ranges).zip(states).zip(&compared.reasons);
    let cells: Vec<AnyView> = cells
        .map(|(((name, range), state), reason)| {
            let words = range_words(range, *state);
            let reason = compared.differs.then(|| reason.clone());
            view! { <td data-label=name.clone()><b>{words}</b> " " <small>{reason}</small></td> }.into_any()
        })
        .collect();
    let label = format!("{} {}", of.id, of.title);
    let label = session.say(messages::compare::of_max(&of.max, &label));
    let differs = compared.differs;
    view! {
        <tr
            data-compare-row=of.id.clone()
            data-differs=differs.to_string()
            hidden=move || !differs && only_differing.get()
        >
            <th scope="row">{together(&label)} {because(session, &compared.because)}</th>
            {cells}
            {apart(session, differs, &compared.gap())}
        </tr>
    }
    .into_any()
}

/// A condition of entry.
fn rule(
    session: Session,
    (policy, names): (&Policy, &[String]),
    of: &Rule,
    compared: &ComparedRule,
    only_differing: RwSignal<bool>,
) -> AnyView {
    let cells = names.iter().zip(&compared.standings).zip(&compared.reasons);
    let cells: Vec<AnyView> = cells
        .map(|((name, standing), reason)| {
            let words = standing.label(&policy.scheme.verdicts).to_owned();
            let reason = compared.differs.then(|| reason.clone());
            view! { <td data-label=name.clone()><b>{words}</b> " " <small>{reason}</small></td> }.into_any()
        })
        .collect();
    let label = session.say(messages::common::with_code(&of.id, &of.title));
    let differs = compared.differs;
    view! {
        <tr
            data-compare-rule=of.id.clone()
            data-differs=differs.to_string()
            hidden=move || !differs && only_differing.get()
        >
            <th scope="row">{together(&label)} {because(session, &compared.because)}</th>
            {cells}
            {apart(session, differs, compared.gap())}
        </tr>
    }
    .into_any()
}

/// What makes a difference.
fn because(session: Session, because: &[String]) -> Option<AnyView> {
    if because.is_empty() {
        return None;
    }
    let because = because.join(&session.text(messages::common::semicolon()));
    let said = session.say(messages::compare::because(&because));
    Some(view! { <p class="compare__because">{said}</p> }.into_any())
}

/// Answers that differ, with what they make a difference in.
fn facts(
    session: Session,
    policy: &Policy,
    comparison: &Comparison,
    facts: &[&ComparedFact],
    none: Text,
) -> AnyView {
    if facts.is_empty() {
        return view! { <p>{session.text(none)}</p> }.into_any();
    }
    let lines = facts.iter().map(|fact| {
        let of = &policy.facts[fact.fact];
        let cells = comparison.names.iter().zip(&fact.answers);
        let cells: Vec<AnyView> = cells
            .map(|(name, answer)| view! { <td data-label=name.clone()>{answer.clone()}</td> }.into_any())
            .collect();
        view! {
            <tr data-compare-fact=of.id.clone()>
                <th scope="row">{of.label.clone()}</th>
                {cells}
                <td data-label=session.text(messages::compare::decides())>{fact_decides(policy, fact)}</td>
            </tr>
        }
        .into_any()
    });
    let lines = lines.collect();
    table(
        session,
        comparison,
        messages::compare::fact(),
        messages::compare::decides(),
        lines,
    )
}
