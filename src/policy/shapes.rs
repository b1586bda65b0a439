//! The shapes of what a policy holds, as parts of a JSON Schema.

use std::collections::BTreeMap;

use crate::json::Json;

/// The shapes described so far under their names, so that one may hold itself.
#[derive(Default)]
pub(super) struct Shapes(pub(super) BTreeMap<&'static str, Json>);

impl Shapes {
    /// A reference to the shape of that name, which is described once.
    pub(super) fn named(&mut self, name: &'static str, describe: impl FnOnce(&mut Self) -> Json) -> Json {
        if !self.0.contains_key(name) {
            self.0.insert(name, Json::Null);
            let shape = describe(self);
            self.0.insert(name, shape);
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
