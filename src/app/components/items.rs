//! The list of what a count is made of, one by one: it gives the count, and
//! what it names stands beside the papers and in the narrative.

use leptos::prelude::*;

use crate::answers::{FactState, ListedItem, plain_digits, plain_prose, plain_visible};
use crate::app::live::{live, on_change, on_press};
use crate::app::state::Session;
use crate::json::Json;
use crate::policy::{Fact, ItemHeads};
use crate::wording::Word;

/// One entry of an item: how to reach it for reading and for writing.
type Entry = fn(&mut ListedItem) -> &mut String;

/// How what is typed for it is read.
type Read = fn(&str) -> String;

/// The list of a fact, folded away until something stands in it; nothing for a fact that has none.
pub fn items(session: Session, fact: &Fact) -> Option<AnyView> {
    let heads = fact.items.clone()?;
    let listed = {
        let id = fact.id.clone();
        move || {
            session
                .case
                .with(|case| case.fact_details.get(&id).map_or(0, |detail| detail.items.len()))
        }
    };
    let rows = {
        let (fact, listed) = (fact.clone(), listed.clone());
        // The rows are drawn anew when one comes or goes, not while one types in them.
        let count = Memo::new(move |_| listed());
        move || {
            (0..count.get())
                .map(|place| row(session, &fact, &heads, place))
                .collect::<Vec<_>>()
        }
    };
    let add = {
        let fact = fact.clone();
        move |_| change(session, &fact, |items| items.push(ListedItem::default()))
    };
    let open = untrack(listed) > 0;
    let name = session.say(Word::ItemsListName, &[("fact", &fact.label)]);
    Some(
        view! {
            <details class="items" open=open>
                <summary><span class="is-spoken">{name}</span> {session.text(Word::ItemsListSummary)}</summary>
                <div class="items__rows" data-items=fact.id.clone()>{live(rows)}</div>
                <button type="button" class="btn btn--small" data-action="add-item" on:click=on_press(add)>{session.text(Word::ItemsAdd)}</button>
            </details>
        }
        .into_any(),
    )
}

fn row(session: Session, fact: &Fact, heads: &ItemHeads, place: usize) -> AnyView {
    let remove = {
        let fact = fact.clone();
        move |_| {
            change(session, &fact, |items| {
                if place < items.len() {
                    items.remove(place);
                }
            });
        }
    };
    let remove_name = session.say(Word::ItemsRemoveEntry, &[("number", &(place + 1))]);
    view! {
        <div class="items__row" role="group" aria-label=session.say(Word::ItemsEntry, &[("number", &(place + 1))])>
            {entry(session, fact, place, &heads.name, plain_prose, |item| &mut item.name)}
            {entry(session, fact, place, &session.text(Word::ItemsDate), plain_digits, |item| &mut item.date)}
            {entry(session, fact, place, &heads.number, plain_visible, |item| &mut item.number)}
            <button type="button" class="link items__remove" aria-label=remove_name on:click=on_press(remove)>{session.text(Word::ItemsRemove)}</button>
        </div>
    }
    .into_any()
}

fn entry(session: Session, fact: &Fact, place: usize, label: &str, read: Read, reach: Entry) -> AnyView {
    let shown = {
        let id = fact.id.clone();
        move || {
            session.case.with(|case| {
                let item = case.fact_details.get(&id)?.items.get(place)?;
                Some(reach(&mut item.clone()).clone())
            })
        }
    };
    let fact = fact.clone();
    let typed = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        change(session, &fact, |items| {
            if let Some(item) = items.get_mut(place) {
                *reach(item) = read(&text);
            }
        });
    };
    view! {
        <label class="items__entry">
            <span>{label.to_owned()}</span>
            <input class="entry" type="text" autocomplete="off" prop:value=move || shown().unwrap_or_default() on:input=on_change(typed)/>
        </label>
    }
    .into_any()
}

/// Changes the list; the count follows it for as long as something stands in it.
fn change(session: Session, fact: &Fact, change: impl FnOnce(&mut Vec<ListedItem>)) {
    session.case.update(|case| {
        let filled = |items: &[ListedItem]| items.iter().filter(|item| !item.is_empty()).count();
        let mut before = 0;
        let mut after = 0;
        case.change_detail(&fact.id, |detail| {
            before = filled(&detail.items);
            change(&mut detail.items);
            after = filled(&detail.items);
            if after > 0 {
                detail.state = FactState::Exact;
            }
        });
        if before != after && after > 0 {
            case.set_fact(&fact.id, Some(Json::number(after)));
        }
    });
}
