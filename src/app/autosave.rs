//! Autosave: the one effect that reads state and touches the world.

use leptos::prelude::*;

use crate::answers::{Case, Date, EvidenceState, FactState, Origin, registered_place};
use crate::assessment::{Assessment, Papers, RowState, answers_in_state};
use crate::browser::{Windows, moment_in_words, new_case_id, now_millis};
use crate::desk::{Event, Frozen, Journal, Opened, Stamp, Version};
use crate::documents::{NotACaseFile, case_members, draft_record, note_change_of_draft, read_case};
use crate::json::{Json, Object};
use crate::policy::{Field, Policy};
use crate::wording::messages;

use super::backup::Backup;
use super::earlier_texts::{read_earlier_texts, write_earlier_texts};
use super::live::on_window;
use super::session::{
    Arrangement, Aside, DraftStatus, Look, OpenCase, Opening, PrivateKeeping, Session, Theme,
};
use super::step::Step;

/// The part that holds what is not of the case: step, arrangement, what
/// becomes of private entries.
const PAGE_PART: &str = "page";
/// The part that holds what was in long texts before drafts took their place.
pub const EARLIER_TEXTS_PART: &str = "former";
/// The member that holds the figures which the case was last seen with.
const ASSESSED: &str = "assessed";
/// What a list of cases shows of when a case was changed.
const CHANGED: &str = "changed";

/// The open case as it shall be kept, and what a list of cases shows of it; private
/// entries only where the user asked for it.
pub fn kept_text(session: Session) -> (String, Object) {
    kept_in(session, &look_members(session))
}

/// The same, as it would be if the page were shown so.
pub fn kept_in(session: Session, look: &Object) -> (String, Object) {
    let open = session.watched_case();
    let asked = session.filing.open_remarks();
    text_in(session, open, &session.filing.assessment.get(), asked, look)
}

/// Notes in what a list shows of a case that it is changed now.
pub fn note_change(summary: &mut Object) {
    note_changed_at(summary, now_millis());
}

/// Notes in what a list shows of a case when it was changed, in milliseconds since 1970.
pub fn note_changed_at(summary: &mut Object, at: u64) {
    summary.insert(String::from(CHANGED), Json::number(at));
}

/// When a case was last changed, in milliseconds since 1970: what was kept of it since may
/// be only how the page was shown.
pub fn changed_at(stamp: &Stamp) -> u64 {
    let digits = stamp.summary.get(CHANGED).map(Json::to_line);
    let changed = digits.and_then(|digits| digits.parse().ok());
    changed.unwrap_or(stamp.at)
}

/// A case as it shall be kept, which comes to that and has so many open remarks, and what
/// a list of cases shows of it; private entries only where the user asked for it.
pub fn text_of(session: Session, open: OpenCase, assessment: &Assessment, asked: usize) -> (String, Object) {
    text_in(session, open, assessment, asked, &look_members(session))
}

fn text_in(
    session: Session,
    mut open: OpenCase,
    assessment: &Assessment,
    asked: usize,
    look: &Object,
) -> (String, Object) {
    let policy = session.policy();
    if open.keeping != PrivateKeeping::Stored {
        open.case.remove_private(&policy);
    }
    let members = draft_members(session, &open, assessment, look);
    (
        Json::Object(members).to_line(),
        summary(&policy, &open, assessment, asked),
    )
}

