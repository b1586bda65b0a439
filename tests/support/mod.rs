//! What the tests share: the city's policy and its golden cases.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::Policy;

/// The policy file as a tree that a test can alter.
pub fn policy_tree() -> serde_json::Value {
    let text = include_str!("../../policies/urumqi-city/policy.toml");
    let table: toml::Table = toml::from_str(text).unwrap();
    serde_json::to_value(table).unwrap()
}

/// The city's policy.
pub fn policy() -> Policy {
    Policy::from_json(&policy_tree().to_string()).unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", errors.join("\n"))
    })
}

/// The golden cases: id, facts, and what is expected.
pub fn golden_cases() -> Vec<(String, Object, Object)> {
    let text = include_str!("../../policies/urumqi-city/cases.json");
    let Json::Object(file) = Json::parse(text).unwrap() else { panic!("no object") };
    let cases = file["cases"].as_list().unwrap().iter().map(|case| {
        let case = case.as_object().unwrap();
        let part = |key: &str| case[key].as_object().unwrap().clone();
        (case["id"].as_text().unwrap().to_owned(), part("facts"), part("expected"))
    });
    cases.collect()
}

/// The facts of one golden case.
pub fn facts_of(id: &str) -> Object {
    golden_cases().into_iter().find(|(case, ..)| case == id).map(|(_, facts, _)| facts).unwrap()
}

/// Facts from JSON text.
pub fn facts(text: &str) -> Object {
    Json::parse(text).unwrap().as_object().unwrap().clone()
}
