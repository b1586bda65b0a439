//! The shapes of what a policy holds, as parts of a JSON Schema.

use std::collections::BTreeMap;

use crate::json::Json;

/// What is described so far.
#[derive(Default)]
pub(super) struct Shapes {
    /// The shapes under their names, so that one may hold itself.
    pub(super) named: BTreeMap<&'static str, Json>,
    /// The members of types that are called otherwise in the file, by the type and the key.
    pub(super) renamed: BTreeMap<(&'static str, &'static str), &'static str>,
}

impl Shapes {
    /// Notes what a member of a type is called in the file.
    pub(super) fn spelled(&mut self, table: &'static str, key: &'static str, member: &'static str) {
        if key != member {
            self.renamed.insert((table, key), member);
        }
    }

    /// A reference to the shape of that name, which is described once.
    pub(super) fn named(&mut self, name: &'static str, describe: impl FnOnce(&mut Self) -> Json) -> Json {
        if !self.named.contains_key(name) {
            self.named.insert(name, Json::Null);
            let shape = describe(self);
            self.named.insert(name, shape);
        }
        Json::object([("$ref", Json::text(format!("#/$defs/{name}")))])
    }
}

/// A value of that type.
pub(super) fn of_type(name: &str) -> Json {
    Json::object([("type", Json::text(name))])
}

/// A text of that form.
pub(super) fn text_like(pattern: &str) -> Json {
    Json::object([("type", Json::text("string")), ("pattern", Json::text(pattern))])
}

/// One of some texts.
pub(super) fn one_of_texts(texts: &[&str]) -> Json {
    let texts = texts.iter().map(|text| Json::text(*text));
    Json::object([("enum", Json::List(texts.collect()))])
}

/// A list of such items.
pub(super) fn list_of(items: Json) -> Json {
    Json::object([("type", Json::text("array")), ("items", items)])
}

/// A list of two such items.
pub(super) fn two_of(items: Json) -> Json {
    Json::object([
        ("type", Json::text("array")),
        ("items", items),
        ("minItems", Json::number(2)),
        ("maxItems", Json::number(2)),
    ])
}

/// One of some shapes.
pub(super) fn any_of(shapes: impl IntoIterator<Item = Json>) -> Json {
    Json::object([("anyOf", Json::List(shapes.into_iter().collect()))])
}

/// A table of these members, of which the first so many must be there, and of no others.
pub(super) fn table(members: &[(&str, Json)], needed: usize) -> Json {
    let names = members.iter().take(needed).map(|(name, _)| Json::text(*name));
    Json::object([
        ("type", Json::text("object")),
        (
            "properties",
            Json::object(members.iter().map(|(name, shape)| (*name, shape.clone()))),
        ),
        ("required", Json::List(names.collect())),
        ("additionalProperties", Json::Bool(false)),
    ])
}

/// A table of one member, whose name tells the form.
pub(super) fn form(name: &str, content: Json) -> Json {
    table(&[(name, content)], 1)
}
