//! A comparison and the results of several cases on paper.

use crate::answers::{Case, Date, registered_place};
use crate::assessment::{
    Assessment, ComparedFact, ComparedRow, Comparison, Papers, Range, RowState, RuleStanding, differ, gap,
    provisos_among_others, range_words,
};
use crate::policy::Policy;

use super::listed_names::ListedNames;
use super::model::{Block, Document, Grid, GridCell, GridRow, Line, Sheet};

/// What marks a line that differs, beside the words: never the colour alone.
const DIFFERS: &str = "≠";

/// A comparison on paper.
pub fn comparison_document(policy: &Policy, comparison: &Comparison, today: Date) -> Document {
    let names = comparison.names.join(" 与 ");
    let mut blocks = vec![
        Block::Heading(String::from("总分和各部分")),
        Block::Grid(sections(policy, comparison)),
    ];
    let deciding: Vec<&ComparedFact> = comparison.facts_that(true).collect();
    if !deciding.is_empty() {
        blocks.push(Block::Heading(String::from("造成不同的回答")));
        blocks.push(Block::Grid(facts(policy, comparison, &deciding)));
    }
    blocks.push(Block::Heading(String::from("评分项")));
    blocks.push(Block::Grid(rows(policy, comparison)));
    if comparison.rules_apart() > 0 {
        blocks.push(Block::Heading(String::from("不同的申报条件")));
        blocks.push(Block::Grid(rules(policy, comparison)));
    }
    let idle: Vec<&ComparedFact> = comparison.facts_that(false).collect();
    if !idle.is_empty() {
        blocks.push(Block::Heading(String::from("回答不同，但得分和条件相同")));
        blocks.push(Block::Grid(facts(policy, comparison, &idle)));
    }
    Document {
        title: format!("对比：{names}"),
        sheets: vec![Sheet {
            id: String::from("comparison"),
            mark: String::from("非官方"),
            title: String::from("对比"),
            lead: vec![
                comparison.sentence(),
                format!("日期：{}", today.in_words()),
                format!("标有“{DIFFERS}”的各项不同。括号里是从严～从宽读法下的得分。"),
            ],
            blocks,
            foot: foot(policy),
            ..Sheet::default()
        }],
        ..Document::default()
    }
}

/// The results of several cases on paper: a line for each.
pub fn results_document(policy: &Policy, cases: &[(Case, Assessment)], today: Date) -> Document {
    let mut head = ["档案名称", "区（县）", "申报条件", "自评总分", "备注"]
        .map(GridCell::head)
        .to_vec();
    head.extend(
        policy
            .sections
            .iter()
            .map(|section| GridCell::head(format!("{}（{}分）", section.title, section.max))),
    );
    head.push(GridCell::head("未达到的条件"));
    head.push(GridCell::head("还没有计分"));
    head.push(GridCell::head("缺的材料"));
    let mut names = ListedNames::default();
    let lines = cases
        .iter()
        .map(|(case, assessment)| results_line(policy, &names.next(policy, case), (case, assessment), today));
    let mut columns = vec![18, 8, 11, 12, 16];
    columns.extend(policy.sections.iter().map(|_| 10));
    columns.extend([20, 14, 8]);
    let grid = Grid {
        columns,
        dense: true,
        head: vec![row(head)],
        rows: lines.collect(),
    };
    Document {
        title: String::from("结果汇总"),
        sheets: vec![Sheet {
            id: String::from("results"),
            mark: String::from("非官方"),
            title: String::from("结果汇总"),
            wide: true,
            lead: vec![
                format!("共 {} 个档案，日期：{}", cases.len(), today.in_words()),
                String::from("括号里是从严～从宽读法下的得分。"),
            ],
            blocks: vec![Block::Grid(grid)],
            foot: foot(policy),
            ..Sheet::default()
        }],
        ..Document::default()
    }
}

