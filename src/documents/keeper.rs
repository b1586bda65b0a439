//! Keeping a draft: what is written when, which of several records is opened,
//! and who may write. It knows no browser: whoever holds it carries out what
//! it says and tells it what came of that.
//!
//! There are two places. The record is the whole draft, written a moment after
//! a change and compared first: nobody writes over a record that they have not
//! seen. The change is what the record does not hold yet; each open page has
//! one of its own, written at once, gone when the record holds it.

use super::record::{
    Parts, Stamp, Unreadable, body_of, head_of, parts_of, read_record, revision_of, stamp_of, write_record,
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
    /// The change of each page, with the key it is under.
    pub changes: Vec<(String, String)>,
    /// The head of the record that was written last.
    pub head: Option<String>,
    /// Parts that stand by themselves, as the first version wrote them.
    pub loose: Parts,
    /// Whether a place did not answer, so that there may be more.
    pub is_partial: bool,
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
    /// The places of what becomes an earlier state with it, and what goes
    /// there: a text, or the record before it.
    pub aside: Vec<(usize, Option<String>)>,
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

/// What is opened, and what has to be said about it.
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
    /// What the draft was read from, as it is.
    pub texts: Vec<String>,
    /// Changes of other pages that nobody else keeps: earlier states from now on, each with its place.
    pub shelved: Vec<(usize, String)>,
    /// The keys of changes that are kept elsewhere by then, with what is there.
    pub done_with: Vec<(String, String)>,
}

/// The revision and the time of an earlier state; zeros for none. Revisions
/// come first: a clock can have been wrong.
type Age = (u64, u64);

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
    /// The head of a record that is out of reach, and that the user knows of.
    passed_over: String,
    /// What that record holds.
    kept: Parts,
    /// What the page holds.
    now: Parts,
    /// The parts in which a record that was sent off since may differ from the one that is known.
    touched: Vec<String>,
    under_way: Option<(Writing, Parts)>,
    /// What each of the places of earlier states holds.
    earlier: [Age; EARLIER],
    /// What the page held when other cases took its place, until these are
    /// earlier states; with the place that is free for it, if one is.
    replaced: Vec<(Option<usize>, String)>,
    /// Whether the record cannot be read and is to be put aside.
    unreadable: bool,
    /// The copy, where it cannot be read and is all that there was.
    spoilt_copy: Option<String>,
    /// Whether the record says something that the copy may know nothing of
    /// from which the page goes on.
    is_branch: bool,
    /// Whether the record holds what shall no longer be kept.
    holds_too_much: bool,
    /// What was written beside the place of the record alone, as that gave no answer.
    only_copied: Option<Writing>,
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
    /// What was on the page before other cases took its place.
    replaced: Vec<String>,
}

fn read_change(text: &str) -> Result<Change, Unreadable> {
    let (stamp, body) = read_record(CHANGE, text)?;
    let Ok(Json::Object(mut members)) = Json::parse(body) else {
        return Err(Unreadable::Broken);
    };
    let replaced = match members.remove("replaced") {
        Some(Json::List(texts)) => texts
            .iter()
            .filter_map(Json::as_text)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
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
            replaced,
        }),
        _ => Err(Unreadable::Broken),
    }
}

impl Change {
    /// The state after this change of another.
    fn applied_to(&self, base: Option<&State>) -> State {
        // One that adds to nothing holds everything.
        let base = base.filter(|_| !self.base.is_empty());
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
                    // What it adds to a later record that is lost would not do.
                    || (self.stamp.writer == record.writer
                        && self.stamp.revision > record.revision
                        && revision_of(&self.base) <= record.revision)
            }
        }
    }
}

/// The parts in which a case says something.
const SAYING: [&str; 9] = [
    "title",
    "facts",
    "form",
    "narrative",
    "evidence",
    "notes",
    "readings",
    "lowered",
    "feedback",
];

/// The id of the case of a draft, where it says anything.
fn case_of(parts: &Parts) -> Option<String> {
    let says = |part: &&str| parts.get(part).is_some_and(|text| text.len() > 2);
    let any = SAYING.iter().any(says);
    any.then(|| parts.get("id").cloned().unwrap_or_default())
}

/// How old what is in the place of an earlier state is. What is broken
/// makes room before all else.
fn age_of(text: &str) -> Age {
    let stamp = match read_record(RECORD, text) {
        Ok((stamp, _)) => Some(stamp),
        Err(Unreadable::Newer) => stamp_of(RECORD, head_of(text)),
        Err(Unreadable::Broken) => None,
    };
    stamp.map_or((0, 0), |stamp| (stamp.revision, stamp.at))
}

