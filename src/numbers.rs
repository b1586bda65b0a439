//! Exact numbers: figures as decimals, scores as hundredths of a point.
//!
//! No float takes part anywhere, so nothing is ever rounded in anyone's favour.

use core::fmt;
use core::num::{IntErrorKind, ParseIntError};
use core::str::FromStr;

/// How many decimals a figure can carry before it is refused.
const DECIMALS: usize = 18;
const SCALE: i128 = 10_i128.pow(DECIMALS as u32);
/// Figures are refused above this (10^15), long before any sum of them could overflow.
const LARGEST: i128 = 1_000_000_000_000_000 * SCALE;

/// A figure as the applicant gave it: exact, with up to 18 decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(i128);

/// Why a text is not a figure that can be computed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADecimal {
    /// The text does not have the form of a number.
    Form,
    /// More decimals than can be kept exactly.
    TooFine,
    /// Beyond 10^15, above or below zero.
    TooLarge,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(0);

    /// A whole number.
    pub const fn whole(value: i64) -> Self {
        Self(value as i128 * SCALE)
    }

    /// The largest figure that is taken: 10^15.
    pub const LARGEST: Self = Self(LARGEST);

    /// So many ten-thousandths: of 万元, so many 元.
    pub const fn ten_thousandths(value: i64) -> Self {
        Self(value as i128 * (SCALE / 10_000))
    }

    /// Whether there is nothing behind the decimal point (300.0 is whole).
    pub const fn is_whole(self) -> bool {
        self.0 % SCALE == 0
    }

    /// Whether the figure is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether the figure needs no more than `places` decimals.
    pub fn fits_decimals(self, places: u32) -> bool {
        self.0
            .checked_rem(10_i128.pow((DECIMALS as u32).saturating_sub(places)))
            == Some(0)
    }

    /// The figure plus another.
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The figure less another.
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The figure times a small whole number, as cross-multiplied ratios need it.
    pub const fn times(self, factor: i64) -> Self {
        Self(self.0.saturating_mul(factor as i128))
    }

    /// The figure divided by a whole number, where that comes out even in so many decimals.
    pub fn divided_by(self, divisor: i64) -> Option<Self> {
        let divisor = i128::from(divisor);
        (self.0.checked_rem(divisor)? == 0).then(|| Self(self.0 / divisor))
    }

    /// A word in which figures that differ mostly differ, for looking them up.
    pub const fn mark(self) -> u64 {
        (self.0 as u64) ^ ((self.0 >> 64) as u64).rotate_left(32)
    }

    /// How many whole `step`s fit into the figure; 0 when there is no step.
    pub const fn steps_down(self, step: Self) -> i64 {
        if step.0 <= 0 || self.0 <= 0 {
            0
        } else {
            saturated(self.0 / step.0)
        }
    }

    /// How many `step`s have been begun; 0 when there is no step.
    pub const fn steps_up(self, step: Self) -> i64 {
        if step.0 <= 0 || self.0 <= 0 {
            0
        } else {
            saturated(self.0.saturating_add(step.0 - 1) / step.0)
        }
    }

    /// The percentage that `self` is of `whole`, rounded to two decimals, for display
    /// alone; `None` for a whole of zero. What is no whole percentage is never shown as
    /// one: a share just below a bound would look as if it reached it.
    pub fn percent_of(self, whole: Self) -> Option<Points> {
        if whole.0 <= 0 {
            return None;
        }
        let scaled = self.0.checked_mul(10_000)?;
        let (below, rest) = (scaled.div_euclid(whole.0), scaled.rem_euclid(whole.0));
        let nearest = if rest >= whole.0 - rest { below + 1 } else { below };
        let is_made_whole = rest != 0 && nearest % 100 == 0;
        // Then the other neighbour is shown, on the side where the share lies.
        let shown = match is_made_whole {
            true if nearest == below => below + 1,
            true => below,
            false => nearest,
        };
        Some(Points::hundredths(shown as i64))
    }
}

impl Decimal {
    /// Reads a JSON number of any number of decimals. What is finer than can be
    /// kept is cut, but never so that the figure comes to lie on a coarser one:
    /// it stays on its side of every figure of up to 17 decimals.
    ///
    /// # Errors
    /// As for any number, but never [`NotADecimal::TooFine`].
    pub fn cut(text: &str) -> Result<Self, NotADecimal> {
        let (Self(figure), exact) = read(text)?;
        let beside = i128::from(!exact && figure % 10 == 0);
        Ok(Self(if text.starts_with('-') {
            figure - beside
        } else {
            figure + beside
        }))
    }
}

