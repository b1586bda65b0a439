//! The result on one page, to forward and to keep; not an official paper.

use crate::answers::{Case, FactState, LoweringFault};
use crate::assessment::{
    Papers, Progresses, RowState, RuleStanding, Unsettled, answers_in_state, assess, cross_checks,
    open_remarks, verdict_sentence,
};
use crate::numbers::Points;
use crate::order::order_by_key;
use crate::policy::{DoubtIdx, Policy, Rule};
use crate::wording::first_listed;

use super::model::{Block, Grid, GridCell, GridRow, Line, Sheet};
use super::paper_source::Source;

/// How many causes of the range are shown.
const CAUSES: usize = 3;
/// How many conditions or rows are named before the rest is counted, so that the page stays one.
const NAMED: usize = 6;

/// The first of some names, and how many there are.
fn listed<Name: AsRef<str>>(names: &[Name]) -> String {
    first_listed(names, NAMED)
}

fn row(cells: Vec<GridCell>) -> GridRow {
    GridRow {
        cells,
        ..GridRow::default()
    }
}

fn paragraphs(lines: Vec<String>) -> impl Iterator<Item = Block> {
    lines.into_iter().map(|line| Block::Paragraph(Line::Words(line)))
}

/// The result on one page.
pub(super) fn result_sheet(source: Source<'_>) -> Sheet {
    let scheme = &source.policy.scheme;
    let mut blocks = vec![
        Block::Grid(summary(source)),
        Block::Heading(String::from("各部分得分")),
        Block::Grid(section_bars(source)),
    ];
    let causes = causes(source);
    if !causes.is_empty() {
        blocks.push(Block::Heading(String::from("影响分数的主要读法")));
        blocks.extend(paragraphs(causes));
    }
    blocks.push(Block::Heading(String::from("尚待完成")));
    blocks.extend(paragraphs(open_points(source)));
    let papers = source.policy.other_papers.as_ref();
    let mut lead = papers.map_or_else(Vec::new, |papers| {
        source.filled_where_entered(&papers.result_lead)
    });
    lead.push(format!("日期：{}", source.options.today.in_words()));
    Sheet {
        id: String::from("result"),
        mark: String::from("非官方"),
        title: String::from("自评结果"),
        lead,
        blocks,
        foot: vec![
            format!(
                "{}{}",
                scheme.score_note, "本页由申报单位自评生成，不是认定结果。"
            ),
            format!("依据{}（{}）。", scheme.title, source.standing()),
        ],
        ..Sheet::default()
    }
}

/// Whether one may apply, the total, and what it is in other readings.
fn summary(source: Source<'_>) -> Grid {
    let Source {
        policy, assessment, ..
    } = source;
    let total = assessment.total;
    let mut range = vec![Line::Words(format!(
        "从严 {} 分，通常 {} 分，从宽 {} 分",
        total.strict, total.default, total.lenient
    ))];
    if assessment.ceiling > total.own {
        range.push(Line::Words(format!(
            "未填各行全部得满时最高 {} 分",
            assessment.ceiling
        )));
    }
    let mut total = vec![
        Line::Figure(total.own.to_string()),
        Line::Words(format!("满分 {} 分", policy.scheme.full_score)),
    ];
    total.extend(departures(source).map(Line::Words));
    let rows = [
        ("申报条件", conditions(source)),
        ("自评总分", total),
        ("不同读法下", range),
    ];
    let rows = rows.map(|(label, lines)| {
        row(vec![
            GridCell::head(label),
            GridCell {
                lines,
                ..GridCell::default()
            },
        ])
    });
    Grid {
        columns: vec![22, 78],
        rows: rows.into(),
        ..Grid::default()
    }
}