/// Opens what was found. The newest state that can be read is opened, and what
/// cannot be read is shown; nothing that somebody typed is dropped.
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
    let is_branch = copy_is_newer
        && (now.as_ref().zip(copy.as_ref())).is_some_and(|(now, copy)| {
            now.writer != copy.writer && case_of(&parts_of(&now.members)).is_some()
        });
    let spoilt_copy = match (&found.now, &copy) {
        (None, None) => found.copy.clone(),
        _ => None,
    };
    let mut shelved: Vec<(usize, String)> = Vec::new();
    // A page that could not reach the record goes on beside it. Its own copy
    // every page makes with its first record, so that it is told apart by its writer.
    let is_beside = copy.as_ref().zip(now.as_ref());
    let is_beside = is_beside.is_some_and(|(copy, now)| !copy_is_newer && copy.writer != now.writer);
    let beside = found.copy.clone().filter(|_| is_beside);
    let mut base = if copy_is_newer { copy } else { now };
    let earlier = found
        .earlier
        .each_ref()
        .map(|text| read_state(text.as_ref()?).ok());
    if base.is_none() && (unreadable || spoilt_copy.is_some()) {
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
    let mut keeper = Keeper {
        writer,
        expected: found.now.as_deref().map_or("", head_of).to_owned(),
        unreadable,
        is_branch,
        ..Keeper::default()
    };
    keeper.see_earlier(found);
    let is_spoilt = spoilt_copy.is_some();
    keeper.spoilt_copy = spoilt_copy;
    let stands = |text: &&String| base.as_ref().is_some_and(|base| head_of(text) == base.head);
    let kept = [&found.now, &found.copy]
        .into_iter()
        .chain(&found.earlier)
        .flatten();
    let mut texts: Vec<String> = kept.filter(stands).take(1).cloned().collect();
    let mut opened = base.clone();
    let mut is_changed = false;
    if let Some(text) = beside.filter(|text| !found.earlier.iter().flatten().any(|earlier| earlier == text)) {
        keeper.shelve(&mut shelved, text);
    }
    let mut done_with = Vec::new();
    let mut revision = base.as_ref().map_or(0, |base| base.revision);
    // What is known to have been written last, which may be gone.
    let last = found.head.as_deref().and_then(|head| stamp_of(RECORD, head));
    let mut last = last.map_or(0, |last| last.revision);
    for (key, text, change) in changes {
        revision = revision.max(change.stamp.revision);
        last = last.max(revision_of(&change.base));
        if base.as_ref().is_some_and(|base| change.is_in(base)) {
            // It is kept already.
        } else if !is_changed && next == Some(change.stamp.revision) && change.follows(base.as_ref()) {
            is_changed = true;
            // It stays noted until a record holds it, also where it is taken back.
            let gone = change.gone.iter().filter_map(Json::as_text);
            let parts = change.parts.keys().map(String::as_str);
            keeper.touched = parts.chain(gone).map(str::to_owned).collect();
            opened = Some(change.applied_to(base.as_ref()));
            keeper.replaced = change.replaced.into_iter().map(|text| (None, text)).collect();
            texts.push(text.clone());
        } else {
            // Somebody typed this, and the draft went on without it.
            if shelved.len() + change.replaced.len() >= EARLIER {
                // There is room for no more: it stays noted until the next time.
                continue;
            }
            let of_the_case = |state: &&State| state.members.get("id") == change.parts.get("id");
            let added_to = earlier.iter().flatten().find(|state| state.head == change.base);
            let state = change.applied_to(added_to.or(base.as_ref().filter(of_the_case)));
            for text in change.replaced.into_iter().chain([state.to_text()]) {
                keeper.shelve(&mut shelved, text);
            }
        }
        done_with.push((key.clone(), text.clone()));
    }
    let is_older = last > opened.as_ref().map_or(0, |opened| opened.revision);
    keeper.revision = revision.max(last);
    let is_recovered = unreadable || is_spoilt || lost_change || is_older;
    if !found.is_partial {
        // Where that is not the head of what is opened its record is lost.
        keeper.pass_over(found.head.as_deref());
    }
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
            texts.push(text.clone());
            match Json::parse(text) {
                Ok(value) => drop(members.insert(part.clone(), value)),
                Err(_) => raw.push(text.clone()),
            }
        }
    }
    if newer {
        keeper.frozen = Some(Frozen::Newer);
        members = Object::new();
        // Nothing of what is there may give way either.
        shelved.clear();
        done_with.clear();
    } else if !unreadable && !is_spoilt && !lost_change && found.loose.is_empty() {
        // A copy that cannot be read is beside a record that can.
        raw.clear();
    }
    Opened {
        keeper,
        members,
        recovered,
        raw,
        texts,
        shelved,
        done_with,
    }
}

