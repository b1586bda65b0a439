//! A case: everything one applicant said for one application.

use crate::id_map::IdMap;
use std::borrow::Cow;

use super::entries::says_the_same;
use super::{Date, Drafted, ListedItem};
use crate::json::{Json, Object};
use crate::numbers::Points;
use crate::policy::{DoubtIdx, Field, FieldKind, Policy, Reading};

/// Everything one applicant said for one application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Stable id of the case.
    pub id: String,
    /// What its owner calls it.
    pub title: String,
    /// The year of the application; periods are computed from it.
    pub application_year: u16,
    /// The day on which heads are counted.
    pub cutoff_date: Date,
    /// Answers by fact id, as given.
    pub facts: Object,
    /// What is known about single answers.
    pub fact_details: IdMap<FactDetail>,
    /// Entries of the recommendation form by field id.
    pub form: IdMap<String>,
    /// Entries for the narrative by narrative field id.
    pub narrative: IdMap<String>,
    /// Marks by document id.
    pub evidence: IdMap<EvidenceMark>,
    /// Notes by the id of whatever they are about.
    pub notes: IdMap<String>,
    /// Other readings than the default, by doubt id.
    pub readings: IdMap<ChosenReading>,
    /// Rows whose own score was lowered, by row id.
    pub lowered: IdMap<Lowered>,
    /// What the applicant would tell the office about doubts, by doubt id.
    pub feedback: IdMap<Feedback>,
    /// What drafted entries of the form were made from, by field id.
    pub drafted: IdMap<Drafted>,
    /// Members of the case that this version does not know; they are kept.
    pub others: Object,
}

/// What is known about a single answer beside its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactDetail {
    /// How sure the answer is.
    pub state: FactState,
    /// Who gave it.
    pub holder: String,
    /// The date it stands for: for a length of time, the day it began.
    pub date: String,
    /// The figure of the year before, in the form JSON writes it; empty where none was carried over.
    pub before: String,
    /// How the figure was typed, where blanks part its thousands and it may be two figures.
    pub with_blanks: String,
    /// Whether what is planned, or was carried over from last year, is only about that figure (约数).
    pub about: bool,
    /// The answer as it is until the plan comes true, where there was one.
    pub before_plan: Option<Json>,
    /// What was counted, one by one, where the applicant listed it.
    pub items: Vec<ListedItem>,
    /// Members that this version does not know.
    pub others: Object,
}

/// How sure an answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FactState {
    /// As the papers say.
    #[default]
    Exact,
    /// 约数, from the pre-check.
    Approximate,
    /// 上年数据, carried over when the case was rolled over to a later year.
    CarriedOver,
    /// 计划: not done yet, taken over from a trial.
    Planned,
}

impl FactDetail {
    /// Whether the answer is in a state that is still to be checked; a plan and a figure
    /// of last year may be one of about so many.
    pub fn is_in(&self, state: FactState) -> bool {
        self.state == state || (state == FactState::Approximate && self.about)
    }

    /// Says how sure the answer is from now on; what was said of it as a plan or as
    /// last year's goes.
    pub fn set_state(&mut self, state: FactState) {
        self.state = state;
        self.about = false;
        self.before_plan = None;
    }

    /// How the answer is marked: 计划, 约数.
    pub fn marks(&self) -> Option<String> {
        let about = FactState::Approximate.mark().filter(|_| self.about);
        let marks: Vec<&str> = self.state.mark().into_iter().chain(about).collect();
        (!marks.is_empty()).then(|| marks.join("，"))
    }
}

impl FactState {
    /// The states of answers that are still to be checked.
    pub const UNCHECKED: [Self; 3] = [Self::Approximate, Self::CarriedOver, Self::Planned];

    /// The id in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Approximate => "approximate",
            Self::CarriedOver => "carried-over",
            Self::Planned => "planned",
        }
    }

    /// How an answer that is still to be checked is marked on screen; `None` where it needs no mark.
    pub const fn mark(self) -> Option<&'static str> {
        match self {
            Self::Exact => None,
            Self::Approximate => Some("约数"),
            Self::CarriedOver => Some("上年数据"),
            Self::Planned => Some("计划"),
        }
    }

    /// The state of that id.
    pub fn from_id(id: &str) -> Option<Self> {
        let unchecked = Self::UNCHECKED.into_iter();
        core::iter::once(Self::Exact)
            .chain(unchecked)
            .find(|state| state.id() == id)
    }
}

