//! The list of what a count is made of, one by one: it gives the count, and
//! what it names is beside the papers and in the narrative.

use leptos::prelude::*;

use super::{Kind, button, once_there};
use crate::answers::{FactState, ListedItem, normalise_listed_date, plain_digits, plain_line, plain_visible};
use crate::app::live::{entered, lines, live, on_change, on_leave, on_press};
use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::Session;
use crate::browser::pasted_text;
use crate::json::Json;
use crate::policy::{Fact, ItemHeads};
use crate::wording::messages;

/// One entry of an item: how to reach it for reading and for writing.
type Entry = fn(&mut ListedItem) -> &mut String;

/// How what is typed for it is read.
type Read = fn(&str) -> String;

/// The rows of a list: each has a key of its own as long as it is there, so
/// that an input on the page never comes to be that of another row.
#[derive(Clone, Copy)]
struct Rows {
    session: Session,
    keys: RwSignal<Vec<usize>>,
    next: StoredValue<usize>,
    removed: RwSignal<Option<Removed>>,
}

/// A row that was taken out last, until another is.
#[derive(Clone)]
struct Removed {
    /// Which of the cases opened here it is of.
    opened: usize,
    place: usize,
    item: ListedItem,
    /// The answer to the fact before and after.
    answers: [Option<Json>; 2],
}

impl Rows {
    /// Gives every row a key of its own.
    fn renew(self, count: usize) {
        let first = self.next.get_value();
        self.next.set_value(first + count);
        self.keys.set((first..first + count).collect());
        // What was taken out came back otherwise, or there is another list.
        self.removed.set(None);
    }

    fn insert(self, fact: &Fact, place: usize) {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        self.keys.update(|keys| keys.insert(place.min(keys.len()), key));
        self.focus(fact, key);
    }

    /// Where a row is, which is nowhere once the list was left: an input that
    /// has the focus then is left by being taken away.
    fn place(self, key: usize) -> usize {
        let found = self.keys.try_with(|keys| keys.iter().position(|one| *one == key));
        found.flatten().unwrap_or(usize::MAX)
    }

    /// Puts the focus into a row. Other lists of the page have rows of the same keys.
    fn focus(self, fact: &Fact, key: usize) {
        let selector = format!("[data-items=\"{}\"] [data-item=\"{key}\"] input", fact.id);
        self.session.page.focus(selector);
    }

    /// What an entry of a row holds.
    fn entry(self, fact: &str, key: usize, reach: Entry) -> String {
        self.session.filing.case.with(|case| {
            let detail = case.fact_details.get(fact);
            let item = detail.and_then(|detail| detail.items.get(self.place(key)));
            item.map(|item| reach(&mut item.clone()).clone())
                .unwrap_or_default()
        })
    }

    /// Writes an entry of a row.
    fn write(self, fact: &Fact, key: usize, reach: Entry, text: String) {
        change(self.session, fact, |items| {
            if let Some(item) = items.get_mut(untrack(|| self.place(key))) {
                *reach(item) = text;
            }
        });
    }

    /// Puts rows in the place of one that says nothing yet, or behind one that does.
    fn put(self, fact: &Fact, key: usize, rows: Vec<ListedItem>) {
        change(self.session, fact, |items| {
            let place = untrack(|| self.place(key)).min(items.len());
            let is_empty = items
                .get(place)
                .is_some_and(|item| *item == ListedItem::default());
            let place = if is_empty {
                items.remove(place);
                place
            } else {
                (place + 1).min(items.len())
            };
            items.splice(place..place, rows);
        });
    }

    fn remove(self, fact: &Fact, place: usize) {
        let answer = || {
            self.session
                .filing
                .case
                .with_untracked(|case| case.facts.get(&fact.id).cloned())
        };
        let before = answer();
        let mut taken = None;
        change(self.session, fact, |items| {
            taken = (place < items.len()).then(|| items.remove(place));
        });
        let Some(item) = taken else { return };
        self.keys.update(|keys| {
            keys.remove(place);
        });
        self.removed.set(Some(Removed {
            opened: self.session.filing.opened.get_untracked(),
            place,
            item,
            answers: [before, answer()],
        }));
        // What is beside: the row that moved up, or the one before.
        let beside = self
            .keys
            .with_untracked(|keys| keys.get(place).or(keys.last()).copied());
        match beside {
            Some(key) => self.focus(fact, key),
            None => self
                .session
                .page
                .focus(format!("[data-items=\"{}\"] ~ [data-action]", fact.id)),
        }
    }

