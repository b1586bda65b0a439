//! Keeping a draft: what is written when, which of several records is opened,
//! and who may write. It knows no browser: whoever holds it carries out what
//! it says and tells it what came of that.
//!
//! There are two places. The record is the whole draft, written a moment after
//! a change and compared first: nobody writes over a record that they have not
//! seen. The change is what the record does not hold yet; each open page has
//! one of its own, written at once, gone when the record holds it.

use super::record::{
    Parts, Stamp, Unreadable, body_of, head_of, parts_of, read_record, stamp_of, write_record,
};
use crate::json::{Json, Object};

/// How many earlier states are kept.
pub const EARLIER: usize = 3;
/// The place beside the earlier states in which an unreadable record is put.
pub const UNREADABLE: usize = EARLIER;
/// How far apart earlier states are, in milliseconds, unless another case takes the place of one.
const APART: u64 = 15 * 60 * 1000;

const RECORD: &str = "draft";
const CHANGE: &str = "change";

/// What there is in the places where a draft is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The record.
    pub now: Option<String>,
    /// Its copy in another storage, a little older.
    pub copy: Option<String>,
    /// The earlier states, and what could not be read.
    pub earlier: [Option<String>; EARLIER + 1],
    /// The change of each page, with the key it stands under.
    pub changes: Vec<(String, String)>,
    /// The head of the record that was written last.
    pub head: Option<String>,
    /// Parts that stand by themselves, as the first version wrote them.
    pub loose: Parts,
}

/// A state of a draft that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// When it was written, in milliseconds since 1970.
    pub at: u64,
    /// The parts of the draft.
    pub members: Object,
    revision: u64,
    writer: String,
    head: String,
}

/// A record to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writing {
    /// The head of the record that it may take the place of; empty for none.
    pub expected: String,
    /// The head of the record that the page goes on from, wherever it was kept.
    pub base: String,
    /// The record.
    pub text: String,
    /// The place that the record before it goes to, if any.
    pub aside: Option<usize>,
    /// Whether nothing of the record before it may be left, in its copy neither.
    pub replaces_all: bool,
}

/// What came of a record that was to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is kept.
    Kept,
    /// Only the copy is: the place of the record takes nothing.
    OnlyCopied,
    /// Another record is there. Nothing was written.
    Another,
    /// The place of the record is empty, as when a browser short of space makes room.
    Gone,
    /// Every place is empty: all was wiped, by another page or by a tool that cleans.
    Wiped,
    /// Nothing could be written.
    Failed,
}

/// Why a page no longer writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frozen {
    /// Another page has written the draft meanwhile.
    Stale,
    /// It was wiped, by another page or by a tool that cleans.
    Wiped,
    /// A newer version of the page wrote it.
    Newer,
}

/// What is opened, and what has to be told about it.
#[derive(Debug)]
pub struct Opened {
    /// Keeps the draft from now on.
    pub keeper: Keeper,
    /// The draft; without members where there is none.
    pub members: Object,
    /// When the state that is opened was written, where a newer one cannot be read any more.
    pub recovered: Option<u64>,
    /// Records that cannot be read, as they are.
    pub raw: Vec<String>,
    /// Changes of other pages that nobody else keeps: earlier states from now on, each with its place.
    pub shelved: Vec<(usize, String)>,
    /// The keys of changes that are kept elsewhere by then, with what stands there.
    pub done_with: Vec<(String, String)>,
}

/// Keeps one draft for one open page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keeper {
    writer: String,
    revision: u64,
    /// The head of the record as this page last saw it.
    expected: String,
    /// The case in that record, where it says anything.
    case: Option<String>,
    /// The head of the record that the change adds to.
    base: String,
    /// What that record holds.
    kept: Parts,
    /// What the page holds.
    now: Parts,
    under_way: Option<(Writing, Parts)>,
    /// When each earlier state was written; zero for none.
    earlier: [u64; EARLIER],
    /// Whether the record cannot be read and is to be put aside.
    unreadable: bool,
    /// Whether the record holds what shall no longer be kept.
    holds_too_much: bool,
    frozen: Option<Frozen>,
}

