//! What goes back to the office about the wording of the scheme: every doubt as
//! a question, and what the applicant would have as the rule. Neither holds
//! anything about who asks.

use crate::answers::{Case, gives_reason};
use crate::assessment::{Assessment, DoubtEffect, doubt_effects};
use crate::policy::{Policy, Reading};
use crate::wording::quoted;

use super::forms::foot;
use super::model::{Block, Document, Grid, GridCell, GridRow, Line, Sheet};

/// 疑义问询清单: every doubt as a question with room for the answer, those that
/// move most in this case first.
pub fn questions_to_the_office(policy: &Policy, assessment: &Assessment) -> Document {
    let effects = doubt_effects(policy, assessment);
    let rows = effects.iter().enumerate().map(|(place, effect)| {
        let doubt = &policy.doubts[effect.doubt];
        let mut question = vec![doubt.title.clone()];
        question.extend(
            doubt
                .readings()
                .map(|reading| format!("{}：{}", reading.label(), doubt.says(reading))),
        );
        row([
            words([(place + 1).to_string()]),
            words([doubt.clause.clone(), quoted(&doubt.words)]),
            words(question),
            words(in_each_reading(policy, effect)),
            Vec::new(),
        ])
    });
    document(
        policy,
        "questions-to-the-office",
        "疑义问询清单",
        "下列各处文件用语可以有不同的理解，请予明确。",
        [
            ("序号", 6),
            ("条款和原文", 26),
            ("问题和可能的读法", 40),
            ("对自评的影响", 14),
            ("答复", 14),
        ],
        rows.collect(),
    )
}

/// 意见反馈表: what the applicant would have as the rule, and why.
pub fn feedback_form(policy: &Policy, case: &Case, assessment: &Assessment) -> Document {
    let effects = doubt_effects(policy, assessment);
    let entries = policy
        .doubts
        .enumerated()
        .filter_map(|(place, doubt)| Some((place, doubt, case.feedback.get(&doubt.id)?)))
        .filter(|(_, _, entry)| entry.is_said());
    let rows = entries.enumerate().filter_map(|(number, (place, doubt, entry))| {
        let effect = effects.iter().find(|effect| effect.doubt == place)?;
        let preferred = match entry.reading {
            Some(reading) => vec![
                Line::Words(format!("{}读法：", reading.label())),
                Line::Words(doubt.says(reading).to_owned()),
            ],
            None => words(["另有建议，见理由"]),
        };
        let moved = entry.reading.map(|reading| effect.in_words(policy, reading));
        Some(row([
            words([(number + 1).to_string()]),
            words([doubt.clause.clone(), quoted(&doubt.words)]),
            preferred,
            reason_lines(&entry.reason),
            words(moved),
        ]))
    });
    document(
        policy,
        "feedback-form",
        "意见反馈表",
        "对下列各处文件用语，建议明确为所列的读法。",
        [
            ("序号", 6),
            ("条款和原文", 26),
            ("建议明确为", 26),
            ("理由", 26),
            ("按此读法的自评分变化", 16),
        ],
        rows.collect(),
    )
}

/// What the readings of a doubt do to this case, a line each.
fn in_each_reading(policy: &Policy, effect: &DoubtEffect) -> Vec<String> {
    if !effect.moves() {
        return vec![String::from("目前没有")];
    }
    let doubt = &policy.doubts[effect.doubt];
    let others = [Reading::Strict, Reading::Lenient];
    let shown = others
        .into_iter()
        .filter(|reading| doubt.readings().any(|other| other == *reading));
    shown
        .map(|reading| format!("{}：{}", reading.label(), effect.in_words(policy, reading)))
        .collect()
}

/// The lines of a reason; of a text that gives none, nothing.
fn reason_lines(reason: &str) -> Vec<Line> {
    let lines = reason.trim().lines().filter(|_| gives_reason(reason));
    lines.map(|line| Line::Entry(line.to_owned())).collect()
}

fn words<Text: Into<String>>(lines: impl IntoIterator<Item = Text>) -> Vec<Line> {
    lines.into_iter().map(|line| Line::Words(line.into())).collect()
}

fn row(cells: [Vec<Line>; 5]) -> GridRow {
    let cells = cells.into_iter().map(|lines| GridCell {
        lines,
        ..GridCell::default()
    });
    GridRow {
        cells: cells.collect(),
        ..GridRow::default()
    }
}

fn document(
    policy: &Policy,
    id: &str,
    title: &str,
    lead: &str,
    columns: [(&str, u32); 5],
    rows: Vec<GridRow>,
) -> Document {
    let head = columns.iter().map(|(head, _)| GridCell {
        heading: true,
        centred: true,
        lines: words([*head]),
        ..GridCell::default()
    });
    let body = if rows.is_empty() {
        Block::Paragraph(Line::Words(String::from("还没有填写内容。")))
    } else {
        Block::Grid(Grid {
            columns: columns.iter().map(|(_, width)| *width).collect(),
            head: vec![GridRow {
                cells: head.collect(),
                ..GridRow::default()
            }],
            rows,
            dense: true,
        })
    };
    let mut foot = foot(policy, &policy.scheme.status);
    foot.push(String::from("本表只谈文件用语，不含申报单位和个人的信息。"));
    Document {
        title: format!("{title} {}", policy.scheme.page_title),
        sheets: vec![Sheet {
            id: id.to_owned(),
            title: title.to_owned(),
            lead: vec![format!("致：{}", policy.scheme.authority), lead.to_owned()],
            blocks: vec![body],
            foot,
            ..Sheet::default()
        }],
        ..Document::default()
    }
}
