//! 缺件清单: what the firm does not have yet, by who gives it.

use leptos::prelude::*;

use super::entry;
use crate::app::components::{Kind, button};
use crate::app::live::live;
use crate::app::session::Session;
use crate::app::step::Step;
use crate::assessment::Papers;
use crate::documents::{givers, missing_document};
use crate::wording::messages;

/// The papers that are marked as missing, by who keeps them, and the list to send round.
pub(super) fn missing_papers(session: Session) -> AnyView {
    let keepers = move || {
        let policy = session.policy();
        session.filing.assessment.with(|assessment| {
            session.filing.case.with(|case| {
                let keepers = Papers::of(&policy, case, assessment).missing_by_keeper();
                let keepers = keepers.into_iter().map(|(keeper, documents)| {
                    let documents = documents.into_iter().map(|document| {
                        let title = match givers(&policy, case, document).as_str() {
                            "" => document.title.clone(),
                            givers => session.say(messages::review::given_by(&givers, &document.title)),
                        };
                        (document.id.clone(), title)
                    });
                    (keeper.to_owned(), documents.collect::<Vec<_>>())
                });
                keepers.collect::<Vec<_>>()
            })
        })
    };
    let shown = move || {
        let keepers = keepers();
        if keepers.is_empty() {
            return None;
        }
        let count: usize = keepers.iter().map(|(_, documents)| documents.len()).sum();
        let lists = keepers.into_iter();
        let lists = lists.map(|(keeper, documents)| keeper_list(session, keeper, documents));
        let lists: Vec<AnyView> = lists.collect();
        Some(
            view! {
                <section class="group" data-missing="" aria-label=session.text(messages::review::missing())>
                    <div class="group__head">
                        <div>
                            <h3>{session.text(messages::review::missing())}</h3>
                            <p>{session.say(messages::review::missing_note(&count))}</p>
                        </div>
                    </div>
                    {lists}
                    {ways_to_send_round(session)}
                </section>
            }
            .into_any(),
        )
    };
    view! { <div>{live(shown)}</div> }.into_any()
}

/// The list of missing papers, printed or as a file.
fn ways_to_send_round(session: Session) -> AnyView {
    let document = move || {
        let policy = session.policy();
        let assessment = session.filing.assessment.get_untracked();
        session
            .filing
            .case
            .with_untracked(|case| missing_document(&policy, case, &assessment, session.today()))
    };
    let print = move |_| {
        if let Some(document) = document() {
            session.print_sheet(&document);
        }
    };
    let export = move |_| {
        if let Some(document) = document() {
            session.download_applicant_sheet(&document, &session.text(messages::review::missing_sheet()));
        }
    };
    view! {
        <div class="advice__sheet">
            {button(session, Kind::Plain, "print-missing", messages::review::print_missing(), print)}
            {button(session, Kind::Plain, "export-missing", messages::review::download_missing(), export)}
        </div>
    }
    .into_any()
}

/// The missing papers of one keeper, id and title, each with a way to it.
fn keeper_list(session: Session, keeper: String, documents: Vec<(String, String)>) -> AnyView {
    let entries = documents.into_iter().map(|(id, title)| {
        let place = format!("#d-{id}");
        let go = move || {
            session
                .page
                .open(Step::Evidence, Some(format!("#d-{id} input:checked")))
        };
        entry(title, go, place)
    });
    let entries: Vec<AnyView> = entries.collect();
    let name = keeper.clone();
    view! {
        <div data-missing-keeper=name>
            <h4 class="block__title">{keeper}</h4>
            <ul class="open-list">{entries}</ul>
        </div>
    }
    .into_any()
}
