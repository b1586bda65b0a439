//! The two official forms, filled from a case.

use crate::answers::{Severity, check_field};
use crate::assessment::{RowResult, RowState};
use crate::policy::{Cell, Column, Field, FieldKind, Holds, Policy, Row, Section};
use crate::wording::quoted;

use super::model::{Block, Grid, GridCell, GridRow, Keep, Line, Sheet};
use super::paper_source::{Source, plain};

/// What is at the end of an official form: what it was filled by, with the
/// standing of that document and the version of its rules.
pub(super) fn foot(policy: &Policy, standing: &str) -> Vec<String> {
    let scheme = &policy.scheme;
    vec![format!(
        "依据{}填写（{standing}，规则版本 {}）。",
        scheme.title, scheme.version
    )]
}

/// The recommendation form in its official grid.
pub(super) fn recommendation_form(source: Source<'_>) -> Sheet {
    let form = &source.policy.recommendation_form;
    let rows = form.rows.iter().map(|row| {
        let cells: Vec<GridCell> = row.cells.iter().map(|cell| form_cell(source, cell)).collect();
        // Only what is written goes on overleaf: the rest of an empty cell says nothing there.
        let mut prose = row.cells.iter().zip(&cells);
        let holds_prose = prose.any(|(of, cell)| is_prose(source, of) && is_written(cell));
        let keep = match row.cells.as_slice() {
            [only] if only.heading => Keep::WithNext,
            _ if holds_prose || cells.iter().any(is_long) => Keep::Cut,
            _ => Keep::Whole,
        };
        GridRow {
            height_mm: row.height_mm,
            keep,
            cells,
        }
    });
    let mut foot = foot(source.policy, &source.policy.scheme.status);
    // Its prose and the score that goes with it rest on these answers.
    foot.extend(super::reasons::unchecked_in_a_line(source));
    foot.extend(source.private_note());
    Sheet {
        id: String::from("recommendation-form"),
        mark: form.mark.clone(),
        title: form.title.clone(),
        blocks: vec![Block::Grid(Grid {
            columns: form.columns.clone(),
            rows: rows.collect(),
            ..Grid::default()
        })],
        foot,
        ..Sheet::default()
    }
}

/// An entry so long, in characters, that kept whole it could leave half a page empty.
const LONG: usize = 150;

fn is_written(cell: &GridCell) -> bool {
    let mut lines = cell.lines.iter();
    lines.any(|line| matches!(line, Line::Entry(text) if !text.is_empty()))
}

fn is_long(cell: &GridCell) -> bool {
    let entries = cell.lines.iter().filter_map(|line| match line {
        Line::Entry(text) => Some(text.chars().count()),
        _ => None,
    });
    cell.signature.is_empty() && entries.sum::<usize>() > LONG
}

/// The characters of the longest identifier: the credit code and the number of an identity card.
const LONGEST_CODE: usize = 18;

/// Whether an entry is an identifier, which is read wrongly where it is broken.
fn is_code(field: &Field, entry: &str) -> bool {
    let is_identifier = matches!(field.kind, FieldKind::CreditCode | FieldKind::IdNumber);
    is_identifier
        && entry.len() <= LONGEST_CODE
        && entry.chars().all(|character| character.is_ascii_alphanumeric())
}

/// The characters of the longest telephone number that has room in its cell in
/// the size of other entries: an area code and eight digits.
const SHORT_TELEPHONE: usize = 13;

/// Whether a character is of telephone numbers in their normal form.
const fn is_of_telephones(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '-' | '/' | '(' | ')' | '+' | '转')
}

/// How wide a telephone number is, in digits.
fn width(number: &str) -> usize {
    let wide = number.chars().filter(|character| *character == '转');
    number.chars().count() + wide.count()
}

/// Telephone numbers, each on a line of its own: one that is broken behind its
/// hyphen is read as two. An extension for which there is no room goes on a line of its own as well.
fn telephones(entry: &str) -> Vec<Line> {
    let numbers: Vec<&str> = entry.split_inclusive('/').collect();
    let lines = numbers.iter().flat_map(|number| {
        if numbers.len() == 1 && width(number) <= SHORT_TELEPHONE {
            return vec![Line::Entry((*number).to_owned())];
        }
        let extension = number.find('转').filter(|_| width(number) > LONGEST_CODE);
        let (number, extension) = number.split_at(extension.unwrap_or(number.len()));
        let parts = [number, extension].into_iter().filter(|part| !part.is_empty());
        let lines = parts.map(|part| {
            if width(part) > LONGEST_CODE + 1 {
                Line::Entry(part.to_owned())
            } else {
                Line::Code(part.to_owned())
            }
        });
        lines.collect()
    });
    lines.collect()
}

