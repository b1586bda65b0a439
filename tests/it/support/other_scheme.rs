//! The scheme of a made-up city, which says with the same facts what the city's
//! own does not: figures of which fewer are better and can be had, answers to
//! choose among, bands with the other ends, steps that count once they are
//! begun, points that are taken off, stretched, capped or of the best of a few.

use std::sync::LazyLock;

use labor_brand_assessment::policy::Policy;
use serde_json::{Value, json};

use super::{entry, policy_tree, row, shown};

/// The scheme as a tree.
pub fn other_tree() -> Value {
    let mut tree = policy_tree();
    tree["scheme"]["id"] = json!("made-up-city");
    for (id, advice) in [
        ("labor_disputes", "减少 {n} 件劳动争议"),
        ("export_incidents", "减少 {n} 件案事件"),
        ("years_since_cancellation", "再等 {n} 年"),
    ] {
        let fact = entry(&mut tree, "fact", id);
        fact["change"] = json!("next_period");
        fact["advice"] = json!(advice);
    }
    for (id, advice) in [
        ("entity_type", "改以{value}申报"),
        ("recognized_level", "先取得或退回为：{value}"),
    ] {
        let fact = entry(&mut tree, "fact", id);
        fact["change"] = json!("now");
        fact["advice"] = json!(advice);
    }
    let quantities = tree["quantity"].as_array_mut().unwrap();
    quantities.extend([
        json!({"id": "hardship_weighed", "label": "加权人数", "unit": "人", "is": {"choose": {
            "if": "has_reputation", "then": {"sum": ["hardship_counted", 10]},
            "otherwise": {"sum": ["hardship_counted", "charity_events"]}}}}),
        json!({"id": "activities_held", "label": "活动项数", "unit": "项", "is": {"count": [
            "culture_defined", "party_activities", "team_activities", "union_activities"]}}),
    ]);
    // What the narrative of the city's own scheme does not speak of.
    let sentences = tree["paragraph"][0]["sentence"].as_array_mut().unwrap();
    for text in [
        "{application_year}年申报。",
        "登记在{registered_place}。",
        "联系人{contact_person}。",
    ] {
        sentences.push(json!({"text": text, "from_length": 300}));
    }
    for (id, score) in scores() {
        row(&mut tree, id)["score"] = score;
    }
    tree
}

/// The scheme, read once for all tests of a file.
pub fn other_policy() -> &'static Policy {
    static POLICY: LazyLock<Policy> = LazyLock::new(|| {
        Policy::from_json(&other_tree().to_string()).unwrap_or_else(|errors| panic!("{}", shown(&errors)))
    });
    &POLICY
}

