//! The state of the page: a constant policy, one case that changes, and what
//! follows from both.

use core::fmt::Display;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::answers::{Case, Date, Drafted, FactState, TypedAnswer};
use crate::assessment::{
    Assessment, Explanation, Progresses, Remark, StaleSentence, assess, cross_checks, renewed,
    stale_sentences,
};
use crate::browser::{DraftStore, NoDraftStore};
use crate::documents::{Frozen, Keeper, NotACaseFile, Paper, PrivateEntries, State};
use crate::json::Json;
use crate::policy::{Fact, FactIdx, Field, IdxVec, Inputs, Policy, Row, RowIdx, Rule, RuleIdx};
use crate::wording::{Message, Part, Text, Wording, messages, parts};

use super::backup::Backup;
use super::former::{FormerTexts, Version};
use super::step::{ScorePart, Step};

/// What is known about keeping the draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing has been typed yet.
    #[default]
    Fresh,
    /// Kept, with place and time.
    Saved(String),
    /// Kept for as long as the page is open.
    Memory,
    /// The last change could not be kept.
    Failed,
}

/// What is known about the draft beside whether it is kept. It changes seldom,
/// so one signal holds it all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftState {
    /// Why it is no longer kept, if so.
    pub frozen: Option<Frozen>,
    /// 公用电脑模式: nothing is kept beyond the open page.
    pub public: bool,
    /// When and of what the last export was.
    pub backup: Backup,
    /// Records that could not be read, as they are.
    pub raw: Vec<String>,
    /// The earlier states, once they were asked for.
    pub earlier: Option<Vec<State>>,
}

/// What saving remembers from one time to the next.
#[derive(Default)]
pub struct Saving {
    /// Decides what is written when.
    pub keeper: Keeper,
    /// Whether a record is about to be written.
    pub is_under_way: bool,
    /// Changes of pages that ended, until a record holds them.
    pub done_with: Vec<(String, String)>,
    /// Whether the last change could not be noted, so that no storage holds it yet.
    pub is_in_no_store: bool,
    /// An export that counts once the loader says that the user has it.
    pub handed: Option<(Export, Case)>,
    /// The look of a page on which nothing was done yet.
    pub first_look: Look,
}

/// Where the draft is kept.
struct Stores {
    store: Rc<dyn DraftStore>,
    /// The lasting one, while on a public machine nothing is kept.
    lasting: Option<Rc<dyn DraftStore>>,
}

/// What becomes of 身份证号 and 银行账号 while one works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrivateKeeping {
    /// 手填留空: not entered, written by hand on the printed form.
    #[default]
    ByHand,
    /// 仅本次: in this tab alone.
    ThisTime,
    /// 保存在本机: in the draft.
    Stored,
}

impl PrivateKeeping {
    /// All of them in the order they are offered.
    pub const ALL: [Self; 3] = [Self::ByHand, Self::ThisTime, Self::Stored];

    /// The id in drafts.
    pub const fn id(self) -> &'static str {
        match self {
            Self::ByHand => "by-hand",
            Self::ThisTime => "this-time",
            Self::Stored => "stored",
        }
    }

    /// What became of them in a draft, by what is kept beside the case.
    pub fn in_draft(page: &crate::json::Object) -> Self {
        let id = page.get("private").and_then(Json::as_text);
        let found = Self::ALL.into_iter().find(|keeping| Some(keeping.id()) == id);
        found.unwrap_or_default()
    }

    /// What is shown.
    pub const fn label(self) -> Text {
        match self {
            Self::ByHand => messages::form::keeping_by_hand(),
            Self::ThisTime => messages::form::keeping_this_time(),
            Self::Stored => messages::form::keeping_stored(),
        }
    }
}

/// How the questions are arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// 按材料填
    #[default]
    ByPapers,
    /// 按评分表看
    ByScoreSheet,
}

/// How large and in what contrast the page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// 大字版: text of 18 px and more, targets of 44 px and more.
    pub large: bool,
    /// 高对比度.
    pub contrast: bool,
}