fn read_state(text: &str) -> Result<State, Unreadable> {
    let (stamp, body) = read_record(RECORD, text)?;
    match Json::parse(body) {
        Ok(Json::Object(members)) => Ok(State {
            at: stamp.at,
            members,
            revision: stamp.revision,
            writer: stamp.writer,
            head: head_of(text).to_owned(),
        }),
        _ => Err(Unreadable::Broken),
    }
}

/// The change of a page, as it was noted.
struct Change {
    stamp: Stamp,
    base: String,
    parts: Object,
    gone: Vec<Json>,
}

fn read_change(text: &str) -> Result<Change, Unreadable> {
    let (stamp, body) = read_record(CHANGE, text)?;
    let Ok(Json::Object(mut members)) = Json::parse(body) else {
        return Err(Unreadable::Broken);
    };
    match (
        members.remove("base"),
        members.remove("parts"),
        members.remove("gone"),
    ) {
        (Some(Json::Text(base)), Some(Json::Object(parts)), Some(Json::List(gone))) => Ok(Change {
            stamp,
            base,
            parts,
            gone,
        }),
        _ => Err(Unreadable::Broken),
    }
}

impl Change {
    /// The state after this change of another.
    fn applied_to(&self, base: Option<&State>) -> State {
        let mut members = base.map(|base| base.members.clone()).unwrap_or_default();
        for (part, value) in &self.parts {
            members.insert(part.clone(), value.clone());
        }
        for part in self.gone.iter().filter_map(Json::as_text) {
            members.remove(part);
        }
        State {
            at: self.stamp.at,
            members,
            revision: self.stamp.revision,
            writer: self.stamp.writer.clone(),
            head: String::new(),
        }
    }

    /// Whether a record holds it.
    fn is_in(&self, record: &State) -> bool {
        self.stamp.writer == record.writer && self.stamp.revision <= record.revision
    }

    /// Whether it is what came next after a record.
    fn follows(&self, record: Option<&State>) -> bool {
        match record {
            None => self.base.is_empty(),
            Some(record) => {
                self.base == record.head
                    // The page ended between the record and the note that it is kept.
                    || (self.stamp.writer == record.writer && self.stamp.revision > record.revision)
            }
        }
    }
}

/// The id of the case of a draft, where it says anything.
fn case_of(parts: &Parts) -> Option<String> {
    let says = |part: &str| parts.get(part).is_some_and(|text| text.len() > 2);
    let any = says("facts") || says("form") || says("narrative");
    any.then(|| parts.get("id").cloned().unwrap_or_default())
}

