//! What the firm keeps for itself about its papers: 材料核对单 with everything
//! that does not belong in the binder, and 缺件清单 to send round.

use crate::answers::{Case, Date, EvidenceState};
use crate::assessment::{Assessment, Papers};
use crate::numbers::Points;
use crate::policy::{Evidence, Inputs, Policy};

use super::binder::{head, rows_served};
use super::model::{Block, Document, Grid, GridCell, GridRow, Keep, Line, Sheet};
use super::paper_source::{Source, isolated, plain};

/// What marks a sheet that is not handed in.
const MARK: &str = "内部";

/// The sheet of what is open about the papers, for the firm alone.
pub(super) fn check_sheet(source: Source<'_>) -> Sheet {
    let Source {
        policy,
        case,
        assessment,
        ..
    } = source;
    let papers = Papers::of(policy, case, assessment);
    let tables = [
        ("自评得分而材料不齐的行", unproved_table(policy, papers)),
        ("标为缺的材料", missing_table(policy, case, papers)),
        ("标为已备，而按回答没有的材料", denied_table(policy, papers)),
        ("还没有标记的材料", unmarked_table(policy, papers)),
        ("备注", notes_table(policy, case, papers)),
    ];
    let mut blocks = Vec::new();
    for (title, table) in tables {
        if let Some(table) = table {
            blocks.push(Block::Heading(String::from(title)));
            blocks.push(Block::Grid(table));
        }
    }
    if blocks.is_empty() {
        let scores = assessment.rows.iter().any(|row| row.figures.own > Points::ZERO);
        blocks.push(Block::Paragraph(Line::Words(String::from(if scores {
            "得分各行的材料都已齐备，没有缺件，也没有备注。"
        } else {
            "还没有自评得分的行，没有要核对的材料。"
        }))));
    }
    Sheet {
        id: String::from("papers-check"),
        mark: String::from(MARK),
        title: String::from("材料核对单"),
        lead: lead(policy, case, source.options.today),
        blocks,
        foot: vec![String::from(
            "本页供单位内部核对，不随申报材料提交。“/”隔开的材料有一份即可。",
        )],
        ..Sheet::default()
    }
}

/// The list of the papers that are marked as missing, to send round; `None` where none is.
pub fn missing_document(
    policy: &Policy,
    case: &Case,
    assessment: &Assessment,
    today: Date,
) -> Option<Document> {
    let keepers = Papers::of(policy, case, assessment).missing_by_keeper();
    let mut rows = Vec::new();
    for (keeper, documents) in &keepers {
        rows.push(GridRow {
            keep: Keep::WithNext,
            cells: vec![GridCell {
                columns: 5,
                ..GridCell::head(format!("{keeper}（{} 份）", documents.len()))
            }],
            ..GridRow::default()
        });
        rows.extend(documents.iter().map(|document| {
            row(vec![
                named(document),
                GridCell::words(&*document.hint),
                GridCell::words(rows_served(policy, document)),
                GridCell::entry(givers(policy, case, document)),
                GridCell::default(),
            ])
        }));
    }
    let title = "缺件清单";
    let name = plain(case.field(&policy.scheme.title_field));
    (!rows.is_empty()).then(|| Document {
        title: if name.is_empty() {
            String::from(title)
        } else {
            format!("{name} {title}")
        },
        sheets: vec![Sheet {
            id: String::from("missing-papers"),
            mark: String::from(MARK),
            title: String::from(title),
            lead: lead(policy, case, today),
            blocks: vec![Block::Grid(Grid {
                columns: vec![24, 32, 20, 12, 12],
                dense: true,
                head: head(&["材料名称", "要点", "用于评分表", "负责人", "期限"]),
                rows,
            })],
            foot: vec![String::from(
                "标 * 的材料是文件点名要求的。本页供单位内部传阅，不随申报材料提交。",
            )],
            ..Sheet::default()
        }],
        ..Document::default()
    })
}

/// Who gave the answers that a paper proves: those of its group that its rows use.
pub fn givers(policy: &Policy, case: &Case, document: &Evidence) -> String {
    let group = policy.groups.iter().find(|group| group.id == document.group);
    let rows = document.rows.iter().filter_map(|id| policy.row(id));
    let places = rows.flat_map(|row| Inputs::of_score(policy, &row.score).facts.into_iter());
    let mut givers: Vec<String> = Vec::new();
    for fact in places.map(|place| &policy.facts[place]) {
        let is_asked = group.is_some_and(|group| group.asks(&fact.id));
        let detail = case.fact_details.get(&fact.id).filter(|_| is_asked);
        let giver = detail.map_or_else(String::new, |detail| plain(&detail.holder).trim().to_owned());
        if !giver.is_empty() && !givers.contains(&giver) {
            givers.push(giver);
        }
    }
    givers.join("、")
}

