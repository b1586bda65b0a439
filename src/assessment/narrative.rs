//! A first draft of 基本情况, spoken from what was answered and silent on the rest.

use crate::answers::{
    Case, Date, Drafted, DraftedSentence, FactState, ListedItem, as_spoken, as_spoken_behind,
    normalise_field, read_figure,
};
use crate::json::{Json, Object};
use crate::numbers::Decimal;
use crate::policy::{
    Condition, Fact, FactIdx, FactKind, FieldKind, Inputs, NamedQuantity, NarrativeField, Policy, Sentence,
    Verdict,
};
use crate::wording::quoted;

use super::evaluation::Evaluation;
use super::explanation::shown_value;
use super::reason_words::beside;
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

/// Why there is nothing to say in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silence {
    /// Nothing was answered, or nothing that is worth a word.
    Unanswered,
    /// The answer is only planned; with what is planned, where it is one answer.
    Planned(Option<String>),
    /// The answer is of last year and was not checked yet; with what it is.
    LastYears(String),
    /// The answer cannot be used; as it was typed, where it is one answer.
    Unusable(Option<String>),
}

impl Silence {
    /// Why, in words that go on behind what was written before.
    pub fn words(&self) -> String {
        match self {
            Self::Unanswered => String::from("现在没有填"),
            Self::Planned(Some(value)) => format!("{}是计划", beside("现在填的", &format!("{value} 还"))),
            Self::Planned(None) => String::from("现在填的还有计划"),
            Self::LastYears(value) => {
                format!("{}是上年数据", beside("现在填的", &format!("{value} 还")))
            }
            Self::Unusable(Some(typed)) => format!("现在填的{}不能计入", quoted(typed)),
            Self::Unusable(None) => String::from("现在填的有不能计入的"),
        }
    }

    /// Whether it is worth waiting for: the answer is there, and will do once it was put right or came true.
    pub const fn is_for_now(&self) -> bool {
        matches!(self, Self::Planned(_) | Self::LastYears(_) | Self::Unusable(_))
    }
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
            && !self.is_so(evaluation, condition)
        {
            return None;
        }
        let mut values = Vec::new();
        let mut rest = clause.text.as_str();
        while let Some((_, slot)) = rest.split_once('{') {
            let (id, after) = slot.split_once('}')?;
            let value = self.value(id).ok()?;
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

    /// Whether a condition is met by what is so already: of several answers of which one
    /// is enough, one that is planned takes nothing from another that is not.
    fn is_so(self, evaluation: Evaluation<'_>, condition: &Condition) -> bool {
        match condition {
            Condition::All(parts) | Condition::InOrder(parts) => {
                parts.iter().all(|part| self.is_so(evaluation, part))
            }
            Condition::Any(parts) => parts.iter().any(|part| self.is_so(evaluation, part)),
            one => evaluation.condition(one) == Verdict::Met && !self.is_planned(one),
        }
    }

    /// Whether what a condition asks is only planned, which is no part of how things are.
    fn is_planned(self, condition: &Condition) -> bool {
        let mut facts = Inputs::of_condition(self.policy, condition).facts.into_iter();
        facts.any(|place| is_in(self.case, &self.policy.facts[place].id, FactState::Planned))
    }

    /// The answers that a clause asks and that are planned, of last year or cannot be used,
    /// by their labels.
    pub fn unsettled(self, clause: &Sentence) -> Vec<&'a str> {
        let condition = clause.condition.as_ref();
        let inputs = condition.map(|condition| Inputs::of_condition(self.policy, condition).facts);
        let facts = inputs.into_iter().flatten();
        let unsettled = facts.filter(|place| {
            let fact = &self.policy.facts[*place];
            let is_open = |state| is_in(self.case, &fact.id, state);
            is_open(FactState::Planned)
                || is_open(FactState::CarriedOver)
                || self.assessment.facts.fault(*place).is_some()
        });
        unsettled
            .map(|place| self.policy.facts[place].label.as_str())
            .collect()
    }

    /// Whether it is only for now that a clause cannot be said: what it asks is
    /// planned, denied by figures of last year, or answered in a way that cannot be used.
    pub fn waits(self, clause: &Sentence) -> bool {
        let Some(condition) = &clause.condition else {
            return false;
        };
        let evaluation = Evaluation {
            policy: self.policy,
            facts: &self.assessment.facts,
            readings: &self.assessment.readings,
        };
        let mut facts = Inputs::of_condition(self.policy, condition).facts.into_iter();
        match evaluation.condition(condition) {
            Verdict::Met => !self.is_so(evaluation, condition),
            Verdict::Unmet => {
                facts.any(|place| is_in(self.case, &self.policy.facts[place].id, FactState::CarriedOver))
            }
            Verdict::Unclear => facts.any(|place| self.assessment.facts.fault(place).is_some()),
        }
    }

    /// Whether what is in a slot rests on figures of last year that nobody has checked.
    pub fn is_last_years(self, id: &str) -> bool {
        let fact = self.policy.fact(id.strip_suffix(".items").unwrap_or(id));
        let mut quantities = self.policy.quantities.iter();
        let mut facts: Vec<FactIdx> = fact.map(|(place, _)| place).into_iter().collect();
        if let Some(quantity) = quantities.find(|quantity| quantity.id == id) {
            facts.extend(Inputs::of_quantity(self.policy, &quantity.is).facts);
        }
        let mut facts = facts.into_iter();
        facts.any(|place| is_in(self.case, &self.policy.facts[place].id, FactState::CarriedOver))
    }

