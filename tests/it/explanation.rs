//! Traces, ranges and the effects of doubts: that what is shown adds up to what
//! was assessed, and that every step ahead is where it is said to be.

use crate::support;
use crate::support::other_scheme::other_policy;
use labor_brand_assessment::answers::{Case, Value};
use labor_brand_assessment::assessment::{
    Assessment, Explanation, InputState, Known, Range, RuleStanding, Staircase, Trace, TraceMark,
    TraceResult, assess, assess_facts, doubt_effects, draft, is_needed, jointly,
};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::numbers::{Decimal, Points};
use labor_brand_assessment::policy::{FactKind, Idx, Policy, Reading, Verdict};
use serde_json::json;

/// The trace of every row.
fn row_traces(policy: &Policy, assessment: &Assessment) -> Vec<Trace> {
    let explanation = Explanation::new(policy, assessment);
    let rows = policy.rows().zip(&assessment.rows);
    rows.map(|(row, result)| explanation.trace_row(row, result))
        .collect()
}

fn trace_of(policy: &Policy, assessment: &Assessment, id: &str) -> Trace {
    let place = policy.rows_enumerated().find(|(_, row)| row.id == id).unwrap().0;
    row_traces(policy, assessment).swap_remove(place.place())
}

fn given(trace: &Trace) -> Option<Points> {
    match trace.result {
        TraceResult::Row { given, .. } => given,
        TraceResult::Rule(_) => panic!("a row ends in points"),
    }
}

fn points(text: &str) -> Points {
    text.parse().unwrap()
}

fn texts(trace: &Trace) -> Vec<String> {
    let lines = trace.lines.iter();
    lines
        .map(|line| format!("{}{}", "  ".repeat(line.depth), line.text))
        .collect()
}

// ── The sample ─────────────────────────────────────────────────────────────

#[test]
fn the_sample_tells_why_a_row_scores_what_it_scores_and_what_makes_it_more() {
    let policy = support::policy();
    let assessment = assess(policy, &support::offered_sample(policy));
    let trace = trace_of(policy, &assessment, "2.3");
    assert_eq!(
        texts(&trace),
        [
            "前提（须全部成立）",
            "  职业技能培训人数 500 人，不少于 100 人",
            "  自用或输出就业人数 412 人，占职业技能培训人数 500 人的 82.4%，不低于 80%",
            "培训人数 500 人，在 401–500 人档，8 分",
        ]
    );
    assert_eq!(given(&trace), Some(points("8")));
    let [staircase] = trace.staircases.as_slice() else {
        panic!("{:?}", trace.staircases)
    };
    let drawn: Vec<_> = staircase
        .stairs
        .iter()
        .map(|stair| format!("{}: {}", stair.range, stair.points))
        .collect();
    assert_eq!(
        drawn,
        [
            "100及以下: 0",
            "101–200: 2",
            "201–300: 4",
            "301–400: 6",
            "401–500: 8",
            "501及以上: 10"
        ]
    );
    assert_eq!(staircase.hit, Some(4));
    assert_eq!(staircase.ahead().unwrap(), "从 501 人起 10 分，还差 1 人");
    assert!(staircase.gated && staircase.counts);
    let shown: Vec<_> = trace
        .computations
        .iter()
        .map(|computation| {
            format!(
                "{} {} = {}",
                computation.label, computation.figure, computation.how
            )
        })
        .collect();
    assert!(
        shown.contains(&String::from(
            "自用或输出就业人数 412 人 = 自用人数 300 人 ＋ 输出就业人数 112 人"
        )),
        "{shown:?}"
    );
}

#[test]
fn where_a_chosen_reading_gives_more_the_staircase_tells_that_it_is_outdone() {
    let policy = support::policy();
    let mut case = support::offered_sample(policy);
    let outdone = |case: &Case| {
        let assessment = assess(policy, case);
        trace_of(policy, &assessment, "2.3").staircases[0].outdone
    };
    assert!(!outdone(&case));
    case.readings
        .insert(String::from("A18"), support::chosen(Reading::Lenient));
    assert!(outdone(&case));
}