    fn bring_back(self, fact: &Fact, removed: Removed) {
        self.removed.set(None);
        let [before, after] = removed.answers;
        let was_left = self
            .session
            .filing
            .case
            .with_untracked(|case| case.facts.get(&fact.id) == after.as_ref());
        change(self.session, fact, |items| {
            items.insert(removed.place.min(items.len()), removed.item);
        });
        if was_left {
            self.session
                .filing
                .case
                .update(|case| case.set_fact(&fact.id, before));
        }
        self.insert(fact, removed.place);
    }
}

/// The list of a fact, folded away until something is in it; nothing for a fact that has none.
pub fn items(session: Session, fact: &Fact) -> Option<AnyView> {
    fact.items.as_ref()?;
    let name = session.say(messages::items::list_name(&fact.label));
    let fact = fact.clone();
    Some(once_there(session, Piece::Questions, name, move || {
        list(session, &fact)
    }))
}

seam! {
    "questions" "1a" fn list(session: Session, fact: &Fact) -> AnyView {
        match fact.items.clone() {
            Some(heads) => list_under(session, fact, heads),
            None => ().into_any(),
        }
    }
}

/// The list of a fact under its heads.
fn list_under(session: Session, fact: &Fact, heads: ItemHeads) -> AnyView {
    let listed = {
        let id = fact.id.clone();
        Memo::new(move |_| {
            session.filing.case.with(|case| {
                let count = case.fact_details.get(&id).map_or(0, |detail| detail.items.len());
                (case.id.clone(), count)
            })
        })
    };
    let (_, count) = listed.get_untracked();
    let rows = Rows {
        session,
        keys: RwSignal::new((0..count).collect()),
        next: StoredValue::new(count),
        removed: RwSignal::new(None),
    };
    Effect::new(move |before: Option<String>| {
        let (case, count) = listed.get();
        let is_another = before.is_some_and(|before| before != case);
        // Another case has rows of its own, also where it has as many.
        if is_another || rows.keys.with_untracked(Vec::len) != count {
            rows.renew(count);
        }
        case
    });
    let add = {
        let fact = fact.clone();
        move |_| {
            change(session, &fact, |items| items.push(ListedItem::default()));
            rows.insert(&fact, usize::MAX);
        }
    };
    let drawn = {
        let fact = fact.clone();
        move |key| row(rows, &fact, &heads, key)
    };
    let name = session.say(messages::items::list_name(&fact.label));
    view! {
        <details class="items" open=count != 0>
            <summary>
                <span class="is-spoken">{name}</span>
                {session.text(messages::items::list_summary())}
            </summary>
            <div class="items__rows" data-items=fact.id.clone()>
                {lines(move || rows.keys.get(), drawn)}
            </div>
            {removed_note(rows, fact)}
            {button(session, Kind::Small, "add-item", messages::items::add(), add)}
        </details>
    }
    .into_any()
}

/// Which row was taken out, with the way back.
fn removed_note(rows: Rows, fact: &Fact) -> AnyView {
    let session = rows.session;
    let fact = fact.clone();
    let shown = move || {
        let removed = rows.removed.get()?;
        if session.filing.opened.get() != removed.opened {
            return None;
        }
        let mut text = session.say(messages::items::removed(&(removed.place + 1)));
        if matches!(&removed.answers, [Some(_), None]) {
            text.push_str(&session.text(messages::items::now_unanswered()));
        }
        let fact = fact.clone();
        let back = on_press(move |_| rows.bring_back(&fact, removed.clone()));
        Some(
            view! {
                <span>
                    {text}
                    " "
                    {button(session, Kind::Link, "bring-item-back", messages::common::take_back(), back)}
                </span>
            }
            .into_any(),
        )
    };
    view! { <p class="q__remark" role="status">{live(shown)}</p> }.into_any()
}

