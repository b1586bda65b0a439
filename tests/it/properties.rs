//! What holds of every case, whatever was answered.

use crate::support;
use std::collections::{BTreeMap, BTreeSet};

use crate::support::made_up::{answer, answers, near_the_sample, sound};
use labor_brand_assessment::answers::{
    Case, ChosenReading, EvidenceMark, EvidenceState, FactDetail, FactState, Feedback, ListedItem, Lowered,
    Origin, check_form, points_as_typed,
};
use labor_brand_assessment::assessment::{
    Assessment, CUTOFF, Explanation, Overall, Progresses, RowState, TraceResult, assess, assess_facts,
    counts_as_usual, cross_checks, doubt_effects, draft, open_facts,
};
use labor_brand_assessment::documents::{
    CaseFile, DocumentOptions, Paper, PrivateEntries, papers_document, to_html_file,
};
use labor_brand_assessment::id_map::IdMap;
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::numbers::Points;
use labor_brand_assessment::policy::{FactIdx, Inputs, Policy, Reading, Verdict};
use proptest::prelude::*;
use proptest::sample::select;

fn readings() -> impl Strategy<Value = BTreeMap<String, ChosenReading>> {
    let ids: Vec<String> = support::policy()
        .doubts
        .iter()
        .map(|doubt| doubt.id.clone())
        .collect();
    let reading = select(Reading::ALL.to_vec()).prop_map(support::chosen);
    proptest::collection::btree_map(select(ids), reading, 0..30)
}

/// A sound answer to one of the facts that are folded away as being of the other readings only.
fn of_the_other_readings() -> impl Strategy<Value = (FactIdx, Json)> {
    let policy = support::policy();
    let folded = policy
        .facts
        .enumerated()
        .filter(|(place, fact)| fact.optional.is_some() && !counts_as_usual(policy, *place));
    let places: Vec<FactIdx> = folded.map(|(place, _)| place).collect();
    select(places).prop_flat_map(|place| (Just(place), sound(&support::policy().facts[place])))
}

#[test]
fn an_optional_answer_that_counts_as_usual_is_not_folded_away_as_one_of_the_other_readings() {
    let policy = support::policy();
    let folded = |id: &str| {
        policy
            .fact(id)
            .is_some_and(|(place, _)| !counts_as_usual(policy, place))
    };
    assert!(!folded("has_other_channel"));
    assert!(folded("unit_has_other_recognized_brand") && folded("trained_distinct"));
}

/// Any text, with characters that mean something in JSON and HTML.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[<>&\"'{}\\\\/ 甲乙\u{202e}\u{feff}\n\t\u{1}]{0,12}",
        ".{0,12}",
        "[0-9A-Z]{0,20}",
    ]
}

fn texts(ids: Vec<String>) -> impl Strategy<Value = BTreeMap<String, String>> {
    proptest::collection::btree_map(select(ids), text(), 0..8)
}

