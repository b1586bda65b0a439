//! A fault in a policy file is refused with its place and its mend.

use crate::support;
use crate::support::{entry, row};
use labor_brand_assessment::policy::{POLICY_SIZE_LIMIT, Policy};
use serde_json::{Value, json};

/// Alters a copy of the policy and looks for an error at `place` that says `words`.
#[track_caller]
fn refused(place: &str, words: &str, alter: impl FnOnce(&mut Value)) {
    let mut tree = support::policy_tree();
    alter(&mut tree);
    let Err(errors) = Policy::from_json(&tree.to_string()) else {
        panic!("no error at {place} about {words}");
    };
    let named = |error: &&labor_brand_assessment::policy::PolicyError| {
        error.place.contains(place) && error.problem.contains(words)
    };
    assert!(
        errors.iter().find(named).is_some(),
        "no error at {place} about {words}, but\n{}",
        support::told(&errors)
    );
}

/// The bands of row 3.3, which counts persons.
fn bands(tree: &mut Value) -> &mut Value {
    &mut row(tree, "3.3")["score"]["bands"]["table"]
}

/// The bands of row 1.4, which holds money, in the default reading.
fn money_bands(tree: &mut Value) -> &mut Value {
    &mut row(tree, "1.4")["score"]["by_reading"]["default"]["bands"]["table"]
}

fn first_sentence(tree: &mut Value) -> &mut Value {
    &mut tree["paragraph"][0]["sentence"][0]
}

fn rename(entry: &mut Value, id: &str) {
    entry["id"] = json!(id);
}

fn remove(entry: &mut Value, member: &str) {
    entry.as_object_mut().unwrap().remove(member).unwrap();
}

fn drop_item(list: &mut Value, item: &str) {
    list.as_array_mut().unwrap().retain(|other| other != item);
}

#[test]
fn a_text_with_a_sign_that_the_page_would_obey_is_refused() {
    for (sign, name) in [
        ("\u{202e}", "U+202E"),
        ("\u{2066}", "U+2066"),
        ("\u{1b}", "U+001B"),
    ] {
        refused("fact has_logo > label", name, |tree| {
            entry(tree, "fact", "has_logo")["label"] = json!(format!("标识{sign}"));
        });
    }
    // Lines may end.
    let mut tree = support::policy_tree();
    entry(&mut tree, "fact", "has_logo")["label"] = json!("标\n识");
    assert!(Policy::from_json(&tree.to_string()).is_ok());
}

#[test]
fn an_expression_of_two_forms_is_refused() {
    refused("row 3.3", "write a table such as", |tree| {
        let score = &mut row(tree, "3.3")["score"];
        let steps = json!({"of": "annual_trained", "every": 50, "points": 1});
        score
            .as_object_mut()
            .unwrap()
            .insert(String::from("steps"), steps);
    });
}

#[test]
fn a_policy_gives_its_doubts_and_asks_its_facts() {
    let policy = support::policy();
    assert_eq!(policy.doubt("A1").map(|doubt| doubt.id.as_str()), Some("A1"));
    assert!(policy.doubt("Z9").is_none());
    for fact in &policy.facts {
        let asked = fact.question.as_ref().unwrap_or(&fact.label);
        assert_eq!(fact.asked(), asked);
    }
}

#[test]
fn a_file_that_is_no_policy_is_told_with_the_place() {
    refused("section 2 > row 2.1", "unknown field `cap_points`", |tree| {
        row(tree, "2.1")["cap_points"] = json!(8);
    });
    refused("fact has_logo", "missing field `clause`", |tree| {
        remove(entry(tree, "fact", "has_logo"), "clause");
    });
    refused("row 4.3 > score > average", "unknown variant `average`", |tree| {
        row(tree, "4.3")["score"] = json!({ "average": [] });
    });
    refused(
        "rule C3.3 > if > in_order 1 > share > at_least",
        "a share such as",
        |tree| {
            let share = &mut entry(tree, "rule", "C3.3")["if"]["in_order"][0]["share"];
            share["at_least"] = json!("0.5");
        },
    );
    refused(
        "row 4.3 > score > steps > points",
        "at most two decimals",
        |tree| {
            row(tree, "4.3")["score"]["steps"]["points"] = json!("0.125");
        },
    );
    assert!(Policy::from_json("[scheme]").is_err());
}

