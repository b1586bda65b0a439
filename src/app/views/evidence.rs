//! 佐证材料: each document once, with the rows it serves.

use std::sync::Arc;

use leptos::prelude::*;

use crate::answers::{Case, EvidenceMark, EvidenceState, ListedItem, plain_line};
use crate::app::components::{FillIn, Offer, fill_rest, folded_words, switch_link};
use crate::app::live::{entered, live, on_change, on_leave};
use crate::app::session::Session;
use crate::app::step::Step;
use crate::assessment::Papers;
use crate::documents::rows_served;
use crate::numbers::Points;
use crate::policy::Evidence;
use crate::wording::messages;

/// The step: points that nothing at hand shows, then the documents by who keeps them, each with its mark.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let is_unfolded = RwSignal::new(false);
    let groups: Vec<AnyView> = policy
        .groups
        .iter()
        .filter_map(|group| {
            let documents = policy
                .evidence
                .iter()
                .filter(|document| document.group == group.id);
            let documents = documents.map(|document| document_view(session, document, is_unfolded));
            let documents: Vec<AnyView> = documents.collect();
            (!documents.is_empty()).then(|| {
                view! {
                    <section class="group" aria-label=group.title.clone()>
                        <div class="group__head">
                            <div>
                                <h3>{group.title.clone()}</h3>
                                " "
                                <span class="note">
                                    {session.say(messages::evidence::kept_by(&group.keeper))}
                                </span>
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
    view! { {super::heading(session, Step::Evidence, intro)} {claims(session)} {mark_rest(session, is_unfolded)} {groups} }
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
                <details class="banner is-open">
                    <summary>{session.say(messages::evidence::claims(&points, &rows))}</summary>
                    <ul class="claims">{items}</ul>
                </details>
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
    let papers = session.names_in_row(&choices.collect::<Vec<_>>());
    session.say(messages::evidence::lacks(&papers))
}

/// 其余均已备: the papers that are marked together as being at hand.
struct RestMarked {
    session: Session,
    /// What was marked, and of which of the cases opened here.
    marked: RwSignal<(usize, Vec<String>)>,
}

impl RestMarked {
    /// The papers that are not marked: id and title.
    fn unmarked(&self) -> Vec<(String, String)> {
        let policy = self.session.policy();
        self.session.filing.assessment.with(|assessment| {
            self.session.filing.case.with(|case| {
                let rest = Papers::of(&policy, case, assessment).unmarked();
                rest.into_iter()
                    .map(|document| (document.id.clone(), document.title.clone()))
                    .collect()
            })
        })
    }
}

impl FillIn for RestMarked {
    fn offer(&self) -> Option<Offer> {
        let rest = self.unmarked();
        let session = self.session;
        (!rest.is_empty()).then(|| Offer {
            button: session.say(messages::evidence::rest(&rest.len())),
            lead: session.say(messages::evidence::rest_lead(&rest.len())),
            items: rest.into_iter().map(|(_, title)| title).collect(),
            left_out: None,
            go: session.text(messages::evidence::rest_go()),
            not: session.text(messages::evidence::rest_not()),
        })
    }

    fn fill(&self) {
        let ids: Vec<String> = self.unmarked().into_iter().map(|(id, _)| id).collect();
        self.session.filing.case.update(|case| {
            for id in &ids {
                case.evidence.entry(id.clone()).or_default().state = EvidenceState::Ready;
            }
        });
        self.marked.set((self.session.filing.opened.get_untracked(), ids));
    }

    fn done(&self) -> Option<String> {
        // What was undone or marked otherwise since then is none of it any more.
        let filing = self.session.filing;
        let (opened, count) = self.marked.with(|(opened, ids)| {
            let is_ready = |id: &&String| {
                let state = |case: &Case| case.evidence.get(id).map(|mark| mark.state);
                filing.case.with(|case| state(case) == Some(EvidenceState::Ready))
            };
            (*opened, ids.iter().filter(is_ready).count())
        });
        let stands = count > 0 && opened == filing.opened.get();
        stands.then(|| format!("{} ", self.session.say(messages::evidence::rest_done(&count))))
    }

    /// What was marked otherwise since then stays as it is.
    fn take_back(&self) {
        self.session.filing.case.update(|case| {
            for id in self.marked.get_untracked().1 {
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
        self.marked.set((0, Vec::new()));
    }
}

fn mark_rest(session: Session, is_unfolded: RwSignal<bool>) -> AnyView {
    let rest = RestMarked {
        session,
        marked: RwSignal::new((0, Vec::new())),
    };
    let actions = ["mark-rest", "confirm-mark-rest", "undo-mark-rest"].map(Some);
    let panel = fill_rest(session, "[data-mark-rest]", actions, Arc::new(rest));
    let labels = [messages::evidence::unfold_all(), messages::evidence::fold_all()];
    view! {
        <div class="fill-place" data-mark-rest="">
            {panel}
            <p class="documents__all">
                {switch_link(session, "unfold-documents", labels, is_unfolded)}
            </p>
        </div>
    }
    .into_any()
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

/// What the answers say of a document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ByAnswers {
    /// There may be one.
    Wanted,
    /// There is none.
    Moot,
    /// There is none, although it was marked as being at hand.
    Denied,
}

fn by_answers(session: Session, id: &str) -> Memo<ByAnswers> {
    let id = id.to_owned();
    Memo::new(move |_| {
        let policy = session.policy();
        let Some(document) = policy.evidence(&id) else {
            return ByAnswers::Wanted;
        };
        session.filing.assessment.with(|assessment| {
            session.filing.case.with(|case| {
                let papers = Papers::of(&policy, case, assessment);
                if papers.is_denied(document) {
                    ByAnswers::Denied
                } else if papers.is_moot(document) {
                    ByAnswers::Moot
                } else {
                    ByAnswers::Wanted
                }
            })
        })
    })
}

/// A document in a line: its name, the rows that it serves, what is asked of it behind a fold, and its mark.
fn document_view(session: Session, document: &Evidence, is_unfolded: RwSignal<bool>) -> AnyView {
    let policy = session.policy();
    let id = &document.id;
    let by_answers = by_answers(session, id);
    // By the answers alone there is no such paper, and no mark says otherwise.
    let moot = Memo::new(move |_| by_answers.get() == ByAnswers::Moot);
    let note_on_answers = move || {
        let text = |text| session.text(text);
        match by_answers.get() {
            ByAnswers::Wanted => None,
            ByAnswers::Moot => Some(
                view! { <span class="q__hint" data-moot="">{text(messages::evidence::moot())}</span> }
                    .into_any(),
            ),
            ByAnswers::Denied => Some(
                view! { <span class="warn" data-denied="">{text(messages::evidence::denied())}</span> }
                    .into_any(),
            ),
        }
    };
    // A note is shown where there is one, or was asked for: before that it is a word.
    let is_wanted = RwSignal::new(false);
    let is_shown = {
        let id = id.clone();
        Memo::new(move |_| is_wanted.get() || !mark_of(session, &id).note.is_empty())
    };
    let noted = move || {
        if is_shown.get() {
            "q__input is-noted"
        } else {
            "q__input"
        }
    };
    let to_note = {
        let id = id.clone();
        move || {
            let is_offered = !is_shown.get() && mark_of(session, &id) != EvidenceMark::default();
            is_offered.then(|| {
                let label = session.text(messages::evidence::note());
                view! { <label class="link" for=format!("{id}-note")>{label}</label> }.into_any()
            })
        }
    };
    let points = points_shown(session, document);
    // What there is none of needs no description.
    let title = document.title.clone();
    let told = session.say(messages::evidence::told(
        &document.hint,
        &rows_served(&policy, document),
    ));
    let hint = move || {
        let named = (title.as_str(), messages::evidence::required());
        (!moot.get()).then(|| folded_words(session, named, told.clone(), move || is_unfolded.get()))
    };
    let facts = document.items_of.clone();
    let items = move || {
        let items = session.filing.case.with(|case| listed_items(case, &facts));
        let items: Vec<AnyView> = items
            .into_iter()
            .map(|item| view! { <li>{item}</li> }.into_any())
            .collect();
        (!items.is_empty()).then(|| view! { <ol class="q__items">{items}</ol> }.into_any())
    };
    view! {
        <div class="q q--short q--paper" id=format!("d-{id}")>
            <div class="q__ask">
                <div class="q__name">
                    <span class="q__label" id=format!("{id}-title")>
                        {document.title.clone()}
                        {(!document.named_for.is_empty()).then_some("*")}
                    </span>
                </div>
                <div class="q__told">
                    <span class="note">
                        {move || match points() {
                            points if by_answers.get() != ByAnswers::Wanted || points == Points::ZERO => String::new(),
                            points => session.say(messages::evidence::points(&points)),
                        }}
                    </span>
                    " "
                    {live(hint)}
                    {note_on_answers}
                    " "
                    {live(to_note)}
                    {live(items)}
                </div>
            </div>
            <div class=live(noted)>
                <div class="yn yn--three" role="radiogroup" aria-labelledby=format!("{id}-title")>
                    {states(session, id, moot)}
                </div>
                {note(session, document, is_wanted)}
            </div>
        </div>
    }
    .into_any()
}

/// The points of the rows that a document serves.
fn points_shown(session: Session, document: &Evidence) -> impl Fn() -> Points + Send + 'static {
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
}

/// What the case says of a document.
fn mark_of(session: Session, id: &str) -> EvidenceMark {
    session
        .filing
        .case
        .with(|case| case.evidence.get(id).cloned().unwrap_or_default())
}

/// Changes what the case says of a document; where that is nothing, the case does not name it.
fn change_mark(session: Session, id: &str, change: impl Fn(&mut EvidenceMark)) {
    session.filing.case.update(|case| {
        let mark = case.evidence.entry(id.to_owned()).or_default();
        change(mark);
        if *mark == EvidenceMark::default() {
            case.evidence.remove(id);
        }
    });
}

/// The radios for the state of a document.
fn states(session: Session, id: &str, moot: Memo<bool>) -> Vec<AnyView> {
    let option = |state: EvidenceState| {
        let checked = {
            let id = id.to_owned();
            move || {
                if moot.get() {
                    state == EvidenceState::NotApplicable
                } else {
                    mark_of(session, &id).state == state
                }
            }
        };
        let barred = move || moot.get() && state == EvidenceState::Lacking;
        let class = {
            let checked = checked.clone();
            move || if checked() { "yn__option on" } else { "yn__option" }
        };
        let marked = {
            let id = id.to_owned();
            move |_| change_mark(session, &id, |mark| mark.state = state)
        };
        view! {
            <label class=live(class)>
                <input
                    type="radio"
                    name=format!("evidence-{id}")
                    value=state.id()
                    data-evidence=id.to_owned()
                    prop:checked=live(checked)
                    prop:disabled=live(barred)
                    on:change=on_change(marked)
                />
                <span>{state.label()}</span>
            </label>
        }
        .into_any()
    };
    EvidenceState::CHOICES.into_iter().map(option).collect()
}

/// The note on a document.
fn note(session: Session, document: &Evidence, is_wanted: RwSignal<bool>) -> AnyView {
    let id = &document.id;
    let shown = {
        let id = id.clone();
        move || mark_of(session, &id).note
    };
    // Before there is a mark nothing is to be noted, and the keys pass it by.
    let stop = {
        let id = id.clone();
        move || (mark_of(session, &id) == EvidenceMark::default()).then_some("-1")
    };
    let noted = {
        let id = id.clone();
        move |event: leptos::ev::Event| {
            let text = plain_line(&event_target_value(&event));
            change_mark(session, &id, |mark| mark.note.clone_from(&text));
        }
    };
    view! {
        <input
            type="text"
            class="entry entry--note"
            id=format!("{id}-note")
            placeholder=session.text(messages::evidence::note())
            autocomplete="off"
            data-evidence-note=id.clone()
            tabindex=live(stop)
            aria-label=session.say(messages::evidence::note_of(&document.title))
            prop:value=entered(shown)
            on:input=on_change(noted)
            on:focus=on_leave(move |_| is_wanted.set(true))
        />
    }
    .into_any()
}