impl Opened {
    /// Leaves alone what is there, as nothing can be made of it: the page that
    /// wrote it knew more. It is shown, and given out as it is.
    pub fn leave_alone(&mut self) {
        self.keeper.frozen = Some(Frozen::Newer);
        self.members = Object::new();
        self.recovered = None;
        self.shelved.clear();
        self.done_with.clear();
        for text in core::mem::take(&mut self.texts) {
            if !self.raw.contains(&text) {
                self.raw.push(text);
            }
        }
    }
}

fn newest_of(states: &[Option<State>]) -> Option<State> {
    let states = states.iter().flatten();
    states.max_by_key(|state| (state.revision, state.at)).cloned()
}

/// The earlier states that hold entries of these fields, as they are without
/// them, each with its place. What cannot be read may hold them: it gives way
/// to an empty text.
pub fn earlier_without(found: &Found, fields: &[&str]) -> Vec<(usize, String)> {
    let without = |(place, text): (usize, &Option<String>)| {
        let Ok(mut state) = read_state(text.as_ref()?) else {
            return Some((place, String::new()));
        };
        let Some(Json::Object(form)) = state.members.get_mut("form") else {
            return None;
        };
        let taken = fields.iter().filter(|field| form.remove(field).is_some()).count();
        (taken > 0).then(|| (place, state.to_text()))
    };
    let earlier = found.earlier.iter().enumerate();
    earlier.filter_map(without).collect()
}

/// The earlier states, newest first.
pub fn earlier_states(found: &Found) -> Vec<State> {
    let texts = found.earlier.iter().take(EARLIER).flatten();
    let mut states: Vec<State> = Vec::new();
    for state in texts.filter_map(|text| read_state(text).ok()) {
        // There are three at most, for which no sorting is brought along.
        let place = states.iter().position(|other| other.age() < state.age());
        states.insert(place.unwrap_or(states.len()), state);
    }
    states
}

/// What stands among the earlier states and cannot be read, as it is.
pub fn unreadable_earlier(found: &Found) -> Vec<String> {
    let texts = found.earlier.iter().flatten();
    texts.filter(|text| read_state(text).is_err()).cloned().collect()
}

impl State {
    const fn age(&self) -> Age {
        (self.revision, self.at)
    }

    /// The record of it.
    pub fn to_text(&self) -> String {
        let stamp = Stamp {
            revision: self.revision,
            writer: self.writer.clone(),
            at: self.at,
        };
        write_record(RECORD, &stamp, &body_of(&parts_of(&self.members)))
    }
}

impl Keeper {
    /// Gives a text the place of the oldest of the earlier states.
    fn shelve(&mut self, shelved: &mut Vec<(usize, String)>, text: String) {
        let place = self.oldest_place(|place| shelved.iter().any(|(taken, _)| *taken == place));
        if let Some(age) = self.earlier.get_mut(place) {
            *age = age_of(&text);
        }
        shelved.push((place, text));
    }

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

    /// Whether the page holds what no record does, or may do so.
    pub fn is_behind(&self) -> bool {
        self.now != self.kept || !self.touched.is_empty() || !self.replaced.is_empty()
    }

    /// Whether the last record is in no safe place yet, only its copy is.
    pub const fn is_only_copied(&self) -> bool {
        self.only_copied.is_some()
    }

    /// Leaves what is kept to the page that wrote it: this one has seen nothing of it.
    pub fn stand_back(&mut self) {
        self.frozen = self.frozen.or(Some(Frozen::Stale));
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
        // What a broken head says of the last one may be any number.
        self.revision = self.revision.saturating_add(1);
        self.now = parts;
        true
    }

