//! 填报数据: every question, by the papers at hand or by the score sheet.

use std::sync::Arc;

use leptos::prelude::*;

use crate::answers::{FactState, Filled, NotADay, as_entered_for_narrative, read_past_day};
use crate::app::components::{Asked, FillIn, Offer, fill_rest, question, reference, warning, way_to_other};
use crate::app::live::{entered, live, on_change, on_leave, on_press};
use crate::app::session::{Arrangement, Session};
use crate::app::step::Step;
use crate::assessment::{CUTOFF, Progress, Rest, StepState, answers_in_state, deciding_facts};
use crate::policy::{
    Fact, FactIdx, FactKind, Group, GroupBlock, IdxSet, IdxVec, Inputs, Layout, NarrativeField, Policy, Row,
    RowIdx,
};
use crate::wording::{Text, messages};

/// The view.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let body = move || match session.page.arrangement.get() {
        Arrangement::ByPapers => by_papers(session),
        Arrangement::ByScoreSheet => by_score_sheet(session),
    };
    let tab = |value: Arrangement, label: Text| {
        view! {
            <button
                type="button"
                class="mini"
                aria-pressed=move || if session.page.arrangement.get() == value { "true" } else { "false" }
                on:click=on_press(move |_| session.page.arrangement.set(value))
            >
                {session.text(label)}
            </button>
        }
        .into_any()
    };
    let unchecked = move || {
        let notes = FactState::UNCHECKED.map(|state| {
            let count = session.filing.case.with(|case| answers_in_state(case, state));
            let mark = state.mark().filter(|_| count > 0)?;
            let text = if state == FactState::Planned {
                session.say(messages::questions::planned(&count))
            } else {
                session.say(messages::questions::unchecked(&count, &mark))
            };
            Some(view! { <p class="warn">{text}</p> }.into_any())
        });
        notes.into_iter().flatten().collect::<Vec<_>>()
    };
    let intro = session.text(messages::questions::intro());
    view! {
        {super::heading(session, Step::Questions, intro)}
        <div class="arrange">
            <div class="minis" role="group" aria-label=session.text(messages::questions::arrangement())>
                {tab(Arrangement::ByPapers, messages::questions::by_papers())}
                {tab(Arrangement::ByScoreSheet, messages::questions::by_score_sheet())}
            </div>
            {dates(session, &policy)}
        </div>
        {live(unchecked)}
        {live(body)}
    }
    .into_any()
}

/// The year of application and the cutoff date, from which every period follows.
fn dates(session: Session, policy: &Policy) -> AnyView {
    view! { <div class="dates">{year(session, policy)} {cutoff(session)}</div> }.into_any()
}

/// The year of application, with a way to where it is entered.
fn year(session: Session, policy: &Policy) -> AnyView {
    let mut fields = policy.fields.iter();
    let field = fields.find(|field| field.kind == crate::policy::FieldKind::Year);
    let change = field.map(|field| {
        let (id, label) = (field.id.clone(), field.label.clone());
        view! {
            <button
                type="button"
                class="link"
                aria-label=session.say(messages::questions::change_of(&label))
                on:click=on_press(move |_| session.page.open_field(&id))
            >
                {session.text(messages::questions::change())}
            </button>
        }
        .into_any()
    });
    let year = move || session.filing.case.with(|case| case.application_year.to_string());
    view! {
        <span>
            {session.weave(messages::questions::year(view! { <b>{live(year)}</b> }.into_any()))}
            {change}
        </span>
    }
    .into_any()
}

