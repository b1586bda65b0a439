//! The closed vocabulary in which a scheme is written: quantities, conditions
//! and scores. There are no string expressions, so nothing has to be parsed or
//! trusted beyond these forms.

use core::fmt;

use super::decode::{FromJson, Members, Reader, choices, forms, members};
use super::shapes::{Shapes, any_of, form, list_of, of_type, table, text_like};
use super::{Name, Reading};
use crate::json::Json;
use crate::numbers::{Decimal, Points};

/// A figure computed from facts.
#[derive(Clone, Debug)]
pub enum Quantity {
    /// A fact or a named quantity: `"annual_trained"`.
    Named(Name),
    /// A fixed figure: `300`, `"0.5"` inside a table is not needed for figures.
    Constant(Decimal),
    /// `{ sum = ["a", "b"] }`
    Sum(Vec<Quantity>),
    /// `{ min = ["a", "b"] }`
    Min(Vec<Quantity>),
    /// `{ max = ["a", "b"] }`
    Max(Vec<Quantity>),
    /// How many of the conditions are met: `{ count = ["a", "b"] }`
    Count(Vec<Condition>),
    /// `{ choose = { if = …, then = …, otherwise = … } }`
    Choose {
        /// What decides.
        condition: Box<Condition>,
        /// The figure where it is met.
        then: Box<Quantity>,
        /// The figure where it is not.
        otherwise: Box<Quantity>,
    },
    /// `{ by_reading = { doubt = "A12", default = …, strict = … } }`
    ByReading(ByReading<Quantity>),
}

/// Something that is met, not met, or not known yet.
#[derive(Clone, Debug)]
pub enum Condition {
    /// A yes/no fact that is answered yes: `"law_abiding"`.
    Yes(Name),
    /// `{ all = [ … ] }`
    All(Vec<Condition>),
    /// `{ any = [ … ] }`
    Any(Vec<Condition>),
    /// `{ in_order = [ … ] }`: the first one that is not met decides, so that a
    /// later one cannot fail what an earlier one leaves open.
    InOrder(Vec<Condition>),
    /// `{ not = … }`
    Not(Box<Condition>),
    /// `{ at_least = ["brand_employees", 300] }`
    AtLeast(Quantity, Quantity),
    /// `{ more_than = ["years_since_cancellation", 5] }`
    MoreThan(Quantity, Quantity),
    /// `{ at_most = ["labor_disputes", 0] }`
    AtMost(Quantity, Quantity),
    /// `{ share = { part = …, of = …, at_least = "50%" } }`
    Share(Share),
    /// `{ one_of = { fact = "recognized_level", choices = ["none", "district"] } }`
    OneOf {
        /// A choice fact.
        fact: Name,
        /// The choices that meet the condition.
        choices: Vec<String>,
    },
    /// `{ decided = "unclear" }`: what the document leaves to an office to say.
    Decided(Verdict),
    /// `{ by_reading = { doubt = "A22", default = …, strict = … } }`
    ByReading(ByReading<Condition>),
}

/// The points of a row.
#[derive(Clone, Debug)]
pub enum Score {
    /// `{ award = { points = 2, if = … } }`
    Award(Award),
    /// `{ sum = [ … ] }`
    Sum(Vec<Score>),
    /// `{ highest = [ … ] }`: the largest one alone counts.
    Highest(Vec<Score>),
    /// `{ capped = { cap = 3, score = … } }`; the row's own maximum needs none.
    Capped {
        /// The most that counts.
        cap: Points,
        /// What is capped.
        score: Box<Score>,
    },
    /// `{ bands = { of = …, table = [ … ] } }`
    Bands(Bands),
    /// `{ steps = { of = …, every = 50, points = 1 } }`
    Steps(Steps),
    /// `{ gate = { if = …, then = … } }`: nothing where the condition is not met.
    Gate {
        /// What opens the gate.
        condition: Condition,
        /// What counts behind it.
        then: Box<Score>,
    },
    /// `{ choose = { if = …, then = …, otherwise = … } }`
    Choose {
        /// What decides.
        condition: Condition,
        /// What counts where it is met.
        then: Box<Score>,
        /// What counts where it is not.
        otherwise: Box<Score>,
    },
    /// `{ scaled = { to = 3, of = [ … ] } }`: parts stretched so that all of them give `to`.
    Scaled {
        /// What all parts together give.
        to: Points,
        /// The parts.
        of: Vec<Score>,
    },
    /// `{ deduct = { from = 3, less = [ … ] } }`: never below zero.
    Deduct {
        /// What is there before anything is taken off.
        from: Points,
        /// What is taken off.
        less: Vec<Score>,
    },
    /// `{ by_reading = { doubt = "A28", default = …, strict = … } }`
    ByReading(ByReading<Score>),
}

