//! The whole desk as one file.

use wasm_bindgen_futures::spawn_local;

use crate::app::export::Export;
use crate::app::piece::Piece;
use crate::app::seam::seam;
use crate::app::session::{Asking, OpenCase, Session};
use crate::assessment::assess;
use crate::browser::{iso_of, now_iso};
use crate::documents::{CaseFile, DESK_SIZE_LIMIT, DeskPlace, PrivateEntries, desk_line, file_name};
use crate::json::Json;
use crate::wording::messages;

const DESK_TYPE: &str = "application/x-ndjson";

seam! {
    "desk" "15" fn give_desk(session: Session, private: PrivateEntries) -> () {
        spawn_local(session.give_whole_desk(private));
    }
}

/// The cases of a desk, each with whether it is out of sight, and how many cannot be read.
struct WholeDesk {
    cases: Vec<(OpenCase, bool)>,
    unread: usize,
}

impl Session {
    /// Begins to export the whole desk: asks about private entries where any case has some.
    pub fn begin_desk_export(self) {
        spawn_local(async move {
            let Some(desk) = self.whole_desk().await else {
                return;
            };
            let policy = self.policy();
            let is_private = |(open, _): &(OpenCase, bool)| {
                let mut private = policy.fields.iter().filter(|field| field.private);
                private.any(|field| !open.case.field(&field.id).is_empty())
            };
            if desk.cases.iter().any(is_private) {
                self.ask_first(Asking::Export(Export::Desk));
            } else {
                self.give_desk(PrivateEntries::Blank);
            }
        });
    }

    /// Exports the whole desk.
    pub(super) fn give_desk(self, private: PrivateEntries) {
        self.once_there(Piece::Desk, move || give_desk(self, private));
    }

    /// All cases of the desk; says so where there is none, or it gives no answer.
    async fn whole_desk(self) -> Option<WholeDesk> {
        let gathered = self.gather().await;
        if self.filing.is_gone() {
            return None;
        }
        let Some(gathered) = gathered else {
            self.page.tell(true, self.text(messages::cases::desk_not_read()));
            return None;
        };
        let mut desk = WholeDesk {
            cases: Vec::new(),
            unread: gathered.raw.len(),
        };
        let there = gathered
            .cases
            .iter()
            .filter(|record| !record.stamp.is_tombstone());
        for record in there {
            let is_archived = matches!(record.stamp.summary.get("archived"), Some(Json::Bool(true)));
            let open = if self.draft.is_open(&record.stamp.case) {
                // What of it is kept nowhere goes along.
                Some(self.open_case())
            } else {
                self.open_case_in(record)
            };
            match open {
                Some(open) => desk.cases.push((open, is_archived)),
                None => desk.unread += 1,
            }
        }
        if desk.cases.is_empty() {
            self.page.tell(true, self.text(messages::cases::empty_desk()));
            return None;
        }
        Some(desk)
    }

    async fn give_whole_desk(self, private: PrivateEntries) {
        let Some(desk) = self.whole_desk().await else {
            return;
        };
        let (policy, sha256) = (self.policy(), self.scheme.sha256());
        let (count, now) = (desk.cases.len(), now_iso());
        let mut text = String::new();
        for ((open, is_archived), number) in desk.cases.into_iter().zip(1..) {
            let file = CaseFile::of(&policy, &sha256, open.case, open.file_others, now.clone());
            let file = file.changed_last(open.changed.map_or_else(String::new, iso_of));
            let file = match private {
                PrivateEntries::Full => file,
                PrivateEntries::Blank | PrivateEntries::Masked => file.without_private(&policy),
            };
            let place = DeskPlace {
                number,
                count,
                is_archived,
            };
            text.push_str(&desk_line(&policy, &file, &assess(&policy, &file.case), place));
        }
        if text.len() > DESK_SIZE_LIMIT {
            self.page.tell(true, self.text(messages::cases::desk_too_large()));
            return;
        }
        let label = self.text(messages::cases::export_desk());
        let name = file_name(
            &policy.scheme.page_title,
            &self.text(messages::cases::title()),
            self.today(),
            "jsonl",
        );
        if self.give(&label, name, DESK_TYPE, text) {
            let mut said = self.say(messages::cases::desk_given(&count));
            if desk.unread > 0 {
                said.push_str(&self.say(messages::cases::left_out(&desk.unread)));
            }
            self.page.tell(desk.unread > 0, said);
            self.host.tell_export(Export::Desk);
        }
    }
}