/// The cutoff date. What is typed stays until it is a day and the input is left.
fn cutoff(session: Session) -> AnyView {
    let typing: RwSignal<Option<String>> = RwSignal::new(None);
    let shown = move || {
        typing
            .get()
            .unwrap_or_else(|| session.filing.case.with(|case| case.cutoff_date.to_string()))
    };
    let typed = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        if let Ok(date) = read_past_day(&text, session.today()) {
            session.filing.case.update(|case| case.cutoff_date = date);
        }
        typing.set(Some(text));
    };
    let wrong = move || {
        let cutoff = session.filing.case.with(|case| case.cutoff_date);
        let text = typing.get().unwrap_or_else(|| cutoff.to_string());
        let reason = match read_past_day(&text, session.today()).err()? {
            NotADay::NotADate(reason) => reason.to_string(),
            NotADay::InFuture => session.say(messages::questions::date_in_future(&session.today())),
        };
        let words = session.say(messages::questions::date_wanted(&cutoff, &reason));
        Some(view! { <p class="err" id="cutoff-error">{words}</p> }.into_any())
    };
    let notes = move || {
        let notes = session.filing.remarks_at(CUTOFF).into_iter().map(|remark| {
            let way = remark.with.map(|other| way_to_other(session, other));
            warning(session, CUTOFF, remark.text, way)
        });
        notes.collect::<Vec<_>>()
    };
    let left = move |_| {
        let is_day = |text: String| read_past_day(&text, session.today()).is_ok();
        if typing.get_untracked().is_some_and(is_day) {
            typing.set(None);
        }
    };
    view! {
        <label class="dates__cutoff">
            {session.text(messages::questions::cutoff())}
            <input
                type="text"
                class="entry entry--date"
                data-case="cutoff_date"
                autocomplete="off"
                aria-describedby="cutoff-error"
                prop:value=entered(shown)
                on:input=on_change(typed)
                on:blur=on_leave(left)
            />
        </label>
        {live(wrong)}
        <div class="q__remarks">{live(notes)}</div>
    }
    .into_any()
}

fn by_papers(session: Session) -> AnyView {
    let policy = session.policy();
    let deciding = Arc::new(deciding_facts(&policy));
    let groups: Vec<AnyView> = policy
        .groups
        .iter()
        .enumerate()
        .map(|(place, group)| paper_group(session, &policy, &deciding, place, group))
        .collect();
    let contents: Vec<AnyView> = policy
        .groups
        .iter()
        .enumerate()
        .map(|(place, group)| contents_entry(session, place, group))
        .collect();
    view! {
        <nav class="contents" aria-label=session.text(messages::questions::contents())>
            <ul>{contents}</ul>
        </nav>
        {groups}
    }
    .into_any()
}

fn group_progress(session: Session, place: usize) -> Progress {
    session.filing.progress.with(|progress| {
        progress.groups.get(place).copied().unwrap_or(Progress {
            done: 0,
            all: 0,
            faults: 0,
        })
    })
}

fn progress_words(session: Session, progress: Progress) -> String {
    match progress.state() {
        StepState::Untouched => session.text(messages::common::not_begun()),
        StepState::Underway => format!("{}/{}", progress.done, progress.all),
        StepState::Done => session.text(messages::common::done()),
        StepState::Faulty => session.say(messages::common::faults(&progress.faults)),
    }
}

fn contents_entry(session: Session, place: usize, group: &Group) -> AnyView {
    let selector = format!("#g-{} h3", group.id);
    let class = move || match group_progress(session, place).state() {
        StepState::Done => "contents__state is-done",
        StepState::Faulty => "contents__state is-bad",
        _ => "contents__state",
    };
    view! {
        <li>
            <a
                href=format!("#g-{}", group.id)
                on:click=on_press(move |event| {
                    event.prevent_default();
                    session.page.focus(selector.clone());
                })
            >
                {group.title.clone()}
            </a>
            " "
            <span class=live(class)>{move || progress_words(session, group_progress(session, place))}</span>
        </li>
    }
    .into_any()
}