impl Score {
    /// The most it can give, whatever the reading; `None` where it grows without end.
    pub fn full(&self) -> Option<Points> {
        let all = |parts: &[Self]| parts.iter().map(Self::full).collect::<Option<Vec<_>>>();
        match self {
            Self::Award(award) => Some(award.points),
            Self::Sum(parts) => Some(all(parts)?.into_iter().sum()),
            Self::Highest(parts) => Some(all(parts)?.into_iter().max().unwrap_or_default()),
            Self::Capped { cap, score } => Some(score.full().map_or(*cap, |full| full.min(*cap))),
            Self::Bands(bands) => bands.table.iter().map(|band| band.points).max(),
            Self::Steps(_) => None,
            Self::Gate { then, .. } => then.full(),
            Self::Choose { then, otherwise, .. } => Some(then.full()?.max(otherwise.full()?)),
            Self::Scaled { to, .. } => Some(*to),
            Self::Deduct { from, .. } => Some(*from),
            Self::ByReading(by) => by
                .branches()
                .map(Self::full)
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .max(),
        }
    }
}

/// Points for a condition that is met.
#[derive(Clone, Debug)]
pub struct Award {
    /// What it gives.
    pub points: Points,
    /// What it is given for.
    pub condition: Condition,
    /// Its name in an explanation, where the facts' own names do not serve.
    pub label: Option<String>,
    /// Whether this division of the points is the tool's own and not the document's.
    pub by_tool: bool,
}

members!(Award: points, condition = "if"; label, by_tool);

/// Points by the band in which a figure lies.
#[derive(Clone, Debug)]
pub struct Bands {
    /// The figure.
    pub of: Quantity,
    /// The bands from the lowest to the highest, without gap or overlap.
    pub table: Vec<Band>,
}

members!(Bands: of, table);

/// One band. An end that is not named is open to infinity.
#[derive(Clone, Debug)]
pub struct Band {
    /// Lower end, included.
    pub from: Option<Decimal>,
    /// Lower end, not included.
    pub above: Option<Decimal>,
    /// Upper end, included.
    pub up_to: Option<Decimal>,
    /// Upper end, not included.
    pub below: Option<Decimal>,
    /// What the band gives.
    pub points: Points,
    /// Whether the document gives this band only by 以此类推.
    pub by_analogy: bool,
}

members!(Band: points; from, above, up_to, below, by_analogy);

impl Band {
    /// Whether the figure lies in the band.
    pub fn holds(&self, figure: Decimal) -> bool {
        self.from.is_none_or(|end| figure >= end)
            && self.above.is_none_or(|end| figure > end)
            && self.up_to.is_none_or(|end| figure <= end)
            && self.below.is_none_or(|end| figure < end)
    }
}

/// Points for every so many.
#[derive(Clone, Debug)]
pub struct Steps {
    /// The figure.
    pub of: Quantity,
    /// The size of a step.
    pub every: Decimal,
    /// What a step gives.
    pub points: Points,
    /// Whether a step counts once it is begun.
    pub begun: bool,
    /// Its name in an explanation, where the figure's own name does not serve.
    pub label: Option<String>,
}

members!(Steps: of, every, points; begun, label);

/// A part that must reach a share of a whole; compared by cross-multiplication.
#[derive(Clone, Debug)]
pub struct Share {
    /// The part.
    pub part: Quantity,
    /// The whole.
    pub of: Quantity,
    /// The least share, as the document writes it: `"50%"`.
    pub at_least: Percent,
}