/// Whether one may apply, and the conditions that are not simply met.
fn conditions(source: Source<'_>) -> Vec<Line> {
    let Source {
        policy,
        case,
        assessment,
        options,
    } = source;
    let verdicts = &policy.scheme.verdicts;
    let overall = assessment.overall.chosen.in_words(verdicts);
    let title = |rule: &Rule| format!("{} {}", rule.id, rule.title);
    let progress = Progresses::of(policy, case, assessment, options.today);
    let sentence = verdict_sentence(policy, case, assessment, &progress);
    let mut lines = vec![Line::Entry(overall.to_owned()), Line::Words(sentence)];
    let standings = assessment.standings(policy);
    for standing in [
        RuleStanding::Unmet,
        RuleStanding::Unclear,
        RuleStanding::Reminder,
        RuleStanding::OpenReminder,
    ] {
        let titles: Vec<String> = policy
            .rules
            .iter()
            .zip(&standings)
            .filter(|(_, found)| **found == standing)
            .map(|(rule, _)| title(rule))
            .collect();
        if !titles.is_empty() {
            lines.push(Line::Words(format!(
                "{}：{}",
                standing.label(verdicts),
                listed(&titles)
            )));
        }
    }
    let strict = assessment.unmet_only_if_strict(policy).into_iter();
    let titles: Vec<String> = strict.map(|place| title(&policy.rules[place])).collect();
    if !titles.is_empty() {
        lines.push(Line::Words(format!(
            "从严读法下另有不符合（{} 项）：{}",
            titles.len(),
            listed(&titles)
        )));
    }
    let unsettled = Unsettled::of(policy, case, assessment);
    for (labels, says) in [
        (&unsettled.planned, "其中还是计划，做到以后才算数的"),
        (&unsettled.unchecked, "其中还没有核实的"),
    ] {
        if !labels.is_empty() {
            lines.push(Line::Words(format!("{says}：{}", listed(labels))));
        }
    }
    lines
}

/// What the total holds that the applicant has set otherwise than the default.
fn departures(source: Source<'_>) -> Option<String> {
    let Source {
        policy,
        case,
        assessment,
        ..
    } = source;
    let doubts = assessment.choices(policy).into_iter();
    let chosen = doubts.filter_map(|doubt| {
        let doubt = &policy.doubts[doubt];
        let chosen = case.readings.get(&doubt.id)?;
        Some(format!(
            "{}（{}）取{}读法",
            doubt.title,
            doubt.id,
            chosen.reading.label()
        ))
    });
    let rows = policy.rows().zip(&assessment.rows);
    let lowered = rows.filter(|(_, result)| result.is_lowered());
    let lowered = lowered.map(|(row, result)| {
        let (computed, own) = (result.chosen, result.figures.own);
        format!("第 {} 行由 {computed} 分调低为 {own} 分", row.id)
    });
    let said: Vec<String> = chosen.chain(lowered).collect();
    (!said.is_empty()).then(|| format!("已计入自行改变的：{}", listed(&said)))
}

/// The score of each section as a bar.
fn section_bars(source: Source<'_>) -> Grid {
    let sections = source.policy.sections.iter();
    let bars = sections
        .zip(&source.assessment.sections)
        .map(|(section, result)| {
            let own = result.figures.own;
            let filled = own.in_hundredths() * 1000 / section.max.in_hundredths().max(1);
            row(vec![
                GridCell::words(&*section.title),
                GridCell {
                    lines: vec![Line::Bar(u32::try_from(filled).unwrap_or(0))],
                    ..GridCell::default()
                },
                GridCell::entry(format!("{own} / {}", section.max)).in_the_middle(),
            ])
        });
    Grid {
        columns: vec![30, 48, 22],
        rows: bars.collect(),
        ..Grid::default()
    }
}

/// The doubts that move the total most, over all rows. One that was settled for the case
/// moves its total no more.
fn causes(source: Source<'_>) -> Vec<String> {
    let Source {
        policy, assessment, ..
    } = source;
    let mut moved: Vec<(DoubtIdx, Points, Points, Vec<&str>)> = Vec::new();
    for (row, result) in policy.rows().zip(&assessment.rows) {
        let settled = |doubt: DoubtIdx| assessment.readings.chosen_doubts().any(|other| other == doubt);
        for cause in result.causes.iter().filter(|cause| !settled(cause.doubt)) {
            match moved.iter_mut().find(|(doubt, ..)| *doubt == cause.doubt) {
                Some((_, strict, lenient, rows)) => {
                    *strict = strict.plus(cause.strict);
                    *lenient = lenient.plus(cause.lenient);
                    rows.push(&row.id);
                }
                None => moved.push((cause.doubt, cause.strict, cause.lenient, vec![&row.id])),
            }
        }
    }
    order_by_key(&mut moved, |(_, strict, lenient, _)| strict.minus(*lenient));
    let shown = moved
        .into_iter()
        .take(CAUSES)
        .map(|(doubt, strict, lenient, rows)| {
            let doubt = &policy.doubts[doubt];
            let mut moves = Vec::new();
            if strict < Points::ZERO {
                moves.push(format!("从严 {strict} 分"));
            }
            if lenient > Points::ZERO {
                moves.push(format!("从宽 +{lenient} 分"));
            }
            format!(
                "{}（{}，第 {} 行）：{}",
                doubt.title,
                doubt.id,
                rows.join("、"),
                moves.join("，")
            )
        });
    shown.collect()
}

