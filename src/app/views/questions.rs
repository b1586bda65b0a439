//! 填报数据: every question, by the papers at hand or by the score sheet.

use std::sync::Arc;

use leptos::prelude::*;

use super::origin::origin;
use crate::answers::{Case, FactState, Filled, NotADay, as_entered_for_narrative};
use crate::app::components::{
    Asked, FillIn, Offer, fill_rest, folded, question, reference, remark_note, unfold, way_to_other,
};
use crate::app::live::{entered, live, on_change, on_press};
use crate::app::session::{Arrangement, BroughtTable, Session};
use crate::app::step::Step;
use crate::assessment::{CUTOFF, Progress, Rest, StepState, answers_in_state, deciding_facts, open_facts};
use crate::browser::active_element;
use crate::documents::CasePart;
use crate::policy::{
    Fact, FactIdx, FactKind, Group, GroupBlock, IdxSet, IdxVec, Inputs, Layout, NarrativeField, Policy, Row,
    RowIdx,
};
use crate::wording::{Text, messages};

/// The view.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let only_open = RwSignal::new(false);
    let body = move || {
        // What is answered meanwhile stays until the view is drawn anew.
        let wanted = only_open.get().then(|| Arc::new(untrack(|| open(session))));
        let asked = Wanted { session, wanted };
        match session.page.arrangement.get() {
            Arrangement::One => asked.one_paper(session.page.paper.get()),
            Arrangement::All => asked.all_papers(),
            Arrangement::ByScoreSheet => asked.by_score_sheet(),
        }
    };
    let list = move || {
        let is_shown = session.page.arrangement.get() != Arrangement::ByScoreSheet;
        is_shown.then(|| contents(session))
    };
    let by_key = move |event: leptos::ev::KeyboardEvent| {
        let is_wanted = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
        if is_wanted && !event.is_composing() {
            event.prevent_default();
            open_next_open(session);
        }
    };
    view! {
        <div class="questions" on:keydown=by_key>
            {super::heading(session, Step::Questions, String::new())}
            {live(move || part_note(session))}
            {tools(session, only_open, &policy)}
            {unchecked(session)}
            {live(list)}
            {live(body)}
        </div>
    }
    .into_any()
}

/// Where the case is a part of another one: which, and what becomes of it.
fn part_note(session: Session) -> Option<AnyView> {
    let part = session.open_part()?;
    let says = session.part_words(&part);
    Some(view! { <div class="banner" data-part-of=part.case><p>{says}</p></div> }.into_any())
}

/// Whether the papers of a group are asked: a part of a case asks its own alone.
fn is_asked(part: Option<&CasePart>, group: &Group) -> bool {
    part.is_none_or(|part| part.groups.contains(&group.id))
}

