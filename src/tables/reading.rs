//! What a cell comes to as the answer to a question: by the very reading that a
//! typed answer has, once it is known that the spreadsheet has not spoilt it.

use crate::answers::{
    AskedBounds, Case, Date, FactState, Fault, MoneyUnit, TypedAnswer, Value, as_entered_for_narrative,
    doubtful, is_doubted, normalise_field, plain_digits, plain_line, read_figure, read_money, read_past_day,
    read_value, read_written, shifted,
};
use crate::json::Json;
use crate::policy::{Fact, FactIdx, FactKind, Field, FieldKind, NarrativeField, Policy};

use super::cells::{Cell, Form};
use super::faults::CellFault;
use super::headings::{Target, is_identifier};
use super::numerals;
use super::other_figures::is_correction;
use super::row_remarks::{tells_plan, with_remark};
use super::units::Places;

/// What a cell is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// The id of a case.
    CaseId(String),
    /// What the owner calls it.
    Title(String),
    /// The day on which heads are counted.
    Cutoff(Date),
    /// An entry of a field, in its normal form.
    Entry(usize, String),
    /// An answer.
    Answer(FactIdx, TypedAnswer),
    /// An entry of a narrative field.
    Narrative(usize, String),
}

/// What kind of writing a question asks for, as far as a spreadsheet can spoil it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Figure,
    Day,
    Identifier,
    Words,
}

/// What is said of the answers beside them: the unit of a heading, with by how many places it moves the figures.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HeadingUnit<'a> {
    pub places: Option<Places>,
    pub name: &'a str,
    /// What stands beside the answer in a column of remarks.
    pub remark: &'a str,
}

/// Reads a cell for a question; `None` where nothing is in it, so that nothing
/// gives way to it.
pub(super) fn read(
    policy: &Policy,
    target: Target,
    cell: &Cell,
    unit: HeadingUnit<'_>,
    today: Date,
) -> Result<Option<Taken>, CellFault> {
    let taken = read_any(policy, target, cell, unit, today)?;
    let is_entry = matches!(taken, Some(Taken::Entry(..) | Taken::Narrative(..)));
    if is_entry && target.is_figure(policy) && tells_plan(unit.remark) {
        return Err(CellFault::Answer(Fault::Planned));
    }
    Ok(taken.filter(|taken| match taken {
        // A stroke names no case, and in place of a number it is no entry.
        Taken::CaseId(_) | Taken::Title(_) => !cell.says_nothing(),
        Taken::Entry(_, text) | Taken::Narrative(_, text) => !text.is_empty(),
        Taken::Cutoff(_) | Taken::Answer(..) => true,
    }))
}

fn read_any(
    policy: &Policy,
    target: Target,
    cell: &Cell,
    unit: HeadingUnit<'_>,
    today: Date,
) -> Result<Option<Taken>, CellFault> {
    let written = |wanted: Wanted| written(cell, wanted);
    Ok(match target {
        Target::CaseId => written(Wanted::Identifier)?.map(|text| Taken::CaseId(plain_line(text.trim()))),
        Target::Title => written(Wanted::Words)?.map(|text| Taken::Title(plain_line(text.trim()))),
        Target::Cutoff => match written(Wanted::Day)? {
            Some(text) => {
                let day = text.parse::<Date>();
                Some(Taken::Cutoff(
                    day.map_err(|reason| CellFault::Answer(Fault::NotADate(reason)))?,
                ))
            }
            None => None,
        },
        Target::Field(place) => match policy.fields.get(place) {
            Some(field) => {
                let text = written(wanted_by(field))?.map(|text| with_unit(field, text, unit));
                text.map(|text| Taken::Entry(place, entry(policy, field, &text)))
            }
            None => None,
        },
        Target::Narrative(place) => match policy.narrative_fields.get(place) {
            Some(field) => {
                let wanted = if field.unit.is_empty() {
                    Wanted::Words
                } else {
                    Wanted::Figure
                };
                written(wanted)?.map(|text| Taken::Narrative(place, narrative(field, &text)))
            }
            None => None,
        },
        Target::Fact(place) => {
            let fact = &policy.facts[place];
            let wanted = match fact.kind {
                FactKind::Count | FactKind::Money => Wanted::Figure,
                FactKind::Years => Wanted::Day,
                FactKind::YesNo | FactKind::Choice => Wanted::Words,
            };
            let Some(text) = written(wanted)? else {
                return Ok(None);
            };
            let mut typed = answer(fact, &text, unit, today)?;
            if !unit.remark.is_empty() {
                typed = with_remark(fact, typed, (&text, unit.remark), today)?;
            }
            match read_value(fact, typed.answer.as_ref()) {
                Ok(None) => None,
                Ok(Some(_)) => Some(Taken::Answer(place, typed)),
                Err(Fault::NotAChoice) => {
                    let choices = fact.choices.iter().map(|choice| choice.label.clone());
                    return Err(CellFault::NoChoice(choices.collect()));
                }
                Err(Fault::NotYesNo) => {
                    return Err(CellFault::NoChoice(vec![String::from("是"), String::from("否")]));
                }
                Err(fault) => return Err(CellFault::Answer(fault)),
            }
        }
    })
}

