//! Questions that are asked before something is done.

use leptos::prelude::*;

use super::{Kind, button, new_sentences_note, stale_list};
use crate::app::export::Export;
use crate::app::live::{live, on_change};
use crate::app::seam::seam;
use crate::app::session::{Asking, Session};
use crate::browser::{focus_on, show_dialog, shut_dialog};
use crate::documents::PrivateEntries;
use crate::policy::FieldKind;
use crate::wording::{Text, messages};

/// The answer that does nothing.
const HARMLESS: &str = "[data-action='cancel']";
/// What a dialogue is about.
const TITLE: &str = "#dialog-title";

/// The open dialogue, if there is one.
pub fn dialogs(session: Session) -> AnyView {
    let place: NodeRef<leptos::html::Dialog> = NodeRef::new();
    let private = RwSignal::new(PrivateEntries::Blank);
    Effect::new(move |_| {
        let Some(dialog) = place.get() else { return };
        match session.page.asking.get() {
            Some(asking) => {
                if !dialog.has_attribute("open") {
                    private.set(PrivateEntries::Blank);
                    show_dialog(&dialog);
                }
                // Whoever presses Enter without reading destroys nothing, and a list is read from
                // its beginning.
                let first = match asking {
                    Asking::Keys => Some(TITLE),
                    _ => asking.is_destructive().then_some(HARMLESS),
                };
                if let Some(first) = first {
                    // What is in this question stands only after this round of effects.
                    queue_microtask(move || {
                        focus_on(&dialog, first);
                    });
                }
            }
            None if dialog.has_attribute("open") => shut_dialog(&dialog),
            _ => {}
        }
    });
    let body = move || {
        session
            .page
            .asking
            .get()
            .map(|asking| question(session, asking, private))
    };
    // It is announced a moment later, when the next question may be there already.
    let closed = move |event: leptos::ev::Event| {
        let dialog: web_sys::Element = event_target(&event);
        if !dialog.has_attribute("open") {
            session.page.asking.set(None);
        }
    };
    view! {
        <dialog class="dialog" node_ref=place aria-labelledby="dialog-title" on:close=on_change(closed)>
            {live(body)}
        </dialog>
    }
    .into_any()
}

/// The title of a question, what it says, and what its answer is called.
const fn words_of(asking: Asking) -> (Text, Text, Text) {
    match asking {
        Asking::Export(Export::Print) => (
            messages::dialog::print_title(),
            messages::dialog::private_entered(),
            messages::dialog::print(),
        ),
        Asking::Export(_) => (
            messages::dialog::export_title(),
            messages::dialog::private_entered(),
            messages::dialog::export(),
        ),
        Asking::PublicMachine => (
            messages::dialog::public_title(),
            messages::dialog::public_text(),
            messages::dialog::public(),
        ),
        Asking::ClearAll => (
            messages::dialog::clear_title(),
            messages::dialog::clear_text(),
            messages::dialog::clear(),
        ),
        Asking::NewCase => (
            messages::dialog::new_title(),
            messages::dialog::new_text(),
            messages::dialog::new(),
        ),
        Asking::Adopt => (
            messages::dialog::adopt_title(),
            messages::dialog::adopt_text(),
            messages::dialog::adopt(),
        ),
        Asking::Leave => (
            messages::dialog::leave_title(),
            messages::dialog::leave_text(),
            messages::dialog::leave(),
        ),
        Asking::RollOver => (
            messages::dialog::year_title(),
            messages::dialog::year_text(),
            messages::dialog::year_go(),
        ),
        Asking::Keys => (
            messages::header::keys(),
            messages::keys::mac(),
            messages::keys::close(),
        ),
        Asking::SameCase => (
            messages::cases::same_title(),
            messages::cases::same_text(),
            messages::cases::use_file(),
        ),
        Asking::FileChanged => (
            messages::saving_file::changed_title(),
            messages::saving_file::changed_text(),
            messages::saving_file::use_mine(),
        ),
        Asking::NotSaved => (
            messages::saving_file::failed_title(),
            messages::saving_file::failed_text(),
            messages::saving_file::download(),
        ),
        Asking::KeepPrivate => (
            messages::cases::private_title(),
            messages::cases::private_text(),
            messages::cases::private_keep(),
        ),
        Asking::LoadSample => (
            messages::dialog::sample_title(),
            messages::dialog::sample_text(),
            messages::dialog::sample(),
        ),
    }
}

seam! {
    /// A question. Whoever asks it has its piece fetched before.
    "actions" "0b" fn question(session: Session, asking: Asking, private: RwSignal<PrivateEntries>) -> AnyView {
        dialog_body(session, asking, private)
    }
}

