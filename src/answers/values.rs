//! The value of one fact, checked for its kind.

use core::fmt;

use crate::json::Json;
use crate::numbers::{Decimal, NotADecimal};
use crate::policy::{Fact, FactKind};

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

/// Why an answer cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Neither yes nor no.
    NotYesNo,
    /// Not a number.
    NotANumber,
    /// Below zero.
    Negative,
    /// Not a whole number where persons, items, events or partners are counted.
    NotWhole,
    /// Above 10^15.
    TooLarge,
    /// More than four decimals of 万元.
    TooFine,
    /// Not one of the choices.
    NotAChoice,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NotYesNo => "请选择“是”或“否”",
            Self::NotANumber => "请填写数字，例如 350",
            Self::Negative => "不能是负数",
            Self::NotWhole => "须是整数",
            Self::TooLarge => "数字过大，请核对是否多了几位",
            Self::TooFine => "最多四位小数，即精确到元",
            Self::NotAChoice => "请从列出的选项中选择一项",
        })
    }
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
    let value = match (fact.kind, answer) {
        (FactKind::YesNo, Json::Bool(yes)) => Value::YesNo(*yes),
        (FactKind::YesNo, _) => return Err(Fault::NotYesNo),
        (FactKind::Choice, Json::Text(id)) => {
            let place = fact.choices.iter().position(|choice| choice.id == *id);
            Value::Choice(place.ok_or(Fault::NotAChoice)?)
        }
        (FactKind::Choice, _) => return Err(Fault::NotAChoice),
        (kind, Json::Number(digits)) => Value::Figure(read_number(kind, digits)?),
        _ => return Err(Fault::NotANumber),
    };
    Ok(Some(value))
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
        (NotADecimal::Form, _) => Fault::NotANumber,
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