/// A case with something of everything in it.
fn case() -> impl Strategy<Value = Case> {
    let policy = support::policy();
    let ids = |ids: &mut dyn Iterator<Item = &String>| ids.cloned().collect::<Vec<String>>();
    let fields = ids(&mut policy.fields.iter().map(|field| &field.id));
    let narrative = ids(&mut policy.narrative_fields.iter().map(|field| &field.id));
    let documents = ids(&mut policy.evidence.iter().map(|document| &document.id));
    let rows = ids(&mut policy.rows().map(|row| &row.id));
    let facts = ids(&mut policy.facts.iter().map(|fact| &fact.id));
    let states = select(vec![
        EvidenceState::Open,
        EvidenceState::Ready,
        EvidenceState::Lacking,
        EvidenceState::NotApplicable,
    ]);
    let marks =
        (states, text(), others()).prop_map(|(state, note, others)| EvidenceMark { state, note, others });
    let lowered = ("[-0-9.]{0,5}", text(), others()).prop_map(|(score, reason, others)| Lowered {
        // As the page takes what is typed.
        score: points_as_typed(score),
        reason,
        others,
    });
    let details = (any::<bool>(), text(), text(), others(), text()).prop_map(
        |(rough, holder, date, others, listed)| FactDetail {
            before: if rough { String::from("12") } else { String::new() },
            with_blanks: if rough { listed.clone() } else { String::new() },
            items: if rough {
                vec![ListedItem {
                    name: listed.clone(),
                    date: String::new(),
                    number: listed,
                    others: others.clone(),
                }]
            } else {
                Vec::new()
            },
            state: match (rough, holder.is_empty()) {
                (true, true) => FactState::Planned,
                (true, false) => FactState::Approximate,
                (false, _) => FactState::Exact,
            },
            about: rough && holder.is_empty(),
            before_plan: (rough && holder.is_empty()).then(|| Json::number(7)),
            holder,
            date,
            others,
        },
    );
    let table = |ids: &Vec<String>| select(ids.clone());
    let doubts = ids(&mut policy.doubts.iter().map(|doubt| &doubt.id));
    let preferred = prop_oneof![Just(None), select(Reading::ALL.to_vec()).prop_map(Some)];
    let feedback = (preferred, text(), others()).prop_map(|(reading, reason, others)| Feedback {
        reading,
        reason,
        others,
    });
    (
        answers(),
        readings(),
        texts(fields),
        texts(narrative),
        texts(rows.clone()),
        proptest::collection::btree_map(table(&documents), marks, 0..6),
        proptest::collection::btree_map(table(&rows), lowered, 0..4),
        proptest::collection::btree_map(table(&facts), details, 0..4),
        proptest::collection::btree_map(table(&doubts), feedback, 0..4),
        (text(), text(), others()),
    )
        .prop_map(
            |(
                facts,
                readings,
                form,
                narrative,
                notes,
                evidence,
                lowered,
                fact_details,
                feedback,
                (id, title, others),
            )| {
                let mut case = Case {
                    title,
                    readings: readings.into_iter().collect(),
                    form: form.into_iter().collect(),
                    narrative: narrative.into_iter().collect(),
                    notes: notes.into_iter().collect(),
                    evidence: evidence.into_iter().collect(),
                    lowered: lowered.into_iter().collect(),
                    fact_details: fact_details.into_iter().collect(),
                    feedback: feedback.into_iter().collect(),
                    others,
                    ..Case {
                        facts,
                        ..Case::new(id, support::today())
                    }
                };
                case.clear_states_without_answer();
                case
            },
        )
}

/// Members that this version does not know.
fn others() -> impl Strategy<Value = Object> {
    prop_oneof![
        3 => Just(Object::new()),
        1 => text().prop_map(|value| Object::from([
            (String::from("zz_later"), Json::List(vec![Json::text(value), Json::Null])),
        ])),
    ]
}

/// How good a verdict is for the applicant.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Unmet => 0,
        Verdict::Unclear => 1,
        Verdict::Met => 2,
    }
}

fn rank_overall(overall: Overall) -> u8 {
    match overall {
        Overall::Ineligible => 0,
        Overall::Unknown => 1,
        Overall::Eligible => 2,
    }
}

