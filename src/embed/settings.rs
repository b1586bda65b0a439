//! What a host may set: where the draft is kept, and how the page begins.

use js_sys::Function;
use leptos::prelude::{GetUntracked, Set, SetValue, Update, WithUntracked, untrack};

use crate::app::{Piece, PrivateKeeping, Session, Theme, not_fetched, take_over, unkept_draft};
use crate::browser::{Keeping, NotFetched, fetch_piece};
use crate::json::{Json, Object};
use crate::wording::messages;

/// The key of the draft where the host names none.
const DEFAULT_STORAGE_KEY: &str = "default";
/// The setting that carries private entries from one drawing of the page to the next.
const PRIVATE: &str = "private";
/// The setting that carries a draft that is kept nowhere.
const DRAFT: &str = "draft";

/// The settings of one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// How long the draft is kept.
    pub keeping: Keeping,
    /// The key of the draft; pages with the same key share it.
    pub storage_key: String,
    /// Whether the page is a part of another's.
    pub embedded: bool,
    /// The address of the guide, where it lies beside the page.
    pub guide: String,
    /// Whether the loader shows files, as the browser has no downloads.
    pub shows_files: bool,
    /// Whether the loader can share files.
    pub shares_files: bool,
    /// Whether no piece of the page is fetched later.
    pub whole: bool,
    /// The text of a case file to begin with where the draft is empty.
    pub case_file: String,
    /// Whether what opens that case file could be fetched, where it had to be.
    opens_files: Option<Result<(), NotFetched>>,
    /// Private entries that the page held before it was drawn anew, by field.
    private: Object,
    /// What the page held before it was drawn anew and nobody keeps.
    pub(super) draft: Object,
    /// What else is set, by the name of its attribute.
    others: Vec<(String, String)>,
}

impl Settings {
    /// Reads the settings from a JSON object of texts, named as the attributes
    /// of the element are. What is unknown or of no use is left out, as a
    /// browser leaves out an attribute it does not know.
    pub fn from_json(text: &str) -> Self {
        let members = members_of(text);
        let mut settings = Self {
            storage_key: String::from(DEFAULT_STORAGE_KEY),
            ..Self::default()
        };
        for (name, value) in &members {
            let value = value.as_text().unwrap_or_default();
            match name.as_str() {
                "storage" => settings.keeping = Keeping::from_id(value).unwrap_or_default(),
                "storage-key" if !value.is_empty() => value.clone_into(&mut settings.storage_key),
                "embedded" => settings.embedded = true,
                "guide" => value.clone_into(&mut settings.guide),
                "shows-files" => settings.shows_files = true,
                "shares-files" => settings.shares_files = true,
                "whole" => settings.whole = true,
                "case-file" => value.clone_into(&mut settings.case_file),
                PRIVATE => settings.private = members_of(value),
                DRAFT => settings.draft = members_of(value),
                _ => settings.others.push((name.clone(), value.to_owned())),
            }
        }
        settings
    }

    /// Gives a session its beginning, and the sentence that is shown where the
    /// case file is none that can be opened. A draft that was taken over is in
    /// the settings no more.
    pub(super) fn apply(&mut self, session: Session) -> Option<String> {
        if self.whole {
            session.has_all(&Piece::ALL);
        }
        session.host.embedded.set(self.embedded);
        session
            .host
            .guide
            .set(Some(self.guide.clone()).filter(|guide| !guide.is_empty()));
        session.host.shows_files.set(self.shows_files);
        session.host.shares_files.set(self.shares_files);
        if !self.draft.is_empty() && take_over(session, self.draft.clone()) {
            self.draft = Object::new();
        }
        let wanted = !self.case_file.is_empty() && session.filing.case.get_untracked().is_empty();
        let fault = wanted.then(|| self.open_case_file(session).err()).flatten();
        let refused = fault.map(|fault| session.say(messages::actions::case_not_loaded(&fault)));
        if let Some(sentence) = &refused {
            session.page.tell(true, sentence.clone());
        }
        for (name, value) in &self.others {
            change(session, name, value);
        }
        // What the host wishes for is no change that a user made.
        let look = session.page.look.get_untracked();
        session.draft.first_look.set_value(look);
        let policy = session.policy();
        for field in policy.fields.iter().filter(|field| field.private) {
            let entry = self.private.get(&field.id).and_then(Json::as_text);
            if let Some(entry) = entry
                && session
                    .filing
                    .case
                    .with_untracked(|case| case.field(&field.id).is_empty())
            {
                session.filing.enter(field, entry.to_owned());
            }
        }
        refused
    }
}

impl Settings {
    /// Fetches what the case file of the host is opened by, where there is one.
    pub(super) async fn fetch_what_it_needs(&mut self, load_module: &Function) {
        if !self.whole && !self.case_file.is_empty() {
            let fetched = fetch_piece(Some(load_module.clone()), Piece::Actions.id()).await;
            self.opens_files = Some(fetched);
        }
    }

    fn open_case_file(&self, session: Session) -> Result<(), String> {
        match self.opens_files {
            Some(Err(why)) => return Err(session.text(not_fetched(why))),
            Some(Ok(())) => session.has_all(&[Piece::Actions]),
            None => {}
        }
        session.open_text(&self.case_file)
    }
}

/// The members of a JSON object; none where the text is no such thing.
fn members_of(text: &str) -> Object {
    match Json::parse(text) {
        Ok(Json::Object(members)) => members,
        _ => Object::new(),
    }
}

/// What nobody else keeps, as settings for the page when it is drawn anew.
/// `left` is a draft of another scheme, which waits for that to be back.
pub(super) fn to_hand_on(session: Session, left: &Object) -> String {
    let mut members = Object::new();
    let mut put = |name: &str, text: String| drop(members.insert(name.to_owned(), Json::text(text)));
    put("step", untrack(|| session.address()));
    let look = session.page.look.get_untracked();
    put("text-size", look.text_size().to_owned());
    put("theme", look.theme.id().to_owned());
    if let Some(draft) = unkept_draft(session) {
        put(DRAFT, Json::Object(draft).to_line());
    } else if !left.is_empty() {
        put(DRAFT, Json::Object(left.clone()).to_line());
    } else if session.filing.private_keeping.get_untracked() == PrivateKeeping::ThisTime {
        let policy = session.policy();
        let private = policy.fields.iter().filter(|field| field.private);
        let entries = session.filing.case.with_untracked(|case| {
            let entries = private.map(|field| (field.id.as_str(), Json::text(case.field(&field.id))));
            Json::object(entries.collect::<Vec<_>>())
        });
        put(PRIVATE, entries.to_line());
    }
    Json::Object(members).to_line()
}

/// Takes a setting that may change while the page is open. What is no value
/// of it stands for the usual one, except that no step leaves the open one. A step
/// may be any place that has an address.
pub(super) fn change(session: Session, name: &str, value: &str) {
    match name {
        "step" => session.open_address(value),
        "leave" => session.ask_to_leave(),
        "whole" => session.has_all(&Piece::AHEAD),
        "text-size" => session.page.look.update(|look| look.large = value == "large"),
        "theme" => session
            .page
            .look
            .update(|look| look.theme = Theme::from_id(value)),
        _ => {}
    }
}
