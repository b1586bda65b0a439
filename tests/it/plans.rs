//! What is adopted from a trial is a plan: marked, counted, shown on every paper,
//! and taken back in one step.

use crate::support;
use labor_brand_assessment::answers::{
    Case, FactDetail, FactState, LeftOut, Lowered, MoneyUnit, read_answer, usable_answers,
};
use labor_brand_assessment::assessment::{Readings, Unsettled, answers_in_state, assess, plan};
use labor_brand_assessment::documents::{
    CaseFile, DocumentOptions, Paper, PrivateEntries, papers_document, to_html_body,
};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::numbers::Points;

/// The sample with one figure only about right, and a trial of four answers.
fn case_and_trial() -> (Case, Object) {
    let mut case = support::filled_sample();
    case.fact_details.insert(
        String::from("insured_employees"),
        FactDetail {
            state: FactState::Approximate,
            holder: String::from("人事"),
            ..FactDetail::default()
        },
    );
    let trial = support::facts(
        r#"{"insured_employees": 251, "team_activities": true, "brand_employees": 620, "charity_events": "很多"}"#,
    );
    (case, trial)
}

fn state(case: &Case, fact: &str) -> Option<FactState> {
    case.fact_details.get(fact).map(|detail| detail.state)
}

#[test]
fn what_is_adopted_is_planned_and_counts_and_what_is_no_change_or_cannot_be_counted_stays_out() {
    let policy = support::policy();
    let (mut case, trial) = case_and_trial();
    let before = assess(policy, &case).total.own;
    let adoption = case.adoption(policy, &trial, support::today());
    let adoptable: Vec<_> = adoption.changes.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(adoptable, ["insured_employees", "team_activities"]);
    let left_out: Vec<_> = adoption
        .left_out
        .iter()
        .map(|(id, why)| (id.as_str(), why.words()))
        .collect();
    let why = String::from("“很多”不能计入：请填写数字，例如 350");
    assert_eq!(
        left_out,
        [("charity_events", why)],
        "what is not taken over is named"
    );
    case.adopt(policy, &trial, support::today());
    assert_eq!(state(&case, "insured_employees"), Some(FactState::Planned));
    assert_eq!(case.fact_details.get("insured_employees").unwrap().holder, "人事");
    assert_eq!(state(&case, "brand_employees"), None);
    assert_eq!(case.facts.get("charity_events"), Some(&Json::number(3)));
    assert_eq!(answers_in_state(&case, FactState::Planned), 2);
    assert_eq!(
        assess(policy, &case).total.own.minus(before),
        Points::hundredths(200)
    );
}