/// How the questions are arranged, which of them are shown, and the way to the next one.
fn tools(session: Session, only_open: RwSignal<bool>, policy: &Policy) -> AnyView {
    let switch = |value: Arrangement, label: Text| {
        view! {
            <button
                type="button"
                class="mini"
                data-arrangement=value.id()
                aria-pressed=move || if session.page.arrangement.get() == value { "true" } else { "false" }
                on:click=on_press(move |_| session.page.arrangement.set(value))
            >
                {session.text(label)}
            </button>
        }
        .into_any()
    };
    let is_filtered = move || if only_open.get() { "true" } else { "false" };
    let is_unfolded = RwSignal::new(false);
    let label = move || session.text(messages::questions::tools());
    view! {
        <div class=move || folded("arrange", is_unfolded)>
            {unfold("arrange", label, is_unfolded)}
            <p class="arrange__intro">{session.text(messages::questions::intro())}</p>
            <div class="minis" role="group" aria-label=session.text(messages::questions::arrangement())>
                {switch(Arrangement::One, messages::questions::one_paper())}
                {switch(Arrangement::All, messages::questions::all_papers())}
                {switch(Arrangement::ByScoreSheet, messages::questions::by_score_sheet())}
            </div>
            {dates(session, policy)}
            <div class="minis arrange__open" role="group" aria-label=session.text(messages::questions::unanswered())>
                <button
                    type="button"
                    class="mini"
                    data-action="only-open"
                    aria-pressed=live(is_filtered)
                    on:click=on_press(move |_| only_open.update(|only_open| *only_open = !*only_open))
                >
                    {session.text(messages::questions::only_open())}
                </button>
                {next_open(session)}
                <button
                    type="button"
                    class="mini"
                    data-action="paste-table"
                    title=session.text(messages::tables::open_hint())
                    on:click=on_press(move |_| session.bring_table(BroughtTable::default()))
                >
                    {session.text(messages::tables::open())}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// 下一个未填, with how many there are.
fn next_open(session: Session) -> AnyView {
    let count = Memo::new(move |_| open(session).len());
    let label = move || match count.get() {
        0 => session.text(messages::questions::none_open()),
        count => session.say(messages::questions::next_open(&count)),
    };
    view! {
        <button
            type="button"
            class="mini"
            data-action="next-open"
            aria-keyshortcuts="Control+Enter"
            title="Ctrl+Enter"
            disabled=move || count.get() == 0
            on:click=on_press(move |_| open_next_open(session))
        >
            {live(label)}
        </button>
    }
    .into_any()
}

/// The facts that are still to be answered.
fn open(session: Session) -> Vec<FactIdx> {
    let (policy, today) = (session.policy(), session.today());
    let assessment = session.filing.assessment.get();
    let mut open = session
        .filing
        .case
        .with(|case| open_facts(&policy, case, &assessment, today));
    open.retain(|place| session.filing.asks(&policy.facts[*place].id));
    open
}

/// Goes to the next fact that is still to be answered.
fn open_next_open(session: Session) {
    let open = untrack(|| open(session));
    open_next(session, |place| open.contains(&place));
}

/// Goes to the next such question: the first one behind that which has the
/// focus, or else behind the papers before the open one, or else of all.
fn open_next(session: Session, is_wanted: impl Fn(FactIdx) -> bool) {
    let policy = session.policy();
    let order = match session.page.arrangement.get_untracked() {
        Arrangement::One | Arrangement::All => by_papers(&policy),
        Arrangement::ByScoreSheet => by_rows(&policy).0,
    };
    let focused = session.page.main.get_untracked().and_then(|main| {
        let focused = active_element(&main)?.closest("[data-question]").ok()??;
        policy.fact(&focused.get_attribute("data-question")?)
    });
    let behind = match focused {
        Some((focused, _)) => order.iter().position(|place| *place == focused).map(|at| at + 1),
        None if session.page.arrangement.get_untracked() == Arrangement::One => {
            let open = policy.groups.get(session.page.paper.get_untracked());
            let first = open.and_then(|group| policy.fact(group.facts().next()?));
            order
                .iter()
                .position(|place| Some(*place) == first.map(|(place, _)| place))
        }
        None => None,
    };
    let (before, after) = order.split_at_checked(behind.unwrap_or(0)).unwrap_or_default();
    let next = after.iter().chain(before).find(|place| is_wanted(**place));
    if let Some(next) = next {
        session.open_fact(&policy.facts[*next].id);
    }
}

/// The facts in the order of the papers.
fn by_papers(policy: &Policy) -> Vec<FactIdx> {
    let ids = policy.groups.iter().flat_map(crate::policy::Group::facts);
    ids.filter_map(|id| policy.fact(id))
        .map(|(place, _)| place)
        .collect()
}

/// The facts in the order of the score sheet, those that only conditions of entry
/// use before all; and what each row uses.
fn by_rows(policy: &Policy) -> (Vec<FactIdx>, IdxVec<RowIdx, Vec<FactIdx>>) {
    let row_inputs: IdxVec<RowIdx, Vec<FactIdx>> = policy
        .rows()
        .map(|row| Inputs::of_score(policy, &row.score).facts.into_iter().collect())
        .collect();
    let in_rows: Vec<FactIdx> = row_inputs.iter().flatten().copied().collect();
    let only_rules = policy.facts.indices().filter(|place| !in_rows.contains(place));
    let mut order: Vec<FactIdx> = only_rules.collect();
    for place in in_rows {
        if !order.contains(&place) {
            order.push(place);
        }
    }
    (order, row_inputs)
}

/// How many answers are still rough, of last year or only planned, with a way to them.
fn unchecked(session: Session) -> AnyView {
    let notes = move || {
        let notes = FactState::UNCHECKED.map(|state| {
            let count = session.filing.case.with(|case| answers_in_state(case, state));
            let mark = state.mark().filter(|_| count > 0)?;
            let text = if state == FactState::Planned {
                session.say(messages::questions::planned(&count))
            } else {
                session.say(messages::questions::unchecked(&count, &mark))
            };
            let go = move |_| {
                let policy = session.policy();
                let details = session
                    .filing
                    .case
                    .with_untracked(|case| case.fact_details.clone());
                open_next(session, |place| {
                    let detail = details.get(&policy.facts[place].id);
                    detail.is_some_and(|detail| detail.state == state)
                });
            };
            Some(
                view! {
                    <p class="warn">
                        {text}
                        " "
                        <button type="button" class="link" data-action="next-unchecked" on:click=on_press(go)>
                            {session.text(messages::questions::go_look())}
                        </button>
                    </p>
                }
                .into_any(),
            )
        });
        notes.into_iter().flatten().collect::<Vec<_>>()
    };
    view! { {live(notes)} }.into_any()
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

/// The cutoff date. What is typed and is no day stays, and is told as long as it stands.
fn cutoff(session: Session) -> AnyView {
    let shown = move || session.filing.case.with(Case::cutoff_as_typed);
    let typed = move |event: leptos::ev::Event| {
        let (text, today) = (event_target_value(&event), session.today());
        session.filing.case.update(|case| case.type_cutoff(&text, today));
    };
    let left = move |_| {
        let today = session.today();
        session.filing.case.update(|case| case.leave_cutoff(today));
    };
    let wrong = move || {
        let words = cutoff_fault(session)?;
        Some(view! { <p class="err" id="cutoff-error">{words}</p> }.into_any())
    };
    let notes = move || {
        let notes = session.filing.remarks_at(CUTOFF).into_iter().map(|remark| {
            let way = remark.with.clone().map(|other| way_to_other(session, other));
            remark_note(session, CUTOFF, remark, way)
        });
        notes.collect::<Vec<_>>()
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
                on:change=on_change(left)
            />
        </label>
        {live(wrong)}
        <div class="q__remarks">{live(notes)}</div>
    }
    .into_any()
}

/// Why what was typed for the cutoff date does not count, and which day does.
pub fn cutoff_fault(session: Session) -> Option<String> {
    let today = session.today();
    let (fault, cutoff) = session
        .filing
        .case
        .with(|case| (case.cutoff_fault(today), case.cutoff_date));
    let reason = match fault? {
        NotADay::NotADate(reason) => reason.to_string(),
        NotADay::InFuture => session.say(messages::questions::date_in_future(&today)),
    };
    Some(session.say(messages::questions::date_wanted(&cutoff, &reason)))
}

/// The papers with how far each has come. On a narrow page the list is unfolded by a button.
fn contents(session: Session) -> AnyView {
    let policy = session.policy();
    let part = session.open_part();
    let groups = policy.groups.iter().enumerate();
    let entries: Vec<AnyView> = groups
        .filter(|(_, group)| is_asked(part.as_ref(), group))
        .map(|(place, group)| contents_entry(session, place, group))
        .collect();
    let is_unfolded = RwSignal::new(false);
    let count = policy.groups.len();
    let now = move || {
        let place = session.page.paper.get();
        let title = session
            .policy()
            .groups
            .get(place)
            .map(|group| group.title.clone());
        session.say(messages::questions::paper_of(
            &count,
            &(place + 1),
            &progress_words(session, group_progress(session, place)),
            &title.unwrap_or_default(),
        ))
    };
    // Whoever has chosen a paper wants to see it, not the list.
    let chosen = move |_| is_unfolded.set(false);
    view! {
        <nav
            class=move || folded("contents", is_unfolded)
            aria-label=session.text(messages::questions::contents())
        >
            {unfold("papers", now, is_unfolded)}
            <ul on:click=on_press(chosen)>{entries}</ul>
        </nav>
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
    let current = move || {
        let is_open = session.page.paper.get() == place && session.page.arrangement.get() == Arrangement::One;
        is_open.then_some("true")
    };
    let class = move || match group_progress(session, place).state() {
        StepState::Done => "contents__state is-done",
        StepState::Faulty => "contents__state is-bad",
        _ => "contents__state",
    };
    view! {
        <li>
            <a
                href=format!("#questions/{}", group.id)
                data-paper=group.id.clone()
                aria-current=live(current)
                on:click=on_press(move |event| {
                    event.prevent_default();
                    session.open_paper(place);
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

/// The question for a fact as it is asked here, with where its answer comes from.
fn exact(session: Session, place: FactIdx) -> AnyView {
    question(session, place, Asked::Exactly, Some(origin(session, place)))
}

/// What is asked: everything, or what was open when it was drawn (只看未填).
struct Wanted {
    session: Session,
    /// What was open; `None` where everything is asked.
    wanted: Option<Arc<Vec<FactIdx>>>,
}

impl Wanted {
    /// Whether a fact is asked.
    fn has(&self, place: FactIdx) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted.contains(&place))
    }

    /// One of the papers.
    fn one_paper(&self, place: usize) -> AnyView {
        let policy = self.session.policy();
        let deciding = Arc::new(deciding_facts(&policy));
        let group = policy.groups.get(place).or_else(|| policy.groups.first());
        let Some(group) = group else {
            return ().into_any();
        };
        let drawn = self.paper_group(&policy, &deciding, place, group);
        drawn.unwrap_or_else(|| {
            let done = self.session.say(messages::questions::paper_done(&group.title));
            let id = format!("g-{}", group.id);
            view! {
                <section class="group" id=id aria-label=group.title.clone()>
                    <div class="group__head"><h3 tabindex="-1">{group.title.clone()}</h3></div>
                    <p class="reference">{done}</p>
                </section>
            }
            .into_any()
        })
    }

    /// Every paper, one under the other.
    fn all_papers(&self) -> AnyView {
        let policy = self.session.policy();
        let deciding = Arc::new(deciding_facts(&policy));
        let part = self.session.open_part();
        let groups = policy.groups.iter().enumerate();
        let groups: Vec<AnyView> = groups
            .filter(|(_, group)| is_asked(part.as_ref(), group))
            .filter_map(|(place, group)| self.paper_group(&policy, &deciding, place, group))
            .collect();
        if groups.is_empty() {
            return self.nothing_open();
        }
        groups.into_any()
    }

    fn nothing_open(&self) -> AnyView {
        let says = self.session.text(messages::questions::all_answered());
        view! { <div class="banner is-good"><p>{says}</p></div> }.into_any()
    }

    /// The questions of a paper; `None` where none of them is asked.
    fn paper_group(
        &self,
        policy: &Policy,
        deciding: &Arc<IdxSet<FactIdx>>,
        place: usize,
        group: &Group,
    ) -> Option<AnyView> {
        let mut facts = group.facts().filter_map(|id| policy.fact(id));
        if self.wanted.is_some() && !facts.any(|(place, _)| self.has(place)) {
            return None;
        }
        let blocks = group.blocks.iter();
        let blocks: Vec<AnyView> = blocks
            .filter_map(|block| self.block_view(policy, block))
            .collect();
        Some(paper_view(
            self.session,
            policy,
            deciding,
            place,
            group,
            blocks,
            self.wanted.is_some(),
        ))
    }

    /// A block of questions; optional ones stay folded away until asked for or answered.
    fn block_view(&self, policy: &Policy, block: &GroupBlock) -> Option<AnyView> {
        let session = self.session;
        let places = block.facts.iter().filter_map(|id| policy.fact(id));
        let places = places.filter(|(place, _)| self.has(*place));
        let (optional, required): (Vec<_>, Vec<_>) = places.partition(|(_, fact)| fact.optional.is_some());
        if self.wanted.is_some() && required.is_empty() {
            return None;
        }
        let questions = |facts: &[(FactIdx, &Fact)]| -> Vec<AnyView> {
            let facts = facts.iter();
            facts.map(|(place, _)| exact(session, *place)).collect()
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
        Some(view! { <div class=class>{title} {questions(&required)} {fold}</div> }.into_any())
    }

    /// The same questions in the official order, each where it is first used.
    fn by_score_sheet(&self) -> AnyView {
        let session = self.session;
        let policy = session.policy();
        let (order, row_inputs) = by_rows(&policy);
        let in_rows: Vec<FactIdx> = row_inputs.iter().flatten().copied().collect();
        let only_rules = order
            .into_iter()
            .filter(|place| !in_rows.contains(place) && self.has(*place));
        let questions: Vec<AnyView> = only_rules.map(|place| exact(session, place)).collect();
        let mut sections: Vec<AnyView> = Vec::new();
        if !questions.is_empty() {
            sections.push(conditions(session, questions));
        }
        let mut asked: Vec<FactIdx> = Vec::new();
        let mut all_rows = policy.rows_enumerated();
        for section in &policy.sections {
            let rows = all_rows.by_ref().take(section.rows.len());
            let rows: Vec<AnyView> = rows
                .filter_map(|(at, row)| self.row_block(at, row, &row_inputs[at], &mut asked))
                .collect();
            if rows.is_empty() {
                continue;
            }
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
        if sections.is_empty() {
            return self.nothing_open();
        }
        sections.into_any()
    }

    /// A row with its questions, those that were asked before being referred to;
    /// `None` where none of them is asked.
    fn row_block(
        &self,
        at: RowIdx,
        row: &Row,
        inputs: &[FactIdx],
        asked: &mut Vec<FactIdx>,
    ) -> Option<AnyView> {
        let session = self.session;
        let wanted: Vec<FactIdx> = inputs.iter().copied().filter(|place| self.has(*place)).collect();
        if self.wanted.is_some() && wanted.iter().all(|place| asked.contains(place)) {
            return None;
        }
        let parts = wanted.into_iter().map(|fact| {
            if asked.contains(&fact) {
                return reference(session, fact);
            }
            asked.push(fact);
            exact(session, fact)
        });
        let parts: Vec<AnyView> = parts.collect();
        Some(row_view(session, at, row, parts))
    }
}

/// A paper with its questions in their blocks, and what else it answers. Where only
/// open questions are shown, the rest stays away.
fn paper_view(
    session: Session,
    policy: &Policy,
    deciding: &Arc<IdxSet<FactIdx>>,
    place: usize,
    group: &Group,
    blocks: Vec<AnyView>,
    only_open: bool,
) -> AnyView {
    let narrative = group.narrative.iter().filter(|_| !only_open);
    let narrative: Vec<AnyView> = narrative
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
            {(!only_open).then(|| form_part(session, policy, group))}
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
            let notes = remarks.map(|remark| remark_note(session, &id, remark, None));
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
                        data-listed=field.unit.is_empty()
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

/// A row with what is asked for it.
fn row_view(session: Session, at: RowIdx, row: &Row, parts: Vec<AnyView>) -> AnyView {
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
