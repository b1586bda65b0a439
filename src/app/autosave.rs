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
use super::session::{Arrangement, DraftStatus, Look, PrivateKeeping, Session};
use super::step::Step;

/// The part that holds what is not of the case: step, arrangement, what
/// becomes of private entries.
const PAGE_PART: &str = "page";
/// The part that holds what was in long texts before drafts took their place.
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
    let mut kept = session.filing.case.get();
    if session.filing.private_keeping.get() != PrivateKeeping::Stored {
        kept.remove_private(&policy);
    }
    parts_of(&draft_members(session, &kept))
}

/// A draft of a case, with all that the page keeps beside it.
fn draft_members(session: Session, case: &Case) -> Object {
    let mut members = case_members(case);
    let [backup, backup_of] = session.filing.backup.with(Backup::members);
    let page = Json::object([
        ("policy", Json::text(&*session.policy().scheme.id)),
        ("step", Json::text(session.page.step.get().id())),
        ("private", Json::text(session.filing.private_keeping.get().id())),
        ("text_size", Json::text(session.page.look.get().text_size())),
        ("theme", Json::text(session.page.look.get().theme())),
        (
            "arrangement",
            Json::text(if session.page.arrangement.get() == Arrangement::ByPapers {
                "papers"
            } else {
                "score-sheet"
            }),
        ),
        ("expert", Json::Bool(session.page.expert.get())),
        backup,
        backup_of,
        ("file", Json::Object(session.filing.file_others.get())),
        (
            ASSESSED,
            draft_record(
                &session.policy(),
                &session.scheme.sha256(),
                &session.filing.assessment.get(),
            ),
        ),
    ]);
    members.insert(PAGE_PART.to_owned(), page);
    let former = session.filing.former.get();
    if !former.is_empty() {
        members.insert(FORMER_PART.to_owned(), write_former(&former));
    }
    members
}

