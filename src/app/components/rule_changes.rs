//! What a case came to under other rules than today's, and what it comes to now.

use leptos::prelude::*;

use super::{Kind, button};
use crate::app::live::live;
use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::Session;
use crate::documents::{Moved, RuleChanges, has_rule_changes, mark_changes_seen, rule_changes};
use crate::wording::messages;

/// The latest change that nobody has looked at yet, until it is put away.
pub fn rule_change_bar(session: Session) -> AnyView {
    // Each tells only what is other than before: a piece that does not come is asked
    // for once, and not again by hearing that it did not.
    let has_changes = Memo::new(move |_| session.filing.file_others.with(has_rule_changes));
    let is_there = Memo::new(move |_| session.has(Piece::Actions));
    let shown = move || {
        if has_changes.get() {
            session.fetch(Piece::Actions);
        }
        (has_changes.get() && is_there.get()).then(|| latest_change(session))
    };
    live(shown).into_any()
}

seam! {
    "actions" "1c" fn latest_change(session: Session) -> AnyView {
        unseen_change(session)
    }
}

fn unseen_change(session: Session) -> AnyView {
    let shown = move || {
        let changes = session
            .filing
            .file_others
            .with(|beside| rule_changes(&session.policy(), beside));
        let (latest, _) = changes.into_iter().next().filter(|(_, is_seen)| !is_seen)?;
        let put_away = move |_| session.filing.file_others.update(mark_changes_seen);
        let understood = messages::header::understood();
        Some(
            view! {
                <div class="notice" data-rule-change="">
                    <div>
                        {change(session, &latest)}
                        <p>{session.text(messages::rules::both_kept())}</p>
                    </div>
                    {button(session, Kind::Quiet, "rule-change-seen", understood, put_away)}
                </div>
            }
            .into_any(),
        )
    };
    live(shown).into_any()
}

/// All changes that are kept beside the case; nothing where there are none.
pub fn rule_change_history(session: Session) -> AnyView {
    let shown = move || {
        let changes = session
            .filing
            .file_others
            .with(|beside| rule_changes(&session.policy(), beside));
        (!changes.is_empty()).then(|| {
            let changes: Vec<AnyView> = changes.iter().map(|(one, _)| change(session, one)).collect();
            view! {
                <details class="group earlier" data-rule-changes="">
                    <summary>{session.text(messages::rules::history())}</summary>
                    {changes}
                </details>
            }
            .into_any()
        })
    };
    live(shown).into_any()
}

/// One change: the totals, and row by row what moved and why.
fn change(session: Session, change: &RuleChanges) -> AnyView {
    let [then, now] = change.total.map(|total| {
        total.map_or_else(
            || session.text(messages::rules::none()),
            |total| total.to_string(),
        )
    });
    let (from, to) = (&change.from, &change.to);
    let lead = if change.same_rules && then == now && !change.moved.is_empty() {
        session.say(messages::rules::rows_differ(&change.moved.len(), &now))
    } else if change.same_rules {
        session.say(messages::rules::record_differs(&now, &then))
    } else if change.total.first().is_some_and(Option::is_none) {
        session.say(messages::rules::no_record(&now, from, to))
    } else if from == to {
        session.say(messages::rules::same_version(&now, &then, to))
    } else {
        session.say(messages::rules::changed(&now, &then, from, to))
    };
    let other_answers = (change.other_answers && !change.same_rules)
        .then(|| view! { <p>{session.text(messages::rules::other_answers())}</p> }.into_any());
    let lines: Vec<AnyView> = change.moved.iter().map(|moved| line(session, moved)).collect();
    let details = if lines.is_empty() {
        let is_shown = change.total.iter().all(Option::is_some);
        let [then, now] = change.total;
        // A total that moved alone is not the sum of the rows that it was recorded with.
        let text = if then == now {
            messages::rules::nothing_moved()
        } else {
            messages::rules::total_alone_moved()
        };
        is_shown.then(|| view! { <p>{session.text(text)}</p> }.into_any())
    } else {
        let summary = session.say(messages::rules::details(&lines.len()));
        Some(view! { <details><summary>{summary}</summary><ul>{lines}</ul></details> }.into_any())
    };
    view! { <p><b>{lead}</b></p> {other_answers} {details} }.into_any()
}

fn line(session: Session, moved: &Moved) -> AnyView {
    let none = || session.text(messages::rules::none());
    let (from, to) = (
        moved.from.clone().unwrap_or_else(none),
        moved.to.clone().unwrap_or_else(none),
    );
    let text = session.say(messages::rules::moved(&from, &moved.id, &moved.title, &to));
    let reason =
        |reason: &str, shown: String| (!reason.is_empty()).then(|| view! { <br/> {shown} }.into_any());
    let (then, now) = (&moved.reason_then, &moved.reason_now);
    let then = reason(then, session.say(messages::rules::then(then)));
    let now = reason(now, session.say(messages::rules::now(now)));
    let id = moved.id.clone();
    view! { <li data-moved=id>{text} {then} {now}</li> }.into_any()
}
