//! The form of a policy as a JSON Schema, for editors and for other programs.
//!
//! A crate that derives schemas (schemars) reads serde's attributes, which these
//! readers do not have; so each reader describes itself beside what it reads.

use super::Policy;
use super::decode::FromJson;
use super::key_words;
use super::shapes::Shapes;
use crate::json::Json;

impl Policy {
    /// The form of a policy as a JSON Schema (draft 2020-12), a line for each of its parts, with
    /// what each key means.
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
            ("$defs", Json::Object(key_words::described(shapes))),
        ]);
        schema.to_lines()
    }
}
