//! Answers that do not agree with each other, and ones that look like a slip.

use crate::answers::{
    AskedBounds, Case, Date, ENTERED_AT_CUTOFF, ENTERED_IN_YEAR, EnteredFor, Fault, MoneyUnit, check_field,
    doubtful, normalise_field, place_conflicts, points_elsewhere, read_figure, read_money,
};
use crate::json::Json;
use crate::numbers::Decimal;
use crate::policy::{FactKind, Field, FieldKind, Period, Policy, Suggestion, Verdict};
use crate::wording::quoted;

use super::doubted_remarks::doubted_remarks;
use super::evaluation::Evaluation;
use super::question_needs::is_needless;
use super::readings::Readings;
use super::result::Assessment;

/// Where a remark on the day is on which heads are counted.
pub const CUTOFF: &str = "cutoff_date";

/// Something to look at, at a fact or at a form field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The fact, form field or question of the narrative it is at, or [`CUTOFF`].
    pub at: String,
    /// The fact or form field that it does not agree with.
    pub with: Option<String>,
    /// What to look at.
    pub text: String,
    /// The answer that was probably meant, for one press.
    pub fixed: Option<Decimal>,
    /// Whether an answer is not used because of it, so that nobody can let it stand.
    pub is_unused: bool,
}

impl Remark {
    /// A remark at one place.
    fn at(at: &str, text: String) -> Self {
        Self {
            at: at.to_owned(),
            with: None,
            text,
            fixed: None,
            is_unused: false,
        }
    }

    /// One on an answer that is not used as it was given.
    fn unused(at: &str, text: String) -> Self {
        Self {
            is_unused: true,
            ..Self::at(at, text)
        }
    }

    /// A remark on what does not agree, at both places.
    fn between(one: &str, other: &str, text: &str) -> [Self; 2] {
        [(one, other), (other, one)].map(|(at, with)| Self {
            with: Some(with.to_owned()),
            ..Self::at(at, text.to_owned())
        })
    }

    /// Whether somebody has looked at it and let it stand, here or at the place
    /// that it does not agree with. That an answer is not used nobody can let stand.
    pub fn is_settled(&self, case: &Case) -> bool {
        if self.is_unused {
            return false;
        }
        let settled = |at: &String| case.is_acknowledged(at, &self.text);
        settled(&self.at) || self.with.as_ref().is_some_and(settled)
    }
}

/// The remarks that nobody has let stand yet, each once.
pub fn open_remarks<'r>(remarks: &'r [Remark], case: &Case) -> Vec<&'r Remark> {
    let mut open: Vec<&Remark> = Vec::new();
    for remark in remarks.iter().filter(|remark| !remark.is_settled(case)) {
        // A disagreement is at all its places.
        let shown = |other: &&Remark| {
            let is_with = |one: &Remark, other: &Remark| one.with.as_ref() == Some(&other.at);
            other.text == remark.text && (is_with(other, remark) || is_with(remark, other))
        };
        if !open.iter().any(shown) {
            open.push(remark);
        }
    }
    open
}

/// Every remark on a case. None of them changes a result.
pub fn cross_checks(policy: &Policy, case: &Case, assessment: &Assessment, today: Date) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for warning in &assessment.facts.warnings {
        let fact = &policy.facts[warning.fact];
        remarks.push(Remark::unused(&fact.id, warning.text(policy)));
    }
    for (place, fact) in policy.facts.enumerated() {
        // A faulty optional answer moves nothing, so it is shown here and not as a row's error.
        if let (true, Some(fault)) = (fact.optional.is_some(), assessment.facts.fault(place)) {
            remarks.push(Remark::unused(&fact.id, format!("{fault}；暂按未填处理。")));
        }
    }
    let doubts = implausible(policy, assessment);
    // A figure that is asked about by itself is not held against its neighbours as well.
    let slips = slips(policy, assessment).into_iter();
    let slips = slips.filter(|slip| !doubts.iter().any(|doubt| doubt.at == slip.at));
    let slips: Vec<Remark> = slips.collect();
    remarks.extend(doubts);
    remarks.extend(contradictions(policy, case, today));
    remarks.extend(at_odds(policy, assessment));
    remarks.extend(before_the_founding(policy, case, assessment));
    for conflict in place_conflicts(policy, case) {
        let [one, other] = &conflict.fields;
        remarks.extend(Remark::between(one, other, &conflict.text));
    }
    remarks.extend(slips);
    remarks.extend(maybe_two_figures(policy, case, assessment));
    let doubted = doubted_remarks(policy, case, assessment).into_iter();
    remarks.extend(doubted.map(|(id, text)| Remark::at(&id, text)));
    remarks.extend(leaps(policy, case, assessment));
    remarks.extend(short_of_a_part(policy, case, assessment));
    remarks.extend(miscounts(policy, case, assessment));
    remarks.extend(mislisted(policy, case, today));
    remarks.extend(unspoken(policy, case));
    remarks.extend(of_another_year(policy, case));
    remarks.extend(entered_for_another_time(policy, case, assessment));
    remarks
}

