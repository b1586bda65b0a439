//! Putting another case in place of the open one.

use leptos::prelude::*;

use crate::answers::Case;
use crate::app::autosave::{EARLIER_TEXTS_PART, case_of_draft, changed_at};
use crate::app::backup::Backup;
use crate::app::earlier_texts::read_earlier_texts;
use crate::app::export::Export;
use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::{Asking, OpenCase, PrivateKeeping, Session};
use crate::app::step::Step;
use crate::browser::{leave_input, new_case_id};
use crate::desk::{CaseRecord, Event, HistoryEntry, Reason};
use crate::documents::{PrivateEntries, case_members, read_case};
use crate::json::{Json, Object};
use crate::wording::messages;

impl Session {
    /// Puts another case, or another state of the open one, in place of what is
    /// open, and gives that back where it held anything. A case stays on the desk as
    /// it is, a state goes into the history of its case for that reason.
    pub(super) fn replace_case(self, next: OpenCase, reason: Reason) -> Option<OpenCase> {
        // What is being typed belongs to the case that was open.
        self.leave_inputs();
        self.keep_now(false);
        if self.draft.is_open(&next.case.id) {
            self.tell_desk(Event::Enter(reason));
        } else {
            self.tell_desk(Event::New(next.case.id.clone()));
        }
        let before = self.put_case(next);
        self.keep_now(true);
        before
    }

    /// Goes on with a case of a page that this one takes the place of. Another one
    /// stays on the desk.
    pub(in crate::app) fn take_over(self, case: Case) {
        if !self.draft.is_open(&case.id) {
            self.tell_desk(Event::New(case.id.clone()));
        }
        self.leave_case();
        self.filing.case.set(case);
    }

    /// Has what is being typed be taken, as by leaving the input.
    pub(in crate::app) fn leave_inputs(self) {
        if let Some(root) = self.host.root() {
            leave_input(&root);
        }
    }

    pub(super) fn put_case(self, next: OpenCase) -> Option<OpenCase> {
        let before = self.open_case();
        self.leave_inputs();
        self.filing.file_others.set(next.file_others);
        self.filing.earlier_texts.set(next.earlier_texts);
        self.filing.private_keeping.set(next.keeping);
        self.filing.backup.set(next.backup);
        self.leave_case();
        // To open a case is no change of it.
        if let Some(changed) = next.changed {
            self.draft.begin_with(&next.case, changed);
        }
        self.filing.case.set(next.case);
        (!before.case.is_empty()).then_some(before)
    }

    /// Lets go of what belongs to the open case alone, before another takes its
    /// place: a question about it, what was tried out, and the ways back.
    pub(in crate::app) fn leave_case(self) {
        self.filing
            .opened
            .update(|opened| *opened = opened.wrapping_add(1));
        self.leave_beside();
    }

    /// Lets go of what stands beside the open case and is of its answers as they were.
    fn leave_beside(self) {
        self.page.asking.set(None);
        self.page.scratch.set(Object::new());
        self.page.plan_target.set(None);
        self.page.adopted.set(None);
        // What is compared with it would be compared with another.
        self.page.compared.set(Vec::new());
    }

    /// The case that is open.
    pub(in crate::app) fn open_case(self) -> OpenCase {
        untrack(|| self.watched_case())
    }

    /// The same for who is told of each change of it.
    pub(in crate::app) fn watched_case(self) -> OpenCase {
        let case = self.filing.case.get();
        OpenCase {
            changed: Some(self.draft.changed_at(&case)),
            case,
            file_others: self.filing.file_others.get(),
            keeping: self.filing.private_keeping.get(),
            backup: self.filing.backup.get(),
            earlier_texts: self.filing.earlier_texts.get(),
        }
    }

    /// Puts another state of the open case in its place, which is undone as one change, and
    /// gives back what it was where it held anything. That goes into the history for that reason.
    fn put_state(self, next: OpenCase, reason: Reason, deed: String) -> Option<OpenCase> {
        self.leave_inputs();
        self.keep_now(false);
        self.tell_desk(Event::Enter(reason));
        self.close_change();
        let before = self.open_case();
        self.leave_beside();
        // The last export of the case stays that, whichever state it is in.
        self.filing.file_others.set(next.file_others);
        self.filing.earlier_texts.set(next.earlier_texts);
        self.filing.private_keeping.set(next.keeping);
        self.filing.case.set(next.case);
        self.name_change(deed);
        self.keep_now(true);
        (!before.case.is_empty()).then_some(before)
    }

    /// Brings back the case that was replaced last, or its state.
    pub fn bring_back(self) {
        if let Some(replaced) = self.page.replaced.get_untracked() {
            let told = if self.has_replaced_state() {
                let deed = self.text(messages::undo::brought_back());
                self.put_state(replaced, Reason::BeforeRestoring, deed);
                messages::actions::state_brought_back()
            } else {
                self.replace_case(replaced, Reason::BeforeRestoring);
                messages::actions::brought_back()
            };
            self.page.tell(false, self.text(told));
        }
    }

    /// Whether what was replaced last is another state of the case that is open.
    pub fn has_replaced_state(self) -> bool {
        let id = |replaced: &Option<OpenCase>| replaced.as_ref().map(|replaced| replaced.case.id.clone());
        let replaced = self.page.replaced.with_untracked(id);
        replaced.is_some_and(|id| self.draft.is_open(&id))
    }

    /// Begins another case: asks where the open one would be lost, as where nothing is kept.
    pub fn begin_replacing(self, asking: Asking) {
        if self.is_kept() || self.filing.case.with_untracked(Case::is_empty) {
            self.once_there(Piece::Actions, move || begin(self, asking));
        } else {
            self.ask_first(asking);
        }
    }