/// Whether a paper is at hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EvidenceState {
    /// Not said.
    #[default]
    Open,
    /// 已备
    Ready,
    /// 缺
    Lacking,
    /// 不适用
    NotApplicable,
}

impl EvidenceState {
    /// The states one can choose, in the order they are offered.
    pub const CHOICES: [Self; 3] = [Self::Ready, Self::Lacking, Self::NotApplicable];

    /// The id in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Ready => "ready",
            Self::Lacking => "lacking",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// The name on screen and on paper.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "未标记",
            Self::Ready => "已备",
            Self::Lacking => "缺",
            Self::NotApplicable => "不适用",
        }
    }

    /// The state of that id.
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Open, Self::Ready, Self::Lacking, Self::NotApplicable]
            .into_iter()
            .find(|state| state.id() == id)
    }
}

/// The mark on a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceMark {
    /// Whether it is at hand.
    pub state: EvidenceState,
    /// A remark on it.
    pub note: String,
    /// Members that this version does not know.
    pub others: Object,
}

/// Another reading than the default, chosen for this case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenReading {
    pub reading: Reading,
    /// Why.
    pub reason: String,
    /// Members that this version does not know.
    pub others: Object,
}

/// What is wrong with how a row was lowered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoweringFault {
    /// A reason without a score; nothing is lowered.
    NoScore,
    /// The score is no number of points; nothing is lowered.
    NotAScore,
    /// The row cannot be scored yet; nothing is lowered.
    NotScored,
    /// Below zero; nothing is lowered.
    Negative,
    /// Above what the rules give; that counts.
    TooHigh,
    /// It counts, but the forms have no reason to print.
    NoReason,
}

/// What the applicant would tell the office about a doubt (意见反馈).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    /// The reading that should be the rule, where one of the three is.
    pub reading: Option<Reading>,
    /// Why, or what should be the rule instead.
    pub reason: String,
    /// Members that this version does not know.
    pub others: Object,
}

/// A row's own score, lowered below what the rules give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lowered {
    /// The score as typed; a number in points where it is valid.
    pub score: String,
    /// Why.
    pub reason: String,
    /// Members that this version does not know.
    pub others: Object,
}

/// Those of some ids that are not known.
fn without<'ids>(
    ids: impl Iterator<Item = &'ids String>,
    is_known: impl Fn(&String) -> bool,
) -> Vec<&'ids String> {
    ids.filter(|id| !is_known(id)).collect()
}

/// Whether a text gives a reason: 无 and a dash give none, nor does what nobody sees.
pub fn gives_reason(text: &str) -> bool {
    let text = super::plain_visible(text);
    !text.trim().is_empty() && !super::figures::says_nothing(&text)
}

impl Lowered {
    /// What is wrong with it, where the rules give the row so many points, or none yet.
    pub fn fault(&self, computed: Option<Points>) -> Option<LoweringFault> {
        let has_reason = gives_reason(&self.reason);
        if self.score.trim().is_empty() {
            return has_reason.then_some(LoweringFault::NoScore);
        }
        let Ok(score) = self.score.parse::<Points>() else {
            return Some(LoweringFault::NotAScore);
        };
        let Some(computed) = computed else {
            return Some(LoweringFault::NotScored);
        };
        if score < Points::ZERO {
            Some(LoweringFault::Negative)
        } else if score > computed {
            Some(LoweringFault::TooHigh)
        } else {
            // What is as high as the rules give lowers nothing.
            (!has_reason && score < computed).then_some(LoweringFault::NoReason)
        }
    }
}

impl ChosenReading {
    /// Whether it is another reading than the default.
    pub fn departs(&self) -> bool {
        self.reading != Reading::Default
    }

    /// Whether it counts: a choice without its reason moves nothing and is printed nowhere.
    pub fn counts(&self) -> bool {
        self.departs() && gives_reason(&self.reason)
    }
}

impl Feedback {
    /// Whether anything is said in it.
    pub fn is_said(&self) -> bool {
        self.reading.is_some() || gives_reason(&self.reason)
    }
}

impl Case {
    /// An empty case, opened on the given day. Heads are counted at the end of
    /// the month before, until the applicant says otherwise.
    pub fn new(id: String, today: Date) -> Self {
        Self {
            id,
            title: String::new(),
            application_year: today.year,
            cutoff_date: today.end_of_previous_month(),
            facts: Object::new(),
            fact_details: IdMap::new(),
            form: IdMap::new(),
            narrative: IdMap::new(),
            evidence: IdMap::new(),
            notes: IdMap::new(),
            readings: IdMap::new(),
            lowered: IdMap::new(),
            feedback: IdMap::new(),
            drafted: IdMap::new(),
            others: Object::new(),
        }
    }