/// The answers that entries of the form suggest, with the field each comes from.
pub fn suggestions<'p>(policy: &'p Policy, case: &Case, today: Date) -> Vec<(&'p Field, &'p Suggestion)> {
    let mut found = Vec::new();
    for field in &policy.fields {
        let entry = normalise_field(field, case.field(&field.id));
        if entry.is_empty() {
            continue;
        }
        let sound =
            || !field.suggestions.contains(&entry) && check_field(policy, field, case, today).is_empty();
        let fits = |suggestion: &&Suggestion| match &suggestion.begins {
            Some(begin) => entry.starts_with(begin.as_str()),
            None => sound(),
        };
        found.extend(
            field
                .suggests
                .iter()
                .filter(fits)
                .map(|suggestion| (field, suggestion)),
        );
    }
    found
}

/// The answer a suggestion stands for, as a case keeps it.
pub fn suggested_answer(suggestion: &Suggestion) -> Json {
    answer_of(&suggestion.answer)
}

fn answer_of(id: &str) -> Json {
    match id {
        "true" => Json::Bool(true),
        "false" => Json::Bool(false),
        choice => Json::text(choice),
    }
}

/// Entries of the form that do not agree with the answer to a fact.
fn contradictions(policy: &Policy, case: &Case, today: Date) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (field, suggestion) in suggestions(policy, case, today) {
        let (Some(warning), Some(answer)) = (&suggestion.warning, case.facts.get(&suggestion.fact)) else {
            continue;
        };
        let agrees = suggestion.agrees.iter().any(|id| *answer == answer_of(id));
        if agrees || *answer == suggested_answer(suggestion) || *answer == Json::Null {
            continue;
        }
        remarks.extend(Remark::between(&field.id, &suggestion.fact, warning));
    }
    remarks
}

/// Figures beyond the bounds within which the policy file expects them.
fn implausible(policy: &Policy, assessment: &Assessment) -> Vec<Remark> {
    let facts = policy.facts.enumerated();
    let asked = facts.filter_map(|(place, fact)| {
        let figure = assessment.facts.given(place).figure()?;
        let bounds = AskedBounds {
            above: fact.ask_above,
            below: fact.ask_below,
        };
        let asked = doubtful(&fact.label, &fact.unit, fact.kind, figure, bounds)?;
        Some(Remark {
            fixed: asked.fixed,
            ..Remark::at(&fact.id, asked.text)
        })
    });
    asked.collect()
}

/// Answers that hardly go together, by the cross-checks of the policy file.
fn at_odds(policy: &Policy, assessment: &Assessment) -> Vec<Remark> {
    let readings = Readings::default();
    let evaluation = Evaluation {
        policy,
        facts: &assessment.facts,
        readings: &readings,
    };
    let answered = |id: &str| {
        let fact = policy.fact(id);
        fact.is_some_and(|(place, _)| assessment.facts.is_answered(place))
    };
    let checks = policy.cross_checks.iter().filter(|check| {
        answered(&check.at) && answered(&check.with) && evaluation.condition(&check.condition) == Verdict::Met
    });
    let shown = checks.flat_map(|check| {
        let mut text = check.says.clone();
        for (place, fact) in policy.facts.enumerated() {
            let slot = format!("{{{}}}", fact.id);
            let facts = &assessment.facts;
            let figure = || facts.given(place).figure().or(facts.get(place).figure());
            if text.contains(&slot)
                && let Some(figure) = figure()
            {
                text = text.replace(&slot, &figure.to_string());
            }
        }
        Remark::between(&check.at, &check.with, &text).map(|remark| Remark {
            is_unused: check.unused,
            ..remark
        })
    });
    shown.collect()
}

