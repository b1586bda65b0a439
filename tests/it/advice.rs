//! Every piece of advice is true: assessed again with the changes made, the case
//! comes to exactly what was said, and with anything less it does not.

use crate::support;
use crate::support::made_up::{answers, near_the_sample};
use crate::support::other_scheme::other_policy;
use labor_brand_assessment::answers::{Value, read_value};
use labor_brand_assessment::assessment::{
    AnswerChange, Assessment, Improvement, Known, Lack, Obstacle, Overall, Plan, Readings, RowState, advise,
    assess, assess_facts, eligibility_path, plan, signed, what_if,
};
use labor_brand_assessment::documents::{AdviceParts, advice_document, to_html_file};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::numbers::{Decimal, Points};
use labor_brand_assessment::policy::{ChangeWindow, Fact, FactKind, Policy, RowIdx, RuleIdx, Verdict};
use proptest::prelude::*;
use serde_json::json;

fn points(text: &str) -> Points {
    text.parse().unwrap()
}

/// The answers with changes made.
fn changed(policy: &Policy, answers: &Object, changes: &[AnswerChange]) -> Object {
    let mut answers = answers.clone();
    for change in changes {
        answers.insert(policy.facts[change.fact].id.clone(), change.answer(policy));
    }
    answers
}

/// A figure among answers, where it is one that counts.
fn figure(answers: &Object, fact: &str) -> Option<Decimal> {
    let (_, fact) = support::policy().fact(fact).unwrap();
    match read_value(fact, answers.get(&fact.id)) {
        Ok(Some(Value::Figure(figure))) => Some(figure),
        _ => None,
    }
}

/// Answers that went two ways: as changed, and with a part of all that may come
/// with the changes; a hundred hundredths of it are all.
#[derive(Clone)]
struct Followed {
    alone: Object,
    joined: Object,
    hundredths: i64,
}

impl Followed {
    fn new(answers: &Object, hundredths: i64) -> Self {
        Self {
            alone: answers.clone(),
            joined: answers.clone(),
            hundredths,
        }
    }

    /// One step further. What the policy file ties to it is computed here from the file alone.
    fn after(&self, policy: &Policy, changes: &[AnswerChange]) -> Self {
        let mut next = Self {
            alone: changed(policy, &self.alone, changes),
            ..self.clone()
        };
        let mut came: Vec<(&str, Decimal)> = Vec::new();
        for change in changes {
            let fact = &policy.facts[change.fact];
            let (Some(from), Value::Figure(to)) = (figure(&self.alone, &fact.id), change.to) else {
                next.joined.insert(fact.id.clone(), change.answer(policy));
                continue;
            };
            let extra = figure(&self.joined, &fact.id).unwrap().minus(from);
            next.joined.insert(
                fact.id.clone(),
                Json::number(to.plus(extra).min(Decimal::LARGEST)),
            );
            for tied in policy.companions.iter().filter(|tied| tied.fact == fact.id) {
                let Some(now) = figure(&self.joined, &tied.brings) else {
                    continue;
                };
                let enough = if tied.present_first {
                    now.minus(from).max(Decimal::ZERO)
                } else {
                    Decimal::ZERO
                };
                let more = to.minus(from).minus(enough).max(Decimal::ZERO);
                came.push((
                    &tied.brings,
                    Decimal::whole(more.times(self.hundredths).steps_down(Decimal::whole(100))),
                ));
            }
        }
        for (fact, more) in came {
            let now = figure(&next.joined, fact).unwrap();
            next.joined.insert(
                fact.to_owned(),
                Json::number(now.plus(more).min(Decimal::LARGEST)),
            );
        }
        next
    }

    /// The one way and the other.
    fn both(&self) -> [&Object; 2] {
        [&self.alone, &self.joined]
    }

    fn assessed(&self, policy: &Policy) -> [Assessment; 2] {
        self.both().map(|answers| assess_facts(policy, answers))
    }

    /// The sum of the rows, each at the worse of its two scores.
    fn total(&self, policy: &Policy) -> Points {
        worst_total(&self.assessed(policy))
    }
}

fn worst_row(both: &[Assessment; 2], place: RowIdx) -> Points {
    let [alone, joined] = both.each_ref().map(|one| one.rows[place].figures.default);
    alone.min(joined)
}

fn worst_rule(both: &[Assessment; 2], place: RuleIdx) -> Verdict {
    let [alone, joined] = both.each_ref().map(|one| one.rules[place].default);
    if rank(joined) < rank(alone) { joined } else { alone }
}

fn worst_total(both: &[Assessment; 2]) -> Points {
    both[0].rows.indices().map(|place| worst_row(both, place)).sum()
}

fn worst_overall(both: &[Assessment; 2]) -> Overall {
    let [alone, joined] = both.each_ref().map(|one| one.overall.default);
    let any = |overall| alone == overall || joined == overall;
    if any(Overall::Ineligible) {
        Overall::Ineligible
    } else if any(Overall::Unknown) {
        Overall::Unknown
    } else {
        Overall::Eligible
    }
}

/// A change of a figure by one unit less than it is: a person, an item, a 元.
fn one_less(fact: &Fact, change: AnswerChange) -> Option<AnswerChange> {
    let (Value::Figure(from), Value::Figure(to)) = (change.from, change.to) else {
        return None;
    };
    let unit = match fact.kind {
        FactKind::Money => "0.0001".parse().unwrap(),
        _ => Decimal::whole(1),
    };
    let less = if to > from { to.minus(unit) } else { to.plus(unit) };
    Some(AnswerChange {
        to: Value::Figure(less),
        ..change
    })
}

