//! What a question shows of the case.

use std::sync::Arc;

use leptos::prelude::*;

use crate::answers::{Case, FactDetail, FactState};
use crate::app::session::Session;
use crate::assessment::{
    Assessment, Explanation, Remark, RowState, RuleStanding, fault_at, is_needless, suggested_answer,
    suggestions,
};
use crate::json::{Excerpt, Json};
use crate::policy::{Fact, FactIdx, FactKind, Period, Policy, RowIdx, RuleIdx};
use crate::wording::messages;

/// Where a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// In the pre-check, where approximate figures will do.
    Roughly,
    /// In the questions.
    Exactly,
    /// In a block of them whose heading tells the time that all of them ask about; with the
    /// fact that is asked first there.
    UnderTime(FactIdx),
}

impl Asked {
    /// How sure an answer is that is given there.
    pub const fn state(self) -> FactState {
        match self {
            Self::Roughly => FactState::Approximate,
            Self::Exactly | Self::UnderTime(_) => FactState::Exact,
        }
    }
}

/// The state of a question that is drawn.
pub type Shown = ReadSignal<QuestionState>;

/// What a question shows of the case and of what follows from it. It is computed
/// once for each change of the case, and only a question whose state is another
/// one hears of it and is drawn anew: a key costs what it changes.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionState {
    pub answer: Option<Json>,
    /// The day of which the answer is, as it was typed; an answer in years is computed from it.
    pub date: String,
    /// Who gave the answer or has its proof.
    pub holder: String,
    /// How sure the answer is.
    pub sureness: FactState,
    /// How that is marked.
    pub marks: Option<String>,
    /// What was in brackets behind the figure: kept, but not counted.
    pub note: Option<String>,
    /// The dates of the period that is asked about.
    pub period: String,
    /// What is wrong with the answer, if it cannot be used.
    pub trouble: Option<String>,
    /// What does not agree with other answers.
    pub remarks: Vec<Remark>,
    /// An answer that the form's entries suggest, after why.
    pub suggestion: Option<(String, Json)>,
    /// Whether another answer makes this one needless.
    pub is_needless: bool,
    /// What the answer does.
    pub effect: Effect,
}

/// What an answer does: the rows and conditions on which it bears, as they stand now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// How the conditions stand, in a few words each.
    pub standing: Vec<(RuleStanding, String)>,
    /// The rows that no later question of the paper bears on.
    pub rows: Vec<RowEffect>,
}

/// How a row stands after an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowEffect {
    /// Its points, where it has some; they stand for themselves, and the reason can be asked for.
    pub points: Option<String>,
    /// Why it is so, or what is to be done.
    pub reason: String,
}

impl QuestionState {
    /// The state of the question for a fact, as long as it is drawn.
    pub fn follow(session: Session, place: FactIdx, asked: Asked) -> Shown {
        let can_be_suggested = can_be_suggested(&session.policy(), place);
        let now = move || untrack(|| Self::of(session, place, asked, can_be_suggested));
        let (shown, show) = signal(now());
        // With a memo in its place every closure of every question would be woken
        // by each change of the case, to hear that nothing else is shown.
        let follow = move |before: Option<()>| {
            session.filing.case.track();
            session.filing.day.track();
            if before.is_some() {
                let now = now();
                if shown.with_untracked(|shown| *shown != now) {
                    show.set(now);
                }
            }
        };
        // Kept by the owner of the question, and gone with it.
        StoredValue::new_local(RenderEffect::new(follow));
        shown
    }