fn row(rows: Rows, fact: &Fact, heads: &ItemHeads, key: usize) -> AnyView {
    let session = rows.session;
    let remove = {
        let fact = fact.clone();
        move |_| rows.remove(&fact, untrack(|| rows.place(key)))
    };
    let number = move || rows.place(key).saturating_add(1);
    let named = move || session.say(messages::items::entry(&number()));
    let remove_named = move || session.say(messages::items::remove_entry(&number()));
    view! {
        <div class="items__row" role="group" data-item=key.to_string() aria-label=live(named)>
            {entry(rows, fact, key, &heads.name, [plain_line, plain_line], |item| &mut item.name)}
            {entry(
                rows,
                fact,
                key,
                &session.text(messages::items::date()),
                [plain_digits, normalise_listed_date],
                |item| &mut item.date,
            )}
            {entry(rows, fact, key, &heads.number, [plain_visible, plain_visible], |item| &mut item.number)}
            <button
                type="button"
                class="link items__remove"
                aria-label=live(remove_named)
                on:click=on_press(remove)
            >
                {session.text(messages::items::remove())}
            </button>
        </div>
    }
    .into_any()
}

/// An entry of a row. `read` is how it is kept while it is typed, `leave` when it is left.
fn entry(
    rows: Rows,
    fact: &Fact,
    key: usize,
    label: &str,
    [read, leave]: [Read; 2],
    reach: Entry,
) -> AnyView {
    let shown = {
        let id = fact.id.clone();
        move || rows.entry(&id, key, reach)
    };
    let left = {
        let (shown, fact) = (shown.clone(), fact.clone());
        move |_| {
            let entry = untrack(&shown);
            let normal = leave(&entry);
            if normal != entry {
                rows.write(&fact, key, reach, normal);
            }
        }
    };
    let pasted = {
        let fact = fact.clone();
        move |event: leptos::ev::ClipboardEvent| {
            let pasted = pasted_text(&event).and_then(|text| pasted_rows(&text, leave, reach));
            let Some(pasted) = pasted else { return };
            event.prevent_default();
            rows.put(&fact, key, pasted);
        }
    };
    let fact = fact.clone();
    let typed = move |event: leptos::ev::Event| {
        rows.write(&fact, key, reach, read(&event_target_value(&event)));
    };
    view! {
        <label class="items__entry">
            <span>{label.to_owned()}</span>
            <input
                class="entry"
                type="text"
                autocomplete="off"
                prop:value=entered(shown)
                on:input=on_change(typed)
                on:paste=pasted
                on:blur=on_leave(left)
            />
        </label>
    }
    .into_any()
}

/// What the lines of a pasted list say, a row each; `None` where it is none. Cells
/// beside each other are the entries of a row; a line without any is one entry.
fn pasted_rows(text: &str, read: Read, reach: Entry) -> Option<Vec<ListedItem>> {
    let lines: Vec<&str> = text.lines().filter(|line| !plain_line(line).is_empty()).collect();
    if lines.len() < 2 {
        return None;
    }
    let rows = lines.into_iter().map(|line| {
        let mut item = ListedItem::default();
        let mut cells = line.split('\t');
        if line.contains('\t') {
            let mut next = || cells.next().unwrap_or_default();
            item.name = plain_line(next());
            item.date = normalise_listed_date(next());
            item.number = plain_visible(next());
        } else {
            *reach(&mut item) = read(line);
        }
        item
    });
    Some(rows.collect())
}

/// The number that stands in an answer, where it is one.
fn counted(answer: &Json) -> Option<usize> {
    match answer {
        Json::Number(digits) => digits.parse().ok(),
        Json::Text(text) => plain_digits(text).trim().parse().ok(),
        _ => None,
    }
}

/// Changes the list. The count follows it, unless another number was typed: that one
/// stays, and is asked about beside the list. With the last item goes the count that it
/// gave, so that it is asked anew.
fn change(session: Session, fact: &Fact, change: impl FnOnce(&mut Vec<ListedItem>)) {
    session.filing.case.update(|case| {
        let filled = |items: &[ListedItem]| items.iter().filter(|item| item.counts()).count();
        let mut before = 0;
        let mut after = 0;
        let answer = case.facts.get(&fact.id).cloned();
        let follows = |before| {
            answer
                .as_ref()
                .is_none_or(|answer| counted(answer) == Some(before))
        };
        case.change_detail(&fact.id, |detail| {
            before = filled(&detail.items);
            change(&mut detail.items);
            after = filled(&detail.items);
            if after > 0 && follows(before) {
                detail.set_state(FactState::Exact);
            }
        });
        if before != after && follows(before) {
            case.set_fact(&fact.id, (after > 0).then(|| Json::number(after)));
        }
    });
}
