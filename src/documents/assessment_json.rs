//! The JSON of an assessment: what `assess` prints, and the record in a case file.

use crate::answers::Case;
use crate::assessment::{Assessment, Explanation, Readings, RowState};
use crate::json::Json;
use crate::numbers::Points;
use crate::policy::{Policy, Reading, sha256};

/// The member of a result that says which answers it is of.
pub(super) const ANSWERS: &str = "answers";

/// One assessment in the form of the contract.
pub(super) fn result(policy: &Policy, id: Json, assessment: &Assessment) -> Json {
    let explanation = Explanation::new(policy, assessment);
    let overall = Json::object([
        ("default", Json::text(assessment.overall.default.id())),
        ("strict", Json::text(assessment.overall.strict.id())),
        ("lenient", Json::text(assessment.overall.lenient.id())),
    ]);
    let default = Readings::all(Reading::Default);
    let eligibility = policy.rules.iter().zip(&assessment.rules).map(|(rule, result)| {
        let members = [
            ("result", Json::text(result.default.result_id())),
            ("strict", Json::text(result.strict.result_id())),
            ("lenient", Json::text(result.lenient.result_id())),
            (
                "reason",
                Json::text(explanation.rule_under(rule, result.default, &default)),
            ),
        ];
        (rule.id.clone(), Json::object(members))
    });
    let rows = policy.rows().zip(&assessment.rows).map(|(row, result)| {
        let members = [
            ("score", Json::number(result.figures.own)),
            ("strict", Json::number(result.figures.strict)),
            ("lenient", Json::number(result.figures.lenient)),
            ("state", Json::text(result.state.id())),
            ("reason", Json::text(explanation.row(row, result))),
        ];
        debug_assert!(result.state == RowState::Answered || result.figures.own == Points::ZERO);
        (row.id.clone(), Json::object(members))
    });
    let sections = policy.sections.iter().zip(&assessment.sections);
    let sections = sections.map(|(section, result)| (section.id.clone(), Json::number(result.figures.own)));
    Json::object([
        ("id", id),
        ("overall", overall),
        ("eligibility", Json::object(eligibility)),
        ("rows", Json::object(rows)),
        ("sections", Json::object(sections)),
        ("total", Json::number(assessment.total.own)),
        ("strict_total", Json::number(assessment.total.strict)),
        ("lenient_total", Json::number(assessment.total.lenient)),
        ("ceiling", Json::number(assessment.ceiling)),
    ])
}

/// The assessment as a record inside a case file: to compare with, never to trust.
pub fn assessment_record(policy: &Policy, assessment: &Assessment) -> Json {
    let Json::Object(mut record) = result(policy, Json::Null, assessment) else {
        return Json::Null;
    };
    record.remove("id");
    Json::Object(record)
}

/// The result of a case as it is recorded in its file, with the mark of the answers it is of.
pub(super) fn record_of(policy: &Policy, case: &Case, assessment: &Assessment) -> Json {
    let mut record = assessment_record(policy, assessment);
    if let Json::Object(members) = &mut record {
        members.insert(String::from(ANSWERS), Json::text(mark_of(policy, case)));
    }
    record
}

/// The digest of all that a result follows from: of what the rules know, as
/// what they do not know changes nothing.
fn mark_of(policy: &Policy, case: &Case) -> String {
    let facts = case.facts.iter().filter(|(id, _)| policy.fact(id).is_some());
    let facts = facts.map(|(id, answer)| (id.clone(), answer.clone()));
    let readings = case
        .readings
        .iter()
        .filter(|(id, chosen)| chosen.counts() && policy.doubts.iter().any(|doubt| doubt.id == **id));
    let readings = readings.map(|(id, chosen)| (id.clone(), Json::text(chosen.reading.id())));
    let lowered = case.lowered.iter().filter_map(|(id, lowered)| {
        let score: Points = lowered.score.parse().ok()?;
        let is_row = policy.rows().any(|row| row.id == *id);
        is_row.then(|| (id.clone(), Json::number(score)))
    });
    let answers = Json::object([
        ("facts", Json::object(facts)),
        ("readings", Json::object(readings)),
        ("lowered", Json::object(lowered)),
    ]);
    sha256(answers.to_line().as_bytes())
}
