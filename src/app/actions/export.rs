//! What leaves the page: files, prints, what is handed over to the loader.

use leptos::prelude::*;

use crate::answers::{Finding, Severity, check_form};
use crate::app::export::Export;
use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::{Asking, PieceState, Printing, Session};
use crate::assessment::{Progresses, assess};
use crate::browser::{iso_of, now_iso};
use crate::documents::{
    CaseFile, Document, DocumentOptions, Paper, PrivateEntries, file_name, papers_document, papers_label,
    to_csv, to_html_body, to_html_file, to_transfer,
};
use crate::wording::messages;

impl Session {
    /// Begins an export: asks about private entries where there are any, else exports at once.
    pub fn begin_export(self, export: Export) {
        match export {
            Export::Json | Export::Save | Export::Desk => self.ask_or_export(export),
            // Whether a sentence of theirs no longer holds is known in the piece of the papers.
            _ => self.once_there(Piece::Papers, move || begin_paper(self, export)),
        }
    }

    fn ask_or_export(self, export: Export) {
        if self.asks_about_private(export) || self.asks_about_stale(export) || self.asks_about_open(export) {
            self.ask_first(Asking::Export(export));
        } else {
            self.export(export, PrivateEntries::Blank);
        }
    }

    /// Whether papers would go out with sentences that no longer hold. The case
    /// file keeps them as they are, and says so where it is opened.
    pub fn asks_about_stale(self, export: Export) -> bool {
        let has_form = self
            .page
            .papers
            .with_untracked(|papers| papers.contains(&Paper::Form));
        export.is_paper() && has_form && !untrack(|| self.filing.stale_in(None)).is_empty()
    }

    /// Whether papers would go out over what is wrong or what nobody has looked at.
    fn asks_about_open(self, export: Export) -> bool {
        export.is_paper() && (self.faults() > 0 || self.asked_about() > 0)
    }

    /// How many answers and entries something is asked about that nobody has let stand.
    pub fn asked_about(self) -> usize {
        untrack(|| self.filing.open_remarks() + self.open_findings(Severity::Warning).len())
    }

    /// The findings of one weight on what the form has that nobody has let stand, by the ids of
    /// their fields. What is empty is not wrong, and is listed as that.
    pub fn open_findings(self, severity: Severity) -> Vec<(String, Finding)> {
        let policy = self.policy();
        self.filing.case.with(|case| {
            let mut findings = check_form(&policy, case, self.today());
            findings.retain(|(id, finding)| {
                let field = policy.field(id);
                let is_empty = field.is_some_and(|field| case.entry(field).trim().is_empty());
                finding.severity == severity
                    && self.filing.asks(id)
                    && !is_empty
                    && !case.is_acknowledged(id, &finding.text)
            });
            findings
        })
    }

    /// How many answers and entries are wrong.
    pub fn faults(self) -> usize {
        let faults = |progress: &Progresses| progress.questions.faults + progress.form.faults;
        untrack(|| self.filing.progress.with(|progress| faults(progress)))
    }

    /// The case file as it is exported. Entries that are left out or masked on
    /// paper are not in it, and it says which.
    pub fn case_file_text(self, private: PrivateEntries) -> String {
        let policy = self.policy();
        let case = self.filing.case.get_untracked();
        let others = self.filing.file_others.get_untracked();
        let changed = iso_of(self.draft.changed_at(&case));
        let file = CaseFile::of(&policy, &self.scheme.sha256(), case, others, now_iso());
        let file = file.changed_last(changed);
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
        self.filing.case.with_untracked(|case| {
            papers_document(&policy, case, &self.filing.assessment.get_untracked(), options)
        })
    }

    /// The chosen papers as they are printed; `None` while the piece that writes them is not there.
    pub fn papers_html(self, private: PrivateEntries) -> Option<String> {
        let is_there = self.host.piece(Piece::Papers).get_untracked() == PieceState::There;
        is_there.then(|| papers_html(self, private))
    }

    /// Takes away what was said of a print or a share that did not come about: whoever
    /// tries again is told anew.
    pub fn withdraw_faults(self) {
        let faults = [
            messages::actions::print_refused(),
            messages::actions::sheet_print_refused(),
            messages::actions::print_perhaps_refused(),
            messages::actions::share_refused(),
        ];
        let is_fault = |text: &str| faults.into_iter().any(|fault| self.text(fault) == text);
        let notice = self.page.notice;
        if notice.with_untracked(|notice| notice.as_ref().is_some_and(|notice| is_fault(&notice.text))) {
            notice.set(None);
        }
    }

