//! What was changed in the open case, one change after another, to be undone and done again.
//!
//! A change is held as what differs between the members of the case before and
//! after it, as a case file has them: one comparison serves every kind of part,
//! which weighs a tenth of one for each kind in the module.

use leptos::prelude::*;

use super::LastingSignal;
use crate::answers::{Case, ENTERED_AT_CUTOFF, ENTERED_IN_YEAR};
use crate::documents::{case_members, read_case};
use crate::json::{Json, Object};

/// How many changes can be undone.
const KEPT: usize = 200;
/// Within how long what is typed into one place is one change, in milliseconds.
const ONE_CHANGE: u64 = 3_000;

/// Which way one goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// 撤销
    Back,
    /// 重做
    Forth,
}

/// A part of a case that changed: a member, or one entry of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedPart {
    /// The member of the case, as in a case file.
    pub member: String,
    /// The id of the entry, where the member has entries.
    pub id: String,
    /// What it held; `None` where it was not there.
    pub before: Option<Json>,
    /// What it holds; `None` where it is not there.
    pub after: Option<Json>,
}

impl ChangedPart {
    /// What it holds once one has gone that way.
    pub const fn held(&self, way: Way) -> Option<&Json> {
        match way {
            Way::Back => self.before.as_ref(),
            Way::Forth => self.after.as_ref(),
        }
    }

    fn is_of(&self, other: &Self) -> bool {
        self.member == other.member && self.id == other.id
    }

    /// Whether it only follows from the year or the day that is typed: the last digit of one
    /// changes the year of the case, and what is noted of it, beside the entry.
    fn follows_from_the_year(&self) -> bool {
        let is_noted = [ENTERED_IN_YEAR, ENTERED_AT_CUTOFF].contains(&&*self.id);
        self.member == "application_year" || (self.member == "notes" && is_noted)
    }

    /// Has the members of a case hold what the part holds after going that way.
    fn put(&self, members: &mut Object, way: Way) {
        let object = if self.id.is_empty() {
            members
        } else {
            let member = members.entry(self.member.clone());
            match member.or_insert_with(|| Json::Object(Object::new())) {
                Json::Object(entries) => entries,
                _ => return,
            }
        };
        let key = if self.id.is_empty() {
            &self.member
        } else {
            &self.id
        };
        match self.held(way) {
            Some(held) => drop(object.insert(key.clone(), held.clone())),
            None => drop(object.remove(key)),
        }
    }
}

/// Every part in which the members of a case differ from what they were.
pub fn differences(before: &Object, after: &Object) -> Vec<ChangedPart> {
    let none = Object::new();
    let mut parts = Vec::new();
    for (member, was, is) in unlike(before, after) {
        let part = |id: &str, was: Option<&Json>, is: Option<&Json>| ChangedPart {
            member: member.to_owned(),
            id: id.to_owned(),
            before: was.cloned(),
            after: is.cloned(),
        };
        match (was.and_then(Json::as_object), is.and_then(Json::as_object)) {
            (None, None) => parts.push(part("", was, is)),
            (was, is) => {
                let unlike = unlike(was.unwrap_or(&none), is.unwrap_or(&none));
                parts.extend(unlike.into_iter().map(|(id, was, is)| part(id, was, is)));
            }
        }
    }
    parts
}

/// The members of two objects that are not the same, with their keys.
fn unlike<'o>(before: &'o Object, after: &'o Object) -> Vec<(&'o str, Option<&'o Json>, Option<&'o Json>)> {
    let gone = before.keys().filter(|key| !after.contains_key(key));
    let keys = after.keys().chain(gone);
    let both = keys.map(|key| (key.as_str(), before.get(key), after.get(key)));
    both.filter(|(_, was, is)| was != is).collect()
}

