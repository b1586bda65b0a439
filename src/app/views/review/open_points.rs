//! What is open or waits for a decision, each with the way to where it is.

use leptos::prelude::*;

use super::entry;
use super::errors::form_findings;
use crate::answers::{FactState, Severity};
use crate::app::components::lowering_trouble;
use crate::app::live::live;
use crate::app::session::Session;
use crate::app::step::Step;
use crate::assessment::{CUTOFF, Papers, Remark, claims_without_evidence, is_needed, open_remarks};
use crate::policy::FieldKind;
use crate::wording::messages;

/// What is open or to be looked at, without being wrong.
pub(super) fn open_points(session: Session) -> AnyView {
    let shown = move || {
        let mut entries: Vec<AnyView> = Vec::new();
        entries.extend(unanswered(session));
        for state in FactState::UNCHECKED {
            entries.extend(unchecked(session, state));
        }
        entries.extend(readings_without_reason(session));
        entries.extend(troubled_lowerings(session));
        entries.extend(claims(session));
        entries.extend(denied_papers(session));
        entries.extend(disagreements(session));
        entries.extend(session.filing.stale_in(None).into_iter().map(|sentence| {
            let (text, selector) = (sentence.shown(), format!("#f-{}", sentence.field));
            entry(text, move || session.page.open_field(&sentence.field), selector)
        }));
        entries.extend(form_findings(session, Severity::Warning));
        entries.extend(empty_fields(session));
        (!entries.is_empty()).then(|| {
            view! {
                <section class="group" aria-label=session.text(messages::review::open_points())>
                    <div class="group__head"><h3>{session.text(messages::review::open_points())}</h3></div>
                    <ul class="open-list">{entries}</ul>
                </section>
            }
            .into_any()
        })
    };
    view! { <div>{live(shown)}</div> }.into_any()
}

/// The answers that are needed and missing, with a way to the first.
fn unanswered(session: Session) -> Option<AnyView> {
    let policy = session.policy();
    let assessment = session.filing.assessment.get();
    let missing = policy.facts.enumerated().filter(|(place, _)| {
        !assessment.facts.is_answered(*place) && is_needed(&policy, &assessment, *place)
    });
    let missing = missing.map(|(_, fact)| fact);
    let missing: Vec<_> = missing.filter(|fact| session.filing.asks(&fact.id)).collect();
    let id = missing.first()?.id.clone();
    let names: Vec<&str> = missing.iter().take(6).map(|fact| fact.label.as_str()).collect();
    let (count, facts) = (missing.len(), session.names_in_row(&names));
    let text = if count > names.len() {
        session.say(messages::review::unanswered_more(&count, &facts))
    } else {
        session.say(messages::review::unanswered(&count, &facts))
    };
    let go = move || session.open_fact(&id);
    Some(entry(text, go, String::from("#questions")))
}

/// Rows that were lowered in a way that does not stand, or without a reason to print.
pub(super) fn troubled_lowerings(session: Session) -> Vec<AnyView> {
    let policy = session.policy();
    let case = session.filing.case.get();
    let troubled = policy.rows_enumerated().filter_map(|(place, row)| {
        let entry = case.lowered.get(&row.id)?;
        Some((row, lowering_trouble(session, place, entry)?))
    });
    let entries = troubled.map(|(row, trouble)| {
        let id = row.id.clone();
        entry(
            session.say(messages::review::lowered(&row.id, &row.title, &trouble)),
            move || session.page.open_row(&id),
            String::from("#score"),
        )
    });
    entries.collect()
}

/// Readings that were chosen for the case without a reason.
fn readings_without_reason(session: Session) -> Vec<AnyView> {
    let policy = session.policy();
    let case = session.filing.case;
    let idle = case.with(|case| case.readings_without_reason(&policy));
    let doubts = idle.into_iter().map(|place| &policy.doubts[place]);
    let entries = doubts.map(|doubt| {
        let id = doubt.id.clone();
        entry(
            session.say(messages::review::reading_without_reason(&doubt.id, &doubt.title)),
            move || session.page.open_doubt(&id),
            String::from("#score"),
        )
    });
    entries.collect()
}

/// How many answers earn points that nothing proves yet; where the whole is, which earns them.
fn claims(session: Session) -> Option<AnyView> {
    if session.filing.asked_groups().is_some() {
        return None;
    }
    let policy = session.policy();
    let assessment = session.filing.assessment.get();
    let case = session.filing.case;
    let claims = case.with(|case| claims_without_evidence(&policy, case, &assessment).len());
    (claims > 0).then(|| {
        entry(
            session.say(messages::review::claims(&claims)),
            move || session.page.open(Step::Evidence, None),
            String::from("#evidence"),
        )
    })
}

