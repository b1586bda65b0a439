//! The scheme evaluated twice, by the product and by a second evaluator that
//! was written by hand from the rules: they agree on every golden case and on
//! as many made-up cases as `INDEPENDENT_CASES` says, else as `SHORT`, and in
//! the long run as `LONG`.

use crate::second_evaluator::cases;
use crate::support;
use std::collections::BTreeSet;
use std::thread;
use std::time::Instant;

use crate::second_evaluator::rules::{CONDITIONS, Given, Outcome, ROWS, Sheet, State, Verdict, judge};
use crate::support::random::{amount, number};
use labor_brand_assessment::assessment::{Figures, Overall, RowState, assess_facts};
use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::numbers::Points;
use labor_brand_assessment::policy::Verdict as RuleVerdict;

const SHORT: u64 = 40_000;
const LONG: u64 = 10_000_000;

/// The answers as the product reads them.
fn answers(sheet: &Sheet) -> Object {
    let answers = sheet.iter().map(|(fact, given)| {
        let answer = match given {
            Given::Null => Json::Null,
            Given::Yes => Json::Bool(true),
            Given::No => Json::Bool(false),
            Given::Number(digits) => Json::Number(digits.clone()),
            Given::Text(text) => Json::text(&**text),
            Given::Other => Json::List(vec![Json::Null]),
        };
        ((*fact).to_owned(), answer)
    });
    answers.collect()
}

fn outcome(verdict: RuleVerdict) -> Outcome {
    match verdict {
        RuleVerdict::Met => Outcome::Pass,
        RuleVerdict::Unmet => Outcome::Fail,
        RuleVerdict::Unclear => Outcome::Unknown,
    }
}

fn overall(overall: Overall) -> Outcome {
    match overall {
        Overall::Eligible => Outcome::Pass,
        Overall::Ineligible => Outcome::Fail,
        Overall::Unknown => Outcome::Unknown,
    }
}

/// Where the product and the second evaluator differ, a line each.
fn differences(sheet: &Sheet, expected: &Verdict) -> Vec<String> {
    let product = assess_facts(support::policy(), &answers(sheet));
    let mut lines = Vec::new();
    let mut score = |kind: &str, id: &str, got: Figures, halves: [u32; 3]| {
        let got = [got.strict, got.default, got.lenient];
        if got.map(Points::in_hundredths) != halves.map(|half| i64::from(half) * 50) {
            let got = got.map(|points| points.to_string());
            let halves = halves.map(|half| format!("{}.{}", half / 2, half % 2 * 5));
            lines.push(format!(
                "{kind} {id}: the product says {got:?}, the second evaluator {halves:?}"
            ));
        }
    };
    let rows: Vec<_> = product.rows.iter().collect();
    let rules: Vec<_> = product.rules.iter().collect();
    for (place, (id, _)) in ROWS.iter().enumerate() {
        score("row", id, rows[place].figures, expected.rows[place]);
    }
    for (place, section) in product.sections.iter().enumerate() {
        score(
            "section",
            ["1", "2", "3", "4", "5"][place],
            section.figures,
            expected.sections[place],
        );
    }
    score("total", "", product.total, expected.totals);
    let half = |points: Points| points.in_hundredths() / 50;
    if [product.total.own, product.ceiling].map(half) != [expected.totals[1], expected.ceiling].map(i64::from)
    {
        lines.push(format!(
            "own total and ceiling: the product says {} and {}, the second evaluator {} and {} half points",
            product.total.own, product.ceiling, expected.totals[1], expected.ceiling
        ));
    }
    let mut same = |place: String, got: String, wanted: String| {
        if got != wanted {
            lines.push(format!(
                "{place}: the product says {got}, the second evaluator {wanted}"
            ));
        }
    };
    for (place, (id, _)) in ROWS.iter().enumerate() {
        let state = match rows[place].state {
            RowState::Answered => State::Answered,
            RowState::Incomplete => State::Incomplete,
            RowState::Invalid => State::Invalid,
        };
        if state != expected.states[place] {
            same(
                format!("state of row {id}"),
                format!("{state:?}"),
                format!("{:?}", expected.states[place]),
            );
        }
    }
    for (place, id) in CONDITIONS.iter().enumerate() {
        let rule = rules[place];
        let got = [rule.strict, rule.default, rule.lenient].map(outcome);
        if got != expected.conditions[place] {
            same(
                format!("condition {id}"),
                format!("{got:?}"),
                format!("{:?}", expected.conditions[place]),
            );
        }
    }
    let together = [
        product.overall.strict,
        product.overall.default,
        product.overall.lenient,
    ];
    if together.map(overall) != expected.overall {
        same(
            "all conditions".to_owned(),
            format!("{together:?}"),
            format!("{:?}", expected.overall),
        );
    }
    lines
}

