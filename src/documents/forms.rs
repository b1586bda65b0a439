//! The two official forms, filled from a case.

use crate::answers::{Case, Date, Severity, check_field};
use crate::assessment::{Assessment, RowState};
use crate::policy::{Cell, Field, FieldKind, Holds, Inputs, Policy};

use super::model::{Block, Document, Line, Sheet, Table, TableCell, TableRow};

/// What becomes of 身份证号 and 银行账号 in an output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrivateEntries {
    /// Left blank, to be written by hand.
    #[default]
    Blank,
    /// Written out.
    Full,
}

/// How a document is made.
#[derive(Clone, Copy, Debug)]
pub struct DocumentOptions {
    /// What becomes of private entries.
    pub private: PrivateEntries,
    /// The day of the output.
    pub today: Date,
}

/// Both forms in one document: the recommendation form, then the score sheet.
pub fn forms_document(
    policy: &Policy,
    case: &Case,
    assessment: &Assessment,
    options: DocumentOptions,
) -> Document {
    let name = case.field(&policy.scheme.title_field).trim();
    let title = if name.is_empty() {
        policy.recommendation_form.title.clone()
    } else {
        format!("{name} {}", policy.recommendation_form.title)
    };
    Document {
        title,
        sheets: vec![
            recommendation_form(policy, case, options),
            score_sheet(policy, case, assessment),
        ],
    }
}

/// What a field prints.
fn printed(policy: &Policy, case: &Case, field: &Field, options: DocumentOptions) -> String {
    if field.private && options.private == PrivateEntries::Blank {
        return String::new();
    }
    let entry = case.entry(field).trim().to_owned();
    match field.kind {
        FieldKind::Place => policy
            .places
            .iter()
            .find(|place| place.id == entry)
            .map_or(entry, |place| place.name.clone()),
        FieldKind::Date => entry.parse().map_or(entry, Date::in_words),
        _ => entry,
    }
}

