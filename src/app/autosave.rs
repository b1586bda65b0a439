//! Autosave: the one effect that reads state and touches the world.

use core::time::Duration;
use std::rc::Rc;

use leptos::prelude::*;

use crate::answers::{Case, Date, Origin};
use crate::browser::{clock_time, moment_in_words, new_case_id, now_millis};
use crate::documents::{
    Frozen, NotACaseFile, Opened, Outcome, Parts, case_members, draft_record, earlier_states,
    note_change_of_draft, open_draft, parts_of, read_case, unreadable_earlier,
};
use crate::json::{Json, Object};
use crate::policy::Policy;
use crate::wording::messages;

use super::backup::Backup;
use super::former::{read_former, write_former};
use super::live::on_window;
use super::state::{Arrangement, Look, PrivateKeeping, SaveState, Session};
use super::step::Step;

/// The part that holds what is not of the case: step, arrangement, what
/// becomes of private entries.
const PAGE_PART: &str = "page";
/// The part that holds what stood in long texts before drafts took their place.
pub const FORMER_PART: &str = "former";
/// The member that holds the figures which the case was last seen with.
const ASSESSED: &str = "assessed";
/// How long changes are gathered before the record is written. What comes
/// while it is written goes into the next one, which follows at once.
const PAUSE: Duration = Duration::from_millis(100);
/// How long it takes until a record that could not be written is tried again.
const RETRY: Duration = Duration::from_secs(3);
/// And one of which a copy could be written, but not the record itself.
const RETRY_OF_COPIED: Duration = Duration::from_secs(1);

/// The draft as it shall be kept, part by part; private entries only where the user asked for it.
fn draft_parts(session: Session) -> Parts {
    let policy = session.policy();
    let mut kept = session.case.get();
    if session.private_keeping.get() != PrivateKeeping::Stored {
        kept.remove_private(&policy);
    }
    parts_of(&draft_members(session, &kept))
}

/// A draft of a case, with all that the page keeps beside it.
fn draft_members(session: Session, case: &Case) -> Object {
    let mut members = case_members(case);
    let [backup, backup_of] = session.draft.with(|draft| draft.backup.members());
    let page = Json::object([
        ("policy", Json::text(&*session.policy().scheme.id)),
        ("step", Json::text(session.step.get().id())),
        ("private", Json::text(session.private_keeping.get().id())),
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
        backup,
        backup_of,
        ("file", Json::Object(session.file_others.get())),
        (
            ASSESSED,
            draft_record(&session.policy(), &session.sha256(), &session.assessment.get()),
        ),
    ]);
    members.insert(PAGE_PART.to_owned(), page);
    let former = session.former.get();
    if !former.is_empty() {
        members.insert(FORMER_PART.to_owned(), write_former(&former));
    }
    members
}

/// What the page holds, private entries included, for a page that takes its
/// place; `None` where it is kept, or where nobody may write it any more.
pub fn unkept_draft(session: Session) -> Option<Object> {
    let case = session.case.get_untracked();
    untrack(|| {
        let is_open = matches!(session.frozen(), None | Some(Frozen::Newer));
        let wanted = is_open && !session.is_kept() && !case.is_empty();
        wanted.then(|| draft_members(session, &case))
    })
}

/// Puts the draft of a page that this one takes the place of in place of what
/// was opened. Returns whether it is of this scheme.
pub fn take_over(session: Session, draft: Object) -> bool {
    let Ok(Some((case, page))) = case_of_draft(session, draft) else {
        return false;
    };
    session.take_over(case);
    put_back_page(session, &page);
    true
}

/// The id of the scheme that a draft is of, where it says so.
pub fn scheme_of_draft(members: &Object) -> Option<&str> {
    let page = members.get(PAGE_PART)?.as_object()?;
    page.get("policy")?.as_text()
}

/// The case in a draft, and what is kept beside it; `None` where it is of another scheme.
///
/// # Errors
/// Where a member of the case is not what it should be.
pub fn case_of_draft(session: Session, mut members: Object) -> Result<Option<(Case, Object)>, NotACaseFile> {
    let policy = session.policy();
    if scheme_of_draft(&members).is_some_and(|id| id != policy.scheme.id) {
        return Ok(None);
    }
    let mut page = match members.remove(PAGE_PART) {
        Some(Json::Object(page)) => page,
        _ => Object::new(),
    };
    if let Some(former) = members.remove(FORMER_PART) {
        page.insert(FORMER_PART.to_owned(), former);
    }
    // What is not in it stands as in an empty case.
    let mut all = case_members(&Case::new(new_case_id(), session.today()));
    all.extend(members);
    let mut case = read_case(all)?;
    case.read_texts(&policy, Origin::Draft);
    if let Some(record) = page.remove(ASSESSED) {
        let mut beside = match page.remove("file") {
            Some(Json::Object(others)) => others,
            _ => Object::new(),
        };
        note_change_of_draft(&policy, &session.sha256(), &case, &record, &mut beside);
        page.insert(String::from("file"), Json::Object(beside));
    }
    refresh_elapsed(&policy, &mut case, session.today());
    Ok(Some((case, page)))
}

