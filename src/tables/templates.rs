//! Tables to be filled in: the questions with their units and what counts, for
//! one firm or for many, all of them or those that some papers answer.

use crate::policy::{Fact, FactKind, Field, FieldKind, Group, NarrativeField, Policy};

use super::address::Address;
use super::cells::{Cell, Filled, Sheet};
use super::headings::{Target, is_identifier};
use super::units;

/// Which table is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// Whether it has a row for each firm, and not a row for each question of one.
    pub many_firms: bool,
    /// The groups of questions by their ids; all of them and all that the form asks, where none is named.
    pub groups: Vec<String>,
}

/// A question of a template.
struct Asked<'a> {
    target: Target,
    name: &'a str,
    unit: &'a str,
    /// What the answer means, and how it is written.
    hint: Vec<&'a str>,
    counts: &'a [String],
    counts_not: &'a [String],
    choices: Vec<String>,
    is_text: bool,
}

/// What names the rows that are no firm.
const NOTE: &str = "填写说明";

/// The sheet of a template.
pub fn template(policy: &Policy, wanted: &Template) -> Sheet {
    let parts = parts(policy, wanted);
    if wanted.many_firms {
        of_firms(policy, parts.into_iter().flat_map(|(_, asked)| asked))
    } else {
        of_questions(policy, &parts, |_| Cell::Empty)
    }
}

/// The sheet of the questions of some groups for one firm, with what stands there.
pub(super) fn filled_template(
    policy: &Policy,
    groups: &[String],
    standing: impl Fn(Target) -> Cell,
) -> Sheet {
    let wanted = Template {
        many_firms: false,
        groups: groups.to_vec(),
    };
    let mut parts = parts(policy, &wanted);
    // Which firm it is of is not for the colleague to say.
    parts.retain(|(heading, _)| !heading.is_empty());
    of_questions(policy, &parts, standing)
}

/// The questions under their headings. What names a person or an account is
/// needed for no score and is left out, since tables are sent around.
fn parts<'a>(policy: &'a Policy, wanted: &Template) -> Vec<(String, Vec<Asked<'a>>)> {
    let is_wanted = |group: &&Group| wanted.groups.is_empty() || wanted.groups.contains(&group.id);
    let mut parts = vec![(String::new(), vec![own(Target::Title), own(Target::Cutoff)])];
    let mut fields_in_groups = Vec::new();
    for group in policy.groups.iter().filter(is_wanted) {
        let fields = group.fields.iter().filter_map(|id| field(policy, id));
        fields_in_groups.extend(group.fields.iter());
        let facts = group.blocks.iter().flat_map(|block| &block.facts);
        let facts = facts.filter_map(|id| {
            let (place, fact) = policy.fact(id)?;
            Some(of_fact(Target::Fact(place), fact))
        });
        let narrative = group.narrative.iter().filter_map(|id| narrative(policy, id));
        let heading = format!("{}（{}）", group.title, group.keeper);
        parts.push((heading, fields.chain(facts).chain(narrative).collect()));
    }
    if wanted.groups.is_empty() {
        let others = policy
            .fields
            .iter()
            .filter(|field| !fields_in_groups.contains(&&field.id));
        let others = others.filter_map(|other| field(policy, &other.id)).collect();
        parts.insert(1, (policy.recommendation_form.name.clone(), others));
    }
    parts
}

const fn own<'a>(target: Target) -> Asked<'a> {
    Asked {
        target,
        name: "",
        unit: "",
        hint: Vec::new(),
        counts: &[],
        counts_not: &[],
        choices: Vec::new(),
        is_text: true,
    }
}

fn field<'a>(policy: &'a Policy, id: &str) -> Option<Asked<'a>> {
    let place = policy.fields.iter().position(|field| field.id == id)?;
    let field: &Field = policy.fields.get(place).filter(|field| !field.private)?;
    let choices = match field.kind {
        FieldKind::Place => policy.places.iter().map(|place| place.name.clone()).collect(),
        FieldKind::IdKind => return None,
        _ => Vec::new(),
    };
    Some(Asked {
        name: &field.label,
        hint: vec![&field.hint],
        choices,
        is_text: is_identifier(field.kind) || matches!(field.kind, FieldKind::Date | FieldKind::Year),
        ..own(Target::Field(place))
    })
}

