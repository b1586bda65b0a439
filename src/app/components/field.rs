//! One field of the recommendation form: its input, its findings, its suggestions.

use leptos::prelude::*;

use super::about::{first_sentence, rest_of_hint};
use super::link;
use super::options::options;
use super::switch::switch_link;
use super::warning::{remark_note, warning, way_to_other};
use crate::answers::{Finding, Severity, check_field, leaves_words_out, normalise_field};
use crate::app::live::{entered, live, on_change, on_leave, on_press};
use crate::app::session::Session;
use crate::policy::{Field, FieldKind};
use crate::wording::{messages, quoted};

/// The field of that id.
pub fn form_field(session: Session, field: &Field) -> AnyView {
    let id = field.id.clone();
    let input = match field.kind {
        FieldKind::Place => select(session, field, places(session)),
        FieldKind::IdKind => {
            let kinds = field.suggestions.iter().map(|kind| (kind.clone(), kind.clone()));
            select(session, field, kinds.collect())
        }
        FieldKind::LongText => text_area(session, field),
        _ => line(session, field),
    };
    let required = field
        .required
        .then(|| view! { <span class="badge">{session.text(messages::field::required())}</span> }.into_any());
    let (hint, rest) = first_sentence(&field.hint);
    let hint =
        (!hint.is_empty()).then(|| view! { <span class="q__hint">{hint.to_owned()}</span> }.into_any());
    let rest = (!rest.is_empty()).then(|| rest_of_hint(session, &field.label, rest.to_owned()));
    let class = {
        let field = field.clone();
        let wide = if field.kind == FieldKind::LongText {
            "q q--form q--wide"
        } else {
            "q q--form"
        };
        move || {
            if shown_findings(session, &field)
                .iter()
                .any(|finding| finding.severity == Severity::Error)
            {
                format!("{wide} has-error")
            } else {
                String::from(wide)
            }
        }
    };
    view! {
        <div class=live(class) id=format!("f-{id}")>
            <div class="q__ask">
                <label class="q__label" for=format!("{id}-entry")>{field.label.clone()}</label> {required}
                <div class="q__told">
                    <span class="q__hint-place" id=format!("{id}-entry-hint")>{hint}</span>
                    " "
                    {rest}
                </div>
            </div>
            <div class="q__input">{input} {quick_entries(session, field)} {same_entry(session, field)}</div>
            {finding_notes(session, field)}
            {remark_notes(session, &id)}
        </div>
    }
    .into_any()
}

fn places(session: Session) -> Vec<(String, String)> {
    session
        .policy()
        .places
        .iter()
        .map(|place| (place.id.clone(), place.name.clone()))
        .collect()
}

/// The findings that are shown: a required field that was not touched yet is no error on the page.
fn shown_findings(session: Session, field: &Field) -> Vec<Finding> {
    session.filing.case.with(|case| {
        if case.entry(field).trim().is_empty() {
            return Vec::new();
        }
        check_field(&session.policy(), field, case, session.today())
    })
}

fn described_by(id: &str) -> String {
    format!("{id}-entry-hint {id}-entry-findings")
}