/// All ways to do less than some changes: without a part, with one figure a unit
/// less, with all figures a unit less.
fn all_less(policy: &Policy, changes: &[AnswerChange]) -> Vec<Vec<AnswerChange>> {
    let less = |change: &AnswerChange| one_less(&policy.facts[change.fact], *change);
    let mut found = Vec::new();
    for place in 0..changes.len() {
        let mut without = changes.to_vec();
        without.remove(place);
        found.push(without);
        if let Some(less) = less(&changes[place]) {
            let mut changes = changes.to_vec();
            changes[place] = less;
            found.push(changes);
        }
    }
    if changes.iter().any(|change| less(change).is_some()) {
        let all = changes.iter().map(|change| less(change).unwrap_or(*change));
        found.push(all.collect());
    }
    found
}

/// Everything that is said of a move holds, whatever comes with it.
fn is_as_shown(policy: &Policy, before: &[Assessment; 2], after: &[Assessment; 2], shown: &Improvement) {
    let id = &shown.id;
    let total = worst_total(after);
    assert_eq!(shown.gain, total.minus(worst_total(before)), "gain of {id}");
    assert_eq!(shown.total, total, "total after {id}");
    let places = after[0].rows.indices();
    let rows = places.map(|place| (place, worst_row(after, place).minus(worst_row(before, place))));
    let rows: Vec<_> = rows.filter(|(_, change)| *change != Points::ZERO).collect();
    assert_eq!(shown.rows, rows, "rows of {id}");
    let rules = after[0]
        .rules
        .indices()
        .map(|place| (place, worst_rule(after, place)));
    let rules: Vec<_> = rules
        .filter(|(place, verdict)| worst_rule(before, *place) != *verdict)
        .collect();
    assert_eq!(shown.rules, rules, "rules of {id}");
    assert_eq!(shown.overall, worst_overall(after), "overall after {id}");
    let later = |change: &AnswerChange| policy.facts[change.fact].change == ChangeWindow::NextPeriod;
    let when = if shown.changes.iter().any(later) {
        ChangeWindow::NextPeriod
    } else {
        ChangeWindow::Now
    };
    assert_eq!(shown.when, when, "time of {id}");
    for change in &shown.changes {
        assert!(
            policy.facts[change.fact].change != ChangeWindow::Never,
            "{id} is history"
        );
        assert_ne!(change.from, change.to, "{id}");
        if let Known::Value(counts) = before[0].facts.get(change.fact) {
            assert_eq!(change.from, counts, "{id} begins elsewhere");
        }
    }
}

fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Unmet => 0,
        Verdict::Unclear => 1,
        Verdict::Met => 2,
    }
}

/// No condition comes out worse and no row that stood falls, whatever comes with it.
fn spoils_nothing(policy: &Policy, before: &[Assessment; 2], after: &[Assessment; 2], id: &str) {
    for place in policy.rules.indices() {
        let rule = &policy.rules[place];
        assert!(
            rule.binds.is_some() || rank(worst_rule(after, place)) >= rank(worst_rule(before, place)),
            "{id} spoils {}",
            rule.id
        );
    }
    for place in before[0].rows.indices() {
        let stands =
            |both: &[Assessment; 2]| both.iter().all(|one| one.rows[place].state == RowState::Answered);
        assert!(!stands(before) || stands(after), "{id} leaves a row open");
    }
}

/// A gain is true, spoils nothing, and less of it gains less.
fn gain_is_true(policy: &Policy, at: &Followed, before: &[Assessment; 2], gain: &Improvement) -> Followed {
    let next = at.after(policy, &gain.changes);
    let after = next.assessed(policy);
    assert!(gain.gain > Points::ZERO, "{} gains nothing", gain.id);
    is_as_shown(policy, before, &after, gain);
    spoils_nothing(policy, before, &after, &gain.id);
    for less in all_less(policy, &gain.changes) {
        let total = at.after(policy, &less).total(policy);
        assert!(total < gain.total, "less than {} does as much: {less:?}", gain.id);
    }
    cautions_are_shown(policy, gain);
    next
}

/// What may come with a step is shown, and what the policy file has to say of it.
fn cautions_are_shown(policy: &Policy, step: &Improvement) {
    let cautions = step.cautions(policy);
    for (brought, _) in &step.brings {
        let shown = step.shown_company(policy).unwrap_or_default();
        assert!(
            shown.contains(&policy.facts[*brought].label),
            "{}: {shown}",
            step.id
        );
        let bringing = step
            .changes
            .iter()
            .map(|change| &policy.facts[change.fact])
            .filter(|fact| {
                let mut tied = policy.companions.iter().filter(|tied| tied.fact == fact.id);
                tied.any(|tied| tied.brings == policy.facts[*brought].id)
            });
        let mut wanted = bringing.map(|fact| fact.caution.as_deref().unwrap());
        assert!(wanted.any(|caution| cautions.contains(&caution)), "{}", step.id);
    }
    if let [change] = step.changes.as_slice() {
        let fact = &policy.facts[change.fact];
        let tied = policy.companions.iter().any(|tied| tied.fact == fact.id);
        if !tied || !step.brings.is_empty() {
            assert_eq!(cautions, fact.caution.as_deref().into_iter().collect::<Vec<_>>());
        }
    }
}

/// What is advised together adds more than any two halves of it by themselves.
fn is_more_than_its_parts(policy: &Policy, at: &Followed, gain: &Improvement) {
    let before = at.total(policy);
    let alone = |chosen: &dyn Fn(usize) -> bool| {
        let places = (0..gain.changes.len()).filter(|place| chosen(*place));
        let part: Vec<AnswerChange> = places.map(|place| gain.changes[place]).collect();
        at.after(policy, &part)
            .total(policy)
            .minus(before)
            .max(Points::ZERO)
    };
    for halves in 1..1_usize << (gain.changes.len() - 1) {
        let chosen = |place: usize| halves >> place & 1 == 1;
        let parts = alone(&chosen).plus(alone(&|place| !chosen(place)));
        assert!(gain.gain > parts, "the parts of {} do as much", gain.id);
    }
}

