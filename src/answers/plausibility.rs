//! Figures that are sound but hardly meant: a unit mixed up, a digit too many.
//! They count as they are; the page asks about them.

use crate::numbers::Decimal;
use crate::policy::FactKind;

/// How many 元 are one 万元, and how many 万元 one 亿元.
const TEN_THOUSAND: i64 = 10_000;

/// The bounds of the policy file beyond which a figure is asked about.
#[derive(Clone, Copy, Debug, Default)]
pub struct AskedBounds {
    /// A larger figure is asked about.
    pub above: Option<Decimal>,
    /// A smaller one that is not zero is asked about.
    pub below: Option<Decimal>,
}

/// What is asked about a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubtful {
    /// The question.
    pub text: String,
    /// The figure that was probably meant.
    pub fixed: Option<Decimal>,
}

/// Asks about a figure that lies beyond its bounds.
pub fn doubtful(
    label: &str,
    unit: &str,
    kind: FactKind,
    figure: Decimal,
    bounds: AskedBounds,
) -> Option<Doubtful> {
    let is_above = bounds.above.is_some_and(|above| figure > above);
    let is_below = bounds
        .below
        .is_some_and(|below| figure > Decimal::ZERO && figure < below);
    if !is_above && !is_below {
        return None;
    }
    let within = |figure: &Decimal| {
        bounds.above.is_none_or(|above| *figure <= above) && bounds.below.is_none_or(|below| *figure >= below)
    };
    // One who types 元 where 万元 are asked, or the other way round, is ten thousand times off; who slips, ten times.
    let factor = if kind == FactKind::Money { TEN_THOUSAND } else { 10 };
    let meant = match kind {
        FactKind::Money | FactKind::Count if is_above => figure.divided_by(factor),
        FactKind::Money | FactKind::Count => Some(figure.times(factor)),
        FactKind::YesNo | FactKind::Choice | FactKind::Years => None,
    };
    let fits = |figure: &Decimal| match kind {
        FactKind::Money => figure.fits_decimals(4),
        _ => figure.is_whole(),
    };
    let fixed = meant.filter(|figure| within(figure) && fits(figure));
    let side = if is_above { "偏大" } else { "偏小" };
    // The same amount in the unit that makes the slip plain.
    let amount = match (kind, is_above) {
        (FactKind::Money, true) => meant.map(|meant| format!("，即 {meant} 亿元")),
        (FactKind::Money, false) => meant.map(|meant| format!("，即 {meant} 元")),
        _ => None,
    };
    let amount = amount.unwrap_or_default();
    let end = match fixed {
        Some(fixed) => format!("是 {fixed} {unit}吗？"),
        None => String::from("请核对。"),
    };
    Some(Doubtful {
        text: format!("{label}填的是 {figure} {unit}{amount}，{side}，{end}"),
        fixed,
    })
}
