//! Some cases, or some states of one, beside each other: where their results
//! differ, and which answers make it.

use crate::answers::{Case, ChosenReading, FactDetail};
use crate::numbers::Points;
use crate::policy::{
    DoubtIdx, Expression, FactIdx, IdxSet, IdxVec, Inputs, Policy, Row, RowIdx, Rule, RuleIdx, Slot, Verdict,
};

use super::eligibility::{Overall, RuleStanding};
use super::explanation::{Explanation, shown_with_unit};
use super::facts::Known;
use super::improvement_words::signed;
use super::needs::RowState;
use super::provisos::{in_year, provisos};
use super::range::Range;
use super::result::Assessment;

/// A case that is compared.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// What it is called beside the others.
    pub name: &'a str,
    pub case: &'a Case,
    /// What it comes to.
    pub assessment: &'a Assessment,
}

/// Some cases beside each other. What is kept for each case stands in the order in which they are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What the cases are called.
    pub names: Vec<String>,
    /// Whether one may apply.
    pub overall: Vec<Overall>,
    /// What it comes to in all.
    pub total: Vec<Range>,
    /// What the totals rest on beside settled answers, in words; empty where nothing is.
    pub provisos: Vec<String>,
    /// What each section comes to.
    pub sections: Vec<Vec<Range>>,
    /// What each row comes to.
    pub rows: IdxVec<RowIdx, ComparedRow>,
    /// How each condition of entry stands.
    pub rules: IdxVec<RuleIdx, ComparedRule>,
    /// The answers that are not the same, in the order of the register.
    pub facts: Vec<ComparedFact>,
}

/// A row under all that is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedRow {
    /// Its points; a row that cannot be scored yet has none.
    pub ranges: Vec<Range>,
    /// Whether it can be scored.
    pub states: Vec<RowState>,
    /// Why it comes to that.
    pub reasons: Vec<String>,
    /// Whether any of its figures, or whether it can be scored, is not the same for all.
    pub differs: bool,
    /// What makes the difference, in sentences without their end.
    pub because: Vec<String>,
}

/// A condition of entry under all that is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedRule {
    /// How it stands.
    pub standings: Vec<RuleStanding>,
    /// Why it stands so.
    pub reasons: Vec<String>,
    /// Whether it stands in another way, or comes to another result in any reading.
    pub differs: bool,
    /// What makes the difference, in sentences without their end.
    pub because: Vec<String>,
}

/// An answer that is not the same for all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedFact {
    pub fact: FactIdx,
    /// The answers in words, each with its unit.
    pub answers: Vec<String>,
    /// The rows that differ and depend on it.
    pub rows: Vec<RowIdx>,
    /// The conditions of entry that differ and depend on it.
    pub rules: Vec<RuleIdx>,
}

impl ComparedFact {
    /// Whether anything that differs depends on it.
    pub fn decides(&self) -> bool {
        !self.rows.is_empty() || !self.rules.is_empty()
    }
}

/// What is said where only other readings tell some apart.
const BY_READINGS: &str = "（读法范围不同）";

impl ComparedRule {
    /// That only other readings tell the cases apart, where it stands alike for all and
    /// differs all the same; else nothing.
    pub fn gap(&self) -> &'static str {
        if self.differs && !differ(&self.standings) {
            BY_READINGS
        } else {
            ""
        }
    }
}

impl ComparedRow {
    /// How far apart its own scores are: with a sign from the first to the second of
    /// two, else from the lowest to the highest.
    pub fn gap(&self) -> String {
        gap(&self.ranges)
    }
}

/// Whether some are not all the same.
pub fn differ<Given: PartialEq>(all: &[Given]) -> bool {
    all.windows(2)
        .any(|two| matches!(two, [one, other] if one != other))
}

/// How far apart some own scores are: with a sign from the first to the second of
/// two, else from the lowest to the highest. Where only other readings tell them apart
/// it says so.
pub fn gap(ranges: &[Range]) -> String {
    let own = |range: &Range| range.figures.own;
    let owns: Vec<Points> = ranges.iter().map(own).collect();
    if !differ(&owns) && differ(ranges) {
        return format!("0{BY_READINGS}");
    }
    if let [first, second] = ranges {
        return signed(own(second).minus(own(first)));
    }
    let highest = ranges.iter().map(own).max().unwrap_or_default();
    let lowest = ranges.iter().map(own).min().unwrap_or_default();
    highest.minus(lowest).to_string()
}

