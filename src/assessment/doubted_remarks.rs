//! Remarks behind figures that make it doubtful whether the figure answers the question.

use crate::answers::{Case, DayOrMonth, is_doubted, plain_digits, read_figure};
use crate::numbers::Decimal;
use crate::policy::{FactKind, Period, Policy};
use crate::wording::quoted;

use super::result::Assessment;

/// What is asked about figures whose remarks deny them, tell of another time or have
/// figures of their own, by the ids of the facts and of the questions of the narrative.
pub(super) fn doubted_remarks(
    policy: &Policy,
    case: &Case,
    assessment: &Assessment,
) -> Vec<(String, String)> {
    let facts = policy.facts.enumerated().filter_map(|(place, fact)| {
        let remark = case.notes.get(&fact.id)?;
        if fact.kind == FactKind::Years {
            return None;
        }
        let figure = assessment.facts.given(place).figure()?;
        let said = without_time(remark, &|time| is_time_asked(fact.period, time, case));
        let names = names_of(fact.period).iter();
        let said = names.fold(said, |said, name| said.replace(name, ""));
        // A part of some things may be none of what is asked: 5（其中1次员工慰问）. Persons have parts of every kind.
        let is_of_things = fact.kind == FactKind::Count && !fact.unit.starts_with('人');
        let is_asked = is_doubted(&said, figure == Decimal::ZERO)
            || has_more_than(remark, figure)
            || is_of_things && names_part(&said);
        is_asked.then(|| (&fact.id, remark.clone()))
    });
    let narrative = policy.narrative_fields.iter().filter_map(|field| {
        let entry = case.narrative.get(&field.id).filter(|_| !field.unit.is_empty())?;
        let figure = read_figure(entry, &field.unit);
        let number = figure.number.ok().flatten()?;
        is_doubted(&figure.remark, number == "0").then_some((&field.id, figure.remark))
    });
    let asked = facts.chain(narrative).map(|(id, remark)| {
        let text = format!(
            "备注说{}，这个数算吗？不算的，请改填算得上的数。",
            quoted(remark.trim())
        );
        (id.clone(), text)
    });
    asked.chain(doubted_days(policy, case)).collect()
}

/// Whether a remark names a part of what is counted: 其中1次慰问, 含内部活动.
fn names_part(said: &str) -> bool {
    said.contains("其中") || said.replace("不含", "").replace("未含", "").contains('含')
}

/// Whether a remark tells of a part of a figure that is more than the figure: 20（其中残疾人 25）.
fn has_more_than(remark: &str, figure: Decimal) -> bool {
    /// How the part of a figure is named.
    const PART: &str = "其中";
    let plain = plain_digits(remark);
    let Some((_, part)) = plain.split_once(PART) else {
        return false;
    };
    let is_of_number = |character: char| character.is_ascii_digit() || character == '.';
    let mut rest = part;
    while let Some(begin) = rest.find(is_of_number) {
        let from = &rest[begin..];
        let end = from
            .find(|character| !is_of_number(character))
            .unwrap_or(from.len());
        let (digits, behind) = from.split_at(end);
        // A time in it is no part.
        let is_time = behind.starts_with(['年', '月', '日']);
        if !is_time && digits.parse::<Decimal>().is_ok_and(|number| number > figure) {
            return true;
        }
        rest = behind;
    }
    false
}

/// What is asked about days whose remarks have another time in them.
fn doubted_days<'a>(policy: &'a Policy, case: &'a Case) -> impl Iterator<Item = (String, String)> + 'a {
    let days = policy.facts.iter().filter(|fact| fact.kind == FactKind::Years);
    days.filter_map(|fact| {
        let remark = case.notes.get(&fact.id)?;
        let detail = case.fact_details.get(&fact.id)?;
        let has_time = plain_digits(remark).contains(|character: char| character.is_ascii_digit());
        let text = format!(
            "备注说{}：这里按 {} 算，请核对是不是所问的那一天；不是的，请改填那一天。",
            quoted(remark.trim()),
            detail.date
        );
        (has_time && !detail.date.is_empty()).then(|| (fact.id.clone(), text))
    })
}

/// What the time that a question asks is called.
const fn names_of(period: Period) -> &'static [&'static str] {
    match period {
        Period::Timeless => &[],
        Period::LastYear => &["上一年度", "上年度"],
        Period::SinceLastYear => &["上一年度以来", "上年度以来", "今年", "本年"],
        Period::Cutoff | Period::CutoffMonth => &["当月", "本月"],
    }
}

/// A remark without the times in it that are those that the question asks.
fn without_time(remark: &str, is_asked: &dyn Fn(&str) -> bool) -> String {
    let is_of_time = |character: char| character.is_ascii_digit() || "年月日号度.-/".contains(character);
    let plain = plain_digits(remark);
    let mut rest = plain.as_str();
    let mut said = String::new();
    while let Some(begin) = rest.find(|character: char| character.is_ascii_digit()) {
        let (before, from) = rest.split_at(begin);
        let end = from
            .find(|character: char| !is_of_time(character))
            .unwrap_or(from.len());
        let (time, behind) = from.split_at(end);
        said.push_str(before);
        if !is_asked(time) {
            said.push_str(time);
        }
        rest = behind;
    }
    said.push_str(rest);
    said
}

/// Whether a time is one that a question about that period asks.
fn is_time_asked(period: Period, time: &str, case: &Case) -> bool {
    let (this, last) = (case.application_year, case.application_year.saturating_sub(1));
    let year = time.trim_end_matches(['年', '度']);
    let day_or_month = |time: &str| match time.parse::<DayOrMonth>().ok()? {
        DayOrMonth::Day(day) => Some((day.year, day.month, Some(day.day))),
        DayOrMonth::Month { year, month } => Some((year, month, None)),
    };
    let is_year = year.len() == 4;
    let year = year.parse::<u16>().ok().filter(|_| is_year);
    let year = year.or_else(|| match period {
        Period::Timeless | Period::SinceLastYear => day_or_month(time).map(|(year, ..)| year),
        _ => None,
    });
    match period {
        Period::Timeless => year.is_some(),
        Period::LastYear => year == Some(last),
        Period::SinceLastYear => year == Some(last) || year == Some(this),
        Period::Cutoff | Period::CutoffMonth => {
            let cutoff = case.cutoff_date;
            let read = day_or_month(time).or_else(|| day_or_month(&format!("{}年{time}", cutoff.year)));
            read.is_some_and(|(year, month, day)| {
                (year, month) == (cutoff.year, cutoff.month) && day.is_none_or(|day| day == cutoff.day)
            })
        }
    }
}