/// A change: every part that it touched.
#[derive(Clone, Debug)]
pub struct Change {
    /// What it touched.
    pub parts: Vec<ChangedPart>,
    /// What was done, in words, where that says more than what it touched.
    pub deed: Option<String>,
    /// When it was made last.
    at: u64,
}

impl Change {
    /// Whether other parts go on with it: they are those that it touched. What is typed
    /// over a plan takes the mark of the answer away with the first key, and each further
    /// key changes the answer alone.
    fn goes_on_with(&self, parts: &[ChangedPart]) -> bool {
        let is_typed = |part: &&ChangedPart| !part.follows_from_the_year();
        let mut ids = self.parts.iter().filter(is_typed).map(|part| &part.id);
        let id = ids.next();
        let is_of_one_answer = id.is_some_and(|id| !id.is_empty()) && ids.all(|other| Some(other) == id);
        let is_touched = |new: &ChangedPart| self.parts.iter().any(|own| own.is_of(new));
        parts.iter().filter(is_typed).all(is_touched) && (is_of_one_answer || parts.len() == self.parts.len())
    }

    /// Takes in how the parts that it touched are now, and what follows from them. What is
    /// again as it was is no part of it.
    fn go_on(&mut self, parts: Vec<ChangedPart>) {
        for new in parts {
            match self.parts.iter_mut().find(|part| part.is_of(&new)) {
                Some(part) => part.after = new.after,
                None => self.parts.push(new),
            }
        }
        self.parts.retain(|part| part.before != part.after);
    }
}

/// The changes of one case.
#[derive(Debug)]
struct Made {
    /// What the case held when it was looked at last.
    last: Object,
    /// What can be undone, the newest at the end.
    back: Vec<Change>,
    /// What can be done again, the next at the end.
    forth: Vec<Change>,
    /// Whether what is typed next into the same place belongs to the newest change.
    is_open: bool,
}

impl Made {
    fn new(case: &Case) -> Self {
        Self {
            last: case_members(case),
            back: Vec::new(),
            forth: Vec::new(),
            is_open: false,
        }
    }

    /// Notes what the case holds now.
    fn note(&mut self, case: &Case, now: u64) {
        let members = case_members(case);
        let parts = differences(&self.last, &members);
        if parts.is_empty() {
            return;
        }
        self.last = members;
        self.forth.clear();
        let goes_on =
            |change: &&mut Change| now.saturating_sub(change.at) < ONE_CHANGE && change.goes_on_with(&parts);
        if let Some(change) = self.back.last_mut().filter(|_| self.is_open).filter(goes_on) {
            change.go_on(parts);
            change.at = now;
            // What was taken back on the spot leaves nothing to be undone.
            if change.parts.is_empty() {
                self.back.pop();
                self.is_open = false;
            }
            return;
        }
        self.is_open = true;
        self.back.push(Change {
            parts,
            deed: None,
            at: now,
        });
        if self.back.len() > KEPT {
            self.back.remove(0);
        }
    }

    /// Takes the next change of a way, with the case as it was before it or after it.
    fn go(&mut self, way: Way) -> Option<(Case, Change)> {
        let (from, to) = match way {
            Way::Back => (&mut self.back, &mut self.forth),
            Way::Forth => (&mut self.forth, &mut self.back),
        };
        let change = from.pop()?;
        let mut members = self.last.clone();
        change.parts.iter().for_each(|part| part.put(&mut members, way));
        let case = read_case(members.clone()).ok()?;
        self.last = members;
        to.push(change.clone());
        self.is_open = false;
        Some((case, change))
    }
}

/// The changes of the open case.
#[derive(Clone, Copy)]
pub struct Changes {
    made: StoredValue<Made>,
    /// Whether something can be undone, and done again.
    pub ways: LastingSignal<[bool; 2]>,
}

impl Changes {
    pub(super) fn new(case: &Case) -> Self {
        Self {
            made: StoredValue::new(Made::new(case)),
            ways: LastingSignal::new([false; 2]),
        }
    }

