//! What the keys of a policy mean, in the words that stand beside the types that read them.
//!
//! A macro sees the names of a type's members and not their comments, so the sources are read as
//! text: what a programmer and what an officer are told of a key is written once.

use std::collections::BTreeMap;

use super::shapes::Shapes;
use crate::json::{Json, Object};

/// The sources with the types that read a policy.
const SOURCES: [&str; 7] = [
    include_str!("mod.rs"),
    include_str!("scheme.rs"),
    include_str!("facts.rs"),
    include_str!("doubts.rs"),
    include_str!("rubric.rs"),
    include_str!("expressions.rs"),
    include_str!("forms.rs"),
];

/// The shapes with a description of each key, each form and each table.
pub(super) fn described(shapes: Shapes) -> Object {
    let comments = Comments::read();
    let described = shapes.named.into_iter().map(|(name, shape)| {
        let renamed = |key: &str| shapes.renamed.get(&(name, key)).copied();
        let shape = comments.members(name, shape, &renamed);
        let shape = comments.forms(name, shape);
        (name.to_owned(), with(shape, comments.of(name, "")))
    });
    described.collect()
}

/// The comments of types, of their members and of the variants of enums; a member of a variant is
/// under `Enum::Variant`.
struct Comments(BTreeMap<(String, String), String>);

impl Comments {
    fn read() -> Self {
        let mut comments = Self(BTreeMap::new());
        for source in SOURCES {
            comments.read_source(source);
        }
        comments
    }

    fn read_source(&mut self, source: &str) {
        let (mut owner, mut variant) = (String::new(), String::new());
        let mut comment: Vec<&str> = Vec::new();
        for line in source.lines() {
            let words = line.trim_start();
            let depth = line.len() - words.len();
            if let Some(sentence) = words.strip_prefix("///") {
                comment.push(sentence.trim());
                continue;
            }
            let name = |begin: &str| words.strip_prefix(begin).map(first_word);
            let is_member = depth > 0 && words.contains(':') && !words.starts_with("//");
            if let Some(name) = name("pub struct ").or_else(|| name("pub enum ")) {
                owner = name.to_owned();
                self.note(&owner, "", &comment);
            } else if line.starts_with('}') {
                owner.clear();
            } else if depth == 4 && words.starts_with(|first: char| first.is_ascii_uppercase()) {
                variant = format!("{owner}::{}", first_word(words));
                self.note(&owner, first_word(words), &comment);
            } else if let Some(member) = name("pub ").filter(|_| is_member && depth == 4) {
                self.note(&owner, member, &comment);
            } else if is_member && depth == 8 {
                self.note(&variant, first_word(words), &comment);
            }
            if !words.starts_with("#[") {
                comment.clear();
            }
        }
    }

    fn note(&mut self, owner: &str, name: &str, comment: &[&str]) {
        if !owner.is_empty() && !comment.is_empty() {
            let place = (owner.to_owned(), name.to_owned());
            self.0.entry(place).or_insert_with(|| comment.join(" "));
        }
    }

    fn of(&self, owner: &str, name: &str) -> Option<&str> {
        let place = (owner.to_owned(), name.to_owned());
        self.0.get(&place).map(String::as_str)
    }

    /// A table with a description of each of its keys.
    fn members(&self, owner: &str, shape: Json, renamed: &dyn Fn(&str) -> Option<&'static str>) -> Json {
        altered(shape, "properties", |properties| {
            let Json::Object(properties) = properties else {
                return properties;
            };
            Json::object(properties.into_iter().map(|(key, shape)| {
                let comment = self.of(owner, renamed(&key).unwrap_or(&key));
                let shape = with(shape, comment);
                (key, shape)
            }))
        })
    }

    /// The forms of an expression, each with its description and with those of its keys.
    fn forms(&self, owner: &str, shape: Json) -> Json {
        altered(shape, "anyOf", |forms| {
            let Json::List(forms) = forms else { return forms };
            Json::List(forms.into_iter().map(|form| self.form(owner, form)).collect())
        })
    }

    fn form(&self, owner: &str, form: Json) -> Json {
        let properties = form
            .as_object()
            .and_then(|form| form.get("properties")?.as_object());
        let Some(key) = properties.and_then(|properties| properties.keys().next().cloned()) else {
            return form;
        };
        let variant = variant_of(&key);
        let within = match variant.as_str() {
            "ByReading" => variant.clone(),
            _ => format!("{owner}::{variant}"),
        };
        let form = altered(form, "properties", |properties| {
            altered(properties, &key, |content| {
                self.members(&within, content, &|key| (key == "if").then_some("condition"))
            })
        });
        with(form, self.of(owner, &variant))
    }
}

/// The name at the beginning of a text.
fn first_word(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// The variant that reads the form of a name: `at_least` is read by `AtLeast`.
fn variant_of(key: &str) -> String {
    let parts = key.split('_').map(|part| {
        let mut letters = part.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    parts.collect()
}

/// A shape with a description, where there is one.
fn with(shape: Json, description: Option<&str>) -> Json {
    match (shape, description) {
        (Json::Object(mut shape), Some(description)) => {
            shape.insert(String::from("description"), Json::text(description));
            Json::Object(shape)
        }
        (shape, _) => shape,
    }
}

/// A shape with one of its members made anew, where it has that.
fn altered(shape: Json, member: &str, alter: impl FnOnce(Json) -> Json) -> Json {
    let Json::Object(mut shape) = shape else {
        return shape;
    };
    if let Some(value) = shape.remove(member) {
        shape.insert(member.to_owned(), alter(value));
    }
    Json::Object(shape)
}
