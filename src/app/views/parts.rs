//! 分给同事填: the questions of each department as a file of their own.

use leptos::prelude::*;

use crate::app::live::on_press;
use crate::app::session::Session;
use crate::documents::CasePart;
use crate::policy::{Group, Policy};
use crate::wording::messages;

/// How a part goes out and comes back, then each department with its files.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let keepers = CasePart::by_keeper(&policy).into_iter();
    let keepers: Vec<AnyView> = keepers
        .map(|(keeper, groups)| department(session, keeper, &groups))
        .collect();
    view! {
        {super::titled(session.text(messages::handing::title()), session.text(messages::handing::intro()))}
        <section class="group parts-out">
            <ol>
                <li>{session.text(messages::handing::first())}</li>
                <li>{session.text(messages::handing::second())}</li>
                <li>{session.text(messages::handing::third())}</li>
            </ol>
            <ul class="exports">{keepers}</ul>
        </section>
    }
    .into_any()
}

/// A department with its papers: all of them as one file, or one of them.
fn department(session: Session, keeper: &str, groups: &[&Group]) -> AnyView {
    let ids: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
    let name = keeper.to_owned();
    let of_table = (name.clone(), ids.clone());
    let titles: Vec<&str> = groups.iter().map(|group| group.title.as_str()).collect();
    let titles = titles.join(&session.text(messages::common::list_comma()));
    let single: Vec<AnyView> = groups
        .iter()
        .filter(|_| groups.len() > 1)
        .map(|group| {
            let (id, title) = (group.id.clone(), group.title.clone());
            let label = session.say(messages::handing::only(&title));
            view! {
                <button
                    type="button"
                    class="link"
                    data-action="export-part"
                    data-part=id.clone()
                    on:click=on_press(move |_| export(session, &title, core::slice::from_ref(&id)))
                >
                    {label}
                </button>
                " "
            }
            .into_any()
        })
        .collect();
    view! {
        <li>
            <div class="buttons">
                <button
                    type="button"
                    class="btn"
                    data-action="export-part"
                    data-part=keeper.to_owned()
                    on:click=on_press(move |_| export(session, &name, &ids))
                >
                    {session.say(messages::handing::export(&keeper))}
                </button>
                <button
                    type="button"
                    class="btn"
                    data-action="export-part-xlsx"
                    data-part=keeper.to_owned()
                    on:click=on_press(move |_| export_table(session, &of_table.0, &of_table.1))
                >
                    {session.text(messages::tables::xlsx())}
                </button>
            </div>
            <div>{titles} <div class="parts-out__single">{single}</div></div>
        </li>
    }
    .into_any()
}

fn export(session: Session, name: &str, ids: &[String]) {
    let policy = session.policy();
    session.export_part(name, &groups_of(&policy, ids));
}

fn export_table(session: Session, name: &str, ids: &[String]) {
    let policy = session.policy();
    session.export_part_table(name, &groups_of(&policy, ids));
}

fn groups_of<'policy>(policy: &'policy Policy, ids: &[String]) -> Vec<&'policy Group> {
    let groups = policy.groups.iter();
    groups.filter(|group| ids.contains(&group.id)).collect()
}