/// An amount of the form as it would be typed: with the unit that the heading says, where it
/// says none itself.
fn with_unit(field: &Field, text: String, unit: HeadingUnit<'_>) -> String {
    let is_bare = || read_money(&text, MoneyUnit::default()).unit.is_none();
    if field.kind == FieldKind::Money && unit.name.ends_with('元') && is_bare() {
        format!("{text}{}", unit.name)
    } else {
        text
    }
}

const fn wanted_by(field: &Field) -> Wanted {
    match field.kind {
        FieldKind::Money | FieldKind::Year => Wanted::Figure,
        FieldKind::Date => Wanted::Day,
        kind if is_identifier(kind) => Wanted::Identifier,
        _ => Wanted::Words,
    }
}

/// The text of a cell, where the spreadsheet has left it as it was written.
fn written(cell: &Cell, wanted: Wanted) -> Result<Option<String>, CellFault> {
    Ok(Some(match cell {
        Cell::Empty => return Ok(None),
        Cell::Error(error) => return Err(CellFault::NotComputed(error.clone())),
        Cell::NoResult => return Err(CellFault::NoResult),
        Cell::Struck(_) => return Err(CellFault::Struck),
        Cell::YesNo(yes) => String::from(if *yes { "true" } else { "false" }),
        Cell::Day(day) if wanted == Wanted::Day => day.to_string(),
        Cell::Day(day) => return Err(CellFault::DayForOther(*day)),
        Cell::Number { digits, form } => match (form, wanted) {
            (Form::Time, _) => return Err(CellFault::Time),
            (Form::Scaled, Wanted::Figure) => return Err(CellFault::Scaled),
            (_, Wanted::Identifier) if numerals::has_lost_digits(digits) => {
                return Err(CellFault::LostDigits);
            }
            (Form::Percent, _) => format!("{}%", shifted(digits, 2)),
            _ => digits.clone(),
        },
        Cell::Text(text) => {
            let bare = text.trim();
            if bare.len() > 1 && bare.bytes().all(|byte| byte == b'#') {
                return Err(CellFault::Hidden);
            }
            if is_formula(bare) {
                return Err(match wanted {
                    Wanted::Figure | Wanted::Day => CellFault::Formula,
                    Wanted::Words | Wanted::Identifier => CellFault::FormulaForWords,
                });
            }
            match wanted {
                Wanted::Figure if is_correction(bare) => return Err(CellFault::CorrectionInCell),
                Wanted::Identifier if numerals::is_power(bare) || numerals::has_zeros_for_digits(bare) => {
                    return Err(CellFault::LostDigits);
                }
                Wanted::Figure if numerals::is_power(bare) => return Err(CellFault::Power),
                _ => text.clone(),
            }
        }
    }))
}