/// The results of a case.
fn results_line(
    policy: &Policy,
    name: &str,
    (case, assessment): (&Case, &Assessment),
    today: Date,
) -> GridRow {
    let total = assessment.range(policy);
    let standings = assessment.standings(policy);
    let unmet = policy.rules.iter().zip(&standings);
    let unmet = unmet.filter(|(_, standing)| **standing == RuleStanding::Unmet);
    let unmet: Vec<&str> = unmet.map(|(rule, _)| rule.title.as_str()).collect();
    let open = policy.rows().zip(&assessment.rows);
    let open = open.filter(|(_, result)| result.state != RowState::Answered);
    let open: Vec<&str> = open.map(|(row, _)| row.id.as_str()).collect();
    let missing = Papers::of(policy, case, assessment).missing_by_keeper();
    let missing: usize = missing.iter().map(|(_, papers)| papers.len()).sum();
    let mut cells = vec![
        GridCell::words(name),
        GridCell::words(registered_place(policy, case).map_or("", |place| &*place.name)),
        GridCell::words(assessment.overall.chosen.in_words(&policy.scheme.verdicts)),
        points(&total, RowState::Answered),
        GridCell::words(provisos_among_others(policy, case, assessment, today)),
    ];
    cells.extend(
        (0..policy.sections.len())
            .map(|place| points(&assessment.section_range(policy, place), RowState::Answered)),
    );
    cells.push(GridCell::words(unmet.join("；")));
    cells.push(GridCell::words(open.join("、")));
    cells.push(GridCell::words(missing.to_string()).in_the_middle());
    row(cells)
}

fn foot(policy: &Policy) -> Vec<String> {
    let scheme = &policy.scheme;
    vec![format!(
        "依据{}（{}，规则版本 {}）。{}本页由自评生成，不是认定结果。",
        scheme.title, scheme.status, scheme.version, scheme.score_note
    )]
}

fn row(cells: Vec<GridCell>) -> GridRow {
    GridRow {
        cells,
        ..GridRow::default()
    }
}

fn points(range: &Range, state: RowState) -> GridCell {
    GridCell::entry(range_words(range, state)).in_the_middle()
}

/// The columns of a table that begins with a name and ends with the difference.
fn columns(comparison: &Comparison, first: u32, each: u32, last: u32) -> Vec<u32> {
    let middle = comparison.names.iter().map(|_| each);
    core::iter::once(first).chain(middle).chain([last]).collect()
}

fn heads(comparison: &Comparison, first: &str, last: &str) -> Vec<GridRow> {
    let names = comparison.names.iter().map(GridCell::head);
    let cells = core::iter::once(GridCell::head(first)).chain(names);
    vec![row(cells.chain([GridCell::head(last)]).collect())]
}

/// How far apart some points are, with the mark where they are.
fn gap_cell(ranges: &[Range], differs: bool) -> GridCell {
    let text = match (differs, gap(ranges)) {
        (false, _) => String::from("相同"),
        (true, gap) => format!("{DIFFERS} {gap}"),
    };
    GridCell::words(text).in_the_middle()
}

/// The total and the sections, each with a bar.
fn sections(policy: &Policy, comparison: &Comparison) -> Grid {
    let verdicts = &policy.scheme.verdicts;
    let in_words = |label: &str, words: Vec<&str>| {
        let mark = if differ(&words) { DIFFERS } else { "相同" };
        let cells = words
            .into_iter()
            .map(|words| GridCell::entry(words).in_the_middle());
        let cells = core::iter::once(GridCell::words(label)).chain(cells);
        row(cells.chain([GridCell::words(mark).in_the_middle()]).collect())
    };
    let overall = comparison
        .overall
        .iter()
        .map(|overall| overall.in_words(verdicts));
    let mut lines = vec![in_words("申报条件", overall.collect())];
    let line = |label: String, ranges: &[Range]| {
        let bars = ranges.iter().map(|range| {
            let filled = range.figures.own.in_hundredths() * 1000 / range.max.in_hundredths().max(1);
            GridCell {
                lines: vec![
                    Line::Entry(range_words(range, RowState::Answered)),
                    Line::Bar(u32::try_from(filled).unwrap_or(0)),
                ],
                centred: true,
                ..GridCell::default()
            }
        });
        let cells = core::iter::once(GridCell::words(label)).chain(bars);
        row(cells.chain([gap_cell(ranges, differ(ranges))]).collect())
    };
    lines.push(line(
        format!("总分（{}分）", policy.scheme.full_score),
        &comparison.total,
    ));
    if comparison.provisos.iter().any(|said| !said.is_empty()) {
        let said = comparison.provisos.iter().map(String::as_str);
        lines.push(in_words("备注", said.collect()));
    }
    let sections = policy.sections.iter().zip(&comparison.sections);
    lines.extend(
        sections.map(|(section, ranges)| line(format!("{}（{}分）", section.title, section.max), ranges)),
    );
    Grid {
        columns: columns(comparison, 26, 24, 12),
        head: heads(comparison, "项目", "相差"),
        rows: lines,
        ..Grid::default()
    }
}