fn paper_group(
    session: Session,
    policy: &Policy,
    deciding: &Arc<IdxSet<FactIdx>>,
    place: usize,
    group: &Group,
) -> AnyView {
    let blocks: Vec<AnyView> = group
        .blocks
        .iter()
        .map(|block| block_view(session, policy, block))
        .collect();
    let narrative: Vec<AnyView> = group
        .narrative
        .iter()
        .filter_map(|id| policy.narrative_fields.iter().find(|field| field.id == *id))
        .map(|field| narrative_question(session, field))
        .collect();
    let narrative = (!narrative.is_empty()).then(|| {
        view! { <h4 class="block__title">{session.text(messages::questions::narrative())}</h4> {narrative} }
            .into_any()
    });
    let keeper = group.keeper.clone();
    let intro = (!group.intro.is_empty()).then(|| view! { <p>{group.intro.clone()}</p> }.into_any());
    view! {
        <section class="group" id=format!("g-{}", group.id) aria-label=group.title.clone()>
            <div class="group__head">
                <div>
                    <h3 tabindex="-1">{group.title.clone()}</h3>
                    <p>
                        {move || session.say(
                            messages::questions::answered_by(
                                &keeper,
                                &progress_words(session, group_progress(session, place)),
                            )
                        )}
                    </p>
                    {intro}
                </div>
                {fill_zero(session, group, deciding)}
            </div>
            {blocks}
            {narrative}
            {form_part(session, policy, group)}
        </section>
    }
    .into_any()
}

/// Form fields that the same papers answer: what is entered, and a way to the form.
fn form_part(session: Session, policy: &Policy, group: &Group) -> Option<AnyView> {
    let fields: Vec<_> = group
        .fields
        .iter()
        .filter_map(|id| policy.field(id))
        .cloned()
        .collect();
    let first = fields.first()?.id.clone();
    let filled = {
        let fields = fields.clone();
        move || {
            session.filing.case.with(|case| {
                fields
                    .iter()
                    .filter(|field| !case.entry(field).trim().is_empty())
                    .count()
                    .to_string()
            })
        }
    };
    let all = fields.len();
    let form = session.policy().recommendation_form.name.clone();
    let names = fields
        .iter()
        .map(|field| field.label.as_str())
        .collect::<Vec<_>>()
        .join(&session.text(messages::common::list_comma()));
    Some(
        view! {
            <div class="reference">
                <p>{move || session.say(messages::questions::form_fields(&all, &filled(), &names, &form))}
                    <button
                        type="button"
                        class="link"
                        on:click=on_press(move |_| session.page.open_field(&first))
                    >
                        {session.text(messages::questions::go_fill())}
                    </button>
                </p>
            </div>
        }
        .into_any(),
    )
}

/// A block of questions; optional ones stay folded away until asked for or answered.
fn block_view(session: Session, policy: &Policy, block: &GroupBlock) -> AnyView {
    let places = block.facts.iter().filter_map(|id| policy.fact(id));
    let (optional, required): (Vec<_>, Vec<_>) = places.partition(|(_, fact)| fact.optional.is_some());
    let questions = |facts: &[(FactIdx, &crate::policy::Fact)]| -> Vec<AnyView> {
        facts
            .iter()
            .map(|(place, _)| question(session, *place, Asked::Exactly))
            .collect()
    };
    let title = (!block.title.is_empty())
        .then(|| view! { <h4 class="block__title">{block.title.clone()}</h4> }.into_any());
    let fold = (!optional.is_empty()).then(|| {
        let names = optional
            .iter()
            .map(|(_, fact)| fact.label.as_str())
            .collect::<Vec<_>>()
            .join(&session.text(messages::common::list_comma()));
        let answered = session
            .filing
            .case
            .with_untracked(|case| optional.iter().any(|(_, fact)| case.facts.contains_key(&fact.id)));
        view! {
            <details class="fold" open=answered>
                <summary>{session.say(messages::questions::optional(&names))}</summary>
                {questions(&optional)}
            </details>
        }
        .into_any()
    });
    let class = if block.layout == Layout::Table {
        "block block--table"
    } else {
        "block"
    };
    view! { <div class=class>{title} {questions(&required)} {fold}</div> }.into_any()
}

