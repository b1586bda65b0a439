//! A first draft of 基本情况, spoken from what was answered and silent on the rest.

use crate::answers::{
    Case, Date, Drafted, DraftedSentence, FactState, ListedItem, as_spoken, normalise_field, read_figure,
};
use crate::json::Object;
use crate::numbers::Decimal;
use crate::policy::{FactKind, FieldKind, NarrativeField, Policy, Sentence, Verdict};

use super::evaluation::Evaluation;
use super::explanation::shown_value;
use super::result::Assessment;

/// The draft of about so many characters: each paragraph on its own line, made
/// of the sentences that are true and whose slots are all answered.
pub fn draft(policy: &Policy, case: &Case, assessment: &Assessment, length: u32) -> String {
    let spoken = Speaker::new(policy, case, assessment).all(length);
    let mut text = String::new();
    let mut before = None;
    for (turn, sentence) in spoken {
        if before.is_some_and(|before| before != turn.paragraph) {
            text.push('\n');
        }
        before = Some(turn.paragraph);
        text.push_str(&sentence.text());
    }
    text
}

/// What the draft of that length is made from.
pub fn drafted(policy: &Policy, case: &Case, assessment: &Assessment, length: u32) -> Drafted {
    let spoken = Speaker::new(policy, case, assessment).all(length);
    Drafted {
        length,
        sentences: spoken.into_iter().map(|(_, sentence)| sentence).collect(),
        others: Object::new(),
    }
}

/// What ends a sentence. One that the policy puts together of several clauses
/// goes on until the first of them that ends so.
pub(super) const ENDS: [char; 4] = ['。', '！', '？', '；'];

/// A sentence of the draft with all its clauses, and the paragraph in which its turn comes.
pub(super) struct Turn<'p> {
    /// The place of its paragraph.
    pub paragraph: usize,
    /// What it is put together of.
    pub clauses: Vec<&'p Sentence>,
}

impl Turn<'_> {
    /// Whether the pattern is of this sentence: made of its clauses, some left out.
    pub fn has(&self, pattern: &str) -> bool {
        let mut rest = pattern;
        for clause in &self.clauses {
            rest = rest.strip_prefix(clause.text.as_str()).unwrap_or(rest);
        }
        rest.is_empty() && !pattern.is_empty()
    }

    /// The length of the shortest draft that says all of it.
    pub fn whole_from(&self) -> u32 {
        let lengths = self.clauses.iter().map(|clause| clause.from_length);
        lengths.max().unwrap_or_default()
    }
}

/// The sentences of the policy in their order.
pub(super) fn turns(policy: &Policy) -> Vec<Turn<'_>> {
    let mut turns: Vec<Turn<'_>> = Vec::new();
    for (paragraph, of) in policy.paragraphs.iter().enumerate() {
        let mut goes_on = false;
        for clause in &of.sentences {
            match turns.last_mut() {
                Some(turn) if goes_on => turn.clauses.push(clause),
                _ => turns.push(Turn {
                    paragraph,
                    clauses: vec![clause],
                }),
            }
            goes_on = !clause.text.ends_with(ENDS);
        }
    }
    turns
}

/// Speaks the sentences of a policy about a case.
#[derive(Clone, Copy)]
pub(super) struct Speaker<'a> {
    policy: &'a Policy,
    case: &'a Case,
    assessment: &'a Assessment,
}

impl<'a> Speaker<'a> {
    /// One about a case as it was assessed.
    pub const fn new(policy: &'a Policy, case: &'a Case, assessment: &'a Assessment) -> Self {
        Self {
            policy,
            case,
            assessment,
        }
    }

    /// All that a draft of that length says.
    fn all(self, length: u32) -> Vec<(Turn<'a>, DraftedSentence)> {
        let turns = turns(self.policy).into_iter();
        let spoken = turns.filter_map(|turn| self.turn(&turn, length).map(|sentence| (turn, sentence)));
        spoken.collect()
    }

    /// The sentence as a draft of that length says it, where it says it at all.
    pub fn turn(self, turn: &Turn<'_>, length: u32) -> Option<DraftedSentence> {
        let mut sentence = DraftedSentence::default();
        for clause in turn.clauses.iter().filter(|clause| clause.from_length <= length) {
            if let Some(values) = self.values(clause) {
                sentence.pattern.push_str(&clause.text);
                sentence.values.extend(values);
            }
        }
        (!sentence.pattern.is_empty()).then_some(sentence)
    }