    /// Whether nothing has been said yet.
    pub fn is_empty(&self) -> bool {
        self.title.is_empty()
            && self.facts.is_empty()
            && self.fact_details.is_empty()
            && self.form.is_empty()
            && self.narrative.is_empty()
            && self.evidence.is_empty()
            && self.notes.is_empty()
            && self.readings.is_empty()
            && self.lowered.is_empty()
            && self.feedback.is_empty()
            && self.drafted.is_empty()
            && self.others.is_empty()
    }

    /// Whether it is as it was made on the given day.
    pub fn is_as_made(&self, today: Date) -> bool {
        *self == Self::new(self.id.clone(), today)
    }

    /// The readings that were chosen without a reason, which do not count, by their doubts.
    pub fn readings_without_reason(&self, policy: &Policy) -> Vec<DoubtIdx> {
        let doubts = policy.doubts.enumerated();
        let idle = doubts.filter(|(_, doubt)| {
            let chosen = self.readings.get(&doubt.id);
            chosen.is_some_and(|chosen| chosen.departs() && !chosen.counts())
        });
        idle.map(|(place, _)| place).collect()
    }

    /// The ids that the scheme does not know, each with the part of the case in
    /// which it stands: what is there is kept and counts nowhere.
    pub fn unknown_ids(&self, policy: &Policy) -> Vec<(&'static str, String)> {
        let is_row = |id: &String| policy.row(id).is_some();
        let is_doubt = |id: &String| policy.doubt(id).is_some();
        let is_fact = |id: &String| policy.fact(id).is_some();
        let is_narrative = |id: &String| policy.narrative_fields.iter().any(|field| field.id == *id);
        let mut unknown = Vec::new();
        let mut add = |part: &'static str, ids: Vec<&String>| {
            unknown.extend(ids.into_iter().map(|id| (part, id.clone())));
        };
        add("facts", without(self.facts.keys(), is_fact));
        add(
            "fact_details",
            without(self.fact_details.keys(), |id| {
                // Of an answer that is named it is not told again.
                is_fact(id) || self.facts.contains_key(id)
            }),
        );
        add("form", without(self.form.keys(), |id| policy.field(id).is_some()));
        add("narrative", without(self.narrative.keys(), is_narrative));
        add(
            "evidence",
            without(self.evidence.keys(), |id| policy.evidence(id).is_some()),
        );
        add("readings", without(self.readings.keys(), is_doubt));
        add("lowered", without(self.lowered.keys(), is_row));
        add("feedback", without(self.feedback.keys(), is_doubt));
        unknown
    }

    /// Sets or, with `None`, takes back the answer to a fact. Where there is no answer
    /// there is none that could be 约数, of last year or planned.
    pub fn set_fact(&mut self, id: &str, answer: Option<Json>) {
        self.enter_anew(id);
        self.put_fact(id, answer);
    }

    /// The same for an answer that was given before, and is only read otherwise.
    pub(super) fn put_fact(&mut self, id: &str, answer: Option<Json>) {
        match answer {
            Some(answer) => drop(self.facts.insert(id.to_owned(), answer)),
            None => {
                self.facts.remove(id);
                self.change_detail(id, |detail| detail.set_state(FactState::Exact));
            }
        }
    }

    /// Takes from facts without an answer what is said of one, as a file may have it
    /// that was written by hand.
    pub fn clear_states_without_answer(&mut self) {
        let is_answered = |id: &String| self.facts.get(id).is_some_and(|answer| *answer != Json::Null);
        let states = self.fact_details.iter();
        let bare = states.filter(|(id, detail)| detail.state != FactState::Exact && !is_answered(id));
        let bare: Vec<String> = bare.map(|(id, _)| id.clone()).collect();
        for id in bare {
            self.set_fact(&id, None);
        }
    }

    /// Changes what is known about an answer; a detail that says nothing any more is dropped.
    pub fn change_detail(&mut self, fact: &str, change: impl FnOnce(&mut FactDetail)) {
        let mut detail = self.fact_details.remove(fact).unwrap_or_default();
        change(&mut detail);
        if detail != FactDetail::default() {
            self.fact_details.insert(fact.to_owned(), detail);
        }
    }

    /// Takes out the entries that name a person or an account, and what was said about them.
    pub fn remove_private(&mut self, policy: &Policy) {
        for field in policy.fields.iter().filter(|field| field.private) {
            self.form.remove(&field.id);
            self.forget_acknowledgements(&field.id);
        }
    }

    /// What the case is called: what it was named, or else the brand, or the firm; empty
    /// where it has none of them.
    pub fn name(&self, policy: &Policy) -> &str {
        let brand = self.field(&policy.scheme.title_field);
        let firm = policy.firm_field().map_or("", |field| self.field(&field.id));
        let mut names = [self.title.as_str(), brand, firm].into_iter();
        names.find(|name| !name.trim().is_empty()).unwrap_or_default()
    }

    /// The entry of a form field; empty where there is none.
    pub fn field(&self, id: &str) -> &str {
        self.form.get(id).map_or("", String::as_str)
    }

    /// What the form shows for a field: its entry, the one of another field where
    /// it says the same as that, and for the year of application the case's own
    /// year where the form has no other.
    pub fn entry(&self, field: &Field) -> Cow<'_, str> {
        match self.field(&field.id) {
            entry if self.follows_other(field) => {
                let other = field.same_as.as_ref().map_or("", |same| self.field(&same.field));
                Cow::Borrowed(if other.trim().is_empty() { entry } else { other })
            }
            "" if field.kind == FieldKind::Year => Cow::Owned(self.application_year.to_string()),
            entry => Cow::Borrowed(entry),
        }
    }

    /// Whether a field says the same as another one, whatever is entered there: 同上.
    pub fn follows_other(&self, field: &Field) -> bool {
        let entry = self.field(&field.id);
        !entry.is_empty() && says_the_same(field, entry)
    }

    /// Sets the entry of a form field, without what no form can show; a sound year of application is the case's year from then on.
    pub fn set_entry(&mut self, field: &Field, entry: String) {
        let entry = super::entries::as_entered(field, &entry);
        // What is shown for 同上 is no entry of its own before it is altered.
        if self.follows_other(field) && entry == self.entry(field) {
            return;
        }
        if field.kind == FieldKind::Year
            && let Ok(year) = super::normalise_field(field, &entry).parse::<u16>()
            && (1000..=9999).contains(&year)
        {
            self.change_year(year);
        }
        if self.field(&field.id) != entry {
            self.forget_acknowledgements(&field.id);
        }
        if entry.is_empty() {
            self.form.remove(&field.id);
            self.drafted.remove(&field.id);
        } else {
            self.form.insert(field.id.clone(), entry);
        }
    }
}

