//! What the user can have done with a whole case: export, import, sample, new, wipe.

use core::cell::Cell;
use core::time::Duration;
use std::rc::Rc;

use js_sys::Uint8Array;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlInputElement};

use crate::answers::{Case, read_value};
use crate::assessment::assess;
use crate::browser::{
    DraftStore, Picked, call_module, download, download_text, draw_sheet, is_marked_public, leave_input,
    mark_public, millis_of, new_case_id, now_iso, now_millis, read_picked_file, unmark_public,
};
use crate::documents::{
    CaseFile, Document, DocumentOptions, Found, NotACaseFile, Paper, PrivateEntries, SIZE_LIMIT, State,
    case_members, earlier_without, file_name, note_change_of_file, open_draft, papers_document, papers_label,
    read_case, to_csv, to_html_body, to_html_file, to_transfer,
};
use crate::json::{Excerpt, Json, Object};
use crate::wording::{Text, messages};

use super::autosave::{FORMER_PART, case_of_draft, keep_again, refresh_elapsed};
use super::backup::Backup;
use super::former::{FormerTexts, read_former};
use super::state::{
    Asking, DraftState, Export, HandedOver, OpenCase, Printing, PrivateKeeping, SaveState, Session,
};
use super::step::Step;

const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// What is said where the module for Word cannot be had.
const NO_WORD: Text = messages::actions::no_word();
/// How long the module for Word may take until it is said that one has to wait.
const WORD_COMES_WITHIN: Duration = Duration::from_secs(2);
/// How long a picture may take; some browsers never say that they make none.
const PICTURE_COMES_WITHIN: Duration = Duration::from_secs(15);

impl Session {
    /// Whether the case holds private entries that an export could carry.
    pub fn has_private_entries(self) -> bool {
        let policy = self.policy();
        self.case.with_untracked(|case| {
            policy
                .fields
                .iter()
                .any(|field| field.private && !case.field(&field.id).is_empty())
        })
    }

    /// Begins an export: asks about private entries where there are any, else exports at once.
    pub fn begin_export(self, export: Export) {
        if self.asks_about_private(export) || self.asks_about_stale(export) {
            self.asking.set(Some(Asking::Export(export)));
        } else {
            self.export(export, PrivateEntries::Blank);
        }
    }

    /// Whether private entries may go out. The result holds none, and what is shared never does.
    pub fn asks_about_private(self, export: Export) -> bool {
        let may_hold = matches!(export, Export::Json | Export::Html | Export::Word | Export::Print);
        may_hold && self.has_private_entries()
    }

    /// Whether papers would go out with sentences that no longer hold. The case
    /// file keeps them as they are, and says so where it is opened.
    pub fn asks_about_stale(self, export: Export) -> bool {
        let is_paper = matches!(
            export,
            Export::Print | Export::Html | Export::Word | Export::Share
        );
        let has_form = self.papers.with_untracked(|papers| papers.contains(&Paper::Form));
        is_paper && has_form && !self.told.with_untracked(|told| told.stale.is_empty())
    }

    /// The case file as it is exported. Entries that are left out or masked on
    /// paper are not in it, and it says which.
    pub fn case_file_text(self, private: PrivateEntries) -> String {
        let policy = self.policy();
        let case = self.case.get_untracked();
        let others = self.file_others.get_untracked();
        let file = CaseFile::of(&policy, &self.sha256(), case, others, now_iso());
        let file = match private {
            PrivateEntries::Blank | PrivateEntries::Masked => file.without_private(&policy),
            PrivateEntries::Full => file,
        };
        file.to_text(&policy, &assess(&policy, &file.case))
    }

    /// The papers as one document.
    fn document(self, papers: &[Paper], private: PrivateEntries) -> Document {
        let policy = self.policy();
        let options = DocumentOptions {
            papers,
            private,
            today: self.today(),
        };
        self.case
            .with_untracked(|case| papers_document(&policy, case, &self.assessment.get_untracked(), options))
    }

    /// The chosen papers as they are printed.
    pub fn papers_html(self, private: PrivateEntries) -> String {
        to_html_body(&self.document(&self.papers.get_untracked(), private))
    }

