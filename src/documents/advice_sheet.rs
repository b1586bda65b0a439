//! 改进清单: what to do next, on paper, for whoever has to do it.

use crate::answers::{Case, Date};
use crate::assessment::{
    Advice, Assessment, EligibilityPath, Explanation, Improvement, Plan, Readings, signed,
};
use crate::policy::{ChangeWindow, Policy};
use crate::wording::listed;

use super::model::{Block, Document, Grid, GridCell, GridRow, Line, Sheet};

/// What the sheet is made from.
#[derive(Clone, Copy, Debug)]
pub struct AdviceParts<'a> {
    /// What would add points and what would cost some.
    pub advice: &'a Advice,
    /// The way to 符合.
    pub entry: &'a EligibilityPath,
    /// The plan, where a target was named.
    pub plan: Option<&'a Plan>,
}

/// The advice sheet of a case.
pub fn advice_document(
    policy: &Policy,
    case: &Case,
    assessment: &Assessment,
    parts: AdviceParts<'_>,
    today: Date,
) -> Document {
    let name = case.field(&policy.scheme.title_field).trim();
    let title = "改进清单";
    Document {
        title: if name.is_empty() {
            String::from(title)
        } else {
            format!("{name} {title}")
        },
        sheets: vec![Sheet {
            id: String::from("advice-sheet"),
            title: String::from(title),
            lead: lead(policy, name, assessment, today),
            blocks: tables(policy, case, assessment, parts),
            foot: foot(policy, case),
            ..Sheet::default()
        }],
        ..Document::default()
    }
}

/// Whose sheet it is, of which day, and where the case is.
fn lead(policy: &Policy, name: &str, assessment: &Assessment, today: Date) -> Vec<String> {
    let total = assessment.total;
    let verdict = assessment.overall.chosen.in_words(&policy.scheme.verdicts);
    let own = if total.own == total.default {
        String::new()
    } else {
        format!("总分 {} 分，", total.own)
    };
    vec![
        format!("品牌：{}", if name.is_empty() { "（未填）" } else { name }),
        format!("日期：{}", today.in_words()),
        format!(
            "自评：{own}通常 {} 分（从严 {} – 从宽 {}）；申报条件：{verdict}",
            total.default, total.strict, total.lenient
        ),
    ]
}

/// The tables that have rows, or the sentence that there is nothing to do.
fn tables(policy: &Policy, case: &Case, assessment: &Assessment, parts: AdviceParts<'_>) -> Vec<Block> {
    let readings = &assessment.readings;
    let tables = [
        entry_table(policy, parts.entry),
        open_table(policy, assessment, parts.advice),
        moves_table(
            policy,
            readings,
            "现在可以做的",
            of_time(parts.advice, ChangeWindow::Now),
        ),
        moves_table(
            policy,
            readings,
            "下一申报年度的目标",
            of_time(parts.advice, ChangeWindow::NextPeriod),
        ),
        warnings_table(policy, readings, parts.advice),
        parts.plan.and_then(|plan| plan_table(policy, case, plan)),
    ];
    let mut blocks: Vec<Block> = Vec::new();
    for table in tables.into_iter().flatten() {
        blocks.push(Block::Grid(table));
        // A line between two grids, so that they do not grow into one.
        blocks.push(Block::Paragraph(Line::Words(String::from("\u{a0}"))));
    }
    blocks.pop();
    if blocks.is_empty() {
        blocks.push(Block::Paragraph(Line::Words(String::from(
            "没有能加分的改变，也没有缺项。",
        ))));
    }
    blocks
}

/// How its figures are meant, and what they are based on.
fn foot(policy: &Policy, case: &Case) -> Vec<String> {
    let scheme = &policy.scheme;
    vec![
        String::from(
            "各条分别按本案的读法（没有另选的按通常读法）试算，照做后重新评分即为所写的结果，不能简单相加。只做能如实做到的事，以实际发生并有材料为准。",
        ),
        format!(
            "人数等按人数截止日（{}）计：这一天以后做到的，要先把人数截止日改到做到的那一天或以后才计入。",
            case.cutoff_date.in_words()
        ),
        format!(
            "依据{}（{}，规则版本 {}）。{}",
            scheme.title, scheme.status, scheme.version, scheme.score_note
        ),
    ]
}

/// Who does it, and by when: filled in by hand.
const RESPONSIBLE: (u32, &str) = (12, "负责人");
/// By when it is done.
const DEADLINE: (u32, &str) = (14, "完成时限");

fn of_time(advice: &Advice, when: ChangeWindow) -> impl Iterator<Item = &Improvement> {
    advice.gains.iter().filter(move |gain| gain.when == when)
}

fn words(text: impl Into<String>) -> GridCell {
    lines([text.into()])
}

fn lines(texts: impl IntoIterator<Item = String>) -> GridCell {
    GridCell {
        lines: texts.into_iter().map(Line::Words).collect(),
        ..GridCell::default()
    }
}

fn centred(text: String) -> GridCell {
    GridCell {
        centred: true,
        ..words(text)
    }
}