    fn of(session: Session, place: FactIdx, asked: Asked, can_be_suggested: bool) -> Self {
        let policy = session.policy();
        let fact = &policy.facts[place];
        let is_needless = |assessment: &Arc<Assessment>| is_needless(&policy, assessment, place);
        let mut state = session.filing.case.with(|case| {
            let detail = case.fact_details.get(&fact.id);
            let is_open = can_be_suggested && !case.facts.contains_key(&fact.id);
            Self {
                answer: case.facts.get(&fact.id).cloned(),
                date: detail.map_or_else(String::new, |detail| detail.date.clone()),
                holder: detail.map_or_else(String::new, |detail| detail.holder.trim().to_owned()),
                sureness: detail.map_or(FactState::Exact, |detail| detail.state),
                marks: detail.and_then(FactDetail::marks),
                note: case.notes.get(&fact.id).cloned(),
                period: period_in_words(session, case, fact.period),
                suggestion: is_open.then(|| suggested(session, &policy, case, fact)).flatten(),
                trouble: None,
                remarks: Vec::new(),
                is_needless: false,
                effect: Effect::default(),
            }
        });
        let fault = session
            .filing
            .assessment
            .with(|assessment| fault_at(&policy, assessment, place));
        // What is wrong with the answer is told at its entry, and not once more as a remark.
        let fault = fault.map(|fault| fault.to_string());
        let is_told = |remark: &Remark| {
            remark.is_unused && fault.as_ref().is_some_and(|fault| remark.text.starts_with(fault))
        };
        state.remarks = session.filing.remarks_at(&fact.id);
        state.remarks.retain(|remark| !is_told(remark));
        state.is_needless = session.filing.assessment.with(is_needless);
        state.effect = effect(session, &policy, place, asked);
        state.trouble = trouble(session, &policy, place, &state);
        state
    }

    /// The text an input shows for the answer.
    pub fn entry(&self, fact: &Fact) -> String {
        if fact.kind == FactKind::Years && !self.date.is_empty() {
            return self.date.clone();
        }
        match &self.answer {
            None | Some(Json::Null) => String::new(),
            Some(Json::Number(digits)) => digits.clone(),
            Some(Json::Text(text)) => text.clone(),
            Some(other) => other.to_line(),
        }
    }
}

/// The answer to a fact that the form's entries suggest, after why.
fn suggested(session: Session, policy: &Policy, case: &Case, fact: &Fact) -> Option<(String, Json)> {
    let found = suggestions(policy, case, session.today());
    let mut found = found.into_iter().map(|(_, suggestion)| suggestion);
    let suggestion = found.find(|suggestion| suggestion.fact == fact.id)?;
    Some((suggestion.because.clone(), suggested_answer(suggestion)))
}

/// Whether an entry of the form can suggest the answer to a fact.
pub fn can_be_suggested(policy: &Policy, place: FactIdx) -> bool {
    let fact = &policy.facts[place];
    let mut suggested = policy.fields.iter().flat_map(|field| &field.suggests);
    suggested.any(|suggestion| suggestion.fact == fact.id)
}

/// The dates of a period in a case.
pub fn period_in_words(session: Session, case: &Case, period: Period) -> String {
    let last = case.application_year.saturating_sub(1);
    match period {
        Period::Timeless => String::new(),
        Period::LastYear => session.say(messages::question::period_last_year(&last)),
        Period::Cutoff => session.say(messages::question::period_cutoff(&case.cutoff_date)),
        Period::CutoffMonth => session.say(messages::question::period_month(
            &case.cutoff_date.month,
            &case.cutoff_date.year,
        )),
        Period::SinceLastYear => session.say(messages::question::period_since(&last)),
    }
}

/// What is wrong with the answer at a place, if it cannot be used.
fn trouble(session: Session, policy: &Policy, place: FactIdx, state: &QuestionState) -> Option<String> {
    let fault = session
        .filing
        .assessment
        .with(|assessment| fault_at(policy, assessment, place));
    let Some(fault) = fault else {
        let conflicts = session
            .filing
            .assessment
            .with(|assessment| Explanation::new(policy, assessment).conflicts_at(place));
        return (!conflicts.is_empty()).then(|| conflicts.join(&session.text(messages::common::semicolon())));
    };
    let fact = &policy.facts[place];
    if fact.kind == FactKind::Years && !matches!(state.answer, Some(Json::Text(_))) {
        return Some(session.text(messages::question::date_wanted()));
    }
    let typed = state.entry(fact);
    let typed = Excerpt::name(&typed);
    Some(session.say(if fact.optional.is_some() {
        messages::question::not_counted_optional(&fault, &typed)
    } else {
        messages::question::not_counted(&fault, &typed)
    }))
}