#[cfg(test)]
impl Case {
    /// A case that nothing was entered into, for tests to which its day makes no difference.
    pub(crate) fn blank() -> Self {
        let today = Date {
            year: 2026,
            month: 11,
            day: 27,
        };
        Self::new(String::from("id"), today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_empty_until_something_is_said() {
        let today = Date {
            year: 2026,
            month: 11,
            day: 27,
        };
        let changes: [fn(&mut Case); 13] = [
            |case| case.title.push('甲'),
            |case| case.set_fact("a", Some(Json::Bool(false))),
            |case| case.change_detail("a", |detail| detail.date.push('1')),
            |case| drop(case.form.insert("a".into(), "b".into())),
            |case| drop(case.narrative.insert("a".into(), "b".into())),
            |case| drop(case.evidence.insert("a".into(), EvidenceMark::default())),
            |case| drop(case.notes.insert("a".into(), "b".into())),
            |case| {
                let chosen = ChosenReading {
                    reading: Reading::Lenient,
                    reason: String::new(),
                    others: Object::new(),
                };
                drop(case.readings.insert("a".into(), chosen));
            },
            |case| drop(case.lowered.insert("a".into(), Lowered::default())),
            |case| drop(case.feedback.insert("a".into(), Feedback::default())),
            |case| drop(case.drafted.insert("a".into(), Drafted::default())),
            |case| drop(case.others.insert("a".into(), Json::Null)),
            // A year says nothing of a firm, but was not there before.
            |case| case.application_year += 1,
        ];
        for (number, change) in changes.iter().enumerate() {
            let mut case = Case::new("id".into(), today);
            assert!(case.is_empty() && case.is_as_made(today));
            change(&mut case);
            assert_eq!(case.is_empty(), number == 12, "change {number}");
            assert!(!case.is_as_made(today), "change {number}");
        }
    }
}