fn is_prose(source: Source<'_>, cell: &Cell) -> bool {
    let field = cell.field.as_deref().and_then(|id| source.policy.field(id));
    field.is_some_and(|field| field.kind == FieldKind::LongText)
}

/// What is wrong with an entry, as the form says so.
fn errors_at(source: Source<'_>, field: &Field) -> impl Iterator<Item = Line> {
    let found = check_field(source.policy, field, source.case, source.options.today).into_iter();
    let errors = found.filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| Line::Remark(format!("※ {}", finding.text)))
}

fn form_cell(source: Source<'_>, cell: &Cell) -> GridCell {
    let Source { policy, case, .. } = source;
    let mut lines: Vec<Line> = cell
        .text
        .iter()
        .map(|words| Line::Words(source.filled(words)))
        .collect();
    if let Some(field) = cell.field.as_deref().and_then(|id| policy.field(id)) {
        let entry = source.printed(field);
        let shown = !entry.is_empty();
        if field.kind == FieldKind::Telephone && entry.chars().all(is_of_telephones) {
            lines.extend(telephones(&entry));
        } else {
            let as_line = if is_code(field, &entry) {
                Line::Code
            } else {
                Line::Entry
            };
            lines.extend(entry.lines().map(|line| as_line(line.to_owned())));
        }
        if let Some(with) = cell.with.as_deref().and_then(|id| policy.field(id)) {
            let kind = source.printed(with);
            if shown && !kind.is_empty() {
                lines.push(Line::Entry(format!("（{kind}）")));
            }
        }
        // A required entry that is missing is marked, too; one that the export leaves out is not.
        if shown || case.entry(field).trim().is_empty() {
            lines.extend(errors_at(source, field));
        }
    }
    // An entry may also stand within the words of a cell.
    let within = policy.fields.iter().filter(|field| {
        let slot = format!("{{{}}}", field.id);
        cell.text.iter().any(|words| words.contains(&slot))
    });
    lines.extend(within.flat_map(|field| errors_at(source, field)));
    let label = cell.field.is_none() && cell.signature.is_empty();
    GridCell {
        columns: cell.span(),
        heading: cell.heading || label,
        centred: cell.heading || label,
        prose: is_prose(source, cell),
        lines,
        signature: cell.signature.clone(),
        holds: cell.field.clone().unwrap_or_default(),
        ..GridCell::default()
    }
}

/// The score sheet in its official grid: 自评分 filled, 得分 blank.
pub(super) fn score_sheet(source: Source<'_>) -> Sheet {
    let Source {
        policy, assessment, ..
    } = source;
    let sheet = &policy.score_sheet;
    let head = sheet.columns.iter().map(|column| GridCell::head(&*column.head));
    let mut results = assessment.rows.iter();
    let mut rows = Vec::new();
    for section in &policy.sections {
        for (place, (row, result)) in section.rows.iter().zip(results.by_ref()).enumerate() {
            rows.push(scored_row(
                &sheet.columns,
                (place == 0).then_some(section),
                row,
                result,
            ));
        }
    }
    rows.push(total_row(source));
    // The sheet has a standing of its own beside that of the scheme.
    let standing = format!(
        "{}，本表{}",
        policy.scheme.status, policy.scheme.score_sheet_status
    );
    let mut foot = foot(source.policy, &standing);
    let open = assessment
        .rows
        .iter()
        .filter(|row| row.state != RowState::Answered)
        .count();
    if open > 0 {
        foot.push(format!(
            "有 {open} 行尚缺数据或数据有误，自评分留空，未计入合计。"
        ));
    }
    foot.extend(super::reasons::unchecked(source));
    foot.extend(chosen_readings(source));
    foot.extend(lowered_rows(source));
    Sheet {
        id: String::from("score-sheet"),
        mark: sheet.mark.clone(),
        title: sheet.title.clone(),
        lead: sheet.lead.iter().map(|words| source.filled(words)).collect(),
        blocks: vec![Block::Grid(Grid {
            columns: sheet.columns.iter().map(|column| column.width).collect(),
            dense: true,
            head: vec![GridRow {
                cells: head.collect(),
                ..GridRow::default()
            }],
            rows,
        })],
        foot,
        ..Sheet::default()
    }
}

