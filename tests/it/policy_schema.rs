//! The published JSON Schema says what the readers take, no more and no less.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use labor_brand_assessment::policy::Policy;
use serde_json::{Value, json};

use crate::support;

fn schema() -> Value {
    serde_json::from_str(&Policy::json_schema()).unwrap()
}

/// Whether a value has a shape; of JSON Schema as much as ours uses.
fn fits(schema: &Value, shape: &Value, value: &Value) -> bool {
    if let Some(reference) = shape["$ref"].as_str() {
        return fits(
            schema,
            schema.pointer(reference.trim_start_matches('#')).unwrap(),
            value,
        );
    }
    if let Some(shapes) = shape["anyOf"].as_array() {
        return shapes.iter().any(|shape| fits(schema, shape, value));
    }
    if let Some(texts) = shape["enum"].as_array() {
        return texts.contains(value);
    }
    match shape["type"].as_str().unwrap() {
        "string" => value
            .as_str()
            .is_some_and(|text| match shape["pattern"].as_str() {
                Some(pattern) if pattern.contains('%') => text.ends_with('%'),
                Some(_) => text.bytes().any(|character| character.is_ascii_digit()),
                None => true,
            }),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "array" => value.as_array().is_some_and(|items| {
            let fixed = shape["minItems"]
                .as_u64()
                .is_none_or(|least| items.len() as u64 == least);
            fixed && items.iter().all(|item| fits(schema, &shape["items"], item))
        }),
        "object" => value.as_object().is_some_and(|members| {
            let Some(properties) = shape["properties"].as_object() else {
                return true;
            };
            let needed = shape["required"].as_array().unwrap();
            needed
                .iter()
                .all(|name| members.contains_key(name.as_str().unwrap()))
                && members.iter().all(|(name, member)| {
                    properties
                        .get(name)
                        .is_some_and(|shape| fits(schema, shape, member))
                })
        }),
        other => panic!("{other}"),
    }
}

#[test]
fn the_published_schema_is_the_one_that_the_types_make() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/policy.schema.json");
    let published = fs::read_to_string(path).unwrap_or_default();
    assert!(
        published == Policy::json_schema(),
        "`cargo xtask policy schema` writes it anew"
    );
}

#[test]
fn the_citys_policy_has_the_shape_that_the_schema_describes() {
    let schema = schema();
    let tree = support::policy_tree();
    assert!(fits(&schema, &schema, &tree));
    // And what the reader refuses has not.
    for (place, value) in [
        ("/fact/0/kind", json!("colour")),
        ("/fact/0/colour", json!("red")),
        ("/rule/0/if", json!(7)),
        ("/section/0/row/0/score", json!({ "average": [] })),
        ("/scheme/title", json!(1)),
    ] {
        let mut altered = tree.clone();
        let (parent, name) = place.rsplit_once('/').unwrap();
        altered.pointer_mut(parent).unwrap()[name] = value;
        assert!(!fits(&schema, &schema, &altered), "{place}");
        assert!(Policy::from_json(&altered.to_string()).is_err(), "{place}");
    }
}

#[test]
fn each_key_says_what_it_means() {
    let schema = schema();
    let mut silent = Vec::new();
    for (name, shape) in schema["$defs"].as_object().unwrap() {
        let is_told = |shape: &Value| {
            shape["description"]
                .as_str()
                .is_some_and(|words| !words.is_empty())
        };
        let tables = shape["anyOf"].as_array().into_iter().flatten();
        for shape in tables.chain([shape]) {
            for (key, member) in shape["properties"].as_object().into_iter().flatten() {
                // Of a form the whole is described.
                let place = format!("{name}.{key}");
                let within = member["properties"].as_object().into_iter().flatten();
                silent.extend(
                    within
                        .filter(|(_, inner)| !is_told(inner))
                        .map(|(inner, _)| format!("{place}.{inner}")),
                );
                if !is_told(member) && !is_told(shape) {
                    silent.push(place);
                }
            }
        }
    }
    assert_eq!(silent, [""; 0]);
    let rule = &schema["$defs"]["Rule"]["properties"];
    // Also where the file calls it otherwise than the code does.
    assert_eq!(rule["if"]["description"], "What meets it.");
    assert_eq!(
        schema["$defs"]["Steps"]["properties"]["begun"]["description"],
        "Whether a step counts once it is begun."
    );
}

#[test]
fn each_form_of_the_vocabulary_stands_in_the_schema() {
    let schema = schema();
    // What the reader names where it meets a form that there is not.
    for (name, place) in [
        ("Condition", "/rule/0/if"),
        ("Score", "/section/0/row/0/score"),
        ("Quantity", "/quantity/0/is"),
        ("Need", "/proof/0/needs"),
    ] {
        let mut tree = support::policy_tree();
        *tree.pointer_mut(place).unwrap() = json!({ "no such form": 1 });
        let errors = Policy::from_json(&tree.to_string()).unwrap_err();
        let listed = &errors[0].problem[errors[0].problem.find("可以写").unwrap()..];
        let known: BTreeSet<&str> = listed.split('`').skip(1).step_by(2).collect();
        let shapes = schema["$defs"][name]["anyOf"].as_array().unwrap();
        let described: BTreeSet<&str> = shapes
            .iter()
            .filter_map(|shape| shape["properties"].as_object())
            .flat_map(|properties| properties.keys().map(String::as_str))
            .collect();
        assert_eq!(known, described, "{name}");
    }
}