    /// Prints a document of its own, such as a list of questions.
    pub fn print_sheet(self, document: &Document) {
        if self.shows_files.get_untracked() {
            self.hand_over(String::new(), "", String::new(), false);
            return;
        }
        self.print_request
            .set(Some(Printing::Sheet(to_html_body(document))));
    }

    /// Downloads a document for the applicant, under the name of the case.
    pub fn download_client_sheet(self, document: &Document, kind: &str) {
        let field = self.policy().scheme.title_field.clone();
        let name = self
            .case
            .with_untracked(|case| file_name(case.field(&field), kind, self.today(), "html"));
        self.give(kind, name, "text/html", to_html_file(document, ""));
    }

    /// Downloads a document that holds nothing about who fills it in, under a name that tells no more.
    pub fn download_sheet(self, document: &Document, kind: &str) {
        let name = file_name(&self.policy().scheme.page_title, kind, self.today(), "html");
        self.give(kind, name, "text/html", to_html_file(document, ""));
    }

    /// Exports.
    pub fn export(self, export: Export, private: PrivateEntries) {
        let papers = self.papers.get_untracked();
        let name = |what: &str, extension: &str| {
            let policy = self.policy();
            self.case.with_untracked(|case| {
                file_name(
                    case.field(&policy.scheme.title_field),
                    what,
                    self.today(),
                    extension,
                )
            })
        };
        let done = match export {
            // Only the loader can tell what to do instead.
            Export::Html | Export::Word | Export::Csv | Export::Print if self.shows_files.get_untracked() => {
                self.hand_over(String::new(), "", String::new(), false);
                return;
            }
            Export::Json => self.give(
                &self.text(export.label()),
                name(&self.text(messages::actions::case_file_name()), "json"),
                "application/json",
                self.case_file_text(private),
            ),
            Export::Html => {
                let document = self.document(&papers, private);
                let text = to_html_file(&document, &self.case_file_text(private));
                self.give(
                    &self.text(export.label()),
                    name(&papers_label(&self.policy(), &papers), "html"),
                    "text/html",
                    text,
                )
            }
            Export::Word => {
                let document = to_transfer(&self.document(&papers, private));
                let name = name(&papers_label(&self.policy(), &papers), "docx");
                wasm_bindgen_futures::spawn_local(self.export_word(name, document, private));
                return;
            }
            Export::Share => {
                self.share();
                return;
            }
            Export::Csv => self.give(
                &self.text(export.label()),
                name(&self.text(messages::actions::table_file_name()), "csv"),
                "text/csv",
                to_csv(&self.policy(), &self.assessment.get_untracked()),
            ),
            Export::Picture => {
                let name = name(Paper::Result.label(&self.policy()), "png");
                let document = self.document(&[Paper::Result], PrivateEntries::Blank);
                let drawn = document.sheets.first().map(draw_sheet);
                if self.shows_files.get_untracked() {
                    let picture = drawn.and_then(|canvas| canvas.ok()?.to_data_url().ok());
                    // A canvas that cannot be written gives an address of nothing.
                    match picture.filter(|picture| picture.starts_with("data:image/png")) {
                        Some(picture) => self.hand_over(name, "image/png", picture, false),
                        None => self.tell(true, self.text(messages::actions::picture_refused())),
                    }
                    return;
                }
                // Told once: when the picture comes, or when it has not.
                let is_told = Rc::new(Cell::new(false));
                let is_late = Rc::clone(&is_told);
                let refused = move || {
                    if !is_late.replace(true) && !self.case.is_disposed() {
                        self.tell(true, self.text(messages::actions::picture_refused()));
                    }
                };
                let saved = Closure::once_into_js(move |picture: JsValue| {
                    if is_told.get() || self.case.is_disposed() || !picture.is_instance_of::<Blob>() {
                        return;
                    }
                    is_told.set(true);
                    self.done(
                        export,
                        self.case.get_untracked(),
                        download(&name, "image/png", &picture).is_ok(),
                    );
                });
                match drawn {
                    Some(Ok(canvas)) if canvas.to_blob(saved.unchecked_ref()).is_ok() => {
                        set_timeout(refused, PICTURE_COMES_WITHIN);
                    }
                    _ => refused(),
                }
                return;
            }
            Export::Print => {
                self.print_request.set(Some(Printing::Papers(private)));
                // It counts when it begins.
                return;
            }
        };
        if done {
            self.mark_exported(export, self.case.get_untracked());
        }
    }

