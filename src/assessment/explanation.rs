//! Why a result is what it is, in words that name the figures and the band.

use crate::answers::Value;
use crate::numbers::{Decimal, Points};
use crate::policy::{
    Award, Band, Condition, FactKind, Inputs, Name, Policy, Quantity, Reading, Row, Rule, Score, Slot,
    Verdict,
};

use super::evaluation::Evaluation;
use super::facts::Known;
use super::readings::Readings;
use super::result::{Assessment, RowResult, RowState};

/// Explains one assessment.
#[derive(Clone, Copy)]
pub struct Explanation<'a> {
    policy: &'a Policy,
    assessment: &'a Assessment,
}

/// A part of a row's score that is ticked off by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubCriterion {
    /// What it asks.
    pub label: String,
    /// What it gives when it is met.
    pub points: Points,
    /// Whether it is met.
    pub verdict: Verdict,
    /// Whether the division is the tool's own (本工具约定，非原文).
    pub by_tool: bool,
}

impl<'a> Explanation<'a> {
    /// Explains the assessment of a case under a policy.
    pub const fn new(policy: &'a Policy, assessment: &'a Assessment) -> Self {
        Self { policy, assessment }
    }

    fn under(self, readings: &'a Readings) -> Teller<'a> {
        Teller(Evaluation {
            policy: self.policy,
            facts: &self.assessment.facts,
            readings,
        })
    }

    /// Why a row scores what it scores, in one line: inputs → band or condition → points.
    pub fn row(self, row: &Row, result: &RowResult) -> String {
        match result.state {
            RowState::Answered => self.answered_row(row, &self.assessment.readings),
            RowState::Incomplete => format!("还缺：{}", self.labels(&result.missing)),
            RowState::Invalid if !result.faulty.is_empty() => {
                let faults = result.faulty.iter().filter_map(|place| {
                    let fact = self.policy.facts.get(*place)?;
                    Some(format!("{}{}", fact.label, self.assessment.facts.fault(*place)?))
                });
                format!("填写有误：{}", faults.collect::<Vec<_>>().join("；"))
            }
            RowState::Invalid => {
                let conflicts = result.conflicts.iter().filter_map(|place| self.conflict(*place));
                conflicts.collect::<Vec<_>>().join("；")
            }
        }
    }

    /// Why an answered row scores what it scores under one reading of every doubt.
    pub fn row_under(self, row: &Row, reading: Reading) -> String {
        self.answered_row(row, &Readings::all(reading))
    }

    fn answered_row(self, row: &Row, readings: &Readings) -> String {
        let teller = Teller(Evaluation {
            policy: self.policy,
            facts: &self.assessment.facts,
            readings,
        });
        let line = teller.score(&row.score);
        if teller.0.score(&row.score) > row.max {
            format!("{line}，满分 {} 分封顶", row.max)
        } else {
            line
        }
    }

    /// What is said where a part is larger than its whole.
    pub fn conflict(self, place: usize) -> Option<String> {
        let part = self.policy.parts.get(place)?;
        let readings = Readings::default();
        let teller = Teller(Evaluation {
            policy: self.policy,
            facts: &self.assessment.facts,
            readings: &readings,
        });
        let figure = |quantity| {
            teller
                .0
                .quantity(quantity)
                .map_or_else(String::new, |figure| figure.to_string())
        };
        Some(
            part.conflict
                .replace("{part}", &figure(&part.part))
                .replace("{whole}", &figure(&part.whole)),
        )
    }

    /// The conflicts among the figures of a rule.
    fn conflicts_of(self, condition: &Condition) -> Vec<String> {
        let inputs = Inputs::of_condition(self.policy, condition).facts;
        let readings = Readings::default();
        let evaluation = Evaluation {
            policy: self.policy,
            facts: &self.assessment.facts,
            readings: &readings,
        };
        let parts = self.policy.parts.iter().enumerate().filter(|(_, part)| {
            let belongs = |quantity| Inputs::of_quantity(self.policy, quantity).facts.is_subset(&inputs);
            belongs(&part.part)
                && belongs(&part.whole)
                && matches!((evaluation.quantity(&part.part), evaluation.quantity(&part.whole)), (Some(part), Some(whole)) if part > whole)
        });
        parts.filter_map(|(place, _)| self.conflict(place)).collect()
    }

    /// Why a condition of entry comes to what it comes to, with the figures.
    pub fn rule(self, rule: &Rule, verdict: Verdict) -> String {
        self.rule_under(rule, verdict, &self.assessment.readings)
    }

    /// The same under other readings than the case's.
    pub fn rule_under(self, rule: &Rule, verdict: Verdict, readings: &Readings) -> String {
        let teller = Teller(Evaluation {
            policy: self.policy,
            facts: &self.assessment.facts,
            readings,
        });
        if verdict == Verdict::Unclear {
            let conflicts = self.conflicts_of(&rule.condition);
            if !conflicts.is_empty() {
                return conflicts.join("；");
            }
        }
        teller.condition(&rule.condition, verdict)
    }

    /// The ticked parts of a row in the readings of the case, where it has several.
    pub fn sub_criteria(self, row: &Row) -> Vec<SubCriterion> {
        let mut found = Vec::new();
        self.under(&self.assessment.readings)
            .sub_criteria(&row.score, &mut found);
        if found.len() < 2 { Vec::new() } else { found }
    }

    /// The names of facts, by their places.
    pub fn labels(self, places: &[usize]) -> String {
        let labels = places
            .iter()
            .filter_map(|place| self.policy.facts.get(*place))
            .map(|fact| fact.label.as_str());
        labels.collect::<Vec<_>>().join("、")
    }
}

struct Teller<'a>(Evaluation<'a>);

