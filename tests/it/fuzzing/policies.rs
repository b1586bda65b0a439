//! Slices of the city's policy: a few rules and rows with everything they
//! name, small enough that hundreds of thousands of altered ones can be read.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::support;
use crate::support::random::Random;

/// The policy taken apart.
pub struct Parts {
    tree: Value,
    /// Every entry that others name, by its kind and place.
    named: BTreeMap<String, (&'static str, usize)>,
}

/// The kinds of entries that expressions name.
const NAMED: [&str; 3] = ["fact", "quantity", "doubt"];
/// The kinds of entries that stand alone.
const ALONE: [&str; 9] = [
    "part_of",
    "tie",
    "document",
    "group",
    "narrative",
    "field",
    "place",
    "paragraph",
    "guidance",
];

impl Parts {
    pub fn new() -> Self {
        let tree = support::policy_tree();
        let mut named = BTreeMap::new();
        for kind in NAMED {
            for (place, entry) in tree[kind].as_array().unwrap().iter().enumerate() {
                named.insert(entry["id"].as_str().unwrap().to_owned(), (kind, place));
            }
        }
        Self { tree, named }
    }

    /// The whole policy.
    pub fn whole(&self) -> &Value {
        &self.tree
    }

    /// A policy of a few entries, with all that they name.
    pub fn slice(&self, random: &mut Random) -> Value {
        let mut slice = json!({});
        for (key, value) in self.tree.as_object().unwrap() {
            slice[key] = match value {
                Value::Array(_) => json!([]),
                other if matches!(key.as_str(), "scheme" | "score_sheet") || random.percent(4) => {
                    other.clone()
                }
                Value::Object(members) => {
                    // The form and the sample are long: mostly without their lists.
                    let kept = members.iter().map(|(key, value)| {
                        let value = match value {
                            Value::Array(items) if items.len() > 3 => Value::Array(items[..1].to_vec()),
                            Value::Object(_) => json!({}),
                            other => other.clone(),
                        };
                        (key.clone(), value)
                    });
                    Value::Object(kept.collect())
                }
                other => other.clone(),
            };
        }
        let mut wanted = Vec::new();
        for _ in 0..random.below(3) {
            let rules = self.tree["rule"].as_array().unwrap();
            wanted.push(("rule", random.pick(rules).clone()));
        }
        for _ in 0..random.below(2) + 1 {
            let section = random.pick(self.tree["section"].as_array().unwrap());
            let mut one = section.clone();
            one["row"] = json!([random.pick(section["row"].as_array().unwrap())]);
            wanted.push(("section", one));
        }
        for _ in 0..random.below(3) {
            let kind = *random.pick(&ALONE);
            let entries = self.tree[kind].as_array().unwrap();
            let mut entry = random.pick(entries).clone();
            if let Some(sentences) = entry.get_mut("sentence").and_then(Value::as_array_mut) {
                sentences.truncate(2);
            }
            wanted.push((kind, entry));
        }
        let mut places = BTreeSet::new();
        for (_, entry) in &wanted {
            self.names(entry, &mut places);
        }
        for (kind, entry) in wanted {
            slice[kind].as_array_mut().unwrap().push(entry);
        }
        // In the order of the file, as a quantity may name only earlier ones.
        for (kind, place) in places {
            slice[kind]
                .as_array_mut()
                .unwrap()
                .push(self.tree[kind][place].clone());
        }
        slice
    }

    /// Notes every entry that the value names, and what those name.
    fn names(&self, value: &Value, places: &mut BTreeSet<(&'static str, usize)>) {
        match value {
            Value::String(text) => {
                if let Some(place) = self.named.get(text)
                    && places.insert(*place)
                {
                    self.names(&self.tree[place.0][place.1], places);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.names(item, places)),
            Value::Object(members) => members.values().for_each(|member| self.names(member, places)),
            _ => {}
        }
    }
}