#[test]
fn faults_of_form_are_told_all_at_once() {
    let mut tree = support::policy_tree();
    remove(entry(&mut tree, "fact", "has_logo"), "clause");
    entry(&mut tree, "rule", "S1")["kind"] = json!("soft-hearted");
    row(&mut tree, "4.3")["score"] = json!([]);
    let errors = Policy::from_json(&tree.to_string()).unwrap_err();
    let places: Vec<&str> = errors.iter().map(|error| error.place.as_str()).collect();
    assert_eq!(
        places,
        ["fact has_logo", "rule S1 > kind", "section 4 > row 4.3 > score"],
        "{}",
        support::told(&errors)
    );
}

#[test]
fn every_name_must_stand_for_something() {
    refused(
        "rule S1",
        "no fact or earlier quantity is called `registered`",
        |tree| {
            entry(tree, "rule", "S1")["if"] = json!("registered");
        },
    );
    refused("row 4.3", "`charity`", |tree| {
        row(tree, "4.3")["score"]["steps"]["of"] = json!("charity");
    });
    refused("row 1.6", "no doubt is called `A99`", |tree| {
        row(tree, "1.6")["score"]["by_reading"]["doubt"] = json!("A99");
    });
    refused("quantity trained_placed", "`yearly_trained_counted`", |tree| {
        entry(tree, "quantity", "trained_placed")["is"] = json!("yearly_trained_counted");
    });
    refused("fact labor_disputes_liable", "`disputes`", |tree| {
        entry(tree, "fact", "labor_disputes_liable")["optional"]["otherwise"] = json!("disputes");
    });
    refused("part_of placed_within_trained", "`placed`", |tree| {
        entry(tree, "part_of", "placed_within_trained")["part"] = json!("placed");
    });
    refused("rule C3.2", "`roster_counted` is a figure", |tree| {
        entry(tree, "rule", "C3.2")["if"] = json!("roster_counted");
    });
}

#[test]
fn no_id_is_given_twice() {
    let twice = "given to another entry as well";
    for (kind, id) in [
        ("fact", "has_logo"),
        ("quantity", "led_items"),
        ("narrative", "main_trades"),
        ("field", "contact_person"),
        ("rule", "S1"),
        ("section", "1"),
        ("doubt", "A4"),
        ("part_of", "placed_within_trained"),
        ("tie", "hire_trained"),
        ("document", "roster"),
        ("group", "roster"),
        ("place", "650102"),
        ("guidance", "naming"),
    ] {
        refused(&format!("{kind} {id}"), twice, |tree| {
            let copy = entry(tree, kind, id).clone();
            tree[kind].as_array_mut().unwrap().push(copy);
        });
    }
    // A sentence names facts, quantities and fields alike, a doubt concerns rows and rules alike.
    refused("field has_logo", twice, |tree| {
        rename(entry(tree, "field", "contact_person"), "has_logo");
    });
    refused("row S1", twice, |tree| rename(row(tree, "1.1"), "S1"));
    refused("guidance", "the id is empty", |tree| {
        rename(entry(tree, "guidance", "tasks"), "");
    });
}

#[test]
fn every_rule_row_doubt_and_fact_is_cited() {
    for (kind, id, member) in [
        ("rule", "C3.2", "clause"),
        ("rule", "C3.2", "words"),
        ("rule", "C3.2", "if_failed"),
        ("doubt", "A1", "clause"),
        ("doubt", "A1", "words"),
        ("doubt", "A1", "lenient"),
        ("doubt", "A1", "reason"),
        ("fact", "has_logo", "clause"),
        ("fact", "has_logo", "label"),
        ("guidance", "naming", "clause"),
        ("section", "1", "title"),
    ] {
        refused(&format!("{kind} {id}"), &format!("`{member}` is empty"), |tree| {
            entry(tree, kind, id)[member] = json!(" ")
        });
    }
    for member in ["clause", "content", "standard"] {
        refused("row 3.1", &format!("`{member}` is empty"), |tree| {
            row(tree, "3.1")[member] = json!("");
        });
    }
    refused("scheme", "`status` is empty", |tree| {
        tree["scheme"]["status"] = json!("")
    });
    refused("guidance naming", "`items` is empty", |tree| {
        entry(tree, "guidance", "naming")["items"] = json!([]);
    });
}