impl Teller<'_> {
    fn score(&self, score: &Score) -> String {
        let given = self.0.score(score);
        match score {
            Score::Award(award) => {
                format!(
                    "{} → {given} 分",
                    self.condition(&award.condition, self.0.condition(&award.condition))
                )
            }
            Score::Sum(parts) => match parts.as_slice() {
                [only] => self.score(only),
                parts => format!("{} → {given} 分", self.parts(parts)),
            },
            Score::Highest(parts) => {
                let best = parts
                    .iter()
                    .max_by_key(|part| (self.0.score(part), !matches!(part, Score::ByReading(_))));
                match best {
                    Some(best) if given > Points::ZERO || matches!(best, Score::Bands(_)) => self.score(best),
                    _ => match parts.iter().find(|part| matches!(part, Score::Bands(_))) {
                        Some(bands) => self.score(bands),
                        None => format!("{} → 0 分", self.nothing_of(parts)),
                    },
                }
            }
            Score::Capped { score, cap } => format!("{}，最多 {cap} 分", self.score(score)),
            Score::Bands(bands) => {
                let label = self.label(&bands.of);
                let band = self
                    .0
                    .quantity(&bands.of)
                    .and_then(|figure| bands.table.iter().find(|band| band.holds(figure)));
                let band = band.map_or_else(
                    || String::from("不在任何档"),
                    |band| band_label(band, &self.unit(&bands.of)),
                );
                format!("{label} {} → {band} → {given} 分", self.figure(&bands.of))
            }
            Score::Steps(steps) => {
                let label = steps.label.clone().unwrap_or_else(|| self.label(&steps.of));
                let figure = self.figure(&steps.of);
                if steps.every == Decimal::whole(1) {
                    format!("{label} {figure} × {} 分 → {given} 分", steps.points)
                } else {
                    let begun = if steps.begun { "（不足也计）" } else { "" };
                    let unit = self.unit(&steps.of);
                    format!(
                        "{label} {figure}，每 {} {unit}{begun} {} 分 → {given} 分",
                        steps.every, steps.points
                    )
                }
            }
            Score::Gate { condition, then } => match self.0.condition(condition) {
                Verdict::Met => match self.condition(condition, Verdict::Met) {
                    empty if empty.is_empty() => self.score(then),
                    met => format!("{met}；{}", self.score(then)),
                },
                verdict => format!("{} → 0 分", self.condition(condition, verdict)),
            },
            Score::Choose {
                condition,
                then,
                otherwise,
            } => match self.0.condition(condition) {
                Verdict::Met => self.score(then),
                verdict => {
                    let why = self.condition(condition, verdict);
                    format!("{why}，{}", self.score(otherwise))
                }
            },
            Score::Scaled { to, of } => format!("{}，按 {to} 分折算 → {given} 分", self.parts(of)),
            Score::Deduct { from, less } => format!("{from} 分，扣减 {} → {given} 分", self.parts(less)),
            Score::ByReading(by) => self.score(self.0.form(by)),
        }
    }

    /// The parts of a sum, each with its points.
    fn parts(&self, parts: &[Score]) -> String {
        let told = parts
            .iter()
            .filter(|part| !is_empty(part))
            .map(|part| self.part(part));
        told.filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("，")
    }

    fn part(&self, part: &Score) -> String {
        let given = self.0.score(part);
        match part {
            Score::Award(award) => format!("{} {given}", self.award_label(award)),
            Score::Sum(parts) => self.parts(parts),
            Score::Highest(parts) => {
                let best = parts.iter().max_by_key(|part| self.0.score(part));
                match best {
                    Some(best) if given > Points::ZERO => self.part(best),
                    _ => format!("{} 0", self.nothing_of(parts)),
                }
            }
            Score::ByReading(by) => self.part(self.0.form(by)),
            Score::Gate { condition, then } => match self.0.condition(condition) {
                Verdict::Met => self.part(then),
                verdict => format!("{} 0", self.condition(condition, verdict)),
            },
            Score::Steps(steps) => {
                let label = steps.label.clone().unwrap_or_else(|| self.label(&steps.of));
                format!("{label} {} {given}", self.figure(&steps.of))
            }
            other => self.score(other),
        }
    }

    fn nothing_of(&self, parts: &[Score]) -> String {
        let labels = parts.iter().filter_map(|part| match part {
            Score::Award(award) => Some(self.award_label(award)),
            _ => None,
        });
        format!("没有{}", labels.collect::<Vec<_>>().join("或"))
    }

    fn award_label(&self, award: &Award) -> String {
        award
            .label
            .clone()
            .unwrap_or_else(|| self.condition_label(&award.condition))
    }

    fn sub_criteria(&self, score: &Score, found: &mut Vec<SubCriterion>) {
        match score {
            Score::Award(award) => found.push(SubCriterion {
                label: self.award_label(award),
                points: award.points,
                verdict: self.0.condition(&award.condition),
                by_tool: award.by_tool,
            }),
            Score::Sum(parts) => parts.iter().for_each(|part| self.sub_criteria(part, found)),
            Score::Highest(parts) => parts.iter().for_each(|part| self.sub_criteria(part, found)),
            Score::Scaled { of, to } => {
                let full: Points = of.iter().filter_map(Score::full).sum();
                let from = found.len();
                of.iter().for_each(|part| self.sub_criteria(part, found));
                found
                    .iter_mut()
                    .skip(from)
                    .for_each(|part| part.points = part.points.scaled(full, *to));
            }
            Score::Capped { score, .. } | Score::Gate { then: score, .. } => self.sub_criteria(score, found),
            Score::Choose {
                condition,
                then,
                otherwise,
            } => {
                let branch = if self.0.condition(condition) == Verdict::Met {
                    then
                } else {
                    otherwise
                };
                self.sub_criteria(branch, found);
            }
            Score::Bands(_) | Score::Steps(_) | Score::Deduct { .. } => {}
            Score::ByReading(by) => self.sub_criteria(self.0.form(by), found),
        }
    }

    /// What a condition asks, without saying whether it is met.
    fn condition_label(&self, condition: &Condition) -> String {
        let join = |parts: &[Condition], with: &str| {
            parts
                .iter()
                .map(|part| self.condition_label(part))
                .collect::<Vec<_>>()
                .join(with)
        };
        match condition {
            Condition::Yes(name) => self.name_label(name),
            Condition::All(parts) | Condition::InOrder(parts) => join(parts, "、"),
            Condition::Any(parts) => join(parts, "或"),
            Condition::Not(part) => format!("没有{}", self.condition_label(part)),
            Condition::AtLeast(left, right) if self.is_one(right) => self.label(left),
            Condition::AtLeast(left, right) => format!("{}不少于 {}", self.label(left), self.figure(right)),
            Condition::MoreThan(left, right) => format!("{}超过 {}", self.label(left), self.figure(right)),
            Condition::AtMost(left, right) if self.0.quantity(right) == Some(Decimal::ZERO) => {
                format!("无{}", self.label(left))
            }
            Condition::AtMost(left, right) => format!("{}不超过 {}", self.label(left), self.figure(right)),
            Condition::Share(share) => format!(
                "{}占{}不低于 {}",
                self.label(&share.part),
                self.label(&share.of),
                share.at_least
            ),
            Condition::OneOf { fact, .. } => self.name_label(fact),
            Condition::Decided(_) => String::new(),
            Condition::ByReading(by) => self.condition_label(self.0.form(by)),
        }
    }

    /// Why a condition comes to this verdict, with the figures. Empty where
    /// nothing needs to be said.
    fn condition(&self, condition: &Condition, verdict: Verdict) -> String {
        let of_verdict = |parts: &[Condition]| {
            let mut told: Vec<String> = Vec::new();
            for part in parts.iter().filter(|part| self.0.condition(part) == verdict) {
                let part = self.condition(part, verdict);
                // Two parts that look at the same fact have the same to say.
                if !part.is_empty() && !told.contains(&part) {
                    told.push(part);
                }
            }
            told.join("，")
        };
        match condition {
            Condition::Yes(name) => match verdict {
                Verdict::Met => format!("{}：是", self.name_label(name)),
                Verdict::Unmet => format!("{}：否", self.name_label(name)),
                Verdict::Unclear => self.open(name),
            },
            Condition::All(parts) | Condition::InOrder(parts) => of_verdict(parts),
            Condition::Any(parts) => {
                // One part that is met is reason enough.
                let met = parts
                    .iter()
                    .find(|part| verdict == Verdict::Met && self.0.condition(part) == verdict);
                met.map_or_else(|| of_verdict(parts), |met| self.condition(met, verdict))
            }
            Condition::Not(part) => {
                let inner = match verdict {
                    Verdict::Met => Verdict::Unmet,
                    Verdict::Unmet => Verdict::Met,
                    Verdict::Unclear => Verdict::Unclear,
                };
                self.condition(part, inner)
            }
            Condition::AtLeast(left, right) => self.compared(left, right, verdict, ("不少于", "少于")),
            Condition::MoreThan(left, right) => self.compared(left, right, verdict, ("超过", "未超过")),
            Condition::AtMost(left, right) => self.compared(left, right, verdict, ("不超过", "超过")),
            Condition::Share(share) => {
                let (part, whole) = (self.label(&share.part), self.label(&share.of));
                let (Some(share_part), Some(share_whole)) =
                    (self.0.quantity(&share.part), self.0.quantity(&share.of))
                else {
                    if self.0.quantity(&share.of) == Some(Decimal::ZERO) {
                        return format!("{whole} {}", self.figure(&share.of));
                    }
                    let open = [&share.part, &share.of]
                        .into_iter()
                        .filter(|quantity| self.0.quantity(quantity).is_none());
                    return format!(
                        "未填{}",
                        open.map(|quantity| self.label(quantity))
                            .collect::<Vec<_>>()
                            .join("、")
                    );
                };
                let Some(percent) = share_part.percent_of(share_whole) else {
                    return format!("{whole} {}，谈不上比例", self.figure(&share.of));
                };
                let (side, short) = match verdict {
                    Verdict::Met => ("不低于", String::new()),
                    _ => {
                        let hundredths = share_whole.times(share.at_least.0).minus(share_part.times(100));
                        let short = hundredths.steps_up(Decimal::whole(100));
                        ("低于", format!("，还差 {short} {}", self.unit(&share.part)))
                    }
                };
                format!(
                    "{part} {}，占{whole} {} 的 {percent}%，{side} {}{short}",
                    self.figure(&share.part),
                    self.figure(&share.of),
                    share.at_least
                )
            }
            Condition::OneOf { fact, .. } => match verdict {
                Verdict::Unclear => self.open(fact),
                _ => format!("{}：{}", self.name_label(fact), self.name_figure(fact)),
            },
            Condition::Decided(Verdict::Unclear) => String::from("文件没有写明，须向区（县）人社部门确认"),
            Condition::Decided(_) => String::new(),
            Condition::ByReading(by) => self.condition(self.0.form(by), verdict),
        }
    }

    fn compared(
        &self,
        left: &Quantity,
        right: &Quantity,
        verdict: Verdict,
        (met, unmet): (&str, &str),
    ) -> String {
        let label = self.label(left);
        match verdict {
            Verdict::Unclear => format!("未填{label}"),
            _ if self.0.quantity(right) == Some(Decimal::ZERO) || self.is_one(right) => {
                format!("{label} {}", self.figure(left))
            }
            Verdict::Met => format!(
                "{label} {}，{met} {}",
                self.figure(left),
                self.figure_with(right, &self.unit(left))
            ),
            Verdict::Unmet => {
                let unit = self.unit(left);
                let short = match (self.0.quantity(left), self.0.quantity(right)) {
                    (Some(left), Some(right)) if left < right => {
                        format!("，还差 {} {unit}", right.minus(left))
                    }
                    _ => String::new(),
                };
                format!(
                    "{label} {}，{unmet} {}{short}",
                    self.figure(left),
                    self.figure_with(right, &unit)
                )
            }
        }
    }

    fn is_one(&self, quantity: &Quantity) -> bool {
        matches!(quantity, Quantity::Constant(_)) && self.0.quantity(quantity) == Some(Decimal::whole(1))
    }

    fn open(&self, name: &Name) -> String {
        match self.0.known(name) {
            Known::Invalid(fault) => format!("{}填写有误（{fault}）", self.name_label(name)),
            _ => format!("未填{}", self.name_label(name)),
        }
    }

    fn name_label(&self, name: &Name) -> String {
        let label = match name.slot {
            Slot::Fact(place) => self.0.policy.facts.get(place).map(|fact| &fact.label),
            Slot::Quantity(place) => self
                .0
                .policy
                .quantities
                .get(place)
                .map(|quantity| &quantity.label),
            _ => None,
        };
        label.cloned().unwrap_or_else(|| name.id.clone())
    }

    fn name_figure(&self, name: &Name) -> String {
        let fact = match name.slot {
            Slot::Fact(place) => self.0.policy.facts.get(place),
            _ => None,
        };
        match (self.0.known(name), fact) {
            (Known::Value(Value::Choice(chosen)), Some(fact)) => fact
                .choices
                .get(chosen)
                .map_or_else(String::new, |choice| choice.label.clone()),
            _ => self.figure(&Quantity::Named(name.clone())),
        }
    }

    fn label(&self, quantity: &Quantity) -> String {
        let join = |parts: &[Quantity], with: &str| {
            parts
                .iter()
                .map(|part| self.label(part))
                .collect::<Vec<_>>()
                .join(with)
        };
        match quantity {
            Quantity::Named(name) => self.name_label(name),
            Quantity::Constant(figure) => figure.to_string(),
            Quantity::Sum(parts) => join(parts, "＋"),
            Quantity::Min(parts) => format!("{}中较小的", join(parts, "与")),
            Quantity::Max(parts) => format!("{}中较大的", join(parts, "与")),
            Quantity::Count(conditions) => conditions
                .iter()
                .map(|one| self.condition_label(one))
                .collect::<Vec<_>>()
                .join("、"),
            Quantity::Choose {
                condition,
                then,
                otherwise,
            } => self.label(if self.0.condition(condition) == Verdict::Met {
                then
            } else {
                otherwise
            }),
            Quantity::ByReading(by) => self.label(self.0.form(by)),
        }
    }

    fn unit(&self, quantity: &Quantity) -> String {
        match quantity {
            Quantity::Named(name) => match name.slot {
                Slot::Fact(place) => self
                    .0
                    .policy
                    .facts
                    .get(place)
                    .map_or_else(String::new, |fact| fact.unit.clone()),
                Slot::Quantity(place) => self
                    .0
                    .policy
                    .quantities
                    .get(place)
                    .map_or_else(String::new, |quantity| quantity.unit.clone()),
                _ => String::new(),
            },
            Quantity::Constant(_) => String::new(),
            Quantity::Sum(parts) | Quantity::Min(parts) | Quantity::Max(parts) => {
                parts.first().map_or_else(String::new, |part| self.unit(part))
            }
            Quantity::Count(_) => String::from("项"),
            Quantity::Choose { then, .. } => self.unit(then),
            Quantity::ByReading(by) => self.unit(self.0.form(by)),
        }
    }

    fn figure(&self, quantity: &Quantity) -> String {
        self.figure_with(quantity, &self.unit(quantity))
    }

    fn figure_with(&self, quantity: &Quantity, unit: &str) -> String {
        let Some(figure) = self.0.quantity(quantity) else {
            return String::from("未填");
        };
        if unit.is_empty() {
            figure.to_string()
        } else {
            format!("{figure} {unit}")
        }
    }
}

