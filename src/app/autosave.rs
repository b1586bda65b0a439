//! Autosave: the one effect that reads state and touches the world.

use leptos::prelude::*;

use crate::answers::{Case, Date};
use crate::browser::{Parts, StorageFault, clock_time};
use crate::documents::{FEEDBACK_PART, case_members, read_case};
use crate::json::{Json, Object};
use crate::policy::Policy;
use crate::wording::Word;

use super::state::{Arrangement, Look, PrivateKeeping, SaveState, Session};
use super::step::Step;

/// The part that holds what is not of the case: step, arrangement, what
/// becomes of private entries.
const PAGE_PART: &str = "page";

/// The draft as it shall be kept, part by part; private entries only where the user asked for it.
pub fn draft_parts(session: Session) -> Parts {
    let policy = session.policy();
    let keeping = session.private_keeping.get();
    let members = session.case.with(|case| {
        let mut kept = case.clone();
        if keeping != PrivateKeeping::Stored {
            kept.remove_private(&policy);
        }
        case_members(&kept)
    });
    let page = Json::object([
        ("policy", Json::text(&*policy.scheme.id)),
        ("step", Json::text(session.step.get().id())),
        ("private", Json::text(keeping.id())),
        ("text_size", Json::text(session.look.get().text_size())),
        ("theme", Json::text(session.look.get().theme())),
        (
            "arrangement",
            Json::text(if session.arrangement.get() == Arrangement::ByPapers {
                "papers"
            } else {
                "score-sheet"
            }),
        ),
        ("expert", Json::Bool(session.expert.get())),
        ("file", Json::Object(session.file_others.get())),
    ]);
    let mut parts = Parts::new();
    for (part, value) in members {
        parts.insert(part, value.to_line());
    }
    // Parts are written over and never taken away, so one that has become empty has to say so.
    parts
        .entry(FEEDBACK_PART.to_owned())
        .or_insert_with(|| Json::Object(Object::new()).to_line());
    parts.insert(PAGE_PART.to_owned(), page.to_line());
    parts
}

/// Puts a kept draft back into a session. A part that cannot be read is left
/// out and told; the others are used.
pub fn restore(session: Session, parts: &Parts, today: Date) {
    let policy = session.policy();
    let mut unreadable = Vec::new();
    let mut members = case_members(&Case::new(
        session.case.with_untracked(|case| case.id.clone()),
        today,
    ));
    let mut page = Object::new();
    for (part, text) in parts {
        match Json::parse(text) {
            Ok(Json::Object(found)) if part == PAGE_PART => page = found,
            Ok(value) => {
                members.insert(part.clone(), value);
            }
            Err(_) => unreadable.push(part.as_str()),
        }
    }
    if page
        .get("policy")
        .and_then(Json::as_text)
        .is_some_and(|id| id != policy.scheme.id)
    {
        return;
    }
    match read_case(members) {
        Ok(mut case) => {
            refresh_elapsed(&policy, &mut case, today);
            session.case.set(case);
        }
        Err(fault) => session.tell(
            true,
            session.say(Word::SavingDraftUnreadable, &[("fault", &fault)]),
        ),
    }
    if !unreadable.is_empty() {
        session.tell(
            true,
            session.say(
                Word::SavingDraftPartsUnreadable,
                &[
                    ("count", &unreadable.len()),
                    ("parts", &unreadable.join(&session.text(Word::CommonListComma))),
                ],
            ),
        );
    }
    let text = |key: &str| page.get(key).and_then(Json::as_text).unwrap_or_default();
    if let Some(step) = Step::from_id(text("step")) {
        session.step.set(step);
    }
    let keeping = PrivateKeeping::ALL
        .into_iter()
        .find(|keeping| keeping.id() == text("private"));
    session.private_keeping.set(keeping.unwrap_or_default());
    if text("arrangement") == "score-sheet" {
        session.arrangement.set(Arrangement::ByScoreSheet);
    }
    session.look.set(Look {
        large: text("text_size")
            == Look {
                large: true,
                ..Look::default()
            }
            .text_size(),
        contrast: text("theme")
            == Look {
                contrast: true,
                ..Look::default()
            }
            .theme(),
    });
    session
        .expert
        .set(matches!(page.get("expert"), Some(Json::Bool(true))));
    if let Some(Json::Object(others)) = page.get("file") {
        session.file_others.set(others.clone());
    }
    session.ask_for_roll_over();
}

/// A length of time that was given as a date goes on growing: it is reckoned
/// anew for the day the case is opened.
pub fn refresh_elapsed(policy: &Policy, case: &mut Case, today: Date) {
    let dated: Vec<(String, String)> = policy
        .facts
        .iter()
        .filter(|fact| fact.kind == crate::policy::FactKind::Years)
        .filter_map(|fact| {
            let date: Date = case.fact_details.get(&fact.id)?.date.parse().ok()?;
            Some((fact.id.clone(), date.elapsed_years(today)?))
        })
        .collect();
    for (id, years) in dated {
        case.set_fact(&id, Some(Json::Number(years)));
    }
}

/// Keeps the draft from now on: every change is written at once, only the parts that differ.
pub fn keep_saving(session: Session) {
    let kept = session.kept;
    Effect::new(move |_| {
        let parts = draft_parts(session);
        // An empty page on an empty store leaves no trace, also after everything was wiped.
        let untouched =
            session.case.with_untracked(Case::is_empty) && session.look.get_untracked() == Look::default();
        if kept.with_value(Parts::is_empty) && untouched {
            return;
        }
        let changed: Vec<(String, String)> = kept.with_value(|kept| {
            let differs = |(part, text): &(&String, &String)| kept.get(part) != Some(*text);
            parts
                .iter()
                .filter(differs)
                .map(|(part, text)| (part.clone(), text.clone()))
                .collect()
        });
        if changed.is_empty() {
            return;
        }
        let store = session.store();
        wasm_bindgen_futures::spawn_local(async move {
            let mut failed: Option<StorageFault> = None;
            for (part, text) in changed {
                match store.save(part.clone(), text.clone()).await {
                    Ok(()) => kept.update_value(|kept| {
                        kept.insert(part, text);
                    }),
                    Err(fault) => failed = Some(fault),
                }
            }
            session.saved.set(match failed {
                Some(_) => SaveState::Failed,
                None if store.outlives_the_page() => SaveState::Saved(session.say(
                    Word::SavingSaved,
                    &[("place", &session.text(store.place())), ("time", &clock_time())],
                )),
                None => SaveState::Memory,
            });
        });
    });
}