#[test]
fn a_fact_or_quantity_that_nothing_uses_is_refused() {
    refused("fact charity_events", "a fact that nothing uses", |tree| {
        row(tree, "4.3")["score"]["steps"]["of"] = json!("hardship_hired");
        for paragraph in tree["paragraph"].as_array_mut().unwrap() {
            let sentences = paragraph["sentence"].as_array_mut().unwrap();
            sentences.retain(|sentence| !sentence["text"].as_str().unwrap().contains("{charity_events}"));
        }
    });
    refused(
        "quantity insured_counted",
        "a quantity that nothing uses",
        |tree| {
            row(tree, "3.3")["score"]["bands"]["of"] = json!("insured_employees");
        },
    );
    // An optional fact that only its own bounds name is used by nothing either.
    refused("fact insured_with_contract", "a fact that nothing uses", |tree| {
        row(tree, "3.3")["score"]["bands"]["of"] = json!("insured_employees");
    });
}

#[test]
fn facts_agree_with_their_kind() {
    refused("fact entity_type", "at least two `choices`", |tree| {
        remove(entry(tree, "fact", "entity_type"), "choices");
    });
    refused("fact has_logo", "is no choice fact", |tree| {
        entry(tree, "fact", "has_logo")["choices"] = json!([{ "id": "a", "label": "甲" }]);
    });
    refused(
        "fact entity_type",
        "the choice `enterprise` stands twice",
        |tree| {
            entry(tree, "fact", "entity_type")["choices"][1]["id"] = json!("enterprise");
        },
    );
    refused("fact has_logo", "only a count can be asked", |tree| {
        entry(tree, "fact", "has_logo")["asked_as_yes_no"] = json!(true);
    });
    refused(
        "fact hardship_placed",
        "an optional fact is never needed",
        |tree| {
            entry(tree, "fact", "hardship_placed")["needed_if"] = json!("has_logo");
        },
    );
    refused(
        "fact recognized_level",
        "a choice fact cannot be optional",
        |tree| {
            entry(tree, "fact", "recognized_level")["optional"] = json!({});
        },
    );
    refused("fact has_other_channel", "counts as no", |tree| {
        entry(tree, "fact", "has_other_channel")["optional"] = json!({ "at_most": [1] });
    });
    refused(
        "fact brand_employees_contracted",
        "the optional fact `trained_employees_contracted`",
        |tree| {
            let optional = &mut entry(tree, "fact", "brand_employees_contracted")["optional"];
            optional["otherwise"] = json!("trained_employees_contracted");
        },
    );
}

#[test]
fn expressions_ask_each_fact_for_what_it_is() {
    refused("rule S1", "`brand_employees` is no yes/no fact", |tree| {
        entry(tree, "rule", "S1")["if"] = json!("brand_employees")
    });
    refused("rule S5", "has no choice `county`", |tree| {
        entry(tree, "rule", "S5")["if"]["one_of"]["choices"] = json!(["county"]);
    });
    refused("rule S5", "`has_logo` is no choice fact", |tree| {
        entry(tree, "rule", "S5")["if"]["one_of"]["fact"] = json!("has_logo");
    });
    refused("row 4.3", "`entity_type` is a choice and no figure", |tree| {
        row(tree, "4.3")["score"]["steps"]["of"] = json!("entity_type");
    });
    refused("rule C1.3", "a list within it is empty", |tree| {
        entry(tree, "rule", "C1.3")["if"]["all"] = json!([]);
    });
    refused("rule C3.3", "a share of 0% is out of range", |tree| {
        entry(tree, "rule", "C3.3")["if"]["in_order"][0]["share"]["at_least"] = json!("0%");
    });
    refused("row 4.3", "a step of 0 leads nowhere", |tree| {
        row(tree, "4.3")["score"]["steps"]["every"] = json!(0);
    });
    refused("row 4.3", "it gives -0.5 points", |tree| {
        row(tree, "4.3")["score"]["steps"]["points"] = json!("-0.5");
    });
    refused("row 2.1", "parts that are scaled", |tree| {
        let steps = row(tree, "4.3")["score"].clone();
        row(tree, "2.1")["score"]["sum"][0] = json!({ "scaled": { "to": 1, "of": [steps] } });
    });
}

