//! Putting another case in place of the open one.

use leptos::prelude::*;

use crate::answers::Case;
use crate::app::autosave::{FORMER_PART, case_of_draft};
use crate::app::backup::Backup;
use crate::app::former::read_former;
use crate::app::session::{Asking, OpenCase, PrivateKeeping, Session};
use crate::app::step::Step;
use crate::browser::{leave_input, new_case_id, now_millis};
use crate::documents::{PrivateEntries, State, case_members, read_case};
use crate::json::{Json, Object};
use crate::wording::messages;

impl Session {
    /// Puts another case in place of the open one, which becomes an earlier
    /// state, and gives back the one that was open where it held anything.
    pub(super) fn replace_case(self, next: OpenCase) -> Option<OpenCase> {
        self.draft
            .with_keeper(|keeper| keeper.replace(now_millis(), None));
        self.put_case(next)
    }

    /// Goes on with a case of a page that this one takes the place of. Another
    /// one that was kept becomes an earlier state.
    pub(in crate::app) fn take_over(self, case: Case) {
        let is_other = self
            .filing
            .case
            .with_untracked(|open| !open.is_empty() && open.id != case.id);
        if is_other {
            self.draft
                .with_keeper(|keeper| keeper.replace(now_millis(), None));
        }
        self.leave_case();
        self.filing.case.set(case);
    }

    pub(super) fn put_case(self, next: OpenCase) -> Option<OpenCase> {
        let before = self.open_case();
        // What is being typed belongs to the case that was open.
        if let Some(root) = self.host.root() {
            leave_input(&root);
        }
        self.filing.file_others.set(next.file_others);
        self.filing.former.set(next.former);
        self.filing.private_keeping.set(next.keeping);
        self.filing.backup.set(next.backup);
        self.leave_case();
        self.filing.case.set(next.case);
        (!before.case.is_empty()).then_some(before)
    }

    /// Lets go of what belongs to the open case alone, before another takes its
    /// place: a question about it, what was tried out, and the ways back.
    pub(in crate::app) fn leave_case(self) {
        self.filing
            .opened
            .update(|opened| *opened = opened.wrapping_add(1));
        self.page.asking.set(None);
        self.page.scratch.set(Object::new());
        self.page.adopted.set(None);
    }

    /// The case that is open.
    pub(in crate::app) fn open_case(self) -> OpenCase {
        OpenCase {
            case: self.filing.case.get_untracked(),
            file_others: self.filing.file_others.get_untracked(),
            keeping: self.filing.private_keeping.get_untracked(),
            backup: self.filing.backup.get_untracked(),
            former: self.filing.former.get_untracked(),
        }
    }

    /// Brings back the case that was replaced last.
    pub fn bring_back(self) {
        if let Some(replaced) = self.page.replaced.get_untracked() {
            self.replace_case(replaced);
            self.page
                .tell(false, self.text(messages::actions::brought_back()));
        }
    }

    /// Begins to replace the case: asks where something would be lost.
    pub fn begin_replacing(self, asking: Asking) {
        if self.filing.case.with_untracked(Case::is_empty) {
            self.confirm(asking, PrivateEntries::Blank);
        } else {
            self.page.asking.set(Some(asking));
        }
    }

    /// Does what was asked about.
    pub fn confirm(self, asking: Asking, private: PrivateEntries) {
        self.page.asking.set(None);
        match asking {
            Asking::Export(export) => self.export(export, private),
            Asking::NewCase => {
                let before = self.replace_case(OpenCase::empty(self.today()));
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
        }
    }

    /// Puts an earlier state in place of the case; the way back is in the notice.
    pub fn bring_earlier(self, state: &State) {
        if let Ok(Some((case, page))) = case_of_draft(self, state.members.clone()) {
            // What came in the file of the case that is open now is none of its own.
            let file_others = match page.get("file") {
                Some(Json::Object(others)) => others.clone(),
                _ => Object::new(),
            };
            self.draft
                .with_keeper(|keeper| keeper.replace(now_millis(), Some(state)));
            // That numbers were kept once does not mean that they shall be kept again.
            let keeping = match PrivateKeeping::in_draft(&page) {
                PrivateKeeping::Stored
                    if self.filing.private_keeping.get_untracked() != PrivateKeeping::Stored =>
                {
                    self.keeping_of(&case)
                }
                keeping => keeping,
            };
            let before = self.put_case(OpenCase {
                case,
                file_others,
                keeping,
                backup: Backup::in_draft(&page),
                former: read_former(page.get(FORMER_PART)),
            });
            self.page
                .tell(false, self.text(messages::saving::earlier_brought_back()));
            self.page.replaced.set(before);
        }
    }

    /// Asks what is to become of a case of an earlier year.
    pub fn ask_for_roll_over(self) {
        if self
            .filing
            .case
            .with_untracked(|case| case.asks_for_roll_over(self.today()))
        {
            self.page.asking.set(Some(Asking::RollOver));
        }
    }

    /// Keeps the case in its year.
    pub fn keep_in_its_year(self) {
        self.page.asking.set(None);
        self.filing
            .case
            .update(|case| case.keep_in_its_year(self.today()));
    }

    /// Takes the case over to this year; the case as it was can be brought back.
    fn roll_over(self) {
        let mut next = self.open_case();
        next.case.roll_over(&self.policy(), self.today());
        let before = self.replace_case(next);
        self.page.tell(
            false,
            self.say(messages::actions::rolled_over(&self.today().year)),
        );
        self.page.replaced.set(before);
    }

    fn load_sample(self) {
        let policy = self.policy();
        let mut members = case_members(&Case::new(new_case_id(), self.today()));
        members.extend(policy.sample.clone());
        match read_case(members) {
            Ok(case) => {
                // It can be had again at any time.
                let backup = Backup::needless(&policy, &case);
                let before = self.replace_case(OpenCase {
                    case,
                    backup,
                    ..OpenCase::empty(self.today())
                });
                self.page
                    .tell(false, self.text(messages::actions::sample_loaded()));
                self.page.replaced.set(before);
            }
            Err(fault) => self.page.tell(true, fault.to_string()),
        }
    }
}