    /// What would be in a slot now, or why nothing would.
    pub fn value(self, id: &str) -> Result<String, Silence> {
        slot_value(self.policy, self.case, self.assessment, id)
    }
}

/// The value of a slot: a fact, the items listed for one, a named quantity, a
/// form field or a narrative field; or why it has none. Only words that were
/// really given count.
fn slot_value(policy: &Policy, case: &Case, assessment: &Assessment, id: &str) -> Result<String, Silence> {
    if let Some(fact) = id.strip_suffix(".items") {
        let detail = case.fact_details.get(fact).ok_or(Silence::Unanswered)?;
        let named = detail.items.iter().filter(|item| item.name_in_words().is_some());
        let shown: Vec<String> = named.map(ListedItem::in_words).collect();
        return if shown.is_empty() {
            Err(Silence::Unanswered)
        } else {
            Ok(shown.join("、"))
        };
    }
    if let Some((place, fact)) = policy.fact(id) {
        return fact_value(policy, case, assessment, place, fact);
    }
    if let Some(quantity) = policy.quantities.iter().find(|quantity| quantity.id == id) {
        return quantity_value(policy, case, assessment, quantity);
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
            FieldKind::Money => entry.parse::<Decimal>().is_ok().then(|| entry.clone()),
            _ => as_spoken(&entry, &field.label),
        };
        let is_unread = matches!(field.kind, FieldKind::Date | FieldKind::Money) && !entry.is_empty();
        return match shown.filter(|shown| !shown.is_empty() && !field.private) {
            Some(shown) => Ok(shown),
            None if is_unread => Err(Silence::Unusable(Some(entry))),
            None => Err(Silence::Unanswered),
        };
    }
    let field = policy.narrative_fields.iter().find(|field| field.id == id);
    let field = field.ok_or(Silence::Unanswered)?;
    let entry = case.narrative.get(id).ok_or(Silence::Unanswered)?;
    match said(field, entry) {
        Some(said) => Ok(said),
        // A word for nothing is an answer: there is nothing to say.
        None if field.unit.is_empty() || entry.trim().is_empty() => Err(Silence::Unanswered),
        None => Err(Silence::Unusable(Some(entry.clone()))),
    }
}

/// What is said of a fact. A place or a kind left at “other” says nothing worth a sentence.
fn fact_value(
    policy: &Policy,
    case: &Case,
    assessment: &Assessment,
    place: FactIdx,
    fact: &Fact,
) -> Result<String, Silence> {
    if !assessment.facts.is_answered(place) {
        return Err(Silence::Unanswered);
    }
    let Some(value) = shown_value(policy, place, assessment.facts.given(place)) else {
        let typed = case
            .facts
            .get(&fact.id)
            .and_then(Json::as_text)
            .map(str::to_owned);
        return Err(if assessment.facts.fault(place).is_some() {
            Silence::Unusable(typed)
        } else {
            Silence::Unanswered
        });
    };
    // What is only planned is no part of how things are.
    if is_in(case, &fact.id, FactState::Planned) {
        return Err(Silence::Planned(Some(value)));
    }
    let is_rough = is_in(case, &fact.id, FactState::Approximate);
    match fact.kind {
        FactKind::YesNo => Err(Silence::Unanswered),
        FactKind::Count | FactKind::Money if is_rough && value != "0" => Ok(format!("约{value}")),
        _ => Ok(value),
    }
}

/// What is said of a figure that is computed; it is no more exact than what it is computed from.
fn quantity_value(
    policy: &Policy,
    case: &Case,
    assessment: &Assessment,
    quantity: &NamedQuantity,
) -> Result<String, Silence> {
    let evaluation = Evaluation {
        policy,
        facts: &assessment.facts,
        readings: &assessment.readings,
    };
    let inputs = Inputs::of_quantity(policy, &quantity.is).facts;
    let Some(figure) = evaluation.quantity(&quantity.is) else {
        let mut inputs = inputs.iter();
        return Err(if inputs.any(|place| assessment.facts.fault(*place).is_some()) {
            Silence::Unusable(None)
        } else {
            Silence::Unanswered
        });
    };
    let is_any = |state| {
        inputs.iter().any(|place| {
            let given = assessment.facts.given(*place).figure();
            is_in(case, &policy.facts[*place].id, state) && given != Some(Decimal::ZERO)
        })
    };
    if is_any(FactState::Planned) {
        return Err(Silence::Planned(None));
    }
    let is_about = is_any(FactState::Approximate) && figure != Decimal::ZERO;
    let about = if is_about { "约" } else { "" };
    Ok(format!("{about}{figure}"))
}

/// Whether the answer to a fact is in a state that is still to be checked.
fn is_in(case: &Case, fact: &str, state: FactState) -> bool {
    let detail = case.fact_details.get(fact);
    detail.is_some_and(|detail| detail.is_in(state))
}

/// What is said of a thing that the narrative asks. The unit of a figure is in
/// the sentence, so that the figure is put there without it.
fn said(field: &NarrativeField, entry: &str) -> Option<String> {
    if field.unit.is_empty() {
        return as_spoken_behind(entry, &field.label, &field.leads);
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
