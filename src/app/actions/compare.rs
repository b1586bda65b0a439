//! Cases of the desk beside each other, and the results of many.

use leptos::prelude::*;

use crate::answers::Case;
use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::{Aside, Awaited, ComparedCase, Session};
use crate::assessment::{Assessment, Compared, Comparison, assess};
use crate::browser::moment_in_words;
use crate::desk::{Event, HistoryEntry, Reason};
use crate::documents::{Document, comparison_document, results_document};
use crate::tables::{Results, comparison_table};
use crate::wording::messages;

use super::tables::TableFormat;

/// How many cases can be compared.
const COMPARED: core::ops::RangeInclusive<usize> = 2..=3;
/// After how many cases it is said how far one has come.
const SAID_EVERY: usize = 20;

/// In which form the results of some cases go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultsForm {
    /// As a table.
    Table(TableFormat),
    /// On paper, as one table.
    Print,
}

impl Session {
    /// Puts two or three cases of the desk beside each other.
    pub fn compare_cases(self, cases: Vec<String>) {
        if !COMPARED.contains(&cases.len()) {
            self.page.tell(true, self.text(messages::compare::how_many()));
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            let wanted = cases.len();
            let mut compared = Vec::new();
            for id in cases {
                let is_open = self.draft.is_open(&id);
                let Some(case) = self.case_of_desk(id).await else {
                    continue;
                };
                compared.push(ComparedCase {
                    name: self.name_of_case(&case),
                    case: (!is_open).then_some(case),
                });
            }
            if self.filing.is_gone() {
                return;
            }
            if compared.len() < wanted {
                self.page.tell(true, self.text(messages::compare::unreadable()));
                return;
            }
            self.compare(compared);
        });
    }

    /// Puts a state from the history beside the open case as it is now.
    pub fn compare_with_now(self, entry: &HistoryEntry) {
        self.compare_states([Some(entry), None]);
    }

    /// Puts two states from the history beside each other, the earlier first.
    pub fn compare_entries(self, earlier: &HistoryEntry, later: &HistoryEntry) {
        self.compare_states([Some(earlier), Some(later)]);
    }

    /// Puts the case of last year, as it was before it was taken over to this one,
    /// beside the open case as it is now.
    pub fn compare_with_last_year(self) {
        let case = self.filing.case.with_untracked(|case| case.id.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let entries = self.draft.wait_for(Awaited::History);
            self.tell_desk(Event::History(case));
            entries.await;
            let last = |entries: &Option<Vec<HistoryEntry>>| {
                let mut entries = entries.iter().flatten().rev();
                let before = |entry: &&HistoryEntry| entry.stamp.reason == Some(Reason::BeforeRollOver);
                entries.find(before).cloned()
            };
            match self.draft.entries.try_with_untracked(last).flatten() {
                Some(entry) => self.compare_with_now(&entry),
                None if self.filing.is_gone() => {}
                None => self.page.tell(true, self.text(messages::compare::no_last_year())),
            }
        });
    }

    fn compare_states(self, states: [Option<&HistoryEntry>; 2]) {
        let state = |entry: Option<&HistoryEntry>| {
            let Some(entry) = entry else {
                return Some(ComparedCase {
                    name: self.text(messages::compare::now()),
                    case: None,
                });
            };
            let (case, _) = self.case_in(entry)?;
            let reason = self.reason(entry.stamp.reason.as_ref());
            let moment = moment_in_words(entry.stamp.at);
            Some(ComparedCase {
                name: self.say(messages::compare::state(&moment, &reason)),
                case: Some(case),
            })
        };
        let compared: Option<Vec<ComparedCase>> = states.into_iter().map(state).collect();
        match compared {
            Some(compared) => self.compare(compared),
            None => self.page.tell(true, self.text(messages::compare::unreadable())),
        }
    }

    fn compare(self, mut compared: Vec<ComparedCase>) {
        name_apart(&mut compared);
        self.page.compared.set(compared);
        self.page.open_aside(Aside::Compare, "h2");
    }

    /// What is compared, as it is by now; nothing where nothing was chosen.
    pub fn comparison(self) -> Option<Comparison> {
        let policy = self.policy();
        let compared = self.page.compared.get();
        let cases: Vec<(String, Case)> = compared
            .into_iter()
            .map(|one| (one.name, one.case.unwrap_or_else(|| self.filing.case.get())))
            .collect();
        let assessments: Vec<Assessment> = cases.iter().map(|(_, case)| assess(&policy, case)).collect();
        let beside = cases.iter().zip(&assessments);
        let beside: Vec<Compared<'_>> = beside
            .map(|((name, case), assessment)| Compared {
                name,
                case,
                assessment,
            })
            .collect();
        COMPARED
            .contains(&beside.len())
            .then(|| Comparison::of(&policy, &beside))
    }

    /// The comparison on paper.
    pub fn comparison_paper(self) -> Option<Document> {
        let comparison = untrack(|| self.comparison())?;
        Some(comparison_document(&self.policy(), &comparison, self.today()))
    }

    /// Gives the comparison to the user as a table.
    pub fn give_comparison(self, format: TableFormat) {
        let Some(comparison) = untrack(|| self.comparison()) else {
            return;
        };
        let sheet = comparison_table(&self.policy(), &comparison);
        let name = comparison.names.join(" ");
        self.give_table_of(&name, &self.text(messages::compare::title()), format, &[sheet]);
    }

    /// Gives the results of cases of the desk to the user: a line for each.
    pub fn give_results(self, cases: Vec<String>, form: ResultsForm) {
        if cases.is_empty() {
            self.page.tell(true, self.text(messages::compare::no_results()));
            return;
        }
        // What explains and advises is in the piece of the score.
        self.once_there(Piece::Score, move || {
            wasm_bindgen_futures::spawn_local(self.collect_results(cases, form));
        });
    }

    async fn collect_results(self, cases: Vec<String>, form: ResultsForm) {
        let policy = self.policy();
        let count = cases.len();
        let mut results = Results::new(&policy, self.today());
        let mut assessed = Vec::new();
        let mut unread = 0_usize;
        for (done, id) in cases.into_iter().enumerate() {
            // The page answers in between, as each case is waited for.
            let case = self.case_of_desk(id).await;
            if self.filing.is_gone() {
                return;
            }
            match case {
                None => unread += 1,
                Some(case) if form == ResultsForm::Print => {
                    let assessment = assess(&policy, &case);
                    assessed.push((case, assessment));
                }
                Some(case) => results = with_result(self, results, case),
            }
            if (done + 1) % SAID_EVERY == 0 {
                let said = self.say(messages::compare::collected(&count, &(done + 1)));
                self.page.tell(false, said);
            }
        }
        if unread == count {
            let said = self.say(messages::compare::some_unreadable(&unread));
            self.page.tell(true, said);
            return;
        }
        match form {
            ResultsForm::Print => {
                self.page.notice.set(None);
                self.print_sheet(&results_document(&policy, &assessed, self.today()));
            }
            ResultsForm::Table(format) => {
                let what = self.text(messages::compare::results_file());
                let name = policy.scheme.page_title.clone();
                self.give_table_of(&name, &what, format, &results.sheets());
            }
        }
        if unread > 0 {
            self.page
                .tell(true, self.say(messages::compare::some_unreadable(&unread)));
        }
    }

    /// A case of the desk as it is by now, private entries included where it is the open one.
    pub(super) async fn case_of_desk(self, id: String) -> Option<Case> {
        if self.draft.is_open(&id) {
            return self.filing.case.try_get_untracked();
        }
        let record = self.case_on_desk(id).await?;
        self.case_in(&record).map(|(case, _)| case)
    }
}

/// Tells those apart that are called the same, by numbers.
fn name_apart(compared: &mut [ComparedCase]) {
    let names: Vec<String> = compared.iter().map(|one| one.name.clone()).collect();
    for (place, one) in compared.iter_mut().enumerate() {
        let is_same = |name: &&String| **name == one.name;
        if names.iter().filter(is_same).count() > 1 {
            let before = names.iter().take(place).filter(is_same).count();
            one.name = format!("{} {}", one.name, before + 1);
        }
    }
}

seam! {
    /// The results with those of one more case.
    "score" "0a" fn with_result(session: Session, results: Results, case: Case) -> Results {
        let policy = session.policy();
        let mut results = results;
        results.add(&policy, &case, &assess(&policy, &case));
        results
    }
}