fn of_fact(target: Target, fact: &Fact) -> Asked<'_> {
    let words = |words: &[&str]| words.iter().map(|word| String::from(*word)).collect();
    let (unit, choices, is_text) = match fact.kind {
        FactKind::YesNo => (units::YES_OR_NO, words(&["是", "否"]), false),
        FactKind::Choice => (
            units::ONE_OF,
            fact.choices.iter().map(|choice| choice.label.clone()).collect(),
            false,
        ),
        FactKind::Years => (units::DAY, Vec::new(), true),
        FactKind::Count | FactKind::Money => (fact.unit.as_str(), Vec::new(), false),
    };
    Asked {
        name: &fact.label,
        unit,
        hint: vec![fact.question.as_deref().unwrap_or_default(), &fact.hint],
        counts: &fact.counts,
        counts_not: &fact.counts_not,
        choices,
        is_text,
        ..own(target)
    }
}

fn narrative<'a>(policy: &'a Policy, id: &str) -> Option<Asked<'a>> {
    let place = policy.narrative_fields.iter().position(|field| field.id == id)?;
    let field: &NarrativeField = policy.narrative_fields.get(place)?;
    Some(Asked {
        name: &field.label,
        unit: &field.unit,
        hint: vec![&field.hint],
        is_text: false,
        ..own(Target::Narrative(place))
    })
}

impl Asked<'_> {
    fn label(&self, policy: &Policy) -> String {
        if self.name.is_empty() {
            self.target.label(policy)
        } else {
            self.name.to_owned()
        }
    }

    /// The name with the unit behind it, as a heading.
    fn heading(&self, policy: &Policy) -> String {
        let label = self.label(policy);
        // Some labels end in their unit themselves.
        if self.unit.is_empty() || label.ends_with('）') {
            label
        } else {
            format!("{label}（{}）", self.unit)
        }
    }

    fn meaning(&self) -> String {
        let said: Vec<&str> = self
            .hint
            .iter()
            .copied()
            .filter(|text| !text.is_empty())
            .collect();
        let mut meaning = said.join("\n");
        if !self.choices.is_empty() && self.unit == units::ONE_OF {
            meaning.push_str(&format!("\n可填：{}。", self.choices.join("、")));
        }
        meaning.trim_start().to_owned()
    }
}

fn of_questions(
    policy: &Policy,
    parts: &[(String, Vec<Asked<'_>>)],
    standing: impl Fn(Target) -> Cell,
) -> Sheet {
    const ANSWERS: usize = 2;
    let mut sheet = Sheet::named("填报表", 1, vec![26, 30, 24, 10, 60, 36, 36]);
    let heads = ["编号", "项目", "填写", "单位", "含义", "算", "不算"];
    sheet.rows.push(heads.map(Cell::text).to_vec());
    for (heading, asked) in parts {
        if !heading.is_empty() {
            sheet.rows.push(vec![Cell::Empty, Cell::text(heading.clone())]);
        }
        for asked in asked {
            let at = Address::of(sheet.rows.len(), ANSWERS);
            sheet.rows.push(vec![
                Cell::text(asked.target.id(policy)),
                Cell::text(asked.label(policy)),
                standing(asked.target),
                Cell::text(asked.unit),
                Cell::text(asked.meaning()),
                Cell::text(asked.counts.join("\n")),
                Cell::text(asked.counts_not.join("\n")),
            ]);
            if asked.is_text {
                sheet.texts.push(Filled::Cell(at));
            }
            if !asked.choices.is_empty() {
                sheet.choices.push((Filled::Cell(at), asked.choices.clone()));
            }
        }
    }
    sheet
}

fn of_firms<'a>(policy: &Policy, asked: impl Iterator<Item = Asked<'a>>) -> Sheet {
    let mut sheet = Sheet::named("填报表", 2, vec![18]);
    let (mut names, mut ids, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for (column, asked) in asked.enumerate() {
        names.push(Cell::text(asked.heading(policy)));
        ids.push(Cell::text(asked.target.id(policy)));
        let mut note = asked.meaning();
        for (what, examples) in [("算", asked.counts), ("不算", asked.counts_not)] {
            if !examples.is_empty() {
                note.push_str(&format!("\n{what}：{}", examples.join("；")));
            }
        }
        // The reader passes over a row that begins so.
        notes.push(if column == 0 {
            Cell::text(NOTE)
        } else {
            Cell::text(note.trim_start())
        });
        if asked.is_text {
            sheet.texts.push(Filled::Column(column));
        }
        if !asked.choices.is_empty() {
            sheet.choices.push((Filled::Column(column), asked.choices));
        }
    }
    sheet.rows = vec![names, ids, notes];
    sheet
}
