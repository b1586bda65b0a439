//! A first draft of 基本情况, spoken from what was answered and silent on the rest.

use crate::answers::{Case, ListedItem};
use crate::numbers::Decimal;
use crate::policy::{FieldKind, Policy, Sentence, Verdict};

use super::evaluation::Evaluation;
use super::explanation::told_value;
use super::result::Assessment;

/// The draft of about so many characters: each paragraph on its own line, made
/// of the sentences that are true and whose slots are all answered.
pub fn draft(policy: &Policy, case: &Case, assessment: &Assessment, length: u32) -> String {
    let paragraphs = policy.paragraphs.iter().map(|paragraph| {
        let sentences = paragraph
            .sentences
            .iter()
            .filter(|sentence| sentence.from_length <= length);
        sentences
            .filter_map(|sentence| speak(policy, case, assessment, sentence))
            .collect::<String>()
    });
    paragraphs
        .filter(|paragraph| !paragraph.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

fn speak(policy: &Policy, case: &Case, assessment: &Assessment, sentence: &Sentence) -> Option<String> {
    let evaluation = Evaluation {
        policy,
        facts: &assessment.facts,
        readings: &assessment.readings,
    };
    if let Some(condition) = &sentence.condition
        && evaluation.condition(condition) != Verdict::Met
    {
        return None;
    }
    let mut spoken = String::new();
    let mut rest = sentence.text.as_str();
    while let Some((before, slot)) = rest.split_once('{') {
        let (id, after) = slot.split_once('}')?;
        spoken.push_str(before);
        let value = slot_value(policy, case, assessment, id)?;
        if value == "0" && sentence.condition.is_none() {
            return None;
        }
        spoken.push_str(&value);
        rest = after;
    }
    spoken.push_str(rest);
    Some(spoken)
}

/// The value of a slot: a fact, the items listed for one, a named quantity, a
/// form field or a narrative field. Only words that were really given count.
fn slot_value(policy: &Policy, case: &Case, assessment: &Assessment, id: &str) -> Option<String> {
    if let Some(fact) = id.strip_suffix(".items") {
        let items = &case.fact_details.get(fact)?.items;
        let named = items.iter().filter(|item| !item.name.trim().is_empty());
        let told: Vec<String> = named.map(ListedItem::in_words).collect();
        return (!told.is_empty()).then(|| told.join("、"));
    }
    if let Some((place, fact)) = policy.fact(id) {
        if !assessment.facts.is_answered(place) {
            return None;
        }
        let value = told_value(policy, place, assessment.facts.get(place))?;
        // A place or a kind left at “other” says nothing worth a sentence.
        return (fact.kind != crate::policy::FactKind::YesNo).then_some(value);
    }
    if let Some(quantity) = policy.quantities.iter().find(|quantity| quantity.id == id) {
        let evaluation = Evaluation {
            policy,
            facts: &assessment.facts,
            readings: &assessment.readings,
        };
        return evaluation
            .quantity(&quantity.is)
            .map(|figure: Decimal| figure.to_string());
    }
    if let Some(field) = policy.field(id) {
        let entry = case.field(id).trim();
        let told = match field.kind {
            FieldKind::Place => policy
                .places
                .iter()
                .find(|place| place.id == entry)
                .map(|place| place.name.clone()),
            FieldKind::Date => entry.parse().ok().map(crate::answers::Date::in_words),
            FieldKind::Year => Some(case.application_year.to_string()),
            _ => Some(entry.to_owned()),
        };
        return told.filter(|told| !told.is_empty() && !field.private);
    }
    case.narrative
        .get(id)
        .map(|entry| entry.trim().to_owned())
        .filter(|entry| !entry.is_empty())
}
