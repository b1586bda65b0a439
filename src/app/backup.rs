//! What is known of the last export of a case: when it was, and of what.

use crate::answers::{Case, Date};
use crate::browser::{days_since, now_millis};
use crate::documents::case_members;
use crate::json::{Json, Object};
use crate::policy::{FactKind, Policy, sha256};
use crate::wording::{Wording, messages};

/// A moment that nobody can name: that of a file which says none, or one to come.
const SOMETIME: u64 = 1;

/// A backup of a case, as it can be compared with the case also after the page was loaded anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backup {
    /// When it was made, in milliseconds since 1970; zero where none was made.
    at: u64,
    /// The digest of the case that it holds; empty where that is not known.
    of: String,
}

impl Backup {
    /// One that is made now.
    pub fn now(policy: &Policy, case: &Case) -> Self {
        Self::of_moment(policy, case, Some(now_millis()))
    }

    /// One of a moment, where that is known.
    pub fn of_moment(policy: &Policy, case: &Case, at: Option<u64>) -> Self {
        Self {
            at: at.unwrap_or(SOMETIME),
            of: digest(policy, case),
        }
    }

    /// None was made, but the case can be had again at any time.
    pub fn needless(policy: &Policy, case: &Case) -> Self {
        Self {
            at: 0,
            of: digest(policy, case),
        }
    }

    /// What a draft says, by what is kept beside its case. Those of before do not say of what it is.
    pub fn in_draft(page: &Object) -> Self {
        let digits = page.get("backup").map(Json::to_line);
        let of = page.get("backup_of").and_then(Json::as_text);
        Self {
            at: digits.and_then(|digits| digits.parse().ok()).unwrap_or_default(),
            of: of.unwrap_or_default().to_owned(),
        }
    }

    /// When it was made, in milliseconds since 1970; zero where none was made.
    pub const fn at(&self) -> u64 {
        self.at
    }

    /// The members by which a draft says so.
    pub fn members(&self) -> [(&'static str, Json); 2] {
        [
            ("backup", Json::number(self.at)),
            ("backup_of", Json::text(&*self.of)),
        ]
    }

    /// Whether it holds the case as it is now.
    pub fn holds(&self, policy: &Policy, case: &Case) -> bool {
        let now = digest(policy, case);
        match (self.of.split_once(PRIVATE), now.split_once(PRIVATE)) {
            // Private entries that went with the page are no change.
            (Some((open, private)), Some((open_now, private_now))) => {
                open == open_now && (private_now.is_empty() || private == private_now)
            }
            _ => false,
        }
    }

    /// What is said of it beside the case.
    pub fn line(&self, wording: &Wording, is_held: bool) -> String {
        let days = days_since(self.at);
        let mut line = match days {
            _ if self.at == 0 => wording.text(messages::header::never_backed_up()).to_owned(),
            _ if self.at == SOMETIME => wording.text(messages::header::backed_up_sometime()).to_owned(),
            None => wording.text(messages::header::backed_up_sometime()).to_owned(),
            Some(0) => wording.text(messages::header::backed_up_today()).to_owned(),
            Some(1) => wording.text(messages::header::backed_up_yesterday()).to_owned(),
            Some(days) => wording.fill(messages::header::backed_up_before(&days)),
        };
        if self.at > 0 && self.of.is_empty() {
            line.push_str(wording.text(messages::header::maybe_changed_since()));
        } else if self.at > 0 && !is_held {
            line.push_str(wording.text(messages::header::changed_since()));
        }
        line
    }
}

/// What is before the digest of private entries.
const PRIVATE: char = '+';

/// The digest of all that was said, and by itself that of private entries,
/// where there are any. Lengths of time that grow by themselves are not in it;
/// the dates that they follow from are.
fn digest(policy: &Policy, case: &Case) -> String {
    let mut open = case.clone();
    open.remove_private(policy);
    let lengths = policy.facts.iter().filter(|fact| fact.kind == FactKind::Years);
    for fact in lengths {
        let detail = case.fact_details.get(&fact.id);
        if detail.is_some_and(|detail| detail.date.parse::<Date>().is_ok()) {
            open.facts.remove(&fact.id);
        }
    }
    let private = policy.fields.iter().filter(|field| field.private);
    let private: Vec<&str> = private.map(|field| case.field(&field.id)).collect();
    let private = if private.iter().all(|entry| entry.is_empty()) {
        String::new()
    } else {
        sha256(private.join("\n").as_bytes())
    };
    let open = Json::Object(case_members(&open)).to_line();
    format!("{}{PRIVATE}{private}", sha256(open.as_bytes()))
}