#[test]
fn what_is_so_until_a_plan_comes_true_is_kept_and_what_rests_on_no_plan_is_not_said_to() {
    let policy = support::policy();
    let rests_on = |case: &Case| {
        let assessment = assess(policy, case);
        Unsettled::of(policy, case, &assessment).planned.len()
    };
    for (now, planned, resting) in [(620, 701, 0), (299, 300, 1), (300, 701, 0)] {
        let mut case = support::filled_sample();
        for (fact, count) in [("brand_employees", now), ("trained_employees", now - 20)] {
            case.set_fact(fact, Some(Json::number(count)));
        }
        case.facts.remove("brand_employees_contracted");
        let before = case.clone();
        for step in [planned - 1, planned] {
            let trial = support::facts(&format!(r#"{{"brand_employees": {step}}}"#));
            case.adopt(policy, &trial, support::today());
        }
        assert_eq!(case.without_plans().facts, before.facts, "{now} → {planned}");
        assert_eq!(rests_on(&case), resting, "{now} → {planned}");
        // A file says the same.
        let detail = case.fact_details.get("brand_employees").unwrap();
        assert_eq!(detail.before_plan, Some(Json::number(now)));
        let text = support::papers::file_text(&support::papers::case_file(&case));
        assert!(text.contains(&format!("\"before_plan\": {now}")), "{text}");
        let read = CaseFile::from_text(policy, &text).unwrap();
        assert_eq!(read.case.fact_details, case.fact_details);
        // What has come true is no plan any more.
        case.confirm("brand_employees");
        assert_eq!(case.without_plans(), case);
    }
    // A plan where nothing was answered leaves nothing without it.
    let mut case = support::filled_sample();
    case.set_fact("brand_employees", None);
    case.adopt(
        policy,
        &support::facts(r#"{"brand_employees": 620}"#),
        support::today(),
    );
    assert!(!case.without_plans().facts.contains_key("brand_employees"));
    assert_eq!(rests_on(&case), 1);
}

#[test]
fn a_note_on_a_figure_goes_with_the_figure_and_comes_back_with_it() {
    let policy = support::policy();
    let (mut case, trial) = case_and_trial();
    case.notes
        .insert(String::from("insured_employees"), String::from("含外包50人"));
    let before = case.clone();
    let adopted = case.adopt(policy, &trial, support::today());
    assert!(!case.notes.contains_key("insured_employees"));
    assert!(case.take_back(&adopted).is_empty());
    assert_eq!(case, before);
}

#[test]
fn a_plan_tells_the_own_total_where_a_score_is_lowered() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let of = |case: &Case| {
        let assessment = assess(policy, case);
        let target = assessment.total.default.plus("5".parse().unwrap());
        let plan = plan(policy, &assessment.facts, &Readings::default(), target);
        (plan.total, plan.other_own_total(&plan.followed(policy, case)))
    };
    let (total, own) = of(&case);
    assert_eq!(own, None, "followed, it gives its own total");
    let lowered = Lowered {
        score: String::from("0"),
        reason: String::from("材料不齐"),
        ..Lowered::default()
    };
    case.lowered.insert(String::from("4.1"), lowered);
    let (same, own) = of(&case);
    assert_eq!(same, total);
    let own = own.unwrap();
    assert!(own < total, "{own} of {total}");
}

#[test]
fn an_adoption_is_taken_back_to_exactly_what_was_and_leaves_alone_what_was_changed_since() {
    let policy = support::policy();
    let (mut case, mut trial) = case_and_trial();
    trial.insert(String::from("culture_defined"), Json::Null);
    let before = case.clone();
    let adopted = case.adopt(policy, &trial, support::today());
    assert_eq!(case.facts.get("culture_defined"), None);
    assert!(case.take_back(&adopted).is_empty());
    assert_eq!(case, before);
    let adopted = case.adopt(policy, &trial, support::today());
    let (_, fact) = policy.fact("insured_employees").unwrap();
    let typed = read_answer(fact, "260", MoneyUnit::TenThousandYuan, support::today());
    case.take(fact, typed, FactState::Exact);
    assert_eq!(
        state(&case, "insured_employees"),
        Some(FactState::Exact),
        "typing clears the mark"
    );
    let staying = case.take_back(&adopted);
    let staying: Vec<_> = staying.iter().map(|one| (one.fact(), one.before())).collect();
    assert_eq!(
        staying,
        [("insured_employees", before.facts.get("insured_employees"))],
        "what stays is named with what it was"
    );
    assert_eq!(case.facts.get("insured_employees"), Some(&Json::number(260)));
    assert_eq!(
        case.facts.get("team_activities"),
        before.facts.get("team_activities")
    );
}

#[test]
fn a_plan_is_kept_in_files_and_older_files_have_none() {
    let policy = support::policy();
    let (mut case, trial) = case_and_trial();
    let text = |case: &Case| {
        let file = CaseFile::of(policy, "c0ffee", case.clone(), Object::new(), String::new());
        file.to_text(policy, &assess(policy, case))
    };
    assert!(!text(&case).contains("planned"));
    case.adopt(policy, &trial, support::today());
    let written = text(&case);
    assert!(written.contains("\"planned\""));
    let read = CaseFile::from_text(policy, &written).unwrap_or_else(|_| panic!("it is refused"));
    assert_eq!(read.case.fact_details, case.fact_details);
}

fn paper(case: &Case, paper: Paper) -> String {
    let policy = support::policy();
    let options = DocumentOptions {
        papers: &[paper],
        private: PrivateEntries::Blank,
        today: support::today(),
    };
    to_html_body(&papers_document(policy, case, &assess(policy, case), options))
}

#[test]
fn every_paper_that_tells_the_score_tells_what_of_it_is_only_planned() {
    let policy = support::policy();
    let (mut case, trial) = case_and_trial();
    let all = [Paper::ScoreSheet, Paper::Reasons, Paper::Result];
    assert!(
        all.iter()
            .all(|one| !paper(&case, *one).contains("计划，还没有做到"))
    );
    assert!(paper(&case, Paper::ScoreSheet).contains("自评分中有 1 项为约数，待按材料核实"));
    assert!(paper(&case, Paper::Form).contains("填报数据中有 1 项为约数，待按材料核实"));
    assert!(!paper(&support::filled_sample(), Paper::Form).contains("填报数据中"));
    case.adopt(policy, &trial, support::today());
    for one in all {
        let html = paper(&case, one);
        assert!(
            html.contains("自评分中有 2 项为计划，还没有做到"),
            "{}",
            one.label(policy)
        );
    }
    // The sheet that is forwarded names them, and what the case comes to without them.
    let planned: Vec<&str> = policy
        .facts
        .iter()
        .filter(|fact| {
            let detail = case.fact_details.get(&fact.id);
            detail.is_some_and(|detail| detail.is_in(FactState::Planned))
        })
        .map(|fact| fact.label.as_str())
        .collect();
    let own = assess(policy, &case_and_trial().0).total.own;
    assert_ne!(own, assess(policy, &case).total.own);
    let told = format!("（{}）；不计这些，自评 {own} 分", planned.join("、"));
    assert!(paper(&case, Paper::Result).contains(&told), "{told}");
    let form = paper(&case, Paper::Form);
    assert!(form.contains("填报数据中有 2 项为计划，还没有做到。"));
    assert!(
        !form.contains("约数"),
        "the rough figure gave way to the planned one"
    );
    let reasons = paper(&case, Paper::Reasons);
    assert!(reasons.contains("251人（计划）"), "at the figure itself");
}

#[test]
fn papers_name_all_that_is_planned_or_say_how_many_there_are() {
    let policy = support::policy();
    let planned = |count: usize| {
        let mut case = support::filled_sample();
        let answered = policy
            .facts
            .iter()
            .filter(|fact| support::filled_sample().facts.contains_key(&fact.id));
        for fact in answered.take(count) {
            case.change_detail(&fact.id, |detail| detail.set_state(FactState::Planned));
        }
        let paper = paper(&case, Paper::Reasons);
        let from = paper
            .find(&format!("自评分中有 {count} 项为计划，还没有做到："))
            .unwrap();
        paper[from..].split_once('。').unwrap().0.to_owned()
    };
    let nine = planned(9);
    assert!(
        !nine.contains("等 9 项") && nine.matches('、').count() == 8,
        "{nine}"
    );
    let many = planned(20);
    assert!(many.ends_with("等 20 项"), "{many}");
    // A label that holds the mark between labels is told from the next.
    let mut case = support::filled_sample();
    for id in ["brand_distinctive", "insured_employees"] {
        case.change_detail(id, |detail| detail.set_state(FactState::Planned));
    }
    let two = paper(&case, Paper::Reasons);
    assert!(two.contains("：“品牌容易辨识、符合劳务品牌特点”、"), "{two}");
}

#[test]
fn what_was_only_planned_is_not_last_years_figure() {
    let policy = support::policy();
    let (mut case, trial) = case_and_trial();
    case.adopt(policy, &trial, support::today());
    let mut next = support::today();
    next.year += 1;
    case.roll_over(policy, next);
    assert_eq!(state(&case, "insured_employees"), Some(FactState::Planned));
    assert_eq!(case.fact_details.get("insured_employees").unwrap().before, "");
    assert_eq!(state(&case, "brand_employees"), Some(FactState::CarriedOver));
}

#[test]
fn what_has_happened_or_is_of_a_year_that_is_over_is_no_plan() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let trial = support::facts(
        r#"{"ever_cancelled": true, "years_since_cancellation": 6, "annual_revenue_wan": 600, "insured_employees": 251}"#,
    );
    let last_year = case.application_year - 1;
    let adoption = case.adoption(policy, &trial, support::today());
    let left_out: Vec<_> = adoption
        .left_out
        .iter()
        .map(|(id, why)| (id.as_str(), why))
        .collect();
    assert_eq!(
        left_out,
        [
            ("annual_revenue_wan", &LeftOut::YearOver(last_year)),
            ("ever_cancelled", &LeftOut::Happened),
            ("years_since_cancellation", &LeftOut::Happened),
        ]
    );
    case.adopt(policy, &trial, support::today());
    for (id, _) in left_out {
        assert_eq!(case.facts.get(id), support::filled_sample().facts.get(id), "{id}");
        assert_eq!(state(&case, id), None, "{id}");
    }
    assert_eq!(state(&case, "insured_employees"), Some(FactState::Planned));
    // Of the year that still runs a figure can be planned for the application of the next one.
    case.application_year = support::today().year + 1;
    let adoption = case.adoption(policy, &trial, support::today());
    assert!(adoption.changes.iter().any(|(id, _)| id == "annual_revenue_wan"));
}

#[test]
fn that_a_planned_figure_is_about_right_and_its_remark_are_kept() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let trial =
        support::facts(r#"{"insured_employees": "约二百五十一（含外包）", "charity_events": "50-60"}"#);
    let usable = usable_answers(policy, &trial, support::today());
    assert_eq!(
        usable,
        support::facts(r#"{"insured_employees": 251}"#),
        "what is compared is what is taken over"
    );
    let before = case.clone();
    let adopted = case.adopt(policy, &trial, support::today());
    let detail = case.fact_details.get("insured_employees").unwrap();
    assert_eq!(
        (detail.state, detail.marks().as_deref()),
        (FactState::Planned, Some("计划，约数"))
    );
    assert_eq!(
        case.notes.get("insured_employees").map(String::as_str),
        Some("含外包")
    );
    assert_eq!(answers_in_state(&case, FactState::Approximate), 1);
    let file = CaseFile::of(policy, "c0ffee", case.clone(), Object::new(), String::new());
    let written = file.to_text(policy, &assess(policy, &case));
    let read = CaseFile::from_text(policy, &written).unwrap_or_else(|_| panic!("it is refused"));
    assert_eq!(read.case.fact_details, case.fact_details);
    let mut back = case.clone();
    assert!(back.take_back(&adopted).is_empty());
    assert_eq!(back, before, "the remark goes with the plan");
    // Once it is done it is as exact as it was planned.
    case.confirm("insured_employees");
    assert_eq!(state(&case, "insured_employees"), Some(FactState::Approximate));
    case.confirm("insured_employees");
    assert_eq!(state(&case, "insured_employees"), None);
}

#[test]
fn many_answers_that_are_still_to_be_checked_are_counted_in_a_line_so_that_the_form_keeps_its_pages() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    let ids: Vec<String> = case.facts.keys().cloned().collect();
    for id in &ids {
        case.change_detail(id, |detail| detail.state = FactState::CarriedOver);
    }
    let options = DocumentOptions {
        papers: &[Paper::Form],
        private: PrivateEntries::Blank,
        today: support::today(),
    };
    let html = to_html_body(&papers_document(policy, &case, &assess(policy, &case), options));
    let shown = format!("填报数据中有 {} 项为上年数据，待按材料核实。", ids.len());
    assert!(html.contains(&shown));
}