/// Replaces every `{field_id}` in official words by what the field prints; braces within an entry stay.
fn filled(policy: &Policy, case: &Case, words: &str, options: Option<DocumentOptions>) -> String {
    let mut text = String::new();
    let mut rest = words;
    while let Some((before, slot)) = rest.split_once('{') {
        text.push_str(before);
        let (id, after) = slot.split_once('}').unwrap_or((slot, ""));
        if let Some(field) = policy.field(id) {
            text.push_str(&match options {
                Some(options) => printed(policy, case, field, options),
                None => case.entry(field).trim().to_owned(),
            });
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

/// What stands at the foot of every sheet: the standing of the document and the version of its rules.
pub(super) fn foot(policy: &Policy, standing: &str) -> Vec<String> {
    let scheme = &policy.scheme;
    vec![format!(
        "依据{}填写（{standing}，规则版本 {}）",
        scheme.title, scheme.version
    )]
}

/// The recommendation form in its official grid.
pub fn recommendation_form(policy: &Policy, case: &Case, options: DocumentOptions) -> Sheet {
    let form = &policy.recommendation_form;
    let rows = form.rows.iter().map(|row| TableRow {
        height_mm: row.height_mm,
        cells: row
            .cells
            .iter()
            .map(|cell| form_cell(policy, case, cell, options))
            .collect(),
    });
    Sheet {
        id: String::from("recommendation-form"),
        mark: form.mark.clone(),
        title: form.title.clone(),
        lead: Vec::new(),
        blocks: vec![Block::Table(Table {
            columns: form.columns.clone(),
            head: Vec::new(),
            rows: rows.collect(),
        })],
        foot: foot(policy, &policy.scheme.status),
    }
}

fn form_cell(policy: &Policy, case: &Case, cell: &Cell, options: DocumentOptions) -> TableCell {
    let mut lines: Vec<Line> = cell
        .text
        .iter()
        .map(|words| Line::Words(filled(policy, case, words, Some(options))))
        .collect();
    if let Some(field) = cell.field.as_deref().and_then(|id| policy.field(id)) {
        let entry = printed(policy, case, field, options);
        let shown = !entry.is_empty();
        lines.extend(entry.lines().map(|line| Line::Entry(line.to_owned())));
        if let Some(with) = cell.with.as_deref().and_then(|id| policy.field(id)) {
            let kind = printed(policy, case, with, options);
            if shown && !kind.is_empty() {
                lines.push(Line::Entry(format!("（{kind}）")));
            }
        }
        if shown {
            let errors = check_field(policy, field, case, options.today)
                .into_iter()
                .filter(|finding| finding.severity == Severity::Error);
            lines.extend(errors.map(|finding| Line::Remark(format!("※ {}", finding.text))));
        }
    }
    let label = cell.field.is_none() && cell.signature.is_empty();
    TableCell {
        columns: cell.span(),
        heading: cell.heading || label,
        centred: cell.heading || label,
        lines,
        signature: cell.signature.clone(),
        holds: cell.field.clone().unwrap_or_default(),
        ..TableCell::default()
    }
}

/// The score sheet in its official grid: 自评分 filled, 得分 blank.
pub fn score_sheet(policy: &Policy, case: &Case, assessment: &Assessment) -> Sheet {
    let sheet = &policy.score_sheet;
    let head = sheet.columns.iter().map(|column| TableCell {
        heading: true,
        centred: true,
        lines: vec![Line::Words(column.head.clone())],
        ..TableCell::default()
    });
    let mut results = assessment.rows.iter();
    let mut rows = Vec::new();
    for section in &policy.sections {
        let height = u32::try_from(section.rows.len()).unwrap_or(1);
        for (place, (row, result)) in section.rows.iter().zip(results.by_ref()).enumerate() {
            let words = |text: String| vec![Line::Words(text)];
            let cells = sheet.columns.iter().filter_map(|column| {
                let cell = TableCell::default();
                let spanning = TableCell {
                    rows: height,
                    centred: true,
                    ..TableCell::default()
                };
                match column.holds {
                    Holds::Number if place == 0 => Some(TableCell {
                        lines: words(section.id.clone()),
                        ..spanning
                    }),
                    Holds::Section if place == 0 => {
                        let lines = vec![
                            Line::Words(section.title.clone()),
                            Line::Words(format!("{}分", section.max)),
                        ];
                        Some(TableCell { lines, ..spanning })
                    }
                    Holds::Number | Holds::Section => None,
                    Holds::Content => Some(TableCell {
                        lines: words(row.content.clone()),
                        ..cell
                    }),
                    Holds::Standard => Some(TableCell {
                        lines: words(row.standard.clone()),
                        ..cell
                    }),
                    Holds::Own => {
                        let own = match result.state {
                            RowState::Answered => vec![Line::Entry(result.figures.own.to_string())],
                            RowState::Incomplete | RowState::Invalid => Vec::new(),
                        };
                        Some(TableCell {
                            lines: own,
                            centred: true,
                            holds: row.id.clone(),
                            ..cell
                        })
                    }
                    Holds::Reviewer => Some(cell),
                }
            });
            rows.push(TableRow {
                height_mm: 0,
                cells: cells.collect(),
            });
        }
    }
    rows.push(total_row(policy, assessment));
    let mut foot = foot(policy, &policy.scheme.score_sheet_status);
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
    foot.extend(chosen_readings(policy, case, assessment));
    Sheet {
        id: String::from("score-sheet"),
        mark: sheet.mark.clone(),
        title: sheet.title.clone(),
        lead: sheet
            .lead
            .iter()
            .map(|words| filled(policy, case, words, None))
            .collect(),
        blocks: vec![Block::Table(Table {
            columns: sheet.columns.iter().map(|column| column.width).collect(),
            head: vec![TableRow {
                height_mm: 0,
                cells: head.collect(),
            }],
            rows,
        })],
        foot,
    }
}

/// Under the grid: each row that is scored by a reading chosen for the case, with the reason given for it.
fn chosen_readings(policy: &Policy, case: &Case, assessment: &Assessment) -> Vec<String> {
    let mut notes = Vec::new();
    for (place, doubt) in policy.doubts.iter().enumerate() {
        let Some(chosen) = case.readings.get(&doubt.id) else {
            continue;
        };
        let rows = policy.rows().zip(&assessment.rows);
        let rows: Vec<&str> = rows
            .filter(|(row, result)| {
                result.state == RowState::Answered
                    && Inputs::of_score(policy, &row.score).doubts.contains(&place)
            })
            .map(|(row, _)| row.id.as_str())
            .collect();
        if rows.is_empty() || !chosen.departs() {
            continue;
        }
        let reason = match chosen.reason.trim() {
            "" => "未写明",
            reason => reason,
        };
        notes.push(format!(
            "第{}项“{}”按{}读法自评：{}理由：{reason}",
            rows.join("、"),
            doubt.title,
            chosen.reading.label(),
            doubt.says(chosen.reading)
        ));
    }
    notes
}

/// The sum of the own scores under the grid; the official grid has no such row, so it is marked as the tool's.
fn total_row(policy: &Policy, assessment: &Assessment) -> TableRow {
    let before = policy
        .score_sheet
        .columns
        .iter()
        .take_while(|column| column.holds != Holds::Own)
        .count();
    let label = TableCell {
        columns: u32::try_from(before).unwrap_or(1),
        centred: true,
        lines: vec![Line::Words(format!(
            "自评合计（满分 {} 分）",
            policy.scheme.full_score
        ))],
        ..TableCell::default()
    };
    let total = TableCell {
        centred: true,
        lines: vec![Line::Entry(assessment.total.own.to_string())],
        holds: String::from("total"),
        ..TableCell::default()
    };
    TableRow {
        height_mm: 0,
        cells: vec![label, total, TableCell::default()],
    }
}
