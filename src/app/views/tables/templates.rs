//! 填报表: empty tables to be filled in by one firm or many, whole or of one paper's questions.

use leptos::prelude::*;

use crate::app::actions::TableFormat;
use crate::app::components::{Kind, button};
use crate::app::live::on_change;
use crate::app::session::Session;
use crate::tables::{Template, template};
use crate::wording::messages;

/// The group.
pub fn view(session: Session) -> AnyView {
    let policy = session.policy();
    let (many, which) = (RwSignal::new(false), RwSignal::new(String::new()));
    let give = move |format: TableFormat| {
        let group = which.get_untracked();
        let wanted = Template {
            many_firms: many.get_untracked(),
            groups: if group.is_empty() { Vec::new() } else { vec![group] },
        };
        let sheet = template(&session.policy(), &wanted);
        session.give_table(&session.text(messages::tables::template_file()), format, &[sheet]);
    };
    let groups = policy.groups.iter().map(|group| {
        let name = session.say(messages::tables::of_group(&group.keeper, &group.title));
        view! { <option value=group.id.clone()>{name}</option> }.into_any()
    });
    let groups: Vec<AnyView> = groups.collect();
    let chosen = move |event| which.set(event_target_value(&event));
    let arranged = move |event| many.set(event_target_value(&event) == "many");
    let workbook = move |_| give(TableFormat::Workbook);
    let csv = move |_| give(TableFormat::Delimited);
    let body = view! {
        <div class="tables__choices">
            <label>
                {session.text(messages::tables::arranged())}
                <select class="entry" data-template="arrangement" on:change=on_change(arranged)>
                    <option value="one">{session.text(messages::tables::for_one())}</option>
                    <option value="many">{session.text(messages::tables::for_many())}</option>
                </select>
            </label>
            <label>
                {session.text(messages::tables::which())}
                <select class="entry" data-template="group" on:change=on_change(chosen)>
                    <option value="">{session.text(messages::tables::whole())}</option>
                    {groups}
                </select>
            </label>
        </div>
        <p class="buttons">
            {button(session, Kind::Plain, "template-xlsx", messages::tables::xlsx(), workbook)}
            {button(session, Kind::Plain, "template-csv", messages::tables::csv(), csv)}
        </p>
    }
    .into_any();
    super::group(
        session.text(messages::tables::templates()),
        session.text(messages::tables::templates_hint()),
        body,
    )
}
