//! 佐证材料: each document once, with the rows it serves.

use leptos::prelude::*;

use crate::answers::{Case, EvidenceMark, EvidenceState, ListedItem};
use crate::app::live::{live, on_change};
use crate::app::state::Session;
use crate::app::step::Step;
use crate::assessment::claims_without_evidence;
use crate::numbers::Points;
use crate::policy::{Document, Policy};
use crate::wording::Word;

/// The view.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let groups: Vec<AnyView> = policy
        .groups
        .iter()
        .filter_map(|group| {
            let documents: Vec<AnyView> = policy.documents.iter().filter(|document| document.group == group.id).map(|document| document_view(session, document)).collect();
            (!documents.is_empty()).then(|| {
                view! {
                    <section class="group" aria-label=group.title.clone()>
                        <div class="group__head"><div><h3>{group.title.clone()}</h3><p>{session.say(Word::EvidenceKeptBy, &[("keeper", &group.keeper)])}</p></div></div>
                        {documents}
                    </section>
                }
                .into_any()
            })
        })
        .collect();
    let intro = session.text(Word::EvidenceIntro);
    view! { {super::heading(session, Step::Evidence, intro)} {claims(session)} {groups} }.into_any()
}

/// Points that are claimed although nothing is at hand to show them.
fn claims(session: Session) -> AnyView {
    let shown = move || {
        let policy = session.policy();
        let places = session.assessment.with(|assessment| {
            session
                .case
                .with(|case| claims_without_evidence(&policy, case, assessment))
        });
        if places.is_empty() {
            return None;
        }
        let points: Points = session.assessment.with(|assessment| {
            places
                .iter()
                .filter_map(|place| assessment.rows.get(*place))
                .map(|row| row.figures.own)
                .sum()
        });
        let items: Vec<AnyView> = places
            .iter()
            .filter_map(|place| {
                let row = policy.rows().nth(*place)?;
                let own = session.assessment.with(|assessment| {
                    assessment
                        .rows
                        .get(*place)
                        .map(|row| row.figures.own)
                        .unwrap_or_default()
                });
                Some(view! { <li>{session.say(Word::EvidenceClaim, &[("row", &row.id), ("title", &row.title), ("own", &own)])}</li> }.into_any())
            })
            .collect();
        Some(
            view! {
                <div class="banner is-open">
                    <p>{session.say(Word::EvidenceClaims, &[("rows", &places.len()), ("points", &points)])}</p>
                    <ul class="claims">{items}</ul>
                </div>
            }
            .into_any(),
        )
    };
    view! { <div>{live(shown)}</div> }.into_any()
}

fn rows_served(session: Session, policy: &Policy, document: &Document) -> String {
    let rows = document.rows.iter().filter_map(|id| policy.row(id)).map(|row| {
        let named = if document.named_for.contains(&row.id) {
            "*"
        } else {
            ""
        };
        format!("{} {}{named}", row.id, row.title)
    });
    rows.collect::<Vec<_>>()
        .join(&session.text(Word::CommonListComma))
}

/// What the answers list one by one for the facts that a document shows.
fn listed_items(case: &Case, facts: &[String]) -> Vec<String> {
    let details = facts.iter().filter_map(|fact| case.fact_details.get(fact));
    details
        .flat_map(|detail| &detail.items)
        .filter(|item| !item.is_empty())
        .map(ListedItem::in_words)
        .collect()
}

fn document_view(session: Session, document: &Document) -> AnyView {
    let policy = session.policy();
    let id = document.id.clone();
    let mark = {
        let id = id.clone();
        move || {
            session
                .case
                .with(|case| case.evidence.get(&id).cloned().unwrap_or_default())
        }
    };
    let change = {
        let id = id.clone();
        move |change: &dyn Fn(&mut EvidenceMark)| {
            session.case.update(|case| {
                let mark = case.evidence.entry(id.clone()).or_default();
                change(mark);
                if *mark == EvidenceMark::default() {
                    case.evidence.remove(&id);
                }
            });
        }
    };
    let options: Vec<AnyView> = EvidenceState::CHOICES
        .into_iter()
        .map(|state| {
            let checked = {
                let mark = mark.clone();
                move || mark().state == state
            };
            let class = {
                let checked = checked.clone();
                move || if checked() { "yn__option on" } else { "yn__option" }
            };
            let change = change.clone();
            view! {
                <label class=live(class)>
                    <input type="radio" name=format!("evidence-{id}") value=state.id() data-evidence=id.clone() prop:checked=live(checked) on:change=on_change(move |_| change(&|mark| mark.state = state))/>
                    <span>{state.label()}</span>
                </label>
            }
            .into_any()
        })
        .collect();
    let noted = {
        let change = change.clone();
        move |event: leptos::ev::Event| {
            let text = event_target_value(&event);
            change(&|mark| mark.note.clone_from(&text));
        }
    };
    let served = rows_served(session, &policy, document);
    let points = {
        let rows = document.rows.clone();
        move || {
            let policy = session.policy();
            session.assessment.with(|assessment| {
                policy
                    .rows()
                    .zip(&assessment.rows)
                    .filter(|(row, _)| rows.contains(&row.id))
                    .map(|(_, result)| result.figures.own)
                    .sum::<Points>()
            })
        }
    };
    let hint = (!document.hint.is_empty())
        .then(|| view! { <span class="q__hint">{document.hint.clone()}</span> }.into_any());
    let name = document.title.clone();
    let items = {
        let facts = document.items_of.clone();
        move || {
            let items = session.case.with(|case| listed_items(case, &facts));
            let items: Vec<AnyView> = items
                .into_iter()
                .map(|item| view! { <li>{item}</li> }.into_any())
                .collect();
            (!items.is_empty()).then(|| view! { <ol class="q__items">{items}</ol> }.into_any())
        }
    };
    view! {
        <div class="q q--paper" id=format!("d-{id}")>
            <div class="q__ask">
                <span class="q__label" id=format!("{id}-title")>{document.title.clone()} {(!document.named_for.is_empty()).then_some("*")}</span>
                {hint}
                <span class="q__hint">{move || session.say(Word::EvidenceUsedFor, &[("rows", &served), ("points", &points())])}</span>
                {live(items)}
            </div>
            <div class="q__input">
                <div class="yn yn--three" role="radiogroup" aria-labelledby=format!("{id}-title")>{options}</div>
                <input type="text" class="entry entry--note" placeholder=session.text(Word::EvidenceNote) autocomplete="off" data-evidence-note=id.clone() aria-label=session.say(Word::EvidenceNoteOf, &[("name", &name)]) prop:value=move || mark().note on:input=on_change(noted)/>
            </div>
        </div>
    }
    .into_any()
}