    /// Notes that an export of a case was made, which is a backup where it carries the case.
    fn mark_exported(self, export: Export, case: Case) {
        if matches!(export, Export::Json | Export::Html | Export::Word) {
            let backup = Backup::now(&self.policy(), &case);
            self.draft.update(|draft| draft.backup = backup);
        }
        self.exported.set(Some(export));
    }

    /// Downloads what could not be read, as it is.
    pub fn export_raw(self) {
        let text = self.draft.with_untracked(|draft| draft.raw.join("\n\n"));
        let label = self.text(messages::saving::raw_record());
        let name = file_name("", &label, self.today(), "txt");
        self.give(&label, name, "text/plain", text);
    }

    /// Says whether an export was made, to the user and to a host that listens.
    fn done(self, export: Export, case: Case, done: bool) {
        self.told_of(&self.text(export.label()), done);
        if done {
            self.mark_exported(export, case);
        }
    }

    /// Gives a file to the user and says so: as a download, or by the loader
    /// where the browser has none. Whether it was given.
    fn give(self, label: &str, name: String, mime: &'static str, text: String) -> bool {
        if self.shows_files.get_untracked() {
            self.hand_over(name, mime, text, false);
            return false;
        }
        let done = download_text(&name, mime, &text).is_ok();
        self.told_of(label, done);
        done
    }

    /// Hands a file over to the loader, which shows or shares it.
    fn hand_over(self, name: String, mime: &'static str, text: String, share: bool) {
        // A case file is a backup once the user has copied it.
        let handed = (mime == "application/json").then(|| (Export::Json, self.case.get_untracked()));
        self.with_saving(|saving| saving.handed = handed);
        self.handed_over.set(Some(HandedOver {
            name,
            mime,
            text,
            share,
        }));
    }

    /// Takes what became of a file that was handed over to the loader.
    pub fn take_answer(self, answer: &str) {
        match answer {
            "copied" => {
                if let Some(Some((export, case))) = self.with_saving(|saving| saving.handed.take()) {
                    self.mark_exported(export, case);
                }
            }
            "not-shared" => self.tell(true, self.text(messages::actions::share_refused())),
            _ => self.tell(true, self.text(messages::actions::show_refused())),
        }
    }

    /// Notes that a print of the papers began.
    pub fn print_begins(self) {
        self.mark_exported(Export::Print, self.case.get_untracked());
    }

    /// Shares the chosen papers as a file, without private entries.
    fn share(self) {
        let papers = self.papers.get_untracked();
        let field = self.policy().scheme.title_field.clone();
        let brand = self.case.with_untracked(|case| case.field(&field).to_owned());
        let name = file_name(
            &brand,
            &papers_label(&self.policy(), &papers),
            self.today(),
            "html",
        );
        let private = PrivateEntries::Blank;
        let text = to_html_file(&self.document(&papers, private), &self.case_file_text(private));
        self.hand_over(name, "text/html", text, true);
    }

    /// Says whether an export was made.
    fn told_of(self, what: &str, done: bool) {
        if done {
            self.tell(false, self.say(messages::actions::downloaded(&what)));
        } else {
            self.tell(true, self.text(messages::actions::download_refused()));
        }
    }

    /// Has the module for Word write the document, and downloads it.
    async fn export_word(self, name: String, document: String, private: PrivateEntries) {
        let arguments = [document.into(), self.case_file_text(private).into()];
        // What is typed while it is made is not in it.
        let case = self.case.get_untracked();
        let written = self.ask_word("write", &arguments).await;
        if self.case.is_disposed() {
            return;
        }
        match written {
            Ok(bytes) => self.done(Export::Word, case, download(&name, WORD_TYPE, &bytes).is_ok()),
            Err(_) => self.tell(true, self.text(NO_WORD)),
        }
    }