/// A row of several cases beside each other. An answer that makes a difference in it is told so.
fn compared_row(
    policy: &Policy,
    compared: &[Compared<'_>],
    facts: &mut [ComparedFact],
    (place, row): (RowIdx, &Row),
) -> ComparedRow {
    let inputs = all_inputs(policy, Expression::Score(&row.score));
    let differs = apart(compared, |one| {
        let result = &one.assessment.rows[place];
        (result.state, result.figures)
    });
    let mut because = Vec::new();
    if differs {
        for fact in facts.iter_mut().filter(|fact| inputs.facts.contains(&fact.fact)) {
            fact.rows.push(place);
            because.push(fact_sentence(policy, compared, fact));
        }
        because.extend(readings_apart(policy, compared, &inputs.doubts));
        because.extend(lowered_apart(compared, place, &row.id));
    }
    let reason = |one: &Compared<'_>| {
        let explanation = Explanation::new(policy, one.assessment);
        let reason = explanation.row(row, &one.assessment.rows[place]);
        match lowered(one, place, &row.id) {
            Some(lowered) => format!("{reason}；{lowered}"),
            None => reason,
        }
    };
    ComparedRow {
        ranges: each(compared, |one| one.assessment.row_range(policy, place)),
        states: each(compared, |one| one.assessment.rows[place].state),
        reasons: each(compared, reason),
        differs,
        because,
    }
}

/// A condition of entry of several cases beside each other. An answer that makes a difference
/// in it is told so.
fn compared_rule(
    policy: &Policy,
    compared: &[Compared<'_>],
    facts: &mut [ComparedFact],
    (place, rule): (RuleIdx, &Rule),
    standings: Vec<RuleStanding>,
) -> ComparedRule {
    let inputs = rule_inputs(policy, rule);
    let differs = differ(&standings) || apart(compared, |one| one.assessment.rules[place]);
    let mut because = Vec::new();
    if differs {
        for fact in facts.iter_mut().filter(|fact| inputs.facts.contains(&fact.fact)) {
            fact.rules.push(place);
            because.push(fact_sentence(policy, compared, fact));
        }
        because.extend(readings_apart(policy, compared, &inputs.doubts));
    }
    let reason = |one: &Compared<'_>| {
        let verdict: Verdict = one.assessment.rules[place].chosen;
        Explanation::new(policy, one.assessment).rule(rule, verdict)
    };
    ComparedRule {
        standings,
        reasons: each(compared, reason),
        differs,
        because,
    }
}

/// What a range says in a cell: the own score, and the three readings where they are apart.
pub fn range_words(range: &Range, state: RowState) -> String {
    if state != RowState::Answered {
        return String::from("未计分");
    }
    let figures = range.figures;
    if figures.strict == figures.lenient && figures.own == figures.default {
        figures.own.to_string()
    } else {
        format!("{}（{}～{}）", figures.own, figures.strict, figures.lenient)
    }
}