/// A warning is true of the change by itself, and a unit less does not cost that.
fn warning_is_true(policy: &Policy, answers: &Object, before: &Assessment, warning: &Improvement) {
    let certain = |changes: &[AnswerChange]| {
        let after = assess_facts(policy, &changed(policy, answers, changes));
        [after.clone(), after]
    };
    let both = [before.clone(), before.clone()];
    let after = certain(&warning.changes);
    is_as_shown(policy, &both, &after, warning);
    let [change] = warning.changes.as_slice() else {
        panic!("{} has more than one change", warning.id)
    };
    let costs = warning.gain < Points::ZERO;
    assert!(
        costs || after[0].overall.default != Overall::Eligible,
        "{}",
        warning.id
    );
    if let Some(less) = one_less(&policy.facts[change.fact], *change) {
        let less = certain(&[less]);
        if costs {
            assert!(
                less[0].total.default >= before.total.default,
                "{} is too far",
                warning.id
            );
        } else {
            spoils_nothing(policy, &both, &less, &warning.id);
        }
    }
}

/// All advice on a case is true.
fn advice_is_true(policy: &Policy, answers: &Object) {
    let before = assess_facts(policy, answers);
    let advice = advise(policy, &before.facts, &Readings::default());
    let at = Followed::new(answers, 100);
    let mut ids = std::collections::BTreeSet::new();
    for gain in &advice.gains {
        assert!(ids.insert(gain.id.clone()), "{} stands twice", gain.id);
        gain_is_true(policy, &at, &at.assessed(policy), gain);
        is_more_than_its_parts(policy, &at, gain);
    }
    assert!(
        advice
            .gains
            .is_sorted_by_key(|gain| core::cmp::Reverse(gain.gain))
    );
    for warning in &advice.warnings {
        warning_is_true(policy, answers, &before, warning);
    }
    let open = |place: &RowIdx| before.rows[*place].state != RowState::Answered;
    let all_open: Vec<RowIdx> = before.rows.indices().filter(open).collect();
    assert_eq!(advice.open, all_open);
}

/// The way to 符合 is true: every condition that does not stand is in it, each
/// way meets it without spoiling another, and less does not meet it.
fn eligibility_path_is_true(policy: &Policy, answers: &Object) {
    let before = assess_facts(policy, answers);
    let entry = eligibility_path(policy, &before.facts, &Readings::default());
    // What can be done now comes first, then what takes fewer changes.
    let later = |change: &&AnswerChange| policy.facts[change.fact].change == ChangeWindow::NextPeriod;
    let length = |way: &Improvement| (way.changes.iter().filter(later).count(), way.changes.len());
    assert!(entry.gaps.iter().all(|gap| gap.ways.is_sorted_by_key(length)));
    let verdict = |assessment: &Assessment, place: RuleIdx| assessment.rules[place].default;
    let mut lacking: Vec<RuleIdx> = entry.gaps.iter().flat_map(|gap| gap.rules.clone()).collect();
    lacking.sort_unstable();
    let wanted = policy
        .rules
        .indices()
        .filter(|place| policy.rules[*place].binds.is_none() && verdict(&before, *place) != Verdict::Met);
    assert_eq!(lacking, wanted.collect::<Vec<_>>());
    let at = Followed::new(answers, 100);
    let both = at.assessed(policy);
    let check = |way: &Improvement, rules: &[RuleIdx]| {
        let after = at.after(policy, &way.changes).assessed(policy);
        is_as_shown(policy, &both, &after, way);
        spoils_nothing(policy, &both, &after, &way.id);
        let all_met =
            |both: &[Assessment; 2]| rules.iter().all(|rule| worst_rule(both, *rule) == Verdict::Met);
        assert!(all_met(&after), "{} does not lead there", way.id);
        cautions_are_shown(policy, way);
        for less in all_less(policy, &way.changes) {
            let less = at.after(policy, &less).assessed(policy);
            let spoilt = policy.rules.indices().any(|place| {
                policy.rules[place].binds.is_none()
                    && rank(worst_rule(&less, place)) < rank(verdict(&before, place))
            });
            let open = before.rows.indices().any(|place| {
                let stands = |one: &Assessment| one.rows[place].state == RowState::Answered;
                stands(&before) && !less.iter().all(stands)
            });
            assert!(!all_met(&less) || spoilt || open, "less than {} will do", way.id);
        }
        after
    };
    for gap in &entry.gaps {
        assert_eq!(gap.ways.is_empty(), gap.obstacle.is_some());
        for way in &gap.ways {
            check(way, &gap.rules);
        }
    }
    if let Some(together) = &entry.together {
        let reachable = entry.gaps.iter().filter(|gap| !gap.ways.is_empty());
        let rules: Vec<RuleIdx> = reachable.clone().flat_map(|gap| gap.rules.clone()).collect();
        let after = check(together, &rules);
        if reachable.count() == entry.gaps.len() {
            assert_eq!(worst_overall(&after), Overall::Eligible);
        }
    }
}

