//! 合并: what came back beside what is here, before anything of it is written.

use std::sync::Arc;

use leptos::ev::Event;
use leptos::prelude::*;

use crate::app::components::{Kind, button};
use crate::app::live::{live, on_change};
use crate::app::session::{BroughtCase, Session};
use crate::documents::{ChangedBy, Difference, EntryKey, Merge, entry_label, entry_words, holder_in};
use crate::policy::Policy;
use crate::wording::{Text, messages};

/// What the user wants otherwise than is proposed: which side stands under a key.
type Decided = RwSignal<Vec<(EntryKey, bool)>>;

/// Whether what came back is taken: as it was decided, or else as it is proposed.
fn is_taken(decided: &[(EntryKey, bool)], difference: &Difference) -> bool {
    let found = decided.iter().find(|(key, _)| *key == difference.key);
    found.map_or_else(|| difference.is_taken(), |(_, is_taken)| *is_taken)
}

/// The proposal, or the sentence that nothing came back.
pub fn view(session: Session) -> AnyView {
    let decided: Decided = RwSignal::new(Vec::new());
    let body = move || match session.merging() {
        Some((brought, merge)) => proposal(session, &brought, merge, decided),
        None => view! { <p>{session.text(messages::merge::nothing())}</p> }.into_any(),
    };
    view! {
        {super::titled(session.text(messages::merge::title()), session.text(messages::merge::intro()))}
        <section class="group compare" data-merge="">{live(body)}</section>
    }
    .into_any()
}

/// What came back, and what is done with it.
fn proposal(session: Session, brought: &BroughtCase, merge: Merge, decided: Decided) -> AnyView {
    let policy = session.policy();
    let from = if brought.saved_at.is_empty() {
        brought.name.clone()
    } else {
        session.say(messages::merge::from(&brought.saved_at, &brought.name))
    };
    let merge = Arc::new(merge);
    // What both began with is not known of a file that only has the same case.
    let has_base = brought.base.is_some();
    // What the part never held is not named among what was changed here since.
    let is_told = |one: &Difference| one.by != ChangedBy::Ours || one.base.entry.is_some();
    let of = |by: ChangedBy| -> Vec<AnyView> {
        let all = merge
            .differences
            .iter()
            .filter(|one| one.by == by && is_told(one));
        all.map(|one| line(session, &policy, one, decided, has_base))
            .collect()
    };
    let conflicts = of(ChangedBy::Both);
    let taken = of(ChangedBy::Theirs);
    let kept = of(ChangedBy::Ours);
    let (both, ours, theirs) = (conflicts.len(), kept.len(), taken.len());
    let (summary, differing) = if has_base {
        let summary = session.say(messages::merge::summary(&both, &from, &ours, &theirs));
        (summary, messages::merge::conflicts())
    } else {
        let summary = session.say(messages::merge::summary_of_two(&both, &from));
        (summary, messages::merge::differing())
    };
    let ways = (!conflicts.is_empty()).then(|| ways_for_all(session, &merge, decided));
    let undecided = move || match conflicts_of(&merge)
        .filter(|one| !is_decided(&decided.read(), one))
        .count()
    {
        0 => String::new(),
        count if has_base => session.say(messages::merge::undecided(&count)),
        count => session.say(messages::merge::undecided_of_two(&count)),
    };
    view! {
        <p role="status">{summary}</p>
        {left_out(session, &brought.left_out)}
        {section(session, differing, conflicts, has_base, ways)}
        {section(session, messages::merge::taken(), taken, has_base, None)}
        {fold(session, messages::merge::kept(), kept, has_base)}
        <p role="status">{live(undecided)}</p>
        {ways_on(session, decided)}
    }
    .into_any()
}

/// What both sides changed.
fn conflicts_of(merge: &Merge) -> impl Iterator<Item = &Difference> {
    merge.differences.iter().filter(|one| one.by == ChangedBy::Both)
}

/// Whether the user said which side stands.
fn is_decided(decided: &[(EntryKey, bool)], difference: &Difference) -> bool {
    decided.iter().any(|(key, _)| *key == difference.key)
}

/// The ways to decide all conflicts at once.
fn ways_for_all(session: Session, merge: &Arc<Merge>, decided: Decided) -> AnyView {
    let all = |theirs: bool| {
        let merge = Arc::clone(merge);
        move |_| {
            let keys: Vec<EntryKey> = conflicts_of(&merge).map(|one| one.key.clone()).collect();
            decided.update(|decided| {
                decided.retain(|(key, _)| !keys.contains(key));
                decided.extend(keys.into_iter().map(|key| (key, theirs)));
            });
        }
    };
    view! {
        <p class="buttons">
            {button(session, Kind::Small, "keep-ours", messages::merge::all_ours(), all(false))}
            {button(session, Kind::Small, "take-theirs", messages::merge::all_theirs(), all(true))}
        </p>
    }
    .into_any()
}