/// Opens what a store has: puts the draft into the session, keeps it from now
/// on, and tells what could not be read.
pub fn resume(session: Session, mut opened: Opened) {
    let mut faults = Vec::new();
    if let Some(fault) = leave_unreadable(session, &mut opened) {
        let fault = session.refused(&fault);
        faults.push(session.say(messages::saving::draft_unreadable(&fault)));
    }
    let Opened {
        keeper,
        members,
        recovered,
        raw,
        texts: _,
        shelved,
        done_with,
    } = opened;
    let frozen = keeper.frozen();
    if !raw.is_empty() {
        faults.push(session.say(messages::saving::draft_parts_unreadable(&raw.len())));
    }
    if let Some(at) = recovered {
        faults.push(session.say(messages::saving::recovered(&moment_in_words(at))));
    }
    let is_empty = members.is_empty();
    if let Ok(Some((case, page))) = case_of_draft(session, members) {
        session.case.set(case);
        if !is_empty {
            put_back_page(session, &page);
        }
    }
    if !faults.is_empty() {
        session.tell(true, faults.concat());
    }
    session.draft.update(|draft| {
        draft.frozen = frozen;
        draft.raw = raw;
    });
    let is_behind = keeper.is_behind();
    let parts = untrack(|| draft_parts(session));
    session.with_saving(|saving| {
        saving.keeper = keeper;
        saving.keeper.settle(parts);
    });
    if shelved.is_empty() && done_with.is_empty() {
        return;
    }
    // What was opened of a change stays noted until the record holds it.
    let (now, later) = if is_behind {
        (Vec::new(), done_with)
    } else {
        (done_with, Vec::new())
    };
    let store = session.store();
    wasm_bindgen_futures::spawn_local(async move {
        if store.settle(shelved, now).await {
            session.with_saving(|saving| saving.done_with = later);
        }
    });
}

/// Keeps the draft again after a time in which nothing was kept. What another
/// page has kept meanwhile is opened where this one holds nothing; else the user
/// has to choose, and until then nothing is written.
pub fn keep_again(session: Session, mut opened: Opened) {
    let is_anothers = !opened.keeper.is_new() || opened.keeper.frozen().is_some();
    if is_anothers && session.case.with_untracked(Case::is_empty) {
        let is_readable =
            opened.keeper.frozen().is_none() && leave_unreadable(session, &mut opened).is_none();
        session.saved.set(if is_readable {
            SaveState::Fresh
        } else {
            SaveState::Memory
        });
        resume(session, opened);
        return;
    }
    if is_anothers {
        let _ = leave_unreadable(session, &mut opened);
        opened.keeper.stand_back();
    }
    session.saved.set(if is_anothers {
        SaveState::Memory
    } else {
        SaveState::Fresh
    });
    session.draft.update(|draft| {
        draft.frozen = opened.keeper.frozen();
        draft.raw = opened.raw;
    });
    session.with_saving(|saving| saving.keeper = opened.keeper);
    // What was typed meanwhile is kept at once.
    session.case.update(|_| {});
}

/// Leaves a draft alone whose case cannot be read although it is as it was
/// written. Why it cannot, if so.
fn leave_unreadable(session: Session, opened: &mut Opened) -> Option<NotACaseFile> {
    let fault = case_of_draft(session, opened.members.clone()).err()?;
    opened.leave_alone();
    Some(fault)
}

