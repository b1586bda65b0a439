//! No number of the scheme is in the program: whichever number of the
//! policy file is moved by one, some result is another one.

use crate::support;
use crate::support::{facts_of, nothing_but, sample_but, today};
use labor_brand_assessment::answers::{Case, Finding, ListedItem, check_form};
use labor_brand_assessment::assessment::{
    Assessment, Papers, Remark, assess, assess_facts, cross_checks, draft, suggestions,
};
use labor_brand_assessment::documents::{
    DocumentOptions, Paper, PrivateEntries, papers_document, to_html_file,
};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::numbers::Decimal;
use labor_brand_assessment::policy::Policy;
use serde_json::{Value, json};

// ── The numbers ─────────────────────────────────────────────────────────────

/// Members whose digits are names and not numbers.
const NAMES: [&str; 6] = ["id", "concerns", "rows", "named_for", "version", "codes"];

/// A number of the file: where it stands, and what it is when moved by one, up and down.
struct Number {
    path: String,
    moved: [Value; 2],
}

/// Every number: whole ones, decimals as text, shares, and the digits that an entry begins with.
fn numbers(value: &Value, path: &str, found: &mut Vec<Number>) {
    let name = path
        .split('/')
        .rev()
        .find(|step| step.parse::<usize>().is_err())
        .unwrap_or_default();
    let mut number = |whole: i64, written: &dyn Fn(i64) -> Value| {
        found.push(Number {
            path: path.to_owned(),
            moved: [written(whole + 1), written(whole - 1)],
        });
    };
    match value {
        Value::Number(digits) => number(digits.as_i64().unwrap(), &|moved| json!(moved)),
        Value::String(_) if NAMES.contains(&name) => {}
        Value::String(text) => {
            let (whole, rest) = match text.find(['.', '%']) {
                Some(end) => text.split_at(end),
                None => (text.as_str(), ""),
            };
            let is_number = rest
                .trim_start_matches(['.', '%'])
                .bytes()
                .all(|character| character.is_ascii_digit());
            if let (Ok(whole), true) = (whole.parse(), is_number) {
                number(whole, &|moved| json!(format!("{moved}{rest}")));
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                numbers(item, &format!("{path}/{place}"), found);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                numbers(member, &format!("{path}/{key}"), found);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

// ── What is looked at ───────────────────────────────────────────────────────

/// Something that follows from the policy.
#[derive(PartialEq)]
enum Seen {
    Assessment(Box<Assessment>),
    Findings(Vec<(String, Finding)>),
    Text(String),
}

type Look = Box<dyn Fn(&Policy) -> Seen>;

/// Answers on both sides of every line that the scheme draws.
fn boundary_answers() -> Vec<Object> {
    let policy = support::policy();
    let mut found = Vec::new();
    let mut add = |changes: &str| found.push(nothing_but(policy, changes));
    for revenue in [
        "0", "49.9999", "50", "50.5", "51", "99.9999", "100", "100.5", "101", "199", "200", "200.5", "201",
        "299", "300", "300.5", "301", "499", "500", "500.5", "501",
    ] {
        add(&format!(r#"{{"annual_revenue_wan":{revenue}}}"#));
    }
    for trained in [49, 50, 51, 99, 100, 101, 350, 351, 399, 400, 401] {
        add(&format!(
            r#"{{"annual_trained":{trained},"has_training_base":true}}"#
        ));
        add(&format!(
            r#"{{"annual_trained":{trained},"training_partners":1}}"#
        ));
        add(&format!(
            r#"{{"annual_trained":{trained},"training_partners":2}}"#
        ));
    }
    for trained in [99, 100, 101, 200, 201, 300, 301, 400, 401, 499, 500, 501, 502] {
        add(&format!(
            r#"{{"annual_trained":{trained},"trained_exported":{trained}}}"#
        ));
        add(&format!(r#"{{"annual_trained":{trained}}}"#));
    }
    for placed in [79, 80, 81] {
        add(&format!(
            r#"{{"annual_trained":101,"trained_exported":{placed}}}"#
        ));
        add(&format!(
            r#"{{"annual_trained":100,"trained_exported":{placed}}}"#
        ));
    }
    add(r#"{"annual_trained":200,"trained_exported":161,"annual_trained_min":100}"#);
    add(r#"{"annual_trained":100,"trained_exported":1,"annual_qualified":1}"#);
    for employees in [
        299, 300, 301, 302, 500, 501, 502, 700, 701, 702, 900, 901, 902, 1100, 1101, 1102,
    ] {
        add(&format!(
            r#"{{"brand_employees":{employees},"trained_employees":{employees}}}"#
        ));
    }
    for trained in [49, 50, 51] {
        add(&format!(
            r#"{{"brand_employees":1000,"trained_employees":{trained}0}}"#
        ));
        add(&format!(
            r#"{{"brand_employees":2000,"trained_employees":2000,"brand_employees_contracted":1000,"trained_employees_contracted":{trained}0}}"#
        ));
    }
    for persons in [
        0, 1, 2, 4, 5, 6, 20, 21, 22, 50, 51, 52, 100, 101, 102, 150, 151, 152, 200, 201, 202, 250, 251, 252,
        300, 301, 302, 350, 351, 352, 400, 401, 402, 450, 451, 452,
    ] {
        add(&format!(
            r#"{{"hardship_hired":{persons},"insured_employees":{persons}}}"#
        ));
    }
    for count in [1, 2, 3] {
        for fact in [
            "honors_national",
            "honors_provincial",
            "honors_local",
            "person_honors_national",
            "person_honors_provincial",
            "person_honors_local",
            "media_national",
            "media_provincial",
            "media_local",
            "standards_led",
            "standards_joined",
            "charity_events",
            "labor_disputes",
            "export_incidents",
        ] {
            add(&format!(r#"{{"{fact}":{count},"contracts_spotcheck_ok":true}}"#));
        }
    }
    for years in ["4.5", "5", "5.5", "6", "6.5"] {
        add(&format!(
            r#"{{"ever_cancelled":true,"years_since_cancellation":{years}}}"#
        ));
    }
    // One yes alone, and all but one, for every row that counts parts.
    let parts: [&[&str]; 6] = [
        &[
            "is_independent_legal_person",
            "law_abiding",
            "has_internal_mgmt_rules",
            "has_finance_rules",
        ],
        &[
            "has_brand_name_or_mark",
            "brand_ownership_clear",
            "brand_distinctive",
            "has_logo",
            "has_trademark",
            "has_history",
            "has_complete_brand_plan",
        ],
        &[
            "fund_received",
            "has_internal_mgmt_rules",
            "has_finance_rules",
            "fund_use_compliant",
            "fund_effective",
        ],
        &[
            "export_agreement",
            "export_long_term",
            "export_roster",
            "export_worker_contracts",
            "export_destination_brand",
        ],
        &[
            "culture_defined",
            "party_activities",
            "team_activities",
            "union_activities",
            "festival_condolence",
        ],
        &[
            "content_service",
            "content_standard",
            "content_progress",
            "content_story",
        ],
    ];
    for facts in parts {
        for (place, fact) in facts.iter().enumerate() {
            let yes = |facts: &[&str]| {
                facts
                    .iter()
                    .map(|fact| format!(r#""{fact}":true"#))
                    .collect::<Vec<_>>()
                    .join(",")
            };
            add(&format!("{{{}}}", yes(&[fact])));
            add(&format!(
                "{{{}}}",
                yes(&[&facts[..place], &facts[place + 1..]].concat())
            ));
            add(&format!("{{{}}}", yes(&facts[..=place])));
        }
    }
    add(r#"{"has_website":true,"channels_used_well":true}"#);
    add(r#"{"has_website":true,"has_wechat":true,"channels_used_well":true}"#);
    add(r#"{"has_wechat":true}"#);
    found
}

/// Cases whose form has an entry on both sides of every bound.
fn forms() -> Vec<Case> {
    let with = |entries: &[(&str, &str)]| {
        let mut case = support::filled_sample();
        let entries = entries
            .iter()
            .map(|(id, entry)| ((*id).to_owned(), (*entry).to_owned()));
        case.form.extend(entries);
        case
    };
    let digits = |count| "123456789012345678901234567890123".get(..count).unwrap();
    let words = |count| "字".repeat(count);
    let mut cases = vec![
        support::filled_sample(),
        // Born on the day of the tests 17, 18, 100 and 101 years before, with sound check characters.
        with(&[("id_number", "110105200911240013")]),
        with(&[("id_number", "110105200811240016")]),
        with(&[("id_number", "110105192611240014")]),
        with(&[("id_number", "110105192511240017")]),
        with(&[("basic_situation", &words(5000))]),
        with(&[("basic_situation", &words(5001))]),
        with(&[("postal_code", "830000"), ("credit_code", "93650109PDY00001X6")]),
        with(&[("postal_code", "840000"), ("credit_code", "92650103PDY00001XJ")]),
        with(&[("credit_code", "91110000600037341L")]),
        with(&[("registered_on", "1948-12-31")]),
        with(&[("registered_on", "1949-10-01")]),
    ];
    cases.extend([7, 8, 9, 31, 32, 33].map(|count| with(&[("bank_account", digits(count))])));
    for (begin, answers) in [
        ("91", r#"{"entity_type":"hr_service"}"#),
        ("93", r#"{"entity_type":"enterprise"}"#),
        ("51", "{}"),
        ("52", "{}"),
        ("92", "{}"),
    ] {
        let mut case = with(&[("credit_code", &format!("{begin}650102PDY001688N"))]);
        case.facts = sample_but(answers);
        cases.push(case);
    }
    let mut elsewhere = with(&[("registered_place", "650102")]);
    elsewhere.facts = sample_but(r#"{"registered_in_urumqi":false}"#);
    cases.push(elsewhere);
    cases
}

/// Cases whose figures lie at and beyond the bounds within which they are expected.
fn asked_about() -> Vec<Case> {
    let policy = support::policy();
    let half: Decimal = "0.5".parse().unwrap();
    let beside: [fn(Decimal, Decimal) -> Decimal; 3] = [
        |bound, _| bound,
        |bound, half| bound.plus(half).plus(half),
        Decimal::minus,
    ];
    let mut cases = Vec::new();
    for beside in beside {
        for below in [false, true] {
            let mut case = support::filled_sample();
            for fact in &policy.facts {
                let bound = if below { fact.ask_below } else { fact.ask_above };
                if let Some(bound) = bound {
                    case.set_fact(&fact.id, Some(Json::number(beside(bound, half))));
                }
            }
            for field in &policy.fields {
                let bound = if below { field.ask_below } else { field.ask_above };
                if let Some(bound) = bound {
                    case.form
                        .insert(field.id.clone(), beside(bound, half).to_string());
                }
            }
            cases.push(case);
        }
    }
    cases
}

/// Cases in which, together, every sentence is spoken.
fn stories() -> Vec<Case> {
    let shown = |facts: Object| Case {
        facts,
        ..support::filled_sample()
    };
    let mut full = facts_of("full");
    full.extend(support::facts(r#"{"other_standards_led":1,"other_standards_joined":1,"hardship_placed":5,"has_other_channel":true}"#));
    let mut stories = vec![shown(full), shown(support::nothing_but(support::policy(), "{}"))];
    for count in 0..=3 {
        stories.push(shown(sample_but(&format!(
            r#"{{"honors_national":{count},"honors_provincial":{count},"honors_local":{count},
            "person_honors_national":{count},"person_honors_provincial":{count},"person_honors_local":{count},
            "media_national":{count},"media_provincial":{count},"media_local":{count},
            "labor_disputes":{count},"export_incidents":{count},"export_agreement":false,
            "trained_self_used":{count},"trained_exported":{count},"materials_led":1,"materials_joined":1,
            "annual_prejob_trained":1,"annual_refresher_trained":1}}"#
        ))));
        stories.push(shown(sample_but(&format!(
            r#"{{"trained_self_used":{count},"trained_exported":0}}"#
        ))));
        stories.push(shown(sample_but(&format!(
            r#"{{"trained_self_used":0,"trained_exported":{count},"export_agreement":false}}"#
        ))));
        stories.push(shown(sample_but(&format!(
            r#"{{"annual_trained":{count},"trained_self_used":{count},"trained_exported":0,"brand_employees":{count},"trained_employees":{count}}}"#
        ))));
        stories.push(shown(sample_but(&format!(
            r#"{{"brand_employees":{count},"trained_employees":0}}"#
        ))));
        stories.push(shown(sample_but(&format!(r#"{{"trained_employees":{count}}}"#))));
        for kind in ["honors", "person_honors", "media"] {
            for level in ["national", "provincial", "local"] {
                stories.push(shown(support::nothing_but(
                    support::policy(),
                    &format!(r#"{{"{kind}_{level}":{count}}}"#),
                )));
            }
        }
    }
    for percent in [49, 50, 51, 79, 80, 81] {
        stories.push(shown(sample_but(&format!(
            r#"{{"brand_employees":1000,"trained_employees":{percent}0,"annual_trained":1000,"trained_self_used":{percent}0,"trained_exported":0}}"#
        ))));
    }
    for story in &mut stories {
        for fact in support::policy().facts.iter().filter(|fact| fact.items.is_some()) {
            story.change_detail(&fact.id, |detail| {
                detail.items.push(ListedItem {
                    name: format!("{}（虚构）", fact.label),
                    ..ListedItem::default()
                });
            });
        }
    }
    stories
}

/// Everything that is looked at, the quick looks first.
fn looks() -> Vec<Look> {
    let mut looks: Vec<Look> = Vec::new();
    let paper = |policy: &Policy, case: &Case| {
        let options = DocumentOptions {
            papers: &Paper::OFFICIAL,
            private: PrivateEntries::Full,
            today: today(),
        };
        to_html_file(&papers_document(policy, case, &assess(policy, case), options), "")
    };
    looks.push(Box::new(move |policy| {
        Seen::Text(paper(policy, &support::filled_sample()))
    }));
    looks.push(Box::new(move |policy| {
        let sample = support::offered_sample(policy);
        let assessment = assess(policy, &sample);
        Seen::Text(paper(policy, &sample) + &draft(policy, &sample, &assessment, 1000))
    }));
    for case in forms().into_iter().chain(asked_about()) {
        looks.push(Box::new(move |policy| {
            let mut findings = check_form(policy, &case, today());
            let remarks = cross_checks(policy, &case, &assess(policy, &case), today());
            let suggested = suggestions(policy, &case, today())
                .into_iter()
                .map(|(field, suggestion)| Remark {
                    at: field.id.clone(),
                    with: Some(suggestion.fact.clone()),
                    text: suggestion.because.clone(),
                    fixed: None,
                    is_unused: false,
                });
            findings.extend(remarks.into_iter().chain(suggested).map(|remark| {
                let finding = Finding {
                    severity: labor_brand_assessment::answers::Severity::Hint,
                    text: remark.text,
                    suggestion: remark.with,
                };
                (remark.at, finding)
            }));
            Seen::Findings(findings)
        }));
    }
    for case in stories() {
        looks.push(Box::new(move |policy| {
            let assessment = assess(policy, &case);
            let drafts = [300, 600, 1000].map(|length| draft(policy, &case, &assessment, length));
            Seen::Text(drafts.join("\n\n"))
        }));
    }
    // Which papers there are at all, where nothing is claimed.
    looks.push(Box::new(|policy| {
        let case = Case {
            facts: support::nothing_but(policy, "{}"),
            ..support::filled_sample()
        };
        let assessment = assess(policy, &case);
        let papers = Papers::of(policy, &case, &assessment);
        let moot = policy.evidence.iter().filter(|document| papers.is_moot(document));
        Seen::Text(moot.map(|document| document.id.as_str()).collect())
    }));
    let golden = support::golden_cases().into_iter().map(|(_, facts, _)| facts);
    for facts in golden.chain(boundary_answers()) {
        looks.push(Box::new(move |policy| {
            Seen::Assessment(Box::new(assess_facts(policy, &facts)))
        }));
    }
    looks
}

/// Whether validation holds the number against others: sums that are stated twice.
fn is_checksum(path: &str) -> bool {
    let stated = path.ends_with("/max") || path.ends_with("/full_score");
    stated || (path.starts_with("/recommendation_form/row/") && path.ends_with("/columns"))
}

#[test]
fn each_number_of_the_policy_changes_some_result_when_it_is_moved_by_one() {
    let tree = support::policy_tree();
    let mut found = Vec::new();
    numbers(&tree, "", &mut found);
    let looks = looks();
    let usual: Vec<Seen> = looks.iter().map(|look| look(support::policy())).collect();
    // Numbers that stand together are noticed by the same looks, so the last one that noticed goes first.
    let mut order: Vec<usize> = (0..looks.len()).collect();
    let mut unnoticed = Vec::new();
    for Number { path, moved } in &found {
        // Some are held by a maximum on one side, so that only the other shows.
        let noticed = moved.iter().any(|moved| {
            let mut altered = tree.clone();
            *altered.pointer_mut(path).unwrap() = moved.clone();
            let text = altered.to_string();
            if is_checksum(path) && Policy::from_json(&text).is_err() {
                return true;
            }
            let policy = Policy::from_json_unvalidated(&text)
                .unwrap_or_else(|errors| panic!("{path}: {}", support::shown(&errors)));
            let noticing = order
                .iter()
                .position(|look| looks[*look](&policy) != usual[*look]);
            if let Some(place) = noticing {
                order[..=place].rotate_right(1);
            }
            noticing.is_some()
        });
        if !noticed {
            unnoticed.push(format!("{path} = {}", tree.pointer(path).unwrap()));
        }
    }
    assert!(found.len() > 500, "only {} numbers were visited", found.len());
    assert!(
        unnoticed.is_empty(),
        "{} of {} numbers could be moved and nothing changed:\n{}",
        unnoticed.len(),
        found.len(),
        unnoticed.join("\n")
    );
}
