//! The value of one fact, checked for its kind.

use super::{Date, Fault, Figure, MoneyUnit, read_figure, read_money};
use crate::json::Json;
use crate::numbers::{Decimal, NotADecimal};
use crate::policy::{Fact, FactKind, Period};

/// A valid answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Yes or no.
    YesNo(bool),
    /// A figure.
    Figure(Decimal),
    /// The place of the choice among the fact's choices.
    Choice(usize),
}

/// Reads an answer by the kind of its fact: `None` where there is none.
///
/// # Errors
/// When there is an answer that cannot be used.
pub fn read_value(fact: &Fact, answer: Option<&Json>) -> Result<Option<Value>, Fault> {
    let answer = match answer {
        None | Some(Json::Null) => return Ok(None),
        Some(answer) => answer,
    };
    let answer = match answer {
        Json::Bool(yes) => Scalar::YesNo(*yes),
        Json::Number(digits) => Scalar::Number(digits),
        Json::Text(text) => Scalar::Text(text),
        Json::Null | Json::List(_) | Json::Object(_) => Scalar::Other,
    };
    read_scalar(fact, answer).map(Some)
}

/// An answer as it is in a file, without text of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar<'text> {
    /// `true` or `false`.
    YesNo(bool),
    /// The digits of a number.
    Number(&'text str),
    /// A text.
    Text(&'text str),
    /// What no fact takes.
    Other,
}

/// Reads an answer by the kind of its fact.
///
/// # Errors
/// When it cannot be used.
#[inline]
pub fn read_scalar(fact: &Fact, answer: Scalar<'_>) -> Result<Value, Fault> {
    Ok(match (fact.kind, answer) {
        (FactKind::YesNo, Scalar::YesNo(yes)) => Value::YesNo(yes),
        (FactKind::YesNo, _) => return Err(Fault::NotYesNo),
        (FactKind::Choice, Scalar::Text(id)) => {
            let place = fact.choices.iter().position(|choice| choice.id == id);
            Value::Choice(place.ok_or(Fault::NotAChoice)?)
        }
        (FactKind::Choice, _) => return Err(Fault::NotAChoice),
        (kind, Scalar::Number(digits)) => Value::Figure(read_number(kind, digits)?),
        (_, Scalar::Text(text)) => return Err(text_fault(fact, text)),
        (kind, _) => return Err(not_a_number(kind)),
    })
}

/// Why a text is not counted as a figure.
fn text_fault(fact: &Fact, text: &str) -> Fault {
    match fact.kind {
        FactKind::Years => match text.parse::<Date>() {
            // A day before today would have been counted when it was typed.
            Ok(_) => Fault::InFuture,
            Err(reason) => Fault::NotADate(reason),
        },
        kind => figure_of(fact, text, MoneyUnit::default())
            .number
            .err()
            .unwrap_or(not_a_number(kind)),
    }
}

/// What is said of what is no number where a fact of that kind asks for one.
const fn not_a_number(kind: FactKind) -> Fault {
    match kind {
        FactKind::Money => Fault::NotAnAmount,
        _ => Fault::NotANumber,
    }
}

/// Reads a figure that answers a fact. One of a year answers only where one of a year is asked.
pub(super) fn figure_of(fact: &Fact, text: &str, unit: MoneyUnit) -> Figure {
    let mut figure = match fact.kind {
        FactKind::Money => read_money(text, unit),
        _ => read_figure(text, &fact.unit),
    };
    if let Some(fault) = other_number(fact.kind, text, &figure) {
        figure.number = Err(fault);
    }
    let is_of_a_year = matches!(fact.period, Period::LastYear | Period::SinceLastYear);
    if figure.per_year && !is_of_a_year && figure.number.is_ok() {
        figure.number = Err(Fault::OtherUnit);
    }
    figure
}

/// What a text is in place of the figure that is asked, where it cannot be one: a day, be its
/// digits together, or the number of a mobile telephone.
fn other_number(kind: FactKind, text: &str, figure: &Figure) -> Option<Fault> {
    let plain = super::plain_digits(text);
    let plain = plain.trim();
    // Nobody counts by tens of millions here, while an amount may be as large.
    let is_counted = kind == FactKind::Count && plain.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = figure.number.is_err() || is_counted && plain.len() == 8;
    if is_day && plain.parse::<Date>().is_ok() {
        return Some(Fault::DayForFigure);
    }
    let bare = plain.strip_prefix("+86").unwrap_or(plain);
    let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    let is_alone = bare
        .chars()
        .all(|character| matches!(character, '0'..='9' | ' ' | '-'));
    let is_mobile = digits.len() == 11 && digits.starts_with('1') && digits.get(1..2) >= Some("3");
    (kind == FactKind::Count && is_alone && is_mobile).then_some(Fault::TelephoneForFigure)
}

fn read_number(kind: FactKind, digits: &str) -> Result<Decimal, Fault> {
    // Years may have any number of decimals, as days divided by 365 have.
    let figure = match kind {
        FactKind::Years => Decimal::cut(digits),
        _ => digits.parse(),
    };
    let figure = figure.map_err(|reason| match (reason, kind) {
        _ if digits.starts_with('-') => Fault::Negative,
        (NotADecimal::TooLarge, _) => Fault::TooLarge,
        (NotADecimal::TooFine, FactKind::Count) => Fault::NotWhole,
        (NotADecimal::TooFine, _) => Fault::TooFine,
        (NotADecimal::Form, kind) => not_a_number(kind),
    })?;
    if figure.is_negative() {
        return Err(Fault::Negative);
    }
    match kind {
        FactKind::Count if !figure.is_whole() => Err(Fault::NotWhole),
        FactKind::Money if !figure.fits_decimals(4) => Err(Fault::TooFine),
        _ => Ok(figure),
    }
}
