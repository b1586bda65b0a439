//! Bringing two states of a case together: what came back is held against what
//! is here and, where it is known, against what both began with.
//!
//! It knows the members of a case as a case file has them, so that every kind of
//! answer, comment and mark is merged by one rule, also those that a version to
//! come will add.

use crate::answers::{Case, is_acknowledgement};
use crate::id_map::IdMap;
use crate::json::{Json, Object};

use super::case_members::{case_members, read_case};
use super::refusal::NotACaseFile;

/// Members whose entries are held along with those of another under the same id:
/// what is known about an answer belongs to that answer and to no other.
const ALONG: [(&str, &[&str]); 2] = [("facts", &["fact_details", NOTES]), ("form", &["drafted"])];
/// The member whose entries are held along with an answer where there is one.
const NOTES: &str = "notes";
/// The member that says which case it is, in which the sides may differ.
const IDENTITY: &str = "id";

/// What is merged as one: an entry of a member of the case, or a member that has no entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryKey {
    /// The member, as in a case file.
    pub member: String,
    /// The id of the entry; `None` for a member that has none.
    pub id: Option<String>,
}

/// What one side holds under a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// The entry; `None` where there is none.
    pub entry: Option<Json>,
    /// What is held along with it, by its member.
    pub along: Vec<(&'static str, Json)>,
}

/// Whose change it is in which the sides differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangedBy {
    /// Only this side changed it: it stays as it is here.
    Ours,
    /// Only the other side changed it: what came back is taken.
    Theirs,
    /// Both did, each in another way: somebody has to decide.
    Both,
}

/// What the sides differ in under one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub key: EntryKey,
    /// Whose change it is.
    pub by: ChangedBy,
    /// What both began with.
    pub base: Held,
    /// What is here.
    pub ours: Held,
    /// What came back.
    pub theirs: Held,
}

/// Everything in which two states of a case differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    ours: Object,
    /// The differences, in the order of members and ids.
    pub differences: Vec<Difference>,
}

/// Holds what came back against what is here. `base` is what both began with; where
/// it is not known, what only one side has is taken, and whatever both have is decided
/// by the user.
pub fn merge(base: Option<&Case>, ours: &Case, theirs: &Case) -> Merge {
    let base = base.map_or_else(Object::new, case_members);
    let (ours, theirs) = (case_members(ours), case_members(theirs));
    let sides = [&base, &ours, &theirs];
    let differences = keys(sides).into_iter().filter_map(|key| {
        let [base, here, there] = sides.map(|side| key.held(side));
        if here == there {
            return None;
        }
        let agrees = here.entry == there.entry;
        let same = |one: &Held, other: &Held| {
            if agrees {
                one.along == other.along
            } else {
                one == other
            }
        };
        let mut difference = Difference {
            by: match (same(&here, &base), same(&there, &base)) {
                (true, _) => ChangedBy::Theirs,
                (_, true) => ChangedBy::Ours,
                _ => ChangedBy::Both,
            },
            key,
            base,
            ours: here,
            theirs: there,
        };
        difference.join_acknowledgements();
        Some(difference)
    });
    let differences = differences.collect();
    Merge { ours, differences }
}

impl Merge {
    /// How many differences somebody has to decide.
    pub fn conflicts(&self) -> usize {
        let both = self.differences.iter();
        both.filter(|one| one.by == ChangedBy::Both).count()
    }

    /// Whether what came back brings anything that is not here.
    pub fn brings_nothing(&self) -> bool {
        let mut all = self.differences.iter();
        all.all(|one| one.by == ChangedBy::Ours)
    }

    /// The case that is here, with what came back wherever `takes` says so.
    ///
    /// # Errors
    /// Where what came back cannot stand in a case.
    pub fn merged(&self, takes: impl Fn(&Difference) -> bool) -> Result<Case, NotACaseFile> {
        let mut members = self.ours.clone();
        for difference in self.differences.iter().filter(|one| takes(one)) {
            difference.key.put(&mut members, &difference.theirs);
        }
        read_case(members)
    }
}

impl Difference {
    /// Whether what came back is taken where nobody says otherwise.
    pub fn is_taken(&self) -> bool {
        self.by == ChangedBy::Theirs
    }