    /// Exports. What is no case file comes with the piece that writes it.
    pub fn export(self, export: Export, private: PrivateEntries) {
        self.withdraw_faults();
        if export == Export::Json {
            // What comes back from a colleague is told from the file of the whole case by its name.
            let part = untrack(|| self.open_part());
            let kind = match part {
                Some(part) => self.say(messages::handing::filled(&part.name)),
                None => self.text(messages::actions::case_file_name()),
            };
            let name = self.name_of_file(&kind, "json");
            self.give_export(export, name, "application/json", self.case_file_text(private));
        } else if export == Export::Desk {
            self.give_desk(private);
        } else if export == Export::Save {
            self.save_with(private);
        } else {
            self.once_there(Piece::Papers, move || export_paper(self, export, private));
        }
    }

    fn export_paper(self, export: Export, private: PrivateEntries) {
        let is_of_paper = matches!(export, Export::Html | Export::Word | Export::Csv | Export::Print);
        if is_of_paper && self.host.shows_files.get_untracked() {
            self.have_loader_tell();
            return;
        }
        let policy = self.policy();
        let papers = self.page.papers.get_untracked();
        let of_papers = |extension: &str| self.name_of_file(&papers_label(&policy, &papers), extension);
        match export {
            // Neither is a paper.
            Export::Json | Export::Save | Export::Desk => {}
            Export::Html => {
                let document = self.document(&papers, private);
                let text = to_html_file(&document, &self.case_file_text(private));
                self.give_export(export, of_papers("html"), "text/html", text);
            }
            Export::Word => {
                let document = to_transfer(&self.document(&papers, private));
                let written = self.export_word(of_papers("docx"), document, private);
                wasm_bindgen_futures::spawn_local(written);
            }
            Export::Csv => {
                let name = self.name_of_file(&self.text(messages::actions::table_file_name()), "csv");
                let assessment = self.filing.assessment.get_untracked();
                let case = self.filing.case;
                let table = case.with_untracked(|case| to_csv(&policy, case, &assessment, self.today()));
                self.give_export(export, name, "text/csv", table);
            }
            Export::Picture => {
                let name = self.name_of_file(Paper::Result.label(&policy), "png");
                let document = self.document(&[Paper::Result], PrivateEntries::Blank);
                self.export_picture(name, &document);
            }
            Export::Share => {
                let private = PrivateEntries::Blank;
                let text = to_html_file(&self.document(&papers, private), &self.case_file_text(private));
                self.hand_over(of_papers("html"), "text/html", text, true);
            }
            // It counts when it begins.
            Export::Print => self.host.print(Printing::Papers(private)),
        }
    }

    /// A name for a file of the case. A part of a case holds no title itself, but names the whole.
    pub(super) fn name_of_file(self, what: &str, extension: &str) -> String {
        let field = self.policy().scheme.title_field.clone();
        let part = untrack(|| self.open_part());
        let of_whole = part.map(|part| part.title).unwrap_or_default();
        self.filing.case.with_untracked(|case| {
            let name = case.field(&field);
            let name = if name.trim().is_empty() { &of_whole } else { name };
            file_name(name, what, self.today(), extension)
        })
    }

    /// Prints a document of its own, such as a list of questions.
    pub fn print_sheet(self, document: &Document) {
        if self.host.shows_files.get_untracked() {
            self.have_loader_tell();
        } else {
            self.host.print(Printing::Sheet(to_html_body(document)));
        }
    }

    /// Downloads a document for the applicant, under the name of the case.
    pub fn download_applicant_sheet(self, document: &Document, kind: &str) {
        let name = self.name_of_file(kind, "html");
        self.give(kind, name, "text/html", to_html_file(document, ""));
    }

    /// Downloads a document that holds nothing about who fills it in, under a name that tells no more.
    pub fn download_sheet(self, document: &Document, kind: &str) {
        let name = file_name(&self.policy().scheme.page_title, kind, self.today(), "html");
        self.give(kind, name, "text/html", to_html_file(document, ""));
    }

    /// Notes that a print of the papers began.
    pub fn print_begins(self) {
        self.mark_exported(Export::Print, self.filing.case.get_untracked());
    }
}

seam! {
    /// The chosen papers as they are printed.
    "papers" "01" fn papers_html(session: Session, private: PrivateEntries) -> String {
        to_html_body(&session.document(&session.page.papers.get_untracked(), private))
    }
}

seam! {
    "papers" "1d" fn begin_paper(session: Session, export: Export) -> () {
        session.ask_or_export(export);
    }
}

seam! {
    /// Writes and gives whatever is no case file.
    "papers" "02" fn export_paper(session: Session, export: Export, private: PrivateEntries) -> () {
        session.export_paper(export, private);
    }
}