/// The papers that one should have at hand before one begins, by who usually has them.
pub fn papers_at_hand(policy: &Policy) -> Document {
    let mut rows = Vec::new();
    for group in &policy.groups {
        rows.push(GridRow {
            keep: Keep::WithNext,
            cells: vec![GridCell {
                columns: 3,
                ..GridCell::head(format!("{}（通常由{}准备）", group.title, group.keeper))
            }],
            ..GridRow::default()
        });
        let documents = policy
            .evidence
            .iter()
            .filter(|document| document.group == group.id);
        rows.extend(documents.map(|document| {
            row(vec![
                named(document),
                GridCell::words(&*document.hint),
                GridCell::default(),
            ])
        }));
    }
    let title = "要准备的材料";
    Document {
        title: String::from(title),
        sheets: vec![Sheet {
            id: String::from("papers-at-hand"),
            mark: String::from(MARK),
            title: String::from(title),
            blocks: vec![Block::Grid(Grid {
                columns: vec![40, 44, 16],
                dense: true,
                head: head(&["材料名称", "要点", "已备"]),
                rows,
            })],
            foot: vec![String::from(
                "标 * 的材料是文件点名要求的。用得上的才要准备，填完后“佐证材料”会说明哪些用不上。",
            )],
            ..Sheet::default()
        }],
        ..Document::default()
    }
}

fn lead(policy: &Policy, case: &Case, today: Date) -> Vec<String> {
    let name = plain(case.field(&policy.scheme.title_field));
    let name = if name.is_empty() {
        String::from("（未填）")
    } else {
        isolated(&name)
    };
    vec![format!("品牌：{name}"), format!("日期：{}", today.in_words())]
}

fn row(cells: Vec<GridCell>) -> GridRow {
    GridRow {
        cells,
        ..GridRow::default()
    }
}

fn named(document: &Evidence) -> GridCell {
    GridCell {
        holds: document.id.clone(),
        ..GridCell::words(&*document.title)
    }
}

/// A grid; `None` without rows.
fn grid(columns: &[(u32, &str)], rows: Vec<GridRow>) -> Option<Grid> {
    let names: Vec<&str> = columns.iter().map(|(_, name)| *name).collect();
    (!rows.is_empty()).then(|| Grid {
        columns: columns.iter().map(|(width, _)| *width).collect(),
        dense: true,
        head: head(&names),
        rows,
    })
}

/// Who keeps a paper.
fn keeper<'a>(policy: &'a Policy, document: &Evidence) -> &'a str {
    let group = policy.groups.iter().find(|group| group.id == document.group);
    group.map_or("", |group| &group.keeper)
}

fn unproved_table(policy: &Policy, papers: Papers<'_>) -> Option<Grid> {
    let rows = papers.unproved().into_iter().map(|unproved| {
        let row_of = policy.row_at(unproved.place);
        let lacks = unproved.lacks.iter().map(|choice| {
            let titles = choice.iter().map(|document| document.title.as_str());
            titles.collect::<Vec<_>>().join(" / ")
        });
        let lacks = if unproved.lacks.is_empty() {
            String::from("该行的材料都标为不适用，没有能证明得分的。")
        } else {
            lacks.collect::<Vec<_>>().join("；")
        };
        row(vec![
            GridCell::words(&*row_of.id).in_the_middle(),
            GridCell::words(&*row_of.title),
            GridCell::entry(unproved.claimed.to_string()).in_the_middle(),
            GridCell::words(lacks),
        ])
    });
    grid(
        &[(8, "行"), (22, "项目"), (12, "自评分"), (58, "还要备齐")],
        rows.collect(),
    )
}

fn noted(case: &Case, document: &Evidence) -> GridCell {
    let note = case
        .evidence
        .get(&document.id)
        .map_or_else(String::new, |mark| plain(&mark.note));
    GridCell {
        lines: note.lines().map(|line| Line::Entry(line.to_owned())).collect(),
        ..GridCell::default()
    }
}

fn missing_table(policy: &Policy, case: &Case, papers: Papers<'_>) -> Option<Grid> {
    let keepers = papers.missing_by_keeper();
    let rows = keepers.iter().flat_map(|(keeper, documents)| {
        documents.iter().map(|document| {
            row(vec![
                GridCell::words(*keeper),
                named(document),
                GridCell::words(rows_served(policy, document)),
                noted(case, document),
            ])
        })
    });
    grid(
        &[(14, "保管"), (30, "材料名称"), (30, "用于评分表"), (26, "备注")],
        rows.collect(),
    )
}

fn unmarked_table(policy: &Policy, papers: Papers<'_>) -> Option<Grid> {
    let rows = papers.unmarked().into_iter().map(|document| {
        row(vec![
            GridCell::words(keeper(policy, document)),
            named(document),
            GridCell::words(rows_served(policy, document)),
        ])
    });
    grid(
        &[(14, "保管"), (40, "材料名称"), (46, "用于评分表")],
        rows.collect(),
    )
}

/// The papers of which a mark and an answer say the opposite.
fn denied_table(policy: &Policy, papers: Papers<'_>) -> Option<Grid> {
    let rows = papers.denied().into_iter().map(|document| {
        row(vec![
            named(document),
            GridCell::words(rows_served(policy, document)),
            GridCell::words("按回答没有这份材料，佐证材料目录不列；请核对回答，或把标记改为不适用。"),
        ])
    });
    grid(
        &[(32, "材料名称"), (30, "用于评分表"), (38, "怎样处理")],
        rows.collect(),
    )
}

/// The remarks on papers that are not missing.
fn notes_table(policy: &Policy, case: &Case, papers: Papers<'_>) -> Option<Grid> {
    let rows = policy.evidence.iter().filter_map(|document| {
        let state = papers.state(document);
        let note = noted(case, document);
        (!note.lines.is_empty() && state != EvidenceState::Lacking).then(|| {
            row(vec![
                GridCell::words(&*document.title),
                GridCell::words(state.label()).in_the_middle(),
                note,
            ])
        })
    });
    grid(&[(34, "材料名称"), (14, "状态"), (52, "备注")], rows.collect())
}
