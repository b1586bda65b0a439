//! The annex to the score sheet: why each row scores what it scores.

use crate::answers::{Case, FactDetail, FactState, Lowered, gives_reason};
use crate::assessment::{Assessment, Explanation, RowResult, RowState, is_needless, shown_value};
use crate::policy::{DoubtIdx, FactKind, IdxSet, Inputs, Policy, Row};
use crate::wording::first_listed;

use super::model::{Block, Grid, GridCell, GridRow, Line, Sheet};
use super::paper_source::{Source, plain};

/// The annex: conditions of entry, then every row in the official order.
pub(super) fn reasons(source: Source<'_>) -> Sheet {
    let Source {
        policy, assessment, ..
    } = source;
    let blocks = vec![
        Block::Heading(String::from("一、申报条件")),
        Block::Grid(conditions(source)),
        Block::Heading(String::from("二、各行得分")),
        Block::Grid(scores(source)),
        Block::Paragraph(Line::Words(format!(
            "自评合计 {} 分（从严 {}，通常 {}，从宽 {}）。",
            assessment.total.own, assessment.total.strict, assessment.total.default, assessment.total.lenient
        ))),
    ];
    Sheet {
        id: String::from("reasons"),
        title: String::from("自评说明"),
        lead: policy
            .score_sheet
            .lead
            .first()
            .map(|words| source.filled(words))
            .into_iter()
            .collect(),
        blocks,
        foot: [format!(
            "{}依据{}（{}）。",
            policy.scheme.score_note,
            policy.scheme.title,
            source.standing()
        )]
        .into_iter()
        .chain(unchecked(source))
        .collect(),
        ..Sheet::default()
    }
}

fn grid_row(cells: Vec<GridCell>) -> GridRow {
    GridRow {
        cells,
        ..GridRow::default()
    }
}

fn head(heads: &[&str]) -> Vec<GridRow> {
    vec![grid_row(heads.iter().map(|head| GridCell::head(*head)).collect())]
}

/// The conditions of entry, each with its result and why.
fn conditions(source: Source<'_>) -> Grid {
    let Source {
        policy, assessment, ..
    } = source;
    let explanation = Explanation::new(policy, assessment);
    let results = assessment.rules.iter().zip(assessment.standings(policy));
    let rows = policy.rules.iter().zip(results);
    let rows = rows.map(|(rule, (result, standing))| {
        let inputs = Inputs::of_condition(policy, &rule.condition);
        let mut reason = vec![Line::Entry(explanation.rule(rule, result.chosen))];
        let behind = assessment.choices_of_rule(policy, rule, result);
        reason.extend(chosen_readings(policy, source.case, &inputs, &behind));
        grid_row(vec![
            GridCell::words(&*rule.id).in_the_middle(),
            GridCell::words(&*rule.title),
            GridCell::entry(standing.label(&policy.scheme.verdicts)).in_the_middle(),
            GridCell {
                lines: reason,
                ..GridCell::default()
            },
        ])
    });
    Grid {
        columns: vec![9, 25, 12, 54],
        dense: true,
        head: head(&["编号", "条件", "结果", "说明"]),
        rows: rows.collect(),
    }
}

/// The rows of the score sheet, each with its answers, its points and why.
fn scores(source: Source<'_>) -> Grid {
    let rows = source.policy.rows().zip(&source.assessment.rows);
    let rows = rows.map(|(scored, result)| {
        let own = match result.state {
            RowState::Answered => GridCell::entry(format!("{} / {}", result.figures.own, scored.max)),
            RowState::Incomplete | RowState::Invalid => GridCell::words(format!("— / {}", scored.max)),
        };
        grid_row(vec![
            GridCell::words(&*scored.id).in_the_middle(),
            GridCell::words(&*scored.title),
            GridCell {
                lines: inputs(source, scored),
                ..GridCell::default()
            },
            GridCell {
                lines: why(source, scored, result),
                ..GridCell::default()
            },
            own.in_the_middle(),
        ])
    });
    Grid {
        columns: vec![7, 14, 31, 36, 12],
        dense: true,
        head: head(&["行", "项目", "填报数据", "怎样得出", "自评分"]),
        rows: rows.collect(),
    }
}

