//! Advice, the way to 符合 and plans go by the readings that a case chose with a reason:
//! whoever follows them comes to what the page then shows for that case.

use std::collections::BTreeMap;

use crate::support;
use labor_brand_assessment::answers::{Case, ChosenReading};
use labor_brand_assessment::assessment::{
    AnswerChange, Improvement, Overall, advise, assess, eligibility_path, plan, what_if,
};
use labor_brand_assessment::json::Object;
use labor_brand_assessment::numbers::Points;
use labor_brand_assessment::policy::{Policy, Reading, Verdict};
use proptest::prelude::*;
use proptest::sample::select;

fn readings() -> impl Strategy<Value = BTreeMap<String, ChosenReading>> {
    let doubts = support::policy().doubts.iter();
    let ids: Vec<String> = doubts.map(|doubt| doubt.id.clone()).collect();
    let reading = select(vec![Reading::Strict, Reading::Lenient]).prop_map(support::chosen);
    proptest::collection::btree_map(select(ids), reading, 1..12)
}

fn answers_of(policy: &Policy, changes: &[AnswerChange]) -> Object {
    let changes = changes.iter();
    changes
        .map(|change| {
            let id = policy.facts[change.fact].id.clone();
            (id, change.answer(policy))
        })
        .collect()
}

/// What is told of one improvement is what the case comes to with it. Where
/// something may come with it, the page counts it without that, which is no worse.
fn is_true(policy: &Policy, case: &Case, told: &Improvement) {
    let after = what_if(policy, case, &answers_of(policy, &told.changes));
    if told.brings.is_empty() {
        assert_eq!(after.total.own, told.total, "{}", told.id);
        assert_eq!(after.overall.chosen, told.overall, "{}", told.id);
    } else {
        assert!(after.total.own >= told.total, "{}", told.id);
    }
}

fn all_is_true(policy: &Policy, case: &Case, target: Points) {
    let before = assess(policy, case);
    let (facts, readings) = (&before.facts, &before.readings);
    for gain in advise(policy, facts, readings).gains {
        assert_eq!(gain.total, before.total.own.plus(gain.gain));
        is_true(policy, case, &gain);
    }
    let path = eligibility_path(policy, facts, readings);
    for gap in &path.gaps {
        for way in &gap.ways {
            is_true(policy, case, way);
            let after = what_if(policy, case, &answers_of(policy, &way.changes));
            for rule in &gap.rules {
                assert_eq!(after.rules[*rule].chosen, Verdict::Met, "{}", way.id);
            }
        }
    }
    if before.overall.chosen == Overall::Eligible {
        assert!(path.gaps.is_empty(), "nothing stands in the way of 符合");
    }
    let plan = plan(policy, facts, readings, target);
    assert_eq!(plan.from, before.total.own);
    let steps = plan.steps.iter().flat_map(|step| &step.changes).copied();
    let all = answers_of(policy, &steps.collect::<Vec<_>>());
    let end = what_if(policy, case, &all);
    assert!(
        end.total.own >= plan.total,
        "the plan promises more than it gives"
    );
    if plan.steps.iter().all(|step| step.brings.is_empty()) {
        assert_eq!(end.total.own, plan.total);
        assert_eq!(plan.other_own_total(&plan.followed(policy, case)), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn what_is_advised_holds_in_the_readings_of_the_case(
        answers in support::made_up::near_the_sample(),
        readings in readings(),
        target in 1_i64..=20,
    ) {
        let mut case = support::case(answers);
        case.readings = readings.into_iter().collect();
        all_is_true(support::policy(), &case, Points::hundredths(target * 500));
    }
}

#[test]
fn a_reading_that_gives_the_points_leaves_nothing_to_advise_for_them() {
    let policy = support::policy();
    let gains = |case: &Case| {
        let before = assess(policy, case);
        let advice = advise(policy, &before.facts, &before.readings);
        let ids = advice.gains.into_iter().map(|gain| gain.id);
        (before.total.own.to_string(), ids.collect::<Vec<_>>())
    };
    let mut case = support::case(support::facts_of("sample"));
    let (total, ids) = gains(&case);
    assert_eq!(total, "75.5");
    assert!(ids.contains(&String::from("annual_trained")), "{ids:?}");
    // 500 trained are ten points where the end of the band belongs to the higher one.
    case.readings
        .insert(String::from("A18"), support::chosen(Reading::Lenient));
    let (total, ids) = gains(&case);
    assert_eq!(total, "77.5");
    assert!(!ids.contains(&String::from("annual_trained")), "{ids:?}");
    // Without a reason a reading does not count, for the advice either.
    case.readings.get_mut("A18").unwrap().reason.clear();
    assert_eq!(gains(&case).0, "75.5");
}