    /// What no record holds yet, to be noted at once; `None` where there is nothing.
    pub fn noted(&self, at: u64) -> Option<String> {
        if self.frozen == Some(Frozen::Wiped) || !self.is_behind() {
            return None;
        }
        let mut changed = Parts::new();
        let changed_parts = self.changed_parts();
        let mut gone = Vec::new();
        for part in &changed_parts {
            match self.now.get(part) {
                Some(text) => drop(changed.insert(part.clone(), text.clone())),
                None => gone.push(Json::text(&**part)),
            }
        }
        // The case says which one it is, whatever has become of the record.
        if let Some(id) = self.now.get("id") {
            changed.insert(String::from("id"), id.clone());
        }
        let mut body = Parts::new();
        body.insert(String::from("base"), Json::text(&*self.base).to_line());
        body.insert(String::from("gone"), Json::List(gone).to_line());
        body.insert(String::from("parts"), body_of(&changed));
        if !self.replaced.is_empty() {
            let replaced = self.replaced.iter().map(|(_, text)| Json::text(&**text));
            body.insert(String::from("replaced"), Json::List(replaced.collect()).to_line());
        }
        Some(write_record(CHANGE, &self.stamp(at), &body_of(&body)))
    }

    /// The parts in which the page differs from the record that is known, or
    /// from one that was sent off and may have been kept all the same.
    fn changed_parts(&self) -> Vec<String> {
        let mut changed = self.touched.clone();
        for (part, text) in &self.now {
            if self.kept.get(part) != Some(text) && !changed.contains(part) {
                changed.push(part.clone());
            }
        }
        for (part, _) in &self.kept {
            if !self.now.contains_key(part) && !changed.contains(part) {
                changed.push(part.clone());
            }
        }
        changed
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
        if self.frozen.is_some() || self.under_way.is_some() {
            return None;
        }
        if !self.is_behind() {
            // The same once more: to other pages it is no change.
            let writing = self.only_copied.clone()?;
            self.under_way = Some((writing.clone(), self.now.clone()));
            return Some(writing);
        }
        let writing = Writing {
            expected: self.expected.clone(),
            base: self.last_known().to_owned(),
            text: write_record(RECORD, &self.stamp(at), &body_of(&self.now)),
            aside: self.aside(at),
            replaces_all: self.holds_too_much,
        };
        self.touched = self.changed_parts();
        self.under_way = Some((writing.clone(), self.now.clone()));
        Some(writing)
    }

    /// The head of the last record that the page goes on from or passes over; empty for none.
    fn last_known(&self) -> &str {
        if revision_of(&self.passed_over) >= revision_of(&self.base) {
            &self.passed_over
        } else {
            &self.base
        }
    }

    /// What becomes an earlier state when the next record takes the place of
    /// the present one, and where it goes.
    fn aside(&self, at: u64) -> Vec<(usize, Option<String>)> {
        let mut aside: Vec<(usize, Option<String>)> = Vec::new();
        // What shall no longer be kept may be in anything that was there.
        if self.holds_too_much {
            return aside;
        }
        for (place, text) in &self.replaced {
            let is_taken = |place| aside.iter().any(|(taken, _)| *taken == place);
            let place = place.filter(|place| !is_taken(*place));
            let place = place.unwrap_or_else(|| self.oldest_place(is_taken));
            aside.push((place, Some(text.clone())));
        }
        if self.unreadable {
            aside.push((UNREADABLE, None));
        } else if self.puts_record_aside(at) {
            let place = self.oldest_place(|place| aside.iter().any(|(taken, _)| *taken == place));
            aside.push((place, None));
        }
        if let Some(copy) = self.spoilt_copy.as_ref().filter(|_| !self.unreadable) {
            aside.push((UNREADABLE, Some(copy.clone())));
        }
        aside
    }

    /// Whether the present record becomes an earlier state.
    fn puts_record_aside(&self, at: u64) -> bool {
        if self.is_branch {
            return true;
        }
        if self.expected.is_empty() || self.case.is_none() {
            return false;
        }
        // What the page held before another case took its place is the record, or came after it.
        if !self.replaced.is_empty() {
            return false;
        }
        let newest = self.earlier.iter().max().copied().unwrap_or_default();
        // One that is yet to come was written while the clock was wrong.
        let is_due = at < newest.1 || at - newest.1 >= APART;
        is_due || case_of(&self.now) != self.case
    }

    /// The place of the oldest of the earlier states, of those that are not taken.
    fn oldest_place(&self, is_taken: impl Fn(usize) -> bool) -> usize {
        let places = self.earlier.iter().enumerate();
        let places = places.filter(|(place, _)| !is_taken(*place));
        places.min_by_key(|(_, age)| **age).map_or(0, |(place, _)| place)
    }

    /// Takes what the places of earlier states hold by now: other pages use them, too.
    pub fn see_earlier(&mut self, found: &Found) {
        for (age, text) in self.earlier.iter_mut().zip(&found.earlier) {
            *age = text.as_deref().map_or((0, 0), age_of);
        }
    }