fn dialog_body(session: Session, asking: Asking, private: RwSignal<PrivateEntries>) -> AnyView {
    let (title, text, go) = words_of(asking);
    // Papers go out with what they say now, or renewed.
    let is_asked = matches!(asking, Asking::Export(export) if session.asks_about_stale(export));
    let stale = move || {
        let stale = session.filing.stale_in(None);
        if is_asked && stale.is_empty() {
            let words = session.text(messages::dialog::renewed());
            return Some(view! { <p>{words}</p> }.into_any());
        }
        is_asked.then(|| {
            // What goes may come in with another figure.
            let policy = session.policy();
            let long = policy
                .fields
                .iter()
                .filter(|field| field.kind == FieldKind::LongText);
            let new: Vec<AnyView> = long
                .filter_map(|field| new_sentences_note(session, field))
                .collect();
            view! { {stale_list(session, &stale, None)} {new} }.into_any()
        })
    };
    // What does not agree is printed as it is.
    let open = matches!(asking, Asking::Export(export) if export.is_paper());
    let open = if open { session.asked_about() } else { 0 };
    let faults = if matches!(asking, Asking::Export(export) if export.is_paper()) {
        session.faults()
    } else {
        0
    };
    let words = match (open, faults) {
        (0, 0) => None,
        (open, 0) => Some(session.say(messages::dialog::asked_about(&open))),
        (0, faults) => Some(session.say(messages::dialog::wrong(&faults))),
        (open, faults) => Some(session.say(messages::dialog::wrong_and_asked_about(&faults, &open))),
    };
    let open = words.map(|words| view! { <p class="warn" data-asked-about="">{words}</p> }.into_any());
    let has_private = matches!(asking, Asking::Export(export) if session.asks_about_private(export));
    // Asked of an export without private entries, only what is stale is shown.
    let says = has_private || !matches!(asking, Asking::Export(_));
    view! {
        <div class="dialog__in">
            <h2 id="dialog-title" tabindex="-1">{session.text(title)}</h2>
            {says.then(|| view! { <p>{session.text(text)}</p> }.into_any())}
            {live(stale)}
            {open}
            {has_private.then(|| private_choices(session, asking, private))}
            {(asking == Asking::Adopt).then(|| changes(session))}
            {(asking == Asking::Keys).then(|| keys(session))}
            {(asking == Asking::SameCase).then(|| met(session))}
            {matches!(asking, Asking::FileChanged | Asking::NotSaved).then(|| not_saved(session))}
            {dialog_buttons(session, asking, go, private)}
        </div>
    }
    .into_any()
}

/// What becomes of the private entries in an export.
fn private_choices(session: Session, asking: Asking, private: RwSignal<PrivateEntries>) -> AnyView {
    let option = |value: PrivateEntries, label: Text| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="private-entries"
                    prop:checked=move || private.get() == value
                    on:change=on_change(move |_| private.set(value))
                />
                <span>{session.text(label)}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="choices">
            <legend>{session.text(messages::dialog::private_legend())}</legend>
            {option(PrivateEntries::Blank, messages::dialog::private_blank())}
            {(!matches!(asking, Asking::Export(Export::Json | Export::Save | Export::Desk))).then(
                || option(PrivateEntries::Masked, messages::dialog::private_masked())
            )}
            {option(PrivateEntries::Full, messages::dialog::private_full())}
        </fieldset>
    }
    .into_any()
}

/// The answers of a question, the one that does nothing last.
fn dialog_buttons(session: Session, asking: Asking, go: Text, private: RwSignal<PrivateEntries>) -> AnyView {
    let kind = match asking {
        Asking::ClearAll => Kind::Bad,
        // Whoever presses what stands out must not put older figures in the place of newer ones.
        Asking::SameCase if is_kept_newer(session) => Kind::Plain,
        _ => Kind::Main,
    };
    let cancel = match asking {
        Asking::RollOver => messages::dialog::later(),
        Asking::Keys => go,
        _ => messages::dialog::cancel(),
    };
    let confirm = (asking != Asking::Keys).then(|| {
        button(session, kind, "confirm", go, move |_| {
            session.confirm(asking, private.get_untracked());
        })
    });
    let merge = (asking == Asking::SameCase).then(|| {
        let act = move |_| session.merge_met();
        button(
            session,
            Kind::Plain,
            "merge-case",
            messages::cases::merge_file(),
            act,
        )
    });
    let shut = move |_| session.page.asking.set(None);
    view! {
        <div class="dialog__buttons">
            {confirm}
            {merge}
            {other_answer(session, asking)}
            {button(session, Kind::Plain, "cancel", cancel, shut)}
        </div>
    }
    .into_any()
}

