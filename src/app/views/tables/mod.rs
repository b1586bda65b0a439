//! 表格: answers come from a table after they were looked at, templates go out to
//! be filled in, and rosters are counted.

mod preview;
mod roster;
mod templates;
mod waiting;

use leptos::prelude::*;

use crate::app::actions::TableFormat;
use crate::app::components::{Kind, button};
use crate::app::live::{live, on_change};
use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::{BroughtTable, Session, TableContent};
use crate::browser::pasted_text;
use crate::json::Json;
use crate::tables::{Sheet, read_for_questions, results, sheets_from_transfer, take_part};
use crate::wording::messages;

/// What was brought, to be looked at, or the ways to bring a table and have one.
pub fn view(session: Session) -> AnyView {
    let body = move || {
        let BroughtTable { name, content } = session.page.table.get();
        match sheets_of(session, content) {
            None => without_table(session),
            Some(Ok(sheets)) => preview::view(session, &name, sheets),
            Some(Err(fault)) => view! {
                <div class="banner is-bad" data-import-refused=""><p>{fault}</p></div>
                {without_table(session)}
            }
            .into_any(),
        }
    };
    // What was asked for before this piece had come.
    session.page.put_focus();
    let leave = move |_| session.leave_tables();
    view! {
        {super::titled(session.text(messages::tables::title()), session.text(messages::tables::intro()))}
        <p class="tables__back">
            {button(session, Kind::Plain, "leave-tables", messages::tables::back(), leave)}
        </p>
        {live(body)}
    }
    .into_any()
}

/// The sheets of what was brought, if anything was, or why there are none.
fn sheets_of(session: Session, content: TableContent) -> Option<Result<Vec<Sheet>, String>> {
    Some(match content {
        TableContent::Nothing => return None,
        TableContent::Pasted(text) | TableContent::Delimited(text) => {
            Ok(vec![read_for_questions(&session.policy(), &text)])
        }
        TableContent::Workbook(text) => match Json::parse(&text) {
            Ok(Json::Text(fault)) => Err(fault),
            _ => match sheets_from_transfer(&text) {
                Some(mut sheets) => {
                    // Of a part whose case is not here only the questions are looked at.
                    take_part(&mut sheets);
                    Ok(sheets)
                }
                None => Err(session.text(messages::tables::other_build())),
            },
        },
    })
}

/// What can be done with tables while none was brought.
fn without_table(session: Session) -> AnyView {
    view! { {paste(session)} {templates::view(session)} {own_results(session)} {roster::view(session)} }
        .into_any()
}

/// A group of this view under its heading.
fn group(title: String, hint: String, body: AnyView) -> AnyView {
    let label = title.clone();
    view! {
        <section class="group" aria-label=label>
            <div class="group__head"><div><h3>{title}</h3><p>{hint}</p></div></div>
            <div class="tables__in">{body}</div>
        </section>
    }
    .into_any()
}

/// Where cells are pasted, or a file with a table is opened.
fn paste(session: Session) -> AnyView {
    let bring = move |text: String| {
        session.bring_table(BroughtTable {
            name: String::new(),
            content: TableContent::Pasted(text),
        });
    };
    let typed = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        if !text.trim().is_empty() {
            bring(text);
        }
    };
    let opened = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        session.import(&input);
    };
    let label = session.text(messages::tables::paste_label());
    let body = view! {
        <label class="tables__label" for="tables-paste">{label}</label>
        // Only what is pasted or left whole is looked at, not each key.
        <textarea
            class="entry tables__paste"
            id="tables-paste"
            rows="4"
            autocomplete="off"
            data-paste=""
            on:change=on_change(typed)
            on:paste=move |event| {
                if let Some(text) = pasted_text(&event).filter(|text| !text.trim().is_empty()) {
                    event.prevent_default();
                    bring(text);
                }
            }
        ></textarea>
        <label class="btn tool--file">
            {session.text(messages::tables::or_open())}
            <input
                type="file"
                multiple
                accept=".xlsx,.csv,.txt"
                data-action="import-table"
                on:change=on_change(opened)
            />
        </label>
    }
    .into_any();
    group(
        session.text(messages::tables::paste()),
        session.text(messages::tables::paste_hint()),
        body,
    )
}

seam! {
    /// The sheets of what the open case came to.
    "score" "08" fn result_sheets(session: Session) -> Vec<Sheet> {
        let case = session.filing.case.get_untracked();
        Vec::from(results(&session.policy(), core::slice::from_ref(&case), session.today()))
    }
}

/// What the open case came to, as a table.
fn own_results(session: Session) -> AnyView {
    let give = move |format: TableFormat| {
        // What explains and advises is in the piece of the score.
        session.once_there(Piece::Score, move || {
            let sheets = result_sheets(session);
            session.give_table(&session.text(messages::tables::results_file()), format, &sheets);
        });
    };
    let workbook = move |_| give(TableFormat::Workbook);
    let csv = move |_| give(TableFormat::Delimited);
    let body = view! {
        <p class="buttons">
            {button(session, Kind::Plain, "export-table-xlsx", messages::tables::xlsx(), workbook)}
            {button(session, Kind::Plain, "export-table-csv", messages::tables::csv(), csv)}
        </p>
    }
    .into_any();
    group(
        session.text(messages::tables::results()),
        session.text(messages::tables::results_hint()),
        body,
    )
}
