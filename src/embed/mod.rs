//! What a host mounts: the page of one session in any root.

mod first_screen;
mod host;
mod settings;

use core::any::Any;
use core::cell::RefCell;
use std::rc::Rc;

use js_sys::Function;
use leptos::mount::mount_to;
use leptos::prelude::SetValue;
use wasm_bindgen::JsCast;
use web_sys::{Blob, Element, HtmlElement};

use crate::answers::Case;
use crate::app::seam::seam;
use crate::app::{
    Export, OpenedDesk, Session, frame, keep_day, keep_saving, open_desk, resume, scheme_of_draft,
};
use crate::browser::{new_case_id, today};
use crate::documents::PrivateEntries;
use crate::json::{Json, Object};
use crate::policy::{Policy, PolicyError, sha256};
use crate::wording::Wording;

pub use settings::Settings;

/// The page in its root, until it is taken away.
pub struct Page {
    root: HtmlElement,
    session: Session,
    /// The key of its draft.
    key: String,
    /// A draft of another scheme that was here before and is kept nowhere.
    left: Object,
    // To drop it takes the views out of the root and ends what they keep going.
    view: Box<dyn Any>,
}

/// What the page is made of, as texts that come beside the module.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    /// The policy as canonical JSON.
    pub policy: &'a str,
    /// Its SHA-256 in hexadecimal digits, for exported files.
    pub policy_sha256: &'a str,
    /// The wording of one language, a JSON array.
    pub wording: &'a str,
}

/// Draws the page into `root`, in place of the first screen that is there.
/// What was typed into that screen before is taken over. `load_module` gives a
/// promise of the module whose name it is called with; `tell` is called with
/// the name of an event and its detail as JSON, now and later; `desk` does
/// what `web/desk.js` does.
///
/// # Errors
/// When the policy or the wording cannot be used, or `root` is no HTML element.
pub async fn mount(
    root: Element,
    texts: Texts<'_>,
    mut settings: Settings,
    load_module: Function,
    tell: impl Fn(&str, String) + 'static,
    desk: Function,
) -> Result<Page, String> {
    // The loader has had a foreign policy validated; the build has its own.
    let policy = Policy::from_json_unvalidated(texts.policy).map_err(in_lines)?;
    let wording = Wording::from_json(texts.wording)?;
    let root: HtmlElement = root
        .dyn_into()
        .map_err(|_| String::from("the root is not an HTML element"))?;
    let OpenedDesk {
        kept,
        opened,
        commands,
    } = open_own_desk(&policy, &settings, desk, &load_module).await;
    settings.fetch_what_it_needs(&load_module).await;
    let key = kept.key.clone();
    let typed = first_screen::take(&root);
    root.set_inner_html("");
    let today = today();
    let sha256 = texts.policy_sha256.to_owned();
    // The session belongs to what is mounted, and so is made there.
    let made = Rc::new(RefCell::new(None));
    let place = Rc::clone(&made);
    let place_of_page: Element = root.clone().into();
    let view = mount_to(root.clone(), move || {
        let session = Session::new(policy, sha256, wording, Case::new(new_case_id(), today), today);
        session.host.root.set_value(Some(place_of_page));
        session.draft.set_desk(kept);
        resume(session, opened, true);
        session.carry_out(commands);
        session.stay_public();
        session.host.load_module.set_value(Some(load_module));
        if let Some(sentence) = settings.apply(session) {
            host::tell_refused_case(&tell, &sentence);
        }
        *place.borrow_mut() = Some((session, settings.draft));
        typed.put_back(session);
        keep_saving(session);
        keep_day(session);
        host::keep_telling(session, tell);
        frame(session)
    });
    first_screen::restore_focus(&root);
    let (session, left) = made.take().ok_or("the page was not drawn")?;
    let view = Box::new(view);
    Ok(Page {
        root,
        session,
        key,
        left,
        view,
    })
}

