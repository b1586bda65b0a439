//! The scheme of the city once more, by hand: written from the document and
//! its rules alone, in another style than the product, with arithmetic of its
//! own. It shares no code with the library and reads no policy file, so that a
//! mistake would have to be made twice, in two ways, to stay unseen.
//!
//! Scores are whole numbers of half points, as nothing in the scheme is finer.

use std::collections::BTreeMap;

/// One answer as a file carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    Null,
    Yes,
    No,
    /// The digits as they were written.
    Number(String),
    Text(String),
    /// A list or an object, which answers nothing.
    Other,
}

pub type Sheet = BTreeMap<&'static str, Given>;

/// The maxima of the rows of attachment 3, in points.
pub const ROWS: [(&str, u32); 17] = [
    ("1.1", 2),
    ("1.2", 4),
    ("1.3", 3),
    ("1.4", 5),
    ("1.5", 3),
    ("1.6", 3),
    ("2.1", 8),
    ("2.2", 5),
    ("2.3", 10),
    ("3.1", 15),
    ("3.2", 7),
    ("3.3", 10),
    ("3.4", 5),
    ("4.1", 5),
    ("4.2", 3),
    ("4.3", 2),
    ("5.1", 10),
];

pub const CONDITIONS: [&str; 18] = [
    "S1", "S2", "S3", "S4", "S5", "C1.1", "C1.2", "C1.3", "C2.1", "C2.2", "C2.3", "C2.4", "C3.1", "C3.2",
    "C3.3", "C4.0", "C4.1", "C4.2",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Answered,
    Incomplete,
    Invalid,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Fail,
    Unknown,
    Pass,
}

/// Strict, default, lenient.
pub type Three<T> = [T; 3];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub states: [State; 17],
    /// In half points.
    pub rows: [Three<u32>; 17],
    pub sections: [Three<u32>; 5],
    pub totals: Three<u32>,
    pub ceiling: u32,
    pub conditions: [Three<Outcome>; 18],
    pub overall: Three<Outcome>,
}

/// What is known of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot<T> {
    Is(T),
    Missing,
    Wrong,
}

use Slot::{Is, Missing, Wrong};

impl<T> Slot<T> {
    fn state(&self) -> State {
        match self {
            Is(_) => State::Answered,
            Missing => State::Incomplete,
            Wrong => State::Invalid,
        }
    }

    fn known(self) -> Option<T> {
        match self {
            Is(value) => Some(value),
            Missing | Wrong => None,
        }
    }
}

/// A number taken apart: the digits before and behind the point, without any
/// zeros that say nothing.
struct Written {
    negative: bool,
    whole: String,
    fraction: String,
}

fn take_apart(number: &str) -> Written {
    let lower = number.to_ascii_lowercase();
    let (mantissa, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
    let negative = mantissa.starts_with('-');
    let mantissa = mantissa.trim_start_matches('-');
    let (before, behind) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{before}{behind}");
    if digits.bytes().all(|digit| digit == b'0') {
        return Written {
            negative: false,
            whole: String::new(),
            fraction: String::new(),
        };
    }
    // No figure that matters has a point moved further than this.
    let moved = exponent
        .parse::<i64>()
        .unwrap_or(if exponent.starts_with('-') { -9_999 } else { 9_999 });
    let point = before.len() as i64 + moved.clamp(-9_999, 9_999);
    let (whole, fraction) = if point <= 0 {
        let zeros = "0".repeat(point.unsigned_abs() as usize);
        (String::new(), format!("{zeros}{digits}"))
    } else if point as usize >= digits.len() {
        let zeros = "0".repeat(point as usize - digits.len());
        (format!("{digits}{zeros}"), String::new())
    } else {
        let (whole, fraction) = digits.split_at(point as usize);
        (whole.to_owned(), fraction.to_owned())
    };
    Written {
        negative,
        whole: whole.trim_start_matches('0').to_owned(),
        fraction: fraction.trim_end_matches('0').to_owned(),
    }
}

impl Written {
    /// Whether it is larger than 10^15.
    fn too_large(&self) -> bool {
        let border = "1000000000000000";
        match self.whole.len().cmp(&border.len()) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => {
                self.whole.as_str() > border || (self.whole == border && !self.fraction.is_empty())
            }
            std::cmp::Ordering::Greater => true,
        }
    }
}