fn holds_together(policy: &Policy, assessment: &Assessment) -> Result<(), TestCaseError> {
    for (row, result) in policy.rows().zip(&assessment.rows) {
        let figures = result.figures;
        prop_assert!(Points::ZERO <= figures.strict, "row {}", row.id);
        prop_assert!(figures.strict <= figures.default, "row {}", row.id);
        prop_assert!(figures.default <= figures.lenient, "row {}", row.id);
        prop_assert!(figures.lenient <= row.max, "row {}", row.id);
        prop_assert!(
            Points::ZERO <= figures.own && figures.own <= figures.lenient,
            "row {}",
            row.id
        );
        prop_assert!(figures.own <= result.chosen, "row {}", row.id);
        if result.state != RowState::Answered {
            prop_assert_eq!(figures.lenient, Points::ZERO);
        }
        for cause in &result.causes {
            prop_assert!(cause.strict <= Points::ZERO && cause.lenient >= Points::ZERO);
            prop_assert!(policy.doubts[cause.doubt].concerns.contains(&row.id));
        }
    }
    for (rule, result) in policy.rules.iter().zip(&assessment.rules) {
        prop_assert!(rank(result.strict) <= rank(result.default), "rule {}", rule.id);
        prop_assert!(rank(result.default) <= rank(result.lenient), "rule {}", rule.id);
        prop_assert!(rank(result.chosen) <= rank(result.lenient), "rule {}", rule.id);
    }
    let overall = assessment.overall;
    prop_assert!(rank_overall(overall.strict) <= rank_overall(overall.default));
    prop_assert!(rank_overall(overall.default) <= rank_overall(overall.lenient));
    prop_assert!(rank_overall(overall.chosen) <= rank_overall(overall.lenient));
    let mut rows = assessment.rows.iter();
    for (section, result) in policy.sections.iter().zip(&assessment.sections) {
        let of_section: Vec<_> = rows.by_ref().take(section.rows.len()).collect();
        let sum = |figure: fn(&labor_brand_assessment::assessment::RowResult) -> Points| {
            of_section.iter().map(|row| figure(row)).sum::<Points>()
        };
        prop_assert_eq!(result.figures.strict, sum(|row| row.figures.strict));
        prop_assert_eq!(result.figures.default, sum(|row| row.figures.default));
        prop_assert_eq!(result.figures.lenient, sum(|row| row.figures.lenient));
        prop_assert_eq!(result.figures.own, sum(|row| row.figures.own));
        prop_assert!(result.figures.lenient <= section.max);
    }
    let sections = || assessment.sections.iter().map(|section| section.figures);
    let total = assessment.total;
    prop_assert_eq!(
        total.strict,
        sections().map(|figures| figures.strict).sum::<Points>()
    );
    prop_assert_eq!(
        total.default,
        sections().map(|figures| figures.default).sum::<Points>()
    );
    prop_assert_eq!(
        total.lenient,
        sections().map(|figures| figures.lenient).sum::<Points>()
    );
    prop_assert_eq!(total.own, sections().map(|figures| figures.own).sum::<Points>());
    prop_assert!(total.own <= assessment.ceiling);
    prop_assert!(assessment.ceiling <= policy.scheme.full_score);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn readings_are_in_order_and_sums_are_sums(facts in answers()) {
        let policy = support::policy();
        let assessment = assess_facts(policy, &facts);
        holds_together(policy, &assessment)?;
        for result in &assessment.rows {
            prop_assert_eq!(result.figures.own, result.figures.default);
        }
    }

    #[test]
    fn chosen_readings_never_lift_a_row_above_the_generous_one(facts in answers(), readings in readings()) {
        let policy = support::policy();
        let mut case = support::case(facts);
        case.readings = readings.into_iter().collect();
        let assessment = assess(policy, &case);
        holds_together(policy, &assessment)?;
        let plain = assess_facts(policy, &case.facts);
        for (row, (chosen, plain)) in policy.rows().zip(assessment.rows.iter().zip(&plain.rows)) {
            prop_assert_eq!(chosen.state, plain.state);
            prop_assert_eq!(chosen.figures.strict, plain.figures.strict);
            prop_assert_eq!(chosen.figures.default, plain.figures.default);
            prop_assert_eq!(chosen.figures.lenient, plain.figures.lenient);
            let touched = policy.doubts.iter().any(|doubt| {
                case.readings.get(&doubt.id).is_some_and(|chosen| chosen.reading != Reading::Default)
                    && doubt.has_branches() && doubt.concerns.contains(&row.id)
            });
            prop_assert!(touched || chosen.figures.own == plain.figures.own, "row {}", row.id);
        }
    }

    #[test]
    fn what_only_the_other_readings_look_at_moves_nothing_read_as_usual(
        facts in near_the_sample(),
        (place, value) in of_the_other_readings(),
    ) {
        let policy = support::policy();
        let before = assess_facts(policy, &facts);
        let mut facts = facts;
        facts.insert(policy.facts[place].id.clone(), value);
        let after = assess_facts(policy, &facts);
        for (row, (before, after)) in policy.rows().zip(before.rows.iter().zip(&after.rows)) {
            if before.state == RowState::Answered && after.state == RowState::Answered {
                prop_assert_eq!(before.figures.default, after.figures.default, "row {}", &row.id);
            }
        }
    }

    #[test]
    fn an_answer_moves_only_the_rows_that_need_it(facts in answers(), (number, changed) in one_answer()) {
        let policy = support::policy();
        let before = assess_facts(policy, &facts);
        let mut facts = facts;
        facts.remove(&policy.facts[number].id);
        facts.extend(changed.map(|answer| (policy.facts[number].id.clone(), answer)));
        let after = assess_facts(policy, &facts);
        // Optional facts are completed from others, so what needs them needs those as well.
        let leans = |place: FactIdx| -> bool {
            policy.facts[place].optional.iter().any(|optional| {
                let quantities = optional.otherwise.iter().chain(&optional.at_least).chain(&optional.at_most);
                quantities.clone().any(|quantity| {
                    let named = Inputs::of_quantity(policy, quantity).facts;
                    named.contains(&number) || named.iter().any(|named| policy.facts[*named].optional.iter().any(|inner| {
                        let quantities = inner.otherwise.iter().chain(&inner.at_most);
                        quantities.clone().any(|quantity| Inputs::of_quantity(policy, quantity).facts.contains(&number))
                    }))
                })
            })
        };
        let needs = |inputs: Inputs| inputs.facts.contains(&number) || inputs.facts.iter().any(|place| leans(*place));
        for (row, (before, after)) in policy.rows().zip(before.rows.iter().zip(&after.rows)) {
            prop_assert!(before == after || needs(Inputs::of_score(policy, &row.score)), "row {}", row.id);
        }
        for (rule, (before, after)) in policy.rules.iter().zip(before.rules.iter().zip(&after.rules)) {
            prop_assert!(before == after || needs(Inputs::of_condition(policy, &rule.condition)), "rule {}", rule.id);
        }
    }

    #[test]
    fn every_result_has_its_reason(case in case()) {
        let policy = support::policy();
        let assessment = assess(policy, &case);
        holds_together(policy, &assessment)?;
        let explanation = Explanation::new(policy, &assessment);
        for (row, result) in policy.rows().zip(&assessment.rows) {
            let reason = explanation.row(row, result);
            prop_assert!(!reason.trim().is_empty(), "row {}", row.id);
            prop_assert!(!reason.contains('{'), "row {}: {reason}", row.id);
            if result.state == RowState::Answered {
                for reading in Reading::ALL {
                    prop_assert!(!explanation.row_under(row, reading).trim().is_empty(), "row {}", row.id);
                }
            }
            for part in explanation.sub_criteria(row) {
                prop_assert!(!part.label.is_empty() && part.points > Points::ZERO, "row {}", row.id);
            }
        }
        for (rule, result) in policy.rules.iter().zip(&assessment.rules) {
            let reason = explanation.rule(rule, result.chosen);
            prop_assert!(!reason.trim().is_empty(), "rule {} is {:?}", rule.id, result.chosen);
            prop_assert!(!reason.contains('{'), "rule {}: {reason}", rule.id);
        }
    }

    #[test]
    fn traces_come_to_what_the_assessment_comes_to(case in case()) {
        let policy = support::policy();
        let assessment = assess(policy, &case);
        let explanation = Explanation::new(policy, &assessment);
        for (row, result) in policy.rows().zip(&assessment.rows) {
            let trace = explanation.trace_row(row, result);
            let answered = result.state == RowState::Answered;
            let TraceResult::Row { given, .. } = trace.result else { panic!("{:?}", trace.result) };
            prop_assert_eq!(given, answered.then_some(result.chosen), "row {}", row.id);
            for staircase in trace.staircases.iter().filter(|_| answered) {
                let stair = staircase.stair().map(|stair| stair.points).unwrap_or_default();
                prop_assert_eq!(stair, staircase.points.min(row.max), "row {}", row.id);
            }
        }
        for (rule, standing) in policy.rules.iter().zip(assessment.standings(policy)) {
            let trace = explanation.trace_rule(rule);
            prop_assert_eq!(trace.result, TraceResult::Rule(standing), "rule {}", rule.id);
            prop_assert!(!trace.lines.is_empty(), "rule {}", rule.id);
        }
        let effects = doubt_effects(policy, &assessment);
        prop_assert!(effects.is_sorted_by(|left, right| left.width() >= right.width()));
    }

    #[test]
    fn no_case_stops_the_forms_the_draft_or_the_checks(case in case()) {
        let policy = support::policy();
        let assessment = assess(policy, &case);
        let today = support::today();
        let progress = Progresses::of(policy, &case, &assessment, today).questions;
        // What is shown as open and what is counted as done are all that is asked.
        let open = open_facts(policy, &case, &assessment, today).len();
        // Beside them the day of counting and what is told for the draft may be asked about.
        let remarks = cross_checks(policy, &case, &assessment, today);
        let of_no_fact = |id: &&str| *id == CUTOFF || policy.narrative_fields.iter().any(|field| field.id == *id);
        let asked_about = remarks.iter().filter(|remark| !remark.is_settled(&case));
        let asked_about = asked_about.map(|remark| remark.at.as_str()).filter(of_no_fact);
        let asked_about: BTreeSet<&str> = asked_about.collect();
        prop_assert_eq!(progress.done + open + asked_about.len(), progress.all);
        let _ = check_form(policy, &case, today);
        for length in [300, 600, 1000] {
            let _ = draft(policy, &case, &assessment, length);
        }
        for private in [PrivateEntries::Blank, PrivateEntries::Full] {
            let html = to_html_file(&papers_document(policy, &case, &assessment, DocumentOptions { papers: &Paper::ALL, private, today }), "");
            prop_assert!(!html.contains("<script") && html.ends_with("</html>\n"));
        }
    }

    #[test]
    fn a_case_file_comes_back_byte_for_byte(mut case in case(), more in others()) {
        let policy = support::policy();
        // A case that was answered in the page holds no text that can be counted.
        case.read_texts(policy, Origin::File);
        let assessment = assess(policy, &case);
        let file = CaseFile::of(policy, "0123", case, more, String::from("2026-11-24T08:00:00Z"));
        let written = file.to_text(policy, &assessment);
        let read = CaseFile::from_text(policy, &written).unwrap();
        // A lowered score is written as the number it is; everything else comes back as it was typed.
        let but_lowered = |case: &Case| Case { lowered: IdMap::new(), ..case.clone() };
        prop_assert_eq!(but_lowered(&read.case), but_lowered(&file.case));
        let again = assess(policy, &read.case);
        prop_assert_eq!(&again, &assessment);
        prop_assert_eq!(read.to_text(policy, &again), written);
    }
}

/// The place of a fact and an answer to it, or none.
fn one_answer() -> impl Strategy<Value = (FactIdx, Option<Json>)> {
    let facts = &support::policy().facts;
    let facts: Vec<_> = facts.enumerated().collect();
    proptest::sample::select(facts).prop_flat_map(|(index, fact)| (Just(index), answer(fact, 3)))
}