/// A count of steps; what is beyond all counting stays at the end of it.
const fn saturated(steps: i128) -> i64 {
    if steps > i64::MAX as i128 {
        i64::MAX
    } else {
        steps as i64
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    /// Reads a JSON number (sign, point and exponent allowed).
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        match read(text)? {
            (figure, true) => Ok(figure),
            (_, false) => Err(NotADecimal::TooFine),
        }
    }
}

/// Reads a JSON number, cut after the last decimal that can be kept, and tells
/// whether nothing was cut off.
fn read(text: &str) -> Result<(Decimal, bool), NotADecimal> {
    if let Some(figure) = read_short(text) {
        return Ok((figure, true));
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        None => (text, 0),
        Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
    };
    let (negative, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa),
    };
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    if before.is_empty() || (digits.contains('.') && after.is_empty()) {
        return Err(NotADecimal::Form);
    }
    let mut value: i128 = 0;
    let mut exact = true;
    // The power of ten of the digit that comes next, and of the last one that was kept.
    let mut power = i64::from(exponent) + before.len() as i64 - 1;
    let mut kept = 0;
    for byte in before.bytes().chain(after.bytes()) {
        if !byte.is_ascii_digit() {
            return Err(NotADecimal::Form);
        }
        let digit = i128::from(byte - b'0');
        if power < -(DECIMALS as i64) {
            exact &= digit == 0;
        } else {
            // Digits beyond what fits are too many in front of the finest decimal, so the figure is too large.
            value = value.saturating_mul(10).saturating_add(digit);
            kept = power;
        }
        power -= 1;
    }
    if value == 0 {
        return Ok((Decimal::ZERO, exact));
    }
    let scaled = u32::try_from(kept + DECIMALS as i64)
        .ok()
        .and_then(|shift| 10_i128.checked_pow(shift))
        .and_then(|factor| value.checked_mul(factor))
        .ok_or(NotADecimal::TooLarge)?;
    if scaled > LARGEST || (scaled == LARGEST && !exact) {
        return Err(NotADecimal::TooLarge);
    }
    Ok((Decimal(if negative { -scaled } else { scaled }), exact))
}

/// Reads a figure of so few digits that a machine word holds them, without sign
/// and exponent, which is what nearly all figures are; `None` where it is another.
fn read_short(text: &str) -> Option<Decimal> {
    if text.len() > 18 {
        return None;
    }
    let mut value: i64 = 0;
    let (mut digits, mut before) = (0, None);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                value = value * 10 + i64::from(byte - b'0');
                digits += 1;
            }
            b'.' if before.is_none() => before = Some(digits),
            _ => return None,
        }
    }
    let decimals = before.map_or(0, |before| digits - before);
    let is_short = digits <= 17 && (1..=15).contains(&(digits - decimals));
    if !is_short || before.is_some_and(|_| decimals == 0) {
        return None;
    }
    let factor = 10_i64.checked_pow(DECIMALS as u32 - decimals)?;
    Some(Decimal(i128::from(value) * i128::from(factor)))
}

/// The exponent of a number. One beyond all bounds counts as the utmost, so
/// that the figure is shown as too large or too fine, and zero stays zero.
fn read_exponent(text: &str) -> Result<i32, NotADecimal> {
    text.parse().or_else(|fault: ParseIntError| match fault.kind() {
        IntErrorKind::PosOverflow => Ok(i32::MAX),
        IntErrorKind::NegOverflow => Ok(i32::MIN),
        _ => Err(NotADecimal::Form),
    })
}

impl Decimal {
    /// Adds the figure to a text, in the shortest exact form: `500`, `386.5`.
    pub fn push_to(self, out: &mut String) {
        // A String takes whatever is written to it.
        let _ = self.write_to(out);
    }

    fn write_to(self, out: &mut impl fmt::Write) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let scale = SCALE.unsigned_abs();
        if self.0 < 0 {
            out.write_str("-")?;
        }
        let whole = magnitude / scale;
        write_digits(out, whole as u64)?;
        let fraction = (magnitude - whole * scale) as u64;
        if fraction != 0 {
            let digits = format!("{fraction:018}");
            out.write_str(".")?;
            out.write_str(digits.trim_end_matches('0'))?;
        }
        Ok(())
    }
}

impl fmt::Display for Decimal {
    /// Writes the shortest exact form: `500`, `386.5`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(out)
    }
}

