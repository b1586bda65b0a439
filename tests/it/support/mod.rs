//! What the tests share: the city's policy, its golden cases, and short ways to say a case.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

pub mod figures;
pub mod made_up;
pub mod other_scheme;
pub mod own_process;
pub mod papers;
pub mod random;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use labor_brand_assessment::answers::{Case, ChosenReading, Date};
use labor_brand_assessment::documents::{case_members, read_case};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::{FactKind, Policy, PolicyError, Reading};
use labor_brand_assessment::policy_check::{
    BoundaryFile, BoundarySource, Expectations, GoldenCase, read_boundaries, read_golden_cases,
};
use labor_brand_assessment::wording::{Texts, Wording, in_order};
use serde_json::Value;

/// The folder of the city's scheme.
pub fn scheme_folder() -> PathBuf {
    // The journeys are in a package of their own, further down.
    let mut roots = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    roots
        .find_map(|root| Some(root.join("policies/urumqi-city")).filter(|folder| folder.exists()))
        .unwrap()
}

/// The policy as a tree that a test can alter.
pub fn policy_tree() -> Value {
    let mut tables = toml::Table::new();
    for entry in fs::read_dir(scheme_folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let file: toml::Table = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
            tables.extend(file);
        }
    }
    serde_json::to_value(tables).unwrap()
}

/// The city's policy, read once for all tests of a file.
pub fn policy() -> &'static Policy {
    static POLICY: LazyLock<Policy> = LazyLock::new(|| {
        Policy::from_json(&policy_tree().to_string()).unwrap_or_else(|errors| panic!("{}", shown(&errors)))
    });
    &POLICY
}

/// The same tree as the library reads it.
pub fn policy_json() -> Json {
    Json::parse(&policy_tree().to_string()).unwrap()
}

/// What the city's folder expects of its rules: golden cases and boundary tables.
pub fn expectations() -> &'static Expectations {
    static EXPECTATIONS: LazyLock<Expectations> = LazyLock::new(|| {
        let folder = scheme_folder();
        let mut expectations = Expectations {
            cases: read_golden_cases(policy(), &fs::read_to_string(folder.join("cases.json")).unwrap())
                .unwrap(),
            ..Expectations::default()
        };
        for entry in fs::read_dir(folder.join("boundaries")).unwrap() {
            let path = entry.unwrap().path();
            let table: toml::Table = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let tree = Json::parse(&serde_json::to_string(&table).unwrap()).unwrap();
            let name = path.file_name().unwrap().to_string_lossy();
            let file = boundaries_of(&name, &tree, &expectations.cases);
            expectations.add(file.unwrap_or_else(|problem| panic!("{problem}")));
        }
        expectations
    });
    &EXPECTATIONS
}

/// What a file of expectations of the city's policy says, by the numbers of its entries.
pub fn boundaries_of(file: &str, tree: &Json, cases: &[GoldenCase]) -> Result<BoundaryFile, String> {
    let lines = |_: &str, _: usize, _: Option<usize>| None;
    let source = BoundarySource {
        file,
        tree,
        lines: &lines,
    };
    read_boundaries(policy(), &source, cases)
}

/// Errors of a policy, one a line.
pub fn shown(errors: &[PolicyError]) -> String {
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    errors.join("\n")
}

/// The texts of a wording file under their places.
pub fn texts(path: &Path) -> Texts {
    let table: toml::Table = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let tables = table
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_table()?.clone())));
    tables
        .flat_map(|(name, entries)| {
            entries
                .into_iter()
                .map(move |(id, text)| (format!("{name}.{id}"), text.as_str().unwrap().to_owned()))
        })
        .collect()
}

/// What the interface says in Chinese.
pub fn wording() -> Wording {
    let mut texts = texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("wording/zh-CN.toml"));
    // What the scripts say themselves the module does not hold.
    texts.retain(|place, _| {
        !OF_SCRIPTS
            .iter()
            .any(|table| place.starts_with(&format!("{table}.")))
    });
    let ordered = in_order(&texts).unwrap();
    Wording::from_json(&Value::from(ordered).to_string()).unwrap()
}

