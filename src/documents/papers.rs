//! Making one document of the papers that are wanted.

use crate::answers::Case;
use crate::assessment::Assessment;
use crate::policy::Policy;

use super::binder::binder;
use super::forms::{recommendation_form, score_sheet};
use super::missing::check_sheet;
use super::model::{Document, Sheet};
use super::paper::{Paper, papers_label};
use super::paper_source::{DocumentOptions, Source, plain};
use super::reasons::reasons;
use super::result_sheet::result_sheet;

/// The wanted papers as one document.
pub fn papers_document(
    policy: &Policy,
    case: &Case,
    assessment: &Assessment,
    options: DocumentOptions<'_>,
) -> Document {
    let source = Source {
        policy,
        case,
        assessment,
        options,
    };
    let mut sheets: Vec<Sheet> = Vec::new();
    for paper in options.papers {
        match paper {
            Paper::Form => sheets.push(recommendation_form(source)),
            Paper::ScoreSheet => sheets.push(score_sheet(source)),
            Paper::Result => sheets.push(result_sheet(source)),
            Paper::Reasons => sheets.push(reasons(source)),
            Paper::Binder => sheets.extend(binder(source)),
            Paper::Check => sheets.push(check_sheet(source)),
        }
    }
    let name = plain(case.field(&policy.scheme.title_field));
    let label = papers_label(policy, options.papers);
    Document {
        title: if name.is_empty() {
            label
        } else {
            format!("{name} {label}")
        },
        standing: source.standing(),
        sheets,
    }
}
