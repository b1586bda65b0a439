//! Parts of a case go out and come back: no answer of either side is lost, and what
//! both changed is for somebody to decide.

use labor_brand_assessment::answers::{Case, FactDetail, FactState};
use labor_brand_assessment::assessment::{Progresses, assess};
use labor_brand_assessment::documents::{
    CaseFile, CasePart, ChangedBy, Difference, Held, Merge, entry_label, entry_words, merge,
};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::{Group, Reading};
use proptest::prelude::*;

use crate::support;

fn answered(case: &Case, id: &str, figure: u32) -> Case {
    let mut case = case.clone();
    case.set_fact(id, Some(Json::number(figure)));
    case
}

/// The difference in an entry.
fn at<'m>(merge: &'m Merge, id: &str) -> Option<&'m Difference> {
    merge
        .differences
        .iter()
        .find(|one| one.key.id.as_deref() == Some(id))
}

fn groups(keeper: &str) -> Vec<&'static Group> {
    let keepers = CasePart::by_keeper(support::policy());
    let (_, groups) = keepers.into_iter().find(|(name, _)| *name == keeper).unwrap();
    groups
}

/// The part of a case for one department, as it is written and read again.
fn sent(case: &Case, keeper: &str) -> (CaseFile, CasePart) {
    let policy = support::policy();
    let (part, said) = CasePart::of(
        policy,
        case,
        &groups(keeper),
        keeper,
        String::from("part"),
        String::from("2026-11-24T09:00:00Z"),
    );
    let mut others = Object::new();
    said.put_in_file(&mut others);
    let file = CaseFile::of(policy, "sum", part, others, String::from("2026-11-24T09:00:00Z"));
    let text = file.to_text(policy, &assess(policy, &file.case));
    let file = CaseFile::from_text(policy, &text).unwrap();
    let said = CasePart::in_file(&file.others).unwrap();
    (file, said)
}

#[test]
fn a_part_holds_what_one_department_answers_and_nothing_private() {
    let whole = support::filled_sample();
    let (file, said) = sent(&whole, "财务");
    let asked: Vec<&String> = groups("财务").iter().flat_map(|group| group.facts()).collect();
    assert!(file.case.facts.contains_key("annual_revenue_wan"));
    assert!(file.case.facts.keys().all(|id| asked.contains(&id)));
    for field in support::policy().fields.iter().filter(|field| field.private) {
        assert!(!file.case.form.contains_key(&field.id), "{}", field.id);
    }
    assert_ne!(file.case.id, whole.id);
    assert_eq!(
        (said.case.as_str(), said.name.as_str()),
        (whole.id.as_str(), "财务")
    );
    assert_eq!(said.base(support::policy()).unwrap(), file.case);
    assert!(file.case.title.contains("财务"), "{}", file.case.title);
}

#[test]
fn a_part_that_comes_back_as_it_went_brings_nothing_whatever_was_changed_here() {
    let whole = support::filled_sample();
    let (file, said) = sent(&whole, "人事");
    let mut ours = answered(&whole, "brand_employees", 77);
    ours.title.push_str("，已改");
    ours.set_fact("annual_revenue_wan", None);
    let base = said.base(support::policy());
    let merge = merge(base.as_ref(), &ours, &file.case);
    assert!(merge.brings_nothing(), "{merge:?}");
    assert_eq!(merge.merged(Difference::is_taken).unwrap(), ours);
}

#[test]
fn what_a_colleague_answered_is_taken_and_what_was_changed_here_meanwhile_stays() {
    let whole = support::filled_sample();
    let (file, said) = sent(&whole, "人事");
    let back = answered(&file.case, "brand_employees", 512);
    let ours = answered(&whole, "annual_revenue_wan", 900);
    let merge = merge(said.base(support::policy()).as_ref(), &ours, &back);
    assert_eq!(merge.conflicts(), 0);
    let merged = merge.merged(Difference::is_taken).unwrap();
    assert_eq!(merged, answered(&ours, "brand_employees", 512));
}