/// Figures of a time in which the firm was not there yet, or not all of it, and
/// what happened before it was there.
fn before_the_founding(policy: &Policy, case: &Case, assessment: &Assessment) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for field in policy.fields.iter().filter(|field| field.tells_founding) {
        let Ok(founded) = normalise_field(field, &case.entry(field)).parse::<Date>() else {
            continue;
        };
        let label = &field.label;
        let year = case.application_year.saturating_sub(1);
        let of_the_year = policy.facts.enumerated().filter(|(place, fact)| {
            let figure = assessment.facts.given(*place).figure();
            fact.period == Period::LastYear && figure.is_some_and(|figure| figure > Decimal::ZERO)
        });
        let of_the_year: Vec<_> = of_the_year.map(|(_, fact)| fact).collect();
        let labels: Vec<&str> = of_the_year
            .iter()
            .take(3)
            .map(|fact| fact.label.as_str())
            .collect();
        let and_more = if of_the_year.len() > labels.len() {
            "等"
        } else {
            ""
        };
        let figures = format!("“{}”{and_more}", labels.join("”“"));
        let text = if founded.year > year {
            format!(
                "{label}是 {founded}，{year} 年单位还没有成立，却填了 {year} 年的{figures}，请核对其中一项。"
            )
        } else {
            format!("{label}是 {founded}，{year} 年的{figures}只能是成立以后的数，请核对其中一项。")
        };
        let first_day = Date {
            year,
            month: 1,
            day: 1,
        };
        if let Some(first) = of_the_year.first().filter(|_| founded > first_day) {
            remarks.extend(Remark::between(&field.id, &first.id, &text));
        }
        for (place, fact) in policy.facts.enumerated() {
            let detail = case.fact_details.get(&fact.id);
            let day = detail.and_then(|detail| detail.date.parse::<Date>().ok());
            let is_asked = fact.kind == FactKind::Years
                && assessment.facts.is_answered(place)
                && !is_needless(policy, assessment, place);
            if let Some(day) = day.filter(|day| is_asked && *day < founded) {
                let text = format!(
                    "{}填的日期是 {day}，早于{label} {founded}，请核对其中一项。",
                    fact.label
                );
                remarks.extend(Remark::between(&fact.id, &field.id, &text));
            }
        }
    }
    remarks
}

/// Figures whose thousands are parted by blanks, which may be two figures.
fn maybe_two_figures(policy: &Policy, case: &Case, assessment: &Assessment) -> Vec<Remark> {
    let text = |typed: &str, figure: &str, unit: &str| {
        let typed = quoted(typed.trim());
        format!("{typed}按一个数读作 {figure} {unit}，对吗？是两个数的，请只填其中一个。")
    };
    let mut remarks = Vec::new();
    for (id, detail) in &case.fact_details {
        let Some((place, fact)) = policy.fact(id).filter(|_| !detail.with_blanks.is_empty()) else {
            continue;
        };
        let Some(figure) = assessment.facts.given(place).figure() else {
            continue;
        };
        // The figure may have been changed by something else than typing.
        let is_still = [MoneyUnit::Yuan, MoneyUnit::TenThousandYuan]
            .into_iter()
            .any(|unit| {
                let typed = match fact.kind {
                    FactKind::Money => read_money(&detail.with_blanks, unit),
                    _ => read_figure(&detail.with_blanks, &fact.unit),
                };
                let digits = typed.number.ok().flatten();
                digits.and_then(|digits| digits.parse::<Decimal>().ok()) == Some(figure)
            });
        if is_still {
            let text = text(&detail.with_blanks, &figure.to_string(), &fact.unit);
            remarks.push(Remark::at(id, text));
        }
    }
    for field in &policy.narrative_fields {
        let Some(entry) = case.narrative.get(&field.id).filter(|_| !field.unit.is_empty()) else {
            continue;
        };
        let figure = read_figure(entry, &field.unit);
        if let (true, Ok(Some(number))) = (figure.has_blanks, figure.number) {
            remarks.push(Remark::at(&field.id, text(entry, &number, &field.unit)));
        }
    }
    remarks
}

/// A figure ten times last year's looks like a digit too many.
fn leaps(policy: &Policy, case: &Case, assessment: &Assessment) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (id, detail) in &case.fact_details {
        let Some((place, fact)) = policy.fact(id) else {
            continue;
        };
        let (Ok(before), Some(figure)) = (
            detail.before.parse::<Decimal>(),
            assessment.facts.given(place).figure(),
        ) else {
            continue;
        };
        let answered = assessment.facts.is_answered(place);
        if answered && before > Decimal::ZERO && figure >= before.times(10) {
            let unit = &fact.unit;
            let text = format!("{figure} {unit} 是上年填报的 {before} {unit} 的十倍以上，是否多了一位？");
            remarks.push(Remark::at(id, text));
        }
    }
    remarks
}