/// A row of the sheet. The first of a section carries its number and name, which
/// go down over all its rows.
fn scored_row(columns: &[Column], section: Option<&Section>, row: &Row, result: &RowResult) -> GridRow {
    let spanning = |section: &Section, lines| GridCell {
        rows: u32::try_from(section.rows.len()).unwrap_or(1),
        centred: true,
        lines,
        ..GridCell::default()
    };
    let cells = columns.iter().filter_map(|column| match column.holds {
        Holds::Number => section.map(|section| spanning(section, vec![Line::Words(section.id.clone())])),
        Holds::Section => section.map(|section| {
            let full = format!("{}分", section.max);
            spanning(
                section,
                vec![Line::Words(section.title.clone()), Line::Words(full)],
            )
        }),
        Holds::Content => Some(GridCell::words(&*row.content)),
        Holds::Standard => Some(GridCell::words(&*row.standard)),
        Holds::Own => Some(GridCell {
            lines: match result.state {
                RowState::Answered => vec![Line::Entry(result.figures.own.to_string())],
                RowState::Incomplete | RowState::Invalid => Vec::new(),
            },
            centred: true,
            holds: row.id.clone(),
            ..GridCell::default()
        }),
        Holds::Reviewer => Some(GridCell::default()),
    });
    GridRow {
        cells: cells.collect(),
        ..GridRow::default()
    }
}

/// Under the grid: each row that is scored by a reading chosen for the case, with the reason given for it.
fn chosen_readings(source: Source<'_>) -> Vec<String> {
    let policy = source.policy;
    let rows = policy.rows().zip(&source.assessment.rows);
    let behind = rows.map(|(row, result)| {
        let doubts = source.assessment.choices_of_row(policy, row, result);
        (row.id.as_str(), doubts)
    });
    let behind: Vec<_> = behind.collect();
    let mut notes = Vec::new();
    for (place, doubt) in policy.doubts.enumerated() {
        let behind = behind.iter().filter(|(_, doubts)| doubts.contains(&place));
        let rows: Vec<&str> = behind.map(|(row, _)| *row).collect();
        let Some(chosen) = source.case.readings.get(&doubt.id).filter(|_| !rows.is_empty()) else {
            continue;
        };
        let reason = plain(&chosen.reason);
        notes.push(format!(
            "第{}项{}按{}读法自评：{}理由：{reason}",
            rows.join("、"),
            quoted(&doubt.title),
            chosen.reading.label(),
            doubt.says(chosen.reading)
        ));
    }
    notes
}

/// The rows whose own score was lowered, each with its reason.
fn lowered_rows(source: Source<'_>) -> Vec<String> {
    let rows = source.policy.rows().zip(&source.assessment.rows);
    let lowered = rows.filter(|(_, result)| result.is_lowered());
    let notes = lowered.filter_map(|(row, result)| {
        let lowered = source.case.lowered.get(&row.id)?;
        Some(format!(
            "第{}项{}",
            row.id,
            super::reasons::lowered_from(lowered, result)
        ))
    });
    notes.collect()
}

/// The sum of the own scores under the grid; the official grid has no such row, so it stands last and apart.
fn total_row(source: Source<'_>) -> GridRow {
    let before = source
        .policy
        .score_sheet
        .columns
        .iter()
        .take_while(|column| column.holds != Holds::Own)
        .count();
    let label = GridCell {
        columns: u32::try_from(before).unwrap_or(1),
        ..GridCell::words(format!("自评合计（满分{}分）", source.policy.scheme.full_score)).in_the_middle()
    };
    let total = GridCell {
        holds: String::from("total"),
        ..GridCell::entry(source.assessment.total.own.to_string()).in_the_middle()
    };
    GridRow {
        cells: vec![label, total, GridCell::default()],
        ..GridRow::default()
    }
}