#[test]
fn what_both_changed_stands_side_by_side_until_somebody_decides() {
    let whole = support::filled_sample();
    let (file, said) = sent(&whole, "人事");
    let mut back = answered(&file.case, "brand_employees", 512);
    back.change_detail("brand_employees", |detail| {
        detail.holder = String::from("虚构的人事专员");
        detail.state = FactState::Approximate;
    });
    let ours = answered(&whole, "brand_employees", 480);
    let merge = merge(said.base(support::policy()).as_ref(), &ours, &back);
    assert_eq!(merge.conflicts(), 1);
    let difference = at(&merge, "brand_employees").unwrap();
    assert_eq!(difference.by, ChangedBy::Both);
    let policy = support::policy();
    assert_eq!(entry_label(policy, &difference.key), "从业人数");
    assert_eq!(entry_words(policy, &difference.key, &difference.ours), "480 人");
    assert_eq!(
        entry_words(policy, &difference.key, &difference.theirs),
        "512 人（约数）（虚构的人事专员）"
    );
    assert_eq!(
        merge.merged(Difference::is_taken).unwrap(),
        ours,
        "nothing is decided"
    );
    let taken = merge.merged(|_| true).unwrap();
    // What is known of an answer comes with it.
    assert_eq!(taken.facts.get("brand_employees"), Some(&Json::number(512)));
    assert_eq!(
        taken.fact_details.get("brand_employees").unwrap().state,
        FactState::Approximate
    );
}

#[test]
fn the_same_change_on_both_sides_is_none() {
    let whole = support::filled_sample();
    let (file, said) = sent(&whole, "人事");
    let back = answered(&file.case, "brand_employees", 512);
    let ours = answered(&whole, "brand_employees", 512);
    let merge = merge(said.base(support::policy()).as_ref(), &ours, &back);
    assert!(at(&merge, "brand_employees").is_none(), "{merge:?}");
}

#[test]
fn a_comment_on_the_same_answer_is_taken_by_itself() {
    let whole = support::filled_sample();
    let mut back = whole.clone();
    back.fact_details.insert(
        String::from("brand_employees"),
        FactDetail {
            holder: String::from("人事"),
            ..FactDetail::default()
        },
    );
    let ours = answered(&whole, "annual_revenue_wan", 900);
    let merge = merge(Some(&whole), &ours, &back);
    assert_eq!(at(&merge, "brand_employees").unwrap().by, ChangedBy::Theirs);
    let merged = merge.merged(Difference::is_taken).unwrap();
    assert_eq!(merged.fact_details.get("brand_employees").unwrap().holder, "人事");
    assert_eq!(merged.facts.get("annual_revenue_wan"), Some(&Json::number(900)));
}

#[test]
fn an_answer_that_was_taken_back_is_taken_back_and_one_that_was_changed_here_is_not() {
    let whole = support::filled_sample();
    let mut back = whole.clone();
    back.set_fact("brand_employees", None);
    let merged = merge(Some(&whole), &whole, &back).merged(Difference::is_taken);
    assert!(!merged.unwrap().facts.contains_key("brand_employees"));
    let ours = answered(&whole, "brand_employees", 480);
    let both = merge(Some(&whole), &ours, &back);
    assert_eq!(at(&both, "brand_employees").unwrap().by, ChangedBy::Both);
    assert_eq!(both.merged(Difference::is_taken).unwrap(), ours);
}

#[test]
fn warnings_that_either_side_found_right_are_so_for_both() {
    let whole = support::filled_sample();
    let (mut ours, mut back) = (whole.clone(), whole.clone());
    ours.acknowledge("brand_employees", "虚构的提醒一");
    back.acknowledge("brand_employees", "虚构的提醒二");
    let merge = merge(Some(&whole), &ours, &back);
    assert_eq!(merge.conflicts(), 0);
    let merged = merge.merged(Difference::is_taken).unwrap();
    assert!(merged.is_acknowledged("brand_employees", "虚构的提醒一"));
    assert!(merged.is_acknowledged("brand_employees", "虚构的提醒二"));
}