/// Opens what was found. The newest state that can be read is opened, and what
/// cannot be read is told; nothing that somebody typed is dropped.
pub fn open(found: &Found, writer: String) -> Opened {
    let mut raw = Vec::new();
    let mut newer = false;
    let mut read = |text: &Option<String>| {
        let text = text.as_ref()?;
        match read_state(text) {
            Ok(state) => Some(state),
            Err(fault) => {
                newer |= fault == Unreadable::Newer;
                raw.push(text.clone());
                None
            }
        }
    };
    let now = read(&found.now);
    let unreadable = found.now.is_some() && now.is_none();
    let copy = read(&found.copy);
    // Beside a record that can be read its copy adds nothing.
    let copy_is_newer = copy
        .as_ref()
        .is_some_and(|copy| now.as_ref().is_none_or(|now| copy.revision > now.revision));
    let mut base = if copy_is_newer { copy } else { now };
    let earlier = found
        .earlier
        .each_ref()
        .map(|text| read_state(text.as_ref()?).ok());
    if base.is_none() && (unreadable || found.copy.is_some()) {
        base = newest_of(&earlier);
    }
    let mut changes = Vec::new();
    let mut lost_change = false;
    for (key, text) in &found.changes {
        match read_change(text) {
            Ok(change) => changes.push((key, text, change)),
            Err(fault) => {
                newer |= fault == Unreadable::Newer;
                lost_change = true;
                raw.push(text.clone());
            }
        }
    }
    // Of several changes that came next, the last one is opened.
    let comes_next = |change: &Change| {
        !base.as_ref().is_some_and(|base| change.is_in(base)) && change.follows(base.as_ref())
    };
    let next = changes
        .iter()
        .map(|(_, _, change)| change)
        .filter(|change| comes_next(change));
    let next = next.map(|change| change.stamp.revision).max();
    let times = [0, 1, 2].map(|place| {
        let state = earlier.get(place).and_then(Option::as_ref);
        state.map_or(0, |state| state.at)
    });
    let mut keeper = Keeper {
        writer,
        expected: found.now.as_deref().map_or("", head_of).to_owned(),
        earlier: times,
        unreadable,
        ..Keeper::default()
    };
    let mut opened = base.clone();
    let mut is_changed = false;
    let mut shelved = Vec::new();
    let mut done_with = Vec::new();
    let mut revision = base.as_ref().map_or(0, |base| base.revision);
    for (key, text, change) in changes {
        revision = revision.max(change.stamp.revision);
        if base.as_ref().is_some_and(|base| change.is_in(base)) {
            // It is kept already.
        } else if !is_changed && next == Some(change.stamp.revision) && change.follows(base.as_ref()) {
            is_changed = true;
            opened = Some(change.applied_to(base.as_ref()));
        } else {
            // Somebody typed this, and the draft went on without it.
            if shelved.len() == EARLIER {
                // There is room for no more: it stays noted until the next time.
                continue;
            }
            let of_the_case = |state: &&State| state.members.get("id") == change.parts.get("id");
            let state = change.applied_to(base.as_ref().filter(of_the_case));
            let is_taken = |place| shelved.iter().any(|(taken, _)| *taken == place);
            let place = keeper.oldest_place(is_taken);
            if let Some(at) = keeper.earlier.get_mut(place) {
                *at = state.at;
            }
            shelved.push((place, state.to_text()));
        }
        done_with.push((key.clone(), text.clone()));
    }
    // What was written last may be gone altogether.
    let last = found.head.as_deref().and_then(|head| stamp_of(RECORD, head));
    let is_older = last.as_ref().is_some_and(|last| last.revision > revision);
    keeper.revision = revision.max(last.map_or(0, |last| last.revision));
    let is_recovered = unreadable || lost_change || is_older;
    let recovered = opened.as_ref().filter(|_| is_recovered).map(|state| state.at);
    if let Some(base) = &base {
        keeper.base.clone_from(&base.head);
        keeper.kept = parts_of(&base.members);
        keeper.case = case_of(&keeper.kept);
    }
    let mut members = opened.map(|state| state.members).unwrap_or_default();
    keeper.now = parts_of(&members);
    if members.is_empty() {
        for (part, text) in &found.loose {
            match Json::parse(text) {
                Ok(value) => drop(members.insert(part.clone(), value)),
                Err(_) => raw.push(text.clone()),
            }
        }
    }
    if newer {
        keeper.frozen = Some(Frozen::Newer);
        members = Object::new();
    } else if !unreadable && !lost_change && found.loose.is_empty() {
        // A copy that cannot be read stands beside a record that can.
        raw.clear();
    }
    Opened {
        keeper,
        members,
        recovered,
        raw,
        shelved,
        done_with,
    }
}

fn newest_of(states: &[Option<State>]) -> Option<State> {
    let states = states.iter().flatten();
    states.max_by_key(|state| (state.revision, state.at)).cloned()
}