/// What of a table that came back could not be read.
fn left_out(session: Session, faults: &[String]) -> Option<AnyView> {
    (!faults.is_empty()).then(|| {
        let lines: Vec<AnyView> = faults
            .iter()
            .map(|fault| view! { <li>{fault.clone()}</li> }.into_any())
            .collect();
        view! {
            <div class="banner is-bad" data-left-out="">
                <p>{session.text(messages::merge::left_out())}</p>
                <ul>{lines}</ul>
            </div>
        }
        .into_any()
    })
}

/// The ways on: to take over what was decided, or to leave it.
fn ways_on(session: Session, decided: Decided) -> AnyView {
    let confirm = move |_| {
        let decided = decided.get_untracked();
        session.merge_brought(move |difference| is_taken(&decided, difference));
    };
    let leave = move |_| session.leave_merging();
    view! {
        <p class="buttons">
            {button(session, Kind::Main, "confirm", messages::merge::confirm(), confirm)}
            {button(session, Kind::Plain, "cancel", messages::merge::cancel(), leave)}
        </p>
    }
    .into_any()
}

/// What stays as it is, folded away.
fn fold(session: Session, title: Text, lines: Vec<AnyView>, has_base: bool) -> Option<AnyView> {
    (!lines.is_empty()).then(|| {
        view! {
            <details>
                <summary>{session.text(title)}</summary>
                {table(session, lines, has_base)}
            </details>
        }
        .into_any()
    })
}

fn section(
    session: Session,
    title: Text,
    lines: Vec<AnyView>,
    has_base: bool,
    ways: Option<AnyView>,
) -> Option<AnyView> {
    (!lines.is_empty()).then(|| {
        view! {
            <h3>{session.text(title)}</h3>
            {ways}
            {table(session, lines, has_base)}
        }
        .into_any()
    })
}

fn table(session: Session, lines: Vec<AnyView>, has_base: bool) -> AnyView {
    let heads = [
        Some(messages::merge::entry()),
        Some(messages::merge::base()).filter(|_| has_base),
        Some(messages::merge::ours()),
        Some(messages::merge::theirs()),
        Some(messages::merge::choice()),
    ];
    let heads = heads.into_iter().flatten();
    let heads: Vec<AnyView> = heads
        .map(|head| view! { <th scope="col">{session.text(head)}</th> }.into_any())
        .collect();
    view! {
        <div class="compare__table">
            <table>
                <thead><tr>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// One difference, and which side stands.
fn line(
    session: Session,
    policy: &Policy,
    difference: &Difference,
    decided: Decided,
    has_base: bool,
) -> AnyView {
    let key = &difference.key;
    let label = entry_label(policy, key);
    let [base, ours, theirs] = [&difference.base, &difference.ours, &difference.theirs];
    let words = |held| entry_words(policy, key, held);
    let before = has_base.then(|| view! { <td>{words(base)}</td> }.into_any());
    let who = holder_in(theirs).map(|holder| session.say(messages::merge::holder(&holder)));
    let (id, by) = (
        format!("{}.{}", key.member, key.id.as_deref().unwrap_or_default()),
        match difference.by {
            ChangedBy::Both => "both",
            ChangedBy::Ours => "ours",
            ChangedBy::Theirs => "theirs",
        },
    );
    let choice = |is_theirs: bool, label: Text| {
        let (known, taken) = (difference.clone(), difference.key.clone());
        let is_chosen = move || {
            let decided = decided.read();
            let is_open = known.by == ChangedBy::Both && !is_decided(&decided, &known);
            !is_open && is_taken(&decided, &known) == is_theirs
        };
        let choose = move |_: Event| {
            decided.update(|decided| {
                decided.retain(|(key, _)| *key != taken);
                decided.push((taken.clone(), is_theirs));
            });
        };
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name=format!("merge-{id}")
                    value=if is_theirs { "theirs" } else { "ours" }
                    prop:checked=is_chosen
                    on:change=on_change(choose)
                />
                <span>{session.text(label)}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <tr data-difference=id.clone() data-changed-by=by>
            <th scope="row">{label}</th>
            {before}
            <td>{words(ours)}</td>
            <td>{words(theirs)} " " <small>{who}</small></td>
            <td>
                {choice(false, messages::merge::ours())}
                {choice(true, messages::merge::theirs())}
            </td>
        </tr>
    }
    .into_any()
}
