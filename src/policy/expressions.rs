//! The closed vocabulary in which a scheme is written: quantities, conditions
//! and scores. There are no string expressions, so nothing has to be parsed or
//! trusted beyond these forms.

use core::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::{Name, Reading};
use crate::numbers::{Decimal, Points};

/// A figure reckoned from facts.
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
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
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
        #[serde(rename = "if")]
        condition: Condition,
        /// What counts behind it.
        then: Box<Score>,
    },
    /// `{ choose = { if = …, then = …, otherwise = … } }`
    Choose {
        /// What decides.
        #[serde(rename = "if")]
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// What it gives.
    pub points: Points,
    /// What it is given for.
    #[serde(rename = "if")]
    pub condition: Condition,
    /// Its name in an explanation, where the facts' own names do not serve.
    pub label: Option<String>,
    /// Whether this division of the points is the tool's own and not the document's.
    #[serde(default)]
    pub by_tool: bool,
}

/// Points by the band in which a figure lies.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// The figure.
    pub of: Quantity,
    /// The bands from the lowest to the highest, without gap or overlap.
    pub table: Vec<Band>,
}

/// One band. An end that is not named is open to infinity.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
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
    #[serde(default)]
    pub by_analogy: bool,
}

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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    /// The figure.
    pub of: Quantity,
    /// The size of a step.
    pub every: Decimal,
    /// What a step gives.
    pub points: Points,
    /// Whether a step counts once it is begun.
    #[serde(default)]
    pub begun: bool,
    /// Its name in an explanation, where the figure's own name does not serve.
    pub label: Option<String>,
}

/// A part that must reach a share of a whole; compared by cross-multiplication.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The part.
    pub part: Quantity,
    /// The whole.
    pub of: Quantity,
    /// The least share, as the document writes it: `"50%"`.
    pub at_least: Percent,
}

/// A whole percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(pub i64);

impl fmt::Display for Percent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}%", self.0)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let text = String::deserialize(source)?;
        let digits = text.strip_suffix('%').and_then(|digits| digits.parse().ok());
        digits
            .map(Self)
            .ok_or_else(|| D::Error::custom(format_args!("\"{text}\" is not a share such as \"50%\"")))
    }
}

/// What a condition comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It holds.
    Met,
    /// It does not hold.
    Unmet,
    /// It cannot be told.
    Unclear,
}

/// One form per reading; a reading that is not named is the default one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
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

/// The forms of a quantity that are tables.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum QuantityTable {
    Sum(Vec<Quantity>),
    Min(Vec<Quantity>),
    Max(Vec<Quantity>),
    Count(Vec<Condition>),
    Choose {
        #[serde(rename = "if")]
        condition: Box<Condition>,
        then: Box<Quantity>,
        otherwise: Box<Quantity>,
    },
    ByReading(ByReading<Quantity>),
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Quantity;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a figure: a name, a number or a table such as { sum = [...] }")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Quantity, E> {
                Name::deserialize(StrDeserializer::new(name)).map(Quantity::Named)
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<Quantity, E> {
                Ok(Quantity::Constant(Decimal::whole(value)))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<Quantity, E> {
                i64::try_from(value)
                    .map(|value| Quantity::Constant(Decimal::whole(value)))
                    .map_err(E::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Quantity, A::Error> {
                Ok(
                    match QuantityTable::deserialize(MapAccessDeserializer::new(access))? {
                        QuantityTable::Sum(parts) => Quantity::Sum(parts),
                        QuantityTable::Min(parts) => Quantity::Min(parts),
                        QuantityTable::Max(parts) => Quantity::Max(parts),
                        QuantityTable::Count(conditions) => Quantity::Count(conditions),
                        QuantityTable::Choose {
                            condition,
                            then,
                            otherwise,
                        } => Quantity::Choose {
                            condition,
                            then,
                            otherwise,
                        },
                        QuantityTable::ByReading(by) => Quantity::ByReading(by),
                    },
                )
            }
        }
        source.deserialize_any(Reader)
    }
}

/// The forms of a condition that are tables.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ConditionTable {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    InOrder(Vec<Condition>),
    Not(Box<Condition>),
    AtLeast(Quantity, Quantity),
    MoreThan(Quantity, Quantity),
    AtMost(Quantity, Quantity),
    Share(Share),
    OneOf { fact: Name, choices: Vec<String> },
    Decided(Verdict),
    ByReading(ByReading<Condition>),
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Condition;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a condition: the name of a yes/no fact or a table such as { all = [...] }")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Condition, E> {
                Name::deserialize(StrDeserializer::new(name)).map(Condition::Yes)
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Condition, A::Error> {
                Ok(
                    match ConditionTable::deserialize(MapAccessDeserializer::new(access))? {
                        ConditionTable::All(parts) => Condition::All(parts),
                        ConditionTable::Any(parts) => Condition::Any(parts),
                        ConditionTable::InOrder(parts) => Condition::InOrder(parts),
                        ConditionTable::Not(part) => Condition::Not(part),
                        ConditionTable::AtLeast(left, right) => Condition::AtLeast(left, right),
                        ConditionTable::MoreThan(left, right) => Condition::MoreThan(left, right),
                        ConditionTable::AtMost(left, right) => Condition::AtMost(left, right),
                        ConditionTable::Share(share) => Condition::Share(share),
                        ConditionTable::OneOf { fact, choices } => Condition::OneOf { fact, choices },
                        ConditionTable::Decided(verdict) => Condition::Decided(verdict),
                        ConditionTable::ByReading(by) => Condition::ByReading(by),
                    },
                )
            }
        }
        source.deserialize_any(Reader)
    }
}
