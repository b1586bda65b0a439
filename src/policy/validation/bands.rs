//! Bands: from the lowest figure to the highest without gap or overlap. Where a
//! gate keeps lower figures out, the first band begins at the gate's figure.

use super::Faults;
use crate::numbers::{Decimal, Points};
use crate::policy::{Band, Bands, Condition, Expression, FactKind, Policy, Quantity, Score, Slot};

/// The least figure of a quantity that some gate lets through.
pub(super) type Floor<'a> = (&'a str, Decimal);

/// The floors that the gates within an expression set.
pub(super) fn floors(expression: Expression<'_>) -> Vec<Floor<'_>> {
    let mut found = Vec::new();
    expression.walk(&mut |part| {
        let Expression::Score(Score::Gate { condition, .. }) = part else {
            return;
        };
        let wanted = match condition {
            Condition::All(parts) | Condition::InOrder(parts) => parts.as_slice(),
            one => core::slice::from_ref(one),
        };
        found.extend(wanted.iter().filter_map(|one| match one {
            Condition::AtLeast(Quantity::Named(name), Quantity::Constant(least)) => {
                Some((name.id.as_str(), *least))
            }
            _ => None,
        }));
    });
    found
}

pub(super) fn check(policy: &Policy, bands: &Bands, floors: &[Floor<'_>], place: &str, faults: &mut Faults) {
    let whole = is_whole(policy, &bands.of);
    let (Some(first), Some(last)) = (bands.table.first(), bands.table.last()) else {
        faults.require(false, place, "a table of bands is empty; write its bands");
        return;
    };
    for band in &bands.table {
        faults.require(
            band.points >= Points::ZERO,
            place,
            format_args!("a band gives {} points; write zero or more", band.points),
        );
        faults.require(
            band.from.is_none() || band.above.is_none(),
            place,
            format_args!(
                "the band of {} points has two lower ends; keep `from` or `above`",
                band.points
            ),
        );
        faults.require(
            band.up_to.is_none() || band.below.is_none(),
            place,
            format_args!(
                "the band of {} points has two upper ends; keep `up_to` or `below`",
                band.points
            ),
        );
    }
    let at_a_gate = |figure| match &bands.of {
        Quantity::Named(name) => floors.contains(&(name.id.as_str(), figure)),
        _ => false,
    };
    faults.require(
        lower(first).is_none_or(|(figure, included)| included && at_a_gate(figure)),
        place,
        "the first band leaves out the lowest figures; drop its lower end, or let a gate keep them out",
    );
    faults.require(
        upper(last).is_none(),
        place,
        "the last band leaves out the highest figures; drop its upper end",
    );
    for (low, high) in bands.table.iter().zip(bands.table.iter().skip(1)) {
        faults.require(
            low.points <= high.points,
            place,
            format_args!(
                "the band of {} points stands above that of {}; points must not fall as the figure grows",
                high.points, low.points
            ),
        );
        if let Some(problem) = seam(low, high, whole) {
            faults.require(false, place, problem);
        }
    }
}

/// An end of a band: the figure, and whether the band includes it.
type End = (Decimal, bool);

fn lower(band: &Band) -> Option<End> {
    let open = band.above.map(|figure| (figure, false));
    band.from.map(|figure| (figure, true)).or(open)
}

fn upper(band: &Band) -> Option<End> {
    let open = band.below.map(|figure| (figure, false));
    band.up_to.map(|figure| (figure, true)).or(open)
}

/// What is wrong where one band ends and the next begins.
fn seam(low: &Band, high: &Band, whole: bool) -> Option<String> {
    let points = high.points;
    let (Some((end, ends_in)), Some((start, starts_in))) = (upper(low), lower(high)) else {
        return Some(format!(
            "the band of {points} points and the one before it both need an end where they meet"
        ));
    };
    let one = Decimal::whole(1);
    // Whole figures have a next one; others meet in the same figure, which belongs to one of the two.
    let (gap, overlap) = if whole {
        let last = if ends_in { end } else { end.minus(one) };
        let first = if starts_in { start } else { start.plus(one) };
        (first > last.plus(one), first <= last)
    } else {
        (
            start > end || (start == end && !starts_in && !ends_in),
            start < end || (start == end && starts_in && ends_in),
        )
    };
    if gap {
        return Some(format!(
            "there is a gap before the band of {points} points, between {end} and {start}; let the bands meet"
        ));
    }
    overlap.then(|| {
        format!("the band of {points} points overlaps the one before it, between {start} and {end}; let the bands meet")
    })
}

/// Whether a figure can only be a whole number.
fn is_whole(policy: &Policy, quantity: &Quantity) -> bool {
    let all = |parts: &[Quantity]| parts.iter().all(|part| is_whole(policy, part));
    match quantity {
        Quantity::Named(name) => match name.slot {
            Slot::Fact(place) => policy
                .facts
                .get(place)
                .is_some_and(|fact| matches!(fact.kind, FactKind::Count | FactKind::YesNo)),
            Slot::Quantity(place) => policy
                .quantities
                .get(place)
                .is_some_and(|named| is_whole(policy, &named.is)),
            _ => false,
        },
        Quantity::Constant(figure) => figure.is_whole(),
        Quantity::Sum(parts) | Quantity::Min(parts) | Quantity::Max(parts) => all(parts),
        Quantity::Count(_) => true,
        Quantity::Choose { then, otherwise, .. } => is_whole(policy, then) && is_whole(policy, otherwise),
        Quantity::ByReading(by) => by.branches().all(|branch| is_whole(policy, branch)),
    }
}
