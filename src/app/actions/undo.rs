//! 撤销 and 重做: every change of the open case, one after another.

use core::time::Duration;

use leptos::prelude::*;

use crate::answers::{Case, ENTERED_AT_CUTOFF, ENTERED_IN_YEAR, UNREAD_CUTOFF, YEAR_NOTES, acknowledged_at};
use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::{ChangedPart, Session, Way, differences};
use crate::browser::now_millis;
use crate::documents::case_members;
use crate::policy::{FieldKind, Policy};
use crate::wording::messages;

/// How many of the places that one change touched are named.
const NAMED: usize = 3;
/// How many of those in which two states differ.
const NAMED_DIFFERENCES: usize = 8;

/// Notes every change of the open case, so that it can be undone. Nobody sees that,
/// so it is done once the frame stands that shows the change.
pub fn keep_changes(session: Session) {
    let is_under_way = StoredValue::new(false);
    Effect::new(move |before: Option<usize>| {
        let opened = session.filing.opened.get();
        session.filing.case.track();
        if before != Some(opened) {
            session
                .filing
                .case
                .with_untracked(|case| session.changes.begin_anew(case));
        } else if !is_under_way.get_value() {
            is_under_way.set_value(true);
            let note = move || {
                if is_under_way.try_set_value(false).is_none() {
                    session.note_changes();
                }
            };
            request_animation_frame(move || set_timeout(note, Duration::ZERO));
        }
        opened
    });
}

seam! {
    "actions" "1e" fn go(session: Session, way: Way) -> () {
        session.have_gone(way);
    }
}

impl Session {
    /// Notes what was changed since this was done last.
    fn note_changes(self) {
        if !self.filing.is_gone() {
            self.filing
                .case
                .with_untracked(|case| self.changes.note(case, now_millis()));
        }
    }

    /// Has what is typed next be a change of its own, whatever it is typed into.
    pub fn close_change(self) {
        self.note_changes();
        self.changes.close();
    }

    /// Has what was just done be one change that is called by its deed.
    pub fn name_change(self, deed: String) {
        self.note_changes();
        self.changes.name(deed);
    }

    /// Undoes the last change or does it again, and says which one it was.
    pub fn go(self, way: Way) {
        self.once_there(Piece::Actions, move || go(self, way));
    }

    fn have_gone(self, way: Way) {
        // On the desk the last thing that was done is the deletion, and not a change of the
        // case that is open under it.
        let has_deleted = || self.draft.with_desk(|kept| kept.desk.deleted().is_some());
        if untrack(|| self.shows_desk()) && way == Way::Back && has_deleted() == Some(true) {
            return self.undelete();
        }
        if untrack(|| self.draft.is_read_only()) {
            return;
        }
        self.note_changes();
        let Some((case, change)) = self.changes.go(way) else {
            let nothing = match way {
                Way::Back => messages::undo::nothing_back(),
                Way::Forth => messages::undo::nothing_forth(),
            };
            return self.page.tell(false, self.text(nothing));
        };
        self.filing.case.set(case);
        let policy = self.policy();
        let named = change
            .deed
            .unwrap_or_else(|| self.named(&policy, &change.parts, way));
        let done = match way {
            Way::Back => self.say(messages::undo::undone(&named)),
            Way::Forth => self.say(messages::undo::redone(&named)),
        };
        // It quotes what stands there now, and goes with the next answer.
        self.tell_for_now(false, String::new(), done);
        // The focus stays: an input that had it for a moment would be tidied when it is left,
        // which is a change again.
    }

