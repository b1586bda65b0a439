//! 佐证材料: each document once, with the rows it serves.

use leptos::prelude::*;

use crate::answers::{Case, EvidenceMark, EvidenceState, ListedItem, plain_prose};
use crate::app::live::{entered, live, on_change, on_press};
use crate::app::session::Session;
use crate::app::step::Step;
use crate::assessment::Papers;
use crate::numbers::Points;
use crate::policy::{Evidence, Policy};
use crate::wording::messages;

/// The view.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let groups: Vec<AnyView> = policy
        .groups
        .iter()
        .filter_map(|group| {
            let documents = policy
                .evidence
                .iter()
                .filter(|document| document.group == group.id);
            let documents = documents.map(|document| document_view(session, document));
            let documents: Vec<AnyView> = documents.collect();
            (!documents.is_empty()).then(|| {
                view! {
                    <section class="group" aria-label=group.title.clone()>
                        <div class="group__head">
                            <div>
                                <h3>{group.title.clone()}</h3>
                                <p>{session.say(messages::evidence::kept_by(&group.keeper))}</p>
                            </div>
                        </div>
                        {documents}
                    </section>
                }
                .into_any()
            })
        })
        .collect();
    let intro = session.text(messages::evidence::intro());
    view! { {super::heading(session, Step::Evidence, intro)} {claims(session)} {mark_rest(session)} {groups} }
        .into_any()
}

/// Points that are claimed although nothing is at hand to show them.
fn claims(session: Session) -> AnyView {
    let shown = move || {
        let policy = session.policy();
        let (rows, points, items) = session.filing.assessment.with(|assessment| {
            session.filing.case.with(|case| {
                let unproved = Papers::of(&policy, case, assessment).unproved();
                let points: Points = unproved.iter().map(|row| row.claimed).sum();
                let items = unproved.iter().map(|unproved| {
                    let row = policy.row_at(unproved.place);
                    let claim =
                        session.say(messages::evidence::claim(&unproved.claimed, &row.id, &row.title));
                    let lacks = lacks_in_words(session, &unproved.lacks);
                    view! { <li data-unproved=row.id.clone()>{claim} " " {lacks}</li> }.into_any()
                });
                (unproved.len(), points, items.collect::<Vec<AnyView>>())
            })
        });
        if rows == 0 {
            return None;
        }
        Some(
            view! {
                <div class="banner is-open">
                    <p>{session.say(messages::evidence::claims(&points, &rows))}</p>
                    <ul class="claims">{items}</ul>
                </div>
            }
            .into_any(),
        )
    };
    view! { <div>{live(shown)}</div> }.into_any()
}

/// What a row would still take.
fn lacks_in_words(session: Session, lacks: &[Vec<&Evidence>]) -> String {
    if lacks.is_empty() {
        return session.text(messages::evidence::none_applies());
    }
    let choices = lacks.iter().map(|choice| {
        let titles = choice.iter().map(|document| document.title.as_str());
        titles
            .collect::<Vec<_>>()
            .join(&session.text(messages::evidence::or()))
    });
    let papers = choices
        .collect::<Vec<_>>()
        .join(&session.text(messages::common::list_comma()));
    session.say(messages::evidence::lacks(&papers))
}

/// 其余均已备: shows which papers it will mark, and can be taken back.
fn mark_rest(session: Session) -> AnyView {
    let open = RwSignal::new(false);
    // What was marked, and of which of the cases opened here.
    let marked: RwSignal<(usize, Vec<String>)> = RwSignal::new((0, Vec::new()));
    let rest = move || {
        let policy = session.policy();
        session.filing.assessment.with(|assessment| {
            session.filing.case.with(|case| {
                let rest = Papers::of(&policy, case, assessment).unmarked();
                let rest = rest
                    .into_iter()
                    .map(|document| (document.id.clone(), document.title.clone()));
                rest.collect::<Vec<_>>()
            })
        })
    };
    // Each press puts other buttons in the place of the pressed one: the focus goes on to the first of them.
    let focus_here = move || session.page.focus("[data-mark-rest] button");
    let mark = move |_| {
        let ids: Vec<String> = rest().into_iter().map(|(id, _)| id).collect();
        session.filing.case.update(|case| {
            for id in &ids {
                case.evidence.entry(id.clone()).or_default().state = EvidenceState::Ready;
            }
        });
        marked.set((session.filing.opened.get_untracked(), ids));
        open.set(false);
        focus_here();
    };
    // What was marked otherwise since then stays as it is.
    let take_back = move |_| {
        session.filing.case.update(|case| {
            for id in marked.get_untracked().1 {
                let Some(mark) = case.evidence.get_mut(&id) else {
                    continue;
                };
                if mark.state == EvidenceState::Ready {
                    mark.state = EvidenceState::Open;
                }
                if *mark == EvidenceMark::default() {
                    case.evidence.remove(&id);
                }
            }
        });
        marked.set((0, Vec::new()));
        focus_here();
    };
    let panel = move || {
        let (opened, count) = marked.with(|(opened, ids)| (*opened, ids.len()));
        if count > 0 && opened == session.filing.opened.get() {
            return Some(
                view! {
                    <p class="fill__done" role="status">
                        {session.say(messages::evidence::rest_done(&count))}
                        " "
                        <button
                            type="button"
                            class="link"
                            data-action="undo-mark-rest"
                            on:click=on_press(take_back)
                        >
                            {session.text(messages::common::take_back())}
                        </button>
                    </p>
                }
                .into_any(),
            );
        }
        let rest = rest();
        if rest.is_empty() {
            return None;
        }
        if !open.get() {
            return Some(
                view! {
                    <button
                        type="button"
                        class="btn btn--small"
                        data-action="mark-rest"
                        on:click=on_press(move |_| { open.set(true); focus_here(); })
                    >
                        {session.say(messages::evidence::rest(&rest.len()))}
                    </button>
                }
                .into_any(),
            );
        }
        let titles = rest
            .iter()
            .map(|(_, title)| view! { <li>{title.clone()}</li> }.into_any());
        let titles: Vec<AnyView> = titles.collect();
        Some(
            view! {
                <div class="fill">
                    <p>{session.say(messages::evidence::rest_lead(&rest.len()))}</p>
                    <ul>{titles}</ul>
                    <button
                        type="button"
                        class="btn btn--main btn--small"
                        data-action="confirm-mark-rest"
                        on:click=on_press(mark)
                    >
                        {session.text(messages::evidence::rest_go())}
                    </button>
                    " "
                    <button
                        type="button"
                        class="btn btn--small"
                        on:click=on_press(move |_| { open.set(false); focus_here(); })
                    >
                        {session.text(messages::evidence::rest_not())}
                    </button>
                </div>
            }
            .into_any(),
        )
    };
    view! { <div class="fill-place" data-mark-rest="">{live(panel)}</div> }.into_any()
}