    async fn ask_word(self, function: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
        let load = self.load_module.get_value().ok_or(JsValue::NULL)?;
        let is_awaited = Rc::new(Cell::new(true));
        let is_still_awaited = Rc::clone(&is_awaited);
        let wait = move || {
            if is_still_awaited.get() && !self.case.is_disposed() {
                self.tell(false, self.text(messages::actions::word_loading()));
            }
        };
        set_timeout(wait, WORD_COMES_WITHIN);
        let answer = call_module(&load, "word", function, arguments).await;
        is_awaited.set(false);
        answer
    }

    /// Opens the file that was picked in an input. What is no case file changes nothing.
    pub async fn import(self, input: HtmlInputElement) {
        let mut is_reencoded = false;
        let count = input.files().map_or(0, |files| files.length());
        let text = match read_picked_file(&input, SIZE_LIMIT).await {
            Ok(None) => return,
            Ok(Some(Picked::Text(text))) => Ok(text),
            Ok(Some(Picked::Reencoded(text))) => {
                is_reencoded = true;
                Ok(text)
            }
            Ok(Some(Picked::Package(package))) => {
                match self.ask_word("read", &[Uint8Array::new(&package).into()]).await {
                    Ok(text) => text
                        .as_string()
                        .ok_or_else(|| self.refused(&NotACaseFile::NoCaseInPaper)),
                    Err(_) => Err(self.text(NO_WORD)),
                }
            }
            Ok(Some(Picked::Refused(fault))) => Err(self.refused(&fault)),
            Err(_) => Err(self.text(messages::actions::file_unreadable())),
        };
        // The page may have been taken away meanwhile.
        if self.case.is_disposed() {
            return;
        }
        let opened = text.and_then(|text| self.open_case_file(&text));
        if let Err(fault) = opened {
            self.tell(true, self.say(messages::actions::nothing_changed(&fault)));
        } else if is_reencoded {
            let note = self.text(messages::actions::reencoded());
            self.notice
                .update(|notice| notice.iter_mut().for_each(|notice| notice.text.push_str(&note)));
        }
        if count > 1 {
            // Several can be dropped.
            let rest = self.text(messages::actions::one_at_a_time());
            self.notice
                .update(|notice| notice.iter_mut().for_each(|notice| notice.text.push_str(&rest)));
        }
    }

    /// Opens the text of a case file.
    ///
    /// # Errors
    /// Where it is none, the sentence for the user; then nothing is changed.
    pub fn open_case_file(self, text: &str) -> Result<(), String> {
        let policy = self.policy();
        let file = CaseFile::from_text(&policy, text).map_err(|fault| self.refused(&fault))?;
        let mut file_others = file.kept_beside();
        note_change_of_file(&policy, &self.sha256(), &file, &mut file_others);
        let mut case = file.case;
        refresh_elapsed(&policy, &mut case, self.today());
        let keeping = self.keeping_of(&case);
        let name = if case.title.is_empty() {
            case.field(&policy.scheme.title_field).to_owned()
        } else {
            case.title.clone()
        };
        let name = if name.is_empty() {
            self.text(messages::actions::unnamed_case())
        } else {
            Excerpt::name(&name).to_string()
        };
        // The file that it comes from is a backup, as old as the file.
        let backup = Backup::of_moment(&policy, &case, millis_of(&file.saved_at));
        let before = self.replace_case(OpenCase {
            case,
            file_others,
            keeping,
            backup,
            former: FormerTexts::new(),
        });
        let total = self.assessment.get_untracked().total.own;
        let mut told = self.say(messages::actions::case_opened(&name, &total));
        let withheld = file.withheld.iter().filter_map(|id| policy.field(id));
        let withheld: Vec<&str> = withheld.map(|field| field.label.as_str()).collect();
        if !withheld.is_empty() {
            told.push_str(&self.say(messages::actions::withheld(
                &withheld.join(&self.text(messages::common::list_comma())),
            )));
        }
        self.tell(false, told);
        self.replaced.set(before);
        self.ask_for_roll_over();
        Ok(())
    }

    /// Puts another case in place of the open one, which becomes an earlier
    /// state, and gives back the one that was open where it held anything.
    fn replace_case(self, next: OpenCase) -> Option<OpenCase> {
        self.with_saving(|saving| saving.keeper.replace(now_millis(), None));
        self.put_case(next)
    }

