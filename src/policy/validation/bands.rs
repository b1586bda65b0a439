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
        faults.require(false, place, "分档表 table 是空的，请写出各档");
        return;
    };
    for band in &bands.table {
        faults.require(
            band.points >= Points::ZERO,
            place,
            format_args!("有一档给 {} 分，请写 0 或更多", band.points),
        );
        faults.require(
            band.from.is_none() || band.above.is_none(),
            place,
            format_args!("{} 分档有两个下限，请只留 `from` 或 `above`", band.points),
        );
        faults.require(
            band.up_to.is_none() || band.below.is_none(),
            place,
            format_args!("{} 分档有两个上限，请只留 `up_to` 或 `below`", band.points),
        );
    }
    let at_a_gate = |figure| match &bands.of {
        Quantity::Named(name) => floors.contains(&(name.id.as_str(), figure)),
        _ => false,
    };
    faults.require(
        lower(first).is_none_or(|(figure, included)| included && at_a_gate(figure)),
        place,
        "第一档漏掉了最低的数，请删去它的下限，或用 gate 把更低的挡在外面",
    );
    faults.require(
        upper(last).is_none(),
        place,
        "最后一档漏掉了最高的数，请删去它的上限",
    );
    for (low, high) in bands.table.iter().zip(bands.table.iter().skip(1)) {
        faults.require(
            low.points <= high.points,
            place,
            format_args!(
                "{} 分档排在 {} 分档后面，数越大得分不能越低，请调整次序或分数",
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
        return Some(format!("{points} 分档和前一档相接处都要写明端点，请补上"));
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
            "{points} 分档之前有空隙，在 {end} 和 {start} 之间，请让两档接上"
        ));
    }
    overlap.then(|| format!("{points} 分档与前一档重叠，在 {start} 和 {end} 之间，请让两档正好接上"))
}

/// Whether a figure can only be a whole number.
fn is_whole(policy: &Policy, quantity: &Quantity) -> bool {
    let all = |parts: &[Quantity]| parts.iter().all(|part| is_whole(policy, part));
    match quantity {
        Quantity::Named(name) => match name.slot {
            Slot::Fact(place) => {
                matches!(policy.facts[place].kind, FactKind::Count | FactKind::YesNo)
            }
            Slot::Quantity(place) => is_whole(policy, &policy.quantities[place].is),
            _ => false,
        },
        Quantity::Constant(figure) => figure.is_whole(),
        Quantity::Sum(parts) | Quantity::Min(parts) | Quantity::Max(parts) => all(parts),
        Quantity::Count(_) => true,
        Quantity::Choose { then, otherwise, .. } => is_whole(policy, then) && is_whole(policy, otherwise),
        Quantity::ByReading(by) => by.branches().all(|branch| is_whole(policy, branch)),
    }
}
