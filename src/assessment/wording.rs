//! The words for quantities, conditions and bands, with their figures; what every
//! explanation is made of.

use std::borrow::Cow;

use crate::answers::Value;
use crate::numbers::Decimal;
use crate::policy::{Award, Band, Condition, FactKind, Inputs, Name, Quantity, Score, Share, Slot, Verdict};

use super::evaluation::Evaluation;
use super::facts::Known;

/// Words for what one evaluation comes to.
pub(super) struct Wording<'a>(pub(super) Evaluation<'a>);

impl Wording<'_> {
    pub(super) fn nothing_of(&self, parts: &[Score]) -> String {
        let labels = parts.iter().filter_map(|part| match part {
            Score::Award(award) => Some(self.award_label(award)),
            _ => None,
        });
        format!("没有{}", labels.collect::<Vec<_>>().join("或"))
    }

    pub(super) fn award_label<'b>(&'b self, award: &'b Award) -> Cow<'b, str> {
        match &award.label {
            Some(label) => Cow::Borrowed(label),
            None => self.condition_label(&award.condition),
        }
    }

    /// What a condition asks, without saying whether it is met.
    pub(super) fn condition_label<'b>(&'b self, condition: &'b Condition) -> Cow<'b, str> {
        let join = |parts: &[Condition], with: &str| {
            parts
                .iter()
                .map(|part| self.condition_label(part))
                .collect::<Vec<_>>()
                .join(with)
        };
        Cow::Owned(match condition {
            Condition::Yes(name) => return Cow::Borrowed(self.name_label(name)),
            Condition::All(parts) | Condition::InOrder(parts) => join(parts, "、"),
            Condition::Any(parts) => join(parts, "或"),
            Condition::Not(part) => format!("没有{}", self.condition_label(part)),
            Condition::AtLeast(left, right) if self.is_one(right) => return self.label(left),
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
            Condition::OneOf { fact, .. } => return Cow::Borrowed(self.name_label(fact)),
            Condition::Decided(_) => return Cow::Borrowed(""),
            Condition::ByReading(by) => return self.condition_label(self.0.form(by)),
        })
    }

    /// Why a condition comes to this verdict, with the figures. Empty where
    /// nothing needs to be said.
    pub(super) fn condition(&self, condition: &Condition, verdict: Verdict) -> String {
        let mut shown = Vec::new();
        self.reasons(condition, verdict, &mut shown);
        shown.join("，")
    }

    /// Adds each reason once: two parts that look at the same fact have the same to say.
    fn reasons(&self, condition: &Condition, verdict: Verdict, shown: &mut Vec<String>) {
        let (parts, most) = match condition {
            Condition::All(parts) => (parts, usize::MAX),
            // The first part that is not met decides; what comes after it is not asked yet.
            Condition::InOrder(parts) => (parts, if verdict == Verdict::Met { usize::MAX } else { 1 }),
            // One part that is met is reason enough.
            Condition::Any(parts) => (parts, if verdict == Verdict::Met { 1 } else { usize::MAX }),
            single => {
                let reason = self.single(single, verdict);
                if !reason.is_empty() && !shown.contains(&reason) {
                    shown.push(reason);
                }
                return;
            }
        };
        let agreeing = parts.iter().filter(|part| self.0.condition(part) == verdict);
        for part in agreeing.take(most) {
            self.reasons(part, verdict, shown);
        }
    }

    /// The reason that a condition without parts gives.
    fn single(&self, condition: &Condition, verdict: Verdict) -> String {
        match condition {
            Condition::Yes(name) => match verdict {
                Verdict::Met => format!("{}：是", self.name_label(name)),
                Verdict::Unmet => format!("{}：否", self.name_label(name)),
                Verdict::Unclear => self.open(name),
            },
            Condition::All(_) | Condition::InOrder(_) | Condition::Any(_) => {
                self.condition(condition, verdict)
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
            Condition::Share(share) => self.share(share, verdict),
            Condition::OneOf { fact, .. } => match verdict {
                Verdict::Unclear => self.open(fact),
                _ => format!("{}：{}", self.name_label(fact), self.name_figure(fact)),
            },
            Condition::Decided(Verdict::Unclear) => String::from("文件没有写明，须向区（县）人社部门确认"),
            Condition::Decided(_) => String::new(),
            Condition::ByReading(by) => self.condition(self.0.form(by), verdict),
        }
    }

    /// A share with its figures, and what of the part is missing.
    fn share(&self, share: &Share, verdict: Verdict) -> String {
        let (part, whole) = (self.label(&share.part), self.label(&share.of));
        let (Some(share_part), Some(share_whole)) =
            (self.0.quantity(&share.part), self.0.quantity(&share.of))
        else {
            if self.0.quantity(&share.of) == Some(Decimal::ZERO) {
                return beside(&whole, &self.figure(&share.of));
            }
            return self.open_figures(&[&share.part, &share.of]);
        };
        let Some(percent) = share_part.percent_of(share_whole) else {
            return format!("{}，谈不上比例", beside(&whole, &self.figure(&share.of)));
        };
        let (side, short) = match verdict {
            Verdict::Met => ("不低于", String::new()),
            _ => {
                let hundredths = share_whole.times(share.at_least.0).minus(share_part.times(100));
                let short = hundredths.steps_up(Decimal::whole(100));
                ("低于", format!("，还差 {short} {}", self.unit(&share.part)))
            }
        };
        let (part, whole) = (
            beside(&part, &self.figure(&share.part)),
            beside(&whole, &self.figure(&share.of)),
        );
        format!(
            "{part}，占{} {percent}%，{side} {}{short}",
            beside(&whole, "的"),
            share.at_least
        )
    }

    pub(super) fn compared(
        &self,
        left: &Quantity,
        right: &Quantity,
        verdict: Verdict,
        (met, unmet): (&str, &str),
    ) -> String {
        let label = self.label(left);
        match verdict {
            Verdict::Unclear => self.open_figures(&[left, right]),
            _ if self.0.quantity(right) == Some(Decimal::ZERO) || self.is_one(right) => {
                beside(&label, &self.figure(left))
            }
            Verdict::Met => format!(
                "{}，{}",
                beside(&label, &self.figure(left)),
                beside(met, &self.figure_with(right, self.unit(left)))
            ),
            Verdict::Unmet => {
                let unit = self.unit(left);
                let short = match (self.0.quantity(left), self.0.quantity(right)) {
                    (Some(figure), Some(wanted)) if figure < wanted => {
                        let short = wanted.minus(figure);
                        if self.is_time(left) && !short.is_whole() {
                            format!("，还差不足 {} {unit}", short.steps_up(Decimal::whole(1)))
                        } else {
                            format!("，还差 {short} {unit}")
                        }
                    }
                    _ => String::new(),
                };
                format!(
                    "{}，{}{short}",
                    beside(&label, &self.figure(left)),
                    beside(unmet, &self.figure_with(right, unit))
                )
            }
        }
    }

    pub(super) fn is_one(&self, quantity: &Quantity) -> bool {
        matches!(quantity, Quantity::Constant(_)) && self.0.quantity(quantity) == Some(Decimal::whole(1))
    }

    /// Why figures are not known: the first answer that cannot be used, else those that are missing.
    fn open_figures(&self, quantities: &[&Quantity]) -> String {
        let open = quantities
            .iter()
            .filter(|quantity| self.0.quantity(quantity).is_none());
        let facts = open
            .clone()
            .flat_map(|quantity| Inputs::of_quantity(self.0.policy, quantity).facts);
        let mut faults = facts.filter_map(|fact| match self.0.facts.get(fact) {
            Known::Invalid(fault) => Some((&self.0.policy.facts[fact].label, fault)),
            _ => None,
        });
        if let Some((label, fault)) = faults.next() {
            return format!("{label}填写有误（{fault}）");
        }
        let labels: Vec<Cow<'_, str>> = open.map(|quantity| self.label(quantity)).collect();
        format!("未填：{}", labels.join("、"))
    }

    pub(super) fn open(&self, name: &Name) -> String {
        match self.0.known(name) {
            Known::Invalid(fault) => format!("{}填写有误（{fault}）", self.name_label(name)),
            _ => format!("未填：{}", self.name_label(name)),
        }
    }

    pub(super) fn name_label<'b>(&'b self, name: &'b Name) -> &'b str {
        match name.slot {
            Slot::Fact(place) => &self.0.policy.facts[place].label,
            Slot::Quantity(place) => &self.0.policy.quantities[place].label,
            _ => &name.id,
        }
    }

    pub(super) fn name_figure(&self, name: &Name) -> String {
        let fact = match name.slot {
            Slot::Fact(place) => Some(&self.0.policy.facts[place]),
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

    pub(super) fn label<'b>(&'b self, quantity: &'b Quantity) -> Cow<'b, str> {
        let join = |parts: &[Quantity], with: &str| {
            parts
                .iter()
                .map(|part| self.label(part))
                .collect::<Vec<_>>()
                .join(with)
        };
        Cow::Owned(match quantity {
            Quantity::Named(name) => return Cow::Borrowed(self.name_label(name)),
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
            } => {
                return self.label(if self.0.condition(condition) == Verdict::Met {
                    then
                } else {
                    otherwise
                });
            }
            Quantity::ByReading(by) => return self.label(self.0.form(by)),
        })
    }

    pub(super) fn unit(&self, quantity: &Quantity) -> &str {
        let policy = self.0.policy;
        match quantity {
            Quantity::Named(name) => match name.slot {
                Slot::Fact(place) => &policy.facts[place].unit,
                Slot::Quantity(place) => &policy.quantities[place].unit,
                _ => "",
            },
            Quantity::Constant(_) => "",
            Quantity::Sum(parts) | Quantity::Min(parts) | Quantity::Max(parts) => {
                parts.first().map_or("", |part| self.unit(part))
            }
            Quantity::Count(_) => "项",
            Quantity::Choose { then, .. } => self.unit(then),
            Quantity::ByReading(by) => self.unit(self.0.form(by)),
        }
    }

    pub(super) fn figure(&self, quantity: &Quantity) -> String {
        self.figure_with(quantity, self.unit(quantity))
    }

    pub(super) fn figure_with(&self, quantity: &Quantity, unit: &str) -> String {
        let Some(figure) = self.0.quantity(quantity) else {
            return String::from("未填");
        };
        if self.is_time(quantity) && !figure.is_whole() {
            return time_in_words(figure, unit);
        }
        if unit.is_empty() {
            figure.to_string()
        } else {
            format!("{figure} {unit}")
        }
    }

    /// Whether a quantity is a length of time, which is known to the anniversaries only.
    fn is_time(&self, quantity: &Quantity) -> bool {
        let Quantity::Named(name) = quantity else {
            return false;
        };
        let Slot::Fact(place) = name.slot else {
            return false;
        };
        self.0.policy.facts[place].kind == FactKind::Years
    }
}

/// Two pieces of a sentence side by side: with a space between them, as around
/// figures, but none between Chinese characters.
pub(super) fn beside(left: &str, right: &str) -> String {
    let is_han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    if left.ends_with(is_han) && right.starts_with(is_han) {
        format!("{left}{right}")
    } else {
        format!("{left} {right}")
    }
}

/// A length of time between two anniversaries: `4 年多`, `不满 1 年`.
pub(super) fn time_in_words(time: Decimal, unit: &str) -> String {
    match time.steps_down(Decimal::whole(1)) {
        0 => format!("不满 1 {unit}"),
        whole => format!("{whole} {unit}多"),
    }
}

/// The name of a band: `401–500 人档`, `500 万元及以上档`, `不满 50 万元档`.
pub(super) fn band_label(band: &Band, unit: &str) -> String {
    format!("{}档", band_range(band, unit))
}

/// The figures of a band: `401–500 人`, `500 万元及以上`, `不满 50 万元`.
pub(super) fn band_range(band: &Band, unit: &str) -> String {
    let unit = if unit.is_empty() {
        String::new()
    } else {
        format!(" {unit}")
    };
    match (band.from, band.above, band.up_to, band.below) {
        (Some(from), _, Some(to), _) if from == to => format!("{from}{unit}"),
        (Some(from), _, Some(to), _) => format!("{from}–{to}{unit}"),
        (Some(from), _, _, Some(to)) => format!("{from} 至不满 {to}{unit}"),
        (_, Some(from), Some(to), _) => format!("{from} 以上至 {to}{unit}"),
        (_, Some(from), _, Some(to)) => format!("{from} 以上至不满 {to}{unit}"),
        (Some(from), _, _, _) => format!("{from}{unit}及以上"),
        (_, Some(from), _, _) => format!("超过 {from}{unit}"),
        // No figure lies below zero.
        (_, _, Some(to), _) if to == Decimal::ZERO => format!("{to}{unit}"),
        (_, _, Some(to), _) => format!("{to}{unit}及以下"),
        (_, _, _, Some(to)) => format!("不满 {to}{unit}"),
        _ => String::from("全部"),
    }
}