/// The desk of this scheme. Where one of another scheme is under the key, as pages
/// of two cities on one site have it, the scheme has a desk of its own behind the
/// key, and goes on using it when the other is gone.
async fn open_own_desk(
    policy: &Policy,
    settings: &Settings,
    desk: Function,
    load_module: &Function,
) -> OpenedDesk {
    let key = &settings.storage_key;
    let load = || (!settings.whole).then(|| load_module.clone());
    let shared = open_desk(settings.keeping, key, &desk, load()).await;
    let scheme = scheme_on(&shared);
    if scheme.as_ref() == Some(&policy.scheme.id) {
        return shared;
    }
    let own_key = format!("{key}/{}", policy.scheme.id);
    let own = open_desk(settings.keeping, &own_key, &desk, load()).await;
    if scheme.is_some() || !own.opened.record.body.is_empty() {
        own
    } else {
        shared
    }
}

/// The scheme of what is shown of a desk, where that says so.
fn scheme_on(desk: &OpenedDesk) -> Option<String> {
    let Ok(Json::Object(members)) = Json::parse(&desk.opened.record.body) else {
        return None;
    };
    scheme_of_draft(&members).map(str::to_owned)
}

/// Validates a policy that does not come with the page, and gives its SHA-256.
///
/// # Errors
/// Every fault on a line of its own.
pub fn validate(policy_json: &str) -> Result<String, String> {
    validated(policy_json)
}

seam! {
    /// What [`validate`] gives. The build has validated its own policy, so this is fetched for others alone.
    "foreign" "03" fn validated(policy_json: &str) -> Result<String, String> {
        Policy::from_json(policy_json).map_err(in_lines)?;
        Ok(sha256(policy_json.as_bytes()))
    }
}

fn in_lines(errors: Vec<PolicyError>) -> String {
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

impl Page {
    /// The case file, without 身份证号 and 银行账号.
    pub fn case_file(&self) -> String {
        self.session.case_file_text(PrivateEntries::Blank)
    }

    /// What nobody else keeps, as settings for the page when it is drawn anew:
    /// the open step, the look, private entries that shall not be stored, and,
    /// where nothing is kept or what is kept is not all, the whole draft.
    pub fn hand_on(&self) -> String {
        settings::to_hand_on(self.session, &self.left)
    }

    /// Opens a file in place of the case, as one that is picked.
    ///
    /// # Errors
    /// By the time that the future is done, the sentence for the user where no
    /// case can be read from it; then nothing is changed.
    pub fn open_file(&self, file: Blob) -> impl Future<Output = Result<(), String>> + use<> {
        let session = self.session;
        async move { session.open_file(file).await }
    }

    /// Opens the text of a case file in place of the case.
    ///
    /// # Errors
    /// By the time that the future is done, the sentence for the user where it
    /// is none; then nothing is changed.
    pub fn open_case_file(&self, text: String) -> impl Future<Output = Result<(), String>> + use<> {
        let session = self.session;
        async move { session.open_case_file(text).await }
    }

    /// Prints the forms; asks first where there are private entries.
    pub fn print(&self) {
        self.session.begin_export(Export::Print);
    }

    /// Wipes the case, and by the time that the future is done what is kept of
    /// it, or the future gives the sentence that says that this could not be wiped.
    pub fn reset(&self) -> impl Future<Output = Result<(), String>> + use<> {
        self.session.clear_all()
    }

    /// Takes what became of a file that was handed over: `copied`, `not-shared` or `not-shown`.
    pub fn answer(&self, answer: &str) {
        self.session.take_answer(answer);
    }

    /// The key that its draft is kept under.
    pub fn draft_key(&self) -> &str {
        &self.key
    }

    /// Takes a changed setting, by the name of its attribute.
    pub fn set(&self, name: &str, value: &str) {
        settings::change(self.session, name, value);
    }

    /// Takes the page out of its root and ends all that it keeps going.
    pub fn unmount(self) {
        drop(self.view);
        self.root.set_inner_html("");
    }
}