fn put_back_page(session: Session, page: &Object) {
    let text = |key: &str| page.get(key).and_then(Json::as_text).unwrap_or_default();
    if let Some(step) = Step::from_id(text("step")) {
        session.step.set(step);
    }
    session.private_keeping.set(PrivateKeeping::in_draft(page));
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
    session.former.set(read_former(page.get(FORMER_PART)));
    session
        .draft
        .update(|draft| draft.backup = Backup::in_draft(page));
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

/// Keeps the draft from now on: every change is noted at once, and a moment
/// later the record holds it.
pub fn keep_saving(session: Session) {
    Effect::new(move |_| {
        let parts = draft_parts(session);
        // An empty page on an empty store leaves no trace, also after everything was wiped.
        let is_empty = session
            .case
            .with_untracked(|case| case.is_as_made(session.today()));
        let look = session.look.get_untracked();
        let is_changed = session.with_saving(|saving| {
            let keeper = &mut saving.keeper;
            let leaves_no_trace = is_empty && look == saving.first_look && keeper.is_new();
            if leaves_no_trace || session.has_stopped() {
                return false;
            }
            keeper.change(parts)
        });
        if is_changed == Some(true) {
            // What no storage holds yet does not wait.
            let pause = if note(session) { PAUSE } else { Duration::ZERO };
            save_after(session, pause);
        }
    });
    on_window("storage", move |event| {
        let text = |name: &str| {
            let value = js_sys::Reflect::get(&event, &name.into()).ok();
            value.and_then(|value| value.as_string())
        };
        let store = session.store();
        // Another storage may have a draft of the same key, which is none of ours.
        let area = js_sys::Reflect::get(&event, &"storageArea".into());
        let is_ours = area.is_ok_and(|area| store.is_in(&area));
        if is_ours && text("key") == Some(store.head_key()) {
            hear(session, text("newValue").as_deref());
        }
    });
    on_window("beforeunload", move |event| {
        if session.would_lose() {
            event.prevent_default();
            // Older browsers ask only where this is set.
            let _ = js_sys::Reflect::set(&event, &"returnValue".into(), &true.into());
        }
    });
    on_window("pagehide", move |_| {
        // The browser may keep the page to come back to.
        if session.draft.with_untracked(|draft| draft.public) {
            session.put_away();
        }
    });
}

/// Takes it that the head of the record is another by now, or gone as all was wiped.
fn hear(session: Session, head: Option<&str>) {
    session.with_saving(|saving| saving.keeper.told(head));
    tell_frozen(session);
    if head.is_none() {
        // What was noted since all was wiped must not stay, nor what a stale page had sent.
        note(session);
        if session.draft.with_untracked(|draft| draft.frozen).is_some() {
            session.store().stop(Frozen::Wiped);
        }
    }
}

/// Compares a page that the browser brings back from its history with what is
/// kept by now, of which it was told nothing meanwhile. It shows what a new page
/// would; only where it holds what nobody else has, the user decides.
pub fn compare_with_store(session: Session) {
    if !session.draft.with_untracked(|draft| draft.public) {
        session.stay_public();
    }
    let is_all_kept =
        session.is_kept() && session.private_keeping.get_untracked() != PrivateKeeping::ThisTime;
    wasm_bindgen_futures::spawn_local(async move {
        let found = session.store().load().await;
        if session.case.is_disposed() || session.has_stopped() || found.is_partial {
            return;
        }
        hear(session, found.head.as_deref());
        match session.frozen() {
            Some(Frozen::Stale) if is_all_kept => session.load_latest(),
            Some(Frozen::Wiped) if is_all_kept => {
                session.put_away();
                session.store().begin_anew();
                session.saved.set(SaveState::Fresh);
                session.tell(false, session.text(messages::actions::all_cleared()));
            }
            _ => {}
        }
    });
}

/// Notes at once what the record does not hold. Whether all that the page holds
/// is in a storage by then; as long as it is not, the page does not say so.
fn note(session: Session) -> bool {
    let store = session.store();
    let is_noted = session.with_saving(|saving| {
        let change = saving.keeper.noted(now_millis());
        let is_noted = store.note(saving.keeper.writer(), change.as_deref());
        saving.is_in_no_store = !is_noted;
        is_noted
    });
    let is_noted = is_noted == Some(true);
    if !is_noted && matches!(session.saved.get_untracked(), SaveState::Saved(_)) {
        session.saved.set(SaveState::Fresh);
    }
    is_noted
}

/// Writes the record after a pause, and again until it holds everything.
fn save_after(session: Session, pause: Duration) {
    let was_under_way = session.with_saving(|saving| core::mem::replace(&mut saving.is_under_way, true));
    if was_under_way == Some(false) {
        set_timeout(move || wasm_bindgen_futures::spawn_local(save(session)), pause);
    }
}

async fn save(session: Session) {
    let mut has_failed = false;
    while !has_failed && !session.has_stopped() {
        let due = session.with_saving(|saving| saving.keeper.due(now_millis()));
        let Some(Some(writing)) = due else { break };
        let store = session.store();
        let outcome = store.write(writing).await;
        if session.case.is_disposed() || session.has_stopped() {
            return;
        }
        if !Rc::ptr_eq(&store, &session.store()) {
            break;
        }
        has_failed = outcome == Outcome::Failed;
        let is_only_copied = outcome == Outcome::OnlyCopied;
        let is_kept = outcome == Outcome::Kept;
        let is_saved = is_kept || is_only_copied;
        session.with_saving(|saving| saving.keeper.landed(outcome));
        let is_noted = note(session);
        if is_kept {
            let done_with = session.with_saving(|saving| core::mem::take(&mut saving.done_with));
            let done_with = done_with.unwrap_or_default();
            if !done_with.is_empty() {
                store.settle(Vec::new(), done_with).await;
            }
        }
        tell_frozen(session);
        if has_failed {
            session.saved.set(SaveState::Failed);
        } else if is_saved && is_noted {
            session.saved.set(match store.place() {
                None => SaveState::Memory,
                Some(place) => SaveState::Saved(
                    session.say(messages::saving::saved(&session.text(place), &clock_time())),
                ),
            });
        }
        if is_only_copied && session.with_saving(|saving| saving.keeper.is_behind()) == Some(false) {
            break;
        }
    }
    session.with_saving(|saving| saving.is_under_way = false);
    if has_failed {
        save_after(session, RETRY);
    } else if session.with_saving(|saving| saving.keeper.is_only_copied()) == Some(true) {
        save_after(session, RETRY_OF_COPIED);
    }
}

fn tell_frozen(session: Session) {
    let frozen = session.with_saving(|saving| saving.keeper.frozen()).flatten();
    if session.draft.with_untracked(|draft| draft.frozen) != frozen {
        if let Some(frozen) = frozen {
            session.store().stop(frozen);
        }
        session.draft.update(|draft| draft.frozen = frozen);
    }
}

impl Session {
    /// Whether all that the page holds is in a storage that lasts longer than the page.
    fn is_kept(self) -> bool {
        match self.saved.get_untracked() {
            _ if self.draft.with_untracked(|draft| draft.frozen) == Some(Frozen::Wiped) => false,
            _ if self.with_saving(|saving| saving.is_in_no_store) == Some(true) => false,
            SaveState::Saved(_) | SaveState::Fresh => true,
            SaveState::Memory | SaveState::Failed => false,
        }
    }

    /// Whether something would be lost if the page were left now.
    fn would_lose(self) -> bool {
        !self.is_kept() && untrack(|| self.has_no_backup())
    }

    /// Opens what is kept by now, in place of what the page holds; that can be
    /// brought back, and stays among the earlier states where nobody else has it.
    pub fn load_latest(self) {
        wasm_bindgen_futures::spawn_local(async move {
            let store = self.store();
            store.begin_anew();
            let found = store.load().await;
            if self.case.is_disposed() {
                return;
            }
            let mut opened = open_draft(&found, new_case_id());
            leave_unreadable(self, &mut opened);
            if opened.keeper.frozen().is_some() {
                // What this version cannot read must not empty the page either, which nobody keeps from now on.
                self.draft.update(|draft| {
                    draft.frozen = opened.keeper.frozen();
                    draft.raw = opened.raw;
                });
                self.with_saving(|saving| saving.keeper = opened.keeper);
                self.saved.set(SaveState::Memory);
                return;
            }
            // What was written later than all that can be had is past having.
            opened.keeper.pass_over(found.head.as_deref());
            let before = self.open_case();
            self.saved.set(SaveState::Fresh);
            self.tell(false, self.text(messages::saving::latest_loaded()));
            resume(self, opened);
            self.replaced.set((!before.case.is_empty()).then_some(before));
        });
    }

    /// Keeps what the page holds again, after all that was kept was wiped.
    pub fn save_again(self) {
        self.store().begin_anew();
        self.with_saving(|saving| saving.keeper.resume());
        tell_frozen(self);
        note(self);
        save_after(self, Duration::ZERO);
    }

    /// Reads the earlier states, and those that cannot be read.
    pub fn find_earlier(self) {
        wasm_bindgen_futures::spawn_local(async move {
            let found = self.store().load().await;
            let replaced = self.with_saving(|saving| {
                saving.keeper.see_earlier(&found);
                saving.keeper.replaced_states()
            });
            let mut earlier = replaced.unwrap_or_default();
            earlier.extend(earlier_states(&found));
            let mut raw = unreadable_earlier(&found);
            earlier.retain(|state| {
                let is_readable = case_of_draft(self, state.members.clone()).is_ok();
                if !is_readable {
                    raw.push(state.to_text());
                }
                is_readable
            });
            self.draft.try_update(|draft| {
                draft.earlier = Some(earlier);
                raw.retain(|text| !draft.raw.contains(text));
                draft.raw.append(&mut raw);
            });
        });
    }
}