fn rows_served(session: Session, policy: &Policy, document: &Evidence) -> String {
    let rows = document.rows.iter().filter_map(|id| policy.row(id)).map(|row| {
        let named = if document.named_for.contains(&row.id) {
            "*"
        } else {
            ""
        };
        format!("{} {}{named}", row.id, row.title)
    });
    rows.collect::<Vec<_>>()
        .join(&session.text(messages::common::list_comma()))
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

fn document_view(session: Session, document: &Evidence) -> AnyView {
    let policy = session.policy();
    let id = document.id.clone();
    let mark = {
        let id = id.clone();
        move || {
            session
                .filing
                .case
                .with(|case| case.evidence.get(&id).cloned().unwrap_or_default())
        }
    };
    let change = {
        let id = id.clone();
        move |change: &dyn Fn(&mut EvidenceMark)| {
            session.filing.case.update(|case| {
                let mark = case.evidence.entry(id.clone()).or_default();
                change(mark);
                if *mark == EvidenceMark::default() {
                    case.evidence.remove(&id);
                }
            });
        }
    };
    // By the answers alone there is no such paper.
    let moot = {
        let id = id.clone();
        Memo::new(move |_| {
            let policy = session.policy();
            session.filing.assessment.with(|assessment| {
                session.filing.case.with(|case| {
                    policy
                        .evidence(&id)
                        .is_some_and(|document| Papers::of(&policy, case, assessment).is_moot(document))
                })
            })
        })
    };
    let options: Vec<AnyView> = EvidenceState::CHOICES
        .into_iter()
        .map(|state| {
            let checked = {
                let mark = mark.clone();
                move || {
                    if moot.get() {
                        state == EvidenceState::NotApplicable
                    } else {
                        mark().state == state
                    }
                }
            };
            let barred = move || moot.get() && state == EvidenceState::Lacking;
            let class = {
                let checked = checked.clone();
                move || if checked() { "yn__option on" } else { "yn__option" }
            };
            let change = change.clone();
            view! {
                <label class=live(class)>
                    <input
                        type="radio"
                        name=format!("evidence-{id}")
                        value=state.id()
                        data-evidence=id.clone()
                        prop:checked=live(checked)
                        prop:disabled=live(barred)
                        on:change=on_change(move |_| change(&|mark| mark.state = state))
                    />
                    <span>{state.label()}</span>
                </label>
            }
            .into_any()
        })
        .collect();
    let noted = {
        let change = change.clone();
        move |event: leptos::ev::Event| {
            let text = plain_prose(&event_target_value(&event));
            change(&|mark| mark.note.clone_from(&text));
        }
    };
    let served = rows_served(session, &policy, document);
    let points = {
        let rows = document.rows.clone();
        move || {
            let policy = session.policy();
            session.filing.assessment.with(|assessment| {
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
            let items = session.filing.case.with(|case| listed_items(case, &facts));
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
                <span class="q__label" id=format!("{id}-title")>
                    {document.title.clone()}
                    {(!document.named_for.is_empty()).then_some("*")}
                </span>
                {hint}
                <span class="q__hint">
                    {move || session.say(messages::evidence::used_for(&points(), &served))}
                </span>
                {move || moot.get().then(|| view! {
                    <span class="q__hint" data-moot="">{session.text(messages::evidence::moot())}</span>
                }.into_any())}
                {live(items)}
            </div>
            <div class="q__input">
                <div class="yn yn--three" role="radiogroup" aria-labelledby=format!("{id}-title")>
                    {options}
                </div>
                <input
                    type="text"
                    class="entry entry--note"
                    placeholder=session.text(messages::evidence::note())
                    autocomplete="off"
                    data-evidence-note=id.clone()
                    aria-label=session.say(messages::evidence::note_of(&name))
                    prop:value=entered(move || mark().note)
                    on:input=on_change(noted)
                />
            </div>
        </div>
    }
    .into_any()
}
