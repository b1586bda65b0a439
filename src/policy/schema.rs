//! The form of a policy as a JSON Schema, for editors and for other programs.
//!
//! A crate that derives schemas (schemars) reads serde's attributes, which these
//! readers do not have; so each reader describes itself beside what it reads.

use std::collections::BTreeMap;

use super::Policy;
use super::reading::FromJson;
use crate::json::Json;

/// The shapes described so far under their names, so that one may hold itself.
#[derive(Default)]
pub(super) struct Shapes(BTreeMap<&'static str, Json>);

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

    /// The shape of a member that a closure shows.
    pub(super) fn of_member<Table, Member: FromJson>(&mut self, _: fn(&Table) -> &Member) -> Json {
        Member::describe(self)
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

impl Policy {
    /// The form of a policy as a JSON Schema (draft 2020-12), a line for each of its parts.
    pub fn json_schema() -> String {
        let mut shapes = Shapes::default();
        let whole = Self::describe(&mut shapes);
        let schema = Json::object([
            (
                "$schema",
                Json::text("https://json-schema.org/draft/2020-12/schema"),
            ),
            ("title", Json::text("labor-brand-assessment policy")),
            (
                "$ref",
                whole
                    .as_object()
                    .and_then(|whole| whole.get("$ref"))
                    .cloned()
                    .unwrap_or(Json::Null),
            ),
            ("$defs", Json::object(shapes.0)),
        ]);
        schema.to_lines()
    }
}
