//! The cases that papers are tried with, and what must be on them.

use labor_brand_assessment::answers::{Case, Date};
use labor_brand_assessment::assessment::{RowState, assess};
use labor_brand_assessment::documents::{
    Block, CaseFile, Document, DocumentOptions, Line, Paper, PrivateEntries, papers_document,
};
use labor_brand_assessment::json::Object;
use labor_brand_assessment::policy::FieldKind;

/// An ordinary, an empty and an extreme case.
pub fn cases() -> [(&'static str, Case); 3] {
    let mut sample = super::filled_sample();
    let policy = super::policy();
    let draft = labor_brand_assessment::assessment::draft(policy, &sample, &assess(policy, &sample), 600);
    sample.form.insert(String::from("basic_situation"), draft);
    [
        ("sample", sample),
        ("empty", super::case(Object::new())),
        ("extreme", super::extreme_case()),
    ]
}

/// The papers of a case as one document.
pub fn document(case: &Case, papers: &[Paper], private: PrivateEntries) -> Document {
    let policy = super::policy();
    let options = DocumentOptions {
        papers,
        private,
        today: super::today(),
    };
    papers_document(policy, case, &assess(policy, case), options)
}

/// The text of the case's file.
pub fn case_file(case: &Case) -> CaseFile {
    let time = String::from("2026-11-24T10:00:00Z");
    CaseFile::of(super::policy(), "0", case.clone(), Object::new(), time)
}

/// The text of a case file.
pub fn file_text(file: &CaseFile) -> String {
    let policy = super::policy();
    file.to_text(policy, &assess(policy, &file.case))
}

/// Everything of the case that must be on the two forms: entries as they
/// print, paragraph by paragraph, own scores and their sum.
pub fn values(case: &Case) -> Vec<String> {
    let policy = super::policy();
    let mut values = Vec::new();
    for field in &policy.fields {
        let entry = case.entry(field).trim().to_owned();
        let printed = match field.kind {
            FieldKind::Date => entry.parse().map_or(entry, Date::in_words),
            FieldKind::Place => {
                let place = policy.places.iter().find(|place| place.id == entry);
                place.map_or(entry, |place| place.name.clone())
            }
            // The kind is beside the number alone.
            FieldKind::IdKind if case.field("id_number").is_empty() => continue,
            _ => entry,
        };
        values.extend(printed.lines().map(str::to_owned));
    }
    let assessment = assess(policy, case);
    let rows = assessment
        .rows
        .iter()
        .filter(|row| row.state == RowState::Answered);
    values.extend(rows.map(|row| row.figures.own.to_string()));
    values.push(assessment.total.own.to_string());
    values
}

/// A text without what may differ between renderings: blanks, marks of
/// direction and of joining.
pub fn bare(text: &str) -> String {
    let differs = |character: char| {
        character.is_whitespace()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
    };
    text.replace(differs, "")
}

/// The lines that the applicant's entry of a field or row takes in a document.
pub fn entries(document: &Document, holds: &str) -> Vec<String> {
    let blocks = document.sheets.iter().flat_map(|sheet| &sheet.blocks);
    let rows = blocks.filter_map(|block| match block {
        Block::Grid(table) => Some(&table.rows),
        _ => None,
    });
    let cells = rows.flatten().flat_map(|row| &row.cells);
    let lines = cells
        .filter(|cell| cell.holds == holds)
        .flat_map(|cell| &cell.lines);
    let entries = lines.filter_map(|line| match line {
        Line::Entry(text) | Line::Code(text) => Some(text.clone()),
        _ => None,
    });
    entries.collect()
}