/// What a list of cases shows of one.
fn summary(policy: &Policy, open: &OpenCase, assessment: &Assessment, asked: usize) -> Object {
    let total = &assessment.total;
    let rows = assessment.rows.iter();
    let unanswered = rows.filter(|row| row.state != RowState::Answered).count();
    let case = &open.case;
    let lacking = case.evidence.values();
    let lacking = lacking.filter(|one| one.state == EvidenceState::Lacking).count();
    let unchecked = [FactState::Approximate, FactState::CarriedOver];
    // One of last year that was about so many is one answer to be looked up.
    let answers = case.fact_details.values();
    let unchecked = answers.filter(|answer| unchecked.iter().any(|state| answer.is_in(*state)));
    let unchecked = unchecked.count();
    let district = registered_place(policy, case);
    let of_field = |field: Option<&Field>| field.map_or("", |field| case.field(&field.id));
    let members = [
        ("district", Json::text(district.map_or("", |one| &*one.name))),
        ("exported", Json::number(open.backup.at())),
        ("name", Json::text(case.name(policy))),
        ("title_field", Json::text(case.field(&policy.scheme.title_field))),
        ("firm", Json::text(of_field(policy.firm_field()))),
        ("code", Json::text(of_field(policy.code_field()))),
        ("total", Json::number(total.own)),
        ("strict", Json::number(total.strict)),
        ("lenient", Json::number(total.lenient)),
        ("eligibility", Json::text(assessment.overall.chosen.id())),
        ("open", Json::number(unanswered)),
        ("lacking", Json::number(lacking)),
        (
            "planned",
            Json::number(answers_in_state(case, FactState::Planned)),
        ),
        ("unchecked", Json::number(unchecked + asked)),
        (
            "unmarked",
            Json::number(Papers::of(policy, case, assessment).unmarked().len()),
        ),
    ];
    let changed = open.changed.map(|at| (CHANGED, Json::number(at)));
    members
        .into_iter()
        .chain(changed)
        .map(|(member, value)| (member.to_owned(), value))
        .collect()
}

/// Whether nothing was done on the page.
pub fn is_untouched(session: Session) -> bool {
    let is_empty = session.filing.case.with(|case| case.is_as_made(session.today()));
    is_empty && session.page.look.get() == session.draft.first_look.get_value()
}

/// The open step, and how the page is shown: what is a matter of the window, and no
/// change of the case.
pub fn look_members(session: Session) -> Object {
    let look = session.page.look.get();
    let members = [
        ("step", Json::text(session.page.step.get().id())),
        ("text_size", Json::text(look.text_size())),
        ("theme", Json::text(look.theme.id())),
        ("arrangement", Json::text(session.page.arrangement.get().id())),
        ("paper", Json::text(session.open_paper_id())),
        ("expert", Json::Bool(session.page.expert.get())),
    ];
    let members = members.into_iter();
    members
        .map(|(member, value)| (member.to_owned(), value))
        .collect()
}

/// A draft of a case, with all that the page keeps beside it.
fn draft_members(session: Session, open: &OpenCase, assessment: &Assessment, look: &Object) -> Object {
    let mut members = case_members(&open.case);
    let [backup, backup_of] = open.backup.members();
    let beside = [
        ("policy", Json::text(&*session.policy().scheme.id)),
        ("private", Json::text(open.keeping.id())),
        backup,
        backup_of,
        ("file", Json::Object(open.file_others.clone())),
        (
            ASSESSED,
            draft_record(&session.policy(), &session.scheme.sha256(), assessment),
        ),
    ];
    let mut page = look.clone();
    page.extend(beside.map(|(member, value)| (member.to_owned(), value)));
    members.insert(PAGE_PART.to_owned(), Json::Object(page));
    if !open.earlier_texts.is_empty() {
        members.insert(
            EARLIER_TEXTS_PART.to_owned(),
            write_earlier_texts(&open.earlier_texts),
        );
    }
    members
}

/// What the page holds, private entries included, for a page that takes its
/// place; `None` where it is kept, or where nobody may write it any more.
pub fn unkept_draft(session: Session) -> Option<Object> {
    let open = session.open_case();
    untrack(|| {
        let is_open = matches!(session.draft.frozen(), None | Some(Frozen::Newer));
        let wanted = is_open && !session.is_kept() && !open.case.is_empty();
        let assessment = session.filing.assessment.get();
        wanted.then(|| draft_members(session, &open, &assessment, &look_members(session)))
    })
}