/// The earlier states that hold entries of these fields, as they are without
/// them, each with its place.
pub fn earlier_without(found: &Found, fields: &[&str]) -> Vec<(usize, String)> {
    let without = |(place, text): (usize, &Option<String>)| {
        let mut state = read_state(text.as_ref()?).ok()?;
        let Some(Json::Object(form)) = state.members.get_mut("form") else {
            return None;
        };
        let taken = fields.iter().filter(|field| form.remove(field).is_some()).count();
        (taken > 0).then(|| (place, state.to_text()))
    };
    let earlier = found.earlier.iter().take(EARLIER).enumerate();
    earlier.filter_map(without).collect()
}

/// The earlier states, newest first.
pub fn earlier_states(found: &Found) -> Vec<State> {
    let texts = found.earlier.iter().take(EARLIER).flatten();
    let mut states: Vec<State> = Vec::new();
    for state in texts.filter_map(|text| read_state(text).ok()) {
        // There are three at most, for which no sorting is brought along.
        let place = states.iter().position(|other| other.at < state.at);
        states.insert(place.unwrap_or(states.len()), state);
    }
    states
}

impl State {
    fn to_text(&self) -> String {
        let stamp = Stamp {
            revision: self.revision,
            writer: self.writer.clone(),
            at: self.at,
        };
        write_record(RECORD, &stamp, &body_of(&parts_of(&self.members)))
    }
}

impl Keeper {
    /// Whether nothing is kept and nothing was to be.
    pub const fn is_new(&self) -> bool {
        self.expected.is_empty() && self.kept.is_empty() && self.now.is_empty()
    }

    /// Why this page no longer writes, if so.
    pub const fn frozen(&self) -> Option<Frozen> {
        self.frozen
    }

    /// Who writes: the name of this page among those that are open.
    pub fn writer(&self) -> &str {
        &self.writer
    }

    /// Whether the page holds what no record does.
    pub fn is_behind(&self) -> bool {
        self.now != self.kept
    }

    /// Takes what was opened as the page has it, which may be put otherwise: that is no change.
    pub fn settle(&mut self, parts: Parts) {
        if self.is_new() {
            return;
        }
        if !self.is_behind() && !self.base.is_empty() {
            self.kept = parts.clone();
        }
        self.now = parts;
    }

    /// Takes what the page holds now. Whether that is a change that shall be kept.
    pub fn change(&mut self, parts: Parts) -> bool {
        if self.frozen.is_some() || self.now == parts {
            return false;
        }
        self.revision += 1;
        self.now = parts;
        true
    }

    /// What no record holds yet, to be noted at once; `None` where there is nothing.
    pub fn noted(&self, at: u64) -> Option<String> {
        if self.frozen == Some(Frozen::Wiped) || !self.is_behind() {
            return None;
        }
        let mut changed = Parts::new();
        for (part, text) in &self.now {
            // The case says which one it is, whatever has become of the record.
            if part == "id" || self.kept.get(part) != Some(text) {
                changed.insert(part.clone(), text.clone());
            }
        }
        let gone = self.kept.iter().filter(|(part, _)| !self.now.contains_key(part));
        let gone = gone.map(|(part, _)| Json::text(&**part)).collect();
        let mut body = Parts::new();
        body.insert(String::from("base"), Json::text(&*self.base).to_line());
        body.insert(String::from("gone"), Json::List(gone).to_line());
        body.insert(String::from("parts"), body_of(&changed));
        Some(write_record(CHANGE, &self.stamp(at), &body_of(&body)))
    }

    fn stamp(&self, at: u64) -> Stamp {
        Stamp {
            revision: self.revision,
            writer: self.writer.clone(),
            at,
        }
    }

    /// The record to be written now, if one is and none is under way.
    pub fn due(&mut self, at: u64) -> Option<Writing> {
        if self.frozen.is_some() || self.under_way.is_some() || !self.is_behind() {
            return None;
        }
        let writing = Writing {
            expected: self.expected.clone(),
            base: self.base.clone(),
            text: write_record(RECORD, &self.stamp(at), &body_of(&self.now)),
            aside: self.aside(at),
            replaces_all: self.holds_too_much,
        };
        self.under_way = Some((writing.clone(), self.now.clone()));
        Some(writing)
    }

