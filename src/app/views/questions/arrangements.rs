//! The questions as they are arranged: one paper, all of them, or by the score sheet.

use std::sync::Arc;

use leptos::prelude::*;

use super::is_asked;
use super::next_question::by_rows;
use super::paper::paper_view;
use crate::app::components::{Asked, period_id, period_in_words, question, reference};
use crate::app::live::live;
use crate::app::session::Session;
use crate::app::views::origin::ORIGIN;
use crate::assessment::{counts_as_usual, deciding_facts};
use crate::policy::{Fact, FactIdx, Group, GroupBlock, IdxSet, Layout, Period, Policy, Row, RowIdx};
use crate::wording::messages;

/// What is asked: everything, or what was open when it was drawn (只看未填).
pub struct Wanted {
    pub session: Session,
    /// What was open; `None` where everything is asked.
    pub wanted: Option<Arc<Vec<FactIdx>>>,
}

impl Wanted {
    /// Whether a fact is asked.
    fn has(&self, place: FactIdx) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted.contains(&place))
    }

    /// One of the papers.
    pub fn one_paper(&self, place: usize) -> AnyView {
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
    pub fn all_papers(&self) -> AnyView {
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

    /// A block of questions. Those that only the strict or lenient reading looks at stay folded
    /// away until asked for or answered.
    fn block_view(&self, policy: &Policy, block: &GroupBlock) -> Option<AnyView> {
        let session = self.session;
        let places = block.facts.iter().filter_map(|id| policy.fact(id));
        let places = places.filter(|(place, _)| self.has(*place));
        let (optional, required): (Vec<_>, Vec<_>) =
            places.partition(|(place, fact)| fact.optional.is_some() && !counts_as_usual(policy, *place));
        if self.wanted.is_some() && required.is_empty() {
            return None;
        }
        let questions = |facts: &[(FactIdx, &Fact)], asked: Asked| -> Vec<AnyView> {
            let facts = facts.iter();
            facts
                .map(|(place, _)| question(session, *place, asked, Some(ORIGIN)))
                .collect()
        };
        // The time that all of them ask about is told once, at their heading.
        let first = one_time(&required).filter(|_| !block.title.is_empty());
        let time = first.map(|(_, fact)| {
            let period = fact.period;
            let words = move || {
                session
                    .filing
                    .case
                    .with(|case| period_in_words(session, case, period))
            };
            view! { " " <span class="q__period" id=period_id(&fact.id)>{live(words)}</span> }.into_any()
        });
        let asked = first.map_or(Asked::Exactly, |(place, _)| Asked::UnderTime(place));
        let title = (!block.title.is_empty())
            .then(|| view! { <h4 class="block__title">{block.title.clone()} {time}</h4> }.into_any());
        let fold = (!optional.is_empty()).then(|| {
            let names = optional
                .iter()
                .map(|(_, fact)| fact.label.as_str())
                .collect::<Vec<_>>();
            let names = session.names_in_row(&names);
            let answered = session
                .filing
                .case
                .with_untracked(|case| optional.iter().any(|(_, fact)| case.facts.contains_key(&fact.id)));
            view! {
                <details class="fold" open=answered>
                    <summary>{session.say(messages::questions::optional(&names))}</summary>
                    {questions(&optional, Asked::Exactly)}
                </details>
            }
            .into_any()
        });
        let class = if block.layout == Layout::Table {
            "block block--table"
        } else {
            "block"
        };
        Some(view! { <div class=class>{title} {questions(&required, asked)} {fold}</div> }.into_any())
    }

    /// The same questions in the official order, each where it is first used.
    pub fn by_score_sheet(&self) -> AnyView {
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

/// The first of several questions that ask about one and the same time, `None` where they do not.
fn one_time<'f>(facts: &[(FactIdx, &'f Fact)]) -> Option<(FactIdx, &'f Fact)> {
    let first = facts.first().copied()?;
    let is_one = facts.iter().all(|(_, fact)| fact.period == first.1.period);
    (is_one && facts.len() > 1 && first.1.period != Period::Timeless).then_some(first)
}

/// The question for a fact as it is asked here, with where its answer comes from.
fn exact(session: Session, place: FactIdx) -> AnyView {
    question(session, place, Asked::Exactly, Some(ORIGIN))
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