    /// What becomes of the private entries of a case that comes from elsewhere.
    fn keeping_of(self, case: &Case) -> PrivateKeeping {
        let policy = self.policy();
        let mut private = policy.fields.iter().filter(|field| field.private);
        if private.any(|field| !case.field(&field.id).is_empty()) {
            PrivateKeeping::ThisTime
        } else {
            PrivateKeeping::ByHand
        }
    }

    /// Goes on with a case of a page that this one takes the place of. Another
    /// one that was kept becomes an earlier state.
    pub(super) fn take_over(self, case: Case) {
        let is_other = self
            .case
            .with_untracked(|open| !open.is_empty() && open.id != case.id);
        if is_other {
            self.with_saving(|saving| saving.keeper.replace(now_millis(), None));
        }
        self.case.set(case);
    }

    fn put_case(self, next: OpenCase) -> Option<OpenCase> {
        let before = self.open_case();
        // What is being typed belongs to the case that was open.
        if let Some(root) = self.root.try_get_value().flatten() {
            leave_input(&root);
        }
        self.file_others.set(next.file_others);
        self.former.set(next.former);
        self.private_keeping.set(next.keeping);
        self.draft.update(|draft| draft.backup = next.backup);
        // What was tried out belongs to the case that was open.
        self.scratch.set(Object::new());
        self.adopted.set(None);
        self.case.set(next.case);
        (!before.case.is_empty()).then_some(before)
    }

    /// The case that is open.
    pub(super) fn open_case(self) -> OpenCase {
        OpenCase {
            case: self.case.get_untracked(),
            file_others: self.file_others.get_untracked(),
            keeping: self.private_keeping.get_untracked(),
            backup: self.draft.with_untracked(|draft| draft.backup.clone()),
            former: self.former.get_untracked(),
        }
    }

    /// A case in which nothing was said yet.
    fn empty_case(self) -> OpenCase {
        OpenCase {
            case: Case::new(new_case_id(), self.today()),
            file_others: Object::new(),
            keeping: PrivateKeeping::ByHand,
            backup: Backup::default(),
            former: FormerTexts::new(),
        }
    }

    /// Leaves nothing of the case on the page: neither in what is remembered of
    /// it nor in what is shown. Views and the inputs in them are drawn anew, as
    /// they hold what is being typed themselves.
    pub fn put_away(self) {
        self.put_case(self.empty_case());
        self.replaced.set(None);
        self.notice.set(None);
        self.asking.set(None);
        self.print_request.set(None);
        self.handed_over.set(None);
        self.with_saving(|saving| {
            saving.keeper.forget();
            saving.done_with.clear();
            saving.handed = None;
        });
        self.draft.update(|draft| {
            *draft = DraftState {
                public: draft.public,
                ..DraftState::default()
            };
        });
        self.open(Step::Precheck, None);
        self.take_off_the_page();
    }

    /// Takes away what was printed last, and what the loader showed to be copied.
    fn take_off_the_page(self) {
        let Some(root) = self.root.try_get_value().flatten() else {
            return;
        };
        while let Ok(Some(printed)) = root.query_selector(".paper > *") {
            printed.remove();
        }
        // The loader shows files right before the page, in whatever tree that stands.
        let mut shown = root.previous_element_sibling();
        while let Some(beside) = shown {
            shown = beside.previous_element_sibling();
            if beside.get_attribute("data-outside").as_deref() == Some("file") {
                beside.remove();
            }
        }
    }

    /// Brings back the case that was replaced last.
    pub fn bring_back(self) {
        if let Some(replaced) = self.replaced.get_untracked() {
            self.replace_case(replaced);
            self.tell(false, self.text(messages::actions::brought_back()));
        }
    }

    /// Takes what shall become of private entries from now on. Left to be
    /// written by hand, none is kept, not even in the open page. No longer kept,
    /// they are gone from the draft and from its earlier states.
    pub fn keep_private(self, keeping: PrivateKeeping) {
        if self.private_keeping.get_untracked() == PrivateKeeping::Stored && keeping != PrivateKeeping::Stored
        {
            self.with_saving(|saving| saving.keeper.drop_record());
            // Those that are listed hold them as well.
            self.draft.update(|draft| draft.earlier = None);
            wasm_bindgen_futures::spawn_local(self.take_private_from_earlier());
        }
        self.private_keeping.set(keeping);
        if keeping == PrivateKeeping::ByHand && self.has_private_entries() {
            self.case.update(|case| case.remove_private(&self.policy()));
        }
    }