#[test]
fn without_a_base_what_only_one_side_has_is_kept_and_the_rest_is_asked() {
    let ours = support::case(support::facts(
        r#"{"brand_employees": 480, "annual_revenue_wan": 900}"#,
    ));
    let theirs = support::case(support::facts(r#"{"brand_employees": 512, "has_logo": true}"#));
    let merge = merge(None, &ours, &theirs);
    let by = |id: &str| at(&merge, id).unwrap().by;
    assert_eq!(by("brand_employees"), ChangedBy::Both);
    assert_eq!(by("annual_revenue_wan"), ChangedBy::Ours);
    assert_eq!(by("has_logo"), ChangedBy::Theirs);
    let merged = merge.merged(Difference::is_taken).unwrap();
    assert_eq!(merged.facts.len(), 3);
    assert_eq!(merged.id, ours.id);
}

#[test]
fn a_file_that_says_it_is_a_part_and_holds_no_base_is_none() {
    let mut others = Object::new();
    others.insert(
        String::from("part"),
        Json::object([("case", Json::text("case")), ("name", Json::text("人事"))]),
    );
    assert_eq!(CasePart::in_file(&others), None);
    assert_eq!(CasePart::in_file(&Object::new()), None);
}

/// A case with some of everything that is merged.
fn some_case() -> impl Strategy<Value = Case> {
    let ids = ["a", "b", "c"];
    let figures = proptest::collection::vec((0..3_usize, 0..3_u32), 0..4);
    let holders = proptest::collection::vec((0..3_usize, "[甲乙]"), 0..3);
    let texts = proptest::collection::vec((0..3_usize, "[丙丁]"), 0..3);
    let readings = proptest::collection::vec((0..3_usize, any::<bool>()), 0..3);
    (figures, holders, texts, readings, "[戊己]?").prop_map(
        move |(figures, holders, texts, readings, title)| {
            let mut case = support::case(Object::new());
            case.title = title;
            for (id, figure) in figures {
                case.set_fact(ids[id], Some(Json::number(figure)));
            }
            for (id, holder) in holders {
                case.change_detail(ids[id], |detail| detail.holder = holder);
            }
            for (id, text) in texts {
                case.form.insert(ids[id].to_owned(), text.clone());
                case.notes.insert(ids[id].to_owned(), text);
            }
            for (id, is_strict) in readings {
                let reading = if is_strict {
                    Reading::Strict
                } else {
                    Reading::Lenient
                };
                case.readings.insert(ids[id].to_owned(), support::chosen(reading));
            }
            case
        },
    )
}

proptest! {
    #[test]
    fn no_change_of_either_side_is_lost(base in some_case(), ours in some_case(), theirs in some_case()) {
        let merge = merge(Some(&base), &ours, &theirs);
        let merged = merge.merged(Difference::is_taken).unwrap();
        // Held against what came back once more, all that only the other side had changed
        // is the same by now, and all else is as it is here.
        let left = labor_brand_assessment::documents::merge(Some(&base), &merged, &theirs);
        let not_taken = merge.differences.iter().filter(|one| one.by != ChangedBy::Theirs);
        prop_assert_eq!(left.differences.iter().collect::<Vec<_>>(), not_taken.collect::<Vec<_>>());
        // All of one side, where somebody says so.
        prop_assert_eq!(merge.merged(|_| true).unwrap(), theirs.clone());
        prop_assert_eq!(merge.merged(|_| false).unwrap(), ours.clone());
    }

    #[test]
    fn it_does_not_matter_who_merges(base in some_case(), one in some_case(), other in some_case()) {
        let here = merge(Some(&base), &one, &other);
        let there = merge(Some(&base), &other, &one);
        prop_assert_eq!(here.conflicts(), there.conflicts());
        let of_one = here.merged(|difference| difference.by == ChangedBy::Theirs).unwrap();
        let of_other = there.merged(|difference| difference.by != ChangedBy::Ours).unwrap();
        prop_assert_eq!(of_one, of_other);
    }

    #[test]
    fn a_case_merged_with_itself_is_itself(base in some_case(), case in some_case()) {
        let merge = merge(Some(&base), &case, &case);
        prop_assert!(merge.differences.is_empty());
        prop_assert_eq!(Held::default().entry, None);
    }
}

#[test]
fn of_a_part_its_own_questions_count_and_not_those_of_the_whole() {
    let policy = support::policy();
    let (file, said) = sent(&support::filled_sample(), "人事");
    let assessment = assess(policy, &file.case);
    let today = support::today();
    let whole = Progresses::of(policy, &file.case, &assessment, today);
    let part = Progresses::of_asked(policy, &file.case, &assessment, today, Some(&said.groups));
    let own: Vec<usize> = policy
        .groups
        .iter()
        .zip(&whole.groups)
        .filter(|(group, _)| said.groups.contains(&group.id))
        .map(|(_, progress)| progress.all)
        .collect();
    assert!(!own.is_empty());
    assert_eq!(part.questions.all, own.iter().sum::<usize>());
    assert_eq!(
        part.questions.done, part.questions.all,
        "the sample answers all of them"
    );
    assert!(whole.questions.done < whole.questions.all);
    assert!(part.form.all < whole.form.all);
    let mut others = Object::new();
    assert_eq!(CasePart::groups_in_file(&others), None);
    said.put_in_file(&mut others);
    assert_eq!(CasePart::groups_in_file(&others), Some(said.groups));
}