    /// Asks before something is done.
    pub fn ask_first(self, asking: Asking) {
        self.once_there(Piece::Actions, move || self.page.asking.set(Some(asking)));
    }

    /// Does what was asked about.
    pub fn confirm(self, asking: Asking, private: PrivateEntries) {
        self.page.asking.set(None);
        match asking {
            Asking::Export(export) => self.export(export, private),
            Asking::NewCase => {
                // A blank one is there already.
                let is_blank = self
                    .filing
                    .case
                    .with_untracked(|case| case.is_as_made(self.today()));
                let before = (!is_blank)
                    .then(|| self.replace_case(OpenCase::empty(self.today()), Reason::BeforeOpening))
                    .flatten();
                self.page.open(Step::Precheck, None);
                self.page
                    .tell(false, self.text(messages::actions::new_case_made()));
                self.page.replaced.set(before);
            }
            Asking::LoadSample => self.load_sample(),
            Asking::RollOver => self.roll_over(),
            Asking::Adopt => self.adopt(),
            Asking::ClearAll => {
                let wiping = self.clear_all();
                // Where it fails the page says so itself.
                wasm_bindgen_futures::spawn_local(async { drop(wiping.await) });
            }
            Asking::PublicMachine => self.go_public(),
            Asking::Leave => self.host.leave(),
            Asking::Keys => {}
            Asking::SameCase => self.open_met(false),
            Asking::KeepPrivate => self.put_asked(true),
            Asking::FileChanged => self.save_over(),
            Asking::NotSaved => self.begin_export(Export::Json),
        }
    }

    /// Puts an earlier state in place of the case; the way back is in the notice.
    pub fn bring_earlier(self, entry: &HistoryEntry) {
        if let Some(mut next) = self.open_case_in(entry) {
            // To restore what was is a change.
            next.changed = None;
            // That numbers were kept once does not mean that they shall be kept again.
            if next.keeping == PrivateKeeping::Stored
                && self.filing.private_keeping.get_untracked() != PrivateKeeping::Stored
            {
                next.keeping = self.keeping_of(&next.case);
            }
            let restored = Reason::Restored(entry.stamp.at);
            let before = if self.draft.is_open(&next.case.id) {
                let deed = self.reason(Some(&restored));
                self.put_state(next, Reason::BeforeRestoring, deed)
            } else {
                self.replace_case(next, Reason::BeforeRestoring)
            };
            self.tell_desk(Event::Enter(restored));
            self.page
                .tell(false, self.text(messages::saving::earlier_brought_back()));
            self.page.replaced.set(before);
        }
    }

    /// The case in a record with what the page knows about it; `None` where it cannot be understood.
    pub(super) fn open_case_in(self, record: &CaseRecord) -> Option<OpenCase> {
        let (mut case, page) = self.case_in(record)?;
        case.id.clone_from(&record.stamp.case);
        // What came in the file of the case that is open now is none of its own.
        let file_others = match page.get("file") {
            Some(Json::Object(others)) => others.clone(),
            _ => Object::new(),
        };
        Some(OpenCase {
            case,
            changed: Some(changed_at(&record.stamp)),
            file_others,
            keeping: PrivateKeeping::in_draft(&page),
            backup: Backup::in_draft(&page),
            earlier_texts: read_earlier_texts(page.get(EARLIER_TEXTS_PART)),
        })
    }

    /// The case in an entry of a history, with what is kept beside it; `None` where
    /// it cannot be understood.
    pub fn case_in(self, entry: &HistoryEntry) -> Option<(Case, Object)> {
        let Ok(Json::Object(members)) = Json::parse(&entry.body) else {
            return None;
        };
        case_of_draft(self, members).ok()?
    }

    /// Asks what is to become of a case of an earlier year.
    pub fn ask_for_roll_over(self) {
        if self
            .filing
            .case
            .with_untracked(|case| case.asks_for_roll_over(self.today()))
        {
            self.ask_first(Asking::RollOver);
        }
    }

    /// Keeps the case in its year.
    pub fn keep_in_its_year(self) {
        self.page.asking.set(None);
        self.filing
            .case
            .update(|case| case.keep_in_its_year(self.today()));
    }

    /// Takes the case over to this year. It is one change, which is undone as one, and the
    /// case as it was goes into its history.
    fn roll_over(self) {
        self.leave_inputs();
        let mut next = self.open_case();
        let year = self.today().year;
        next.case.roll_over(&self.policy(), self.today());
        let deed = self.say(messages::undo::rolled_over(&year));
        let before = self.put_state(next, Reason::BeforeRollOver, deed);
        self.page
            .tell(false, self.say(messages::actions::rolled_over(&year)));
        self.page.replaced.set(before);
        // The question came by itself, so that nothing had the focus before it.
        self.page.focus_heading();
    }

    fn load_sample(self) {
        let policy = self.policy();
        let mut members = case_members(&Case::new(new_case_id(), self.today()));
        members.extend(policy.sample.clone());
        match read_case(members) {
            Ok(case) => {
                // It can be had again at any time.
                let backup = Backup::needless(&policy, &case);
                let next = OpenCase {
                    case,
                    backup,
                    ..OpenCase::empty(self.today())
                };
                let before = self.replace_case(next, Reason::BeforeOpening);
                self.page
                    .tell(false, self.text(messages::actions::sample_loaded()));
                self.page.replaced.set(before);
            }
            Err(fault) => self.page.tell(true, fault.to_string()),
        }
    }
}

seam! {
    /// Does at once what else is asked about.
    "actions" "16" fn begin(session: Session, asking: Asking) -> () {
        session.confirm(asking, PrivateEntries::Blank);
    }
}