impl Comparison {
    /// Holds cases beside each other.
    pub fn of(policy: &Policy, compared: &[Compared<'_>]) -> Self {
        let mut facts = facts_apart(policy, compared);
        let rows = policy.rows_enumerated();
        let rows = rows.map(|(place, row)| compared_row(policy, compared, &mut facts, (place, row)));
        let rows: IdxVec<RowIdx, ComparedRow> = rows.collect();
        let standings = each(compared, |one| one.assessment.standings(policy));
        let rules = policy.rules.enumerated().map(|(place, rule)| {
            let standings = standings.iter().map(|of_case| of_case[place]);
            compared_rule(policy, compared, &mut facts, (place, rule), standings.collect())
        });
        let rules = rules.collect();
        let sections = (0..policy.sections.len())
            .map(|place| each(compared, |one| one.assessment.section_range(policy, place)));
        Self {
            names: each(compared, |one| one.name.to_owned()),
            overall: each(compared, |one| one.assessment.overall.chosen),
            total: each(compared, |one| one.assessment.range(policy)),
            provisos: provisos_apart(policy, compared),
            sections: sections.collect(),
            rows,
            rules,
            facts,
        }
    }

    /// How far apart the totals are, as [`gap`] says it.
    pub fn gap(&self) -> String {
        gap(&self.total)
    }

    /// How many rows differ.
    pub fn rows_apart(&self) -> usize {
        self.rows.iter().filter(|row| row.differs).count()
    }

    /// How many conditions of entry differ.
    pub fn rules_apart(&self) -> usize {
        self.rules.iter().filter(|rule| rule.differs).count()
    }

    /// The answers that make a difference, or those that differ and make none.
    pub fn facts_that(&self, decide: bool) -> impl Iterator<Item = &ComparedFact> {
        self.facts.iter().filter(move |fact| fact.decides() == decide)
    }

    /// What came of it, in one sentence: how far the totals are apart, and in what.
    pub fn sentence(&self) -> String {
        let totals: Vec<String> = self
            .names
            .iter()
            .zip(&self.total)
            .map(|(name, range)| format!("{name} {} 分", range.figures.own))
            .collect();
        let owns: Vec<Points> = self.total.iter().map(|range| range.figures.own).collect();
        let gap = if !differ(&owns) {
            String::from("总分相同")
        } else {
            format!("相差 {} 分", self.gap().trim_start_matches(['+', '-']))
        };
        let parts = [
            (self.rows_apart(), "个评分项不同"),
            (self.rules_apart(), "条申报条件不同"),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, words)| format!("{count} {words}")).collect();
        let parts = if parts.is_empty() {
            String::from("评分项和申报条件都相同")
        } else {
            parts.join("，")
        };
        format!("{}，{gap}；{parts}。", totals.join("，"))
    }
}