fn narrative_question(session: Session, field: &NarrativeField) -> AnyView {
    let id = field.id.clone();
    let shown = {
        let id = id.clone();
        move || {
            session
                .filing
                .case
                .with(|case| case.narrative.get(&id).cloned().unwrap_or_default())
        }
    };
    let typed = {
        let (id, asked) = (id.clone(), field.clone());
        move |event: leptos::ev::Event| {
            let text = as_entered_for_narrative(&asked, &event_target_value(&event));
            session.filing.case.update(|case| {
                if text.is_empty() {
                    case.narrative.remove(&id);
                } else {
                    case.narrative.insert(id.clone(), text);
                }
            });
        }
    };
    let unit = (!field.unit.is_empty())
        .then(|| view! { <span class="in__unit">{field.unit.clone()}</span> }.into_any());
    let notes = {
        let id = id.clone();
        move || {
            let remarks = session.filing.remarks_at(&id).into_iter();
            let notes = remarks.map(|remark| warning(session, &id, remark.text, None));
            notes.collect::<Vec<_>>()
        }
    };
    let class = if field.unit.is_empty() {
        "in in--text"
    } else {
        "in"
    };
    view! {
        <div class="q" id=format!("n-{id}")>
            <div class="q__ask">
                <label class="q__label" for=format!("{id}-narrative")>{field.label.clone()}</label>
                <span class="q__hint">{field.hint.clone()}</span>
            </div>
            <div class="q__input">
                <div class=class>
                    <input
                        id=format!("{id}-narrative")
                        type="text"
                        data-narrative=id.clone()
                        autocomplete="off"
                        prop:value=entered(shown)
                        on:input=on_change(typed)
                    />
                    {unit}
                </div>
            </div>
            <div class="q__remarks">{live(notes)}</div>
        </div>
    }
    .into_any()
}

/// 其余均为 0 / 其余均选“否”: the facts of a group that are answered together.
struct RestZero {
    session: Session,
    group: Group,
    /// The facts that decide whether one may apply, under this policy.
    deciding: Arc<IdxSet<FactIdx>>,
    /// What was filled in, and of which of the cases opened here.
    undo: RwSignal<Option<(usize, Filled)>>,
}

impl RestZero {
    /// Which facts can be filled in, and which decide whether one may apply.
    fn left(&self, policy: &Policy) -> Rest {
        let assessment = self.session.filing.assessment;
        assessment.with(|assessment| Rest::of(policy, &self.deciding, assessment, &self.group))
    }
}

impl FillIn for RestZero {
    fn offer(&self) -> Option<Offer> {
        let session = self.session;
        let policy = session.policy();
        let left = self.left(&policy);
        let facts = |places: &[FactIdx]| places.iter().map(|place| &policy.facts[*place]).collect();
        let (rest, deciding): (Vec<&Fact>, Vec<&Fact>) = (facts(&left.fillable), facts(&left.deciding));
        if rest.is_empty() {
            return None;
        }
        let counts = rest.iter().any(|fact| fact.kind == FactKind::Count);
        let yes_no = rest.iter().any(|fact| fact.kind == FactKind::YesNo);
        let button = match (counts, yes_no) {
            (true, true) => messages::questions::fill_zero_and_no(),
            (true, false) => messages::questions::fill_zero(),
            _ => messages::questions::fill_no(),
        };
        let items = rest.iter().map(|fact| {
            if fact.kind == FactKind::Count {
                session.say(messages::questions::zero(&fact.label))
            } else {
                session.say(messages::questions::no(&fact.label))
            }
        });
        // What decides whether one may apply is answered by itself, and said to be left out.
        let left_out = (!deciding.is_empty()).then(|| {
            let labels: Vec<&str> = deciding.iter().map(|fact| fact.label.as_str()).collect();
            let facts = labels.join(&session.text(messages::common::list_comma()));
            session.say(messages::questions::fill_leaves_out(&facts))
        });
        Some(Offer {
            button: session.text(button),
            lead: session.text(messages::questions::fill_lead()),
            items: items.collect(),
            left_out,
            go: session.text(messages::questions::fill()),
            not: session.text(messages::questions::fill_not()),
        })
    }

    fn fill(&self) {
        let policy = self.session.policy();
        let places = self.left(&policy).fillable.into_iter();
        let rest: Vec<Fact> = places.map(|place| policy.facts[place].clone()).collect();
        let mut filled = Filled::default();
        let filing = self.session.filing;
        filing.case.update(|case| filled = case.fill_in(&rest));
        self.undo.set(Some((filing.opened.get_untracked(), filled)));
    }