/// A grid under a caption, with the names of its columns; `None` without rows.
fn grid(caption: &str, columns: &[(u32, &str)], rows: impl Iterator<Item = Vec<GridCell>>) -> Option<Grid> {
    let heading = |text: &str, span| GridCell {
        columns: span,
        heading: true,
        centred: true,
        ..words(text)
    };
    let row = |cells| GridRow {
        cells,
        ..GridRow::default()
    };
    let rows: Vec<GridRow> = rows.map(row).collect();
    (!rows.is_empty()).then(|| Grid {
        columns: columns.iter().map(|(width, _)| *width).collect(),
        head: vec![
            row(vec![heading(caption, columns.len() as u32)]),
            row(columns.iter().map(|(_, name)| heading(name, 1)).collect()),
        ],
        rows,
        dense: true,
    })
}

/// What to do about the conditions that are not met.
fn entry_table(policy: &Policy, entry: &EligibilityPath) -> Option<Grid> {
    let rows = entry.gaps.iter().map(|gap| {
        let rules = || gap.rules.iter().map(|place| &policy.rules[*place]);
        let names = rules().map(|rule| format!("{} {}", rule.id, rule.title));
        let mut ways: Vec<String> = gap.ways.iter().flat_map(|way| way_lines(policy, way)).collect();
        if ways.is_empty() {
            ways = rules().map(|rule| gap.next_step(rule).to_owned()).collect();
        }
        vec![lines(names), lines(ways), words(""), words("")]
    });
    grid(
        "申报条件还差的",
        &[(28, "条件"), (46, "怎样达到（任选其一）"), RESPONSIBLE, DEADLINE],
        rows,
    )
}

/// What to do and what to mind.
fn shown_lines(policy: &Policy, shown: &Improvement) -> impl Iterator<Item = String> {
    let cautions = shown.cautions(policy).into_iter().map(str::to_owned);
    core::iter::once(shown.shown(policy))
        .chain(cautions)
        .chain(shown.shown_company(policy))
}

/// The same, with the time where it cannot be done at once.
fn way_lines(policy: &Policy, way: &Improvement) -> Vec<String> {
    let mut lines: Vec<String> = shown_lines(policy, way).collect();
    if let (true, Some(first)) = (way.when != ChangeWindow::Now, lines.first_mut()) {
        first.push_str(&format!("（{}）", way.when.label()));
    }
    lines
}

/// What has to be answered before the rows can be scored.
fn open_table(policy: &Policy, assessment: &Assessment, advice: &Advice) -> Option<Grid> {
    let explanation = Explanation::new(policy, assessment);
    let rows = advice.open.iter().map(|place| {
        let row = policy.row_at(*place);
        let result = &assessment.rows[*place];
        vec![
            words(format!("{} {}", row.id, row.title)),
            words(explanation.row(row, result)),
            centred(format!("{}", row.max)),
        ]
    });
    grid(
        "还没有填全、暂计 0 分的",
        &[(34, "评分行"), (52, "缺什么"), (14, "最高")],
        rows,
    )
}

/// Changes with what they add.
fn moves_table<'a>(
    policy: &Policy,
    readings: &Readings,
    caption: &str,
    moves: impl Iterator<Item = &'a Improvement>,
) -> Option<Grid> {
    let rows = moves.map(|gain| {
        vec![
            lines(shown_lines(policy, gain)),
            lines(
                gain.shown_rows(policy)
                    .into_iter()
                    .chain(gain.shown_rules(policy, readings)),
            ),
            centred(gain.total.to_string()),
            words(""),
            words(""),
        ]
    });
    let columns = [
        (38, "做什么"),
        (26, "加在哪里"),
        (10, "总分成为"),
        RESPONSIBLE,
        DEADLINE,
    ];
    grid(caption, &columns, rows)
}

/// Changes that cost.
fn warnings_table(policy: &Policy, readings: &Readings, advice: &Advice) -> Option<Grid> {
    let rows = advice.warnings.iter().map(|warning| {
        let mut shown = warning.shown_rows(policy);
        shown.extend(warning.shown_rules(policy, readings));
        vec![
            words(warning.shown(policy)),
            lines(shown),
            centred(warning.total.to_string()),
        ]
    });
    grid(
        "看着有利、其实不利的",
        &[(46, "如果只是"), (40, "会失去"), (14, "总分成为")],
        rows,
    )
}

/// The steps of a plan, each with the total after it.
fn plan_table(policy: &Policy, case: &Case, plan: &Plan) -> Option<Grid> {
    let mut caption = if plan.is_reached() {
        format!("从 {} 分到 {} 分的计划", plan.from, plan.target)
    } else {
        format!("目标 {} 分，照下列各步能到 {} 分", plan.target, plan.total)
    };
    let followed = plan.followed(policy, case);
    if let Some(own) = plan.other_own_total(&followed) {
        caption.push_str(&format!("（不计调低；本案调低了得分，照做后自评总分 {own} 分）"));
    }
    let unmet = followed.unmet(policy);
    if !unmet.is_empty() {
        caption.push_str(&format!("（做完还不能申报，不符合的条件：{}）", listed(&unmet)));
    }
    let rows = plan.steps.iter().enumerate().map(|(place, step)| {
        vec![
            centred((place + 1).to_string()),
            lines(way_lines(policy, step)),
            centred(signed(step.gain)),
            centred(step.total.to_string()),
            words(""),
            words(""),
        ]
    });
    let columns = [
        (6, "步"),
        (50, "做什么"),
        (9, "加分"),
        (9, "总分"),
        RESPONSIBLE,
        DEADLINE,
    ];
    grid(&caption, &columns, rows)
}