/// Whether the desk has a newer state of the case than the file that was opened.
fn is_kept_newer(session: Session) -> bool {
    let met = session.page.met.read_untracked();
    met.as_ref().is_some_and(|met| met.is_kept_newer)
}

/// The second answer of a question that has two.
fn other_answer(session: Session, asking: Asking) -> Option<AnyView> {
    let (action, label, act): (_, _, fn(Session)) = match asking {
        Asking::RollOver => (
            "keep-year",
            messages::dialog::keep_year(),
            Session::keep_in_its_year,
        ),
        Asking::SameCase => ("keep-both", messages::cases::keep_both(), |session| {
            session.open_met(true);
        }),
        Asking::FileChanged | Asking::NotSaved => (
            "save-elsewhere",
            messages::saving_file::elsewhere(),
            Session::save_elsewhere,
        ),
        Asking::KeepPrivate => ("leave-private", messages::cases::private_leave(), |session| {
            session.put_asked(false)
        }),
        _ => return None,
    };
    let kind = match asking {
        Asking::SameCase if is_kept_newer(session) => Kind::Main,
        _ => Kind::Plain,
    };
    Some(button(session, kind, action, label, move |_| act(session)))
}

/// Which of two states of a case is newer, and in what they differ.
fn met(session: Session) -> AnyView {
    let met = session.page.met.get_untracked();
    let words = met.map(|met| met.words).unwrap_or_default().into_iter();
    let lines: Vec<AnyView> = words.map(|words| view! { <li>{words}</li> }.into_any()).collect();
    view! { <ul class="dialog__changes" data-met="">{lines}</ul> }.into_any()
}

/// Which file was not written, and why.
fn not_saved(session: Session) -> AnyView {
    let words = session
        .page
        .not_saved
        .with_untracked(|words| words.clone())
        .into_iter();
    let lines: Vec<AnyView> = words.map(|words| view! { <li>{words}</li> }.into_any()).collect();
    view! { <ul class="dialog__changes" data-not-saved="">{lines}</ul> }.into_any()
}

/// What is adopted: each answer as it is and as it shall be.
fn changes(session: Session) -> AnyView {
    let policy = session.policy();
    let tried = session.page.scratch.get_untracked();
    let case = session.filing.case.get_untracked();
    let adoption = case.adoption(&policy, &tried, session.today());
    let lines = adoption.changes.iter().filter_map(|(id, typed)| {
        let (place, fact) = policy.fact(id)?;
        let old = session.answer_words(&policy, place, case.facts.get(id));
        let new = session.tried_words(&policy, place, typed);
        let text = session.say(messages::dialog::adopt_line(&fact.label, &new, &old));
        Some(view! { <li data-change=id.clone()>{text}</li> }.into_any())
    });
    let lines: Vec<AnyView> = lines.collect();
    let left_out = (!adoption.left_out.is_empty()).then(|| {
        let words = session.left_out_words(&adoption.left_out);
        view! { <p class="warn" data-left-out="">{session.say(messages::what_if::left_out(&words))}</p> }
    });
    view! {
        <ul class="dialog__changes">{lines}</ul>
        {left_out}
        <p data-adopt-outcome="">{session.outcome_of_adoption()}</p>
    }
    .into_any()
}

/// What keys there are, and what each does.
fn keys(session: Session) -> AnyView {
    let lines = [
        ("Ctrl+Enter", messages::keys::next_open()),
        ("Ctrl+Z / Ctrl+Y", messages::keys::undo()),
        ("Ctrl+S", messages::keys::save_file()),
        ("Alt+Shift+S", messages::keys::save()),
        ("Alt+Shift+P", messages::keys::print()),
        ("Alt+Shift+M", messages::keys::menu()),
        ("?", messages::keys::this()),
    ];
    let lines = lines
        .map(|(keys, text)| view! { <dt><kbd>{keys}</kbd></dt><dd>{session.text(text)}</dd> }.into_any());
    let is_on = session.page.hears_question_mark;
    view! {
        <dl class="keys">{lines.into_iter().collect::<Vec<_>>()}</dl>
        <label class="choice">
            <input
                type="checkbox"
                data-action="question-mark"
                prop:checked=move || is_on.get()
                on:change=on_change(move |_| is_on.update(|is_on| *is_on = !*is_on))
            />
            <span>{session.text(messages::keys::on())}</span>
        </label>
    }
    .into_any()
}