struct Answers<'a>(&'a Sheet);

impl Answers<'_> {
    fn given(&self, fact: &str) -> &Given {
        self.0.get(fact).unwrap_or(&Given::Null)
    }

    fn yes(&self, fact: &str) -> Slot<bool> {
        match self.given(fact) {
            Given::Null => Missing,
            Given::Yes => Is(true),
            Given::No => Is(false),
            Given::Number(_) | Given::Text(_) | Given::Other => Wrong,
        }
    }

    /// 可选，缺省按否.
    fn yes_if_said(&self, fact: &str) -> bool {
        self.yes(fact) == Is(true)
    }

    fn number(&self, fact: &str) -> Slot<Written> {
        match self.given(fact) {
            Given::Null => Missing,
            Given::Number(digits) => {
                let written = take_apart(digits);
                if written.negative || written.too_large() {
                    Wrong
                } else {
                    Is(written)
                }
            }
            Given::Yes | Given::No | Given::Text(_) | Given::Other => Wrong,
        }
    }

    /// Persons, items, events, partners.
    fn count(&self, fact: &str) -> Slot<u64> {
        match self.number(fact) {
            Is(written) if written.fraction.is_empty() => Is(written.whole.parse().unwrap_or(0)),
            Is(_) | Wrong => Wrong,
            Missing => Missing,
        }
    }

    /// Money in whole 元; it is given in 万元.
    fn yuan(&self, fact: &str) -> Slot<u128> {
        match self.number(fact) {
            Is(written) if written.fraction.len() <= 4 => {
                let digits = format!("{}{:0<4}", written.whole, written.fraction);
                Is(digits.parse().unwrap_or(0))
            }
            Is(_) | Wrong => Wrong,
            Missing => Missing,
        }
    }

    fn choice(&self, fact: &str, choices: &[&'static str]) -> Slot<&'static str> {
        match self.given(fact) {
            Given::Null => Missing,
            Given::Text(text) => choices
                .iter()
                .find(|choice| **choice == text.as_str())
                .map_or(Wrong, |choice| Is(*choice)),
            Given::Yes | Given::No | Given::Number(_) | Given::Other => Wrong,
        }
    }
}

/// What a row comes to, in half points, unless some of what it needs is wrong or missing.
type Scored = Result<Three<u32>, State>;

/// Fails with the worst state among what a row needs.
fn need(states: &[State]) -> Result<(), State> {
    match states.iter().max() {
        Some(State::Answered) | None => Ok(()),
        Some(worst) => Err(*worst),
    }
}

/// The values of slots that a row needs, all or none.
macro_rules! needed {
    ($($slot:expr),+ $(,)?) => {{
        need(&[$($slot.state()),+])?;
        ($(match $slot { Is(value) => value, Missing | Wrong => return Err(State::Invalid) }),+)
    }};
}

fn points(points: u32) -> u32 {
    2 * points
}

fn tell(yes: bool) -> u32 {
    if yes { points(1) } else { 0 }
}

fn how_many(said: &[bool]) -> u32 {
    said.iter().filter(|yes| **yes).count() as u32
}

/// 国家 3, 省部 2, 地市县 1: the highest, and all levels together, each once.
fn levels(national: u64, provincial: u64, local: u64) -> (u32, u32) {
    let highest = if national > 0 {
        3
    } else if provincial > 0 {
        2
    } else {
        u32::from(local > 0)
    };
    let together = 3 * u32::from(national > 0) + 2 * u32::from(provincial > 0) + u32::from(local > 0);
    (highest, together)
}

fn few(figure: u64, most: u32) -> u32 {
    u32::try_from(figure).map_or(most, |figure| figure.min(most))
}

fn row_1_1(answers: &Answers<'_>) -> Scored {
    let person = answers.yes("is_independent_legal_person");
    let lawful = answers.yes("law_abiding");
    let managed = answers.yes("has_internal_mgmt_rules");
    let financed = answers.yes("has_finance_rules");
    let (person, lawful, managed, financed) = needed!(person, lawful, managed, financed);
    let all = if person && lawful && managed && financed {
        points(2)
    } else {
        0
    };
    Ok([all, all, tell(person) + tell(lawful && managed && financed)])
}

fn row_1_2(answers: &Answers<'_>) -> Scored {
    let name = answers.yes("has_brand_name_or_mark");
    let clear = answers.yes("brand_ownership_clear");
    let logo = answers.yes("has_logo");
    let mark = answers.yes("has_trademark");
    let distinct = answers.yes("brand_distinctive");
    let history = answers.yes("has_history");
    let plan = answers.yes("has_complete_brand_plan");
    let (name, clear, logo, mark, distinct, history, plan) =
        needed!(name, clear, logo, mark, distinct, history, plan);
    let owned = tell(name && clear);
    let characters = how_many(&[logo, mark]);
    let [strict, default, lenient] = if distinct {
        [
            if characters == 2 { 2 } else { 0 },
            characters,
            if characters > 0 { 2 } else { 0 },
        ]
    } else {
        [0; 3]
    };
    Ok([
        owned + points(strict) + tell(history && plan),
        owned + points(default) + tell(history && plan),
        owned + points(lenient) + tell(history || plan),
    ])
}

fn row_1_3(answers: &Answers<'_>) -> Scored {
    let national = answers.count("honors_national");
    let provincial = answers.count("honors_provincial");
    let local = answers.count("honors_local");
    let (national, provincial, local) = needed!(national, provincial, local);
    let (highest, together) = levels(national, provincial, local);
    Ok([points(highest), points(highest), points(together.min(3))])
}

fn row_1_4(answers: &Answers<'_>) -> Scored {
    let yuan = needed!(answers.yuan("annual_revenue_wan"));
    let wan = 10_000;
    let default = match yuan {
        _ if yuan < 50 * wan => 0,
        _ if yuan < 100 * wan => 1,
        _ if yuan < 200 * wan => 2,
        _ if yuan < 300 * wan => 3,
        _ if yuan < 500 * wan => 4,
        _ => 5,
    };
    let shared = [100 * wan, 200 * wan, 300 * wan, 500 * wan].contains(&yuan);
    let strict = if shared { default - 1 } else { default };
    Ok([points(strict), points(default), points(default)])
}

fn row_1_5(answers: &Answers<'_>) -> Scored {
    let managed = answers.yes("has_internal_mgmt_rules");
    let financed = answers.yes("has_finance_rules");
    let funded = answers.yes("fund_received");
    let (compliant, effective) = if funded == Is(true) {
        (answers.yes("fund_use_compliant"), answers.yes("fund_effective"))
    } else {
        (Is(false), Is(false))
    };
    let (managed, financed, funded, compliant, effective) =
        needed!(managed, financed, funded, compliant, effective);
    let rules = how_many(&[managed, financed]);
    if !funded {
        // One and a half points each.
        let strict = if rules == 2 { points(2) } else { 0 };
        let lenient = if rules > 0 { points(3) } else { 0 };
        return Ok([strict, 3 * rules, lenient]);
    }
    let parts = rules + u32::from(compliant && effective);
    Ok([
        if parts == 3 { points(3) } else { 0 },
        points(parts),
        if parts > 0 { points(3) } else { 0 },
    ])
}

fn row_1_6(answers: &Answers<'_>) -> Scored {
    let fine = answers.yes("contracts_spotcheck_ok");
    let disputes = answers.count("labor_disputes");
    let incidents = answers.count("export_incidents");
    let (fine, disputes, incidents) = needed!(fine, disputes, incidents);
    if !fine {
        return Ok([0; 3]);
    }
    let liable = match answers.count("labor_disputes_liable") {
        Is(liable) => liable.min(disputes),
        Missing | Wrong => disputes,
    };
    let clean = if disputes == 0 && incidents == 0 {
        points(3)
    } else {
        0
    };
    let lenient = points(3 - few(liable + incidents, 3));
    Ok([clean, clean, lenient])
}

fn row_2_1(answers: &Answers<'_>) -> Scored {
    let base = answers.yes("has_training_base");
    let partners = answers.count("training_partners");
    let skill = answers.count("annual_trained");
    let before = answers.count("annual_prejob_trained");
    let again = answers.count("annual_refresher_trained");
    let (base, partners, skill, before, again) = needed!(base, partners, skill, before, again);
    let based = u32::from(base || partners > 0);
    let sum = skill + before + again;
    let largest = skill.max(before).max(again);
    let distinct = match answers.count("trained_distinct") {
        Is(persons) if persons < largest => largest,
        Is(persons) if persons > sum => sum,
        Is(persons) => persons,
        Missing | Wrong => largest,
    };
    let times = match answers.count("training_person_times") {
        Is(times) if times > sum => times,
        _ => sum,
    };
    let begun = times / 50 + u64::from(times % 50 != 0);
    let strict = if based == 1 {
        (1 + few(distinct / 50, 8)).min(8)
    } else {
        0
    };
    Ok([
        points(strict),
        points((based + few(sum / 50, 8)).min(8)),
        points((based + few(begun, 8)).min(8)),
    ])
}

fn row_2_2(answers: &Answers<'_>) -> Scored {
    let standards_led = answers.count("standards_led");
    let standards_joined = answers.count("standards_joined");
    let materials_led = answers.count("materials_led");
    let materials_joined = answers.count("materials_joined");
    let (standards_led, standards_joined, materials_led, materials_joined) =
        needed!(standards_led, standards_joined, materials_led, materials_joined);
    let or_none = |fact| answers.count(fact).known().unwrap_or(0);
    let strict = 3 * standards_led + standards_joined;
    let default = strict + 3 * materials_led + materials_joined;
    let lenient = default + 3 * or_none("other_standards_led") + or_none("other_standards_joined");
    Ok([strict, default, lenient].map(|sum| points(few(sum, 5))))
}

/// 2.3 by head count, where 100 itself gives `at_100` and 500 gives `at_500`.
fn yearly(heads: u64, at_100: u32, at_500: u32) -> u32 {
    match heads {
        0..=99 => 0,
        100 => at_100,
        101..=200 => 2,
        201..=300 => 4,
        301..=400 => 6,
        401..=499 => 8,
        500 => at_500,
        _ => 10,
    }
}

fn row_2_3(answers: &Answers<'_>) -> Scored {
    let trained = answers.count("annual_trained");
    let used = answers.count("trained_self_used");
    let exported = answers.count("trained_exported");
    let (trained, used, exported) = needed!(trained, used, exported);
    if used + exported > trained {
        return Err(State::Invalid);
    }
    let gate = trained >= 100 && 5 * (used + exported) >= 4 * trained;
    let worst = match answers.count("annual_trained_min") {
        Is(worst) => worst.min(trained),
        Missing | Wrong => trained,
    };
    let gated = |score: u32| if gate { points(score) } else { 0 };
    Ok([
        gated(yearly(worst, 0, 8)),
        gated(yearly(trained, 0, 8)),
        points(yearly(trained, 2, 10)),
    ])
}

fn roster(employees: u64, trained: u64) -> u32 {
    if employees < 300 || 2 * trained < employees {
        return 0;
    }
    match employees {
        300 => 10,
        301..=500 => 11,
        501..=700 => 12,
        701..=900 => 13,
        901..=1100 => 14,
        _ => 15,
    }
}

/// The contracted figures: all, and those of them that were trained.
fn contracted(answers: &Answers<'_>, employees: u64, trained: Option<u64>) -> (u64, Option<u64>) {
    let all = match answers.count("brand_employees_contracted") {
        Is(all) => all.min(employees),
        Missing | Wrong => employees,
    };
    let most = trained.map(|trained| trained.min(all));
    let of_them = match answers.count("trained_employees_contracted") {
        Is(given) => most.map(|most| given.min(most)),
        Missing | Wrong => most,
    };
    (all, of_them)
}

fn row_3_1(answers: &Answers<'_>) -> Scored {
    let employees = answers.count("brand_employees");
    let trained = answers.count("trained_employees");
    let (employees, trained) = needed!(employees, trained);
    if trained > employees {
        return Err(State::Invalid);
    }
    let default = roster(employees, trained);
    let (signed, signed_trained) = contracted(answers, employees, Some(trained));
    let strict = default.min(roster(signed, signed_trained.unwrap_or(0)));
    Ok([points(strict), points(default), points(default)])
}

fn row_3_2(answers: &Answers<'_>) -> Scored {
    let hired = needed!(answers.count("hardship_hired"));
    let certified = match answers.count("hardship_hired_certified") {
        Is(certified) => certified.min(hired),
        Missing | Wrong => hired,
    };
    let placed = answers.count("hardship_placed").known().unwrap_or(0);
    let score = |persons: u64| match persons {
        0..=4 => 0,
        5..=20 => 1,
        21..=50 => 2,
        51..=100 => 3,
        101..=150 => 4,
        151..=200 => 5,
        201..=250 => 6,
        _ => 7,
    };
    Ok([certified, hired, hired + placed].map(|persons| points(score(persons))))
}

fn row_3_3(answers: &Answers<'_>) -> Scored {
    let insured = needed!(answers.count("insured_employees"));
    let signed = match answers.count("insured_with_contract") {
        Is(signed) => signed.min(insured),
        Missing | Wrong => insured,
    };
    // 1–50 give 1, 51–100 give 2, and from 451 on there are 10.
    let score = |persons: u64| {
        if persons == 0 {
            0
        } else {
            1 + few((persons - 1) / 50, 9)
        }
    };
    Ok([
        points(score(signed)),
        points(score(insured)),
        points(score(insured)),
    ])
}

fn row_3_4(answers: &Answers<'_>) -> Scored {
    let agreement = answers.yes("export_agreement");
    let long_term = answers.yes("export_long_term");
    let listed = answers.yes("export_roster");
    let contracts = answers.yes("export_worker_contracts");
    let known_there = answers.yes("export_destination_brand");
    let (agreement, long_term, listed, contracts, known_there) =
        needed!(agreement, long_term, listed, contracts, known_there);
    let count = how_many(&[agreement, long_term, listed, contracts, known_there]);
    let strict = if count == 5 { 5 } else { 0 };
    let lenient = if agreement || contracts { 5 } else { count };
    Ok([points(strict), points(count), points(lenient)])
}

fn row_4_1(answers: &Answers<'_>) -> Scored {
    let culture = answers.yes("culture_defined");
    let party = answers.yes("party_activities");
    let team = answers.yes("team_activities");
    let union = answers.yes("union_activities");
    let festival = answers.yes("festival_condolence");
    let (culture, party, team, union, festival) = needed!(culture, party, team, union, festival);
    let activities = how_many(&[party, team, union, festival]);
    let count = u32::from(culture) + activities;
    let strict = if count == 5 { 5 } else { 0 };
    let lenient = if culture && activities > 0 { 5 } else { count };
    Ok([points(strict), points(count), points(lenient)])
}

fn row_4_2(answers: &Answers<'_>) -> Scored {
    let national = answers.count("person_honors_national");
    let provincial = answers.count("person_honors_provincial");
    let local = answers.count("person_honors_local");
    let (national, provincial, local) = needed!(national, provincial, local);
    let (highest, _) = levels(national, provincial, local);
    let each = few(3 * national + 2 * provincial + local, 3);
    Ok([points(highest), points(highest), points(each)])
}

fn row_4_3(answers: &Answers<'_>) -> Scored {
    let events = needed!(answers.count("charity_events"));
    // Half a point each.
    Ok([few(events, 4); 3])
}

fn row_5_1(answers: &Answers<'_>) -> Scored {
    let site = answers.yes("has_website");
    let wechat = answers.yes("has_wechat");
    let other = answers.yes_if_said("has_other_channel");
    let any = site == Is(true) || wechat == Is(true) || other;
    let used_well = if any {
        answers.yes("channels_used_well")
    } else {
        Is(false)
    };
    let national = answers.count("media_national");
    let provincial = answers.count("media_provincial");
    let local = answers.count("media_local");
    let service = answers.yes("content_service");
    let standard = answers.yes("content_standard");
    let progress = answers.yes("content_progress");
    let story = answers.yes("content_story");
    let (site, wechat, used_well) = {
        need(&[
            national.state(),
            provincial.state(),
            local.state(),
            service.state(),
            standard.state(),
            progress.state(),
            story.state(),
            site.state(),
            wechat.state(),
            used_well.state(),
        ])?;
        needed!(site, wechat, used_well)
    };
    let (national, provincial, local) = needed!(national, provincial, local);
    let (service, standard, progress, story) = needed!(service, standard, progress, story);
    let (highest, together) = levels(national, provincial, local);
    let items = how_many(&[service, standard, progress, story]);
    let strict = if site && wechat && used_well { 3 } else { 0 };
    let default = if any && used_well { 3 } else { 0 };
    let lenient = if any { 3 } else { 0 };
    Ok([
        points(strict + highest + if items == 4 { 4 } else { 0 }),
        points(default + highest + items),
        points((lenient + together + if items >= 2 { 4 } else { items }).min(10)),
    ])
}

fn shown(slot: Slot<bool>) -> Outcome {
    match slot {
        Is(true) => Outcome::Pass,
        Is(false) => Outcome::Fail,
        Missing | Wrong => Outcome::Unknown,
    }
}

fn same(outcome: Outcome) -> Three<Outcome> {
    [outcome; 3]
}

fn if_holds(holds: bool) -> Outcome {
    if holds { Outcome::Pass } else { Outcome::Fail }
}

const KINDS: [&str; 6] = [
    "enterprise",
    "training_institution",
    "industry_association",
    "hr_service",
    "agri_cooperative",
    "other",
];
const LEVELS: [&str; 4] = ["none", "district", "city", "region"];

fn s2(answers: &Answers<'_>) -> Three<Outcome> {
    match answers.choice("entity_type", &KINDS) {
        Is("other") => [Outcome::Fail, Outcome::Unknown, Outcome::Pass],
        Is(_) => same(Outcome::Pass),
        Missing | Wrong => same(Outcome::Unknown),
    }
}

fn s3(answers: &Answers<'_>) -> Three<Outcome> {
    match answers.choice("recognized_level", &LEVELS) {
        Is("city" | "region") => same(Outcome::Fail),
        Is(_) => {
            let strict = if_holds(!answers.yes_if_said("unit_has_other_recognized_brand"));
            [strict, Outcome::Pass, Outcome::Pass]
        }
        Missing | Wrong => same(Outcome::Unknown),
    }
}

fn s4(answers: &Answers<'_>) -> Three<Outcome> {
    match answers.yes("ever_cancelled") {
        Is(false) => same(Outcome::Pass),
        Missing | Wrong => same(Outcome::Unknown),
        Is(true) => match answers.number("years_since_cancellation") {
            Missing | Wrong => same(Outcome::Unknown),
            Is(years) => {
                let whole: u64 = years.whole.parse().unwrap_or(0);
                let beyond = whole > 5 || (whole == 5 && !years.fraction.is_empty());
                let reached = whole >= 5;
                [if_holds(beyond), if_holds(beyond), if_holds(reached)]
            }
        },
    }
}

fn s5(answers: &Answers<'_>) -> Three<Outcome> {
    same(match answers.choice("recognized_level", &LEVELS) {
        Is(level) => if_holds(level == "district"),
        Missing | Wrong => Outcome::Unknown,
    })
}

fn c1_3(answers: &Answers<'_>) -> Three<Outcome> {
    let both = [
        shown(answers.yes("has_internal_mgmt_rules")),
        shown(answers.yes("has_finance_rules")),
    ];
    // A fail comes before an unknown, and that before a pass.
    same(both[0].min(both[1]))
}

fn c3_2(answers: &Answers<'_>) -> Three<Outcome> {
    let Is(employees) = answers.count("brand_employees") else {
        return same(Outcome::Unknown);
    };
    let enough = if_holds(employees >= 300);
    let (signed, _) = contracted(answers, employees, None);
    [enough.min(if_holds(signed >= 300)), enough, enough]
}

/// 2·trained ≥ employees, for one pair of figures.
fn half(employees: u64, trained: Option<u64>) -> Outcome {
    match trained {
        _ if employees == 0 => Outcome::Fail,
        None => Outcome::Unknown,
        Some(trained) if trained > employees => Outcome::Unknown,
        Some(trained) => if_holds(2 * trained >= employees),
    }
}

fn c3_3(answers: &Answers<'_>) -> Three<Outcome> {
    let Is(employees) = answers.count("brand_employees") else {
        return same(Outcome::Unknown);
    };
    let trained = answers.count("trained_employees").known();
    let default = half(employees, trained);
    if default != Outcome::Pass {
        // What is missing or in conflict comes before the contracted figures.
        return same(default);
    }
    let (signed, signed_trained) = contracted(answers, employees, trained);
    [half(signed, signed_trained), default, default]
}

fn c4_0(answers: &Answers<'_>) -> Three<Outcome> {
    let own = shown(answers.yes("has_training_qualification"));
    let partner = shown(answers.yes("has_qualified_partner"));
    same(own.max(partner))
}

fn c4_1(answers: &Answers<'_>) -> Three<Outcome> {
    let Is(trained) = answers.count("annual_trained") else {
        return same(Outcome::Unknown);
    };
    let worst = match answers.count("annual_trained_min") {
        Is(worst) => worst.min(trained),
        Missing | Wrong => trained,
    };
    let enough = if_holds(trained >= 100);
    [if_holds(worst >= 100), enough, enough]
}

fn c4_2(answers: &Answers<'_>) -> Three<Outcome> {
    let trained = answers.count("annual_trained");
    if trained == Is(0) {
        return same(Outcome::Fail);
    }
    let used = answers.count("trained_self_used");
    let exported = answers.count("trained_exported");
    let (Is(trained), Is(used), Is(exported)) = (trained, used, exported) else {
        return same(Outcome::Unknown);
    };
    let placed = used + exported;
    if placed > trained {
        return same(Outcome::Unknown);
    }
    let passed = match answers.count("annual_qualified") {
        Is(passed) if passed > 0 && placed <= passed && passed <= trained => passed,
        _ => trained,
    };
    let default = if_holds(5 * placed >= 4 * trained);
    [default, default, if_holds(5 * placed >= 4 * passed)]
}

/// Everything that follows from the answers.
pub fn judge(sheet: &Sheet) -> Verdict {
    let answers = &Answers(sheet);
    let scored: [Scored; 17] = [
        row_1_1, row_1_2, row_1_3, row_1_4, row_1_5, row_1_6, row_2_1, row_2_2, row_2_3, row_3_1, row_3_2,
        row_3_3, row_3_4, row_4_1, row_4_2, row_4_3, row_5_1,
    ]
    .map(|row: fn(&Answers<'_>) -> Scored| row(answers));
    let states = scored
        .each_ref()
        .map(|scored| scored.err().unwrap_or(State::Answered));
    let rows = scored.map(|scored| scored.unwrap_or([0; 3]));
    let mut sections = [[0; 3]; 5];
    let mut totals = [0; 3];
    let mut open = 0;
    for (place, (id, max)) in ROWS.iter().enumerate() {
        let section = usize::from(id.as_bytes()[0] - b'1');
        for reading in 0..3 {
            sections[section][reading] += rows[place][reading];
            totals[reading] += rows[place][reading];
        }
        if states[place] != State::Answered {
            open += points(*max);
        }
    }
    let plain = |fact| same(shown(answers.yes(fact)));
    let conditions = [
        plain("registered_in_urumqi"),
        s2(answers),
        s3(answers),
        s4(answers),
        s5(answers),
        plain("is_independent_legal_person"),
        plain("law_abiding"),
        c1_3(answers),
        plain("has_brand_name_or_mark"),
        plain("brand_ownership_clear"),
        plain("labor_feature_clear"),
        plain("has_reputation"),
        plain("in_local_key_industry"),
        c3_2(answers),
        c3_3(answers),
        c4_0(answers),
        c4_1(answers),
        c4_2(answers),
    ];
    let overall = [0, 1, 2].map(|reading| {
        let binding = CONDITIONS.iter().zip(&conditions).filter(|(id, _)| {
            // The soft one binds the severe reader alone.
            **id != "S5" || reading == 0
        });
        binding
            .map(|(_, outcomes)| outcomes[reading])
            .min()
            .unwrap_or(Outcome::Pass)
    });
    Verdict {
        states,
        rows,
        sections,
        totals,
        ceiling: totals[1] + open,
        conditions,
        overall,
    }
}
