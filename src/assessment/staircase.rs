//! Points by the size of a figure, as a staircase: every step with its bounds,
//! the one where the figure stands, and where the next one begins.

use crate::numbers::{Decimal, Points};
use crate::policy::{Band, Bands, FactKind, Inputs, Quantity, Steps};

use super::reason_words::{ReasonWords, band_range, beside};

/// The most stairs that a staircase without a table of its own shows.
const STAIRS_SHOWN: i64 = 12;
/// How many of them lie below the one where the figure stands, where not all are shown.
const STAIRS_BELOW: i64 = 7;

/// A staircase of points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staircase {
    /// The name of the figure.
    pub label: String,
    pub unit: String,
    /// The figure, where it is known.
    pub figure: Option<Decimal>,
    /// Whether it is not known because what was filled in cannot be used.
    pub is_wrong: bool,
    /// How the document puts it, where it has no table: `每 50 人 1 分`; else empty.
    pub rule: String,
    /// The stairs from the lowest figure to the highest.
    pub stairs: Vec<Stair>,
    /// The stair where the figure stands, by its place.
    pub hit: Option<usize>,
    /// The stair that comes next, where there is one.
    pub next: Option<NextStair>,
    /// What the figure gives by itself, before any maximum of the row.
    pub points: Points,
    /// Whether these points are taken off.
    pub taken_off: bool,
    /// Whether a condition is before it that has to be met as well.
    pub gated: bool,
    /// Whether it counts as things stand: every condition before it is met.
    pub counts: bool,
    /// Whether it is one of several of which only the highest counts, and another gives more.
    pub outdone: bool,
}

/// One stair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stair {
    /// Its figures without the unit: `401–500`.
    pub range: String,
    /// Its figures with the unit: `401–500 人`.
    pub name: String,
    /// What it gives; the highest stair of a row gives no more than the row's maximum.
    pub points: Points,
    /// Whether the document gives it only by 以此类推.
    pub by_analogy: bool,
}

/// Where the next stair begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextStair {
    /// Its place among the stairs.
    pub place: usize,
    /// The figure at which it begins.
    pub at: Decimal,
    /// Whether that figure itself belongs to it; where not, it begins above.
    pub included: bool,
    /// What it gives.
    pub points: Points,
}

impl Staircase {
    /// The stair where the figure stands.
    pub fn stair(&self) -> Option<&Stair> {
        self.stairs.get(self.hit?)
    }

    /// A figure with the unit.
    pub fn with_unit(&self, figure: impl core::fmt::Display) -> String {
        if self.unit.is_empty() {
            figure.to_string()
        } else {
            format!("{figure} {}", self.unit)
        }
    }

    /// Where the figure stands, in a sentence without its end.
    pub fn standing(&self) -> String {
        let Some(figure) = self.figure else {
            return if self.is_wrong {
                format!("{}填写有误", self.label)
            } else {
                format!("还没有填{}", self.label)
            };
        };
        let figure = beside(&self.label, &self.with_unit(figure));
        let gives = if self.taken_off { "扣 " } else { "" };
        match self.stair() {
            _ if !self.rule.is_empty() => {
                format!("{figure}，{}，{gives}{} 分", self.rule, self.points)
            }
            Some(stair) => {
                let band = beside("在", &format!("{}档", stair.name));
                format!("{figure}，{band}，{gives}{} 分", stair.points)
            }
            None => format!("{figure}，不在任何一档，0 分"),
        }
    }

    /// Where the next stair begins and what it gives, in a sentence without its end.
    pub fn ahead(&self) -> Option<String> {
        let next = self.next?;
        let figure = self.figure?;
        let gives = if self.taken_off { "扣" } else { "" };
        let at = self.with_unit(next.at);
        Some(if next.included {
            let missing = self.with_unit(next.at.minus(figure));
            format!("从 {at}起{gives} {} 分，还差 {missing}", next.points)
        } else {
            format!("超过 {at}{gives} {} 分", next.points)
        })
    }
}

/// Where a band begins: the figure, and whether it belongs to the band.
fn beginning(band: &Band, before: Option<&Band>) -> Option<(Decimal, bool)> {
    let own = band
        .from
        .map(|end| (end, true))
        .or(band.above.map(|end| (end, false)));
    // A band that names no beginning begins where the one before it ends.
    own.or_else(|| before?.up_to.map(|end| (end, false)))
        .or_else(|| before?.below.map(|end| (end, true)))
}