    fn done(&self) -> Option<String> {
        let filing = self.session.filing;
        let stands = self.undo.with(|undo| {
            undo.as_ref().is_some_and(|(opened, filled)| {
                *opened == filing.opened.get() && filing.case.with(|case| case.has_filled(filled))
            })
        });
        stands.then(|| self.session.text(messages::questions::filled()))
    }

    fn take_back(&self) {
        if let Some((_, filled)) = self.undo.get_untracked() {
            self.session
                .filing
                .case
                .update(|case| case.take_filled_out(&filled));
            self.undo.set(None);
        }
    }
}

fn fill_zero(session: Session, group: &Group, deciding: &Arc<IdxSet<FactIdx>>) -> AnyView {
    let rest = RestZero {
        session,
        group: group.clone(),
        deciding: Arc::clone(deciding),
        undo: RwSignal::new(None),
    };
    let selector = format!("[data-fill=\"{}\"]", group.id);
    let panel = fill_rest(session, &selector, [None; 3], Arc::new(rest));
    view! { <div class="fill-place" data-fill=group.id.clone()>{panel}</div> }.into_any()
}

/// The same questions in the official order, each where it is first used.
fn by_score_sheet(session: Session) -> AnyView {
    let policy = session.policy();
    let row_inputs: IdxVec<RowIdx, Vec<FactIdx>> = policy
        .rows()
        .map(|row| Inputs::of_score(&policy, &row.score).facts.into_iter().collect())
        .collect();
    let in_rows: Vec<FactIdx> = row_inputs.iter().flatten().copied().collect();
    let only_rules = policy.facts.indices().filter(|place| !in_rows.contains(place));
    let questions = only_rules.map(|place| question(session, place, Asked::Exactly));
    let mut sections: Vec<AnyView> = vec![conditions(session, questions.collect())];
    let mut asked: Vec<FactIdx> = Vec::new();
    let mut all_rows = policy.rows_enumerated();
    for section in &policy.sections {
        let rows = all_rows.by_ref().take(section.rows.len());
        let rows: Vec<AnyView> = rows
            .map(|(at, row)| row_block(session, at, row, &row_inputs[at], &mut asked))
            .collect();
        let title = session.say(messages::questions::section_title(
            &section.max,
            &section.id,
            &section.title,
        ));
        sections.push(
            view! {
                <section class="group" aria-label=section.title.clone()>
                    <div class="group__head">
                        <h3 tabindex="-1">{title}</h3>
                    </div>
                    {rows}
                </section>
            }
            .into_any(),
        );
    }
    sections.into_any()
}

/// The questions that only conditions of entry use.
fn conditions(session: Session, questions: Vec<AnyView>) -> AnyView {
    view! {
        <section class="group" aria-label=session.text(messages::questions::conditions())>
            <div class="group__head">
                <div>
                    <h3 tabindex="-1">{session.text(messages::questions::conditions())}</h3>
                    <p>{session.text(messages::questions::conditions_note())}</p>
                </div>
            </div>
            {questions}
        </section>
    }
    .into_any()
}

/// A row with its questions; those that were asked before are referred to.
fn row_block(
    session: Session,
    at: RowIdx,
    row: &Row,
    inputs: &[FactIdx],
    asked: &mut Vec<FactIdx>,
) -> AnyView {
    let parts = inputs.iter().map(|&fact| {
        if asked.contains(&fact) {
            return reference(session, fact);
        }
        asked.push(fact);
        question(session, fact, Asked::Exactly)
    });
    let parts: Vec<AnyView> = parts.collect();
    let score = move || {
        session
            .filing
            .assessment
            .with(|assessment| assessment.rows[at].figures.own)
    };
    view! {
        <div class="row-block">
            <div class="row-block__head">
                <h4>{format!("{} {}", row.id, row.title)}</h4>
                <span class="figure">
                    <b>{move || score().to_string()}</b>
                    {session.say(messages::common::of_full(&row.max))}
                </span>
            </div>
            <p class="row-block__reason">{move || session.row_words(at)}</p>
            {parts}
        </div>
    }
    .into_any()
}