fn line(session: Session, field: &Field) -> AnyView {
    let id = field.id.clone();
    let shown = {
        let field = field.clone();
        move || session.filing.case.with(|case| case.entry(&field).into_owned())
    };
    // What was typed with words that the usual form leaves out, and that form.
    let left_out = RwSignal::new(None);
    let typed = {
        let field = field.clone();
        move |event: leptos::ev::Event| {
            // What is typed now is other words.
            left_out.set(None);
            session.filing.enter(&field, event_target_value(&event));
        }
    };
    let left = {
        let field = field.clone();
        move |_| {
            if let Some((typed, normal)) = normalise_on_leaving(session, &field) {
                // 同上 is taken for the other entry, which the field then shows.
                let is_cut = field.same_as.is_none() && leaves_words_out(&typed, &normal);
                left_out.set(is_cut.then_some((typed, normal)));
            }
        }
    };
    let told = {
        let field = field.clone();
        move || left_out_note(session, &field, left_out.get()?)
    };
    let invalid = {
        let field = field.clone();
        move || {
            shown_findings(session, &field)
                .iter()
                .any(|finding| finding.severity == Severity::Error)
                .then_some("true")
        }
    };
    let placeholder = if field.kind == FieldKind::Date {
        session.text(messages::field::date_example())
    } else {
        String::new()
    };
    // Whoever looks on does not read it; the style leaves it plain while it is typed.
    let masked = RwSignal::new(field.private);
    let class = move || if masked.get() { "entry is-masked" } else { "entry" };
    let is_entered = {
        let id = id.clone();
        Memo::new(move |_| session.filing.case.with(|case| !case.field(&id).is_empty()))
    };
    let is_private = field.private;
    let reveal = move || {
        (is_private && is_entered.get()).then(|| {
            let labels = [messages::field::hide(), messages::field::show()];
            switch_link(session, "reveal", labels, masked)
        })
    };
    view! {
        <input
            class=live(class)
            id=format!("{id}-entry")
            type="text"
            inputmode=input_mode(field.kind)
            data-field=id.clone()
            autocomplete=autocomplete(field)
            spellcheck="false"
            placeholder=placeholder
            aria-describedby=described_by(&id)
            aria-invalid=live(invalid)
            prop:value=entered(shown)
            on:input=on_change(typed)
            on:blur=on_leave(left)
        />
        {live(reveal)}
        <div role="status">{live(told)}</div>
    }
    .into_any()
}

/// Tells what was typed with words that the usual form leaves out, and that form, as long as it stands there.
fn left_out_note(session: Session, field: &Field, (typed, normal): (String, String)) -> Option<AnyView> {
    let stands = session.filing.case.with(|case| case.field(&field.id) == normal);
    let words = stands.then(|| {
        // What is private stays hidden.
        if field.private {
            session.text(messages::field::left_out_privately())
        } else {
            session.say(messages::field::left_out(&normal, &quoted(&typed)))
        }
    })?;
    Some(view! { <p class="q__remark" data-left-out="">{words}</p> }.into_any())
}

/// Writes an entry in its usual form once it is left; 同上 stays, so that it follows the other entry.
/// Gives both where they differ.
fn normalise_on_leaving(session: Session, field: &Field) -> Option<(String, String)> {
    let entry = session
        .filing
        .case
        .with_untracked(|case| case.field(&field.id).to_owned());
    let normal = normalise_field(field, &entry);
    (normal != entry).then(|| {
        session.filing.enter(field, normal.clone());
        (entry, normal)
    })
}

/// Which keys a telephone offers.
const fn input_mode(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::BankAccount | FieldKind::PostalCode | FieldKind::Year => "numeric",
        FieldKind::Telephone => "tel",
        FieldKind::Money => "decimal",
        _ => "text",
    }
}

/// What the browser may offer for a field. Each is a section of its own: whoever
/// takes what the browser offers for one has not asked for others to be filled,
/// which browsers do for all that they take for one address, be it `off`.
fn autocomplete(field: &Field) -> String {
    if field.autocomplete.is_empty() {
        String::from("off")
    } else {
        format!("section-{} {}", field.id, field.autocomplete)
    }
}

fn select(session: Session, field: &Field, choices: Vec<(String, String)>) -> AnyView {
    let id = field.id.clone();
    let current = {
        let id = id.clone();
        move || session.filing.case.with(|case| case.field(&id).to_owned())
    };
    let field = field.clone();
    let change = move |event: leptos::ev::Event| session.filing.enter(&field, event_target_value(&event));
    view! {
        <select
            class="select"
            id=format!("{id}-entry")
            data-field=id.clone()
            autocomplete="off"
            aria-describedby=described_by(&id)
            on:change=on_change(change)
        >
            {options(session, choices, current)}
        </select>
    }
    .into_any()
}

fn text_area(session: Session, field: &Field) -> AnyView {
    let id = field.id.clone();
    let shown = {
        let id = id.clone();
        move || session.filing.case.with(|case| case.field(&id).to_owned())
    };
    let rows = {
        let shown = shown.clone();
        move || rows_for(&shown()).to_string()
    };
    let count = {
        let shown = shown.clone();
        move || {
            let count = shown()
                .chars()
                .filter(|character| !character.is_whitespace())
                .count();
            count.to_string()
        }
    };
    let typed = {
        let field = field.clone();
        move |event: leptos::ev::Event| session.filing.enter(&field, event_target_value(&event))
    };
    view! {
        <textarea
            class="entry entry--long"
            id=format!("{id}-entry")
            data-field=id.clone()
            rows=live(rows)
            autocomplete="off"
            aria-describedby=described_by(&id)
            prop:value=entered(shown)
            on:input=on_change(typed)
        ></textarea>
        <p class="q__remark">
            {session.weave(messages::field::written(view! { <b>{live(count)}</b> }.into_any()))}
        </p>
    }
    .into_any()
}

