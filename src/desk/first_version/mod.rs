//! What the first version of the page kept: one draft as a record, its copy and
//! three earlier states, and what each window had changed and not written yet.
//! It is taken over as if a window that is gone had noted it.

mod record;

use crate::json::{Json, Object};

use super::case_store::{UNKNOWN, unreadable_entry};
use super::journal::Journal;
use super::reason::Reason;
use super::record::{CaseRecord, Version};
use record::{head_of, read_record, revision_of};

/// The texts that the first version kept of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstVersion {
    /// The record, its copy and the earlier states.
    pub records: Vec<String>,
    /// What windows had changed.
    pub changes: Vec<String>,
}

struct State {
    stamp: record::Stamp,
    head: String,
    members: Object,
}

fn read(kind: &str, text: &str) -> Option<State> {
    let (stamp, body) = read_record(kind, text)?;
    let Ok(Json::Object(members)) = Json::parse(body) else {
        return None;
    };
    let head = head_of(text).to_owned();
    Some(State { stamp, head, members })
}

impl State {
    /// The state after a change that was made to one of these.
    fn changed(change: State, states: &[State]) -> Option<Self> {
        let base = change.members.get("base")?.as_text()?;
        let goes_on = |state: &&State| {
            let is_writers = state.stamp.writer == change.stamp.writer;
            let is_between = (revision_of(base)..change.stamp.revision).contains(&state.stamp.revision);
            state.head == base || is_writers && is_between
        };
        let base = states
            .iter()
            .filter(goes_on)
            .max_by_key(|state| state.stamp.revision);
        let mut members = base.map(|base| base.members.clone()).unwrap_or_default();
        for (part, value) in change.members.get("parts")?.as_object()? {
            members.insert(part.clone(), value.clone());
        }
        for part in change
            .members
            .get("gone")?
            .as_list()?
            .iter()
            .filter_map(Json::as_text)
        {
            members.remove(part);
        }
        Some(Self { members, ..change })
    }

    fn case(&self) -> &str {
        self.members.get("id").and_then(Json::as_text).unwrap_or("former")
    }

    fn to_record(&self) -> CaseRecord {
        let version = Version {
            revision: self.stamp.revision,
            writer: format!("former-{}", self.stamp.writer),
        };
        let mut record = CaseRecord::new(self.case().to_owned(), UNKNOWN, version);
        record.stamp.at = self.stamp.at;
        record.set_body(Json::Object(self.members.clone()).to_line());
        record
    }
}

/// The cases in what the first version kept, each as its newest state, with
/// what else there was in their histories.
pub fn taken_over(former: &FirstVersion) -> Vec<CaseRecord> {
    let mut raw = Vec::new();
    let mut states = Vec::new();
    let mut take = |kind: &str, text: &String| {
        let state = read(kind, text);
        if state.is_none() {
            raw.push(text.clone());
        }
        state
    };
    states.extend(former.records.iter().filter_map(|text| take("draft", text)));
    let changes: Vec<State> = former
        .changes
        .iter()
        .filter_map(|text| take("change", text))
        .collect();
    for change in changes {
        let replaced = change
            .members
            .get("replaced")
            .and_then(Json::as_list)
            .unwrap_or_default();
        let replaced = replaced.iter().filter_map(Json::as_text);
        let replaced: Vec<State> = replaced.filter_map(|text| read("draft", text)).collect();
        states.extend(State::changed(change, &states));
        states.extend(replaced);
    }
    // The newest first; there are a few, for which no sorting is brought along.
    let age = |state: &State| (state.stamp.revision, state.stamp.at);
    let mut newest: Vec<&State> = Vec::new();
    for state in &states {
        let place = newest.iter().position(|other| age(other) < age(state));
        newest.insert(place.unwrap_or(newest.len()), state);
    }
    let mut records: Vec<CaseRecord> = Vec::new();
    for state in newest {
        let record = state.to_record();
        let of_case = |other: &&CaseRecord| other.stamp.case == record.stamp.case;
        if records
            .iter()
            .any(|other| other.body == record.body && of_case(&other))
        {
            continue;
        }
        let is_newest = !records.iter().any(|other| of_case(&other));
        records.push(if is_newest {
            record
        } else {
            record.entered(Reason::Former)
        });
    }
    let case = records
        .first()
        .map_or("former", |record| record.stamp.case.as_str())
        .to_owned();
    records.extend(raw.iter().map(|text| unreadable_entry(&case, UNKNOWN, text)));
    records
}

/// Notes in the journal what the first version kept. Whether all of it is there,
/// so that the former places can be emptied; the next window that opens has the
/// store take it.
pub fn take_over(former: &FirstVersion, journal: &dyn Journal) -> bool {
    taken_over(former).iter().all(|record| match record.stamp.reason {
        None => journal.put_copy(&record.stamp.version.writer, record),
        Some(_) => journal.put_entry(record),
    })
}