/// Writes a number as it is, without the width and signs that a formatter may ask for.
fn write_digits(out: &mut impl fmt::Write, number: u64) -> fmt::Result {
    if number < 10 {
        return out.write_char(char::from(b'0' + number as u8));
    }
    let mut digits = [0; 20];
    let (mut rest, mut count) = (number, 0);
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        count += 1;
        if rest == 0 {
            break;
        }
    }
    let digits = digits.get(digits.len() - count..).unwrap_or_default();
    out.write_str(core::str::from_utf8(digits).unwrap_or_default())
}

/// A score in hundredths of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(i64);

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);

    /// A score of so many hundredths.
    pub const fn hundredths(value: i64) -> Self {
        Self(value)
    }

    /// The score in hundredths of a point.
    pub const fn in_hundredths(self) -> i64 {
        self.0
    }

    /// The score plus another.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The score less another; may be negative.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The score so many times over.
    #[must_use]
    pub const fn times(self, count: i64) -> Self {
        Self(self.0.saturating_mul(count))
    }

    /// The score within a maximum: not above it, and never below zero.
    #[must_use]
    pub fn within(self, max: Self) -> Self {
        self.min(max).max(Self::ZERO)
    }

    /// The part of `to` that `self` is of `full`: 1 of 2 scaled to 3 is 1.5.
    /// Hundredths that do not come out even are cut, never rounded up.
    #[must_use]
    pub const fn scaled(self, full: Self, to: Self) -> Self {
        if full.0 <= 0 {
            Self::ZERO
        } else {
            Self(self.0.saturating_mul(to.0) / full.0)
        }
    }
}

impl core::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(scores: I) -> Self {
        scores.fold(Self::ZERO, Self::plus)
    }
}

impl Points {
    /// Adds the score to a text, with at most two decimals and none that are zero: `8`, `1.5`, `0.25`.
    pub fn push_to(self, out: &mut String) {
        // A String takes whatever is written to it.
        let _ = self.write_to(out);
    }

    fn write_to(self, out: &mut impl fmt::Write) -> fmt::Result {
        if self.0 < 0 {
            out.write_str("-")?;
        }
        let magnitude = self.0.unsigned_abs();
        write_digits(out, magnitude / 100)?;
        let cents = magnitude % 100;
        if cents == 0 {
            return Ok(());
        }
        out.write_str(".")?;
        write_digits(out, cents / 10)?;
        if cents.is_multiple_of(10) {
            return Ok(());
        }
        write_digits(out, cents % 10)
    }
}

impl fmt::Display for Points {
    /// Writes at most two decimals and none that are zero: `8`, `1.5`, `0.25`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(out)
    }
}

impl TryFrom<Decimal> for Points {
    type Error = NotADecimal;

    /// A score has at most two decimals.
    fn try_from(figure: Decimal) -> Result<Self, NotADecimal> {
        if !figure.fits_decimals(2) {
            return Err(NotADecimal::TooFine);
        }
        Ok(Self((figure.0 / (SCALE / 100)) as i64))
    }
}

impl FromStr for Points {
    type Err = NotADecimal;

    /// Reads a score with at most two decimals.
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        text.parse::<Decimal>()?.try_into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_score_stays_within_its_maximum() {
        let within = |score, max| {
            Points::hundredths(score)
                .within(Points::hundredths(max))
                .in_hundredths()
        };
        assert_eq!([within(-1, 100), within(0, 100), within(1, 100)], [0, 0, 1]);
        assert_eq!(
            [within(99, 100), within(100, 100), within(101, 100)],
            [99, 100, 100]
        );
        // No valid policy has such a maximum; it gives nothing.
        assert_eq!([within(-5, -1), within(5, -1)], [0, 0]);
    }

    #[test]
    fn numbers_are_read_exactly() {
        assert_eq!(decimal("300.0"), Decimal::whole(300));
        assert_eq!(decimal("3e2"), Decimal::whole(300));
        assert_eq!(decimal("30000E-2"), Decimal::whole(300));
        assert_eq!(decimal("0.000e5"), Decimal::ZERO);
        assert_eq!(decimal("-0"), Decimal::ZERO);
        assert!(decimal("499.9999") < decimal("500"));
        assert!(decimal("499.99999999999999") < decimal("500"));
        assert!(!decimal("200.01").is_whole());
        assert!(decimal("200.0001").fits_decimals(4));
        assert!(!decimal("200.00001").fits_decimals(4));
        assert_eq!(decimal("1000000000000000").to_string(), "1000000000000000");
        assert_eq!(decimal("386.50").to_string(), "386.5");
        assert_eq!(decimal("-1.05").to_string(), "-1.05");
    }