/// The doubts of which another reading was chosen without a reason, which does not count.
pub(super) fn without_reason(policy: &Policy, case: &Case) -> Vec<String> {
    let doubts = case.readings_without_reason(policy).into_iter();
    let doubts = doubts.map(|place| &policy.doubts[place]);
    doubts
        .map(|doubt| format!("{} {}", doubt.id, doubt.title))
        .collect()
}

/// Which answers are only planned, and what the case comes to without them.
fn planned_in_words(policy: &Policy, case: &Case, count: usize) -> String {
    let is_planned = |id: &str| {
        let detail = case.fact_details.get(id);
        detail.is_some_and(|detail| detail.is_in(FactState::Planned))
    };
    let facts = policy.facts.iter().filter(|fact| is_planned(&fact.id));
    let labels: Vec<&str> = facts.map(|fact| fact.label.as_str()).collect();
    let own = assess(policy, &case.without_plans()).total.own;
    format!(
        "自评分中有 {count} 项为计划，还没有做到（{}）；不计这些，自评 {own} 分",
        listed(&labels)
    )
}

/// What is still to be done about the papers, in one line each.
fn open_papers(papers: &Papers<'_>) -> Vec<String> {
    let mut points = Vec::new();
    let unproved = papers.unproved();
    if !unproved.is_empty() {
        let claimed: Points = unproved.iter().map(|row| row.claimed).sum();
        points.push(format!("有 {} 行共 {claimed} 分的材料还不齐", unproved.len()));
    }
    let missing = papers.missing_by_keeper();
    let lacking: usize = missing.iter().map(|(_, documents)| documents.len()).sum();
    if lacking > 0 {
        points.push(format!("有 {lacking} 份材料标为缺"));
    }
    let denied = papers.denied();
    if !denied.is_empty() {
        let titles: Vec<String> = denied.iter().map(|document| document.title.clone()).collect();
        points.push(format!(
            "有 {} 份材料标为已备，而按回答没有：{}",
            denied.len(),
            listed(&titles)
        ));
    }
    points
}

/// What is still to be done, in one line each.
fn open_points(source: Source<'_>) -> Vec<String> {
    let Source {
        policy,
        case,
        assessment,
        ..
    } = source;
    let mut points = Vec::new();
    for (words, state) in [("未填全", RowState::Incomplete), ("数据有误", RowState::Invalid)] {
        let rows: Vec<String> = policy
            .rows()
            .zip(&assessment.rows)
            .filter(|(_, result)| result.state == state)
            .map(|(row, _)| format!("{} {}", row.id, row.title))
            .collect();
        if !rows.is_empty() {
            points.push(format!("{words}，暂计 0 分：{}", listed(&rows)));
        }
    }
    for state in FactState::UNCHECKED {
        let count = answers_in_state(case, state);
        if let (Some(mark), true) = (state.mark(), count > 0) {
            points.push(match state {
                FactState::Planned => planned_in_words(policy, case, count),
                _ => format!("有 {count} 个回答还是{mark}"),
            });
        }
    }
    let form = Progresses::of(policy, case, assessment, source.options.today).form;
    if form.done < form.all {
        let open = form.all - form.done;
        points.push(format!("要交的表还有 {open} 栏空着或要核对"));
    }
    let remarks = cross_checks(policy, case, assessment, source.options.today);
    let asked = open_remarks(&remarks, case).len();
    if asked > 0 {
        points.push(format!("有 {asked} 处填报数据待核对"));
    }
    let idle = without_reason(policy, case);
    if !idle.is_empty() {
        points.push(format!("另选的读法没有写明理由，按通常读法计：{}", listed(&idle)));
    }
    let bare: Vec<String> = policy
        .rows()
        .zip(&assessment.rows)
        .filter(|(row, result)| {
            let lowered = case.lowered.get(&row.id);
            lowered.and_then(|lowered| lowered.fault(Some(result.chosen))) == Some(LoweringFault::NoReason)
        })
        .map(|(row, _)| format!("{} {}", row.id, row.title))
        .collect();
    if !bare.is_empty() {
        points.push(format!("调低自评分没有写明理由：{}", listed(&bare)));
    }
    points.extend(open_papers(&Papers::of(policy, case, assessment)));
    if points.is_empty() {
        points.push(String::from("没有。"));
    }
    points
}