#[test]
fn bands_leave_no_gap_and_do_not_overlap() {
    refused("row 3.3", "a gap before the band of 2 points", |tree| {
        bands(tree)[2]["from"] = json!(52)
    });
    refused("row 3.3", "the band of 2 points overlaps", |tree| {
        bands(tree)[2]["from"] = json!(50)
    });
    refused("row 3.3", "a gap before the band of 2 points", |tree| {
        bands(tree)[1]["up_to"] = json!(49)
    });
    refused("row 3.3", "a gap before the band of 3 points", |tree| {
        bands(tree).as_array_mut().unwrap().remove(2);
    });
    refused("row 3.3", "leaves out the lowest figures", |tree| {
        bands(tree).as_array_mut().unwrap().remove(0);
    });
    refused("row 3.1", "leaves out the lowest figures", |tree| {
        row(tree, "3.1")["score"]["gate"]["then"]["bands"]["table"][0]["from"] = json!(299);
    });
    refused("row 3.3", "leaves out the highest figures", |tree| {
        bands(tree)[10]["up_to"] = json!(500)
    });
    refused("row 3.3", "both need an end", |tree| {
        remove(&mut bands(tree)[2], "from")
    });
    refused("row 3.3", "the band of 1 points has two lower ends", |tree| {
        bands(tree)[1]["above"] = json!(0);
    });
    refused("row 3.3", "the band of 1 points has two upper ends", |tree| {
        bands(tree)[1]["below"] = json!(51);
    });
    refused("row 3.3", "points must not fall", |tree| {
        bands(tree)[2]["points"] = json!(0)
    });
    refused("row 3.3", "a band gives -1 points", |tree| {
        bands(tree)[0]["points"] = json!(-1);
    });
    refused("row 3.3", "a table of bands is empty", |tree| {
        *bands(tree) = json!([])
    });
}

#[test]
fn bands_of_money_meet_in_one_figure_that_belongs_to_one_of_them() {
    refused("row 1.4", "a gap before the band of 2 points", |tree| {
        money_bands(tree)[2]["from"] = json!(101);
    });
    refused("row 1.4", "a gap before the band of 2 points", |tree| {
        money_bands(tree)[2] = json!({ "above": 100, "below": 200, "points": 2 });
    });
    refused("row 1.4", "the band of 1 points overlaps", |tree| {
        money_bands(tree)[0] = json!({ "up_to": 50, "points": 0 });
    });
    refused("row 1.4", "the band of 2 points overlaps", |tree| {
        money_bands(tree)[2]["from"] = json!("99.9999");
    });
}

#[test]
fn maxima_add_up() {
    refused(
        "scheme",
        "`full_score` is 101, but the sections add up to 100",
        |tree| tree["scheme"]["full_score"] = json!(101),
    );
    // What one row takes away another must not make up for.
    refused("row 2.1", "`max` is -1; no row takes points away", |tree| {
        let rows = entry(tree, "section", "2")["row"].as_array_mut().unwrap();
        let moved = rows[0]["max"].as_i64().unwrap() + 1;
        rows[0]["max"] = json!(-1);
        rows[1]["max"] = json!(rows[1]["max"].as_i64().unwrap() + moved);
    });
    refused("section 2", "`max` is 24, but its rows add up to 23", |tree| {
        entry(tree, "section", "2")["max"] = json!(24);
    });
    refused("section 4", "`max` is 10, but its rows add up to 11", |tree| {
        row(tree, "4.2")["max"] = json!(4);
    });
    refused("row 4.2", "`max` is 7, but its score gives 3 at most", |tree| {
        row(tree, "4.2")["max"] = json!(7);
        row(tree, "4.2")["score"] = json!({ "capped": { "cap": 3, "score": { "steps": {
                "of": "person_honors_local", "every": 1, "points": 1,
            } } } });
    });
}