    async fn take_private_from_earlier(self) {
        let policy = self.policy();
        let private = policy.fields.iter().filter(|field| field.private);
        let private: Vec<&str> = private.map(|field| field.id.as_str()).collect();
        let store = self.store();
        let found = store.load().await;
        let states = earlier_without(&found, &private);
        // What the first version left is in the record by now.
        let loose = found.loose.into_iter().collect();
        let is_taken = store.settle(states, loose).await && !found.is_partial;
        if !is_taken && !self.case.is_disposed() {
            self.tell(true, self.text(messages::actions::not_cleared()));
        }
    }

    /// Begins to replace the case: asks where something would be lost.
    pub fn begin_replacing(self, asking: Asking) {
        if self.case.with_untracked(Case::is_empty) {
            self.confirm(asking, PrivateEntries::Blank);
        } else {
            self.asking.set(Some(asking));
        }
    }

    /// Does what was asked about.
    pub fn confirm(self, asking: Asking, private: PrivateEntries) {
        self.asking.set(None);
        match asking {
            Asking::Export(export) => self.export(export, private),
            Asking::NewCase => {
                let before = self.replace_case(self.empty_case());
                self.open(Step::Precheck, None);
                self.tell(false, self.text(messages::actions::new_case_made()));
                self.replaced.set(before);
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

    /// Takes what is tried out over as a plan, with the way back to what was.
    fn adopt(self) {
        let policy = self.policy();
        let tried = self.scratch.get_untracked();
        let mut case = self.case.get_untracked();
        let adopted = case.adopt(&policy, &tried);
        let count = adopted.len();
        self.case.set(case);
        // What cannot be counted is left to be corrected.
        self.scratch.update(|scratch| {
            scratch.retain(|id, answer| {
                let fact = policy.fact(id);
                fact.is_some_and(|(_, fact)| read_value(fact, Some(answer)).is_err())
            });
        });
        self.adopted.set(Some((adopted, tried)));
        self.focus
            .set(Some(String::from("[data-action=\"take-back-plan\"]")));
        self.tell(false, self.say(messages::what_if::adopted(&count)));
    }

    /// Puts the answers back as they were before the last trial was adopted, and the trial as it was.
    pub fn take_back_plan(self) {
        let Some((adopted, tried)) = self.adopted.get_untracked() else {
            return;
        };
        self.case.update(|case| case.take_back(&adopted));
        self.scratch.set(tried);
        self.adopted.set(None);
        self.focus.set(Some(String::from("[data-action=\"adopt\"]")));
        self.tell(false, self.text(messages::what_if::taken_back()));
    }

    /// Turns 公用电脑模式 on or off; asks first where a draft would be wiped,
    /// also one of another window, of which this page need not have heard.
    pub fn begin_public(self) {
        if self.draft.with_untracked(|draft| draft.public) {
            self.leave_public();
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            let found = self.store().load().await;
            if self.case.is_disposed() {
                return;
            }
            let is_frozen = self.draft.with_untracked(|draft| draft.frozen).is_some();
            if is_frozen || found != Found::default() {
                self.asking.set(Some(Asking::PublicMachine));
            } else {
                self.go_public();
            }
        });
    }

    /// Keeps nothing from now on beyond the open page, and wipes what is kept.
    fn go_public(self) {
        // Nobody wipes the store that stands in for one.
        if self.draft.with_untracked(|draft| draft.public) {
            return;
        }
        let store = self.keep_nothing();
        mark_public(&store.head_key());
        wasm_bindgen_futures::spawn_local(async move {
            if !store.clear().await {
                self.tell(true, self.text(messages::actions::not_cleared()));
            }
        });
    }

    /// Stays in 公用电脑模式 where this tab was in it before the page was loaded
    /// anew. What another window has kept meanwhile is neither shown nor wiped.
    pub fn stay_public(self) {
        if !is_marked_public(&self.store().head_key()) {
            return;
        }
        if self.with_saving(|saving| saving.keeper.is_new()) != Some(true) {
            self.put_away();
        }
        self.keep_nothing();
    }

    /// Has the page keep nothing; gives the store that it leaves.
    fn keep_nothing(self) -> Rc<dyn DraftStore> {
        let store = self.leave_store();
        self.with_saving(|saving| saving.keeper.forget());
        self.draft.set(DraftState {
            public: true,
            ..DraftState::default()
        });
        self.saved.set(SaveState::Memory);
        store
    }

    /// Keeps the draft again.
    fn leave_public(self) {
        let Some(store) = self.lasting_store() else {
            return;
        };
        wasm_bindgen_futures::spawn_local(async move {
            store.begin_anew();
            let found = store.load().await;
            if self.case.is_disposed() {
                return;
            }
            let opened = open_draft(&found, new_case_id());
            unmark_public(&store.head_key());
            self.set_store(store);
            self.draft.set(DraftState::default());
            keep_again(self, opened);
        });
    }

    /// Puts an earlier state in place of the case; the way back stands in the notice.
    pub fn bring_earlier(self, state: &State) {
        if let Ok(Some((case, page))) = case_of_draft(self, state.members.clone()) {
            // What came in the file of the case that is open now is none of its own.
            let file_others = match page.get("file") {
                Some(Json::Object(others)) => others.clone(),
                _ => Object::new(),
            };
            self.with_saving(|saving| saving.keeper.replace(now_millis(), Some(state)));
            // That numbers were kept once does not mean that they shall be kept again.
            let keeping = match PrivateKeeping::in_draft(&page) {
                PrivateKeeping::Stored if self.private_keeping.get_untracked() != PrivateKeeping::Stored => {
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
            self.tell(false, self.text(messages::saving::earlier_brought_back()));
            self.replaced.set(before);
        }
    }

    /// Asks what is to become of a case of an earlier year.
    pub fn ask_for_roll_over(self) {
        if self
            .case
            .with_untracked(|case| case.asks_for_roll_over(self.today()))
        {
            self.asking.set(Some(Asking::RollOver));
        }
    }

    /// Keeps the case in its year.
    pub fn keep_in_its_year(self) {
        self.asking.set(None);
        self.case.update(|case| case.keep_in_its_year(self.today()));
    }

    /// Takes the case over to this year; the case as it was can be brought back.
    fn roll_over(self) {
        let mut next = self.open_case();
        next.case.roll_over(&self.policy(), self.today());
        let before = self.replace_case(next);
        self.tell(
            false,
            self.say(messages::actions::rolled_over(&self.today().year)),
        );
        self.replaced.set(before);
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
                    ..self.empty_case()
                });
                self.tell(false, self.text(messages::actions::sample_loaded()));
                self.replaced.set(before);
            }
            Err(fault) => self.tell(true, fault.to_string()),
        }
    }