/// The smallest case that still makes a difference: answers are taken away one by one.
fn smallest(mut sheet: Sheet) -> Sheet {
    loop {
        let smaller = sheet.keys().find_map(|fact| {
            let mut without = sheet.clone();
            without.remove(fact);
            (!differences(&without, &judge(&without)).is_empty()).then_some(without)
        });
        match smaller {
            Some(smaller) => sheet = smaller,
            None => return sheet,
        }
    }
}

/// Everything that a campaign came upon, to know that it came everywhere.
#[derive(Default)]
struct Seen {
    states: BTreeSet<(usize, State)>,
    /// Row, reading, half points.
    scores: BTreeSet<(usize, usize, u32)>,
    /// Condition, reading, outcome.
    conditions: BTreeSet<(usize, usize, Outcome)>,
    overall: BTreeSet<(usize, Outcome)>,
}

impl Seen {
    fn note(&mut self, verdict: &Verdict) {
        for (place, state) in verdict.states.iter().enumerate() {
            self.states.insert((place, *state));
            if *state == State::Answered {
                for (reading, half) in verdict.rows[place].iter().enumerate() {
                    self.scores.insert((place, reading, *half));
                }
            }
        }
        for (place, outcomes) in verdict.conditions.iter().enumerate() {
            for (reading, outcome) in outcomes.iter().enumerate() {
                self.conditions.insert((place, reading, *outcome));
            }
        }
        for (reading, outcome) in verdict.overall.iter().enumerate() {
            self.overall.insert((reading, *outcome));
        }
    }

    fn merge(&mut self, other: Self) {
        self.states.extend(other.states);
        self.scores.extend(other.scores);
        self.conditions.extend(other.conditions);
        self.overall.extend(other.overall);
    }
}

/// Compares the cases of a stretch of the campaign; gives what was seen, or the first case that differs.
fn compare(seed: u64, stretch: std::ops::Range<u64>) -> Result<Seen, String> {
    let mut seen = Seen::default();
    for place in stretch {
        let sheet = cases::case(seed, place);
        let verdict = judge(&sheet);
        seen.note(&verdict);
        if !differences(&sheet, &verdict).is_empty() {
            let sheet = smallest(sheet);
            let lines = differences(&sheet, &judge(&sheet)).join("\n");
            let facts = Json::Object(answers(&sheet)).to_line();
            return Err(format!(
                "case {place} of seed {seed}, made smaller: {facts}\n{lines}"
            ));
        }
    }
    Ok(seen)
}

#[test]
fn both_evaluators_agree_on_cases_made_up_at_random() {
    let cases = amount("INDEPENDENT_CASES", SHORT, LONG);
    let seed = number("INDEPENDENT_SEED", 20_261_124);
    let started = Instant::now();
    let threads = thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
    let stretch = cases.div_ceil(threads);
    let outcomes: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                let from = worker * stretch;
                scope.spawn(move || compare(seed, from..(from + stretch).min(cases)))
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    let mut seen = Seen::default();
    for outcome in outcomes {
        seen.merge(outcome.unwrap_or_else(|difference| panic!("{difference}")));
    }
    let took = started.elapsed();
    println!("{cases} cases of seed {seed} compared in {took:.1?}");
    if cases >= SHORT {
        came_everywhere(&seen);
    }
    let outcome = format!("no difference (seed {seed})");
    let what = "Cases on which the second evaluator was compared";
    support::figures::record("independent-cases", what, cases, LONG, &outcome, took);
}

/// The campaign is worth its name only where it meets every outcome that the scheme has.
fn came_everywhere(seen: &Seen) {
    for (place, (id, max)) in ROWS.iter().enumerate() {
        for state in [State::Answered, State::Incomplete, State::Invalid] {
            assert!(
                seen.states.contains(&(place, state)),
                "row {id} is never {state:?}"
            );
        }
        for (reading, name) in ["strict", "default", "lenient"].into_iter().enumerate() {
            let scores: Vec<u32> = seen
                .scores
                .iter()
                .filter(|(row, of, _)| *row == place && *of == reading)
                .map(|(_, _, half)| *half)
                .collect();
            assert_eq!(scores.first(), Some(&0), "row {id} {name} never gives nothing");
            assert_eq!(scores.last(), Some(&(2 * max)), "row {id} {name} never gives all");
        }
    }
    // Every band of the rows by head count and revenue.
    for (row, scores) in [
        ("1.4", vec![0, 1, 2, 3, 4, 5]),
        ("2.1", (0..=8).collect()),
        ("2.3", vec![0, 2, 4, 6, 8, 10]),
        ("3.1", vec![0, 10, 11, 12, 13, 14, 15]),
        ("3.2", (0..=7).collect()),
        ("3.3", (0..=10).collect()),
        ("5.1", (0..=10).collect()),
    ] {
        let place = ROWS.iter().position(|(id, _)| *id == row).unwrap();
        for score in scores {
            assert!(
                seen.scores.contains(&(place, 1, 2 * score)),
                "row {row} never gives {score}"
            );
        }
    }
    for (place, id) in CONDITIONS.iter().enumerate() {
        for outcome in [Outcome::Fail, Outcome::Unknown, Outcome::Pass] {
            assert!(
                seen.conditions.contains(&(place, 0, outcome)),
                "condition {id} is never {outcome:?}"
            );
        }
    }
    for reading in 0..3 {
        for outcome in [Outcome::Fail, Outcome::Unknown, Outcome::Pass] {
            assert!(
                seen.overall.contains(&(reading, outcome)),
                "never {outcome:?} in all"
            );
        }
    }
}

