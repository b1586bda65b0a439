//! Cases made up at random: mostly on and beside the lines that the scheme
//! draws, with answers that are missing, useless or in conflict.

use super::rules::{Given, Sheet};
use crate::support::random::Random;

const YES_NO: [&str; 39] = [
    "registered_in_urumqi",
    "is_independent_legal_person",
    "law_abiding",
    "has_internal_mgmt_rules",
    "has_finance_rules",
    "unit_has_other_recognized_brand",
    "ever_cancelled",
    "has_brand_name_or_mark",
    "brand_ownership_clear",
    "labor_feature_clear",
    "has_reputation",
    "in_local_key_industry",
    "has_logo",
    "has_trademark",
    "brand_distinctive",
    "has_history",
    "has_complete_brand_plan",
    "fund_received",
    "fund_use_compliant",
    "fund_effective",
    "contracts_spotcheck_ok",
    "has_training_base",
    "has_training_qualification",
    "has_qualified_partner",
    "export_agreement",
    "export_long_term",
    "export_roster",
    "export_worker_contracts",
    "export_destination_brand",
    "culture_defined",
    "party_activities",
    "team_activities",
    "union_activities",
    "festival_condolence",
    "has_website",
    "has_wechat",
    "has_other_channel",
    "channels_used_well",
    "content_service",
];
const MORE_YES_NO: [&str; 3] = ["content_standard", "content_progress", "content_story"];

/// Counts of which a few are enough for everything.
const FEW: [&str; 19] = [
    "honors_national",
    "honors_provincial",
    "honors_local",
    "labor_disputes",
    "export_incidents",
    "training_partners",
    "standards_led",
    "standards_joined",
    "materials_led",
    "materials_joined",
    "other_standards_led",
    "other_standards_joined",
    "person_honors_national",
    "person_honors_provincial",
    "person_honors_local",
    "charity_events",
    "media_national",
    "media_provincial",
    "media_local",
];

/// Every figure at which something changes.
const LINES: [u64; 34] = [
    0, 1, 2, 3, 5, 20, 21, 50, 51, 100, 101, 150, 151, 200, 201, 250, 251, 300, 301, 350, 351, 400, 401, 450,
    451, 500, 501, 600, 700, 701, 900, 901, 1_100, 1_101,
];

/// Every fact that the cases answer.
pub fn facts() -> Vec<&'static str> {
    let mut random = Random::of(0, 0);
    made(&mut random).keys().copied().collect()
}

/// How often answers of a case are not as they should be, of a thousand.
struct Manner {
    missing: u64,
    useless: u64,
    optional: u64,
}

impl Manner {
    const SOUND: Self = Self {
        missing: 0,
        useless: 0,
        optional: 1_000,
    };
}

/// The case at a place of the campaign with that seed.
pub fn case(seed: u64, place: u64) -> Sheet {
    let random = &mut Random::of(seed, place);
    let manner = match random.below(10) {
        0..=3 => Manner::SOUND,
        4 | 5 => Manner {
            optional: 0,
            ..Manner::SOUND
        },
        6 | 7 => Manner {
            missing: 25,
            useless: 15,
            optional: 600,
        },
        8 => Manner {
            missing: 0,
            useless: 60,
            optional: 500,
        },
        _ => Manner {
            missing: 250,
            useless: 150,
            optional: 400,
        },
    };
    let mut sheet = made(random);
    for fact in OPTIONAL {
        if random.next() % 1_000 >= manner.optional {
            sheet.remove(fact);
        }
    }
    for given in sheet.values_mut() {
        let chance = random.next() % 1_000;
        if chance < manner.missing {
            *given = Given::Null;
        } else if chance < manner.missing + manner.useless {
            *given = useless(random);
        }
    }
    sheet.retain(|_, given| *given != Given::Null || random.percent(50));
    sheet
}