/// Puts the draft of a page that this one takes the place of in place of what
/// was opened. Returns whether it is of this scheme.
pub fn take_over(session: Session, draft: Object) -> bool {
    let Ok(Some((case, page))) = case_of_draft(session, draft) else {
        return false;
    };
    session.take_over(case);
    put_back_look(session, &page);
    put_back_beside(session, &page);
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
    if let Some(texts) = members.remove(EARLIER_TEXTS_PART) {
        page.insert(EARLIER_TEXTS_PART.to_owned(), texts);
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

/// Puts what the desk opens into the session, and tells what could not be read.
/// With it the page is as it was when the case was left, if it `is_begun` with that.
pub fn resume(session: Session, opened: Opened, is_begun: bool) {
    let Opened {
        record,
        look,
        mut raw,
        is_partial,
    } = opened;
    let mut faults = Vec::new();
    let members = match Json::parse(&record.body) {
        Ok(Json::Object(members)) => members,
        _ => Object::new(),
    };
    let is_empty = members.is_empty();
    let read = case_of_draft(session, members);
    if let Err(fault) = &read {
        let fault = session.refused(fault);
        faults.push(session.say(messages::saving::draft_unreadable(&fault)));
        raw.push(record.to_text());
        session.tell_desk(Event::LeaveAlone);
    }
    if !raw.is_empty() {
        faults.push(session.say(messages::saving::draft_parts_unreadable(&raw.len())));
        if !is_empty && read.is_ok() {
            faults.push(session.say(messages::saving::recovered(&moment_in_words(record.stamp.at))));
        }
    }
    if is_partial && is_empty {
        faults.push(session.text(messages::saving::no_answer()));
    }
    let (mut case, page) = match read {
        Ok(Some((case, page))) => (case, page),
        _ => (Case::new(new_case_id(), session.today()), Object::new()),
    };
    let changed = changed_at(&record.stamp);
    case.id = record.stamp.case;
    session.leave_case();
    session.draft.begin_with(&case, changed);
    session.filing.case.set(case);
    if is_begun && !is_empty {
        // Who only looked on where nothing was changed lands there, too.
        let look = look.and_then(|look| Json::parse(&look).ok());
        put_back_look(session, look.as_ref().and_then(Json::as_object).unwrap_or(&page));
    }
    put_back_beside(session, &page);
    if !faults.is_empty() {
        session.page.tell(true, faults.concat());
    }
    session.draft.unreadable.set(raw);
    // What is opened is not kept anew before it is changed.
    let (body, _) = untrack(|| kept_text(session));
    let look = untrack(|| look_members(session));
    session
        .draft
        .set_shown(if is_empty { String::new() } else { body }, look);
}

/// Puts back the open step, and how the page was shown.
fn put_back_look(session: Session, page: &Object) {
    let text = |key: &str| page.get(key).and_then(Json::as_text).unwrap_or_default();
    if let Some(step) = Step::from_id(text("step")) {
        session.page.step.set(step);
    }
    // Drafts of before there was a choice of papers say "papers", which asks for none.
    if let Some(arrangement) = Arrangement::from_id(text("arrangement")) {
        session.page.arrangement.set(arrangement);
    }
    let policy = session.policy();
    if let Some(paper) = policy.groups.iter().position(|group| group.id == text("paper")) {
        session.page.paper.set(paper);
    }
    session.page.look.set(Look {
        large: text("text_size")
            == Look {
                large: true,
                ..Look::default()
            }
            .text_size(),
        theme: Theme::from_id(text("theme")),
    });
    session
        .page
        .expert
        .set(matches!(page.get("expert"), Some(Json::Bool(true))));
}

/// Puts back what is kept beside the case.
fn put_back_beside(session: Session, page: &Object) {
    session.filing.private_keeping.set(PrivateKeeping::in_draft(page));
    let others = page.get("file").and_then(Json::as_object);
    session
        .filing
        .file_others
        .set(others.cloned().unwrap_or_default());
    session
        .filing
        .earlier_texts
        .set(read_earlier_texts(page.get(EARLIER_TEXTS_PART)));
    session.filing.backup.set(Backup::in_draft(page));
    session.ask_for_roll_over();
}

/// A length of time that was given as a date goes on growing: it is computed
/// anew for the day the case is opened. What was being typed for the day on which
/// heads are counted has come to its end.
pub fn refresh_elapsed(policy: &Policy, case: &mut Case, today: Date) {
    case.leave_cutoff(today);
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

/// Keeps the open case from now on: every change is noted at once, and a moment
/// later the store has it.
pub fn keep_saving(session: Session) {
    Effect::new(move |_| session.keep(kept_text(session), false));
    let known = session.draft.with_desk(|kept| {
        // Where there is a journal they hear of it; a page with a channel is not kept
        // by the browser to come back to.
        let is_needed = !kept.journal.is_there();
        is_needed.then(|| (kept.keeping, kept.key.clone()))
    });
    if let Some((keeping, key)) = known.flatten() {
        let hear = move |told| session.take(Event::Heard(told));
        session.draft.set_windows(Windows::hear(keeping, &key, hear));
    }
    on_window("storage", move |event| {
        let told = session.draft.with_desk(|kept| {
            let is_of_desk = kept.journal.is_changed_by(&event);
            is_of_desk.then(|| kept.journal.told_by(&event))
        });
        let Some(told) = told.flatten() else { return };
        if let Some(told) = told {
            session.take(Event::Heard(told));
        }
        // What the store has by now is gone from the journal, of which nothing is told.
        session.list_soon();
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
            session.begin_blank();
        }
    });
}

/// Compares a page that the browser brings back from its history with what is kept by now.
pub fn compare_with_store(session: Session) {
    if !untrack(|| session.draft.is_public()) {
        session.stay_public();
    }
    let is_all_kept =
        session.is_kept() && session.filing.private_keeping.get_untracked() != PrivateKeeping::ThisTime;
    session.compare_with_store(is_all_kept);
}

impl Session {
    /// Shows what the desk opens for an answer or for what another window did.
    /// `before` is the state that was open until then.
    pub fn show(self, opened: Opened, before: Option<&Version>) {
        let opening = self.draft.opening.try_update_value(Option::take).flatten();
        let is_newer = self.draft.frozen() == Some(Frozen::Newer);
        if opening == Some(Opening::Latest) && is_newer {
            // What this version cannot read must not empty the page either, which
            // nobody keeps from now on.
            self.draft.unreadable.set(opened.raw);
            return;
        }
        let is_same = Some(&opened.record.stamp.version) == before && !opened.record.body.is_empty();
        if is_same && opening.is_some() && opened.is_partial {
            // It cannot be had now; the page goes on with what it has.
            self.page.tell(true, self.text(messages::saving::no_answer()));
            return;
        }
        self.leave_inputs();
        let replaced = self.open_case();
        match opening {
            Some(Opening::Latest) => {
                self.page
                    .tell(false, self.text(messages::saving::latest_loaded()));
                // All is drawn anew, and with it what had the focus.
                self.page.focus("h2");
            }
            Some(Opening::Earlier) => self
                .page
                .tell(false, self.text(messages::saving::earlier_brought_back())),
            Some(Opening::Case | Opening::History | Opening::Merge) => {
                let name = self.name_in(&opened.record.stamp);
                self.page
                    .tell(false, self.say(messages::actions::case_opened(&name)));
                // What is opened later would take it for said in the view that it leaves.
                let history = (opening == Some(Opening::History)).then_some(Aside::History);
                self.page.aside.set(history);
            }
            None => {}
        }
        if opening.is_some() {
            self.forget_when_saved();
        }
        // Who goes to another case, or takes what another window wrote, goes on where they are.
        resume(self, opened, opening.is_none());
        match opening {
            Some(Opening::History) => self.show_history(),
            Some(Opening::Merge) => self.go_on_merging(),
            // What was pressed is gone with the list.
            Some(Opening::Case) => self.page.focus("h2"),
            _ => {}
        }
        if opening.is_some() {
            self.page
                .replaced
                .set((!replaced.case.is_empty()).then_some(replaced));
        }
    }

    /// Says no longer when something was saved: another case, or another state of it, is shown.
    pub fn forget_when_saved(self) {
        self.draft.status.update(DraftStatus::forget_when);
    }

    /// Whether all that the page holds is in a storage that lasts longer than the page.
    pub fn is_kept(self) -> bool {
        self.draft.status.with_untracked(DraftStatus::is_kept)
    }

    /// Whether something would be lost if the page were left now.
    pub fn would_lose(self) -> bool {
        !self.is_kept() && untrack(|| self.filing.has_no_backup())
    }
}