impl Look {
    /// The text size as attributes and drafts name it.
    pub const fn text_size(self) -> &'static str {
        if self.large { "large" } else { "normal" }
    }

    /// The theme as attributes and drafts name it.
    pub const fn theme(self) -> &'static str {
        if self.contrast { "contrast" } else { "normal" }
    }
}

/// Something to tell the user at the top of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Whether it is about something that went wrong.
    pub wrong: bool,
    /// What is said.
    pub text: String,
}

/// A question that has to be answered before something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// What becomes of private entries in an export.
    Export(Export),
    /// Whether everything is to be wiped.
    ClearAll,
    /// Whether the case may be replaced by an empty one.
    NewCase,
    /// Whether the case may be replaced by the sample.
    LoadSample,
    /// Whether the draft is to be wiped, as nothing shall be kept on this machine.
    PublicMachine,
    /// Whether what is tried out becomes the plan of the case.
    Adopt,
    /// Whether a case of an earlier year stays in it or is taken over to this one.
    RollOver,
}

impl Asking {
    /// Whether what is on the page is gone, or another, once it is done.
    pub const fn is_destructive(self) -> bool {
        !matches!(self, Self::Export(_))
    }
}

/// A case with what the page knows about it: one that is opened, or that gave way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCase {
    /// The case.
    pub case: Case,
    /// Members of its file that this version does not use.
    pub file_others: crate::json::Object,
    /// What becomes of its private entries.
    pub keeping: PrivateKeeping,
    /// When and of what its last export was.
    pub backup: Backup,
    /// What stood in its long texts before drafts took their place.
    pub former: FormerTexts,
}

/// A file for the loader, which shows or shares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// Its name.
    pub name: String,
    /// Its type, `text/html`.
    pub mime: &'static str,
    /// What stands in it.
    pub text: String,
    /// Whether it is to be shared rather than shown.
    pub share: bool,
}

/// What is to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printing {
    /// The papers to hand in, with what becomes of private entries.
    Papers(PrivateEntries),
    /// Another document, as HTML.
    Sheet(String),
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// The case file.
    Json,
    /// The papers as a file that any browser opens.
    Html,
    /// The papers as a file for Word.
    Word,
    /// The result as a table for spreadsheets.
    Csv,
    /// The result as a picture.
    Picture,
    /// The papers on paper.
    Print,
    /// The papers as a file for another program of the device, without private entries.
    Share,
}

impl Export {
    /// What a host is told.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
            Self::Print => "print",
            Self::Word => "docx",
            Self::Csv => "csv",
            Self::Picture => "png",
            Self::Share => "share",
        }
    }
}

/// Which rows and rules each fact bears on.
pub struct Uses {
    rows: IdxVec<FactIdx, Vec<RowIdx>>,
    rules: IdxVec<FactIdx, Vec<RuleIdx>>,
}

impl Uses {
    fn of(policy: &Policy) -> Self {
        let rows = policy.rows_enumerated();
        let rows = rows.map(|(place, row)| (place, Inputs::of_score(policy, &row.score)));
        let rules = policy.rules.enumerated();
        let rules = rules.map(|(place, rule)| (place, Inputs::of_condition(policy, &rule.condition)));
        Self {
            rows: users(policy, &rows.collect::<Vec<_>>()),
            rules: users(policy, &rules.collect::<Vec<_>>()),
        }
    }

    /// The rows that use a fact.
    pub fn rows(&self, fact: FactIdx) -> &[RowIdx] {
        self.rows.get(fact).map_or(&[], Vec::as_slice)
    }

    /// The rules that use a fact.
    pub fn rules(&self, fact: FactIdx) -> &[RuleIdx] {
        self.rules.get(fact).map_or(&[], Vec::as_slice)
    }
}

/// For each fact, those among `all` that use it.
fn users<I: Copy>(policy: &Policy, all: &[(I, Inputs)]) -> IdxVec<FactIdx, Vec<I>> {
    let of = |fact: FactIdx| {
        let users = all.iter().filter(|(_, inputs)| inputs.facts.contains(&fact));
        users.map(|(user, _)| *user).collect()
    };
    policy.facts.indices().map(|fact| of(fact)).collect()
}

