//! Parts of a case as workbooks: the questions of one department with the answers that
//! are there, to be filled in and sent back. Which part it is, and what was sent, stands
//! in a sheet that spreadsheets do not show and that is read as nothing else.

use crate::answers::{Case, Date, FactState};
use crate::documents::CasePart;
use crate::json::{Json, Object};
use crate::numbers::Decimal;
use crate::policy::{FactKind, FieldKind, Policy};

use super::address::Address;
use super::cells::{Cell, PART_SHEET, Sheet};
use super::headings::Target;
use super::layout::Arrangement;
use super::matching::Matching;
use super::preview::Preview;
use super::reading::shown_entry;
use super::templates::filled_template;

/// How long a text of a cell of the hidden sheet is, in characters: each may take two
/// units of what a workbook allows.
const CHUNK: usize = 15_000;

/// A part that came back as a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnedPart {
    /// The case of the part as the workbook has it.
    pub case: Case,
    /// What of it is not taken, each with its cell.
    pub faults: Vec<String>,
}

/// The sheets of a part of a case, of which `case` holds the answers.
pub fn part_sheets(policy: &Policy, case: &Case, part: &CasePart) -> Vec<Sheet> {
    let questions = filled_template(policy, &part.groups, |target| standing(policy, case, target));
    let mut members = Object::new();
    part.put_in_file(&mut members);
    let text: Vec<char> = Json::Object(members).to_line().chars().collect();
    let mut mark = Sheet::named(PART_SHEET, 0, vec![10]);
    let chunks = text.chunks(CHUNK);
    mark.rows = chunks
        .map(|chunk| vec![Cell::Text(chunk.iter().collect())])
        .collect();
    vec![questions, mark]
}

/// Which part the sheets of a workbook are, if they are one. The sheet that says so is
/// none to be shown, whatever it says.
pub fn take_part(sheets: &mut Vec<Sheet>) -> Option<CasePart> {
    let place = sheets.iter().position(|sheet| sheet.name == PART_SHEET)?;
    let mark = sheets.remove(place);
    let text: String = mark.rows.iter().flatten().map(Cell::shown).collect();
    match Json::parse(&text) {
        Ok(Json::Object(members)) => CasePart::in_file(&members),
        _ => None,
    }
}

/// What came back in a part's sheets: what was sent, with the cells that say otherwise.
/// `None` where what was sent cannot be read any more, or no sheet holds the questions.
pub fn returned_part(
    policy: &Policy,
    part: &CasePart,
    sheets: &[Sheet],
    today: Date,
) -> Option<ReturnedPart> {
    let base = part.base(policy)?;
    let (place, mut matching) = Matching::of_sheets(policy, sheets, &base)?;
    let sheet = sheets.get(place)?;
    let Arrangement::Questions { answers, .. } = matching.arrangement else {
        return None;
    };
    let mut emptied = Vec::new();
    for assignment in &mut matching.assignments {
        let Some(target) = assignment.target else { continue };
        let cell = sheet.cell(Address::of(assignment.at.row, answers));
        let sent = standing(policy, &base, target);
        let is_emptied = cell.is_empty() && !sent.is_empty();
        if is_emptied && is_asked(policy, part, target) {
            emptied.push(target);
        }
        if is_emptied || is_same(cell, &sent) || !is_asked(policy, part, target) {
            assignment.target = None;
        }
    }
    let mut preview = Preview::of(policy, sheet, &matching, core::slice::from_ref(&base), today);
    // Whose part it is was sent with it, whatever name or code came back.
    for firm in &mut preview.firms {
        firm.case = Some(0);
    }
    let applied = preview.apply(policy, core::slice::from_ref(&base), today, &mut String::new);
    let written = applied.cases.into_iter().next();
    let mut case = written.map_or(base, |(_, case)| case);
    for target in emptied {
        take_back(policy, &mut case, target);
    }
    Some(ReturnedPart {
        case,
        faults: preview.faults.iter().map(ToString::to_string).collect(),
    })
}

/// Whether a part asks for something.
fn is_asked(policy: &Policy, part: &CasePart, target: Target) -> bool {
    let id = target.id(policy);
    let mut groups = policy
        .groups
        .iter()
        .filter(|group| part.groups.contains(&group.id));
    match target {
        Target::CaseId | Target::Title | Target::Cutoff => false,
        Target::Field(_) => groups.any(|group| group.fields.iter().any(|field| field == id)),
        Target::Fact(_) | Target::Narrative(_) => groups.any(|group| group.asks(id)),
    }
}

/// Whether a cell holds what was sent: spreadsheets write figures their own way.
fn is_same(cell: &Cell, sent: &Cell) -> bool {
    let (cell, sent) = (cell.shown(), sent.shown());
    let figures = [&cell, &sent].map(|text| text.trim().parse::<Decimal>().ok());
    let lines = |text: &str| text.trim().replace("\r\n", "\n");
    matches!(&figures, [Some(one), Some(other)] if one == other) || lines(&cell) == lines(&sent)
}

/// What stands in a case, as its cell reads it again.
fn standing(policy: &Policy, case: &Case, target: Target) -> Cell {
    match target {
        Target::CaseId | Target::Title | Target::Cutoff => Cell::Empty,
        Target::Field(place) => match policy.fields.get(place) {
            Some(field) if field.kind == FieldKind::Place => {
                Cell::text(shown_entry(policy, field, case.field(&field.id)))
            }
            Some(field) => Cell::text(case.field(&field.id)),
            None => Cell::Empty,
        },
        Target::Narrative(place) => {
            let field = policy.narrative_fields.get(place);
            let text = field.and_then(|field| case.narrative.get(&field.id));
            text.map_or(Cell::Empty, |text| Cell::text(text.clone()))
        }
        Target::Fact(place) => {
            let fact = &policy.facts[place];
            let detail = case.fact_details.get(&fact.id);
            match case.facts.get(&fact.id) {
                None => Cell::Empty,
                Some(Json::Number(_)) if fact.kind == FactKind::Years => {
                    Cell::text(detail.map_or("", |detail| &detail.date))
                }
                Some(Json::Number(digits)) => match detail {
                    Some(detail) if detail.is_in(FactState::Approximate) => {
                        Cell::text(format!("约 {digits}"))
                    }
                    _ => Cell::number(digits),
                },
                Some(Json::Bool(yes)) => Cell::text(if *yes { "是" } else { "否" }),
                Some(Json::Text(text)) => {
                    let choice = fact.choices.iter().find(|choice| choice.id == *text);
                    Cell::text(choice.map_or(text.clone(), |choice| choice.label.clone()))
                }
                Some(_) => Cell::Empty,
            }
        }
    }
}

/// Takes back what was sent and whose cell was emptied.
fn take_back(policy: &Policy, case: &mut Case, target: Target) {
    let id = target.id(policy);
    match target {
        Target::CaseId | Target::Title | Target::Cutoff => {}
        Target::Field(place) => {
            if let Some(field) = policy.fields.get(place) {
                case.set_entry(field, String::new());
            }
        }
        Target::Narrative(_) => drop(case.narrative.remove(id)),
        Target::Fact(_) => {
            case.notes.remove(id);
            case.set_fact(id, None);
        }
    }
}
