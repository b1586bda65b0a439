//! One question: its label, its input, what is wrong with the answer, and what
//! the answer does.

use leptos::prelude::*;

use super::about::{Origin, about, first_sentence};
use super::items::items;
use super::options::options;
use super::question_state::{Asked, QuestionState, RowEffect, Shown, can_be_suggested};
use super::warning::{remark_note, way_to_other};
use super::{Kind, button_saying, link, together};
use crate::answers::{FactState, MoneyUnit, read_answer};
use crate::app::live::{entered, live, on_change, on_press};
use crate::app::session::Session;
use crate::assessment::RuleStanding;
use crate::json::Json;
use crate::numbers::Decimal;
use crate::policy::{Fact, FactIdx, FactKind, Period};
use crate::wording::{Text, messages};

/// The question for a fact; where its answer comes from is asked if the view has it.
pub fn question(session: Session, place: FactIdx, asked: Asked, origin: Option<Origin>) -> AnyView {
    let policy = session.policy();
    let fact = policy.facts[place].clone();
    let id = fact.id.clone();
    let state = QuestionState::follow(session, place, asked);
    let input = match fact.kind {
        FactKind::YesNo => yes_no(session, &fact, asked, state),
        FactKind::Choice => choice(session, &fact, asked, state),
        FactKind::Count | FactKind::Money | FactKind::Years => figure(session, &fact, asked, state),
    };
    let grouped = fact.kind == FactKind::YesNo;
    let label_text = fact.asked().to_owned();
    let label = if grouped {
        view! { <span class="q__label" id=format!("{id}-label")>{label_text}</span> }.into_any()
    } else {
        view! { <label class="q__label" for=format!("{id}-input")>{label_text}</label> }.into_any()
    };
    let optional = fact.optional.is_some().then(|| {
        view! { <span class="badge">{session.text(messages::question::optional())}</span> }.into_any()
    });
    let judged = fact.judged.then(|| {
        view! { <span class="badge">{session.text(messages::question::judged())}</span> }.into_any()
    });
    // A line of the hint; the rest is folded away behind it.
    let hint = {
        let fact = fact.clone();
        move || {
            let (first, _) = first_sentence(&fact.hint);
            let first = (!first.is_empty())
                .then(|| view! { <span class="q__hint">{first.to_owned()}</span> }.into_any());
            view! { {first} " " }.into_any()
        }
    };
    let period = {
        let fact = fact.clone();
        move || view! { {period_note(&fact, asked, state)} " " }.into_any()
    };
    let more = {
        let fact = fact.clone();
        move || view! { {about(session, &fact, (place, asked, state), origin)} }.into_any()
    };
    let (hint, period, more) = (
        unless_needless(&fact, state, hint),
        unless_needless(&fact, state, period),
        unless_needless(&fact, state, more),
    );
    // A short answer has its place beside the question on a narrow page as well.
    let short = match fact.kind {
        FactKind::YesNo | FactKind::Count => "q q--short",
        FactKind::Choice | FactKind::Money | FactKind::Years => "q",
    };
    let class = move || {
        state.with(|state| match (&state.trouble, state.is_needless) {
            (Some(_), _) => format!("{short} has-error"),
            (None, true) => format!("{short} is-needless"),
            (None, false) => String::from(short),
        })
    };
    view! {
        <div class=live(class) id=format!("q-{id}") data-question=id.clone()>
            <div class="q__ask">
                <div class="q__name">
                    {label} " " {period} {optional} {judged} {unchecked_mark(session, &fact, asked, state)}
                </div>
                <div class="q__told">
                    <span class="q__hint-place" id=format!("{id}-hint")>{hint}</span>
                    {more}
                    {grouped.then(|| clear_link(session, &fact, state))}
                    {standing(state)}
                </div>
            </div>
            {input}
            {needless(session, &fact, state)}
            {trouble_note(&id, state)}
            {typed_remark(session, &id, state)}
            {remark_notes(session, &id, state)}
            {can_be_suggested(&policy, place).then(|| suggestion_note(session, &fact, state))}
            {effect_line(state)}
        </div>
    }
    .into_any()
}