#[test]
fn a_doubt_tells_what_its_readings_do_and_does_what_it_tells() {
    refused("doubt A2", "`strict` does not say what", |tree| {
        remove(entry(tree, "doubt", "A2"), "strict");
    });
    refused("doubt A4", "`lenient` is told, but no by_reading", |tree| {
        entry(tree, "doubt", "A4")["lenient"] = json!("申请中的也计。");
    });
    refused("doubt A2", "`strict` is told, but no by_reading", |tree| {
        let parts = &mut row(tree, "1.2")["score"]["sum"];
        remove(&mut parts[1]["gate"]["then"]["by_reading"], "strict");
    });
    refused("doubt B4", "`strict` is told, but no by_reading", |tree| {
        let rule = entry(tree, "rule", "S5");
        rule["kind"] = json!("hard");
        remove(rule, "binds");
    });
    refused("doubt A22", "it moves `C3.2`", |tree| {
        drop_item(&mut entry(tree, "doubt", "A22")["concerns"], "C3.2");
    });
    refused("doubt A12", "names `2.2`, which it does not move", |tree| {
        entry(tree, "doubt", "A12")["concerns"] = json!(["2.1", "2.2"]);
    });
    refused("doubt A4", "names `9.9`, which is no row or rule", |tree| {
        entry(tree, "doubt", "A4")["concerns"] = json!(["9.9"]);
    });
    refused("doubt A4", "`concerns` is empty", |tree| {
        entry(tree, "doubt", "A4")["concerns"] = json!([]);
    });
    refused("rule S5", "a soft rule, and no other, names in `binds`", |tree| {
        remove(entry(tree, "rule", "S5"), "binds");
    });
    refused("rule S1", "a soft rule, and no other, names in `binds`", |tree| {
        entry(tree, "rule", "S1")["binds"] = json!("B4");
    });
}

#[test]
fn every_question_is_asked_in_one_place() {
    let facts = |tree: &mut Value| tree["group"][0]["block"][0]["facts"].take();
    refused("fact entity_type", "it is asked in 0 places", |tree| {
        facts(tree);
        tree["group"][0]["block"][0]["facts"] = json!([]);
    });
    refused("fact has_logo", "it is asked in 2 places", |tree| {
        let list = &mut tree["group"][0]["block"][0]["facts"];
        list.as_array_mut().unwrap().push(json!("has_logo"));
    });
    refused("group licence", "`logo`, which is no fact", |tree| {
        tree["group"][0]["block"][0]["facts"][0] = json!("logo");
    });
    refused(
        "group agreements",
        "`trades`, which is no narrative field",
        |tree| {
            entry(tree, "group", "agreements")["narrative"][0] = json!("trades");
        },
    );
    refused("narrative exported_yearly", "asked in one place", |tree| {
        remove(entry(tree, "group", "agreements"), "narrative");
    });
    refused("group licence", "`seal`, which is no form field", |tree| {
        entry(tree, "group", "licence")["fields"][0] = json!("seal");
    });
    refused("precheck", "`employees`, which is no fact", |tree| {
        tree["precheck"]["facts"][0] = json!("employees");
    });
    refused("precheck", "`entity_type` twice", |tree| {
        tree["precheck"]["facts"][0] = json!("entity_type");
    });
}

#[test]
fn what_can_change_says_how_and_history_does_not() {
    refused("fact has_logo", "can change but has no `advice`", |tree| {
        entry(tree, "fact", "has_logo")
            .as_object_mut()
            .unwrap()
            .remove("advice");
    });
    refused("fact has_history", "never changes", |tree| {
        entry(tree, "fact", "has_history")["advice"] = json!("补写历史");
    });
    refused("fact insured_employees", "no {n}", |tree| {
        entry(tree, "fact", "insured_employees")["advice"] = json!("为员工缴纳社会保险");
    });
    refused("fact has_history", "`caution` goes with an `advice`", |tree| {
        entry(tree, "fact", "has_history")["caution"] = json!("请核对。");
    });
}

#[test]
fn ties_parts_and_documents_name_what_exists() {
    refused("tie train_and_use", "`has_logo` is no count fact", |tree| {
        entry(tree, "tie", "train_and_use")["facts"][0] = json!("has_logo");
    });
    refused("tie train_and_use", "two different facts", |tree| {
        entry(tree, "tie", "train_and_use")["facts"] = json!(["annual_trained"]);
    });
    refused("tie train_and_use", "no {annual_trained}", |tree| {
        entry(tree, "tie", "train_and_use")["advice"] = json!("多培训");
    });
    for (slot, left) in [("{part}", "{whole}"), ("{whole}", "{part}")] {
        refused("part_of placed_within_trained", slot, |tree| {
            entry(tree, "part_of", "placed_within_trained")["conflict"] = json!(left);
        });
    }
    refused("document licence", "group `papers` does not exist", |tree| {
        entry(tree, "document", "licence")["group"] = json!("papers");
    });
    refused("document licence", "`6.1`, which is no row", |tree| {
        entry(tree, "document", "licence")["rows"] = json!(["6.1"]);
    });
    refused("document licence", "it serves no row", |tree| {
        entry(tree, "document", "licence")["rows"] = json!([]);
    });
    refused("document licence", "`named_for` has `1.2`", |tree| {
        entry(tree, "document", "licence")["named_for"] = json!(["1.2"]);
    });
    refused("row 4.3", "no document proves it", |tree| {
        entry(tree, "document", "charity_records")["rows"] = json!(["4.1"]);
    });
}