/// What is told about an assessment, made once for every view that shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The reason of each row.
    pub rows: IdxVec<RowIdx, String>,
    /// The reason of each rule.
    pub rules: IdxVec<RuleIdx, String>,
    /// Remarks on answers that do not agree.
    pub remarks: Vec<Remark>,
    /// Sentences of drafted texts that no longer hold.
    pub stale: Vec<StaleSentence>,
}

/// One open page: handles to everything it holds.
#[derive(Clone, Copy)]
pub struct Session {
    policy: StoredValue<Arc<Policy>>,
    wording: StoredValue<Arc<Wording>>,
    uses: StoredValue<Arc<Uses>>,
    sha256: StoredValue<String>,
    stores: StoredValue<Stores, LocalStorage>,
    saving: StoredValue<Saving>,
    /// Where the page is drawn; the loader marks it when the page has stopped.
    pub root: StoredValue<Option<web_sys::Element>, LocalStorage>,
    /// The day it is now by the user's clock; renewed while the page is open.
    pub day: RwSignal<Date>,
    /// The answers: the only thing that is changed from outside.
    pub case: RwSignal<Case>,
    /// Members of an imported file that this version does not use.
    pub file_others: RwSignal<crate::json::Object>,
    /// What stood in its long texts before drafts took their place.
    pub former: RwSignal<FormerTexts>,
    /// What follows from them.
    pub assessment: Memo<Arc<Assessment>>,
    /// What is told about it.
    pub told: Memo<Arc<Told>>,
    /// How far each step has come.
    pub progress: Memo<Arc<Progresses>>,
    /// The open step.
    pub step: RwSignal<Step>,
    /// The open part of the score step.
    pub score_part: RwSignal<ScorePart>,
    /// 专家模式: whether other readings can be chosen for the case.
    pub expert: RwSignal<bool>,
    /// How the questions are arranged.
    pub arrangement: RwSignal<Arrangement>,
    /// How the page is shown.
    pub look: RwSignal<Look>,
    /// Whether the page is a part of another's, whose title it must leave alone.
    pub embedded: RwSignal<bool>,
    /// Whether files are shown by the loader, where the browser cannot download.
    pub shows_files: RwSignal<bool>,
    /// Whether the loader can share files with other programs of the device.
    pub shares_files: RwSignal<bool>,
    /// The file that the loader is to show or share.
    pub handed_over: RwSignal<Option<HandedOver>>,
    /// What was exported last, for a host that listens.
    pub exported: RwSignal<Option<Export>>,
    /// What becomes of private entries while one works.
    pub private_keeping: RwSignal<PrivateKeeping>,
    /// Whether the draft is kept.
    pub saved: RwSignal<SaveState>,
    /// What else is known about the draft.
    pub draft: RwSignal<DraftState>,
    /// What is told at the top.
    pub notice: RwSignal<Option<Notice>>,
    /// The case that was replaced last, for as long as its notice stands.
    pub replaced: RwSignal<Option<OpenCase>>,
    /// What is asked before something is done.
    pub asking: RwSignal<Option<Asking>>,
    /// The papers that go into a print or a file, in the order they are bound.
    pub papers: RwSignal<Vec<Paper>>,
    /// What fetches a module by its name, where the page was given any.
    pub load_module: StoredValue<Option<js_sys::Function>, LocalStorage>,
    /// A print that is to be made.
    pub print_request: RwSignal<Option<Printing>>,
    /// What the answers were that were adopted from a trial last, and the trial itself.
    pub adopted: RwSignal<Option<(Vec<crate::answers::Adopted>, crate::json::Object)>>,
    /// Answers that are tried out beside the case (试算), by fact id; null for none.
    pub scratch: RwSignal<crate::json::Object>,
    /// A selector of what shall have the focus once the view stands.
    pub focus: RwSignal<Option<String>>,
}

