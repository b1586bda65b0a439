//! What the user can have done with a whole case: export, import, sample, new, wipe.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::answers::Case;
use crate::assessment::assess;
use crate::browser::{download_text, new_case_id, now_iso, read_picked_file};
use crate::documents::{
    CaseFile, Document, DocumentOptions, NotACaseFile, PrivateEntries, SIZE_LIMIT, case_members, file_name,
    forms_document, read_case, to_html_body, to_html_file,
};
use crate::json::Object;

use super::autosave::refresh_elapsed;
use super::state::{Asking, Export, Printing, PrivateKeeping, Replaced, SaveState, Session};
use super::step::Step;

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
        if self.has_private_entries() {
            self.asking.set(Some(Asking::Export(export)));
        } else {
            self.export(export, PrivateEntries::Blank);
        }
    }

    /// The case as it is exported.
    fn exported_case(self, private: PrivateEntries) -> Case {
        let mut case = self.case.get_untracked();
        if private == PrivateEntries::Blank {
            case.remove_private(&self.policy());
        }
        case
    }

    /// The papers to hand in as they are printed.
    pub fn papers_html(self, private: PrivateEntries) -> String {
        to_html_body(&self.papers_document(private))
    }

    fn papers_document(self, private: PrivateEntries) -> Document {
        let policy = self.policy();
        let case = self.exported_case(private);
        let options = DocumentOptions {
            private,
            today: self.today,
        };
        forms_document(&policy, &case, &assess(&policy, &case), options)
    }

    /// Prints a document of its own, such as a list of questions.
    pub fn print_sheet(self, document: &Document) {
        self.print_request
            .set(Some(Printing::Sheet(to_html_body(document))));
    }

    /// Downloads a document that holds nothing about who fills it in, under a name that tells no more.
    pub fn download_sheet(self, document: &Document, kind: &str) {
        let name = file_name(&self.policy().scheme.page_title, kind, self.today, "html");
        let done = download_text(&name, "text/html", &to_html_file(document));
        self.tell_download(kind, done.is_ok());
    }

    fn tell_download(self, label: &str, done: bool) {
        if done {
            self.tell(false, format!("{label}已导出到浏览器的下载文件夹。"));
        } else {
            self.tell(
                true,
                "浏览器没有允许下载。请检查浏览器的下载设置，或换用其他浏览器。",
            );
        }
    }

    /// Exports.
    pub fn export(self, export: Export, private: PrivateEntries) {
        let policy = self.policy();
        let case = self.exported_case(private);
        let name = case.field(&policy.scheme.title_field).to_owned();
        let assessment = assess(&policy, &case);
        let done = match export {
            Export::Json => {
                let others = self.file_others.get_untracked();
                let file = CaseFile::of(&policy, &self.sha256(), case, others, now_iso());
                let text = file.to_text(&policy, &assessment);
                download_text(
                    &file_name(&name, "申报数据", self.today, "json"),
                    "application/json",
                    &text,
                )
            }
            Export::Html => download_text(
                &file_name(&name, "推荐表与打分表", self.today, "html"),
                "text/html",
                &to_html_file(&self.papers_document(private)),
            ),
            Export::Print => {
                self.print_request.set(Some(Printing::Papers(private)));
                return;
            }
        };
        self.tell_download(export.label(), done.is_ok());
    }

    /// Opens the file that was picked in an input. What is no case file changes nothing.
    pub async fn import(self, input: HtmlInputElement) {
        let policy = self.policy();
        let read = match read_picked_file(&input, SIZE_LIMIT).await {
            Ok(None) => return,
            Ok(Some((size, _))) if size > SIZE_LIMIT => Err(NotACaseFile::TooLarge(size)),
            Ok(Some((_, text))) => CaseFile::from_text(&policy, &text),
            Err(_) => {
                self.tell(
                    true,
                    "文件读不出来，可能已被移动或占用。请重新选择。没有改动现有内容。",
                );
                return;
            }
        };
        match read {
            Ok(file) => {
                let mut case = file.case;
                refresh_elapsed(&policy, &mut case, self.today);
                let private = policy
                    .fields
                    .iter()
                    .any(|field| field.private && !case.field(&field.id).is_empty());
                let keeping = if private {
                    PrivateKeeping::ThisTime
                } else {
                    PrivateKeeping::ByHand
                };
                let name = if case.title.is_empty() {
                    case.field(&policy.scheme.title_field).to_owned()
                } else {
                    case.title.clone()
                };
                let name = if name.is_empty() {
                    String::from("未命名")
                } else {
                    name
                };
                let before = self.replace_case(case, file.others, keeping);
                let total = self.assessment.get_untracked().total.own;
                self.tell(false, format!("已打开案件“{name}”，自评总分 {total} 分。"));
                self.replaced.set(before);
                self.ask_for_roll_over();
            }
            Err(fault) => self.tell(true, format!("{fault}没有改动现有内容。")),
        }
    }

    /// Puts another case in place of the open one, and gives back the one that
    /// was open where it held anything.
    fn replace_case(self, case: Case, file_others: Object, keeping: PrivateKeeping) -> Option<Replaced> {
        let before = Replaced {
            case: self.case.get_untracked(),
            file_others: self.file_others.get_untracked(),
            keeping: self.private_keeping.get_untracked(),
        };
        self.file_others.set(file_others);
        self.private_keeping.set(keeping);
        // What was tried out belongs to the case that was open.
        self.scratch.set(Object::new());
        self.case.set(case);
        (!before.case.is_empty()).then_some(before)
    }

    /// Brings back the case that was replaced last.
    pub fn bring_back(self) {
        if let Some(Replaced {
            case,
            file_others,
            keeping,
        }) = self.replaced.get_untracked()
        {
            self.replace_case(case, file_others, keeping);
            self.tell(false, "已恢复原来的案件。");
        }
    }

    /// Takes what shall become of private entries from now on. Left to be
    /// written by hand, none is kept, not even in the open page.
    pub fn keep_private(self, keeping: PrivateKeeping) {
        self.private_keeping.set(keeping);
        if keeping == PrivateKeeping::ByHand && self.has_private_entries() {
            self.case.update(|case| case.remove_private(&self.policy()));
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
                let empty = Case::new(new_case_id(), self.today);
                let before = self.replace_case(empty, Object::new(), PrivateKeeping::ByHand);
                self.open(Step::Precheck, None);
                self.tell(false, "已新建空白案件。");
                self.replaced.set(before);
            }
            Asking::LoadSample => self.load_sample(),
            Asking::RollOver => self.roll_over(),
            Asking::ClearAll => self.clear_all(),
        }
    }

    /// Asks what is to become of a case of an earlier year.
    pub fn ask_for_roll_over(self) {
        if self
            .case
            .with_untracked(|case| case.asks_for_roll_over(self.today))
        {
            self.asking.set(Some(Asking::RollOver));
        }
    }

    /// Keeps the case in its year.
    pub fn keep_in_its_year(self) {
        self.asking.set(None);
        self.case.update(|case| case.keep_in_its_year(self.today));
    }

    /// Takes the case over to this year; the case as it was can be brought back.
    fn roll_over(self) {
        let mut case = self.case.get_untracked();
        case.roll_over(&self.policy(), self.today);
        let before = self.replace_case(
            case,
            self.file_others.get_untracked(),
            self.private_keeping.get_untracked(),
        );
        self.tell(
            false,
            format!(
                "已转到 {} 年度。与期间有关的回答保留原数，标为“上年数据”，请逐项按新材料核实。",
                self.today.year
            ),
        );
        self.replaced.set(before);
    }

    fn load_sample(self) {
        let policy = self.policy();
        let mut members = case_members(&Case::new(new_case_id(), self.today));
        members.extend(policy.sample.clone());
        match read_case(members) {
            Ok(case) => {
                let before = self.replace_case(case, Object::new(), PrivateKeeping::ByHand);
                self.tell(false, "已载入示例。示例中的单位和数字都是虚构的，仅供试用。");
                self.replaced.set(before);
            }
            Err(fault) => self.tell(true, fault.to_string()),
        }
    }

    fn clear_all(self) {
        // What is wiped cannot be brought back.
        self.replace_case(
            Case::new(new_case_id(), self.today),
            Object::new(),
            PrivateKeeping::ByHand,
        );
        self.replaced.set(None);
        self.open(Step::Precheck, None);
        self.kept.set_value(crate::browser::Parts::new());
        let store = self.store();
        wasm_bindgen_futures::spawn_local(async move {
            match store.clear().await {
                Ok(()) => {
                    self.saved.set(SaveState::Fresh);
                    self.tell(false, "本浏览器中的全部填写内容已清除。");
                }
                Err(_) => self.tell(
                    true,
                    "没有清除干净：浏览器不允许访问存储。请在浏览器设置中清除本站数据。",
                ),
            }
        });
    }
}

impl Export {
    /// What it is called when it is done.
    const fn label(self) -> &'static str {
        match self {
            Self::Json => "数据文件（JSON）",
            Self::Html => "推荐表与打分表（HTML）",
            Self::Print => "打印件",
        }
    }
}