/// The tables of what the scripts in `web/` say.
pub const OF_SCRIPTS: [&str; 3] = ["start", "wechat", "rescue"];

/// The entry of that kind and id in a policy tree: `entry(tree, "fact", "has_logo")`.
pub fn entry<'a>(tree: &'a mut Value, kind: &str, id: &str) -> &'a mut Value {
    let entries = tree[kind].as_array_mut().unwrap();
    entries
        .iter_mut()
        .find(|entry| entry["id"] == id)
        .unwrap_or_else(|| panic!("no {kind} {id}"))
}

/// The row of that id in a policy tree.
pub fn row<'a>(tree: &'a mut Value, id: &str) -> &'a mut Value {
    let sections = tree["section"].as_array_mut().unwrap();
    let mut rows = sections
        .iter_mut()
        .flat_map(|section| section["row"].as_array_mut().unwrap());
    rows.find(|row| row["id"] == id).unwrap()
}

/// The golden cases: id, facts, and what is expected.
pub fn golden_cases() -> Vec<(String, Object, Object)> {
    let text = include_str!("../../../policies/urumqi-city/cases.json");
    let Json::Object(file) = Json::parse(text).unwrap() else {
        panic!("no object")
    };
    let cases = file.get("cases").unwrap().as_list().unwrap().iter().map(|case| {
        let case = case.as_object().unwrap();
        let part = |key: &str| case.get(key).unwrap().as_object().unwrap().clone();
        (
            case.get("id").unwrap().as_text().unwrap().to_owned(),
            part("facts"),
            part("expected"),
        )
    });
    cases.collect()
}

/// The facts of one golden case.
pub fn facts_of(id: &str) -> Object {
    golden_cases()
        .into_iter()
        .find(|(case, ..)| case == id)
        .map(|(_, facts, _)| facts)
        .unwrap()
}

/// Facts from JSON text.
pub fn facts(text: &str) -> Object {
    Json::parse(text).unwrap().as_object().unwrap().clone()
}

/// The sample's facts with some answered otherwise; `null` takes an answer back.
pub fn sample_but(changes: &str) -> Object {
    let mut sample = facts_of("sample");
    sample.extend(facts(changes));
    sample
}

/// Every required fact answered with no, zero or its first choice, with some answered otherwise.
pub fn nothing_but(policy: &Policy, changes: &str) -> Object {
    let required = policy.facts.iter().filter(|fact| fact.optional.is_none());
    let answers = required.map(|fact| {
        let answer = match fact.kind {
            FactKind::YesNo => Json::Bool(false),
            FactKind::Choice => Json::text(&*fact.choices[0].id),
            FactKind::Count | FactKind::Money | FactKind::Years => Json::number(0),
        };
        (fact.id.clone(), answer)
    });
    let mut answers: Object = answers.collect();
    answers.extend(facts(changes));
    answers
}

/// The day of the tests.
pub fn today() -> Date {
    date("2026-11-24")
}

/// A day.
pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A case of the given facts and nothing else.
pub fn case(facts: Object) -> Case {
    Case {
        facts,
        ..Case::new(String::from("case"), today())
    }
}

/// A reading chosen with a reason.
pub fn chosen(reading: Reading) -> ChosenReading {
    ChosenReading {
        reading,
        reason: String::from("区（县）人社部门答复"),
        others: Object::new(),
    }
}

/// The sample as the page offers it.
pub fn offered_sample(policy: &Policy) -> Case {
    let mut members = case_members(&case(Object::new()));
    members.extend(policy.sample.clone());
    read_case(members).unwrap()
}