#[test]
fn what_a_row_needs_are_papers_that_serve_it() {
    fn proof<'a>(tree: &'a mut Value, row: &str) -> &'a mut Value {
        let proofs = tree["proof"].as_array_mut().unwrap();
        proofs.iter_mut().find(|proof| proof["id"] == row).unwrap()
    }
    refused("proof 3.3", "`insurance`, which is no document", |tree| {
        proof(tree, "3.3")["needs"] = json!("insurance");
    });
    refused(
        "proof 3.3",
        "`roster`, which is no document that serves the row",
        |tree| {
            proof(tree, "3.3")["needs"] = json!({"any": ["insurance_payment", "roster"]});
        },
    );
    for needs in [
        json!({"all": []}),
        json!({"all": ["insurance_payment", {"any": []}]}),
    ] {
        refused("proof 3.3", "an empty list", |tree| {
            proof(tree, "3.3")["needs"] = needs.clone();
        });
    }
    refused("proof 3.3", "names `insurance_payment` twice", |tree| {
        proof(tree, "3.3")["needs"] = json!({"all": ["insurance_payment", "insurance_payment"]});
    });
    refused("needs", "unknown variant `some`", |tree| {
        proof(tree, "3.3")["needs"] = json!({"some": ["insurance_payment"]});
    });
    refused("row 3.3", "0 [[proof]] entries name it", |tree| {
        tree["proof"]
            .as_array_mut()
            .unwrap()
            .retain(|proof| proof["id"] != "3.3");
    });
    refused("row 3.3", "2 [[proof]] entries name it", |tree| {
        proof(tree, "3.1")["id"] = json!("3.3");
    });
    refused("proof 6.1", "names no row", |tree| {
        proof(tree, "3.3")["id"] = json!("6.1");
    });
    refused("proof 3.2", "names `wage_records` for the row", |tree| {
        proof(tree, "3.2")["needs"] = json!({"all": ["labour_contracts", "hardship_proof"]});
    });
    refused(
        "document trademark_certificate",
        "no fact or earlier quantity",
        |tree| {
            entry(tree, "document", "trademark_certificate")["moot_if"] = json!({"not": "has_mark"});
        },
    );
    refused("document trademark_certificate", "is no yes/no fact", |tree| {
        entry(tree, "document", "trademark_certificate")["moot_if"] = json!({"not": "honors_local"});
    });
}

#[test]
fn the_grids_close_and_hold_every_field_once() {
    refused(
        "recommendation_form, row 2",
        "its cells span 7 columns of 6",
        |tree| tree["recommendation_form"]["row"][1]["cells"][1]["columns"] = json!(3),
    );
    refused("recommendation_form, row 2", "span 6 columns of 7", |tree| {
        let columns = tree["recommendation_form"]["columns"].as_array_mut();
        columns.unwrap().push(json!(10));
    });
    refused("recommendation_form, row 2", "`brand` is no form field", |tree| {
        tree["recommendation_form"]["row"][1]["cells"][1]["field"] = json!("brand");
    });
    refused("field brand_name", "it stands 0 times", |tree| {
        remove(&mut tree["recommendation_form"]["row"][1]["cells"][1], "field");
    });
    refused("field entity_name", "it stands 2 times", |tree| {
        tree["recommendation_form"]["row"][1]["cells"][1]["field"] = json!("entity_name");
    });
    refused("field application_year", "it stands 0 times", |tree| {
        tree["recommendation_form"]["row"][14]["cells"][0]["text"] = json!(["承诺书"]);
    });
    refused("recommendation_form, row 15", "a brace has no partner", |tree| {
        tree["recommendation_form"]["row"][14]["cells"][0]["text"] = json!(["{application_year"]);
    });
    refused(
        "recommendation_form, row 2",
        "`with` stands beside a field",
        |tree| {
            tree["recommendation_form"]["row"][1]["cells"][0]["with"] = json!("brand_name");
        },
    );
    refused("recommendation_form", "a column has no width", |tree| {
        tree["recommendation_form"]["columns"][0] = json!(0);
    });
    refused("recommendation_form", "one above 10000", |tree| {
        tree["recommendation_form"]["columns"][0] = json!(10_001);
    });
    refused("score_sheet", "one above 10000", |tree| {
        tree["score_sheet"]["columns"][0]["width"] = json!(u32::MAX);
    });
    refused("score_sheet", "2 columns hold \"own\"", |tree| {
        tree["score_sheet"]["columns"][5]["holds"] = json!("own");
    });
    refused("score_sheet", "0 columns hold \"reviewer\"", |tree| {
        tree["score_sheet"]["columns"].as_array_mut().unwrap().pop();
    });
    refused("score_sheet", "a column has no width", |tree| {
        tree["score_sheet"]["columns"][0]["width"] = json!(0);
    });
    refused("score_sheet", "`name` is no form field", |tree| {
        tree["score_sheet"]["lead"] = json!(["{name}"]);
    });
    refused("score_sheet", "{id_number} is a private field", |tree| {
        tree["score_sheet"]["lead"] = json!(["{id_number}"]);
    });
}

