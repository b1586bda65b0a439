//! The papers that are chosen, and the ways out.

use leptos::prelude::*;

use crate::answers::{Case, plain_line};
use crate::app::components::{Kind, button, preview};
use crate::app::export::Export;
use crate::app::live::{entered, live, on_change};
use crate::app::session::Session;
use crate::documents::Paper;
use crate::wording::{Text, messages};

/// Which papers go into a print or a file.
fn choice_of_papers(session: Session) -> AnyView {
    let policy = session.policy();
    let choices = Paper::ALL.map(|paper| {
        let hint = match paper {
            Paper::Form => session.say(messages::review::form_hint(&policy.recommendation_form.mark)),
            Paper::ScoreSheet => session.say(messages::review::score_sheet_hint(&policy.score_sheet.mark)),
            Paper::Reasons => session.text(messages::review::reasons_hint()),
            Paper::Binder => session.text(messages::review::binder_hint()),
            Paper::Check => session.text(messages::review::check_hint()),
            Paper::Result => session.text(messages::review::result_hint()),
        };
        let chosen = move || session.page.papers.with(|papers| papers.contains(&paper));
        let is_last = move || session.page.papers.with(|papers| *papers == [paper]);
        // At least one paper stays, in the order they are bound.
        let choose = move |_| {
            session.page.papers.update(|papers| {
                let wanted = |one: &Paper| papers.contains(one) != (*one == paper);
                let wanted: Vec<Paper> = Paper::ALL.into_iter().filter(wanted).collect();
                if !wanted.is_empty() {
                    *papers = wanted;
                }
            });
        };
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    data-paper=paper.id()
                    prop:checked=chosen
                    prop:disabled=is_last
                    on:change=on_change(choose)
                />
                <span><b>{paper.label(&policy).to_owned()}</b> " " {hint}</span>
            </label>
        }
        .into_any()
    });
    view! {
        <fieldset class="choices choices--boxed">
            <legend>{session.text(messages::review::papers_legend())}</legend>
            {choices.into_iter().collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}

/// The ways out, with what goes into them.
pub(super) fn exports(session: Session, disclaimer: String, score_note: String) -> AnyView {
    view! {
        {move || session.filing.has_no_backup().then(|| {
            let text = if session.draft.is_public() {
                messages::review::remind_in_public()
            } else {
                messages::review::remind()
            };
            view! {
                <div class="banner is-open" data-remind=""><p>{session.text(text)}</p></div>
            }
            .into_any()
        })}
        <section class="group" aria-label=session.text(messages::review::export())>
            <div class="group__head">
                <div><h3>{session.text(messages::review::export())}</h3><p>{disclaimer} {score_note}</p></div>
            </div>
            {case_title(session)}
            {choice_of_papers(session)}
            {ways_out(session)}
            {preview(session)}
        </section>
    }
    .into_any()
}

/// What the case is called.
fn case_title(session: Session) -> AnyView {
    let shown = move || session.filing.case.with(|case| case.title.clone());
    let typed = move |event: leptos::ev::Event| {
        session
            .filing
            .case
            .update(|case| case.title = plain_line(&event_target_value(&event)))
    };
    view! {
        <div class="q">
            <div class="q__ask">
                <label class="q__label" for="case-title">
                    {session.text(messages::review::case_title())}
                </label>
                <span class="q__hint">{session.text(messages::review::case_title_hint())}</span>
            </div>
            <div class="q__input">
                <input
                    class="entry"
                    id="case-title"
                    type="text"
                    data-case="title"
                    autocomplete="off"
                    prop:value=entered(shown)
                    on:input=on_change(typed)
                />
            </div>
        </div>
    }
    .into_any()
}

/// The way out that was pressed last, beside which is said what came of it.
type Pressed = RwSignal<Option<&'static str>>;

/// What comes of a way out, and, once it was pressed, what came of it.
fn outcome(session: Session, pressed: Pressed, action: &'static str, hint: Text) -> AnyView {
    let said = move || {
        let is_here = pressed.get() == Some(action);
        let notice = session.page.notice.get().filter(|_| is_here)?;
        let class = if notice.wrong { "err" } else { "exports__said" };
        Some(view! { <b class=class data-outcome="">{notice.text}</b> }.into_any())
    };
    view! { <span>{live(said)} " " {session.text(hint)}</span> }.into_any()
}

/// A way out, or on from here: its `data-action`, what it is called, and what comes of it.
fn way_out(
    session: Session,
    pressed: Pressed,
    (kind, action): (Kind, &'static str),
    [label, hint]: [Text; 2],
    go: impl Fn() + 'static,
) -> AnyView {
    let begin = move |_| {
        // What was said before is not of this one.
        session.page.notice.set(None);
        pressed.set(Some(action));
        go();
    };
    view! {
        <li>
            {button(session, kind, action, label, begin)}
            {outcome(session, pressed, action, hint)}
        </li>
    }
    .into_any()
}

/// All ways out. A file can be shared where the browser can.
fn ways_out(session: Session) -> AnyView {
    let pressed: Pressed = RwSignal::new(None);
    let way = move |action, export: Export, label, hint| {
        let kind = if export == Export::Print {
            Kind::Main
        } else {
            Kind::Plain
        };
        way_out(session, pressed, (kind, action), [label, hint], move || {
            session.begin_export(export);
        })
    };
    let share = move || {
        let shares = session.host.shares_files.get();
        shares.then(|| {
            way(
                "share",
                Export::Share,
                messages::review::share(),
                messages::review::share_hint(),
            )
        })
    };
    let other = move |action, label, hint, go: fn(Session)| {
        way_out(
            session,
            pressed,
            (Kind::Plain, action),
            [label, hint],
            move || {
                go(session);
            },
        )
    };
    let last_year = move || {
        session.filing.case.with(Case::was_rolled_over).then(|| {
            other(
                "compare-last-year",
                messages::compare::last_year(),
                messages::compare::last_year_hint(),
                Session::compare_with_last_year,
            )
        })
    };
    let save_file = other(
        "save-file",
        messages::header::save_file(),
        messages::review::save_file_hint(),
        Session::save_file,
    );
    let parts = other(
        "open-parts",
        messages::handing::open(),
        messages::handing::intro(),
        Session::open_parts,
    );
    let (picture, picture_hint) = (messages::review::picture(), messages::review::picture_hint());
    view! {
        <ul class="exports">
            {way("print", Export::Print, messages::review::print(), messages::review::print_hint())}
            {way("export-docx", Export::Word, messages::review::word(), messages::review::word_hint())}
            {way("export-html", Export::Html, messages::review::html(), messages::review::html_hint())}
            {way("export-json", Export::Json, messages::review::json(), messages::review::json_hint())}
            {save_file}
            {live(share)}
            {way("export-csv", Export::Csv, messages::review::csv(), messages::review::csv_hint())}
            {way("export-png", Export::Picture, picture, picture_hint)}
            {parts}
            {live(last_year)}
        </ul>
    }
    .into_any()
}