/// Every step of a plan is true where it stands, and the plan says where it ends.
fn plan_is_true(policy: &Policy, answers: &Object, target: Points) {
    let start = assess_facts(policy, answers);
    let plan = plan(policy, &start.facts, &Readings::default(), target);
    assert_eq!(plan.from, start.total.default);
    let mut at = Followed::new(answers, 100);
    for step in &plan.steps {
        at = gain_is_true(policy, &at, &at.assessed(policy), step);
    }
    assert_eq!(plan.total, at.total(policy));
    assert!(plan.total_now <= policy.scheme.full_score);
    plan_is_kept(policy, answers, &plan, 100);
    if plan.is_reached() {
        assert!(plan.short.is_empty());
    } else {
        // Nothing more can be gained: where something may have come along, not in either way.
        let both = at.assessed(policy);
        for gain in advise(policy, &both[0].facts, &Readings::default()).gains {
            let after = at.after(policy, &gain.changes).assessed(policy);
            let spoils = policy.rules.indices().any(|place| {
                policy.rules[place].binds.is_none()
                    && rank(worst_rule(&after, place)) < rank(worst_rule(&both, place))
            });
            let apart = at.alone != at.joined || !gain.brings.is_empty();
            assert!(
                apart && (spoils || worst_total(&after) <= plan.total),
                "the plan gives up too early: {}",
                gain.id
            );
        }
        let lost: Points = plan.short.iter().map(|short| short.points).sum();
        assert_eq!(plan.total.plus(lost), policy.scheme.full_score);
    }
}