/// A question that is asked elsewhere: its figure and a way to it.
pub fn reference(session: Session, place: FactIdx) -> AnyView {
    let policy = session.policy();
    let fact = policy.facts[place].clone();
    let shown = {
        let fact = fact.clone();
        move || {
            session
                .filing
                .case
                .with(|case| shown(session, &fact, case.facts.get(&fact.id)))
        }
    };
    let id = fact.id.clone();
    let go = move |_| session.open_fact(&id);
    view! {
        <p class="reference">
            {fact.label.clone()} {session.text(messages::common::colon())} <b>{live(shown)}</b> " "
            {link(session.text(messages::question::go_to_question()), go)}
        </p>
    }
    .into_any()
}

/// The answer as a sentence has it.
fn shown(session: Session, fact: &Fact, answer: Option<&Json>) -> String {
    match answer {
        None | Some(Json::Null) => session.text(messages::common::unanswered()),
        Some(Json::Bool(true)) => session.text(messages::common::yes()),
        Some(Json::Bool(false)) => session.text(messages::common::no()),
        Some(Json::Number(digits)) => format!("{digits} {}", fact.unit),
        Some(Json::Text(text)) => fact
            .choices
            .iter()
            .find(|choice| choice.id == *text)
            .map_or_else(|| text.clone(), |choice| choice.label.clone()),
        Some(other) => other.to_line(),
    }
}

/// What tells of an input: the hint, the time that it is about, and what is wrong.
fn described_by(session: Session, fact: &Fact, asked: Asked) -> String {
    let id = &fact.id;
    let by_itself = format!("{id}-hint {id}-error");
    match (fact.period, asked) {
        (Period::Timeless, _) => by_itself,
        (_, Asked::UnderTime(first)) => {
            format!("{} {by_itself}", period_id(&session.policy().facts[first].id))
        }
        _ => format!("{} {by_itself}", period_id(id)),
    }
}

/// The id of the element that tells the time of a question.
pub fn period_id(fact: &str) -> String {
    format!("{fact}-period")
}