impl ReasonWords<'_> {
    /// Whether only whole figures can come out of a quantity.
    fn is_whole(&self, quantity: &Quantity) -> bool {
        let inputs = Inputs::of_quantity(self.0.policy, quantity).facts;
        let mut kinds = inputs.iter().map(|place| self.0.policy.facts[*place].kind);
        kinds.all(|kind| matches!(kind, FactKind::Count | FactKind::YesNo))
    }

    fn empty_staircase(&self, label: String, of: &Quantity) -> Staircase {
        Staircase {
            label,
            unit: self.unit(of).to_owned(),
            figure: self.0.quantity(of),
            is_wrong: self.is_filled_in_wrongly(of),
            rule: String::new(),
            stairs: Vec::new(),
            hit: None,
            next: None,
            points: Points::ZERO,
            taken_off: false,
            gated: false,
            counts: true,
            outdone: false,
        }
    }

    /// The staircase of a table of bands.
    pub(super) fn staircase_of_bands(&self, bands: &Bands) -> Staircase {
        let mut staircase = self.empty_staircase(self.label(&bands.of).into_owned(), &bands.of);
        let whole = self.is_whole(&bands.of);
        staircase.stairs = bands
            .table
            .iter()
            .map(|band| Stair {
                range: band_range(band, ""),
                name: band_range(band, &staircase.unit),
                points: band.points,
                by_analogy: band.by_analogy,
            })
            .collect();
        let Some(figure) = staircase.figure else {
            return staircase;
        };
        staircase.hit = bands.table.iter().position(|band| band.holds(figure));
        staircase.points = staircase.stair().map(|stair| stair.points).unwrap_or_default();
        let pairs = bands.table.iter().enumerate().map(|(place, band)| {
            (
                place,
                band,
                place.checked_sub(1).and_then(|before| bands.table.get(before)),
            )
        });
        staircase.next = pairs
            .filter_map(|(place, band, before)| {
                let (at, included) = beginning(band, before)?;
                // Of whole figures the first one above an end is known.
                let (at, included) = if whole && !included && at.is_whole() {
                    (at.plus(Decimal::whole(1)), true)
                } else {
                    (at, included)
                };
                // A figure in no band lies below the first one: only there may a table leave figures out.
                let lies_ahead = staircase.hit.is_none_or(|hit| place > hit);
                lies_ahead.then_some(NextStair {
                    place,
                    at,
                    included,
                    points: band.points,
                })
            })
            .next();
        staircase
    }

    /// The staircase of points for every so many, up to the most that can count.
    pub(super) fn staircase_of_steps(&self, steps: &Steps, bound: Option<Points>) -> Staircase {
        let label = steps
            .label
            .clone()
            .unwrap_or_else(|| self.label(&steps.of).into_owned());
        let mut staircase = self.empty_staircase(label, &steps.of);
        let whole = self.is_whole(&steps.of) && steps.every.is_whole();
        let reached = self.0.steps(steps);
        let per_step = steps.points.in_hundredths();
        // The stair from which on nothing more counts.
        let top = bound
            .filter(|_| per_step > 0)
            .map(|bound| (bound.in_hundredths() + per_step - 1) / per_step);
        let standing = top.map_or(reached, |top| reached.min(top));
        let last = top.unwrap_or_else(|| standing.saturating_add(STAIRS_SHOWN - STAIRS_BELOW));
        let first = if last < STAIRS_SHOWN {
            0
        } else {
            (standing - STAIRS_BELOW).clamp(0, last - STAIRS_SHOWN + 1)
        };
        let last = last.min(first + STAIRS_SHOWN - 1);
        let points = |number: i64| {
            let points = steps.points.times(number);
            bound.map_or(points, |bound| points.min(bound))
        };
        staircase.rule = {
            let every = staircase.with_unit(steps.every);
            let begun = if steps.begun { "（不足也计）" } else { "" };
            format!("每 {every}{begun} {} 分", steps.points)
        };
        staircase.stairs = (first..=last)
            .map(|number| {
                let band = step_band(steps, number, top == Some(number), whole);
                Stair {
                    range: band_range(&band, ""),
                    name: band_range(&band, &staircase.unit),
                    points: points(number),
                    by_analogy: false,
                }
            })
            .collect();
        staircase.points = steps.points.times(reached);
        if staircase.figure.is_none() {
            return staircase;
        }
        staircase.hit = usize::try_from(standing - first).ok();
        let next = standing.saturating_add(1);
        if top.is_none_or(|top| next <= top) {
            let band = step_band(steps, next, true, whole);
            staircase.next = beginning(&band, None).map(|(at, included)| NextStair {
                place: usize::try_from(next - first).unwrap_or_default(),
                at,
                included,
                points: points(next),
            });
        }
        staircase
    }
}

/// The figures that reach this number of steps and no more, or where `open` also more.
fn step_band(steps: &Steps, number: i64, open: bool, whole: bool) -> Band {
    let at = |number: i64| steps.every.times(number);
    let mut band = Band {
        from: None,
        above: None,
        up_to: None,
        below: None,
        points: steps.points.times(number),
        by_analogy: false,
    };
    let one = Decimal::whole(1);
    match (steps.begun, whole) {
        (false, true) => {
            band.from = Some(at(number));
            band.up_to = Some(at(number + 1).minus(one));
        }
        (false, false) => {
            band.from = (number > 0).then(|| at(number));
            band.below = Some(at(number + 1));
        }
        (true, _) if number == 0 => {
            band.from = Some(Decimal::ZERO);
            band.up_to = Some(Decimal::ZERO);
        }
        (true, true) => {
            band.from = Some(at(number - 1).plus(one));
            band.up_to = Some(at(number));
        }
        (true, false) => {
            band.above = Some(at(number - 1));
            band.up_to = Some(at(number));
        }
    }
    if open {
        band.up_to = None;
        band.below = None;
    }
    band
}