/// How the rows score that do so in another way.
fn scores() -> [(&'static str, Value); 10] {
    let award = |points: i64, condition: Value| json!({"award": {"points": points, "if": condition}});
    [
        // Bands of which the lower ends do not belong to them, in 元.
        (
            "1.4",
            json!({"by_reading": {"doubt": "A6",
                "default": {"bands": {"of": "annual_revenue_wan", "table": [
                    {"up_to": "33.3333", "points": 0}, {"above": "33.3333", "below": 100, "points": 2},
                    {"from": 100, "points": 5}]}},
                "strict": {"bands": {"of": "annual_revenue_wan", "table": [
                    {"below": 100, "points": 0}, {"from": 100, "points": 2}]}}}}),
        ),
        // What is taken off for each so many.
        (
            "1.6",
            json!({"by_reading": {"doubt": "A10",
                "default": {"gate": {"if": "contracts_spotcheck_ok", "then": {"deduct": {"from": 3, "less": [
                    {"steps": {"of": "labor_disputes", "every": 2, "points": 1}},
                    {"steps": {"of": "export_incidents", "every": 3, "points": 1, "begun": true}}]}}}},
                "lenient": award(3, json!({"all": ["contracts_spotcheck_ok", {"at_most": ["labor_disputes_liable", 0]}]}))}}),
        ),
        // Bands by which points are taken off.
        (
            "2.2",
            json!({"capped": {"cap": 5, "score": {"sum": [
                {"deduct": {"from": 4, "less": [{"bands": {"of": {"sum": ["labor_disputes", "export_incidents"]}, "table": [
                    {"up_to": 0, "points": 0}, {"above": 0, "up_to": 7, "points": 3}, {"above": 7, "points": 4}]}}]}},
                {"by_reading": {"doubt": "A16",
                    "default": {"steps": {"of": {"max": ["standards_led", "materials_led"]}, "every": 4, "points": 1, "begun": true}},
                    "lenient": {"steps": {"of": {"sum": ["led_items", "joined_items"]}, "every": 1, "points": 1}}}}]}}}),
        ),
        // Steps of several figures together, and of the least of some.
        (
            "2.1",
            json!({"sum": [
                {"steps": {"of": "training_heads", "every": 70, "points": 1, "begun": true}},
                {"by_reading": {"doubt": "A13",
                    "default": {"steps": {"of": {"min": ["annual_trained", "annual_prejob_trained"]}, "every": 30, "points": "0.5"}},
                    "lenient": award(2, json!("has_training_base"))}},
                {"by_reading": {"doubt": "A14", "default": {"sum": []}, "strict": {"sum": []}}}]}),
        ),
        // Parts that are stretched.
        (
            "3.4",
            json!({"by_reading": {"doubt": "A28",
                "default": {"scaled": {"to": 5, "of": [
                    award(1, json!("export_agreement")),
                    award(2, json!({"all": ["export_long_term", "export_roster"]})),
                    award(3, json!({"any": ["export_worker_contracts", {"at_least": ["trained_exported", 40]}]}))]}},
                "strict": award(5, json!({"all": ["export_agreement", "export_destination_brand"]})),
                "lenient": award(5, json!("export_agreement"))}}),
        ),
        // The best one alone, or the other way of two.
        (
            "4.1",
            json!({"by_reading": {"doubt": "A30",
                "default": {"choose": {"if": {"one_of": {"fact": "entity_type", "choices": ["enterprise", "hr_service"]}},
                    "then": {"highest": [
                        award(4, json!({"all": ["culture_defined", "party_activities", "union_activities"]})),
                        award(5, json!({"at_least": ["activities_held", 3]})),
                        {"steps": {"of": {"count": ["culture_defined", "festival_condolence", "team_activities"]}, "every": 1, "points": 1}}]},
                    "otherwise": {"sum": [
                        award(2, json!({"not": {"all": ["festival_condolence", {"any": ["team_activities", "union_activities"]}]}})),
                        award(2, json!({"not": {"any": [{"all": ["festival_condolence", "team_activities"]}]}}))]}}},
                "strict": award(5, json!("culture_defined")),
                "lenient": award(5, json!({"any": ["culture_defined", "party_activities"]}))}}),
        ),
        // What counts elsewhere as well, each by itself.
        (
            "4.2",
            json!({"by_reading": {"doubt": "A32",
                "default": {"sum": [
                    award(1, json!({"all": ["culture_defined", "union_activities"]})), award(1, json!("party_activities")),
                    // What no answer decides, with a name and without.
                    award(1, json!({"decided": "met"})), award(1, json!({"decided": "unmet"})),
                    {"award": {"points": 1, "if": {"decided": "unmet"}, "label": "须另行认定的一项"}},
                    {"steps": {"of": "person_honors_local", "every": 1, "points": "0.25"}}]},
                "lenient": award(3, json!({"any": [
                    {"at_least": ["person_honors_national", 1]}, {"at_least": ["person_honors_provincial", 1]},
                    "culture_defined"]}))}}),
        ),
        // A figure that another answer chooses.
        (
            "3.2",
            json!({"bands": {"of": "hardship_weighed",
                "table": [{"below": 20, "points": 0}, {"from": 20, "below": 60, "points": 3}, {"from": 60, "points": 7, "by_analogy": true}]}}),
        ),
        // More than, at most, and a share of two sums.
        (
            "3.3",
            json!({"sum": [
                award(4, json!({"more_than": ["insured_counted", "hardship_hired"]})),
                award(2, json!({"at_most": [{"sum": ["labor_disputes", "export_incidents"]}, 4]})),
                award(4, json!({"share": {"part": {"sum": ["insured_counted", "hardship_hired"]}, "of": {"sum": ["brand_employees", 25]}, "at_least": "37%"}}))]}),
        ),
        // Steps of many kinds: of money, of halves, begun or full, of which few or many count.
        (
            "4.3",
            json!({"sum": [
                {"gate": {"if": {"not": {"at_least": ["labor_disputes", 6]}},
                    "then": {"steps": {"of": "charity_events", "every": 3, "points": "0.5"}}}},
                {"steps": {"of": "annual_revenue_wan", "every": "12.5", "points": "0.1", "begun": true}},
                {"steps": {"of": "annual_revenue_wan", "every": 100, "points": "0.3"}},
                {"steps": {"of": "trained_exported", "every": "7.5", "points": "0.2"}},
                {"steps": {"of": "trained_self_used", "every": 60, "points": "0.4", "begun": true}}]}),
        ),
    ]
}