    /// What a change touched, in words.
    fn named(self, policy: &Policy, parts: &[ChangedPart], way: Way) -> String {
        let mut names: Vec<String> = Vec::new();
        for part in parts.iter().filter(|part| !goes_with_an_answer(part, parts)) {
            if let Some(name) = self.name_of(policy, part, way)
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        if names.is_empty() {
            return self.text(messages::undo::other());
        }
        let count = names.len();
        names.truncate(NAMED);
        let listed = self.names_in_row(&names);
        if count > NAMED {
            self.say(messages::undo::and_more(&count, &listed))
        } else {
            listed
        }
    }

    /// In what a case differs from another state of it, in words: of answers both.
    pub(super) fn named_differences(self, one: &Case, other: &Case) -> String {
        let policy = self.policy();
        let mut names: Vec<String> = Vec::new();
        let parts = differences(&case_members(one), &case_members(other));
        for part in parts.iter().filter(|part| !goes_with_an_answer(part, &parts)) {
            let of_fact = || {
                let (place, fact) = policy.fact(&part.id).filter(|_| part.member == "facts")?;
                let words = |answer| self.answer_words(&policy, place, answer);
                let (here, there) = (words(part.before.as_ref()), words(part.after.as_ref()));
                Some(self.say(messages::cases::differs(&fact.label, &here, &there)))
            };
            if let Some(name) = of_fact().or_else(|| self.name_of(&policy, part, Way::Forth))
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        let count = names.len();
        names.truncate(NAMED_DIFFERENCES);
        let listed = names.join(&self.text(messages::common::semicolon()));
        if count > NAMED_DIFFERENCES {
            self.say(messages::undo::and_more(&count, &listed))
        } else {
            listed
        }
    }

    /// What the day is called on which heads are counted.
    pub fn cutoff_name(self) -> String {
        self.text(messages::questions::cutoff()).trim().to_owned()
    }

    /// What a part is called, and for an answer what it is now; nothing for what
    /// always comes with another part.
    fn name_of(self, policy: &Policy, part: &ChangedPart, way: Way) -> Option<String> {
        let id = part.id.as_str();
        Some(match part.member.as_str() {
            "title" => self.text(messages::review::case_title()),
            "application_year" => year_name(policy)?,
            // What the page notes is told by what it is about; the user wrote no note.
            "notes" if YEAR_NOTES.contains(&id) => year_name(policy)?,
            "notes" if let Some(at) = acknowledged_at(id) => {
                let fact = policy.fact(at).map(|(_, fact)| &fact.label);
                let label = fact.or_else(|| policy.field(at).map(|field| &field.label))?;
                self.say(messages::undo::looked_at(label))
            }
            "cutoff_date" => self.cutoff_name(),
            "notes" if id == UNREAD_CUTOFF || id == ENTERED_AT_CUTOFF => self.cutoff_name(),
            "facts" => {
                let (place, fact) = policy.fact(id)?;
                let answer = self.answer_words(policy, place, part.held(way));
                self.say(messages::undo::answer(&answer, &fact.label))
            }
            "fact_details" => {
                let (_, fact) = policy.fact(id)?;
                self.say(messages::undo::detail(&fact.label))
            }
            "form" => policy.field(id)?.label.clone(),
            "narrative" => {
                let mut fields = policy.narrative_fields.iter();
                fields.find(|field| field.id == id)?.label.clone()
            }
            "evidence" => policy.evidence(id)?.title.clone(),
            "readings" => self.say(messages::undo::reading(&policy.doubt(id)?.title)),
            "feedback" => self.say(messages::undo::feedback(&policy.doubt(id)?.title)),
            "lowered" => {
                let row = policy.row(id)?;
                self.say(messages::undo::lowered(&row.id, &row.title))
            }
            "notes" => self.text(messages::undo::note()),
            _ => return None,
        })
    }
}

/// Whether a part only comes along with an answer that changed as well: its mark, its
/// details, the remark behind its figure, that somebody had looked at it, and what is noted
/// of the year and the day for which answers were entered.
fn goes_with_an_answer(part: &ChangedPart, parts: &[ChangedPart]) -> bool {
    let mut answers = parts.iter().filter(|other| other.member == "facts");
    let is_noted = part.member == "notes" && [ENTERED_IN_YEAR, ENTERED_AT_CUTOFF].contains(&&*part.id);
    let is_time = |other: &ChangedPart| matches!(&*other.member, "application_year" | "cutoff_date");
    if is_noted && !parts.iter().any(is_time) {
        return answers.next().is_some();
    }
    let id = acknowledged_at(&part.id).unwrap_or(&part.id);
    matches!(part.member.as_str(), "fact_details" | "notes") && answers.any(|other| other.id == id)
}

/// What the year of application is called.
fn year_name(policy: &Policy) -> Option<String> {
    let field = policy.fields.iter().find(|field| field.kind == FieldKind::Year)?;
    Some(field.label.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::FactState;
    use crate::app::drawing::drawn;
    use crate::json::Json;

    /// What is said of a change of the sample.
    fn said(change: impl Fn(&mut Case) + Copy + Send + Sync + 'static) -> String {
        drawn(
            |_| {},
            move |session| {
                let before = session.filing.case.get_untracked();
                let mut after = before.clone();
                change(&mut after);
                let parts = differences(&case_members(&before), &case_members(&after));
                session.named(&session.policy(), &parts, Way::Back).into_any()
            },
        )
    }

    #[test]
    fn an_answer_is_named_once_whatever_goes_along_with_it() {
        let told = said(|case| {
            case.set_fact("insured_employees", Some(Json::number(300)));
            case.change_detail("insured_employees", |detail| detail.set_state(FactState::Planned));
            case.notes
                .insert(String::from("insured_employees"), String::from("含外包"));
        });
        assert!(told.contains("现为236 人"), "{told}");
        assert!(!told.contains("标记与明细") && !told.contains("备注"), "{told}");
        let marked = said(|case| {
            case.change_detail("insured_employees", |detail| detail.set_state(FactState::Planned));
        });
        assert!(marked.contains("标记与明细"), "{marked}");
    }

    #[test]
    fn a_note_that_the_page_made_is_told_by_what_it_is_about() {
        let year = said(|case| {
            let (policy, _) = crate::app::samples::sample();
            let mut fields = policy.fields.iter();
            let field = fields.find(|field| field.kind == FieldKind::Year).unwrap();
            let next = case.application_year + 1;
            case.set_entry(field, next.to_string());
        });
        assert_eq!(year, "申报年度");
        let looked_at = said(|case| case.acknowledge("insured_employees", "多了一位？"));
        assert!(
            looked_at.contains("已核对") && !looked_at.contains("备注"),
            "{looked_at}"
        );
    }

    #[test]
    fn names_that_hold_the_mark_between_them_are_told_apart() {
        let told = said(|case| {
            case.set_fact("brand_distinctive", None);
            case.set_fact("insured_employees", None);
        });
        assert!(told.contains("“品牌容易辨识、符合劳务品牌特点（"), "{told}");
    }
}