    /// The place that the present record goes to when the next takes its own.
    fn aside(&self, at: u64) -> Option<usize> {
        if self.unreadable {
            return Some(UNREADABLE);
        }
        if self.expected.is_empty() || self.holds_too_much {
            return None;
        }
        let newest = self.earlier.iter().max().copied().unwrap_or_default();
        let case = self.case.as_ref()?;
        let is_other = case_of(&self.now).as_ref() != Some(case);
        (is_other || at.saturating_sub(newest) >= APART).then(|| self.oldest_place(|_| false))
    }

    /// The place of the oldest of the earlier states, of those that are not taken.
    fn oldest_place(&self, is_taken: impl Fn(usize) -> bool) -> usize {
        let places = self.earlier.iter().enumerate();
        let places = places.filter(|(place, _)| !is_taken(*place));
        places.min_by_key(|(_, at)| **at).map_or(0, |(place, _)| place)
    }

    /// Takes what came of the record that was under way.
    pub fn landed(&mut self, outcome: Outcome) {
        let Some((writing, parts)) = self.under_way.take() else {
            return;
        };
        match outcome {
            Outcome::Kept => {
                // The state that went aside is the one that was expected.
                let before = stamp_of(RECORD, &writing.expected).map_or(1, |stamp| stamp.at);
                if let Some(at) = writing.aside.and_then(|place| self.earlier.get_mut(place)) {
                    *at = before;
                }
                self.unreadable = false;
                if writing.replaces_all {
                    self.holds_too_much = false;
                }
                head_of(&writing.text).clone_into(&mut self.expected);
                self.hold(parts);
            }
            Outcome::OnlyCopied => {
                head_of(&writing.text).clone_into(&mut self.base);
                self.kept = parts;
            }
            // This page still has it all, and writes it again.
            Outcome::Gone => self.forget_record(),
            Outcome::Another => self.frozen = Some(Frozen::Stale),
            Outcome::Wiped => self.frozen = Some(Frozen::Wiped),
            Outcome::Failed => {}
        }
    }

    fn hold(&mut self, parts: Parts) {
        self.base.clone_from(&self.expected);
        self.case = case_of(&parts);
        self.kept = parts;
    }

    fn forget_record(&mut self) {
        self.expected.clear();
        self.base.clear();
        self.kept = Parts::new();
        self.earlier = [0; EARLIER];
        self.case = None;
        self.unreadable = false;
    }

    /// Writes again what the page holds, after all was wiped.
    pub fn resume(&mut self) {
        if self.frozen == Some(Frozen::Wiped) {
            self.frozen = None;
            self.forget_record();
        }
    }

    /// Takes the head of the record that another page wrote, or that it wiped
    /// everything. Whether this page has stopped writing for that.
    pub fn told(&mut self, head: Option<&str>) -> bool {
        let before = self.frozen;
        match head {
            None if !self.expected.is_empty() => self.frozen = Some(Frozen::Wiped),
            Some(head) => {
                let mine = stamp_of(RECORD, &self.expected).map_or(0, |stamp| stamp.revision);
                let theirs = stamp_of(RECORD, head);
                let is_newer = theirs.is_some_and(|theirs| {
                    theirs.writer != self.writer
                        && (theirs.revision > mine || (theirs.revision == mine && head != self.expected))
                });
                if is_newer && self.frozen.is_none() {
                    self.frozen = Some(Frozen::Stale);
                }
            }
            None => {}
        }
        self.frozen != before
    }

    /// Takes it that the record holds what shall no longer be kept: the next
    /// one takes its place, and it becomes no earlier state.
    pub const fn drop_record(&mut self) {
        self.holds_too_much = true;
    }

    /// Forgets everything, as all that was kept is wiped.
    pub fn forget(&mut self) {
        *self = Self {
            writer: self.writer.clone(),
            revision: self.revision,
            ..Self::default()
        };
    }
}