/// How many answers that are still to be checked are named before the rest is only counted.
const NAMED: usize = 12;

/// The answers that count although they are still to be checked, state by state.
pub(super) fn unchecked(source: Source<'_>) -> Vec<String> {
    let shown = FactState::UNCHECKED.into_iter().filter_map(|state| {
        let (mark, labels) = labels_in_state(source, state)?;
        let count = labels.len();
        let (pending, named) = (pending(state), first_listed(&labels, NAMED));
        Some(format!("自评分中有 {count} 项为{mark}，{pending}：{named}。"))
    });
    shown.collect()
}

/// The same in one line, as the recommendation form has no room for more.
pub(super) fn unchecked_in_a_line(source: Source<'_>) -> Option<String> {
    let shown = FactState::UNCHECKED.into_iter().filter_map(|state| {
        let (mark, labels) = labels_in_state(source, state)?;
        Some(format!("{} 项为{mark}，{}", labels.len(), pending(state)))
    });
    let shown: Vec<String> = shown.collect();
    (!shown.is_empty()).then(|| format!("填报数据中有 {}。", shown.join("；")))
}

/// The mark of a state, and which answers are in it, if any is.
fn labels_in_state(source: Source<'_>, state: FactState) -> Option<(&'static str, Vec<&str>)> {
    let facts = source.policy.facts.iter().filter(|fact| {
        let detail = source.case.fact_details.get(&fact.id);
        detail.is_some_and(|detail| detail.is_in(state))
    });
    let labels: Vec<&str> = facts.map(|fact| fact.label.as_str()).collect();
    state
        .mark()
        .filter(|_| !labels.is_empty())
        .map(|mark| (mark, labels))
}

/// What is still to come of answers in a state.
const fn pending(state: FactState) -> &'static str {
    match state {
        FactState::Planned => "还没有做到",
        _ => "待按材料核实",
    }
}

/// The answers that a row is derived from.
fn inputs(source: Source<'_>, row: &Row) -> Vec<Line> {
    let Source {
        policy,
        case,
        assessment,
        ..
    } = source;
    let mut lines = Vec::new();
    for place in Inputs::of_score(policy, &row.score).facts {
        // What another answer makes needless would contradict it here, and counts nowhere.
        if !assessment.facts.is_answered(place) || is_needless(policy, assessment, place) {
            continue;
        }
        let fact = &policy.facts[place];
        let (facts, detail) = (&assessment.facts, case.fact_details.get(&fact.id));
        // What was filled in, right or wrong; what counts in its place is said beside it.
        let value = match (facts.fault(place), case.facts.get(&fact.id)) {
            (Some(_), Some(typed)) => plain(&typed.as_text().map_or_else(|| typed.to_line(), str::to_owned)),
            _ => shown_value(policy, place, facts.given(place)).unwrap_or_default(),
        };
        let unit = match (facts.fault(place), fact.kind) {
            (None, FactKind::Count | FactKind::Money | FactKind::Years) => fact.unit.as_str(),
            _ => "",
        };
        let fault = facts.fault(place).map(|fault| fault.to_string());
        let set_right = facts.warning(place).map(|warning| warning.counted(policy));
        let marks = detail.and_then(FactDetail::marks);
        let marks: Vec<String> = fault.into_iter().chain(set_right).chain(marks).collect();
        let mark = if marks.is_empty() {
            String::new()
        } else {
            format!("（{}）", marks.join("，"))
        };
        lines.push(Line::Entry(format!("{}：{value}{unit}{mark}", fact.label)));
        lines.extend(listed(case, &fact.id));
    }
    lines
}

