//! The sentence that begins the result says what the lines below it say.

use crate::support;
use labor_brand_assessment::answers::{Case, EvidenceMark, EvidenceState, FactState};
use labor_brand_assessment::assessment::{Papers, Progresses, assess, verdict_sentence};
use labor_brand_assessment::json::Json;

fn sentence(case: &Case) -> String {
    let policy = support::policy();
    let assessment = assess(policy, case);
    let progress = Progresses::of(policy, case, &assessment, support::today());
    verdict_sentence(policy, case, &assessment, &progress)
}

fn sample() -> Case {
    support::offered_sample(support::policy())
}

#[test]
fn a_case_that_was_not_begun_is_led_to_the_pre_check() {
    let empty = Case::new(String::from("x"), support::today());
    assert_eq!(sentence(&empty), "还没有填写，先做两分钟预检，看看能不能申报。");
}

#[test]
fn who_may_apply_is_told_so_and_what_is_missing_is_counted() {
    let mut case = sample();
    let policy = support::policy();
    let assessment = assess(policy, &case);
    let unmarked: Vec<String> = Papers::of(policy, &case, &assessment)
        .unmarked()
        .iter()
        .map(|paper| paper.id.clone())
        .collect();
    let before = sentence(&case);
    assert!(before.contains("可以申报"), "{before}");
    assert!(
        before.ends_with(&format!("还有 {} 份材料没有核对。", unmarked.len())),
        "{before}"
    );
    for (at, id) in unmarked.iter().enumerate() {
        let state = if at < 5 {
            EvidenceState::Lacking
        } else {
            EvidenceState::Ready
        };
        let mark = EvidenceMark {
            state,
            ..EvidenceMark::default()
        };
        case.evidence.insert(id.clone(), mark);
    }
    assert!(
        sentence(&case).ends_with("；还缺 5 份材料。"),
        "{}",
        sentence(&case)
    );
}

#[test]
fn an_office_is_named_where_it_has_to_say_and_by_the_place_of_registration() {
    let mut case = sample();
    case.set_fact("recognized_level", Some(Json::text("none")));
    let with_place = sentence(&case);
    assert!(
        with_place.contains("申报") && with_place.contains("先请天山区人力资源和社会保障局确认能否推荐"),
        "{with_place}"
    );
    case.form
        .insert(String::from("registered_place"), String::from("other"));
    assert!(
        sentence(&case).contains("先请受理部门确认能否推荐"),
        "{}",
        sentence(&case)
    );
    // What is not answered is no question to an office.
    case.set_fact("recognized_level", None);
    assert!(!sentence(&case).contains("先请"), "{}", sentence(&case));
}

#[test]
fn who_may_not_apply_reads_the_condition_and_how_much_is_open_or_wrong() {
    let mut case = sample();
    case.set_fact("registered_in_urumqi", Some(Json::Bool(false)));
    let sentence_of_one = sentence(&case);
    assert!(
        sentence_of_one.starts_with("现在还不能申报：“"),
        "{sentence_of_one}"
    );
    assert!(sentence_of_one.contains("”不符合"), "{sentence_of_one}");
    case.set_fact("annual_revenue_wan", None);
    assert!(
        sentence(&case).contains("；还有 1 题没有填"),
        "{}",
        sentence(&case)
    );
    case.set_fact("brand_employees", Some(Json::text("三百多人")));
    assert!(
        sentence(&case).contains("填错的地方要先改正"),
        "{}",
        sentence(&case)
    );
}

#[test]
fn who_may_apply_only_by_a_plan_or_by_rough_figures_is_told_on_which() {
    let policy = support::policy();
    let mut case = sample();
    let (_, employees) = policy.fact("brand_employees").unwrap();
    assert!(!sentence(&case).contains(&employees.label), "{}", sentence(&case));
    case.change_detail("brand_employees", |detail| detail.state = FactState::Approximate);
    let rough = format!("可以申报，但所依据的“{}”还没有核实", employees.label);
    assert!(sentence(&case).contains(&rough), "{}", sentence(&case));
    case.change_detail("brand_employees", |detail| detail.state = FactState::Planned);
    let planned = format!("“{}”还是计划，做到以后", employees.label);
    assert!(sentence(&case).starts_with(&planned), "{}", sentence(&case));
    assert_eq!(sentence(&case).matches("计划").count(), 1, "{}", sentence(&case));
    // One that no condition is decided by is told of the score alone.
    case.change_detail("brand_employees", |detail| detail.state = FactState::Exact);
    case.change_detail("charity_events", |detail| detail.state = FactState::Planned);
    let planned = "；自评分里有 1 项还是计划";
    assert!(sentence(&case).contains(planned), "{}", sentence(&case));
    assert!(sentence(&case).starts_with("可以申报；"), "{}", sentence(&case));
}

#[test]
fn who_filled_in_the_form_alone_is_not_told_that_nothing_is_filled_in() {
    let mut case = Case::new(String::from("x"), support::today());
    case.form
        .insert(String::from("brand_name"), String::from("示例护工"));
    let says = sentence(&case);
    assert!(
        says.contains("已经填了一些") && says.contains("两分钟预检"),
        "{says}"
    );
}