    #[test]
    fn what_is_no_number_is_told_apart() {
        for text in [
            "", ".", "1.", ".5", "1e", "abc", "１２", "1,000", "--1", "+1", "1e1.5",
        ] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal::Form), "{text}");
        }
        assert_eq!(
            "1000000000000000.0001".parse::<Decimal>(),
            Err(NotADecimal::TooLarge)
        );
        assert_eq!("1e99999".parse::<Decimal>(), Err(NotADecimal::TooLarge));
        assert_eq!("1e-99999".parse::<Decimal>(), Err(NotADecimal::TooFine));
        assert_eq!("-1e16".parse::<Decimal>(), Err(NotADecimal::TooLarge));
        // Exponents that fit into no integer.
        assert_eq!(
            "1e99999999999999999999".parse::<Decimal>(),
            Err(NotADecimal::TooLarge)
        );
        assert_eq!(
            "1e-99999999999999999999".parse::<Decimal>(),
            Err(NotADecimal::TooFine)
        );
        assert_eq!(decimal("0e99999999999999999999"), Decimal::ZERO);
        assert_eq!(decimal("-0.0e-99999999999999999999"), Decimal::ZERO);
        assert_eq!("1e+-5".parse::<Decimal>(), Err(NotADecimal::Form));
        // More digits than any integer holds.
        let zeros = "0".repeat(60);
        assert_eq!(decimal(&format!("3{zeros}e-60")), Decimal::whole(3));
        assert_eq!(decimal(&format!("3.{zeros}")), Decimal::whole(3));
        assert_eq!(
            format!("3.{zeros}1").parse::<Decimal>(),
            Err(NotADecimal::TooFine)
        );
        assert_eq!(format!("3{zeros}").parse::<Decimal>(), Err(NotADecimal::TooLarge));
    }

    #[test]
    fn a_figure_that_is_cut_stays_on_its_side() {
        let cut = |text: &str| Decimal::cut(text).unwrap();
        assert_eq!(cut("5.000000000000000000"), decimal("5"));
        assert!(cut("5.0000000000000000001") > decimal("5"));
        assert!(cut("4.9999999999999999999") < decimal("5"));
        assert!(cut("1e-400") > Decimal::ZERO && cut("-1e-400") < Decimal::ZERO);
        assert_eq!(cut("0.0027378507871321013"), decimal("0.002737850787132101"));
        assert_eq!(
            Decimal::cut("1000000000000000.00000000000000000001"),
            Err(NotADecimal::TooLarge)
        );
        assert_eq!(Decimal::cut("1e400"), Err(NotADecimal::TooLarge));
        assert_eq!(Decimal::cut("five"), Err(NotADecimal::Form));
    }

    #[test]
    fn steps_count_whole_or_begun_ones() {
        let step = Decimal::whole(50);
        for (figure, down, up) in [
            (0, 0, 0),
            (1, 0, 1),
            (49, 0, 1),
            (50, 1, 1),
            (51, 1, 2),
            (100, 2, 2),
        ] {
            assert_eq!(Decimal::whole(figure).steps_down(step), down, "{figure}");
            assert_eq!(Decimal::whole(figure).steps_up(step), up, "{figure}");
        }
        for (figure, step) in [(100, 0), (-100, 50), (100, -50)] {
            let (figure, step) = (Decimal::whole(figure), Decimal::whole(step));
            assert_eq!((figure.steps_down(step), figure.steps_up(step)), (0, 0));
        }
        let least = decimal("0.000000000000000001");
        assert_eq!(Decimal::LARGEST.steps_down(least), i64::MAX);
        assert_eq!(Decimal::ten_thousandths(15), decimal("0.0015"));
    }

    #[test]
    fn percentages_are_rounded_but_never_onto_a_whole_one_and_scores_written_short() {
        let percent = |part, whole| {
            let percent = Decimal::whole(part).percent_of(Decimal::whole(whole));
            percent.map(|percent| percent.to_string())
        };
        assert_eq!(percent(999, 2000).unwrap(), "49.95");
        assert_eq!(percent(341, 620).unwrap(), "55");
        assert_eq!(percent(1, 3).unwrap(), "33.33");
        assert_eq!(percent(2, 3).unwrap(), "66.67");
        assert_eq!(percent(79_996, 100_000).unwrap(), "79.99");
        assert_eq!(percent(80_004, 100_000).unwrap(), "80.01");
        assert_eq!(percent(1, 100_000).unwrap(), "0.01");
        assert_eq!(percent(1, 0), None);
        assert_eq!(Points::hundredths(7550).to_string(), "75.5");
        assert_eq!(Points::hundredths(-105).to_string(), "-1.05");
        assert_eq!(
            Points::hundredths(100)
                .scaled(Points::hundredths(200), Points::hundredths(300))
                .to_string(),
            "1.5"
        );
    }
}