#[test]
fn the_second_evaluator_knows_the_same_rows_conditions_and_facts() {
    let policy = support::policy();
    let rows: Vec<_> = policy.rows().map(|row| row.id.as_str()).collect();
    assert_eq!(rows, ROWS.map(|(id, _)| id));
    let conditions: Vec<_> = policy.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(conditions, CONDITIONS);
    let mut facts: Vec<_> = policy.facts.iter().map(|fact| fact.id.as_str()).collect();
    facts.sort_unstable();
    assert_eq!(cases::facts(), facts);
}

#[test]
fn the_second_evaluator_gives_every_golden_case() {
    let facts = cases::facts();
    for (id, given, expected) in support::golden_cases() {
        let sheet: Sheet = given
            .iter()
            .map(|(fact, answer)| {
                let fact = facts.iter().find(|known| *known == fact).unwrap();
                let given = match answer {
                    Json::Null => Given::Null,
                    Json::Bool(true) => Given::Yes,
                    Json::Bool(false) => Given::No,
                    Json::Number(digits) => Given::Number(digits.clone()),
                    Json::Text(text) => Given::Text(text.clone()),
                    Json::List(_) | Json::Object(_) => Given::Other,
                };
                (*fact, given)
            })
            .collect();
        let verdict = judge(&sheet);
        assert_eq!(differences(&sheet, &verdict), [""; 0], "{id}");
        golden(&id, &expected, &verdict);
    }
}

/// Holds what the second evaluator says to the golden case itself.
fn golden(id: &str, expected: &Object, verdict: &Verdict) {
    let half = |json: &Json| match json {
        Json::Number(digits) => {
            let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
            2 * whole.parse::<u32>().unwrap() + u32::from(fraction.starts_with('5'))
        }
        other => panic!("{other:?}"),
    };
    let listed = |list: &str, row: &str| {
        let list = expected.get(list).unwrap().as_list().unwrap();
        list.iter().any(|listed| listed.as_text() == Some(row))
    };
    let member = |table: &str, key: &str| {
        let table = expected.get(table)?.as_object().unwrap();
        table.get(key)
    };
    for (place, (row, _)) in ROWS.iter().enumerate() {
        let default = member("rows", row).unwrap();
        let strict = member("rows_strict_if_different", row).unwrap_or(default);
        let lenient = member("rows_lenient_if_different", row).unwrap_or(default);
        assert_eq!(
            verdict.rows[place],
            [strict, default, lenient].map(half),
            "{id} row {row}"
        );
        let state = match (listed("invalid_rows", row), listed("unknown_rows", row)) {
            (true, _) => State::Invalid,
            (_, true) => State::Incomplete,
            _ => State::Answered,
        };
        assert_eq!(verdict.states[place], state, "{id} row {row}");
    }
    for (place, section) in ["1", "2", "3", "4", "5"].into_iter().enumerate() {
        let wanted = half(member("sections", section).unwrap());
        assert_eq!(verdict.sections[place][1], wanted, "{id} section {section}");
    }
    let totals = ["strict_total", "total", "lenient_total"].map(|total| half(expected.get(total).unwrap()));
    assert_eq!(verdict.totals, totals, "{id}");
    let outcome = |json: &Json| match json.as_text().unwrap() {
        "pass" | "eligible" => Outcome::Pass,
        "fail" | "ineligible" => Outcome::Fail,
        _ => Outcome::Unknown,
    };
    for (place, condition) in CONDITIONS.iter().enumerate() {
        let wanted = match member("eligibility", condition) {
            None => continue,
            Some(Json::List(three)) => [0, 1, 2].map(|reading| outcome(&three[reading])),
            Some(one) => [outcome(one); 3],
        };
        assert_eq!(verdict.conditions[place], wanted, "{id} condition {condition}");
    }
    for (reading, name) in ["strict", "default", "lenient"].into_iter().enumerate() {
        if let Some(wanted) = member("overall", name) {
            assert_eq!(verdict.overall[reading], outcome(wanted), "{id} {name}");
        }
    }
}

#[test]
fn the_second_evaluator_shares_nothing_with_the_product() {
    for text in [
        include_str!("second_evaluator/rules.rs"),
        include_str!("second_evaluator/cases.rs"),
    ] {
        for name in [
            "labor_brand_assessment",
            "policies/",
            ".toml",
            "include_str",
            "serde",
        ] {
            assert!(!text.contains(name), "{name}");
        }
    }
}
