//! A fault in a policy file is refused with its place and its fix.

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
    // In the language of the scheme, and with the key's name as its place.
    let is_chinese = |text: &str| {
        text.chars()
            .any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character))
    };
    assert!(
        errors.iter().all(|error| is_chinese(&error.problem)),
        "{}",
        support::shown(&errors)
    );
    let named = |error: &&labor_brand_assessment::policy::PolicyError| {
        error.place.contains(place) && error.problem.contains(words)
    };
    assert!(
        errors.iter().find(named).is_some(),
        "no error at {place} about {words}, but\n{}",
        support::shown(&errors)
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
fn a_text_with_a_character_that_the_page_would_obey_is_refused() {
    for (character, name) in [
        ("\u{202e}", "U+202E"),
        ("\u{2066}", "U+2066"),
        ("\u{1b}", "U+001B"),
    ] {
        refused("fact has_logo > label", name, |tree| {
            entry(tree, "fact", "has_logo")["label"] = json!(format!("标识{character}"));
        });
    }
    // Lines may end.
    let mut tree = support::policy_tree();
    entry(&mut tree, "fact", "has_logo")["label"] = json!("标\n识");
    assert!(Policy::from_json(&tree.to_string()).is_ok());
}

#[test]
fn an_expression_of_two_forms_is_refused() {
    refused("row 3.3", "应写表，如", |tree| {
        let score = &mut row(tree, "3.3")["score"];
        let steps = json!({"of": "annual_trained", "every": 50, "points": 1});
        score
            .as_object_mut()
            .unwrap()
            .insert(String::from("steps"), steps);
    });
}

#[test]
fn a_figure_between_quotation_marks_is_no_question_that_there_is_not() {
    refused("rule C3.2", "数不要加引号：300，", |tree| {
        entry(tree, "rule", "C3.2")["if"]["at_least"][1] = json!("300");
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
fn a_file_that_is_no_policy_is_shown_with_the_place() {
    refused("section 2 > row 2.1", "不认识的键 `cap_points`", |tree| {
        row(tree, "2.1")["cap_points"] = json!(8);
    });
    refused("fact has_logo", "缺少键 `clause`", |tree| {
        remove(entry(tree, "fact", "has_logo"), "clause");
    });
    refused(
        "row 4.3 > score > average",
        "不认识的写法 `average`",
        |tree| {
            row(tree, "4.3")["score"] = json!({ "average": [] });
        },
    );
    refused(
        "rule C3.3 > if > in_order 1 > share > at_least",
        "比例，如",
        |tree| {
            let share = &mut entry(tree, "rule", "C3.3")["if"]["in_order"][0]["share"];
            share["at_least"] = json!("0.5");
        },
    );
    refused("row 4.3 > score > steps > points", "至多两位小数", |tree| {
        row(tree, "4.3")["score"]["steps"]["points"] = json!("0.125");
    });
    assert!(Policy::from_json("[scheme]").is_err());
}

#[test]
fn faults_of_form_are_shown_all_at_once() {
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
        support::shown(&errors)
    );
}

#[test]
fn every_name_must_stand_for_something() {
    refused("rule S1", "没有叫 `registered` 的问题", |tree| {
        entry(tree, "rule", "S1")["if"] = json!("registered");
    });
    refused("row 4.3", "`charity`", |tree| {
        row(tree, "4.3")["score"]["steps"]["of"] = json!("charity");
    });
    refused("row 1.6", "没有叫 `A99` 的存疑", |tree| {
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
    refused("rule C3.2", "`roster_counted` 是数", |tree| {
        entry(tree, "rule", "C3.2")["if"] = json!("roster_counted");
    });
}

#[test]
fn no_id_is_given_twice() {
    let twice = "编号与另一条重复";
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
        ("companion", "hired_join_roster"),
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
    refused("guidance", "编号 id 是空的", |tree| {
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
        refused(&format!("{kind} {id}"), &format!("`{member}` 是空的"), |tree| {
            entry(tree, kind, id)[member] = json!(" ")
        });
    }
    for member in ["clause", "content", "standard"] {
        refused("row 3.1", &format!("`{member}` 是空的"), |tree| {
            row(tree, "3.1")[member] = json!("");
        });
    }
    refused("scheme", "`status` 是空的", |tree| {
        tree["scheme"]["status"] = json!("")
    });
    refused("guidance naming", "`items` 是空的", |tree| {
        entry(tree, "guidance", "naming")["items"] = json!([]);
    });
}

#[test]
fn a_fact_or_quantity_that_nothing_uses_is_refused() {
    refused("fact charity_events", "没有地方用到这个问题", |tree| {
        row(tree, "4.3")["score"]["steps"]["of"] = json!("hardship_hired");
        for paragraph in tree["paragraph"].as_array_mut().unwrap() {
            let sentences = paragraph["sentence"].as_array_mut().unwrap();
            sentences.retain(|sentence| !sentence["text"].as_str().unwrap().contains("{charity_events}"));
        }
    });
    refused(
        "quantity insured_counted",
        "没有地方用到这个算出的数",
        |tree| {
            row(tree, "3.3")["score"]["bands"]["of"] = json!("insured_employees");
        },
    );
    // An optional fact that only its own bounds name is used by nothing either.
    refused(
        "fact insured_with_contract",
        "没有地方用到这个问题",
        |tree| {
            row(tree, "3.3")["score"]["bands"]["of"] = json!("insured_employees");
        },
    );
}

#[test]
fn facts_agree_with_their_kind() {
    refused("fact entity_type", "至少要有两个 `choices`", |tree| {
        remove(entry(tree, "fact", "entity_type"), "choices");
    });
    refused("fact has_logo", "不是选择问题", |tree| {
        entry(tree, "fact", "has_logo")["choices"] = json!([{ "id": "a", "label": "甲" }]);
    });
    refused("fact entity_type", "选项 `enterprise` 出现两次", |tree| {
        entry(tree, "fact", "entity_type")["choices"][1]["id"] = json!("enterprise");
    });
    refused("fact has_logo", "只有个数能按有无提问", |tree| {
        entry(tree, "fact", "has_logo")["asked_as_yes_no"] = json!(true);
    });
    refused("fact hardship_placed", "选填的问题不会必填", |tree| {
        entry(tree, "fact", "hardship_placed")["needed_if"] = json!("has_logo");
    });
    refused("fact recognized_level", "选择问题不能选填", |tree| {
        entry(tree, "fact", "recognized_level")["optional"] = json!({});
    });
    refused("fact has_other_channel", "不填就按“否”", |tree| {
        entry(tree, "fact", "has_other_channel")["optional"] = json!({ "at_most": [1] });
    });
    refused(
        "fact brand_employees_contracted",
        "选填的问题 `trained_employees_contracted`",
        |tree| {
            let optional = &mut entry(tree, "fact", "brand_employees_contracted")["optional"];
            optional["otherwise"] = json!("trained_employees_contracted");
        },
    );
}

#[test]
fn expressions_ask_each_fact_for_what_it_is() {
    refused("rule S1", "`brand_employees` 不是是否问题", |tree| {
        entry(tree, "rule", "S1")["if"] = json!("brand_employees")
    });
    refused("rule S5", "没有选项 `county`", |tree| {
        entry(tree, "rule", "S5")["if"]["one_of"]["choices"] = json!(["county"]);
    });
    refused("rule S5", "`has_logo` 不是选择问题", |tree| {
        entry(tree, "rule", "S5")["if"]["one_of"]["fact"] = json!("has_logo");
    });
    refused("row 4.3", "`entity_type` 是选择问题", |tree| {
        row(tree, "4.3")["score"]["steps"]["of"] = json!("entity_type");
    });
    refused("rule C1.3", "其中有一个列表是空的", |tree| {
        entry(tree, "rule", "C1.3")["if"]["all"] = json!([]);
    });
    refused("rule C3.3", "比例 0% 超出范围", |tree| {
        entry(tree, "rule", "C3.3")["if"]["in_order"][0]["share"]["at_least"] = json!("0%");
    });
    refused("row 4.3", "每 0 一步走不下去", |tree| {
        row(tree, "4.3")["score"]["steps"]["every"] = json!(0);
    });
    refused("row 4.3", "这里给 -0.5 分", |tree| {
        row(tree, "4.3")["score"]["steps"]["points"] = json!("-0.5");
    });
    refused("row 2.1", "scaled 的各部分", |tree| {
        let steps = row(tree, "4.3")["score"].clone();
        row(tree, "2.1")["score"]["sum"][0] = json!({ "scaled": { "to": 1, "of": [steps] } });
    });
}

#[test]
fn bands_leave_no_gap_and_do_not_overlap() {
    refused("row 3.3", "2 分档之前有空隙", |tree| {
        bands(tree)[2]["from"] = json!(52)
    });
    refused("row 3.3", "2 分档与前一档重叠", |tree| {
        bands(tree)[2]["from"] = json!(50)
    });
    refused("row 3.3", "2 分档之前有空隙", |tree| {
        bands(tree)[1]["up_to"] = json!(49)
    });
    refused("row 3.3", "3 分档之前有空隙", |tree| {
        bands(tree).as_array_mut().unwrap().remove(2);
    });
    refused("row 3.3", "漏掉了最低的数", |tree| {
        bands(tree).as_array_mut().unwrap().remove(0);
    });
    refused("row 3.1", "漏掉了最低的数", |tree| {
        row(tree, "3.1")["score"]["gate"]["then"]["bands"]["table"][0]["from"] = json!(299);
    });
    refused("row 3.3", "漏掉了最高的数", |tree| {
        bands(tree)[10]["up_to"] = json!(500)
    });
    refused("row 3.3", "相接处都要写明端点", |tree| {
        remove(&mut bands(tree)[2], "from")
    });
    refused("row 3.3", "1 分档有两个下限", |tree| {
        bands(tree)[1]["above"] = json!(0);
    });
    refused("row 3.3", "1 分档有两个上限", |tree| {
        bands(tree)[1]["below"] = json!(51);
    });
    refused("row 3.3", "得分不能越低", |tree| {
        bands(tree)[2]["points"] = json!(0)
    });
    refused("row 3.3", "有一档给 -1 分", |tree| {
        bands(tree)[0]["points"] = json!(-1);
    });
    refused("row 3.3", "分档表 table 是空的", |tree| {
        *bands(tree) = json!([])
    });
}

#[test]
fn bands_of_money_meet_in_one_figure_that_belongs_to_one_of_them() {
    refused("row 1.4", "2 分档之前有空隙", |tree| {
        money_bands(tree)[2]["from"] = json!(101);
    });
    refused("row 1.4", "2 分档之前有空隙", |tree| {
        money_bands(tree)[2] = json!({ "above": 100, "below": 200, "points": 2 });
    });
    refused("row 1.4", "1 分档与前一档重叠", |tree| {
        money_bands(tree)[0] = json!({ "up_to": 50, "points": 0 });
    });
    refused("row 1.4", "2 分档与前一档重叠", |tree| {
        money_bands(tree)[2]["from"] = json!("99.9999");
    });
}

#[test]
fn maxima_add_up() {
    refused("scheme", "`full_score` 是 101，各项合计 100", |tree| {
        tree["scheme"]["full_score"] = json!(101)
    });
    // What one row takes away another must not make up for.
    refused("row 2.1", "`max` 是 -1，没有哪一行倒扣分", |tree| {
        let rows = entry(tree, "section", "2")["row"].as_array_mut().unwrap();
        let moved = rows[0]["max"].as_i64().unwrap() + 1;
        rows[0]["max"] = json!(-1);
        rows[1]["max"] = json!(rows[1]["max"].as_i64().unwrap() + moved);
    });
    refused("section 2", "`max` 是 24，各行合计 23", |tree| {
        entry(tree, "section", "2")["max"] = json!(24);
    });
    refused("section 4", "`max` 是 10，各行合计 11", |tree| {
        row(tree, "4.2")["max"] = json!(4);
    });
    refused("row 4.2", "`max` 是 7，但 score 至多给 3 分", |tree| {
        row(tree, "4.2")["max"] = json!(7);
        row(tree, "4.2")["score"] = json!({ "capped": { "cap": 3, "score": { "steps": {
                "of": "person_honors_local", "every": 1, "points": 1,
            } } } });
    });
}

#[test]
fn a_doubt_tells_what_its_readings_do_and_does_what_it_tells() {
    refused("doubt A2", "`strict` 没有写明怎样读", |tree| {
        remove(entry(tree, "doubt", "A2"), "strict");
    });
    refused("doubt A4", "写了 `lenient`，但没有 by_reading", |tree| {
        entry(tree, "doubt", "A4")["lenient"] = json!("申请中的也计。");
    });
    refused("doubt A2", "写了 `strict`，但没有 by_reading", |tree| {
        let parts = &mut row(tree, "1.2")["score"]["sum"];
        remove(&mut parts[1]["gate"]["then"]["by_reading"], "strict");
    });
    refused("doubt B4", "写了 `strict`，但没有 by_reading", |tree| {
        let rule = entry(tree, "rule", "S5");
        rule["kind"] = json!("hard");
        remove(rule, "binds");
    });
    refused("doubt A22", "它影响 `C3.2`", |tree| {
        drop_item(&mut entry(tree, "doubt", "A22")["concerns"], "C3.2");
    });
    refused("doubt A12", "`2.2` 不受它影响", |tree| {
        entry(tree, "doubt", "A12")["concerns"] = json!(["2.1", "2.2"]);
    });
    refused("doubt A4", "`9.9` 不是行也不是条件", |tree| {
        entry(tree, "doubt", "A4")["concerns"] = json!(["9.9"]);
    });
    refused("doubt A4", "`concerns` 是空的", |tree| {
        entry(tree, "doubt", "A4")["concerns"] = json!([]);
    });
    refused(
        "rule S5",
        "也只有这种条件，要在 `binds` 里写明",
        |tree| {
            remove(entry(tree, "rule", "S5"), "binds");
        },
    );
    refused(
        "rule S1",
        "也只有这种条件，要在 `binds` 里写明",
        |tree| {
            entry(tree, "rule", "S1")["binds"] = json!("B4");
        },
    );
    refused("rule S1", "可以写 `moot_if_failed`，请删去", |tree| {
        entry(tree, "rule", "S1")["moot_if_failed"] = json!("S3");
    });
    for none in ["S5", "S9"] {
        refused("rule S5", "不是别的、能判不符合的条件", |tree| {
            entry(tree, "rule", "S5")["moot_if_failed"] = json!(none);
        });
    }
}

#[test]
fn every_question_is_asked_in_one_place() {
    let facts = |tree: &mut Value| tree["group"][0]["block"][0]["facts"].take();
    refused("fact entity_type", "它在 0 处提问", |tree| {
        facts(tree);
        tree["group"][0]["block"][0]["facts"] = json!([]);
    });
    refused("fact has_logo", "它在 2 处提问", |tree| {
        let list = &mut tree["group"][0]["block"][0]["facts"];
        list.as_array_mut().unwrap().push(json!("has_logo"));
    });
    refused("group licence", "`logo` 不是问题", |tree| {
        tree["group"][0]["block"][0]["facts"][0] = json!("logo");
    });
    refused("group agreements", "`trades` 不是初稿另问的事", |tree| {
        entry(tree, "group", "agreements")["narrative"][0] = json!("trades");
    });
    refused("narrative exported_yearly", "同一单位的问题", |tree| {
        entry(tree, "narrative", "exported_yearly")["no_less_than"] = json!("annual_revenue_wan");
    });
    refused("narrative exported_yearly", "应恰好问一次", |tree| {
        remove(entry(tree, "group", "agreements"), "narrative");
    });
    refused("group licence", "`seal` 不是填写项", |tree| {
        entry(tree, "group", "licence")["fields"][0] = json!("seal");
    });
    refused("precheck", "`employees` 不是问题", |tree| {
        tree["precheck"]["facts"][0] = json!("employees");
    });
    refused("precheck", "`entity_type` 两次", |tree| {
        tree["precheck"]["facts"][0] = json!("entity_type");
    });
}

#[test]
fn what_can_change_says_how_and_history_does_not() {
    refused("fact has_logo", "能改变但没有 `advice`", |tree| {
        entry(tree, "fact", "has_logo")
            .as_object_mut()
            .unwrap()
            .remove("advice");
    });
    refused("fact has_history", "它不能改变", |tree| {
        entry(tree, "fact", "has_history")["advice"] = json!("补写历史");
    });
    refused("fact insured_employees", "没有 {n}", |tree| {
        entry(tree, "fact", "insured_employees")["advice"] = json!("为员工缴纳社会保险");
    });
    refused("fact has_history", "`caution` 要与 `advice` 一起写", |tree| {
        entry(tree, "fact", "has_history")["caution"] = json!("请核对。");
    });
}

#[test]
fn ties_parts_and_documents_name_what_exists() {
    refused("tie train_and_use", "`has_logo` 不是个数", |tree| {
        entry(tree, "tie", "train_and_use")["facts"][0] = json!("has_logo");
    });
    refused("tie train_and_use", "两个不同的问题", |tree| {
        entry(tree, "tie", "train_and_use")["facts"] = json!(["annual_trained"]);
    });
    refused("tie train_and_use", "没有 {annual_trained}", |tree| {
        entry(tree, "tie", "train_and_use")["advice"] = json!("多培训");
    });
    let companion = "companion hired_join_roster";
    for (member, wrong) in [
        ("fact", "has_logo"),
        ("brings", "hardship_placed"),
        ("brings", "nobody"),
    ] {
        refused(companion, &format!("`{wrong}` 不是必问的个数"), |tree| {
            entry(tree, "companion", "hired_join_roster")[member] = json!(wrong);
        });
    }
    refused(companion, "不能带动自己", |tree| {
        entry(tree, "companion", "hired_join_roster")["brings"] = json!("hardship_hired");
    });
    refused(companion, "`insured_employees` 自己又带动别的", |tree| {
        entry(tree, "companion", "hired_join_roster")["brings"] = json!("insured_employees");
    });
    refused(companion, "`hardship_hired` 没有 `caution`", |tree| {
        let fact = entry(tree, "fact", "hardship_hired").as_object_mut().unwrap();
        fact.remove("caution");
    });
    for (slot, left) in [("{part}", "{whole}"), ("{whole}", "{part}")] {
        refused("part_of placed_within_trained", slot, |tree| {
            entry(tree, "part_of", "placed_within_trained")["conflict"] = json!(left);
        });
    }
    refused("document licence", "没有 group `papers`", |tree| {
        entry(tree, "document", "licence")["group"] = json!("papers");
    });
    refused("document licence", "`6.1` 不是行", |tree| {
        entry(tree, "document", "licence")["rows"] = json!(["6.1"]);
    });
    refused("document licence", "它不用于任何一行", |tree| {
        entry(tree, "document", "licence")["rows"] = json!([]);
    });
    refused("document licence", "`named_for` 里的 `1.2`", |tree| {
        entry(tree, "document", "licence")["named_for"] = json!(["1.2"]);
    });
    refused("row 4.3", "没有佐证材料", |tree| {
        entry(tree, "document", "charity_records")["rows"] = json!(["4.1"]);
    });
}

#[test]
fn what_a_row_needs_are_papers_that_serve_it() {
    fn proof<'a>(tree: &'a mut Value, row: &str) -> &'a mut Value {
        let proofs = tree["proof"].as_array_mut().unwrap();
        proofs.iter_mut().find(|proof| proof["id"] == row).unwrap()
    }
    refused("proof 3.3", "`insurance` 不是用于这一行的材料", |tree| {
        proof(tree, "3.3")["needs"] = json!("insurance");
    });
    refused("proof 3.3", "`roster` 不是用于这一行的材料", |tree| {
        proof(tree, "3.3")["needs"] = json!({"any": ["insurance_payment", "roster"]});
    });
    for needs in [
        json!({"all": []}),
        json!({"all": ["insurance_payment", {"any": []}]}),
    ] {
        refused("proof 3.3", "空的列表", |tree| {
            proof(tree, "3.3")["needs"] = needs.clone();
        });
    }
    refused("proof 3.3", "`insurance_payment` 出现两次", |tree| {
        proof(tree, "3.3")["needs"] = json!({"all": ["insurance_payment", "insurance_payment"]});
    });
    refused("needs", "不认识的写法 `some`", |tree| {
        proof(tree, "3.3")["needs"] = json!({"some": ["insurance_payment"]});
    });
    refused("row 3.3", "有 0 条 [[proof]]", |tree| {
        tree["proof"]
            .as_array_mut()
            .unwrap()
            .retain(|proof| proof["id"] != "3.3");
    });
    refused("row 3.3", "有 2 条 [[proof]]", |tree| {
        proof(tree, "3.1")["id"] = json!("3.3");
    });
    refused("proof 6.1", "编号 id 不是行", |tree| {
        proof(tree, "3.3")["id"] = json!("6.1");
    });
    refused("proof 3.2", "原文要求这一行提供 `wage_records`", |tree| {
        proof(tree, "3.2")["needs"] = json!({"all": ["labour_contracts", "hardship_proof"]});
    });
    refused("document trademark_certificate", "没有叫 `has_mark`", |tree| {
        entry(tree, "document", "trademark_certificate")["moot_if"] = json!({"not": "has_mark"});
    });
    refused(
        "document trademark_certificate",
        "`honors_local` 不是是否问题",
        |tree| {
            entry(tree, "document", "trademark_certificate")["moot_if"] = json!({"not": "honors_local"});
        },
    );
}

#[test]
fn the_grids_close_and_hold_every_field_once() {
    refused(
        "recommendation_form, row 2",
        "各格共占 7 列，应占 6 列",
        |tree| tree["recommendation_form"]["row"][1]["cells"][1]["columns"] = json!(3),
    );
    refused(
        "recommendation_form, row 2",
        "共占 6 列，应占 7 列",
        |tree| {
            let columns = tree["recommendation_form"]["columns"].as_array_mut();
            columns.unwrap().push(json!(10));
        },
    );
    refused("recommendation_form, row 2", "`brand` 不是填写项", |tree| {
        tree["recommendation_form"]["row"][1]["cells"][1]["field"] = json!("brand");
    });
    refused("field brand_name", "出现 0 次", |tree| {
        remove(&mut tree["recommendation_form"]["row"][1]["cells"][1], "field");
    });
    refused("field entity_name", "出现 2 次", |tree| {
        tree["recommendation_form"]["row"][1]["cells"][1]["field"] = json!("entity_name");
    });
    refused("field application_year", "出现 0 次", |tree| {
        tree["recommendation_form"]["row"][14]["cells"][0]["text"] = json!(["承诺书"]);
    });
    refused("recommendation_form, row 15", "花括号没有配对", |tree| {
        tree["recommendation_form"]["row"][14]["cells"][0]["text"] = json!(["{application_year"]);
    });
    refused(
        "recommendation_form, row 2",
        "`with` 要跟在一个填写项后面",
        |tree| {
            tree["recommendation_form"]["row"][1]["cells"][0]["with"] = json!("brand_name");
        },
    );
    refused("recommendation_form", "有一列没有宽度", |tree| {
        tree["recommendation_form"]["columns"][0] = json!(0);
    });
    refused("recommendation_form", "超过 10000", |tree| {
        tree["recommendation_form"]["columns"][0] = json!(10_001);
    });
    refused("score_sheet", "超过 10000", |tree| {
        tree["score_sheet"]["columns"][0]["width"] = json!(u32::MAX);
    });
    refused("score_sheet", "有 2 列是 \"own\"", |tree| {
        tree["score_sheet"]["columns"][5]["holds"] = json!("own");
    });
    refused("score_sheet", "有 0 列是 \"reviewer\"", |tree| {
        tree["score_sheet"]["columns"].as_array_mut().unwrap().pop();
    });
    refused("score_sheet", "有一列没有宽度", |tree| {
        tree["score_sheet"]["columns"][0]["width"] = json!(0);
    });
    refused("score_sheet", "`name` 不是填写项", |tree| {
        tree["score_sheet"]["lead"] = json!(["{name}"]);
    });
    refused("score_sheet", "{id_number} 是不公开的填写项", |tree| {
        tree["score_sheet"]["lead"] = json!(["{id_number}"]);
    });
    refused("other_papers", "`name` 不是填写项", |tree| {
        tree["other_papers"]["binder_lead"] = json!(["{name}"]);
    });
    refused("other_papers", "{id_number} 是不公开的填写项", |tree| {
        tree["other_papers"]["result_lead"] = json!(["{id_number}"]);
    });
}

#[test]
fn form_fields_and_places_say_what_can_be_entered() {
    refused("field bank_account", "`from` 33 大于 `to` 32", |tree| {
        entry(tree, "field", "bank_account")["from"] = json!(33);
    });
    refused("field id_document_kind", "缺证件的种类", |tree| {
        remove(entry(tree, "field", "id_document_kind"), "suggestions")
    });
    refused("field credit_code", "它建议的 `company`", |tree| {
        entry(tree, "field", "credit_code")["suggests"][0]["answer"] = json!("company");
    });
    refused("field credit_code", "不是问题 `kind` 的答案", |tree| {
        entry(tree, "field", "credit_code")["suggests"][0]["fact"] = json!("kind");
    });
    refused("place 天山区", "名称出现两次", |tree| {
        entry(tree, "place", "650103")["name"] = json!("天山区");
    });
    refused("place 650102", "`name` 或 `office` 是空的", |tree| {
        entry(tree, "place", "650102")["office"] = json!("");
    });
}

#[test]
fn sentences_say_only_what_was_answered() {
    refused(
        "sentence “{brand}有限。”",
        "不是问题、算出的数、填写项或初稿另问的事",
        |tree| {
            first_sentence(tree)["text"] = json!("{brand}有限。");
        },
    );
    refused("sentence", "{id_number} 是不公开的填写项", |tree| {
        first_sentence(tree)["text"] = json!("{id_number}");
    });
    refused("sentence", "{has_logo} 是是否问题", |tree| {
        first_sentence(tree)["text"] = json!("{has_logo}");
    });
    for text in ["{brand_name", "brand_name}", "{brand_name}}"] {
        refused("sentence", "花括号没有配对", |tree| {
            first_sentence(tree)["text"] = json!(text);
        });
    }
    refused(
        "sentence “我单位很好。”",
        "不管怎样回答都会说",
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
    refused("sample", "`facts` 里的 `employees` 不存在", |tree| {
        tree["sample"]["facts"]["employees"] = json!(620);
    });
    refused("sample", "`form` 里的 `seal` 不存在", |tree| {
        tree["sample"]["form"]["seal"] = json!("印");
    });
    for member in ["narrative", "evidence"] {
        refused("sample", &format!("`{member}` 里的 `seal` 不存在"), |tree| {
            tree["sample"][member] = json!({"seal": "印"});
        });
    }
    refused("sample", "应写表", |tree| tree["sample"] = json!([]));
}

#[test]
fn every_fault_is_shown_at_once() {
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
    let shown = |bytes: usize| {
        let errors = Policy::from_json(&" ".repeat(bytes)).unwrap_err();
        errors
            .iter()
            .any(|error| error.to_string().contains("方案的文件远比这小"))
    };
    assert!(!shown(POLICY_SIZE_LIMIT));
    assert!(shown(POLICY_SIZE_LIMIT + 1));
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
        refused("row 4.3", "请写大于 0 的数", |tree| {
            row(tree, "4.3")["score"] = score
        });
    }
}

#[test]
fn one_answer_alone_is_no_choice() {
    refused("fact entity_type", "至少要有两个 `choices`", |tree| {
        let choices = entry(tree, "fact", "entity_type")["choices"]
            .as_array_mut()
            .unwrap();
        choices.truncate(1);
    });
}

#[test]
fn only_items_that_are_listed_can_be_shown() {
    refused("sentence", "不是逐项列出的问题", |tree| {
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
        refused("row 3.3", "之前有空隙", |tree| {
            row(tree, "3.3")["score"]["bands"]["of"] =
                json!({"choose": {"if": "has_logo", "then": then, "otherwise": otherwise}});
        });
    }
}

#[test]
fn what_is_asked_about_must_leave_figures_that_are_not() {
    refused("fact has_logo", "只有数能追问大小", |tree| {
        entry(tree, "fact", "has_logo")["ask_above"] = json!(1);
    });
    refused("fact annual_revenue_wan", "不小于 `ask_above`", |tree| {
        entry(tree, "fact", "annual_revenue_wan")["ask_below"] = json!(50000);
    });
    refused("fact charity_events", "要大于 0", |tree| {
        entry(tree, "fact", "charity_events")["ask_above"] = json!(0);
    });
    refused("field postal_code", "只有金额能追问大小", |tree| {
        entry(tree, "field", "postal_code")["ask_below"] = json!(1);
    });
}

#[test]
fn a_cross_check_stands_at_facts_and_says_their_figures() {
    let check = |tree: &mut Value, member: &str, value: Value| {
        entry(tree, "cross_check", "hardship_within_employees")[member] = value;
    };
    let place = "cross_check hardship_within_employees";
    refused(place, "`nobody` 旁，那不是问题", |tree| {
        check(tree, "at", json!("nobody"))
    });
    refused(place, "没有叫 `nobody` 的问题", |tree| {
        check(tree, "if", json!({ "more_than": ["nobody", 1] }));
    });
    refused(place, "`says` 是空的", |tree| check(tree, "says", json!(" ")));
    refused(place, "不是答数的问题", |tree| {
        check(tree, "says", json!("{has_logo}"))
    });
}

#[test]
fn a_browser_offers_only_what_it_knows_and_nothing_private() {
    refused(
        "field contact_person",
        "`autocomplete` 写的 `nickname`",
        |tree| {
            entry(tree, "field", "contact_person")["autocomplete"] = json!("nickname");
        },
    );
    refused("field id_number", "`autocomplete` 写的 `name`", |tree| {
        entry(tree, "field", "id_number")["autocomplete"] = json!("name");
    });
}

#[test]
fn only_fields_that_can_tell_a_place_or_say_the_same_do() {
    refused(
        "field contact_person",
        "只有注册地点、信用代码和地址",
        |tree| {
            entry(tree, "field", "contact_person")["tells_place"] = json!(true);
        },
    );
    refused("field business_address", "不是同类", |tree| {
        entry(tree, "field", "business_address")["same_as"]["field"] = json!("contact_person");
    });
    refused(
        "field business_address",
        "没有写出表示“同上”的词",
        |tree| {
            entry(tree, "field", "business_address")["same_as"]["words"] = json!([]);
        },
    );
}