/// Whether a text is a formula; the one by which exports keep digits a text is none.
fn is_formula(text: &str) -> bool {
    let plain = text.strip_prefix(['=', '＝']).map(str::trim_start);
    plain.is_some_and(|behind| !behind.is_empty() && !behind.starts_with(['"', '\'', '“', '‘']))
}

/// Reads an answer whose unit the heading may say.
fn answer(fact: &Fact, text: &str, unit: HeadingUnit<'_>, today: Date) -> Result<TypedAnswer, CellFault> {
    let written = |money| read_written(fact, text, money, today);
    let places = match (fact.kind, unit.places) {
        (FactKind::Count | FactKind::Money, Some(places)) if places != 0 => places,
        _ => return Ok(written(MoneyUnit::TenThousandYuan)),
    };
    if fact.kind == FactKind::Money {
        if places == YUAN {
            return Ok(written(MoneyUnit::Yuan));
        }
        let mut typed = written(MoneyUnit::TenThousandYuan);
        // An amount that says its own unit has been read by it.
        if typed.unit.is_none()
            && read_money(text, MoneyUnit::TenThousandYuan).unit.is_none()
            && let Some(Json::Number(digits)) = &typed.answer
        {
            let mut amount = shifted(digits, places);
            // Below 元 are 角 and 分, which are dropped wherever they are written.
            if places < 0
                && let Some((whole, fraction)) = amount.split_once('.')
                && let Some((yuan, cents)) = fraction.split_at_checked(YUAN.unsigned_abs() as usize)
                && !cents.is_empty()
            {
                amount = shifted(&format!("{whole}.{yuan}"), 0);
                typed.cents_dropped = true;
            }
            typed.answer = Some(Json::Number(amount));
        }
        return Ok(typed);
    }
    let says_more = |character: char| character.is_alphabetic() && !"约左右大近".contains(character);
    if read_figure(text, &fact.unit).number.is_ok() && plain_digits(text).contains(says_more) {
        return Err(CellFault::UnitInCell(String::from(unit.name)));
    }
    let mut typed = written(MoneyUnit::TenThousandYuan);
    if let Some(Json::Number(digits)) = &typed.answer {
        typed.answer = Some(Json::Number(shifted(digits, places)));
    }
    Ok(typed)
}

/// By how many places 元 are moved to come to 万元.
const YUAN: Places = -4;

/// An entry in its normal form; a place may be written by its name.
fn entry(policy: &Policy, field: &Field, text: &str) -> String {
    if field.kind == FieldKind::Place {
        let named = plain_line(text.trim());
        let mut found = policy
            .places
            .iter()
            .filter(|place| place.name == named || place.called.contains(&named));
        if let (Some(place), None) = (found.next(), found.next()) {
            return place.id.clone();
        }
    }
    normalise_field(field, text)
}

fn narrative(field: &NarrativeField, text: &str) -> String {
    as_entered_for_narrative(field, text).trim().to_owned()
}

impl Taken {
    /// How it will stand.
    pub(super) fn shown(&self, policy: &Policy) -> String {
        match self {
            Self::CaseId(text) | Self::Title(text) | Self::Narrative(_, text) => text.clone(),
            Self::Cutoff(day) => day.to_string(),
            Self::Entry(place, text) => {
                let field = policy.fields.get(*place);
                field.map_or_else(|| text.clone(), |field| shown_entry(policy, field, text))
            }
            Self::Answer(place, typed) => {
                let about = if typed.approximate { "约 " } else { "" };
                let shown = shown_answer(&policy.facts[*place], typed.answer.as_ref());
                match typed.date {
                    Some(date) => format!("{date}（{shown}）"),
                    None => format!("{about}{shown}"),
                }
            }
        }
    }

