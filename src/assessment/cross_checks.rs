//! Answers that do not agree with each other, and ones that look like a slip.

use crate::answers::{Case, Date, check_field, normalise_field};
use crate::json::Json;
use crate::numbers::Decimal;
use crate::policy::{FactKind, Field, Policy, Suggestion};

use super::result::Assessment;

/// Something to look at, at a fact or at a form field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The fact or form field it stands at.
    pub at: String,
    /// The fact or form field that it does not agree with.
    pub with: Option<String>,
    /// What to look at.
    pub text: String,
}

/// Every remark on a case. None of them changes a result.
pub fn cross_checks(policy: &Policy, case: &Case, assessment: &Assessment, today: Date) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for warning in &assessment.facts.warnings {
        if let Some(fact) = policy.facts.get(warning.fact) {
            remarks.push(Remark {
                at: fact.id.clone(),
                with: None,
                text: warning.text.clone(),
            });
        }
    }
    for (place, fact) in policy.facts.iter().enumerate() {
        // A faulty optional answer moves nothing, so it is told here and not as a row's error.
        if let (true, Some(fault)) = (fact.optional.is_some(), assessment.facts.fault(place)) {
            remarks.push(Remark {
                at: fact.id.clone(),
                with: None,
                text: format!("{fault}；暂按未填处理。"),
            });
        }
    }
    remarks.extend(contradictions(policy, case, today));
    remarks.extend(slips(policy, assessment));
    remarks.extend(leaps(policy, case, assessment));
    remarks.extend(miscounts(policy, case, assessment));
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
    match suggestion.answer.as_str() {
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
        if *answer == suggested_answer(suggestion) || *answer == Json::Null {
            continue;
        }
        let remark = |at: &str, with: &str| Remark {
            at: at.to_owned(),
            with: Some(with.to_owned()),
            text: warning.clone(),
        };
        remarks.push(remark(&field.id, &suggestion.fact));
        remarks.push(remark(&suggestion.fact, &field.id));
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
            assessment.facts.get(place).figure(),
        ) else {
            continue;
        };
        let answered = assessment.facts.is_answered(place);
        if answered && before > Decimal::ZERO && figure >= before.times(10) {
            let unit = &fact.unit;
            remarks.push(Remark {
                at: id.clone(),
                with: None,
                text: format!("{figure} {unit} 是上年填报的 {before} {unit} 的十倍以上，是否多了一位？"),
            });
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
        let listed = detail.items.iter().filter(|item| !item.is_empty()).count();
        let Some(figure) = assessment.facts.get(place).figure() else {
            continue;
        };
        let listed = Decimal::whole(i64::try_from(listed).unwrap_or(i64::MAX));
        if listed > Decimal::ZERO && assessment.facts.is_answered(place) && listed != figure {
            let unit = &fact.unit;
            remarks.push(Remark {
                at: id.clone(),
                with: None,
                text: format!("下面列出 {listed} {unit}，填写的是 {figure} {unit}，请核对。"),
            });
        }
    }
    remarks
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
                let figure = assessment.facts.get(place).figure()?;
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
                    at: fact.id.clone(),
                    with: Some(other.id.clone()),
                    text,
                });
            }
        }
    }
    remarks
}
