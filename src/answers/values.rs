//! The value of one fact, checked for its kind.

use core::fmt;

use super::{Date, MoneyUnit, NotADate, read_figure, read_money};
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
    /// A range, or several figures.
    Range,
    /// Counted in another unit than is asked for.
    OtherUnit,
    /// A percentage where a figure is asked.
    Percentage,
    /// Money of another country.
    OtherCurrency,
    /// An amount that may be one of 元 and one of 万元.
    NoMoneyUnit,
    /// No date where one is asked.
    NotADate(NotADate),
    /// A day that is still to come.
    InFuture,
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
            Self::Range => "不是一个准数，请按花名册、账表等材料数清后只填一个数",
            Self::OtherUnit => "单位与本题的不同，请换算成本题的单位再填",
            Self::Percentage => "这里不填百分比，请填写数字本身，例如 350",
            Self::OtherCurrency => "请折算成人民币，例如 320万元",
            Self::NoMoneyUnit => "看不出是元还是万元，请写明单位，例如 320万元 或 3200000元",
            Self::NotADate(reason) => return reason.fmt(out),
            Self::InFuture => "这一天还没有到，请核对年份",
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
        (_, Json::Text(text)) => return Err(text_fault(fact, text)),
        _ => return Err(Fault::NotANumber),
    };
    Ok(Some(value))
}

/// Why a text is not counted as a figure.
fn text_fault(fact: &Fact, text: &str) -> Fault {
    match fact.kind {
        FactKind::Years => match text.parse::<Date>() {
            // A day before today would have been counted when it was typed.
            Ok(_) => Fault::InFuture,
            Err(reason) => Fault::NotADate(reason),
        },
        FactKind::Money => read_money(text, MoneyUnit::default())
            .number
            .err()
            .unwrap_or(Fault::NotANumber),
        _ => read_figure(text, &fact.unit)
            .number
            .err()
            .unwrap_or(Fault::NotANumber),
    }
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