/// What the answer does. Before there is one, the numbers of rows would only be more to read.
fn effect(session: Session, policy: &Policy, place: FactIdx, asked: Asked) -> Effect {
    let uses = session.scheme.uses();
    let is_answered = |place: FactIdx| {
        session
            .filing
            .assessment
            .with(|assessment| assessment.facts.is_answered(place))
    };
    if !is_answered(place) {
        return Effect::default();
    }
    let (mut standing, mut row_effects) = (Vec::new(), Vec::<RowEffect>::new());
    if asked != Asked::Roughly {
        let rows = uses.rows(place).iter();
        let closed = rows.filter(|row| uses.closes_row(place, **row));
        row_effects.extend(closed.map(|row| row_effect(session, policy, *row)));
    }
    // A condition is told once, under the last answer that bears on it.
    let is_precheck = asked == Asked::Roughly;
    let rules = uses.rules(place).iter();
    for rule in rules.filter(|rule| uses.closes_rule(place, **rule, is_precheck, is_answered)) {
        let words = rule_effect(session, policy, *rule);
        // Two conditions may have one title.
        if !standing.contains(&words) {
            standing.push(words);
        }
    }
    // What is met says no more than that: the question above says what it is. Beside
    // what is not met each is named.
    if !standing.is_empty()
        && standing
            .iter()
            .all(|(standing, _)| *standing == RuleStanding::Met)
    {
        let met = RuleStanding::Met;
        standing = vec![(met, format!("✓\u{a0}{}", met.label(&policy.scheme.verdicts)))];
    }
    Effect {
        standing,
        rows: row_effects,
    }
}

/// How a row stands, with the reasons.
fn row_effect(session: Session, policy: &Policy, place: RowIdx) -> RowEffect {
    let row = policy.row_at(place);
    session.filing.assessment.with(|assessment| {
        let result = &assessment.rows[place];
        let reason = session.row_words(place);
        let to_do = |reason| RowEffect { points: None, reason };
        match result.state {
            RowState::Answered => {
                let range = if result.figures.strict == result.figures.lenient {
                    String::new()
                } else {
                    session.say(messages::question::effect_range(
                        &result.figures.lenient,
                        &result.figures.strict,
                    ))
                };
                let points = session.say(messages::question::effect_row(
                    &row.max,
                    &result.figures.own,
                    &range,
                    &row.id,
                ));
                RowEffect {
                    points: Some(points),
                    reason,
                }
            }
            RowState::Incomplete => {
                to_do(session.say(messages::question::effect_incomplete(&reason, &row.id)))
            }
            RowState::Invalid => {
                // Why an answer does not count stands beside it, and its name is enough here.
                let faulty = result.faulty.iter();
                let faulty: Vec<&str> = faulty.map(|place| policy.facts[*place].label.as_str()).collect();
                let reason = if faulty.is_empty() {
                    reason
                } else {
                    session.say(messages::question::wrong_answers(&session.names_in_row(&faulty)))
                };
                to_do(session.say(messages::question::effect_invalid(&reason, &row.id)))
            }
        }
    })
}

fn rule_effect(session: Session, policy: &Policy, place: RuleIdx) -> (RuleStanding, String) {
    let rule = &policy.rules[place];
    session.filing.assessment.with(|assessment| {
        let standing = assessment.standing(policy, place);
        let label = standing.label(&policy.scheme.verdicts);
        let words = match standing {
            RuleStanding::Met => format!("✓\u{a0}{}", rule.title),
            RuleStanding::Unmet => format!("✕\u{a0}{} {label}", rule.title),
            _ => format!("{} {label}", rule.title),
        };
        (standing, words)
    })
}