    /// Notes what the case holds now, in milliseconds since 1970.
    pub fn note(self, case: &Case, now: u64) {
        self.made.try_update_value(|made| made.note(case, now));
        self.tell_ways();
    }

    /// Begins anew with a case that took the place of another.
    pub fn begin_anew(self, case: &Case) {
        self.made.set_value(Made::new(case));
        self.tell_ways();
    }

    /// Goes one change back or forth: the case then, and the change.
    pub fn go(self, way: Way) -> Option<(Case, Change)> {
        let gone = self.made.try_update_value(|made| made.go(way)).flatten();
        self.tell_ways();
        gone
    }

    /// Ends the newest change: what is typed next is another one.
    pub fn close(self) {
        self.made.try_update_value(|made| made.is_open = false);
    }

    /// Says what was done by the newest change, and ends it.
    pub fn name(self, deed: String) {
        self.made.try_update_value(|made| {
            made.is_open = false;
            made.back.iter_mut().last().map(|change| change.deed = Some(deed))
        });
    }

    fn tell_ways(self) {
        let ways = self
            .made
            .with_value(|made| [!made.back.is_empty(), !made.forth.is_empty()]);
        if self.ways.get_untracked() != ways {
            self.ways.set(ways);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::FactState;
    use crate::json::Json;
    use crate::policy::FieldKind;

    fn answered(made: &mut Made, case: &mut Case, id: &str, figure: u32, now: u64) {
        case.set_fact(id, Some(Json::number(figure)));
        made.note(case, now);
    }

    #[test]
    fn what_is_typed_into_one_place_in_one_go_is_one_change() {
        let mut case = Case::blank();
        let empty = case.clone();
        let mut made = Made::new(&case);
        for (figure, now) in [(6, 0), (62, 900), (620, 1_800)] {
            answered(&mut made, &mut case, "brand_employees", figure, now);
        }
        let typed = case.clone();
        assert_eq!(made.back.len(), 1);
        case = made.go(Way::Back).unwrap().0;
        assert_eq!(case, empty);
        case = made.go(Way::Forth).unwrap().0;
        assert_eq!(case, typed);
    }

    #[test]
    fn what_is_taken_back_on_the_spot_leaves_nothing_to_be_undone() {
        let mut case = Case::blank();
        let mut made = Made::new(&case);
        answered(&mut made, &mut case, "insured", 5, 0);
        let before = case.clone();
        answered(&mut made, &mut case, "brand_employees", 3, 10_000);
        made.is_open = false;
        answered(&mut made, &mut case, "brand_employees", 2, 20_000);
        answered(&mut made, &mut case, "brand_employees", 3, 21_000);
        assert_eq!(made.back.len(), 2);
        assert_eq!(made.go(Way::Back).unwrap().0, before);
    }

    #[test]
    fn what_is_typed_over_a_plan_is_one_change_with_the_mark_that_it_takes_away() {
        let mut case = Case::blank();
        case.set_fact("insured", Some(Json::number(351_u32)));
        case.change_detail("insured", |detail| detail.state = FactState::Planned);
        let planned = case.clone();
        let mut made = Made::new(&case);
        // The first key takes the answer and its mark, the next ones change the answer alone.
        case.set_fact("insured", None);
        case.change_detail("insured", |detail| detail.state = FactState::Exact);
        made.note(&case, 0);
        for (figure, now) in [(3, 300), (30, 600), (300, 900)] {
            answered(&mut made, &mut case, "insured", figure, now);
        }
        assert_eq!(made.back.len(), 1);
        // A mark that is set afterwards is a change of its own.
        case.change_detail("insured", |detail| detail.state = FactState::Approximate);
        case.set_fact("other", Some(Json::number(1_u32)));
        made.note(&case, 1_200);
        assert_eq!(made.back.len(), 2);
        assert!(made.go(Way::Back).is_some());
        assert_eq!(made.go(Way::Back).unwrap().0, planned);
    }

    #[test]
    fn a_year_that_is_typed_is_one_change_with_what_follows_from_it() {
        let (policy, _) = crate::app::samples::sample();
        let year = policy
            .fields
            .iter()
            .find(|field| field.kind == FieldKind::Year)
            .unwrap();
        let mut case = Case::blank();
        case.application_year = 2026;
        case.set_fact("insured", Some(Json::number(351_u32)));
        let before = case.clone();
        let mut made = Made::new(&case);
        for (typed, now) in ["2", "20", "202", "2027", "202", "2028"]
            .into_iter()
            .zip((0..).step_by(300))
        {
            case.set_entry(year, typed.to_owned());
            made.note(&case, now);
        }
        assert_eq!(case.application_year, 2028);
        assert_eq!(made.back.len(), 1);
        assert_eq!(made.go(Way::Back).unwrap().0, before);
    }

    #[test]
    fn a_case_that_is_taken_over_to_another_year_goes_back_in_one_step() {
        let (policy, mut case) = crate::app::samples::sample();
        let before = case.clone();
        let mut made = Made::new(&case);
        case.roll_over(&policy, crate::answers::Date::new(2028, 3, 1).unwrap());
        let after = case.clone();
        assert_ne!(after, before);
        made.note(&case, 0);
        assert_eq!(made.back.len(), 1);
        assert_eq!(made.go(Way::Back).unwrap().0, before);
        assert_eq!(made.go(Way::Forth).unwrap().0, after);
    }

    #[test]
    fn after_a_pause_in_another_place_or_after_a_way_back_another_change_begins() {
        let mut case = Case::blank();
        let mut made = Made::new(&case);
        answered(&mut made, &mut case, "one", 1, 0);
        answered(&mut made, &mut case, "one", 2, ONE_CHANGE);
        assert_eq!(made.back.len(), 2, "a pause");
        answered(&mut made, &mut case, "other", 3, ONE_CHANGE + 1);
        assert_eq!(made.back.len(), 3, "another place");
        case = made.go(Way::Back).unwrap().0;
        answered(&mut made, &mut case, "one", 4, ONE_CHANGE + 2);
        assert_eq!(made.back.len(), 3, "a way back");
        assert!(
            made.go(Way::Forth).is_none(),
            "what was undone is not done again beside another change"
        );
        made.is_open = false;
        answered(&mut made, &mut case, "one", 5, ONE_CHANGE + 3);
        assert_eq!(made.back.len(), 4, "an input that was left");
    }

    #[test]
    fn every_part_that_one_press_changes_goes_and_comes_together() {
        let mut case = Case::blank();
        let mut made = Made::new(&case);
        let states: Vec<Case> = (0..5)
            .map(|round: u32| {
                case.title = format!("档案 {round}");
                case.application_year += 1;
                case.cutoff_date.day = 1 + u8::try_from(round).unwrap();
                case.set_fact("one", round.is_multiple_of(2).then(|| Json::number(round)));
                case.form
                    .insert(String::from("brand_name"), format!("虚构 {round}"));
                case.change_detail("one", |detail| detail.holder = format!("人事 {round}"));
                made.note(&case, u64::from(round) * ONE_CHANGE);
                case.clone()
            })
            .collect();
        for state in states.iter().rev() {
            assert_eq!(case, *state);
            case = made.go(Way::Back).unwrap().0;
        }
        assert!(made.go(Way::Back).is_none());
        for state in &states {
            case = made.go(Way::Forth).unwrap().0;
            assert_eq!(case, *state);
        }
    }

    #[test]
    fn the_oldest_changes_are_let_go() {
        let mut case = Case::blank();
        let mut made = Made::new(&case);
        for round in 0..300 {
            answered(&mut made, &mut case, "one", round, u64::from(round) * ONE_CHANGE);
        }
        assert_eq!(made.back.len(), KEPT);
    }
}
