//! The case that is filed, and what follows from it.

use std::sync::Arc;

use leptos::prelude::*;

use super::findings::Findings;
use super::{LastingMemo, LastingSignal, OpenScheme, OwnFiles, PrivateKeeping};
use crate::answers::{Case, Date, Drafted, FactState, TypedAnswer};
use crate::app::backup::Backup;
use crate::app::earlier_texts::{EarlierTextsByField, Version};
use crate::assessment::{
    Assessment, Progresses, Remark, StaleSentence, assess, open_remarks, renewed, stale_sentences,
};
use crate::documents::CasePart;
use crate::json::{Json, Object};
use crate::policy::{Fact, FactKind, Field, RowIdx, RuleIdx};

/// The open case, what is kept beside it, and what follows from it.
#[derive(Clone, Copy)]
pub struct Filing {
    scheme: OpenScheme,
    /// The day it is now by the user's clock; renewed while the page is open.
    pub day: LastingSignal<Date>,
    /// The answers: the only thing that is changed from outside.
    pub case: LastingSignal<Case>,
    /// How many cases were opened so far: what a view remembers of one, such as
    /// the way back from a press, holds for that one alone.
    pub opened: LastingSignal<usize>,
    /// Members of an imported file that this version does not use.
    pub file_others: LastingSignal<Object>,
    /// What was in its long texts before drafts took their place.
    pub earlier_texts: LastingSignal<EarlierTextsByField>,
    /// What becomes of private entries while one works.
    pub private_keeping: LastingSignal<PrivateKeeping>,
    /// When and of what the last export was.
    pub backup: LastingSignal<Backup>,
    /// Which files on the disk are the cases' own.
    pub own_files: OwnFiles,
    /// What follows from the answers.
    pub assessment: LastingMemo<Arc<Assessment>>,
    /// What is said about it.
    pub shown: LastingMemo<Arc<Findings>>,
    /// How far each step has come.
    pub progress: LastingMemo<Arc<Progresses>>,
}

impl Filing {
    pub(super) fn new(scheme: OpenScheme, case: Case, today: Date) -> Self {
        let case = LastingSignal::new(case);
        let day = LastingSignal::new(today);
        let assessment =
            LastingMemo::new(move |_| Arc::new(case.with(|case| assess(&scheme.policy(), case))));
        let shown = LastingMemo::new(move |_| {
            let shown = Findings::of(&scheme.policy(), &case.read(), &assessment.get(), day.get());
            Arc::new(shown)
        });
        let file_others = LastingSignal::new(Object::new());
        let progress = LastingMemo::new(move |_| {
            // Of a part its own questions count, and not those of the whole.
            let asked = file_others.with(CasePart::groups_in_file);
            let (policy, assessment) = (scheme.policy(), assessment.get());
            let progress =
                Progresses::of_asked(&policy, &case.read(), &assessment, day.get(), asked.as_deref());
            Arc::new(progress)
        });
        Self {
            scheme,
            day,
            case,
            opened: LastingSignal::new(0),
            file_others,
            earlier_texts: LastingSignal::new(EarlierTextsByField::new()),
            private_keeping: LastingSignal::new(PrivateKeeping::default()),
            backup: LastingSignal::new(Backup::default()),
            own_files: OwnFiles::new(),
            assessment,
            shown,
            progress,
        }
    }

    /// Whether the page with the case was taken away, as it may be while something is awaited.
    pub fn is_gone(self) -> bool {
        self.case.is_disposed()
    }

    /// The ids of the groups of questions that are asked; `None` where all are, as the
    /// case is no part of another.
    pub fn asked_groups(self) -> Option<Vec<String>> {
        self.file_others.with(CasePart::groups_in_file)
    }

    /// Whether a fact, a question of the narrative or a field of the form is asked.
    pub fn asks(self, id: &str) -> bool {
        let Some(asked) = self.asked_groups() else {
            return true;
        };
        let policy = self.scheme.policy();
        let mut groups = policy.groups.iter().filter(|group| asked.contains(&group.id));
        groups.any(|group| group.asks(id) || group.fields.iter().any(|field| field == id))
    }

    /// Whether the case holds something that no export holds.
    pub fn has_no_backup(self) -> bool {
        let policy = self.scheme.policy();
        let is_held = |case: &Case| self.backup.with(|backup| backup.holds(&policy, case));
        self.case.with(|case| !case.is_empty() && !is_held(case))
    }

