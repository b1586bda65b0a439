//! 历史: the states of the open case that were kept, each with its reason.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::app::components::{Kind, button, export_raw};
use crate::app::live::live;
use crate::app::session::Session;
use crate::browser::{entry_of, moment_in_words, set_entry};
use crate::desk::HistoryEntry;
use crate::json::Json;
use crate::wording::messages;

/// A name for the state that is kept now, then the kept states, the latest first.
pub fn view(session: Session) -> AnyView {
    let place: NodeRef<leptos::html::Input> = NodeRef::new();
    let name = move || {
        let input = place.get_untracked();
        let name = input.and_then(|input| entry_of(&input)).unwrap_or_default();
        session.name_state(name.trim());
        // What was kept is in the list, and another name is another state.
        if let Some(input) = place.get_untracked() {
            set_entry(&input, "");
        }
    };
    let entered = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            name();
        }
    };
    let found = move || {
        let entries = session.draft.entries.get()?;
        // The newest first, each with the one before it.
        let before = core::iter::once(None).chain(entries.iter().cloned().map(Some));
        let mut lines: Vec<AnyView> = before
            .zip(&entries)
            .map(|(before, entry)| line(session, before, entry.clone()))
            .collect();
        lines.reverse();
        Some(if lines.is_empty() {
            view! { <p>{session.text(messages::cases::no_history())}</p> }.into_any()
        } else {
            view! { <ol class="history">{lines}</ol> }.into_any()
        })
    };
    let raw = move || {
        let raw = session.draft.unreadable.with(Vec::len);
        (raw > 0).then(|| {
            let shown = session.say(messages::saving::draft_parts_unreadable(&raw));
            view! { <p>{shown} " " {export_raw(session)}</p> }.into_any()
        })
    };
    // Whoever comes from a line of the desk has opened the case of that line with it.
    let called = Memo::new(move |_| session.filing.case.with(|case| session.name_of_case(case)));
    let head = move || {
        let title = session.say(messages::cases::history_of(&called.get()));
        super::titled(title, session.text(messages::cases::history_intro()))
    };
    view! {
        {live(head)}
        <section class="group cases">
            <div class="cases__tools">
                <label class="cases__wanted">
                    <span>{session.text(messages::cases::state_name())}</span>
                    <input
                        type="text"
                        class="entry"
                        data-state-name=""
                        node_ref=place
                        on:keydown=entered
                    />
                </label>
                {button(session, Kind::Plain, "name-state", messages::cases::keep_state(), move |_| name())}
            </div>
            {live(found)}
            {live(raw)}
        </section>
    }
    .into_any()
}

/// A state: when, why, and what it came to.
fn line(session: Session, before: Option<HistoryEntry>, entry: HistoryEntry) -> AnyView {
    let member = |name: &str| entry.stamp.summary.get(name).map(Json::to_line);
    let total = member("total").map(|total| session.say(messages::cases::points(&total)));
    let reason = session.reason(entry.stamp.reason.as_ref());
    let id = entry.stamp.reason.as_ref().map_or("", |reason| reason.id());
    let moment = moment_in_words(entry.stamp.at);
    let compared = entry.clone();
    let with_before = before.map(|before| {
        let entry = entry.clone();
        let compare = move |_| session.compare_entries(&before, &entry);
        button(
            session,
            Kind::Small,
            "compare-before",
            messages::compare::with_before(),
            compare,
        )
    });
    let compare = move |_| session.compare_with_now(&compared);
    let restore = move |_| session.restore(&entry);
    view! {
        <li class="buttons" data-history-entry=id>
            <span class="figure">{moment}</span> " " <b>{reason}</b> " " <span>{total}</span> " "
            {button(session, Kind::Small, "compare-entry", messages::compare::with_now(), compare)}
            {with_before}
            {button(session, Kind::Small, "restore-entry", messages::cases::restore(), restore)}
        </li>
    }
    .into_any()
}

#[cfg(test)]
#[cfg(feature = "prerender")]
mod tests {
    use super::*;
    use crate::app::drawing::drawn;

    #[test]
    fn a_history_says_whose_it_is() {
        let html = drawn(|case| case.title = String::from("虚构甲"), view);
        assert!(html.contains("历史：虚构甲"), "{html}");
    }
}