/// A list of items and the count beside it that do not agree.
fn miscounts(policy: &Policy, case: &Case, assessment: &Assessment) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (id, detail) in &case.fact_details {
        let Some((place, fact)) = policy.fact(id) else {
            continue;
        };
        let listed = detail.items.iter().filter(|item| item.counts()).count();
        let Some(figure) = assessment.facts.given(place).figure() else {
            continue;
        };
        let listed = Decimal::whole(i64::try_from(listed).unwrap_or(i64::MAX));
        if listed > Decimal::ZERO && assessment.facts.is_answered(place) && listed != figure {
            let unit = &fact.unit;
            let text = format!("逐项列出 {listed} {unit}，填写的是 {figure} {unit}，请核对。");
            remarks.push(Remark::at(id, text));
        }
    }
    remarks
}

/// What is wrong with what is listed one by one: dates that are none, and
/// entries without a name, which do not count.
fn mislisted(policy: &Policy, case: &Case, today: Date) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (id, detail) in &case.fact_details {
        if policy.fact(id).is_none() {
            continue;
        }
        for (number, item) in (1..).zip(&detail.items) {
            if !item.is_empty() && !item.counts() {
                let text = format!("列出的第 {number} 项没有写名称，不计入；请写名称，或删除这一项。");
                remarks.push(Remark::unused(id, text));
            }
            let Some(fault) = item.date_fault(today) else {
                continue;
            };
            let typed = quoted(item.date.trim());
            let month = match fault {
                Fault::NotADate(_) => "；只知道年、月的，写成 2019-03",
                _ => "",
            };
            let text = format!("列出的第 {number} 项，日期{typed}：{fault}{month}。");
            // A day to come may be so; what is no day can be none.
            remarks.push(match fault {
                Fault::NotADate(_) => Remark::unused(id, text),
                _ => Remark::at(id, text),
            });
        }
    }
    remarks
}

/// Figures for the narrative that cannot be put into its sentence, and texts that only
/// point elsewhere.
fn unspoken(policy: &Policy, case: &Case) -> Vec<Remark> {
    let figures = policy
        .narrative_fields
        .iter()
        .filter(|field| !field.unit.is_empty());
    let faults = figures.filter_map(|field| {
        let entry = case.narrative.get(&field.id)?;
        let fault = match read_figure(entry, &field.unit).number {
            Ok(Some(number)) if number.starts_with('-') => Fault::Negative,
            Ok(_) | Err(Fault::SaysNothing) => return None,
            Err(fault) => fault,
        };
        let entry = quoted(entry.trim());
        Some(Remark::unused(
            &field.id,
            format!("{entry}没有写进基本情况：{fault}。"),
        ))
    });
    let texts = policy
        .narrative_fields
        .iter()
        .filter(|field| field.unit.is_empty());
    let pointers = texts.filter_map(|field| {
        let entry = case
            .narrative
            .get(&field.id)
            .filter(|entry| points_elsewhere(entry))?;
        let entry = quoted(entry.trim());
        let text = format!("{entry}没有写进基本情况：看不出内容。请写出来；没有的，请留空。");
        Some(Remark::unused(&field.id, text))
    });
    faults.chain(pointers).collect()
}

/// A day on which heads are counted that is not of the year of application. At
/// the beginning of a year the last day of the year before it is.
fn of_another_year(policy: &Policy, case: &Case) -> Vec<Remark> {
    let (cutoff, year) = (case.cutoff_date, case.application_year);
    let ends_year_before = cutoff.year + 1 == year && (cutoff.month, cutoff.day) == (12, 31);
    if cutoff.year == year || ends_year_before {
        return Vec::new();
    }
    let text = format!(
        "人数截止日是 {cutoff}，申报年度是 {year} 年，两者不是同一年，请核对其中一项。按年统计的数现在指 {} 年。",
        year.saturating_sub(1)
    );
    let mut fields = policy.fields.iter();
    match fields.find(|field| field.kind == FieldKind::Year) {
        Some(field) => Remark::between(CUTOFF, &field.id, &text).into(),
        None => vec![Remark::at(CUTOFF, text)],
    }
}

