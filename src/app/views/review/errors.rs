//! What is wrong, each with the way to where it is.

use leptos::prelude::*;

use super::entry;
use crate::answers::Severity;
use crate::app::live::live;
use crate::app::session::Session;
use crate::app::views::questions::cutoff_fault;
use crate::assessment::{CUTOFF, fault_at};
use crate::wording::messages;

/// The findings of one weight on what the form has, each with a way to its field.
pub(super) fn form_findings(session: Session, severity: Severity) -> Vec<AnyView> {
    let policy = session.policy();
    let entries = session.open_findings(severity).into_iter().map(|(id, finding)| {
        let label = policy
            .field(&id)
            .map_or_else(String::new, |field| field.label.clone());
        let selector = format!("#f-{id}");
        // Many a finding begins with the name of its field.
        let text = finding.text.strip_prefix(&label).unwrap_or(&finding.text);
        entry(
            session.say(messages::review::field_finding(&text, &label)),
            move || session.page.open_field(&id),
            selector,
        )
    });
    entries.collect()
}

/// Everything that is wrong, summed up with links.
pub(super) fn error_summary(session: Session) -> AnyView {
    let shown = move || {
        let policy = session.policy();
        let mut entries: Vec<AnyView> = Vec::new();
        session.filing.assessment.with(|assessment| {
            for (place, fact) in policy.facts.enumerated() {
                if let Some(fault) = fault_at(&policy, assessment, place) {
                    let id = fact.id.clone();
                    entries.push(entry(
                        session.say(messages::review::fact_fault(&fact.label, &fault)),
                        move || session.open_fact(&id),
                        format!("#q-{}", fact.id),
                    ));
                }
            }
            for (place, row) in policy.rows_enumerated() {
                let result = &assessment.rows[place];
                if !result.conflicts.is_empty() && result.faulty.is_empty() {
                    let reason = session.filing.row_reason(place);
                    let id = row.id.clone();
                    entries.push(entry(
                        session.say(messages::review::row_conflict(&reason, &row.id, &row.title)),
                        move || session.page.open_row(&id),
                        String::from("#score"),
                    ));
                }
            }
        });
        if let Some(fault) = cutoff_fault(session) {
            let label = session.cutoff_name();
            entries.push(entry(
                session.say(messages::review::field_finding(&fault, &label)),
                move || session.open_place(CUTOFF),
                String::from("#questions"),
            ));
        }
        entries.extend(form_findings(session, Severity::Error));
        if entries.is_empty() {
            return view! {
                <div class="banner is-good"><p>{session.text(messages::review::no_faults())}</p></div>
            }
            .into_any();
        }
        view! {
            <div class="summary" role="group" aria-labelledby="summary-title">
                <h3 id="summary-title" tabindex="-1">
                    {session.say(messages::review::faults_title(&entries.len()))}
                </h3>
                <ul>{entries}</ul>
            </div>
        }
        .into_any()
    };
    view! { <div data-error-summary="">{live(shown)}</div> }.into_any()
}