    /// Wipes everything: at once what the page holds, and by the time that the
    /// future is done what is kept. Where that could not be wiped, the future
    /// gives the sentence that the page shows.
    pub fn clear_all(self) -> impl Future<Output = Result<(), String>> + use<> {
        // What is wiped cannot be brought back.
        self.put_away();
        let look = self.look.get_untracked();
        self.with_saving(|saving| saving.first_look = look);
        let store = self.store();
        // Where nothing is kept, something may be left of a wiping that failed.
        let lasting = self.lasting_store();
        async move {
            let wiped = lasting.unwrap_or_else(|| Rc::clone(&store));
            if wiped.clear().await {
                let state = if store.place().is_none() {
                    SaveState::Memory
                } else {
                    SaveState::Fresh
                };
                self.saved.set(state);
                self.tell(false, self.text(messages::actions::all_cleared()));
                Ok(())
            } else {
                let sentence = self.text(messages::actions::not_cleared());
                self.tell(true, sentence.clone());
                Err(sentence)
            }
        }
    }
}

impl Export {
    /// What it is called when it is done.
    const fn label(self) -> Text {
        match self {
            Self::Json => messages::actions::export_json(),
            Self::Html => messages::actions::export_html(),
            Self::Word => messages::actions::export_word(),
            Self::Csv => messages::actions::export_csv(),
            Self::Picture => messages::actions::export_picture(),
            Self::Print => messages::actions::export_print(),
            Self::Share => messages::actions::export_html(),
        }
    }
}