members!(Share: part, of, at_least);

/// A whole percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(pub i64);

impl fmt::Display for Percent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}%", self.0)
    }
}

impl FromJson for Percent {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        let digits = value.as_text().and_then(|text| text.strip_suffix('%'));
        digits
            .and_then(|digits| digits.parse().ok())
            .map(Self)
            .unwrap_or_else(|| {
                reader.wanted("比例，如 \"50%\"");
                Self(0)
            })
    }

    fn describe(_: &mut Shapes) -> Json {
        text_like("^-?[0-9]+%$")
    }
}

/// What a condition comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Met,
    /// It does not hold.
    Unmet,
    /// It cannot be shown.
    Unclear,
}

choices!(Verdict: "met" => Met, "unmet" => Unmet, "unclear" => Unclear);

/// One form per reading; a reading that is not named is the default one.
#[derive(Clone, Debug)]
pub struct ByReading<Form> {
    /// The doubt that decides.
    pub doubt: Name,
    /// The best founded form.
    pub default: Box<Form>,
    /// The severe form.
    pub strict: Option<Box<Form>>,
    /// The generous form.
    pub lenient: Option<Box<Form>>,
}

impl<Form> ByReading<Form> {
    /// The form under a reading.
    pub fn under(&self, reading: Reading) -> &Form {
        match reading {
            Reading::Strict => self.strict.as_deref(),
            Reading::Default => None,
            Reading::Lenient => self.lenient.as_deref(),
        }
        .unwrap_or(&self.default)
    }

    /// Every form that is written down.
    pub fn branches(&self) -> impl Iterator<Item = &Form> {
        [
            Some(&*self.default),
            self.strict.as_deref(),
            self.lenient.as_deref(),
        ]
        .into_iter()
        .flatten()
    }

    /// Every form that is written down, to be linked.
    pub fn branches_mut(&mut self) -> impl Iterator<Item = &mut Form> {
        [
            Some(&mut *self.default),
            self.strict.as_deref_mut(),
            self.lenient.as_deref_mut(),
        ]
        .into_iter()
        .flatten()
    }
}

impl<Form: FromJson> FromJson for ByReading<Form> {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        let mut members = Members::of(value, reader);
        let by = Self {
            doubt: members.take("doubt", true),
            default: members.take("default", true),
            strict: members.take("strict", false),
            lenient: members.take("lenient", false),
        };
        members.end();
        by
    }

    fn describe(shapes: &mut Shapes) -> Json {
        let form = Form::describe(shapes);
        let members = [
            ("doubt", Name::describe(shapes)),
            ("default", form.clone()),
            ("strict", form.clone()),
            ("lenient", form),
        ];
        table(&members, 2)
    }
}

impl FromJson for Quantity {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        match value {
            Json::Text(name) => Self::Named(Name::unlinked(name)),
            Json::Number(_) => Self::Constant(Decimal::from_json(value, reader)),
            _ => forms!(
                value, reader, "编号、整数或表，如 { sum = [ … ] }";
                "sum" => Sum,
                "min" => Min,
                "max" => Max,
                "count" => Count,
                "choose" => Choose { condition = "if", then, otherwise },
                "by_reading" => ByReading;
                Self::Constant(Decimal::ZERO)
            ),
        }
    }

    fn describe(shapes: &mut Shapes) -> Json {
        shapes.named("Quantity", |shapes| {
            let (all, conditions) = (
                list_of(Self::describe(shapes)),
                Vec::<Condition>::describe(shapes),
            );
            let choice = [
                ("if", Condition::describe(shapes)),
                ("then", Self::describe(shapes)),
                ("otherwise", Self::describe(shapes)),
            ];
            any_of([
                Name::describe(shapes),
                of_type("integer"),
                form("sum", all.clone()),
                form("min", all.clone()),
                form("max", all),
                form("count", conditions),
                form("choose", table(&choice, 3)),
                form("by_reading", ByReading::<Self>::describe(shapes)),
            ])
        })
    }
}