/// Every row, with what makes the difference below those that differ.
fn rows(policy: &Policy, comparison: &Comparison) -> Grid {
    let width = u32::try_from(comparison.names.len() + 2).unwrap_or(2);
    let lines = policy.rows().zip(&comparison.rows).flat_map(|(of, compared)| {
        let ComparedRow { ranges, states, .. } = compared;
        let cells = ranges.iter().zip(states);
        let cells = cells.map(|(range, state)| points(range, *state));
        let label = GridCell::words(format!("{} {}（{}分）", of.id, of.title, of.max));
        let cells = core::iter::once(label).chain(cells);
        let line = row(cells.chain([gap_cell(ranges, compared.differs)]).collect());
        let why = (!compared.because.is_empty()).then(|| {
            row(vec![GridCell {
                columns: width,
                lines: vec![Line::Remark(format!("因为 {}。", compared.because.join("；")))],
                ..GridCell::default()
            }])
        });
        core::iter::once(line).chain(why)
    });
    Grid {
        columns: columns(comparison, 34, 16, 12),
        dense: true,
        head: heads(comparison, "评分项", "相差"),
        rows: lines.collect(),
    }
}

/// The answers of each.
fn facts(policy: &Policy, comparison: &Comparison, facts: &[&ComparedFact]) -> Grid {
    let lines = facts.iter().map(|fact| {
        let answers = fact.answers.iter();
        let answers = answers.map(|answer| GridCell::entry(&**answer).in_the_middle());
        let label = GridCell::words(&*policy.facts[fact.fact].label);
        let cells = core::iter::once(label).chain(answers);
        row(cells
            .chain([GridCell::words(fact_decides(policy, fact))])
            .collect())
    });
    Grid {
        columns: columns(comparison, 30, 18, 16),
        dense: true,
        head: heads(comparison, "回答", "影响"),
        rows: lines.collect(),
    }
}

/// What an answer makes a difference in: the rows and conditions, by what they are called.
pub fn fact_decides(policy: &Policy, fact: &ComparedFact) -> String {
    let rows = fact.rows.iter().map(|place| {
        let row = policy.row_at(*place);
        format!("{} {}", row.id, row.title)
    });
    let rules = fact.rules.iter().map(|place| policy.rules[*place].title.clone());
    rows.chain(rules).collect::<Vec<_>>().join("；")
}

/// The conditions of entry that differ.
fn rules(policy: &Policy, comparison: &Comparison) -> Grid {
    let verdicts = &policy.scheme.verdicts;
    let compared = policy.rules.iter().zip(&comparison.rules);
    let lines = compared
        .filter(|(_, compared)| compared.differs)
        .map(|(rule, compared)| {
            let standings = compared.standings.iter();
            let standings =
                standings.map(|standing| GridCell::entry(standing.label(verdicts)).in_the_middle());
            let label = GridCell::words(format!("{} {}", rule.id, rule.title));
            let cells = core::iter::once(label).chain(standings);
            let because = GridCell {
                lines: vec![Line::Remark(format!(
                    "{}{}",
                    compared.gap(),
                    compared.because.join("；")
                ))],
                ..GridCell::default()
            };
            row(cells.chain([because]).collect())
        });
    Grid {
        columns: columns(comparison, 26, 14, 32),
        dense: true,
        head: heads(comparison, "条件", "因为"),
        rows: lines.collect(),
    }
}
