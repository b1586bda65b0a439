//! Chance that can be had again: the same seed gives the same cases everywhere.

use labor_brand_assessment::json::{Json, Object};
use labor_brand_assessment::policy::{FactKind, Policy};

/// Numbers that look random (SplitMix64).
#[derive(Clone, Debug)]
pub struct Random(u64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

const fn mixed(number: u64) -> u64 {
    let mut mixed = number;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

impl Random {
    /// The numbers of one case: of a campaign's seed and the case's place in it.
    pub fn of(seed: u64, place: u64) -> Self {
        // Without mixing, the numbers of a case would be those of the one before it, one place on.
        Self(mixed(seed ^ mixed(place.wrapping_add(STEP))))
    }

    /// The next number, of any size.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// Yes so many times of a hundred.
    pub fn percent(&mut self, share: u64) -> bool {
        self.next() % 100 < share
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// How much of something a campaign does: what the environment says under that
/// name, else `long` where it wants long campaigns, as `cargo xtask test --long`
/// does, else `short`.
pub fn amount(name: &str, short: u64, long: u64) -> u64 {
    let is_long = std::env::var("CAMPAIGNS").is_ok_and(|wish| wish == "long");
    number(name, if is_long { long } else { short })
}

/// What the environment says under that name, or `otherwise`.
pub fn number(name: &str, otherwise: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text
            .replace('_', "")
            .parse()
            .unwrap_or_else(|_| panic!("{name} is not a number: {text}")),
        Err(_) => otherwise,
    }
}

/// Lines of made-up cases as `assess` takes them: every fact answered, with
/// figures as firms have them, and every twentieth left open.
pub fn lines_of_cases(policy: &Policy, count: u64) -> String {
    let mut lines = String::new();
    for place in 0..count {
        let mut random = Random::of(7, place);
        let mut facts = Object::new();
        for fact in &policy.facts {
            let answer = match fact.kind {
                _ if random.percent(5) => continue,
                FactKind::YesNo => Json::Bool(random.percent(60)),
                FactKind::Choice => Json::text(&*random.pick(&fact.choices).id),
                FactKind::Count if random.percent(50) => Json::number(random.below(12)),
                FactKind::Count => Json::number(random.below(1_500)),
                FactKind::Money => {
                    Json::number(format_args!("{}.{:02}", random.below(3_000), random.below(100)))
                }
                FactKind::Years => Json::number(random.below(15)),
            };
            facts.insert(fact.id.clone(), answer);
        }
        let facts = Json::Object(facts).to_line();
        lines += &format!("{{\"id\":\"firm {place}\",\"facts\":{facts}}}\n");
    }
    lines
}