/// The provisos of each case, before them the year and the day it is of where others are of
/// another one: its figures are then of another time.
fn provisos_apart(policy: &Policy, compared: &[Compared<'_>]) -> Vec<String> {
    let is_other_year = apart(compared, |one| one.case.application_year);
    let is_other_day = apart(compared, |one| one.case.cutoff_date);
    each(compared, |one| {
        let year = || in_year(one.case);
        let day = || format!("人数截至 {}", one.case.cutoff_date);
        let rest = provisos(policy, one.case, one.assessment);
        let said = [
            is_other_year.then(year),
            is_other_day.then(day),
            Some(rest).filter(|rest| !rest.is_empty()),
        ];
        said.into_iter().flatten().collect::<Vec<_>>().join("；")
    })
}

/// Something of each case.
fn each<Given>(compared: &[Compared<'_>], of: impl Fn(&Compared<'_>) -> Given) -> Vec<Given> {
    compared.iter().map(of).collect()
}

/// Whether something is not the same for all.
fn apart<Given: PartialEq>(compared: &[Compared<'_>], of: impl Fn(&Compared<'_>) -> Given) -> bool {
    let mut all = compared.iter().map(of);
    let first = all.next();
    first.is_some_and(|first| all.any(|other| other != first))
}

/// What the standing of a condition of entry is derived from: a soft one hangs on
/// the doubt that makes it bind and on the one that leaves it nothing to remind of.
fn rule_inputs(policy: &Policy, rule: &Rule) -> Inputs {
    let mut inputs = all_inputs(policy, Expression::Condition(&rule.condition));
    if let Some(Slot::Doubt(doubt)) = rule.binds.as_ref().map(|doubt| doubt.slot) {
        inputs.doubts.insert(doubt);
    }
    let before = rule.moot_if_failed.as_ref().and_then(|id| policy.rule(id));
    if let Some(before) = before {
        let before = all_inputs(policy, Expression::Condition(&before.condition));
        inputs.facts.extend(before.facts);
        inputs.doubts.extend(before.doubts);
    }
    inputs
}

/// What an expression is derived from, also through what counts where an answer is
/// left out and what makes one needless.
fn all_inputs(policy: &Policy, expression: Expression<'_>) -> Inputs {
    let mut inputs = Inputs::of(policy, expression);
    let mut known = 0;
    while known < inputs.facts.iter().len() {
        known = inputs.facts.iter().len();
        let mut more = Inputs::default();
        let mut add = |of: Inputs| {
            more.facts.extend(of.facts);
            more.doubts.extend(of.doubts);
        };
        for place in &inputs.facts {
            let fact = &policy.facts[*place];
            if let Some(condition) = &fact.needed_if {
                add(Inputs::of_condition(policy, condition));
            }
            if let Some(optional) = &fact.optional {
                let bounds = optional.at_least.iter().chain(&optional.at_most);
                let quantities = optional.otherwise.iter().chain(bounds);
                quantities.for_each(|quantity| add(Inputs::of_quantity(policy, quantity)));
            }
        }
        inputs.facts.extend(more.facts);
        inputs.doubts.extend(more.doubts);
    }
    inputs
}

/// The answers that are not the same for all.
fn facts_apart(policy: &Policy, compared: &[Compared<'_>]) -> Vec<ComparedFact> {
    let facts = policy.facts.enumerated().filter_map(|(place, fact)| {
        let given = |one: &Compared<'_>| match one.assessment.facts.given(place) {
            // What cannot be used may still be another text.
            Known::Invalid(_) => one.case.facts.get(&fact.id).cloned().ok_or(Known::Missing),
            known => Err(known),
        };
        apart(compared, given).then(|| ComparedFact {
            fact: place,
            answers: each(compared, |one| answer_words(policy, place, one)),
            rows: Vec::new(),
            rules: Vec::new(),
        })
    });
    facts.collect()
}

/// An answer in words, with its unit, and marked where it is still to be checked.
fn answer_words(policy: &Policy, place: FactIdx, one: &Compared<'_>) -> String {
    let given = one.assessment.facts.given(place);
    let detail = one.case.fact_details.get(&policy.facts[place].id);
    match (given, shown_with_unit(policy, place, given)) {
        (_, Some(shown)) => match detail.and_then(FactDetail::marks) {
            Some(marks) => format!("{shown}（{marks}）"),
            None => shown,
        },
        (Known::Invalid(fault), _) => format!("填写有误（{fault}）"),
        _ => String::from("未填"),
    }
}

/// An answer of each: `从业人数：甲 412 人，乙 620 人`.
fn fact_sentence(policy: &Policy, compared: &[Compared<'_>], fact: &ComparedFact) -> String {
    let label = &policy.facts[fact.fact].label;
    sentence(label, compared, &fact.answers)
}

fn sentence(label: &str, compared: &[Compared<'_>], said: &[String]) -> String {
    let said = compared.iter().zip(said);
    let said: Vec<String> = said.map(|(one, said)| format!("{} {said}", one.name)).collect();
    format!("{label}：{}", said.join("，"))
}

/// The doubts among some that are not read in the same way for all.
fn readings_apart(policy: &Policy, compared: &[Compared<'_>], doubts: &IdxSet<DoubtIdx>) -> Vec<String> {
    let apart = doubts.iter().filter_map(|place| {
        let doubt = &policy.doubts[*place];
        let reading = |one: &Compared<'_>| {
            let chosen = one.case.readings.get(&doubt.id);
            let chosen = chosen.filter(|chosen: &&ChosenReading| chosen.counts());
            chosen.map(|chosen| chosen.reading).unwrap_or_default()
        };
        apart(compared, reading).then(|| {
            let said = each(compared, |one| format!("{}读法", reading(one).label()));
            sentence(&format!("读法 {} {}", doubt.id, doubt.title), compared, &said)
        })
    });
    apart.collect()
}

/// What a row was lowered to, and why, where it was.
fn lowered(one: &Compared<'_>, place: RowIdx, id: &str) -> Option<String> {
    let result = &one.assessment.rows[place];
    let own: Points = result.is_lowered().then_some(result.figures.own)?;
    let reason = one
        .case
        .lowered
        .get(id)
        .map_or("", |lowered| lowered.reason.trim());
    Some(if reason.is_empty() {
        format!("自行调低为 {own} 分")
    } else {
        format!("自行调低为 {own} 分（{reason}）")
    })
}

/// What a row was lowered to, where that is not the same for all.
fn lowered_apart(compared: &[Compared<'_>], place: RowIdx, id: &str) -> Option<String> {
    let said = each(compared, |one| lowered(one, place, id));
    said.iter().any(Option::is_some).then(|| {
        let said = said.into_iter();
        let said: Vec<String> = said
            .map(|said| said.unwrap_or_else(|| String::from("没有调低")))
            .collect();
        sentence("自评分", compared, &said)
    })
}