/// Answers that were entered before the year of application or the day on which heads are
/// counted was changed by hand: they are the same figures, and are now of another time. It is
/// told at each of them, and once where the year or day is entered until each was looked at.
/// The words have no figures of theirs, so that what was looked at stays so.
fn entered_for_another_time(policy: &Policy, case: &Case, assessment: &Assessment) -> Vec<Remark> {
    let figures = |entered: &EnteredFor, periods: &[Period]| -> Vec<&str> {
        let facts = policy.facts.enumerated();
        let of_time = facts.filter(|(place, fact)| {
            periods.contains(&fact.period) && entered.has(&fact.id) && assessment.facts.is_answered(*place)
        });
        of_time.map(|(_, fact)| fact.id.as_str()).collect()
    };
    let told = |at: &str, figures: &[&str], text: String| {
        let open = figures.iter().find(|figure| !case.is_acknowledged(figure, &text));
        let once = open.map(|first| Remark {
            with: Some((*first).to_owned()),
            ..Remark::at(at, text.clone())
        });
        let at_figures = figures.iter().map(|figure| Remark {
            with: Some(at.to_owned()),
            ..Remark::at(figure, text.clone())
        });
        once.into_iter().chain(at_figures).collect::<Vec<_>>()
    };
    let field = policy.fields.iter().find(|field| field.kind == FieldKind::Year);
    let of_year = case
        .entered_for(ENTERED_IN_YEAR)
        .into_iter()
        .filter_map(|entered| {
            let field = field?;
            let figures = figures(&entered, &[Period::LastYear, Period::SinceLastYear]);
            let text = format!(
                "按年统计的回答有按{} {} 年填的，现在都算作按 {} 年填的，请逐项核对。年度改错了的，改回 {}。",
                field.label, entered.at, case.application_year, entered.at,
            );
            Some(told(&field.id, &figures, text))
        });
    let of_day = case.entered_for(ENTERED_AT_CUTOFF).into_iter().map(|entered| {
        let figures = figures(&entered, &[Period::Cutoff, Period::CutoffMonth]);
        let text = format!(
            "截至人数截止日的回答有按 {} 填的，现在都算作 {} 的，请逐项核对。日期改错了的，改回 {}。",
            entered.at, case.cutoff_date, entered.at,
        );
        told(CUTOFF, &figures, text)
    });
    of_year.chain(of_day).flatten().collect()
}

/// Figures for the narrative that are less than an answer that is a part of them: both are printed.
fn short_of_a_part(policy: &Policy, case: &Case, assessment: &Assessment) -> Vec<Remark> {
    let short = policy.narrative_fields.iter().filter_map(|field| {
        let (place, fact) = policy.fact(&field.no_less_than)?;
        let answered = assessment.facts.is_answered(place);
        let part = assessment.facts.given(place).figure().filter(|_| answered)?;
        let entry = case.narrative.get(&field.id)?;
        let whole: Decimal = read_figure(entry, &field.unit).number.ok()??.parse().ok()?;
        let text = format!(
            "{} {whole} {}，少于其中的{} {part} {}，请核对其中一项。",
            field.label, field.unit, fact.label, fact.unit
        );
        (whole < part).then(|| Remark::between(&field.id, &fact.id, &text))
    });
    short.flatten().collect()
}

/// A figure ten times another of its block, or more than ten times all of them, looks like a digit too many.
fn slips(policy: &Policy, assessment: &Assessment) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for block in policy.groups.iter().flat_map(|group| &group.blocks) {
        let counts: Vec<_> = block
            .facts
            .iter()
            .filter_map(|id| policy.fact(id))
            .filter(|(_, fact)| {
                fact.kind == FactKind::Count && fact.unit.starts_with('人') && !fact.asked_as_yes_no
            })
            .filter_map(|(place, fact)| {
                let figure = assessment.facts.given(place).figure()?;
                (assessment.facts.is_answered(place) && figure >= Decimal::whole(100))
                    .then_some((fact, figure))
            })
            .collect();
        for (fact, figure) in &counts {
            let others = || counts.iter().filter(|(other, _)| other.id != fact.id);
            let tenfold = others().find(|(_, smaller)| *figure == smaller.times(10));
            // A digit too many rarely hits the tenfold itself, but it leaves all neighbours behind.
            let largest = others().max_by_key(|(_, other)| *other);
            let beyond = largest.filter(|(_, largest)| *figure > largest.times(10));
            if let Some((other, smaller)) = tenfold.or(beyond) {
                let (is, more) = if *figure == smaller.times(10) {
                    ("正好是", "")
                } else {
                    ("是", "以上")
                };
                let text = format!(
                    "{figure} {} {is}{} {smaller} {} 的十倍{more}，是否多了一位？",
                    fact.unit, other.label, other.unit
                );
                remarks.push(Remark {
                    with: Some(other.id.clone()),
                    ..Remark::at(&fact.id, text)
                });
            }
        }
    }
    remarks
}