const OPTIONAL: [&str; 15] = [
    "unit_has_other_recognized_brand",
    "labor_disputes_liable",
    "trained_distinct",
    "training_person_times",
    "other_standards_led",
    "other_standards_joined",
    "annual_qualified",
    "annual_trained_min",
    "brand_employees_contracted",
    "trained_employees_contracted",
    "hardship_placed",
    "hardship_hired_certified",
    "insured_with_contract",
    "has_other_channel",
    "years_since_cancellation",
];

/// A whole and complete case.
fn made(random: &mut Random) -> Sheet {
    let mut sheet = Sheet::new();
    // A firm that has most things, one that has half of them, one that has few.
    let share = *random.pick(&[95, 70, 50, 15]);
    for fact in YES_NO.into_iter().chain(MORE_YES_NO) {
        sheet.insert(
            fact,
            if random.percent(share) {
                Given::Yes
            } else {
                Given::No
            },
        );
    }
    if random.percent(60) {
        sheet.insert("ever_cancelled", Given::No);
    }
    let kinds = [
        "enterprise",
        "training_institution",
        "industry_association",
        "hr_service",
        "agri_cooperative",
        "other",
    ];
    sheet.insert("entity_type", Given::Text((*random.pick(&kinds)).to_owned()));
    let levels = ["none", "district", "city", "region"];
    sheet.insert(
        "recognized_level",
        Given::Text((*random.pick(&levels)).to_owned()),
    );
    for fact in FEW {
        let figure = if random.percent(40) {
            0
        } else {
            random.between(0, 6)
        };
        sheet.insert(fact, written(random, figure));
    }
    let mut put = |random: &mut Random, fact: &'static str, figure: u64| {
        let given = written(random, figure);
        sheet.insert(fact, given);
        figure
    };
    let disputes = random.between(0, 4) * random.between(0, 1);
    put(random, "labor_disputes", disputes);
    let liable = random.between(0, disputes + 1);
    put(random, "labor_disputes_liable", liable);

    let employees = heads(random);
    put(random, "brand_employees", employees);
    let trained = part(random, employees, 1, 2);
    put(random, "trained_employees", trained);
    let signed = near(random, employees);
    put(random, "brand_employees_contracted", signed);
    let signed_trained = part(random, signed, 1, 2);
    put(random, "trained_employees_contracted", signed_trained);

    let skill = heads(random);
    put(random, "annual_trained", skill);
    let before = if random.percent(50) { 0 } else { heads(random) };
    put(random, "annual_prejob_trained", before);
    let again = if random.percent(60) { 0 } else { heads(random) };
    put(random, "annual_refresher_trained", again);
    let sum = skill + before + again;
    let largest = skill.max(before).max(again);
    let distinct = match random.below(4) {
        0 => near(random, largest),
        1 => near(random, sum),
        2 => random.between(largest.min(sum), sum),
        _ => heads(random),
    };
    put(random, "trained_distinct", distinct);
    let times = if random.percent(50) {
        near(random, sum)
    } else {
        sum + random.between(0, 120)
    };
    put(random, "training_person_times", times);
    let placed = part(random, skill, 4, 5);
    let used = random.between(0, placed);
    put(random, "trained_self_used", used);
    put(random, "trained_exported", placed - used);
    let qualified = match random.below(4) {
        0 => near(random, placed),
        1 => near(random, skill),
        2 => (placed * 5 / 4 + random.between(0, 2)).saturating_sub(1),
        _ => heads(random),
    };
    put(random, "annual_qualified", qualified);
    let worst = near(random, skill);
    put(random, "annual_trained_min", worst);

    let hired = heads(random);
    put(random, "hardship_hired", hired);
    let certified = near(random, hired);
    put(random, "hardship_hired_certified", certified);
    let elsewhere = random.between(0, 60);
    put(random, "hardship_placed", elsewhere);
    let insured = heads(random);
    put(random, "insured_employees", insured);
    let with_contract = near(random, insured);
    put(random, "insured_with_contract", with_contract);

    sheet.insert("annual_revenue_wan", revenue(random));
    sheet.insert("years_since_cancellation", years(random));
    sheet
}