/// Papers that were marked as being at hand, although an answer says that there are none.
fn denied_papers(session: Session) -> Vec<AnyView> {
    let policy = session.policy();
    let assessment = session.filing.assessment.get();
    let denied = session.filing.case.with(|case| {
        let denied = Papers::of(&policy, case, &assessment).denied().into_iter();
        let denied = denied.map(|document| (document.id.clone(), document.title.clone()));
        denied.collect::<Vec<_>>()
    });
    let entries = denied.into_iter().map(|(id, title)| {
        let selector = format!("#d-{id}");
        entry(
            session.say(messages::review::denied_paper(&title)),
            move || {
                session
                    .page
                    .open(Step::Evidence, Some(format!("#d-{id} input:checked")))
            },
            selector,
        )
    });
    entries.collect()
}

/// Answers that do not agree and were not said to be right.
pub(super) fn disagreements(session: Session) -> Vec<AnyView> {
    let policy = session.policy();
    let shown = session.filing.shown.get();
    let open: Vec<_> = session.filing.case.with(|case| {
        let open = open_remarks(&shown.remarks, case).into_iter();
        // What cannot be used is listed above, as a fault.
        let is_faulty = |remark: &&Remark| {
            let fact = policy.fact(&remark.at);
            let fault = |(place, _)| {
                session
                    .filing
                    .assessment
                    .with(|assessment| assessment.facts.fault(place))
            };
            fact.and_then(fault).is_some()
        };
        open.filter(|remark| !is_faulty(remark)).cloned().collect()
    });
    let is_field = |id: &String| policy.field(id).is_some();
    let narrative = |id: &String| policy.narrative_fields.iter().find(|field| field.id == *id);
    let entries = open.into_iter().map(|remark| {
        // Of the two places of a disagreement that of the answer is opened.
        let id = match remark.with {
            Some(with) if is_field(&remark.at) && !is_field(&with) => with,
            _ => remark.at,
        };
        // Beside its question it is plain what a remark is of; here it says so.
        let label = match (policy.fact(&id), policy.field(&id), narrative(&id)) {
            (Some((_, fact)), ..) => fact.label.clone(),
            (None, Some(field), _) => field.label.clone(),
            (None, None, Some(field)) => field.label.clone(),
            (None, None, None) => String::new(),
        };
        let text = if remark.text.contains(&label) {
            remark.text
        } else {
            let colon = session.text(messages::common::colon());
            format!("{label}{colon}{}", remark.text)
        };
        let selector = if id == CUTOFF {
            String::from("#questions")
        } else if is_field(&id) {
            format!("#f-{id}")
        } else if narrative(&id).is_some() {
            format!("#n-{id}")
        } else {
            format!("#q-{id}")
        };
        entry(text, move || session.open_place(&id), selector)
    });
    entries.collect()
}

/// The fields of the form that are empty, with a way to the first.
fn empty_fields(session: Session) -> Option<AnyView> {
    let policy = session.policy();
    let empty: Vec<_> = session.filing.case.with(|case| {
        let fields = policy
            .fields
            .iter()
            .filter(|field| !field.private && session.filing.asks(&field.id));
        // The kind of a number is printed beside the number and has no place of its own.
        let fields = fields.filter(|field| field.kind != FieldKind::IdKind);
        fields
            .filter(|field| case.entry(field).trim().is_empty())
            .collect()
    });
    let id = empty.first()?.id.clone();
    let names: Vec<&str> = empty.iter().map(|field| field.label.as_str()).collect();
    let text = session.say(messages::review::empty_fields(
        &empty.len(),
        &session.names_in_row(&names),
        &policy.recommendation_form.name,
    ));
    let go = move || session.page.open_field(&id);
    Some(entry(text, go, String::from("#form")))
}

/// The answers of a state that are still to be checked: what is only planned one
/// by one, the others, which may be many, counted, with a way to the first.
fn unchecked(session: Session, state: FactState) -> Vec<AnyView> {
    let policy = session.policy();
    let facts: Vec<_> = session.filing.case.with(|case| {
        let facts = policy.facts.iter().filter(|fact| {
            let detail = case.fact_details.get(&fact.id);
            detail.is_some_and(|detail| detail.is_in(state))
        });
        facts.cloned().collect()
    });
    let count = facts.len();
    let one_by_one = state == FactState::Planned;
    let shown = facts.into_iter().take(if one_by_one { count } else { 1 });
    let entries = shown.filter_map(|fact| {
        let text = if one_by_one {
            session.say(messages::review::planned(&fact.label))
        } else {
            session.say(messages::review::unchecked(&count, &state.mark()?))
        };
        let selector = format!("#q-{}", fact.id);
        Some(entry(text, move || session.open_fact(&fact.id), selector))
    });
    entries.collect()
}
