//! Parts of the open case for the colleagues who answer them.

use leptos::prelude::*;

use crate::answers::Case;
use crate::app::session::{Aside, Session};
use crate::assessment::assess;
use crate::browser::{new_case_id, now_iso};
use crate::documents::{CaseFile, CasePart, file_name};
use crate::json::{Excerpt, Object};
use crate::policy::Group;
use crate::wording::messages;

impl Session {
    /// Gives the questions of some groups to the user as a file for whoever answers them.
    pub fn export_part(self, name: &str, groups: &[&Group]) {
        let policy = self.policy();
        let (case, part) = self.part_of(name, groups);
        let mut others = Object::new();
        part.put_in_file(&mut others);
        let file = CaseFile::of(&policy, &self.scheme.sha256(), case, others, now_iso());
        let text = file.to_text(&policy, &assess(&policy, &file.case));
        let kind = self.say(messages::handing::file(&name));
        let name = file_name(&part.title, &kind, self.today(), "json");
        self.give(&kind, name, "application/json", text);
    }

    /// The part of the open case that holds the questions of some groups.
    pub(super) fn part_of(self, name: &str, groups: &[&Group]) -> (Case, CasePart) {
        self.leave_inputs();
        let policy = self.policy();
        self.filing
            .case
            .with_untracked(|case| CasePart::of(&policy, case, groups, name, new_case_id(), now_iso()))
    }

    /// The place of the first paper that is asked: a part of a case asks its own alone.
    pub fn first_paper(self) -> usize {
        let part = untrack(|| self.open_part());
        let policy = self.policy();
        let mut groups = policy.groups.iter();
        let first = part.and_then(|part| groups.position(|group| part.groups.contains(&group.id)));
        first.unwrap_or_default()
    }

    /// Shows how parts of the open case go out.
    pub fn open_parts(self) {
        self.leave_inputs();
        self.page.open_aside(Aside::Parts, "h2");
    }

    /// What a part is a part of, and what becomes of it.
    pub fn part_words(self, part: &CasePart) -> String {
        let name = Excerpt::name(&part.name);
        match part.title.as_str() {
            "" => self.say(messages::handing::is_part_of_unnamed(&name)),
            title => self.say(messages::handing::is_part(&name, &Excerpt::name(title))),
        }
    }

    /// What the open case says of itself where it is a part of another; followed by whatever asks.
    pub fn open_part(self) -> Option<CasePart> {
        self.filing.file_others.with(CasePart::in_file)
    }
}