    /// The values in the slots of a clause that is true.
    fn values(self, clause: &Sentence) -> Option<Vec<(String, String)>> {
        let evaluation = Evaluation {
            policy: self.policy,
            facts: &self.assessment.facts,
            readings: &self.assessment.readings,
        };
        if let Some(condition) = &clause.condition
            && evaluation.condition(condition) != Verdict::Met
        {
            return None;
        }
        let mut values = Vec::new();
        let mut rest = clause.text.as_str();
        while let Some((_, slot)) = rest.split_once('{') {
            let (id, after) = slot.split_once('}')?;
            let value = self.value(id)?;
            if value == "0" && clause.condition.is_none() {
                return None;
            }
            values.push((id.to_owned(), value));
            rest = after;
        }
        Some(values)
    }

    /// Whether a condition of a clause that a pattern holds is not met.
    pub fn denies(self, turn: &Turn<'_>, pattern: &str) -> bool {
        let evaluation = Evaluation {
            policy: self.policy,
            facts: &self.assessment.facts,
            readings: &self.assessment.readings,
        };
        let mut said = turn
            .clauses
            .iter()
            .filter(|clause| pattern.contains(&clause.text));
        said.any(|clause| {
            let condition = clause.condition.as_ref();
            condition.is_some_and(|condition| evaluation.condition(condition) == Verdict::Unmet)
        })
    }

    /// What would be in a slot now.
    pub fn value(self, id: &str) -> Option<String> {
        slot_value(self.policy, self.case, self.assessment, id)
    }
}

/// The value of a slot: a fact, the items listed for one, a named quantity, a
/// form field or a narrative field. Only words that were really given count.
fn slot_value(policy: &Policy, case: &Case, assessment: &Assessment, id: &str) -> Option<String> {
    if let Some(fact) = id.strip_suffix(".items") {
        let items = &case.fact_details.get(fact)?.items;
        let named = items.iter().filter(|item| item.name_in_words().is_some());
        let shown: Vec<String> = named.map(ListedItem::in_words).collect();
        return (!shown.is_empty()).then(|| shown.join("、"));
    }
    if let Some((place, fact)) = policy.fact(id) {
        if !assessment.facts.is_answered(place) {
            return None;
        }
        let value = shown_value(policy, place, assessment.facts.get(place))?;
        let detail = case.fact_details.get(&fact.id);
        let is_rough = detail.is_some_and(|detail| detail.state == FactState::Approximate);
        // A place or a kind left at “other” says nothing worth a sentence.
        return match fact.kind {
            FactKind::YesNo => None,
            FactKind::Count | FactKind::Money if is_rough && value != "0" => Some(format!("约{value}")),
            _ => Some(value),
        };
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
        let entry = normalise_field(field, &case.entry(field));
        let shown = match field.kind {
            FieldKind::Place => policy
                .places
                .iter()
                .find(|place| place.id == entry)
                .map(|place| place.name.clone()),
            FieldKind::Date => entry.parse().ok().map(Date::in_words),
            FieldKind::Year => Some(case.application_year.to_string()),
            FieldKind::Money => entry.parse::<Decimal>().is_ok().then_some(entry),
            _ => as_spoken(&entry, &field.label),
        };
        return shown.filter(|shown| !shown.is_empty() && !field.private);
    }
    let field = policy.narrative_fields.iter().find(|field| field.id == id)?;
    said(field, case.narrative.get(id)?)
}

/// What is said of a thing that the narrative asks. The unit of a figure is in
/// the sentence, so that the figure is put there without it.
fn said(field: &NarrativeField, entry: &str) -> Option<String> {
    if field.unit.is_empty() {
        return as_spoken(entry, &field.label);
    }
    let figure = read_figure(entry, &field.unit);
    let number = figure.number.ok().flatten()?;
    let is_counted = !number.starts_with('-');
    let about = if figure.approximate && number != "0" {
        "约"
    } else {
        ""
    };
    is_counted.then(|| format!("{about}{number}"))
}