    /// What stands in its place; empty where nothing does.
    pub(super) fn before(&self, policy: &Policy, case: &Case) -> String {
        match self {
            Self::CaseId(_) => String::new(),
            Self::Title(_) => case.title.clone(),
            Self::Cutoff(_) => case.cutoff_date.to_string(),
            Self::Entry(place, _) => {
                let field = policy.fields.get(*place);
                field.map_or_else(String::new, |field| match field.kind {
                    FieldKind::Year => case.application_year.to_string(),
                    _ => shown_entry(policy, field, case.field(&field.id)),
                })
            }
            Self::Narrative(place, _) => {
                let field = policy.narrative_fields.get(*place);
                field
                    .and_then(|field| case.narrative.get(&field.id))
                    .cloned()
                    .unwrap_or_default()
            }
            Self::Answer(place, _) => {
                let fact = &policy.facts[*place];
                let detail = case.fact_details.get(&fact.id);
                let shown = shown_answer(fact, case.facts.get(&fact.id));
                match detail.filter(|_| !shown.is_empty()) {
                    Some(detail) if fact.kind == FactKind::Years && !detail.date.is_empty() => {
                        format!("{}（{shown}）", detail.date)
                    }
                    Some(detail) if detail.is_in(FactState::Approximate) => format!("约 {shown}"),
                    _ => shown,
                }
            }
        }
    }

    /// What is to be said of it, though it is taken.
    pub(super) fn remarks(&self, policy: &Policy) -> Vec<String> {
        let Self::Answer(place, typed) = self else {
            return Vec::new();
        };
        let fact = &policy.facts[*place];
        let mut remarks = Vec::new();
        if typed.approximate {
            remarks.push(String::from("写的是约数，请核实准数。"));
        }
        if typed.cents_dropped {
            remarks.push(String::from("角、分已舍去，精确到元。"));
        }
        if !typed.remark.is_empty() {
            let doubt = if is_doubted(&typed.remark, false) {
                "；请核对这个数算不算"
            } else {
                ""
            };
            remarks.push(format!("“{}”记在备注中{doubt}。", typed.remark));
        }
        let bounds = AskedBounds {
            above: fact.ask_above,
            below: fact.ask_below,
        };
        if let Ok(Some(Value::Figure(figure))) = read_value(fact, typed.answer.as_ref())
            && let Some(asked) = doubtful(&fact.label, &fact.unit, fact.kind, figure, bounds)
        {
            remarks.push(asked.text);
        }
        remarks
    }

    /// Writes it into a case.
    pub(super) fn write(&self, policy: &Policy, case: &mut Case) {
        match self {
            Self::CaseId(_) => {}
            Self::Title(title) => title.clone_into(&mut case.title),
            Self::Cutoff(day) => case.cutoff_date = *day,
            Self::Entry(place, text) => {
                if let Some(field) = policy.fields.get(*place) {
                    case.set_entry(field, text.clone());
                }
            }
            Self::Answer(place, typed) => {
                case.take(&policy.facts[*place], typed.clone(), FactState::Exact);
            }
            Self::Narrative(place, text) => {
                if let Some(field) = policy.narrative_fields.get(*place) {
                    case.narrative.insert(field.id.clone(), text.clone());
                }
            }
        }
    }
}

pub(super) fn shown_entry(policy: &Policy, field: &Field, text: &str) -> String {
    let place = policy
        .places
        .iter()
        .find(|place| field.kind == FieldKind::Place && place.id == text);
    place.map_or_else(|| text.to_owned(), |place| place.name.clone())
}

/// An answer as it is read by people; what cannot be counted as it was typed.
pub(super) fn shown_answer(fact: &Fact, answer: Option<&Json>) -> String {
    match answer {
        None | Some(Json::Null | Json::List(_) | Json::Object(_)) => String::new(),
        Some(Json::Bool(yes)) => String::from(if *yes { "是" } else { "否" }),
        Some(Json::Number(digits)) => format!("{digits} {}", fact.unit),
        Some(Json::Text(text)) => {
            let choice = fact.choices.iter().find(|choice| choice.id == *text);
            choice.map_or_else(|| text.clone(), |choice| choice.label.clone())
        }
    }
}

/// Whether a day can be the one on which heads are counted.
pub(super) fn is_past(day: Date, today: Date) -> bool {
    read_past_day(&day.to_string(), today).is_ok()
}
