//! Giving a file to the user: as a download, or by the loader where the browser has none.

use leptos::prelude::*;

use crate::answers::Case;
use crate::app::backup::Backup;
use crate::app::export::Export;
use crate::app::session::{HandedOver, Session};
use crate::browser::download_text;
use crate::desk::{Event, Reason};
use crate::documents::file_name;
use crate::wording::messages;

impl Session {
    /// Gives a file to the user and says so: as a download, or by the loader
    /// where the browser has none. Whether it was given.
    pub(super) fn give(self, label: &str, name: String, mime: &'static str, text: String) -> bool {
        if self.host.shows_files.get_untracked() {
            self.hand_over(name, mime, text, false);
            return false;
        }
        let done = download_text(&name, mime, &text).is_ok();
        self.report(label, done);
        done
    }

    /// Gives an export of the case as it is now to the user.
    pub(super) fn give_export(self, export: Export, name: String, mime: &'static str, text: String) {
        if self.give(&self.text(export.label()), name, mime, text) {
            self.mark_exported(export, self.filing.case.get_untracked());
        }
    }

    /// Hands a file over to the loader, which shows or shares it.
    pub(super) fn hand_over(self, name: String, mime: &'static str, text: String, share: bool) {
        // A case file is a backup once the user has copied it.
        let handed = (mime == "application/json").then(|| (Export::Json, self.filing.case.get_untracked()));
        self.host.handed.set_value(handed);
        self.host.hand_over(HandedOver {
            name,
            mime,
            text,
            share,
        });
    }

    /// Has the loader tell what to do instead of what the browser cannot do; only it can.
    pub(super) fn have_loader_tell(self) {
        self.hand_over(String::new(), "", String::new(), false);
    }

    /// Takes what became of a file that was handed over to the loader.
    pub fn take_answer(self, answer: &str) {
        match answer {
            "copied" => {
                if let Some((export, case)) = self.host.handed.try_update_value(Option::take).flatten() {
                    self.mark_exported(export, case);
                }
            }
            "not-shared" => self
                .page
                .tell(true, self.text(messages::actions::share_refused())),
            _ => self.page.tell(true, self.text(messages::actions::show_refused())),
        }
    }

    /// Says whether an export was made, to the user and to a host that listens.
    pub(super) fn done(self, export: Export, case: Case, done: bool) {
        self.report(&self.text(export.label()), done);
        if done {
            self.mark_exported(export, case);
        }
    }

    /// Notes that an export of a case was made, which is a backup where it carries the case.
    pub(super) fn mark_exported(self, export: Export, case: Case) {
        if matches!(export, Export::Json | Export::Save | Export::Html | Export::Word) {
            self.keep_now(false);
            self.tell_desk(Event::Enter(Reason::Exported));
            let backup = Backup::now(&self.policy(), &case);
            self.filing.backup.set(backup);
        }
        self.host.tell_export(export);
    }

    /// Downloads what could not be read, as it is.
    pub fn export_raw(self) {
        let text = self.draft.unreadable.with_untracked(|texts| texts.join("\n\n"));
        let label = self.text(messages::saving::raw_record());
        let name = file_name("", &label, self.today(), "txt");
        self.give(&label, name, "text/plain", text);
    }

    /// Says whether an export was made.
    pub(super) fn report(self, what: &str, done: bool) {
        if done {
            self.page
                .tell(false, self.say(messages::actions::downloaded(&what)));
        } else {
            self.page
                .tell(true, self.text(messages::actions::download_refused()));
        }
    }
}