impl Session {
    /// A session on a case. It keeps nothing until it is given a store.
    pub fn new(policy: Policy, sha256: String, wording: Wording, case: Case, today: Date) -> Self {
        let policy = Arc::new(policy);
        let uses = Arc::new(Uses::of(&policy));
        let case = RwSignal::new(case);
        let policy = StoredValue::new(policy);
        let day = RwSignal::new(today);
        let assessment = Memo::new(move |_| Arc::new(case.with(|case| assess(&policy.get_value(), case))));
        let told = Memo::new(move |_| {
            Arc::new(tell(
                &policy.get_value(),
                &case.read(),
                &assessment.get(),
                day.get(),
            ))
        });
        let progress = Memo::new(move |_| {
            Arc::new(
                case.with(|case| Progresses::of(&policy.get_value(), case, &assessment.get(), day.get())),
            )
        });
        Self {
            policy,
            wording: StoredValue::new(Arc::new(wording)),
            uses: StoredValue::new(uses),
            sha256: StoredValue::new(sha256),
            stores: StoredValue::new_local(Stores {
                store: Rc::new(NoDraftStore),
                lasting: None,
            }),
            saving: StoredValue::new(Saving::default()),
            root: StoredValue::new_local(None),
            day,
            case,
            file_others: RwSignal::new(crate::json::Object::new()),
            former: RwSignal::new(FormerTexts::new()),
            assessment,
            told,
            progress,
            step: RwSignal::new(Step::default()),
            score_part: RwSignal::new(ScorePart::default()),
            expert: RwSignal::new(false),
            arrangement: RwSignal::new(Arrangement::default()),
            look: RwSignal::new(Look::default()),
            embedded: RwSignal::new(false),
            shows_files: RwSignal::new(false),
            shares_files: RwSignal::new(false),
            handed_over: RwSignal::new(None),
            exported: RwSignal::new(None),
            private_keeping: RwSignal::new(PrivateKeeping::default()),
            saved: RwSignal::new(SaveState::default()),
            draft: RwSignal::new(DraftState::default()),
            notice: RwSignal::new(None),
            replaced: RwSignal::new(None),
            asking: RwSignal::new(None),
            papers: RwSignal::new(Paper::OFFICIAL.to_vec()),
            load_module: StoredValue::new_local(None),
            print_request: RwSignal::new(None),
            adopted: RwSignal::new(None),
            scratch: RwSignal::new(crate::json::Object::new()),
            focus: RwSignal::new(None),
        }
    }

    /// The scheme.
    pub fn policy(self) -> Arc<Policy> {
        self.policy.get_value()
    }

    /// The day it is now. What is shown by it is shown anew on the next day.
    pub fn today(self) -> Date {
        self.day.get()
    }

    /// SHA-256 of the scheme's canonical JSON.
    pub fn sha256(self) -> String {
        self.sha256.get_value()
    }

    /// What a message says; nothing once the page was taken away.
    #[inline(never)]
    pub fn text(&self, text: Text) -> String {
        let says = |wording: &Arc<Wording>| wording.text(text).to_owned();
        self.wording.try_with_value(says).unwrap_or_default()
    }

    /// What a message says with its slots filled.
    pub fn say<const COUNT: usize>(&self, message: Message<&dyn Display, COUNT>) -> String {
        let filled = |wording: &Arc<Wording>| wording.fill(message);
        self.wording.try_with_value(filled).unwrap_or_default()
    }

    /// What is said of the last backup of the case.
    pub fn backup_line(self, is_held: bool) -> String {
        let line = |wording: &Arc<Wording>| self.draft.with(|draft| draft.backup.line(wording, is_held));
        self.wording.try_with_value(line).unwrap_or_default()
    }

    /// What a step is called in the task list. The papers go by the scheme's own marks.
    pub fn step_name(self, step: Step) -> String {
        let policy = self.policy();
        match step {
            Step::Precheck => self.text(messages::steps::precheck()),
            Step::Questions => self.text(messages::steps::questions()),
            Step::Form => self.say(messages::steps::form(&policy.recommendation_form.mark)),
            Step::Eligibility => self.text(messages::steps::eligibility()),
            Step::Score => self.say(messages::steps::score(&policy.score_sheet.mark)),
            Step::Evidence => self.text(messages::steps::evidence()),
            Step::Review => self.text(messages::steps::review()),
        }
    }