#[test]
fn of_levels_of_which_only_the_highest_counts_the_lower_ones_are_marked() {
    let policy = support::policy();
    let levels = |facts: &str, id: &str| {
        let assessment = assess_facts(policy, &support::sample_but(facts));
        let row = policy.row(id).unwrap();
        let parts = Explanation::new(policy, &assessment).sub_criteria(row);
        let ticked: Vec<_> = parts
            .iter()
            .map(|part| (part.given().to_string(), part.outdone))
            .collect();
        let trace = trace_of(policy, &assessment, id);
        let sum: Points = parts.iter().map(|part| part.given()).sum();
        assert_eq!(given(&trace), Some(sum));
        let lines = trace.lines.iter().filter(|line| line.full.is_some());
        for (line, part) in lines.zip(&parts) {
            // A line that gives nothing is not met, which its mark shows.
            assert_eq!(line.outdone, part.outdone && part.verdict == Verdict::Met);
        }
        ticked
    };
    let told = |parts: [(&str, bool); 3]| parts.map(|(given, outdone)| (given.to_owned(), outdone)).to_vec();
    for (id, facts) in [
        ("1.3", ["honors_national", "honors_provincial", "honors_local"]),
        (
            "4.2",
            [
                "person_honors_national",
                "person_honors_provincial",
                "person_honors_local",
            ],
        ),
    ] {
        let [national, provincial, local] = facts;
        let counts = |of: [u32; 3]| {
            let [one, two, three] = of;
            format!(r#"{{"{national}": {one}, "{provincial}": {two}, "{local}": {three}}}"#)
        };
        assert_eq!(
            levels(&counts([1, 1, 2]), id),
            told([("3", false), ("0", true), ("0", true)])
        );
        assert_eq!(
            levels(&counts([0, 1, 1]), id),
            told([("0", true), ("2", false), ("0", true)])
        );
        assert_eq!(
            levels(&counts([0, 0, 0]), id),
            told([("0", false), ("0", false), ("0", false)])
        );
    }
}

#[test]
fn what_the_row_can_no_longer_count_is_shown() {
    let policy = support::policy();
    let assessment = assess(policy, &support::offered_sample(policy));
    let trace = trace_of(policy, &assessment, "2.1");
    let TraceResult::Row { reached, given } = trace.result else {
        panic!("{:?}", trace.result)
    };
    assert_eq!((reached, given), (points("11"), Some(points("8"))));
    let staircase = &trace.staircases[0];
    assert_eq!(staircase.points, points("10"));
    assert_eq!(staircase.stair().unwrap().name, "400 人及以上");
    assert_eq!(staircase.next, None);
}

#[test]
fn behind_a_premise_that_fails_nothing_counts_and_the_steps_are_still_shown() {
    let policy = support::policy();
    let assessment = assess_facts(policy, &support::sample_but(r#"{"trained_exported": 50}"#));
    let trace = trace_of(policy, &assessment, "2.3");
    assert_eq!(given(&trace), Some(Points::ZERO));
    assert!(
        trace.lines[2].text.ends_with("低于 80%，还差 50 人"),
        "{}",
        trace.lines[2].text
    );
    assert_eq!(trace.lines[2].mark, TraceMark::Check(Verdict::Unmet));
    let staircase = &trace.staircases[0];
    assert!(!staircase.counts);
    assert_eq!(staircase.stair().unwrap().points, points("8"));
}

#[test]
fn what_is_left_out_is_told_apart_from_what_is_missing() {
    let policy = support::policy();
    let assessment = assess_facts(policy, &support::sample_but(r#"{"has_wechat": null}"#));
    let trace = trace_of(policy, &assessment, "5.1");
    let state = |id: &str| {
        let place = policy.fact(id).unwrap().0;
        let input = trace.inputs.iter().find(|input| input.fact == place).unwrap();
        (input.state, input.value.clone())
    };
    assert_eq!(state("has_website"), (InputState::Given, String::from("是")));
    assert_eq!(state("has_wechat"), (InputState::Missing, String::from("未填")));
    assert_eq!(
        state("has_other_channel"),
        (InputState::Assumed, String::from("未填，按“否”计"))
    );
    assert_eq!(given(&trace), None);
}

#[test]
fn a_condition_of_entry_shows_only_what_still_matters() {
    let policy = support::policy();
    let shown = |facts: &Object, id: &str| {
        let assessment = assess_facts(policy, facts);
        let trace = Explanation::new(policy, &assessment).trace_rule(policy.rule(id).unwrap());
        (texts(&trace), trace.result)
    };
    let sample = support::facts_of("sample");
    let (lines, result) = shown(&sample, "S4");
    assert_eq!(lines, ["曾被取消市级劳务品牌建设单位资格：否"]);
    assert_eq!(result, TraceResult::Rule(RuleStanding::Met));
    let (lines, _) = shown(&sample, "C4.0");
    assert_eq!(
        lines,
        [
            "有其一即可",
            "  本单位职业技能培训资质：否",
            "  有资质的协同培训单位：是"
        ]
    );
    let (lines, result) = shown(&support::sample_but(r#"{"brand_employees": 280}"#), "C3.2");
    assert_eq!(lines, ["从业人数 280 人，少于 300 人，还差 20 人"]);
    assert_eq!(result, TraceResult::Rule(RuleStanding::Unmet));
}

#[test]
fn a_condition_names_a_doubt_only_where_its_reading_is_used() {
    let policy = support::policy();
    let doubts = |changes: &str| {
        let assessment = assess_facts(policy, &support::sample_but(changes));
        let trace = Explanation::new(policy, &assessment).trace_rule(policy.rule("S2").unwrap());
        let ids = trace
            .readings
            .iter()
            .map(|(place, _)| policy.doubts[*place].id.as_str());
        ids.map(str::to_owned).collect::<Vec<_>>()
    };
    // One of the five kinds may apply in each reading; only of others there is a doubt.
    assert_eq!(doubts(r#"{"entity_type":"enterprise"}"#), [""; 0]);
    assert_eq!(doubts(r#"{"entity_type":"other"}"#), ["B1"]);
    assert_eq!(doubts(r#"{"entity_type":null}"#), [""; 0]);
}

#[test]
fn an_open_condition_names_what_is_asked_first_and_nothing_that_may_never_be_asked() {
    let policy = support::policy();
    let told = |changes: &str, id: &str| {
        let assessment = assess_facts(policy, &support::sample_but(changes));
        let rule = policy.rule(id).unwrap();
        let explanation = Explanation::new(policy, &assessment);
        let trace = explanation.trace_rule(rule);
        (explanation.rule(rule, Verdict::Unclear), texts(&trace))
    };
    for (changes, id, reason) in [
        (r#"{"entity_type":null}"#, "S2", "未填：主体类型"),
        (
            r#"{"ever_cancelled":null}"#,
            "S4",
            "未填：曾被取消市级劳务品牌建设单位资格",
        ),
        (
            r#"{"recognized_level":null}"#,
            "S3",
            "未填：该品牌已认定的最高级别",
        ),
    ] {
        assert_eq!(
            told(changes, id),
            (reason.to_owned(), vec![reason.to_owned()]),
            "{id}"
        );
    }
}

// ── Every golden case ──────────────────────────────────────────────────────

/// Where a space stands between Chinese characters, or quotation marks within their like.
fn woven_badly(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let is_han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    let spaced = |three: &[char]| matches!(three, [left, ' ', right] if is_han(*left) && is_han(*right));
    let mut depth = 0;
    let nested = characters.iter().any(|character| {
        depth += match character {
            '“' => 1,
            '”' => -1,
            _ => 0,
        };
        !(0..=1).contains(&depth)
    });
    characters.windows(3).any(spaced) || nested
}

#[test]
fn in_every_golden_case_figures_and_quotations_are_woven_as_a_sentence_is_written() {
    let policy = support::policy();
    for (id, facts, _) in support::golden_cases() {
        let mut case = support::case(facts);
        case.form
            .insert(String::from("brand_name"), String::from("“石榴籽”家政"));
        let assessment = assess(policy, &case);
        let explanation = Explanation::new(policy, &assessment);
        let mut told: Vec<String> = vec![draft(policy, &case, &assessment, 800)];
        let mut traces = row_traces(policy, &assessment);
        for (row, result) in policy.rows().zip(&assessment.rows) {
            told.push(explanation.row(row, result));
            told.extend(Reading::ALL.map(|reading| explanation.row_under(row, reading)));
        }
        for (rule, result) in policy.rules.iter().zip(&assessment.rules) {
            told.push(explanation.rule(rule, result.chosen));
            traces.push(explanation.trace_rule(rule));
        }
        for trace in traces {
            told.extend(trace.lines.into_iter().map(|line| line.text));
            told.extend(trace.inputs.into_iter().map(|input| input.value));
            told.extend(trace.computations.into_iter().map(|done| done.how));
            for staircase in trace.staircases {
                told.push(staircase.standing());
                told.extend(staircase.ahead());
            }
        }
        for effect in doubt_effects(policy, &assessment) {
            told.extend(Reading::ALL.map(|reading| effect.in_words(policy, reading)));
        }
        for text in told {
            assert!(!woven_badly(&text), "{id}: {text}");
        }
    }
}

#[test]
fn in_every_golden_case_the_traces_add_up_to_the_assessment_and_name_the_band() {
    let policy = support::policy();
    for (id, facts, _) in support::golden_cases() {
        let assessment = assess_facts(policy, &facts);
        let explanation = Explanation::new(policy, &assessment);
        for (row, result) in policy.rows().zip(&assessment.rows) {
            let trace = explanation.trace_row(row, result);
            let answered = result.state == labor_brand_assessment::assessment::RowState::Answered;
            assert_eq!(
                given(&trace),
                answered.then_some(result.chosen),
                "{id}: row {}",
                row.id
            );
            assert!(!trace.lines.is_empty(), "{id}: row {}", row.id);
            let reason = explanation.row(row, result);
            for staircase in trace.staircases.iter().filter(|_| answered) {
                if let Some(stair) = staircase.stair() {
                    assert_eq!(
                        stair.points,
                        staircase.points.min(row.max),
                        "{id}: row {}",
                        row.id
                    );
                    // Where the points come from a single table, the reason names its band.
                    if staircase.counts && staircase.rule.is_empty() && trace.staircases.len() == 1 {
                        assert!(
                            reason.contains(&format!("{}档", stair.name)),
                            "{id}: row {}: {reason}",
                            row.id
                        );
                    }
                }
            }
        }
        for (rule, standing) in policy.rules.iter().zip(assessment.standings(policy)) {
            let trace = explanation.trace_rule(rule);
            assert_eq!(
                trace.result,
                TraceResult::Rule(standing),
                "{id}: rule {}",
                rule.id
            );
        }
    }
}

/// Whether two staircases are on the same stair.
fn same_stair(left: &Staircase, right: &Staircase) -> bool {
    left.stair().map(|stair| &stair.name) == right.stair().map(|stair| &stair.name)
}

#[test]
fn in_every_golden_case_the_next_step_begins_where_it_is_said_to_begin() {
    for policy in [support::policy(), other_policy()] {
        let tried = next_steps_are_true(policy);
        assert!(tried > 500, "{tried} steps were tried under {}", policy.scheme.id);
    }
}

/// How many steps were tried.
fn next_steps_are_true(policy: &Policy) -> usize {
    let mut tried = 0;
    for (id, facts, _) in support::golden_cases() {
        let assessment = assess_facts(policy, &facts);
        for (at_row, trace) in row_traces(policy, &assessment).iter().enumerate() {
            for (place, staircase) in trace.staircases.iter().enumerate() {
                let (Some(next), Some(figure)) = (staircase.next, staircase.figure) else {
                    continue;
                };
                for input in &trace.inputs {
                    let fact = &policy.facts[input.fact];
                    let grain: Decimal = match fact.kind {
                        FactKind::Count => Decimal::whole(1),
                        FactKind::Money => "0.0001".parse().unwrap(),
                        _ => continue,
                    };
                    let Some(now) = assessment.facts.get(input.fact).figure() else {
                        continue;
                    };
                    let with = |change: Decimal| -> Option<Staircase> {
                        let mut facts = facts.clone();
                        facts.insert(fact.id.clone(), Json::Number(now.plus(change).to_string()));
                        let assessment = assess_facts(policy, &facts);
                        let mut trace = row_traces(policy, &assessment).swap_remove(at_row);
                        (place < trace.staircases.len()).then(|| trace.staircases.swap_remove(place))
                    };
                    let missing = next.at.minus(figure);
                    if with(grain).is_none_or(|moved| moved.figure == Some(figure)) {
                        continue;
                    }
                    let Some(there) = with(missing).filter(|there| there.figure == Some(next.at)) else {
                        // This answer does not move the figure one for one.
                        continue;
                    };
                    tried += 1;
                    let before = with(missing.minus(grain)).unwrap();
                    let label = format!("{id}: {} by {}", staircase.label, fact.id);
                    if next.included {
                        assert_eq!(there.stair().unwrap().points, next.points, "{label}");
                        assert!(!same_stair(&there, staircase), "{label}");
                        assert!(same_stair(&before, staircase), "{label}");
                    } else {
                        assert!(same_stair(&there, staircase), "{label}");
                        let beyond = with(missing.plus(grain)).unwrap();
                        assert_eq!(beyond.stair().unwrap().points, next.points, "{label}");
                    }
                }
            }
        }
    }
    tried
}

// ── The vocabulary, whatever the scheme ────────────────────────────────────

#[test]
fn every_form_of_the_vocabulary_is_traced() {
    let steps =
        |begun: bool| json!({"steps": {"of": "training_heads", "every": 50, "points": 1, "begun": begun}});
    let award =
        |points: i64, condition: serde_json::Value| json!({"award": {"points": points, "if": condition}});
    let scores = [
        json!({"capped": {"cap": 1, "score": steps(false)}}),
        json!({"capped": {"cap": 2, "score": {"sum": [steps(true), award(1, json!("has_logo"))]}}}),
        json!({"scaled": {"to": 2, "of": [award(1, json!("has_logo")), award(2, json!({"not": "has_history"}))]}}),
        json!({"deduct": {"from": 2, "less": [{"steps": {"of": "labor_disputes", "every": 1, "points": "0.5"}}, steps(true)]}}),
        json!({"highest": [award(1, json!({"not": {"any": ["has_logo", "has_history"]}})), award(2, json!({"not": {"all": ["has_logo", {"not": "has_history"}]}}))]}),
        json!({"gate": {"if": {"in_order": ["has_logo", {"more_than": ["annual_trained", 99]}]}, "then": {"choose": {"if": {"one_of": {"fact": "entity_type", "choices": ["enterprise"]}}, "then": award(2, json!({"at_most": ["labor_disputes", 3]})), "otherwise": award(1, json!("has_trademark"))}}}}),
        json!({"bands": {"of": {"max": ["annual_trained", {"count": ["has_logo", "has_history"]}]}, "table": [{"up_to": 100, "points": 2}, {"above": 100, "below": "250.5", "points": 1}, {"from": "250.5", "points": 0}]}}),
        json!({"bands": {"of": {"choose": {"if": "has_logo", "then": {"min": ["annual_revenue_wan", 300]}, "otherwise": {"sum": ["annual_revenue_wan", 1]}}}, "table": [{"up_to": 50, "points": 0}, {"above": 50, "up_to": 100, "points": 1}, {"above": 100, "points": 2}]}}),
        json!({"by_reading": {"doubt": "A1", "default": award(2, json!({"decided": "unclear"})), "lenient": award(2, json!({"decided": "met"}))}}),
    ];
    let mut shown = 0;
    for score in scores {
        let mut tree = support::policy_tree();
        support::row(&mut tree, "4.3")["score"] = score.clone();
        let policy = Policy::from_json_unvalidated(&tree.to_string())
            .unwrap_or_else(|errors| panic!("{}", support::shown(&errors)));
        let place = policy
            .rows_enumerated()
            .find(|(_, row)| row.id == "4.3")
            .unwrap()
            .0;
        for (id, facts, _) in support::golden_cases() {
            for reading in [Reading::Default, Reading::Lenient] {
                let mut case = support::case(facts.clone());
                case.readings.insert(String::from("A1"), support::chosen(reading));
                let assessment = assess(&policy, &case);
                let result = &assessment.rows[place];
                let trace = &row_traces(&policy, &assessment)[place.place()];
                let answered = result.state == labor_brand_assessment::assessment::RowState::Answered;
                assert_eq!(given(trace), answered.then_some(result.chosen), "{id}: {score}");
                for line in &trace.lines {
                    assert!(
                        !line.text.is_empty() && !line.text.contains('{'),
                        "{id}: {}",
                        line.text
                    );
                }
                shown += trace.lines.len();
            }
        }
    }
    assert!(shown > 1000);
}

/// How a condition in the place of that of row 4.3 is shown.
fn shown(condition: serde_json::Value, facts: &str) -> Vec<String> {
    let mut tree = support::policy_tree();
    support::row(&mut tree, "4.3")["score"] = json!({"award": {"points": 1, "if": condition}});
    let policy = Policy::from_json_unvalidated(&tree.to_string())
        .unwrap_or_else(|errors| panic!("{}", support::shown(&errors)));
    let assessment = assess(&policy, &support::case(support::sample_but(facts)));
    let lines = trace_of(&policy, &assessment, "4.3").lines;
    lines.iter().map(|line| format!("{line:?}")).collect()
}

#[test]
fn what_must_not_be_in_two_places_is_shown_as_one_line() {
    assert_eq!(
        shown(json!({"not": {"any": ["has_logo", "has_logo"]}}), "{}"),
        shown(json!({"not": "has_logo"}), "{}")
    );
}

#[test]
fn what_is_open_within_another_condition_is_shown_with_it() {
    let lines = shown(
        json!({"any": ["has_logo", {"all": ["has_trademark", "has_history"]}]}),
        r#"{"has_logo": true, "has_trademark": true, "has_history": null}"#,
    );
    let label = &support::policy().fact("has_history").unwrap().1.label;
    let open = format!("未填：{label}");
    assert!(lines.iter().any(|line| line.contains(&open)), "{lines:#?}");
}

#[test]
fn of_two_figures_the_one_that_counts_is_named() {
    let chosen =
        json!({"choose": {"if": "has_logo", "then": "charity_events", "otherwise": "training_partners"}});
    let condition = json!({"more_than": [chosen, 3]});
    let label = |id: &str| support::policy().fact(id).unwrap().1.label.clone();
    for (facts, counts, other) in [
        (r#"{"has_logo": true}"#, "charity_events", "training_partners"),
        (r#"{"has_logo": false}"#, "training_partners", "charity_events"),
    ] {
        let lines = shown(condition.clone(), facts).concat();
        assert!(lines.contains(&label(counts)), "{lines}");
        assert!(!lines.contains(&label(other)), "{lines}");
    }
}

#[test]
fn what_is_taken_off_and_what_begins_above_an_end_is_shown_so() {
    let mut tree = support::policy_tree();
    support::row(&mut tree, "4.3")["score"] = json!({"sum": [
        {"deduct": {"from": 2, "less": [{"steps": {"of": "labor_disputes", "every": 1, "points": "0.5"}}]}},
        {"bands": {"of": "annual_revenue_wan", "table": [{"up_to": 500, "points": 0}, {"above": 500, "points": 1}]}},
        {"bands": {"of": "annual_trained", "table": [{"up_to": 500, "points": 0}, {"above": 500, "points": 1}]}},
    ]});
    let policy = Policy::from_json_unvalidated(&tree.to_string()).unwrap();
    let assessment = assess_facts(&policy, &support::sample_but(r#"{"labor_disputes": 1}"#));
    let trace = trace_of(&policy, &assessment, "4.3");
    let [taken, money, heads] = trace.staircases.as_slice() else {
        panic!("{:?}", trace.staircases)
    };
    assert!(taken.taken_off && !money.taken_off);
    assert_eq!(taken.standing(), "劳动争议件数 1 件，每 1 件 0.5 分，扣 0.5 分");
    assert_eq!(taken.ahead().unwrap(), "从 2 件起扣 1 分，还差 1 件");
    assert_eq!(money.ahead().unwrap(), "超过 500 万元 1 分");
    assert_eq!(heads.ahead().unwrap(), "从 501 人起 1 分，还差 1 人");
}

#[test]
fn a_long_staircase_shows_the_stairs_around_the_figure() {
    let mut tree = support::policy_tree();
    support::row(&mut tree, "4.3")["score"] =
        json!({"steps": {"of": "annual_trained", "every": 1, "points": "0.01"}});
    let policy = Policy::from_json_unvalidated(&tree.to_string()).unwrap();
    for (figure, first, hit, stairs) in [
        (0, "0", 0, 12),
        (100, "93", 7, 12),
        (199, "189", 10, 12),
        (500, "189", 11, 12),
    ] {
        let assessment = assess_facts(
            &policy,
            &support::sample_but(&format!(r#"{{"annual_trained": {figure}}}"#)),
        );
        let staircase = trace_of(&policy, &assessment, "4.3").staircases.swap_remove(0);
        let shown = (
            staircase.stairs[0].range.as_str(),
            staircase.hit,
            staircase.stairs.len(),
        );
        assert_eq!(shown, (first, Some(hit), stairs), "{figure}");
    }
}

// ── Ranges ─────────────────────────────────────────────────────────────────

#[test]
fn a_range_tells_what_depends_on_the_reader_and_what_is_open() {
    let policy = support::policy();
    let sample = assess(policy, &support::offered_sample(policy)).range(policy);
    assert_eq!(sample.readings(), "从严 59.5 – 通常 75.5 – 从宽 84.5");
    assert_eq!(sample.shown(), "25 分取决于评审采用哪种读法");
    let part = assess_facts(policy, &support::sample_but(r#"{"charity_events": null}"#));
    assert_eq!(
        part.range(policy).shown(),
        "25 分取决于评审采用哪种读法；满分共 2 分的行还算不出，暂未计入"
    );
    let empty = assess_facts(policy, &Object::new()).range(policy);
    assert_eq!(empty.shown(), "满分共 100 分的行还算不出，暂未计入");
    let place = policy
        .rows_enumerated()
        .find(|(_, row)| row.id == "1.1")
        .unwrap()
        .0;
    let sure = assess(policy, &support::offered_sample(policy)).row_range(policy, place);
    assert_eq!(sure.shown(), "三种读法都是 2 分");
}

#[test]
fn a_range_never_leaves_its_maximum() {
    let policy = support::policy();
    for (id, facts, _) in support::golden_cases() {
        let assessment = assess_facts(policy, &facts);
        let rows = assessment
            .rows
            .indices()
            .map(|place| assessment.row_range(policy, place));
        let sections = (0..assessment.sections.len()).map(|place| assessment.section_range(policy, place));
        for range in rows.chain(sections).chain([assessment.range(policy)]) {
            assert!(range.by_reading() >= Points::ZERO, "{id}");
            assert!(range.figures.lenient.plus(range.open) <= range.max, "{id}");
        }
    }
}

// ── The effects of doubts ─────────────────────────────────────────────────

#[test]
fn doubts_stand_by_what_they_move_and_move_what_is_shown() {
    let policy = support::policy();
    for (id, facts, _) in support::golden_cases().into_iter().step_by(7) {
        let assessment = assess_facts(policy, &facts);
        let effects = doubt_effects(policy, &assessment);
        assert_eq!(effects.len(), policy.doubts.len());
        let order: Vec<_> = effects
            .iter()
            .map(|effect| (effect.width(), !effect.rules.is_empty()))
            .collect();
        assert!(order.is_sorted_by(|left, right| left >= right), "{id}");
        for effect in &effects {
            let doubt = &policy.doubts[effect.doubt];
            for reading in [Reading::Strict, Reading::Lenient] {
                let mut case: Case = support::case(facts.clone());
                case.readings.insert(doubt.id.clone(), support::chosen(reading));
                let chosen = assess(policy, &case);
                let moved = chosen.total.own.minus(assessment.total.own);
                assert_eq!(
                    moved,
                    effect.moved(reading),
                    "{id}: {} {}",
                    doubt.id,
                    reading.id()
                );
                let at = if reading == Reading::Strict { 0 } else { 2 };
                assert_eq!(chosen.overall.chosen, effect.overall[at], "{id}: {}", doubt.id);
                let changed: Vec<_> = policy
                    .rules
                    .indices()
                    .filter(|rule| chosen.rules[*rule].chosen != assessment.rules[*rule].chosen)
                    .collect();
                let shown: Vec<_> = effect
                    .rules
                    .iter()
                    .filter(|rule| rule.verdicts[at] != rule.verdicts[1])
                    .map(|rule| rule.rule)
                    .collect();
                assert_eq!(changed, shown, "{id}: {}", doubt.id);
            }
            if !effect.moves() {
                assert_eq!(effect.in_words(policy, Reading::Strict), "不变");
            }
        }
    }
}

#[test]
fn doubts_that_move_a_row_only_together_are_named_together() {
    let policy = support::policy();
    let firm = r#"{"annual_trained": 100, "trained_self_used": 30, "trained_exported": 20}"#;
    let assessment = assess_facts(policy, &support::sample_but(firm));
    let (place, _) = policy.rows_enumerated().find(|(_, row)| row.id == "2.3").unwrap();
    assert!(assessment.rows[place].causes.is_empty());
    let found = jointly(policy, &assessment, place);
    let [pair] = found.as_slice() else {
        panic!("{found:?}")
    };
    let ids: Vec<&str> = pair
        .doubts
        .iter()
        .map(|doubt| policy.doubts[*doubt].id.as_str())
        .collect();
    assert_eq!(
        (ids, pair.reading, pair.moved),
        (vec!["A17", "A19"], Reading::Lenient, points("2"))
    );
    for (id, other) in [("A17", "A19"), ("A19", "A17")] {
        let effects = doubt_effects(policy, &assessment);
        let effect = effects
            .iter()
            .find(|one| policy.doubts[one.doubt].id == id)
            .unwrap();
        assert!(effect.moves());
        assert_eq!(
            effect.in_words(policy, Reading::Lenient),
            format!("与 {other} 同时取从宽，第2.3项 +2 分")
        );
    }
    // Where one is enough, nothing hangs on both.
    let enough = r#"{"annual_trained": 101, "trained_self_used": 30, "trained_exported": 20}"#;
    let assessment = assess_facts(policy, &support::sample_but(enough));
    assert!(jointly(policy, &assessment, place).is_empty());
}

#[test]
fn in_every_golden_case_what_moves_a_row_is_named() {
    let policy = support::policy();
    let mut moved = 0;
    for (id, facts, _) in support::golden_cases() {
        let assessment = assess_facts(policy, &facts);
        for (place, _) in policy.rows_enumerated() {
            let result = &assessment.rows[place];
            let together = jointly(policy, &assessment, place);
            for (reading, end) in [
                (Reading::Strict, result.figures.strict),
                (Reading::Lenient, result.figures.lenient),
            ] {
                let moves = end != result.figures.default;
                let alone = result
                    .causes
                    .iter()
                    .any(|cause| cause.moved(reading) != Points::ZERO);
                let jointly = together.iter().any(|jointly| jointly.reading == reading);
                assert!(!moves || alone || jointly, "{id}");
                moved += usize::from(moves);
            }
        }
    }
    assert!(moved > 50, "{moved}");
}

#[test]
fn the_register_of_the_sample_begins_with_what_matters_most() {
    let policy = support::policy();
    let assessment = assess(policy, &support::offered_sample(policy));
    let effects = doubt_effects(policy, &assessment);
    let first = &effects[0];
    let shown: Vec<_> = effects
        .iter()
        .take_while(|effect| effect.moves())
        .map(|effect| policy.doubts[effect.doubt].id.as_str())
        .collect();
    assert!(shown.contains(&"A18") && shown.contains(&"A28"), "{shown:?}");
    assert!(first.width() >= points("5"), "{shown:?}");
    let exactly_500 = effects
        .iter()
        .find(|effect| policy.doubts[effect.doubt].id == "A18")
        .unwrap();
    assert_eq!(exactly_500.in_words(policy, Reading::Lenient), "第2.3项 +2 分");
}

#[test]
fn a_conflict_of_figures_is_shown_at_each_figure_of_the_part() {
    let policy = support::policy();
    let shown = |changes: &str, fact: &str| {
        let assessment = assess(policy, &support::case(support::sample_but(changes)));
        let (place, _) = policy.fact(fact).unwrap();
        Explanation::new(policy, &assessment).conflicts_at(place)
    };
    let more = r#"{"trained_self_used":400,"trained_exported":300}"#;
    for fact in ["trained_self_used", "trained_exported"] {
        let [conflict] = shown(more, fact).try_into().unwrap();
        assert!(conflict.contains("700") && conflict.contains("500"), "{conflict}");
        assert_eq!(shown("{}", fact), [""; 0]);
    }
    assert_eq!(shown(more, "brand_employees"), [""; 0]);
}

#[test]
fn missing_answers_are_named_one_by_one() {
    let policy = support::policy();
    let assessment = assess(policy, &support::case(Object::new()));
    let (row, result) = policy.rows().zip(&assessment.rows).next().unwrap();
    let shown = Explanation::new(policy, &assessment).row(row, result);
    assert_eq!(
        shown,
        "还缺：独立法人资格、遵守国家法律法规、规范的内部管理制度、规范的财务管理制度"
    );
}

#[test]
fn an_answer_of_yes_or_no_counts_as_one_or_nothing() {
    for (yes, figure) in [(true, "1"), (false, "0")] {
        let counted = Known::Value(Value::YesNo(yes)).figure().unwrap();
        assert_eq!(counted.to_string(), figure);
    }
    assert_eq!(Known::Missing.figure(), None);
}

#[test]
fn an_answer_is_needed_unless_it_is_optional_or_another_makes_it_needless() {
    let policy = support::policy();
    let needed = |changes: &str, fact: &str| {
        let assessment = assess(policy, &support::case(support::sample_but(changes)));
        is_needed(policy, &assessment, policy.fact(fact).unwrap().0)
    };
    assert!(needed("{}", "brand_employees"));
    assert!(!needed("{}", "brand_employees_contracted"), "optional");
    assert!(!needed("{}", "years_since_cancellation"), "never cancelled");
    assert!(needed(r#"{"ever_cancelled":true}"#, "years_since_cancellation"));
}

#[test]
fn below_the_first_band_the_next_step_is_its_beginning() {
    let policy = support::policy();
    let assessment = assess_facts(
        policy,
        &support::sample_but(r#"{"brand_employees":250,"trained_employees":150}"#),
    );
    let trace = trace_of(policy, &assessment, "3.1");
    let staircase = trace.staircases.first().unwrap();
    assert_eq!(staircase.hit, None);
    assert_eq!(staircase.next.as_ref().unwrap().at, Decimal::whole(300));
}

#[test]
fn where_a_step_counts_as_soon_as_it_is_begun_nothing_alone_gives_nothing() {
    let policy = support::policy();
    let mut case = support::case(support::sample_but(
        r#"{"annual_trained":0,"trained_self_used":0,"trained_exported":0}"#,
    ));
    case.readings
        .insert(String::from("A13"), support::chosen(Reading::Lenient));
    let trace = trace_of(policy, &assess(policy, &case), "2.1");
    let staircase = trace.staircases.first().unwrap();
    assert_eq!(staircase.stairs.first().unwrap().range, "0");
}

#[test]
fn a_length_of_time_is_shown_to_the_anniversary() {
    let policy = support::policy();
    let place = policy
        .rules
        .enumerated()
        .find(|(_, rule)| rule.id == "S4")
        .unwrap()
        .0;
    for (years, words) in [
        ("4.5", "4 年多，"),
        ("4.5", "还差不足 1 年"),
        ("0.5", "不满 1 年，"),
        ("0.5", "还差不足 5 年"),
        ("4", "还差 1 年"),
    ] {
        let answers = format!(r#"{{"ever_cancelled":true,"years_since_cancellation":{years}}}"#);
        let assessment = assess(policy, &support::case(support::sample_but(&answers)));
        let shown = Explanation::new(policy, &assessment).rule(&policy.rules[place], Verdict::Unmet);
        assert!(shown.contains(words), "{years}: {shown}");
    }
}

#[test]
fn the_range_of_a_section_is_that_of_its_rows() {
    let policy = support::policy();
    for (id, facts, _) in support::golden_cases() {
        let assessment = assess_facts(policy, &facts);
        let rows: Vec<Range> = assessment
            .rows
            .indices()
            .map(|place| assessment.row_range(policy, place))
            .collect();
        let mut rows = rows.as_slice();
        for (place, section) in policy.sections.iter().enumerate() {
            let (own, others) = rows.split_at(section.rows.len());
            rows = others;
            let range = assessment.section_range(policy, place);
            let sum = |of: &dyn Fn(&Range) -> Points| own.iter().map(of).sum::<Points>();
            assert_eq!(range.max, section.max);
            assert_eq!(range.figures.strict, sum(&|row| row.figures.strict), "{id}");
            assert_eq!(range.figures.default, sum(&|row| row.figures.default), "{id}");
            assert_eq!(range.figures.lenient, sum(&|row| row.figures.lenient), "{id}");
            assert_eq!(range.open, sum(&|row| row.open), "{id}");
        }
    }
}