/// How many lines a long text is given: it grows with what is in it, within bounds.
fn rows_for(text: &str) -> usize {
    /// What stands in a line of the page on an office PC.
    const CHARACTERS: usize = 40;
    let lines = text
        .lines()
        .map(|line| line.chars().count().div_ceil(CHARACTERS).max(1));
    lines.sum::<usize>().clamp(4, 16)
}

/// Entries to take with one press.
fn quick_entries(session: Session, field: &Field) -> Option<AnyView> {
    if field.suggestions.is_empty() || field.kind == FieldKind::IdKind {
        return None;
    }
    let buttons = field.suggestions.iter().map(|entry| {
        let (field, entry) = (field.clone(), entry.clone());
        let pressed = {
            let (id, entry) = (field.id.clone(), entry.clone());
            move || {
                if session.filing.case.with(|case| case.field(&id) == entry) {
                    "true"
                } else {
                    "false"
                }
            }
        };
        let label = entry.clone();
        view! {
            <button
                type="button"
                class="mini"
                aria-pressed=live(pressed)
                on:click=on_press(move |_| session.filing.enter(&field, entry.clone()))
            >
                {label}
            </button>
        }
        .into_any()
    });
    Some(view! { <div class="minis">{buttons.collect::<Vec<_>>()}</div> }.into_any())
}

/// Has the entry follow that of the other field that this one may be the same as, and says so where it does.
fn same_entry(session: Session, field: &Field) -> Option<AnyView> {
    let same = field.same_as.clone()?;
    let policy = session.policy();
    let other = policy.field(&same.field)?.label.clone();
    let label = session.say(messages::field::same_as(&other));
    let follows = {
        let field = field.clone();
        move || session.filing.case.with(|case| case.follows_other(&field))
    };
    let pressed = {
        let follows = follows.clone();
        move || if follows() { "true" } else { "false" }
    };
    let note = move || {
        let text = follows().then(|| session.say(messages::field::follows(&other)))?;
        Some(view! { <p class="q__remark">{text}</p> }.into_any())
    };
    let field = field.clone();
    let take = move |_| {
        let words = same.words.first().cloned().unwrap_or_default();
        session.filing.enter(&field, words);
    };
    Some(
        view! {
            <div class="minis">
                <button
                    type="button"
                    class="mini"
                    data-action="same-entry"
                    aria-pressed=live(pressed)
                    on:click=on_press(take)
                >
                    {label}
                </button>
            </div>
            <div role="status">{live(note)}</div>
        }
        .into_any(),
    )
}

fn finding_notes(session: Session, field: &Field) -> AnyView {
    let id = format!("{}-entry-findings", field.id);
    let field = field.clone();
    let notes = move || {
        let notes = shown_findings(session, &field).into_iter().map(|finding| {
            let at = field.id.clone();
            let field = field.clone();
            let fix = finding.suggestion.map(|entry| {
                let label = session.say(messages::field::change_to(&entry));
                link(label, move |_| session.filing.enter(&field, entry.clone()))
            });
            if finding.severity == Severity::Error {
                view! { <p class="err">{finding.text} " " {fix}</p> }.into_any()
            } else {
                warning(session, &at, finding.text, fix)
            }
        });
        notes.collect::<Vec<_>>()
    };
    view! { <div class="q__error-place" id=id>{live(notes)}</div> }.into_any()
}

/// Remarks on entries that do not agree with an answer, with a way to it.
fn remark_notes(session: Session, id: &str) -> AnyView {
    let id = id.to_owned();
    let notes = move || {
        let notes = session.filing.remarks_at(&id).into_iter().map(|remark| {
            let way = remark.with.clone().map(|other| way_to_other(session, other));
            remark_note(session, &id, remark, way)
        });
        notes.collect::<Vec<_>>()
    };
    view! { <div class="q__remarks">{live(notes)}</div> }.into_any()
}