impl FromJson for Condition {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        match value {
            Json::Text(name) => Self::Yes(Name::unlinked(name)),
            _ => forms!(
                value, reader, "是否问题的编号或表，如 { all = [ … ] }";
                "all" => All,
                "any" => Any,
                "in_order" => InOrder,
                "not" => Not,
                "at_least" => AtLeast(left, right),
                "more_than" => MoreThan(left, right),
                "at_most" => AtMost(left, right),
                "share" => Share,
                "one_of" => OneOf { fact, choices },
                "decided" => Decided,
                "by_reading" => ByReading;
                Self::Decided(Verdict::Unclear)
            ),
        }
    }

    fn describe(shapes: &mut Shapes) -> Json {
        shapes.named("Condition", |shapes| {
            let all = list_of(Self::describe(shapes));
            let two = <(Quantity, Quantity)>::describe(shapes);
            let choice = [
                ("fact", Name::describe(shapes)),
                ("choices", Vec::<String>::describe(shapes)),
            ];
            any_of([
                Name::describe(shapes),
                form("all", all.clone()),
                form("any", all.clone()),
                form("in_order", all),
                form("not", Self::describe(shapes)),
                form("at_least", two.clone()),
                form("more_than", two.clone()),
                form("at_most", two),
                form("share", Share::describe(shapes)),
                form("one_of", table(&choice, 2)),
                form("decided", Verdict::describe(shapes)),
                form("by_reading", ByReading::<Self>::describe(shapes)),
            ])
        })
    }
}

impl FromJson for Score {
    fn from_json(value: Json, reader: &mut Reader) -> Self {
        forms!(
            value, reader, "表，如 { award = { … } }";
            "award" => Award,
            "sum" => Sum,
            "highest" => Highest,
            "capped" => Capped { cap, score },
            "bands" => Bands,
            "steps" => Steps,
            "gate" => Gate { condition = "if", then },
            "choose" => Choose { condition = "if", then, otherwise },
            "scaled" => Scaled { to, of },
            "deduct" => Deduct { from, less },
            "by_reading" => ByReading;
            Self::Sum(Vec::new())
        )
    }

    fn describe(shapes: &mut Shapes) -> Json {
        shapes.named("Score", |shapes| {
            let (own, points) = (Self::describe(shapes), Points::describe(shapes));
            let (all, condition) = (list_of(own.clone()), Condition::describe(shapes));
            let gate = [("if", condition.clone()), ("then", own.clone())];
            let choice = [
                ("if", condition),
                ("then", own.clone()),
                ("otherwise", own.clone()),
            ];
            any_of([
                form("award", Award::describe(shapes)),
                form("sum", all.clone()),
                form("highest", all.clone()),
                form("capped", table(&[("cap", points.clone()), ("score", own)], 2)),
                form("bands", Bands::describe(shapes)),
                form("steps", Steps::describe(shapes)),
                form("gate", table(&gate, 2)),
                form("choose", table(&choice, 3)),
                form("scaled", table(&[("to", points.clone()), ("of", all.clone())], 2)),
                form("deduct", table(&[("from", points), ("less", all)], 2)),
                form("by_reading", ByReading::<Self>::describe(shapes)),
            ])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a band with one end at five holds four, five and six.
    fn held(name: fn(&mut Band, Decimal)) -> [bool; 3] {
        let mut band = Band {
            from: None,
            above: None,
            up_to: None,
            below: None,
            points: Points::ZERO,
            by_analogy: false,
        };
        name(&mut band, Decimal::whole(5));
        [4, 5, 6].map(|figure| band.holds(Decimal::whole(figure)))
    }

    #[test]
    fn each_end_of_a_band_belongs_to_it_or_not_as_it_is_named() {
        assert_eq!(held(|_, _| {}), [true, true, true]);
        assert_eq!(held(|band, end| band.from = Some(end)), [false, true, true]);
        assert_eq!(held(|band, end| band.above = Some(end)), [false, false, true]);
        assert_eq!(held(|band, end| band.up_to = Some(end)), [true, true, false]);
        assert_eq!(held(|band, end| band.below = Some(end)), [true, false, false]);
    }
}