/// What an answer counts, one by one, where the applicant listed it.
pub(super) fn listed(case: &Case, fact: &str) -> impl Iterator<Item = Line> {
    let items = case
        .fact_details
        .get(fact)
        .into_iter()
        .flat_map(|detail| &detail.items);
    let shown = items.filter(|item| !item.is_empty());
    shown.map(|item| Line::Entry(format!("· {}", plain(&item.in_words()))))
}

/// Why a row scores what it scores, what was chosen, what was lowered, what is open.
fn why(source: Source<'_>, row: &Row, result: &RowResult) -> Vec<Line> {
    let Source {
        policy,
        case,
        assessment,
        ..
    } = source;
    let mut lines = vec![Line::Entry(Explanation::new(policy, assessment).row(row, result))];
    if result.state != RowState::Answered {
        return lines;
    }
    lines.extend(departures(policy, case, assessment, row, result));
    if let Some(note) = case.notes.get(&row.id).filter(|note| !note.trim().is_empty()) {
        lines.push(Line::Entry(format!("备注：{}", plain(note))));
    }
    if result.figures.strict != result.figures.lenient {
        let doubts = result.causes.iter().map(|cause| &policy.doubts[cause.doubt]);
        let doubts: Vec<String> = doubts
            .map(|doubt| format!("{} {}", doubt.id, doubt.title))
            .collect();
        let doubts = if doubts.is_empty() {
            String::from("几处疑义一起换读法才变")
        } else {
            doubts.join("；")
        };
        lines.push(Line::Words(format!(
            "从严 {} 分，从宽 {} 分：{}",
            result.figures.strict, result.figures.lenient, doubts
        )));
    }
    lines
}

/// What makes the own score of an answered row another one than the rules give
/// by themselves: the readings that were chosen for the case, and what was lowered.
pub(super) fn departures(
    policy: &Policy,
    case: &Case,
    assessment: &Assessment,
    row: &Row,
    result: &RowResult,
) -> Vec<Line> {
    let behind = assessment.choices_of_row(policy, row, result);
    let mut lines = chosen_readings(policy, case, &Inputs::of_score(policy, &row.score), &behind);
    if let Some(lowered) = case.lowered.get(&row.id)
        && result.is_lowered()
    {
        let words = lowered_from(lowered, result);
        lines.push(if gives_reason(&lowered.reason) {
            Line::Entry(words)
        } else {
            Line::Remark(words)
        });
    }
    lines
}

/// The readings that were chosen for the case and that something hangs on, each
/// with its reason; and those that it may hang on and that have none, which do
/// not count.
pub(super) fn chosen_readings(
    policy: &Policy,
    case: &Case,
    inputs: &Inputs,
    behind: &IdxSet<DoubtIdx>,
) -> Vec<Line> {
    let mut lines = Vec::new();
    for (place, doubt) in policy.doubts.enumerated() {
        let Some(chosen) = case.readings.get(&doubt.id) else {
            continue;
        };
        if inputs.doubts.contains(&place) && chosen.departs() && !chosen.counts() {
            lines.push(Line::Remark(format!(
                "{} 另选了{}读法，没有写明理由，按通常读法计",
                doubt.id,
                chosen.reading.label()
            )));
        }
        if behind.contains(&place) {
            lines.push(Line::Entry(format!(
                "{} 取{}：{}（理由：{}）",
                doubt.id,
                chosen.reading.label(),
                doubt.says(chosen.reading).trim_end_matches('。'),
                plain(&chosen.reason)
            )));
        }
    }
    lines
}

/// From what a row was lowered to what, and why.
pub(super) fn lowered_from(lowered: &Lowered, result: &RowResult) -> String {
    let reason = if gives_reason(&lowered.reason) {
        format!("理由：{}", plain(&lowered.reason))
    } else {
        String::from("没有写明理由")
    };
    let (computed, own) = (result.chosen, result.figures.own);
    format!("算得 {computed} 分，自行调低为 {own} 分。{reason}")
}