    /// Why a file is not opened, for the user.
    #[inline(never)]
    pub fn refused(&self, fault: &NotACaseFile) -> String {
        let told = |wording: &Arc<Wording>| fault.told(wording);
        self.wording.try_with_value(told).unwrap_or_default()
    }

    /// What a message says with views in its slots.
    pub fn weave<const COUNT: usize>(&self, message: Message<AnyView, COUNT>) -> Vec<AnyView> {
        let mut slots = message.slots.map(Some);
        let text = self.text(message.text);
        let woven = parts(&text).into_iter().filter_map(|part| match part {
            Part::Text(text) => Some(text.to_owned().into_any()),
            Part::Slot(number) => slots.get_mut(number.parse::<usize>().ok()?)?.take(),
        });
        woven.collect()
    }

    /// Which rows and rules each fact bears on.
    pub fn uses(self) -> Arc<Uses> {
        self.uses.get_value()
    }

    /// Where the draft is kept.
    pub fn store(self) -> Rc<dyn DraftStore> {
        self.stores.with_value(|stores| Rc::clone(&stores.store))
    }

    /// Keeps the draft in another store from now on.
    pub fn set_store(self, store: Rc<dyn DraftStore>) {
        self.stores.set_value(Stores { store, lasting: None });
    }

    /// The store that was left when the page turned to keeping nothing; `None`
    /// while it keeps the draft.
    pub fn lasting_store(self) -> Option<Rc<dyn DraftStore>> {
        self.stores.with_value(|stores| stores.lasting.clone())
    }

    /// Keeps nothing from now on; gives the store that is left.
    pub fn leave_store(self) -> Rc<dyn DraftStore> {
        let store = self.store();
        self.stores.set_value(Stores {
            store: Rc::new(NoDraftStore),
            lasting: Some(Rc::clone(&store)),
        });
        store
    }

    /// Works with what saving remembers, unless the page was taken away.
    pub fn with_saving<Given>(self, work: impl FnOnce(&mut Saving) -> Given) -> Option<Given> {
        self.saving.try_update_value(work)
    }

    /// Whether the page has stopped after a fault: what it holds may be half changed.
    pub fn has_stopped(self) -> bool {
        let root = self.root.try_get_value().flatten();
        root.is_some_and(|root| root.has_attribute("data-stopped"))
    }

    /// Why the draft is no longer kept, if so.
    pub fn frozen(self) -> Option<Frozen> {
        self.draft.with(|draft| draft.frozen)
    }

    /// Whether the case holds something that no export holds.
    pub fn has_no_backup(self) -> bool {
        let policy = self.policy();
        let is_held = |case: &Case| self.draft.with(|draft| draft.backup.holds(&policy, case));
        self.case.with(|case| !case.is_empty() && !is_held(case))
    }

    /// Whether the case may only be looked at.
    pub fn is_read_only(self) -> bool {
        matches!(self.frozen(), Some(Frozen::Stale | Frozen::Wiped))
    }

    /// Takes the answer to a fact, or takes it back.
    pub fn answer(self, fact: &Fact, answer: Option<Json>, state: FactState) {
        self.case.update(|case| {
            let rough = state == FactState::Approximate
                && answer.is_some()
                && fact.kind == crate::policy::FactKind::Count;
            if rough {
                case.fact_details.entry(fact.id.clone()).or_default().state = FactState::Approximate;
            } else {
                case.change_detail(&fact.id, |detail| detail.state = FactState::Exact);
            }
            case.set_fact(&fact.id, answer);
        });
    }