/// The sample with its form, narrative fields, evidence and notes filled.
pub fn filled_sample() -> Case {
    let mut case = case(facts_of("sample"));
    case.title = String::from("示例");
    let entries = [
        ("brand_name", "乌鲁木齐示例家政护工"),
        ("entity_name", "乌鲁木齐示例家政服务有限公司"),
        ("brand_type", "民生保障型"),
        ("trademark_certificate", "12345678"),
        ("credit_code", "91650102PDY001688N"),
        ("registered_on", "2019.3.5"),
        ("registered_place", "650102"),
        ("registered_capital_wan", "500"),
        ("legal_representative", "张三"),
        ("id_document_kind", "居民身份证"),
        ("id_number", "11010519491231002X"),
        ("bank_account", "3002 0112 0920 0012 345"),
        ("bank_name", "示例银行天山支行"),
        ("registered_address", "乌鲁木齐市天山区示例路1号"),
        ("business_address", "乌鲁木齐市天山区示例路2号"),
        ("contact_person", "李四"),
        ("contact_phone", "0991-1234567"),
        ("postal_code", "830002"),
        ("basic_situation", "第一段。\n第二段。"),
    ];
    case.form = entries
        .map(|(id, entry)| (id.to_owned(), entry.to_owned()))
        .into();
    let narrative = [
        ("exported_yearly", "112"),
        ("main_trades", "家政服务员、养老护理员"),
        ("export_destinations", "昌吉州、喀什地区"),
        ("partner_units", "示例养老院、示例职业培训学校"),
    ];
    case.narrative = narrative
        .map(|(id, entry)| (id.to_owned(), entry.to_owned()))
        .into();
    case
}

/// A case with long and odd entries: names of 300 characters, characters of four bytes
/// (of those that Debian's Chinese fonts have),
/// Uyghur and long Latin words, 5,000 characters of 基本情况, markup in between.
pub fn extreme_case() -> Case {
    let mut case = filled_sample();
    let uyghur = "ئۈرۈمچى ئەمگەك ماركىسى";
    let entries = [
        (
            "brand_name",
            format!("{uyghur} 天山𠮷野家政{}", "护工员".repeat(90)),
        ),
        (
            "entity_name",
            format!("乌鲁木齐𡈽𠮟（{uyghur}）{}有限公司", "示例服务".repeat(68)),
        ),
        (
            "brand_type",
            String::from("Supercalifragilisticexpialidocious-Pneumonoultramicroscopicsilicovolcanoconiosis"),
        ),
        ("trademark_certificate", String::from("G1234567A <b>&amp;</b>")),
        (
            "legal_representative",
            String::from("阿卜杜拉·买买提 ئابدۇللا مەمەت"),
        ),
        ("bank_account", String::from("12345678901234567890123456789012")),
        ("bank_name", "示例银行股份有限公司".repeat(12)),
        ("registered_address", "乌鲁木齐市天山区示例路".repeat(20)),
        ("business_address", "A".repeat(260)),
        ("contact_person", String::from("𠮷𠮟𡈽")),
        ("contact_phone", String::from("0991-12345678-12345")),
        ("basic_situation", long_prose()),
    ];
    case.form
        .extend(entries.map(|(id, entry)| (id.to_owned(), entry)));
    let reason = String::from("证书还在办理 ئىسپات <i>尚缺</i>");
    let lowered = labor_brand_assessment::answers::Lowered {
        score: String::from("1.5"),
        reason: reason.clone(),
        ..Default::default()
    };
    case.lowered.insert(String::from("1.1"), lowered);
    case.readings
        .insert(String::from("A18"), chosen(Reading::Lenient));
    let paper = policy().evidence[0].id.clone();
    let mark = labor_brand_assessment::answers::EvidenceMark {
        state: labor_brand_assessment::answers::EvidenceState::Ready,
        note: format!("{reason}{}", "备注".repeat(60)),
        ..Default::default()
    };
    case.evidence.insert(paper, mark);
    case
}

/// Five thousand signs in numbered sentences, so that a lost one is missed.
fn long_prose() -> String {
    let mut text = String::new();
    for number in 1.. {
        text.push_str(&format!(
            "第{number}句，我单位围绕品牌开展培训、就业和服务工作，数据有据可查。"
        ));
        if number % 9 == 0 {
            text.push('\n');
        }
        if text.chars().count() >= 5000 {
            break;
        }
    }
    text
}