    /// Warnings that either side has looked at and found right are so for both.
    fn join_acknowledgements(&mut self) {
        let is_one = self.key.member == NOTES && self.key.id.as_deref().is_some_and(is_acknowledgement);
        if !is_one || self.by != ChangedBy::Both {
            return;
        }
        let lines = |held: &Held| {
            let text = held.entry.as_ref().and_then(Json::as_text).unwrap_or_default();
            text.lines().map(str::to_owned).collect::<Vec<String>>()
        };
        let mut all = lines(&self.ours);
        let others = lines(&self.theirs).into_iter();
        let others: Vec<String> = others.filter(|line| !all.contains(line)).collect();
        all.extend(others);
        self.theirs.entry = Some(Json::text(all.join("\n")));
        self.by = ChangedBy::Theirs;
    }
}

impl EntryKey {
    fn along(&self) -> &'static [&'static str] {
        let found = ALONG.iter().find(|(member, _)| *member == self.member);
        found.map_or(&[], |(_, along)| along)
    }

    fn held(&self, members: &Object) -> Held {
        let Some(id) = &self.id else {
            // A name that is empty is none.
            let entry = members
                .get(&self.member)
                .filter(|entry| **entry != Json::text(""));
            return Held {
                entry: entry.cloned(),
                along: Vec::new(),
            };
        };
        let along = self.along().iter();
        Held {
            entry: entry(members, &self.member, id).cloned(),
            along: along
                .filter_map(|member| Some((*member, entry(members, member, id)?.clone())))
                .collect(),
        }
    }

    fn put(&self, members: &mut Object, held: &Held) {
        let Some(id) = &self.id else {
            put(members, &self.member, held.entry.as_ref());
            return;
        };
        put_entry(members, &self.member, id, held.entry.as_ref());
        for member in self.along() {
            let along = held.along.iter().find(|(other, _)| other == member);
            put_entry(members, member, id, along.map(|(_, entry)| entry));
        }
    }
}

fn entry<'o>(members: &'o Object, member: &str, id: &str) -> Option<&'o Json> {
    members.get(member)?.as_object()?.get(id)
}

fn put(object: &mut Object, key: &str, held: Option<&Json>) {
    match held {
        Some(held) => drop(object.insert(key.to_owned(), held.clone())),
        None => drop(object.remove(key)),
    }
}

fn put_entry(members: &mut Object, member: &str, id: &str, held: Option<&Json>) {
    let entries = members.entry(member.to_owned());
    if let Json::Object(entries) = entries.or_insert_with(|| Json::Object(Object::new())) {
        put(entries, id, held);
    }
}

/// The keys that any of the sides has, each once.
fn keys(sides: [&Object; 3]) -> Vec<EntryKey> {
    let is_answered = |id: &str| {
        let mut held = sides.iter();
        held.any(|side| entry(side, "facts", id).is_some() || entry(side, "fact_details", id).is_some())
    };
    // By member: the ids of its entries, none for one that has none.
    let mut found: IdMap<IdMap<()>> = IdMap::new();
    for (member, value) in sides.iter().flat_map(|side| side.iter()) {
        if member == IDENTITY {
            continue;
        }
        found.entry(member.clone()).or_default();
        let leads = ALONG.iter().find(|(_, along)| along.contains(&member.as_str()));
        for id in value.as_object().into_iter().flat_map(Object::keys) {
            let member = match leads {
                Some((lead, _)) if member != NOTES || is_answered(id) => lead,
                _ => member.as_str(),
            };
            found.entry(member.to_owned()).or_default().insert(id.clone(), ());
        }
    }
    let has_entries = |member: &str| {
        let mut held = sides.iter();
        held.any(|side| side.get(member).is_some_and(|value| value.as_object().is_some()))
    };
    let keys = found.into_iter().flat_map(|(member, ids)| {
        let whole = (!has_entries(&member)).then_some(None);
        let ids = ids.into_iter().map(|(id, ())| Some(id));
        let ids: Vec<Option<String>> = whole.into_iter().chain(ids).collect();
        ids.into_iter().map(move |id| EntryKey {
            member: member.clone(),
            id,
        })
    });
    keys.collect()
}