fn yes_no(session: Session, fact: &Fact, asked: Asked, state: Shown) -> AnyView {
    let option = |value: bool, label: Text| {
        let fact = fact.clone();
        let (id, described) = (fact.id.clone(), described_by(session, &fact, asked));
        let chosen = move || state.with(|state| state.answer == Some(Json::Bool(value)));
        let class = move || if chosen() { "yn__option on" } else { "yn__option" };
        let answer = move |_| {
            session
                .filing
                .answer(&fact, Some(Json::Bool(value)), asked.state())
        };
        view! {
            <label class=live(class)>
                <input
                    type="radio"
                    name=format!("fact-{id}")
                    value=value.to_string()
                    data-fact=id.clone()
                    autocomplete="off"
                    aria-describedby=described
                    prop:checked=live(chosen)
                    on:change=on_change(answer)
                />
                <span>{session.text(label)}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <div class="q__input">
            <div class="yn" role="radiogroup" aria-labelledby=format!("{}-label", fact.id)>
                {option(true, messages::common::yes())}
                {option(false, messages::common::no())}
            </div>
        </div>
    }
    .into_any()
}

/// Takes a yes or no back, which no key can delete.
fn clear_link(session: Session, fact: &Fact, state: Shown) -> AnyView {
    let fact = fact.clone();
    let clear = move || {
        let is_answered = state.with(|state| state.answer.is_some());
        let fact = fact.clone();
        is_answered.then(move || {
            view! {
                <button
                    type="button"
                    class="link q__clear"
                    aria-label=session.say(messages::question::clear_answer_to(&fact.label))
                    on:click=on_press(move |_| clear_answer(session, &fact))
                >
                    {session.text(messages::question::clear_answer())}
                </button>
            }
            .into_any()
        })
    };
    view! { {live(clear)} }.into_any()
}

fn choice(session: Session, fact: &Fact, asked: Asked, state: Shown) -> AnyView {
    let id = fact.id.clone();
    let current = {
        let fact = fact.clone();
        move || state.with(|state| state.entry(&fact))
    };
    let choices = fact.choices.iter();
    let choices = choices.map(|choice| (choice.id.clone(), choice.label.clone()));
    let described = described_by(session, fact, asked);
    let fact = fact.clone();
    let change = move |event: leptos::ev::Event| {
        let value = event_target_value(&event);
        session.filing.answer(
            &fact,
            (!value.is_empty()).then_some(Json::Text(value)),
            asked.state(),
        );
    };
    view! {
        <div class="q__input">
            <select
                class="select"
                id=format!("{id}-input")
                data-fact=id.clone()
                autocomplete="off"
                aria-describedby=described
                on:change=on_change(change)
            >
                {options(session, choices.collect(), current)}
            </select>
        </div>
    }
    .into_any()
}

fn figure(session: Session, fact: &Fact, asked: Asked, state: Shown) -> AnyView {
    let id = fact.id.clone();
    let unit = RwSignal::new(MoneyUnit::default());
    let dropped = RwSignal::new(false);
    let understood = RwSignal::new(None);
    // Whether a remark was typed since the input has the focus.
    let has_remarked = StoredValue::new(false);
    let shown = {
        let fact = fact.clone();
        move || {
            let understood = state.with(|state| state.entry(&fact));
            match unit.get() {
                MoneyUnit::Yuan => in_yuan(understood),
                MoneyUnit::TenThousandYuan => understood,
            }
        }
    };
    let take = {
        let fact = fact.clone();
        move |text: String| {
            let mut answer = read_answer(&fact, &text, unit.get_untracked(), session.today());
            answer.is_remark_over = has_remarked.get_value();
            has_remarked.set_value(!answer.remark.is_empty());
            dropped.set(answer.cents_dropped);
            understood.set(answer.unit);
            session.filing.take(&fact, answer, asked.state());
        }
    };
    let typed = {
        let take = take.clone();
        move |event: leptos::ev::Event| take(event_target_value(&event))
    };
    let invalid = move || state.with(|state| state.trouble.is_some()).then_some("true");
    // Of a time the day from which it runs is asked for.
    let (wide, input_mode, placeholder) = if fact.kind == FactKind::Years {
        let example = session.text(messages::question::date_example());
        ("in in--date", "text", example)
    } else {
        ("in", "decimal", String::new())
    };
    // What can be pressed stands beside what can be typed, where there is room.
    let class = match fact.kind {
        FactKind::Money => "q__input q__input--money",
        _ if fact.asked_as_yes_no => "q__input q__input--pressed",
        _ => "q__input",
    };
    view! {
        <div class=class>
            <div class=wide>
                <input
                    id=format!("{id}-input")
                    type="text"
                    inputmode=input_mode
                    data-fact=id.clone()
                    autocomplete="off"
                    placeholder=placeholder
                    aria-describedby=described_by(session, fact, asked)
                    aria-invalid=live(invalid)
                    prop:value=entered(shown)
                    on:input=on_change(typed)
                    on:blur=move |_| has_remarked.set_value(false)
                />
                <span class="in__unit">{live(unit_of(session, fact, unit))}</span>
            </div>
            {(fact.kind == FactKind::Money)
                .then(|| money_unit(session, fact, state, unit, understood, dropped))}
            {fact.asked_as_yes_no.then(|| yes_fills_one(session, fact, state, take))}
        </div>
        {(asked != Asked::Roughly).then(|| items(session, fact))}
    }
    .into_any()
}

/// The unit that stands behind a figure.
fn unit_of(session: Session, fact: &Fact, unit: RwSignal<MoneyUnit>) -> impl Fn() -> String + use<> {
    let (kind, unit_name) = (fact.kind, fact.unit.clone());
    move || match (kind, unit.get()) {
        (FactKind::Money, MoneyUnit::Yuan) => session.text(messages::question::yuan()),
        (FactKind::Years, _) => String::new(),
        _ => unit_name.clone(),
    }
}

/// An amount in 万元 as the same amount in 元; what is no amount stays as it is.
fn in_yuan(amount: String) -> String {
    let figure: Result<Decimal, _> = amount.parse();
    figure.map_or(amount, |figure| figure.times(10_000).to_string())
}

/// The unit in which the books hold the amount, and what became of 角 and 分.
fn money_unit(
    session: Session,
    fact: &Fact,
    state: Shown,
    unit: RwSignal<MoneyUnit>,
    understood: RwSignal<Option<MoneyUnit>>,
    dropped: RwSignal<bool>,
) -> AnyView {
    // An amount that names its unit is read by it; the page says what it came to.
    let unit_name = fact.unit.clone();
    let as_understood = move || {
        understood.get()?;
        // What is not counted was not understood.
        let amount = state.with(|state| match &state.answer {
            Some(Json::Number(digits)) if state.trouble.is_none() => Some(digits.clone()),
            _ => None,
        })?;
        let words = session.say(messages::question::money_understood(&amount, &unit_name));
        Some(view! { <p class="q__remark">{words}</p> }.into_any())
    };
    let option = |value: MoneyUnit, label: Text| {
        view! {
            <button
                type="button"
                class="mini"
                aria-pressed=move || if unit.get() == value { "true" } else { "false" }
                on:click=on_press(move |_| unit.set(value))
            >
                {session.text(label)}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="minis" role="group" aria-label=session.text(messages::question::unit_choice())>
            {option(MoneyUnit::TenThousandYuan, messages::question::in_ten_thousand_yuan())}
            {option(MoneyUnit::Yuan, messages::question::in_yuan())}
        </div>
        {live(as_understood)}
        {move || dropped.get().then(|| view! {
            <p class="q__remark">{session.text(messages::question::cents_dropped())}</p>
        }.into_any())}
    }
    .into_any()
}

/// For a number that only matters as yes or no: yes fills 1.
fn yes_fills_one(
    session: Session,
    fact: &Fact,
    state: Shown,
    take: impl Fn(String) + Clone + Send + Sync + 'static,
) -> AnyView {
    let option = |yes: bool, label: Text| {
        let label = session.text(label);
        let pressed = move || {
            state.with(|state| match &state.answer {
                Some(Json::Number(digits)) => (digits != "0") == yes,
                _ => false,
            })
        };
        let take = take.clone();
        let has_some = move || yes && pressed();
        let press = move |_| {
            // A number that was given already is not overwritten by “yes”.
            if !has_some() {
                take(String::from(if yes { "1" } else { "0" }));
            }
        };
        let name = session.say(messages::question::option_of(&fact.label, &label));
        view! {
            <button
                type="button"
                class="mini"
                aria-label=name
                aria-pressed=move || if pressed() { "true" } else { "false" }
                on:click=on_press(press)
            >
                {label}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="minis">
            {option(true, messages::question::some())}
            {option(false, messages::question::none())}
        </div>
    }
    .into_any()
}

/// The time the answer is about, with the dates of this case.
fn period_note(fact: &Fact, asked: Asked, state: Shown) -> Option<AnyView> {
    if fact.period == Period::Timeless || matches!(asked, Asked::UnderTime(_)) {
        return None;
    }
    Some(
        view! {
            <span class="q__period" id=period_id(&fact.id)>
                {move || state.with(|state| state.period.clone())}
            </span>
        }
        .into_any(),
    )
}

/// The mark of an answer that is still to be checked, with a way to confirm it.
fn unchecked_mark(session: Session, fact: &Fact, asked: Asked, state: Shown) -> Option<AnyView> {
    if asked == Asked::Roughly {
        return None;
    }
    let unchecked = move || {
        let (sureness, marks) = state.with(|state| (state.sureness, state.marks.clone()));
        let confirmed = match sureness {
            FactState::Planned => messages::question::done(),
            _ => messages::question::checked_by_papers(),
        };
        Some((marks?, confirmed))
    };
    let fact = fact.clone();
    let mark = move || {
        let fact = fact.clone();
        unchecked().map(move |(words, confirmed)| {
            // The button is gone with the mark, so the focus goes to the input.
            let confirm = move |_| {
                session.filing.case.update(|case| case.confirm(&fact.id));
                session.page.focus(format!("[data-fact=\"{}\"]", fact.id));
            };
            view! {
                <span class="badge badge--care">{words}</span>
                {link(session.text(confirmed), confirm)}
            }
            .into_any()
        })
    };
    Some(view! { <span class="q__rough">{live(mark)}</span> }.into_any())
}

/// What is told of a question, unless another answer makes it needless: then it is there to
/// be answered all the same, and no more is said of it.
fn unless_needless(fact: &Fact, state: Shown, told: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    if fact.needed_if.is_none() {
        return told();
    }
    let is_needless = Memo::new(move |_| state.with(|state| state.is_needless));
    // What it reads of the case as it is drawn draws nothing anew: a fold in it would shut.
    view! { {live(move || (!is_needless.get()).then(|| untrack(&told)))} }.into_any()
}

/// Said where another answer makes this one needless.
fn needless(session: Session, fact: &Fact, state: Shown) -> Option<AnyView> {
    fact.needed_if.as_ref()?;
    let note = move || {
        state.with(|state| state.is_needless).then(|| {
            view! { <p class="q__remark">{session.text(messages::question::not_needed())}</p> }.into_any()
        })
    };
    Some(view! { {live(note)} }.into_any())
}

/// Takes an answer back. The button is gone with it, so the focus goes to the input.
fn clear_answer(session: Session, fact: &Fact) {
    session.filing.answer(fact, None, FactState::Exact);
    session.page.focus(format!("[data-fact=\"{}\"]", fact.id));
}

/// What was in brackets behind the figure: kept, but not counted.
fn typed_remark(session: Session, id: &str, state: Shown) -> AnyView {
    let id = id.to_owned();
    let remark = move || {
        let remark = state.with(|state| state.note.clone())?;
        let words = session.say(messages::question::typed_remark(&remark));
        let id = id.clone();
        let drop = move |_| {
            session.filing.case.update(|case| {
                case.notes.remove(&id);
            });
            session.page.focus(format!("[data-fact=\"{id}\"]"));
        };
        Some(
            view! {
                <p class="q__remark">
                    {words}
                    {link(session.text(messages::question::typed_remark_drop()), drop)}
                </p>
            }
            .into_any(),
        )
    };
    view! { <div class="q__typed-remark">{live(remark)}</div> }.into_any()
}

fn trouble_note(id: &str, state: Shown) -> AnyView {
    let note = move || {
        let trouble = state.with(|state| state.trouble.clone())?;
        Some(view! { <p class="err">{trouble}</p> }.into_any())
    };
    view! { <div class="q__error-place" id=format!("{id}-error")>{live(note)}</div> }.into_any()
}

/// Remarks on answers that do not agree, with a way to the other one; and conflicts between figures.
fn remark_notes(session: Session, id: &str, state: Shown) -> AnyView {
    let id = id.to_owned();
    let notes = move || {
        let remarks = state.with(|state| state.remarks.clone());
        let notes = remarks.into_iter().map(|remark| {
            let fix = remark.fixed.map(|figure| fix_button(session, &id, figure));
            let way = remark.with.clone().map(|other| way_to_other(session, other));
            let ways = view! { {fix} " " {way} }.into_any();
            remark_note(session, &id, remark, Some(ways))
        });
        notes.collect::<Vec<_>>()
    };
    view! { <div class="q__remarks">{live(notes)}</div> }.into_any()
}

/// Takes the figure that was probably meant; how sure the answer is stays as it was.
fn fix_button(session: Session, id: &str, figure: Decimal) -> AnyView {
    let policy = session.policy();
    let unit = policy.fact(id).map_or("", |(_, fact)| fact.unit.as_str());
    let label = session.say(messages::field::change_to(&format_args!("{figure} {unit}")));
    let id = id.to_owned();
    let fix = move |_| {
        let figure = Json::number(figure);
        session
            .filing
            .case
            .update(|case| case.set_fact(&id, Some(figure)));
        session.page.focus(format!("[data-fact=\"{id}\"]"));
    };
    button_saying(Kind::Link, Some("mend-figure"), label, fix)
}

/// An answer that the form's entries suggest, for the user to take or leave.
fn suggestion_note(session: Session, fact: &Fact, state: Shown) -> AnyView {
    let fact = fact.clone();
    let note = move || {
        let offered = state.with(|state| state.suggestion.clone());
        let fact = fact.clone();
        offered.map(move |(because, answer)| {
            let words = shown(session, &fact, Some(&answer));
            let take = move |_| {
                session
                    .filing
                    .answer(&fact, Some(answer.clone()), FactState::Exact);
                // The button is gone with the suggestion.
                session.page.focus(format!("[data-fact=\"{}\"]", fact.id));
            };
            view! {
                <p class="q__remark">
                    {session.say(messages::question::suggestion(&words, &because))}
                    {link(session.text(messages::question::take()), take)}
                </p>
            }
            .into_any()
        })
    };
    view! { <div class="q__suggestion">{live(note)}</div> }.into_any()
}

/// How the conditions stand on which the answer bears, in the run of the hint.
fn standing(state: Shown) -> AnyView {
    let run = move || {
        let standing = state.with(|state| state.effect.standing.clone()).into_iter();
        let told = standing.map(|(standing, words)| {
            let class = match standing {
                RuleStanding::Met => "q__standing is-good",
                RuleStanding::Unmet => "q__standing is-bad",
                _ => "q__standing",
            };
            view! { <span class=class>{words}</span> " " }.into_any()
        });
        told.collect::<Vec<_>>()
    };
    view! { {live(run)} }.into_any()
}

/// What the answer does, under the last question that bears on it: the points, with the reasons
/// folded behind them, and what is to be done for them.
fn effect_line(state: Shown) -> AnyView {
    let told = |told: fn(&RowEffect) -> Option<&String>| {
        move || -> Vec<String> {
            state.with(|state| state.effect.rows.iter().filter_map(told).cloned().collect())
        }
    };
    let points = told(|row| row.points.as_ref());
    let reasons = told(|row| row.points.is_some().then_some(&row.reason));
    let to_do = told(|row| row.points.is_none().then_some(&row.reason));
    let lines = |reasons: Vec<String>| -> Vec<AnyView> {
        let lines = reasons.into_iter();
        lines
            .map(|reason| view! { <p>{together(&reason)}</p> }.into_any())
            .collect()
    };
    // What was unfolded stays so while the points change.
    let has_points = Memo::new(move |_| !points().is_empty());
    let counted = move || {
        has_points.get().then(|| {
            view! {
                <details class="about">
                    <summary>{move || together(&points().join(" · "))}</summary>
                    <div class="about__in">{move || lines(reasons())}</div>
                </details>
            }
            .into_any()
        })
    };
    view! { <div class="q__effect">{live(counted)} {move || lines(to_do())}</div> }.into_any()
}
