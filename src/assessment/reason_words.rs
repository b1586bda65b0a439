//! The words for quantities, conditions and bands, with their figures; what every
//! explanation is made of. Sentences are written straight into the text that they
//! belong to, as a million explanations are mostly the making of texts.

use core::fmt::{Display, Write};
use core::ops::Range;
use std::borrow::Cow;

use crate::answers::Value;
use crate::numbers::Decimal;
use crate::policy::{
    Award, Band, Condition, FactIdx, FactKind, Inputs, Name, Quantity, Score, Share, Slot, Verdict,
};
use crate::wording::listed;

use super::evaluation::Evaluation;
use super::facts::Known;

/// Words for what one evaluation comes to.
#[derive(Clone, Copy)]
pub(super) struct ReasonWords<'a>(pub(super) Evaluation<'a>);

impl ReasonWords<'_> {
    pub(super) fn nothing_of(&self, parts: &[Score], out: &mut String) {
        let labels = parts.iter().filter_map(|part| match part {
            Score::Award(award) => Some(self.award_label(award)),
            _ => None,
        });
        out.push_str("没有");
        joined(labels, "或", out, |label, out| out.push_str(&label));
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
            written(|out| {
                joined(parts, with, out, |part, out| {
                    out.push_str(&self.condition_label(part))
                })
            })
        };
        let compared = |left: &Quantity, side: &str, right: &Quantity| {
            written(|out| {
                out.push_str(&self.label(left));
                out.push_str(side);
                self.figure(right, out);
            })
        };
        Cow::Owned(match condition {
            Condition::Yes(name) => return self.name_label(name),
            Condition::All(parts) | Condition::InOrder(parts) => join(parts, "、"),
            Condition::Any(parts) => join(parts, "或"),
            Condition::Not(part) => format!("没有{}", self.condition_label(part)),
            Condition::AtLeast(left, right) if is_one(right) => return self.label(left),
            Condition::AtLeast(left, right) => compared(left, "不少于 ", right),
            Condition::MoreThan(left, right) => compared(left, "超过 ", right),
            Condition::AtMost(left, right) if self.0.quantity(right) == Some(Decimal::ZERO) => {
                format!("无{}", self.label(left))
            }
            Condition::AtMost(left, right) => compared(left, "不超过 ", right),
            Condition::Share(share) => format!(
                "{}占{}不低于 {}",
                self.label(&share.part),
                self.label(&share.of),
                share.at_least
            ),
            Condition::OneOf { fact, .. } => return self.name_label(fact),
            Condition::Decided(_) => return Cow::Borrowed(""),
            Condition::ByReading(by) => return self.condition_label(self.0.form(by)),
        })
    }

    /// Why a condition comes to this verdict, with the figures. Nothing where
    /// nothing needs to be said.
    pub(super) fn condition(&self, condition: &Condition, verdict: Verdict, out: &mut String) {
        match condition {
            Condition::All(_) | Condition::InOrder(_) | Condition::Any(_) => {
                self.reasons(condition, verdict, &mut Vec::new(), out);
            }
            single => self.single(single, verdict, out),
        }
    }

    /// Adds each reason once: two parts that look at the same fact have the same
    /// to say. `shown` is where those stand that were written.
    fn reasons(
        &self,
        condition: &Condition,
        verdict: Verdict,
        shown: &mut Vec<Range<usize>>,
        out: &mut String,
    ) {
        let (parts, most) = match condition {
            Condition::All(parts) => (parts, usize::MAX),
            // The first part that is not met decides; what comes after it is not asked yet.
            Condition::InOrder(parts) => (parts, if verdict == Verdict::Met { usize::MAX } else { 1 }),
            // One part that is met is reason enough.
            Condition::Any(parts) => (parts, if verdict == Verdict::Met { 1 } else { usize::MAX }),
            single => {
                let before = out.len();
                if !shown.is_empty() {
                    out.push('，');
                }
                let reason = out.len();
                self.single(single, verdict, out);
                let reason = reason..out.len();
                let is_shown = |other: &Range<usize>| out.get(other.clone()) == out.get(reason.clone());
                if reason.is_empty() || shown.iter().any(is_shown) {
                    out.truncate(before);
                } else {
                    shown.push(reason);
                }
                return;
            }
        };
        let agreeing = parts.iter().filter(|part| self.0.condition(part) == verdict);
        for part in agreeing.take(most) {
            self.reasons(part, verdict, shown, out);
        }
    }

    /// The reason that a condition without parts gives.
    fn single(&self, condition: &Condition, verdict: Verdict, out: &mut String) {
        match condition {
            Condition::Yes(name) => {
                let answer = match verdict {
                    Verdict::Met => "：是",
                    Verdict::Unmet => "：否",
                    Verdict::Unclear => return self.open(name, out),
                };
                out.push_str(&self.name_label(name));
                out.push_str(answer);
            }
            Condition::All(_) | Condition::InOrder(_) | Condition::Any(_) => {
                self.condition(condition, verdict, out);
            }
            Condition::Not(part) => {
                let inner = match verdict {
                    Verdict::Met => Verdict::Unmet,
                    Verdict::Unmet => Verdict::Met,
                    Verdict::Unclear => Verdict::Unclear,
                };
                self.condition(part, inner, out);
            }
            Condition::AtLeast(left, right) => {
                self.compared(left, right, verdict, ("不少于", "少于"), out);
            }
            Condition::MoreThan(left, right) => {
                self.compared(left, right, verdict, ("超过", "未超过"), out);
            }
            Condition::AtMost(left, right) => {
                self.compared(left, right, verdict, ("不超过", "超过"), out);
            }
            Condition::Share(share) => self.share(share, verdict, out),
            Condition::OneOf { fact, .. } => match verdict {
                Verdict::Unclear => self.open(fact, out),
                _ => {
                    out.push_str(&self.name_label(fact));
                    out.push('：');
                    self.name_figure(fact, out);
                }
            },
            Condition::Decided(Verdict::Unclear) => {
                out.push_str("文件没有写明，须向区（县）人社部门确认");
            }
            Condition::Decided(_) => {}
            Condition::ByReading(by) => self.condition(self.0.form(by), verdict, out),
        }
    }

    /// A share with its figures, and what of the part is missing.
    fn share(&self, share: &Share, verdict: Verdict, out: &mut String) {
        let (part, whole) = (self.label(&share.part), self.label(&share.of));
        let (of_part, of_whole) = (self.0.quantity(&share.part), self.0.quantity(&share.of));
        let (Some(share_part), Some(share_whole)) = (of_part, of_whole) else {
            if of_whole == Some(Decimal::ZERO) {
                return self.labelled(&whole, &share.of, out);
            }
            return self.open_figures(&[&share.part, &share.of], out);
        };
        let Some(percent) = share_part.percent_of(share_whole) else {
            self.labelled(&whole, &share.of, out);
            return out.push_str("，谈不上比例");
        };
        self.labelled(&part, &share.part, out);
        out.push_str("，占");
        let the_whole = out.len();
        self.labelled(&whole, &share.of, out);
        put_beside(the_whole, out, |out| out.push('的'));
        let side = match verdict {
            Verdict::Met => "不低于",
            _ => "低于",
        };
        out.push(' ');
        percent.push_to(out);
        for piece in ["%，", side, " "] {
            out.push_str(piece);
        }
        Decimal::whole(share.at_least.0).push_to(out);
        out.push('%');
        if verdict != Verdict::Met {
            let hundredths = share_whole.times(share.at_least.0).minus(share_part.times(100));
            let short = hundredths.steps_up(Decimal::whole(100));
            missing(Decimal::whole(short), self.unit(&share.part), out);
        }
    }

    pub(super) fn compared(
        &self,
        left: &Quantity,
        right: &Quantity,
        verdict: Verdict,
        (met, unmet): (&str, &str),
        out: &mut String,
    ) {
        let label = self.label(left);
        if verdict == Verdict::Unclear {
            return self.open_figures(&[left, right], out);
        }
        self.labelled(&label, left, out);
        let wanted = self.0.quantity(right);
        if wanted == Some(Decimal::ZERO) || is_one(right) {
            return;
        }
        out.push('，');
        let unit = self.unit(left);
        let side = out.len();
        out.push_str(if verdict == Verdict::Met { met } else { unmet });
        put_beside(side, out, |out| self.figure_with(right, unit, out));
        let (Verdict::Unmet, Some(figure), Some(wanted)) = (verdict, self.0.quantity(left), wanted) else {
            return;
        };
        if figure < wanted {
            let short = wanted.minus(figure);
            if self.is_time(left) && !short.is_whole() {
                let short = short.steps_up(Decimal::whole(1));
                put(out, format_args!("，还差不足 {short} {unit}"));
            } else {
                missing(short, unit, out);
            }
        }
    }

    /// Why figures are not known: the first answer that cannot be used, else those that are missing.
    fn open_figures(&self, quantities: &[&Quantity], out: &mut String) {
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
            return put(out, format_args!("{label}填写有误（{fault}）"));
        }
        out.push_str("未填：");
        let labels: Vec<Cow<'_, str>> = open.map(|quantity| self.label(quantity)).collect();
        out.push_str(&listed(&labels));
    }

    pub(super) fn open(&self, name: &Name, out: &mut String) {
        match self.0.known(name) {
            Known::Invalid(fault) => {
                put(out, format_args!("{}填写有误（{fault}）", self.name_label(name)));
            }
            _ => {
                out.push_str("未填：");
                out.push_str(&self.name_label(name));
            }
        }
    }

    pub(super) fn name_label<'b>(&'b self, name: &'b Name) -> Cow<'b, str> {
        Cow::Borrowed(match name.slot {
            Slot::Fact(place) => &self.0.policy.facts[place].label,
            Slot::Quantity(place) => {
                let quantity = &self.0.policy.quantities[place];
                match self.other_form(&quantity.is) {
                    Some(form) => return self.label(form),
                    None => &quantity.label,
                }
            }
            _ => &name.id,
        })
    }

    /// What is counted in place of a quantity under another reading than the
    /// default: its figure is no figure of what the quantity is called.
    fn other_form<'b>(&'b self, quantity: &'b Quantity) -> Option<&'b Quantity> {
        let Quantity::ByReading(by) = quantity else {
            return None;
        };
        let form = self.0.form(by);
        (!core::ptr::eq(form, &*by.default)).then_some(form)
    }

    fn name_figure(&self, name: &Name, out: &mut String) {
        let fact = match name.slot {
            Slot::Fact(place) => Some(&self.0.policy.facts[place]),
            _ => None,
        };
        match (self.0.known(name), fact) {
            (Known::Value(Value::Choice(chosen)), Some(fact)) => {
                let choice = fact.choices.get(chosen);
                out.push_str(choice.map_or("", |choice| &choice.label));
            }
            _ => self.figure(&Quantity::Named(name.clone()), out),
        }
    }

    pub(super) fn label<'b>(&'b self, quantity: &'b Quantity) -> Cow<'b, str> {
        let join = |parts: &[Quantity], with: &str, out: &mut String| {
            joined(parts, with, out, |part, out| out.push_str(&self.label(part)));
        };
        Cow::Owned(match quantity {
            Quantity::Named(name) => return self.name_label(name),
            Quantity::Constant(figure) => figure.to_string(),
            Quantity::Sum(parts) => written(|out| join(parts, "＋", out)),
            Quantity::Min(parts) | Quantity::Max(parts) => written(|out| {
                join(parts, "与", out);
                let is_least = matches!(quantity, Quantity::Min(_));
                out.push_str(if is_least { "中较小的" } else { "中较大的" });
            }),
            Quantity::Count(conditions) => written(|out| {
                joined(conditions, "、", out, |one, out| {
                    out.push_str(&self.condition_label(one));
                });
            }),
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
                Slot::Quantity(place) => {
                    let quantity = &policy.quantities[place];
                    match self.other_form(&quantity.is) {
                        Some(form) => self.unit(form),
                        None => &quantity.unit,
                    }
                }
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

    /// A quantity by a name and with its figure.
    pub(super) fn labelled(&self, label: &str, quantity: &Quantity, out: &mut String) {
        let from = out.len();
        out.push_str(label);
        put_beside(from, out, |out| self.figure(quantity, out));
    }

    pub(super) fn figure(&self, quantity: &Quantity, out: &mut String) {
        self.figure_with(quantity, self.unit(quantity), out);
    }

    pub(super) fn figure_with(&self, quantity: &Quantity, unit: &str, out: &mut String) {
        self.figure_of(quantity, self.0.quantity(quantity), unit, out);
    }

    /// Whether something that a quantity is made of was filled in, but cannot be used.
    pub(super) fn is_filled_in_wrongly(&self, quantity: &Quantity) -> bool {
        let mut facts = Inputs::of_quantity(self.0.policy, quantity).facts.into_iter();
        facts.any(|fact| matches!(self.0.facts.get(fact), Known::Invalid(_)))
    }

    /// The figure that a quantity comes to.
    pub(super) fn figure_of(
        &self,
        quantity: &Quantity,
        figure: Option<Decimal>,
        unit: &str,
        out: &mut String,
    ) {
        let Some(figure) = figure else {
            let is_wrong = self.is_filled_in_wrongly(quantity);
            return out.push_str(if is_wrong { "填写有误" } else { "未填" });
        };
        if self.is_time(quantity) && !figure.is_whole() {
            return out.push_str(&time_in_words(figure, unit));
        }
        let warning = self
            .answer_behind(quantity)
            .and_then(|fact| self.0.facts.warning(fact));
        let set_right = warning.filter(|warning| warning.counts == figure);
        set_right.map_or(figure, |warning| warning.given).push_to(out);
        if !unit.is_empty() {
            out.push(' ');
            out.push_str(unit);
        }
        if let Some(warning) = set_right {
            put(out, format_args!("（{}）", warning.counted(self.0.policy)));
        }
    }

    /// The fact by whose label a quantity is called, where it is one answer.
    fn answer_behind(&self, quantity: &Quantity) -> Option<FactIdx> {
        match quantity {
            Quantity::Named(name) => match name.slot {
                Slot::Fact(place) => Some(place),
                Slot::Quantity(place) => {
                    self.answer_behind(self.other_form(&self.0.policy.quantities[place].is)?)
                }
                _ => None,
            },
            Quantity::ByReading(by) => self.answer_behind(self.0.form(by)),
            _ => None,
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

/// Whether a quantity is the fixed figure 1.
pub(super) fn is_one(quantity: &Quantity) -> bool {
    matches!(quantity, Quantity::Constant(figure) if *figure == Decimal::whole(1))
}

/// What is written into a text, as a text of its own.
pub(super) fn written(write: impl FnOnce(&mut String)) -> String {
    let mut text = String::new();
    write(&mut text);
    text
}

/// Adds to a text, which takes whatever is written to it.
pub(super) fn put(out: &mut String, what: impl Display) {
    let _ = write!(out, "{what}");
}

/// Writes several things with something between them.
pub(super) fn joined<Part>(
    parts: impl IntoIterator<Item = Part>,
    with: &str,
    out: &mut String,
    write: impl Fn(Part, &mut String),
) {
    for (place, part) in parts.into_iter().enumerate() {
        if place > 0 {
            out.push_str(with);
        }
        write(part, out);
    }
}

const fn is_han(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}')
}

/// What of a figure is missing.
fn missing(short: Decimal, unit: &str, out: &mut String) {
    out.push_str("，还差 ");
    short.push_to(out);
    out.push(' ');
    out.push_str(unit);
}

/// Two pieces of a sentence side by side: with a space between them, as around
/// figures, but none between Chinese characters.
pub(super) fn beside(left: &str, right: &str) -> String {
    written(|out| {
        out.push_str(left);
        put_beside(0, out, |out| out.push_str(right));
    })
}

/// Goes on beside what was written from there on.
pub(super) fn put_beside(from: usize, out: &mut String, right: impl FnOnce(&mut String)) {
    let space = out.len();
    let may_be_close = out.get(from..).is_some_and(|left| left.ends_with(is_han));
    out.push(' ');
    right(out);
    if may_be_close
        && out
            .get(space + 1..)
            .is_some_and(|right| right.starts_with(is_han))
    {
        out.remove(space);
    }
}

/// A length of time between two anniversaries: `4 年多`, `不满 1 年`.
pub(super) fn time_in_words(time: Decimal, unit: &str) -> String {
    match time.steps_down(Decimal::whole(1)) {
        0 => format!("不满 1 {unit}"),
        whole => format!("{whole} {unit}多"),
    }
}

/// The figures of a band: `401–500 人`, `500 万元及以上`, `不满 50 万元`.
pub(super) fn band_range(band: &Band, unit: &str) -> String {
    written(|out| put_band(band, unit, out))
}

/// The same, added to a text.
pub(super) fn put_band(band: &Band, unit: &str, out: &mut String) {
    let (low, between, high, behind) = match (band.from, band.above, band.up_to, band.below) {
        (Some(from), _, Some(to), _) if from == to => (None, "", Some(from), ""),
        (Some(from), _, Some(to), _) => (Some(from), "–", Some(to), ""),
        (Some(from), _, _, Some(to)) => (Some(from), " 至不满 ", Some(to), ""),
        (_, Some(from), Some(to), _) => (Some(from), " 至 ", Some(to), ""),
        (_, Some(from), _, Some(to)) => (Some(from), " 至不满 ", Some(to), ""),
        (Some(from), _, _, _) => (None, "", Some(from), "及以上"),
        (_, Some(from), _, _) => (None, "超过 ", Some(from), ""),
        // No figure lies below zero.
        (_, _, Some(to), _) if to == Decimal::ZERO => (None, "", Some(to), ""),
        (_, _, Some(to), _) => (None, "", Some(to), "及以下"),
        (_, _, _, Some(to)) => (None, "不满 ", Some(to), ""),
        _ => (None, "全部", None, ""),
    };
    if let Some(low) = low {
        // 以上 would count the figure itself in (民法典 1259).
        if band.above.is_some() {
            out.push_str("超过 ");
        }
        low.push_to(out);
    }
    out.push_str(between);
    if let Some(high) = high {
        high.push_to(out);
        if !unit.is_empty() {
            out.push(' ');
            out.push_str(unit);
        }
    }
    out.push_str(behind);
}