#[test]
fn form_fields_and_places_say_what_can_be_entered() {
    refused("field bank_account", "`from` 33 lies above `to` 32", |tree| {
        entry(tree, "field", "bank_account")["from"] = json!(33);
    });
    refused(
        "field id_document_kind",
        "the kinds of document are missing",
        |tree| remove(entry(tree, "field", "id_document_kind"), "suggestions"),
    );
    refused("field credit_code", "it suggests `company`", |tree| {
        entry(tree, "field", "credit_code")["suggests"][0]["answer"] = json!("company");
    });
    refused("field credit_code", "for `kind`, which is no answer", |tree| {
        entry(tree, "field", "credit_code")["suggests"][0]["fact"] = json!("kind");
    });
    refused("place 天山区", "the name stands twice", |tree| {
        entry(tree, "place", "650103")["name"] = json!("天山区");
    });
    refused("place 650102", "`name` or `office` is empty", |tree| {
        entry(tree, "place", "650102")["office"] = json!("");
    });
}

#[test]
fn sentences_say_only_what_was_answered() {
    refused(
        "sentence “{brand}有限。”",
        "is no fact, quantity, form field or narrative field",
        |tree| {
            first_sentence(tree)["text"] = json!("{brand}有限。");
        },
    );
    refused("sentence", "{id_number} is a private field", |tree| {
        first_sentence(tree)["text"] = json!("{id_number}");
    });
    refused("sentence", "{has_logo} is a yes/no fact", |tree| {
        first_sentence(tree)["text"] = json!("{has_logo}");
    });
    for text in ["{brand_name", "brand_name}", "{brand_name}}"] {
        refused("sentence", "a brace has no partner", |tree| {
            first_sentence(tree)["text"] = json!(text);
        });
    }
    refused(
        "sentence “我单位很好。”",
        "whatever was answered",
        |tree| {
            first_sentence(tree)["text"] = json!("我单位很好。");
        },
    );
    refused("sentence", "`logo`", |tree| {
        first_sentence(tree)["if"] = json!("logo")
    });
}

#[test]
fn the_sample_answers_only_what_is_asked() {
    refused(
        "sample",
        "`facts` has `employees`, which does not exist",
        |tree| {
            tree["sample"]["facts"]["employees"] = json!(620);
        },
    );
    refused("sample", "`form` has `seal`, which does not exist", |tree| {
        tree["sample"]["form"]["seal"] = json!("印");
    });
    for member in ["narrative", "evidence"] {
        refused(
            "sample",
            &format!("`{member}` has `seal`, which does not exist"),
            |tree| {
                tree["sample"][member] = json!({"seal": "印"});
            },
        );
    }
    refused("sample", "write a table", |tree| tree["sample"] = json!([]));
}

#[test]
fn every_fault_is_told_at_once() {
    let mut tree = support::policy_tree();
    entry(&mut tree, "rule", "S1")["clause"] = json!("");
    entry(&mut tree, "section", "2")["max"] = json!(24);
    tree["precheck"]["facts"][0] = json!("employees");
    let errors = Policy::from_json(&tree.to_string()).unwrap_err();
    let places: Vec<_> = errors.iter().map(|error| error.place.as_str()).collect();
    assert_eq!(places, ["rule S1", "scheme", "section 2", "precheck"]);
}