/// A number of persons, in most cases on or beside a line.
fn heads(random: &mut Random) -> u64 {
    match random.below(20) {
        0..=12 => {
            let line = *random.pick(&LINES);
            near(random, line)
        }
        13..=17 => random.between(0, 1_500),
        18 => 50 * random.between(0, 30),
        _ => *random.pick(&[
            10_000,
            4_294_967_296,
            333_333_333_333_333,
            999_999_999_999_999,
            1_000_000_000_000_000,
        ]),
    }
}

/// That figure, or one beside it, or sometimes any below it.
fn near(random: &mut Random, figure: u64) -> u64 {
    match random.below(6) {
        0 => figure.saturating_sub(1),
        1 => figure + 1,
        2 => random.between(0, figure),
        3 => *random.pick(&LINES),
        _ => figure,
    }
}

/// A part of a whole: in most cases the share that decides, or one person beside it.
fn part(random: &mut Random, whole: u64, share: u64, of: u64) -> u64 {
    let exact = (whole * share).div_ceil(of);
    match random.below(8) {
        0 | 1 => exact,
        2 => exact.saturating_sub(1),
        3 => exact + 1,
        4 => whole,
        5 => whole + 1,
        _ => random.between(exact.min(whole), whole),
    }
}

/// 万元, in most cases on a line or one 元 beside it.
fn revenue(random: &mut Random) -> Given {
    let yuan = match random.below(4) {
        0 => random.between(0, 6_000_000),
        1 => 10_000 * heads(random),
        _ => {
            let line = 10_000 * *random.pick(&[0, 50, 100, 200, 300, 500, 1_000_000_000_000_000]);
            near(random, line)
        }
    };
    let digits = match random.below(3) {
        0 => format!("{yuan}e-4"),
        1 => format!("{}.{:04}", yuan / 10_000, yuan % 10_000),
        _ => format!("{}.{:04}000E+0", yuan / 10_000, yuan % 10_000),
    };
    Given::Number(digits)
}

fn years(random: &mut Random) -> Given {
    let years = [
        "0",
        "1.5",
        "4.999999999999999",
        "4.99",
        "5",
        "5.0",
        "50e-1",
        "0.5E1",
        "5.00000000000000001",
        "5.01",
        "6",
        "12",
        "1e15",
        "1e-17",
    ];
    Given::Number((*random.pick(&years)).to_owned())
}

/// A figure in one of the forms in which JSON can write it.
fn written(random: &mut Random, figure: u64) -> Given {
    let digits = match random.below(12) {
        0 => format!("{figure}.0"),
        1 => format!("{figure}.000"),
        2 => format!("{figure}e0"),
        3 => format!("{figure}00E-2"),
        4 if figure.is_multiple_of(100) => format!("{}e+2", figure / 100),
        5 if figure == 0 => "-0".to_owned(),
        _ => figure.to_string(),
    };
    Given::Number(digits)
}

/// An answer that is of no use to some or all facts.
fn useless(random: &mut Random) -> Given {
    let numbers = [
        "-1",
        "-0.00001",
        "-1e-30",
        "-1e300",
        "0.5",
        "299.5",
        "99.99999",
        "500.00001",
        "1000000000000001",
        "1000000000000000.0001",
        "1000000000000000000000000000000000000000000",
        "1e16",
        "1e400",
        "1e-400",
        "0.1e-4",
        "0e7",
        "0.000e-9",
        "5",
        "300.0",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        "0e99999999999999999999",
    ];
    let texts = [
        "",
        "300",
        "true",
        "三百",
        "none",
        "Enterprise",
        "enterprise ",
        "\u{ff13}00",
    ];
    match random.below(8) {
        0 => Given::Other,
        1 => Given::Yes,
        2 => Given::No,
        3 | 4 => Given::Text((*random.pick(&texts)).to_owned()),
        _ => Given::Number((*random.pick(&numbers)).to_owned()),
    }
}