    /// Takes it that a whole case is about to take the place of the one on the
    /// page, which becomes an earlier state with the next record: in the place
    /// of the one that is brought back, where that is what comes, so that no
    /// other gives way.
    pub fn replace(&mut self, at: u64, brought: Option<&State>) {
        if self.frozen.is_some() || case_of(&self.now).is_none() {
            return;
        }
        // While no record can be written they would be ever more.
        if self.replaced.len() + 1 == EARLIER {
            self.replaced.remove(0);
        }
        let is_brought = |age: &Age| brought.is_some_and(|state| state.age() == *age);
        let place = self.earlier.iter().position(is_brought);
        let text = write_record(RECORD, &self.stamp(at), &body_of(&self.now));
        self.replaced.push((place, text));
    }

    /// What is no earlier state yet and will be one with the next record, newest first.
    pub fn replaced_states(&self) -> Vec<State> {
        let texts = self.replaced.iter().rev();
        texts.filter_map(|(_, text)| read_state(text).ok()).collect()
    }

    /// Goes on from what is open although a record of that head was written
    /// later, as that one cannot be had and the user knows.
    pub fn pass_over(&mut self, head: Option<&str>) {
        head.unwrap_or_default().clone_into(&mut self.passed_over);
    }

    /// Takes what came of the record that was under way.
    pub fn landed(&mut self, outcome: Outcome) {
        let Some((writing, parts)) = self.under_way.take() else {
            return;
        };
        match outcome {
            Outcome::Kept => {
                self.have_put_aside(&writing);
                self.unreadable = false;
                self.is_branch = false;
                self.only_copied = None;
                if writing.replaces_all {
                    self.holds_too_much = false;
                }
                head_of(&writing.text).clone_into(&mut self.expected);
                self.hold(parts);
            }
            Outcome::OnlyCopied => {
                self.have_put_aside(&writing);
                head_of(&writing.text).clone_into(&mut self.base);
                self.touched.clear();
                self.kept = parts;
                self.only_copied = Some(writing);
            }
            // This page still has it all, and writes it again; what the head says of it is known.
            Outcome::Gone => {
                self.forget_record();
                self.passed_over = writing.base;
            }
            // What was wiped does not become an earlier state.
            Outcome::Another => self.frozen = self.frozen.or(Some(Frozen::Stale)),
            Outcome::Wiped => self.frozen = Some(Frozen::Wiped),
            Outcome::Failed => {}
        }
    }

    fn have_put_aside(&mut self, writing: &Writing) {
        for (place, text) in &writing.aside {
            // Where it is no text it is the record that was expected.
            let head = text.as_deref().map_or(writing.expected.as_str(), head_of);
            let stamp = stamp_of(RECORD, head);
            if let (Some(age), Some(stamp)) = (self.earlier.get_mut(*place), stamp) {
                *age = (stamp.revision, stamp.at);
            }
        }
        let is_aside = |text: &String| {
            writing
                .aside
                .iter()
                .any(|(_, aside)| aside.as_ref() == Some(text))
        };
        self.replaced.retain(|(_, text)| !is_aside(text));
        self.spoilt_copy = None;
    }

    fn hold(&mut self, parts: Parts) {
        self.base.clone_from(&self.expected);
        self.case = case_of(&parts);
        self.touched.clear();
        self.kept = parts;
    }

    fn forget_record(&mut self) {
        self.expected.clear();
        self.base.clear();
        self.kept = Parts::new();
        self.touched.clear();
        self.earlier = [(0, 0); EARLIER];
        self.case = None;
        self.unreadable = false;
        self.is_branch = false;
        self.only_copied = None;
    }

    /// Writes again what the page holds, after all was wiped.
    pub fn resume(&mut self) {
        if self.frozen == Some(Frozen::Wiped) {
            self.frozen = None;
            self.under_way = None;
            self.passed_over.clear();
            self.spoilt_copy = None;
            self.forget_record();
        }
    }

    /// Takes the head of the record that another page wrote, or that it wiped
    /// everything. Whether this page has stopped writing for that.
    pub fn hear_of(&mut self, head: Option<&str>) -> bool {
        let before = self.frozen;
        match head {
            // What it goes on from is wiped, in whichever place that was.
            None if !self.expected.is_empty() || !self.last_known().is_empty() => {
                self.frozen = Some(Frozen::Wiped);
            }
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
    pub fn drop_record(&mut self) {
        self.holds_too_much = true;
        self.only_copied = None;
        self.replaced.clear();
        self.spoilt_copy = None;
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