#[test]
fn a_file_beyond_the_limit_is_not_read_and_one_at_the_limit_is() {
    let told = |bytes: usize| {
        let errors = Policy::from_json(&" ".repeat(bytes)).unwrap_err();
        errors
            .iter()
            .any(|error| error.to_string().contains("a scheme's file is far smaller"))
    };
    assert!(!told(POLICY_SIZE_LIMIT));
    assert!(told(POLICY_SIZE_LIMIT + 1));
}

#[test]
fn what_gives_nothing_is_no_score() {
    let given = json!("has_logo");
    for score in [
        json!({"award": {"points": 0, "if": given}}),
        json!({"capped": {"cap": 0, "score": {"award": {"points": 1, "if": given}}}}),
        json!({"deduct": {"from": 0, "less": [{"award": {"points": 1, "if": given}}]}}),
        json!({"steps": {"of": "charity_events", "every": 1, "points": 0}}),
    ] {
        refused("row 4.3", "write more than zero", |tree| {
            row(tree, "4.3")["score"] = score
        });
    }
}

#[test]
fn one_answer_alone_is_no_choice() {
    refused("fact entity_type", "at least two `choices`", |tree| {
        let choices = entry(tree, "fact", "entity_type")["choices"]
            .as_array_mut()
            .unwrap();
        choices.truncate(1);
    });
}

#[test]
fn only_items_that_are_listed_can_be_told() {
    refused("sentence", "is no fact whose items are listed", |tree| {
        first_sentence(tree)["text"] = json!("{brand_employees.items}。");
    });
}

#[test]
fn a_figure_that_may_be_broken_has_bands_without_gaps_between_whole_ones() {
    // Where one of two branches is money, whole ends leave out what lies between them.
    for (then, otherwise) in [
        ("annual_trained", "annual_revenue_wan"),
        ("annual_revenue_wan", "annual_trained"),
    ] {
        refused("row 3.3", "there is a gap", |tree| {
            row(tree, "3.3")["score"]["bands"]["of"] =
                json!({"choose": {"if": "has_logo", "then": then, "otherwise": otherwise}});
        });
    }
}

#[test]
fn what_is_asked_about_must_leave_figures_that_are_not() {
    refused("fact has_logo", "only a figure can be asked about", |tree| {
        entry(tree, "fact", "has_logo")["ask_above"] = json!(1);
    });
    refused(
        "fact annual_revenue_wan",
        "does not lie below `ask_above`",
        |tree| {
            entry(tree, "fact", "annual_revenue_wan")["ask_below"] = json!(50000);
        },
    );
    refused("fact charity_events", "lie above zero", |tree| {
        entry(tree, "fact", "charity_events")["ask_above"] = json!(0);
    });
    refused("field postal_code", "only an amount of money", |tree| {
        entry(tree, "field", "postal_code")["ask_below"] = json!(1);
    });
}

#[test]
fn a_cross_check_stands_at_facts_and_says_their_figures() {
    let check = |tree: &mut Value, member: &str, value: Value| {
        entry(tree, "cross_check", "hardship_within_employees")[member] = value;
    };
    let place = "cross_check hardship_within_employees";
    refused(place, "`nobody`, which is no fact", |tree| {
        check(tree, "at", json!("nobody"))
    });
    refused(place, "no fact or earlier quantity is called `nobody`", |tree| {
        check(tree, "if", json!({ "more_than": ["nobody", 1] }));
    });
    refused(place, "`says` is empty", |tree| check(tree, "says", json!(" ")));
    refused(place, "a slot that is no figure", |tree| {
        check(tree, "says", json!("{has_logo}"))
    });
}

#[test]
fn only_fields_that_can_tell_a_place_or_say_the_same_do() {
    refused(
        "field contact_person",
        "only a place, a credit code or an address",
        |tree| {
            entry(tree, "field", "contact_person")["tells_place"] = json!(true);
        },
    );
    refused("field business_address", "no field of its kind", |tree| {
        entry(tree, "field", "business_address")["same_as"]["field"] = json!("contact_person");
    });
    refused("field business_address", "no words that stand for", |tree| {
        entry(tree, "field", "business_address")["same_as"]["words"] = json!([]);
    });
}