/// Whoever follows a plan comes to the total that it promises and to 符合, also
/// where so many hundredths of what the policy file ties to its steps come with them.
fn plan_is_kept(policy: &Policy, answers: &Object, plan: &Plan, hundredths: i64) {
    let mut at = Followed::new(answers, hundredths);
    let mut overall = worst_overall(&at.assessed(policy));
    for step in &plan.steps {
        at = at.after(policy, &step.changes);
        let after = at.assessed(policy);
        for one in &after {
            assert!(
                one.total.default >= step.total,
                "{} does not hold with {hundredths} %",
                step.id
            );
        }
        if overall == Overall::Eligible {
            assert_eq!(step.overall, Overall::Eligible, "{} costs 符合", step.id);
        }
        if step.overall == Overall::Eligible {
            assert_eq!(
                worst_overall(&after),
                Overall::Eligible,
                "{} with {hundredths} %",
                step.id
            );
        }
        overall = step.overall;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_advice_on_any_case_is_true(answers in answers()) {
        advice_is_true(support::policy(), &answers);
    }

    #[test]
    fn all_advice_near_the_sample_is_true(answers in near_the_sample()) {
        advice_is_true(support::policy(), &answers);
    }

    #[test]
    fn all_that_is_advised_under_another_scheme_is_true(
        answers in prop_oneof![answers(), near_the_sample()],
        target in 0..=10_000_i64,
    ) {
        advice_is_true(other_policy(), &answers);
        eligibility_path_is_true(other_policy(), &answers);
        plan_is_true(other_policy(), &answers, Points::hundredths(target));
    }

    #[test]
    fn the_eligibility_path_is_true(answers in prop_oneof![answers(), near_the_sample()]) {
        eligibility_path_is_true(support::policy(), &answers);
    }

    #[test]
    fn a_plan_is_kept_whatever_part_of_what_comes_with_it_does(
        answers in prop_oneof![answers(), near_the_sample()],
        target in 0..=10_000_i64,
        hundredths in 0..=100_i64,
    ) {
        let policy = support::policy();
        let facts = assess_facts(policy, &answers).facts;
        let plan = plan(policy, &facts, &Readings::default(), Points::hundredths(target));
        plan_is_kept(policy, &answers, &plan, hundredths);
    }

    #[test]
    fn every_step_of_a_plan_is_true(answers in prop_oneof![answers(), near_the_sample()], target in 0..=10_000_i64) {
        plan_is_true(support::policy(), &answers, Points::hundredths(target));
    }
}

#[test]
fn all_that_is_advised_in_golden_cases_is_true() {
    let policy = support::policy();
    for (place, (_, answers, _)) in support::golden_cases().into_iter().enumerate() {
        for policy in [policy, other_policy()] {
            advice_is_true(policy, &answers);
            eligibility_path_is_true(policy, &answers);
        }
        // Each step of a plan is checked in full, so a plan of every case would take long.
        if place % 8 == 0 {
            plan_is_true(policy, &answers, points("80"));
            plan_is_true(other_policy(), &answers, points("80"));
        }
    }
}

/// The changes of a move as `fact=value`, and what it does to the rows.
fn shown(policy: &Policy, shown: &Improvement) -> String {
    let changes = shown.changes.iter().map(|change| {
        let answer = change.answer(policy).to_line();
        format!("{}={answer}", policy.facts[change.fact].id)
    });
    let rows = shown
        .rows
        .iter()
        .map(|(place, change)| format!("{} {change}", policy.row_at(*place).id));
    let list = |parts: &mut dyn Iterator<Item = String>| parts.collect::<Vec<_>>().join(", ");
    let (mut changes, mut rows) = (changes, rows);
    format!("{} → {}", list(&mut changes), list(&mut rows))
}

#[test]
fn the_sample_is_advised_as_a_consultant_would() {
    let policy = support::policy();
    let before = assess_facts(policy, &support::facts_of("sample"));
    let advice = advise(policy, &before.facts, &Readings::default());
    let gains: Vec<String> = advice.gains.iter().map(|gain| shown(policy, gain)).collect();
    for wanted in [
        "annual_trained=501 → 2.3 2",
        "insured_employees=251 → 3.3 1",
        "export_destination_brand=true → 3.4 1",
        "hardship_hired=51 → 3.2 1",
        "charity_events=4 → 4.3 0.5",
        "content_story=true → 5.1 1",
        "brand_employees=701, trained_employees=351 → 3.1 1",
        "person_honors_national=1 → 4.2 2",
    ] {
        assert!(
            gains.iter().any(|gain| gain == wanted),
            "{wanted} is missing in {gains:#?}"
        );
    }
    assert_eq!(gains[0], "annual_trained=501 → 2.3 2", "best first");
    assert_eq!(
        advice.gains[0].when,
        ChangeWindow::NextPeriod,
        "last year's figure is a goal"
    );
    let hiring = &advice.warnings[0];
    assert_eq!(shown(policy, hiring), "brand_employees=683 → 3.1 -12");
    assert_eq!(
        (hiring.gain, hiring.overall),
        (points("-12"), Overall::Ineligible)
    );
    assert!(advice.open.is_empty());
    assert!(
        eligibility_path(policy, &before.facts, &Readings::default())
            .gaps
            .is_empty()
    );
}

#[test]
fn a_plan_that_lets_nobody_apply_says_so_on_the_page_and_on_paper() {
    let policy = support::policy();
    let told = |changes: &str| {
        let case = support::case(support::sample_but(changes));
        let before = assess(policy, &case);
        let plan = plan(policy, &before.facts, &Readings::default(), points("80"));
        let parts = AdviceParts {
            advice: &advise(policy, &before.facts, &Readings::default()),
            entry: &eligibility_path(policy, &before.facts, &Readings::default()),
            plan: Some(&plan),
        };
        let document = advice_document(policy, &case, &before, parts, support::today());
        (
            plan.followed(policy, &case).unmet(policy),
            to_html_file(&document, ""),
        )
    };
    let (unmet, paper) = told("{}");
    assert_eq!(unmet, [""; 0]);
    assert!(!paper.contains("做完还不能申报"));
    let (unmet, paper) = told(r#"{"law_abiding": false}"#);
    assert_eq!(unmet, ["遵守国家法律法规"]);
    assert!(
        paper.contains("（做完还不能申报，不符合的条件：遵守国家法律法规）"),
        "{paper}"
    );
}

#[test]
fn the_sample_has_a_plan_to_eighty_and_none_beyond_what_can_be_had() {
    let policy = support::policy();
    let before = assess_facts(policy, &support::facts_of("sample"));
    let short = plan(policy, &before.facts, &Readings::default(), points("80"));
    assert!(short.is_reached() && short.steps.len() <= 5, "{:?}", short.steps);
    assert!(short.steps.iter().all(|step| step.when == ChangeWindow::Now));
    let all = plan(policy, &before.facts, &Readings::default(), points("100"));
    assert!(!all.is_reached());
    let history = policy.fact("has_history").unwrap().0;
    let lacks: Vec<_> = all.short.iter().map(|short| &short.why).collect();
    assert!(lacks.contains(&&Lack::Settled(vec![history])), "{lacks:?}");
    assert_eq!(all.total, points("99"));
    let none = plan(policy, &before.facts, &Readings::default(), points("70"));
    assert!(none.is_reached() && none.steps.is_empty());
}

#[test]
fn a_plan_of_the_sample_to_ninety_holds_with_those_hired_on_the_roster() {
    let policy = support::policy();
    let answers = support::facts_of("sample");
    let plan = plan(
        policy,
        &assess_facts(policy, &answers).facts,
        &Readings::default(),
        points("90"),
    );
    assert!(plan.is_reached(), "{}", plan.total);
    let number = |id: &str| policy.fact(id).unwrap().0;
    let (hired, roster) = (number("hardship_hired"), number("brand_employees"));
    let hiring: Vec<&Improvement> = plan
        .steps
        .iter()
        .filter(|step| step.changes.iter().any(|change| change.fact == hired))
        .collect();
    assert!(!hiring.is_empty());
    for step in hiring {
        assert!(
            step.brings.iter().any(|(brought, _)| *brought == roster),
            "{}",
            step.id
        );
        let cautions = step.cautions(policy);
        assert!(
            cautions.iter().any(|caution| caution.contains("受训人员的占比")),
            "{cautions:?}"
        );
        assert!(
            step.shown_company(policy)
                .unwrap()
                .starts_with("从业人数可能随之增加")
        );
    }
    // All of them on the roster, nobody of them trained beyond what the plan says.
    let mut followed = answers.clone();
    let mut on_roster = figure(&answers, "brand_employees").unwrap();
    for step in &plan.steps {
        for change in &step.changes {
            let before = figure(&followed, "hardship_hired").unwrap();
            if let (true, Value::Figure(to)) = (change.fact == hired, change.to) {
                on_roster = on_roster.plus(to.minus(before));
            }
        }
        followed = changed(policy, &followed, &step.changes);
    }
    let raised = figure(&followed, "brand_employees")
        .unwrap()
        .minus(figure(&answers, "brand_employees").unwrap());
    followed.insert(
        String::from("brand_employees"),
        Json::number(on_roster.plus(raised)),
    );
    let after = assess_facts(policy, &followed);
    assert!(after.total.default >= points("90"), "{}", after.total.default);
    assert_eq!(after.overall.default, Overall::Eligible);
}

/// What comes along is not always as much: those who are there already come first.
#[test]
fn staff_on_the_roster_are_insured_before_anybody_is_hired() {
    let policy = support::policy();
    let facts = |insured: i64| {
        let wanted = format!(
            r#"{{"brand_employees": 300, "trained_employees": 150, "insured_employees": {insured}}}"#
        );
        assess_facts(policy, &support::sample_but(&wanted)).facts
    };
    let gain = |insured: i64| {
        let gains = advise(policy, &facts(insured), &Readings::default())
            .gains
            .into_iter();
        gains
            .filter(|gain| gain.id.contains("insured_employees"))
            .collect::<Vec<_>>()
    };
    let present = gain(240);
    assert_eq!(
        (present[0].id.as_str(), present[0].brings.len()),
        ("insured_employees", 0)
    );
    assert_eq!(present[0].cautions(policy), [""; 0], "nobody is hired for it");
    let hired = gain(300);
    assert_eq!(
        hired.iter().map(|gain| shown(policy, gain)).collect::<Vec<_>>(),
        ["trained_employees=151, insured_employees=301 → 3.3 1"]
    );
    let roster = policy.fact("brand_employees").unwrap().0;
    assert_eq!(hired[0].brings, [(roster, Decimal::whole(1))]);
    assert_eq!(hired[0].cautions(policy).len(), 1);
}

#[test]
fn an_answer_that_is_missing_is_open_and_no_advice() {
    let policy = support::policy();
    let before = assess_facts(policy, &support::sample_but(r#"{"team_activities": null}"#));
    let advice = advise(policy, &before.facts, &Readings::default());
    assert!(
        advice
            .gains
            .iter()
            .all(|gain| !gain.id.contains("team_activities"))
    );
    let row = policy
        .rows_enumerated()
        .find(|(_, row)| row.id == "4.1")
        .unwrap()
        .0;
    assert_eq!(advice.open, [row]);
}

#[test]
fn an_answer_that_another_one_calls_for_comes_with_it() {
    let policy = support::policy();
    let facts = support::sample_but(r#"{"has_website": false, "channels_used_well": null}"#);
    let before = assess_facts(policy, &facts);
    let advice = advise(policy, &before.facts, &Readings::default());
    let found = advice
        .gains
        .iter()
        .find(|gain| gain.id == "has_website+channels_used_well");
    assert_eq!(found.unwrap().gain, points("3"));
    let wechat = before.facts.clone();
    assert!(
        advise(policy, &wechat, &Readings::default())
            .warnings
            .iter()
            .all(|warning| warning.id != "has_wechat")
    );
}

#[test]
fn conditions_on_the_same_facts_are_met_together_and_history_is_said_to_be_history() {
    let policy = support::policy();
    let facts = support::sample_but(
        r#"{"brand_employees": 280, "trained_employees": 100, "law_abiding": false, "has_qualified_partner": null, "has_training_qualification": false}"#,
    );
    let before = assess_facts(policy, &facts);
    let entry = eligibility_path(policy, &before.facts, &Readings::default());
    let id = |place: &RuleIdx| policy.rules[*place].id.as_str();
    let gap = |rule: &str| {
        let found = entry
            .gaps
            .iter()
            .find(|gap| gap.rules.iter().any(|place| id(place) == rule));
        found.unwrap()
    };
    let together: Vec<&str> = gap("C3.2").rules.iter().map(id).collect();
    assert_eq!(together, ["C3.2", "C3.3"]);
    assert_eq!(
        shown(policy, &gap("C3.2").ways[0]),
        "brand_employees=300, trained_employees=150 → 3.1 10"
    );
    let place = |fact: &str| policy.fact(fact).unwrap().0;
    assert_eq!(
        gap("C1.2").obstacle,
        Some(Obstacle::Settled(vec![place("law_abiding")]))
    );
    assert_eq!(
        gap("C4.0").obstacle,
        Some(Obstacle::Open(vec![place("has_qualified_partner")]))
    );
}

#[test]
fn fewer_of_what_is_better_less_is_advised_downwards() {
    let mut tree = support::policy_tree();
    for id in ["labor_disputes", "export_incidents"] {
        let fact = support::entry(&mut tree, "fact", id);
        fact["change"] = json!("next_period");
        fact["advice"] = json!("减少 {n} 件");
    }
    let policy = Policy::from_json(&tree.to_string()).unwrap();
    let facts = support::sample_but(r#"{"labor_disputes": 3}"#);
    let before = assess_facts(&policy, &facts);
    let advice = advise(&policy, &before.facts, &Readings::default());
    let fewer = advice
        .gains
        .iter()
        .find(|gain| gain.id == "labor_disputes")
        .unwrap();
    assert_eq!(shown(&policy, fewer), "labor_disputes=0 → 1.6 3");
    advice_is_true(&policy, &facts);
    advice_is_true(
        &policy,
        &support::sample_but(r#"{"labor_disputes": 3, "export_incidents": 2}"#),
    );
}

#[test]
fn conditions_that_cannot_be_met_together_stand_each_by_itself() {
    let mut tree = support::policy_tree();
    let fact = support::entry(&mut tree, "fact", "trained_employees");
    fact["change"] = json!("never");
    fact.as_object_mut().unwrap().remove("advice");
    tree["tie"]
        .as_array_mut()
        .unwrap()
        .retain(|tie| tie["id"] != "hire_trained");
    let policy = Policy::from_json(&tree.to_string()).unwrap();
    let facts = support::sample_but(r#"{"brand_employees": 200, "trained_employees": 10}"#);
    eligibility_path_is_true(&policy, &facts);
    let before = assess_facts(&policy, &facts);
    let entry = eligibility_path(&policy, &before.facts, &Readings::default());
    let gaps = entry.gaps.iter().map(|gap| {
        let rules = gap.rules.iter().map(|place| policy.rules[*place].id.as_str());
        (
            rules.collect::<Vec<_>>().join(" "),
            gap.ways.len(),
            gap.obstacle.is_some(),
        )
    });
    let gaps: Vec<_> = gaps.collect();
    assert!(gaps.contains(&(String::from("C3.2"), 1, false)), "{gaps:?}");
    assert!(gaps.contains(&(String::from("C3.3"), 0, true)), "{gaps:?}");
}

#[test]
fn six_answers_at_once_are_advised_and_seven_are_not() {
    let all = [
        "culture_defined",
        "party_activities",
        "team_activities",
        "union_activities",
        "festival_condolence",
        "has_website",
        "has_wechat",
    ];
    let none: Vec<String> = all.iter().map(|fact| format!("\"{fact}\": false")).collect();
    let facts = support::sample_but(&format!("{{{}}}", none.join(", ")));
    for (count, advised) in [(6, true), (7, false)] {
        let mut tree = support::policy_tree();
        support::row(&mut tree, "4.1")["score"]["by_reading"]["default"] =
            json!({"award": {"points": 5, "if": {"all": all[..count]}}});
        let policy = Policy::from_json(&tree.to_string()).unwrap();
        let before = assess_facts(&policy, &facts);
        let gains = advise(&policy, &before.facts, &Readings::default()).gains;
        assert_eq!(
            gains.iter().any(|gain| gain.changes.len() == count),
            advised,
            "{count}"
        );
    }
}

/// The ids of the joint gains under the made-up scheme with another gate before the points for charity.
fn joint_gains(gate: serde_json::Value, facts: &str) -> Vec<String> {
    let mut tree = support::other_scheme::other_tree();
    support::row(&mut tree, "4.3")["score"] = json!({"gate": {"if": gate,
        "then": {"steps": {"of": "charity_events", "every": 3, "points": "0.5"}}}});
    let policy = Policy::from_json(&tree.to_string()).unwrap();
    let facts = support::sample_but(facts);
    advice_is_true(&policy, &facts);
    let before = assess_facts(&policy, &facts);
    let gains = advise(&policy, &before.facts, &Readings::default())
        .gains
        .into_iter();
    let gains = gains.filter(|gain| gain.id.contains("charity_events"));
    gains.map(|gain| shown(&policy, &gain)).collect()
}

#[test]
fn what_must_not_be_is_undone_with_as_little_as_will_do() {
    let many = json!({"at_least": ["labor_disputes", 60]});
    let grave = json!({"at_least": ["export_incidents", 40]});
    let facts = r#"{"labor_disputes": 80, "export_incidents": 50, "charity_events": 0}"#;
    assert_eq!(
        joint_gains(json!({"not": many}), facts),
        ["labor_disputes=59, charity_events=3 → 4.3 0.5"]
    );
    assert_eq!(
        joint_gains(json!({"not": {"any": [many, grave]}}), facts),
        ["labor_disputes=59, export_incidents=39, charity_events=3 → 4.3 0.5"]
    );
    let either = joint_gains(json!({"not": {"all": [many, grave]}}), facts);
    assert_eq!(
        either,
        [
            "export_incidents=39, charity_events=3 → 4.3 0.5",
            "labor_disputes=59, charity_events=3 → 4.3 0.5",
        ]
    );
}

#[test]
fn what_only_keeps_a_condition_is_no_part_of_a_gain() {
    let award = |events: i64| {
        json!({"award": {"points": 2, "if": {"all": [
            {"at_least": ["charity_events", events]}, {"at_least": ["training_partners", 2]}]}}})
    };
    let mut tree = support::policy_tree();
    support::row(&mut tree, "4.3")["score"] = json!({"highest": [award(5), award(3)]});
    // Three would do for the points, but spoil this condition.
    support::entry(&mut tree, "rule", "S1")["if"] = json!({"any": [
        {"not": {"at_least": ["charity_events", 3]}}, {"at_least": ["charity_events", 5]}]});
    let policy =
        Policy::from_json(&tree.to_string()).unwrap_or_else(|errors| panic!("{}", support::shown(&errors)));
    let facts = support::sample_but(r#"{"charity_events": 0, "training_partners": 0}"#);
    advice_is_true(&policy, &facts);
    let before = assess_facts(&policy, &facts);
    let gains = advise(&policy, &before.facts, &Readings::default()).gains;
    assert!(gains.iter().all(|gain| !gain.id.contains("charity_events")));
}

/// The gains under a scheme with these answers, shown, that move a fact.
fn gains_of(policy: &Policy, facts: &str, fact: &str) -> Vec<String> {
    let facts = support::sample_but(facts);
    advice_is_true(policy, &facts);
    let before = assess_facts(policy, &facts);
    let gains = advise(policy, &before.facts, &Readings::default())
        .gains
        .into_iter();
    let gains = gains.filter(|gain| gain.id.contains(fact));
    gains.map(|gain| shown(policy, &gain)).collect()
}

#[test]
fn a_band_is_found_where_it_begins_and_where_it_is_jumped_into() {
    // It begins right above its end.
    let found = gains_of(
        other_policy(),
        r#"{"annual_revenue_wan": 20}"#,
        "annual_revenue_wan",
    );
    assert_eq!(found, ["annual_revenue_wan=33.3334 → 1.4 2"]);
    // What is counted twice is never seven.
    let mut tree = support::policy_tree();
    support::row(&mut tree, "4.3")["score"] = json!({"bands": {
        "of": {"sum": ["charity_events", "charity_events"]},
        "table": [{"below": 7, "points": 0}, {"from": 7, "points": 2}]}});
    let policy =
        Policy::from_json(&tree.to_string()).unwrap_or_else(|errors| panic!("{}", support::shown(&errors)));
    let found = gains_of(&policy, r#"{"charity_events": 0}"#, "charity_events");
    assert_eq!(found, ["charity_events=4 → 4.3 2"]);
}

#[test]
fn an_answer_that_cannot_be_used_is_no_answer_to_change() {
    let mut tree = support::policy_tree();
    support::row(&mut tree, "4.3")["score"] = json!({"award": {"points": 2, "if": "has_other_channel"}});
    let policy =
        Policy::from_json(&tree.to_string()).unwrap_or_else(|errors| panic!("{}", support::shown(&errors)));
    let found = |answer: &str| {
        gains_of(
            &policy,
            &format!(r#"{{"has_other_channel": {answer}}}"#),
            "has_other_channel",
        )
    };
    assert_eq!(found("false").len(), 1);
    // It counts as no, but first it has to be fixed.
    assert_eq!(found("\"maybe\""), [""; 0]);
}

#[test]
fn what_adds_up_from_parts_is_advised_in_parts() {
    let award =
        |points: &str, condition: serde_json::Value| json!({"award": {"points": points, "if": condition}});
    let three = json!({"all": ["culture_defined", "party_activities", "union_activities"]});
    let mut tree = support::policy_tree();
    // All three would do where something else does more already; elsewhere two of them count, and one.
    support::row(&mut tree, "4.1")["score"]["by_reading"]["default"] = json!({"highest": [
        award("4.5", json!("team_activities")), award("4", three), award("5", json!("festival_condolence"))]});
    support::row(&mut tree, "4.2")["score"]["by_reading"]["default"] = json!({"sum": [
        award("1", json!({"all": ["culture_defined", "union_activities"]})), award("1", json!("party_activities"))]});
    let policy =
        Policy::from_json(&tree.to_string()).unwrap_or_else(|errors| panic!("{}", support::shown(&errors)));
    let facts = support::sample_but(
        r#"{"culture_defined": false, "party_activities": false, "union_activities": false,
            "team_activities": true, "festival_condolence": false}"#,
    );
    advice_is_true(&policy, &facts);
    let before = assess_facts(&policy, &facts);
    let gains = advise(&policy, &before.facts, &Readings::default()).gains;
    let of_culture: Vec<&str> = gains
        .iter()
        .map(|gain| gain.id.as_str())
        .filter(|id| id.contains("culture") || id.contains("party") || id.contains("union"))
        .collect();
    assert_eq!(
        of_culture,
        ["party_activities", "culture_defined+union_activities"]
    );
}

#[test]
fn a_scratch_copy_leaves_the_case_alone() {
    let policy = support::policy();
    let case = support::case(support::facts_of("sample"));
    let changes = Object::from([
        (String::from("annual_trained"), Json::number(501)),
        (String::from("team_activities"), Json::Null),
    ]);
    let after = what_if(policy, &case, &changes);
    assert_eq!(after.total.own, points("73.5"), "2 more in 2.3, and 4.1 is open");
    assert_eq!(case.facts, support::facts_of("sample"));
}

#[test]
fn the_advice_sheet_tells_what_to_do_and_no_private_entry() {
    let policy = support::policy();
    let mut case = support::filled_sample();
    case.form
        .insert(String::from("brand_name"), String::from("<b>示例&家政</b>"));
    case.set_fact("law_abiding", Some(Json::Bool(false)));
    case.set_fact("team_activities", None);
    let before = assess(policy, &case);
    let (advice, entry) = (
        advise(policy, &before.facts, &Readings::default()),
        eligibility_path(policy, &before.facts, &Readings::default()),
    );
    let plan = plan(policy, &before.facts, &Readings::default(), points("90"));
    let parts = AdviceParts {
        advice: &advice,
        entry: &entry,
        plan: Some(&plan),
    };
    let html = to_html_file(
        &advice_document(policy, &case, &before, parts, support::today()),
        "",
    );
    for wanted in [
        "申报条件还差的",
        "C1.2 遵守国家法律法规",
        "还没有填全、暂计 0 分的",
        "4.1 品牌文化与人文关怀",
        "现在可以做的",
        "为 15 名员工缴纳城镇职工社会保险（236 → 251 人）",
        "下一申报年度的目标",
        "看着有利、其实不利的",
        "经过特色职业培训的占比不低于50%：不符合",
        "到 90 分的计划",
        "新吸纳 53 名脱贫人口等困难群体人员就业",
        "新录用的人员列入花名册的，从业人数随之增加，请一并核对受训人员的占比。",
        "从业人数可能随之增加 53 人：不论是否随之增加，都能得到所写的结果。",
        ">负责人<",
        ">完成时限<",
        "征求意见稿",
        "&lt;b&gt;示例&amp;家政&lt;/b&gt;",
    ] {
        assert!(html.contains(wanted), "{wanted} is missing");
    }
    for private in policy.fields.iter().filter(|field| field.private) {
        assert!(!html.contains(case.field(&private.id)), "{} is told", private.id);
    }
}

#[test]
fn a_difference_has_no_character_and_points_have_theirs() {
    let change = |from: i64, to: i64| AnswerChange {
        fact: support::policy().fact("annual_trained").unwrap().0,
        from: Value::Figure(Decimal::whole(from)),
        to: Value::Figure(Decimal::whole(to)),
    };
    for (from, to) in [(3, 5), (5, 3)] {
        assert_eq!(change(from, to).difference(), Some(Decimal::whole(2)));
    }
    let switch = AnswerChange {
        to: Value::YesNo(true),
        ..change(0, 0)
    };
    assert_eq!(switch.difference(), None);
    assert_eq!(
        [200, 0, -50].map(|points| signed(Points::hundredths(points))),
        ["+2", "0", "-0.5"]
    );
}

#[test]
fn each_time_of_a_change_has_its_words() {
    let words = [ChangeWindow::Now, ChangeWindow::NextPeriod, ChangeWindow::Never].map(ChangeWindow::label);
    assert_eq!(words, ["本次申报前可做", "下一申报年度的目标", "不能改变"]);
}