    /// Takes an answer as it was typed; where only about is asked for, a count is approximate.
    pub fn take(self, fact: &Fact, typed: TypedAnswer, state: FactState) {
        let rough = state == FactState::Approximate
            && typed.answer.is_some()
            && fact.kind == crate::policy::FactKind::Count;
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

    /// Puts a drafted text in place of what stands in a field; the way back is kept.
    pub fn draft_into(self, field: &Field, text: String, drafted: Drafted) {
        let now = self.case.with_untracked(|case| Version::of(case, &field.id));
        self.former
            .update(|former| former.entry(field.id.clone()).or_default().keep(now));
        let drafted = (!drafted.sentences.is_empty()).then_some(drafted);
        self.put_version(field, Version { text, drafted });
    }

    /// Says anew what no longer holds in a drafted text and was not rewritten.
    pub fn renew_draft(self, field: &Field) {
        let policy = self.policy();
        let assessment = self.assessment.get_untracked();
        let new = self
            .case
            .with_untracked(|case| renewed(&policy, case, &assessment, &field.id));
        self.draft_into(field, new.text, new.drafted);
    }

    /// Brings back what stood in a field before a draft, or forth again what gave way to it.
    pub fn go_back_in(self, field: &Field, is_back: bool) {
        let now = self.case.with_untracked(|case| Version::of(case, &field.id));
        let brought = self.former.try_update(|former| {
            let former = former.get_mut(&field.id)?;
            if is_back {
                former.back(now)
            } else {
                former.forth(now)
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
        let is_wanted = |stale: &&StaleSentence| field.is_none_or(|field| stale.field == field);
        let stale = |told: &Arc<Told>| told.stale.iter().filter(is_wanted).cloned().collect();
        self.told.with(stale)
    }

    /// Opens a step, and once it stands puts the focus where the selector says.
    pub fn open(self, step: Step, focus: Option<String>) {
        self.focus.set(focus);
        self.score_part.set(ScorePart::default());
        self.step.set(step);
    }

    /// Opens the place where a fact is asked.
    pub fn open_fact(self, id: &str) {
        self.open(Step::Questions, Some(format!("[data-fact=\"{id}\"]")));
    }

    /// Opens the place where a form field is entered.
    pub fn open_field(self, id: &str) {
        self.open(Step::Form, Some(format!("[data-field=\"{id}\"]")));
    }

    /// Opens the place where a row is explained.
    pub fn open_row(self, id: &str) {
        self.open(Step::Score, Some(format!("[data-row=\"{id}\"] h4")));
    }

    /// Opens the place where a condition of entry is explained.
    pub fn open_rule(self, id: &str) {
        self.open(Step::Eligibility, Some(format!("[data-rule=\"{id}\"] h3")));
    }

    /// Opens the place where a doubt is told.
    pub fn open_doubt(self, id: &str) {
        self.open(Step::Score, Some(format!("[data-doubt=\"{id}\"] h4")));
        self.score_part.set(ScorePart::Doubts);
    }

    /// Tells something at the top of the page.
    pub fn tell(self, wrong: bool, text: impl Into<String>) {
        self.replaced.set(None);
        self.notice.set(Some(Notice {
            wrong,
            text: text.into(),
        }));
    }

    /// The reason of the row at a place.
    pub fn row_reason(self, place: RowIdx) -> String {
        self.told
            .with(|told| told.rows.get(place).cloned().unwrap_or_default())
    }

    /// The reason of the rule at a place.
    pub fn rule_reason(self, place: RuleIdx) -> String {
        self.told
            .with(|told| told.rules.get(place).cloned().unwrap_or_default())
    }

    /// The remarks that stand at a fact or form field.
    pub fn remarks_at(self, id: &str) -> Vec<Remark> {
        self.told.with(|told| {
            told.remarks
                .iter()
                .filter(|remark| remark.at == id)
                .cloned()
                .collect()
        })
    }
}

fn tell(policy: &Policy, case: &Case, assessment: &Assessment, today: Date) -> Told {
    let explanation = Explanation::new(policy, assessment);
    let rows = policy.rows().zip(&assessment.rows);
    let rules = policy.rules.iter().zip(&assessment.rules);
    Told {
        rows: rows
            .map(|(row, result): (&Row, _)| explanation.row(row, result))
            .collect(),
        rules: rules
            .map(|(rule, result): (&Rule, _)| explanation.rule(rule, result.chosen))
            .collect(),
        remarks: cross_checks(policy, case, assessment, today),
        stale: stale_sentences(policy, case, assessment),
    }
}