    /// Takes the answer to a fact, or takes it back.
    pub fn answer(self, fact: &Fact, answer: Option<Json>, state: FactState) {
        self.case.update(|case| {
            let rough = state == FactState::Approximate && answer.is_some() && fact.kind == FactKind::Count;
            if rough {
                let detail = case.fact_details.entry(fact.id.clone()).or_default();
                detail.set_state(FactState::Approximate);
            } else {
                case.change_detail(&fact.id, |detail| detail.set_state(FactState::Exact));
            }
            case.set_fact(&fact.id, answer);
        });
    }

    /// Takes an answer as it was typed; where only about is asked for, a count is approximate.
    pub fn take(self, fact: &Fact, typed: TypedAnswer, state: FactState) {
        let rough = state == FactState::Approximate && typed.answer.is_some() && fact.kind == FactKind::Count;
        let state = if rough { state } else { FactState::Exact };
        self.case.update(|case| case.take(fact, typed, state));
    }

    /// Takes an entry of the form.
    pub fn enter(self, field: &Field, entry: String) {
        if field.private
            && !entry.is_empty()
            && self.private_keeping.get_untracked() == PrivateKeeping::ByHand
        {
            self.private_keeping.set(PrivateKeeping::ThisTime);
        }
        self.case.update(|case| case.set_entry(field, entry));
    }

    /// Puts a drafted text in place of what is in a field; the way back is kept.
    pub fn draft_into(self, field: &Field, text: String, drafted: Drafted) {
        let now = self.case.with_untracked(|case| Version::of(case, &field.id));
        self.earlier_texts
            .update(|texts| texts.entry(field.id.clone()).or_default().keep(now));
        let drafted = (!drafted.sentences.is_empty()).then_some(drafted);
        self.put_version(field, Version { text, drafted });
    }

    /// Says anew what no longer holds in a drafted text and was not rewritten.
    pub fn renew_draft(self, field: &Field) {
        let policy = self.scheme.policy();
        let assessment = self.assessment.get_untracked();
        let new = self
            .case
            .with_untracked(|case| renewed(&policy, case, &assessment, &field.id));
        self.draft_into(field, new.text, new.drafted);
    }

    /// Brings back what was in a field before a draft, or forth again what gave way to it.
    pub fn go_back_in(self, field: &Field, is_back: bool) {
        let now = self.case.with_untracked(|case| Version::of(case, &field.id));
        let brought = self.earlier_texts.try_update(|texts| {
            let texts = texts.get_mut(&field.id)?;
            if is_back {
                texts.back(now)
            } else {
                texts.forth(now)
            }
        });
        if let Some(Some(version)) = brought {
            self.put_version(field, version);
        }
    }

    fn put_version(self, field: &Field, version: Version) {
        let Version { text, drafted } = version;
        self.enter(field, text);
        self.case.update(|case| {
            let is_empty = case.field(&field.id).is_empty();
            match drafted.filter(|_| !is_empty) {
                Some(drafted) => drop(case.drafted.insert(field.id.clone(), drafted)),
                None => drop(case.drafted.remove(&field.id)),
            }
        });
    }

    /// The sentences of drafted texts that no longer hold; of one field or of all.
    pub fn stale_in(self, field: Option<&str>) -> Vec<StaleSentence> {
        let policy = self.scheme.policy();
        let assessment = self.assessment.get();
        let mut stale = self.case.with(|case| stale_sentences(&policy, case, &assessment));
        stale.retain(|stale| field.is_none_or(|field| stale.field == field));
        stale
    }

    /// The reason of the row at a place.
    pub fn row_reason(self, place: RowIdx) -> String {
        self.shown.with(|shown| shown.rows[place].clone())
    }

    /// The reason of the rule at a place.
    pub fn rule_reason(self, place: RuleIdx) -> String {
        self.shown.with(|shown| shown.rules[place].clone())
    }

    /// How many remarks nobody has let stand yet.
    pub fn open_remarks(self) -> usize {
        self.shown
            .with(|shown| self.case.with(|case| open_remarks(&shown.remarks, case).len()))
    }

    /// The remarks that are at a fact or form field.
    pub fn remarks_at(self, id: &str) -> Vec<Remark> {
        self.shown.with(|shown| {
            shown
                .remarks
                .iter()
                .filter(|remark| remark.at == id)
                .cloned()
                .collect()
        })
    }
}
