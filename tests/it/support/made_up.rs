//! Answers made up at random.
#![allow(dead_code, reason = "each test uses some of it")]

use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::{Fact, FactKind};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{facts_of, policy};

/// Figures on and beside every line of the scheme, and far beyond.
const FIGURES: &[i64] = &[
    0,
    1,
    2,
    3,
    4,
    5,
    20,
    21,
    49,
    50,
    51,
    99,
    100,
    101,
    150,
    151,
    200,
    201,
    250,
    251,
    299,
    300,
    301,
    400,
    401,
    450,
    451,
    500,
    501,
    700,
    701,
    900,
    901,
    1_100,
    1_101,
    4_999,
    10_000,
    999_999_999_999_999,
    1_000_000_000_000_000,
];

/// Answers that no fact takes.
const USELESS: &[&str] = &[
    "-1",
    "0.5",
    "1e16",
    "1e-30",
    "-0.00001",
    "99.99999",
    r#""三百""#,
    r#""""#,
    "[]",
    "{}",
    "[1,[2]]",
];

fn figure() -> impl Strategy<Value = Json> {
    prop_oneof![
        4 => select(FIGURES).prop_map(Json::number),
        4 => (0..1_500_i64).prop_map(Json::number),
        1 => (0..1_000_000_000_000_000_i64).prop_map(Json::number),
    ]
}

/// A sound answer to a fact.
pub fn sound(fact: &Fact) -> BoxedStrategy<Json> {
    match fact.kind {
        FactKind::YesNo => any::<bool>().prop_map(Json::Bool).boxed(),
        FactKind::Choice => {
            let ids: Vec<String> = fact.choices.iter().map(|choice| choice.id.clone()).collect();
            select(ids).prop_map(Json::text).boxed()
        }
        FactKind::Count => figure().boxed(),
        FactKind::Money => prop_oneof![
            figure(),
            (0..6_000_000_i64).prop_map(|yuan| Json::number(format_args!(
                "{}.{:04}",
                yuan / 10_000,
                yuan % 10_000
            ))),
        ]
        .boxed(),
        FactKind::Years => select(vec!["0", "4.99", "5", "5.0", "5.01", "12"])
            .prop_map(|years| Json::Number(years.to_owned()))
            .boxed(),
    }
}

/// An answer of any sort, or none.
pub fn answer(fact: &Fact, sound_share: u32) -> BoxedStrategy<Option<Json>> {
    prop_oneof![
        sound_share => sound(fact).prop_map(Some),
        1 => Just(None),
        1 => Just(Some(Json::Null)),
        1 => select(USELESS).prop_map(|text| Some(Json::parse(text).unwrap())),
    ]
    .boxed()
}

/// Answers to all facts, most of them sound in most cases.
pub fn answers() -> impl Strategy<Value = Object> {
    select(vec![2_u32, 40, 1_000_000]).prop_flat_map(|sound_share| {
        let facts = &policy().facts;
        let given: Vec<_> = facts.iter().map(|fact| answer(fact, sound_share)).collect();
        given.prop_map(|given| {
            let answered = policy().facts.iter().zip(given);
            answered
                .filter_map(|(fact, answer)| Some((fact.id.clone(), answer?)))
                .collect()
        })
    })
}

/// The sample's answers with some of them made up, so that much of a case stands
/// while a little is otherwise.
pub fn near_the_sample() -> impl Strategy<Value = Object> {
    let some = proptest::collection::vec(any::<prop::sample::Index>(), 1..14);
    some.prop_flat_map(|some| {
        let facts: Vec<_> = policy().facts.iter().collect();
        let chosen = some.into_iter().map(|index| *index.get(&facts));
        let answers: Vec<_> = chosen
            .map(|fact| (Just(fact.id.clone()), answer(fact, 12)))
            .collect();
        answers.prop_map(|answers| {
            let mut sample = facts_of("sample");
            for (id, answer) in answers {
                match answer {
                    Some(answer) => sample.insert(id, answer),
                    None => sample.remove(&id),
                };
            }
            sample
        })
    })
}