/// What the page holds, private entries included, for a page that takes its
/// place; `None` where it is kept, or where nobody may write it any more.
pub fn unkept_draft(session: Session) -> Option<Object> {
    let case = session.filing.case.get_untracked();
    untrack(|| {
        let is_open = matches!(session.draft.frozen(), None | Some(Frozen::Newer));
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
        note_change_of_draft(&policy, &session.scheme.sha256(), &case, &record, &mut beside);
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
        session.leave_case();
        session.filing.case.set(case);
        if !is_empty {
            put_back_page(session, &page);
        }
    }
    if !faults.is_empty() {
        session.page.tell(true, faults.concat());
    }
    session.draft.status.update(|status| status.freeze(frozen));
    session.draft.unreadable.set(raw);
    let is_behind = keeper.is_behind();
    let parts = untrack(|| draft_parts(session));
    session.draft.with_keeper(|held| {
        *held = keeper;
        held.settle(parts);
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
    let store = session.draft.store();
    wasm_bindgen_futures::spawn_local(async move {
        if store.settle(shelved, now).await {
            session.draft.done_with.try_set_value(later);
        }
    });
}

/// Keeps the draft again after a time in which nothing was kept. What another
/// page has kept meanwhile is opened where this one holds nothing; else the user
/// has to choose, and until then nothing is written.
pub fn keep_again(session: Session, mut opened: Opened) {
    let is_anothers = !opened.keeper.is_new() || opened.keeper.frozen().is_some();
    if is_anothers && session.filing.case.with_untracked(Case::is_empty) {
        let is_readable =
            opened.keeper.frozen().is_none() && leave_unreadable(session, &mut opened).is_none();
        session.draft.status.set(if is_readable {
            DraftStatus::Fresh
        } else {
            DraftStatus::Memory
        });
        resume(session, opened);
        return;
    }
    if is_anothers {
        let _ = leave_unreadable(session, &mut opened);
        opened.keeper.stand_back();
    }
    session.draft.status.set(if is_anothers {
        DraftStatus::Memory
    } else {
        DraftStatus::Fresh
    });
    let frozen = opened.keeper.frozen();
    session.draft.status.update(|status| status.freeze(frozen));
    session.draft.unreadable.set(opened.raw);
    session.draft.with_keeper(|keeper| *keeper = opened.keeper);
    // What was typed meanwhile is kept at once.
    session.filing.case.update(|_| {});
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
        session.page.step.set(step);
    }
    session.filing.private_keeping.set(PrivateKeeping::in_draft(page));
    if text("arrangement") == "score-sheet" {
        session.page.arrangement.set(Arrangement::ByScoreSheet);
    }
    session.page.look.set(Look {
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
        .page
        .expert
        .set(matches!(page.get("expert"), Some(Json::Bool(true))));
    if let Some(Json::Object(others)) = page.get("file") {
        session.filing.file_others.set(others.clone());
    }
    session.filing.former.set(read_former(page.get(FORMER_PART)));
    session.filing.backup.set(Backup::in_draft(page));
    session.ask_for_roll_over();
}

/// A length of time that was given as a date goes on growing: it is computed
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
            .filing
            .case
            .with_untracked(|case| case.is_as_made(session.today()));
        let look = session.page.look.get_untracked();
        let is_first_look = look == session.draft.first_look.get_value();
        let is_changed = session.draft.with_keeper(|keeper| {
            let leaves_no_trace = is_empty && is_first_look && keeper.is_new();
            if leaves_no_trace || session.host.has_stopped() {
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
        let store = session.draft.store();
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
        if untrack(|| session.draft.is_public()) {
            session.put_away();
        }
    });
}

/// Takes it that the head of the record is another by now, or gone as all was wiped.
fn hear(session: Session, head: Option<&str>) {
    session.draft.with_keeper(|keeper| keeper.hear_of(head));
    tell_frozen(session);
    if head.is_none() {
        // What was noted since all was wiped must not stay, nor what a stale page had sent.
        note(session);
        if untrack(|| session.draft.frozen()).is_some() {
            session.draft.store().stop(Frozen::Wiped);
        }
    }
}

/// Compares a page that the browser brings back from its history with what is
/// kept by now, of which it was shown nothing meanwhile. It shows what a new page
/// would; only where it holds what nobody else has, the user decides.
pub fn compare_with_store(session: Session) {
    if !untrack(|| session.draft.is_public()) {
        session.stay_public();
    }
    let is_all_kept =
        session.is_kept() && session.filing.private_keeping.get_untracked() != PrivateKeeping::ThisTime;
    wasm_bindgen_futures::spawn_local(async move {
        let found = session.draft.store().load().await;
        if session.filing.is_gone() || session.host.has_stopped() || found.is_partial {
            return;
        }
        hear(session, found.head.as_deref());
        match session.draft.frozen() {
            Some(Frozen::Stale) if is_all_kept => session.load_latest(),
            Some(Frozen::Wiped) if is_all_kept => {
                session.put_away();
                session.draft.store().begin_anew();
                session.draft.settle(DraftStatus::Fresh);
                session
                    .page
                    .tell(false, session.text(messages::actions::all_cleared()));
            }
            _ => {}
        }
    });
}

/// Notes at once what the record does not hold. Whether all that the page holds
/// is in a storage by then; as long as it is not, the page does not say so.
fn note(session: Session) -> bool {
    let store = session.draft.store();
    let is_noted = session.draft.with_keeper(|keeper| {
        let change = keeper.noted(now_millis());
        store.note(keeper.writer(), change.as_deref())
    });
    let is_noted = is_noted == Some(true);
    session
        .draft
        .status
        .maybe_update(|status| status.take_noted(is_noted));
    is_noted
}

/// Writes the record after a pause, and again until it holds everything.
fn save_after(session: Session, pause: Duration) {
    let was_under_way = session
        .draft
        .is_under_way
        .try_update_value(|is_so| core::mem::replace(is_so, true));
    if was_under_way == Some(false) {
        set_timeout(move || wasm_bindgen_futures::spawn_local(save(session)), pause);
    }
}

async fn save(session: Session) {
    let mut has_failed = false;
    while !has_failed && !session.host.has_stopped() {
        let due = session.draft.with_keeper(|keeper| keeper.due(now_millis()));
        let Some(Some(writing)) = due else { break };
        let store = session.draft.store();
        let outcome = store.write(writing).await;
        if session.filing.is_gone() || session.host.has_stopped() {
            return;
        }
        if !Rc::ptr_eq(&store, &session.draft.store()) {
            break;
        }
        has_failed = outcome == Outcome::Failed;
        let is_only_copied = outcome == Outcome::OnlyCopied;
        let is_kept = outcome == Outcome::Kept;
        let is_saved = is_kept || is_only_copied;
        session.draft.with_keeper(|keeper| keeper.landed(outcome));
        let is_noted = note(session);
        if is_kept {
            let done_with = session.draft.done_with.try_update_value(core::mem::take);
            let done_with = done_with.unwrap_or_default();
            if !done_with.is_empty() {
                store.settle(Vec::new(), done_with).await;
            }
        }
        tell_frozen(session);
        if has_failed {
            session.draft.settle(DraftStatus::Failed);
        } else if is_saved && is_noted {
            session.draft.settle(match store.place() {
                None => DraftStatus::Memory,
                Some(place) => DraftStatus::Saved(
                    session.say(messages::saving::saved(&session.text(place), &clock_time())),
                ),
            });
        }
        if is_only_copied && session.draft.with_keeper(|keeper| keeper.is_behind()) == Some(false) {
            break;
        }
    }
    session.draft.is_under_way.try_set_value(false);
    if has_failed {
        save_after(session, RETRY);
    } else if session.draft.with_keeper(|keeper| keeper.is_only_copied()) == Some(true) {
        save_after(session, RETRY_OF_COPIED);
    }
}

fn tell_frozen(session: Session) {
    let frozen = session.draft.with_keeper(|keeper| keeper.frozen()).flatten();
    if untrack(|| session.draft.frozen()) != frozen {
        if let Some(frozen) = frozen {
            session.draft.store().stop(frozen);
        }
        session.draft.status.update(|status| status.freeze(frozen));
    }
}

impl Session {
    /// Whether all that the page holds is in a storage that lasts longer than the page.
    fn is_kept(self) -> bool {
        self.draft.status.with_untracked(DraftStatus::is_kept)
    }

    /// Whether something would be lost if the page were left now.
    fn would_lose(self) -> bool {
        !self.is_kept() && untrack(|| self.filing.has_no_backup())
    }

    /// Opens what is kept by now, in place of what the page holds; that can be
    /// brought back, and stays among the earlier states where nobody else has it.
    pub fn load_latest(self) {
        wasm_bindgen_futures::spawn_local(async move {
            let store = self.draft.store();
            store.begin_anew();
            let found = store.load().await;
            if self.filing.is_gone() {
                return;
            }
            let mut opened = open_draft(&found, new_case_id());
            leave_unreadable(self, &mut opened);
            if opened.keeper.frozen().is_some() {
                // What this version cannot read must not empty the page either, which nobody keeps from now on.
                let frozen = opened.keeper.frozen();
                self.draft.status.update(|status| {
                    status.settle(DraftStatus::Memory);
                    status.freeze(frozen);
                });
                self.draft.unreadable.set(opened.raw);
                self.draft.with_keeper(|keeper| *keeper = opened.keeper);
                return;
            }
            // What was written later than all that can be had is past having.
            opened.keeper.pass_over(found.head.as_deref());
            let before = self.open_case();
            self.draft.settle(DraftStatus::Fresh);
            self.page
                .tell(false, self.text(messages::saving::latest_loaded()));
            resume(self, opened);
            self.page
                .replaced
                .set((!before.case.is_empty()).then_some(before));
        });
    }

    /// Keeps what the page holds again, after all that was kept was wiped.
    pub fn save_again(self) {
        self.draft.store().begin_anew();
        self.draft.with_keeper(|keeper| keeper.resume());
        tell_frozen(self);
        note(self);
        save_after(self, Duration::ZERO);
    }

    /// Reads the earlier states, and those that cannot be read.
    pub fn find_earlier(self) {
        self.draft.earlier.set(None);
        wasm_bindgen_futures::spawn_local(async move {
            let found = self.draft.store().load().await;
            let replaced = self.draft.with_keeper(|keeper| {
                keeper.see_earlier(&found);
                keeper.replaced_states()
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
            self.draft.earlier.try_set(Some(earlier));
            self.draft.unreadable.try_update(|known| {
                raw.retain(|text| !known.contains(text));
                known.append(&mut raw);
            });
        });
    }
}