/// Whether a score can give nothing at all, as the empty branch of a reading.
fn is_empty(score: &Score) -> bool {
    matches!(score, Score::Sum(parts) | Score::Highest(parts) if parts.is_empty())
}

/// The name of a band: `401–500 人档`, `500 万元及以上档`, `不满 50 万元档`.
pub(super) fn band_label(band: &Band, unit: &str) -> String {
    let unit = if unit.is_empty() {
        String::new()
    } else {
        format!(" {unit}")
    };
    let range = match (band.from, band.above, band.up_to, band.below) {
        (Some(from), _, Some(to), _) if from == to => format!("{from}{unit}"),
        (Some(from), _, Some(to), _) => format!("{from}–{to}{unit}"),
        (Some(from), _, _, Some(to)) => format!("{from} 至不满 {to}{unit}"),
        (_, Some(from), Some(to), _) => format!("{from} 以上至 {to}{unit}"),
        (_, Some(from), _, Some(to)) => format!("{from} 以上至不满 {to}{unit}"),
        (Some(from), _, _, _) => format!("{from}{unit}及以上"),
        (_, Some(from), _, _) => format!("超过 {from}{unit}"),
        (_, _, Some(to), _) => format!("{to}{unit}及以下"),
        (_, _, _, Some(to)) => format!("不满 {to}{unit}"),
        _ => String::from("全部"),
    };
    format!("{range}档")
}

/// The value of a fact as a sentence has it: figure, choice, 是 or 否; `None` where it is open.
pub fn told_value(policy: &Policy, place: usize, known: Known) -> Option<String> {
    let fact = policy.facts.get(place)?;
    match known {
        Known::Value(Value::Figure(figure)) => Some(figure.to_string()),
        Known::Value(Value::YesNo(yes)) => Some(String::from(if yes { "是" } else { "否" })),
        Known::Value(Value::Choice(chosen)) if fact.kind == FactKind::Choice => {
            fact.choices.get(chosen).map(|choice| choice.label.clone())
        }
        _ => None,
    }
}
