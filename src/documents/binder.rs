//! The evidence binder: cover, list of papers, and a divider before each group.
//! It is handed in, so nothing is in it that is for the firm alone: no
//! remarks, nothing that is missing, no claim that nothing shows.

use crate::answers::EvidenceState;
use crate::assessment::Papers;
use crate::policy::{Evidence, Policy};

use super::file_names::photograph_name;
use super::model::{Block, Grid, GridCell, GridRow, Line, Sheet};
use super::paper_source::Source;
use super::reasons::listed;

/// What is below a list of copies, to be signed and sealed.
fn true_copies() -> [Block; 2] {
    [
        Block::Paragraph(Line::Words(String::from(
            "以上材料共　　　份、　　　页，复印件均与原件一致。",
        ))),
        Block::Signature(vec![
            String::from("\t（公章）　　　　"),
            String::from("经办人（签字）：\t年　　月　　日"),
        ]),
    ]
}

/// A paper in the binder with its number.
type Numbered<'a> = (usize, &'a Evidence);

/// The papers of the binder: those that are at hand, and those that prove points
/// that are claimed and were not marked yet. They are numbered in the order of
/// the dividers.
fn papers(source: Source<'_>) -> Vec<(&str, Vec<Numbered<'_>>)> {
    let policy = source.policy;
    let papers = Papers::of(policy, source.case, source.assessment);
    let wanted = |document: &&Evidence| match papers.state(document) {
        EvidenceState::Ready => true,
        EvidenceState::Open => papers.is_claimed(document),
        EvidenceState::Lacking | EvidenceState::NotApplicable => false,
    };
    let mut number = 0;
    let groups = policy.groups.iter().map(|group| {
        let of_group = policy
            .evidence
            .iter()
            .filter(|document| document.group == group.id);
        let numbered = of_group.filter(wanted).map(|document| {
            number += 1;
            (number, document)
        });
        (group.title.as_str(), numbered.collect())
    });
    groups
        .filter(|(_, papers): &(_, Vec<_>)| !papers.is_empty())
        .collect()
}

/// The sheets of the binder.
pub(super) fn binder(source: Source<'_>) -> Vec<Sheet> {
    let groups = papers(source);
    let mut sheets = vec![cover(source), list(source, &groups)];
    let dividers = groups.iter().enumerate().map(|(place, (title, papers))| {
        let mut blocks = vec![Block::Grid(divider(source, papers))];
        blocks.extend(true_copies());
        Sheet {
            id: format!("divider-{}", place + 1),
            cover: true,
            mark: format!("佐证材料 {}", place + 1),
            title: (*title).to_owned(),
            blocks,
            ..Sheet::default()
        }
    });
    sheets.extend(dividers);
    sheets
}

fn cover(source: Source<'_>) -> Sheet {
    let papers = source.policy.other_papers.as_ref();
    let lines = papers.into_iter().flat_map(|papers| &papers.binder_lead);
    let mut lead: Vec<String> = lines.map(|words| source.filled(words)).collect();
    lead.push(format!("申报年度：{}", source.case.application_year));
    Sheet {
        id: String::from("binder-cover"),
        cover: true,
        title: papers.map_or_else(|| String::from("佐证材料"), |papers| papers.binder_title.clone()),
        lead,
        blocks: vec![Block::Signature(vec![
            String::from("\t（公章）　　　　"),
            String::from("\t年　　月　　日"),
        ])],
        ..Sheet::default()
    }
}

pub(super) fn head(heads: &[&str]) -> Vec<GridRow> {
    vec![GridRow {
        cells: heads.iter().map(|head| GridCell::head(*head)).collect(),
        ..GridRow::default()
    }]
}

/// The rows that a paper serves; those for which the document itself names it carry a star.
pub fn rows_served(policy: &Policy, paper: &Evidence) -> String {
    let rows = paper.rows.iter().filter_map(|id| policy.row(id));
    let rows = rows.map(|row| {
        let star = if paper.named_for.contains(&row.id) {
            "*"
        } else {
            ""
        };
        format!("{} {}{star}", row.id, row.title)
    });
    rows.collect::<Vec<_>>().join("、")
}

fn list(source: Source<'_>, groups: &[(&str, Vec<Numbered<'_>>)]) -> Sheet {
    let Source { policy, case, .. } = source;
    let mut rows = Vec::new();
    for (title, papers) in groups {
        rows.push(GridRow {
            keep: super::model::Keep::WithNext,
            cells: vec![GridCell {
                columns: 5,
                ..GridCell::head(*title)
            }],
            ..GridRow::default()
        });
        for (number, paper) in papers {
            let mut title = vec![Line::Words(paper.title.clone())];
            title.extend(paper.items_of.iter().flat_map(|fact| listed(case, fact)));
            rows.push(GridRow {
                cells: vec![
                    GridCell::words(number.to_string()).in_the_middle(),
                    GridCell {
                        lines: title,
                        holds: paper.id.clone(),
                        ..GridCell::default()
                    },
                    GridCell::words(rows_served(source.policy, paper)),
                    GridCell::words(photograph_name(*number, &paper.title)),
                    GridCell::default(),
                ],
                ..GridRow::default()
            });
        }
    }
    let mut blocks = Vec::new();
    if rows.is_empty() {
        blocks.push(Block::Paragraph(Line::Words(String::from(
            "还没有自评得分的行，也没有标为已备的材料。",
        ))));
    } else {
        blocks.push(Block::Grid(Grid {
            columns: vec![7, 28, 30, 27, 8],
            dense: true,
            head: head(&["序号", "材料名称", "用于评分表", "照片文件名（建议）", "页码"]),
            rows,
        }));
        blocks.extend(true_copies());
    }
    Sheet {
        id: String::from("binder-list"),
        title: String::from("佐证材料目录"),
        blocks,
        foot: vec![
            String::from(
                "标 * 的材料是文件点名要求的；一份材料只列一次，用于几行的不必重复复印。页码装订后手工填写。",
            ),
            String::from("照片文件名是拍照或扫描存档时建议用的名字，列出它不表示照片已经有了。"),
            format!("依据{}（{}）。", policy.scheme.title, source.standing()),
        ],
        ..Sheet::default()
    }
}

fn divider(source: Source<'_>, papers: &[Numbered<'_>]) -> Grid {
    let rows = papers.iter().map(|(number, paper)| GridRow {
        cells: vec![
            GridCell::words(number.to_string()).in_the_middle(),
            GridCell::words(&*paper.title),
            GridCell::words(rows_served(source.policy, paper)),
            GridCell::default(),
        ],
        ..GridRow::default()
    });
    Grid {
        columns: vec![10, 38, 38, 14],
        dense: true,
        head: head(&["序号", "材料名称", "用于评分表", "页码"]),
        rows: rows.collect(),
    }
}
