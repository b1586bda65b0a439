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

/// The ways out, and on from here.
#[derive(Clone, Copy)]
struct Ways {
    session: Session,
    /// The one that was pressed last, beside which is said what came of it.
    pressed: RwSignal<Option<&'static str>>,
}

/// What comes of a way, and, once it was pressed, what came of it.
fn outcome(ways: Ways, action: &'static str, hint: Text) -> AnyView {
    let Ways { session, pressed } = ways;
    let said = move || {
        let is_here = pressed.get() == Some(action);
        let notice = session.page.notice.get().filter(|_| is_here)?;
        let class = if notice.wrong { "err" } else { "exports__said" };
        Some(view! { <b class=class data-outcome="">{notice.text}</b> }.into_any())
    };
    view! { <span>{live(said)} " " {session.text(hint)}</span> }.into_any()
}

/// A way: its `data-action`, what it is called, and what comes of it.
fn way(
    ways: Ways,
    (kind, action): (Kind, &'static str),
    [label, hint]: [Text; 2],
    go: impl Fn() + 'static,
) -> AnyView {
    let Ways { session, pressed } = ways;
    let begin = move |_| {
        // What was said before is not of this one.
        session.page.notice.set(None);
        pressed.set(Some(action));
        go();
    };
    view! {
        <li>
            {button(session, kind, action, label, begin)}
            {outcome(ways, action, hint)}
        </li>
    }
    .into_any()
}

/// A way out of the page.
fn export_way(ways: Ways, action: &'static str, export: Export, words: [Text; 2]) -> AnyView {
    let kind = if export == Export::Print {
        Kind::Main
    } else {
        Kind::Plain
    };
    way(ways, (kind, action), words, move || {
        ways.session.begin_export(export);
    })
}

/// A way on from here, by a deed of the session.
fn way_on(ways: Ways, action: &'static str, words: [Text; 2], go: fn(Session)) -> AnyView {
    way(ways, (Kind::Plain, action), words, move || go(ways.session))
}

/// All ways out. A file can be shared where the browser can.
fn ways_out(session: Session) -> AnyView {
    let ways = Ways {
        session,
        pressed: RwSignal::new(None),
    };
    let share = move || {
        let words = [messages::review::share(), messages::review::share_hint()];
        let shares = session.host.shares_files.get();
        shares.then(|| export_way(ways, "share", Export::Share, words))
    };
    let last_year = move || {
        let words = [
            messages::compare::last_year(),
            messages::compare::last_year_hint(),
        ];
        let is_of_last_year = session.filing.case.with(Case::was_rolled_over);
        is_of_last_year.then(|| way_on(ways, "compare-last-year", words, Session::compare_with_last_year))
    };
    let save_file = [messages::header::save_file(), messages::review::save_file_hint()];
    let parts = [messages::handing::open(), messages::handing::intro()];
    let print = [messages::review::print(), messages::review::print_hint()];
    let word = [messages::review::word(), messages::review::word_hint()];
    let html = [messages::review::html(), messages::review::html_hint()];
    let json = [messages::review::json(), messages::review::json_hint()];
    let csv = [messages::review::csv(), messages::review::csv_hint()];
    let picture = [messages::review::picture(), messages::review::picture_hint()];
    view! {
        <ul class="exports">
            {export_way(ways, "print", Export::Print, print)}
            {export_way(ways, "export-docx", Export::Word, word)}
            {export_way(ways, "export-html", Export::Html, html)}
            {export_way(ways, "export-json", Export::Json, json)}
            {way_on(ways, "save-file", save_file, Session::save_file)}
            {live(share)}
            {export_way(ways, "export-csv", Export::Csv, csv)}
            {export_way(ways, "export-png", Export::Picture, picture)}
            {way_on(ways, "open-parts", parts, Session::open_parts)}
            {live(last_year)}
        </ul>
    }
    .into_any()
}
